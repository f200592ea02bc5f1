//! Short names for lists, made from the words of the passage.
//!
//! A count is named by what is counted and the verb that follows it ("People who fled"); everything else
//! by its type and the run of words that says most of what the versions share ("Date: removed a Marine Corps general").
//! The words are taken as the article writes them, so a title never holds a stem.

use super::context::{Context, NO_WORD, Words, details_at};
use super::details::Valued;
use super::draft::{common, shorten};
use super::mention::{Class, Mention};
use crate::align::Passage;
use crate::base::{SentenceIx, TextRange, VersionIx};
use crate::extract::{DetailKind, Quote, Value};
use crate::text::TokenKind;

/// Longest title, in characters.
const CHARS: usize = 60;

/// A title for a slot.
pub(super) fn of_slot(cx: &Context, valued: &Valued) -> String {
    of_mentions(cx, &valued.readings.iter().flatten().map(|&i| &valued.mentions[i]).collect::<Vec<_>>())
}

/// A title for mentions that answer one question.
pub(super) fn of_mentions(cx: &Context, mentions: &[&Mention]) -> String {
    let Some(first) = mentions.first() else { return String::new() };
    let topic = topic(cx, &mentions.iter().map(|m| (m.version, m.sentence)).collect::<Vec<_>>(), &own_words(cx, mentions));
    let counts = matches!(first.class, Class::Number | Class::Age | Class::Percent);
    let counted = counts.then(|| counted(mentions)).flatten();
    match first.class {
        Class::Number | Class::Age | Class::Percent if counted.is_some() => {
            let counted = counted.unwrap_or_default();
            // One word says too little: "Day". Where the topic has it, it need not be said twice.
            let (counted, topic) = match topic.split(' ').any(|w| w == counted) {
                true => (topic.as_str(), ""),
                false => (counted.as_str(), if counted.contains(' ') { "" } else { topic.as_str() }),
            };
            title(counted, topic)
        }
        Class::Thing => title("", &things(cx, mentions)),
        Class::Age => title("Age", name_beside(cx, mentions).unwrap_or(&topic)),
        Class::Number if first.detail().is_some_and(|d| d.unit.is_some()) => title("Measure", &topic),
        _ => title(label(first.kind), &topic),
    }
}

/// "Crime or offence": the words of a thing's readings.
fn things(cx: &Context, mentions: &[&Mention]) -> String {
    let mut words: Vec<String> = Vec::new();
    for mention in mentions {
        let word = super::draft::one_line(cx.slice(mention.version, mention.range));
        if !words.iter().any(|w| w.to_lowercase() == word.to_lowercase()) {
            words.push(word);
        }
    }
    words.sort();
    words.truncate(3);
    words.join(" or ")
}

/// What is counted, in the plural or singular of the text: for "both count defectors".
pub(super) fn subject(cx: &Context, valued: &Valued) -> Option<String> {
    let mentions: Vec<&Mention> = valued.readings.iter().flatten().map(|&i| &valued.mentions[i]).collect();
    let subject = common(mentions.iter().filter_map(|m| m.found.counted.as_deref()))?;
    let named = |w: &str| w.starts_with(char::is_uppercase) && mentions.iter().any(|m| name_holds(cx, m, w));
    Some(subject.split(' ').map(|w| if named(w) { w.to_owned() } else { w.to_lowercase() }).collect::<Vec<_>>().join(" "))
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

/// "People killed", "Votes for", "People who fled".
fn counted(mentions: &[&Mention]) -> Option<String> {
    let subject = common(mentions.iter().filter_map(|m| m.found.counted.as_deref()))?;
    let verb = common(mentions.iter().filter(|m| m.found.counted.as_deref() == Some(subject)).filter_map(|m| m.found.happened.as_deref()));
    Some(verb.map_or_else(|| subject.to_owned(), |verb| format!("{subject} {verb}")))
}

/// Whether a word stands inside a name of the mention's sentence.
fn name_holds(cx: &Context, m: &Mention, word: &str) -> bool {
    let details = cx.version(m.version).extract.details_of(m.sentence);
    details.iter().any(|d| Class::of(d.kind) == Class::Name && cx.slice(m.version, d.range).split(' ').any(|w| w == word))
}

/// Bytes between an age and the name of whose it is.
const NAME_NEAR: u32 = 40;

/// The person named beside most of the mentions: whose age it is.
fn name_beside<'a>(cx: &Context<'a>, mentions: &[&Mention]) -> Option<&'a str> {
    let name = |m: &&Mention| {
        let gap = |r: TextRange| r.start.saturating_sub(m.range.end).max(m.range.start.saturating_sub(r.end));
        let persons = cx.version(m.version).extract.details_of(m.sentence).iter().filter(|d| d.kind == DetailKind::Person);
        let nearest = persons.filter(|d| gap(d.range) <= NAME_NEAR).min_by_key(|d| gap(d.range))?;
        match &nearest.value {
            Value::Name(name) => Some(name.as_str()),
            _ => None,
        }
    };
    common(mentions.iter().filter_map(name))
}

/// Concepts of the mentions themselves: they differ, so they name nothing.
fn own_words(cx: &Words, mentions: &[&Mention]) -> Vec<u32> {
    let mut ids: Vec<u32> = mentions.iter().flat_map(|m| &cx.lex(m.version).concept()[m.tokens()]).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Most characters of a topic.
const TOPIC_CHARS: usize = 42;
/// Function words that may stand in a row inside a topic.
const FUNCTION_RUN: usize = 3;
/// Sentences whose words are counted for a topic: those of the first versions, which are any, since keys are.
const COUNTED: usize = 16;
/// Sentences that are looked at for a topic.
const LOOKED_AT: usize = 8;

/// The run of words, in one of the sentences, that says most of what the versions share: "removed a Marine Corps
/// major general". Words of which `without` has the concept, and words that one of several versions has alone, end a run.
pub(super) fn topic(cx: &Words, sentences: &[(VersionIx, SentenceIx)], without: &[u32]) -> String {
    topic_with(cx, sentences, without, false)
}

/// The same; with values if the versions share them.
fn topic_with(cx: &Words, sentences: &[(VersionIx, SentenceIx)], without: &[u32], with_values: bool) -> String {
    let mut sentences: Vec<(VersionIx, SentenceIx)> = sentences.to_vec();
    sentences.sort_unstable();
    sentences.dedup();
    sentences.truncate(COUNTED);
    // Word and version in one number sort as a pair does, and sooner.
    let word = |both: u64| (both >> 32) as u32;
    let mut holders: Vec<u64> = Vec::new();
    for &(version, sentence) in &sentences {
        let words = cx.content_of(version, sentence).iter().filter(|&&id| id != NO_WORD && without.binary_search(&id).is_err());
        holders.extend(words.map(|&id| u64::from(id) << 32 | u64::from(version.0)));
    }
    holders.sort_unstable();
    holders.dedup();
    let versions = sentences.chunk_by(|a, b| a.0 == b.0).count();
    let telling = |who: &[u64]| (word(who[0]), cx.rarity(word(who[0])) * who.len() as f32 / versions as f32);
    let shared: Shared = holders.chunk_by(|a, b| word(*a) == word(*b)).filter(|who| versions < 2 || who.len() > 1).map(telling).collect();
    // By text, so that numbering leaves no trace.
    let mut texts: Vec<(&str, VersionIx, SentenceIx)> =
        sentences.iter().map(|&(v, s)| (cx.version(v).document.sentence_text(s), v, s)).collect();
    texts.sort();
    texts.dedup_by_key(|t| t.0);
    let mut best: Option<Run> = None;
    let mut weights: Vec<Option<f32>> = Vec::new();
    for &(_, version, sentence) in texts.iter().take(LOOKED_AT) {
        let tokens = cx.version(version).document.sentence_tokens(sentence);
        let quotes = &cx.version(version).extract.quotes;
        // A cue stands in its quote's sentence or in one beside it.
        let near = |q: &Quote| q.sentence.0 + 1 < sentence.0;
        let quotes = quotes[quotes.partition_point(near)..].iter().take_while(|q| q.sentence.0 <= sentence.0 + 1);
        let cues: Vec<TextRange> = quotes.filter_map(|q| q.cue).map(|c| c.range).collect();
        weights.clear();
        weights.extend(cx.lex(version).concept()[tokens.clone()].iter().map(|&concept| weight_of(&shared, concept)));
        for start in tokens.clone().filter(|&t| weights[t - tokens.start].is_some()) {
            if let Some(run) = run(cx, version, start..tokens.end, &cues, &weights[start - tokens.start..], with_values)
                && best.as_ref().is_none_or(|b| run.score > b.score + 1e-4)
            {
                best = Some(run);
            }
        }
    }
    best.map_or(String::new(), |run| run.words(cx))
}

/// A run of words that may be a topic.
struct Run {
    version: VersionIx,
    range: TextRange,
    score: f32,
}

impl Run {
    fn words(&self, cx: &Words) -> String {
        let doc = &cx.version(self.version).document;
        let first = doc.tokens_in(self.range).start;
        let opens = doc.sentence_at(self.range.start).is_some_and(|s| doc.sentence_tokens(s).start == first);
        let words = super::draft::one_line(cx.slice(self.version, self.range));
        let mut chars = words.chars();
        match chars.next() {
            // A capital at the start of a sentence does not count.
            Some(c) if opens && !in_name(cx, self.version, doc.tokens[first].range) => c.to_lowercase().chain(chars).collect(),
            _ => words,
        }
    }
}

/// Words that versions share, with how telling each is; sorted.
type Shared = Vec<(u32, f32)>;

fn weight_of(shared: &Shared, concept: u32) -> Option<f32> {
    shared.binary_search_by_key(&concept, |s| s.0).ok().map(|at| shared[at].1)
}

/// The run that starts with the first of some tokens; `weights` are those of the tokens that versions share.
fn run(
    cx: &Words,
    version: VersionIx,
    tokens: std::ops::Range<usize>,
    cues: &[TextRange],
    weights: &[Option<f32>],
    with_values: bool,
) -> Option<Run> {
    let (doc, lex) = (&cx.version(version).document, cx.lex(version));
    let (mut score, mut end, mut between) = (0.0, None, 0);
    let mut seen: Vec<u32> = Vec::new();
    let details = &cx.version(version).extract.details;
    let is_cue = |range: TextRange| cues.iter().any(|c| c.overlaps(range));
    for t in tokens.clone() {
        let range = doc.tokens[t].range;
        let from = details.partition_point(|d| d.range.end <= range.start);
        let concept = lex.concept()[t];
        // Values may differ, and the rest of a name or of "'s" says nothing alone.
        let vague = || doc.word(t).starts_with(char::is_lowercase) && lex.is_vague(t);
        let value = details[from..].iter().take_while(|d| d.range.start < range.end).any(|d| Class::of(d.kind).is_measured());
        let weight = weights[t - tokens.start];
        let common_value = with_values && end.is_some() && weight.is_some();
        if value && !common_value || t == tokens.start && (vague() || !doc.word(t).starts_with(char::is_alphanumeric)) {
            break;
        }
        let word = doc.tokens[t].kind == TokenKind::Word || common_value;
        if !word || (range.end - doc.tokens[tokens.start].range.start) as usize > TOPIC_CHARS {
            break;
        }
        // "Said" names nothing.
        if lex.function[t] && weight.is_none() || is_cue(range) {
            between += 1;
            if end.is_none() || between > FUNCTION_RUN {
                break;
            }
            continue;
        }
        let Some(weight) = weight else { break };
        between = 0;
        end = Some(t);
        if !seen.contains(&concept) {
            seen.push(concept);
            let word = doc.word(t);
            let folded = doc.folded(t);
            // Verbs and adverbs name a thing badly; capitals name it well.
            let kind = if word.starts_with(char::is_uppercase) {
                1.3
            } else if folded.ends_with("ed") || folded.ends_with("ly") || super::found::is_irregular_past(folded) {
                0.45
            } else {
                1.0
            };
            score += weight * kind;
        }
    }
    Some(Run { version, range: doc.tokens[tokens.start].range.cover(doc.tokens[end?].range), score })
}

fn in_name(cx: &Words, v: VersionIx, range: TextRange) -> bool {
    details_at(cx.version(v), range).iter().any(|d| Class::of(d.kind) == Class::Name && d.range.contains(range))
}

/// A title for a passage as a whole.
pub(super) fn of_passage(cx: &Context, passage: &Passage) -> String {
    let sentences: Vec<(VersionIx, SentenceIx)> =
        passage.members.iter().flat_map(|m| m.sentences.iter().map(|&s| (m.version, s))).collect();
    let topic = topic_with(cx, &sentences, &[], true);
    if topic.is_empty()
        && let Some(&(v, s)) = sentences.first()
    {
        return title("", &super::draft::one_line(cx.version(v).document.sentence_text(s)));
    }
    title("", &topic)
}

/// Sentences of an opening: the headline, and the first of the text.
const OPENING: usize = 3;

/// What the openings of all versions share, in a few words.
pub(super) fn of_openings(cx: &Words) -> String {
    let opening =
        |v: usize| (0..cx.versions[v].document.sentences.len().min(OPENING)).map(move |s| (VersionIx::from(v), SentenceIx::from(s)));
    if cx.versions.len() < 2 {
        return String::new();
    }
    title("", &topic(cx, &(0..cx.versions.len()).flat_map(opening).collect::<Vec<_>>(), &[]))
}

/// What a passage's versions share, in a few words.
pub(super) fn topic_of_passage(cx: &Context, passage: &Passage) -> String {
    let sentences: Vec<(VersionIx, SentenceIx)> =
        passage.members.iter().flat_map(|m| m.sentences.iter().map(|&s| (m.version, s))).collect();
    topic(cx, &sentences, &[])
}

/// A title for one sentence: its opening.
pub(super) fn of_sentence(cx: &Context, version: VersionIx, sentence: SentenceIx) -> String {
    title("", &super::draft::one_line(cx.version(version).document.sentence_text(sentence)))
}
