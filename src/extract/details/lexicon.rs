//! The words this stage knows, read once from the tables in `assets/lang/en/`.
//!
//! A word has a few [`Role`]s at most; most words of an article have none, and then nothing more is
//! tried at their place. That, and not clever matching, is what makes the stage fast.

use super::lex::Lexed;
use crate::extract::Qualifier;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// What a word can be in an amount or a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Role {
    Cardinal(f64),
    Scale(f64),
    Mark(f64),
    Ordinal(f64),
    Part(f64),
    Tenfold(f64),
    Many(f64, f64),
    Vague(f64, f64),
    Month {
        month: i8,
        short: bool,
    },
    Weekday {
        day: i8,
        short: bool,
    },
    Season(i8),
    Span(Span),
    Tens(f64),
    /// May open a detail, without being one of the above.
    Start,
    /// First word of a currency or a code before its number.
    Money,
    Person,
    Anyone,
    Plural(&'static str),
    State(&'static str),
    Toll(&'static str),
    Label,
    Street,
    Stop,
    Compound,
    Score,
    Vote,
    Cost,
    Title,
    Future,
    Past,
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Year,
    Decade,
    Century,
}

impl Span {
    fn from_letter(letter: &str) -> Option<Span> {
        Some(match letter {
            "TS" => Span::Second,
            "TM" => Span::Minute,
            "TH" => Span::Hour,
            "D" => Span::Day,
            "W" => Span::Week,
            "F" => Span::Fortnight,
            "M" => Span::Month,
            "Y" => Span::Year,
            "E" => Span::Decade,
            "C" => Span::Century,
            _ => return None,
        })
    }

    /// The ISO 8601 unit it is written in, and how many of those it is.
    pub(super) fn iso(self) -> (&'static str, f64) {
        match self {
            Span::Second => ("TS", 1.0),
            Span::Minute => ("TM", 1.0),
            Span::Hour => ("TH", 1.0),
            Span::Day => ("D", 1.0),
            Span::Week => ("W", 1.0),
            Span::Fortnight => ("W", 2.0),
            Span::Month => ("M", 1.0),
            Span::Year => ("Y", 1.0),
            Span::Decade => ("Y", 10.0),
            Span::Century => ("Y", 100.0),
        }
    }

    pub(super) fn seconds(self) -> f64 {
        use crate::extract::value::{MONTH_DAYS, YEAR_DAYS};
        const DAY: f64 = 86_400.0;
        match self {
            Span::Second => 1.0,
            Span::Minute => 60.0,
            Span::Hour => 3600.0,
            Span::Day => DAY,
            Span::Week => 7.0 * DAY,
            Span::Fortnight => 14.0 * DAY,
            Span::Month => MONTH_DAYS * DAY,
            Span::Year => YEAR_DAYS * DAY,
            Span::Decade => 10.0 * YEAR_DAYS * DAY,
            Span::Century => 100.0 * YEAR_DAYS * DAY,
        }
    }

    /// Whether it is a day or longer.
    pub(super) fn is_calendar(self) -> bool {
        !matches!(self, Span::Second | Span::Minute | Span::Hour)
    }
}

/// How a currency is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CurrencyClass {
    Word,
    Code,
    Sign,
    Prefix,
    /// "Pounds": money or weight.
    Weight,
    /// "Won": money or a verb.
    Verb,
}

/// Where a qualifier stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
    Calendar,
    CalendarAfter,
}

/// When a holiday is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HolidayRule {
    Fixed { month: i8, day: i8 },
    Nth { month: i8, nth: i8, weekday: i8, plus: i16 },
    Easter(i16),
}

/// Word sequences with what they stand for. Words are divided where the lexer divides them; marks
/// inside ("new year's", "u.s.") are passed over on both sides.
pub(super) struct Phrases<T> {
    /// By first word (or last, for those that are read backwards); longest first.
    by_key: FxHashMap<&'static str, Vec<(Vec<&'static str>, T)>>,
}

impl<T: Copy> Phrases<T> {
    fn new(items: impl Iterator<Item = (&'static str, T)>, backwards: bool) -> Self {
        let mut by_key: FxHashMap<&'static str, Vec<(Vec<&'static str>, T)>> = FxHashMap::default();
        for (words, value) in items {
            let parts = split_words(words);
            let key = if backwards { parts.last() } else { parts.first() };
            if let Some(key) = key {
                by_key.entry(key).or_default().push((parts.clone(), value));
            }
        }
        by_key.values_mut().for_each(|list| list.sort_by_key(|(parts, _)| std::cmp::Reverse(parts.len())));
        Self { by_key }
    }

    /// The longest phrase that starts at atom `i`, and the atom after it.
    pub(super) fn starting(&self, lx: &Lexed, i: usize) -> Option<(usize, T)> {
        self.starting_where(lx, i, |_| true)
    }

    /// The same among those that `fits` lets pass.
    pub(super) fn starting_where(&self, lx: &Lexed, i: usize, fits: impl Fn(&T) -> bool) -> Option<(usize, T)> {
        let list = self.by_key.get(lx.word(i))?;
        'phrases: for (parts, value) in list.iter().filter(|p| fits(&p.1)) {
            let mut at = i + 1;
            for part in &parts[1..] {
                if lx.word(at) != *part && lx.is_joint(at) {
                    at += 1;
                }
                if lx.word(at) != *part {
                    continue 'phrases;
                }
                at += 1;
            }
            return Some((at, *value));
        }
        None
    }

    /// The longest phrase that ends right before atom `end`, and the atom it starts at.
    pub(super) fn ending(&self, lx: &Lexed, end: usize, fits: impl Fn(&T) -> bool) -> Option<(usize, T)> {
        let last = end.checked_sub(1)?;
        let list = self.by_key.get(lx.word(last))?;
        for (parts, value) in list.iter().filter(|p| fits(&p.1)) {
            let Some(first) = end.checked_sub(parts.len()) else { continue };
            if parts.iter().enumerate().all(|(k, part)| lx.word(first + k) == *part) {
                return Some((first, *value));
            }
        }
        None
    }
}

fn split_words(phrase: &'static str) -> Vec<&'static str> {
    if phrase.chars().any(char::is_alphanumeric) {
        phrase.split(|c: char| !c.is_alphanumeric() && c != '/').filter(|w| !w.is_empty()).collect()
    } else {
        vec![phrase]
    }
}

/// All tables.
pub(super) struct Lexicon {
    words: FxHashMap<&'static str, Vec<Role>>,
    lists: FxHashMap<&'static str, FxHashSet<&'static str>>,
    prefixes: FxHashMap<&'static str, &'static str>,
    pub(super) currencies: Phrases<(&'static str, CurrencyClass)>,
    pub(super) units: Phrases<&'static str>,
    pub(super) qualifiers: Phrases<(Qualifier, Side)>,
    pub(super) qualifiers_after: Phrases<(Qualifier, Side)>,
    pub(super) zones: Phrases<(i32, i32)>,
    pub(super) holidays: Phrases<HolidayRule>,
}

/// The lexicon of English.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::english)
}

/// Lines of a table as their fields.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

macro_rules! table {
    ($name:literal) => {
        include_str!(concat!("../../../assets/lang/en/", $name, ".txt"))
    };
}

impl Lexicon {
    /// What a folded word can be; empty for most words.
    pub(super) fn roles(&self, word: &str) -> &[Role] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a folded word stands in a list of `amount-words.txt`.
    pub(super) fn listed(&self, list: &str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.contains(word))
    }

    /// The currency that letters before a `$` make: "C" for the Canadian one.
    pub(super) fn sign_prefix(&self, letters: &str) -> Option<&'static str> {
        self.prefixes.get(letters).copied()
    }

    fn english() -> Self {
        let mut words: FxHashMap<&'static str, Vec<Role>> = FxHashMap::default();
        let mut add = |word: &'static str, role: Role| {
            let roles = words.entry(word).or_default();
            if !roles.contains(&role) {
                roles.push(role);
            }
        };
        let number = |row: &[&'static str], k: usize| row.get(k).and_then(|x| x.parse::<f64>().ok()).unwrap_or(0.0);
        let small = |row: &[&'static str], k: usize| row.get(k).and_then(|x| x.parse::<i8>().ok()).unwrap_or(1);
        for row in rows(table!("numbers")) {
            let value = number(&row, 2);
            let role = match row.get(1).copied().unwrap_or("") {
                "cardinal" => Role::Cardinal(value),
                "scale" => Role::Scale(value),
                "mark" => Role::Mark(value),
                "ordinal" => Role::Ordinal(value),
                "part" => Role::Part(value),
                "tenfold" => Role::Tenfold(value),
                "many" => Role::Many(value, number(&row, 3)),
                _ => Role::Vague(value, number(&row, 3)),
            };
            add(row[0], role);
        }
        for row in rows(table!("calendar")) {
            let role = match row.get(1).copied().unwrap_or("") {
                "month" => Role::Month { month: small(&row, 2), short: false },
                "month-short" => Role::Month { month: small(&row, 2), short: true },
                "weekday" => Role::Weekday { day: small(&row, 2), short: false },
                "weekday-short" => Role::Weekday { day: small(&row, 2), short: true },
                "season" => Role::Season(small(&row, 2)),
                "tens" => Role::Tens(number(&row, 2)),
                "span" => match row.get(2).copied().and_then(Span::from_letter) {
                    Some(span) => Role::Span(span),
                    None => continue,
                },
                _ => Role::Start,
            };
            add(row[0], role);
        }
        for row in rows(table!("counting")) {
            let role = match row.get(1).copied().unwrap_or("") {
                "person" => Role::Person,
                "anyone" => Role::Anyone,
                "plural" => Role::Plural(row.get(2).copied().unwrap_or(row[0])),
                "state" => Role::State(row.get(2).copied().unwrap_or(row[0])),
                "toll" => Role::Toll(row.get(2).copied().unwrap_or(row[0])),
                "label" => Role::Label,
                "street" => Role::Street,
                "stop" => Role::Stop,
                "compound" => Role::Compound,
                "score" => Role::Score,
                "vote" => Role::Vote,
                "cost" => Role::Cost,
                _ => Role::Title,
            };
            add(row[0], role);
        }
        for row in rows(table!("tense")) {
            add(row[0], if row.get(1) == Some(&"future") { Role::Future } else { Role::Past });
        }
        let currencies: Vec<_> = rows(table!("currencies"))
            .map(|row| {
                let class = match row.get(2).copied().unwrap_or("") {
                    "code" => CurrencyClass::Code,
                    "sign" => CurrencyClass::Sign,
                    "prefix" => CurrencyClass::Prefix,
                    "weight" => CurrencyClass::Weight,
                    "verb" => CurrencyClass::Verb,
                    _ => CurrencyClass::Word,
                };
                (row[0], (row.get(1).copied().unwrap_or("XXX"), class))
            })
            .collect();
        for (words, _) in &currencies {
            if let Some(first) = split_words(words).first() {
                add(first, Role::Money);
            }
        }
        let holidays: Vec<_> = rows(table!("holidays")).filter_map(|row| Some((row[0], holiday_rule(row.get(1).copied()?)?))).collect();
        for (words, _) in &holidays {
            if let Some(first) = split_words(words).first() {
                add(first, Role::Start);
            }
        }
        let qualifiers: Vec<_> = rows(table!("qualifiers"))
            .map(|row| {
                let qualifier = match row.get(1).copied().unwrap_or("") {
                    "about" => Qualifier::About,
                    "nearly" => Qualifier::Nearly,
                    "more-than" => Qualifier::MoreThan,
                    "at-least" => Qualifier::AtLeast,
                    "less-than" => Qualifier::LessThan,
                    "up-to" => Qualifier::UpTo,
                    _ => Qualifier::Exact,
                };
                let side = match row.get(2).copied().unwrap_or("") {
                    "after" => Side::After,
                    "calendar" => Side::Calendar,
                    "calendar-after" => Side::CalendarAfter,
                    _ => Side::Before,
                };
                (row[0], (qualifier, side))
            })
            .collect();
        let is_after = |side: Side| matches!(side, Side::After | Side::CalendarAfter);
        let prefixes = currencies.iter().filter(|c| c.1.1 == CurrencyClass::Prefix).map(|c| (c.0, c.1.0)).collect();
        Self {
            words,
            lists: rows(table!("amount-words")).filter_map(|row| Some((row[0], row.get(1)?.split(' ').collect()))).collect(),
            prefixes,
            currencies: Phrases::new(currencies.into_iter().filter(|c| c.1.1 != CurrencyClass::Prefix), false),
            units: Phrases::new(rows(table!("units")).filter_map(|row| Some((row[0], *row.get(1)?))), false),
            qualifiers: Phrases::new(qualifiers.iter().copied().filter(|q| !is_after(q.1.1)), true),
            qualifiers_after: Phrases::new(qualifiers.iter().copied().filter(|q| is_after(q.1.1)), false),
            zones: Phrases::new(
                rows(table!("zones")).filter_map(|row| {
                    let winter: i32 = row.get(1)?.parse().ok()?;
                    let summer = row.get(2).and_then(|x| x.parse().ok()).unwrap_or(winter);
                    Some((row[0], (winter, summer)))
                }),
                false,
            ),
            holidays: Phrases::new(holidays.into_iter(), false),
        }
    }
}

fn holiday_rule(rule: &str) -> Option<HolidayRule> {
    if let Some(days) = rule.strip_prefix("easter") {
        return days.parse().ok().map(HolidayRule::Easter);
    }
    if let Some((month, day)) = rule.split_once('-').filter(|_| !rule.contains(':')) {
        return Some(HolidayRule::Fixed { month: month.parse().ok()?, day: day.parse().ok()? });
    }
    let mut parts = rule.split(':');
    let (month, nth, last) = (parts.next()?, parts.next()?, parts.next()?);
    let (weekday, plus) = last.split_once('+').unwrap_or((last, "0"));
    Some(HolidayRule::Nth { month: month.parse().ok()?, nth: nth.parse().ok()?, weekday: weekday.parse().ok()?, plus: plus.parse().ok()? })
}
