//! Forms over the window, driven by names and keys.

use super::window::{await_label, empty, labels, open_sample, sample, window};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use parallax::app::{Action, Command, Dialog, ExportFormat, ExportRequest, ExportSort, PastedArticle, PathFor, View};
use parallax::gui::Window;

/// The name of what has the keyboard.
pub fn focused(h: &Harness<'static, Window>) -> String {
    fn find(node: &Node<'_>) -> Option<String> {
        if node.accesskit_node().is_focused() {
            return node.accesskit_node().label();
        }
        node.children().find_map(|child| find(&child))
    }
    find(&h.root()).unwrap_or_default()
}

/// Walks with Tab from the start and says what has the focus after each step.
fn walk(h: &mut Harness<'static, Window>, steps: usize) -> Vec<String> {
    (0..steps)
        .map(|_| {
            h.key_press(Key::Tab);
            h.run();
            focused(h)
        })
        .collect()
}

#[test]
fn ctrl_v_without_text_opens_the_empty_form() {
    let mut h = window(empty(), 1000.0, 800.0);
    let release = |pressed| egui::Event::Key { key: Key::V, physical_key: None, pressed, repeat: false, modifiers: Modifiers::COMMAND };
    h.event(release(false));
    h.run();
    assert_eq!(h.state().app.dialog, Some(Dialog::Paste(PastedArticle::default())));
    h.key_press(Key::Escape);
    h.run();
    h.event(egui::Event::Paste("Words from elsewhere".into()));
    h.run();
    h.event(release(false));
    h.run();
    assert!(matches!(&h.state().app.dialog, Some(Dialog::Paste(a)) if a.text == "Words from elsewhere"));
}

#[test]
fn a_click_beside_a_form_closes_it_only_while_it_is_empty() {
    let mut h = window(empty(), 1000.0, 800.0);
    let beside = egui::pos2(20.0, 400.0);
    let click = |h: &mut Harness<'static, Window>| {
        h.hover_at(beside);
        h.run();
        h.drag_at(beside);
        h.run();
        h.drop_at(beside);
        h.run();
    };
    h.state_mut().app.apply(Action::Run(Command::PasteText));
    h.run();
    h.get_by_label("Text").type_text("Half an article");
    h.run();
    click(&mut h);
    assert!(matches!(&h.state().app.dialog, Some(Dialog::Paste(a)) if a.text == "Half an article"));
    h.get_by_label("Discard").click();
    h.run();
    assert_eq!(h.state().app.dialog, None);
    h.state_mut().app.apply(Action::Run(Command::PasteText));
    h.run();
    click(&mut h);
    assert_eq!(h.state().app.dialog, None);
}

#[test]
fn enter_exports_and_asks_before_it_replaces() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.json");
    let mut h = open_sample();
    let request = ExportRequest {
        sort: ExportSort::Report,
        format: ExportFormat::Json,
        path: path.clone(),
        wording: false,
        dismissed: false,
        without_notes: false,
        shown_kinds: false,
    };
    for round in 0..2 {
        h.state_mut().app.apply(Action::SetDialog(Some(Dialog::Export(request.clone()))));
        h.run();
        h.key_press(Key::Enter);
        h.run();
        assert!(path.exists());
        assert_eq!(matches!(h.state().app.dialog, Some(Dialog::Replace(_))), round == 1);
    }
    h.get_by_label("report.json exists. Replace it?");
    h.get_by_label("Replace").click();
    h.run();
    assert_eq!(h.state().app.dialog, None);
}

#[test]
fn keys_choose_a_passage_to_pin() {
    let mut h = open_sample();
    h.key_press(Key::F8);
    h.run();
    h.state_mut().app.apply(Action::Run(Command::PinTogether));
    h.run();
    let n = h.state().app.analysis.passages.len();
    await_label(&mut h, "pin with ");
    h.key_press(Key::ArrowDown);
    h.run();
    h.key_press(Key::Enter);
    h.run();
    h.state_mut().app.wait();
    h.run();
    assert_eq!(h.state().app.dialog, None);
    assert_eq!(h.state().app.analysis.passages.len(), n - 1);
}

#[test]
fn ctrl_enter_saves_a_note() {
    let mut h = open_sample();
    h.key_press(Key::F8);
    h.run();
    h.key_press(Key::N);
    h.run();
    h.event(egui::Event::Text("Ask the ministry".into()));
    h.run();
    h.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    h.run();
    let app = &h.state().app;
    assert_eq!(app.dialog, None);
    let finding = app.selected().expect("it stays selected");
    assert_eq!(app.judgement(finding).map(|j| j.note.as_str()), Some("Ask the ministry"));
}

#[test]
fn tab_goes_as_the_eye_does() {
    let mut h = open_sample();
    let names = walk(&mut h, 10);
    let at = |name: &str| names.iter().position(|n| n == name).unwrap_or_else(|| panic!("{name} is not among {names:?}"));
    assert!(at("Find or run") < at("Add version") && at("Add version") < at("Export"), "{names:?}");
    h.key_press(Key::F8);
    h.run();
    h.key_press(Key::N);
    h.run();
    assert_eq!(walk(&mut h, 2), ["Cancel", "Save"]);
}

#[test]
fn a_path_can_be_typed_where_the_system_has_no_dialog() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.parallax");
    let mut h = open_sample();
    let why = "The system shows no file dialog.".to_owned();
    h.state_mut().app.apply(Action::AskForPath(PathFor::Save { quit: false }, why));
    h.run();
    h.get_by_label_contains("The system shows no file dialog.");
    h.state_mut().app.apply(Action::SetDialog(Some(Dialog::Path {
        purpose: PathFor::Save { quit: false },
        path: path.display().to_string(),
        why: String::new(),
    })));
    h.run();
    h.get_by_label("Save").click();
    h.run();
    assert!(path.exists());
}

#[test]
fn the_edit_menu_says_what_is_undone() {
    let mut h = open_sample();
    h.key_press(Key::F8);
    h.run();
    h.key_press(Key::C);
    h.run();
    h.get_by_label("Edit").click();
    h.run();
    assert!(labels(&h).iter().any(|l| l.starts_with("Undo: Confirm")));
}

#[test]
fn a_match_out_of_sight_brings_its_column() {
    for view in [View::SideBySide, View::Details, View::Passages] {
        let mut h = window(sample(), 900.0, 700.0);
        h.state_mut().app.apply(Action::Show(view));
        h.run();
        let outlet = "version F, International Business Times";
        assert!(h.query_by_label(outlet).is_none(), "six columns do not fit");
        let app = &mut h.state_mut().app;
        app.apply(Action::SetFind { query: "hampered".into(), case: false, whole_word: true });
        assert!(!app.find.matches.is_empty() && app.find.matches.iter().all(|m| m.version.letter() == "F"));
        app.apply(Action::Run(Command::FindNext));
        h.run();
        h.get_by_label(outlet);
    }
}

#[test]
fn an_added_version_comes_into_sight() {
    let mut h = open_sample();
    let text = "Storm\n\nThe storm flooded 120 houses.".to_owned();
    let article = PastedArticle { outlet: "Morning Gazette".into(), text, ..PastedArticle::default() };
    h.state_mut().app.apply(Action::AddPasted(article));
    h.state_mut().app.wait();
    h.run();
    h.get_by_label("version G, Morning Gazette");
}

#[test]
fn a_hidden_column_leaves_a_way_back() {
    let mut h = open_sample();
    let key = h.state().app.key(h.state().app.columns()[1]);
    h.state_mut().app.apply(Action::SetHidden(key, true));
    for view in View::ALL {
        h.state_mut().app.apply(Action::Show(view));
        h.run();
        h.get_by_label("1 column hidden, show");
    }
    h.get_by_label("1 column hidden, show").click();
    h.run();
    assert_eq!(h.state().app.columns().len(), 6);
}

#[test]
fn the_projector_enlarges_everything() {
    let mut h = open_sample();
    h.state_mut().app.apply(Action::Run(Command::ToggleProjector));
    h.run();
    assert!(h.ctx.zoom_factor() > 1.3);
    h.state_mut().app.apply(Action::Run(Command::ToggleProjector));
    h.run();
    assert_eq!(h.ctx.zoom_factor(), 1.0);
}

#[test]
fn the_columns_of_a_narrow_table_can_be_reached() {
    let mut h = window(sample(), 900.0, 700.0);
    h.state_mut().app.apply(Action::Show(View::Details));
    h.run();
    for _ in 0..2 {
        h.get_by_label("Later versions").click();
        h.run();
    }
    h.get_by_label("version F, International Business Times");
}

#[test]
fn shared_copy_is_shown_in_a_narrow_overview() {
    let mut h = window(sample(), 900.0, 700.0);
    h.state_mut().app.apply(Action::Show(View::Overview));
    h.run();
    h.get_by_label("Show: order of telling").click();
    h.run();
    h.get_by_label("shared copy").click();
    h.run();
    assert!(labels(&h).iter().any(|l| l.contains("shared by")), "{:?}", labels(&h));
}

#[test]
fn a_worksheet_is_chosen_in_the_export_form() {
    let mut h = open_sample();
    h.state_mut().app.apply(Action::Run(Command::Export));
    h.run();
    h.get_by_label("JSON").click();
    h.run();
    h.get_by_label("Worksheet").click();
    h.run();
    let request = |h: &egui_kittest::Harness<'static, parallax::gui::Window>| match &h.state().app.dialog {
        Some(Dialog::Export(request)) => request.clone(),
        other => panic!("{other:?}"),
    };
    let sheet = request(&h);
    assert_eq!((sheet.sort, sheet.format), (ExportSort::Worksheet, ExportFormat::Html), "a worksheet is no JSON");
    assert!(sheet.path.ends_with("border-pledge-north-korea-worksheet.html"), "{}", sheet.path.display());
    assert!(h.query_by_label("JSON").is_none() && h.query_by_label("With notes").is_none());
    h.get_by_label("Answer key").click();
    h.run();
    assert!(request(&h).path.ends_with("border-pledge-north-korea-key.html"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("key.docx");
    let key = ExportRequest { format: ExportFormat::Docx, path: path.clone(), ..request(&h) };
    h.state_mut().app.apply(Action::Export(key));
    assert!(std::fs::read(path).expect("it was written").starts_with(b"PK"));
}
