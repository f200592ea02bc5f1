//! Short names for lists, made from the words of the passage.
//!
//! A count is named by what is counted and the verb that follows it ("People who fled"); everything else
//! by its type and the rarest words that the versions share ("Date: fingerprint pledge"). The words are
//! taken as the article writes them, so a title never holds a stem.

use super::context::{Context, NO_WORD};
use super::details::Valued;
use super::draft::shorten;
use super::mention::{Class, Mention};
use crate::align::Passage;
use crate::base::{SentenceIx, VersionIx};
use crate::extract::DetailKind;
use crate::text::TokenKind;
use rustc_hash::FxHashMap;

/// Longest title, in characters.
const CHARS: usize = 60;

/// A title for a slot.
pub(super) fn of_slot(cx: &Context, valued: &Valued) -> String {
    of_mentions(cx, &valued.readings.iter().flatten().map(|&i| &valued.mentions[i]).collect::<Vec<_>>())
}

/// A title for mentions that answer one question.
pub(super) fn of_mentions(cx: &Context, mentions: &[&Mention]) -> String {
    let Some(first) = mentions.first() else { return String::new() };
    let topic = topic(cx, &mentions.iter().map(|m| (m.version, m.sentence)).collect::<Vec<_>>(), 2, &own_words(cx, mentions));
    match first.class {
        Class::Number | Class::Age | Class::Percent if counted(cx, mentions).is_some() => {
            title(&counted(cx, mentions).unwrap_or_default(), "")
        }
        Class::Thing => match phrase_role(cx, first) {
            Some(role) => title(&role, &topic),
            None => title("What", &topic),
        },
        _ => title(label(first.kind()), &topic),
    }
}

/// What is counted, in the plural or singular of the text: for "both count defectors".
pub(super) fn subject(cx: &Context, valued: &Valued) -> Option<String> {
    let mentions: Vec<&Mention> = valued.readings.iter().flatten().map(|&i| &valued.mentions[i]).collect();
    let subject = common(mentions.iter().filter_map(|m| subject_words(cx, m)))?;
    Some(subject.to_lowercase())
}

fn label(kind: Option<DetailKind>) -> &'static str {
    match kind {
        Some(DetailKind::Number) => "Number",
        Some(DetailKind::Money) => "Amount",
        Some(DetailKind::Percent) => "Share",
        Some(DetailKind::Age) => "Age",
        Some(DetailKind::Date) => "Date",
        Some(DetailKind::Time) => "Time",
        Some(DetailKind::Duration) => "Length of time",
        Some(DetailKind::Person) => "Name",
        Some(DetailKind::Organisation) => "Organisation",
        Some(DetailKind::Place) => "Place",
        None => "Detail",
    }
}

/// "Label: topic", as a sentence begins.
pub(super) fn title(label: &str, topic: &str) -> String {
    let text = match (label.is_empty(), topic.is_empty()) {
        (false, false) => format!("{label}: {topic}"),
        (true, _) => topic.to_owned(),
        (_, true) => label.to_owned(),
    };
    let text = shorten(text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':')), CHARS - 1);
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

/// The most common of some words; of equally common ones the first by text.
fn common(words: impl Iterator<Item = String>) -> Option<String> {
    let mut all: Vec<String> = words.collect();
    all.sort();
    let mut best: Option<(usize, String)> = None;
    for run in all.chunk_by(|a, b| a == b) {
        if best.as_ref().is_none_or(|b| run.len() > b.0) {
            best = Some((run.len(), run[0].clone()));
        }
    }
    best.map(|b| b.1)
}

/// The counted words right after the figure: "North Koreans", "people".
fn subject_words(cx: &Context, m: &Mention) -> Option<String> {
    let subject = m.detail()?.subject.as_deref()?;
    let doc = &cx.version(m.version).document;
    let sentence = doc.sentence_tokens(m.sentence);
    let after = doc.tokens_in(m.range).end;
    let head = subject.split_whitespace().next_back()?;
    let head = super::context::concept_of(&head.to_lowercase());
    let mut words: Vec<&str> = Vec::new();
    for t in after..sentence.end.min(after + 4) {
        if doc.tokens[t].kind != TokenKind::Word {
            break;
        }
        words.push(doc.word(t));
        if super::context::concept_of(doc.folded(t)) == head {
            return Some(words.join(" "));
        }
    }
    Some(subject.to_owned())
}

/// "People killed", "Votes for", "People who fled".
fn counted(cx: &Context, mentions: &[&Mention]) -> Option<String> {
    let subject = common(mentions.iter().filter_map(|m| subject_words(cx, m)))?;
    let verb = common(mentions.iter().filter(|m| subject_words(cx, m).as_ref() == Some(&subject)).filter_map(|m| verb_after(cx, m)));
    Some(match verb {
        Some(verb) => format!("{subject} {verb}"),
        None => subject,
    })
}

/// The participle or relative clause that says what happened to those counted.
fn verb_after(cx: &Context, m: &Mention) -> Option<String> {
    let doc = &cx.version(m.version).document;
    let sentence = doc.sentence_tokens(m.sentence);
    let after = doc.tokens_in(m.range).end;
    let mut relative = false;
    for t in after..sentence.end.min(after + 9) {
        if doc.tokens[t].kind != TokenKind::Word {
            // A mark ends the clause.
            return None;
        }
        let folded = doc.folded(t);
        match folded {
            "who" | "that" => relative = true,
            _ if folded.ends_with("ed") && folded.len() > 4 || super::mention::is_irregular_past(folded) => {
                let word = doc.word(t);
                return Some(if relative { format!("who {word}") } else { word.to_owned() });
            }
            _ => {}
        }
    }
    None
}

/// "Of the", "in a": says little, so the noun before the phrase is taken: "damage to", "collapse of".
fn phrase_role(_: &Context, _: &Mention) -> Option<String> {
    None
}

/// Concepts of the mentions themselves: they differ, so they name nothing.
fn own_words(cx: &Context, mentions: &[&Mention]) -> Vec<u32> {
    let mut ids: Vec<u32> =
        mentions.iter().flat_map(|m| cx.version(m.version).document.tokens_in(m.range).map(|t| cx.lex(m.version).concept[t])).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The rarest words that sentences of several versions share, in the order in which the text has them.
pub(super) fn topic(cx: &Context, sentences: &[(VersionIx, SentenceIx)], count: usize, without: &[u32]) -> String {
    let mut holders: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for &(version, sentence) in sentences {
        for id in cx.content(version, &[sentence]) {
            if id != NO_WORD && without.binary_search(&id).is_err() {
                holders.entry(id).or_default().push(version.0);
            }
        }
    }
    let mut scored: Vec<(f32, String, u32)> = Vec::new();
    let versions = {
        let mut v: Vec<u32> = sentences.iter().map(|s| s.0.0).collect();
        v.sort_unstable();
        v.dedup();
        v.len()
    };
    for (id, mut who) in holders {
        who.sort_unstable();
        who.dedup();
        if versions > 1 && who.len() < 2 {
            continue;
        }
        if let Some(word) = surface(cx, sentences, id) {
            // Numbers and verbs name a thing badly; capitals name it well.
            let first = word.chars().next().unwrap_or(' ');
            if !first.is_alphabetic() || word.chars().count() < 3 {
                continue;
            }
            let folded = word.to_lowercase();
            let kind = if first.is_uppercase() {
                1.3
            } else if folded.ends_with("ed") || folded.ends_with("ly") || super::mention::is_irregular_past(&folded) {
                0.45
            } else {
                1.0
            };
            scored.push((cx.rarity(id) * kind * who.len() as f32 / versions.max(1) as f32, word, id));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    scored.truncate(count);
    // As the first of the sentences by text orders them.
    let mut texts: Vec<(&str, VersionIx, SentenceIx)> =
        sentences.iter().map(|&(v, s)| (cx.version(v).document.sentence_text(s), v, s)).collect();
    texts.sort();
    let place = |id: u32| {
        texts.iter().find_map(|&(_, v, s)| {
            let doc = &cx.version(v).document;
            doc.sentence_tokens(s).find(|&t| cx.lex(v).concept[t] == id).map(|t| t - doc.sentence_tokens(s).start)
        })
    };
    let mut picked: Vec<(Option<usize>, String)> = scored.into_iter().map(|(_, w, id)| (place(id), w)).collect();
    picked.sort();
    picked.into_iter().map(|p| p.1).collect::<Vec<_>>().join(", ")
}

/// How sentences most often write a concept. A capital at the start of a sentence does not count.
fn surface(cx: &Context, sentences: &[(VersionIx, SentenceIx)], id: u32) -> Option<String> {
    common(sentences.iter().filter_map(|&(v, s)| {
        let doc = &cx.version(v).document;
        let tokens = doc.sentence_tokens(s);
        let first = tokens.clone().find(|&t| matches!(doc.tokens[t].kind, TokenKind::Word | TokenKind::Number))?;
        let t = tokens.clone().find(|&t| cx.lex(v).concept[t] == id)?;
        let word = doc.word(t);
        let named = v_details_hold(cx, v, doc.tokens[t].range);
        Some(if t == first && !named { word.to_lowercase() } else { word.to_owned() })
    }))
}

fn v_details_hold(cx: &Context, v: VersionIx, range: crate::base::TextRange) -> bool {
    cx.version(v).extract.details.iter().any(|d| Class::of(d.kind) == Class::Name && d.range.contains(range))
}

/// A title for a passage as a whole.
pub(super) fn of_passage(cx: &Context, passage: &Passage) -> String {
    let sentences: Vec<(VersionIx, SentenceIx)> =
        passage.members.iter().flat_map(|m| m.sentences.iter().map(|&s| (m.version, s))).collect();
    let topic = topic(cx, &sentences, 3, &[]);
    if topic.is_empty()
        && let Some(&(v, s)) = sentences.first()
    {
        return title("", &super::draft::one_line(cx.version(v).document.sentence_text(s)));
    }
    title("", &topic)
}

/// The rarest words that a passage's versions share.
pub(super) fn topic_of_passage(cx: &Context, passage: &Passage, count: usize) -> String {
    let sentences: Vec<(VersionIx, SentenceIx)> =
        passage.members.iter().flat_map(|m| m.sentences.iter().map(|&s| (m.version, s))).collect();
    topic(cx, &sentences, count, &[])
}

/// A title for one sentence: its rarest words, or its opening.
pub(super) fn of_sentence(cx: &Context, version: VersionIx, sentence: SentenceIx) -> String {
    let text = super::draft::one_line(cx.version(version).document.sentence_text(sentence));
    if text.chars().count() < CHARS {
        return title("", &text);
    }
    title("", &topic(cx, &[(version, sentence)], 3, &[]))
}
