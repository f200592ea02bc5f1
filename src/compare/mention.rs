//! Mentions: everything in a passage that can be said differently, each with what it is about.
//!
//! A mention is a detail of the extract, or a *thing*: a noun phrase in which no detail stands, such as
//! "the bridge". What it is about is kept as the words around it: the neighbours on both sides, the
//! governing preposition, and the content words of its clause, nearer and rarer ones counting more.

use super::context::{Context, NO_WORD, entries, is_function};
use crate::align::Passage;
use crate::base::{SentenceIx, TextRange, VersionIx};
use crate::extract::{Detail, DetailKind, Qualifier, Value};
use crate::source::BlockKind;
use crate::text::{Document, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::sync::LazyLock;

const IRREGULAR: &str = include_str!("../../assets/lang/en/irregular.txt");
static SAY_WORDS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("../../assets/lang/en/say-words.txt")).collect());
static ORDER_WORDS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("../../assets/lang/en/order-words.txt")).collect());
static VERBS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| entries(IRREGULAR).collect());

/// What kind of value a mention has. Only mentions of one class are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Class {
    Number,
    Money,
    Percent,
    Age,
    Date,
    Time,
    Duration,
    /// Persons, organisations and places: one class, since sources are read with different certainty.
    Name,
    Thing,
}

impl Class {
    pub fn of(kind: DetailKind) -> Self {
        match kind {
            DetailKind::Number => Self::Number,
            DetailKind::Money => Self::Money,
            DetailKind::Percent => Self::Percent,
            DetailKind::Age => Self::Age,
            DetailKind::Date => Self::Date,
            DetailKind::Time => Self::Time,
            DetailKind::Duration => Self::Duration,
            DetailKind::Person | DetailKind::Organisation | DetailKind::Place => Self::Name,
        }
    }

    /// Whether values lie on a scale.
    pub fn is_measured(self) -> bool {
        !matches!(self, Self::Name | Self::Thing)
    }
}

/// Something in a passage that can be said differently.
#[derive(Clone, Debug)]
pub(super) struct Mention<'a> {
    pub version: VersionIx,
    pub sentence: SentenceIx,
    pub range: TextRange,
    /// The words as they stand.
    pub written: &'a str,
    pub class: Class,
    /// `None` for things. Owned where one detail was read as two.
    pub held: Option<Cow<'a, Detail>>,
    /// For things: the concepts of the phrase, head last.
    pub words: SmallVec<[u32; 4]>,
    /// What is counted, as a concept.
    pub subject: u32,
    /// Neighbouring words on each side, nearest first.
    pub left: u32,
    pub right: u32,
    /// The function word that governs it.
    pub role: u32,
    /// The values of the nearest details before and after, within a few words.
    pub before: Option<&'a Value>,
    pub after: Option<&'a Value>,
    /// Content words around it with weights, sorted by concept.
    pub around: Vec<(u32, f32)>,
    /// Place among the mentions of its class in its member, and how many there are.
    pub rank: u16,
    pub of: u16,
    /// Whether it is the day on which somebody spoke, not that of what they tell.
    pub of_speech: bool,
    /// Whether it is the day of one of several like things: "last inspected in May".
    pub one_of_several: bool,
    /// Whether it says who speaks.
    pub speaks: bool,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
}

impl Mention<'_> {
    pub fn key(&self) -> (u32, u32, u32) {
        (self.version.0, self.range.start, self.range.end)
    }

    pub fn detail(&self) -> Option<&Detail> {
        self.held.as_deref()
    }

    /// The detail's kind.
    pub fn kind(&self) -> Option<DetailKind> {
        self.detail().map(|d| d.kind)
    }

    pub fn name(&self) -> Option<&str> {
        match self.detail().map(|d| &d.value) {
            Some(Value::Name(name)) => Some(name),
            _ => None,
        }
    }
}

/// How far the words around a mention reach, in tokens.
const REACH: usize = 12;
/// Longest noun phrase taken for a thing, in content words.
const THING_WORDS: usize = 3;

/// All mentions of a passage, by version, then place.
pub(super) fn mentions<'a>(cx: &Context<'a>, passage: &Passage) -> Vec<Mention<'a>> {
    let mut out = Vec::new();
    for member in &passage.members {
        for &sentence in &member.sentences {
            in_sentence(cx, member.version, sentence, &mut out);
        }
    }
    let mut out = split_scores(cx, out);
    // Ranks by class; persons, organisations and places are counted apart.
    for own in out.chunk_by_mut(|a, b| a.version == b.version) {
        let mut counts: FxHashMap<(Class, Option<DetailKind>), u16> = FxHashMap::default();
        for m in own.iter_mut() {
            let n = counts.entry((m.class, m.kind())).or_default();
            m.rank = *n;
            *n += 1;
        }
        for m in own {
            m.of = counts[&(m.class, m.kind())];
        }
    }
    out
}

/// "47 to 52" is a range in one sentence and a score in another. Where another version gives one of the
/// two as a number of its own, it is read as two numbers.
fn split_scores<'a>(cx: &Context<'a>, mentions: Vec<Mention<'a>>) -> Vec<Mention<'a>> {
    let singles: Vec<(VersionIx, f64)> = mentions
        .iter()
        .filter(|m| m.class == Class::Number)
        .filter_map(|m| match m.detail()?.value {
            Value::Number(x) => Some((m.version, x)),
            _ => None,
        })
        .collect();
    // What is a score in one version is one in all.
    let meets = |m: &Mention| match m.detail().map(|d| &d.value) {
        Some(Value::Range(low, high)) => singles.iter().any(|&(v, x)| v != m.version && (x == *low || x == *high)),
        _ => false,
    };
    if !mentions.iter().any(|m| m.class == Class::Number && meets(m)) {
        return mentions;
    }
    let mut out = Vec::with_capacity(mentions.len());
    for m in mentions {
        match halves(cx, &m) {
            Some(two) => out.extend(two),
            None => out.push(m),
        }
    }
    out
}

fn halves<'a>(cx: &Context<'a>, m: &Mention<'a>) -> Option<[Mention<'a>; 2]> {
    let detail = m.detail().filter(|_| m.class == Class::Number)?;
    let Value::Range(low, high) = detail.value else { return None };
    let doc = &cx.version(m.version).document;
    let tokens = doc.tokens_in(m.range);
    let joint = tokens.clone().find(|&t| matches!(doc.folded(t), "to" | "-" | "–"))?;
    if joint == tokens.start || joint + 1 >= tokens.end {
        return None;
    }
    let cover = |r: std::ops::Range<usize>| doc.tokens[r.start].range.cover(doc.tokens[r.end - 1].range);
    let (a, b) = (cover(tokens.start..joint), cover(joint + 1..tokens.end));
    // Ranges are kept low end first; a score in digits says itself which stood first.
    let first_is_high = cx.slice(m.version, a).replace(',', "").parse::<f64>().is_ok_and(|x| x == high)
        || cx.slice(m.version, b).replace(',', "").parse::<f64>().is_ok_and(|x| x == low);
    let (x, y) = if first_is_high { (high, low) } else { (low, high) };
    let half = |range: TextRange, value: f64| {
        let mut out = m.clone();
        out.range = range;
        out.written = cx.slice(m.version, range);
        out.held = Some(Cow::Owned(Detail { range, value: Value::Number(value), qualifier: Qualifier::Exact, ..detail.clone() }));
        out
    };
    Some([half(a, x), half(b, y)])
}

fn in_sentence<'a>(cx: &Context<'a>, version: VersionIx, sentence: SentenceIx, out: &mut Vec<Mention<'a>>) {
    let v = cx.version(version);
    let doc = &v.document;
    if sentence.ix() >= doc.sentences.len() {
        return;
    }
    let tokens = doc.sentence_tokens(sentence);
    let text_start = after_dateline(doc, sentence);
    let in_caption = doc.block_kind(sentence) == BlockKind::Caption;
    let own: Vec<&'a Detail> = v.extract.details_of(sentence).iter().collect();
    let mut covered = vec![false; tokens.len()];
    let inside = |r: TextRange| -> std::ops::Range<usize> {
        let t = doc.tokens_in(r);
        t.start.clamp(tokens.start, tokens.end) - tokens.start..t.end.clamp(tokens.start, tokens.end) - tokens.start
    };
    let mut named = covered.clone();
    for d in &own {
        covered[inside(d.range)].fill(true);
        named[inside(d.range)].fill(Class::of(d.kind) == Class::Name);
    }
    let sentence_range = doc.sentences[sentence.ix()].range;
    let speakers = &cx.lex(version).speakers;
    let speakers = &speakers[speakers.partition_point(|r| r.start < sentence_range.start)..];
    let speakers = &speakers[..speakers.partition_point(|r| r.start < sentence_range.end)];
    for d in &own {
        let span = inside(d.range);
        if span.is_empty() {
            continue;
        }
        // A dateline says where and when the report was filed, not where and when things happened.
        if d.range.start < text_start {
            continue;
        }
        // The day of a picture is not that of the event.
        if in_caption && matches!(d.kind, DetailKind::Date | DetailKind::Time) {
            continue;
        }
        let subject = d.subject.as_deref().and_then(|s| subject_concept(cx, s)).unwrap_or(NO_WORD);
        let mut m = build(cx, version, sentence, d.range, Class::of(d.kind), &tokens, span, &covered);
        (m.before, m.after) = beside(&own, doc, d.range);
        m.held = Some(Cow::Borrowed(*d));
        m.subject = subject;
        m.of_speech = m.class == Class::Date && follows_cue(cx, version, d.range, &tokens);
        m.one_of_several = m.class == Class::Date && names_one_of_several(doc, doc.tokens_in(d.range).start, &tokens);
        m.speaks = speakers.iter().any(|r| r.overlaps(d.range));
        out.push(m);
    }
    // Around a quote stands who spoke, how and where: that is no thing to compare.
    let quoted = tokens.clone().filter(|&t| cx.lex(version).quoted[t]).count();
    if quoted * 3 > tokens.len() {
        return;
    }
    for span in things(cx, version, &tokens, &covered, &named) {
        let range = doc.tokens[tokens.start + span.start].range.cover(doc.tokens[tokens.start + span.end - 1].range);
        let mut m = build(cx, version, sentence, range, Class::Thing, &tokens, span.clone(), &covered);
        (m.before, m.after) = beside(&own, doc, range);
        m.words = span.map(|i| cx.lex(version).concept[tokens.start + i]).collect();
        m.speaks = speakers.iter().any(|r| r.overlaps(range));
        if !m.quoted {
            out.push(m);
        }
    }
}

/// Where a sentence's own words start, if a dateline opens it.
fn after_dateline(doc: &Document, sentence: SentenceIx) -> u32 {
    let Some(s) = doc.sentences.get(sentence.ix()) else { return 0 };
    let opens = doc.blocks.get(s.block as usize).is_some_and(|b| b.range.start == s.range.start);
    if opens { s.range.start + crate::source::dateline_len(s.range.of(&doc.text)) as u32 } else { 0 }
}

/// Tokens between a cue and the date of speaking: "told reporters in Orr on".
const AFTER_CUE: usize = 6;

/// Whether the nearest verb before a date is a cue: "officials said on Thursday".
fn follows_cue(cx: &Context, version: VersionIx, range: TextRange, tokens: &std::ops::Range<usize>) -> bool {
    let v = cx.version(version);
    let doc = &v.document;
    let at = doc.tokens_in(range).start;
    let near = at.saturating_sub(AFTER_CUE).max(tokens.start);
    let from = v.extract.quotes.partition_point(|q| q.sentence.0 + 1 < doc.sentence_at(range.start).map_or(0, |s| s.0));
    let cues = v.extract.quotes[from..].iter().take_while(|q| q.sentence.0 <= doc.sentence_at(range.start).map_or(0, |s| s.0) + 1);
    cues.filter_map(|q| q.cue).any(|cue| {
        let cue = doc.tokens_in(cue.range);
        let speaks = cue.clone().any(|t| SAY_WORDS.contains(doc.folded(t)));
        let between = || (cue.end..at).map(|t| doc.folded(t));
        speaks
            && cue.end <= at
            && cue.start >= near
            && between().all(|w| w != "that" && !ends_like_verb(w))
            && !(cue.end..at).any(|t| doc.tokens[t].kind == TokenKind::Quote)
    })
}

/// Words between "last" and its date: "was last seen by a diver on".
const AFTER_ORDER: usize = 5;

/// Whether a word before a date says that the thing happened more than once: "last inspected in May", "the previous flood, in 1998".
fn names_one_of_several(doc: &Document, at: usize, tokens: &std::ops::Range<usize>) -> bool {
    let from = at.saturating_sub(AFTER_ORDER).max(tokens.start);
    (from..at).any(|t| ORDER_WORDS.contains(doc.folded(t)))
}

fn ends_like_verb(folded: &str) -> bool {
    folded.len() > 4 && folded.ends_with("ed") || is_irregular_past(folded)
}

/// Tokens between a mention and a detail that still stands beside it.
const BESIDE: usize = 3;
/// Details on each side that are looked at.
const LOOKED_AT: usize = 12;

fn beside<'a>(details: &[&'a Detail], doc: &Document, range: TextRange) -> (Option<&'a Value>, Option<&'a Value>) {
    let span = doc.tokens_in(range);
    // Details stand in the order of the text: what is near is within a few places.
    let at = details.partition_point(|d| d.range.start < range.start);
    let near = |d: &&&Detail| d.range.end <= range.start && doc.tokens_in(d.range).end + BESIDE >= span.start;
    let before = details[..at].iter().rev().take(LOOKED_AT).find(near);
    let near = |d: &&&Detail| d.range.start >= range.end && doc.tokens_in(d.range).start <= span.end + BESIDE;
    let after = details[at..].iter().take(LOOKED_AT).find(near);
    (before.map(|d| &d.value), after.map(|d| &d.value))
}

/// The concept of the head of what is counted.
fn subject_concept(cx: &Context, subject: &str) -> Option<u32> {
    let head = subject.split_whitespace().next_back().filter(|w| !is_function(&w.to_lowercase()))?;
    cx.concepts.get(&super::context::concept_of_counted(&head.to_lowercase())).copied()
}

#[allow(clippy::too_many_arguments)]
fn build<'a>(
    cx: &Context<'a>,
    version: VersionIx,
    sentence: SentenceIx,
    range: TextRange,
    class: Class,
    tokens: &std::ops::Range<usize>,
    span: std::ops::Range<usize>,
    covered: &[bool],
) -> Mention<'a> {
    let lex = cx.lex(version);
    let concept = |i: usize| lex.concept[tokens.start + i];
    let word = |i: &usize| concept(*i) != NO_WORD;
    let left = (0..span.start).rev().find(word);
    let right = (span.end..tokens.len()).find(word);
    let role = (0..span.start)
        .rev()
        .filter(word)
        .take(3)
        .find(|&i| lex.function[tokens.start + i] && !is_article(cx.version(version).document.folded(tokens.start + i)))
        .map_or(NO_WORD, concept);
    let mut around: Vec<(u32, f32)> = Vec::new();
    let mut take = |i: usize, distance: usize| {
        // Other values around are left out: they may differ themselves.
        if !lex.function[tokens.start + i] && !covered[i] {
            around.push((concept(i), cx.rarity(concept(i)) / (1.0 + distance as f32 / 3.0)));
        }
    };
    for (distance, i) in (0..span.start).rev().filter(word).take(REACH).enumerate() {
        take(i, distance);
    }
    for (distance, i) in (span.end..tokens.len()).filter(word).take(REACH).enumerate() {
        take(i, distance);
    }
    around.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    around.dedup_by_key(|x| x.0);
    Mention {
        version,
        sentence,
        range,
        written: cx.slice(version, range),
        class,
        held: None,
        words: SmallVec::new(),
        subject: NO_WORD,
        before: None,
        after: None,
        left: left.filter(|&i| !covered[i]).map_or(NO_WORD, concept),
        right: right.filter(|&i| !covered[i]).map_or(NO_WORD, concept),
        role,
        around,
        rank: 0,
        of: 0,
        of_speech: false,
        one_of_several: false,
        speaks: false,
        quoted: span.clone().all(|i| lex.quoted[tokens.start + i]),
    }
}

fn is_article(folded: &str) -> bool {
    matches!(folded, "a" | "an" | "the" | "this" | "that" | "these" | "those" | "its" | "their" | "his" | "her" | "our")
}

/// Articles, possessives and prepositions open a noun phrase; auxiliaries, pronouns and conjunctions do not.
fn opens_phrase(folded: &str) -> bool {
    is_article(folded)
        || matches!(
            folded,
            "of" | "in"
                | "on"
                | "at"
                | "by"
                | "for"
                | "from"
                | "with"
                | "over"
                | "under"
                | "about"
                | "after"
                | "against"
                | "amid"
                | "near"
                | "during"
                | "into"
                | "through"
                | "across"
                | "without"
                | "despite"
                | "to"
                | "no"
                | "another"
        )
}

/// Noun phrases without a detail inside; `covered` says which tokens stand in a detail, `named` which in a name: runs of content words after an article or a preposition, up to
/// the next function word or mark, without a verb at the end.
fn things(
    cx: &Context,
    version: VersionIx,
    tokens: &std::ops::Range<usize>,
    covered: &[bool],
    named: &[bool],
) -> Vec<std::ops::Range<usize>> {
    let (doc, lex) = (&cx.version(version).document, cx.lex(version));
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let content = |i: usize| i < tokens.len() && !covered[i] && !lex.function[tokens.start + i];
        if !content(i) {
            i += 1;
            continue;
        }
        let start = i;
        while content(i) {
            i += 1;
        }
        // "The Orrin tunnel": the name between article and noun is a detail of its own.
        let before = (0..start).rev().find(|&k| !named[k]);
        let opener = before.filter(|&k| lex.concept[tokens.start + k] != NO_WORD).map(|k| doc.folded(tokens.start + k));
        // "The crane and high winds": what follows the conjunction is the second of two.
        let joins =
            |word: &str| matches!(word, "and" | "or") && out.last().is_some_and(|last: &std::ops::Range<usize>| last.end + 1 == start);
        if !opener.is_some_and(|word| opens_phrase(word) || joins(word)) {
            continue;
        }
        let is_verb = |i: usize| {
            let folded = doc.folded(tokens.start + i);
            VERBS.contains(folded) || (folded.ends_with("ed") && folded.len() > 4)
        };
        // A verb first leaves no noun phrase ("to open shelters", "had warned"), but for a participle behind an article ("a
        // blocked drain"); later it ends one.
        let participle = i > start + 1 && start.checked_sub(1).is_some_and(|k| matches!(doc.folded(tokens.start + k), "a" | "an" | "the"));
        if is_verb(start) && !participle {
            continue;
        }
        let end = (start + usize::from(participle)..i).find(|&k| is_verb(k) || is_adverb(doc.folded(tokens.start + k))).unwrap_or(i);
        // A noun right before a name is its title.
        if end < tokens.len() && covered[end] || end == start {
            continue;
        }
        if end - start <= THING_WORDS && (end - start > 1 || !cx.is_vague(version, tokens.start + start)) {
            out.push(start..end);
        }
    }
    out
}

fn is_adverb(folded: &str) -> bool {
    folded.ends_with("ly") && folded.len() > 4
        || matches!(folded, "late" | "early" | "soon" | "ago" | "today" | "yesterday" | "tomorrow" | "overnight" | "tonight")
}

/// Whether a folded word is the past form of an irregular verb.
pub(super) fn is_irregular_past(folded: &str) -> bool {
    VERBS.contains(folded)
}
