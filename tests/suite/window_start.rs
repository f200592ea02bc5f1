//! Opening, loading and what is remembered, driven by names.

use super::window::{empty, labels, open_sample, sample, window};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use parallax::app::{Action, App, Command, Cure, Dialog, PastedArticle, Settings};
use std::sync::Arc;

#[test]
fn saved_comparisons_stand_on_the_empty_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let (here, gone) = (folder.path().join("here.parallax"), folder.path().join("gone.parallax"));
    let mut app = sample();
    for path in [&here, &gone] {
        app.apply(Action::SetTitle(path.file_stem().expect("a name").to_string_lossy().into_owned()));
        app.apply(Action::Save(path.clone()));
    }
    assert_eq!(app.settings.recent.iter().map(|r| r.title.as_str()).collect::<Vec<_>>(), ["gone", "here"]);
    std::fs::remove_file(&gone).expect("it was there");
    app.apply(Action::Run(Command::CloseComparison));
    let mut h = window(app, 1440.0, 900.0);
    h.get_by_label("Find it");
    h.get_by_label("Remove from list").click();
    h.run();
    assert!(h.query_by_label("Remove from list").is_none());
    let name = labels(&h).into_iter().find(|l| l.starts_with("open here, 6 versions, ")).expect("the other one is listed");
    assert!(name.ends_with("Today"), "{name}");
    h.get_by_label(&name).click();
    h.run();
    h.state_mut().app.wait();
    h.run();
    assert_eq!(h.state().app.title(), "here");
    assert_eq!(h.state().app.analysis.versions.len(), 6);
}

#[test]
fn the_file_menu_lists_recent_comparisons() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = sample();
    app.apply(Action::Save(folder.path().join("pledge.parallax")));
    let mut h = window(app, 1440.0, 900.0);
    h.get_by_label("File").click();
    h.run();
    assert!(labels(&h).iter().any(|l| l.starts_with("Open recent")));
}

#[test]
fn settings_are_read_back() {
    let mut app = sample();
    for command in [Command::LinesWider, Command::MeasureNarrower, Command::ToggleHighContrast, Command::ToggleFoldCopies] {
        app.apply(Action::Run(command));
    }
    let kept = serde_json::to_vec(&app.settings).expect("plain data");
    let read: Settings = serde_json::from_slice(&kept).expect("it was written so");
    assert_eq!(read, app.settings);
    assert_eq!((read.line_percent, read.measure, read.high_contrast, read.fold_copies), (110, 65, true, true));
    let old: Settings = serde_json::from_str(r#"{"text_percent": 120, "a field of later": 1}"#).expect("other versions' settings");
    assert_eq!((old.text_percent, old.line_percent), (120, 100));
}

fn undated() -> App {
    let mut app = empty();
    let text = "Storm floods harbour town\n\nThe storm flooded 120 houses in Lowmere on Tuesday, the council said. The bridge had closed yesterday.\n";
    app.apply(Action::AddPasted(PastedArticle { outlet: "Coastal Courier".into(), text: text.into(), ..PastedArticle::default() }));
    app.wait();
    app
}

#[test]
fn a_version_without_a_date_asks_for_one() {
    let app = undated();
    assert_eq!(app.problems.len(), 1);
    assert!(matches!(app.problems[0].cure, Cure::Date(_)));
    assert!(app.problems[0].text.contains("“on Tuesday”") || app.problems[0].text.contains("“Tuesday”"), "{}", app.problems[0].text);
    let mut h = window(app, 1440.0, 900.0);
    h.get_by_label("1 with gaps").click();
    h.run();
    h.get_by_label("Set date").click();
    h.run();
    assert!(matches!(h.state().app.dialog, Some(Dialog::Date { .. })));
    h.get_by_label("Published").type_text("someday");
    h.run();
    h.get_by_label("Save").click();
    h.run();
    assert!(h.state().app.toast.as_ref().is_some_and(|t| t.text.contains("someday")), "what can't be read is told");
    h.state_mut().app.apply(Action::SetDialog(None));
    let key = h.state().app.key(h.state().app.columns()[0]);
    h.state_mut().app.apply(Action::SetDate(key, "13 March 2024".into()));
    h.state_mut().app.wait();
    h.run();
    let app = &h.state().app;
    assert!(app.problems.is_empty(), "{:?}", app.problems);
    let version = app.version(app.columns()[0]);
    assert_eq!(version.key, key, "its judgements stay with it");
    assert_eq!(version.meta.published.map(|p| p.to_string()).as_deref(), Some("2024-03-13"));
    assert!(
        version.extract.details.iter().any(|d| d.value
            == parallax::extract::Value::Date(parallax::extract::PartialDate { year: Some(2024), month: Some(3), day: Some(12) }))
    );
}

#[test]
fn text_and_data_can_be_edited_and_undone() {
    let mut h = open_sample();
    let before = h.state().app.analysis.versions.clone();
    h.get_by_label("menu of Meridian Wire").click();
    h.run();
    h.get_by_label("Edit text and data…").click();
    h.run();
    let Some(Dialog::Edit { version, mut article }) = h.state().app.dialog.clone() else { panic!("the form is open") };
    article.outlet = "Meridian".into();
    h.state_mut().app.apply(Action::EditVersion(version, article.clone()));
    h.state_mut().app.wait();
    let named = h.state().app.version_ix(version).expect("other data keep the key");
    assert_eq!(h.state().app.version(named).outlet(), "Meridian");
    article.text.push_str("\n\nOne more paragraph stands here.");
    h.state_mut().app.apply(Action::EditVersion(version, article));
    h.state_mut().app.wait();
    h.run();
    let app = &mut h.state_mut().app;
    assert_eq!(app.version_ix(version), None, "another text is another version");
    assert!(app.version(app.columns()[1]).document.text.ends_with("One more paragraph stands here."));
    assert_eq!(app.columns().len(), 6, "it stands in the same column");
    app.apply(Action::Run(Command::Undo));
    app.wait();
    app.apply(Action::Run(Command::Undo));
    app.wait();
    assert_eq!(app.analysis.versions, before);
}

#[test]
fn files_that_are_read_already_can_be_compared_before_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut paths = Vec::new();
    for i in 0..400 {
        let path = folder.path().join(format!("{i}.txt"));
        std::fs::write(&path, format!("Storm number {i}\n\nThe storm flooded {i} houses in Lowmere.\n").repeat(200)).expect("written");
        paths.push(path);
    }
    let mut app = App::new(Settings::default(), Arc::new(|| {}));
    app.apply(Action::Open(paths));
    app.apply(Action::StartWithReady);
    assert!(app.progress().is_none_or(|p| p.enough));
    app.wait();
    let left_out = app.problems.iter().filter(|p| matches!(p.cure, Cure::Read(_))).count();
    assert_eq!(app.columns().len() + left_out, 400, "none is lost");
}

#[test]
fn find_marks_the_strip_and_the_headers() {
    let mut h = open_sample();
    h.key_press_modifiers(Modifiers::COMMAND, Key::F);
    h.run();
    h.get_by_label("Find").type_text("fingerprint");
    h.run();
    assert!(labels(&h).iter().any(|l| l.starts_with("difference ") && l.ends_with("; words found here")));
    let n = h.state().app.find.matches.len();
    h.get_by_label("Match case").click();
    h.run();
    h.get_by_label("Whole words").click();
    h.run();
    assert!(h.state().app.find.matches.len() <= n);
    h.get_by_label("Find next").click();
    h.run();
    assert_eq!(h.state().app.find.current, Some(0));
    h.get_by_label("Find previous").click();
    h.run();
    assert_eq!(h.state().app.find.current, Some(h.state().app.find.matches.len() - 1));
}

#[test]
fn shared_copy_folds_into_one_column() {
    let mut h = open_sample();
    assert!(!h.state().app.analysis.origins.is_empty(), "the sample shares copy");
    let all = h.state().app.columns().len();
    h.state_mut().app.apply(Action::Run(Command::ToggleFoldCopies));
    h.run();
    let app = &h.state().app;
    let folded: usize = app.analysis.origins.iter().map(|o| o.versions.len() - 1).sum();
    assert_eq!(app.columns().len(), all - folded);
    assert!(app.columns().iter().any(|v| !app.folded_under(*v).is_empty()));
}

#[test]
fn every_look_draws_every_view() {
    let mut h = open_sample();
    for command in [
        Command::ToggleHighContrast,
        Command::ThemeDark,
        Command::LinesWider,
        Command::MeasureNarrower,
        Command::ToggleProjector,
        Command::ToggleFoldCopies,
    ] {
        h.state_mut().app.apply(Action::Run(command));
        for view in parallax::app::View::ALL {
            h.state_mut().app.apply(Action::Show(view));
            h.run();
        }
    }
}

#[test]
fn details_on_which_versions_agree_are_listed_last() {
    let mut h = open_sample();
    h.state_mut().app.apply(Action::Show(parallax::app::View::Details));
    h.run();
    // The rows above may fill the screen.
    h.key_press(Key::End);
    h.run();
    let head = labels(&h).into_iter().find(|l| l.starts_with("Same, ")).expect("versions agree on something");
    assert!(head.ends_with("closed"), "{head}");
    h.get_by_label(&head).click_accesskit();
    h.run();
    assert!(labels(&h).iter().any(|l| l.starts_with("Same, ") && l.ends_with("open")));
    let same = h.state().app.same_details();
    assert!(same.iter().all(|s| s.evidence.len() > 1));
}

#[test]
fn closing_asks_before_judgements_are_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut h = open_sample();
    h.key_press(Key::F8);
    h.run();
    h.key_press(Key::C);
    h.run();
    h.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    h.run();
    assert_eq!(h.state().app.dialog, Some(Dialog::Unsaved));
    h.get_by_label("Cancel").click();
    h.run();
    assert!(!h.state().app.quit);
    h.state_mut().app.apply(Action::Save(folder.path().join("kept.parallax")));
    h.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    h.run();
    assert!(h.state().app.quit, "what is saved is not lost");

    let mut untouched = open_sample();
    untouched.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    untouched.run();
    assert!(untouched.state().app.quit, "nothing was made");
}

#[test]
fn closing_without_saving_closes() {
    let mut h = open_sample();
    h.key_press(Key::F8);
    h.run();
    h.key_press(Key::X);
    h.run();
    h.state_mut().app.apply(Action::Run(Command::Quit));
    h.run();
    h.get_by_label("Close without saving").click();
    h.run();
    assert!(h.state().app.quit);
}

#[test]
fn unsaved_work_is_offered_opened_and_thrown_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = sample();
    app.keep_unsaved_in(folder.path().to_owned());
    for title in ["first", "second", "third"] {
        app.apply(Action::SetTitle(title.into()));
        app.apply(Action::Run(Command::FirstDifference));
        app.apply(Action::Run(Command::ConfirmAndStay));
        app.apply(Action::Run(Command::CloseComparison));
        app.apply(Action::Run(Command::Undo));
        app.wait();
        app.apply(Action::SetTitle(String::new()));
    }
    app.apply(Action::Run(Command::CloseComparison));
    let mut h = window(app, 1440.0, 900.0);
    let offered = |h: &egui_kittest::Harness<'static, parallax::gui::Window>| -> Vec<String> {
        labels(h).into_iter().filter(|l| l.starts_with("open unsaved ")).collect()
    };
    assert_eq!(offered(&h).len(), 2, "two stand here, the others are a click away");
    h.get_by_label("All 4").click();
    h.run();
    assert_eq!(h.state().app.dialog, Some(Dialog::Left));
    h.get_all_by_label("Throw away").next().expect("a row").click();
    h.run();
    h.get_by_label("Throw away").click();
    h.run();
    assert_eq!(h.state().app.left().len(), 3);
    h.state_mut().app.apply(Action::CloseDialog);
    h.run();
    let name = offered(&h)[0].clone();
    h.get_by_label(&name).click();
    h.run();
    h.state_mut().app.wait();
    h.run();
    let app = &h.state().app;
    assert_eq!((app.analysis.versions.len(), app.left().len(), app.judged_count()), (6, 2, 1));
}

#[test]
fn a_copy_is_called_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pledge.parallax");
    let mut first = sample();
    first.apply(Action::Save(path.clone()));
    let mut second = empty();
    second.apply(Action::Open(vec![path]));
    second.wait();
    let h = window(second, 1440.0, 900.0);
    assert!(labels(&h).iter().any(|l| l == "pledge.parallax is open in another window. This is a copy of it."), "{:?}", labels(&h));
    assert!(h.state().app.copy_of.is_some() && h.state().app.path.is_none());
}
