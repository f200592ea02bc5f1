//! Dates: absolute, partial and relative ones, anchored on the day of publication.
//!
//! | words | read as |
//! |---|---|
//! | "July 24, 2020", "24 July", "2020-07-24", "03/18/40" | that day; without a year the one nearest to publication |
//! | "April 2017", "in April", "2014", "the 1990s" | the month, the year, the span of years |
//! | "Friday" | the last one, today included; the next one, today included, where a future form stands nearer |
//! | "next Friday", "last Friday" | that day of next or last week (weeks run from Monday); "this" of this week |
//! | "coming Friday", "past Friday" | the nearest one ahead or behind |
//! | "last week", "earlier this month", "end of 2019" | the week as a span of days, the month, the year |
//! | "two years ago", "in three weeks" | that day, with the unit as its grain |
//! | "two weeks after Christmas" | counted from that day |
//! | "since 2014" | the day, month or year at which it began |
//!
//! "After", "before" and "by" become qualifiers, unless what follows is a possessive ("after Tuesday's
//! vote" tells the day of the vote). Numeric dates are read month first unless the source's language
//! says otherwise or the first number can be no month.

mod absolute;
mod calendar;
mod numeric;
mod relative;

use super::duration::Length;
use super::lex::Lexed;
use super::lexicon::{Lexicon, Role, Span};
use super::tense::{Tense, tense};
use crate::extract::{PartialDate, Qualifier, Value};
use jiff::civil::Date;

/// A date as read.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) end: usize,
    pub(super) value: Value,
    pub(super) rule: &'static str,
    /// The unit in which the words count, where the day is more exact than they are.
    pub(super) grain: Option<&'static str>,
    pub(super) qualifier: Option<Qualifier>,
}

impl Found {
    fn new(end: usize, value: Value, rule: &'static str) -> Self {
        Self { end, value, rule, grain: None, qualifier: None }
    }

    fn day(end: usize, date: Date, rule: &'static str) -> Self {
        Self::new(end, Value::Date(full(date)), rule)
    }

    /// First day and whether a day is said.
    fn first_day(&self) -> Option<Date> {
        match &self.value {
            Value::Date(d) | Value::DateRange(d, _) => d.span().map(|s| s.0),
            _ => None,
        }
    }

    fn is_day(&self) -> bool {
        matches!(&self.value, Value::Date(PartialDate { day: Some(_), .. }))
    }
}

/// What reading dates needs to know.
pub(super) struct Dates<'a> {
    pub(super) lx: &'a Lexed<'a>,
    pub(super) lexicon: &'a Lexicon,
    /// The day of publication.
    pub(super) today: Option<Date>,
    /// Numeric dates are written day first.
    pub(super) day_first: bool,
}

fn full(date: Date) -> PartialDate {
    PartialDate { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) }
}

fn year_only(year: i16) -> PartialDate {
    PartialDate { year: Some(year), month: None, day: None }
}

fn year_month(year: Option<i16>, month: i8) -> PartialDate {
    PartialDate { year, month: Some(month), day: None }
}

impl Dates<'_> {
    /// Reads the date that starts at atom `i`, with the second end of a span if one follows.
    pub(super) fn at(&self, i: usize) -> Option<Found> {
        let first = self.single(i)?;
        Some(self.span_of(i, &first).unwrap_or(first))
    }

    fn single(&self, i: usize) -> Option<Found> {
        self.numeric(i)
            .or_else(|| self.holiday(i))
            .or_else(|| self.weekday_led(i))
            .or_else(|| self.month_led(i))
            .or_else(|| self.relative(i))
            .or_else(|| self.century_led(i))
            .or_else(|| self.day_led(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.year(i))
    }

    /// "From May to July", "2010 to 2015", "between Monday and Friday".
    fn span_of(&self, i: usize, first: &Found) -> Option<Found> {
        let lx = self.lx;
        let joint = first.end;
        let before = lx.before(i, 1);
        let joined = match lx.word(joint) {
            "and" => before == "between",
            "to" | "until" | "till" | "through" | "thru" => true,
            _ => lx.is_dash(joint) && (lx.glued(joint) == lx.glued(joint + 1)) && !matches!(first.value, Value::DateRange(..)),
        };
        if !joined {
            return None;
        }
        let at = if lx.is(joint + 1, "the") { joint + 2 } else { joint + 1 };
        let second = self.single(at)?;
        let (Value::Date(mut a), Value::Date(b)) = (first.value.clone(), second.value.clone()) else { return None };
        if lx.is_dash(joint) && (a.day.is_some() != b.day.is_some() || a.month.is_some() != b.month.is_some()) {
            return None;
        }
        // "Monday to Thursday" run from the first one on.
        if first.rule == "date-weekday" && second.rule == "date-weekday" {
            let (start, weekday) = (first.first_day()?, second.first_day()?.weekday().to_monday_one_offset());
            let last = calendar::on_or_after(start, weekday)?;
            return Some(Found::new(second.end, Value::DateRange(a, full(last)), "date-span"));
        }
        // "From May to July 2019": the year stands once.
        if first.rule != "date-weekday" && a.month.is_some() && b.year.is_some() && !self.has_own_year(i, first.end) {
            a.year = b.year;
            if a.span().map(|s| s.0) > b.span().map(|s| s.0) {
                a.year = b.year.map(|y| y - 1);
            }
        }
        let ordered = match (a.span(), b.span()) {
            (Some(x), Some(y)) => x.0 < y.0,
            _ => a.year == b.year && (a.month, a.day) < (b.month, b.day),
        };
        ordered.then(|| Found::new(second.end, Value::DateRange(a, b), "date-span"))
    }

    fn has_own_year(&self, start: usize, end: usize) -> bool {
        (start..end).any(|k| self.lx.plain(k, 4, 4).is_some())
    }

    /// A month and day without a year: the year that brings it nearest to publication.
    fn nearest(&self, month: i8, day: Option<i8>, start: usize, end: usize) -> PartialDate {
        let unknown = PartialDate { year: None, month: Some(month), day };
        let Some(today) = self.today else { return unknown };
        let candidates = (today.year() - 1..=today.year() + 1).filter_map(|year| {
            let date = Date::new(year, month, day.unwrap_or(15)).ok()?;
            Some((date, (date.duration_since(today).as_hours() / 24).abs()))
        });
        let mut list: Vec<(Date, i64)> = candidates.collect();
        list.sort_by_key(|c| c.1);
        let Some(&(best, distance)) = list.first() else { return unknown };
        // Far away either way, the tense tells which of two it is.
        let pick = if distance > 60 {
            match tense(self.lx, start, end) {
                Tense::Past => list.iter().map(|c| c.0).filter(|d| *d <= today).max(),
                Tense::Future => list.iter().map(|c| c.0).filter(|d| *d >= today).min(),
                Tense::Open => None,
            }
        } else {
            None
        };
        PartialDate { year: Some(pick.unwrap_or(best).year()), ..unknown }
    }

    /// A date that a length is counted from or to: "two months ago", "3 days from Tuesday". `i` is where
    /// the length begins.
    pub(super) fn counted(&self, i: usize, length: &Length) -> Option<Found> {
        let lx = self.lx;
        let unit = length.unit();
        if !unit.is_calendar() || length.upto.is_some() {
            return None;
        }
        let grain = Some(match unit {
            Span::Week | Span::Fortnight => "week",
            Span::Month => "month",
            Span::Year | Span::Decade | Span::Century => "year",
            _ => "day",
        });
        let from = |base: Date, sign: f64| length.parts.iter().try_fold(base, |date, (n, span)| calendar::add(date, n * sign, *span));
        let qualifier = length.qualifier;
        let build = |end: usize, date: Date, rule| Found { grain, qualifier, ..Found::day(end, date, rule) };
        let at = length.end;
        let here = |end: usize, sign: f64| self.today.and_then(|t| from(t, sign)).map(|d| build(end, d, "date-counted"));
        match (lx.word(at), lx.word(at + 1)) {
            ("ago" | "back", _) if lx.is(at, "ago") || lx.is_any(at + 1, &[".", ","]) => return here(at + 1, -1.0),
            ("hence", _) => return here(at + 1, 1.0),
            ("from", "now" | "today") | ("after", "today") => return here(at + 2, 1.0),
            ("before", "today") => return here(at + 2, -1.0),
            _ => {}
        }
        let sign = match lx.word(at) {
            "from" | "after" | "since" | "following" => 1.0,
            "before" => -1.0,
            _ => 0.0,
        };
        if sign != 0.0 {
            let mut base_at = at + 1;
            if lx.is(base_at, "the") && lx.is(base_at + 1, "year") {
                base_at += 1;
            }
            if let Some(base) = self.single(base_at).filter(|b| self.can_count_from(b))
                && let Some(day) = base.first_day()
                && let Some(day) = if lx.is(at, "from") && base.end == base_at + 1 {
                    // "Three days from Friday" looks ahead.
                    lx.weekday(base_at).map_or(Some(day), |w| calendar::on_or_after(self.today?, w.0))
                } else {
                    Some(day)
                }
                && let Some(date) = from(day, sign)
            {
                let mut end = base.end;
                let mut date = date;
                // "Three weeks after Christmas on Friday"
                if lx.is(end, "on")
                    && let Some((weekday, _)) = lx.weekday(end + 1)
                {
                    date = calendar::in_sunday_week(date, weekday)?;
                    end += 2;
                }
                return Some(build(end, date, "date-counted"));
            }
            return None;
        }
        // "In two weeks": what will be; after a past form it is how long something took.
        if lx.is(i.wrapping_sub(1), "in") && tense(lx, i.saturating_sub(1), at) != Tense::Past && unit.is_calendar() {
            // "The third strike in a year", "the worst in a decade"
            let ranked = |k: usize| {
                lx.atom(k).sentence == lx.atom(i).sentence
                    && (lx.listed(k, "rank")
                        || lx.role(k, |r| matches!(r, Role::Ordinal(_)).then_some(())).is_some()
                        || lx.is_digits(k) && lx.is_any(k + 1, &["st", "nd", "rd", "th"])
                        || lx.word(k).len() > 5 && lx.word(k).ends_with("est"))
            };
            let ranks = lx.is_any(i, &["a", "an"]) && (i.saturating_sub(9)..i).any(ranked);
            let rates = ranks || lx.is_any(at, &["of", "at", "in"]) || lx.is_apostrophe(at);
            if !rates
                && (tense(lx, i.saturating_sub(1), at) == Tense::Future || lx.is_break(at) || lx.is_any(at, &[".", "?", "!", ",", "or"]))
            {
                return here(at, 1.0);
            }
        }
        None
    }

    /// Days, months and years can be counted from; "the war" can't, and is no date anyway.
    fn can_count_from(&self, base: &Found) -> bool {
        matches!(base.value, Value::Date(_)) && base.first_day().is_some()
    }
}
