//! Why sentences stand together, in words for people.

use super::features::{Term, TermKind, Unit};
use super::rounds::Signs;
use crate::analysis::Version;
use crate::base::TextRange;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A passage gives no more reasons than this.
const MOST_REASONS: usize = 4;
/// A reason names no more words than this.
const MOST_WORDS: usize = 5;
/// More sentences than this are not read for reasons.
const MOST_UNITS: usize = 32;

/// Reasons for a group of at least two sentences, the most telling first.
pub(super) fn reasons(versions: &[Arc<Version>], units: &[&Unit], signs: Signs) -> Vec<String> {
    let units = &units[..units.len().min(MOST_UNITS)];
    let mut reasons = Vec::new();
    if signs.words > 0.95 {
        reasons.push("Same words, or nearly".to_owned());
    } else if same_quote(units) {
        reasons.push("Same quote".to_owned());
    }
    let shared = shared_terms(units);
    let of = |kinds: &[TermKind]| -> Vec<(Term, &Unit)> { shared.iter().filter(|(t, _)| kinds.contains(&t.kind)).copied().collect() };
    let show = |term: &(Term, &Unit)| versions[term.1.version.ix()].slice(term.0.range).to_owned();
    let words = phrases(versions, &of(&[TermKind::Word, TermKind::Name]));
    if !words.is_empty() {
        reasons.push(format!("Shared words: {}", words.join(", ")));
    }
    for (kind, one, many) in [(TermKind::Number, "number", "numbers"), (TermKind::Date, "date or time", "dates or times")] {
        let values: Vec<String> = of(&[kind]).iter().take(3).map(show).collect();
        match values.len() {
            0 => {}
            1 => reasons.push(format!("Same {one}: {}", values[0])),
            _ => reasons.push(format!("Same {many}: {}", values.join(", "))),
        }
    }
    if of(&[TermKind::Number]).is_empty() && !of(&[TermKind::Size]).is_empty() {
        reasons.push("Numbers of like size".to_owned());
    }
    if signs.neighbours > 0.35 {
        reasons.push("Neighbours match".to_owned());
    }
    if reasons.is_empty() {
        reasons.push("Similar wording and place".to_owned());
    }
    reasons.truncate(MOST_REASONS);
    reasons
}

/// Whether most of a quote of one version stands in another one's sentence.
fn same_quote(units: &[&Unit]) -> bool {
    units.iter().any(|unit| {
        unit.quotes.iter().any(|quote| {
            let holds = |other: &&&Unit| {
                let common = quote.iter().filter(|run| other.runs.binary_search(run).is_ok()).count();
                other.version != unit.version && common > 1 && common * 5 > quote.len() * 3
            };
            units.iter().any(|other| holds(&other))
        })
    })
}

/// Terms that at least half of the versions share, the heaviest first, each with the first sentence that has it.
fn shared_terms<'a>(units: &[&'a Unit<'a>]) -> Vec<(Term, &'a Unit<'a>)> {
    let mut versions: Vec<_> = units.iter().map(|u| u.version).collect();
    versions.dedup();
    let mut holders: FxHashMap<u64, (Term, &Unit, usize, crate::base::VersionIx)> = FxHashMap::default();
    holders.reserve(4 * units.len());
    for unit in units {
        for term in &unit.terms {
            let entry = holders.entry(term.key).or_insert((*term, unit, 1, unit.version));
            if entry.3 != unit.version {
                entry.2 += 1;
                entry.3 = unit.version;
            }
        }
    }
    let mut shared: Vec<(Term, &Unit)> = holders
        .into_values()
        .filter(|(_, _, count, _)| *count > 1 && count * 2 >= versions.len())
        .map(|(term, unit, _, _)| (term, unit))
        .collect();
    shared.sort_by(|x, y| y.0.weight.total_cmp(&x.0.weight).then(x.0.range.cmp(&y.0.range)).then(x.0.key.cmp(&y.0.key)));
    shared
}

/// The heaviest terms as they are written; words that stand side by side in one sentence become one phrase.
fn phrases(versions: &[Arc<Version>], terms: &[(Term, &Unit)]) -> Vec<String> {
    let terms = &terms[..terms.len().min(2 * MOST_WORDS)];
    let mut done: Vec<(u32, TextRange)> = Vec::new();
    let mut phrases = Vec::new();
    for (term, unit) in terms {
        let version = unit.version.0;
        if done.iter().any(|(v, range)| *v == version && range.contains(term.range)) {
            continue;
        }
        let text = &versions[unit.version.ix()].document.text;
        let mut range = term.range;
        while let Some((next, _)) = terms.iter().find(|(t, u)| {
            let gap = if t.range.start >= range.end {
                TextRange { start: range.end, end: t.range.start }
            } else {
                TextRange { start: t.range.end.min(range.start), end: range.start }
            };
            // Pairs of characters overlap where words are not parted.
            let beside = matches!(gap.of(text), "" | " ");
            u.version == unit.version && !range.contains(t.range) && beside
        }) {
            range = range.cover(next.range);
        }
        done.push((version, range));
        phrases.push(range.of(text).to_owned());
        if phrases.len() == MOST_WORDS {
            break;
        }
    }
    phrases
}
