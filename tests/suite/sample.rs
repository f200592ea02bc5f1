//! The sample event: each difference planted in it (`seeds/README.md`) is found.

use parallax::analysis::{Analysis, Config, analyze};
use parallax::app::sample;
use parallax::base::{Silent, VersionIx};
use parallax::compare::{Finding, FindingKind as K};
use std::sync::LazyLock;

static SAMPLE: LazyLock<Analysis> = LazyLock::new(|| analyze(&sample::sources(), &Config::default(), &Silent).unwrap());

/// Whether a reading of the finding stands on words of an outlet: they overlap its evidence.
fn readings_of(finding: &Finding, outlet: &str, words: &str) -> Vec<usize> {
    let version = SAMPLE.versions.iter().position(|v| v.outlet() == outlet).unwrap_or_else(|| panic!("no version of {outlet}"));
    let text = &SAMPLE.versions[version].document.text;
    assert!(text.contains(words), "{outlet} does not say {words:?}");
    let places: Vec<(usize, usize)> = text.match_indices(words).map(|(at, w)| (at, at + w.len())).collect();
    let stands_on = |r: &parallax::compare::Reading| {
        r.evidence.iter().any(|e| {
            e.version == VersionIx::from(version)
                && places.iter().any(|(start, end)| (e.range.start as usize) < *end && *start < e.range.end as usize)
        })
    };
    (0..finding.readings.len()).filter(|i| stands_on(&finding.readings[*i])).collect()
}

/// Checks that one finding of one of the kinds has every group of (outlet, words) in a reading of its own.
fn planted(kinds: &[K], groups: &[&[(&str, &str)]]) {
    let apart = |f: &&Finding| {
        let found: Vec<Vec<usize>> =
            groups.iter().map(|group| group.iter().flat_map(|(outlet, words)| readings_of(f, outlet, words)).collect()).collect();
        let all_there = groups
            .iter()
            .zip(&found)
            .all(|(group, readings)| group.iter().all(|(outlet, words)| !readings_of(f, outlet, words).is_empty()) && !readings.is_empty());
        let disjoint = found.iter().enumerate().all(|(i, a)| found[i + 1..].iter().all(|b| a.iter().all(|r| !b.contains(r))));
        all_there && disjoint
    };
    let near: Vec<String> =
        SAMPLE.findings.iter().filter(|f| kinds.contains(&f.kind)).map(|f| format!("{:?}: {}", f.kind, f.why)).collect();
    assert!(
        SAMPLE.findings.iter().filter(|f| kinds.contains(&f.kind)).any(|f| apart(&f)),
        "no finding of {kinds:?} for {groups:?}; there are:\n{}",
        near.join("\n")
    );
}

const POST: &str = "The Harbour Post";
const WIRE: &str = "Meridian Wire";
const HERALD: &str = "Northgate Herald";
const DAILY: &str = "Eastline Daily";
const WEEKLY: &str = "Coastal Weekly";

#[test]
fn it_has_six_versions_with_their_metadata() {
    let outlets: Vec<&str> = SAMPLE.versions.iter().map(|v| v.outlet()).collect();
    assert_eq!(outlets[..5], [POST, WIRE, HERALD, DAILY, WEEKLY]);
    let dates: Vec<String> = SAMPLE.versions.iter().filter_map(|v| v.meta.published).map(|p| p.date.to_string()).collect();
    assert_eq!(dates, ["2020-08-01", "2020-07-31", "2020-08-02", "2020-08-01", "2020-08-05"]);
}

#[test]
fn the_saved_page_is_read_without_its_clutter() {
    let page = SAMPLE.versions.iter().find(|v| v.outlet() == HERALD).unwrap();
    let shown: String = page
        .document
        .blocks
        .iter()
        .filter(|b| b.kind != parallax::source::BlockKind::Boilerplate)
        .map(|b| page.slice(b.range))
        .collect::<Vec<_>>()
        .join("\n");
    for clutter in ["cookies", "Stairlifts", "riverman", "morning briefing", "All rights reserved", "Ten things to know"] {
        assert!(!shown.contains(clutter), "{clutter} is in the article");
    }
    for words in ["slipped from one Korea", "A fence on Ganghwa island", "The pile of papers", "We told them about that pipe"] {
        assert!(shown.contains(words), "{words} is missing");
    }
}

#[test]
fn conflict_of_how_many_fled() {
    planted(&[K::DetailConflict], &[&[(POST, "35,000")], &[(WEEKLY, "40,000")]]);
}

#[test]
fn readings_say_with_which_others_they_conflict_or_that_they_fit() {
    let told =
        SAMPLE.findings.iter().find(|f| f.kind == K::DetailConflict && f.readings.len() == 3).expect("three counts of those who fled");
    let mut remarks: Vec<(String, &str)> =
        told.readings.iter().map(|r| (r.text.to_lowercase(), r.remark.as_deref().unwrap_or_default())).collect();
    remarks.sort();
    let expected = [
        ("around 35,000", "conflicts with one other"),
        ("more than 33,000", "fits 2 others"),
        ("nearly 40,000", "conflicts with one other"),
    ];
    assert_eq!(remarks, expected.map(|(words, remark)| (words.to_owned(), remark)));
}

#[test]
fn conflict_of_the_day_he_crossed() {
    planted(&[K::DetailConflict], &[&[(POST, "July 24"), (WIRE, "July 24")], &[(HERALD, "July 19")]]);
}

#[test]
fn conflict_of_the_day_the_general_was_removed() {
    planted(&[K::DetailConflict], &[&[(POST, "Friday, July 31"), (WEEKLY, "Friday, July 31")], &[(HERALD, "Thursday")]]);
}

#[test]
fn conflict_of_the_price_of_the_cameras() {
    planted(
        &[K::DetailConflict],
        &[&[(POST, "$12 million"), (WIRE, "$12 million"), (HERALD, "$12 million"), (WEEKLY, "$12 million")], &[(DAILY, "$21 million")]],
    );
}

#[test]
fn more_people_in_quarantine_later() {
    planted(&[K::DetailLater], &[&[(WIRE, "58")], &[(POST, "64")], &[(WEEKLY, "71")]]);
}

#[test]
fn one_version_contradicts_itself() {
    planted(&[K::SelfContradiction], &[&[(DAILY, "25-year-old")], &[(DAILY, "24")]]);
}

#[test]
fn one_name_in_several_spellings() {
    planted(&[K::NameSpelling], &[&[(POST, "Kim Geum Hyok")], &[(HERALD, "Kim Kum Hyok")]]);
}

#[test]
fn a_quote_cut() {
    planted(
        &[K::QuoteTrimmed, K::QuoteAltered],
        &[&[(POST, "Stamping one more fingerprint")], &[(WIRE, "Stamping one more fingerprint")], &[(DAILY, "Stamping one more")]],
    );
}

#[test]
fn a_quote_reworded() {
    planted(&[K::QuoteAltered], &[&[(POST, "Stamping one more fingerprint")], &[(HERALD, "Giving one more fingerprint")]]);
    planted(&[K::QuoteAltered], &[&[(POST, "scolded a hundred times")], &[(WEEKLY, "told off a hundred times")]]);
}

#[test]
fn a_quote_given_to_another_speaker() {
    planted(&[K::QuoteSpeaker], &[&[(WIRE, "a resident of North Hamgyong")], &[(DAILY, "a trader in Hyesan")]]);
}

#[test]
fn an_apology_told_indirectly() {
    planted(&[K::QuoteIndirect], &[&[(POST, "I have no excuse")], &[(WIRE, "he had no excuse")]]);
}

#[test]
fn other_sources_for_the_pledge() {
    planted(&[K::Attribution], &[&[(WIRE, "sources in the country")], &[(DAILY, "Meridian Wire")]]);
}

#[test]
fn nobody_is_silent_on_the_pledge() {
    // The Herald tells of it in words that no other sentence shares many of, and all together do.
    let about = |f: &&Finding| f.kind == K::Silent && f.readings.iter().any(|r| r.text.contains("pledge"));
    assert_eq!(SAMPLE.findings.iter().filter(about).map(|f| f.why.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn the_days_for_which_a_city_is_sealed_off() {
    planted(&[K::DetailLater], &[&[("Meridian Wire", "sixth")], &[("Northgate Herald", "eighth")]]);
}

#[test]
fn what_one_version_alone_tells() {
    planted(&[K::OnlyIn], &[&[(DAILY, "Rhee Sun-ja")]]);
    planted(&[K::OnlyIn], &[&[(HERALD, "Bae Dong-su")]]);
    planted(&[K::OnlyIn], &[&[(WEEKLY, "He swam")]]);
}

#[test]
fn what_one_version_leaves_out() {
    assert!(SAMPLE.findings.iter().any(|f| f.kind == K::Silent), "no version is told to be silent");
}

#[test]
fn two_versions_share_copy() {
    let names = |o: &parallax::compare::Origin| o.versions.iter().map(|v| SAMPLE.versions[v.ix()].outlet()).collect::<Vec<_>>();
    assert_eq!(SAMPLE.origins.iter().map(names).collect::<Vec<_>>(), [[WIRE, DAILY]]);
}
