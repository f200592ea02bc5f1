//! Europresse: pages with an element an article.

use super::{Article, Export, paragraphs, words, words_in};
use crate::source::Moment;
use dom_query::Document;

/// Whether a page is an export of it.
pub(super) fn is_page(page: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [b"DocPublicationName", b"TitreArticleVisu", b"titreArticleVisu"];
    marks.iter().any(|mark| memchr::memmem::find(page, mark).is_some())
}

/// Reads the articles of a page.
pub(super) fn of_page(document: &Document) -> Export {
    let mut export = Export::of("europresse");
    for article in document.select("article").iter() {
        let first = |selector: &str| words(&article.select_single(selector));
        let mut one = Article::default();
        one.meta.outlet = first(".DocPublicationName").map(|o| o.split(", no.").next().unwrap_or(&o).trim().to_owned());
        let header = first(".DocHeader");
        one.words = header.as_deref().and_then(words_in);
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
