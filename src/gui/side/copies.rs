//! Folded copies: what a column stands for, and where one of them says something else. Nothing that differs is out of sight: a
//! letter in the margin says which copy it is, and a click gives that copy a column of its own.

use super::{Held, Place, SideContext, explain, list};
use crate::app::{Action, App, letter};
use crate::base::{ContentId, FindingIx, VersionIx};
use crate::gui::fonts::Face;
use crate::gui::kit::{self, Badge};
use crate::gui::marks::CopyMark;
use crate::gui::theme::Theme;
use crate::report::words::counted;
use egui::{Align2, Id, Pos2, Rect, Response, Role, Stroke, StrokeKind, Ui, pos2, vec2};

/// Letters in the margin where folded copies say something else.
pub fn tags(ui: &Ui, p: &Place, held: &Held, origin: Pos2, cx: &SideContext<'_>, out: &mut Vec<Action>) {
    let app = cx.app;
    let Some(marks) = cx.marks.versions.get(p.version.ix()).filter(|m| !m.copies.is_empty()) else { return };
    let theme = Theme::of(ui);
    let painter = ui.painter().with_clip_rect(p.text.intersect(ui.clip_rect()));
    for (y, marks) in lines(held, &marks.copies) {
        let rect = Rect::from_center_size(pos2(origin.x - 12.0, origin.y + y + 11.0), vec2(15.0, 12.0));
        if !rect.intersects(p.text) {
            continue;
        }
        let mut versions: Vec<VersionIx> = marks.iter().flat_map(|m| &m.versions).copied().collect();
        versions.sort();
        versions.dedup();
        let chosen = marks.iter().find(|m| Some(m.finding) == app.selected()).or(marks.first());
        let Some(finding) = chosen.map(|m| m.finding) else { continue };
        let selected = app.selected() == Some(finding);
        let letters: Vec<String> = versions.iter().map(|v| letter(*v)).collect();
        let says = if versions.len() == 1 { "says" } else { "say" };
        let f = &app.analysis.findings[finding.ix()];
        let name = format!("folded copy {} {says} something else, {}, {}", list(&letters), f.kind.label().to_lowercase(), f.title);
        let id = Id::unique(("copy tag", p.key, f.id));
        let response = kit::clickable(ui, rect.intersect(p.text), id, Role::Button, &name, true);
        let (fill, edge) = match (selected, response.hovered()) {
            (true, _) => (theme.mark, theme.frame),
            (false, true) => (theme.well, theme.ink),
            (false, false) => (theme.paper, theme.ink2),
        };
        painter.rect(rect, 3.0, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
        let words = match letters.as_slice() {
            [one] => one.clone(),
            many => format!("+{}", many.len()),
        };
        painter.text(rect.center(), Align2::CENTER_CENTER, words, Face::SansSemibold.at(10.5), theme.ink);
        kit::focus_ring(ui, &response, 3.0);
        if response.clicked() {
            out.push(Action::SetUnfolded(versions.iter().map(|v| app.key(*v)).collect(), true));
            out.push(Action::Select { finding: f.id, version: Some(p.key) });
        }
        if kit::tips(ui.ctx()) {
            response.on_hover_ui_at_pointer(|ui| {
                for m in marks.iter().take(4) {
                    ui.label(explain(app, m.finding, p.version, None));
                }
                let outlets: Vec<String> = versions.iter().map(|v| app.version(*v).outlet().to_owned()).collect();
                ui.label(format!("Click to open {} beside it.", list(&outlets)));
            });
        }
    }
}

/// The marks by the lines at which they stand.
fn lines<'a>(held: &Held, copies: &'a [CopyMark]) -> Vec<(f32, Vec<&'a CopyMark>)> {
    let mut lines: Vec<(f32, Vec<&CopyMark>)> = Vec::new();
    for mark in copies {
        let block = held.column.block_of(mark.at.start);
        let part = held.column.parts_in_block(block, mark.at).first().map(|p| p.rect.center().y);
        let y = held.column.top(block) + part.unwrap_or(11.0);
        match lines.iter_mut().find(|(at, _)| (*at - y).abs() < 8.0) {
            Some((_, marks)) => marks.push(mark),
            None => lines.push((y, vec![mark])),
        }
    }
    lines
}

/// How many differences each of the copies that a column stands for has to it.
fn differing(cx: &SideContext<'_>, column: VersionIx, copy: VersionIx) -> Vec<FindingIx> {
    let copies = cx.marks.versions.get(column.ix()).map_or(&[][..], |m| m.copies.as_slice());
    copies.iter().filter(|c| c.versions.contains(&copy)).map(|c| c.finding).collect()
}

/// "with 11 copies, 2 differ".
pub fn words(cx: &SideContext<'_>, column: VersionIx) -> String {
    let folded = cx.app.folded_under(column);
    let differ = folded.iter().filter(|v| !differing(cx, column, **v).is_empty()).count();
    let copies = counted(folded.len(), "copy", "copies");
    match differ {
        0 => format!("with {copies}"),
        1 => format!("with {copies}, 1 differs"),
        n => format!("with {copies}, {n} differ"),
    }
}

/// What a column stands for, in [`words`], which open the list of its copies. Returns their response where there are any.
#[expect(clippy::too_many_arguments, reason = "words at a place of a column's header")]
pub fn stands_for(
    ui: &Ui,
    p: &Place,
    words: &str,
    left: f32,
    y: f32,
    right: f32,
    cx: &SideContext<'_>,
    out: &mut Vec<Action>,
) -> Option<Response> {
    let app = cx.app;
    let folded = app.folded_under(p.version);
    if folded.is_empty() {
        return None;
    }
    let theme = Theme::of(ui);
    let font = Face::Sans.at(11.5);
    let w = kit::width(ui.painter(), words, font.clone()).min(right - left);
    let rect = Rect::from_min_size(pos2(left, y - 9.0), vec2(w, 18.0));
    let outlets: Vec<&str> = folded.iter().map(|v| app.version(*v).outlet()).collect();
    let response =
        kit::clickable(ui, rect, Id::unique(("stands for", p.key)), Role::Button, &format!("{words}: {}", outlets.join(", ")), true);
    let ink = if response.hovered() { theme.ink } else { theme.ink2 };
    let end = kit::text(ui.painter(), left, y, words, font, ink, right - left);
    kit::rule(ui.painter(), end.left(), end.right(), end.bottom() - 1.0, ink);
    kit::focus_ring(ui, &response, 2.0);
    let mut keys: Vec<ContentId> = Vec::new();
    kit::menu_below(&response, |ui| {
        ui.set_min_width(250.0);
        egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            for v in &folded {
                if copy_row(ui, app, *v, differing(cx, p.version, *v).len()) {
                    keys.push(app.key(*v));
                }
            }
        });
        ui.separator();
        if kit::menu_row(ui, "Unfold these", false) {
            keys.extend(folded.iter().map(|v| app.key(*v)));
        }
    });
    if !keys.is_empty() {
        out.push(Action::SetUnfolded(keys, true));
    }
    Some(response.on_hover_text(format!("Same copy: {}. Click to see where they differ, or to open one.", outlets.join(", "))))
}

fn copy_row(ui: &mut Ui, app: &App, v: VersionIx, differences: usize) -> bool {
    let theme = Theme::of(ui);
    let outlet = app.version(v).outlet();
    let words = match differences {
        0 => "no difference".to_owned(),
        n => counted(n, "difference", "differences"),
    };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width().max(250.0), 26.0), egui::Sense::hover());
    let response = kit::clickable(ui, rect, Id::unique(("copy row", app.key(v))), Role::MenuItem, &format!("open {outlet}, {words}"), true);
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, 4.0, theme.well);
    }
    let y = rect.center().y;
    let w = kit::badge(ui, pos2(rect.left() + 6.0, y), 18.0, &letter(v), Badge::Plain);
    let ink = if differences > 0 { theme.ink } else { theme.ink3 };
    let said = kit::text_right(painter, rect.right() - 8.0, y, &words, Face::Sans.at(12.0), ink);
    let left = rect.left() + 12.0 + w;
    kit::text(painter, left, y, outlet, Face::Sans.at(13.0), theme.ink, said.left() - left - 8.0);
    kit::focus_ring(ui, &response, 4.0);
    if response.clicked() {
        ui.close();
    }
    response.clicked()
}
