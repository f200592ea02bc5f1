//! The words of a sentence as names see them: a token, or the part of one that may be a name.
//!
//! "Moscow-based" gives "Moscow" and a tail, "anti-American" gives "American", "US-China" gives two.
//! Letters with full stops that follow each other ("U. S.") are one piece when a table knows them.

use super::lexicon::{self, Flags};
use crate::base::SentenceIx;
use crate::source::BlockKind;
use crate::text::{Document, TokenKind};
use std::borrow::Cow;

/// How a piece is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Small letters.
    Lower,
    /// A capital first.
    Cap,
    /// Two capitals and more, no small letter.
    Upper,
    /// One capital letter, maybe with a full stop.
    Initial,
    /// `'s`, or a lone `'` after a word.
    Possessive,
    /// Starts with a digit.
    Number,
    /// A quotation mark.
    Quote,
    /// Any other mark.
    Punct,
}

#[derive(Clone, Debug)]
pub(super) struct Piece<'a> {
    pub start: u32,
    pub end: u32,
    /// Folded, without full stops.
    pub key: Cow<'a, str>,
    pub flags: Flags,
    pub shape: Shape,
    /// Stands where any word has a capital.
    pub initial: bool,
    /// Something hangs on it by a hyphen: no name goes on after it.
    pub tail: bool,
    /// Capitals and small letters in an order of its own: "iPhone", "KOs", "McVane".
    pub mixed: bool,
}

impl Piece<'_> {
    /// Written as names are.
    pub fn capital(&self) -> bool {
        matches!(self.shape, Shape::Cap | Shape::Upper | Shape::Initial)
    }

    pub fn is_word(&self) -> bool {
        matches!(self.shape, Shape::Lower | Shape::Cap | Shape::Upper | Shape::Initial)
    }

    pub fn is(&self, key: &str) -> bool {
        self.key == key
    }

    /// A common word that is no given name.
    pub fn plain(&self) -> bool {
        self.flags.has(Flags::COMMON | Flags::NO_NAME)
    }
}

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Names have capitals, other words don't.
    Sentence,
    /// Most words have one.
    Title,
    /// All letters are capitals.
    Capitals,
}

/// The pieces of a sentence, into `out`, and its style.
pub(super) fn pieces<'a>(doc: &'a Document, sentence: SentenceIx, out: &mut Vec<Piece<'a>>) -> Style {
    out.clear();
    let mut initial = true;
    for t in doc.sentence_tokens(sentence) {
        let token = doc.tokens[t];
        let (written, folded) = (doc.word(t), doc.folded(t));
        match token.kind {
            TokenKind::Word => {
                if folded == "'s" {
                    push_mark(out, token.range.start, token.range.end, folded, Shape::Possessive);
                } else {
                    push_word(out, written, folded, token.range.start, initial);
                    initial = false;
                }
            }
            TokenKind::Number => {
                push_mark(out, token.range.start, token.range.end, folded, Shape::Number);
                initial = false;
            }
            TokenKind::Quote => {
                let possessive = folded == "'" && out.last().is_some_and(|p| p.end == token.range.start && p.key.ends_with('s'));
                push_mark(out, token.range.start, token.range.end, folded, if possessive { Shape::Possessive } else { Shape::Quote });
                initial = !possessive;
            }
            TokenKind::Punct => {
                let possessive = folded == "'" && out.last().is_some_and(|p| p.end == token.range.start && p.key.ends_with('s'));
                push_mark(out, token.range.start, token.range.end, folded, if possessive { Shape::Possessive } else { Shape::Punct });
                initial = initial && !matches!(folded, "," | "&")
                    || matches!(folded, ":" | "." | "!" | "?" | "-" | "•" | "*" | "|" | "/" | ";" | "...");
            }
        }
    }
    glue_letters(out);
    glue_hyphens(out);
    let style = style(out, doc.block_kind(sentence));
    if style == Style::Capitals {
        // Where all is in capitals, "US" is the pronoun as likely as the country.
        for p in out.iter_mut().filter(|p| p.shape == Shape::Upper && p.end - p.start == p.key.len() as u32) {
            p.flags = lexicon::word(&p.key);
        }
    }
    style
}

fn push_mark<'a>(out: &mut Vec<Piece<'a>>, start: u32, end: u32, key: &'a str, shape: Shape) {
    out.push(Piece { start, end, key: Cow::Borrowed(key), flags: Flags::default(), shape, initial: false, tail: false, mixed: false });
}

fn push_word<'a>(out: &mut Vec<Piece<'a>>, written: &str, folded: &'a str, start: u32, initial: bool) {
    let end = start + written.len() as u32;
    let has_capital =
        if written.is_ascii() { written.bytes().any(|b| b.is_ascii_uppercase()) } else { written.chars().any(char::is_uppercase) };
    if !has_capital {
        out.push(Piece {
            start,
            end,
            key: Cow::Borrowed(folded),
            flags: lexicon::exact_word(folded),
            shape: Shape::Lower,
            initial,
            tail: false,
            mixed: false,
        });
        return;
    }
    // Parts at the hyphen, where the folded form has the same parts.
    if folded.contains('-')
        && let Some((first, second)) = cut(written)
        && let Some((first_folded, second_folded)) = folded.split_once('-')
    {
        let second_start = end - second.len() as u32;
        let first_end = start + first.len() as u32;
        let starts_low = first.chars().next().is_some_and(|c| !c.is_uppercase());
        let second_low = second.chars().next().is_some_and(|c| !c.is_uppercase());
        let (a, b) = (lexicon::exact_word(first_folded), lexicon::exact_word(second_folded));
        let known = |w: &str| !lexicon::known(&lexicon::key(w)).is_empty();
        if lexicon::is_party(first_folded) && (lexicon::state(second_folded).is_some() || lexicon::place(second_folded).is_some()) {
            // "D-Ohio": a party's letter and a state, no name.
            push_mark(out, start, end, folded, Shape::Number);
        } else if known(folded) {
            push_piece(out, written, folded, start, end, initial, false);
        } else if starts_low && !a.has(Flags::PARTICLE | Flags::CAPITAL_PARTICLE) && !second_low {
            push_piece(out, second, second_folded, second_start, end, false, false);
        } else if !starts_low
            && (second_low && (b.has(Flags::AFTER_HYPHEN | Flags::COMMON) && !b.has(Flags::FAMILY_FIRST) || known(first_folded)))
        {
            push_piece(out, first, first_folded, start, first_end, initial, true);
        } else if !starts_low && !second_low && known(first_folded) && known(second_folded) {
            push_piece(out, first, first_folded, start, first_end, initial, true);
            push_piece(out, second, second_folded, second_start, end, false, false);
        } else if !starts_low && b.has(Flags::AFTER_HYPHEN) {
            push_piece(out, first, first_folded, start, first_end, initial, true);
        } else {
            push_piece(out, written, folded, start, end, initial, false);
        }
        return;
    }
    push_piece(out, written, folded, start, end, initial, false);
}

/// A word at its first hyphen.
fn cut(word: &str) -> Option<(&str, &str)> {
    let at = word.find(['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}'])?;
    let width = word[at..].chars().next().map_or(1, char::len_utf8);
    Some((&word[..at], &word[at + width..])).filter(|(a, b)| !a.is_empty() && !b.is_empty())
}

fn push_piece<'a>(out: &mut Vec<Piece<'a>>, written: &str, folded: &'a str, start: u32, end: u32, initial: bool, tail: bool) {
    let key: Cow<'a, str> = if folded.contains('.') { Cow::Owned(folded.replace('.', "")) } else { Cow::Borrowed(folded) };
    let (mut capitals, mut small, mut digits) = (0, 0, 0);
    for c in written.chars() {
        capitals += usize::from(c.is_uppercase());
        small += usize::from(c.is_lowercase());
        digits += usize::from(c.is_numeric());
    }
    let first_capital = written.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let particle = key.split(['-', '\'']).next().is_some_and(|w| lexicon::exact_word(w).has(Flags::PARTICLE | Flags::CAPITAL_PARTICLE));
    let shape = match (capitals, small) {
        (0, _) => Shape::Lower,
        (1, 0) if digits == 0 => Shape::Initial,
        (_, 0) => Shape::Upper,
        _ if first_capital || particle || !lexicon::known(&key).is_empty() => Shape::Cap,
        // "iTunes" is a thing unless a table knows it.
        _ => Shape::Lower,
    };
    let mixed = capitals > 1 && small > 0;
    // The full stop of an abbreviation is no part of the name, that of letters is.
    let end = if written.ends_with('.') && !folded.contains('.') && shape != Shape::Initial { end - 1 } else { end };
    let flags = capitals_flags(&key, shape);
    out.push(Piece { start, end, key, flags, shape, initial, tail, mixed });
}

/// What a word may be, but for "US", "WHO", "ICE" in capitals, which are none of the words they look like.
fn capitals_flags(key: &str, shape: Shape) -> Flags {
    if shape == Shape::Upper && lexicon::known(key).iter().any(|k| k.capitals) {
        return lexicon::exact_word(key).without(Flags::COMMON | Flags::FUNCTION | Flags::NO_NAME | Flags::PARTICLE | Flags::TITLE);
    }
    lexicon::word(key)
}

/// "U." "S." becomes one piece when a table knows "us".
fn glue_letters(pieces: &mut Vec<Piece<'_>>) {
    let mut i = 0;
    while i + 1 < pieces.len() {
        if pieces[i].shape != Shape::Initial || pieces[i + 1].shape != Shape::Initial {
            i += 1;
            continue;
        }
        let run = pieces[i..].iter().take(3).take_while(|p| p.shape == Shape::Initial).count();
        let glued = (2..=run).rev().find_map(|n| {
            let key: String = pieces[i..i + n].iter().map(|p| p.key.as_ref()).collect();
            (!lexicon::known(&key).is_empty() || lexicon::state(&key).is_some()).then_some((n, key))
        });
        if let Some((n, key)) = glued {
            let flags = capitals_flags(&key, Shape::Upper);
            let end = pieces[i + n - 1].end;
            pieces[i] = Piece { key: Cow::Owned(key), end, shape: Shape::Upper, flags, ..pieces[i].clone() };
            pieces.drain(i + 1..i + n);
        }
        i += 1;
    }
}

/// "Coca - Cola", as texts rebuilt from tokens have it, becomes one piece when a table knows it.
fn glue_hyphens(pieces: &mut Vec<Piece<'_>>) {
    let mut i = 0;
    while i + 2 < pieces.len() {
        if pieces[i].capital() && pieces[i + 1].shape == Shape::Punct && pieces[i + 1].is("-") && pieces[i + 2].capital() {
            let key = format!("{}-{}", pieces[i].key, pieces[i + 2].key);
            if !lexicon::known(&key).is_empty() {
                pieces[i] = Piece {
                    end: pieces[i + 2].end,
                    flags: lexicon::word(&key),
                    key: Cow::Owned(key),
                    shape: Shape::Cap,
                    ..pieces[i].clone()
                };
                pieces.drain(i + 1..i + 3);
            }
        }
        i += 1;
    }
}

fn style(pieces: &[Piece<'_>], block: BlockKind) -> Style {
    let (mut words, mut upper, mut long, mut long_low) = (0, 0, 0, 0);
    for p in pieces.iter().filter(|p| p.is_word()) {
        words += 1;
        upper += usize::from(p.shape == Shape::Upper);
        if p.key.len() >= 4 && !p.initial {
            long += 1;
            long_low += usize::from(p.shape == Shape::Lower);
        }
    }
    if words >= 2 && upper * 3 >= words * 2 && long_low == 0 {
        return Style::Capitals;
    }
    let heading = matches!(block, BlockKind::Headline | BlockKind::Subheading | BlockKind::Standfirst);
    // In the body only a line without small long words is taken for a heading.
    let (least, times) = if heading { (2, 4) } else { (4, 6) };
    if long >= least && long_low * times <= long { Style::Title } else { Style::Sentence }
}
