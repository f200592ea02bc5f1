//! Tables with an article a row, whatever file they stand in. The header names the columns as fields of JSON are named.

use super::columns::{self, Decided};
use super::limits::{MAX_ARTICLES, MAX_NOTES};
use super::{Format, Hints, Note, Source, SourceError, json};

/// A cell of a spreadsheet holds no more.
const MAX_CELL_CHARS: usize = 32_767;

/// Of two sheets without an article, the first whose columns a person could choose.
pub(super) fn first_to_ask(before: SourceError, now: SourceError) -> SourceError {
    if matches!(before, SourceError::Columns(_)) { before } else { now }
}

/// A column's name as fields of JSON are written.
pub(super) fn key(name: &str) -> String {
    name.trim().trim_matches('"').to_lowercase().replace([' ', '-'], "_")
}

/// The articles in rows; what is missing is told in the notes of the first.
pub(super) fn articles(
    rows: Vec<Vec<String>>,
    mut notes: Vec<String>,
    bytes: &[u8],
    hints: &Hints,
    format: Format,
    encoding: &str,
) -> Result<Vec<Source>, SourceError> {
    let rows: Vec<(usize, Vec<String>)> =
        rows.into_iter().enumerate().map(|(i, r)| (i + 1, r)).filter(|(_, r)| r.iter().any(|c| !c.trim().is_empty())).collect();
    let bare: Vec<&Vec<String>> = rows.iter().map(|(_, r)| r).collect();
    if bare.is_empty() {
        return Err(SourceError::Empty);
    }
    if hints.show_columns {
        return Err(columns::table(&bare, hints));
    }
    let decided = columns::decide(&bare, hints)?;
    let reading = decided.reading();
    let Decided { keys, skip: from, note, .. } = decided;
    notes.extend(note);
    let (mut sources, mut without, mut uneven) = (Vec::new(), Vec::new(), Vec::new());
    for (number, row) in &rows[from..] {
        if row.len() != keys.len() {
            uneven.push(*number);
        }
        if sources.len() >= MAX_ARTICLES {
            notes.push(format!("Rows from number {number} on were left out: over the limit of {MAX_ARTICLES} articles."));
            break;
        }
        if row.iter().any(|c| c.chars().count() == MAX_CELL_CHARS) {
            notes.push(format!(
                "Row {number} has a text of just 32,767 characters, the most a cell can hold. It was cut when the table was made."
            ));
        }
        match json::article(&columns::object(&keys, row), hints) {
            Some((text, blocks, meta)) => {
                let mut provenance = super::provenance(bytes, hints, format, encoding);
                provenance.part = sources.len() as u32;
                provenance.columns.clone_from(&reading);
                sources.push(Source { text, blocks, meta, provenance, notes: Vec::new(), page: None });
            }
            None => without.push(*number),
        }
    }
    let list = |rows: &[usize]| {
        let shown: Vec<String> = rows.iter().take(MAX_NOTES).map(usize::to_string).collect();
        format!("{}{}", shown.join(", "), if rows.len() > MAX_NOTES { "…" } else { "" })
    };
    if !uneven.is_empty() {
        notes.push(format!("Rows with more or fewer columns than the first: {}. A quotation mark may be missing.", list(&uneven)));
    }
    if sources.is_empty() {
        if hints.ask_columns {
            return Err(columns::table(&bare, hints));
        }
        return Err(SourceError::Unreadable(format!(
            "It is a table without an article: no row has words in a column such as “text”. {}Copy the articles' text and paste it.",
            if uneven.is_empty() { "" } else { "Its rows have unequal numbers of columns. " }
        )));
    }
    if !without.is_empty() {
        notes.push(format!("Rows without a text were left out: {}.", list(&without)));
    }
    sources[0].notes = notes.into_iter().map(|text| Note::new(hints.path.clone(), text)).collect();
    Ok(sources)
}
