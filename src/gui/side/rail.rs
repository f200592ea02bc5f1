//! The bar that lists all versions when not all fit: a click brings one into sight. Under its letter stands the reading that a
//! version has of what is selected, so that nothing is out of sight unsaid.

use super::place::RAIL;
use super::{Place, SideContext, SideState};
use crate::app::{Action, App, Command, letter};
use crate::base::{ContentId, FindingIx, VersionIx};
use crate::compare::FindingKind;
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::kit::{self, Badge};
use crate::gui::theme::Theme;
use egui::{Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

/// What the bar keeps between frames.
#[derive(Default)]
pub struct RailState {
    /// The first version listed, where not all can be.
    from: usize,
    wheel: f32,
    /// The columns that were followed last.
    followed: Option<(ContentId, usize)>,
}

/// Height of the wheel's turn that moves the list by one version.
const TURN: f32 = 25.0;

/// Draws it over `area`'s width from `top`.
pub fn ui(ui: &mut Ui, rect: Rect, cx: &SideContext<'_>, state: &mut SideState, places: &[Place], out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let app = cx.app;
    let painter = ui.painter().clone();
    painter.rect_filled(rect, 0.0, theme.chrome);
    kit::rule(&painter, rect.left(), rect.right(), rect.bottom() - 0.5, theme.line);
    debug_assert!((rect.height() - RAIL).abs() < 0.5, "the rail has its own height");
    let y = rect.center().y;
    let columns = app.columns();
    let all = (0..app.analysis.versions.len()).map(VersionIx::from);
    let hidden = all.clone().filter(|v| app.is_hidden(*v)).count();
    let folded = all.clone().filter(|v| !app.is_hidden(*v) && app.folded_into(*v).is_some()).count();
    let right = rect.right() - 12.0;
    let next = Rect::from_min_max(pos2(right - 26.0, y - 13.0), pos2(right, y + 13.0));
    let previous = next.translate(vec2(-32.0, 0.0));
    let pinned = places.iter().filter(|p| app.is_pinned(p.version)).count();
    let last_first = (columns.len() - pinned).saturating_sub(places.len() - pinned);
    let mut words = format!("{} shown, {} more", places.len(), columns.len() - places.len());
    if hidden > 0 {
        words.push_str(&format!(", {hidden} hidden"));
    }
    if folded > 0 {
        words.push_str(&format!(", {folded} folded"));
    }
    let words = kit::text_right(&painter, previous.left() - 10.0, y, &words, Face::Sans.at(11.5), theme.ink3);
    let mut end = words.left();
    if let Some(copies) = app.worth_folding() {
        let label = format!("Fold {copies} copies");
        let w = kit::width(&painter, &label, Face::Sans.at(11.5));
        let response = kit::link(ui, end - w - 14.0, y, &label, 11.5, Id::unique("fold copies"));
        end = response.rect.left();
        if response.clicked() {
            out.push(Action::Run(Command::ToggleFoldCopies));
        }
        response.on_hover_text(
            "Most of their text is the same copy. One column stands for all, and a letter marks where one says something else.",
        );
    }
    let x = kit::text(&painter, rect.left() + 12.0, y, "Versions", Face::Sans.at(11.5), theme.ink3, 80.0).right() + 8.0;
    let listed: Vec<VersionIx> = columns.iter().copied().chain(all.filter(|v| app.is_hidden(*v))).collect();
    let area = Rect::from_min_max(pos2(x, rect.top()), pos2(end - 12.0, rect.bottom()));
    list(ui, area, &listed, cx, state, places, out);
    if kit::icon_button(ui, previous, Id::unique("rail previous"), Glyph::Left, "Earlier versions", true, state.at.first > 0).clicked() {
        state.at.go(state.at.first.saturating_sub(1));
    }
    if kit::icon_button(ui, next, Id::unique("rail next"), Glyph::Right, "Later versions", true, state.at.first < last_first).clicked() {
        state.at.go((state.at.first + 1).min(last_first));
    }
}

fn list(
    ui: &mut Ui,
    area: Rect,
    listed: &[VersionIx],
    cx: &SideContext<'_>,
    state: &mut SideState,
    places: &[Place],
    out: &mut Vec<Action>,
) {
    let app = cx.app;
    let painter = ui.painter().clone();
    let marked = app.selected();
    // Names while there is room for them, then badges alone.
    let cell = if marked.is_some() { 11.0 } else { 0.0 };
    let full: f32 = listed.iter().map(|v| kit::width(&painter, app.version(*v).outlet(), Face::Sans.at(12.5)) + 50.0 + 11.0).sum();
    if full <= area.width() {
        let mut x = area.left();
        for v in listed {
            let pin = if app.is_pinned(*v) { 16.0 } else { 0.0 };
            let w = kit::width(&painter, app.version(*v).outlet(), Face::Sans.at(12.5)) + 40.0 + pin + cell;
            chip(ui, Rect::from_min_size(pos2(x, area.center().y - 13.0), vec2(w, 26.0)), *v, true, app, places, out);
            x += w + 6.0;
        }
        return;
    }
    // Badges move closer before any is left out; then the bar scrolls.
    let wide = if listed.len() > 26 { 28.0 } else { 25.0 };
    let pitch = (area.width() / listed.len().max(1) as f32).clamp(wide, 34.0);
    let all_fit = (area.width() / pitch + 0.01) as usize >= listed.len();
    let (inner, fit) = match all_fit {
        true => (area, listed.len()),
        false => {
            let inner = area.shrink2(vec2(34.0, 0.0));
            (inner, ((inner.width() / pitch) as usize).max(1))
        }
    };
    let last = listed.len() - fit.min(listed.len());
    scroll(ui, area, listed, app, &mut state.rail, places, fit);
    let from = state.rail.from.min(last);
    for (i, v) in listed.iter().skip(from).take(fit).enumerate() {
        let w = (pitch - 2.0).min(28.0);
        chip(
            ui,
            Rect::from_min_size(pos2(inner.left() + i as f32 * pitch, area.center().y - 15.0), vec2(w, 30.0)),
            *v,
            false,
            app,
            places,
            out,
        );
    }
    if !all_fit {
        let after = listed.len() - from - fit;
        for (n, x, name, to) in [
            (from, area.left(), "List earlier versions", from.saturating_sub(fit)),
            (after, area.right() - 30.0, "List later versions", (from + fit).min(last)),
        ] {
            if n == 0 {
                continue;
            }
            let r = Rect::from_min_size(pos2(x, area.center().y - 11.0), vec2(30.0, 22.0));
            let response = kit::clickable(ui, r, Id::unique(name), Role::Button, &format!("{name}, {n} more"), true);
            let theme = Theme::of(ui);
            if response.hovered() {
                painter.rect_filled(r, 4.0, theme.well);
            }
            painter.text(r.center(), egui::Align2::CENTER_CENTER, format!("+{n}"), Face::SansMedium.at(11.5), theme.ink2);
            kit::focus_ring(ui, &response, 4.0);
            if response.clicked() {
                state.rail.from = to;
            }
            response.on_hover_text(format!("{n} more"));
        }
    }
}

/// The wheel over the bar moves it; columns that come into sight bring their letters along.
fn scroll(ui: &Ui, area: Rect, listed: &[VersionIx], app: &App, rail: &mut RailState, places: &[Place], fit: usize) {
    let last = listed.len() - fit.min(listed.len());
    let response = ui.interact(area, Id::unique("rail"), Sense::hover());
    if response.contains_pointer() {
        let delta = ui.input(|i| i.smooth_scroll_delta());
        rail.wheel -= delta.x + delta.y;
        let by = (rail.wheel / TURN).trunc();
        rail.wheel -= by * TURN;
        rail.from = rail.from.saturating_add_signed(by as isize).min(last);
    }
    let moving: Vec<usize> =
        places.iter().filter(|p| !app.is_pinned(p.version)).filter_map(|p| listed.iter().position(|v| *v == p.version)).collect();
    let (Some(first), Some(end)) = (moving.first().copied(), moving.last().copied()) else { return };
    let now = places.last().map(|p| (p.key, first));
    if rail.followed != now {
        rail.followed = now;
        // A guest may stand too far away for both to be listed; then the row of columns is.
        let middle = if end - first < fit { (first + end) / 2 } else { first + moving.len() / 2 };
        if first < rail.from || end >= rail.from + fit {
            rail.from = middle.saturating_sub(fit / 2).min(last);
        }
    }
}

fn chip(ui: &Ui, rect: Rect, version: VersionIx, named: bool, app: &App, places: &[Place], out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let key = app.key(version);
    let outlet = app.version(version).outlet();
    let shown = places.iter().any(|p| p.key == key);
    let hidden = app.is_hidden(version);
    let reading = app.selected().map(|f| (f, reading_of(app, f, version)));
    let said = reading.and_then(|(f, r)| said(app, f, version, r));
    let name = match &said {
        Some(said) => format!("show {outlet}, {said}"),
        None => format!("show {outlet}"),
    };
    let response = kit::clickable(ui, rect, Id::unique(("rail", key)), Role::Button, &name, true);
    if shown {
        painter.rect(rect, 5.0, theme.paper, Stroke::new(1.0, theme.hair), StrokeKind::Inside);
    } else if response.hovered() {
        painter.rect_filled(rect, 5.0, theme.well);
    }
    let kind = if hidden {
        Badge::Hidden
    } else if app.reference() == Some(version) {
        Badge::Reference
    } else {
        Badge::Plain
    };
    let y = rect.center().y;
    let color = reading.map(|(f, _)| theme.kind(app.analysis.findings[f.ix()].kind));
    let cell = reading.and_then(|(_, r)| r);
    if named {
        let b = kit::badge(ui, pos2(rect.left() + 5.0, y), 18.0, &letter(version), kind);
        let mut x = rect.left() + 5.0 + b + 6.0;
        if let Some(color) = color {
            if said.is_some() {
                kit::cell(painter, Rect::from_center_size(pos2(x + 2.5, y), vec2(6.0, 12.0)), cell, color);
            }
            x += 11.0;
        }
        let ink = if shown { theme.ink } else { theme.ink2 };
        let end = kit::text(painter, x, y, outlet, Face::Sans.at(12.5), ink, rect.right() - x).right();
        if app.is_pinned(version) {
            glyphs::paint(painter, pos2(end + 11.0, y), 11.0, theme.ink, Glyph::Pin);
        }
    } else {
        let width = kit::width(painter, &letter(version), Face::SansSemibold.at(18.0 * 0.61)) + 7.0;
        let left = rect.center().x - width.max(18.0) / 2.0;
        let raised = if color.is_some() { 4.5 } else { 0.0 };
        kit::badge(ui, pos2(left, y - raised), 18.0, &letter(version), kind);
        if let (Some(color), Some(_)) = (color, &said) {
            kit::cell(painter, Rect::from_center_size(pos2(rect.center().x, y + 10.0), vec2(14.0, 6.0)), cell, color);
        }
    }
    kit::focus_ring(ui, &response, 5.0);
    if response.clicked() {
        if hidden {
            out.push(Action::SetHidden(key, false));
        }
        out.push(Action::Focus(key));
    }
    response.on_hover_text(match said {
        Some(said) => format!("{outlet}: {said}"),
        None => outlet.to_owned(),
    });
}

/// The reading that a version has of a finding.
fn reading_of(app: &App, finding: FindingIx, version: VersionIx) -> Option<usize> {
    app.analysis.findings[finding.ix()].readings.iter().position(|r| r.evidence.iter().any(|e| e.version == version))
}

/// What a version says of a finding, in words; nothing where the version is no part of it.
fn said(app: &App, finding: FindingIx, version: VersionIx, reading: Option<usize>) -> Option<String> {
    let f = &app.analysis.findings[finding.ix()];
    match reading {
        Some(i) => Some(format!("reading {}, {}", i + 1, super::shorten(&f.readings[i].text, 50))),
        None if f.kind == FindingKind::Silent && f.silent.contains(&version) => Some("not found".to_owned()),
        None => None,
    }
}
