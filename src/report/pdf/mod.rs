//! PDF: what the page for browsers says, laid out on A4. Text is text, tagged by what it is, in faces that are embedded;
//! what these can't show is told, never left as empty frames.

mod draw;
mod faces;
mod flow;

use super::handout::{Handout, Part, Piece};
use super::kind_colour;
use super::model::{Entry, Excerpt, Model, Run};
use super::words::count;
use crate::compare::FindingKind;
use crate::project::Verdict;
use crate::source::BlockKind;
use flow::{Block, Cell, Face, Flow, Ink, Span, Tag, Underline, WIDTH};

const INK: u32 = 0x1D_1B_18;
const INK_2: u32 = 0x52_4E_47;
const INK_3: u32 = 0x69_64_5C;
/// The table of details has a column for each of at most so many versions: paper is no wider.
const COLUMNS_UP_TO: usize = 7;

/// The document of a model.
///
/// # Errors
/// When it can't be put together.
pub fn bytes(model: &Model) -> Result<Vec<u8>, String> {
    document(&model.title, |flow, notice| report(model, flow, notice))
}

/// The document of a handout.
///
/// # Errors
/// When it can't be put together.
pub fn handout(h: &Handout) -> Result<Vec<u8>, String> {
    document(&h.title, |flow, notice| handout_parts(h, flow, notice))
}

fn handout_parts(h: &Handout, flow: &mut Flow<'_>, notice: Option<&str>) {
    for notice in h.notice.as_deref().into_iter().chain(notice) {
        flow.framed(small(notice, 9.0));
    }
    flow.paragraph(small(h.sort, 10.0));
    flow.paragraph(title(&h.title, 1, 24.0, 30.0));
    flow.gap(6.0);
    for p in &h.intro {
        flow.paragraph(serif(p, 11.0, 16.0));
        flow.gap(4.0);
    }
    let mut open = false;
    for part in &h.parts {
        match part {
            Part::Version(letter, name) => {
                if std::mem::replace(&mut open, true) {
                    flow.close();
                }
                heading(&format!("{letter}  {name}"), flow);
            }
            Part::Heading(text) => {
                if std::mem::replace(&mut open, true) {
                    flow.close();
                }
                heading(text, flow);
            }
            Part::Text { kind, language, pieces } => {
                flow.paragraph(article(*kind, language, pieces));
                flow.gap(6.0);
            }
            Part::Blank(heads, rows) => {
                flow.gap(6.0);
                flow.open(Tag::Table);
                let shares = [0.12, 0.54, 0.34];
                flow.row(row(&shares, heads.map(|t| vec![head(t)]), Tag::HeadCell));
                for first in rows {
                    // Room to write.
                    let space = Block { leading: 40.0, ..small(" ", 9.0) };
                    let mut cells = row(&shares, [vec![badge_block(first)], vec![space], Vec::new()], Tag::Cell);
                    cells[0].tag = Some(Tag::RowHead);
                    flow.row(cells);
                }
                flow.close();
            }
            Part::Answer { title: name, kind, place, readings, why } => {
                let mut block = title(name, 3, 12.5, 17.0);
                block.spans.push(Span { size: Some(9.0), ..span(&format!("   {kind}, {place}"), Face::SANS_SEMIBOLD, INK_2) });
                flow.paragraph(block);
                flow.open(Tag::Table);
                for (name, who) in readings {
                    let mut cells = row(&[0.5, 0.5], [vec![serif_bold(name, 10.0, 14.0)], vec![small(who, 9.0)]], Tag::Cell);
                    cells[0].tag = Some(Tag::RowHead);
                    flow.row(cells);
                }
                flow.close();
                if !why.is_empty() {
                    flow.paragraph(small(why, 8.5));
                }
                flow.gap(12.0);
            }
        }
    }
    if open {
        flow.close();
    }
}

fn article(kind: BlockKind, language: &str, pieces: &[Piece]) -> Block {
    let (face, size, leading) = match kind {
        BlockKind::Headline => (Face::SERIF_SEMIBOLD, 15.0, 20.0),
        BlockKind::Subheading => (Face::SERIF_SEMIBOLD, 11.5, 17.0),
        BlockKind::Standfirst => (Face::SERIF_ITALIC, 11.5, 17.0),
        BlockKind::Byline | BlockKind::Dateline | BlockKind::Caption => (Face::SANS, 9.0, 13.0),
        _ => (Face::SERIF, 11.5, 18.0),
    };
    let mut spans = Vec::new();
    for p in pieces {
        if let Some(n) = p.passage {
            spans.push(Span { size: Some(8.0), ..span(&format!("[{n}]\u{A0}"), Face::SANS_SEMIBOLD, INK) });
        }
        spans.push(span(&format!("{} ", p.text), face, INK));
    }
    Block { spans, language: language.to_owned(), ..serif("", size, leading) }
}

/// What stands on the pages, a paragraph a line, in the order in which it is read.
pub fn text(model: &Model) -> String {
    faces::with_maps(|maps| {
        let mut flow = Flow::new(maps);
        report(model, &mut flow, None);
        let mut out = String::new();
        for item in flow.pages.iter().flatten() {
            if let flow::Item::Lines { laid, lines, .. } = item
                && lines.start == 0
            {
                out.push_str(&laid.1);
                out.push('\n');
            }
        }
        out
    })
}

/// What the faces can't show of a report: "7 Hebrew", by script; `None` where they show all.
pub fn missing(model: &Model) -> Option<String> {
    faces::with_maps(|maps| {
        let mut flow = Flow::new(maps);
        report(model, &mut flow, None);
        flow.missing.listed()
    })
}

/// Makes a document by a function that is called again with a notice where something could not be shown.
fn document(title: &str, content: impl Fn(&mut Flow<'_>, Option<&str>)) -> Result<Vec<u8>, String> {
    faces::with_maps(|maps| {
        let mut flow = Flow::new(maps);
        content(&mut flow, None);
        if let Some(notice) = flow.missing.notice() {
            flow = Flow::new(maps);
            content(&mut flow, Some(&notice));
        }
        let pages = flow.pages.len();
        let mut footer = Flow::new(maps);
        for n in 1..=pages {
            footer.paragraph(small(&format!("{title} · {n} of {pages}"), 8.0));
        }
        let footers: Vec<flow::Laid> = footer
            .pages
            .into_iter()
            .flatten()
            .filter_map(|item| match item {
                flow::Item::Lines { laid, .. } => Some(laid),
                _ => None,
            })
            .collect();
        draw::file(&flow, &footers, title, true).or_else(|_| draw::file(&flow, &footers, title, false))
    })
}

fn report(m: &Model, flow: &mut Flow<'_>, notice: Option<&str>) {
    for notice in m.notice.as_deref().into_iter().chain(notice) {
        flow.framed(small(notice, 9.0));
    }
    flow.paragraph(title(&m.title, 1, 24.0, 30.0));
    flow.gap(4.0);
    flow.paragraph(small(&m.imprint, 9.0));
    flow.gap(8.0);
    flow.paragraph(serif(&m.summary, 13.0, 19.0));
    flow.gap(14.0);
    if m.lists_versions_last() {
        flow.paragraph(small(&format!("The list of all {} versions stands at the end.", m.versions.len()), 9.0));
    } else {
        versions(m, flow);
    }
    for section in &m.sections {
        heading(section.heading, flow);
        flow.paragraph(small(section.about, 9.0));
        flow.gap(8.0);
        for e in &section.entries {
            entry(e, flow);
        }
        flow.close();
    }
    matrix(m, flow);
    passages(m, flow);
    heading("Method and limits", flow);
    for p in &m.method {
        flow.paragraph(small(p, 9.0));
        flow.gap(5.0);
    }
    if !m.left_out.is_empty() {
        flow.paragraph(small(&format!("Not in this report: {}.", m.left_out.join("; ")), 9.0));
    }
    flow.close();
    if !m.notes.is_empty() {
        heading("Notes on reading", flow);
        for n in &m.notes {
            let mut block = small(&n.text, 9.0);
            if !n.about.is_empty() {
                block.spans.insert(0, span(&format!("{} ", n.about), Face::SANS_SEMIBOLD, INK_2));
            }
            flow.paragraph(block);
            flow.gap(3.0);
        }
        flow.close();
    }
    if m.lists_versions_last() {
        heading("Versions", flow);
        flow.gap(6.0);
        versions(m, flow);
        flow.close();
    }
    sources(m, flow);
}

fn versions(m: &Model, flow: &mut Flow<'_>) {
    if m.versions.is_empty() {
        return;
    }
    flow.open(Tag::Table);
    let shares = [0.36, 0.2, 0.09, 0.15, 0.2];
    let head = ["Version", "Published", "Words", "Shared copy", "File"].map(|t| vec![head(t)]);
    flow.row(row(&shares, head, Tag::HeadCell));
    for v in &m.versions {
        let mut name = vec![named(&v.letter, &v.outlet, Face::SANS_SEMIBOLD, 9.0)];
        if !v.headline.is_empty() {
            let spans = vec![span(&v.headline, Face::SERIF_ITALIC, INK)];
            name.push(Block { spans, language: v.language.clone(), ..serif("", 9.5, 13.0) });
        }
        let cells = [
            name,
            vec![small(&v.published, 9.0)],
            vec![small(&count(v.words), 9.0)],
            vec![small(&v.shared, 9.0)],
            vec![small(&v.file, 9.0)],
        ];
        flow.row(row(&shares, cells, Tag::Cell));
    }
    flow.close();
}

fn entry(e: &Entry, flow: &mut Flow<'_>) {
    flow.open(Tag::Section);
    let mut block = title(&format!("{}. {}", e.number, e.title), 3, 12.5, 17.0);
    block.spans.push(Span { size: Some(9.0), ..span(&format!("   {}", e.kind.label()), Face::SANS_SEMIBOLD, kind_colour(e.kind)) });
    flow.paragraph(block);
    flow.gap(4.0);
    flow.open(Tag::Table);
    for r in &e.readings {
        let mut name = vec![serif_bold(&r.name, 10.5, 15.0)];
        name.extend(r.remarks.iter().map(|remark| small(remark, 8.5)));
        let mut words: Vec<Block> = r.excerpts.iter().map(|x| excerpt(x, true)).collect();
        words.iter_mut().skip(1).for_each(|b| b.before = 4.0);
        flow.row(row(&[0.27, 0.73], [name, words], Tag::Cell));
    }
    if !e.silent.is_empty() {
        flow.row(row(&[0.27, 0.73], [vec![small("not found in", 9.0)], vec![small(&e.silent.join(", "), 9.0)]], Tag::Cell));
    }
    flow.close();
    if !e.why.is_empty() {
        flow.paragraph(small(&format!("Why: {}", e.why), 8.5));
    }
    if e.verdict.is_some() || !e.note.is_empty() {
        let verdict = e.verdict.map(|v: Verdict| format!("{}. ", v.label())).unwrap_or_default();
        flow.paragraph(small(&format!("{verdict}{}", e.note), 8.5));
    }
    flow.close();
    flow.gap(14.0);
}

fn matrix(m: &Model, flow: &mut Flow<'_>) {
    let Some(matrix) = &m.matrix else { return };
    heading("Details by outlet", flow);
    if m.versions.len() > COLUMNS_UP_TO {
        let words = "A table with a column for each version is wider than paper. The web page and the spreadsheet of this report have it.";
        flow.paragraph(small(words, 9.0));
        return flow.close();
    }
    flow.paragraph(small("A row a detail that differs, a column a version. Versions with the same number hold the same reading.", 9.0));
    flow.gap(6.0);
    flow.open(Tag::Table);
    let each = 0.76 / m.versions.len().max(1) as f32;
    let shares: Vec<f32> = std::iter::once(0.24).chain(m.versions.iter().map(|_| each)).collect();
    let heads =
        std::iter::once(vec![head("Detail")]).chain(m.versions.iter().map(|v| vec![named(&v.letter, &v.outlet, Face::SANS_SEMIBOLD, 8.0)]));
    flow.row(row(&shares, heads, Tag::HeadCell));
    for r in &matrix.rows {
        let mut title = small(&r.title, 8.5);
        title.spans.push(Span { size: Some(7.5), ..span(&format!(" {}", r.kind.label()), Face::SANS_SEMIBOLD, kind_colour(r.kind)) });
        let cells = std::iter::once(vec![title]).chain(r.cells.iter().map(|c| {
            let words: Vec<String> =
                c.iter().map(|(n, words)| if matrix.with_words { format!("({n}) {words}") } else { format!("({n})") }).collect();
            vec![small(&if words.is_empty() { "–".to_owned() } else { words.join("; ") }, 8.5)]
        }));
        let mut cells = row(&shares, cells, Tag::Cell);
        cells[0].tag = Some(Tag::RowHead);
        flow.row(cells);
    }
    flow.close();
    flow.close();
}

fn passages(m: &Model, flow: &mut Flow<'_>) {
    if m.passages.is_empty() {
        return;
    }
    heading("Side by side", flow);
    flow.paragraph(small("Passages with differences, in the order in which the versions tell them.", 9.0));
    flow.gap(8.0);
    for p in &m.passages {
        flow.open(Tag::Section);
        flow.paragraph(title(&format!("Passage {}", p.number), 3, 12.5, 17.0));
        let numbers: Vec<String> = p.findings.iter().map(|(n, _, _)| n.to_string()).collect();
        let word = if numbers.len() == 1 { "Difference" } else { "Differences" };
        flow.paragraph(small(format!("{word} {}. {}", numbers.join(", "), p.why).trim_end(), 8.5));
        flow.gap(4.0);
        flow.open(Tag::Table);
        for (v, cell) in m.versions.iter().zip(&p.cells) {
            let words = match cell {
                Some(e) => excerpt(&Excerpt { sayers: Vec::new(), ..e.clone() }, false),
                None => small("Not found in this version", 9.0),
            };
            let mut cells = row(&[0.06, 0.94], [vec![badge_block(&v.letter)], vec![words]], Tag::Cell);
            cells[0].tag = Some(Tag::RowHead);
            flow.row(cells);
        }
        flow.close();
        flow.close();
        flow.gap(12.0);
    }
    flow.close();
}

fn sources(m: &Model, flow: &mut Flow<'_>) {
    heading("Sources", flow);
    let words = format!(
        "Every quotation above is a range in one of these files. A PDF can’t be checked by itself: export the same as a web page and check \
         that with “{}”.",
        m.verify_command("report.html")
    );
    flow.paragraph(small(&words, 9.0));
    flow.gap(6.0);
    for v in &m.versions {
        let byline = if v.byline.is_empty() { String::new() } else { format!(", {}", v.byline) };
        let mut block = named(&v.letter, &format!("{}{byline}, {}. {} ({}). ", v.outlet, v.published, v.file, v.format), Face::SANS, 9.0);
        block.spans.extend(v.url.iter().map(|u| span(&format!("{u} "), Face::SANS, INK_2)));
        block.spans.push(Span { size: Some(8.0), ..span(&format!("SHA-256 {}", v.sha256), Face::SANS, INK_3) });
        flow.paragraph(block);
        flow.gap(4.0);
    }
    flow.close();
}

fn excerpt(e: &Excerpt, with_place: bool) -> Block {
    let mut spans: Vec<Span> = Vec::new();
    for s in &e.sayers {
        spans.push(Span { size: Some(8.0), ..span(&s.letter, Face::SANS_SEMIBOLD, INK) });
        spans.push(span("  ", Face::SERIF, INK));
    }
    spans.extend(e.runs.iter().map(run));
    if let Some(dated) = &e.dated {
        spans.push(span(&format!(" {dated}."), Face::SERIF, INK_2));
    }
    if with_place && let Some(place) = e.sayers.first().map(|s| &s.place).filter(|p| !p.is_empty()) {
        spans.push(Span { size: Some(8.0), ..span(&format!("  {place}"), Face::SANS, INK_3) });
    }
    Block { spans, size: 10.5, leading: 15.5, before: 0.0, language: e.language.clone(), tag: Tag::Paragraph }
}

fn run(r: &Run) -> Span {
    match &r.mark {
        Some(m) if !m.same => {
            Span { ink: Ink { colour: INK, under: underline(m.kind).map(|u| (u, kind_colour(m.kind))) }, ..span(&r.text, Face::SERIF, INK) }
        }
        None if r.cut => span(&r.text, Face::SERIF, kind_colour(FindingKind::QuoteTrimmed)),
        _ => span(&r.text, Face::SERIF, INK_2),
    }
}

/// The same lines as on the page for browsers.
fn underline(kind: FindingKind) -> Option<Underline> {
    use FindingKind::*;
    Some(match kind {
        DetailConflict | SelfContradiction => Underline::Double,
        DetailLater => Underline::Dashed,
        DetailCompatible | NameSpelling => Underline::Dotted,
        QuoteAltered | QuoteIndirect => Underline::Wavy,
        QuoteSpeaker | Attribution => Underline::Thick,
        QuoteTrimmed | Wording => Underline::Single,
        OnlyIn | Silent | Order => return None,
    })
}

fn heading(text: &str, flow: &mut Flow<'_>) {
    flow.open(Tag::Section);
    flow.gap(20.0);
    flow.keep(110.0);
    flow.rule(1.2, INK);
    flow.gap(8.0);
    flow.paragraph(title(text, 2, 16.0, 22.0));
    flow.gap(2.0);
}

fn row(shares: &[f32], cells: impl IntoIterator<Item = Vec<Block>>, tag: Tag) -> Vec<Cell> {
    let mut left = 0.0;
    let cells = shares.iter().zip(cells).map(|(share, blocks)| {
        let cell = Cell { left, width: WIDTH * share - 8.0, blocks, tag: Some(tag.clone()) };
        left += WIDTH * share;
        cell
    });
    cells.collect()
}

fn span(text: &str, face: Face, colour: u32) -> Span {
    Span { text: text.to_owned(), face, ink: Ink { colour, under: None }, size: None }
}

fn title(text: &str, level: u16, size: f32, leading: f32) -> Block {
    let spans = vec![span(text, Face::SERIF_SEMIBOLD, INK)];
    Block { spans, size, leading, before: 0.0, language: String::new(), tag: Tag::Heading(level, text.to_owned()) }
}

fn serif(text: &str, size: f32, leading: f32) -> Block {
    let spans = vec![span(text, Face::SERIF, INK)];
    Block { spans, size, leading, before: 0.0, language: String::new(), tag: Tag::Paragraph }
}

fn serif_bold(text: &str, size: f32, leading: f32) -> Block {
    Block { spans: vec![span(text, Face::SERIF_SEMIBOLD, INK)], ..serif("", size, leading) }
}

fn small(text: &str, size: f32) -> Block {
    Block { spans: vec![span(text, Face::SANS, INK_2)], ..serif("", size, (size * 1.45).round()) }
}

fn head(text: &str) -> Block {
    Block { spans: vec![span(text, Face::SANS_SEMIBOLD, INK_2)], ..serif("", 8.5, 12.0) }
}

fn badge_block(letter: &str) -> Block {
    Block { spans: vec![span(letter, Face::SANS_SEMIBOLD, INK)], ..serif("", 9.0, 15.5) }
}

fn named(letter: &str, name: &str, face: Face, size: f32) -> Block {
    let spans = vec![span(&format!("{letter}  "), Face::SANS_SEMIBOLD, INK), span(name, face, INK_2)];
    Block { spans, ..serif("", size, (size * 1.45).round()) }
}
