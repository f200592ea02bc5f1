//! Findings while they are made: the parts that every kind fills in the same way.

use super::context::Context;
use super::{Evidence, Finding, FindingKind, Reading, Relation};
use crate::base::{ContentId, PassageIx, TextRange, VersionIx};
use crate::extract::DetailKind;
use std::borrow::Cow;

/// A reading without its text chosen yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub evidence: Vec<Evidence>,
    pub text: Option<String>,
    pub read_as: Option<String>,
    pub interval: Option<super::Interval>,
    pub remark: Option<String>,
}

impl Draft {
    pub fn at(version: VersionIx, range: TextRange) -> Self {
        Self { evidence: vec![Evidence { version, range }], ..Self::default() }
    }

    pub fn push(&mut self, version: VersionIx, range: TextRange) {
        self.evidence.push(Evidence { version, range });
    }

    /// The versions that hold it, each once.
    pub fn versions(&self) -> Vec<VersionIx> {
        let mut out: Vec<VersionIx> = self.evidence.iter().map(|e| e.version).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The words that most holders write; of equally common ones the first by text.
    pub fn words(&self, cx: &Context) -> String {
        if let Some(text) = &self.text {
            return text.clone();
        }
        let texts: Vec<Cow<str>> = self.evidence.iter().map(|e| line(cx.slice(e.version, e.range))).collect();
        common(texts.iter().map(AsRef::as_ref)).unwrap_or_default().to_owned()
    }
}

/// The most common of some words; of equally common ones the first by text.
pub(super) fn common<'w>(words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let mut all: Vec<&str> = words.collect();
    all.sort_unstable();
    let mut best: Option<(usize, &str)> = None;
    for run in all.chunk_by(|a, b| a == b) {
        if best.is_none_or(|b| run.len() > b.0) {
            best = Some((run.len(), run[0]));
        }
    }
    best.map(|b| b.1)
}

/// White space as single blanks.
pub(super) fn one_line(text: &str) -> String {
    line(text).into_owned()
}

/// The same; a text that is so already is not copied.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    // Most texts are so already. Without a way out of these loops they take many bytes at once.
    let bytes = text.as_bytes();
    let plain = bytes.iter().fold(true, |plain, b| plain & (b.wrapping_sub(b' ') <= b'~' - b' '));
    let after = bytes.get(1..).unwrap_or_default();
    let double = bytes.iter().zip(after).fold(false, |double, (a, b)| double | ((*a == b' ') & (*b == b' ')));
    let single = !double && bytes.first() != Some(&b' ') && bytes.last() != Some(&b' ');
    if single && (plain || text.chars().all(|c| c == ' ' || !c.is_whitespace())) {
        return text.into();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

/// Cuts a long text at a word border and marks the cut.
pub(super) fn shorten(text: &str, chars: usize) -> String {
    if text.chars().count() <= chars {
        return text.to_owned();
    }
    let cut: String = text.chars().take(chars).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', ' ', '—', '–']))
}

/// What a finding says beside its readings.
pub(super) struct Told {
    pub kind: FindingKind,
    pub relation: Relation,
    pub detail: Option<DetailKind>,
    pub passage: Option<PassageIx>,
    pub title: String,
    pub silent: Vec<VersionIx>,
    pub weight: f32,
}

/// Puts readings in order, fills their texts and gives the finding its id. `why` gets the readings as
/// they will be listed.
pub(super) fn finish(cx: &Context, told: Told, drafts: Vec<Draft>, why: impl FnOnce(&[Reading]) -> String) -> Finding {
    let mut readings: Vec<(usize, Reading)> = drafts
        .into_iter()
        .filter(|d| !d.evidence.is_empty())
        .map(|d| {
            let origins = cx.origins_among(d.versions());
            let text = d.words(cx);
            let mut evidence = d.evidence;
            evidence.sort_unstable();
            evidence.dedup();
            (origins, Reading { text, read_as: d.read_as, interval: d.interval, evidence, remark: d.remark })
        })
        .collect();
    readings.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.text.cmp(&b.1.text)).then_with(|| a.1.evidence.cmp(&b.1.evidence)));
    let readings: Vec<Reading> = readings.into_iter().map(|r| r.1).collect();
    let why = why(&readings);
    let id = id_of(cx, told.kind, &readings, &told.silent);
    let Told { kind, relation, detail, passage, title, mut silent, weight } = told;
    silent.sort_unstable();
    silent.dedup();
    Finding { id, kind, relation, detail, passage, title, readings, silent, why, weight }
}

/// The id of a finding: its kind and the ranges of its evidence, each with its version's key, in an order
/// that does not depend on how versions are numbered.
pub(super) fn id_of(cx: &Context, kind: FindingKind, readings: &[Reading], silent: &[VersionIx]) -> ContentId {
    let mut parts: Vec<[u8; 16]> = Vec::with_capacity(silent.len() + readings.iter().map(|r| r.evidence.len()).sum::<usize>());
    for e in readings.iter().flat_map(|r| &r.evidence) {
        let mut part = [0u8; 16];
        part[..8].copy_from_slice(&cx.version(e.version).key.0.to_le_bytes());
        part[8..12].copy_from_slice(&e.range.start.to_le_bytes());
        part[12..].copy_from_slice(&e.range.end.to_le_bytes());
        parts.push(part);
    }
    for v in silent {
        let mut part = [0xFF; 16];
        part[..8].copy_from_slice(&cx.version(*v).key.0.to_le_bytes());
        parts.push(part);
    }
    parts.sort_unstable();
    ContentId::from_parts(std::iter::once(kind.slug().as_bytes()).chain(parts.iter().map(|p| &p[..])))
}
