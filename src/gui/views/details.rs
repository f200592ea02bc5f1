//! A row a detail, grouped by relation, conflicts first; a column a version.

use super::grid::{self, Grid, Scroll};
use super::heights::Heights;
use crate::app::{Action, App, Same, letter};
use crate::base::{FindingIx, VersionIx};
use crate::compare::FilterGroup;
use crate::extract::DetailKind;
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::inspector::{self, detail_word, reading_color};
use crate::gui::kit;
use crate::gui::side::{SideContext, shorten};
use crate::gui::theme::Theme;
use egui::{Color32, Galley, Id, Painter, Rect, Role, Ui, pos2, vec2};
use std::collections::BTreeSet;
use std::sync::Arc;

const ROW: f32 = 53.0;
const GROUP: f32 = 30.0;
/// Characters of a reading in a cell; its tooltip and the inspector have all of it.
const LONGEST: usize = 90;

/// What the view keeps between frames.
#[derive(Default)]
pub struct DetailsState {
    scroll: Scroll,
    kind: Option<DetailKind>,
    closed: BTreeSet<FilterGroup>,
    sort: Sort,
    /// Whether the details on which versions agree are listed.
    same_open: bool,
    same: Option<(u64, Vec<Same>)>,
    heights: Heights,
    heights_of: Option<HeightsKey>,
}

/// The order of details within a group.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Sort {
    #[default]
    Reading,
    Readings,
    Title,
}

impl Sort {
    const ALL: [Sort; 3] = [Sort::Reading, Sort::Readings, Sort::Title];

    fn label(self) -> &'static str {
        match self {
            Sort::Reading => "reading order",
            Sort::Readings => "most readings",
            Sort::Title => "title",
        }
    }
}

#[derive(Clone, PartialEq)]
enum Row {
    Group(FilterGroup, usize),
    Detail(FindingIx),
    SameGroup(usize),
    Same(usize),
}

/// What the heights of rows depend on.
#[derive(PartialEq)]
struct HeightsKey {
    generation: u64,
    rows: Vec<Row>,
    versions: Vec<VersionIx>,
    first: f32,
    column: f32,
}

/// Draws the view.
pub fn ui(ui: &mut Ui, rect: Rect, cx: &SideContext<'_>, state: &mut DetailsState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let app = cx.app;
    let bar = rect.with_max_y(rect.top() + grid::BAR);
    own_bar(ui, bar, app, state);
    let table = rect.with_min_y(bar.bottom());
    let first = if rect.width() < 1000.0 { 230.0 } else { 330.0 };
    let grid = Grid::new(table, first, grid::MIN_COLUMN..=420.0, app, &mut state.scroll);
    if state.same.as_ref().is_none_or(|(of, _)| *of != app.generation) {
        state.same = Some((app.generation, app.same_details()));
    }
    // What a step goes to is never in a closed group or left out by the kind.
    if state.scroll.seen != app.selection.scroll
        && let Some(f) = app.selected().filter(|f| app.lists(*f)).map(|f| &app.analysis.findings[f.ix()])
    {
        state.closed.remove(&f.kind.group());
        state.kind = state.kind.filter(|k| f.detail == Some(*k));
    }
    let same = state.same.take().map(|(_, same)| same).unwrap_or_default();
    let rows = rows(app, state, &same);
    guess(app, state, &grid, &rows);
    let painter = ui.painter().clone();
    let mut measure = |row: usize| measure(&painter, app, &grid, &rows[row], &same);
    let selected = app.selected();
    let place = rows.iter().position(|r| matches!(r, Row::Detail(f) if Some(*f) == selected)).map(|i| {
        state.heights.need(i, &mut measure);
        state.heights.place(i)
    });
    state.scroll.follow(app, place, grid.body.height());
    state.scroll.input(ui, grid.body, state.heights.total() + 20.0, app, "details");
    let (y, more) = state.heights.settle(state.scroll.y, grid.body.height(), &mut measure);
    state.scroll.y = y.round();
    if more {
        ui.ctx().request_repaint();
    }
    let mut body = ui.new_child(egui::UiBuilder::new().max_rect(grid.body).id_salt("detail rows"));
    body.set_clip_rect(grid.body.intersect(ui.clip_rect()));
    let mut lines = None;
    let from = state.heights.row_at(state.scroll.y);
    for (i, row) in rows.iter().enumerate().skip(from) {
        let top = grid.body.top() + state.heights.top(i) - state.scroll.y;
        if top > grid.body.bottom() {
            break;
        }
        let r = Rect::from_min_size(pos2(grid.body.left(), top), vec2(grid.body.width(), state.heights.height(i)));
        match row {
            Row::Group(group, n) => {
                let open = !state.closed.contains(group);
                let head = GroupHead { glyph: Glyph::of_group(*group), color: theme.group(*group), label: group.label(), n: *n, open };
                if group_row(&mut body, r, &head, "", &grid) && !state.closed.remove(group) {
                    state.closed.insert(*group);
                }
            }
            Row::SameGroup(n) => {
                let head = GroupHead { glyph: Glyph::Same, color: theme.neutral, label: "Same", n: *n, open: state.same_open };
                // One name may stand for several details; said once it is enough.
                let mut first: Vec<&str> = Vec::new();
                same.iter().for_each(|s| {
                    if !first.contains(&s.title.as_str()) && first.len() < 3 {
                        first.push(&s.title)
                    }
                });
                let more = if *n > first.len() { format!(" and {} more", n - first.len()) } else { String::new() };
                if group_row(&mut body, r, &head, &format!("{}{more}", first.join(", ")), &grid) {
                    state.same_open = !state.same_open;
                }
            }
            Row::Same(i) => same_row(&mut body, r, &same[*i], app, &grid, out),
            Row::Detail(finding) => {
                if Some(*finding) == selected {
                    lines = Some(r);
                }
                detail_row(&mut body, r, *finding, app, &grid, out);
            }
        }
    }
    if rows.is_empty() {
        let words = "No detail differs among those that the filters show.";
        kit::text(body.painter(), grid.body.left() + 40.0, grid.body.top() + 40.0, words, Face::Serif.at(16.0), theme.ink2, 600.0);
    }
    if let Some(row) = lines {
        grid::selected_lines(&body, row);
    }
    state.same = Some((app.generation, same));
    grid.header(ui, "Detail", app, &mut state.scroll);
    grid.rules(ui, grid.body.top());
}

fn own_bar(ui: &mut Ui, rect: Rect, app: &App, state: &mut DetailsState) {
    let ui = &mut grid::bar(ui, rect, "details bar");
    let theme = Theme::of(ui);
    let y = rect.center().y;
    let value = state.kind.map_or("all".to_owned(), |k| detail_word(k).to_owned());
    let response = kit::choice(ui, rect.left() + 14.0, y, "Kind", &value, Id::unique("detail kind"));
    let mut kinds: Vec<DetailKind> = app.analysis.findings.iter().filter_map(|f| f.detail).collect();
    kinds.sort();
    kinds.dedup();
    kit::menu_below(&response, |ui| {
        if kit::menu_row(ui, "all", state.kind.is_none()) {
            state.kind = None;
        }
        for kind in kinds {
            if kit::menu_row(ui, detail_word(kind), state.kind == Some(kind)) {
                state.kind = Some(kind);
            }
        }
    });
    let sort = kit::choice(ui, response.rect.right() + 18.0, y, "Sort", state.sort.label(), Id::unique("sort details"));
    kit::menu_below(&sort, |ui| {
        for choice in Sort::ALL {
            if kit::menu_row(ui, choice.label(), state.sort == choice) {
                state.sort = choice;
            }
        }
    });
    let mut x = sort.rect.right() + 16.0;
    kit::vrule(ui.painter(), x, rect.top() + 10.0, rect.bottom() - 10.0, theme.line);
    x += 18.0;
    for n in 0..3 {
        kit::cell(ui.painter(), Rect::from_min_size(pos2(x, y - 7.5), vec2(6.0, 15.0)), Some(n), theme.conflict);
        x = kit::text(ui.painter(), x + 13.0, y, &format!("Reading {}", n + 1), Face::Sans.at(12.5), theme.ink2, 90.0).right() + 14.0;
    }
    glyphs::paint(ui.painter(), pos2(x + 7.0, y), 13.0, theme.ink2, Glyph::Silent);
    kit::text(ui.painter(), x + 20.0, y, "not found", Face::Sans.at(12.5), theme.ink2, 100.0);
    let n = app.stepped().len();
    let words = if n == 1 { "1 detail that differs".to_owned() } else { format!("{n} details that differ") };
    kit::text_right(ui.painter(), rect.right() - 14.0, y, &words, Face::Sans.at(12.5), theme.ink2);
}

fn rows(app: &App, state: &DetailsState, same: &[Same]) -> Vec<Row> {
    let mut rows = Vec::new();
    for group in FilterGroup::ALL {
        let mut of: Vec<FindingIx> = app
            .stepped()
            .into_iter()
            .filter(|f| {
                let f = &app.analysis.findings[f.ix()];
                f.kind.group() == group && state.kind.is_none_or(|k| f.detail == Some(k))
            })
            .collect();
        if of.is_empty() {
            continue;
        }
        match state.sort {
            Sort::Reading => {}
            Sort::Readings => of.sort_by_key(|f| std::cmp::Reverse(app.analysis.findings[f.ix()].readings.len())),
            Sort::Title => of.sort_by_key(|f| app.analysis.findings[f.ix()].title.to_lowercase()),
        }
        rows.push(Row::Group(group, of.len()));
        if !state.closed.contains(&group) {
            rows.extend(of.into_iter().map(Row::Detail));
        }
    }
    let mut agreed: Vec<usize> = (0..same.len()).filter(|i| state.kind.is_none_or(|k| same[*i].kind == k)).collect();
    if !agreed.is_empty() {
        match state.sort {
            Sort::Reading => {}
            Sort::Readings => agreed.sort_by_key(|i| std::cmp::Reverse(same[*i].evidence.len())),
            Sort::Title => agreed.sort_by_key(|i| same[*i].title.to_lowercase()),
        }
        rows.push(Row::SameGroup(agreed.len()));
        if state.same_open {
            rows.extend(agreed.into_iter().map(Row::Same));
        }
    }
    rows
}

/// Starts again with guesses where what the heights depend on has changed.
fn guess(app: &App, state: &mut DetailsState, grid: &Grid, rows: &[Row]) {
    let key = HeightsKey {
        generation: app.generation,
        rows: rows.to_vec(),
        versions: grid.versions.clone(),
        first: grid.first,
        column: grid.column,
    };
    if state.heights_of.as_ref() == Some(&key) {
        return;
    }
    state.heights.reset(rows.iter().map(|row| if matches!(row, Row::Group(..) | Row::SameGroup(_)) { GROUP } else { ROW }));
    state.heights_of = Some(key);
}

/// Rows are as high as their longest cell: what is compared is never cut.
fn measure(painter: &Painter, app: &App, grid: &Grid, row: &Row, same: &[Same]) -> f32 {
    let ink = Color32::PLACEHOLDER;
    let height = |title: &str, caption: &str, cells: &mut dyn Iterator<Item = f32>| {
        let head: f32 = Head::new(painter, title, caption, grid, ink, ink).height();
        cells.fold(head, f32::max).max(ROW)
    };
    match row {
        Row::Group(..) | Row::SameGroup(_) => GROUP,
        Row::Detail(finding) => {
            let f = &app.analysis.findings[finding.ix()];
            let mut cells =
                grid.versions.iter().filter_map(|v| Cell::of(app, *finding, *v)).map(|c| c.set(painter, grid, ink, ink).height());
            height(&f.title, &caption(app, *finding), &mut cells)
        }
        Row::Same(i) => {
            let mut cells = same[*i].evidence.iter().filter(|e| grid.versions.contains(&e.version)).map(|e| {
                let words = shorten(app.version(e.version).slice(e.range), LONGEST);
                Cell { words, read_as: None, first: 0 }.set(painter, grid, ink, ink).height()
            });
            height(&same[*i].title, &same_caption(&same[*i]), &mut cells)
        }
    }
}

/// The first cell of a row, laid out.
struct Head {
    title: Arc<Galley>,
    caption: Arc<Galley>,
}

impl Head {
    fn new(painter: &Painter, title: &str, caption: &str, grid: &Grid, ink: Color32, ink3: Color32) -> Self {
        let room = grid.first - 70.0;
        Self {
            title: kit::paragraph(painter, &[(title, Face::SerifSemibold.at(15.0), ink)], 20.0, room),
            caption: kit::paragraph(painter, &[(caption, Face::Sans.at(11.5), ink3)], 16.0, room),
        }
    }

    fn height(&self) -> f32 {
        8.0 + self.title.size().y + self.caption.size().y + 9.0
    }

    fn paint(self, painter: &Painter, row: Rect, ink: Color32, ink3: Color32) {
        let at = pos2(row.left() + 60.0, row.top() + 8.0);
        let below = at + vec2(0.0, self.title.size().y + 1.0);
        painter.galley(at, self.title, ink);
        painter.galley(below, self.caption, ink3);
    }
}

/// What a version says of a detail.
struct Cell {
    words: String,
    read_as: Option<String>,
    /// The reading that its first words belong to.
    first: usize,
}

impl Cell {
    fn of(app: &App, finding: FindingIx, v: VersionIx) -> Option<Self> {
        let f = &app.analysis.findings[finding.ix()];
        let own = |i: usize| f.readings[i].evidence.iter().find(|e| e.version == v);
        let readings: Vec<usize> = (0..f.readings.len()).filter(|i| own(*i).is_some()).collect();
        let first = *readings.first()?;
        // A version's own words, not the first holder's.
        let words: Vec<&str> = readings.iter().filter_map(|i| own(*i)).map(|e| app.version(v).slice(e.range)).collect();
        let read_as = own(first).and_then(|e| inspector::read_as(app, &f.readings[first], v, e.range));
        Some(Self { words: shorten(&words.join(", then "), LONGEST), read_as, first })
    }

    fn set(&self, painter: &Painter, grid: &Grid, ink: Color32, ink3: Color32) -> SetCell {
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
struct SetCell {
    words: Arc<Galley>,
    read_as: Option<Arc<Galley>>,
}

impl SetCell {
    fn height(&self) -> f32 {
        8.0 + self.words.size().y + self.read_as.as_ref().map_or(0.0, |g| g.size().y) + 8.0
    }

    fn paint(self, painter: &Painter, rect: Rect, ground: Option<Color32>, ink: Color32, ink3: Color32) {
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
struct GroupHead<'a> {
    glyph: Glyph,
    color: egui::Color32,
    label: &'a str,
    n: usize,
    open: bool,
}

/// Draws a group's heading; what a closed one holds is named beside it. Returns whether it was clicked.
fn group_row(ui: &mut Ui, row: Rect, head: &GroupHead<'_>, holds: &str, grid: &Grid) -> bool {
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
fn same_row(ui: &mut Ui, row: Rect, same: &Same, app: &App, grid: &Grid, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let n = same.evidence.len();
    let name = format!("same, {}, {n} versions", same.title);
    let response = kit::clickable(ui, row.intersect(grid.body), Id::unique(("same row", same.id)), Role::Row, &name, true);
    grid::row_ground(ui, row, false, response.hovered(), theme.line);
    let painter = ui.painter().clone();
    let y = row.top() + 18.0;
    glyphs::paint(&painter, pos2(row.left() + 42.0, y), 13.0, theme.neutral, Glyph::Same);
    Head::new(&painter, &same.title, &same_caption(same), grid, theme.ink, theme.ink3).paint(&painter, row, theme.ink, theme.ink3);
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

fn same_caption(same: &Same) -> String {
    format!("{}, {} versions agree", capital(detail_word(same.kind)), same.evidence.len())
}

fn caption(app: &App, finding: FindingIx) -> String {
    let f = &app.analysis.findings[finding.ix()];
    let readings = crate::report::words::counted(f.readings.len(), "reading", "readings");
    format!("{}, {readings}", capital(f.detail.map_or("other", detail_word)))
}

fn capital(word: &str) -> String {
    let mut c = word.chars();
    c.next().map(|f| f.to_uppercase().collect::<String>() + c.as_str()).unwrap_or_default()
}

fn detail_row(ui: &mut Ui, row: Rect, finding: FindingIx, app: &App, grid: &Grid, out: &mut Vec<Action>) {
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
