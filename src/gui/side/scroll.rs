//! Scrolling together by passages, and gliding to what was selected.
//!
//! The column under the pointer leads. At a third of its height stands some passage; the others bring
//! the same part of that passage to the same height. Where a version lacks the passage, its place between
//! the nearest passages that both have is taken.

use super::{Held, Place, SideContext, SideState};
use crate::base::{ContentId, TextRange, VersionIx};
use egui::{Key, Modifiers, Rect, Ui};

/// Glides last this long, in seconds.
const GLIDE_S: f64 = 0.12;
/// A follower farther than this from its place glides there, nearer it moves at once.
const SNAP: f32 = 90.0;

/// Points scrolled across for which the next column comes.
const ACROSS: f32 = 48.0;

/// The state of scrolling.
#[derive(Default)]
pub struct Scrolling {
    across: f32,
    /// The columns that were in sight in the frame before.
    in_sight: Vec<ContentId>,
    leader: Option<ContentId>,
    glide: Option<Glide>,
    seen: u64,
    seen_find: Option<usize>,
    /// What the columns' layout hung on in the frame before.
    layout: Option<Layout>,
    /// Whether words of the selection were in view in the frame before.
    pub in_view: bool,
}

/// What moves the words of a column when it changes.
#[derive(Clone, Copy, PartialEq)]
struct Layout {
    columns: usize,
    width: f32,
    height: f32,
    text: u16,
    lines: u16,
}

struct Glide {
    began: f64,
    moves: Vec<(ContentId, f32, f32)>,
}

/// Takes wheel and keys.
pub fn input(ui: &Ui, area: Rect, places: &[Place], cx: &SideContext<'_>, state: &mut SideState) {
    let pointer = ui.ctx().pointer_hover_pos().filter(|p| area.contains(*p) && ui.rect_contains_pointer(area));
    let mut by = 0.0;
    let mut leader = None;
    if let Some(pos) = pointer {
        let delta = ui.input(|i| i.smooth_scroll_delta());
        by = -delta.y;
        leader = places.iter().min_by(|a, b| distance(a, pos.x).total_cmp(&distance(b, pos.x))).map(|p| p.key);
        // A turn of the wheel comes in several frames: one column for so much of it.
        state.scrolling.across -= delta.x;
        let columns = (state.scrolling.across / ACROSS).trunc();
        if columns != 0.0 {
            state.scrolling.across -= columns * ACROSS;
            state.at.go(state.at.first.saturating_add_signed(columns as isize));
        }
    }
    if cx.app.dialog.is_none() && !ui.ctx().text_edit_focused() {
        let page = places.first().map_or(400.0, |p| p.text.height() - 66.0);
        let keyed = ui.input_mut(|i| {
            let mut dy = 0.0;
            for (key, d) in [(Key::PageDown, page), (Key::PageUp, -page), (Key::Home, -1e7), (Key::End, 1e7)] {
                if i.consume_key(Modifiers::NONE, key) {
                    dy += d;
                }
            }
            dy
        });
        if keyed != 0.0 {
            by += keyed;
            leader = cx.app.focused.filter(|k| places.iter().any(|p| p.key == *k)).or(places.first().map(|p| p.key));
        }
    }
    if by != 0.0
        && let Some(leader) = leader
    {
        state.scrolling.glide = None;
        state.scrolling.leader = Some(leader);
        if let (Some(p), Some(held)) = (places.iter().find(|p| p.key == leader), state.held.get_mut(&leader)) {
            held.scroll = (held.scroll + by).clamp(0.0, held.max_scroll(p.text.height()));
            held.column.lay_out(ui.ctx(), held.scroll, held.scroll + p.text.height());
        }
    }
}

/// Scrolls one column by a wheel over the strip.
pub fn by_wheel(state: &mut SideState, places: &[Place], dy: f32) {
    let Some(p) = places.first() else { return };
    state.scrolling.glide = None;
    state.scrolling.leader = Some(p.key);
    if let Some(held) = state.held.get_mut(&p.key) {
        held.scroll = (held.scroll + dy).clamp(0.0, held.max_scroll(p.text.height()));
    }
}

fn distance(place: &Place, x: f32) -> f32 {
    (place.rect.left() - x).max(x - place.rect.right()).max(0.0)
}

/// Starts a glide when the selection asks to be seen.
pub fn follow_selection(ui: &Ui, places: &[Place], cx: &SideContext<'_>, state: &mut SideState) {
    let app = cx.app;
    let layout = places.first().map(|p| Layout {
        columns: places.len(),
        width: p.text.width(),
        height: p.text.height(),
        text: app.settings.text_percent,
        lines: app.settings.line_percent,
    });
    let asked = state.scrolling.seen != app.selection.scroll || state.scrolling.seen_find != app.find.current;
    // What was in view stays so in other columns, in larger text and beside a panel that opens.
    let moved = std::mem::replace(&mut state.scrolling.layout, layout) != layout && state.scrolling.in_view;
    if !asked && !moved {
        return;
    }
    let found = (state.scrolling.seen_find != app.find.current).then(|| app.find.current.and_then(|i| app.find.matches.get(i))).flatten();
    state.scrolling.seen = app.selection.scroll;
    state.scrolling.seen_find = app.find.current;
    let mut wanted: Vec<(ContentId, TextRange)> = Vec::new();
    for p in places {
        let range = match found {
            Some(m) => (m.version == p.version).then_some(m.range),
            None => selected_range(cx, p.version),
        };
        if let (Some(range), Some(held)) = (range, state.held.get_mut(&p.key)) {
            held.column.lay_out_range(ui.ctx(), range);
            wanted.push((p.key, range));
        }
    }
    if wanted.is_empty() {
        return;
    }
    let in_view = |key: &ContentId, range: &TextRange| {
        let (Some(p), Some(held)) = (places.iter().find(|p| p.key == *key), state.held.get(key)) else { return false };
        let (top, bottom) = held.column.extent(*range);
        top - held.scroll >= 8.0 && bottom - held.scroll <= p.text.height() - 30.0
    };
    if wanted.iter().all(|(k, r)| in_view(k, r)) {
        return;
    }
    // Where a column was clicked it stays, and the others bring their words to the same height.
    let clicked = app.selection.scroll_version.filter(|_| found.is_none());
    let height = clicked.and_then(|key| {
        let (_, range) = wanted.iter().find(|(k, _)| *k == key)?;
        let held = state.held.get(&key)?;
        in_view(&key, range).then(|| held.column.extent(*range).0 - held.scroll)
    });
    let mut moves = Vec::new();
    for p in places {
        let Some((_, range)) = wanted.iter().find(|(k, _)| *k == p.key) else { continue };
        let Some(held) = state.held.get(&p.key) else { continue };
        if height.is_some() && clicked == Some(p.key) {
            continue;
        }
        let at = height.unwrap_or(p.text.height() / 3.0);
        let to = (held.column.extent(*range).0 - at).clamp(0.0, held.max_scroll(p.text.height()));
        moves.push((p.key, held.scroll, to.round()));
    }
    state.scrolling.leader = None;
    if app.settings.scroll_together
        && let Some(source) = moves.first().map(|m| (m.0, m.2))
    {
        for p in places.iter().filter(|p| !wanted.iter().any(|(k, _)| *k == p.key)) {
            if let Some(to) = target(cx, state, source.0, source.1, p) {
                moves.push((p.key, state.held[&p.key].scroll, to));
            }
        }
    }
    if app.settings.reduced_motion || !asked {
        apply(state, &moves, 1.0);
        return;
    }
    state.scrolling.glide = Some(Glide { began: ui.input(|i| i.time), moves });
    ui.ctx().request_repaint();
}

/// Puts columns that have just come into sight beside those that were: at the same words of the selection where those are in
/// view, else at the same passage.
pub fn join_newcomers(ui: &Ui, places: &[Place], cx: &SideContext<'_>, state: &mut SideState) {
    let now: Vec<ContentId> = places.iter().map(|p| p.key).collect();
    if now == state.scrolling.in_sight {
        return;
    }
    let before = std::mem::replace(&mut state.scrolling.in_sight, now);
    if !cx.app.settings.scroll_together || before.is_empty() {
        return;
    }
    let stayed =
        places.iter().map(|p| p.key).find(|k| before.contains(k)).or_else(|| before.iter().copied().find(|k| state.held.contains_key(k)));
    let Some((anchor, version)) = stayed.and_then(|k| Some((k, cx.app.version_ix(k)?))) else { return };
    let gliding = |key: ContentId, state: &SideState| state.scrolling.glide.as_ref().is_some_and(|g| g.moves.iter().any(|m| m.0 == key));
    for p in places.iter().filter(|p| !before.contains(&p.key)) {
        if gliding(p.key, state) {
            continue;
        }
        let Some(lead) = state.held.get(&anchor) else { return };
        let from = lead.scroll;
        let beside = selected_range(cx, version).map(|r| lead.column.extent(r).0 - from).filter(|y| *y > -40.0 && *y < p.text.height());
        let mut to = None;
        if let (Some(y), Some(range)) = (beside, selected_range(cx, p.version))
            && let Some(held) = state.held.get_mut(&p.key)
        {
            held.column.lay_out_range(ui.ctx(), range);
            to = Some(held.column.extent(range).0 - y);
        }
        let to = to.or_else(|| target(cx, state, anchor, from, p));
        if let (Some(to), Some(held)) = (to, state.held.get_mut(&p.key)) {
            held.scroll = to.clamp(0.0, held.max_scroll(p.text.height())).round();
            held.column.lay_out(ui.ctx(), held.scroll, held.scroll + p.text.height());
        }
    }
}

/// The words to show of the selection in a version.
fn selected_range(cx: &SideContext<'_>, version: VersionIx) -> Option<TextRange> {
    let app = cx.app;
    if let Some(f) = app.selected() {
        let finding = &app.analysis.findings[f.ix()];
        let evidence = finding.readings.iter().flat_map(|r| &r.evidence).filter(|e| e.version == version).min();
        if let Some(e) = evidence {
            return Some(e.range);
        }
    }
    cx.index.main_run(app.selected_passage()?, version)
}

/// Moves glides and followers on.
pub fn advance(ui: &Ui, places: &[Place], cx: &SideContext<'_>, state: &mut SideState) {
    if let Some(glide) = state.scrolling.glide.take() {
        let t = ((ui.input(|i| i.time) - glide.began) / GLIDE_S).clamp(0.0, 1.0) as f32;
        let eased = 1.0 - (1.0 - t).powi(3);
        apply(state, &glide.moves, eased);
        if t < 1.0 {
            state.scrolling.glide = Some(glide);
            ui.ctx().request_repaint();
        }
    } else if cx.app.settings.scroll_together
        && let Some(leader) = state.scrolling.leader
    {
        let dt = ui.input(|i| i.stable_dt).min(0.05);
        let mut moving = false;
        let from = state.held.get(&leader).map_or(0.0, |h| h.scroll);
        for p in places.iter().filter(|p| p.key != leader) {
            let Some(to) = target(cx, state, leader, from, p) else { continue };
            let Some(held) = state.held.get_mut(&p.key) else { continue };
            let away = to - held.scroll;
            if away.abs() <= SNAP || cx.app.settings.reduced_motion {
                held.scroll = to;
            } else {
                held.scroll += away * (1.0 - (-dt / 0.045).exp());
                moving = true;
            }
        }
        if moving {
            ui.ctx().request_repaint();
        }
    }
    state.scrolling.in_view = false;
    for p in places {
        if let Some(held) = state.held.get_mut(&p.key) {
            held.scroll = held.scroll.clamp(0.0, held.max_scroll(p.text.height()));
            held.column.lay_out(ui.ctx(), held.scroll, held.scroll + p.text.height());
            if let Some(range) = selected_range(cx, p.version) {
                let (top, bottom) = held.column.extent(range);
                state.scrolling.in_view |= bottom > held.scroll && top < held.scroll + p.text.height();
            }
        }
    }
    // On its way to the view is as good as in it.
    state.scrolling.in_view |= state.scrolling.glide.is_some();
}

fn apply(state: &mut SideState, moves: &[(ContentId, f32, f32)], t: f32) {
    for (key, from, to) in moves {
        if let Some(held) = state.held.get_mut(key) {
            held.scroll = from + (to - from) * t;
        }
    }
}

/// Where `follower` has to be so that it stands beside the leader at `leader_scroll`.
fn target(cx: &SideContext<'_>, state: &SideState, leader: ContentId, leader_scroll: f32, follower: &Place) -> Option<f32> {
    // The leader may be out of sight by now: its text stays laid out.
    let version = cx.app.version_ix(leader)?;
    let (lead, follow) = (state.held.get(&leader)?, state.held.get(&follower.key)?);
    let view = follower.text.height();
    let max = follow.max_scroll(view);
    // At its ends the leader brings the others to theirs.
    if leader_scroll <= 0.5 {
        return Some(0.0);
    }
    let lead_max = lead.max_scroll(view);
    if leader_scroll >= lead_max - 0.5 {
        return Some(max);
    }
    let third = view / 3.0;
    let y = leader_scroll + third;
    let place = beside(cx, version, lead, follower.version, follow, y)?;
    // Near the ends the passages' places are blended with the ends themselves, so that nothing jumps there.
    let wanted = (place - third).clamp(0.0, max);
    let near_top = (leader_scroll / third).min(1.0);
    let near_end = ((lead_max - leader_scroll) / third).clamp(0.0, 1.0);
    Some(((wanted * near_top) * near_end + max * (1.0 - near_end)).round())
}

fn beside(cx: &SideContext<'_>, version: VersionIx, lead: &Held, other: VersionIx, follow: &Held, y: f32) -> Option<f32> {
    let block = lead.column.block_at(y);
    let b = lead.column.blocks().get(block)?;
    let share = ((y - lead.column.top(block)) / lead.column.block_height(block).max(1.0)).clamp(0.0, 1.0);
    let offset = b.range.start + (b.range.len() as f32 * share * 0.999) as u32;
    let run = cx.index.run_at(version, offset)?;
    if run.range.contains_offset(offset)
        && let Some(there) = cx.index.main_run(run.passage, other)
    {
        let (top, bottom) = lead.column.extent(run.range);
        let fraction = ((y - top) / (bottom - top).max(1.0)).clamp(0.0, 1.0);
        let (top, bottom) = follow.column.extent(there);
        return Some(top + fraction * (bottom - top));
    }
    // Between the nearest passages before and after that both have.
    let runs = cx.index.runs(version);
    let at = runs.partition_point(|r| r.range.start <= offset);
    let shared = |r: &&super::super::passages_index::Run| cx.index.main_run(r.passage, other).is_some();
    let before = runs[..at].iter().rev().find(shared);
    let after = runs[at..].iter().find(shared);
    let ends = |r: &super::super::passages_index::Run, bottom: bool| {
        let here = lead.column.extent(r.range);
        let there = cx.index.main_run(r.passage, other).map_or((0.0, 0.0), |t| follow.column.extent(t));
        if bottom { (here.1, there.1) } else { (here.0, there.0) }
    };
    let (y0, t0) = before.map_or((0.0, 0.0), |r| ends(r, true));
    let (y1, t1) = after.map_or((lead.column.height(), follow.column.height()), |r| ends(r, false));
    let share = ((y - y0) / (y1 - y0).max(1.0)).clamp(0.0, 1.0);
    Some(t0 + share * (t1 - t0))
}
