//! What a report claims, as far as it can be checked, read out of JSON or a page.

use super::super::html::DATA_ID;
use super::super::json::SCHEMA;
use dom_query::Document;
use serde::Deserialize;
use serde_json::Value;

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
    pub(super) passages: Vec<PassageClaims>,
    /// Its findings.
    #[serde(default)]
    pub(super) findings: Vec<FindingClaims>,
    /// The program that wrote it.
    #[serde(default)]
    pub(super) generator: String,
    /// The marks of a page, which people read instead of its JSON.
    #[serde(skip)]
    pub(super) marks: Vec<PageMark>,
    /// The page as it was given, if it is one.
    #[serde(skip)]
    pub(super) page: Option<String>,
    /// The same data as it was given.
    #[serde(skip)]
    pub(super) data: Value,
}

/// What a report claims of one version.
#[derive(Debug, Deserialize)]
pub struct VersionClaims {
    pub(super) id: String,
    /// The outlet.
    #[serde(default)]
    pub outlet: String,
    /// The file it was read from.
    pub source: SourceClaims,
    pub(super) text: String,
    #[serde(default)]
    pub(super) blocks: Vec<BlockClaims>,
    #[serde(default)]
    pub(super) sentences: Vec<Place>,
    #[serde(default)]
    pub(super) quotes: Vec<QuoteClaims>,
    #[serde(default)]
    pub(super) details: Vec<Place>,
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
    pub(super) part: u32,
    /// How its columns were read, where it is a table that does not say it.
    #[serde(default)]
    pub columns: Option<crate::source::TableReading>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Place {
    #[serde(default)]
    pub(super) id: String,
    pub(super) start: usize,
    pub(super) end: usize,
    #[serde(default)]
    pub(super) text: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct BlockClaims {
    #[serde(default)]
    pub(super) kind: Value,
    #[serde(flatten)]
    pub(super) place: Place,
}

#[derive(Debug, Deserialize)]
pub(super) struct QuoteClaims {
    #[serde(flatten)]
    pub(super) place: Place,
    #[serde(default)]
    pub(super) speaker: Option<Place>,
    #[serde(default)]
    pub(super) cue: Option<Place>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PassageClaims {
    #[serde(default)]
    pub(super) id: String,
    #[serde(default)]
    pub(super) members: Vec<MemberClaims>,
}

#[derive(Debug, Deserialize)]
pub(super) struct MemberClaims {
    pub(super) version: String,
    #[serde(default)]
    pub(super) sentences: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FindingClaims {
    pub(super) id: String,
    #[serde(default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) readings: Vec<ReadingClaims>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ReadingClaims {
    #[serde(default)]
    pub(super) evidence: Vec<EvidenceClaims>,
}

#[derive(Debug, Deserialize)]
pub(super) struct EvidenceClaims {
    pub(super) version: String,
    #[serde(flatten)]
    pub(super) place: Place,
}

#[derive(Debug)]
pub(super) struct PageMark {
    pub(super) version: String,
    pub(super) finding: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
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
        claims(text).map_err(|e| format!("its JSON has an error ({e})"))?
    } else if text.starts_with('<') {
        let page = Document::from(text);
        let data = page.select(&format!("script#{DATA_ID}"));
        if data.is_empty() {
            return Err("this page holds no report data".into());
        }
        if data.length() > 1 {
            return Err("this page holds the data of several reports".into());
        }
        let mut claims = claims(&data.text()).map_err(|e| format!("the data in the page has an error ({e})"))?;
        claims.marks = page_marks(&page)?;
        claims.page = Some(text.to_owned());
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

fn claims(json: &str) -> serde_json::Result<Claims> {
    let data: Value = serde_json::from_str(json)?;
    let claims = Claims::deserialize(&data)?;
    Ok(Claims { data, ..claims })
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
