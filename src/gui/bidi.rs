//! Text that runs from right to left.
//!
//! egui shapes the letters of such words rightly but sets all words from left to right, figures in Arabic digits backwards, and
//! gives such a word more glyphs than characters. So a text is given to it with mirrored brackets ([`mirrored`]), and what it laid
//! out is put in the order of the Unicode bidirectional algorithm row by row ([`arranged`]), with one glyph a character. Lines are
//! broken before that, as the algorithm wants it.

use egui::epaint::text::{Glyph, PlacedRow, Row};
use egui::{Galley, Rect};
use std::borrow::Cow;
use std::sync::Arc;
use unicode_bidi::{BidiInfo, Level};

/// Whether a text holds letters that run from right to left.
pub fn runs_left(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_rtl)
}

/// Letters, digits and signs of Hebrew, Arabic and their neighbours: the shipped faces have none of them, so each run of them is shaped
/// by itself.
fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Digits of Arabic and the marks between them.
fn is_figure(c: char) -> bool {
    matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{66a}'..='\u{66c}')
}

/// What decides in which direction a whole text runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Most of its letters: a name in other letters at the front of an article does not turn it.
    Most,
    /// Its first letter: words of the app before words of an article stay before them.
    First,
}

fn base(text: &str, direction: Direction) -> Level {
    if direction == Direction::First {
        let first = text.chars().find(|c| c.is_alphabetic());
        return if first.is_some_and(is_rtl) { Level::rtl() } else { Level::ltr() };
    }
    let (mut left, mut right) = (0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if is_rtl(c) { left += 1 } else { right += 1 }
    }
    if left > right { Level::rtl() } else { Level::ltr() }
}

/// The level of each byte.
fn levels(text: &str, direction: Direction) -> (Level, Vec<Level>) {
    let base = base(text, direction);
    (base, BidiInfo::new(text, Some(base)).levels)
}

/// The same number of characters, with brackets and quotation marks that stand between words from right to left mirrored.
pub fn mirrored(text: &str, direction: Direction) -> Cow<'_, str> {
    if !runs_left(text) {
        return Cow::Borrowed(text);
    }
    let (_, levels) = levels(text, direction);
    let mirror = |(at, c): (usize, char)| {
        let swapped = match c {
            '(' => ')',
            ')' => '(',
            '[' => ']',
            ']' => '[',
            '{' => '}',
            '}' => '{',
            '<' => '>',
            '>' => '<',
            '«' => '»',
            '»' => '«',
            '‹' => '›',
            '›' => '‹',
            c => c,
        };
        if levels[at].is_rtl() { swapped } else { c }
    };
    Cow::Owned(text.char_indices().map(mirror).collect())
}

/// Puts the words of a laid-out text in the order in which they are read. A text that runs from right to left begins at the right edge of
/// `width`, if it is given.
pub fn arranged(galley: Arc<Galley>, direction: Direction, width: Option<f32>) -> Arc<Galley> {
    if !runs_left(&galley.job.text) {
        return galley;
    }
    let mut galley = galley;
    let out = Arc::make_mut(&mut galley);
    let text = out.job.text.clone();
    let (base, levels) = levels(&text, direction);
    let chars: Vec<(char, Level)> = text.char_indices().map(|(at, c)| (c, levels[at])).collect();
    let mut at = 0;
    let mut bounds = Rect::NOTHING;
    for placed in &mut out.rows {
        let ends = placed.ends_with_newline;
        let right = width.filter(|_| base.is_rtl()).map(|w| w - placed.pos.x);
        let row = Arc::make_mut(&mut placed.row);
        let pieces = pieces(row, &chars, &mut at);
        arrange(row, pieces, base, right, out.pixels_per_point);
        at += usize::from(ends);
        bounds |= row.visuals.mesh_bounds.translate(placed.pos.to_vec2());
    }
    out.mesh_bounds = bounds;
    galley
}

/// What keeps its inner order when a row is put in order.
struct Piece {
    /// Characters of the text that it stands for.
    chars: Vec<char>,
    level: Level,
    left: f32,
    width: f32,
    /// Its glyphs that are painted.
    glyphs: Vec<Glyph>,
}

impl Piece {
    fn new(chars: Vec<char>, level: Level, glyphs: Vec<Glyph>) -> Self {
        let left = glyphs.iter().map(|g| g.pos.x).fold(f32::INFINITY, f32::min);
        let right = glyphs.iter().map(Glyph::max_x).fold(f32::NEG_INFINITY, f32::max);
        let (left, width) = if left <= right { (left, right - left) } else { (0.0, 0.0) };
        Self { chars, level, left, width, glyphs }
    }

    fn is_blank(&self) -> bool {
        self.chars.iter().all(|c| c.is_whitespace())
    }
}

/// The row's pieces in the order of the text: words from right to left whole, all else by the character. `at` is the character that the
/// row starts with, and then the one after it.
fn pieces(row: &Row, chars: &[(char, Level)], at: &mut usize) -> Vec<Piece> {
    let glyphs = &row.glyphs;
    let mut out = Vec::new();
    let mut i = 0;
    while i < glyphs.len() {
        let (c, level) = chars.get(*at).copied().unwrap_or((glyphs[i].chr, Level::ltr()));
        if is_rtl(c) && is_rtl(glyphs[i].chr) {
            let run = glyphs[i..].iter().take_while(|g| is_rtl(g.chr)).count();
            let own = chars[*at..].iter().take_while(|(c, _)| is_rtl(*c)).count();
            out.extend(run_pieces(&glyphs[i..i + run], &chars[*at..*at + own]));
            i += run;
            *at += own;
        } else {
            // What an ellipsis cut off, or a word that goes on from the row above, stands for no character of its own.
            let own = *at < chars.len() && !is_rtl(glyphs[i].chr) && (glyphs[i].chr == c || !is_rtl(c));
            out.push(Piece::new(if own { vec![c] } else { Vec::new() }, level, vec![glyphs[i]]));
            *at += usize::from(own);
            i += 1;
        }
    }
    out
}

/// A run that was shaped from right to left: its glyphs stand as they are seen, its figures backwards.
fn run_pieces(glyphs: &[Glyph], chars: &[(char, Level)]) -> Vec<Piece> {
    // Glyphs without width and picture fill up the count of characters, which is wrong here.
    let shown: Vec<Glyph> = glyphs.iter().copied().filter(|g| g.advance_width > 0.0 || !g.uv_rect.is_nothing()).collect();
    let whole = |chars: &[(char, Level)], glyphs: Vec<Glyph>| {
        Piece::new(chars.iter().map(|c| c.0).collect(), chars.first().map_or(Level::rtl(), |c| c.1), glyphs)
    };
    let parts: Vec<&[(char, Level)]> = chars.chunk_by(|a, b| is_figure(a.0) == is_figure(b.0)).collect();
    let seen: Vec<&[Glyph]> = shown.chunk_by(|a, b| is_figure(a.chr) == is_figure(b.chr)).collect();
    let fits = parts.len() == seen.len() && parts.iter().zip(seen.iter().rev()).all(|(p, s)| is_figure(p[0].0) == is_figure(s[0].chr));
    if !fits {
        return vec![whole(chars, shown)];
    }
    let mut out = Vec::new();
    for (part, seen) in parts.into_iter().zip(seen.into_iter().rev()) {
        if is_figure(part[0].0) && part.len() == seen.len() {
            out.extend(part.iter().zip(seen.iter().rev()).map(|(c, g)| whole(std::slice::from_ref(c), vec![*g])));
        } else {
            out.push(whole(part, seen.to_vec()));
        }
    }
    out
}

/// Moves the pieces of a row to where they are read, and gives each character a glyph of its own there.
fn arrange(row: &mut Row, mut pieces: Vec<Piece>, base: Level, right: Option<f32>, pixels_per_point: f32) {
    // Blanks at the end of a row belong to the whole text.
    for piece in pieces.iter_mut().rev().take_while(|p| p.is_blank()) {
        piece.level = base;
    }
    let visible = pieces.len() - pieces.iter().rev().take_while(|p| p.is_blank()).count();
    let content: f32 = pieces[..visible].iter().map(|p| p.width).sum();
    let trailing: f32 = pieces[visible..].iter().map(|p| p.width).sum();
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    let highest = pieces.iter().map(|p| p.level.number()).max().unwrap_or(0);
    for level in (1..=highest).rev() {
        let mut i = 0;
        while i < order.len() {
            let run = order[i..].iter().take_while(|&&p| pieces[p].level.number() >= level).count();
            order[i..i + run].reverse();
            i += run.max(1);
        }
    }
    // Seen from the left, blanks at the end of a text from right to left come first.
    let mut x = right.map_or(0.0, |right| right - content) - if base.is_rtl() { trailing } else { 0.0 };
    if right.is_none() && base.is_rtl() {
        x += trailing;
    }
    let template = row.glyphs.first().copied();
    let mut left = vec![0.0; pieces.len()];
    for p in order {
        let piece = &pieces[p];
        left[p] = x;
        let dx = ((x - piece.left) * pixels_per_point).round() / pixels_per_point;
        for glyph in piece.glyphs.iter().filter(|g| !g.uv_rect.is_nothing()) {
            let first = glyph.first_vertex as usize;
            if let Some(corners) = row.visuals.mesh.vertices.get_mut(first..first + 4) {
                corners.iter_mut().for_each(|v| v.pos.x += dx);
            }
        }
        x += piece.width;
    }
    let Some(template) = template else { return };
    row.glyphs.clear();
    for (piece, left) in pieces.iter().zip(left) {
        let n = piece.chars.len();
        let own = piece.glyphs.first().copied().unwrap_or(template);
        let width = piece.width / n.max(1) as f32;
        for (k, chr) in piece.chars.iter().enumerate() {
            let place = if piece.level.is_rtl() { n - 1 - k } else { k };
            let mut glyph = own;
            (glyph.chr, glyph.advance_width) = (*chr, width);
            glyph.pos.x = left + place as f32 * width;
            row.glyphs.push(glyph);
        }
    }
    row.size.x = row.size.x.max(right.unwrap_or(0.0));
    row.visuals.mesh_bounds = row.visuals.mesh.calc_bounds();
}

/// The character nearest to a place, counted in its row, where characters do not stand in the order of the text; `None` where they do.
pub fn char_at(row: &PlacedRow, x: f32) -> Option<usize> {
    let glyphs = &row.glyphs;
    if glyphs.is_sorted_by(|a, b| a.pos.x <= b.pos.x) {
        return None;
    }
    let x = x - row.pos.x;
    let distance = |g: &Glyph| if x < g.pos.x { g.pos.x - x } else { (x - g.max_x()).max(0.0) };
    let nearest = (0..glyphs.len()).min_by(|a, b| distance(&glyphs[*a]).total_cmp(&distance(&glyphs[*b])))?;
    let glyph = &glyphs[nearest];
    // A word from right to left is entered from its right side.
    let runs_left = is_rtl(glyph.chr) && !is_figure(glyph.chr);
    let behind = (x < glyph.pos.x + glyph.advance_width / 2.0) == runs_left;
    Some(nearest + usize::from(behind))
}
