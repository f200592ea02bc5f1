//! A page as a flat list: elements with their names and classes, and between block elements the pieces of text.
//!
//! Walked with a stack of our own, since saved pages can be nested deeper than the call stack allows.

use super::super::raised;
use dom_query::{Document, NodeData, NodeRef};

/// What is known about an element.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// Lower case.
    pub name: String,
    /// The enclosing element; the root is its own parent.
    pub parent: u32,
    pub depth: u32,
    /// Class, id, role, itemprop and data-testid in lower case, parted by blanks.
    pub labels: String,
    /// The first piece inside, index into [`Page::pieces`].
    pub first_piece: u32,
    /// One past the last piece inside.
    pub end_piece: u32,
}

/// Text between two block borders.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// White space folded to single blanks, no-break spaces kept, `\n` for line breaks.
    pub text: String,
    /// The nearest block element around it.
    pub element: u32,
    /// Characters inside of links.
    pub link_chars: u32,
    /// All characters.
    pub chars: u32,
    /// Whether it is all in bold or italics.
    pub emphasised: bool,
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub elements: Vec<Element>,
    pub pieces: Vec<Piece>,
}

impl Page {
    /// The element and those around it, innermost first, the root left out.
    pub fn around(&self, mut element: u32) -> impl Iterator<Item = &Element> {
        std::iter::from_fn(move || {
            let e = self.elements.get(element as usize)?;
            if e.parent == element {
                return None;
            }
            element = e.parent;
            Some(e)
        })
    }

    /// The same as indices.
    pub fn around_ids(&self, mut element: u32) -> impl Iterator<Item = u32> {
        std::iter::from_fn(move || {
            let e = self.elements.get(element as usize)?;
            let this = element;
            element = e.parent;
            (e.parent != this).then_some(this)
        })
    }
}

/// The first mark that is put into the text of a piece; see [`flatten`].
const FIRST_MARK: u32 = 0xF0000;
/// The number of marks in the private planes.
const MARKS: u32 = 0x1FFF0;

/// The index of the piece that a mark stands for.
pub(super) fn piece_of_mark(c: char) -> Option<usize> {
    let n = (c as u32).checked_sub(FIRST_MARK)?;
    (n < MARKS).then_some(n as usize)
}

/// Flattens a document. Each piece is marked in the document by a private character before its first letter, so
/// that pieces can be found again in whatever an extractor makes of the document.
pub(super) fn flatten(document: &Document) -> Page {
    let mut walk = Walk { page: Page::default(), open: None };
    let root = document.root();
    walk.page.elements.push(Element { name: String::new(), parent: 0, depth: 0, labels: String::new(), first_piece: 0, end_piece: 0 });
    // The state inherited by what is inside an element.
    #[derive(Clone, Copy)]
    struct Inherited {
        element: u32,
        block: u32,
        in_link: bool,
        emphasised: bool,
        preformatted: bool,
    }
    enum Step {
        Enter(dom_query::NodeId, Inherited),
        Leave(u32, bool),
    }
    let start = Inherited { element: 0, block: 0, in_link: false, emphasised: false, preformatted: false };
    let mut steps: Vec<Step> = Vec::new();
    let push_children = |steps: &mut Vec<Step>, parent: dom_query::NodeId, inherited| {
        let mut child = document.tree.last_child_of(&parent);
        while let Some(c) = child {
            child = c.prev_sibling();
            steps.push(Step::Enter(c.id, inherited));
        }
    };
    push_children(&mut steps, root.id, start);
    while let Some(step) = steps.pop() {
        match step {
            Step::Leave(element, block) => {
                if block {
                    walk.close();
                }
                walk.page.elements[element as usize].end_piece = walk.page.pieces.len() as u32 + u32::from(walk.open.is_some());
            }
            Step::Enter(id, inherited) => {
                let node = NodeRef::new(id, &document.tree);
                let tag = node.query(|n| match &n.data {
                    NodeData::Element(e) => Some((e.name.local.to_ascii_lowercase().to_string(), labels(e), is_hidden(e))),
                    _ => None,
                });
                let Some(Some((name, labels, hidden))) = tag else {
                    if node.is_text() {
                        walk.text(&node, inherited.block, inherited.in_link, inherited.emphasised, inherited.preformatted);
                    }
                    continue;
                };
                if hidden || is_no_text(&name) {
                    continue;
                }
                if name == "br" {
                    walk.line_break();
                    continue;
                }
                if name == "sup" && walk.raised(&node, inherited.in_link) {
                    continue;
                }
                let block = is_block(&name);
                if !block && super::article::is_hidden_label(&labels) {
                    continue;
                }
                if block {
                    walk.close();
                }
                let index = walk.page.elements.len() as u32;
                let depth = walk.page.elements[inherited.element as usize].depth + 1;
                let inside = Inherited {
                    element: index,
                    block: if block { index } else { inherited.block },
                    in_link: inherited.in_link || name == "a",
                    emphasised: !block && inherited.emphasised || matches!(name.as_str(), "b" | "strong" | "i" | "em"),
                    preformatted: inherited.preformatted || name == "pre",
                };
                let first_piece = walk.page.pieces.len() as u32;
                walk.page.elements.push(Element { name, parent: inherited.element, depth, labels, first_piece, end_piece: first_piece });
                steps.push(Step::Leave(index, block));
                push_children(&mut steps, node.id, inside);
            }
        }
    }
    walk.close();
    let end = walk.page.pieces.len() as u32;
    walk.page.elements[0].end_piece = end;
    for element in &mut walk.page.elements {
        element.end_piece = element.end_piece.min(end);
    }
    walk.page
}

struct Walk {
    page: Page,
    open: Option<Open>,
}

struct Open {
    piece: Piece,
    emphasised_chars: u32,
    breaks: u32,
}

impl Walk {
    /// Takes a raised element that calls a note or is a power; whether it is one.
    fn raised(&mut self, node: &NodeRef<'_>, in_link: bool) -> bool {
        let Some(open) = self.open.as_mut().filter(|o| o.breaks == 0) else { return false };
        let linked = in_link || node.children().iter().any(|c| c.is_element());
        let text: String = node.text().chars().filter(|c| (*c as u32) < FIRST_MARK).collect();
        let fraction = node.next_sibling().is_some_and(|next| next.text().starts_with(['/', '⁄']));
        let shown = if fraction { Some(format!(" {}", text.trim())) } else { raised::signs(&open.piece.text, &text, linked) };
        let Some(shown) = shown else { return false };
        open.piece.text.push_str(&shown);
        true
    }

    fn text(&mut self, node: &NodeRef<'_>, block: u32, in_link: bool, emphasised: bool, preformatted: bool) {
        let text = node.text();
        let clean: String = text.chars().filter(|c| (*c as u32) < FIRST_MARK).collect();
        if clean.trim().is_empty() {
            if let Some(open) = &mut self.open
                && !clean.is_empty()
                && open.breaks == 0
            {
                push_blank(&mut open.piece.text);
            }
            return;
        }
        // Two line breaks part paragraphs.
        if self.open.as_ref().is_some_and(|o| o.breaks >= 2) {
            self.close();
        }
        let fresh = self.open.is_none();
        let index = self.page.pieces.len() as u32;
        let open = self.open.get_or_insert_with(|| Open {
            piece: Piece { text: String::new(), element: block, link_chars: 0, chars: 0, emphasised: false },
            emphasised_chars: 0,
            breaks: 0,
        });
        if open.breaks == 1 && !open.piece.text.is_empty() {
            while open.piece.text.ends_with(' ') {
                open.piece.text.pop();
            }
            open.piece.text.push('\n');
        }
        open.breaks = 0;
        let mut chars = 0;
        for c in clean.chars() {
            if c == '\n' && preformatted {
                if !open.piece.text.is_empty() && !open.piece.text.ends_with('\n') {
                    open.piece.text.push('\n');
                }
            } else if c != '\u{a0}' && c != '\u{202f}' && c.is_whitespace() {
                push_blank(&mut open.piece.text);
            } else {
                open.piece.text.push(c);
                chars += 1;
            }
        }
        open.piece.chars += chars;
        if in_link {
            open.piece.link_chars += chars;
        }
        if emphasised {
            open.emphasised_chars += chars;
        }
        if fresh && index < MARKS {
            // Before the first letter, so that leading blanks stay blanks.
            let mark = char::from_u32(FIRST_MARK + index).unwrap_or(' ');
            let lead = clean.len() - clean.trim_start().len();
            node.set_text(format!("{}{mark}{}", &clean[..lead], &clean[lead..]));
        }
    }

    fn line_break(&mut self) {
        if let Some(open) = &mut self.open {
            open.breaks += 1;
        }
    }

    fn close(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        let trimmed = open.piece.text.trim();
        if trimmed.len() != open.piece.text.len() {
            open.piece.text = trimmed.to_owned();
        }
        open.piece.emphasised = open.piece.chars > 0 && open.emphasised_chars * 20 >= open.piece.chars * 19;
        self.page.pieces.push(open.piece);
    }
}

fn push_blank(text: &mut String) {
    if !text.is_empty() && !text.ends_with([' ', '\n']) {
        text.push(' ');
    }
}

fn labels(element: &dom_query::Element) -> String {
    let mut out = String::new();
    for name in ["class", "id", "role", "itemprop", "data-testid", "rel", "aria-label", "data-component", "data-module"] {
        if let Some(value) = element.attr(name) {
            if !out.is_empty() {
                out.push(' ');
            }
            // Camel case has its words parted: "relatedStories" is "related-stories".
            let mut small = false;
            for c in value.chars().take(200) {
                if c.is_ascii_uppercase() && small {
                    out.push('-');
                }
                small = c.is_ascii_lowercase() || c.is_ascii_digit();
                out.extend(c.to_lowercase());
            }
        }
    }
    out
}

fn is_hidden(element: &dom_query::Element) -> bool {
    if element.has_attr("hidden") {
        return true;
    }
    element.attr("style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

fn is_no_text(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "embed"
            | "select"
            | "option"
            | "button"
            | "input"
            | "textarea"
            | "canvas"
            | "audio"
            | "video"
            | "map"
            | "head"
            | "title"
            | "noembed"
            | "noframes"
            | "datalist"
            | "dialog"
            | "picture"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "aside"
            | "header"
            | "footer"
            | "nav"
            | "ul"
            | "ol"
            | "li"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "pre"
            | "figure"
            | "figcaption"
            | "table"
            | "tbody"
            | "thead"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "dl"
            | "dt"
            | "dd"
            | "form"
            | "fieldset"
            | "address"
            | "details"
            | "summary"
            | "hr"
            | "body"
            | "html"
            | "center"
            | "hgroup"
            | "menu"
            | "legend"
            | "amp-ad"
            | "amp-img"
    )
}
