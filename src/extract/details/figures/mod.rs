//! Figures of languages other than English: what digits say, with the marks, months and currencies of the language's table.
//!
//! Words for numbers, ages, relative dates and what is counted are left to English. So a figure here has no subject: it is paired
//! by the words around it.

mod when;

use super::{Detail, DetailKind, Qualifier, Value};
use crate::base::{SentenceIx, TextRange};
use crate::extract::PartialDate;
use crate::source::{BlockKind, Metadata};
use crate::text::{Document, Writing};

/// The first digit of each row of ten that scripts write numbers with.
const ZEROS: [char; 22] = [
    '0', '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}', '\u{ce6}',
    '\u{d66}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{17e0}', '\u{1810}', '\u{1946}', '\u{aa50}', '\u{ff10}',
];
/// Currencies as they are written in many languages.
const ISO_CODES: [&str; 13] = ["BRL", "CHF", "CNY", "EUR", "GBP", "ILS", "INR", "JPY", "KRW", "PLN", "RUB", "TRY", "USD"];
/// Digits beyond these add nothing to a double.
const MOST_DIGITS: usize = 300;
/// Bytes before a figure in which words say how exact it is.
const QUALIFIER_BYTES: usize = 60;

/// Reads the figures of a document. Total.
pub(super) fn figures(document: &Document, meta: &Metadata, writing: &Writing) -> Vec<Detail> {
    let year = meta.published.map(|p| p.date.year());
    let mut out = Vec::new();
    for (s, sentence) in document.sentences.iter().enumerate() {
        if document.blocks[sentence.block as usize].kind == BlockKind::Boilerplate {
            continue;
        }
        let text = sentence.range.of(&document.text);
        let lower = lower_of(text);
        let reader = Reader { text, lower: &lower, writing, year };
        let mut at = 0;
        while let Some(found) = text[at..].find(|c| digit(c).is_some()) {
            let start = at + found;
            let read = reader.read(start);
            at = read.end.max(reader.run(start).1);
            let Some((kind, value, unit)) = read.told else { continue };
            let timed = matches!(kind, DetailKind::Date | DetailKind::Time);
            let (from, qualifier) = if timed { (read.start, Qualifier::Exact) } else { reader.qualified(read.start) };
            let qualifier = if matches!(value, Value::Range(..)) { Qualifier::Between } else { qualifier };
            let base = sentence.range.start as usize;
            out.push(Detail {
                range: TextRange::new(base + from, base + read.end),
                kind,
                value,
                qualifier,
                unit,
                subject: None,
                sentence: SentenceIx::from(s),
                rule: "figure",
            });
        }
    }
    out
}

/// The value of a decimal digit of any script.
pub(super) fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let row = ZEROS.partition_point(|zero| *zero <= c).checked_sub(1)?;
    (c as u32).checked_sub(ZEROS[row] as u32).filter(|d| *d < 10)
}

/// Small letters at the same places: letters whose small form has another length stay as they are.
fn lower_of(text: &str) -> String {
    text.chars()
        .map(|c| {
            let mut small = c.to_lowercase();
            match (small.next(), small.next()) {
                (Some(s), None) if s.len_utf8() == c.len_utf8() => s,
                _ => c,
            }
        })
        .collect()
}

struct Reader<'a> {
    text: &'a str,
    /// The same with small letters.
    lower: &'a str,
    writing: &'a Writing,
    /// That of publication.
    year: Option<i16>,
}

/// What was read: from where to where, and what it says, if it is more than a part of a name.
struct Read {
    start: usize,
    end: usize,
    told: Option<(DetailKind, Value, Option<String>)>,
}

/// A figure as written: its value, and its digits where nothing parts them.
#[derive(Clone, Copy)]
struct Figure {
    end: usize,
    value: f64,
    /// Number of digits without any mark; 0 where there are marks.
    plain: usize,
}

impl Reader<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// The digits from `start` on: their value, where they end, how many.
    fn run(&self, start: usize) -> (f64, usize, usize) {
        let (mut value, mut end, mut count) = (0.0, start, 0);
        for c in self.text[start..].chars() {
            let Some(d) = digit(c) else { break };
            if count < MOST_DIGITS {
                value = value * 10.0 + f64::from(d);
            }
            end += c.len_utf8();
            count += 1;
        }
        (value, end, count)
    }

    fn read(&self, start: usize) -> Read {
        let (_, run_end, _) = self.run(start);
        // "A380", "COVID-19": a part of a name.
        let glued = |c: char| c.is_alphanumeric() && digit(c).is_none() && !spaceless(c) && !has_case_prefix(c);
        let hyphened = self.before(start) == Some('-') && self.before(start - 1).is_some_and(glued);
        if hyphened || self.before(start).is_some_and(glued) {
            return Read { start, end: run_end, told: None };
        }
        if let Some((end, date)) = self.date(start) {
            return Read { start, end, told: Some((DetailKind::Date, Value::Date(date), None)) };
        }
        if let Some((end, time)) = self.time(start) {
            return Read { start, end, told: Some((DetailKind::Time, Value::Time(time, None), None)) };
        }
        let figure = self.figure(start);
        let (value, mut end) = self.scaled(figure);
        let mut amount = Value::Number(value);
        // "10–15", both bare.
        if end == figure.end
            && let Some(dash) = self.char_at(end).filter(|c| matches!(c, '–' | '-' | '～' | '〜'))
            && self.char_at(end + dash.len_utf8()).and_then(digit).is_some()
        {
            let second = self.figure(end + dash.len_utf8());
            let (high, to) = self.scaled(second);
            // "10–15 Millionen" multiplies both.
            let factor = if second.value > 0.0 && to > second.end && high / second.value > value { high / second.value } else { 1.0 };
            if value * factor < high {
                (amount, end) = (Value::Range(value * factor, high), to);
            } else {
                return Read { start, end: second.end, told: None };
            }
        }
        if let Some(percent) = self.any(end, &self.writing.percent, &["%", "٪", "％"]) {
            return Read { start, end: percent, told: Some((DetailKind::Percent, amount, Some("%".into()))) };
        }
        if let Some((to, code)) = self.money_behind(end) {
            return Read { start, end: to, told: Some((DetailKind::Money, amount, Some(code.into()))) };
        }
        if let Some((from, code)) = self.money_before(start) {
            return Read { start: from, end, told: Some((DetailKind::Money, amount, Some(code.into()))) };
        }
        if figure.plain == 4 && end == figure.end && (1900.0..=2100.0).contains(&figure.value) && matches!(amount, Value::Number(_)) {
            let year = PartialDate { year: Some(figure.value as i16), month: None, day: None };
            return Read { start, end, told: Some((DetailKind::Date, Value::Date(year), None)) };
        }
        let finite = value.is_finite() && value < 1e30;
        Read { start, end, told: finite.then_some((DetailKind::Number, amount, None)) }
    }

    /// Digits with the marks of the language between them.
    fn figure(&self, start: usize) -> Figure {
        let w = self.writing;
        let (first, mut end, digits) = self.run(start);
        let mut groups: Vec<(f64, usize)> = Vec::new();
        let mut mark = None;
        let mut at = end;
        // Groups: blanks and marks of the language, all alike, before runs of three (or two, as in India, before a last three).
        while groups.len() < 8 {
            let Some(c) = self.char_at(at).filter(|c| mark.is_none_or(|m| m == *c)) else { break };
            let blank = matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
            let known = w.group.contains(&c) || w.decimal.is_empty() && matches!(c, '.' | ',' | '’');
            let (value, to, n) = self.run(at + c.len_utf8());
            if !(blank || known) || !(n == 3 || n == 2 && !blank) || digits > 3 {
                break;
            }
            (mark, at) = (Some(c), to);
            groups.push((value, n));
        }
        let sound = groups.last().is_some_and(|g| g.1 == 3) && (digits <= 3 && first > 0.0);
        let mut value = first;
        let mut plain = digits;
        if sound {
            value = groups.iter().fold(first, |sum, (group, n)| sum * 10f64.powi(*n as i32) + group);
            (end, plain) = (at, 0);
        }
        let Some(c) = self.char_at(end) else { return Figure { end, value, plain } };
        let decimal = w.decimal.contains(&c) || w.decimal.is_empty() && matches!(c, '.' | ',') && mark.filter(|_| sound) != Some(c);
        let (part, to, n) = self.run(end + c.len_utf8());
        // What ends with another mark is a date or a list of sections.
        let goes_on = self.char_at(to) == Some(c) && self.char_at(to + c.len_utf8()).and_then(digit).is_some();
        if decimal && n > 0 && n < 16 && !goes_on {
            return Figure { end: to, value: value + part / 10f64.powi(n as i32), plain: 0 };
        }
        Figure { end, value, plain }
    }

    /// The words that multiply a figure, and what follows them in "1万2450".
    fn scaled(&self, figure: Figure) -> (f64, usize) {
        let Some((mut end, mut scale)) = self.scale(figure.end) else { return (figure.value, figure.end) };
        let mut sum = figure.value * scale;
        // Several in a row: "2億3000万", "3 हज़ार करोड़" and "1만2450", each smaller than the one before.
        for _ in 0..4 {
            if let Some((to, more)) = self.scale(end).filter(|_| sum < 1e15) {
                (sum, end, scale) = (sum * more, to, scale * more);
                continue;
            }
            let at = if self.char_at(end) == Some(' ') && self.before(end).is_some_and(spaceless) { end + 1 } else { end };
            if !self.before(end).is_some_and(spaceless) || self.char_at(at).and_then(digit).is_none() {
                break;
            }
            let next = self.figure(at);
            let (factor, to) = self.scale(next.end).map_or((1.0, next.end), |(to, factor)| (factor, to));
            // A year or day that stands behind is no part of it.
            if next.value * factor >= scale || self.any(to, &self.writing.marks.concat(), &[]).is_some() {
                break;
            }
            (sum, end, scale) = (sum + next.value * factor, to, factor);
            if factor == 1.0 {
                break;
            }
        }
        (sum, end)
    }

    fn scale(&self, at: usize) -> Option<(usize, f64)> {
        let (word, end) = self.word(at)?;
        if let Some(scale) = self.writing.scales.get(word) {
            // "Mio.", "млн."
            let dot = self.char_at(end) == Some('.') && self.char_at(end + 1).is_some_and(|c| c == ' ');
            let lower_follows = self.text[end..].trim_start_matches(['.', ' ']).chars().next().is_some_and(|c| !c.is_uppercase());
            return Some((if dot && lower_follows { end + 1 } else { end }, *scale));
        }
        self.spaceless_at(at).and_then(|rest| {
            let found = self.writing.scales.iter().find(|(word, _)| rest.starts_with(**word))?;
            Some((self.text.len() - rest.len() + found.0.len(), *found.1))
        })
    }

    /// The text from `at` on, behind one blank at most, where it starts in a script that is written without blanks.
    fn spaceless_at(&self, at: usize) -> Option<&str> {
        let rest = self.lower.get(at..)?;
        let rest = rest.strip_prefix([' ', '\u{a0}']).unwrap_or(rest);
        rest.starts_with(spaceless).then_some(rest)
    }

    /// The word behind at most one blank: its small letters and its end.
    fn word(&self, at: usize) -> Option<(&str, usize)> {
        let rest = self.lower.get(at..)?;
        let blank = rest.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-')).map_or(0, char::len_utf8);
        let rest = &rest[blank..];
        let len = rest.find(|c: char| !(c.is_alphabetic() || is_mark(c))).unwrap_or(rest.len());
        (len > 0).then(|| (&rest[..len], at + blank + len))
    }

    /// The end of one of these phrases behind at most one blank.
    fn any(&self, at: usize, phrases: &[&str], signs: &[&str]) -> Option<usize> {
        let rest = self.lower.get(at..)?;
        let blank = rest.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}')).map_or(0, char::len_utf8);
        let rest = &rest[blank..];
        let ends =
            |phrase: &str| rest.strip_prefix(phrase).is_some_and(|r| r.chars().next().is_none_or(|c| spaceless(c) || !c.is_alphabetic()));
        let phrase = phrases.iter().find(|p| ends(p)).or_else(|| signs.iter().find(|s| rest.starts_with(**s)))?;
        Some(at + blank + phrase.len())
    }

    fn money_behind(&self, at: usize) -> Option<(usize, &'static str)> {
        let mut from = at;
        // "millions d’euros", "millones de euros", "milhões de reais"
        for link in [" d’", " d'", " de ", " di "] {
            if self.lower[at..].starts_with(link) && !link.ends_with(' ') {
                from = at + link.len();
            } else if self.lower[at..].starts_with(link) {
                from = at + link.len() - 1;
            }
        }
        if let Some((word, end)) = self.word(from)
            && let Some(code) = self.writing.money.get(word)
        {
            return Some((end, code));
        }
        if let Some(rest) = self.spaceless_at(at) {
            let found = self.writing.money.iter().filter(|(word, _)| rest.starts_with(**word)).max_by_key(|(word, _)| word.len());
            if let Some((word, code)) = found {
                return Some((self.text.len() - rest.len() + word.len(), code));
            }
        }
        let rest = &self.text[at..];
        let blank = rest.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}')).map_or(0, char::len_utf8);
        let whole = |code: &str| rest[blank..].strip_prefix(code).is_some_and(|r| !r.starts_with(char::is_alphanumeric));
        if let Some(code) = ISO_CODES.iter().find(|c| whole(c)) {
            return Some((at + blank + code.len(), code));
        }
        let sign = rest[blank..].chars().next()?;
        let code = code_of(sign)?;
        Some((at + blank + sign.len_utf8(), code))
    }

    fn money_before(&self, start: usize) -> Option<(usize, &'static str)> {
        let lead = self.text[..start].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        if start - lead.len() > 3 {
            return None;
        }
        // "R$", "EUR": the longest sign.
        let own = self.writing.money.iter().filter(|(word, _)| !word.chars().all(char::is_alphabetic));
        let longest = own.filter(|(word, _)| self.lower[..lead.len()].ends_with(**word)).max_by_key(|(word, _)| word.len());
        if let Some((word, code)) = longest {
            return Some((lead.len() - word.len(), code));
        }
        if let Some(code) = ISO_CODES.iter().find(|c| lead.strip_suffix(**c).is_some_and(|l| !l.ends_with(char::is_alphanumeric))) {
            return Some((lead.len() - code.len(), code));
        }
        let sign = lead.chars().next_back()?;
        code_of(sign).map(|code| (lead.len() - sign.len_utf8(), code))
    }

    /// Where the words begin that say how exact a figure is, and what they say.
    fn qualified(&self, start: usize) -> (usize, Qualifier) {
        let mut from = start.saturating_sub(QUALIFIER_BYTES);
        while !self.lower.is_char_boundary(from) {
            from += 1;
        }
        let lead = self.lower[from..start].trim_end_matches([' ', '\u{a0}']);
        for (words, key) in &self.writing.qualifiers {
            let Some(before) = lead.strip_suffix(words) else { continue };
            if before.chars().next_back().is_some_and(|c| c.is_alphanumeric() && !spaceless(c)) {
                continue;
            }
            let qualifier = match *key {
                "about" => Qualifier::About,
                "nearly" => Qualifier::Nearly,
                "more" => Qualifier::MoreThan,
                "atleast" => Qualifier::AtLeast,
                "less" => Qualifier::LessThan,
                _ => Qualifier::UpTo,
            };
            return (from + before.len(), qualifier);
        }
        (start, Qualifier::Exact)
    }
}

/// Whether a letter belongs to a script whose words are not parted from figures.
fn spaceless(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{e00}'..='\u{e7f}')
}

/// Whether a letter may be a prefix that is glued to figures: "ב-17", "ל12".
fn has_case_prefix(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{5ff}' | '\u{600}'..='\u{6ff}')
}

/// Signs that belong to the letter before them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn code_of(sign: char) -> Option<&'static str> {
    Some(match sign {
        '€' => "EUR",
        '$' => "USD",
        '£' => "GBP",
        '₽' => "RUB",
        '₺' => "TRY",
        '₪' => "ILS",
        '₹' => "INR",
        '₩' => "KRW",
        '¥' | '￥' => "JPY",
        _ => return None,
    })
}
