//! Details of amount and time: what is read from which words, what is left alone, and what always holds.
//!
//! Articles of these cases are published on Wednesday, 15 May 2024. A detail is written as its words,
//! then kind and value, then qualifier, unit and subject where it has them.

use parallax::extract::details::details;
use parallax::extract::{Detail, DetailKind, Qualifier, Value};
use parallax::source::{Block, BlockKind, Metadata, Moment, Provenance, Source};
use parallax::text;
use proptest::prelude::*;

fn read(input: &str, language: Option<&str>) -> Vec<Detail> {
    let meta = Metadata {
        published: Some(Moment::day(jiff::civil::date(2024, 5, 15))),
        language: language.map(str::to_owned),
        ..Metadata::default()
    };
    let range = parallax::base::TextRange::new(0, input.len());
    let source = Source {
        text: input.to_owned(),
        blocks: vec![Block { kind: BlockKind::Paragraph, range }],
        meta,
        provenance: Provenance::default(),
        notes: Vec::new(),
    };
    details(&text::document(&source), &source.meta)
}

fn value(value: &Value) -> String {
    match value {
        Value::Number(x) => format!("{}", (x * 1e6).round() / 1e6),
        Value::Range(a, b) => format!("{a}..{b}"),
        Value::Date(d) => d.to_string(),
        Value::DateRange(a, b) => format!("{a}..{b}"),
        Value::Time(t, None) => format!("{:02}:{:02}", t.hour(), t.minute()),
        Value::Time(t, Some(zone)) => format!("{:02}:{:02}{zone:+}", t.hour(), t.minute()),
        Value::Duration { iso, .. } => iso.clone(),
        Value::Name(name) => name.clone(),
    }
}

fn line(input: &str, d: &Detail) -> String {
    let kind = match d.kind {
        DetailKind::Number => "number",
        DetailKind::Money => "money",
        DetailKind::Percent => "percent",
        DetailKind::Age => "age",
        DetailKind::Date => "date",
        DetailKind::Time => "time",
        DetailKind::Duration => "duration",
        _ => "name",
    };
    let qualifier = match d.qualifier {
        Qualifier::Exact => "",
        Qualifier::About => " about",
        Qualifier::Nearly => " nearly",
        Qualifier::MoreThan => " more-than",
        Qualifier::AtLeast => " at-least",
        Qualifier::LessThan => " less-than",
        Qualifier::UpTo => " up-to",
        Qualifier::Between => " between",
    };
    let unit = d.unit.as_deref().filter(|_| d.kind != DetailKind::Percent || d.unit.as_deref() == Some("pp"));
    let unit = unit.map(|u| format!(" {u}")).unwrap_or_default();
    let subject = d.subject.as_deref().map(|s| format!(" of {s}")).unwrap_or_default();
    format!("{} = {kind} {}{qualifier}{unit}{subject}", d.range.of(input), value(&d.value))
}

#[track_caller]
fn check(input: &str, expected: &[&str]) {
    let found: Vec<String> = read(input, None).iter().map(|d| line(input, d)).collect();
    assert_eq!(found, expected, "in {input:?}");
}

/// Cases of one kind: the first detail of that kind and its value.
#[track_caller]
fn values(kind: DetailKind, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(input, expected)| {
            let found: Vec<String> = read(input, None).iter().filter(|d| d.kind == kind).map(|d| value(&d.value)).collect();
            (found != [*expected]).then(|| format!("{input:?}: {found:?}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

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
fn what_is_counted() {
    check("At least 12 people were killed.", &["At least 12 = number 12 at-least of dead"]);
    check("The blast killed 12 people.", &["12 = number 12 of dead"]);
    check("The storm killed nearly 40.", &["nearly 40 = number 40 nearly of dead"]);
    check("The death toll rose to 15.", &["15 = number 15 of dead"]);
    check("It left 12 dead and 40 others wounded.", &["12 = number 12 of dead", "40 = number 40 of injured"]);
    check("Three soldiers were killed.", &["Three = number 3 of dead soldier"]);
    check("About 35,000 river pilots who work there", &["About 35,000 = number 35000 about of pilot"]);
    check("Two police officers arrived.", &["Two = number 2 of officer"]);
    check("A three-member panel met.", &["three = number 3 of member"]);
    check("some 200 ferries and 40 buses", &["some 200 = number 200 about of ferry", "40 = number 40 of bus"]);
    check("Dozens of families fled.", &["Dozens = number 24..120 about of family"]);
    check("tens of thousands of voters", &["tens of thousands = number 20000..99000 about of voter"]);
    check("Several hundred farmers marched.", &["Several hundred = number 300..900 about of farmer"]);
    check("Only one person survived.", &["one = number 1 of person"]);
    check("The 45th minister took office.", &["45th = number 45 of nth minister"]);
}

#[test]
fn qualifiers_and_ranges() {
    check("as many as 30 boats", &["as many as 30 = number 30 up-to of boat"]);
    check("no fewer than 30 boats", &["no fewer than 30 = number 30 at-least of boat"]);
    check("more than 30 boats", &["more than 30 = number 30 more-than of boat"]);
    check("fewer than 30 boats", &["fewer than 30 = number 30 less-than of boat"]);
    check("an estimated 30 boats", &["an estimated 30 = number 30 about of boat"]);
    check("30 or more boats", &["30 or more = number 30 at-least"]);
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
        "It is open 24/7.",
        "See www.example.org/a/12 and tweet 783493499266084861.",
        "The G20 met on the M25.",
    ] {
        check(input, &[]);
    }
}

#[test]
fn results_and_votes() {
    check("Harlow won 3-2.", &["3 = number 3 of score", "2 = number 2 of score against"]);
    check("Harlow lost 2-3.", &["2 = number 2 of score against", "3 = number 3 of score"]);
    check("The council voted 52 to 48.", &["52 = number 52 of vote", "48 = number 48 of vote against"]);
}

#[test]
fn money() {
    values(
        DetailKind::Money,
        &[
            ("a $35m deal", "35000000"),
            ("US$ 150 million", "150000000"),
            ("C$ 2.5 billion", "2500000000"),
            ("$ 20 , 000", "20"),
            ("£4,200", "4200"),
            ("EUR 300", "300"),
            ("300EUR", "300"),
            ("Rs. 500", "500"),
            ("rmb 25", "25"),
            ("25 rmb", "25"),
            ("35 million dollars", "35000000"),
            ("600 million Swedish kronor", "600000000"),
            ("a quarter million euros", "250000"),
            ("fourteen dollars and thirty-five cents", "14.35"),
            ("7 dollars 20 cents", "7.2"),
            ("70 cents", "70"),
            ("145 pence", "145"),
            ("9 $", "9"),
            ("9 lakh rupees", "900000"),
            ("$5-7 million", "5000000..7000000"),
            ("$5 million to $7 million", "5000000..7000000"),
            ("between €10 and €15", "10..15"),
            ("millions of dollars", "2000000..10000000"),
            ("he was fined 500 pounds", "500"),
        ],
    );
    check("It weighed 40 pounds.", &["40 pounds = number 40 lb"]);
    check("His team won 12 of them.", &["12 = number 12"]);
    check("50 cents", &["50 cents = money 50 USD/100"]);
}

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
fn ages() {
    check("A 24-year-old man", &["24-year-old = age 24 year"]);
    check("Mara Kim, 24, said", &["24 = age 24 year"]);
    check("Mara Kim-lee, 24, said", &["24 = age 24 year"]);
    check("Mara Kim (24) said", &["24 = age 24 year"]);
    check("a boy aged 7", &["aged 7 = age 7 year"]);
    check("at the age of 81", &["age of 81 = age 81 year"]);
    check("She is 81 years old.", &["81 years old = age 81 year"]);
    check("an 18-month-old girl", &["18-month-old = age 18 month"]);
    check("about nine weeks old", &["about nine weeks old = age 9 about week"]);
    check("a man in his twenties", &["in his twenties = age 20..29 year"]);
    check("a woman in her mid-30s", &["in her mid-30s = age 34..36 year"]);
    check("aged between 18 and 24", &["aged between 18 and 24 = age 18..24 between year"]);
    check("18- to 24-year-olds", &["18- to 24-year-olds = age 18..24 between year"]);
    check("free for under-18s", &["18s = age 18 less-than year"]);
}

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
fn times_of_day() {
    values(
        DetailKind::Time,
        &[
            ("at 7.45pm", "19:45"),
            ("at 7:45 p.m.", "19:45"),
            ("at 7pm", "19:00"),
            ("at 12 a.m.", "00:00"),
            ("at 14:45", "14:45"),
            ("at 1430 GMT", "14:30+0"),
            ("at 9 o'clock", "09:00"),
            ("at nine in the evening", "21:00"),
            ("in the morning at 6", "06:00"),
            ("at half past eight", "08:30"),
            ("twenty to 5 in the afternoon", "16:40"),
            ("quarter past three", "03:15"),
            ("around noon", "12:00"),
            ("before midnight", "00:00"),
            ("915 a.m.", "09:15"),
            ("at 6:30 pm Eastern time", "18:30-240"),
        ],
    );
    check("It ended 7-3 in Room 1145.", &[]);
}

#[test]
fn absolute_dates() {
    values(
        DetailKind::Date,
        &[
            ("on July 24, 2020", "2020-07-24"),
            ("on 24 July 2020", "2020-07-24"),
            ("on the 4th of July 1976", "1976-07-04"),
            ("on Sept. 30", "2024-09-30"),
            ("on Dec31, 1994", "1994-12-31"),
            ("02nd Feb 2019", "2019-02-02"),
            ("March first 2001", "2001-03-01"),
            ("June 3rd of 1998", "1998-06-03"),
            ("twenty six August nineteen ninety one", "1991-08-26"),
            ("7 Oct nineteen sixty four", "1964-10-07"),
            ("May two thousand and nine", "2009-05"),
            ("2020-07-24", "2020-07-24"),
            ("2020/jul/24", "2020-07-24"),
            ("24-Jul-2020", "2020-07-24"),
            ("July-2020-24", "2020-07-24"),
            ("7/24/2020", "2020-07-24"),
            ("24/7/2020", "2020-07-24"),
            ("04/12/51", "1951-04-12"),
            ("20200724", "2020-07-24"),
            ("in April 2017", "2017-04"),
            ("Nov, 2017", "2017-11"),
            ("June of 93", "1993-06"),
            ("2015-11", "2015-11"),
            ("since 2014", "2014"),
            ("the 2019 election", "2019"),
            ("in the 1990s", "1990..1999"),
            ("the nineties", "1990..1999"),
            ("the 2015-16 season", "2015..2016"),
            ("July 24-26, 2020", "2020-07-24..2020-07-26"),
            ("24-26 July 2020", "2020-07-24..2020-07-26"),
            ("from 2010 to 2015", "2010..2015"),
            ("between May and July 2019", "2019-05..2019-07"),
            ("cy 2011", "2011"),
            ("the last Monday of May", "2024-05-27"),
            ("Christmas 2019", "2019-12-25"),
            ("last Easter", "2024-03-31"),
            ("Thanksgiving of 2021", "2021-11-25"),
        ],
    );
    let day_first = |s: &str| read(s, Some("en-GB")).iter().map(|d| value(&d.value)).collect::<Vec<_>>();
    assert_eq!(day_first("on 4/7/2020"), ["2020-07-04"]);
}

#[test]
fn relative_dates() {
    values(
        DetailKind::Date,
        &[
            ("He said on Friday that it was over.", "2024-05-10"),
            ("They will meet on Friday.", "2024-05-17"),
            ("He said on Wednesday.", "2024-05-15"),
            ("By Tuesday all of them were gone.", "2024-05-14"),
            ("They must leave by Tuesday.", "2024-05-21"),
            ("next Friday", "2024-05-24"),
            ("last Friday", "2024-05-10"),
            ("this coming Friday", "2024-05-17"),
            ("past Monday", "2024-05-13"),
            ("Tuesday of next week", "2024-05-21"),
            ("next week Tuesday", "2024-05-21"),
            ("Friday the 17th", "2024-05-17"),
            ("Friday, May 17", "2024-05-17"),
            ("yesterday", "2024-05-14"),
            ("the day after tomorrow", "2024-05-17"),
            ("last week", "2024-05-06..2024-05-12"),
            ("next month", "2024-06"),
            ("earlier this month", "2024-05"),
            ("later this year", "2024"),
            ("by the end of the year", "2024"),
            ("last August", "2023-08"),
            ("in early June", "2024-06"),
            ("in mid-2019", "2019"),
            ("It opened three months ago.", "2024-02-15"),
            ("It opened two years ago.", "2022-05-15"),
            ("It will open in two weeks.", "2024-05-29"),
            ("three days from Friday", "2024-05-20"),
            ("They leave 10 days after June 1.", "2024-06-11"),
            ("in the three years since 2011", "2014-01-01"),
            ("the 21st of this month", "2024-05-21"),
            ("over the weekend he said", "2024-05-11..2024-05-12"),
            ("last summer", "2023-06..2023-08"),
        ],
    );
    check("by 2030", &["by 2030 = date 2030 up-to"]);
    check("after 2016", &["after 2016 = date 2016 more-than"]);
    check("after Tuesday's vote", &["Tuesday = date 2024-05-14"]);
    check("before June 2025", &["before June 2025 = date 2025-06 less-than"]);
    check("Ms May said they may march.", &[]);
}

#[test]
fn intervals() {
    let interval = |input: &str| read(input, None).first().map(Detail::interval);
    assert_eq!(interval("about 200 boats"), Some((Some(190.0), Some(210.0))));
    assert_eq!(interval("nearly 200 boats"), Some((Some(185.0), Some(200.0))));
    assert_eq!(interval("more than 200 boats"), Some((Some(200.0), None)));
    assert_eq!(interval("50 cents"), Some((Some(0.5), Some(0.5))));
    assert_eq!(interval("5 km"), Some((Some(5000.0), Some(5000.0))));
    assert_eq!(interval("18 months old"), Some((Some(1.5), Some(1.5))));
    assert_eq!(interval("January 1, 1970"), Some((Some(0.0), Some(0.0))));
    assert_eq!(interval("January 1970"), Some((Some(0.0), Some(30.0))));
    assert_eq!(interval("two hours"), Some((Some(7200.0), Some(7200.0))));
    assert_eq!(interval("at 10:30 GMT"), Some((Some(630.0), Some(630.0))));
    let meet = |a: &str, b: &str| read(a, None)[0].meets(&read(b, None)[0]);
    assert!(meet("about 200 boats", "196 boats"));
    assert!(meet("at least 12 boats", "14 boats"));
    assert!(meet("dozens of boats", "40 boats"));
    assert!(meet("two years ago", "in 2022"));
    assert!(meet("24 months old", "two years old"));
    assert!(!meet("12 boats", "14 boats"));
    assert!(!meet("nearly 30 boats", "31 boats"));
    assert!(!meet("$5", "€5"));
}

#[test]
fn spacing_of_marks_does_not_matter() {
    for (a, b) in
        [("$ 35 million", "$35 million"), ("8.10 pm", "8.10pm"), ("40 %", "40%"), ("£ 5m", "£5m"), ("24 - year - old", "24-year-old")]
    {
        let (x, y) = (read(a, None), read(b, None));
        assert_eq!(x.iter().map(|d| &d.value).collect::<Vec<_>>(), y.iter().map(|d| &d.value).collect::<Vec<_>>(), "{a:?} and {b:?}");
    }
}

/// Text made of the words that this stage knows, in any order.
fn soup() -> impl Strategy<Value = String> {
    let words = include_str!("../../assets/lang/en/numbers.txt")
        .lines()
        .chain(include_str!("../../assets/lang/en/calendar.txt").lines())
        .chain(include_str!("../../assets/lang/en/qualifiers.txt").lines())
        .chain(include_str!("../../assets/lang/en/currencies.txt").lines())
        .chain(include_str!("../../assets/lang/en/holidays.txt").lines())
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split('\t').next())
        .chain([
            "12",
            "1,234",
            "2016",
            "99999999999999999999",
            "0",
            "3.5",
            "-",
            "–",
            "/",
            ":",
            ",",
            ".",
            "'",
            "%",
            "½",
            "ago",
            "of",
            "and",
            "to",
            "old",
            "é",
            "🙂",
            "\u{ad}",
            "people",
            "killed",
            "o'clock",
            "am",
            "24",
            "31",
        ])
        .map(str::to_owned)
        .collect::<Vec<_>>();
    proptest::collection::vec((proptest::sample::select(words), prop_oneof![Just(" "), Just(""), Just("\n\n")]), 0..24)
        .prop_map(|parts| parts.into_iter().map(|(w, s)| w + s).collect())
}

proptest! {
    #[test]
    fn any_text_yields_whole_details(input in prop_oneof![any::<String>(), soup()]) {
        for d in read(&input, None) {
            prop_assert!(!d.range.is_empty());
            prop_assert!(!d.range.of(&input).is_empty(), "{:?} is no slice of {:?}", d.range, input);
            let finite = match &d.value {
                Value::Number(x) => x.is_finite(),
                Value::Range(a, b) => a.is_finite() && b.is_finite() && a <= b,
                Value::Duration { seconds, .. } => seconds.is_finite(),
                _ => true,
            };
            prop_assert!(finite, "{:?}", d.value);
            let (low, high) = d.interval();
            if let (Some(low), Some(high)) = (low, high) {
                prop_assert!(low <= high, "{:?}", d);
            }
        }
    }
}

#[test]
fn parts_of_months_and_years() {
    values(
        DetailKind::Date,
        &[
            ("in Q3 2016", "2016-07..2016-09"),
            ("the first quarter of 2019", "2019-01..2019-03"),
            ("the second half of last year", "2023-07..2023-12"),
            ("the first Friday in this month", "2024-05-03"),
            ("the 1st week of June", "2024-06-01..2024-06-07"),
            ("the last day of this year", "2024-12-31"),
            ("the 4th day of next month", "2024-06-04"),
            ("from Monday to Thursday", "2024-05-13..2024-05-16"),
            ("no later than march 3", "2024-03-03"),
            ("in nineteen ninety", "1990"),
            ("the 2018 results", "2018"),
            ("the summer of 1987", "1987-06..1987-08"),
            ("new year's eve", "2024-12-31"),
        ],
    );
    values(DetailKind::Time, &[("tomorrow morning at 8", "08:00"), ("20 min past eight", "08:20"), ("at seven thirty am", "07:30")]);
    values(DetailKind::Percent, &[("half a percent", "0.5"), ("a third of one percent", "0.333333")]);
    values(DetailKind::Money, &[("12 Ruritanian dinars", "12")]);
    values(DetailKind::Number, &[("point nine", "0.9"), ("4 and 1/2", "4.5"), ("200 M", "200000000"), ("1950 dead", "1950")]);
    check("The third quarter was weak.", &[]);
}

#[test]
fn lives_and_losses() {
    check("He mourned the deaths of two sailors.", &["two = number 2 of dead sailor"]);
    check("It claimed 12 lives.", &["12 = number 12 of dead"]);
    check("Twelve people, including three children, were killed.", &["Twelve = number 12 of dead", "three = number 3 of child"]);
    check("A man and two women died.", &["two = number 2 of dead woman"]);
    check("Police made 14 arrests.", &["14 = number 14 of arrested"]);
    check("There were 12 of them, 7 missing.", &["12 = number 12", "7 = number 7 of missing"]);
}

#[test]
fn ages_that_stand_alone() {
    check("He was 84.", &["84 = age 84 year"]);
    check("She turned 40 in spring.", &["40 = age 40 year"]);
    check("The painter died on a farm at 77.", &["77 = age 77 year"]);
    check("Andrea Lopes, 20 and Mirko Carr, 24, were there.", &["20 = age 20 year", "24 = age 24 year"]);
    check("The score was 84.", &["84 = number 84"]);
}

#[test]
fn spans_within_a_day() {
    check("from 9 to 11 am", &["9 = time 09:00", "11 am = time 11:00"]);
    check("5-8 p.m.", &["5 = time 17:00", "8 p.m. = time 20:00"]);
    check("They met last night and this morning.", &["last night = date 2024-05-14", "this morning = date 2024-05-15"]);
}

#[test]
fn texts_put_together_from_tokens() {
    check("worth $2. 6 million", &["$2. 6 million = money 2600000 USD"]);
    check("from $1, 199", &["$1, 199 = money 1199 USD"]);
    check("Harlow won 20 - 13.", &["20 = number 20 of score", "13 = number 13 of score against"]);
    check("a magnitude 4. 6 quake", &["4. 6 = number 4.6 of magnitude"]);
    check("at 2: 09 a. m.", &["2: 09 a. m. = time 02:09"]);
}

#[test]
fn days_beside_days() {
    values(
        DetailKind::Date,
        &[
            ("the day before Christmas", "2024-12-24"),
            ("on or before June 3", "2024-06-03"),
            ("Jan 1st, '98", "1998-01-01"),
            ("a week from tomorrow", "2024-05-23"),
        ],
    );
    check("at 8 tonight", &["8 = time 20:00", "tonight = date 2024-05-15"]);
    check("He stood at Ground Zero for the film 13th.", &[]);
}
