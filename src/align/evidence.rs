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

use super::events::Events;
use super::features::{SlimTerm, Unit};
use super::sorted::in_both;

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
    let sum = EVIDENCE.iter().zip(evidence).map(|((_, weight), value)| weight * value).sum::<f32>();
    1.0 / (1.0 + (-START - sum).exp())
}

/// Shared values of less weight than this say less: a small count or a month stands in many sentences by chance.
const TELLING_VALUES: f32 = 10.0;

/// What two sentences share, by weight.
#[derive(Clone, Copy, Default)]
struct Shares {
    all: f32,
    values: f32,
    count: u32,
}

/// A sentence and its neighbours, laid out to compare many others with.
pub(super) struct Desk<'a> {
    units: &'a [Unit],
    own: usize,
    /// The sentence before it, itself, the one after it.
    laid: [Laid; 3],
}

impl<'a> Desk<'a> {
    /// An empty desk for these sentences, which are all sentences in order.
    pub fn new(units: &'a [Unit]) -> Self {
        Self { units, own: 0, laid: [Laid::default(), Laid::default(), Laid::default()] }
    }

    /// Puts a sentence on it instead of the one before.
    pub fn lay(&mut self, own: usize) {
        self.own = own;
        let Some(unit) = self.units.get(own) else { return };
        for (laid, at) in self.laid.iter_mut().zip([own.checked_sub(1), Some(own), Some(own + 1)]) {
            laid.lay(at.and_then(|at| self.units.get(at)).filter(|u| u.version == unit.version));
        }
    }
}

/// A sentence's terms in a small table, by number.
#[derive(Default)]
struct Laid {
    /// A power of two, at most a quarter of them taken.
    slots: Vec<SlimTerm>,
    /// None where there is no sentence.
    mass: Option<f32>,
}

/// A slot that no term has taken.
const EMPTY: SlimTerm = SlimTerm { id: u32::MAX, weight: 0.0, value: false };
/// Slots for the sentences that there are.
const LEAST_SLOTS: usize = 128;

impl Laid {
    fn lay(&mut self, unit: Option<&Unit>) {
        let terms = unit.map_or(&[][..], |u| &u.slim);
        self.slots.clear();
        self.slots.resize((terms.len() * 4).next_power_of_two().max(LEAST_SLOTS), EMPTY);
        self.mass = unit.map(|u| u.mass.all);
        for term in terms {
            let mut at = self.home(term.id);
            while self.slots[at].id != EMPTY.id {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = *term;
        }
    }

    /// Where a term's slot is looked for first: by the golden ratio, as Knuth has it.
    fn home(&self, id: u32) -> usize {
        (id.wrapping_mul(0x9E37_79B1) >> 16) as usize & (self.slots.len() - 1)
    }

    /// What it shares with a sentence; in the order of that one's terms, so that sums are the same on both sides.
    fn shares(&self, other: &Unit) -> Shares {
        let mut shares = Shares::default();
        for term in &other.slim {
            let mut at = self.home(term.id);
            let slot = loop {
                let slot = self.slots[at];
                if slot.id == term.id || slot.id == EMPTY.id {
                    break slot;
                }
                at = (at + 1) & (self.slots.len() - 1);
            };
            if slot.id == term.id {
                let weight = slot.weight.min(term.weight);
                shares.all += weight;
                shares.count += 1;
                shares.values += if slot.value || term.value { weight } else { 0.0 };
            }
        }
        shares
    }

    /// Weighted Jaccard likeness to a sentence, 0 to 1; 0 where either is none.
    fn likeness(&self, other: Option<&Unit>) -> f32 {
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
fn kept_quote(a: &Unit, b: &Unit) -> f32 {
    a.quotes.iter().map(|quote| in_both(quote, &b.runs, |run| *run).count() as f32 / quote.len() as f32).fold(0.0, f32::max)
}

/// All evidence about the sentence on the desk and another one but that of rivals, which needs to know the other pairs.
/// `lengths` is the number of sentences of each version.
pub(super) fn of_pair(desk: &Desk, b: usize, events: &Events, lengths: &[u32]) -> Evidence {
    let (x, y) = (&desk.units[desk.own], &desk.units[b]);
    let [before, own, after] = &desk.laid;
    let shares = own.shares(y);
    let beside = |at: Option<usize>| at.and_then(|at| desk.units.get(at)).filter(|u| u.version == y.version);
    let neighbours = before.likeness(beside(b.checked_sub(1))).max(after.likeness(beside(Some(b + 1))));
    let longer = lengths[x.version.ix()].max(lengths[y.version.ix()]);
    let mut evidence = [0.0; KINDS];
    let mut set = |kind: Kind, value: f32| evidence[kind as usize] = value;
    set(Kind::Words, jaccard(shares.all, x.mass.all, y.mass.all));
    set(Kind::Cover, ratio(shares.all, x.mass.all.min(y.mass.all)));
    set(Kind::Quote, kept_quote(x, y).max(kept_quote(y, x)));
    set(Kind::Thin, f32::from(shares.count <= 1));
    set(Kind::Values, ratio(shares.values, x.mass.values.min(y.mass.values).max(TELLING_VALUES)));
    set(Kind::Neighbours, neighbours);
    set(Kind::OtherEvent, events.apart(x.version.ix(), y.version.ix()));
    set(Kind::Room, (longer as f32).ln());
    evidence
}

/// Adds what rivals say: how far the pair's likeness is ahead of the best other one on each side.
pub(super) fn set_rivals(evidence: &mut Evidence, ahead: (f32, f32)) {
    let room = evidence[Kind::Room as usize];
    evidence[Kind::AheadOfAll as usize] = ahead.0.min(ahead.1) * room;
    evidence[Kind::AheadOfSome as usize] = ahead.0.max(ahead.1) * room;
}
