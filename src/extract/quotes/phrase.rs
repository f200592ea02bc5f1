//! Noun phrases beside a verb, by the closed classes of words alone.
//!
//! A full parser would cost more than the whole rest of the stage. News names its speakers in few
//! shapes: a name with its titles, a determiner with nouns, a pronoun, any of these with "of …" or
//! an apposition between commas. Those are walked token by token from the verb outwards.

use super::context::Context;
use super::lexicon::Tags;

/// Tokens of a noun phrase, both ends inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub first: usize,
    pub last: usize,
}

/// Longest phrase or apposition that is walked over, in tokens.
const REACH: usize = 30;

/// Whether a token may stand inside a plain noun phrase.
pub fn is_nominal(cx: &Context, t: usize) -> bool {
    let tags = cx.tags(t);
    if tags.any(Tags::NUMBER) {
        return true;
    }
    if !tags.any(Tags::WORD) || tags.any(Tags::CLOSED) || tags.any(Tags::PRONOUN) {
        return false;
    }
    true
}

/// Links between the parts of one noun phrase.
fn is_link(cx: &Context, t: usize) -> bool {
    cx.is(t, Tags::PREPOSITION) && matches!(cx.folded(t), "of" | "for" | "in" | "at" | "from" | "with" | "on" | "to" | "against" | "by")
}

/// The noun phrase that ends just before `end`, not reaching before `floor`. Appositions, brackets and
/// relative clauses between it and `end` are stepped over.
pub fn before(cx: &Context, end: usize, floor: usize) -> Option<Phrase> {
    let mut last = end.checked_sub(1).filter(|l| *l >= floor)?;
    // A relative pronoun speaks for itself.
    if cx.is(last, Tags::RELATIVE) {
        return Some(Phrase { first: last, last });
    }
    for _ in 0..3 {
        if cx.is(last, Tags::CLOSING) {
            let open = step_back(last, floor, |t| cx.is(t, Tags::OPENING))?;
            last = open.checked_sub(1).filter(|l| *l >= floor)?;
        } else if cx.is(last, Tags::COMMA) || cx.is(last, Tags::DASH) {
            let (comma, dash) = (cx.is(last, Tags::COMMA), cx.is(last, Tags::DASH));
            let open = step_back(last, floor, |t| (comma && cx.is(t, Tags::COMMA)) || (dash && cx.is(t, Tags::DASH)))?;
            let head = open.checked_sub(1).filter(|l| *l >= floor)?;
            // "A, B and C, said": the commas list, they do not enclose. "On Monday, Smith, said" neither.
            if !is_nominal(cx, head) && !cx.is(head, Tags::CLOSING.with(Tags::PRONOUN).with(Tags::COMMA)) {
                return None;
            }
            last = head;
        } else {
            break;
        }
    }
    ending_at(cx, last, floor)
}

fn step_back(from: usize, floor: usize, found: impl Fn(usize) -> bool) -> Option<usize> {
    let low = floor.max(from.saturating_sub(REACH));
    (low..from).rev().find(|&t| found(t))
}

/// The noun phrase whose last token is `last`.
pub fn ending_at(cx: &Context, last: usize, floor: usize) -> Option<Phrase> {
    if cx.is(last, Tags::PRONOUN) && !cx.is(last, Tags::PREPOSITION) {
        let object = cx.is(last, Tags::OBJECT) && !matches!(cx.folded(last), "you" | "it");
        return (!object).then_some(Phrase { first: last, last });
    }
    if !is_nominal(cx, last) && !cx.is(last, Tags::ANONYMOUS) {
        return None;
    }
    let mut first = last;
    let low = floor.max(last.saturating_sub(REACH));
    while first > low {
        let p = first - 1;
        if cx.inside(p).is_some() {
            break;
        }
        let tags = cx.tags(p);
        let is_verb = tags.any(Tags::PAST.with(Tags::GERUND)) && !tags.any(Tags::CAPITAL) && !cx.is(first, Tags::DETERMINER);
        if is_nominal(cx, p) && !cx.is(first, Tags::DETERMINER) {
            // "the man said officials": a finite verb ends the phrase; "the retired general" goes on.
            if is_verb && !(p > low && cx.is(p - 1, Tags::DETERMINER.with(Tags::POSSESSIVE))) {
                break;
            }
            if tags.any(Tags::THIRD)
                && !tags.any(Tags::CAPITAL)
                && p > low
                && (is_nominal(cx, p - 1) || cx.is(p - 1, Tags::PRONOUN))
                && !cx.is(p - 1, Tags::POSSESSIVE.with(Tags::DETERMINER))
                && !cx.is(first, Tags::POSSESSIVE)
                && cx.is(first, Tags::CAPITAL)
            {
                break;
            }
            first = p;
        } else if tags.any(Tags::DETERMINER) && !cx.is(first, Tags::DETERMINER) {
            first = p;
        } else if is_link(cx, p) && p > low && (is_nominal(cx, p - 1) || cx.is(p - 1, Tags::ANONYMOUS)) && link_holds(cx, p, low) {
            first = p - 1;
        } else if tags.any(Tags::CONJUNCTION)
            && cx.folded(p) == "and"
            && p > low
            && is_nominal(cx, p - 1)
            && cx.is(p - 1, Tags::CAPITAL) == cx.is(first, Tags::CAPITAL)
            && !cx.is(p - 1, Tags::PAST.with(Tags::THIRD))
        {
            first = p - 1;
        } else if cx.is(p, Tags::STOP)
            && cx.folded(p) == "."
            && p > low
            && cx.touch(p - 1)
            && cx.is(p - 1, Tags::CAPITAL)
            && cx.doc.word(p - 1).len() <= 4
            && cx.is(first, Tags::CAPITAL)
        {
            // "Sen.", "J." where the stop is a token of its own.
            first = p - 1;
        } else {
            break;
        }
    }
    Some(Phrase { first, last })
}

/// A preposition joins two nouns where what stands before it is a noun of speaking or a name after "of";
/// elsewhere it starts an adverbial ("on the stump in Ohio Smith said").
fn link_holds(cx: &Context, link: usize, floor: usize) -> bool {
    if cx.folded(link) == "of" {
        return true;
    }
    let head = link - 1;
    if cx.is(head, Tags::SPEAKS) {
        return true;
    }
    // A determiner after the link and a lower-case noun before: "a professor at the university".
    let _ = floor;
    !cx.is(head, Tags::CAPITAL) && !cx.is(head, Tags::NUMBER) && cx.is(link + 1, Tags::CAPITAL.with(Tags::DETERMINER))
}

/// The noun phrase that starts at `start` and ends before `ceiling`.
pub fn starting_at(cx: &Context, start: usize, ceiling: usize) -> Option<Phrase> {
    if start >= ceiling {
        return None;
    }
    if cx.is(start, Tags::PRONOUN) && !cx.is(start, Tags::DETERMINER) {
        return Some(Phrase { first: start, last: start });
    }
    let mut t = start;
    let mut last = None;
    let high = ceiling.min(start + REACH);
    while t < high {
        if cx.inside(t).is_some() && cx.inside(t) != cx.inside(start) {
            break;
        }
        if is_nominal(cx, t) {
            let verb = cx.is(t, Tags::PAST.with(Tags::THIRD).with(Tags::GERUND)) && !cx.is(t, Tags::CAPITAL);
            if verb && last.is_some_and(|l| !cx.is(l, Tags::DETERMINER.with(Tags::POSSESSIVE))) {
                break;
            }
            last = Some(t);
        } else if cx.is(t, Tags::DETERMINER)
            && (last.is_none() || last == t.checked_sub(1))
            && last.is_none_or(|l| cx.is(l, Tags::DETERMINER))
        {
            last = Some(t);
        } else if is_link(cx, t)
            && last.is_some()
            && matches!(cx.folded(t), "of" | "for" | "at" | "from" | "with" | "in")
            && (is_nominal(cx, t + 1) || cx.is(t + 1, Tags::DETERMINER))
            && t + 1 < high
            && !cx.is(t + 1, Tags::NUMBER)
            && (cx.folded(t) == "of" || last.is_some_and(|l| cx.is(l, Tags::SPEAKS)))
        {
            t += 1;
            last = Some(t);
        } else if cx.folded(t) == "and" && last.is_some_and(|l| cx.is(l, Tags::CAPITAL)) && cx.is(t + 1, Tags::CAPITAL) && t + 1 < high {
            t += 1;
            last = Some(t);
        } else if cx.is(t, Tags::STOP)
            && cx.folded(t) == "."
            && last == t.checked_sub(1)
            && cx.touch(t - 1)
            && cx.is(t - 1, Tags::CAPITAL)
            && cx.doc.word(t - 1).len() <= 4
            && cx.is(t + 1, Tags::CAPITAL)
        {
            // An abbreviation whose stop is a token of its own.
        } else {
            break;
        }
        t += 1;
    }
    let last = last?;
    // A determiner alone is no phrase, except for "some", "many", "others".
    if (start..=last).all(|t| cx.is(t, Tags::DETERMINER)) && !cx.is(last, Tags::ANONYMOUS.with(Tags::PRONOUN)) {
        return None;
    }
    Some(Phrase { first: start, last })
}
