//! A row a passage, a column a version; marks as in the text, and words against a chosen version.

use super::grid::{self, Grid, Scroll};
use super::heights::Heights;
use super::{passage_title, select_passage};
use crate::app::{Action, letter};
use crate::base::{FindingIx, PassageIx, TextRange, VersionIx};
use crate::compare::FindingKind;
use crate::compare::diff::{self, ChangeKind};
use crate::gui::column::{Excerpt, Look, paint_excerpt};
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::kit;
use crate::gui::side::{SideContext, line_spacing, mark_weight, named, shorten, text_scale};
use crate::gui::theme::Theme;
use egui::{Id, Painter, Rect, Role, Sense, Stroke, Ui, pos2, vec2};

const FIRST: f32 = 208.0;
const PAD: f32 = 14.0;
/// The places of more versions than this are told as a span.
const EACH: usize = 6;

/// What the view keeps between frames.
#[derive(Default)]
pub struct PassagesState {
    scroll: Scroll,
    all: bool,
    compare: Option<crate::base::ContentId>,
    order: Option<crate::base::ContentId>,
    seen_find: Option<usize>,
    heights: Heights,
    heights_of: Option<HeightsKey>,
}

/// What the heights of rows depend on.
#[derive(PartialEq)]
struct HeightsKey {
    generation: u64,
    rows: Vec<PassageIx>,
    versions: Vec<VersionIx>,
    column: f32,
    scale: f32,
    spacing: f32,
}

/// Draws the view.
pub fn ui(ui: &mut Ui, rect: Rect, cx: &SideContext<'_>, state: &mut PassagesState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let app = cx.app;
    let bar = rect.with_max_y(rect.top() + grid::BAR);
    own_bar(ui, bar, cx, state);
    let mut table = rect.with_min_y(bar.bottom());
    table.max.x = rect.right();
    let scale = text_scale(app);
    // As in the columns side by side: no line is longer than the measure.
    let widest = app.settings.measure as f32 * 7.0 * scale + 2.0 * PAD;
    // What the versions leave goes to the titles first.
    let first = (table.width() - widest * app.columns().len() as f32).clamp(FIRST, 1.6 * FIRST);
    let mut grid = Grid::new(table, first, 190.0 * scale.max(1.0)..=widest, app, &mut state.scroll);
    let rows = rows(cx, state);
    guess(cx, state, &grid, &rows, scale);
    let painter = ui.painter().clone();
    let mut measure = |row: usize| measure(&painter, cx, &grid, rows[row], scale);
    let selected = app.selected_passage();
    // A match that was stepped to comes into sight as a selection does.
    let match_now = app.find.current.filter(|_| app.find.open && app.find.current != state.seen_find);
    state.seen_find = app.find.current;
    let wanted = match match_now.and_then(|i| app.find.matches.get(i)) {
        Some(m) => cx.index.run_at(m.version, m.range.start).map(|r| r.passage),
        None => selected,
    };
    let place = wanted.and_then(|p| rows.iter().position(|r| *r == p)).map(|i| {
        state.heights.need(i, &mut measure);
        state.heights.place(i)
    });
    state.scroll.follow(app, place, grid.body.height());
    state.scroll.input(ui, grid.body, state.heights.total() + 20.0, app, "passages");
    let (y, more) = state.heights.settle(state.scroll.y, grid.body.height(), &mut measure);
    state.scroll.y = y.round();
    if more {
        ui.ctx().request_repaint();
    }
    let mut body = ui.new_child(egui::UiBuilder::new().max_rect(grid.body).id_salt("passage rows"));
    body.set_clip_rect(grid.body.intersect(ui.clip_rect()));
    if rows.is_empty() {
        let words = if app.analysis.versions.len() < 2 {
            "Add a second version to compare."
        } else {
            "No passage has a difference that the filters show."
        };
        kit::text(body.painter(), grid.body.left() + 40.0, grid.body.top() + 40.0, words, Face::Serif.at(16.0), theme.ink2, 600.0);
    }
    let first = state.heights.row_at(state.scroll.y);
    let mut lines = None;
    for i in first..rows.len() {
        let top = grid.body.top() + state.heights.top(i) - state.scroll.y;
        if top > grid.body.bottom() {
            break;
        }
        let row = Rect::from_min_size(pos2(grid.body.left(), top), vec2(grid.body.width(), state.heights.height(i)));
        if selected == Some(rows[i]) {
            lines = Some(row);
        }
        draw_row(&mut body, row, rows[i], cx, state, &grid, scale, out);
    }
    grid.rules(&body, grid.body.top() + (state.heights.total() - state.scroll.y));
    if let Some(row) = lines {
        grid::selected_lines(&body, row);
    }
    grid.rect = table;
    grid.header(ui, "Passage", app, &mut state.scroll);
    grid.rules(ui, grid.body.top());
}

/// Switches of the view.
fn own_bar(ui: &mut Ui, rect: Rect, cx: &SideContext<'_>, state: &mut PassagesState) {
    let app = cx.app;
    let ui = &mut grid::bar(ui, rect, "passages bar");
    let theme = Theme::of(ui);
    let y = rect.center().y;
    let total = app.analysis.passages.iter().filter(|p| p.members.len() > 1).count();
    let mut x = rect.left() + 14.0;
    for (label, all) in [("Differences only".to_owned(), false), (format!("All {total} shared passages"), true)] {
        let on = state.all == all;
        let w = kit::width(ui.painter(), &label, Face::SansMedium.at(12.5)) + 22.0;
        let r = Rect::from_min_size(pos2(x, y - 12.0), vec2(w, 24.0));
        let response = ui.interact(r, Id::unique(("passages all", all)), Sense::click());
        response.widget_info(|| egui::WidgetInfo::selected(Role::RadioButton, true, on, &label));
        let c = pos2(x + 6.0, y);
        if on {
            ui.painter().circle_stroke(c, 5.5, Stroke::new(1.2, theme.ink));
            ui.painter().circle_filled(c, 3.0, theme.ink);
        } else {
            ui.painter().circle_stroke(c, 5.5, Stroke::new(1.0, theme.hair));
        }
        kit::text(ui.painter(), x + 19.0, y, &label, if on { Face::SansMedium.at(12.5) } else { Face::Sans.at(12.5) }, theme.ink, w);
        kit::focus_ring(ui, &response, 4.0);
        if response.clicked() {
            state.all = all;
        }
        x += w + 18.0;
    }
    kit::vrule(ui.painter(), x, rect.top() + 10.0, rect.bottom() - 10.0, theme.line);
    x += 20.0;
    let name = |key: Option<crate::base::ContentId>, none: &str| {
        key.and_then(|k| app.version_ix(k)).map_or(none.to_owned(), |v| app.version(v).outlet().to_owned())
    };
    for (caption, none, which) in [("Compare words with", "no version", 0), ("Row order", "as most tell it", 1)] {
        let current = if which == 0 { state.compare } else { state.order };
        let value = name(current, none);
        let response = kit::choice(ui, x, y, caption, &value, Id::unique(caption));
        x = response.rect.right() + 18.0;
        let mut chosen = None;
        kit::menu_below(&response, |ui| {
            if kit::menu_row(ui, none, current.is_none()) {
                chosen = Some(None);
            }
            for v in app.columns() {
                let key = app.key(v);
                if kit::menu_row(ui, app.version(v).outlet(), current == Some(key)) {
                    chosen = Some(Some(key));
                }
            }
        });
        if let Some(chosen) = chosen {
            if which == 0 { state.compare = chosen } else { state.order = chosen }
        }
    }
}

fn rows(cx: &SideContext<'_>, state: &PassagesState) -> Vec<PassageIx> {
    let app = cx.app;
    let with: rustc_hash::FxHashSet<PassageIx> = app.shown().iter().filter_map(|f| app.analysis.findings[f.ix()].passage).collect();
    let mut rows: Vec<PassageIx> = (0..app.analysis.passages.len())
        .map(PassageIx::from)
        .filter(|p| with.contains(p) || (state.all && cx.index.spread(*p) > 1))
        .collect();
    if let Some(v) = state.order.and_then(|k| app.version_ix(k)) {
        rows.sort_by_key(|p| (cx.index.main_run(*p, v).map_or(u32::MAX, |r| r.start), *p));
    }
    rows
}

/// Starts again with guesses where what the heights depend on has changed.
fn guess(cx: &SideContext<'_>, state: &mut PassagesState, grid: &Grid, rows: &[PassageIx], scale: f32) {
    let key = HeightsKey {
        generation: cx.app.generation,
        rows: rows.to_vec(),
        versions: grid.versions.clone(),
        column: grid.column,
        scale,
        spacing: line_spacing(cx.app),
    };
    if state.heights_of.as_ref() == Some(&key) {
        return;
    }
    let line = 22.0 * scale * key.spacing;
    let per_line = ((grid.column - 2.0 * PAD) / (7.0 * scale)).max(8.0);
    state.heights.reset(rows.iter().map(|p| {
        let longest = grid.versions.iter().filter_map(|v| cx.index.main_run(*p, *v)).map(|r| r.len()).max().unwrap_or(0);
        (longest as f32 / per_line).ceil().max(3.0) * line + 24.0
    }));
    state.heights_of = Some(key);
}

/// The height of a row: that of its longest cell.
fn measure(painter: &Painter, cx: &SideContext<'_>, grid: &Grid, passage: PassageIx, scale: f32) -> f32 {
    let cells = grid.versions.iter().map(|v| match cell(painter, cx, passage, *v, grid.column, scale) {
        Some(e) => e.galley.size().y,
        None => absent(painter, &missing(cx, passage, *v).0, grid.column, egui::Color32::PLACEHOLDER).size().y + 4.0,
    });
    let title = kit::paragraph(
        painter,
        &[(&passage_title(cx.app, passage), Face::SerifSemibold.at(15.0), egui::Color32::PLACEHOLDER)],
        20.0,
        grid.first - 2.0 * PAD,
    );
    let places = places(painter, cx, passage, grid.first, egui::Color32::PLACEHOLDER);
    cells.fold(title.size().y + places.size().y + 30.0, f32::max) + 24.0
}

/// "Told at place 3 in A, 5 in B": where the versions tell a passage; of many, between which places.
fn places(painter: &Painter, cx: &SideContext<'_>, passage: PassageIx, first: f32, ink: egui::Color32) -> std::sync::Arc<egui::Galley> {
    let columns = cx.app.columns();
    let of: Vec<(usize, VersionIx)> = columns.iter().filter_map(|v| Some((cx.index.place(passage, *v)?, *v))).collect();
    let words = if of.len() > EACH {
        let (low, high) = of.iter().fold((usize::MAX, 0), |(low, high), (n, _)| (low.min(*n), high.max(*n)));
        let at = if low == high { format!("place {low}") } else { format!("places {low} to {high}") };
        format!("Told by {} of {} versions, at {at}", of.len(), columns.len())
    } else {
        let each = |(i, (n, v)): (usize, &(usize, VersionIx))| {
            let told = if i == 0 { "Told at place " } else { "" };
            format!("{told}{n} in {}", letter(*v)).replace(' ', "\u{a0}")
        };
        of.iter().enumerate().map(each).collect::<Vec<_>>().join(", ")
    };
    kit::paragraph(painter, &[(&words, Face::Sans.at(11.5), ink)], 16.0, first - PAD - 6.0)
}

/// What a version tells of a passage: its runs, and what it alone has beside them, which the row is named after.
fn told(cx: &SideContext<'_>, passage: PassageIx, version: VersionIx) -> Vec<TextRange> {
    let mut runs = cx.index.runs_of(passage, version);
    let alone = cx.app.analysis.findings.iter().filter(|f| f.passage == Some(passage) && f.kind == FindingKind::OnlyIn);
    for e in alone.flat_map(|f| &f.readings).flat_map(|r| &r.evidence).filter(|e| e.version == version) {
        if !runs.iter().any(|r| r.overlaps(e.range)) {
            runs.push(e.range);
        }
    }
    runs.sort_by_key(|r| r.start);
    runs
}

/// A version's part of a passage.
fn cell(painter: &Painter, cx: &SideContext<'_>, passage: PassageIx, version: VersionIx, column: f32, scale: f32) -> Option<Excerpt> {
    let runs = told(cx, passage, version);
    if runs.is_empty() {
        return None;
    }
    let text = &cx.app.version(version).document.text;
    let mut shown = String::new();
    let mut pieces = Vec::with_capacity(runs.len());
    let mut chars = 0;
    for run in runs {
        if !shown.is_empty() {
            shown.push_str(" … ");
            chars += 3;
        }
        pieces.push((run, chars));
        for c in run.of(text).chars() {
            shown.push(if matches!(c, '\n' | '\t' | '\r') { ' ' } else { c });
            chars += 1;
        }
    }
    let font = Face::Serif.at(15.0 * scale);
    let galley = kit::paragraph(
        painter,
        &[(&shown, font, egui::Color32::PLACEHOLDER)],
        (22.0 * scale * line_spacing(cx.app)).round(),
        column - 2.0 * PAD,
    );
    Some(Excerpt { galley, pieces })
}

/// What stands where a version has no part of a passage, and the whole sentence where it is cut. What may be told
/// elsewhere is shown, so that nobody takes a missed link for silence.
fn missing(cx: &SideContext<'_>, passage: PassageIx, version: VersionIx) -> (String, Option<String>) {
    match cx.app.analysis.passages[passage.ix()].near(version) {
        Some(s) => {
            let whole = cx.app.version(version).document.sentence_text(s);
            (format!("Perhaps “{}”", shorten(whole, 90)), Some(whole.to_owned()))
        }
        None => ("Not found in this version".to_owned(), None),
    }
}

fn absent(painter: &Painter, words: &str, column: f32, ink: egui::Color32) -> std::sync::Arc<egui::Galley> {
    kit::paragraph(painter, &[(words, Face::Sans.at(12.5), ink)], 18.0, column - PAD - 21.0 - 8.0)
}

#[expect(clippy::too_many_arguments, reason = "a row is drawn with all it needs")]
fn draw_row(
    ui: &mut Ui,
    row: Rect,
    passage: PassageIx,
    cx: &SideContext<'_>,
    state: &PassagesState,
    grid: &Grid,
    scale: f32,
    out: &mut Vec<Action>,
) {
    let theme = Theme::of(ui);
    let app = cx.app;
    let visible = row.intersect(grid.body);
    if !visible.is_positive() {
        return;
    }
    let title = passage_title(app, passage);
    let response = kit::clickable(ui, visible, Id::unique(("passage row", passage)), Role::Row, &format!("passage, {title}"), true);
    let selected = app.selected_passage() == Some(passage);
    grid::row_ground(ui, row, selected, response.hovered(), theme.line);
    let painter = ui.painter().clone();
    let left = row.left() + PAD;
    let galley = kit::paragraph(&painter, &[(&title, Face::SerifSemibold.at(15.0), theme.ink)], 20.0, grid.first - 2.0 * PAD);
    let mut y = row.top() + 12.0;
    let height = galley.size().y;
    painter.galley(pos2(left, y), galley, theme.ink);
    y += height + 12.0;
    let findings: Vec<FindingIx> = app.shown().iter().copied().filter(|f| app.analysis.findings[f.ix()].passage == Some(passage)).collect();
    for (i, f) in findings.iter().take(8).enumerate() {
        let finding = &app.analysis.findings[f.ix()];
        let center = pos2(left + 7.0 + i as f32 * 20.0, y);
        glyphs::paint(&painter, center, 13.0, theme.kind(finding.kind), Glyph::of(finding.kind));
        let r = Rect::from_center_size(center, vec2(18.0, 18.0));
        let name = format!("{}, {}", finding.kind.label().to_lowercase(), finding.title);
        let glyph = kit::clickable(ui, r, Id::unique(("passage sign", passage, *f)), Role::Button, &name, true);
        if glyph.clicked() {
            out.push(Action::Select { finding: finding.id, version: None });
        }
        glyph.on_hover_text(format!("{}: {}", finding.kind.label(), finding.title));
    }
    y += 18.0;
    let places = places(&painter, cx, passage, grid.first, theme.ink3);
    let area = Rect::from_min_size(pos2(left, y - 8.0), places.size());
    painter.galley(area.min, places, theme.ink3);
    let hover = ui.interact(area, Id::unique(("passage places", passage)), Sense::hover());
    if kit::tips(ui.ctx()) {
        hover.on_hover_text("Where each version tells it, counted in passages from the top.");
    }
    let compare = state.compare.and_then(|k| app.version_ix(k));
    let mut clicked = None;
    for (i, v) in grid.versions.iter().enumerate() {
        let x = grid.x(i) + PAD;
        let at = pos2(x, row.top() + 12.0);
        let Some(excerpt) = cell(&painter, cx, passage, *v, grid.column, scale) else {
            glyphs::paint(&painter, pos2(x + 7.0, row.top() + 23.0), 13.0, theme.ink3, Glyph::Silent);
            let (words, whole) = missing(cx, passage, *v);
            let galley = absent(&painter, &words, grid.column, theme.ink3);
            let area = Rect::from_min_size(pos2(x + 21.0, row.top() + 14.0), galley.size());
            painter.galley(area.min, galley, theme.ink3);
            if let Some(whole) = whole {
                kit::tip_over(ui, area.intersect(grid.body), Id::unique(("no cell", passage, *v)), &whole);
            }
            continue;
        };
        let text = &app.version(*v).document.text;
        if let Some(base) = compare.filter(|b| b != v) {
            against(&painter, cx, passage, base, *v, &excerpt, at, theme);
        }
        let empty = Default::default();
        let found: Vec<TextRange> = match app.find.open {
            true => app.find.matches.iter().filter(|m| m.version == *v).map(|m| m.range).collect(),
            false => Vec::new(),
        };
        let named = if selected { named(app, *v) } else { Vec::new() };
        let look = look(cx, *v, theme, &empty, &found, &named);
        let hits = paint_excerpt(&painter, &excerpt, text, at, theme.ink, &look);
        if let Some(pos) = response.hover_pos()
            && let Some((finding, _)) = hits.iter().find(|(_, rects)| rects.iter().any(|r| r.contains(pos)))
        {
            if response.clicked() {
                clicked = Some(*finding);
            }
            if kit::tips(ui.ctx()) {
                response.clone().on_hover_text_at_pointer(crate::gui::side::explain(app, *finding, *v, None));
            }
        }
        let name = format!("{title}, version {}", letter(*v));
        let area = Rect::from_min_size(at, excerpt.galley.size()).intersect(grid.body);
        kit::name_area(ui, area, Id::unique(("passage cell", passage, *v)), Role::Cell, &name);
    }
    kit::focus_ring(ui, &response, 0.0);
    if response.clicked() {
        match clicked {
            Some(f) => out.push(Action::Select { finding: app.analysis.findings[f.ix()].id, version: None }),
            None => out.extend(select_passage(app, passage)),
        }
    }
}

/// What a cell's painting needs.
fn look<'a>(
    cx: &'a SideContext<'a>,
    v: VersionIx,
    theme: &'static Theme,
    empty: &'a crate::gui::marks::VersionMarks,
    found: &'a [TextRange],
    named: &'a [TextRange],
) -> Look<'a> {
    Look {
        theme,
        weight: mark_weight(cx.app),
        sign: 13.0,
        marks: cx.marks.versions.get(v.ix()).unwrap_or(empty),
        key: cx.marks.key,
        selected: cx.app.selected(),
        named,
        hovered: None,
        confirmed: &|_| false,
        selection: None,
        found,
        found_current: cx.app.find.current.and_then(|i| cx.app.find.matches.get(i)).filter(|m| m.version == v).map(|m| m.range),
    }
}

/// Words that the base version does not have stand on `well`; words that it alone has are missing here, with a mark at the gap.
#[expect(clippy::too_many_arguments, reason = "two versions, a passage and a place")]
fn against(
    painter: &Painter,
    cx: &SideContext<'_>,
    passage: PassageIx,
    base: VersionIx,
    v: VersionIx,
    excerpt: &Excerpt,
    at: egui::Pos2,
    theme: &Theme,
) {
    let (a, b) = (cx.app.version(base), cx.app.version(v));
    let a_runs = cx.index.runs_of(passage, base);
    if a_runs.is_empty() {
        return;
    }
    let b_runs: Vec<TextRange> = excerpt.pieces.iter().map(|(r, _)| *r).collect();
    for change in diff::ranges(&a.document, &a_runs, &b.document, &b_runs) {
        if let (ChangeKind::Insert | ChangeKind::Replace, Some(range)) = (change.kind, change.b) {
            for part in excerpt.parts(&b.document.text, range) {
                painter.rect_filled(part.rect.shrink2(vec2(0.0, 2.0)).expand2(vec2(1.5, 0.0)).translate(at.to_vec2()), 2.0, theme.well);
            }
        }
    }
}
