//! Verifying: a report holds until its sources or the report itself change, and then it says where.

use crate::story::ferry;
use parallax::analysis::{Analysis, Config, analyze};
use parallax::base::Silent;
use parallax::project::Judgements;
use parallax::report::verify::{Current, FileState, Outcome, check, read};
use parallax::report::{Format, Options, render};
use parallax::source::{Hints, sha256_hex};

/// A file as it is now.
fn file(path: &str, bytes: &[u8]) -> Current {
    let hints = Hints { path: path.into(), ..Hints::default() };
    Current { path: path.into(), sha256: sha256_hex(bytes), articles: parallax::source::read(bytes, &hints).map_err(|e| e.to_string()) }
}

fn sample() -> (Analysis, Vec<Current>) {
    let files = parallax::app::sample::FILES.iter().map(|(name, bytes)| file(name, bytes)).collect();
    (analyze(&parallax::app::sample::sources(), &Config::default(), &Silent).unwrap(), files)
}

fn text(format: Format, analysis: &Analysis) -> String {
    String::from_utf8(render(format, analysis, &Judgements::new(), &Options::everything()).unwrap()).unwrap()
}

/// The ferry's versions are built by hand, so its files are given as their texts.
fn ferry_files(analysis: &Analysis) -> Vec<Current> {
    analysis
        .versions
        .iter()
        .map(|v| {
            let source = parallax::source::Source {
                text: v.document.text.clone(),
                blocks: v.document.blocks.clone(),
                meta: v.meta.clone(),
                provenance: v.provenance.clone(),
                notes: Vec::new(),
            };
            Current { path: v.provenance.path.clone(), sha256: v.provenance.sha256.clone(), articles: Ok(vec![source]) }
        })
        .collect()
}

fn states(outcome: &Outcome) -> Vec<FileState> {
    outcome.versions.iter().map(|v| v.state.clone()).collect()
}

#[test]
fn an_untouched_report_holds_in_both_formats() {
    let (analysis, files) = sample();
    for format in [Format::Json, Format::Html] {
        let outcome = check(&read(&text(format, &analysis)).unwrap(), &files);
        assert!(outcome.holds() && !outcome.has_gaps(), "{format:?}: {outcome:#?}");
        assert!(outcome.versions.iter().all(|v| v.state == FileState::Same && v.ranges > 0));
        assert_eq!(outcome.findings, analysis.findings.len());
    }
    let ferry = ferry();
    for format in [Format::Json, Format::Html] {
        let outcome = check(&read(&text(format, &ferry)).unwrap(), &ferry_files(&ferry));
        assert!(outcome.holds(), "{format:?}: {outcome:#?}");
        assert_eq!((outcome.findings, outcome.broken_findings), (11, 0));
    }
}

#[test]
fn a_changed_source_names_the_words_that_moved_or_went() {
    let ferry = ferry();
    let claims = read(&text(Format::Json, &ferry)).unwrap();
    let mut files = ferry_files(&ferry);
    let article = &mut files[0].articles.as_mut().unwrap()[0];
    article.text = format!("Corrected. {}", article.text.replace("$12 million", "$13 million"));
    files[0].sha256 = sha256_hex(article.text.as_bytes());
    let outcome = check(&claims, &files);
    assert_eq!(states(&outcome)[0], FileState::Changed);
    let said = outcome.versions[0].failures.join("\n");
    assert!(said.contains("“$12 million” no longer stands in it."), "{said}");
    assert!(said.contains("“around 350” now stands at 45, not at 34."), "{said}");
    assert!(outcome.versions[1..].iter().all(|v| v.failures.is_empty()));
    assert!(outcome.broken_findings > 0 && outcome.broken_findings < outcome.findings);
    assert!(!outcome.holds() && !outcome.has_gaps());
}

#[test]
fn an_altered_report_contradicts_itself() {
    let ferry = ferry();
    let files = ferry_files(&ferry);
    let json = text(Format::Json, &ferry);
    let altered = |from: &str, to: &str| {
        assert!(json.contains(from), "{from}");
        check(&read(&json.replacen(from, to, 1)).unwrap(), &files)
    };
    let outcome = altered("\"text\": \"$21 million\"\n", "\"text\": \"$31 million\"\n");
    assert!(outcome.altered.iter().any(|a| a.contains("gives “$31 million”, but its range holds “$21 million”")), "{outcome:#?}");
    let outcome = altered("ship for $21 million", "ship for $31 million");
    assert!(!outcome.holds() && outcome.broken_findings > 0, "{outcome:#?}");
    let outcome = altered("\"version\": \"v4\"", "\"version\": \"v9\"");
    assert!(outcome.altered.iter().any(|a| a.contains("v9, which is not in the report")), "{outcome:#?}");
    // What people read in a page, with its data as it was.
    let page = text(Format::Html, &ferry);
    let shown = page.find("</span>$21 million<span").unwrap();
    let page = format!("{}</span>$31 million<span{}", &page[..shown], &page[shown + "</span>$21 million<span".len()..]);
    let outcome = check(&read(&page).unwrap(), &files);
    assert!(outcome.altered.iter().any(|a| a.contains("The page marks “$31 million”")), "{outcome:#?}");
}

#[test]
fn what_can_not_be_checked_is_a_gap() {
    let (analysis, mut files) = sample();
    let claims = read(&text(Format::Json, &analysis)).unwrap();
    files[1].articles = Err("The file is locked.".into());
    files.remove(0);
    let outcome = check(&claims, &files);
    assert_eq!(states(&outcome)[..2], [FileState::Missing, FileState::Unreadable("The file is locked.".into())]);
    assert!(outcome.has_gaps() && !outcome.holds());
}

#[test]
fn a_file_is_known_by_its_bytes_whatever_its_name() {
    let (analysis, mut files) = sample();
    files.reverse();
    for (i, f) in files.iter_mut().enumerate() {
        f.path = format!("/elsewhere/{i}");
    }
    let outcome = check(&read(&text(Format::Json, &analysis)).unwrap(), &files);
    assert!(outcome.holds(), "{outcome:#?}");
}

#[test]
fn other_files_are_no_reports() {
    for (text, reason) in [
        ("", "it is empty"),
        ("hello", "neither JSON nor HTML"),
        ("{", "its JSON has an error"),
        ("{\"schema\": \"other/1\"}", "not that of a report"),
        ("{\"schema\": \"parallax.report/7\"}", "written as parallax.report/7"),
        ("<p>hello", "this page holds no report data"),
        ("<script id=parallax-report>{", "the data in the page has an error"),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.contains(reason), "{text}: {error}");
    }
}
