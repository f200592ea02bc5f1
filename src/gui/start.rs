//! The empty window: what to do first.

use super::dialogs;
use super::fonts::Face;
use super::kit::{self, Button, Look};
use super::menus;
use super::theme::Theme;
use crate::app::{Action, App, Command, sample};
use egui::{Id, Rect, Stroke, Ui, pos2, vec2};

/// Draws it.
pub fn ui(ui: &mut Ui, rect: Rect, app: &App, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let wide = rect.width() >= 1000.0;
    let split = if wide { (rect.left() + rect.width() * 0.597).round() } else { rect.right() };
    let ui = &mut kit::region(ui, rect, theme.paper, "start");
    let painter = ui.painter().clone();
    if wide {
        let side = rect.with_min_x(split);
        painter.rect_filled(side, 0.0, theme.chrome);
        kit::vrule(&painter, split, rect.top(), rect.bottom(), theme.line);
        if !app.problems.is_empty() {
            // Nothing was added: why stands where it is seen.
            let area = Rect::from_min_max(pos2(split + 33.0, rect.top() + 60.0), pos2(rect.right() - 40.0, rect.bottom() - 12.0));
            dialogs::problems_list(ui, area, app, &[], out);
        } else {
            let top = rect.top() + (rect.height() * 0.1).clamp(24.0, 94.0) + 18.0;
            let top = unsaved(ui, side, top, app, theme, out);
            if app.settings.recent.is_empty() {
                steps(ui, side, top, theme);
            } else {
                recent(ui, side, top, app, theme, out);
            }
        }
    }
    let width = (split - rect.left() - 80.0).min(660.0);
    let left = if wide {
        rect.left() + ((split - rect.left() - width) / 2.0 + 30.0).min(130.0)
    } else {
        rect.left() + (rect.width() - width) / 2.0
    };
    let mut y = rect.top() + (rect.height() * 0.1).clamp(24.0, 94.0);
    let size = if width < 560.0 { 32.0 } else { 40.0 };
    let title =
        kit::paragraph(&painter, &[("One event, every outlet’s angle", Face::SerifSemibold.at(size), theme.ink)], size + 6.0, width);
    let height = title.size().y;
    painter.galley(pos2(left, y), title, theme.ink);
    kit::name_area(
        ui,
        Rect::from_min_size(pos2(left, y), vec2(width, height)),
        Id::unique("start title"),
        egui::Role::Heading,
        "One event, every outlet’s angle",
    );
    y += height + 10.0;
    let lead =
        "Add two or more articles about the same event. Parallax lines up what they report and marks where details and quotes differ.";
    let lead = kit::paragraph(&painter, &[(lead, Face::Serif.at(18.0), theme.ink2)], 27.0, width.min(600.0));
    let height = lead.size().y;
    painter.galley(pos2(left, y), lead, theme.ink2);
    y += height + 30.0;
    let area = Rect::from_min_size(pos2(left, y), vec2(width, 180.0));
    let over = ui.input(|i| !i.raw.hovered_files.is_empty());
    painter.rect_filled(area, 8.0, if over { theme.passage } else { theme.chrome });
    dashed_area(&painter, area, if over { Stroke::new(2.0, theme.ink) } else { Stroke::new(1.0, theme.hair) });
    painter.text(area.min + vec2(31.0, 52.0), egui::Align2::LEFT_CENTER, "Drop articles here", Face::SerifSemibold.at(22.0), theme.ink);
    let formats = "Web pages, PDF, Word, mail, tables, archive exports, ZIP";
    painter.text(area.min + vec2(31.0, 80.0), egui::Align2::LEFT_CENTER, formats, Face::Sans.at(13.0), theme.ink2);
    let mut x = area.left() + 31.0;
    for (command, look) in [(Command::OpenFiles, Look::Primary), (Command::PasteText, Look::Framed), (Command::AddLinks, Look::Framed)] {
        if !app.is_enabled(command) {
            continue;
        }
        let keys = command.shortcut_label();
        let mut button = Button::framed(command.label()).keys(keys.as_deref()).look(look);
        button.size = 14.0;
        let w = button.width(&painter) + 8.0;
        let r = Rect::from_min_size(pos2(x, area.top() + 111.0), vec2(w, 34.0));
        let response = button.show(ui, r, Id::unique(("start", command)));
        if response.clicked() {
            out.push(Action::Run(command));
        }
        x += w + 12.0;
    }
    y = area.bottom() + 28.0;
    let button = Button::framed(Command::OpenSample.label());
    let w = button.width(&painter);
    painter.text(pos2(left, y + 9.0), egui::Align2::LEFT_CENTER, "See how it works first", Face::SansSemibold.at(13.0), theme.ink);
    let words = format!(
        "{}: short versions that we wrote for practice, beside the article they started from. Their outlets are invented.",
        sample::TITLE
    );
    let words = kit::paragraph(&painter, &[(&words, Face::Sans.at(13.0), theme.ink2)], 20.0, width - w - 40.0);
    painter.galley(pos2(left, y + 20.0), words, theme.ink2);
    let r = Rect::from_min_size(pos2(left + width - w, y + 14.0), vec2(w, 27.0));
    if button.show(ui, r, Id::unique("sample")).clicked() {
        out.push(Action::Run(Command::OpenSample));
    }
    y += 96.0;
    painter.text(pos2(left, y), egui::Align2::LEFT_CENTER, "Articles stay on this computer.", Face::Sans.at(12.0), theme.ink2);
    if !wide && !app.left().is_empty() {
        let link = kit::link(ui, left, y + 28.0, Command::ShowLeft.label(), 13.0, Id::unique("unsaved work"));
        if link.clicked() {
            out.push(Action::Run(Command::ShowLeft));
        }
    }
}

fn dashed_area(painter: &egui::Painter, rect: Rect, stroke: Stroke) {
    let mut path = Vec::new();
    let r = 8.0;
    let inner = rect.shrink(r);
    for (corner, from) in [(inner.right_bottom(), 0.0f32), (inner.left_bottom(), 0.5), (inner.left_top(), 1.0), (inner.right_top(), 1.5)] {
        for i in 0..=6 {
            let a = std::f32::consts::PI * (from + 0.5 * i as f32 / 6.0);
            path.push(corner + r * vec2(a.cos(), a.sin()));
        }
    }
    path.push(path[0]);
    painter.extend(egui::Shape::dashed_line(&path, stroke, 4.0, 3.0));
}

/// Rows of unsaved work shown here; the others are a click away.
const LEFT_ROWS: usize = 2;

/// What earlier windows left without saving. Returns where the next part may begin.
fn unsaved(ui: &Ui, rect: Rect, top: f32, app: &App, theme: &Theme, out: &mut Vec<Action>) -> f32 {
    let lefts = app.left();
    if lefts.is_empty() {
        return top;
    }
    let painter = ui.painter();
    let (left, right) = (rect.left() + 48.0, rect.right() - 60.0);
    let mut y = top;
    let heading = "Unsaved work of an earlier window";
    painter.text(pos2(left, y), egui::Align2::LEFT_CENTER, heading, Face::SansSemibold.at(11.5), theme.ink2);
    let words = if lefts.len() > LEFT_ROWS { format!("All {}…", lefts.len()) } else { "Throw away…".to_owned() };
    let x = right - kit::width(painter, &words, Face::Sans.at(12.0));
    if kit::link(ui, x, y, &words, 12.0, Id::unique("unsaved work")).clicked() {
        out.push(Action::Run(Command::ShowLeft));
    }
    y += 18.0;
    for (i, one) in lefts.iter().take(LEFT_ROWS).enumerate() {
        let row = Rect::from_min_max(pos2(left - 8.0, y), pos2(right + 8.0, y + 62.0));
        let name = format!("open unsaved {}, {}", one.title, one.summary());
        let response = kit::clickable(ui, row, Id::unique(("unsaved", i)), egui::Role::Button, &name, true);
        if response.hovered() {
            painter.rect_filled(row, 0.0, theme.well);
        }
        kit::focus_ring(ui, &response, 2.0);
        if response.clicked() {
            out.push(Action::Restore(one.file.clone()));
        }
        kit::rule(painter, left, right, y, theme.line);
        kit::text(painter, left, y + 23.0, &one.title, Face::SerifSemibold.at(16.0), theme.ink, right - left);
        kit::text(painter, left, y + 43.0, &one.summary(), Face::Sans.at(12.0), theme.ink3, right - left);
        y = row.bottom();
    }
    kit::rule(painter, left, right, y, theme.line);
    y + 40.0
}

/// Comparisons opened or saved lately.
fn recent(ui: &Ui, rect: Rect, top: f32, app: &App, theme: &Theme, out: &mut Vec<Action>) {
    let painter = ui.painter();
    let left = rect.left() + 48.0;
    let right = rect.right() - 60.0;
    let mut y = top;
    painter.text(pos2(left, y), egui::Align2::LEFT_CENTER, "Recent comparisons", Face::SansSemibold.at(11.5), theme.ink2);
    y += 18.0;
    let today = app.today();
    for (i, recent) in app.settings.recent.iter().enumerate() {
        let row = Rect::from_min_max(pos2(left - 8.0, y), pos2(right + 8.0, y + 62.0));
        if row.bottom() > rect.bottom() {
            break;
        }
        let there = !app.missing.contains(&recent.path);
        let when = recent.when(today);
        if there {
            let name = format!("open {}, {}, {when}", recent.title, recent.summary());
            let response = kit::clickable(ui, row, Id::unique(("recent", i)), egui::Role::Button, &name, true);
            if response.hovered() {
                painter.rect_filled(row, 0.0, theme.well);
            }
            kit::focus_ring(ui, &response, 2.0);
            if response.clicked() {
                out.extend(menus::open_recent(app, &recent.path));
            }
            response.on_hover_text(recent.path.display().to_string());
        }
        kit::rule(painter, left, right, y, theme.line);
        let day = kit::text_right(painter, right, y + 21.0, if there { &when } else { "" }, Face::Sans.at(12.0), theme.ink3);
        let ink = if there { theme.ink } else { theme.ink3 };
        kit::text(painter, left, y + 23.0, &recent.title, Face::SerifSemibold.at(16.0), ink, day.left() - left - 12.0);
        if there {
            kit::text(painter, left, y + 43.0, &recent.summary(), Face::Sans.at(12.0), theme.ink3, right - left);
        } else {
            let words = kit::text(painter, left, y + 43.0, "File has moved.", Face::Sans.at(12.0), theme.ink3, right - left);
            let find = kit::link(ui, words.right() + 8.0, y + 43.0, "Find it…", 12.0, Id::unique(("find recent", i)));
            if find.clicked() {
                out.push(Action::FindRecent(recent.path.clone()));
            }
            let forget = kit::link(ui, find.rect.right() + 10.0, y + 43.0, "Remove from list", 12.0, Id::unique(("forget recent", i)));
            if forget.clicked() {
                out.push(Action::ForgetRecent(recent.path.clone()));
            }
        }
        y = row.bottom();
    }
    kit::rule(painter, left, right, y, theme.line);
}

/// What happens then, in the place of recent comparisons while there are none.
fn steps(ui: &Ui, rect: Rect, top: f32, theme: &Theme) {
    let painter = ui.painter();
    let left = rect.left() + 48.0;
    let right = rect.right() - 60.0;
    let mut y = top;
    painter.text(pos2(left, y), egui::Align2::LEFT_CENTER, "What you will see", Face::SansSemibold.at(11.5), theme.ink2);
    y += 18.0;
    for (title, words) in [
        (
            "Where the facts disagree",
            "Numbers, money, dates and names that can’t all be true, that fit, or that a later version has moved on.",
        ),
        ("What happened to quotes", "Cut, reworded, told indirectly, or given to another speaker."),
        ("Who leaves what out", "Passages that one version alone reports, and those it is silent on."),
        ("Whose copy it is", "Versions that share their text count as one origin."),
    ] {
        kit::rule(painter, left, right, y, theme.line);
        painter.text(pos2(left, y + 24.0), egui::Align2::LEFT_CENTER, title, Face::SerifSemibold.at(16.0), theme.ink);
        let galley = kit::paragraph(painter, &[(words, Face::Sans.at(12.0), theme.ink3)], 17.0, right - left);
        let height = galley.size().y;
        painter.galley(pos2(left, y + 36.0), galley, theme.ink3);
        y += 36.0 + height + 12.0;
    }
    kit::rule(painter, left, right, y, theme.line);
}
