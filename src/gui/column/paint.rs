//! Marks, selected words, the selected passage's band.

use super::layout::{Column, RowPart, row_parts};
use super::select::TextSelection;
use crate::base::{FindingIx, TextRange};
use crate::compare::FindingKind;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::marks::{Mark, VersionMarks};
use crate::gui::theme::Theme;
use crate::source::BlockKind;
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

/// What is painted of one block's marks, from the block's top left corner.
pub(super) struct BlockMarks {
    key: u64,
    shapes: Vec<Shape>,
    hits: Vec<Hit>,
    margin: Vec<(f32, FindingIx, FindingKind)>,
}

/// Where a mark stands in a block.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The finding.
    pub finding: FindingIx,
    /// Which of its readings.
    pub reading: usize,
    /// Its kind.
    pub kind: FindingKind,
    /// The words marked.
    pub range: TextRange,
    /// Where they stand, from the block's top left corner.
    pub parts: Vec<RowPart>,
}

/// What painting a column needs to know beside its text.
pub struct Look<'a> {
    /// The colours.
    pub theme: &'static Theme,
    /// Weight of underlines and frames: 1, or more for a projector and for high contrast.
    pub weight: f32,
    /// Size of the signs in the margin.
    pub sign: f32,
    /// The version's marks.
    pub marks: &'a VersionMarks,
    /// Changes when marks or colours do.
    pub key: u64,
    /// The selected finding.
    pub selected: Option<FindingIx>,
    /// Words to put on the selection's ground beside those that the selected finding marks: what its title names.
    pub named: &'a [TextRange],
    /// The finding under the pointer.
    pub hovered: Option<FindingIx>,
    /// Findings with a tick at their sign.
    pub confirmed: &'a dyn Fn(FindingIx) -> bool,
    /// Selected text, if it is in this column.
    pub selection: Option<&'a TextSelection>,
    /// Found words, sorted, and the one in front.
    pub found: &'a [TextRange],
    /// The found words in front.
    pub found_current: Option<TextRange>,
}

/// Where a selected passage meets the gutters, in screen points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Top and bottom at the left edge.
    pub left: (f32, f32),
    /// Top and bottom at the right edge.
    pub right: (f32, f32),
}

/// Paints what is in sight of a column whose text starts at `origin` (scrolled already).
pub fn paint_column(painter: &Painter, column: &mut Column, origin: Pos2, look: &Look<'_>) {
    let clip = painter.clip_rect();
    if column.blocks().is_empty() {
        return;
    }
    let first = column.block_at(clip.top() - origin.y);
    let mut block = first;
    while block < column.blocks().len() && origin.y + column.top(block) <= clip.bottom() {
        paint_block(painter, column, block, origin + vec2(0.0, column.top(block)), look);
        block += 1;
    }
}

fn paint_block(painter: &Painter, column: &mut Column, block: usize, at: Pos2, look: &Look<'_>) {
    let Some(galley) = column.galley(block).cloned() else { return };
    if column.blocks()[block].marks.as_ref().is_none_or(|m| m.key != look.key) {
        let made = make_marks(column, block, look);
        column.blocks_mut()[block].marks = Some(made);
    }
    let theme = look.theme;
    let b = &column.blocks()[block];
    let Some(marks) = &b.marks else { return };
    if let Some(selection) = look.selection
        && let Some((from, to)) = selection.in_block(block, b.text.chars().count())
    {
        let ground = theme.focus.gamma_multiply(if theme.dark { 0.45 } else { 0.25 });
        for part in row_parts(&galley, from, to) {
            painter.rect_filled(part.rect.translate(at.to_vec2()), 0.0, ground);
        }
    }
    if let Some(hovered) = look.hovered.filter(|h| Some(*h) != look.selected) {
        for part in marks.hits.iter().filter(|h| h.finding == hovered && framed(h.kind)).flat_map(|h| &h.parts) {
            painter.rect_filled(ground_rect(part, at), 2.0, theme.well);
        }
    }
    let from = look.found.partition_point(|r| r.end <= b.range.start);
    for range in look.found[from..].iter().take_while(|r| r.start < b.range.end) {
        found_ground(painter, &column.parts_in_block(block, *range), at, look.found_current == Some(*range), theme);
    }
    let named: Vec<RowPart> = look.named.iter().filter(|r| r.overlaps(b.range)).flat_map(|r| column.parts_in_block(block, *r)).collect();
    let selected: Vec<&RowPart> =
        marks.hits.iter().filter(|h| Some(h.finding) == look.selected && framed(h.kind)).flat_map(|h| &h.parts).chain(&named).collect();
    // A frame round every row of a long quote would be a cage: its ground says enough.
    let stroke = (selected.len() <= 2).then_some(Stroke::new(1.5 * look.weight, theme.frame));
    for part in &selected {
        selected_ground(painter, part, at, stroke, theme);
    }
    painter.extend(marks.shapes.iter().map(|s| {
        let mut shape = s.clone();
        shape.translate(at.to_vec2());
        shape
    }));
    let ink = match b.kind {
        BlockKind::Headline | BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Subheading => theme.ink,
        BlockKind::Standfirst | BlockKind::Caption => theme.ink2,
        BlockKind::Byline | BlockKind::Dateline | BlockKind::Boilerplate => theme.ink3,
    };
    painter.galley(at, galley, ink);
    let mut last_y = f32::NEG_INFINITY;
    for (y, finding, kind) in &marks.margin {
        if (y - last_y).abs() < 2.0 {
            continue;
        }
        last_y = *y;
        let size = look.sign;
        let center = at + vec2(-13.5, *y);
        glyphs::paint(painter, center, size, theme.kind(*kind), Glyph::of(*kind));
        if (look.confirmed)(*finding) {
            glyphs::paint(painter, center + vec2(0.0, 11.0), 8.0, theme.ink, Glyph::Tick);
        }
    }
}

/// The ground and frame of words that were looked for.
fn found_ground(painter: &Painter, parts: &[RowPart], at: Pos2, current: bool, theme: &Theme) {
    let stroke = if current { Stroke::new(2.0, theme.focus) } else { Stroke::new(1.0, theme.hair) };
    for part in parts {
        let rect = ground_rect(part, at);
        painter.rect_filled(rect, 2.0, theme.well);
        painter.rect_stroke(rect, 2.0, stroke, StrokeKind::Middle);
    }
}

/// The words' ground: a little less than the row, so that rows do not touch.
fn words_rect(part: &RowPart, at: Pos2) -> Rect {
    part.rect.shrink2(vec2(0.0, 1.0)).translate(at.to_vec2())
}

/// The ground of marked words: wider than they are where there is room, but never on a sign beside them and never as far as
/// the ground of the next word.
fn ground_rect(part: &RowPart, at: Pos2) -> Rect {
    let room = |blank: f32| (blank / 2.0 - 1.0).clamp(0.0, 2.0);
    let rect = words_rect(part, at);
    Rect::from_min_max(pos2(rect.left() - room(part.before), rect.top()), pos2(rect.right() + room(part.after), rect.bottom()))
}

/// Ground and frame of selected words, under the text. The frame stays open where a comma or another sign touches the words:
/// a line there would hide it.
fn selected_ground(painter: &Painter, part: &RowPart, at: Pos2, stroke: Option<Stroke>, theme: &Theme) {
    let rect = ground_rect(part, at);
    painter.rect_filled(rect, 2.0, theme.mark);
    let Some(stroke) = stroke else { return };
    let (left, right) = (part.before > 0.0, part.after > 0.0);
    let (a, b, c, d) = (rect.left_bottom(), rect.left_top(), rect.right_top(), rect.right_bottom());
    match (left, right) {
        (true, true) => {
            painter.rect_stroke(rect, 2.0, stroke, StrokeKind::Middle);
        }
        (true, false) => {
            painter.add(Shape::line(vec![d, a, b, c], stroke));
        }
        (false, true) => {
            painter.add(Shape::line(vec![b, c, d, a], stroke));
        }
        (false, false) => {
            painter.line_segment([b, c], stroke);
            painter.line_segment([a, d], stroke);
        }
    }
}

/// Kinds whose words carry the frame when selected. A report told by one version alone is a whole passage, and
/// the band says it better.
fn framed(kind: FindingKind) -> bool {
    !matches!(kind, FindingKind::OnlyIn | FindingKind::Silent | FindingKind::Order)
}

fn make_marks(column: &Column, block: usize, look: &Look<'_>) -> BlockMarks {
    let b = &column.blocks()[block];
    let mut shapes = Vec::new();
    let mut hits = Vec::new();
    let mut margin: Vec<(f32, FindingIx, FindingKind)> = Vec::new();
    let mut covered: Vec<TextRange> = Vec::new();
    for mark in look.marks.marks.iter().filter(|m| m.range.overlaps(b.range)) {
        let parts = column.parts_in_block(block, mark.range);
        if mark.glyph
            && b.range.contains_offset(mark.range.start)
            && let Some(part) = parts.first()
        {
            let y = part.rect.center().y;
            // Marks come strongest first: the first sign on a line stays.
            if !margin.iter().any(|(other, ..)| (other - y).abs() < 2.0) {
                margin.push((y, mark.finding, mark.kind));
            }
        }
        for piece in subtract(mark.range, &covered) {
            for part in column.parts_in_block(block, piece) {
                underline(&mut shapes, mark, &part, look.theme, look.weight);
            }
        }
        if let Some(part) = parts.last().filter(|_| mark.range.end <= b.range.end) {
            cut_sign(&mut shapes, mark, part, look.theme);
        }
        if mark.kind != FindingKind::OnlyIn {
            covered.push(mark.range);
        }
        hits.push(Hit { finding: mark.finding, reading: mark.reading, kind: mark.kind, range: mark.range, parts });
    }
    margin.sort_by(|a, b| a.0.total_cmp(&b.0));
    BlockMarks { key: look.key, shapes, hits, margin }
}

/// What of `range` no range of `covered` holds.
fn subtract(range: TextRange, covered: &[TextRange]) -> Vec<TextRange> {
    let mut left = vec![range];
    for c in covered {
        left = left
            .into_iter()
            .flat_map(|r| {
                if !r.overlaps(*c) {
                    return vec![r];
                }
                let before = TextRange { start: r.start, end: c.start.max(r.start) };
                let after = TextRange { start: c.end.min(r.end), end: r.end };
                [before, after].into_iter().filter(|p| !p.is_empty()).collect()
            })
            .collect();
    }
    left
}

fn underline(shapes: &mut Vec<Shape>, mark: &Mark, part: &RowPart, theme: &Theme, weight: f32) {
    let color = if mark.faint { theme.hair } else { theme.kind(mark.kind) };
    let (left, right) = (part.rect.left(), part.rect.right());
    let y = (part.baseline + 3.0).round();
    let k = weight;
    let mut bar = |top: f32, height: f32, a: f32, b: f32| {
        shapes.push(Shape::rect_filled(Rect::from_min_max(pos2(a, top), pos2(b, top + height)), 0.0, color));
    };
    match mark.kind {
        FindingKind::DetailConflict | FindingKind::SelfContradiction => {
            bar(y, 1.3 * k, left, right);
            bar(y + 2.8 * k, 1.3 * k, left, right);
        }
        FindingKind::DetailCompatible | FindingKind::NameSpelling => {
            let mut x = left.round();
            while x + 2.0 * k <= right + 1.0 {
                bar(y, 2.0 * k, x, x + 2.0 * k);
                x += 4.0 * k;
            }
        }
        FindingKind::DetailLater => {
            let mut x = left.round();
            while x < right {
                bar(y, 1.8 * k, x, (x + 5.0).min(right));
                x += 8.0;
            }
        }
        FindingKind::QuoteAltered | FindingKind::QuoteIndirect => {
            let steps = ((right - left) / 1.5).ceil().max(2.0) as usize;
            let points = (0..=steps)
                .map(|i| {
                    let x = left + (right - left) * i as f32 / steps as f32;
                    pos2(x, y + 1.5 - 1.3 * (x * std::f32::consts::TAU / 6.0).sin())
                })
                .collect();
            shapes.push(Shape::line(points, Stroke::new(1.2 * k, color)));
        }
        FindingKind::QuoteSpeaker | FindingKind::Attribution => bar(y, 1.8 * k, left, right),
        FindingKind::OnlyIn => {
            // Between the sign in the margin and the text, touching neither.
            let rect = Rect::from_min_max(pos2(-3.5, part.rect.top()), pos2(-1.5, part.rect.bottom()));
            shapes.push(Shape::rect_filled(rect, 0.0, color));
        }
        FindingKind::Wording => bar(y, 1.0, left, right),
        // A cut has no words of its own to underline: its sign stands where they are missing. Silence and order have none at all.
        FindingKind::QuoteTrimmed | FindingKind::Silent | FindingKind::Order => {}
    }
}

/// Paints the line that words of a kind stand on, from `left` to `right`: a sample for a list of kinds.
pub fn sample(painter: &Painter, kind: FindingKind, left: f32, right: f32, baseline: f32, theme: &Theme) {
    let rect = Rect::from_min_max(pos2(left, baseline - 12.0), pos2(right, baseline + 2.0));
    let part = RowPart { rect, baseline, row_left: left, row_right: right, before: f32::INFINITY, after: f32::INFINITY };
    let faint = kind == FindingKind::Wording;
    let mark = Mark { range: TextRange::default(), finding: FindingIx::from(0), reading: 0, kind, faint, glyph: false, cut_here: false };
    let mut shapes = Vec::new();
    underline(&mut shapes, &mark, &part, theme, 1.0);
    // The bar of what is only in one stands left of its words.
    let shift = if kind == FindingKind::OnlyIn { vec2(left, 0.0) } else { vec2(0.0, 0.0) };
    painter.extend(shapes.into_iter().map(|mut s| {
        s.translate(shift);
        s
    }));
}

/// Two dots in brackets under the place where a quote was cut.
fn cut_sign(shapes: &mut Vec<Shape>, mark: &Mark, part: &RowPart, theme: &Theme) {
    if !mark.cut_here {
        return;
    }
    let color = if mark.faint { theme.hair } else { theme.kind(mark.kind) };
    let (x, y) = (part.rect.right(), part.baseline + 2.0);
    let stroke = Stroke::new(1.3, color);
    for (sign, edge) in [(1.0, x - 6.0), (-1.0, x + 6.0)] {
        shapes.push(Shape::line(
            vec![pos2(edge + 2.0 * sign, y), pos2(edge, y), pos2(edge, y + 5.0), pos2(edge + 2.0 * sign, y + 5.0)],
            stroke,
        ));
    }
    for dx in [-2.0, 2.0] {
        shapes.push(Shape::circle_filled(pos2(x + dx, y + 2.5), 0.9, color));
    }
}

/// The marks at a point, strongest first. `point` is in points from the column's text origin.
pub fn hit_at(column: &Column, point: Pos2) -> Vec<Hit> {
    if column.blocks().is_empty() {
        return Vec::new();
    }
    let block = column.block_at(point.y);
    let local = point - vec2(0.0, column.top(block));
    let Some(marks) = &column.blocks()[block].marks else { return Vec::new() };
    marks.hits.iter().filter(|h| h.parts.iter().any(|p| p.rect.expand(1.0).contains(local))).cloned().collect()
}

/// The finding whose sign in the margin is at a point from the column's text origin.
pub fn margin_glyph_at(column: &Column, point: Pos2) -> Option<FindingIx> {
    if column.blocks().is_empty() || point.x > 0.0 {
        return None;
    }
    let block = column.block_at(point.y);
    let y = point.y - column.top(block);
    let marks = column.blocks()[block].marks.as_ref()?;
    marks.margin.iter().find(|(at, ..)| (at - y).abs() < 11.0).map(|(_, f, _)| *f)
}

/// Every mark in sight with its first part in points from the text origin: for names and tests.
pub fn visible_hits(column: &Column, top: f32, bottom: f32) -> Vec<(Hit, Rect)> {
    let mut out = Vec::new();
    if column.blocks().is_empty() {
        return out;
    }
    let mut block = column.block_at(top);
    while block < column.blocks().len() && column.top(block) <= bottom {
        let dy = vec2(0.0, column.top(block));
        if let Some(marks) = &column.blocks()[block].marks {
            for hit in &marks.hits {
                if let Some(part) = hit.parts.first() {
                    out.push((hit.clone(), part.rect.translate(dy)));
                }
            }
        }
        block += 1;
    }
    out
}

/// Paints the ground of a selected passage from `left` to `right`, with lines above and below that step where
/// its sentences start or end inside a row. `parts` are the rows in screen points.
pub fn band(painter: &Painter, parts: &[RowPart], left: f32, right: f32, theme: &Theme) -> Option<Band> {
    let (first, last) = (parts.first()?, parts.last()?);
    let single = parts.len() == 1 || (first.rect.top() - last.rect.top()).abs() < 1.0;
    let start = if single || first.rect.left() <= first.row_left + 1.0 { left } else { first.rect.left() - 2.0 };
    let end = if single || last.rect.right() >= last.row_right - 1.0 { right } else { last.rect.right() + 2.0 };
    let (top, bottom) = (first.rect.top(), last.rect.bottom());
    let second = if single { bottom } else { first.rect.bottom() };
    let last_top = if single { top } else { last.rect.top() };
    let fill = |a: f32, b: f32, y0: f32, y1: f32| {
        if y1 > y0 {
            painter.rect_filled(Rect::from_min_max(pos2(a, y0), pos2(b, y1)), 0.0, theme.passage);
        }
    };
    if single {
        fill(left, right, top, bottom);
    } else {
        fill(start, right, top, second);
        fill(left, right, second, last_top);
        fill(left, end, last_top, bottom);
    }
    let stroke = Stroke::new(1.25, theme.frame);
    let mut above = vec![pos2(right, top), pos2(start, top)];
    if start > left {
        above.extend([pos2(start, second), pos2(left, second)]);
    }
    let mut below = vec![pos2(left, bottom), pos2(end, bottom)];
    if end < right {
        below.extend([pos2(end, last_top), pos2(right, last_top)]);
    }
    painter.add(Shape::line(above, stroke));
    painter.add(Shape::line(below, stroke));
    Some(Band { left: (if start > left { second } else { top }, bottom), right: (top, if end < right { last_top } else { bottom }) })
}

/// A cell's text: parts of one version, one after the other, in one galley.
pub struct Excerpt {
    /// The lines.
    pub galley: std::sync::Arc<egui::Galley>,
    /// Each part's range and the characters before it in the galley.
    pub pieces: Vec<(TextRange, usize)>,
}

impl Excerpt {
    /// The rows' parts that a range covers, from the galley's top left corner.
    pub fn parts(&self, text: &str, range: TextRange) -> Vec<RowPart> {
        let mut out = Vec::new();
        for (piece, before) in self.pieces.iter().filter(|(p, _)| p.overlaps(range)) {
            let chars = |end: u32| TextRange { start: piece.start, end }.of(text).chars().count();
            let from = chars(range.start.max(piece.start));
            let to = chars(range.end.min(piece.end));
            out.extend(row_parts(&self.galley, before + from, before + to));
        }
        out
    }
}

/// Paints an excerpt with its marks. Returns where each mark stands on the screen.
pub fn paint_excerpt(
    painter: &Painter,
    excerpt: &Excerpt,
    text: &str,
    at: Pos2,
    ink: Color32,
    look: &Look<'_>,
) -> Vec<(FindingIx, Vec<Rect>)> {
    let mut shapes = Vec::new();
    let mut hits = Vec::new();
    let mut covered: Vec<TextRange> = Vec::new();
    let mut selected = Vec::new();
    for mark in look.marks.marks.iter().filter(|m| m.kind != FindingKind::OnlyIn && excerpt.pieces.iter().any(|(p, _)| p.overlaps(m.range)))
    {
        for piece in subtract(mark.range, &covered) {
            for part in excerpt.parts(text, piece) {
                underline(&mut shapes, mark, &part, look.theme, look.weight);
            }
        }
        if let Some(part) = excerpt.parts(text, mark.range).last() {
            cut_sign(&mut shapes, mark, part, look.theme);
        }
        covered.push(mark.range);
        let parts = excerpt.parts(text, mark.range);
        let rects: Vec<Rect> = parts.iter().map(|p| words_rect(p, at)).collect();
        if Some(mark.finding) == look.selected && framed(mark.kind) {
            selected.extend(parts);
        }
        hits.push((mark.finding, rects));
    }
    for (piece, _) in &excerpt.pieces {
        let from = look.found.partition_point(|r| r.end <= piece.start);
        for range in look.found[from..].iter().take_while(|r| r.start < piece.end) {
            found_ground(painter, &excerpt.parts(text, *range), at, look.found_current == Some(*range), look.theme);
        }
    }
    for range in look.named {
        for part in excerpt.parts(text, *range) {
            selected_ground(painter, &part, at, None, look.theme);
        }
    }
    for part in &selected {
        selected_ground(painter, part, at, Some(Stroke::new(1.5 * look.weight, look.theme.frame)), look.theme);
    }
    painter.extend(shapes.into_iter().map(|mut s| {
        s.translate(at.to_vec2());
        s
    }));
    painter.galley(at, excerpt.galley.clone(), ink);
    hits
}
