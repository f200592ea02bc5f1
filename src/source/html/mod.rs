//! Saved web pages.
//!
//! The page is parsed once, flattened into pieces of text between block borders ([`tree`]), searched for what it says
//! about itself ([`meta`], [`jsonld`]), and given to a readability extractor, whose choice is then judged piece by
//! piece ([`article`]). All of it runs on a thread with a large stack, since pages can be nested without limit.

mod article;
mod end;
mod jsonld;
mod meta;
mod tree;

use super::decode;
use super::margin;
use super::rich::Para;
use super::roles;
use super::structure::{one_line, same_words};
use super::{Block, BlockKind, Hints, Metadata, Note, Source, SourceError};
use dom_query::Document;

/// The stack of the thread that reads a page.
const STACK_BYTES: usize = 256 * 1024 * 1024;

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
        page: None,
    })
}

pub(super) fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, SourceError> {
    let failed = || SourceError::NoArticle("The page could not be read. Copy the article's text and paste it.".to_owned());
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name(super::READER_THREAD.to_owned())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, work)
            .map_err(|_| failed())?;
        thread.join().map_err(|_| failed())
    })
}

fn extract(html: &str, hints: &Hints, notes: &mut Vec<String>) -> Result<(String, Vec<Block>, Metadata), SourceError> {
    if let Some(last) = end::cut_off(html) {
        notes.push(format!(
            "The page seems cut off: it stops at “{last}” and nothing closes it. What is missing may count as left out. Save the page again."
        ));
    }
    let document = Document::from(limit_depth(html).as_ref());
    let mut found = meta::read(&document);
    if let Some(special) = found.special {
        notes.push(special.note().to_owned());
    }
    let page = tree::flatten(&document);
    let proposed = propose(document, &page);
    let choice = article::choose(&page, &proposed, &found);
    if choice.from_json_ld {
        notes.push("The page shows only a part of the article. The whole was read from the page's JSON-LD data.".to_owned());
    }
    let mut meta = super::hinted(hints);
    let page_title = choice.title.as_deref().map(one_line).or_else(|| found.titles.first().map(|t| without_outlet(t, &found)));
    let m = std::mem::take(&mut found.meta);
    meta.title = meta.title.or(page_title);
    meta.outlet = meta
        .outlet
        .take()
        .or(m.outlet)
        .or_else(|| outlet_of_title(meta.title.as_deref(), &found))
        .or_else(|| m.url.as_deref().and_then(host));
    meta.published = meta.published.or(m.published);
    meta.updated = meta.updated.or(m.updated).filter(|u| Some(*u) != meta.published);
    meta.url = meta.url.or(m.url).or_else(|| saved_from(html));
    meta.language = meta.language.or(m.language);
    meta.byline = if found.authors.is_empty() {
        choice.byline.as_deref().map(one_line).map(|b| roles::byline(&b).map_or(b, |found| found.authors))
    } else {
        Some(super::markdown::join_names(&found.authors))
    };
    let mut out = super::Assembly::default();
    if choice.title.is_none()
        && let Some(title) = &meta.title
    {
        out.push(BlockKind::Headline, title);
    }
    for part in &choice.parts {
        match part.text.strip_prefix("By:").filter(|_| part.kind == BlockKind::Byline) {
            Some(names) => out.push(part.kind, &format!("By {}", names.trim())),
            None => out.push(part.kind, &part.text),
        }
    }
    let (text, blocks) = out.finish();
    let blocks = margin::part_calls(&text, blocks);
    read_openings(&text, &blocks, &mut meta);
    if !blocks.iter().any(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Standfirst)) {
        return Err(SourceError::NoArticle("No article was found in the page. Copy its text and paste it.".to_owned()));
    }
    Ok((text, blocks, meta))
}

/// What the first lines of the text say and the page's data does not: date, place, agency.
fn read_openings(text: &str, blocks: &[Block], meta: &mut Metadata) {
    if meta.published.is_none() {
        let mut line = Metadata::default();
        if blocks.iter().take(12).any(|b| b.kind == BlockKind::Boilerplate && roles::date_line(b.range.of(text), &mut line)) {
            meta.published = line.published.or(line.updated);
        }
    }
    if let Some(first) = blocks.iter().find(|b| b.kind == BlockKind::Paragraph)
        && let Some(dateline) = roles::dateline(first.range.of(text))
    {
        meta.place = Some(dateline.place).filter(|p| !p.is_empty());
        meta.agency = dateline.agency;
        meta.published = meta.published.or(dateline.date);
    }
}

/// A title without the outlet's name at its end.
fn without_outlet(title: &str, found: &meta::Found) -> String {
    for separator in [" | ", " - ", " – ", " — ", " · ", " : ", " « ", " // "] {
        let Some((rest, last)) = title.rsplit_once(separator) else { continue };
        let outlet = found.meta.outlet.as_deref().is_some_and(|o| same_words(o, last));
        let confirmed = found.titles.iter().any(|t| same_words(t, rest));
        if outlet || confirmed || separator == " | " && rest.len() > last.len() {
            return rest.trim().to_owned();
        }
    }
    title.to_owned()
}

/// The name after the headline in the page's title.
fn outlet_of_title(title: Option<&str>, found: &meta::Found) -> Option<String> {
    let headline = title?;
    found.titles.iter().find_map(|title| {
        [" | ", " - ", " – ", " — ", " · ", " : "].iter().find_map(|separator| {
            let (rest, last) = title.rsplit_once(separator)?;
            (same_words(rest, headline) && last.len() <= 40 && last.split_whitespace().count() <= 5).then(|| last.trim().to_owned())
        })
    })
}

/// The host of an address, without "www.".
pub(super) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', ':', '?', '#']).next()?;
    (host.contains('.')).then(|| host.trim_start_matches("www.").to_owned())
}

/// The address that a browser or an extension noted at the top of a saved page.
fn saved_from(html: &str) -> Option<String> {
    let head: String = html.chars().take(2000).collect();
    let at = head
        .find("saved from url=")
        .map(|n| n + "saved from url=".len())
        .or_else(|| head.find("Page saved with SingleFile").map(|n| n + 1))?;
    let rest = &head[at..];
    let start = rest.find("http")?;
    let url: String = rest[start..].chars().take_while(|c| !c.is_whitespace() && !matches!(c, '"' | '<' | '>')).collect();
    (start < 200).then_some(url)
}

/// The paragraphs of markup that is an article and nothing else, with the roles that its elements give them.
pub(super) fn paras(html: &str) -> Vec<Para> {
    on_large_stack(|| paras_here(html)).unwrap_or_default()
}

/// The same for a page of a book, without its notes and the signs that call them; and how many notes there were.
pub(super) fn paras_of_book(html: &str) -> (Vec<Para>, usize) {
    let read = || {
        let document = Document::fragment(limit_depth(html).as_ref());
        let mut calls = 0;
        for element in document.select("a, aside, section, div, li, p").iter() {
            let kind = element.attr("epub:type").or_else(|| element.attr("role")).unwrap_or_default();
            let is = |names: &[&str]| kind.split_whitespace().any(|k| names.contains(&k.trim_start_matches("doc-")));
            if is(&["noteref"]) {
                calls += 1;
                element.remove();
            } else if is(&["footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes"]) {
                element.remove();
            }
        }
        (paras_of(&document), calls)
    };
    on_large_stack(read).unwrap_or_default()
}

/// The same on the stack of the caller, which has to be a large one.
pub(super) fn paras_here(html: &str) -> Vec<Para> {
    paras_of(&Document::fragment(limit_depth(html).as_ref()))
}

fn paras_of(document: &Document) -> Vec<Para> {
    let page = tree::flatten(document);
    let kind = |element: u32| {
        page.around(element).find_map(|e| match e.name.as_str() {
            "h1" => Some(BlockKind::Headline),
            "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Subheading),
            "li" | "dt" | "dd" => Some(BlockKind::ListItem),
            "figcaption" => Some(BlockKind::Caption),
            _ => None,
        })
    };
    let pieces = page.pieces.iter().filter(|p| !p.text.trim().is_empty());
    pieces.map(|p| Para { kind: kind(p.element), text: p.text.trim().to_owned(), emphasised: p.emphasised }).collect()
}

/// Tags that part paragraphs as line ends, other tags dropped.
pub(super) fn tags_to_lines(html: &str) -> String {
    let page = tree::flatten(&Document::fragment(html));
    page.pieces.iter().map(|p| p.text.replace('\n', " ")).collect::<Vec<_>>().join("\n")
}

/// Which pieces the extractor takes for the article.
fn propose(document: Document, page: &tree::Page) -> Vec<bool> {
    let mut proposed = vec![false; page.pieces.len()];
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
    if !proposed.contains(&true) {
        // Too short or too odd for it: all text outside of menus.
        for (i, piece) in page.pieces.iter().enumerate() {
            let menu = page.around(piece.element).any(|e| matches!(e.name.as_str(), "nav" | "header" | "footer" | "aside" | "form"));
            proposed[i] = !menu && piece.link_chars * 2 < piece.chars && piece.chars >= 25;
        }
    }
    proposed
}

/// Text on one line, entities and tags of sloppy metadata resolved.
pub(super) fn clean(text: &str) -> String {
    let text = one_line(text);
    if !text.contains(['&', '<']) {
        return text;
    }
    one_line(&Document::fragment(text).text())
}

/// The encoding that a page names: in `meta`, or in an XML declaration.
pub(super) fn charset_label(bytes: &[u8]) -> Option<String> {
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

/// Deeper nesting is flattened before parsing: the parser's time grows with the square of the depth.
const MAX_DEPTH: usize = 400;

/// Leaves out start tags nested too deep, and their end tags. Text stays.
pub(super) fn limit_depth(html: &str) -> std::borrow::Cow<'_, str> {
    let mut kept = String::new();
    let (mut depth, mut skipped, mut from) = (0usize, 0usize, 0usize);
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &html.as_bytes()[at..]).map(|n| at + n) {
        let rest = &html[open..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |n| open + n + 3);
            continue;
        }
        let closing = rest.starts_with("</");
        let name_start = open + if closing { 2 } else { 1 };
        let name_len = html[name_start..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(html.len() - name_start);
        let name = &html[name_start..name_start + name_len];
        let Some(end) = memchr::memchr(b'>', &html.as_bytes()[open..]).map(|n| open + n + 1) else { break };
        at = end;
        if !closing && (name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style")) {
            let close = format!("</{name}");
            at = html[end..].find(&close).map_or(end, |n| end + n);
            continue;
        }
        // Only elements that are always closed.
        let nests = [
            "div",
            "span",
            "section",
            "article",
            "blockquote",
            "font",
            "b",
            "i",
            "em",
            "strong",
            "center",
            "ul",
            "ol",
            "table",
            "main",
            "aside",
            "a",
            "u",
            "small",
            "big",
            "q",
        ];
        if !nests.iter().any(|n| name.eq_ignore_ascii_case(n)) {
            continue;
        }
        let drop = if closing {
            let drop = skipped > 0;
            if drop {
                skipped -= 1;
            } else {
                depth = depth.saturating_sub(1);
            }
            drop
        } else if depth >= MAX_DEPTH {
            skipped += 1;
            true
        } else {
            depth += 1;
            false
        };
        if drop {
            kept.push_str(&html[from..open]);
            kept.push(' ');
            from = end;
        }
    }
    if from == 0 {
        return std::borrow::Cow::Borrowed(html);
    }
    kept.push_str(&html[from..]);
    std::borrow::Cow::Owned(kept)
}
