//! Exports of press archives: many articles in a text, told by the lines that each archive puts around them.
//!
//! The same lines come as plain text, in Word documents and in RTF, some as web pages; a file here is an archive. What an
//! export declares is checked: how many articles it holds, which are missing, and roughly how many words each has.

mod europresse;
mod factiva;
mod newsbank;
mod nexis;
mod proquest;

use super::limits::MAX_ARTICLES;
use super::rich::{Para, Rich};
use super::structure::one_line;
use super::{BlockKind, Format, Hints, Metadata, Note, Source, SourceError, decode, html};
use dom_query::{Document, Selection};
use regex::Regex;
use std::sync::LazyLock;

/// The articles of an export.
#[derive(Debug, Default)]
pub(super) struct Export {
    /// The archive, as [`super::Provenance::format`] names it.
    pub slug: &'static str,
    pub articles: Vec<Article>,
    /// How many the export says it holds.
    declared: Option<usize>,
    /// Numbers of the articles that were found, where they have numbers.
    numbers: Vec<usize>,
    notes: Vec<String>,
}

#[derive(Debug, Default)]
pub(super) struct Article {
    pub meta: Metadata,
    pub standfirst: Option<String>,
    pub body: Vec<String>,
    /// As the export counts.
    pub words: Option<usize>,
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:(?:document|dokument)\s+)?(\d{1,6}) (?:of|von|de|sur) (\d{1,6})(?:\s+(?:documents?|dokumenten?))?\s*$")
        .expect("the pattern is valid")
});
static WORDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^([\d.,]{1,9}) (?:words|mots|wörter|palabras|parole|palavras)\b").expect("the pattern is valid"));

/// Whether a line numbers an article: "12 of 40 documents". Most lines are told by their first letter, and most files need no
/// pattern at all.
fn is_number(line: &str) -> bool {
    line.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'd' | 'D')) && NUMBER.is_match(line)
}

/// The export in a plain text, if it is one.
pub(super) fn of_text(text: &str) -> Option<Export> {
    let lines: Vec<&str> = text.lines().map(|l| l.trim_start_matches('\u{feff}')).collect();
    find(&lines)
}

/// The export in a document, if it is one.
pub(super) fn of_paras(paras: &[Para]) -> Option<Export> {
    let mut lines = Vec::new();
    for para in paras {
        lines.extend(para.text.lines());
        lines.push("");
    }
    find(&lines)
}

fn find(lines: &[&str]) -> Option<Export> {
    if proquest::is_export(lines) {
        return Some(proquest::read(lines));
    }
    if nexis::is_text(lines) {
        return Some(nexis::text(lines));
    }
    if newsbank::is_export(lines) {
        return Some(newsbank::read(lines));
    }
    if nexis::is_document(lines) {
        return Some(nexis::document(lines));
    }
    factiva::is_export(lines).then(|| factiva::read(lines)).filter(|e| !e.articles.is_empty())
}

/// Whether a line starts so.
fn has(lines: &[&str], wanted: &str) -> bool {
    lines.iter().any(|l| l.trim_start().starts_with(wanted))
}

/// Reads the articles of an export as a web page; `None` where the page is none.
pub(super) fn read_page(bytes: &[u8], hints: &Hints) -> Option<Result<Vec<Source>, SourceError>> {
    let of: fn(&Document) -> Export = if factiva::is_page(bytes) {
        factiva::of_page
    } else if europresse::is_page(bytes) {
        europresse::of_page
    } else {
        return None;
    };
    let decoded = decode::decode(bytes, html::charset_label(bytes).as_deref()).ok()?;
    let export = html::on_large_stack(|| of(&Document::from(html::limit_depth(&decoded.text).as_ref()))).ok()?;
    (!export.articles.is_empty()).then(|| export.sources(bytes, hints, Format::Html, decoded.encoding, decoded.notes))
}

/// The words of an element of a page.
fn words(selection: &Selection) -> Option<String> {
    Some(one_line(&selection.text())).filter(|t| !t.is_empty())
}

/// The paragraphs of an element of a page.
fn paragraphs(selection: &Selection) -> Vec<String> {
    html::paras_here(&selection.inner_html()).into_iter().map(|p| p.text).collect()
}

impl Export {
    pub fn of(slug: &'static str) -> Self {
        Self { slug, ..Self::default() }
    }

    /// The articles as sources. What is missing is named in the notes of the first.
    pub fn sources(
        mut self,
        bytes: &[u8],
        hints: &Hints,
        format: Format,
        encoding: &str,
        notes: Vec<String>,
    ) -> Result<Vec<Source>, SourceError> {
        let mut notes = notes;
        notes.append(&mut self.notes);
        let mut sources: Vec<Source> = Vec::new();
        let found = self.articles.len();
        for article in self.articles.into_iter().take(MAX_ARTICLES) {
            let title = article.meta.title.clone().unwrap_or_else(|| "An article without a title".to_owned());
            if article.body.is_empty() {
                notes.push(format!("“{title}” has no text in the export and was left out."));
                continue;
            }
            let counted: usize = article.body.iter().map(|p| p.split_whitespace().count()).sum();
            if let Some(words) = article.words.filter(|w| counted * 4 < w * 3) {
                notes.push(format!("“{title}” has {counted} words; the export declares {words}. It may have been cut."));
            }
            let mut rich = Rich { meta: article.meta, ..Rich::default() };
            if let Some(standfirst) = article.standfirst {
                rich.push(Some(BlockKind::Standfirst), &standfirst, false);
            }
            for paragraph in &article.body {
                rich.push(None, paragraph, false);
            }
            if let Ok(mut source) = rich.source(bytes, hints, format, encoding) {
                source.provenance.part = sources.len() as u32;
                source.provenance.format = self.slug.to_owned();
                sources.push(source);
            }
        }
        if found > MAX_ARTICLES {
            notes.push(format!("Articles after the limit of {MAX_ARTICLES} were left out."));
        }
        if let Some(declared) = self.declared.filter(|d| *d > found) {
            let missing: Vec<String> = match self.numbers.len() {
                0 => Vec::new(),
                _ => (1..=declared).filter(|n| !self.numbers.contains(n)).take(20).map(|n| n.to_string()).collect(),
            };
            let which = match missing.as_slice() {
                [] => String::new(),
                [one] => format!("; number {one} is missing"),
                many => format!("; numbers {} are missing", many.join(", ")),
            };
            notes.push(format!("{found} of {declared} articles that the export declares were found{which}. Export them again."));
        }
        let Some(first) = sources.first_mut() else {
            return Err(SourceError::NoArticle(
                "It is the list of an archive's export, without the articles themselves. Add the files with the articles.".to_owned(),
            ));
        };
        first.notes.extend(notes.into_iter().map(|text| Note::new(hints.path.clone(), text)));
        Ok(sources)
    }
}

/// Lines between blank lines, joined: archives wrap at a fixed width.
fn groups(lines: &[&str]) -> Vec<String> {
    lines.split(|l| l.trim().is_empty()).filter(|g| !g.is_empty()).map(|g| one_line(&g.join(" "))).filter(|g| !g.is_empty()).collect()
}

/// The parts of `lines` that follow each line that `starts` holds for.
fn sections<'a, 'b>(lines: &'b [&'a str], starts: impl Fn(&str) -> bool) -> Vec<&'b [&'a str]> {
    let at: Vec<usize> = (0..lines.len()).filter(|i| starts(lines[*i])).collect();
    at.iter().enumerate().map(|(n, from)| &lines[from + 1..at.get(n + 1).copied().unwrap_or(lines.len())]).collect()
}

/// A label before a colon and what follows it; Nexis puts a no-break blank there.
fn labelled(line: &str) -> Option<(String, &str)> {
    let (label, value) = line.split_once(':')?;
    let known = label.len() <= 30 && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '/'));
    known.then(|| (label.trim().to_uppercase(), value.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}')))
}

/// What a labelled line gives; whether the label is one that an archive's head has.
fn head_line(article: &mut Article, line: &str) -> bool {
    let Some((label, value)) = labelled(line) else { return false };
    let some = || Some(value.to_owned()).filter(|v| !v.is_empty());
    match label.as_str() {
        "BYLINE" | "AUTOR" | "AUTHOR" | "AUTEUR" => {
            article.meta.byline = some().map(|b| b.strip_prefix("By ").map_or(b.clone(), str::to_owned));
        }
        "DATELINE" | "ORT" => article.meta.place = some(),
        "HIGHLIGHT" => article.standfirst = some(),
        "LENGTH" | "LÄNGE" | "LONGUEUR" => article.words = number(value),
        "URL" => article.meta.url = some(),
        "SECTION" | "RUBRIK" | "GRAPHIC" | "SERIES" | "DISTRIBUTION" | "CORRECTION" | "TYPE" | "EDITION" => {}
        _ => return false,
    }
    true
}

/// The number at the start of "1,204 words".
fn number(words: &str) -> Option<usize> {
    let digits: String = words.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The count of words in a line such as "Tuesday, 12 March 2024 - 180 words, p. 1".
fn words_in(line: &str) -> Option<usize> {
    line.split(" - ").map(str::trim).find(|part| WORDS.is_match(part)).and_then(number)
}

fn groups_of_lines<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect()
}
