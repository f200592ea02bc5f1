//! The headless window: what each action does to the state.

use parallax::app::command::COMMANDS;
use parallax::app::{Action, App, Command, PastedArticle, Settings, View, letter};
use parallax::base::VersionIx;
use parallax::compare::FilterGroup;
use std::sync::Arc;

pub fn app() -> App {
    App::new(Settings::default(), Arc::new(|| {}))
}

pub fn paste(app: &mut App, outlet: &str, text: &str) {
    app.apply(Action::AddPasted(PastedArticle {
        outlet: outlet.into(),
        title: String::new(),
        date: "2024-03-12".into(),
        text: text.into(),
    }));
    app.wait();
}

/// Two versions that differ in one number.
pub fn two_versions() -> App {
    let mut app = app();
    paste(&mut app, "Morning Gazette", "Storm floods harbour town\n\nThe storm flooded 120 houses in Lowmere on Monday night.\n");
    paste(&mut app, "Evening Courier", "Storm floods harbour town\n\nThe storm flooded 310 houses in Lowmere on Monday night.\n");
    app
}

#[test]
fn every_command_stands_in_the_table_once() {
    for (i, spec) in COMMANDS.iter().enumerate() {
        assert_eq!(spec.command.spec().label, spec.label);
        assert!(COMMANDS[i + 1..].iter().all(|other| other.command != spec.command), "{:?} stands twice", spec.command);
        assert!(spec.help.ends_with('.'), "{} lacks a full sentence", spec.label);
    }
    // The last value of the enum: a new one that is missing from the table moves it.
    assert_eq!(COMMANDS.len(), Command::About as usize + 1);
}

#[test]
fn no_two_commands_share_keys() {
    let all: Vec<_> = COMMANDS.iter().flat_map(|s| s.keys.iter().map(move |k| (s.label, *k))).collect();
    for (i, (label, key)) in all.iter().enumerate() {
        for (other, same) in &all[i + 1..] {
            assert_ne!(key, same, "{label} and {other}");
        }
    }
}

#[test]
fn letters_go_on_after_z() {
    let letters: Vec<String> = [0, 1, 25, 26, 27, 51, 52, 701, 702].into_iter().map(|i: usize| letter(VersionIx::from(i))).collect();
    assert_eq!(letters, ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
}

#[test]
fn pasted_articles_become_columns() {
    let app = two_versions();
    assert_eq!(app.columns().len(), 2);
    assert_eq!(app.version(app.columns()[0]).outlet(), "Morning Gazette");
    assert_eq!(app.version(app.columns()[1]).meta.published.map(|p| p.to_string()).as_deref(), Some("2024-03-12"));
}

#[test]
fn the_same_article_is_not_added_twice() {
    let mut app = two_versions();
    paste(&mut app, "Morning Gazette", "Storm floods harbour town\n\nThe storm flooded 120 houses in Lowmere on Monday night.\n");
    assert_eq!(app.columns().len(), 2);
    assert!(app.problems.iter().any(|p| p.text.contains("same article")), "{:?}", app.problems);
}

#[test]
fn a_file_that_is_missing_does_not_stop_others() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.txt");
    std::fs::write(&good, "Bridge closed\n\nThe bridge over the Tarn was closed on Friday.\n").unwrap();
    let mut app = app();
    app.apply(Action::Open(vec![folder.path().join("missing.txt"), good]));
    app.wait();
    assert_eq!(app.columns().len(), 1);
    let failed: Vec<_> = app.problems.iter().filter(|p| p.not_added).collect();
    assert!(failed.len() == 1 && failed[0].name.contains("missing.txt"), "{failed:?}");
}

#[test]
fn removing_a_version_can_be_undone() {
    let mut app = two_versions();
    let key = app.key(app.columns()[1]);
    app.apply(Action::Remove(key));
    app.wait();
    assert_eq!(app.columns().len(), 1);
    assert_eq!(app.toast.as_ref().map(|t| t.text.as_str()), Some("Evening Courier removed."));
    app.apply(Action::Run(Command::Undo));
    app.wait();
    assert_eq!(app.columns().len(), 2);
    app.apply(Action::Run(Command::Redo));
    app.wait();
    assert_eq!(app.columns().len(), 1);
}

#[test]
fn columns_move_hide_and_pin() {
    let mut app = two_versions();
    let keys: Vec<_> = app.columns().into_iter().map(|v| app.key(v)).collect();
    app.apply(Action::Focus(keys[0]));
    app.apply(Action::Run(Command::MoveColumnRight));
    let names = |app: &App| app.columns().into_iter().map(|v| app.version(v).outlet().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&app), ["Evening Courier", "Morning Gazette"]);
    app.apply(Action::SetPinned(keys[0], true));
    assert_eq!(names(&app), ["Morning Gazette", "Evening Courier"]);
    app.apply(Action::SetHidden(keys[0], true));
    assert_eq!(names(&app), ["Evening Courier"]);
    for _ in 0..3 {
        app.apply(Action::Run(Command::Undo));
    }
    assert_eq!(names(&app), ["Morning Gazette", "Evening Courier"]);
}

#[test]
fn renaming_keeps_the_key() {
    let mut app = two_versions();
    let key = app.key(app.columns()[0]);
    app.apply(Action::Rename(key, "The Morning Gazette".into()));
    app.wait();
    let version = app.version_ix(key).expect("the version keeps its key");
    assert_eq!(app.version(version).outlet(), "The Morning Gazette");
}

#[test]
fn stepping_goes_round_and_judging_goes_on() {
    let mut app = two_versions();
    let n = app.shown().len();
    assert!(n > 0, "two versions with another number have a difference");
    app.apply(Action::Run(Command::NextDifference));
    assert_eq!(app.place(), (Some(1), n));
    app.apply(Action::Run(Command::PreviousDifference));
    assert_eq!(app.place(), (Some(n), n));
    app.apply(Action::Run(Command::FirstDifference));
    let first = app.selected().unwrap();
    app.apply(Action::Run(Command::DismissAndStay));
    assert!(app.is_dismissed(first));
    assert_eq!(app.shown().len(), n - 1, "dismissed differences are not stepped through");
    app.apply(Action::Run(Command::Undo));
    assert!(!app.is_dismissed(first));
    assert_eq!(app.shown().len(), n);
}

#[test]
fn a_conflict_is_shown_and_can_be_filtered() {
    let mut app = two_versions();
    assert_eq!(app.count(FilterGroup::Conflict), 1);
    app.apply(Action::OnlyGroup(FilterGroup::Order));
    assert!(app.shown().is_empty());
    app.apply(Action::Run(Command::ResetFilters));
    assert!(!app.shown().is_empty());
}

#[test]
fn judgements_survive_saving_and_opening() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("storm.parallax");
    let mut app = two_versions();
    app.apply(Action::Run(Command::FirstDifference));
    app.apply(Action::Run(Command::ConfirmAndStay));
    let id = app.selection.finding.unwrap();
    app.apply(Action::SetNote(id, "Ask the town hall.".into()));
    assert!(app.is_unsaved());
    app.apply(Action::Save(path.clone()));
    assert!(!app.is_unsaved());

    let mut again = self::app();
    again.apply(Action::Open(vec![path]));
    again.wait();
    assert!(!again.is_unsaved());
    assert_eq!(again.columns().len(), 2);
    let judgement = &again.project.judgements[&id];
    assert_eq!(judgement.note, "Ask the town hall.");
    assert!(again.analysis.findings.iter().any(|f| f.id == id), "the finding is found again");
}

#[test]
fn a_damaged_comparison_file_is_told_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.parallax");
    let text = "{\n \"schema\": \"parallax.comparison/1\",\n \"title\": \"x\", \"versions\": [";
    std::fs::write(&path, text).unwrap();
    let mut app = app();
    app.apply(Action::Open(vec![path.clone()]));
    app.wait();
    assert!(app.problems[0].text.contains("damaged"), "{:?}", app.problems);
    assert_eq!(std::fs::read_to_string(path).unwrap(), text);
}

#[test]
fn find_looks_in_all_columns() {
    let mut app = two_versions();
    app.apply(Action::SetFind { query: "houses".into(), case: false, whole_word: true });
    assert_eq!(app.find.matches.len(), 2);
    app.apply(Action::Run(Command::FindNext));
    app.apply(Action::Run(Command::FindNext));
    app.apply(Action::Run(Command::FindNext));
    assert_eq!(app.find.current, Some(0));
    app.apply(Action::SetFind { query: "house".into(), case: false, whole_word: true });
    assert!(app.find.matches.is_empty());
}

#[test]
fn find_reads_marks_as_they_are_typed() {
    let mut app = app();
    paste(&mut app, "Gazette", "Ferry\n\nThe captain\u{2019}s log said \u{201c}no swell\u{201d} \u{2013} twice.\nThe log-book is gone.\n");
    let mut check = |query: &str, whole_word: bool, expected: usize| {
        app.apply(Action::SetFind { query: query.into(), case: true, whole_word });
        assert_eq!(app.find.matches.len(), expected, "{query}, whole word {whole_word}");
    };
    check("captain's", true, 1);
    check("\"no swell\" - twice", false, 1);
    check("\"no swell\"", true, 1);
    check("log\u{2013}book", true, 1);
    check("captain", true, 1);
    check("aptain", true, 0);
    check("Captain", false, 0);
    check(".", false, 2);
}

#[test]
fn switching_views_keeps_the_selection() {
    let mut app = two_versions();
    app.apply(Action::Run(Command::NextDifference));
    let selected = app.selection.finding;
    app.apply(Action::Show(View::Details));
    assert_eq!(app.selection.finding, selected);
}

#[test]
fn cancelling_leaves_what_was_open() {
    let mut app = two_versions();
    app.apply(Action::AddPasted(PastedArticle { text: "A third one\n\nMore words here.".into(), ..PastedArticle::default() }));
    app.apply(Action::Cancel);
    app.poll();
    assert_eq!(app.project.entries.len(), 2);
    assert!(app.progress().is_none());
}

#[test]
fn every_change_of_versions_is_undone_and_redone() {
    let base = two_versions();
    let (a, b) = (base.key(0usize.into()), base.key(1usize.into()));
    let actions = [
        Action::Remove(a),
        Action::Rename(a, "Another name".into()),
        Action::MoveColumn(a, 1),
        Action::SetReference(Some(b)),
        Action::SetHidden(b, true),
        Action::SetPinned(b, true),
        Action::SetDate(a, "2024-03-14".into()),
        Action::EditVersion(
            a,
            PastedArticle { outlet: "Else".into(), text: "Another storm\n\nIt flooded 7 houses.".into(), ..Default::default() },
        ),
    ];
    for action in actions {
        let mut app = two_versions();
        let before = app.project.clone();
        app.apply(action.clone());
        app.wait();
        let after = app.project.clone();
        assert_ne!(before, after, "{action:?} changes something");
        app.apply(Action::Run(Command::Undo));
        app.wait();
        assert_eq!(app.project, before, "{action:?} undone");
        assert_eq!(app.analysis.versions.len(), 2);
        app.apply(Action::Run(Command::Redo));
        app.wait();
        assert_eq!(app.project, after, "{action:?} done again");
    }
}

#[test]
fn the_view_is_remembered() {
    let mut app = app();
    app.apply(Action::Show(View::Overview));
    assert_eq!(App::new(app.settings.clone(), Arc::new(|| {})).view, View::Overview);
}

/// Articles of one event, each with its own numbers.
fn article(n: usize) -> String {
    let (houses, pumps) = (120 + 10 * (n % 3), 3 + n % 2);
    let days = ["Monday", "Tuesday"];
    format!(
        "Storm floods harbour town, part {n}\n\nThe storm flooded {houses} houses in Lowmere on {} night. “Nobody expected the sea to come \
         over the wall,” said Maria Oduya, the mayor.\n\nEngineers brought {pumps} pumps to the harbour. The school stays closed \
         until Friday, the council said in note {n}.\n",
        days[n % 2]
    )
}

/// What a person may do to the versions, by number.
fn change(app: &mut App, what: usize, which: usize) {
    let columns = app.columns();
    let key = |app: &App| (!columns.is_empty()).then(|| app.key(columns[which % columns.len()]));
    match (what % 6, key(app)) {
        (0 | 1, _) => paste(app, &format!("Outlet {which}"), &article(which)),
        (2, Some(key)) => app.apply(Action::Remove(key)),
        (3, Some(key)) => app.apply(Action::Rename(key, format!("Paper {what}"))),
        (4, Some(key)) => app.apply(Action::SetDate(key, format!("2024-03-{:02}", 1 + which))),
        (5, _) => app.apply(Action::Run(if which.is_multiple_of(2) { Command::Undo } else { Command::Redo })),
        _ => {}
    }
    app.wait();
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 24, ..Default::default() })]

    /// Whatever was kept from the versions before, the same comes out as when all is read anew.
    #[test]
    fn changes_one_by_one_give_what_a_fresh_start_gives(changes in proptest::collection::vec((0usize..6, 0usize..8), 4..14)) {
        let mut app = app();
        (0..3).for_each(|n| paste(&mut app, &format!("Outlet {n}"), &article(n)));
        changes.into_iter().for_each(|(what, which)| change(&mut app, what, which));
        let versions = app.project.entries.iter().map(|e| Arc::new(e.read())).collect();
        let config = parallax::analysis::Config { groupings: app.project.groupings.clone() };
        let fresh = parallax::analysis::analyze_versions(versions, &config, &parallax::base::Silent).unwrap();
        proptest::prop_assert_eq!(&*app.analysis, &fresh);
    }
}
