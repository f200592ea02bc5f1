//! Lines become paragraphs: by gaps, indents, sizes, and by lines that end though more would have fitted.

use super::super::rich::{Para, Rich};
use super::super::structure::{ends_sentence, same_words};
use super::super::{BlockKind, Moment, margin, roles};
use super::columns::columns;
use super::glyphs::Page;
use super::lines::{Piece, pieces};
use super::{heads, hyphens::Words};
use std::collections::BTreeMap;

/// The pieces of a page that are not read yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub height: f32,
    pub pieces: Vec<Piece>,
    /// What stands alone in the margins: kept as no part of the article.
    pub margin: Vec<Piece>,
}

/// A line and the column that it stands in.
#[derive(Clone, Debug)]
struct Line {
    piece: Piece,
    column: usize,
    page: usize,
    /// The edges of the text in its column.
    edges: (f32, f32),
}

/// A paragraph before its words are joined.
#[derive(Clone, Debug)]
struct Draft {
    lines: Vec<Line>,
}

/// What is usual in a document.
struct Usual {
    /// The size of most letters.
    size: f32,
    /// Between the baselines of lines, as a share of their size.
    leading: f32,
    /// By how many times its size the first line of a paragraph is indented, where it is.
    indent: Option<f32>,
}

/// The paragraphs of all pages in the order of reading, and the date in the running heads.
pub(super) fn rich(pages: &[Page], title: Option<&str>) -> (Rich, Option<Moment>) {
    let mut sheets: Vec<Sheet> = pages.iter().map(|page| Sheet { height: page.height, pieces: pieces(page), margin: Vec::new() }).collect();
    let said = heads::take_out(&mut sheets);
    let size = usual_size(&sheets);
    let mut lines = Vec::new();
    let mut count = 0;
    let margins: Vec<Piece> = sheets.iter_mut().flat_map(|s| std::mem::take(&mut s.margin)).collect();
    for (page, sheet) in sheets.into_iter().enumerate() {
        for column in columns(drop_caps(sheet.pieces, size)) {
            let edges = edges(&column.lines);
            lines.extend(column.lines.into_iter().map(|piece| Line { piece, column: count, page, edges }));
            count += 1;
        }
    }
    let usual = usual(&lines, size);
    let words = Words::of(lines.iter().map(|l| l.piece.text.as_str()));
    let mut drafts: Vec<Draft> = Vec::new();
    for line in lines {
        match drafts.last_mut() {
            Some(draft) if !breaks(draft, &line, &usual) => draft.lines.push(line),
            _ => drafts.push(Draft { lines: vec![line] }),
        }
    }
    let drafts = rejoined(drafts);
    let headline = headline(&drafts, &usual, title);
    let mut rich = Rich::default();
    rich.meta.url = said.url;
    rich.meta.outlet = said.outlet;
    for (i, draft) in drafts.iter().enumerate() {
        let text = words.join(draft.lines.iter().map(|l| l.piece.text.as_str()));
        let kind = kind(draft, &text, &usual, headline, i);
        let italic = draft.lines.iter().all(|l| l.piece.italic);
        let text = if kind == Some(BlockKind::ListItem) { text.trim_start_matches(is_bullet).trim_start().to_owned() } else { text };
        if !text.trim().is_empty() {
            rich.paras.push(Para { kind, text, emphasised: italic });
        }
    }
    rich.paras.extend(margins.into_iter().map(|m| Para { kind: Some(BlockKind::Boilerplate), text: m.text, emphasised: false }));
    (rich, said.published)
}

/// The size that most letters have.
fn usual_size(sheets: &[Sheet]) -> f32 {
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for piece in sheets.iter().flat_map(|s| &s.pieces) {
        *sizes.entry((piece.size * 2.0).round() as u32).or_default() += piece.weight();
    }
    sizes.iter().max_by_key(|(_, n)| **n).map_or(10.0, |(size, _)| *size as f32 / 2.0).max(1.0)
}

fn usual(lines: &[Line], size: f32) -> Usual {
    let of_text = |l: &Line| (l.piece.size / size - 1.0).abs() < 0.08;
    let mut leadings: Vec<f32> = lines
        .windows(2)
        .filter(|w| w[0].column == w[1].column && of_text(&w[0]) && of_text(&w[1]))
        .map(|w| (w[1].piece.y - w[0].piece.y) / size)
        .filter(|leading| (0.8..2.5).contains(leading))
        .collect();
    leadings.sort_by(f32::total_cmp);
    // The least that occurs more than once: paragraphs can be as short as a line, with wider gaps between them.
    let often = (leadings.len() / 10).max(2);
    let least = leadings.iter().find(|l| leadings.iter().filter(|m| (**l..**l * 1.04).contains(*m)).count() >= often);
    let leading = least.or(leadings.first()).copied().unwrap_or(1.2);
    // A first line is indented and the next is not; lists and quotations are indented as a whole.
    let firsts = lines.windows(2).filter(|w| w[0].column == w[1].column && of_text(&w[0]) && indent(&w[1]) == 0.0);
    let mut indents: Vec<f32> = firsts.map(|w| indent(&w[0])).filter(|by| *by > 0.0).collect();
    indents.sort_by(f32::total_cmp);
    let indented = indents.len() >= 3 && indents.len() * 20 > lines.len();
    Usual { size, leading, indent: indents.get(indents.len() / 2).copied().filter(|_| indented) }
}

/// The left and right edge of a column's text: most lines start at the one, the longest end at the other.
fn edges(lines: &[Piece]) -> (f32, f32) {
    let mut starts: Vec<f32> = lines.iter().map(|l| l.x.0).collect();
    starts.sort_by(f32::total_cmp);
    let left = starts.get(starts.len() / 10).copied().unwrap_or(0.0);
    (left, lines.iter().map(|l| l.x.1).fold(left, f32::max))
}

/// By how many times its size a line is indented as first lines are; 0 where it is not.
fn indent(line: &Line) -> f32 {
    let by = (line.piece.x.0 - line.edges.0) / line.piece.size;
    if (0.7..6.0).contains(&by) { by } else { 0.0 }
}

/// Whether a line starts a paragraph of its own.
fn breaks(draft: &Draft, line: &Line, usual: &Usual) -> bool {
    let Some(last) = draft.lines.last() else { return true };
    let (before, now) = (&last.piece, &line.piece);
    let ratio = now.size / before.size;
    if !(0.89..1.12).contains(&ratio) || before.bold != now.bold {
        return true;
    }
    let ended = ends_sentence(&before.text) || before.text.ends_with([';', ':']);
    // A dash at the start of a line may stand inside of a sentence.
    if starts_item(&now.text) && (ended || !now.text.starts_with(['-', '–'])) {
        return true;
    }
    let room = last.edges.1 - before.x.1;
    let first_word = now.text.split(' ').next().unwrap_or("").chars().count() as f32;
    let fits = room > (first_word + 1.0) * 0.55 * now.size;
    let head = |words: &str| roles::byline(words).is_some() || roles::is_date_line(words);
    if before.italic != now.italic && (ended || fits) || fits && (head(&before.text) || head(&now.text)) {
        return true;
    }
    if last.column == line.column {
        let gap = (now.y - before.y) / now.size.max(before.size);
        let large = now.size > 1.15 * usual.size;
        let most = if large { 1.6 } else { 1.25 * usual.leading.min(1.9) };
        let indented = indent(line) > 0.0;
        // Second and later lines of an item or a quotation are indented, too.
        let usually = usual.indent.is_some_and(|by| (indent(line) - by).abs() < 0.2);
        let starts = usually || indented && (indent(last) == 0.0 || draft.lines.len() > 1 && (now.x.0 - before.x.0) > 0.7 * now.size);
        let outdented = draft.lines.len() > 1 && indent(last) > 0.0 && !indented;
        let moved = if starts_item(&draft.lines[0].piece.text) {
            now.x.0 < draft.lines[0].piece.x.0 - 0.5 * now.size
        } else {
            starts && !large || outdented
        };
        return gap > most || gap < 0.0 || moved || ended && fits;
    }
    if !ended {
        // A paragraph goes on over columns and pages; a heading does not.
        return before.size > 1.08 * usual.size;
    }
    fits || indent(line) > 0.0 || usual.indent.is_none()
}

fn starts_item(text: &str) -> bool {
    text.starts_with(is_bullet) || text.starts_with("– ") || text.starts_with("- ")
}

fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '·' | '▪' | '◦' | '‣' | '●' | '■' | '○' | '►' | '▶')
}

/// Paragraphs that a caption or a heading interrupts, since it stands at the end or the start of a column, are put together.
fn rejoined(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for draft in drafts {
        let first = &draft.lines[0];
        let small = first.piece.text.chars().next().is_some_and(char::is_lowercase);
        let open = |d: &Draft| {
            let last = &d.lines[d.lines.len() - 1];
            let same = (last.piece.size / first.piece.size - 1.0).abs() < 0.05 && last.piece.bold == first.piece.bold;
            same && !ends_sentence(&last.piece.text) && d.lines.len() > 1 && (last.column != first.column)
        };
        let at = out.iter().rposition(open).filter(|at| small && at + 3 >= out.len());
        match at {
            Some(at) => out[at].lines.extend(draft.lines),
            None => out.push(draft),
        }
    }
    out
}

/// Which paragraph is the headline: the one that the file names, or the one in the largest letters on the first page.
fn headline(drafts: &[Draft], usual: &Usual, title: Option<&str>) -> Option<usize> {
    let words = |d: &Draft| d.lines.iter().map(|l| l.piece.text.as_str()).collect::<Vec<_>>().join(" ");
    let first_page = drafts.iter().take_while(|d| d.lines[0].page == 0).count();
    let named = |title: &str| drafts[..first_page].iter().position(|d| same_words(&words(d), title));
    if let Some(at) = title.and_then(named) {
        return Some(at);
    }
    let large = |d: &Draft| {
        let piece = &d.lines[0].piece;
        let ratio = piece.size / usual.size;
        if ratio < 1.2 && !(ratio > 1.08 && piece.bold) {
            return None;
        }
        // An outlet's name in large letters is short.
        let few = words(d).split_whitespace().count() < 4;
        Some((ratio * if few { 60.0 } else { 100.0 }) as u32)
    };
    let sizes: Vec<(usize, u32)> = drafts[..first_page].iter().enumerate().filter_map(|(i, d)| Some((i, large(d)?))).collect();
    let most = sizes.iter().map(|(_, size)| *size).max()?;
    sizes.iter().find(|(_, size)| *size == most).map(|(i, _)| *i)
}

fn kind(draft: &Draft, text: &str, usual: &Usual, headline: Option<usize>, at: usize) -> Option<BlockKind> {
    if headline == Some(at) {
        return Some(BlockKind::Headline);
    }
    let ratio = draft.lines[0].piece.size / usual.size;
    let bold = draft.lines.iter().all(|l| l.piece.bold);
    let short = text.chars().count() <= 120;
    if ratio < 0.93 && margin::is_caption(text) {
        return Some(BlockKind::Caption);
    }
    if text.starts_with(is_bullet) {
        return Some(BlockKind::ListItem);
    }
    let heading = (ratio > 1.08 || bold) && short && !ends_sentence(text) && headline.is_some_and(|h| h < at);
    heading.then_some(BlockKind::Subheading)
}

/// Large first letters of a text are put before the words that they start.
fn drop_caps(mut pieces: Vec<Piece>, usual: f32) -> Vec<Piece> {
    let is_cap = |p: &Piece| p.size > 1.9 * usual && p.text.chars().count() <= 2 && p.text.starts_with(char::is_uppercase);
    let caps: Vec<Piece> = pieces.iter().filter(|p| is_cap(p)).cloned().collect();
    for cap in caps {
        let beside = |p: &Piece| {
            let near = (-0.3 * usual..2.0 * usual).contains(&(p.x.0 - cap.x.1));
            near && p.size < 1.3 * usual && p.y > cap.y - cap.size && p.y < cap.y + 0.4 * usual
        };
        let Some(first) = pieces.iter().position(&beside) else { continue };
        let word = format!("{}{}", cap.text, pieces[first].text);
        pieces[first].text = word;
        for piece in pieces.iter_mut().filter(|p| beside(p)) {
            piece.x.0 = cap.x.0;
        }
        pieces.retain(|p| *p != cap);
    }
    pieces
}
