//! Attribution: different sources named for the same report.
//!
//! Only reported speech counts here; words in marks are compared as utterances. A passage gives a finding
//! when versions name sources and none of one side's is among the other's.

use super::context::Context;
use super::draft::{Draft, Told, finish, one_line};
use super::{Finding, FindingKind, Relation, titles, why};
use crate::align::Passage;
use crate::base::{PassageIx, SentenceIx, TextRange, VersionIx};
use crate::extract::names::{NameRelation, same_entity};
use crate::extract::{CueStrength, DetailKind, QuoteKind};
use rustc_hash::FxHashSet;

struct Source {
    version: VersionIx,
    range: TextRange,
    name: String,
    proper: bool,
}

/// Names that are one entity's, or descriptions with a word in common.
fn same_source(cx: &Context, a: &Source, b: &Source) -> bool {
    if same_entity(&a.name, &b.name) != NameRelation::Different {
        return true;
    }
    let words = |s: &Source| -> Vec<u32> {
        let (doc, lex) = (&cx.version(s.version).document, cx.lex(s.version));
        doc.tokens_in(s.range).filter(|&t| !lex.function[t]).map(|t| lex.concept[t]).collect()
    };
    if a.proper && b.proper {
        return false;
    }
    let (x, y) = (words(a), words(b));
    x.is_empty() || y.is_empty() || x.iter().any(|w| y.contains(w))
}

/// The finding of a passage, if its sources differ. `told` holds sentences that utterances already compare.
pub(super) fn finding(cx: &Context, ix: PassageIx, passage: &Passage, told: &FxHashSet<(VersionIx, SentenceIx)>) -> Option<Finding> {
    if passage.members.len() < 2 {
        return None;
    }
    let mut sources: Vec<Source> = Vec::new();
    for member in &passage.members {
        let version = cx.version(member.version);
        let first = sources.len();
        for &sentence in &member.sentences {
            let from = version.extract.quotes.partition_point(|q| q.sentence < sentence);
            for q in version.extract.quotes[from..].iter().take_while(|q| q.sentence == sentence) {
                let thought = q.cue.is_some_and(|c| c.strength == CueStrength::Thinking);
                if q.kind != QuoteKind::Indirect || thought || told.contains(&(member.version, sentence)) {
                    continue;
                }
                let Some(speaker) = &q.speaker else { continue };
                let mention = one_line(version.slice(speaker.range));
                let proper = speaker.name.is_some()
                    || version.extract.details.iter().any(|d| {
                        matches!(d.kind, DetailKind::Person | DetailKind::Organisation | DetailKind::Place)
                            && speaker.range.overlaps(d.range)
                    });
                sources.push(Source {
                    version: member.version,
                    range: speaker.range,
                    name: speaker.name.clone().unwrap_or(mention),
                    proper,
                });
            }
        }
        // Where a version names a source, descriptions beside it say nothing more.
        if sources[first..].iter().any(|s| s.proper) {
            let named: Vec<Source> = sources.drain(first..).filter(|s| s.proper).collect();
            sources.extend(named);
        }
        // A version that names several sources for one passage can't be set against another.
        if sources.len() > first + 1 {
            sources.truncate(first);
        }
    }
    let mut sorted: Vec<&Source> = sources.iter().collect();
    sorted.sort_by_key(|s| (std::cmp::Reverse(s.name.split_whitespace().count()), s.version));
    let mut readings: Vec<Vec<&Source>> = Vec::new();
    for s in sorted {
        match readings.iter_mut().find(|r| same_source(cx, r[0], s)) {
            Some(r) => r.push(s),
            None => readings.push(vec![s]),
        }
    }
    // At least one must have a name: "officials" and "the authorities" are no two sources.
    if readings.len() < 2 || !sources.iter().any(|s| s.proper) {
        return None;
    }
    let anonymous = readings.iter().any(|r| r.iter().all(|s| !s.proper));
    let drafts = readings
        .iter()
        .map(|r| {
            let mut d = Draft::default();
            for s in r {
                d.push(s.version, s.range);
            }
            d
        })
        .collect();
    let info = Told {
        kind: FindingKind::Attribution,
        relation: Relation::Conflict,
        detail: None,
        passage: Some(ix),
        title: titles::title("Source", &titles::topic_of_passage(cx, passage, 2)),
        silent: Vec::new(),
        weight: if anonymous { 0.42 } else { 0.5 },
    };
    Some(finish(cx, info, drafts, |r| format!("{} as the source of the same report.", why::values(cx, r))))
}
