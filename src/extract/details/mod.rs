//! Details of amount and time: numbers, money, percentages, ages, measures, dates, times, durations.
//!
//! One pass over the text. It is cut into atoms (`lex`), each looked up once in the tables of
//! `assets/lang/en/` (`lexicon`). Where an atom can open a detail, the kinds are tried in a fixed order,
//! the more telling first: a time before a date, a date before a number, money, percent, age, duration
//! and measure before a bare count. What one kind takes, no other sees: "24-year-old" is an age and not
//! also a number. A grammar of patterns with longest match (as the Recognizers-Text rules are built)
//! was rejected: hundreds of patterns cost a hundred times as much as looking at the words once.
//!
//! A number says what it counts in [`Detail::subject`]; the scheme stands in `subject`. How exact the
//! words are is read from what stands before and behind them ([`Qualifier`]) and turned into an interval
//! by [`super::value`].

mod age;
mod amounts;
mod date;
mod duration;
mod figures;
mod lex;
mod lexicon;
mod money;
mod number;
mod numeral;
mod percent;
mod subject;
mod tense;
mod time;

use super::{Detail, DetailKind, Qualifier, Value};
use crate::base::{SentenceIx, TextRange};
use crate::source::Metadata;
use crate::text::Document;
use date::Dates;
use lex::{AtomKind, Lexed};
use lexicon::{Lexicon, Role, Side, lexicon};
use numeral::{Letters, Numeral, numeral};

/// Reads the stage's tables before it needs them.
pub(crate) fn prepare() {
    lexicon();
}

/// Whether a subject may stand for people of any kind: "people", "victim", "dead".
pub(crate) fn is_anyone(subject: &str) -> bool {
    let roles = subject.split(' ').next_back().map_or(&[][..], |word| lexicon().roles(word));
    roles.iter().any(|r| matches!(r, Role::Anyone | Role::State(_)))
}

/// Whether a subject counts people by what they are: "officer", "woman".
pub(crate) fn is_person(subject: &str) -> bool {
    let Some(word) = subject.split(' ').next_back() else { return false };
    let person = |word: &str| lexicon().roles(word).contains(&Role::Person);
    person(word) || person(&format!("{word}s")) || super::names::lexicon::role(word).is_some()
}

/// Reads details of amount and time, in text order. Total: any document yields a value.
///
/// `meta.published` anchors relative dates; without it "Tuesday" is no detail and "July 24" has no year.
pub fn details(document: &Document, meta: &Metadata) -> Vec<Detail> {
    if let Some(writing) = crate::text::writing(&document.language) {
        return figures::figures(document, meta, writing);
    }
    let lexicon = lexicon();
    let lx = Lexed::new(document, lexicon);
    let today = meta.published.map(|p| p.date);
    let british = meta.language.as_deref().is_some_and(|l| l.starts_with("en-") && !l.eq_ignore_ascii_case("en-us"));
    let day_first = british || writes_day_first(&lx);
    let summer = today.is_some_and(|d| (4..=10).contains(&d.month()) || d.month() == 3 && d.day() >= 14);
    let mut reader = Reader { lx: &lx, lexicon, dates: Dates { lx: &lx, lexicon, today, day_first }, summer, out: Vec::new() };
    let mut i = 0;
    while i < lx.atoms.len() {
        i = reader.read(i).unwrap_or(i + 1).max(i + 1);
    }
    let mut out = reader.out;
    join_ranges(&mut out, &document.text);
    out.sort_by_key(|d| d.range);
    out
}

/// Whether the article writes "24 July" more often than "July 24".
fn writes_day_first(lx: &Lexed) -> bool {
    let mut balance = 0;
    for i in 0..lx.atoms.len() {
        if lx.month(i).is_some() {
            let day = |k: usize| lx.plain(k, 1, 2).is_some();
            balance += i32::from(i > 0 && day(i - 1)) - i32::from(day(i + 1));
        }
    }
    balance > 0
}

/// A detail on its way out: atoms instead of bytes.
struct Hit {
    start: usize,
    end: usize,
    kind: DetailKind,
    value: Value,
    qualifier: Option<Qualifier>,
    unit: Option<&'static str>,
    subject: Option<String>,
    rule: &'static str,
}

struct Reader<'a> {
    lx: &'a Lexed<'a>,
    lexicon: &'a Lexicon,
    dates: Dates<'a>,
    summer: bool,
    out: Vec<Detail>,
}

/// Whether a detail can begin with this atom.
fn opens(lx: &Lexed, i: usize) -> bool {
    let atom = lx.atom(i);
    match atom.kind {
        AtomKind::Digits => true,
        AtomKind::Break => false,
        AtomKind::Mark => atom.roles.contains(&Role::Money) || lx.is_any(i, &["-", "−", "'", "’", "‘"]),
        AtomKind::Word => atom.roles.iter().any(|r| {
            !matches!(
                r,
                Role::Person
                    | Role::Anyone
                    | Role::Plural(_)
                    | Role::State(_)
                    | Role::Toll(_)
                    | Role::Label
                    | Role::Street
                    | Role::Stop
                    | Role::Compound
                    | Role::Score
                    | Role::Vote
                    | Role::Cost
                    | Role::Title
                    | Role::Future
                    | Role::Past
                    | Role::Mark(_)
            )
        }),
    }
}

impl Reader<'_> {
    /// Tries all kinds at atom `i`; where to go on if one fits.
    fn read(&mut self, i: usize) -> Option<usize> {
        let lx = self.lx;
        if !opens(lx, i) {
            return None;
        }
        if let Some(clock) = time::first_of_two(lx, self.lexicon, i, self.summer) {
            return Some(self.time(i, clock));
        }
        if let Some(clock) = time::clock(lx, self.lexicon, i, self.summer) {
            return Some(self.time(i, clock));
        }
        if let Some(age) = age::announced(lx, i) {
            return Some(self.age(i, age));
        }
        if let Some(end) = self.money_opening(i) {
            return Some(end);
        }
        if let Some(found) = self.dates.at(i) {
            return Some(self.date(i, found));
        }
        if let Some(at) = percent::before(lx, i).filter(|_| !lx.is_digits(i.wrapping_sub(1)))
            && let Some(number) = numeral(lx, at, Letters::Plain)
        {
            return Some(
                self.push(Hit { subject: None, ..self.hit(i, number.end, DetailKind::Percent, amount(&number), Some("%"), "percent-of") }),
            );
        }
        if let Some(end) = self.ordinal(i).or_else(|| self.numeral_led(i)) {
            return Some(end);
        }
        if let Some(end) = self.bare_duration(i) {
            return Some(end);
        }
        if let Some((end, length)) = duration::open(lx, i) {
            let hit = Hit {
                qualifier: length.qualifier,
                ..self.hit(end, length.end, DetailKind::Duration, length.value(), None, "duration-open")
            };
            return Some(self.push(hit));
        }
        lx.is(i, "magnitude").then(|| self.magnitude(i)).flatten()
    }

    fn hit(&self, start: usize, end: usize, kind: DetailKind, value: Value, unit: Option<&'static str>, rule: &'static str) -> Hit {
        Hit { start, end, kind, value, qualifier: None, unit, subject: None, rule }
    }

    /// Adds the words that say how exact it is, and keeps it. Returns where to go on.
    fn push(&mut self, mut hit: Hit) -> usize {
        let lx = self.lx;
        let calendar = matches!(hit.kind, DetailKind::Date | DetailKind::Time);
        let wanted = |side: Side| if calendar { side == Side::Calendar } else { side == Side::Before };
        let sentence = lx.atom(hit.start).sentence;
        if hit.qualifier.is_none() || hit.qualifier == Some(Qualifier::About) {
            if let Some((first, (qualifier, _))) = self.lexicon.qualifiers.ending(lx, hit.start, |q| wanted(q.1))
                && lx.atom(first).sentence == sentence
                && self.qualifies(&hit, first, qualifier)
            {
                hit.start = first;
                hit.qualifier = hit.qualifier.or(Some(qualifier));
            }
            let at = lx.skip_hyphen(hit.end);
            let after = |side: Side| if calendar { side == Side::CalendarAfter } else { side == Side::After };
            if lx.is(hit.end, "+") && lx.glued(hit.end) && !lx.is_digits(hit.end + 1) {
                hit.end += 1;
                hit.qualifier = Some(Qualifier::AtLeast);
            } else if let Some((end, (qualifier, _))) = self.lexicon.qualifiers_after.starting_where(lx, at, |q| after(q.1))
                && hit.qualifier.is_none()
                && lx.atom(at).sentence == sentence
                && !(lx.is(at, "plus") && lx.is_word(at + 1) && !lx.is_hyphen(hit.end))
                && !(lx.is(at, "and") && lx.is_word(end))
            {
                hit.end = end;
                hit.qualifier = Some(qualifier);
            }
        }
        let (Some(first), Some(last)) = (self.lx.atoms.get(hit.start), hit.end.checked_sub(1).and_then(|k| self.lx.atoms.get(k))) else {
            return hit.end;
        };
        if first.start >= last.end || !finite(&hit.value) {
            return hit.end;
        }
        self.out.push(Detail {
            range: TextRange { start: first.start, end: last.end },
            kind: hit.kind,
            value: hit.value,
            qualifier: hit.qualifier.unwrap_or_default(),
            unit: hit.unit.map(str::to_owned),
            subject: hit.subject,
            sentence: SentenceIx(first.sentence),
            rule: hit.rule,
        });
        hit.end
    }

    /// Whether words that can qualify do so here.
    fn qualifies(&self, hit: &Hit, first: usize, qualifier: Qualifier) -> bool {
        let lx = self.lx;
        match hit.kind {
            // "Over three days" is how long, "about Friday" what about, "after Tuesday's vote" which day.
            DetailKind::Duration => !lx.is_any(first, &["over", "under", "above", "below"]),
            DetailKind::Date => {
                let possessive = lx.is_apostrophe(hit.end) && lx.glued(hit.end);
                let exact = matches!(hit.value, Value::Date(super::PartialDate { day: Some(_), .. }));
                let after_before = matches!(qualifier, Qualifier::MoreThan | Qualifier::LessThan);
                let vague = qualifier == Qualifier::About && exact && lx.is_any(first, &["about"]);
                !(possessive || vague || after_before && hit.rule == "date-counted")
            }
            _ => true,
        }
    }

    fn time(&mut self, i: usize, clock: time::Clock) -> usize {
        self.push(self.hit(i, clock.end, DetailKind::Time, clock.value, None, "time"))
    }

    fn age(&mut self, i: usize, age: age::Age) -> usize {
        self.push(Hit { qualifier: age.qualifier, ..self.hit(i, age.end, DetailKind::Age, age.value, Some(age.unit), age.rule) })
    }

    fn date(&mut self, i: usize, found: date::Found) -> usize {
        self.push(Hit { qualifier: found.qualifier, ..self.hit(i, found.end, DetailKind::Date, found.value, found.grain, found.rule) })
    }

    fn duration(&mut self, start: usize, length: &duration::Length, qualifier: Option<Qualifier>) -> usize {
        if let Some(found) = self.dates.counted(start, length) {
            return self.date(start, found);
        }
        let mut hit = self.hit(start, length.end, DetailKind::Duration, length.value(), None, "duration");
        hit.qualifier = length.qualifier.or(qualifier).or(length.upto.map(|_| Qualifier::Between));
        self.push(hit)
    }

    /// "An hour", "a few minutes", "half an hour".
    fn bare_duration(&mut self, i: usize) -> Option<usize> {
        let length = duration::length(self.lx, i)?;
        if length.bare && !duration::bare_is_length(self.lx, i, &length) {
            return None;
        }
        Some(self.duration(i, &length, None))
    }
}

fn amount(number: &Numeral) -> Value {
    number.upto.map_or(Value::Number(number.value), |high| Value::Range(number.value, high))
}

fn finite(value: &Value) -> bool {
    match value {
        Value::Number(x) => x.is_finite(),
        Value::Range(a, b) => a.is_finite() && b.is_finite(),
        Value::Duration { seconds, upto, .. } => seconds.is_finite() && upto.is_none_or(f64::is_finite),
        _ => true,
    }
}

/// Joins "between 10% and 15%" and "5 km to 10 km", whose ends were read one by one.
fn join_ranges(out: &mut Vec<Detail>, text: &str) {
    let mut k = 0;
    while k + 1 < out.len() {
        let (a, b) = (&out[k], &out[k + 1]);
        let joint = text.get(a.range.end as usize..b.range.start as usize).unwrap_or("").trim();
        let lead = text.get(..a.range.start as usize).unwrap_or("").trim_end();
        let between = lead.get(lead.len().saturating_sub(7)..).is_some_and(|w| w.eq_ignore_ascii_case("between"));
        let from = lead.get(lead.len().saturating_sub(4)..).is_some_and(|w| w.eq_ignore_ascii_case("from"));
        let joined = match joint {
            "and" => between,
            "to" => !from,
            "-" | "–" => true,
            _ => false,
        };
        let measured = a.unit.is_some() && a.unit == b.unit && a.kind == b.kind && a.kind != DetailKind::Date;
        if let (true, true, Value::Number(low), Value::Number(high)) = (joined, measured, &a.value, &b.value)
            && low < high
            && a.qualifier == Qualifier::Exact
            && a.sentence == b.sentence
        {
            let end = b.range.end;
            let value = Value::Range(*low, *high);
            let start = if between { lead.len() - 7 } else { a.range.start as usize };
            let first = &mut out[k];
            first.value = value;
            first.qualifier = Qualifier::Between;
            first.range = TextRange { start: start as u32, end };
            out.remove(k + 1);
            continue;
        }
        k += 1;
    }
}
