//! XML as a small tree, read under limits. Entities that a document defines are refused, none is ever fetched.
//!
//! Names lose their prefix: documents of one kind use one set of names, and writers differ in prefixes.

use super::limits::{MAX_XML_DEPTH, MAX_XML_NODES};
use super::{SourceError, decode, html};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// An element with what is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// A part of an element.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

/// A document and how it was decoded.
#[derive(Debug)]
pub(super) struct Parsed {
    pub root: Element,
    pub encoding: &'static str,
    pub notes: Vec<String>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|n| match n {
            Node::Element(e) => Some(e),
            Node::Text(_) => None,
        })
    }

    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.name == name)
    }

    /// The first element of that name anywhere inside, in reading order.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|e| if e.name == name { Some(e) } else { e.find(name) })
    }

    /// All elements of that name inside, outermost ones only.
    pub fn find_all<'a>(&'a self, name: &str, out: &mut Vec<&'a Element>) {
        for e in self.elements() {
            if e.name == name {
                out.push(e);
            } else {
                e.find_all(name, out);
            }
        }
    }

    /// All words inside.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.add_text(&mut out);
        out
    }

    /// What is inside, written as markup without attributes.
    pub fn markup(&self) -> String {
        let mut out = String::new();
        self.add_markup(&mut out);
        out
    }

    fn add_markup(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(t) => out.push_str(&t.replace('&', "&amp;").replace('<', "&lt;")),
                Node::Element(e) => {
                    out.push_str(&format!("<{}>", e.name));
                    e.add_markup(out);
                    out.push_str(&format!("</{}>", e.name));
                }
            }
        }
    }

    fn add_text(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(t) => out.push_str(t),
                Node::Element(e) => e.add_text(out),
            }
        }
    }
}

/// Reads a document.
///
/// # Errors
/// When it is damaged, nested too deeply, too large, or defines entities.
pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, SourceError> {
    let decoded = decode::decode(bytes, html::charset_label(bytes).as_deref())?;
    let root = tree(&decoded.text)?;
    Ok(Parsed { root, encoding: decoded.encoding, notes: decoded.notes })
}

fn tree(text: &str) -> Result<Element, SourceError> {
    let refused = |message: &str| Err(SourceError::Unreadable(message.to_owned()));
    let damaged = || refused("It is XML that is damaged or incomplete. Get the file again, then add it.");
    let mut reader = quick_xml::Reader::from_str(text);
    // The document itself is the last one left on the stack.
    let mut open: Vec<Element> = vec![Element::default()];
    let mut nodes = 0;
    loop {
        let Ok(event) = reader.read_event() else { return damaged() };
        nodes += 1;
        if nodes > MAX_XML_NODES {
            return refused("It is XML with more elements than the limit. Copy the article's text and paste it.");
        }
        match event {
            Event::Start(start) => {
                if open.len() > MAX_XML_DEPTH {
                    return refused("It is XML that is nested too deeply to be an article. Copy the article's text and paste it.");
                }
                open.push(element(&start));
            }
            Event::Empty(start) => add(&mut open, Node::Element(element(&start))),
            Event::End(_) => {
                let (Some(done), true) = (open.pop(), !open.is_empty()) else { return damaged() };
                add(&mut open, Node::Element(done));
            }
            Event::Text(t) => add_text(&mut open, &t.decode().unwrap_or_default()),
            Event::CData(t) => add_text(&mut open, &t.decode().unwrap_or_default()),
            Event::GeneralRef(r) => {
                let name = r.decode().unwrap_or_default();
                match r.resolve_char_ref() {
                    Ok(Some(c)) => add_text(&mut open, c.encode_utf8(&mut [0; 4])),
                    _ => match quick_xml::escape::resolve_predefined_entity(&name) {
                        Some(words) => add_text(&mut open, words),
                        None if name == "nbsp" => add_text(&mut open, "\u{a0}"),
                        None => add_text(&mut open, &format!("&{name};")),
                    },
                }
            }
            Event::DocType(t) if memchr::memmem::find(&t, b"<!ENTITY").is_some() => {
                return refused("It is XML that defines entities, which are not allowed. Copy the article's text and paste it.");
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let complete = open.len() == 1;
    let root = open.pop().and_then(|document| {
        document.children.into_iter().find_map(|n| match n {
            Node::Element(e) => Some(e),
            Node::Text(_) => None,
        })
    });
    match root {
        Some(root) if complete => Ok(root),
        _ => damaged(),
    }
}

fn element(start: &BytesStart) -> Element {
    let local = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
    let attributes = start
        .attributes()
        .with_checks(false)
        .flatten()
        .map(|a| {
            let value = a
                .normalized_value(XmlVersion::Implicit1_0)
                .map_or_else(|_| String::from_utf8_lossy(&a.value).into_owned(), std::borrow::Cow::into_owned);
            (local(a.key.local_name().as_ref()), value)
        })
        .collect();
    Element { name: local(start.local_name().as_ref()), attributes, children: Vec::new() }
}

fn add(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn add_text(open: &mut [Element], words: &str) {
    let Some(parent) = open.last_mut().filter(|_| !words.is_empty()) else { return };
    match parent.children.last_mut() {
        Some(Node::Text(text)) => text.push_str(words),
        _ => parent.children.push(Node::Text(words.to_owned())),
    }
}
