//! From sentences to groups, in rounds.
//!
//! Up to [`CELLS`] versions are compared with each other at once, sentence by sentence. Of more versions, each
//! block of [`BLOCK`] at most is grouped for itself first, and the groups of all blocks are then compared as if each block were
//! a version, a group being represented by a few of its sentences. So the work grows with the number of versions
//! rather than with its square. Blocks are made of versions whose keys start alike, halved until they are small enough: so a version
//! that comes or goes changes its own block, and what is kept of the others ([`super::kept`]) holds.

use super::between::{self, Likely};
use super::events::{self, Events};
use super::evidence::{self, Desk, Evidence, Kind};
use super::features::{self, Features, Unit};
use super::group::{self, Link};
use super::kept::{Kept, Known};
use super::pairs::{Pair, pairs};
use crate::analysis::Version;
use crate::base::VersionIx;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::Arc;

/// How many versions, or blocks of them, are compared at once.
const CELLS: usize = 32;
/// Of more than [`CELLS`] versions so many make a block at most.
const BLOCK: usize = 16;
/// How many sentences stand for a group in later rounds: those of its first versions, which are any, since keys are.
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

/// What of the evidence says in words why sentences stand together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// [`Kind::Words`].
    pub words: f32,
    /// [`Kind::Neighbours`].
    pub neighbours: f32,
}

impl Signs {
    /// Those of a pair.
    pub fn of(evidence: &Evidence) -> Self {
        Self { words: evidence[Kind::Words as usize], neighbours: evidence[Kind::Neighbours as usize] }
    }
}

/// Sentences that report the same thing.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// All of them, sorted.
    pub units: Vec<u32>,
    /// Those that stand for them.
    pub voices: Vec<u32>,
    /// Mean probability of its pairs.
    pub score: f32,
    /// Means over its pairs.
    pub signs: Signs,
    /// Sentences of versions that have none in it, which may report the same all the same.
    pub near: Vec<u32>,
    /// What a person did to it, in words.
    pub by_hand: Option<&'static str>,
}

/// What all rounds need.
pub(super) struct Ground<'a> {
    pub features: &'a [Arc<Features>],
    /// The sentences of all versions.
    pub units: Vec<Unit<'a>>,
    /// Where the sentences of each version start.
    starts: Vec<u32>,
    pub events: Events,
}

impl<'a> Ground<'a> {
    /// From what is compared of each version.
    pub fn new(features: &'a [Arc<Features>]) -> Self {
        let mut starts = Vec::with_capacity(features.len());
        let mut next = 0;
        for features in features {
            starts.push(next);
            next += features.bags.len() as u32;
        }
        Self { features, units: features::units(features), starts, events: events::events(features) }
    }

    /// Where the sentences of a version start.
    pub fn start_of(&self, version: usize) -> u32 {
        self.starts[version]
    }

    /// A sentence's version, and its place among the sentences of that.
    pub fn place(&self, unit: u32) -> (VersionIx, usize) {
        let version = self.units[unit as usize].version;
        (version, (unit - self.starts[version.ix()]) as usize)
    }

    /// Every sentence in at least one group.
    pub fn groups(&self, versions: &[Arc<Version>], kept: &mut Kept) -> Vec<Node> {
        let blocks = blocks(versions);
        let mut cells: Vec<Vec<Node>> = kept.blocks(self, &blocks);
        while cells.len() > 1 {
            cells = cells.par_chunks(CELLS).map(|block| round(self, block, &kept.known)).collect();
        }
        cells.pop().unwrap_or_default()
    }

    /// The groups of a block of versions whose likely pairs are these; sentences are counted from the block's first.
    pub fn of_block<'l>(&self, block: Range<usize>, likely: impl Fn(usize, usize) -> &'l [Likely]) -> Vec<Node> {
        let from = self.starts[block.start];
        let mut nodes: Vec<Node> = Vec::new();
        let mut cells: Vec<u32> = Vec::new();
        for v in block.clone() {
            let count = self.features[v].bags.len();
            nodes.extend((0..count as u32).map(|n| Node::of(self.starts[v] - from + n)));
            cells.extend(std::iter::repeat_n((v - block.start) as u32, count));
        }
        let mut pairs: Vec<Pair> = Vec::new();
        for i in block.clone() {
            for j in i + 1..block.end {
                let (of_i, of_j, apart) = (self.starts[i] - from, self.starts[j] - from, self.events.apart(i, j));
                let pair = |p: &Likely| Pair { a: of_i + p.a, b: of_j + p.b, score: evidence::of_odds(p.odds, apart), signs: p.signs };
                pairs.extend(likely(i, j).iter().map(pair));
            }
        }
        joined(&nodes.iter().collect::<Vec<_>>(), &cells, &pairs)
    }

    /// How near two sentences are, 0 to 1, by what they share alone: without their rivals and the lengths of their versions.
    pub fn nearness(&self, a: usize, b: usize) -> f32 {
        let ((v, a), (w, b)) = (self.place(a as u32), self.place(b as u32));
        let mut desk = Desk::default();
        desk.lay(&self.features[v.ix()].bags, a);
        let mut evidence = evidence::of_pair(&desk, &self.features[w.ix()].bags, b);
        evidence[Kind::OtherEvent as usize] = self.events.apart(v.ix(), w.ix());
        evidence[Kind::Room as usize] = 0.0;
        if v == w {
            // What stands around two sentences of one text is one and the same.
            evidence[Kind::Neighbours as usize] = 0.0;
        }
        evidence::probability(&evidence)
    }

    /// Pairs of sentences with their evidence, all versions compared at once: the candidates, or all pairs there are.
    pub fn pairs(&self, all: bool) -> Vec<(u32, u32, Evidence)> {
        let mut out = Vec::new();
        for (i, a) in self.features.iter().enumerate() {
            for (j, b) in self.features.iter().enumerate().skip(i + 1) {
                let measured = if all { between::all(a, b) } else { between::measured(a, b) };
                let apart = self.events.apart(i, j);
                out.extend(measured.into_iter().map(|(x, y, mut evidence)| {
                    evidence[Kind::OtherEvent as usize] = apart;
                    (self.starts[i] + x, self.starts[j] + y, evidence)
                }));
            }
        }
        out
    }
}

/// Parts versions into blocks that are compared at once: those whose keys start alike. Where versions are not in the order of their
/// keys, a block is what stands together.
fn blocks(versions: &[Arc<Version>]) -> Vec<Range<usize>> {
    fn part(keys: &[u64], first: usize, bit: u32, out: &mut Vec<Range<usize>>) {
        if keys.len() <= BLOCK {
            out.extend((!keys.is_empty()).then_some(first..first + keys.len()));
            return;
        }
        if bit == u64::BITS {
            // More copies of one article than a block holds are parted as they come.
            out.extend((0..keys.len()).step_by(BLOCK).map(|at| first + at..first + keys.len().min(at + BLOCK)));
            return;
        }
        let middle = keys.partition_point(|key| key >> (u64::BITS - 1 - bit) & 1 == 0);
        part(&keys[..middle], first, bit + 1, out);
        part(&keys[middle..], first + middle, bit + 1, out);
    }
    if versions.len() <= CELLS {
        return std::iter::once(0..versions.len()).filter(|all| !all.is_empty()).collect();
    }
    let keys: Vec<u64> = versions.iter().map(|v| v.key.0).collect();
    let mut out = Vec::new();
    part(&keys, 0, if keys.is_sorted() { 0 } else { u64::BITS }, &mut out);
    out
}

impl Node {
    /// With other sentences, as a person said.
    pub fn changed(&self, units: Vec<u32>, words: &'static str) -> Self {
        Self { units, by_hand: Some(words), ..self.clone() }
    }

    /// The same with all sentences so many places further.
    pub fn moved(&self, by: u32) -> Self {
        let moved = |units: &[u32]| units.iter().map(|u| u + by).collect();
        Self { units: moved(&self.units), voices: moved(&self.voices), near: moved(&self.near), ..*self }
    }

    fn of(unit: u32) -> Self {
        Self { units: vec![unit], voices: vec![unit], score: 1.0, signs: Signs::default(), near: Vec::new(), by_hand: None }
    }
}

/// Joins the groups of several blocks.
fn round(ground: &Ground, block: &[Vec<Node>], known: &Known) -> Vec<Node> {
    let nodes: Vec<&Node> = block.iter().flatten().collect();
    let cells: Vec<u32> = block.iter().enumerate().flat_map(|(c, nodes)| std::iter::repeat_n(c as u32, nodes.len())).collect();
    joined(&nodes, &cells, &pairs(ground, &nodes, &cells, known))
}

/// Joins nodes by what speaks for their pairs.
fn joined(nodes: &[&Node], cells: &[u32], pairs: &[Pair]) -> Vec<Node> {
    let links: Vec<Link> = pairs.iter().filter(|p| p.score >= LEAST_LINK).map(|p| Link { a: p.a, b: p.b, score: p.score }).collect();
    let groups = group::average_link(cells, &links, JOIN);
    let guests = guests(&groups, &links, cells);
    let mut of_node = vec![0u32; nodes.len()];
    for (g, group) in groups.iter().enumerate() {
        group.units.iter().for_each(|&n| of_node[n as usize] = g as u32);
    }
    let mut sums: Vec<(Signs, u32)> = vec![(Signs::default(), 0); groups.len()];
    for pair in pairs {
        let g = of_node[pair.a as usize];
        if g == of_node[pair.b as usize] {
            let (sum, count) = &mut sums[g as usize];
            *sum = Signs { words: sum.words + pair.signs.words, neighbours: sum.neighbours + pair.signs.neighbours };
            *count += 1;
        }
    }
    let mut out = Vec::with_capacity(groups.len());
    for (g, (group, (sum, count))) in groups.iter().zip(sums).enumerate() {
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
        let voices = members().flat_map(|n| n.voices.iter().copied()).take(VOICES).collect();
        let count = count.max(1) as f32;
        let signs = Signs { words: sum.words / count, neighbours: sum.neighbours / count };
        out.push(Node { units, voices, score: group.score, signs, near, by_hand: None });
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
