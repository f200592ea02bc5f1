//! NITF, as agencies send it alone or inside of NewsML-G2.

use super::rich::Rich;
use super::structure::one_line;
use super::xml::Element;
use super::{BlockKind, Moment, roles};

/// Adds what an article holds; what is known of it from around it stays.
pub(super) fn add(nitf: &Element, out: &mut Rich) {
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

/// The names in a byline.
pub(super) fn authors(byline: &str) -> String {
    roles::byline(byline).map_or_else(|| byline.trim_start_matches("By ").to_owned(), |found| found.authors)
}

/// A time as these formats write it: "20240312T112000+0000" as well as with signs between.
pub(super) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    let digits = |from: usize, to: usize| text.get(from..to).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
    if let (Some(day), Some("T"), Some(time)) = (digits(0, 8), text.get(8..9), digits(9, 15)) {
        let zone = text.get(15..).unwrap_or("");
        return Moment::parse(&format!("{}-{}-{}T{}:{}:{}{zone}", &day[..4], &day[4..6], &day[6..], &time[..2], &time[2..4], &time[4..]));
    }
    Moment::parse(text)
}
