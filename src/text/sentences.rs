//! Sentences, cut between tokens.
//!
//! A terminator (`.`, `!`, `?`, an ellipsis, an abbreviation with its full stop) ends a sentence depending
//! on what follows, after closing marks and brackets were added to it. Which abbreviations end sentences,
//! which words open them and which verbs attribute a quote are tables in `assets/lang/`.
//!
//! Measured against three crates, as found in invented events with known sentences and in annotated news:
//!
//! | | F1 of cuts, invented | annotated sentences cut in two, of 629 |
//! |---|---|---|
//! | this scanner | 1.000 | 1 |
//! | sentencex | .998 | 38 |
//! | srx with LanguageTool's rules | .980 | 73 |
//! | icu_segmenter (UAX #29) | .962 | 67 |
//!
//! sentencex cuts "9 a.m. | Friday", a quoted question from who asked it, and after "Ms."; srx and UAX #29 cut after most
//! titles. All look at the text once more; here the tokens are at hand.

use super::tokens::{Abbreviation, abbreviation};
use super::writing::Writing;
use super::{Sentence, Token, TokenKind};
use crate::base::{TextRange, table_lines};
use crate::source::BlockKind;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

static OPENERS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| table_lines(include_str!("../../assets/lang/en/sentence-openers.txt")).collect());
static TIME_FOLLOWERS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| table_lines(include_str!("../../assets/lang/en/time-followers.txt")).collect());
static ATTRIBUTION_VERBS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| table_lines(include_str!("../../assets/lang/en/attribution-verbs.txt")).collect());

/// Appends the sentences of one block, whose tokens start at `first`.
pub(super) fn cut(
    text: &str,
    tokens: &[Token],
    first: usize,
    (block, kind): (u32, BlockKind),
    writing: Option<&Writing>,
    out: &mut Vec<Sentence>,
) {
    let mut push = |from: usize, to: usize| {
        if from < to {
            out.push(Sentence {
                range: TextRange { start: tokens[from].range.start, end: tokens[to - 1].range.end },
                block,
                first_token: from as u32,
                end_token: to as u32,
            });
        }
    };
    if matches!(kind, BlockKind::Byline | BlockKind::Dateline) {
        push(first, tokens.len());
        return;
    }
    let cutter = Cutter { text, tokens, writing };
    let mut start = first;
    let mut at = first;
    // Straight double marks seen in this block: an odd count means that a quote is open.
    let mut straight = 0;
    while at < tokens.len() {
        straight += usize::from(cutter.word(at) == "\"");
        let Some(terminator) = cutter.terminator(at, start) else {
            at += 1;
            continue;
        };
        let mut end = at + 1;
        let mut terminator = terminator;
        let mut closed_quote = false;
        while end < tokens.len() {
            if cutter.glued(end)
                && let Some(more) = cutter.terminator(end, start)
            {
                terminator = terminator.stronger(more);
            } else if cutter.closes(end, straight % 2 == 1) {
                closed_quote |= tokens[end].kind == TokenKind::Quote;
                straight += usize::from(cutter.word(end) == "\"");
            } else {
                break;
            }
            end += 1;
        }
        if end >= tokens.len() {
            break;
        }
        let opened = tokens[start].kind == TokenKind::Quote;
        if cutter.ends(terminator, at, end, closed_quote, opened) {
            push(start, end);
            start = end;
        }
        at = end;
    }
    push(start, tokens.len());
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Terminator {
    /// An abbreviation with its full stop inside.
    Abbreviated(Option<Abbreviation>),
    Ellipsis,
    Stop,
    /// `!` and `?`.
    Mark,
    /// `。` and its like, which need no blank after them.
    Wide,
}

impl Terminator {
    fn rank(self) -> u8 {
        match self {
            Terminator::Abbreviated(_) => 0,
            Terminator::Ellipsis => 1,
            Terminator::Stop => 2,
            Terminator::Mark => 3,
            Terminator::Wide => 4,
        }
    }

    fn stronger(self, other: Self) -> Self {
        if other.rank() > self.rank() { other } else { self }
    }
}

struct Cutter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    writing: Option<&'a Writing>,
}

impl<'a> Cutter<'a> {
    fn word(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| t.range.of(self.text))
    }

    /// Whether nothing stands between a token and the one before it.
    fn glued(&self, token: usize) -> bool {
        token > 0 && self.tokens[token].range.start == self.tokens[token - 1].range.end
    }

    fn terminator(&self, token: usize, sentence_start: usize) -> Option<Terminator> {
        let t = &self.tokens[token];
        if token == sentence_start && t.kind == TokenKind::Punct {
            return None;
        }
        match t.kind {
            TokenKind::Punct => match self.word(token) {
                "." => self.stop(token, sentence_start),
                "!" | "?" | "‼" | "⁇" | "⁈" | "⁉" | "؟" | "\u{37e}" | "՜" | "՞" => Some(Terminator::Mark),
                "。" | "！" | "？" | "｡" | "．" | "।" | "॥" | "۔" | "።" | "፧" | "։" => Some(Terminator::Wide),
                // What Greek keyboards give for a question mark.
                ";" if self.writing.is_some_and(|w| w.semicolon_asks) => Some(Terminator::Mark),
                "…" => Some(Terminator::Ellipsis),
                word if word.starts_with("..") => Some(Terminator::Ellipsis),
                _ => None,
            },
            TokenKind::Word | TokenKind::Number => {
                let stem = self.word(token).strip_suffix('.')?;
                // "A." that opens a list item.
                if token == sentence_start && stem.chars().count() == 1 {
                    return None;
                }
                let time = t.kind == TokenKind::Number || stem.ends_with(".m") || stem.ends_with(".M");
                Some(Terminator::Abbreviated(abbreviation(stem, self.writing).or(time.then_some(Abbreviation::Time))))
            }
            TokenKind::Quote => None,
        }
    }

    /// What a lone full stop is; `token` is not the first of its sentence.
    fn stop(&self, token: usize, sentence_start: usize) -> Option<Terminator> {
        let before = &self.tokens[token - 1];
        let word = self.word(token - 1);
        if !self.glued(token) {
            return Some(Terminator::Stop);
        }
        match before.kind {
            // The number of a list item.
            TokenKind::Number if token == sentence_start + 1 && word.len() <= 2 => None,
            // "3. März": the day of a month.
            TokenKind::Number if word.len() <= 2 && self.writing.is_some_and(|w| self.names_month(w, token + 1)) => None,
            // A decimal with a stray blank: "magnitude 4. 6". After a capital ("April 20. 6 people") it is none.
            TokenKind::Number if word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit() || b == b'$') => {
                let next = self.word(token + 1);
                let one_digit = next.starts_with(|c: char| c.is_ascii_digit()) && !next[1..].starts_with(|c: char| c.is_ascii_digit());
                let named = token >= sentence_start + 3 && self.word(token - 2).starts_with(char::is_uppercase);
                (!one_digit || named || self.glued(token + 1)).then_some(Terminator::Stop)
            }
            // "8 p. m." and a lone letter.
            TokenKind::Word if word == "m" && token >= 3 && self.word(token - 2) == "." && matches!(self.word(token - 3), "a" | "p") => {
                Some(Terminator::Abbreviated(Some(Abbreviation::Time)))
            }
            // But for a unit: "30 m. Rain", "120 km/h. The".
            TokenKind::Word if word.starts_with(char::is_lowercase) && word.chars().nth(1).is_none() => {
                let before = token.checked_sub(2).filter(|before| *before >= sentence_start);
                let unit = before.is_some_and(|b| self.tokens[b].kind == TokenKind::Number || self.word(b) == "/");
                unit.then_some(Terminator::Stop)
            }
            _ => Some(Terminator::Stop),
        }
    }

    fn names_month(&self, writing: &Writing, token: usize) -> bool {
        writing.months.contains_key(self.word(token).trim_end_matches('.').to_lowercase().as_str())
    }

    /// Whether a token after a terminator closes something that was open before it.
    fn closes(&self, token: usize, straight_open: bool) -> bool {
        let word = self.word(token);
        match self.tokens[token].kind {
            TokenKind::Quote => {
                // A mark set off by blanks on both sides is closing when one is open.
                let glued = self.glued(token);
                match word {
                    "\"" => straight_open && (glued || !self.glued_after(token)),
                    "”" | "’" | "»" | "›" | "」" | "』" | "״" | "〞" => glued || !self.glued_after(token),
                    "“" | "‘" | "«" | "‹" => glued && !self.glued_after(token),
                    "„" | "‚" | "「" | "『" => false,
                    _ => glued,
                }
            }
            TokenKind::Punct => matches!(word, ")" | "]" | "}" | "）" | "'" | "’") && (self.glued(token) || !self.glued_after(token)),
            _ => false,
        }
    }

    fn glued_after(&self, token: usize) -> bool {
        token + 1 < self.tokens.len() && self.glued(token + 1)
    }

    /// Whether the sentence ends before the token `next`, `at` being its terminator; `opened` says that a quotation mark opens it.
    fn ends(&self, terminator: Terminator, at: usize, next: usize, closed_quote: bool, opened: bool) -> bool {
        if terminator == Terminator::Wide && !closed_quote {
            return true;
        }
        // What opens before the next word.
        let mut first = next;
        let mut quote_opens = false;
        let mut bracket_opens = false;
        while let Some(t) = self.tokens.get(first) {
            let word = self.word(first);
            if t.kind == TokenKind::Quote {
                quote_opens = true;
            } else if matches!(word, "(" | "[" | "{") {
                bracket_opens = true;
            } else if matches!(word, "¿" | "¡" | "•" | "*" | "·" | "▪" | "…" | "...") && first == next {
                // A bullet or a leading ellipsis.
            } else {
                break;
            }
            first += 1;
        }
        let Some(t) = self.tokens.get(first) else { return false };
        let word = self.word(first);
        let head = word.chars().find(|c| c.is_alphanumeric());
        if t.kind == TokenKind::Punct && head.is_none() && first == next {
            return false;
        }
        let lower = head.is_some_and(char::is_lowercase) && !word.chars().any(char::is_uppercase);
        let upper = head.is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()));
        // Scripts without capitals don't show whether a new sentence starts. Behind a quote that opened this one follows who spoke,
        // and a particle glued to its mark goes on.
        let caseless = head.is_some_and(|c| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase());
        let particle = self.glued(next) && head.is_some_and(|c| matches!(c, '\u{3040}'..='\u{309f}' | '\u{ac00}'..='\u{d7af}'));
        if closed_quote && !quote_opens && caseless && (opened || particle) {
            return false;
        }
        if terminator == Terminator::Wide {
            return true;
        }
        if !self.glued(next) {
            return match terminator {
                Terminator::Abbreviated(class) => self.abbreviation_ends(class, at, first, upper, quote_opens, bracket_opens, closed_quote),
                Terminator::Ellipsis => !(lower || closed_quote && self.attributes(first)),
                Terminator::Stop => !lower || (quote_opens && !closed_quote),
                Terminator::Mark => (!lower || (quote_opens && !closed_quote)) && !(closed_quote && self.attributes(first)),
                Terminator::Wide => true,
            };
        }
        // No blank: a lost one ("left.The"), or no end at all ("Yahoo!-style").
        let before = self.word(at.wrapping_sub(1));
        match terminator {
            Terminator::Stop => {
                (upper || quote_opens) && (closed_quote || before.chars().count() > 1 && before.chars().all(char::is_lowercase))
            }
            Terminator::Mark => {
                upper && (closed_quote || self.tokens[next].kind == TokenKind::Word) && !(closed_quote && self.attributes(first))
            }
            _ => false,
        }
    }

    #[allow(clippy::too_many_arguments, reason = "what is known about the place, each by its name")]
    fn abbreviation_ends(
        &self,
        class: Option<Abbreviation>,
        at: usize,
        first: usize,
        upper: bool,
        quote_opens: bool,
        bracket_opens: bool,
        closed_quote: bool,
    ) -> bool {
        let word = self.word(first);
        let opener = || {
            let lower = word.to_lowercase();
            match self.writing {
                Some(writing) => writing.openers.contains(lower.as_str()),
                None => OPENERS.contains(lower.replace('’', "'").as_str()),
            }
        };
        if closed_quote {
            return upper || quote_opens;
        }
        match class {
            Some(Abbreviation::BeforeName | Abbreviation::Inside | Abbreviation::BeforeNumber) => false,
            Some(Abbreviation::Time) => {
                let follower = TIME_FOLLOWERS.contains(word.trim_end_matches('.').to_lowercase().as_str());
                let date = TIME_FOLLOWERS.contains(self.word(first + 1).to_lowercase().as_str());
                let digit = word.starts_with(|c: char| c.is_ascii_digit()) && !date;
                quote_opens && upper || (upper || digit) && !bracket_opens && !follower
            }
            Some(Abbreviation::MayEnd) => !bracket_opens && upper && (opener() || quote_opens),
            // An initial goes on with the name or a nickname; letters with full stops (U.S.) may end a sentence.
            None => !bracket_opens && upper && (opener() || quote_opens && self.word(at).chars().count() > 2),
        }
    }

    /// Whether the words from `first` on say who spoke: "Smith asked", "Ms. Jane Smith of Acme said".
    fn attributes(&self, first: usize) -> bool {
        let mut names = 0;
        for token in first..(first + 7).min(self.tokens.len()) {
            let word = self.word(token);
            if self.tokens[token].kind != TokenKind::Word {
                return false;
            }
            if word.chars().next().is_some_and(char::is_uppercase) {
                if names == 0 && OPENERS.contains(word.to_lowercase().as_str()) && !word.eq_ignore_ascii_case("the") {
                    return false;
                }
                names += 1;
            } else if ATTRIBUTION_VERBS.contains(word) {
                return names > 0;
            } else if !matches!(word, "of" | "de" | "van" | "von" | "al" | "bin" | "the") {
                return false;
            }
        }
        false
    }
}
