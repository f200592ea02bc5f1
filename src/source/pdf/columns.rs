//! Pieces of lines become columns in the order in which a person reads them.

use super::lines::{Piece, sort};

/// The least gap between columns, as a share of the font's size.
const MIN_GUTTER: f32 = 0.7;
/// Columns have this many lines beside each other at least.
const MIN_LINES: usize = 3;
/// A column of text is this many times as wide as its font is large; what is narrower is a cell of a table.
const MIN_WIDTH: f32 = 7.0;
/// How many parts a page is cut into, one in the other.
const MAX_DEPTH: u32 = 12;

/// Lines that stand one under the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    pub lines: Vec<Piece>,
}

/// The columns of a page, or of a part of it.
pub(super) fn columns(pieces: Vec<Piece>) -> Vec<Column> {
    let mut out = Vec::new();
    part(pieces, 0, &mut out);
    out
}

fn part(mut pieces: Vec<Piece>, depth: u32, out: &mut Vec<Column>) {
    if pieces.is_empty() {
        return;
    }
    sort(&mut pieces);
    let Some(at) = gutter(&pieces).filter(|_| depth < MAX_DEPTH) else {
        out.push(Column { lines: rows(pieces) });
        return;
    };
    // What reaches over the gutter (a headline, a wide picture's caption) parts what stands above it from what stands below.
    let (mut left, mut right, mut across): (Vec<Piece>, Vec<Piece>, Vec<Piece>) = Default::default();
    let flush = |left: &mut Vec<Piece>, right: &mut Vec<Piece>, out: &mut Vec<Column>| {
        part(std::mem::take(left), depth + 1, out);
        part(std::mem::take(right), depth + 1, out);
    };
    let alone = alone_on_the_left(&pieces, at);
    for piece in pieces {
        let over = alone.iter().any(|(above, first)| (*above..*first).contains(&piece.y));
        match if over { Side::Across } else { side(&piece, at) } {
            Side::Across => {
                flush(&mut left, &mut right, out);
                across.push(piece);
            }
            side => {
                if !across.is_empty() {
                    out.push(Column { lines: rows(std::mem::take(&mut across)) });
                }
                if side == Side::Left { left.push(piece) } else { right.push(piece) }
            }
        }
    }
    flush(&mut left, &mut right, out);
    if !across.is_empty() {
        out.push(Column { lines: rows(across) });
    }
}

/// The heights between which the left side stands alone, over few lines: a headline's short last line, a byline.
fn alone_on_the_left(pieces: &[Piece], at: f32) -> Vec<(f32, f32)> {
    const MAX_LINES: usize = 6;
    let mut out = Vec::new();
    let mut above = 0.0;
    // The lines on the left since then, while there is nothing on the right.
    let mut alone = Some(0);
    for piece in pieces {
        let side = side(piece, at);
        if side == Side::Left {
            alone = alone.map(|n| n + 1);
            continue;
        }
        // What stands on one baseline with this is beside it.
        let first = piece.y - 0.5 * piece.size;
        if alone.take().is_some_and(|n| (1..=MAX_LINES).contains(&n)) && first > above {
            out.push((above, first));
        }
        if side == Side::Across {
            (above, alone) = (piece.y, Some(0));
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Across,
}

fn side(piece: &Piece, at: f32) -> Side {
    if piece.x.1 <= at {
        Side::Left
    } else if piece.x.0 >= at {
        Side::Right
    } else {
        Side::Across
    }
}

/// Where the page is best cut between two columns, if anywhere.
fn gutter(pieces: &[Piece]) -> Option<f32> {
    let mut starts: Vec<(f32, f32)> = pieces.iter().map(|p| (p.x.0, p.size)).collect();
    starts.sort_by(|a, b| a.0.total_cmp(&b.0));
    starts.dedup_by(|a, b| (a.0 - b.0).abs() < 1.0);
    let mut best: Option<(usize, f32)> = None;
    for (start, size) in starts {
        // Just left of where a column may start.
        let at = start - 0.1;
        let (left, right): (Vec<&Piece>, Vec<&Piece>) =
            pieces.iter().filter(|p| side(p, at) != Side::Across).partition(|p| side(p, at) == Side::Left);
        let edge = left.iter().map(|p| p.x.1).fold(f32::MIN, f32::max);
        let across = pieces.len() - left.len() - right.len();
        let (left, right) = (levels(&left), levels(&right));
        if start - edge < MIN_GUTTER * size || !is_text(&left) || !is_text(&right) {
            continue;
        }
        let beside = beside(&left, &right);
        if beside < MIN_LINES || across * 5 > (left.len() + right.len()) * 2 {
            continue;
        }
        // The most lines beside each other, the fewest across.
        let score = (beside * 2 + left.len().min(right.len())).saturating_sub(across * 2);
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, at));
        }
    }
    best.map(|(_, at)| at)
}

/// The baselines of a side, each with its width as a share of the font's size. Pieces are sorted by baseline.
fn levels(pieces: &[&Piece]) -> Vec<(f32, f32)> {
    let mut out: Vec<(&Piece, f32, f32)> = Vec::new();
    for piece in pieces {
        match out.last_mut() {
            Some((first, left, right)) if first.is_level(piece) => (*left, *right) = (left.min(piece.x.0), right.max(piece.x.1)),
            _ => out.push((piece, piece.x.0, piece.x.1)),
        }
    }
    out.into_iter().map(|(first, left, right)| (first.y, (right - left) / first.size)).collect()
}

/// Whether lines are those of a text rather than cells.
fn is_text(levels: &[(f32, f32)]) -> bool {
    let mut widths: Vec<f32> = levels.iter().map(|(_, width)| *width).collect();
    widths.sort_by(f32::total_cmp);
    // Last lines of paragraphs are short.
    widths.get(widths.len() * 2 / 3).is_some_and(|width| *width >= MIN_WIDTH)
}

/// How many lines of the one side stand where the other has lines too.
fn beside(left: &[(f32, f32)], right: &[(f32, f32)]) -> usize {
    let range = |levels: &[(f32, f32)]| {
        let top = levels.iter().map(|l| l.0).fold(f32::MAX, f32::min);
        (top, levels.iter().map(|l| l.0).fold(f32::MIN, f32::max))
    };
    let ((a, b), (c, d)) = (range(left), range(right));
    let (top, bottom) = (a.max(c) - 1.0, b.min(d) + 1.0);
    let inside = |levels: &[(f32, f32)]| levels.iter().filter(|l| (top..=bottom).contains(&l.0)).count();
    inside(left).min(inside(right))
}

/// Lines of a column: what stands on one baseline belongs together.
fn rows(mut pieces: Vec<Piece>) -> Vec<Piece> {
    sort(&mut pieces);
    let mut lines: Vec<Piece> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if line.is_level(&piece) && piece.x.0 >= line.x.1 - 0.3 * piece.size => line.append(&piece),
            _ => lines.push(piece),
        }
    }
    lines
}
