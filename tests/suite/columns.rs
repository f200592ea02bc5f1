//! Which columns come into sight for a selection, and what folded copies hide.

use super::window::{labels, window};
use egui_kittest::kittest::Queryable;
use parallax::app::{Action, App, Command, InSight, Room, Settings};
use proptest::prelude::*;
use std::sync::Arc;

/// Columns from `first`, of `columns` with `free` seen at once; sides and expected places by index, "3 | 0 1 2" with a guest first.
fn check(columns: usize, free: usize, first: usize, sides: &[&[usize]], keep: Option<usize>, expected: &[usize]) {
    let sides: Vec<Vec<usize>> = sides.iter().map(|s| s.to_vec()).collect();
    let room = Room { columns, pinned: 0, free, sides: &sides, keep, guests: true };
    let at = InSight { first, guest: None }.bring(&room);
    assert_eq!(at.places(&room), expected, "{columns} columns, {free} from {first}, {sides:?}, kept {keep:?}: {at:?}");
}

#[test]
fn a_base_and_one_that_differs_come_into_sight() {
    // Both are there: nothing moves.
    check(20, 4, 0, &[&[0, 1, 2], &[3]], None, &[0, 1, 2, 3]);
    // No farther than needed.
    check(20, 4, 0, &[&[0, 1, 2, 3, 4], &[5]], None, &[2, 3, 4, 5]);
    check(20, 4, 12, &[&[0, 1, 2, 3, 4], &[5]], None, &[4, 5, 6, 7]);
    // Out of reach of one row: the far one is a guest at its own side.
    check(20, 4, 0, &[&[1], &[17]], None, &[0, 1, 2, 17]);
    check(20, 4, 15, &[&[17], &[1]], None, &[1, 15, 16, 17]);
    // The column that was clicked stays.
    check(20, 4, 10, &[&[1, 11], &[17]], Some(11), &[10, 11, 12, 17]);
    // One column has no room for a guest: the base it is.
    check(20, 1, 5, &[&[3], &[17]], None, &[3]);
    // One side alone.
    check(20, 4, 0, &[&[9]], None, &[6, 7, 8, 9]);
}

#[test]
fn pinned_columns_count_as_seen() {
    let sides = vec![vec![0], vec![15]];
    let room = Room { columns: 20, pinned: 1, free: 3, sides: &sides, keep: None, guests: true };
    let at = InSight::default().bring(&room);
    assert_eq!((at.guest, at.places(&room)), (None, vec![13, 14, 15]));
}

proptest! {
    #[test]
    fn two_sides_are_always_seen_where_two_columns_fit(
        columns in 2usize..40, free in 2usize..8, first in 0usize..40, a in 0usize..40, b in 0usize..40,
    ) {
        let (a, b, free) = (a % columns, b % columns, free.min(columns));
        let sides = vec![vec![a], vec![b]];
        let room = Room { columns, pinned: 0, free, sides: &sides, keep: None, guests: true };
        let at = InSight { first: first % columns, guest: None }.bring(&room);
        let places = at.places(&room);
        prop_assert!(places.contains(&a) && places.contains(&b), "{places:?}");
        prop_assert_eq!(places.len(), free);
        prop_assert!(places.windows(2).all(|w| w[0] < w[1]));
    }
}

/// An agency's report, its copies and one more telling; the copy at `odd` has another number.
fn copies(n: usize, odd: usize) -> App {
    let story = |dead: usize| {
        format!(
            "The ferry Aldine struck the breakwater at Mirefield shortly before dawn on Tuesday, and {dead} people drowned.\n\n\
             Harbour master Ines Carvalho said the captain had been warned twice about the swell.\n\n\
             Divers from Westrey reached the wreck by noon and brought up the log book.\n\n\
             The company that runs the ferry has promised to pay for the funerals."
        )
    };
    let other = "Eleven people drowned when a ferry hit the breakwater at Mirefield before dawn on Tuesday.\n\n\
                 A fisherman who saw it said the lights had gone out first.";
    let mut items: Vec<(String, Arc<[u8]>)> = Vec::new();
    let mut add = |outlet: &str, text: &str| {
        let text = format!("Outlet: {outlet}\nPublished: 2024-03-12\n\n{text}\n");
        items.push((format!("{outlet}.txt"), text.into_bytes().into()));
    };
    for i in 0..n {
        // Each has a last line of its own, which is a difference too: the same article twice would not be added.
        add(&format!("Paper {i}"), &format!("{}\n\nReaders of paper {i} may write to its desk.", story(if i == odd { 14 } else { 11 })));
    }
    add("Alone", other);
    let mut app = App::new(Settings { reduced_motion: true, fold_copies: true, ..Settings::default() }, Arc::new(|| {}));
    app.apply(Action::OpenBytes(items));
    app.wait();
    app
}

/// The difference in the number of the drowned.
fn drowned(app: &App) -> parallax::base::FindingIx {
    let says = |f: &parallax::compare::Finding| f.readings.iter().any(|r| r.text == "14");
    app.analysis.findings.iter().position(says).expect("the copies differ in a number").into()
}

#[test]
fn a_folded_copy_that_differs_is_told_and_opened() {
    let app = copies(6, 4);
    let head = app.columns()[0];
    assert_eq!(app.columns().len(), 2, "one column for six copies, one for the other");
    assert_eq!(app.folded_under(head).len(), 5);
    let finding = drowned(&app);
    let odd = app.deviations().into_iter().find(|d| d.finding == finding).expect("the copy that differs is told").version;
    assert_eq!(app.version(odd).outlet(), "Paper 4");
    assert_eq!(app.column_of(odd), Some(head));
    let mut h = window(app, 1440.0, 900.0);
    let header = labels(&h).into_iter().find(|l| l.starts_with("with 5 copies")).unwrap_or_default();
    assert!(header.starts_with("with 5 copies, 5 differ: Paper 1, Paper 2"), "{header}");
    let tag =
        labels(&h).into_iter().find(|l| l.starts_with("folded copy E says something else, conflict")).expect("a letter in the margin");
    h.get_by_label(&tag).click();
    h.run();
    h.get_by_label("version E, Paper 4");
    let app = &h.state().app;
    assert_eq!((app.columns().len(), app.selected()), (3, Some(finding)));
    assert!(app.deviations().iter().all(|d| d.version != odd));
    // Folding again takes it back.
    let key = app.key(odd);
    h.state_mut().app.apply(Action::SetUnfolded(vec![key], false));
    h.run();
    assert_eq!(h.state().app.columns().len(), 2);
}

#[test]
fn many_copies_suggest_to_fold_them() {
    let mut app = copies(6, 4);
    app.apply(Action::Run(Command::ToggleFoldCopies));
    assert_eq!(app.worth_folding(), Some(5));
    let mut h = window(app, 1440.0, 900.0);
    h.get_by_label("Fold 5 copies").click();
    h.run();
    assert_eq!((h.state().app.columns().len(), h.state().app.worth_folding()), (2, None));
}

#[test]
fn stepping_brings_the_column_that_differs() {
    let mut app = copies(12, 11);
    app.apply(Action::Run(Command::ToggleFoldCopies));
    let finding = drowned(&app);
    let id = app.analysis.findings[finding.ix()].id;
    let mut h = window(app, 1440.0, 900.0);
    assert!(h.query_by_label("version L, Paper 11").is_none(), "it is out of sight at first");
    h.state_mut().app.apply(Action::Select { finding: id, version: None });
    h.run();
    h.get_by_label("version L, Paper 11");
    let rail = labels(&h).into_iter().find(|l| l.starts_with("show Paper 2, reading")).expect("the bar says what each version says");
    assert!(rail.ends_with(", 11"), "{rail}");
}

#[test]
fn details_of_many_versions_stand_by_readings() {
    let mut app = copies(13, 11);
    app.apply(Action::Run(Command::ToggleFoldCopies));
    app.apply(Action::Show(parallax::app::View::Details));
    let mut h = window(app, 1440.0, 900.0);
    let cells: Vec<String> = labels(&h).into_iter().filter(|l| l.contains(", reading 2 of 2, 14, in L")).collect();
    assert_eq!(cells.len(), 1, "one cell for the one that differs");
    assert!(labels(&h).iter().any(|l| l.contains(", reading 1 of 2, 11, in A, B, C, D, E, F, G, H, I, J, K, M")));
    h.get_by_label("Show: readings with versions").click();
    h.run();
    h.get_by_label("a column a version").click();
    h.run();
    h.get_by_label("version A, Paper 0");
    // A step to what differs brings its column into sight here too.
    assert!(h.query_by_label("version L, Paper 11").is_none());
    let finding = drowned(&h.state().app);
    let id = h.state().app.analysis.findings[finding.ix()].id;
    h.state_mut().app.apply(Action::Select { finding: id, version: None });
    h.run();
    h.get_by_label("version L, Paper 11");
}
