//! From sentences to groups, in rounds.
//!
//! Up to [`CELLS`] versions are compared with each other at once, sentence by sentence. Of more versions, each
//! block of [`CELLS`] is grouped for itself first, and the groups of all blocks are then compared as if each block were
//! a version, a group being represented by a few of its sentences. So the work grows with the number of versions
//! rather than with its square, and one code serves all rounds. Blocks follow the order of the versions' keys.

use super::events::{self, Events};
use super::evidence::{self, Desk, Evidence};
use super::features::Unit;
use super::group::{self, Link};
use super::pairs::{candidates, pairs};
use crate::analysis::Version;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// How many versions, or blocks of them, are compared at once.
const CELLS: usize = 32;
/// How many sentences stand for a group in later rounds.
const VOICES: usize = 4;
/// Mean probability from which groups are joined.
const JOIN: f32 = 0.35;
/// Pairs less probable than this count as 0 when groups are made: most candidates are rivals, not partners.
const LEAST_LINK: f32 = 0.05;
/// Mean probability from which a sentence stands in a second group as well.
const SECOND: f32 = 0.5;
/// Mean and best probability from which a sentence that found no partner stands in a group that has nothing of its
/// version: who tells a thing in a few plain words shares little with those who tell it at length.
const COMPLETES: (f32, f32) = (0.15, 0.36);
/// Best probability from which a sentence may report the same as a group that it doesn't stand in. Several members that
/// agree need less: `COMPLETES`.
const NEAR: f32 = 0.45;
/// A sentence stands in no more groups than this.
const MOST_GROUPS: usize = 3;

/// Sentences that report the same thing.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// All of them, sorted.
    pub units: Vec<u32>,
    /// Those that stand for them.
    pub voices: Vec<u32>,
    /// Mean probability of its pairs.
    pub score: f32,
    /// Mean evidence of its pairs, for saying why.
    pub evidence: Evidence,
    /// Sentences of versions that have none in it, which may report the same all the same.
    pub near: Vec<u32>,
    /// What a person did to it, in words.
    pub by_hand: Option<&'static str>,
}

/// What all rounds need.
pub(super) struct Ground<'a> {
    pub units: &'a [Unit],
    pub events: Events,
    /// Sentences by version.
    pub lengths: Vec<u32>,
}

impl<'a> Ground<'a> {
    /// From all sentences of these versions.
    pub fn new(versions: &[Arc<Version>], units: &'a [Unit]) -> Self {
        let mut lengths = vec![0; versions.len()];
        units.iter().for_each(|u| lengths[u.version.ix()] += 1);
        Self { units, events: events::events(versions.len(), units), lengths }
    }

    /// Every sentence in at least one group.
    pub fn groups(&self) -> Vec<Node> {
        let mut cells: Vec<Vec<Node>> = vec![Vec::new(); self.lengths.len()];
        for (u, unit) in self.units.iter().enumerate() {
            cells[unit.version.ix()].push(Node::of(u as u32));
        }
        while cells.len() > 1 {
            cells = cells.par_chunks(CELLS).map(|block| round(self, block)).collect();
        }
        cells.pop().unwrap_or_default()
    }

    /// How near two sentences are, 0 to 1, by what they share alone: without their rivals and the lengths of their versions.
    pub fn nearness(&self, a: usize, b: usize) -> f32 {
        let mut desk = Desk::new(self.units);
        desk.lay(a);
        let mut evidence = evidence::of_pair(&desk, b, &self.events, &self.lengths);
        evidence[evidence::Kind::Room as usize] = 0.0;
        if self.units[a].version == self.units[b].version {
            // What stands around two sentences of one text is one and the same.
            evidence[evidence::Kind::Neighbours as usize] = 0.0;
        }
        evidence::probability(&evidence)
    }

    /// Pairs of sentences with their evidence, all versions compared at once: the candidates, or all pairs there are.
    pub fn pairs(&self, all: bool) -> Vec<(u32, u32, Evidence)> {
        let nodes: Vec<Node> = (0..self.units.len() as u32).map(Node::of).collect();
        let nodes: Vec<&Node> = nodes.iter().collect();
        let cells: Vec<u32> = self.units.iter().map(|u| u.version.0).collect();
        let chosen = if all {
            let cells_of = &cells;
            let others = |a: u32| (a + 1..cells_of.len() as u32).filter(move |&b| cells_of[a as usize] != cells_of[b as usize]);
            let others = &others;
            (0..cells.len() as u32).flat_map(|a| others(a).map(move |b| (a, b))).collect()
        } else {
            candidates(self, &nodes, &cells)
        };
        pairs(self, &nodes, &cells, &chosen).into_iter().map(|p| (p.a, p.b, p.evidence)).collect()
    }
}

impl Node {
    /// With other sentences, as a person said.
    pub fn changed(&self, units: Vec<u32>, words: &'static str) -> Self {
        Self { units, by_hand: Some(words), ..self.clone() }
    }

    fn of(unit: u32) -> Self {
        Self { units: vec![unit], voices: vec![unit], score: 1.0, evidence: Evidence::default(), near: Vec::new(), by_hand: None }
    }
}

fn round(ground: &Ground, block: &[Vec<Node>]) -> Vec<Node> {
    let nodes: Vec<&Node> = block.iter().flatten().collect();
    let cells: Vec<u32> = block.iter().enumerate().flat_map(|(c, nodes)| std::iter::repeat_n(c as u32, nodes.len())).collect();
    let pairs = pairs(ground, &nodes, &cells, &candidates(ground, &nodes, &cells));
    let links: Vec<Link> = pairs.iter().filter(|p| p.score >= LEAST_LINK).map(|p| Link { a: p.a, b: p.b, score: p.score }).collect();
    let groups = group::average_link(&cells, &links, JOIN);
    let guests = guests(&groups, &links, &cells);
    let mut of_node = vec![0u32; nodes.len()];
    for (g, group) in groups.iter().enumerate() {
        group.units.iter().for_each(|&n| of_node[n as usize] = g as u32);
    }
    let mut sums: Vec<(Evidence, u32)> = vec![(Evidence::default(), 0); groups.len()];
    for pair in &pairs {
        let g = of_node[pair.a as usize];
        if g == of_node[pair.b as usize] {
            let sum = &mut sums[g as usize];
            sum.0.iter_mut().zip(&pair.evidence).for_each(|(s, e)| *s += e);
            sum.1 += 1;
        }
    }
    let mut out = Vec::with_capacity(groups.len());
    for (g, (group, (mut evidence, count))) in groups.iter().zip(sums).enumerate() {
        if guests.moved[g] && guests.extra[g].is_empty() {
            continue;
        }
        let members = || group.units.iter().map(|&n| nodes[n as usize]);
        let voices_of = |n: &u32| nodes[*n as usize].voices.iter().copied();
        let mut near: Vec<u32> = members().flat_map(|n| n.near.iter().copied()).collect();
        near.extend(guests.near[g].iter().flat_map(voices_of));
        near.sort_unstable();
        near.dedup();
        if group.units.len() == 1 && guests.extra[g].is_empty() {
            out.push(Node { near, ..nodes[group.units[0] as usize].clone() });
            continue;
        }
        let extra = guests.extra[g].iter().map(|&n| nodes[n as usize]);
        let mut units: Vec<u32> = members().chain(extra).flat_map(|n| n.units.iter().copied()).collect();
        units.sort_unstable();
        units.dedup();
        let candidates: Vec<u32> = members().flat_map(|n| n.voices.iter().copied()).collect();
        let step = candidates.len().div_ceil(VOICES).max(1);
        let voices = candidates.into_iter().step_by(step).collect();
        evidence.iter_mut().for_each(|e| *e /= count.max(1) as f32);
        out.push(Node { units, voices, score: group.score, evidence, near, by_hand: None });
    }
    out
}

/// What nodes of other groups are to each group.
struct Guests {
    /// By group: nodes that stand in it as well.
    extra: Vec<Vec<u32>>,
    /// By group: nodes that may belong, one a cell that has none in it.
    near: Vec<Vec<u32>>,
    /// By group: whether its only node has moved into another.
    moved: Vec<bool>,
}

fn guests(groups: &[group::Group], links: &[Link], cells: &[u32]) -> Guests {
    let mut of_node = vec![0u32; cells.len()];
    for (g, group) in groups.iter().enumerate() {
        group.units.iter().for_each(|&n| of_node[n as usize] = g as u32);
    }
    // By node and group the sum of probabilities, and the best.
    let mut sums: FxHashMap<(u32, u32), (f32, f32)> = FxHashMap::default();
    for link in links {
        let (ga, gb) = (of_node[link.a as usize], of_node[link.b as usize]);
        if ga != gb {
            for key in [(link.a, gb), (link.b, ga)] {
                let sum = sums.entry(key).or_insert((0.0, 0.0));
                *sum = (sum.0 + link.score, sum.1.max(link.score));
            }
        }
    }
    let mut offers: Vec<(u32, f32, u32)> = Vec::new();
    // By group and cell the best node.
    let mut near: Vec<(u32, u32, f32, u32)> = Vec::new();
    for ((n, g), (sum, best)) in sums {
        let units = &groups[g as usize].units;
        let others = units.iter().filter(|&&m| cells[m as usize] != cells[n as usize]).count();
        let mean = sum / others.max(1) as f32;
        let lacks = others == units.len();
        let alone = groups[of_node[n as usize] as usize].units.len() == 1;
        let likely = mean >= COMPLETES.0 && best >= COMPLETES.1 && units.len() > 1;
        if mean >= SECOND || lacks && alone && likely {
            offers.push((n, mean, g));
        } else if lacks && (likely || best >= NEAR) {
            near.push((g, cells[n as usize], best, n));
        }
    }
    offers.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)).then(x.2.cmp(&y.2)));
    let mut out = Guests { extra: vec![Vec::new(); groups.len()], near: vec![Vec::new(); groups.len()], moved: vec![false; groups.len()] };
    let mut groups_of: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let mut taken = (u32::MAX, 0);
    for (n, _, g) in offers {
        taken = if taken.0 == n { (n, taken.1 + 1) } else { (n, 1) };
        if taken.1 < MOST_GROUPS {
            out.extra[g as usize].push(n);
            groups_of.entry(n).or_default().push(g);
            let own = of_node[n as usize] as usize;
            out.moved[own] |= groups[own].units.len() == 1 && groups[g as usize].units.len() > 1;
        }
    }
    // What is near to a guest is near to its hosts.
    for link in links.iter().filter(|link| link.score >= NEAR) {
        for (n, other) in [(link.a, link.b), (link.b, link.a)] {
            for &g in groups_of.get(&n).into_iter().flatten() {
                let hosts = || groups[g as usize].units.iter().chain(&out.extra[g as usize]);
                if hosts().all(|&m| cells[m as usize] != cells[other as usize]) {
                    near.push((g, cells[other as usize], link.score, other));
                }
            }
        }
    }
    near.sort_unstable_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)).then(y.2.total_cmp(&x.2)).then(x.3.cmp(&y.3)));
    near.dedup_by_key(|x| (x.0, x.1));
    near.into_iter().for_each(|(g, _, _, n)| out.near[g as usize].push(n));
    out
}
