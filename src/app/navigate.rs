//! Stepping from difference to difference and from column to column.

use super::{App, View};
use crate::base::{ContentId, FindingIx};
use crate::compare::FilterGroup;

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
    /// The findings that are stepped through, in order: of those shown the ones that the view in front lists.
    pub fn stepped(&self) -> Vec<FindingIx> {
        self.shown().iter().copied().filter(|f| self.lists(*f)).collect()
    }

    /// Whether the view in front lists a finding: details and quotes have views of their own.
    pub fn lists(&self, finding: FindingIx) -> bool {
        let f = &self.analysis.findings[finding.ix()];
        let group = f.kind.group();
        match self.view {
            View::Details => f.detail.is_some() || matches!(group, FilterGroup::Conflict | FilterGroup::Later | FilterGroup::Compatible),
            View::Quotes => group == FilterGroup::Quotes,
            View::SideBySide | View::Passages | View::Overview => true,
        }
    }

    /// "difference 3 of 41": the place of the selected finding among those stepped through, from 1, and their number.
    pub fn place(&self) -> (Option<usize>, usize) {
        let stepped = self.stepped();
        (self.selected().and_then(|f| stepped.iter().position(|s| *s == f)).map(|i| i + 1), stepped.len())
    }

    /// The finding that a step forward would go to from one that the view does not list.
    pub fn next_listed(&self) -> Option<FindingIx> {
        let stepped = self.stepped();
        let here = self.selected()?;
        stepped.get(stepped.partition_point(|f| self.in_order(*f, here).is_lt())).or(stepped.first()).copied()
    }

    /// Selects another difference among those stepped through. At the ends it goes round.
    pub(super) fn step_difference(&mut self, to: StepTo) {
        let shown = self.stepped();
        let n = shown.len();
        if n == 0 {
            return;
        }
        let at = self.place().0.map(|p| p - 1);
        // What a filter or a verdict took out of the list still has its place in it: the steps go on from there.
        let gone = self.selected().or_else(|| {
            let id = self.left_at?;
            self.analysis.findings.iter().position(|f| f.id == id).map(FindingIx::from)
        });
        let before = gone.map(|g| shown.partition_point(|f| self.in_order(*f, g).is_lt()));
        let next = match (to, at) {
            (StepTo::First, _) => 0,
            (StepTo::Last, _) => n - 1,
            (StepTo::Next, None) => before.unwrap_or(0) % n,
            (StepTo::Previous, None) => (before.unwrap_or(0) + n - 1) % n,
            (StepTo::Next, Some(i)) => (i + 1) % n,
            (StepTo::Previous, Some(i)) => (i + n - 1) % n,
        };
        let id = self.analysis.findings[shown[next].ix()].id;
        self.select_finding(id, None);
    }

    pub(super) fn select_finding(&mut self, finding: ContentId, version: Option<ContentId>) {
        self.selection.finding = Some(finding);
        self.left_at = None;
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
