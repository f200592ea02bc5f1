//! One small event in each of many languages: loaded in the encodings usual there, cut, lined up, compared, written to every format.
//!
//! `locales/xx.txt` holds two versions of the event in the language `xx`: `|` stands where a sentence ends inside of a paragraph,
//! `differs` names the figure in which they differ, `agrees` one that both give in their own way, `quote` the words that both quote.

use crate::{formats, story};
use parallax::analysis::{Analysis, Config, analyze};
use parallax::base::{Silent, VersionIx};
use parallax::compare::FindingKind;
use parallax::extract::QuoteKind;
use parallax::project::Judgements;
use parallax::report::{Format, Options, render};
use parallax::source::{self, BlockKind, Hints, Source};

struct Event {
    language: &'static str,
    encodings: Vec<&'static str>,
    quote: &'static str,
    differs: [&'static str; 2],
    agrees: [&'static str; 2],
    /// As written, with `|` between sentences.
    versions: [&'static str; 2],
}

const FILES: [(&str, &str); 17] = [
    ("ar", include_str!("locales/ar.txt")),
    ("de", include_str!("locales/de.txt")),
    ("el", include_str!("locales/el.txt")),
    ("es", include_str!("locales/es.txt")),
    ("fr", include_str!("locales/fr.txt")),
    ("he", include_str!("locales/he.txt")),
    ("hi", include_str!("locales/hi.txt")),
    ("it", include_str!("locales/it.txt")),
    ("ja", include_str!("locales/ja.txt")),
    ("ko", include_str!("locales/ko.txt")),
    ("nl", include_str!("locales/nl.txt")),
    ("pl", include_str!("locales/pl.txt")),
    ("pt", include_str!("locales/pt.txt")),
    ("ru", include_str!("locales/ru.txt")),
    ("tr", include_str!("locales/tr.txt")),
    ("zh", include_str!("locales/zh.txt")),
    ("zh", include_str!("locales/zh-hant.txt")),
];

fn events() -> impl Iterator<Item = Event> {
    FILES.into_iter().map(|(language, file)| {
        let (head, bodies) = file.split_once("== A\n").unwrap();
        let (a, b) = bodies.split_once("== B\n").unwrap();
        let field = |name: &str| head.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(':')).unwrap().trim();
        let two = |name: &str| field(name).split_once(" | ").map(|(a, b)| [a, b]).unwrap();
        Event {
            language,
            encodings: field("encodings").split_whitespace().collect(),
            quote: field("quote"),
            differs: two("differs"),
            agrees: two("agrees"),
            versions: [a.trim(), b.trim()],
        }
    })
}

impl Event {
    fn text(&self, version: usize) -> String {
        // A language that puts a blank between sentences has it in the file.
        self.versions[version]
            .replace(" |", "")
            .replace('|', if matches!(self.language, "zh" | "ja") { "" } else { " " })
            .replace("。 ", "。")
            .replace("？ ", "？")
    }

    fn source(&self, version: usize) -> Source {
        let outlet = Some(["Alpha", "Beta"][version].to_owned());
        let hints = Hints { path: format!("{version}.txt"), outlet, ..Hints::default() };
        source::read(self.text(version).as_bytes(), &hints).expect("an article").remove(0)
    }

    fn analysis(&self) -> Analysis {
        analyze(&[self.source(0), self.source(1)], &Config::default(), &Silent).expect("nobody cancels")
    }
}

/// Runs a check of every event and tells all that fail.
fn check_all(check: impl Fn(&Event) -> Result<(), String>) {
    let failed: Vec<String> = events().filter_map(|e| check(&e).err().map(|why| format!("{}: {why}", e.language))).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn ensure(holds: bool, why: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(why()) }
}

#[test]
fn each_language_is_told() {
    check_all(|e| {
        let told: Vec<String> = e.analysis().versions.iter().map(|v| v.document.language.clone()).collect();
        ensure(told == [e.language; 2], || format!("{told:?}"))
    });
}

#[test]
fn each_is_read_in_the_encodings_usual_there() {
    check_all(|e| {
        for label in &e.encodings {
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
            let mut tried = 0;
            for version in 0..2 {
                // Old encodings lack typographic marks, and writers did without.
                let text = e.text(version);
                let plain = text.replace(['«', '»', '„', '”', '“'], "\"").replace(['—', '–'], "-").replace('’', "'");
                let written = [text, plain]
                    .into_iter()
                    .find_map(|t| Some(encoding.encode(&t)).filter(|e| !e.2).map(|e| (e.0.into_owned(), t.clone())));
                let Some((bytes, text)) = written else { continue };
                tried += 1;
                let read = source::read(&bytes, &Hints::default()).map_err(|e| e.to_string())?.remove(0);
                ensure(read.text == text, || format!("{label} was read as {}: {}", read.provenance.encoding, read.text))?;
            }
            ensure(tried > 0, || format!("nothing can be written in {label}"))?;
        }
        Ok(())
    });
}

#[test]
fn sentences_end_at_the_stops_of_each_language() {
    check_all(|e| {
        for (version, marked) in e.versions.iter().enumerate() {
            let a = e.analysis();
            let doc = &a.versions[version].document;
            let found: Vec<&str> = doc.sentences.iter().map(|s| s.range.of(&doc.text)).collect();
            let expected: Vec<&str> = marked.split(['|', '\n']).map(str::trim).filter(|s| !s.is_empty()).collect();
            ensure(found == expected, || format!("{found:#?}"))?;
        }
        Ok(())
    });
}

#[test]
fn what_reports_the_same_stands_together() {
    check_all(|e| {
        let a = e.analysis();
        for words in [e.differs, e.agrees, [e.quote; 2]] {
            let at = |v: usize| story::at(&a, v as u32, words[v]);
            let passages = |v: usize| a.passages_at(VersionIx(v as u32), at(v).range.start);
            ensure(passages(0).iter().any(|p| passages(1).contains(p)), || format!("“{}” and “{}” are apart", words[0], words[1]))?;
        }
        Ok(())
    });
}

#[test]
fn a_figure_that_differs_is_found_and_one_that_is_written_otherwise_is_not() {
    check_all(|e| {
        let a = e.analysis();
        let tells = |f: &parallax::compare::Finding, words: [&str; 2]| {
            let at = [story::at(&a, 0, words[0]), story::at(&a, 1, words[1])];
            let holds = |e: &parallax::compare::Evidence| {
                f.readings.iter().flat_map(|r| &r.evidence).any(|x| x.version == e.version && x.range.overlaps(e.range))
            };
            f.kind != FindingKind::Wording && at.iter().all(holds)
        };
        let told = |words| a.findings.iter().any(|f| tells(f, words));
        let listed = || {
            let said: Vec<String> = a.findings.iter().map(|f| format!("{} {}: {}", f.kind.slug(), f.title, f.why)).collect();
            let details: Vec<String> = a
                .versions
                .iter()
                .flat_map(|v| v.extract.details.iter().map(|d| format!("{} {} {:?}", v.slice(d.range), d.kind.slug(), d.value)))
                .collect();
            format!("\n  {}\n  {}", said.join("\n  "), details.join(" · "))
        };
        ensure(told(e.differs), || format!("{:?} is not found{}", e.differs, listed()))?;
        ensure(!told(e.agrees), || format!("{:?} is found{}", e.agrees, listed()))?;
        let others = a.findings.iter().filter(|f| !matches!(f.kind, FindingKind::Wording | FindingKind::Order) && !tells(f, e.differs));
        ensure(others.count() == 0, || format!("what nobody planted{}", listed()))
    });
}

#[test]
fn quotes_are_found_by_their_marks() {
    check_all(|e| {
        for v in &e.analysis().versions {
            let quotes: Vec<&str> = v.extract.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect).map(|q| v.slice(q.range)).collect();
            let bare: Vec<&str> = quotes.iter().map(|q| q.trim_end_matches(['。', '.', ',', '،'])).collect();
            ensure(bare == [e.quote], || format!("{quotes:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn every_format_keeps_the_text_and_names_its_language() {
    check_all(|e| {
        let a = e.analysis();
        let file = |format| render(format, &a, &Judgements::new(), &Options::everything()).unwrap();
        let text = |format| String::from_utf8(file(format)).unwrap();
        let packed = |format| formats::parts(&file(format)).into_values().collect::<String>();
        for (name, text) in [
            ("HTML", text(Format::Html)),
            ("Markdown", text(Format::Markdown)),
            ("CSV", text(Format::Csv)),
            ("JSON", text(Format::Json)),
            ("annotations", text(Format::Annotations)),
            ("TEI", text(Format::Tei)),
            ("DOCX", packed(Format::Docx)),
            ("XLSX", packed(Format::Xlsx)),
        ] {
            // Strong words may begin inside.
            let text = if name == "Markdown" { text.replace("**", "") } else { text };
            for words in e.differs {
                ensure(text.contains(words), || format!("{name} lacks {words}"))?;
            }
        }
        let dir = if matches!(e.language, "ar" | "he") { "rtl" } else { "ltr" };
        let page = text(Format::Html);
        ensure(page.contains(&format!("lang=\"{}\"", e.language)), || "the page does not name its language".to_owned())?;
        ensure(page.contains("dir=\"rtl\"") == (dir == "rtl"), || format!("the page should run {dir}"))?;
        ensure(text(Format::Tei).contains(&format!("xml:lang=\"{}\"", e.language)), || "TEI does not name its language".to_owned())?;
        let limits = parallax::text::language::limits(e.language).unwrap();
        ensure(page.contains(&limits), || "what the language lacks is not told".to_owned())?;
        let docx = packed(Format::Docx);
        ensure(docx.contains("<w:rtl/>") == (dir == "rtl"), || format!("DOCX should run {dir}"))?;
        ensure(docx.contains(&format!("\"{}\"", e.language)), || "DOCX does not name its language".to_owned())
    });
}

#[test]
fn two_reports_of_one_event_are_no_copy() {
    check_all(|e| {
        let a = e.analysis();
        ensure(a.origins.is_empty(), || format!("{:?}", a.origins))
    });
}

#[cfg(feature = "pdf-report")]
#[test]
fn pages_show_each_script_or_say_that_they_can_not() {
    use parallax::report::{model::Model, pdf};
    let shown = ["de", "el", "es", "fr", "it", "nl", "pl", "pt", "ru", "tr"];
    check_all(|e| {
        let a = e.analysis();
        let model = Model::new(&a, &Judgements::new(), &Options::everything());
        let (text, missing) = (pdf::text(&model), pdf::missing(&model));
        match shown.contains(&e.language) {
            true => ensure(missing.is_none() && text.contains(e.differs[0]), || format!("{missing:?} {text}")),
            false => ensure(missing.is_some() && text.contains("not shown"), || format!("{missing:?}")),
        }
    });
}

#[test]
fn headlines_are_headlines_in_every_language() {
    check_all(|e| {
        let kinds: Vec<BlockKind> = e.source(0).blocks.iter().map(|b| b.kind).collect();
        ensure(kinds == [BlockKind::Headline, BlockKind::Paragraph, BlockKind::Paragraph], || format!("{kinds:?}"))
    });
}

/// Where words are not parted, two characters in a row are about a word: few lines are enough to line up by, though all figures in them
/// differ, and a short sentence in marks is a quote where it has the endings of one.
#[test]
fn few_lines_without_blanks_are_lined_up_by_pairs_of_characters() {
    let ja = [
        ["鉄道会社によると、5月5日の午後、港湾線で列車が脱線し、12人がけがをした。", "広報担当者は「線路を閉鎖した」と述べた。"],
        ["鉄道会社によると、5月7日の午後、港湾線で列車が脱線し、14人がけがをした。", "広報担当者は「線路をすべて閉鎖した」と話した。"],
    ];
    let zh = [
        ["铁路公司表示，5月5日下午一列火车在港湾线出轨，12人受伤。", "发言人说：“我们已经关闭了整条线路。”"],
        ["铁路公司说，5月7日下午一列火车在港湾线出轨，14人受伤。", "发言人说：“我们已经关闭了一部分线路。”"],
    ];
    for versions in [ja, zh] {
        let sources = versions.map(|lines| story::source(lines[1], "2026-05-08", &lines));
        let found = analyze(&sources, &Config::default(), &Silent).expect("nobody cancels");
        let kinds = |kind: FindingKind| found.findings.iter().filter(|f| f.kind == kind).count();
        assert_eq!(kinds(FindingKind::DetailConflict), 2, "{:#?}", found.findings);
        assert_eq!(kinds(FindingKind::QuoteAltered) + kinds(FindingKind::QuoteTrimmed), 1, "{:#?}", found.findings);
        assert_eq!(kinds(FindingKind::OnlyIn), 0, "{:#?}", found.findings);
        // The words of the reasons stand in the texts, and no pair of characters is named beside one that overlaps it.
        let named = found.passages.iter().flat_map(|p| &p.why).find_map(|w| w.strip_prefix("Shared words: ")).unwrap();
        assert!(named.split(", ").any(|w| w.chars().count() > 3), "{named}");
    }
}
