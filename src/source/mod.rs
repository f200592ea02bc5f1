//! Bytes and hints in, [`Source`] out: decoded text, blocks, metadata and provenance.
//!
//! One file per format. Detection is by content first, by name second. Nothing here touches
//! files or the network: `io` hands in the bytes.

use crate::base::{Note, TextRange};
use jiff::civil;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One article as it was read, before any understanding of its sentences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The text as it is shown and as all ranges count it. For plain text the decoded file itself
    /// (line ends as `\n`); for others the blocks joined by blank lines.
    pub text: String,
    /// What stands where: sorted, not overlapping, trimmed of white space. Text outside of
    /// every block (blank lines, metadata lines of a plain text) is not shown.
    pub blocks: Vec<Block>,
    /// What is known about the article.
    pub meta: Metadata,
    /// Where it came from.
    pub provenance: Provenance,
    /// What a person should know about how it was read.
    pub notes: Vec<Note>,
    /// The page that it was read from, where a person had it fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Arc<Page>>,
}

/// A piece of the article with a role of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its role.
    pub kind: BlockKind,
    /// Where it stands. A hard-wrapped paragraph holds single `\n`, shown as blanks.
    pub range: TextRange,
}

/// The roles a block can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The title of the article.
    Headline,
    /// The sentence or two under the headline.
    Standfirst,
    /// Who wrote it.
    Byline,
    /// Place, date and agency, where they stand alone. A dateline that opens a paragraph stays in it.
    Dateline,
    /// Body text.
    Paragraph,
    /// A heading inside the body.
    Subheading,
    /// Words under a picture, with its credit.
    Caption,
    /// An item of a list.
    ListItem,
    /// Newsletter calls, related links, rights: kept, marked, never compared.
    Boilerplate,
}

/// What is known about an article apart from its text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The authors as printed, without "By".
    pub byline: Option<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// Its address.
    pub url: Option<String>,
    /// BCP 47 tag, from the source or guessed from the text.
    pub language: Option<String>,
    /// The agency credited in the dateline or byline.
    pub agency: Option<String>,
    /// The place in the dateline.
    pub place: Option<String>,
}

/// A point in time as exactly as the source says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    /// The day.
    pub date: civil::Date,
    /// Time of day, if said.
    pub time: Option<civil::Time>,
    /// Offset from UTC in minutes, if said.
    pub offset_minutes: Option<i32>,
}

impl Moment {
    /// A day without a time.
    pub fn day(date: civil::Date) -> Self {
        Self { date, time: None, offset_minutes: None }
    }
}

impl std::fmt::Display for Moment {
    /// ISO 8601: `2020-08-03`, `2020-08-03T09:00:00`, `2020-08-03T09:00:00Z` or with `+09:00`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.date)?;
        if let Some(t) = self.time {
            write!(f, "T{:02}:{:02}:{:02}", t.hour(), t.minute(), t.second())?;
            match self.offset_minutes {
                Some(0) => write!(f, "Z")?,
                Some(m) => write!(f, "{}{:02}:{:02}", if m < 0 { '-' } else { '+' }, m.abs() / 60, m.abs() % 60)?,
                None => {}
            }
        }
        Ok(())
    }
}

/// Where a source came from, so that a report can be checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Path or label as the person gave it; `-` for standard input, empty for pasted text.
    pub path: String,
    /// Lower-case hex SHA-256 of the bytes that were read.
    pub sha256: String,
    /// Size of those bytes.
    pub bytes: u64,
    /// The format that read them: "text", "markdown", "html"…
    pub format: String,
    /// The encoding the bytes were decoded from, by its WHATWG name.
    pub encoding: String,
    /// Which article of a file that holds several; 0 for the first or only one.
    pub part: u32,
    /// How the columns were read, where it was in a table that does not say it by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<TableReading>,
}

/// What the person or the command line knows about bytes before they are read. A hint wins over
/// what the bytes say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hints {
    /// Path or label, used for the name and as the last resort for the format.
    pub path: String,
    /// Outlet, if the person typed it.
    pub outlet: Option<String>,
    /// Title, if the person typed it.
    pub title: Option<String>,
    /// Published, if the person typed it.
    pub published: Option<Moment>,
    /// The address the bytes came from.
    pub url: Option<String>,
    /// Which columns of a table hold what: a field such as "text" or "title", and the column's name or its number from 1.
    pub columns: Vec<(String, String)>,
    /// What was chosen for tables before.
    pub tables: Vec<TableChoice>,
    /// How a table was read before, which goes before all else.
    pub reading: Option<TableReading>,
    /// Whether a person can be asked which columns hold what, where nothing tells it: then the table comes back as an error.
    pub ask_columns: bool,
    /// Whether a person wants to be asked in any case.
    pub show_columns: bool,
}

impl Hints {
    /// The same for what stands in a file, under a name of its own. Nobody is asked about the columns of a table in an archive.
    fn inside(&self, name: &str) -> Self {
        Self { path: name.to_owned(), ask_columns: false, show_columns: false, ..self.clone() }
    }
}

/// Whether a word names a field of an article that a column can hold: text, title, outlet, date, byline, url.
pub fn is_field(word: &str) -> bool {
    json::meaning(&table::key(word)).is_some()
}

mod columns;
mod csv;
mod dates;
mod decode;
mod detect;
#[cfg(feature = "doc")]
mod doc;
mod docx;
mod epub;
mod error;
mod exports;
mod feed;
mod html;
mod json;
pub mod limits;
mod mail;
mod margin;
mod markdown;
mod mbox;
mod mhtml;
mod names;
mod newsml;
mod nitf;
mod ods;
mod odt;
mod package;
mod page;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod raised;
mod rich;
mod roles;
mod rtf;
mod structure;
mod table;
mod wacz;
mod walls;
mod warc;
#[cfg(feature = "xls")]
mod xls;
mod xlsx;
mod xml;
mod zipped;

pub use columns::{Outlook, Role, Table, TableChoice, TableReading};
pub use detect::{Format, detect};
#[allow(unused_imports, reason = "which formats are left out depends on the build's features")]
use error::left_out;
pub use error::{SourceError, too_large};
pub use limits::MAX_BYTES;
pub(crate) use names::label;
pub use page::Page;
pub(crate) use roles::{agency_name, dateline_len};

/// Whether a format, as [`Provenance::format`] names it, is a table with an article a row.
pub fn is_table(format: &str) -> bool {
    [Format::Csv, Format::Xlsx, Format::Ods, Format::Xls].iter().any(|f| f.slug() == format)
}

/// Reads bytes as whatever format they are in. A file may hold several articles; at least one comes back.
///
/// # Errors
/// When the bytes hold no article; see [`SourceError`].
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, SourceError> {
    read_within(bytes, hints, &mut package::Budget::default())
}

/// Reads a page that a server gave, which may say in what encoding it is. What stands before the article on its server (a paywall,
/// a question about cookies) is told.
///
/// # Errors
/// When the page holds no article; see [`SourceError`].
pub fn read_page(bytes: &[u8], charset: Option<&str>, hints: &Hints) -> Result<Vec<Source>, SourceError> {
    let wall = walls::before(bytes);
    // What the server says of the encoding goes before what the page says.
    let decoded =
        charset.filter(|_| matches!(detect(bytes, &hints.path), Ok(Format::Html))).and_then(|c| decode::decode(bytes, Some(c)).ok());
    let read_bytes = decoded.map_or_else(|| bytes.to_vec(), |d| format!("\u{feff}{}", d.text).into_bytes());
    let mut sources = match (read(&read_bytes, hints), wall) {
        (Err(_), Some(wall)) => return Err(SourceError::NoArticle(wall.without_article().to_owned())),
        (Err(error), None) => return Err(error),
        (Ok(sources), _) => sources,
    };
    let words: usize = sources.iter().map(|s| s.text.split_whitespace().count()).sum();
    if let Some(wall) = wall.filter(|_| words < walls::FEWEST_WORDS) {
        return Err(SourceError::NoArticle(wall.without_article().to_owned()));
    }
    for source in &mut sources {
        source.provenance.sha256 = sha256_hex(bytes);
        source.provenance.bytes = bytes.len() as u64;
        if let Some(wall) = wall.filter(|w| w.is_sure() || words < walls::SHORT_WORDS) {
            source.notes.push(Note::new(hints.path.clone(), wall.with_article()));
        }
    }
    Ok(sources)
}

/// The same for bytes that came out of an archive, which has used up some of what may be inflated.
fn read_within(bytes: &[u8], hints: &Hints, budget: &mut package::Budget) -> Result<Vec<Source>, SourceError> {
    if bytes.is_empty() {
        return Err(SourceError::Empty);
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large(bytes.len() as u64));
    }
    let format = detect(bytes, &hints.path)?;
    match format {
        Format::Text => {
            let decoded = decode::decode(bytes, None)?;
            match exports::of_text(&decoded.text) {
                Some(export) => export.sources(bytes, hints, format, decoded.encoding, decoded.notes),
                None => Ok(vec![textual(bytes, hints, format)?]),
            }
        }
        Format::Markdown => Ok(vec![textual(bytes, hints, format)?]),
        Format::Html => match exports::read_page(bytes, hints) {
            Some(sources) => sources,
            None => Ok(vec![html::read(bytes, hints)?]),
        },
        Format::Json => json::read(bytes, hints),
        Format::Zip => zipped::read(bytes, hints, budget),
        Format::Docx => docx::read(bytes, hints, budget),
        Format::Epub => epub::read(bytes, hints, budget),
        Format::Csv => csv::read(bytes, hints),
        Format::Xlsx => xlsx::read(bytes, hints, budget),
        Format::Ods => ods::read(bytes, hints, budget),
        Format::Feed => feed::read(bytes, hints),
        Format::Newsml => newsml::read(bytes, hints),
        Format::Rtf => rtf::read(bytes, hints),
        Format::Odt => odt::read(bytes, hints, budget),
        Format::Fodt => odt::read_flat(bytes, hints),
        Format::Eml | Format::Mhtml => mail::read(bytes, hints, budget),
        Format::Mbox => mbox::read(bytes, hints, budget),
        Format::Warc => warc::read(bytes, hints, budget),
        Format::Wacz => wacz::read(bytes, hints, budget),
        #[cfg(feature = "doc")]
        Format::Doc => doc::read(bytes, hints),
        #[cfg(not(feature = "doc"))]
        Format::Doc => Err(left_out("a document of Word 97", "doc", "Save it as DOCX and add that.")),
        #[cfg(feature = "xls")]
        Format::Xls => xls::read(bytes, hints),
        #[cfg(not(feature = "xls"))]
        Format::Xls => Err(left_out("a workbook of Excel 97", "xls", "Save it as XLSX and add that.")),
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::read(bytes, hints),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => Err(left_out("PDF", "pdf", "Open it, copy the article's text and paste it, or save it as text.")),
    }
}

/// The articles of one file that holds several: whoever checks a report has the file, not what is in it. The first tells the
/// problems; where there is no article, the first problem says why.
fn in_one_file(
    mut sources: Vec<Source>,
    problems: Vec<String>,
    bytes: &[u8],
    hints: &Hints,
    nothing: &str,
) -> Result<Vec<Source>, SourceError> {
    let (sha256, size) = (sha256_hex(bytes), bytes.len() as u64);
    for (part, source) in sources.iter_mut().enumerate() {
        source.provenance.path.clone_from(&hints.path);
        source.provenance.sha256.clone_from(&sha256);
        source.provenance.bytes = size;
        source.provenance.part = part as u32;
        for note in &mut source.notes {
            note.about.clone_from(&hints.path);
        }
    }
    let Some(first) = sources.first_mut() else {
        return Err(SourceError::NoArticle(problems.into_iter().next().unwrap_or_else(|| nothing.to_owned())));
    };
    first.notes.extend(problems.into_iter().map(|text| Note::new(hints.path.clone(), text)));
    Ok(sources)
}

/// The name of threads that read what may be hostile: a fault there is told as a damaged file and nowhere else.
pub const READER_THREAD: &str = "reader";

/// An article that a person typed or pasted: the title, where given, stands before the text.
///
/// # Errors
/// When the text is empty.
pub fn pasted(text: &str, hints: &Hints) -> Result<Source, SourceError> {
    let mut whole = String::new();
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    if let Some(title) = hints.title.as_deref().map(str::trim).filter(|t| !t.is_empty() && !structure::same_words(t, first)) {
        whole.push_str(title);
        whole.push_str("\n\n");
    }
    whole.push_str(text);
    if text.trim().is_empty() {
        return Err(SourceError::Empty);
    }
    textual(whole.as_bytes(), hints, Format::Text)
}

fn textual(bytes: &[u8], hints: &Hints, format: Format) -> Result<Source, SourceError> {
    let decoded = decode::decode(bytes, None)?;
    let mut meta = hinted(hints);
    let (text, blocks) = match format {
        Format::Markdown => markdown::read(&decoded.text, &mut meta),
        _ => {
            let blocks = plain::blocks(&decoded.text, &mut meta);
            (decoded.text, blocks)
        }
    };
    names::complete(&mut meta, &hints.path);
    if blocks.is_empty() {
        return Err(SourceError::Empty);
    }
    Ok(Source {
        text,
        blocks,
        meta,
        provenance: provenance(bytes, hints, format, decoded.encoding),
        notes: decoded.notes.into_iter().map(|text| Note::new(hints.path.clone(), text)).collect(),
        page: None,
    })
}

/// The title before a body, whose structure is then read as that of a plain text.
fn titled(body: &str, meta: &mut Metadata, path: &str) -> (String, Vec<Block>) {
    let mut whole = String::new();
    let first = body.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    if let Some(title) = meta.title.as_deref().map(str::trim).filter(|t| !t.is_empty() && !structure::same_words(t, first)) {
        whole.push_str(title);
        whole.push_str("\n\n");
    }
    whole.push_str(body.trim());
    let blocks = plain::blocks(&whole, meta);
    names::complete(meta, path);
    (whole, blocks)
}

/// An article of a title, which is in `meta`, and a body.
fn under_title(body: &str, mut meta: Metadata, bytes: &[u8], hints: &Hints, format: Format, encoding: &str) -> Result<Source, SourceError> {
    let mut notes = Vec::new();
    let (text, blocks) = titled(&decode::unify(body, &mut notes), &mut meta, &hints.path);
    if blocks.is_empty() {
        return Err(SourceError::Empty);
    }
    let notes = notes.into_iter().map(|text| Note::new(hints.path.clone(), text)).collect();
    Ok(Source { text, blocks, meta, provenance: provenance(bytes, hints, format, encoding), notes, page: None })
}

/// Builds a text of blocks with blank lines between them.
#[derive(Debug, Default)]
struct Assembly {
    text: String,
    blocks: Vec<Block>,
}

impl Assembly {
    fn push(&mut self, kind: BlockKind, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        self.blocks.push(Block { kind, range: TextRange::new(start, self.text.len()) });
    }

    fn finish(self) -> (String, Vec<Block>) {
        (self.text, self.blocks)
    }
}

/// Metadata that starts with what the person said.
fn hinted(hints: &Hints) -> Metadata {
    let said = |s: &Option<String>| s.as_deref().map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned);
    Metadata {
        outlet: said(&hints.outlet),
        title: said(&hints.title),
        published: hints.published,
        url: said(&hints.url),
        ..Metadata::default()
    }
}

fn provenance(bytes: &[u8], hints: &Hints, format: Format, encoding: &str) -> Provenance {
    Provenance {
        path: hints.path.clone(),
        sha256: sha256_hex(bytes),
        bytes: bytes.len() as u64,
        format: format.slug().into(),
        encoding: encoding.into(),
        part: 0,
        columns: None,
    }
}

/// Lower-case hex SHA-256.
pub fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
