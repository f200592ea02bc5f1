//! Quotes: words in marks and reported speech, with their speakers and cues.
//!
//! 1. `marks` finds what stands in quotation marks, over whole paragraphs.
//!    `turns` finds the turns of interviews and transcripts, `dashes` speech behind a dash.
//! 2. `context` tags every token once from the tables in `assets/lang/`.
//! 3. `predicate` finds cue verbs in use and their subjects, by `phrase`.
//!    `content` tells what they say.
//! 4. `shape` tells clauses, picked words and names apart. `attribution` gives the marked words their cue
//!    and speaker, and joins what belongs together.
//! 5. `indirect` finds reported speech.
//! 6. `resolve` gives pronouns, short names and roles the full name.
//!
//! A statistical parser or tagger was rejected: its model would outweigh the program, and news keeps
//! to few shapes. All steps are linear in the text.

mod attribution;
mod content;
mod context;
mod dashes;
mod indirect;
#[allow(missing_docs)]
mod lexicon;
mod marks;
mod phrase;
mod predicate;
mod resolve;
mod shape;
mod turns;

use self::attribution::{Attribution, Predicates};
use self::context::Context;
use super::{Cue, Detail, Quote, QuoteKind, Speaker};
use crate::base::TextRange;
use crate::text::Document;

/// Reads the stage's tables before it needs them.
pub(crate) fn prepare() {
    std::sync::LazyLock::force(&lexicon::ENGLISH);
}

/// Finds all quotes of a document, in text order. Persons and organisations among `details` give the
/// speakers their names; without them runs of capitalised words do.
pub fn quotes(doc: &Document, details: &[Detail]) -> Vec<Quote> {
    let paragraphs = marks::paragraphs(doc);
    let marked = turns::with_turns(doc, &paragraphs, marks::marked(doc, &paragraphs));
    let marked = dashes::with_dashes(doc, &paragraphs, marked);
    let cx = Context::new(doc, &paragraphs, &marked);
    let predicates = Predicates::new(&cx);
    let names = resolve::Names::new(&cx, details);

    let mut taken = indirect::Taken::default();
    let mut quotes: Vec<(Quote, Attribution)> = Vec::new();
    for utterance in attribution::utterances(&cx, &predicates) {
        let Some(attribution) = utterance.attribution else { continue };
        if let Some((cue, ..)) = attribution.cue.filter(|_| attribution.rule.starts_with("after")) {
            taken.cues.insert(cue);
        }
        taken.marks.extend(utterance.tokens.clone().filter_map(|t| cx.inside(t)));
        let kind = if utterance.direct { QuoteKind::Direct } else { QuoteKind::Partial };
        quotes.push((quote(&cx, utterance.parts, kind, attribution), attribution));
    }
    for reported in indirect::reported(&cx, &predicates, &names, &taken) {
        let hole = reported.hole.unwrap_or(reported.last + 1..reported.last + 1);
        let sides = [reported.first..hole.start, hole.end..reported.last + 1];
        let parts = sides.iter().filter(|s| !s.is_empty()).map(|s| cx.range(s.start, s.end - 1)).collect();
        quotes.push((quote(&cx, parts, QuoteKind::Indirect, reported.attribution), reported.attribution));
    }
    quotes.sort_by_key(|(q, _)| (q.range.start, q.range.end));
    let mut speakers: Vec<(u32, usize)> = Vec::new();
    let mut body = None;
    for (quote, attribution) in &mut quotes {
        if let (Some(phrase), Some(speaker)) = (attribution.speaker, &mut quote.speaker)
            && names.is_it(&cx, phrase)
        {
            speaker.name = names.body(&cx, phrase, &body);
            continue;
        }
        if let (Some(phrase), Some(speaker)) = (attribution.speaker, &mut quote.speaker)
            && let Some((name, entity)) = names.name(&cx, phrase, &speakers)
        {
            speaker.name = Some(name);
            speakers.extend(entity.map(|e| (speaker.range.start, e)));
        }
        if let (Some(phrase), Some(speaker)) = (attribution.speaker, &quote.speaker) {
            body = names.spoken_body(&cx, phrase, speaker).or(body);
        }
    }
    quotes.into_iter().map(|(q, _)| q).collect()
}

/// Fewer words in marks are a title, a nickname or irony as often as speech.
const LEAST_WORDS: usize = 4;
/// The same in characters, where words are not parted.
const LEAST_CHARACTERS: usize = 8;
/// The same where some are the endings of Japanese verbs, which titles and nicknames seldom have.
const LEAST_WITH_ENDINGS: usize = 6;

/// What stands in quotation marks in a language whose words for speaking are not known: without speakers and cues.
pub fn marked_quotes(doc: &Document) -> Vec<Quote> {
    let paragraphs = marks::paragraphs(doc);
    let long = |range: TextRange| {
        let words = range.of(&doc.text);
        let spaceless = doc.tokens_in(range).filter(|t| doc.word(*t).chars().nth(1).is_none()).count() * 2 > words.chars().count();
        match spaceless {
            true => {
                let endings = words.chars().filter(|c| matches!(c, '\u{3040}'..='\u{309f}')).count();
                let least = if endings >= 2 { LEAST_WITH_ENDINGS } else { LEAST_CHARACTERS };
                words.chars().filter(|c| c.is_alphabetic()).count() >= least
            }
            false => words.split_whitespace().count() >= LEAST_WORDS,
        }
    };
    let quotes = marks::marked(doc, &paragraphs).into_iter().filter(|m| m.parts.iter().any(|p| long(*p))).filter_map(|m| {
        let (first, last) = (m.parts.first()?, m.parts.last()?);
        let sentence = doc.sentence_at(first.start)?;
        let range = TextRange { start: first.start, end: last.end };
        Some(Quote { range, kind: QuoteKind::Direct, speaker: None, cue: None, sentence, rule: "marks", parts: m.parts })
    });
    quotes.collect()
}

fn quote(cx: &Context, parts: Vec<TextRange>, kind: QuoteKind, attribution: Attribution) -> Quote {
    let range = match (parts.first(), parts.last()) {
        (Some(first), Some(last)) if first.start <= last.end => TextRange { start: first.start, end: last.end },
        _ => TextRange::default(),
    };
    Quote {
        range,
        parts,
        kind,
        speaker: attribution.speaker.map(|p| Speaker { range: cx.range(p.first, p.last), name: None }),
        cue: attribution.cue.map(|(first, last, strength)| Cue { range: cx.range(first, last), strength }),
        sentence: cx.doc.sentence_at(range.start).unwrap_or(crate::base::SentenceIx(0)),
        rule: attribution.rule,
    }
}
