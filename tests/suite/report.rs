//! Reports for people: what they say, that they can't be broken by what an article says, and that formats agree.

use crate::story::{self, ferry};
use dom_query::Document;
use parallax::analysis::Analysis;
use parallax::compare::FindingKind;
use parallax::project::{Judgement, Judgements, Verdict};
use parallax::report::model::Model;
use parallax::report::{Format, Options, json, markdown, render, words};
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag};

fn text(format: Format, analysis: &Analysis, judgements: &Judgements, options: &Options) -> String {
    String::from_utf8(render(format, analysis, judgements, options).unwrap()).unwrap()
}

fn html(analysis: &Analysis) -> String {
    text(Format::Html, analysis, &Judgements::new(), &Options::default())
}

#[test]
fn the_summary_counts_what_is_listed() {
    let a = ferry();
    let model = Model::new(&a, &Judgements::new(), &Options::default());
    insta::assert_snapshot!(model.summary, @"The 4 versions have 3 independent origins. They differ in 10 places: 3 conflicts, 1 later figure, 3 in quotes and sources, 1 compatible, 1 told by one version only, 1 left out.");
    insta::assert_snapshot!(model.imprint, @"4 versions, 2 to 4 March 2026. Made with Parallax 0.1. Judged by nobody yet.");
    assert_eq!(model.left_out, ["1 difference of the kind “Wording”"]);
    let shared: Vec<&str> = model.versions.iter().map(|v| v.shared.as_str()).collect();
    assert_eq!(shared, ["none", "with D", "none", "57% also in B"]);
}

#[test]
fn dismissed_findings_are_left_out_or_listed_but_never_counted() {
    let a = ferry();
    let mut judgements = Judgements::new();
    judgements.insert(
        a.findings[0].id,
        Judgement { verdict: Some(Verdict::Dismissed), note: "Both are estimates.".into(), ..Default::default() },
    );
    judgements.insert(a.findings[1].id, Judgement { verdict: Some(Verdict::Confirmed), note: String::new(), ..Default::default() });
    let without = Model::new(&a, &judgements, &Options::default());
    assert_eq!(without.finding_count(), 9);
    assert!(without.summary.contains("differ in 9 places: 2 conflicts"), "{}", without.summary);
    assert!(without.left_out.contains(&"1 dismissed difference".to_owned()));
    let with = Model::new(&a, &judgements, &Options { dismissed: true, ..Options::default() });
    assert_eq!(with.finding_count(), 10);
    assert!(with.summary.contains("differ in 9 places: 2 conflicts"), "{}", with.summary);
    assert!(with.imprint.contains("1 confirmed, 1 dismissed."), "{}", with.imprint);
    let page = text(Format::Html, &a, &judgements, &Options { dismissed: true, ..Options::default() });
    assert!(page.contains("Both are estimates."));
}

#[test]
fn a_report_without_differences_says_so() {
    let mut a = ferry();
    a.findings.retain(|f| f.kind == FindingKind::Wording);
    let model = Model::new(&a, &Judgements::new(), &Options::default());
    assert!(
        model.summary.ends_with("They agree in every detail and quote that Parallax can read. Wording still differs in 1 place."),
        "{}",
        model.summary
    );
    for n in 0..2 {
        let one = Analysis { versions: a.versions[..n].to_vec(), ..Analysis::default() };
        assert!(Model::new(&one, &Judgements::new(), &Options::default()).summary.contains("version"));
        assert!(Document::from(html(&one)).errors.borrow().is_empty());
    }
}

#[test]
fn excerpts_hold_the_sentence_and_mark_the_evidence() {
    let a = ferry();
    let model = Model::new(&a, &Judgements::new(), &Options::default());
    let first = &model.sections[0].entries[0];
    let shown: Vec<String> = first
        .readings
        .iter()
        .flat_map(|r| r.excerpts.iter().map(move |e| (r, e)))
        .map(|(r, e)| {
            let who: Vec<String> = e.sayers.iter().map(|s| format!("{} {}", s.letter, s.place)).collect();
            let words: String = e.runs.iter().map(|r| if r.mark.is_some() { format!("[{}]", r.text) } else { r.text.clone() }).collect();
            format!("{} | {} | {words}", r.name, who.join(", "))
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn markdown_reads_like_a_report() {
    insta::assert_snapshot!(text(Format::Markdown, &ferry(), &Judgements::new(), &Options::default()));
}

#[test]
fn a_page_is_good_html_and_holds_all_it_needs() {
    let a = ferry();
    let page = html(&a);
    // A copy to look at in a browser.
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/report.html"), &page).unwrap();
    let doc = Document::from(page.as_str());
    assert!(doc.errors.borrow().is_empty(), "{:?}", doc.errors.borrow());
    for outside in ["src=", "@import", "url(", "<link", "<script>", "onclick", "javascript:"] {
        assert!(!page.contains(outside), "the page has {outside}");
    }
    let mut ids: Vec<String> = doc.select("[id]").iter().map(|n| n.attr("id").unwrap().to_string()).collect();
    let targets: Vec<String> = doc.select("a[href^='#']").iter().map(|n| n.attr("href").unwrap()[1..].to_owned()).collect();
    let labels: Vec<String> = doc.select("[aria-labelledby]").iter().map(|n| n.attr("aria-labelledby").unwrap().to_string()).collect();
    for target in targets.iter().chain(&labels) {
        assert!(ids.contains(target), "nothing has the id {target}");
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "ids are unique");
    for mark in doc.select("mark").iter() {
        assert!(mark.attr("data-finding").is_some_and(|f| ids.contains(&f.to_string())));
    }
    assert!(doc.select("th").iter().all(|th| th.attr("scope").is_some()));
    let data = unsealed(&doc.select("#parallax-report").text());
    let contract: serde_json::Value = serde_json::from_str(&json::text(&a, &Judgements::new(), &Options::default())).unwrap();
    assert_eq!(data, contract);
}

#[test]
fn excerpts_have_whole_marks_and_bold_words() {
    let sources = parallax::app::sample::sources();
    let a = parallax::analysis::analyze(&sources, &Default::default(), &parallax::base::Silent).unwrap();
    let md = text(Format::Markdown, &a, &Judgements::new(), &Options::everything());
    assert!(!md.contains("****") && !md.contains('\u{2060}'), "bold marks meet");
    let model = Model::new(&a, &Judgements::new(), &Options::everything());
    let entries = model.sections.iter().flat_map(|s| &s.entries).flat_map(|e| &e.readings).flat_map(|r| &r.excerpts);
    for excerpt in entries.chain(model.passages.iter().flat_map(|p| p.cells.iter().flatten())) {
        let words: String = excerpt.runs.iter().map(|r| r.text.as_str()).collect();
        let count = |c: char| words.matches(c).count();
        assert!(count('“') == count('”') && count('"').is_multiple_of(2), "{words}");
    }
    // What stands beyond the excerpt is not made up: an ellipsis says that it is left out.
    let two = ["Boats row out", "“Seven boats rowed out. Nobody asked them to,” Ilse Brandt said."];
    let mut a = story::bare(&[story::source("One", "", &two)]);
    story::finding(&mut a, FindingKind::OnlyIn, "Boats", None, &[("seven", &[(0, "Seven boats")])]);
    let md = text(Format::Markdown, &a, &Judgements::new(), &Options::default());
    assert!(md.contains("“**Seven boats** rowed out. …”"), "{md}");
}

#[test]
fn long_context_is_cut_between_words() {
    let long = format!("{} seven boats {}.", "early in the morning ".repeat(20).trim(), "rowed out to the island ".repeat(20).trim());
    let mut a = story::bare(&[story::source("One", "", &["Boats", &long]), story::source("Two", "", &["Boats", "Six boats rowed."])]);
    story::finding(&mut a, FindingKind::DetailConflict, "Boats", None, &[("seven", &[(0, "seven boats")]), ("six", &[(1, "Six boats")])]);
    let model = Model::new(&a, &Judgements::new(), &Options::default());
    let runs = &model.sections[0].entries[0].readings[0].excerpts[0].runs;
    assert!(runs[0].text.starts_with('…') && runs[2].text.ends_with('…'));
    assert!(runs[0].text.chars().count() < 160 && runs[2].text.chars().count() < 160);
    assert!(["early", "in", "the", "morning"].iter().any(|w| runs[0].text.starts_with(&format!("…{w} "))), "{}", runs[0].text);
}

#[test]
fn many_versions_need_no_column_each() {
    let sources: Vec<_> = (0..40).map(|i| story::source(&format!("Outlet {i}"), "", &["Boats", &format!("{i} boats rowed.")])).collect();
    let mut a = story::bare(&sources);
    let words: Vec<String> = (0..40).map(|i| format!("{i} boats")).collect();
    let evidence: Vec<Vec<(u32, &str)>> = (0..40).map(|i| vec![(i as u32, words[i].as_str())]).collect();
    let readings: Vec<(&str, &[(u32, &str)])> = (0..40).map(|i| (words[i].as_str(), evidence[i].as_slice())).collect();
    story::finding(&mut a, FindingKind::DetailConflict, "Boats", None, &readings);
    let model = Model::new(&a, &Judgements::new(), &Options::default());
    assert!(model.matrix.is_none() && model.passages.is_empty());
    assert_eq!(model.left_out, ["tables with a column for each of the 40 versions"]);
    assert_eq!(model.versions[27].letter, "AB");
    assert!(Document::from(html(&a)).errors.borrow().is_empty());
}

/// Text that breaks reports whose writers forgot to escape.
pub fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("</script><script>alert(1)</script>".to_owned()),
        Just("<!--<script>".to_owned()),
        Just("]]>&amp;&#0;\"'".to_owned()),
        Just("' onmouseover='x".to_owned()),
        Just("=HYPERLINK(\"http://x\")".to_owned()),
        Just("+1|cmd' /C calc'!A0".to_owned()),
        Just("| a | b |\n|---|---|".to_owned()),
        Just("# h\n## i\n- j\n1. k\n> l\n```\nm".to_owned()),
        Just("**b** _c_ `d` [e](http://f) ![g](h) ~~i~~ <j@k.l>".to_owned()),
        Just("\u{202E}desrever\u{202D}\u{2066}\u{2067}\u{2069}".to_owned()),
        Just("\u{0}\u{1}\u{7}\u{8}\u{b}\u{1b}[31m\u{7f}\u{85}\u{9b}".to_owned()),
        Just("\u{FFFE}\u{FFFF}\u{1FFFE}\u{FDD0}\u{FEFF}".to_owned()),
        Just("\\ud800 \\u003c \\".to_owned()),
        Just("a\u{301}\u{200D}👩‍👩‍👧‍👦 שלום العربية 漢字".to_owned()),
        Just("\r\n\r\n\t  \u{a0}\u{2028}\u{2029}".to_owned()),
        any::<String>(),
        "[a-z0-9 .,]{1,12}",
    ];
    proptest::collection::vec(piece, 1..5).prop_map(|parts| parts.concat())
}

/// One story with other people's text in every place that takes it.
pub fn told_with(t: &[String]) -> (Analysis, Judgements, Options) {
    let body = format!("x{}x seven boats rowed {}.", t[0], t[1]);
    let one = story::source(&t[2], "2026-03-03", &[&format!("h{}h", t[3]), &body]);
    let mut two = story::source("Two", "2026-03-03", &["Boats", "Six boats rowed out."]);
    two.meta.byline = Some(t[4].clone());
    two.meta.url = Some(format!("https://example.org/{}", t[5]));
    two.provenance.path.clone_from(&t[6]);
    two.provenance.encoding.clone_from(&t[1]);
    let mut a = story::bare(&[one, two]);
    let p = story::passage(&mut a, &[(0, "seven boats"), (1, "Six boats")]);
    a.passages[p.ix()].why = vec![t[0].clone()];
    let f =
        story::finding(&mut a, FindingKind::DetailConflict, &t[7], Some(p), &[("a", &[(0, "seven boats")]), ("b", &[(1, "Six boats")])]);
    // The whole hostile sentence as evidence, so that it is marked too.
    let sentence = story::at(&a, 0, &body);
    let finding = &mut a.findings[f];
    finding.readings[0].evidence.push(sentence);
    finding.why.clone_from(&t[8]);
    finding.readings[0].text.clone_from(&t[9]);
    finding.readings[0].remark = Some(t[10].clone());
    finding.readings[1].read_as = Some(t[11].clone());
    a.notes.push(parallax::base::Note::new(t[6].clone(), t[8].clone()));
    let judgements = [(a.findings[f].id, Judgement { verdict: Some(Verdict::Confirmed), note: t[3].clone(), ..Default::default() })].into();
    let options = Options { title: Some(t[7].clone()), notice: Some(t[2].clone()), ..Options::default() };
    (a, judgements, options)
}

fn tame() -> (Analysis, Judgements, Options) {
    told_with(&vec!["plain words".to_owned(); 12])
}

/// The data of a report without the sums over it.
fn unsealed(json: &str) -> serde_json::Value {
    let mut data: serde_json::Value = serde_json::from_str(json).unwrap();
    for sum in ["checksum", "page_sha256"] {
        data.as_object_mut().unwrap().remove(sum);
    }
    data
}

pub fn unsafe_to_show(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') || (c.is_control() && c != '\n')
}

/// The elements of a page in order, but for those that hold the words of readings, whose number may differ.
fn elements(page: &str) -> Vec<String> {
    let doc = Document::from(page);
    let all = doc.select("*");
    all.iter()
        .map(|n| n.nodes()[0].node_name().unwrap().to_string())
        .filter(|n| !["small", "bdi", "span", "strong", "br", "cite", "mark"].contains(&n.as_str()))
        .collect()
}

/// What structure a Markdown text has.
fn outline(text: &str) -> Vec<String> {
    let options = pulldown_cmark::Options::all().difference(pulldown_cmark::Options::ENABLE_SMART_PUNCTUATION);
    Parser::new_ext(text, options)
        .filter_map(|e| match e {
            Event::Start(Tag::Strong | Tag::Paragraph) | Event::Text(_) | Event::End(_) | Event::SoftBreak => None,
            Event::Start(tag) => Some(format!("{tag:?}").split([' ', '(', '{']).next().unwrap().to_owned()),
            Event::Code(_) => Some("Code".to_owned()),
            other => Some(format!("{other:?}")),
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_stays_text(t in proptest::collection::vec(hostile(), 12)) {
        let (a, judgements, options) = told_with(&t);
        let (b, tame_judgements, tame_options) = tame();

        let page = text(Format::Html, &a, &judgements, &options);
        let doc = Document::from(page.as_str());
        prop_assert!(doc.errors.borrow().is_empty(), "{:?}", doc.errors.borrow());
        let tame_page = text(Format::Html, &b, &tame_judgements, &tame_options);
        if [2, 3, 4, 6, 7, 8, 9, 10, 11].iter().all(|i| !words::clean(&t[*i]).is_empty()) {
            prop_assert_eq!(elements(&page), elements(&tame_page));
        }
        prop_assert!(!page.chars().any(unsafe_to_show), "a control is left");

        let contract = text(Format::Json, &a, &judgements, &options);
        let read: serde_json::Value = serde_json::from_str(&contract).unwrap();
        prop_assert_eq!(read["versions"][0]["text"].as_str().unwrap(), a.versions[0].document.text.as_str());
        prop_assert_eq!(read["findings"][0]["why"].as_str().unwrap(), t[8].as_str());
        prop_assert_eq!(unsealed(&doc.select("#parallax-report").text()), unsealed(&contract));

        let md = text(Format::Markdown, &a, &judgements, &options);
        if [2, 3, 4, 6, 7, 8, 9, 10, 11].iter().all(|i| !words::clean(&t[*i]).is_empty()) {
            prop_assert_eq!(outline(&md), outline(&text(Format::Markdown, &b, &tame_judgements, &tame_options)), "{}", md);
        }
        prop_assert!(!md.chars().any(unsafe_to_show), "a control is left");
    }

    #[test]
    fn escaped_markdown_shows_the_same_characters(t in hostile()) {
        let t = words::clean(&t);
        let source = format!("- **A** {}", markdown::escape(&t));
        let shown: String = Parser::new_ext(&source, pulldown_cmark::Options::all().difference(pulldown_cmark::Options::ENABLE_SMART_PUNCTUATION))
            .filter_map(|e| match e { Event::Text(t) => Some(t.to_string()), Event::SoftBreak => Some(" ".into()), _ => None })
            .collect();
        let expected = format!("A {t}");
        prop_assert_eq!(shown.trim(), expected.trim());
    }
}
