//! Made-up coverage through all stages: no text stops a stage, and what comes out of it always holds.
//!
//! `MUTATIONS=20000 cargo test fuzz::` tries as many events a target instead of some; `FUZZ_BYTES=900000` makes monotonous
//! texts as long.

use crate::source::assert_source;
use crate::{align, contract, formats, hostile, nasty, story};
use parallax::analysis::{Analysis, Config, Version, analyze};
use parallax::base::{Silent, TextRange};
use parallax::project::Judgements;
use parallax::report::verify::{self, Current};
use parallax::report::{Format, Options, handout, render};
use parallax::source::{self, Hints, Source};
use proptest::prelude::*;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// No event of some kilobytes takes longer, in a build without optimisation on a busy machine.
const MOST: Duration = Duration::from_secs(60);

const LANGUAGES: &[&str] = &[
    "ar", "de", "el", "es", "fr", "he", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "zh", "sv", "en", "en-GB", "x", "", "é",
    "de_AT",
];

fn config() -> ProptestConfig {
    ProptestConfig { cases: hostile::cases(24), max_shrink_iters: 400, ..ProptestConfig::default() }
}

/// How long monotonous texts are.
fn fuzz_bytes() -> usize {
    std::env::var("FUZZ_BYTES").ok().and_then(|n| n.parse().ok()).unwrap_or(8_000)
}

fn within<T>(what: &str, bytes: usize, run: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let out = run();
    assert!(began.elapsed() < MOST, "{what} took {:?} for {bytes} bytes", began.elapsed());
    out
}

/// One version as a file would be read, which may lack an article, or as paragraphs that a reader of another format might give.
fn sources(event: &[Vec<String>]) -> Vec<Source> {
    let read = |(n, paragraphs): (usize, &Vec<String>)| {
        if n % 2 == 0 {
            let hints = Hints { path: format!("{n}.txt"), outlet: Some(format!("Outlet {n}")), ..Hints::default() };
            return source::read(paragraphs.join("\n\n").as_bytes(), &hints).unwrap_or_default();
        }
        let paragraphs: Vec<&str> = paragraphs.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect();
        if paragraphs.is_empty() {
            return Vec::new();
        }
        let mut source = story::source(&format!("Outlet {n}"), "2026-03-03", &paragraphs);
        // Another format's file with the same text has other bytes.
        source.provenance.sha256 = source::sha256_hex(format!("{n} {}", source.text).as_bytes());
        vec![source]
    };
    event.iter().enumerate().flat_map(read).collect()
}

fn assert_inside(version: &Version, range: TextRange, what: &str) {
    let text = &version.document.text;
    assert!(range.start <= range.end && text.get(range.as_range()).is_some(), "{what} {range:?} is not in {text:?}");
}

/// What quotes and details of any version keep.
fn assert_extract(version: &Version) {
    for quote in &version.extract.quotes {
        assert_inside(version, quote.range, "a quote");
        quote.speaker.iter().for_each(|s| assert_inside(version, s.range, "a speaker"));
        quote.cue.iter().for_each(|c| assert_inside(version, c.range, "a cue"));
    }
    let mut last = 0;
    for detail in &version.extract.details {
        assert_inside(version, detail.range, "a detail");
        assert!(!detail.range.is_empty() && detail.range.start >= last, "details are empty or out of order");
        last = detail.range.start;
        let sentence = version.document.sentences[detail.sentence.ix()].range;
        assert!(sentence.contains_offset(detail.range.start), "a detail names another sentence");
        if let (Some(low), Some(high)) = detail.interval() {
            assert!(low <= high, "{detail:?} runs backwards");
        }
        assert!(detail.point().is_none_or(f64::is_finite), "{detail:?}");
    }
}

fn analysis(sources: &[Source]) -> Analysis {
    let bytes = sources.iter().map(|s| s.text.len()).sum();
    within("the analysis", bytes, || analyze(sources, &Config::default(), &Silent).expect("nobody cancels"))
}

/// What findings keep.
fn assert_analysis(a: &Analysis) {
    for finding in &a.findings {
        assert!(!finding.why.is_empty() && !finding.readings.is_empty(), "{finding:?}");
        for evidence in finding.readings.iter().flat_map(|r| &r.evidence) {
            assert_inside(&a.versions[evidence.version.ix()], evidence.range, "evidence");
        }
    }
}

fn assert_well_formed(format: Format, file: &[u8]) {
    let text = || std::str::from_utf8(file).expect("UTF-8");
    match format {
        Format::Html => {
            let doc = dom_query::Document::from(text());
            assert!(doc.errors.borrow().is_empty(), "{:?}", doc.errors.borrow());
            assert!(doc.select("script:not(#parallax-report), img, iframe, object, form, link").is_empty());
        }
        Format::Markdown => assert!(!text().chars().any(crate::report::unsafe_to_show)),
        Format::Json | Format::Annotations => drop(serde_json::from_str::<serde_json::Value>(text()).expect("JSON")),
        Format::Csv => {
            let rows = formats::read_csv(text());
            assert!(rows.iter().all(|r| r.len() == rows[0].len()));
            assert!(!rows.iter().flatten().any(|cell| cell.starts_with(['=', '+', '-', '@', '\t'])));
        }
        Format::Tei => drop(formats::xml(text())),
        Format::Xlsx | Format::Docx => {
            for (name, part) in formats::parts(file) {
                let (elements, _) = formats::xml(&part);
                assert!(!elements.iter().any(|(e, _)| e == "f" || e == "hyperlink"), "a formula in {name}");
            }
        }
        Format::Pdf => {
            assert!(file.starts_with(b"%PDF-") && file.trim_ascii_end().ends_with(b"%%EOF"));
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn text_and_extract_are_total(event in nasty::event()) {
        for source in sources(&event) {
            assert_source(&source);
            let version = within("a version", source.text.len(), || Version::read(&source));
            assert_extract(&version);
        }
    }

    #[test]
    fn figures_are_sound_in_every_language(text in nasty::figures(), language in proptest::sample::select(LANGUAGES)) {
        prop_assume!(!text.trim().is_empty());
        let mut source = story::source("Outlet", "2026-03-03", &[text.trim()]);
        source.meta.language = Some(language.to_owned());
        assert_source(&source);
        assert_extract(&Version::read(&source));
    }

    #[test]
    fn passages_always_hold(event in nasty::event()) {
        let mut versions: Vec<Arc<Version>> = sources(&event).iter().map(|s| Arc::new(Version::read(s))).collect();
        versions.sort_by_key(|v| v.key);
        let bytes = versions.iter().map(|v| v.document.text.len()).sum();
        let passages = within("aligning", bytes, || parallax::align::align(&versions, &Silent).expect("nobody cancels"));
        align::check_invariants(&versions, &passages);
    }

    #[test]
    fn findings_hold_in_any_order_and_obey_the_schema(event in nasty::event(), turn in 1..4usize) {
        let mut sources = sources(&event);
        let a = analysis(&sources);
        assert_analysis(&a);
        let report: serde_json::Value = serde_json::from_slice(&render(Format::Json, &a, &Judgements::new(), &Options::everything()).unwrap()).unwrap();
        prop_assert_eq!(contract::errors(&report), Vec::<String>::new());
        let given = contract::without_order(report);
        let turn = turn % sources.len().max(1);
        sources.rotate_left(turn);
        sources.reverse();
        prop_assert_eq!(given, contract::without_order(contract::report(&sources)));
    }

    #[test]
    fn reports_are_well_formed_and_can_be_made_again(event in nasty::event()) {
        let sources = sources(&event);
        let bytes = sources.iter().map(|s| s.text.len()).sum();
        let a = analysis(&sources);
        let files: Vec<Current> = sources
            .iter()
            .map(|s| Current {
                path: s.provenance.path.clone(),
                sha256: s.provenance.sha256.clone(),
                articles: Ok(vec![s.clone()]),
                kept_in: None,
            })
            .collect();
        for format in Format::ALL {
            let file = within(format.label(), bytes, || render(format, &a, &Judgements::new(), &Options::everything())).unwrap();
            assert_well_formed(format, &file);
            if matches!(format, Format::Html | Format::Json) {
                let claims = verify::read(std::str::from_utf8(&file).unwrap()).unwrap();
                let outcome = within("verifying", bytes, || verify::check(&claims, &files));
                prop_assert!(outcome.holds() && outcome.not_repeated.is_none(), "{:?}: {:#?}", format, outcome);
            }
        }
        for sheet in [handout::worksheet(&a, &Options::default()), handout::key(&a, &Judgements::new(), &Options::default())] {
            for format in [Format::Html, Format::Docx, Format::Pdf] {
                if let Ok(file) = handout::render(format, &sheet) {
                    assert_well_formed(format, &file);
                }
            }
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: hostile::cases(6), ..config() })]

    #[test]
    fn no_monotony_is_slow(texts in nasty::monotony(fuzz_bytes())) {
        let [one, two] = &texts;
        for (n, text) in texts.iter().enumerate() {
            let read = || source::read(text.as_bytes(), &Hints { path: format!("{n}.txt"), ..Hints::default() });
            if let Ok(sources) = within("reading", text.len(), read) {
                within("a version", text.len(), || assert_extract(&Version::read(&sources[0])));
            }
        }
        let sources: Vec<Source> = sources(&[vec![one.clone()], vec![two.clone()], vec![one.clone()]]);
        let a = analysis(&sources);
        assert_analysis(&a);
        for format in Format::ALL {
            match within(format.label(), one.len() * 3, || render(format, &a, &Judgements::new(), &Options::default())) {
                Ok(file) if one.len() < 20_000 => assert_well_formed(format, &file),
                _ => {}
            }
        }
    }
}
