//! What a file's name says about an article: the last resort for outlet and date.

use super::{Metadata, Moment, Source};

/// Fills what is still unknown from names such as `2020-08-03_Westhaven-Post_bridge.txt`.
pub(super) fn complete(meta: &mut Metadata, path: &str) {
    let name = path.rsplit(['/', '\\']).next().unwrap_or("");
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.is_empty() || stem == "-" {
        return;
    }
    let dated = date_in(stem);
    if let Some((moment, _)) = &dated {
        meta.published.get_or_insert(*moment);
    }
    if meta.outlet.is_none() {
        meta.outlet = outlet_in(stem, dated.map(|(_, text)| text));
    }
}

/// What to call an article whose outlet is not known: its server, or its file, with its number where a file holds several.
pub(crate) fn label(source: &Source) -> Option<String> {
    let server = source.meta.url.as_deref().and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
    let server = server.and_then(|rest| rest.split(['/', '?', '#', ':']).next()).map(|host| host.trim_start_matches("www."));
    if let Some(server) = server.filter(|s| s.contains('.')) {
        return Some(server.to_owned());
    }
    let file = of_file(&source.provenance.path)?;
    Some(if source.provenance.part == 0 { file } else { format!("{file} {}", source.provenance.part + 1) })
}

/// "the-harbour-post.txt" is "The Harbour Post"; names that hold capitals, digits or one word stay as they are.
fn of_file(path: &str) -> Option<String> {
    let stem = std::path::Path::new(path).file_stem()?.to_str().filter(|s| *s != "-")?;
    let plain = stem.contains('-') && stem.split('-').all(|w| !w.is_empty() && w.chars().all(char::is_lowercase));
    Some(if plain { stem.split('-').map(capitalised).collect::<Vec<_>>().join(" ") } else { stem.to_owned() })
}

/// A date in digits, year first, and its words.
fn date_in(stem: &str) -> Option<(Moment, &str)> {
    let (moment, range) = super::dates::find(stem)?;
    let words = &stem[range];
    words.starts_with(|c: char| c.is_ascii_digit()).then_some((Moment { time: None, offset_minutes: None, ..moment }, words))
}

/// The first part of a name in parts that is made of letters: only where a date stands beside it, or where an
/// underscore or a dash between blanks parts it from a longer rest.
fn outlet_in(stem: &str, date: Option<&str>) -> Option<String> {
    let rest = date.map_or_else(|| stem.to_owned(), |d| stem.replacen(d, "_", 1));
    let parts: Vec<&str> = rest
        .split(['_', '|'])
        .flat_map(|p| p.split(" - "))
        .map(|p| p.trim_matches(['-', ' ', '.', '(', ')']))
        .filter(|p| !p.is_empty())
        .collect();
    if date.is_none() && parts.len() < 2 {
        return None;
    }
    let first = *parts.first()?;
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    // "v01", "10", "doc3", hashes and whole headlines are no outlets.
    let digits = first.chars().filter(|c| c.is_ascii_digit()).count();
    let words = first.split(['-', ' ']).filter(|w| !w.is_empty()).count();
    let generic =
        ["article", "doc", "document", "file", "page", "story", "text", "version", "untitled", "news", "index", "sample", "test", "copy"];
    if letters < 2 || digits > 0 || words > 4 || generic.contains(&first.to_lowercase().as_str()) {
        return None;
    }
    Some(if first.chars().any(char::is_uppercase) {
        first.replace('-', " ")
    } else {
        first.split('-').map(capitalised).collect::<Vec<_>>().join(" ")
    })
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
