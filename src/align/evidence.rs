//! How much speaks for two sentences reporting the same thing.
//!
//! Several kinds of evidence are added up, each with a weight, and the sum is read as log-odds: a logistic
//! model, small enough to be explained and to be fitted on little data. The weights stand in one table,
//! [`EVIDENCE`], and come from `cargo bench --bench fit_align`, which prints it anew. Sentence vectors of a neural
//! model were rejected: they add about one point over weighted words, and can't say why.
//!
//! Tried and dropped, since they weighed nothing beside the rest: cosine, the absolute weight of what is shared, shared
//! runs of words outside of quotes, characters in a row, names and values that contradict each other. The last surprises, but outlets do
//! give other figures for the same thing, and that is what a reader looks for.
//!
//! Two kinds are about the pair's chances before a word is read. The longer two versions are, the less likely it is
//! that any given two of their sentences report the same ([`Kind::Room`]), as in record linkage after Fellegi and
//! Sunter (1969). And a sentence that fits another one of the same version better is a rival
//! ([`Kind::AheadOfAll`], [`Kind::AheadOfSome`]), which matters more the longer the version is; a heading is none, since it
//! stands for the sentences below it.

use super::features::{Bag, SlimTerm};
use crate::base::in_both;

/// The kinds of evidence, in the order of [`EVIDENCE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Weight of shared words, names and values over the weight of all.
    Words,
    /// The same over the weight of the shorter sentence.
    Cover,
    /// How much of a quote of one stands in the other.
    Quote,
    /// One word, name or value is all that is shared.
    Thin,
    /// Share of numbers, amounts, dates and times where both have some; less where all they share are small counts.
    Values,
    /// How alike the sentences before and after are; the better of both.
    Neighbours,
    /// The versions are about different events.
    OtherEvent,
    /// Logarithm of the number of sentences of the longer version.
    Room,
    /// By how much the pair is more alike than the best rival on either side, times the room.
    AheadOfAll,
    /// The same, on the side where it is further ahead.
    AheadOfSome,
}

/// Number of kinds.
pub const KINDS: usize = 10;

/// The weight of each kind, and the least log-odds a pair starts from. Printed by `cargo bench --bench fit_align`.
pub const EVIDENCE: [(Kind, f32); KINDS] = [
    (Kind::Words, 0.93),
    (Kind::Cover, 0.23),
    (Kind::Quote, 1.69),
    (Kind::Thin, -1.50),
    (Kind::Values, 2.19),
    (Kind::Neighbours, 2.87),
    (Kind::OtherEvent, -6.09),
    (Kind::Room, -0.60),
    (Kind::AheadOfAll, 0.89),
    (Kind::AheadOfSome, 0.95),
];

/// Log-odds of a pair without any evidence.
pub const START: f32 = 0.67;

/// Evidence about a pair, by kind.
pub type Evidence = [f32; KINDS];

/// The probability that a pair with such evidence reports the same thing.
pub fn probability(evidence: &Evidence) -> f32 {
    let apart = evidence[Kind::OtherEvent as usize];
    of_odds(odds(evidence), apart)
}

/// The log-odds by all kinds of evidence that two versions give, whatever others there are.
pub(super) fn odds(evidence: &Evidence) -> f32 {
    let kinds = EVIDENCE.iter().zip(evidence).filter(|((kind, _), _)| *kind != Kind::OtherEvent);
    START + kinds.map(|((_, weight), value)| weight * value).sum::<f32>()
}

/// The probability by such log-odds, of versions that are so sure to be about different events.
pub(super) fn of_odds(odds: f32, apart: f32) -> f32 {
    let (_, weight) = EVIDENCE[Kind::OtherEvent as usize];
    1.0 / (1.0 + (-odds - weight * apart).exp())
}

/// Shared values of less weight than this say less: a small count or a month stands in many sentences by chance.
const TELLING_VALUES: f32 = 10.0;

/// What two sentences share, by weight.
#[derive(Clone, Copy, Default)]
pub(super) struct Shares {
    pub all: f32,
    values: f32,
    count: u32,
}

impl Shares {
    /// Adds a term that both have, with its weight on either side. It counts as in the sentence that makes more of it: that a word
    /// is a name shows in one and not in another.
    pub fn add(&mut self, a: &SlimTerm, b: &SlimTerm) {
        let weight = a.weight.max(b.weight);
        self.all += weight;
        self.count += 1;
        self.values += if a.value || b.value { weight } else { 0.0 };
    }

    /// Weighted Jaccard likeness of the two sentences, 0 to 1.
    pub fn likeness(&self, a: &Bag, b: &Bag) -> f32 {
        jaccard(self.all, a.mass.all, b.mass.all)
    }
}

/// A sentence and its neighbours, laid out to compare many others with.
#[derive(Default)]
pub(super) struct Desk<'a> {
    own: Option<&'a Bag>,
    /// Sentences of its version.
    length: usize,
    /// The sentence before it, itself, the one after it.
    laid: [Laid; 3],
}

impl<'a> Desk<'a> {
    /// Puts a sentence of a version on it instead of the one before.
    pub fn lay(&mut self, bags: &'a [Bag], own: usize) {
        self.own = bags.get(own);
        self.length = bags.len();
        for (laid, at) in self.laid.iter_mut().zip([own.checked_sub(1), Some(own), Some(own + 1)]) {
            laid.lay(at.and_then(|at| bags.get(at)));
        }
    }
}

/// A sentence's terms in a small table, by key.
#[derive(Default)]
struct Laid {
    /// A power of two, at most a quarter of them taken.
    slots: Vec<SlimTerm>,
    /// None where there is no sentence.
    mass: Option<f32>,
}

/// A slot that no term has taken.
const EMPTY: SlimTerm = SlimTerm { key: 0, weight: 0.0, value: false };
/// Slots for the sentences that there are.
const LEAST_SLOTS: usize = 128;

impl Laid {
    fn lay(&mut self, bag: Option<&Bag>) {
        let terms = bag.map_or(&[][..], |b| &b.slim);
        self.slots.clear();
        self.slots.resize((terms.len() * 4).next_power_of_two().max(LEAST_SLOTS), EMPTY);
        self.mass = bag.map(|b| b.mass.all);
        for term in terms {
            let mut at = self.home(term.key);
            while self.slots[at].key != EMPTY.key {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = *term;
        }
    }

    /// Where a term's slot is looked for first: by the golden ratio, as Knuth has it.
    fn home(&self, key: u64) -> usize {
        (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize & (self.slots.len() - 1)
    }

    /// What it shares with a sentence; in the order of that one's terms, so that sums are the same on both sides.
    fn shares(&self, other: &Bag) -> Shares {
        let mut shares = Shares::default();
        for term in &other.slim {
            let mut at = self.home(term.key);
            let slot = loop {
                let slot = self.slots[at];
                if slot.key == term.key || slot.key == EMPTY.key {
                    break slot;
                }
                at = (at + 1) & (self.slots.len() - 1);
            };
            if slot.key == term.key {
                shares.add(&slot, term);
            }
        }
        shares
    }

    /// Weighted Jaccard likeness to a sentence, 0 to 1; 0 where either is none.
    fn likeness(&self, other: Option<&Bag>) -> f32 {
        match (self.mass, other) {
            (Some(mass), Some(other)) => jaccard(self.shares(other).all, mass, other.mass.all),
            _ => 0.0,
        }
    }
}

fn jaccard(shared: f32, mass: f32, other: f32) -> f32 {
    ratio(shared, mass + other - shared)
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 }
}

/// The largest share of a quote of `a` that stands in `b`.
fn kept_quote(a: &Bag, b: &Bag) -> f32 {
    a.quotes.iter().map(|quote| in_both(quote, &b.runs, |run| *run).count() as f32 / quote.len() as f32).fold(0.0, f32::max)
}

/// All evidence about the sentence on the desk and another one of a version with these sentences, but that of rivals, which needs to
/// know the other pairs, and of events, which needs to know all versions.
pub(super) fn of_pair(desk: &Desk, bags: &[Bag], b: usize) -> Evidence {
    let (Some(x), Some(y)) = (desk.own, bags.get(b)) else { return Evidence::default() };
    let [before, own, after] = &desk.laid;
    let neighbours = before.likeness(b.checked_sub(1).and_then(|b| bags.get(b))).max(after.likeness(bags.get(b + 1)));
    of_shares(x, y, &own.shares(y), neighbours, desk.length.max(bags.len()))
}

/// The same by what the two share, how alike their neighbours are, and the sentences of the longer version.
pub(super) fn of_shares(x: &Bag, y: &Bag, shares: &Shares, neighbours: f32, longer: usize) -> Evidence {
    let mut evidence = [0.0; KINDS];
    let mut set = |kind: Kind, value: f32| evidence[kind as usize] = value;
    set(Kind::Words, shares.likeness(x, y));
    set(Kind::Cover, ratio(shares.all, x.mass.all.min(y.mass.all)));
    set(Kind::Quote, kept_quote(x, y).max(kept_quote(y, x)));
    set(Kind::Thin, f32::from(shares.count <= 1));
    set(Kind::Values, ratio(shares.values, x.mass.values.min(y.mass.values).max(TELLING_VALUES)));
    set(Kind::Neighbours, neighbours);
    set(Kind::Room, (longer as f32).ln());
    evidence
}

/// A pair that was measured: what it is of, and what speaks for it.
pub(super) type Measured = (u32, u32, Evidence);

/// The best that was measured of each contest, for telling how far pairs are ahead of their rivals.
pub(super) struct Rivals<S, H> {
    /// The best likeness and the second best.
    best: Vec<(f32, f32)>,
    sides: S,
    heads: H,
}

impl<S: Fn(u32, u32) -> [usize; 2], H: Fn(u32, u32) -> [bool; 2]> Rivals<S, H> {
    /// Of all pairs. `sides` tells of a pair in which of `contests` places either side is compared with its rivals, and `heads` whether
    /// either is a heading: that is no rival of the sentences that it sums up, though they are rivals of it.
    pub fn of<'p>(pairs: impl IntoIterator<Item = &'p Measured>, contests: usize, sides: S, heads: H) -> Self {
        let mut rivals = Self { best: vec![(0.0, 0.0); contests], sides, heads };
        for (a, b, evidence) in pairs {
            let like = evidence[Kind::Words as usize];
            for (at, _) in (rivals.sides)(*a, *b).into_iter().zip(rivals.sums_up(*a, *b)).filter(|side| !side.1) {
                let top = &mut rivals.best[at];
                *top = if like > top.0 { (like, top.0) } else { (top.0, top.1.max(like)) };
            }
        }
        rivals
    }

    /// Adds what rivals say of a pair: how far its likeness is ahead of the best other one on each side.
    pub fn set(&self, (a, b, evidence): &mut Measured) {
        let like = evidence[Kind::Words as usize];
        let ([x, y], [over_x, over_y]) = ((self.sides)(*a, *b), self.sums_up(*a, *b));
        let ahead = |at: usize, sums_up: bool| like - if like >= self.best[at].0 && !sums_up { self.best[at].1 } else { self.best[at].0 };
        let (of_a, of_b) = (ahead(x, over_x), ahead(y, over_y));
        let room = evidence[Kind::Room as usize];
        evidence[Kind::AheadOfAll as usize] = of_a.min(of_b) * room;
        evidence[Kind::AheadOfSome as usize] = of_a.max(of_b) * room;
    }

    /// Which side stands for the other as a heading.
    fn sums_up(&self, a: u32, b: u32) -> [bool; 2] {
        let [x, y] = (self.heads)(a, b);
        [y && !x, x && !y]
    }
}
