//! The window, driven by the names that assistive technology hears. Needs neither display nor GPU.

use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use parallax::app::{Action, App, Command, Dialog, ExportFormat, ExportRequest, ExportSort, Settings, ThemeChoice, View};
use parallax::compare::FilterGroup;
use parallax::gui::{self, Window};
use std::sync::Arc;

pub fn window(app: App, width: f32, height: f32) -> Harness<'static, Window> {
    let mut h = Harness::builder()
        .with_size(vec2(width, height))
        .with_max_steps(400)
        .allow_missing_glyphs()
        .with_context_setup(gui::set_up)
        .build_ui_state(|ui, w: &mut Window| w.ui(ui), Window::bare(app));
    h.run();
    h
}

pub fn empty() -> App {
    App::new(Settings { reduced_motion: true, ..Settings::default() }, Arc::new(|| {}))
}

pub fn sample() -> App {
    let mut app = empty();
    app.apply(Action::Run(Command::OpenSample));
    app.wait();
    app
}

/// The sample in a window of the usual size.
pub fn open_sample() -> Harness<'static, Window> {
    window(sample(), 1440.0, 900.0)
}

pub fn place(h: &Harness<'static, Window>) -> Option<usize> {
    h.state().app.place().0
}

/// What is collected at each node of what assistive technology meets, in its order.
pub fn at_each_node(h: &Harness<'static, Window>, collect: impl Fn(&Node<'_>, &mut Vec<String>)) -> Vec<String> {
    fn walk(node: &Node<'_>, collect: &impl Fn(&Node<'_>, &mut Vec<String>), out: &mut Vec<String>) {
        collect(node, out);
        node.children().for_each(|child| walk(&child, collect, out));
    }
    let mut out = Vec::new();
    walk(&h.root(), &collect, &mut out);
    out
}

pub fn labels(h: &Harness<'static, Window>) -> Vec<String> {
    at_each_node(h, |node, out| out.extend(node.accesskit_node().label()))
}

/// The first label with such a start, as soon as it is there: what is looked for on another thread takes its time.
pub fn await_label(h: &mut Harness<'static, Window>, start: &str) -> String {
    for _ in 0..1000 {
        if let Some(label) = labels(h).into_iter().find(|l| l.starts_with(start)) {
            return label;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        h.run();
    }
    panic!("nothing starts with {start}");
}

#[test]
fn the_empty_window_opens_the_sample() {
    let mut h = window(empty(), 1440.0, 900.0);
    h.get_by_label("One event, every outlet’s angle");
    h.get_by_label("Open sample event").click();
    h.run();
    h.state_mut().app.wait();
    h.run();
    assert_eq!(h.state().app.analysis.versions.len(), 6);
    h.get_by_label("version A, The Harbour Post");
}

#[test]
fn next_and_previous_by_button_and_key() {
    let mut h = open_sample();
    let n = h.state().app.shown().len();
    assert!(n > 3, "the sample has differences");
    h.get_by_label("Next difference").click();
    h.run();
    assert_eq!(place(&h), Some(1));
    h.get_by_label(&format!("difference 1 of {n}"));
    h.key_press(Key::F8);
    h.run();
    h.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    h.run();
    assert_eq!(place(&h), Some(3));
    h.key_press(Key::F7);
    h.run();
    assert_eq!(place(&h), Some(2));
    h.key_press_modifiers(Modifiers::ALT, Key::End);
    h.run();
    assert_eq!(place(&h), Some(n));
    h.get_by_label("Previous difference").click();
    h.run();
    assert_eq!(place(&h), Some(n - 1));
}

#[test]
fn a_row_of_the_strip_selects_and_the_inspector_names_it() {
    let mut h = open_sample();
    h.get_by_label_contains("difference 2, ").click();
    h.run();
    assert_eq!(place(&h), Some(2));
    let finding = h.state().app.selected().expect("something is selected");
    let (kind, title) = {
        let f = &h.state().app.analysis.findings[finding.ix()];
        (f.kind.label().to_lowercase(), f.title.clone())
    };
    h.get_by_label(&format!("selected difference, {kind}, {title}"));
}

#[test]
fn a_mark_in_the_text_selects_its_finding() {
    let mut h = open_sample();
    let n = h.state().app.shown().len();
    let name = labels(&h).into_iter().find(|l| l.contains(&format!(" of {n}, reading "))).expect("a mark is in sight");
    h.get_all_by_label(&name).next().expect("it is there").click_accesskit();
    h.run();
    let at = place(&h).expect("a finding is selected");
    assert!(name.contains(&format!("difference {at} of {n}")), "{name} selected difference {at}");
}

#[test]
fn chips_filter_and_reset() {
    let mut h = open_sample();
    let all = h.state().app.shown().len();
    let group =
        FilterGroup::ALL.into_iter().find(|g| *g != FilterGroup::Wording && h.state().app.count(*g) > 0).expect("a kind with findings");
    let n = h.state().app.count(group);
    let chip = labels(&h).into_iter().find(|l| l.starts_with("show ") && l.ends_with(&format!(", {n}, on"))).expect("its chip is on");
    h.get_by_label(&chip).click();
    h.run();
    assert_eq!(h.state().app.shown().len(), all - n);
    h.get_by_label("Reset").click();
    h.run();
    assert_eq!(h.state().app.shown().len(), all);
    h.get_by_label(&chip).click_modifiers(Modifiers::COMMAND);
    h.run();
    assert_eq!(h.state().app.shown().len(), n);
}

#[test]
fn every_view_shows_and_keeps_the_selection() {
    let mut h = open_sample();
    h.key_press(Key::F8);
    h.run();
    let selected = h.state().app.selection.finding;
    for view in View::ALL {
        h.get_by_label(view.label()).click();
        h.run();
        assert_eq!(h.state().app.view, view);
        assert_eq!(h.state().app.selection.finding, selected, "{}", view.label());
    }
    for (digit, view) in [(Key::Num2, View::Passages), (Key::Num1, View::SideBySide)] {
        h.key_press_modifiers(Modifiers::COMMAND, digit);
        h.run();
        assert_eq!(h.state().app.view, view);
    }
}

#[test]
fn confirm_goes_on_and_undo_takes_it_back() {
    let mut h = open_sample();
    h.key_press(Key::F8);
    h.run();
    let first = h.state().app.selected().expect("selected");
    h.key_press(Key::C);
    h.run();
    assert!(h.state().app.is_confirmed(first));
    assert_eq!(place(&h), Some(2));
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    h.run();
    assert!(!h.state().app.is_confirmed(first));
}

#[test]
fn find_looks_in_all_versions() {
    let mut h = open_sample();
    h.key_press_modifiers(Modifiers::COMMAND, Key::F);
    h.run();
    h.get_by_label("Find").type_text("border");
    h.run();
    assert_eq!(h.state().app.find.query, "border");
    let n = h.state().app.find.matches.len();
    assert!(n > 2);
    h.key_press(Key::F3);
    h.run();
    assert_eq!(h.state().app.find.current, Some(0));
    h.key_press(Key::Escape);
    h.run();
    assert!(!h.state().app.find.open);
}

#[test]
fn the_palette_runs_commands() {
    let mut h = open_sample();
    h.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    h.run();
    h.get_by_label("Command, difference or words").type_text("dark th");
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().app.settings.theme, ThemeChoice::Dark);
    assert_eq!(h.state().app.dialog, None);
}

#[test]
fn the_sheet_of_keys_opens_and_closes() {
    let mut h = open_sample();
    h.key_press(Key::Questionmark);
    h.run();
    assert_eq!(h.state().app.dialog, Some(Dialog::Keys));
    h.get_by_label("Close");
    h.key_press(Key::Escape);
    h.run();
    assert_eq!(h.state().app.dialog, None);
}

#[test]
fn text_is_selected_and_copied() {
    let mut h = open_sample();
    let column = h.get_by_label("version A, The Harbour Post").rect();
    let from = column.left_top() + vec2(24.0, 26.0);
    h.hover_at(from);
    h.run();
    h.drag_at(from);
    h.run();
    h.hover_at(from + vec2(60.0, 40.0));
    h.run();
    h.hover_at(from + vec2(120.0, 90.0));
    h.run();
    h.drop_at(from + vec2(120.0, 90.0));
    h.run();
    h.event(Event::Copy);
    h.step();
    let copied = h.output().platform_output.commands.iter().find_map(|c| match c {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.expect("something was copied");
    assert!(copied.starts_with("Pyongyang"), "{copied}");
}

#[test]
fn columns_are_hidden_and_brought_back() {
    let mut h = open_sample();
    h.get_by_label("menu of The Harbour Post").click();
    h.run();
    h.get_by_label("Hide").click();
    h.run();
    assert_eq!(h.state().app.columns().len(), 5);
    assert!(h.query_by_label("version A, The Harbour Post").is_none());
    h.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    h.run();
    assert_eq!(h.state().app.columns().len(), 6);
}

#[test]
fn a_pasted_article_becomes_a_version() {
    let mut h = window(empty(), 1000.0, 800.0);
    h.get_by_label("Paste text").click();
    h.run();
    for (field, words) in [("Outlet", "Morning Gazette"), ("Published", "2024-03-12"), ("Headline", "Storm floods harbour town")] {
        h.get_by_label(field).focus();
        h.run();
        h.get_by_label(field).type_text(words);
        h.run();
    }
    h.get_by_label("Text").focus();
    h.run();
    h.get_by_label("Text").type_text("The storm flooded 120 houses in Lowmere on Monday night.");
    h.run();
    h.get_by_label("Add version").click();
    h.run();
    h.state_mut().app.wait();
    h.run();
    assert_eq!(h.state().app.analysis.versions.len(), 1);
    h.get_by_label("version A, Morning Gazette");
}

#[test]
fn a_report_is_exported() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.json");
    let mut h = open_sample();
    h.key_press_modifiers(Modifiers::COMMAND, Key::E);
    h.run();
    let Some(Dialog::Export(proposed)) = &h.state().app.dialog else { panic!("a form for the export") };
    assert_eq!(proposed.path.file_name().unwrap(), "border-pledge-north-korea.html");
    let request = ExportRequest {
        sort: ExportSort::Report,
        format: ExportFormat::Json,
        path: path.clone(),
        wording: true,
        dismissed: true,
        without_notes: false,
        shown_kinds: false,
    };
    h.state_mut().app.apply(Action::SetDialog(Some(Dialog::Export(request))));
    h.run();
    h.get_all_by_label("Export").last().expect("the form's button").click();
    h.run();
    let text = std::fs::read_to_string(&path).expect("the report is there");
    assert!(text.contains("parallax.report/1"));
    let outcome = parallax::report::verify::check(&parallax::report::verify::read(&text).unwrap(), &crate::verify::sample_files());
    assert!(outcome.holds(), "{outcome:#?}");
}

#[test]
fn a_narrow_window_folds_its_bars() {
    let mut h = window(sample(), 900.0, 700.0);
    h.get_by_label("view: Side by side");
    h.key_press(Key::F8);
    h.run();
    assert!(labels(&h).iter().any(|l| l.starts_with("selected difference, ")), "the drawer names the selection");
    h.get_by_label("Later versions").click();
    h.run();
    assert!(h.query_by_label("version A, The Harbour Post").is_none());
}

#[test]
fn tiny_and_huge_windows_draw() {
    for (w, height) in [(640.0, 480.0), (320.0, 200.0), (2560.0, 1440.0)] {
        let mut h = window(sample(), w, height);
        for view in View::ALL {
            h.state_mut().app.apply(Action::Show(view));
            h.run();
        }
    }
}

#[test]
fn dropped_files_are_opened() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/meridian-wire.txt");
    let mut h = window(empty(), 1440.0, 900.0);
    h.state_mut().app.apply(Action::Open(vec![file]));
    h.state_mut().app.wait();
    h.run();
    h.get_by_label("version A, Meridian Wire");
}

#[test]
fn views_step_through_what_they_list() {
    let mut h = open_sample();
    h.state_mut().app.apply(Action::Show(View::Quotes));
    h.run();
    let quotes: usize = h.state().app.count(FilterGroup::Quotes);
    assert!(quotes > 1);
    for i in 1..=quotes {
        h.key_press(Key::F8);
        h.run();
        assert_eq!(h.state().app.place(), (Some(i), quotes));
        let app = &h.state().app;
        let selected = app.selected().expect("a step selects");
        assert_eq!(app.analysis.findings[selected.ix()].kind.group(), FilterGroup::Quotes);
        // The row of the list in front holds what is counted.
        h.get_by_label(&format!("difference {i} of {quotes}"));
    }
    h.key_press(Key::ArrowUp);
    h.run();
    assert_eq!(h.state().app.place(), (Some(quotes - 1), quotes), "arrows step through a list");
    h.state_mut().app.apply(Action::Show(View::Details));
    h.run();
    assert_eq!(h.state().app.place().0, None, "a quote is no detail");
    let details = |f: &&parallax::compare::Finding| f.kind.group() == FilterGroup::Conflict;
    let conflicts = format!("Conflict, {}, open", h.state().app.analysis.findings.iter().filter(details).count());
    h.get_by_label(&conflicts).click();
    h.run();
    h.key_press_modifiers(Modifiers::ALT, Key::Home);
    h.run();
    let app = &h.state().app;
    assert_eq!((app.place().0, app.selected()), (Some(1), app.stepped().first().copied()));
    h.get_by_label(&conflicts);
}

#[test]
fn what_was_dismissed_has_a_filter() {
    let mut h = open_sample();
    let n = h.state().app.shown().len();
    h.key_press(Key::F8);
    h.run();
    h.key_press(Key::X);
    h.run();
    assert_eq!(h.state().app.shown().len(), n - 1);
    h.get_by_label("show dismissed, 1, off").click();
    h.run();
    assert_eq!(h.state().app.shown().len(), n);
    h.get_by_label("show dismissed, 1, on");
}

#[test]
fn the_inspector_says_why_at_the_right_and_below() {
    for (width, height) in [(1440.0, 900.0), (900.0, 700.0)] {
        let mut h = window(sample(), width, height);
        for _ in 0..h.state().app.shown().len() {
            h.key_press(Key::F8);
            h.run();
            let app = &h.state().app;
            let why = &app.analysis.findings[app.selected().expect("a step selects").ix()].why;
            assert!(h.query_all_by_label_contains(why).next().is_some(), "at {width}: {why}");
        }
        // It is closed and opened by a button that stays where it is.
        h.get_by_label("Inspector").click();
        h.run();
        assert!(h.query_by_label_contains("selected difference").is_none());
        h.get_by_label("Inspector").click();
        h.run();
        h.get_by_label_contains("selected difference");
    }
}

#[test]
fn articles_are_read_aloud() {
    let h = open_sample();
    let version = h.state().app.version(0usize.into());
    let block = version.document.blocks.iter().find(|b| b.kind == parallax::source::BlockKind::Paragraph).expect("it has paragraphs");
    h.get_by_label(&version.slice(block.range).replace('\n', " "));
}

#[test]
fn larger_text_keeps_the_selection_in_view() {
    let mut h = open_sample();
    for _ in 0..7 {
        h.key_press(Key::F8);
        h.run();
    }
    let selected = h.state().app.selected().expect("a step selects");
    for command in [Command::TextLarger; 8].into_iter().chain([Command::ToggleProjector, Command::ToggleFitColumns, Command::TextNormal]) {
        h.state_mut().app.apply(Action::Run(command));
        h.run();
        let of = format!(", difference {} of ", h.state().app.place().0.expect("it stays selected"));
        assert!(labels(&h).iter().any(|l| l.contains(&of)), "no mark of it is in view after {command:?}");
        assert_eq!(h.state().app.selected(), Some(selected));
    }
}
