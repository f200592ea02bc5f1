//! Details on which versions agree: what the table of details lists under the differences.

use super::App;
use crate::base::{ContentId, PassageIx, SentenceIx, TextRange, VersionIx};
use crate::compare::Evidence;
use crate::extract::{Detail, DetailKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// A detail that two or more versions give with the same value, and none with another.
#[derive(Clone, Debug, PartialEq)]
pub struct Same {
    /// Where it is told.
    pub passage: PassageIx,
    /// Its type.
    pub kind: DetailKind,
    /// What it is about, or its words.
    pub title: String,
    /// Its words in each version, sorted by version.
    pub evidence: Vec<Evidence>,
    /// Derived from what it is made of.
    pub id: ContentId,
}

impl App {
    /// All of them, in the order of the passages.
    pub fn same_details(&self) -> Vec<Same> {
        let mut out: Vec<Same> = Vec::new();
        let differing = self.differing();
        let mut listed: FxHashSet<(VersionIx, u32)> = FxHashSet::default();
        let mut told: FxHashMap<(VersionIx, SentenceIx), Vec<&Detail>> = FxHashMap::default();
        for (v, version) in self.analysis.versions.iter().enumerate() {
            for detail in &version.extract.details {
                told.entry((v.into(), detail.sentence)).or_default().push(detail);
            }
        }
        for (p, passage) in self.analysis.passages.iter().enumerate().filter(|(_, p)| p.members.len() > 1) {
            let mut groups: Vec<(&Detail, Vec<Evidence>)> = Vec::new();
            for member in &passage.members {
                for &detail in member.sentences.iter().filter_map(|s| told.get(&(member.version, *s))).flatten() {
                    let evidence = Evidence { version: member.version, range: detail.range };
                    match groups.iter_mut().find(|(d, _)| agree(d, detail)) {
                        Some((_, all)) if all.iter().any(|e| e.version == member.version) => {}
                        Some((_, all)) => all.push(evidence),
                        None => groups.push((detail, vec![evidence])),
                    }
                }
            }
            for (detail, evidence) in groups.into_iter().filter(|(_, e)| e.len() > 1) {
                // What differs somewhere, or is listed already, agrees no more.
                let at = |e: &Evidence| (e.version, e.range.start);
                if evidence.iter().any(|e| differs(&differing[e.version.ix()], e.range) || listed.contains(&at(e))) {
                    continue;
                }
                listed.extend(evidence.iter().map(at));
                let words = self.version(evidence[0].version).slice(evidence[0].range).replace('\n', " ");
                let title = match &detail.subject {
                    Some(subject) if !matches!(detail.kind, DetailKind::Person | DetailKind::Organisation | DetailKind::Place) => {
                        let mut c = subject.chars();
                        c.next().map(|f| f.to_uppercase().collect::<String>() + c.as_str()).unwrap_or_default()
                    }
                    _ => words,
                };
                let first = (self.key(evidence[0].version).0, evidence[0].range.start);
                let id = ContentId::from_parts([&first.0.to_le_bytes()[..], &first.1.to_le_bytes()[..]]);
                out.push(Same { passage: PassageIx::from(p), kind: detail.kind, title, evidence, id });
            }
        }
        out
    }

    /// By version the words that stand in a difference of details.
    fn differing(&self) -> Vec<Vec<TextRange>> {
        let mut by_version = vec![Vec::new(); self.analysis.versions.len()];
        let details = self.analysis.findings.iter().filter(|f| f.detail.is_some());
        for e in details.flat_map(|f| &f.readings).flat_map(|r| &r.evidence) {
            by_version[e.version.ix()].push(e.range);
        }
        by_version.iter_mut().for_each(|ranges| ranges.sort());
        by_version
    }
}

/// Whether a range overlaps one of some, which are sorted. Words of a detail are few: one far before reaches no farther.
fn differs(ranges: &[TextRange], range: TextRange) -> bool {
    let end = ranges.partition_point(|r| r.start < range.end);
    ranges[..end].iter().rev().take(16).any(|r| r.overlaps(range))
}

fn agree(a: &Detail, b: &Detail) -> bool {
    a.kind == b.kind && a.value == b.value && a.unit == b.unit && a.qualifier == b.qualifier
}
