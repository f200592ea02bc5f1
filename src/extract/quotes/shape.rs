//! What words in marks are: whole clauses, a few words of somebody's, or a name.

use super::attribution::{Predicates, Utterance};
use super::context::Context;
use super::lexicon::{Frames, Tags};
use super::marks::Marked;
use super::predicate::Predicate;
use crate::source::BlockKind;
use std::ops::Range;

/// Titles of works and nicknames stand in marks but are nobody's words: `In "The Long Road" she wrote`,
/// `Mary "Molly" Brown`, a subheading.
pub fn is_name(cx: &Context, predicates: &Predicates, u: &Utterance) -> bool {
    let words = || u.tokens.clone().filter(|&t| cx.is(t, Tags::WORD.with(Tags::NUMBER)));
    let count = words().count();
    let opening = cx.tokens_of(cx.sentence_of(u.tokens.start)).start;
    let before = u.tokens.start.checked_sub(1).filter(|b| *b >= opening);
    if before.is_some_and(|b| cx.is(b, Tags::TITLED)) {
        return true;
    }
    if count == 1 && before.is_some_and(|b| cx.is(b, Tags::CAPITAL)) && cx.is(u.tokens.end, Tags::CAPITAL) {
        return true;
    }
    // "hailed the mayor as “The Builder”"
    let at = u.tokens.start;
    let labels =
        |p: &Predicate| p.word.frames.any(Frames::LABEL) && p.last + 1 < at && p.content.is_some_and(|c| c.first < at && at < c.reach);
    if predicates.of(cx.sentence_of(at)).iter().any(labels) {
        return false;
    }
    // `chanting "Build It Now"`
    let says = |p: &Predicate| {
        let speech = p.word.frames.any(Frames::QUOTE) && !p.word.frames.any(Frames::WEAK.with(Frames::NP));
        let beside = at == p.last + 1 || at > 0 && cx.is(at - 1, Tags::COMMA.with(Tags::COLON));
        speech && beside && p.content.is_some_and(|c| c.first == at && c.rule.ends_with("-mark"))
    };
    if predicates.of(cx.sentence_of(at)).iter().any(says) {
        return false;
    }
    let capital = |t: usize| cx.is(t, Tags::CAPITAL.with(Tags::NUMBER));
    let small = Tags::PREPOSITION.with(Tags::CONJUNCTION).with(Tags::DETERMINER).with(Tags::TO).with(Tags::POSSESSIVE);
    let title_case = words().filter(|&t| capital(t)).count() > 1
        && words().next().is_some_and(capital)
        && words().all(|t| capital(t) || cx.doc.word(t).len() <= 2 || cx.is(t, small));
    let Some(paragraph) = cx.paragraphs.get(u.first_paragraph) else { return false };
    let headline = cx.kind_of(cx.sentence_of(u.tokens.start)) == BlockKind::Headline;
    let whole = u.parts.len() == 1
        && cx.range(u.tokens.start, u.tokens.end.max(1) - 1).end + 2 > paragraph.end
        && cx.doc.tokens.get(u.tokens.start).is_some_and(|t| t.range.start == paragraph.start);
    let speech_before = before.is_some_and(|b| cx.is(b, Tags::COMMA.with(Tags::COLON)));
    title_case
        && !headline
        && !speech_before
        && (whole && count <= 8
            || before.is_some_and(|b| cx.is(b, Tags::WORD.with(Tags::POSSESSIVE).with(Tags::NUMBER)) && !cx.is(b, Tags::THAT)))
}

/// Whether marked words are whole clauses rather than a few words of a sentence.
pub fn is_direct(cx: &Context, marked: &Marked, tokens: &Range<usize>) -> bool {
    let Some(first) = marked.parts.first() else { return false };
    let Some(last) = marked.parts.last() else { return false };
    let (first, last) = (first.of(&cx.doc.text), last.of(&cx.doc.text));
    let capital =
        first.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let ends = last.ends_with(['.', '!', '?', ',', '…', '—', '-', '’', '”', '\'']);
    let stop_follows = cx.is(tokens.end, Tags::STOP) || tokens.end >= cx.doc.tokens.len();
    let comma_before = tokens.start.checked_sub(1).is_some_and(|t| cx.is(t, Tags::COMMA.with(Tags::COLON)));
    let words = tokens.clone().filter(|&t| cx.is(t, Tags::WORD.with(Tags::NUMBER))).count();
    let opens = cx.tokens_of(cx.sentence_of(tokens.start)).start == tokens.start;
    // “The bridge is closed”, said Roe.
    let comma_follows = cx.is(tokens.end, Tags::COMMA) && opens;
    // Headlines leave the comma out: ‘We were lied to’ says Hale.
    let headline = cx.kind_of(cx.sentence_of(tokens.start)) == BlockKind::Headline && (opens || comma_before);
    marked.parts.len() > 1
        || (headline && capital && words > 2)
        // “No,” said Roe.
        || (opens && capital && ends && words == 1 && !last.ends_with(['.', '-', '—']))
        || (capital && words > 1 && (ends || stop_follows))
        || (capital && words > 2 && comma_follows)
        || (comma_before && words > 2 && ends)
}
