//! Small widgets at given places. The window is laid out by rectangles, so that edges line up by
//! construction; egui gives input, focus and names.

use super::bidi::{self, Direction};
use super::fonts::Face;
use super::glyphs::{self, Glyph};
use super::theme::Theme;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Align2, Color32, CornerRadius, CursorIcon, FontId, Galley, Id, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind,
    Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// Lays out one line, cut with "…" where it is longer than `width`.
pub fn line(painter: &Painter, text: &str, font: FontId, color: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(bidi::mirrored(text, Direction::First).into_owned(), font, color);
    job.wrap = TextWrapping { max_width: width.max(0.0), max_rows: 1, break_anywhere: true, overflow_character: Some('…') };
    bidi::arranged(painter.layout_job(job), Direction::First, None)
}

/// Paints one line centred on `y` from `x`, cut at `width`. Returns what it covers.
pub fn text(painter: &Painter, x: f32, y: f32, text: &str, font: FontId, color: Color32, width: f32) -> Rect {
    if width < 4.0 {
        return Rect::from_min_size(pos2(x, y), Vec2::ZERO);
    }
    let galley = line(painter, text, font, color, width);
    let pos = pos2(x, y - galley.size().y / 2.0);
    let rect = Rect::from_min_size(pos, galley.size());
    painter.galley(pos, galley, color);
    rect
}

/// Paints one line that ends at `right`. Returns what it covers.
pub fn text_right(painter: &Painter, right: f32, y: f32, string: &str, font: FontId, color: Color32) -> Rect {
    painter.text(pos2(right, y), Align2::RIGHT_CENTER, string, font, color)
}

/// Width of one line.
pub fn width(painter: &Painter, text: &str, font: FontId) -> f32 {
    painter.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
}

/// Several lines with a fixed line height, wrapped at `width`.
pub fn paragraph(painter: &Painter, parts: &[(&str, FontId, Color32)], line_height: f32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    for (text, font, color) in parts {
        job.append(
            &bidi::mirrored(text, Direction::First),
            0.0,
            TextFormat {
                font_id: font.clone(),
                color: *color,
                line_height: Some(line_height),
                valign: Align::Center,
                ..TextFormat::default()
            },
        );
    }
    job.wrap = TextWrapping::wrap_at_width(width.max(8.0));
    bidi::arranged(painter.layout_job(job), Direction::First, None)
}

/// The ring around what has the keyboard: two points wide, two away.
pub fn focus_ring(ui: &Ui, response: &Response, radius: f32) {
    if response.has_focus() {
        mark_ringed(ui, response);
        let stroke = Stroke::new(2.0, Theme::of(ui).focus);
        ui.painter().rect_stroke(response.rect.expand(2.0), radius + 2.0, stroke, StrokeKind::Middle);
    }
}

/// Says that what has the keyboard shows it.
pub fn mark_ringed(ui: &Ui, response: &Response) {
    let now = ui.ctx().cumulative_pass_nr();
    ui.ctx().data_mut(|d| d.insert_temp(Id::unique("ringed"), (response.id, now)));
}

/// A ring around what has the keyboard where nobody drew one: egui's own widgets show it by their ground alone. A field
/// shows its cursor.
pub fn ring_what_has_none(ui: &Ui) {
    let ctx = ui.ctx();
    let Some(id) = ctx.memory(|m| m.focused()) else { return };
    let ringed = ctx.data(|d| d.get_temp::<(Id, u64)>(Id::unique("ringed")));
    if ringed == Some((id, ctx.cumulative_pass_nr())) || ctx.text_edit_focused() {
        return;
    }
    if let Some(response) = ctx.read_response(id) {
        let stroke = Stroke::new(2.0, Theme::of(ui).focus);
        ctx.layer_painter(response.layer_id).rect_stroke(response.interact_rect.expand(1.0), 5.0, stroke, StrokeKind::Middle);
    }
}

/// Something that can be clicked and has a name.
pub fn clickable(ui: &Ui, rect: Rect, id: Id, role: Role, name: &str, enabled: bool) -> Response {
    let response = ui.interact(rect, id, if enabled { Sense::click() } else { Sense::hover() });
    response.widget_info(|| WidgetInfo::labeled(role, enabled, name));
    if enabled { response.on_hover_cursor(CursorIcon::PointingHand) } else { response }
}

/// Makes words that are only painted known to assistive technology.
pub fn name_area(ui: &Ui, rect: Rect, id: Id, role: Role, name: &str) -> Response {
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(role, true, name));
    response
}

/// Says whether tooltips of text and rows may show: not while keys move what lies under a resting pointer.
pub fn set_tips(ctx: &egui::Context, may: bool) {
    ctx.data_mut(|d| d.insert_temp(Id::unique("tips"), may));
}

/// Whether tooltips of text and rows may show.
pub fn tips(ctx: &egui::Context) -> bool {
    ctx.data(|d| d.get_temp(Id::unique("tips")).unwrap_or(true))
}

/// A tooltip over words that may be cut.
pub fn tip_over(ui: &Ui, rect: Rect, id: Id, text: &str) {
    let response = ui.interact(rect, id, Sense::hover());
    if tips(ui.ctx()) {
        response.on_hover_text(text);
    }
}

/// A tooltip at the right of a row in a list, so that it hides no other row.
pub fn tip_at_right(response: &Response, text: &str) {
    if tips(&response.ctx) {
        let mut tooltip = egui::Tooltip::for_enabled(response);
        tooltip.popup = tooltip.popup.align(egui::RectAlign::RIGHT).gap(8.0);
        tooltip.show(|ui| ui.label(text));
    }
}

/// How a button looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Paper on ink: the one thing to do.
    Primary,
    /// A frame.
    Framed,
    /// Words alone.
    Plain,
}

/// A button to be placed.
pub struct Button<'a> {
    /// The words on it.
    pub label: &'a str,
    /// The keys beside them.
    pub keys: Option<&'a str>,
    /// How it looks.
    pub look: Look,
    /// Whether it can be pressed.
    pub enabled: bool,
    /// Size of the words.
    pub size: f32,
}

impl<'a> Button<'a> {
    /// A framed button.
    pub fn framed(label: &'a str) -> Self {
        Self { label, keys: None, look: Look::Framed, enabled: true, size: 13.0 }
    }

    /// With keys beside the words.
    pub fn keys(mut self, keys: Option<&'a str>) -> Self {
        self.keys = keys;
        self
    }

    /// In another look.
    pub fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }

    /// Pressable or not.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// The width it takes, with the usual room at the sides.
    pub fn width(&self, painter: &Painter) -> f32 {
        let label = width(painter, self.label, Face::SansMedium.at(self.size));
        let keys = self.keys.map_or(0.0, |k| width(painter, k, Face::Sans.at(self.size - 1.5)) + 8.0);
        let pad = if self.look == Look::Plain { 8.0 } else { 11.0 };
        (label + keys + 2.0 * pad).ceil()
    }

    /// Puts it at a rectangle.
    pub fn show(&self, ui: &Ui, rect: Rect, id: Id) -> Response {
        let theme = Theme::of(ui);
        let response = clickable(ui, rect, id, Role::Button, self.label.trim_end_matches('…'), self.enabled);
        let painter = ui.painter();
        let hot = self.enabled && (response.hovered() || response.is_pointer_button_down_on());
        let (fill, border, ink) = match self.look {
            Look::Primary if !self.enabled => (theme.well, theme.well, theme.ink3),
            Look::Primary => (if hot { theme.ink2 } else { theme.ink }, theme.ink, theme.paper),
            Look::Framed => (if hot { theme.well } else { theme.paper }, theme.hair, theme.ink),
            Look::Plain => (if hot { theme.well } else { Color32::TRANSPARENT }, Color32::TRANSPARENT, theme.ink),
        };
        let ink = if self.enabled { ink } else { theme.ink3 };
        painter.rect(rect, 5.0, fill, Stroke::new(1.0, border), StrokeKind::Inside);
        let label = painter.layout_no_wrap(self.label.to_owned(), Face::SansMedium.at(self.size), ink);
        let keys_color = if self.look == Look::Primary { theme.line } else { theme.ink3 };
        let keys = self.keys.map(|k| painter.layout_no_wrap(k.to_owned(), Face::Sans.at(self.size - 1.5), keys_color));
        let total = label.size().x + keys.as_ref().map_or(0.0, |k| k.size().x + 8.0);
        let mut x = rect.center().x - total / 2.0;
        painter.galley(pos2(x, rect.center().y - label.size().y / 2.0), label.clone(), ink);
        if let Some(keys) = keys {
            x += label.size().x + 8.0;
            painter.galley(pos2(x, rect.center().y - keys.size().y / 2.0 + 0.5), keys, keys_color);
        }
        focus_ring(ui, &response, 5.0);
        response
    }
}

/// A button of a sign alone; its name is the command's.
pub fn icon_button(ui: &Ui, rect: Rect, id: Id, glyph: Glyph, name: &str, framed: bool, enabled: bool) -> Response {
    let theme = Theme::of(ui);
    let response = clickable(ui, rect, id, Role::Button, name, enabled);
    let hot = enabled && response.hovered();
    if framed || hot {
        let border = if framed { theme.hair } else { Color32::TRANSPARENT };
        let fill = if hot { theme.well } else { theme.paper };
        ui.painter().rect(rect, 5.0, fill, Stroke::new(1.0, border), StrokeKind::Inside);
    }
    glyphs::paint(ui.painter(), rect.center(), 12.0, if enabled { theme.ink } else { theme.ink3 }, glyph);
    focus_ring(ui, &response, 5.0);
    response.on_hover_text(name)
}

/// How a version's badge looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Badge {
    /// A frame.
    Plain,
    /// Filled: the reference version.
    Reference,
    /// Dashed: its column is hidden.
    Hidden,
}

/// The letter of a version in its box, `side` points high. Returns its width.
pub fn badge(ui: &Ui, left_center: Pos2, side: f32, letter: &str, kind: Badge) -> f32 {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let font = Face::SansSemibold.at((side * 0.61).max(9.5));
    let w = side.max(width(painter, letter, font.clone()) + 7.0);
    let rect = Rect::from_min_size(pos2(left_center.x, left_center.y - side / 2.0), vec2(w, side));
    let ink = match kind {
        Badge::Reference => {
            painter.rect_filled(rect, 4.0, theme.ink);
            theme.paper
        }
        Badge::Plain => {
            painter.rect(rect, 4.0, theme.paper, Stroke::new(1.0, theme.hair), StrokeKind::Inside);
            theme.ink
        }
        Badge::Hidden => {
            glyphs::dashed_rect(painter, rect.shrink(0.5), Stroke::new(1.0, theme.hair), 3.0, 2.0);
            theme.ink2
        }
    };
    painter.text(rect.center(), Align2::CENTER_CENTER, letter, font, ink);
    w
}

/// The cell of a reading: 1 full, 2 lower half, 3 empty, 4 slashed, more a number; `None` a short dash.
pub fn cell(painter: &Painter, rect: Rect, reading: Option<usize>, color: Color32) {
    let stroke = Stroke::new(1.2, color);
    match reading {
        None => {
            let y = rect.center().y;
            painter.line_segment([pos2(rect.center().x - 1.5, y), pos2(rect.center().x + 1.5, y)], stroke);
        }
        Some(0) => {
            painter.rect_filled(rect, 1.0, color);
        }
        Some(1) => {
            painter.rect_stroke(rect, 1.0, stroke, StrokeKind::Inside);
            painter.rect_filled(rect.with_min_y(rect.center().y), 0.0, color);
        }
        Some(2) => {
            painter.rect_stroke(rect, 1.0, stroke, StrokeKind::Inside);
        }
        Some(3) => {
            painter.rect_stroke(rect, 1.0, stroke, StrokeKind::Inside);
            painter.line_segment([rect.left_bottom(), rect.right_top()], stroke);
        }
        Some(n) => {
            painter.text(rect.center(), Align2::CENTER_CENTER, (n + 1).to_string(), Face::SansMedium.at(10.5), color);
        }
    }
}

/// A horizontal rule, on whole pixels.
pub fn rule(painter: &Painter, left: f32, right: f32, y: f32, color: Color32) {
    painter.hline(left..=right, painter.round_to_pixel_center(y), Stroke::new(1.0, color));
}

/// A vertical rule, on whole pixels.
pub fn vrule(painter: &Painter, x: f32, top: f32, bottom: f32, color: Color32) {
    painter.vline(painter.round_to_pixel_center(x), top..=bottom, Stroke::new(1.0, color));
}

/// Fills a region and gives a ui for it that clips to it.
pub fn region(ui: &mut Ui, rect: Rect, fill: Color32, salt: &str) -> Ui {
    ui.painter().rect_filled(rect, CornerRadius::ZERO, fill);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(salt));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    child
}

/// Words that are a link: underlined, focusable. Returns the response.
pub fn link(ui: &Ui, x: f32, y: f32, label: &str, size: f32, id: Id) -> Response {
    let theme = Theme::of(ui);
    let galley = ui.painter().layout_no_wrap(label.to_owned(), Face::Sans.at(size), theme.ink2);
    let rect = Rect::from_min_size(pos2(x, y - galley.size().y / 2.0), galley.size());
    let response = clickable(ui, rect, id, Role::Link, label.trim_end_matches('…'), true);
    let ink = if response.hovered() { theme.ink } else { theme.ink2 };
    ui.painter().galley_with_override_text_color(rect.min, galley, ink);
    rule(ui.painter(), rect.left(), rect.right(), rect.bottom() - 1.0, ink);
    focus_ring(ui, &response, 2.0);
    response
}

/// A switch of one of several choices that opens a menu: "Sort **reading order** ⌄". Returns the response of the button.
pub fn choice(ui: &Ui, x: f32, y: f32, caption: &str, value: &str, id: Id) -> Response {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let caption_galley = painter.layout_no_wrap(caption.to_owned(), Face::Sans.at(12.5), theme.ink2);
    let value_galley = painter.layout_no_wrap(value.to_owned(), Face::SansMedium.at(12.5), theme.ink);
    let w = caption_galley.size().x + 5.0 + value_galley.size().x + 20.0;
    let rect = Rect::from_min_size(pos2(x, y - 12.0), vec2(w, 24.0));
    let response = clickable(ui, rect, id, Role::ComboBox, &format!("{caption}: {value}"), true);
    if response.hovered() {
        painter.rect_filled(rect.expand2(vec2(4.0, 0.0)), 4.0, theme.well);
    }
    let value_x = x + caption_galley.size().x + 5.0;
    let value_w = value_galley.size().x;
    painter.galley(pos2(x, y - caption_galley.size().y / 2.0), caption_galley, theme.ink2);
    painter.galley(pos2(value_x, y - value_galley.size().y / 2.0), value_galley, theme.ink);
    glyphs::paint(painter, pos2(value_x + value_w + 12.0, y + 1.0), 11.0, theme.ink2, Glyph::Down);
    focus_ring(ui, &response, 4.0);
    response
}

/// The width that [`choice`] takes.
pub fn choice_width(painter: &Painter, caption: &str, value: &str) -> f32 {
    width(painter, caption, Face::Sans.at(12.5)) + 25.0 + width(painter, value, Face::SansMedium.at(12.5))
}

/// A menu below a response, closed by a click in it.
pub fn menu_below(response: &Response, add: impl FnOnce(&mut Ui)) {
    egui::Popup::menu(response).show(|ui| {
        ui.set_min_width(160.0);
        add(ui);
    });
}

/// A row of a menu with a tick where it is the choice. Returns whether it was clicked.
pub fn menu_row(ui: &mut Ui, label: &str, on: bool) -> bool {
    let text = if on { format!("✓ {label}") } else { label.to_owned() };
    let clicked = ui.add(egui::Button::new(text).frame_when_inactive(false).wrap_mode(egui::TextWrapMode::Extend)).clicked();
    if clicked {
        ui.close();
    }
    clicked
}
