//! Which versions are about the same event.
//!
//! Two robberies, two quakes, two offers for one player: their reports share the words of their kind, and a
//! sentence of one can look more like a sentence of the other than like its own event's. Names, values and rare
//! words of the whole version tell them apart long before single sentences do. Versions are grouped by average
//! linkage on the cosine of those words, and on how many words of names they share beyond chance; the doubt that
//! remains becomes counter-evidence for every pair of their sentences, never evidence for one: to be about one event
//! makes no two sentences the same report.

use super::background::Class;
use super::features::{TermKind, Unit};
use super::group::{self, Link};
use super::sorted::in_both;
use rustc_hash::FxHashMap;

/// Mean likeness from which groups of versions are about one event.
const SAME_EVENT: f32 = 0.10;
/// Weight of a term that every version has, beside its rarity among the versions.
const SHARED_BY_ALL: f32 = 0.5;
/// More versions than this are compared with a sample of this many.
const SAMPLE: usize = 64;

/// How sure it is that two versions are about different events, 0 to 1.
pub(super) struct Events {
    of_version: Vec<u32>,
    /// By two events, the lower first.
    apart: FxHashMap<(u32, u32), f32>,
}

impl Events {
    pub fn apart(&self, a: usize, b: usize) -> f32 {
        let (a, b) = (self.of_version[a], self.of_version[b]);
        self.apart.get(&(a.min(b), a.max(b))).copied().unwrap_or(0.0)
    }
}

/// A version's telling terms, sorted by key, of length 1, each with whether it is of a name.
type Profile = Vec<(u64, f32, bool)>;

/// Words of names that two versions may share by chance: the city, its river, who speaks for its police.
const CHANCE_NAMES: u32 = 4;
/// What each further one adds to the likeness of two versions: a long report that goes its own way shares a small part of its
/// words with any other, but still names the event's people and places.
const FURTHER_NAME: f32 = 0.012;

/// Groups `versions` versions by their sentences.
pub(super) fn events(versions: usize, units: &[Unit]) -> Events {
    let profiles = profiles(versions, units);
    let step = versions.div_ceil(SAMPLE).max(1);
    let sample: Vec<usize> = (0..versions).step_by(step).collect();
    let mut links = Vec::new();
    for (i, &a) in sample.iter().enumerate() {
        for (j, &b) in sample.iter().enumerate().skip(i + 1) {
            links.push(Link { a: i as u32, b: j as u32, score: likeness(&profiles[a], &profiles[b]) });
        }
    }
    let cells: Vec<u32> = (0..sample.len() as u32).collect();
    let groups = group::average_link(&cells, &links, SAME_EVENT);
    let mean_to = |v: usize, group: &group::Group| {
        let others = group.units.iter().map(|&i| sample[i as usize]).filter(|&o| o != v);
        let (n, sum) = others.fold((0, 0.0), |(n, sum), o| (n + 1, sum + likeness(&profiles[v], &profiles[o])));
        sum / n.max(1) as f32
    };
    let mut of_version = vec![0u32; versions];
    for (g, group) in groups.iter().enumerate() {
        group.units.iter().for_each(|&i| of_version[sample[i as usize]] = g as u32);
    }
    for v in (0..versions).filter(|v| v % step != 0) {
        let best = (0..groups.len()).max_by(|&x, &y| mean_to(v, &groups[x]).total_cmp(&mean_to(v, &groups[y])).then(y.cmp(&x)));
        of_version[v] = best.unwrap_or(0) as u32;
    }
    let mut apart = FxHashMap::default();
    for (x, first) in groups.iter().enumerate() {
        for (y, second) in groups.iter().enumerate().skip(x + 1) {
            let mean = first.units.iter().map(|&i| mean_to(sample[i as usize], second)).sum::<f32>() / first.units.len().max(1) as f32;
            apart.insert((x as u32, y as u32), (1.0 - mean / SAME_EVENT).clamp(0.0, 1.0));
        }
    }
    Events { of_version, apart }
}

fn profiles(versions: usize, units: &[Unit]) -> Vec<Profile> {
    let mut counts: Vec<FxHashMap<u64, (f32, u32, bool)>> = vec![FxHashMap::default(); versions];
    for unit in units {
        for term in unit.terms.iter().filter(|t| t.kind != TermKind::Size) {
            let class = match term.class {
                Class::Grammar | Class::Everywhere => 0.0,
                Class::Common => 0.3,
                Class::Known => 1.0,
                Class::Rare => 2.0,
            };
            let kind = match term.kind {
                TermKind::Word | TermKind::Size => 0.0,
                TermKind::Name => 2.0,
                TermKind::Number | TermKind::Date => 3.0,
            };
            if class + kind > 0.0 {
                let named = term.kind == TermKind::Name;
                counts[unit.version.ix()].entry(term.key).or_insert((class + kind, 0, named)).1 += 1;
            }
        }
    }
    let mut holders: FxHashMap<u64, u32> = FxHashMap::default();
    for key in counts.iter().flat_map(FxHashMap::keys) {
        *holders.entry(*key).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|counts| {
            let mut profile: Profile = counts
                .into_iter()
                .map(|(key, (telling, count, named))| {
                    let rarity = ((versions + 1) as f32 / holders[&key] as f32).ln() + SHARED_BY_ALL;
                    (key, telling * rarity * (1.0 + (count as f32).ln()), named)
                })
                .collect();
            profile.sort_unstable_by_key(|t| t.0);
            let norm = profile.iter().map(|t| t.1 * t.1).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            profile.iter_mut().for_each(|t| t.1 /= norm);
            profile
        })
        .collect()
}

fn likeness(a: &Profile, b: &Profile) -> f32 {
    let (mut sum, mut names) = (0.0, 0u32);
    for (x, y) in in_both(a, b, |t| t.0) {
        sum += x.1 * y.1;
        names += u32::from(x.2 && y.2);
    }
    sum + FURTHER_NAME * names.saturating_sub(CHANCE_NAMES) as f32
}
