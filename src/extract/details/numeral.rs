//! Numerals: digits, words and mixtures, up to "five and a half million" and "twenty-one trillion and
//! three hundred", with fractions and open amounts ("dozens").
//!
//! A numeral is read from left to right with one number of look-ahead and no table of states: `current`
//! takes units, tens and hundreds, `total` takes what a larger scale has closed. Scales must fall, so
//! that "three hundred and two hundred" are two numbers.

use super::lex::{AtomKind, Lexed};
use super::lexicon::Role;

/// A number as read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    /// One past the last atom.
    pub(super) end: usize,
    /// What it is; for an open amount its lower end.
    pub(super) value: f64,
    /// The upper end of an open amount.
    pub(super) upto: Option<f64>,
    /// It begins with digits.
    pub(super) digits: bool,
    /// Digits without comma, point or scale, and how many.
    pub(super) plain_digits: u8,
    /// It holds hundred, thousand, million…
    pub(super) scaled: bool,
    /// A fraction: "two thirds", "half".
    pub(super) fraction: bool,
}

/// Whether a lone `m` behind digits is a million: yes with money, and open elsewhere ("10m" may be metres).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// `m`, `b`, `t` count.
    Money,
    /// Only marks that can be nothing else, and `m` before a noun.
    Plain,
}

/// Reads the numeral that starts at atom `i`.
pub(super) fn numeral(lx: &Lexed, i: usize, letters: Letters) -> Option<Numeral> {
    let (start, mut sign) = sign(lx, i);
    let mut found = many(lx, start)
        .or_else(|| part_of_scale(lx, start))
        .or_else(|| fraction(lx, start))
        .or_else(|| mixed(lx, start, letters))
        .or_else(|| bare_half(lx, start))?;
    // "- 40 k" alone: a blank behind the sign is no dash when nothing else stands there.
    if start == i && lx.is_any(i.wrapping_sub(1), &["-", "−"]) && (i == 1 || lx.is_break(i.wrapping_sub(2))) && lx.is_break(found.end) {
        sign = -1.0;
    }
    found.value *= sign;
    (found.value.is_finite() && found.value.abs() < 1e30).then_some(found)
}

fn sign(lx: &Lexed, i: usize) -> (usize, f64) {
    if lx.is_any(i, &["minus", "negative"]) && !lx.is_break(i + 1) {
        return (i + 1, -1.0);
    }
    let runs_on = lx.is_hyphen(i + 2) && lx.glued(i + 2) && lx.is_digits(i + 3);
    let minus = !runs_on && lx.is_any(i, &["-", "−"]) && lx.atom(i).spaced && lx.is_digits(i + 1) && lx.glued(i + 1);
    if minus { (i + 1, -1.0) } else { (i, 1.0) }
}

fn plain(end: usize, value: f64) -> Numeral {
    Numeral { end, value, upto: None, digits: false, plain_digits: 0, scaled: false, fraction: false }
}

fn many_at(lx: &Lexed, i: usize) -> Option<(f64, f64)> {
    lx.role(i, |r| if let Role::Many(a, b) = r { Some((*a, *b)) } else { None })
}

/// "Dozens", "tens of thousands", "several hundred", "a couple of dozen".
fn many(lx: &Lexed, i: usize) -> Option<Numeral> {
    if let Some((low, high)) = many_at(lx, i) {
        if lx.is(i + 1, "of")
            && let Some((scale, _)) = many_at(lx, i + 2).filter(|m| m.0 >= 200.0)
        {
            let scale = scale / 2.0;
            let (low, high) = (low.min(if low == 24.0 { 20.0 } else { low }), if high == 120.0 { 99.0 } else { high });
            return Some(Numeral { upto: Some(high * scale), scaled: true, ..plain(i + 3, low * scale) });
        }
        // Bare "scores" and "tens" are more often other words.
        if lx.is_any(i, &["scores", "tens"]) && !lx.is(i + 1, "of") {
            return None;
        }
        return Some(Numeral { upto: Some(high), scaled: true, ..plain(i + 1, low) });
    }
    let at = if lx.is(i, "a") { i + 1 } else { i };
    let (low, high) = lx.role(at, |r| if let Role::Vague(a, b) = r { Some((*a, *b)) } else { None })?;
    let after = if lx.is(at + 1, "of") { at + 2 } else { at + 1 };
    let scale = lx.scale(after)?;
    Some(Numeral { upto: (high > low).then_some(high * scale), scaled: true, ..plain(after + 1, low * scale) })
}

/// "Half a million", "a quarter million", "half a dozen".
fn part_of_scale(lx: &Lexed, i: usize) -> Option<Numeral> {
    let at = if lx.is_any(i, &["a", "an"]) { i + 1 } else { i };
    let part = if lx.is(at, "half") {
        0.5
    } else if lx.is(at, "quarter") {
        0.25
    } else {
        return None;
    };
    let mut next = lx.skip_hyphen(at + 1);
    if lx.is(next, "of") && lx.is_any(next + 1, &["a", "one"]) {
        next += 2;
    } else if lx.is(next, "a") {
        next += 1;
    }
    let scale = lx.scale(next).filter(|s| *s != 100.0)?;
    Some(Numeral { scaled: true, ..plain(next + 1, part * scale) })
}

/// A whole or decimal number, then perhaps "and a half", "point five", a scale behind both.
fn mixed(lx: &Lexed, i: usize, letters: Letters) -> Option<Numeral> {
    if lx.is(i, "point") && lx.cardinal(i + 1).is_some_and(|v| v < 10.0) {
        return spoken_decimals(lx, i + 1).map(|(end, value)| plain(end, value));
    }
    let whole = cardinal(lx, i)?;
    let mut found = Numeral {
        digits: lx.is_digits(i),
        plain_digits: whole.plain_digits,
        scaled: whole.last_scale.is_some(),
        ..plain(whole.end, whole.value)
    };
    if lx.is(found.end, "point")
        && let Some((end, decimals)) = spoken_decimals(lx, found.end + 1)
    {
        found.end = end;
        found.value += decimals;
        found.plain_digits = 0;
        closing_scale(lx, &mut found);
        return Some(found);
    }
    if found.digits && !found.scaled {
        // 1½, 1 1/2
        if lx.is_digits(found.end)
            && lx.atom(found.end).value < 1.0
            && lx.atom(found.end).plain_digits == 0
            && !lx.written(found.end).starts_with('.')
        {
            found.value += lx.atom(found.end).value;
            found.end += 1;
            found.plain_digits = 0;
        } else if let Some((end, value)) = slashed(lx, found.end).filter(|s| s.1 < 1.0 && lx.atom(found.end).spaced) {
            found.value += value;
            found.end = end;
            found.plain_digits = 0;
        } else if let Some((end, value)) = slashed(lx, i) {
            found = Numeral { digits: true, fraction: true, ..plain(end, value) };
            return Some(found);
        }
        if let Some((end, factor)) = mark(lx, found.end, letters) {
            found.end = end;
            found.value *= factor;
            found.scaled = true;
            found.plain_digits = 0;
            return Some(found);
        }
        exponent(lx, &mut found);
        if found.end > i + 1 && !found.scaled {
            closing_scale(lx, &mut found);
        }
    }
    if lx.is(found.end, "and")
        && let Some(part) = part_after_and(lx, found.end + 1, whole.last_scale)
    {
        let factor = whole.last_scale.filter(|s| *s >= 1000.0 && whole.ends_in_scale && !part.scaled).unwrap_or(1.0);
        found.value += part.value * factor;
        found.end = part.end;
        found.plain_digits = 0;
        if factor == 1.0 && !part.scaled {
            closing_scale(lx, &mut found);
        }
    } else if lx.is(found.end, "over")
        && let Some(under) = cardinal(lx, found.end + 1)
        && under.value != 0.0
        && under.value.fract() == 0.0
        && ends_clause(lx, under.end)
    {
        found = Numeral { fraction: true, ..plain(under.end, found.value / under.value) };
    }
    Some(found)
}

/// What may stand behind "and" in a mixed number: "a half", "three quarters", "a half million".
fn part_after_and(lx: &Lexed, i: usize, last_scale: Option<f64>) -> Option<Numeral> {
    if let Some(part) = part_of_scale(lx, i).filter(|p| last_scale.is_some_and(|s| p.value < s)) {
        return Some(part);
    }
    let half = match (lx.word(i), lx.word(i + 1)) {
        ("a" | "one", "half") => Some((i + 2, 0.5)),
        ("a" | "one", "quarter") => Some((i + 2, 0.25)),
        ("half", next) if !matches!(next, "of" | "the" | "a" | "an") => Some((i + 1, 0.5)),
        _ => None,
    };
    if let Some((end, value)) = half {
        return Some(Numeral { fraction: true, ..plain(end, value) });
    }
    if let Some((end, value)) = slashed(lx, i).filter(|s| s.1 < 1.0) {
        return Some(Numeral { fraction: true, ..plain(end, value) });
    }
    fraction(lx, i).filter(|f| f.value < 1.0)
}

fn closing_scale(lx: &Lexed, found: &mut Numeral) {
    let at = lx.skip_hyphen(found.end);
    if let Some(scale) = lx.scale(at) {
        found.value *= scale;
        found.end = at + 1;
        found.scaled = true;
        found.plain_digits = 0;
    }
}

fn ends_clause(lx: &Lexed, i: usize) -> bool {
    matches!(lx.kind(i), AtomKind::Break | AtomKind::Mark)
}

/// "Half" on its own, where it says how much.
fn bare_half(lx: &Lexed, i: usize) -> Option<Numeral> {
    let at = if lx.is(i, "a") { i + 1 } else { i };
    if !lx.is(at, "half") || lx.is_hyphen(at + 1) && lx.glued(at + 1) {
        return None;
    }
    if lx.listed(at.wrapping_sub(1), "half-name") {
        return None;
    }
    if lx.listed(at + 1, "half-unit") || (lx.is_any(at + 1, &["a", "an"]) && lx.span(at + 2).is_some()) {
        return None;
    }
    Some(Numeral { fraction: true, ..plain(at + 1, 0.5) })
}

/// "One third", "five-eighths", "a hundredth", "twenty twenty fifths".
///
/// Where the denominator may begin is a choice: the longest tail that starts with a unit or tens word
/// and does not cut a joined pair ("ninety-five hundred fifths" is 9,500 fifths).
fn fraction(lx: &Lexed, i: usize) -> Option<Numeral> {
    let mut elements: Vec<usize> = Vec::new();
    let mut at = i;
    let last = loop {
        let ends = lx.role(at, |r| matches!(r, Role::Ordinal(_) | Role::Part(_) | Role::Tenfold(_)).then_some(()));
        if ends.is_some() && !elements.is_empty() {
            break at;
        }
        let article = elements.is_empty() && lx.is_any(at, &["a", "an"]);
        if !article && (!lx.is_word(at) || (lx.cardinal(at).is_none() && lx.scale(at).is_none())) {
            return None;
        }
        if elements.len() == 8 {
            return None;
        }
        elements.push(at);
        at = lx.skip_hyphen(at + 1);
        if lx.is(at, "and") && elements.len() > 1 {
            at += 1;
        }
    };
    elements.push(last);
    let p = elements.len() - 1;
    for s in 1..=p {
        let at = elements[s];
        let opens = lx.cardinal(at).is_some_and(|v| v > 0.0);
        let pair = lx.is_hyphen(at - 1) && lx.cardinal(elements[s - 1]).is_some_and(|v| v >= 20.0);
        if s < p && (!opens || pair) {
            continue;
        }
        if s == p && pair && lx.role(last, |r| matches!(r, Role::Ordinal(_)).then_some(())).is_some() {
            // "Twenty-first" is a place in a row.
            return None;
        }
        let Some(under) = denominator(lx, &elements[s..=p]) else { continue };
        let (over, single) = if elements.len() >= 2 && lx.is_any(elements[0], &["a", "an"]) && s == 1 {
            (1.0, true)
        } else {
            let Some(whole) = cardinal_until(lx, i, at) else { continue };
            if lx.skip_hyphen(whole.end) != at && whole.end != at {
                continue;
            }
            (whole.value, whole.value == 1.0)
        };
        if over >= under && lx.is(last, "quarters") {
            return None;
        }
        let plural = lx.word(last).ends_with('s') || lx.is(last, "halves");
        if single == plural && !(single && plural) {
            return None;
        }
        if single && plural || s == p && matches!(lx.word(last), "first" | "firsts" | "second" | "seconds") {
            return None;
        }
        if single && lx.is_any(elements[0], &["a", "an"]) && s == p {
            // "A third of", but "a third man", "a quarter final".
            let next = last + 1;
            if lx.is_hyphen(next) && lx.glued(next) || lx.is_word(next) && !lx.listed(next, "fraction-goes-on") {
                return None;
            }
        }
        let mut found = Numeral { fraction: true, ..plain(last + 1, over / under) };
        if lx.is(last, "quarters") || lx.is(last, "halves") || under >= 3.0 {
            closing_scale(lx, &mut found);
        }
        return Some(found);
    }
    None
}

/// The value of "one hundred fifth", "twenty-fifths", "trillionths".
fn denominator(lx: &Lexed, elements: &[usize]) -> Option<f64> {
    let (&last, head) = elements.split_last()?;
    let base = match head.first() {
        None => 0.0,
        Some(&first) => {
            let whole = cardinal(lx, first)?;
            if lx.skip_hyphen(whole.end) != last && whole.end != last {
                return None;
            }
            whole.value
        }
    };
    let fits = |v: f64| base == 0.0 || (v < 10.0 && base % 10.0 == 0.0 && base % 100.0 != 10.0) || base % 100.0 == 0.0;
    lx.role(last, |r| match r {
        Role::Ordinal(v) | Role::Part(v) if fits(*v) => Some(base + v),
        Role::Tenfold(v) => Some(if base == 0.0 { *v } else { base * v }),
        _ => None,
    })
    .filter(|v| *v > 0.0)
}

/// `3/4`. Pairs that are dates or names elsewhere (`9/11`, `24/7`) are left alone.
fn slashed(lx: &Lexed, i: usize) -> Option<(usize, f64)> {
    let over = lx.plain(i, 1, 4)?;
    if !(lx.is(i + 1, "/") && lx.glued(i + 1) && lx.glued(i + 2)) {
        return None;
    }
    let under = lx.plain(i + 2, 1, 4)?;
    if lx.is_any(i + 3, &["/", "-"]) && lx.glued(i + 3) || lx.is_word(i + 3) && lx.glued(i + 3) {
        return None;
    }
    let fits = under > 31 || (over < under && under <= 10) || matches!(under, 16);
    (fits && under != 0 && !(1900..2100).contains(&under)).then(|| (i + 3, f64::from(over) / f64::from(under)))
}

/// "Five", "seventy-one", "two five" behind "point".
fn spoken_decimals(lx: &Lexed, i: usize) -> Option<(usize, f64)> {
    let mut at = i;
    let mut digits = String::new();
    while let Some(v) = lx.cardinal(at).filter(|v| *v < 10.0) {
        digits.push_str(&format!("{v:.0}"));
        at += 1;
    }
    if digits.is_empty() || digits.len() > 12 {
        let whole = cardinal(lx, i).filter(|c| c.last_scale.is_none() && c.value.fract() == 0.0)?;
        digits = format!("{:.0}", whole.value);
        at = whole.end;
    }
    format!("0.{digits}").parse().ok().map(|v| (at, v))
}

/// `10k`, `3bn`, `2 mil`, and `m` where it can only be a million.
fn mark(lx: &Lexed, i: usize, letters: Letters) -> Option<(usize, f64)> {
    let factor = lx.role(i, |r| if let Role::Mark(x) = r { Some(*x) } else { None })?;
    if lx.is_apostrophe(i + 1) && lx.glued(i + 1) || lx.is_digits(i + 1) && lx.glued(i + 1) {
        return None;
    }
    let glued = lx.glued(i);
    // "200 M": a capital apart from its number counts where nothing follows that it could begin.
    let apart = !glued && lx.written(i).chars().all(char::is_uppercase) && (lx.is_break(i + 1) || lx.is_any(i + 1, &[",", ";", ")", "?"]));
    if apart && lx.word(i).len() == 1 {
        return Some((i + 1, factor));
    }
    let fits = match lx.word(i) {
        "k" => glued || letters == Letters::Money || !lx.is_any(i + 1, &[".", "-"]),
        "m" if letters == Letters::Plain => {
            // "1.5m people" but "a 10m wall", "10m high", "2m away".
            let noun = lx.is_word(i + 1) && lx.word(i + 1).ends_with('s') || lx.has(i + 1, Role::Person);
            glued && noun && !lx.is_any(i + 1, &["is", "was", "across", "metres"])
        }
        "t" | "g" => false,
        "m" | "b" => glued || letters == Letters::Money && lx.written(i) != "M.",
        "mm" => lx.written(i) == "MM" || letters == Letters::Money,
        "mil" | "bil" => true,
        _ => true,
    };
    fits.then_some((i + 1, factor))
}

/// `1.1e23`, `10^-3`.
fn exponent(lx: &Lexed, found: &mut Numeral) {
    let at = found.end;
    if !(lx.is_any(at, &["e", "^"]) && lx.glued(at)) {
        return;
    }
    let (digits, sign) = match lx.word(at + 1) {
        "-" => (at + 2, -1),
        "+" => (at + 2, 1),
        _ => (at + 1, 1),
    };
    if let Some(power) = lx.plain(digits, 1, 2).filter(|_| lx.glued(digits)) {
        let power = sign * i32::try_from(power).unwrap_or(0);
        found.value = if lx.is(at, "^") { found.value.powi(power) } else { found.value * 10f64.powi(power) };
        found.end = digits + 1;
        found.plain_digits = 0;
    }
}

/// A whole number in words, digits or both.
pub(super) struct Cardinal {
    pub(super) end: usize,
    pub(super) value: f64,
    /// The scale named last.
    last_scale: Option<f64>,
    ends_in_scale: bool,
    plain_digits: u8,
}

#[derive(Clone, Copy, PartialEq)]
enum Last {
    Nothing,
    Unit,
    Tens,
    Scale,
}

/// Reads "three hundred and twenty-one thousand", "3 million", "1 234 567", "a hundred".
pub(super) fn cardinal(lx: &Lexed, i: usize) -> Option<Cardinal> {
    cardinal_until(lx, i, usize::MAX)
}

/// As [`cardinal`], but reads no atom at or after `limit`.
fn cardinal_until(lx: &Lexed, i: usize, limit: usize) -> Option<Cardinal> {
    let (mut total, mut current) = (0.0_f64, 0.0_f64);
    let mut last = Last::Nothing;
    let mut last_scale: Option<f64> = None;
    let mut floor = f64::INFINITY;
    let (mut at, mut end) = (i, i);
    let mut plain_digits = 0;
    if lx.is_any(i, &["a", "an"]) {
        lx.scale(i + 1)?;
        current = 1.0;
        last = Last::Unit;
        at = i + 1;
    }
    loop {
        let mut k = at;
        let mut joined = false;
        if last != Last::Nothing && (lx.is_hyphen(k) || lx.is(k, "and") && last == Last::Scale) {
            k += 1;
            joined = true;
        }
        // "Two million and one half": what follows "and" is the part, not a unit.
        let part_follows =
            joined && !lx.is_hyphen(k - 1) && lx.role(k + 1, |r| matches!(r, Role::Part(_) | Role::Tenfold(_)).then_some(())).is_some();
        if k >= limit || part_follows {
            break;
        }
        let atom = lx.atom(k);
        if atom.kind == AtomKind::Digits {
            let room = last == Last::Scale && atom.value > 0.0 && atom.value.fract() == 0.0 && atom.value < floor && !lx.is_hyphen(k - 1);
            if last == Last::Nothing {
                let grouped = spaced_groups(lx, k);
                current = grouped.map_or(atom.value, |g| g.1);
                plain_digits = if grouped.is_some() { 0 } else { atom.plain_digits };
                end = grouped.map_or(k + 1, |g| g.0);
            } else if room && !is_year_like(lx, k) && atom.plain_digits > 0 {
                current += atom.value;
                plain_digits = 0;
                end = k + 1;
            } else {
                break;
            }
            last = Last::Unit;
        } else if let Some(v) = lx.cardinal(k) {
            let fits = match last {
                Last::Nothing => true,
                Last::Tens => (1.0..10.0).contains(&v),
                Last::Scale => v > 0.0 && v < floor && !lx.is_hyphen(k - 1),
                Last::Unit => false,
            };
            if !fits {
                break;
            }
            current += v;
            last = if (20.0..100.0).contains(&v) { Last::Tens } else { Last::Unit };
            end = k + 1;
        } else if let Some(scale) = lx.scale(k).filter(|_| last != Last::Nothing) {
            if joined && !lx.is_hyphen(k - 1) {
                break;
            }
            if scale < 1000.0 {
                if current <= 0.0 || current >= 1000.0 || (current >= 100.0 && last_scale == Some(100.0)) {
                    break;
                }
                current *= scale;
                floor = scale;
                last_scale = Some(scale);
                last = Last::Scale;
                end = k + 1;
                plain_digits = 0;
                if scale == 12.0 {
                    break;
                }
            } else {
                if current == 0.0 {
                    if last != Last::Scale {
                        break;
                    }
                    total *= scale;
                } else {
                    if total > 0.0 && last_scale.is_some_and(|s| scale >= s && s >= 1000.0) {
                        break;
                    }
                    total += current * scale;
                }
                current = 0.0;
                floor = scale;
                last_scale = Some(scale);
                last = Last::Scale;
                end = k + 1;
                plain_digits = 0;
            }
        } else if last == Last::Unit && lx.is(k, "dozens") {
            current *= 12.0;
            last_scale = Some(12.0);
            end = k + 1;
            plain_digits = 0;
            break;
        } else {
            break;
        }
        at = end;
    }
    if last == Last::Nothing || end == i {
        return None;
    }
    if lx.is_any(i, &["a", "an"]) && end == i {
        return None;
    }
    Some(Cardinal { end, value: total + current, last_scale, ends_in_scale: last == Last::Scale, plain_digits })
}

fn is_year_like(lx: &Lexed, i: usize) -> bool {
    lx.plain(i, 4, 4).is_some_and(|y| (1800..2100).contains(&y))
}

/// `1 234 567`.
fn spaced_groups(lx: &Lexed, i: usize) -> Option<(usize, f64)> {
    let mut value = f64::from(lx.plain(i, 1, 3).filter(|v| *v > 0)?);
    let mut at = i + 1;
    while lx.plain(at, 3, 3).is_some() && lx.atom(at).spaced && lx.atom(at).start == lx.atom(at - 1).end + 1 {
        value = value * 1000.0 + lx.atom(at).value;
        at += 1;
    }
    // The last group may carry decimals: 1 234,5 is not English, 1 234.5 is.
    let followed = lx.is_digits(at) && lx.atom(at).start <= lx.atom(at - 1).end + 1;
    (at > i + 1 && !followed).then_some((at, value))
}
