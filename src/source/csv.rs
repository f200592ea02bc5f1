//! Tables in text, with commas, semicolons or tabs between their cells.

use super::limits::{MAX_COLUMNS, MAX_ROWS};
use super::{Format, Hints, Source, SourceError, decode, json, table};

/// Reads a table in text.
pub(super) fn read(bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, SourceError> {
    let decoded = decode::decode(bytes, None)?;
    let mut notes = decoded.notes;
    let text = decoded.text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(first).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        let Ok(record) = record else { continue };
        if rows.len() >= MAX_ROWS {
            notes.push(format!("Rows after the limit of {MAX_ROWS} were left out."));
            break;
        }
        rows.push(record.iter().take(MAX_COLUMNS).map(str::to_owned).collect());
    }
    table::articles(rows, notes, bytes, hints, Format::Csv, decoded.encoding)
}

/// The sign that parts the fields of a header.
fn delimiter(header: &str) -> Option<u8> {
    let count = |sign: char| header.matches(sign).count();
    let best = ['\t', ';', ','].into_iter().max_by_key(|s| count(*s))?;
    (count(best) > 0).then_some(best as u8)
}

/// Whether a text starts with the header of a table of articles.
pub(super) fn looks_table(text: &str, ending: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    let Some(sign) = delimiter(first) else { return false };
    if matches!(ending, "csv" | "tsv" | "tab") {
        return true;
    }
    let fields: Vec<String> = first.split(char::from(sign)).map(table::key).collect();
    let known = fields.iter().filter(|f| json::meaning(f).is_some()).count();
    fields.len() >= 3 && known >= 3 && known * 2 >= fields.len() && fields.iter().any(|f| json::meaning(f) == Some("text"))
}
