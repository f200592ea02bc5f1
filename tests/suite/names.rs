//! Names: how alike two are, and how they are related.

use parallax::extract::names::{NameRelation, likeness, same_entity};

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
