//! Tables whose columns a person chooses: what is guessed, what is read, what is kept.

use parallax::app::tables::ColumnsForm;
use parallax::app::{Action, App, Command, Cure, Dialog, Settings};
use parallax::project::file;
use parallax::source::{self, Hints, Role, SourceError, Table, TableChoice};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const RIVER: &str = "The river broke through the levee on Tuesday, the water board said, and forty families left their homes before noon.";
const NIGHT: &str =
    "The café at the bridge handed out soup until midnight, and neighbours brought blankets, beds and dry clothes to the school.";

/// The table that a person would be shown.
fn table(text: &str, hints: &Hints) -> Option<Table> {
    match source::read(text.as_bytes(), hints) {
        Err(SourceError::Columns(table)) => Some(*table),
        _ => None,
    }
}

/// What the columns look like, asked for by a person: roles by column, and whether the first row is names.
fn check(text: &str, expected: &str) {
    let hints = Hints { path: "a.csv".into(), show_columns: true, ..Hints::default() };
    let choice = table(text, &hints).expect("a table").choice;
    let roles: Vec<&str> = choice.roles.iter().map(|r| r.label()).collect();
    assert_eq!(format!("{}{}", if choice.header { "names: " } else { "" }, roles.join(", ")), expected, "{text}");
}

#[test]
fn columns_are_told_by_names_and_by_what_is_in_them() {
    check(
        &format!("Title,Publication,Author,Date,URL,Full text\na,b,c,2021-04-13,d,{RIVER:?}\n"),
        "names: headline, outlet, author, date, address, text",
    );
    check(
        &format!("Nr;Überschrift;Medium;Erschienen;Volltext\n1;Levee;Post;13.4.2021;{RIVER:?}\n"),
        "names: not used, headline, outlet, date, text",
    );
    // Names that nobody knows, then none at all: dates and addresses are told by their form, the text by its length.
    check(
        &format!("kx,zz,qq,vv\n17,Levee breaks,2021-04-13,{RIVER:?}\n18,A night,2021-04-14,{NIGHT:?}\n"),
        "names: not used, headline, date, text",
    );
    check(
        &format!("Levee breaks,https://post.example/1,2021-04-13,{RIVER:?}\nA night,https://post.example/2,2021-04-14,{NIGHT:?}\n"),
        "headline, address, date, text",
    );
    // The first column with a known name counts; one role stands for one column.
    check(&format!("Headline,Title,Body\na,b,{RIVER:?}\n"), "names: not used, headline, text");
}

#[test]
fn a_role_belongs_to_one_column() {
    let mut choice = TableChoice { roles: vec![Role::Headline, Role::Text, Role::Nothing], ..TableChoice::default() };
    choice.set(2, Role::Text);
    assert_eq!(choice.roles, [Role::Headline, Role::Nothing, Role::Text]);
    choice.set(0, Role::Nothing);
    choice.set(1, Role::Nothing);
    assert_eq!(choice.roles, [Role::Nothing, Role::Nothing, Role::Text]);
}

#[test]
fn what_would_be_read_is_what_is_read() {
    let text = format!("kx,zz,lang\nLevee breaks,{RIVER:?},en\nA picture,,en\nA night,{NIGHT:?},en\n");
    let shown = table(&text, &Hints { path: "a.csv".into(), show_columns: true, ..Hints::default() }).expect("a table");
    for roles in
        [[Role::Headline, Role::Text, Role::Nothing], [Role::Nothing, Role::Text, Role::Outlet], [Role::Text, Role::Nothing, Role::Nothing]]
    {
        for header in [true, false] {
            let choice = TableChoice { roles: roles.to_vec(), header, ..shown.choice.clone() };
            let outlook = shown.outlook(&choice);
            let sources =
                source::read(text.as_bytes(), &Hints { path: "a.csv".into(), tables: vec![choice], ..Hints::default() }).expect("articles");
            assert_eq!(outlook.articles, sources.len(), "{roles:?} {header}");
            let (meta, body) = outlook.first.expect("a first article");
            assert_eq!((meta.title, body), (sources[0].meta.title.clone(), sources[0].text.clone()), "{roles:?} {header}");
        }
    }
    let none = TableChoice { roles: vec![Role::Headline, Role::Nothing, Role::Nothing], ..shown.choice.clone() };
    assert_eq!(shown.outlook(&none).articles, 0);
}

/// A table with names that nobody knows.
fn odd(folder: &Path, name: &str, bodies: &[&str]) -> PathBuf {
    let rows: String = bodies.iter().enumerate().map(|(i, b)| format!("{i},Headline {i},Paper {i},{b:?}\n")).collect();
    let path = folder.join(name);
    std::fs::write(&path, format!("kx,zz,qq,vv\n{rows}")).expect("a file");
    path
}

fn app() -> App {
    App::new(Settings { reduced_motion: true, ..Settings::default() }, Arc::new(|| {}))
}

fn form(app: &App) -> ColumnsForm {
    match &app.dialog {
        Some(Dialog::Columns(form)) => form.clone(),
        other => panic!("no form: {other:?}, {:?}", app.problems),
    }
}

fn outlets(app: &App) -> Vec<String> {
    app.analysis.versions.iter().map(|v| v.outlet().to_owned()).collect()
}

#[test]
fn a_table_that_tells_nothing_is_asked_about_and_the_choice_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = odd(folder.path(), "first.csv", &[RIVER, NIGHT]);
    let mut app = app();
    app.apply(Action::Open(vec![first.clone()]));
    app.wait();
    assert!(app.project.entries.is_empty());
    let asked = form(&app);
    assert_eq!(asked.choice.roles, [Role::Nothing, Role::Headline, Role::Nothing, Role::Text]);
    // Closed, it waits in the list of problems.
    app.apply(Action::CloseDialog);
    assert_eq!(app.dialog, None);
    assert!(matches!(&app.problems[..], [p] if p.cure == Cure::Columns(first.clone()) && p.not_added), "{:?}", app.problems);
    app.apply(Action::AskColumns(first.clone()));
    app.wait();
    let mut choice = form(&app).choice;
    choice.set(2, Role::Outlet);
    app.apply(Action::ReadColumns(first, choice.clone()));
    app.wait();
    assert_eq!(outlets(&app), ["Paper 0", "Paper 1"]);
    assert!(app.problems.iter().all(|p| !p.not_added), "{:?}", app.problems);
    assert_eq!(app.project.tables, [choice.clone()]);
    // Another table with the same first row is read without a word, also in another window that opens the comparison.
    let second = odd(folder.path(), "second.csv", &[&RIVER.replace("Tuesday", "Monday")]);
    app.apply(Action::Open(vec![second.clone()]));
    app.wait();
    assert_eq!((app.dialog.clone(), app.project.entries.len()), (None, 3));
    let saved = folder.path().join("levee.parallax");
    app.apply(Action::Save(saved.clone()));
    assert_eq!(file::read(&std::fs::read(&saved).expect("a file")).expect("a comparison").tables, [choice]);
    let mut other = self::app();
    other.apply(Action::Open(vec![saved]));
    other.wait();
    let third = odd(folder.path(), "third.csv", &[&RIVER.replace("forty", "fifty")]);
    other.apply(Action::Open(vec![third]));
    other.wait();
    assert_eq!((other.dialog.clone(), other.project.entries.len()), (None, 4));
}

#[test]
fn tables_with_one_first_row_are_asked_about_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = vec![odd(folder.path(), "a.csv", &[RIVER]), odd(folder.path(), "b.csv", &[NIGHT])];
    let mut app = app();
    app.apply(Action::Open(paths));
    app.wait();
    let asked = form(&app);
    app.apply(Action::ReadColumns(asked.path, asked.choice));
    app.wait();
    assert_eq!((app.dialog.clone(), app.project.entries.len()), (None, 2));
    assert!(app.problems.iter().all(|p| !matches!(p.cure, Cure::Columns(_))), "{:?}", app.problems);
}

#[test]
fn columns_are_chosen_anew_for_what_is_open_and_undone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("articles.csv");
    std::fs::write(&path, format!("Title,Lead,Text\nLevee,{NIGHT:?},{RIVER:?}\nSchool,{RIVER:?},{NIGHT:?}\n")).expect("a file");
    let mut app = app();
    app.apply(Action::Open(vec![path.clone()]));
    app.wait();
    assert_eq!((app.dialog.clone(), app.project.entries.len()), (None, 2));
    let before = app.project.clone();
    // From the versions of the table.
    app.apply(Action::Focus(before.entries[0].key));
    assert!(app.is_enabled(Command::ChooseColumns));
    app.apply(Action::Run(Command::ChooseColumns));
    app.wait();
    let mut asked = form(&app);
    assert!(app.problems.iter().all(|p| !matches!(p.cure, Cure::Columns(_))), "nothing is missing while one chooses: {:?}", app.problems);
    assert_eq!(asked.choice.roles, [Role::Headline, Role::Nothing, Role::Text]);
    asked.choice.set(1, Role::Text);
    app.apply(Action::ReadColumns(path, asked.choice));
    app.wait();
    let texts = |app: &App| app.project.entries.iter().map(|e| e.source.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&app), [format!("Levee\n\n{NIGHT}"), format!("School\n\n{RIVER}")]);
    app.apply(Action::Run(Command::Undo));
    app.wait();
    assert_eq!(app.project, before);
    app.apply(Action::Run(Command::Redo));
    app.wait();
    assert_eq!(texts(&app).len(), 2);
}

#[cfg(feature = "gui")]
mod window {
    use super::*;
    use crate::window::window;
    use crate::window_forms::focused;
    use egui::{Key, Modifiers};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;
    use parallax::gui::Window;

    /// A window that asks for the columns of a table, and the folder of that.
    fn asked() -> (tempfile::TempDir, Harness<'static, Window>) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = odd(folder.path(), "odd.csv", &[RIVER, NIGHT]);
        let mut app = app();
        app.apply(Action::Open(vec![path]));
        app.wait();
        (folder, window(app, 1100.0, 800.0))
    }

    #[test]
    fn the_form_is_worked_by_keys() {
        let (_folder, mut h) = asked();
        // Enter would read what is proposed.
        assert_eq!(focused(&h), "Read articles");
        h.get_by_label("first article: Headline 0, No outlet, date or author");
        h.get_by_label("zz holds: headline");
        // Tab goes to the menus of the columns, whose arrows change them.
        let order = std::iter::from_fn(|| {
            h.key_press(Key::Tab);
            h.run();
            Some(focused(&h))
        });
        let walked: Vec<String> = order.take_while(|l| l != "qq holds: not used").take(20).collect();
        assert!(walked.iter().any(|l| l == "kx holds: not used"), "{walked:?}");
        for _ in 0..4 {
            h.key_press(Key::ArrowUp);
            h.run();
        }
        assert_eq!(focused(&h), "qq holds: outlet");
        h.get_by_label("first article: Headline 0, Paper 0");
        // Without a text there is nothing to read.
        h.get_by_label("vv holds: text").click();
        h.run();
        h.get_by_label("not used").click();
        h.run();
        h.get_by_label("No column holds the text yet, so there is nothing to read.");
        h.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
        h.run();
        assert!(matches!(h.state().app.dialog, Some(Dialog::Columns(_))));
        h.get_by_label("vv holds: not used").click();
        h.run();
        h.get_by_label("text").click();
        h.run();
        h.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
        h.run();
        h.state_mut().app.wait();
        h.run();
        assert_eq!(outlets(&h.state().app), ["Paper 0", "Paper 1"]);
    }

    #[test]
    fn escape_leaves_the_table_among_the_problems() {
        let (_folder, mut h) = asked();
        h.key_press(Key::Escape);
        h.run();
        assert_eq!(h.state().app.dialog, None);
        h.get_by_label("Choose columns").click();
        h.run();
        h.state_mut().app.wait();
        h.run();
        // What is proposed is taken by Enter.
        h.key_press(Key::Enter);
        h.run();
        h.state_mut().app.wait();
        h.run();
        assert_eq!(h.state().app.project.entries.len(), 2);
    }
}
