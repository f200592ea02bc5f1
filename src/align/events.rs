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
use rayon::prelude::*;
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

/// A version's telling terms by number, sorted, of length 1, each with whether it is of a name.
type Profile = Vec<(u32, f32, bool)>;

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
    let link = |i: usize, j: usize| Link { a: i as u32, b: j as u32, score: likeness(&profiles[sample[i]], &profiles[sample[j]]) };
    let link = &link;
    let links: Vec<Link> = (0..sample.len()).into_par_iter().flat_map_iter(|i| (i + 1..sample.len()).map(move |j| link(i, j))).collect();
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
    of_version.par_iter_mut().enumerate().filter(|(v, _)| v % step != 0).for_each(|(v, of)| {
        let means: Vec<f32> = groups.iter().map(|group| mean_to(v, group)).collect();
        let best = (0..groups.len()).max_by(|&x, &y| means[x].total_cmp(&means[y]).then(y.cmp(&x)));
        *of = best.unwrap_or(0) as u32;
    });
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
    let by_version: Vec<&[Unit]> = units.chunk_by(|a, b| a.version == b.version).collect();
    // Each term of a version once, with what it counts by itself and how often it stands there.
    let counted: Vec<Vec<(u32, f32, u32, bool)>> = by_version
        .par_iter()
        .map(|units| {
            let mut terms: Vec<(u32, f32, u32, bool)> = units.iter().flat_map(telling).collect();
            terms.sort_by_key(|t| t.0);
            terms.dedup_by(|later, first| {
                let same = later.0 == first.0;
                first.2 += u32::from(same);
                same
            });
            terms
        })
        .collect();
    let mut holders = vec![0u32; counted.iter().filter_map(|terms| terms.last()).map(|t| t.0 as usize + 1).max().unwrap_or(0)];
    counted.iter().flatten().for_each(|t| holders[t.0 as usize] += 1);
    let of_version = |terms: &Vec<(u32, f32, u32, bool)>| {
        let rarity = |id: u32| ((versions + 1) as f32 / holders[id as usize] as f32).ln() + SHARED_BY_ALL;
        let weight = |telling: f32, id: u32, count: u32| telling * rarity(id) * (1.0 + (count as f32).ln());
        let mut profile: Profile = terms.iter().map(|&(id, telling, count, named)| (id, weight(telling, id, count), named)).collect();
        let norm = profile.iter().map(|t| t.1 * t.1).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        profile.iter_mut().for_each(|t| t.1 /= norm);
        profile
    };
    let made: Vec<Profile> = counted.par_iter().map(of_version).collect();
    // A version without a sentence has an empty one.
    let mut profiles = vec![Profile::new(); versions];
    by_version.iter().zip(made).for_each(|(units, profile)| profiles[units[0].version.ix()] = profile);
    profiles
}

/// The terms of a sentence that tell what its version is about: number, weight, one, whether it is of a name.
fn telling(unit: &Unit) -> impl Iterator<Item = (u32, f32, u32, bool)> {
    unit.terms.iter().zip(&unit.slim).filter(|(term, _)| term.kind != TermKind::Size).filter_map(|(term, slim)| {
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
        (class + kind > 0.0).then_some((slim.id, class + kind, 1, term.kind == TermKind::Name))
    })
}

fn likeness(a: &Profile, b: &Profile) -> f32 {
    let (mut sum, mut names) = (0.0, 0u32);
    for (x, y) in in_both(a, b, |t| t.0) {
        sum += x.1 * y.1;
        names += u32::from(x.2 && y.2);
    }
    sum + FURTHER_NAME * names.saturating_sub(CHANCE_NAMES) as f32
}
