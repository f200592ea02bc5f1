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
        // A version that names several sources for one passage can't be set against another.
        if sources.len() > first + 1 {
            sources.truncate(first);
        }
    }
    let proper: Vec<&Source> = sources.iter().filter(|s| s.proper).collect();
    let mut sorted = proper.clone();
    sorted.sort_by_key(|s| (std::cmp::Reverse(s.name.split_whitespace().count()), s.version));
    let mut readings: Vec<Vec<&Source>> = Vec::new();
    for s in sorted {
        match readings.iter_mut().find(|r| same_entity(&r[0].name, &s.name) != NameRelation::Different) {
            Some(r) => r.push(s),
            None => readings.push(vec![s]),
        }
    }
    if readings.len() < 2 {
        return None;
    }
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
        weight: 0.5,
    };
    Some(finish(cx, info, drafts, |r| format!("{} as the source of the same report.", why::values(cx, r))))
}
