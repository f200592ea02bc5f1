//! Dates and times in figures, with the month names, letters and links of a language.

use super::{Reader, digit, spaceless};
use crate::extract::PartialDate;
use jiff::civil;

impl Reader<'_> {
    /// A date that starts with the digits at `start`.
    pub(super) fn date(&self, start: usize) -> Option<(usize, PartialDate)> {
        let (first, end, digits) = self.run(start);
        self.marked_date(first, end).or_else(|| self.worded_date(first, end, digits)).or_else(|| self.numeric_date(first, end, digits))
    }

    /// "2026年3月3日", "3월 3일".
    fn marked_date(&self, first: f64, end: usize) -> Option<(usize, PartialDate)> {
        let [year_marks, month_marks, day_marks, ..] = &self.writing.marks;
        let mark = |at: usize, marks: &[&str]| {
            let rest = self.text.get(at..)?;
            marks.iter().find(|m| rest.starts_with(**m)).map(|m| at + m.len())
        };
        let next = |at: usize| {
            let at = if self.char_at(at) == Some(' ') { at + 1 } else { at };
            self.char_at(at).and_then(digit).map(|_| self.run(at))
        };
        let (mut date, mut at) = (PartialDate { year: None, month: None, day: None }, end);
        let mut value = first;
        if let Some(after) = mark(at, year_marks) {
            if !(1000.0..=9999.0).contains(&value) {
                return None;
            }
            date.year = Some(value as i16);
            let Some((month, to, _)) = next(after).filter(|n| mark(n.1, month_marks).is_some()) else {
                return Some((after, date));
            };
            (value, at) = (month, to);
        }
        let after = mark(at, month_marks)?;
        date.month = Some(value as i8).filter(|_| (1.0..=12.0).contains(&value));
        date.month?;
        date.year = date.year.or(self.year);
        if let Some((day, to, _)) = next(after)
            && let Some(end) = mark(to, day_marks)
            && (1.0..=31.0).contains(&day)
        {
            date.day = Some(day as i8);
            return valid(date).map(|d| (end, d));
        }
        // "3月" alone may count months.
        date.year.filter(|_| at != end).map(|_| (after, date))
    }

    /// "3. März 2026", "3 de marzo de 2026".
    fn worded_date(&self, first: f64, end: usize, digits: usize) -> Option<(usize, PartialDate)> {
        if digits > 2 || !(1.0..=31.0).contains(&first) || self.writing.months.is_empty() {
            return None;
        }
        let mut at = end + usize::from(self.char_at(end) == Some('.'));
        let (month, to) = self.linked(&mut at, |at| {
            let (word, to) = self.word(at)?;
            let rest = &self.lower[to - word.len()..];
            let two = || self.writing.months.iter().find(|(name, _)| name.contains(' ') && rest.starts_with(**name));
            match self.writing.months.get(word) {
                Some(month) => Some((*month, to)),
                None => two().map(|(name, month)| (*month, to - word.len() + name.len())),
            }
        })?;
        let mut at = to + usize::from(self.char_at(to) == Some('.') && self.char_at(to + 1) == Some(' '));
        let year = self.linked(&mut at, |at| {
            let at = at + self.char_at(at).filter(|c| matches!(c, ' ' | '\u{a0}')).map_or(0, char::len_utf8);
            let (year, end, digits) = self.run(at);
            (digits == 4).then_some((year as i16, end))
        });
        let (year, end) = year.map_or((self.year, to), |(year, end)| (Some(year), end));
        valid(PartialDate { year, month: Some(month), day: Some(first as i8) }).map(|d| (end, d))
    }

    /// What `read` finds at `at` or behind a word that may stand inside of a date.
    fn linked<T>(&self, at: &mut usize, read: impl Fn(usize) -> Option<T>) -> Option<T> {
        read(*at).or_else(|| {
            let rest = self.lower.get(*at..)?;
            let bare = rest.trim_start_matches([' ', '\u{a0}']);
            let link = self.writing.links.iter().find(|l| bare.starts_with(**l))?;
            *at += rest.len() - bare.len() + link.len();
            read(*at)
        })
    }

    /// "2026-03-03", "3.3.2026", "03/03/2026".
    fn numeric_date(&self, first: f64, end: usize, digits: usize) -> Option<(usize, PartialDate)> {
        let mark = self.char_at(end).filter(|c| matches!(c, '.' | '/' | '-' | '．' | '／'))?;
        let (second, to, n) = self.run(end + mark.len_utf8());
        if self.char_at(to) != Some(mark) || !(1..=2).contains(&n) {
            return None;
        }
        let (third, end, m) = self.run(to + mark.len_utf8());
        let goes_on = self.char_at(end) == Some(mark) && self.char_at(end + mark.len_utf8()).and_then(digit).is_some();
        let (year, month, day) = match (digits, m) {
            (4, 1 | 2) => (first, second, third),
            (1 | 2, 4) => (third, second, first),
            _ => return None,
        };
        if goes_on || month > 12.0 || day > 31.0 {
            return None;
        }
        valid(PartialDate { year: Some(year as i16), month: Some(month as i8), day: Some(day as i8) }).map(|d| (end, d))
    }

    /// "14:30", "14h30", "14時30分", "10.30 Uhr", "9 Uhr".
    pub(super) fn time(&self, start: usize) -> Option<(usize, civil::Time)> {
        let (hour, end, digits) = self.run(start);
        if digits > 2 || hour > 24.0 {
            return None;
        }
        let clock = |minute: f64| civil::Time::new(hour as i8 % 24, minute as i8, 0, 0).ok();
        let [.., hour_marks, minute_marks] = &self.writing.marks;
        let rest = &self.lower[end..];
        let glued = hour_marks.iter().find(|m| rest.starts_with(**m));
        let mark =
            glued.map(|m| m.len()).or_else(|| rest.starts_with([':', '：', '.']).then(|| self.char_at(end).map_or(1, char::len_utf8)));
        if let Some(mark) = mark {
            // "3時間", "3시간": hours that pass.
            if glued.is_some() && rest[mark..].starts_with(['間', '间', '간']) {
                return None;
            }
            let at = end + mark;
            let (minute, to, n) = self.run(at + usize::from(glued.is_some() && self.char_at(at) == Some(' ')));
            let hour_follows = self.any(to, &self.writing.hour, &[]);
            if n == 2 && minute < 60.0 && (glued.is_some() || rest.starts_with([':', '：']) || hour_follows.is_some()) {
                let minutes_end = minute_marks.iter().find(|m| self.lower[to..].starts_with(**m)).map_or(to, |m| to + m.len());
                return clock(minute).map(|t| (hour_follows.unwrap_or(minutes_end), t));
            }
            let letters = self.char_at(at).is_some_and(|c| c.is_alphabetic() && !spaceless(c));
            return (glued.is_some() && n == 0 && !letters).then(|| clock(0.0).map(|t| (at, t))).flatten();
        }
        // "Heures", "horas" count hours as often as they tell them.
        let told =
            self.any(end, &self.writing.hour, &[]).filter(|_| self.writing.hour.iter().any(|h| matches!(*h, "uhr" | "uur" | "बजे")))?;
        clock(0.0).map(|t| (told, t))
    }
}

/// The date, if there is such a day.
fn valid(date: PartialDate) -> Option<PartialDate> {
    match (date.year, date.month, date.day) {
        (Some(y), Some(m), Some(d)) => civil::Date::new(y, m, d).ok().map(|_| date),
        (None, Some(m), Some(d)) => civil::Date::new(2024, m, d).ok().map(|_| date),
        _ => Some(date),
    }
}
