//! Verifying: a report holds until its sources or the report itself change, and then it says where.

use crate::story::ferry;
use parallax::analysis::{Analysis, Config, analyze};
use parallax::base::Silent;
use parallax::project::{Judgement, Judgements};
use parallax::report::verify::{Current, FileState, Outcome, Verdict, check, check_sources, read};
use parallax::report::{Format, Options, render};
use parallax::source::{Hints, sha256_hex};

/// A file as it is now.
fn file(path: &str, bytes: &[u8]) -> Current {
    let hints = Hints { path: path.into(), ..Hints::default() };
    Current {
        path: path.into(),
        sha256: sha256_hex(bytes),
        articles: parallax::source::read(bytes, &hints).map_err(|e| e.to_string()),
        kept_in: None,
    }
}

/// The sample's files.
pub fn sample_files() -> Vec<Current> {
    parallax::app::sample::FILES.iter().map(|(name, bytes)| file(name, bytes)).collect()
}

fn sample() -> (Analysis, Vec<Current>) {
    (analyze(&parallax::app::sample::sources(), &Config::default(), &Silent).unwrap(), sample_files())
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
                page: None,
            };
            Current { path: v.provenance.path.clone(), sha256: v.provenance.sha256.clone(), articles: Ok(vec![source]), kept_in: None }
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
        assert!(outcome.holds() && outcome.not_repeated.is_none(), "{format:?}: {outcome:#?}");
        assert!(outcome.versions.iter().all(|v| v.state == FileState::Same && v.ranges > 0));
        assert_eq!(outcome.findings, analysis.findings.len());
    }
    let ferry = ferry();
    for format in [Format::Json, Format::Html] {
        let outcome = check_sources(&read(&text(format, &ferry)).unwrap(), &ferry_files(&ferry));
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
    let outcome = check_sources(&claims, &files);
    assert_eq!(states(&outcome)[0], FileState::Changed);
    let said = outcome.versions[0].failures.join("\n");
    assert!(said.contains("“$12 million” no longer stands in it."), "{said}");
    assert!(said.contains("“around 350” now stands at 45, not at 34."), "{said}");
    assert!(outcome.versions[1..].iter().all(|v| v.failures.is_empty()));
    assert!(outcome.broken_findings > 0 && outcome.broken_findings < outcome.findings);
    assert!(outcome.verdict() == Verdict::Fails && outcome.missing().is_empty());
}

#[test]
fn an_altered_report_contradicts_itself() {
    let ferry = ferry();
    let files = ferry_files(&ferry);
    let json = text(Format::Json, &ferry);
    let altered = |from: &str, to: &str| {
        assert!(json.contains(from), "{from}");
        check_sources(&read(&json.replacen(from, to, 1)).unwrap(), &files)
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
    let outcome = check_sources(&read(&page).unwrap(), &files);
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
    assert_eq!((outcome.verdict(), outcome.missing().len()), (Verdict::Open, 2));
    assert!(outcome.unchecked_findings > 0 && outcome.unchecked_findings < outcome.findings && outcome.broken_findings == 0);
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

/// The sample's report with a note on its first difference, and its files.
fn judged(format: Format) -> (String, Vec<Current>) {
    let (analysis, files) = sample();
    let mut judgements = Judgements::new();
    judgements.insert(analysis.findings[0].id, Judgement { verdict: None, note: "Ask the harbour office.".into(), ..Default::default() });
    let options = Options::for_format(format);
    (String::from_utf8(render(format, &analysis, &judgements, &options).unwrap()).unwrap(), files)
}

/// The page before its data; what follows is the data.
fn split(page: &str) -> (&str, &str) {
    page.split_at(page.find("<script type=\"application/json\"").unwrap())
}

#[test]
fn every_word_that_people_see_in_a_page_is_checked() {
    let (page, files) = judged(Format::Html);
    let outcome = check(&read(&page).unwrap(), &files);
    assert!(outcome.holds(), "{outcome:#?}");
    let (seen, data) = split(&page);
    let outlet = "Meridian Wire";
    for (what, from, to, said) in [
        ("a word beside the marks", " fled ", " swam ", "The page says “"),
        ("an outlet everywhere", outlet, "Daily Liar", "Daily Liar"),
        ("a word of ours", "cannot all be true", "all agree", "It should say “Values that cannot all be true"),
        ("a reason", "Why: ", "Why not: ", "The page says “Why not: "),
        ("a note", "Ask the harbour office.", "All is well.", "It should say “Ask the harbour office.”"),
        ("a heading", "<h2 id=\"conflicts\">Conflicts", "<h2 id=\"conflicts\">Agreements", "Agreements"),
        ("a number", "independent origin", "dependent origin", "dependent origin"),
        ("the method", "It does not say which is right", "It says which is right", "It says which is right"),
        ("a link", "href=\"#source-A\"", "href=\"https://example.org/\"", "The page is built otherwise"),
        ("a look", "</style>", ".finding{display:none}</style>", "The page says “"),
        ("a word more", "</footer>", "<p>Nothing differs.</p></footer>", "“Nothing differs.”, which does not belong there"),
        ("a script", "</footer>", "<script>1</script></footer>", "“1”, which does not belong there"),
        ("a tooltip", "title=\"Meridian Wire\"", "title=\"Daily Liar\"", "The page is built otherwise"),
    ] {
        assert!(seen.contains(from), "{what}: {from}");
        let forged = format!("{}{data}", seen.replace(from, to));
        let outcome = check(&read(&forged).unwrap(), &files);
        assert_eq!(outcome.verdict(), Verdict::Fails, "{what}");
        assert!(outcome.altered.iter().any(|a| a.contains(said)), "{what}: {:#?}", outcome.altered);
    }
    let heading = seen.find("<article").unwrap();
    let rest = seen[heading..].find("</article>").unwrap() + heading;
    let outcome = check(&read(&format!("{}{}{data}", &seen[..heading], &seen[rest + "</article>".len()..])).unwrap(), &files);
    assert!(outcome.altered.iter().any(|a| a.contains("is missing from the page")), "{outcome:#?}");
}

#[test]
fn a_page_that_was_sent_about_still_holds() {
    let (page, files) = judged(Format::Html);
    let saved = page.replace("<meta charset=\"utf-8\">", "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\">");
    assert_ne!(saved, page);
    for sent in [saved, page.replace('\n', "\r\n"), format!("\u{FEFF}{page}\n"), page.replace("<p class=\"why\">", "\n  <p class=\"why\">")]
    {
        let outcome = check(&read(&sent).unwrap(), &files);
        assert!(outcome.holds(), "{outcome:#?}");
    }
}

#[test]
fn data_that_was_changed_with_the_page_is_found_by_making_the_report_again() {
    for format in [Format::Html, Format::Json] {
        let (report, files) = judged(format);
        let data: serde_json::Value = match format {
            Format::Json => serde_json::from_str(&report).unwrap(),
            _ => serde_json::from_str(split(&report).1.split_once('>').unwrap().1.split_once("</script>").unwrap().0).unwrap(),
        };
        let first = &data["findings"][0];
        let field = |name: &str| first[name].as_str().unwrap().to_owned();
        let name = |field: &str, value: &str| {
            serde_json::to_string(&serde_json::json!({ field: value })).unwrap()[1..].trim_end_matches('}').to_owned()
        };
        for (what, value) in [("title", field("title")), ("why", field("why")), ("kind", field("kind")), ("relation", field("relation"))] {
            let forged = match format {
                Format::Json => report.replace(&name(what, &value).replace("\":\"", "\": \""), &format!("\"{what}\": \"nothing\"")),
                _ => report.replace(&name(what, &value), &format!("\"{what}\":\"nothing\"")),
            };
            assert_ne!(forged, report, "{format:?} {what}");
            let outcome = check(&read(&forged).unwrap(), &files);
            assert_eq!(outcome.verdict(), Verdict::Fails);
            assert!(outcome.differs.iter().any(|d| d.contains("“nothing”, and made again it is")), "{format:?} {what}: {outcome:#?}");
        }
        // An outlet may be given by hand; then the file is heard too.
        let forged = report.replace("Meridian Wire", "Daily Liar");
        let outcome = check(&read(&forged).unwrap(), &files);
        assert!(!outcome.holds() || outcome.by_hand.iter().any(|b| b.contains("“Daily Liar” was given by")), "{outcome:#?}");
    }
}

#[test]
fn a_report_of_another_parallax_is_made_again_too_and_else_checked_by_its_sums_and_quotations() {
    for format in [Format::Html, Format::Json] {
        let (report, files) = judged(format);
        let ours = parallax::report::json::GENERATOR;
        let version = ours.strip_prefix("parallax ").unwrap();
        let old = report
            .replace(ours, "parallax 0.0.1")
            .replace(&format!("Parallax {version}"), "Parallax 0.0.1")
            .replace(&format!("Parallax {}", &version[..3]), "Parallax 0.0");
        // It finds the same.
        let outcome = check(&read(&old).unwrap(), &files);
        assert!(outcome.holds() && outcome.not_repeated.is_none(), "{format:?}: {outcome:#?}");
        // It finds something else: that may be the program, so the sums are asked.
        let why = "Why not so";
        let other = old.replace("can't both hold", why).replace("can’t both hold", why);
        assert_ne!(other, old);
        let outcome = check(&read(&other).unwrap(), &files);
        assert_eq!(outcome.verdict(), Verdict::Fails);
        assert!(outcome.not_repeated.as_deref().is_some_and(|r| r.contains("written by parallax 0.0.1")), "{outcome:#?}");
        assert!(outcome.altered.iter().any(|a| a.contains("Its data was changed")), "{outcome:#?}");
        if format == Format::Html {
            let (seen, data) = split(&old);
            let forged = |from: &str, to: &str| {
                assert!(seen.contains(from), "{from}");
                check(&read(&format!("{}{data}", seen.replace(from, to))).unwrap(), &files).altered
            };
            let altered = forged(" fled ", " swam ");
            assert!(altered.iter().any(|a| a.starts_with("The page quotes “")), "{altered:#?}");
            assert!(altered.iter().any(|a| a.contains("The page was changed")), "{altered:#?}");
            let altered = forged("Meridian Wire", "Daily Liar");
            assert!(altered.iter().any(|a| a.contains("The page names the outlet “Daily Liar”")), "{altered:#?}");
        }
        // Without sums nothing tells who is right, so it is left open.
        let mut data: serde_json::Value = match format {
            Format::Json => serde_json::from_str(&other).unwrap(),
            _ => continue,
        };
        data.as_object_mut().unwrap().remove("checksum");
        assert_eq!(check(&read(&data.to_string()).unwrap(), &files).verdict(), Verdict::Open);
    }
}

#[test]
fn a_comparison_keeps_texts_that_can_be_checked_against() {
    let (page, mut files) = judged(Format::Html);
    for f in &mut files {
        f.kept_in = Some("saved.parallax".into());
    }
    let outcome = check(&read(&page).unwrap(), &files);
    assert!(outcome.holds() && states(&outcome).iter().all(|s| *s == FileState::KeptIn("saved.parallax".into())), "{outcome:#?}");
    files[0].articles.as_mut().unwrap()[0].text.push_str(" And more.");
    assert_eq!(states(&check(&read(&page).unwrap(), &files))[0], FileState::Changed);
}

/// Two short versions, their report in a format, and their files.
fn two_versions(format: Format) -> (String, Vec<Current>) {
    let told = [
        (
            "a.txt",
            "Boats row out\n\nOutlet: The Harbour Post\nPublished: 2026-03-03\n\nSeven boats rowed out to the Skarn ferry on Monday night, the coast guard said.\n",
        ),
        (
            "b.txt",
            "Boats row out\n\nOutlet: Meridian Wire\nPublished: 2026-03-03\n\nNine boats rowed out to the Skarn ferry on Monday night, the coast guard said.\n",
        ),
    ];
    let files: Vec<Current> = told.iter().map(|(path, text)| file(path, text.as_bytes())).collect();
    let sources: Vec<_> = files.iter().flat_map(|f| f.articles.clone().unwrap()).collect();
    let analysis = analyze(&sources, &Config::default(), &Silent).unwrap();
    assert!(!analysis.findings.is_empty());
    (text(format, &analysis), files)
}

#[test]
fn no_letter_of_a_page_can_be_changed() {
    const STEP: usize = 173;
    let (page, files) = two_versions(Format::Html);
    assert!(check(&read(&page).unwrap(), &files).holds());
    let end = split(&page).0.len();
    // How a page names its encoding is no part of what it says, nor is the case of names of elements.
    let start = page.find("<title>").unwrap();
    for at in (start..end).step_by(STEP).filter(|at| page.is_char_boundary(*at)) {
        let Some(place) = page[at..end].find(|c: char| c.is_ascii_lowercase()).map(|n| at + n) else { continue };
        // A closing tag that is misspelt is none, and where another follows it the page stays the same.
        if page[..place].rfind('<').is_some_and(|tag| page[tag..].starts_with("</") && !page[tag..place].contains('>')) {
            continue;
        }
        let letter = page.as_bytes()[place];
        let other = if letter == b'z' { 'a' } else { char::from(letter + 1) };
        let forged = format!("{}{other}{}", &page[..place], &page[place + 1..]);
        let holds = read(&forged).is_ok_and(|claims| check(&claims, &files).holds());
        assert!(!holds, "{}", &page[place.saturating_sub(40)..(place + 40).min(end)].escape_debug());
    }
}

#[test]
fn a_damaged_report_is_refused_or_checked() {
    const STEP: usize = 97;
    let (json, files) = two_versions(Format::Json);
    for at in (0..json.len()).step_by(STEP).filter(|at| json.is_char_boundary(*at)) {
        let rest = json[at..].char_indices().nth(1).map_or("", |(n, _)| &json[at + n..]);
        for other in ["", "9", "\"", "]", "é"] {
            if let Ok(claims) = read(&format!("{}{other}{rest}", &json[..at])) {
                let outcome = check(&claims, &files);
                assert_eq!(outcome.versions.len(), claims.versions.len());
            }
        }
    }
}
