//! Passages in, [`Finding`]s and [`Origin`]s out.

use crate::align::{Member, Passage};
use crate::analysis::Version;
use crate::base::{ContentId, PassageIx, Progress, SentenceIx, Stage, TextRange, VersionIx};
use crate::extract::DetailKind;
use context::{Context, Words};
use mention::Mention;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use slots::Slot;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

mod attribution;
mod calm;
mod context;
mod coverage;
mod details;
pub mod diff;
mod draft;
mod elsewhere;
mod found;
mod joins;
mod lexed;
mod mention;
mod numbered;
mod origins;
mod quotes;
mod secondhand;
mod slots;
mod spelling;
mod titles;
mod utterance;
mod value;
mod verbs;
mod why;
mod within;
mod wording;

/// One difference worth showing.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Derived from kind, versions' hashes and ranges.
    pub id: ContentId,
    /// What kind of difference.
    pub kind: FindingKind,
    /// How the readings relate as a whole (the strongest relation among them).
    pub relation: Relation,
    /// For details: their type.
    pub detail: Option<DetailKind>,
    /// The passage it lies in, if it lies in one.
    pub passage: Option<PassageIx>,
    /// A short name for lists, made from the passage's shared rare words or the detail's subject:
    /// "People who have fled to the South".
    pub title: String,
    /// The different values or wordings; every version that shares one is listed under it. Ordered by
    /// the number of independent origins that hold them, then by text.
    pub readings: Vec<Reading>,
    /// Versions that do not report it at all.
    pub silent: Vec<VersionIx>,
    /// One plain sentence with the values: why this is a difference.
    pub why: String,
    /// How much it matters, for ranking; larger is more.
    pub weight: f32,
}

/// One value or wording with all that hold it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The words, as the first holder writes them.
    pub text: String,
    /// What the value was read as where that is not plain from the words: "2020-07-24", "35,000 ± 5 %".
    pub read_as: Option<String>,
    /// The interval that a number, or a date as days since 1970, may mean; for the number line.
    pub interval: Option<Interval>,
    /// Where it stands; sorted by version, then place; at least one.
    pub evidence: Vec<Evidence>,
    /// Words on how it relates to other readings: "fits 1 and 3", "with 1", "15 words cut".
    pub remark: Option<String>,
}

/// What a value may mean. `None` is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lowest value.
    pub low: Option<f64>,
    /// Highest value.
    pub high: Option<f64>,
    /// The number itself, as said.
    pub at: f64,
}

/// These words, in this version, at this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Evidence {
    /// The version.
    pub version: VersionIx,
    /// The words.
    pub range: TextRange,
}

/// The kinds of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// Values that can't all be true of the same thing.
    DetailConflict,
    /// Values that a later version has moved on.
    DetailLater,
    /// A version that contradicts itself.
    SelfContradiction,
    /// Different words whose values can all be true.
    DetailCompatible,
    /// One name, written differently.
    NameSpelling,
    /// Words inside marks that differ.
    QuoteAltered,
    /// Words inside marks that one version leaves out.
    QuoteTrimmed,
    /// The same words given to different speakers.
    QuoteSpeaker,
    /// Marks in one version, reported speech in another.
    QuoteIndirect,
    /// Different sources named for the same report.
    Attribution,
    /// Told by one version alone.
    OnlyIn,
    /// Left out by one version though most others tell it.
    Silent,
    /// Told in another order.
    Order,
    /// Other words for the same.
    Wording,
}

impl FindingKind {
    /// All kinds, strongest first: the order in which findings are listed.
    pub const ALL: [FindingKind; 14] = [
        Self::DetailConflict,
        Self::SelfContradiction,
        Self::DetailLater,
        Self::QuoteAltered,
        Self::QuoteTrimmed,
        Self::QuoteSpeaker,
        Self::Attribution,
        Self::QuoteIndirect,
        Self::DetailCompatible,
        Self::NameSpelling,
        Self::OnlyIn,
        Self::Silent,
        Self::Order,
        Self::Wording,
    ];

    /// The word in JSON.
    pub fn slug(self) -> &'static str {
        match self {
            Self::DetailConflict => "detail-conflict",
            Self::DetailLater => "detail-later",
            Self::SelfContradiction => "self-contradiction",
            Self::DetailCompatible => "detail-compatible",
            Self::NameSpelling => "name-spelling",
            Self::QuoteAltered => "quote-altered",
            Self::QuoteTrimmed => "quote-trimmed",
            Self::QuoteSpeaker => "quote-speaker",
            Self::QuoteIndirect => "quote-indirect",
            Self::Attribution => "attribution",
            Self::OnlyIn => "only-in",
            Self::Silent => "silent",
            Self::Order => "order",
            Self::Wording => "wording",
        }
    }

    /// The words on the screen and in reports.
    pub fn label(self) -> &'static str {
        match self {
            Self::DetailConflict => "Conflict",
            Self::DetailLater => "Later",
            Self::SelfContradiction => "Within one version",
            Self::DetailCompatible => "Compatible",
            Self::NameSpelling => "Spelling",
            Self::QuoteAltered => "Quote reworded",
            Self::QuoteTrimmed => "Quote cut",
            Self::QuoteSpeaker => "Other speaker",
            Self::QuoteIndirect => "Told indirectly",
            Self::Attribution => "Attribution",
            Self::OnlyIn => "Only in one",
            Self::Silent => "Silent",
            Self::Order => "Order",
            Self::Wording => "Wording",
        }
    }

    /// The chip that filters it.
    pub fn group(self) -> FilterGroup {
        match self {
            Self::DetailConflict | Self::SelfContradiction => FilterGroup::Conflict,
            Self::DetailLater => FilterGroup::Later,
            Self::DetailCompatible | Self::NameSpelling => FilterGroup::Compatible,
            Self::QuoteAltered | Self::QuoteTrimmed | Self::QuoteSpeaker | Self::QuoteIndirect | Self::Attribution => FilterGroup::Quotes,
            Self::OnlyIn => FilterGroup::OnlyIn,
            Self::Silent => FilterGroup::Silent,
            Self::Order => FilterGroup::Order,
            Self::Wording => FilterGroup::Wording,
        }
    }
}

/// The groups of kinds that a person filters by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FilterGroup {
    /// Conflicts and self-contradictions.
    Conflict,
    /// Later values.
    Later,
    /// Compatible values and spellings.
    Compatible,
    /// Quotes, speakers, attribution.
    Quotes,
    /// Only in one.
    OnlyIn,
    /// Silent.
    Silent,
    /// Order.
    Order,
    /// Wording; off by default.
    Wording,
}

impl FilterGroup {
    /// All groups in the order of the chips.
    pub const ALL: [FilterGroup; 8] =
        [Self::Conflict, Self::Later, Self::Compatible, Self::Quotes, Self::OnlyIn, Self::Silent, Self::Order, Self::Wording];

    /// The word on the chip.
    pub fn label(self) -> &'static str {
        match self {
            Self::Conflict => "Conflict",
            Self::Later => "Later",
            Self::Compatible => "Compatible",
            Self::Quotes => "Quotes",
            Self::OnlyIn => "Only in one",
            Self::Silent => "Silent",
            Self::Order => "Order",
            Self::Wording => "Wording",
        }
    }
}

/// How readings relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same value.
    Same,
    /// Different words, values that meet.
    Compatible,
    /// The later version has the newer value.
    Later,
    /// Values that can't both hold.
    Conflict,
    /// Not said.
    Silent,
}

/// Versions that carry the same copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Sorted; at least two.
    pub versions: Vec<VersionIx>,
    /// The share of the shorter text that the versions share, 0 to 1, quotes apart.
    pub shared: f32,
    /// The version the copy came from, by time and credit, where it can be told.
    pub source: Option<VersionIx>,
    /// For each version the share of its own text, quotes apart, that stands in the source too; where none is known, or in
    /// the source itself, the share that stands in the version most like it.
    pub own: Vec<(VersionIx, f32)>,
}

impl Origin {
    /// The share of one version's own text that is copy, 0 to 1.
    pub fn share_of(&self, version: VersionIx) -> f32 {
        self.own.iter().find(|o| o.0 == version).map_or(self.shared, |o| o.1)
    }
}

/// What comparing gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Ordered by weight, then kind, then id.
    pub findings: Vec<Finding>,
    /// Groups of versions with the same copy; versions alone are not listed.
    pub origins: Vec<Origin>,
    /// What the versions' openings share, in a few of their words; empty where they share nothing.
    pub topic: String,
    /// Sentences that tell what a passage reports, of versions that have no part in it.
    pub elsewhere: Vec<(PassageIx, VersionIx, SentenceIx)>,
}

/// Reads the stage's tables before it needs them.
pub(crate) fn prepare() {
    context::prepare();
}

/// Compares versions inside passages. Returns `None` when `progress` cancelled.
///
/// Versions come in an order of their own content (see [`crate::analysis::analyze_versions`]), so nothing
/// here depends on the order of loading.
pub fn compare(versions: &[Arc<Version>], passages: &[Passage], progress: &dyn Progress) -> Option<Comparison> {
    let mut kept = Kept::default();
    let ahead = ahead(versions, &mut kept);
    compare_again(passages, ahead, &mut kept, progress)
}

/// What is kept of comparing for the next time, in which most versions are the same.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    words: context::Kept,
    origins: origins::Kept,
    wording: wording::Kept,
}

/// What comparing needs of all versions, whatever passages they make: it can be worked out while passages are still made.
pub(crate) struct Ahead<'a> {
    words: Words<'a>,
    origins: Vec<Origin>,
    places: coverage::Places,
    topic: String,
}

/// What can be known before there are passages, taking over what is `kept` of the time before.
pub(crate) fn ahead<'a>(versions: &'a [Arc<Version>], kept: &mut Kept) -> Ahead<'a> {
    let words = Words::new(versions, &mut kept.words);
    let (origins, (places, topic)) = rayon::join(
        || origins::origins(versions, &words.lexed, &mut kept.origins),
        || rayon::join(|| coverage::Places::new(&words), || titles::of_openings(&words)),
    );
    Ahead { words, origins, places, topic }
}

/// Passages that a worker takes at once: some take a hundred times as long as others, and nobody is to wait for the last.
const AT_ONCE: usize = 4;

/// As [`compare`], with what was worked out [`ahead`], taking over what is `kept` of the time before.
pub(crate) fn compare_again(passages: &[Passage], ahead: Ahead<'_>, kept: &mut Kept, progress: &dyn Progress) -> Option<Comparison> {
    let Ahead { words, origins, places, topic } = ahead;
    let done = AtomicUsize::new(0);
    let go_on = || progress.step(Stage::Compare, done.fetch_add(1, Ordering::Relaxed), passages.len() * 2);

    // What answers one question, in every passage.
    let slots_of = |passage: &Passage| {
        go_on().then(|| {
            let mentions = mention::mentions(&words, passage);
            let slots = slots::slots(&mentions);
            (mentions, slots)
        })
    };
    let utterances = || {
        let cx = Context::new(passages, &words, &origins);
        let utterances = utterance::utterances(&cx);
        (cx, utterances)
    };
    let (sorted, (cx, utterances)) = rayon::join(
        || passages.par_iter().with_max_len(AT_ONCE).map(slots_of).collect::<Option<Vec<(Vec<Mention>, Vec<Slot>)>>>(),
        utterances,
    );
    let sorted = sorted?;

    // What the passages say about each other: values that agree elsewhere, things that stand for each other, figures that answer
    // a question of another passage.
    let values = || {
        let mut valued: Vec<Vec<details::Valued>> = sorted
            .par_iter()
            .with_max_len(AT_ONCE)
            .map(|(mentions, slots)| slots.iter().map(|slot| details::group(slot, mentions)).collect())
            .collect();
        let (mut agreed, mut swaps) = (details::Agreed::default(), details::Swaps::default());
        let groups = || valued.iter().flatten();
        agreed.reserve(sorted.iter().map(|(mentions, _)| mentions.len()).sum());
        rayon::join(
            || groups().for_each(|group| details::note_agreed(group, &mut agreed)),
            || groups().for_each(|group| details::note_swaps(group, &mut swaps)),
        );
        valued.par_iter_mut().for_each(|groups| {
            for group in groups.iter_mut() {
                details::drop_explained(group, &agreed);
            }
            details::drop_outsiders(groups);
        });
        let joined = elsewhere::join(&cx, &mut valued);
        (valued, swaps, joined)
    };
    // Each needs nothing of what passages say about each other.
    let quoted: FxHashSet<_> = utterances.iter().flat_map(quotes::sentences).collect();
    let of_words = |p: usize| {
        let ix = PassageIx::from(p);
        let source = attribution::finding(&cx, ix, &passages[p], &quoted);
        let has_source = source.is_some();
        let mut found = within::findings(&cx, ix, &sorted[p].0);
        found.extend(source);
        found.extend(secondhand::finding(&cx, ix, &passages[p]));
        found.extend(wording::finding(&cx, ix, &passages[p], &kept.wording));
        (found, has_source)
    };
    let of_whole: [&(dyn Fn() -> Vec<Finding> + Sync); 5] = [
        &|| utterances.par_iter().with_max_len(AT_ONCE).flat_map_iter(|u| quotes::findings(&cx, u)).collect(),
        &|| within::ages(&cx),
        &|| spelling::findings(&cx),
        &|| coverage::only_in_clauses(&cx, &places),
        &|| coverage::order(&cx),
    ];
    // What can't be parted comes first, so that no worker waits for it at the end.
    let ((valued, swaps, joined), (of_whole, of_words)) = rayon::join(values, || {
        rayon::join(
            || of_whole.par_iter().flat_map_iter(|find| find()).collect::<Vec<_>>(),
            || (0..passages.len()).into_par_iter().with_max_len(AT_ONCE).map(of_words).collect::<Vec<_>>(),
        )
    });
    kept.wording.turn();

    let told =
        |passage: PassageIx, m: &Mention| (passages[passage.ix()].member(m.version).is_none()).then_some((passage, m.version, m.sentence));
    let mut elsewhere: Vec<_> = joined.iter().flat_map(|j| j.mentions.iter().filter_map(move |m| told(j.passage, m))).collect();
    elsewhere.sort_unstable();
    let shared: FxHashSet<_> = joined.iter().flat_map(|j| j.mentions.iter().map(|m| (m.version, m.sentence))).collect();

    let of_passage = |p: usize| {
        go_on().then(|| {
            let mut told = std::borrow::Cow::Borrowed(&quoted);
            if of_words[p].1 {
                let of_member = |m: &Member| m.sentences.iter().map(|&s| (m.version, s)).collect::<Vec<_>>();
                told.to_mut().extend(passages[p].members.iter().flat_map(of_member));
            }
            valued[p].iter().filter_map(|v| details::finding(&cx, PassageIx::from(p), v, &swaps, &told)).collect()
        })
    };
    let of_joined = |j: &elsewhere::Joined| details::finding(&cx, j.passage, &details::group(&j.slot, &j.mentions), &swaps, &quoted);
    let (of_passages, (of_joined, alone, silent)) = rayon::join(
        || (0..passages.len()).into_par_iter().with_max_len(AT_ONCE).map(of_passage).collect::<Option<Vec<Vec<Finding>>>>(),
        || {
            let (alone, silent) = rayon::join(|| coverage::only_in(&cx, &places, &shared), || coverage::silent(&cx, &elsewhere));
            (joined.iter().filter_map(of_joined).collect::<Vec<_>>(), alone, silent)
        },
    );
    let mut findings: Vec<Finding> = of_passages?.into_iter().chain(of_words.into_iter().map(|f| f.0)).flatten().collect();
    findings.extend([of_joined, of_whole, alone, silent].into_iter().flatten());
    drop(valued);
    let (findings, ()) = rayon::join(|| calm::calm(&cx, findings), || drop(sorted));
    words.free();
    Some(Comparison { findings, origins, topic, elsewhere })
}
