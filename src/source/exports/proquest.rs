//! ProQuest: text with a rule between articles and labels before their parts.

use super::{Article, Export, NUMBER, groups, has, is_number};
use crate::source::markdown::join_names;
use crate::source::{Metadata, Moment};

/// Whether lines are an export of it.
pub(super) fn is_export(lines: &[&str]) -> bool {
    lines.iter().any(|l| is_rule(l)) && has(lines, "Full text:") && (has(lines, "Publication info:") || has(lines, "Publication title:"))
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 40 && line.bytes().all(|b| b == b'_')
}

/// Reads the articles between the rules.
pub(super) fn read(lines: &[&str]) -> Export {
    let mut export = Export::of("proquest");
    let known = [
        "Author",
        "Publication info",
        "Abstract",
        "Full text",
        "Subject",
        "Title",
        "Publication title",
        "Publication date",
        "Publication year",
        "Publisher",
        "Place of publication",
        "Country of publication",
        "Language of publication",
        "Source type",
        "Document type",
        "ProQuest document ID",
        "Document URL",
        "Copyright",
        "Last updated",
        "Database",
        "Location",
        "Section",
        "Pages",
        "ISSN",
        "Links",
        "Company / organization",
        "People",
        "First page",
        "Column",
        "Dateline",
        "Credit",
        "Illustration",
        "Identifier / keyword",
    ];
    for section in lines.split(|l| is_rule(l)) {
        if let Some(c) = section.iter().find_map(|l| NUMBER.captures(l)) {
            export.numbers.extend(c[1].parse::<usize>());
            export.declared = export.declared.or(c[2].parse().ok());
        }
        let groups: Vec<String> = groups(section).into_iter().filter(|g| !is_number(g)).collect();
        let label = |g: &str| known.iter().find_map(|k| g.strip_prefix(k)?.strip_prefix(':').map(|v| (*k, v.trim().to_owned())));
        let Some(text) = groups.iter().position(|g| g.starts_with("Full text:")) else {
            if let Some(title) = groups.first().filter(|_| groups.iter().any(|g| g.starts_with("Publication info:"))) {
                export
                    .articles
                    .push(Article { meta: Metadata { title: Some(title.clone()), ..Metadata::default() }, ..Article::default() });
            }
            continue;
        };
        let mut article = Article::default();
        article.meta.title = groups.first().filter(|g| label(g).is_none()).cloned();
        let end = (text + 1..groups.len()).find(|i| label(&groups[*i]).is_some()).unwrap_or(groups.len());
        let mut info = None;
        for (name, value) in groups[..text].iter().chain(&groups[end..]).filter_map(|g| label(g)).filter(|(_, v)| !v.is_empty()) {
            match name {
                "Author" => article.meta.byline = Some(join_names(&value.split("; ").map(str::to_owned).collect::<Vec<_>>())),
                "Title" => article.meta.title = article.meta.title.or(Some(value)),
                "Publication title" => article.meta.outlet = Some(value),
                "Publication date" => article.meta.published = Moment::parse(&value),
                "Dateline" => article.meta.place = Some(value),
                "Document URL" => article.meta.url = Some(value),
                "Publication info" => info = Some(value),
                _ => {}
            }
        }
        if let Some(info) = info {
            article.meta.published = article.meta.published.or_else(|| Moment::parse(&info));
            article.meta.outlet = article.meta.outlet.or_else(|| info.split(" ; ").next().map(|o| o.trim().to_owned()));
        }
        let first = groups[text]["Full text:".len()..].trim().to_owned();
        if !first.to_lowercase().starts_with("not available") {
            article.body = std::iter::once(first).chain(groups[text + 1..end].iter().cloned()).filter(|p| !p.is_empty()).collect();
        }
        export.articles.push(article);
    }
    export
}
