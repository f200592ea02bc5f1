//! What a version says that can be said differently, each with what it is about. It depends on the version alone.
//!
//! A mention is a detail of the extract, or a *thing*: a noun phrase in which no detail stands, such as
//! "the bridge". What it is about is kept as the words around it: the neighbours on both sides, the
//! governing preposition, and the content words of its clause, nearer and rarer ones counting more.

use super::context::{NO_WORD, entries, is_function};
use super::lexed::Lexed;
use super::mention::Class;
use crate::analysis::Version;
use crate::base::{SentenceIx, TextRange, fnv};
use crate::extract::details::{is_anyone, is_person};
use crate::extract::{Detail, DetailKind};
use crate::source::BlockKind;
use crate::text::{Document, TokenKind};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;
use std::ops::Range;
use std::sync::LazyLock;

const IRREGULAR: &str = include_str!("../../assets/lang/en/irregular.txt");
static SAY_WORDS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("../../assets/lang/en/say-words.txt")).collect());
static ORDER_WORDS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("../../assets/lang/en/order-words.txt")).collect());
static VERBS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| entries(IRREGULAR).collect());

/// A mention as its version alone has it: concepts by their numbers in the version, details by their places among the version's.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub range: TextRange,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// The words as they stand, as a hash.
    pub form: u64,
    pub class: Class,
    /// The detail's kind; `None` for things.
    pub kind: Option<DetailKind>,
    /// The detail's place among the version's.
    pub detail: Option<u32>,
    /// What it says, as a hash: equal ones are said alike.
    pub says: u64,
    pub words: SmallVec<[u32; 4]>,
    /// Hash of the concept.
    pub subject: Option<u64>,
    pub left: u32,
    pub right: u32,
    pub role: u32,
    /// The nearest details.
    pub before: Option<u32>,
    pub after: Option<u32>,
    /// Where the words around it stand among those of the version's mentions.
    pub around: Range<u32>,
    /// What is counted, as the text has it: "North Koreans", "people".
    pub counted: Option<Box<str>>,
    /// The participle or relative clause that says what happened to those counted.
    pub happened: Option<Box<str>>,
    /// Whether it counts something that grows as an event goes on, or stands beside words of that.
    pub grows: bool,
    pub counts: Counts,
    /// Whether its last word has a capital.
    pub capital: bool,
    /// Whether it is the day on which somebody spoke, not that of what they tell.
    pub of_speech: bool,
    /// Whether it is the day of one of several like things: "last inspected in May".
    pub one_of_several: bool,
    /// Whether it says who speaks.
    pub speaks: bool,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
}

/// What is counted, where words for the same may differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Counts {
    /// People of any kind: "people", "victims".
    Anyone,
    /// People by what they are: "officers".
    Persons,
    /// Anything else.
    #[default]
    Things,
}

impl Counts {
    fn of(subject: &str) -> Self {
        match subject {
            _ if is_anyone(subject) => Self::Anyone,
            _ if is_person(subject) => Self::Persons,
            _ => Self::Things,
        }
    }
}

/// How far the words around a mention reach, in tokens.
const REACH: usize = 12;
/// Longest noun phrase taken for a thing, in content words.
const THING_WORDS: usize = 3;

/// Adds the mentions of one sentence of a version, and the words around them with how near they are, those of each sorted by concept.
pub(super) fn find(v: &Version, lex: &Lexed, sentence: SentenceIx, out: &mut Vec<Found>, around: &mut Vec<(u32, f32)>) {
    let doc = &v.document;
    let tokens = doc.sentence_tokens(sentence);
    let text_start = after_dateline(doc, sentence);
    let in_caption = doc.block_kind(sentence) == BlockKind::Caption;
    let own = v.extract.details_of(sentence);
    // Details of a sentence stand together.
    let first = own.first().map_or(0, |one| v.extract.details.partition_point(|d| d.sentence < one.sentence)) as u32;
    let mut covered = vec![false; tokens.len()];
    let inside = |r: TextRange| -> Range<usize> {
        let t = doc.tokens_in(r);
        t.start.clamp(tokens.start, tokens.end) - tokens.start..t.end.clamp(tokens.start, tokens.end) - tokens.start
    };
    let mut named = covered.clone();
    for d in own {
        let span = inside(d.range);
        covered[span.clone()].fill(true);
        named[span].fill(Class::of(d.kind) == Class::Name);
    }
    let sentence_range = doc.sentences[sentence.ix()].range;
    let speakers = &lex.speakers[lex.speakers.partition_point(|r| r.start < sentence_range.start)..];
    let speakers = &speakers[..speakers.partition_point(|r| r.start < sentence_range.end)];
    let words = Sentence { v, lex, tokens: tokens.clone(), covered: &covered };
    for (at, d) in (first..).zip(own) {
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
        let mut m = words.found(d.range, Class::of(d.kind), span, around);
        (m.before, m.after) = beside(own, first, doc, d.range);
        (m.detail, m.kind) = (Some(at), Some(d.kind));
        m.says = fnv(format!("{:?}", (&d.value, d.qualifier, &d.unit, d.kind)).as_bytes());
        m.subject = d.subject.as_deref().and_then(subject_hash);
        m.counts = d.subject.as_deref().map_or_else(Counts::default, Counts::of);
        m.counted = words.counted(d).map(String::into_boxed_str);
        m.happened = m.counted.as_ref().and_then(|_| words.happened(d)).map(String::into_boxed_str);
        m.grows = words.grows(d);
        m.of_speech = m.class == Class::Date && follows_cue(v, d.range, &tokens);
        m.one_of_several = m.class == Class::Date && names_one_of_several(doc, doc.tokens_in(d.range).start, &tokens);
        m.speaks = speakers.iter().any(|r| r.overlaps(d.range));
        out.push(m);
    }
    // Around a quote stands who spoke, how and where: that is no thing to compare.
    let quoted = tokens.clone().filter(|&t| lex.quoted[t]).count();
    if quoted * 3 > tokens.len() {
        return;
    }
    for span in things(v, lex, &tokens, &covered, &named) {
        let range = doc.tokens[tokens.start + span.start].range.cover(doc.tokens[tokens.start + span.end - 1].range);
        let mut m = words.found(range, Class::Thing, span.clone(), around);
        (m.before, m.after) = beside(own, first, doc, range);
        m.words = span.map(|i| lex.numbers[tokens.start + i]).collect();
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
fn follows_cue(v: &Version, range: TextRange, tokens: &Range<usize>) -> bool {
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
fn names_one_of_several(doc: &Document, at: usize, tokens: &Range<usize>) -> bool {
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

/// The places of the nearest details before and after a range, among details of which the first has the place `first`.
fn beside(details: &[Detail], first: u32, doc: &Document, range: TextRange) -> (Option<u32>, Option<u32>) {
    let span = doc.tokens_in(range);
    // Details stand in the order of the text: what is near is within a few places.
    let at = details.partition_point(|d| d.range.start < range.start);
    let near = |d: &Detail| d.range.end <= range.start && doc.tokens_in(d.range).end + BESIDE >= span.start;
    let before = (0..at).rev().take(LOOKED_AT).find(|&d| near(&details[d]));
    let near = |d: &Detail| d.range.start >= range.end && doc.tokens_in(d.range).start <= span.end + BESIDE;
    let after = (at..details.len()).take(LOOKED_AT).find(|&d| near(&details[d]));
    (before.map(|d| first + d as u32), after.map(|d| first + d as u32))
}

/// The concept of the head of what is counted.
fn subject_hash(subject: &str) -> Option<u64> {
    let head = subject.split_whitespace().next_back().filter(|w| !is_function(&w.to_lowercase()))?;
    Some(super::lexed::hash(&super::context::concept_of_counted(&head.to_lowercase())))
}

/// A sentence whose words stand around its mentions.
struct Sentence<'s> {
    v: &'s Version,
    lex: &'s Lexed,
    tokens: Range<usize>,
    /// Which of them stand in a detail.
    covered: &'s [bool],
}

/// Words after a count among which it is said what happened.
const AFTER_COUNT: usize = 9;
/// Words on either side of a count that say what it counts.
const NEAR_COUNT: usize = 5;

impl Sentence<'_> {
    /// Whether a count is of something that grows, or stands beside words of that.
    fn grows(&self, count: &Detail) -> bool {
        if !matches!(Class::of(count.kind), Class::Number | Class::Money) {
            return false;
        }
        let own = self.v.document.tokens_in(count.range);
        let from = own.start.saturating_sub(NEAR_COUNT).max(self.tokens.start);
        let to = (own.end + NEAR_COUNT).min(self.tokens.end).max(from);
        self.lex.cumulative[from..to].contains(&true)
            || count.subject.as_deref().is_some_and(|s| s.split_whitespace().any(super::context::is_cumulative))
    }

    /// The counted words right after the figure: "North Koreans", "people".
    fn counted(&self, count: &Detail) -> Option<String> {
        let subject = count.subject.as_deref()?;
        let (doc, lex) = (&self.v.document, self.lex);
        let after = doc.tokens_in(count.range).end;
        let head = subject.split_whitespace().next_back()?;
        let head = lex.concepts.binary_search(&super::lexed::hash(&super::context::concept_of(&head.to_lowercase()))).ok();
        let is_head = |t: usize| head.is_some_and(|head| lex.numbers[t] == head as u32);
        let mut words: Vec<&str> = Vec::new();
        for t in after..self.tokens.end.min(after + 4) {
            if doc.tokens[t].kind != TokenKind::Word {
                break;
            }
            // "Of them children" counts children.
            if !words.is_empty() || !is_function(doc.folded(t)) {
                words.push(doc.word(t));
            }
            if is_head(t) {
                return Some(words.join(" "));
            }
        }
        // As the sentence has it elsewhere: in the plural, mostly.
        let written = self.tokens.clone().find(|&t| is_head(t));
        Some(written.map_or(subject, |t| doc.word(t)).to_owned())
    }

    /// What happened to those whom a figure counts, where the next words say it: "who fled", "killed".
    fn happened(&self, count: &Detail) -> Option<String> {
        let doc = &self.v.document;
        let after = doc.tokens_in(count.range).end;
        let mut relative = false;
        for t in after..self.tokens.end.min(after + AFTER_COUNT) {
            if doc.tokens[t].kind != TokenKind::Word {
                // A mark ends the clause.
                return None;
            }
            let folded = doc.folded(t);
            if matches!(folded, "who" | "that") {
                relative = true;
            } else if ends_like_verb(folded) {
                let word = doc.word(t);
                return Some(if relative { format!("who {word}") } else { word.to_owned() });
            }
        }
        None
    }

    /// A mention, with what stands around it added to `all`; `span` are its tokens, counted from the sentence's first.
    fn found(&self, range: TextRange, class: Class, span: Range<usize>, all: &mut Vec<(u32, f32)>) -> Found {
        let Sentence { v, lex, tokens, covered } = self;
        let concept = |i: usize| lex.numbers[tokens.start + i];
        let word = |i: &usize| concept(*i) != NO_WORD;
        let left = (0..span.start).rev().find(word);
        let right = (span.end..tokens.len()).find(word);
        let role = (0..span.start)
            .rev()
            .filter(word)
            .take(3)
            .find(|&i| lex.function[tokens.start + i] && !is_article(v.document.folded(tokens.start + i)))
            .map_or(NO_WORD, concept);
        let mut around: Vec<(u32, f32)> = Vec::with_capacity(2 * REACH);
        let mut take = |i: usize, distance: usize| {
            // Other values around are left out: they may differ themselves.
            if !lex.function[tokens.start + i] && !covered[i] {
                around.push((concept(i), 1.0 / (1.0 + distance as f32 / 3.0)));
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
        let first = all.len() as u32;
        all.append(&mut around);
        Found {
            range,
            tokens: (tokens.start + span.start) as u32..(tokens.start + span.end) as u32,
            form: fnv(v.slice(range).as_bytes()),
            counts: Counts::default(),
            capital: v.slice(range).split_whitespace().next_back().is_some_and(|w| w.starts_with(char::is_uppercase)),
            class,
            kind: None,
            detail: None,
            says: 0,
            words: SmallVec::new(),
            subject: None,
            left: left.filter(|&i| !covered[i]).map_or(NO_WORD, concept),
            right: right.filter(|&i| !covered[i]).map_or(NO_WORD, concept),
            role,
            before: None,
            after: None,
            around: first..all.len() as u32,
            counted: None,
            happened: None,
            grows: false,
            of_speech: false,
            one_of_several: false,
            speaks: false,
            quoted: span.clone().all(|i| lex.quoted[tokens.start + i]),
        }
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
fn things(v: &Version, lex: &Lexed, tokens: &Range<usize>, covered: &[bool], named: &[bool]) -> Vec<Range<usize>> {
    let doc = &v.document;
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
        let opener = before.filter(|&k| lex.numbers[tokens.start + k] != NO_WORD).map(|k| doc.folded(tokens.start + k));
        // "The crane and high winds": what follows the conjunction is the second of two.
        let joins = |word: &str| matches!(word, "and" | "or") && out.last().is_some_and(|last: &Range<usize>| last.end + 1 == start);
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
        if end - start <= THING_WORDS && (end - start > 1 || !lex.is_vague(tokens.start + start)) {
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
