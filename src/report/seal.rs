//! Sums over a report's data and over its page, so that a change after writing is seen even by a Parallax that reads
//! articles otherwise than the one that wrote it. They are no signature: whoever knows how can make new ones, and then only
//! making the report again tells.

use super::html::data_place;
use super::pieces::{AT_ONCE, Field, Pieces, Place};
use crate::source::sha256_hex;
use rayon::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};
use smallvec::SmallVec;
use std::ops::Range;

/// The field that holds the sum of the data.
const CHECKSUM: &str = "checksum";
/// The field that holds the sum of the page without its data.
const PAGE: &str = "page_sha256";

/// A report's JSON with its sums as the last fields.
pub(super) fn sealed(mut report: Pieces, page: Option<&str>) -> String {
    if let Some(page) = page {
        report.one(PAGE, page);
    }
    let sum = of_pieces(&report);
    report.one(CHECKSUM, &sum);
    report.end()
}

/// The sum of a page: its bytes without the data, whatever its line ends are.
pub(super) fn of_page(page: &str) -> String {
    let start = data_place(page).unwrap_or(page.len());
    let end = page[start..].find("</script>").map_or(page.len(), |at| start + at);
    sha256_hex([&page[..start], &page[end..]].concat().replace("\r\n", "\n").trim_end().as_bytes())
}

/// What a report's own sums say of its data; `None` where it has none.
pub(super) fn data_is_intact(data: &Value) -> Option<bool> {
    data.get(CHECKSUM).and_then(Value::as_str).map(|sum| sum == of_data(data))
}

/// What a report's own sums say of its page; `None` where it has none.
pub(super) fn page_is_intact(data: &Value, page: &str) -> Option<bool> {
    data.get(PAGE).and_then(Value::as_str).map(|sum| sum == of_page(page))
}

/// The same as [`of_data`] for an object that lacks its end, in little memory: as values a report takes several times as
/// much.
fn of_pieces(report: &Pieces) -> String {
    let mut fields: Vec<&Field> = report.fields.iter().collect();
    fields.sort_by_key(|field| field.name);
    let mut sum = Sha256::new();
    sum.update("{");
    for field in fields {
        sum.update(Value::from(field.name).to_string());
        match &field.value {
            Place::One(place) => sum.update(flat(&report.text[place.clone()])),
            Place::List(places) => {
                sum.update("[");
                for some in places.chunks(AT_ONCE) {
                    let flat: Vec<String> = some.par_iter().map(|place| flat(&report.text[place.clone()])).collect();
                    flat.iter().for_each(|item| sum.update(item));
                }
                sum.update("]");
            }
        }
    }
    sum.update("}");
    sum.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// The flat form of a value that was written a moment ago: so its words and numbers are written as [`flatten`] would write
/// them, and are copied as they stand.
fn flat(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    flat_value(json, 0, &mut out);
    out
}

/// Appends the value that starts at `at` or after blanks, and returns where it ends.
fn flat_value(json: &str, at: usize, out: &mut String) -> usize {
    let bytes = json.as_bytes();
    let mut at = after_blanks(bytes, at);
    match bytes.get(at) {
        Some(b'[') => {
            out.push('[');
            at = after_blanks(bytes, at + 1);
            while at < bytes.len() && bytes[at] != b']' {
                at = after_blanks(bytes, flat_value(json, at, out));
                at = after_blanks(bytes, at + usize::from(bytes.get(at) == Some(&b',')));
            }
            out.push(']');
            at + 1
        }
        Some(b'{') => {
            let start = out.len();
            let mut fields: SmallVec<[(&str, Range<usize>); 16]> = SmallVec::new();
            at = after_blanks(bytes, at + 1);
            while at < bytes.len() && bytes[at] != b'}' {
                let name_end = end_of_plain(bytes, at);
                let from = out.len();
                let end = flat_value(json, after_blanks(bytes, name_end) + 1, out);
                fields.push((&json[at..name_end], from..out.len()));
                at = after_blanks(bytes, end);
                at = after_blanks(bytes, at + usize::from(bytes.get(at) == Some(&b',')));
            }
            let values = out.split_off(start);
            fields.sort_by_key(|field| field.0.trim_matches('"'));
            out.push('{');
            for (name, value) in fields {
                out.push_str(name);
                out.push_str(&values[value.start - start..value.end - start]);
            }
            out.push('}');
            at + 1
        }
        Some(_) => {
            let end = end_of_plain(bytes, at);
            out.push_str(&json[at..end]);
            out.push(',');
            end
        }
        None => at,
    }
}

fn after_blanks(bytes: &[u8], at: usize) -> usize {
    bytes[at.min(bytes.len())..].iter().position(|b| !matches!(b, b' ' | b'\n')).map_or(bytes.len(), |blanks| at + blanks)
}

/// Where a string, number or word that starts at `at` ends.
fn end_of_plain(bytes: &[u8], at: usize) -> usize {
    if bytes[at] != b'"' {
        return bytes[at..].iter().position(|b| matches!(b, b',' | b']' | b'}' | b'\n' | b' ' | b':')).map_or(bytes.len(), |n| at + n);
    }
    let mut end = at + 1;
    while let Some(next) = memchr::memchr2(b'"', b'\\', bytes.get(end..).unwrap_or_default()) {
        end += next + 1;
        if bytes[end - 1] == b'"' {
            return end;
        }
        end += 1;
    }
    bytes.len()
}

/// The sum of all values, with the fields of each object in the order of their names.
fn of_data(data: &Value) -> String {
    let mut flat = String::new();
    flatten(data, true, &mut flat);
    sha256_hex(flat.as_bytes())
}

fn flatten(value: &Value, outermost: bool, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut sorted: Vec<(&String, &Value)> = fields.iter().filter(|(name, _)| !outermost || name.as_str() != CHECKSUM).collect();
            sorted.sort_by_key(|(name, _)| *name);
            out.push('{');
            for (name, value) in sorted {
                out.push_str(&Value::from(name.as_str()).to_string());
                flatten(value, false, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            items.iter().for_each(|item| flatten(item, false, out));
            out.push(']');
        }
        plain => {
            out.push_str(&plain.to_string());
            out.push(',');
        }
    }
}
