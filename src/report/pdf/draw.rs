//! Pages drawn into a file: text as text, lines and frames as decoration, and the tree that says what is what.

use super::flow::{Child, Flow, Item, Laid, MARGIN, PAGE, Tag, Underline, WIDTH};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag as Part, TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use rustc_hash::FxHashMap;
use std::num::NonZeroU16;

/// The file. It keeps the rules for accessible documents (PDF/UA-1) where its text lets it: some characters of hostile texts
/// don't, and then it is tagged all the same.
pub fn file(flow: &Flow<'_>, footers: &[Laid], title: &str, accessible: bool) -> Result<Vec<u8>, String> {
    let configuration = if accessible {
        ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish().unwrap_or_default()
    } else {
        Configuration::default()
    };
    let mut document = Document::new_with(SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() });
    let mut drawn = Drawn::default();
    for (i, items) in flow.pages.iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or("a page has no size")?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for item in items {
            drawn.item(&mut surface, item);
        }
        if let Some(footer) = footers.get(i) {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)));
            drawn.lines(&mut surface, footer, 0..usize::MAX, MARGIN, PAGE.1 - 44.0, &mut Vec::new());
            surface.end_tagged();
        }
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some("en".into()));
    for child in &flow.nodes[0].children {
        if let Some(node) = group(flow, child, &mut drawn.leaves) {
            tree.push(node);
        }
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(flow));
    let creator = concat!("Parallax ", env!("CARGO_PKG_VERSION"));
    document.set_metadata(Metadata::new().title(title.to_owned()).language("en".into()).creator(creator.into()));
    document.finish().map_err(|e| format!("{e:?}"))
}

/// What is known while drawing.
#[derive(Default)]
struct Drawn {
    fonts: FxHashMap<u64, Font>,
    leaves: FxHashMap<usize, Identifier>,
}

/// A line to draw under words: its kind, colour, from, to, and the height of the baseline.
type Under = (Underline, u32, f32, f32, f32);

impl Drawn {
    fn item(&mut self, surface: &mut Surface<'_>, item: &Item) {
        match item {
            Item::Lines { laid, lines, left, top, leaf, language } => {
                let language = Some(language.as_str()).filter(|l| !l.is_empty());
                let id = surface.start_tagged(ContentTag::Span(SpanTag::empty().with_lang(language)));
                let mut unders = Vec::new();
                self.lines(surface, laid, lines.clone(), *left, *top, &mut unders);
                surface.end_tagged();
                self.leaves.insert(*leaf, id);
                if !unders.is_empty() {
                    decoration(surface, |surface| unders.iter().for_each(|u| underline(surface, *u)));
                }
            }
            Item::Rule { left, right, y, width, colour } => decoration(surface, |surface| {
                stroke(surface, *colour, *width, None);
                if let Some(path) = level(*left, *right, *y) {
                    surface.draw_path(&path);
                }
            }),
            Item::Frame { top, bottom } => decoration(surface, |surface| {
                stroke(surface, 0x69_64_5C, 0.8, None);
                let mut path = PathBuilder::new();
                path.move_to(MARGIN, *top);
                path.line_to(MARGIN + WIDTH, *top);
                path.line_to(MARGIN + WIDTH, *bottom);
                path.line_to(MARGIN, *bottom);
                path.close();
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }),
        }
    }

    /// Draws lines of a paragraph, and says what is to be drawn under them.
    fn lines(
        &mut self,
        surface: &mut Surface<'_>,
        laid: &Laid,
        lines: std::ops::Range<usize>,
        left: f32,
        top: f32,
        unders: &mut Vec<Under>,
    ) {
        let (layout, text) = (&laid.0, &laid.1);
        surface.set_stroke(None);
        for line in layout.lines().skip(lines.start).take(lines.len()) {
            let baseline = top + line.metrics().baseline;
            let mut x = left + line.metrics().offset;
            // A line under words ends with them, not with the blank at the line's end.
            let end = x + line.metrics().advance - line.metrics().trailing_whitespace;
            for run in line.runs() {
                let data = run.font();
                let font = match self.fonts.get(&data.data.id()) {
                    Some(font) => font.clone(),
                    None => {
                        let Some(font) = Font::new(data.data.as_ref().to_vec().into(), data.index) else { continue };
                        self.fonts.insert(data.data.id(), font.clone());
                        font
                    }
                };
                let size = run.font_size();
                let mut glyphs: Vec<KrillaGlyph> = Vec::new();
                let mut style: Option<usize> = None;
                let mut begin = x;
                let flush = |surface: &mut Surface<'_>, glyphs: &mut Vec<KrillaGlyph>, style: Option<usize>, from: f32, to: f32| {
                    let Some(ink) = style.and_then(|s| layout.styles().get(s)).map(|s| s.brush) else { return };
                    if glyphs.is_empty() {
                        return;
                    }
                    surface.set_fill(Some(Fill {
                        paint: colour(ink.colour).into(),
                        opacity: NormalizedF32::ONE,
                        rule: Default::default(),
                    }));
                    surface.draw_glyphs(Point::from_xy(from, baseline), glyphs, font.clone(), text, size, false);
                    glyphs.clear();
                    if let Some((kind, colour)) = ink.under {
                        unders.push((kind, colour, from, to.min(end), baseline));
                    }
                };
                let mut flush = flush;
                for cluster in run.visual_clusters() {
                    if cluster.is_ligature_continuation() {
                        if let Some(glyph) = glyphs.last_mut() {
                            glyph.text_range.end = cluster.text_range().end;
                        }
                        continue;
                    }
                    for glyph in cluster.glyphs() {
                        if style != Some(glyph.style_index()) {
                            flush(surface, &mut glyphs, style, begin, x);
                            style = Some(glyph.style_index());
                            begin = x;
                        }
                        glyphs.push(KrillaGlyph::new(
                            GlyphId::new(glyph.id),
                            glyph.advance / size,
                            glyph.x / size,
                            glyph.y / size,
                            0.0,
                            cluster.text_range(),
                            None,
                        ));
                        x += glyph.advance;
                    }
                }
                flush(surface, &mut glyphs, style, begin, x);
            }
        }
    }
}

fn decoration(surface: &mut Surface<'_>, draw: impl FnOnce(&mut Surface<'_>)) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    surface.set_fill(None);
    draw(surface);
    surface.set_stroke(None);
    surface.end_tagged();
}

fn underline(surface: &mut Surface<'_>, (kind, colour, from, to, baseline): Under) {
    let y = baseline + 2.2;
    let (width, dash) = match kind {
        Underline::Single | Underline::Double => (0.7, None),
        Underline::Thick => (1.2, None),
        Underline::Dashed => (1.1, Some((vec![3.2, 2.0], LineCap::Butt))),
        Underline::Dotted => (1.2, Some((vec![0.01, 2.4], LineCap::Round))),
        Underline::Wavy => (0.7, None),
    };
    stroke(surface, colour, width, dash);
    let paths = match kind {
        Underline::Double => vec![level(from, to, y - 0.4), level(from, to, y + 1.2)],
        Underline::Wavy => vec![wave(from, to, y)],
        _ => vec![level(from, to, y)],
    };
    paths.into_iter().flatten().for_each(|path| surface.draw_path(&path));
}

fn level(from: f32, to: f32, y: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(from, y);
    path.line_to(to, y);
    path.finish()
}

fn wave(from: f32, to: f32, y: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(from, y);
    let (mut x, mut up) = (from, true);
    while x < to {
        let end = f32::min(x + 2.0, to);
        path.quad_to((x + end) / 2.0, if up { y - 1.6 } else { y + 1.6 }, end, y);
        (x, up) = (end, !up);
    }
    path.finish()
}

fn stroke(surface: &mut Surface<'_>, ink: u32, width: f32, dash: Option<(Vec<f32>, LineCap)>) {
    let line_cap = dash.as_ref().map_or(LineCap::Butt, |(_, cap)| *cap);
    surface.set_stroke(Some(Stroke {
        paint: colour(ink).into(),
        width,
        line_cap,
        dash: dash.map(|(array, _)| StrokeDash { array, offset: 0.0 }),
        ..Stroke::default()
    }));
}

fn colour(rgb: u32) -> rgb::Color {
    rgb::Color::new((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

fn group(flow: &Flow<'_>, child: &Child, leaves: &mut FxHashMap<usize, Identifier>) -> Option<Node> {
    let node = match child {
        Child::Leaf(leaf) => return leaves.remove(leaf).map(Node::from),
        Child::Node(node) => &flow.nodes[*node],
    };
    let kind: TagKind = match &node.tag {
        Tag::Section => Part::Section.into(),
        Tag::Heading(level, title) => Part::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(title.clone())).into(),
        Tag::Paragraph => Part::P.into(),
        Tag::Table => Part::Table.into(),
        Tag::Row => Part::TR.into(),
        Tag::HeadCell => Part::TH(TableHeaderScope::Column).into(),
        Tag::RowHead => Part::TH(TableHeaderScope::Row).into(),
        Tag::Cell => Part::TD.into(),
    };
    let children: Vec<Node> = node.children.iter().filter_map(|c| group(flow, c, leaves)).collect();
    // An empty cell still stands in its column.
    let cell = matches!(node.tag, Tag::Cell | Tag::HeadCell | Tag::RowHead);
    (cell || !children.is_empty()).then(|| TagGroup::with_children(kind, children).into())
}

/// Headings of the second level and, below them, of the third.
fn outline(flow: &Flow<'_>) -> Outline {
    let mut outline = Outline::new();
    let mut parents: Vec<OutlineNode> = Vec::new();
    for mark in &flow.marks {
        let node = OutlineNode::new(mark.title.clone(), XyzDestination::new(mark.page, Point::from_xy(MARGIN, mark.y)));
        match parents.last_mut() {
            Some(parent) if mark.level > 2 => parent.push_child(node),
            _ => parents.push(node),
        }
    }
    parents.into_iter().for_each(|node| outline.push_child(node));
    outline
}
