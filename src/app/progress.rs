//! How far a job is, shared between its thread and the window by atomics and short locks.

use super::Problem;
use super::reading::Read;
use crate::base::{Progress, Stage};
use crate::source::Source;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// How far a job is.
#[derive(Clone, Debug, PartialEq)]
pub struct JobProgress {
    /// The stage at work.
    pub stage: Stage,
    /// Units of the stage done.
    pub done: usize,
    /// Units of the stage.
    pub of: usize,
    /// The share of the stage that is done, by bytes where they are known.
    pub share: f32,
    /// The files being loaded; empty when the job only compares.
    pub files: Vec<FileProgress>,
    /// What could not be read so far, or only with gaps, in the order in which it came out.
    pub problems: Vec<Problem>,
    /// How long the stage will still take, in seconds, where its pace can be told.
    pub left_s: Option<f32>,
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

/// What a job and the window share.
pub(super) struct Shared {
    pub cancel: AtomicBool,
    pub enough: AtomicBool,
    pub stage: AtomicUsize,
    pub done: AtomicUsize,
    pub of: AtomicUsize,
    pub files: Mutex<Vec<FileProgress>>,
    pub problems: Mutex<Vec<Problem>>,
    pub pace: Mutex<Pace>,
    pub began: Instant,
    pub wake: Arc<dyn Fn() + Send + Sync>,
}

/// Bytes of the stage at work that are done, out of all, since it began.
pub(super) struct Pace {
    began: Instant,
    done: u64,
    of: u64,
}

/// No pace is told before a stage has run this long, in seconds, and before this share of it is done.
const PACE_AFTER: (f32, f32) = (2.0, 0.1);

impl Pace {
    pub fn new(of: u64) -> Self {
        Self { began: Instant::now(), done: 0, of }
    }

    /// The share that is done; `None` where no bytes are counted.
    pub fn share(&self) -> Option<f32> {
        (self.of > 0).then(|| self.done as f32 / self.of as f32)
    }

    pub fn left_s(&self) -> Option<f32> {
        let (elapsed, share) = (self.began.elapsed().as_secs_f32(), self.done as f32 / self.of.max(1) as f32);
        (elapsed > PACE_AFTER.0 && share > PACE_AFTER.1).then(|| elapsed * (1.0 - share) / share)
    }
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

impl Shared {
    /// A stage begins that has this many bytes to read.
    pub fn begin(&self, bytes: u64) {
        if let Ok(mut pace) = self.pace.lock() {
            *pace = Pace::new(bytes);
        }
    }

    /// So many bytes more are read, and came to these problems.
    pub fn add(&self, problems: impl IntoIterator<Item = Problem>, bytes: u64) {
        if let Ok(mut all) = self.problems.lock() {
            all.extend(problems);
        }
        if let Ok(mut pace) = self.pace.lock() {
            pace.done += bytes;
        }
    }

    /// Says how a file stands.
    pub fn tell(&self, i: usize, name: &str, result: Result<&Read, String>) {
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
            Ok(Read::Table(_)) => FileState::Failed("Its columns are to be chosen.".to_owned()),
            Ok(Read::Refused(why)) => FileState::Failed(why.clone()),
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
