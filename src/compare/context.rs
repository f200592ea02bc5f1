//! What every part of comparing looks up: words as comparable ids with their rarity, which tokens stand
//! inside quotation marks, which sentences stand in which passages.
//!
//! A word is compared by its *concept*: its set of synonyms where the table lists one, else its stem.
//! The table is small and narrow on purpose. Vectors of meaning were left out: they put "killed" beside
//! "injured", which is the difference that has to be shown.

use crate::align::Passage;
use crate::analysis::Version;
use crate::base::{SentenceIx, TextRange, VersionIx};
use crate::extract::{Detail, QuoteKind, names};
use crate::text::TokenKind;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::sync::{Arc, LazyLock};

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
static VAGUE_CONCEPTS: LazyLock<FxHashSet<String>> =
    LazyLock::new(|| entries(VAGUE).filter_map(|e| e.split_whitespace().next_back()).map(concept_of).collect());

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

/// One version's tokens as they are compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexed {
    /// Concept of each token, [`NO_WORD`] for punctuation.
    pub concept: Vec<u32>,
    /// Whether the token is a function word.
    pub function: Vec<bool>,
    /// Whether the token stands inside quotation marks.
    pub quoted: Vec<bool>,
    /// Where speakers are named; sorted.
    pub speakers: Vec<TextRange>,
}

/// The details of the sentence in which a range starts.
pub(super) fn details_at(version: &Version, range: TextRange) -> &[Detail] {
    version.document.sentence_at(range.start).map_or(&[], |s| version.extract.details_of(s))
}

/// Everything that comparing looks up.
pub(super) struct Context<'a> {
    pub versions: &'a [Arc<Version>],
    pub passages: &'a [Passage],
    pub lexed: Vec<Lexed>,
    /// Rarity of each concept: `ln(1 + sentences / sentences that hold it)`.
    pub rarity: Vec<f32>,
    /// Concepts by their words.
    pub concepts: FxHashMap<String, u32>,
    /// By concept, whether it is a noun too general to differ in earnest.
    pub vague: Vec<bool>,
    /// The names of all outlets, as names are compared.
    pub outlets: FxHashSet<String>,
    /// By version and sentence, the passages that hold it.
    pub passages_of: Vec<Vec<SmallVec<[u32; 2]>>>,
    /// By version, the number of its origin; versions alone have one of their own.
    pub origin_of: Vec<u32>,
}

impl<'a> Context<'a> {
    pub fn new(versions: &'a [Arc<Version>], passages: &'a [Passage]) -> Self {
        let mut concepts: FxHashMap<String, u32> = FxHashMap::default();
        let mut by_word: FxHashMap<String, (u32, bool)> = FxHashMap::default();
        let mut lexed = Vec::with_capacity(versions.len());
        let mut holders: Vec<u32> = Vec::new();
        let mut last_seen: Vec<u32> = Vec::new();
        let mut sentences = 0u32;
        for version in versions {
            let doc = &version.document;
            let mut lex = Lexed { concept: Vec::with_capacity(doc.tokens.len()), ..Lexed::default() };
            for (t, token) in doc.tokens.iter().enumerate() {
                if !matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                    lex.concept.push(NO_WORD);
                    lex.function.push(true);
                    continue;
                }
                let folded = doc.folded(t);
                let (id, function) = match by_word.get(folded) {
                    Some(&known) => known,
                    None => {
                        let next = concepts.len() as u32;
                        let id = *concepts.entry(concept_of(folded)).or_insert(next);
                        let known = (id, is_function(folded));
                        by_word.insert(folded.to_owned(), known);
                        known
                    }
                };
                lex.concept.push(id);
                lex.function.push(function);
            }
            holders.resize(concepts.len(), 0);
            last_seen.resize(concepts.len(), 0);
            for sentence in &doc.sentences {
                sentences += 1;
                for &id in &lex.concept[sentence.first_token as usize..sentence.end_token as usize] {
                    if id != NO_WORD && last_seen[id as usize] != sentences {
                        last_seen[id as usize] = sentences;
                        holders[id as usize] += 1;
                    }
                }
            }
            lex.quoted = vec![false; doc.tokens.len()];
            for part in version.extract.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect).flat_map(|q| &q.parts) {
                lex.quoted[doc.tokens_in(*part)].fill(true);
            }
            lex.speakers = version.extract.quotes.iter().filter_map(|q| q.speaker.as_ref().map(|s| s.range)).collect();
            lex.speakers.sort_unstable();
            lex.speakers.dedup();
            lexed.push(lex);
        }
        let rarity = holders.iter().map(|&n| (1.0 + sentences as f32 / n.max(1) as f32).ln()).collect();
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
        let origin_of = (0..versions.len() as u32).collect();
        let mut vague = vec![false; concepts.len()];
        for concept in &*VAGUE_CONCEPTS {
            if let Some(&id) = concepts.get(concept) {
                vague[id as usize] = true;
            }
        }
        let outlets = versions.iter().map(|v| names::fold(v.outlet())).collect();
        Self { versions, passages, lexed, rarity, concepts, vague, outlets, passages_of, origin_of }
    }

    pub fn version(&self, version: VersionIx) -> &'a Version {
        &self.versions[version.ix()]
    }

    pub fn lex(&self, version: VersionIx) -> &Lexed {
        &self.lexed[version.ix()]
    }

    pub fn outlet(&self, version: VersionIx) -> &'a str {
        self.versions[version.ix()].outlet()
    }

    pub fn slice(&self, version: VersionIx, range: TextRange) -> &'a str {
        range.of(&self.versions[version.ix()].document.text)
    }

    /// Whether a token is a noun too general to differ in earnest.
    pub fn is_vague(&self, version: VersionIx, token: usize) -> bool {
        self.vague.get(self.lexed[version.ix()].concept[token] as usize).is_some_and(|vague| *vague)
    }

    pub fn rarity(&self, concept: u32) -> f32 {
        self.rarity.get(concept as usize).copied().unwrap_or(0.0)
    }

    /// The content words of a sentence, each once, sorted.
    pub fn content(&self, version: VersionIx, sentences: &[SentenceIx]) -> Vec<u32> {
        let (doc, lex) = (&self.version(version).document, self.lex(version));
        let mut ids: Vec<u32> = sentences
            .iter()
            .filter(|s| s.ix() < doc.sentences.len())
            .flat_map(|&s| doc.sentence_tokens(s))
            .filter(|&t| !lex.function[t])
            .map(|t| lex.concept[t])
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
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
