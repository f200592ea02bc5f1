//! A workbook: differences, details by outlet, versions and what to know about the report, each on a sheet of its own with
//! filters. Differing words are coloured inside their sentence. All cells are written as strings or numbers, so none
//! can become a formula.

use super::model::Model;
use super::table::{Cell, HEAD, rows};
use super::words::plural;
use crate::compare::{FilterGroup, FindingKind};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Workbook, Worksheet, XlsxError,
};

/// A cell of a spreadsheet holds no more characters.
const CELL_CHARS: usize = 32_000;

/// The workbook of a model.
///
/// # Errors
/// When the file can't be put together: too many rows for a sheet.
pub fn bytes(model: &Model) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The time of writing would make the same report another file.
    book.set_properties(&DocProperties::new().set_title(fit(&model.title)).set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    about(book.add_worksheet(), model)?;
    differences(book.add_worksheet(), model)?;
    if model.matrix.is_some() {
        details(book.add_worksheet(), model)?;
    }
    versions(book.add_worksheet(), model)?;
    book.save_to_buffer()
}

fn head_format() -> Format {
    Format::new().set_bold().set_border_bottom(FormatBorder::Medium).set_align(FormatAlign::Top)
}

fn body_format() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

fn about(sheet: &mut Worksheet, m: &Model) -> Result<(), XlsxError> {
    sheet.set_name("About")?.set_column_width(0, 100)?;
    let title = Format::new().set_bold().set_font_size(18).set_text_wrap();
    let mut row = 0;
    let mut line = |text: &str, format: &Format| -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, fit(text), format)?;
        row += 1;
        Ok(())
    };
    if let Some(notice) = &m.notice {
        line(notice, &body_format().set_bold())?;
    }
    line(&m.title, &title)?;
    line(&m.imprint, &body_format())?;
    line(&m.summary, &body_format().set_font_size(13))?;
    line("", &body_format())?;
    for paragraph in &m.method {
        line(paragraph, &body_format())?;
    }
    if !m.left_out.is_empty() {
        line(&format!("Not in this report: {}.", m.left_out.join("; ")), &body_format())?;
    }
    for note in &m.notes {
        line(&format!("{} {}", note.about, note.text), &body_format())?;
    }
    Ok(())
}

fn differences(sheet: &mut Worksheet, m: &Model) -> Result<(), XlsxError> {
    sheet.set_name("Differences")?.set_freeze_panes(1, 0)?;
    let widths = [9, 18, 18, 10, 32, 8, 28, 18, 16, 8, 22, 20, 9, 28, 60, 14, 8, 8, 50, 11, 30, 20, 20, 40, 40, 8];
    for (c, (name, width)) in HEAD.iter().zip(widths).enumerate() {
        sheet.set_column_width(c as u16, width)?.write_string_with_format(0, c as u16, *name, &head_format())?;
    }
    let body = body_format();
    let rows = rows(m);
    for (r, row) in rows.iter().enumerate() {
        let r = r as u32 + 1;
        let kind = FindingKind::ALL.into_iter().find(|k| matches!(&row[1], Cell::Text(t) if t == k.slug())).unwrap_or(FindingKind::Wording);
        for (c, cell) in row.iter().enumerate() {
            let c = c as u16;
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    sheet.write_string_with_format(r, c, fit(text), &body)?;
                }
                Cell::Number(n) => {
                    sheet.write_number_with_format(r, c, *n as f64, &body)?;
                }
                Cell::Sentence(before, words, after) => {
                    let (plain, marked) = (Format::new(), mark_format(kind));
                    let parts = [(&plain, before.as_str()), (&marked, words.as_str()), (&plain, after.as_str())];
                    let parts: Vec<(&Format, &str)> = parts.into_iter().filter(|(_, t)| !t.is_empty()).collect();
                    let length: usize = parts.iter().map(|(_, t)| t.chars().count()).sum();
                    // One part alone can't be a rich string.
                    if parts.len() > 1 && length < CELL_CHARS {
                        sheet.write_rich_string_with_format(r, c, &parts, &body)?;
                    } else {
                        sheet.write_string_with_format(r, c, fit(&format!("{before}{words}{after}")), &body)?;
                    }
                }
            }
        }
    }
    sheet.autofilter(0, 0, rows.len() as u32, HEAD.len() as u16 - 1)?;
    sheet.set_landscape();
    Ok(())
}

fn details(sheet: &mut Worksheet, m: &Model) -> Result<(), XlsxError> {
    let Some(matrix) = &m.matrix else { return Ok(()) };
    sheet.set_name("Details by outlet")?.set_freeze_panes(1, 2)?.set_column_width(0, 36)?.set_column_width(1, 16)?;
    sheet.write_string_with_format(0, 0, "Detail", &head_format())?.write_string_with_format(0, 1, "Kind", &head_format())?;
    for (c, v) in m.versions.iter().enumerate() {
        let c = c as u16 + 2;
        sheet.set_column_width(c, 26)?.write_string_with_format(0, c, fit(&format!("{} {}", v.letter, v.outlet)), &head_format())?;
    }
    let body = body_format();
    for (r, row) in matrix.rows.iter().enumerate() {
        let r = r as u32 + 1;
        sheet.write_string_with_format(r, 0, fit(&row.title), &body)?.write_string_with_format(r, 1, row.kind.label(), &body)?;
        for (c, cell) in row.cells.iter().enumerate() {
            let words: Vec<String> = cell.iter().map(|(n, words)| format!("({n}) {words}")).collect();
            sheet.write_string_with_format(r, c as u16 + 2, fit(&words.join("\n")), &body)?;
        }
    }
    sheet.autofilter(0, 0, matrix.rows.len() as u32, m.versions.len() as u16 + 1)?;
    sheet.set_landscape();
    Ok(())
}

fn versions(sheet: &mut Worksheet, m: &Model) -> Result<(), XlsxError> {
    sheet.set_name("Versions")?.set_freeze_panes(1, 0)?;
    let head =
        ["Version", "Outlet", "Headline", "Byline", "Published", "Words", "Shared copy", "Origin", "Address", "File", "Format", "SHA-256"];
    let widths = [8, 24, 48, 24, 26, 8, 18, 8, 40, 34, 30, 66];
    for (c, (name, width)) in head.iter().zip(widths).enumerate() {
        sheet.set_column_width(c as u16, width)?.write_string_with_format(0, c as u16, *name, &head_format())?;
    }
    let body = body_format();
    for (r, v) in m.versions.iter().enumerate() {
        let r = r as u32 + 1;
        let url = v.url.clone().unwrap_or_default();
        let texts = [&v.letter, &v.outlet, &v.headline, &v.byline, &v.published, "", &v.shared, "", &url, &v.file, &v.format, &v.sha256];
        for (c, text) in texts.into_iter().enumerate().filter(|(_, t)| !t.is_empty()) {
            sheet.write_string_with_format(r, c as u16, fit(text), &body)?;
        }
        sheet.write_number_with_format(r, 5, v.words as f64, &body)?.write_number_with_format(r, 7, v.origin as f64, &body)?;
    }
    sheet.autofilter(0, 0, m.versions.len().max(1) as u32, head.len() as u16 - 1)?;
    sheet.set_landscape();
    let n = m.versions.len();
    sheet.write_string(n as u32 + 2, 0, format!("{n} {}", plural(n, "version", "versions")))?;
    Ok(())
}

/// The colour of a kind, with a line, so that the mark survives print in black.
fn mark_format(kind: FindingKind) -> Format {
    let format = Format::new().set_bold().set_font_color(Color::RGB(super::kind_colour(kind)));
    match kind.group() {
        FilterGroup::Conflict => format.set_underline(FormatUnderline::Double),
        _ => format.set_underline(FormatUnderline::Single),
    }
}

/// Cuts what a cell can't hold.
fn fit(text: &str) -> String {
    match text.char_indices().nth(CELL_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
