//! Long work on a thread of its own: loading, reading, comparing. Progress and cancel are shared by atomics.

use super::{App, Problem};
use crate::analysis::{self, Analysis, Config, Version};
use crate::base::{ContentId, Progress, Stage};
use crate::io;
use crate::project::{Entry, Project, file};
use crate::source::{self, Hints, Source};
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
    },
    /// It gave none; the reason.
    Failed(String),
}

struct Shared {
    cancel: AtomicBool,
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
        }
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
        let keys = |p: &Project| p.entries.iter().map(|e| (e.key, e.outlet.clone())).collect::<Vec<_>>();
        if keys(&self.project) != keys(&outcome.project) {
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

fn work(request: Request, mut project: Project, mut cache: Cache, shared: &Shared) -> Option<Outcome> {
    let mut problems = Vec::new();
    let mut opened: Option<(PathBuf, Project)> = None;
    let mut read: Vec<Arc<Source>> = Vec::new();
    let mut take = |i: usize, name: String, result: Result<Vec<Source>, String>, of: usize| -> bool {
        let state = match result {
            Ok(sources) => {
                let state = FileState::Ready {
                    outlet: sources.first().and_then(|s| s.meta.outlet.clone()).unwrap_or_else(|| name.clone()),
                    articles: sources.len(),
                    words: sources.iter().map(|s| s.text.split_whitespace().count()).sum(),
                };
                for source in sources {
                    for note in &source.notes {
                        problems.push(Problem { name: name.clone(), text: note.text.clone(), not_added: false });
                    }
                    read.push(Arc::new(source));
                }
                state
            }
            Err(text) => {
                problems.push(Problem { name, text: text.clone(), not_added: true });
                FileState::Failed(text)
            }
        };
        if let Ok(mut files) = shared.files.lock()
            && let Some(file) = files.get_mut(i)
        {
            file.state = state;
        }
        shared.step(Stage::Read, i + 1, of)
    };
    match request {
        Request::Files(paths) => {
            let of = paths.len();
            for (i, item) in paths.into_iter().enumerate() {
                let (name, result) = match item {
                    Err(problem) => (problem.name.clone(), Err(format!("{} {}", problem.reason, problem.remedy))),
                    Ok(path) => {
                        let result = match open_comparison(&path) {
                            Some(Ok(file)) => {
                                // A second comparison file in one go adds its versions and judgements to the first.
                                match &mut opened {
                                    Some((_, first)) => first.merge(file),
                                    None => opened = Some((path.clone(), file)),
                                }
                                Ok(Vec::new())
                            }
                            Some(Err(e)) => Err(e.to_string()),
                            None => io::load(&path, &Hints::default()).map_err(|e| e.to_string()),
                        };
                        (file_name(&path), result)
                    }
                };
                if !take(i, name, result, of) {
                    return None;
                }
            }
        }
        Request::Bytes(items) => {
            for (i, (name, bytes)) in items.iter().enumerate() {
                let hints = Hints { path: name.clone(), ..Hints::default() };
                let result = source::read(bytes, &hints).map_err(|e| e.to_string());
                if !take(i, name.clone(), result, items.len()) {
                    return None;
                }
            }
        }
        Request::Sources(sources) => read = sources,
        Request::Reanalyse => {}
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
                problems.push(Problem { name, text, not_added: true });
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
    let analysis = analysis::analyze_versions(versions, &Config::default(), shared)?;
    Some(Outcome { added, opened, problems, project, analysis, cache })
}

fn read_version(entry: &Entry, cache: &mut Cache) -> Arc<Version> {
    let version = cache.entry(entry.key).or_insert_with(|| Arc::new(Version::read(&entry.source)));
    match &entry.outlet {
        Some(outlet) => {
            let mut named = (**version).clone();
            named.meta.outlet = Some(outlet.clone());
            Arc::new(named)
        }
        None => version.clone(),
    }
}
