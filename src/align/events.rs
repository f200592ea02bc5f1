//! Which versions are about the same event.
//!
//! Two robberies, two quakes, two offers for one player: their reports share the words of their kind, and a
//! sentence of one can look more like a sentence of the other than like its own event's. Names, values and rare
//! words of the whole version tell them apart long before single sentences do. Versions are grouped by average
//! linkage on the cosine of those words, and on how many words of names they share beyond chance; the doubt that
//! remains becomes counter-evidence for every pair of their sentences, never evidence for one: to be about one event
//! makes no two sentences the same report.

use super::background::Class;
use super::features::{Bag, Features, TermKind};
use super::group::{self, Link};
use crate::base::ByNumber;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::Arc;

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
    /// Whether all versions are about one.
    pub fn is_one(&self) -> bool {
        self.apart.values().all(|apart| *apart == 0.0)
    }

    /// Of two versions.
    pub fn apart(&self, a: usize, b: usize) -> f32 {
        let (a, b) = (self.of_version[a], self.of_version[b]);
        self.apart.get(&(a.min(b), a.max(b))).copied().unwrap_or(0.0)
    }
}

/// A term of a version that tells what it is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling {
    key: u64,
    /// What it counts by itself.
    counts: f32,
    /// How often it stands there.
    times: u32,
    /// Whether it is of a name.
    named: bool,
}

/// A version's telling terms, in the order of their keys: the number of each among those of all versions, its weight, of length 1 in all,
/// and whether it is of a name.
type Profile = Vec<(u32, f32, bool)>;

/// Words of names that two versions may share by chance: the city, its river, who speaks for its police.
const CHANCE_NAMES: u32 = 4;
/// What each further one adds to the likeness of two versions: a long report that goes its own way shares a small part of its
/// words with any other, but still names the event's people and places.
const FURTHER_NAME: f32 = 0.012;

/// Groups versions by what their sentences tell.
pub(super) fn events(features: &[Arc<Features>]) -> Events {
    let versions = features.len();
    let (profiles, terms) = profiles(features);
    let step = versions.div_ceil(SAMPLE).max(1);
    let sample: Vec<usize> = (0..versions).step_by(step).collect();
    let index = Index::of(&sample.iter().map(|&v| &profiles[v]).collect::<Vec<_>>(), terms);
    let links_of = |i: u32| {
        let likeness = index.likeness(&profiles[sample[i as usize]], i as usize + 1);
        likeness.zip(i + 1..).map(move |(score, j)| Link { a: i, b: j, score })
    };
    let links: Vec<Link> = (0..sample.len() as u32).into_par_iter().flat_map_iter(links_of).collect();
    let cells: Vec<u32> = (0..sample.len() as u32).collect();
    let groups = group::average_link(&cells, &links, SAME_EVENT);
    if groups.len() == 1 {
        return Events { of_version: vec![0; versions], apart: FxHashMap::default() };
    }
    let means_to = |v: usize| -> Vec<f32> {
        let likeness: Vec<f32> = index.likeness(&profiles[v], 0).collect();
        let mean_to = |group: &group::Group| {
            let others = group.units.iter().map(|&i| i as usize).filter(|&i| sample[i] != v);
            let (n, sum) = others.fold((0, 0.0), |(n, sum), i| (n + 1, sum + likeness[i]));
            sum / n.max(1) as f32
        };
        groups.iter().map(mean_to).collect()
    };
    let mut of_version = vec![0u32; versions];
    for (g, group) in groups.iter().enumerate() {
        group.units.iter().for_each(|&i| of_version[sample[i as usize]] = g as u32);
    }
    of_version.par_iter_mut().enumerate().filter(|(v, _)| v % step != 0).for_each(|(v, of)| {
        let means = means_to(v);
        let best = (0..groups.len()).max_by(|&x, &y| means[x].total_cmp(&means[y]).then(y.cmp(&x)));
        *of = best.unwrap_or(0) as u32;
    });
    let means: Vec<Vec<f32>> = sample.par_iter().map(|&v| means_to(v)).collect();
    let mut apart = FxHashMap::default();
    for (x, first) in groups.iter().enumerate() {
        let mean_to = |y: usize| first.units.iter().map(|&i| means[i as usize][y]).sum::<f32>() / first.units.len().max(1) as f32;
        let to_later = (x + 1..groups.len()).map(|y| ((x as u32, y as u32), (1.0 - mean_to(y) / SAME_EVENT).clamp(0.0, 1.0)));
        apart.extend(to_later);
    }
    Events { of_version, apart }
}

/// The profile of each version, and how many terms there are.
fn profiles(features: &[Arc<Features>]) -> (Vec<Profile>, usize) {
    let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
    let mut holders: Vec<u32> = Vec::new();
    let mut number = |t: &Telling| {
        let number = *numbers.entry(t.key).or_insert(holders.len() as u32);
        match holders.get_mut(number as usize) {
            Some(count) => *count += 1,
            None => holders.push(1),
        }
        number
    };
    let numbers: Vec<Vec<u32>> = features.iter().map(|f| f.profile.iter().map(&mut number).collect()).collect();
    let all = features.len();
    let of_version = |(features, numbers): (&Arc<Features>, Vec<u32>)| {
        let rarity = |number: u32| ((all + 1) as f32 / holders[number as usize] as f32).ln() + SHARED_BY_ALL;
        let weight = |t: &Telling, number: u32| t.counts * rarity(number) * (1.0 + (t.times as f32).ln());
        let terms = features.profile.iter().zip(numbers);
        let mut profile: Profile = terms.map(|(t, number)| (number, weight(t, number), t.named)).collect();
        let norm = profile.iter().map(|t| t.1 * t.1).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        profile.iter_mut().for_each(|t| t.1 /= norm);
        profile
    };
    (features.par_iter().zip(numbers).map(of_version).collect(), holders.len())
}

/// Some profiles by their terms: which of them have each, with what weight, and whether it is of a name.
struct Index {
    profiles: usize,
    by_term: ByNumber<(u32, f32, bool)>,
}

impl Index {
    fn of(profiles: &[&Profile], terms: usize) -> Self {
        let all = (0..).zip(profiles).flat_map(|(p, profile)| profile.iter().map(move |t| (t.0, (p, t.1, t.2))));
        Self { profiles: profiles.len(), by_term: ByNumber::of(terms, all) }
    }

    /// How alike a profile is to those from `first` on.
    fn likeness(&self, profile: &Profile, first: usize) -> impl Iterator<Item = f32> {
        let mut sums = vec![(0.0, 0u32); self.profiles.saturating_sub(first)];
        for &(term, weight, named) in profile {
            let holders = self.by_term.holders(term).iter().rev();
            for &(p, other, other_named) in holders.take_while(|other| other.0 as usize >= first) {
                let sum = &mut sums[p as usize - first];
                *sum = (sum.0 + weight * other, sum.1 + u32::from(named && other_named));
            }
        }
        sums.into_iter().map(|(sum, names)| sum + FURTHER_NAME * names.saturating_sub(CHANCE_NAMES) as f32)
    }
}

/// The terms of a version's sentences that tell what it is about; sorted by key, each once.
pub(super) fn telling(bags: &[Bag]) -> Vec<Telling> {
    let terms = bags.iter().flat_map(|bag| &bag.terms).filter(|term| term.kind != TermKind::Size);
    let counted = terms.filter_map(|term| {
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
        let counts = class + kind;
        (counts > 0.0).then_some(Telling { key: term.key, counts, times: 1, named: term.kind == TermKind::Name })
    });
    let mut terms: Vec<Telling> = counted.collect();
    terms.sort_by_key(|t| t.key);
    terms.dedup_by(|later, first| {
        let same = later.key == first.key;
        first.times += u32::from(same);
        same
    });
    terms
}
