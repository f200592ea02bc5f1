//! Word documents (DOCX). The text is read as it stands when all tracked changes are accepted; running heads, comments and
//! footnotes stay out.

use super::package::{Budget, Package};
use super::raised;
use super::rich::Rich;
use super::xml::{self, Element};
use super::{BlockKind, Format, Hints, Source, SourceError};
use rustc_hash::FxHashMap;

/// Reads a document, or the articles of an export in one.
pub(super) fn read(bytes: &[u8], hints: &Hints, budget: &mut Budget) -> Result<Vec<Source>, SourceError> {
    let mut package = Package::open(bytes)?;
    let Some(document) = package.part("word/document.xml", budget)? else {
        return Err(SourceError::Unreadable(
            "It is a Word document without a text in it. Save it again from Word, then add it.".to_owned(),
        ));
    };
    let styles = match package.part("word/styles.xml", budget)? {
        Some(part) => styles(&xml::parse(&part)?.root),
        None => FxHashMap::default(),
    };
    let parsed = xml::parse(&document)?;
    let Some(body) = parsed.root.child("body") else {
        return Err(SourceError::NoArticle("The document holds no text. Copy the article's text and paste it.".to_owned()));
    };
    let mut reader = Reader { styles, out: Rich::default(), footnotes: 0, changes: false };
    reader.blocks(body);
    reader.out.note_left_out(reader.changes, reader.footnotes);
    reader.out.sources(bytes, hints, Format::Docx, parsed.encoding)
}

/// The role of each style by its id. Ids are in the language of the writer, names in English.
fn styles(root: &Element) -> FxHashMap<String, BlockKind> {
    let mut named: FxHashMap<&str, (String, Option<&str>)> = FxHashMap::default();
    for style in root.elements().filter(|e| e.name == "style") {
        let value = |name: &str| style.child(name).and_then(|e| e.attribute("val"));
        if let Some(id) = style.attribute("styleId") {
            named.insert(id, (value("name").unwrap_or(id).to_lowercase(), value("basedOn")));
        }
    }
    let mut roles = FxHashMap::default();
    for id in named.keys() {
        let mut at = *id;
        // Styles that are based on each other in a ring end here, too.
        for _ in 0..12 {
            let Some((name, based_on)) = named.get(at) else { break };
            if let Some(kind) = role(name) {
                roles.insert((*id).to_owned(), kind);
                break;
            }
            let Some(next) = based_on else { break };
            at = next;
        }
    }
    roles
}

/// The role of a style by its English name.
pub(super) fn role(name: &str) -> Option<BlockKind> {
    Some(match name {
        "title" | "heading 1" | "headline" => BlockKind::Headline,
        "subtitle" | "standfirst" => BlockKind::Standfirst,
        "author" | "byline" => BlockKind::Byline,
        "dateline" => BlockKind::Dateline,
        "caption" | "image caption" | "table caption" | "figure" | "illustration" => BlockKind::Caption,
        "header" | "footer" => BlockKind::Boilerplate,
        _ if name.starts_with("heading ") => BlockKind::Subheading,
        _ if name.starts_with("list ") || name == "list" => BlockKind::ListItem,
        _ if name.starts_with("toc ") => BlockKind::Boilerplate,
        _ => return None,
    })
}

struct Reader {
    styles: FxHashMap<String, BlockKind>,
    out: Rich,
    footnotes: usize,
    changes: bool,
}

/// A paragraph in the making.
#[derive(Default)]
struct Line<'a> {
    text: String,
    /// Letters, and those of them in italics.
    chars: usize,
    italic: usize,
    boxes: Vec<&'a Element>,
}

impl Reader {
    fn blocks(&mut self, parent: &Element) {
        for e in parent.elements() {
            match e.name.as_str() {
                "p" => self.paragraph(e),
                "tbl" => self.table(e),
                "del" | "moveFrom" => self.changes = true,
                "ins" | "moveTo" => {
                    self.changes = true;
                    self.blocks(e);
                }
                "AlternateContent" => {
                    if let Some(one) = alternative(e) {
                        self.blocks(one);
                    }
                }
                "sdt" | "sdtContent" | "customXml" | "smartTag" => self.blocks(e),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, p: &Element) {
        let mut line = Line::default();
        self.runs(p, false, &mut line);
        let properties = p.child("pPr");
        let style = properties.and_then(|pr| pr.child("pStyle")).and_then(|s| s.attribute("val"));
        let mut kind = style.and_then(|id| self.styles.get(id).copied().or_else(|| role(&id.to_lowercase())));
        let numbered = properties
            .and_then(|pr| pr.child("numPr"))
            .is_some_and(|n| n.child("numId").and_then(|id| id.attribute("val")).is_some_and(|id| id != "0"));
        if kind.is_none() && numbered {
            kind = Some(BlockKind::ListItem);
        }
        self.out.push(kind, &line.text, line.chars > 0 && line.italic == line.chars);
        for text_box in line.boxes {
            self.blocks(text_box);
        }
    }

    fn runs<'a>(&mut self, parent: &'a Element, italic: bool, line: &mut Line<'a>) {
        for e in parent.elements() {
            match e.name.as_str() {
                "r" => {
                    let properties = e.child("rPr");
                    let on = |name: &str| {
                        let flag = properties.and_then(|pr| pr.child(name));
                        flag.is_some_and(|f| !matches!(f.attribute("val"), Some("0" | "false" | "off" | "none")))
                    };
                    let raised = properties.and_then(|pr| pr.child("vertAlign")).and_then(|v| v.attribute("val")) == Some("superscript");
                    let signs = || e.elements().filter(|t| t.name == "t").map(Element::text).collect::<String>();
                    match raised.then(|| raised::signs(&line.text, &signs(), false)).flatten() {
                        _ if on("vanish") => {}
                        Some(shown) => line.text.push_str(&shown),
                        None => self.runs(e, on("i"), line),
                    }
                }
                "t" => {
                    let words = e.text();
                    let letters = words.chars().filter(|c| !c.is_whitespace()).count();
                    line.chars += letters;
                    line.italic += if italic { letters } else { 0 };
                    line.text.push_str(&words);
                }
                "tab" | "ptab" => line.text.push(' '),
                "br" if matches!(e.attribute("type"), Some("page" | "column")) => line.text.push(' '),
                "br" | "cr" => line.text.push('\n'),
                "noBreakHyphen" => line.text.push('\u{2011}'),
                "footnoteReference" | "endnoteReference" => self.footnotes += 1,
                "del" | "moveFrom" => self.changes = true,
                "ins" | "moveTo" => {
                    self.changes = true;
                    self.runs(e, italic, line);
                }
                "txbxContent" => line.boxes.push(e),
                // Word writes a text box twice, for itself and for older readers.
                "AlternateContent" => {
                    if let Some(one) = alternative(e) {
                        self.runs(one, italic, line);
                    }
                }
                "pPr" | "rPr" | "delText" | "instrText" | "tblPr" => {}
                _ => self.runs(e, italic, line),
            }
        }
    }

    /// Rows on a line each; a table of one column is a frame around paragraphs.
    fn table(&mut self, table: &Element) {
        let mut rows = Vec::new();
        table.find_all("tr", &mut rows);
        for row in rows {
            let cells: Vec<&Element> = row.elements().filter(|e| e.name == "tc").collect();
            match cells.as_slice() {
                [one] => self.blocks(one),
                cells => {
                    let words: Vec<String> = cells.iter().map(|cell| self.words(cell)).collect();
                    self.out.push_row(&words);
                }
            }
        }
    }

    /// All paragraphs of a cell on one line.
    fn words(&mut self, cell: &Element) -> String {
        let mut paragraphs = Vec::new();
        cell.find_all("p", &mut paragraphs);
        let mut line = Line::default();
        for p in paragraphs {
            line.text.push(' ');
            self.runs(p, false, &mut line);
        }
        line.text
    }
}

/// The first of the forms in which something is written.
fn alternative(e: &Element) -> Option<&Element> {
    e.child("Choice").or_else(|| e.child("Fallback"))
}
