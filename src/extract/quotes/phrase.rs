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
    let low = floor.max(last.saturating_sub(REACH));
    let mut first = last;
    while let Some(wider) = widen_left(cx, first, low) {
        first = wider;
    }
    Some(Phrase { first, last })
}

/// The first token of the phrase when what stands before `first` belongs to it too.
fn widen_left(cx: &Context, first: usize, low: usize) -> Option<usize> {
    let p = first.checked_sub(1).filter(|p| *p >= low && cx.inside(*p).is_none())?;
    let before = p.checked_sub(1).filter(|b| *b >= low);
    let tags = cx.tags(p);
    let determined = cx.is(first, Tags::DETERMINER);
    if !determined && is_nominal(cx, p) {
        return (!is_finite(cx, p, before, first)).then_some(p);
    }
    if !determined && tags.any(Tags::DETERMINER) {
        return Some(p);
    }
    let before = before?;
    let link = is_link(cx, p) && (is_nominal(cx, before) || cx.is(before, Tags::ANONYMOUS)) && link_holds(cx, p);
    let pair = cx.folded(p) == "and"
        && is_nominal(cx, before)
        && cx.is(before, Tags::CAPITAL) == cx.is(first, Tags::CAPITAL)
        && !cx.is(before, Tags::PAST.with(Tags::THIRD));
    (link || pair || is_abbreviation_stop(cx, p) && cx.is(first, Tags::CAPITAL)).then_some(before)
}

/// "the man said officials": a finite verb ends the phrase; "the retired general" goes on.
fn is_finite(cx: &Context, p: usize, before: Option<usize>, first: usize) -> bool {
    let tags = cx.tags(p);
    if tags.any(Tags::CAPITAL) {
        return false;
    }
    if tags.any(Tags::PAST.with(Tags::GERUND)) {
        return !before.is_some_and(|b| cx.is(b, Tags::DETERMINER.with(Tags::POSSESSIVE)));
    }
    tags.any(Tags::THIRD)
        && cx.is(first, Tags::CAPITAL)
        && !cx.is(first, Tags::POSSESSIVE)
        && before.is_some_and(|b| (is_nominal(cx, b) || cx.is(b, Tags::PRONOUN)) && !cx.is(b, Tags::POSSESSIVE.with(Tags::DETERMINER)))
}

/// "Sen.", "J." where the stop is a token of its own.
fn is_abbreviation_stop(cx: &Context, t: usize) -> bool {
    cx.folded(t) == "." && t > 0 && cx.touch(t - 1) && cx.is(t - 1, Tags::CAPITAL) && cx.doc.word(t - 1).len() <= 4
}

/// A preposition joins two nouns where what stands before it is a noun of speaking, or behind "of";
/// elsewhere it starts an adverbial ("on the stump in Ohio Smith said").
fn link_holds(cx: &Context, link: usize) -> bool {
    let head = link - 1;
    cx.folded(link) == "of"
        || cx.is(head, Tags::SPEAKS)
        // "a professor at the university"
        || !cx.is(head, Tags::CAPITAL.with(Tags::NUMBER)) && cx.is(link + 1, Tags::CAPITAL.with(Tags::DETERMINER))
}

/// The noun that the rest of a phrase tells of: "board" in "the board of the bank".
pub fn head(cx: &Context, phrase: Phrase) -> usize {
    (phrase.first + 1..=phrase.last).find(|&t| cx.is(t, Tags::PREPOSITION)).map_or(phrase.last, |link| link - 1)
}

/// The noun phrase that starts at `start` and ends before `ceiling`.
pub fn starting_at(cx: &Context, start: usize, ceiling: usize) -> Option<Phrase> {
    if start >= ceiling {
        return None;
    }
    if cx.is(start, Tags::PRONOUN) && !cx.is(start, Tags::DETERMINER) {
        return Some(Phrase { first: start, last: start });
    }
    let high = ceiling.min(start + REACH);
    let mut last = None;
    while let Some(wider) = widen_right(cx, start, last, high) {
        last = Some(wider);
    }
    let last = last?;
    // A determiner alone is no phrase, except for "some", "many", "others".
    if (start..=last).all(|t| cx.is(t, Tags::DETERMINER)) && !cx.is(last, Tags::ANONYMOUS.with(Tags::PRONOUN)) {
        return None;
    }
    Some(Phrase { first: start, last })
}

/// The last token of the phrase when what stands behind `last` belongs to it too.
fn widen_right(cx: &Context, start: usize, last: Option<usize>, high: usize) -> Option<usize> {
    let t = last.map_or(start, |l| l + 1);
    if t >= high || (cx.inside(t).is_some() && cx.inside(t) != cx.inside(start)) {
        return None;
    }
    // "told Roe the bridge", "called the plan a disgrace": a determiner opens another phrase.
    if cx.is(t, Tags::DETERMINER) && last.is_some_and(|l| !cx.is(l, Tags::DETERMINER)) {
        return None;
    }
    if is_nominal(cx, t) {
        let verb = cx.is(t, Tags::PAST.with(Tags::THIRD).with(Tags::GERUND)) && !cx.is(t, Tags::CAPITAL);
        return (!verb || last.is_none_or(|l| cx.is(l, Tags::DETERMINER.with(Tags::POSSESSIVE)))).then_some(t);
    }
    if cx.is(t, Tags::DETERMINER) && last.is_none_or(|l| cx.is(l, Tags::DETERMINER)) {
        return Some(t);
    }
    let (last, next) = (last?, t + 1);
    if next >= high {
        return None;
    }
    // "a source close to the talks"
    if cx.is(last, Tags::RELATIONAL) && matches!(cx.folded(t), "to" | "with") && (is_nominal(cx, next) || cx.is(next, Tags::DETERMINER)) {
        return Some(next);
    }
    let link = matches!(cx.folded(t), "of" | "for" | "at" | "from" | "with" | "in")
        && (is_nominal(cx, next) || cx.is(next, Tags::DETERMINER))
        && !cx.is(next, Tags::NUMBER.with(Tags::GERUND))
        // "a trader in Oslo"; "said Roe in Oslo" says where she spoke.
        && (cx.folded(t) == "of" || cx.is(last, Tags::SPEAKS) || !cx.is(last, Tags::CAPITAL) && cx.is(next, Tags::CAPITAL));
    let pair = cx.folded(t) == "and" && cx.is(last, Tags::CAPITAL) && cx.is(next, Tags::CAPITAL);
    (link || pair || is_abbreviation_stop(cx, t) && cx.is(next, Tags::CAPITAL)).then_some(next)
}
