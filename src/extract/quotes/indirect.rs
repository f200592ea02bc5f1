//! Reported speech without marks: a cue, its content and its source.

use super::attribution::{self, Attribution, Predicates};
use super::context::Context;
use super::lexicon::{Frames, Tags};
use super::phrase;
use super::predicate::{self, Predicate};
use crate::base::SentenceIx;
use crate::extract::CueStrength;
use crate::source::BlockKind;

/// Reported speech: the first and last token of its content, and who reports it how.
#[derive(Clone, Copy, Debug)]
pub struct Reported {
    pub first: usize,
    pub last: usize,
    pub attribution: Attribution,
}

/// All reported speech in text order. Content that holds words in marks is left to the marks.
pub fn reported(cx: &Context, predicates: &Predicates) -> Vec<Reported> {
    let mut found = Vec::new();
    for s in 0..cx.doc.sentences.len() {
        let kind = cx.doc.block_kind(s.into());
        if matches!(kind, BlockKind::Boilerplate | BlockKind::Byline | BlockKind::Dateline) {
            continue;
        }
        of_sentence(cx, predicates.of(s), s.into(), kind, &mut found);
    }
    found
}

fn of_sentence(cx: &Context, predicates: &[Predicate], sentence: SentenceIx, kind: BlockKind, found: &mut Vec<Reported>) {
    let tokens = cx.tokens_of(sentence);
    let floor = tokens.start;
    let mut ceiling = tokens.end;
    while ceiling > floor && cx.is(ceiling - 1, Tags::STOP.with(Tags::MARK)) && cx.inside(ceiling - 1).is_none() {
        ceiling -= 1;
    }
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
                    push(cx, found, from, comma + 1, clause_end(cx, predicates, comma + 1, ceiling, None) - 1, attribution);
                }
            } else {
                let end = if cx.is(t - 1, Tags::COMMA) { t - 1 } else { t };
                push(cx, found, from, floor, end - 1, attribution);
            }
        }
    }
    for p in predicates {
        if found[from..].iter().any(|r| (r.first..=r.last).contains(&p.first)) || p.infinitive {
            continue;
        }
        let cue = Some((p.first, p.last, p.word.strength));
        if let Some((first, last, speaker, rule)) = around(cx, p, floor, ceiling) {
            push(cx, found, from, first, last, Attribution { speaker, cue, rule, end: p.last + 1 });
            continue;
        }
        if p.passive {
            continue;
        }
        let Some((first, rule)) = predicate::content_start(cx, p, ceiling) else { continue };
        let end = clause_end(cx, predicates, first, ceiling, Some(rule));
        if end > first {
            push(cx, found, from, first, end - 1, Attribution { speaker: p.subject, cue, rule, end: p.last + 1 });
        }
    }
}

fn push(cx: &Context, found: &mut Vec<Reported>, from: usize, first: usize, last: usize, attribution: Attribution) {
    if last < first || (first..=last).any(|t| cx.inside(t).is_some()) || found[from..].iter().any(|r| first <= r.last && r.first <= last) {
        return;
    }
    found.push(Reported { first, last, attribution });
}

/// `CONTENT, X said.`, `CONTENT, said X.` and `CONT, X said, ENT.`
fn around(cx: &Context, p: &Predicate, floor: usize, ceiling: usize) -> Option<(usize, usize, Option<phrase::Phrase>, &'static str)> {
    if !p.word.frames.any(Frames::QUOTE) || p.passive || p.gerund {
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
    if open < floor + 3 && !cx.is(floor, Tags::DETERMINER) {
        return None;
    }
    let rest = predicate::adjunct(cx, close, ceiling).unwrap_or(close);
    if rest >= ceiling {
        // An adverbial before the comma ("In Paris on Monday, he said") has no verb; content has words enough.
        return (open >= floor + 3 && close >= ceiling.min(close) && !cx.is(floor, Tags::PREPOSITION)).then_some((
            floor,
            open - 1,
            speaker,
            "trailing",
        ));
    }
    if cx.is(rest, Tags::COMMA.with(Tags::DASH)) {
        return Some((floor, ceiling - 1, speaker, "inserted"));
    }
    None
}

/// Where a content that starts at `start` ends (one past its last token).
fn clause_end(cx: &Context, predicates: &[Predicate], start: usize, ceiling: usize, rule: Option<&str>) -> usize {
    let object = matches!(rule, Some("cue-object" | "cue-preposition" | "cue-to"));
    for t in start + 1..ceiling {
        if cx.inside(t).is_some() {
            continue;
        }
        let tags = cx.tags(t);
        if tags.any(Tags::SEMICOLON) {
            return t;
        }
        if tags.any(Tags::COMMA) {
            if cx.folded(t + 1) == "according" {
                return t;
            }
            let (conjunction, next) = if cx.is(t + 1, Tags::CONJUNCTION.with(Tags::SUBORDINATOR)) { (true, t + 2) } else { (false, t + 1) };
            for p in predicates.iter().filter(|p| p.first >= next && p.first < next + 8) {
                let starts_here = p.subject.is_some_and(|s| s.first == next && !p.carried) && conjunction;
                let gerund = p.gerund && p.first <= next + 1 && !conjunction;
                if starts_here || gerund || (p.carried && p.first <= next + 1 && !p.gerund && conjunction) {
                    return t;
                }
            }
            if object && !conjunction && cx.is(t + 1, Tags::DETERMINER.with(Tags::RELATIVE).with(Tags::GERUND)) {
                return t;
            }
        }
        if tags.any(Tags::CONJUNCTION)
            && predicates.iter().any(|p| {
                p.carried
                    && !p.gerund
                    && !p.infinitive
                    && p.first > t
                    && p.first <= t + 2
                    && p.word.frames.any(Frames::QUOTE)
                    && cx.is(p.first, Tags::PAST.with(Tags::THIRD))
            })
        {
            return t;
        }
    }
    ceiling
}
