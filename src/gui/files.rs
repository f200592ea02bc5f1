//! The system's file dialogs, on a thread since they block, and files dropped on the window.

use crate::app::{Action, App, Command, Dialog, ExportFormat, ExportRequest};
use std::path::PathBuf;
use std::sync::mpsc;

/// Dialogs of the system that are open.
#[derive(Default)]
pub struct Files {
    waiting: Option<mpsc::Receiver<Vec<Action>>>,
}

impl Files {
    /// Takes in what a dialog gave.
    pub fn poll(&mut self, out: &mut Vec<Action>) {
        let Some(receiver) = &self.waiting else { return };
        match receiver.try_recv() {
            Ok(actions) => {
                self.waiting = None;
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
            Action::Run(Command::OpenFiles) => self.ask(ctx, move || {
                let paths = start_in(rfd::FileDialog::new().set_title("Add articles"), folder).pick_files()?;
                Some(vec![Action::Open(paths)])
            }),
            Action::FindRecent(old) => {
                let (old, folder) = (old.clone(), old.parent().map(PathBuf::from).filter(|f| f.is_dir()).or(folder));
                self.ask(ctx, move || {
                    let path = start_in(rfd::FileDialog::new().set_title("Find comparison"), folder).pick_file()?;
                    Some(vec![Action::ForgetRecent(old), Action::Open(vec![path])])
                });
            }
            Action::Run(Command::SaveAs) => self.ask_where_to_save(ctx, app, false),
            Action::Run(Command::Save) if app.path.is_none() => self.ask_where_to_save(ctx, app, false),
            Action::SaveAndQuit if app.path.is_none() => self.ask_where_to_save(ctx, app, true),
            _ => {}
        }
    }

    fn ask_where_to_save(&mut self, ctx: &egui::Context, app: &App, quit: bool) {
        let folder = app.settings.folder.clone();
        let name = app.title().to_owned();
        self.ask(ctx, move || {
            let path = start_in(rfd::FileDialog::new().set_title("Save comparison").set_file_name(name), folder).save_file()?;
            Some(std::iter::once(Action::Save(path)).chain(quit.then_some(Action::Run(Command::Quit))).collect())
        });
    }

    /// Asks for the file of a report; the form opens again with it.
    pub fn ask_where_to_export(&mut self, ctx: &egui::Context, request: &ExportRequest) {
        let request = request.clone();
        self.ask(ctx, move || {
            let folder = request.path.parent().map(PathBuf::from);
            let name = request.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let dialog = rfd::FileDialog::new().set_title("Export report").set_file_name(name);
            let path = start_in(dialog, folder).save_file()?;
            Some(vec![Action::SetDialog(Some(Dialog::Export(ExportRequest { path, ..request })))])
        });
    }

    fn ask(&mut self, ctx: &egui::Context, question: impl FnOnce() -> Option<Vec<Action>> + Send + 'static) {
        if self.waiting.is_some() {
            return;
        }
        let (sender, receiver) = mpsc::channel();
        let ctx = ctx.clone();
        std::thread::spawn(move || {
            // Nobody listens any more when the window has closed.
            let _ = sender.send(question().unwrap_or_default());
            ctx.request_repaint();
        });
        self.waiting = Some(receiver);
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
