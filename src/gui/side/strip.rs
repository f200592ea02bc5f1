//! The strip: a row a finding, a lane a version. Also the rows of "Every difference" in the overview.

use super::{HEADER, Place, SideContext, SideState, scroll};
use crate::app::{Action, App, letter};
use crate::base::{FindingIx, TextRange, VersionIx};
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::kit;
use crate::gui::theme::Theme;
use egui::{Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

const ROW: f32 = 22.0;
const GLYPH_ROOM: f32 = 24.0;
const WIDE: f32 = 300.0;

/// The width of a version's lane.
fn lane(versions: usize) -> f32 {
    match versions {
        0..=8 => 9.0,
        9..=16 => 5.0,
        _ => 3.0,
    }
}

/// The versions with a lane, in the order of their columns; hidden ones keep theirs.
pub fn lanes(app: &App) -> Vec<VersionIx> {
    app.project.columns.iter().filter_map(|k| app.version_ix(*k)).collect()
}

/// The width of the whole strip.
pub fn width(app: &App) -> f32 {
    let n = app.analysis.versions.len();
    let bars = if n > 20 { 60.0 } else { lane(n) * n as f32 };
    let narrow = (GLYPH_ROOM + bars + 9.0).max(68.0);
    if app.settings.wide_strip { WIDE.max(narrow + 160.0) } else { narrow }
}

/// Draws the strip.
pub fn ui(ui: &mut Ui, rect: Rect, places: &[Place], cx: &SideContext<'_>, state: &mut SideState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let app = cx.app;
    let ui = &mut kit::region(ui, rect, theme.chrome, "strip");
    let painter = ui.painter().clone();
    kit::vrule(&painter, rect.right() - 0.5, rect.top(), rect.bottom(), theme.line);
    let lanes = lanes(app);
    let n = lanes.len();
    let top = places.first().map_or(rect.top() + HEADER, |p| p.text.top());
    let wide = app.settings.wide_strip;
    let bars_width = if n > 20 { 60.0 } else { lane(n) * n as f32 };
    let bars = if wide { rect.right() - 12.0 - bars_width } else { rect.left() + GLYPH_ROOM };
    if n <= 8 {
        for (i, v) in lanes.iter().enumerate() {
            let center = pos2(bars + (i as f32 + 0.5) * lane(n) - 0.5, top - 14.0);
            painter.text(center, Align2::CENTER_CENTER, letter(*v), Face::SansMedium.at(10.5), theme.ink2);
        }
    } else {
        painter.text(pos2(bars, top - 14.0), Align2::LEFT_CENTER, format!("{n} versions"), Face::Sans.at(10.5), theme.ink2);
    }
    let head = Rect::from_min_max(pos2(rect.left(), top - 24.0), pos2(rect.right(), top - 2.0));
    kit::tip_at_right(&ui.interact(head, Id::unique("strip legend"), Sense::hover()), LEGEND);
    kit::rule(&painter, rect.left(), rect.right(), top - 1.0, theme.line);
    let list = rect.with_min_y(top);
    let shown = app.shown();
    let content = shown.len() as f32 * ROW + 12.0;
    let max = (content - list.height()).max(0.0);
    let hover = ui.interact(list, Id::unique("strip"), Sense::hover());
    hover.widget_info(|| egui::WidgetInfo::labeled(Role::List, true, "differences"));
    if hover.contains_pointer() {
        let dy = -ui.input(|i| i.smooth_scroll_delta()).y;
        if dy != 0.0 {
            if max > 0.0 {
                state.strip_scroll += dy;
            } else {
                scroll::by_wheel(state, places, dy);
            }
        }
    }
    // A new selection comes into sight here too.
    let selected = app.selected();
    if state.strip_seen != app.selection.finding {
        state.strip_seen = app.selection.finding;
        if let Some(row) = selected.and_then(|f| shown.iter().position(|s| *s == f)) {
            let y = row as f32 * ROW;
            if y < state.strip_scroll + ROW || y > state.strip_scroll + list.height() - 3.0 * ROW {
                state.strip_scroll = y - list.height() / 2.0;
            }
        }
    }
    state.strip_scroll = state.strip_scroll.clamp(0.0, max).round();
    let first = (state.strip_scroll / ROW) as usize;
    let painter = painter.with_clip_rect(list.intersect(ui.clip_rect()));
    let found = with_matches(cx, shown);
    let visible: Vec<(usize, FindingIx)> = shown.iter().copied().enumerate().skip(first).take((list.height() / ROW) as usize + 2).collect();
    let mut bracket: Option<(f32, f32)> = None;
    for (i, finding) in visible {
        let row =
            Rect::from_min_size(pos2(rect.left(), list.top() + 7.0 + i as f32 * ROW - state.strip_scroll), vec2(rect.width() - 1.0, ROW));
        let clip = row.intersect(list);
        if !clip.is_positive() {
            continue;
        }
        let f = &app.analysis.findings[finding.ix()];
        let has_match = found.contains(&finding);
        let name = row_name(app, i, finding) + if has_match { "; words found here" } else { "" };
        let response = kit::clickable(ui, clip, Id::unique(("strip row", f.id)), Role::ListItem, &name, true);
        let is_selected = selected == Some(finding);
        if is_selected {
            painter.rect(row.shrink2(vec2(1.0, 1.0)), 0.0, theme.mark, Stroke::new(1.25, theme.frame), StrokeKind::Inside);
        } else if response.hovered() || state.hovered == Some(finding) {
            painter.rect_filled(row.shrink2(vec2(1.0, 1.0)), 2.0, theme.well);
        }
        row_contents(&painter, app, finding, row, bars, &lanes, theme, wide);
        if has_match {
            // A flag at the left edge: the words looked for stand in this passage.
            painter.rect_filled(Rect::from_min_size(pos2(row.left(), row.top() + 4.0), vec2(3.0, ROW - 8.0)), 0.0, theme.ink);
        }
        if in_view(places, state, app, finding) {
            let (a, b) = bracket.unwrap_or((row.top(), row.bottom()));
            bracket = Some((a.min(row.top()), b.max(row.bottom())));
        }
        if response.hovered() {
            state.hovered = Some(finding);
        }
        if response.clicked() {
            out.push(Action::Select { finding: f.id, version: None });
        }
        kit::focus_ring(ui, &response, 2.0);
        if !wide {
            kit::tip_at_right(&response, &format!("{}: {}\n{}", f.kind.label(), f.title, who_says_what(f)));
        }
    }
    if let Some((a, b)) = bracket.filter(|_| !wide) {
        let x = rect.right() - 5.0;
        let stroke = Stroke::new(1.0, theme.hair);
        painter.add(egui::Shape::line(vec![pos2(x - 3.0, a + 2.0), pos2(x, a + 2.0), pos2(x, b - 2.0), pos2(x - 3.0, b - 2.0)], stroke));
    }
    if shown.is_empty() && wide {
        kit::text(&painter, rect.left() + 12.0, list.top() + 20.0, "No differences to show", Face::Sans.at(12.0), theme.ink3, WIDE - 20.0);
    }
}

/// "Reading 1 in C and E; 2 in A; not said in B".
fn who_says_what(f: &crate::compare::Finding) -> String {
    let mut parts = Vec::new();
    for (i, r) in f.readings.iter().enumerate() {
        let mut holders: Vec<VersionIx> = r.evidence.iter().map(|e| e.version).collect();
        holders.dedup();
        let many = holders.len().saturating_sub(8);
        let mut letters: Vec<String> = holders.into_iter().take(8).map(letter).collect();
        if many > 0 {
            letters.push(format!("{many} more"));
        }
        let number = if i == 0 { "Reading 1".to_owned() } else { (i + 1).to_string() };
        parts.push(format!("{number} in {}", super::list(&letters)));
    }
    parts.join("; ")
}

/// What the cells of a row say.
const LEGEND: &str = "A cell for each version, a row for each difference. Filled is reading 1, half-filled 2, empty 3, crossed 4, and from 5 on \
     the number; a dash: not found in the version.";

#[expect(clippy::too_many_arguments, reason = "a row is drawn in two places with all it needs")]
fn row_contents(
    painter: &egui::Painter,
    app: &App,
    finding: FindingIx,
    row: Rect,
    bars: f32,
    lanes: &[VersionIx],
    theme: &Theme,
    wide: bool,
) {
    let f = &app.analysis.findings[finding.ix()];
    let dismissed = app.is_dismissed(finding);
    let color = if dismissed { theme.hair } else { theme.kind(f.kind) };
    let y = row.center().y;
    if !dismissed {
        glyphs::paint(painter, pos2(row.left() + 12.0, y), 12.0, color, Glyph::of(f.kind));
    }
    if app.is_confirmed(finding) {
        glyphs::paint(painter, pos2(row.left() + 20.0, y + 6.0), 7.0, theme.ink, Glyph::Tick);
    }
    if wide {
        let ink = if dismissed { theme.ink3 } else { theme.ink };
        kit::text(painter, row.left() + 26.0, y, &f.title, Face::Sans.at(12.5), ink, bars - row.left() - 34.0);
    }
    cells(painter, app, finding, pos2(bars, y), lanes, color, lane(lanes.len()));
}

/// The cells of a finding's readings, a lane a version.
pub fn cells(
    painter: &egui::Painter,
    app: &App,
    finding: FindingIx,
    left: egui::Pos2,
    lanes: &[VersionIx],
    color: egui::Color32,
    lane: f32,
) {
    let f = &app.analysis.findings[finding.ix()];
    if lanes.len() > 20 {
        // One bar, divided by reading.
        let total: f32 = f.readings.iter().map(|r| r.evidence.len() as f32).sum::<f32>().max(1.0);
        let mut x = left.x;
        for (i, r) in f.readings.iter().enumerate() {
            let w = 58.0 * r.evidence.len() as f32 / total;
            let rect = Rect::from_min_size(pos2(x, left.y - 5.5), vec2((w - 1.0).max(1.0), 11.0));
            kit::cell(painter, rect, Some(i.min(3)), color);
            x += w;
        }
        return;
    }
    for (i, v) in lanes.iter().enumerate() {
        let reading = f.readings.iter().position(|r| r.evidence.iter().any(|e| e.version == *v));
        let x = left.x + i as f32 * lane;
        let rect = Rect::from_min_size(
            pos2(x, left.y - 5.5),
            vec2((lane - if lane > 4.0 { 2.0 } else { 0.5 }).min(10.0), if lane > 9.0 { 13.0 } else { 11.0 }),
        );
        match reading {
            None if lane < 9.0 => {
                painter.circle_filled(rect.center(), 0.7, color);
            }
            reading if lane < 9.0 => kit::cell(painter, rect, reading.map(|r| r.min(2)), color),
            reading => kit::cell(painter, rect, reading, color),
        }
    }
}

/// The findings beside which the words looked for stand: in a passage of theirs, or in their own words.
fn with_matches(cx: &SideContext<'_>, shown: &[FindingIx]) -> rustc_hash::FxHashSet<FindingIx> {
    let app = cx.app;
    if !app.find.open || app.find.matches.is_empty() {
        return Default::default();
    }
    let mut passages = rustc_hash::FxHashSet::default();
    let mut places: rustc_hash::FxHashMap<VersionIx, Vec<TextRange>> = Default::default();
    for m in app.find.matches.iter().take(2000) {
        places.entry(m.version).or_default().push(m.range);
        passages.extend(cx.index.run_at(m.version, m.range.start).filter(|r| r.range.overlaps(m.range)).map(|r| r.passage));
    }
    let holds = |f: &FindingIx| {
        let finding = &app.analysis.findings[f.ix()];
        finding.passage.is_some_and(|p| passages.contains(&p))
            || finding.readings.iter().flat_map(|r| &r.evidence).any(|e| {
                let Some(here) = places.get(&e.version) else { return false };
                here.get(here.partition_point(|r| r.end <= e.range.start)).is_some_and(|r| r.overlaps(e.range))
            })
    };
    shown.iter().copied().filter(holds).collect()
}

fn in_view(places: &[Place], state: &SideState, app: &App, finding: FindingIx) -> bool {
    let f = &app.analysis.findings[finding.ix()];
    f.readings.iter().flat_map(|r| &r.evidence).any(|e| {
        let Some(p) = places.iter().find(|p| p.version == e.version) else { return false };
        let Some(held) = state.held.get(&p.key) else { return false };
        let (top, bottom) = held.column.extent(e.range);
        bottom > held.scroll && top < held.scroll + p.text.height()
    })
}

/// "difference 3, conflict, people who have fled; A reading 1, B and D reading 2, C reading 3".
pub fn row_name(app: &App, place: usize, finding: FindingIx) -> String {
    let f = &app.analysis.findings[finding.ix()];
    let mut parts = Vec::new();
    for (i, r) in f.readings.iter().enumerate() {
        let mut holders: Vec<VersionIx> = r.evidence.iter().map(|e| e.version).collect();
        holders.dedup();
        parts.push(format!("{} reading {}", super::list(&holders.into_iter().map(letter).collect::<Vec<_>>()), i + 1));
    }
    format!("difference {}, {}, {}; {}", place + 1, f.kind.label().to_lowercase(), f.title, parts.join(", "))
}
