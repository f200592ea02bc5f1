//! An [`Analysis`] and judgements in, files out; one file per format.
//!
//! JSON is the contract for programs and holds everything. The formats for people are all written from
//! one [`model::Model`], so that they can't say different things.

pub mod html;
pub mod json;
pub mod markdown;
pub mod model;
pub mod verify;
pub mod words;

use crate::analysis::Analysis;
use crate::compare::{Finding, FindingKind};
use crate::project::{Judgements, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// The formats of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A page that holds all it needs, to read, print and verify.
    Html,
    /// Text for editors, wikis and version control.
    Markdown,
    /// The contract `parallax.report/1`, for programs.
    Json,
}

impl Format {
    /// All formats, in the order of menus.
    pub const ALL: [Format; 3] = [Self::Html, Self::Markdown, Self::Json];

    /// The name in menus.
    pub fn label(self) -> &'static str {
        match self {
            Self::Html => "Web page (HTML)",
            Self::Markdown => "Markdown",
            Self::Json => "JSON",
        }
    }

    /// The word on the command line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Json => "json",
        }
    }

    /// The ending of file names, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }

    /// The format that a file's name asks for.
    pub fn from_path(path: &Path) -> Option<Format> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// What goes into a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The comparison's title; without one it is made from the names that the versions share.
    pub title: Option<String>,
    /// A sentence in a frame above everything, such as that the articles are a constructed sample.
    pub notice: Option<String>,
    /// The kinds of finding that are listed.
    pub kinds: BTreeSet<FindingKind>,
    /// Whether dismissed findings are listed too, marked as dismissed.
    pub dismissed: bool,
    /// Whether people's notes on findings are shown.
    pub notes: bool,
    /// Whether the table of details by outlet is shown.
    pub matrix: bool,
    /// Whether the passages are shown side by side.
    pub passages: bool,
}

impl Default for Options {
    /// Everything but wording and dismissed findings.
    fn default() -> Self {
        let kinds = FindingKind::ALL.into_iter().filter(|k| *k != FindingKind::Wording).collect();
        Self { title: None, notice: None, kinds, dismissed: false, notes: true, matrix: true, passages: true }
    }
}

impl Options {
    /// Everything that was found; the default for JSON.
    pub fn everything() -> Self {
        Self { kinds: FindingKind::ALL.into_iter().collect(), dismissed: true, ..Self::default() }
    }

    /// What a format holds when nobody says otherwise.
    pub fn for_format(format: Format) -> Self {
        if format == Format::Json { Self::everything() } else { Self::default() }
    }

    /// Whether a finding is listed.
    pub fn lists(&self, finding: &Finding, judgements: &Judgements) -> bool {
        let dismissed = judgements.get(&finding.id).is_some_and(|j| j.verdict == Some(Verdict::Dismissed));
        self.kinds.contains(&finding.kind) && (self.dismissed || !dismissed)
    }
}

/// Writes a report as the bytes of a file. The same input gives the same bytes.
pub fn render(format: Format, analysis: &Analysis, judgements: &Judgements, options: &Options) -> Vec<u8> {
    match format {
        Format::Json => json::text(analysis, judgements, options).into_bytes(),
        Format::Html => {
            html::page(&model::Model::new(analysis, judgements, options), &json::line(analysis, judgements, options)).into_bytes()
        }
        Format::Markdown => markdown::text(&model::Model::new(analysis, judgements, options)).into_bytes(),
    }
}
