//! Texts in all scripts in the window. No font of the system is there in tests, so letters beyond the shipped faces are boxes; what
//! is said of that, and that nothing breaks, is what is looked at.

use super::app::paste;
use super::nasty;
use super::window::{at_each_node, empty, window};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT;
use parallax::app::{Action, Command, View};
use parallax::gui::Window;
use proptest::prelude::*;

const HINDI: &str = "पुल बंद\n\nलीर नदी पर बना पुल ३ मार्च २०२६ से बंद है और १२,४५० घरों को पानी नहीं मिला। मरम्मत कब होगी, यह किसी ने नहीं बताया।\n";
const HEBREW: &str = "הגשר סגור\n\nהגשר (הישן) סגור מאז 3 במרץ 2026, ו-12,450 בתים נותרו ללא מים. \"איש לא ישלם לבדו\", אמרה ראשת העיר.\n";

/// All that is said to those who hear the window.
fn said(h: &Harness<'static, Window>) -> Vec<String> {
    at_each_node(h, |node, out| {
        out.extend(node.accesskit_node().label());
        out.extend(node.accesskit_node().value());
    })
}

#[test]
fn a_language_says_what_is_not_read_in_it_and_a_missing_font_is_told_once() {
    let mut app = empty();
    paste(&mut app, "Uttar", HINDI);
    paste(&mut app, "Darom", HEBREW);
    let mut h = window(app, 1440.0, 900.0);
    let all = said(&h);
    let says = |start: &str, words: &str| all.iter().any(|l| l.starts_with(start) && l.contains(words));
    assert!(says("Hindi. In Hindi articles Parallax reads figures", "English articles only"), "{all:?}");
    assert!(says("Hebrew. ", "from right to left"));
    assert!(says("This computer has no font for Devanagari and Hebrew letters", "Noto (package fonts-noto-core)"));
    assert_eq!(h.state().app.problems.len(), 1);
    h.state_mut().app.apply(Action::HideToast);
    paste(&mut h.state_mut().app, "Purab", &HINDI.replace("१२,४५०", "१२,५४०"));
    h.run();
    assert!(h.state().app.problems.iter().filter(|p| p.name == "Fonts").count() == 1, "the same letters are no news");
    assert!(h.state().app.toast.as_ref().is_none_or(|t| !t.text.contains("no font")));
}

#[test]
fn english_has_no_such_words() {
    let h = super::window::open_sample();
    assert!(!said(&h).iter().any(|l| l.contains("English articles only") || l.contains("no font")));
    assert!(!h.state().app.problems.iter().any(|p| p.name == "Fonts"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::hostile::cases(8).min(200), max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_window(event in nasty::event(), view in 0..View::ALL.len()) {
        let mut app = empty();
        for (n, paragraphs) in event.iter().enumerate() {
            let text = paragraphs.join("\n\n");
            if !text.trim().is_empty() {
                paste(&mut app, &format!("Outlet {n}"), &text);
            }
        }
        app.apply(Action::Run(Command::FirstDifference));
        app.apply(Action::Show(View::ALL[view]));
        let mut h = window(app, 1200.0, 700.0);
        h.hover_at(egui::pos2(500.0, 300.0));
        h.run_steps(3);
        h.drag_at(egui::pos2(300.0, 250.0));
        h.run_steps(1);
        h.hover_at(egui::pos2(420.0, 420.0));
        h.run_steps(1);
        h.drop_at(egui::pos2(420.0, 420.0));
        h.event(egui::Event::Copy);
        h.run_steps(3);
    }
}
