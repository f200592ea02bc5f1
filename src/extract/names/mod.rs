//! Names of persons, organisations and places.
//!
//! Three steps. `pieces` cuts sentences into words as names see them and tells headlines in title case from
//! sentences. `find` cuts runs of capitals into mentions by tables and context. `entities` joins the mentions
//! of one article: the fullest form is the value of all of them. A trained tagger was rejected: a model is
//! larger than the program, and its reasons can't be shown; each mention here names the rule that found it.
//!
//! [`likeness`] and [`same_entity`] compare names across articles.

mod entities;
mod find;
pub mod lexicon;
mod likeness;
pub mod mentions;
mod pieces;

pub use lexicon::Gender;
pub use likeness::{NameRelation, VARIANT_LIKENESS_MAX, VARIANT_LIKENESS_MIN, fold, likeness, same_entity, sound_key, without_accents};

use super::{Detail, DetailKind, Qualifier, Value};
use crate::base::{SentenceIx, TextRange};
use crate::source::BlockKind;
use crate::text::Document;
use find::Words;
use pieces::{Piece, Shape, Style};

/// Reads the stage's tables before it needs them.
pub(crate) fn prepare() {
    lexicon::prepare();
}

/// Longer runs of capitals are no name: a list, or letters that somebody leaned on. Names are compared letter by letter.
const LONGEST_NAME_BYTES: u32 = 200;

/// What may be a name in a document, before it is known what stands around it.
pub struct Sighted<'a> {
    words: Words<'a>,
    mentions: Vec<find::Mention>,
}

/// Finds what may be a name, in text order. Total.
pub fn sighted(document: &Document) -> Sighted<'_> {
    let sentences = document.sentences.len();
    let mut all: Vec<Piece<'_>> = Vec::with_capacity(document.tokens.len());
    let mut bounds: Vec<(usize, Style)> = Vec::with_capacity(sentences + 1);
    let mut scratch = Vec::new();
    for s in 0..sentences {
        let sentence = SentenceIx::from(s);
        let skipped = matches!(document.block_kind(sentence), BlockKind::Byline | BlockKind::Boilerplate);
        let style = if skipped { Style::Sentence } else { pieces::pieces(document, sentence, &mut scratch) };
        if skipped {
            scratch.clear();
        }
        bounds.push((all.len(), style));
        all.append(&mut scratch);
    }
    bounds.push((all.len(), Style::Sentence));

    let words = evidence(&all, &bounds);
    let mut mentions = Vec::new();
    for s in 0..sentences {
        let (from, style) = bounds[s];
        find::mentions(&all[from..bounds[s + 1].0], &words, style, SentenceIx::from(s), &mut mentions);
    }
    Sighted { words, mentions }
}

/// The names of a document out of what was [`sighted`], in text order; no two overlap. Total.
///
/// [`Detail::value`] is the name in its fullest form in the article, or as the tables call it ("North Korea"
/// for "North Korean", "Austin, Texas" for "Austin" where the article says so once). [`Detail::subject`] is a
/// person's title, office or role beside it. `details` are those of amount and time: a name inside a date is none.
pub fn names(document: &Document, Sighted { words, mut mentions }: Sighted, details: &[Detail]) -> Vec<Detail> {
    let dates: Vec<TextRange> = details
        .iter()
        .filter(|d| matches!(d.kind, DetailKind::Date | DetailKind::Time | DetailKind::Duration | DetailKind::Money))
        .map(|d| d.range)
        .collect();
    mentions.retain(|m| {
        let last = dates.partition_point(|d| d.start <= m.start);
        m.end - m.start <= LONGEST_NAME_BYTES && (m.words.len() > 1 || !dates[last.saturating_sub(3)..last].iter().any(|d| m.end <= d.end))
    });
    entities::settle(&document.text, &words, mentions)
        .into_iter()
        .filter_map(|(m, e)| {
            Some(Detail {
                range: TextRange { start: m.start, end: m.end },
                kind: m.kind?,
                value: Value::Name(e.name),
                qualifier: Qualifier::Exact,
                unit: None,
                subject: m.subject,
                sentence: m.sentence,
                rule: m.rule,
            })
        })
        .collect()
}

/// How each word that has a capital somewhere is written in the whole article.
fn evidence<'a>(all: &[Piece<'a>], bounds: &[(usize, Style)]) -> Words<'a> {
    let mut words = Words::default();
    for pair in bounds.windows(2) {
        let style = pair[0].1;
        for p in all[pair[0].0..pair[1].0].iter().filter(|p| p.capital()) {
            let e = words.entry(p.key.clone()).or_default();
            if p.initial || style != Style::Sentence {
                e.initial += 1;
            } else {
                e.inside += 1;
            }
        }
    }
    for p in all.iter().filter(|p| p.shape == Shape::Lower) {
        if let Some(e) = words.get_mut(p.key.as_ref()) {
            e.small += 1;
        }
    }
    words
}
