//! A row a detail, grouped by relation, conflicts first; a column a version.

use super::detail_rows::{Cell, GroupHead, Head, LONGEST, caption, detail_row, group_row, same_caption, same_row};
use super::grid::{self, Grid, Scroll};
use super::heights::Heights;
use super::readings;
use crate::app::{Action, App, Same};
use crate::base::{FindingIx, VersionIx};
use crate::compare::FilterGroup;
use crate::extract::DetailKind;
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::inspector::detail_word;
use crate::gui::kit;
use crate::gui::side::{SideContext, shorten};
use crate::gui::theme::Theme;
use egui::{Color32, Id, Painter, Rect, Ui, pos2, vec2};
use std::collections::BTreeSet;

const ROW: f32 = 53.0;
const GROUP: f32 = 30.0;

/// With more versions than this a column is a reading, until the person chooses.
pub const MANY: usize = 12;

/// What the view keeps between frames.
#[derive(Default)]
pub struct DetailsState {
    scroll: Scroll,
    kind: Option<DetailKind>,
    /// Whether a column is a reading rather than a version; by their number until the person chooses.
    by_reading: Option<bool>,
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
    cells: usize,
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
    let by_reading = state.by_reading(app);
    let grid = match by_reading {
        true => Grid::of_readings(table, first, readings::LEAST, most_readings(app)),
        false => Grid::new(table, first, grid::MIN_COLUMN..=420.0, app, &mut state.scroll),
    };
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
    match by_reading {
        true => grid.readings_header(ui, "Detail"),
        false => grid.header(ui, "Detail", app, &mut state.scroll),
    }
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
    let by_reading = state.by_reading(app);
    let label = |readings: bool| if readings { "readings with versions" } else { "a column a version" };
    let show = kit::choice(ui, sort.rect.right() + 18.0, y, "Show", label(by_reading), Id::unique("details by"));
    kit::menu_below(&show, |ui| {
        for choice in [false, true] {
            if kit::menu_row(ui, label(choice), by_reading == choice) {
                state.by_reading = Some(choice);
            }
        }
    });
    let n = app.stepped().len();
    let words = if n == 1 { "1 detail that differs".to_owned() } else { format!("{n} details that differ") };
    let count = kit::text_right(ui.painter(), rect.right() - 14.0, y, &words, Face::Sans.at(12.5), theme.ink2);
    // The legend stands where it has room; over columns of readings the header is one.
    if by_reading || show.rect.right() + 420.0 > count.left() {
        return;
    }
    let mut x = show.rect.right() + 16.0;
    kit::vrule(ui.painter(), x, rect.top() + 10.0, rect.bottom() - 10.0, theme.line);
    x += 18.0;
    for n in 0..3 {
        kit::cell(ui.painter(), Rect::from_min_size(pos2(x, y - 7.5), vec2(6.0, 15.0)), Some(n), theme.conflict);
        x = kit::text(ui.painter(), x + 13.0, y, &format!("Reading {}", n + 1), Face::Sans.at(12.5), theme.ink2, 90.0).right() + 14.0;
    }
    glyphs::paint(ui.painter(), pos2(x + 7.0, y), 13.0, theme.ink2, Glyph::Silent);
    kit::text(ui.painter(), x + 20.0, y, "not found", Face::Sans.at(12.5), theme.ink2, 100.0);
}

impl DetailsState {
    fn by_reading(&self, app: &App) -> bool {
        self.by_reading.unwrap_or(app.columns().len() > MANY)
    }
}

/// How many columns of readings the table has use for.
fn most_readings(app: &App) -> usize {
    let most = app.stepped().iter().map(|f| app.analysis.findings[f.ix()].readings.len()).max().unwrap_or(1);
    most.clamp(2, readings::MOST)
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
        versions: if grid.versions.is_empty() { app.columns() } else { grid.versions.clone() },
        cells: grid.cells,
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
    let by_reading = grid.versions.is_empty();
    // Colours change no height.
    let theme = &crate::gui::theme::LIGHT;
    let height = |title: &str, caption: &str, cells: &mut dyn Iterator<Item = f32>| {
        let head: f32 = Head::new(painter, title, caption, grid, ink, ink).height();
        cells.fold(head, f32::max).max(ROW)
    };
    match row {
        Row::Group(..) | Row::SameGroup(_) => GROUP,
        Row::Detail(finding) if by_reading => {
            let told = readings::of_finding(app, *finding, theme);
            let mut cells = std::iter::once(readings::height(painter, &told, grid));
            height(&app.analysis.findings[finding.ix()].title, &caption(app, *finding), &mut cells)
        }
        Row::Same(i) if by_reading => {
            let mut cells = std::iter::once(readings::height(painter, &readings::of_same(app, &same[*i], theme), grid));
            height(&same[*i].title, &same_caption(&same[*i]), &mut cells)
        }
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
