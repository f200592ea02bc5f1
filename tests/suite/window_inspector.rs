//! The inspector and its judgements, driven by names.

use super::window::{labels, open_sample, place, sample, window};
use egui::Key;
use egui_kittest::kittest::Queryable;
use parallax::app::{Action, Command, Dialog};
use parallax::base::FindingIx;
use parallax::compare::FindingKind;

/// Selects the first finding of a kind.
fn select(app: &mut parallax::app::App, kind: FindingKind) -> FindingIx {
    let at = app.analysis.findings.iter().position(|f| f.kind == kind).expect("the sample has every kind");
    app.apply(Action::Select { finding: app.analysis.findings[at].id, version: None });
    FindingIx::from(at)
}

#[test]
fn a_reworded_quote_is_shown_word_by_word_against_another_reading() {
    let mut app = sample();
    select(&mut app, FindingKind::QuoteAltered);
    let mut h = window(app, 1440.0, 900.0);
    let against = |h: &_| labels(h).into_iter().find(|l| l.starts_with("reading 2 of ")).expect("a second reading");
    assert!(against(&h).contains("; against reading ") && against(&h).contains(": with “"), "{}", against(&h));
    let choice = labels(&h).into_iter().find(|l| l.starts_with("Words against: reading ")).expect("the fullest reading is chosen");
    h.get_by_label(&choice).click();
    h.run();
    h.get_by_label("none").click();
    h.run();
    assert!(!against(&h).contains("against"), "{}", against(&h));
}

#[test]
fn values_are_shown_against_each_other_by_their_sentences() {
    let mut app = sample();
    select(&mut app, FindingKind::DetailConflict);
    let mut h = window(app, 1440.0, 900.0);
    assert!(labels(&h).iter().all(|l| !l.contains("; against reading")));
    h.get_by_label("Words against: none").click();
    h.run();
    h.get_by_label("reading 2").click();
    h.run();
    assert!(labels(&h).iter().any(|l| l.starts_with("reading 1 of ") && l.contains("; against reading 2:")));
}

#[test]
fn more_of_the_text_around_the_words_can_be_shown() {
    let mut app = sample();
    select(&mut app, FindingKind::DetailConflict);
    let mut h = window(app, 1440.0, 900.0);
    for (from, to) in [("a line", "paragraph"), ("paragraph", "each version")] {
        h.get_by_label(&format!("Show: {from}")).click();
        h.run();
        h.get_by_label(to).click();
        h.run();
    }
    h.get_by_label("Show: each version");
}

#[test]
fn splitting_apart_and_taking_it_back() {
    let mut app = sample();
    let finding = select(&mut app, FindingKind::DetailConflict);
    let before = app.analysis.passages.clone();
    let passage = app.analysis.findings[finding.ix()].passage.expect("a conflict lies in a passage");
    let sentence = *app.sentences_of(passage).last().expect("it has sentences");
    let mut h = window(app, 1440.0, 900.0);
    h.get_by_label("More judgements").click();
    h.run();
    h.get_by_label("Split apart…").click();
    h.run();
    assert!(matches!(h.state().app.dialog, Some(Dialog::SplitApart { .. })));
    let boxes: Vec<String> =
        labels(&h).into_iter().filter(|l| l.len() > 3 && l.as_bytes()[1] == b':' && l.as_bytes()[0].is_ascii_uppercase()).collect();
    h.get_by_label(boxes.last().expect("a box a sentence")).click();
    h.run();
    h.get_all_by_label("Split apart").last().expect("the form's button").click();
    h.run();
    h.state_mut().app.wait();
    h.run();
    let app = &h.state().app;
    let version = app.version_ix(sentence.version).expect("it is there");
    let holders = app.analysis.passages_at(version, sentence.range.start);
    assert_eq!(holders.len(), 1);
    let alone = &app.analysis.passages[holders[0].ix()];
    assert_eq!(alone.members.len(), 1, "the sentence stands alone");
    assert_eq!(app.undo_labels().0, Some("Split apart"));
    h.state_mut().app.apply(Action::Run(Command::Undo));
    h.state_mut().app.wait();
    assert_eq!(h.state().app.analysis.passages, before);
}

#[test]
fn pinning_together_joins_two_passages_for_good() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pinned.parallax");
    let mut app = sample();
    select(&mut app, FindingKind::DetailConflict);
    let mut h = window(app, 1440.0, 900.0);
    h.state_mut().app.apply(Action::Run(Command::PinTogether));
    h.run();
    h.get_by_label("Find a passage").type_text("river");
    h.run();
    let n = h.state().app.analysis.passages.len();
    // They are looked for on a thread of its own.
    let listed = |h: &_| labels(h).into_iter().find(|l| l.starts_with("pin with "));
    for _ in 0..500 {
        if listed(&h).is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        h.run();
    }
    let other = listed(&h).expect("a passage on a river");
    h.get_all_by_label(&other).next().expect("it is listed").click();
    h.run();
    h.state_mut().app.wait();
    h.run();
    let app = &mut h.state_mut().app;
    assert_eq!(app.analysis.passages.len(), n - 1);
    let by_hand =
        |app: &parallax::app::App| app.analysis.passages.iter().filter(|p| p.why.iter().any(|w| w == "Pinned together by hand")).count();
    assert_eq!(by_hand(app), 1);
    assert!(app.selected_passage().is_some(), "something stays selected");
    app.apply(Action::Save(path.clone()));

    let mut again = super::window::empty();
    again.apply(Action::Open(vec![path]));
    again.wait();
    assert_eq!(by_hand(&again), 1, "it is kept with the comparison");
    let joined = again.analysis.passages.iter().find(|p| p.why.iter().any(|w| w == "Pinned together by hand")).expect("it is there");
    again.apply(Action::SelectPassage(joined.id));
    again.apply(Action::Run(Command::ClearJudgement));
    again.wait();
    assert_eq!(by_hand(&again), 0);
    assert_eq!(again.analysis.passages.len(), n);
}

#[test]
fn c_and_x_do_not_reach_through_a_form() {
    let mut h = open_sample();
    h.key_press(Key::F8);
    h.run();
    h.key_press(Key::N);
    h.run();
    h.event(egui::Event::Text("xc".into()));
    h.run();
    assert_eq!(place(&h), Some(1));
    assert_eq!(h.state().app.judged_count(), 0);
}
