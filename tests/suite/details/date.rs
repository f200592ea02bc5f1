//! Dates.

use super::{check, read, value, values};
use parallax::extract::DetailKind;

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
fn the_tense_tells_the_year() {
    values(
        DetailKind::Date,
        &[
            ("The work is to be finished by 30 August.", "2024-08-30"),
            ("It should be finished by August 30.", "2024-08-30"),
            ("The road was expected to be fully repaired by 30 August.", "2024-08-30"),
            ("The money will have been spent by 30 August.", "2024-08-30"),
            ("The company agreed to pay by 30 August.", "2024-08-30"),
            ("They have until 30 August to answer.", "2024-08-30"),
            ("The bridge, which was closed for years, reopens on 30 August.", "2024-08-30"),
            ("She said the council meets again on 30 August.", "2024-08-30"),
            ("The road is due to reopen by 30 August, he said.", "2024-08-30"),
            ("The bridge was closed until 30 August.", "2024-08-30"),
            ("It was meant to reopen on 30 August.", "2024-08-30"),
            ("The contractor was told to finish by 30 August.", "2024-08-30"),
            ("A report of 30 August warned of the rot.", "2023-08-30"),
            ("It will be closed for work that was ordered on 30 August.", "2023-08-30"),
            ("The first stage was finished by 30 August.", "2023-08-30"),
            ("The span opened on 30 August, he said.", "2023-08-30"),
            ("Crews managed to open one lane by 30 August.", "2023-08-30"),
            ("It is said to have been sold on 30 August.", "2023-08-30"),
            ("Engineers said on 30 August that it was safe.", "2023-08-30"),
            ("The bridge dates from 1964.", "1964"),
            ("It was built in 1946.", "1946"),
            ("It opened in 1964.", "1964"),
        ],
    );
}

#[test]
fn relative_dates() {
    values(
        DetailKind::Date,
        &[
            ("He said on Friday that it was over.", "2024-05-10"),
            ("They will meet on Friday.", "2024-05-17"),
            ("Schools stay closed until Friday.", "2024-05-17"),
            ("Schools are to stay closed until Friday.", "2024-05-17"),
            ("They will stay closed until Friday.", "2024-05-17"),
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

#[test]
fn dates_end_with_their_sentence() {
    check("It rose to 12. May 3 was worse.", &["12 = number 12", "May 3 = date 2024-05-03"]);
    check("It closed on June 5. 20 stayed.", &["June 5 = date 2024-06-05", "20 = number 20"]);
    check("They met in March. 2019 was worse.", &["March = date 2024-03", "2019 = date 2019"]);
}

#[test]
fn days_in_a_row_and_whole_centuries() {
    check("on May 3 and 5.", &["May 3 = date 2024-05-03", "5 = date 2024-05-05"]);
    check("on 5 and 6 May", &["5 = date 2024-05-05", "6 May = date 2024-05-06"]);
    check("on May 3 and 5 boats sank", &["May 3 = date 2024-05-03", "5 = number 5 of boat"]);
    check("in the early 20th century", &["the early 20th century = date 1901..2000"]);
    check("a 19th-century chapel", &["19th-century = date 1801..1900"]);
    check("by mid-May", &["by mid-May = date 2024-05 up-to"]);
    check("Easter Sunday", &["Easter Sunday = date 2024-03-31"]);
}

#[test]
fn names_of_papers_and_shows_are_no_days() {
    check("He told Meridian Today that nobody knew.", &[]);
    check("She told CBS This Morning that nobody knew.", &[]);
    check("They said in USA TODAY that it was over.", &[]);
    check("Today the river fell.", &["Today = date 2024-05-15"]);
    check("Storm Hits Granby Today", &["Today = date 2024-05-15"]);
}

#[test]
fn a_rank_makes_a_length_of_what_follows_in() {
    check("the third such strike in a year", &["third = number 3 of nth strike", "a year = duration P1Y"]);
    check("the worst flood in a decade", &["a decade = duration P10Y"]);
    check("It will open in a year.", &["a year = date 2025-05-15 year"]);
}
