//! One page that holds all it needs: it fetches nothing, runs no script, prints on A4 and can be verified,
//! since the report's JSON stands in it.
//!
//! Each mark shows its kind by colour and by underline, and says it in words that only screen readers
//! read out. Text of articles is isolated by direction, so that it can't reorder what follows it.

use super::handout::{Handout, Part, Piece};
use super::model::{Entry, Excerpt, Mark, Matrix, Model, PassageRow, ReadingRow, Run, Sayer, VersionRow};
use super::pieces::Pieces;
use super::seal;
use super::signs::{glyph, square};
use super::words::{count, direction, plural};
use crate::project::Verdict;
use crate::source::BlockKind;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("../../assets/report.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
/// The id of the element that holds the report as JSON.
pub const DATA_ID: &str = "parallax-report";
/// Passages stand in columns up to this many versions, one below the other above.
const SIDE_BY_SIDE_UP_TO: usize = 4;

/// The page for a model. `json` is the same report as JSON; it is sealed in the page.
pub(super) fn page(model: &Model, json: Pieces) -> String {
    let frame = frame(model);
    let (before, after) = frame.split_at(data_place(&frame).unwrap_or(frame.len()));
    [before, &embedded(&seal::sealed(json, Some(&seal::of_page(&frame)))), after].concat()
}

/// The page of a handout. It holds no data: a worksheet that could be verified would tell its answers.
pub fn handout(h: &Handout) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (head(&format!("{} – {}", h.title, h.sort)))
            }
            body.handout {
                header.page {
                    @if let Some(notice) = &h.notice { p.notice { (first_sentence_bold(notice)) } }
                    p.imprint { (h.sort) }
                    h1 { bdi { (h.title) } }
                    @for p in &h.intro { p.about { (p) } }
                }
                main { @for part in &h.parts { (handout_part(part)) } }
            }
        }
    };
    markup.into_string()
}

fn handout_part(part: &Part) -> Markup {
    let piece = |p: &Piece| html! { @if let Some(n) = p.passage { b.passage-number { span.hidden { "passage " } (n) } " " } (p.text) " " };
    match part {
        Part::Version(letter, name) => html! { h2.version { span.badge { (letter) } " " bdi { (name) } } },
        Part::Heading(text) => html! { h2 { (text) } },
        Part::Text { kind, language, pieces } => {
            let text = html! { @for p in pieces { (piece(p)) } };
            match kind {
                BlockKind::Headline => html! { h3.headline lang=(language) dir=[direction(language)] { (text) } },
                BlockKind::Subheading => html! { h4 lang=(language) dir=[direction(language)] { (text) } },
                BlockKind::Standfirst => html! { p.standfirst lang=(language) dir=[direction(language)] { (text) } },
                BlockKind::Byline | BlockKind::Dateline | BlockKind::Caption => {
                    html! { p.about lang=(language) dir=[direction(language)] { (text) } }
                }
                _ => html! { p.article lang=(language) dir=[direction(language)] { (text) } },
            }
        }
        Part::Blank(head, rows) => html! {
            table.blank {
                thead { tr { @for t in head { th scope="col" { (t) } } } }
                tbody { @for first in rows { tr { th scope="row" { (first) } td { span.hidden { "to fill in" } } td { span.hidden { "to fill in" } } } } }
            }
        },
        Part::Answer { title, kind, place, readings, why } => html! {
            section.answer {
                h3 { bdi { (title) } " " small { (kind) ", " (place) } }
                ul { @for (name, who) in readings { li { strong { bdi { (name) } } ": " (who) } } }
                @if !why.is_empty() { p.about { bdi { (why) } } }
            }
        },
    }
}

/// What stands in the head of each page.
fn head(title: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta http-equiv="Content-Security-Policy" content=(POLICY);
        meta name="color-scheme" content="light dark";
        meta name="referrer" content="no-referrer";
        meta name="generator" content=(concat!("Parallax ", env!("CARGO_PKG_VERSION")));
        title { (title) }
        style { (PreEscaped(STYLE)) }
    }
}

/// The page without its data: what people see.
pub(super) fn frame(model: &Model) -> String {
    let marks = std::cell::Cell::new(0);
    let page = Page { model, marks: &marks };
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (head(&format!("{} – Parallax", model.title)))
            }
            body {
                a.skip href="#differences" { "Skip to the differences" }
                (page.masthead())
                main #differences { (page.main()) }
                (page.end_matter())
                script type="application/json" id=(DATA_ID) {}
            }
        }
    };
    markup.into_string()
}

/// Where the data of a page starts. Words of an article can't look like the tag, since their `<` is written otherwise.
pub(super) fn data_place(page: &str) -> Option<usize> {
    let tag = format!("<script type=\"application/json\" id=\"{DATA_ID}\">");
    page.find(&tag).map(|at| at + tag.len())
}

struct Page<'a> {
    model: &'a Model,
    /// Marks written so far, for their ids.
    marks: &'a std::cell::Cell<usize>,
}

impl Page<'_> {
    fn masthead(&self) -> Markup {
        let m = self.model;
        html! {
            header.page {
                @if let Some(notice) = &m.notice { p.notice { (first_sentence_bold(notice)) } }
                h1 { bdi { (m.title) } }
                p.imprint { (m.imprint) }
                p.summary { (bound(&m.summary)) }
                @if m.lists_versions_last() {
                    details.index { summary { "All " (m.versions.len()) " versions" } (versions(&m.versions)) }
                } @else if !m.versions.is_empty() {
                    (versions(&m.versions))
                }
                (self.contents())
            }
        }
    }

    fn contents(&self) -> Markup {
        let m = self.model;
        html! {
            nav.contents aria-labelledby="contents" {
                h2 #contents { "Contents" }
                ul {
                    @for s in &m.sections {
                        li { a href={"#" (s.group_id())} { (s.heading) } " " span.count { (s.entries.len()) } }
                    }
                    @if m.matrix.is_some() { li { a href="#details" { "Details by outlet" } } }
                    @if !m.passages.is_empty() { li { a href="#passages" { "Side by side" } } }
                    li { a href="#method" { "Method and limits" } }
                    li { a href="#sources" { "Sources" } }
                }
                @if m.finding_count() > 1 {
                    details.index {
                        summary { "All " (m.finding_count()) " differences" }
                        ol {
                            @for e in m.sections.iter().flat_map(|s| &s.entries) {
                                li { span.no { (e.number) } a href={"#" (e.id)} { bdi { (e.title) } } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn main(&self) -> Markup {
        let m = self.model;
        html! {
            @for s in &m.sections {
                section aria-labelledby=(s.group_id()) {
                    h2 id=(s.group_id()) { (s.heading) }
                    p.about { (s.about) }
                    @for e in &s.entries { (self.entry(e)) }
                }
            }
            @if let Some(matrix) = &m.matrix { (self.matrix(matrix)) }
            @if !m.passages.is_empty() { (self.passages()) }
        }
    }

    fn entry(&self, e: &Entry) -> Markup {
        let dismissed = e.verdict == Some(Verdict::Dismissed);
        // What is longer than this may go over the end of a printed page, or pages would stay half empty.
        let short = e.readings.iter().map(|r| r.excerpts.len()).sum::<usize>() <= 3;
        html! {
            article id=(e.id) class={"finding " (e.kind.slug()) @if dismissed { " dismissed" } @if short { " short" }} aria-labelledby={"t" (e.number)} {
                header {
                    h3 id={"t" (e.number)} {
                        a.no href={"#" (e.id)} { span.hidden { "Difference " } (e.number) } bdi { (e.title) }
                    }
                    p.tag { (glyph(e.kind)) (e.kind.label()) }
                }
                dl.readings {
                    @for r in &e.readings { (self.reading(r)) }
                    @if !e.silent.is_empty() {
                        div.reading.silent { dt { "not found in" } dd { @for letter in &e.silent { (self.badge(letter)) } } }
                    }
                }
                @if !e.why.is_empty() { p.why { "Why: " bdi { (e.why) } } }
                @if e.verdict.is_some() || !e.note.is_empty() {
                    p.judgement {
                        @match e.verdict {
                            Some(Verdict::Confirmed) => { strong { "Confirmed. " } }
                            Some(Verdict::Dismissed) => { strong { "Dismissed. " } }
                            None => {}
                        }
                        bdi { (e.note) }
                    }
                }
            }
        }
    }

    fn reading(&self, r: &ReadingRow) -> Markup {
        html! {
            div.reading {
                dt { bdi { (r.name) } @for remark in &r.remarks { " " small { bdi { (remark) } } } }
                @for e in &r.excerpts { dd { (self.excerpt(e, true)) } }
                @if r.excerpts.is_empty() { dd {} }
            }
        }
    }

    fn excerpt(&self, e: &Excerpt, with_place: bool) -> Markup {
        html! {
            @for s in &e.sayers { (self.badge(&s.letter)) }
            bdi lang=(e.language) dir=[direction(&e.language)] { @for run in &e.runs { (self.run(run)) } }
            @if let Some(dated) = &e.dated { " " (dated) "." }
            @if with_place { " " span.place { (places(&e.sayers)) } }
        }
    }

    fn run(&self, run: &Run) -> Markup {
        match &run.mark {
            None if run.cut => html! { span.cut { (run.text) } },
            None => html! { (run.text) },
            Some(mark) => self.mark(mark, &run.text),
        }
    }

    fn mark(&self, mark: &Mark, text: &str) -> Markup {
        let n = self.marks.get() + 1;
        self.marks.set(n);
        let version = super::json::version_id(mark.version);
        // Each word of a reworded quote that changed is a mark of its own: saying the number at each would drown the words.
        let (before, after) = match mark.same {
            true => (String::new(), String::new()),
            false => (
                format!("[difference {}, {}: ", mark.number, mark.kind.label().to_lowercase()),
                format!(", end of difference {}] ", mark.number),
            ),
        };
        html! {
            mark class={(mark.kind.slug()) @if mark.same { " same" }} id={"m" (n)} data-finding=(mark.id) data-version=(version)
                data-start=(mark.start) data-end=(mark.end) {
                @if !before.is_empty() { span.hidden { (before) } }
                (text)
                @if !after.is_empty() { span.hidden { (after) } }
            }
        }
    }

    fn badge(&self, letter: &str) -> Markup {
        let outlet = self.model.versions.iter().find(|v| v.letter == letter).map_or("", |v| v.outlet.as_str());
        html! { a.badge href={"#version-" (letter)} title=(outlet) { span.hidden { "Version " } (letter) } }
    }

    fn matrix(&self, matrix: &Matrix) -> Markup {
        let n = self.model.versions.len();
        html! {
            section.wide[n > SIDE_BY_SIDE_UP_TO] aria-labelledby="details" {
                h2 #details { "Details by outlet" }
                p.about {
                    "A row a detail that differs, a column a version. Versions with the same square hold the same reading."
                }
                div.scroll role="region" aria-labelledby="details" tabindex="0" {
                    table.grid.even[matrix.with_words] {
                        thead {
                            tr {
                                th scope="col" { "Detail" }
                                @for v in &self.model.versions { th scope="col" { (self.badge(&v.letter)) @if matrix.with_words { bdi { (v.outlet) } } } }
                            }
                        }
                        tbody {
                            @for row in &matrix.rows {
                                tr class=(row.kind.slug()) {
                                    th scope="row" { a href={"#" (row.id)} { bdi { (row.title) } } span.tag { (glyph(row.kind)) (row.kind.label()) } }
                                    @for cell in &row.cells {
                                        td.cell {
                                            @if cell.is_empty() { span.none { "–" span.hidden { " not found" } } }
                                            @for (i, (reading, words)) in cell.iter().enumerate() {
                                                @if i > 0 { br; }
                                                (square(*reading)) span.hidden { "reading " (reading) " " }
                                                @if matrix.with_words { bdi { (words) } }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn passages(&self) -> Markup {
        let m = self.model;
        let n = m.versions.len();
        html! {
            section.wide[(3..=SIDE_BY_SIDE_UP_TO).contains(&n)] aria-labelledby="passages" {
                h2 #passages { "Side by side" }
                p.about { "Passages with differences, in the order in which the versions tell them." }
                @if n <= SIDE_BY_SIDE_UP_TO {
                    div {
                        table.grid.passages {
                            thead { tr { @for v in &m.versions { th scope="col" { (self.badge(&v.letter)) bdi { (v.outlet) } } } } }
                            @for p in &m.passages {
                                tbody {
                                    tr.row { th scope="rowgroup" colspan=(n) { (passage_head(p)) } }
                                    tr {
                                        @for (v, cell) in m.versions.iter().zip(&p.cells) {
                                            td {
                                                @match cell {
                                                    Some(e) => { (self.excerpt(e, false)) }
                                                    None => { (self.badge(&v.letter)) span.absent { "Not found in this version" } }
                                                }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                } @else {
                    @for p in &m.passages {
                        div.finding {
                            p.about { (passage_head(p)) }
                            ul.stack {
                                @for cell in p.cells.iter().flatten() { li.reading-line { (self.excerpt(cell, true)) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn end_matter(&self) -> Markup {
        let m = self.model;
        html! {
            footer {
                section aria-labelledby="method" {
                    h2 #method { "Method and limits" }
                    @for p in &m.method { p { (p) } }
                    @if !m.left_out.is_empty() { p { "Not in this report: " (m.left_out.join("; ")) "." } }
                }
                @if !m.notes.is_empty() {
                    section aria-labelledby="notes" {
                        h2 #notes { "Notes on reading" }
                        ul.plain { @for n in &m.notes { li { @if !n.about.is_empty() { strong { bdi { (n.about) } } " " } bdi { (n.text) } } } }
                    }
                }
                section aria-labelledby="sources" {
                    h2 #sources { "Sources" }
                    p {
                        "Every quotation above is a range in one of these files. Check every word of this page with "
                        code { (m.verify_command("report.html")) } "."
                    }
                    dl.sources {
                        @for v in &m.versions {
                            div id={"source-" (v.letter)} {
                                dt { (self.badge(&v.letter)) }
                                dd {
                                    @if !v.headline.is_empty() { cite { bdi lang=(v.language) dir=[direction(&v.language)] { (v.headline) } } br; }
                                    bdi { (v.outlet) } @if !v.byline.is_empty() { ", " bdi { (v.byline) } } ", " (v.published) ". "
                                    @if let Some(url) = &v.url { a href=(url) rel="noopener noreferrer" { "Open the page" } ". " }
                                    bdi { (v.file) } " (" (v.format) ")" br;
                                    span.hash { span.hidden { "SHA-256 " } (v.sha256) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// JSON that can stand in a script element: `<`, which could end the data, and characters that no page may hold are
/// written as JSON's escapes.
fn embedded(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        let forbidden = c == '<' || (c.is_control() && c != '\n') || (c as u32) & 0xFFFE == 0xFFFE || matches!(c, '\u{FDD0}'..='\u{FDEF}');
        let reorders = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        if forbidden || reorders {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

fn versions(rows: &[VersionRow]) -> Markup {
    html! {
        table.versions {
            caption.hidden { "Versions" }
            thead {
                tr {
                    th scope="col" { "Version" }
                    th scope="col" { "Published" }
                    th.number scope="col" { "Words" }
                    th scope="col" { "Shared copy" }
                    th scope="col" { "File, SHA-256" }
                }
            }
            tbody {
                @for v in rows {
                    tr id={"version-" (v.letter)} {
                        th scope="row" {
                            span.badge { (v.letter) } " " span.outlet { bdi { (v.outlet) } }
                            @if !v.headline.is_empty() { span.headline { bdi lang=(v.language) dir=[direction(&v.language)] { (v.headline) } } }
                        }
                        td data-label="Published" { @match &v.published_iso { Some(iso) => { time datetime=(iso) { (v.published) } }, None => { (v.published) } } }
                        td.number data-label="Words" { (count(v.words)) }
                        td.shared data-label="Shared copy" { (v.shared) }
                        td data-label="File" {
                            bdi { (file_name(&v.file)) }
                            @if !v.sha256.is_empty() { br; a.hash href={"#source-" (v.letter)} { (v.sha256.get(..12).unwrap_or(&v.sha256)) "…" } }
                        }
                    }
                }
            }
        }
    }
}

/// Keeps a number and what it counts on one line.
fn bound(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        out.push(if c == ' ' && out.ends_with(|d: char| d.is_ascii_digit()) { '\u{A0}' } else { c });
    }
    out
}

/// "paragraph 2", or where each of several versions has it.
fn places(sayers: &[Sayer]) -> String {
    let Some(first) = sayers.first() else { return String::new() };
    if sayers.iter().all(|s| s.place == first.place) {
        return first.place.clone();
    }
    sayers.iter().map(|s| format!("{} in {}", s.place, s.letter)).collect::<Vec<_>>().join(", ")
}

fn passage_head(p: &PassageRow) -> Markup {
    html! {
        span id=(p.id) { "Passage " (p.number) ", " (plural(p.findings.len(), "difference", "differences")) " " }
        @for (i, (number, id, title)) in p.findings.iter().enumerate() {
            @if i > 0 { ", " }
            a href={"#" (id)} title=(title) { (number) }
        }
        @if !p.why.is_empty() { ". " bdi { (p.why) } }
    }
}

fn first_sentence_bold(text: &str) -> Markup {
    match text.find(". ") {
        Some(at) => html! { strong { (text[..=at]) } (text[at + 1..]) },
        None => html! { strong { (text) } },
    }
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().filter(|n| !n.is_empty()).unwrap_or(path)
}
