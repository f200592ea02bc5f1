//! How two values relate, and the forms under which equal ones meet.

use super::Interval;
use super::mention::{Class, Mention};
use crate::extract::names::{NameRelation, same_entity};
use crate::extract::{Detail, DetailKind, Qualifier, Value};

/// How two mentions' values relate, before time is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// A careful reader would call it the same thing said twice.
    Same,
    /// One name, written differently.
    Spelling,
    /// Both can be true.
    Compatible,
    /// They can't both be true of the same thing.
    Conflict,
    /// Nothing can be said: other units, other kinds.
    Apart,
}

/// Relates two mentions of one class.
pub(super) fn relate(a: &Mention, b: &Mention) -> Match {
    match (a.detail(), b.detail()) {
        (Some(x), Some(y)) if a.class.is_measured() => relate_details(x, y),
        (Some(x), Some(y)) => match (&x.value, &y.value) {
            (Value::Name(m), Value::Name(n)) => match relate_names(m, n) {
                // A family name that is a place's name too may have been filled up to the wrong whole.
                Match::Conflict if a.kind != b.kind && (within(a.written(), n) || within(b.written(), m)) => Match::Same,
                found => found,
            },
            _ => Match::Apart,
        },
        (None, None) => relate_things(a, b),
        _ => Match::Apart,
    }
}

fn relate_names(a: &str, b: &str) -> Match {
    match same_entity(a, b) {
        NameRelation::Same | NameRelation::Short => Match::Same,
        NameRelation::Variant => Match::Spelling,
        NameRelation::Different => Match::Conflict,
    }
}

/// Whether all words of a short form stand in a full one.
fn within(short: &str, full: &str) -> bool {
    let mut words = short.split_whitespace().peekable();
    words.peek().is_some() && words.all(|w| full.split_whitespace().any(|f| f == w))
}

/// Things are the same when one phrase holds the other's words, or at least its head.
fn relate_things(a: &Mention, b: &Mention) -> Match {
    let (short, long) = if a.about.words.len() <= b.about.words.len() { (a, b) } else { (b, a) };
    if a.found.capital != b.found.capital {
        return Match::Apart;
    }
    let inside = short.about.words.iter().all(|w| long.about.words.contains(w));
    if inside || a.about.words.last() == b.about.words.last() { Match::Same } else { Match::Conflict }
}

/// Relates two details on a scale.
pub(super) fn relate_details(a: &Detail, b: &Detail) -> Match {
    if a.kind != b.kind || a.base_unit() != b.base_unit() {
        return Match::Apart;
    }
    if let (Value::Date(x), Value::Date(y)) = (&a.value, &b.value) {
        return relate_dates(*x, *y, a, b);
    }
    if let (Value::Time(x, p), Value::Time(y, q)) = (&a.value, &b.value)
        && (p.is_none() || q.is_none())
    {
        // A time without a zone is local to the event; only two zones can be converted.
        return if x == y { Match::Same } else { near(a, b, f64::from((x.duration_until(*y)).as_secs() as i32).abs() / 60.0) };
    }
    let (Some(x), Some(y)) = (a.point(), b.point()) else { return Match::Apart };
    let ranged = |d: &Detail| matches!(d.value, Value::Range(..) | Value::DateRange(..));
    if ranged(a) || ranged(b) {
        return match (a.value == b.value, a.meets(b)) {
            (true, _) => Match::Same,
            (_, true) => Match::Compatible,
            _ => Match::Conflict,
        };
    }
    // Two thirds of something and seven of something are no two answers.
    let part = |x: f64| x > 0.0 && x < 1.0;
    if a.kind == DetailKind::Number && a.base_unit().is_none() && part(x) != part(y) {
        return Match::Apart;
    }
    if close(x, y) {
        return if opposed(a.qualifier, b.qualifier) { Match::Compatible } else { Match::Same };
    }
    if a.meets(b) || rounds_to(x, y) || rounds_to(y, x) { Match::Compatible } else { Match::Conflict }
}

fn near(a: &Detail, b: &Detail, minutes: f64) -> Match {
    // "About six" reaches further than "about 5.45"; "by" and "after" leave more open than either.
    let reach = |d: &Detail| -> f64 {
        match (d.qualifier, &d.value) {
            (Qualifier::Exact, _) => 0.0,
            (Qualifier::About | Qualifier::Nearly, Value::Time(t, _)) if t.minute() % 30 == 0 => 30.0,
            (Qualifier::About | Qualifier::Nearly, _) => 15.0,
            _ => 60.0,
        }
    };
    let reach = reach(a).max(reach(b));
    if reach > 0.0 && minutes <= reach { Match::Compatible } else { Match::Conflict }
}

fn relate_dates(x: crate::extract::PartialDate, y: crate::extract::PartialDate, a: &Detail, b: &Detail) -> Match {
    // Parts that both say must agree; parts that one leaves out make it vaguer, not other.
    let clash = |p: Option<i32>, q: Option<i32>| matches!((p, q), (Some(p), Some(q)) if p != q);
    let year = clash(x.year.map(i32::from), y.year.map(i32::from));
    let month = clash(x.month.map(i32::from), y.month.map(i32::from));
    let day = clash(x.day.map(i32::from), y.day.map(i32::from));
    if !(year || month || day) {
        // A day said with and without its year is the same day; "July" and "July 24" are not the same words.
        let same_grain = x.day.is_some() == y.day.is_some() && x.month.is_some() == y.month.is_some();
        return if same_grain { Match::Same } else { Match::Compatible };
    }
    let loose = a.qualifier != Qualifier::Exact || b.qualifier != Qualifier::Exact;
    if loose && a.meets(b) && a.point().is_some() && b.point().is_some() {
        return Match::Compatible;
    }
    Match::Conflict
}

/// Equal up to the last bits.
fn close(x: f64, y: f64) -> bool {
    (x - y).abs() <= 1e-9 * x.abs().max(y.abs()).max(1e-9)
}

/// "More than 30" and "fewer than 30" name one figure and say different things.
fn opposed(a: Qualifier, b: Qualifier) -> bool {
    let above = |q| matches!(q, Qualifier::MoreThan | Qualifier::AtLeast);
    let below = |q| matches!(q, Qualifier::LessThan | Qualifier::UpTo | Qualifier::Nearly);
    above(a) && below(b) || below(a) && above(b)
}

/// How far a figure may lie from the one it is rounded to, as a share.
const MOST_ROUNDED: f64 = 0.05;

/// Whether the round figure `round` is what `exact` becomes when its last digits are dropped: 35,000 for
/// 34,812, 1.2 million for 1,214,000. Two round figures never stand for each other, and nobody says 40,000 for 35,200.
fn rounds_to(exact: f64, round: f64) -> bool {
    if round.abs() < 100.0 || exact.abs() < 100.0 || (exact - round).abs() > MOST_ROUNDED * round.abs() {
        return false;
    }
    let grain = |x: f64| -> f64 {
        let mut g = 1.0;
        while (x / (g * 10.0)).fract() == 0.0 && g < 1e12 {
            g *= 10.0;
        }
        g
    };
    if round.fract() != 0.0 {
        return false;
    }
    let (round_grain, exact_grain) = (grain(round), if exact.fract() == 0.0 { grain(exact) } else { 0.1 });
    round_grain >= 100.0 && exact_grain * 10.0 <= round_grain && ((exact / round_grain).round() * round_grain - round).abs() < 0.5
}

/// The interval of a detail for the number line, on the scale of its kind.
pub(super) fn interval(d: &Detail) -> Option<Interval> {
    let at = d.point()?;
    let (low, high) = d.interval();
    Some(Interval { low, high, at })
}

/// What a detail was read as where that is not plain from its words.
pub(super) fn read_as(d: &Detail, words: &str) -> Option<String> {
    let text = match &d.value {
        Value::Number(x) => {
            let plain = number(*x);
            let digits: String = words.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
            match (d.qualifier == Qualifier::About, d.interval()) {
                // "5 % ± 5 %" would say it twice with two meanings.
                (true, (Some(low), Some(high))) if d.unit.as_deref() == Some("%") => format!("{} to {} %", number(low), number(high)),
                (true, _) => format!("{} ± 5 %", with_unit(d, plain)),
                (false, _) if digits == plain.replace(',', "") => return None,
                (false, _) => with_unit(d, plain),
            }
        }
        Value::Range(low, high) => with_unit(d, format!("{} to {}", number(*low), number(*high))),
        // Without its year a day is no more than its words.
        Value::Date(date) if date.year.is_none() => return None,
        Value::Date(date) => date.to_string(),
        Value::DateRange(from, to) => format!("{from} to {to}"),
        Value::Time(t, _) => format!("{:02}:{:02}", t.hour(), t.minute()),
        Value::Duration { seconds, upto: None, .. } => duration(*seconds),
        Value::Duration { seconds, upto: Some(upto), .. } => format!("{} to {}", duration(*seconds), duration(*upto)),
        Value::Name(name) if name != words => name.clone(),
        Value::Name(_) => return None,
    };
    (text != words).then_some(text)
}

/// "2 mi", "12 °C", "1,200,000 GBP".
fn with_unit(d: &Detail, number: String) -> String {
    match d.unit.as_deref() {
        None | Some("") => number,
        Some("C") => format!("{number} °C"),
        Some("F") => format!("{number} °F"),
        Some(unit) => format!("{number} {unit}"),
    }
}

/// A number with commas between thousands, without needless decimals.
pub(super) fn number(x: f64) -> String {
    let rounded = (x * 1000.0).round() / 1000.0;
    let text = format!("{rounded}");
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(w, r)| (w, r));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("-", d));
    let mut out = String::from(sign);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 && digits.len() > 4 {
            out.push(',');
        }
        out.push(c);
    }
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
    out
}

fn duration(seconds: f64) -> String {
    const UNITS: [(f64, &str); 6] =
        [(31_536_000.0, "year"), (2_592_000.0, "month"), (604_800.0, "week"), (86_400.0, "day"), (3600.0, "hour"), (60.0, "minute")];
    for (size, name) in UNITS {
        let n = seconds / size;
        if n >= 1.0 && (n * 2.0).fract() == 0.0 {
            return format!("{} {name}{}", number(n), if n == 1.0 { "" } else { "s" });
        }
    }
    format!("{} seconds", number(seconds))
}

/// Whether two classes of value have a scale for the number line.
pub(super) fn has_scale(class: Class) -> bool {
    class.is_measured()
}
