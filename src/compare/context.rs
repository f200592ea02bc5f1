//! What every part of comparing looks up: words as comparable ids with their rarity, which tokens stand
//! inside quotation marks, which sentences stand in which passages.
//!
//! The table of concepts ([`super::lexed`]) is small and narrow on purpose. Vectors of meaning were left out: they put "killed" beside
//! "injured", which is the difference that has to be shown.

use super::Origin;
use super::found::Found;
use super::lexed::{self, Lexed};
use super::numbered::{About, Numbered, Numbers};
use super::utterance::{Said, SaidWords};
use crate::align::Passage;
use crate::analysis::Version;
use crate::base::{PassageIx, SentenceIx, TextRange, VersionIx};
use crate::extract::Detail;
use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, OnceLock};

const FUNCTION: &str = include_str!("../../assets/lang/en/function.txt");
const SYNONYMS: &str = include_str!("../../assets/lang/en/synonyms.txt");
const CUMULATIVE: &str = include_str!("../../assets/lang/en/cumulative.txt");
const VAGUE: &str = include_str!("../../assets/lang/en/vague.txt");

/// Entries of a table: one a line, comments and blank lines left out.
pub(super) fn entries(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'))
}

struct Tables {
    function: FxHashSet<&'static str>,
    /// Word or stem to the first word of its set.
    concept: FxHashMap<String, &'static str>,
    cumulative: FxHashSet<String>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut concept: FxHashMap<String, &'static str> = FxHashMap::default();
    for line in entries(SYNONYMS) {
        let first = line.split('\t').next().unwrap_or(line);
        for word in line.split('\t') {
            concept.entry(word.trim_start_matches('=').to_owned()).or_insert(first);
        }
    }
    // Stems come second, so that a word listed in its own right is never claimed by another's stem.
    for line in entries(SYNONYMS) {
        let first = line.split('\t').next().unwrap_or(line);
        for word in line.split('\t').filter(|w| !w.starts_with(['=', '#'])) {
            concept.entry(stemmer.stem(word).into_owned()).or_insert(first);
        }
    }
    Tables {
        function: entries(FUNCTION).collect(),
        concept,
        cumulative: entries(CUMULATIVE).map(|w| stemmer.stem(w).into_owned()).collect(),
    }
});

/// Reads the tables before a word is looked up.
pub(super) fn prepare() {
    LazyLock::force(&TABLES);
    LazyLock::force(&VAGUE_CONCEPTS);
}

/// The comparable form of a folded word.
pub(super) fn concept_of(folded: &str) -> String {
    let word = folded.strip_suffix("'s").or_else(|| folded.strip_suffix("s'")).unwrap_or(folded);
    let tables = &*TABLES;
    if let Some(first) = tables.concept.get(word) {
        return (*first).to_owned();
    }
    let stem = Stemmer::create(Algorithm::English).stem(word).into_owned();
    tables.concept.get(stem.as_str()).map_or(stem, |first| (*first).to_owned())
}

/// The comparable form of a folded noun that a number counts: nobody counts lives but those lost.
pub(super) fn concept_of_counted(folded: &str) -> String {
    TABLES.concept.get(format!("#{folded}").as_str()).map_or_else(|| concept_of(folded), |first| (*first).to_owned())
}

/// Whether a folded word only shows how a sentence is built.
pub(super) fn is_function(folded: &str) -> bool {
    TABLES.function.contains(folded)
}

/// Whether a folded word counts something that grows as an event goes on.
pub(super) fn is_cumulative(folded: &str) -> bool {
    TABLES.cumulative.contains(Stemmer::create(Algorithm::English).stem(folded).as_ref())
}

/// Concepts of nouns too general to differ in earnest; for phrases, of their last word.
static VAGUE_CONCEPTS: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let heads = entries(VAGUE).filter_map(|e| e.split_whitespace().next_back());
    heads.map(|word| lexed::hash(&concept_of(word))).collect()
});

/// Whether a concept, by its hash, is a noun too general to differ in earnest.
pub(super) fn is_vague(concept: u64) -> bool {
    VAGUE_CONCEPTS.contains(&concept)
}

/// Whether a folded word says of a speaker no more than that there is one.
pub(super) fn is_vague_speaker(folded: &str) -> bool {
    matches!(
        folded,
        "he" | "she"
            | "they"
            | "source"
            | "sources"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "man"
            | "woman"
            | "person"
            | "people"
            | "official"
            | "officials"
    )
}

/// No word: punctuation and quotation marks.
pub(super) const NO_WORD: u32 = u32::MAX;

/// One version's tokens as they are compared beside those of others.
#[derive(Debug)]
pub(super) struct Lex {
    own: Arc<Lexed>,
    numbered: Arc<Numbered>,
    /// The words around all mentions with their weights: rare and near ones count more.
    pub around: Vec<(u32, f32)>,
    /// The words of all parts of its quotes, weighed.
    said_weighed: Vec<(u32, f32)>,
}

impl Lex {
    /// The number among all versions' concepts of one that has this number in its own.
    pub fn among_all(&self, number: u32) -> u32 {
        self.numbered.among_all(number)
    }

    /// The concept of each token, [`NO_WORD`] for punctuation.
    pub fn concept(&self) -> &[u32] {
        &self.numbered.concept
    }

    /// The concepts of those of some tokens that are content words.
    pub fn content_among(&self, tokens: impl Iterator<Item = usize>) -> impl Iterator<Item = u32> {
        tokens.filter(|&t| !self.function[t]).map(|t| self.concept()[t])
    }

    /// The mentions of a sentence, and what each is about.
    pub fn found_in(&self, sentence: SentenceIx) -> impl ExactSizeIterator<Item = (&Found, &About)> {
        let found = self.mentions_of(sentence);
        self.mentions[found.clone()].iter().zip(&self.numbered.about[found])
    }

    /// The parts of its quotes with their words.
    pub fn said_words(&self) -> impl Iterator<Item = (&Said, SaidWords<'_>)> {
        let (mut all, mut bags) = (self.numbered.said.as_slice(), self.said_weighed.as_slice());
        self.own.said.iter().map(move |said| (said, said.take(&mut all, &mut bags)))
    }
}

impl Deref for Lex {
    type Target = Lexed;

    fn deref(&self) -> &Lexed {
        &self.own
    }
}

/// The details of the sentence in which a range starts.
pub(super) fn details_at(version: &Version, range: TextRange) -> &[Detail] {
    version.document.sentence_at(range.start).map_or(&[], |s| version.extract.details_of(s))
}

/// What is kept of versions' words from one run to the next.
#[derive(Debug, Default)]
pub(super) struct Kept {
    lexed: lexed::Kept,
    numbers: Numbers,
}

/// The words of all versions, whatever passages they stand in.
pub(super) struct Words<'a> {
    pub versions: &'a [Arc<Version>],
    pub lexed: Vec<Lex>,
    /// Rarity of each concept: `ln(1 + sentences / sentences that hold it)`; 0 for one that none holds.
    rarity: Vec<f32>,
    /// The names of all outlets, as names are compared.
    pub outlets: FxHashSet<String>,
}

/// Everything that comparing looks up.
pub(super) struct Context<'a> {
    pub passages: &'a [Passage],
    words: &'a Words<'a>,
    /// By version and sentence, the passages that hold it.
    pub passages_of: Vec<Vec<SmallVec<[u32; 2]>>>,
    /// The outlets' names, sorted, each once; and by version the place of its own among them.
    names: Vec<&'a str>,
    name_of: Vec<u32>,
    /// A title for each passage as a whole, once somebody asked for it.
    titles: Vec<OnceLock<String>>,
    /// By version, the number of its origin; versions alone have one of their own.
    origin_of: Vec<u32>,
}

/// By version and sentence, the passages that hold it.
fn passages_of(versions: &[Arc<Version>], passages: &[Passage]) -> Vec<Vec<SmallVec<[u32; 2]>>> {
    let mut passages_of: Vec<Vec<SmallVec<[u32; 2]>>> =
        versions.iter().map(|v| vec![SmallVec::new(); v.document.sentences.len()]).collect();
    for (p, passage) in passages.iter().enumerate() {
        for member in &passage.members {
            for sentence in &member.sentences {
                if let Some(list) = passages_of.get_mut(member.version.ix()).and_then(|v| v.get_mut(sentence.ix())) {
                    list.push(p as u32);
                }
            }
        }
    }
    passages_of
}

impl<'a> Words<'a> {
    pub fn new(versions: &'a [Arc<Version>], kept: &mut Kept) -> Self {
        let lexed = lexed::lexed(versions, &mut kept.lexed);
        let numbered = kept.numbers.of(&lexed);
        let sentences: usize = versions.iter().map(|v| v.document.sentences.len()).sum();
        let rarity_of = |&n: &u32| if n > 0 { (1.0 + sentences as f32 / n as f32).ln() } else { 0.0 };
        let rarity: Vec<f32> = kept.numbers.holders().iter().map(rarity_of).collect();
        let beside = |(own, numbered): (Arc<Lexed>, Arc<Numbered>)| {
            let among_all = |n: u32| numbered.among_all(n);
            let rarity = |concept: u32| rarity.get(concept as usize).copied().unwrap_or(0.0);
            let around = own.near.iter().map(|&(n, near)| (among_all(n), rarity(among_all(n)) * near)).collect();
            let said_weighed = own.said.iter().flat_map(|said| said.weighed(among_all, rarity)).collect();
            Lex { own, numbered, around, said_weighed }
        };
        let lexed: Vec<Lex> = lexed.into_par_iter().zip(numbered).map(beside).collect();
        let outlets = lexed.iter().map(|lex| lex.outlet.clone()).collect();
        Self { versions, lexed, rarity, outlets }
    }

    /// Gives their memory back. Those of many versions take a while, so it is done side by side.
    pub fn free(self) {
        self.lexed.into_par_iter().for_each(drop);
    }

    pub fn version(&self, version: VersionIx) -> &'a Version {
        &self.versions[version.ix()]
    }

    pub fn slice(&self, version: VersionIx, range: TextRange) -> &'a str {
        range.of(&self.versions[version.ix()].document.text)
    }

    pub fn lex(&self, version: VersionIx) -> &Lex {
        &self.lexed[version.ix()]
    }

    /// One more than the highest number of a concept.
    pub fn numbers(&self) -> usize {
        self.rarity.len()
    }

    /// Whether any version writes a concept.
    pub fn is_written(&self, concept: u32) -> bool {
        self.rarity(concept) > 0.0
    }

    pub fn rarity(&self, concept: u32) -> f32 {
        self.rarity.get(concept as usize).copied().unwrap_or(0.0)
    }

    /// The content words of a sentence, each once, sorted.
    pub fn content_of(&self, version: VersionIx, sentence: SentenceIx) -> &[u32] {
        let lex = self.lex(version);
        &lex.numbered.content[lex.content_of(sentence)]
    }

    /// The content words of sentences of a version, each once, sorted.
    pub fn content(&self, version: VersionIx, sentences: &[SentenceIx]) -> Cow<'_, [u32]> {
        if let [one] = sentences {
            return self.content_of(version, *one).into();
        }
        let mut ids: Vec<u32> = sentences.iter().flat_map(|&s| self.content_of(version, s)).copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into()
    }
}

impl<'a> Deref for Context<'a> {
    type Target = Words<'a>;

    fn deref(&self) -> &Words<'a> {
        self.words
    }
}

impl<'a> Context<'a> {
    pub fn new(passages: &'a [Passage], words: &'a Words<'a>, origins: &[Origin]) -> Self {
        let versions = words.versions;
        let mut origin_of: Vec<u32> = (0..versions.len() as u32).collect();
        for origin in origins {
            origin.versions.iter().for_each(|v| origin_of[v.ix()] = origin.versions[0].0);
        }
        let mut names: Vec<&str> = versions.iter().map(|v| v.outlet()).collect();
        names.sort_unstable();
        names.dedup();
        let name_of = versions.iter().map(|v| names.binary_search(&v.outlet()).map_or(0, |at| at as u32)).collect();
        let titles = vec![OnceLock::new(); passages.len()];
        Self { passages, words, passages_of: passages_of(versions, passages), names, name_of, titles, origin_of }
    }

    /// A title for a passage as a whole.
    pub fn title(&self, passage: PassageIx) -> &str {
        self.titles[passage.ix()].get_or_init(|| super::titles::of_passage(self, &self.passages[passage.ix()]))
    }

    pub fn outlet(&self, version: VersionIx) -> &'a str {
        self.versions[version.ix()].outlet()
    }

    /// The names of some versions' outlets, sorted, each once.
    pub fn outlets_of(&self, versions: impl IntoIterator<Item = VersionIx>) -> Vec<&'a str> {
        let mut places: Vec<u32> = versions.into_iter().map(|v| self.name_of[v.ix()]).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|at| self.names[at as usize]).collect()
    }

    /// Number of independent origins among versions.
    pub fn origins_among(&self, versions: impl IntoIterator<Item = VersionIx>) -> usize {
        let mut ids: Vec<u32> = versions.into_iter().map(|v| self.origin_of[v.ix()]).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    }

    /// The place of a byte in its version: 0 at the top, 1 at the end.
    pub fn depth(&self, version: VersionIx, offset: u32) -> f32 {
        offset as f32 / self.version(version).document.text.len().max(1) as f32
    }
}
