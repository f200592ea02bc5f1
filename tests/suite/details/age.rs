//! Ages.

use super::check;

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
fn ages_that_stand_alone() {
    check("He was 84.", &["84 = age 84 year"]);
    check("She turned 40 in spring.", &["40 = age 40 year"]);
    check("The painter died on a farm at 77.", &["77 = age 77 year"]);
    check("Andrea Lopes, 20 and Mirko Carr, 24, were there.", &["20 = age 20 year", "24 = age 24 year"]);
    check("The score was 84.", &["84 = number 84"]);
}

#[test]
fn ages_behind_a_name_or_a_noun_for_one_person() {
    check("Tomlin, 48, promised a new wall.", &["48 = age 48 year"]);
    check("The driver, 24, was unhurt.", &["24 = age 24 year"]);
    check("The victim, 19, of Westhaven, died.", &["19 = age 19 year"]);
    check("His daughters, Ida, 5, and Lea, three, survived.", &["5 = age 5 year", "three = age 3 year"]);
    check("In total, 48, or more, were lost.", &["48 = number 48"]);
    check("Overall, 48, or more, were lost.", &["48 = number 48"]);
    check("On Friday, 48, said the board, were lost.", &["Friday = date 2024-05-10", "48 = number 48"]);
}

#[test]
fn ages_told_without_years() {
    check("a man of 70", &["70 = age 70 year"]);
    check("a farmer of about 50", &["about 50 = age 50 about year"]);
    check("a mother of 12", &["12 = number 12"]);
    check("She was just 22 when she joined.", &["22 = age 22 year"]);
    check("anyone older than 40", &["older than 40 = age 40 more-than year"]);
    check("children under 12", &["under 12 = age 12 less-than year"]);
    check("Of them three were under 18, she said.", &["three = number 3", "under 18 = age 18 less-than year"]);
    check("Losses were under 18, she said.", &["under 18 = number 18 less-than"]);
    check("boys aged eight and 11", &["aged eight = age 8 year", "11 = age 11 year"]);
    check("girls aged 4, 7 and 9 were there", &["aged 4 = age 4 year", "7 = age 7 year", "9 = age 9 year"]);
    check("a girl aged 4 and 9 boys", &["aged 4 = age 4 year", "9 = number 9 of boy"]);
    check("a couple, both 61, died", &["61 = age 61 year"]);
    check("two teenagers, ages 15 and 16, left", &["two = number 2 of teenager", "ages 15 = age 15 year", "16 = age 16 year"]);
    check("to help people under 30 find work", &["under 30 = age 30 less-than year"]);
    check("people under 30 days of rule", &["30 days = duration P30D"]);
    check("She died aged 93.", &["aged 93 = age 93 year"]);
    check("a woman of the late 1940s", &["the late 1940s = date 1940..1949"]);
    check("those aged 65 and over", &["aged 65 and over = age 65 at-least year"]);
}
