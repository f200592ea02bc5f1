//! Worksheets and their keys.

use super::cli::Place;
use super::story::ferry;
use dom_query::Document;
use parallax::project::Judgements;
use parallax::report::handout::{Handout, Part, key, render, worksheet};
use parallax::report::model::Model;
use parallax::report::{Format, Options};
use std::collections::{BTreeMap, BTreeSet};

fn words(h: &Handout) -> String {
    let mut out = h.intro.join("\n");
    for part in &h.parts {
        match part {
            Part::Text { pieces, .. } => pieces.iter().for_each(|p| out.push_str(&format!("\n{}", p.text))),
            Part::Version(letter, name) => out.push_str(&format!("\n{letter} {name}")),
            Part::Heading(text) => out.push_str(&format!("\n{text}")),
            Part::Blank(head, rows) => out.push_str(&format!("\n{} {}", head.join(" "), rows.join(" "))),
            Part::Answer { title, kind, place, readings, why } => {
                out.push_str(&format!("\n{title} {kind} {place} {why}"));
                readings.iter().for_each(|(name, who)| out.push_str(&format!("\n{name} {who}")));
            }
        }
    }
    out
}

#[test]
fn a_worksheet_has_the_whole_articles_and_no_answer() {
    let a = ferry();
    let sheet = worksheet(&a, &Options::default());
    let text = words(&sheet);
    for version in &a.versions {
        for sentence in &version.document.sentences {
            let words: Vec<&str> = version.slice(sentence.range).split_whitespace().collect();
            assert!(text.contains(&words.join(" ")), "{}", words.join(" "));
        }
    }
    let model = Model::new(&a, &Judgements::new(), &Options::default());
    for entry in model.sections.iter().flat_map(|s| &s.entries) {
        assert!(entry.why.is_empty() || !text.contains(&entry.why), "{}", entry.why);
        assert!(!text.contains(&format!("\n{}", entry.kind.label())), "{}", entry.kind.label());
    }
}

#[test]
fn a_passage_has_the_same_number_in_every_version() {
    let a = ferry();
    let sheet = worksheet(&a, &Options::default());
    let mut version = String::new();
    let mut where_it_stands: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for part in &sheet.parts {
        match part {
            Part::Version(letter, _) => version.clone_from(letter),
            Part::Text { pieces, .. } => {
                for n in pieces.iter().filter_map(|p| p.passage) {
                    where_it_stands.entry(n).or_default().insert(version.clone());
                }
            }
            _ => {}
        }
    }
    let shared: Vec<BTreeSet<String>> =
        a.passages.iter().filter(|p| p.members.len() > 1).map(|p| p.members.iter().map(|m| m.version.letter()).collect()).collect();
    assert!(shared.len() > 2);
    let numbers: Vec<usize> = where_it_stands.keys().copied().collect();
    assert_eq!(numbers, (1..=shared.len()).collect::<Vec<_>>());
    let sorted = |mut sets: Vec<BTreeSet<String>>| {
        sets.sort();
        sets
    };
    assert_eq!(sorted(where_it_stands.into_values().collect()), sorted(shared));
    let first: Vec<usize> = sheet
        .parts
        .iter()
        .filter_map(|p| if let Part::Text { pieces, .. } = p { Some(pieces) } else { None })
        .flatten()
        .filter_map(|p| p.passage)
        .collect();
    let mut seen = 0;
    for n in first {
        assert!(n <= seen + 1, "they count up as they are read");
        seen = seen.max(n);
    }
    let rows = sheet.parts.iter().find_map(|p| if let Part::Blank(_, rows) = p { Some(rows.len()) } else { None });
    assert_eq!(rows, Some(a.passages.iter().filter(|p| p.members.len() > 1).count()));
}

#[test]
fn the_key_lists_what_the_report_lists() {
    let a = ferry();
    let model = Model::new(&a, &Judgements::new(), &Options::default());
    let key = key(&a, &Judgements::new(), &Options::default());
    let answers: Vec<&Part> = key.parts.iter().filter(|p| matches!(p, Part::Answer { .. })).collect();
    let entries: Vec<_> = model.sections.iter().flat_map(|s| &s.entries).collect();
    assert_eq!(answers.len(), entries.len());
    for (answer, entry) in answers.into_iter().zip(entries) {
        let Part::Answer { title, place, readings, .. } = answer else { unreachable!() };
        assert_eq!(*title, format!("{}. {}", entry.number, entry.title));
        assert!(place.starts_with("passage ") || place == "outside the numbered passages");
        assert_eq!(readings.len(), entry.readings.len() + usize::from(!entry.silent.is_empty()));
    }
}

#[test]
fn handouts_are_good_files_in_each_format() {
    let a = ferry();
    for handout in [worksheet(&a, &Options::default()), key(&a, &Judgements::new(), &Options::default())] {
        let page = String::from_utf8(render(Format::Html, &handout).unwrap()).unwrap();
        let doc = Document::from(page.as_str());
        assert!(doc.errors.borrow().is_empty(), "{:?}", doc.errors.borrow());
        assert_eq!(doc.select("h1").length(), 1);
        assert!(!page.contains("parallax-report"), "no data that would tell the answers");
        let docx = render(Format::Docx, &handout).unwrap();
        assert!(docx.starts_with(b"PK"));
        let name = handout.sort.to_lowercase().replace(' ', "-");
        std::fs::write(format!("{}/{name}.docx", env!("CARGO_TARGET_TMPDIR")), docx).unwrap();
        std::fs::write(format!("{}/{name}.html", env!("CARGO_TARGET_TMPDIR")), page).unwrap();
        #[cfg(feature = "pdf-report")]
        {
            let pdf = render(Format::Pdf, &handout).unwrap();
            assert!(String::from_utf8_lossy(&pdf).contains("pdfuaid"));
            std::fs::write(format!("{}/{name}.pdf", env!("CARGO_TARGET_TMPDIR")), pdf).unwrap();
        }
        assert!(render(Format::Csv, &handout).unwrap_err().to_string().contains("not Table (CSV)"));
    }
}

#[test]
fn the_command_writes_both() {
    let place = Place::new();
    let run = place.run(&["worksheet", "one.txt", "two.txt", "-o", "sheet.html", "--key", "key.docx", "--title", "Boats"]);
    assert_eq!((run.status, run.err.as_str(), run.out.as_str()), (0, "", ""), "{run:?}");
    let sheet = place.text("sheet.html");
    assert!(sheet.contains("Boats – Worksheet") && sheet.contains("Seven boats rowed out") && sheet.contains("Nine boats rowed out"));
    assert!(place.0.path().join("key.docx").is_file());
    let run = place.run(&["worksheet", "one.txt", "two.txt", "--key", "key.csv"]);
    assert!(run.status == 2 && run.err.contains("not Table (CSV)") && run.out.is_empty(), "{run:?}");
}
