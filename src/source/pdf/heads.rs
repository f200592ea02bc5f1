//! Running heads and feet: what stands at the same place with the same words on several pages, and what programs print in
//! the margin of each page.

use super::super::{Metadata, roles};
use super::lines::Piece;
use super::paragraphs::Sheet;

/// How many lines at either end of a page may be running heads.
const LINES: usize = 3;
/// Two places are the same when they differ by at most so many points.
const SAME_PLACE: f32 = 6.0;
/// The share of a page's height at either end that browsers and office programs print heads in.
const MARGIN: f32 = 0.075;

/// Takes running heads out of pages; returns what they say of the article.
pub(super) fn take_out(sheets: &mut [Sheet]) -> Metadata {
    let ends: Vec<Vec<(String, f32)>> = sheets.iter().map(candidates).collect();
    let mut said = Metadata::default();
    for (i, sheet) in sheets.iter_mut().enumerate() {
        let repeated = |piece: &Piece| {
            let key = key(&piece.text);
            let here = |end: &[(String, f32)]| end.iter().any(|(k, y)| *k == key && (y - piece.y).abs() <= SAME_PLACE);
            // Left and right pages can have heads of their own.
            let others = ends.iter().enumerate().filter(|(n, end)| *n != i && here(end)).count();
            here(&ends[i]) && others > 0 && (others + 1) * 3 >= ends.len()
        };
        let (top, bottom) = body(sheet);
        let usual = median_size(sheet);
        let apart = apart(sheet);
        let height = sheet.height;
        let mut margin = Vec::new();
        sheet.pieces.retain(|piece| {
            let outside = piece.y < top || piece.y > bottom;
            let in_margin = piece.y < height * MARGIN || piece.y > height * (1.0 - MARGIN);
            let goes = repeated(piece) || outside && in_margin && is_printed(&piece.text);
            if goes {
                said.url = said.url.take().or_else(|| address(&piece.text));
                // A browser's date is that of printing.
                if !is_printed(&piece.text) {
                    read_head(&piece.text, &mut said);
                }
                return false;
            }
            let alone = outside && in_margin && apart.contains(&piece.y) && piece.size <= 1.15 * usual;
            if alone && !says_something(&piece.text) {
                margin.push(piece.clone());
                return false;
            }
            true
        });
        sheet.margin = margin;
    }
    said
}

/// Reads outlet and date out of a running head: "The Harbour Post · Wednesday, 14 April 2021".
fn read_head(text: &str, said: &mut Metadata) {
    for part in text.split(['·', '|', '•', '–', '—']).map(str::trim) {
        if said.published.is_none() && roles::is_date_line(part) {
            roles::date_line(part, said);
        } else if said.outlet.is_none() && roles::is_outlet(part) {
            said.outlet = Some(part.to_owned());
        }
    }
}

/// The first and last baseline of what is set in the text's size; margins stand apart from it.
fn body(sheet: &Sheet) -> (f32, f32) {
    let mut rows: Vec<f32> = sheet.pieces.iter().map(|p| p.y).collect();
    rows.sort_by(f32::total_cmp);
    rows.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return (0.0, 0.0) };
    // Only the outermost line at either end can be printed in the margin.
    (first + 1.0, last - 1.0)
}

/// The baselines of the outermost lines that stand apart from the rest.
fn apart(sheet: &Sheet) -> Vec<f32> {
    let mut rows: Vec<&Piece> = sheet.pieces.iter().collect();
    rows.sort_by(|a, b| a.y.total_cmp(&b.y));
    let gap = |a: &Piece, b: &Piece| b.y - a.y > 2.2 * a.size.min(b.size).max(6.0);
    let next = |edge: &Piece| rows.iter().find(|p| p.y > edge.y + 1.0).copied();
    let before = |edge: &Piece| rows.iter().rfind(|p| p.y < edge.y - 1.0).copied();
    let mut out = Vec::new();
    if let Some(first) = rows.first().filter(|first| next(first).is_some_and(|n| gap(first, n))) {
        out.push(first.y);
    }
    if let Some(last) = rows.last().filter(|last| before(last).is_some_and(|b| gap(b, last))) {
        out.push(last.y);
    }
    out
}

fn median_size(sheet: &Sheet) -> f32 {
    let mut sizes: Vec<f32> = sheet.pieces.iter().map(|p| p.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

/// Whether a line alone at the top says who published the article, who wrote it, or when.
fn says_something(text: &str) -> bool {
    roles::is_outlet(text) || roles::byline(text).is_some() || roles::is_date_line(text) || roles::labelled(text).is_some()
}

fn candidates(sheet: &Sheet) -> Vec<(String, f32)> {
    let mut rows: Vec<f32> = sheet.pieces.iter().map(|p| p.y).collect();
    rows.sort_by(f32::total_cmp);
    rows.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let (Some(top), Some(bottom)) = (rows.get(LINES.min(rows.len()).saturating_sub(1)), rows.get(rows.len().saturating_sub(LINES))) else {
        return Vec::new();
    };
    let at_end = |p: &&Piece| p.y <= top + 2.0 || p.y >= bottom - 2.0;
    sheet.pieces.iter().filter(at_end).map(|p| (key(&p.text), p.y)).collect()
}

/// The words of a line, with numbers as one sign, since those of pages change.
fn key(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if !c.is_ascii_digit() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

/// Whether a line in a margin is a page's number, an address or the date of printing.
fn is_printed(text: &str) -> bool {
    let key = key(text);
    let numbered = key.trim_matches(|c: char| !c.is_alphanumeric() && c != '#');
    let number = matches!(numbered, "#" | "#/#" | "#of#" | "page#" | "page#of#" | "seite#" | "seite#von#" | "p.#" | "page#/#" | "página#");
    let dated = key.starts_with("#/#/#,#:#") || key.starts_with("#.#.#,#:#");
    number || dated || address(text).is_some() || text.contains("file://")
}

/// The whole address in a line; one that was cut has an ellipsis.
fn address(text: &str) -> Option<String> {
    let start = text.find("https://").or_else(|| text.find("http://"))?;
    let url: String = text[start..].chars().take_while(|c| !c.is_whitespace()).collect();
    (!url.ends_with(['…', '.'])).then_some(url)
}
