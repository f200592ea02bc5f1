//! The rows of the table of details: a group's heading, a detail that differs, one on which versions agree.

use super::details::MANY;
use super::grid::{self, Grid};
use super::readings;
use crate::app::{Action, App, Same, letter};
use crate::base::{FindingIx, VersionIx};
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::inspector::{self, detail_word, reading_color};
use crate::gui::kit;
use crate::gui::side::shorten;
use crate::gui::theme::Theme;
use crate::report::words::counted;
use egui::{Color32, Galley, Id, Painter, Rect, Role, Ui, pos2, vec2};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Characters of a reading in a cell; its tooltip and the inspector have all of it.
pub const LONGEST: usize = 90;

/// The first cell of a row, laid out.
pub struct Head {
    title: Arc<Galley>,
    caption: Arc<Galley>,
}

impl Head {
    pub fn new(painter: &Painter, title: &str, caption: &str, grid: &Grid, ink: Color32, ink3: Color32) -> Self {
        let room = grid.first - 70.0;
        Self {
            title: kit::paragraph(painter, &[(title, Face::SerifSemibold.at(15.0), ink)], 20.0, room),
            caption: kit::paragraph(painter, &[(caption, Face::Sans.at(11.5), ink3)], 16.0, room),
        }
    }

    pub fn height(&self) -> f32 {
        8.0 + self.title.size().y + self.caption.size().y + 9.0
    }

    pub fn paint(self, painter: &Painter, row: Rect, ink: Color32, ink3: Color32) {
        let at = pos2(row.left() + 60.0, row.top() + 8.0);
        let below = at + vec2(0.0, self.title.size().y + 1.0);
        painter.galley(at, self.title, ink);
        painter.galley(below, self.caption, ink3);
    }
}

/// What a version says of a detail.
pub struct Cell {
    pub words: String,
    pub read_as: Option<String>,
    /// The reading that its first words belong to.
    pub first: usize,
}

impl Cell {
    pub fn of(app: &App, finding: FindingIx, v: VersionIx) -> Option<Self> {
        let f = &app.analysis.findings[finding.ix()];
        let own = |i: usize| f.readings[i].evidence.iter().find(|e| e.version == v);
        let readings: Vec<usize> = (0..f.readings.len()).filter(|i| own(*i).is_some()).collect();
        let first = *readings.first()?;
        // A version's own words, not the first holder's.
        let words: Vec<&str> = readings.iter().filter_map(|i| own(*i)).map(|e| app.version(v).slice(e.range)).collect();
        let read_as = own(first).and_then(|e| inspector::read_as(app, &f.readings[first], v, e.range));
        Some(Self { words: shorten(&words.join(", then "), LONGEST), read_as, first })
    }

    pub fn set(&self, painter: &Painter, grid: &Grid, ink: Color32, ink3: Color32) -> SetCell {
        let room = grid.column - 42.0;
        SetCell {
            words: kit::paragraph(painter, &[(&self.words, Face::Serif.at(16.0), ink)], 21.0, room),
            read_as: self.read_as.as_ref().map(|s| {
                // A date stays in one line.
                let words =
                    s.split_once("read from ").map_or(s.clone(), |(a, b)| format!("{a}read\u{a0}from {}", b.replace(' ', "\u{a0}")));
                kit::paragraph(painter, &[(&words, Face::Sans.at(11.5), ink3)], 16.0, room)
            }),
        }
    }
}

/// A cell laid out.
pub struct SetCell {
    words: Arc<Galley>,
    read_as: Option<Arc<Galley>>,
}

impl SetCell {
    pub fn height(&self) -> f32 {
        8.0 + self.words.size().y + self.read_as.as_ref().map_or(0.0, |g| g.size().y) + 8.0
    }

    pub fn paint(self, painter: &Painter, rect: Rect, ground: Option<Color32>, ink: Color32, ink3: Color32) {
        let at = pos2(rect.left() + 29.0, rect.top() + 8.0);
        if let Some(ground) = ground {
            for row in &self.words.rows {
                painter.rect_filled(row.rect().translate(at.to_vec2()).expand2(vec2(3.0, -1.0)), 2.0, ground);
            }
        }
        let below = at + vec2(0.0, self.words.size().y);
        painter.galley(at, self.words, ink);
        if let Some(read_as) = self.read_as {
            painter.galley(below, read_as, ink3);
        }
    }
}

/// The heading of a group of details.
pub struct GroupHead<'a> {
    pub glyph: Glyph,
    pub color: egui::Color32,
    pub label: &'a str,
    pub n: usize,
    pub open: bool,
}

/// Draws a group's heading; what a closed one holds is named beside it. Returns whether it was clicked.
pub fn group_row(ui: &mut Ui, row: Rect, head: &GroupHead<'_>, holds: &str, grid: &Grid) -> bool {
    let theme = Theme::of(ui);
    let name = format!("{}, {}, {}", head.label, head.n, if head.open { "open" } else { "closed" });
    let response = kit::clickable(ui, row.intersect(grid.body), Id::unique(("detail group", head.label)), Role::Button, &name, true);
    let painter = ui.painter();
    painter.rect_filled(row, 0.0, if response.hovered() { theme.well } else { theme.chrome });
    kit::rule(painter, row.left(), row.right(), row.bottom() - 0.5, theme.line);
    let y = row.center().y;
    glyphs::paint(painter, pos2(row.left() + 21.0, y), 12.0, theme.ink2, if head.open { Glyph::Down } else { Glyph::Right });
    glyphs::paint(painter, pos2(row.left() + 42.0, y), 13.0, head.color, head.glyph);
    let end = kit::text(painter, row.left() + 56.0, y, head.label, Face::SansSemibold.at(12.5), theme.ink, 200.0).right();
    let end = kit::text(painter, end + 7.0, y, &head.n.to_string(), Face::Sans.at(12.5), theme.ink2, 60.0).right();
    if !head.open {
        kit::text(painter, end + 16.0, y, holds, Face::Sans.at(12.5), theme.ink2, row.right() - end - 30.0);
    }
    kit::focus_ring(ui, &response, 0.0);
    response.clicked()
}

/// A detail on which versions agree.
pub fn same_row(ui: &mut Ui, row: Rect, same: &Same, app: &App, grid: &Grid, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let n = same.evidence.len();
    let name = format!("same, {}, {n} versions", same.title);
    let response = kit::clickable(ui, row.intersect(grid.body), Id::unique(("same row", same.id)), Role::Row, &name, true);
    grid::row_ground(ui, row, false, response.hovered(), theme.line);
    let painter = ui.painter().clone();
    let y = row.top() + 18.0;
    glyphs::paint(&painter, pos2(row.left() + 42.0, y), 13.0, theme.neutral, Glyph::Same);
    Head::new(&painter, &same.title, &same_caption(same), grid, theme.ink, theme.ink3).paint(&painter, row, theme.ink, theme.ink3);
    if grid.versions.is_empty() {
        let id = app.analysis.passages[same.passage.ix()].id;
        let select = |v: VersionIx| vec![Action::SelectPassage(id), Action::Focus(app.key(v))];
        let told = readings::of_same(app, same, theme);
        readings::draw(ui, row, &same.title, &told, grid, app, same.id, select, false, out);
    }
    for (i, v) in grid.versions.iter().enumerate() {
        let x = grid.x(i);
        kit::vrule(&painter, x, row.top(), row.bottom(), theme.line);
        let room = grid.column - 42.0;
        match same.evidence.iter().find(|e| e.version == *v) {
            Some(e) => {
                kit::cell(&painter, Rect::from_min_size(pos2(x + 14.0, row.top() + 9.5), vec2(6.0, 19.0)), Some(0), theme.neutral);
                let words = shorten(app.version(*v).slice(e.range), LONGEST);
                let set = Cell { words, read_as: None, first: 0 }.set(&painter, grid, theme.ink, theme.ink3);
                set.paint(&painter, row.with_min_x(x), None, theme.ink, theme.ink3);
            }
            None => {
                glyphs::paint(&painter, pos2(x + 21.0, row.top() + 19.0), 12.0, theme.ink3, Glyph::Silent);
                kit::text(&painter, x + 34.0, row.top() + 19.0, "not found", Face::Sans.at(12.0), theme.ink3, room);
            }
        }
    }
    kit::focus_ring(ui, &response, 0.0);
    if response.clicked() {
        out.push(Action::SelectPassage(app.analysis.passages[same.passage.ix()].id));
    }
    if response.double_clicked() {
        out.push(Action::Show(crate::app::View::SideBySide));
    }
}

pub fn same_caption(same: &Same) -> String {
    format!("{}, {} versions agree", capital(detail_word(same.kind)), same.evidence.len())
}

pub fn caption(app: &App, finding: FindingIx) -> String {
    let f = &app.analysis.findings[finding.ix()];
    let readings = counted(f.readings.len(), "reading", "readings");
    let n = app.analysis.versions.len();
    // With many versions it says much how many of them there are.
    let holders: BTreeSet<VersionIx> = f.readings.iter().flat_map(|r| &r.evidence).map(|e| e.version).collect();
    let of = if n > MANY { format!(", {} of {n} versions", holders.len()) } else { String::new() };
    format!("{}, {readings}{of}", capital(f.detail.map_or("other", detail_word)))
}

fn capital(word: &str) -> String {
    let mut c = word.chars();
    c.next().map(|f| f.to_uppercase().collect::<String>() + c.as_str()).unwrap_or_default()
}

pub fn detail_row(ui: &mut Ui, row: Rect, finding: FindingIx, app: &App, grid: &Grid, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let f = &app.analysis.findings[finding.ix()];
    let visible = row.intersect(grid.body);
    let name = format!("{}, {}, {} readings", f.kind.label().to_lowercase(), f.title, f.readings.len());
    let response = kit::clickable(ui, visible, Id::unique(("detail row", f.id)), Role::Row, &name, true);
    let selected = app.selected() == Some(finding);
    grid::row_ground(ui, row, selected, response.hovered(), theme.line);
    let painter = ui.painter().clone();
    let y = row.top() + 18.0;
    glyphs::paint(&painter, pos2(row.left() + 42.0, y), 13.0, theme.kind(f.kind), Glyph::of(f.kind));
    Head::new(&painter, &f.title, &caption(app, finding), grid, theme.ink, theme.ink3).paint(&painter, row, theme.ink, theme.ink3);
    if response.clicked() {
        out.push(Action::Select { finding: f.id, version: None });
    }
    if grid.versions.is_empty() {
        let select = |v: VersionIx| vec![Action::Focus(app.key(v)), Action::Select { finding: f.id, version: Some(app.key(v)) }];
        readings::draw(ui, row, &f.title, &readings::of_finding(app, finding, theme), grid, app, f.id, select, selected, out);
        if response.double_clicked() {
            out.push(Action::Show(crate::app::View::SideBySide));
        }
    }
    for (i, v) in grid.versions.iter().enumerate() {
        let x = grid.x(i);
        kit::vrule(&painter, x, row.top(), row.bottom(), theme.line);
        cell(ui, Rect::from_min_max(pos2(x, row.top()), pos2(x + grid.column, row.bottom())), finding, *v, selected, grid, app, out);
    }
    kit::focus_ring(ui, &response, 0.0);
}

#[expect(clippy::too_many_arguments, reason = "a cell is drawn with all it needs")]
fn cell(ui: &mut Ui, rect: Rect, finding: FindingIx, v: VersionIx, selected: bool, grid: &Grid, app: &App, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let painter = ui.painter().clone();
    let f = &app.analysis.findings[finding.ix()];
    let y = rect.top() + 19.0;
    let room = rect.width() - 42.0;
    let Some(cell) = Cell::of(app, finding, v) else {
        if f.kind != crate::compare::FindingKind::SelfContradiction {
            glyphs::paint(&painter, pos2(rect.left() + 21.0, y), 12.0, theme.ink3, Glyph::Silent);
            kit::text(&painter, rect.left() + 34.0, y, "not found", Face::Sans.at(12.0), theme.ink3, room);
        }
        return;
    };
    let first = cell.first;
    let color = reading_color(f, &f.readings[first], theme);
    kit::cell(&painter, Rect::from_min_size(pos2(rect.left() + 14.0, y - 9.5), vec2(6.0, 19.0)), Some(first), color);
    cell.set(&painter, grid, theme.ink, theme.ink3).paint(&painter, rect, selected.then_some(theme.mark), theme.ink, theme.ink3);
    let Cell { words, read_as, .. } = cell;
    let read_as = read_as.map(|s| format!(", {s}")).unwrap_or_default();
    let name = format!("{}, version {}, {words}{read_as}, reading {} of {}", f.title, letter(v), first + 1, f.readings.len());
    let response = kit::clickable(ui, rect.shrink(1.0).intersect(grid.body), Id::unique(("detail cell", f.id, v)), Role::Cell, &name, true);
    if response.has_focus() {
        kit::mark_ringed(ui, &response);
        ui.painter().rect_stroke(rect.shrink(1.5), 0.0, egui::Stroke::new(2.0, theme.focus), egui::StrokeKind::Inside);
    }
    if response.clicked() {
        out.push(Action::Select { finding: f.id, version: Some(app.key(v)) });
    }
    if response.double_clicked() || (response.has_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter))) {
        out.push(Action::Show(crate::app::View::SideBySide));
    }
    if kit::tips(ui.ctx()) {
        response.on_hover_text(crate::gui::side::explain(app, finding, v, Some(first)));
    }
}
