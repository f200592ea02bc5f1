//! Handouts for teaching: a worksheet with the versions, in which passages are numbered and no difference is shown, and its
//! answer key. What several versions report carries the same number in each of them.
//!
//! Both are made of the same parts, which each format lays out.

use super::model::{Entry, Model, ReadingRow};
use super::words::{clean, listed, moment_in_words, plural};
use super::{Format, Options, RenderError};
use crate::align::Passage;
use crate::analysis::{Analysis, Version};
use crate::base::{SentenceIx, VersionIx};
use crate::project::Judgements;
use crate::source::BlockKind;
use std::collections::BTreeMap;

/// A worksheet or a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Handout {
    /// The story.
    pub title: String,
    /// "Worksheet", "Answer key".
    pub sort: &'static str,
    /// A sentence in a frame above everything.
    pub notice: Option<String>,
    /// What to do, in paragraphs.
    pub intro: Vec<String>,
    /// What follows.
    pub parts: Vec<Part>,
}

/// A part of a handout.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Begins a version: its letter, outlet and when it was published.
    Version(String, String),
    /// A heading of the handout's own.
    Heading(String),
    /// A block of an article.
    Text {
        /// Its role.
        kind: BlockKind,
        /// BCP 47 tag.
        language: String,
        /// Its text in pieces.
        pieces: Vec<Piece>,
    },
    /// A table to fill in: the heads of its columns and the first cell of each row.
    Blank([&'static str; 3], Vec<String>),
    /// One difference.
    Answer {
        /// Its number and title.
        title: String,
        /// Its kind.
        kind: &'static str,
        /// Where to find it.
        place: String,
        /// What is said, and by whom.
        readings: Vec<(String, String)>,
        /// Why it is one; may be empty.
        why: String,
    },
}

/// Text of an article, with the number of a passage that begins with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The passage's number.
    pub passage: Option<usize>,
    /// The words.
    pub text: String,
}

/// Formats that a handout can be written in, in the order of menus.
pub const FORMATS: &[Format] = &[
    Format::Html,
    #[cfg(feature = "pdf-report")]
    Format::Pdf,
    Format::Docx,
];

/// The worksheet of an analysis.
pub fn worksheet(analysis: &Analysis, options: &Options) -> Handout {
    let numbers = Numbers::new(analysis);
    let n = numbers.count;
    let mut parts = Vec::new();
    for (i, version) in analysis.versions.iter().enumerate() {
        let version_ix = VersionIx::from(i);
        let published = version.meta.published.as_ref().map(|m| format!(", {}", moment_in_words(m))).unwrap_or_default();
        parts.push(Part::Version(version_ix.letter(), format!("{}{published}", clean(version.outlet()))));
        parts.extend(blocks(version, version_ix, &numbers));
    }
    parts.push(Part::Heading("What differs".into()));
    parts.push(Part::Blank(["Passage", "What differs", "In which versions"], (1..=n).map(|n| n.to_string()).collect()));
    parts.push(Part::Heading("What only one version tells, and what one leaves out".into()));
    parts.push(Part::Blank(["Version", "What it alone tells", "What it leaves out"], letters(analysis)));
    let intro = match n {
        0 => vec!["No two of these versions report the same thing. Read them and say what each of them tells.".to_owned()],
        n => vec![
            format!(
                "{} outlets report one event. {n} {} in more than one of them. Such a passage has the same number wherever it stands.",
                analysis.versions.len(),
                plural(n, "passage stands", "passages stand")
            ),
            "Compare each passage in all versions. Which numbers, dates, names, sources and quotes differ? Can both be true, or only one? \
             A passage may also agree in everything."
                .to_owned(),
        ],
    };
    Handout { sort: "Worksheet", ..handout(analysis, options, intro, parts) }
}

/// The key to [`worksheet`]: the differences that a report with the same options lists.
pub fn key(analysis: &Analysis, judgements: &Judgements, options: &Options) -> Handout {
    let numbers = Numbers::new(analysis);
    let model = Model::new(analysis, judgements, options);
    let mut parts = Vec::new();
    for section in &model.sections {
        parts.push(Part::Heading(section.heading.to_owned()));
        parts.extend(section.entries.iter().map(|e| answer(e, analysis, &numbers)));
    }
    let intro = vec![model.summary.clone(), model.method[0].clone(), model.method[model.method.len() - 1].clone()];
    Handout { sort: "Answer key", ..handout(analysis, options, intro, parts) }
}

/// A handout as the bytes of a file.
///
/// # Errors
/// When the format is none of [`FORMATS`], or the file can't be put together.
pub fn render(format: Format, handout: &Handout) -> Result<Vec<u8>, RenderError> {
    Ok(match format {
        Format::Html => super::html::handout(handout).into_bytes(),
        Format::Docx => super::docx::handout(handout).map_err(|e| RenderError::TooLarge(e.to_string()))?,
        #[cfg(feature = "pdf-report")]
        Format::Pdf => super::pdf::handout(handout).map_err(RenderError::TooLarge)?,
        other => return Err(RenderError::NoHandout(other.label())),
    })
}

fn handout(analysis: &Analysis, options: &Options, intro: Vec<String>, parts: Vec<Part>) -> Handout {
    let title = options.title.clone().map_or_else(|| super::model::story_title(analysis), |t| clean(&t));
    Handout { title, sort: "", notice: options.notice.as_deref().map(clean), intro, parts }
}

/// The numbers of passages that more than one version reports, by the places of their sentences.
struct Numbers {
    count: usize,
    by_sentence: BTreeMap<(VersionIx, SentenceIx), usize>,
    by_passage: BTreeMap<usize, usize>,
}

impl Numbers {
    fn new(analysis: &Analysis) -> Self {
        let mut numbers = Self { count: 0, by_sentence: BTreeMap::new(), by_passage: BTreeMap::new() };
        // They count up as the versions are read, one after the other.
        for (v, version) in analysis.versions.iter().enumerate() {
            for s in 0..version.document.sentences.len() {
                let at = (VersionIx::from(v), SentenceIx::from(s));
                let shared = |p: &Passage| p.members.len() > 1 && p.member(at.0).is_some_and(|m| m.sentences.contains(&at.1));
                let Some(passage) = analysis.passages.iter().position(shared) else { continue };
                let next = numbers.count + 1;
                let number = *numbers.by_passage.entry(passage).or_insert(next);
                numbers.count = numbers.count.max(number);
                numbers.by_sentence.insert(at, number);
            }
        }
        numbers
    }
}

fn letters(analysis: &Analysis) -> Vec<String> {
    (0..analysis.versions.len()).map(|i| VersionIx::from(i).letter()).collect()
}

/// The blocks of an article that belong to it.
fn blocks(version: &Version, ix: VersionIx, numbers: &Numbers) -> Vec<Part> {
    let document = &version.document;
    let mut out = Vec::new();
    let mut last = None;
    for (b, block) in document.blocks.iter().enumerate().filter(|(_, b)| b.kind != BlockKind::Boilerplate) {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut at = block.range.start;
        for (s, sentence) in document.sentences.iter().enumerate().filter(|(_, s)| s.block as usize == b) {
            let number = numbers.by_sentence.get(&(ix, SentenceIx::from(s))).copied();
            let text = clean(document.text.get(at as usize..sentence.range.end as usize).unwrap_or(""));
            at = sentence.range.end;
            // The number stands where its passage begins, and again after others.
            let passage = number.filter(|_| number != last || pieces.is_empty());
            last = number;
            match pieces.last_mut() {
                Some(piece) if passage.is_none() && number.is_some() => piece.text.push_str(&format!(" {text}")),
                _ => pieces.push(Piece { passage, text }),
            }
        }
        let rest = clean(document.text.get(at as usize..block.range.end as usize).unwrap_or(""));
        if !rest.is_empty() {
            pieces.push(Piece { passage: None, text: rest });
        }
        if !pieces.is_empty() {
            out.push(Part::Text { kind: block.kind, language: document.language.clone(), pieces });
        }
    }
    out
}

fn answer(e: &Entry, analysis: &Analysis, numbers: &Numbers) -> Part {
    let finding = analysis.findings.iter().find(|f| super::model::finding_id(f) == e.id);
    let number = finding.and_then(|f| f.passage).and_then(|p| numbers.by_passage.get(&p.ix()));
    let place = number.map_or_else(|| "outside the numbered passages".to_owned(), |n| format!("passage {n}"));
    let said = |r: &ReadingRow| {
        let mut holders: Vec<String> = Vec::new();
        for claim in &r.claims {
            let holder = if claim.place.is_empty() { claim.letter.clone() } else { format!("{} ({})", claim.letter, claim.place) };
            if !holders.contains(&holder) {
                holders.push(holder);
            }
        }
        (r.name.clone(), holders.join(", "))
    };
    let mut readings: Vec<(String, String)> = e.readings.iter().map(said).collect();
    if !e.silent.is_empty() {
        readings.push(("not found in".into(), listed(&e.silent)));
    }
    Part::Answer { title: format!("{}. {}", e.number, e.title), kind: e.kind.label(), place, readings, why: e.why.clone() }
}
