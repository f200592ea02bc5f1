//! Long work on a thread of its own: loading, reading, comparing. Progress and cancel are shared by atomics.

use super::{App, Cure, Problem};
use crate::analysis::{self, Analysis, Config, Version};
use crate::base::{ContentId, Progress, Stage};
use crate::extract::DetailKind;
use crate::io;
use crate::project::{Entry, Project, file};
use crate::source::{Hints, Moment, Source};
use rustc_hash::FxHashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};

/// Versions that were read, by key, so that a change of one does not read the others again.
pub type Cache = FxHashMap<ContentId, Arc<Version>>;

/// What a job shall do.
#[derive(Clone, Debug)]
pub enum Request {
    /// Read files and add what they hold.
    Files(Vec<Result<PathBuf, io::Problem>>),
    /// Read bytes that came without a path.
    Bytes(Vec<(String, Arc<[u8]>)>),
    /// Add sources that were read already.
    Sources(Vec<Arc<Source>>),
    /// Compare the project's versions again.
    Reanalyse,
}

/// What a job gives back.
pub struct Outcome {
    /// Sources to add, in order.
    pub added: Vec<Arc<Source>>,
    /// A comparison file that was opened, and what it holds.
    pub opened: Option<(PathBuf, Project)>,
    /// What could not be read, or only with gaps.
    pub problems: Vec<Problem>,
    /// The project with the sources added.
    pub project: Project,
    /// What was found.
    pub analysis: Analysis,
    /// Every version that was read.
    pub cache: Cache,
}

/// Work on another thread.
pub struct Job {
    shared: Arc<Shared>,
    outcome: mpsc::Receiver<Outcome>,
    /// Whether it adds versions; else it only compares again.
    pub loads: bool,
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq)]
pub struct JobProgress {
    /// The stage at work.
    pub stage: Stage,
    /// Units of the stage done.
    pub done: usize,
    /// Units of the stage.
    pub of: usize,
    /// The files being loaded; empty when the job only compares.
    pub files: Vec<FileProgress>,
    /// Since the job began, in seconds.
    pub elapsed_s: f32,
    /// Whether it adds versions.
    pub loads: bool,
    /// Whether the files that were not begun are left out, since the person asked to start.
    pub enough: bool,
}

impl JobProgress {
    /// How many files gave versions.
    pub fn ready(&self) -> usize {
        self.files.iter().filter(|f| matches!(f.state, FileState::Ready { .. })).count()
    }

    /// How many files are not read yet.
    pub fn waiting(&self) -> usize {
        self.files.iter().filter(|f| f.state == FileState::Waiting).count()
    }
}

/// One file being loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct FileProgress {
    /// Its name without the folder.
    pub name: String,
    /// How it stands.
    pub state: FileState,
}

/// How a file being loaded stands.
#[derive(Clone, Debug, PartialEq)]
pub enum FileState {
    /// Not yet begun.
    Waiting,
    /// It gave versions: the first one's outlet, and the words in all.
    Ready {
        /// The outlet of the first article.
        outlet: String,
        /// Articles in it.
        articles: usize,
        /// Words in all of them, by blanks.
        words: usize,
        /// Whether all of them have a date.
        dated: bool,
    },
    /// It gave none; the reason.
    Failed(String),
}

struct Shared {
    cancel: AtomicBool,
    enough: AtomicBool,
    stage: AtomicUsize,
    done: AtomicUsize,
    of: AtomicUsize,
    files: Mutex<Vec<FileProgress>>,
    began: std::time::Instant,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Progress for Shared {
    fn step(&self, stage: Stage, done: usize, of: usize) -> bool {
        self.stage.store(stage as usize, Ordering::Relaxed);
        self.done.store(done, Ordering::Relaxed);
        self.of.store(of, Ordering::Relaxed);
        // A wake a unit would redraw thousands of times; some sixty in all are enough to look smooth.
        if of < 64 || done.is_multiple_of((of / 64).max(1)) {
            (self.wake)();
        }
        !self.cancel.load(Ordering::Relaxed)
    }
}

impl Job {
    /// Starts the thread.
    pub fn start(request: Request, project: Project, cache: Cache, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let names = match &request {
            Request::Files(paths) => paths.iter().map(|p| p.as_ref().map_or_else(|e| e.name.clone(), |p| file_name(p))).collect(),
            Request::Bytes(items) => items.iter().map(|(name, _)| name.clone()).collect(),
            Request::Sources(_) | Request::Reanalyse => Vec::new(),
        };
        let files = names.into_iter().map(|name| FileProgress { name, state: FileState::Waiting }).collect();
        let shared = Arc::new(Shared {
            cancel: AtomicBool::new(false),
            enough: AtomicBool::new(false),
            stage: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            of: AtomicUsize::new(0),
            files: Mutex::new(files),
            began: std::time::Instant::now(),
            wake,
        });
        let loads = !matches!(request, Request::Reanalyse);
        let (sender, outcome) = mpsc::channel();
        let for_thread = shared.clone();
        std::thread::spawn(move || {
            if let Some(outcome) = work(request, project, cache, &for_thread) {
                // The receiver is gone when the window closed or the job was replaced: then nobody wants it.
                let _ = sender.send(outcome);
            }
            drop(sender);
            (for_thread.wake)();
        });
        Self { shared, outcome, loads }
    }

    /// How far it is.
    pub fn progress(&self) -> JobProgress {
        let stage = Stage::ALL[self.shared.stage.load(Ordering::Relaxed).min(3)];
        JobProgress {
            stage,
            done: self.shared.done.load(Ordering::Relaxed),
            of: self.shared.of.load(Ordering::Relaxed),
            files: self.shared.files.lock().map(|f| f.clone()).unwrap_or_default(),
            elapsed_s: self.shared.began.elapsed().as_secs_f32(),
            loads: self.loads,
            enough: self.shared.enough.load(Ordering::Relaxed),
        }
    }

    /// Leaves out the files that are not begun yet.
    pub fn start_with_ready(&self) {
        self.shared.enough.store(true, Ordering::Relaxed);
    }

    /// Asks it to stop; it does so between units.
    pub fn cancel(&self) {
        self.shared.cancel.store(true, Ordering::Relaxed);
    }
}

impl App {
    /// Takes in what background work has finished. Call it once a frame. Returns whether something changed.
    pub fn poll(&mut self) -> bool {
        let Some(job) = &self.job else { return false };
        match job.outcome.try_recv() {
            Ok(outcome) => {
                self.job = None;
                self.take_in(outcome);
                true
            }
            Err(mpsc::TryRecvError::Empty) => false,
            Err(mpsc::TryRecvError::Disconnected) => {
                // Cancelled, or the thread died: what was open stays as it was.
                self.job = None;
                true
            }
        }
    }

    /// Waits for background work and takes it in: for tests and for starting without a flash.
    pub fn wait(&mut self) {
        while let Some(job) = self.job.take() {
            match job.outcome.recv() {
                Ok(outcome) => self.take_in(outcome),
                Err(mpsc::RecvError) => return,
            }
        }
    }

    pub(super) fn start(&mut self, request: Request) {
        if let Some(job) = self.job.take() {
            // Only comparing again may be replaced; a load in progress is taken in first, so that nothing is lost.
            if job.loads {
                self.job = Some(job);
                self.wait();
            } else {
                job.cancel();
            }
        }
        self.job = Some(Job::start(request, self.project.clone(), self.cache.clone(), self.wake.clone()));
    }

    pub(super) fn cancel_job(&mut self) {
        if let Some(job) = self.job.take() {
            job.cancel();
        }
    }

    fn take_in(&mut self, outcome: Outcome) {
        if let Some((path, file)) = outcome.opened {
            if self.project.entries.is_empty() {
                // Opening into an empty window is no edit: the file is what is open now.
                self.project = file.clone();
                self.saved = file;
                self.path = Some(path);
            } else {
                let before = self.project.clone();
                self.project.merge(file);
                self.history.record("Add a comparison", before);
            }
        }
        if !outcome.added.is_empty() {
            let label = match outcome.added.len() {
                1 => "Add a version".to_owned(),
                n => format!("Add {n} versions"),
            };
            // Edits made while loading stay: the sources are added to the project as it is now.
            let before = self.project.clone();
            for source in &outcome.added {
                let _ = self.project.add(source.clone());
            }
            if self.project.title.is_empty() {
                self.project.title = outcome.project.title.clone();
            }
            self.project.sample |= outcome.project.sample;
            if self.project != before {
                self.history.record(label, before);
            }
        }
        self.problems.extend(outcome.problems);
        self.cache = outcome.cache;
        self.analysis = Arc::new(outcome.analysis);
        self.generation += 1;
        self.refresh_shown();
        self.refresh_find();
        self.select_again();
        self.remember();
        if !self.project.reads_like(&outcome.project) {
            self.start(Request::Reanalyse);
        }
    }
}

/// The comparison in a file, `None` when it is none or can't be read at all: then the loader says why.
fn open_comparison(path: &std::path::Path) -> Option<Result<Project, file::FileError>> {
    let bytes = io::read_if_starts_with(path, b"{")?;
    file::is_comparison(&bytes).then(|| file::read(&bytes))
}

fn file_name(path: &std::path::Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}

/// What a file gave: a comparison, or articles.
enum Read {
    Comparison(Box<Project>),
    Articles(Vec<Source>),
    /// Not read, since the person started without it.
    LeftOut,
}

fn work(request: Request, mut project: Project, mut cache: Cache, shared: &Shared) -> Option<Outcome> {
    let mut problems = Vec::new();
    let mut opened: Option<(PathBuf, Project)> = None;
    let mut read: Vec<Arc<Source>> = Vec::new();
    let results: Vec<(String, Option<PathBuf>, Result<Read, String>)> = match request {
        Request::Files(items) => read_files(items, shared)?,
        Request::Bytes(items) => read_bytes(items, shared)?,
        Request::Sources(sources) => {
            read = sources;
            Vec::new()
        }
        Request::Reanalyse => Vec::new(),
    };
    for (name, path, result) in results {
        match (result, path) {
            (Ok(Read::Comparison(file)), Some(path)) => match &mut opened {
                // A second comparison file in one go adds its versions and judgements to the first.
                Some((_, first)) => first.merge(*file),
                None => opened = Some((path, *file)),
            },
            (Ok(Read::Comparison(_)), None) => {}
            (Ok(Read::Articles(sources)), _) => {
                for source in sources {
                    for note in &source.notes {
                        problems.push(Problem { name: name.clone(), text: note.text.clone(), not_added: false, cure: Cure::Know });
                    }
                    read.push(Arc::new(source));
                }
            }
            (Ok(Read::LeftOut), path) => {
                let text = "You started without it. Nothing else was affected.".to_owned();
                problems.push(Problem { name, text, not_added: true, cure: path.map_or(Cure::Replace, Cure::Read) });
            }
            (Err(text), _) => problems.push(Problem { name, text, not_added: true, cure: Cure::Replace }),
        }
    }
    if let Some((_, file)) = &opened {
        project.merge(file.clone());
    }
    let mut added = Vec::new();
    for source in read {
        match project.add(source.clone()) {
            Ok(_) => added.push(source),
            Err(key) => {
                let twin = project.entries.iter().find(|e| e.key == key).map(|e| e.source.provenance.path.clone()).unwrap_or_default();
                let name = source.provenance.path.clone();
                let text = format!("It is the same article as {twin}, which is open already. It was not added twice.");
                problems.push(Problem { name, text, not_added: true, cure: Cure::Know });
            }
        }
    }
    let mut versions = Vec::with_capacity(project.entries.len());
    for (i, entry) in project.entries.iter().enumerate() {
        if !shared.step(Stage::Extract, i, project.entries.len()) {
            return None;
        }
        versions.push(read_version(entry, &mut cache));
    }
    for source in &added {
        let key = analysis::version_key(source);
        problems.extend(versions.iter().find(|v| v.key == key).and_then(|v| undated(v, source)));
    }
    let config = Config { groupings: project.groupings.clone() };
    let analysis = analysis::analyze_versions(versions, &config, shared)?;
    Some(Outcome { added, opened, problems, project, analysis, cache })
}

type ReadItem = (String, Option<PathBuf>, Result<Read, String>);

/// Reads files in parallel; `None` when it was cancelled.
fn read_files(items: Vec<Result<PathBuf, io::Problem>>, shared: &Shared) -> Option<Vec<ReadItem>> {
    let of = items.len();
    let done = AtomicUsize::new(0);
    let paths: Vec<(String, Option<PathBuf>)> = items
        .iter()
        .map(|item| match item {
            Ok(path) => (file_name(path), Some(path.clone())),
            Err(problem) => (problem.name.clone(), None),
        })
        .collect();
    let read = |path: &std::path::Path| {
        if shared.enough.load(Ordering::Relaxed) {
            return Ok(Ok(Read::LeftOut));
        }
        match open_comparison(path) {
            Some(file) => Ok(file.map(|f| Read::Comparison(Box::new(f))).map_err(|e| e.to_string())),
            None => io::load(path, &Hints::default()).map(|sources| Ok(Read::Articles(sources))),
        }
    };
    let each = |i: usize, result: &Result<Result<Read, String>, io::Problem>| {
        shared.tell(i, &paths[i].0, told(result));
        shared.step(Stage::Read, done.fetch_add(1, Ordering::Relaxed) + 1, of)
    };
    let results = io::load_items(items, read, each);
    if shared.cancel.load(Ordering::Relaxed) {
        return None;
    }
    let out = results.into_iter().zip(&paths).filter_map(|(result, (name, path))| {
        let result = result?;
        let words = told(&result).err();
        let read = result.ok().and_then(Result::ok);
        Some((name.clone(), path.clone(), read.ok_or_else(|| words.unwrap_or_default())))
    });
    Some(out.collect())
}

/// What reading a file came to, or why it gave nothing.
fn told(result: &Result<Result<Read, String>, io::Problem>) -> Result<&Read, String> {
    match result {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(text)) => Err(text.clone()),
        Err(problem) => Err(format!("{} {}", problem.reason, problem.remedy).trim_end().to_owned()),
    }
}

/// Reads bytes that came without a path.
fn read_bytes(items: Vec<(String, Arc<[u8]>)>, shared: &Shared) -> Option<Vec<ReadItem>> {
    let mut out = Vec::with_capacity(items.len());
    for (i, (name, bytes)) in items.iter().enumerate() {
        let result = io::load_bytes(name, bytes).map(Read::Articles).map_err(|e| e.to_string());
        shared.tell(i, name, result.as_ref().map_err(Clone::clone));
        if !shared.step(Stage::Read, i + 1, items.len()) {
            return None;
        }
        out.push((name.clone(), None, result));
    }
    Some(out)
}

impl Shared {
    /// Says how a file stands.
    fn tell(&self, i: usize, name: &str, result: Result<&Read, String>) {
        let ready = |outlet: Option<&str>, sources: &[&Source]| FileState::Ready {
            outlet: outlet.unwrap_or(name).to_owned(),
            articles: sources.len(),
            words: sources.iter().map(|s| s.text.split_whitespace().count()).sum(),
            dated: sources.iter().all(|s| s.meta.published.is_some()),
        };
        let state = match result {
            Ok(Read::Articles(sources)) => {
                let outlet = sources.first().and_then(|s| s.meta.outlet.as_deref());
                ready(outlet, &sources.iter().collect::<Vec<_>>())
            }
            Ok(Read::Comparison(project)) => {
                let title = Some(project.title.as_str()).filter(|t| !t.is_empty());
                ready(title, &project.entries.iter().map(|e| &*e.source).collect::<Vec<_>>())
            }
            Ok(Read::LeftOut) => FileState::Failed("Not read. ".to_owned()),
            Err(text) => FileState::Failed(text),
        };
        if let Ok(mut files) = self.files.lock()
            && let Some(file) = files.get_mut(i)
        {
            file.state = state;
        }
    }
}

/// What it costs that a version has no date; `None` where it costs nothing. The words are those that mean
/// something only beside a date.
fn undated(version: &Version, source: &Source) -> Option<Problem> {
    if version.meta.published.is_some() {
        return None;
    }
    let mut dated = source.clone();
    dated.meta.published = Some(Moment::day(jiff::civil::date(2000, 6, 15)));
    let dated = Version::read(&dated);
    let known = |range| version.extract.details.iter().any(|d| d.range == range && matches!(d.kind, DetailKind::Date));
    let mut words: Vec<&str> = Vec::new();
    for detail in dated.extract.details.iter().filter(|d| d.kind == DetailKind::Date && !known(d.range)) {
        let said = dated.slice(detail.range);
        if !words.contains(&said) && words.len() < 2 {
            words.push(said);
        }
    }
    let said = words.iter().map(|w| format!("“{w}”")).collect::<Vec<_>>();
    let text = match said.as_slice() {
        [] => return None,
        [one] => format!("{one} in it cannot be turned into a date, so it is not compared."),
        more => format!("{} in it cannot be turned into dates, so they are not compared.", more.join(" and ")),
    };
    Some(Problem { name: format!("{} has no date", version.outlet()), text, not_added: false, cure: Cure::Date(version.key) })
}

/// Versions are kept by their key and by what the person corrected.
fn read_version(entry: &Entry, cache: &mut Cache) -> Arc<Version> {
    let published = entry.published.map(|p| p.to_string()).unwrap_or_default();
    let corrections = [entry.outlet.as_deref().unwrap_or(""), entry.title.as_deref().unwrap_or(""), &published];
    let key = if corrections.iter().all(|c| c.is_empty()) {
        entry.key
    } else {
        ContentId::from_parts(std::iter::once(&entry.key.0.to_le_bytes()[..]).chain(corrections.iter().map(|c| c.as_bytes())))
    };
    cache.entry(key).or_insert_with(|| Arc::new(entry.read())).clone()
}
