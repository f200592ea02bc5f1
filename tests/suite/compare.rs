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

#[test]
fn what_a_figure_was_read_as_has_its_unit() {
    let read_as = |a: &str, b: &str| {
        let event = format!("=== Alder Post | 2031-03-04T08:00:00Z\n{a}\n=== Birch Times | 2031-03-04T08:00:00Z\n{b}\n");
        let readings = analysis(&event).findings.into_iter().filter(|f| f.detail.is_some()).flat_map(|f| f.readings);
        let mut all: Vec<String> = readings.filter_map(|r| r.read_as).collect();
        all.sort();
        all.dedup();
        all
    };
    let detour = |length: &str| format!("The detour around the closed Wend bridge is {length} long, the valley council said.");
    assert_eq!(read_as(&detour("about 2 miles"), &detour("1.2 miles")), ["2 mi ± 5 %"]);
    let repair = |cost: &str| format!("The repair of the piers of the Wend bridge will cost {cost}, the engineer Anna Roe said.");
    assert_eq!(read_as(&repair("about £1.2 million"), &repair("£2.2 million")), ["1,200,000 GBP ± 5 %", "2,200,000 GBP"]);
    let share = |part: &str| format!("{part} of the drivers at the Wend bridge will take the ferry, a survey of the valley found.");
    assert_eq!(read_as(&share("About 5 percent"), &share("Nine percent")), ["4.75 to 5.25 %", "9 %"]);
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

const EVENTS: [(&str, &str); 4] = [
    ("storm", include_str!("events/storm.txt")),
    ("election", include_str!("events/election.txt")),
    ("court", include_str!("events/court.txt")),
    ("bridge", include_str!("events/bridge.txt")),
];

/// Whether an event has a finding of a kind whose readings hold these words, each in a reading of its own.
fn found(analysis: &Analysis, kind: FindingKind, words: &[&str]) -> bool {
    analysis.findings.iter().filter(|f| f.kind == kind).any(|f| {
        let holders: Vec<Option<usize>> = words.iter().map(|w| f.readings.iter().position(|r| r.text.contains(w))).collect();
        holders.iter().all(Option::is_some) && (1..holders.len()).all(|i| !holders[..i].contains(&holders[i]))
    })
}

#[test]
fn planted_differences_of_four_events() {
    use FindingKind::*;
    let planted: [(usize, FindingKind, &[&str]); 20] = [
        (0, DetailConflict, &["six hours", "nine hours"]),
        (0, DetailConflict, &["Monday", "Sunday"]),
        (0, DetailConflict, &["Thursday", "Friday"]),
        (0, QuoteAltered, &["rise this fast, and", "quickly"]),
        (0, QuoteSpeaker, &["Sollers", "Anton Reeve"]),
        (1, DetailConflict, &["214", "241"]),
        (1, DetailConflict, &["three", "five"]),
        (1, QuoteAltered, &["chosen", "picked"]),
        (1, QuoteIndirect, &["This town", "to be a mayor"]),
        (2, DetailConflict, &["480,000", "840,000"]),
        (2, DetailConflict, &["seven years", "eight years"]),
        (2, QuoteAltered, &["belonged to the public, and", "belonged to the people"]),
        (2, DetailConflict, &["eight", "seven"]),
        (3, DetailConflict, &["£85,000", "£58,000"]),
        (3, DetailConflict, &["17", "27"]),
        (3, DetailConflict, &["Tuesday", "Monday"]),
        (3, DetailConflict, &["1946", "1964"]),
        (3, DetailConflict, &["61", "62"]),
        (3, QuoteSpeaker, &["Barraclough", "Sandoval"]),
        (3, QuoteAltered, &["in October", "in September"]),
    ];
    let analyses: Vec<Analysis> = EVENTS.iter().map(|e| analysis(e.1)).collect();
    let missing: Vec<String> = planted
        .iter()
        .filter(|(event, kind, words)| !found(&analyses[*event], *kind, words))
        .map(|(event, kind, words)| {
            format!("{}: {} {words:?}\n{}", EVENTS[*event].0, kind.slug(), show(&analyses[*event], |f| f.kind == *kind))
        })
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn nobody_is_silent_who_may_have_told_it() {
    use FindingKind::{OnlyIn, Silent};
    let analysis = analysis(EVENTS[3].1);
    let missing = show(&analysis, |f| matches!(f.kind, OnlyIn | Silent));
    for told_by_all in ["£58,000", "£85,000", "car park", "900 people", "1964"] {
        assert!(!missing.contains(told_by_all), "{told_by_all}:\n{missing}");
    }
    assert!(missing.contains("A crane lifted"), "what one alone has is still told:\n{missing}");
}

#[test]
fn who_stands_alone_with_a_word_is_read_against_the_others() {
    let shown = show(&analysis(EVENTS[3].1), |f| f.kind == FindingKind::QuoteAltered);
    assert!(shown.contains("Ashen Gazette has other words, “October” for “September”"), "{shown}");
}

#[test]
fn words_that_two_people_say_are_two_utterances() {
    let event = "=== Alder Post\n“Nobody slept in the valley that night,” Tilda Grau said on Monday.\n\n\
                 “The bells rang and nobody slept in the valley that night,” Odo Brandt told the council on Friday.\n\
                 === Birch Times\n“Nobody slept in the valley that night,” Tilda Grau said on Monday.\n\n\
                 “The bells rang and nobody slept in the valley that night,” Odo Brandt told the council on Friday.\n";
    assert_eq!(show(&analysis(event), |f| f.kind.group() == parallax::compare::FilterGroup::Quotes), "");
}

#[test]
fn each_version_has_a_share_of_copy_of_its_own() {
    let copy = "The ferry Skarn ran onto a bank of sand off Marren before dawn on Monday with ninety people aboard. Two boats of the coastguard took all of them to the harbour, where a school had been opened for the night.";
    let own = "Our reporter walked along the quay in the afternoon and met three families who had slept on the deck. None of them wished to sail again, and one of them had lost a dog, a suitcase and a violin.";
    let event = format!(
        "=== Tern Wire | 2031-03-04T06:00:00Z\n{copy}\n=== Alder Post | 2031-03-04T08:00:00Z\n{copy}\n=== Birch Times | 2031-03-04T09:00:00Z\n{copy} {own}\n"
    );
    let analysis = analysis(&event);
    let [origin] = analysis.origins.as_slice() else { panic!("one origin: {:?}", analysis.origins) };
    let percent = |outlet: &str| {
        let version = origin.versions.iter().copied().find(|v| analysis.versions[v.ix()].outlet() == outlet).expect("a version");
        (origin.share_of(version) * 100.0).round()
    };
    assert_eq!(percent("Alder Post"), 100.0);
    assert!((35.0..65.0).contains(&percent("Birch Times")), "{}", percent("Birch Times"));
}

#[test]
fn two_words_for_one_thing_are_no_conflict() {
    let crime = "Nobody on the ferry saw a crime, the harbour police of Marren said on Tuesday.";
    let offence = "Nobody on the ferry saw an offence, the harbour police of Marren said on Tuesday.";
    assert!(!told(crime, offence).iter().any(|t| t.starts_with("detail-conflict")), "{:?}", told(crime, offence));
}

#[test]
fn a_participle_behind_an_article_is_part_of_the_thing() {
    let drain = "Engineers had warned the harbour board of Marren in May about a blocked drain at the lock.";
    let rail = "Engineers had warned the harbour board of Marren in May about a loose rail at the lock.";
    assert_eq!(told(drain, rail), ["detail-compatible: blocked drain | loose rail"]);
}

#[test]
fn how_far_a_qualifier_reaches() {
    let at = |words: &str| format!("The ferry Skarn struck the bank off Marren at {words}, the coastguard said.");
    assert_eq!(told(&at("about 5.45am"), &at("5:04 a.m.")).len(), 1);
    assert!(told(&at("about 5.45am"), &at("5:04 a.m."))[0].starts_with("detail-conflict"));
    assert!(!told(&at("about 6am"), &at("5:40 a.m.")).iter().any(|t| t.starts_with("detail-conflict")));
    let took = |words: &str| format!("All were brought ashore from the ferry Skarn off Marren {words}, the coastguard said.");
    assert!(!told(&took("within five hours"), &took("after four hours")).iter().any(|t| t.starts_with("detail-conflict")));
    assert!(told(&took("within five hours"), &took("after seven hours")).iter().any(|t| t.starts_with("detail-conflict")));
}

#[test]
fn sources_that_speak_of_one_man_say_different_things() {
    let judge = "Odo Brandt, 57, paid for three permits on the quay of Marren, Judge Tilda Grau said.";
    let lawyer = "Odo Brandt, 57, will appeal in Marren, his lawyer Simon Pardoe said.";
    assert!(!told(judge, lawyer).iter().any(|t| t.starts_with("attribution")), "{:?}", told(judge, lawyer));
}

#[test]
fn a_source_that_a_version_names_too_is_not_set_against_its_own() {
    let paper = "State radio said the ferry Skarn carried a cracked rudder from Marren.";
    let officials = "Officials in Orr said the ferry Skarn carried a cracked rudder from Marren.";
    assert!(told(paper, officials).iter().any(|t| t.starts_with("attribution")), "{:?}", told(paper, officials));
    let both = "State radio spoke of a cracked rudder on the ferry Skarn from Marren, and officials in Orr said the ferry Skarn \
                carried a cracked rudder.";
    assert!(!told(paper, both).iter().any(|t| t.starts_with("attribution")), "{:?}", told(paper, both));
}

#[test]
fn things_and_people_are_never_one_count() {
    let towers = "The builder paid 480,000 pounds to win permits for three towers in Marren, a judge said.";
    let officers = "The builder paid 480,000 pounds to two officers in Marren, a judge said.";
    assert_eq!(told(towers, officers), [""; 0]);
}

#[test]
fn the_same_thing_said_twice_is_no_finding() {
    let pairs = [
        ("The flood killed 12 people in Marren on Tuesday.", "The flood killed twelve people in Marren on Tuesday."),
        ("Repairs to the bridge in Marren will cost $3.5 million.", "Repairs to the bridge in Marren will cost $3.5m."),
        (
            "\u{201c}We lost the whole harvest in one night,\u{201d} said Dora Lenk.",
            "\"We lost the whole harvest in one night\", Dora Lenk said.",
        ),
    ];
    for (a, b) in pairs {
        assert_eq!(told(a, b), Vec::<String>::new(), "{a} / {b}");
    }
}

#[test]
fn one_number_changed_gives_that_finding_alone() {
    let text = |n: u32| {
        format!(
            "The river rose fast in Marren. The flood killed {n} people in the valley on Tuesday. Soldiers built a wall of sand along the quay."
        )
    };
    assert_eq!(told(&text(12), &text(19)), ["detail-conflict: 12 | 19"]);
}

#[test]
fn people_and_dollars_never_meet() {
    let told =
        told("The village of Marren has raised 35,000 dollars for the school.", "The village of Marren has 41,000 people and one school.");
    assert!(told.iter().all(|t| !t.starts_with("detail-conflict")), "{told:?}");
}

#[test]
fn figures_meet_in_sentences_that_report_different_things() {
    let a = "The dam will be raised by four metres, the ministry says. It is meant for a valley from which around 21,000 farmers have moved to the coast, and whose schools are closing one by one.";
    let b = "Engineers drilled for a week at the foot of the old wall. Nearly 26,000 villagers have moved to the coast since the last flood, a parish count says.";
    assert!(told(a, b).contains(&"detail-conflict: Nearly 26,000 | around 21,000".to_owned()), "{:?}", told(a, b));
    // One version with both figures speaks of two things.
    let both = format!("{b} In all, around 21,000 farmers have moved to the coast.");
    assert!(!told(a, &both).iter().any(|t| t.contains("21,000") && t.contains("26,000")), "{:?}", told(a, &both));
}

#[test]
fn reports_from_other_outlets_are_second_hand() {
    let first = "The council will close the ferry to Skarholm in May, two people on the board said.";
    let heard = "The council will close the ferry to Skarholm in May, two people on the board told the Tern Gazette.";
    assert_eq!(told(first, heard), ["attribution: Tern Gazette | two people on the board"]);
    // A court is no outlet, and one's own reporters are the first hand.
    let court = "The council will close the ferry to Skarholm in May, two people on the board told the Marine Court.";
    let own = "The council will close the ferry to Skarholm in May, two people on the board told Birch Times.";
    for other in [court, own] {
        assert!(!told(first, other).iter().any(|t| t.starts_with("attribution")), "{:?}", told(first, other));
    }
}

#[test]
fn a_clause_that_one_version_alone_has() {
    let event = "=== Alder Post\nThe thief climbed over the garden wall in Linden Street, police said.\n\
                 === Birch Times\nThe thief climbed over the garden wall in Linden Street, police said; a baker had handed him the ladder.\n";
    let only: Vec<String> =
        analysis(event).findings.iter().filter(|f| f.kind == FindingKind::OnlyIn).map(|f| f.readings[0].text.clone()).collect();
    assert_eq!(only, ["a baker had handed him the ladder."]);
}

#[test]
fn nobody_is_alone_with_what_another_tells_in_another_passage() {
    let only = |other: &str| -> Vec<String> {
        let event = format!(
            "=== Alder Post\nThe thief climbed over the garden wall in Linden Street, police said; his sisters, who bake in Marren and \
             Skarholm, hid the ladder.\n\nThe council met.\n=== Birch Times\nThe thief climbed over the garden wall in Linden Street, \
             police said.\n\n{other}\n"
        );
        let alone = |f: &&Finding| f.kind == FindingKind::OnlyIn && f.readings[0].text.starts_with("his sisters");
        analysis(&event).findings.iter().filter(alone).map(|f| f.readings[0].text.clone()).collect()
    };
    let told = "After all that toil and many years abroad it was the two sisters, married women who bake in Skarholm and Marren, who hid \
                what he had climbed.";
    assert_eq!(only(told), Vec::<String>::new());
    assert_eq!(only("The mayor of Skarholm thanked the police.").len(), 1);
}

#[test]
fn verbs_that_claim_different_things() {
    let said = "“Nobody was turned away at the gate,” Tilda Grau said.";
    let added = "“Nobody was turned away at the gate,” Tilda Grau added.";
    let insisted = "“Nobody was turned away at the gate,” Tilda Grau insisted.";
    assert_eq!(told(said, insisted), ["attribution: insisted | said"]);
    assert_eq!(told(said, added), [""; 0]);
}

#[test]
fn the_day_of_speaking_is_not_the_day_of_the_event() {
    let spoke = "A flood killed 12 people in Marren, officials said on Thursday.";
    let event = "A flood killed 12 people in Marren on Wednesday night.";
    assert_eq!(told(spoke, event), [""; 0]);
    let other = "A flood killed 12 people in Marren on Tuesday night.";
    assert_eq!(told(other, event), ["detail-conflict: Tuesday | Wednesday"]);
}

/// The rarity of words is taken over all versions, so weights and the titles made from them may move a little; what
/// differs, and where it stands, may not.
#[test]
fn an_unrelated_version_changes_nothing_among_the_others() {
    let tell = |analysis: &Analysis| -> Vec<String> {
        let about_all = |f: &&Finding| !matches!(f.kind, FindingKind::OnlyIn | FindingKind::Silent | FindingKind::Order);
        let mut told: Vec<String> = analysis
            .findings
            .iter()
            .filter(about_all)
            .map(|f| {
                let mut readings: Vec<String> = f.readings.iter().map(|r| format!("{} ({})", r.text, r.evidence.len())).collect();
                readings.sort();
                format!("{}: {}", f.kind.slug(), readings.join(" | "))
            })
            .collect();
        told.sort();
        told
    };
    for (own, other) in [(0, 1), (1, 2), (2, 0)] {
        let mut versions = sources(EVENTS[own].1);
        let before = tell(&analyze(&versions, &Config::default(), &Silent).expect("not cancelled"));
        versions.push(sources(EVENTS[other].1).remove(0));
        let after = tell(&analyze(&versions, &Config::default(), &Silent).expect("not cancelled"));
        assert_eq!(before, after, "{} with one of {}", EVENTS[own].0, EVENTS[other].0);
    }
}

#[test]
fn the_number_of_threads_never_matters() {
    let versions = sources(EVENTS[0].1);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        fingerprint(&pool.install(|| analyze(&versions, &Config::default(), &Silent).expect("not cancelled")))
    };
    assert_eq!(with(1), with(4));
}

#[test]
fn a_quote_in_two_sentences() {
    let whole = "“If the bridge had been closed, my brother would be alive today,” Tilda Grau said.";
    let parted = "“If the bridge had been closed,” Tilda Grau said. “My brother would be alive today.”";
    let inside = "“If the bridge had been closed,” Tilda Grau said, “my brother would be alive today.”";
    assert_eq!(told(whole, parted).len(), 1, "{:?}", told(whole, parted));
    assert_eq!(told(whole, inside), [""; 0]);
}

#[test]
fn identical_versions_give_no_findings() {
    for (name, event) in EVENTS {
        let one = &sources(event)[0];
        let twice =
            [one.clone(), Source { meta: parallax::source::Metadata { outlet: Some("Copy".into()), ..one.meta.clone() }, ..one.clone() }];
        let analysis = analyze(&twice, &Config::default(), &Silent).expect("not cancelled");
        assert_eq!(kinds(&analysis), Vec::<&str>::new(), "{name}: {}", show(&analysis, |_| true));
    }
}

#[test]
fn moved_clauses_are_found() {
    let doc = |text: &str| document(&version("A", "", text));
    let (a, b) =
        (doc("After the long storm passed the crews came back to town"), doc("The crews came back to town after the long storm passed"));
    let all = |d: &parallax::text::Document| (0..d.sentences.len()).map(parallax::base::SentenceIx::from).collect::<Vec<_>>();
    let changes = words(&a, &all(&a), &b, &all(&b));
    assert!(changes.iter().any(|c| c.kind == ChangeKind::Moved), "{changes:?}");
    assert!(changes.iter().all(|c| matches!(c.kind, ChangeKind::Moved | ChangeKind::Equal)), "{changes:?}");
}

/// Everything about findings that must not depend on the order of loading.
fn fingerprint(analysis: &Analysis) -> Vec<String> {
    analysis
        .findings
        .iter()
        .map(|f| {
            format!(
                "{} {} {} {:?} {}",
                f.id,
                f.title,
                f.why,
                f.relation,
                f.readings.iter().map(|r| r.text.as_str()).collect::<Vec<_>>().join("|")
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn order_of_versions_never_matters(event in 0usize..3, shift in 1usize..5, swap in any::<bool>()) {
        let mut versions = sources(EVENTS[event].1);
        let before = analyze(&versions, &Config::default(), &Silent).expect("not cancelled");
        versions.rotate_left(shift);
        if swap {
            versions.swap(0, 1);
        }
        let after = analyze(&versions, &Config::default(), &Silent).expect("not cancelled");
        prop_assert_eq!(fingerprint(&before), fingerprint(&after));
    }

    #[test]
    fn evidence_lies_in_the_text(parts in prop::collection::vec("[a-z\u{201c}\u{201d}0-9 .,ÄéK]{0,60}", 2..4)) {
        let versions: Vec<Source> = parts.iter().enumerate().filter(|(_, p)| !p.trim().is_empty()).map(|(i, p)| version(&format!("O{i}"), "", p)).collect();
        let analysis = analyze(&versions, &Config::default(), &Silent).expect("not cancelled");
        for f in &analysis.findings {
            prop_assert!(!f.readings.is_empty());
            prop_assert!(matches!(f.relation, Relation::Same | Relation::Compatible | Relation::Later | Relation::Conflict | Relation::Silent));
            for e in f.readings.iter().flat_map(|r| &r.evidence) {
                let text = &analysis.versions[e.version.ix()].document.text;
                prop_assert!(text.get(e.range.as_range()).is_some_and(|t| !t.is_empty()));
            }
        }
    }
}

#[test]
fn what_is_measured_once_is_set_side_by_side() {
    let found = told(
        "The ferry Alma struck the Gull bank at dawn in winds of 54 knots.\n\nTugs came in the morning.\n\nA choir sang.",
        "The ferry Alma struck the Gull bank at dawn.\n\nTugs came.\n\nWinds of up to 45 knots were recorded by the weather office.",
    );
    assert!(found.iter().any(|f| f.contains("54 knots") && f.contains("45 knots")), "{found:#?}");
}

#[test]
fn what_is_counted_once_is_set_side_by_side() {
    let one = "The ferry Alma left Gull at dawn.\n\nThe ship, carrying 212 passengers and nine crew, drifted for an hour after its rudder broke off the cape, the harbour master Nils Aker said.";
    let other = "The ferry Alma left Gull at dawn.\n\nThe rudder broke off the cape and the ship drifted for an hour, the harbour master Nils Aker said.\n\nTugs came.\n\nThe Alma was carrying 221 passengers when nurses counted them on the quay in the evening.";
    let both = |found: &[String]| found.iter().any(|f| f.contains("212") && f.contains("221"));
    assert!(both(&told(one, other)));
    // Of two counts of one thing nobody knows which the other version's is.
    let twice = format!("{one}\n\nA boat of the coastguard took 190 passengers to the harbour.");
    assert!(!both(&told(&twice, other)));
}

#[test]
fn the_last_time_is_no_other_time() {
    let found = told(
        "The ferry Alma, built in 1998, failed a safety inspection in 2021.",
        "The ferry Alma was built in 1998 and last inspected in November.",
    );
    assert!(!found.iter().any(|f| f.contains("2021")), "{found:#?}");
}
