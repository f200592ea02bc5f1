//! Reports for other programs: well-formed, complete, and holding other people's text as text.

use crate::report::{hostile, told_with, unsafe_to_show};
use crate::story::ferry;
use parallax::analysis::Analysis;
use parallax::project::Judgements;
use parallax::report::model::Model;
use parallax::report::{Format, Options, csv, handout, render};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;
use std::io::Read;

fn bytes(format: Format, analysis: &Analysis) -> Vec<u8> {
    render(format, analysis, &Judgements::new(), &Options::default()).unwrap()
}

/// An element's name and attributes.
pub type Element = (String, BTreeMap<String, String>);

/// The elements of a well-formed XML text with their attributes, and all its characters.
pub fn xml(text: &str) -> (Vec<Element>, String) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    let (mut elements, mut words) = (Vec::new(), String::new());
    loop {
        match reader.read_event().unwrap_or_else(|e| panic!("{e}: {text}")) {
            Event::Start(e) | Event::Empty(e) => {
                let attributes = e.attributes().map(|a| a.unwrap_or_else(|e| panic!("{e}: {text}"))).map(|a| {
                    let name = String::from_utf8(a.key.as_ref().to_vec()).unwrap();
                    (name, String::from_utf8(a.value.to_vec()).unwrap())
                });
                elements.push((String::from_utf8(e.name().as_ref().to_vec()).unwrap(), attributes.collect()));
            }
            Event::Text(t) => words.push_str(std::str::from_utf8(&t).unwrap()),
            Event::GeneralRef(r) => words.push_str(&format!("&{};", std::str::from_utf8(&r).unwrap())),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(text.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)), "XML has no such character");
    (elements, words)
}

/// The parts of an Office file.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|i| {
            let mut file = zip.by_index(i).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// A reader of RFC 4180, strict about quotes.
pub fn read_csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        let field = row.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.push(chars.next().unwrap()),
            '"' if quoted => {
                quoted = false;
                assert!(matches!(chars.peek(), Some(',' | '\r') | None), "a quote ends inside a field");
            }
            '"' => {
                assert!(field.is_empty(), "a quote starts inside a field");
                quoted = true;
            }
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {
                assert_eq!(chars.next(), Some('\n'));
                rows.push(vec![String::new()]);
            }
            c => field.push(c),
        }
    }
    assert_eq!(rows.pop().unwrap(), [""]);
    rows
}

#[test]
fn a_table_has_a_row_for_each_place_and_each_silence() {
    let a = ferry();
    let rows = read_csv(&String::from_utf8(bytes(Format::Csv, &a)).unwrap());
    let listed = |f: &&parallax::compare::Finding| f.kind != parallax::compare::FindingKind::Wording;
    let places: usize = a.findings.iter().filter(listed).map(|f| f.readings.iter().map(|r| r.evidence.len()).sum::<usize>()).sum();
    let silences: usize = a.findings.iter().filter(listed).map(|f| f.silent.len()).sum();
    assert_eq!(rows.len(), 1 + places + silences);
    assert!(rows.iter().all(|r| r.len() == 26));
    insta::assert_snapshot!(rows[..3].iter().map(|r| r.join(" | ")).collect::<Vec<_>>().join("\n"));
}

#[test]
fn cells_never_become_formulas() {
    for (text, expected) in [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-5 degrees", "'-5 degrees"),
        ("@home", "'@home"),
        ("＝1", "'＝1"),
        ("5 - 3 = 2", "5 - 3 = 2"),
        ("a, \"b\"", "\"a, \"\"b\"\"\""),
    ] {
        assert_eq!(csv::field(text), expected);
    }
}

#[test]
fn an_apparatus_has_a_reading_for_every_witness() {
    let a = ferry();
    let text = String::from_utf8(bytes(Format::Tei, &a)).unwrap();
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/report.xml"), &text).unwrap();
    let (elements, _) = xml(&text);
    let of = |name: &str| elements.iter().filter(|(n, _)| n == name).count();
    let model = Model::new(&a, &Judgements::new(), &Options::default());
    assert_eq!(of("witness"), 4);
    assert_eq!(of("app"), model.passages.len());
    assert_eq!(of("rdg"), model.passages.len() * 4);
    let ids: Vec<&String> = elements.iter().filter_map(|(_, a)| a.get("xml:id")).collect();
    for pointer in elements.iter().flat_map(|(_, a)| [a.get("wit"), a.get("ana")]).flatten() {
        assert!(ids.iter().any(|id| format!("#{id}") == *pointer), "{pointer} points nowhere");
    }
}

#[test]
fn annotations_find_their_words_again() {
    let a = ferry();
    let page: serde_json::Value = serde_json::from_slice(&bytes(Format::Annotations, &a)).unwrap();
    assert_eq!(page["@context"], "http://www.w3.org/ns/anno.jsonld");
    let items = page["items"].as_array().unwrap();
    assert!(items.len() > 20);
    for item in items {
        assert_eq!(item["type"], "Annotation");
        let source = item["target"]["source"].as_str().unwrap();
        let version = a.versions.iter().find(|v| v.provenance.path == source).unwrap();
        let text: Vec<char> = version.document.text.chars().collect();
        let (quote, position) = (&item["target"]["selector"][0], &item["target"]["selector"][1]);
        let (start, end) = (position["start"].as_u64().unwrap() as usize, position["end"].as_u64().unwrap() as usize);
        let exact: String = text[start..end].iter().collect();
        assert_eq!(quote["exact"], exact);
        let around = format!("{}{exact}{}", quote["prefix"].as_str().unwrap(), quote["suffix"].as_str().unwrap());
        assert!(version.document.text.contains(&around));
    }
}

/// The terms of the Web Annotation vocabulary, as its JSON-LD context has them, that are of use here.
const TERMS: &[&str] = &[
    "@context",
    "id",
    "type",
    "label",
    "items",
    "name",
    "motivation",
    "generator",
    "body",
    "target",
    "purpose",
    "format",
    "language",
    "value",
    "source",
    "selector",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
];

#[test]
fn annotations_speak_the_vocabulary_alone() {
    fn check(value: &serde_json::Value) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    assert!(TERMS.contains(&name.as_str()), "{name} is no term");
                    check(value);
                }
                let sorts = ["AnnotationPage", "Annotation", "Software", "TextualBody", "TextQuoteSelector", "TextPositionSelector"];
                assert!(fields.get("type").is_none_or(|t| sorts.iter().any(|s| t == s)), "{:?}", fields.get("type"));
                let motives = ["commenting", "tagging", "classifying"];
                let motive = fields.get("motivation").or(fields.get("purpose"));
                assert!(motive.is_none_or(|m| motives.iter().any(|s| m == s)), "{motive:?}");
            }
            serde_json::Value::Array(items) => items.iter().for_each(check),
            _ => {}
        }
    }
    let a = ferry();
    let page: serde_json::Value = serde_json::from_slice(&bytes(Format::Annotations, &a)).unwrap();
    check(&page);
    let mut ids: Vec<&str> = page["items"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|two| two[0] != two[1]), "ids are unique");
}

#[test]
fn tables_are_read_by_a_reader_of_others() {
    let a = ferry();
    let ours = read_csv(&String::from_utf8(bytes(Format::Csv, &a)).unwrap());
    let file = bytes(Format::Csv, &a);
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(file.as_slice());
    let theirs: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(ours, theirs);
}

#[test]
fn office_files_are_whole_and_the_same_each_time() {
    let a = ferry();
    for (format, main) in [(Format::Docx, "word/document.xml"), (Format::Xlsx, "xl/workbook.xml")] {
        let file = bytes(format, &a);
        // A copy to open in an office program.
        std::fs::write(format!("{}/report.{}", env!("CARGO_TARGET_TMPDIR"), format.ending()), &file).unwrap();
        assert_eq!(file, bytes(format, &a), "{format:?}");
        let parts = parts(&file);
        assert!(parts.contains_key(main));
        for text in parts.values() {
            xml(text);
        }
    }
}

#[test]
fn every_format_tells_the_same_readings() {
    let a = ferry();
    let model = Model::new(&a, &Judgements::new(), &Options::default());
    let page = String::from_utf8(bytes(Format::Html, &a)).unwrap();
    let table = String::from_utf8(bytes(Format::Csv, &a)).unwrap();
    let docx = parts(&bytes(Format::Docx, &a))["word/document.xml"].clone();
    let sheet = parts(&bytes(Format::Xlsx, &a)).into_values().collect::<String>();
    let annotations = String::from_utf8(bytes(Format::Annotations, &a)).unwrap();
    for entry in model.sections.iter().flat_map(|s| &s.entries) {
        for text in [&page, &docx, &sheet, &table] {
            assert!(text.contains(entry.title.as_str()), "{}", entry.title);
        }
        for claim in entry.readings.iter().flat_map(|r| &r.claims) {
            for text in [&table, &sheet, &annotations] {
                assert!(text.contains(claim.words.as_str()), "{}", claim.words);
            }
        }
    }
}

#[cfg(feature = "pdf-report")]
mod pdf {
    use super::*;
    use parallax::report::pdf;

    /// Whether a PDF says of itself that it keeps the rules for accessible documents; krilla writes that only after it checked them.
    fn is_accessible(pdf: &[u8]) -> bool {
        String::from_utf8_lossy(pdf).contains("pdfuaid")
    }

    #[test]
    fn pages_hold_all_that_the_web_page_says() {
        let a = ferry();
        let file = bytes(Format::Pdf, &a);
        // A copy to look at.
        std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/report.pdf"), &file).unwrap();
        assert!(file.starts_with(b"%PDF-1.7") && is_accessible(&file));
        assert_eq!(file, bytes(Format::Pdf, &a), "the same report is the same file");
        let model = Model::new(&a, &Judgements::new(), &Options::default());
        let text = pdf::text(&model);
        for words in [&model.title, &model.imprint, &model.summary, &model.method[0], &model.versions[0].sha256] {
            assert!(text.contains(words.as_str()), "{words}");
        }
        for entry in model.sections.iter().flat_map(|s| &s.entries) {
            assert!(text.contains(&format!("{}. {}", entry.number, entry.title)) && text.contains(&entry.why), "{}", entry.title);
            for excerpt in entry.readings.iter().flat_map(|r| &r.excerpts) {
                let words: String = excerpt.runs.iter().map(|r| r.text.as_str()).collect();
                assert!(text.contains(&words), "{words}");
            }
        }
        assert!(model.passages.iter().all(|p| text.contains(&format!("Passage {}\n", p.number))));
    }

    #[test]
    fn what_no_face_shows_is_told() {
        let check = |words: &str, shown: &str, notice: Option<&str>| {
            let model = Model { summary: words.to_owned(), ..Model::new(&Analysis::default(), &Judgements::new(), &Options::default()) };
            let text = pdf::text(&model);
            assert!(text.contains(shown), "{words}: {text}");
            let whole = pdf::bytes(&model).unwrap();
            assert!(whole.starts_with(b"%PDF"));
            assert_eq!(pdf::missing(&model), notice.map(str::to_owned), "{words}");
        };
        check("Naïve café, Привет, ώρα, “ﬁne” ★ → ✓", "Naïve café, Привет, ώρα, “ﬁne” ★ → ✓", None);
        check("A\u{200B}B\u{AD}C\u{FE0F}", "A", None);
        check(&"\u{301}".repeat(300), "[269 combining characters not shown]", Some("269 combining"));
        check("He said שלום לכם today", "He said [7 Hebrew characters not shown] today", Some("7 Hebrew"));
        check(
            "東京 and مرحبا",
            "[2 Chinese or Japanese characters not shown] and [5 Arabic characters not shown]",
            Some("5 Arabic, 2 Chinese or Japanese"),
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_stays_text(t in proptest::collection::vec(hostile(), 12)) {
        let (a, judgements, options) = told_with(&t);
        let file = |format| render(format, &a, &judgements, &options).unwrap();

        let rows = read_csv(&String::from_utf8(file(Format::Csv)).unwrap());
        prop_assert!(rows.iter().all(|r| r.len() == 26));
        prop_assert!(!rows.iter().flatten().any(|cell| cell.starts_with(['=', '+', '-', '@', '\t'])));

        for format in [Format::Csv, Format::Tei] {
            let text = String::from_utf8(file(format)).unwrap();
            prop_assert!(!text.chars().any(|c| unsafe_to_show(c) && c != '\r'), "{:?} has a control", format);
        }
        let (elements, _) = xml(&String::from_utf8(file(Format::Tei)).unwrap());
        prop_assert!(elements.iter().all(|(name, _)| name.chars().all(|c| c.is_ascii_alphabetic())));
        prop_assert_eq!(elements.iter().filter(|(name, _)| name == "rdg").count(), 2);

        let (elements, _) = xml(&parts(&file(Format::Docx))["word/document.xml"]);
        prop_assert!(elements.iter().all(|(name, _)| name.starts_with("w:")));

        for sheet in [handout::worksheet(&a, &options), handout::key(&a, &judgements, &options)] {
            let page = String::from_utf8(handout::render(Format::Html, &sheet).unwrap()).unwrap();
            let doc = dom_query::Document::from(page.as_str());
            prop_assert!(doc.errors.borrow().is_empty() && doc.select("script, img, iframe, a").is_empty(), "{}", page);
            prop_assert!(!page.chars().any(unsafe_to_show));
            let (elements, _) = xml(&parts(&handout::render(Format::Docx, &sheet).unwrap())["word/document.xml"]);
            prop_assert!(elements.iter().all(|(name, _)| name.starts_with("w:")));
        }

        for (name, text) in parts(&file(Format::Xlsx)) {
            let (elements, words) = xml(&text);
            prop_assert!(!words.chars().any(unsafe_to_show), "a control in {}", name);
            prop_assert!(!elements.iter().any(|(e, _)| e == "f" || e == "hyperlink"), "a formula in {}", name);
        }

        #[cfg(feature = "pdf-report")]
        prop_assert!(file(Format::Pdf).starts_with(b"%PDF"));

        let page: serde_json::Value = serde_json::from_slice(&file(Format::Annotations)).unwrap();
        prop_assert_eq!(page["items"][0]["target"]["selector"][0]["exact"].as_str(), Some("seven boats"));
    }
}
