//! The find bar: words over all versions.

use super::fonts::Face;
use super::glyphs::Glyph;
use super::kit;
use super::theme::Theme;
use crate::app::{Action, App, Command};
use egui::{Id, Key, Rect, TextEdit, Ui, UiBuilder, pos2, vec2};

/// What the bar keeps between frames.
#[derive(Default)]
pub struct FindState {
    asked: Option<u64>,
    query: String,
}

/// Draws the bar.
pub fn ui(ui: &mut Ui, rect: Rect, app: &App, state: &mut FindState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let ui = &mut kit::region(ui, rect, theme.chrome, "find bar");
    let painter = ui.painter().clone();
    kit::rule(&painter, rect.left(), rect.right(), rect.bottom() - 0.5, theme.line);
    let y = rect.center().y;
    let label = kit::text(&painter, rect.left() + 22.0, y, "Find", Face::SansMedium.at(13.0), theme.ink, 60.0);
    let field = Rect::from_min_size(pos2(label.right() + 10.0, y - 13.0), vec2(280.0_f32.min(rect.width() * 0.3), 26.0));
    if state.query != app.find.query {
        state.query.clone_from(&app.find.query);
    }
    let id = Id::unique("find field");
    let response =
        ui.put(field, TextEdit::singleline(&mut state.query).id(id).font(Face::Sans.at(13.0)).margin(egui::Margin::symmetric(8, 4)));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Find"));
    if state.asked != Some(app.find.asked) {
        state.asked = Some(app.find.asked);
        response.request_focus();
    }
    let set = |query: &str, case: bool, whole_word: bool| Action::SetFind { query: query.to_owned(), case, whole_word };
    if response.changed() {
        out.push(set(&state.query, app.find.case, app.find.whole_word));
    }
    if response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) {
        let back = ui.input(|i| i.modifiers.shift);
        out.push(Action::Run(if back { Command::FindPrevious } else { Command::FindNext }));
        response.request_focus();
    }
    let mut x = field.right() + 12.0;
    for (label, on, action) in [
        ("Match case", app.find.case, set(&state.query, !app.find.case, app.find.whole_word)),
        ("Whole words", app.find.whole_word, set(&state.query, app.find.case, !app.find.whole_word)),
    ] {
        let w = kit::width(&painter, label, Face::Sans.at(13.0)) + 30.0;
        let r = Rect::from_min_size(pos2(x, y - 12.0), vec2(w, 24.0));
        let mut value = on;
        let mut child = ui.new_child(UiBuilder::new().max_rect(r).layout(egui::Layout::left_to_right(egui::Align::Center)).id_salt(label));
        if child.checkbox(&mut value, label).clicked() {
            out.push(action);
        }
        x += w + 10.0;
    }
    let n = app.find.matches.len();
    let words = match (app.find.query.is_empty(), app.find.current, n) {
        (true, ..) => String::new(),
        (_, _, 0) => "No matches".into(),
        (_, Some(i), n) => format!("{} of {n}", i + 1),
        (_, None, 1) => "1 match".into(),
        (_, None, n) => format!("{n} matches"),
    };
    kit::text(&painter, x + 4.0, y, &words, Face::Sans.at(12.5), theme.ink2, 160.0);
    let close = Rect::from_center_size(pos2(rect.right() - 26.0, y), vec2(26.0, 26.0));
    if kit::icon_button(ui, close, Id::unique("close find"), Glyph::Close, "Close find", false, true).clicked() {
        out.push(Action::CloseFind);
    }
    for (i, (glyph, command)) in [(Glyph::Down, Command::FindNext), (Glyph::Up, Command::FindPrevious)].into_iter().enumerate() {
        let r = close.translate(vec2(-36.0 - 32.0 * i as f32, 0.0));
        if kit::icon_button(ui, r, Id::unique(("find", command)), glyph, command.label(), true, n > 0).clicked() {
            out.push(Action::Run(command));
        }
    }
}
