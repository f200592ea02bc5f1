//! The inspector as a drawer below, in a narrow window and on a projector.

use super::{PAD, buttons, nothing_selected, number, reading_color, why};
use crate::app::{Action, App, Command, letter};
use crate::base::{ContentId, VersionIx};
use crate::compare::Finding;
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::kit::{self, Badge};
use crate::gui::side::{list, shorten};
use crate::gui::theme::Theme;
use egui::{Align2, Galley, Id, Painter, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use std::sync::Arc;

/// The drawer is never lower.
const LEAST: f32 = 104.0;
/// Nor does it take more of the columns' height.
const MOST: f32 = 0.42;
/// Height of the row with title and buttons.
const HEAD: f32 = 44.0;
/// Badges of a reading before they are counted.
const BADGES: usize = 12;

/// What the drawer keeps between frames.
#[derive(Default)]
pub struct DrawerState {
    shown: Option<ContentId>,
}

/// How high it stands over `room` points.
pub fn height(painter: &Painter, app: &App, width: f32, room: f32) -> f32 {
    let Some(finding) = app.selected() else { return LEAST };
    let body = Body::new(painter, app, &app.analysis.findings[finding.ix()], width - 2.0 * PAD - 8.0);
    (HEAD + body.height + 8.0).clamp(LEAST, (room * MOST).max(LEAST)).round()
}

/// Size of readings and of the reasons: on a projector the window is enlarged, and they are read as the articles are.
fn sizes(app: &App) -> (f32, f32) {
    if app.settings.projector { (16.0, 15.0) } else { (16.0, 12.5) }
}

/// Readings one after the other, in as many lines as they need, then why they stand together.
struct Body {
    readings: Vec<Placed>,
    why: Arc<Galley>,
    why_top: f32,
    height: f32,
}

/// A reading laid out, at its place from the body's corner.
struct Placed {
    at: egui::Pos2,
    words: Arc<Galley>,
    versions: Vec<VersionIx>,
}

impl Body {
    fn new(painter: &Painter, app: &App, f: &Finding, width: f32) -> Self {
        let (size, small) = sizes(app);
        let ink = egui::Color32::PLACEHOLDER;
        let (mut x, mut y, mut row) = (0.0_f32, 0.0_f32, 0.0_f32);
        let mut readings = Vec::new();
        for r in &f.readings {
            let mut versions: Vec<VersionIx> = r.evidence.iter().map(|e| e.version).collect();
            versions.sort();
            versions.dedup();
            let badge = |v: &VersionIx| (kit::width(painter, &letter(*v), Face::SansSemibold.at(17.0 * 0.61)) + 7.0).max(17.0) + 5.0;
            let more = if versions.len() > BADGES { 28.0 } else { 0.0 };
            let badges = versions.iter().take(BADGES).map(badge).sum::<f32>() + more;
            let room = (width - 23.0 - badges).max(120.0);
            let words = kit::paragraph(painter, &[(&shorten(&r.text, 280), Face::SerifSemibold.at(size), ink)], (size * 1.4).round(), room);
            let w = 23.0 + words.size().x + 8.0 + badges;
            if x > 0.0 && x + w > width {
                (x, y, row) = (0.0, y + row + 6.0, 0.0);
            }
            row = row.max(words.size().y);
            readings.push(Placed { at: pos2(x, y), words, versions });
            x += w + 18.0;
        }
        let mut reasons = why(app, f);
        if !f.silent.is_empty() {
            let letters: Vec<String> = f.silent.iter().take(BADGES).map(|v| letter(*v)).collect();
            let more = f.silent.len().saturating_sub(BADGES);
            let letters = if more > 0 { format!("{} and {more} more", letters.join(", ")) } else { list(&letters) };
            reasons = format!("Not found in {letters}. {reasons}");
        }
        let why = kit::paragraph(painter, &[(&reasons, Face::Sans.at(small), ink)], (small * 1.4).round(), width);
        let why_top = y + row + 8.0;
        let height = why_top + why.size().y + 4.0;
        Self { readings, why, why_top, height }
    }
}

/// Draws it as a drawer below.
pub fn ui(ui: &mut Ui, rect: Rect, app: &App, state: &mut DrawerState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let ui = &mut kit::region(ui, rect, theme.chrome, "inspector drawer");
    let painter = ui.painter().clone();
    kit::rule(&painter, rect.left(), rect.right(), rect.top() + 0.5, theme.line);
    let Some(finding) = app.selected() else {
        kit::text(
            &painter,
            rect.left() + PAD,
            rect.center().y,
            nothing_selected(app),
            Face::Sans.at(13.0),
            theme.ink2,
            rect.width() - 60.0,
        );
        return;
    };
    let f = &app.analysis.findings[finding.ix()];
    let y = rect.top() + HEAD / 2.0 + 1.0;
    let close = Rect::from_center_size(pos2(rect.right() - 27.0, y), vec2(28.0, 26.0));
    if kit::icon_button(ui, close, Id::unique("close inspector"), Glyph::Down, "Close inspector", true, true).clicked() {
        out.push(Action::Run(Command::ToggleInspector));
    }
    let buttons_left = close.left() - 306.0;
    buttons(ui, buttons_left, y, close.left() - 6.0, app, finding, out);
    let color = theme.kind(f.kind);
    let w = kit::width(&painter, f.kind.label(), Face::SansSemibold.at(12.0)) + 34.0;
    let tag_rect = Rect::from_min_size(pos2(rect.left() + PAD, y - 11.0), vec2(w, 22.0));
    painter.rect(tag_rect, 4.0, color, Stroke::NONE, StrokeKind::Inside);
    let ink = if theme.dark { theme.chrome } else { theme.paper };
    glyphs::paint(&painter, pos2(tag_rect.left() + 14.0, y), 12.0, ink, Glyph::of(f.kind));
    painter.text(pos2(tag_rect.left() + 25.0, y), Align2::LEFT_CENTER, f.kind.label(), Face::SansSemibold.at(12.0), ink);
    let title_x = tag_rect.right() + 9.0;
    kit::text(&painter, title_x, y, &f.title, Face::SerifSemibold.at(16.0), theme.ink, buttons_left - title_x - 10.0);
    let name = format!("selected difference, {}, {}", f.kind.label().to_lowercase(), f.title);
    kit::name_area(
        ui,
        Rect::from_min_max(tag_rect.min, pos2(buttons_left - 10.0, y + 12.0)),
        Id::unique("selected difference"),
        Role::Group,
        &name,
    );
    let body = Body::new(&painter, app, f, rect.width() - 2.0 * PAD - 8.0);
    let area = Rect::from_min_max(pos2(rect.left() + PAD, rect.top() + HEAD), pos2(rect.right() - 4.0, rect.bottom() - 2.0));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(area).id_salt("drawer body"));
    let mut scroll = ScrollArea::vertical().id_salt("drawer scroll").auto_shrink(false);
    if state.shown.replace(f.id) != Some(f.id) {
        scroll = scroll.vertical_scroll_offset(0.0);
    }
    scroll.show(&mut child, |ui| {
        let (r, _) = ui.allocate_exact_size(vec2(rect.width() - 2.0 * PAD - 8.0, body.height), Sense::hover());
        let painter = ui.painter().clone();
        for (i, placed) in body.readings.into_iter().enumerate() {
            reading(ui, app, f, i, placed, r.min, out);
        }
        painter.galley(r.min + vec2(0.0, body.why_top), body.why, theme.ink2);
    });
}

fn reading(ui: &Ui, app: &App, f: &Finding, i: usize, placed: Placed, origin: egui::Pos2, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let at = origin + placed.at.to_vec2();
    let line = (sizes(app).0 * 1.4).round();
    let r = &f.readings[i];
    number(ui, pos2(at.x + 8.0, at.y + line / 2.0), i + 1, reading_color(f, r, theme));
    let size = placed.words.size();
    let words = Rect::from_min_size(at, vec2(23.0 + size.x, size.y));
    let name = format!("reading {} of {}, {}", i + 1, f.readings.len(), shorten(&r.text, 60));
    let response = kit::clickable(ui, words, Id::unique(("drawer reading", i)), Role::Button, &name, true);
    if response.hovered() {
        ui.painter().rect_filled(words.expand2(vec2(3.0, 0.0)), 3.0, theme.well);
        number(ui, pos2(at.x + 8.0, at.y + line / 2.0), i + 1, reading_color(f, r, theme));
    }
    ui.painter().galley(at + vec2(23.0, 0.0), placed.words, theme.ink);
    kit::focus_ring(ui, &response, 3.0);
    if response.clicked() {
        out.push(Action::Select { finding: f.id, version: r.evidence.first().map(|e| app.key(e.version)) });
    }
    let mut x = words.right() + 8.0;
    let y = at.y + line / 2.0;
    for v in placed.versions.iter().take(BADGES) {
        let kind = if app.column_of(*v) != Some(*v) { Badge::Hidden } else { Badge::Plain };
        let w = kit::badge(ui, pos2(x, y), 17.0, &letter(*v), kind);
        let area = Rect::from_min_size(pos2(x, y - 8.5), vec2(w, 17.0));
        let outlet = app.version(*v).outlet();
        let badge = kit::clickable(ui, area, Id::unique(("drawer holder", i, *v)), Role::Button, &format!("show {outlet}"), true);
        kit::focus_ring(ui, &badge, 4.0);
        if badge.clicked() {
            out.extend(super::show_version(app, *v));
        }
        badge.on_hover_text(outlet);
        x += w + 5.0;
    }
    if placed.versions.len() > BADGES {
        let more = format!("+{}", placed.versions.len() - BADGES);
        kit::text(ui.painter(), x + 1.0, y, &more, Face::Sans.at(12.0), theme.ink2, 40.0);
    }
}
