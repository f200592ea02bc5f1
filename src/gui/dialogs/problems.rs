//! What could not be loaded, or only with gaps.

use crate::app::{Action, App, Command, Cure, Problem};
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::kit::{self, Button, Look};
use crate::gui::theme::Theme;
use egui::{Id, Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2};

/// What could not be loaded, or only with gaps, with what to do. Those that are `coming` out of a load are told alone.
pub fn problems_list(ui: &mut Ui, rect: Rect, app: &App, coming: &[Problem], out: &mut Vec<Action>) {
    if app.problems.is_empty() && coming.is_empty() {
        return;
    }
    let theme = Theme::of(ui);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("problems"));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    let failed = app.problems.iter().chain(coming).filter(|p| p.not_added).count();
    let gaps = app.problems.len() + coming.len() - failed;
    let summary = match (failed, gaps) {
        (0, n) => format!("{n} added with gaps"),
        (n, 0) => format!("{n} not added"),
        (n, m) => format!("{n} not added, {m} added with gaps"),
    };
    child.horizontal(|ui| {
        ui.label(RichText::new("Problems").font(Face::SerifSemibold.at(18.0)));
        ui.label(RichText::new(summary).font(Face::Sans.at(12.0)).color(theme.ink3));
    });
    child.add_space(6.0);
    ScrollArea::vertical().auto_shrink(false).id_salt("problems scroll").show(&mut child, |ui| {
        let now = app.problems.iter().enumerate().map(|(i, p)| (Some(i), p));
        for (place, problem) in now.chain(coming.iter().map(|p| (None, p))) {
            let width = ui.available_width();
            let (line, _) = ui.allocate_exact_size(vec2(width, 1.0), egui::Sense::hover());
            kit::rule(ui.painter(), line.left(), line.right(), line.top(), theme.line);
            let title = if problem.not_added { format!("{} was not added", problem.name) } else { problem.name.clone() };
            let title = title.trim_end_matches('.').to_owned();
            let title = kit::paragraph(ui.painter(), &[(&title, Face::SansSemibold.at(13.0), theme.ink)], 18.0, width - 30.0);
            let text = kit::paragraph(ui.painter(), &[(&problem.text, Face::Sans.at(13.0), theme.ink2)], 19.0, width - 30.0);
            let height = title.size().y + text.size().y + if place.is_some() { 62.0 } else { 30.0 };
            let (r, _) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
            let glyph = if problem.not_added { Glyph::Close } else { Glyph::Warn };
            let mut y = r.top() + 14.0;
            glyphs::paint(ui.painter(), pos2(r.left() + 7.0, y + 9.0), 12.0, theme.ink, glyph);
            let title_height = title.size().y;
            ui.painter().galley(pos2(r.left() + 23.0, y), title, theme.ink);
            y += title_height + 4.0;
            let text_height = text.size().y;
            ui.painter().galley(pos2(r.left() + 23.0, y), text, theme.ink2);
            y += text_height + 8.0;
            let Some(i) = place else { continue };
            let mut x = r.left() + 23.0;
            let mut choices: Vec<(&str, Look, Action)> = Vec::new();
            let mut leave = if problem.not_added { "Leave out" } else { "Keep as it is" };
            match &problem.cure {
                Cure::Know => leave = "Close",
                Cure::Replace => {
                    choices.push(("Paste its text…", Look::Framed, Action::Run(Command::PasteText)));
                    choices.push(("Choose another file…", Look::Framed, Action::Run(Command::OpenFiles)));
                }
                Cure::Read(path) => choices.push(("Read it now", Look::Framed, Action::Open(vec![path.clone()]))),
                Cure::Date(key) => {
                    leave = "Keep without date";
                    choices.push(("Set date…", Look::Framed, Action::SetDialog(Some(app.date_dialog(*key)))));
                }
            }
            choices.push((leave, Look::Plain, Action::LeaveOut(i)));
            for (label, look, action) in choices {
                let button = Button::framed(label).look(look);
                let w = button.width(ui.painter());
                let at = Rect::from_min_size(pos2(x, y), vec2(w, 26.0));
                if button.show(ui, at, Id::unique(("problem", i, label))).clicked() {
                    // A date that is then not given leaves the problem where it is.
                    let solved = !matches!(look, Look::Plain) && !matches!(problem.cure, Cure::Date(_));
                    out.push(action);
                    if solved {
                        out.push(Action::LeaveOut(i));
                    }
                }
                x += w + 8.0;
            }
        }
    });
}
