//! Money: "$35m", "US$150 million", "35 million dollars", "USD 200", "50 cents", "thirteen dollars and
//! forty-five cents".
//!
//! A bare dollar sign is taken for the US dollar, a bare franc, krona or peso for the most used one of
//! that name: what matters for comparing is that the same word means the same in all versions.

use super::lex::Lexed;
use super::lexicon::{CurrencyClass, Lexicon, Role};
use super::numeral::{Letters, Numeral, numeral};

/// An amount of money as read.
pub(super) struct Amount {
    pub(super) end: usize,
    pub(super) value: f64,
    pub(super) upto: Option<f64>,
    pub(super) unit: &'static str,
}

/// A sign, code or word that stands before its number: the number's atom and the currency.
pub(super) fn opening(lx: &Lexed, lexicon: &Lexicon, i: usize) -> Option<(usize, &'static str)> {
    let atom = lx.atom(i);
    if !atom.roles.contains(&Role::Money) {
        return None;
    }
    let number = |at: usize| lx.is_digits(at) || lx.cardinal(at).is_some() && !lx.is(at, "one");
    // "US$", "C $", "usd$": letters that belong to the sign behind them.
    if let Some((at, unit)) = prefix(lx, lexicon, i)
        && let Some((at, (sign, CurrencyClass::Sign))) = lexicon.currencies.starting(lx, at)
        && number(at)
    {
        return (sign == "USD").then_some((at, unit));
    }
    let (end, (unit, class)) = lexicon.currencies.starting(lx, i)?;
    match class {
        CurrencyClass::Sign => {
            let at = if lx.is(end, "-") && lx.glued(end) { end + 1 } else { end };
            (number(at) || lx.is_any(at, &["a", "half"])).then_some((at, unit))
        }
        CurrencyClass::Code => {
            let at = if lx.is(end, ".") && lx.glued(end) { end + 1 } else { end };
            let all_capitals = lx.written(i).chars().all(char::is_uppercase) || !lx.capital(i);
            (lx.is_digits(at) && (all_capitals || lx.is(i, "rs"))).then_some((at, unit))
        }
        // "Dollar 22.5 million", with no number of its own before it.
        CurrencyClass::Word if lx.is_digits(end) && lx.is_any(i, &["dollar", "euro", "rupee", "rupees"]) => {
            let own = i.checked_sub(1).is_some_and(|k| lx.is_digits(k) || lx.cardinal(k).is_some() || lx.scale(k).is_some());
            (!own).then_some((end, unit))
        }
        _ => None,
    }
}

/// The currency that letters before a `$` name.
fn prefix(lx: &Lexed, lexicon: &Lexicon, i: usize) -> Option<(usize, &'static str)> {
    // "U.S. $" ends in a full stop, and the letters of "a $5 bill" are an article.
    let mut end = i + 1;
    if lx.is(i, "u") && lx.is(i + 1, ".") && lx.is(i + 2, "s") {
        end = if lx.is(i + 3, ".") { i + 4 } else { i + 3 };
        return Some((end, "USD"));
    }
    let unit = lexicon.sign_prefix(lx.word(i))?;
    if lx.is(end, ".") && lx.glued(end) {
        end += 1;
    }
    let short = lx.word(i).len() == 1;
    if short && lx.is(i, "a") && !(lx.written(i) == "A" && lx.glued(end)) {
        return None;
    }
    Some((end, unit))
}

/// Reads the amount behind an opening.
pub(super) fn after_opening(lx: &Lexed, lexicon: &Lexicon, at: usize, unit: &'static str) -> Option<Amount> {
    let number = apart(lx, at).or_else(|| numeral(lx, at, Letters::Money)).filter(|n| !n.fraction || n.scaled)?;
    let mut amount = Amount { end: number.end, value: number.value, upto: number.upto, unit };
    scale_behind_hyphen(lx, &mut amount);
    // "$100 and fifty" closes a sum in speech; before a noun it does not.
    if lx.is(amount.end, "and")
        && let Some(cents) = numeral(lx, amount.end + 1, Letters::Plain)
        && (1.0..100.0).contains(&cents.value)
        && number.upto.is_none()
        && !number.scaled
        && cents.value.fract() == 0.0
        && closes(lx, cents.end)
    {
        amount.value += cents.value / 100.0;
        amount.end = cents.end;
    }
    // "$ 10 dollars", "£5 sterling", "$5 US", "$5 (USD)"
    if let Some((end, (_, class))) = lexicon.currencies.starting(lx, amount.end)
        && (class == CurrencyClass::Word && !lx.is_any(amount.end, &["cent", "cents"])
            || class == CurrencyClass::Code && !lx.is_digits(end))
        && lx.word(amount.end).len() > 2
    {
        amount.end = end;
    }
    Some(amount)
}

/// "$2. 6 million" and "$1, 199", as texts that were put together from tokens write them. The sign and
/// what follows leave no other reading.
fn apart(lx: &Lexed, at: usize) -> Option<Numeral> {
    let whole = f64::from(lx.plain(at, 1, 3)?);
    // "€1,5 million": with one or two digits and a scale behind it, the comma is a decimal one.
    if lx.is(at + 1, ",")
        && lx.glued(at + 1)
        && lx.glued(at + 2)
        && let Some(digits) = lx.plain(at + 2, 1, 2).filter(|d| *d > 0)
        && let Some(next) = numeral(lx, at + 2, Letters::Money).filter(|n| n.scaled)
    {
        let decimals = f64::from(digits) / if lx.atom(at + 2).plain_digits == 1 { 10.0 } else { 100.0 };
        return Some(Numeral { value: (whole + decimals) * next.value / f64::from(digits), ..next });
    }
    if !(lx.is_any(at + 1, &[".", ","]) && lx.glued(at + 1) && lx.atom(at + 2).spaced) {
        return None;
    }
    if lx.is(at + 1, ",") {
        let rest = lx.plain(at + 2, 3, 3)?;
        let next = numeral(lx, at + 2, Letters::Money)?;
        return (next.end == at + 3).then(|| Numeral { value: whole * 1000.0 + f64::from(rest), plain_digits: 0, ..next });
    }
    let digits = lx.plain(at + 2, 1, 2)?;
    let next = numeral(lx, at + 2, Letters::Money).filter(|n| n.scaled && digits > 0)?;
    let scale = next.value / f64::from(digits);
    let decimals = f64::from(digits) / if lx.atom(at + 2).plain_digits == 1 { 10.0 } else { 100.0 };
    Some(Numeral { value: (whole + decimals) * scale, ..next })
}

fn closes(lx: &Lexed, i: usize) -> bool {
    lx.is_break(i) || lx.is_any(i, &[".", ",", ";", "!", "?", ")"]) && (lx.is_break(i + 1) || lx.atom(i + 1).spaced)
}

/// "$5-million".
fn scale_behind_hyphen(lx: &Lexed, amount: &mut Amount) {
    if lx.is_hyphen(amount.end)
        && let Some(scale) = lx.scale(amount.end + 1).filter(|s| *s >= 1000.0)
    {
        amount.value *= scale;
        amount.end += 2;
    }
}

/// Reads the currency behind a number that was read already, with the smaller coin if it follows.
pub(super) fn behind(lx: &Lexed, lexicon: &Lexicon, start: usize, number: &Numeral) -> Option<Amount> {
    let mut at = lx.skip_hyphen(number.end);
    let of = lx.is(at, "of") && number.upto.is_some();
    if of {
        at += 1;
        if lx.is_any(at, &["us", "u"]) && number.upto.is_none() {
            return None;
        }
    }
    let adjective = lx.capital(at) && lx.atom(at + 1).roles.contains(&Role::Money);
    if !(lx.atom(at).roles.contains(&Role::Money) || adjective)
        || number.fraction && !number.scaled && number.value < 1.0 && lx.is_any(start, &["half", "a"])
    {
        return None;
    }
    let (end, (unit, class)) = currency_at(lx, lexicon, at)?;
    let glued = lx.glued(at);
    match class {
        CurrencyClass::Prefix => return None,
        CurrencyClass::Sign | CurrencyClass::Code => {
            // In "10 $ 30 $" each sign follows its number; in "1 $ 10" it precedes.
            let next = lx.skip_hyphen(end);
            if !glued && lx.is_digits(next) && !signed_behind(lx, lexicon, next) {
                return None;
            }
            if lx.is(at, "rs") && !glued {
                return None;
            }
            if lx.is(at, "all") || class == CurrencyClass::Code && lx.written(at).chars().any(char::is_lowercase) && lx.capital(at) {
                return None;
            }
        }
        CurrencyClass::Weight => {
            let words_before = (1..=6).any(|k| k <= start && lx.has(start - k, Role::Cost));
            let money = number.value >= 400.0 || number.scaled || words_before;
            if !money || lx.is_any(end, &["of"]) || lx.is_any(end, &["per"]) && lx.is(end + 1, "square") {
                return None;
            }
        }
        CurrencyClass::Verb => {
            if number.value < 1000.0 || lx.listed(end, "won-verb") {
                return None;
            }
        }
        CurrencyClass::Word => {}
    }
    let mut amount = Amount { end, value: number.value, upto: number.upto, unit };
    if let Some((end, cents)) = smaller_coin(lx, lexicon, &amount) {
        amount.end = end;
        amount.value += cents;
    }
    Some(amount)
}

fn currency_at(lx: &Lexed, lexicon: &Lexicon, at: usize) -> Option<(usize, (&'static str, CurrencyClass))> {
    // "10 US$": the sign swallows its letters.
    if let Some((sign_at, unit)) = prefix(lx, lexicon, at)
        && let Some((end, (_, CurrencyClass::Sign))) = lexicon.currencies.starting(lx, sign_at)
        && !lx.is_digits(end)
    {
        return Some((end, (unit, CurrencyClass::Sign)));
    }
    if let Some(found) = lexicon.currencies.starting(lx, at) {
        return Some(found);
    }
    // "12 Ruritanian dinars": a nationality that has no row of its own.
    let (end, (unit, class)) = lexicon.currencies.starting(lx, at + 1)?;
    (lx.is_word(at) && class == CurrencyClass::Word && lx.capital(at)).then_some((end, (unit, class)))
}

fn signed_behind(lx: &Lexed, lexicon: &Lexicon, i: usize) -> bool {
    numeral(lx, i, Letters::Money).is_some_and(|n| {
        lexicon
            .currencies
            .starting(lx, n.end)
            .is_some_and(|s| matches!(s.1.1, CurrencyClass::Sign | CurrencyClass::Code) && !lx.is_digits(s.0))
    })
}

/// "50 cents" behind "3 dollars", "and fifteen" behind "15 dollars".
fn smaller_coin(lx: &Lexed, lexicon: &Lexicon, amount: &Amount) -> Option<(usize, f64)> {
    if amount.unit.ends_with("/100") || amount.upto.is_some() {
        return None;
    }
    let at = if lx.is(amount.end, "and") { amount.end + 1 } else { amount.end };
    let number =
        numeral(lx, at, Letters::Plain).filter(|n| n.upto.is_none() && n.value >= 0.0 && n.value < 100.0 && n.value.fract() == 0.0)?;
    if let Some((end, (unit, _))) = lexicon.currencies.starting(lx, number.end)
        && unit.ends_with("/100")
    {
        return Some((end, number.value / 100.0));
    }
    (at > amount.end && closes(lx, number.end)).then_some((number.end, number.value / 100.0))
}

/// `50p` behind digits is pence.
pub(super) fn pence(lx: &Lexed, number: &Numeral) -> Option<Amount> {
    let runs_on = lx.glued(number.end + 1) && (lx.is_word(number.end + 1) || lx.is_digits(number.end + 1));
    let fits = number.digits && lx.is(number.end, "p") && lx.glued(number.end) && !runs_on;
    (fits && lx.written(number.end) == "p").then_some(Amount { end: number.end + 1, value: number.value, upto: None, unit: "GBP/100" })
}
