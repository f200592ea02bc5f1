//! What is compared of one version, whatever others there are: so it is kept when they come and go.
//!
//! A word is compared by its *concept*: its set of synonyms where the table lists one, else its stem. Concepts are numbered here by
//! version, in the order of their hashes; [`super::context::Context`] numbers those of all versions in the same order, so that lists
//! which are sorted by the one number are sorted by the other.

use super::attribution::{self, Named};
use super::context::{NO_WORD, concept_of, is_cumulative, is_function, is_vague};
use super::found::{self, Found};
use super::spelling::{self, Spelled};
use super::utterance::{self, Said};
use super::{coverage, origins};
use crate::analysis::Version;
use crate::base::{SentenceIx, Serial, TextRange, fnv};
use crate::extract::{Detail, DetailKind, QuoteKind, names};
use crate::kept::ByVersion;
use crate::text::TokenKind;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::Arc;

/// One version's tokens as they are compared.
#[derive(Debug)]
pub(super) struct Lexed {
    pub id: Serial,
    /// The outlet's name, as names are compared.
    pub outlet: String,
    /// Concept of each token by its number in this version, [`NO_WORD`] for punctuation.
    pub numbers: Vec<u32>,
    /// Whether the token is a function word.
    pub function: Vec<bool>,
    /// Whether the token stands inside quotation marks.
    pub quoted: Vec<bool>,
    /// Whether the token counts something that grows as an event goes on.
    pub cumulative: Vec<bool>,
    /// Where speakers are named; sorted.
    pub speakers: Vec<TextRange>,
    /// The hash of each concept; sorted.
    pub concepts: Vec<u64>,
    /// In how many sentences each stands.
    pub holders: Vec<u32>,
    /// The content words of all sentences, those of each sorted and each once, and where each sentence's start.
    pub content: Vec<u32>,
    starts: Vec<u32>,
    /// By concept, whether it is a noun too general to differ in earnest.
    vague: Vec<bool>,
    /// How much each sentence carries: names, figures and quotes count, words little. 0 for a trivial one, around 1 for one with a quote
    /// or two values.
    pub substance: Vec<f32>,
    /// What its copy is told by; see [`super::origins`].
    pub shingles: Vec<u64>,
    /// The parts of its quotes.
    pub said: Vec<Said>,
    /// Its sentences of several clauses, with the tokens of each.
    pub clauses: Vec<(SentenceIx, Vec<Range<usize>>)>,
    /// The names it writes out.
    pub spelled: Vec<Spelled>,
    /// The sources of its reported speech; in the order of the text.
    pub named: Vec<Named>,
    /// The mentions of all sentences, and where each sentence's start.
    pub mentions: Vec<Found>,
    first_mention: Vec<u32>,
    /// The words around all mentions, with how near they are.
    pub near: Vec<(u32, f32)>,
}

/// What is kept of each version.
pub(super) type Kept = ByVersion<Lexed>;

/// Words that were looked up: hash of the concept, whether it is a function word, whether it counts what grows.
type Known = FxHashMap<String, (u64, bool, bool)>;

/// The number of a concept among all there are.
pub(super) fn hash(concept: &str) -> u64 {
    fnv(concept.as_bytes())
}

/// What is compared of each version; what is kept of others is forgotten.
pub(super) fn lexed(versions: &[Arc<Version>], kept: &mut Kept) -> Vec<Arc<Lexed>> {
    kept.of(versions, |words, version| Lexed::of(version, words))
}

impl Lexed {
    fn of(version: &Version, words: &mut Known) -> Self {
        let doc = &version.document;
        let mut hashes: Vec<u64> = Vec::with_capacity(doc.tokens.len());
        let (mut function, mut cumulative) = (Vec::with_capacity(doc.tokens.len()), Vec::with_capacity(doc.tokens.len()));
        let is_word = |t: usize| matches!(doc.tokens[t].kind, TokenKind::Word | TokenKind::Number);
        for t in 0..doc.tokens.len() {
            let (hash, is_function, grows) = if !is_word(t) {
                (0, true, false)
            } else if let Some(&known) = words.get(doc.folded(t)) {
                known
            } else {
                let folded = doc.folded(t);
                let known = (hash(&concept_of(folded)), is_function(folded), is_cumulative(folded));
                words.insert(folded.to_owned(), known);
                known
            };
            hashes.push(hash);
            function.push(is_function);
            cumulative.push(grows);
        }
        let mut concepts: Vec<u64> = (0..doc.tokens.len()).filter(|&t| is_word(t)).map(|t| hashes[t]).collect();
        concepts.sort_unstable();
        concepts.dedup();
        let number = |t: usize| if is_word(t) { concepts.binary_search(&hashes[t]).map_or(NO_WORD, |at| at as u32) } else { NO_WORD };
        let numbers: Vec<u32> = (0..doc.tokens.len()).map(number).collect();
        let mut holders = vec![0; concepts.len()];
        let (mut content, mut starts) = (Vec::new(), vec![0]);
        let mut all: Vec<u32> = Vec::new();
        for sentence in &doc.sentences {
            let tokens = sentence.first_token as usize..sentence.end_token as usize;
            all.clear();
            all.extend(numbers[tokens.clone()].iter().filter(|n| **n != NO_WORD));
            all.sort_unstable();
            all.dedup();
            all.iter().for_each(|&n| holders[n as usize] += 1);
            all.clear();
            all.extend(tokens.filter(|&t| !function[t]).map(|t| numbers[t]));
            all.sort_unstable();
            all.dedup();
            content.extend_from_slice(&all);
            starts.push(content.len() as u32);
        }
        let mut quoted = vec![false; doc.tokens.len()];
        for part in version.extract.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect).flat_map(|q| &q.parts) {
            quoted[doc.tokens_in(*part)].fill(true);
        }
        let mut speakers: Vec<TextRange> = version.extract.quotes.iter().filter_map(|q| q.speaker.as_ref().map(|s| s.range)).collect();
        speakers.sort_unstable();
        speakers.dedup();
        let vague = concepts.iter().map(|&hash| is_vague(hash)).collect();
        let (mentions, first_mention, near) = Default::default();
        let mut lexed = Self {
            id: Serial::next(),
            outlet: names::fold(version.outlet()),
            substance: Vec::new(),
            said: Vec::new(),
            named: Vec::new(),
            clauses: coverage::in_clauses(doc),
            spelled: spelling::spelled(version),
            shingles: origins::shingles(version),
            numbers,
            function,
            quoted,
            cumulative,
            speakers,
            concepts,
            holders,
            content,
            starts,
            vague,
            mentions,
            first_mention,
            near,
        };
        lexed.said = utterance::said(version, &lexed);
        lexed.named = attribution::named(version, &lexed);
        lexed.substance = (0..doc.sentences.len()).map(|s| lexed.substance_of(version, SentenceIx::from(s))).collect();
        let (mut mentions, mut first_mention, mut near) = (Vec::new(), vec![0], Vec::new());
        for s in 0..doc.sentences.len() {
            found::find(version, &lexed, SentenceIx::from(s), &mut mentions, &mut near);
            first_mention.push(mentions.len() as u32);
        }
        (lexed.mentions, lexed.first_mention, lexed.near) = (mentions, first_mention, near);
        lexed
    }

    fn substance_of(&self, version: &Version, sentence: SentenceIx) -> f32 {
        let weight = |d: &Detail| match d.kind {
            DetailKind::Person | DetailKind::Organisation | DetailKind::Place => 0.12,
            DetailKind::Date | DetailKind::Time | DetailKind::Duration => 0.15,
            _ => 0.25,
        };
        let details: f32 = version.extract.details_of(sentence).iter().map(weight).sum();
        let quote = version.document.sentence_tokens(sentence).any(|t| self.quoted[t]);
        let words = self.content_of(sentence).len() as f32;
        details.min(0.7) + if quote { 0.4 } else { 0.0 } + (words / 60.0).min(0.3)
    }

    /// Whether a token is a noun too general to differ in earnest.
    pub fn is_vague(&self, token: usize) -> bool {
        self.vague.get(self.numbers[token] as usize).is_some_and(|vague| *vague)
    }

    /// Where the mentions of a sentence stand in `mentions`.
    pub fn mentions_of(&self, sentence: SentenceIx) -> Range<usize> {
        part(&self.first_mention, sentence)
    }

    /// Where the content words of a sentence stand in `content`.
    pub fn content_of(&self, sentence: SentenceIx) -> Range<usize> {
        part(&self.starts, sentence)
    }
}

/// A sentence's part of a list, by where the parts start; none where there is no such sentence.
fn part(starts: &[u32], sentence: SentenceIx) -> Range<usize> {
    match (starts.get(sentence.ix()), starts.get(sentence.ix() + 1)) {
        (Some(&from), Some(&to)) => from as usize..to as usize,
        _ => 0..0,
    }
}
