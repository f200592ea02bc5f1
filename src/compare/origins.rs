//! Origins: versions that carry the same copy.
//!
//! Shared copy is shared runs of words: each version is the set of its five-word shingles outside quotation
//! marks, headlines and boilerplate, since two outlets may quote one press release without sharing a
//! reporter. Shares are exact for a few dozen versions; above that, shingles are sampled by hash with a
//! fixed seed, which keeps the work near linear (Broder 1997, "On the resemblance and containment of
//! documents"; sampling by hash rather than minima, since containment is wanted, not resemblance).
//!
//! Groups are joined by mean share, so that a chain of small loans makes no group.

use super::context::Lex;
use super::joins::best_first;
use crate::analysis::Version;
use crate::base::{Serial, VersionIx, fnv, in_both};
use crate::compare::Origin;
use crate::extract::QuoteKind;
use crate::source::BlockKind;
use crate::text::TokenKind;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::sync::Arc;

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Characters in one, where each is a token: two to a word.
const SHINGLE_CHARACTERS: usize = 10;
/// Share of the shorter version from which two carry the same copy.
const SHARED: f32 = 0.33;
/// Shingles kept of all versions together before sampling starts.
const BUDGET: usize = 60_000;
/// Of fewer new versions than one in so many each is set beside all others.
const FEW: usize = 8;
/// Fewest shingles that a version needs to be compared.
const LEAST: usize = 12;

/// What is kept from one run to the next, of one shingle in so many.
#[derive(Debug, Default)]
pub(super) struct Kept {
    step: u64,
    known: FxHashSet<Serial>,
    /// How many shingles two versions have in common, the lower first; pairs that have any.
    common: FxHashMap<(Serial, Serial), u32>,
    /// The pairs that carry the same copy, if nobody stands between them.
    near: FxHashSet<(Serial, Serial)>,
}

/// Finds groups of versions with the same copy, largest first.
pub(super) fn origins(versions: &[Arc<Version>], lexed: &[Lex], kept: &mut Kept) -> Vec<Origin> {
    let sets: Vec<&[u64]> = lexed.iter().map(|lex| lex.shingles.as_slice()).collect();
    let total: usize = sets.iter().map(|set| set.len()).sum();
    let step = (total / BUDGET).max(1) as u64;
    let sampled: Vec<Cow<[u64]>> = sets
        .iter()
        .map(|set| if step == 1 { Cow::Borrowed(*set) } else { set.iter().copied().filter(|h| h % step == 0).collect() })
        .collect();
    let share_of = |a: usize, b: usize, common: u32| -> f32 {
        let shorter = sampled[a].len().min(sampled[b].len());
        if sets[a].len().min(sets[b].len()) < LEAST || shorter == 0 { 0.0 } else { common as f32 / shorter as f32 }
    };
    kept.count(&sampled, lexed, step, |a, b, common| share_of(a, b, common) >= SHARED);
    let both = |a: u32, b: u32| kept.common.get(&pair(lexed[a as usize].id, lexed[b as usize].id)).copied().unwrap_or(0);
    let share = |a: u32, b: u32| share_of(a as usize, b as usize, both(a, b));
    let place: FxHashMap<Serial, usize> = lexed.iter().map(|lex| lex.id).zip(0..).collect();
    let near = kept.near.iter().map(|(a, b)| (place[a].min(place[b]), place[a].max(place[b])));
    let pairs = near.map(|(a, b)| (share(a as u32, b as u32), a, b)).collect();
    let groups = best_first(versions.len(), pairs, |a, b| mean_share(a, b, &share) >= SHARED * 0.8);
    let mut out: Vec<Origin> = groups
        .into_iter()
        .filter(|group| group.items.len() > 1)
        .map(|group| {
            let mut m: Vec<u32> = group.items.into_iter().map(|v| v as u32).collect();
            m.sort_unstable();
            let mut sum = (0.0, 0);
            for (i, a) in m.iter().enumerate().take(30) {
                for b in m.iter().skip(i + 1).take(30) {
                    sum = (sum.0 + share(*a, *b), sum.1 + 1);
                }
            }
            let ids: Vec<VersionIx> = m.into_iter().map(VersionIx).collect();
            let source = source_of(versions, &ids);
            let both = |a: VersionIx, b: VersionIx| both(a.0, b.0);
            let own = |v: VersionIx| {
                let from_source = source.filter(|s| *s != v).map(|s| both(v, s));
                let most = || ids.iter().filter(|o| **o != v).map(|o| both(v, *o)).max().unwrap_or(0);
                from_source.unwrap_or_else(most) as f32 / sampled[v.ix()].len().max(1) as f32
            };
            let own = ids.iter().map(|v| (*v, own(*v).min(1.0))).collect();
            Origin { versions: ids, shared: (sum.0 / sum.1.max(1) as f32).min(1.0), source, own }
        })
        .collect();
    out.sort_by(|a, b| b.versions.len().cmp(&a.versions.len()).then_with(|| a.versions.cmp(&b.versions)));
    out
}

/// A pair of versions, the lower first.
fn pair(a: Serial, b: Serial) -> (Serial, Serial) {
    (a.min(b), a.max(b))
}

impl Kept {
    /// Counts what every two versions have in common. Of a few new versions each is set beside every other; of many all are looked up
    /// at once. What is known of versions that are gone is forgotten.
    fn count(&mut self, sampled: &[Cow<[u64]>], lexed: &[Lex], step: u64, is_near: impl Fn(usize, usize, u32) -> bool) {
        if self.step != step {
            *self = Self { step, ..Self::default() };
        }
        let anew: Vec<usize> = (0..lexed.len()).filter(|&v| !self.known.contains(&lexed[v].id)).collect();
        let known: FxHashSet<Serial> = lexed.iter().map(|lex| lex.id).collect();
        let gone: FxHashSet<Serial> = self.known.difference(&known).copied().collect();
        if !gone.is_empty() {
            self.common.retain(|(a, b), _| !gone.contains(a) && !gone.contains(b));
            self.near.retain(|(a, b)| !gone.contains(a) && !gone.contains(b));
        }
        self.known = known;
        let mut counts: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        if anew.len() * FEW > lexed.len() {
            let mut all: Vec<(u64, u32)> = (0..).zip(sampled).flat_map(|(v, set)| set.iter().map(move |h| (*h, v))).collect();
            all.par_sort_unstable();
            for holders in all.chunk_by(|x, y| x.0 == y.0) {
                for (i, (_, a)) in holders.iter().enumerate() {
                    holders[i + 1..].iter().for_each(|(_, b)| *counts.entry((*a, *b)).or_default() += 1);
                }
            }
        } else {
            let others = |&v: &usize| (0..lexed.len()).filter(move |&w| w != v).map(move |w| (v.min(w), v.max(w)));
            let pairs: Vec<(usize, usize)> = anew.iter().flat_map(others).collect();
            let both = |&(a, b): &(usize, usize)| in_both(&sampled[a], &sampled[b], |hash| *hash).count() as u32;
            let counted: Vec<u32> = pairs.par_iter().map(both).collect();
            counts.extend(pairs.into_iter().zip(counted).filter(|p| p.1 > 0).map(|((a, b), count)| ((a as u32, b as u32), count)));
        }
        for ((a, b), count) in counts {
            let ids = pair(lexed[a as usize].id, lexed[b as usize].id);
            self.common.insert(ids, count);
            if is_near(a as usize, b as usize, count) {
                self.near.insert(ids);
            }
        }
    }
}

/// Mean share between two groups, over a bounded number of pairs.
fn mean_share(a: &[usize], b: &[usize], share: &dyn Fn(u32, u32) -> f32) -> f32 {
    let (mut sum, mut n) = (0.0, 0);
    for x in a.iter().take(12) {
        for y in b.iter().take(12) {
            sum += share(*x as u32, *y as u32);
            n += 1;
        }
    }
    sum / n.max(1) as f32
}

/// The version the copy came from: the agency that the others credit, else the one published first.
fn source_of(versions: &[Arc<Version>], ids: &[VersionIx]) -> Option<VersionIx> {
    let folded = |s: &str| s.to_lowercase();
    let credited: Vec<String> = ids.iter().filter_map(|v| versions[v.ix()].meta.agency.as_deref()).map(folded).collect();
    let mut agencies = ids.iter().filter(|v| {
        let outlet = folded(versions[v.ix()].outlet());
        credited.iter().any(|a| *a == outlet || a.contains(&outlet) || outlet.contains(a.as_str()) && a.len() > 3)
    });
    if let (Some(agency), None) = (agencies.next(), agencies.next()) {
        return Some(*agency);
    }
    let mut timed: Vec<(i64, bool, VersionIx)> = Vec::new();
    for &v in ids {
        let moment = versions[v.ix()].meta.published?;
        let day = crate::extract::value::day_number(moment.date) as i64;
        let minute =
            moment.time.map_or(0, |t| i64::from(t.hour()) * 60 + i64::from(t.minute())) - i64::from(moment.offset_minutes.unwrap_or(0));
        timed.push((day * 1440 + minute, moment.time.is_some(), v));
    }
    timed.sort_unstable();
    match timed.as_slice() {
        // A day without a time can't be set before a time of that day.
        [a, b, ..] if a.0 < b.0 && ((a.1 && b.1) || b.0 / 1440 > a.0 / 1440) => Some(a.2),
        _ => None,
    }
}

/// Hashes of all five-word runs outside quotes, headlines and boilerplate; sorted, each once.
pub(super) fn shingles(version: &Version) -> Vec<u64> {
    let doc = &version.document;
    let mut quoted = vec![false; doc.tokens.len()];
    for q in version.extract.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
        quoted[doc.tokens_in(q.range)].fill(true);
    }
    let spaceless = ["zh", "ja"].iter().any(|l| doc.language.starts_with(l));
    let size = if spaceless { SHINGLE_CHARACTERS } else { SHINGLE };
    let mut out = Vec::new();
    let mut run: Vec<u64> = Vec::new();
    let mut block = u32::MAX;
    for sentence in &doc.sentences {
        let kind = doc.blocks[sentence.block as usize].kind;
        if sentence.block != block {
            run.clear();
            block = sentence.block;
        }
        if !matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Standfirst) {
            continue;
        }
        let tokens = sentence.first_token as usize..sentence.end_token as usize;
        for (t, &inside) in tokens.clone().zip(&quoted[tokens]) {
            if inside {
                run.clear();
            } else if matches!(doc.tokens[t].kind, TokenKind::Word | TokenKind::Number) {
                run.push(fnv(doc.folded(t).as_bytes()));
                if run.len() >= size {
                    out.push(run[run.len() - size..].iter().fold(SEED, |h, w| mix(h ^ w)));
                }
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// The finaliser of SplitMix64: spreads what FNV leaves in the low bits.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
