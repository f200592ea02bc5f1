//! Numbers: digits, words, mixtures, fractions, ranges, and what is none.

use super::{check, values};
use parallax::extract::DetailKind;

#[test]
fn numbers_in_digits_and_words() {
    values(
        DetailKind::Number,
        &[
            ("They counted 1,204 boats", "1204"),
            ("They counted 12,34,567 votes", "1234567"),
            ("They counted 2 345 678 votes", "2345678"),
            ("a reading of -4.25", "-4.25"),
            ("a share of .75 overall", "0.75"),
            ("some forty-one boats", "41"),
            ("three hundred and seven boats", "307"),
            ("two thousand four hundred and twelve boats", "2412"),
            ("a hundred boats", "100"),
            ("nineteen hundred boats", "1900"),
            ("6 thousand 2 hundred and 11 boats", "6211"),
            ("five million and a half", "5500000"),
            ("two and a half million boats", "2500000"),
            ("half a million boats", "500000"),
            ("a quarter of a million boats", "250000"),
            ("three billion and a half million", "3000500000"),
            ("four million and two thirds", "4666666.666667"),
            ("two point seven five", "2.75"),
            ("four hundred point sixty-one", "400.61"),
            ("40k boats", "40000"),
            ("1.3bn boats", "1300000000"),
            ("2.5m voters", "2500000"),
            ("7 lakh boats", "700000"),
            ("3 crore and five hundred", "30000500"),
            ("two dozen boats", "24"),
            ("half a dozen boats", "6"),
            ("minus seven", "-7"),
            ("negative one over 40", "-0.025"),
        ],
    );
}

#[test]
fn fractions_and_ratios() {
    values(
        DetailKind::Number,
        &[
            ("seven eighths", "0.875"),
            ("two-thirds of the boats", "0.666667"),
            ("a third of the boats", "0.333333"),
            ("three and a quarter", "3.25"),
            ("six and three fifths", "6.6"),
            ("a thirty-first", "0.032258"),
            ("nine one hundred tenths", "0.081818"),
            ("two hundred thousandths", "0.2"),
            ("3/4 of the boats", "0.75"),
            ("2 1/2", "2.5"),
            ("1½ boats", "1.5"),
            ("half of the boats", "0.5"),
            ("one in five boats", "0.2"),
            ("nine out of 10 boats", "0.9"),
            ("1 in 4 boats", "0.25"),
            ("2 over three.", "0.666667"),
        ],
    );
    check("The third boat sank in the second half.", &[]);
    check("It was her first win in a quarter final.", &[]);
}

#[test]
fn qualifiers_and_ranges() {
    check("as many as 30 boats", &["as many as 30 = number 30 up-to of boat"]);
    check("no fewer than 30 boats", &["no fewer than 30 = number 30 at-least of boat"]);
    check("more than 30 boats", &["more than 30 = number 30 more-than of boat"]);
    check("fewer than 30 boats", &["fewer than 30 = number 30 less-than of boat"]);
    check("an estimated 30 boats", &["an estimated 30 = number 30 about of boat"]);
    check("30 or more boats", &["30 or more = number 30 at-least"]);
    check("It rose by 312 to 4,507.", &["312 = number 312", "4,507 = number 4507"]);
    check("It rose by 10 to 15 boats.", &["10 to 15 = number 10..15 between of boat"]);
    check("between 30 and 40 boats", &["between 30 and 40 = number 30..40 between of boat"]);
    check("30-40 boats", &["30-40 = number 30..40 between of boat"]);
    check("two or three boats", &["two or three = number 2..3 between of boat"]);
    check("5 to 7 million boats", &["5 to 7 million = number 5000000..7000000 between of boat"]);
    check("100+ boats", &["100+ = number 100 at-least"]);
}

#[test]
fn names_and_codes_are_no_numbers() {
    for input in [
        "A Boeing 737 landed.",
        "The virus causes COVID-19.",
        "She won the Formula 1 title.",
        "He spoke outside No. 10 and at 10 Downing Street.",
        "Article 50 was triggered.",
        "Call 555-1234 or +44 20 7946 0018.",
        "Version 4.2.1 fixed it.",
        "One of the men said no one knew which one it was.",
        "It may be the first, and the second was no better.",
        "The two-way street was shut.",
        "It cost a five-figure sum.",
        "It is open 24/7.",
        "See www.example.org/a/12 and tweet 783493499266084861.",
        "The G20 met on the M25.",
    ] {
        check(input, &[]);
    }
}

#[test]
fn open_numbers() {
    check("fifty-odd boats", &["fifty-odd = number 50 about of boat"]);
    check("30-plus boats", &["30-plus = number 30 at-least of boat"]);
    check("a few hundred boats", &["a few hundred = number 200..500 about of boat"]);
    check("some 30 boats or so", &["some 30 = number 30 about of boat"]);
    check("- 40 k", &["40 k = number -40000"]);
}
