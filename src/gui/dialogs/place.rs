//! A path to type where the system shows no dialog, and the question before a file is replaced.

use super::{buttons, caption, entered, focus_once, heading, hint};
use crate::app::{Action, App, Dialog, PathFor, Write};
use crate::gui::fonts::Face;
use egui::{Margin, RichText, TextEdit, Ui};

/// The form in which a path is typed.
pub fn path(ui: &mut Ui, purpose: &PathFor, path: &str, why: &str, out: &mut Vec<Action>) {
    let (title, done) = match purpose {
        PathFor::Open => ("Open a file", "Open"),
        PathFor::Moved(_) => ("Find comparison", "Open"),
        PathFor::Save { quit: false } => ("Save comparison", "Save"),
        PathFor::Save { quit: true } => ("Save comparison", "Save and close"),
    };
    heading(ui, title);
    if !why.is_empty() {
        hint(ui, &format!("{why} Type the path here."));
    }
    let mut typed = path.to_owned();
    let label = caption(ui, if *purpose == PathFor::Open { "File or folder" } else { "File" });
    let edit = TextEdit::singleline(&mut typed).desired_width(f32::INFINITY).margin(Margin::symmetric(8, 5));
    let response = ui.add(edit).labelled_by(label.id);
    focus_once(ui, &response, "path");
    let enter = entered(ui, &response);
    if *purpose == PathFor::Open {
        hint(ui, "Files can also be dropped on the window.");
    }
    let ready = !typed.trim().is_empty();
    if buttons(ui, done, ready, out) || (enter && ready) {
        out.push(Action::TakePath(purpose.clone(), typed));
    } else if typed != path {
        out.push(Action::SetDialog(Some(Dialog::Path { purpose: purpose.clone(), path: typed, why: why.to_owned() })));
    }
}

/// Asks before a file is replaced.
pub fn replace(ui: &mut Ui, app: &App, what: &Write, out: &mut Vec<Action>) {
    let path = what.path();
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = path.parent().map(|f| f.display().to_string()).unwrap_or_default();
    // The comparison's own file is asked about only where another program has changed it.
    let own = matches!(what, Write::Comparison { .. }) && app.path.as_deref() == Some(path);
    let (title, words) = if own {
        let words = "Another program or another window has changed it since it was opened here. Replacing it loses those changes. \
                     To keep both, cancel and save under another name.";
        (format!("{name} was changed. Replace it?"), words.to_owned())
    } else {
        (format!("{name} exists. Replace it?"), format!("It stands in the folder {folder}. What is in it now will be lost."))
    };
    heading(ui, &title);
    ui.label(RichText::new(words).font(Face::Serif.at(15.0)).line_height(Some(22.0)));
    if buttons(ui, "Replace", true, out) {
        out.push(Action::Replace(what.clone()));
    }
}
