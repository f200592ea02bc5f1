//! Filters by kind: a chip each, or one button with a menu of all.

use super::fonts::Face;
use super::glyphs::{self, Glyph};
use super::kit;
use super::theme::Theme;
use crate::app::{Action, App, Command};
use crate::compare::FilterGroup;
use egui::{CornerRadius, Id, Modifiers, Rect, Role, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

/// Filter chips, right-aligned before `right`.
pub fn chips(ui: &Ui, rect: Rect, left: f32, right: f32, app: &App, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let chips: Vec<(FilterGroup, usize, f32)> = FilterGroup::ALL
        .into_iter()
        .map(|g| {
            let n = app.count(g);
            let w = kit::width(painter, g.label(), Face::SansMedium.at(12.0)) + kit::width(painter, &n.to_string(), Face::Sans.at(12.0));
            (g, n, w + 36.0)
        })
        .filter(|(_, n, _)| *n > 0)
        .collect();
    let default = app.filter == Default::default();
    let reset = if default { 0.0 } else { 48.0 };
    let full: f32 = chips.iter().map(|c| c.2 + 6.0).sum::<f32>() + reset;
    // Where the words have no room, signs and counts remain.
    let short = full > right - left;
    let width = |c: &(FilterGroup, usize, f32)| {
        if short { 38.0 + kit::width(painter, &c.1.to_string(), Face::Sans.at(12.0)) } else { c.2 }
    };
    let total: f32 = chips.iter().map(|c| width(c) + 6.0).sum::<f32>() - 6.0 + reset;
    let mut x = (right - total).max(left);
    let y = rect.center().y;
    if !default {
        let response = kit::link(ui, x, y, "Reset", 12.0, Id::unique("reset filters"));
        if response.clicked() {
            out.push(Action::Run(Command::ResetFilters));
        }
        x += reset;
    }
    for chip in &chips {
        let (group, n, _) = *chip;
        let w = width(chip);
        let r = Rect::from_min_size(pos2(x.round(), y - 13.0), vec2(w.round(), 26.0));
        x += w + 6.0;
        let on = app.filter.groups.contains(&group);
        let response = ui.interact(r, Id::unique(("chip", group)), egui::Sense::click());
        let name = format!("show {}, {n}, {}", plural(group), if on { "on" } else { "off" });
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &name));
        let color = theme.group(group);
        let hot = response.hovered();
        if on {
            let fill = if hot { theme.well } else { theme.paper };
            painter.rect(r, 13.0, fill, Stroke::new(1.0, color), StrokeKind::Inside);
        } else {
            if hot {
                painter.rect_filled(r, 13.0, theme.well);
            }
            dashed_pill(painter, r.shrink(0.5), Stroke::new(1.0, theme.hair));
        }
        let (sign, ink, count) = if on { (color, theme.ink, theme.ink2) } else { (theme.ink3, theme.ink3, theme.ink3) };
        glyphs::paint(painter, pos2(r.left() + 14.0, y), 13.0, sign, Glyph::of_group(group));
        let mut at = r.left() + 24.0;
        if !short {
            at = kit::text(painter, at, y, group.label(), Face::SansMedium.at(12.0), ink, 200.0).right() + 5.0;
        }
        kit::text(painter, at, y, &n.to_string(), Face::Sans.at(12.0), count, 60.0);
        kit::focus_ring(ui, &response, 13.0);
        if response.clicked() {
            let alone = ui.input(|i| i.modifiers.matches_logically(Modifiers::COMMAND));
            out.push(if alone { Action::OnlyGroup(group) } else { Action::ToggleGroup(group) });
        }
        response.on_hover_text(format!("{}: click to {}, Ctrl+click to show it alone", group.label(), if on { "hide" } else { "show" }));
    }
}

/// What a chip filters, in the plural, for its name.
fn plural(group: FilterGroup) -> &'static str {
    match group {
        FilterGroup::Conflict => "conflicts",
        FilterGroup::Later => "later values",
        FilterGroup::Compatible => "compatible values",
        FilterGroup::Quotes => "quotes",
        FilterGroup::OnlyIn => "only in one",
        FilterGroup::Silent => "silent",
        FilterGroup::Order => "order",
        FilterGroup::Wording => "wording",
    }
}

fn dashed_pill(painter: &egui::Painter, rect: Rect, stroke: Stroke) {
    let radius = rect.height() / 2.0;
    let mut path = Vec::new();
    let arc = |cx: f32, from: f32, path: &mut Vec<egui::Pos2>| {
        for i in 0..=12 {
            let a = from + std::f32::consts::PI * i as f32 / 12.0;
            path.push(pos2(cx + radius * a.cos(), rect.center().y + radius * a.sin()));
        }
    };
    arc(rect.right() - radius, -std::f32::consts::FRAC_PI_2, &mut path);
    arc(rect.left() + radius, std::f32::consts::FRAC_PI_2, &mut path);
    path.push(path[0]);
    painter.extend(egui::Shape::dashed_line(&path, stroke, 3.0, 2.5));
}

/// One button "Show 7 of 8 kinds" with a menu of all.
pub fn folded_chips(ui: &mut Ui, rect: Rect, x: f32, app: &App, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let painter = ui.painter().clone();
    let y = rect.center().y;
    let on: Vec<FilterGroup> = FilterGroup::ALL.into_iter().filter(|g| app.filter.groups.contains(g)).collect();
    let words = format!("Show {} of {} kinds", on.len(), FilterGroup::ALL.len());
    let signs = on.len() as f32 * 21.0;
    let w = signs + kit::width(&painter, &words, Face::SansMedium.at(12.5)) + 44.0;
    let r = Rect::from_min_size(pos2(x, y - 13.0), vec2(w, 26.0));
    let response = kit::clickable(ui, r, Id::unique("kinds"), Role::ComboBox, &words, true);
    let fill = if response.hovered() { theme.well } else { theme.paper };
    painter.rect(r, CornerRadius::same(5), fill, Stroke::new(1.0, theme.hair), StrokeKind::Inside);
    let mut at = r.left() + 18.0;
    for group in &on {
        glyphs::paint(&painter, pos2(at, y), 12.0, theme.group(*group), Glyph::of_group(*group));
        at += 21.0;
    }
    let end = kit::text(&painter, at - 7.0, y, &words, Face::SansMedium.at(12.5), theme.ink, 300.0).right();
    glyphs::paint(&painter, pos2(end + 12.0, y + 1.0), 11.0, theme.ink2, Glyph::Down);
    kit::focus_ring(ui, &response, 5.0);
    egui::Popup::menu(&response).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_min_width(260.0);
        for group in FilterGroup::ALL {
            kind_row(ui, app, group, out);
        }
        ui.separator();
        if kit::menu_row(ui, "Reset", false) {
            out.push(Action::Run(Command::ResetFilters));
        }
    });
}

/// A kind with its two signs, as they stand in the margin and under the words, and whether it is shown.
fn kind_row(ui: &mut Ui, app: &App, group: FilterGroup, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let (n, on) = (app.count(group), app.filter.groups.contains(&group));
    let (rect, _) = ui.allocate_exact_size(vec2(260.0, 28.0), egui::Sense::hover());
    let response = ui.interact(rect, Id::unique(("kind row", group)), egui::Sense::click());
    let name = format!("show {}, {n}, {}", plural(group), if on { "on" } else { "off" });
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &name));
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, 4.0, theme.well);
    }
    let y = rect.center().y;
    let tick = Rect::from_center_size(pos2(rect.left() + 15.0, y), vec2(14.0, 14.0));
    painter.rect_stroke(tick, 3.0, Stroke::new(1.0, theme.hair), StrokeKind::Inside);
    if on {
        glyphs::paint(painter, tick.center(), 11.0, theme.ink, Glyph::Tick);
    }
    glyphs::paint(painter, pos2(rect.left() + 41.0, y), 13.0, theme.group(group), Glyph::of_group(group));
    let words = kit::text(painter, rect.left() + 60.0, y, group.label(), Face::Sans.at(13.0), theme.ink, 150.0);
    if let Some(kind) = crate::compare::FindingKind::ALL.into_iter().find(|k| k.group() == group) {
        crate::gui::column::sample(painter, kind, words.left(), words.right(), y + 4.0, theme);
    }
    kit::text_right(painter, rect.right() - 10.0, y, &n.to_string(), Face::Sans.at(12.0), theme.ink2);
    kit::focus_ring(ui, &response, 4.0);
    if response.clicked() {
        out.push(Action::ToggleGroup(group));
    }
}
