//! From paragraphs and rows of cells to lines on pages. Nothing is drawn here: `draw` does that once all pages are known.

use super::faces::{self, Missing, SANS, SERIF};
use parley::{FontContext, FontFamily, FontStyle, FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap, StyleProperty};
use std::ops::Range;
use std::rc::Rc;

/// A4, in points.
pub const PAGE: (f32, f32) = (595.28, 841.89);
/// Margins left and right, in points.
pub const MARGIN: f32 = 56.0;
/// Where text begins and ends on a page.
pub const TOP: f32 = 56.0;
const BOTTOM: f32 = PAGE.1 - 62.0;
/// The width of the text.
pub const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;

/// A line under words, as on the page for browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Underline {
    Single,
    Double,
    Dotted,
    Dashed,
    Wavy,
    Thick,
}

/// What glyphs are drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    /// 0xRRGGBB.
    pub colour: u32,
    /// A line below, with its colour.
    pub under: Option<(Underline, u32)>,
}

/// A face of a family.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Face {
    family: &'static str,
    weight: f32,
    italic: bool,
}

impl Face {
    pub const SERIF: Face = Face { family: SERIF, weight: 400.0, italic: false };
    pub const SERIF_ITALIC: Face = Face { family: SERIF, weight: 400.0, italic: true };
    pub const SERIF_SEMIBOLD: Face = Face { family: SERIF, weight: 600.0, italic: false };
    pub const SANS: Face = Face { family: SANS, weight: 400.0, italic: false };
    pub const SANS_SEMIBOLD: Face = Face { family: SANS, weight: 600.0, italic: false };
}

/// Words of one face and ink; the size is the block's where it is not given.
pub struct Span {
    pub text: String,
    pub face: Face,
    pub ink: Ink,
    pub size: Option<f32>,
}

/// Longer paragraphs are laid out in parts: places inside of one are counted in 16 bits there.
const LONGEST_BLOCK_BYTES: usize = 20_000;

/// A paragraph in parts that can be laid out.
fn split(block: Block) -> Vec<Block> {
    if block.spans.iter().map(|s| s.text.len()).sum::<usize>() <= LONGEST_BLOCK_BYTES {
        return vec![block];
    }
    let part = |before: f32, tag: Tag| Block {
        spans: Vec::new(),
        size: block.size,
        leading: block.leading,
        before,
        language: block.language.clone(),
        tag,
    };
    let mut out = vec![part(block.before, block.tag.clone())];
    let mut room = LONGEST_BLOCK_BYTES;
    for span in block.spans {
        let mut rest = span.text.as_str();
        while !rest.is_empty() {
            if room < 4 {
                out.push(part(0.0, Tag::Paragraph));
                room = LONGEST_BLOCK_BYTES;
            }
            let mut cut = rest.len();
            if cut > room {
                cut = rest.floor_char_boundary(room);
                // Between words, if there are any.
                cut = rest[..cut].rfind(' ').map_or(cut, |blank| blank + 1);
            }
            let (now, later) = rest.split_at(cut);
            if let Some(last) = out.last_mut() {
                last.spans.push(Span { text: now.to_owned(), ..span });
            }
            rest = later;
            room = if later.is_empty() { room - cut } else { 0 };
        }
    }
    out
}

/// A paragraph.
pub struct Block {
    pub spans: Vec<Span>,
    pub size: f32,
    pub leading: f32,
    pub before: f32,
    pub language: String,
    pub tag: Tag,
}

/// What a part of the document is, for assistive technology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tag {
    Section,
    Heading(u16, String),
    Paragraph,
    Table,
    Row,
    HeadCell,
    RowHead,
    Cell,
}

/// One cell of a row, at `left` from the text's left edge.
pub struct Cell {
    pub left: f32,
    pub width: f32,
    pub blocks: Vec<Block>,
    pub tag: Option<Tag>,
}

/// A laid out paragraph and its text.
pub type Laid = Rc<(Layout<Ink>, String)>;

/// Something at a place on a page.
pub enum Item {
    /// Lines of a paragraph; `top` is where its first line would stand.
    Lines { laid: Laid, lines: Range<usize>, left: f32, top: f32, leaf: usize, language: String },
    /// A level line.
    Rule { left: f32, right: f32, y: f32, width: f32, colour: u32 },
    /// A frame around what stands on the page between two heights.
    Frame { top: f32, bottom: f32 },
}

/// One part in the tree of the document.
pub struct Node {
    pub tag: Tag,
    pub children: Vec<Child>,
}

/// What a part holds.
pub enum Child {
    Node(usize),
    Leaf(usize),
}

/// An entry for the list of contents that viewers show at the side.
pub struct Mark {
    pub title: String,
    pub level: u16,
    pub page: usize,
    pub y: f32,
}

/// The document so far.
pub struct Flow<'m> {
    fonts: FontContext,
    layouts: LayoutContext<Ink>,
    maps: &'m [parley::fontique::Charmap<'m>],
    pub missing: Missing,
    pub pages: Vec<Vec<Item>>,
    pub nodes: Vec<Node>,
    pub marks: Vec<Mark>,
    pub leaves: usize,
    open: Vec<usize>,
    y: f32,
}

struct Line {
    laid: Laid,
    index: usize,
    before: f32,
    height: f32,
    block: usize,
}

impl<'m> Flow<'m> {
    pub fn new(maps: &'m [parley::fontique::Charmap<'m>]) -> Self {
        let root = Node { tag: Tag::Section, children: Vec::new() };
        Self {
            fonts: faces::context(),
            layouts: LayoutContext::new(),
            maps,
            missing: Missing::default(),
            pages: vec![Vec::new()],
            nodes: vec![root],
            marks: Vec::new(),
            leaves: 0,
            open: vec![0],
            y: TOP,
        }
    }

    /// Begins a part of the document; what comes until [`Flow::close`] is in it.
    pub fn open(&mut self, tag: Tag) -> usize {
        let node = self.nodes.len();
        self.nodes.push(Node { tag, children: Vec::new() });
        if let Some(parent) = self.open.last() {
            self.nodes[*parent].children.push(Child::Node(node));
        }
        self.open.push(node);
        node
    }

    /// Ends it.
    pub fn close(&mut self) {
        if self.open.len() > 1 {
            self.open.pop();
        }
    }

    /// Leaves room.
    pub fn gap(&mut self, height: f32) {
        // At the head of a page there is room enough.
        if self.y > TOP {
            self.y += height;
        }
    }

    /// Begins a page unless so much room is left on this one.
    pub fn keep(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.new_page();
        }
    }

    /// Begins a page, unless it is new.
    pub fn new_page(&mut self) {
        if self.y > TOP {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
    }

    /// A level line across the text.
    pub fn rule(&mut self, width: f32, colour: u32) {
        let y = self.y;
        self.put(Item::Rule { left: MARGIN, right: MARGIN + WIDTH, y, width, colour });
    }

    /// A paragraph over the whole width.
    pub fn paragraph(&mut self, block: Block) {
        if let Tag::Heading(level, title) = &block.tag {
            self.keep(block.leading * 3.0 + 40.0);
            let (level, title) = (*level, title.clone());
            self.marks.push(Mark { title, level, page: self.pages.len() - 1, y: self.y });
        }
        self.cells(vec![Cell { left: 0.0, width: WIDTH, blocks: vec![block], tag: None }]);
    }

    /// A paragraph in a frame.
    pub fn framed(&mut self, block: Block) {
        self.keep(60.0);
        let (page, top) = (self.pages.len(), self.y);
        self.y += 8.0;
        self.cells(vec![Cell { left: 10.0, width: WIDTH - 20.0, blocks: vec![block], tag: None }]);
        self.y += 8.0;
        if page == self.pages.len() {
            let bottom = self.y;
            self.put(Item::Frame { top, bottom });
        }
        self.y += 12.0;
    }

    /// A row of a table, with a hair line below it.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.open(Tag::Row);
        self.cells(cells);
        self.close();
        self.y += 3.0;
        self.rule(0.4, 0xD9_D5_CC);
        self.y += 3.0;
    }

    fn put(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.push(item);
        }
    }

    /// Cells beside each other. What does not fit on a page goes over to the next, line by line.
    fn cells(&mut self, cells: Vec<Cell>) {
        struct Pending {
            left: f32,
            lines: Vec<Line>,
            next: usize,
            blocks: Vec<(usize, String)>,
        }
        let mut pending: Vec<Pending> = Vec::new();
        for cell in cells {
            let tagged = cell.tag.clone().map(|tag| self.open(tag)).is_some();
            let mut lines = Vec::new();
            let mut blocks = Vec::new();
            for (i, block) in cell.blocks.into_iter().flat_map(split).enumerate() {
                let node = self.open(block.tag.clone());
                self.close();
                let _ = node;
                blocks.push((self.nodes.len() - 1, block.language.clone()));
                let laid = self.lay_out(&block, cell.width);
                for (index, line) in laid.0.lines().enumerate() {
                    let before = if index == 0 { block.before } else { 0.0 };
                    lines.push(Line { laid: laid.clone(), index, before, height: line.metrics().line_height, block: i });
                }
            }
            if tagged {
                self.close();
            }
            pending.push(Pending { left: cell.left, lines, next: 0, blocks });
        }
        let whole = |p: &Pending| p.lines.iter().map(|l| l.before + l.height).sum::<f32>();
        let height = pending.iter().map(whole).fold(0.0, f32::max);
        // A row that a page can hold is not torn, nor is a large one begun at the foot of a page.
        if self.y + height > BOTTOM && (height < (BOTTOM - TOP) * 0.5 || self.y > BOTTOM - 60.0) {
            self.new_page();
        }
        while pending.iter().any(|p| p.next < p.lines.len()) {
            let from = self.y;
            let mut used = 0.0f32;
            for p in &mut pending {
                let mut y = from;
                while let Some(line) = p.lines.get(p.next) {
                    let first_on_page = from <= TOP && y <= TOP;
                    if y + line.before + line.height > BOTTOM && !first_on_page {
                        break;
                    }
                    // Space above a paragraph ends with its page.
                    y += if from <= TOP && y <= TOP { 0.0 } else { line.before };
                    let (node, language) = &p.blocks[line.block];
                    let begin = f32::max(line.laid.0.get(line.index).map_or(0.0, |l| l.metrics().block_min_coord), 0.0);
                    let top = y - begin;
                    let page = self.pages.last_mut();
                    match page.and_then(|page| page.last_mut()) {
                        Some(Item::Lines { laid, lines, .. }) if Rc::ptr_eq(laid, &line.laid) && lines.end == line.index => lines.end += 1,
                        _ => {
                            let leaf = self.leaves;
                            self.leaves += 1;
                            self.nodes[*node].children.push(Child::Leaf(leaf));
                            let lines = line.index..line.index + 1;
                            let (laid, left, language) = (line.laid.clone(), MARGIN + p.left, language.clone());
                            if let Some(page) = self.pages.last_mut() {
                                page.push(Item::Lines { laid, lines, left, top, leaf, language });
                            }
                        }
                    }
                    y += line.height;
                    p.next += 1;
                }
                used = used.max(y - from);
            }
            self.y = from + used;
            if pending.iter().any(|p| p.next < p.lines.len()) {
                self.pages.push(Vec::new());
                self.y = TOP;
            }
        }
    }

    fn lay_out(&mut self, block: &Block, width: f32) -> Laid {
        let mut text = String::new();
        let mut ranges = Vec::new();
        for span in &block.spans {
            let from = text.len();
            text.push_str(&self.missing.worded(&span.text, self.maps));
            ranges.push(from..text.len());
        }
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, &text, 1.0, false);
        builder.push_default(StyleProperty::FontSize(block.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(block.leading)));
        // A hash or an address is longer than a line.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        for (span, range) in block.spans.iter().zip(ranges).filter(|(_, r)| !r.is_empty()) {
            let families = if span.face.family == SERIF { "'Source Serif 4', Inter" } else { "Inter, 'Source Serif 4'" };
            builder.push(StyleProperty::FontFamily(FontFamily::Source(families.into())), range.clone());
            builder.push(StyleProperty::FontWeight(FontWeight::new(span.face.weight)), range.clone());
            if span.face.italic {
                builder.push(StyleProperty::FontStyle(FontStyle::Italic), range.clone());
            }
            if let Some(size) = span.size {
                builder.push(StyleProperty::FontSize(size), range.clone());
            }
            builder.push(StyleProperty::Brush(span.ink), range);
        }
        let mut layout = builder.build(&text);
        layout.break_all_lines(Some(width));
        layout.align(parley::Alignment::Start, parley::AlignmentOptions::default());
        Rc::new((layout, text))
    }
}
