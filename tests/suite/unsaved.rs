//! What is not saved survives a crash at any moment; files of others, of a newer Parallax and of other windows are left alone.

use super::app::{app, paste, two_versions};
use parallax::app::{Action, App, Command, Dialog, PastedArticle, PathFor};
use parallax::io::{self, WriteStep};
use parallax::project::{Verdict, file};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

/// Runs one of the tests below by itself in a process of its own, which is meant to be killed there.
fn child(test: &str, folder: &Path, at: usize) -> bool {
    let exe = std::env::current_exe().unwrap();
    let mut child = Process::new(exe);
    child.args(["--exact", &format!("unsaved::{test}"), "--nocapture"]).env("PARALLAX_CHILD", format!("{at}\n{}", folder.display()));
    child.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    child.status().unwrap().success()
}

/// In such a process, where to die and the folder to work in.
fn as_child() -> Option<(usize, PathBuf)> {
    let order = std::env::var("PARALLAX_CHILD").ok()?;
    let (at, folder) = order.split_once('\n').unwrap();
    Some((at.parse().unwrap(), folder.into()))
}

fn toast(app: &App) -> &str {
    app.toast.as_ref().map_or("", |t| t.text.as_str())
}

fn judge_first(app: &mut App) {
    app.apply(Action::Run(Command::FirstDifference));
    app.apply(Action::Run(Command::ConfirmAndStay));
}

fn judged(app: &App) -> usize {
    app.project.judgements.values().filter(|j| j.verdict.is_some()).count()
}

fn large(words: &str) -> Vec<u8> {
    words.repeat(200_000 / words.len()).into_bytes()
}

#[test]
fn child_that_dies_while_writing() {
    let Some((at, folder)) = as_child() else { return };
    let mut step = 0;
    let _ = io::write_watched(&folder.join("a.parallax"), &large("new "), &mut |_| {
        step += 1;
        if step == at { std::process::abort() } else { Ok(()) }
    });
}

#[test]
fn a_writer_killed_at_any_step_leaves_the_old_file_or_the_new() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parallax");
    let (mut old, mut new) = (0, 0);
    for at in 1.. {
        std::fs::write(&path, large("old ")).unwrap();
        let lived = child("child_that_dies_while_writing", folder.path(), at);
        let found = std::fs::read(&path).unwrap();
        if found == large("old ") {
            old += 1;
        } else {
            assert!(found == large("new "), "half a file after step {at}");
            new += 1;
        }
        if lived {
            break;
        }
    }
    // Created, four chunks and the sync leave the old; renaming and what follows, the new.
    assert_eq!((old, new), (6, 3));
}

#[test]
fn a_disk_that_fails_at_any_step_leaves_the_old_file_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parallax");
    for kind in [ErrorKind::StorageFull, ErrorKind::ReadOnlyFilesystem] {
        for at in 1.. {
            std::fs::write(&path, large("old ")).unwrap();
            let mut steps: Vec<WriteStep> = Vec::new();
            let outcome = io::write_watched(&path, &large("new "), &mut |step| {
                steps.push(step);
                if steps.len() == at { Err(kind.into()) } else { Ok(()) }
            });
            let renamed = steps.contains(&WriteStep::Renamed);
            assert_eq!(std::fs::read(&path).unwrap() == large("new "), renamed, "step {at}");
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left lying about");
            match outcome {
                Ok(()) => break,
                Err(e) => assert!(!io::explain_write(&path, &e).contains('('), "{}", io::explain_write(&path, &e)),
            }
        }
    }
}

#[test]
fn a_file_that_may_only_be_read_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parallax");
    let mut app = two_versions();
    app.apply(Action::Save(path.clone()));
    let kept = std::fs::read(&path).unwrap();
    let mut mode = path.metadata().unwrap().permissions();
    mode.set_readonly(true);
    std::fs::set_permissions(&path, mode).unwrap();
    judge_first(&mut app);
    app.apply(Action::Run(Command::Save));
    assert_eq!(toast(&app), "The file can only be read. a.parallax was not saved. The comparison is still open.");
    assert!(app.is_unsaved() && std::fs::read(&path).unwrap() == kept);
}

/// A window that keeps its unsaved work, with two versions in it.
fn keeping(folder: &Path) -> App {
    let mut app = two_versions();
    app.keep_unsaved_in(folder.join("unsaved"));
    app
}

/// Lets the time pass that changes rest before they are kept.
fn rest(app: &mut App) {
    app.keep_unsaved(0.0);
    assert_eq!(app.keep_unsaved(10.0), None);
}

#[test]
fn child_that_dies_with_unsaved_work() {
    let Some((at, folder)) = as_child() else { return };
    let mut app = keeping(&folder);
    for step in 0..at {
        match step {
            0 => {}
            1 => judge_first(&mut app),
            2 => app.apply(Action::Save(folder.join("storm.parallax"))),
            3 => app.apply(Action::SetNote(app.selection.finding.unwrap(), "Ask the council.".into())),
            _ => app.apply(Action::Run(Command::DismissAndStay)),
        }
        rest(&mut app);
    }
    // The thread that writes has a moment; then the process ends as a kill ends it.
    std::thread::sleep(std::time::Duration::from_millis(300));
    std::process::abort();
}

#[test]
fn the_next_window_offers_what_a_killed_one_left() {
    // What is left after so many steps: verdict, note, whether a file is there, whether work is offered.
    let check = |at: usize, verdict: Option<Verdict>, note: &str, saved: bool, offered: bool| {
        let folder = tempfile::tempdir().unwrap();
        assert!(!child("child_that_dies_with_unsaved_work", folder.path(), at));
        let mut app = app();
        app.keep_unsaved_in(folder.path().join("unsaved"));
        assert_eq!(app.left().len(), usize::from(offered), "after {at}");
        let path = folder.path().join("storm.parallax");
        assert_eq!(path.exists(), saved, "after {at}");
        match app.left().first().cloned() {
            Some(left) => {
                assert!(toast(&app).contains("Unsaved work…"));
                assert_eq!((left.versions, left.path.is_some()), (2, saved));
                app.apply(Action::Restore(left.file));
                app.wait();
            }
            None => {
                app.apply(Action::Open(vec![path.clone()]));
                app.wait();
            }
        }
        assert_eq!(app.columns().len(), 2);
        let judgement = app.project.judgements.values().next();
        assert_eq!(judgement.and_then(|j| j.verdict), verdict, "after {at}");
        assert_eq!(judgement.map_or("", |j| j.note.as_str()), note, "after {at}");
        assert_eq!(app.path.is_some(), saved);
        assert_eq!(app.is_unsaved(), offered, "what was restored is still in no file");
        assert!(app.left().is_empty(), "it is offered once");
        if offered {
            app.apply(Action::Save(path));
            rest(&mut app);
            app.finish_keeping(false);
            let kept = std::fs::read_dir(folder.path().join("unsaved")).unwrap();
            let kept = kept.flatten().filter(|e| e.path().extension().is_some_and(|e| e == "unsaved")).count();
            assert_eq!(kept, 0, "saving ends it");
        }
    };
    check(1, None, "", false, true);
    check(2, Some(Verdict::Confirmed), "", false, true);
    check(3, Some(Verdict::Confirmed), "", true, false);
    check(4, Some(Verdict::Confirmed), "Ask the council.", true, true);
    check(5, Some(Verdict::Dismissed), "Ask the council.", true, true);
}

#[test]
fn a_window_that_lives_offers_nothing_and_one_that_closes_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let unsaved = folder.path().join("unsaved");
    let mut one = keeping(folder.path());
    judge_first(&mut one);
    rest(&mut one);
    let mut two = app();
    two.keep_unsaved_in(unsaved.clone());
    assert!(two.left().is_empty(), "the other window is at work on it");
    one.apply(Action::QuitWithoutSaving);
    one.finish_keeping(true);
    drop(one);
    two.keep_unsaved_in(unsaved);
    assert!(two.left().is_empty(), "the person said that it may be lost");
}

#[test]
fn closing_a_comparison_keeps_what_is_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = keeping(folder.path());
    judge_first(&mut app);
    app.apply(Action::Run(Command::OpenSample));
    app.wait();
    rest(&mut app);
    assert_eq!(app.left().len(), 1, "opening another takes nothing away");
    assert_eq!(app.left()[0].judgements, 1);
    app.apply(Action::Run(Command::ShowLeft));
    assert_eq!(app.dialog, Some(Dialog::Left));
    app.apply(Action::Restore(app.left()[0].file.clone()));
    app.wait();
    assert_eq!((app.columns().len(), judged(&app), app.left().len()), (2, 1, 0));
    app.apply(Action::Run(Command::CloseComparison));
    assert_eq!(app.left().len(), 1);
    app.apply(Action::Run(Command::Undo));
    app.wait();
    rest(&mut app);
    assert_eq!((judged(&app), app.left().len()), (1, 0), "undo brings it back, so it is not left any more");
    app.apply(Action::Run(Command::CloseComparison));
    app.apply(Action::ForgetLeft(app.left()[0].file.clone()));
    assert!(app.left().is_empty());
}

#[test]
fn a_folder_that_can_not_be_made_is_told_and_costs_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("unsaved"), "a file in its place").unwrap();
    let mut app = keeping(folder.path());
    judge_first(&mut app);
    rest(&mut app);
    app.keep_unsaved(11.0);
    assert!(toast(&app).ends_with("save the comparison on another disk."), "{}", toast(&app));
    assert_eq!(judged(&app), 1);
}

#[test]
fn what_could_not_be_kept_is_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let unsaved = folder.path().join("unsaved");
    let mut app = keeping(folder.path());
    rest(&mut app);
    let kept = || {
        let files = std::fs::read_dir(&unsaved).into_iter().flatten().flatten();
        files.filter(|e| e.path().extension().is_some_and(|e| e == "unsaved") && !e.file_name().to_string_lossy().starts_with('.')).count()
    };
    // What is written on another thread takes its time.
    let await_that = |holds: &mut dyn FnMut() -> bool| {
        for _ in 0..200 {
            if holds() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("it does not come");
    };
    await_that(&mut || kept() == 1);
    // The disk goes away, and comes back.
    std::fs::rename(&unsaved, folder.path().join("elsewhere")).unwrap();
    judge_first(&mut app);
    app.keep_unsaved(20.0);
    app.keep_unsaved(30.0);
    await_that(&mut || app.keep_unsaved(31.0).is_some_and(|wait| wait > 5.0));
    assert!(toast(&app).ends_with("save the comparison on another disk."), "{}", toast(&app));
    std::fs::create_dir(&unsaved).unwrap();
    app.keep_unsaved(60.0);
    await_that(&mut || kept() == 1);
    await_that(&mut || app.keep_unsaved(61.0).is_none());
}

#[test]
fn each_toast_is_one_of_its_own() {
    let mut app = app();
    app.apply(Action::Say("The disk is full.".into()));
    let first = app.toast.as_ref().unwrap().number;
    app.apply(Action::HideToast);
    app.apply(Action::Say("The disk is full.".into()));
    assert_ne!(app.toast.as_ref().unwrap().number, first, "else the window takes it for one that was seen");
}

#[test]
fn a_broken_setting_costs_itself_alone() {
    use parallax::app::{Settings, ThemeChoice};
    let check = |file: &str, theme: ThemeChoice, text: u16, folder: Option<&str>| {
        let s = Settings::read(file.as_bytes());
        assert_eq!((s.theme, s.text_percent, s.folder.as_deref().and_then(Path::to_str)), (theme, text, folder), "{file}");
    };
    check(r#"{"theme": "dark", "text_percent": 120, "folder": "/a"}"#, ThemeChoice::Dark, 120, Some("/a"));
    check(r#"{"theme": "dark", "text_percent": "large", "folder": "/a"}"#, ThemeChoice::Dark, 100, Some("/a"));
    check(r#"{"theme": "purple", "text_percent": 120, "recent": [{"path": 3}], "folder": "/a"}"#, ThemeChoice::System, 120, Some("/a"));
    check(r#"{"theme": "dark", "text_perc"#, ThemeChoice::System, 100, None);
    check("", ThemeChoice::System, 100, None);
}

#[test]
fn a_second_window_has_a_copy_and_can_not_save_over_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("storm.parallax");
    let mut one = two_versions();
    one.apply(Action::Save(path.clone()));
    let mut two = app();
    two.apply(Action::Open(vec![path.clone()]));
    two.wait();
    assert_eq!((two.path.clone(), two.copy_of.clone()), (None, Some(path.clone())));
    assert_eq!(toast(&two), "storm.parallax is open in another window. This is a copy of it.");
    assert!(two.problems.iter().any(|p| p.text.contains("Save asks for another name.")));
    assert!(!two.is_unsaved() && two.suggested_name().ends_with("-copy.parallax"));
    judge_first(&mut two);
    two.apply(Action::Save(path.clone()));
    let Some(Dialog::Replace(what)) = two.dialog.clone().or_else(|| {
        // The system's own dialog has asked already.
        Some(Dialog::Replace(parallax::app::Write::Comparison { path: path.clone(), quit: false }))
    }) else {
        unreachable!()
    };
    two.apply(Action::Replace(what));
    assert_eq!(
        toast(&two),
        "storm.parallax is open in another window. Choose another name. Nothing was written; the comparison is still open."
    );
    assert!(file::read(&std::fs::read(&path).unwrap()).unwrap().judgements.is_empty());
    two.apply(Action::Save(folder.path().join("mine.parallax")));
    assert_eq!((two.copy_of.clone(), two.is_unsaved()), (None, false));

    // The lock ends with its window, and what a killed window leaves is no lock.
    drop(one);
    std::fs::write(folder.path().join(".~lock.storm.parallax"), "somebody, since yesterday\n").unwrap();
    let mut three = app();
    three.apply(Action::Open(vec![path.clone()]));
    three.wait();
    assert_eq!((three.path.clone(), three.copy_of.clone()), (Some(path), None));
    drop((two, three));
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(names.iter().all(|n| !n.to_string_lossy().starts_with('.')), "{names:?}");
}

#[test]
fn what_another_program_changed_is_not_replaced_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("storm.parallax");
    let mut app = two_versions();
    app.apply(Action::Save(path.clone()));
    judge_first(&mut app);
    app.apply(Action::Run(Command::Save));
    assert_eq!(app.dialog, None, "what this window wrote is its own");
    let theirs = String::from_utf8(std::fs::read(&path).unwrap()).unwrap().replace("\"note\": \"\"", "\"note\": \"Theirs.\"");
    std::fs::write(&path, &theirs).unwrap();
    app.apply(Action::Run(Command::DismissAndStay));
    app.apply(Action::Run(Command::Save));
    let Some(Dialog::Replace(what)) = app.dialog.clone() else { panic!("{:?}", app.dialog) };
    assert_eq!(std::fs::read_to_string(&path).unwrap(), theirs);
    app.apply(Action::Replace(what));
    assert_ne!(std::fs::read_to_string(&path).unwrap(), theirs);
    assert!(!app.is_unsaved());
}

#[test]
fn newer_and_broken_files_are_told_apart_and_stay_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut whole = two_versions();
    let path = folder.path().join("storm.parallax");
    whole.apply(Action::Save(path.clone()));
    let text = std::fs::read_to_string(&path).unwrap();
    drop(whole);
    let check = |bytes: String, words: &str| {
        std::fs::write(&path, &bytes).unwrap();
        let mut app = app();
        app.apply(Action::Open(vec![path.clone()]));
        app.wait();
        assert!(app.project.entries.is_empty() && app.path.is_none());
        assert!(app.problems[0].text.contains(words), "{:?}", app.problems);
        app.apply(Action::Run(Command::OpenSample));
        app.wait();
        app.apply(Action::TakePath(PathFor::Save { quit: false }, path.display().to_string()));
        assert!(matches!(app.dialog, Some(Dialog::Replace(_))), "it is not overwritten unasked");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), bytes);
    };
    check(text.replace("parallax.comparison/1", "parallax.comparison/2"), "newer Parallax");
    check(text[..text.len() / 2].to_owned(), "damaged");
    check(text.replace("\"columns\"", "\"pillars\""), "damaged");
    check(text.replacen('{', "[", 1), "damaged");
    check(String::new(), "damaged");
}

const MORNING: &str = "Storm floods harbour town\n\nThe storm flooded 120 houses in Lowmere on Monday, the council said.\n\nThe old bridge over the Tamm stays shut for two weeks.\n";
const EVENING: &str = "Storm floods harbour town\n\nThe storm flooded 310 houses in Lowmere on Monday, the council said.\n\nThe old bridge over the Tamm stays shut for two weeks.\n";

/// Two versions that differ in the number of houses, with that difference judged.
fn houses(verdict: Command) -> App {
    let mut app = app();
    paste(&mut app, "Morning Gazette", MORNING);
    paste(&mut app, "Evening Courier", EVENING);
    app.apply(Action::Run(Command::FirstDifference));
    let first = app.selected().unwrap();
    assert!(app.analysis.findings[first.ix()].why.contains("120"), "{}", app.analysis.findings[first.ix()].why);
    app.apply(Action::Run(verdict));
    app
}

fn said_of_houses(app: &App) -> Option<Verdict> {
    let finding = app.analysis.findings.iter().find(|f| f.why.contains("120"))?;
    app.project.judgements.get(&finding.id).and_then(|j| j.verdict)
}

#[test]
fn judgements_go_with_their_difference_when_versions_come_and_go() {
    let mut app = houses(Command::ConfirmAndStay);
    let id = *app.project.judgements.keys().next().unwrap();
    let judgement = &app.project.judgements[&id];
    assert!(judgement.by == io::user() && judgement.at.is_some() && judgement.about.is_some());
    paste(&mut app, "Night Post", &EVENING.replace("Tamm stays", "Tamm remains"));
    assert!(!app.project.judgements.contains_key(&id), "the difference has another id now");
    assert_eq!(said_of_houses(&app), Some(Verdict::Confirmed));
    let added = app.key(2usize.into());
    app.apply(Action::Remove(added));
    app.wait();
    assert_eq!(said_of_houses(&app), Some(Verdict::Confirmed));
    assert!(app.unfit().is_empty());
}

#[test]
fn judgements_go_with_their_difference_when_a_text_is_edited() {
    let mut app = houses(Command::DismissAndStay);
    let key = app.key(0usize.into());
    let Some(Dialog::Edit { article, .. }) = app.edit_dialog(key) else { panic!() };
    let text = article.text.replace("two weeks", "three weeks");
    app.apply(Action::EditVersion(key, PastedArticle { text, ..article }));
    app.wait();
    assert_eq!(said_of_houses(&app), Some(Verdict::Dismissed));
}

#[test]
fn a_dismissal_does_not_hide_what_is_new() {
    let mut app = houses(Command::DismissAndStay);
    paste(&mut app, "Night Post", &EVENING.replace("310", "500"));
    assert_eq!(said_of_houses(&app), None, "nobody has seen the 500 yet");
    assert_eq!(app.unfit().len(), 1);
    assert!(app.unfit()[0].1.in_words().starts_with("Dismissed: “"), "{}", app.unfit()[0].1.in_words());
}

#[test]
fn what_no_longer_fits_is_listed_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("storm.parallax");
    let mut app = houses(Command::ConfirmAndStay);
    let key = app.key(0usize.into());
    let Some(Dialog::Edit { article, .. }) = app.edit_dialog(key) else { panic!() };
    app.apply(Action::EditVersion(key, PastedArticle { text: article.text.replace("120", "310"), ..article }));
    app.wait();
    assert_eq!(app.unfit().len(), 1);
    app.apply(Action::Save(path.clone()));
    drop(app);
    let mut again = self::app();
    again.apply(Action::Open(vec![path]));
    again.wait();
    let unfit: Vec<_> = again.unfit().iter().map(|(id, _)| *id).collect();
    assert_eq!(unfit.len(), 1, "saved and opened, it is still there");
    again.apply(Action::Run(Command::ShowUnfit));
    assert_eq!(again.dialog, Some(Dialog::Unfit));
    again.apply(Action::DropJudgement(unfit[0]));
    assert!(again.unfit().is_empty());
    again.apply(Action::Run(Command::Undo));
    assert_eq!(again.unfit().len(), 1);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, ..Default::default() })]

    #[test]
    fn a_comparison_file_gives_back_what_went_in(t in proptest::collection::vec(super::report::hostile(), 4)) {
        let mut project = two_versions().project;
        project.title.clone_from(&t[0]);
        project.entries[0].outlet = Some(t[1].clone());
        let judgement = parallax::project::Judgement { verdict: None, note: t[2].clone(), by: Some(t[3].clone()), ..Default::default() };
        project.judgements.insert(parallax::base::ContentId(7), judgement);
        let bytes = file::write(&project);
        proptest::prop_assert!(file::is_comparison(&bytes));
        proptest::prop_assert_eq!(file::read(&bytes).unwrap(), project);
    }
}
