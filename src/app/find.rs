//! Finding words over all versions.

use super::App;
use crate::base::{TextRange, VersionIx};
use crate::compare::Evidence;
use regex::RegexBuilder;

/// The find bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Find {
    /// Whether the bar is open.
    pub open: bool,
    /// Counts how often it was asked for: each time its field gets the keyboard.
    pub asked: u64,
    /// What is looked for.
    pub query: String,
    /// Whether case matters.
    pub case: bool,
    /// Whether only whole words count.
    pub whole_word: bool,
    /// Where it stands, by column, then place. At most [`MAX_MATCHES`].
    pub matches: Vec<Evidence>,
    /// The match in front, index into `matches`.
    pub current: Option<usize>,
}

/// More matches than anybody steps through; keeps a query of one letter quick.
pub const MAX_MATCHES: usize = 10_000;

/// A pattern for words however they are typeset: a keyboard has one apostrophe, one quotation mark, one dash and one blank.
fn as_typed(query: &str) -> String {
    let mut pattern = String::new();
    for c in query.chars() {
        match c {
            '\'' | '’' | '‘' => pattern.push_str("['’‘]"),
            '"' | '“' | '”' => pattern.push_str("[\"“”]"),
            '-' | '–' | '—' | '‑' => pattern.push_str("[-–—‑]"),
            c if c.is_whitespace() => pattern.push_str(r"\s+"),
            c => pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    pattern
}

impl App {
    /// Looks again, after the query, its switches or the versions changed.
    pub(super) fn refresh_find(&mut self) {
        self.find.matches.clear();
        self.find.current = None;
        if self.find.query.is_empty() {
            return;
        }
        let mut pattern = as_typed(&self.find.query);
        if self.find.whole_word {
            // A mark at an end of the query is no part of a word.
            let edge = |c: Option<char>| if c.is_some_and(char::is_alphanumeric) { r"\b" } else { "" };
            pattern = format!("{}{pattern}{}", edge(self.find.query.chars().next()), edge(self.find.query.chars().last()));
        }
        let Ok(regex) = RegexBuilder::new(&pattern).case_insensitive(!self.find.case).build() else { return };
        let columns: Vec<VersionIx> = self.columns();
        for version in columns {
            let v = self.version(version).clone();
            for block in &v.document.blocks {
                let from = block.range.start as usize;
                for m in regex.find_iter(block.range.of(&v.document.text)) {
                    if self.find.matches.len() == MAX_MATCHES {
                        return;
                    }
                    if !m.is_empty() {
                        self.find.matches.push(Evidence { version, range: TextRange::new(from + m.start(), from + m.end()) });
                    }
                }
            }
        }
    }

    /// Goes to the next or previous match, round the end.
    pub(super) fn step_find(&mut self, forward: bool) {
        let n = self.find.matches.len();
        if n == 0 {
            return;
        }
        let next = match self.find.current {
            None if forward => 0,
            None => n - 1,
            Some(i) if forward => (i + 1) % n,
            Some(i) => (i + n - 1) % n,
        };
        self.find.current = Some(next);
        self.selection.scroll += 1;
    }
}
