//! Whether a page is complete: a download that broke off looks like an article that tells less.

use crate::source::structure::ends_sentence;

/// Elements that HTML asks to be closed, unlike paragraphs and the body.
const CLOSED: &[&str] =
    &["article", "main", "section", "div", "script", "style", "figure", "header", "footer", "nav", "aside", "h1", "h2", "h3", "blockquote"];
/// Characters of the last words that are shown.
const SHOWN: usize = 30;

/// The last words of a page that breaks off: neither body nor page is closed, and it stops inside a tag, inside an element that has
/// to be closed, or inside a sentence.
pub(super) fn cut_off(html: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    if lower.contains("</html") || lower.contains("</body") {
        return None;
    }
    let tag = lower.rfind('<').filter(|at| !lower[*at..].contains('>'));
    let in_tag = tag.is_some_and(|at| lower[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!')));
    let whole = lower.contains("<html") || lower.contains("<body");
    let seen = &html[..tag.filter(|_| in_tag).unwrap_or(html.len())];
    let behind = seen.rfind('>').map_or(seen, |at| &seen[at + 1..]).trim();
    let in_sentence = whole && behind.contains(char::is_alphanumeric) && !ends_sentence(behind);
    if !(in_tag || in_sentence || CLOSED.iter().any(|name| stays_open(&lower, name))) {
        return None;
    }
    Some(last_words(seen))
}

/// Whether an element is opened more often than it is closed.
fn stays_open(lower: &str, name: &str) -> bool {
    let count = |start: &str| {
        lower
            .match_indices(start)
            .filter(|(at, _)| lower[at + start.len()..].starts_with(|c: char| !c.is_ascii_alphanumeric() && c != '-'))
            .count()
    };
    count(&format!("<{name}")) > count(&format!("</{name}"))
}

/// The end of the last piece of text that has words.
fn last_words(html: &str) -> String {
    let text = html.rsplit('>').map(|piece| piece.split('<').next().unwrap_or("").trim()).find(|t| t.contains(char::is_alphanumeric));
    let text = text.unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().rev().nth(SHOWN) {
        Some((at, _)) => format!("…{}", text[at..].split_once(' ').map_or(&text[at..], |(_, rest)| rest)),
        None => text,
    }
}
