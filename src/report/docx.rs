//! A document for word processors: the report as headings and tables, with the differing words underlined as on the page.
//!
//! Office Open XML is a ZIP of XML parts; the few that a report needs are written here rather than by a library,
//! so that styles, underlines and languages are exactly ours.

use super::handout::{Handout, Part};
use super::model::{Entry, Excerpt, Model, Run};
use super::words::{count, direction};
use super::xml::escape;
use crate::compare::FindingKind;
use crate::project::Verdict;
use crate::source::BlockKind;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                          xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const STYLES: &str = include_str!("../../assets/report-styles.xml");
/// Twentieths of a point: the text's width on A4 with margins of 20 mm.
const TEXT_WIDTH: usize = 9638;

/// The document of a model.
///
/// # Errors
/// When the archive can't be put together.
pub fn bytes(model: &Model) -> Result<Vec<u8>, zip::result::ZipError> {
    package(&model.title, document(|out| body(model, out)))
}

/// The document of a handout.
///
/// # Errors
/// When the archive can't be put together.
pub fn handout(handout: &Handout) -> Result<Vec<u8>, zip::result::ZipError> {
    package(&handout.title, document(|out| handout_body(handout, out)))
}

fn handout_body(h: &Handout, out: &mut String) -> std::fmt::Result {
    if let Some(notice) = &h.notice {
        paragraph("Notice", &plain(notice), out);
    }
    paragraph("Title", &plain(&h.title), out);
    paragraph("Caption", &plain(h.sort), out);
    for p in &h.intro {
        paragraph("Small", &plain(p), out);
    }
    for part in &h.parts {
        match part {
            Part::Version(letter, name) => paragraph("Heading1", &format!("{}{}", badge(letter), plain(name)), out),
            Part::Heading(text) => paragraph("Heading1", &plain(text), out),
            Part::Text { kind, language, pieces } => {
                let style = match kind {
                    BlockKind::Headline | BlockKind::Subheading => "Heading2",
                    BlockKind::Byline | BlockKind::Dateline | BlockKind::Caption => "Caption",
                    _ => "Article",
                };
                let text: String = pieces
                    .iter()
                    .map(|p| {
                        let number = p.passage.map(|n| badge(&n.to_string())).unwrap_or_default();
                        format!("{number}{}", runs(&[Run::plain(&format!("{} ", p.text))], language))
                    })
                    .collect();
                let bidi = if direction(language).is_some() { "<w:bidi/>" } else { "" };
                let _ = write!(out, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{bidi}</w:pPr>{text}</w:p>");
            }
            Part::Blank(head, rows) => {
                let head = head.map(|t| cell("TableHead", &plain(t))).to_vec();
                // Two lines to write on.
                let space = format!("{}{}", cell("Table", ""), cell("Table", ""));
                let rows = rows.iter().map(|first| vec![cell("Table", &badge(first)), space.clone(), space.clone()]);
                table(&[14, 52, 34], Some(head), rows, out)?;
            }
            Part::Answer { title, kind, place, readings, why } => {
                let tag = format!("<w:r><w:rPr><w:rStyle w:val=\"Tag\"/></w:rPr>{}</w:r>", words(&format!("   {kind}, {place}")));
                paragraph("Heading2", &format!("{}{tag}", plain(title)), out);
                let rows = readings.iter().map(|(name, who)| vec![cell("Reading", &plain(name)), cell("Table", &plain(who))]);
                table(&[50, 50], None, rows, out)?;
                if !why.is_empty() {
                    paragraph("Small", &plain(why), out);
                }
            }
        }
    }
    Ok(())
}

fn package(title: &str, document: String) -> Result<Vec<u8>, zip::result::ZipError> {
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
                 <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
                 <Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
                 <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
                 </Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                 <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
                 <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
                 </Relationships>"
            ),
        ),
        (
            "docProps/core.xml",
            format!(
                "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
                 xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>Parallax</dc:creator></cp:coreProperties>",
                escape(title)
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            format!(
                "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                 <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
                 <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>\
                 </Relationships>"
            ),
        ),
        ("word/styles.xml", STYLES.to_owned()),
        (
            "word/footer1.xml",
            format!(
                "{HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Caption\"/><w:jc w:val=\"right\"/></w:pPr>\
                 <w:fldSimple w:instr=\"PAGE\"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>"
            ),
        ),
        ("word/document.xml", document),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The time of writing would make the same report another file.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::DEFAULT);
    for (name, text) in parts {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn document(content: impl FnOnce(&mut String) -> std::fmt::Result) -> String {
    let mut out = format!("{HEAD}<w:document {NAMESPACES}><w:body>");
    // Writing into a string can't fail.
    let _ = content(&mut out);
    out.push_str(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>\
         </w:body></w:document>",
    );
    out
}

fn body(m: &Model, out: &mut String) -> std::fmt::Result {
    if let Some(notice) = &m.notice {
        paragraph("Notice", &plain(notice), out);
    }
    paragraph("Title", &plain(&m.title), out);
    paragraph("Caption", &plain(&m.imprint), out);
    paragraph("Lead", &plain(&m.summary), out);
    if m.lists_versions_last() {
        paragraph("Caption", &plain(&format!("The list of all {} versions stands at the end.", m.versions.len())), out);
    } else {
        versions(m, out)?;
    }
    for section in &m.sections {
        paragraph("Heading1", &plain(section.heading), out);
        paragraph("Caption", &plain(section.about), out);
        for entry in &section.entries {
            write_entry(entry, out)?;
        }
    }
    if let Some(matrix) = m.matrix.as_ref().filter(|_| m.versions.len() <= 8) {
        paragraph("Heading1", &plain("Details by outlet"), out);
        let mut head = vec![cell("TableHead", &plain("Detail"))];
        head.extend(m.versions.iter().map(|v| cell("TableHead", &format!("{}{}", badge(&v.letter), plain(&v.outlet)))));
        let rows = matrix.rows.iter().map(|row| {
            let mut cells = vec![cell("Table", &plain(&row.title))];
            cells.extend(row.cells.iter().map(|c| {
                let words: Vec<String> = c.iter().map(|(n, words)| format!("({n}) {words}")).collect();
                cell("Table", &plain(&if words.is_empty() { "–".to_owned() } else { words.join("; ") }))
            }));
            cells
        });
        let each = 76 / m.versions.len().max(1);
        let widths: Vec<usize> = std::iter::once(24).chain(m.versions.iter().map(|_| each)).collect();
        table(&widths, Some(head), rows, out)?;
    }
    if !m.passages.is_empty() {
        paragraph("Heading1", &plain("Side by side"), out);
        for p in &m.passages {
            let numbers: Vec<String> = p.findings.iter().map(|(n, _, _)| n.to_string()).collect();
            paragraph("Heading2", &plain(&format!("Passage {}", p.number)), out);
            paragraph("Caption", &plain(&format!("Differences {}. {}", numbers.join(", "), p.why)), out);
            let rows = m.versions.iter().zip(&p.cells).map(|(v, cell_of)| {
                let words = cell_of.as_ref().map_or_else(|| plain("Not found in this version"), |e| runs(&e.runs, &e.language));
                vec![cell("Table", &badge(&v.letter)), cell("Quote", &words)]
            });
            table(&[8, 92], None, rows, out)?;
        }
    }
    paragraph("Heading1", &plain("Method and limits"), out);
    for p in &m.method {
        paragraph("Small", &plain(p), out);
    }
    if !m.left_out.is_empty() {
        paragraph("Small", &plain(&format!("Not in this report: {}.", m.left_out.join("; "))), out);
    }
    for n in &m.notes {
        paragraph("Small", &plain(&format!("{} {}", n.about, n.text)), out);
    }
    if m.lists_versions_last() {
        paragraph("Heading1", &plain("Versions"), out);
        versions(m, out)?;
    }
    paragraph("Heading1", &plain("Sources"), out);
    for v in &m.versions {
        let url = v.url.as_deref().map(|u| format!(" {u}")).unwrap_or_default();
        let said = format!("{}, {}. {} ({}).{url} SHA-256 {}", v.outlet, v.published, v.file, v.format, v.sha256);
        paragraph("Small", &format!("{}{}", badge(&v.letter), plain(&said)), out);
    }
    Ok(())
}

fn versions(m: &Model, out: &mut String) -> std::fmt::Result {
    if !m.versions.is_empty() {
        let head = ["Version", "Published", "Words", "Shared copy", "File"].map(|t| cell("TableHead", &plain(t))).to_vec();
        let rows = m.versions.iter().map(|v| {
            let name = format!("{}{}", badge(&v.letter), plain(&v.outlet));
            let mut first = String::new();
            paragraph("Table", &name, &mut first);
            if !v.headline.is_empty() {
                paragraph("TableSmall", &plain(&v.headline), &mut first);
            }
            vec![
                first,
                cell("Table", &plain(&v.published)),
                cell("Table", &plain(&count(v.words))),
                cell("Table", &plain(&v.shared)),
                cell("Table", &plain(&v.file)),
            ]
        });
        table(&[34, 22, 9, 15, 20], Some(head), rows, out)?;
    }
    Ok(())
}

fn write_entry(e: &Entry, out: &mut String) -> std::fmt::Result {
    let colour = super::kind_colour(e.kind);
    let tag = format!(
        "<w:r><w:rPr><w:rStyle w:val=\"Tag\"/><w:color w:val=\"{colour:06X}\"/></w:rPr>{}</w:r>",
        words(&format!("   {}", e.kind.label()))
    );
    paragraph("Heading2", &format!("{}{tag}", plain(&format!("{}. {}", e.number, e.title))), out);
    let mut rows = Vec::new();
    for r in &e.readings {
        let mut left = String::new();
        paragraph("Reading", &plain(&r.name), &mut left);
        for remark in &r.remarks {
            paragraph("TableSmall", &plain(remark), &mut left);
        }
        let mut right: String = r.excerpts.iter().map(|x| cell("Quote", &excerpt(x))).collect();
        if right.is_empty() {
            right = cell("Quote", "");
        }
        rows.push(vec![left, right]);
    }
    if !e.silent.is_empty() {
        rows.push(vec![cell("Table", &plain("not found in")), cell("Quote", &e.silent.iter().map(|l| badge(l)).collect::<String>())]);
    }
    table(&[26, 74], None, rows.into_iter(), out)?;
    if !e.why.is_empty() {
        paragraph("Small", &plain(&format!("Why: {}", e.why)), out);
    }
    let verdict = match e.verdict {
        Some(Verdict::Confirmed) => "Confirmed. ",
        Some(Verdict::Dismissed) => "Dismissed. ",
        None => "",
    };
    if !verdict.is_empty() || !e.note.is_empty() {
        paragraph("Small", &plain(&format!("{verdict}{}", e.note)), out);
    }
    Ok(())
}

fn excerpt(e: &Excerpt) -> String {
    let mut out: String = e.sayers.iter().map(|s| badge(&s.letter)).collect();
    out.push_str(&runs(&e.runs, &e.language));
    if let Some(dated) = &e.dated {
        out.push_str(&plain(&format!(" {dated}.")));
    }
    let place = e.sayers.first().map_or("", |s| s.place.as_str());
    let _ = write!(out, "<w:r><w:rPr><w:rStyle w:val=\"Place\"/></w:rPr>{}</w:r>", words(&format!("  {place}")));
    out
}

fn runs(runs: &[Run], language: &str) -> String {
    let language = escape(&language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>());
    let rtl = direction(&language).is_some();
    let asian = ["zh", "ja", "ko"].iter().any(|l| language.starts_with(l));
    let lang = match () {
        () if language.is_empty() => String::new(),
        () if rtl => format!("<w:rtl/><w:lang w:bidi=\"{language}\"/>"),
        () if asian => format!("<w:lang w:eastAsia=\"{language}\"/>"),
        () => format!("<w:lang w:val=\"{language}\"/>"),
    };
    runs.iter()
        .map(|r| {
            let style = match &r.mark {
                Some(m) if !m.same => format!("<w:color w:val=\"1D1B18\"/>{}{lang}", underline(m.kind)),
                None if r.cut => format!("<w:color w:val=\"{:06X}\"/>{lang}", super::kind_colour(FindingKind::QuoteTrimmed)),
                _ => lang.clone(),
            };
            format!("<w:r><w:rPr>{style}</w:rPr>{}</w:r>", words(&r.text))
        })
        .collect()
}

/// The same lines as on the page.
fn underline(kind: FindingKind) -> String {
    use FindingKind::*;
    let line = match kind {
        DetailConflict | SelfContradiction => "double",
        DetailLater => "dash",
        DetailCompatible | NameSpelling => "dotted",
        QuoteAltered | QuoteIndirect => "wave",
        QuoteSpeaker | Attribution => "thick",
        OnlyIn | Silent | Order => "none",
        QuoteTrimmed | Wording => "single",
    };
    format!("<w:u w:val=\"{line}\" w:color=\"{:06X}\"/>", super::kind_colour(kind))
}

fn badge(letter: &str) -> String {
    format!("<w:r><w:rPr><w:rStyle w:val=\"Badge\"/></w:rPr>{}</w:r><w:r>{}</w:r>", words(&format!("\u{A0}{letter}\u{A0}")), words(" "))
}

fn plain(text: &str) -> String {
    format!("<w:r>{}</w:r>", words(text))
}

fn words(text: &str) -> String {
    format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(text))
}

fn paragraph(style: &str, runs: &str, out: &mut String) {
    let _ = write!(out, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>");
}

/// A paragraph for a table's cell.
fn cell(style: &str, runs: &str) -> String {
    let mut out = String::new();
    paragraph(style, runs, &mut out);
    out
}

/// A table whose columns take shares of 100. A paragraph follows it, or two tables would run together.
fn table(shares: &[usize], head: Option<Vec<String>>, rows: impl Iterator<Item = Vec<String>>, out: &mut String) -> std::fmt::Result {
    let widths: Vec<usize> = shares.iter().map(|s| TEXT_WIDTH * s / 100).collect();
    write!(
        out,
        "<w:tbl><w:tblPr><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/><w:tblBorders><w:bottom w:val=\"single\" w:sz=\"4\" w:color=\"D9D5CC\"/>\
         <w:insideH w:val=\"single\" w:sz=\"2\" w:color=\"D9D5CC\"/></w:tblBorders><w:tblLayout w:type=\"fixed\"/>\
         <w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"140\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>"
    )?;
    for w in &widths {
        write!(out, "<w:gridCol w:w=\"{w}\"/>")?;
    }
    out.push_str("</w:tblGrid>");
    let mut row = |cells: Vec<String>, header: bool| {
        out.push_str(if header { "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" } else { "<w:tr><w:trPr><w:cantSplit/></w:trPr>" });
        for (w, content) in widths.iter().zip(cells) {
            let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{w}\" w:type=\"dxa\"/></w:tcPr>{content}</w:tc>");
        }
        out.push_str("</w:tr>");
    };
    if let Some(head) = head {
        row(head, true);
    }
    let mut any = false;
    for cells in rows {
        row(cells, false);
        any = true;
    }
    if !any {
        row(shares.iter().map(|_| cell("Table", "")).collect(), false);
    }
    out.push_str("</w:tbl>");
    paragraph("Gap", "", out);
    Ok(())
}
