//! Workbooks of Excel.

use super::limits::{MAX_COLUMNS, MAX_ROWS};
use super::package::{Budget, Package};
use super::xml::{self, Element};
use super::{Format, Hints, Source, SourceError, table};
use jiff::ToSpan;
use rustc_hash::FxHashMap;

/// Reads the first sheet of a workbook that holds articles.
pub(super) fn read(bytes: &[u8], hints: &Hints, budget: &mut Budget) -> Result<Vec<Source>, SourceError> {
    let mut package = Package::open(bytes)?;
    let tree = |package: &mut Package, name: &str, budget: &mut Budget| -> Result<Option<Element>, SourceError> {
        package.part(name, budget)?.map(|part| xml::parse(&part).map(|p| p.root)).transpose()
    };
    let strings: Vec<String> = tree(&mut package, "xl/sharedStrings.xml", budget)?
        .map(|root| root.elements().filter(|e| e.name == "si").map(rich_text).collect())
        .unwrap_or_default();
    let dates = tree(&mut package, "xl/styles.xml", budget)?.map(|root| date_styles(&root)).unwrap_or_default();
    let mut sheets: Vec<String> = package.names().into_iter().filter(|n| n.starts_with("xl/worksheets/sheet")).collect();
    sheets.sort_by_key(|n| (n.len(), n.clone()));
    let mut refused = SourceError::NoArticle("The workbook holds no table. Copy the articles' text and paste it.".to_owned());
    for sheet in sheets {
        let Some(root) = tree(&mut package, &sheet, budget)? else { continue };
        let rows = sheet_rows(&root, &strings, &dates);
        if rows.is_empty() {
            continue;
        }
        match table::articles(rows, Vec::new(), bytes, hints, Format::Xlsx, "UTF-8") {
            Ok(sources) => return Ok(sources),
            Err(error) => refused = table::first_to_ask(refused, error),
        }
    }
    Err(refused)
}

/// Words of a string with formats; readings of Asian letters left out.
fn rich_text(e: &Element) -> String {
    let runs = e.elements().filter(|r| matches!(r.name.as_str(), "t" | "r"));
    runs.map(|r| if r.name == "t" { r.text() } else { r.child("t").map(Element::text).unwrap_or_default() }).collect()
}

/// For each format of cells, whether it shows a number as a date.
fn date_styles(root: &Element) -> Vec<bool> {
    let mut custom: FxHashMap<&str, bool> = FxHashMap::default();
    for f in root.child("numFmts").into_iter().flat_map(Element::elements) {
        let code = f.attribute("formatCode").unwrap_or("").to_lowercase();
        let bare: String = code.split('"').step_by(2).collect();
        let bare: String = bare.split('[').map(|p| p.split_once(']').map_or(p, |(_, rest)| rest)).collect();
        custom.insert(f.attribute("numFmtId").unwrap_or(""), bare.contains('y') || bare.contains('d'));
    }
    let formats = root.child("cellXfs").into_iter().flat_map(Element::elements);
    formats
        .map(|f| {
            let id = f.attribute("numFmtId").unwrap_or("0");
            custom.get(id).copied().unwrap_or_else(|| matches!(id.parse(), Ok(14..=17 | 22 | 27..=36 | 50..=58)))
        })
        .collect()
}

fn sheet_rows(root: &Element, strings: &[String], dates: &[bool]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for row in root.child("sheetData").into_iter().flat_map(Element::elements).take(MAX_ROWS) {
        let mut cells: Vec<String> = Vec::new();
        for cell in row.elements().filter(|e| e.name == "c") {
            let column = cell.attribute("r").and_then(column).unwrap_or(cells.len());
            if column >= MAX_COLUMNS {
                continue;
            }
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            let value = cell.child("v").map(Element::text).unwrap_or_default();
            let dated = || cell.attribute("s").and_then(|s| s.parse().ok()).is_some_and(|s: usize| dates.get(s) == Some(&true));
            cells[column] = match cell.attribute("t") {
                Some("s") => value.trim().parse::<usize>().ok().and_then(|i| strings.get(i).cloned()).unwrap_or_default(),
                Some("inlineStr") => cell.child("is").map(rich_text).unwrap_or_default(),
                Some("e") => String::new(),
                None | Some("n") if dated() => date(&value).unwrap_or(value),
                _ => value,
            };
        }
        rows.push(cells);
    }
    // A row ends at its last filled cell; the header tells how many there are.
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    rows.iter_mut().for_each(|r| r.resize(width, String::new()));
    rows
}

/// "AB12" is column 27.
fn column(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    let n = letters.take(4).fold(0usize, |n, b| n * 26 + usize::from(b - b'A') + 1);
    n.checked_sub(1)
}

/// Days since the end of 1899 as a date, with the time of day where there is one.
fn date(number: &str) -> Option<String> {
    let value: f64 = number.trim().parse().ok().filter(|v| (1.0..2_000_000.0).contains(v))?;
    let day = jiff::civil::date(1899, 12, 30).checked_add((value as i64).days()).ok()?;
    let minutes = (value.fract() * 1440.0).round() as i64;
    Some(if minutes == 0 || minutes >= 1440 { day.to_string() } else { format!("{day}T{:02}:{:02}:00", minutes / 60, minutes % 60) })
}
