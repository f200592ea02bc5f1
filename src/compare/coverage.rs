//! What versions tell and leave out: told by one alone, wholly or in a clause, left out by one, told at another place.
//!
//! That something is missing is claimed of no version that has a sentence near to it ([`Passage::near`]): a wrong
//! silence accuses an outlet of what it did not do, while a missed one costs a line in a list.

use super::context::{Context, Words};
use super::draft::{Draft, Told, finish, line, one_line, shorten};
use super::{Evidence, Finding, FindingKind, Relation, titles, why};
use crate::align::{Member, Passage};
use crate::base::{ByNumber, PassageIx, SentenceIx, TextRange, VersionIx};
use crate::source::BlockKind;
use crate::text::{Document, TokenKind};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::ops::Range;

/// How much a sentence carries; see [`super::lexed::Lexed`].
pub(super) fn substance(cx: &Context, version: VersionIx, sentence: SentenceIx) -> f32 {
    cx.lex(version).substance.get(sentence.ix()).copied().unwrap_or(0.0)
}

/// Sentences whose figure answers a question of another passage: that passage, the version and the sentence. Sorted.
pub(super) type Elsewhere = [(PassageIx, VersionIx, SentenceIx)];

/// Share of a sentence's words, by rarity, that one of another version has, from which it tells the same, and how many at least:
/// the two stand in no common passage, but nobody can say that the other lacks it.
const TOLD_ELSEWHERE: (f32, u32) = (0.35, 4);

/// Which sentences have each word.
pub(super) struct Places {
    by_word: ByNumber<(VersionIx, SentenceIx)>,
    /// A word that more sentences have tells nothing.
    most: usize,
}

impl Places {
    pub fn new(words: &Words) -> Self {
        let sentences = |v: VersionIx| (0..words.version(v).document.sentences.len()).map(SentenceIx::from);
        let places = (0..words.versions.len()).map(VersionIx::from).flat_map(|v| sentences(v).map(move |s| (v, s)));
        let all = places.flat_map(|(v, s)| words.content_of(v, s).iter().map(move |word| (*word, (v, s))));
        Self { by_word: ByNumber::of(words.numbers(), all), most: (2 * words.versions.len()).max(64) }
    }

    /// Whether a sentence of another version has so many of these tokens' words that it tells the same. Half of those in names
    /// and values must be among them: who votes on what differs by them alone.
    fn told_elsewhere(&self, cx: &Context, version: VersionIx, sentence: SentenceIx, tokens: Range<usize>) -> bool {
        let (v, lex) = (cx.version(version), cx.lex(version));
        let details = v.extract.details_of(sentence);
        let in_detail = |t: usize| details.iter().any(|d| d.range.overlaps(v.document.tokens[t].range));
        let mut words: Vec<(u32, bool)> = tokens.filter(|&t| !lex.function[t]).map(|t| (lex.concept()[t], in_detail(t))).collect();
        words.sort_unstable();
        words.dedup_by_key(|w| w.0);
        let all: f32 = words.iter().map(|w| cx.rarity(w.0)).sum();
        let telling = words.iter().filter(|w| w.1).count();
        let mut shared: FxHashMap<(VersionIx, SentenceIx), (f32, u32, usize)> = FxHashMap::default();
        for &(word, tells) in &words {
            let places = Some(self.by_word.holders(word)).filter(|places| places.len() <= self.most);
            for place in places.into_iter().flatten().filter(|place| place.0 != version) {
                let sum = shared.entry(*place).or_default();
                *sum = (sum.0 + cx.rarity(word), sum.1 + 1, sum.2 + usize::from(tells));
            }
        }
        let enough = |&(weight, count, told): &(f32, u32, usize)| {
            count >= TOLD_ELSEWHERE.1 && weight >= TOLD_ELSEWHERE.0 * all && told * 2 >= telling
        };
        shared.values().any(enough)
    }
}

/// Reported by one version alone. Sentences of one paragraph that stand together are one finding; what is in `shared` has a figure
/// that others have in another passage.
pub(super) fn only_in(cx: &Context, places: &Places, shared: &FxHashSet<(VersionIx, SentenceIx)>) -> Vec<Finding> {
    if cx.versions.len() < 2 {
        return Vec::new();
    }
    let alone = |p: u32| cx.passages[p as usize].members.len() == 1 && cx.passages[p as usize].near.is_empty();
    let of_version = |v: usize| {
        let mut out = Vec::new();
        let version = VersionIx::from(v);
        let doc = &cx.version(version).document;
        let is_alone = |s: usize| {
            let held = &cx.passages_of[v][s];
            !held.is_empty()
                && held.iter().all(|&p| alone(p))
                && !shared.contains(&(version, SentenceIx::from(s)))
                && reports(doc.block_kind(SentenceIx::from(s)))
                && !places.told_elsewhere(cx, version, SentenceIx::from(s), doc.sentence_tokens(SentenceIx::from(s)))
        };
        let is_alone: Vec<bool> = (0..doc.sentences.len()).map(is_alone).collect();
        let mut s = 0;
        while s < doc.sentences.len() {
            if !is_alone[s] {
                s += 1;
                continue;
            }
            let first = s;
            while s < doc.sentences.len() && is_alone[s] && doc.sentences[s].block == doc.sentences[first].block {
                s += 1;
            }
            let weights: Vec<f32> = (first..s).map(|k| substance(cx, version, SentenceIx::from(k))).collect();
            let best = weights.iter().copied().fold(0.0, f32::max);
            let sum: f32 = weights.iter().sum();
            // A line without a value, a name, a quote or a handful of words says nothing that others lack.
            if best < 0.12 {
                continue;
            }
            let mut draft = Draft::default();
            for k in first..s {
                draft.push(version, doc.sentences[k].range);
            }
            let heaviest = (first..s).max_by(|a, b| weights[a - first].total_cmp(&weights[b - first]).then(b.cmp(a))).unwrap_or(first);
            draft.text = Some(shorten(&one_line(doc.sentence_text(SentenceIx::from(heaviest))), 200));
            let passage = cx.passages_of[v][first].first().map(|&p| PassageIx(p));
            let silent: Vec<VersionIx> = (0..cx.versions.len()).filter(|&w| w != v).map(VersionIx::from).collect();
            let title = titles::of_sentence(cx, version, SentenceIx::from(heaviest));
            let told = Told {
                kind: FindingKind::OnlyIn,
                relation: Relation::Silent,
                detail: None,
                passage,
                title,
                silent,
                weight: 0.08 + 0.22 * (0.7 * best + 0.3 * sum.min(1.5)).min(1.0),
            };
            out.push(finish(cx, told, vec![draft], |_| format!("Only {} has this.", cx.outlet(version))));
        }
        out
    };
    (0..cx.versions.len()).into_par_iter().flat_map_iter(of_version).collect()
}

/// Whether such a block reports something by itself: headlines and subheadings sum up, captions name what a picture shows.
fn reports(kind: BlockKind) -> bool {
    !matches!(kind, BlockKind::Headline | BlockKind::Subheading | BlockKind::Caption)
}

/// Content words of a clause from which it tells something.
const CLAUSE_WORDS: usize = 2;
/// Share of a clause's words that others may have in the passage while it still counts as told by one alone.
const CLAUSE_SHARED: f32 = 0.2;

/// Half a sentence that one version alone has: a clause before or after a semicolon that shares next to nothing with what
/// others say in the same passage, though the sentence's other half is theirs too. A sentence with one report only
/// is a matter of wording.
pub(super) fn only_in_clauses(cx: &Context, places: &Places) -> Vec<Finding> {
    let mut out = Vec::new();
    for (v, held) in cx.passages_of.iter().enumerate() {
        let version = VersionIx::from(v);
        let (doc, lex) = (&cx.version(version).document, cx.lex(version));
        for &(sentence, ref clauses) in &lex.clauses {
            let passages = &held[sentence.ix()];
            let others = || passages.iter().flat_map(|&p| &cx.passages[p as usize].members).filter(|m| m.version != version);
            if others().next().is_none() || !reports(doc.block_kind(sentence)) {
                continue;
            }
            let mut told: Vec<u32> =
                others().flat_map(|m| m.sentences.iter().flat_map(|&s| cx.content_of(m.version, s))).copied().collect();
            told.sort_unstable();
            told.dedup();
            let words = |clause: &Range<usize>| -> Vec<u32> { lex.content_among(clause.clone()).collect() };
            let shared = |words: &[u32]| {
                let (all, shared) = words.iter().fold((0.0, 0.0), |(all, shared), &w| {
                    let rarity = cx.rarity(w);
                    (all + rarity, if told.binary_search(&w).is_ok() { shared + rarity } else { shared })
                });
                shared / f32::max(all, f32::MIN_POSITIVE)
            };
            let shares: Vec<(usize, f32)> = clauses.iter().map(words).map(|w| (w.len(), shared(&w))).collect();
            let alone = |&(count, share): &(usize, f32)| count >= CLAUSE_WORDS && share < CLAUSE_SHARED;
            if !shares.iter().any(|c| c.1 >= 2.0 * CLAUSE_SHARED) {
                continue;
            }
            for (clause, _) in clauses.iter().zip(&shares).filter(|(_, share)| alone(share)) {
                if places.told_elsewhere(cx, version, sentence, clause.clone()) {
                    continue;
                }
                let Some(last) = clause.clone().next_back() else { continue };
                let range = doc.tokens[clause.start].range.cover(doc.tokens[last].range);
                let mut draft = Draft::at(version, range);
                draft.text = Some(shorten(&one_line(cx.slice(version, range)), 200));
                let told = Told {
                    kind: FindingKind::OnlyIn,
                    relation: Relation::Silent,
                    detail: None,
                    passage: passages.first().map(|&p| PassageIx(p)),
                    title: titles::title("", &one_line(cx.slice(version, range))),
                    silent: (0..cx.versions.len()).filter(|&w| w != v).map(VersionIx::from).collect(),
                    weight: 0.14,
                };
                out.push(finish(cx, told, vec![draft], |_| format!("Only {} has this.", cx.outlet(version))));
            }
        }
    }
    out
}

/// The sentences that semicolons part into clauses.
pub(super) fn in_clauses(doc: &Document) -> Vec<(SentenceIx, Vec<Range<usize>>)> {
    let sentences = (0..doc.sentences.len()).map(SentenceIx::from);
    sentences.map(|s| (s, clauses(doc, s))).filter(|(_, clauses)| clauses.len() > 1).collect()
}

/// The clauses that semicolons part, as ranges of tokens.
fn clauses(doc: &Document, sentence: SentenceIx) -> Vec<Range<usize>> {
    let tokens = doc.sentence_tokens(sentence);
    let mut out = Vec::new();
    let mut start = tokens.start;
    for t in tokens.clone().filter(|&t| doc.tokens[t].kind == TokenKind::Punct && doc.word(t) == ";") {
        out.push(start..t);
        start = t + 1;
    }
    out.push(start..tokens.end);
    out.retain(|c| !c.is_empty());
    out
}

/// The content words of a passage that not only one in many of its versions has; sorted.
fn words_of(cx: &Context, passage: &Passage) -> Vec<u32> {
    let mut held: Vec<u32> = Vec::new();
    passage.members.iter().for_each(|m| held.extend_from_slice(&cx.content(m.version, &m.sentences)));
    held.sort_unstable();
    held.chunk_by(|a, b| a == b).filter(|who| who.len() * OF_MANY >= passage.members.len()).map(|who| who[0]).collect()
}

/// A word counts as one of a passage's when one in so many of its versions has it.
const OF_MANY: usize = 5;
/// Share of a sentence's words, by rarity, that are among a passage's, from which it may tell the same, and how many at least.
const IN_ITS_WORDS: (f32, u32) = (0.3, 5);

/// Whether a version has a sentence that is made of these words for the most part: it may tell the same, drawn from what each of the others
/// says.
fn told_in_its_words(cx: &Context, words: &[u32], version: VersionIx) -> bool {
    (0..cx.version(version).document.sentences.len()).map(SentenceIx::from).any(|s| {
        let (mut all, mut shared, mut count) = (0.0, 0.0, 0);
        for &word in cx.content_of(version, s) {
            let rarity = cx.rarity(word);
            all += rarity;
            if words.binary_search(&word).is_ok() {
                shared += rarity;
                count += 1;
            }
        }
        count >= IN_ITS_WORDS.1 && shared >= IN_ITS_WORDS.0 * all
    })
}

/// Left out by few though most others tell it.
pub(super) fn silent(cx: &Context, elsewhere: &Elsewhere) -> Vec<Finding> {
    let all = cx.versions.len();
    if all < 3 {
        return Vec::new();
    }
    let of_passage = |(p, passage): (usize, &Passage)| {
        let missing = all - passage.members.len().min(all);
        if missing == 0 || missing > (all / 5).max(1) || passage.members.len() < 2 {
            return None;
        }
        let told = |v: VersionIx| {
            let elsewhere = || {
                let from = elsewhere.partition_point(|e| (e.0, e.1) < (PassageIx::from(p), v));
                elsewhere.get(from).is_some_and(|e| (e.0, e.1) == (PassageIx::from(p), v))
            };
            passage.near(v).is_some() || elsewhere()
        };
        let mut members = passage.members.iter().map(|m| m.version).peekable();
        let mut is_member = |v: &VersionIx| members.next_if_eq(v).is_some();
        let mut silent: Vec<VersionIx> = (0..all).map(VersionIx::from).filter(|v| !is_member(v) && !told(*v)).collect();
        if !silent.is_empty() {
            let words = words_of(cx, passage);
            silent.retain(|v| !told_in_its_words(cx, &words, *v));
        }
        if silent.is_empty() {
            return None;
        }
        let mut draft = Draft::default();
        let mut weight = 0.0;
        let mut texts: Vec<(usize, Cow<str>)> = Vec::new();
        for member in &passage.members {
            let doc = &cx.version(member.version).document;
            let Some(&s) = member
                .sentences
                .iter()
                .filter(|s| s.ix() < doc.sentences.len() && reports(doc.block_kind(**s)))
                .max_by(|a, b| substance(cx, member.version, **a).total_cmp(&substance(cx, member.version, **b)).then(b.cmp(a)))
            else {
                continue;
            };
            weight += substance(cx, member.version, s);
            draft.push(member.version, doc.sentences[s.ix()].range);
            let text = line(doc.sentence_text(s));
            texts.push((text.chars().count(), text));
        }
        weight /= passage.members.len() as f32;
        if weight < 0.12 || draft.evidence.is_empty() {
            return None;
        }
        // The telling of middle length stands for all.
        let middle = texts.len() / 2;
        draft.text = Some(shorten(&texts.select_nth_unstable(middle).1.1, 200));
        let told = Told {
            kind: FindingKind::Silent,
            relation: Relation::Silent,
            detail: None,
            passage: Some(PassageIx::from(p)),
            title: cx.title(PassageIx::from(p)).to_owned(),
            silent: silent.clone(),
            weight: 0.1 + 0.2 * weight.min(1.0),
        };
        Some(finish(cx, told, vec![draft], |_| {
            let telling = passage.members.len();
            format!("Not found in {}; {telling} others tell it.", why::outlets(cx, silent.iter().copied()))
        }))
    };
    cx.passages.par_iter().enumerate().filter_map(of_passage).collect()
}

/// Share of the text by which two places must differ to count as another order.
const APART: f32 = 0.5;
/// Most findings on order: it is a matter of the whole, not of each sentence.
const ORDERS: usize = 8;

/// Told early by some, late by others.
pub(super) fn order(cx: &Context) -> Vec<Finding> {
    let of_passage = |(p, passage): (usize, &Passage)| {
        if passage.members.len() < 2 {
            return None;
        }
        let mut places: Vec<(f32, VersionIx, TextRange)> = Vec::new();
        for member in &passage.members {
            let doc = &cx.version(member.version).document;
            // Where it is first told in the body; short articles have no early and late.
            let Some(&s) = member.sentences.iter().find(|s| s.ix() < doc.sentences.len() && doc.block_kind(**s) == BlockKind::Paragraph)
            else {
                continue;
            };
            let headed = member.sentences.iter().any(|s| {
                s.ix() < doc.sentences.len()
                    && matches!(doc.block_kind(*s), BlockKind::Headline | BlockKind::Standfirst | BlockKind::Caption)
            });
            if doc.sentences.len() < 8 || headed {
                continue;
            }
            let range = doc.sentences[s.ix()].range;
            places.push((cx.depth(member.version, range.start), member.version, range));
        }
        places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        let (Some(first), Some(last)) = (places.first().copied(), places.last().copied()) else { return None };
        if last.0 - first.0 < APART {
            return None;
        }
        let heaviest = |m: &Member| m.sentences.iter().map(|s| substance(cx, m.version, *s)).fold(0.0, f32::max);
        let substance = passage.members.iter().map(heaviest).fold(0.0, f32::max);
        let weight = 0.05 + 0.1 * substance.min(1.0) * (last.0 - first.0);
        Some(Order { passage: PassageIx::from(p), places, weight })
    };
    let mut orders: Vec<Order> = cx.passages.par_iter().enumerate().filter_map(of_passage).collect();
    orders.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let least = orders.get(ORDERS - 1).map_or(0.0, |o| o.weight);
    let mut out: Vec<Finding> = orders.into_iter().take_while(|o| o.weight >= least).map(|o| order_finding(cx, o)).collect();
    out.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.id.cmp(&b.id)));
    out.truncate(ORDERS);
    out
}

/// A passage that is told at different places.
struct Order {
    passage: PassageIx,
    /// Where it is first told, 0 at the top; sorted.
    places: Vec<(f32, VersionIx, TextRange)>,
    weight: f32,
}

fn order_finding(cx: &Context, Order { passage, places, weight }: Order) -> Finding {
    let middle = places.first().zip(places.last()).map_or(0.0, |(first, last)| (first.0 + last.0) / 2.0);
    // Each tells it in words of its own: those that all share stand for them.
    let title = cx.title(passage);
    let (early, late) = places.split_at(places.partition_point(|p| p.0 < middle));
    let draft = |side: &[(f32, VersionIx, TextRange)]| {
        let percent = |p: &(f32, VersionIx, TextRange)| format!("{:.0}", p.0 * 100.0);
        let remark = match (side.first().map(percent), side.last().map(percent)) {
            (Some(a), Some(b)) if a != b => format!("{a} to {b} % into the text"),
            (Some(a), _) => format!("{a} % into the text"),
            _ => String::new(),
        };
        let evidence = side.iter().map(|&(_, version, range)| Evidence { version, range }).collect();
        Draft { evidence, text: Some(title.to_owned()), remark: Some(remark), ..Draft::default() }
    };
    let drafts = vec![draft(early), draft(late)];
    let (e, l) = (drafts[0].versions(), drafts[1].versions());
    let told = Told {
        kind: FindingKind::Order,
        relation: Relation::Compatible,
        detail: None,
        passage: Some(passage),
        title: title.to_owned(),
        silent: Vec::new(),
        weight,
    };
    finish(cx, told, drafts, |_| format!("{} this early, {} late.", why::who(cx, &e, "tells", "tell"), why::outlets(cx, l)))
}
