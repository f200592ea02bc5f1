//! Workbooks of Excel 97 to 2003, read as other tables are.

use super::limits::{MAX_COLUMNS, MAX_ROWS};
use super::{Format, Hints, Source, SourceError, html, table};
use calamine::{Data, Reader, Xls, XlsError};
use std::io::Cursor;

/// Reads the first sheet of a workbook that holds articles.
pub(super) fn read(bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, SourceError> {
    // On a thread of its own, so that a fault of the library costs one file.
    let sheets = html::on_large_stack(|| sheets(bytes)).map_err(|_| damaged())?.map_err(|error| match error {
        XlsError::Password => SourceError::Unreadable(
            "It is an Excel workbook that is encrypted and needs its password. Save it without one, as XLSX, and add that.".to_owned(),
        ),
        _ => damaged(),
    })?;
    let mut refused = SourceError::NoArticle("The workbook holds no table. Copy the articles' text and paste it.".to_owned());
    for rows in sheets.into_iter().filter(|rows| !rows.is_empty()) {
        match table::articles(rows, Vec::new(), bytes, hints, Format::Xls, "UTF-16LE") {
            Ok(sources) => return Ok(sources),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

fn damaged() -> SourceError {
    SourceError::Unreadable(
        "It looks like a workbook of Excel 97 that is damaged or incomplete. Open it, save it as XLSX and add that.".to_owned(),
    )
}

fn sheets(bytes: &[u8]) -> Result<Vec<Vec<Vec<String>>>, XlsError> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes))?;
    let rows =
        |range: calamine::Range<Data>| range.rows().take(MAX_ROWS).map(|row| row.iter().take(MAX_COLUMNS).map(words).collect()).collect();
    Ok(book.worksheets().into_iter().map(|(_, range)| rows(range)).collect())
}

fn words(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(date) if date.is_datetime() => table::date(&date.as_f64().to_string()).unwrap_or_default(),
        other => other.to_string(),
    }
}
