//! Checks a report against its sources: is each file the one that was read, do the quoted words stand where the
//! report says they do, and does the report say what Parallax says of these texts?
//!
//! A report is read leniently: fields that are not needed here may be missing, so that reports of older and
//! newer versions can be checked too. Three questions are kept apart: whether the report agrees with itself (else it was
//! altered), whether making it again gives the same (`again`, and `page` for what people see), and whether it agrees with
//! the sources as they are now (else they changed).

mod again;
mod claims;
mod page;

pub use claims::{Claims, SourceClaims, VersionClaims, read};

use super::json::GENERATOR;
use super::words::clean;
use super::{seal, settings};
use crate::base::VersionIx;
use crate::source::{BlockKind, Metadata, Source, sha256_hex};
use claims::{BlockClaims, FindingClaims, Place, QuoteClaims};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// A source as it is now.
#[derive(Debug)]
pub struct Current {
    /// Where it was found.
    pub path: String,
    /// The hash of its bytes.
    pub sha256: String,
    /// The articles that were read from it, or why none was.
    pub articles: Result<Vec<Source>, String>,
    /// The comparison file that keeps the text, where the file itself is not at hand.
    pub kept_in: Option<String>,
}

/// What checking gave.
#[derive(Debug, Default)]
pub struct Outcome {
    /// One a version, in the report's order.
    pub versions: Vec<VersionOutcome>,
    /// Where the report contradicts itself, or a page its data: it was altered, or is damaged.
    pub altered: Vec<String>,
    /// Where making the report again from its texts gives something else.
    pub differs: Vec<String>,
    /// What the person who made the report said, and no file does.
    pub by_hand: Vec<String>,
    /// Why the report could not be made again; `None` where it was.
    pub not_repeated: Option<String>,
    /// The program that wrote the report, where it is another one.
    pub written_by: Option<String>,
    /// Number of findings.
    pub findings: usize,
    /// Findings with evidence that no longer stands in its source.
    pub broken_findings: usize,
    /// Findings with evidence in a source that could not be read, and none that is broken.
    pub unchecked_findings: usize,
}

/// What checking a report came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All was checked and holds.
    Holds,
    /// Something is disproved.
    Fails,
    /// Nothing is disproved, but not all could be checked.
    Open,
}

/// What checking one version gave.
#[derive(Debug)]
pub struct VersionOutcome {
    /// Its letter.
    pub letter: String,
    /// The outlet.
    pub outlet: String,
    /// The file, as the report names it.
    pub path: String,
    /// How its file is now.
    pub state: FileState,
    /// Number of ranges checked.
    pub ranges: usize,
    /// What no longer holds, one sentence each.
    pub failures: Vec<String>,
}

/// How a source is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// The same bytes, and they are read as the same text.
    Same,
    /// Pasted text that the report itself holds, with the right hash.
    Kept,
    /// A comparison file keeps the same text.
    KeptIn(String),
    /// The same bytes, but this version of the program reads another text from them.
    ReadOtherwise,
    /// Other bytes.
    Changed,
    /// The file was found but can't be read now.
    Unreadable(String),
    /// No such file.
    Missing,
}

impl Outcome {
    /// What it comes to. What is disproved stays so, whatever else could not be checked.
    pub fn verdict(&self) -> Verdict {
        let disproved = !self.altered.is_empty() || !self.differs.is_empty() || self.versions.iter().any(VersionOutcome::is_disproved);
        match (disproved, self.missing().is_empty() && self.not_repeated.is_none()) {
            (true, _) => Verdict::Fails,
            (false, true) => Verdict::Holds,
            (false, false) => Verdict::Open,
        }
    }

    /// Whether all was checked and holds.
    pub fn holds(&self) -> bool {
        self.verdict() == Verdict::Holds
    }

    /// The versions whose sources could not be read.
    pub fn missing(&self) -> Vec<&VersionOutcome> {
        self.versions.iter().filter(|v| !v.is_checked()).collect()
    }
}

impl VersionOutcome {
    /// Whether its source could be read.
    pub fn is_checked(&self) -> bool {
        !matches!(self.state, FileState::Missing | FileState::Unreadable(_))
    }

    /// Whether its source is another one now, or lacks what the report says.
    pub fn is_disproved(&self) -> bool {
        self.state == FileState::Changed || !self.failures.is_empty()
    }
}

/// Checks all claims against the sources as they are now, and makes the report again from its texts.
pub fn check(claims: &Claims, current: &[Current]) -> Outcome {
    let mut outcome = check_sources(claims, current);
    let reason = match again::again(claims) {
        Err(reason) => reason,
        Ok(again) => {
            let differs = again.differences(claims);
            let page = claims.page.as_ref().map(|page| page::differences(page, &again.frame(&claims.generator))).unwrap_or_default();
            // What another Parallax finds otherwise disproves nothing; where both agree, it is checked all the same.
            if claims.generator == GENERATOR || differs.is_empty() && page.is_empty() {
                outcome.differs = differs;
                outcome.altered.extend(page);
                outcome.by_hand.extend(again.judged());
                return outcome;
            }
            other_program(&claims.generator)
        }
    };
    outcome.not_repeated = Some(reason);
    outcome.written_by = Some(claims.generator.clone()).filter(|g| g != GENERATOR && !g.is_empty());
    if seal::data_is_intact(&claims.data) == Some(false) {
        outcome.altered.push("Its data was changed after it was written: its checksum does not fit.".into());
    }
    if let Some(page) = &claims.page {
        if seal::page_is_intact(&claims.data, page) == Some(false) {
            outcome.altered.push("The page was changed after it was written: its checksum does not fit.".into());
        }
        outcome.altered.extend(page::strays(page, claims));
    }
    outcome
}

fn other_program(generator: &str) -> String {
    let by = if generator.is_empty() { "an unknown program" } else { generator };
    format!("It was written by {by}, and this one ({GENERATOR}) reads the same texts otherwise.")
}

/// Checks a report's ranges against itself and its sources, without making it again.
pub fn check_sources(claims: &Claims, current: &[Current]) -> Outcome {
    let mut outcome = Outcome { findings: claims.findings.len(), ..Outcome::default() };
    check_structure(claims, &mut outcome.altered);
    let mut broken = vec![false; claims.findings.len()];
    for (i, version) in claims.versions.iter().enumerate() {
        let checked = check_version(claims, version, VersionIx::from(i), current, &mut outcome, &mut broken);
        outcome.versions.push(checked);
    }
    for mark in &claims.marks {
        let text = claims.versions.iter().find(|v| v.id == mark.version).and_then(|v| Letters::new(&v.text).slice(mark.start, mark.end));
        if text.is_none_or(|t| clean(t) != clean(&mark.text)) {
            outcome.altered.push(format!(
                "The page marks “{}” for {}, but its data has other words there.",
                brief(&mark.text),
                mark.finding
            ));
        }
    }
    let missing: BTreeSet<&str> =
        claims.versions.iter().zip(&outcome.versions).filter(|(_, o)| !o.is_checked()).map(|(v, _)| v.id.as_str()).collect();
    let rests_on_missing = |f: &FindingClaims| f.readings.iter().flat_map(|r| &r.evidence).any(|e| missing.contains(e.version.as_str()));
    outcome.broken_findings = broken.iter().filter(|b| **b).count();
    outcome.unchecked_findings = claims.findings.iter().zip(&broken).filter(|(f, b)| !**b && rests_on_missing(f)).count();
    outcome
}

/// References inside the report.
fn check_structure(claims: &Claims, altered: &mut Vec<String>) {
    let sentences: BTreeSet<&str> = claims.versions.iter().flat_map(|v| v.sentences.iter().map(|s| s.id.as_str())).collect();
    let known = |id: &str| claims.versions.iter().any(|v| v.id == id);
    for p in &claims.passages {
        for m in &p.members {
            if !known(&m.version) {
                altered.push(format!("Passage {} names the version {}, which is not in the report.", p.id, m.version));
            }
            for s in m.sentences.iter().filter(|s| !sentences.contains(s.as_str())) {
                altered.push(format!("Passage {} names the sentence {s}, which is not in the report.", p.id));
            }
        }
    }
    for f in &claims.findings {
        for e in f.readings.iter().flat_map(|r| &r.evidence).filter(|e| !known(&e.version)) {
            altered.push(format!("Finding {} names the version {}, which is not in the report.", f.id, e.version));
        }
    }
}

fn check_version(
    claims: &Claims,
    version: &VersionClaims,
    index: VersionIx,
    current: &[Current],
    outcome: &mut Outcome,
    broken: &mut [bool],
) -> VersionOutcome {
    let altered = &mut outcome.altered;
    let (state, article) = state_of(version, current);
    let now = match &state {
        FileState::Kept => Some(version.text.as_str()),
        _ => article.map(|a| a.text.as_str()),
    };
    let mut out = VersionOutcome {
        letter: index.letter(),
        outlet: clean(&version.outlet),
        path: version.source.path.clone(),
        state,
        ranges: 0,
        failures: Vec::new(),
    };
    let reported = Letters::new(&version.text);
    let found = now.map(Letters::new);
    let quoted = |q: &QuoteClaims| format!("quote {}", q.place.id);
    let mut claimed: Vec<(String, &Place, Option<usize>)> = Vec::new();
    claimed.extend(version.blocks.iter().enumerate().map(|(i, b)| (format!("block {i}"), &b.place, None)));
    claimed.extend(version.sentences.iter().map(|s| (format!("sentence {}", s.id), s, None)));
    for q in &version.quotes {
        claimed.push((quoted(q), &q.place, None));
        claimed.extend(q.speaker.iter().map(|s| (format!("speaker of {}", q.place.id), s, None)));
        claimed.extend(q.cue.iter().map(|c| (format!("cue of {}", q.place.id), c, None)));
    }
    claimed.extend(version.details.iter().map(|d| (format!("detail {}", d.id), d, None)));
    for (f, finding) in claims.findings.iter().enumerate() {
        let evidence = finding.readings.iter().flat_map(|r| &r.evidence).filter(|e| e.version == version.id);
        claimed.extend(evidence.map(|e| (format!("{} ({}, {})", finding.id, finding.kind, brief(&finding.title)), &e.place, Some(f))));
    }
    for (what, place, finding) in claimed {
        out.ranges += 1;
        let Some(words) = reported.slice(place.start, place.end) else {
            altered.push(format!("{}: {what} has the range {} to {}, which is outside of the text.", out.letter, place.start, place.end));
            continue;
        };
        if place.text.as_deref().is_some_and(|t| t != words) {
            let text = brief(place.text.as_deref().unwrap_or(""));
            altered.push(format!("{}: {what} gives “{text}”, but its range holds “{}”.", out.letter, brief(words)));
        }
        let holds = found.as_ref().is_some_and(|now| now.slice(place.start, place.end) == Some(words));
        if holds {
            continue;
        }
        let stands = found.as_ref().is_some_and(|now| now.find(words).is_some());
        if let Some(b) = finding.filter(|_| found.is_some() && !stands).and_then(|f| broken.get_mut(f)) {
            *b = true;
        }
        // What no finding rests on moves whenever a line is added; it would drown the rest.
        if let (Some(now), Some(_)) = (&found, finding) {
            let where_now = match now.find(words) {
                // Another Parallax may have read more or less before it from the same bytes.
                Some(_) if out.state == FileState::ReadOtherwise => continue,
                Some(at) => format!("now stands at {at}, not at {}", place.start),
                None => "no longer stands in it".into(),
            };
            out.failures.push(format!("{what}: “{}” {where_now}.", brief(words)));
        }
    }
    if out.state == FileState::ReadOtherwise && claims.generator == GENERATOR {
        altered.push(format!("{}: The text in the report is not the one that its file holds.", out.letter));
    }
    if let Some(article) = article
        && article.text == version.text
    {
        check_reading(claims, version, index, article, outcome);
    }
    out
}

/// What is claimed of a version besides its words: the roles of its blocks, and what the article says of itself.
fn check_reading(claims: &Claims, version: &VersionClaims, index: VersionIx, article: &Source, outcome: &mut Outcome) {
    let letter = index.letter();
    // Another Parallax may give roles otherwise.
    if claims.generator == GENERATOR {
        let letters = Letters::new(&article.text);
        let found: Vec<(BlockKind, &str)> = article.blocks.iter().map(|b| (b.kind, b.range.of(&article.text))).collect();
        let kind = |b: &BlockClaims| BlockKind::deserialize(&b.kind).ok();
        let claimed: Vec<_> = version.blocks.iter().map(|b| (kind(b), letters.slice(b.place.start, b.place.end))).collect();
        if claimed.len() != found.len() || claimed.iter().zip(&found).any(|(c, f)| *c != (Some(f.0), Some(f.1))) {
            let first = claimed.iter().zip(&found).find(|(c, f)| **c != (Some(f.0), Some(f.1))).map_or("", |(_, f)| f.1);
            outcome.altered.push(format!("{letter}: the report divides the text otherwise than its file does, near “{}”.", brief(first)));
        }
    }
    let meta = |v: &Value| serde_json::from_value::<settings::VersionSettings>(v.clone()).map(|s| s.meta).unwrap_or_default();
    let Some(claimed) = claims.data.pointer(&format!("/settings/versions/{}", index.ix())).map(meta) else { return };
    let said = |m: &Metadata| {
        [
            ("outlet", m.outlet.clone()),
            ("headline", m.title.clone()),
            ("byline", m.byline.clone()),
            ("date", m.published.map(|p| p.to_string())),
            ("address", m.url.clone()),
        ]
    };
    for ((what, claimed), (_, found)) in said(&claimed).into_iter().zip(said(&article.meta)) {
        if let Some(claimed) = claimed.filter(|c| Some(c) != found.as_ref()) {
            let file = found.map_or("names none".to_owned(), |f| format!("says “{}”", brief(&f)));
            outcome
                .by_hand
                .push(format!("{letter}: The {what} “{}” was given by whoever made the report. The file {file}.", brief(&claimed)));
        }
    }
}

/// How the file of a version is now, and the article in it.
fn state_of<'a>(version: &VersionClaims, current: &'a [Current]) -> (FileState, Option<&'a Source>) {
    let claimed = &version.source;
    // A file itself says more than a comparison that keeps its text.
    let same = |kept: bool| current.iter().filter(move |c| c.sha256 == claimed.sha256 && c.kept_in.is_some() == kept);
    if let Some(same) = same(false).next() {
        return match &same.articles {
            Err(reason) => (FileState::Unreadable(reason.clone()), None),
            Ok(articles) => match articles.iter().find(|a| a.text == version.text) {
                Some(article) => (FileState::Same, Some(article)),
                None => match articles.iter().find(|a| a.provenance.part == claimed.part).or(articles.first()) {
                    Some(article) => (FileState::ReadOtherwise, Some(article)),
                    None => (FileState::Missing, None),
                },
            },
        };
    }
    let kept: Vec<(&str, &Source)> =
        same(true).flat_map(|c| c.articles.iter().flatten().map(|a| (c.kept_in.as_deref().unwrap_or(""), a))).collect();
    if let Some((file, article)) = kept.iter().find(|(_, a)| a.text == version.text) {
        return (FileState::KeptIn((*file).to_owned()), Some(article));
    }
    if claimed.path.is_empty() && sha256_hex(version.text.as_bytes()) == claimed.sha256 {
        return (FileState::Kept, None);
    }
    if let Some((_, article)) = kept.iter().find(|(_, a)| a.provenance.part == claimed.part) {
        return (FileState::Changed, Some(article));
    }
    if claimed.path.is_empty() {
        return (FileState::Missing, None);
    }
    let name = |p: &str| p.rsplit(['/', '\\']).next().unwrap_or(p).to_owned();
    let files = || current.iter().filter(|c| c.kept_in.is_none());
    let by_path = files().find(|c| c.path == claimed.path);
    let by_name = || files().find(|c| name(&c.path) == name(&claimed.path));
    match by_path.or_else(by_name) {
        None => (FileState::Missing, None),
        Some(other) => match &other.articles {
            Err(reason) => (FileState::Unreadable(reason.clone()), None),
            Ok(articles) => {
                let article = articles.iter().find(|a| a.provenance.part == claimed.part).or(articles.first());
                (FileState::Changed, article)
            }
        },
    }
}

/// A text that is sliced by Unicode scalar values.
struct Letters<'a> {
    text: &'a str,
    /// Byte offsets of all scalars and of the end; empty for ASCII, where both counts agree.
    starts: Vec<u32>,
}

impl<'a> Letters<'a> {
    /// Where the scalar with that number starts, in bytes.
    fn byte(&self, scalar: usize) -> Option<usize> {
        match self.starts.is_empty() {
            true => Some(scalar).filter(|s| *s <= self.text.len()),
            false => self.starts.get(scalar).map(|b| *b as usize),
        }
    }

    fn new(text: &'a str) -> Self {
        let starts = match text.is_ascii() {
            true => Vec::new(),
            false => text.char_indices().map(|(i, _)| i as u32).chain([text.len() as u32]).collect(),
        };
        Self { text, starts }
    }

    fn slice(&self, start: usize, end: usize) -> Option<&'a str> {
        if self.starts.is_empty() {
            return self.text.get(start..end);
        }
        self.text.get(*self.starts.get(start)? as usize..*self.starts.get(end)? as usize)
    }

    /// Where `words` first stand.
    fn find(&self, words: &str) -> Option<usize> {
        let byte = self.text.find(words).filter(|_| !words.is_empty())?;
        Some(if self.starts.is_empty() { byte } else { self.starts.partition_point(|s| (*s as usize) < byte) })
    }
}

/// Enough of a text to know it again.
fn brief(text: &str) -> String {
    let text = clean(text);
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    }
}
