//! Which findings are shown, and in what order they are stepped through.

use super::App;
use crate::base::FindingIx;
use crate::compare::{FilterGroup, Finding};
use std::collections::BTreeSet;

/// The state of the chips.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The groups that are on.
    pub groups: BTreeSet<FilterGroup>,
    /// Whether dismissed findings are stepped through.
    pub dismissed: bool,
}

impl Default for Filter {
    /// All but wording and dismissed.
    fn default() -> Self {
        Self { groups: FilterGroup::ALL.into_iter().filter(|g| *g != FilterGroup::Wording).collect(), dismissed: false }
    }
}

impl App {
    /// The number of findings of each group, dismissed ones left out.
    pub fn count(&self, group: FilterGroup) -> usize {
        (0..self.analysis.findings.len())
            .filter(|&i| self.analysis.findings[i].kind.group() == group && !self.is_dismissed(FindingIx::from(i)))
            .count()
    }

    /// The number of dismissed findings.
    pub fn dismissed_count(&self) -> usize {
        (0..self.analysis.findings.len()).filter(|&i| self.is_dismissed(FindingIx::from(i))).count()
    }

    /// Whether a finding passes the chips. Confirmed ones stay whatever the filter.
    pub fn passes(&self, finding: FindingIx) -> bool {
        if self.is_confirmed(finding) {
            return true;
        }
        let on = self.filter.groups.contains(&self.analysis.findings[finding.ix()].kind.group());
        on && (self.filter.dismissed || !self.is_dismissed(finding))
    }

    /// Works out again which findings are shown: in the order in which the versions tell them.
    pub(super) fn refresh_shown(&mut self) {
        let mut shown: Vec<FindingIx> = (0..self.analysis.findings.len()).map(FindingIx::from).filter(|f| self.passes(*f)).collect();
        shown.sort_by(|a, b| self.in_order(*a, *b));
        self.shown = shown;
    }

    /// After the filter changed: what it hides is not selected any more. Stepping goes on from its place.
    pub(super) fn refilter(&mut self) {
        self.refresh_shown();
        match self.selected() {
            Some(selected) if !self.passes(selected) => self.left_at = self.selection.finding.take(),
            Some(_) => {}
            None if self.selection.passage.is_none() => {
                let back = self.shown.iter().any(|f| Some(self.analysis.findings[f.ix()].id) == self.left_at);
                if back {
                    self.selection.finding = self.left_at.take();
                }
            }
            None => {}
        }
    }

    /// The order in which findings are stepped through.
    pub(super) fn in_order(&self, a: FindingIx, b: FindingIx) -> std::cmp::Ordering {
        let (x, y) = (&self.analysis.findings[a.ix()], &self.analysis.findings[b.ix()]);
        self.depth(x).total_cmp(&self.depth(y)).then(x.kind.cmp(&y.kind)).then(x.id.cmp(&y.id))
    }

    /// How far down its versions a finding first stands, 0 to 1, as a mean over the versions that hold it.
    fn depth(&self, finding: &Finding) -> f32 {
        let mut firsts: Vec<(crate::base::VersionIx, u32)> = Vec::new();
        for evidence in finding.readings.iter().flat_map(|r| &r.evidence) {
            match firsts.iter_mut().find(|(v, _)| *v == evidence.version) {
                Some((_, at)) => *at = (*at).min(evidence.range.start),
                None => firsts.push((evidence.version, evidence.range.start)),
            }
        }
        let sum: f32 = firsts.iter().map(|(v, at)| *at as f32 / self.version(*v).document.text.len().max(1) as f32).sum();
        sum / firsts.len().max(1) as f32
    }
}
