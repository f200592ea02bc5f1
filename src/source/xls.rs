//! Workbooks of Excel 97 to 2003, read as other tables are.

use super::limits::{MAX_COLUMNS, MAX_ROWS};
use super::{Format, Hints, Source, SourceError, html, table};
use undoc::model::{Block, Table};

/// Reads the first sheet of a workbook that holds articles.
pub(super) fn read(bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, SourceError> {
    // On a thread of its own, so that a fault of the library costs one file.
    let parsed = html::on_large_stack(|| undoc::parse_bytes(bytes)).map_err(|_| damaged())?;
    let book = parsed.map_err(|error| match error {
        undoc::Error::Encrypted => SourceError::Unreadable(
            "It is an Excel workbook that is encrypted and needs its password. Save it without one, as XLSX, and add that.".to_owned(),
        ),
        _ => damaged(),
    })?;
    let mut refused = SourceError::NoArticle("The workbook holds no table. Copy the articles' text and paste it.".to_owned());
    let tables = book.sections.iter().flat_map(|s| &s.content).filter_map(|block| match block {
        Block::Table(table) => Some(rows(table)),
        _ => None,
    });
    for rows in tables.filter(|rows| !rows.is_empty()) {
        match table::articles(rows, Vec::new(), bytes, hints, Format::Xls, "UTF-16LE") {
            Ok(sources) => return Ok(sources),
            Err(error) => refused = table::first_to_ask(refused, error),
        }
    }
    Err(refused)
}

fn damaged() -> SourceError {
    SourceError::Unreadable(
        "It looks like a workbook of Excel 97 that is damaged or incomplete. Open it, save it as XLSX and add that.".to_owned(),
    )
}

fn rows(table: &Table) -> Vec<Vec<String>> {
    let words = |cell: &undoc::model::Cell| cell.content.iter().map(|p| p.plain_text()).collect::<Vec<_>>().join("\n");
    table.rows.iter().take(MAX_ROWS).map(|row| row.cells.iter().take(MAX_COLUMNS).map(words).collect()).collect()
}
