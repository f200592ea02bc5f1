//! Where passages stand in each version, as runs of adjacent sentences.

use crate::analysis::Analysis;
use crate::base::{PassageIx, TextRange, VersionIx};

/// A run of adjacent sentences of one passage in one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// From the first sentence's start to the last one's end.
    pub range: TextRange,
    /// The passage.
    pub passage: PassageIx,
}

/// All runs, by version in text order and by passage.
#[derive(Debug, Default)]
pub struct PassageIndex {
    /// By version: runs in text order.
    runs: Vec<Vec<Run>>,
    /// By passage, then version: the longest run.
    main: Vec<Vec<Option<TextRange>>>,
    /// By passage, then version: its place among the passages that the version tells, from 1.
    places: Vec<Vec<Option<usize>>>,
}

impl PassageIndex {
    /// Reads the runs out of an analysis.
    pub fn new(analysis: &Analysis) -> Self {
        let n = analysis.versions.len();
        let mut runs = vec![Vec::new(); n];
        let mut main = vec![vec![None; n]; analysis.passages.len()];
        for (p, passage) in analysis.passages.iter().enumerate() {
            for member in &passage.members {
                let Some(version) = analysis.versions.get(member.version.ix()) else { continue };
                let sentences = &version.document.sentences;
                let mut here: Vec<TextRange> = Vec::new();
                let mut last = usize::MAX;
                for s in &member.sentences {
                    let Some(sentence) = sentences.get(s.ix()) else { continue };
                    match here.last_mut() {
                        Some(run) if last + 1 == s.ix() => *run = run.cover(sentence.range),
                        _ => here.push(sentence.range),
                    }
                    last = s.ix();
                }
                main[p][member.version.ix()] = here.iter().copied().max_by_key(|r| (r.len(), std::cmp::Reverse(r.start)));
                runs[member.version.ix()].extend(here.into_iter().map(|range| Run { range, passage: PassageIx::from(p) }));
            }
        }
        runs.iter_mut().for_each(|r| r.sort_by_key(|r| (r.range.start, r.range.end, r.passage)));
        let mut places = vec![vec![None; n]; main.len()];
        for (v, runs) in runs.iter().enumerate() {
            let mut seen = 0;
            for run in runs {
                let p = run.passage.ix();
                if main[p][v] == Some(run.range) && places[p][v].is_none() {
                    seen += 1;
                    places[p][v] = Some(seen);
                }
            }
        }
        Self { runs, main, places }
    }

    /// A version's runs in text order.
    pub fn runs(&self, version: VersionIx) -> &[Run] {
        self.runs.get(version.ix()).map_or(&[], Vec::as_slice)
    }

    /// The longest run of a passage in a version.
    pub fn main_run(&self, passage: PassageIx, version: VersionIx) -> Option<TextRange> {
        *self.main.get(passage.ix())?.get(version.ix())?
    }

    /// The place of a passage among those that a version tells, from 1.
    pub fn place(&self, passage: PassageIx, version: VersionIx) -> Option<usize> {
        *self.places.get(passage.ix())?.get(version.ix())?
    }

    /// Every run of a passage in a version.
    pub fn runs_of(&self, passage: PassageIx, version: VersionIx) -> Vec<TextRange> {
        self.runs(version).iter().filter(|r| r.passage == passage).map(|r| r.range).collect()
    }

    /// How many versions report a passage.
    pub fn spread(&self, passage: PassageIx) -> usize {
        self.main.get(passage.ix()).map_or(0, |m| m.iter().flatten().count())
    }

    /// The run that holds a byte, or the nearest before it; where several do, the one that most versions report.
    pub fn run_at(&self, version: VersionIx, offset: u32) -> Option<Run> {
        let runs = self.runs(version);
        let end = runs.partition_point(|r| r.range.start <= offset);
        let holding = runs[..end].iter().rev().take(8).filter(|r| r.range.contains_offset(offset));
        holding.copied().max_by_key(|r| (self.spread(r.passage), std::cmp::Reverse(r.passage))).or_else(|| runs[..end].last().copied())
    }
}
