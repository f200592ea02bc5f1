//! Atoms: the pieces that amounts are made of.
//!
//! A document's tokens keep `$1.5m` and `24-year-old` whole, since that is what lines up between
//! versions. Here the parts matter, so the text is cut anew and finer: runs of letters, runs of digits
//! with their grouping and decimals, single marks. It also makes this stage indifferent to how tokens
//! are cut ("$ 35" or "$35"). Working on tokens with a sub-cutter was tried first in mind and rejected:
//! an amount often begins in one token and ends in the next.

use super::lexicon::{Lexicon, Role, Span};
use crate::source::BlockKind;
use crate::text::Document;

/// What an atom is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtomKind {
    /// Letters only.
    Word,
    /// Digits with grouping commas and a decimal point, or a fraction sign such as ½.
    Digits,
    /// Any other character.
    Mark,
    /// Between blocks.
    Break,
}

/// One piece of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom<'l> {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: AtomKind,
    /// White space stands before it.
    pub(super) spaced: bool,
    /// What the word can be.
    pub(super) roles: &'l [Role],
    /// The value of digits.
    pub(super) value: f64,
    /// How many digits, when they are plain: no comma, no point.
    pub(super) plain_digits: u8,
    /// Index of the sentence.
    pub(super) sentence: u32,
}

/// A document as atoms.
pub(super) struct Lexed<'a> {
    pub(super) text: &'a str,
    lower: String,
    pub(super) atoms: Vec<Atom<'a>>,
    pub(super) lexicon: &'a Lexicon,
}

const BREAK: Atom<'static> =
    Atom { start: 0, end: 0, kind: AtomKind::Break, spaced: true, roles: &[], value: 0.0, plain_digits: 0, sentence: u32::MAX };

impl<'a> Lexed<'a> {
    /// Cuts all blocks but boilerplate.
    pub(super) fn new(document: &'a Document, lexicon: &'a Lexicon) -> Self {
        let text = document.text.as_str();
        let lower = text.to_ascii_lowercase();
        let mut atoms: Vec<Atom<'a>> = Vec::with_capacity(text.len() / 5);
        let mut sentence = 0;
        for block in document.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate) {
            let (mut at, end) = (block.range.start as usize, (block.range.end as usize).min(text.len()));
            if text.get(at..end).is_none() {
                continue;
            }
            let mut spaced = true;
            while at < end {
                let byte = text.as_bytes()[at];
                if byte.is_ascii_whitespace() {
                    spaced = true;
                    at += 1;
                    continue;
                }
                let start = at;
                let (kind, stop, value, plain_digits) =
                    if byte.is_ascii_digit() || (byte == b'.' && spaced && text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit)) {
                        let (stop, value, plain) = digits(text.as_bytes(), at, end);
                        (AtomKind::Digits, stop, value, plain)
                    } else if byte.is_ascii_alphabetic() {
                        (AtomKind::Word, word_end(text, at, end), 0.0, 0)
                    } else {
                        let Some(c) = text[at..].chars().next() else { break };
                        let stop = at + c.len_utf8();
                        if matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}') || c.is_whitespace() {
                            spaced = true;
                            at = stop;
                            continue;
                        }
                        if matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}') {
                            at = stop;
                            continue;
                        }
                        if let Some(value) = fraction_sign(c) {
                            (AtomKind::Digits, stop, value, 0)
                        } else if c.is_alphabetic() {
                            (AtomKind::Word, word_end(text, at, end), 0.0, 0)
                        } else {
                            (AtomKind::Mark, stop, 0.0, 0)
                        }
                    };
                while sentence + 1 < document.sentences.len() && document.sentences[sentence + 1].range.start as usize <= start {
                    sentence += 1;
                }
                let roles = match kind {
                    AtomKind::Word | AtomKind::Mark => lexicon.roles(&lower[start..stop]),
                    _ => &[],
                };
                atoms.push(Atom {
                    start: start as u32,
                    end: stop as u32,
                    kind,
                    spaced,
                    roles,
                    value,
                    plain_digits,
                    sentence: sentence as u32,
                });
                spaced = false;
                at = stop;
            }
            atoms.push(BREAK);
        }
        Self { text, lower, atoms, lexicon }
    }

    /// The atom, or a break outside of the text.
    pub(super) fn atom(&self, i: usize) -> &Atom<'a> {
        self.atoms.get(i).unwrap_or(&BREAK)
    }

    pub(super) fn kind(&self, i: usize) -> AtomKind {
        self.atom(i).kind
    }

    /// Lower case; empty at breaks.
    pub(super) fn word(&self, i: usize) -> &str {
        let atom = self.atom(i);
        self.lower.get(atom.start as usize..atom.end as usize).unwrap_or("")
    }

    /// The atom before `i`, in lower case; empty at the start of a block.
    pub(super) fn before(&self, i: usize, back: usize) -> &str {
        i.checked_sub(back).map_or("", |k| self.word(k))
    }

    /// As written.
    pub(super) fn written(&self, i: usize) -> &str {
        let atom = self.atom(i);
        self.text.get(atom.start as usize..atom.end as usize).unwrap_or("")
    }

    pub(super) fn is(&self, i: usize, word: &str) -> bool {
        self.word(i) == word
    }

    /// Whether the word stands in a list of `amount-words.txt`.
    pub(super) fn listed(&self, i: usize, list: &str) -> bool {
        self.lexicon.listed(list, self.word(i))
    }

    pub(super) fn is_any(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.word(i))
    }

    /// Nothing stands between this atom and the one before.
    pub(super) fn glued(&self, i: usize) -> bool {
        let atom = self.atom(i);
        atom.kind != AtomKind::Break && !atom.spaced
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.kind(i) == AtomKind::Word
    }

    pub(super) fn is_digits(&self, i: usize) -> bool {
        self.kind(i) == AtomKind::Digits
    }

    pub(super) fn is_break(&self, i: usize) -> bool {
        self.kind(i) == AtomKind::Break
    }

    /// A capital begins the word.
    pub(super) fn capital(&self, i: usize) -> bool {
        self.is_word(i) && self.written(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// It is the first atom of its sentence.
    pub(super) fn opens_sentence(&self, i: usize) -> bool {
        i.checked_sub(1).is_none_or(|k| self.is_break(k) || self.atom(k).sentence != self.atom(i).sentence)
    }

    pub(super) fn is_hyphen(&self, i: usize) -> bool {
        self.is_any(i, &["-", "‐", "‑"])
    }

    /// Hyphen or dash.
    pub(super) fn is_dash(&self, i: usize) -> bool {
        self.is_any(i, &["-", "‐", "‑", "–", "—", "~"])
    }

    pub(super) fn is_apostrophe(&self, i: usize) -> bool {
        self.is_any(i, &["'", "’", "‘", "`"])
    }

    /// A mark that phrases may hold between their words.
    pub(super) fn is_joint(&self, i: usize) -> bool {
        self.is_any(i, &["'", "’", "-", "‐", "‑", "."])
    }

    /// The atom after a hyphen, if one stands at `i`.
    pub(super) fn skip_hyphen(&self, i: usize) -> usize {
        if self.is_hyphen(i) { i + 1 } else { i }
    }

    pub(super) fn role<T>(&self, i: usize, pick: impl Fn(&Role) -> Option<T>) -> Option<T> {
        self.atom(i).roles.iter().find_map(pick)
    }

    pub(super) fn has(&self, i: usize, role: Role) -> bool {
        self.atom(i).roles.contains(&role)
    }

    pub(super) fn span(&self, i: usize) -> Option<Span> {
        self.role(i, |r| if let Role::Span(s) = r { Some(*s) } else { None })
    }

    pub(super) fn month(&self, i: usize) -> Option<(i8, bool)> {
        self.role(i, |r| if let Role::Month { month, short } = r { Some((*month, *short)) } else { None })
    }

    pub(super) fn weekday(&self, i: usize) -> Option<(i8, bool)> {
        self.role(i, |r| if let Role::Weekday { day, short } = r { Some((*day, *short)) } else { None })
    }

    pub(super) fn scale(&self, i: usize) -> Option<f64> {
        self.role(i, |r| if let Role::Scale(x) = r { Some(*x) } else { None })
    }

    pub(super) fn cardinal(&self, i: usize) -> Option<f64> {
        self.role(i, |r| if let Role::Cardinal(x) = r { Some(*x) } else { None })
    }

    /// Whole plain digits of a given number of digits.
    pub(super) fn plain(&self, i: usize, from: u8, to: u8) -> Option<u32> {
        let atom = self.atom(i);
        (atom.kind == AtomKind::Digits && (from..=to).contains(&atom.plain_digits)).then_some(atom.value as u32)
    }
}

fn word_end(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut stop = at;
    while stop < end {
        if bytes[stop].is_ascii_alphabetic() {
            stop += 1;
        } else if bytes[stop].is_ascii() {
            break;
        } else {
            match text.get(stop..).and_then(|rest| rest.chars().next()) {
                Some(c) if c.is_alphabetic() || is_combining(c) => stop += c.len_utf8(),
                _ => break,
            }
        }
    }
    stop.max(at)
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The end of a run of digits, its value, and the number of digits when it is plain.
///
/// Commas group by three, or by two before the last three (`12,34,567`). A full stop is a decimal point
/// unless more digits follow behind another one (`4.2.1`, `05.08.2016`): then each run stands alone.
/// `1.234,56` is read as written on the continent.
fn digits(bytes: &[u8], at: usize, end: usize) -> (usize, f64, u8) {
    let run = |from: usize| bytes[from.min(end)..end].iter().take_while(|b| b.is_ascii_digit()).count();
    let byte = |k: usize| if k < end { bytes[k] } else { b' ' };
    let first = run(at);
    let mut stop = at + first;
    let mut number = Reckoner::default();
    number.whole(&bytes[at..stop]);
    let mut plain = true;
    let mut groups = 0;
    if (1..=3).contains(&first) {
        let mut ahead = stop;
        let mut grouped = number;
        let mut last = 0;
        while byte(ahead) == b',' {
            let n = run(ahead + 1);
            if !(n == 3 || (n == 2 && byte(ahead + 3) == b',')) {
                break;
            }
            grouped.whole(&bytes[ahead + 1..ahead + 1 + n]);
            ahead += 1 + n;
            last = n;
            groups += 1;
        }
        // "22,24,26" is a list, "12,345" a number.
        if groups > 0 && last == 3 {
            number = grouped;
            stop = ahead;
            plain = false;
        } else {
            groups = 0;
        }
    }
    if byte(stop) == b'.' && byte(stop + 1).is_ascii_digit() {
        let n = run(stop + 1);
        let after = stop + 1 + n;
        let more = byte(after) == b'.' && byte(after + 1).is_ascii_digit();
        if groups == 0 && n == 3 && byte(after) == b',' && (1..=2).contains(&run(after + 1)) && first <= 3 && first > 0 {
            number.whole(&bytes[stop + 1..after]);
            let cents = run(after + 1);
            number.decimals(&bytes[after + 1..after + 1 + cents]);
            stop = after + 1 + cents;
            plain = false;
        } else if !(more || at >= 2 && bytes[at - 1] == b'.' && bytes[at - 2].is_ascii_digit()) {
            number.decimals(&bytes[stop + 1..after]);
            stop = after;
            plain = false;
        }
    }
    if stop == at {
        // A full stop alone can't come here, but an empty run must not hold up the cutter.
        return (at + 1, 0.0, 0);
    }
    let plain_digits = if plain { u8::try_from(number.digits).unwrap_or(u8::MAX) } else { 0 };
    (stop, number.value(), plain_digits)
}

/// Adds up digits. Up to fifteen the sum and its one division are exact or correctly rounded.
#[derive(Clone, Copy, Default)]
struct Reckoner {
    sum: f64,
    digits: usize,
    places: i32,
}

impl Reckoner {
    fn whole(&mut self, digits: &[u8]) {
        for digit in digits {
            self.sum = self.sum * 10.0 + f64::from(digit - b'0');
            self.digits += 1;
        }
    }

    fn decimals(&mut self, digits: &[u8]) {
        // What goes beyond a double's digits is below any figure that is told.
        for digit in digits.iter().take(15_usize.saturating_sub(self.digits)) {
            self.sum = self.sum * 10.0 + f64::from(digit - b'0');
            self.places += 1;
        }
    }

    fn value(self) -> f64 {
        Some(self.sum / 10f64.powi(self.places)).filter(|x| x.is_finite()).unwrap_or(f64::MAX)
    }
}

fn fraction_sign(c: char) -> Option<f64> {
    Some(match c {
        '½' => 0.5,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅕' => 0.2,
        '⅖' => 0.4,
        '⅗' => 0.6,
        '⅘' => 0.8,
        '⅙' => 1.0 / 6.0,
        '⅚' => 5.0 / 6.0,
        '⅛' => 0.125,
        '⅜' => 0.375,
        '⅝' => 0.625,
        '⅞' => 0.875,
        '⅐' => 1.0 / 7.0,
        '⅑' => 1.0 / 9.0,
        '⅒' => 0.1,
        _ => return None,
    })
}
