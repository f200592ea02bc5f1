//! Ages: "24-year-old", "ten months old", "aged 24", "Kim, 24,", "in his twenties", "under-18s".

use super::lex::Lexed;
use super::lexicon::{Role, Span};
use super::numeral::{Letters, Numeral, numeral};
use crate::extract::{Qualifier, Value};

/// An age as read.
pub(super) struct Age {
    pub(super) end: usize,
    pub(super) value: Value,
    pub(super) unit: &'static str,
    pub(super) qualifier: Option<Qualifier>,
    pub(super) rule: &'static str,
}

fn unit(span: Span) -> Option<&'static str> {
    Some(match span {
        Span::Day => "day",
        Span::Week => "week",
        Span::Month => "month",
        Span::Year => "year",
        Span::Decade => "decade",
        Span::Century => "century",
        _ => return None,
    })
}

/// "Years old", "-year-old", "months of age" behind a number.
pub(super) fn behind(lx: &Lexed, number: &Numeral) -> Option<Age> {
    if number.value < 0.0 || number.value > 200_000.0 {
        return None;
    }
    let value = number.upto.map_or(Value::Number(number.value), |high| Value::Range(number.value, high));
    let (end, span) = old(lx, number.end)?;
    Some(Age { end, value, unit: unit(span)?, qualifier: None, rule: "age-old" })
}

/// The end of "-year-old(s)", "years old", "years of age", "yo".
pub(super) fn old(lx: &Lexed, end: usize) -> Option<(usize, Span)> {
    let at = lx.skip_hyphen(end);
    if lx.is_any(at, &["yo", "yrs"]) && lx.glued(at) && !lx.is(at + 1, "old") {
        return lx.is(at, "yo").then_some((at + 1, Span::Year));
    }
    if lx.is(at, "y") && lx.is(at + 1, "/") && lx.is(at + 2, "o") {
        return Some((at + 3, Span::Year));
    }
    let span = lx.span(at)?;
    let next = lx.skip_hyphen(at + 1);
    if lx.is_any(next, &["old", "olds"]) {
        return Some((next + 1, span));
    }
    (lx.is(at + 1, "of") && lx.is(at + 2, "age")).then_some((at + 3, span))
}

/// Ages that words before the number announce, or that need no number.
pub(super) fn announced(lx: &Lexed, i: usize) -> Option<Age> {
    match lx.word(i) {
        "aged" | "age" | "ages" => aged(lx, i),
        "in" => decade(lx, i),
        "a" | "the" => {
            // "A year-old boy"
            let span = lx.span(i + 1).filter(|_| lx.is(i, "a"))?;
            let old = lx.skip_hyphen(i + 2);
            lx.is(old, "old").then_some(())?;
            Some(Age { end: old + 1, value: Value::Number(1.0), unit: unit(span)?, qualifier: None, rule: "age-old" })
        }
        _ => None,
    }
}

fn aged(lx: &Lexed, i: usize) -> Option<Age> {
    let mut at = i + 1;
    if lx.is_any(i, &["age", "ages"]) && lx.is_any(at, &["of", "at"]) {
        at += 1;
    }
    let mut qualifier = None;
    let led = lx.is(i, "ages") && lx.is(i.wrapping_sub(2), "between");
    let between = led || lx.is_any(at, &["between", "from"]);
    if led {
        // "Between the ages of 17 and 20"
    } else if between {
        at += 1;
    } else if lx.is_any(at, &["about", "around", "approximately", "roughly"]) {
        qualifier = Some(Qualifier::About);
        at += 1;
    } else if lx.is_any(at, &["just", "only"]) {
        at += 1;
    } else if lx.is_any(at, &["under", "below"]) {
        qualifier = Some(Qualifier::LessThan);
        at += 1;
    } else if lx.is_any(at, &["over", "above"]) {
        qualifier = Some(Qualifier::MoreThan);
        at += 1;
    }
    let first = numeral(lx, at, Letters::Plain).filter(|n| plausible(n.value) && n.upto.is_none() && !n.fraction)?;
    let joint = first.end;
    if (lx.is_any(joint, &["to", "and"]) && (between || lx.is(joint, "to")) || lx.is_dash(joint))
        && let Some(second) = numeral(lx, joint + 1, Letters::Plain).filter(|n| plausible(n.value) && n.value > first.value)
    {
        let (end, span) = plain_years(lx, second.end);
        return Some(Age {
            end,
            value: Value::Range(first.value, second.value),
            unit: span,
            qualifier: Some(Qualifier::Between),
            rule: "age-aged",
        });
    }
    if between {
        return None;
    }
    // "Age 24" but "ages 24 people", "in this age 3 of them".
    let (end, unit) = plain_years(lx, first.end);
    let listed = lx.is_any(end, &["and", "or", ","])
        && numeral(lx, end + 1, Letters::Plain).is_some_and(|n| plausible(n.value) && (!lx.is_word(n.end) || lx.has(n.end, Role::Stop)));
    if lx.is(i, "ages") && end == first.end && !listed {
        return None;
    }
    Some(Age { end, value: Value::Number(first.value), unit, qualifier, rule: "age-aged" })
}

fn plain_years(lx: &Lexed, end: usize) -> (usize, &'static str) {
    match lx.span(end).and_then(unit) {
        Some(found) => (end + 1, found),
        None => (end, "year"),
    }
}

fn plausible(years: f64) -> bool {
    (0.0..=130.0).contains(&years)
}

/// "In his twenties", "in her mid-30s", "in their late 40s".
fn decade(lx: &Lexed, i: usize) -> Option<Age> {
    if !lx.listed(i + 1, "possessive") {
        return None;
    }
    let mut at = i + 2;
    let part = match lx.word(at) {
        "early" => Some((0.0, 3.0)),
        "mid" => Some((4.0, 6.0)),
        "late" => Some((7.0, 9.0)),
        _ => None,
    };
    if part.is_some() {
        at = lx.skip_hyphen(at + 1);
    }
    let (end, tens) = tens(lx, at)?;
    let (low, high) = part.unwrap_or((0.0, 9.0));
    Some(Age { end, value: Value::Range(tens + low, tens + high), unit: "year", qualifier: None, rule: "age-decade" })
}

/// "Twenties", "30s".
fn tens(lx: &Lexed, at: usize) -> Option<(usize, f64)> {
    if let Some(tens) = lx.role(at, |r| if let Role::Tens(x) = r { Some(*x) } else { None }) {
        return Some((at + 1, tens));
    }
    if lx.is(at, "teens") {
        return Some((at + 1, 10.0));
    }
    let tens = lx.plain(at, 2, 2).filter(|t| t % 10 == 0)?;
    let s = if lx.is_apostrophe(at + 1) { at + 2 } else { at + 1 };
    (lx.is(s, "s") && lx.glued(s)).then_some((s + 1, f64::from(tens)))
}

/// "Kim, 24, said", "Kim (24)", "his son Jon, four," and "the driver, 24, fled": a number on its own between marks
/// behind a name or a noun for one person.
pub(super) fn apposition(lx: &Lexed, i: usize) -> Option<Age> {
    let spelled = || lx.cardinal(i).filter(|_| lx.is_any(i + 1, &[",", ")"]));
    let years = lx.plain(i, 1, 3).map(f64::from).or_else(spelled).filter(|y| (1.0..=120.0).contains(y))?;
    let mark = i.checked_sub(1)?;
    let mut name = i.checked_sub(2)?;
    // "Geum-hyok": the first part of a joined name carries the capital.
    while name >= 2 && lx.is_word(name) && lx.glued(name) && lx.is_hyphen(name - 1) && lx.glued(name - 1) {
        name -= 2;
    }
    if lx.atom(name).sentence != lx.atom(i).sentence {
        return None;
    }
    let dated = lx.month(name).is_some() || lx.weekday(name).is_some();
    let fits = match lx.word(mark) {
        "," => {
            let joined = lx.is_any(i + 1, &["and", "or"]) && lx.capital(i + 2);
            let ends = lx.is(i + 1, ".") && (lx.is_break(i + 2) || lx.opens_sentence(i + 2)) && name > 0 && lx.capital(name - 1);
            lx.is(i + 1, ",") && !lx.is_digits(i + 2) || joined || ends
        }
        "(" => lx.is(i + 1, ")"),
        _ => false,
    };
    let follows_capital = name > 0 && lx.capital(name - 1);
    // The first word of a sentence has its capital anyway: "Overall, 48, or half, were lost".
    let opens = || {
        !lx.has(name, Role::Stop)
            && lx.word(name).len() > 2
            && !lx.word(name).ends_with("ly")
            && !lx.listed(name, "number-lead")
            && !lx.listed(name, "no-name")
    };
    let named = lx.capital(name) && !dated && (follows_capital || !lx.opens_sentence(name) || opens());
    let person = lx.is_digits(i) && lx.listed(name, "aged-noun");
    (fits && (named || person)).then_some(Age {
        end: i + 1,
        value: Value::Number(years),
        unit: "year",
        qualifier: None,
        rule: "age-apposition",
    })
}

/// "He was 84.", "both 61,", "she was just 22 when", "she turned 40", "died … at 77", "a man of 70", "older than 40", "children under
/// 12": a number alone behind words that tell of a life.
pub(super) fn told(lx: &Lexed, i: usize) -> Option<Age> {
    let years = lx.plain(i, 1, 3).filter(|y| (1..=115).contains(y))?;
    let mut before = i.checked_sub(1)?;
    let sentence = lx.atom(i).sentence;
    if lx.atom(before).sentence != sentence || lx.glued(i) {
        return None;
    }
    if lx.listed(before, "age-adverb") {
        before = before.checked_sub(1)?;
    }
    let who = before.checked_sub(1)?;
    let closes = lx.is_break(i + 1) || lx.is_any(i + 1, &[".", ",", ";", ")"]) || lx.atom(i + 1).sentence != sentence;
    let next = lx.listed(i + 1, "age-goes-on");
    let then = lx.is_any(i + 1, &["when", "and"]) || lx.is(i + 1, "at") && lx.is(i + 3, "time");
    let mut end = i + 1;
    let fits = match lx.word(before) {
        "was" | "is" => (closes || then) && lx.is_any(who, &["he", "she", "who"]),
        "turned" | "turns" | "turning" => closes || next,
        "both" => closes,
        "at" => {
            closes
                && (1..=12).any(|k| {
                    who.checked_sub(k - 1).is_some_and(|k| lx.atom(k).sentence == sentence && lx.is_any(k, &["died", "dies", "dead"]))
                })
        }
        // "A mother of 12" has children.
        "of" => lx.listed(who, "aged-noun") && (closes || next) && (years >= 18 || lx.is_any(who, &["boy", "girl", "child"])),
        "than" if lx.is_any(who, &["older", "younger"]) => {
            let spelled = lx.span(i + 1) == Some(Span::Year);
            end += usize::from(spelled);
            closes || next || spelled || lx.has(i + 1, Role::Stop)
        }
        "under" | "over" | "below" | "above" => {
            let measured = lx.span(i + 1).is_some() || lx.scale(i + 1).is_some() || super::subject::is_plural(lx, i + 1);
            // "Three were under 18", "most of them were over 60": who is counted has an age, what is counted an amount.
            let counted =
                |k: usize| lx.cardinal(k).is_some() || super::subject::counts_people(lx, k) || lx.is_any(k, &["them", "whom", "most"]);
            let told_of = lx.is_any(who, &["was", "were", "is", "are"]) && who.checked_sub(1).is_some_and(counted) && years >= 10;
            let group = lx.listed(who, "age-group") && (closes || lx.is_word(i + 1) && !measured && !lx.glued(i + 1));
            group || told_of && closes
        }
        _ => false,
    };
    fits.then_some(Age { end, value: Value::Number(f64::from(years)), unit: "year", qualifier: None, rule: "age-told" })
}

/// "The under-18s", "over-65s".
pub(super) fn limit(lx: &Lexed, i: usize) -> Option<Age> {
    let years = lx.plain(i, 1, 3).filter(|y| *y <= 110)?;
    let before = i.checked_sub(1)?;
    let word = if lx.is_hyphen(before) { before.checked_sub(1)? } else { before };
    if !(lx.is(i + 1, "s") && lx.glued(i + 1)) {
        return None;
    }
    let qualifier = match lx.word(word) {
        "under" => Qualifier::LessThan,
        "over" => Qualifier::AtLeast,
        _ => return None,
    };
    Some(Age { end: i + 2, value: Value::Number(f64::from(years)), unit: "year", qualifier: Some(qualifier), rule: "age-limit" })
}
