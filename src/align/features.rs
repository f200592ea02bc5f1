//! What a sentence is compared by: its content words by stem, its names and its numbers, each weighted
//! by how rare it is in the comparison.

use crate::analysis::Version;
use crate::base::{SentenceIx, VersionIx};
use crate::source::BlockKind;
use crate::text::TokenKind;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// A sentence as a bag of weighted terms.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub version: VersionIx,
    pub sentence: SentenceIx,
    /// Sorted by key, each key once.
    pub terms: Vec<Term>,
    /// Length of the vector of weights.
    pub norm: f32,
}

/// A word, name or number of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    /// Hash of its comparable form.
    pub key: u64,
    /// The token that shows it.
    pub token: u32,
    pub weight: f32,
}

/// FNV-1a: the same on every machine, unlike the hashers of maps.
pub(super) fn key_of(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

const STOP: &str = include_str!("../../assets/lang/en/background.stop.txt");

/// All sentences that take part, with their weighted terms.
pub(super) fn units(versions: &[Arc<Version>]) -> Vec<Unit> {
    let stop: FxHashSet<&str> = STOP.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    let stemmer = rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English);
    let mut units = Vec::new();
    for (v, version) in versions.iter().enumerate() {
        let doc = &version.document;
        for s in 0..doc.sentences.len() {
            let sentence = SentenceIx::from(s);
            if matches!(doc.block_kind(sentence), BlockKind::Boilerplate | BlockKind::Byline | BlockKind::Dateline) {
                continue;
            }
            let mut terms = Vec::new();
            for token in doc.sentence_tokens(sentence) {
                let folded = doc.folded(token);
                let key = match doc.tokens[token].kind {
                    TokenKind::Word if !stop.contains(folded) => key_of(stemmer.stem(folded.trim_end_matches("'s")).as_bytes()),
                    TokenKind::Number => key_of(folded.replace([',', '$', '£', '€'], "").as_bytes()),
                    _ => continue,
                };
                terms.push(Term { key, token: token as u32, weight: 0.0 });
            }
            terms.sort_by_key(|t| (t.key, t.token));
            terms.dedup_by_key(|t| t.key);
            units.push(Unit { version: VersionIx::from(v), sentence, terms, norm: 0.0 });
        }
    }
    let mut holders: FxHashMap<u64, u32> = FxHashMap::default();
    for term in units.iter().flat_map(|u| &u.terms) {
        *holders.entry(term.key).or_default() += 1;
    }
    let all = units.len() as f32;
    for unit in &mut units {
        for term in &mut unit.terms {
            term.weight = (1.0 + all / holders[&term.key] as f32).ln();
        }
        unit.norm = unit.terms.iter().map(|t| t.weight * t.weight).sum::<f32>().sqrt();
    }
    units
}
