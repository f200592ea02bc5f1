//! Tokens, by one pass over the characters.
//!
//! Unicode word boundaries (UAX #29) cut at hyphens and full stops, and keep possessives: numbers with
//! units, names with hyphens and abbreviations would have to be glued again. A scanner of our own gives
//! each kind its rule and allocates nothing but the folded text.

use super::writing::Writing;
use super::{Token, TokenKind};
use crate::base::{TextRange, table_lines};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How an abbreviation stands to the end of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    BeforeName,
    Inside,
    BeforeNumber,
    MayEnd,
    Time,
}

static ABBREVIATIONS: LazyLock<FxHashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    table_lines(include_str!("../../assets/lang/en/abbreviations.txt"))
        .filter_map(|line| {
            let (word, class) = line.split_once('\t')?;
            let class = match class.trim() {
                "before-name" => Abbreviation::BeforeName,
                "inside" => Abbreviation::Inside,
                "before-number" => Abbreviation::BeforeNumber,
                "time" => Abbreviation::Time,
                _ => Abbreviation::MayEnd,
            };
            Some((word, class))
        })
        .collect()
});

/// Words with `'s` for "is", and words that start with an apostrophe.
static CONTRACTIONS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| table_lines(include_str!("../../assets/lang/en/contractions.txt")).collect());

/// The class of a word before its last full stop, if it is a known abbreviation of the language or of English.
pub(super) fn abbreviation(word: &str, writing: Option<&Writing>) -> Option<Abbreviation> {
    writing.and_then(|w| w.abbreviations.get(word)).or_else(|| ABBREVIATIONS.get(word)).copied()
}

/// Appends the tokens of one block.
pub(super) fn scan(text: &str, block: TextRange, writing: Option<&Writing>, tokens: &mut Vec<Token>, folded: &mut String) {
    let block_text = block.of(text);
    let base = block.start as usize;
    let last_closing_single = block_text.rfind(['\'', '’']).unwrap_or(0);
    let mut scanner = Scanner { text: block_text, writing, last_closing_single, single_open: false };
    let mut at = 0;
    while let Some(c) = scanner.char_at(at) {
        if c.is_whitespace() || is_ignorable(c) {
            at += c.len_utf8();
            continue;
        }
        let (end, kind) = scanner.token(at, c);
        let end = end.max(at + c.len_utf8());
        let from = folded.len();
        fold(&block_text[at..end], kind, folded);
        tokens.push(Token { range: TextRange::new(base + at, base + end), kind, folded: TextRange::new(from, folded.len()) });
        at = end;
    }
}

/// Characters that have no shape of their own: they may stand inside words and never make a difference.
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
        || (c.is_control() && !c.is_whitespace())
}

/// Whether a character is a quotation mark in any position. Apostrophes and straight single marks are told apart by context.
pub(super) fn is_double_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '『' | '』' | '〝' | '〞' | '＂' | '״')
}

struct Scanner<'a> {
    text: &'a str,
    writing: Option<&'a Writing>,
    /// Where the last mark stands that could close a single quote.
    last_closing_single: usize,
    /// Whether a single quote is open.
    single_open: bool,
}

impl Scanner<'_> {
    /// The character at `at`; none at the end and inside another.
    fn char_at(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(b) if b.is_ascii() => Some(*b as char),
            Some(_) => self.text.get(at..)?.chars().next(),
            None => None,
        }
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// The first visible character from `at` on.
    fn visible_at(&self, mut at: usize) -> Option<char> {
        loop {
            match self.char_at(at) {
                Some(c) if is_ignorable(c) => at += c.len_utf8(),
                other => return other,
            }
        }
    }

    fn digit_at(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(char::is_numeric)
    }

    /// The end and kind of the token that starts at `at` with `c`.
    fn token(&mut self, at: usize, c: char) -> (usize, TokenKind) {
        let next = at + c.len_utf8();
        if c.is_numeric() {
            return (self.number(at, next), TokenKind::Number);
        }
        if is_ideograph(c) {
            return (next, TokenKind::Word);
        }
        if c.is_alphabetic() || is_combining_mark(c) {
            return self.word(at);
        }
        match c {
            '\'' | '’' | '‘' | '‛' | '‚' | '`' | '´' | '‹' | '›' => self.single_mark(at, c, next),
            _ if is_double_mark(c) => (next, TokenKind::Quote),
            '$' | '£' | '€' | '¥' | '₩' | '₹' | '₽' | '₺' | '₪' | '₫' | '₴' | '₱' | '฿' | '₦' | '¢' if self.digit_at(next) => {
                (self.number(at, next), TokenKind::Number)
            }
            '-' | '−' | '–' | '+' | '±' | '#' if self.starts_here(at) => {
                let digits = next + self.char_at(next).filter(|c| is_currency(*c)).map_or(0, char::len_utf8);
                if self.digit_at(digits) {
                    return (self.number(at, digits), TokenKind::Number);
                }
                if c == '#' && self.char_at(next).is_some_and(char::is_alphabetic) {
                    return (self.word(next).0, TokenKind::Word);
                }
                (if c == '-' { self.run(at, b'-') } else { next }, TokenKind::Punct)
            }
            '@' if self.starts_here(at) && self.char_at(next).is_some_and(char::is_alphanumeric) => (self.word(next).0, TokenKind::Word),
            '.' if self.starts_here(at) && self.digit_at(next) => (self.number(at, next), TokenKind::Number),
            '.' | '-' => (self.run(at, c as u8), TokenKind::Punct),
            _ => (next, TokenKind::Punct),
        }
    }

    /// Whether a sign at `at` belongs to what follows: nothing visible stands right before it.
    fn starts_here(&self, at: usize) -> bool {
        self.char_before(at).is_none_or(|p| p.is_whitespace() || is_double_mark(p) || matches!(p, '(' | '[' | '‘' | '\'' | '—' | '/'))
    }

    /// The end of a run of one ASCII sign: `...` and `--` are one token.
    fn run(&self, at: usize, sign: u8) -> usize {
        at + self.text.as_bytes()[at..].iter().take_while(|b| **b == sign).count()
    }

    fn single_mark(&mut self, at: usize, c: char, next: usize) -> (usize, TokenKind) {
        let before = self.char_before(at);
        let after = self.char_at(next);
        let joined_before = before.is_some_and(|b| b.is_alphanumeric() || is_combining_mark(b) || b == '.');
        let apostrophe = matches!(c, '\'' | '’' | '‘');
        // ''typed for'' and ``double marks´´
        if matches!(c, '\'' | '`' | '´') && after == Some(c) {
            return (next + c.len_utf8(), TokenKind::Quote);
        }
        if apostrophe && joined_before && after.is_some_and(|a| a.eq_ignore_ascii_case(&'s')) {
            let end = next + 1;
            if !self.visible_at(end).is_some_and(|a| a.is_alphanumeric() || is_combining_mark(a)) {
                return (end, TokenKind::Word);
            }
        }
        if apostrophe && !joined_before && after.is_some_and(char::is_alphanumeric) {
            if self.digit_at(next) {
                let digits = self.text.as_bytes()[next..].iter().take_while(|b| b.is_ascii_digit()).count();
                // A decade or a year without its century.
                if digits == 2 && (c != '‘' || self.char_at(next + 2) == Some('s')) {
                    return (self.number(at, next), TokenKind::Number);
                }
            } else {
                let letters: usize = self.text[next..].chars().take_while(|a| a.is_ascii_alphabetic()).map(char::len_utf8).sum();
                let mut buffer = [b'\''; 8];
                if letters < buffer.len() {
                    buffer[1..=letters].copy_from_slice(&self.text.as_bytes()[next..next + letters]);
                    buffer[..=letters].make_ascii_lowercase();
                    if std::str::from_utf8(&buffer[..=letters]).is_ok_and(|w| CONTRACTIONS.contains(w)) {
                        return (next + letters, TokenKind::Word);
                    }
                }
            }
        }
        match c {
            '‘' | '‛' | '‚' | '`' | '‹' => {
                self.single_open = true;
                (next, TokenKind::Quote)
            }
            '›' | '´' => {
                self.single_open = false;
                (next, TokenKind::Quote)
            }
            _ => {
                let opens = !joined_before
                    && c == '\''
                    && after.is_some_and(|a| !a.is_whitespace())
                    && at < self.last_closing_single
                    && before.is_none_or(|b| b.is_whitespace() || is_double_mark(b) || matches!(b, '(' | '[' | '—' | '–' | '-'));
                if opens && !self.single_open {
                    self.single_open = true;
                    (next, TokenKind::Quote)
                } else if self.single_open && before.is_some_and(|b| !b.is_whitespace()) {
                    // After a plural in s an open quote may go on; the last mark of the block surely closes it.
                    let plural =
                        matches!(before, Some('s' | 'S')) && after.is_some_and(char::is_whitespace) && at < self.last_closing_single;
                    if plural && self.closes_later(next) {
                        return (next, TokenKind::Punct);
                    }
                    self.single_open = false;
                    (next, TokenKind::Quote)
                } else {
                    (next, TokenKind::Punct)
                }
            }
        }
    }

    /// Whether a single mark after punctuation, so surely a closing one, follows within a few hundred bytes and
    /// before another opening one.
    fn closes_later(&self, from: usize) -> bool {
        let mut before = ' ';
        for c in self.text[from..].chars().take(300) {
            match c {
                '‘' => return false,
                '\'' | '’' if matches!(before, '.' | ',' | '!' | '?' | '…') => return true,
                _ => before = c,
            }
        }
        false
    }

    /// A word that starts at `start`; turns into a number when a currency sign and a digit follow (`US$30`).
    fn word(&self, start: usize) -> (usize, TokenKind) {
        let mut at = start;
        // The run of letters since the last hyphen or full stop.
        let mut segment = start;
        // Whether all runs so far were single letters with full stops.
        let mut dotted = false;
        while let Some(c) = self.char_at(at) {
            let next = at + c.len_utf8();
            if c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphanumeric() && !is_ideograph(c) || is_combining_mark(c))) || c == '_'
            {
                at = next;
                continue;
            }
            let after = self.char_at(next);
            match c {
                '\'' | '’' | 'ʼ' if after.is_some_and(char::is_alphabetic) && at > start => {
                    let possessive = after.is_some_and(|a| a.eq_ignore_ascii_case(&'s'))
                        && !self.visible_at(next + 1).is_some_and(|a| a.is_alphanumeric() || is_combining_mark(a));
                    if possessive && !is_contraction(&self.text[start..at]) {
                        break;
                    }
                    at = next;
                }
                // An abbreviation of Hebrew: its mark is no quotation mark.
                '"' | '״' if is_hebrew(self.char_before(at)) && is_hebrew(after) => at = next,
                '-' | '‐' | '‑' if at > segment || dotted => {
                    let sign = after.filter(|a| is_currency(*a)).map_or(0, char::len_utf8);
                    if !self.char_at(next + sign).is_some_and(char::is_alphanumeric) {
                        break;
                    }
                    at = next + sign;
                    segment = at;
                    dotted = false;
                }
                '.' => {
                    let run = &self.text[segment..at];
                    let single = run.chars().count() == 1;
                    if let Some(a) = self.visible_at(next).filter(|a| a.is_alphanumeric()) {
                        let then = self.char_at(next + a.len_utf8());
                        let joins = a.is_lowercase() && !(run.len() > 1 && abbreviation(run, self.writing).is_some())
                            || (single || run.len() <= 2) && then.is_none_or(|t| !t.is_alphanumeric())
                            || a.is_numeric() && run.chars().all(|r| r.is_lowercase() || r.is_numeric());
                        if joins && !run.is_empty() {
                            dotted = single || dotted;
                            at = next;
                            segment = next;
                            continue;
                        }
                        if abbreviation(&self.text[start..at], self.writing).is_some() || single && run != "I" {
                            at = next;
                        }
                        break;
                    }
                    let whole = &self.text[start..at];
                    let known = match abbreviation(whole, self.writing) {
                        Some(Abbreviation::BeforeNumber) => {
                            self.text[next..].chars().find(|c| !c.is_whitespace()).is_some_and(char::is_numeric)
                        }
                        Some(_) => true,
                        None => false,
                    };
                    if known
                        || dotted && run.len() <= 2 && !run.is_empty()
                        || single && whole.len() == run.len() && run != "I" && run.chars().all(char::is_uppercase)
                    {
                        at = next;
                        dotted = true;
                        segment = next;
                        // "U.S.-led" goes on.
                        if matches!(after, Some('-' | '‐' | '‑')) {
                            continue;
                        }
                    }
                    break;
                }
                '&' | '@' if at > segment && after.is_some_and(char::is_alphanumeric) => {
                    at = next;
                    segment = next;
                }
                ':' if self.text[next..].starts_with("//") && matches!(&self.text[start..at], "http" | "https" | "HTTP" | "HTTPS") => {
                    let rest = &self.text[next..];
                    let stop = rest
                        .find(|c: char| c.is_whitespace() || is_double_mark(c) || matches!(c, '<' | '>' | ')' | ']' | '’'))
                        .unwrap_or(rest.len());
                    at = next + rest[..stop].trim_end_matches(['.', ',', ';', ':', '!', '?']).len();
                    break;
                }
                _ if is_currency(c)
                    && at - start <= 3
                    && self.digit_at(next)
                    && self.text[start..at].bytes().all(|b| b.is_ascii_uppercase()) =>
                {
                    return (self.number(start, next), TokenKind::Number);
                }
                _ if is_ignorable(c) && self.visible_at(next).is_some_and(|a| a.is_alphanumeric() || is_combining_mark(a)) => at = next,
                _ => break,
            }
        }
        (at, TokenKind::Word)
    }

    /// A number whose first digit stands at `at`.
    fn number(&self, start: usize, mut at: usize) -> usize {
        let mut before = self.char_before(at).unwrap_or(' ');
        while let Some(c) = self.char_at(at) {
            let next = at + c.len_utf8();
            if c.is_alphanumeric() && !is_ideograph(c) || is_combining_mark(c) {
                before = c;
                at = next;
                continue;
            }
            let after = self.char_at(next);
            match c {
                ',' | ':' | '/' | '\u{2044}' | '\'' | '’' if before.is_numeric() && after.is_some_and(char::is_numeric) => {}
                '.' | '٬' | '٫' if before.is_numeric() && after.is_some_and(char::is_numeric) => {}
                // 8p.m.
                '.' if matches!(before, 'a' | 'p' | 'A' | 'P')
                    && matches!(after, Some('m' | 'M'))
                    && self.char_at(next + 1) == Some('.') =>
                {
                    return next + 2;
                }
                '-' | '‐' | '‑' | '–' if before.is_alphanumeric() => {
                    let sign = after.filter(|a| is_currency(*a)).map_or(0, char::len_utf8);
                    let follows = self.char_at(next + sign);
                    let joins = match c {
                        '–' => follows.is_some_and(char::is_numeric),
                        _ => follows.is_some_and(char::is_alphanumeric),
                    };
                    if !joins {
                        break;
                    }
                    at = next + sign;
                    before = ' ';
                    continue;
                }
                _ if is_ignorable(c) && self.visible_at(next).is_some_and(|a| a.is_alphanumeric() || is_combining_mark(a)) => {
                    at = next;
                    continue;
                }
                _ => break,
            }
            before = ' ';
            at = next;
        }
        at.max(start)
    }
}

fn is_contraction(word: &str) -> bool {
    let mut buffer = [0u8; 12];
    let Some(lower) = buffer.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).is_ok_and(|w| CONTRACTIONS.contains(w))
}

/// Whether a letter of Hebrew stands there.
pub(crate) fn is_hebrew(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c, 'א'..='ת'))
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '¥' | '¢' | '\u{20a0}'..='\u{20c0}' | '฿')
}

/// Scripts written without blanks: each character is a token, so that comparing has something to hold on to.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Appends the folded form of a token.
fn fold(token: &str, kind: TokenKind, out: &mut String) {
    match kind {
        TokenKind::Quote => {
            let double = token.chars().count() > 1 || token.chars().all(is_double_mark);
            out.push(if double { '"' } else { '\'' });
        }
        TokenKind::Punct => match token {
            "–" | "—" | "―" | "−" | "‐" | "‑" | "‒" => out.push('-'),
            "…" => out.push_str("..."),
            "’" | "ʼ" => out.push('\''),
            _ if token.starts_with("--") => out.push('-'),
            _ if token.starts_with("..") => out.push_str("..."),
            _ => out.push_str(token),
        },
        TokenKind::Word | TokenKind::Number => {
            // A last full stop is dropped unless the token holds others.
            let token = match token.strip_suffix('.') {
                Some(rest) if !rest.contains('.') => rest,
                _ => token,
            };
            if token.is_ascii() {
                out.extend(token.bytes().map(|b| b.to_ascii_lowercase() as char));
            } else {
                out.extend(token.chars().filter(|c| !is_ignorable(*c)).flat_map(char::to_lowercase).map(plain).nfc());
            }
        }
    }
}

fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '‛' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '\u{2044}' => '/',
        c => c,
    }
}
