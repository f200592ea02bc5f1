//! What a [`Value`] may mean, as an interval in the base unit of its kind.
//!
//! A detail keeps its value and unit as the words say them ("18 months", "50 cents", "5 km"), since
//! that is what a reader checks against the text. Comparing needs one scale instead; this file holds
//! the conversion, and the one place where a [`Qualifier`] is turned into room on both sides.
//!
//! | kind | scale of [`Detail::interval`] | [`Detail::base_unit`] |
//! |---|---|---|
//! | number | the number, or the measure in its base unit | `m`, `kg`, `m2`, `l`, `m/s`… or none |
//! | money | whole units of the currency | the ISO 4217 code |
//! | percent | per cent; points for `pp` | `%` or `pp` |
//! | age | years | `year` |
//! | date | days since 1970-01-01, first and last day that the words may mean | none |
//! | time | minutes since midnight, in UTC where a zone is said | none |
//! | duration | seconds | `s` |
//!
//! The width that "about" leaves is a convention, not a measurement: five per cent is what separates
//! two figures that an editor would print for the same count. It was kept symmetric, and wider only
//! where words name an order of magnitude ("dozens").

use super::{Detail, DetailKind, Qualifier, Value};
use jiff::civil;

/// "About 200" is taken to mean 190 to 210.
pub const ABOUT_SHARE: f64 = 0.05;
/// "Nearly 200" is taken to mean 185 to 200.
pub const NEARLY_SHARE: f64 = 0.075;
/// "Dozens" and "about 10 to 20" reach a tenth below and above their range.
pub const ABOUT_RANGE_SHARE: f64 = 0.10;
/// "Around July 24" reaches three days either side.
pub const ABOUT_DAYS: f64 = 3.0;
/// "Around July" reaches half a month either side.
pub const ABOUT_MONTH_DAYS: f64 = 15.0;
/// "Around 2014" reaches a year either side.
pub const ABOUT_YEAR_DAYS: f64 = 365.0;
/// Half a week, for days counted in weeks: "three weeks ago".
pub const GRAIN_WEEK_DAYS: f64 = 4.0;
/// Half a month, for days counted in months.
pub const GRAIN_MONTH_DAYS: f64 = 16.0;
/// Days counted in years may lie anywhere in that year or half a year off.
pub const GRAIN_YEAR_DAYS: f64 = 183.0;
/// "About 9 pm" reaches half an hour either side.
pub const ABOUT_MINUTES: f64 = 30.0;
/// Length of a month where only its length counts, in days.
pub const MONTH_DAYS: f64 = 30.0;
/// Length of a year where only its length counts, in days.
pub const YEAR_DAYS: f64 = 365.0;

/// Units of measures: as a detail holds them, the base unit of their kind, and what one is in it.
/// Temperatures convert by [`to_base`], since their scales have different zeros.
const UNITS: &[(&str, &str, f64)] = &[
    ("mm", "m", 0.001),
    ("cm", "m", 0.01),
    ("m", "m", 1.0),
    ("km", "m", 1000.0),
    ("in", "m", 0.0254),
    ("ft", "m", 0.3048),
    ("yd", "m", 0.9144),
    ("mi", "m", 1609.344),
    ("nmi", "m", 1852.0),
    ("mg", "kg", 1e-6),
    ("g", "kg", 0.001),
    ("kg", "kg", 1.0),
    ("t", "kg", 1000.0),
    ("ton", "kg", 907.184_74),
    ("oz", "kg", 0.028_349_523_125),
    ("lb", "kg", 0.453_592_37),
    ("st", "kg", 6.350_293_18),
    ("m2", "m2", 1.0),
    ("km2", "m2", 1e6),
    ("ft2", "m2", 0.092_903_04),
    ("mi2", "m2", 2_589_988.110_336),
    ("bp", "pp", 0.01),
    ("ha", "m2", 10_000.0),
    ("acre", "m2", 4_046.856_422_4),
    ("ml", "l", 0.001),
    ("l", "l", 1.0),
    ("m3", "l", 1000.0),
    ("gal", "l", 3.785_411_784),
    ("bbl", "l", 158.987_294_928),
    ("m/s", "m/s", 1.0),
    ("km/h", "m/s", 1.0 / 3.6),
    ("mph", "m/s", 0.447_04),
    ("kn", "m/s", 1852.0 / 3600.0),
    ("W", "W", 1.0),
    ("kW", "W", 1e3),
    ("MW", "W", 1e6),
    ("GW", "W", 1e9),
    ("Wh", "Wh", 1.0),
    ("kWh", "Wh", 1e3),
    ("MWh", "Wh", 1e6),
    ("GWh", "Wh", 1e9),
    ("B", "B", 1.0),
    ("KB", "B", 1e3),
    ("MB", "B", 1e6),
    ("GB", "B", 1e9),
    ("TB", "B", 1e12),
    ("kt", "kt", 1.0),
    ("Mt", "kt", 1e3),
    ("day", "year", 1.0 / YEAR_DAYS),
    ("week", "year", 7.0 / YEAR_DAYS),
    ("month", "year", 1.0 / 12.0),
    ("year", "year", 1.0),
    ("decade", "year", 10.0),
    ("century", "year", 100.0),
];

/// A number of some unit, in the base unit of its kind. Units that are not known stay as they are;
/// `XXX/100` is the hundredth of a currency. `C` and `F` meet in `K`.
pub fn to_base(number: f64, unit: &str) -> (f64, &str) {
    if let Some(currency) = unit.strip_suffix("/100") {
        return (number / 100.0, currency);
    }
    match unit {
        "C" => (number + 273.15, "K"),
        "F" => ((number - 32.0) / 1.8 + 273.15, "K"),
        _ => UNITS.iter().find(|u| u.0 == unit).map_or((number, unit), |u| (number * u.2, u.1)),
    }
}

/// Days since 1970-01-01.
pub fn day_number(date: civil::Date) -> f64 {
    civil::date(1970, 1, 1).until((jiff::Unit::Day, date)).map_or(0.0, |s| f64::from(s.get_days()))
}

impl Detail {
    /// Lowest and highest value that the words may mean, on the scale of the kind; an open end is `None`.
    /// Names, and dates without a year, have no value on a scale: both ends are open.
    pub fn interval(&self) -> (Option<f64>, Option<f64>) {
        match &self.value {
            Value::Number(x) => spread(self.based(*x), self.qualifier),
            Value::Range(low, high) => {
                let (low, high) = (self.based(*low), self.based(*high));
                match self.qualifier {
                    Qualifier::About => (Some(low - low.abs() * ABOUT_RANGE_SHARE), Some(high + high.abs() * ABOUT_RANGE_SHARE)),
                    Qualifier::MoreThan | Qualifier::AtLeast => (Some(low), None),
                    Qualifier::LessThan | Qualifier::UpTo => (None, Some(high)),
                    _ => (Some(low), Some(high)),
                }
            }
            Value::Date(date) => {
                let Some((first, last)) = date.span() else { return (None, None) };
                let room = match (date.month, date.day) {
                    (_, Some(_)) => ABOUT_DAYS,
                    (Some(_), None) => ABOUT_MONTH_DAYS,
                    (None, None) => ABOUT_YEAR_DAYS,
                };
                // "Two years ago" names a day no closer than its unit.
                let grain = match self.unit.as_deref() {
                    Some("week") => GRAIN_WEEK_DAYS,
                    Some("month") => GRAIN_MONTH_DAYS,
                    Some("year") => GRAIN_YEAR_DAYS,
                    _ => 0.0,
                };
                bound(day_number(first) - grain, day_number(last) + grain, self.qualifier, room, 1.0)
            }
            Value::DateRange(from, to) => match (from.span(), to.span()) {
                (Some(a), Some(b)) => bound(day_number(a.0), day_number(b.1), self.qualifier, ABOUT_DAYS, 1.0),
                _ => (None, None),
            },
            Value::Time(..) => match self.point() {
                Some(at) => bound(at, at, self.qualifier, ABOUT_MINUTES, 0.0),
                None => (None, None),
            },
            Value::Duration { seconds, upto: None, .. } => spread(*seconds, self.qualifier),
            Value::Duration { seconds, upto: Some(upto), .. } => match self.qualifier {
                Qualifier::About => (Some(seconds * (1.0 - ABOUT_RANGE_SHARE)), Some(upto * (1.0 + ABOUT_RANGE_SHARE))),
                Qualifier::MoreThan | Qualifier::AtLeast => (Some(*seconds), None),
                Qualifier::LessThan | Qualifier::UpTo => (None, Some(*upto)),
                _ => (Some(*seconds), Some(*upto)),
            },
            Value::Name(_) => (None, None),
        }
    }

    /// The value itself on the scale of the kind: the middle of a range, the first day of a date.
    pub fn point(&self) -> Option<f64> {
        match &self.value {
            Value::Number(x) => Some(self.based(*x)),
            Value::Range(low, high) => Some((self.based(*low) + self.based(*high)) / 2.0),
            Value::Date(date) | Value::DateRange(date, _) => date.span().map(|s| day_number(s.0)),
            Value::Time(time, offset) => {
                let minutes = f64::from(time.hour()) * 60.0 + f64::from(time.minute()) + f64::from(time.second()) / 60.0;
                Some(minutes - f64::from(offset.unwrap_or(0)))
            }
            Value::Duration { seconds, upto, .. } => Some(upto.map_or(*seconds, |upto| (seconds + upto) / 2.0)),
            Value::Name(_) => None,
        }
    }

    /// The unit of [`Detail::interval`] and [`Detail::point`]. Two details are comparable when their
    /// kinds and base units are equal.
    pub fn base_unit(&self) -> Option<&str> {
        match self.kind {
            DetailKind::Duration => Some("s"),
            DetailKind::Date => None,
            _ => self.unit.as_deref().map(|u| to_base(0.0, u).1),
        }
    }

    /// Whether both can be true of the same thing: kinds and base units are equal and the intervals meet.
    /// Names meet when they are equal.
    pub fn meets(&self, other: &Detail) -> bool {
        if self.kind != other.kind || self.base_unit() != other.base_unit() {
            return false;
        }
        if let (Value::Name(a), Value::Name(b)) = (&self.value, &other.value) {
            return a == b;
        }
        let ((a, b), (c, d)) = (self.interval(), other.interval());
        // Two sums of the same decimal figures differ in their last bits.
        let not_after = |low: Option<f64>, high: Option<f64>| match (low, high) {
            (Some(low), Some(high)) => low <= high + 1e-9 * high.abs().max(1.0),
            _ => true,
        };
        not_after(a, d) && not_after(c, b)
    }

    fn based(&self, number: f64) -> f64 {
        self.unit.as_deref().map_or(number, |u| to_base(number, u).0)
    }
}

fn spread(x: f64, qualifier: Qualifier) -> (Option<f64>, Option<f64>) {
    match qualifier {
        Qualifier::Exact | Qualifier::Between => (Some(x), Some(x)),
        Qualifier::About => (Some(x - x.abs() * ABOUT_SHARE), Some(x + x.abs() * ABOUT_SHARE)),
        Qualifier::Nearly => (Some(x - x.abs() * NEARLY_SHARE), Some(x)),
        Qualifier::MoreThan | Qualifier::AtLeast => (Some(x), None),
        Qualifier::LessThan | Qualifier::UpTo => (None, Some(x)),
    }
}

/// "After 2016" starts a `step` after its last day, "before" ends one before its first.
fn bound(first: f64, last: f64, qualifier: Qualifier, room: f64, step: f64) -> (Option<f64>, Option<f64>) {
    match qualifier {
        Qualifier::Exact | Qualifier::Between => (Some(first), Some(last)),
        Qualifier::About => (Some(first - room), Some(last + room)),
        Qualifier::Nearly => (Some(first - room), Some(last)),
        Qualifier::MoreThan => (Some(last + step), None),
        Qualifier::AtLeast => (Some(first), None),
        Qualifier::LessThan => (None, Some(first - step)),
        Qualifier::UpTo => (None, Some(last)),
    }
}
