//! An analysis put together by hand, so that reports are tested apart from the stages that find differences.

use parallax::align::{Member, Passage};
use parallax::analysis::{Analysis, Version};
use parallax::base::{ContentId, Note, PassageIx, SentenceIx, TextRange, VersionIx};
use parallax::compare::{Evidence, Finding, FindingKind, Origin, Reading, Relation};
use parallax::source::{Block, BlockKind, Metadata, Moment, Provenance, Source, sha256_hex};
use std::sync::Arc;

/// Outlet, published, and paragraphs, the first of which is the headline.
pub const FERRY: &[(&str, &str, &[&str])] = &[
    (
        "The Harbour Post",
        "2026-03-03T08:40",
        &[
            "Ferry runs aground off Skarn with around 350 aboard",
            "A ferry ran aground off the island of Skarn on Monday night with around 350 people aboard, the coast guard said.",
            "Twelve passengers were taken to hospital in Vess, most of them with broken bones. “Nobody was left on that ship, and nobody \
             will be left without an answer,” said the harbour master, Ilse Brandt.",
            "The company paid $12 million for the vessel in 2019. It had been repaired twice since.",
        ],
    ),
    (
        "Meridian Wire",
        "2026-03-02T22:05Z",
        &[
            "Ferry aground off Skarn",
            "VESS, March 2 — A ferry with more than 330 people aboard ran aground off Skarn on Monday, the coast guard said.",
            "Nine people were taken to hospital. “Nobody was left on that ship,” said harbour master Ilse Brandt.",
            "The vessel, bought for $12 million, was repaired in January.",
        ],
    ),
    (
        "Northgate Herald",
        "2026-03-04T07:15",
        &[
            "“No one left aboard”: how the Skarn ferry was emptied",
            "Nearly 400 people left the Skarn ferry by rope and raft after it struck rocks on Sunday night, a fire officer said.",
            "“No one remained aboard, and everyone will get an answer,” an official of the port of Vess said.",
            "Dogs and a crate of hens were rescued on Tuesday by two fishermen, who had rowed out unasked.",
            "The operator bought the ship for $21 million.",
        ],
    ),
    (
        "Eastline Daily",
        "2026-03-03T06:30",
        &[
            "Ferry aground off Skarn, nine hurt",
            "A ferry with more than 330 people aboard ran aground off Skarn on Monday, the coast guard said.",
            "Nine people were taken to hospital. “Nobody was left on that ship,” said harbour master Ilse Brandt.",
        ],
    ),
];

/// A source of paragraphs, the first of which is the headline.
pub fn source(outlet: &str, published: &str, paragraphs: &[&str]) -> Source {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for (i, p) in paragraphs.iter().enumerate() {
        if i > 0 {
            text.push_str("\n\n");
        }
        let kind = if i == 0 { BlockKind::Headline } else { BlockKind::Paragraph };
        blocks.push(Block { kind, range: TextRange::new(text.len(), text.len() + p.len()) });
        text.push_str(p);
    }
    let published = published.get(..10).and_then(|d| d.parse().ok()).map(|date| Moment {
        date,
        time: published.get(11..16).and_then(|t| t.parse().ok()),
        offset_minutes: published.ends_with('Z').then_some(0),
    });
    let name = outlet.to_lowercase().replace(' ', "-");
    Source {
        meta: Metadata { outlet: Some(outlet.into()), title: paragraphs.first().map(|p| (*p).into()), published, ..Metadata::default() },
        provenance: Provenance {
            path: format!("{name}.txt"),
            sha256: sha256_hex(text.as_bytes()),
            bytes: text.len() as u64,
            format: "text".into(),
            encoding: "UTF-8".into(),
            part: 0,
            columns: None,
        },
        text,
        blocks,
        notes: Vec::new(),
        page: None,
    }
}

/// Versions without passages and findings.
pub fn bare(sources: &[Source]) -> Analysis {
    Analysis { versions: sources.iter().map(|s| Arc::new(Version::read(s))).collect(), ..Analysis::default() }
}

/// The words in a version.
pub fn at(analysis: &Analysis, version: u32, words: &str) -> Evidence {
    let text = &analysis.versions[version as usize].document.text;
    let start = text.find(words).unwrap_or_else(|| panic!("“{words}” is not in {version}"));
    Evidence { version: VersionIx(version), range: TextRange::new(start, start + words.len()) }
}

/// Adds a passage of the sentences that hold these words.
pub fn passage(analysis: &mut Analysis, members: &[(u32, &str)]) -> PassageIx {
    let members: Vec<Member> = members
        .iter()
        .map(|(v, words)| {
            let e = at(analysis, *v, words);
            let sentence = analysis.versions[*v as usize].document.sentence_at(e.range.start).unwrap_or(SentenceIx(0));
            Member { version: e.version, sentences: vec![sentence] }
        })
        .collect();
    let id = ContentId::from_parts([format!("{members:?}").as_bytes()]);
    analysis.passages.push(Passage { id, members, score: 0.81, why: vec!["Shared words: Skarn, ferry, aboard".into()], near: Vec::new() });
    PassageIx::from(analysis.passages.len() - 1)
}

/// Adds a finding. Readings are a name and the words in each version.
pub fn finding(
    analysis: &mut Analysis,
    kind: FindingKind,
    title: &str,
    passage: Option<PassageIx>,
    readings: &[(&str, &[(u32, &str)])],
) -> usize {
    let readings: Vec<Reading> = readings
        .iter()
        .map(|(text, evidence)| Reading {
            text: (*text).into(),
            read_as: None,
            interval: None,
            evidence: evidence.iter().map(|(v, words)| at(analysis, *v, words)).collect(),
            remark: None,
        })
        .collect();
    let relation = match kind {
        FindingKind::DetailConflict => Relation::Conflict,
        FindingKind::DetailLater => Relation::Later,
        FindingKind::OnlyIn | FindingKind::Silent => Relation::Silent,
        _ => Relation::Compatible,
    };
    analysis.findings.push(Finding {
        id: ContentId::from_parts([kind.slug().as_bytes(), title.as_bytes()]),
        kind,
        relation,
        detail: None,
        passage,
        title: title.into(),
        readings,
        silent: Vec::new(),
        why: String::new(),
        weight: 1.0,
    });
    analysis.findings.len() - 1
}

/// The ferry with a finding of most kinds.
pub fn ferry() -> Analysis {
    use FindingKind::*;
    let sources: Vec<Source> = FERRY.iter().map(|(outlet, published, paragraphs)| source(outlet, published, paragraphs)).collect();
    let mut a = bare(&sources);
    let aboard = passage(&mut a, &[(0, "A ferry ran"), (1, "A ferry with"), (2, "Nearly 400"), (3, "A ferry with")]);
    let hurt = passage(&mut a, &[(0, "Twelve passengers"), (1, "Nine people"), (3, "Nine people")]);
    let said = passage(&mut a, &[(0, "“Nobody was"), (1, "“Nobody was"), (2, "“No one remained"), (3, "“Nobody was")]);
    let price = passage(&mut a, &[(0, "The company paid"), (1, "The vessel"), (2, "The operator")]);
    let dogs = passage(&mut a, &[(2, "Dogs and")]);

    let f = finding(
        &mut a,
        DetailConflict,
        "People aboard the ferry",
        Some(aboard),
        &[
            ("more than 330", &[(1, "more than 330"), (3, "more than 330")]),
            ("around 350", &[(0, "around 350"), (0, "around 350 people aboard, the")]),
            ("Nearly 400", &[(2, "Nearly 400")]),
        ],
    );
    a.findings[f].why = "Northgate Herald has nearly 400, which is outside “around 350”, read as ±5 %. “More than 330” fits both.".into();
    a.findings[f].readings[1].read_as = Some("332 to 368".into());
    a.findings[f].readings[0].remark = Some("fits 2 and 3".into());
    let f = finding(
        &mut a,
        DetailConflict,
        "Night it ran aground",
        Some(aboard),
        &[("Monday", &[(0, "Monday night"), (1, "Monday"), (3, "Monday")]), ("Sunday", &[(2, "Sunday night")])],
    );
    a.findings[f].why = "Monday is 2 March, Sunday is 1 March, as read from the articles’ own dates.".into();
    finding(
        &mut a,
        DetailConflict,
        "Price of the vessel",
        Some(price),
        &[("$12 million", &[(0, "$12 million"), (1, "$12 million")]), ("$21 million", &[(2, "$21 million")])],
    );
    let f = finding(
        &mut a,
        DetailLater,
        "People taken to hospital",
        Some(hurt),
        &[("Nine", &[(1, "Nine people"), (3, "Nine people")]), ("Twelve", &[(0, "Twelve passengers")])],
    );
    a.findings[f].silent = vec![VersionIx(2)];
    a.findings[f].why = "The Harbour Post wrote later and has the larger number.".into();
    let f = finding(
        &mut a,
        QuoteAltered,
        "“Nobody was left on that ship…”",
        Some(said),
        &[
            (
                "Nobody was left on that ship, and nobody will be left without an answer,",
                &[(0, "Nobody was left on that ship, and nobody will be left without an answer,")],
            ),
            ("Nobody was left on that ship,", &[(1, "Nobody was left on that ship,"), (3, "Nobody was left on that ship,")]),
            (
                "No one remained aboard, and everyone will get an answer,",
                &[(2, "No one remained aboard, and everyone will get an answer,")],
            ),
        ],
    );
    a.findings[f].readings[0].remark = Some("fullest".into());
    a.findings[f].readings[1].remark = Some("8 words cut".into());
    a.findings[f].readings[2].remark = Some("7 words changed".into());
    finding(
        &mut a,
        QuoteSpeaker,
        "Who said “Nobody was left on that ship”",
        Some(said),
        &[
            ("Ilse Brandt", &[(0, "Ilse Brandt"), (1, "Ilse Brandt"), (3, "Ilse Brandt")]),
            ("an official", &[(2, "an official of the port of Vess")]),
        ],
    );
    finding(
        &mut a,
        Attribution,
        "Source for the grounding",
        Some(aboard),
        &[
            ("the coast guard", &[(0, "the coast guard"), (1, "the coast guard"), (3, "the coast guard")]),
            ("a fire officer", &[(2, "a fire officer")]),
        ],
    );
    finding(
        &mut a,
        DetailCompatible,
        "When the vessel was repaired",
        Some(price),
        &[("twice since 2019", &[(0, "in 2019. It had been repaired twice since")]), ("January", &[(1, "in January")])],
    );
    finding(
        &mut a,
        OnlyIn,
        "Dogs and hens",
        Some(dogs),
        &[(
            "Dogs and a crate of hens",
            &[(2, "Dogs and a crate of hens were rescued on Tuesday by two fishermen, who had rowed out unasked.")],
        )],
    );
    let f = finding(
        &mut a,
        Silent,
        "Price of the vessel",
        Some(price),
        &[(
            "The company paid",
            &[
                (0, "The company paid $12 million for the vessel in 2019."),
                (1, "The vessel, bought for $12 million, was repaired in January."),
                (2, "The operator bought the ship for $21 million."),
            ],
        )],
    );
    a.findings[f].silent = vec![VersionIx(3)];
    a.findings[f].why = "Three versions report it, Eastline Daily does not.".into();
    finding(
        &mut a,
        Wording,
        "struck rocks",
        Some(aboard),
        &[("ran aground", &[(0, "ran aground")]), ("struck rocks", &[(2, "struck rocks")])],
    );
    a.origins.push(Origin {
        versions: vec![VersionIx(1), VersionIx(3)],
        shared: 0.57,
        source: Some(VersionIx(1)),
        own: vec![(VersionIx(3), 0.57)],
    });
    a.notes.push(Note::new("scan.pdf", "Its 2 pages are pictures, so there is no text to compare. Nothing else was affected."));
    a
}
