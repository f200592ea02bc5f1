//! Nexis: plain text of LexisNexis Academic, and documents of Nexis Uni and Lexis+.

use super::{Article, Export, NUMBER, groups, has, head_line, is_number, labelled, sections};
use crate::source::Moment;
use regex::Regex;
use std::sync::LazyLock;

static DOCUMENTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:Documents|Dokumente|Documentos) \((\d{1,6})\)$").expect("the pattern is valid"));

/// Whether lines are an export as text.
pub(super) fn is_text(lines: &[&str]) -> bool {
    lines.iter().any(|l| is_number(l)) && ["LENGTH:", "LÄNGE:", "LONGUEUR:", "LOAD-DATE:"].iter().any(|l| has(lines, l))
}

/// Whether lines are an export as a document, or its cover.
pub(super) fn is_document(lines: &[&str]) -> bool {
    let body = lines.iter().any(|l| is_body(l));
    let article = body && has(lines, "Length:") && (has(lines, "Copyright") || has(lines, "Load-Date:"));
    let cover = has(lines, "Documents (") && has(lines, "1. ") && lines.len() < 20_000 && !body;
    (article || cover) && (body || lines.iter().any(|l| DOCUMENTS.is_match(l.trim())))
}

/// Reads an export as text, in which each article is numbered.
pub(super) fn text(lines: &[&str]) -> Export {
    let mut export = Export::of("nexis");
    for line in lines {
        if let Some(c) = NUMBER.captures(line) {
            export.numbers.extend(c[1].parse::<usize>());
            export.declared = export.declared.or(c[2].parse().ok());
        }
    }
    for section in sections(lines, is_number) {
        let groups = groups(section);
        let mut article = Article::default();
        let first_label = groups.iter().position(|g| head_line(&mut Article::default(), g)).unwrap_or(groups.len().min(3));
        let head = &groups[..first_label];
        let dated = head.iter().position(|g| g.len() <= 80 && Moment::parse(g).is_some());
        if let Some(d) = dated {
            article.meta.published = Moment::parse(&head[d]);
            article.meta.outlet = d.checked_sub(1).map(|o| head[o].clone());
        } else {
            article.meta.outlet = head.first().cloned();
        }
        // An edition may stand between date and headline.
        article.meta.title = head.get(dated.map_or(1, |d| d + 1)..).and_then(<[String]>::last).cloned();
        let mut rest = &groups[first_label..];
        while let Some((first, more)) = rest.split_first().filter(|(g, _)| head_line(&mut article, g)) {
            debug_assert!(!first.is_empty());
            rest = more;
        }
        let ends = ["LOAD-DATE", "LANGUAGE", "SPRACHE", "LANGUE", "PUBLICATION-TYPE", "SUBJECT", "GRAPHIC", "UPDATE", "JOURNAL-CODE"];
        let end = rest
            .iter()
            .position(|g| {
                labelled(g).is_some_and(|(l, _)| ends.contains(&l.as_str()) && g.starts_with(|c: char| c.is_uppercase()) && is_capitals(g))
            })
            .or_else(|| rest.iter().position(|g| g.starts_with("Copyright ")))
            .unwrap_or(rest.len());
        article.body = rest[..end].to_vec();
        export.articles.push(article);
    }
    export
}

/// Whether the label of a line is in capitals.
fn is_capitals(line: &str) -> bool {
    line.split_once(':').is_some_and(|(label, _)| !label.chars().any(char::is_lowercase))
}

fn is_body(line: &str) -> bool {
    matches!(line.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}'), "Body" | "Corps" | "Textkörper")
}

/// Reads an export of Nexis Uni or Lexis+, which comes as a document.
pub(super) fn document(lines: &[&str]) -> Export {
    let mut export = Export::of("nexis");
    export.declared = lines.iter().find_map(|l| DOCUMENTS.captures(l.trim())).and_then(|c| c[1].parse().ok());
    let end = |l: &str| matches!(l.trim(), "End of Document" | "Ende des Dokuments" | "Fin du document");
    for section in lines.split(|l| end(l)) {
        if section.iter().any(|l| l.contains("We are sorry but there is an error in this document")) {
            export.notes.push(
                "One article failed when the archive exported it: “We are sorry but there is an error in this document”. Export it again."
                    .to_owned(),
            );
            continue;
        }
        let Some(body) = section.iter().position(|l| is_body(l)) else { continue };
        let mut article = Article::default();
        let head: Vec<&str> = section[..body].iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect();
        // The last date alone on a line; a cover that lists all articles may stand before the first.
        let Some(dated) =
            head.iter().rposition(|l| labelled(l).is_none() && l.len() <= 80 && !l.starts_with("Copyright") && Moment::parse(l).is_some())
        else {
            continue;
        };
        article.meta.published = Moment::parse(head[dated]);
        article.meta.outlet = dated.checked_sub(1).map(|o| head[o].to_owned());
        article.meta.title = dated.checked_sub(2).map(|t| head[t].to_owned());
        for line in &head[dated + 1..] {
            head_line(&mut article, line);
        }
        let groups = groups(&section[body + 1..]);
        let stop = |g: &String| {
            matches!(g.trim_end_matches('\u{a0}'), "Classification" | "Graphic" | "Notes")
                || labelled(g).is_some_and(|(l, _)| matches!(l.as_str(), "LOAD-DATE" | "PUBLICATION-TYPE" | "LANGUAGE" | "SUBJECT"))
        };
        let end = groups.iter().position(stop).unwrap_or(groups.len());
        article.body = groups[..end].to_vec();
        export.articles.push(article);
    }
    // A cover alone declares what other files hold.
    if export.articles.is_empty() || export.articles.len() == 1 && export.declared == Some(1) {
        export.declared = None;
    }
    export
}
