//! What a paragraph is for: the marks by which bylines, datelines and metadata lines are known. Words are tables in
//! `assets/lang/`.

use super::dates;
use super::{Metadata, Moment};
use crate::base::table_lines;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a byline says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Byline {
    /// The authors as printed, without "By", agency and date.
    pub authors: String,
    pub agency: Option<String>,
    pub date: Option<Moment>,
}

/// Reads "By Jane Holt and Omar Reyes, Associated Press | July 3, 2020".
pub(super) fn byline(text: &str) -> Option<Byline> {
    let text = text.trim();
    if text.len() > 200 || text.contains('\n') && text.lines().count() > 3 {
        return None;
    }
    let rest =
        ["By ", "BY ", "by ", "By: ", "BY: ", "Words by ", "Story by ", "Written by ", "From "].iter().find_map(|p| text.strip_prefix(p));
    let (rest, sure) = match rest {
        Some(rest) => (rest.trim(), true),
        None => (text, false),
    };
    if text.starts_with("From ") && !rest.contains(" in ") {
        return None;
    }
    // What follows a bar or a dash is a date, an outlet or a place.
    let cut = [" | ", " • ", " · ", " – ", " — ", " - ", "\n", " Published", " Updated", " Posted", "\t"]
        .iter()
        .filter_map(|sep| rest.find(sep))
        .min()
        .unwrap_or(rest.len());
    let (mut names, tail) = rest.split_at(cut);
    let date = dates::find(tail).or_else(|| dates::find(names));
    if let Some((_, range)) = dates::find(names) {
        names = names[..range.start].trim_end_matches([' ', ',', ';', '(', 'o', 'n']);
    }
    let mut agency = None;
    let mut parts: Vec<&str> = names.split(", ").collect();
    while parts.len() > 1 {
        let last = parts[parts.len() - 1].trim_end_matches('.');
        if let Some(name) = agency_name(last) {
            agency = Some(name.to_owned());
        } else if !has_role(last) {
            break;
        }
        parts.pop();
    }
    let names = parts.join(", ");
    let names = names.trim().trim_end_matches([',', ';', ':']).trim();
    if let Some(name) = agency_name(names) {
        agency.get_or_insert_with(|| name.to_owned());
    }
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase)
            || matches!(
                word,
                "and"
                    | "&"
                    | "with"
                    | "in"
                    | "for"
                    | "of"
                    | "the"
                    | "de"
                    | "la"
                    | "van"
                    | "von"
                    | "der"
                    | "den"
                    | "al"
                    | "bin"
                    | "el"
                    | "di"
                    | "da"
                    | "du"
                    | "le"
                    | "dos"
                    | "at"
            )
    };
    let count = names.split_whitespace().count();
    let ends_well = !names.ends_with(['.', '!', '?', ':']) || names.ends_with("Jr.") || names.ends_with("Sr.");
    let all_names = (1..=14).contains(&count) && ends_well && names.split_whitespace().all(is_name);
    let agency_alone = agency.is_some() && (1..=4).contains(&count);
    if !all_names && !agency_alone {
        return None;
    }
    // Without "By", only a name with a role or a date after it is a byline.
    let dated = || date.is_some() && cut < rest.len() && text.len() <= 80 && is_name(names);
    if !(sure || dated() || text.contains(", ") && (2..=4).contains(&count) && parts_have_role(text, names)) {
        return None;
    }
    Some(Byline { authors: names.to_owned(), agency, date: date.map(|(d, _)| d) })
}

fn parts_have_role(text: &str, names: &str) -> bool {
    text.len() <= 80
        && !text.ends_with('.')
        && text.get(names.len()..).is_some_and(|rest| has_role(rest) && rest.split_whitespace().count() <= 4)
}

/// Whether words are a person's name and nothing else: two to four with capitals, the first a given name.
pub(super) fn is_name(text: &str) -> bool {
    static GIVEN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let names = table_lines(include_str!("../../assets/lang/en/given-names.txt")).filter_map(|l| l.split_once('\t'));
        names.flat_map(|(_, names)| names.split(' ')).collect()
    });
    let capital =
        |w: &str| w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
    let count = text.split_whitespace().count();
    let plain = |w: &str| w.nfd().filter(|c| c.is_alphabetic() && !is_combining_mark(*c)).flat_map(char::to_lowercase).collect::<String>();
    (2..=4).contains(&count)
        && text.len() <= 60
        && text.split_whitespace().all(capital)
        && text.split([' ', '-']).next().is_some_and(|first| GIVEN.contains(plain(first).as_str()))
        && !is_outlet(text)
}

/// Whether a line is an outlet's name: "The Harbour Post", "WESTHAVEN DAILY NEWS".
pub(super) fn is_outlet(text: &str) -> bool {
    static LAST_WORDS: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| table_lines(include_str!("../../assets/lang/en/media-words.txt")).collect());
    let count = text.split_whitespace().count();
    let named = text.split_whitespace().all(|w| w.starts_with(char::is_uppercase) || matches!(w, "of" | "the" | "and"));
    let last = text.split_whitespace().next_back().map(str::to_lowercase);
    (2..=5).contains(&count) && text.len() <= 50 && named && last.is_some_and(|w| LAST_WORDS.contains(w.as_str()))
}

/// Whether a line is a section's name or a path through sections: "World", "News | Region", "Home > Sport".
pub(super) fn is_section(text: &str) -> bool {
    static SECTIONS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| table_lines(include_str!("../../assets/lang/en/sections.txt")).collect());
    let mut parts = text.split(['|', '>', '›', '»', '/', '·']);
    let first = parts.next().unwrap_or("").trim().to_lowercase();
    text.len() <= 60 && SECTIONS.contains(first.as_str()) && parts.all(|p| p.split_whitespace().count() <= 3)
}

/// Whether words tell what somebody who writes does: "staff writer".
pub(super) fn has_role(text: &str) -> bool {
    static ROLES: LazyLock<Vec<&str>> = LazyLock::new(|| table_lines(include_str!("../../assets/lang/en/byline-roles.txt")).collect());
    text.split(|c: char| !c.is_alphabetic()).any(|w| ROLES.contains(&w.to_lowercase().as_str()))
}

/// The name to show of an agency, if the text is one.
pub(crate) fn agency_name(text: &str) -> Option<&'static str> {
    if text.len() > 40 {
        return None;
    }
    let lower = text.trim().to_lowercase();
    table_lines(include_str!("../../assets/lang/en/agencies.txt"))
        .filter_map(|l| l.split_once('\t'))
        .find(|(k, _)| *k == lower)
        .map(|(_, name)| name)
}

/// What a dateline says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Dateline {
    pub place: String,
    pub agency: Option<String>,
    pub date: Option<Moment>,
    /// Where the sentence after it starts.
    pub end: usize,
}

/// Reads "SEOUL, South Korea, July 29, 2020 (Reuters) — " at the start of a paragraph.
pub(super) fn dateline(text: &str) -> Option<Dateline> {
    let head: usize = text.chars().take(100).map(char::len_utf8).sum();
    let head = &text[..head];
    // The dash that ends it: after a blank or a bracket.
    let (at, dash) = head.char_indices().find(|&(i, c)| {
        matches!(c, '—' | '–') && head[..i].ends_with([' ', ')', '\u{a0}'])
            || c == '—'
            || c == '-' && head[..i].ends_with([' ', ')']) && head[i + 1..].starts_with([' ', '-', '\u{a0}'])
    })?;
    let mut end = at + dash.len_utf8();
    end += text[end..].len() - text[end..].trim_start_matches(['-', ' ', '\u{a0}', '\n']).len();
    let before = head[..at].trim();
    let (place, agency) = match before.split_once('(') {
        Some((place, rest)) => {
            let inner = rest.strip_suffix(')')?;
            if inner.contains(['(', '.']) && !inner.ends_with('.') || inner.split_whitespace().count() > 5 {
                return None;
            }
            (place.trim(), Some(inner.trim()))
        }
        None => (before, None),
    };
    let date = dates::find(place).map(|(d, _)| d);
    // The place is what stands before the first comma that a date or a country follows.
    let place = place.trim_end_matches([',', ' ']);
    let first = place.split(',').next().unwrap_or("").trim();
    let shouted = first.chars().filter(|c| c.is_alphabetic()).count() >= 2 && first.chars().all(|c| !c.is_lowercase());
    let capitals = !first.is_empty()
        && first.split_whitespace().count() <= 4
        && first
            .split([' ', '/', '-'])
            .all(|w| w.starts_with(char::is_uppercase) || matches!(w, "de" | "la" | "of" | "the" | "al" | "am" | "" | "upon" | "on"));
    let short = place.split_whitespace().count() <= 8 && !place.contains(['“', '"', '?', '!', ';', ':']);
    // In small letters it needs an agency: "Westhaven – a town of 300 – voted" is a sentence.
    if !(capitals && short && (shouted || agency.is_some())) {
        return None;
    }
    let name = agency.map(|a| agency_name(a).map_or_else(|| a.to_owned(), str::to_owned));
    Some(Dateline { place: title_case(first), agency: name, date, end })
}

/// How many bytes at the start of a paragraph are its dateline, 0 if it has none.
pub(crate) fn dateline_len(text: &str) -> usize {
    dateline(text).map_or(0, |d| d.end)
}

/// "NEW YORK" as "New York"; other words stay.
pub(super) fn title_case(text: &str) -> String {
    if text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    for c in text.chars() {
        if start {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphanumeric() && c != '\'' && c != '’' && c != '.';
    }
    out
}

/// What a line `Key: value` at the head gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Published,
    Updated,
    Outlet,
    Title,
    Byline,
    Url,
    Language,
    Skip,
}

/// The field of a label such as "Published" or "date".
pub(super) fn field(label: &str) -> Option<Field> {
    if label.len() > 30 {
        return None;
    }
    let lower = label.trim().to_lowercase().replace('_', " ");
    let (_, field) = table_lines(include_str!("../../assets/lang/en/metadata-keys.txt"))
        .filter_map(|l| l.split_once('\t'))
        .find(|(k, _)| *k == lower)?;
    Some(match field {
        "published" => Field::Published,
        "updated" => Field::Updated,
        "outlet" => Field::Outlet,
        "title" => Field::Title,
        "byline" => Field::Byline,
        "url" => Field::Url,
        "language" => Field::Language,
        _ => Field::Skip,
    })
}

/// Splits `Published: 3 August 2020` at its colon.
pub(super) fn labelled(line: &str) -> Option<(Field, &str)> {
    let (label, value) = line.split_once(':')?;
    let value = value.trim();
    (!value.is_empty()).then_some(())?;
    Some((field(label.trim_matches(['*', ' ']))?, value.trim_matches(['*', ' '])))
}

/// Puts a value where it belongs, if it can be read and nothing is there yet.
pub(super) fn set(meta: &mut Metadata, field: Field, value: &str) -> bool {
    let fill = |slot: &mut Option<String>| {
        slot.get_or_insert_with(|| value.to_owned());
        true
    };
    match field {
        Field::Published => {
            // "April 13, 2021 · Updated April 14, 2021"
            let again = value.get(1..).and_then(|v| v.to_ascii_lowercase().find("updated")).and_then(|at| value.get(at + 1..));
            if let Some(updated) = again.and_then(Moment::parse) {
                meta.updated.get_or_insert(updated);
            }
            Moment::parse(value).map(|m| meta.published.get_or_insert(m)).is_some()
        }
        Field::Updated => Moment::parse(value).map(|m| meta.updated.get_or_insert(m)).is_some(),
        Field::Outlet => value.len() <= 80 && fill(&mut meta.outlet),
        Field::Title => fill(&mut meta.title),
        Field::Byline => {
            let names = value.get(..3).filter(|by| by.eq_ignore_ascii_case("by ")).map_or(value, |_| value[3..].trim());
            value.len() <= 200 && {
                meta.byline.get_or_insert_with(|| names.to_owned());
                true
            }
        }
        Field::Url => (value.contains("://") || value.starts_with("www.")) && !value.contains(' ') && fill(&mut meta.url),
        Field::Language => value.len() <= 20 && fill(&mut meta.language),
        Field::Skip => value.len() <= 60,
    }
}

/// Reads a line that is nothing but a date with, at most, an outlet before it: "The Westhaven Post, 3 August 2020",
/// "Published 3 August 2020 at 10:15", "Updated 2 Aug 2020 | 4 min read".
pub(super) fn date_line(line: &str, meta: &mut Metadata) -> bool {
    if line.len() > 120 {
        return false;
    }
    let Some((moment, range)) = dates::find(line) else { return false };
    let before =
        line[..range.start].trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '·' | '•' | '-' | '–' | '—' | ':' | '('));
    let after = line[range.end..]
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '·' | '•' | '-' | '–' | '—' | ')' | '.' | '/'));
    let lower = before.to_lowercase();
    let labels = ["published", "first published", "posted", "published on", "published at", "posted on", "date", "on", "published:", ""];
    let updates = [
        "updated",
        "last updated",
        "updated on",
        "last updated on",
        "modified",
        "modified on",
        "last modified",
        "last modified on",
        "updated at",
        "last updated at",
    ];
    let after_lower = after.to_lowercase();
    // After the date: a second date, a reading time, nothing.
    let after_ok = after.is_empty()
        || updates.iter().any(|u| after_lower.starts_with(u))
        || after_lower.contains("min read")
        || after_lower.contains("minute read")
        || after_lower.ends_with("edition")
        || after.split_whitespace().count() <= 1;
    if !after_ok {
        return false;
    }
    let update_after = || updates.iter().filter(|u| !u.is_empty()).find_map(|u| after_lower.strip_prefix(u)).and_then(Moment::parse);
    if labels.contains(&lower.as_str()) {
        meta.published.get_or_insert(moment);
    } else if updates.contains(&lower.as_str()) {
        meta.updated.get_or_insert(moment);
        return true;
    } else if before.split_whitespace().count() <= 6
        && before
            .split_whitespace()
            .all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || matches!(w, "of" | "the" | "and" | "de" | "on"))
    {
        let outlet = before.split([',', '|', '(']).next().unwrap_or("").trim();
        if let Some(agency) = agency_name(outlet) {
            meta.agency.get_or_insert_with(|| agency.to_owned());
        }
        if is_name(outlet) {
            meta.byline.get_or_insert_with(|| outlet.to_owned());
        } else if !outlet.is_empty() && !lower.starts_with("by ") {
            meta.outlet.get_or_insert_with(|| outlet.to_owned());
        }
        meta.published.get_or_insert(moment);
    } else {
        return false;
    }
    if let Some(updated) = update_after() {
        meta.updated.get_or_insert(updated);
    }
    true
}

/// Whether a short line says when something was published and little else.
pub(super) fn is_date_line(text: &str) -> bool {
    if text.len() > 160 {
        return false;
    }
    let lower = text.to_lowercase();
    let mut rest = text;
    let mut others = 0;
    let mut dates = 0;
    let mut count = |words: &str| {
        others += words.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 1 && !is_date_word(w)).count();
    };
    while let Some((_, range)) = dates::find(rest) {
        dates += 1;
        count(&rest[..range.start]);
        rest = &rest[range.end..];
    }
    count(rest);
    let labelled = ["updated", "published", "posted", "first published", "last updated"].iter().any(|l| lower.starts_with(l));
    dates > 0 && others <= 1 || labelled && others <= 1 && text.contains(|c: char| c.is_ascii_digit())
}

fn is_date_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    field(&lower).is_some_and(|f| matches!(f, Field::Published | Field::Updated))
        || matches!(
            lower.as_str(),
            "on" | "at"
                | "first"
                | "last"
                | "am"
                | "pm"
                | "et"
                | "ist"
                | "gmt"
                | "min"
                | "read"
                | "minutes"
                | "ago"
                | "edt"
                | "est"
                | "pst"
                | "cst"
                | "by"
                | "local"
                | "time"
        )
        || table_lines(include_str!("../../assets/lang/en/time-zones.txt")).any(|l| l.split('\t').next() == Some(lower.as_str()))
        || ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
            .iter()
            .any(|d| d.starts_with(&lower) && lower.len() >= 3)
}
