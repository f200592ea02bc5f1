//! Times of day: "2:45 pm", "1140 a.m.", "9 o'clock", "ten past 9 in the evening", "noon", "0900 GMT".
//!
//! A number alone is no time. `14:45` is; `7:30` is taken as written, in the morning, unless the
//! sentence says otherwise.

use super::lex::Lexed;
use super::lexicon::{Lexicon, Role};
use super::numeral::cardinal;
use crate::extract::Value;
use jiff::civil;

/// A time as read.
pub(super) struct Clock {
    pub(super) end: usize,
    pub(super) value: Value,
}

/// Reads the time that starts at atom `i`. `summer` says whether the article's day lies in summer time.
pub(super) fn clock(lx: &Lexed, lexicon: &Lexicon, i: usize, summer: bool) -> Option<Clock> {
    let (end, hour, minute, second, half_day) = named(lx, i)
        .or_else(|| past_or_to(lx, i))
        .or_else(|| day_part_first(lx, i))
        .or_else(|| digits(lx, lexicon, i))
        .or_else(|| words(lx, i))?;
    let hour = match half_day {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let time = civil::Time::new(i8::try_from(hour % 24).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()?;
    let (end, offset) = zone(lx, lexicon, end, summer).map_or((end, None), |z| (z.0, z.1));
    Some(Clock { end, value: Value::Time(time, offset) })
}

/// The first time of "9 to 11 am" or "5-8 p.m.", which shares the half of the day with the second.
pub(super) fn first_of_two(lx: &Lexed, lexicon: &Lexicon, i: usize, summer: bool) -> Option<Clock> {
    let (end, hour, minute) = hour_minute(lx, i).filter(|h| lx.is_digits(i) && (1..=12).contains(&h.1) && !lx.glued(i))?;
    let led = lx.is_any(i.wrapping_sub(1), &["from", "between"]);
    let joined = lx.is_dash(end) && lx.glued(end) == lx.glued(end + 1) || lx.is(end, "to") || lx.is(end, "and") && led;
    if !joined || !lx.is_digits(end + 1) {
        return None;
    }
    let second = clock(lx, lexicon, end + 1, summer)?;
    let (second_end, second_hour, _) = hour_minute(lx, end + 1)?;
    let (_, pm) = half_of_day(lx, second_end, true)?;
    let Value::Time(_, offset) = second.value else { return None };
    // "11-1 pm" begins before noon, "9-11 am" in the same half.
    let same = hour % 12 <= second_hour % 12;
    let hour = hour % 12 + if pm? == same { 12 } else { 0 };
    let time = civil::Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
    Some(Clock { end, value: Value::Time(time, offset) })
}

type Reading = (usize, u32, u32, u32, Option<bool>);

fn named(lx: &Lexed, i: usize) -> Option<Reading> {
    // "12 noon" has no number of its own.
    let at = if lx.plain(i, 2, 2) == Some(12) && lx.is_any(i + 1, &["noon", "midnight", "midday"]) { i + 1 } else { i };
    match lx.word(at) {
        "noon" | "midday" | "noonish" => Some((at + 1, 12, 0, 0, None)),
        "midnight" => Some((at + 1, 0, 0, 0, None)),
        "midmorning" => Some((at + 1, 10, 0, 0, None)),
        "midafternoon" => Some((at + 1, 14, 0, 0, None)),
        "mid" => {
            let next = lx.skip_hyphen(at + 1);
            match lx.word(next) {
                "night" => Some((next + 1, 0, 0, 0, None)),
                "day" => Some((next + 1, 12, 0, 0, None)),
                "morning" => Some((next + 1, 10, 0, 0, None)),
                "afternoon" => Some((next + 1, 14, 0, 0, None)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `am`, `p.m.`, `a` behind digits, "o'clock", "in the evening": where it ends, and whether it is past noon.
fn half_of_day(lx: &Lexed, i: usize, after_digits: bool) -> Option<(usize, Option<bool>)> {
    match lx.word(i) {
        "am" if lx.written(i) != "Am" => return Some((i + 1, Some(false))),
        "pm" => return Some((i + 1, Some(true))),
        word @ ("a" | "p") => {
            let pm = Some(word == "p");
            // "a.m." ends in a full stop of its own, which may also end the sentence.
            let mut at = i + 1;
            if lx.is(at, ".") && lx.glued(at) {
                at += 1;
            }
            if lx.is(at, "m") && (at > i + 1 || !lx.glued(at)) {
                let end = if lx.is(at + 1, ".") && lx.glued(at + 1) && at > i + 1 { at + 2 } else { at + 1 };
                return Some((end, pm));
            }
            // "20p" is money.
            let hour = i.checked_sub(1).and_then(|k| lx.plain(k, 1, 2)).is_none_or(|h| h <= 12);
            if !hour {
                return None;
            }
            if after_digits && lx.glued(i) && !lx.glued(i + 1) || after_digits && lx.glued(i) && lx.is_any(i + 1, &[".", ",", "-", "–"]) {
                return Some((i + 1, pm));
            }
        }
        "o" if lx.is_apostrophe(i + 1) && lx.is(i + 2, "clock") => {
            let (end, pm) = day_part(lx, i + 3).map_or((i + 3, None), |d| (d.0, Some(d.1)));
            if let Some((end, pm)) = half_of_day(lx, i + 3, false) {
                return Some((end, pm));
            }
            return Some((end, pm));
        }
        "oclock" => return Some(day_part(lx, i + 1).map_or((i + 1, None), |d| (d.0, Some(d.1)))),
        _ => {}
    }
    day_part(lx, i).map(|(end, pm)| (end, Some(pm)))
}

/// "In the morning", "at night", "this evening": whether past noon.
fn day_part(lx: &Lexed, i: usize) -> Option<(usize, bool)> {
    let mut at = i;
    if lx.is(at, "tonight") {
        // It is a date of its own as well, and left to it.
        return Some((at, true));
    }
    if lx.listed(at, "day-part-lead") {
        at += 1;
        if lx.is(at, "the") {
            at += 1;
        }
    } else {
        return None;
    }
    if lx.is_any(at, &["early", "late"]) {
        at += 1;
    }
    match lx.word(at) {
        "morning" => Some((at + 1, false)),
        "afternoon" | "evening" | "night" => Some((at + 1, true)),
        _ => None,
    }
}

/// "Half past nine", "ten to 6", "quarter past 3 pm".
fn past_or_to(lx: &Lexed, i: usize) -> Option<Reading> {
    let mut clear_minute = true;
    let (mut at, minutes) = match (lx.word(i), lx.word(i + 1)) {
        ("half", "past") => (i + 1, 30.0),
        ("quarter", "past" | "to") => (i + 1, 15.0),
        ("a", "quarter") => (i + 2, 15.0),
        _ => {
            let number = cardinal(lx, i).filter(|c| (1.0..60.0).contains(&c.value) && c.value.fract() == 0.0)?;
            let named = lx.is_any(number.end, &["minute", "minutes", "min", "mins"]);
            clear_minute = named || number.value % 5.0 == 0.0;
            (if named { number.end + 1 } else { number.end }, number.value)
        }
    };
    let to = match lx.word(at) {
        "past" => false,
        "to" => true,
        _ => return None,
    };
    at += 1;
    let named_hour = match lx.word(at) {
        "noon" | "midday" => Some((at + 1, 12, None)),
        "midnight" => Some((at + 1, 24, None)),
        _ => None,
    };
    let (end, hour, half_day) = match named_hour {
        Some(found) => found,
        None => {
            let hour = cardinal(lx, at).filter(|c| (1.0..=24.0).contains(&c.value) && c.value.fract() == 0.0)?;
            let half = half_of_day(lx, hour.end, lx.is_digits(at));
            // "Ten to 12" is a range more often than a time; "to" needs a half of the day or a clear minute.
            let clear = half.is_some() || !to && clear_minute && hour.value <= 12.0 || lx.is_any(i, &["half", "quarter", "a"]);
            if !clear {
                return None;
            }
            let (end, half) = half.unwrap_or((hour.end, None));
            (end, hour.value as u32, half)
        }
    };
    let minutes = minutes as u32;
    let hour = match half_day {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let total = (hour * 60 + 24 * 60).checked_add_signed(if to { -(minutes as i32) } else { minutes as i32 })? % (24 * 60);
    Some((end, total / 60, total % 60, 0, None))
}

/// "In the morning at 7", "at night at 9:30".
fn day_part_first(lx: &Lexed, i: usize) -> Option<Reading> {
    let bare = match lx.word(i) {
        "morning" => Some((i + 1, false)),
        "afternoon" | "evening" | "night" | "tonight" => Some((i + 1, true)),
        _ => None,
    };
    let (end, pm) = bare.or_else(|| day_part(lx, i))?;
    let at = if lx.is(end, "at") { end + 1 } else { return None };
    let (end, hour, minute) = hour_minute(lx, at)?;
    let half = half_of_day(lx, end, true);
    if lx.is_any(i, &["tonight"]) && half.is_none() && !(5..=11).contains(&hour)
        || lx.span(end).is_some()
        || lx.is_word(end) && lx.glued(end) && half.is_none()
    {
        return None;
    }
    let end = half.map_or(end, |h| h.0);
    Some((end, hour, minute, 0, Some(pm && hour < 12)))
}

fn hour_minute(lx: &Lexed, at: usize) -> Option<(usize, u32, u32)> {
    if lx.is_digits(at) {
        let hour = lx.plain(at, 1, 2).filter(|h| *h <= 24)?;
        if lx.is(at + 1, ":")
            && let Some(minute) = lx.plain(at + 2, 2, 2).filter(|m| *m < 60)
        {
            return Some((at + 3, hour, minute));
        }
        return Some((at + 1, hour, 0));
    }
    let hour = lx.cardinal(at).filter(|h| (1.0..=12.0).contains(h))?;
    Some((at + 1, hour as u32, 0))
}

fn digits(lx: &Lexed, lexicon: &Lexicon, i: usize) -> Option<Reading> {
    let letters_before = i > 0 && lx.glued(i) && lx.is_word(i - 1) && !lx.is(i - 1, "t");
    if !lx.is_digits(i) || letters_before || i > 0 && lx.glued(i) && lx.is_any(i - 1, &[":", "$", "£", "€", ".", "/"]) {
        return None;
    }
    let after_colon = |at: usize| (lx.is(at, ":") && !lx.is_break(at + 1)).then(|| lx.plain(at + 1, 2, 2).filter(|m| *m < 60)).flatten();
    // 7:56:30 pm, 14:45
    if let Some(hour) = lx.plain(i, 1, 2).filter(|h| *h <= 24)
        && let Some(minute) = after_colon(i + 1)
    {
        let mut end = i + 3;
        let mut second = 0;
        if let Some(s) = after_colon(end) {
            second = s;
            end += 2;
        }
        if lx.is(end, ":") && lx.glued(end)
            || lx.is(end, ".") && lx.is_digits(end + 1) && lx.glued(end + 1)
            || lx.is_digits(end) && lx.glued(end)
        {
            return None;
        }
        let half = half_of_day(lx, end, true);
        let (end, half) = half.unwrap_or((end, None));
        return Some((end, hour, minute, second, half));
    }
    // 8.10 pm, "at 17.30 hrs", "at 8.30 on Tuesday"
    if let Some((hour, minute)) = lx.written(i).split_once('.')
        && minute.len() == 2
        && let (Ok(hour), Ok(minute)) = (hour.parse::<u32>(), minute.parse::<u32>())
        && hour <= 24
        && minute < 60
    {
        if let Some((end, half)) = half_of_day(lx, i + 1, true) {
            return Some((end, hour, minute, 0, half));
        }
        if !lx.listed(i.wrapping_sub(1), "time-lead") {
            return None;
        }
        if lx.is_any(i + 1, &["hrs", "hours"]) {
            return Some((i + 2, hour, minute, 0, None));
        }
        return (lx.is(i - 1, "at") && day_follows(lx, i + 1)).then_some((i + 1, hour, minute, 0, None));
    }
    // 14h30
    if let Some(hour) = lx.plain(i, 1, 2).filter(|h| *h <= 24)
        && lx.is(i + 1, "h")
        && lx.glued(i + 1)
        && lx.glued(i + 2)
        && let Some(minute) = lx.plain(i + 2, 2, 2).filter(|m| *m < 60)
    {
        return Some((i + 3, hour, minute, 0, None));
    }
    // 1140 a.m., 0900 GMT, 1430 hours
    if let Some(joined) = lx.plain(i, 3, 4) {
        let (hour, minute) = (joined / 100, joined % 100);
        if hour > 24 || minute > 59 {
            return None;
        }
        if let Some((end, half)) = half_of_day(lx, i + 1, true).filter(|h| h.1.is_some() && !lx.listed(i + 1, "day-part-lead")) {
            return Some((end, hour, minute, 0, half));
        }
        let four = lx.atom(i).plain_digits == 4;
        if four
            && lexicon.zones.starting(lx, i + 1).is_some()
            && lx.written(i + 1).chars().all(char::is_uppercase)
            && lx.word(i + 1).len() >= 3
        {
            return Some((i + 1, hour, minute, 0, None));
        }
        if four
            && (lx.is(i + 1, "hours") && (joined < 1000 || lx.is_any(i + 2, &["local", "on"]))
                || lx.is(i + 1, "local") && lx.is(i + 2, "time"))
        {
            return Some((i + if lx.is(i + 1, "hours") { 2 } else { 1 }, hour, minute, 0, None));
        }
        // "at 0830", "at 1430 on Tuesday"
        let led = lx.listed(i.wrapping_sub(1), "time-lead") && !lx.is(i - 1, "(");
        let stands = !lx.is_word(i + 1) || lx.has(i + 1, Role::Stop) || day_follows(lx, i + 1);
        let sure = joined < 1000 && stands || lx.is(i.wrapping_sub(1), "at") && day_follows(lx, i + 1);
        return (four && led && sure && !lx.is(i + 1, "%")).then_some((i + 1, hour, minute, 0, None));
    }
    // 7pm, 9.am, 7 in the evening, 9 o'clock, 6 GMT
    let hour = lx.plain(i, 1, 2).filter(|h| (1..=24).contains(h) || lx.written(i).starts_with('0'))?;
    let mut at = i + 1;
    if lx.is(at, ".") && lx.glued(at) && lx.glued(at + 1) {
        at += 1;
    }
    if lx.is(at, "ish") || lx.is_hyphen(at) && lx.is(at + 1, "ish") {
        return Some((lx.skip_hyphen(at) + 1, hour, 0, 0, None));
    }
    if let Some((end, half)) = half_of_day(lx, at, true) {
        // "24 in the morning session", "12 in the afternoon attack": a count unless "at" leads.
        let spoken = lx.listed(at, "day-part-lead");
        if spoken && !lx.listed(i.wrapping_sub(1), "time-lead") && !lx.opens_sentence(i) {
            return None;
        }
        if spoken && hour > 12 {
            return None;
        }
        return Some((end, hour, 0, 0, half));
    }
    if lx.is(i.wrapping_sub(1), "at") && day_follows(lx, at) && hour <= 12 {
        return Some((at, hour, 0, 0, None));
    }
    let zoned = lexicon.zones.starting(lx, at).is_some() && lx.word(at).len() >= 3 && lx.written(at).chars().all(char::is_uppercase);
    (zoned && lx.listed(i.wrapping_sub(1), "time-lead")).then_some((at, hour, 0, 0, None))
}

/// Whether a day follows, so that a bare number behind "at" is an hour: "at six on Tuesday", "at 8.30 tomorrow".
fn day_follows(lx: &Lexed, i: usize) -> bool {
    let at = if lx.is(i, "on") { i + 1 } else { i };
    lx.weekday(at).is_some_and(|w| !w.1 || lx.capital(at)) || lx.is_any(i, &["tomorrow", "yesterday", "today"])
}

/// "Nine o'clock", "seven thirty pm", "seven in the evening" behind "at".
fn words(lx: &Lexed, i: usize) -> Option<Reading> {
    let hour = lx.cardinal(i).filter(|h| (1.0..=12.0).contains(h))? as u32;
    let mut at = i + 1;
    let mut minute = 0;
    let minutes_at = lx.skip_hyphen(at);
    if let Some(m) = super::numeral::cardinal(lx, minutes_at).filter(|c| (10.0..60.0).contains(&c.value) && !lx.is_digits(minutes_at))
        && half_of_day(lx, m.end, false).is_some()
    {
        minute = m.value as u32;
        at = m.end;
    }
    if lx.is(i.wrapping_sub(1), "at") && day_follows(lx, i + 1) {
        return Some((i + 1, hour, 0, 0, None));
    }
    // "At six-thirty"
    if minutes_at > at
        && lx.listed(i.wrapping_sub(1), "time-lead")
        && let Some(m) = super::numeral::cardinal(lx, minutes_at).filter(|c| (10.0..60.0).contains(&c.value) && c.value % 5.0 == 0.0)
        && (!lx.is_word(m.end) || lx.has(m.end, Role::Stop) || day_follows(lx, m.end))
        && half_of_day(lx, m.end, false).is_none()
    {
        return Some((m.end, hour, m.value as u32, 0, None));
    }
    let (end, half) = half_of_day(lx, at, false)?;
    let spoken = lx.listed(at, "day-part-lead");
    let led = lx.listed(i.wrapping_sub(1), "time-lead");
    if spoken && !led && minute == 0 {
        return None;
    }
    Some((end, hour, minute, 0, half))
}

/// "GMT", "local time", "(Eastern time)" behind a time.
fn zone(lx: &Lexed, lexicon: &Lexicon, i: usize, summer: bool) -> Option<(usize, Option<i32>)> {
    if lx.is(i, "local") && lx.is(i + 1, "time") {
        return Some((i + 2, None));
    }
    let (end, (winter, dst)) = lexicon.zones.starting(lx, i)?;
    let written = lx.written(i);
    let fits = written.chars().all(char::is_uppercase) && !(written == "IST" && lx.glued(i))
        || lx.is(i + 1, "time")
        // "6 pm Pacific", but "6 pm Central Park"
        || end == i + 1 && written.len() > 4 && lx.capital(i) && !lx.capital(end);
    let end = if lx.is(end, "time") { end + 1 } else { end };
    // "UTC+2", "GMT+5:30"
    if lx.is_any(i, &["gmt", "utc"])
        && lx.is_any(end, &["+", "-", "−", "–"])
        && lx.glued(end)
        && lx.glued(end + 1)
        && let Some(hours) = lx.plain(end + 1, 1, 2).filter(|h| *h <= 14)
    {
        let minutes = (lx.is(end + 2, ":") && lx.glued(end + 2)).then(|| lx.plain(end + 3, 2, 2)).flatten().filter(|m| *m < 60);
        let offset = (hours * 60 + minutes.unwrap_or(0)) as i32;
        let stop = if minutes.is_some() { end + 4 } else { end + 2 };
        return Some((stop, Some(if lx.is(end, "+") { offset } else { -offset })));
    }
    fits.then_some((end, Some(if summer { dst } else { winter })))
}
