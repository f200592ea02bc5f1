//! Details of amount and time: what is read from which words, what is left alone, and what always holds.
//!
//! Articles of these cases are published on Wednesday, 15 May 2024. A detail is written as its words,
//! then kind and value, then qualifier, unit and subject where it has them.

mod age;
mod count;
mod date;
mod duration;
mod measure;
mod money;
mod number;
mod percent;
mod time;

use parallax::extract::details::details;
use parallax::extract::{Detail, DetailKind, Qualifier, Value};
use parallax::source::{Block, BlockKind, Metadata, Moment, Provenance, Source};
use parallax::text;
use proptest::prelude::*;

fn read(input: &str, language: Option<&str>) -> Vec<Detail> {
    let meta = Metadata {
        published: Some(Moment::day(jiff::civil::date(2024, 5, 15))),
        language: language.map(str::to_owned),
        ..Metadata::default()
    };
    let range = parallax::base::TextRange::new(0, input.len());
    let source = Source {
        text: input.to_owned(),
        blocks: vec![Block { kind: BlockKind::Paragraph, range }],
        meta,
        provenance: Provenance::default(),
        notes: Vec::new(),
        page: None,
    };
    details(&text::document(&source), &source.meta)
}

fn value(value: &Value) -> String {
    match value {
        Value::Number(x) => format!("{}", (x * 1e6).round() / 1e6),
        Value::Range(a, b) => format!("{a}..{b}"),
        Value::Date(d) => d.to_string(),
        Value::DateRange(a, b) => format!("{a}..{b}"),
        Value::Time(t, None) => format!("{:02}:{:02}", t.hour(), t.minute()),
        Value::Time(t, Some(zone)) => format!("{:02}:{:02}{zone:+}", t.hour(), t.minute()),
        Value::Duration { iso, upto: None, .. } => iso.clone(),
        Value::Duration { iso, upto: Some(upto), .. } => format!("{iso}..{upto}s"),
        Value::Name(name) => name.clone(),
    }
}

fn line(input: &str, d: &Detail) -> String {
    let kind = match d.kind {
        DetailKind::Number => "number",
        DetailKind::Money => "money",
        DetailKind::Percent => "percent",
        DetailKind::Age => "age",
        DetailKind::Date => "date",
        DetailKind::Time => "time",
        DetailKind::Duration => "duration",
        _ => "name",
    };
    let qualifier = match d.qualifier {
        Qualifier::Exact => "",
        Qualifier::About => " about",
        Qualifier::Nearly => " nearly",
        Qualifier::MoreThan => " more-than",
        Qualifier::AtLeast => " at-least",
        Qualifier::LessThan => " less-than",
        Qualifier::UpTo => " up-to",
        Qualifier::Between => " between",
    };
    let unit = d.unit.as_deref().filter(|_| d.kind != DetailKind::Percent || d.unit.as_deref() == Some("pp"));
    let unit = unit.map(|u| format!(" {u}")).unwrap_or_default();
    let subject = d.subject.as_deref().map(|s| format!(" of {s}")).unwrap_or_default();
    format!("{} = {kind} {}{qualifier}{unit}{subject}", d.range.of(input), value(&d.value))
}

#[track_caller]
fn check(input: &str, expected: &[&str]) {
    let found: Vec<String> = read(input, None).iter().map(|d| line(input, d)).collect();
    assert_eq!(found, expected, "in {input:?}");
}

/// Cases of one kind: the first detail of that kind and its value.
#[track_caller]
fn values(kind: DetailKind, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(input, expected)| {
            let found: Vec<String> = read(input, None).iter().filter(|d| d.kind == kind).map(|d| value(&d.value)).collect();
            (found != [*expected]).then(|| format!("{input:?}: {found:?}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn intervals() {
    let interval = |input: &str| read(input, None).first().map(Detail::interval);
    assert_eq!(interval("about 200 boats"), Some((Some(190.0), Some(210.0))));
    assert_eq!(interval("nearly 200 boats"), Some((Some(185.0), Some(200.0))));
    assert_eq!(interval("more than 200 boats"), Some((Some(200.0), None)));
    assert_eq!(interval("50 cents"), Some((Some(0.5), Some(0.5))));
    assert_eq!(interval("5 km"), Some((Some(5000.0), Some(5000.0))));
    assert_eq!(interval("18 months old"), Some((Some(1.5), Some(1.5))));
    assert_eq!(interval("January 1, 1970"), Some((Some(0.0), Some(0.0))));
    assert_eq!(interval("January 1970"), Some((Some(0.0), Some(30.0))));
    assert_eq!(interval("two hours"), Some((Some(7200.0), Some(7200.0))));
    assert_eq!(interval("two to three hours"), Some((Some(7200.0), Some(10800.0))));
    assert_eq!(interval("14:45 UTC+2"), Some((Some(765.0), Some(765.0))));
    assert_eq!(interval("at 10:30 GMT"), Some((Some(630.0), Some(630.0))));
    let meet = |a: &str, b: &str| read(a, None)[0].meets(&read(b, None)[0]);
    assert!(meet("about 200 boats", "196 boats"));
    assert!(meet("at least 12 boats", "14 boats"));
    assert!(meet("dozens of boats", "40 boats"));
    assert!(meet("two years ago", "in 2022"));
    assert!(meet("24 months old", "two years old"));
    assert!(meet("two to three weeks", "18 days"));
    assert!(meet("6 feet 7 inches", "2.0066 metres"));
    assert!(!meet("two to three weeks", "25 days"));
    assert!(!meet("12 boats", "14 boats"));
    assert!(!meet("nearly 30 boats", "31 boats"));
    assert!(!meet("$5", "€5"));
}

#[test]
fn spacing_of_marks_does_not_matter() {
    for (a, b) in
        [("$ 35 million", "$35 million"), ("8.10 pm", "8.10pm"), ("40 %", "40%"), ("£ 5m", "£5m"), ("24 - year - old", "24-year-old")]
    {
        let (x, y) = (read(a, None), read(b, None));
        assert_eq!(x.iter().map(|d| &d.value).collect::<Vec<_>>(), y.iter().map(|d| &d.value).collect::<Vec<_>>(), "{a:?} and {b:?}");
    }
}

/// Text made of the words that this stage knows, in any order.
fn soup() -> impl Strategy<Value = String> {
    let words = include_str!("../../../assets/lang/en/numbers.txt")
        .lines()
        .chain(include_str!("../../../assets/lang/en/calendar.txt").lines())
        .chain(include_str!("../../../assets/lang/en/qualifiers.txt").lines())
        .chain(include_str!("../../../assets/lang/en/currencies.txt").lines())
        .chain(include_str!("../../../assets/lang/en/holidays.txt").lines())
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split('\t').next())
        .chain([
            "12",
            "1,234",
            "2016",
            "99999999999999999999",
            "0",
            "3.5",
            "-",
            "–",
            "/",
            ":",
            ",",
            ".",
            "'",
            "%",
            "½",
            "ago",
            "of",
            "and",
            "to",
            "old",
            "é",
            "🙂",
            "\u{ad}",
            "people",
            "killed",
            "o'clock",
            "am",
            "24",
            "31",
        ])
        .map(str::to_owned)
        .collect::<Vec<_>>();
    proptest::collection::vec((proptest::sample::select(words), prop_oneof![Just(" "), Just(""), Just("\n\n")]), 0..24)
        .prop_map(|parts| parts.into_iter().map(|(w, s)| w + s).collect())
}

proptest! {
    #[test]
    fn any_text_yields_whole_details(input in prop_oneof![any::<String>(), soup()]) {
        for d in read(&input, None) {
            prop_assert!(!d.range.is_empty());
            prop_assert!(!d.range.of(&input).is_empty(), "{:?} is no slice of {:?}", d.range, input);
            let finite = match &d.value {
                Value::Number(x) => x.is_finite(),
                Value::Range(a, b) => a.is_finite() && b.is_finite() && a <= b,
                Value::Duration { seconds, upto, .. } => seconds.is_finite() && upto.is_none_or(|upto| upto.is_finite() && upto > *seconds),
                _ => true,
            };
            prop_assert!(finite, "{:?}", d.value);
            let (low, high) = d.interval();
            if let (Some(low), Some(high)) = (low, high) {
                prop_assert!(low <= high, "{:?}", d);
            }
        }
    }
}

#[test]
fn texts_put_together_from_tokens() {
    check("worth $2. 6 million", &["$2. 6 million = money 2600000 USD"]);
    check("from $1, 199", &["$1, 199 = money 1199 USD"]);
    check("Harlow won 20 - 13.", &["20 = number 20 of score", "13 = number 13 of score against"]);
    check("a magnitude 4. 6 quake", &["4. 6 = number 4.6 of magnitude"]);
    check("at 2: 09 a. m.", &["2: 09 a. m. = time 02:09"]);
}
