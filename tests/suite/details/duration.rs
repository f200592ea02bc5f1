//! Lengths of time.

use super::{check, values};
use parallax::extract::DetailKind;

#[test]
fn durations() {
    values(
        DetailKind::Duration,
        &[
            ("It lasted three days.", "P3D"),
            ("a three-day visit", "P3D"),
            ("a 48-hour truce", "PT48H"),
            ("for an hour and a half", "PT1.5H"),
            ("1 hour and 30 minutes", "PT1H30M"),
            ("two and a half years", "P2.5Y"),
            ("half an hour", "PT0.5H"),
            ("for a few hours", "PT3H"),
            ("a couple of weeks", "P2W"),
            ("two decades", "P20Y"),
            ("after a fortnight", "P2W"),
            ("5h", "PT5H"),
            ("45 min", "PT45M"),
            ("12.5 sec", "PT12.5S"),
            ("It went on for hours.", "PT2H"),
            ("one year and six months", "P1Y6M"),
            ("more than 20 years", "P20Y"),
        ],
    );
    check("It happens twice a year.", &[]);
}

#[test]
fn two_lengths_are_a_range() {
    check("two to three weeks", &["two to three weeks = duration P2W..1814400s between"]);
    check("30-40 minutes", &["30-40 minutes = duration PT30M..2400s between"]);
    check("between two and four years", &["between two and four years = duration P2Y..126144000s between"]);
    check("a six- to eight-week delay", &["six- to eight-week = duration P6W..4838400s between"]);
    check("a two-to-three-year term", &["two-to-three-year = duration P2Y..94608000s between"]);
    check("six months to a year", &["six months to a year = duration P6M..31536000s between"]);
    check("a day or two", &["a day or two = duration P1D..172800s between"]);
    check("It was cut from two years to one year.", &["two years = duration P2Y", "one year = duration P1Y"]);
    check("1h 20m", &["1h 20m = duration PT1H20M"]);
}
