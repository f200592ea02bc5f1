//! Attribution: different sources named for the same report.
//!
//! Only reported speech counts here; words in marks are compared as utterances. A passage gives a finding
//! when versions name sources and none of one side's is among the other's.

use super::context::{Context, details_at};
use super::draft::{Draft, Told, finish, one_line};
use super::lexed::Lexed;
use super::secondhand::{self, Hearer};
use super::slots::overlap;
use super::{Finding, FindingKind, Relation, titles, why};
use crate::align::{Member, Passage};
use crate::analysis::Version;
use crate::base::{PassageIx, SentenceIx, TextRange, VersionIx};
use crate::extract::names::{NameRelation, same_entity};
use crate::extract::{CueStrength, Detail, Quote, QuoteKind, Value};
use rustc_hash::FxHashSet;

/// Who is named as the source of a report.
pub(super) struct Source<'a> {
    pub version: VersionIx,
    pub range: TextRange,
    named: &'a Named,
    /// The content words that it is the source of, with their weights; sorted.
    words: Vec<(u32, f32)>,
    /// Those of them outside of names and figures; sorted.
    said: Vec<u32>,
}

/// Share of the shorter speech's words, from which two sources are named for the same report.
const SAME_WORDS: f32 = 0.25;
/// The same, from which one common word outside of names and figures is enough.
const MOST_WORDS: f32 = 0.5;

/// Names that are one entity's, or descriptions with a word in common.
pub(super) fn same_source(cx: &Context, a: &Source, b: &Source) -> bool {
    if same_entity(&a.named.name, &b.named.name) != NameRelation::Different {
        return true;
    }
    let words = |s: &Source| -> Vec<u32> {
        let (doc, lex) = (&cx.version(s.version).document, cx.lex(s.version));
        lex.content_among(doc.tokens_in(s.range)).collect()
    };
    if a.named.proper && b.named.proper {
        // "Lorne's lawyer Daniel Fitch" and "Fitch".
        let within = |short: &str, full: &str| short.split_whitespace().all(|w| full.split_whitespace().any(|f| f == w));
        return within(&a.named.name, &b.named.name) || within(&b.named.name, &a.named.name);
    }
    let (x, y) = (words(a), words(b));
    x.is_empty() || y.is_empty() || x.iter().any(|w| y.contains(w))
}

/// Whether the version of `b` speaks of the source `a`, which has no name, in its part of the passage as well, if for other
/// words: then the two are not set against each other.
fn names_too(cx: &Context, passage: &Passage, a: &Source, b: &Source) -> bool {
    // A person named beside another is no source for that.
    let Some(member) = passage.member(b.version).filter(|_| !a.named.proper) else { return false };
    let (doc, lex) = (&cx.version(a.version).document, cx.lex(a.version));
    let mut words = lex.content_among(doc.tokens_in(a.range)).peekable();
    let told = cx.content(b.version, &member.sentences);
    words.peek().is_some() && words.all(|word| told.binary_search(&word).is_ok())
}

/// A source of reported speech as its version alone has it; concepts by their numbers in the version.
#[derive(Debug)]
pub(super) struct Named {
    /// Who heard it, where that is said.
    pub heard: Option<Hearer>,
    sentence: SentenceIx,
    range: TextRange,
    name: String,
    /// It has a name of its own.
    proper: bool,
    /// It is named by a pronoun.
    pronoun: bool,
    words: Vec<u32>,
    said: Vec<u32>,
}

/// The sources of all reported speech of a version; in the order of the text.
pub(super) fn named(version: &Version, lex: &Lexed) -> Vec<Named> {
    let doc = &version.document;
    // Who thinks, asks or demands something reports nothing.
    let reports =
        |q: &Quote| !q.cue.is_some_and(|c| matches!(c.strength, CueStrength::Thinking | CueStrength::Asking | CueStrength::Demanding));
    let source = |q: &Quote| {
        let range = q.speaker.as_ref()?.range;
        let name = q.speaker.as_ref()?.name.clone();
        // A pronoun whose name is not known is nobody.
        let pronoun = doc.tokens_in(range).all(|t| lex.function[t]);
        if name.is_none() && pronoun {
            return None;
        }
        let is_name = |d: &Detail| matches!(d.value, Value::Name(_)) && range.overlaps(d.range);
        let proper = name.is_some() || details_at(version, range).iter().any(is_name);
        let name = name.unwrap_or_else(|| one_line(version.slice(range)));
        let details = version.extract.details_of(q.sentence);
        let in_detail = |t: usize| doc.tokens[t].range.overlaps_one(details, |d| d.range);
        let concepts = |tokens: &mut dyn Iterator<Item = usize>| {
            let mut concepts: Vec<u32> = tokens.map(|t| lex.numbers[t]).collect();
            concepts.sort_unstable();
            concepts.dedup();
            concepts
        };
        let content = || doc.tokens_in(q.range).filter(|&t| !lex.function[t]);
        let (words, said) = (concepts(&mut content()), concepts(&mut content().filter(|&t| !in_detail(t))));
        let heard = secondhand::hearer(version, q);
        Some(Named { heard, sentence: q.sentence, range, name, proper, pronoun, words, said })
    };
    version.extract.quotes.iter().filter(|q| q.kind == QuoteKind::Indirect && reports(q)).filter_map(source).collect()
}

/// The sources of the reported speech in one version's part of a passage.
pub(super) fn sources_of<'a>(cx: &'a Context<'a>, member: &'a Member) -> impl Iterator<Item = &'a Named> {
    let lex = cx.lex(member.version);
    member.sentences.iter().flat_map(move |&sentence| {
        let from = lex.named.partition_point(|n| n.sentence < sentence);
        lex.named[from..].iter().take_while(move |n| n.sentence == sentence)
    })
}

impl<'a> Source<'a> {
    /// A source beside those of other versions.
    pub fn of(cx: &Context, version: VersionIx, named: &'a Named) -> Self {
        let among_all = |&n: &u32| cx.lex(version).among_all(n);
        let words = named.words.iter().map(among_all).map(|concept| (concept, cx.rarity(concept))).collect();
        Self { version, range: named.range, named, words, said: named.said.iter().map(among_all).collect() }
    }
}

/// The finding of a passage, if its sources differ. `told` holds sentences that utterances already compare.
pub(super) fn finding(cx: &Context, ix: PassageIx, passage: &Passage, told: &FxHashSet<(VersionIx, SentenceIx)>) -> Option<Finding> {
    if passage.members.len() < 2 {
        return None;
    }
    let mut named: Vec<(VersionIx, &Named)> = Vec::new();
    for member in &passage.members {
        let own = || sources_of(cx, member).filter(|n| !told.contains(&(member.version, n.sentence)));
        // Where a version names a source, descriptions beside it say nothing more.
        let any_proper = own().any(|n| n.proper);
        let mut own = own().filter(|n| n.proper || !any_proper);
        // A version that names several sources for one passage can't be set against another.
        if let (Some(one), None) = (own.next(), own.next()) {
            named.push((member.version, one));
        }
    }
    // At least one must have a name: "officials" and "the authorities" are no two sources.
    if !named.iter().any(|(_, n)| n.proper) || named.iter().all(|(_, n)| n.name == named[0].1.name) {
        return None;
    }
    let sources: Vec<Source> = named.into_iter().map(|(version, named)| Source::of(cx, version, named)).collect();
    // A passage may hold more than one report: sources count against each other for the same words only.
    // Names and figures are what they speak of and not yet what they say.
    let common = |x: &Source, y: &Source| x.said.iter().filter(|w| y.said.binary_search(w).is_ok()).count();
    let same = |x: &Source, y: &Source| {
        let share = overlap(&x.words, &y.words);
        // One common word makes no report, unless it is most of what is said.
        share >= SAME_WORDS && common(x, y) >= if share >= MOST_WORDS { 1 } else { 2 }
    };
    let told_by_others = |s: &Source| sources.iter().any(|o| o.version != s.version && same(o, s));
    let mut sorted: Vec<&Source> = sources.iter().filter(|s| told_by_others(s)).collect();
    sorted.sort_by_key(|s| (std::cmp::Reverse(s.named.name.split_whitespace().count()), s.version));
    let mut readings: Vec<Vec<&Source>> = Vec::new();
    for s in sorted {
        let one = |other: &Source| same_source(cx, other, s) || names_too(cx, passage, other, s) || names_too(cx, passage, s, other);
        match readings.iter_mut().find(|r| r.iter().any(|other| one(other))) {
            Some(r) => r.push(s),
            None => readings.push(vec![s]),
        }
    }
    if readings.len() < 2 || !readings.iter().flatten().any(|s| s.named.proper) {
        return None;
    }
    let anonymous = readings.iter().any(|r| r.iter().all(|s| !s.named.proper));
    let drafts = readings
        .iter()
        .map(|r| {
            let mut d = Draft::default();
            for s in r {
                d.push(s.version, s.range);
            }
            // "He" says nothing in a list.
            if r.iter().all(|s| s.named.pronoun) {
                d.text = r.first().map(|s| s.named.name.clone());
            }
            d
        })
        .collect();
    let info = Told {
        kind: FindingKind::Attribution,
        relation: Relation::Conflict,
        detail: None,
        passage: Some(ix),
        title: titles::title("Source", &titles::topic_of_passage(cx, passage)),
        silent: Vec::new(),
        weight: if anonymous { 0.42 } else { 0.5 },
    };
    Some(finish(cx, info, drafts, |r| format!("{} as the source of the same report.", why::values(cx, r))))
}
