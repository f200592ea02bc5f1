//! Amounts: what can begin with a number or a sign of money, and which kind the words behind it make it.

use super::lex::Lexed;
use super::lexicon::{Role, Side};
use super::numeral::{Letters, Numeral, numeral};
use super::{Hit, Reader, age, duration, money, number, percent, subject};
use crate::extract::{DetailKind, PartialDate, Qualifier, Value};

/// Behind "rose by", a second number more than this many times the first is where it rose to: few ranges are so wide.
const MOVED: f64 = 3.0;

/// Two numbers that stand for one: "10 to 15", "5-7 million".
struct Pair {
    start: usize,
    number: Numeral,
}

impl Reader<'_> {
    /// "$35m", "US$5-7 million", "$5m a year".
    pub(super) fn money_opening(&mut self, i: usize) -> Option<usize> {
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
                let moved = lx.is(joint, "to") && self.moves(i) && second.value > low * MOVED;
                if !moved && low < second.value && plain_behind && (signed || lx.span(second.end).is_none()) {
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

    /// "Rose by 312 to 4,507", "fell $2 to $70": the first number is how far, the second where to.
    fn moves(&self, i: usize) -> bool {
        let lx = self.lx;
        let verb = |k: usize| lx.listed(k, "move-verb");
        verb(i.wrapping_sub(1)) || lx.is(i.wrapping_sub(1), "by") && verb(i.wrapping_sub(2))
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
        // "Two-to-three-year"
        let second_at = if hung { lx.skip_hyphen(joint + 1) } else { joint + 1 };
        let second = numeral(lx, second_at, Letters::Plain).filter(|n| n.upto.is_none() && !n.fraction && n.value > 0.0)?;
        if lx.is_hyphen(joint) && lx.glued(joint) && !(lx.is_digits(i) && lx.is_digits(joint + 1)) {
            return None;
        }
        let scale = second_scale(lx, second_at, second.value);
        let low = if !first.scaled && scale > 1.0 && first.value * scale < second.value { first.value * scale } else { first.value };
        if lx.is(joint, "to") && self.moves(i) && second.value > low * MOVED {
            return None;
        }
        (low < second.value && low >= 0.0).then_some(Pair {
            start: i,
            number: Numeral { value: low, upto: Some(second.value), plain_digits: 0, digits: first.digits, ..second },
        })
    }

    /// All kinds that begin with a number.
    pub(super) fn numeral_led(&mut self, i: usize) -> Option<usize> {
        let lx = self.lx;
        let age = age::apposition(lx, i).or_else(|| age::limit(lx, i)).or_else(|| age::told(lx, i)).or_else(|| self.age_in_list(i));
        if let Some(age) = age {
            return Some(self.age(i, age));
        }
        if let Some(date) = self.day_in_list(i) {
            return Some(self.push(date));
        }
        let first = numeral(lx, i, Letters::Plain)?;
        // "Harlow beat Tarn 3-1": the name before it does not make it a code.
        if first.plain_digits > 0
            && first.value < 100.0
            && !lx.glued(i)
            && lx.is_dash(first.end)
            && lx.glued(first.end)
            && lx.plain(first.end + 1, 1, 2).is_some()
            && let Some(end) = self.result(i, &first)
        {
            return Some(end);
        }
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

    /// "Aged eight and 11", "ages 4, 7 and 9": a further number behind an age that words announced.
    fn age_in_list(&self, i: usize) -> Option<age::Age> {
        let lx = self.lx;
        let last = self.out.last().filter(|d| matches!(d.rule, "age-aged" | "age-list") && matches!(d.value, Value::Number(_)))?;
        let mut joint = i.checked_sub(1).filter(|k| lx.is_any(*k, &["and", "or", ","]))?;
        if !lx.is(joint, ",") && lx.is(joint.wrapping_sub(1), ",") {
            joint -= 1;
        }
        if joint == 0 || lx.atom(joint - 1).end != last.range.end {
            return None;
        }
        let number =
            numeral(lx, i, Letters::Plain).filter(|n| n.upto.is_none() && !n.fraction && !n.scaled && (0.0..=115.0).contains(&n.value))?;
        let stands = !lx.is_word(number.end) || lx.has(number.end, Role::Stop) || lx.is(number.end, "respectively");
        (stands && !lx.is_hyphen(number.end)).then_some(age::Age {
            end: number.end,
            value: Value::Number(number.value),
            unit: "year",
            qualifier: None,
            rule: "age-list",
        })
    }

    /// "May 3 and 5", "May 3, 5 and 8": a further day behind a date that ended in one.
    fn day_in_list(&self, i: usize) -> Option<Hit> {
        let lx = self.lx;
        let last = self.out.last().filter(|d| d.rule == "date-day")?;
        let Value::Date(date @ PartialDate { day: Some(before), .. }) = last.value else { return None };
        let day = lx.plain(i, 1, 2).filter(|d| *d <= 31).and_then(|d| i8::try_from(d).ok()).filter(|d| *d > before)?;
        let joint = i.checked_sub(1).filter(|k| lx.is_any(*k, &["and", "or", ","]))?;
        let known = joint.checked_sub(1)?;
        let of_month = lx.plain(known, 1, 2) == u32::try_from(before).ok() && lx.atom(known).end == last.range.end;
        let stands = !lx.is_word(i + 1) && !lx.glued(i + 1) || lx.is_any(i + 1, &[",", ".", ";", ")"]) || lx.has(i + 1, Role::Stop);
        let more = lx.is(joint, ",") && !(lx.is_any(i + 1, &["and", "or", ","]) && lx.is_digits(i + 2));
        (of_month && stands && !more && lx.atom(i).sentence == lx.atom(known).sentence)
            .then(|| self.hit(i, i + 1, DetailKind::Date, Value::Date(PartialDate { day: Some(day), ..date }), None, "date-day"))
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
            && let Some((end, unit)) = percent::behind_article(lx, number.end)
        {
            return Some(self.push(self.hit(start, end, DetailKind::Percent, value, Some(unit), "percent")));
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
        if let Some(length) = duration::length_of(lx, i, number) {
            // "One day he will": no length.
            if lx.is(i, "one")
                && lx.is_any(number.end, &["day", "night"])
                && !lx.listed(i.wrapping_sub(1), "one-day-lead")
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
            if let (Value::Number(whole), Some((end, more))) = (&value, self.smaller_unit(end, unit)) {
                let hit = self.hit(start, end, DetailKind::Number, Value::Number(whole + more), Some(unit), "measure");
                return Some(self.push(Hit { qualifier, ..hit }));
            }
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
        // "Fifty-odd boats", "30-plus boats"
        let open = lx.is_hyphen(number.end) && lx.is_any(number.end + 1, &["odd", "plus"]);
        let end = if open { number.end + 2 } else { number.end };
        let subject = if number.fraction {
            subject::share(lx, end).or_else(|| subject::subject(lx, lead, end, false))
        } else if self.on_richter(end) {
            Some("magnitude".to_owned())
        } else {
            subject::subject(lx, lead, end, number.value == 1.0)
        };
        if !number::is_detail(lx, i, number, subject.as_deref()) {
            return Some(number.end);
        }
        let rule = if number.fraction { "fraction" } else { "number" };
        Some(self.push(Hit { qualifier, subject, ..self.hit(start, number.end, DetailKind::Number, value, None, rule) }))
    }

    /// "6.3 on the Richter scale"
    fn on_richter(&self, end: usize) -> bool {
        let lx = self.lx;
        lx.is(end, "on") && (lx.is(end + 1, "richter") || lx.is(end + 1, "the") && lx.is(end + 2, "richter"))
    }

    /// "Two inches" behind "six feet", "3 ounces" behind "5 pounds": where it ends, and what it adds.
    fn smaller_unit(&self, at: usize, unit: &str) -> Option<(usize, f64)> {
        let lx = self.lx;
        let (smaller, share) = match unit {
            "ft" => ("in", 12.0),
            "lb" => ("oz", 16.0),
            "st" => ("lb", 14.0),
            _ => return None,
        };
        let at = if lx.is(at, "and") { at + 1 } else { at };
        let number = numeral(lx, at, Letters::Plain).filter(|n| n.upto.is_none() && !n.fraction && n.value > 0.0 && n.value < share)?;
        let (end, found) = self.lexicon.units.starting(lx, lx.skip_hyphen(number.end))?;
        (found == smaller && lx.atom(at).sentence == lx.atom(at - 1).sentence).then_some((end, number.value / share))
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
        if lx.is(at, "m") && number.digits && (lx.glued(at) || lx.listed(at + 1, "metre-trail")) {
            return Some((at + 1, "m"));
        }
        // "-5C" but not the telephone "5C"
        if lx.glued(at) && number.digits && matches!(lx.written(at), "C" | "F") && !lx.glued(at + 1) && !lx.capital(at.wrapping_sub(2)) {
            return Some((at + 1, if lx.is(at, "c") { "C" } else { "F" }));
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
        let (end, unit) = self.lexicon.units.starting(lx, at)?;
        // "km/h": the lexer cuts at the slash.
        if lx.is(end, "/") && lx.glued(end) && lx.glued(end + 1) {
            match (unit, lx.word(end + 1)) {
                ("km", "h" | "hr" | "hour") => return Some((end + 2, "km/h")),
                ("mi", "h" | "hr" | "hour") => return Some((end + 2, "mph")),
                ("m", "s" | "sec") => return Some((end + 2, "m/s")),
                _ => {}
            }
        }
        Some((end, unit))
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
        let spans = lx.span(lx.skip_hyphen(under.end)).is_some() || lx.listed(under.end, "ratio-not");
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
        let word = if joint > first.end { Some("vote") } else { number::result_word(lx, i, second.end) };
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

    /// "The 45th president", "a third victim".
    pub(super) fn ordinal(&mut self, i: usize) -> Option<usize> {
        let lx = self.lx;
        let (end, value) = number::ordinal(lx, i)?;
        if lx.listed(lx.skip_hyphen(end), "ordinal-name") || lx.capital(end) || lx.is_hyphen(end) {
            return Some(end);
        }
        let noun = if lx.is_any(end, &["consecutive", "straight", "successive", "such"]) { end + 1 } else { end };
        // Without a noun it is a name or a day: "the 13th".
        let Some(subject) = subject::noun(lx, noun, true) else { return lx.is_digits(i).then_some(end) };
        Some(self.push(Hit {
            subject: Some(format!("nth {subject}")),
            ..self.hit(i, end, DetailKind::Number, Value::Number(value), None, "ordinal")
        }))
    }

    /// "Magnitude 6.3", "a magnitude of 6.3".
    pub(super) fn magnitude(&mut self, i: usize) -> Option<usize> {
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
