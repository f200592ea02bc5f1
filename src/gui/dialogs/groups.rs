//! The events of a pile: tick what shall be compared, merge, split.

use super::{heading, hint};
use crate::app::pile::{Chosen, Group, Pile};
use crate::app::{Action, Dialog};
use crate::gui::fonts::Face;
use crate::gui::kit::{self, Button, Look};
use crate::gui::theme::Theme;
use egui::{Id, Rect, Role, ScrollArea, Sense, Ui, pos2, vec2};
use std::collections::BTreeSet;

/// The groups with their articles, and what can be done with those that are ticked.
pub fn ui(ui: &mut Ui, pile: &Pile, chosen: &Chosen, out: &mut Vec<Action>) {
    let articles: usize = pile.groups.iter().map(|g| g.sources.len()).sum();
    heading(ui, &format!("{articles} articles, {} events", pile.groups.len()));
    hint(
        ui,
        "Tick the event to compare. Where one event was taken for two, tick both and merge them; what stands in a wrong group is split off.",
    );
    let mut now = chosen.clone();
    let height = (ui.ctx().content_rect().height() - 320.0).clamp(160.0, 520.0);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).id_salt("groups").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (i, group) in pile.groups.iter().enumerate() {
            group_row(ui, i, group, &mut now);
            if now.open == Some(i) {
                for (n, source) in group.sources.iter().enumerate() {
                    let day = source.meta.published.map_or_else(|| "No date".to_owned(), |p| p.date.to_string());
                    let words = format!("{} · {day} · {}", outlet(source), source.meta.title.as_deref().unwrap_or("No headline"));
                    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width() - 12.0, 26.0), Sense::hover());
                    tick(ui, row.with_min_x(row.left() + 30.0), &words, n, &mut now.articles);
                    let theme = Theme::of(ui);
                    let words_at = row.with_min_x(row.left() + 56.0);
                    let clicked = ui.interact(words_at, Id::unique(("article words", n)), Sense::click()).clicked();
                    if clicked && !now.articles.remove(&n) {
                        now.articles.insert(n);
                    }
                    kit::text(ui.painter(), row.left() + 58.0, row.center().y, &words, Face::Sans.at(13.0), theme.ink2, row.width() - 66.0);
                }
            }
        }
    });
    foot(ui, pile, &now, out);
    if now != *chosen {
        out.push(Action::SetDialog(Some(Dialog::Groups(now))));
    }
}

fn outlet(source: &crate::source::Source) -> &str {
    source.meta.outlet.as_deref().unwrap_or("Unknown outlet")
}

fn group_row(ui: &mut Ui, i: usize, group: &Group, now: &mut Chosen) {
    let theme = Theme::of(ui);
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width() - 12.0, 52.0), Sense::hover());
    kit::rule(ui.painter(), row.left(), row.right(), row.top(), theme.line);
    tick(ui, row.with_max_y(row.top() + 34.0), &group.title, i, &mut now.groups);
    let button = Button::framed(if now.open == Some(i) { "Hide articles" } else { "Articles" }).look(Look::Plain);
    let w = button.width(ui.painter());
    let at = Rect::from_min_size(pos2(row.right() - w, row.top() + 12.0), vec2(w, 27.0));
    if button.show(ui, at, Id::unique(("articles of", i))).clicked() {
        now.open = if now.open == Some(i) { None } else { Some(i) };
        now.articles.clear();
    }
    let room = at.left() - row.left() - 40.0;
    kit::text(ui.painter(), row.left() + 30.0, row.top() + 18.0, &group.title, Face::SerifSemibold.at(15.0), theme.ink, room);
    let outlets: BTreeSet<&str> = group.sources.iter().filter_map(|s| s.meta.outlet.as_deref()).collect();
    let days: Vec<String> = group.sources.iter().filter_map(|s| s.meta.published).map(|p| p.date.to_string()).collect();
    let s = if group.sources.len() == 1 { "article" } else { "articles" };
    let mut about = format!("{} {s}", group.sources.len());
    match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) if first != last => about.push_str(&format!(" · {first} to {last}")),
        (Some(day), _) => about.push_str(&format!(" · {day}")),
        _ => {}
    }
    if !outlets.is_empty() {
        about.push_str(&format!(" · {}", outlets.into_iter().collect::<Vec<_>>().join(", ")));
    }
    kit::text(ui.painter(), row.left() + 30.0, row.top() + 38.0, &about, Face::Sans.at(12.0), theme.ink2, room);
    let words = ui.interact(row.with_min_x(row.left() + 28.0).with_max_x(at.left() - 4.0), Id::unique(("group words", i)), Sense::click());
    if words.clicked() && !now.groups.remove(&i) {
        now.groups.insert(i);
    }
}

fn tick(ui: &mut Ui, row: Rect, name: &str, place: usize, ticked: &mut BTreeSet<usize>) {
    let mut on = ticked.contains(&place);
    let at = Rect::from_min_size(pos2(row.left() + 2.0, row.center().y - 11.0), vec2(22.0, 22.0));
    // A child of its own, so that the rows keep their heights.
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(at));
    let response = child.add(egui::Checkbox::without_text(&mut on));
    response.widget_info(|| egui::WidgetInfo::selected(Role::CheckBox, true, on, name));
    if response.changed() && !ticked.remove(&place) {
        ticked.insert(place);
    }
}

/// What can be done, from left to right.
fn foot(ui: &mut Ui, pile: &Pile, now: &Chosen, out: &mut Vec<Action>) {
    ui.add_space(8.0);
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
    let open = now.open.and_then(|i| pile.groups.get(i).map(|g| (i, g)));
    let splits = open.filter(|(_, g)| !now.articles.is_empty() && now.articles.len() < g.sources.len());
    let all: BTreeSet<usize> = (0..pile.groups.len()).collect();
    let mut x = row.left();
    for (label, enabled, action) in [
        ("Merge", now.groups.len() > 1, Action::MergeGroups(now.groups.clone())),
        ("Split off", splits.is_some(), Action::SplitGroup(now.open.unwrap_or(0), now.articles.clone())),
        ("Undo", pile.is_changed(), Action::UndoGroups),
        ("Compare all together", true, Action::CompareGroups(all)),
    ] {
        let button = Button::framed(label).enabled(enabled);
        let w = button.width(ui.painter());
        if button.show(ui, Rect::from_min_size(pos2(x, row.top()), vec2(w, 30.0)), Id::unique(("groups", label))).clicked() && enabled {
            out.push(action);
        }
        x += w + 8.0;
    }
    let compare = Button::framed("Compare").look(Look::Primary).enabled(!now.groups.is_empty());
    let w = compare.width(ui.painter()) + 8.0;
    let at = Rect::from_min_max(pos2(row.right() - w, row.top()), row.right_bottom());
    let close = Button::framed("Close").keys(Some("Esc"));
    let left = Rect::from_min_max(pos2(at.left() - 10.0 - close.width(ui.painter()), row.top()), pos2(at.left() - 10.0, row.bottom()));
    if close.show(ui, left, Id::unique("groups close")).clicked() {
        out.push(Action::CloseDialog);
    }
    if compare.show(ui, at, Id::unique("groups compare")).clicked() && !now.groups.is_empty() {
        out.push(Action::CompareGroups(now.groups.clone()));
    }
}
