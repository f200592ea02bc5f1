//! Where words stand in quotation marks.
//!
//! One pass over each paragraph's characters keeps a stack of open marks. A mark's role follows from
//! its own shape, what stands on either side, and what is open: no pair of marks is searched for by
//! pattern, since straight marks look alike, apostrophes look like closing marks, and a paragraph
//! may leave its marks open on purpose. Whether an open single mark can still close is read from a
//! table made in one pass backwards, so the whole stays linear in the text.

use crate::base::TextRange;
use crate::source::BlockKind;
use crate::text::{Document, is_hebrew};

/// Words inside one outermost pair of marks; several ranges where it runs over paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// What stands inside the marks, a range a paragraph, without surrounding white space.
    pub parts: Vec<TextRange>,
    /// From the first opening mark to the last closing mark.
    pub outer: TextRange,
    /// In a transcript: the name before the colon. Then there need be no marks.
    pub turn_of: Option<TextRange>,
    /// Paragraph of the first part.
    pub first_paragraph: usize,
    /// Paragraph of the last part.
    pub last_paragraph: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// `"` and the doubled single marks of typewriters.
    Straight,
    /// `“ ”`
    Curly,
    /// `‘ ’`
    CurlySingle,
    /// `'`
    StraightSingle,
    /// `„ “`
    Low,
    /// `‚ ‘`
    LowSingle,
    /// `« »`
    Angle,
    /// `» «`
    AngleReversed,
    /// `‹ ›`
    AngleSingle,
    /// `「 」`
    Corner,
    /// `『 』`
    CornerDouble,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    shape: Shape,
    /// First byte of the mark.
    at: usize,
    /// First byte after the mark.
    inside: usize,
}

/// Words cut short by an apostrophe at their front.
const ELISIONS: [&str; 12] = ["em", "til", "tis", "twas", "cause", "n", "bout", "round", "cuz", "neath", "nuff", "s"];

/// All outermost marked stretches in text order.
pub fn marked(doc: &Document, paragraphs: &[TextRange]) -> Vec<Marked> {
    let mut found: Vec<Marked> = Vec::new();
    // What an earlier paragraph left open.
    let mut running: Option<Running> = None;
    for (p, paragraph) in paragraphs.iter().enumerate() {
        let text = paragraph.of(&doc.text);
        let base = paragraph.start as usize;
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        if let Some(Running { shape, marked: mut open, sure }) = running.take() {
            match chars.first().and_then(|&(_, c)| opening_shape(c)) {
                Some(again) if again == shape => {
                    let Closed { first, rest_open } = paragraph_marks(text, base, &chars, p, Some(shape), &mut found);
                    let end = first.unwrap_or(text.len());
                    push_part(&mut open, &doc.text, base + chars[0].1.len_utf8(), base + end);
                    open.last_paragraph = p;
                    open.outer.end = (base + end) as u32;
                    if first.is_some() {
                        open.outer.end += text[end..].chars().next().map_or(0, char::len_utf8) as u32;
                        found.push(open);
                        running = rest_open;
                    } else {
                        running = Some(Running { shape, marked: open, sure: true });
                    }
                    continue;
                }
                _ if sure => found.push(open),
                _ => {}
            }
        }
        running = paragraph_marks(text, base, &chars, p, None, &mut found).rest_open;
    }
    found.extend(running.filter(|r| r.sure).map(|r| r.marked));
    found.sort_by_key(|m| m.outer.start);
    found
}

/// The paragraphs that marks are read in: blocks, and lines of a block where the lines are too long to be
/// wrapped by hand. Headlines and all other kinds of blocks count; boilerplate does not.
pub fn paragraphs(doc: &Document) -> Vec<TextRange> {
    const LONGEST_WRAPPED_LINE_BYTES: usize = 110;
    let mut found = Vec::new();
    for block in doc.blocks.iter().filter(|b| b.kind != BlockKind::Boilerplate) {
        let text = block.range.of(&doc.text);
        let (mut start, mut line_start) = (0, 0);
        for (newline, _) in text.match_indices('\n') {
            let line = text[line_start..newline].trim();
            let next_opens = text[newline..].trim_start().chars().next().and_then(opening_shape).is_some();
            let signed = line.rfind(['—', '―', '–']).is_some_and(|dash| line.rfind(['"', '”']).is_some_and(|mark| mark < dash));
            let ends = signed || line.ends_with(['.', '!', '?', '"', '”', ':']);
            if line.len() > LONGEST_WRAPPED_LINE_BYTES || (ends && next_opens) {
                push_trimmed(&mut found, text, block.range.start as usize, start, newline);
                start = newline;
            }
            line_start = newline + 1;
        }
        push_trimmed(&mut found, text, block.range.start as usize, start, text.len());
    }
    found
}

fn push_trimmed(found: &mut Vec<TextRange>, text: &str, base: usize, start: usize, end: usize) {
    let part = &text[start..end];
    let trimmed = part.trim();
    if !trimmed.is_empty() {
        let from = base + start + (part.len() - part.trim_start().len());
        found.push(TextRange::new(from, from + trimmed.len()));
    }
}

fn push_part(marked: &mut Marked, text: &str, start: usize, end: usize) {
    let part = text.get(start..end).unwrap_or("");
    let trimmed = part.trim();
    if !trimmed.is_empty() {
        let from = start + (part.len() - part.trim_start().len());
        marked.parts.push(TextRange::new(from, from + trimmed.len()));
    }
}

/// A mark that is open at the end of a paragraph.
struct Running {
    shape: Shape,
    marked: Marked,
    /// It opens its paragraph or follows a comma or colon: even if no paragraph goes on with it, it is a
    /// quote whose closing mark was left out. Else it is a stray mark.
    sure: bool,
}

struct Closed {
    /// Where the mark closes that was open before the paragraph (offset in the paragraph).
    first: Option<usize>,
    /// What is open at the end of the paragraph.
    rest_open: Option<Running>,
}

/// Reads one paragraph. With `carried`, its first character repeats a mark left open before.
fn paragraph_marks(
    text: &str,
    base: usize,
    chars: &[(usize, char)],
    paragraph: usize,
    carried: Option<Shape>,
    found: &mut Vec<Marked>,
) -> Closed {
    let closers = Closers::new(chars);
    let mut stack: Vec<Open> = Vec::new();
    let mut closed = Closed { first: None, rest_open: None };
    let mut i = 0;
    if let Some(shape) = carried {
        stack.push(Open { shape, at: 0, inside: chars.first().map_or(0, |c| c.1.len_utf8()) });
        i = 1;
    }
    while i < chars.len() {
        let (at, c) = chars[i];
        let before = i.checked_sub(1).map(|j| chars[j].1);
        let mut width = 1;
        let mut after = chars.get(i + 1).map(|x| x.1);
        // Typewriter marks: `` and ''.
        if (c == '`' || c == '\'') && after == Some(c) {
            width = 2;
            after = chars.get(i + 2).map(|x| x.1);
        }
        if let Some(role) = role(c, width, before, after, &stack, &closers, i, chars) {
            match role {
                Role::Opens(shape) => {
                    // Deeper nesting than any text has is noise; the cap keeps the stack small.
                    if stack.len() < 8 {
                        let inside = chars.get(i + width).map_or(text.len(), |x| x.0);
                        stack.push(Open { shape, at, inside });
                    }
                }
                Role::Closes(depth) => {
                    let open = stack[depth];
                    stack.truncate(depth);
                    if depth == 0 {
                        let end = chars.get(i + width).map_or(text.len(), |x| x.0);
                        if carried.is_some() && closed.first.is_none() && open.at == 0 {
                            closed.first = Some(at);
                        } else {
                            let mut marked = Marked {
                                parts: Vec::new(),
                                turn_of: None,
                                outer: TextRange::new(base + open.at, base + end),
                                first_paragraph: paragraph,
                                last_paragraph: paragraph,
                            };
                            push_part_in(&mut marked, text, base, open.inside, at);
                            if !marked.parts.is_empty() {
                                found.push(marked);
                            }
                        }
                    }
                }
            }
        }
        i += width;
    }
    // A mark opened before by another one that never closes would hide all that follows; only
    // double marks may stay open over paragraphs.
    if let Some(open) = stack.first().copied().filter(|o| !(carried.is_some() && o.at == 0 && closed.first.is_none())) {
        let lead = text[..open.at].trim_end();
        let sure = lead.is_empty() || lead.ends_with([',', ':']);
        if !matches!(open.shape, Shape::StraightSingle | Shape::CurlySingle | Shape::LowSingle) {
            let mut marked = Marked {
                parts: Vec::new(),
                turn_of: None,
                outer: TextRange::new(base + open.at, base + text.len()),
                first_paragraph: paragraph,
                last_paragraph: paragraph,
            };
            push_part_in(&mut marked, text, base, open.inside, text.len());
            if !marked.parts.is_empty() {
                closed.rest_open = Some(Running { shape: open.shape, marked, sure });
            }
        }
    }
    closed
}

fn push_part_in(marked: &mut Marked, text: &str, base: usize, start: usize, end: usize) {
    let part = text.get(start..end).unwrap_or("");
    let trimmed = part.trim();
    if !trimmed.is_empty() {
        let from = base + start + (part.len() - part.trim_start().len());
        marked.parts.push(TextRange::new(from, from + trimmed.len()));
    }
}

enum Role {
    Opens(Shape),
    /// Closes the mark at this depth of the stack, and all above it.
    Closes(usize),
}

#[allow(clippy::too_many_arguments)]
fn role(
    c: char,
    width: usize,
    before: Option<char>,
    after: Option<char>,
    stack: &[Open],
    closers: &Closers,
    i: usize,
    chars: &[(usize, char)],
) -> Option<Role> {
    let open_depth = |shapes: &[Shape]| stack.iter().rposition(|o| shapes.contains(&o.shape));
    let opens_here = before.is_none_or(opens_after) && after.is_some_and(|a| !a.is_whitespace());
    match c {
        // An abbreviation of Hebrew: ד"ר.
        '"' | '״' if is_hebrew(before) && is_hebrew(after) => None,
        '"' | '״' | '＂' => straight_double(stack, before, opens_here, &[Shape::Straight, Shape::Curly, Shape::Low]),
        '`' if width == 2 => Some(Role::Opens(Shape::Straight)),
        '\'' if width == 2 => straight_double(stack, before, opens_here, &[Shape::Straight]),
        '“' => match open_depth(&[Shape::Low]) {
            Some(depth) if !opens_here || before.is_some_and(|b| !b.is_whitespace()) => Some(Role::Closes(depth)),
            // The wrong way round after a word: a slip of the keyboard for the closing mark.
            _ if (!opens_here || before.is_some_and(|b| !b.is_whitespace() && !opens_after(b)))
                && open_depth(&[Shape::Curly]).is_some() =>
            {
                open_depth(&[Shape::Curly]).map(Role::Closes)
            }
            _ => Some(Role::Opens(Shape::Curly)),
        },
        '”' => match open_depth(&[Shape::Curly, Shape::Straight, Shape::Low]) {
            Some(depth) => Some(Role::Closes(depth)),
            // The wrong way round before a word, or before an ellipsis.
            None if opens_here || before.is_none_or(char::is_whitespace) => Some(Role::Opens(Shape::Curly)),
            None => None,
        },
        '„' => Some(Role::Opens(Shape::Low)),
        '‚' if opens_here => Some(Role::Opens(Shape::LowSingle)),
        '«' => match open_depth(&[Shape::AngleReversed]) {
            Some(depth) => Some(Role::Closes(depth)),
            None => Some(Role::Opens(Shape::Angle)),
        },
        '»' => match open_depth(&[Shape::Angle]) {
            Some(depth) => Some(Role::Closes(depth)),
            None if opens_here => Some(Role::Opens(Shape::AngleReversed)),
            None => None,
        },
        '‹' => Some(Role::Opens(Shape::AngleSingle)),
        '›' => open_depth(&[Shape::AngleSingle]).map(Role::Closes),
        '「' | '『' => Some(Role::Opens(if c == '「' { Shape::Corner } else { Shape::CornerDouble })),
        '」' => open_depth(&[Shape::Corner]).map(Role::Closes),
        '』' => open_depth(&[Shape::CornerDouble]).map(Role::Closes),
        '‘' => match open_depth(&[Shape::LowSingle]) {
            Some(depth) => Some(Role::Closes(depth)),
            None if opens_here && !is_elision(chars, i) && closers.after(i) => Some(Role::Opens(Shape::CurlySingle)),
            None => None,
        },
        '’' => {
            let depth = open_depth(&[Shape::CurlySingle])?;
            closers.closes(i, chars).then_some(Role::Closes(depth))
        }
        '\'' => {
            if let Some(depth) = open_depth(&[Shape::StraightSingle]) {
                return closers.closes(i, chars).then_some(Role::Closes(depth));
            }
            (opens_here && !is_elision(chars, i) && closers.after(i)).then_some(Role::Opens(Shape::StraightSingle))
        }
        _ => None,
    }
}

fn straight_double(stack: &[Open], before: Option<char>, opens_here: bool, closes: &[Shape]) -> Option<Role> {
    // An inch or second mark stands behind a digit with nothing open.
    let depth = stack.iter().rposition(|o| closes.contains(&o.shape));
    match depth {
        // Inside single marks that stand inside double ones, a new opening mark is a third level only
        // where it opens a word; everywhere else it closes.
        Some(depth) if !opens_here || before.is_some_and(|b| !b.is_whitespace()) => Some(Role::Closes(depth)),
        Some(depth) if stack.last().is_some_and(|o| o.shape == Shape::Straight) => Some(Role::Closes(depth)),
        _ if opens_here => Some(Role::Opens(Shape::Straight)),
        Some(depth) => Some(Role::Closes(depth)),
        None => None,
    }
}

fn opens_after(before: char) -> bool {
    before.is_whitespace()
        || matches!(
            before,
            '(' | '['
                | '{'
                | '-'
                | '–'
                | '—'
                | '/'
                | '"'
                | '“'
                | '‘'
                | '\''
                | '«'
                | '„'
                | '…'
                | ':'
                | '：'
                | '，'
                | '、'
                | '。'
                | '（'
        )
}

fn opening_shape(c: char) -> Option<Shape> {
    Some(match c {
        '"' | '״' | '＂' => Shape::Straight,
        '“' | '”' => Shape::Curly,
        '„' => Shape::Low,
        '«' => Shape::Angle,
        '»' => Shape::AngleReversed,
        '「' => Shape::Corner,
        '『' => Shape::CornerDouble,
        _ => return None,
    })
}

/// Whether the mark at `i` stands for letters left out at the front of a word: `’90s`, `’em`.
fn is_elision(chars: &[(usize, char)], i: usize) -> bool {
    let rest = chars.get(i + 1..).unwrap_or(&[]);
    if rest.first().is_some_and(|c| c.1.is_ascii_digit()) {
        // A decade has two digits and an s; a quoted number does not.
        return rest.get(1).is_some_and(|c| c.1.is_ascii_digit()) && rest.get(2).is_none_or(|c| !c.1.is_ascii_digit());
    }
    ELISIONS.iter().any(|e| {
        let n = e.len();
        rest.len() >= n
            && e.chars().zip(rest).all(|(a, b)| a == b.1.to_ascii_lowercase())
            && rest.get(n).is_none_or(|c| !c.1.is_alphanumeric() && !matches!(c.1, '\'' | '’'))
    })
}

/// For single marks: which characters can close, how surely, and whether one follows.
struct Closers {
    /// By character: a sure closing mark follows before the next opening one.
    strong_follows: Vec<bool>,
    /// By character: any closing mark follows before the next opening one.
    any_follows: Vec<bool>,
}

impl Closers {
    fn new(chars: &[(usize, char)]) -> Self {
        if !chars.iter().any(|c| matches!(c.1, '\'' | '‘' | '’')) {
            return Self { strong_follows: Vec::new(), any_follows: Vec::new() };
        }
        let (mut strong, mut any) = (false, false);
        let mut strong_follows = vec![false; chars.len()];
        let mut any_follows = vec![false; chars.len()];
        for i in (0..chars.len()).rev() {
            strong_follows[i] = strong;
            any_follows[i] = any;
            match chars[i].1 {
                '\'' | '’' => match closing_strength(chars, i) {
                    2 => (strong, any) = (true, true),
                    1 => any = true,
                    _ if opens_at(chars, i) => (strong, any) = (false, false),
                    _ => {}
                },
                '‘' => (strong, any) = (false, false),
                _ => {}
            }
        }
        Self { strong_follows, any_follows }
    }

    fn after(&self, i: usize) -> bool {
        self.any_follows.get(i).copied().unwrap_or(false)
    }

    /// A plural's apostrophe ("the workers’ pay") gives way to a sure closing mark that follows.
    fn closes(&self, i: usize, chars: &[(usize, char)]) -> bool {
        match closing_strength(chars, i) {
            2 => true,
            1 => !self.strong_follows.get(i).copied().unwrap_or(false),
            _ => false,
        }
    }
}

fn opens_at(chars: &[(usize, char)], i: usize) -> bool {
    i.checked_sub(1).is_none_or(|j| opens_after(chars[j].1))
        && chars.get(i + 1).is_some_and(|c| c.1.is_alphanumeric())
        && !is_elision(chars, i)
}

/// 2: surely closes; 1: may be the apostrophe of a plural; 0: inside or at the front of a word.
fn closing_strength(chars: &[(usize, char)], i: usize) -> u8 {
    let Some(before) = i.checked_sub(1).map(|j| chars[j].1) else { return 0 };
    let after = chars.get(i + 1).map(|c| c.1);
    if before.is_whitespace() || after.is_some_and(char::is_alphanumeric) {
        return 0;
    }
    let next_word = chars.get(i + 2).map(|c| c.1);
    if before == 's' && after == Some(' ') && next_word.is_some_and(char::is_lowercase) { 1 } else { 2 }
}
