//! TEI P5: passages that differ as a critical apparatus by parallel segmentation, with every version as a witness.
//!
//! A passage is one `app`; a version's sentences in it are its `rdg`, and an empty one means that the version does not
//! report it. Differing words are `seg`s that point to the list of differences at the back.

use super::model::{Excerpt, Model, Run};
use super::words::clean;
use super::xml::escape;
use std::fmt::Write;

/// The document of a model.
pub fn text(model: &Model) -> String {
    let mut out = String::new();
    // Writing into a string can't fail.
    let _ = write(model, &mut out);
    out
}

fn write(m: &Model, out: &mut String) -> std::fmt::Result {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n <teiHeader>\n  <fileDesc>")?;
    writeln!(out, "   <titleStmt><title>{}</title></titleStmt>", escape(&m.title))?;
    writeln!(out, "   <publicationStmt><p>{}</p></publicationStmt>", escape(&m.imprint))?;
    if let Some(notice) = &m.notice {
        writeln!(out, "   <notesStmt><note>{}</note></notesStmt>", escape(notice))?;
    }
    writeln!(out, "   <sourceDesc>")?;
    if m.versions.is_empty() {
        writeln!(out, "    <p>No version.</p>")?;
    } else {
        writeln!(out, "    <listWit>")?;
        for v in &m.versions {
            write!(out, "     <witness xml:id=\"{}\"><bibl>", v.letter)?;
            if !v.headline.is_empty() {
                write!(out, "<title level=\"a\" xml:lang=\"{}\">{}</title> ", language(&v.language), escape(&v.headline))?;
            }
            if !v.byline.is_empty() {
                write!(out, "<author>{}</author> ", escape(&v.byline))?;
            }
            write!(out, "<publisher>{}</publisher> ", escape(&v.outlet))?;
            if let Some(iso) = &v.published_iso {
                write!(out, "<date when=\"{}\">{}</date> ", escape(iso), escape(&v.published))?;
            }
            if let Some(url) = &v.url {
                write!(out, "<idno type=\"URL\">{}</idno> ", escape(url))?;
            }
            write!(out, "<idno type=\"file\">{}</idno> <idno type=\"sha256\">{}</idno>", escape(&v.file), escape(&v.sha256))?;
            writeln!(out, "</bibl></witness>")?;
        }
        writeln!(out, "    </listWit>")?;
    }
    writeln!(out, "   </sourceDesc>\n  </fileDesc>\n  <encodingDesc>")?;
    writeln!(out, "   <projectDesc>{}</projectDesc>", m.method.iter().map(|p| format!("<p>{}</p>", escape(p))).collect::<String>())?;
    writeln!(out, "   <variantEncoding method=\"parallel-segmentation\" location=\"internal\"/>")?;
    writeln!(out, "  </encodingDesc>\n </teiHeader>\n <text>\n  <body>")?;
    if m.passages.is_empty() {
        writeln!(out, "   <div><p>No passage differs.</p></div>")?;
    }
    for p in &m.passages {
        writeln!(out, "   <div type=\"passage\" n=\"{}\" xml:id=\"{}\">", p.number, p.id)?;
        writeln!(out, "    <p><app>")?;
        for (v, cell) in m.versions.iter().zip(&p.cells) {
            match cell {
                None => writeln!(out, "     <rdg wit=\"#{}\"/>", v.letter)?,
                Some(e) => writeln!(out, "     <rdg wit=\"#{}\" xml:lang=\"{}\">{}</rdg>", v.letter, language(&e.language), reading(e))?,
            }
        }
        writeln!(out, "    </app></p>")?;
        writeln!(out, "   </div>")?;
    }
    writeln!(out, "  </body>\n  <back>\n   <div type=\"differences\">\n    <head>Differences</head>\n    <p>{}</p>", escape(&m.summary))?;
    if m.finding_count() > 0 {
        writeln!(out, "    <list>")?;
        for e in m.sections.iter().flat_map(|s| &s.entries) {
            writeln!(
                out,
                "     <item xml:id=\"{}\" n=\"{}\"><label>{}: {}</label> {}</item>",
                e.id,
                e.number,
                e.kind.label(),
                escape(&e.title),
                escape(&e.why)
            )?;
        }
        writeln!(out, "    </list>")?;
    }
    writeln!(out, "   </div>\n  </back>\n </text>\n</TEI>")
}

fn reading(e: &Excerpt) -> String {
    let run = |r: &Run| match &r.mark {
        Some(m) => format!("<seg type=\"{}\" ana=\"#{}\">{}</seg>", m.kind.slug(), m.id, escape(&r.text)),
        // A cut is a lack of words, and an empty place says so by itself.
        None if r.cut => "<gap reason=\"cut\"/> ".to_owned(),
        None => escape(&r.text),
    };
    e.runs.iter().map(run).collect()
}

/// A language tag as far as it is one.
fn language(tag: &str) -> String {
    let tag = clean(tag);
    if !tag.is_empty() && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') { tag } else { "und".into() }
}
