//! Dates in figures: `2020-07-24`, `24.7.2020`, `7/24/20`, `2015-16`.

use super::absolute::YEARS;
use super::{Dates, Found, year_month, year_only};
use crate::extract::Value;
use jiff::civil::Date;

impl Dates<'_> {
    /// `2020-07-24`, `24.7.2020`, `7/24/20`, `20200724`, `2016 10 16`, `2019/aug/01`, `2015-12`, `2015-16`.
    pub(super) fn numeric(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        if lx.atom(i).plain_digits == 0 {
            return None;
        }
        let inside_number = i > 1 && lx.glued(i) && lx.is_any(i - 1, &[".", "/", ":"]) && lx.is_digits(i - 2) && lx.glued(i - 1);
        if inside_number || i > 0 && lx.glued(i) && lx.is_any(i - 1, &["$", "£", "€"]) {
            return None;
        }
        if let Some(joined) = lx.plain(i, 8, 8) {
            let (year, month, day) = (joined / 10_000, joined / 100 % 100, joined % 100);
            let date = (1900..=2100).contains(&year).then(|| Date::new(year as i16, month as i8, day as i8).ok()).flatten()?;
            return Some(Found::day(i + 1, date, "date-numeric"));
        }
        let year_first = lx.plain(i, 4, 4).filter(|y| YEARS.contains(y)).map(|y| y as i16);
        if let Some(year) = year_first
            && let (Some(month), Some(day)) = (lx.plain(i + 1, 2, 2), lx.plain(i + 2, 2, 2))
            && let Ok(date) = Date::new(year, month as i8, day as i8)
        {
            return Some(Found::day(i + 3, date, "date-numeric"));
        }
        let separator = |k: usize| (lx.is_hyphen(k) || lx.is_any(k, &["/", ".", "–"])) && lx.glued(k) && (lx.glued(k + 1));
        if !separator(i + 1) {
            return None;
        }
        let ends = |k: usize| !(separator(k) && lx.is_digits(k + 1) || lx.is_word(k) && lx.glued(k) && !lx.is(k, "t"));
        let number = |k: usize| lx.plain(k, 1, 2);
        if separator(i + 3) || lx.month(i + 2).is_some() && lx.is(i + 3, ".") && separator(i + 4) {
            let third = if separator(i + 3) { i + 4 } else { i + 5 };
            let date = if let Some(year) = year_first {
                match (lx.month(i + 2), number(i + 2), lx.month(third), number(third)) {
                    (Some((month, _)), _, _, Some(day)) => Date::new(year, month, day as i8).ok(),
                    (_, Some(day), Some((month, _)), _) => Date::new(year, month, day as i8).ok(),
                    (_, Some(month), _, Some(day)) if month > 0 => Date::new(year, month as i8, day as i8).ok(),
                    _ => None,
                }
            } else {
                let year = match lx.plain(third, 4, 4) {
                    Some(year) if YEARS.contains(&year) => Some(year as i16),
                    _ => lx.plain(third, 2, 2).map(|two| self.century(two)),
                };
                match (number(i), lx.month(i + 2), number(i + 2), year) {
                    (Some(day), Some((month, _)), _, Some(year)) => Date::new(year, month, day as i8).ok(),
                    (Some(a), None, Some(b), Some(year)) => self.two_numbers(a, b, year),
                    _ => None,
                }
            };
            let even = lx.word(i + 1) == lx.word(third - 1) || lx.month(i + 2).is_some();
            return date.filter(|_| even && ends(third + 1)).map(|d| Found::day(third + 1, d, "date-numeric"));
        }
        if let Some(year) = year_first {
            // 2015-16 and 2015-2016 are years, 2015-12 a month.
            if let Some(two) = lx.plain(i + 2, 2, 2).filter(|_| ends(i + 3) && !lx.is(i + 1, ".")) {
                let last = (year - year.rem_euclid(100)).checked_add(two as i16)?;
                let years = last == year + 1 || last > year && two > 12 && !lx.is(i + 1, "/");
                if years {
                    return Some(Found::new(i + 3, Value::DateRange(year_only(year), year_only(last)), "date-years"));
                }
                if (1..=12).contains(&two) {
                    return Some(Found::new(i + 3, Value::Date(year_month(Some(year), two as i8)), "date-numeric"));
                }
            }
            return None;
        }
        // 12/2015
        let month = number(i).filter(|m| (1..=12).contains(m))?;
        let year = lx.plain(i + 2, 4, 4).filter(|y| YEARS.contains(y))?;
        (lx.is(i + 1, "/") && ends(i + 3))
            .then(|| Found::new(i + 3, Value::Date(year_month(Some(year as i16), month as i8)), "date-numeric"))
    }

    fn two_numbers(&self, a: u32, b: u32, year: i16) -> Option<Date> {
        let date = |month: u32, day: u32| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
        if self.day_first { date(b, a).or_else(|| date(a, b)) } else { date(a, b).or_else(|| date(b, a)) }
    }
}
