//! What English knows before any article is read: how common its words are, and which words news uses for
//! the same thing. Both are tables in `assets/lang/en/`; this file looks words up in them by stem.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::sync::LazyLock;

const WORDS: &str = include_str!("../../assets/lang/en/background.words.txt");
const KIN: &str = include_str!("../../assets/lang/en/background.kin.txt");

/// How common a word is in the language at large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Articles, pronouns, auxiliaries: these tell nothing about what a sentence reports.
    Grammar,
    /// In nearly every article.
    Everywhere,
    /// In many.
    Common,
    /// In some.
    Known,
    /// In none of the tables.
    Rare,
}

/// A word as it is compared.
#[derive(Clone, Copy)]
struct Entry {
    /// Its stem, or the stem of the first word of its family.
    head: &'static str,
    class: Class,
}

struct Tables {
    by_stem: FxHashMap<&'static str, Entry>,
    exact: FxHashMap<&'static str, Class>,
}

static ENGLISH: LazyLock<Tables> = LazyLock::new(|| {
    let mut exact = FxHashMap::default();
    let mut classes: FxHashMap<&'static str, Class> = FxHashMap::with_capacity_and_hasher(WORDS.len() / 8, Default::default());
    for line in lines(WORDS) {
        let mut fields = line.split('\t');
        let (Some(word), Some(class)) = (fields.next(), fields.next()) else { continue };
        let class = match class {
            "0" => Class::Grammar,
            "1" => Class::Everywhere,
            "2" => Class::Common,
            _ => Class::Known,
        };
        if class == Class::Grammar {
            // By exact form: the stem of "does" is also that of a female deer.
            exact.insert(word, class);
        } else {
            let known = classes.entry(fields.next().unwrap_or(word)).or_insert(class);
            *known = class.min(*known);
        }
    }
    let mut by_stem: FxHashMap<&'static str, Entry> = classes.iter().map(|(&head, &class)| (head, Entry { head, class })).collect();
    let mut in_family: FxHashSet<&'static str> = FxHashSet::default();
    for family in lines(KIN) {
        let stems = || family.split_whitespace().map(|word| word.split_once(':').map_or(word, |(_, stem)| stem));
        let Some(head) = stems().next() else { continue };
        let class = stems().filter_map(|stem| classes.get(stem)).min().copied().unwrap_or(Class::Known);
        for stem in stems() {
            if in_family.insert(stem) {
                by_stem.insert(stem, Entry { head, class });
            }
        }
    }
    Tables { by_stem, exact }
});

/// Reads the tables before a sentence needs them.
pub(super) fn prepare() {
    LazyLock::force(&ENGLISH);
}

/// The entries of a table: lines that are neither empty nor comments.
fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// Looks words of one document up.
pub(super) struct Lexicon {
    stemmer: Option<Stemmer>,
    english: bool,
}

impl Lexicon {
    /// For a language by its BCP 47 tag. Languages other than English have stems but no classes yet; those
    /// without a stemmer are compared by whole words.
    pub fn new(language: &str) -> Self {
        let primary = language.split('-').next().unwrap_or("");
        let algorithm = match primary {
            "en" => Algorithm::English,
            "ar" => Algorithm::Arabic,
            "da" => Algorithm::Danish,
            "de" => Algorithm::German,
            "el" => Algorithm::Greek,
            "es" => Algorithm::Spanish,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "hu" => Algorithm::Hungarian,
            "it" => Algorithm::Italian,
            "nb" | "nn" | "no" => Algorithm::Norwegian,
            "nl" => Algorithm::Dutch,
            "pt" => Algorithm::Portuguese,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "sv" => Algorithm::Swedish,
            "ta" => Algorithm::Tamil,
            "tr" => Algorithm::Turkish,
            _ => return Self { stemmer: None, english: false },
        };
        Self { stemmer: Some(Stemmer::create(algorithm)), english: primary == "en" }
    }

    /// The comparable form and class of a folded word.
    pub fn look_up<'a>(&self, folded: &'a str) -> (Cow<'a, str>, Class) {
        let word = folded.strip_suffix("'s").or_else(|| folded.strip_suffix('\'')).unwrap_or(folded);
        if self.english
            && let Some(&class) = ENGLISH.exact.get(folded).or_else(|| ENGLISH.exact.get(word))
        {
            return (Cow::Borrowed(word), class);
        }
        let stem = match &self.stemmer {
            Some(stemmer) => stemmer.stem(word),
            None => Cow::Borrowed(word),
        };
        if !self.english {
            let class = if word.chars().count() < 4 { Class::Everywhere } else { Class::Rare };
            return (stem, class);
        }
        match ENGLISH.by_stem.get(stem.as_ref()) {
            Some(entry) => (Cow::Borrowed(entry.head), entry.class),
            None if word.chars().count() < 2 => (stem, Class::Grammar),
            None => (stem, Class::Rare),
        }
    }
}
