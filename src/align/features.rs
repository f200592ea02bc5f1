//! What a sentence is compared by: its words by stem or family, its names, its numbers and dates by value,
//! its quotes by their runs of words.

use super::background::{Class, Lexicon};
use super::events::{self, Telling};
use super::holders::Holders;
use crate::analysis::Version;
use crate::base::{SentenceIx, Serial, TextRange, VersionIx, fnv};
use crate::extract::{Detail, DetailKind, QuoteKind, Value};
use crate::source::BlockKind;
use crate::text::{Document, TokenKind, is_ideograph};
use rustc_hash::FxHashMap;
use std::ops::Deref;
use std::sync::Arc;

/// A sentence that takes part, in its version.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'a> {
    pub version: VersionIx,
    bag: &'a Bag,
}

impl Deref for Unit<'_> {
    type Target = Bag;

    fn deref(&self) -> &Bag {
        self.bag
    }
}

/// What is compared of a version: it depends on nothing else, so it is kept when others come and go.
#[derive(Debug)]
pub(crate) struct Features {
    pub(super) id: Serial,
    /// Its sentences that take part, in the order of the text.
    pub(super) bags: Vec<Bag>,
    /// Which of them have each term, and with what weight.
    pub(super) holders: Holders<(u32, SlimTerm)>,
    /// What tells its event from others.
    pub(super) profile: Vec<Telling>,
}

/// A sentence as a bag of weighted terms.
#[derive(Clone, Debug)]
pub(super) struct Bag {
    pub sentence: SentenceIx,
    /// Sorted by key, each key once.
    pub terms: Vec<Term>,
    /// The same for comparing: in the same order, and next to each other.
    pub slim: Vec<SlimTerm>,
    /// Hashes of three folded words in a row; sorted, each once.
    pub runs: Vec<u64>,
    /// The runs of each stretch of words in quotation marks that has any.
    pub quotes: Vec<Vec<u64>>,
    pub mass: Mass,
    /// A headline or subheading: it stands for what follows rather than beside it.
    pub heads: bool,
}

/// Sums of weights of a sentence's terms.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mass {
    pub all: f32,
    pub values: f32,
}

/// A word, name or value of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    /// Hash of its comparable form.
    pub key: u64,
    /// Where it first stands.
    pub range: TextRange,
    pub kind: TermKind,
    pub class: Class,
    pub weight: f32,
}

/// What is compared of a term.
#[derive(Clone, Copy, Debug)]
pub(super) struct SlimTerm {
    pub key: u64,
    pub weight: f32,
    /// A number, amount, date or time.
    pub value: bool,
}

/// The kinds of term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TermKind {
    /// A content word.
    Word,
    /// A word of a name.
    Name,
    /// How large a count or an amount is, roughly: outlets give other figures for the same thing.
    Size,
    /// A number, amount or length of time, by value.
    Number,
    /// A date or time of day, by value.
    Date,
}

/// What a name counts above its words.
const NAME_BONUS: f32 = 1.0;
/// What a value counts above its class.
const VALUE_BONUS: f32 = 3.0;
/// The same of a number of one digit, a month or a day without more: each stands in many sentences by chance.
const SMALL_VALUE_BONUS: f32 = 1.0;
/// By how much of itself the weight of a term grows that a single sentence of its version has; one that all have gains nothing.
const RARITY: f32 = 2.5;

/// The key of a term of a kind.
fn key_of(kind: u8, bytes: &[u8]) -> u64 {
    fnv(std::iter::once(&kind).chain(bytes))
}

impl Features {
    /// Of one version.
    pub fn of(version: &Version) -> Self {
        let mut bags = bags(version);
        weigh(&mut bags);
        let profile = events::telling(&bags);
        let terms = (0..).zip(&bags).flat_map(|(b, bag)| bag.slim.iter().map(move |term| (term.key, (b, *term))));
        Self { id: Serial::next(), holders: Holders::of(terms.collect()), bags, profile }
    }
}

/// All sentences that take part, in the order of versions and of the text.
pub(super) fn units(features: &[Arc<Features>]) -> Vec<Unit<'_>> {
    let mut units = Vec::with_capacity(features.iter().map(|f| f.bags.len()).sum());
    for (v, features) in features.iter().enumerate() {
        units.extend(features.bags.iter().map(|bag| Unit { version: VersionIx::from(v), bag }));
    }
    units
}

/// Sets the weights of all terms.
///
/// A term counts for what English says of it, and for its rarity in its version: a word that one sentence has is as telling as one
/// can be, though every version may have such a sentence. So a weight depends on no other version. Rarity is measured by the version's
/// length, so that a sentence weighs the same in a short report and in a long one.
fn weigh(bags: &mut [Bag]) {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    bags.iter().flat_map(|bag| &bag.terms).for_each(|term| *counts.entry(term.key).or_default() += 1);
    let room = (bags.len() as f32).ln();
    for bag in bags {
        for term in &mut bag.terms {
            let class = match term.class {
                Class::Grammar => 0.0,
                Class::Everywhere => 1.0,
                Class::Common => 2.0,
                Class::Known => 3.0,
                Class::Rare => 4.0,
            };
            let kind = match term.kind {
                TermKind::Word | TermKind::Size => 0.0,
                TermKind::Name => NAME_BONUS,
                TermKind::Number | TermKind::Date if term.class == Class::Everywhere => SMALL_VALUE_BONUS,
                TermKind::Number | TermKind::Date => VALUE_BONUS,
            };
            let count = counts[&term.key];
            let rarity = if count > 1 { 1.0 - (count as f32).ln() / room } else { 1.0 };
            term.weight = (class + kind) * (1.0 + RARITY * rarity);
            bag.mass.all += term.weight;
            let value = matches!(term.kind, TermKind::Number | TermKind::Date);
            bag.mass.values += if value { term.weight } else { 0.0 };
            bag.slim.push(SlimTerm { key: term.key, weight: term.weight, value });
        }
    }
}

/// Whether sentences of such a block are compared.
fn takes_part(kind: BlockKind) -> bool {
    !matches!(kind, BlockKind::Boilerplate | BlockKind::Byline | BlockKind::Dateline)
}

/// How often each word stands with and without a capital where a capital means something: inside of
/// sentences of running text.
fn capitals(doc: &Document) -> FxHashMap<String, (u32, u32)> {
    let mut counts: FxHashMap<String, (u32, u32)> = FxHashMap::default();
    for (s, sentence) in doc.sentences.iter().enumerate() {
        if !takes_part(doc.block_kind(SentenceIx::from(s))) {
            continue;
        }
        let tokens = sentence.first_token as usize..sentence.end_token as usize;
        let starts_upper = |t: usize| doc.word(t).chars().next().is_some_and(char::is_uppercase);
        let words = tokens.clone().filter(|&t| doc.tokens[t].kind == TokenKind::Word);
        let (all, upper) = words.clone().fold((0, 0), |n, t| (n.0 + 1, n.1 + usize::from(starts_upper(t))));
        // Headlines in title case or capitals say nothing.
        if upper * 5 > all * 3 {
            continue;
        }
        let mut opens = true;
        for t in tokens {
            match doc.tokens[t].kind {
                TokenKind::Word => {
                    if !opens {
                        for part in parts(doc.folded(t)) {
                            let count = counts.entry(part.to_owned()).or_default();
                            if starts_upper(t) { count.0 += 1 } else { count.1 += 1 }
                        }
                    }
                    opens = false;
                }
                TokenKind::Quote => opens = true,
                TokenKind::Punct => opens = matches!(doc.word(t), ":" | "." | "!" | "?" | "—" | "–" | "--") || opens,
                TokenKind::Number => opens = false,
            }
        }
    }
    counts
}

/// The parts of a compound: "anti-defection", "Geum-hyok".
fn parts(folded: &str) -> impl Iterator<Item = &str> {
    folded.split('-').filter(|p| !p.is_empty())
}

fn bags(version: &Version) -> Vec<Bag> {
    let doc = &version.document;
    let known = capitals(doc);
    let proper = |word: &str| known.get(word).is_some_and(|(upper, lower)| upper > lower);
    let lexicon = Lexicon::new(&doc.language);
    let mut details: Vec<Vec<&Detail>> = vec![Vec::new(); doc.sentences.len()];
    for detail in &version.extract.details {
        if let Some(list) = details.get_mut(detail.sentence.ix()) {
            list.push(detail);
        }
    }
    let marked = version.extract.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect);
    let mut quotes: Vec<TextRange> = marked.flat_map(|q| q.parts.iter().copied()).collect();
    quotes.sort_unstable();
    let mut next_quote = 0;
    let mut bags: Vec<Bag> = Vec::new();
    for (s, details) in details.iter().enumerate() {
        let sentence = SentenceIx::from(s);
        if !takes_part(doc.block_kind(sentence)) {
            continue;
        }
        let heads = matches!(doc.block_kind(sentence), BlockKind::Headline | BlockKind::Subheading);
        let range = doc.sentences[s].range;
        let (values, names): (Vec<&Detail>, Vec<&Detail>) = details.iter().partition(|d| value_key(d).is_some());
        let names: Vec<TextRange> = names.iter().filter(|d| matches!(d.value, Value::Name(_))).map(|d| d.range).collect();
        let mut terms = Vec::new();
        for detail in &values {
            if let Some((kind, key, class)) = value_key(detail) {
                terms.push(Term { key, range: detail.range, kind, class, weight: 0.0 });
            }
            for key in sizes(detail).into_iter().flatten() {
                terms.push(Term { key, range: detail.range, kind: TermKind::Size, class: Class::Common, weight: 0.0 });
            }
        }
        let mut folded_words: Vec<&str> = Vec::new();
        let mut before: Option<(u32, char)> = None;
        for t in doc.sentence_tokens(sentence) {
            let token = &doc.tokens[t];
            if !matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                continue;
            }
            let folded = doc.folded(t);
            folded_words.push(folded);
            if token.range.overlaps_one(&values, |d| d.range) {
                continue;
            }
            if token.kind == TokenKind::Number {
                let digits: String = folded.chars().filter(|c| c.is_alphanumeric() || *c == '.').collect();
                terms.push(Term {
                    key: key_of(b'#', digits.as_bytes()),
                    range: token.range,
                    kind: TermKind::Number,
                    class: number_class(&digits),
                    weight: 0.0,
                });
                continue;
            }
            let character = single(folded).filter(|c| is_ideograph(*c));
            if let (Some((end, first)), Some(second)) = (before, character)
                && end == token.range.start
                && let Some(class) = class_of_two(first, second)
            {
                let key = key_of(b'w', [first, second].iter().collect::<String>().as_bytes());
                let range = TextRange { start: end - first.len_utf8() as u32, end: token.range.end };
                terms.push(Term { key, range, kind: TermKind::Word, class, weight: 0.0 });
            }
            before = character.map(|c| (token.range.end, c));
            let in_name = token.range.overlaps_one(&names, |n| *n);
            let mut push = |word: &str, head: &str, class: Class| {
                if class == Class::Grammar {
                    return;
                }
                let named = (in_name || proper(word)) && word.chars().count() > 1;
                let kind = if named { TermKind::Name } else { TermKind::Word };
                terms.push(Term { key: key_of(b'w', head.as_bytes()), range: token.range, kind, class, weight: 0.0 });
            };
            let (head, class) = lexicon.look_up(folded);
            if class == Class::Rare && folded.contains('-') {
                for part in parts(folded) {
                    let (head, class) = lexicon.look_up(part);
                    push(part, &head, class);
                }
            } else {
                push(folded, &head, class);
            }
        }
        terms.sort_by_key(|t| (t.key, std::cmp::Reverse(t.kind), t.range));
        terms.dedup_by_key(|t| t.key);
        let runs = three_in_a_row(&folded_words);
        let mut spoken = Vec::new();
        while let Some(quote) = quotes.get(next_quote).filter(|q| q.start < range.end) {
            let words: Vec<&str> = doc
                .tokens_in(*quote)
                .filter(|t| doc.sentence_tokens(sentence).contains(t))
                .filter(|&t| matches!(doc.tokens[t].kind, TokenKind::Word | TokenKind::Number))
                .map(|t| doc.folded(t))
                .collect();
            let runs = three_in_a_row(&words);
            if !runs.is_empty() {
                spoken.push(runs);
            }
            // A quote over several sentences is met again in the next one.
            if quote.end > range.end {
                break;
            }
            next_quote += 1;
        }
        bags.push(Bag { sentence, terms, slim: Vec::new(), runs, quotes: spoken, mass: Mass::default(), heads });
    }
    bags
}

/// The only character of a word.
fn single(word: &str) -> Option<char> {
    let mut chars = word.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// How telling two characters in a row are, where words are not parted: they are about a word. Two of the signs that Japanese writes
/// endings with are none.
fn class_of_two(first: char, second: char) -> Option<Class> {
    let ends = |c: char| matches!(c, '\u{3040}'..='\u{309f}');
    match (ends(first), ends(second)) {
        (true, true) => None,
        (false, false) => Some(Class::Known),
        _ => Some(Class::Everywhere),
    }
}

/// The runs of three words; sorted, each once.
fn three_in_a_row(words: &[&str]) -> Vec<u64> {
    let mut runs: Vec<u64> = words.windows(3).map(|w| key_of(b'r', w.join(" ").as_bytes())).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Small counts stand everywhere, exact figures don't.
fn number_class(digits: &str) -> Class {
    let significant = digits.trim_start_matches('0').trim_end_matches('0').chars().filter(char::is_ascii_digit).count();
    match (digits.len(), significant) {
        (..=1, _) => Class::Everywhere,
        (2, _) | (_, ..=1) => Class::Common,
        (_, 2) => Class::Known,
        _ => Class::Rare,
    }
}

/// What a detail of amount or time is compared by, and how telling it is.
fn value_key(detail: &Detail) -> Option<(TermKind, u64, Class)> {
    let kind = match detail.kind {
        DetailKind::Person | DetailKind::Organisation | DetailKind::Place => return None,
        DetailKind::Date | DetailKind::Time => TermKind::Date,
        _ => TermKind::Number,
    };
    let unit = detail.unit.as_deref().unwrap_or("");
    let (form, class) = match &detail.value {
        Value::Number(x) => (format!("{x}{unit}"), number_class(&x.to_string())),
        Value::Range(a, b) => (format!("{a}-{b}{unit}"), Class::Known),
        Value::Date(d) | Value::DateRange(d, _) => match (d.month, d.day) {
            (Some(m), Some(day)) => (format!("{m}/{day}"), Class::Known),
            (Some(m), None) => (format!("month {m}"), Class::Everywhere),
            (None, Some(day)) => (format!("day {day}"), Class::Everywhere),
            (None, None) => (format!("year {}", d.year?), Class::Common),
        },
        Value::Time(time, _) => (format!("{}:{}", time.hour(), time.minute()), Class::Known),
        Value::Duration { iso, .. } => (iso.clone(), Class::Common),
        Value::Name(_) => return None,
    };
    Some((kind, key_of(b'#', form.as_bytes()), class))
}

/// From this size on few other figures of an article are as large as a count or an amount by chance.
const LEAST_SIZE: f64 = 1000.0;
/// Sizes that differ by less than the square root of this share a key.
const SIZE_STEP: f64 = 1.35;

/// Two keys for the size of a large figure, from steps that overlap by half.
fn sizes(detail: &Detail) -> Option<[u64; 2]> {
    let Value::Number(x) = detail.value else { return None };
    if !matches!(detail.kind, DetailKind::Number | DetailKind::Money) || x < LEAST_SIZE {
        return None;
    }
    let unit = detail.unit.as_deref().unwrap_or("");
    let step = 2.0 * x.ln() / SIZE_STEP.ln();
    let (low, high) = ((step / 2.0).floor() * 2.0, ((step - 1.0) / 2.0).floor() * 2.0 + 1.0);
    Some([low, high].map(|s| key_of(b'~', format!("{s}{unit}").as_bytes())))
}
