//! Dates that are said from where the writer stands: "yesterday", "Friday", "last week", "early next year".

use super::super::duration;
use super::super::lexicon::{Role, Span};
use super::super::tense::{Tense, tense};
use super::{Dates, Found, calendar, full, year_month, year_only};
use crate::extract::{PartialDate, Value};
use jiff::civil::Date;

/// The word before a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rel {
    Last,
    Past,
    This,
    Next,
    Coming,
    The,
}

impl Dates<'_> {
    pub(super) fn relative(&self, i: usize) -> Option<Found> {
        self.day_word(i)
            .or_else(|| self.nth_weekday(i))
            .or_else(|| self.nth_part(i))
            .or_else(|| self.part_of_year(i))
            .or_else(|| self.modified(i))
            .or_else(|| self.part_of(i))
    }

    /// "Today", "the day before yesterday".
    fn day_word(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        let today = self.today?;
        let day = |end: usize, days: i64| calendar::add_days(today, days).map(|d| Found::day(end, d, "date-relative"));
        let at = if lx.is(i, "the") { i + 1 } else { i };
        if lx.is(at, "day") {
            return match (lx.word(at + 1), lx.word(at + 2)) {
                ("before", "yesterday") => day(at + 3, -2),
                ("after", "tomorrow" | "tmr" | "tmrw") => day(at + 3, 2),
                // "The day before Christmas"
                (side @ ("before" | "after"), _) => {
                    let base = self.holiday(at + 2).or_else(|| self.month_led(at + 2)).filter(Found::is_day)?;
                    let date = calendar::add_days(base.first_day()?, if side == "before" { -1 } else { 1 })?;
                    Some(Found::day(base.end, date, "date-relative"))
                }
                _ => None,
            };
        }
        match lx.word(i) {
            "today" | "tonight" | "tomorrow" if self.is_title(i) => None,
            "today" | "tonight" | "otd" => day(i + 1, 0),
            "yesterday" => day(i + 1, -1),
            "tomorrow" | "tmr" | "tmrw" => day(i + 1, 1),
            "eoy" => Some(Found::new(i + 1, Value::Date(year_only(today.year())), "date-relative")),
            "year" | "month" if lx.is(i + 1, "to") && lx.is(i + 2, "date") => {
                Some(Found::new(i + 3, Value::Date(self.this_period(lx.span(i)?)?), "date-relative"))
            }
            _ => None,
        }
    }

    /// A capital that no sentence or headline gives makes the word part of a name: "Meridian Today", "CBS This Morning".
    pub(super) fn is_title(&self, i: usize) -> bool {
        let lx = self.lx;
        let Some(before) = i.checked_sub(1).filter(|_| lx.capital(i) && !lx.opens_sentence(i)) else { return false };
        if !lx.capital(before) {
            return false;
        }
        let small = |k: usize| lx.is_word(k) && !lx.capital(k) && lx.word(k).len() > 3 && lx.atom(k).sentence == lx.atom(i).sentence;
        lx.written(i).len() > 2 && lx.written(i).chars().all(char::is_uppercase) || (i.saturating_sub(8)..i + 9).any(small)
    }

    fn this_period(&self, span: Span) -> Option<PartialDate> {
        let today = self.today?;
        match span {
            Span::Year => Some(year_only(today.year())),
            Span::Month => Some(year_month(Some(today.year()), today.month())),
            _ => None,
        }
    }

    /// A weekday with what may stand behind it.
    pub(super) fn weekday_led(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        let (weekday, short) = lx.weekday(i)?;
        let mut after = i + 1;
        if short && lx.is(after, ".") && lx.glued(after) {
            after += 1;
        }
        // "Friday, July 24", "Friday (July 24)", "Friday 2018-7-6"
        let date_at = if lx.is_any(after, &[",", "(", "-", "–"]) { after + 1 } else { after };
        let date_at = if lx.is(date_at, "the") && lx.month(date_at + 1).is_some() { date_at + 1 } else { date_at };
        if let Some(date) =
            self.numeric(date_at).or_else(|| self.month_led(date_at)).or_else(|| self.day_led(date_at)).filter(Found::is_day)
        {
            let end = if lx.is(after, "(") && lx.is(date.end, ")") { date.end + 1 } else { date.end };
            return Some(Found { end, ..date });
        }
        // "Tuesday the eleventh", "Friday the 13th"
        let the = if lx.is(after, "the") { after + 1 } else { after };
        if let Some((end, day, true)) = self.day_number(the)
            && !lx.is_any(end, &["and", "time", "day"])
            && let Some(date) = self.weekday_and_day(weekday, day)
        {
            return Some(Found::day(end, date, "date-weekday"));
        }
        let today = self.today?;
        // "Tuesday of next week", "Wednesday next week"
        let of = if lx.is(after, "of") { after + 1 } else { after };
        let of = if lx.is(of, "the") { of + 1 } else { of };
        if lx.is(of + 1, "week") && lx.is_any(of, &["last", "next", "this", "following", "coming", "past", "previous"]) {
            let weeks = match lx.word(of) {
                "last" | "past" | "previous" => -7,
                "this" => 0,
                _ => 7,
            };
            let date = calendar::in_week(calendar::add_days(today, weeks)?, weekday)?;
            return Some(Found::day(of + 2, date, "date-weekday"));
        }
        // "Monday two weeks from now", "Sunday three weeks after January 15"
        if let Some(length) = duration::length(lx, after).filter(|l| matches!(l.unit(), Span::Week | Span::Month | Span::Fortnight))
            && let Some(counted) = self.counted(after, &length)
            && let Some(date) = counted.first_day().and_then(|d| calendar::in_sunday_week(d, weekday))
        {
            return Some(Found::day(counted.end, date, "date-weekday"));
        }
        if short && !(after > i + 1 || lx.is_any(i.wrapping_sub(1), &["on", "last", "next", "this"])) {
            return None;
        }
        if short && !lx.capital(i) {
            return None;
        }
        // "The Sunday Times", "Friday Night Dinner"
        if lx.capital(after)
            && after == i + 1
            && lx.is_word(after)
            && lx.is_any(i.wrapping_sub(1), &["the", "of"])
            && lx.weekday(after).is_none()
        {
            return None;
        }
        let date = match tense(lx, i, after) {
            Tense::Future => calendar::on_or_after(today, weekday),
            _ => calendar::on_or_before(today, weekday),
        }?;
        Some(Found::day(i + 1, date, "date-weekday"))
    }

    /// The date nearest to publication on which a weekday has that number.
    fn weekday_and_day(&self, weekday: i8, day: i8) -> Option<Date> {
        let today = self.today?;
        let first = Date::new(today.year(), today.month(), 1).ok()?;
        (-12..=12)
            .filter_map(|months| {
                let month = calendar::add(first, f64::from(months), Span::Month)?;
                Date::new(month.year(), month.month(), day).ok()
            })
            .filter(|d| d.weekday().to_monday_one_offset() == weekday)
            .min_by_key(|d| (d.duration_since(today).as_hours() / 24).abs())
    }

    /// "First Monday of July", "the last Friday in May 2019".
    fn nth_weekday(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        let at = if lx.is(i, "the") { i + 1 } else { i };
        let (next, nth) = match lx.word(at) {
            "last" => (at + 1, -1),
            _ => {
                let (end, n, ordinal) = self.day_number(at)?;
                if !ordinal || n > 5 {
                    return None;
                }
                (end, n)
            }
        };
        let (weekday, _) = lx.weekday(next)?;
        if !lx.is_any(next + 1, &["of", "in"]) {
            return None;
        }
        let month = self.month_of(next + 2)?;
        let Value::Date(PartialDate { year: Some(year), month: Some(month_number), day: None }) = month.value else { return None };
        calendar::nth_weekday(year, month_number, nth, weekday).map(|d| Found::day(month.end, d, "date-weekday"))
    }

    /// A month behind "of": "May", "May 2019", "this month".
    fn month_of(&self, at: usize) -> Option<Found> {
        let lx = self.lx;
        if lx.month(at).is_some() {
            return self.month_led(at);
        }
        self.modified(at).filter(|f| matches!(f.value, Value::Date(PartialDate { month: Some(_), day: None, .. })))
    }

    /// "The last day of June", "first week of 2019", "the 4th day of next month".
    fn nth_part(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        let at = if lx.is(i, "the") { i + 1 } else { i };
        let (next, nth) = match lx.word(at) {
            "last" | "final" => (at + 1, -1),
            _ => self.day_number(at).filter(|d| d.2).map(|d| (d.0, i64::from(d.1)))?,
        };
        let span = lx.span(next).filter(|_| lx.is_any(next + 1, &["of", "in"]))?;
        let period = self
            .month_of(next + 2)
            .or_else(|| self.modified(next + 2))
            .or_else(|| self.year(next + 2))
            .filter(|f| matches!(f.value, Value::Date(PartialDate { day: None, .. })))?;
        let Value::Date(date) = period.value else { return None };
        let (first, last) = date.span()?;
        let from = |start: Date, days: i64| -> Option<(Date, Date)> { Some((start, calendar::add_days(start, days)?)) };
        let (first, last) = match (span, nth) {
            (Span::Day, -1) => (last, last),
            (Span::Day, n) => from(calendar::add_days(first, n - 1)?, 0)?,
            (Span::Week, -1) => (calendar::add_days(last, -6)?, last),
            (Span::Week, n) if n <= 5 => from(calendar::add_days(first, 7 * (n - 1))?, 6)?,
            _ => return None,
        };
        let value = if first == last { Value::Date(full(first)) } else { Value::DateRange(full(first), full(last)) };
        Some(Found::new(period.end, value, "date-part"))
    }

    /// "Q3 2016", "the first quarter of 2019", "second half of last year": months. Without a year they are
    /// reporting periods of their own, and no dates.
    fn part_of_year(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        let at = if lx.is(i, "the") { i + 1 } else { i };
        let (next, nth, months) = if lx.is_any(at, &["q", "h"]) && lx.glued(at + 1) {
            let n = lx.plain(at + 1, 1, 1)?;
            (at + 2, n, if lx.is(at, "q") { 3 } else { 6 })
        } else {
            let (next, n) = match lx.word(at) {
                "last" | "final" => (at + 1, 0),
                _ => self.day_number(at).filter(|d| d.2).map(|d| (d.0, d.1 as u32))?,
            };
            let next = lx.skip_hyphen(next);
            let months = if lx.is(next, "quarter") {
                3
            } else if lx.is(next, "half") {
                6
            } else {
                return None;
            };
            (next + 1, if n == 0 { 12 / months } else { n }, months)
        };
        if nth == 0 || nth * months > 12 {
            return None;
        }
        let year_at = if lx.is_any(next, &["of", "in", ",", "-"]) { next + 1 } else { next };
        let (end, year) = self.year_number(year_at).filter(|y| (1800..2200).contains(&y.1)).or_else(|| {
            let found = self.modified(year_at)?;
            match found.value {
                Value::Date(PartialDate { year: Some(year), month: None, day: None }) => Some((found.end, year)),
                _ => None,
            }
        })?;
        let first = year_month(Some(year), ((nth - 1) * months + 1) as i8);
        let last = year_month(Some(year), (nth * months) as i8);
        Some(Found::new(end, Value::DateRange(first, last), "date-part"))
    }

    fn modifier(&self, i: usize) -> Option<(usize, Rel, bool)> {
        let lx = self.lx;
        let the = lx.is(i, "the");
        let at = if the { i + 1 } else { i };
        let rel = match lx.word(at) {
            "last" | "previous" => Rel::Last,
            "past" => Rel::Past,
            "next" | "following" => Rel::Next,
            "coming" | "upcoming" => Rel::Coming,
            "current" => Rel::This,
            "this" => match lx.word(at + 1) {
                "past" => return Some((at + 2, Rel::Past, the)),
                "coming" | "upcoming" => return Some((at + 2, Rel::Coming, the)),
                _ => Rel::This,
            },
            _ if the => return Some((at, Rel::The, true)),
            _ => return None,
        };
        Some((at + 1, rel, the))
    }

    /// "Last Friday", "next week", "this August", "the past year", "last summer".
    fn modified(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        let today = self.today?;
        let (at, rel, the) = self.modifier(i)?;
        if self.is_title(i) && lx.capital(at) {
            return None;
        }
        let narrative = the && rel != Rel::The;
        if !the && lx.is_any(at, &["morning", "afternoon", "evening", "night"]) {
            let days = match rel {
                Rel::This => 0,
                Rel::Last | Rel::Past => -1,
                _ => return None,
            };
            return calendar::add_days(today, days).map(|d| Found::day(at + 1, d, "date-relative"));
        }
        if let Some((weekday, _)) = lx.weekday(at).filter(|_| rel != Rel::The) {
            if narrative && rel == Rel::Next {
                return None;
            }
            // "This Friday, July 24": the words of the date win.
            if let Some(exact) = self.weekday_led(at).filter(|f| f.end > at + 2 && f.is_day() && f.rule == "date-day") {
                return Some(exact);
            }
            return self.weekday_of(weekday, rel).map(|d| Found::day(at + 1, d, "date-weekday"));
        }
        if let Some((month, short)) = lx.month(at).filter(|_| rel != Rel::The) {
            if short && !lx.capital(at) {
                return None;
            }
            let year = today.year()
                + match rel {
                    Rel::Last => -1,
                    Rel::Past => -i16::from(month >= today.month()),
                    Rel::Next => 1,
                    Rel::Coming => i16::from(month < today.month()),
                    _ => 0,
                };
            if let Some(exact) = self.month_led(at).filter(Found::is_day) {
                return Some(exact);
            }
            // "Next April" is the one ahead, in whichever year.
            return Some(Found::new(at + 1, Value::Date(year_month(Some(year), month)), "date-month"));
        }
        if let Some(season) = lx.role(at, |r| if let Role::Season(m) = r { Some(*m) } else { None }) {
            return self.season(at, season, rel);
        }
        let (at, fiscal) =
            if lx.is_any(at, &["calendar", "fiscal", "school", "academic"]) { (at + 1, !lx.is(at, "calendar")) } else { (at, false) };
        if fiscal {
            return None;
        }
        if lx.is(at, "weekend") {
            let shift = match rel {
                Rel::Last => -7,
                Rel::Past | Rel::This | Rel::Coming => 0,
                Rel::Next => 7,
                Rel::The => return self.the_weekend(i, at),
            };
            let saturday = calendar::in_week(calendar::add_days(today, shift)?, 6)?;
            let saturday = if rel == Rel::Past { calendar::add_days(saturday, -7)? } else { saturday };
            return self.days(at + 1, saturday, 2);
        }
        let span = lx.span(at).filter(|_| !lx.word(at).ends_with('s'))?;
        if rel == Rel::The {
            return self.the_period(i, at, span);
        }
        if narrative {
            return None;
        }
        // "Next week Wednesday", "last week on Tuesday"
        let shift = match rel {
            Rel::Last | Rel::Past => -1,
            Rel::Next | Rel::Coming => 1,
            _ => 0,
        };
        match span {
            Span::Week => {
                let base = calendar::add_days(today, 7 * i64::from(shift))?;
                let on = if lx.is(at + 1, "on") { at + 2 } else { at + 1 };
                let on = if lx.is(at + 1, ",") && lx.is(at + 2, "on") { at + 3 } else { on };
                if let Some((weekday, false)) = lx.weekday(on) {
                    return calendar::in_week(base, weekday).map(|d| Found::day(on + 1, d, "date-weekday"));
                }
                self.days(at + 1, calendar::monday(base)?, 7)
            }
            Span::Month => {
                let month = calendar::add(Date::new(today.year(), today.month(), 1).ok()?, f64::from(shift), Span::Month)?;
                Some(Found::new(at + 1, Value::Date(year_month(Some(month.year()), month.month())), "date-relative"))
            }
            Span::Year => Some(Found::new(at + 1, Value::Date(year_only(today.year() + shift as i16)), "date-relative")),
            Span::Decade => {
                let first = today.year() - today.year().rem_euclid(10) + 10 * shift as i16;
                Some(Found::new(at + 1, Value::DateRange(year_only(first), year_only(first + 9)), "date-relative"))
            }
            _ => None,
        }
    }

    fn weekday_of(&self, weekday: i8, rel: Rel) -> Option<Date> {
        let today = self.today?;
        match rel {
            Rel::Last => calendar::in_week(calendar::add_days(today, -7)?, weekday),
            Rel::Next => calendar::in_week(calendar::add_days(today, 7)?, weekday),
            Rel::This => calendar::in_week(today, weekday),
            Rel::Past => calendar::on_or_before(calendar::add_days(today, -1)?, weekday),
            Rel::Coming | Rel::The => calendar::on_or_after(calendar::add_days(today, 1)?, weekday),
        }
    }

    fn days(&self, end: usize, first: Date, count: i64) -> Option<Found> {
        let last = calendar::add_days(first, count - 1)?;
        Some(Found::new(end, Value::DateRange(full(first), full(last)), "date-relative"))
    }

    /// "Over the weekend": the last one, or the one ahead.
    fn the_weekend(&self, i: usize, at: usize) -> Option<Found> {
        let today = self.today?;
        if !self.lx.listed(i.wrapping_sub(1), "weekend-lead") {
            return None;
        }
        let saturday = match tense(self.lx, i, at + 1) {
            Tense::Future => calendar::on_or_after(today, 6),
            _ => calendar::on_or_before(today, 6),
        }?;
        self.days(at + 1, saturday, 2)
    }

    /// "The end of the year", "player of the year": the period of publication. Elsewhere "the year" is any.
    fn the_period(&self, i: usize, at: usize, span: Span) -> Option<Found> {
        if self.lx.is(at + 1, "to") && self.lx.is(at + 2, "date") {
            return self.day_word(at);
        }
        let lx = self.lx;
        let led = lx.is(i.wrapping_sub(1), "of")
            && !lx.is_any(i.wrapping_sub(2), &["time", "times", "rest"])
            && !lx.is_any(at + 1, &["before", "after", "of", "when", "that"])
            || lx.is_any(i.wrapping_sub(1), &["in", "in"]) && lx.is_any(i.wrapping_sub(2), &["later", "earlier", "late", "early"]);
        let period = self.this_period(span).filter(|_| led)?;
        Some(Found::new(at + 1, Value::Date(period), "date-relative"))
    }

    /// "Last summer", "this spring": three months.
    fn season(&self, at: usize, first_month: i8, rel: Rel) -> Option<Found> {
        let lx = self.lx;
        let today = self.today?;
        if lx.is(at, "fall") && lx.is_any(at + 1, &["in", "of", "from"]) {
            return None;
        }
        let own_year =
            self.year_number(if lx.is_any(at + 1, &["of", "in"]) { at + 2 } else { at + 1 }).filter(|y| (1500..2200).contains(&y.1));
        let (end, year) = match (own_year, rel) {
            (Some((end, year)), _) => (end, year),
            (None, Rel::The) => return None,
            (None, Rel::This) => (at + 1, today.year()),
            (None, Rel::Last | Rel::Past) => {
                let ends = Date::new(today.year(), if first_month == 12 { 2 } else { first_month + 2 }, 28).ok()?;
                (at + 1, if first_month != 12 && ends < today { today.year() } else { today.year() - 1 })
            }
            (None, Rel::Next | Rel::Coming) => (at + 1, today.year() + i16::from(first_month <= today.month())),
        };
        let first = year_month(Some(year), first_month);
        let last = if first_month == 12 { year_month(Some(year + 1), 2) } else { year_month(Some(year), first_month + 2) };
        Some(Found::new(end, Value::DateRange(first, last), "date-season"))
    }

    /// "Early next year", "mid-July", "the end of 2019", "later this month", "summer 2016".
    fn part_of(&self, i: usize) -> Option<Found> {
        let lx = self.lx;
        let at = if lx.is(i, "the") { i + 1 } else { i };
        if let Some(season) = lx.role(at, |r| if let Role::Season(m) = r { Some(*m) } else { None }) {
            return self.season(at, season, Rel::The);
        }
        let next = match lx.word(at) {
            "early" | "late" | "mid" | "earlier" | "later" => {
                let next = lx.skip_hyphen(at + 1);
                if lx.is(next, "in") { next + 1 } else { next }
            }
            "end" | "beginning" | "start" | "middle" if lx.is(at + 1, "of") => at + 2,
            _ => return None,
        };
        let found = self
            .month_led(next)
            .or_else(|| self.modified(next))
            .or_else(|| self.decade(next))
            .or_else(|| self.year(next))
            .or_else(|| self.weekday_led(next).filter(|_| lx.is_any(at, &["early", "late", "earlier", "later"])))
            .or_else(|| self.day_word(next).filter(|_| lx.is_any(at, &["early", "late", "earlier", "later"])))?;
        Some(Found { rule: "date-part", ..found })
    }
}
