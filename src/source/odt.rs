//! OpenDocument texts, packed (ODT) or as one XML file (FODT). Deletions, comments, notes and running heads stay out.

use super::docx::role;
use super::package::{Budget, Package};
use super::raised;
use super::rich::Rich;
use super::xml::{self, Element, Node};
use super::{BlockKind, Format, Hints, Source, SourceError};
use rustc_hash::{FxHashMap, FxHashSet};

/// Reads a packed document.
pub(super) fn read(bytes: &[u8], hints: &Hints, budget: &mut Budget) -> Result<Vec<Source>, SourceError> {
    let mut package = Package::open(bytes)?;
    let manifest = package.part("META-INF/manifest.xml", budget)?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(SourceError::Unreadable(
            "It is an OpenDocument file that is encrypted and needs its password. Save it without one, then add it.".to_owned(),
        ));
    }
    let styles = match package.part("styles.xml", budget)? {
        Some(part) => Some(xml::parse(&part)?.root),
        None => None,
    };
    let Some(content) = package.part("content.xml", budget)? else { return Err(no_text()) };
    let parsed = xml::parse(&content)?;
    document(&parsed.root, styles.as_ref(), bytes, hints, Format::Odt, parsed.encoding)
}

/// Reads a document in one XML file.
pub(super) fn read_flat(bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, SourceError> {
    let parsed = xml::parse(bytes)?;
    let mut sources = document(&parsed.root, None, bytes, hints, Format::Fodt, parsed.encoding)?;
    if let Some(first) = sources.first_mut() {
        first.notes.extend(parsed.notes.into_iter().map(|n| super::Note::new(hints.path.clone(), n)));
    }
    Ok(sources)
}

fn no_text() -> SourceError {
    SourceError::NoArticle("The document holds no text. Copy the article's text and paste it.".to_owned())
}

fn document(
    root: &Element,
    styles: Option<&Element>,
    bytes: &[u8],
    hints: &Hints,
    format: Format,
    encoding: &str,
) -> Result<Vec<Source>, SourceError> {
    let Some(text) = root.child("body").and_then(|b| b.child("text")) else { return Err(no_text()) };
    let mut reader = Reader::default();
    for tree in [styles, Some(root)].into_iter().flatten() {
        reader.styles(tree);
    }
    let mut ends = Vec::new();
    text.find_all("change-end", &mut ends);
    reader.ends = ends.iter().filter_map(|e| e.attribute("change-id")).map(str::to_owned).collect();
    reader.blocks(text, None);
    reader.out.note_left_out(reader.changes, reader.footnotes);
    reader.out.sources(bytes, hints, format, encoding)
}

#[derive(Default)]
struct Reader {
    /// Styles of paragraphs: the name that people see, and the style that each is based on.
    paragraphs: FxHashMap<String, (String, Option<String>)>,
    /// Styles of letters in italics.
    italics: FxHashSet<String>,
    /// Styles of raised letters.
    raised: FxHashSet<String>,
    out: Rich,
    footnotes: usize,
    changes: bool,
    /// Changes that are deletions. Flat documents keep the deleted words in the text, between two signs.
    deletions: FxHashSet<String>,
    /// Changes whose end stands in the text; a deletion without one would take the rest along.
    ends: FxHashSet<String>,
    /// The deletion that the reader is in.
    deleted: Option<String>,
}

/// A paragraph in the making.
#[derive(Default)]
struct Line<'a> {
    text: String,
    chars: usize,
    italic: usize,
    boxes: Vec<&'a Element>,
}

impl Reader {
    fn styles(&mut self, root: &Element) {
        for group in root.elements().filter(|e| matches!(e.name.as_str(), "styles" | "automatic-styles")) {
            for style in group.elements().filter(|e| e.name == "style") {
                let Some(name) = style.attribute("name") else { continue };
                if style.child("text-properties").and_then(|p| p.attribute("font-style")) == Some("italic") {
                    self.italics.insert(name.to_owned());
                }
                let position = style.child("text-properties").and_then(|p| p.attribute("text-position"));
                if position.is_some_and(|p| p.starts_with("super")) {
                    self.raised.insert(name.to_owned());
                }
                let shown = style.attribute("display-name").map_or_else(|| name.replace("_20_", " "), str::to_owned);
                let parent = style.attribute("parent-style-name").map(str::to_owned);
                self.paragraphs.insert(name.to_owned(), (shown.to_lowercase(), parent));
            }
        }
    }

    fn role(&self, style: &str) -> Option<BlockKind> {
        let mut at = style.to_owned();
        // Styles that are based on each other in a ring end here, too.
        for _ in 0..12 {
            let (name, parent) = match self.paragraphs.get(&at) {
                Some((name, parent)) => (name.clone(), parent.clone()),
                None => (at.replace("_20_", " ").to_lowercase(), None),
            };
            if let Some(kind) = role(&name) {
                return Some(kind);
            }
            at = parent?;
        }
        None
    }

    fn blocks(&mut self, parent: &Element, around: Option<BlockKind>) {
        for e in parent.elements() {
            match e.name.as_str() {
                "p" | "h" => self.paragraph(e, around),
                "list" => self.blocks(e, Some(BlockKind::ListItem)),
                "list-item" | "list-header" | "section" | "text-box" | "numbered-paragraph" => self.blocks(e, around),
                "frame" => {
                    if let Some(text_box) = e.child("text-box") {
                        self.blocks(text_box, None);
                    }
                }
                "table" => self.table(e),
                "tracked-changes" => {
                    self.changes |= e.elements().next().is_some();
                    for region in e.elements().filter(|r| r.child("deletion").is_some()) {
                        self.deletions.extend(region.attribute("id").filter(|id| self.ends.contains(*id)).map(str::to_owned));
                    }
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, p: &Element, around: Option<BlockKind>) {
        let style = p.attribute("style-name").unwrap_or("");
        let mut line = Line::default();
        self.inline(p, self.italics.contains(style), &mut line);
        let kind = match (p.name.as_str(), p.attribute("outline-level")) {
            ("h", Some("1")) => Some(BlockKind::Headline),
            ("h", _) => Some(BlockKind::Subheading),
            _ => self.role(style).or(around),
        };
        self.out.push(kind, &line.text, line.chars > 0 && line.chars == line.italic);
        for text_box in line.boxes {
            self.blocks(text_box, None);
        }
    }

    fn inline<'a>(&mut self, parent: &'a Element, italic: bool, line: &mut Line<'a>) {
        for node in &parent.children {
            let e = match node {
                Node::Text(_) if self.deleted.is_some() => continue,
                Node::Text(words) => {
                    let letters = words.chars().filter(|c| !c.is_whitespace()).count();
                    line.chars += letters;
                    line.italic += if italic { letters } else { 0 };
                    line.text.push_str(&words.replace(['\n', '\r', '\t'], " "));
                    continue;
                }
                Node::Element(e) => e,
            };
            match e.name.as_str() {
                "s" | "tab" => line.text.push(' '),
                "line-break" => line.text.push('\n'),
                "note" => self.footnotes += 1,
                "annotation" | "ruby-text" | "soft-page-break" | "bookmark" | "title" | "desc" => {}
                "text-box" => line.boxes.push(e),
                "change-start" => {
                    self.changes = true;
                    let id = e.attribute("change-id").unwrap_or("");
                    self.deleted = self.deleted.take().or_else(|| self.deletions.get(id).cloned());
                }
                "change-end" => self.deleted = self.deleted.take().filter(|id| Some(id.as_str()) != e.attribute("change-id")),
                "change" => self.changes = true,
                "span" => {
                    let style = e.attribute("style-name").unwrap_or("");
                    let raised = self.raised.contains(style) && self.deleted.is_none();
                    if let Some(shown) = raised.then(|| raised::signs(&line.text, &e.text(), false)).flatten() {
                        line.text.push_str(&shown);
                        continue;
                    }
                    let known = self.paragraphs.contains_key(style);
                    let italic = if known { self.italics.contains(style) } else { italic };
                    self.inline(e, italic, line);
                }
                _ => self.inline(e, italic, line),
            }
        }
    }

    /// Rows on a line each; a table of one column is a frame around paragraphs.
    fn table(&mut self, table: &Element) {
        let mut rows = Vec::new();
        table.find_all("table-row", &mut rows);
        for row in rows {
            let cells: Vec<&Element> = row.elements().filter(|e| e.name == "table-cell").collect();
            match cells.as_slice() {
                [one] => self.blocks(one, None),
                cells => {
                    let words: Vec<String> = cells
                        .iter()
                        .map(|cell| {
                            let mut paragraphs = Vec::new();
                            cell.find_all("p", &mut paragraphs);
                            let mut line = Line::default();
                            for p in paragraphs {
                                line.text.push(' ');
                                self.inline(p, false, &mut line);
                            }
                            line.text
                        })
                        .collect();
                    self.out.push_row(&words);
                }
            }
        }
    }
}
