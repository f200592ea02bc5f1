//! Saved web pages.
//!
//! The page is parsed once, flattened into pieces of text between block borders ([`tree`]), searched for what it says
//! about itself ([`meta`], [`jsonld`]), and given to a readability extractor, whose choice is then judged piece by
//! piece ([`article`]). All of it runs on a thread with a large stack, since pages can be nested without limit.

mod article;
mod jsonld;
mod meta;
mod tree;

use super::decode;
use super::structure::one_line;
use super::{Block, Hints, Metadata, Note, Source, SourceError};
use crate::base::TextRange;
use dom_query::Document;

/// The stack of the thread that reads a page.
const STACK_BYTES: usize = 256 * 1024 * 1024;
/// Deeper pages are read without the extractor, whose time grows with the square of the depth.
const MAX_EXTRACTOR_DEPTH: u32 = 1000;

/// Reads a page.
pub(super) fn read(bytes: &[u8], hints: &Hints) -> Result<Source, SourceError> {
    let label = charset_label(bytes);
    let decoded = decode::decode(bytes, label.as_deref())?;
    let mut notes = decoded.notes;
    let (text, blocks, meta) = on_large_stack(|| extract(&decoded.text, hints, &mut notes))??;
    Ok(Source {
        text,
        blocks,
        meta,
        provenance: super::provenance(bytes, hints, super::Format::Html, decoded.encoding),
        notes: notes.into_iter().map(|text| Note::new(hints.path.clone(), text)).collect(),
    })
}

fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, SourceError> {
    let failed = || SourceError::NoArticle("The page could not be read. Copy the article's text and paste it.".to_owned());
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work).map_err(|_| failed())?;
        thread.join().map_err(|_| failed())
    })
}

fn extract(html: &str, hints: &Hints, notes: &mut Vec<String>) -> Result<(String, Vec<Block>, Metadata), SourceError> {
    let document = Document::from(html);
    let mut found = meta::read(&document);
    let page = tree::flatten(&document);
    let proposed = propose(document, &page);
    let parts = article::parts(&page, &proposed, &found);
    let mut meta = super::hinted(hints);
    let _ = notes;
    let m = std::mem::take(&mut found.meta);
    meta.outlet = meta.outlet.or(m.outlet);
    meta.title = meta.title.or_else(|| found.titles.first().cloned());
    meta.published = meta.published.or(m.published);
    meta.updated = meta.updated.or(m.updated);
    meta.url = meta.url.or(m.url);
    meta.language = meta.language.or(m.language);
    let mut text = String::new();
    let mut blocks = Vec::new();
    for part in parts {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&part.text);
        blocks.push(Block { kind: part.kind, range: TextRange::new(start, text.len()) });
    }
    if blocks.is_empty() {
        return Err(SourceError::NoArticle("No article was found in the page. Copy its text and paste it.".to_owned()));
    }
    Ok((text, blocks, meta))
}

/// Which pieces the extractor takes for the article.
fn propose(document: Document, page: &tree::Page) -> Vec<bool> {
    let mut proposed = vec![false; page.pieces.len()];
    if page.depth <= MAX_EXTRACTOR_DEPTH {
        let config = dom_smoothie::Config { keep_classes: true, disable_json_ld: true, ..dom_smoothie::Config::default() };
        if let Ok(mut reader) = dom_smoothie::Readability::with_document(document, None, Some(config))
            && let Ok(article) = reader.parse()
        {
            for piece in article.content.chars().filter_map(tree::piece_of_mark) {
                if let Some(p) = proposed.get_mut(piece) {
                    *p = true;
                }
            }
        }
    }
    proposed
}

/// Text on one line, entities and tags of sloppy metadata resolved.
fn clean(text: &str) -> String {
    let text = one_line(text);
    if !text.contains(['&', '<']) {
        return text;
    }
    one_line(&Document::fragment(text).text())
}

/// The encoding that a page names: in `meta`, or in an XML declaration.
fn charset_label(bytes: &[u8]) -> Option<String> {
    let head: String = bytes[..bytes.len().min(4096)].iter().map(|b| b.to_ascii_lowercase() as char).collect();
    let value = |from: usize| {
        let rest = head[from..].trim_start_matches([' ', '=', '"', '\'']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))).unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_owned())
    };
    if head.starts_with("<?xml")
        && let Some(at) = head.find("encoding").filter(|at| *at < 100)
    {
        return value(at + "encoding".len());
    }
    let mut from = 0;
    while let Some(at) = head[from..].find("charset") {
        let at = from + at;
        if head[..at].rfind('<').is_some_and(|tag| head[tag..].starts_with("<meta")) {
            return value(at + "charset".len());
        }
        from = at + "charset".len();
    }
    None
}
