//! Whose copy it is: versions with the same text, and those that share none.

use super::grid::Scroll;
use super::overview::Panel;
use crate::app::{App, letter};
use crate::base::VersionIx;
use crate::gui::fonts::Face;
use crate::gui::kit::{self, Badge};
use crate::gui::side::{list, when};
use crate::gui::theme::Theme;
use egui::{Id, Rect, Role, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

/// What the panel keeps between frames.
#[derive(Default)]
pub struct OriginsState {
    scroll: Scroll,
    height: f32,
}

/// More letters than this are counted, not listed, in the sentence that ends the panel.
const LETTERS: usize = 8;

/// Draws the panel.
pub fn ui(ui: &mut Ui, rect: Rect, app: &App, state: &mut OriginsState) {
    let theme = Theme::of(ui);
    let Panel { left, right, top } =
        Panel::titled(ui, rect, "Whose copy it is", "Long runs of the same words that versions share, quotes apart.");
    let body = Rect::from_min_max(pos2(rect.left(), top), rect.right_bottom());
    state.scroll.input(ui, body, state.height, app, "origins");
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(body).id_salt("origins"));
    child.set_clip_rect(body.intersect(ui.clip_rect()));
    let ui = &mut child;
    let mut y = top + 2.0 - state.scroll.y;
    let painter = ui.painter().clone();
    for origin in &app.analysis.origins {
        let n = origin.versions.len();
        if n > 4 {
            let mut ordered = origin.versions.clone();
            ordered.sort_by_key(|v| (Some(*v) != origin.source, *v));
            let mut words = format!("of the text is shared by {n} versions");
            if let Some(source) = origin.source {
                words.push_str(&format!(", copy of {}", app.version(source).outlet()));
            }
            y = 10.0 + badges_card(ui, pos2(left, y), right, app, &ordered, &format!("{:.0}%", origin.shared * 100.0), &words);
            continue;
        }
        let height = (n as f32 * 38.0 + 22.0).max(84.0);
        let card = Rect::from_min_max(pos2(left, y), pos2(right, y + height));
        painter.rect_stroke(card, 5.0, Stroke::new(1.25, theme.ink), StrokeKind::Inside);
        let mut ordered = origin.versions.clone();
        ordered.sort_by_key(|v| (Some(*v) != origin.source, *v));
        let half = left + (right - left) * 0.5;
        for (i, v) in ordered.iter().enumerate() {
            let at = y + 25.0 + i as f32 * 42.0;
            let w = kit::badge(ui, pos2(left + 14.0, at), 18.0, &letter(*v), Badge::Plain);
            let end = kit::text(
                &painter,
                left + 14.0 + w + 5.0,
                at,
                app.version(*v).outlet(),
                Face::SansSemibold.at(13.0),
                theme.ink,
                half - left - w - 30.0,
            )
            .right();
            if let Some(date) = when(app.version(*v)).filter(|d| half - end > kit::width(&painter, d, Face::Sans.at(11.5)) + 12.0) {
                kit::text(&painter, end + 7.0, at, &date, Face::Sans.at(11.5), theme.ink3, half - end - 10.0);
            }
            if i + 1 < n && origin.source.is_some() {
                let (top, bottom) = (at + 13.0, at + 29.0);
                let x = left + 23.0;
                painter.line_segment([pos2(x, top), pos2(x, bottom)], Stroke::new(1.2, theme.ink));
                painter.add(Shape::line(
                    vec![pos2(x - 4.0, bottom - 5.0), pos2(x, bottom), pos2(x + 4.0, bottom - 5.0)],
                    Stroke::new(1.2, theme.ink),
                ));
            }
        }
        // Of two, the copy's own share; of more, the mean of all.
        let share = if n == 2 { ordered.get(1).map_or(origin.shared, |v| origin.share_of(*v)) } else { origin.shared };
        let percent = format!("{:.0}%", share * 100.0);
        let big = kit::text(&painter, half, y + 27.0, &percent, Face::SerifSemibold.at(24.0), theme.ink, 90.0);
        let letters: Vec<String> = ordered.iter().map(|v| letter(*v)).collect();
        let words = match (origin.source, n) {
            (Some(_), 2) => format!("of {} is also in {}", letters[1], letters[0]),
            _ => format!("of the text is shared by {}", list(&letters)),
        };
        kit::text(&painter, big.right() + 6.0, y + 29.0, &words, Face::Sans.at(12.5), theme.ink2, right - big.right() - 14.0);
        if let Some(source) = origin.source {
            let words = format!("Copy of {}", app.version(source).outlet());
            kit::text(&painter, half, y + 52.0, &words, Face::Sans.at(12.5), theme.ink2, right - half - 10.0);
        }
        let name = format!("{percent} shared by {}", list(&letters));
        kit::name_area(ui, card, Id::unique(("origin", origin.versions.first().copied())), Role::Group, &name);
        y = card.bottom() + 10.0;
    }
    let alone: Vec<VersionIx> =
        app.columns().into_iter().filter(|v| !app.analysis.origins.iter().any(|o| o.versions.contains(v))).collect();
    let many = alone.len() > 6;
    if many {
        let words = "versions share no copy with another";
        y = 10.0 + badges_card(ui, pos2(left, y), right, app, &alone, &alone.len().to_string(), words);
    }
    for v in alone.iter().copied().filter(|_| !many) {
        let card = Rect::from_min_max(pos2(left, y), pos2(right, y + 40.0));
        painter.rect_stroke(card, 5.0, Stroke::new(1.0, theme.hair), StrokeKind::Inside);
        let at = card.center().y;
        let w = kit::badge(ui, pos2(left + 14.0, at), 18.0, &letter(v), Badge::Plain);
        let end = kit::text(
            &painter,
            left + 14.0 + w + 5.0,
            at,
            app.version(v).outlet(),
            Face::SansSemibold.at(13.0),
            theme.ink,
            right - left - 150.0,
        )
        .right();
        kit::text(&painter, end + 9.0, at, "no shared copy", Face::Sans.at(11.5), theme.ink3, right - end - 16.0);
        y = card.bottom() + 10.0;
    }
    kit::rule(&painter, left, right, y + 4.0, theme.line);
    let n = app.analysis.versions.len();
    let independent = app.analysis.independent_origins();
    let strong = format!("{n} versions, {independent} independent {}. ", if independent == 1 { "origin" } else { "origins" });
    let letters = |versions: &[VersionIx]| {
        let mut letters: Vec<String> = versions.iter().take(LETTERS).map(|v| letter(*v)).collect();
        if versions.len() > LETTERS {
            letters.push(format!("{} others", versions.len() - LETTERS));
        }
        list(&letters)
    };
    let groups: Vec<String> = app.analysis.origins.iter().map(|o| letters(&o.versions)).collect();
    let rest = if groups.is_empty() { String::new() } else { format!("Where {} agree, count them once.", groups.join("; or ")) };
    let galley = kit::paragraph(
        &painter,
        &[(&strong, Face::SerifSemibold.at(15.0), theme.ink), (&rest, Face::Serif.at(15.0), theme.ink)],
        22.0,
        right - left,
    );
    let end = y + 14.0 + galley.size().y + 16.0;
    painter.galley(pos2(left, y + 14.0), galley, theme.ink);
    let height = end + state.scroll.y - top;
    if (height - state.height).abs() > 0.5 {
        // Whether it scrolls is known after all is drawn.
        state.height = height;
        ui.ctx().request_repaint();
    }
}

/// A card for more versions than can stand one under the other: a figure and what it says, then a badge each, in rows.
/// Returns its bottom.
fn badges_card(ui: &Ui, at: egui::Pos2, right: f32, app: &App, versions: &[VersionIx], figure: &str, words: &str) -> f32 {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let width = right - at.x;
    let per_row = (((width - 28.0) / 28.0).floor() as usize).max(1);
    // The words take as many lines as they need.
    let figure_width = kit::width(painter, figure, Face::SerifSemibold.at(24.0));
    let words_set = kit::paragraph(painter, &[(words, Face::Sans.at(12.5), theme.ink2)], 17.0, width - 34.0 - figure_width);
    let lines = (words_set.size().y - 17.0).max(0.0);
    let height = 62.0 + lines + 28.0 * versions.len().div_ceil(per_row) as f32;
    let card = Rect::from_min_size(at, vec2(width, height));
    painter.rect_stroke(card, 5.0, Stroke::new(1.0, theme.hair), StrokeKind::Inside);
    let left = card.left() + 14.0;
    let big = kit::text(painter, left, card.top() + 27.0, figure, Face::SerifSemibold.at(24.0), theme.ink, 90.0);
    painter.galley(pos2(big.right() + 6.0, card.top() + 20.5), words_set, theme.ink2);
    for (i, v) in versions.iter().enumerate() {
        let at = pos2(left + 28.0 * (i % per_row) as f32, card.top() + 62.0 + lines + 28.0 * (i / per_row) as f32);
        let w = kit::badge(ui, at, 18.0, &letter(*v), Badge::Plain);
        let area = Rect::from_center_size(at + vec2(w / 2.0, 0.0), vec2(w, 18.0));
        kit::tip_over(ui, area, Id::unique(("copy badge", *v)), app.version(*v).outlet());
    }
    let letters: Vec<String> = versions.iter().map(|v| letter(*v)).collect();
    let name = format!("{figure} {words}: {}", list(&letters));
    kit::name_area(ui, card, Id::unique(("origin", versions.first().copied())), Role::Group, &name);
    card.bottom()
}
