//! EPUB books: the pages in the order of the book, as one article. Footnotes stay out.

use super::package::{Budget, Package};
use super::rich::Rich;
use super::structure::one_line;
use super::xml;
use super::{Format, Hints, Moment, Source, SourceError, decode, html};
use rustc_hash::FxHashMap;

/// Reads a book.
pub(super) fn read(bytes: &[u8], hints: &Hints, budget: &mut Budget) -> Result<Vec<Source>, SourceError> {
    let broken = || SourceError::NoArticle("The EPUB book has no list of its pages. Copy the article's text and paste it.".to_owned());
    let mut package = Package::open(bytes)?;
    if package.has("META-INF/encryption.xml") && package.has("META-INF/rights.xml") {
        return Err(SourceError::Unreadable(
            "It is an EPUB book that is encrypted. Copy the article's text from a reader and paste it.".to_owned(),
        ));
    }
    let container = xml::parse(&package.part("META-INF/container.xml", budget)?.ok_or_else(broken)?)?;
    let path = container.root.find("rootfile").and_then(|r| r.attribute("full-path")).ok_or_else(broken)?.to_owned();
    let list = xml::parse(&package.part(&path, budget)?.ok_or_else(broken)?)?;
    let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut pages: FxHashMap<&str, &str> = FxHashMap::default();
    for item in list.root.child("manifest").into_iter().flat_map(|m| m.elements()) {
        let contents = item.attribute("properties").is_some_and(|p| p.split(' ').any(|p| p == "nav"));
        if let (Some(id), Some(href), false) = (item.attribute("id"), item.attribute("href"), contents) {
            pages.insert(id, href);
        }
    }
    let mut rich = Rich::default();
    let words = |name: &str| list.root.child("metadata").and_then(|m| m.child(name)).map(|e| one_line(&e.text())).filter(|t| !t.is_empty());
    rich.meta.title = words("title");
    rich.meta.byline = words("creator");
    rich.meta.outlet = words("publisher");
    rich.meta.published = words("date").and_then(|d| Moment::parse(&d));
    rich.meta.language = words("language");
    let mut footnotes = 0;
    for page in list.root.child("spine").into_iter().flat_map(|s| s.elements()) {
        let Some(href) = page.attribute("idref").and_then(|id| pages.get(id)) else { continue };
        let name = format!("{folder}{}", href.split('#').next().unwrap_or(href).replace("%20", " "));
        let Some(part) = package.part(&name, budget)? else { continue };
        if let Ok(decoded) = decode::decode(&part, Some("utf-8")) {
            let body = decoded.text.find("<body").map_or(decoded.text.as_str(), |at| &decoded.text[at..]);
            let (paras, calls) = html::paras_of_book(body);
            rich.paras.extend(paras);
            footnotes += calls;
        }
    }
    rich.note_left_out(false, footnotes);
    rich.sources(bytes, hints, Format::Epub, "UTF-8")
}
