//! What is marked in each version: one model for columns, grids and cells.

use super::passages_index::PassageIndex;
use crate::app::App;
use crate::base::{FindingIx, TextRange, VersionIx};
use crate::compare::{FilterGroup, FindingKind};
use crate::project::Verdict;
use std::hash::{Hash, Hasher};

/// A mark in a version's text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// The words.
    pub range: TextRange,
    /// The finding.
    pub finding: FindingIx,
    /// Which of its readings.
    pub reading: usize,
    /// Its kind.
    pub kind: FindingKind,
    /// Drawn in `hair`: wording while its chip is off, dismissed findings.
    pub faint: bool,
    /// Whether its sign stands in the margin here: once a finding and version.
    pub glyph: bool,
    /// For cut quotes: whether this version is the one that cut.
    pub cut_here: bool,
}

/// A version's marks, strongest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VersionMarks {
    /// The marks.
    pub marks: Vec<Mark>,
    /// Where copies folded into this version say something else.
    pub copies: Vec<CopyMark>,
}

/// A place where folded copies say something else than the version that stands for them.
#[derive(Clone, Debug, PartialEq)]
pub struct CopyMark {
    /// The difference.
    pub finding: FindingIx,
    /// The copies.
    pub versions: Vec<VersionIx>,
    /// The words beside which it stands: the version's own of the finding, else those of the passage.
    pub at: TextRange,
}

/// The marks of all versions.
#[derive(Debug, Default)]
pub struct Marks {
    /// By version.
    pub versions: Vec<VersionMarks>,
    /// Changes when any mark does.
    pub key: u64,
}

impl Marks {
    /// Makes the marks again if what they are made from changed.
    pub fn refresh(&mut self, app: &App, index: &PassageIndex, faint_wording: bool) {
        let key = key(app, faint_wording);
        if key != self.key || self.versions.len() != app.analysis.versions.len() {
            *self = build(app, index, faint_wording, key);
        }
    }
}

fn key(app: &App, faint_wording: bool) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    app.generation.hash(&mut hasher);
    app.shown().hash(&mut hasher);
    faint_wording.hash(&mut hasher);
    app.settings.fold_copies.hash(&mut hasher);
    app.unfolded.hash(&mut hasher);
    app.project.hidden.hash(&mut hasher);
    for (id, judgement) in &app.project.judgements {
        id.hash(&mut hasher);
        judgement.verdict.hash(&mut hasher);
    }
    hasher.finish()
}

fn build(app: &App, index: &PassageIndex, faint_wording: bool, key: u64) -> Marks {
    let mut versions = vec![VersionMarks::default(); app.analysis.versions.len()];
    let shown: rustc_hash::FxHashSet<FindingIx> = app.shown().iter().copied().collect();
    for (i, finding) in app.analysis.findings.iter().enumerate() {
        let ix = FindingIx::from(i);
        let dismissed = app.judgement(ix).is_some_and(|j| j.verdict == Some(Verdict::Dismissed));
        let group = finding.kind.group();
        let wording = group == FilterGroup::Wording && faint_wording;
        let visible = shown.contains(&ix) || wording || (dismissed && app.filter.groups.contains(&group));
        if !visible || matches!(finding.kind, FindingKind::Silent | FindingKind::Order) {
            continue;
        }
        let faint = dismissed || finding.kind == FindingKind::Wording;
        let longest = finding.readings.iter().map(|r| r.evidence.iter().map(|e| e.range.len()).max().unwrap_or(0)).max().unwrap_or(0);
        let mut signed = vec![false; versions.len()];
        for (reading, r) in finding.readings.iter().enumerate() {
            for evidence in &r.evidence {
                let v = evidence.version.ix();
                let Some(marks) = versions.get_mut(v) else { continue };
                let glyph = !faint && !signed[v] && has_margin_glyph(finding.kind);
                signed[v] |= glyph;
                let cut_here = finding.kind == FindingKind::QuoteTrimmed && evidence.range.len() < longest;
                marks.marks.push(Mark { range: evidence.range, finding: ix, reading, kind: finding.kind, faint, glyph, cut_here });
            }
        }
    }
    for version in &mut versions {
        version.marks.sort_by_key(|m| (m.faint, m.kind, m.range.start, m.finding));
    }
    mark_copies(app, index, &mut versions);
    Marks { versions, key }
}

/// What stands in `head` before the place where a copy has words that `head` has not.
fn after(index: &PassageIndex, finding: &crate::compare::Finding, copy: VersionIx, head: VersionIx) -> Option<TextRange> {
    let start = finding.readings.iter().flat_map(|r| &r.evidence).find(|e| e.version == copy)?.range.start;
    let before = index.runs(copy).iter().rev().filter(|r| r.range.end <= start);
    let range = before.filter_map(|r| index.main_run(r.passage, head)).next()?;
    Some(TextRange { start: range.end.saturating_sub(1).max(range.start), end: range.end })
}

fn mark_copies(app: &App, index: &PassageIndex, versions: &mut [VersionMarks]) {
    for deviation in app.deviations() {
        let Some(head) = app.folded_into(deviation.version) else { continue };
        let finding = &app.analysis.findings[deviation.finding.ix()];
        let copies = &mut versions[head.ix()].copies;
        if let Some(mark) = copies.iter_mut().find(|c| c.finding == deviation.finding) {
            mark.versions.push(deviation.version);
            continue;
        }
        let own = finding.readings.iter().flat_map(|r| &r.evidence).filter(|e| e.version == head).map(|e| e.range).min();
        let at = own.or_else(|| index.main_run(finding.passage?, head)).or_else(|| after(index, finding, deviation.version, head));
        let at = at.unwrap_or_default();
        copies.push(CopyMark { finding: deviation.finding, versions: vec![deviation.version], at });
    }
    versions.iter_mut().for_each(|v| v.copies.sort_by_key(|c| (c.at.start, c.finding)));
}

/// Compatible values are many and calm: they carry their sign in chips and lists alone.
fn has_margin_glyph(kind: FindingKind) -> bool {
    !matches!(kind, FindingKind::DetailCompatible | FindingKind::NameSpelling | FindingKind::Wording)
}
