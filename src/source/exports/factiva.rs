//! Factiva: text and RTF, and pages with and without the names of fields.

use super::{Article, Export, WORDS, groups, groups_of_lines, number, paragraphs, words};
use crate::source::Moment;
use dom_query::{Document, Selection};
use regex::Regex;
use std::sync::LazyLock;

static END: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:Document|Dokument|Documento) [A-Za-z]{2,}\d{8,}\w+$").expect("the pattern is valid"));

/// Whether a line closes an article. Most are told by their first letters, and most files need no pattern at all.
fn ends_article(line: &str) -> bool {
    line.trim_start().starts_with("Do") && END.is_match(line.trim())
}

/// Whether lines are an export of it.
pub(super) fn is_export(lines: &[&str]) -> bool {
    lines.iter().any(|l| ends_article(l))
}

/// Whether a page is an export of it.
pub(super) fn is_page(page: &[u8]) -> bool {
    let has = |needle: &[u8]| memchr::memmem::find(page, needle).is_some();
    has(b"articleParagraph") && has(b"Article\"")
}

/// Reads the articles of text; each ends with the number of its document.
pub(super) fn read(lines: &[&str]) -> Export {
    let mut export = Export::of("factiva");
    let mut from = 0;
    for at in (0..lines.len()).filter(|i| ends_article(lines[*i])) {
        let section = &lines[from..at];
        from = at + 1;
        let Some(counted) = section.iter().position(|l| WORDS.is_match(l.trim())) else { continue };
        let mut article = Article { words: number(section[counted].trim()), ..Article::default() };
        let head = groups_of_lines(&section[..counted]);
        let byline = head.iter().skip(1).rfind(|l| l.starts_with("By ") || head.len() == 2);
        article.meta.byline = byline.map(|b| b.strip_prefix("By ").unwrap_or(b).to_owned());
        // A section's name may stand before the headline.
        article.meta.title = head.iter().rfind(|l| Some(*l) != byline).map(|l| (*l).to_owned());
        let after: Vec<usize> = (counted + 1..section.len()).filter(|i| !section[*i].trim().is_empty()).collect();
        let mut lines_after = after.iter().map(|i| (*i, section[*i].trim()));
        let mut body = counted + 1;
        let mut clock = String::new();
        while let Some((i, line)) = lines_after.next().filter(|(i, _)| *i < counted + 24) {
            body = i + 1;
            if article.meta.published.is_none() {
                if let Some(date) = Moment::parse(line) {
                    article.meta.published = Some(date);
                    continue;
                }
            } else if article.meta.outlet.is_none() {
                if line.len() <= 5 && line.contains(':') {
                    clock = line.to_owned();
                } else {
                    article.meta.outlet = Some(line.to_owned());
                }
                continue;
            }
            if line.starts_with("(c)") || line.starts_with("Copyright") || line.starts_with('©') {
                break;
            }
        }
        if let Some(date) = article.meta.published.filter(|_| !clock.is_empty()) {
            article.meta.published = Moment::parse(&format!("{} {clock}", date.date)).or(Some(date));
        }
        article.body = groups(&section[body.min(section.len())..]);
        export.articles.push(article);
    }
    export
}

/// Reads the articles of a page, with the names of their fields or without.
pub(super) fn of_page(document: &Document) -> Export {
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
                "WC" => one.words = number(&value_words),
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
        if !lines.iter().any(|l| ends_article(l)) {
            lines.push("Document NONE00000000x".to_owned());
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        export.articles.extend(read(&lines).articles);
    }
    export
}
