//! Letters become pieces of lines: what stands on one baseline without a wide gap.

use super::super::raised;
use super::glyphs::{Glyph, Page};

/// A gap of this share of the font's size parts words where no blank is written.
const WORD_GAP: f32 = 0.17;
/// A gap of this share parts pieces of a line: the next one may belong to another column.
const PIECE_GAP: f32 = 0.8;
/// Letters whose baselines differ by less than this share stand on one line.
const SAME_BASELINE: f32 = 0.3;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub text: String,
    pub x: (f32, f32),
    /// Its baseline from the top of the page.
    pub y: f32,
    /// The size of most of its letters.
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
}

impl Piece {
    /// The number of its letters and digits.
    pub fn weight(&self) -> usize {
        self.text.chars().filter(|c| c.is_alphanumeric()).count()
    }

    /// Whether another stands on the same baseline.
    pub fn is_level(&self, other: &Piece) -> bool {
        (self.y - other.y).abs() <= SAME_BASELINE * self.size.max(other.size)
    }

    /// Adds what stands right of it on its line.
    pub fn append(&mut self, next: &Piece) {
        let gap = next.x.0 - self.x.1;
        if gap > WORD_GAP * self.size.min(next.size) && !self.text.ends_with(' ') && !next.text.starts_with(' ') {
            self.text.push(' ');
        }
        let longer = next.weight() > self.weight();
        self.bold = if longer { next.bold } else { self.bold };
        self.italic = if longer { next.italic } else { self.italic };
        self.size = if longer { next.size } else { self.size };
        self.y = if longer { next.y } else { self.y };
        self.text.push_str(&next.text);
        self.x.1 = self.x.1.max(next.x.1);
    }
}

/// A run of letters as they were drawn.
struct Run {
    glyphs: Vec<Glyph>,
    text: String,
}

impl Run {
    fn new(glyph: Glyph) -> Self {
        Self { text: glyph.letter.to_string(), glyphs: vec![glyph] }
    }

    /// Whether a letter follows the last one of the run on its line.
    fn takes(&self, glyph: &Glyph) -> bool {
        let Some(last) = self.glyphs.last() else { return false };
        let size = last.size.max(glyph.size);
        let raised = glyph.size < 0.8 * last.size || last.size < 0.8 * glyph.size;
        let apart = (glyph.y - last.y).abs();
        let gap = glyph.x.0 - last.x.1;
        (apart <= SAME_BASELINE * size || raised && apart <= 0.6 * size && gap < 0.3 * size) && gap > -0.5 * size && gap < PIECE_GAP * size
    }

    fn piece(mut self) -> Option<Piece> {
        // Signs of a font's own are bullets at the start of a line, and unknown elsewhere.
        let own = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}');
        let bulleted = self.text.trim_start().strip_prefix(own).map(|rest| format!("• {}", rest.trim_start()));
        let text = bulleted.unwrap_or(self.text.clone()).replace(own, "\u{fffd}").trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let count = self.glyphs.len();
        let bold = self.glyphs.iter().filter(|g| g.bold).count() * 3 > count * 2;
        let italic = self.glyphs.iter().filter(|g| g.italic).count() * 3 > count * 2;
        let x = (self.glyphs[0].x.0, self.glyphs.iter().map(|g| g.x.1).fold(f32::MIN, f32::max));
        let middle = count / 2;
        self.glyphs.sort_by(|a, b| a.size.total_cmp(&b.size));
        let size = self.glyphs[middle].size;
        self.glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
        Some(Piece { text, x, y: self.glyphs[middle].y, size, bold, italic })
    }
}

/// The pieces of lines of a page, from the top and from the left.
pub(super) fn pieces(page: &Page) -> Vec<Piece> {
    let mut runs: Vec<Run> = Vec::new();
    let mut blank = false;
    let mut passed = 0;
    for (i, glyph) in page.glyphs.iter().enumerate() {
        if i < passed {
            continue;
        }
        if glyph.letter.is_whitespace() && glyph.letter != '\u{a0}' || glyph.letter.is_control() {
            blank = true;
            continue;
        }
        match runs.last_mut() {
            // The same letter at the same place once more makes it look bold.
            Some(run) if run.glyphs.iter().rev().take(3).any(|g| is_again(g, glyph)) => {}
            Some(run) if !blank && run.takes(glyph) && note_call(run, &page.glyphs[i..]) > 0 => {
                passed = i + note_call(run, &page.glyphs[i..]);
                let signs: String = page.glyphs[i..passed].iter().map(|g| g.letter).collect();
                let shown = raised::signs(&run.text, &signs, false).unwrap_or(signs);
                run.text.push_str(&shown);
            }
            Some(run) if run.takes(glyph) => {
                let gap = glyph.x.0 - run.glyphs.last().map_or(glyph.x.0, |g| g.x.1);
                // A blank that takes no room is what is left of a soft hyphen.
                if blank && gap > 0.06 * glyph.size || gap > WORD_GAP * glyph.size {
                    run.text.push(' ');
                }
                run.text.push(glyph.letter);
                run.glyphs.push(*glyph);
            }
            _ => runs.push(Run::new(*glyph)),
        }
        blank = false;
    }
    let mut pieces: Vec<Piece> = runs.into_iter().filter_map(Run::piece).collect();
    sort(&mut pieces);
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        match joined.iter_mut().rev().take(8).find(|p| follows(p, &piece)) {
            // Text drawn once more over itself.
            Some(before) if before.text == piece.text && (before.x.0 - piece.x.0).abs() < 0.2 * piece.size => {}
            Some(before) => before.append(&piece),
            None => joined.push(piece),
        }
    }
    stretched(joined)
}

/// How many of the next letters call a note: small raised digits or signs right after a word, which would make another number of the
/// one that they follow. The upper part of a fraction is none.
fn note_call(run: &Run, next: &[Glyph]) -> usize {
    let Some(base) = run.glyphs.last() else { return 0 };
    let raised = |g: &&Glyph| {
        let sign = g.letter.is_ascii_digit() || matches!(g.letter, ',' | '*' | '†' | '‡');
        sign && g.size < 0.8 * base.size && g.y < base.y - 0.12 * base.size
    };
    let signs = next.iter().take_while(raised).count();
    let fraction = next.get(signs).is_some_and(|g| matches!(g.letter, '/' | '⁄'));
    if fraction || signs > 5 { 0 } else { signs }
}

/// Puts together what stands on one baseline with the same gap again and again: a line that was stretched to fill its
/// column, each word a piece. The gap between two columns differs from those between words.
fn stretched(pieces: Vec<Piece>) -> Vec<Piece> {
    let word = |p: &Piece| !p.text.contains(' ');
    let gap = |a: &Piece, b: &Piece| {
        let one_line = a.is_level(b) && (a.size / b.size - 1.0).abs() < 0.05;
        (one_line && word(a) && word(b)).then_some((b.x.0 - a.x.1) / a.size)
    };
    let even = |a: Option<f32>, b: Option<f32>| a.zip(b).is_some_and(|(a, b)| (PIECE_GAP..3.0).contains(&a) && (a - b).abs() < 0.06);
    let gaps: Vec<Option<f32>> = pieces.windows(2).map(|w| gap(&w[0], &w[1])).collect();
    let at = |i: Option<usize>| i.and_then(|i| gaps.get(i).copied().flatten());
    let mut out: Vec<Piece> = Vec::new();
    for (i, piece) in pieces.into_iter().enumerate() {
        // The gap before this piece, and those beside it.
        let before = i.checked_sub(1);
        let joins = even(at(before), at(before.and_then(|b| b.checked_sub(1)))) || even(at(before), at(Some(i)));
        match out.last_mut() {
            Some(last) if joins => last.append(&piece),
            _ => out.push(piece),
        }
    }
    out
}

fn is_again(drawn: &Glyph, glyph: &Glyph) -> bool {
    let near = 0.15 * glyph.size;
    drawn.letter == glyph.letter && (drawn.x.0 - glyph.x.0).abs() < near && (drawn.y - glyph.y).abs() < near
}

fn follows(before: &Piece, piece: &Piece) -> bool {
    let size = before.size.max(piece.size);
    let gap = piece.x.0 - before.x.1;
    let again = before.text == piece.text && (before.x.0 - piece.x.0).abs() < 0.2 * size;
    before.is_level(piece) && (again || gap > -0.3 * size && gap < PIECE_GAP * size)
}

/// From the top, and those on one baseline from the left.
pub(super) fn sort(pieces: &mut [Piece]) {
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.0.total_cmp(&b.x.0)));
    let mut start = 0;
    for i in 1..=pieces.len() {
        if i == pieces.len() || !pieces[i].is_level(&pieces[start]) {
            pieces[start..i].sort_by(|a, b| a.x.0.total_cmp(&b.x.0));
            start = i;
        }
    }
}
