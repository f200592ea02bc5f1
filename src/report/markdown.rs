//! Markdown (CommonMark with tables): the same report for editors, wikis and version control.

use super::model::{Entry, Excerpt, Model, Run};
use super::words::{count, plural};
use crate::project::Verdict;
use std::fmt::Write;

/// The report of a model.
pub fn text(model: &Model) -> String {
    let mut out = String::new();
    // Writing into a string can't fail.
    let _ = write(model, &mut out);
    out
}

/// Text of others as Markdown that shows just these characters wherever it stands in a line.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (i, c) in text.char_indices() {
        // Marks that only mean something at the start of a line, alone or after digits.
        let opens_line = match c {
            '-' | '+' | '=' | ':' => text[..i].trim_start().is_empty(),
            '.' | ')' => i > 0 && i < 11 && text[..i].bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        };
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '>' | '#' | '|' | '~' | '!' | '&' | '$' | '^' => out.extend(['\\', c]),
            _ if opens_line => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// The same inside a line, where nothing can open one.
fn escape_inside(text: &str) -> String {
    let escaped = escape(&format!("x{text}"));
    escaped[1..].to_owned()
}

fn write(m: &Model, out: &mut String) -> std::fmt::Result {
    if let Some(notice) = &m.notice {
        writeln!(out, "> {}\n", escape(notice))?;
    }
    writeln!(out, "# {}\n\n{}\n\n{}\n", escape(&m.title), escape(&m.imprint), escape(&m.summary))?;
    if m.lists_versions_last() {
        writeln!(out, "The list of all {} versions stands at the end.\n", m.versions.len())?;
    } else {
        write_versions(m, out)?;
    }
    for section in &m.sections {
        writeln!(out, "## {}\n\n{}\n", section.heading, section.about)?;
        for entry in &section.entries {
            write_entry(entry, out)?;
        }
    }
    write_matrix(m, out)?;
    if !m.passages.is_empty() {
        writeln!(out, "## Side by side\n\nPassages with differences, in the order in which the versions tell them.\n")?;
        for p in &m.passages {
            let numbers: Vec<String> = p.findings.iter().map(|(n, _, _)| n.to_string()).collect();
            writeln!(out, "### Passage {}\n", p.number)?;
            writeln!(out, "{} {}. {}\n", upper(plural(numbers.len(), "difference", "differences")), numbers.join(", "), escape(&p.why))?;
            for (v, cell) in m.versions.iter().zip(&p.cells) {
                match cell {
                    Some(e) => writeln!(out, "- {}", excerpt(e))?,
                    None => writeln!(out, "- **{}** Not found in this version", v.letter)?,
                }
            }
            writeln!(out)?;
        }
    }
    writeln!(out, "## Method and limits\n")?;
    for p in &m.method {
        writeln!(out, "{}\n", escape(p))?;
    }
    if !m.left_out.is_empty() {
        writeln!(out, "Not in this report: {}.\n", escape(&m.left_out.join("; ")))?;
    }
    if !m.notes.is_empty() {
        writeln!(out, "## Notes on reading\n")?;
        for n in &m.notes {
            match n.about.as_str() {
                "" => writeln!(out, "- {}", escape(&n.text))?,
                about => writeln!(out, "- **{}** {}", escape(about), escape(&n.text))?,
            }
        }
        writeln!(out)?;
    }
    if m.lists_versions_last() {
        writeln!(out, "## Versions\n")?;
        write_versions(m, out)?;
    }
    writeln!(out, "## Sources\n\nEvery quotation above is a range in one of these files.\n")?;
    for v in &m.versions {
        let about: Vec<String> =
            [&v.outlet, &v.headline, &v.byline, &v.published].into_iter().filter(|s| !s.is_empty()).map(|s| escape(s)).collect();
        writeln!(out, "- **{}** {}. {} ({}), SHA-256 `{}`", v.letter, about.join(", "), escape(&v.file), escape(&v.format), v.sha256)?;
        if let Some(url) = &v.url {
            writeln!(out, "  {}", escape(url))?;
        }
    }
    Ok(())
}

fn write_versions(m: &Model, out: &mut String) -> std::fmt::Result {
    if !m.versions.is_empty() {
        writeln!(out, "| Version | Published | Words | Shared copy | File |\n|---|---|---:|---|---|")?;
        for v in &m.versions {
            let words = count(v.words);
            let (outlet, file) = (escape(&v.outlet), escape(&v.file));
            writeln!(out, "| **{}** {outlet} | {} | {words} | {} | {file} |", v.letter, escape(&v.published), escape(&v.shared))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn write_entry(e: &Entry, out: &mut String) -> std::fmt::Result {
    writeln!(out, "### {}\\. {}\n\n*{}*\n", e.number, escape(&e.title), e.kind.label())?;
    for r in &e.readings {
        write!(out, "- **{}**", escape_inside(&r.name))?;
        if !r.remarks.is_empty() {
            write!(out, " ({})", escape(&r.remarks.join("; ")))?;
        }
        writeln!(out)?;
        for x in &r.excerpts {
            writeln!(out, "  - {}", excerpt(x))?;
        }
    }
    if !e.silent.is_empty() {
        writeln!(out, "- not found in: {}", e.silent.iter().map(|l| format!("**{l}**")).collect::<Vec<_>>().join(" "))?;
    }
    if !e.why.is_empty() {
        writeln!(out, "\nWhy: {}", escape(&e.why))?;
    }
    let verdict = match e.verdict {
        Some(Verdict::Confirmed) => "Confirmed. ",
        Some(Verdict::Dismissed) => "Dismissed. ",
        None => "",
    };
    if !verdict.is_empty() || !e.note.is_empty() {
        writeln!(out, "\nJudgement: {}", format!("{verdict}{}", escape(&e.note)).trim_end())?;
    }
    writeln!(out)
}

fn write_matrix(m: &Model, out: &mut String) -> std::fmt::Result {
    let Some(matrix) = &m.matrix else { return Ok(()) };
    writeln!(out, "## Details by outlet\n\nA row a detail that differs, a column a version; numbers stand for readings.\n")?;
    let heads: Vec<String> = m.versions.iter().map(|v| format!("{} {}", v.letter, escape(&v.outlet))).collect();
    writeln!(out, "| Detail | {} |\n|---|{}", heads.join(" | "), "---|".repeat(heads.len()))?;
    for row in &matrix.rows {
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|c| match c.as_slice() {
                [] => "–".to_owned(),
                some => some
                    .iter()
                    .map(|(n, words)| if matrix.with_words { format!("({n}) {}", escape(words)) } else { n.to_string() })
                    .collect::<Vec<_>>()
                    .join("; "),
            })
            .collect();
        writeln!(out, "| {} ({}) | {} |", escape(&row.title), row.kind.label(), cells.join(" | "))?;
    }
    writeln!(out)
}

fn excerpt(e: &Excerpt) -> String {
    let letters: Vec<String> = e.sayers.iter().map(|s| format!("**{}**", s.letter)).collect();
    let places: Vec<&str> = e.sayers.iter().map(|s| s.place.as_str()).collect();
    let mut out = letters.join(" ");
    out.push(' ');
    let bold = |run: &Run| run.mark.as_ref().is_some_and(|m| !m.same);
    let mut stretches: Vec<(String, bool)> = Vec::new();
    for run in &e.runs {
        // A blank between bold words is bold too: marks that end and start at once are read as something else.
        match stretches.last_mut() {
            Some((text, is_bold)) if *is_bold == bold(run) || run.text.trim().is_empty() => text.push_str(&run.text),
            _ => stretches.push((run.text.clone(), bold(run))),
        }
    }
    for (i, (text, bold)) in stretches.iter().enumerate() {
        let next = stretches.get(i + 1).and_then(|(next, _)| next.chars().next());
        if *bold { push_bold(text, next, &mut out) } else { out.push_str(&escape_inside(text)) }
    }
    if let Some(dated) = &e.dated {
        let _ = write!(out, " {dated}.");
    }
    let same = places.iter().all(|p| p == &places[0]);
    let place = if same { places.first().copied().unwrap_or("").to_owned() } else { places.join(", ") };
    if !place.is_empty() {
        let _ = write!(out, " ({place})");
    }
    out
}

/// Bold marks hold only outside of blanks, so blanks are moved out of them. Between a sign inside and a letter outside they would
/// not hold either, so signs there are moved out too.
fn push_bold(text: &str, next: Option<char>, out: &mut String) {
    let sign = |c: char| !c.is_alphanumeric();
    let letter = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !c.is_ascii_punctuation());
    let trim = |t: &str, from_start: bool, all_signs: bool| {
        let outside = |c: char| c.is_whitespace() || all_signs && sign(c);
        if from_start { t.len() - t.trim_start_matches(outside).len() } else { t.trim_end_matches(outside).len() }
    };
    let start = trim(text, true, letter(out.chars().next_back()) && text.starts_with(sign));
    let end = trim(text, false, letter(next) && text.ends_with(sign)).max(start);
    out.push_str(&escape_inside(&text[..start]));
    match &text[start..end] {
        "" => {}
        inner => {
            let _ = write!(out, "**{}**", escape_inside(inner));
        }
    }
    out.push_str(&escape_inside(&text[end..]));
}

fn upper(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
