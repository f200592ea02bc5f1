//! Per cent and percentage points.

use super::{check, values};
use parallax::extract::DetailKind;

#[test]
fn percent() {
    check("12 percent of voters", &["12 percent = percent 12 of voter"]);
    check("nearly 5 per cent", &["nearly 5 per cent = percent 5 nearly"]);
    check("up 0.2 percentage points", &["0.2 percentage points = percent 0.2 pp"]);
    check("between 10% and 15%", &["between 10% and 15% = percent 10..15 between"]);
    check("10-15%", &["10-15% = percent 10..15 between"]);
    values(DetailKind::Percent, &[("percent of thirty", "30"), ("a 25 basis point cut", "25"), ("seventy percentage", "70")]);
}

#[test]
fn points_and_short_forms() {
    check("half a percentage point", &["half a percentage point = percent 0.5 pp"]);
    check("5pc", &["5pc = percent 5"]);
    check("25 basis points", &["25 basis points = percent 25"]);
}
