//! The window without a mouse: from the empty window to a judged finding and an exported report, by keys alone; and what
//! is within reach where versions are many.

use super::window::{empty, labels, place, window};
use super::window_forms::focused;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use parallax::app::{Action, Dialog, View};
use parallax::gui::Window;
use parallax::project::Verdict;

fn press(h: &mut Harness<'static, Window>, key: Key) {
    h.key_press(key);
    h.run();
}

fn command(h: &mut Harness<'static, Window>, key: Key) {
    h.key_press_modifiers(Modifiers::COMMAND, key);
    h.run();
}

/// Goes on with Tab until something with such a name has the keyboard. Each step must land on something that has a name.
fn tab_to(h: &mut Harness<'static, Window>, wanted: impl Fn(&str) -> bool) -> String {
    let mut seen = Vec::new();
    for _ in 0..300 {
        press(h, Key::Tab);
        let name = focused(h);
        assert!(!name.is_empty(), "after {:?} the keyboard is on something without a name", seen.last());
        if wanted(&name) {
            return name;
        }
        seen.push(name);
    }
    panic!("not among {seen:?}");
}

#[test]
fn from_the_empty_window_to_a_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.html");
    let mut h = window(empty(), 1440.0, 900.0);
    tab_to(&mut h, |n| n == "Open sample event");
    press(&mut h, Key::Enter);
    h.state_mut().app.wait();
    h.run();
    assert_eq!(h.state().app.analysis.versions.len(), 6);

    // A row of each view is reached and chosen.
    for (key, view, row) in [
        (Key::Num2, View::Passages, "passage, "),
        (Key::Num3, View::Details, "conflict, "),
        (Key::Num4, View::Quotes, "utterance, "),
        (Key::Num5, View::Overview, "passage "),
        (Key::Num1, View::SideBySide, "difference 2, "),
    ] {
        press(&mut h, Key::Escape);
        command(&mut h, key);
        assert_eq!(h.state().app.view, view);
        assert_eq!(h.state().app.selected(), None);
        let name = tab_to(&mut h, |n| n.starts_with(row));
        press(&mut h, Key::Enter);
        assert!(h.state().app.selected_passage().is_some(), "Enter on {name} selects nothing");
    }
    assert_eq!(place(&h), Some(2));

    // A mark in the text of the next column, then its finding's judgement, by the inspector's button and by key.
    press(&mut h, Key::F6);
    let mark = tab_to(&mut h, |n| n.contains(", reading 1 of "));
    press(&mut h, Key::Enter);
    let chosen = h.state().app.selected().expect("a mark selects");
    tab_to(&mut h, |n| n == "Confirm");
    press(&mut h, Key::Space);
    let verdict = |h: &Harness<'static, Window>, f| h.state().app.judgement(f).and_then(|j| j.verdict);
    assert_eq!(verdict(&h, chosen), Some(Verdict::Confirmed), "of {mark}");
    let next = h.state().app.selected().expect("the next one is selected");
    assert_ne!(next, chosen);
    press(&mut h, Key::X);
    assert_eq!(verdict(&h, next), Some(Verdict::Dismissed));

    // The palette runs what has no key.
    h.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    h.run();
    h.event(Event::Text("dark".into()));
    h.run();
    press(&mut h, Key::Enter);
    assert_eq!(h.state().app.settings.theme, parallax::app::ThemeChoice::Dark);

    command(&mut h, Key::E);
    assert!(matches!(h.state().app.dialog, Some(Dialog::Export(_))));
    command(&mut h, Key::A);
    h.event(Event::Text(path.display().to_string()));
    h.run();
    press(&mut h, Key::Enter);
    assert_eq!(h.state().app.dialog, None);
    assert!(std::fs::read_to_string(&path).expect("the report").contains("Confirmed"));
}

#[test]
fn each_of_twenty_versions_is_within_reach() {
    let mut app = empty();
    let article = |i: usize| format!("Outlet: Paper {i}\n\nThe ferry took {} people to Skarn on Monday, the coast guard said.\n", 300 + i);
    app.apply(Action::OpenBytes((0..20).map(|i| (format!("{i}.txt"), article(i).into_bytes().into())).collect()));
    app.wait();
    for width in [900.0, 1440.0] {
        let listed = |h: &Harness<'static, Window>| labels(h).into_iter().filter(|l| l.starts_with("show Paper ")).count();
        let mut h = window(std::mem::replace(&mut app, empty()), width, 700.0);
        assert_eq!(listed(&h), 20, "at {width}");
        // Stops in the overview are rows, not a block for each passage of each version.
        command(&mut h, Key::Num5);
        let heard = labels(&h).into_iter().filter(|l| l.ends_with(" in this order")).count();
        assert_eq!(heard, 20, "at {width}");
        command(&mut h, Key::Num1);
        app = std::mem::replace(&mut h.state_mut().app, empty());
    }
}

#[test]
fn f6_walks_columns_inspector_and_strip() {
    let mut h = window(super::window::sample(), 1440.0, 900.0);
    press(&mut h, Key::F8);
    let mut seen = Vec::new();
    for _ in 0..9 {
        press(&mut h, Key::F6);
        seen.push(focused(&h).split(',').next().unwrap_or_default().to_owned());
    }
    let columns: Vec<String> = ["A", "B", "C", "D", "E", "F"].iter().map(|l| format!("move column {l}")).collect();
    assert_eq!(seen[..6], columns);
    assert_eq!(seen[6..], ["reading 1 of 1", "difference 1", "move column A"]);
    h.key_press_modifiers(Modifiers::SHIFT, Key::F6);
    h.run();
    assert!(focused(&h).starts_with("difference 1, "));
    // In the inspector Enter goes to the words that a reading has.
    h.key_press_modifiers(Modifiers::SHIFT, Key::F6);
    h.run();
    press(&mut h, Key::Enter);
    assert_eq!(place(&h), Some(1));
}
