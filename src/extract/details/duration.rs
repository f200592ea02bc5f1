//! Lengths of time: "three days", "48-hour", "an hour and a half", "for a few minutes", "within hours".
//!
//! A plural without a number is read as an open amount: "for hours" is two or more, "within hours" less
//! than a day.

use super::lex::Lexed;
use super::lexicon::{Role, Span};
use super::numeral::{Letters, Numeral, numeral};
use crate::extract::{Qualifier, Value};

/// A length of time as read.
#[derive(Clone, Debug)]
pub(super) struct Length {
    pub(super) end: usize,
    /// Number and unit, largest first.
    pub(super) parts: Vec<(f64, Span)>,
    /// The longer end in seconds, where the words give a range or an open amount.
    pub(super) upto: Option<f64>,
    pub(super) qualifier: Option<Qualifier>,
    /// It needs no number: "an hour", "the week".
    pub(super) bare: bool,
}

impl Length {
    fn new(end: usize, number: f64, span: Span) -> Self {
        Self { end, parts: vec![(number, span)], upto: None, qualifier: None, bare: false }
    }

    pub(super) fn seconds(&self) -> f64 {
        self.parts.iter().map(|(n, span)| n * span.seconds()).sum()
    }

    /// The largest unit.
    pub(super) fn unit(&self) -> Span {
        self.parts.first().map_or(Span::Day, |p| p.1)
    }

    /// ISO 8601, as said: `P2W`, `PT1.5H`, `P1Y6M`.
    pub(super) fn iso(&self) -> String {
        let mut date = String::from("P");
        let mut time = String::new();
        for (number, span) in &self.parts {
            let (letter, factor) = span.iso();
            let amount = short(number * factor);
            match letter.strip_prefix('T') {
                Some(letter) => time.push_str(&format!("{amount}{letter}")),
                None => date.push_str(&format!("{amount}{letter}")),
            }
        }
        if !time.is_empty() {
            date.push('T');
            date.push_str(&time);
        }
        date
    }

    pub(super) fn value(&self) -> Value {
        Value::Duration { iso: self.iso(), seconds: self.seconds(), upto: self.upto.filter(|upto| *upto > self.seconds()) }
    }
}

fn short(x: f64) -> String {
    let rounded = (x * 1e6).round() / 1e6;
    format!("{rounded}")
}

/// Reads the length that starts at atom `i`, with or without a number.
pub(super) fn length(lx: &Lexed, i: usize) -> Option<Length> {
    let found = one(lx, i)?;
    Some(up_to_second(lx, i, &found).unwrap_or(found))
}

fn one(lx: &Lexed, i: usize) -> Option<Length> {
    let mut found = with_number(lx, i).or_else(|| with_article(lx, i)).or_else(|| vague(lx, i))?;
    while found.parts.len() < 4 {
        let Some(next) = following_part(lx, &found) else { break };
        found = next;
    }
    Some(found)
}

/// "Six months to a year", "between 90 minutes and two hours": a second, longer length behind the first. "From six
/// months to a year" tells of a change as often.
fn up_to_second(lx: &Lexed, i: usize, first: &Length) -> Option<Length> {
    let joined = match lx.word(first.end) {
        "to" => !lx.is(i.wrapping_sub(1), "from"),
        "and" => lx.is(i.wrapping_sub(1), "between"),
        _ => false,
    };
    if !joined || first.upto.is_some() {
        return None;
    }
    let second = one(lx, first.end + 1).filter(|s| s.upto.is_none() && s.qualifier.is_none() && s.seconds() > first.seconds())?;
    Some(Length { end: second.end, upto: Some(second.seconds()), bare: false, ..first.clone() })
}

/// The length whose number, which starts at atom `i`, was read already.
pub(super) fn length_of(lx: &Lexed, i: usize, number: &Numeral) -> Option<Length> {
    if number.value < 0.0 || number.upto.is_some() && number.value > 1e6 {
        return None;
    }
    let mut found = unit_behind(lx, number.end, number.value)?;
    found.upto = number.upto.map(|n| n * found.unit().seconds());
    while found.parts.len() < 4 {
        let Some(next) = following_part(lx, &found) else { break };
        found = next;
    }
    Some(up_to_second(lx, i, &found).unwrap_or(found))
}

fn with_number(lx: &Lexed, i: usize) -> Option<Length> {
    let number = numeral(lx, i, Letters::Plain)?;
    (number.value >= 0.0).then_some(())?;
    let mut found = unit_behind(lx, number.end, number.value)?;
    found.upto = number.upto.map(|n| n * found.unit().seconds());
    Some(found)
}

/// "Hours" behind "three", "hour" behind "half an", "and a half hours" behind "two".
fn unit_behind(lx: &Lexed, end: usize, value: f64) -> Option<Length> {
    let mut at = end;
    let mut value = value;
    // "2 and half hours"
    if lx.is(at, "and") && lx.is(at + 1, "half") && lx.span(at + 2).is_some() {
        value += 0.5;
        at += 2;
    }
    if lx.is(at, "of") && value >= 20.0 && lx.role(at - 1, |r| matches!(r, Role::Many(..)).then_some(())).is_some() {
        at += 1;
    } else if lx.is(at, "of") && lx.is_any(at + 1, &["a", "an"]) && value < 1.0 {
        at += 2;
    } else if lx.is_any(at, &["a", "an"]) && value < 1.0
        || lx.listed(at, "length-adjective")
            && lx.span(at + 1).is_some_and(|s| s.is_calendar() || !lx.is(at, "second"))
            && !lx.is_hyphen(at + 1)
    {
        at += 1;
    }
    at = lx.skip_hyphen(at);
    let span = lx.span(at)?;
    // "5h" and "10 min" but not "the second", "12 second-half goals".
    let letter = lx.word(at).len() == 1;
    if letter && !(lx.glued(at) && value.fract() == 0.0 || lx.atom(at - 1).value > 0.0) {
        return None;
    }
    if letter && lx.is_digits(at + 1) && lx.glued(at + 1) {
        return None;
    }
    if span == Span::Second && lx.is(at, "second") && !lx.is_hyphen(at - 1) && value != 1.0 {
        return None;
    }
    if lx.is(at, "min") && lx.is(at + 1, ".") && lx.glued(at + 1) && !lx.is_break(at + 2) && lx.is_word(at + 2) && !lx.capital(at + 2) {
        return Some(Length::new(at + 2, value, span));
    }
    // "Ten-year-old" and "10 years old" are ages, "two-year college" is still a length.
    if lx.is(lx.skip_hyphen(at + 1), "old") && span.is_calendar() {
        return None;
    }
    Some(Length::new(at + 1, value, span))
}

/// "An hour", "another day", "half an hour", "the hour", "all day", "a year and a half".
fn with_article(lx: &Lexed, i: usize) -> Option<Length> {
    if lx.is_any(i, &["a", "an", "another"]) {
        let at = if lx.is_any(i + 1, &["full", "whole", "further", "whole", "mere"]) { i + 2 } else { i + 1 };
        if lx.is(at, "half") {
            let at = lx.skip_hyphen(at + 1);
            let span = lx.span(at).filter(|_| !lx.is_any(at, &["second", "night"]))?;
            return Some(Length { bare: true, ..Length::new(at + 1, 0.5, span) });
        }
        let span = lx.span(at).filter(|_| !lx.word(at).ends_with('s') && lx.word(at).len() > 1)?;
        if lx.is(lx.skip_hyphen(at + 1), "old") || lx.is_any(at, &["second", "night"]) || lx.is_any(at, &["min", "sec"]) {
            return None;
        }
        // "A year or two", but "a year or two months".
        if lx.is(at + 1, "or")
            && let Some(more) = lx.cardinal(at + 2).filter(|n| *n > 1.0 && lx.span(lx.skip_hyphen(at + 3)).is_none())
        {
            return Some(Length { upto: Some(more * span.seconds()), ..Length::new(at + 3, 1.0, span) });
        }
        return Some(Length { bare: true, ..Length::new(at + 1, 1.0, span) });
    }
    if lx.is(i, "half") || lx.is(i, "quarter") {
        let value = if lx.is(i, "half") { 0.5 } else { 0.25 };
        let mut at = i + 1;
        if lx.is(at, "of") {
            at += 1;
        }
        if lx.is_any(at, &["a", "an"]) {
            at += 1;
        }
        at = lx.skip_hyphen(at);
        let span = lx.span(at).filter(|_| !lx.is_any(at, &["second", "time"]))?;
        if lx.is(lx.skip_hyphen(at + 1), "old") {
            return None;
        }
        return Some(Length::new(at + 1, value, span));
    }
    if lx.is_any(i, &["all", "whole", "full"]) && !(lx.is(i, "all") && lx.is(i.wrapping_sub(1), "the")) {
        let at = lx.skip_hyphen(i + 1);
        let span = lx.span(at).filter(|s| s.is_calendar() && !lx.word(at).ends_with('s'))?;
        if lx.is(i, "full") && !lx.is_hyphen(i + 1) {
            return None;
        }
        return Some(Length::new(at + 1, 1.0, span));
    }
    if lx.is(i, "the") && lx.is_any(i + 1, &["hour", "minute"]) && lx.is(i.wrapping_sub(1), "for") {
        return lx.span(i + 1).map(|span| Length::new(i + 2, 1.0, span));
    }
    None
}

/// "A few hours" and "several weeks" are three, "a couple of days" two, as words go; about.
fn vague(lx: &Lexed, i: usize) -> Option<Length> {
    let at = if lx.is(i, "a") { i + 1 } else { i };
    let number = match lx.word(at) {
        "few" | "several" => 3.0,
        "couple" => 2.0,
        "some" if at == i && lx.span(i + 1).is_some_and(|_| lx.word(i + 1).ends_with('s')) => 3.0,
        _ => return None,
    };
    let after = if lx.is(at + 1, "of") { at + 2 } else { at + 1 };
    let after = if lx.is(after, "more") { after + 1 } else { after };
    let span = lx.span(after).filter(|_| lx.word(after).len() > 2)?;
    Some(Length { qualifier: Some(Qualifier::About), ..Length::new(after + 1, number, span) })
}

/// "And 30 minutes", "20 seconds", "and a half".
fn following_part(lx: &Lexed, found: &Length) -> Option<Length> {
    let (number, span) = *found.parts.last()?;
    let at = match lx.word(found.end) {
        "and" => found.end + 1,
        "," => found.end + if lx.is(found.end + 1, "and") { 2 } else { 1 },
        _ => found.end,
    };
    let joined = at > found.end;
    let mut more = found.clone();
    if joined && lx.is(found.end, "and") {
        let half = match (lx.word(at), lx.word(at + 1)) {
            ("a" | "one", "half") => Some((at + 2, 0.5)),
            ("a" | "one", "quarter") => Some((at + 2, 0.25)),
            ("half", w) if !matches!(w, "of" | "the" | "a" | "an") => Some((at + 1, 0.5)),
            ("three", "quarters") => Some((at + 2, 0.75)),
            _ => None,
        };
        if let Some((end, part)) = half {
            more.end = end;
            *more.parts.last_mut()? = (number + part, span);
            return Some(more);
        }
    }
    // "1h 20m"
    if span == Span::Hour
        && let Some(minutes) = lx.plain(at, 1, 2)
        && lx.is(at + 1, "m")
        && lx.glued(at + 1)
    {
        more.end = at + 2;
        more.parts.push((f64::from(minutes), Span::Minute));
        return Some(more);
    }
    let next = numeral(lx, at, Letters::Plain).filter(|n| n.upto.is_none())?;
    let part = unit_behind(lx, next.end, next.value)?;
    let smaller = part.parts[0].1.seconds() < span.seconds();
    let fits = smaller && number.fract() == 0.0 && (joined || lx.is_digits(at) || lx.atom(found.end).sentence == lx.atom(at).sentence);
    if !fits || lx.is(found.end, ",") && !lx.is(found.end + 1, "and") && part.parts[0].1.is_calendar() {
        return None;
    }
    more.end = part.end;
    more.parts.push(part.parts[0]);
    Some(more)
}

/// "For hours", "within days", "in minutes": a plural without a number behind a preposition at `i`.
pub(super) fn open(lx: &Lexed, i: usize) -> Option<(usize, Length)> {
    let at = i + 1;
    let span = lx.span(at).filter(|_| lx.word(at).ends_with('s') && lx.word(at).len() > 4)?;
    if lx.listed(at + 1, "open-length-not") || lx.is_hyphen(at + 1) {
        return None;
    }
    match lx.word(i) {
        "for" => Some((at, Length { qualifier: Some(Qualifier::AtLeast), ..Length::new(at + 1, 2.0, span) })),
        "within" => {
            let next = match span {
                Span::Second => Span::Minute,
                Span::Minute => Span::Hour,
                Span::Hour => Span::Day,
                Span::Day => Span::Week,
                Span::Week | Span::Fortnight => Span::Month,
                Span::Month => Span::Year,
                Span::Year | Span::Decade | Span::Century => Span::Decade,
            };
            Some((at, Length { qualifier: Some(Qualifier::UpTo), ..Length::new(at + 1, 1.0, next) }))
        }
        _ => None,
    }
}

/// Whether a bare "an hour", "a year" is a length and not a rate ("twice a year").
pub(super) fn bare_is_length(lx: &Lexed, i: usize, found: &Length) -> bool {
    let from = lx.is(found.end, "from")
        && (lx.is_any(found.end + 1, &["now", "today", "tomorrow"])
            || lx.weekday(found.end + 1).is_some()
            || lx.month(found.end + 1).is_some());
    let rate =
        i.checked_sub(1).is_some_and(|k| lx.is_digits(k) || lx.span(k).is_some() || lx.cardinal(k).is_some() || lx.scale(k).is_some());
    if rate && !lx.is(i, "another") {
        return false;
    }
    from || lx.is(i, "another")
        || lx.listed(i.wrapping_sub(1), "length-lead")
        || lx.listed(lx.skip_hyphen(found.end), "length-trail")
        || found.parts.len() > 1
        || found.parts[0].0.fract() != 0.0
}
