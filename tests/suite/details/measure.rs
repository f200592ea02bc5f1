//! Measures and their units.

use super::check;

#[test]
fn measures_keep_their_unit() {
    check("It is 5 km away.", &["5 km = number 5 km"]);
    check("a 10-mile march", &["10-mile = number 10 mi"]);
    check("winds of 120 miles per hour", &["120 miles per hour = number 120 mph"]);
    check("some 300 square kilometres", &["some 300 square kilometres = number 300 about km2"]);
    check("40°C", &["40°C = number 40 C"]);
    check("millions of tonnes of ash", &["millions of tonnes = number 2000000..10000000 about t"]);
    check("a magnitude 6.3 quake", &["6.3 = number 6.3 of magnitude"]);
    check("He is 6'3\" tall.", &["6'3\" = number 6.25 ft"]);
}

#[test]
fn measures_of_two_units_and_compound_ones() {
    check("six feet two inches", &["six feet two inches = number 6.166667 ft"]);
    check("80 km/h", &["80 km/h = number 80 km/h"]);
    check("a 3 m wall", &["3 m = number 3 m"]);
    check("1.5m tall", &["1.5m = number 1.5 m"]);
    check("It fell to -5C overnight.", &["-5C = number -5 C"]);
    check("6.3 on the Richter scale", &["6.3 = number 6.3 of magnitude"]);
    check("12 pounds of gold", &["12 pounds = number 12 lb"]);
}
