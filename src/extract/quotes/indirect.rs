//! Reported speech without marks: a cue, its content and its source.

use super::attribution::{self, Attribution, Predicates};
use super::content;
use super::context::Context;
use super::lexicon::{Frames, Tags};
use super::phrase;
use super::predicate::{self, Predicate};
use crate::extract::CueStrength;
use crate::source::BlockKind;
use rustc_hash::FxHashSet;

/// Reported speech: the first and last token of its content, and who reports it how.
#[derive(Clone, Copy, Debug)]
pub struct Reported {
    pub first: usize,
    pub last: usize,
    pub attribution: Attribution,
}

/// Contents of one sentence that are looked back at for overlaps; more than that is no sentence.
const NEAR: usize = 64;

/// All reported speech in text order. Content that holds words in marks is left to the marks.
///
/// `used` holds the cues that stand behind words in marks: they report those.
pub fn reported(cx: &Context, predicates: &Predicates, used: &FxHashSet<usize>) -> Vec<Reported> {
    let mut found = Vec::new();
    for s in 0..cx.sentences() {
        let kind = cx.kind_of(s);
        if matches!(kind, BlockKind::Boilerplate | BlockKind::Byline | BlockKind::Dateline) {
            continue;
        }
        of_sentence(cx, predicates.of(s), used, s, kind, &mut found);
    }
    found
}

fn of_sentence(
    cx: &Context,
    predicates: &[Predicate],
    used: &FxHashSet<usize>,
    sentence: usize,
    kind: BlockKind,
    found: &mut Vec<Reported>,
) {
    let tokens = cx.tokens_of(sentence);
    let floor = behind_dateline(cx, &tokens);
    let ceiling = predicate::last_word(cx, tokens);
    if ceiling < floor + 3 {
        return;
    }
    let from = found.len();
    if matches!(kind, BlockKind::Headline | BlockKind::Subheading)
        && let Some(colon) = (floor + 1..ceiling.min(floor + 7)).find(|&t| cx.is(t, Tags::COLON))
        && (floor..colon).all(|t| phrase::is_nominal(cx, t))
        && colon + 2 < ceiling
    {
        let attribution = Attribution {
            speaker: Some(phrase::Phrase { first: floor, last: colon - 1 }),
            cue: Some((colon, colon, CueStrength::Neutral)),
            rule: "headline-colon",
            end: colon + 1,
        };
        push(cx, found, from, colon + 1, ceiling - 1, attribution);
    }
    for t in floor..ceiling {
        if cx.inside(t).is_none()
            && let Some(a) = attribution::according(cx, t, ceiling)
        {
            let attribution = Attribution { rule: "according", ..a };
            let lead = (floor..t).filter(|&w| cx.is(w, Tags::WORD)).count();
            if lead <= 1 {
                if let Some(comma) = (a.end..ceiling).find(|&c| cx.is(c, Tags::COMMA)) {
                    push(cx, found, from, comma + 1, ceiling - 1, attribution);
                }
            } else {
                let end = if cx.is(t - 1, Tags::COMMA) { t - 1 } else { t };
                push(cx, found, from, floor, end - 1, attribution);
            }
        }
    }
    // What encloses its cue comes first, since other cues may stand inside of it.
    for p in predicates.iter().filter(|p| !used.contains(&p.first)) {
        if let Some((first, last, speaker, rule)) = around(cx, p, floor, ceiling) {
            let cue = Some((p.first, p.last, p.word.strength));
            push(cx, found, from, first, last, Attribution { speaker, cue, rule, end: p.last + 1 });
        }
    }
    for p in predicates.iter().filter(|p| !used.contains(&p.first)) {
        if p.infinitive
            || p.passive
            || p.subject.is_some_and(|s| cx.is(phrase::head(cx, s), Tags::MUTE) && !cx.is(s.last, Tags::CAPITAL))
            || found[from..]
                .iter()
                .rev()
                .take(NEAR)
                .any(|r| (r.first..=r.last).contains(&p.first) || r.attribution.cue.is_some_and(|c| c.0 == p.first))
        {
            continue;
        }
        if let Some(content) = p.content {
            let cue = Some((p.first, p.last, p.word.strength));
            let attribution = Attribution { speaker: p.subject, cue, rule: content.rule, end: p.last + 1 };
            push(cx, found, from, content.first, content.end - 1, attribution);
        }
    }
}

/// "OSLO, March 2 (Agency) — The bridge …": what is told starts behind the dash.
fn behind_dateline(cx: &Context, tokens: &std::ops::Range<usize>) -> usize {
    const LONGEST_DATELINE_TOKENS: usize = 14;
    let first = cx.doc.tokens.get(tokens.start).map_or("", |t| t.range.of(&cx.doc.text));
    let shouted = first.chars().filter(|c| c.is_alphabetic()).count() > 2 && !first.chars().any(char::is_lowercase);
    let end = tokens.end.min(tokens.start + LONGEST_DATELINE_TOKENS);
    let dash = shouted.then(|| (tokens.start + 1..end).find(|&t| cx.is(t, Tags::DASH) && !cx.touch(t))).flatten();
    dash.map_or(tokens.start, |d| d + 1)
}

fn push(cx: &Context, found: &mut Vec<Reported>, from: usize, first: usize, last: usize, attribution: Attribution) {
    if last < first
        || (first..=last).any(|t| cx.inside(t).is_some())
        || found[from..].iter().rev().take(NEAR).any(|r| first <= r.last && r.first <= last)
    {
        return;
    }
    found.push(Reported { first, last, attribution });
}

/// `CONTENT, X said.`, `CONTENT, said X.` and `CONT, X said, ENT.`
fn around(cx: &Context, p: &Predicate, floor: usize, ceiling: usize) -> Option<(usize, usize, Option<phrase::Phrase>, &'static str)> {
    let frames = p.word.frames;
    if !frames.any(Frames::THAT)
        || !frames.any(Frames::QUOTE.with(Frames::WEAK))
        || frames.any(Frames::LABEL)
        || p.passive
        || p.gerund
        || p.noun
    {
        return None;
    }
    if !cx.is(p.first, Tags::PAST) && p.subject.is_some_and(|s| cx.is(s.first, Tags::NUMBER)) {
        return None;
    }
    let (open, close, speaker) = if p.first > floor && cx.is(p.first - 1, Tags::COMMA) && p.carried {
        // Verb before subject.
        let subject = phrase::starting_at(cx, p.last + 1, ceiling)?;
        (p.first - 1, subject.last + 1, Some(subject))
    } else {
        let subject = p.subject.filter(|_| !p.carried)?;
        let open = subject.first.checked_sub(1).filter(|o| *o > floor && cx.is(*o, Tags::COMMA.with(Tags::DASH)))?;
        (open, p.last + 1, Some(subject))
    };
    let weak = frames.any(Frames::WEAK);
    // An adverbial before the comma ("In Paris on Monday, he said") has no verb.
    let adverbial = cx.is(floor, Tags::PREPOSITION.with(Tags::SUBORDINATOR).with(Tags::GERUND));
    let has_clause = !adverbial
        || (floor + 1..open).any(|t| cx.is(t, Tags::COMMA))
            && (floor..open).any(|t| cx.is(t, Tags::AUXILIARY.with(Tags::VERB).with(Tags::PAST)));
    if p.carried {
        // The rest tells who the speaker is.
        return (open >= floor + 3 && has_clause && !weak).then_some((floor, open - 1, speaker, "trailing"));
    }
    // "sources told the paper"
    let told = frames.any(Frames::TELL).then(|| phrase::starting_at(cx, close, ceiling)).flatten().map_or(close, |p| p.last + 1);
    let rest = content::adjunct(cx, told, ceiling).unwrap_or(told);
    if rest >= ceiling {
        return (open >= floor + 3 && has_clause && (!weak || close >= ceiling)).then_some((floor, open - 1, speaker, "trailing"));
    }
    let noun_first = phrase::is_nominal(cx, floor) || cx.is(floor, Tags::DETERMINER.with(Tags::PRONOUN)) && !cx.is(floor, Tags::ADVERB);
    if weak || (open < floor + 3 && !noun_first) {
        return None;
    }
    if cx.is(rest, Tags::COMMA.with(Tags::DASH)) {
        return Some((floor, ceiling - 1, speaker, "inserted"));
    }
    None
}
