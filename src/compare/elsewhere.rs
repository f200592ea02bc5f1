//! Figures about one thing that stand in different passages.
//!
//! Outlets work a large figure into sentences that otherwise report different things: one has it in a clause
//! on how the rule came about, another in a line of background. Those sentences are rightly no one passage, yet
//! the figures answer one question. Large figures of about one size, of one unit, with the same words around
//! them, from versions of which none has both, are set side by side here.
//!
//! Figures are sorted by size, so only neighbours are compared. Small numbers are left out: too many of an
//! article's are of one size by chance. Not so what is measured in a unit that a version uses once ("winds of 54
//! knots"): there one word right beside both figures is enough. Nor what a version counts once ("carrying 212 passengers"), where the same
//! is counted and another word beside both is the same.

use super::context::{Context, NO_WORD};
use super::details::Valued;
use super::found::Counts;
use super::joins::{self, best_first};
use super::mention::{Class, Mention};
use super::slots::{Slot, overlap};
use crate::base::{PassageIx, VersionIx};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Smallest figure that is looked for elsewhere.
const LEAST: f64 = 1000.0;
/// How many times the smaller figure the larger may be.
const RATIO: f64 = 1.35;
/// Share of the weight of the words around the one that stand around the other too, from which two figures answer
/// one question.
const ALIKE: f32 = 0.3;
/// The same for what is measured in a unit of its own.
const MEASURED_RATIO: f64 = 2.0;
/// How far the words around a figure reach, in tokens on each side, and how many content words must stand around both.
const REACH: (usize, usize) = (9, 2);
/// The same for what is measured in a unit of its own.
const MEASURED_REACH: (usize, usize) = (5, 1);
/// Smallest count of something that a version counts once.
const LEAST_COUNT: f64 = 20.0;
/// How far the words around such a count reach; what is counted is one of those that must stand around both.
const COUNTED_REACH: (usize, usize) = (5, 2);
/// Figures of about one size that each is set against.
const NEIGHBOURS: usize = 100;
/// Mentions of a group that are looked at.
const LOOKED_AT: usize = 6;

/// A slot of several passages: its mentions, all of them in one slot.
pub(super) struct Joined<'a> {
    /// The passage in which most versions have it.
    pub passage: PassageIx,
    pub mentions: Vec<Mention<'a>>,
    pub slot: Slot,
}

/// One passage's group of figures.
struct Figure {
    passage: usize,
    group: usize,
    class: Class,
    unit: String,
    /// Of a length, weight or speed, not a count.
    measured: bool,
    /// A count of something that has a name of its own; the unit says what.
    counted: bool,
    low: f64,
    high: f64,
    versions: Vec<VersionIx>,
}

/// Takes figures about one thing out of the groups of their passages and joins them.
pub(super) fn join<'a>(cx: &Context, groups: &mut [Vec<Valued<'_, 'a>>]) -> Vec<Joined<'a>> {
    let of_passage = |(passage, list): (usize, &Vec<Valued>)| -> Vec<Figure> {
        list.iter().enumerate().filter_map(|(group, valued)| figure(passage, group, valued)).collect()
    };
    let mut figures: Vec<Figure> = groups.par_iter().enumerate().flat_map_iter(of_passage).collect();
    let order = |f: &Figure| (f.class, f.unit.clone());
    figures.sort_by(|a, b| order(a).cmp(&order(b)).then(a.low.total_cmp(&b.low)).then((a.passage, a.group).cmp(&(b.passage, b.group))));
    // How often a version measures something in a unit.
    let mut uses: FxHashMap<(&str, VersionIx), u32> = FxHashMap::default();
    figures
        .iter()
        .filter(|f| f.measured || f.counted)
        .flat_map(|f| f.versions.iter().map(|v| (f.unit.as_str(), *v)))
        .for_each(|k| *uses.entry(k).or_default() += 1);
    let only = |f: &Figure| f.versions.iter().all(|v| uses.get(&(f.unit.as_str(), *v)) == Some(&1));
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (i, a) in figures.iter().enumerate() {
        let ratio = if a.measured { MEASURED_RATIO } else { RATIO };
        let near = figures[i + 1..].iter().take_while(|b| b.class == a.class && b.unit == a.unit && b.low <= a.high * ratio);
        for (k, b) in near.enumerate().take(NEIGHBOURS).filter(|(_, b)| b.passage != a.passage && apart(&a.versions, &b.versions)) {
            let reach = match only(a) && only(b) {
                true if a.measured => MEASURED_REACH,
                true if a.counted => COUNTED_REACH,
                _ if a.low < LEAST || b.low > a.high * RATIO => continue,
                _ => REACH,
            };
            let alike = alike(cx, &groups[a.passage][a.group], &groups[b.passage][b.group], reach);
            if alike >= ALIKE {
                pairs.push((alike, i, i + 1 + k));
            }
        }
    }
    let clash = |a: usize, b: usize| !apart(&figures[a].versions, &figures[b].versions);
    let sets = best_first(figures.len(), pairs, |x, y| !x.iter().any(|&a| y.iter().any(|&b| clash(a, b))));
    let mut out = Vec::new();
    for joins::Joined { items: set, score: likeness } in sets.into_iter().filter(|s| s.items.len() > 1) {
        let Some(main) = set.iter().map(|&i| &figures[i]).max_by_key(|f| (f.versions.len(), std::cmp::Reverse(f.passage))) else {
            continue;
        };
        let (passage, class) = (PassageIx::from(main.passage), main.class);
        let mut mentions = Vec::new();
        for f in set.iter().map(|&i| &figures[i]) {
            let valued = &mut groups[f.passage][f.group];
            let own = std::mem::take(&mut valued.readings);
            mentions.extend(own.into_iter().flatten().map(|i| valued.mentions[i].clone()));
        }
        mentions.sort_by_key(Mention::key);
        let slot = Slot { class, mentions: (0..mentions.len()).collect(), likeness };
        out.push(Joined { passage, mentions, slot });
    }
    out
}

fn figure(passage: usize, group: usize, valued: &Valued) -> Option<Figure> {
    let class = valued.slot.class;
    if !matches!(class, Class::Number | Class::Money) {
        return None;
    }
    let all = || valued.readings.iter().flatten().map(|&i| &valued.mentions[i]);
    let mut unit = all().next()?.detail()?.unit.clone().unwrap_or_default();
    let (low, high) = all().try_fold((f64::INFINITY, 0.0f64), |(low, high), m| {
        let point = m.detail()?.point()?;
        Some((point.min(low), point.max(high)))
    })?;
    if low < LEAST_COUNT && unit.is_empty() {
        return None;
    }
    let mut versions: Vec<VersionIx> = all().map(|m| m.version).collect();
    versions.sort_unstable();
    versions.dedup();
    let measured = class == Class::Number && !unit.is_empty();
    let subject = all().next()?.subject;
    let named = all().all(|m| m.subject == subject && m.detail().is_some_and(|d| d.subject.is_some()) && m.found.counts != Counts::Anyone);
    let counted = class == Class::Number && !measured && (LEAST_COUNT..LEAST).contains(&low) && subject != NO_WORD && named;
    if counted {
        unit = format!("of {subject}");
    }
    (low >= LEAST || measured || counted).then_some(Figure { passage, group, class, unit, measured, counted, low, high, versions })
}

fn apart(a: &[VersionIx], b: &[VersionIx]) -> bool {
    a.iter().all(|v| b.binary_search(v).is_err())
}

/// The likeness of the two mentions that have most in common around them.
fn alike(cx: &Context, a: &Valued, b: &Valued, (reach, words): (usize, usize)) -> f32 {
    let of = |v: &Valued| -> Vec<Vec<(u32, f32)>> {
        v.readings.iter().flatten().take(LOOKED_AT).map(|&i| words_around(cx, &v.mentions[i], reach)).collect()
    };
    let (a, b) = (of(a), of(b));
    let mut best = 0.0;
    for x in &a {
        for y in &b {
            if x.iter().filter(|(word, _)| y.binary_search_by_key(word, |w| w.0).is_ok()).count() >= words {
                best = overlap(x, y).max(best);
            }
        }
    }
    best
}

/// Content words on both sides of a mention, names included, nearer and rarer ones weighing more; sorted.
fn words_around(cx: &Context, mention: &Mention, reach: usize) -> Vec<(u32, f32)> {
    let (doc, lex) = (&cx.version(mention.version).document, cx.lex(mention.version));
    let (sentence, own) = (doc.sentence_tokens(mention.sentence), mention.tokens());
    let mut out: Vec<(u32, f32)> = Vec::new();
    let mut take = |(distance, t): (usize, usize)| {
        if !lex.function[t] {
            out.push((lex.concept()[t], cx.rarity(lex.concept()[t]) / (1.0 + distance as f32 / 3.0)));
        }
    };
    let word = |t: &usize| lex.concept()[*t] != NO_WORD;
    (sentence.start..own.start).rev().filter(word).take(reach).enumerate().for_each(&mut take);
    (own.end..sentence.end).filter(word).take(reach).enumerate().for_each(&mut take);
    out.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    out.dedup_by_key(|x| x.0);
    out
}
