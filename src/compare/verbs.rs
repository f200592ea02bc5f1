//! Verbs of speaking: one version says that somebody said it, another that they admitted it.
//!
//! Verbs are compared by what they claim about the words, which the table of cues gives: "said" and "told" are one
//! choice, "claimed" and "admitted" are others. A verb is compared only beside the same speaker's same words.

use super::context::Context;
use super::draft::{Draft, Told, finish};
use super::utterance::{Telling, Utterance};
use super::{Finding, FindingKind, Relation, why};
use crate::extract::{Cue, CueStrength};

/// The finding of an utterance whose verbs claim different things.
pub(super) fn finding(cx: &Context, utterance: &Utterance, title: impl FnOnce() -> String, weight: f32) -> Option<Finding> {
    let mut readings: Vec<(CueStrength, Draft)> = Vec::new();
    for telling in &utterance.tellings {
        let Some(cue) = cue(cx, telling) else { continue };
        match readings.iter_mut().find(|r| r.0 == cue.strength) {
            Some((_, draft)) => draft.push(telling.version, cue.range),
            None => readings.push((cue.strength, Draft { remark: remark(cue.strength), ..Draft::at(telling.version, cue.range) })),
        }
    }
    if readings.len() < 2 || readings.iter().all(|r| remark(r.0).is_none()) {
        return None;
    }
    let told = Told {
        kind: FindingKind::Attribution,
        relation: Relation::Compatible,
        detail: None,
        passage: super::quotes::passage_of(cx, utterance.tellings.iter()),
        title: title(),
        silent: Vec::new(),
        weight,
    };
    Some(finish(cx, told, readings.into_iter().map(|r| r.1).collect(), |r| {
        format!("{} as the verb for the same words.", why::values(cx, r))
    }))
}

/// The cue of a telling's first part that has one.
fn cue(cx: &Context, telling: &Telling) -> Option<Cue> {
    let quotes = &cx.version(telling.version).extract.quotes;
    telling.parts.iter().find_map(|p| quotes.get(p.quote.ix())?.cue)
}

/// What a verb claims, in words; `None` for verbs that claim nothing.
fn remark(strength: CueStrength) -> Option<String> {
    let word = match strength {
        CueStrength::Neutral | CueStrength::Asking | CueStrength::Thinking => return None,
        CueStrength::Claiming => "as a claim",
        CueStrength::Admitting => "as an admission",
        CueStrength::Denying => "as a denial",
        CueStrength::Demanding => "as a demand",
        CueStrength::Warning => "as a warning",
        CueStrength::Promising => "as a promise",
        CueStrength::Accusing => "as an accusation",
    };
    Some(word.to_owned())
}
