//! Stepping from difference to difference and from column to column.

use super::App;
use crate::base::ContentId;

/// Where to step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepTo {
    /// The one after.
    Next,
    /// The one before.
    Previous,
    /// The first.
    First,
    /// The last.
    Last,
}

impl App {
    /// Selects another difference among those shown. At the ends it goes round.
    pub(super) fn step_difference(&mut self, to: StepTo) {
        let shown = self.shown();
        let n = shown.len();
        if n == 0 {
            return;
        }
        let at = self.place().0.map(|p| p - 1);
        let next = match (to, at) {
            (StepTo::First, _) | (StepTo::Next, None) => 0,
            (StepTo::Last, _) | (StepTo::Previous, None) => n - 1,
            (StepTo::Next, Some(i)) => (i + 1) % n,
            (StepTo::Previous, Some(i)) => (i + n - 1) % n,
        };
        let id = self.analysis.findings[shown[next].ix()].id;
        self.select_finding(id, None);
    }

    pub(super) fn select_finding(&mut self, finding: ContentId, version: Option<ContentId>) {
        self.selection.finding = Some(finding);
        self.selection.passage = None;
        self.selection.scroll_version = version;
        self.selection.scroll += 1;
    }

    /// Gives the next or previous shown column the focus, round the ends.
    pub(super) fn step_column(&mut self, forward: bool) {
        let columns: Vec<ContentId> = self.columns().into_iter().map(|v| self.key(v)).collect();
        if columns.is_empty() {
            return;
        }
        let n = columns.len();
        let at = self.focused.and_then(|k| columns.iter().position(|c| *c == k));
        let next = match at {
            None if forward => 0,
            None => n - 1,
            Some(i) if forward => (i + 1) % n,
            Some(i) => (i + n - 1) % n,
        };
        self.focused = Some(columns[next]);
    }

    /// Moves the focused column by one among those shown.
    pub(super) fn move_focused_column(&mut self, right: bool) -> Option<(ContentId, usize)> {
        let key = self.focused?;
        let columns: Vec<ContentId> = self.columns().into_iter().map(|v| self.key(v)).collect();
        let at = columns.iter().position(|c| *c == key)?;
        let other = if right { *columns.get(at + 1)? } else { columns[at.checked_sub(1)?] };
        let place = self.project.columns.iter().position(|c| *c == other)?;
        Some((key, place))
    }
}
