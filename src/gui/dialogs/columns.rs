//! The columns of a table: what each holds, beside its first rows, and what would be read.

use super::{buttons, command_enter, heading, hint};
use crate::app::tables::ColumnsForm;
use crate::app::{Action, Dialog};
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::kit;
use crate::gui::theme::Theme;
use crate::source::{Outlook, Role, Table, TableChoice};
use egui::{EventFilter, Id, Key, Modifiers, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use std::sync::Arc;

/// What the form keeps between frames.
#[derive(Default)]
pub struct Seen {
    /// What would be read, while the choice is the same.
    outlook: Option<(Arc<Table>, TableChoice, Outlook)>,
    /// The table whose form has had the keyboard.
    focused: Option<Arc<Table>>,
}

impl Seen {
    fn outlook(&mut self, table: &Arc<Table>, choice: &TableChoice) -> &Outlook {
        if !self.outlook.as_ref().is_some_and(|(t, c, _)| Arc::ptr_eq(t, table) && c == choice) {
            self.outlook = None;
        }
        &self.outlook.get_or_insert_with(|| (table.clone(), choice.clone(), table.outlook(choice))).2
    }
}

const ROW: f32 = 34.0;
const NAME: f32 = 190.0;
const ROLE: f32 = 112.0;

/// A row a column: its name, its first cells, what it holds.
pub fn ui(ui: &mut Ui, form: &ColumnsForm, seen: &mut Seen, out: &mut Vec<Action>) {
    let mut now = form.choice.clone();
    heading(ui, "Choose columns");
    let rows = form.table.rows.len();
    let columns = form.table.width();
    hint(ui, &format!("{} · {columns} columns, {rows} rows. Say which column holds what; a text is needed, all else helps.", form.name()));
    ui.checkbox(&mut now.header, "The first row holds names, not an article");
    let ended = command_enter(ui);
    head(ui);
    let height = (ui.ctx().content_rect().height() - 430.0).clamp(ROW * 3.0, ROW * 9.0);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).id_salt("columns").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for column in 0..columns {
            row(ui, &form.table, column, &mut now);
        }
    });
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width() - 12.0, 1.0), Sense::hover());
    kit::rule(ui.painter(), line.left(), line.right(), line.top(), Theme::of(ui).line);
    let outlook = seen.outlook(&form.table, &now);
    would_read(ui, outlook, &now);
    let ready = outlook.articles > 0;
    let done = "Read articles";
    let pressed = buttons(ui, done, ready, out);
    // Enter takes what is proposed. A form that is only being measured loses the keyboard again.
    if !seen.focused.as_ref().is_some_and(|t| Arc::ptr_eq(t, &form.table)) {
        let button = Id::unique(("dialog", done));
        if ui.memory(|m| m.has_focus(button)) {
            seen.focused = Some(form.table.clone());
        }
        ui.memory_mut(|m| m.request_focus(button));
        ui.ctx().request_repaint();
    }
    if (pressed || ended) && ready {
        out.push(Action::ReadColumns(form.path.clone(), now));
    } else if now != form.choice {
        out.push(Action::SetDialog(Some(Dialog::Columns(ColumnsForm { choice: now, ..form.clone() }))));
    }
}

fn head(ui: &mut Ui) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    for (x, words) in [(rect.left(), "Column"), (rect.left() + NAME, "First rows"), (rect.right() - ROLE - 12.0, "Holds")] {
        kit::text(ui.painter(), x, rect.center().y, words, Face::SansMedium.at(12.0), theme.ink3, 200.0);
    }
}

/// The name of a column for people: what its first row says, or its number.
fn name_of(choice: &TableChoice, column: usize) -> String {
    let named = choice.first_row.get(column).filter(|_| choice.header).map(|n| n.trim()).filter(|n| !n.is_empty());
    named.map_or_else(|| format!("Column {}", column + 1), |n| n.chars().take(60).collect())
}

fn row(ui: &mut Ui, table: &Table, column: usize, now: &mut TableChoice) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width() - 12.0, ROW), Sense::hover());
    kit::rule(ui.painter(), rect.left(), rect.right(), rect.top(), theme.line);
    let role = now.roles.get(column).copied().unwrap_or_default();
    let used = role != Role::Nothing;
    let name = name_of(now, column);
    let y = rect.center().y;
    let ink = if used { theme.ink } else { theme.ink3 };
    kit::text(ui.painter(), rect.left(), y, &name, Face::SansMedium.at(13.0), ink, NAME - 16.0);
    let samples: Vec<String> = table
        .rows
        .iter()
        .skip(usize::from(now.header))
        .filter_map(|r| r.get(column))
        .map(|cell| cell.split_whitespace().take(40).collect::<Vec<_>>().join(" "))
        .filter(|cell| !cell.is_empty())
        .take(2)
        .collect();
    let left = rect.left() + NAME;
    let width = rect.right() - ROLE - 20.0 - left;
    // One sample alone may take all the room.
    let each = if samples.len() < 2 { width } else { (width - 18.0) / 2.0 };
    for (i, cell) in samples.iter().enumerate() {
        let x = left + i as f32 * (each + 18.0);
        let font = if role == Role::Text || role == Role::Headline { Face::Serif.at(14.0) } else { Face::Sans.at(12.5) };
        kit::text(ui.painter(), x, y, cell, font, if used { theme.ink2 } else { theme.ink3 }, each);
    }
    let spoken = format!("{name}: {}", samples.first().map_or("empty", |s| s.as_str()));
    kit::name_area(ui, rect.with_max_x(rect.right() - ROLE - 8.0), Id::unique(("column", column)), egui::Role::Label, &spoken);
    let at = Rect::from_min_max(pos2(rect.right() - ROLE, rect.top() + 5.0), pos2(rect.right(), rect.bottom() - 4.0));
    role_ui(ui, at, column, &name, role, now);
}

/// What a column holds: a menu, or the arrow keys.
fn role_ui(ui: &mut Ui, at: Rect, column: usize, name: &str, role: Role, now: &mut TableChoice) {
    let theme = Theme::of(ui);
    let id = Id::unique(("role of", column));
    let response = kit::clickable(ui, at, id, egui::Role::ComboBox, &format!("{name} holds: {}", role.label()), true);
    let fill = if response.hovered() { theme.well } else { theme.paper };
    ui.painter().rect(at, 4.0, fill, Stroke::new(1.0, theme.hair), StrokeKind::Inside);
    let ink = if role == Role::Nothing { theme.ink3 } else { theme.ink };
    kit::text(ui.painter(), at.left() + 9.0, at.center().y, role.label(), Face::SansMedium.at(12.5), ink, at.width() - 30.0);
    glyphs::paint(ui.painter(), pos2(at.right() - 13.0, at.center().y + 1.0), 11.0, theme.ink2, Glyph::Down);
    kit::focus_ring(ui, &response, 4.0);
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
        let by = |key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key)) as isize;
        let step = by(Key::ArrowDown) - by(Key::ArrowUp);
        if step != 0 {
            let place = Role::ALL.iter().position(|r| *r == role).unwrap_or(0) as isize + step;
            now.set(column, Role::ALL[place.clamp(0, Role::ALL.len() as isize - 1) as usize]);
        }
        response.scroll_to_me(None);
    }
    kit::menu_below(&response, |ui| {
        for choice in Role::ALL {
            if kit::menu_row(ui, choice.label(), choice == role) {
                now.set(column, choice);
            }
        }
    });
}

/// How many articles there are with the choice, and the first.
fn would_read(ui: &mut Ui, outlook: &Outlook, now: &TableChoice) {
    let theme = Theme::of(ui);
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let words = match (now.has_text(), outlook.articles, outlook.without) {
        (false, ..) => "No column holds the text yet, so there is nothing to read.".to_owned(),
        (_, 0, _) => "No row has a text in that column.".to_owned(),
        (_, n, 0) => format!("{n} article{}. The first:", s(n)),
        (_, n, left) => format!("{n} article{}; {left} row{} without a text left out. The first:", s(n), s(left)),
    };
    ui.label(egui::RichText::new(&words).font(Face::SansMedium.at(13.0)));
    // A height of its own, so that the form does not jump while columns are chosen.
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 104.0), Sense::hover());
    let Some((meta, text)) = &outlook.first else { return };
    ui.painter().rect_filled(rect, 4.0, theme.well);
    let inner = rect.shrink2(vec2(14.0, 10.0));
    let title = meta.title.as_deref().unwrap_or("No headline");
    let width = inner.width();
    kit::text(ui.painter(), inner.left(), inner.top() + 11.0, title, Face::SerifSemibold.at(16.0), theme.ink, width);
    let day = meta.published.map(|p| p.date.strftime("%-d %B %Y").to_string());
    let by = meta.byline.as_deref().map(|b| format!("By {b}"));
    let known: Vec<String> = [meta.outlet.clone(), day, by, meta.url.clone()].into_iter().flatten().collect();
    let known = if known.is_empty() { "No outlet, date or author".to_owned() } else { known.join(" · ") };
    kit::text(ui.painter(), inner.left(), inner.top() + 33.0, &known, Face::Sans.at(12.0), theme.ink2, width);
    let body: String = text.split_whitespace().take(60).collect::<Vec<_>>().join(" ");
    let body = body.strip_prefix(title).unwrap_or(&body).trim_start();
    let galley = kit::paragraph(ui.painter(), &[(body, Face::Serif.at(14.0), theme.ink2)], 20.0, width);
    ui.painter().with_clip_rect(inner).galley(pos2(inner.left(), inner.top() + 45.0), galley, theme.ink2);
    kit::name_area(ui, rect, Id::unique("first article"), egui::Role::Label, &format!("first article: {title}, {known}"));
}
