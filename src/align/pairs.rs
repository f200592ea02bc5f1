//! Which nodes are compared with which, and what speaks for each pair.
//!
//! Candidates come from an inverted index over terms that few nodes have, never from all pairs; of each node the most alike
//! are kept. A sentence is compared with many others, so its terms are laid out once and each of the others is looked up in
//! them ([`super::evidence::Desk`]): half the time of walking two sorted lists for every pair.

use super::evidence::{self, Desk, Evidence};
use super::rounds::{Ground, Node};
use rayon::prelude::*;

/// A pair of nodes of different cells with all evidence.
pub(super) struct Pair {
    pub a: u32,
    pub b: u32,
    pub evidence: Evidence,
    /// The probability that they report the same.
    pub score: f32,
}

/// The evidence about candidates, which are sorted. `cells` says which cell each node lies in.
pub(super) fn pairs(ground: &Ground, nodes: &[&Node], cells: &[u32], candidates: &[(u32, u32)]) -> Vec<Pair> {
    let measured: Vec<Vec<(f32, Pair)>> = candidates
        .par_chunk_by(|x, y| x.0 == y.0)
        .map_init(|| Desk::new(ground.units), |desk, own| measure(ground, nodes, desk, own))
        .collect();
    let measured: Vec<(f32, Pair)> = measured.into_iter().flatten().collect();
    let heads: Vec<bool> = nodes.iter().map(|n| n.voices.iter().all(|&u| ground.units[u as usize].heads)).collect();
    // A heading is no rival of the sentences that it sums up, though they are rivals of it.
    let sums_up = |n: u32, other: u32| heads[other as usize] && !heads[n as usize];
    // By node and the other's cell, the best likeness and the second best.
    let width = cells.last().map_or(0, |c| *c as usize + 1);
    let at = |n: u32, other: u32| n as usize * width + cells[other as usize] as usize;
    let mut best: Vec<(f32, f32)> = vec![(0.0, 0.0); nodes.len() * width];
    for (like, pair) in &measured {
        for (n, other) in [(pair.a, pair.b), (pair.b, pair.a)].into_iter().filter(|p| !sums_up(p.0, p.1)) {
            let top = &mut best[at(n, other)];
            *top = if *like > top.0 { (*like, top.0) } else { (top.0, top.1.max(*like)) };
        }
    }
    let ahead = |node: u32, other: u32, like: f32| {
        let (first, second) = best[at(node, other)];
        like - if like >= first && !sums_up(node, other) { second } else { first }
    };
    measured
        .into_par_iter()
        .map(|(like, mut pair)| {
            evidence::set_rivals(&mut pair.evidence, (ahead(pair.a, pair.b, like), ahead(pair.b, pair.a, like)));
            pair.score = evidence::probability(&pair.evidence);
            pair
        })
        .collect()
}

/// One node's candidates with their likeness and the evidence, rivals apart: means over the nodes' voices.
fn measure(ground: &Ground, nodes: &[&Node], desk: &mut Desk, own: &[(u32, u32)]) -> Vec<(f32, Pair)> {
    let mut out: Vec<(f32, Pair)> = own.iter().map(|&(a, b)| (0.0, Pair { a, b, evidence: Evidence::default(), score: 0.0 })).collect();
    let Some(&(a, _)) = own.first() else { return out };
    for &x in &nodes[a as usize].voices {
        desk.lay(x as usize);
        for (like, pair) in &mut out {
            let voices = &nodes[pair.b as usize].voices;
            let count = (nodes[a as usize].voices.len() * voices.len()) as f32;
            for &y in voices {
                let part = evidence::of_pair(desk, y as usize, &ground.events, &ground.lengths);
                *like += part[evidence::Kind::Words as usize] / count;
                pair.evidence.iter_mut().zip(part).for_each(|(sum, e)| *sum += e / count);
            }
        }
    }
    out
}

/// Pairs of nodes that share a term that few have: by an inverted index, never all pairs. Of each node the most
/// alike are kept. Sorted.
pub(super) fn candidates(ground: &Ground, nodes: &[&Node], cells: &[u32]) -> Vec<(u32, u32)> {
    let cell_count = cells.last().map_or(0, |c| *c as usize + 1);
    let most_holders = (6 * cell_count).max(160);
    let most_partners = cell_count + cell_count / 2 + 24;
    let terms: Vec<Vec<(u32, f32)>> = nodes.par_iter().map(|node| terms(ground, node)).collect();
    let holders = Holders::of(&terms);
    let mass: Vec<f32> = terms.iter().map(|t| t.iter().map(|t| t.1).sum()).collect();
    let partners: Vec<Vec<(u32, u32)>> = (0..nodes.len())
        .into_par_iter()
        .map_init(
            || (vec![0f32; nodes.len()], Vec::new()),
            |(sums, touched), n| {
                for &(term, weight) in &terms[n] {
                    let list = holders.of_term(term);
                    if list.len() > most_holders {
                        continue;
                    }
                    for &m in list {
                        if cells[m as usize] == cells[n] {
                            continue;
                        }
                        if sums[m as usize] == 0.0 {
                            touched.push(m);
                        }
                        sums[m as usize] += weight;
                    }
                }
                let mut partners: Vec<(f32, u32)> =
                    touched.drain(..).map(|m| (std::mem::take(&mut sums[m as usize]) / (mass[n] + mass[m as usize]), m)).collect();
                let nearer = |x: &(f32, u32), y: &(f32, u32)| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1));
                if partners.len() > most_partners {
                    partners.select_nth_unstable_by(most_partners, nearer);
                    partners.truncate(most_partners);
                }
                let n = n as u32;
                partners.into_iter().map(|(_, m)| (n.min(m), n.max(m))).collect::<Vec<_>>()
            },
        )
        .collect();
    let mut pairs: Vec<(u32, u32)> = partners.into_iter().flatten().collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// Which nodes have each term: all lists in one, by where each starts.
struct Holders {
    starts: Vec<u32>,
    nodes: Vec<u32>,
}

impl Holders {
    fn of(terms: &[Vec<(u32, f32)>]) -> Self {
        let count = terms.iter().flatten().map(|t| t.0 as usize + 1).max().unwrap_or(0);
        let mut starts = vec![0u32; count + 1];
        terms.iter().flatten().for_each(|t| starts[t.0 as usize + 1] += 1);
        (0..count).for_each(|t| starts[t + 1] += starts[t]);
        let mut next = starts.clone();
        let mut nodes = vec![0; starts[count] as usize];
        for (n, terms) in terms.iter().enumerate() {
            for &(term, _) in terms {
                let place = &mut next[term as usize];
                nodes[*place as usize] = n as u32;
                *place += 1;
            }
        }
        Self { starts, nodes }
    }

    fn of_term(&self, term: u32) -> &[u32] {
        &self.nodes[self.starts[term as usize] as usize..self.starts[term as usize + 1] as usize]
    }
}

/// The terms of a node's voices by number, each once, with its mean weight.
fn terms(ground: &Ground, node: &Node) -> Vec<(u32, f32)> {
    let share = 1.0 / node.voices.len().max(1) as f32;
    let mut terms: Vec<(u32, f32)> =
        node.voices.iter().flat_map(|&u| &ground.units[u as usize].slim).map(|t| (t.id, t.weight * share)).collect();
    terms.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)));
    terms.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 += later.1;
        }
        same
    });
    terms
}
