//! Tables with an article a row: CSV, TSV, Excel workbooks and OpenDocument spreadsheets. The header names the columns as fields of JSON are named.

use super::columns::{self, Decided};
use super::limits::{MAX_ARTICLES, MAX_COLUMNS, MAX_NOTES, MAX_ROWS};
use super::package::{Budget, Package};
use super::xml::{self, Element};
use super::{Format, Hints, Note, Source, SourceError, decode, json};
use jiff::ToSpan;
use rustc_hash::FxHashMap;

/// A cell of a spreadsheet holds no more.
const MAX_CELL_CHARS: usize = 32_767;

/// Reads a table in text.
pub(super) fn read_csv(bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, SourceError> {
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
    articles(rows, notes, bytes, hints, Format::Csv, decoded.encoding)
}

/// Reads the first sheet of a workbook that holds articles.
pub(super) fn read_xlsx(bytes: &[u8], hints: &Hints, budget: &mut Budget) -> Result<Vec<Source>, SourceError> {
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
        match articles(rows, Vec::new(), bytes, hints, Format::Xlsx, "UTF-8") {
            Ok(sources) => return Ok(sources),
            Err(error) => refused = first_to_ask(refused, error),
        }
    }
    Err(refused)
}

/// Reads the first sheet of an OpenDocument spreadsheet that holds articles.
pub(super) fn read_ods(bytes: &[u8], hints: &Hints, budget: &mut Budget) -> Result<Vec<Source>, SourceError> {
    let mut refused = SourceError::NoArticle("The spreadsheet holds no table. Copy the articles' text and paste it.".to_owned());
    let Some(content) = Package::open(bytes)?.part("content.xml", budget)? else { return Err(refused) };
    let parsed = xml::parse(&content)?;
    let mut sheets = Vec::new();
    parsed.root.find_all("table", &mut sheets);
    for sheet in sheets {
        let mut rows = Vec::new();
        sheet.find_all("table-row", &mut rows);
        let rows: Vec<Vec<String>> = rows.into_iter().take(MAX_ROWS).map(ods_row).collect();
        let width = rows.iter().filter_map(|r| r.iter().rposition(|c| !c.is_empty())).max();
        let Some(width) = width else { continue };
        let even = rows.into_iter().map(|mut r| {
            r.resize(width + 1, String::new());
            r
        });
        match articles(even.collect(), Vec::new(), bytes, hints, Format::Ods, parsed.encoding) {
            Ok(sources) => return Ok(sources),
            Err(error) => refused = first_to_ask(refused, error),
        }
    }
    Err(refused)
}

/// Of two sheets without an article, the first whose columns a person could choose.
pub(super) fn first_to_ask(before: SourceError, now: SourceError) -> SourceError {
    if matches!(before, SourceError::Columns(_)) { before } else { now }
}

fn ods_row(row: &Element) -> Vec<String> {
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
    let fields: Vec<String> = first.split(char::from(sign)).map(key).collect();
    let known = fields.iter().filter(|f| json::meaning(f).is_some()).count();
    fields.len() >= 3 && known >= 3 && known * 2 >= fields.len() && fields.iter().any(|f| json::meaning(f) == Some("text"))
}

/// A column's name as fields of JSON are written.
pub(super) fn key(name: &str) -> String {
    name.trim().trim_matches('"').to_lowercase().replace([' ', '-'], "_")
}

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
