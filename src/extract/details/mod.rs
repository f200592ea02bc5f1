//! Details of amount and time: numbers, money, percentages, ages, measures, dates, times, durations.
//!
//! One pass over the text. It is cut into atoms ([`lex`]), each looked up once in the tables of
//! `assets/lang/en/` ([`lexicon`]). Where an atom can open a detail, the kinds are tried in a fixed order,
//! the more telling first: a time before a date, a date before a number, money, percent, age, duration
//! and measure before a bare count. What one kind takes, no other sees: "24-year-old" is an age and not
//! also a number. A grammar of patterns with longest match (as the Recognizers-Text rules are built)
//! was rejected: hundreds of patterns cost a hundred times as much as looking at the words once.
//!
//! A number says what it counts in [`Detail::subject`]; the scheme stands in [`subject`]. How exact the
//! words are is read from what stands before and behind them ([`Qualifier`]) and turned into an interval
//! by [`super::value`].

mod age;
mod date;
mod duration;
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

/// Reads details of amount and time, in text order. Total: any document yields a value.
///
/// `meta.published` anchors relative dates; without it "Tuesday" is no detail and "July 24" has no year.
pub fn details(document: &Document, meta: &Metadata) -> Vec<Detail> {
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

/// Two numbers that stand for one: "10 to 15", "5-7 million".
struct Pair {
    start: usize,
    number: Numeral,
}

fn is_state(subject: &str) -> bool {
    matches!(
        subject.split(' ').next(),
        Some("dead" | "injured" | "missing" | "arrested" | "rescued" | "trapped" | "abducted" | "charged" | "convicted" | "hospitalised")
    )
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
                !possessive && !vague && !(after_before && hit.rule == "date-counted")
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

    /// "$35m", "US$5-7 million", "$5m a year".
    fn money_opening(&mut self, i: usize) -> Option<usize> {
        let lx = self.lx;
        // "10 $ 30 $": the number before takes the sign.
        let (at, unit) = money::opening(lx, self.lexicon, i)?;
        let mut sum = money::after_opening(lx, self.lexicon, at, unit)?;
        let joint = sum.end;
        if (lx.is_dash(joint) && lx.glued(joint))
            || lx.is(joint, "to") && !lx.is(i.wrapping_sub(1), "from")
            || lx.is(joint, "and") && lx.is(i.wrapping_sub(1), "between")
            || lx.is(joint, "or")
        {
            let bare_low = numeral(lx, at, Letters::Money).is_some_and(|n| !n.scaled);
            let second_at = money::opening(lx, self.lexicon, joint + 1).map_or(joint + 1, |o| o.0);
            let signed = second_at > joint + 1;
            if let Some(second) = money::after_opening(lx, self.lexicon, second_at, unit)
                && (lx.is_digits(second_at) || signed)
                && sum.upto.is_none()
            {
                let scale = second_scale(lx, second_at, second.value);
                let low = if bare_low && !signed | (sum.value < 1000.0 && scale > 1.0) && sum.value * scale < second.value {
                    sum.value * scale
                } else {
                    sum.value
                };
                let plain_behind = signed || lx.is_dash(joint) || scale > 1.0;
                if low < second.value && plain_behind && !(lx.span(second.end).is_some() && !signed) {
                    sum = money::Amount { end: second.end, value: low, upto: Some(second.value), unit };
                }
            }
        }
        let (start, value, qualifier) = self.ranged(i, sum.value, sum.upto, false);
        Some(self.push(Hit { qualifier, ..self.hit(start, sum.end, DetailKind::Money, value, Some(sum.unit), "money-sign") }))
    }

    /// A value and, for two numbers, where the words begin ("between") and that they are a range.
    fn ranged(&self, start: usize, low: f64, high: Option<f64>, open: bool) -> (usize, Value, Option<Qualifier>) {
        match high {
            None => (start, Value::Number(low), None),
            Some(high) if open => (start, Value::Range(low, high), Some(Qualifier::About)),
            Some(high) => {
                let between = self.lx.is(start.wrapping_sub(1), "between");
                (if between { start - 1 } else { start }, Value::Range(low, high), Some(Qualifier::Between))
            }
        }
    }

    /// The second of two numbers that make a range, if there is one.
    fn pair(&self, i: usize, first: &Numeral) -> Option<Pair> {
        let lx = self.lx;
        if first.upto.is_some() || first.fraction {
            return None;
        }
        // "18- to 24-year-olds"
        let hung = lx.is_hyphen(first.end) && lx.glued(first.end) && lx.is_any(first.end + 1, &["to", "or", "and"]);
        let joint = if hung { first.end + 1 } else { first.end };
        let before = lx.before(i, 1);
        let dash = lx.is_dash(joint) && lx.glued(joint) == lx.glued(joint + 1);
        let joined = match lx.word(joint) {
            "to" => before != "from",
            "or" => true,
            "and" => before == "between",
            _ => dash,
        };
        if !joined {
            return None;
        }
        let second = numeral(lx, joint + 1, Letters::Plain).filter(|n| n.upto.is_none() && !n.fraction && n.value > 0.0)?;
        if lx.is_hyphen(joint) && lx.glued(joint) && !(lx.is_digits(i) && lx.is_digits(joint + 1)) {
            return None;
        }
        let scale = second_scale(lx, joint + 1, second.value);
        let low = if !first.scaled && scale > 1.0 && first.value * scale < second.value { first.value * scale } else { first.value };
        (low < second.value && low >= 0.0).then_some(Pair {
            start: i,
            number: Numeral { value: low, upto: Some(second.value), plain_digits: 0, digits: first.digits, ..second },
        })
    }

    /// All kinds that begin with a number.
    fn numeral_led(&mut self, i: usize) -> Option<usize> {
        let lx = self.lx;
        if let Some(age) = age::apposition(lx, i).or_else(|| age::limit(lx, i)).or_else(|| age::told(lx, i)) {
            return Some(self.age(i, age));
        }
        let first = numeral(lx, i, Letters::Plain)?;
        let digits_at = if lx.is_digits(i) { i } else { i + 1 };
        if lx.is_digits(digits_at)
            && digits_at < first.end
            && !first.fraction
            && let Some(next) = number::skip_code(lx, digits_at)
        {
            // Units and money name what they measure, whatever stands before them.
            if !self.is_measured(&first) || lx.glued(digits_at) && digits_at > 0 && lx.is_word(digits_at - 1) {
                return Some(next);
            }
        }
        if let Some(end) = self.result(i, &first) {
            return Some(end);
        }
        if let Some(pair) = self.pair(i, &first)
            && let Some(end) = self.amount(pair.start, &pair.number, false)
        {
            return Some(end);
        }
        self.amount(i, &first, first.upto.is_some())
    }

    fn is_measured(&self, number: &Numeral) -> bool {
        let lx = self.lx;
        let at = lx.skip_hyphen(number.end);
        percent::sign(lx, number.end).is_some()
            || lx.span(at).is_some()
            || lx.atom(at).roles.contains(&Role::Money)
            || self.lexicon.units.starting(lx, at).is_some()
    }

    /// One number or range with what stands behind it. `open` marks "dozens" and the like.
    fn amount(&mut self, i: usize, number: &Numeral, open: bool) -> Option<usize> {
        let lx = self.lx;
        let range = number.upto.is_some() && !open;
        let (start, value, qualifier) = self.ranged(i, number.value, number.upto, open);
        if number.fraction
            && number.value < 1.0
            && let Some(end) = percent::behind_article(lx, number.end)
        {
            return Some(self.push(self.hit(start, end, DetailKind::Percent, value, Some("%"), "percent")));
        }
        if let Some((end, unit)) = percent::sign(lx, number.end) {
            let subject = lx.is(end, "of").then(|| subject::noun(lx, end, false)).flatten();
            return Some(self.push(Hit { qualifier, subject, ..self.hit(start, end, DetailKind::Percent, value, Some(unit), "percent") }));
        }
        if let Some(age) = age::behind(lx, number) {
            let age = age::Age { value, qualifier: qualifier.filter(|_| range), ..age };
            return Some(self.age(start, age));
        }
        let money_number = numeral(lx, i, Letters::Money).filter(|n| !range && n.end > number.end);
        let sum = money::behind(lx, self.lexicon, i, number)
            .or_else(|| money_number.and_then(|n| money::behind(lx, self.lexicon, i, &n)))
            .or_else(|| money::pence(lx, number).filter(|_| !range));
        if let Some(sum) = sum {
            let value = if number.upto.is_some() { value } else { Value::Number(sum.value) };
            return Some(self.push(Hit { qualifier, ..self.hit(start, sum.end, DetailKind::Money, value, Some(sum.unit), "money-word") }));
        }
        if let Some(length) = duration::length_of(lx, number) {
            // "One day he will": no length.
            let told = ["for", "in", "within", "than", "least", "about", "nearly", "just", "only", "after", "over", "another", "-"];
            if lx.is(i, "one")
                && lx.is(number.end, "day")
                && !lx.is_any(i.wrapping_sub(1), &told)
                && !lx.is_any(length.end, &["after", "before", "later", "earlier", "ago"])
                && !lx.is_break(i.wrapping_sub(1))
            {
                return Some(length.end);
            }
            return Some(self.duration(start, &length, qualifier));
        }
        if let Some((end, unit)) = self.unit(number) {
            let inches = lx.is_apostrophe(number.end).then(|| lx.plain(number.end + 1, 1, 2)).flatten();
            let value = inches.map_or(value, |inches| Value::Number(number.value + f64::from(inches) / 12.0));
            return Some(self.push(Hit { qualifier, ..self.hit(start, end, DetailKind::Number, value, Some(unit), "measure") }));
        }
        if let Some((end, share)) = self.ratio(number) {
            let subject = subject::noun(lx, end, false);
            return Some(self.push(Hit { subject, ..self.hit(i, end, DetailKind::Number, Value::Number(share), None, "ratio") }));
        }
        if lx.is_hyphen(number.end) && lx.is(number.end + 1, "magnitude") || lx.is(i.wrapping_sub(1), "magnitude") {
            let hit = self.hit(start, number.end, DetailKind::Number, value, None, "magnitude");
            return Some(self.push(Hit { subject: Some("magnitude".into()), ..hit }));
        }
        self.count(start, i, number, value, qualifier)
    }

    fn count(&mut self, start: usize, i: usize, number: &Numeral, value: Value, qualifier: Option<Qualifier>) -> Option<usize> {
        let lx = self.lx;
        let lead = self.lexicon.qualifiers.ending(lx, start, |q| q.1 == Side::Before).map_or(start, |q| q.0);
        let subject = subject::subject(lx, lead, number.end, number.value == 1.0);
        if !number::is_detail(lx, i, number, subject.as_deref()) {
            return Some(number.end);
        }
        let rule = if number.fraction { "fraction" } else { "number" };
        Some(self.push(Hit { qualifier, subject, ..self.hit(start, number.end, DetailKind::Number, value, None, rule) }))
    }

    fn unit(&self, number: &Numeral) -> Option<(usize, &'static str)> {
        let lx = self.lx;
        let mut at = lx.skip_hyphen(number.end);
        if lx.is(at, "°") {
            return match lx.word(at + 1) {
                "c" => Some((at + 2, "C")),
                "f" => Some((at + 2, "F")),
                _ => None,
            };
        }
        // "5m tall": a lone letter must touch its number.
        if lx.is(at, "m") && lx.glued(at) && number.digits {
            return Some((at + 1, "m"));
        }
        // 6'3", 5'11
        if lx.is_apostrophe(at)
            && lx.glued(at)
            && lx.plain(at + 1, 1, 2).is_some_and(|inches| inches < 12)
            && lx.glued(at + 1)
            && number.plain_digits == 1
        {
            return Some((if lx.is_any(at + 2, &["\"", "”", "″"]) { at + 3 } else { at + 2 }, "ft"));
        }
        if lx.is_any(at, &["more", "long"]) || lx.is(at, "of") && number.upto.is_some() {
            at += 1;
        }
        self.lexicon.units.starting(lx, at)
    }

    /// "One in five", "nine out of 10".
    fn ratio(&self, number: &Numeral) -> Option<(usize, f64)> {
        let lx = self.lx;
        let at = match (lx.word(number.end), lx.word(number.end + 1)) {
            ("of", _) if number.value <= 9.0 && lx.is_any(number.end + 1, &["10", "ten", "100"]) => number.end + 1,
            ("in" | "of", "every") => number.end + 2,
            ("in", _) => number.end + 1,
            ("out", "of") => number.end + if lx.is(number.end + 2, "every") { 3 } else { 2 },
            _ => return None,
        };
        let under = numeral(lx, at, Letters::Plain).filter(|n| n.upto.is_none() && !n.fraction)?;
        let spans = lx.span(lx.skip_hyphen(under.end)).is_some()
            || lx.is_any(under.end, &["a", "am", "pm", "states", "cities", "countries", "places", "cases"]);
        let fits = number.value > 0.0
            && number.value < under.value
            && under.value <= 1e6
            && number.value.fract() == 0.0
            && !((1500.0..2100.0).contains(&under.value) && under.plain_digits == 4)
            && (lx.is_any(number.end, &["out", "of"])
                || number.value <= 9.0 && !spans && lx.month(under.end).is_none() && (under.value <= 20.0 || under.value % 10.0 == 0.0));
        fits.then_some((under.end, number.value / under.value))
    }

    /// "Won 3-2", "voted 52 to 48", "by 52 votes to 48".
    fn result(&mut self, i: usize, first: &Numeral) -> Option<usize> {
        let lx = self.lx;
        if first.scaled || first.fraction || first.value > 999.0 || first.value.fract() != 0.0 {
            return None;
        }
        let joint = if lx.is(first.end, "votes") { first.end + 1 } else { first.end };
        let tight = lx.is_dash(joint) && lx.glued(joint) && lx.glued(joint + 1);
        let dash = tight || lx.is_dash(joint) && !lx.glued(joint) && !lx.glued(joint + 1) && lx.is_digits(i) && lx.is_digits(joint + 1);
        if !dash && !lx.is(joint, "to") {
            return None;
        }
        let second =
            numeral(lx, joint + 1, Letters::Plain).filter(|n| !n.scaled && !n.fraction && n.value <= 999.0 && n.value.fract() == 0.0)?;
        if self.is_measured(&second) || lx.is_dash(second.end) && lx.is_digits(second.end + 1) {
            return None;
        }
        let word = number::result_word(lx, i, second.end);
        let counted = subject::is_plural(lx, second.end) && !lx.is_any(second.end, &["votes", "goals", "points", "against"]);
        // A falling pair can be no range; a rising one is a result only where a word says so.
        let subject = match word {
            Some(word) if !(counted && first.value < second.value) && (dash || word == "vote" || first.value >= second.value) => word,
            None if tight && first.value >= second.value && lx.is_digits(i) => return Some(second.end),
            _ => return None,
        };
        let (more, less) = if first.value >= second.value { (i, joint + 1) } else { (joint + 1, i) };
        let mut part = |at: usize, n: &Numeral| {
            let name = if at == more || more == less { subject.to_owned() } else { format!("{subject} against") };
            let hit = self.hit(at, n.end, DetailKind::Number, Value::Number(n.value), None, "result");
            self.push(Hit { subject: Some(name), qualifier: Some(Qualifier::Exact), ..hit });
        };
        part(i, first);
        part(joint + 1, &second);
        Some(second.end)
    }

    fn duration(&mut self, start: usize, length: &duration::Length, qualifier: Option<Qualifier>) -> usize {
        if let Some(found) = self.dates.counted(start, length) {
            return self.date(start, found);
        }
        let mut hit = self.hit(start, length.end, DetailKind::Duration, length.value(), None, "duration");
        hit.qualifier = length.qualifier.or(qualifier);
        if length.upto.is_some() {
            // ISO 8601 has no ranges: the lower end is told, and the qualifier opens it.
            hit.qualifier = Some(Qualifier::AtLeast);
        }
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

    /// "The 45th president", "a third victim".
    fn ordinal(&mut self, i: usize) -> Option<usize> {
        let lx = self.lx;
        let (end, value) = number::ordinal(lx, i)?;
        if lx.is_any(lx.skip_hyphen(end), &["century", "centuries", "floor", "street", "avenue", "grade", "grader", "and", "amendment"])
            || lx.capital(end)
            || lx.is_hyphen(end)
        {
            return Some(end);
        }
        let noun = if lx.is_any(end, &["consecutive", "straight", "successive"]) { end + 1 } else { end };
        let subject = subject::noun(lx, noun, true)?;
        Some(self.push(Hit {
            subject: Some(format!("nth {subject}")),
            ..self.hit(i, end, DetailKind::Number, Value::Number(value), None, "ordinal")
        }))
    }

    /// "Magnitude 6.3", "a magnitude of 6.3".
    fn magnitude(&mut self, i: usize) -> Option<usize> {
        let lx = self.lx;
        let at = lx.skip_hyphen(if lx.is(i + 1, "of") { i + 2 } else { i + 1 });
        let number = numeral(lx, at, Letters::Plain).filter(|n| n.digits && n.value < 11.0)?;
        let tenths = (lx.is(number.end, ".") && number.plain_digits == 1).then(|| lx.plain(number.end + 1, 1, 1)).flatten();
        let (end, value) = tenths.map_or((number.end, number.value), |t| (number.end + 2, number.value + f64::from(t) / 10.0));
        let hit = self.hit(at, end, DetailKind::Number, Value::Number(value), None, "magnitude");
        Some(self.push(Hit { subject: Some("magnitude".into()), ..hit }))
    }
}

/// What the second number's scale word multiplies by: in "5 to 7 million" it holds for both.
fn second_scale(lx: &Lexed, at: usize, value: f64) -> f64 {
    let bare = lx.atom(at).value.max(lx.cardinal(at).unwrap_or(0.0));
    if bare > 0.0 { value / bare } else { 1.0 }
}

fn amount(number: &Numeral) -> Value {
    number.upto.map_or(Value::Number(number.value), |high| Value::Range(number.value, high))
}

fn finite(value: &Value) -> bool {
    match value {
        Value::Number(x) => x.is_finite(),
        Value::Range(a, b) => a.is_finite() && b.is_finite(),
        Value::Duration { seconds, .. } => seconds.is_finite(),
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
