//! Words with what stands around them.

use crate::app::App;
use crate::base::{TextRange, VersionIx};
use crate::gui::fonts::Face;
use crate::gui::kit;
use crate::gui::side::shorten;
use crate::gui::theme::Theme;
use egui::{Rect, vec2};

/// The words with what stands around them, and the rectangles of the words themselves.
pub fn context(
    painter: &egui::Painter,
    (before, words, after): (&str, &str, &str),
    theme: &Theme,
    width: f32,
) -> (std::sync::Arc<egui::Galley>, Vec<Rect>) {
    let font = Face::Serif.at(14.0);
    let parts = [(before, font.clone(), theme.ink2), (words, font.clone(), theme.ink), (after, font, theme.ink2)];
    let galley = kit::paragraph(painter, &parts, 20.0, width);
    let from = before.chars().count();
    let ground = crate::gui::column::rects_in(&galley, from, from + words.chars().count());
    (galley, ground.into_iter().map(|r| r.expand2(vec2(2.0, -1.0))).collect())
}

/// What stands before, the words, and what stands after, cut at words: at most `before` and `after` characters around and
/// `words` within.
pub fn excerpt(app: &App, version: VersionIx, range: TextRange, before: usize, after: usize, words: usize) -> (String, String, String) {
    let v = app.version(version);
    let text = &v.document.text;
    let block = v.document.blocks.iter().find(|b| b.range.contains_offset(range.start)).map_or(range, |b| b.range.cover(range));
    let flat = |s: &str| s.replace(['\n', '\t'], " ");
    let head = flat(TextRange { start: block.start, end: range.start }.of(text));
    let tail = flat(TextRange { start: range.end, end: block.end.max(range.end) }.of(text));
    let head = if head.chars().count() > before {
        let skip = head.chars().count() - before;
        let cut: String = head.chars().skip(skip).collect();
        format!("…{}", cut.find(' ').map_or(cut.as_str(), |i| &cut[i + 1..]))
    } else {
        head
    };
    let tail = if tail.chars().count() > after {
        let cut: String = tail.chars().take(after).collect();
        format!("{}…", cut.rfind(' ').map_or(cut.as_str(), |i| &cut[..i]))
    } else {
        tail
    };
    (head, shorten_keeping_edges(&flat(range.of(text)), words), tail)
}

fn shorten_keeping_edges(text: &str, max: usize) -> String {
    if text.chars().count() <= max { text.to_owned() } else { shorten(text, max) }
}
