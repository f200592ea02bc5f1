//! What a page says about its article: JSON-LD first, then `meta` elements, microdata and `time`.

use super::jsonld::{self, Special};
use crate::source::{Metadata, Moment};
use dom_query::Document;

/// What was found, before it is matched with the text of the page.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub meta: Metadata,
    /// Names as the page lists them.
    pub authors: Vec<String>,
    pub description: Option<String>,
    /// The whole article as JSON-LD gives it.
    pub body: Option<String>,
    /// What it is if not one article.
    pub special: Option<Special>,
    /// Titles that the page gives, best first, with the outlet's name still at their end.
    pub titles: Vec<String>,
}

/// Reads the head of the page and the marks in it.
pub(super) fn read(document: &Document) -> Found {
    let scripts: Vec<String> = document
        .select("script[type]")
        .iter()
        .filter(|s| s.attr("type").is_some_and(|t| t.trim().to_ascii_lowercase().starts_with("application/ld+json")))
        .map(|s| s.text().to_string())
        .collect();
    let ld = jsonld::read(&scripts).unwrap_or_default();
    let metas: Vec<(String, String)> = document
        .select("meta[content]")
        .iter()
        .filter_map(|m| {
            let name = m.attr("property").or_else(|| m.attr("name")).or_else(|| m.attr("itemprop")).or_else(|| m.attr("http-equiv"))?;
            let content = super::clean(&m.attr("content")?);
            (!content.is_empty()).then(|| (name.trim().to_lowercase(), content))
        })
        .collect();
    let meta = |names: &[&str]| names.iter().find_map(|n| metas.iter().find(|(name, _)| name == n).map(|(_, value)| value.clone()));
    let moment = |text: Option<String>| text.and_then(|t| stamp(&t));

    let mut found = Found { body: ld.body, special: ld.special, ..Found::default() };
    found.description = ld.description.or_else(|| meta(&["og:description", "description", "twitter:description", "dc.description"]));
    let title = super::clean(&document.select("head title").text());
    let heading = ld.headline.filter(|h| !h.is_empty());
    found.titles = [
        heading,
        meta(&["og:title"]),
        meta(&["twitter:title", "dc.title", "dcterms.title", "headline", "title", "parsely-title", "sailthru.title", "citation_title"]),
        item(document, "headline"),
        Some(title).filter(|t| !t.is_empty()),
    ]
    .into_iter()
    .flatten()
    .collect();

    found.authors = ld.authors;
    if found.authors.is_empty() {
        let names: Vec<String> = metas
            .iter()
            .filter(|(name, _)| {
                matches!(
                    name.as_str(),
                    "author"
                        | "article:author"
                        | "parsely-author"
                        | "sailthru.author"
                        | "dc.creator"
                        | "dcterms.creator"
                        | "byl"
                        | "citation_author"
                        | "cxenseparse:author"
                )
            })
            .map(|(_, value)| value.strip_prefix("By ").unwrap_or(value).trim().to_owned())
            .filter(|v| {
                !v.starts_with("http") && !v.contains(".com") && v.len() <= 100 && !v.starts_with('@') && v.chars().any(char::is_alphabetic)
            })
            .collect();
        for name in names {
            if !found.authors.iter().any(|a| a.contains(&name) || name.contains(a.as_str())) {
                found.authors.push(name);
            }
        }
    }
    if found.authors.is_empty() {
        found.authors.extend(authors_marked(document));
    }

    let m = &mut found.meta;
    m.outlet = ld
        .outlet
        .filter(|o| o.len() <= 60)
        .or_else(|| meta(&["og:site_name", "application-name", "dc.publisher", "publisher", "cre"]))
        .map(|o| o.trim().to_owned())
        .filter(|o| !o.is_empty());
    m.published = ld.published.as_deref().and_then(stamp).or_else(|| {
        moment(meta(&[
            "article:published_time",
            "og:article:published_time",
            "og:published_time",
            "datepublished",
            "date_published",
            "article.published",
            "parsely-pub-date",
            "sailthru.date",
            "dc.date",
            "dc.date.issued",
            "dcterms.created",
            "dcterms.date",
            "date",
            "pubdate",
            "ptime",
            "pdate",
            "publish-date",
            "publish_date",
            "publishdate",
            "publication_date",
            "originalpublicationdate",
            "citation_publication_date",
            "cxenseparse:recs:publishtime",
            "article_date_original",
        ]))
    });
    m.published = m.published.or_else(|| item_date(document, "datePublished")).or_else(|| time_element(document));
    m.updated = ld.modified.as_deref().and_then(stamp).or_else(|| {
        moment(meta(&[
            "article:modified_time",
            "og:updated_time",
            "datemodified",
            "article.updated",
            "dcterms.modified",
            "last-modified",
            "lastmod",
            "utime",
        ]))
    });
    m.updated = m.updated.or_else(|| item_date(document, "dateModified"));
    let canonical = document.select("link[rel=canonical]").attr("href").map(|h| h.to_string());
    m.url = canonical
        .filter(|u| u.starts_with("http"))
        .or_else(|| meta(&["og:url"]))
        .or(ld.url)
        .filter(|u| u.starts_with("http") && !u.contains(char::is_whitespace));
    if m.published.is_none()
        && let Some(url) = &m.url
    {
        m.published = date_in_url(url);
    }
    m.language = document
        .select("html")
        .attr("lang")
        .map(|l| l.trim().to_string())
        .filter(|l| !l.is_empty() && l.len() <= 12)
        .or_else(|| ld.language.filter(|l| l.len() <= 12))
        .or_else(|| meta(&["og:locale", "content-language", "dc.language"]).filter(|l| l.len() <= 12));
    found
}

/// A point in time as metadata writes it: also seconds since 1970.
fn stamp(text: &str) -> Option<Moment> {
    let text = text.trim();
    if (text.len() == 10 || text.len() == 13) && text.bytes().all(|b| b.is_ascii_digit()) {
        let seconds: i64 = text.get(..10)?.parse().ok()?;
        let time = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
        return Some(Moment { date: time.date(), time: Some(time.time()), offset_minutes: Some(0) });
    }
    Moment::parse(text)
}

fn item(document: &Document, prop: &str) -> Option<String> {
    let selection = document.select(&format!("[itemprop~={prop}]"));
    let node = selection.first();
    let text = node.attr("content").map(|c| c.to_string()).unwrap_or_else(|| node.text().to_string());
    Some(super::clean(&text)).filter(|t| !t.is_empty() && t.len() < 400)
}

fn item_date(document: &Document, prop: &str) -> Option<Moment> {
    document.select(&format!("[itemprop~={prop}]")).iter().find_map(|node| {
        let value =
            node.attr("datetime").or_else(|| node.attr("content")).map(|v| v.to_string()).unwrap_or_else(|| node.text().to_string());
        stamp(&value)
    })
}

/// The date of the `time` element that is most surely that of the article.
fn time_element(document: &Document) -> Option<Moment> {
    let mut best: Option<(u32, Moment)> = None;
    for time in document.select("time").iter().take(60) {
        let value = time.attr("datetime").map(|v| v.to_string()).unwrap_or_else(|| time.text().to_string());
        let Some(moment) = stamp(&value) else { continue };
        let labels = format!("{} {}", time.attr("class").unwrap_or_default(), time.attr("id").unwrap_or_default()).to_lowercase();
        let mut rank = 1;
        if time.has_attr("pubdate") || labels.contains("publish") || labels.contains("pubdate") || labels.contains("entry-date") {
            rank += 2;
        }
        if labels.contains("update") || labels.contains("modif") {
            rank = 0;
        }
        if best.as_ref().is_none_or(|(r, _)| rank > *r) {
            best = Some((rank, moment));
        }
    }
    best.map(|(_, moment)| moment)
}

/// Names in elements that say they hold an author.
fn authors_marked(document: &Document) -> Vec<String> {
    for selector in [
        "[itemprop~=author] [itemprop~=name]",
        "[itemprop~=author]",
        "[rel~=author]",
        ".byline-name",
        ".author-name",
        ".byline a",
        ".author a",
        ".byline",
        ".author",
    ] {
        let mut names: Vec<String> = Vec::new();
        for node in document.select(selector).iter().take(6) {
            let value = node.attr("content").map(|c| c.to_string()).unwrap_or_else(|| node.text().to_string());
            let value = super::clean(&value);
            let name = value.strip_prefix("By ").or_else(|| value.strip_prefix("by ")).unwrap_or(&value).trim().to_owned();
            let words = name.split_whitespace().count();
            if (2..=6).contains(&words)
                && name.len() <= 60
                && name.starts_with(char::is_uppercase)
                && !name.contains(['|', ':', '@', '.'])
                && !names.contains(&name)
                && Moment::parse(&name).is_none()
            {
                names.push(name);
            }
        }
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// Addresses often hold the day: `/2020/08/03/`, `/2020/aug/03/`, `-20200803`.
fn date_in_url(url: &str) -> Option<Moment> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let parts: Vec<&str> = path.split('/').collect();
    for w in parts.windows(3) {
        if w[0].len() == 4 && w[0].starts_with(['1', '2']) && w[2].len() <= 2 {
            let candidate = if w[1].bytes().all(|b| b.is_ascii_digit()) {
                format!("{}-{}-{}", w[0], w[1], w[2])
            } else {
                format!("{} {} {}", w[2], w[1], w[0])
            };
            if let Some(moment) = Moment::parse(&candidate) {
                return Some(moment);
            }
        }
    }
    parts.iter().find_map(|p| Moment::parse(p).filter(|_| p.bytes().filter(u8::is_ascii_digit).count() >= 8))
}
