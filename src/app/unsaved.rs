//! What is in no file of the person's yet is kept in a folder of the app's, so that a crash costs at most the last moment.
//! The next window offers it. Closing a window or a comparison in the proper way removes it, unless work would be lost.

use super::worker::Request;
use super::{App, Problem};
use crate::io::recovery::{self, Slot};
use crate::io::{self, Lock};
use crate::project::{Project, file};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;

/// The first line of a kept comparison; the comparison file follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Head {
    schema: String,
    /// The comparison file that it was opened from or last saved in.
    path: Option<PathBuf>,
    title: String,
    versions: usize,
    judgements: usize,
    at: jiff::Timestamp,
}

const SCHEMA: &str = "parallax.unsaved/1";

/// A comparison that an earlier window left without saving.
#[derive(Clone, Debug, PartialEq)]
pub struct Left {
    /// Where it is kept.
    pub file: PathBuf,
    /// The comparison file that it belongs to, if it was ever saved.
    pub path: Option<PathBuf>,
    /// Its title.
    pub title: String,
    /// Versions in it.
    pub versions: usize,
    /// Judgements in it.
    pub judgements: usize,
    /// When it was last changed.
    pub at: jiff::Timestamp,
}

impl Left {
    /// "6 versions, 12 judgements, changed 1 March, 14:03".
    pub fn summary(&self) -> String {
        let of = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
        let mut words = of(self.versions, "version", "versions");
        if self.judgements > 0 {
            words.push_str(&format!(", {}", of(self.judgements, "judgement", "judgements")));
        }
        format!("{words}, changed {}", io::local(self.at).strftime("%-d %B, %H:%M"))
    }

    /// What `work` needs to open it.
    pub(super) fn read(&self) -> Result<(Project, Slot), String> {
        let slot = Slot::take(&self.file).ok_or("Another window has it open, or it was removed.")?;
        let bytes = io::read_bytes(&self.file).map_err(|e| e.to_string())?;
        let body = bytes.iter().position(|b| *b == b'\n').map_or(&bytes[..], |at| &bytes[at + 1..]);
        Ok((file::read(body).map_err(|e| e.to_string())?, slot))
    }
}

/// Keeps one window's unsaved work.
pub(super) struct Keep {
    folder: PathBuf,
    slot: Option<Slot>,
    /// What the slot holds; empty for nothing.
    kept: Project,
    changed: Option<f64>,
    writer: Option<Writer>,
    trouble: Arc<Mutex<Option<String>>>,
    told: Option<String>,
    /// When it was last tried again to write what could not be written.
    retried: f64,
    wake: Arc<dyn Fn() + Send + Sync>,
    /// What this window itself left when a comparison was closed, for the case that closing is undone.
    parked: Option<(PathBuf, Project)>,
}

struct Writer {
    jobs: mpsc::Sender<Job>,
    thread: JoinHandle<()>,
}

enum Job {
    Keep(PathBuf, Box<(Head, Project)>),
    Clear(PathBuf),
}

/// Changes rest this long before they are kept, in seconds: judging goes on key after key.
const REST_S: f64 = 0.5;
/// Seconds until it is tried again to write what could not be written.
const RETRY_S: f64 = 15.0;

impl Keep {
    fn new(folder: PathBuf, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self {
            folder,
            retried: 0.0,
            wake,
            slot: None,
            kept: Project::default(),
            changed: None,
            writer: None,
            trouble: Arc::default(),
            told: None,
            parked: None,
        }
    }

    fn send(&mut self, job: Job) {
        let (trouble, wake) = (self.trouble.clone(), self.wake.clone());
        let writer = self.writer.get_or_insert_with(|| {
            let (jobs, receiver) = mpsc::channel();
            Writer { jobs, thread: std::thread::spawn(move || run(&receiver, &trouble, &*wake)) }
        });
        // The thread ends with this window alone.
        let _ = writer.jobs.send(job);
    }

    /// Waits until all is on the disk.
    fn settle(&mut self) {
        if let Some(writer) = self.writer.take() {
            drop(writer.jobs);
            let _ = writer.thread.join();
        }
    }

    fn hold(&mut self, project: &Project, path: Option<&Path>, title: &str) {
        if self.slot.is_none() {
            match Slot::new(&self.folder) {
                Ok(slot) => self.slot = Some(slot),
                Err(e) => return self.set_trouble(io::explain_write(&self.folder, &e)),
            }
        }
        let Some(file) = self.slot.as_ref().map(|s| s.file().to_owned()) else { return };
        let head = Head {
            schema: SCHEMA.to_owned(),
            path: path.map(ToOwned::to_owned),
            title: title.to_owned(),
            versions: project.entries.len(),
            judgements: project.judgements.len() + project.groupings.len(),
            at: io::now(),
        };
        self.kept = project.clone();
        self.send(Job::Keep(file, Box::new((head, project.clone()))));
    }

    fn clear(&mut self) {
        self.kept = Project::default();
        if let Some(file) = self.slot.as_ref().map(|s| s.file().to_owned()) {
            self.send(Job::Clear(file));
        }
    }

    fn set_trouble(&self, text: String) {
        if let Ok(mut trouble) = self.trouble.lock() {
            *trouble = Some(text);
        }
    }
}

/// Writes what comes; of several that wait, the last.
fn run(jobs: &mpsc::Receiver<Job>, trouble: &Mutex<Option<String>>, wake: &(dyn Fn() + Send + Sync)) {
    while let Ok(mut job) = jobs.recv() {
        while let Ok(later) = jobs.try_recv() {
            job = later;
        }
        let outcome = match job {
            Job::Clear(file) => {
                recovery::clear(&file);
                None
            }
            Job::Keep(file, work) => {
                let (head, project) = *work;
                io::write(&file, &bytes(&head, &project)).err().map(|e| io::explain_write(&file, &e))
            }
        };
        if let Ok(mut trouble) = trouble.lock()
            && *trouble != outcome
        {
            *trouble = outcome;
            // A person who does nothing more has to hear of it too.
            wake();
        }
    }
}

fn bytes(head: &Head, project: &Project) -> Vec<u8> {
    // Strings and numbers alone: this can't fail.
    let mut bytes = serde_json::to_vec(head).unwrap_or_default();
    bytes.push(b'\n');
    bytes.extend(file::write(project));
    bytes
}

impl App {
    /// Begins to keep unsaved work in a folder, and looks for what earlier windows left there.
    pub fn keep_unsaved_in(&mut self, folder: PathBuf) {
        self.keep = Some(Keep::new(folder, self.wake.clone()));
        self.look_for_left();
        if !self.left.is_empty() {
            self.say("An earlier window closed before its work was saved. File > Unsaved work… has it.", false);
        }
    }

    /// Keeps what has changed, at a time in seconds. Returns how long to wait before it is asked again, where something is to be kept.
    pub fn keep_unsaved(&mut self, now: f64) -> Option<f64> {
        let unsaved = self.is_unsaved();
        let keep = self.keep.as_mut()?;
        let trouble = keep.trouble.lock().ok().and_then(|t| t.clone());
        let failed = trouble.is_some();
        if trouble != keep.told {
            keep.told = trouble.clone();
            keep.retried = now;
            if let Some(reason) = trouble {
                self.say(format!("{reason} What you do now is kept in no file: save the comparison on another disk."), false);
            }
        }
        let keep = self.keep.as_mut()?;
        let wanted = if unsaved { &self.project } else { &Project::default() };
        if *wanted == keep.kept {
            keep.changed = None;
            if !failed || !unsaved {
                return None;
            }
            // There may be room again by now.
            if now - keep.retried < RETRY_S {
                return Some(RETRY_S - (now - keep.retried));
            }
            keep.retried = now;
            let (project, path, title) = (self.project.clone(), self.path.clone(), self.title().to_owned());
            if let Some(keep) = &mut self.keep {
                keep.hold(&project, path.as_deref(), &title);
            }
            return None;
        }
        // What was saved or closed needs no rest.
        let since = *keep.changed.get_or_insert(now);
        if unsaved && now - since < REST_S {
            return Some(REST_S - (now - since));
        }
        keep.changed = None;
        if unsaved {
            let title = self.title().to_owned();
            let (project, path) = (self.project.clone(), self.path.clone());
            if let Some(keep) = &mut self.keep {
                keep.hold(&project, path.as_deref(), &title);
                // Closing was undone: what it left is here again.
                if let Some((file, _)) = keep.parked.take_if(|(_, parked)| *parked == project)
                    && Slot::take(&file).is_some()
                {
                    recovery::clear(&file);
                    self.look_for_left();
                }
            }
        } else {
            keep.clear();
        }
        None
    }

    /// Leaves what would be lost to be offered again, and begins anew: before a comparison is closed.
    pub(super) fn park_unsaved(&mut self) {
        let lost = self.loses_work();
        let (project, path, title) = (self.project.clone(), self.path.clone(), self.title().to_owned());
        let Some(keep) = &mut self.keep else { return };
        if lost {
            keep.hold(&project, path.as_deref(), &title);
            keep.settle();
            if let Some(slot) = keep.slot.take() {
                keep.parked = Some((slot.file().to_owned(), project));
            }
        } else {
            keep.clear();
            keep.settle();
        }
        keep.kept = Project::default();
        self.look_for_left();
    }

    /// Waits until unsaved work is on the disk, for tests; or forgets it where the window was closed in the proper way.
    pub fn finish_keeping(&mut self, forget: bool) {
        if let Some(mut keep) = self.keep.take() {
            if forget {
                keep.clear();
            }
            keep.settle();
        }
    }

    /// What earlier windows left, the latest first.
    pub fn left(&self) -> &[Left] {
        &self.left
    }

    pub(super) fn look_for_left(&mut self) {
        let Some(keep) = &self.keep else { return };
        let own = keep.slot.as_ref().map(|s| s.file().to_owned());
        let read = |(file, line): (PathBuf, Vec<u8>)| {
            let head: Head = serde_json::from_slice(&line).ok()?;
            let Head { path, title, versions, judgements, at, .. } = head;
            Some(Left { file, path, title, versions, judgements, at })
        };
        self.left = recovery::left(&keep.folder).into_iter().filter(|(f, _)| Some(f) != own.as_ref()).filter_map(read).collect();
        self.left.sort_by_key(|l| std::cmp::Reverse(l.at));
    }

    /// Opens what an earlier window left, in place of what is open.
    pub(super) fn restore(&mut self, file: &Path) {
        let Some(left) = self.left.iter().find(|l| l.file == file).cloned() else { return };
        self.dialog = None;
        if !self.project.entries.is_empty() {
            self.close();
        }
        self.start(Request::Restore(left));
    }

    /// Throws away what an earlier window left.
    pub(super) fn forget_left(&mut self, file: &Path) {
        match Slot::take(file) {
            Some(_slot) => recovery::clear(file),
            None => self.say("Another window has it open.", false),
        }
        self.look_for_left();
        if self.left.is_empty() {
            self.dialog = None;
        }
    }

    /// Goes on keeping in the place of what was restored.
    pub(super) fn adopt(&mut self, slot: Slot, project: &Project) {
        if let Some(keep) = &mut self.keep {
            keep.slot = Some(slot);
            keep.kept = project.clone();
        }
        self.look_for_left();
    }

    /// Takes a comparison file for this window's own. Where another window has it, this one has a copy and says so.
    pub(super) fn own(&mut self, path: PathBuf) {
        self.copy_of = None;
        match io::lock(&path) {
            Ok(lock) => {
                self.lock = lock;
                self.on_disk = io::fingerprint(&path);
                self.path = Some(path);
            }
            Err(holder) => {
                let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                let who = if holder.who.is_empty() { String::new() } else { format!(" ({})", holder.who) };
                let text = format!("It is open in another window{who}. What you do here stays here: Save asks for another name.");
                self.say(format!("{name} is open in another window. This is a copy of it."), false);
                self.problems.push(Problem {
                    name: format!("{name} is a copy here"),
                    text,
                    not_added: false,
                    cure: super::Cure::Know,
                    path: None,
                });
                self.copy_of = Some(path);
                self.path = None;
                self.disown();
            }
        }
    }

    /// Lets go of the comparison's file.
    pub(super) fn disown(&mut self) {
        self.lock = None;
        self.on_disk = None;
    }

    /// Whether another program changed the comparison's file since it was opened or saved here.
    pub fn is_changed_on_disk(&self) -> bool {
        let Some(path) = &self.path else { return false };
        matches!((&self.on_disk, io::fingerprint(path)), (Some(then), Some(now)) if *then != now)
    }
}

/// The lock on a file that shall be saved to.
///
/// # Errors
/// One sentence: who has it.
pub(super) fn lock_to_save(path: &Path) -> Result<Option<Lock>, String> {
    io::lock(path).map_err(|_| {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        format!("{name} is open in another window. Choose another name.")
    })
}
