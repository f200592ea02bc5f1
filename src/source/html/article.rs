//! Which pieces of a page are the article, and what each of them is.
//!
//! A readability extractor with high recall proposes; what the page itself shows against a piece then drops it: the
//! names of the elements around it, the share of links in it, its place beside the running text, the JSON-LD body.
//! What was proposed and dropped stays as boilerplate, so that a person can bring it back.

use super::meta::Found;
use super::tree::Page;
use crate::base::table_lines;
use crate::source::BlockKind;
use crate::source::margin;
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
    Summary,
    Date,
    Hidden,
}

/// By one word, or by two words side by side.
static LABELS: LazyLock<FxHashMap<(&'static str, &'static str), Label>> = LazyLock::new(|| {
    table_lines(include_str!("../../../assets/web/labels.txt"))
        .filter_map(|line| {
            let (word, label) = line.split_once('\t')?;
            let label = match label {
                "caption" => Label::Caption,
                "byline" => Label::Byline,
                "standfirst" => Label::Standfirst,
                "summary" => Label::Summary,
                "date" => Label::Date,
                "hidden" => Label::Hidden,
                _ => Label::Outside,
            };
            Some((word.split_once('-').unwrap_or((word, "")), label))
        })
        .collect()
});

/// Whether the names of an element inside a line say that it is not shown with it.
pub(super) fn is_hidden_label(words: &str) -> bool {
    !words.is_empty() && labels_of(words).contains(&Label::Hidden)
}

/// A block before its place in the text is known.
pub(super) struct Part {
    pub kind: BlockKind,
    pub text: String,
}

/// What was made of a page.
pub(super) struct Choice {
    pub parts: Vec<Part>,
    /// The headline as the page shows it.
    pub title: Option<String>,
    /// The byline as the page shows it.
    pub byline: Option<String>,
    /// Whether the text comes from the page's JSON-LD, since the page shows only a part.
    pub from_json_ld: bool,
}

/// Chooses and names the pieces. `proposed` says for each piece whether the extractor took it.
pub(super) fn choose(page: &Page, proposed: &[bool], found: &Found) -> Choice {
    let n = page.pieces.len();
    let judge = Judge::new(page, proposed, found);
    let mut kinds: Vec<Option<BlockKind>> = (0..n).map(|i| proposed[i].then(|| judge.kind(i))).collect();
    let body = found.body.as_deref().map(paragraphs_of).unwrap_or_default();
    judge.other_articles(&mut kinds);
    judge.against_json_ld(&mut kinds, &body);
    judge.link_lists(&mut kinds);
    judge.head(&mut kinds);
    judge.ends(&mut kinds);
    let title = judge.title.map(|t| page.pieces[t].text.clone());
    if let Some(t) = judge.title {
        kinds[t] = Some(BlockKind::Headline);
    }
    let mut parts: Vec<Part> = (0..n).filter_map(|i| Some(Part { kind: kinds[i]?, text: page.pieces[i].text.clone() })).collect();
    let byline = parts.iter().find(|p| p.kind == BlockKind::Byline).map(|p| p.text.clone());
    let from_json_ld = replace_by_json_ld(&mut parts, &body);
    Choice { parts, title, byline, from_json_ld }
}

struct Judge<'a> {
    page: &'a Page,
    found: &'a Found,
    labels: Vec<Vec<Label>>,
    /// Characters of proposed text before each piece, for sums over ranges.
    before: Vec<u64>,
    /// The deepest element that holds nearly all proposed text.
    main: u32,
    title: Option<usize>,
}

impl<'a> Judge<'a> {
    fn new(page: &'a Page, proposed: &[bool], found: &'a Found) -> Self {
        let mut before = vec![0u64; page.pieces.len() + 1];
        for i in 0..page.pieces.len() {
            before[i + 1] = before[i] + if proposed[i] { u64::from(page.pieces[i].chars) } else { 0 };
        }
        let mut judge = Self {
            page,
            found,
            labels: page.elements.iter().map(|e| labels_of(&e.labels)).collect(),
            before,
            main: 0,
            title: title_piece(page, found),
        };
        for (i, e) in page.elements.iter().enumerate() {
            if judge.inside(i as u32) * 10 >= judge.all() * 8 && e.depth >= page.elements[judge.main as usize].depth {
                judge.main = i as u32;
            }
        }
        judge
    }

    fn all(&self) -> u64 {
        self.before.last().copied().unwrap_or(0)
    }

    /// Characters of proposed text inside an element.
    fn inside(&self, element: u32) -> u64 {
        let e = &self.page.elements[element as usize];
        self.before[e.end_piece as usize] - self.before[e.first_piece.min(e.end_piece) as usize]
    }

    /// The elements around a piece up to the one that holds the article.
    fn path(&self, i: usize) -> Vec<u32> {
        let mut out = Vec::new();
        let mut element = self.page.pieces[i].element;
        while element != self.main {
            let e = &self.page.elements[element as usize];
            if e.parent == element {
                break;
            }
            out.push(element);
            element = e.parent;
        }
        out
    }

    /// What a proposed piece is, by itself.
    fn kind(&self, i: usize) -> BlockKind {
        let piece = &self.page.pieces[i];
        let words = piece.text.as_str();
        let chars = piece.chars;
        let path = self.path(i);
        let names: Vec<&str> = path.iter().map(|e| self.page.elements[*e as usize].name.as_str()).collect();
        let within = |tags: &[&str]| names.iter().any(|n| tags.contains(n));
        // A label on an element that holds a good part of the article says nothing about a piece of it.
        let labelled =
            |label: Label| path.iter().any(|e| self.labels[*e as usize].contains(&label) && self.inside(*e) * 10 <= self.all() * 3);
        let all_link = piece.link_chars * 10 >= chars * 9;
        if within(&["figcaption", "caption", "figure"]) || labelled(Label::Caption) && chars < 600 {
            return BlockKind::Caption;
        }
        if within(&["aside", "nav", "footer", "form", "address"]) || labelled(Label::Outside) || labelled(Label::Hidden) {
            return BlockKind::Boilerplate;
        }
        if self.title != Some(i) && self.found.titles.iter().any(|t| same_words(t, words)) {
            return BlockKind::Boilerplate;
        }
        let max = if piece.link_chars * 2 >= chars { 300 } else { 160 };
        if margin::is_boilerplate_up_to(words, max) && margin::call_at_end(words).is_none()
            || roles::is_date_line(words)
            || labelled(Label::Date) && chars < 100
        {
            return BlockKind::Boilerplate;
        }
        if chars < 200 && (labelled(Label::Byline) || roles::byline(words).is_some()) {
            return BlockKind::Byline;
        }
        let heading = names.iter().any(|n| heading_level(n).is_some());
        if all_link
            && !ends_sentence(words)
            && chars < 200
            && (!within(&["p", "li", "td"]) || names.first() == Some(&"p") && words.split_whitespace().count() > 2)
        {
            return BlockKind::Boilerplate;
        }
        if margin::is_caption(words) {
            return BlockKind::Caption;
        }
        if heading {
            return BlockKind::Subheading;
        }
        if within(&["li"]) {
            return BlockKind::ListItem;
        }
        BlockKind::Paragraph
    }

    /// Teasers of other stories are `article` elements of their own: of several, the one with the most text stays,
    /// unless the text is spread over many, as in a live blog.
    fn other_articles(&self, kinds: &mut [Option<BlockKind>]) {
        let inner: Vec<u32> = (0..self.page.elements.len() as u32)
            .filter(|&e| {
                let element = &self.page.elements[e as usize];
                element.name == "article" && self.inside(e) > 0 && self.path_holds_main(e)
            })
            .collect();
        // The one around the headline is surely the story.
        let titled = self.title.and_then(|t| self.page.around_ids(self.page.pieces[t].element).find(|e| inner.contains(e)));
        let titled = titled.filter(|&e| self.inside(e) >= 100);
        let Some(best) = titled.or_else(|| inner.iter().copied().max_by_key(|&e| (self.inside(e), std::cmp::Reverse(e)))) else { return };
        if titled.is_none() && self.inside(best) * 10 < self.all() * 4 {
            return;
        }
        let best_range = self.range(best);
        for e in inner {
            let range = self.range(e);
            let nested = best_range.start <= range.start && range.end <= best_range.end
                || range.start <= best_range.start && best_range.end <= range.end;
            // Inside of the article an article is a teaser, beside it another story.
            if e != best
                && (!nested || self.inside(e) * 10 <= self.all())
                && !(range.start <= best_range.start && best_range.end <= range.end)
            {
                kinds[range].iter_mut().flatten().for_each(|k| *k = BlockKind::Boilerplate);
            }
        }
    }

    fn path_holds_main(&self, mut element: u32) -> bool {
        loop {
            if element == self.main {
                return true;
            }
            let parent = self.page.elements[element as usize].parent;
            if parent == element {
                return false;
            }
            element = parent;
        }
    }

    fn range(&self, element: u32) -> std::ops::Range<usize> {
        let e = &self.page.elements[element as usize];
        e.first_piece.min(e.end_piece) as usize..e.end_piece as usize
    }

    /// What stands before the first or after the last paragraph that the JSON-LD body has too is no part of it.
    fn against_json_ld(&self, kinds: &mut [Option<BlockKind>], body: &[String]) {
        let body: FxHashSet<u64> = body.iter().flat_map(|p| shingles(p)).collect();
        if body.len() < 60 {
            return;
        }
        let in_body = |i: usize| {
            let words = shingles(&self.page.pieces[i].text);
            let shared = words.iter().filter(|w| body.contains(w)).count();
            (words.len(), shared)
        };
        let counts: Vec<(usize, usize)> = (0..kinds.len()).map(in_body).collect();
        let is_text = |k: &Option<BlockKind>| matches!(k, Some(BlockKind::Paragraph | BlockKind::ListItem));
        let (all, shared) = (0..kinds.len()).filter(|&i| is_text(&kinds[i])).fold((0, 0), |(a, s), i| (a + counts[i].0, s + counts[i].1));
        if all == 0 || shared * 10 < all * 6 {
            return;
        }
        let matched = |i: usize| counts[i].0 >= 3 && counts[i].1 * 10 >= counts[i].0 * 7;
        // A paragraph of the body that the extractor lost.
        for i in 0..kinds.len() {
            if kinds[i].is_none() && counts[i].0 >= 8 && counts[i].1 * 10 >= counts[i].0 * 9 && self.title != Some(i) {
                kinds[i] = Some(self.kind(i));
            }
        }
        let Some(first) = (0..kinds.len()).find(|&i| is_text(&kinds[i]) && matched(i)) else { return };
        let Some(last) = (0..kinds.len()).rev().find(|&i| is_text(&kinds[i]) && matched(i)) else { return };
        for (i, kind) in kinds.iter_mut().enumerate() {
            if (i < first || i > last) && is_text(kind) && counts[i].1 * 10 < counts[i].0.max(1) * 3 && counts[i].0 > 0 {
                *kind = Some(BlockKind::Boilerplate);
            }
        }
    }

    /// A list whose items are links is a list of other stories.
    fn link_lists(&self, kinds: &mut [Option<BlockKind>]) {
        for (e, element) in self.page.elements.iter().enumerate() {
            if !matches!(element.name.as_str(), "ul" | "ol" | "dl" | "table") {
                continue;
            }
            let range = self.range(e as u32);
            let (mut links, mut chars, mut sentences) = (0, 0, 0);
            for piece in &self.page.pieces[range.clone()] {
                links += piece.link_chars;
                chars += piece.chars;
                sentences += usize::from(ends_sentence(&piece.text));
            }
            if chars > 0 && links * 10 >= chars * 8 && sentences == 0 {
                kinds[range].iter_mut().flatten().for_each(|k| *k = BlockKind::Boilerplate);
            }
        }
    }

    /// Between headline and running text: standfirst, byline, pictures, dates.
    fn head(&self, kinds: &mut [Option<BlockKind>]) {
        let is_body = |i: usize, kinds: &[Option<BlockKind>]| kinds[i] == Some(BlockKind::Paragraph) && self.page.pieces[i].chars >= 40;
        let Some(first) = (0..kinds.len()).find(|&i| is_body(i, kinds) && self.title.is_none_or(|t| i > t || t - i > 30)) else { return };
        let description = self.found.description.as_deref().unwrap_or("");
        let labelled = |i: usize, label: Label| {
            self.page.around_ids(self.page.pieces[i].element).take(6).any(|e| {
                let range = self.range(e);
                let chars: u32 = self.page.pieces[range].iter().map(|p| p.chars).sum();
                self.labels[e as usize].contains(&label) && chars <= 600
            })
        };
        let block_tag = |i: usize| self.page.elements[self.page.pieces[i].element as usize].name.as_str();
        let parent = |i: usize| self.page.elements[self.page.pieces[i].element as usize].parent;
        // The first paragraph itself may be a standfirst.
        let second = (first + 1..kinds.len()).find(|&i| is_body(i, kinds));
        let apart = second.is_some_and(|s| parent(s) != parent(first) || block_tag(s) != block_tag(first));
        let chars = self.page.pieces[first].chars;
        // In one box with the headline, the second paragraph outside of it.
        let boxed = self.title.filter(|t| *t < first).is_some_and(|t| {
            let around = self.page.around_ids(self.page.pieces[first].element).find(|e| self.range(*e).contains(&t));
            around.is_some_and(|e| second.is_some_and(|s| !self.range(e).contains(&s)))
        });
        let described = chars > 30 && !description.is_empty() && same_words(description, &self.page.pieces[first].text);
        let mut found_standfirst = false;
        if chars <= 500
            && second.is_some()
            && (labelled(first, Label::Standfirst) || labelled(first, Label::Summary) && apart || described && boxed)
        {
            kinds[first] = Some(BlockKind::Standfirst);
            found_standfirst = true;
        }
        // What stands over the headline is the outlet's, unless it is much.
        if let Some(t) = self.title.filter(|t| self.before[*t] * 10 <= self.all() * 2) {
            kinds[..t].iter_mut().flatten().for_each(|k| *k = BlockKind::Boilerplate);
        }
        // Headings before the text that are sentences, and lines under the headline that were not proposed.
        let from = self.title.filter(|t| *t < first).map_or(first.saturating_sub(8), |t| t + 1);
        let until = if found_standfirst { second.unwrap_or(first) } else { first };
        let mut bylined = kinds[..until].contains(&Some(BlockKind::Byline));
        for (i, kind) in kinds.iter_mut().enumerate().take(until).skip(from) {
            let piece = &self.page.pieces[i];
            let words = piece.text.as_str();
            match *kind {
                Some(BlockKind::Subheading) if piece.chars > 60 || ends_sentence(words) => {
                    *kind = Some(if found_standfirst { BlockKind::Boilerplate } else { BlockKind::Standfirst });
                    found_standfirst = true;
                }
                Some(BlockKind::Subheading | BlockKind::Paragraph | BlockKind::ListItem) if piece.chars < 40 => {
                    let small = words.split_whitespace().count() <= 4 && !ends_sentence(words);
                    if small {
                        *kind = Some(BlockKind::Boilerplate);
                    }
                }
                None if !found_standfirst
                    && piece.chars >= 25
                    && piece.chars <= 500
                    && piece.link_chars * 2 < piece.chars
                    && self.title.is_some_and(|t| t < i)
                    && (labelled(i, Label::Standfirst) || labelled(i, Label::Summary) || same_words(description, words))
                    && !roles::is_date_line(words) =>
                {
                    *kind = Some(BlockKind::Standfirst);
                    found_standfirst = true;
                }
                None if !bylined && self.title.is_some_and(|t| t < i) && words.len() < 200 => {
                    let said = roles::byline(words).is_some();
                    let named = labelled(i, Label::Byline) && self.found.authors.iter().any(|a| words.contains(a.as_str()));
                    if said || named {
                        *kind = Some(BlockKind::Byline);
                        bylined = true;
                    }
                }
                _ => {}
            }
        }
    }

    /// Headings with nothing under them, and what follows the last paragraph.
    fn ends(&self, kinds: &mut [Option<BlockKind>]) {
        let mut text_follows = false;
        for i in (0..kinds.len()).rev() {
            match kinds[i] {
                Some(BlockKind::Paragraph | BlockKind::ListItem) => text_follows = true,
                Some(BlockKind::Subheading) if !text_follows => kinds[i] = Some(BlockKind::Boilerplate),
                Some(BlockKind::Boilerplate) if margin::opens_tail(&self.page.pieces[i].text) => {}
                _ => {}
            }
        }
    }
}

/// Hashes of all runs of three words.
fn shingles(text: &str) -> Vec<u64> {
    use std::hash::{Hash, Hasher};
    let words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    words
        .windows(3)
        .map(|w| {
            let mut hasher = rustc_hash::FxHasher::default();
            w.hash(&mut hasher);
            hasher.finish()
        })
        .collect()
}

/// The paragraphs of a JSON-LD body.
fn paragraphs_of(body: &str) -> Vec<String> {
    let plain = if body.contains('<') { super::tags_to_lines(body) } else { body.to_owned() };
    plain.split('\n').map(super::clean).filter(|p| !p.is_empty()).collect()
}

/// Takes the JSON-LD body where the page shows much less than it.
fn replace_by_json_ld(parts: &mut Vec<Part>, body: &[String]) -> bool {
    let is_text = |p: &Part| matches!(p.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Subheading);
    let shown: usize = parts.iter().filter(|p| is_text(p)).map(|p| p.text.chars().count()).sum();
    let whole: usize = body.iter().map(|p| p.chars().count()).sum();
    if whole < 200 || whole * 2 < shown * 3 {
        return false;
    }
    parts.retain(|p| !is_text(p) && p.kind != BlockKind::Boilerplate);
    let is_head = |p: &Part| matches!(p.kind, BlockKind::Headline | BlockKind::Standfirst | BlockKind::Byline);
    let at = parts.iter().rposition(is_head).map_or(0, |n| n + 1);
    let new = body.iter().map(|text| Part { kind: BlockKind::Paragraph, text: text.clone() });
    parts.splice(at..at, new);
    true
}

fn labels_of(words: &str) -> Vec<Label> {
    let mut out = Vec::new();
    for token in words.split_whitespace() {
        let parts: Vec<&str> = token.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).collect();
        for (i, part) in parts.iter().enumerate() {
            let pair = parts.get(i + 1).and_then(|next| LABELS.get(&(*part, *next)));
            for label in [LABELS.get(&(*part, "")), pair].into_iter().flatten() {
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
