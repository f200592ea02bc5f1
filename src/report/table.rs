//! The findings as one tidy table: a row for every place that a reading stands at, and one for every version that does
//! not report it. CSV and the spreadsheet are written from it.

use super::model::{Entry, Model};
use crate::project::Verdict;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words; may be empty.
    Text(String),
    /// A number.
    Number(usize),
    /// Nothing.
    Empty,
    /// A sentence with the evidence in it: what stands before, the words, what stands after.
    Sentence(String, String, String),
}

/// The names of the columns.
pub const HEAD: [&str; 26] = [
    "difference",
    "kind",
    "group",
    "detail",
    "title",
    "reading",
    "value",
    "read_as",
    "remark",
    "version",
    "outlet",
    "published",
    "reported",
    "words",
    "sentence",
    "place",
    "start",
    "end",
    "why",
    "verdict",
    "note",
    "finding",
    "file_sha256",
    "headline",
    "url",
    "origin",
];

/// The rows, in the order of the report.
pub fn rows(model: &Model) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for section in &model.sections {
        for entry in &section.entries {
            for (r, reading) in entry.readings.iter().enumerate() {
                for claim in &reading.claims {
                    let mut row = start(model, entry, &claim.letter);
                    row[2] = Cell::Text(section.heading.to_owned());
                    row[5] = Cell::Number(r + 1);
                    row[6] = Cell::Text(reading.value.clone());
                    row[7] = Cell::Text(reading.read_as.clone());
                    row[8] = Cell::Text(reading.remark.clone());
                    row[12] = Cell::Text("yes".into());
                    row[13] = Cell::Text(claim.words.clone());
                    row[14] = Cell::Sentence(claim.before.clone(), claim.words.clone(), claim.after.clone());
                    row[15] = Cell::Text(claim.place.clone());
                    row[16] = Cell::Number(claim.start);
                    row[17] = Cell::Number(claim.end);
                    rows.push(row);
                }
            }
            for letter in &entry.silent {
                let mut row = start(model, entry, letter);
                row[2] = Cell::Text(section.heading.to_owned());
                row[12] = Cell::Text("no".into());
                rows.push(row);
            }
        }
    }
    rows
}

/// What all rows of a finding and version share.
fn start(model: &Model, entry: &Entry, letter: &str) -> Vec<Cell> {
    let mut row = vec![Cell::Empty; HEAD.len()];
    row[0] = Cell::Number(entry.number);
    row[1] = Cell::Text(entry.kind.slug().to_owned());
    row[3] = entry.detail.map_or(Cell::Empty, |d| Cell::Text(d.slug().to_owned()));
    row[4] = Cell::Text(entry.title.clone());
    row[9] = Cell::Text(letter.to_owned());
    if let Some(version) = model.versions.iter().find(|v| v.letter == letter) {
        row[10] = Cell::Text(version.outlet.clone());
        row[11] = version.published_iso.clone().map_or(Cell::Empty, Cell::Text);
        row[22] = Cell::Text(version.sha256.clone());
        row[23] = Cell::Text(version.headline.clone());
        row[24] = version.url.clone().map_or(Cell::Empty, Cell::Text);
        row[25] = Cell::Number(version.origin);
    }
    row[18] = Cell::Text(entry.why.clone());
    row[19] = match entry.verdict {
        Some(Verdict::Confirmed) => Cell::Text("confirmed".into()),
        Some(Verdict::Dismissed) => Cell::Text("dismissed".into()),
        None => Cell::Empty,
    };
    row[20] = Cell::Text(entry.note.clone());
    row[21] = Cell::Text(entry.id.clone());
    row
}
