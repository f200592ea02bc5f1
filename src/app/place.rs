//! Where comparisons and reports are written, and what is asked before.

use super::unsaved;
use super::{Action, App, Command, Dialog, ExportFormat, ExportRequest, ExportSort};
use crate::io;
use crate::project::file;
use crate::source::sha256_hex;
use std::path::{Path, PathBuf};

/// What a typed path is for, where the system has no dialog to choose one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathFor {
    /// Articles or a comparison to add.
    Open,
    /// Where a recent comparison has moved to from here.
    Moved(PathBuf),
    /// The comparison's file.
    Save {
        /// Whether the window closes then.
        quit: bool,
    },
}

/// Something to be written over a file that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// A report.
    Report(ExportRequest),
    /// The comparison.
    Comparison {
        /// The file.
        path: PathBuf,
        /// Whether the window closes then.
        quit: bool,
    },
}

impl Write {
    /// The file.
    pub fn path(&self) -> &Path {
        match self {
            Write::Report(request) => &request.path,
            Write::Comparison { path, .. } => path,
        }
    }
}

impl App {
    /// The form in which a path is typed. `why` says why the system's own dialog is not shown.
    pub(super) fn path_form(&self, purpose: PathFor, why: &str) -> Dialog {
        let folder = self.folder();
        let path = match &purpose {
            PathFor::Open => format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR),
            PathFor::Moved(old) => old.display().to_string(),
            PathFor::Save { .. } => match &self.path {
                Some(path) => path.display().to_string(),
                None => folder.join(self.suggested_name()).display().to_string(),
            },
        };
        Dialog::Path { purpose, path, why: why.to_owned() }
    }

    /// Does what a path was typed for.
    pub(super) fn take_path(&mut self, purpose: PathFor, typed: &str) {
        let path = io::typed_path(typed, &self.folder());
        match purpose {
            PathFor::Open | PathFor::Moved(_) => {
                if !io::is_there(&path) {
                    return self.say(format!("{} is not there. Check its name and folder.", path.display()), false);
                }
                self.dialog = None;
                if let PathFor::Moved(old) = purpose {
                    self.forget_recent(&old);
                }
                self.apply(Action::Open(vec![path]));
            }
            PathFor::Save { quit } => {
                let path = with_ending(path);
                self.write(Write::Comparison { path, quit });
            }
        }
    }

    /// Writes, or asks first where a file stands in the way. The comparison's own file is one only where another program
    /// has changed it.
    pub(super) fn write(&mut self, what: Write) {
        let own = matches!(what, Write::Comparison { .. }) && self.path.as_deref() == Some(what.path());
        if (own && self.is_changed_on_disk()) || (!own && io::exists(what.path())) {
            self.dialog = Some(Dialog::Replace(what));
        } else {
            self.write_over(what);
        }
    }

    /// Writes, whatever stands there.
    pub(super) fn write_over(&mut self, what: Write) {
        match what {
            Write::Report(request) => self.export(&request),
            Write::Comparison { path, quit } => {
                if self.save(path) {
                    self.dialog = None;
                    if quit {
                        self.apply(Action::Run(Command::Quit));
                    }
                }
            }
        }
    }

    /// Saves the comparison. When it fails, the file is as it was before and nothing is lost. Returns whether it went well.
    pub(super) fn save(&mut self, path: PathBuf) -> bool {
        let name = name_of(&path);
        let own = self.path.as_ref() == Some(&path) && self.lock.is_some();
        let lock = match if own { Ok(None) } else { unsaved::lock_to_save(&path) } {
            Ok(lock) => lock,
            Err(reason) => {
                self.say(format!("{reason} Nothing was written; the comparison is still open."), false);
                return false;
            }
        };
        let bytes = file::write(&self.project);
        match io::write(&path, &bytes) {
            Ok(()) => {
                if !own {
                    self.lock = lock;
                }
                self.copy_of = None;
                self.on_disk = Some(sha256_hex(&bytes));
                self.saved = self.project.clone();
                self.settings.folder = path.parent().map(ToOwned::to_owned);
                self.path = Some(path);
                self.remember();
                self.say(format!("{name} saved."), false);
                true
            }
            Err(e) => {
                self.say(format!("{} {name} was not saved. The comparison is still open.", io::explain_write(&path, &e)), false);
                false
            }
        }
    }

    /// What the form of a report starts with.
    pub(super) fn default_export(&self) -> ExportRequest {
        let path = self.folder().join(format!("{}.html", self.stem()));
        ExportRequest {
            sort: ExportSort::Report,
            format: ExportFormat::Html,
            path,
            wording: false,
            dismissed: false,
            without_notes: false,
            shown_kinds: false,
        }
    }

    fn export(&mut self, request: &ExportRequest) {
        let request = ExportRequest { path: io::typed_path(&request.path.to_string_lossy(), &self.folder()), ..request.clone() };
        match self.write_report(&request) {
            Ok(()) => {
                self.dialog = None;
                self.settings.folder = request.path.parent().map(ToOwned::to_owned);
                self.say(format!("{} written.", name_of(&request.path)), false);
            }
            Err(reason) => {
                self.dialog = Some(Dialog::Export(request));
                self.say(format!("{reason} Nothing was written."), false);
            }
        }
    }

    /// A name for the comparison's file.
    pub fn suggested_name(&self) -> String {
        let copy = if self.copy_of.is_some() { "-copy" } else { "" };
        format!("{}{copy}.{}", self.stem(), file::ENDING)
    }

    /// The folder that files were last opened from or saved to, else the person's own.
    fn folder(&self) -> PathBuf {
        self.settings.folder.clone().filter(|f| f.is_absolute()).unwrap_or_else(io::home)
    }

    /// A file's name made of the comparison's title: its words, joined by hyphens.
    fn stem(&self) -> String {
        let words: Vec<String> =
            self.title().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
        if words.is_empty() { "comparison".to_owned() } else { words.join("-") }
    }
}

/// A comparison's path with its ending where the name has none.
pub(super) fn with_ending(path: PathBuf) -> PathBuf {
    // What follows the dot of "St. Louis" is no ending.
    let is_ending = |e: &std::ffi::OsStr| e.len() <= 10 && e.to_string_lossy().chars().all(|c| c.is_ascii_alphanumeric());
    if path.extension().is_some_and(is_ending) {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".");
    name.push(file::ENDING);
    name.into()
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}
