//! Long work on a thread of its own: loading, reading, comparing. Progress and cancel are shared by atomics.

use super::pile::{self, Pile};
pub use super::progress::{FileProgress, FileState, JobProgress};
use super::progress::{Pace, Shared};
use super::reading::{Read, file_name, open_comparison, problems_of, read_bytes, read_files, undated};
use super::{App, Cure, Dialog, Problem, links, tables};
use crate::analysis::{self, Analysis, Config, Version};
use crate::base::{ContentId, Progress, Stage};
use crate::io;
use crate::project::{self, Entry, Judgement, Project};
use crate::source::{Hints, Source, Table, TableChoice};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Instant;

/// What is kept from one job to the next, so that a change of one version does not do the work of the others again.
#[derive(Clone, Default)]
pub struct Cache {
    /// Versions that were read, by key.
    versions: FxHashMap<ContentId, Arc<Version>>,
    /// What comparing them gave on the way.
    compared: Arc<Mutex<analysis::Kept>>,
}

/// What a job shall do.
#[derive(Clone, Debug)]
pub enum Request {
    /// Read files and add what they hold.
    Files(Vec<Result<PathBuf, io::Problem>>),
    /// Read bytes that came without a path.
    Bytes(Vec<(String, Arc<[u8]>)>),
    /// Fetch pages and add what they hold.
    Links {
        /// Their addresses.
        addresses: Vec<String>,
        /// Whether they may lie in the person's own network.
        allow_private: bool,
    },
    /// Read tables with the columns that a person chose, in the place of what was read of them before.
    Tables {
        /// Their files.
        paths: Vec<PathBuf>,
        /// The choice.
        choice: TableChoice,
    },
    /// Show the columns of a table.
    Columns(PathBuf),
    /// Add sources that were read already.
    Sources(Vec<Arc<Source>>),
    /// Open what an earlier window left without saving.
    Restore(super::Left),
    /// Compare the project's versions again.
    Reanalyse,
}

/// What a job gives back.
pub struct Outcome {
    /// Sources to add, in order.
    pub added: Vec<Arc<Source>>,
    /// A comparison that was opened.
    pub opened: Option<Opened>,
    /// Tables whose columns a person shall choose.
    pub tables: Vec<(PathBuf, Arc<Table>)>,
    /// What a person chose for the tables that were read; their earlier versions go.
    pub choice: Option<TableChoice>,
    /// The events of what was read, where there is more than one: then nothing is added before a person has chosen.
    pub pile: Option<Pile>,
    /// What could not be read, or only with gaps.
    pub problems: Vec<Problem>,
    /// The project with the sources added.
    pub project: Project,
    /// What was found.
    pub analysis: Analysis,
    /// Every version that was read.
    pub cache: Cache,
}

/// A comparison that was opened.
pub struct Opened {
    /// Its file, if it has one.
    pub path: Option<PathBuf>,
    /// What it holds.
    pub project: Project,
    /// What its file holds, where that is less.
    pub saved: Option<Project>,
    /// Where it was kept, if an earlier window left it.
    pub slot: Option<io::recovery::Slot>,
}

/// Work on another thread.
pub struct Job {
    shared: Arc<Shared>,
    outcome: mpsc::Receiver<Outcome>,
    /// Whether it adds versions; else it only compares again.
    pub loads: bool,
}

impl Job {
    /// Starts the thread.
    pub fn start(request: Request, project: Project, tables: Vec<TableChoice>, cache: Cache, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let names = match &request {
            Request::Files(paths) => paths.iter().map(|p| p.as_ref().map_or_else(|e| e.name.clone(), |p| file_name(p))).collect(),
            Request::Tables { paths, .. } => paths.iter().map(|p| file_name(p)).collect(),
            Request::Columns(path) => vec![file_name(path)],
            Request::Bytes(items) => items.iter().map(|(name, _)| name.clone()).collect(),
            Request::Restore(left) => vec![left.title.clone()],
            Request::Links { addresses, .. } => addresses.clone(),
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
            problems: Mutex::default(),
            pace: Mutex::new(Pace::new(0)),
            began: Instant::now(),
            wake,
        });
        let loads = !matches!(request, Request::Reanalyse);
        let (sender, outcome) = mpsc::channel();
        let for_thread = shared.clone();
        std::thread::spawn(move || {
            if let Some(outcome) = work(request, project, &tables, cache, &for_thread) {
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
        let (done, of) = (self.shared.done.load(Ordering::Relaxed), self.shared.of.load(Ordering::Relaxed));
        // Bytes tell the pace where files and articles are read; passages are not lined up byte by byte.
        let reads = matches!(stage, Stage::Read | Stage::Extract);
        let pace = self.shared.pace.lock().ok().filter(|_| reads).map(|p| (p.share(), p.left_s()));
        let by_units = if of == 0 { 0.0 } else { done as f32 / of as f32 };
        JobProgress {
            stage,
            done,
            of,
            share: pace.and_then(|p| p.0).unwrap_or(by_units),
            files: self.shared.files.lock().map(|f| f.clone()).unwrap_or_default(),
            problems: self.shared.problems.lock().map(|p| p.clone()).unwrap_or_default(),
            left_s: pace.and_then(|p| p.1),
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
        if let Some(job) = &self.job {
            // Only comparing again may be replaced; what is asked for beside a load waits for its end, so that nothing is lost.
            if job.loads {
                if !matches!(request, Request::Reanalyse) {
                    self.queue.push(request);
                }
                return;
            }
            job.cancel();
        }
        self.job = Some(Job::start(request, self.project.clone(), self.chosen_tables(), self.cache.clone(), self.wake.clone()));
    }

    /// Drops the work at once; its thread ends with the unit that it is at.
    pub(super) fn cancel_job(&mut self) {
        self.queue.clear();
        if let Some(job) = self.job.take() {
            job.cancel();
            if self.project.entries.is_empty() {
                // A title that came with what was not loaded does not stay for what is opened next.
                self.project = Project::default();
            }
        }
    }

    fn take_in(&mut self, outcome: Outcome) {
        if let Some(Opened { path, project, saved, slot }) = outcome.opened {
            if self.project.entries.is_empty() {
                // Opening into an empty window is no edit: the file is what is open now.
                let restored = slot.is_some();
                self.saved = saved.unwrap_or_else(|| project.clone());
                self.project = project;
                self.history = Default::default();
                self.path = None;
                self.disown();
                if let Some(path) = path.clone() {
                    self.own(path);
                }
                if let Some(slot) = slot {
                    let project = self.project.clone();
                    self.adopt(slot, &project);
                }
                // What an earlier window did not save of the same file is offered with it.
                if !restored && path.is_some() && self.left.iter().any(|l| l.path == path) {
                    self.dialog = Some(super::Dialog::Left);
                }
            } else {
                let before = self.project.clone();
                self.project.merge(project);
                self.history.record("Add a comparison", before);
            }
        }
        if !outcome.added.is_empty() {
            let label = match outcome.added.len() {
                _ if outcome.choice.is_some() => "Choose columns".to_owned(),
                1 => "Add a version".to_owned(),
                n => format!("Add {n} versions"),
            };
            // Edits made while loading stay: the sources are added to the project as it is now.
            let before = self.project.clone();
            if let Some(choice) = &outcome.choice {
                tables::replace(&mut self.project, &outcome.added, choice);
            }
            for source in &outcome.added {
                let _ = self.project.add(source.clone());
            }
            if self.project.title.is_empty() {
                self.project.title = outcome.project.title.clone();
            }
            self.project.sample |= outcome.project.sample;
            // What is opened into an empty window is where the work starts, not a step of it.
            let first = before.entries.is_empty() && before.judgements.is_empty() && before.groupings.is_empty();
            if first {
                self.history = Default::default();
            } else if self.project != before {
                self.history.record(label, before);
            }
            if !first && let Some(last) = outcome.added.last() {
                // The column of what was added comes into sight.
                self.focused = Some(analysis::version_key(last));
            }
        }
        if let Some(pile) = outcome.pile {
            self.pile = Some(pile);
            self.dialog = Some(Dialog::Groups(Default::default()));
        }
        self.problems.extend(outcome.problems);
        self.take_tables(outcome.tables);
        self.cache = outcome.cache;
        self.analysis = Arc::new(outcome.analysis);
        self.generation += 1;
        self.attach_judgements();
        self.refresh_shown();
        self.refresh_find();
        self.select_again();
        self.remember();
        if !self.queue.is_empty() {
            let next = self.queue.remove(0);
            self.start(next);
        } else if !self.project.reads_like(&outcome.project) {
            self.start(Request::Reanalyse);
        }
    }
}

impl App {
    /// Judgements go with their findings where those have other ids now. That is no edit of the person's.
    fn attach_judgements(&mut self) {
        let clean = self.project.judgements == self.saved.judgements;
        if project::attach(&mut self.project.judgements, &self.analysis) && clean {
            self.saved.judgements = self.project.judgements.clone();
        }
    }

    /// The judgements that fit no difference of the present analysis.
    pub fn unfit(&self) -> Vec<(ContentId, &Judgement)> {
        // While versions are being read, differences are missing for want of them.
        if self.job.is_some() { Vec::new() } else { project::unfit(&self.project.judgements, &self.analysis) }
    }
}

fn work(request: Request, mut project: Project, tables: &[TableChoice], mut cache: Cache, shared: &Shared) -> Option<Outcome> {
    let mut problems = Vec::new();
    let mut opened: Option<Opened> = None;
    let mut read: Vec<Arc<Source>> = Vec::new();
    let from_files = matches!(request, Request::Files(_) | Request::Bytes(_) | Request::Tables { .. });
    let hints = Hints { tables: tables.to_vec(), ask_columns: true, ..Hints::default() };
    let mut asks = Vec::new();
    let mut chosen = None;
    let results: Vec<(String, Option<PathBuf>, Result<Read, String>)> = match request {
        Request::Files(items) => read_files(items, &hints, shared)?,
        Request::Tables { paths, choice } => {
            // The choice goes before others for the same first row.
            let hints = Hints { tables: std::iter::once(choice.clone()).chain(hints.tables).collect(), ..hints };
            chosen = Some(choice);
            read_files(paths.into_iter().map(Ok).collect(), &hints, shared)?
        }
        Request::Columns(path) => {
            let mut results = read_files(vec![Ok(path)], &Hints { show_columns: true, ..hints }, shared)?;
            for (_, _, result) in &mut results {
                if matches!(result, Ok(Read::Articles(_))) {
                    *result = Err("It is a table in an archive. Unpack it and add the table itself to choose its columns.".to_owned());
                }
            }
            results
        }
        Request::Bytes(items) => read_bytes(items, &hints, shared)?,
        Request::Links { addresses, allow_private } => links::read(&addresses, allow_private, shared)?,
        Request::Sources(sources) => {
            read = sources;
            Vec::new()
        }
        Request::Restore(left) => match left.read() {
            Ok((project, slot)) => {
                // What its file holds tells what is not saved.
                let saved = left.path.as_deref().and_then(open_comparison).and_then(Result::ok).unwrap_or_default();
                let saved = shared_texts(saved, &project);
                let path = left.path.filter(|p| io::exists(p));
                opened = Some(Opened { path, project, saved: Some(saved), slot: Some(slot) });
                Vec::new()
            }
            Err(reason) => vec![(left.title, None, Err(reason))],
        },
        Request::Reanalyse => Vec::new(),
    };
    for (name, path, result) in results {
        let asked = matches!(result, Ok(Read::Table(_)))
            && project.entries.iter().any(|e| Some(e.source.provenance.path.as_ref()) == path.as_deref());
        // Of a table that is open already nothing is missing while its columns are chosen.
        if !asked {
            problems.extend(problems_of(&name, path.as_deref(), result.as_ref().map_err(String::as_str)));
        }
        match (result, path) {
            (Ok(Read::Table(table)), Some(path)) => asks.push((path, Arc::new(*table))),
            (Ok(Read::Comparison(file)), Some(path)) => match &mut opened {
                // A second comparison file in one go adds its versions and judgements to the first.
                Some(first) => {
                    first.saved.get_or_insert_with(|| first.project.clone());
                    first.project.merge(*file);
                }
                None => opened = Some(Opened { path: Some(path), project: *file, saved: None, slot: None }),
            },
            (Ok(Read::Comparison(_)), None) => {}
            (Ok(Read::Articles(sources)), _) => {
                read.extend(sources.into_iter().map(Arc::new));
            }
            (Ok(Read::LeftOut | Read::Table(_) | Read::Refused(_)) | Err(_), _) => {}
        }
    }
    // Articles that were chosen are compared; those of a file that came alone may be about anything.
    let mut parted = None;
    if from_files && opened.is_none() && project.entries.is_empty() {
        parted = pile::part(&read, &mut cache, shared).ok()?;
        if parted.is_some() {
            read.clear();
        }
    }
    if let Some(opened) = &opened {
        project.merge(opened.project.clone());
    }
    let mut added = Vec::new();
    if let Some(choice) = &chosen {
        tables::replace(&mut project, &read, choice);
    }
    for source in read {
        match project.add(source.clone()) {
            Ok(_) => added.push(source),
            Err(key) => {
                let twin = project.entries.iter().find(|e| e.key == key).map(|e| e.source.provenance.path.clone()).unwrap_or_default();
                let name = source.provenance.path.clone();
                let text = format!("It is the same article as {twin}, which is open already. It was not added twice.");
                problems.push(Problem { name, text, not_added: true, cure: Cure::Know, path: None });
            }
        }
    }
    let fresh: BTreeSet<ContentId> =
        added.iter().map(|s| analysis::version_key(s)).chain(opened.iter().flat_map(|o| o.project.entries.iter().map(|e| e.key))).collect();
    let (versions, undated) = read_versions(&project, &fresh, &mut cache, shared)?;
    problems.extend(undated);
    let config = Config { groupings: project.groupings.clone() };
    // A job that was cancelled may still hold it for a moment: then nothing is taken over rather than waited for.
    let mut nothing = analysis::Kept::default();
    let mut compared = cache.compared.try_lock();
    let kept = compared.as_deref_mut().unwrap_or(&mut nothing);
    let analysis = analysis::analyze_again(versions, &config, kept, shared)?;
    drop(compared);
    Some(Outcome { added, opened, tables: asks, choice: chosen, pile: parted, problems, project, analysis, cache })
}

/// A project whose texts are those of another where they are equal, so that both are compared quickly from then on.
fn shared_texts(mut project: Project, with: &Project) -> Project {
    for entry in &mut project.entries {
        if let Some(same) = with.entries.iter().find(|e| e == &entry) {
            entry.source = same.source.clone();
        }
    }
    project
}

/// Reads the versions that are not read yet, in parallel; `None` when it was cancelled. And what dates the `fresh` ones miss.
fn read_versions(
    project: &Project,
    fresh: &BTreeSet<ContentId>,
    cache: &mut Cache,
    shared: &Shared,
) -> Option<(Vec<Arc<Version>>, Vec<Problem>)> {
    let of = project.entries.len();
    shared.begin(project.entries.iter().map(|e| e.source.text.len() as u64).sum());
    let done = AtomicUsize::new(0);
    let known = &cache.versions;
    let read = |entry: &Entry| {
        if shared.cancel.load(Ordering::Relaxed) {
            return None;
        }
        let key = cache_key(entry);
        let version = known.get(&key).cloned().unwrap_or_else(|| Arc::new(entry.read()));
        let undated = fresh.contains(&entry.key).then(|| undated(&version, &entry.source)).flatten();
        shared.add(undated.iter().cloned(), entry.source.text.len() as u64);
        shared.step(Stage::Extract, done.fetch_add(1, Ordering::Relaxed) + 1, of).then_some((key, version, undated))
    };
    let read: Vec<_> = project.entries.par_iter().map(read).collect::<Option<_>>()?;
    let mut versions = Vec::with_capacity(of);
    let mut problems = Vec::new();
    for (key, version, undated) in read {
        cache.versions.insert(key, version.clone());
        versions.push(version);
        problems.extend(undated);
    }
    Some((versions, problems))
}

/// Keeps a version that was read.
pub(super) fn cache_entry(cache: &mut Cache, entry: &Entry, version: &Arc<Version>) {
    cache.versions.insert(cache_key(entry), version.clone());
}

/// Versions are kept by their key and by what the person corrected.
fn cache_key(entry: &Entry) -> ContentId {
    let published = entry.published.map(|p| p.to_string()).unwrap_or_default();
    let corrections = [entry.outlet.as_deref().unwrap_or(""), entry.title.as_deref().unwrap_or(""), &published];
    if corrections.iter().all(|c| c.is_empty()) {
        entry.key
    } else {
        ContentId::from_parts(std::iter::once(&entry.key.0.to_le_bytes()[..]).chain(corrections.iter().map(|c| c.as_bytes())))
    }
}
