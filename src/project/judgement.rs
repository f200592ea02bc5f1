//! What a person said of findings, and how it finds its finding again.
//!
//! A finding's id follows from the places of its evidence, so it changes when a version joins or leaves it, when a text is
//! edited, and when a newer Parallax reads a place otherwise. A judgement therefore remembers what it was about, and goes to
//! the one finding that is about the same.

use crate::align::Place;
use crate::analysis::Analysis;
use crate::base::ContentId;
use crate::compare::{Finding, FindingKind};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Judgements by the finding's id.
pub type Judgements = BTreeMap<ContentId, Judgement>;

/// What a person said of one finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Confirmed, dismissed or neither.
    pub verdict: Option<Verdict>,
    /// A note in the person's words; empty for none.
    #[serde(default)]
    pub note: String,
    /// The login name of whoever said it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When it was said last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<jiff::Timestamp>,
    /// What it was said of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
}

/// A person's verdict on a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is a difference that matters.
    Confirmed,
    /// It is none; shown faint, not counted.
    Dismissed,
}

/// A finding as it was when it was judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Its kind.
    pub kind: FindingKind,
    /// Its title.
    pub title: String,
    /// Its readings' words.
    pub readings: Vec<String>,
    /// Where they stand.
    pub places: BTreeSet<Place>,
    /// The versions that do not report it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub silent: BTreeSet<ContentId>,
}

impl Verdict {
    /// "Confirmed", "Dismissed".
    pub fn label(self) -> &'static str {
        match self {
            Verdict::Confirmed => "Confirmed",
            Verdict::Dismissed => "Dismissed",
        }
    }
}

impl Judgement {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.verdict.is_none() && self.note.is_empty()
    }

    /// What it says and of what it said so, in a sentence: for those that fit no finding any more.
    pub fn in_words(&self) -> String {
        let what = self.about.as_ref().map(|a| format!("“{}” ({})", a.title, a.kind.label().to_lowercase()));
        let what = what.unwrap_or_else(|| "a difference".to_owned());
        let note = if self.note.is_empty() { String::new() } else { format!(" Note: {}", self.note) };
        match self.verdict {
            Some(verdict) => format!("{}: {what}.{note}", verdict.label()),
            None => format!("On {what}.{note}"),
        }
    }
}

impl About {
    /// What a judgement on a finding should remember of it.
    pub fn new(finding: &Finding, analysis: &Analysis) -> Self {
        Self {
            kind: finding.kind,
            title: finding.title.clone(),
            readings: finding.readings.iter().map(|r| r.text.clone()).collect(),
            places: places(finding, analysis),
            silent: silent(finding, analysis),
        }
    }

    /// Whether nothing in a finding is new: no reading and no silence that was not there when it was judged.
    fn covers(&self, finding: &Finding, analysis: &Analysis) -> bool {
        let key = |v: crate::base::VersionIx| analysis.versions[v.ix()].key;
        finding.readings.iter().all(|r| {
            let known = |e: &crate::compare::Evidence| self.places.contains(&Place { version: key(e.version), range: e.range });
            self.readings.contains(&r.text) || r.evidence.iter().any(known)
        }) && silent(finding, analysis).is_subset(&self.silent)
    }

    /// Whether all its readings are in a finding by their words.
    fn reads_in(&self, finding: &Finding) -> bool {
        self.readings.iter().all(|text| finding.readings.iter().any(|r| r.text == *text))
    }
}

fn places(finding: &Finding, analysis: &Analysis) -> BTreeSet<Place> {
    let place = |e: &crate::compare::Evidence| Place { version: analysis.versions[e.version.ix()].key, range: e.range };
    finding.readings.iter().flat_map(|r| &r.evidence).map(place).collect()
}

fn silent(finding: &Finding, analysis: &Analysis) -> BTreeSet<ContentId> {
    finding.silent.iter().map(|v| analysis.versions[v.ix()].key).collect()
}

/// The judgements that fit no finding of an analysis.
pub fn unfit<'a>(judgements: &'a Judgements, analysis: &Analysis) -> Vec<(ContentId, &'a Judgement)> {
    let known: BTreeSet<ContentId> = analysis.findings.iter().map(|f| f.id).collect();
    judgements.iter().filter(|(id, j)| !known.contains(id) && !j.is_empty()).map(|(id, j)| (*id, j)).collect()
}

/// Gives judgements whose finding is gone to the one that is about the same, where there is just one: its places are theirs
/// and some more or fewer, or all its readings have their words. A dismissal goes only to a finding in which nothing is new.
/// Returns whether any moved.
pub fn attach(judgements: &mut Judgements, analysis: &Analysis) -> bool {
    let lost: Vec<ContentId> = unfit(judgements, analysis).into_iter().map(|(id, _)| id).collect();
    let mut moves: Vec<(ContentId, ContentId)> = Vec::new();
    for id in lost {
        let judgement = &judgements[&id];
        let Some(about) = &judgement.about else { continue };
        let free = |f: &&Finding| f.kind == about.kind && judgements.get(&f.id).is_none_or(Judgement::is_empty);
        let fits = |f: &&Finding| judgement.verdict != Some(Verdict::Dismissed) || about.covers(f, analysis);
        let candidates: Vec<&Finding> = analysis.findings.iter().filter(free).filter(fits).collect();
        let by_place = candidates.iter().filter(|f| {
            let now = places(f, analysis);
            !now.is_empty() && !about.places.is_empty() && (now.is_subset(&about.places) || about.places.is_subset(&now))
        });
        let by_words = candidates.iter().filter(|f| about.reads_in(f) && about.covers(f, analysis));
        let only = |mut found: Vec<&&Finding>| if found.len() == 1 { found.pop().map(|f| f.id) } else { None };
        if let Some(to) = only(by_place.collect()).or_else(|| only(by_words.collect())) {
            moves.push((id, to));
        }
    }
    let wanted = |to: ContentId| moves.iter().filter(|(_, t)| *t == to).count();
    let clear: Vec<(ContentId, ContentId)> = moves.iter().copied().filter(|(_, to)| wanted(*to) == 1).collect();
    for (from, to) in &clear {
        if let Some(judgement) = judgements.remove(from) {
            judgements.insert(*to, judgement);
        }
    }
    !clear.is_empty()
}
