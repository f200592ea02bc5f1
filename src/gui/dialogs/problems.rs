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
            let buttons = place.map(|i| choices(app, i, problem)).unwrap_or_default();
            let (placed, rows) = in_rows(ui, &buttons, width - 40.0);
            let height = title.size().y + text.size().y + 30.0 + rows as f32 * ROW;
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
            for (choice, at) in buttons.into_iter().zip(placed) {
                let at = at.translate(vec2(r.left() + 23.0, y));
                if Button::framed(choice.label).look(choice.look).show(ui, at, Id::unique(("problem", place, choice.label))).clicked() {
                    out.extend(choice.actions);
                }
            }
        }
    });
}

/// Height of a row of buttons.
const ROW: f32 = 32.0;

/// Something that can be done about a problem.
struct Choice {
    label: &'static str,
    look: Look,
    actions: Vec<Action>,
}

/// What can be done about the problem at a place of the list, the likeliest cure first.
fn choices(app: &App, place: usize, problem: &Problem) -> Vec<Choice> {
    let leave_out = || Action::LeaveOut(place);
    let solved = |label, action| Choice { label, look: Look::Framed, actions: vec![action, leave_out()] };
    let mut all = Vec::new();
    let mut leave = if problem.not_added { "Remove" } else { "Keep as it is" };
    match &problem.cure {
        Cure::Know => leave = if problem.not_added { "Remove" } else { "Close" },
        Cure::Replace => {
            all.extend(problem.path.clone().map(|p| solved("Try again", Action::Open(vec![p]))));
            all.push(solved("Paste its text…", Action::Run(Command::PasteText)));
            all.push(solved("Choose another…", Action::Run(Command::OpenFiles)));
        }
        Cure::Read(path) => all.push(solved("Read it now", Action::Open(vec![path.clone()]))),
        Cure::Columns(path) => {
            leave = if problem.not_added { "Remove" } else { "Close" };
            // What is wrong stays in the list until another choice is read.
            let actions = vec![Action::AskColumns(path.clone())];
            all.push(Choice { label: "Choose columns…", look: Look::Framed, actions });
        }
        Cure::AllowPrivate(address) => {
            // For this address alone: the tick in the form is for all.
            let again = Action::FetchOnce(address.clone());
            all.push(Choice { label: "Allow this address and try again", look: Look::Framed, actions: vec![again] });
        }
        Cure::Date(key) => {
            leave = "Keep without date";
            // A date that is then not given leaves the problem where it is.
            let actions = vec![Action::SetDialog(Some(app.date_dialog(*key)))];
            all.push(Choice { label: "Set date…", look: Look::Framed, actions });
        }
    }
    all.extend(problem.path.clone().map(|p| Choice { label: "Show file", look: Look::Framed, actions: vec![Action::ShowFile(p)] }));
    all.push(Choice { label: leave, look: Look::Plain, actions: vec![leave_out()] });
    all
}

/// Places for buttons from the origin, in as many rows as they need.
fn in_rows(ui: &Ui, choices: &[Choice], width: f32) -> (Vec<Rect>, usize) {
    let (mut x, mut row) = (0.0, 0);
    let places = choices
        .iter()
        .map(|c| {
            let w = Button::framed(c.label).look(c.look).width(ui.painter());
            if x > 0.0 && x + w > width {
                (x, row) = (0.0, row + 1);
            }
            let at = Rect::from_min_size(pos2(x, row as f32 * ROW), vec2(w, 26.0));
            x += w + 8.0;
            at
        })
        .collect();
    (places, if choices.is_empty() { 0 } else { row + 1 })
}
