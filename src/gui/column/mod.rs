//! One version's text as a column: laid out where it is in sight, painted with its marks, selected and copied.
//!
//! Labels in a scroll area cost 919 ms for the first frame of 20 long articles and break at 417 MB;
//! so a column keeps heights of its own (estimated, then exact), finds what is in sight by binary search and
//! keeps galleys only near it. Galleys know neither theme nor marks, so neither lays out again.

mod layout;
mod paint;
mod select;

pub use layout::{Column, Metrics};
pub use paint::{Band, Excerpt, Hit, Look, band, hit_at, margin_glyph_at, paint_column, paint_excerpt, sample, visible_hits};
pub use select::{Caret, TextSelection};

/// The rectangles of the characters `first..last` of any galley, row by row.
pub fn rects_in(galley: &egui::Galley, first: usize, last: usize) -> Vec<egui::Rect> {
    layout::row_parts(galley, first, last).into_iter().map(|p| p.rect).collect()
}
