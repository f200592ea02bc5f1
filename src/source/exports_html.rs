//! Exports of press archives as web pages: Factiva with and without the names of its fields, Europresse.

use super::exports::{self, Article, Export};
use super::structure::one_line;
use super::{Format, Hints, Moment, Source, SourceError, decode, html};
use dom_query::{Document, Selection};

/// Reads the articles of an export; `None` where the page is none.
pub(super) fn read(bytes: &[u8], hints: &Hints) -> Option<Result<Vec<Source>, SourceError>> {
    let has = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
    let factiva = has(b"articleParagraph") && has(b"Article\"");
    let europresse = has(b"DocPublicationName") || has(b"TitreArticleVisu") || has(b"titreArticleVisu");
    if !factiva && !europresse {
        return None;
    }
    let decoded = decode::decode(bytes, html::charset_label(bytes).as_deref()).ok()?;
    let export = html::on_large_stack(|| {
        let document = Document::from(html::limit_depth(&decoded.text).as_ref());
        if factiva { of_factiva(&document) } else { of_europresse(&document) }
    })
    .ok()?;
    if export.articles.is_empty() {
        return None;
    }
    Some(export.sources(bytes, hints, Format::Html, decoded.encoding, decoded.notes))
}

fn words(selection: &Selection) -> Option<String> {
    Some(one_line(&selection.text())).filter(|t| !t.is_empty())
}

fn paragraphs(selection: &Selection) -> Vec<String> {
    html::paras_here(&selection.inner_html()).into_iter().map(|p| p.text).collect()
}

fn of_factiva(document: &Document) -> Export {
    let mut export = Export::of("factiva");
    for article in document.select("div.article").iter() {
        let mut one = Article::default();
        let mut tagged = false;
        for row in article.select("tr").iter() {
            let cells: Vec<Selection> = row.select("td").iter().collect();
            let [code, value, ..] = cells.as_slice() else { continue };
            let Some(value_words) = words(value) else { continue };
            let code = words(code).unwrap_or_default();
            match code.trim_matches('\u{a0}') {
                "HD" => (tagged, one.meta.title) = (true, Some(value_words)),
                "BY" => one.meta.byline = Some(value_words.strip_prefix("By ").unwrap_or(&value_words).to_owned()),
                "WC" => one.words = exports::number(&value_words),
                "PD" => one.meta.published = Moment::parse(&value_words),
                "ET" => {
                    let day = one.meta.published.map(|p| p.date);
                    one.meta.published = day.and_then(|d| Moment::parse(&format!("{d} {value_words}"))).or(one.meta.published);
                }
                "SN" => one.meta.outlet = Some(value_words),
                "LP" | "TD" => one.body.extend(paragraphs(value)),
                _ => {}
            }
        }
        if tagged {
            export.articles.push(one);
            continue;
        }
        let mut lines: Vec<String> = paragraphs(&article).into_iter().flat_map(|p| [p, String::new()]).collect();
        if !lines.iter().any(|l| exports::ends_factiva(l)) {
            lines.push("Document NONE00000000x".to_owned());
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        export.articles.extend(exports::factiva(&lines).articles);
    }
    export
}

fn of_europresse(document: &Document) -> Export {
    let mut export = Export::of("europresse");
    for article in document.select("article").iter() {
        let first = |selector: &str| words(&article.select_single(selector));
        let mut one = Article::default();
        one.meta.outlet = first(".DocPublicationName").map(|o| o.split(", no.").next().unwrap_or(&o).trim().to_owned());
        let header = first(".DocHeader");
        one.words = header.as_deref().and_then(exports::words_in);
        // The number of the document has a date that can be read in one way only.
        let number = first(".publiC-lblNodoc").and_then(|n| Moment::parse(&n));
        one.meta.published = number.or_else(|| header.as_deref().and_then(Moment::parse));
        one.meta.title = first(".titreArticle").or_else(|| first(".titreArticleVisu"));
        one.meta.byline = first(".docAuthors").map(|a| a.strip_prefix("By ").unwrap_or(&a).to_owned());
        let body = article.select_single(".docOcurrContainer");
        one.body = if body.exists() { paragraphs(&body) } else { paragraphs(&article.select_single(".DocText")) };
        if one.meta.title.is_some() || !one.body.is_empty() {
            export.articles.push(one);
        }
    }
    export
}
