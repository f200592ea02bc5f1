//! Dates of publication as files and pages write them.
//!
//! Only forms that can be read in one way count: `03/08/2020` is the third of August or the eighth of March
//! and gives nothing. Dates inside the running text are the business of `extract`.

use super::Moment;
use crate::base::table_lines;
use jiff::civil::{Date, Time};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

impl Moment {
    /// The first date in a text, with the time and zone that follow it: ISO 8601, `3 August 2020`, `Aug. 3, 2020 at
    /// 9:30 a.m. EDT`, `Mon, 03 Aug 2020 09:00:00 +0000`, `2020/08/03`, `31.12.2020`. `None` where there is none.
    pub fn parse(text: &str) -> Option<Moment> {
        find(text).map(|(moment, _)| moment)
    }
}

/// The first date in a text and where it stands, with its time, weekday and zone.
pub(super) fn find(text: &str) -> Option<(Moment, Range<usize>)> {
    let pieces = pieces(text);
    (0..pieces.len()).find_map(|at| {
        let (date, next) = date_at(&pieces, at)?;
        let mut start = at;
        let (time, offset_minutes, mut end) = time_after(&pieces, next);
        let (mut time, mut offset_minutes) = (time, offset_minutes);
        if time.is_none() {
            // "9:30 a.m. EDT, Aug. 3, 2020"
            for before in at.saturating_sub(6)..at {
                let (t, o, after) = time_after(&pieces, before);
                if t.is_some() && after + 1 >= at && pieces[before].number.is_some() {
                    (time, offset_minutes, start) = (t, o, before);
                    break;
                }
            }
        }
        while start > 0 && pieces[start - 1].is_weekday() {
            start -= 1;
        }
        if end < pieces.len() && time.is_none() && pieces[end].is_weekday() {
            end += 1;
        }
        Some((Moment { date, time, offset_minutes }, pieces[start].start..pieces[end - 1].end))
    })
}

/// A run of digits or of letters.
struct Piece<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    number: Option<u32>,
    /// What stands between it and the piece before.
    gap: &'a str,
}

impl Piece<'_> {
    fn is_weekday(&self) -> bool {
        let lower = self.text.to_ascii_lowercase();
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|d| lower.starts_with(d))
            && (lower.ends_with("day") || lower.len() <= 5)
    }

    fn digits(&self) -> usize {
        if self.number.is_some() { self.text.len() } else { 0 }
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let class = |c: char| match c {
        c if c.is_ascii_digit() => 1,
        c if c.is_alphabetic() => 2,
        _ => 0,
    };
    let mut out: Vec<Piece<'_>> = Vec::new();
    let mut at = 0;
    while out.len() < 200
        && let Some(first) = text[at..].chars().next()
    {
        let kind = class(first);
        let start = at;
        at = text[at..].find(|c| class(c) != kind).map_or(text.len(), |n| at + n);
        if kind == 0 {
            continue;
        }
        let word = &text[start..at];
        let previous = out.last().map_or(0, |p| p.end);
        out.push(Piece {
            text: word,
            start,
            end: at,
            number: if kind == 1 { word.parse().ok() } else { None },
            gap: &text[previous..start],
        });
    }
    out
}

fn date_at(p: &[Piece<'_>], at: usize) -> Option<(Date, usize)> {
    let piece = &p[at];
    let gap = |i: usize| p.get(i).map_or("", |x| x.gap);
    let number = |i: usize| p.get(i).and_then(|x| x.number);
    if let Some(first) = piece.number {
        // 2020-08-03, 2020/08/03, 2020.08.03
        if piece.digits() == 4
            && let (Some(month), Some(day)) = (number(at + 1), number(at + 2))
            && matches!(gap(at + 1), "-" | "/" | ".")
            && gap(at + 1) == gap(at + 2)
            && p[at + 1].digits() <= 2
            && p[at + 2].digits() <= 2
        {
            return Some((date(first, month, day)?, at + 3));
        }
        // 20200803, also before a T or as part of a longer stamp
        if (piece.digits() == 8 || piece.digits() == 14)
            && let (Ok(year), Ok(month), Ok(day)) = (piece.text[..4].parse(), piece.text[4..6].parse(), piece.text[6..8].parse())
            && (1900..2100).contains(&year)
        {
            return Some((date(year, month, day)?, at + 1));
        }
        if piece.digits() > 2 {
            return None;
        }
        let mut next = at + 1;
        if p.get(next).is_some_and(|x| matches!(x.text.to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th") && x.gap.is_empty()) {
            next += 1;
        }
        if p.get(next).is_some_and(|x| x.text == "of") {
            next += 1;
        }
        // 3 August 2020, 3-Aug-2020
        if let Some(month) = p.get(next).and_then(|x| month(x.text))
            && let Some(year) = number(next + 1).filter(|_| p[next + 1].digits() == 4 || p[next + 1].digits() == 2 && gap(next + 1) == "-")
        {
            let year = if year < 100 { 2000 + year } else { year };
            return Some((date(year, month, first)?, next + 2));
        }
        // 31.12.2020 is a German or a Swiss date, 31/12/2020 can be read in one way only
        if let (Some(second), Some(year)) = (number(at + 1), number(at + 2))
            && p[at + 2].digits() == 4
            && p[at + 1].digits() <= 2
            && gap(at + 1).trim() == gap(at + 2).trim()
        {
            return match gap(at + 1).trim() {
                "." => Some((date(year, second, first)?, at + 3)),
                "/" | "-" if first > 12 => Some((date(year, second, first)?, at + 3)),
                "/" | "-" if second > 12 => Some((date(year, first, second)?, at + 3)),
                "/" | "-" if first == second => Some((date(year, first, second)?, at + 3)),
                _ => None,
            };
        }
        return None;
    }
    // August 3, 2020 and August 3rd 2020
    let month = month(piece.text)?;
    let day = number(at + 1).filter(|_| p[at + 1].digits() <= 2)?;
    let mut next = at + 2;
    if p.get(next).is_some_and(|x| matches!(x.text.to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th") && x.gap.is_empty()) {
        next += 1;
    }
    let year = number(next).filter(|_| p[next].digits() == 4)?;
    Some((date(year, month, day)?, next + 1))
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    if !(1800..2200).contains(&year) {
        return None;
    }
    Date::new(year as i16, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn month(word: &str) -> Option<u32> {
    static MONTHS: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| {
        let lines = table_lines(include_str!("../../assets/lang/en/month-names.txt")).filter_map(|line| line.split_once('\t'));
        lines.filter_map(|(name, number)| Some((name, number.parse().ok()?))).collect()
    });
    MONTHS.get(word.to_lowercase().as_str()).copied()
}

/// A time of day at `at` or within two small words after it.
fn time_after(p: &[Piece<'_>], at: usize) -> (Option<Time>, Option<i32>, usize) {
    let none = (None, None, at);
    let mut i = at;
    // "at", "T", "on Monday at"
    while i < at + 3 && p.get(i).is_some_and(|x| x.number.is_none()) {
        let word = p[i].text.to_ascii_lowercase();
        if !(matches!(word.as_str(), "at" | "t" | "from" | "um") || p[i].is_weekday()) {
            return none;
        }
        i += 1;
    }
    let Some(hour) = p.get(i).filter(|x| x.digits() <= 2 && x.digits() > 0 && x.gap.len() <= 4) else { return none };
    let mut hours = hour.number.unwrap_or(99);
    let (mut minutes, mut seconds) = (0, 0);
    i += 1;
    let mut clock = false;
    if let Some(m) = p.get(i).filter(|x| x.digits() == 2 && matches!(x.gap, ":" | "." | "h")) {
        minutes = m.number.unwrap_or(99);
        clock = true;
        i += 1;
        if let Some(s) = p.get(i).filter(|x| x.digits() == 2 && x.gap == ":") {
            seconds = s.number.unwrap_or(99);
            i += 1;
            if p.get(i).is_some_and(|x| x.number.is_some() && x.gap == ".") {
                i += 1;
            }
        }
    }
    let half = p.get(i).map(|x| x.text.to_ascii_lowercase());
    let joined =
        matches!(half.as_deref(), Some("a" | "p")) && p.get(i + 1).is_some_and(|x| x.text.eq_ignore_ascii_case("m") && x.gap == ".");
    if matches!(half.as_deref(), Some("am" | "pm")) || joined {
        let pm = half.as_deref().is_some_and(|h| h.starts_with('p'));
        if hours > 12 || hours == 0 {
            return none;
        }
        hours = hours % 12 + if pm { 12 } else { 0 };
        i += if joined { 2 } else { 1 };
        clock = true;
    }
    if !clock {
        return none;
    }
    let (Ok(h), Ok(m), Ok(s)) = (i8::try_from(hours), i8::try_from(minutes), i8::try_from(seconds)) else { return none };
    let Ok(time) = Time::new(h, m, s.min(59), 0) else { return none };
    let mut offset = None;
    if let Some(zone) = p.get(i) {
        let sign = zone.gap.trim_start_matches([' ', '(']);
        let negative = sign.starts_with('-') || sign.starts_with('−');
        if (sign == "+" || negative) && zone.number.is_some() {
            let number = zone.number.unwrap_or(0) as i32;
            let (minutes, used) = match zone.digits() {
                4 => (number / 100 * 60 + number % 100, 1),
                2 => match p.get(i + 1).filter(|x| x.digits() == 2 && x.gap == ":") {
                    Some(m) => (number * 60 + m.number.unwrap_or(0) as i32, 2),
                    None => (number * 60, 1),
                },
                _ => (number * 60, 1),
            };
            if minutes <= 14 * 60 {
                offset = Some(if negative { -minutes } else { minutes });
                i += used;
            }
        } else if zone.number.is_none() && zone.gap.len() <= 2 {
            let lower = zone.text.to_ascii_lowercase();
            if let Some(minutes) = table_lines(include_str!("../../assets/lang/en/time-zones.txt"))
                .filter_map(|line| line.split_once('\t'))
                .find(|(name, _)| *name == lower)
                .and_then(|(_, minutes)| minutes.parse().ok())
            {
                offset = Some(minutes);
                i += 1;
            }
        }
    }
    (Some(time), offset, i)
}
