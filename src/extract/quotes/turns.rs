//! Interviews and transcripts: paragraphs that open with a name and a colon.
//!
//! A colon after a capitalised word is common ("Update:", "Photo: …"), so a document is a transcript only
//! where such labels come back: at least two labels in capitals, or one label twice beside another.

use super::marks::Marked;
use crate::base::TextRange;
use crate::source::BlockKind;
use crate::text::Document;
use rustc_hash::FxHashMap;

/// Longest label, in words and bytes.
const LABEL_WORDS: usize = 5;
const LABEL_BYTES: usize = 48;

struct Turn {
    paragraph: usize,
    name: TextRange,
    content: TextRange,
    /// The paragraph opens with a mark, so those that follow with a mark go on with the turn.
    in_marks: bool,
}

/// Puts turns among the marked stretches, in place of those that they overlap.
pub fn with_turns(doc: &Document, paragraphs: &[TextRange], marked: Vec<Marked>) -> Vec<Marked> {
    let turns: Vec<Turn> = paragraphs.iter().enumerate().filter_map(|(i, p)| turn(doc, i, *p)).collect();
    if turns.len() < 2 {
        return marked;
    }
    let mut labels: FxHashMap<&str, usize> = FxHashMap::default();
    for turn in &turns {
        *labels.entry(turn.name.of(&doc.text)).or_default() += 1;
    }
    let capitals = turns.iter().filter(|t| is_capitals(t.name.of(&doc.text))).count();
    let again = labels.values().filter(|n| **n > 1).count();
    if capitals < 2 && (again == 0 || labels.len() < 2) {
        return marked;
    }
    // Where hardly anything but turns is there, a label counts that comes once.
    let spread = turns.last().map_or(0, |t| t.paragraph) + 1 - turns[0].paragraph;
    let dense = turns.len() * 2 > spread;
    let mut all: Vec<Marked> = Vec::new();
    for (i, turn) in turns.iter().enumerate() {
        let label = turn.name.of(&doc.text);
        if !(dense || is_capitals(label) || labels.get(label).is_some_and(|n| *n > 1)) {
            continue;
        }
        let mut parts = vec![turn.content];
        let mut last = turn.paragraph;
        let limit = turns.get(i + 1).map_or(paragraphs.len(), |next| next.paragraph);
        if turn.in_marks {
            for (p, paragraph) in paragraphs.iter().enumerate().take(limit).skip(turn.paragraph + 1) {
                let text = paragraph.of(&doc.text);
                if !text.starts_with(['"', '“']) || text.trim_start_matches(['"', '“']).starts_with('(') {
                    break;
                }
                parts.push(inner(*paragraph, text, text.len() - text.trim_start_matches(['"', '“']).len()));
                last = p;
            }
        }
        let outer = TextRange { start: turn.content.start, end: parts.last().map_or(turn.content.end, |p| p.end) };
        all.push(Marked { parts, outer, turn_of: Some(turn.name), first_paragraph: turn.paragraph, last_paragraph: last });
    }
    let turned = all.len();
    for m in marked {
        let at = all[..turned].partition_point(|t| t.outer.end <= m.outer.start);
        if at == turned || all[at].outer.start >= m.outer.end {
            all.push(m);
        }
    }
    all.sort_by_key(|m| m.outer.start);
    all
}

fn is_capitals(label: &str) -> bool {
    label.chars().filter(|c| c.is_alphabetic()).count() >= 1 && !label.chars().any(char::is_lowercase)
}

fn turn(doc: &Document, paragraph: usize, range: TextRange) -> Option<Turn> {
    let sentence = doc.sentence_at(range.start)?;
    if matches!(doc.block_kind(sentence), BlockKind::Headline | BlockKind::Subheading | BlockKind::Caption) {
        return None;
    }
    let text = range.of(&doc.text);
    let lead = text.len() - text.trim_start_matches(['"', '“', '*', '_']).len();
    let head = &text[lead..];
    let colon = head.find(':').filter(|c| (1..=LABEL_BYTES).contains(c))?;
    let label = head[..colon].trim_end_matches(['*', '_']);
    let rest = &head[colon + 1..];
    let words = label.split_whitespace().count();
    let name_like = label.split_whitespace().all(|w| w.chars().next().is_some_and(|c| c.is_uppercase() || c == '('));
    let text_follows = rest.trim().chars().any(char::is_alphanumeric) && rest.starts_with([' ', '*', '_', '\u{a0}']);
    if words == 0
        || words > LABEL_WORDS
        || !name_like
        || !text_follows
        || label.contains(['.', '!', '?', ',', '"', '”']) && !is_capitals(label)
    {
        return None;
    }
    let start = range.start as usize + lead;
    let content = inner(range, text, lead + colon + 1);
    Some(Turn { paragraph, name: TextRange::new(start, start + label.len()), content, in_marks: text.starts_with(['"', '“']) })
}

/// What stands in a paragraph from `from` on, without white space, emphasis and a mark that closes the turn.
fn inner(range: TextRange, text: &str, from: usize) -> TextRange {
    let part = &text[from..];
    let start = from + (part.len() - part.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_')).len());
    let mut end = text[start..].trim_end().len() + start;
    let body = &text[start..end];
    // A closing mark without its opening one belongs to the turn, not to its words.
    let straight = body.matches('"').count();
    if (body.ends_with('"') && straight % 2 == 1) || (body.ends_with('”') && body.matches('”').count() > body.matches('“').count()) {
        end -= body.chars().next_back().map_or(0, char::len_utf8);
    }
    TextRange::new(range.start as usize + start, range.start as usize + end)
}
