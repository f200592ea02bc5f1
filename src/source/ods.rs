//! Spreadsheets of OpenDocument.

use super::limits::{MAX_COLUMNS, MAX_ROWS};
use super::package::{Budget, Package};
use super::xml::{self, Element};
use super::{Format, Hints, Source, SourceError, table};

/// Reads the first sheet of an OpenDocument spreadsheet that holds articles.
pub(super) fn read(bytes: &[u8], hints: &Hints, budget: &mut Budget) -> Result<Vec<Source>, SourceError> {
    let mut refused = SourceError::NoArticle("The spreadsheet holds no table. Copy the articles' text and paste it.".to_owned());
    let Some(content) = Package::open(bytes)?.part("content.xml", budget)? else { return Err(refused) };
    let parsed = xml::parse(&content)?;
    let mut sheets = Vec::new();
    parsed.root.find_all("table", &mut sheets);
    for sheet in sheets {
        let mut rows = Vec::new();
        sheet.find_all("table-row", &mut rows);
        let rows: Vec<Vec<String>> = rows.into_iter().take(MAX_ROWS).map(row).collect();
        let width = rows.iter().filter_map(|r| r.iter().rposition(|c| !c.is_empty())).max();
        let Some(width) = width else { continue };
        let even = rows.into_iter().map(|mut r| {
            r.resize(width + 1, String::new());
            r
        });
        match table::articles(even.collect(), Vec::new(), bytes, hints, Format::Ods, parsed.encoding) {
            Ok(sources) => return Ok(sources),
            Err(error) => refused = table::first_to_ask(refused, error),
        }
    }
    Err(refused)
}

fn row(row: &Element) -> Vec<String> {
    let mut cells = Vec::new();
    for cell in row.elements().filter(|e| matches!(e.name.as_str(), "table-cell" | "covered-table-cell")) {
        let paragraphs: Vec<String> = cell.elements().filter(|e| e.name == "p").map(Element::text).collect();
        let words = cell.attribute("date-value").map_or_else(|| paragraphs.join("\n\n"), str::to_owned);
        let times = cell.attribute("number-columns-repeated").and_then(|n| n.parse().ok()).unwrap_or(1usize);
        for _ in 0..times.min(MAX_COLUMNS.saturating_sub(cells.len())) {
            cells.push(words.clone());
        }
    }
    cells
}
