//! Counts and bare numbers, and what looks like one and is none.
//!
//! A number is a detail when it could be told otherwise elsewhere. Digits in names (Boeing 737, G20,
//! Article 50, 10 Downing Street), telephone numbers, versions, list marks, "one" as a pronoun and
//! numbers inside compounds that count nothing ("two-way") are passed over.

use super::lex::{AtomKind, Lexed};
use super::lexicon::Role;
use super::numeral::Numeral;
use super::subject;

/// Where to go on when the digits at `i` belong to a name, a code, a telephone number or a list mark.
pub(super) fn skip_code(lx: &Lexed, i: usize) -> Option<usize> {
    if !lx.is_digits(i) {
        return None;
    }
    if lx.atom(i).plain_digits > 12 {
        return Some(i + 1);
    }
    let chain = |from: usize, marks: &[&str]| {
        let mut at = from;
        while lx.is_any(at + 1, marks) && lx.glued(at + 1) && lx.is_digits(at + 2) && lx.glued(at + 2) {
            at += 2;
        }
        at
    };
    // 4.2.1, 24/7, 3:16, 555-12-34
    let dotted = chain(i, &[".", "/", ":"]);
    if dotted > i {
        return Some(dotted + 1);
    }
    let hyphens = chain(i, &["-", "‑"]);
    if hyphens >= i + 4 || hyphens == i + 2 && lx.plain(i, 3, 3).is_some() && lx.plain(i + 2, 4, 4).is_some() {
        return Some(hyphens + 1);
    }
    let before = i.checked_sub(1)?;
    if lx.glued(i) {
        match lx.kind(before) {
            AtomKind::Word => return Some(i + 1),
            AtomKind::Mark if lx.is_any(before, &["#", "@", "_", "/", "=", "&", "\\"]) => {
                let joined = lx.glued(before) && before > 0;
                if joined || lx.is_any(before, &["#", "@", "_"]) {
                    return Some(i + 1);
                }
            }
            AtomKind::Mark if lx.is(before, "+") => {
                // A telephone number goes on in groups.
                let mut at = i + 1;
                while lx.is_digits(at) || lx.is_any(at, &["-", "(", ")"]) {
                    at += 1;
                }
                return Some(at);
            }
            AtomKind::Mark
                if lx.is_hyphen(before)
                    && lx.glued(before)
                    && before > 0
                    && lx.is_word(before - 1)
                    && !lx.listed(before - 1, "number-prefix")
                    && lx.cardinal(before - 1).is_none()
                    && lx.scale(before - 1).is_none() =>
            {
                return Some(i + 1);
            }
            AtomKind::Mark if lx.is(before, "[") && lx.is(i + 1, "]") => return Some(i + 1),
            _ => {}
        }
    }
    // "1. First item"
    if lx.is_break(before)
        && lx.is_any(i + 1, &[".", ")"])
        && lx.glued(i + 1)
        && !lx.is_break(i + 2)
        && lx.atom(i + 2).spaced
        && lx.plain(i, 1, 2).is_some()
    {
        return Some(i + 1);
    }
    // "5G", "4x4", "737s"
    let known = lx.atom(i + 1).roles.iter().any(|r| matches!(r, Role::Mark(_) | Role::Span(_) | Role::Money | Role::Scale(_)));
    let ordinal = lx.is_any(i + 1, &["st", "nd", "rd", "th"]);
    let degrees = matches!(lx.written(i + 1), "C" | "F") && !lx.capital(before);
    let short = lx.is(i + 1, "pc") || lx.written(i + 1) == "p";
    if lx.glued(i + 1) && lx.is_word(i + 1) && !known && !ordinal && !degrees && !short {
        return Some(i + 2);
    }
    (label(lx, i) || named(lx, i) || address(lx, i)).then_some(i + 1)
}

/// "No. 10", "Article 50".
fn label(lx: &Lexed, i: usize) -> bool {
    let before = if lx.is(i.wrapping_sub(1), ".") && lx.glued(i - 1) { i.wrapping_sub(2) } else { i.wrapping_sub(1) };
    let labelled = lx.has(before, Role::Label) && lx.atom(before).sentence == lx.atom(i).sentence
        || lx.has(before, Role::Label) && lx.is_any(before, &["no", "nos"]);
    labelled && (lx.capital(before) || before + 1 == i && !subject::is_plural(lx, i + 1))
}

/// "Boeing 737", "Apollo 11": a capital before it, and no count behind it.
fn named(lx: &Lexed, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    if lx.plain(i, 1, 4).is_none() || !lx.capital(before) || lx.atom(before).sentence != lx.atom(i).sentence {
        return false;
    }
    let open = lx.month(before).is_some() || lx.weekday(before).is_some() || lx.scale(before).is_some();
    let leads = lx.opens_sentence(before)
        && (lx.word(before).ends_with("ly") || lx.word(before).len() < 3 || lx.has(before, Role::Stop) || is_lead(lx, before));
    if open || leads {
        return false;
    }
    let counted = lx.has(i + 1, Role::Person) || lx.role(i + 1, |r| matches!(r, Role::Plural(_) | Role::State(_)).then_some(())).is_some();
    let plural = subject::is_plural(lx, i + 1) && lx.opens_sentence(before);
    !counted && !plural
}

fn is_lead(lx: &Lexed, i: usize) -> bool {
    lx.listed(i, "number-lead")
}

/// "10 Downing Street".
fn address(lx: &Lexed, i: usize) -> bool {
    lx.plain(i, 1, 5).is_some()
        && lx.capital(i + 1)
        && (i + 2..i + 5).any(|k| lx.capital(k) && lx.has(k, Role::Street) && (i + 1..k).all(|m| lx.is_word(m)))
}

/// Whether the number at `start` is worth telling as a count or amount, given what it counts.
pub(super) fn is_detail(lx: &Lexed, start: usize, number: &Numeral, subject: Option<&str>) -> bool {
    let before = lx.before(start, 1);
    let next = number.end;
    let alone = (start == 0 || lx.is_break(start - 1)) && (lx.is_break(next) || lx.is_break(next + 1));
    if alone {
        return true;
    }
    if lx.is_hyphen(next)
        && lx.glued(next)
        && lx.glued(next + 1)
        && lx.has(next + 1, Role::Compound)
        && !lx.is_any(next + 1, &["odd", "plus"])
    {
        return false;
    }
    let single_word = lx.is_word(start) && next == start + 1;
    if single_word && lx.is(start, "one") {
        if lx.listed(start.wrapping_sub(1), "one-pronoun") {
            return false;
        }
        let counted = subject.is_some_and(|s| !lx.lexicon.listed("one-idiom", s));
        return counted && (lx.has(next, Role::Person) || lx.has(next + 1, Role::Person) && lx.is_word(next))
            || subject.is_some_and(is_state);
    }
    if single_word && lx.capital(start) && !lx.opens_sentence(start) && lx.capital(start.wrapping_sub(1)) {
        // "Ground Zero"
        return false;
    }
    if single_word && lx.is_any(start, &["zero", "nought"]) {
        return subject.is_some() || !lx.is_word(next) || lx.is_any(next, &["is", "are", "was", "were", "to"]);
    }
    if single_word
        && lx.is_any(start, &["two", "three", "four"])
        && subject.is_none()
        && matches!(before, "the" | "these" | "those" | "between" | "number")
    {
        return false;
    }
    if lx.is_any(start.wrapping_sub(1), &["number"]) && single_word {
        return false;
    }
    // "In half", "half the battle" say nothing that could be counted elsewhere.
    if number.fraction && lx.is(next - 1, "half") && (before == "in" || lx.is_any(next, &["-", "way"])) {
        return false;
    }
    true
}

/// A result such as 3-2 or a vote of 52 to 48: the word that says which, near by.
pub(super) fn result_word(lx: &Lexed, start: usize, end: usize) -> Option<&'static str> {
    let sentence = lx.atom(start).sentence;
    let near = (start.saturating_sub(10)..end + 8).filter(|k| lx.atom(*k).sentence == sentence && (*k < start || *k >= end));
    let mut found = None;
    for k in near {
        if lx.has(k, Role::Vote) {
            return Some("vote");
        }
        if lx.has(k, Role::Score) {
            found = Some("score");
        }
    }
    found
}

/// "45th" or "third" before a noun: its number and where it ends.
pub(super) fn ordinal(lx: &Lexed, i: usize) -> Option<(usize, f64)> {
    if let Some(n) = lx.plain(i, 1, 4)
        && lx.is_any(i + 1, &["st", "nd", "rd", "th"])
        && lx.glued(i + 1)
    {
        return Some((i + 2, f64::from(n)));
    }
    let value = lx.role(i, |r| if let Role::Ordinal(v) = r { Some(*v) } else { None }).filter(|v| *v >= 2.0)?;
    (lx.has(i + 1, Role::Title) || lx.is(i + 1, "such")).then_some((i + 1, value))
}

/// Whether a subject begins with what has become of people.
fn is_state(subject: &str) -> bool {
    matches!(
        subject.split(' ').next(),
        Some("dead" | "injured" | "missing" | "arrested" | "rescued" | "trapped" | "abducted" | "charged" | "convicted" | "hospitalised")
    )
}
