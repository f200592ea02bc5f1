//! Names: which an article holds, how alike two are, and how they are related.

use parallax::base::TextRange;
use parallax::extract::names::mentions::{full_name, given_gender, holder, named, pronoun, role_gender};
use parallax::extract::names::{Gender, NameRelation, likeness, names, same_entity, sighted};
use parallax::extract::{Detail, DetailKind, Value};
use parallax::source::{Block, BlockKind, Metadata, Provenance, Source};
use parallax::text::{self, Document};
use proptest::prelude::*;

/// A document whose lines are blocks; a line that starts with `# ` is a headline.
fn document(text: &str) -> Document {
    let (mut shown, mut blocks) = (String::new(), Vec::new());
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (kind, line) = line.strip_prefix("# ").map_or((BlockKind::Paragraph, line), |l| (BlockKind::Headline, l));
        let start = shown.len();
        shown.push_str(line);
        blocks.push(Block { kind, range: TextRange::new(start, shown.len()) });
        shown.push_str("\n\n");
    }
    let source =
        Source { text: shown, blocks, meta: Metadata::default(), provenance: Provenance::default(), notes: Vec::new(), page: None };
    text::document(&source)
}

fn details(text: &str) -> (Document, Vec<Detail>) {
    let doc = document(text);
    let found = names(&doc, sighted(&doc), &[]);
    (doc, found)
}

/// Each name as `P` person, `O` organisation or `L` place, its words, and `=value` and `(subject)` where there is more to say.
fn check(text: &str, expected: &[&str]) {
    let (doc, found) = details(text);
    let found: Vec<String> = found
        .iter()
        .map(|d| {
            let letter = match d.kind {
                DetailKind::Person => "P",
                DetailKind::Organisation => "O",
                DetailKind::Place => "L",
                _ => "?",
            };
            let words = d.range.of(&doc.text);
            let Value::Name(name) = &d.value else { panic!("{d:?}") };
            let value = if name == words { String::new() } else { format!("={name}") };
            let subject = d.subject.as_ref().map_or(String::new(), |s| format!(" ({s})"));
            format!("{letter} {words}{value}{subject}")
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn persons_by_title_and_role() {
    check("On Monday President Orla Venn met Gen. Tam Quill.", &["P Orla Venn (president)", "P Tam Quill (gen)"]);
    check("Reporters asked the defence minister Orla Venn.", &["P Orla Venn (defence minister)"]);
    check("They saw Dr Venn and Mrs. Quill there.", &["P Venn", "P Quill"]);
    check("It was Prime Minister Orla Venn who called.", &["P Orla Venn (prime minister)"]);
    check("Striker Nadia Venn scored.", &["P Nadia Venn (striker)"]);
    check("We met Nadia Venn, 34, a teacher from the north.", &["P Nadia Venn (teacher)"]);
    check("They saw Mr King there.", &["P King"]);
    check("Voters refuse to back Nadia Venn.", &["P Nadia Venn"]);
    check("He came with his wife, Mirelda, on foot.", &["P Mirelda"]);
    check("Rep. Robert C. \"Bobby\" Venn (R-Ohio) came.", &["P Robert C. \"Bobby\" Venn (rep)"]);
    check("The prime minister resigned.", &[]);
    check("He met the President and the Prime Minister.", &[]);
}

#[test]
fn persons_of_many_cultures() {
    check("He named Kim Geum-hyok as a witness.", &["P Kim Geum-hyok"]);
    check("He named Maria de la Cruz as a witness.", &["P Maria de la Cruz"]);
    check("He named Ludwig van der Meer as a witness.", &["P Ludwig van der Meer"]);
    check("He named Ahmed al-Darwish as a witness.", &["P Ahmed al-Darwish"]);
    check("He named Jean-Luc O'Hara as a witness.", &["P Jean-Luc O'Hara"]);
    check("He named J. K. Venn as a witness.", &["P J. K. Venn"]);
    check("He named Zoë Åkerström as a witness.", &["P Zoë Åkerström"]);
    check("He named José Ñuñez García as a witness.", &["P José Ñuñez García"]);
    check("He named John F. Venn Jr. as a witness.", &["P John F. Venn Jr"]);
}

#[test]
fn short_mentions_join_the_full_name() {
    check(
        "The police held Nadia Venn on Monday. Venn denied it. Her lawyer said Nadia was at home. Ms Venn is 40.",
        &["P Nadia Venn", "P Venn=Nadia Venn", "P Nadia=Nadia Venn", "P Venn=Nadia Venn"],
    );
    check(
        "The Harlow Water Authority (HWA) met. The HWA said no.",
        &["O Harlow Water Authority", "O HWA=Harlow Water Authority", "O HWA=Harlow Water Authority"],
    );
    check("Quillon Foods Inc. grew. Analysts like Quillon.", &["O Quillon Foods Inc", "O Quillon=Quillon Foods Inc"]);
}

#[test]
fn a_family_name_of_two_stands_for_the_one_the_article_is_about() {
    check(
        "Nadia Venn spoke. Nadia Venn is the sister of Tom Venn. Venn left. Mr Venn stayed.",
        &["P Nadia Venn", "P Nadia Venn", "P Tom Venn", "P Venn=Nadia Venn", "P Venn=Tom Venn"],
    );
}

#[test]
fn organisations() {
    check("It came from the Ministry of Defence.", &["O Ministry of Defence"]);
    check("The Department of Health and Human Services agreed.", &["O Department of Health and Human Services"]);
    check("A spokesman for NATO and the EU agreed.", &["O NATO=North Atlantic Treaty Organization", "O EU=European Union"]);
    check("He studied at the University of Tallow.", &["O University of Tallow"]);
    check("It was first told by the Tallow Gazette.", &["O Tallow Gazette"]);
    check("The Food and Drug Administration agreed.", &["O Food and Drug Administration"]);
    check("He left Quill & Venn in May.", &["O Quill & Venn"]);
}

#[test]
fn places() {
    check("They met in Paris and in Tallow, Texas.", &["L Paris", "L Tallow, Texas"]);
    check("He was born in Springfield, Ill. and lives there.", &["L Springfield, Ill=Springfield, Illinois"]);
    check("A fire broke out near the village of Tallowby.", &["L Tallowby"]);
    check("The U.S. and the UK agreed.", &["L U.S.=United States", "L UK=United Kingdom"]);
    check("It is us who lost, and they told us.", &[]);
    check("A North Korean soldier fled.", &["L North Korean=North Korea"]);
    check("The Moscow-based firm left.", &["L Moscow"]);
    check("An African American man spoke in Virginia.", &["L African American=United States", "L Virginia"]);
    check("Virginia Marsh lives in Virginia. Georgia Virginia was born there.", &["P Virginia Marsh", "L Virginia", "P Georgia Virginia"]);
    check("The anti-American mood grew.", &["L American=United States"]);
    check("The US-China talks failed.", &["L US=United States", "L China"]);
    check("They met on Tallow Street near Mercer County.", &["L Tallow Street", "L Mercer County"]);
    check("He sailed the Gulf of Mexico.", &["L Gulf of Mexico"]);
    check("It rained in Ohio, Florida and Nevada.", &["L Ohio", "L Florida", "L Nevada"]);
}

#[test]
fn capitals_that_are_no_names() {
    check("On Tuesday in March they came back.", &[]);
    check("Officials said no. However, nothing happened. Investigators left.", &[]);
    check("Many people came. Police were there.", &[]);
    check("I think so, and I said it.", &[]);
    check("He is a Muslim and she is a Catholic.", &[]);
}

#[test]
fn headlines_give_what_the_article_or_the_tables_know() {
    check(
        "# Venn Blames Rivals Over Lost Vote in France\nThe party leader Nadia Venn spoke in Paris.",
        &["P Venn=Nadia Venn", "L France", "P Nadia Venn (leader)", "L Paris"],
    );
    check("# VENN BLAMES RIVALS\nNadia Venn spoke.", &["P VENN=Nadia Venn", "P Nadia Venn"]);
    check("# Thousands March Against New Law", &[]);
    check("# Breaking News: Feigned Insanity in Court", &[]);
}

#[test]
fn words_of_headlines_are_no_names() {
    check("# Governor Orders Evacuation After Levee Breaks\nNo more was known.", &[]);
    check("# Former Marine Corps Officer Charged in Shooting\nNo more was known.", &["O Marine Corps"]);
    check("# Date: Marine Corps to Return Home\nNo more was known.", &["O Marine Corps"]);
    check("# Judge Blocks Ban on Wood Stoves\nNo more was known.", &[]);
    check("# Mayor Venn Says Town Will Pay for New Levee\nNo more was known.", &["P Venn (mayor)"]);
    check("# Hospital Workers Strike Over Staffing Levels\nNo more was known.", &[]);
    check("# How a Small Town Beat Big Oil\nNo more was known.", &[]);
    check("# Police: Suspect Fled to Mexico After Killing\nNo more was known.", &["L Mexico"]);
}

#[test]
fn a_letter_before_a_hyphen_is_a_party_or_part_of_a_name() {
    check("On Monday X-Lane Group raised its prices.", &["O X-Lane Group"]);
    check("On Monday Orla Venn, D-Ohio, came.", &["P Orla Venn"]);
}

#[test]
fn endless_compounds_are_read() {
    // Their parts were once looked up inside of each other, as deep as the word is long.
    for parts in [100, 1_500, 20_000] {
        let compound = format!("{}Bred", "she-and-".repeat(parts));
        let (doc, _) = details(&format!("On Monday the {compound} dog came."));
        assert!(doc.text.contains(&compound));
    }
}

#[test]
fn mentions_lead_to_people() {
    let (doc, found) = details("Spokeswoman Alex Quill met Nadia Venn, the mayor. Tom Marsh was there.");
    let people = named(&found);
    let end = doc.text.len() as u32;
    assert_eq!(full_name(&people, "Venn", end).map(|n| n.name.as_str()), Some("Nadia Venn"));
    assert_eq!(full_name(&people, "Ms Venn", end).map(|n| n.name.as_str()), Some("Nadia Venn"));
    assert_eq!(pronoun(&people, Gender::Female, end).map(|n| n.name.as_str()), Some("Nadia Venn"));
    assert_eq!(pronoun(&people, Gender::Male, end).map(|n| n.name.as_str()), Some("Tom Marsh"));
    assert_eq!(holder(&people, "mayor", end).map(|n| n.name.as_str()), Some("Nadia Venn"));
    assert_eq!(people.iter().find(|n| n.name == "Alex Quill").and_then(|n| n.gender), Some(Gender::Female));
    assert_eq!(given_gender("Nadia Venn"), Some(Gender::Female));
    assert_eq!(role_gender("vice chairman"), Some(Gender::Male));
}

/// Pieces that names are made of, in any order.
fn pieces(most: usize) -> impl Strategy<Value = String> {
    let words = [
        "Nadia",
        "Venn",
        "Mr.",
        "President",
        "of",
        "the",
        "and",
        "U.S.",
        "US",
        "(HWA)",
        ",",
        ".",
        "'s",
        "’",
        "\"",
        "“",
        "-",
        "al-",
        "de",
        "Kim",
        "Geum-hyok",
        "Texas",
        "Paris",
        "Ministry",
        "Foods",
        "Inc",
        "&",
        "in",
        "said",
        "Æon",
        "İstanbul",
        "ß",
        "é",
        "34",
        "May",
        "\n",
        "\u{301}",
        "St",
        "North",
        "Korean",
        "New",
        "York",
        "J.",
        "K.",
        "University",
        "NATO-led",
        "anti-EU",
        "—",
        ":",
        "ǅ",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..most).prop_map(|w| w.join(" "))
}

proptest! {
    #[test]
    fn ranges_lie_in_the_text_apart_and_in_order(text in prop_oneof![pieces(40), "\\PC{0,200}"]) {
        let (doc, found) = details(&text);
        let mut end = 0;
        for d in &found {
            prop_assert!(d.range.start >= end && d.range.end > d.range.start, "{d:?}");
            prop_assert!(doc.text.get(d.range.as_range()).is_some(), "{d:?}");
            prop_assert!(d.sentence.ix() < doc.sentences.len());
            end = d.range.end;
        }
        prop_assert_eq!(&found, &names(&doc, sighted(&doc), &[]));
    }

    #[test]
    fn likeness_is_even_handed(a in pieces(8), b in "\\PC{0,30}", c in pieces(8)) {
        for (a, b) in [(&a, &b), (&a, &c), (&b, &b)] {
            let (x, y) = (likeness(a, b), likeness(b, a));
            prop_assert!((0.0..=1.0).contains(&x), "{a:?} {b:?} {x}");
            prop_assert!((x - y).abs() < 1e-6, "{a:?} {b:?} {x} {y}");
            prop_assert_eq!(same_entity(a, b), same_entity(b, a));
            prop_assert_eq!(x == 1.0, same_entity(a, b) == NameRelation::Same);
        }
    }
}

fn relation(a: &str, b: &str, expected: NameRelation) {
    let found = (same_entity(a, b), same_entity(b, a), likeness(a, b));
    assert_eq!((found.0, found.1), (expected, expected), "{a:?} and {b:?}, likeness {}", found.2);
    match expected {
        NameRelation::Same => assert_eq!(found.2, 1.0, "{a:?} and {b:?}"),
        NameRelation::Variant => assert!((0.7..1.0).contains(&found.2), "{a:?} and {b:?}: {}", found.2),
        NameRelation::Short => assert!((0.6..1.0).contains(&found.2), "{a:?} and {b:?}: {}", found.2),
        NameRelation::Different => assert!(found.2 < 0.5, "{a:?} and {b:?}: {}", found.2),
    }
}

#[test]
fn equal_after_folding() {
    for (a, b) in [
        ("Ada Vane", "ada vane"),
        ("O’Hara", "O'Hara"),
        ("Park Min‐ho", "Park Min-ho"),
        ("The Harlow Gazette", "Harlow Gazette"),
        ("U.N.", "UN"),
        ("Zoe\u{301} Marsh", "Zoé Marsh"),
    ] {
        relation(a, b, NameRelation::Same);
    }
}

#[test]
fn spelling_variants_are_close_and_never_equal() {
    for (a, b) in [
        ("Han Geum-hyok", "Han Geum Hyok"),
        ("Han Geum-hyok", "Han Kum Hyok"),
        ("Han Geumhyok", "Han Geum-hyok"),
        ("Geum-hyok Han", "Han Geum-hyok"),
        ("Kyiv", "Kiev"),
        ("José Núñez", "Jose Nunez"),
        ("Mohammed Darwish", "Muhammad Darwish"),
        ("Mohamed al-Darwish", "Mohammed Al Darwish"),
        ("Oleksandr Petrenko", "Alexander Petrenko"),
        ("Serhiy Petrenko", "Sergei Petrenko"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Yusuf Demir", "Youssef Demir"),
        ("Jon Marsh", "John Marsh"),
        ("William Marsh", "Bill Marsh"),
        ("Catherine Marsh", "Katherine Marsh"),
        ("Stephen Marsh", "Steven Marsh"),
        ("Ada Hendersen", "Ada Henderson"),
        ("Jürgen Möller", "Jurgen Moller"),
        ("Gaddafi", "Qaddafi"),
        ("Park Min-ho", "Pak Min-ho"),
        ("Odesa", "Odessa"),
        ("Łukasz Zieliński", "Lukasz Zielinski"),
    ] {
        relation(a, b, NameRelation::Variant);
    }
}

#[test]
fn a_part_or_an_acronym_is_short() {
    for (a, b) in [
        ("Han", "Han Geum Hyok"),
        ("Vane", "Ada Vane"),
        ("A. Vane", "Ada Vane"),
        ("Ada M. Vane", "Ada Vane"),
        ("Dr Ada Vane", "Vane"),
        ("Austin", "Austin, Texas"),
        ("European Union", "EU"),
        ("Harlow Town Council", "HTC"),
        ("Council of Harlow Traders", "CHT"),
        ("Harlow Foods", "Harlow Foods Inc"),
    ] {
        relation(a, b, NameRelation::Short);
    }
}

#[test]
fn different_names_stay_apart() {
    for (a, b) in [
        ("John Marsh", "Jane Marsh"),
        ("George Marsh", "Jeb Marsh"),
        ("Han Geum-hyok", "Han Jong-su"),
        ("Han Yo-jong", "Han Jong-su"),
        ("Maria Rossi", "Mario Rossi"),
        ("Ada Vane", "Ben Turner"),
        ("York", "New York"),
        ("Korea", "North Korea"),
        ("North Korea", "South Korea"),
        ("Virginia", "West Virginia"),
        ("Boston", "Boston University"),
        ("Iran", "Iraq"),
        ("Austria", "Australia"),
        ("Niger", "Nigeria"),
        ("Mali", "Malta"),
        ("Slovakia", "Slovenia"),
        ("Paris", "Berlin"),
        ("", "Paris"),
        ("Sunday Times", "Sunday Telegraph"),
    ] {
        relation(a, b, NameRelation::Different);
    }
}
