//! Heights, galleys and places of ranges.

use super::paint::BlockMarks;
use crate::analysis::Version;
use crate::base::TextRange;
use crate::gui::bidi::{self, Direction};
use crate::gui::fonts::Face;
use crate::source::BlockKind;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, Context, FontId, Galley, Rect, pos2};
use std::sync::Arc;

/// What a column's layout depends on, beside its text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// Width of the lines in points.
    pub width: f32,
    /// Text size relative to 100 %.
    pub scale: f32,
    /// Line spacing relative to the face's own.
    pub spacing: f32,
    /// Pixels a point.
    pub ppp: f32,
}

impl Metrics {
    /// Whether a headline's usual size would break words.
    fn is_narrow(&self) -> bool {
        self.width < 190.0 * self.scale
    }
}

/// Face and spacing of one kind of block at 100 %.
struct BlockStyle {
    face: Face,
    size: f32,
    line: f32,
    gap_below: f32,
}

fn style(kind: BlockKind, narrow: bool) -> BlockStyle {
    let of = |face, size, line, gap_below| BlockStyle { face, size, line, gap_below };
    match kind {
        BlockKind::Headline if narrow => of(Face::SerifSemibold, 16.5, 21.0, 8.0),
        BlockKind::Headline => of(Face::SerifSemibold, 20.0, 25.0, 8.0),
        BlockKind::Standfirst => of(Face::SerifItalic, 15.0, 22.0, 10.0),
        BlockKind::Byline | BlockKind::Dateline => of(Face::Sans, 11.5, 16.0, 10.0),
        BlockKind::Paragraph | BlockKind::ListItem => of(Face::Serif, 15.0, 22.0, 10.0),
        BlockKind::Subheading => of(Face::SerifSemibold, 16.0, 22.0, 6.0),
        BlockKind::Caption | BlockKind::Boilerplate => of(Face::Sans, 12.0, 18.0, 12.0),
    }
}

/// Room above the first block.
const TOP: f32 = 14.0;
/// Room below the last one.
const BOTTOM: f32 = 60.0;
/// Mean width of a character as a share of the size; only for the first guess.
const CHAR_WIDTH: f32 = 0.46;
/// Galleys kept before those long unseen are dropped.
const GALLEYS_KEPT: usize = 100;
/// Frames after which an unseen galley may go.
const FRAMES_UNSEEN: u64 = 120;

/// One block of text.
pub struct BlockText {
    /// Its role.
    pub kind: BlockKind,
    /// Where it stands in the version.
    pub range: TextRange,
    /// The text as shown: line ends as blanks, byte for byte as long as the range.
    pub text: Arc<str>,
    galley: Option<Arc<Galley>>,
    exact: bool,
    seen: u64,
    pub(super) marks: Option<BlockMarks>,
}

/// One row's part of a range, in points from the column's text origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowPart {
    /// What it covers, a whole row high.
    pub rect: Rect,
    /// Place of the baseline.
    pub baseline: f32,
    /// Left edge of the row's text.
    pub row_left: f32,
    /// Right edge of the row's text.
    pub row_right: f32,
    /// Width of the blank before it: 0 where a sign stands at once, endless at the row's start.
    pub before: f32,
    /// Width of the blank after it: 0 where a sign stands at once, endless at the row's end.
    pub after: f32,
}

/// One version's text, laid out.
pub struct Column {
    metrics: Metrics,
    blocks: Vec<BlockText>,
    heights: Vec<f32>,
    tops: Vec<f32>,
    inexact: usize,
    frame: u64,
}

impl Column {
    /// Takes a version's blocks in. Nothing is laid out yet; heights are guessed.
    pub fn new(version: &Version, metrics: Metrics) -> Self {
        let text = &version.document.text;
        let blocks = version
            .document
            .blocks
            .iter()
            .map(|b| BlockText {
                kind: b.kind,
                range: b.range,
                text: b.range.of(text).chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect::<String>().into(),
                galley: None,
                exact: false,
                seen: 0,
                marks: None,
            })
            .collect();
        let mut column = Self { metrics, blocks, heights: Vec::new(), tops: Vec::new(), inexact: 0, frame: 0 };
        column.guess();
        column
    }

    /// The blocks, in text order.
    pub fn blocks(&self) -> &[BlockText] {
        &self.blocks
    }

    pub(super) fn blocks_mut(&mut self) -> &mut [BlockText] {
        &mut self.blocks
    }

    /// Lays out anew where the metrics changed. Returns whether they did.
    pub fn set_metrics(&mut self, metrics: Metrics) -> bool {
        if self.metrics == metrics {
            return false;
        }
        self.metrics = metrics;
        for block in &mut self.blocks {
            block.galley = None;
            block.marks = None;
            block.exact = false;
        }
        self.guess();
        true
    }

    fn guess(&mut self) {
        let Metrics { width, scale, spacing, .. } = self.metrics;
        let narrow = self.metrics.is_narrow();
        self.heights = self
            .blocks
            .iter()
            .map(|b| {
                let s = style(b.kind, narrow);
                let rows = (b.text.chars().count() as f32 * s.size * scale * CHAR_WIDTH / width.max(1.0)).ceil().max(1.0);
                rows * line_height(&s, scale, spacing)
            })
            .collect();
        self.inexact = self.blocks.len();
        self.sum();
    }

    fn sum(&mut self) {
        let (scale, narrow) = (self.metrics.scale, self.metrics.is_narrow());
        self.tops.clear();
        let mut y = TOP * scale;
        for (block, height) in self.blocks.iter().zip(&self.heights) {
            self.tops.push(y);
            y += height + style(block.kind, narrow).gap_below * scale;
        }
        self.tops.push(y + BOTTOM * scale);
    }

    /// Height of everything, in points.
    pub fn height(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Top of a block, in points from the column's top.
    pub fn top(&self, block: usize) -> f32 {
        self.tops.get(block).copied().unwrap_or(0.0)
    }

    /// Height of a block's text, in points.
    pub fn block_height(&self, block: usize) -> f32 {
        self.heights.get(block).copied().unwrap_or(0.0)
    }

    /// The last block that starts at or above `y`.
    pub fn block_at(&self, y: f32) -> usize {
        self.tops.partition_point(|t| *t <= y).saturating_sub(1).min(self.blocks.len().saturating_sub(1))
    }

    /// The block that holds a byte of the version, or the nearest before it.
    pub fn block_of(&self, offset: u32) -> usize {
        self.blocks.partition_point(|b| b.range.start <= offset).saturating_sub(1)
    }

    /// Lays out the blocks in sight of `top..bottom`. The block at `top` keeps its place.
    pub fn lay_out(&mut self, ctx: &Context, top: f32, bottom: f32) {
        self.frame += 1;
        if self.blocks.is_empty() {
            return;
        }
        // Each height may shift the blocks below it, so the end is looked at again after each block.
        let mut block = self.block_at(top.max(0.0));
        while block < self.blocks.len() && self.tops[block] <= bottom {
            if self.need(ctx, block) {
                self.sum();
            }
            block += 1;
        }
        self.drop_unseen();
    }

    /// Lays out the blocks that hold a range, so that its place is exact.
    pub fn lay_out_range(&mut self, ctx: &Context, range: TextRange) {
        let mut changed = false;
        for block in self.block_of(range.start)..self.blocks.len() {
            if self.blocks[block].range.start >= range.end {
                break;
            }
            changed |= self.need(ctx, block);
        }
        if changed {
            self.sum();
        }
    }

    /// Makes heights exact for `budget_s` seconds. Returns what to add to a scroll position of `top`, and whether work is left.
    pub fn settle(&mut self, ctx: &Context, top: f32, budget_s: f64) -> (f32, bool) {
        if self.inexact == 0 {
            return (0.0, false);
        }
        let began = std::time::Instant::now();
        let anchor = self.block_at(top.max(0.0));
        let before = self.top(anchor);
        for block in 0..self.blocks.len() {
            if !self.blocks[block].exact {
                self.need(ctx, block);
                if began.elapsed().as_secs_f64() > budget_s {
                    break;
                }
            }
        }
        self.sum();
        self.drop_unseen();
        (self.top(anchor) - before, self.inexact > 0)
    }

    /// The galley of a block, laid out if need be. Returns whether its height changed.
    fn need(&mut self, ctx: &Context, block: usize) -> bool {
        let frame = self.frame;
        let Metrics { width, scale, spacing, .. } = self.metrics;
        let narrow = self.metrics.is_narrow();
        let b = &mut self.blocks[block];
        b.seen = frame;
        if b.galley.is_some() {
            return false;
        }
        let s = style(b.kind, narrow);
        let galley = ctx.fonts_mut(|f| f.layout_job(job(&bidi::mirrored(&b.text, Direction::Most), &s, scale, spacing, width)));
        let galley = bidi::arranged(galley, Direction::Most, Some(width));
        let height = galley.size().y.max(line_height(&s, scale, spacing));
        b.galley = Some(galley);
        if !b.exact {
            b.exact = true;
            self.inexact -= 1;
        }
        let changed = (self.heights[block] - height).abs() > 0.01;
        self.heights[block] = height;
        changed
    }

    /// Forgets all galleys but keeps the heights: their glyphs lie in an atlas that is gone.
    pub fn drop_galleys(&mut self) {
        for block in &mut self.blocks {
            block.galley = None;
            block.marks = None;
        }
    }

    fn drop_unseen(&mut self) {
        if self.blocks.len() <= GALLEYS_KEPT {
            return;
        }
        let frame = self.frame;
        for block in &mut self.blocks {
            if block.galley.is_some() && block.seen + FRAMES_UNSEEN < frame {
                block.galley = None;
                block.marks = None;
            }
        }
    }

    /// The galley of a block, if it is laid out.
    pub fn galley(&self, block: usize) -> Option<&Arc<Galley>> {
        self.blocks.get(block)?.galley.as_ref()
    }

    /// The rows' parts that a range of one block covers, in points from the block's top left corner.
    /// Empty where the block is not laid out.
    pub fn parts_in_block(&self, block: usize, range: TextRange) -> Vec<RowPart> {
        let Some(b) = self.blocks.get(block) else { return Vec::new() };
        let Some(galley) = &b.galley else { return Vec::new() };
        let from = range.start.max(b.range.start) - b.range.start;
        let to = range.end.min(b.range.end).saturating_sub(b.range.start);
        if from >= to {
            return Vec::new();
        }
        let chars = |bytes: u32| b.text.get(..bytes as usize).map_or(0, |t| t.chars().count());
        let (mut first, mut last) = (chars(from), chars(to));
        let glyphs: usize = galley.rows.iter().map(|r| r.char_count_including_newline().0).sum();
        let total = b.text.chars().count();
        // Where glyphs can't be told apart, no place in such a block can be trusted: the whole block stands for its parts.
        if glyphs != total {
            (first, last) = (0, glyphs);
        }
        row_parts(galley, first, last)
    }

    /// The rows' parts that a range covers, over all blocks it touches, from the column's top.
    pub fn parts(&self, range: TextRange) -> Vec<RowPart> {
        let mut out = Vec::new();
        for block in self.block_of(range.start)..self.blocks.len() {
            if self.blocks[block].range.start >= range.end {
                break;
            }
            let dy = self.top(block);
            out.extend(self.parts_in_block(block, range).into_iter().map(|p| RowPart {
                rect: p.rect.translate(egui::vec2(0.0, dy)),
                baseline: p.baseline + dy,
                ..p
            }));
        }
        out
    }

    /// Top and bottom of a range: exact where it is laid out, else by its share of the block.
    pub fn extent(&self, range: TextRange) -> (f32, f32) {
        let place = |offset: u32, end: bool| {
            let block = self.block_of(if end { offset.saturating_sub(1) } else { offset });
            let Some(b) = self.blocks.get(block) else { return 0.0 };
            let share = (offset.saturating_sub(b.range.start)) as f32 / b.range.len().max(1) as f32;
            self.top(block) + self.block_height(block) * share.clamp(0.0, 1.0)
        };
        let edge = |block: usize, at_start: bool| -> Option<f32> {
            let parts = self.parts_in_block(block, range);
            let part = if at_start { parts.first() } else { parts.last() }?;
            Some(self.top(block) + if at_start { part.rect.top() } else { part.rect.bottom() })
        };
        let top = edge(self.block_of(range.start), true).unwrap_or_else(|| place(range.start, false));
        let bottom = edge(self.block_of(range.end.saturating_sub(1)), false).unwrap_or_else(|| place(range.end, true));
        (top, bottom.max(top))
    }
}

fn line_height(style: &BlockStyle, scale: f32, spacing: f32) -> f32 {
    (style.line * scale * spacing).round()
}

fn job(text: &str, style: &BlockStyle, scale: f32, spacing: f32, width: f32) -> LayoutJob {
    let font: FontId = style.face.at(style.size * scale);
    let format = TextFormat {
        font_id: font,
        color: Color32::PLACEHOLDER,
        line_height: Some(line_height(style, scale, spacing)),
        valign: Align::Center,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap = TextWrapping::wrap_at_width(width.max(8.0));
    job
}

/// The rows' parts of the characters `first..last` of a galley.
pub(super) fn row_parts(galley: &Galley, first: usize, last: usize) -> Vec<RowPart> {
    let mut out = Vec::new();
    let mut at = 0;
    for row in &galley.rows {
        let n = row.char_count_including_newline().0;
        let glyphs = &row.glyphs;
        let a = first.max(at).min(at + n) - at;
        let mut b = last.max(at).min(at + n) - at;
        b = b.min(glyphs.len());
        while b > a && glyphs[b - 1].chr.is_whitespace() {
            b -= 1;
        }
        let mut start = a;
        while start < b && glyphs[start].chr.is_whitespace() {
            start += 1;
        }
        let bounds = row.rect();
        if !glyphs.is_sorted_by(|a, b| a.pos.x <= b.pos.x) {
            // From right to left, or in both directions: each stretch that is seen as one.
            let mut seen: Vec<(f32, f32)> = glyphs[start..b.max(start)].iter().map(|g| (g.pos.x, g.max_x())).collect();
            seen.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut stretches: Vec<(f32, f32)> = Vec::new();
            for (left, right) in seen {
                match stretches.last_mut() {
                    Some(last) if left <= last.1 + 1.0 => last.1 = last.1.max(right),
                    _ => stretches.push((left, right)),
                }
            }
            let ends = |pick: fn(f32, f32) -> f32, from: f32| glyphs.iter().flat_map(|g| [g.pos.x, g.max_x()]).fold(from, pick);
            out.extend(stretches.into_iter().map(|(left, right)| RowPart {
                rect: Rect::from_min_max(pos2(row.pos.x + left, bounds.top()), pos2(row.pos.x + right, bounds.bottom())),
                baseline: row.pos.y + glyphs[start].pos.y,
                row_left: row.pos.x + ends(f32::min, f32::INFINITY),
                row_right: row.pos.x + ends(f32::max, f32::NEG_INFINITY),
                before: 0.0,
                after: 0.0,
            }));
        } else if start < b {
            let left = row.pos.x + glyphs[start].pos.x;
            let right = row.pos.x + glyphs[b - 1].max_x();
            let blank = |at: usize| if glyphs[at].chr.is_whitespace() { glyphs[at].max_x() - glyphs[at].pos.x } else { 0.0 };
            let ends = glyphs[b..].iter().all(|g| g.chr.is_whitespace());
            out.push(RowPart {
                rect: Rect::from_min_max(pos2(left, bounds.top()), pos2(right, bounds.bottom())),
                baseline: row.pos.y + glyphs[start].pos.y,
                row_left: row.pos.x + glyphs.first().map_or(0.0, |g| g.pos.x),
                row_right: row.pos.x + glyphs.iter().rev().find(|g| !g.chr.is_whitespace()).map_or(0.0, |g| g.max_x()),
                before: if start == 0 { f32::INFINITY } else { blank(start - 1) },
                after: if ends { f32::INFINITY } else { blank(b) },
            });
        }
        at += n;
        if at >= last {
            break;
        }
    }
    out
}
