//! The JSON contract: a schema written by hand holds for reports, and findings don't depend on the order of files.

use crate::story;
use parallax::analysis::{Config, analyze};
use parallax::base::Silent;
use parallax::project::{Judgement, Judgements, Verdict};
use parallax::report::{Options, json};
use parallax::source::Source;
use serde_json::Value;
use std::collections::BTreeMap;

const SCHEMA: &str = include_str!("../report.schema.json");

fn sample() -> Vec<Source> {
    parallax::app::sample::sources()
}

pub fn report(sources: &[Source]) -> Value {
    let analysis = analyze(sources, &Config::default(), &Silent).unwrap();
    serde_json::from_str(&json::text(&analysis, &Judgements::new(), &Options::everything())).unwrap()
}

pub fn errors(report: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(report).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

#[test]
fn reports_obey_the_schema() {
    let ferry = story::ferry();
    let mut judgements = Judgements::new();
    judgements.insert(
        ferry.findings[2].id,
        Judgement { verdict: Some(Verdict::Dismissed), note: "One is a misprint.".into(), ..Default::default() },
    );
    let by_hand = serde_json::from_str(&json::text(&ferry, &judgements, &Options::everything())).unwrap();
    let ferry_sources: Vec<Source> = story::FERRY.iter().map(|(o, p, text)| story::source(o, p, text)).collect();
    let reports = [
        ("the sample", report(&sample())),
        ("no version", report(&[])),
        ("one version", report(&sample()[..1])),
        ("ferry", report(&ferry_sources)),
        ("letters of several bytes", report(&[story::source("Ä", "", &["漢字 👩‍👩‍👧", "“Größe” zählt 12 Prozent."])])),
        ("by hand", by_hand),
    ];
    for (name, report) in reports {
        assert_eq!(errors(&report), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let good = report(&sample());
    let break_it = |pointer: &str, value: Value| {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = value;
        assert!(!errors(&bad).is_empty(), "{pointer} may be anything");
    };
    break_it("/schema", "parallax.report/2".into());
    break_it("/versions/0/source/sha256", "abc".into());
    break_it("/versions/0/blocks/0/kind", "advert".into());
    break_it("/versions/0/sentences/0/start", Value::from(-1));
    break_it("/findings", Value::Null);
}

#[test]
fn ranges_count_unicode_scalars_and_hold_their_words() {
    for report in
        [report(&sample()), serde_json::from_str(&json::text(&story::ferry(), &Judgements::new(), &Options::everything())).unwrap()]
    {
        let texts: BTreeMap<&str, Vec<char>> = report["versions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|v| (v["id"].as_str().unwrap(), v["text"].as_str().unwrap().chars().collect()))
            .collect();
        let holds = |version: &str, record: &Value| {
            let (start, end) = (record["start"].as_u64().unwrap() as usize, record["end"].as_u64().unwrap() as usize);
            let words: String = texts[version][start..end].iter().collect();
            assert_eq!(words, record["text"].as_str().unwrap());
        };
        for v in report["versions"].as_array().unwrap() {
            let id = v["id"].as_str().unwrap();
            for q in v["quotes"].as_array().unwrap() {
                [q, &q["speaker"], &q["cue"]].into_iter().filter(|r| !r.is_null()).for_each(|r| holds(id, r));
            }
            v["details"].as_array().unwrap().iter().for_each(|d| holds(id, d));
        }
        for f in report["findings"].as_array().unwrap() {
            for e in f["readings"].as_array().unwrap().iter().flat_map(|r| r["evidence"].as_array().unwrap()) {
                holds(e["version"].as_str().unwrap(), e);
            }
        }
    }
}

/// Passages, findings and origins with versions named by their hash and lists of versions sorted: ids count
/// versions in the order given, and nothing else may depend on it.
pub fn without_order(mut report: Value) -> String {
    let names: BTreeMap<String, String> = report["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| (v["id"].as_str().unwrap().to_owned(), v["source"]["sha256"].as_str().unwrap().to_owned()))
        .collect();
    fn rename(value: &mut Value, names: &BTreeMap<String, String>) {
        match value {
            Value::String(s) => {
                let (id, rest) = s.split_at(s.find('.').unwrap_or(s.len()));
                if let Some(name) = names.get(id) {
                    *s = format!("{name}{rest}");
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|v| rename(v, names)),
            Value::Object(fields) => {
                // An article may hold the words "v2".
                let words = ["text", "title", "why", "remark", "read_as"];
                fields.iter_mut().filter(|(key, _)| !words.contains(&key.as_str())).for_each(|(_, v)| rename(v, names));
                for list in ["versions", "members", "evidence", "silent"] {
                    if let Some(Value::Array(items)) = fields.get_mut(list) {
                        items.sort_by_key(ToString::to_string);
                    }
                }
            }
            _ => {}
        }
    }
    let mut parts = Vec::new();
    for part in ["passages", "findings", "origins"] {
        rename(&mut report[part], &names);
        parts.push(serde_json::to_string_pretty(&report[part]).unwrap());
    }
    parts.join("\n")
}

#[test]
fn findings_are_the_same_in_any_order_of_files() {
    let sources = sample();
    let given = without_order(report(&sources));
    let mut other = sources.clone();
    other.reverse();
    assert_eq!(given, without_order(report(&other)));
    other.rotate_left(2);
    assert_eq!(given, without_order(report(&other)));
    let ferry: Vec<Source> = story::FERRY.iter().map(|(o, p, text)| story::source(o, p, text)).collect();
    let turned: Vec<Source> = ferry.iter().rev().cloned().collect();
    assert_eq!(without_order(report(&ferry)), without_order(report(&turned)));
}

#[test]
fn keys_stand_in_the_order_of_the_contract() {
    let text = json::text(&story::ferry(), &Judgements::new(), &Options::everything());
    let places: Vec<usize> = ["\"schema\"", "\"offsets\"", "\"versions\"", "\"passages\"", "\"findings\"", "\"origins\"", "\n  \"notes\""]
        .iter()
        .map(|k| text.find(k).unwrap_or_else(|| panic!("{k} is missing")))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
}
