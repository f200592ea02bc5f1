//! What earlier windows left unsaved, and judgements whose difference is not found any more.

use super::{buttons_with, close_row, heading};
use crate::app::{Action, App, Dialog, Left};
use crate::gui::fonts::Face;
use crate::gui::kit;
use crate::gui::theme::Theme;
use egui::{Id, RichText, ScrollArea, Ui, vec2};
use std::path::Path;

/// A row for each comparison that was left, to be opened or thrown away.
pub fn left(ui: &mut Ui, app: &App, out: &mut Vec<Action>) {
    heading(ui, "Unsaved work");
    lead(ui, "An earlier window closed before this was saved. It is kept until you open it or throw it away.");
    list(ui, app.left().len(), |ui, i| {
        let left = &app.left()[i];
        let file = left.path.as_deref().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
        let summary = file.map_or_else(|| left.summary(), |name| format!("{name}: {}", left.summary()));
        let clicked = row(ui, i, &left.title, &summary, &["Open", "Throw away…"]);
        match clicked {
            Some(0) => out.push(Action::Restore(left.file.clone())),
            Some(_) => out.push(Action::SetDialog(Some(Dialog::ForgetLeft(left.file.clone())))),
            None => {}
        }
    });
    close_row(ui, out);
}

/// Asks before what was left is thrown away.
pub fn forget(ui: &mut Ui, app: &App, file: &Path, out: &mut Vec<Action>) {
    let left: Option<&Left> = app.left().iter().find(|l| l.file == file);
    heading(ui, "Throw this work away?");
    let words = left.map_or_else(String::new, |l| format!("“{}”: {}. It can't be brought back.", l.title, l.summary()));
    lead(ui, &words);
    if buttons_with(ui, None, "Throw away", left.is_some(), out) {
        out.push(Action::ForgetLeft(file.to_owned()));
        out.push(Action::SetDialog((app.left().len() > 1).then_some(Dialog::Left)));
    }
}

/// A row for each judgement that fits no difference.
pub fn unfit(ui: &mut Ui, app: &App, out: &mut Vec<Action>) {
    heading(ui, "Judgements without a difference");
    lead(
        ui,
        "Their differences are not found in the texts as they are now. They stay in the comparison and come back with their difference.",
    );
    let unfit = app.unfit();
    list(ui, unfit.len(), |ui, i| {
        let (id, judgement) = unfit[i];
        let who = match (&judgement.by, judgement.at) {
            (Some(by), Some(at)) => format!("{by}, {}", at.strftime("%-d %B %Y")),
            _ => String::new(),
        };
        if row(ui, i, &judgement.in_words(), &who, &["Drop"]).is_some() {
            out.push(Action::DropJudgement(id));
        }
    });
    close_row(ui, out);
}

fn lead(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(Face::Serif.at(15.0)).line_height(Some(22.0)));
    ui.add_space(6.0);
}

fn list(ui: &mut Ui, rows: usize, mut add: impl FnMut(&mut Ui, usize)) {
    let height = (ui.ctx().content_rect().height() - 320.0).clamp(120.0, 420.0);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        (0..rows).for_each(|i| add(ui, i));
    });
}

/// A title, a line below it and links. Returns which link was clicked.
fn row(ui: &mut Ui, i: usize, title: &str, below: &str, links: &[&str]) -> Option<usize> {
    let theme = Theme::of(ui);
    let width = ui.available_width();
    let title = kit::paragraph(ui.painter(), &[(title, Face::SerifSemibold.at(15.0), theme.ink)], 21.0, width - 8.0);
    let below = kit::paragraph(ui.painter(), &[(below, Face::Sans.at(12.0), theme.ink2)], 18.0, width - 8.0);
    let (title_height, below_height) = (title.size().y, if below.text().is_empty() { 0.0 } else { below.size().y });
    let (rect, _) = ui.allocate_exact_size(vec2(width, title_height + below_height + 40.0), egui::Sense::hover());
    kit::rule(ui.painter(), rect.left(), rect.right(), rect.top(), theme.line);
    let mut y = rect.top() + 8.0;
    ui.painter().galley(egui::pos2(rect.left(), y), title, theme.ink);
    y += title_height + 2.0;
    ui.painter().galley(egui::pos2(rect.left(), y), below, theme.ink2);
    y += below_height + 11.0;
    let mut x = rect.left();
    let mut clicked = None;
    for (n, words) in links.iter().enumerate() {
        let response = kit::link(ui, x, y, words, 12.5, Id::unique(("left", i, *words)));
        if response.clicked() {
            clicked = Some(n);
        }
        x = response.rect.right() + 16.0;
    }
    clicked
}
