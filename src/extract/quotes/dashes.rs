//! Speech behind a dash that opens a paragraph, as novels and many languages of Europe print it:
//! `— We will not sell, said Roe.`
//!
//! Lists open with dashes too. So a dash opens speech only where a verb of speech closes the words of some
//! paragraph of the document; then the paragraphs without one are turns of the same talk.

use super::lexicon::{ENGLISH, Frames, Tags};
use super::marks::Marked;
use crate::base::TextRange;
use crate::source::BlockKind;
use crate::text::Document;

const DASHES: [char; 3] = ['—', '–', '―'];
/// Words that may stand before the verb: "the old man said".
const LONGEST_SUBJECT_WORDS: usize = 4;

/// Puts what dashes open among the marked stretches, in place of those inside of it.
pub fn with_dashes(doc: &Document, paragraphs: &[TextRange], marked: Vec<Marked>) -> Vec<Marked> {
    let opened: Vec<(usize, Vec<TextRange>, bool)> = paragraphs
        .iter()
        .enumerate()
        .filter(|(_, p)| doc.sentence_at(p.start).is_some_and(|s| doc.block_kind(s) != BlockKind::Headline))
        .filter_map(|(i, p)| {
            // A list's mark stands outside of its block.
            let before = doc.text.get(..p.start as usize).unwrap_or("").trim_end_matches([' ', '\u{a0}']);
            spoken(p.of(&doc.text), before.ends_with(DASHES)).map(|(parts, told)| (i, parts, told))
        })
        .collect();
    if !opened.iter().any(|(_, _, told)| *told) {
        return marked;
    }
    let mut all: Vec<Marked> = Vec::new();
    for (paragraph, parts, _) in opened {
        let base = paragraphs.get(paragraph).map_or(0, |p| p.start as usize);
        all.extend(parts.into_iter().map(|part| {
            let range = TextRange::new(base + part.start as usize, base + part.end as usize);
            Marked { parts: vec![range], outer: range, turn_of: None, first_paragraph: paragraph, last_paragraph: paragraph }
        }));
    }
    let dashed = all.len();
    for m in marked {
        let at = all[..dashed].partition_point(|d| d.outer.end <= m.outer.start);
        if at == dashed || all[at].outer.start >= m.outer.end {
            all.push(m);
        }
    }
    all.sort_by_key(|m| m.outer.start);
    all
}

/// The spoken parts of a paragraph that a dash opens, and whether a verb of speech tells so.
fn spoken(text: &str, after_dash: bool) -> Option<(Vec<TextRange>, bool)> {
    let opening = text.chars().next().filter(|c| DASHES.contains(c));
    if opening.is_none() && !after_dash {
        return None;
    }
    let start = text.len() - text[opening.map_or(0, char::len_utf8)..].trim_start().len();
    if !text[start..].chars().next().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let Some((end, verb)) = attribution(text, start) else { return Some((whole(start, text), false)) };
    let mut parts = vec![TextRange::new(start, end)];
    // What a further dash opens goes on: `— No, said Roe. — We will not.`
    if let Some((dash, c)) = text[verb..].char_indices().find(|(_, c)| DASHES.contains(c)) {
        let again = verb + dash + c.len_utf8();
        let again = again + (text[again..].len() - text[again..].trim_start().len());
        if again < text.trim_end().len() {
            parts.extend(whole(again, text));
        }
    }
    Some((parts, true))
}

fn whole(start: usize, text: &str) -> Vec<TextRange> {
    vec![TextRange::new(start, text.trim_end().len())]
}

/// Where the spoken words end and where their verb of speech starts.
fn attribution(text: &str, start: usize) -> Option<(usize, usize)> {
    for (at, c) in text[start..].char_indices().filter(|(_, c)| matches!(c, ',' | '?' | '!' | '…' | '.')) {
        let end = start + at + c.len_utf8();
        let rest = &text[end..];
        let bare = rest.trim_start().trim_start_matches(DASHES).trim_start();
        if bare.len() == rest.len() {
            continue;
        }
        let from = text.len() - bare.len();
        let dash = text[end..from].contains(DASHES);
        for (nth, (offset, word)) in words(bare).take(LONGEST_SUBJECT_WORDS + 1).enumerate() {
            if !tells_speech(word) {
                continue;
            }
            // The verb alone may open what is told; behind a subject it has to end it.
            let behind = bare[offset + word.len()..].trim_start();
            let ends = behind.is_empty() || behind.starts_with(['.', ',', ':']) || behind.starts_with(DASHES);
            if (dash || c != '.') && (nth == 0 || ends) {
                return Some((end, from + offset));
            }
        }
    }
    None
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(' ').map(move |w| {
        let offset = at;
        at += w.len() + 1;
        (offset, w.trim_end_matches([',', '.', ':', ';']))
    })
}

fn tells_speech(word: &str) -> bool {
    let entry = ENGLISH.get(word);
    entry.tags.any(Tags::PAST.with(Tags::THIRD)) && ENGLISH.cue(entry.cue).is_some_and(|c| c.frames.any(Frames::QUOTE))
}
