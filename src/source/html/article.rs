//! Which pieces of a page are the article, and what each of them is.
//!
//! A readability extractor with high recall proposes; what the page itself shows against a piece then drops it: the
//! names of the elements around it, the share of links in it, its place beside the running text, the JSON-LD body.
//! What was proposed and dropped stays as boilerplate, so that a person can bring it back.

use super::meta::Found;
use super::tree::Page;
use crate::base::table_lines;
use crate::source::BlockKind;
use crate::source::roles;
use crate::source::structure::{ends_sentence, same_words};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What the names of an element say about its contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Label {
    Outside,
    Caption,
    Byline,
    Standfirst,
    Date,
}

static LABELS: LazyLock<FxHashMap<&'static str, Label>> = LazyLock::new(|| {
    table_lines(include_str!("../../../assets/web/labels.txt"))
        .filter_map(|line| {
            let (word, label) = line.split_once('\t')?;
            let label = match label {
                "caption" => Label::Caption,
                "byline" => Label::Byline,
                "standfirst" => Label::Standfirst,
                "date" => Label::Date,
                _ => Label::Outside,
            };
            Some((word, label))
        })
        .collect()
});

/// A block before its place in the text is known.
pub(super) struct Part {
    pub kind: BlockKind,
    pub text: String,
}

/// Chooses and names the pieces. `proposed` says for each piece whether the extractor took it.
pub(super) fn parts(page: &Page, proposed: &[bool], found: &Found) -> Vec<Part> {
    let n = page.pieces.len();
    let labels: Vec<Vec<Label>> = page.elements.iter().map(|e| labels_of(&e.labels)).collect();
    let title = title_piece(page, found);
    let main = main_element(page, proposed);
    let kinds: Vec<Option<BlockKind>> = (0..n).map(|i| proposed[i].then(|| judge(page, &labels, main, i, title, found))).collect();
    (0..n).filter_map(|i| Some(Part { kind: kinds[i]?, text: page.pieces[i].text.clone() })).collect()
}

fn labels_of(words: &str) -> Vec<Label> {
    let mut out = Vec::new();
    for token in words.split_whitespace() {
        let parts: Vec<&str> = token.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).collect();
        for (i, part) in parts.iter().enumerate() {
            let pair = parts.get(i + 1).and_then(|next| LABELS.get(format!("{part}-{next}").as_str()));
            for label in [LABELS.get(part), pair].into_iter().flatten() {
                if !out.contains(label) {
                    out.push(*label);
                }
            }
        }
    }
    out
}

/// The piece that is the headline: the heading that says what the page's titles say.
fn title_piece(page: &Page, found: &Found) -> Option<usize> {
    let mut best: Option<(u32, usize)> = None;
    for (i, piece) in page.pieces.iter().enumerate() {
        let level = page.around(piece.element).take(3).find_map(|e| heading_level(&e.name));
        let Some(level) = level else { continue };
        if piece.text.len() > 400 {
            continue;
        }
        let same = found.titles.iter().any(|t| same_words(t, &piece.text));
        let inside = || found.titles.iter().any(|t| t.len() > 10 && t.contains(piece.text.as_str()) && piece.text.len() * 2 > t.len());
        let rank = match (same, level) {
            (true, 1) => 10,
            (true, _) => 8,
            (false, 1) if inside() => 7,
            (false, _) if inside() => 5,
            (false, 1) if piece.text.len() > 20 => 3,
            _ => continue,
        };
        if best.is_none_or(|(r, _)| rank > r) {
            best = Some((rank, i));
        }
    }
    best.map(|(_, i)| i)
}

fn heading_level(name: &str) -> Option<u32> {
    match name.as_bytes() {
        [b'h', d @ b'1'..=b'6'] => Some(u32::from(d - b'0')),
        _ => None,
    }
}

/// The deepest element that holds nearly all proposed text.
fn main_element(page: &Page, proposed: &[bool]) -> u32 {
    let mut before = vec![0u64; page.pieces.len() + 1];
    for i in 0..page.pieces.len() {
        before[i + 1] = before[i] + if proposed[i] { u64::from(page.pieces[i].chars) } else { 0 };
    }
    let all = before[page.pieces.len()];
    let mut best = 0;
    for (i, e) in page.elements.iter().enumerate() {
        let inside = before[e.end_piece as usize] - before[(e.first_piece as usize).min(e.end_piece as usize)];
        if inside * 10 >= all * 8 && e.depth >= page.elements[best].depth {
            best = i;
        }
    }
    best as u32
}

/// What a proposed piece is.
fn judge(page: &Page, labels: &[Vec<Label>], main: u32, i: usize, title: Option<usize>, found: &Found) -> BlockKind {
    let piece = &page.pieces[i];
    let words = piece.text.as_str();
    if title == Some(i) {
        return BlockKind::Headline;
    }
    // Elements from the piece up to the one that holds the article.
    let mut seen: FxHashSet<Label> = FxHashSet::default();
    let mut names: Vec<&str> = Vec::new();
    let mut element = piece.element;
    while element != main {
        let e = &page.elements[element as usize];
        if e.parent == element {
            break;
        }
        seen.extend(labels[element as usize].iter().copied());
        names.push(&e.name);
        element = e.parent;
    }
    let within = |tags: &[&str]| names.iter().any(|n| tags.contains(n));
    if within(&["figcaption", "caption"]) || within(&["figure"]) || seen.contains(&Label::Caption) && words.len() < 600 {
        return BlockKind::Caption;
    }
    if within(&["aside", "nav", "footer", "form", "address"]) || seen.contains(&Label::Outside) {
        return BlockKind::Boilerplate;
    }
    if found.titles.iter().any(|t| same_words(t, words)) {
        return BlockKind::Boilerplate;
    }
    if roles::is_boilerplate(words) {
        return BlockKind::Boilerplate;
    }
    if seen.contains(&Label::Byline) && words.len() < 200 {
        return BlockKind::Byline;
    }
    if words.len() < 200 && roles::byline(words).is_some() {
        return BlockKind::Byline;
    }
    if piece.link_chars * 10 >= piece.chars * 9 && !within(&["p", "li"]) {
        return BlockKind::Boilerplate;
    }
    if roles::is_caption(words) {
        return BlockKind::Caption;
    }
    if names.iter().any(|n| heading_level(n).is_some()) {
        return BlockKind::Subheading;
    }
    if within(&["li"]) {
        return BlockKind::ListItem;
    }
    let _ = ends_sentence;
    BlockKind::Paragraph
}
