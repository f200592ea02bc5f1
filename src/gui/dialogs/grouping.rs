//! Which passages, or which sentences of one, report the same thing.

use super::{buttons, caption, close_row, entered, focus_once, heading, hint};
use crate::align::Place;
use crate::app::{Action, App, Dialog, letter};
use crate::base::{ContentId, PassageIx};
use crate::gui::fonts::Face;
use crate::gui::kit::{self, Badge};
use crate::gui::side::shorten;
use crate::gui::theme::Theme;
use crate::gui::views::passage_title;
use egui::{Id, Key, Margin, Modifiers, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui, pos2, vec2};
use std::collections::BTreeSet;
use std::sync::mpsc;

/// Rows of the list of other passages.
const MAX_ROWS: usize = 60;

/// What the list keeps between frames.
#[derive(Default)]
pub struct PinState {
    of: Option<(u64, ContentId)>,
    /// What is still being looked for.
    coming: Option<mpsc::Receiver<Vec<PassageIx>>>,
    /// All other passages, the nearest first.
    order: Vec<PassageIx>,
    query: Option<String>,
    /// Those with the words of the query.
    listed: Vec<PassageIx>,
    chosen: usize,
}

impl PinState {
    fn refresh(&mut self, app: &App, passage: ContentId, own: PassageIx, query: &str) {
        if self.of != Some((app.generation, passage)) {
            *self = Self { of: Some((app.generation, passage)), coming: Some(app.nearest_passages(own)), ..Self::default() };
        }
        if let Some(order) = self.coming.as_ref().and_then(|c| c.try_recv().ok()) {
            (self.order, self.coming, self.query) = (order, None, None);
        }
        if self.query.as_deref() != Some(query) {
            self.query = Some(query.to_owned());
            self.listed = with_words(app, &self.order, query);
            self.chosen = 0;
        }
    }
}

/// A list of the other passages, the nearest first; a click pins one to the selected.
pub fn pin_together(ui: &mut Ui, app: &App, passage: ContentId, query: &str, state: &mut PinState, out: &mut Vec<Action>) {
    heading(ui, "Pin together");
    let Some(own) = app.passage_ix(passage) else { return close_row(ui, out) };
    state.refresh(app, passage, own, query);
    hint(ui, &format!("Choose the passage that reports the same as “{}”. What shares most with it stands first.", passage_title(app, own)));
    let mut words = query.to_owned();
    let label = caption(ui, "Find a passage");
    // Keys move the choice before the field sees them.
    let moved = ui
        .input_mut(|i| i32::from(i.consume_key(Modifiers::NONE, Key::ArrowDown)) - i32::from(i.consume_key(Modifiers::NONE, Key::ArrowUp)));
    state.chosen = state.chosen.saturating_add_signed(moved as isize).min(state.listed.len().saturating_sub(1));
    let edit = TextEdit::singleline(&mut words).desired_width(f32::INFINITY).margin(Margin::symmetric(8, 5));
    let response = ui.add(edit).labelled_by(label.id);
    focus_once(ui, &response, "pin");
    if entered(ui, &response)
        && let Some(other) = state.listed.get(state.chosen)
    {
        out.push(Action::PinTogether(passage, app.analysis.passages[other.ix()].id));
    } else if words != query {
        out.push(Action::SetDialog(Some(Dialog::PinTogether { passage, query: words.clone() })));
    }
    let height = (ui.ctx().content_rect().height() - 340.0).clamp(140.0, 420.0);
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink(false).id_salt("other passages").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if state.coming.is_some() {
            hint(ui, "Looking which passages share most with it…");
        } else if state.listed.is_empty() {
            hint(ui, "No passage has these words.");
        }
        for (i, other) in state.listed.iter().enumerate() {
            let row = other_row(ui, app, passage, *other, i == state.chosen, out);
            if moved != 0 && i == state.chosen {
                row.scroll_to_me(None);
            }
        }
    });
    close_row(ui, out);
}

/// The passages that hold all words of a query.
fn with_words(app: &App, all: &[PassageIx], query: &str) -> Vec<PassageIx> {
    let wanted: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let holds = |p: PassageIx| {
        let text: String = app.sentences_of(p).iter().map(|place| words_of(app, place).to_lowercase() + " ").collect();
        wanted.iter().all(|w| text.contains(w))
    };
    all.iter().copied().filter(|p| wanted.is_empty() || holds(*p)).take(MAX_ROWS).collect()
}

fn words_of<'a>(app: &'a App, place: &Place) -> &'a str {
    app.version_ix(place.version).map_or("", |v| app.version(v).slice(place.range))
}

fn other_row(ui: &mut Ui, app: &App, passage: ContentId, other: PassageIx, chosen: bool, out: &mut Vec<Action>) -> Response {
    let theme = Theme::of(ui);
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width() - 12.0, 48.0), Sense::hover());
    let places = app.sentences_of(other);
    let title = passage_title(app, other);
    let first = places.first().map(|p| shorten(words_of(app, p), 200)).unwrap_or_default();
    let response = kit::clickable(ui, row, Id::unique(("pin with", other)), Role::Button, &format!("pin with {title}"), true);
    if chosen {
        ui.painter().rect(row.shrink(1.0), 0.0, theme.mark, Stroke::new(1.25, theme.ink), StrokeKind::Inside);
    } else if response.hovered() {
        ui.painter().rect_filled(row, 0.0, theme.well);
    }
    kit::rule(ui.painter(), row.left(), row.right(), row.top(), theme.line);
    kit::focus_ring(ui, &response, 0.0);
    let mut versions: Vec<ContentId> = places.iter().map(|p| p.version).collect();
    versions.dedup();
    let mut x = row.right() - 24.0 * versions.len().min(8) as f32;
    let right = x - 8.0;
    for v in versions.iter().take(8).filter_map(|k| app.version_ix(*k)) {
        x += 6.0 + kit::badge(ui, pos2(x, row.top() + 16.0), 17.0, &letter(v), Badge::Plain);
    }
    kit::text(ui.painter(), row.left() + 6.0, row.top() + 16.0, &title, Face::SerifSemibold.at(15.0), theme.ink, right - row.left());
    kit::text(ui.painter(), row.left() + 6.0, row.top() + 35.0, &first, Face::Serif.at(13.0), theme.ink2, row.width() - 12.0);
    if response.clicked() {
        out.push(Action::PinTogether(passage, app.analysis.passages[other.ix()].id));
    }
    response
}

/// The passage's sentences; those with a tick leave it.
pub fn split_apart(ui: &mut Ui, app: &App, passage: ContentId, leave: &BTreeSet<Place>, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    heading(ui, "Split apart");
    let Some(own) = app.passage_ix(passage) else { return close_row(ui, out) };
    hint(ui, "Tick the sentences that report something else. They leave the passage and make one of their own.");
    let places = app.sentences_of(own);
    let mut leaving = leave.clone();
    let height = (ui.ctx().content_rect().height() - 300.0).clamp(140.0, 460.0);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).id_salt("sentences").show(ui, |ui| {
        for place in &places {
            let Some(version) = app.version_ix(place.version) else { continue };
            let words = shorten(words_of(app, place), 400);
            let width = ui.available_width() - 12.0;
            let galley = kit::paragraph(ui.painter(), &[(&words, Face::Serif.at(15.0), theme.ink)], 21.0, width - 62.0);
            let (row, _) = ui.allocate_exact_size(vec2(width, galley.size().y.max(24.0) + 10.0), Sense::hover());
            let mut on = leaving.contains(place);
            let name = format!("{}: {}", letter(version), shorten(&words, 60));
            let tick = Rect::from_min_size(row.left_top() + vec2(2.0, 5.0), vec2(22.0, 22.0));
            // A child of its own, so that the rows keep their heights.
            let mut child = ui.new_child(egui::UiBuilder::new().max_rect(tick));
            let response = child.add(egui::Checkbox::without_text(&mut on));
            response.widget_info(|| egui::WidgetInfo::selected(Role::CheckBox, true, on, &name));
            kit::badge(ui, pos2(row.left() + 30.0, row.top() + 15.0), 17.0, &letter(version), Badge::Plain);
            ui.painter().galley(pos2(row.left() + 58.0, row.top() + 5.0), galley, theme.ink);
            let words = ui.interact(row.with_min_x(row.left() + 28.0), Id::unique(("split words", *place)), Sense::click());
            if (response.changed() || words.clicked()) && !leaving.remove(place) {
                leaving.insert(*place);
            }
        }
    });
    let possible = !leaving.is_empty() && places.iter().any(|p| !leaving.contains(p));
    if buttons(ui, "Split apart", possible, out) {
        out.push(Action::SplitApart(passage, leaving));
    } else if leaving != *leave {
        out.push(Action::SetDialog(Some(Dialog::SplitApart { passage, leave: leaving })));
    }
}
