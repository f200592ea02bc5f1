//! NewsBank: a headline, a line of date and outlet, labels, a line that opens the text.

use super::{Article, Export, groups, groups_of_lines, has};
use crate::source::Moment;

/// Stands between head and text of an article.
const OPENS: &str = "Read News Document";

/// Whether lines are an export of it.
pub(super) fn is_export(lines: &[&str]) -> bool {
    lines.iter().any(|l| l.trim() == OPENS) && has(lines, "Record:")
}

/// Reads the articles.
pub(super) fn read(lines: &[&str]) -> Export {
    let mut export = Export::of("newsbank");
    let opens = |l: &str| l.trim() == OPENS;
    let at: Vec<usize> = (0..lines.len()).filter(|i| opens(lines[*i])).collect();
    let mut from = 0;
    for open in at {
        let head = groups_of_lines(&lines[from..open]);
        let mut article = Article::default();
        let place = head.iter().rposition(|l| l.split_once(" | ").is_some_and(|(date, _)| Moment::parse(date).is_some()));
        if let Some((d, (date, outlet))) = place.and_then(|d| head[d].split_once(" | ").map(|parts| (d, parts))) {
            article.meta.published = Moment::parse(date);
            let name = outlet.split(" (").next().unwrap_or(outlet).trim();
            article.meta.outlet = Some(name.strip_suffix(", The").map_or_else(|| name.to_owned(), |n| format!("The {n}")));
            article.meta.title = d.checked_sub(1).map(|t| head[t].to_owned());
            for field in head[d + 1..].iter().flat_map(|l| l.split(" | ")) {
                if let Some(name) = field.strip_prefix("Author/Byline:") {
                    article.meta.byline = Some(name.trim().to_owned()).filter(|n| !n.is_empty());
                }
            }
        }
        let rest = &lines[open + 1..];
        let end = rest.iter().position(|l| l.starts_with("Record:") || l.starts_with("Copyright") || opens(l)).unwrap_or(rest.len());
        // What closes an article is no headline of the next.
        let tail = rest[end..].iter().take_while(|l| l.trim().is_empty() || l.contains(':') || l.starts_with("Copyright")).count();
        from = open + 1 + end + tail;
        article.body = groups(&rest[..end]);
        export.articles.push(article);
    }
    export
}
