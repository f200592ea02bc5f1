//! What documents with styles have in common: paragraphs, of which some carry a role. The readers of formats fill a
//! [`Rich`]; what a paragraph is that carries none is judged as in a plain text.

use super::structure::{self, Unit, same_words};
use super::{Block, BlockKind, Format, Hints, Metadata, Note, Source, SourceError, exports, names, roles};
use crate::base::TextRange;

/// A paragraph of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Para {
    /// The role that its style gives it. A first [`BlockKind::Headline`] is the title, others are headings.
    pub kind: Option<BlockKind>,
    pub text: String,
    /// All of it in italics.
    pub emphasised: bool,
}

/// A document as a reader found it.
#[derive(Debug, Default)]
pub(super) struct Rich {
    pub paras: Vec<Para>,
    /// What the document says about itself apart from its text.
    pub meta: Metadata,
    pub notes: Vec<String>,
}

impl Rich {
    /// Says what a word processor's document holds beside its text: tracked changes, and so many footnotes.
    pub fn note_left_out(&mut self, changes: bool, footnotes: usize) {
        if changes {
            let words = "The document holds tracked changes. It was read as if all were accepted: insertions are in, deletions out.";
            self.notes.push(words.to_owned());
        }
        if footnotes > 0 {
            let s = if footnotes == 1 { "footnote was" } else { "footnotes were" };
            self.notes.push(format!("{footnotes} {s} left out."));
        }
    }

    /// Adds a paragraph; white space at its ends and inside lines is folded, single line breaks stay.
    pub fn push(&mut self, kind: Option<BlockKind>, words: &str, emphasised: bool) {
        let text = fold(words);
        if !text.is_empty() {
            self.paras.push(Para { kind, text, emphasised });
        }
    }

    /// Adds a row of a table on one line.
    pub fn push_row(&mut self, cells: &[String]) {
        let cells: Vec<String> = cells.iter().map(|c| structure::one_line(c)).filter(|c| !c.is_empty()).collect();
        self.push((cells.len() > 1).then_some(BlockKind::ListItem), &cells.join(" | "), false);
    }

    /// The article or articles in the document.
    ///
    /// # Errors
    /// When it holds no text.
    pub fn sources(self, bytes: &[u8], hints: &Hints, format: Format, encoding: &str) -> Result<Vec<Source>, SourceError> {
        match exports::of_paras(&self.paras) {
            Some(export) => export.sources(bytes, hints, format, encoding, self.notes),
            None => Ok(vec![self.source(bytes, hints, format, encoding)?]),
        }
    }

    /// The document as one article.
    ///
    /// # Errors
    /// When it holds no text.
    pub fn source(self, bytes: &[u8], hints: &Hints, format: Format, encoding: &str) -> Result<Source, SourceError> {
        let mut meta = super::hinted(hints);
        let (text, blocks) = compose(&self.paras, &mut meta, &self.meta);
        names::complete(&mut meta, &hints.path);
        if blocks.is_empty() {
            return Err(SourceError::NoArticle("The document holds no text. Copy the article's text and paste it.".to_owned()));
        }
        Ok(Source {
            text,
            blocks,
            meta,
            provenance: super::provenance(bytes, hints, format, encoding),
            notes: self.notes.into_iter().map(|text| Note::new(hints.path.clone(), text)).collect(),
            page: None,
        })
    }
}

/// Text and blocks of paragraphs. What the person said in `meta` wins over what the format says in `said`, and that
/// over what the text says.
pub(super) fn compose(paras: &[Para], meta: &mut Metadata, said: &Metadata) -> (String, Vec<Block>) {
    let said = said.clone();
    meta.outlet = meta.outlet.take().or(said.outlet);
    meta.title = meta.title.take().or(said.title);
    meta.byline = meta.byline.take().or(said.byline);
    meta.published = meta.published.or(said.published);
    meta.updated = meta.updated.or(said.updated);
    meta.url = meta.url.take().or(said.url);
    meta.language = meta.language.take().or(said.language);
    meta.place = meta.place.take().or(said.place);
    let mut text = String::new();
    let mut units: Vec<Unit> = Vec::new();
    let mut title: Option<String> = None;
    // A title that the text doesn't open with stands before it.
    let opens = |t: &str| paras.iter().take(8).any(|p| same_words(&p.text, t));
    let mut add = |kind: Option<BlockKind>, words: &str| {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(words);
        units.push(Unit { range: TextRange::new(start, text.len()), kind, group: units.len() as u32 });
    };
    if let Some(t) = meta.title.as_deref().map(structure::one_line).filter(|t| !t.is_empty() && !opens(t)) {
        add(Some(BlockKind::Headline), &t);
        title = Some(t);
    }
    // Some writers give the title twice, first as a plain line.
    let lead = paras.iter().find(|p| p.kind == Some(BlockKind::Headline));
    let title_at = lead.and_then(|lead| paras.iter().position(|p| same_words(&p.text, &lead.text)));
    let mut standfirst = paras.iter().any(|p| p.kind == Some(BlockKind::Standfirst));
    let mut in_body = false;
    for (i, para) in paras.iter().enumerate() {
        let heading = matches!(para.kind, Some(BlockKind::Headline | BlockKind::Subheading));
        if heading && title.as_deref().is_some_and(|t| same_words(t, &para.text)) {
            continue;
        }
        let kind = match para.kind {
            _ if title_at == Some(i) && title.is_none() => Some(BlockKind::Headline),
            Some(BlockKind::Headline) if title.is_some() => Some(BlockKind::Subheading),
            Some(BlockKind::Subheading) if title.is_none() && lead.is_none() && i < 3 => Some(BlockKind::Headline),
            None if para.emphasised && title.is_some() && !in_body && !standfirst && is_standfirst(&para.text) => {
                standfirst = true;
                Some(BlockKind::Standfirst)
            }
            kind => kind,
        };
        match kind {
            Some(BlockKind::Headline) => title = Some(para.text.clone()),
            None | Some(BlockKind::Paragraph) => in_body |= para.text.len() > 120,
            _ => {}
        }
        add(kind, &para.text);
    }
    let blocks = structure::assign(&text, &units, meta);
    (text, blocks)
}

/// Whether words in italics under a headline sum the article up rather than sign or date it.
fn is_standfirst(words: &str) -> bool {
    words.chars().count() >= 30 && roles::byline(words).is_none() && !roles::is_date_line(words)
}

/// White space folded, lines kept.
fn fold(words: &str) -> String {
    let lines: Vec<String> = words
        .split('\n')
        .map(|line| {
            let mut out = String::with_capacity(line.len());
            // No-break spaces belong to the text.
            for word in line.split([' ', '\t', '\r']).filter(|w| !w.is_empty()) {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(word);
            }
            out
        })
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines.join("\n").trim().to_owned()
}
