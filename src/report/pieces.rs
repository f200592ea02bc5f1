//! A report's JSON, piece by piece: the records of a list are written side by side and then set one after the other, and each
//! keeps its place in the text. A report of a hundred versions is many megabytes; to build it as one value first would take
//! several times its size, and to write it in one go a third of the time that the comparison took.

use rayon::prelude::*;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};
use std::ops::Range;

/// How JSON is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Indented, with a line end.
    Pretty,
    /// On one line, without its end.
    Line,
}

/// An object that lacks its end, and where its parts stand in it.
pub(super) struct Pieces {
    pub style: Style,
    pub text: String,
    pub fields: Vec<Field>,
}

/// A field of the object.
pub(super) struct Field {
    pub name: &'static str,
    pub value: Place,
}

/// Where a value stands in the text.
pub(super) enum Place {
    One(Range<usize>),
    /// The items of a list.
    List(Vec<Range<usize>>),
}

/// Items that are in memory once more, beside their place in the text, while something is made of them.
pub(super) const AT_ONCE: usize = 512;
/// Most items written by one thread at a time. Of few items, such as versions, each may be long.
const BY_ONE: usize = 8;

impl Pieces {
    /// An object without fields.
    pub fn new(style: Style) -> Self {
        Self { style, text: "{".to_owned(), fields: Vec::new() }
    }

    /// Adds a field.
    pub fn one<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.open(name);
        let start = self.text.len();
        self.text.push_str(&written(value, self.style, 1));
        self.fields.push(Field { name, value: Place::One(start..self.text.len()) });
    }

    /// Adds a field that is a list of one record for each item.
    pub fn list<'i, T: Sync, R: Serialize>(&mut self, name: &'static str, items: &'i [T], record: impl Fn(&'i T) -> R + Sync) {
        self.open(name);
        self.text.push('[');
        let style = self.style;
        let by_one = (items.len() / 64).clamp(1, BY_ONE);
        let mut places = Vec::with_capacity(items.len());
        for some in items.chunks(AT_ONCE) {
            let written: Vec<Vec<String>> =
                some.par_chunks(by_one).map(|items| items.iter().map(|item| written(&record(item), style, 2)).collect()).collect();
            for piece in written.into_iter().flatten() {
                self.joint(places.is_empty(), 2);
                let start = self.text.len();
                self.text.push_str(&piece);
                places.push(start..self.text.len());
            }
        }
        if !places.is_empty() && style == Style::Pretty {
            self.text.push_str("\n  ");
        }
        self.text.push(']');
        self.fields.push(Field { name, value: Place::List(places) });
    }

    /// The object as text.
    pub fn end(mut self) -> String {
        self.text.push_str(match self.style {
            Style::Pretty => "\n}\n",
            Style::Line => "}",
        });
        self.text
    }

    /// The name of the next field.
    fn open(&mut self, name: &str) {
        self.joint(self.fields.is_empty(), 1);
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str(if self.style == Style::Pretty { "\": " } else { "\":" });
    }

    /// What stands between two pieces at a depth.
    fn joint(&mut self, first: bool, depth: usize) {
        if !first {
            self.text.push(',');
        }
        if self.style == Style::Pretty {
            self.text.push('\n');
            (0..depth).for_each(|_| self.text.push_str("  "));
        }
    }
}

/// A value as JSON that stands `depth` steps deep.
pub(super) fn written<T: Serialize + ?Sized>(value: &T, style: Style, depth: usize) -> String {
    let mut out = Vec::with_capacity(256);
    let result = match style {
        Style::Line => value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, CompactFormatter)),
        Style::Pretty => {
            let mut formatter = PrettyFormatter::new();
            // Each opened array sets what follows one step deeper.
            (0..depth).for_each(|_| formatter.begin_array(&mut std::io::sink()).unwrap_or_default());
            value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, formatter))
        }
    };
    // Writing to memory fails only for maps whose keys are no strings, and the contract has none.
    result.unwrap_or_else(|error| unreachable!("the contract's types are plain: {error}"));
    String::from_utf8(out).unwrap_or_else(|error| unreachable!("JSON is UTF-8: {error}"))
}
