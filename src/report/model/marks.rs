//! Quotation marks in excerpts: one that opens is closed, and where the words beyond were cut off, an ellipsis says so.

use super::Run;
use crate::base::TextRange;

/// The marks that a stretch of text lacks.
#[derive(Debug, Default, PartialEq, Eq)]
struct Lacking {
    /// What should have opened.
    opening: Option<char>,
    /// What should close.
    closing: Option<char>,
}

/// A range with the mark that stands right beside it, where it lacks that one.
pub(super) fn with_mark_beside(text: &str, range: TextRange) -> TextRange {
    let lacking = lacking(range.of(text).chars());
    let (before, after) = (&text[..range.start as usize], &text[range.end as usize..]);
    let start = lacking.opening.filter(|c| before.ends_with(*c)).map_or(0, char::len_utf8);
    let end = lacking.closing.filter(|c| after.starts_with(*c)).map_or(0, char::len_utf8);
    TextRange { start: range.start - start as u32, end: range.end + end as u32 }
}

/// Adds the marks that an excerpt lacks, each with an ellipsis for the words beyond.
pub(super) fn balance(runs: &mut Vec<Run>) {
    let lacking = lacking(runs.iter().flat_map(|r| r.text.chars()));
    if let Some(mark) = lacking.opening {
        let cut = runs.iter().find(|r| !r.text.is_empty()).is_some_and(|r| r.text.starts_with('…'));
        runs.insert(0, Run::plain(&format!("{mark}{}", if cut { "" } else { "… " })));
    }
    if let Some(mark) = lacking.closing {
        let cut = runs.iter().rev().find(|r| !r.text.is_empty()).is_some_and(|r| r.text.ends_with('…'));
        runs.push(Run::plain(&format!("{}{mark}", if cut { "" } else { " …" })));
    }
}

/// A text of its own with the marks that it lacks: a title, the words of a reading.
pub(in crate::report) fn balanced(text: String) -> String {
    let mut runs = vec![Run::plain(&text)];
    balance(&mut runs);
    if runs.len() == 1 { text } else { runs.iter().map(|r| r.text.as_str()).collect() }
}

/// Single marks are left alone: an apostrophe looks like one.
fn lacking(chars: impl Iterator<Item = char>) -> Lacking {
    let mut open: Vec<char> = Vec::new();
    let mut opening = None;
    let (mut straight, mut curly) = (false, false);
    let mut chars = chars.peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        let closes = |o: char| matches!((o, c), ('“', '”') | ('„', '“' | '”') | ('«', '»') | ('"', '"'));
        let opens =
            matches!(c, '“' | '„' | '«') || c == '"' && (before.is_whitespace() || !after.is_whitespace() && !after.is_ascii_punctuation());
        if open.last().is_some_and(|o| closes(*o)) {
            open.pop();
        } else if opens {
            // Each paragraph of a long speech opens anew, and one mark closes all.
            if !open.contains(&c) {
                open.push(c);
            }
        } else if matches!(c, '”' | '»' | '"') && open.is_empty() && !before.is_ascii_digit() {
            opening.get_or_insert(match c {
                '”' => '“',
                '»' => '«',
                plain => plain,
            });
        }
        straight |= c == '"';
        curly |= matches!(c, '“' | '”');
        before = c;
    }
    // Where a text mixes both, one closes the other as often as not.
    if straight && curly {
        return Lacking::default();
    }
    let closing = open.first().map(|o| match o {
        '“' => '”',
        '„' => '“',
        '«' => '»',
        plain => *plain,
    });
    Lacking { opening, closing }
}
