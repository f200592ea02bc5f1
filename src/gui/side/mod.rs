//! Side by side: a column a version, joined by ribbons, scrolled together by passages.

mod copies;
mod header;
mod place;
mod rail;
pub use header::when;
pub use strip::{cells, lanes, row_name};
mod ribbons;
mod scroll;
mod strip;

use super::column::{self, Band, Column, Hit, Look, Metrics, TextSelection};
use super::kit;
use super::marks::Marks;
use super::passages_index::PassageIndex;
use super::theme::Theme;
use crate::app::{Action, App, letter};
use crate::base::{ContentId, FindingIx, TextRange, VersionIx};
use crate::compare::FindingKind;
use egui::{CursorIcon, Event, Id, Key, Modifiers, Pos2, Rect, Role, Sense, Ui, pos2, vec2};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Room for signs left of the text.
pub const MARGIN: f32 = 20.0;
/// Room right of the text.
const RIGHT: f32 = 8.0;
/// Between columns, for ribbons.
pub const GUTTER: f32 = 16.0;
/// Height of a column's header.
const HEADER: f32 = 54.0;

/// What the view keeps between frames; none of it is worth saving.
#[derive(Default)]
pub struct SideState {
    held: FxHashMap<ContentId, Held>,
    at: place::At,
    rail: rail::RailState,
    scrolling: scroll::Scrolling,
    selection: Option<TextSelection>,
    hovered: Option<FindingIx>,
    strip_scroll: f32,
    strip_seen: Option<ContentId>,
    drag: Option<header::Drag>,
    /// The column whose header gets the keyboard.
    take_keyboard: Option<ContentId>,
    hovered_before: Option<FindingIx>,
    /// A galley of egui's own cache, see [`notice_new_atlas`].
    atlas_mark: Option<Arc<egui::Galley>>,
}

/// One column's text and place.
pub(super) struct Held {
    column: Column,
    scroll: f32,
}

/// A column in sight.
#[derive(Clone, Copy)]
struct Place {
    version: VersionIx,
    key: ContentId,
    rect: Rect,
    text: Rect,
    /// How many columns between it and the one at its left are out of sight.
    gap: usize,
}

/// What the view needs from the window.
pub struct SideContext<'a> {
    /// The state.
    pub app: &'a App,
    /// Marks by version.
    pub marks: &'a Marks,
    /// Where passages stand.
    pub index: &'a PassageIndex,
}

/// Draws the view into `rect`.
pub fn ui(ui: &mut Ui, rect: Rect, cx: &SideContext<'_>, state: &mut SideState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let app = cx.app;
    let columns = app.columns();
    state.held.retain(|key, _| app.version_ix(*key).is_some());
    let strip_width = if app.settings.projector { 0.0 } else { strip::width(app) };
    let mut area = rect.with_min_x(rect.left() + strip_width);
    let keyed = !kit::tips(ui.ctx());
    let (places, more) = place::place(&mut area, &columns, app, state, keyed);
    let mut paper = kit::region(ui, rect.with_min_x(rect.left() + strip_width), theme.paper, "columns");
    let ui_columns = &mut paper;
    if more {
        rail::ui(ui_columns, Rect::from_min_size(pos2(area.left(), rect.top()), vec2(area.width(), place::RAIL)), cx, state, &places, out);
    }
    lay_out(ui_columns, &places, cx, state);
    scroll::input(ui_columns, area, &places, cx, state);
    scroll::follow_selection(ui_columns, &places, cx, state);
    scroll::join_newcomers(ui_columns, &places, cx, state);
    scroll::advance(ui_columns, &places, cx, state);
    for p in &places {
        header::ui(ui_columns, p, cx, state, out);
    }
    paint(ui_columns, area, &places, cx, state, out);
    header::drag_ui(ui_columns, &places, cx, state, out);
    keys(ui_columns, cx, state, out);
    if strip_width > 0.0 {
        let strip_rect = rect.with_max_x(rect.left() + strip_width);
        strip::ui(ui, strip_rect, &places, cx, state, out);
    }
    // What is hovered shows in every column, also in those painted before it was known.
    if state.hovered != state.hovered_before {
        ui.ctx().request_repaint();
    }
}

/// Line spacing of articles relative to the face's own.
pub fn line_spacing(app: &App) -> f32 {
    f32::from(app.settings.line_percent) / 100.0
}

/// Weight of underlines and frames.
pub fn mark_weight(app: &App) -> f32 {
    // On a projector the whole window is enlarged; the marks are a little heavier still.
    match (app.settings.projector, app.settings.high_contrast) {
        (_, true) => 1.25,
        (true, false) => 1.125,
        (false, false) => 1.0,
    }
}

/// Text size of articles relative to 100 %.
pub fn text_scale(app: &App) -> f32 {
    app.settings.text_percent as f32 / 100.0
}

/// Drops kept galleys when egui made a new glyph atlas, as it does when the theme changes or the atlas is full:
/// they would show other letters. egui clears its own cache with the atlas, so a galley that is asked for in
/// every frame comes back as another one then.
fn notice_new_atlas(ui: &Ui, state: &mut SideState) {
    let mark = ui.painter().layout_no_wrap("Parallax".to_owned(), egui::FontId::proportional(13.0), egui::Color32::PLACEHOLDER);
    if state.atlas_mark.as_ref().is_some_and(|old| !Arc::ptr_eq(old, &mark)) {
        state.held.values_mut().for_each(|h| h.column.drop_galleys());
    }
    state.atlas_mark = Some(mark);
}

fn lay_out(ui: &Ui, places: &[Place], cx: &SideContext<'_>, state: &mut SideState) {
    let app = cx.app;
    let scale = text_scale(app);
    let ppp = ui.pixels_per_point();
    let share = 0.003 / places.len().max(1) as f64;
    let mut left = false;
    notice_new_atlas(ui, state);
    for p in places {
        let metrics = Metrics { width: p.text.width() - MARGIN * scale.clamp(1.0, 1.2) - RIGHT, scale, spacing: line_spacing(app), ppp };
        let held = state.held.entry(p.key).or_insert_with(|| Held { column: Column::new(app.version(p.version), metrics), scroll: 0.0 });
        let anchor = held.column.block_at(held.scroll);
        let into = (held.scroll - held.column.top(anchor)) / held.column.block_height(anchor).max(1.0);
        if held.column.set_metrics(metrics) {
            held.scroll = if held.scroll <= 1.0 { 0.0 } else { held.column.top(anchor) + into * held.column.block_height(anchor) };
        }
        let (moved, more) = held.column.settle(ui.ctx(), held.scroll, share);
        held.scroll += moved;
        left |= more;
        held.column.lay_out(ui.ctx(), held.scroll, held.scroll + p.text.height());
    }
    if left {
        ui.ctx().request_repaint();
    }
}

impl Held {
    fn max_scroll(&self, view: f32) -> f32 {
        (self.column.height() - view).max(0.0)
    }
}

impl Place {
    /// Where the text's top left corner is, scrolled.
    fn origin(&self, held: &Held) -> Pos2 {
        pos2(self.text.left() + MARGIN, (self.text.top() - held.scroll).round())
    }
}

fn paint(ui: &mut Ui, area: Rect, places: &[Place], cx: &SideContext<'_>, state: &mut SideState, out: &mut Vec<Action>) {
    let app = cx.app;
    let theme = Theme::of(ui);
    let body = area.with_min_y(area.top() + HEADER);
    let painter = ui.painter().with_clip_rect(body.intersect(ui.clip_rect()));
    // The selected passage's ground lies under everything else.
    let mut bands: Vec<Vec<Band>> = Vec::with_capacity(places.len());
    for p in places {
        let Some(held) = state.held.get(&p.key) else { continue };
        let mut here = Vec::new();
        let painter = painter.with_clip_rect(p.text.intersect(ui.clip_rect()));
        for run in selected_runs(cx, p.version) {
            here.extend(selected_band(&painter, p, held, run, theme));
        }
        bands.push(here);
    }
    ribbons::paint(&painter, body, places, &bands, cx, state, theme);
    let found: Vec<(VersionIx, TextRange)> =
        if app.find.open { app.find.matches.iter().map(|m| (m.version, m.range)).collect() } else { Vec::new() };
    let current = app.find.current.and_then(|i| app.find.matches.get(i)).filter(|_| app.find.open);
    let hovered_before = state.hovered.take();
    state.hovered_before = hovered_before;
    for p in places {
        let id = Id::unique(("column", p.key));
        let response = ui.interact(p.text, id, Sense::click_and_drag());
        let name = format!("version {}, {}", letter(p.version), app.version(p.version).outlet());
        response.widget_info(|| egui::WidgetInfo::labeled(Role::Document, true, &name));
        let Some(held) = state.held.get_mut(&p.key) else { continue };
        let origin = p.origin(held);
        select(ui, p, held, &response, origin, &mut state.selection);
        let hits = response.hover_pos().map(|pos| column::hit_at(&held.column, pos - origin.to_vec2())).unwrap_or_default();
        let margin = response.hover_pos().and_then(|pos| column::margin_glyph_at(&held.column, pos - origin.to_vec2()));
        let under = hits.first().map(|h| h.finding).or(margin);
        if let Some(finding) = under {
            state.hovered = Some(finding);
        }
        let found: Vec<TextRange> = found.iter().filter(|(v, _)| *v == p.version).map(|(_, r)| *r).collect();
        let empty = Default::default();
        let named = named(app, p.version);
        let look = Look {
            theme,
            weight: mark_weight(app),
            sign: if app.settings.projector { 15.0 } else { 13.0 },
            marks: cx.marks.versions.get(p.version.ix()).unwrap_or(&empty),
            key: cx.marks.key ^ theme.key() ^ if app.settings.projector { 0x85EB_CA6B } else { 0 },
            selected: app.selected(),
            named: &named,
            hovered: state.hovered.or(hovered_before),
            confirmed: &|f| app.is_confirmed(f),
            selection: state.selection.as_ref().filter(|s| s.version == p.key),
            found: &found,
            found_current: current.filter(|m| m.version == p.version).map(|m| m.range),
        };
        column::paint_column(&painter.with_clip_rect(p.text.intersect(ui.clip_rect())), &mut held.column, origin, &look);
        if response.clicked() {
            out.push(Action::Focus(p.key));
            if let Some(finding) = under {
                let finding = app.analysis.findings[finding.ix()].id;
                out.push(Action::Select { finding, version: Some(p.key) });
            } else if let Some(pos) = response.interact_pointer_pos() {
                click_passage(p, held, pos - origin.to_vec2(), cx, out);
            }
        }
        if response.double_clicked() && under.is_some() && !app.settings.inspector {
            out.push(Action::Run(crate::app::Command::ToggleInspector));
        }
        names(ui, p, held, origin, cx, out);
        copies::tags(ui, p, held, origin, cx, out);
        if let (Some(finding), false) = (under, response.dragged()) {
            let response = response.on_hover_cursor(CursorIcon::PointingHand);
            let texts: Vec<String> = if hits.is_empty() {
                vec![explain(app, finding, p.version, None)]
            } else {
                hits.iter().take(3).map(|h| explain(app, h.finding, p.version, Some(h.reading))).collect()
            };
            if kit::tips(ui.ctx()) {
                response.on_hover_ui_at_pointer(|ui| {
                    for text in texts {
                        ui.label(text);
                    }
                });
            }
        } else {
            response.on_hover_cursor(CursorIcon::Text);
        }
    }
}

/// What the selection covers in a version: its part of the selected passage, or, where the finding's words stand
/// elsewhere in it, the sentences that hold them, so that band and framed words never part.
fn selected_runs(cx: &SideContext<'_>, version: VersionIx) -> Vec<TextRange> {
    let app = cx.app;
    let runs = app.selected_passage().map(|p| cx.index.runs_of(p, version)).unwrap_or_default();
    let Some(finding) = app.selected().and_then(|f| app.analysis.findings.get(f.ix())) else { return runs };
    let words: Vec<TextRange> =
        finding.readings.iter().flat_map(|r| &r.evidence).filter(|e| e.version == version).map(|e| e.range).collect();
    if words.is_empty() || words.iter().any(|w| runs.iter().any(|r| r.overlaps(*w))) {
        return runs;
    }
    let document = &app.version(version).document;
    let sentence =
        |w: &TextRange| document.sentence_at(w.start).and_then(|s| document.sentences.get(s.ix())).map_or(*w, |s| s.range.cover(*w));
    let mut held: Vec<TextRange> = words.iter().map(sentence).collect();
    held.sort_by_key(|r| (r.start, r.end));
    held.dedup();
    held
}

/// What the title of the selected difference names, where the difference marks no words of its own or whole sentences: of
/// something told by one version alone the sentence, else the words themselves.
pub fn named(app: &App, version: VersionIx) -> Vec<TextRange> {
    let Some(finding) = app.selected().and_then(|f| app.analysis.findings.get(f.ix())) else { return Vec::new() };
    if !matches!(finding.kind, FindingKind::OnlyIn | FindingKind::Silent | FindingKind::Order) {
        return Vec::new();
    }
    let evidence = || finding.readings.iter().flat_map(|r| &r.evidence).filter(|e| e.version == version).map(|e| e.range);
    let title = finding.title.trim_end_matches('…').trim();
    let found: Vec<TextRange> = evidence()
        .filter_map(|r| words_in(app.version(version).slice(r), title).map(|w| (r, w)))
        .map(|(r, (a, b))| if finding.kind == FindingKind::OnlyIn { r } else { TextRange { start: r.start + a, end: r.start + b } })
        .collect();
    if found.is_empty() && finding.kind == FindingKind::OnlyIn { evidence().collect() } else { found }
}

/// Where words stand in a text, in bytes, whatever the case of their letters and the blanks between them.
fn words_in(text: &str, words: &str) -> Option<(u32, u32)> {
    let wanted = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let end = |from: usize| {
        let mut rest = text[from..].char_indices().peekable();
        for w in wanted.chars() {
            let (_, c) = rest.next()?;
            match w {
                ' ' if c.is_whitespace() => while rest.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                _ if c.to_lowercase().eq(std::iter::once(w)) => {}
                _ => return None,
            }
        }
        Some(rest.peek().map_or(text.len(), |(i, _)| from + i))
    };
    let found = text.char_indices().find_map(|(i, _)| Some((i, end(i)?))).filter(|_| !wanted.is_empty())?;
    Some((found.0 as u32, found.1 as u32))
}

fn selected_band(painter: &egui::Painter, p: &Place, held: &Held, run: TextRange, theme: &Theme) -> Option<Band> {
    let origin = p.origin(held);
    let mut parts = held.column.parts(run);
    for part in &mut parts {
        part.rect = part.rect.translate(origin.to_vec2());
        part.row_left += origin.x;
        part.row_right += origin.x;
    }
    // One ground over the gaps between paragraphs of the same passage.
    for i in 1..parts.len() {
        let above = parts[i - 1].rect.bottom();
        if parts[i].rect.top() > above {
            parts[i].rect.min.y = above;
        }
    }
    if parts.is_empty() {
        let (top, bottom) = held.column.extent(run);
        let (top, bottom) = (origin.y + top, origin.y + bottom);
        return Some(Band { left: (top, bottom), right: (top, bottom) });
    }
    column::band(painter, &parts, p.rect.left(), p.rect.right(), theme)
}

/// A click beside every mark selects the passage's first finding, or the passage.
fn click_passage(p: &Place, held: &Held, point: Pos2, cx: &SideContext<'_>, out: &mut Vec<Action>) {
    let app = cx.app;
    let caret = held.column.caret_at(point);
    let Some(block) = held.column.blocks().get(caret.block) else { return };
    let local = held.column.top(caret.block) + held.column.block_height(caret.block);
    if point.y > local {
        out.push(Action::ClearSelection);
        return;
    }
    let byte = block.text.char_indices().nth(caret.char).map_or(block.text.len(), |(b, _)| b) as u32;
    let Some(run) = cx.index.run_at(p.version, block.range.start + byte).filter(|r| r.range.contains_offset(block.range.start + byte))
    else {
        out.push(Action::ClearSelection);
        return;
    };
    let first = app.shown().iter().find(|f| app.analysis.findings[f.ix()].passage == Some(run.passage));
    match first {
        Some(f) => out.push(Action::Select { finding: app.analysis.findings[f.ix()].id, version: Some(p.key) }),
        None if cx.index.spread(run.passage) > 1 => out.push(Action::SelectPassage(app.analysis.passages[run.passage.ix()].id)),
        None => out.push(Action::ClearSelection),
    }
}

fn select(ui: &Ui, p: &Place, held: &mut Held, response: &egui::Response, origin: Pos2, selection: &mut Option<TextSelection>) {
    let Some(pos) = response.interact_pointer_pos() else { return };
    let local = pos - origin.to_vec2();
    if response.drag_started() {
        let from = ui.input(|i| i.pointer.press_origin()).unwrap_or(pos) - origin.to_vec2();
        let anchor = held.column.caret_at(from);
        *selection = Some(TextSelection { version: p.key, anchor, head: held.column.caret_at(local) });
    } else if response.dragged() {
        if let Some(s) = selection.as_mut().filter(|s| s.version == p.key) {
            s.head = held.column.caret_at(local);
        }
        let beyond = if pos.y < p.text.top() { pos.y - p.text.top() } else { (pos.y - p.text.bottom()).max(0.0) };
        if beyond != 0.0 {
            held.scroll = (held.scroll + beyond * 0.2).clamp(0.0, held.max_scroll(p.text.height()));
            ui.ctx().request_repaint();
        }
    } else if response.double_clicked() {
        let (anchor, head) = held.column.word_at(held.column.caret_at(local));
        *selection = Some(TextSelection { version: p.key, anchor, head });
    } else if response.clicked() {
        *selection = None;
    }
}

/// Copying, and keys that scroll.
fn keys(ui: &Ui, cx: &SideContext<'_>, state: &mut SideState, out: &mut Vec<Action>) {
    if cx.app.dialog.is_some() || ui.ctx().text_edit_focused() {
        return;
    }
    if ui.input(|i| i.events.iter().any(|e| matches!(e, Event::Copy)))
        && let Some(s) = &state.selection
        && let Some(held) = state.held.get(&s.version)
    {
        ui.ctx().copy_text(s.text(&held.column));
    }
    if ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::A))
        && let Some(key) = cx.app.focused.or_else(|| cx.app.columns().first().map(|v| cx.app.key(*v)))
        && let Some(held) = state.held.get(&key)
    {
        let last = held.column.blocks().len().saturating_sub(1);
        let chars = held.column.blocks().get(last).map_or(0, |b| b.text.chars().count());
        let (anchor, head) = (column::Caret { block: 0, char: 0 }, column::Caret { block: last, char: chars });
        state.selection = Some(TextSelection { version: key, anchor, head });
        out.push(Action::Focus(key));
    }
}

/// Gives every mark in sight a name and makes it reachable by keyboard.
fn names(ui: &Ui, p: &Place, held: &Held, origin: Pos2, cx: &SideContext<'_>, out: &mut Vec<Action>) {
    let app = cx.app;
    let total = app.shown().len();
    let (top, bottom) = (held.scroll, held.scroll + p.text.height());
    for (hit, rect) in column::visible_hits(&held.column, top, bottom) {
        let rect = rect.translate(origin.to_vec2()).intersect(p.text);
        if hit.kind == FindingKind::Wording || !rect.is_positive() {
            continue;
        }
        let id = Id::unique(("mark", p.key, hit.finding.0, hit.reading, hit.range.start));
        let response = ui.interact(rect, id, Sense::focusable_noninteractive());
        response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, mark_name(app, p.version, &hit, total)));
        if response.has_focus() {
            kit::focus_ring(ui, &response, 2.0);
            if ui.input(|i| i.key_pressed(Key::Enter) || i.key_pressed(Key::Space)) {
                out.push(Action::Select { finding: app.analysis.findings[hit.finding.ix()].id, version: Some(p.key) });
            }
        }
        if ui.input(|i| i.has_accesskit_action_request(id, egui::accesskit::Action::Click)) {
            out.push(Action::Select { finding: app.analysis.findings[hit.finding.ix()].id, version: Some(p.key) });
        }
    }
}

fn mark_name(app: &App, version: VersionIx, hit: &Hit, total: usize) -> String {
    let f = &app.analysis.findings[hit.finding.ix()];
    let words = app.version(version).slice(hit.range);
    let place =
        app.shown().iter().position(|s| *s == hit.finding).map(|i| format!(", difference {} of {total}", i + 1)).unwrap_or_default();
    let kind = f.kind.label().to_lowercase();
    format!("{kind}, {}{place}, reading {} of {}", shorten(words, 60), hit.reading + 1, f.readings.len())
}

/// The start of `text` up to a word's end near `max` characters.
pub fn shorten(text: &str, max: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= max {
        return flat;
    }
    let cut: String = flat.chars().take(max).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

/// "Conflict: around 35,000 here; more than 33,000 in B and D; nearly 40,000 in C".
pub fn explain(app: &App, finding: FindingIx, version: VersionIx, reading: Option<usize>) -> String {
    let f = &app.analysis.findings[finding.ix()];
    let reading = reading.or_else(|| f.readings.iter().position(|r| r.evidence.iter().any(|e| e.version == version)));
    let mut parts = Vec::new();
    for (i, r) in f.readings.iter().enumerate() {
        let mut holders: Vec<VersionIx> = r.evidence.iter().map(|e| e.version).collect();
        holders.dedup();
        let words = shorten(&r.text, 50);
        if Some(i) == reading {
            parts.insert(0, format!("{words} here"));
        } else {
            parts.push(format!("{words} in {}", list(&holders.into_iter().map(letter).collect::<Vec<_>>())));
        }
    }
    if !f.silent.is_empty() && f.silent.len() <= 4 {
        let holders: Vec<String> = f.silent.iter().map(|v| letter(*v)).collect();
        parts.push(format!("not said in {}", list(&holders)));
    }
    format!("{}: {}", f.kind.label(), parts.join("; "))
}

/// "A", "A and B", "A, B and C".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}
