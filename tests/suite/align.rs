//! Passages: what stands together, and what always holds.

use parallax::align::{Grouping, Passage, Place, align, align_with};
use parallax::analysis::{Config, Version, analyze};
use parallax::base::{SentenceIx, Silent, VersionIx};
use parallax::source::{BlockKind, Hints, Source, read};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn source(name: &str, text: &str) -> Source {
    let hints = Hints { path: format!("{name}.txt"), outlet: Some(name.into()), ..Hints::default() };
    read(text.as_bytes(), &hints).expect("an article").remove(0)
}

/// In the order of their keys, as `align` expects them.
fn versions(texts: &[impl AsRef<str>]) -> Vec<Arc<Version>> {
    let mut versions: Vec<Arc<Version>> =
        texts.iter().enumerate().map(|(i, t)| Arc::new(Version::read(&source(&format!("Outlet {i}"), t.as_ref())))).collect();
    versions.sort_by_key(|v| v.key);
    versions
}

fn passages(versions: &[Arc<Version>]) -> Vec<Passage> {
    align(versions, &Silent).expect("nobody cancels")
}

/// The passages with more than one version, each as its sentences in order of the alphabet.
fn shared(texts: &[&str]) -> BTreeSet<Vec<String>> {
    let versions = versions(texts);
    let words = |(v, s): (VersionIx, SentenceIx)| versions[v.ix()].document.sentence_text(s).to_owned();
    passages(&versions)
        .iter()
        .filter(|p| p.members.len() > 1)
        .map(|p| {
            let mut sentences: Vec<String> = sentences(p).map(words).collect();
            sentences.sort();
            sentences
        })
        .collect()
}

fn sentences(passage: &Passage) -> impl Iterator<Item = (VersionIx, SentenceIx)> {
    passage.members.iter().flat_map(|m| m.sentences.iter().map(|s| (m.version, *s)))
}

/// What must hold of any passages of any versions.
pub fn check_invariants(versions: &[Arc<Version>], passages: &[Passage]) {
    let mut covered = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for passage in passages {
        assert!(ids.insert(passage.id), "two passages with one id");
        assert!(!passage.members.is_empty() && passage.members.iter().all(|m| !m.sentences.is_empty()));
        assert!(passage.members.is_sorted_by(|a, b| a.version < b.version));
        assert!(passage.members.iter().all(|m| m.sentences.is_sorted_by(|a, b| a < b)));
        assert!((0.0..=1.0).contains(&passage.score), "{}", passage.score);
        assert!(passage.why.len() <= 4);
        assert_eq!(passage.why.is_empty(), passage.members.len() == 1, "{:?}", passage.why);
        covered.extend(sentences(passage));
    }
    for (v, version) in versions.iter().enumerate() {
        for s in (0..version.document.sentences.len()).map(SentenceIx::from) {
            let left_out = matches!(version.document.block_kind(s), BlockKind::Boilerplate | BlockKind::Byline | BlockKind::Dateline);
            assert_eq!(covered.contains(&(VersionIx::from(v), s)), !left_out, "{}", version.document.sentence_text(s));
        }
    }
}

const FERRY: &str = "Night ferry drifts onto rocks off Sandholm

The ferry Aurelia lost power at 2:15 a.m. on Tuesday and drifted onto the rocks off Sandholm, the coastguard said.

All 184 passengers were taken off by lifeboat before dawn.

\"I heard a bang and then the lights went out,\" said Nils Farrow, a lorry driver from Brackwater.

The owner, Westline, has cancelled all sailings until Friday.";

#[test]
fn the_same_report_in_other_words_stands_together() {
    let other = "Passengers rescued from stranded ship

Lifeboats took off 184 people in the dark on Tuesday.

Engines of the Aurelia had failed at a quarter past two, and the ship drifted onto rocks near Sandholm, according to the coastguard.

Westline cancelled its sailings until Friday.

Mr Farrow, who drives a lorry, heard \"a bang and then the lights went out\".

Sandholm has 900 inhabitants and one school.";
    let found = shared(&[FERRY, other]);
    let together = |a: &str, b: &str| {
        assert!(found.iter().any(|p| p.iter().any(|s| s.contains(a)) && p.iter().any(|s| s.contains(b))), "{a} | {b}: {found:#?}");
    };
    together("lost power at 2:15", "Engines of the Aurelia");
    together("All 184 passengers", "Lifeboats took off 184");
    together("The owner, Westline", "Westline cancelled");
    together("I heard a bang", "Mr Farrow");
    assert!(!found.iter().flatten().any(|s| s.contains("one school")), "{found:#?}");
}

#[test]
fn two_events_of_one_kind_stay_apart() {
    let other_ferry = "Ferry runs aground near Port Malin

The ferry Calder hit a sandbank near Port Malin on Saturday evening after its rudder jammed, the harbour master said.

All 61 passengers were taken off by lifeboat.

\"We slid as if on ice,\" said Oona Brandt, who was on her way home.

The owner, Malin Lines, has cancelled all sailings.";
    let second_report = "Calder refloated off Port Malin

Tugs pulled the ferry Calder off a sandbank near Port Malin on Sunday, a day after its rudder had jammed.

The 61 passengers had been brought ashore by lifeboat on Saturday evening.";
    for passage in shared(&[FERRY, other_ferry, second_report]) {
        let (first, second) = (["Aurelia", "184", "Westline", "Farrow"], ["Calder", "61", "Malin", "Brandt"]);
        let tells = |of: &[&str]| passage.iter().any(|s| of.iter().any(|w| s.contains(w)));
        assert!(!(tells(&first) && tells(&second)), "{passage:#?}");
    }
}

#[test]
fn one_subject_makes_no_single_passage() {
    let text = "Mayor Ilse Corran opened the new tram line in Velden on Monday.

Mayor Ilse Corran said the tram line would pay for itself in twelve years.

The tram line in Velden has nine stops and runs every ten minutes.

Critics of Mayor Ilse Corran say the tram line should have gone to the hospital.

The last tram in Velden ran in 1968.";
    let other = "Trams are back in Velden after half a century: the last one ran in 1968.

Every ten minutes a tram will stop at each of nine stops.

The hospital was left out, critics of Mayor Ilse Corran complain.

In twelve years the line will have paid for itself, said Ilse Corran.";
    let found = shared(&[text, other]);
    assert!(found.len() >= 3, "{found:#?}");
    assert!(found.iter().all(|p| p.len() <= 3), "{found:#?}");
}

#[test]
fn an_identical_copy_aligns_sentence_by_sentence() {
    for copies in [2, 5, 40] {
        let texts: Vec<&str> = vec![FERRY; copies];
        let versions = versions(&texts);
        let passages = passages(&versions);
        check_invariants(&versions, &passages);
        assert_eq!(passages.len(), versions[0].document.sentences.len());
        for passage in &passages {
            assert_eq!(passage.members.len(), copies);
            let first = &passage.members[0].sentences;
            assert!(passage.members.iter().all(|m| m.sentences.len() == 1 && &m.sentences == first), "{passage:?}");
        }
    }
}

#[test]
fn reasons_name_what_is_shared() {
    let versions = versions(&[
        FERRY,
        "All 184 passengers of the Aurelia were taken off before dawn on Tuesday.\n\n\"I heard a bang and then the lights went out,\" a driver said.",
    ]);
    let of = |words: &str| {
        let found = passages(&versions)
            .into_iter()
            .find(|p| p.members.len() > 1 && sentences(p).any(|(v, s)| versions[v.ix()].document.sentence_text(s).contains(words)));
        found.unwrap_or_else(|| panic!("no passage for {words}")).why
    };
    assert!(of("All 184").iter().any(|w| w == "Same number: 184"), "{:?}", of("All 184"));
    assert!(of("I heard").iter().any(|w| w == "Same quote"), "{:?}", of("I heard"));
}

#[test]
fn empty_and_odd_versions_are_no_trouble() {
    assert!(passages(&[]).is_empty());
    for texts in [
        vec!["a."],
        vec!["a —", "— a —"],
        vec!["a", "a"],
        vec!["1", "1 1 1", "a \u{301}"],
        vec!["東京で地震があった。", "東京で大きな地震。"],
    ] {
        let versions = versions(&texts);
        check_invariants(&versions, &passages(&versions));
    }
}

/// A version's text, and its sentences with the facts each reports.
type Told = (String, Vec<(String, BTreeSet<String>)>);

/// One event of `coverage/`: the versions' texts, and the facts of each sentence.
fn coverage(table: &str) -> Vec<Told> {
    let mut versions: Vec<Told> = Vec::new();
    let mut new_paragraph = true;
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        if line.starts_with('=') {
            versions.push((String::new(), Vec::new()));
        } else if let (Some((facts, sentence)), Some(version)) = (line.split_once("| "), versions.last_mut()) {
            if !version.0.is_empty() {
                version.0.push_str(if new_paragraph { "\n\n" } else { " " });
            }
            version.0.push_str(sentence);
            version.1.push((sentence.into(), facts.split_whitespace().filter(|f| *f != "-").map(str::to_owned).collect()));
        }
        new_paragraph = line.is_empty() || line.starts_with('=');
    }
    versions
}

/// The floor is a little under what is reached; a change that falls through it deserves a look.
#[test]
fn invented_coverage_is_lined_up() {
    let (mut right, mut given, mut gold) = (0, 0, 0);
    for table in [
        include_str!("coverage/storm.txt"),
        include_str!("coverage/court.txt"),
        include_str!("coverage/count.txt"),
        include_str!("coverage/ferry.txt"),
    ] {
        let event = coverage(table);
        let texts: Vec<&str> = event.iter().map(|v| v.0.as_str()).collect();
        let versions = versions(&texts);
        // Facts by version key and the words of the sentence.
        let facts_of = |v: VersionIx, s: SentenceIx| -> BTreeSet<&str> {
            let version = &versions[v.ix()];
            let (_, table) = event.iter().find(|e| e.0.trim() == version.document.text.trim()).expect("a version of the event");
            let words = version.document.sentence_text(s);
            table
                .iter()
                .filter(|(t, _)| t.contains(words) || words.contains(t.as_str()))
                .flat_map(|(_, f)| f.iter().map(String::as_str))
                .collect()
        };
        let mut links = BTreeSet::new();
        for passage in passages(&versions) {
            let all: Vec<_> = sentences(&passage).collect();
            assert!(passage.members.iter().all(|m| m.sentences.len() <= 4), "{passage:?}");
            links.extend(all.iter().flat_map(|a| all.iter().map(move |b| (*a, *b))).filter(|(a, b)| a.0 < b.0));
        }
        let every: Vec<(VersionIx, SentenceIx)> = versions
            .iter()
            .enumerate()
            .flat_map(|(v, version)| (0..version.document.sentences.len()).map(move |s| (VersionIx::from(v), SentenceIx::from(s))))
            .collect();
        let same = |a: (VersionIx, SentenceIx), b: (VersionIx, SentenceIx)| !facts_of(a.0, a.1).is_disjoint(&facts_of(b.0, b.1));
        gold += every.iter().flat_map(|a| every.iter().map(move |b| (*a, *b))).filter(|(a, b)| a.0 < b.0 && same(*a, *b)).count();
        given += links.len();
        right += links.iter().filter(|(a, b)| same(*a, *b)).count();
    }
    let (precision, recall) = (right as f64 / given as f64, right as f64 / gold as f64);
    assert!(precision > 0.68, "precision {precision:.3}");
    assert!(recall > 0.5, "recall {recall:.3}");
}

/// An article out of a small stock, so that versions share much, with odd characters now and then.
fn article() -> impl Strategy<Value = String> {
    let stock = prop::sample::select(vec![
        "At least 12 people died in Lowmere on Tuesday.",
        "The mayor, Ada Venn, asked for help.",
        "\"We will rebuild,\" she said.",
        "Twelve people were killed in Lowmere, police said.",
        "Repairs will cost $3.5 million.",
        "Ada Venn said: “We will rebuild the bridge first.”",
        "The bridge fell at 7 a.m.",
        "Rain is expected until Friday.",
        "Zürich’s naïve café — «ça va» ☕.",
        "1,200 homes, 1.200 homes, 1 200 homes",
        "?!",
    ]);
    prop::collection::vec(stock, 1..9).prop_map(|s| s.join("\n\n"))
}

#[test]
fn a_persons_word_on_what_belongs_together_is_obeyed() {
    let versions = versions(&[
        "The ferry Alma ran aground off Lowmere at dawn.\n\nDivers found no leak in its hull.",
        "At dawn the ferry Alma ran aground near Lowmere.\n\nA brass band played in the square.",
    ]);
    let place = |words: &str| {
        let version = versions.iter().find(|v| v.document.text.contains(words)).expect("one version says it");
        let start = version.document.text.find(words).expect("it says it");
        Place { version: version.key, range: parallax::base::TextRange::new(start, start + words.len()) }
    };
    let with = |groupings: &[Grouping]| align_with(&versions, groupings, &Silent).expect("nobody cancels");
    let holds = |p: &Passage, place: Place| {
        sentences(p).any(|(v, s)| {
            let version = &versions[v.ix()];
            version.key == place.version && version.document.sentences[s.ix()].range.overlaps(place.range)
        })
    };
    let in_one = |passages: &[Passage], a: Place, b: Place| passages.iter().any(|p| holds(p, a) && holds(p, b));
    let (off, near, leak, band) = (place("Alma ran aground off"), place("Alma ran aground near"), place("no leak"), place("brass band"));

    let alone = with(&[]);
    assert!(in_one(&alone, off, near) && !in_one(&alone, leak, band));
    let apart = Grouping::Apart(vec![off], vec![near]);
    let together = Grouping::Together(vec![leak, band]);
    let told = with(&[apart.clone(), together.clone()]);
    assert!(!in_one(&told, off, near) && in_one(&told, leak, band));
    let mut ids: Vec<_> = told.iter().map(|p| p.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), told.len());
    assert!(in_one(&with(&[apart, Grouping::Together(vec![off, near])]), off, near), "the last word counts");
    let gone = Place { version: parallax::base::ContentId(7), range: leak.range };
    assert_eq!(with(&[Grouping::Together(vec![gone, band])]), alone, "a version that is not there is passed over");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn order_of_versions_and_repeated_runs_never_matter(texts in prop::collection::vec(article(), 1..6), turn in 0usize..6) {
        let sources: Vec<Source> = texts.iter().enumerate().map(|(i, t)| source(&format!("Outlet {i}"), t)).collect();
        let mut turned = sources.clone();
        turned.rotate_left(turn % sources.len());
        let outlets_by_passage = |sources: &[Source]| {
            let analysis = analyze(sources, &Config::default(), &Silent).expect("nobody cancels");
            let member = |m: &parallax::align::Member| (analysis.versions[m.version.ix()].outlet().to_owned(), m.sentences.clone());
            analysis.passages.iter().map(|p| (p.id.to_string(), (p.members.iter().map(member).collect::<BTreeMap<String, Vec<SentenceIx>>>(), p.why.clone()))).collect::<BTreeMap<_, _>>()
        };
        let first = outlets_by_passage(&sources);
        prop_assert_eq!(&first, &outlets_by_passage(&turned));
        prop_assert_eq!(&first, &outlets_by_passage(&sources));
    }

    #[test]
    fn any_text_is_covered(texts in prop::collection::vec("\\PC{0,200}", 1..5), shared in "\\PC{0,80}") {
        let texts: Vec<String> = texts.iter().map(|t| format!("Text {t}\n\nx {shared}")).collect();
        let versions = versions(&texts);
        check_invariants(&versions, &passages(&versions));
    }
}

/// The tables name stems so that they need not be made at each start; whoever adds a word is told its stem here.
#[test]
fn background_tables_name_the_right_stems() {
    let stemmer = rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English);
    let entries = |table: &'static str| table.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    let words = entries(include_str!("../../assets/lang/en/background.words.txt")).filter_map(|line| {
        let mut fields = line.split('\t');
        let (word, class) = (fields.next()?, fields.next()?);
        (class != "0").then(|| (word, fields.next().unwrap_or(word)))
    });
    let kin = entries(include_str!("../../assets/lang/en/background.kin.txt")).flat_map(str::split_whitespace);
    let kin = kin.map(|word| word.split_once(':').unwrap_or((word, word)));
    let wrong: Vec<String> =
        words.chain(kin).filter(|(w, s)| stemmer.stem(w) != *s).map(|(w, s)| format!("{w}: {}, not {s}", stemmer.stem(w))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
