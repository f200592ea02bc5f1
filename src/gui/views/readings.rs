//! A table's rows by readings: each reading once, with the letters of the versions that have it. Where there are more versions than
//! fit side by side, this shows at a glance who differs.

use super::grid::Grid;
use crate::app::{Action, App, Same, letter};
use crate::base::{ContentId, FindingIx, VersionIx};
use crate::gui::fonts::Face;
use crate::gui::inspector::reading_color;
use crate::gui::kit::{self, Badge};
use crate::gui::side::shorten;
use crate::gui::theme::Theme;
use egui::{Color32, Galley, Id, Painter, Rect, Role, Ui, pos2, vec2};
use std::sync::Arc;

/// The narrowest column of a reading.
pub const LEAST: f32 = 220.0;
/// More readings than this are counted.
pub const MOST: usize = 5;
/// Rows of letters under a reading before they are counted.
const BADGE_ROWS: usize = 3;
const BADGE: f32 = 17.0;
const BADGE_LINE: f32 = 22.0;
/// Characters of a reading in a cell.
const LONGEST: usize = 120;

/// What some versions say.
pub struct Told {
    /// Their words, as the first of them has them.
    words: String,
    versions: Vec<VersionIx>,
    color: Color32,
}

/// What versions say of a difference, a reading each.
pub fn of_finding(app: &App, finding: FindingIx, theme: &Theme) -> Vec<Told> {
    let f = &app.analysis.findings[finding.ix()];
    let told = |r: &crate::compare::Reading| {
        let mut versions: Vec<VersionIx> = r.evidence.iter().map(|e| e.version).filter(|v| !app.is_hidden(*v)).collect();
        versions.sort();
        versions.dedup();
        Told { words: shorten(&r.text, LONGEST), versions, color: reading_color(f, r, theme) }
    };
    f.readings.iter().map(told).collect()
}

/// What versions agree on: one reading.
pub fn of_same(app: &App, same: &Same, theme: &Theme) -> Vec<Told> {
    let words = same.evidence.first().map_or(String::new(), |e| shorten(app.version(e.version).slice(e.range), LONGEST));
    vec![Told { words, versions: same.evidence.iter().map(|e| e.version).collect(), color: theme.neutral }]
}

/// One reading laid out.
struct Cell {
    words: Arc<Galley>,
    /// Each letter's place from the cell's corner, and its version.
    badges: Vec<(egui::Pos2, VersionIx)>,
    /// Where what is not listed is counted, and how many that are.
    more: Option<(egui::Pos2, usize)>,
    height: f32,
}

fn cell(painter: &Painter, told: &Told, column: f32, ink: Color32) -> Cell {
    let room = column - 42.0;
    let words = kit::paragraph(painter, &[(&told.words, Face::Serif.at(16.0), ink)], 21.0, room);
    let (mut x, mut row) = (0.0, 0);
    let (mut badges, mut more) = (Vec::new(), None);
    let top = 8.0 + words.size().y + 4.0;
    for (i, v) in told.versions.iter().enumerate() {
        let w = (kit::width(painter, &letter(*v), Face::SansSemibold.at(BADGE * 0.61)) + 7.0).max(BADGE);
        // The last place is kept for saying that there are more.
        let last = row + 1 == BADGE_ROWS && i + 1 < told.versions.len();
        if x > 0.0 && x + w + if last { 34.0 } else { 0.0 } > room {
            if last {
                more = Some((pos2(29.0 + x, top + row as f32 * BADGE_LINE + BADGE_LINE / 2.0), told.versions.len() - i));
                break;
            }
            (x, row) = (0.0, row + 1);
        }
        badges.push((pos2(29.0 + x, top + row as f32 * BADGE_LINE + BADGE_LINE / 2.0), *v));
        x += w + 5.0;
    }
    let height = top + (row + 1) as f32 * BADGE_LINE + 8.0;
    Cell { words, badges, more, height }
}

/// How high a row is that shows these readings.
pub fn height(painter: &Painter, told: &[Told], grid: &Grid) -> f32 {
    told.iter().take(grid.cells).map(|t| cell(painter, t, grid.column, Color32::PLACEHOLDER).height).fold(0.0, f32::max)
}

/// Draws the readings of a row. `id` is that of what they are readings of; `select` is what a letter selects.
#[expect(clippy::too_many_arguments, reason = "a row is drawn with all it needs")]
pub fn draw(
    ui: &mut Ui,
    row: Rect,
    title: &str,
    told: &[Told],
    grid: &Grid,
    app: &App,
    id: ContentId,
    select: impl Fn(VersionIx) -> Vec<Action>,
    selected: bool,
    out: &mut Vec<Action>,
) {
    let theme = Theme::of(ui);
    let painter = ui.painter().clone();
    for i in 0..grid.cells {
        kit::vrule(&painter, grid.x(i), row.top(), row.bottom(), theme.line);
    }
    for (i, reading) in told.iter().take(grid.cells).enumerate() {
        let corner = pos2(grid.x(i), row.top());
        let laid = cell(&painter, reading, grid.column, theme.ink);
        kit::cell(&painter, Rect::from_min_size(corner + vec2(14.0, 9.5), vec2(6.0, 19.0)), Some(i), reading.color);
        let at = corner + vec2(29.0, 8.0);
        if selected {
            for line in &laid.words.rows {
                painter.rect_filled(line.rect().translate(at.to_vec2()).expand2(vec2(3.0, -1.0)), 2.0, theme.mark);
            }
        }
        let area = Rect::from_min_size(at, laid.words.size()).intersect(grid.body);
        painter.galley(at, laid.words, theme.ink);
        let letters: Vec<String> = reading.versions.iter().map(|v| letter(*v)).collect();
        let name = format!("{title}, reading {} of {}, {}, in {}", i + 1, told.len(), reading.words, letters.join(", "));
        kit::name_area(ui, area, Id::unique(("reading cell", id, i)), Role::Cell, &name);
        for (place, v) in laid.badges {
            let place = corner + place.to_vec2();
            let kind = if app.reference() == Some(v) { Badge::Reference } else { Badge::Plain };
            let w = kit::badge(ui, place, BADGE, &letter(v), kind);
            let area = Rect::from_min_size(pos2(place.x, place.y - BADGE / 2.0), vec2(w, BADGE)).intersect(grid.body);
            if !area.is_positive() {
                continue;
            }
            let outlet = app.version(v).outlet();
            let response =
                kit::clickable(ui, area, Id::unique(("reading holder", id, i, v)), Role::Button, &format!("go to {outlet}"), true);
            kit::focus_ring(ui, &response, 4.0);
            if response.clicked() {
                out.extend(select(v));
            }
            if kit::tips(ui.ctx()) {
                response.on_hover_text(outlet);
            }
        }
        if let Some((place, n)) = laid.more {
            let place = corner + place.to_vec2();
            kit::text(&painter, place.x, place.y, &format!("+{n}"), Face::Sans.at(12.0), theme.ink2, 40.0);
        }
    }
    if told.len() > grid.cells {
        let words = format!("and {} more", told.len() - grid.cells);
        kit::text_right(&painter, row.right() - 14.0, row.bottom() - 14.0, &words, Face::Sans.at(12.0), theme.ink2);
    }
}
