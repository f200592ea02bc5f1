//! CSV (RFC 4180, UTF-8): one tidy table for statistics programs and spreadsheets.
//!
//! A spreadsheet runs a cell that starts like a formula, whoever wrote it. Such cells get an apostrophe in front, which
//! spreadsheets hide; numbers of our own are left alone.

use super::model::Model;
use super::table::{Cell, HEAD, rows};

/// The table of a model.
pub fn text(model: &Model) -> String {
    let mut out = HEAD.join(",");
    out.push_str("\r\n");
    for row in rows(model) {
        for (i, cell) in row.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            match cell {
                Cell::Empty => {}
                Cell::Number(n) => out.push_str(&n.to_string()),
                Cell::Text(text) => out.push_str(&field(text)),
                Cell::Sentence(before, words, after) => out.push_str(&field(&format!("{before}{words}{after}"))),
            }
        }
        out.push_str("\r\n");
    }
    out
}

/// Text of others as a field that stays text.
pub fn field(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
