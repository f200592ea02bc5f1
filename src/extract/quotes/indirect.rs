//! Reported speech without marks: a cue, its content and its source.

use super::attribution::{self, Attribution, Predicates};
use super::content;
use super::context::Context;
use super::lexicon::{Frames, Tags};
use super::phrase;
use super::predicate::{self, Predicate};
use super::resolve::Names;
use crate::extract::CueStrength;
use crate::source::BlockKind;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Reported speech: the first and last token of its content, and who reports it how.
#[derive(Clone, Debug)]
pub struct Reported {
    pub first: usize,
    pub last: usize,
    /// The tokens of an attribution that stands inside, with its commas.
    pub hole: Option<Range<usize>>,
    pub attribution: Attribution,
}

/// Contents of one sentence that are looked back at for overlaps; more than that is no sentence.
const NEAR: usize = 64;

/// What the marks have taken.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Cues that stand behind words in marks: they report those.
    pub cues: FxHashSet<usize>,
    /// Marked stretches that somebody said. Titles and scare quotes are not among them.
    pub marks: FxHashSet<usize>,
}

/// All reported speech in text order. Content that holds quoted words is left to them.
pub fn reported(cx: &Context, predicates: &Predicates, names: &Names, taken: &Taken) -> Vec<Reported> {
    let mut found = Vec::new();
    for s in 0..cx.sentences() {
        let kind = cx.kind_of(s);
        if matches!(kind, BlockKind::Boilerplate | BlockKind::Byline | BlockKind::Dateline) {
            continue;
        }
        let from = found.len();
        if matches!(kind, BlockKind::Headline | BlockKind::Subheading) {
            headline_colon(cx, names, taken, s, &mut found);
        }
        of_sentence(cx, predicates.of(s), taken, s, from, &mut found);
    }
    found
}

/// "Mayor: bridge was safe". A topic stands before a colon as often ("Skarn ferry: two men rescued"), so it has to be somebody
/// who can speak: a person or body that the article names, or what such are called.
fn headline_colon(cx: &Context, names: &Names, taken: &Taken, sentence: usize, found: &mut Vec<Reported>) {
    let tokens = cx.tokens_of(sentence);
    let floor = behind_dateline(cx, &tokens);
    let ceiling = predicate::last_word(cx, tokens);
    let Some(colon) = (floor + 1..ceiling.min(floor + 7)).find(|&t| cx.is(t, Tags::COLON)) else { return };
    let speaker = phrase::Phrase { first: floor, last: colon - 1 };
    let who = Tags::SPEAKS.with(Tags::PERSON);
    let speaks = names.ends_in_name(cx, speaker) || cx.is(phrase::head(cx, speaker), who);
    if speaks && (floor..colon).all(|t| phrase::is_nominal(cx, t)) && colon + 2 < ceiling {
        let cue = Some((colon, colon, CueStrength::Neutral));
        let attribution = Attribution { speaker: Some(speaker), cue, rule: "headline-colon", end: colon + 1 };
        push(cx, taken, found, found.len(), colon + 1..ceiling, attribution);
    }
}

fn of_sentence(cx: &Context, predicates: &[Predicate], taken: &Taken, sentence: usize, from: usize, found: &mut Vec<Reported>) {
    let tokens = cx.tokens_of(sentence);
    let floor = behind_dateline(cx, &tokens);
    let ceiling = predicate::last_word(cx, tokens);
    if ceiling < floor + 3 {
        return;
    }
    for t in floor..ceiling {
        if cx.inside(t).is_none()
            && let Some(a) = attribution::according(cx, t, ceiling)
        {
            let attribution = Attribution { rule: "according", ..a };
            let lead = (floor..t).filter(|&w| cx.is(w, Tags::WORD)).count();
            if lead <= 1 {
                if let Some(comma) = (a.end..ceiling).find(|&c| cx.is(c, Tags::COMMA)) {
                    push(cx, taken, found, from, comma + 1..ceiling, attribution);
                }
            } else {
                let end = if cx.is(t - 1, Tags::COMMA) { t - 1 } else { t };
                let inserted = end < t && a.end + 1 < ceiling && cx.is(a.end, Tags::COMMA) && !has_verb(cx, floor..end);
                let content = if inserted { floor..ceiling } else { floor..end };
                if push(cx, taken, found, from, content, attribution)
                    && inserted
                    && let Some(last) = found.last_mut()
                {
                    last.hole = Some(end..a.end + 1);
                }
            }
        }
    }
    // What encloses its cue comes first, since other cues may stand inside of it.
    for p in predicates.iter().filter(|p| !taken.cues.contains(&p.first)) {
        if let Some(Around { content, hole, speaker, rule }) = around(cx, p, floor, ceiling) {
            let cue = Some((p.first, p.last, p.word.strength));
            let fits = push(cx, taken, found, from, content, Attribution { speaker, cue, rule, end: p.last + 1 });
            if let (true, Some(last)) = (fits, found.last_mut()) {
                last.hole = hole;
            }
        }
    }
    for p in predicates.iter().filter(|p| !taken.cues.contains(&p.first)) {
        if p.infinitive
            || p.passive && !p.content.is_some_and(|c| matches!(c.rule, "passive" | "cue-that" | "cue-adjunct-that"))
            || p.subject.is_some_and(|s| cx.is(phrase::head(cx, s), Tags::MUTE) && !cx.is(s.last, Tags::CAPITAL))
            || found[from..]
                .iter()
                .rev()
                .take(NEAR)
                .any(|r| (r.first..=r.last).contains(&p.first) || r.attribution.cue.is_some_and(|c| c.0 == p.first))
        {
            continue;
        }
        // What stands in marks alone is a title: "read “The Long Road” twice".
        let alone = |first: usize, end: usize| {
            const FEWEST_WORDS_BESIDE: usize = 3;
            p.word.frames.any(Frames::WEAK) || (first..end).filter(|&t| cx.inside(t).is_none()).count() < FEWEST_WORDS_BESIDE
        };
        if let Some(content) = p.content.filter(|c| !(c.rule.ends_with("-mark") && alone(c.first, c.end))) {
            let cue = Some((p.first, p.last, p.word.strength));
            let speaker = if p.passive { attribution::by_agent(cx, p.last + 1, content.first) } else { p.subject };
            let attribution = Attribution { speaker, cue, rule: content.rule, end: p.last + 1 };
            push(cx, taken, found, from, content.first..content.end, attribution);
        }
    }
}

/// "OSLO, March 2 (Agency) — The bridge …": what is told starts behind the dash.
fn behind_dateline(cx: &Context, tokens: &Range<usize>) -> usize {
    const LONGEST_DATELINE_TOKENS: usize = 14;
    let first = cx.doc.tokens.get(tokens.start).map_or("", |t| t.range.of(&cx.doc.text));
    let shouted = first.chars().filter(|c| c.is_alphabetic()).count() > 2 && !first.chars().any(char::is_lowercase);
    let end = tokens.end.min(tokens.start + LONGEST_DATELINE_TOKENS);
    let dash = shouted.then(|| (tokens.start + 1..end).find(|&t| cx.is(t, Tags::DASH) && !cx.touch(t))).flatten();
    dash.map_or(tokens.start, |d| d + 1)
}

fn push(cx: &Context, taken: &Taken, found: &mut Vec<Reported>, from: usize, content: Range<usize>, attribution: Attribution) -> bool {
    let quoted = content.clone().any(|t| cx.inside(t).is_some_and(|m| taken.marks.contains(&m)));
    let overlaps = |r: &Reported| content.start <= r.last && r.first < content.end;
    if content.is_empty() || quoted || found[from..].iter().rev().take(NEAR).any(overlaps) {
        return false;
    }
    found.push(Reported { first: content.start, last: content.end - 1, hole: None, attribution });
    true
}

/// Content on both sides of its cue, or before it.
struct Around {
    content: Range<usize>,
    hole: Option<Range<usize>>,
    speaker: Option<phrase::Phrase>,
    rule: &'static str,
}

fn has_verb(cx: &Context, mut tokens: Range<usize>) -> bool {
    tokens.any(|t| cx.is(t, Tags::AUXILIARY.with(Tags::VERB).with(Tags::PAST).with(Tags::THIRD)))
}

/// `CONTENT, X said.`, `CONTENT, said X.` and `CONT, X said, ENT.`
fn around(cx: &Context, p: &Predicate, floor: usize, ceiling: usize) -> Option<Around> {
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
    let trailing = || Around { content: floor..open, hole: None, speaker, rule: "trailing" };
    if p.carried && cx.is(close, Tags::COMMA) && close + 1 < ceiling && !has_verb(cx, floor..open) && has_clause && !weak {
        // "The bridge, said Roe, would open"
        return Some(Around { content: floor..ceiling, hole: Some(open..close + 1), speaker, rule: "inserted" });
    }
    if p.carried {
        // The rest tells who the speaker is.
        return (open >= floor + 3 && has_clause && !weak).then(trailing);
    }
    // "sources told the paper"
    let told = frames.any(Frames::TELL).then(|| phrase::starting_at(cx, close, ceiling)).flatten().map_or(close, |p| p.last + 1);
    let rest = content::adjunct(cx, told, ceiling).unwrap_or(told);
    if rest >= ceiling {
        return (open >= floor + 3 && has_clause && (!weak || close >= ceiling)).then(trailing);
    }
    let noun_first = phrase::is_nominal(cx, floor) || cx.is(floor, Tags::DETERMINER.with(Tags::PRONOUN)) && !cx.is(floor, Tags::ADVERB);
    if weak || (open < floor + 3 && !noun_first) {
        return None;
    }
    if cx.is(rest, Tags::COMMA.with(Tags::DASH)) {
        return Some(Around { content: floor..ceiling, hole: Some(open..rest + 1), speaker, rule: "inserted" });
    }
    None
}
