//! The inspector as a drawer below, in a narrow window and on a projector.

use super::{PAD, buttons, nothing_selected, number, reading_color};
use crate::app::{Action, App, Command, letter};
use crate::base::VersionIx;
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::kit::{self, Badge};
use crate::gui::side::shorten;
use crate::gui::theme::Theme;
use crate::report::words::counted;
use egui::{Align2, Id, Rect, Role, Stroke, StrokeKind, Ui, pos2, vec2};

/// Draws it as a drawer below.
pub fn ui(ui: &mut Ui, rect: Rect, app: &App, out: &mut Vec<Action>) {
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
    let y = rect.top() + 23.0;
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
    let y = rect.top() + 56.0;
    let mut x = rect.left() + PAD;
    for (i, r) in f.readings.iter().enumerate() {
        let mut versions: Vec<VersionIx> = r.evidence.iter().map(|e| e.version).collect();
        versions.dedup();
        let badges = versions.len().min(6) as f32 * 23.0;
        // The last place is kept for saying that there are more.
        let more = if i + 1 < f.readings.len() { 80.0 } else { 0.0 };
        let room = rect.right() - PAD - x - 24.0 - badges - more;
        if room < 60.0 {
            let words =
                if i == 0 { counted(f.readings.len(), "reading", "readings") } else { format!("and {} more", f.readings.len() - i) };
            kit::text(&painter, x, y, &words, Face::Sans.at(12.0), theme.ink2, rect.right() - PAD - x);
            break;
        }
        number(ui, pos2(x + 8.0, y), i + 1, reading_color(f, r, theme));
        let words = shorten(&r.text, 60);
        let end = kit::text(&painter, x + 23.0, y, &words, Face::SerifSemibold.at(16.0), theme.ink, room.min(330.0));
        let mut at = end.right() + 7.0;
        for v in versions.iter().take(6) {
            let kind = if app.is_hidden(*v) { Badge::Hidden } else { Badge::Plain };
            let w = kit::badge(ui, pos2(at, y), 17.0, &letter(*v), kind);
            at += w + 5.0;
        }
        let name = format!("reading {} of {}, {words}", i + 1, f.readings.len());
        let area = Rect::from_min_max(pos2(x, y - 12.0), pos2(at, y + 12.0));
        let response = kit::clickable(ui, area, Id::unique(("drawer reading", i)), Role::Button, &name, true);
        if response.clicked() {
            out.push(Action::Select { finding: f.id, version: r.evidence.first().map(|e| app.key(e.version)) });
        }
        x = at + 26.0;
    }
    kit::text(&painter, rect.left() + PAD, rect.top() + 84.0, &f.why, Face::Sans.at(11.5), theme.ink3, rect.width() - 2.0 * PAD);
}
