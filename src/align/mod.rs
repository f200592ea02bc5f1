//! All documents in, [`Passage`]s out: groups of sentences that report the same thing.
//!
//! | step | file | method |
//! |---|---|---|
//! | features | `features` | words by stem and family, names, values, quotes; weights from a background table and from rarity inside of the version |
//! | events | `events` | versions grouped by names, values and rare words; doubt about one event counts against a pair |
//! | pairs | `between` | of two versions: the most alike partners of each sentence, by an inverted index |
//! | evidence | `evidence` | some kinds of evidence, added up with weights that are fitted on annotated coverage |
//! | groups | `rounds`, `group` | average linkage over all pairs of members, by blocks of versions; a sentence may join a second group |
//! | groups of blocks | `pairs` | the same for groups, each represented by a few of its sentences |
//! | a person's word | `grouping` | groups are joined or divided as they were told to be |
//!
//! What depends on one version, or on two, is `kept` from one run to the next.
//!
//! All versions are compared at once, without a base and without regard to order in the text. Rejected: monotonic
//! alignment (outlets reorder), progressive merging (another result for another order), single linkage (drift).

use crate::analysis::Version;
use crate::base::{ContentId, PassageIx, Progress, SentenceIx, Stage, VersionIx};
use std::sync::Arc;

mod background;
mod between;
mod events;
mod evidence;
mod features;
mod group;
mod grouping;
mod holders;
mod kept;
mod pairs;
mod rounds;
mod stories;
mod why;

pub use evidence::{EVIDENCE, Evidence, KINDS, Kind, START, probability};
use features::{Features, Unit};
pub use grouping::{Grouping, Place};
pub(crate) use kept::Kept;
use rayon::prelude::*;
use rounds::{Ground, Node};
pub use stories::{Story, stories};

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
    /// Sentences of versions that are no members, which may report the same all the same: of such a version nobody can
    /// say that it is silent. Sorted.
    pub near: Vec<(VersionIx, SentenceIx)>,
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

    /// The sentence of a version without a part that may report it all the same.
    pub fn near(&self, version: VersionIx) -> Option<SentenceIx> {
        self.near.iter().find(|n| n.0 == version).map(|n| n.1)
    }
}

/// Groups the sentences of all versions into passages. Every sentence outside boilerplate, byline and dateline
/// blocks stands in at least one passage. Passages are ordered by the mean place at which versions tell
/// them, then by id. Returns `None` when `progress` cancelled.
pub fn align(versions: &[Arc<Version>], progress: &dyn Progress) -> Option<Vec<Passage>> {
    align_with(versions, &[], progress)
}

/// As [`align`], obeying what a person said of which sentences belong together.
pub fn align_with(versions: &[Arc<Version>], groupings: &[Grouping], progress: &dyn Progress) -> Option<Vec<Passage>> {
    align_again(versions, groupings, &mut Kept::default(), progress)
}

/// As [`align_with`], taking over what is `kept` of the time before.
pub(crate) fn align_again(
    versions: &[Arc<Version>],
    groupings: &[Grouping],
    kept: &mut Kept,
    progress: &dyn Progress,
) -> Option<Vec<Passage>> {
    if !progress.step(Stage::Align, 0, 2) {
        return None;
    }
    let features = kept.features(versions);
    if !progress.step(Stage::Align, 1, 2) {
        return None;
    }
    let ground = Ground::new(&features);
    let nodes = grouping::obey(versions, &ground.units, ground.groups(versions, kept), groupings);
    let (mut passages, ()): (Vec<(f64, Passage)>, ()) =
        rayon::join(|| nodes.par_iter().with_max_len(8).map(|node| passage(versions, &ground.units, node)).collect(), || kept.known.turn());
    passages.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    progress.step(Stage::Align, 2, 2).then(|| passages.into_iter().map(|(_, p)| p).collect())
}

/// Reads the stage's tables before it needs them.
pub(crate) fn prepare() {
    background::prepare();
}

/// A pair of sentences of different versions that may report the same thing, with what speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The sentence of the earlier version.
    pub a: (VersionIx, SentenceIx),
    /// The sentence of the later one.
    pub b: (VersionIx, SentenceIx),
    /// All evidence, by kind.
    pub evidence: Evidence,
}

/// The candidate pairs of up to a few dozen versions, all compared at once: what the weights are fitted on.
pub fn candidates(versions: &[Arc<Version>]) -> Vec<Candidate> {
    pairs(versions, false)
}

/// The pairs that comparing every sentence with every other one would find at even odds. Slow: it is what
/// [`candidates`] is measured against.
pub fn likely_pairs(versions: &[Arc<Version>]) -> Vec<((VersionIx, SentenceIx), (VersionIx, SentenceIx))> {
    pairs(versions, true).into_iter().filter(|c| probability(&c.evidence) >= 0.5).map(|c| (c.a, c.b)).collect()
}

/// How near each passage is to the passage `own`: the best of its pairs of sentences, 0 to 1, by what they share. For asking a
/// person which of them reports the same; that two versions are long says nothing here.
pub fn nearness(versions: &[Arc<Version>], passages: &[Passage], own: PassageIx) -> Vec<f32> {
    let features = features(versions);
    let ground = Ground::new(&features);
    let place = |v: VersionIx, s: SentenceIx| ground.units.binary_search_by_key(&(v, s), |u| (u.version, u.sentence)).ok();
    let of = |p: &Passage| -> Vec<usize> {
        p.members.iter().flat_map(|m| m.sentences.iter().filter_map(|s| place(m.version, *s))).take(MOST_COMPARED).collect()
    };
    let Some(here) = passages.get(own.ix()).map(of) else { return Vec::new() };
    let near = |there: &Passage| {
        let pairs = of(there).into_iter().flat_map(|b| here.iter().map(move |a| (*a, b)));
        pairs.map(|(a, b)| ground.nearness(a, b)).fold(0.0, f32::max)
    };
    passages.par_iter().map(near).collect()
}

/// Sentences of a passage that are compared when a person looks for one like it.
const MOST_COMPARED: usize = 12;

fn pairs(versions: &[Arc<Version>], all: bool) -> Vec<Candidate> {
    let features = features(versions);
    let ground = Ground::new(&features);
    let name = |u: u32| (ground.units[u as usize].version, ground.units[u as usize].sentence);
    ground.pairs(all).into_iter().map(|(a, b, evidence)| Candidate { a: name(a), b: name(b), evidence }).collect()
}

/// What is compared of each version.
fn features(versions: &[Arc<Version>]) -> Vec<Arc<Features>> {
    versions.par_iter().map(|v| Arc::new(Features::of(v))).collect()
}

/// The mean place of a node, from 0 to 1, and its passage.
fn passage(versions: &[Arc<Version>], units: &[Unit], node: &Node) -> (f64, Passage) {
    let sorted: Vec<&Unit> = node.units.iter().map(|&u| &units[u as usize]).collect();
    let mut members: Vec<Member> = Vec::with_capacity(sorted.len());
    for unit in &sorted {
        match members.last_mut() {
            Some(m) if m.version == unit.version => m.sentences.push(unit.sentence),
            _ => members.push(Member { version: unit.version, sentences: vec![unit.sentence] }),
        }
    }
    let mut parts: Vec<[u8; 16]> = Vec::with_capacity(sorted.len());
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
    let (score, mut why) = match members.len() {
        1 => (1.0, Vec::new()),
        _ => (node.score.clamp(0.0, 1.0), why::reasons(versions, &sorted, node.signs)),
    };
    why.extend(node.by_hand.map(str::to_owned));
    let is_member = |v: VersionIx| members.iter().any(|m| m.version == v);
    let near = node.near.iter().map(|&u| (units[u as usize].version, units[u as usize].sentence)).filter(|n| !is_member(n.0)).collect();
    (place, Passage { id, members, score, why, near })
}
