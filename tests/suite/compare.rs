//! Comparing: relations, utterances, coverage, origins, and what never changes.

use parallax::analysis::{Analysis, Config, analyze};
use parallax::base::Silent;
use parallax::compare::diff::{ChangeKind, words};
use parallax::compare::{Finding, FindingKind, Relation};
use parallax::source::{Hints, Moment, Source, read};
use parallax::text::document;
use proptest::prelude::*;

/// Versions from one text: `=== Outlet | published` opens each.
fn sources(event: &str) -> Vec<Source> {
    event
        .split("=== ")
        .filter(|part| !part.trim().is_empty())
        .map(|part| {
            let (head, body) = part.split_once('\n').expect("a line names the outlet");
            let (outlet, published) = head.split_once('|').map_or((head, ""), |(o, p)| (o, p.trim()));
            version(outlet.trim(), published, body.trim())
        })
        .collect()
}

fn version(outlet: &str, published: &str, body: &str) -> Source {
    let published = (!published.is_empty()).then(|| Moment {
        date: published[..10].parse().expect("a date"),
        time: published.get(11..19).map(|t| t.parse().expect("a time")),
        offset_minutes: published.ends_with('Z').then_some(0),
    });
    let hints = Hints { path: format!("{outlet}.txt"), outlet: Some(outlet.into()), published, ..Hints::default() };
    read(body.as_bytes(), &hints).expect("a text").remove(0)
}

fn analysis(event: &str) -> Analysis {
    analyze(&sources(event), &Config::default(), &Silent).expect("not cancelled")
}

/// Findings as text: kind and title, readings with their outlets, and why.
fn show(analysis: &Analysis, keep: impl Fn(&Finding) -> bool) -> String {
    let mut out = String::new();
    for f in analysis.findings.iter().filter(|f| keep(f)) {
        out.push_str(&format!("{} {} | {}\n", f.kind.slug(), f.detail.map_or(String::new(), |d| format!("{d:?}").to_lowercase()), f.title));
        for r in &f.readings {
            let mut outlets: Vec<&str> = r.evidence.iter().map(|e| analysis.versions[e.version.ix()].outlet()).collect();
            outlets.sort_unstable();
            outlets.dedup();
            let more = [r.read_as.as_deref(), r.remark.as_deref()].into_iter().flatten().map(|m| format!(" ({m})")).collect::<String>();
            out.push_str(&format!("  {}{more}: {}\n", r.text, outlets.join(", ")));
        }
        out.push_str(&format!("  {}\n", f.why));
    }
    out
}

fn kinds(analysis: &Analysis) -> Vec<&'static str> {
    let mut kinds: Vec<&str> = analysis.findings.iter().map(|f| f.kind.slug()).collect();
    kinds.sort_unstable();
    kinds
}

/// The findings on values and quotes of two one-paragraph versions, as `kind: reading | reading`.
fn told(a: &str, b: &str) -> Vec<String> {
    let event = format!("=== Alder Post | 2031-03-04T08:00:00Z\n{a}\n=== Birch Times | 2031-03-04T08:00:00Z\n{b}\n");
    analysis(&event)
        .findings
        .iter()
        .filter(|f| !matches!(f.kind, FindingKind::Wording | FindingKind::OnlyIn | FindingKind::Silent | FindingKind::Order))
        .map(|f| {
            let mut texts: Vec<&str> = f.readings.iter().map(|r| r.text.as_str()).collect();
            texts.sort_unstable();
            format!("{}: {}", f.kind.slug(), texts.join(" | "))
        })
        .collect()
}

const EVENTS: [(&str, &str); 3] = [
    ("storm", include_str!("events/storm.txt")),
    ("election", include_str!("events/election.txt")),
    ("court", include_str!("events/court.txt")),
];

#[test]
fn dump_events() {
    for (name, event) in EVENTS {
        println!("##### {name}\n{}", show(&analysis(event), |_| true));
    }
}
