//! Which columns are in sight, and where.

use super::{GUTTER, HEADER, MARGIN, Place, RIGHT, SideState, text_scale};
use crate::app::{App, InSight, Room};
use crate::base::{ContentId, VersionIx};
use egui::{Rect, pos2};

/// A column is never narrower at 100 %: 30 characters, a newspaper's own measure.
const MIN_COLUMN: f32 = 240.0;
/// But for seeing many at once, where the person asks for it: a long word still fits in a line.
const FITTED_COLUMN: f32 = 168.0;
/// Mean width of a character at 100 %, for the widest column.
const CHARACTER: f32 = 7.6;
/// Height of the bar that lists the versions when not all fit.
pub const RAIL: f32 = 36.0;

/// Which columns are in sight.
#[derive(Default)]
pub struct At {
    /// First of the columns that are not pinned.
    pub first: usize,
    /// One from farther away, brought for what is selected.
    guest: Option<ContentId>,
    last_focus: Option<ContentId>,
    /// How many columns fitted beside the pinned ones.
    free: usize,
    seen_selection: u64,
    seen_find: Option<usize>,
}

impl At {
    /// Scrolls to a first column.
    pub fn go(&mut self, first: usize) {
        self.first = first;
        self.guest = None;
    }
}

/// Gives columns their places. Returns them and whether some do not fit.
pub fn place(area: &mut Rect, columns: &[VersionIx], app: &App, state: &mut SideState, keyed: bool) -> (Vec<Place>, bool) {
    let full = Rect::from_min_max(pos2(area.left() + 4.0, area.top()), pos2(area.right() - 6.0, area.bottom()));
    // Larger text takes wider columns: it is characters that make a measure.
    let larger = text_scale(app).max(1.0);
    let min = match (app.settings.projector, app.settings.fit_columns) {
        (true, _) => (full.width() / 2.0 - GUTTER).max(MIN_COLUMN * larger),
        (false, true) => FITTED_COLUMN * larger,
        (false, false) => MIN_COLUMN * larger,
    };
    let fit = (((full.width() + GUTTER) / (min + GUTTER)).floor() as usize).max(1);
    let more = columns.len() > fit;
    if more {
        area.min.y += RAIL;
    }
    let pinned = columns.iter().filter(|v| app.is_pinned(**v)).count().min(fit.saturating_sub(1));
    let seen = bring(columns, pinned, fit - pinned, app, state, keyed);
    let n = (pinned + seen.len()).max(1) as f32;
    let width = ((full.width() - GUTTER * (n - 1.0)) / n).min(widest(app));
    let used = width * n + GUTTER * (n - 1.0);
    let left = (full.left() + (full.width() - used) / 2.0).round();
    let top = area.top();
    let mut before = None;
    let places = (0..pinned)
        .chain(seen)
        .enumerate()
        .map(|(i, column)| {
            let x = (left + i as f32 * (width + GUTTER)).round();
            let rect = Rect::from_min_max(pos2(x, top), pos2((x + width).round(), full.bottom()));
            // Columns between pinned ones and the others are out of sight as a matter of course.
            let gap = before.replace(column).filter(|b| *b >= pinned).map_or(0, |b: usize| column - b - 1);
            let version = columns[column];
            Place { version, key: app.key(version), rect, text: rect.with_min_y(top + HEADER), gap }
        })
        .collect();
    (places, more)
}

/// The columns in sight beside the pinned ones: a column that gets the focus comes into sight, so does a match that was stepped
/// to, and of what is selected the base and something that differs from it.
fn bring(columns: &[VersionIx], pinned: usize, free: usize, app: &App, state: &mut SideState, keyed: bool) -> Vec<usize> {
    let index = |v: VersionIx| columns.iter().position(|c| *c == v);
    let of_key = |k: ContentId| app.version_ix(k).and_then(|v| app.column_of(v)).and_then(index);
    let mut at = InSight { first: state.at.first, guest: state.at.guest.and_then(of_key) };
    let room = Room { columns: columns.len(), pinned, free, sides: &[], keep: None, guests: true };
    let mut wanted = None;
    if state.at.last_focus != app.focused {
        state.at.last_focus = app.focused;
        wanted = app.focused.and_then(of_key);
        // By F6 the keyboard goes along, by a click it does not.
        state.take_keyboard = app.focused.filter(|_| keyed);
    }
    let new_match = state.at.seen_find != app.find.current;
    let new_selection = state.at.seen_selection != app.selection.scroll;
    state.at.seen_find = app.find.current;
    state.at.seen_selection = app.selection.scroll;
    if new_match {
        let found = app.find.current.and_then(|i| app.find.matches.get(i));
        wanted = found.and_then(|m| app.column_of(m.version)).and_then(index).or(wanted);
    }
    if let Some(column) = wanted.filter(|c| *c >= pinned && !at.places(&room).contains(c)) {
        let place = column - pinned;
        let first = if place < at.first { place } else { place.saturating_sub(free - 1).max(at.first) };
        at = InSight { first, guest: None };
    }
    let fewer = std::mem::replace(&mut state.at.free, free) != free && state.scrolling.in_view;
    if (new_selection && !new_match) || fewer {
        let keep = app.selection.scroll_version.and_then(of_key);
        at = at.bring(&Room { sides: &sides(app, &index), keep, ..room });
    }
    at.first = at.first.min((columns.len() - pinned).saturating_sub(free));
    let places = at.places(&room);
    // A guest that stands in the row by now is none.
    at.guest = at.guest.filter(|g| places.windows(2).any(|w| w[1] > w[0] + 1 && w.contains(g)));
    state.at.first = at.first;
    state.at.guest = at.guest.map(|g| app.key(columns[g]));
    places
}

/// The columns of what is selected: of each of a finding's sides, else of all that have a part in the passage.
fn sides(app: &App, index: &impl Fn(VersionIx) -> Option<usize>) -> Vec<Vec<usize>> {
    let sides = match (app.selected(), app.selected_passage()) {
        (Some(finding), _) => app.sides(finding),
        (None, Some(passage)) => vec![app.analysis.passages[passage.ix()].members.iter().map(|m| m.version).collect()],
        (None, None) => Vec::new(),
    };
    let columns = |side: Vec<VersionIx>| -> Vec<usize> {
        let mut columns: Vec<usize> = side.into_iter().filter_map(|v| app.column_of(v)).filter_map(index).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    };
    sides.into_iter().map(columns).filter(|s| !s.is_empty()).collect()
}

/// The widest column: the measure that the person chose, and the margins.
fn widest(app: &App) -> f32 {
    (f32::from(app.settings.measure) * CHARACTER * text_scale(app) + MARGIN + RIGHT).max(MIN_COLUMN)
}
