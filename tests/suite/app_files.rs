//! Saving, exporting, drafts, undo and loading of the headless window.

use super::app::{app, paste, two_versions};
use parallax::app::{Action, App, Command, Dialog, ExportFormat, ExportRequest, ExportSort, PastedArticle, PathFor, Write};
use parallax::compare::FilterGroup;
use parallax::io;
use std::path::{Path, PathBuf};

fn toast(app: &App) -> &str {
    app.toast.as_ref().map_or("", |t| t.text.as_str())
}

#[test]
fn a_typed_path_saves_and_asks_before_it_replaces() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("storm.parallax");
    std::fs::write(&path, "something else").unwrap();
    let mut app = two_versions();
    let save = PathFor::Save { quit: false };
    app.apply(Action::AskForPath(save.clone(), "The system shows no file dialog.".into()));
    assert!(matches!(app.dialog, Some(Dialog::Path { .. })));
    app.apply(Action::TakePath(save.clone(), folder.path().join("storm").display().to_string()));
    let Some(Dialog::Replace(what)) = app.dialog.clone() else { panic!("{:?}", app.dialog) };
    assert_eq!(what.path(), path);
    app.apply(Action::CloseDialog);
    assert!(matches!(app.dialog, Some(Dialog::Path { .. })), "the question goes back to the form");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "something else");
    app.apply(Action::Replace(what));
    assert!(std::fs::read_to_string(&path).unwrap().contains("parallax.comparison/1"));
    assert_eq!((app.dialog.clone(), app.path.clone()), (None, Some(path.clone())));
    app.apply(Action::TakePath(save, path.display().to_string()));
    assert_eq!(app.dialog, None, "its own file is written without a question");
}

#[test]
fn save_and_close_closes_only_once_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = two_versions();
    app.apply(Action::Run(Command::FirstDifference));
    app.apply(Action::Run(Command::ConfirmAndStay));
    app.apply(Action::Run(Command::Quit));
    assert_eq!(app.dialog, Some(Dialog::Unsaved));
    let save = PathFor::Save { quit: true };
    app.apply(Action::AskForPath(save.clone(), String::new()));
    app.apply(Action::TakePath(save.clone(), folder.path().join("missing/a.parallax").display().to_string()));
    assert!(!app.quit && toast(&app).starts_with("The folder ") && toast(&app).contains("does not exist"), "{}", toast(&app));
    app.apply(Action::TakePath(save, folder.path().join("a.parallax").display().to_string()));
    assert!(app.quit);
}

#[test]
fn a_report_does_not_replace_a_file_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.md");
    std::fs::write(&path, "mine").unwrap();
    let mut app = two_versions();
    let request = ExportRequest {
        sort: ExportSort::Report,
        format: ExportFormat::Markdown,
        path: path.clone(),
        wording: false,
        dismissed: false,
        without_notes: false,
        shown_kinds: false,
    };
    app.apply(Action::Export(request.clone()));
    assert_eq!(app.dialog, Some(Dialog::Replace(Write::Report(request.clone()))));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    app.apply(Action::CloseDialog);
    assert_eq!(app.dialog, Some(Dialog::Export(request.clone())));
    app.apply(Action::Replace(Write::Report(request.clone())));
    assert_ne!(std::fs::read_to_string(&path).unwrap(), "mine");
    let missing = ExportRequest { path: folder.path().join("no/report.md"), ..request };
    app.apply(Action::Export(missing.clone()));
    let folder = folder.path().join("no");
    assert_eq!(toast(&app), format!("The folder {} does not exist. Nothing was written.", folder.display()));
    assert_eq!(app.dialog, Some(Dialog::Export(missing)), "the form stays");
}

#[test]
fn the_name_of_a_report_is_made_of_words() {
    let mut app = two_versions();
    app.apply(Action::SetTitle("Storm, floods: Lowmere!".into()));
    app.apply(Action::Run(Command::Export));
    let Some(Dialog::Export(request)) = &app.dialog else { panic!("{:?}", app.dialog) };
    assert_eq!(request.path.file_name().unwrap(), "storm-floods-lowmere.html");
    assert!(request.path.is_absolute());
}

#[test]
fn a_comparison_gets_its_ending_unless_it_has_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = two_versions();
    let mut check = |name: &str, expected: &str| {
        app.apply(Action::Save(folder.path().join(name)));
        assert_eq!(app.path.as_ref().and_then(|p| p.file_name()).unwrap(), expected);
        assert!(folder.path().join(expected).is_file());
    };
    check("storm", "storm.parallax");
    check("Flood in St. Louis", "Flood in St. Louis.parallax");
    check("storm.json", "storm.json");
}

#[test]
fn typed_paths() {
    let check = |typed: &str, expected: PathBuf| assert_eq!(io::typed_path(typed, Path::new("/folder")), expected, "{typed}");
    check("a.txt", "/folder/a.txt".into());
    check(" /b/a.txt ", "/b/a.txt".into());
    check("\"/b/two words.txt\"", "/b/two words.txt".into());
    check("file:///b/a.txt", "/b/a.txt".into());
    check("~x", "/folder/~x".into());
    assert!(
        io::typed_path("~/a.txt", Path::new("/folder")).ends_with("a.txt")
            && !io::typed_path("~/a.txt", Path::new("/folder")).starts_with("/folder")
    );
}

#[test]
fn what_was_typed_waits_for_the_form() {
    let mut app = two_versions();
    let article = PastedArticle { text: "A third one, half typed".into(), ..PastedArticle::default() };
    app.apply(Action::SetDialog(Some(Dialog::Paste(article.clone()))));
    app.apply(Action::CloseDialog);
    assert_eq!(app.dialog, None);
    app.apply(Action::Run(Command::PasteText));
    assert_eq!(app.dialog, Some(Dialog::Paste(article)));
    app.apply(Action::DiscardForm);
    app.apply(Action::Run(Command::PasteText));
    assert_eq!(app.dialog, Some(Dialog::Paste(PastedArticle::default())));
    app.apply(Action::CloseDialog);

    app.apply(Action::Run(Command::FirstDifference));
    let finding = app.selection.finding.unwrap();
    let note = |text: &str| Some(Dialog::Note { finding, text: text.into() });
    app.apply(Action::SetDialog(note("Ask")));
    app.apply(Action::CloseDialog);
    app.apply(Action::Run(Command::Note));
    assert_eq!(app.dialog, note("Ask"));
    app.apply(Action::SetNote(finding, "Ask them.".into()));
    app.apply(Action::Run(Command::Note));
    assert_eq!(app.dialog, note("Ask them."));
}

#[test]
fn closing_asks_before_a_draft_is_lost() {
    let mut app = app();
    let article = PastedArticle { text: "Half an article".into(), ..PastedArticle::default() };
    app.apply(Action::SetDialog(Some(Dialog::Paste(article.clone()))));
    app.apply(Action::Run(Command::Quit));
    assert_eq!((app.quit, app.dialog.clone()), (false, Some(Dialog::DraftLeft)));
    app.apply(Action::ReopenDraft);
    assert_eq!(app.dialog, Some(Dialog::Paste(article)));
    app.apply(Action::DiscardForm);
    app.apply(Action::Run(Command::Quit));
    assert!(app.quit);
}

#[test]
fn closing_asks_before_an_article_is_lost_that_stands_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    std::fs::write(&file, "Bridge closed\n\nThe bridge over the Tarn was closed on Friday.\n").unwrap();
    let mut app = app();
    app.apply(Action::Open(vec![file]));
    app.wait();
    assert!(!app.loses_work());
    paste(&mut app, "Morning Gazette", "Storm floods harbour town\n\nThe storm flooded 120 houses in Lowmere on Monday night.\n");
    app.apply(Action::Run(Command::Quit));
    assert_eq!((app.quit, app.dialog.clone()), (false, Some(Dialog::Unsaved)));
    app.apply(Action::CloseDialog);
    app.apply(Action::Save(folder.path().join("kept.parallax")));
    app.wait();
    app.apply(Action::Run(Command::Quit));
    assert!(app.quit);
}

#[test]
fn what_is_opened_first_is_no_step_to_undo() {
    let mut app = app();
    paste(&mut app, "Morning Gazette", "Storm floods harbour town\n\nThe storm flooded 120 houses.\n");
    assert_eq!(app.undo_labels(), (None, None));
    paste(&mut app, "Evening Courier", "Storm floods harbour town\n\nThe storm flooded 310 houses.\n");
    assert_eq!(app.undo_labels(), (Some("Add a version"), None));
    let added = app.version(app.columns()[1]).key;
    assert_eq!(app.focused, Some(added), "its column comes into sight");
    app.apply(Action::Run(Command::CloseComparison));
    assert_eq!(app.undo_labels().0, Some("Close the comparison"));
    paste(&mut app, "Morning Gazette", "Bridge shut\n\nThe bridge is shut.\n");
    assert_eq!(app.undo_labels(), (None, None), "undo does not reach through what was opened since");
}

#[test]
fn what_a_filter_hides_is_not_selected() {
    let mut app = two_versions();
    app.apply(Action::OnlyGroup(FilterGroup::Conflict));
    app.apply(Action::Run(Command::FirstDifference));
    let conflict = app.selection.finding;
    assert!(conflict.is_some());
    app.apply(Action::ToggleGroup(FilterGroup::Conflict));
    assert_eq!(app.selection.finding, None);
    app.apply(Action::ToggleGroup(FilterGroup::Conflict));
    assert_eq!(app.selection.finding, conflict, "it comes back with its kind");
}

#[test]
fn what_is_asked_for_beside_a_load_is_done_after_it() {
    let mut app = app();
    for text in ["One\n\nThe storm flooded 120 houses.", "Two\n\nThe storm flooded 310 houses.", "Three\n\nThe storm flooded 20 houses."] {
        app.apply(Action::AddPasted(PastedArticle { text: text.into(), ..PastedArticle::default() }));
    }
    app.wait();
    assert_eq!(app.columns().len(), 3);
}

#[test]
fn gaps_are_told_again_when_a_comparison_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("storm.parallax");
    let mut app = app();
    let text = "Storm\n\nThe storm flooded 120 houses on Tuesday.".to_owned();
    app.apply(Action::AddPasted(PastedArticle { text, ..PastedArticle::default() }));
    app.wait();
    assert_eq!(app.problems.len(), 1);
    app.apply(Action::Save(path.clone()));
    let problems = std::mem::take(&mut app.problems);
    drop(app);
    let mut again = self::app();
    again.apply(Action::Open(vec![path]));
    again.wait();
    assert_eq!(again.problems, problems);
}

#[test]
fn the_title_is_a_headline_or_what_the_openings_share() {
    let mut app = app();
    let text = "The storm over Lowmere flooded 120 houses on Monday night, the council of Lowmere said.";
    for (outlet, more) in [("Gazette", "Boats were used."), ("Courier", "Trains stopped.")] {
        app.apply(Action::AddPasted(PastedArticle {
            outlet: outlet.into(),
            text: format!("{text}\n\n{more}"),
            ..PastedArticle::default()
        }));
        app.wait();
    }
    assert!(app.analysis.versions.iter().all(|v| v.meta.title.is_none()) && !app.analysis.topic.is_empty());
    assert_eq!(app.title(), app.analysis.topic);
}

#[test]
fn passages_that_share_most_are_offered_first() {
    let mut app = app();
    paste(
        &mut app,
        "Morning Gazette",
        "Storm\n\nThe harbour master Ilse Brandt closed the eastern quay at noon.\n\nSchools opened late.\n\nTrams ran again by evening.\n",
    );
    paste(
        &mut app,
        "Evening Courier",
        "Flood\n\nShops sold out of candles.\n\nNobody could land, because Brandt, who runs the harbour, had shut a quay.\n\nThe mayor was abroad.\n",
    );
    let joined = app.analysis.passages.iter().find(|p| p.members.len() == 2).expect("both tell of the quay").clone();
    let place = app.sentences_of(app.passage_ix(joined.id).unwrap());
    app.apply(Action::SplitApart(joined.id, [place[1]].into()));
    app.wait();
    let of = |place: &parallax::align::Place| {
        let version = app.version_ix(place.version).unwrap();
        app.analysis.passages_at(version, place.range.start)[0]
    };
    let (own, other) = (of(&place[0]), of(&place[1]));
    assert_ne!(own, other);
    assert_eq!(app.nearest_passages(own).recv().expect("they come")[0], other);
}
