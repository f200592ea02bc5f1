//! Which articles of a pile are about one event: what an archive's export or a folder of many articles is parted by before it is
//! compared.
//!
//! Names, values and rare words of whole articles tell events apart; words of a headline count more, and so does a run of
//! words that few others have, since copy is passed on. The likeness of two articles falls with the days between them.
//! Articles are grouped by average linkage in the order of their keys, so that the same pile gives the same groups in any
//! order.

use super::background::Class;
use super::features::{self, TermKind, Unit};
use super::group::{self, Link};
use crate::analysis::Version;
use crate::base::in_both;
use crate::base::{Progress, Stage, VersionIx};
use crate::source::BlockKind;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// How a pile is parted: first by what the articles are about at all, then each part by what tells its events apart. Two quakes
/// share the words of quakes, which are rare in the whole pile and common among the articles about quakes.
#[derive(Clone, Copy)]
struct Pass {
    /// Mean likeness from which articles go together.
    bar: f32,
    /// Weight of a word that most articles of its kind have.
    common: f32,
    /// What a word of a name counts above its rarity, and what a number or a date does.
    name: f32,
    value: f32,
    /// Weight of a term that every article has, beside its rarity.
    shared_by_all: f32,
}

const PASSES: [Pass; 2] = [
    Pass { bar: 0.08, common: 0.5, name: 1.0, value: 0.5, shared_by_all: 0.2 },
    Pass { bar: 0.08, common: 0.3, name: 2.0, value: 3.0, shared_by_all: 0.5 },
];

/// Pairs less alike than this are not kept.
const LEAST_ALIKE: f32 = 0.02;
/// What a word in a headline counts beside one in the text.
const IN_HEADLINE: f32 = 1.5;
/// What it counts that one article's runs of words all stand in the other.
const SAME_COPY: f32 = 0.6;
/// Runs of words that more articles have are ways of speaking.
const MAX_HOLDERS_OF_RUN: u32 = 12;

/// Articles about one event.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// The articles, the earliest first; those without a date last.
    pub versions: Vec<VersionIx>,
    /// The article most like the others.
    pub center: VersionIx,
}

/// An article's telling terms and rare runs of words, each sorted.
struct Profile {
    terms: Vec<(u64, f32)>,
    runs: Vec<u64>,
}

/// Groups articles by event: the largest group first. `None` when `progress` cancelled.
pub fn stories(versions: &[Arc<Version>], progress: &dyn Progress) -> Option<Vec<Story>> {
    // The order of keys is the same whatever order the articles came in.
    let mut order: Vec<usize> = (0..versions.len()).collect();
    order.sort_by_key(|&i| (versions[i].key, i));
    let sorted: Vec<Arc<Version>> = order.iter().map(|&i| versions[i].clone()).collect();
    if !progress.step(Stage::Align, 0, sorted.len() + 1) {
        return None;
    }
    let features = super::features(&sorted);
    let units = features::units(&features);
    let counts = counts(&sorted, &units);
    let mut groups: Vec<Vec<usize>> = vec![(0..sorted.len()).collect()];
    let mut profiles = Vec::new();
    let done = std::sync::atomic::AtomicUsize::new(0);
    for pass in PASSES {
        let parted: Vec<Vec<Vec<usize>>> = groups
            .par_iter()
            .map(|group| {
                let profiles = weigh(&counts, group, pass);
                let parts = part(&sorted, group, &profiles, pass);
                let n = done.fetch_add(group.len(), std::sync::atomic::Ordering::Relaxed) + group.len();
                progress.step(Stage::Align, n / PASSES.len(), sorted.len() + 1).then_some(parts)
            })
            .collect::<Option<_>>()?;
        groups = parted.into_iter().flatten().collect();
        profiles = weigh(&counts, &(0..sorted.len()).collect::<Vec<_>>(), pass);
    }
    let day = |i: &usize| sorted[*i].meta.published;
    groups.sort_by_key(|g| (std::cmp::Reverse(g.len()), g.iter().map(|&i| sorted[i].key).min()));
    let stories = groups.iter().map(|group| {
        let alike = |i: usize| {
            group.iter().filter(|&&o| o != i).map(|&o| likeness(&sorted[i], &sorted[o], &profiles[i], &profiles[o])).sum::<f32>()
        };
        let mut members = group.clone();
        members.sort_by(|a, b| (day(a).is_none(), day(a), sorted[*a].key).cmp(&(day(b).is_none(), day(b), sorted[*b].key)));
        // Of a large group a part is enough to find the middle of.
        let mut best = (f32::MIN, members[0]);
        for &i in members.iter().take(200) {
            let sum = alike(i);
            if sum > best.0 {
                best = (sum, i);
            }
        }
        Story { versions: members.into_iter().map(|i| VersionIx::from(order[i])).collect(), center: VersionIx::from(order[best.1]) }
    });
    Some(stories.collect())
}

/// What an article holds: its terms, each with class, kind and how often it stands there, and its runs of words.
struct Counts {
    terms: FxHashMap<u64, (Class, TermKind, f32)>,
    runs: Vec<u64>,
}

fn counts(versions: &[Arc<Version>], units: &[Unit]) -> Vec<Counts> {
    let mut counts: Vec<Counts> = versions.iter().map(|_| Counts { terms: FxHashMap::default(), runs: Vec::new() }).collect();
    for unit in units {
        let version = &versions[unit.version.ix()];
        let block = version.document.sentences[unit.sentence.ix()].block as usize;
        let place = if version.document.blocks[block].kind == BlockKind::Headline { IN_HEADLINE } else { 1.0 };
        let own = &mut counts[unit.version.ix()];
        own.runs.extend(&unit.runs);
        for term in unit.terms.iter().filter(|t| t.kind != TermKind::Size) {
            own.terms.entry(term.key).or_insert((term.class, term.kind, 0.0)).2 += place;
        }
    }
    for own in &mut counts {
        own.runs.sort_unstable();
        own.runs.dedup();
    }
    counts
}

/// The profiles of a group's articles, by what is rare in it.
fn weigh(counts: &[Counts], group: &[usize], pass: Pass) -> Vec<Profile> {
    let (mut holders, mut holders_of_run): (FxHashMap<u64, u32>, FxHashMap<u64, u32>) = Default::default();
    for own in group.iter().map(|&i| &counts[i]) {
        own.terms.keys().for_each(|key| *holders.entry(*key).or_default() += 1);
        own.runs.iter().for_each(|run| *holders_of_run.entry(*run).or_default() += 1);
    }
    let all = group.len() as f32 + 1.0;
    let profile = |own: &Counts| {
        let mut terms: Vec<(u64, f32)> = own
            .terms
            .iter()
            .filter_map(|(key, (class, kind, count))| {
                let class = match class {
                    Class::Grammar | Class::Everywhere => 0.0,
                    Class::Common => pass.common,
                    Class::Known => 1.0,
                    Class::Rare => 2.0,
                };
                let kind = match kind {
                    TermKind::Word | TermKind::Size => 0.0,
                    TermKind::Name => pass.name,
                    TermKind::Number | TermKind::Date => pass.value,
                };
                let rarity = (all / holders[key] as f32).ln() + pass.shared_by_all;
                (class + kind > 0.0).then(|| (*key, (class + kind) * rarity * (1.0 + count.max(1.0).ln())))
            })
            .collect();
        terms.sort_unstable_by_key(|t| t.0);
        let norm = terms.iter().map(|t| t.1 * t.1).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        terms.iter_mut().for_each(|t| t.1 /= norm);
        let runs = own.runs.iter().copied().filter(|r| holders_of_run[r] <= MAX_HOLDERS_OF_RUN).collect();
        Profile { terms, runs }
    };
    group.par_iter().map(|&i| profile(&counts[i])).collect()
}

/// Parts a group by average linkage.
fn part(versions: &[Arc<Version>], group: &[usize], profiles: &[Profile], pass: Pass) -> Vec<Vec<usize>> {
    let row = |a: usize| -> Vec<Link> {
        let pairs = (a + 1..group.len()).map(|b| (b, likeness(&versions[group[a]], &versions[group[b]], &profiles[a], &profiles[b])));
        pairs.filter(|(_, score)| *score >= LEAST_ALIKE).map(|(b, score)| Link { a: a as u32, b: b as u32, score }).collect()
    };
    let links: Vec<Vec<Link>> = (0..group.len()).into_par_iter().map(row).collect();
    let links: Vec<Link> = links.into_iter().flatten().collect();
    let cells: Vec<u32> = (0..group.len() as u32).collect();
    let joined = group::average_link(&cells, &links, pass.bar);
    joined.into_iter().map(|g| g.units.into_iter().map(|u| group[u as usize]).collect()).collect()
}

/// How alike two articles are, about 0 to 1.
fn likeness(a: &Version, b: &Version, x: &Profile, y: &Profile) -> f32 {
    let words = in_both(&x.terms, &y.terms, |t| t.0).map(|(a, b)| a.1 * b.1).sum::<f32>();
    let fewer = x.runs.len().min(y.runs.len());
    let copy = if fewer < 3 { 0.0 } else { in_both(&x.runs, &y.runs, |run| *run).count() as f32 / fewer as f32 };
    let days = a.meta.published.zip(b.meta.published).map(|(a, b)| (a.date - b.date).get_days().unsigned_abs());
    let near = match days {
        None | Some(0..=2) => 1.0,
        Some(3..=7) => 0.85,
        Some(8..=30) => 0.6,
        Some(31..=90) => 0.3,
        // What an outlet writes a season later is about something new, or looks back.
        Some(_) => 0.1,
    };
    (words + SAME_COPY * copy) * near
}
