//! The sheet of keys, from the table of commands.

use super::{close_row, heading};
use crate::app::Action;
use crate::app::command::{COMMANDS, Menu};
use crate::gui::fonts::Face;
use crate::gui::kit;
use crate::gui::theme::Theme;
use egui::{Id, RichText, Role, ScrollArea, Sense, Ui, vec2};

/// Keys that belong to no command.
const OTHERS: [(&str, &str); 5] = [
    ("Go to the words of a focused mark", "Enter"),
    ("Close, then clear the selection", "Esc"),
    ("Next control", "Tab"),
    ("Scroll", "Page Up, Page Down, Home, End"),
    ("Show that kind alone", "Ctrl+click on a chip"),
];

/// Draws it.
pub fn ui(ui: &mut Ui, out: &mut Vec<Action>) {
    heading(ui, "All keys");
    let height = (ui.ctx().content_rect().height() - 220.0).clamp(160.0, 590.0);
    // The bar has a place of its own beside the keys.
    ui.spacing_mut().scroll = egui::style::ScrollStyle { foreground_color: true, ..egui::style::ScrollStyle::solid() };
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink(false).show(ui, |ui| {
        ui.set_width(ui.available_width() - 12.0);
        ui.spacing_mut().item_spacing.x = 36.0;
        let menus: Vec<Vec<Menu>> = if ui.available_width() > 560.0 {
            vec![vec![Menu::File, Menu::Edit, Menu::View], vec![Menu::Compare, Menu::Help]]
        } else {
            vec![Menu::ALL.to_vec()]
        };
        ui.columns(menus.len(), |uis| {
            for (ui, menus) in uis.iter_mut().zip(&menus) {
                ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
                for menu in menus {
                    ui.add_space(6.0);
                    ui.label(RichText::new(menu.label()).font(Face::SansSemibold.at(11.5)).color(Theme::of(ui).ink2));
                    for spec in COMMANDS.iter().filter(|s| s.menu == *menu && !s.keys.is_empty()) {
                        let keys: Vec<String> = spec.keys.iter().map(|k| k.label()).collect();
                        row(ui, spec.label.trim_end_matches('…'), &keys.join(" or "), spec.help);
                    }
                    if *menu == Menu::Compare {
                        OTHERS.iter().for_each(|(label, keys)| row(ui, label, keys, ""));
                    }
                }
            }
        });
    });
    close_row(ui, out);
}

fn row(ui: &mut Ui, label: &str, keys: &str, help: &str) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let y = rect.center().y;
    let right = kit::text_right(ui.painter(), rect.right(), y, keys, Face::Sans.at(12.0), theme.ink2);
    kit::text(ui.painter(), rect.left(), y, label, Face::Sans.at(13.0), theme.ink, right.left() - rect.left() - 8.0);
    let response = kit::name_area(ui, rect, Id::unique(("key row", label)), Role::Label, &format!("{label}, {keys}"));
    if !help.is_empty() {
        response.on_hover_text(help);
    }
}
