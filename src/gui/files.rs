//! The system's file dialogs, on a thread since they block, and files dropped on the window.

use crate::app::{Action, App, Command, Dialog, ExportFormat, ExportRequest, ExportSort, PathFor, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

/// Dialogs of the system that are open.
#[derive(Default)]
pub struct Files {
    waiting: Option<mpsc::Receiver<Vec<Action>>>,
    /// To be done without waiting for a dialog.
    at_once: Vec<Action>,
    /// The report's file that a dialog of the system gave last: it has asked whether that may be replaced.
    chosen: Option<PathBuf>,
}

impl Files {
    /// Takes in what a dialog gave.
    pub fn poll(&mut self, out: &mut Vec<Action>) {
        out.append(&mut self.at_once);
        let Some(receiver) = &self.waiting else { return };
        match receiver.try_recv() {
            Ok(actions) => {
                self.waiting = None;
                if let Some(Action::SetDialog(Some(Dialog::Export(request)))) = actions.last() {
                    self.chosen = Some(request.path.clone());
                }
                out.extend(actions);
            }
            Err(mpsc::TryRecvError::Disconnected) => self.waiting = None,
            Err(mpsc::TryRecvError::Empty) => {}
        }
    }

    /// Takes in files dropped on the window.
    pub fn dropped(&self, ctx: &egui::Context, out: &mut Vec<Action>) {
        let dropped = ctx.input(|i| i.raw.dropped_files.clone());
        let (mut paths, mut bytes) = (Vec::new(), Vec::new());
        for file in dropped {
            // Programs such as browsers drop content that has a name only.
            if file.path().is_absolute() {
                paths.push(file.path().to_owned());
            } else if let Ok(content) = file.bytes() {
                bytes.push((file.path().display().to_string(), content.into()));
            } else {
                paths.push(file.path().to_owned());
            }
        }
        if !paths.is_empty() {
            out.push(Action::Open(paths));
        }
        if !bytes.is_empty() {
            out.push(Action::OpenBytes(bytes));
        }
    }

    /// Opens the dialog that an action needs before it can be done.
    pub fn intercept(&mut self, ctx: &egui::Context, app: &App, action: &Action) {
        let folder = app.settings.folder.clone();
        match action {
            Action::Run(Command::OpenFiles) => self.ask(ctx, PathFor::Open, move || {
                let dialog = start_in(rfd::FileDialog::new().set_title("Add articles"), folder);
                answer(|| dialog.pick_files(), |paths| vec![Action::Open(paths)])
            }),
            Action::FindRecent(old) => {
                let (old, folder) = (old.clone(), old.parent().map(PathBuf::from).filter(|f| f.is_dir()).or(folder));
                self.ask(ctx, PathFor::Moved(old.clone()), move || {
                    let dialog = start_in(rfd::FileDialog::new().set_title("Find comparison"), folder);
                    answer(|| dialog.pick_files(), |paths| vec![Action::ForgetRecent(old), Action::Open(paths)])
                });
            }
            Action::ShowFile(path) => {
                // The folder: what would open a file that is not read is anybody's guess.
                let folder = path.parent().map(PathBuf::from).unwrap_or_default();
                if open::that_detached(&folder).is_err() {
                    self.at_once.push(Action::Say(format!("The system shows no folders. The file is {}.", path.display())));
                }
            }
            Action::Run(Command::SaveAs) if app.is_enabled(Command::SaveAs) => self.ask_where_to_save(ctx, app, false),
            Action::Run(Command::Save) if app.path.is_none() && app.is_enabled(Command::Save) => self.ask_where_to_save(ctx, app, false),
            Action::SaveAndQuit if app.path.is_none() => self.ask_where_to_save(ctx, app, true),
            _ => {}
        }
    }

    fn ask_where_to_save(&mut self, ctx: &egui::Context, app: &App, quit: bool) {
        let folder = app.settings.folder.clone();
        let name = app.suggested_name();
        self.ask(ctx, PathFor::Save { quit }, move || {
            let dialog = start_in(rfd::FileDialog::new().set_title("Save comparison").set_file_name(name), folder);
            let then = |mut paths: Vec<PathBuf>| {
                let save = paths.pop().map(Action::Save);
                save.into_iter().chain(quit.then_some(Action::Run(Command::Quit))).collect()
            };
            answer(|| dialog.save_file().map(|p| vec![p]), then)
        });
    }

    /// What writes a report: nothing more is asked about a file that was chosen in the system's dialog.
    pub fn export(&self, request: ExportRequest) -> Action {
        match self.chosen.as_ref() == Some(&request.path) {
            true => Action::Replace(Write::Report(request)),
            false => Action::Export(request),
        }
    }

    /// Asks for the file of a report; the form opens again with it.
    pub fn ask_where_to_export(&mut self, ctx: &egui::Context, request: &ExportRequest) {
        let request = request.clone();
        let question = move || {
            let folder = request.path.parent().map(PathBuf::from);
            let name = request.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let dialog = start_in(rfd::FileDialog::new().set_title("Export report").set_file_name(name), folder);
            let then = |mut paths: Vec<PathBuf>| {
                let path = paths.pop().unwrap_or_default();
                vec![Action::SetDialog(Some(Dialog::Export(ExportRequest { path, ..request })))]
            };
            answer(|| dialog.save_file().map(|p| vec![p]), then)
        };
        let typed = Action::Say(format!("{NO_DIALOG} Type the file's path."));
        match self.waiting {
            Some(_) => {}
            None => self.put(ctx, typed, question),
        }
    }

    fn ask(&mut self, ctx: &egui::Context, purpose: PathFor, question: impl FnOnce() -> Answer + Send + 'static) {
        // A dialog that is asked for again has not been seen: it may hang, or lie behind another window.
        if self.waiting.take().is_some() {
            self.at_once.push(Action::AskForPath(purpose, "The file dialog of the system has not answered.".to_owned()));
            return;
        }
        self.put(ctx, Action::AskForPath(purpose, NO_DIALOG.to_owned()), question);
    }

    fn put(&mut self, ctx: &egui::Context, instead: Action, question: impl FnOnce() -> Answer + Send + 'static) {
        let (sender, receiver) = mpsc::channel();
        let ctx = ctx.clone();
        std::thread::spawn(move || {
            let actions = match question() {
                Answer::Chosen(actions) => actions,
                Answer::Cancelled => Vec::new(),
                Answer::NotShown => vec![instead],
            };
            // Nobody listens any more when the window has closed.
            let _ = sender.send(actions);
            ctx.request_repaint();
        });
        self.waiting = Some(receiver);
    }
}

const NO_DIALOG: &str = "The system shows no file dialog.";

/// What became of a dialog of the system.
enum Answer {
    Chosen(Vec<Action>),
    Cancelled,
    NotShown,
}

/// Nobody sees a dialog and cancels it in less time than this.
const NO_HAND_IS_AS_QUICK: std::time::Duration = std::time::Duration::from_millis(250);

/// Shows a dialog. `rfd` returns nothing where it was cancelled and, for saving, also where there is neither a portal nor a
/// program to show it; that alone it tells in the log.
fn answer(show: impl FnOnce() -> Option<Vec<PathBuf>>, then: impl FnOnce(Vec<PathBuf>) -> Vec<Action>) -> Answer {
    TROUBLE.store(false, Ordering::Relaxed);
    let began = std::time::Instant::now();
    match show() {
        Some(paths) if !paths.is_empty() => Answer::Chosen(then(paths)),
        _ if TROUBLE.load(Ordering::Relaxed) || began.elapsed() < NO_HAND_IS_AS_QUICK => Answer::NotShown,
        _ => Answer::Cancelled,
    }
}

/// Whether `rfd` logged an error since the last dialog was asked for.
static TROUBLE: AtomicBool = AtomicBool::new(false);

struct Ear;

impl log::Log for Ear {
    fn enabled(&self, of: &log::Metadata<'_>) -> bool {
        of.level() == log::Level::Error && of.target().starts_with("rfd")
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            TROUBLE.store(true, Ordering::Relaxed);
        }
    }

    fn flush(&self) {}
}

/// Begins to listen to what `rfd` logs.
pub fn listen() {
    // Where a logger is set already, quick answers alone tell that no dialog was shown.
    if log::set_logger(&Ear).is_ok() {
        log::set_max_level(log::LevelFilter::Error);
    }
}

fn start_in(dialog: rfd::FileDialog, folder: Option<PathBuf>) -> rfd::FileDialog {
    match folder {
        Some(folder) => dialog.set_directory(folder),
        None => dialog,
    }
}

/// A request with another format, and the file's ending to match.
pub fn with_format(request: &ExportRequest, format: ExportFormat) -> ExportRequest {
    ExportRequest { format, path: request.path.with_extension(format.ending()), ..request.clone() }
}

/// A request for something else, in a format that it has, with a name that tells it from the report.
pub fn with_sort(request: &ExportRequest, sort: ExportSort) -> ExportRequest {
    let format = if sort.formats().contains(&request.format) { request.format } else { ExportFormat::Html };
    let stem = request.path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = stem.trim_end_matches("-worksheet").trim_end_matches("-key").to_owned();
    let tail = match sort {
        ExportSort::Report => "",
        ExportSort::Worksheet => "-worksheet",
        ExportSort::Key => "-key",
    };
    let path = request.path.with_file_name(format!("{stem}{tail}.{}", format.ending()));
    ExportRequest { sort, format, path, ..request.clone() }
}
