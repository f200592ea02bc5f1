//! Groups out of scored pairs.
//!
//! Average linkage: the two groups whose members agree best on average are joined first, and a join needs
//! the mean over *all* pairs of members to reach the bar, so a chain of half-similar sentences can't drift.
//! Pairs inside one cell (a version) are left out of the mean: a version that tells in two sentences what others tell
//! in one gives both. The order of joins depends on scores alone, never on the order of versions. Connected
//! components were rejected for drift, progressive alignment for order dependence.

use rayon::prelude::*;
use smallvec::{SmallVec, smallvec};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Units that belong together.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Sorted.
    pub units: Vec<u32>,
    /// Mean score of its pairs across cells; 1 for one unit.
    pub score: f32,
}

/// A scored pair of units, the lower first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    pub a: u32,
    pub b: u32,
    pub score: f32,
}

#[derive(PartialEq)]
struct Join {
    mean: f32,
    /// The group whose best join it was. The mean of any later one is no higher: a group that two others became is as
    /// like it as both are on average.
    own: u32,
    a: u32,
    b: u32,
    stamps: (u32, u32),
}

impl Eq for Join {}

impl Ord for Join {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| (other.a, other.b, other.own).cmp(&(self.a, self.b, self.own)))
    }
}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What grows while groups are joined.
struct Growing {
    units: SmallVec<[u32; 4]>,
    /// How many units of each cell; sorted by cell.
    cells: SmallVec<[(u32, u32); 2]>,
    /// A bit for each cell, the same for every 64th: groups without a common bit have no cell in common.
    mask: u64,
    /// Sums of scores with other groups, by what those were called when the sums were made.
    links: Vec<(u32, f32)>,
    /// Sum of scores inside, and how many pairs across cells.
    inner: (f32, u64),
    /// Counts joins; an entry of the heap with an older count of its own group is stale, and with an older one of the other
    /// says no more than how good the best can be.
    stamp: u32,
}

/// What each group is called now: by the lowest of its units that its joins went to.
struct Names(Vec<u32>);

impl Names {
    fn now(&mut self, group: u32) -> u32 {
        let mut name = group;
        while self.0[name as usize] != name {
            name = self.0[name as usize];
        }
        // The next one to ask finds it at once.
        self.0[group as usize] = name;
        name
    }
}

/// The number of pairs of units of different cells.
fn pairs_across(a: &Growing, b: &Growing) -> u64 {
    let all = (a.units.len() * b.units.len()) as u64;
    if a.mask & b.mask == 0 {
        return all;
    }
    let (mut i, mut j, mut same) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.cells.get(i), b.cells.get(j)) {
        match x.0.cmp(&y.0) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                same += u64::from(x.1) * u64::from(y.1);
                i += 1;
                j += 1;
            }
        }
    }
    all - same
}

fn add_cells(into: &mut SmallVec<[(u32, u32); 2]>, from: &[(u32, u32)]) {
    into.extend_from_slice(from);
    into.sort_unstable();
    into.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 += later.1;
        }
        same
    });
}

/// The best join of a group as it is now; `None` where no mean reaches the bar. Its sums are made anew on the way, in `sums`, which has
/// room for one of each group and is left as it is found: all 0.
fn best_join(groups: &mut [Growing], names: &mut Names, sums: &mut [f32], own: u32, bar: f32) -> Option<Join> {
    let mut links = std::mem::take(&mut groups[own as usize].links);
    let mut known = 0;
    // In the order of the list among those of one group, so that the sums are the same on every machine.
    for at in 0..links.len() {
        let (name, score) = (names.now(links[at].0), links[at].1);
        let sum = &mut sums[name as usize];
        if *sum == 0.0 && name != own {
            links[known].0 = name;
            known += 1;
        }
        *sum += score;
    }
    links.truncate(known);
    sums[own as usize] = 0.0;
    links.iter_mut().for_each(|link| link.1 = std::mem::take(&mut sums[link.0 as usize]));
    links.sort_unstable_by_key(|link| link.0);
    groups[own as usize].links = links;
    best_of_sums(groups, own, bar)
}

/// The best join of a group whose sums are of groups as they are now.
fn best_of_sums(groups: &[Growing], own: u32, bar: f32) -> Option<Join> {
    let join = |&(other, sum): &(u32, f32)| {
        let across = pairs_across(&groups[own as usize], &groups[other as usize]);
        let mean = sum / across.max(1) as f32;
        let (a, b) = (own.min(other), own.max(other));
        (across > 0 && mean >= bar).then(|| Join { mean, own, a, b, stamps: (groups[a as usize].stamp, groups[b as usize].stamp) })
    };
    groups[own as usize].links.iter().filter_map(join).max()
}

/// Joins units by links; `cells` says which cell each unit lies in. A pair that is not listed scores 0. Each pair may
/// be listed once, and none of a unit with itself.
pub(super) fn average_link(cells: &[u32], links: &[Link], bar: f32) -> Vec<Group> {
    // No mean reaches the bar where no pair does, so links between what such pairs don't connect have no say.
    let mut parts = Names((0..cells.len() as u32).collect());
    for link in links.iter().filter(|link| link.score >= bar) {
        let (a, b) = (parts.now(link.a), parts.now(link.b));
        parts.0[a.max(b) as usize] = a.min(b);
    }
    let links: Vec<Link> = links.iter().filter(|link| parts.now(link.a) == parts.now(link.b)).copied().collect();
    let mut counts = vec![0; cells.len()];
    links.iter().flat_map(|link| [link.a, link.b]).for_each(|unit| counts[unit as usize] += 1);
    let mut groups: Vec<Growing> = cells
        .iter()
        .zip(counts)
        .enumerate()
        .map(|(u, (&cell, count))| Growing {
            units: smallvec![u as u32],
            cells: smallvec![(cell, 1)],
            mask: 1 << (cell % 64),
            links: Vec::with_capacity(count),
            inner: (0.0, 0),
            stamp: 0,
        })
        .collect();
    for link in &links {
        groups[link.a as usize].links.push((link.b, link.score));
        groups[link.b as usize].links.push((link.a, link.score));
    }
    let mut names = Names((0..cells.len() as u32).collect());
    let first: Vec<Join> = (0..cells.len() as u32).into_par_iter().filter_map(|g| best_of_sums(&groups, g, bar)).collect();
    let mut heap = BinaryHeap::from(first);
    let mut sums = vec![0.0; cells.len()];
    while let Some(Join { own, a, b, stamps, .. }) = heap.pop() {
        let own_stamp = if own == a { stamps.0 } else { stamps.1 };
        if own_stamp != groups[own as usize].stamp {
            continue;
        }
        if stamps != (groups[a as usize].stamp, groups[b as usize].stamp) {
            heap.extend(best_join(&mut groups, &mut names, &mut sums, own, bar));
            continue;
        }
        let across = pairs_across(&groups[a as usize], &groups[b as usize]);
        let gone = std::mem::replace(
            &mut groups[b as usize],
            Growing { units: SmallVec::new(), cells: SmallVec::new(), mask: 0, links: Vec::new(), inner: (0.0, 0), stamp: u32::MAX },
        );
        let kept = &mut groups[a as usize];
        let between: f32 = kept.links.iter().filter(|(other, _)| names.now(*other) == b).map(|link| link.1).sum();
        names.0[b as usize] = a;
        kept.units.extend(gone.units);
        add_cells(&mut kept.cells, &gone.cells);
        kept.mask |= gone.mask;
        kept.inner = (kept.inner.0 + gone.inner.0 + between, kept.inner.1 + gone.inner.1 + across);
        kept.stamp += 1;
        kept.links.extend(gone.links);
        heap.extend(best_join(&mut groups, &mut names, &mut sums, a, bar));
    }
    groups
        .into_iter()
        .filter(|g| !g.units.is_empty())
        .map(|mut g| {
            g.units.sort_unstable();
            let score = if g.inner.1 > 0 { g.inner.0 / g.inner.1 as f32 } else { 1.0 };
            Group { units: g.units.into_vec(), score }
        })
        .collect()
}
