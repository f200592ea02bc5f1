//! Plain text.
//!
//! The text stays as it is in the file, since reports quote places in it. Paragraphs are parted by blank
//! lines, by one line each, or by indents; lines broken at a fixed width are joined into one block.

use super::structure::{self, Unit};
use super::{Block, Metadata};
use crate::base::TextRange;

/// Lines broken by hand or by a program are hardly longer than this.
const MAX_WRAP_CHARS: usize = 110;
/// Nor shorter than this.
const MIN_WRAP_CHARS: usize = 40;

struct Line {
    range: TextRange,
    chars: usize,
    first_word_chars: usize,
    indent: usize,
    /// Whether a blank line stands before it.
    after_blank: bool,
}

/// The blocks of a plain text; what its head says goes into `meta`.
pub(super) fn blocks(text: &str, meta: &mut Metadata) -> Vec<Block> {
    structure::assign(text, &units(text), meta)
}

/// Paragraphs, whatever parts them.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let lines = lines(text);
    let width = wrap_width(&lines);
    let mut units: Vec<Unit> = Vec::new();
    let mut group = 0;
    for (i, line) in lines.iter().enumerate() {
        if i == 0 || line.after_blank {
            group += 1;
        } else if joins(text, &lines[i - 1], line, width)
            && let Some(unit) = units.last_mut()
        {
            unit.range.end = line.range.end;
            continue;
        }
        units.push(Unit { range: line.range, kind: None, group });
    }
    units
}

fn lines(text: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut at = 0;
    let mut after_blank = false;
    for line in text.split('\n') {
        // White space and marks without a shape stand outside.
        let invisible = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}');
        let trimmed = line.trim_matches(invisible);
        // A line of dashes or stars parts like a blank line.
        if trimmed.is_empty() || trimmed.len() >= 3 && trimmed.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '~' | '—' | ' ')) {
            after_blank = true;
        } else {
            let lead = line.len() - line.trim_start_matches(invisible).len();
            out.push(Line {
                range: TextRange::new(at + lead, at + lead + trimmed.len()),
                chars: trimmed.chars().count(),
                first_word_chars: trimmed.split_whitespace().next().map_or(0, |w| w.chars().count()),
                indent: line[..lead].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum(),
                after_blank: std::mem::take(&mut after_blank),
            });
        }
        at += line.len() + 1;
    }
    out
}

/// The width at which lines were broken, if they were: most lines with another right after them are so long that
/// the next word would not have fitted.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    let pairs = || lines.windows(2).filter(|w| !w[1].after_blank);
    let width = pairs().map(|w| w[0].chars).filter(|c| *c <= MAX_WRAP_CHARS).max()?;
    if width < MIN_WRAP_CHARS {
        return None;
    }
    let all = pairs().count();
    // Ragged right by one long word that was carried over; programs differ by a column or two.
    let full = pairs().filter(|w| w[0].chars <= MAX_WRAP_CHARS && w[0].chars + 1 + w[1].first_word_chars + 2 > width).count();
    (full * 10 >= all * 6 && full >= 2).then_some(width)
}

fn joins(text: &str, before: &Line, line: &Line, width: Option<usize>) -> bool {
    let (a, b) = (before.range.of(text), line.range.of(text));
    if starts_item(b) {
        return false;
    }
    if let Some(width) = width
        && before.chars <= width
        && before.chars + 1 + line.first_word_chars + 2 > width
        // A first line that is set in starts a paragraph.
        && line.indent <= before.indent + 1
    {
        // A line as wide as the others that ends a sentence goes on unless the text has indents.
        return true;
    }
    // A sentence that goes on in small letters.
    before.chars >= MIN_WRAP_CHARS
        && before.chars <= MAX_WRAP_CHARS
        && !structure::ends_sentence(a)
        && !a.ends_with([':', ';'])
        && b.starts_with(|c: char| c.is_lowercase())
}

fn starts_item(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or("");
    let number = first.strip_suffix(['.', ')']).is_some_and(|n| n.len() <= 2 && n.chars().all(|c| c.is_ascii_digit()));
    (matches!(first, "-" | "*" | "•" | "·" | "–" | "▪" | "●" | "◦") || number) && words.next().is_some()
}
