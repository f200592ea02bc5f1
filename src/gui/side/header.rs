//! A column's header: badge, outlet, menu, time and copy; dragging it moves the column. And the rail of versions.

use super::{HEADER, Place, SideContext, SideState};
use crate::analysis::Version;
use crate::app::{Action, App, Command, Dialog, letter};
use crate::base::{ContentId, VersionIx};
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::kit::{self, Badge};
use crate::gui::theme::Theme;
use egui::{CursorIcon, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

/// A column being dragged.
pub struct Drag {
    key: ContentId,
}

/// Draws one column's header.
pub fn ui(ui: &mut Ui, p: &Place, cx: &SideContext<'_>, state: &mut SideState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let app = cx.app;
    let rect = p.rect.with_max_y(p.rect.top() + HEADER);
    let version = app.version(p.version);
    let painter = ui.painter().clone();
    painter.rect_filled(rect.expand2(vec2(super::GUTTER / 2.0, 0.0)), 0.0, theme.paper);
    let name = format!("move column {}, {}", letter(p.version), version.outlet());
    let response = ui.interact(rect, Id::unique(("header", p.key)), Sense::click_and_drag());
    response.widget_info(|| egui::WidgetInfo::labeled(Role::ColumnHeader, true, &name));
    if response.drag_started() {
        state.drag = Some(Drag { key: p.key });
    }
    if response.clicked() {
        out.push(Action::Focus(p.key));
    }
    response.clone().on_hover_cursor(CursorIcon::Grab);
    let x = rect.left() + super::MARGIN;
    let y = rect.top() + 17.0;
    let reference = app.reference() == Some(p.version);
    let kind = if reference { Badge::Reference } else { Badge::Plain };
    let w = kit::badge(ui, pos2(x, y), 18.0, &letter(p.version), kind);
    // A few versions folded into this column show their badges beside its own; many are counted below.
    let mut w = w;
    let folded = app.folded_under(p.version);
    for v in folded.iter().filter(|_| folded.len() <= 3) {
        w += 3.0 + kit::badge(ui, pos2(x + w + 3.0, y), 18.0, &letter(*v), Badge::Plain);
    }
    let menu = Rect::from_center_size(pos2(rect.right() - 18.0, y), vec2(26.0, 22.0));
    let mut right = menu.left() - 4.0;
    let menu_name = format!("menu of {}", version.outlet());
    let button = kit::icon_button(ui, menu, Id::unique(("column menu", p.key)), Glyph::More, &menu_name, false, true);
    kit::menu_below(&button, |ui| column_menu(ui, app, p.version, p.key, out));
    response.context_menu(|ui| column_menu(ui, app, p.version, p.key, out));
    if app.is_pinned(p.version) {
        glyphs::paint(&painter, pos2(right - 7.0, y), 12.0, theme.ink, Glyph::Pin);
        right -= 20.0;
    }
    let title = kit::text(&painter, x + w + 8.0, y, version.outlet(), Face::SansSemibold.at(13.0), theme.ink, right - x - w - 10.0);
    if reference {
        kit::text(&painter, title.right() + 6.0, y, "reference", Face::Sans.at(11.5), theme.ink3, right - title.right() - 8.0);
    }
    let y = rect.top() + 37.0;
    let edge = language(ui, p, version, x + 60.0, rect.right() - 8.0, y);
    let room = edge - x;
    let copies = copies_of(app, p.version);
    let shared = match (app.folded_under(p.version).is_empty(), copies.len()) {
        (false, _) => super::copies::words(cx, p.version),
        (true, 0) => String::new(),
        // A long list would be cut; how many says more, and the tooltip names them.
        (true, 1..=4) => format!("copy with {}", super::list(&copies.iter().map(|v| letter(*v)).collect::<Vec<_>>())),
        (true, n) => format!("copy with {n} others"),
    };
    let mut first = when(version).unwrap_or_else(|| "No date".to_owned());
    if copies.is_empty() {
        first.push_str(" · ");
        first.push_str(&crate::report::words::counted(version.word_count(), "word", "words"));
    } else {
        let font = || Face::Sans.at(11.5);
        let rest = kit::width(&painter, &shared, font()) + 30.0;
        // The day says enough where the time has no room.
        if kit::width(&painter, &first, font()) + rest > room {
            first = day(version).unwrap_or(first);
        }
        first.push_str(" ·");
    }
    let caption = kit::text(&painter, x, y, &first, Face::Sans.at(11.5), theme.ink3, room);
    if !copies.is_empty() {
        let glyph_x = caption.right() + 7.0;
        if glyph_x + 20.0 < edge {
            glyphs::paint(&painter, pos2(glyph_x + 1.0, y), 12.0, theme.ink3, Glyph::Copy);
            let left = glyph_x + 10.0;
            if super::copies::stands_for(ui, p, &shared, left, y, edge + 4.0, cx, out).is_none() {
                let rect = kit::text(&painter, left, y, &shared, Face::Sans.at(11.5), theme.ink3, edge - glyph_x - 6.0);
                let hover = ui.interact(rect.expand(2.0), Id::unique(("copy", p.key)), Sense::hover());
                if let Some(text) = copy_words(app, p.version) {
                    hover.on_hover_text(text);
                }
            }
        }
    }
    if p.gap > 0 {
        gap(ui, p, theme);
    }
    // Two points: the part of the article in view.
    let line = rect.bottom() - 1.0;
    kit::rule(&painter, rect.left(), rect.right(), line, theme.line);
    if let Some(held) = state.held.get(&p.key) {
        let height = held.column.height().max(1.0);
        let from = (held.scroll / height).clamp(0.0, 1.0);
        let to = ((held.scroll + p.text.height()) / height).clamp(from, 1.0);
        let at = |share: f32| x + share * (rect.right() - x);
        let bar = Rect::from_min_max(pos2(at(from), line - 1.0), pos2(at(to), line + 1.0));
        painter.rect_filled(bar, 0.0, theme.hair);
        if app.focused == Some(p.key) {
            // The column that has the focus: a line under the whole header, the part in view on it.
            painter.rect_filled(Rect::from_min_max(pos2(rect.left(), line - 1.0), pos2(rect.right(), line + 1.0)), 0.0, theme.focus);
            painter.rect_filled(bar.with_min_y(line - 4.0), 0.0, theme.focus);
        }
    }
    // Where the words looked for stand in the article.
    if app.find.open
        && let Some(held) = state.held.get(&p.key)
    {
        let length = version.document.text.len().max(1) as f32;
        let height = held.column.height().max(1.0);
        let mut last = f32::MIN;
        for found in app.find.matches.iter().filter(|m| m.version == p.version) {
            let place = held.column.extent(found.range).0 / height;
            let place = if place.is_finite() { place } else { found.range.start as f32 / length };
            let at = (x + place.clamp(0.0, 1.0) * (rect.right() - x)).round();
            if at - last >= 2.0 {
                painter.rect_filled(Rect::from_min_max(pos2(at - 1.0, line - 6.0), pos2(at + 1.0, line)), 0.0, theme.ink);
                last = at;
            }
        }
    }
    if state.take_keyboard == Some(p.key) {
        state.take_keyboard = None;
        response.request_focus();
    }
    kit::focus_ring(ui, &response, 3.0);
}

/// The language of an article that is not read in full, up to `right`, with what is not read in it. Returns where the room before it
/// ends; there is no room for it left of `left`.
fn language(ui: &Ui, p: &Place, version: &Version, left: f32, right: f32, y: f32) -> f32 {
    let tag = &version.document.language;
    let Some(mut limits) = crate::text::language::limits(tag) else { return right };
    if crate::gui::bidi::runs_left(&version.document.text) {
        limits.push_str(" Its lines run from right to left; columns, lists and arrows stay as they are in English.");
    }
    let (name, font) = (crate::text::language::name(tag), || Face::Sans.at(11.5));
    let start = right - kit::width(ui.painter(), name, font());
    if start < left {
        return right;
    }
    let theme = Theme::of(ui);
    let rect = kit::text(ui.painter(), start, y, name, font(), theme.ink3, right - start + 1.0);
    let line = [rect.left_bottom(), rect.right_bottom()];
    ui.painter().extend(egui::Shape::dashed_line(&line, Stroke::new(1.0, theme.ink3), 2.0, 2.0));
    let words = format!("{name}. {limits}");
    kit::name_area(ui, rect.expand(3.0), Id::unique(("language", p.key)), Role::Label, &words).on_hover_text(limits);
    start - 8.0
}

/// A broken line between columns that are no neighbours.
fn gap(ui: &Ui, p: &Place, theme: &Theme) {
    let x = p.rect.left() - super::GUTTER / 2.0;
    let line = [pos2(x, p.rect.top() + 4.0), pos2(x, p.rect.top() + HEADER - 4.0)];
    ui.painter().extend(egui::Shape::dashed_line(&line, Stroke::new(1.5, theme.ink2), 3.0, 3.0));
    let area = Rect::from_min_max(pos2(x - super::GUTTER / 2.0, line[0].y), pos2(x + super::GUTTER / 2.0, line[1].y));
    let words = match p.gap {
        1 => "1 version between is out of sight".to_owned(),
        n => format!("{n} versions between are out of sight"),
    };
    kit::name_area(ui, area, Id::unique(("gap", p.key)), Role::Label, &words).on_hover_text(words.as_str());
}

/// "Sat 1 Aug 08:40", with the year where it is not the year of the others… the day alone without a time.
pub fn when(version: &Version) -> Option<String> {
    let moment = version.meta.published?;
    let day = moment.date.strftime("%a %-d %b").to_string();
    Some(match moment.time {
        Some(t) => format!("{day} {:02}:{:02}", t.hour(), t.minute()),
        None => format!("{day} {}", moment.date.year()),
    })
}

/// "Sat 1 Aug".
fn day(version: &Version) -> Option<String> {
    Some(version.meta.published?.date.strftime("%a %-d %b").to_string())
}

/// The other versions of a version's origin.
pub fn copies_of(app: &App, version: VersionIx) -> Vec<VersionIx> {
    let origin = app.analysis.origins.iter().find(|o| o.versions.contains(&version));
    origin.map(|o| o.versions.iter().copied().filter(|v| *v != version).collect()).unwrap_or_default()
}

fn copy_words(app: &App, version: VersionIx) -> Option<String> {
    let origin = app.analysis.origins.iter().find(|o| o.versions.contains(&version))?;
    let source = origin.source.filter(|s| *s != version);
    let others = || origin.versions.iter().copied().filter(|v| *v != version);
    let outlets: Vec<String> = match source {
        Some(source) => vec![app.version(source).outlet().to_owned()],
        None => others().map(|v| app.version(v).outlet().to_owned()).collect(),
    };
    // Of several none of which is the source, the share is that with the one most like it.
    let joined = if source.is_none() && outlets.len() > 1 { outlets.join(" or ") } else { super::list(&outlets) };
    Some(format!("{:.0}% of this text is also in {joined}", origin.share_of(version) * 100.0))
}

fn column_menu(ui: &mut Ui, app: &App, version: VersionIx, key: ContentId, out: &mut Vec<Action>) {
    let reference = app.reference() == Some(version);
    let pinned = app.is_pinned(version);
    let version_has_date = app.version(version).meta.published.is_some();
    let row = |ui: &mut Ui, label: &str, enabled: bool| {
        let clicked = ui.add_enabled(enabled, egui::Button::new(label).frame_when_inactive(false)).clicked();
        if clicked {
            ui.close();
        }
        clicked
    };
    ui.set_min_width(170.0);
    if row(ui, "Rename outlet…", true) {
        out.push(Action::SetDialog(Some(Dialog::Rename { version: key, text: app.version(version).outlet().to_owned() })));
    }
    if row(ui, if version_has_date { "Change date…" } else { "Set date…" }, true) {
        out.push(Action::SetDialog(Some(app.date_dialog(key))));
    }
    if row(ui, "Edit text and data…", true) {
        out.push(Action::SetDialog(app.edit_form(key)));
    }
    if let Some(path) = app.table_of(key)
        && row(ui, "Choose columns…", true)
    {
        out.push(Action::AskColumns(path));
    }
    if app.page_of(key).is_some() && row(ui, "Read page again", true) {
        out.push(Action::ReadPageAgain(key));
    }
    ui.separator();
    if row(ui, if reference { "No reference" } else { "Set as reference" }, true) {
        out.push(Action::SetReference((!reference).then_some(key)));
    }
    if row(ui, if pinned { "Unpin" } else { "Pin" }, true) {
        out.push(Action::SetPinned(key, !pinned));
    }
    let unfolded = app.unfolded_from(version);
    if !unfolded.is_empty() && row(ui, "Fold its copies", true) {
        out.push(Action::SetUnfolded(unfolded.into_iter().map(|v| app.key(v)).collect(), false));
    }
    if app.unfolded.contains(&key) && row(ui, "Fold again", true) {
        out.push(Action::SetUnfolded(vec![key], false));
    }
    if row(ui, "Hide", app.columns().len() > 1) {
        out.push(Action::SetHidden(key, true));
    }
    ui.separator();
    for (label, command) in [("Move left", Command::MoveColumnLeft), ("Move right", Command::MoveColumnRight)] {
        let columns = app.columns();
        let at = columns.iter().position(|v| *v == version).unwrap_or(0);
        let possible = if command == Command::MoveColumnLeft { at > 0 } else { at + 1 < columns.len() };
        if row(ui, label, possible) {
            out.push(Action::Focus(key));
            out.push(Action::Run(command));
        }
    }
    ui.separator();
    if row(ui, "Remove version", true) {
        out.push(Action::Remove(key));
    }
}

/// The line that shows where a dragged column would go, and the drop.
pub fn drag_ui(ui: &Ui, places: &[Place], cx: &SideContext<'_>, state: &mut SideState, out: &mut Vec<Action>) {
    let Some(drag) = &state.drag else { return };
    let key = drag.key;
    let theme = Theme::of(ui);
    let pointer = ui.input(|i| i.pointer.latest_pos());
    let released = ui.input(|i| i.pointer.any_released() || !i.pointer.any_down());
    let Some(pos) = pointer else {
        state.drag = None;
        return;
    };
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let before = places.iter().position(|p| pos.x < p.rect.center().x).unwrap_or(places.len());
    let x = if before < places.len() {
        places[before].rect.left() - super::GUTTER / 2.0
    } else {
        places.last().map_or(0.0, |p| p.rect.right() + super::GUTTER / 2.0)
    };
    if let Some(p) = places.first() {
        ui.painter().vline(x, p.rect.top()..=p.rect.bottom(), Stroke::new(2.0, theme.ink));
    }
    if let Some(p) = places.iter().find(|p| p.key == key) {
        ui.painter().rect_stroke(
            p.rect.with_max_y(p.rect.top() + HEADER).shrink(2.0),
            3.0,
            Stroke::new(1.0, theme.ink2),
            StrokeKind::Inside,
        );
    }
    if released {
        state.drag = None;
        let order = &cx.app.project.columns;
        let Some(from) = order.iter().position(|k| *k == key) else { return };
        let to = places.get(before).and_then(|p| order.iter().position(|k| *k == p.key)).unwrap_or(order.len());
        let to = if to > from { to - 1 } else { to };
        if to != from {
            out.push(Action::MoveColumn(key, to));
        }
    }
}
