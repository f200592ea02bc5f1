//! What agencies send: NITF, alone or inside of NewsML-G2, and NewsML-G2 with a page or plain text inside.

use super::limits::MAX_ARTICLES;
use super::rich::Rich;
use super::structure::one_line;
use super::xml::{self, Element};
use super::{BlockKind, Format, Hints, Moment, Note, Source, SourceError, html, roles};

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
    let nitf = if item.name == "nitf" { Some(item) } else { item.find("nitf") };
    if let Some(nitf) = nitf {
        read_nitf(nitf, &mut out);
    } else if let Some(page) = item.find("inlineXML") {
        out.paras = html::paras(&page.markup());
    } else if let Some(data) = item.find("inlineData") {
        for line in data.text().split("\n\n") {
            out.push(None, &one_line(line), false);
        }
    }
    out
}

fn authors(byline: &str) -> String {
    roles::byline(byline).map_or_else(|| byline.trim_start_matches("By ").to_owned(), |found| found.authors)
}

fn read_nitf(nitf: &Element, out: &mut Rich) {
    let value = |element: &str, attribute: &str| nitf.find(element).and_then(|e| e.attribute(attribute)).map(str::to_owned);
    let words = |name: &str| nitf.find(name).map(|e| one_line(&e.text())).filter(|t| !t.is_empty());
    let meta = &mut out.meta;
    meta.outlet = meta
        .outlet
        .take()
        .or_else(|| value("pubdata", "name"))
        .or_else(|| words("distributor"))
        .or_else(|| value("doc.copyright", "holder"));
    meta.published = meta
        .published
        .or_else(|| value("date.issue", "norm").and_then(|d| moment(&d)))
        .or_else(|| value("pubdata", "date.publication").and_then(|d| moment(&d)));
    meta.byline = meta.byline.take().or_else(|| words("byline").map(|b| authors(&b)));
    meta.place = meta.place.take().or_else(|| words("location"));
    let title = words("hl1").or_else(|| words("title"));
    meta.title = meta.title.take().or_else(|| title.clone());
    if let Some(title) = title {
        out.push(Some(BlockKind::Headline), &title, false);
    }
    if let Some(head) = nitf.find("hedline") {
        for e in head.elements().filter(|e| e.name == "hl2") {
            out.push(Some(BlockKind::Standfirst), &one_line(&e.text()), false);
        }
    }
    if let Some(byline) = words("byline") {
        out.push(Some(BlockKind::Byline), &byline, false);
    }
    if let Some(dateline) = words("dateline") {
        out.push(Some(BlockKind::Dateline), &dateline, false);
    }
    if let Some(content) = nitf.find("body.content") {
        content_blocks(content, None, out);
    }
}

fn content_blocks(parent: &Element, around: Option<BlockKind>, out: &mut Rich) {
    for e in parent.elements() {
        let text = || one_line(&e.text());
        match e.name.as_str() {
            "p" => out.push(around, &text(), false),
            "hl1" | "hl2" | "hl3" | "h1" | "h2" | "h3" => out.push(Some(BlockKind::Subheading), &text(), false),
            "li" | "dt" | "dd" => out.push(Some(BlockKind::ListItem), &text(), false),
            "media-caption" | "figcaption" if e.elements().next().is_some() => content_blocks(e, Some(BlockKind::Caption), out),
            "media-caption" | "figcaption" => out.push(Some(BlockKind::Caption), &text(), false),
            "tr" => {
                let cells: Vec<String> = e.elements().map(Element::text).collect();
                out.push_row(&cells);
            }
            "media-metadata" | "media-reference" | "media-object" | "media-producer" => {}
            _ => content_blocks(e, around, out),
        }
    }
}

/// A time as these formats write it: "20240312T112000+0000" as well as with signs between.
fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    let digits = |from: usize, to: usize| text.get(from..to).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
    if let (Some(day), Some("T"), Some(time)) = (digits(0, 8), text.get(8..9), digits(9, 15)) {
        let zone = text.get(15..).unwrap_or("");
        return Moment::parse(&format!("{}-{}-{}T{}:{}:{}{zone}", &day[..4], &day[4..6], &day[6..], &time[..2], &time[2..4], &time[4..]));
    }
    Moment::parse(text)
}
