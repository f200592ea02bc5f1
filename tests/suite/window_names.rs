//! What assistive technology hears: every control has a name and a role, in every view and form.

use super::window::{at_each_node, open_sample, sample, window};
use egui::accesskit::Action::{Click, Focus};
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT;
use parallax::app::{Action, Command, View};
use parallax::gui::Window;

/// Controls without a name, or of no kind.
fn nameless(h: &Harness<'static, Window>) -> Vec<String> {
    at_each_node(h, |node, out| {
        let n = node.accesskit_node();
        let acts = [Click, Focus].iter().any(|a| n.data().supports_action(*a));
        let named = n.label().is_some_and(|l| !l.trim().is_empty()) || n.labelled_by().next().is_some();
        // A scroll bar is named by what it is.
        if acts && !named && n.role() != Role::ScrollBar {
            out.push(format!("{:?} at {:?} has no name", n.role(), n.bounding_box()));
        }
        if acts && matches!(n.role(), Role::Unknown | Role::GenericContainer) {
            out.push(format!("{:?} is of no kind", n.label()));
        }
    })
}

#[test]
fn every_control_has_a_name() {
    for size in [(1440.0, 900.0), (900.0, 700.0)] {
        let mut h = window(sample(), size.0, size.1);
        for command in [Command::NextDifference, Command::Find, Command::ToggleWideStrip] {
            h.state_mut().app.apply(Action::Run(command));
        }
        for view in View::ALL {
            h.state_mut().app.apply(Action::Show(view));
            h.run();
            assert_eq!(nameless(&h), [""; 0], "{view:?} at {size:?}");
        }
    }
    let mut h = open_sample();
    h.state_mut().app.apply(Action::Run(Command::NextDifference));
    let first = h.state().app.key(0usize.into());
    h.state_mut().app.apply(Action::Focus(first));
    for command in [
        Command::PasteText,
        Command::Export,
        Command::Note,
        Command::PinTogether,
        Command::SplitApart,
        Command::RenameVersion,
        Command::SetDate,
        Command::EditVersion,
        Command::ShowProblems,
        Command::Palette,
        Command::Keys,
        Command::About,
    ] {
        h.state_mut().app.apply(Action::Run(command));
        h.run();
        assert_eq!(nameless(&h), [""; 0], "{command:?}");
        h.state_mut().app.apply(Action::SetDialog(None));
    }
}
