//! Small words and numbers of reports: dates, lists, plurals, and text cleaned for reading.

use crate::source::Moment;
use jiff::civil::{Date, Weekday};

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Text for reading: white space collapsed and trimmed; control characters and noncharacters, which no
/// format for people may hold, as U+FFFD; controls that reorder what follows them dropped.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') {
            // An override that is not closed would run on over our own words.
        } else if c.is_control() || (c as u32) & 0xFFFE == 0xFFFE || matches!(c, '\u{FDD0}'..='\u{FDEF}') {
            out.push('\u{FFFD}');
        } else {
            out.push(c);
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// The direction in which a language is written, where it is not from left to right: the value of `dir` in HTML.
pub fn direction(language: &str) -> Option<&'static str> {
    let primary = language.split(['-', '_']).next().unwrap_or("");
    let rtl = ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ku", "ps", "sd", "ug", "ur", "yi"];
    rtl.iter().any(|l| primary.eq_ignore_ascii_case(l)).then_some("rtl")
}

/// `one` for 1, else `many`.
pub fn plural(n: usize, one: &'static str, many: &'static str) -> &'static str {
    if n == 1 { one } else { many }
}

/// "1 word", "12,345 words".
pub fn counted(n: usize, one: &'static str, many: &'static str) -> String {
    format!("{} {}", count(n), plural(n, one, many))
}

/// 12,345.
pub fn count(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}

/// "A", "A and B", "A, B and C".
pub fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// "Sat 1 Aug 2020, 08:40 UTC".
pub fn moment_in_words(m: &Moment) -> String {
    let day = format!("{} {} {} {}", weekday(m.date), m.date.day(), &month(m.date)[..3], m.date.year());
    let Some(time) = m.time else { return day };
    let zone = match m.offset_minutes {
        None => String::new(),
        Some(0) => " UTC".into(),
        Some(o) => {
            let sign = if o < 0 { '−' } else { '+' };
            match o.abs() % 60 {
                0 => format!(" UTC{sign}{}", o.abs() / 60),
                rest => format!(" UTC{sign}{}:{rest:02}", o.abs() / 60),
            }
        }
    };
    format!("{day}, {:02}:{:02}{zone}", time.hour(), time.minute())
}

/// "Sat 1 Aug", with the time where it is known.
pub fn short_date(m: &Moment) -> String {
    let day = format!("{} {} {}", weekday(m.date), m.date.day(), &month(m.date)[..3]);
    match m.time {
        Some(t) => format!("{day}, {:02}:{:02}", t.hour(), t.minute()),
        None => day,
    }
}

/// "1 August 2020", "1 to 3 August 2020", "31 July to 2 August 2020".
pub fn dates_in_words(first: Date, last: Date) -> String {
    let end = format!("{} {} {}", last.day(), month(last), last.year());
    if first == last {
        end
    } else if first.year() != last.year() {
        format!("{} {} {} to {end}", first.day(), month(first), first.year())
    } else if first.month() != last.month() {
        format!("{} {} to {end}", first.day(), month(first))
    } else {
        format!("{} to {end}", first.day())
    }
}

fn month(date: Date) -> &'static str {
    MONTHS[(date.month() as usize).saturating_sub(1).min(11)]
}

fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}
