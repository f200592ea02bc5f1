//! Checks a report against its sources: is each file the one that was read, and do the quoted words stand where the
//! report says they do?
//!
//! A report is read leniently: fields that are not needed here may be missing, so that reports of older and
//! newer versions can be checked too. Two questions are kept apart: whether the report agrees with itself (else it was
//! altered) and whether it agrees with the sources as they are now (else they changed).

use super::html::DATA_ID;
use super::json::SCHEMA;
use super::words::clean;
use crate::base::VersionIx;
use crate::source::{Source, sha256_hex};
use dom_query::Document;
use serde::Deserialize;

/// A report as far as it makes claims that can be checked.
#[derive(Debug, Deserialize)]
pub struct Claims {
    /// The name of its contract.
    pub schema: String,
    /// Its versions.
    #[serde(default)]
    pub versions: Vec<VersionClaims>,
    /// Its passages.
    #[serde(default)]
    passages: Vec<PassageClaims>,
    /// Its findings.
    #[serde(default)]
    findings: Vec<FindingClaims>,
    /// The marks of a page, which people read instead of its JSON.
    #[serde(skip)]
    marks: Vec<PageMark>,
}

/// What a report claims of one version.
#[derive(Debug, Deserialize)]
pub struct VersionClaims {
    id: String,
    /// The outlet.
    #[serde(default)]
    pub outlet: String,
    /// The file it was read from.
    pub source: SourceClaims,
    text: String,
    #[serde(default)]
    blocks: Vec<Place>,
    #[serde(default)]
    sentences: Vec<Place>,
    #[serde(default)]
    quotes: Vec<QuoteClaims>,
    #[serde(default)]
    details: Vec<Place>,
}

/// What a report claims of a file.
#[derive(Debug, Deserialize)]
pub struct SourceClaims {
    /// Its path; empty for pasted text.
    #[serde(default)]
    pub path: String,
    /// Its hash.
    pub sha256: String,
    /// Which article of the file.
    #[serde(default)]
    part: u32,
}

#[derive(Debug, Deserialize)]
struct Place {
    #[serde(default)]
    id: String,
    start: usize,
    end: usize,
    #[serde(default)]
    text: Option<String>,
}

#[derive(Debug, Deserialize)]
struct QuoteClaims {
    #[serde(flatten)]
    place: Place,
    #[serde(default)]
    speaker: Option<Place>,
    #[serde(default)]
    cue: Option<Place>,
}

#[derive(Debug, Deserialize)]
struct PassageClaims {
    #[serde(default)]
    id: String,
    #[serde(default)]
    members: Vec<MemberClaims>,
}

#[derive(Debug, Deserialize)]
struct MemberClaims {
    version: String,
    #[serde(default)]
    sentences: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct FindingClaims {
    id: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    readings: Vec<ReadingClaims>,
}

#[derive(Debug, Deserialize)]
struct ReadingClaims {
    #[serde(default)]
    evidence: Vec<EvidenceClaims>,
}

#[derive(Debug, Deserialize)]
struct EvidenceClaims {
    version: String,
    #[serde(flatten)]
    place: Place,
}

#[derive(Debug)]
struct PageMark {
    version: String,
    finding: String,
    start: usize,
    end: usize,
    text: String,
}

/// A source as it is now.
#[derive(Debug)]
pub struct Current {
    /// Where it was found.
    pub path: String,
    /// The hash of its bytes.
    pub sha256: String,
    /// The articles that were read from it, or why none was.
    pub articles: Result<Vec<Source>, String>,
}

/// What checking gave.
#[derive(Debug, Default)]
pub struct Outcome {
    /// One a version, in the report's order.
    pub versions: Vec<VersionOutcome>,
    /// Where the report contradicts itself: it was altered, or is damaged.
    pub altered: Vec<String>,
    /// Number of findings.
    pub findings: usize,
    /// Findings with evidence that no longer stands where the report says, or could not be checked.
    pub broken_findings: usize,
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
    /// Whether all was checked and holds.
    pub fn holds(&self) -> bool {
        self.altered.is_empty()
            && self
                .versions
                .iter()
                .all(|v| v.failures.is_empty() && matches!(v.state, FileState::Same | FileState::Kept | FileState::ReadOtherwise))
    }

    /// Whether a source was missing or could not be read, so that its claims could not be checked.
    pub fn has_gaps(&self) -> bool {
        self.versions.iter().any(|v| matches!(v.state, FileState::Missing | FileState::Unreadable(_)))
    }
}

/// Reads a report in JSON or HTML.
///
/// # Errors
/// In words, when the text is no report.
pub fn read(text: &str) -> Result<Claims, String> {
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if text.is_empty() {
        return Err("it is empty".into());
    }
    let claims = if text.starts_with('{') {
        serde_json::from_str::<Claims>(text).map_err(|e| format!("its JSON has an error ({e})"))?
    } else if text.starts_with('<') {
        let page = Document::from(text);
        let data = page.select(&format!("script#{DATA_ID}"));
        if data.is_empty() {
            return Err("this page holds no report data".into());
        }
        let mut claims: Claims = serde_json::from_str(&data.text()).map_err(|e| format!("the data in the page has an error ({e})"))?;
        claims.marks = page_marks(&page)?;
        claims
    } else {
        return Err("it is neither JSON nor HTML".into());
    };
    match claims.schema.strip_prefix("parallax.report/") {
        Some("1") => Ok(claims),
        Some(newer) => Err(format!("it is written as parallax.report/{newer}, and this program reads {SCHEMA}")),
        None => Err("its `schema` is not that of a report".into()),
    }
}

/// The words of marks as people see them, without those for screen readers.
fn page_marks(page: &Document) -> Result<Vec<PageMark>, String> {
    page.select("mark span.hidden").remove();
    page.select("mark[data-start]")
        .iter()
        .map(|mark| {
            let attr = |name: &str| mark.attr(name).map(|a| a.to_string()).unwrap_or_default();
            let number = |name: &str| attr(name).parse::<usize>().map_err(|_| format!("a mark has no number in `{name}`"));
            Ok(PageMark {
                version: attr("data-version"),
                finding: attr("data-finding"),
                start: number("data-start")?,
                end: number("data-end")?,
                text: mark.text().to_string(),
            })
        })
        .collect()
}

/// Checks all claims against the sources as they are now.
pub fn check(claims: &Claims, current: &[Current]) -> Outcome {
    let mut outcome = Outcome { findings: claims.findings.len(), ..Outcome::default() };
    check_structure(claims, &mut outcome.altered);
    let mut broken = vec![false; claims.findings.len()];
    for (i, version) in claims.versions.iter().enumerate() {
        let checked = check_version(claims, version, VersionIx::from(i), current, &mut outcome.altered, &mut broken);
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
    outcome.broken_findings = broken.iter().filter(|b| **b).count();
    outcome
}

/// References inside the report.
fn check_structure(claims: &Claims, altered: &mut Vec<String>) {
    let sentences: std::collections::BTreeSet<&str> =
        claims.versions.iter().flat_map(|v| v.sentences.iter().map(|s| s.id.as_str())).collect();
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
    altered: &mut Vec<String>,
    broken: &mut [bool],
) -> VersionOutcome {
    let (state, now) = state_of(version, current);
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
    claimed.extend(version.blocks.iter().enumerate().map(|(i, b)| (format!("block {i}"), b, None)));
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
        if let Some(b) = finding.and_then(|f| broken.get_mut(f)) {
            *b = true;
        }
        // What no finding rests on moves whenever a line is added; it would drown the rest.
        if let (Some(now), Some(_)) = (&found, finding) {
            let where_now = match now.find(words) {
                Some(at) => format!("now stands at {at}, not at {}", place.start),
                None => "no longer stands in it".into(),
            };
            out.failures.push(format!("{what}: “{}” {where_now}.", brief(words)));
        }
    }
    if out.state == FileState::Changed && out.failures.is_empty() && found.as_ref().is_some_and(|f| f.text != version.text) {
        out.failures.push("The text changed, but every word that a finding quotes stands where it stood.".into());
    }
    out
}

/// How the file of a version is now, and its text.
fn state_of<'a>(version: &'a VersionClaims, current: &'a [Current]) -> (FileState, Option<&'a str>) {
    let claimed = &version.source;
    if let Some(same) = current.iter().find(|c| c.sha256 == claimed.sha256) {
        return match &same.articles {
            Err(reason) => (FileState::Unreadable(reason.clone()), None),
            Ok(articles) => match articles.iter().find(|a| a.text == version.text) {
                Some(article) => (FileState::Same, Some(&article.text)),
                None => match articles.iter().find(|a| a.provenance.part == claimed.part).or(articles.first()) {
                    Some(article) => (FileState::ReadOtherwise, Some(&article.text)),
                    None => (FileState::Missing, None),
                },
            },
        };
    }
    if claimed.path.is_empty() {
        let kept = sha256_hex(version.text.as_bytes()) == claimed.sha256;
        return if kept { (FileState::Kept, Some(&version.text)) } else { (FileState::Missing, None) };
    }
    let name = |p: &str| p.rsplit(['/', '\\']).next().unwrap_or(p).to_owned();
    let by_path = current.iter().find(|c| c.path == claimed.path);
    let by_name = || current.iter().find(|c| name(&c.path) == name(&claimed.path));
    match by_path.or_else(by_name) {
        None => (FileState::Missing, None),
        Some(other) => match &other.articles {
            Err(reason) => (FileState::Unreadable(reason.clone()), None),
            Ok(articles) => {
                let article = articles.iter().find(|a| a.provenance.part == claimed.part).or(articles.first());
                (FileState::Changed, article.map(|a| a.text.as_str()))
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
