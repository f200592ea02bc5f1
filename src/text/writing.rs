//! How languages other than English write figures, dates and abbreviations: `assets/lang/*/writing.txt`.
//!
//! English has tables of its own for all that; what stands here is enough to read digits and to end sentences.

use super::tokens::Abbreviation;
use crate::base::table_lines;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

const TABLES: [(&str, &str); 16] = [
    ("ar", include_str!("../../assets/lang/ar/writing.txt")),
    ("de", include_str!("../../assets/lang/de/writing.txt")),
    ("el", include_str!("../../assets/lang/el/writing.txt")),
    ("es", include_str!("../../assets/lang/es/writing.txt")),
    ("fr", include_str!("../../assets/lang/fr/writing.txt")),
    ("he", include_str!("../../assets/lang/he/writing.txt")),
    ("hi", include_str!("../../assets/lang/hi/writing.txt")),
    ("it", include_str!("../../assets/lang/it/writing.txt")),
    ("ja", include_str!("../../assets/lang/ja/writing.txt")),
    ("ko", include_str!("../../assets/lang/ko/writing.txt")),
    ("nl", include_str!("../../assets/lang/nl/writing.txt")),
    ("pl", include_str!("../../assets/lang/pl/writing.txt")),
    ("pt", include_str!("../../assets/lang/pt/writing.txt")),
    ("ru", include_str!("../../assets/lang/ru/writing.txt")),
    ("tr", include_str!("../../assets/lang/tr/writing.txt")),
    ("zh", include_str!("../../assets/lang/zh/writing.txt")),
];

/// What is known of one language. Words are in small letters.
#[derive(Debug, Default)]
pub(crate) struct Writing {
    /// Marks before the decimals; empty where that is not known.
    pub decimal: Vec<char>,
    /// Marks between groups of digits.
    pub group: Vec<char>,
    /// Names of months, those of several words last.
    pub months: FxHashMap<&'static str, i8>,
    /// Words that multiply.
    pub scales: FxHashMap<&'static str, f64>,
    /// Words and signs of currencies, by ISO 4217 code.
    pub money: FxHashMap<&'static str, &'static str>,
    pub percent: Vec<&'static str>,
    pub hour: Vec<&'static str>,
    /// Letters glued to a figure that make it a year, month, day, hour, minute.
    pub marks: [Vec<&'static str>; 5],
    /// Words inside of dates.
    pub links: Vec<&'static str>,
    /// What stands right before a figure and says how exact it is, with the key of its line; the longest first.
    pub qualifiers: Vec<(&'static str, &'static str)>,
    pub(super) abbreviations: FxHashMap<&'static str, Abbreviation>,
    pub(super) openers: FxHashSet<&'static str>,
    /// Whether a semicolon is the question mark.
    pub(super) semicolon_asks: bool,
}

static WRITINGS: LazyLock<FxHashMap<&'static str, Writing>> = LazyLock::new(|| TABLES.iter().map(|(tag, t)| (*tag, read(t))).collect());
static UNKNOWN: LazyLock<Writing> = LazyLock::new(Writing::default);

/// What is known of a language by its BCP 47 tag; `None` for English, nothing in it for languages without a table.
pub(crate) fn writing(language: &str) -> Option<&'static Writing> {
    let primary = language.split(['-', '_']).next().unwrap_or("");
    (!primary.eq_ignore_ascii_case("en")).then(|| WRITINGS.get(primary.to_ascii_lowercase().as_str()).unwrap_or(&UNKNOWN))
}

/// Whether figures and dates of a language are read by a table of its own.
pub(super) fn has_writing(language: &str) -> bool {
    writing(language).is_none_or(|w| !w.decimal.is_empty())
}

fn read(table: &'static str) -> Writing {
    let mut writing = Writing::default();
    for line in table_lines(table) {
        let Some((key, words)) = line.split_once(": ") else { continue };
        let words = words.split("; ").map(str::trim);
        let (key, which) = key.split_once(' ').unwrap_or((key, ""));
        let marks = |c: &'static str| c.chars().next();
        match key {
            "decimal" => writing.decimal.extend(words.filter_map(marks)),
            "group" => writing.group.extend(words.filter_map(marks)),
            "month" => writing.months.extend(words.map(|w| (w, which.parse().unwrap_or(0)))),
            "scale" => writing.scales.extend(words.map(|w| (w, which.parse().unwrap_or(1.0)))),
            "money" => writing.money.extend(words.map(|w| (w, which))),
            "percent" => writing.percent.extend(words),
            "hour" => writing.hour.extend(words),
            "year-mark" => writing.marks[0].extend(words),
            "month-mark" => writing.marks[1].extend(words),
            "day-mark" => writing.marks[2].extend(words),
            "hour-mark" => writing.marks[3].extend(words),
            "minute-mark" => writing.marks[4].extend(words),
            "link" => writing.links.extend(words),
            "about" | "nearly" | "more" | "atleast" | "less" | "upto" => writing.qualifiers.extend(words.map(|w| (w, key))),
            "before-name" => writing.abbreviations.extend(words.map(|w| (w, Abbreviation::BeforeName))),
            "inside" => writing.abbreviations.extend(words.map(|w| (w, Abbreviation::Inside))),
            "may-end" => writing.abbreviations.extend(words.map(|w| (w, Abbreviation::MayEnd))),
            "question" => writing.semicolon_asks = true,
            "opener" => writing.openers.extend(words),
            _ => debug_assert!(false, "an unknown line: {line}"),
        }
    }
    // The longest phrase first: "не более" before "более".
    writing.qualifiers.sort_by_key(|(words, _)| (std::cmp::Reverse(words.len()), *words));
    writing
}
