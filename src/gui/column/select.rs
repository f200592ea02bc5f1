//! Selecting text with the pointer and copying it.
//!
//! egui's own label selection ends as soon as one end is not painted, so it can't live with columns
//! that paint what is in sight alone; and it would run over into the next column.

use super::layout::Column;
use crate::base::ContentId;
use crate::gui::bidi;
use egui::{Pos2, vec2};

/// A place between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Caret {
    /// The block.
    pub block: usize,
    /// Characters before it in the block.
    pub char: usize,
}

/// Selected text of one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextSelection {
    /// The version.
    pub version: ContentId,
    /// Where the selection began.
    pub anchor: Caret,
    /// Where it goes to.
    pub head: Caret,
}

impl TextSelection {
    /// First and last caret in text order.
    pub fn ordered(&self) -> (Caret, Caret) {
        (self.anchor.min(self.head), self.anchor.max(self.head))
    }

    /// The selected characters of a block of `chars` characters.
    pub fn in_block(&self, block: usize, chars: usize) -> Option<(usize, usize)> {
        let (first, last) = self.ordered();
        if block < first.block || block > last.block {
            return None;
        }
        let from = if block == first.block { first.char } else { 0 };
        let to = if block == last.block { last.char.min(chars) } else { chars };
        (from < to).then_some((from, to))
    }

    /// The selected text: blocks divided by blank lines. Signs of the app are never part of it.
    pub fn text(&self, column: &Column) -> String {
        let (first, last) = self.ordered();
        let mut out = String::new();
        for block in first.block..=last.block {
            let Some(b) = column.blocks().get(block) else { break };
            let Some((from, to)) = self.in_block(block, b.text.chars().count()) else { continue };
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            out.extend(b.text.chars().skip(from).take(to - from));
        }
        out
    }
}

impl Column {
    /// The caret nearest to a point, in points from the text origin.
    pub fn caret_at(&self, point: Pos2) -> Caret {
        let block = self.block_at(point.y.max(0.0));
        let Some(galley) = self.galley(block) else { return Caret { block, char: 0 } };
        let local = vec2(point.x, point.y - self.top(block));
        let chars = self.blocks().get(block).map_or(0, |b| b.text.chars().count());
        let mut before = 0;
        for row in &galley.rows {
            if local.y < row.rect().bottom()
                && let Some(char) = bidi::char_at(row, local.x)
            {
                return Caret { block, char: (before + char).min(chars) };
            }
            before += row.char_count_including_newline().0;
        }
        Caret { block, char: galley.cursor_from_pos(local).index.0.min(chars) }
    }

    /// First and last caret of the word at a caret.
    pub fn word_at(&self, caret: Caret) -> (Caret, Caret) {
        let Some(b) = self.blocks().get(caret.block) else { return (caret, caret) };
        let chars: Vec<char> = b.text.chars().collect();
        let inside = |i: usize| chars.get(i).is_some_and(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'));
        let (mut from, mut to) = (caret.char, caret.char);
        while from > 0 && inside(from - 1) {
            from -= 1;
        }
        while inside(to) {
            to += 1;
        }
        (Caret { char: from, ..caret }, Caret { char: to, ..caret })
    }
}
