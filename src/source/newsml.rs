//! What agencies send: NewsML-G2 with NITF, a page or plain text inside, and NITF alone.

use super::limits::MAX_ARTICLES;
use super::nitf::{self, authors, moment};
use super::rich::Rich;
use super::structure::one_line;
use super::xml::{self, Element};
use super::{Format, Hints, Note, Source, SourceError, html};

/// Reads one article or a message of several.
pub(super) fn read(bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, SourceError> {
    let parsed = xml::parse(bytes)?;
    let mut items = Vec::new();
    match parsed.root.name.as_str() {
        "nitf" | "newsItem" => items.push(&parsed.root),
        _ => parsed.root.find_all("newsItem", &mut items),
    }
    if items.is_empty() {
        parsed.root.find_all("nitf", &mut items);
    }
    let (mut sources, mut empty) = (Vec::new(), 0);
    for item in items.iter().take(MAX_ARTICLES) {
        match article(item).source(bytes, hints, Format::Newsml, parsed.encoding) {
            Ok(mut source) => {
                source.provenance.part = sources.len() as u32;
                sources.push(source);
            }
            Err(_) => empty += 1,
        }
    }
    let Some(first) = sources.first_mut() else {
        return Err(SourceError::NoArticle(
            "It is an agency's message without an article text in it. Copy the article's text and paste it.".to_owned(),
        ));
    };
    let mut notes = parsed.notes;
    if empty > 0 {
        notes.push(format!("{empty} of {} items hold no text (pictures or lists) and were left out.", items.len()));
    }
    first.notes.extend(notes.into_iter().map(|text| Note::new(hints.path.clone(), text)));
    Ok(sources)
}

fn article(item: &Element) -> Rich {
    let mut out = Rich::default();
    let words = |e: &Element, name: &str| e.find(name).map(|e| one_line(&e.text())).filter(|t| !t.is_empty());
    if item.name == "newsItem" {
        let meta = item.child("itemMeta");
        let of = |name: &str| meta.and_then(|m| m.child(name));
        out.meta.title = item.child("contentMeta").and_then(|m| words(m, "headline"));
        out.meta.outlet = of("provider")
            .and_then(|p| words(p, "name").or_else(|| p.attribute("literal").map(str::to_owned)))
            .or_else(|| item.find("copyrightHolder").and_then(|c| words(c, "name").or_else(|| c.attribute("literal").map(str::to_owned))));
        out.meta.published = of("versionCreated").or_else(|| of("firstCreated")).and_then(|e| moment(&e.text()));
        out.meta.byline = item.child("contentMeta").and_then(|m| words(m, "by")).map(|by| authors(&by));
        out.meta.place = item.child("contentMeta").and_then(|m| words(m, "dateline"));
        out.meta.language = item.find("language").and_then(|l| l.attribute("tag")).map(str::to_owned);
        if of("pubStatus").and_then(|s| s.attribute("qcode")).is_some_and(|q| q.ends_with("canceled") || q.ends_with("withheld")) {
            out.notes.push("The agency has withdrawn this article. Find out why before you use it.".to_owned());
        }
    }
    let inside = if item.name == "nitf" { Some(item) } else { item.find("nitf") };
    if let Some(inside) = inside {
        nitf::add(inside, &mut out);
    } else if let Some(page) = item.find("inlineXML") {
        out.paras = html::paras(&page.markup());
    } else if let Some(data) = item.find("inlineData") {
        for line in data.text().split("\n\n") {
            out.push(None, &one_line(line), false);
        }
    }
    out
}
