//! Groups out of scored pairs.
//!
//! Average linkage: the two groups whose members agree best on average are joined first, and a join needs
//! the mean over *all* pairs of members to reach the bar, so a chain of half-similar sentences can't drift.
//! The order of joins depends on scores alone, never on the order of versions. Connected components were
//! rejected for drift, progressive alignment for order dependence.

use rustc_hash::FxHashMap;
use std::collections::BinaryHeap;

/// Units that belong together.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Sorted.
    pub units: Vec<u32>,
    /// Mean score of its pairs; 1 for one unit.
    pub score: f32,
}

#[derive(PartialEq)]
struct Join {
    mean: f32,
    a: u32,
    b: u32,
    stamp: (u32, u32),
}

impl Eq for Join {}
impl Ord for Join {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}
impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Joins `count` units by `pairs` (lower unit first, each pair once); a pair that is not listed scores 0.
pub(super) fn average_link(count: usize, pairs: &[(u32, u32, f32)], bar: f32) -> Vec<Group> {
    let mut links: Vec<FxHashMap<u32, f32>> = vec![FxHashMap::default(); count];
    let mut groups: Vec<Group> = (0..count as u32).map(|u| Group { units: vec![u], score: 1.0 }).collect();
    let mut inner = vec![0f32; count];
    let mut stamps = vec![0u32; count];
    let mut heap = BinaryHeap::new();
    for &(a, b, score) in pairs {
        links[a as usize].insert(b, score);
        links[b as usize].insert(a, score);
        if score >= bar {
            heap.push(Join { mean: score, a, b, stamp: (0, 0) });
        }
    }
    while let Some(Join { a, b, stamp, .. }) = heap.pop() {
        if stamp != (stamps[a as usize], stamps[b as usize]) {
            continue;
        }
        let (keep, gone) = (a as usize, b as usize);
        let between = links[keep].get(&b).copied().unwrap_or(0.0);
        let moved = std::mem::take(&mut groups[gone].units);
        groups[keep].units.extend(moved);
        groups[keep].units.sort_unstable();
        inner[keep] += inner[gone] + between;
        stamps[keep] += 1;
        stamps[gone] = u32::MAX;
        let mut moved_links: Vec<(u32, f32)> = std::mem::take(&mut links[gone]).into_iter().collect();
        moved_links.sort_unstable_by_key(|l| l.0);
        for (other, sum) in moved_links {
            links[other as usize].remove(&b);
            if other != a {
                *links[keep].entry(other).or_insert(0.0) += sum;
                *links[other as usize].entry(a).or_insert(0.0) += sum;
            }
        }
        let size = groups[keep].units.len();
        for (&other, &sum) in &links[keep] {
            let mean = sum / (size * groups[other as usize].units.len()) as f32;
            if mean >= bar {
                let (a, b) = (a.min(other), a.max(other));
                heap.push(Join { mean, a, b, stamp: (stamps[a as usize], stamps[b as usize]) });
            }
        }
    }
    for (group, inner) in groups.iter_mut().zip(inner) {
        let n = group.units.len();
        if n > 1 {
            group.score = inner / (n * (n - 1) / 2) as f32;
        }
    }
    groups.retain(|g| !g.units.is_empty());
    groups
}
