//! An [`Analysis`] and judgements in, files out; one file per format.
//!
//! JSON is the contract for programs and holds everything. The formats for people are all written from
//! one [`model::Model`], so that they can't say different things.

pub mod annotations;
pub mod csv;
pub mod docx;
pub mod handout;
pub mod html;
pub mod json;
pub mod markdown;
pub mod model;
#[cfg(feature = "pdf-report")]
pub mod pdf;
mod pieces;
mod seal;
mod settings;
mod signs;
pub mod table;
pub mod tei;
pub mod verify;
pub mod words;
pub mod xlsx;
mod xml;

use crate::align::Grouping;
use crate::analysis::Analysis;
use crate::compare::{Finding, FindingKind};
use crate::project::{Judgements, Verdict};
use pieces::Style;
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
    /// A document for word processors.
    Docx,
    /// A workbook with filters.
    Xlsx,
    /// Pages to print or send.
    Pdf,
    /// One tidy table.
    Csv,
    /// A critical apparatus, for digital editions.
    Tei,
    /// W3C Web Annotations, for annotation tools.
    Annotations,
}

impl Format {
    /// All formats, in the order of menus.
    #[cfg(feature = "pdf-report")]
    pub const ALL: [Format; 9] =
        [Self::Html, Self::Pdf, Self::Docx, Self::Markdown, Self::Xlsx, Self::Csv, Self::Json, Self::Tei, Self::Annotations];
    /// All formats, in the order of menus.
    #[cfg(not(feature = "pdf-report"))]
    pub const ALL: [Format; 8] = [Self::Html, Self::Docx, Self::Markdown, Self::Xlsx, Self::Csv, Self::Json, Self::Tei, Self::Annotations];

    /// The name in menus.
    pub fn label(self) -> &'static str {
        match self {
            Self::Html => "Web page (HTML)",
            Self::Markdown => "Markdown",
            Self::Json => "JSON",
            Self::Docx => "Word document (DOCX)",
            Self::Pdf => "Pages (PDF)",
            Self::Xlsx => "Spreadsheet (XLSX)",
            Self::Csv => "Table (CSV)",
            Self::Tei => "TEI apparatus (XML)",
            Self::Annotations => "Web Annotations (JSON-LD)",
        }
    }

    /// The word on the command line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Tei => "tei",
            Self::Annotations => "annotations",
        }
    }

    /// The ending of file names, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Json => "json",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Tei => "xml",
            Self::Annotations => "jsonld",
        }
    }

    /// The format that a file's name asks for.
    pub fn from_path(path: &Path) -> Option<Format> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            "json" => Some(Self::Json),
            "docx" => Some(Self::Docx),
            "pdf" => Some(Self::Pdf),
            "xlsx" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv),
            "xml" | "tei" => Some(Self::Tei),
            "jsonld" => Some(Self::Annotations),
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
    /// What a person said of which sentences belong together, as the analysis obeyed it: whoever checks the report needs it.
    pub groupings: Vec<Grouping>,
}

impl Default for Options {
    /// Everything but wording and dismissed findings.
    fn default() -> Self {
        let kinds = FindingKind::ALL.into_iter().filter(|k| *k != FindingKind::Wording).collect();
        Self { title: None, notice: None, kinds, dismissed: false, notes: true, matrix: true, passages: true, groupings: Vec::new() }
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

/// Why a report could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// It has more rows, pages or bytes than the format.
    #[error("The report is too large for this format ({0}). Choose fewer kinds of difference, or another format.")]
    TooLarge(String),
    /// A handout can't be written in the format.
    #[error("A worksheet can be a web page (HTML), a Word document (DOCX) or pages (PDF), not {0}.")]
    NoHandout(&'static str),
    /// The program was built without the format.
    #[error("This build writes no PDF. Write a web page and print that, or build with the feature `pdf-report`.")]
    NoPdf,
}

/// Writes a report as the bytes of a file. The same input gives the same bytes.
///
/// # Errors
/// When the format can't hold the report, such as more rows than a sheet has.
pub fn render(format: Format, analysis: &Analysis, judgements: &Judgements, options: &Options) -> Result<Vec<u8>, RenderError> {
    let model = || model::Model::new(analysis, judgements, options);
    Ok(match format {
        Format::Json => seal::sealed(json::pieces(analysis, judgements, options, Style::Pretty), None).into_bytes(),
        Format::Html => html::page(&model(), json::pieces(analysis, judgements, options, Style::Line)).into_bytes(),
        Format::Markdown => markdown::text(&model()).into_bytes(),
        Format::Csv => csv::text(&model()).into_bytes(),
        Format::Tei => tei::text(&model()).into_bytes(),
        Format::Annotations => annotations::text(&model()).into_bytes(),
        Format::Xlsx => xlsx::bytes(&model()).map_err(|e| RenderError::TooLarge(e.to_string()))?,
        #[cfg(feature = "pdf-report")]
        Format::Pdf => pdf::bytes(&model()).map_err(RenderError::TooLarge)?,
        #[cfg(not(feature = "pdf-report"))]
        Format::Pdf => return Err(RenderError::NoPdf),
        Format::Docx => docx::bytes(&model()).map_err(|e| RenderError::TooLarge(e.to_string()))?,
    })
}

/// A report in JSON on one line, without the line end.
pub fn json_line(analysis: &Analysis, judgements: &Judgements, options: &Options) -> String {
    seal::sealed(json::pieces(analysis, judgements, options, Style::Line), None)
}

/// The colour of a kind on white paper, as 0xRRGGBB.
fn kind_colour(kind: FindingKind) -> u32 {
    use crate::compare::FilterGroup as G;
    match kind.group() {
        G::Conflict => 0xB2_3A_0A,
        G::Later => 0x0B_6A_66,
        G::Compatible => 0x1F_5C_9C,
        G::Quotes => 0x7B_2F_86,
        G::OnlyIn | G::Silent | G::Order => 0x52_4E_47,
        G::Wording => 0x85_7F_76,
    }
}
