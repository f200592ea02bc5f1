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
use super::features::{TermKind, Unit};
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

fn shares(a: &Unit, b: &Unit) -> Shares {
    let mut shares = Shares::default();
    for (x, y) in in_both(&a.terms, &b.terms, |t| t.key) {
        let weight = x.weight.min(y.weight);
        shares.all += weight;
        shares.count += 1;
        match x.kind.max(y.kind) {
            TermKind::Word | TermKind::Name | TermKind::Size => {}
            TermKind::Number | TermKind::Date => shares.values += weight,
        }
    }
    shares
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 }
}

/// Weighted Jaccard likeness of two sentences, 0 to 1.
pub(super) fn likeness(a: &Unit, b: &Unit) -> f32 {
    let shared = shares(a, b).all;
    ratio(shared, a.mass.all + b.mass.all - shared)
}

/// The largest share of a quote of `a` that stands in `b`.
fn kept_quote(a: &Unit, b: &Unit) -> f32 {
    a.quotes.iter().map(|quote| in_both(quote, &b.runs, |run| *run).count() as f32 / quote.len() as f32).fold(0.0, f32::max)
}

/// All evidence about two sentences but that of rivals, which needs to know the other pairs.
/// `units` are all sentences in order, and `lengths` the number of sentences of each version.
pub(super) fn of_pair(units: &[Unit], a: usize, b: usize, events: &Events, lengths: &[u32]) -> Evidence {
    let (x, y) = (&units[a], &units[b]);
    let shares = shares(x, y);
    let beside = |a: Option<usize>, b: Option<usize>| {
        let (a, b) = (a.and_then(|a| units.get(a)), b.and_then(|b| units.get(b)));
        match (a, b) {
            (Some(a), Some(b)) if a.version == x.version && b.version == y.version => likeness(a, b),
            _ => 0.0,
        }
    };
    let neighbours = beside(a.checked_sub(1), b.checked_sub(1)).max(beside(Some(a + 1), Some(b + 1)));
    let longer = lengths[x.version.ix()].max(lengths[y.version.ix()]);
    let mut evidence = [0.0; KINDS];
    let mut set = |kind: Kind, value: f32| evidence[kind as usize] = value;
    set(Kind::Words, ratio(shares.all, x.mass.all + y.mass.all - shares.all));
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
