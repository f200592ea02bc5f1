//! Which groups of blocks are compared with which, and what speaks for each pair.
//!
//! Candidates come from an inverted index over terms that few groups have, never from all pairs; of each group the most alike
//! are kept. A group is represented by its voices, and the evidence about two groups is the mean over pairs of these. Sentences of two
//! versions are compared in [`super::between`].

use super::evidence::{self, Desk, Kind, Measured, Rivals};
use super::kept::{Heard, Known, Row, Voices};
use super::rounds::{Ground, Node, Signs};
use crate::base::ByNumber;
use crate::kept;
use rayon::prelude::*;
use std::sync::Arc;

/// A pair of nodes of different cells.
pub(super) struct Pair {
    pub a: u32,
    pub b: u32,
    /// The probability that they report the same.
    pub score: f32,
    pub signs: Signs,
}

/// What speaks for the candidates among nodes of several cells; `cells` says which each lies in.
pub(super) fn pairs(ground: &Ground, nodes: &[&Node], cells: &[u32], known: &Known) -> Vec<Pair> {
    let (heard, numbers) = known.heard(nodes, |node| voices(ground, node), |node| terms(ground, node));
    let candidates = candidates(&heard, numbers, cells);
    let id = |n: u32| heard[n as usize].id;
    let of_node = |desk: &mut _, a| {
        let mut others = candidates.holders(a).to_vec();
        others.sort_unstable();
        others.dedup();
        let (mut out, mut anew) = (Vec::with_capacity(others.len()), Vec::new());
        let (before, mut next) = (known.row(id(a)), 0);
        for b in others {
            let evidence = before.and_then(|row| kept::in_row(row, &id(b), &mut next)).copied();
            anew.extend(evidence.is_none().then_some(out.len()));
            out.push((a, b, evidence.unwrap_or_default()));
        }
        measure(ground, nodes, desk, &mut out, &anew);
        let row: Row = out.iter().map(|(_, b, evidence)| (id(*b), *evidence)).collect();
        (out, row)
    };
    let (parts, rows): (Vec<Vec<Measured>>, Vec<Row>) = (0..nodes.len() as u32).into_par_iter().map_init(Desk::default, of_node).unzip();
    known.note((0..).map(id).zip(rows));
    let heads: Vec<bool> = nodes.iter().map(|n| n.voices.iter().all(|&u| ground.units[u as usize].heads)).collect();
    // A node is compared with those of its cell, by the cell of the other.
    let width = cells.last().map_or(0, |c| *c as usize + 1);
    let at = |n: u32, other: u32| n as usize * width + cells[other as usize] as usize;
    let heads = |a: u32, b: u32| [heads[a as usize], heads[b as usize]];
    let rivals = Rivals::of(parts.iter().flatten(), nodes.len() * width, |a, b| [at(a, b), at(b, a)], heads);
    let pair = |mut measured: Measured| {
        rivals.set(&mut measured);
        let (a, b, mut evidence) = measured;
        evidence[Kind::OtherEvent as usize] = apart(ground, nodes[a as usize], nodes[b as usize]);
        Pair { a, b, score: evidence::probability(&evidence), signs: Signs::of(&evidence) }
    };
    parts.into_par_iter().with_min_len(8).flat_map_iter(|own| own.into_iter().map(pair)).collect()
}

/// The voices of a node, whatever other versions there are.
fn voices(ground: &Ground, node: &Node) -> Voices {
    let voice = |&u: &u32| {
        let (version, place) = ground.place(u);
        (ground.features[version.ix()].id, place as u32)
    };
    node.voices.iter().map(voice).collect()
}

/// Measures one node's candidates, those at `anew` among `own`: means over the nodes' voices, rivals and events apart.
fn measure<'a>(ground: &Ground<'a>, nodes: &[&Node], desk: &mut Desk<'a>, own: &mut [Measured], anew: &[usize]) {
    let Some(a) = anew.first().map(|&at| own[at].0) else { return };
    for &x in &nodes[a as usize].voices {
        let (v, x) = ground.place(x);
        desk.lay(&ground.features[v.ix()].bags, x);
        for &at in anew {
            let (_, b, sum) = &mut own[at];
            let voices = &nodes[*b as usize].voices;
            let count = (nodes[a as usize].voices.len() * voices.len()) as f32;
            for &y in voices {
                let (w, y) = ground.place(y);
                let part = evidence::of_pair(desk, &ground.features[w.ix()].bags, y);
                sum.iter_mut().zip(part).for_each(|(sum, e)| *sum += e / count);
            }
        }
    }
}

/// By how much the voices of two nodes are apart in what they report on, in the mean.
fn apart(ground: &Ground, a: &Node, b: &Node) -> f32 {
    if ground.events.is_one() {
        return 0.0;
    }
    let version = |u: &u32| ground.units[*u as usize].version.ix();
    let sum: f32 = a.voices.iter().flat_map(|x| b.voices.iter().map(move |y| ground.events.apart(version(x), version(y)))).sum();
    sum / (a.voices.len() * b.voices.len()) as f32
}

/// Pairs of nodes that share a term that few have: by an inverted index, never all pairs. Of each node the most
/// alike are kept. By the lower node of each pair the other, in no order, and twice where each is among the other's most alike.
fn candidates(heard: &[Arc<Heard>], numbers: usize, cells: &[u32]) -> ByNumber<u32> {
    let cell_count = cells.last().map_or(0, |c| *c as usize + 1);
    let most_holders = (6 * cell_count).max(160);
    let most_partners = cell_count + cell_count / 2 + 24;
    let by_term = ByNumber::of(numbers, (0..).zip(heard).flat_map(|(n, heard)| heard.terms.iter().map(move |t| (t.0, n))));
    let partners: Vec<Vec<(u32, u32)>> = (0..heard.len())
        .into_par_iter()
        .map_init(
            || (vec![0f32; heard.len()], Vec::new()),
            |(sums, touched), n| {
                for &(term, weight) in &heard[n].terms {
                    let list = by_term.holders(term);
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
                let mut partners: Vec<(f32, u32)> = touched
                    .drain(..)
                    .map(|m| (std::mem::take(&mut sums[m as usize]) / (heard[n].mass + heard[m as usize].mass), m))
                    .collect();
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
    ByNumber::of(heard.len(), partners.iter().flatten().copied())
}

/// The terms of a node's voices by key, each once, with its mean weight.
fn terms(ground: &Ground, node: &Node) -> Vec<(u64, f32)> {
    let share = 1.0 / node.voices.len().max(1) as f32;
    let mut terms: Vec<(u64, f32)> =
        node.voices.iter().flat_map(|&u| &ground.units[u as usize].slim).map(|t| (t.key, t.weight * share)).collect();
    // Those of each voice are sorted, of which this sort makes use.
    terms.sort_by(|x, y| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)));
    terms.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 += later.1;
        }
        same
    });
    terms
}
