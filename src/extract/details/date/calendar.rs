//! Arithmetic on the calendar.

use super::super::lexicon::{HolidayRule, Span};
use jiff::civil::{Date, Weekday};

/// The day at which a holiday falls in a year.
pub(super) fn holiday(rule: HolidayRule, year: i16) -> Option<Date> {
    match rule {
        HolidayRule::Fixed { month, day } => Date::new(year, month, day).ok(),
        HolidayRule::Nth { month, nth, weekday, plus } => add_days(nth_weekday(year, month, nth, weekday)?, i64::from(plus)),
        HolidayRule::Easter(days) => add_days(easter(year)?, i64::from(days)),
    }
}

/// Western Easter Sunday (the "anonymous Gregorian algorithm", Meeus, Astronomical Algorithms, 1991, ch. 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(sum / 31).ok()?, i8::try_from(sum % 31 + 1).ok()?).ok()
}

/// The nth weekday of a month; -1 is the last.
pub(super) fn nth_weekday(year: i16, month: i8, nth: i8, weekday: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
}

/// A number of days later.
pub(super) fn add_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A length later (or earlier, when negative). Parts of years count in months, of months in days.
pub(super) fn add(date: Date, number: f64, span: Span) -> Option<Date> {
    if !number.is_finite() || number.abs() > 100_000.0 {
        return None;
    }
    let days = |factor: f64| add_days(date, (number * factor).round() as i64);
    let months = |factor: f64| {
        let all = number * factor;
        let whole = date.checked_add(jiff::Span::new().try_months(all.trunc() as i64).ok()?).ok()?;
        add_days(whole, (all.fract() * 30.0).round() as i64)
    };
    match span {
        Span::Second | Span::Minute | Span::Hour => days(span.seconds() / 86_400.0),
        Span::Day => days(1.0),
        Span::Week => days(7.0),
        Span::Fortnight => days(14.0),
        Span::Month => months(1.0),
        Span::Year => months(12.0),
        Span::Decade => months(120.0),
        Span::Century => months(1200.0),
    }
}

/// Monday of the week.
pub(super) fn monday(date: Date) -> Option<Date> {
    add_days(date, -i64::from(date.weekday().to_monday_zero_offset()))
}

/// A weekday (1 Monday to 7 Sunday) in the week of a date, weeks running from Monday.
pub(super) fn in_week(date: Date, weekday: i8) -> Option<Date> {
    add_days(monday(date)?, i64::from(weekday) - 1)
}

/// The same with weeks that run from Sunday, as "Sunday three weeks after" counts.
pub(super) fn in_sunday_week(date: Date, weekday: i8) -> Option<Date> {
    let first = add_days(date, -i64::from(date.weekday().to_sunday_zero_offset()))?;
    add_days(first, i64::from(weekday) % 7)
}

/// The latest such weekday on or before a date.
pub(super) fn on_or_before(date: Date, weekday: i8) -> Option<Date> {
    let back = (i64::from(date.weekday().to_monday_one_offset()) - i64::from(weekday)).rem_euclid(7);
    add_days(date, -back)
}

/// The first such weekday on or after a date.
pub(super) fn on_or_after(date: Date, weekday: i8) -> Option<Date> {
    let ahead = (i64::from(weekday) - i64::from(date.weekday().to_monday_one_offset())).rem_euclid(7);
    add_days(date, ahead)
}
