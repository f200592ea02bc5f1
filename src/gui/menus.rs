//! Menus and shortcuts, both from the table of commands.

use super::kit;
use crate::app::command::{COMMANDS, Menu};
use crate::app::{Action, App, Command, Shortcut};
use egui::{Event, Key, Modifiers, Pos2, Ui};

/// What is known of the keys from one frame to the next.
#[derive(Default)]
pub struct KeysState {
    /// Whether a press of V was told, or text came with it.
    v_told: bool,
    /// Where the pointer was when a key was last pressed, until it moves.
    rest: Option<Pos2>,
}

/// The pointer has to go farther than this, in points, to ask for a tooltip after a key was pressed.
const MOVE: f32 = 3.0;

/// Runs what was pressed.
pub fn shortcuts(ctx: &egui::Context, app: &App, state: &mut KeysState, out: &mut Vec<Action>) {
    rest_pointer(ctx, state);
    let empty_paste = paste_without_text(ctx, state);
    let typing = ctx.text_edit_focused();
    if ctx.input(|i| i.key_pressed(Key::Escape)) {
        escape(ctx, app, out);
        return;
    }
    if app.dialog.is_some() {
        return;
    }
    // The system hands Ctrl+V as a paste with its text.
    if !typing {
        let pasted = ctx.input(|i| {
            i.events.iter().find_map(|e| match e {
                Event::Paste(text) => Some(text.clone()),
                _ => None,
            })
        });
        if empty_paste {
            out.push(Action::Run(Command::PasteText));
        }
        if let Some(text) = pasted {
            // Addresses alone are articles to fetch, where the person says so in the form.
            let links = App::FETCHES.then(|| crate::app::links::form_of(&text, app.settings.allow_private_links)).flatten();
            let article = crate::app::PastedArticle { text, ..Default::default() };
            out.push(Action::SetDialog(Some(links.unwrap_or(crate::app::Dialog::Paste(article)))));
        }
    }
    // egui lets extra Shift and Alt pass, so keys with more modifiers are asked first.
    let mut keys: Vec<(Shortcut, Command)> = COMMANDS.iter().flat_map(|s| s.keys.iter().map(|k| (*k, s.command))).collect();
    keys.sort_by_key(|(k, _)| std::cmp::Reverse(k.command as u8 + k.shift as u8 + k.alt as u8));
    for (shortcut, command) in keys {
        if typing && (shortcut.is_bare() || takes_text(shortcut)) {
            continue;
        }
        let Some(key) = Key::from_name(shortcut.key) else { continue };
        let mut modifiers = Modifiers::NONE;
        modifiers.shift = shortcut.shift;
        modifiers.alt = shortcut.alt;
        modifiers.command = shortcut.command;
        if ctx.input_mut(|i| i.consume_key(modifiers, key)) && app.is_enabled(command) {
            out.push(Action::Run(command));
        }
    }
}

/// Whether Ctrl+V was pressed with no text to paste: such a paste is told by the release of V alone.
fn paste_without_text(ctx: &egui::Context, state: &mut KeysState) -> bool {
    ctx.input(|i| {
        let mut empty = false;
        for event in &i.events {
            match event {
                Event::Paste(_) | Event::PasteImage(_) | Event::Key { key: Key::V, pressed: true, .. } => state.v_told = true,
                Event::Key { key: Key::V, pressed: false, .. } => empty |= !std::mem::take(&mut state.v_told),
                _ => {}
            }
        }
        empty
    })
}

/// Text that a key brings under a resting pointer asks for no tooltip.
fn rest_pointer(ctx: &egui::Context, state: &mut KeysState) {
    let (pressed, at) = ctx.input(|i| (i.events.iter().any(|e| matches!(e, Event::Key { pressed: true, .. })), i.pointer.latest_pos()));
    if pressed {
        state.rest = at;
    } else if state.rest.is_some_and(|rest| at.is_none_or(|at| at.distance(rest) > MOVE)) {
        state.rest = None;
    }
    kit::set_tips(ctx, state.rest.is_none());
}

/// Keys that a text field needs for itself.
fn takes_text(shortcut: Shortcut) -> bool {
    shortcut.command && matches!(shortcut.key, "Z" | "Y" | "V" | "Left" | "Right")
        || shortcut.alt && matches!(shortcut.key, "Up" | "Down" | "Home" | "End")
}

/// Esc closes the topmost thing, then clears the selection.
fn escape(ctx: &egui::Context, app: &App, out: &mut Vec<Action>) {
    if egui::Popup::is_any_open(ctx) {
        return;
    }
    if app.dialog.is_some() {
        out.push(Action::CloseDialog);
    } else if app.progress().is_some_and(|p| p.loads) {
        out.push(Action::Cancel);
    } else if app.find.open {
        out.push(Action::CloseFind);
    } else {
        out.push(Action::ClearSelection);
    }
}

/// The menus side by side, or all under one.
pub fn bar(ui: &mut Ui, app: &App, folded: bool, out: &mut Vec<Action>) {
    let visuals = ui.visuals_mut();
    visuals.button_frame = false;
    egui::MenuBar::new().ui(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 19.0;
        let ink = crate::gui::theme::Theme::of(ui).ink2;
        ui.visuals_mut().widgets.inactive.fg_stroke.color = ink;
        if folded {
            ui.menu_button("Menu", |ui| {
                for menu in Menu::ALL {
                    ui.menu_button(menu.label(), |ui| rows(ui, app, menu, out));
                }
            });
        } else {
            for menu in Menu::ALL {
                ui.menu_button(menu.label(), |ui| rows(ui, app, menu, out));
            }
        }
    });
}

fn rows(ui: &mut Ui, app: &App, menu: Menu, out: &mut Vec<Action>) {
    ui.set_min_width(230.0);
    for spec in COMMANDS.iter().filter(|s| s.menu == menu) {
        if spec.rule_above {
            ui.separator();
        }
        let on = app.is_on(spec.command) == Some(true);
        let (undo, redo) = app.undo_labels();
        let of_edit = match spec.command {
            Command::Undo => undo,
            Command::Redo => redo,
            _ => None,
        };
        let label = match of_edit {
            Some(edit) => format!("{}: {edit}", spec.label),
            None if on => format!("✓ {}", spec.label),
            None => spec.label.to_owned(),
        };
        let mut button = egui::Button::new(label).frame_when_inactive(false).wrap_mode(egui::TextWrapMode::Extend);
        if let Some(keys) = spec.command.shortcut_label() {
            button = button.shortcut_text(keys);
        }
        let response = ui.add_enabled(app.is_enabled(spec.command), button);
        if response.clicked() {
            out.push(Action::Run(spec.command));
            ui.close();
        }
        response.on_hover_text(spec.help);
        if spec.command == Command::OpenSample && !app.settings.recent.is_empty() {
            ui.menu_button("Open recent", |ui| recent(ui, app, out));
        }
    }
}

/// Comparisons opened or saved lately.
fn recent(ui: &mut Ui, app: &App, out: &mut Vec<Action>) {
    for recent in &app.settings.recent {
        let there = !app.missing.contains(&recent.path);
        let response = ui.add_enabled(there, egui::Button::new(&recent.title).frame_when_inactive(false));
        if response.clicked() {
            out.extend(open_recent(app, &recent.path));
            ui.close();
        }
        response.on_hover_text(recent.path.display().to_string());
    }
}

/// What opens a recent comparison in place of the one that is open.
pub fn open_recent(app: &App, path: &std::path::Path) -> Vec<Action> {
    let close = (!app.project.entries.is_empty()).then_some(Action::Run(Command::CloseComparison));
    close.into_iter().chain([Action::Open(vec![path.to_owned()])]).collect()
}
