//! All documents in, [`Passage`]s out: groups of sentences that report the same thing.

use crate::analysis::Version;
use crate::base::{ContentId, Progress, SentenceIx, Stage, VersionIx};
use std::sync::Arc;

mod features;
mod group;

use features::{Term, Unit};

/// A group of sentences, from one or more versions, that report the same thing. Many-to-many is
/// normal: a version may give none, one or several sentences, and a sentence that reports two things
/// may stand in two passages.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Derived from its versions' hashes and its ranges.
    pub id: ContentId,
    /// Sorted by version; at least one; each with at least one sentence.
    pub members: Vec<Member>,
    /// How sure the grouping is, 0 to 1; 1 for a passage of a single version.
    pub score: f32,
    /// Why they are together, in words: "Shared words: North Hamgyong, fingerprint", "Same quote".
    pub why: Vec<String>,
}

/// One version's part of a passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The version.
    pub version: VersionIx,
    /// Its sentences in text order, not always adjacent.
    pub sentences: Vec<SentenceIx>,
}

impl Passage {
    /// The part of `version`, if it reports this.
    pub fn member(&self, version: VersionIx) -> Option<&Member> {
        self.members.iter().find(|m| m.version == version)
    }
}

/// Groups the sentences of all versions into passages. Every sentence outside boilerplate, byline and dateline
/// blocks stands in at least one passage. Passages are ordered by the mean place at which versions tell
/// them, then by id. Returns `None` when `progress` cancelled.
pub fn align(versions: &[Arc<Version>], progress: &dyn Progress) -> Option<Vec<Passage>> {
    if !progress.step(Stage::Align, 0, 2) {
        return None;
    }
    let units = features::units(versions);
    let pairs = candidates(&units);
    if !progress.step(Stage::Align, 1, 2) {
        return None;
    }
    let groups = group::average_link(units.len(), &pairs, 0.25);
    let mut passages: Vec<(f64, Passage)> = groups.iter().map(|g| passage(versions, &units, g)).collect();
    passages.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    progress.step(Stage::Align, 2, 2).then(|| passages.into_iter().map(|(_, p)| p).collect())
}

/// Pairs of units that share a rare term, with their weighted cosine.
fn candidates(units: &[Unit]) -> Vec<(u32, u32, f32)> {
    const MOST_HOLDERS: usize = 400;
    let mut holders: rustc_hash::FxHashMap<u64, Vec<u32>> = rustc_hash::FxHashMap::default();
    for (u, unit) in units.iter().enumerate() {
        for term in &unit.terms {
            holders.entry(term.key).or_default().push(u as u32);
        }
    }
    let mut pairs = Vec::new();
    let mut sums = vec![0f32; units.len()];
    for (u, unit) in units.iter().enumerate() {
        let mut touched = Vec::new();
        for term in &unit.terms {
            let list = &holders[&term.key];
            if list.len() > MOST_HOLDERS {
                continue;
            }
            for &v in &list[list.partition_point(|&v| v as usize <= u)..] {
                if sums[v as usize] == 0.0 {
                    touched.push(v);
                }
                sums[v as usize] += term.weight * term.weight;
            }
        }
        touched.sort_unstable();
        for v in touched {
            let dot = std::mem::take(&mut sums[v as usize]);
            let cosine = dot / (unit.norm * units[v as usize].norm).max(1e-6);
            if cosine >= 0.15 {
                pairs.push((u as u32, v, cosine));
            }
        }
    }
    pairs
}

/// The mean place of a group, from 0 to 1, and its passage.
fn passage(versions: &[Arc<Version>], units: &[Unit], group: &group::Group) -> (f64, Passage) {
    let mut members: Vec<Member> = Vec::new();
    let mut sorted: Vec<&Unit> = group.units.iter().map(|&u| &units[u as usize]).collect();
    sorted.sort_by_key(|u| (u.version, u.sentence));
    for unit in &sorted {
        match members.last_mut() {
            Some(m) if m.version == unit.version => m.sentences.push(unit.sentence),
            _ => members.push(Member { version: unit.version, sentences: vec![unit.sentence] }),
        }
    }
    let mut parts: Vec<[u8; 16]> = Vec::new();
    let mut place = 0.0;
    for member in &members {
        let version = &versions[member.version.ix()];
        for &sentence in &member.sentences {
            let range = version.document.sentences[sentence.ix()].range;
            let mut part = [0u8; 16];
            part[..8].copy_from_slice(&version.key.0.to_le_bytes());
            part[8..12].copy_from_slice(&range.start.to_le_bytes());
            part[12..].copy_from_slice(&range.end.to_le_bytes());
            parts.push(part);
        }
        let first = member.sentences.first().map_or(0, |s| s.ix());
        place += first as f64 / version.document.sentences.len().max(1) as f64;
    }
    place /= members.len().max(1) as f64;
    let id = ContentId::from_parts(std::iter::once(&b"passage"[..]).chain(parts.iter().map(|p| &p[..])));
    let why = if sorted.len() > 1 { why(versions, &sorted) } else { Vec::new() };
    (place, Passage { id, members, score: if sorted.len() > 1 { group.score.clamp(0.0, 1.0) } else { 1.0 }, why })
}

fn why(versions: &[Arc<Version>], units: &[&Unit]) -> Vec<String> {
    let mut counts: rustc_hash::FxHashMap<u64, (usize, &Unit, Term)> = rustc_hash::FxHashMap::default();
    for unit in units {
        for term in &unit.terms {
            counts.entry(term.key).or_insert((0, unit, *term)).0 += 1;
        }
    }
    let mut shared: Vec<(usize, &Unit, Term)> = counts.into_values().filter(|c| c.0 * 2 > units.len()).collect();
    shared.sort_by(|a, b| b.2.weight.total_cmp(&a.2.weight).then(a.2.key.cmp(&b.2.key)));
    let words: Vec<&str> =
        shared.iter().take(5).map(|(_, unit, term)| versions[unit.version.ix()].document.word(term.token as usize)).collect();
    if words.is_empty() { Vec::new() } else { vec![format!("Shared words: {}", words.join(", "))] }
}
