//! Times of day.

use super::{check, values};
use parallax::extract::DetailKind;

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
fn spans_within_a_day() {
    check("from 9 to 11 am", &["9 = time 09:00", "11 am = time 11:00"]);
    check("5-8 p.m.", &["5 = time 17:00", "8 p.m. = time 20:00"]);
    check("They met last night and this morning.", &["last night = date 2024-05-14", "this morning = date 2024-05-15"]);
}

#[test]
fn hours_without_a_mark() {
    values(
        DetailKind::Time,
        &[
            ("The ferry left at 0830.", "08:30"),
            ("at 1430 on Tuesday", "14:30"),
            ("at 17.30 hrs", "17:30"),
            ("at 8.30 on Tuesday", "08:30"),
            ("at six on Tuesday", "06:00"),
            ("at six-thirty.", "06:30"),
            ("6 pm Pacific", "18:00-420"),
            ("6 pm Central Park", "18:00"),
            ("at 14:45 UTC+2", "14:45+120"),
            ("at 14:45 GMT-3:30", "14:45-210"),
            ("at 6:30 am local time", "06:30"),
        ],
    );
    check("It closed at 8.30.", &["8.30 = number 8.3"]);
    check("It sold at 1430.", &["1430 = number 1430"]);
    check("20p", &["20p = money 20 GBP/100"]);
}
