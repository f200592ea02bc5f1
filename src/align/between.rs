//! What speaks for pairs of sentences of two versions. It depends on these two alone, so it is kept when other versions come and go.
//!
//! Candidates come from an inverted index over the other version's terms, and of each sentence the most alike are kept. Between two
//! versions of ordinary length the index gives what every two sentences share, in a table that the evidence is then read from. Longer
//! ones have no room for that: there terms that many sentences have find no candidates, and each candidate is compared by itself, its
//! terms being laid out once and those of the others looked up in them ([`super::evidence::Desk`]).

use super::evidence::{self, Desk, Evidence, Measured, Rivals, Shares};
use super::features::{Bag, Features};
use super::rounds::Signs;
use rayon::prelude::*;

/// Of each sentence this many of the other version are compared with it, the most alike.
const PARTNERS: usize = 5;
/// A term that more sentences of a version have finds none of them. Versions of no more sentences than this have a table.
const MOST_HOLDERS: usize = 160;
/// Sentences of a longer version whose likenesses are held at once.
const ROWS: usize = 256;
/// Log-odds from which a pair has a part in making groups: another event can make it less likely only.
const LEAST_ODDS: f32 = -2.95;

/// A pair of sentences of two versions that may report the same thing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likely {
    /// Their places among the sentences of their versions.
    pub a: u32,
    pub b: u32,
    /// Log-odds by all that the two versions say, so without that of events.
    pub odds: f32,
    pub signs: Signs,
}

/// The pairs of sentences of two versions that aren't sure to be different; sorted.
pub(super) fn likely(a: &Features, b: &Features) -> Vec<Likely> {
    let likely = |(a, b, evidence): Measured| Likely { a, b, odds: evidence::odds(&evidence), signs: Signs::of(&evidence) };
    measured(a, b).into_iter().map(likely).filter(|pair| pair.odds >= LEAST_ODDS).collect()
}

/// The candidates of two versions with all evidence but that of events; sorted.
pub(super) fn measured(a: &Features, b: &Features) -> Vec<Measured> {
    let (x, y) = (&a.bags, &b.bags);
    let mut chosen = Chosen::of(x.len(), y.len());
    let mut out = if x.len().max(y.len()) <= MOST_HOLDERS {
        let table = Table::of(a, b);
        (0..x.len()).for_each(|own| chosen.take(own, table.row(own).filter(|(_, like)| *like > 0.0)));
        chosen.pairs().into_iter().map(|(a, b)| (a, b, table.evidence(a as usize, b as usize))).collect()
    } else {
        for first in (0..x.len()).step_by(ROWS) {
            let rows = rows(&x[first..x.len().min(first + ROWS)], b);
            rows.into_iter().enumerate().for_each(|(row, alike)| chosen.take(first + row, alike.into_iter()));
        }
        one_by_one(x, y, &chosen.pairs())
    };
    set_rivals(x, y, &mut out);
    out
}

/// Every pair of sentences with all evidence but that of events.
pub(super) fn all(a: &Features, b: &Features) -> Vec<Measured> {
    let every: Vec<(u32, u32)> = (0..a.bags.len() as u32).flat_map(|x| (0..b.bags.len() as u32).map(move |y| (x, y))).collect();
    let mut out = one_by_one(&a.bags, &b.bags, &every);
    set_rivals(&a.bags, &b.bags, &mut out);
    out
}

/// What every two sentences of two versions share.
struct Table<'a> {
    a: &'a [Bag],
    b: &'a [Bag],
    shares: Vec<Shares>,
    likeness: Vec<f32>,
}

impl<'a> Table<'a> {
    fn of(a: &'a Features, b: &'a Features) -> Self {
        let width = b.bags.len();
        let mut shares = vec![Shares::default(); a.bags.len() * width];
        for (bag, row) in a.bags.iter().zip(shares.chunks_mut(width.max(1))) {
            for term in &bag.slim {
                b.holders.of_term(term.key).iter().for_each(|(y, other)| row[*y as usize].add(term, other));
            }
        }
        let rows = a.bags.iter().zip(shares.chunks(width.max(1)));
        let likeness = rows.flat_map(|(x, row)| row.iter().zip(&b.bags).map(|(shares, y)| shares.likeness(x, y))).collect();
        Self { a: &a.bags, b: &b.bags, shares, likeness }
    }

    /// Likeness of a sentence to each of the other version.
    fn row(&self, own: usize) -> impl Iterator<Item = (u32, f32)> {
        let width = self.b.len();
        (0..).zip(self.likeness[own * width..(own + 1) * width].iter().copied())
    }

    fn evidence(&self, x: usize, y: usize) -> Evidence {
        let width = self.b.len();
        let likeness = |x: Option<usize>, y: Option<usize>| match (x, y) {
            (Some(x), Some(y)) if x < self.a.len() && y < width => self.likeness[x * width + y],
            _ => 0.0,
        };
        let neighbours = likeness(x.checked_sub(1), y.checked_sub(1)).max(likeness(Some(x + 1), Some(y + 1)));
        evidence::of_shares(&self.a[x], &self.b[y], &self.shares[x * width + y], neighbours, self.a.len().max(width))
    }
}

/// Of each sentence the others that share a term with it that few have, with their likeness by such terms.
fn rows(a: &[Bag], b: &Features) -> Vec<Vec<(u32, f32)>> {
    let row = |(sums, touched): &mut (Vec<Shares>, Vec<u32>), bag: &Bag| {
        for term in &bag.slim {
            let holders = b.holders.of_term(term.key);
            if holders.len() > MOST_HOLDERS {
                continue;
            }
            for (y, other) in holders {
                let sum = &mut sums[*y as usize];
                if sum.all == 0.0 {
                    touched.push(*y);
                }
                sum.add(term, other);
            }
        }
        touched.sort_unstable();
        let like = |y: u32| (y, std::mem::take(&mut sums[y as usize]).likeness(bag, &b.bags[y as usize]));
        touched.drain(..).map(like).collect()
    };
    a.par_iter().map_init(|| (vec![Shares::default(); b.bags.len()], Vec::new()), row).collect()
}

/// The evidence about candidates, each looked up by itself.
fn one_by_one(a: &[Bag], b: &[Bag], candidates: &[(u32, u32)]) -> Vec<Measured> {
    let measured: Vec<Vec<Measured>> = candidates
        .par_chunk_by(|x, y| x.0 == y.0)
        .map_init(Desk::default, |desk, own| {
            desk.lay(a, own[0].0 as usize);
            own.iter().map(|&(x, y)| (x, y, evidence::of_pair(desk, b, y as usize))).collect()
        })
        .collect();
    measured.into_iter().flatten().collect()
}

/// Sets what rivals say: each sentence is compared with those of its version.
fn set_rivals(a: &[Bag], b: &[Bag], pairs: &mut [Measured]) {
    let sides = |x: u32, y: u32| [x as usize, a.len() + y as usize];
    let rivals = Rivals::of(pairs.iter(), a.len() + b.len(), sides, |x, y| [a[x as usize].heads, b[y as usize].heads]);
    pairs.iter_mut().for_each(|pair| rivals.set(pair));
}

/// The pairs of sentences that are most alike, of each sentence on either side.
struct Chosen {
    pairs: Vec<(u32, u32)>,
    of_column: Vec<Nearest>,
}

impl Chosen {
    /// For versions of so many sentences.
    fn of(rows: usize, columns: usize) -> Self {
        Self { pairs: Vec::with_capacity(PARTNERS * (rows + columns)), of_column: vec![Nearest::default(); columns] }
    }

    /// The likeness of a sentence of the one version to those of the other.
    fn take(&mut self, x: usize, alike: impl Iterator<Item = (u32, f32)>) {
        let mut own = Nearest::default();
        for (y, like) in alike {
            own.note(like, y);
            self.of_column[y as usize].note(like, x as u32);
        }
        self.pairs.extend(own.others().map(|y| (x as u32, y)));
    }

    /// Those that were chosen; sorted.
    fn pairs(self) -> Vec<(u32, u32)> {
        let mut pairs = self.pairs;
        for (y, nearest) in self.of_column.iter().enumerate() {
            pairs.extend(nearest.others().map(|x| (x, y as u32)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

/// The most alike of a sentence's partners; of equal ones those that are noted first.
#[derive(Clone, Copy, Default)]
struct Nearest {
    best: [(f32, u32); PARTNERS],
}

impl Nearest {
    fn note(&mut self, like: f32, other: u32) {
        if like > self.best[PARTNERS - 1].0 {
            let at = self.best.iter().position(|x| like > x.0).unwrap_or(PARTNERS - 1);
            self.best.copy_within(at..PARTNERS - 1, at + 1);
            self.best[at] = (like, other);
        }
    }

    fn others(&self) -> impl Iterator<Item = u32> {
        self.best.iter().filter(|x| x.0 > 0.0).map(|x| x.1)
    }
}
