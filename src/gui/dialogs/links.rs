//! The form for addresses of articles.

use super::{buttons, caption, command_enter, focus_once, heading, hint};
use crate::app::{Action, Dialog, links};
use crate::gui::fonts::Face;
use egui::{Id, Margin, TextEdit, Ui};

/// Addresses, one a line, and what is sent when they are fetched.
pub fn ui(ui: &mut Ui, addresses: &str, allow_private: bool, out: &mut Vec<Action>) {
    heading(ui, "Add links");
    let (mut typed, mut private) = (addresses.to_owned(), allow_private);
    let label = caption(ui, "Addresses of articles, one a line");
    let ended = command_enter(ui);
    let edit = TextEdit::multiline(&mut typed)
        .id(Id::unique("links"))
        .font(Face::Sans.at(14.0))
        .hint_text("https://")
        .desired_rows(5)
        .desired_width(f32::INFINITY)
        .margin(Margin::symmetric(8, 6));
    let response = ui.add(edit).labelled_by(label.id);
    focus_once(ui, &response, "links");
    let wrong = links::no_address(&typed);
    // A line of its own, so that the form does not jump while an address is typed.
    hint(ui, &wrong.map_or_else(|| " ".to_owned(), |word| format!("“{word}” is no web address. Write it from https:// on.")));
    hint(
        ui,
        "Each page is asked for once. Its server learns your network address, as from a browser, and that Parallax asks; cookies are neither \
         sent nor kept, and nothing in the page is run or followed. The page is kept in the comparison. Where a paywall comes back, save the \
         page in a browser and add the file.",
    );
    hint(ui, "Enter starts a new line, Ctrl+Enter fetches.");
    ui.add_space(2.0);
    ui.checkbox(&mut private, "Also from this computer and its own network");
    let ready = !typed.trim().is_empty() && wrong.is_none();
    if buttons(ui, "Fetch", ready, out) || ended && ready {
        out.push(Action::FetchLinks { addresses: typed, allow_private: private });
    } else if typed != addresses || private != allow_private {
        out.push(Action::SetDialog(Some(Dialog::Links { addresses: typed, allow_private: private })));
    }
}
