//! What the tables share: columns a version, a fixed first column, scrolling by rows of any height.

use crate::app::{App, InSight, Room, letter};
use crate::base::VersionIx;
use crate::gui::fonts::Face;
use crate::gui::glyphs::Glyph;
use crate::gui::kit::{self, Badge};
use crate::gui::side::when;
use crate::gui::theme::Theme;
use egui::{Color32, Id, Key, Modifiers, Rect, Role, Sense, Ui, pos2, vec2};

/// The narrowest column of a table.
pub const MIN_COLUMN: f32 = 148.0;
/// Height of a table's header.
pub const HEADER: f32 = 38.0;
/// Height of a view's own bar.
pub const BAR: f32 = 40.0;

/// Points scrolled across for which the next column comes.
pub const ACROSS: f32 = 48.0;

/// A table's columns in sight.
pub struct Grid {
    /// The whole table with its header.
    pub rect: Rect,
    /// Under the header.
    pub body: Rect,
    /// Width of the first column.
    pub first: f32,
    /// Width of each version's column.
    pub column: f32,
    /// The versions in sight, left to right; none where a column is a reading.
    pub versions: Vec<VersionIx>,
    /// How many columns there are beside the first.
    pub cells: usize,
}

/// How a table is scrolled.
#[derive(Default)]
pub struct Scroll {
    /// Points scrolled down.
    pub y: f32,
    /// How far down of all that can be scrolled, from 0 to 1.
    pub share: f32,
    /// First version in sight.
    pub first: usize,
    across: f32,
    /// The column that was brought into sight last, for having the focus or a match.
    pub seen_column: Option<(Option<crate::base::ContentId>, Option<usize>)>,
    /// The request to scroll to the selection that was followed last.
    pub seen: u64,
}

impl Grid {
    /// Gives versions their columns. None is narrower than `widths` says, where one fits at all, and none is wider: two
    /// values to compare should not stand a screen apart.
    pub fn new(rect: Rect, first: f32, widths: std::ops::RangeInclusive<f32>, app: &App, scroll: &mut Scroll) -> Self {
        let all = app.columns();
        let room = rect.width() - first;
        let fit = ((room / widths.start()).floor() as usize).clamp(1, all.len().max(1));
        scroll.bring_column(app, &all, fit);
        scroll.first = scroll.first.min(all.len() - fit.min(all.len()));
        let versions: Vec<VersionIx> = all.iter().skip(scroll.first).take(fit).copied().collect();
        let column = (room / versions.len().max(1) as f32).min(widths.end().max(*widths.start()));
        let cells = versions.len();
        Self { rect, body: rect.with_min_y(rect.top() + HEADER), first, column, versions, cells }
    }

    /// Columns for readings: as many as there are and fit.
    pub fn of_readings(rect: Rect, first: f32, least: f32, readings: usize) -> Self {
        let room = rect.width() - first;
        let cells = ((room / least).floor() as usize).clamp(1, readings.max(1));
        let column = (room / cells as f32).min(2.0 * least);
        Self { rect, body: rect.with_min_y(rect.top() + HEADER), first, column, versions: Vec::new(), cells }
    }

    /// Draws the header over columns for readings.
    pub fn readings_header(&self, ui: &Ui, title: &str) {
        let theme = Theme::of(ui);
        let head = self.rect.with_max_y(self.body.top());
        ui.painter().rect_filled(head, 0.0, theme.paper);
        kit::text(ui.painter(), head.left() + 14.0, head.center().y, title, Face::SansSemibold.at(13.0), theme.ink, self.first - 20.0);
        for i in 0..self.cells {
            let name = format!("Reading {}", i + 1);
            let y = head.center().y;
            kit::cell(ui.painter(), Rect::from_min_size(pos2(self.x(i) + 14.0, y - 7.5), vec2(6.0, 15.0)), Some(i), theme.ink2);
            kit::text(ui.painter(), self.x(i) + 29.0, y, &name, Face::SansSemibold.at(13.0), theme.ink, self.column - 36.0);
        }
        kit::rule(ui.painter(), head.left(), head.right(), head.bottom() - 0.5, theme.hair);
    }

    /// The horizontal place of a version's column.
    pub fn x(&self, i: usize) -> f32 {
        (self.rect.left() + self.first + i as f32 * self.column).round()
    }

    /// Draws the header and the rules between columns. Where not all versions fit, it says so and moves to the others.
    pub fn header(&self, ui: &Ui, title: &str, app: &App, scroll: &mut Scroll) {
        let theme = Theme::of(ui);
        let painter = ui.painter();
        let head = self.rect.with_max_y(self.body.top());
        painter.rect_filled(head, 0.0, theme.paper);
        let y = head.center().y;
        kit::text(painter, head.left() + 14.0, y, title, Face::SansSemibold.at(13.0), theme.ink, self.first - 20.0);
        let all = app.columns().len();
        if all > self.versions.len() {
            let last = all - self.versions.len();
            let next = Rect::from_center_size(pos2(head.left() + self.first - 22.0, y), vec2(24.0, 24.0));
            let previous = next.translate(vec2(-28.0, 0.0));
            let words = format!("{} of {all}", self.versions.len());
            kit::text_right(painter, previous.left() - 8.0, y, &words, Face::Sans.at(11.5), theme.ink3);
            for (rect, glyph, name, enabled, to) in [
                (previous, Glyph::Left, "Earlier versions", scroll.first > 0, scroll.first.saturating_sub(1)),
                (next, Glyph::Right, "Later versions", scroll.first < last, (scroll.first + 1).min(last)),
            ] {
                if kit::icon_button(ui, rect, Id::unique(("grid", name)), glyph, name, true, enabled).clicked() {
                    scroll.first = to;
                }
            }
        }
        for (i, v) in self.versions.iter().enumerate() {
            let x = self.x(i);
            let right = x + self.column - 8.0;
            let kind = if app.reference() == Some(*v) { Badge::Reference } else { Badge::Plain };
            let w = kit::badge(ui, pos2(x + 14.0, y), 18.0, &letter(*v), kind);
            let left = x + 14.0 + w + 8.0;
            let version = app.version(*v);
            let outlet = kit::text(painter, left, y, version.outlet(), Face::SansSemibold.at(13.0), theme.ink, right - left);
            if let Some(date) = when(version).filter(|d| right - outlet.right() > kit::width(painter, d, Face::Sans.at(11.5)) + 10.0) {
                kit::text(painter, outlet.right() + 8.0, y + 0.5, &date, Face::Sans.at(11.5), theme.ink3, right - outlet.right() - 8.0);
            }
            let name = format!("version {}, {}", letter(*v), version.outlet());
            kit::name_area(
                ui,
                Rect::from_min_max(pos2(x, head.top()), pos2(right, head.bottom())),
                Id::unique(("grid head", *v)),
                Role::ColumnHeader,
                &name,
            );
        }
        kit::rule(painter, head.left(), head.right(), head.bottom() - 0.5, theme.hair);
    }

    /// Draws the rules between columns down to `bottom`.
    pub fn rules(&self, ui: &Ui, bottom: f32) {
        let theme = Theme::of(ui);
        for i in 0..self.cells {
            kit::vrule(ui.painter(), self.x(i), self.rect.top(), bottom.min(self.rect.bottom()), theme.line);
        }
        let end = self.x(self.cells);
        if end < self.rect.right() - 8.0 {
            kit::vrule(ui.painter(), end, self.rect.top(), bottom.min(self.rect.bottom()), theme.line);
        }
    }
}

impl Scroll {
    /// Brings the column that got the focus, or holds the match stepped to, into sight.
    fn bring_column(&mut self, app: &App, all: &[VersionIx], fit: usize) {
        self.bring_selection(app, all, fit);
        let now = (app.focused, app.find.current.filter(|_| app.find.open));
        let Some(before) = self.seen_column.replace(now).filter(|b| *b != now) else { return };
        let of_match = (before.1 != now.1).then_some(now.1).flatten().and_then(|i| app.find.matches.get(i)).map(|m| m.version);
        let of_focus = (before.0 != now.0).then_some(now.0).flatten().and_then(|k| app.version_ix(k));
        let Some(at) = of_match.or(of_focus).and_then(|v| all.iter().position(|c| *c == v)) else { return };
        if at < self.first {
            self.first = at;
        } else if at >= self.first + fit {
            self.first = at + 1 - fit;
        }
    }

    /// Brings a base and one that differs from it into sight where one row of columns holds both.
    fn bring_selection(&mut self, app: &App, all: &[VersionIx], fit: usize) {
        let Some(finding) = app.selected().filter(|_| self.seen != app.selection.scroll) else { return };
        let place = |v: VersionIx| app.column_of(v).and_then(|v| all.iter().position(|c| *c == v));
        let sides: Vec<Vec<usize>> = app.sides(finding).into_iter().map(|s| s.into_iter().filter_map(place).collect()).collect();
        let sides: Vec<Vec<usize>> = sides.into_iter().filter(|s: &Vec<usize>| !s.is_empty()).collect();
        let keep = app.selection.scroll_version.and_then(|k| app.version_ix(k)).and_then(place);
        let room = Room { columns: all.len(), pinned: 0, free: fit, sides: &sides, keep, guests: false };
        self.first = InSight { first: self.first, guest: None }.bring(&room).first;
    }

    /// Takes wheel and keys; `height` is that of all rows. Draws the bar that shows where one is.
    pub fn input(&mut self, ui: &Ui, body: Rect, height: f32, app: &App, name: &str) {
        let response = ui.interact(body, Id::unique(("rows", name)), Sense::hover());
        let max = (height - body.height()).max(0.0);
        if response.contains_pointer() {
            let delta = ui.input(|i| i.smooth_scroll_delta());
            self.y -= delta.y;
            // A turn of the wheel comes in several frames: one column for so much of it.
            self.across -= delta.x;
            let columns = (self.across / ACROSS).trunc();
            self.across -= columns * ACROSS;
            self.first = self.first.saturating_add_signed(columns as isize);
        }
        if app.dialog.is_none() && !ui.ctx().text_edit_focused() {
            ui.input_mut(|i| {
                for (key, d) in
                    [(Key::PageDown, body.height() - 60.0), (Key::PageUp, 60.0 - body.height()), (Key::Home, -1e9), (Key::End, 1e9)]
                {
                    if i.consume_key(Modifiers::NONE, key) {
                        self.y += d;
                    }
                }
            });
        }
        self.y = self.y.clamp(0.0, max).round();
        self.share = if max > 0.0 { self.y / max } else { 0.0 };
        if max > 0.0 {
            let theme = Theme::of(ui);
            let h = (body.height() * body.height() / height).max(24.0);
            let y = body.top() + (body.height() - h) * self.y / max;
            ui.painter().rect_filled(Rect::from_min_size(pos2(body.right() - 5.0, y), vec2(3.0, h)), 1.5, theme.hair.gamma_multiply(0.6));
        }
    }

    /// Brings `top..bottom` into sight when the selection asks for it.
    pub fn follow(&mut self, app: &App, place: Option<(f32, f32)>, view: f32) {
        if self.seen == app.selection.scroll {
            return;
        }
        self.seen = app.selection.scroll;
        if let Some((top, bottom)) = place
            && (top < self.y || bottom > self.y + view)
        {
            self.y = (top - view / 3.0).max(0.0);
        }
    }
}

/// The ground of a row: selected with lines above and below, or under the pointer.
pub fn row_ground(ui: &Ui, row: Rect, selected: bool, hovered: bool, line: Color32) {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    if selected {
        painter.rect_filled(row, 0.0, theme.passage);
    } else if hovered {
        painter.rect_filled(row, 0.0, theme.chrome);
    }
    kit::rule(painter, row.left(), row.right(), row.bottom() - 0.5, line);
}

/// The ink lines of a selected row, drawn over its neighbours' rules.
pub fn selected_lines(ui: &Ui, row: Rect) {
    let theme = Theme::of(ui);
    for y in [row.top() - 0.5, row.bottom() - 0.5] {
        ui.painter().hline(row.left()..=row.right(), ui.painter().round_to_pixel_center(y), egui::Stroke::new(1.25, theme.frame));
    }
}

/// A view's own bar. Returns its child ui.
pub fn bar(ui: &mut Ui, rect: Rect, name: &str) -> Ui {
    let theme = Theme::of(ui);
    let child = kit::region(ui, rect, theme.chrome, name);
    kit::rule(child.painter(), rect.left(), rect.right(), rect.bottom() - 0.5, theme.line);
    child
}
