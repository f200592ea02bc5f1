//! Loading: real progress, each file as it stands, and problems at the right.

use super::dialogs;
use super::fonts::Face;
use super::glyphs::{self, Glyph};
use super::kit::{self, Button};
use super::theme::Theme;
use crate::app::worker::{FileState, JobProgress};
use crate::app::{Action, App};
use crate::base::Stage;
use crate::report::words::counted;
use egui::{Id, Rect, Role, Ui, pos2, vec2};

/// Draws it.
pub fn ui(ui: &mut Ui, rect: Rect, app: &App, progress: &JobProgress, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let wide = rect.width() >= 1000.0;
    let split = if wide { (rect.left() + rect.width() * 0.556).round() } else { rect.right() };
    let ui = &mut kit::region(ui, rect, theme.paper, "loading");
    let painter = ui.painter().clone();
    if wide {
        let side = rect.with_min_x(split);
        painter.rect_filled(side, 0.0, theme.chrome);
        kit::vrule(&painter, split, rect.top(), rect.bottom(), theme.line);
        let area = Rect::from_min_max(pos2(split + 33.0, rect.top() + 60.0), pos2(rect.right() - 40.0, rect.bottom() - 12.0));
        // Those of the files being read stand here as they come; what can be done about them, when all are read.
        dialogs::problems_list(ui, area, app, &progress.problems, out);
    }
    let left = rect.left() + 90.0_f32.min(rect.width() * 0.08);
    let right = split - 60.0;
    let n = progress.files.len();
    let title = match n {
        0 => "Reading".to_owned(),
        n => format!("Reading {}", counted(n, "file", "files")),
    };
    let mut y = rect.top() + 82.0;
    painter.text(pos2(left, y), egui::Align2::LEFT_CENTER, &title, Face::SerifSemibold.at(28.0), theme.ink);
    y += 34.0;
    let share = overall(progress);
    let track = Rect::from_min_max(pos2(left, y), pos2(right, y + 6.0));
    painter.rect_filled(track, 3.0, theme.well);
    painter.rect_filled(track.with_max_x(left + (right - left) * share), 3.0, theme.ink);
    let step = Stage::ALL.iter().position(|s| *s == progress.stage).unwrap_or(0) + 1;
    let words = format!("{}, step {step} of 4", progress.stage.label());
    kit::name_area(ui, track.expand(4.0), Id::unique("progress"), Role::ProgressIndicator, &format!("{words}, {:.0}%", share * 100.0));
    y += 22.0;
    painter.text(pos2(left, y), egui::Align2::LEFT_CENTER, &words, Face::Sans.at(13.0), theme.ink2);
    if let Some(left_s) = progress.left_s {
        let words = match left_s.ceil() as usize {
            0..=1 => "about a second left in this step".to_owned(),
            s @ 2..=90 => format!("about {s} seconds left in this step"),
            s => format!("about {} minutes left in this step", s.div_ceil(60)),
        };
        kit::text_right(&painter, right, y, &words, Face::Sans.at(13.0), theme.ink2);
    }
    y += 40.0;
    let mut x = left;
    for (i, stage) in Stage::ALL.iter().enumerate() {
        let now = *stage == progress.stage;
        let face = if now { Face::SansSemibold.at(13.0) } else { Face::Sans.at(13.0) };
        let label = format!("{}. {}", i + 1, stage.label());
        x = kit::text(&painter, x, y, &label, face, if now { theme.ink } else { theme.ink3 }, 300.0).right() + 24.0;
    }
    y += 28.0;
    let bottom = rect.bottom() - 90.0;
    let fit = ((bottom - y) / 42.0).max(1.0) as usize;
    let skip = n.saturating_sub(fit);
    for file in progress.files.iter().skip(skip) {
        kit::rule(&painter, left, right, y, theme.line);
        file_row(&painter, Rect::from_min_max(pos2(left, y), pos2(right, y + 42.0)), file, theme);
        y += 42.0;
    }
    y += 16.0;
    let button = Button::framed("Cancel").keys(Some("Esc"));
    let r = Rect::from_min_size(pos2(left, y), vec2(button.width(&painter), 27.0));
    if button.show(ui, r, Id::unique("cancel loading")).clicked() {
        out.push(Action::Cancel);
    }
    let ready = progress.ready();
    if progress.stage == Stage::Read && ready > 0 && progress.waiting() > 0 && !progress.enough {
        let words =
            if ready == 1 { "Start with the one that is ready".to_owned() } else { format!("Start with the {ready} that are ready") };
        let button = Button::framed(&words);
        let r = Rect::from_min_size(pos2(r.right() + 8.0, y), vec2(button.width(&painter), 27.0));
        if button.show(ui, r, Id::unique("start with ready")).clicked() {
            out.push(Action::StartWithReady);
        }
    }
    ui.ctx().request_repaint_after_secs(0.25);
}

/// What each stage takes of the whole, as measured on an archive of some hundred articles.
const SHARES: [f32; 4] = [0.1, 0.5, 0.25, 0.15];

/// Stages count by the time they take; within one, its bytes or its units do.
fn overall(progress: &JobProgress) -> f32 {
    let stage = Stage::ALL.iter().position(|s| *s == progress.stage).unwrap_or(0);
    let before: f32 = SHARES[..stage].iter().sum();
    (before + SHARES[stage] * progress.share).clamp(0.0, 1.0)
}

fn file_row(painter: &egui::Painter, row: Rect, file: &crate::app::worker::FileProgress, theme: &Theme) {
    let y = row.center().y;
    let (glyph, strong, caption) = match &file.state {
        FileState::Waiting => (Glyph::Busy, "Waiting".to_owned(), String::new()),
        FileState::Ready { outlet, articles, words, dated } => {
            let mut caption = counted(*words, "word", "words");
            if *articles > 1 {
                caption = format!("{}, {caption}", counted(*articles, "article", "articles"));
            }
            if !dated {
                caption.push_str(if *articles == 1 { ", no date found" } else { ", not all dated" });
            }
            (if *dated { Glyph::Tick } else { Glyph::Warn }, outlet.clone(), caption)
        }
        FileState::Failed(reason) => {
            let first = reason.split_inclusive(". ").next().unwrap_or(reason).trim().to_owned();
            (Glyph::Close, "Not added".to_owned(), first)
        }
    };
    let color = if matches!(file.state, FileState::Waiting) { theme.ink3 } else { theme.ink };
    glyphs::paint(painter, pos2(row.left() + 7.0, y), 12.0, color, glyph);
    let strong = kit::text(painter, row.left() + 28.0, y, &strong, Face::SansSemibold.at(13.0), color, row.width() * 0.35);
    let name = kit::text(painter, strong.right() + 10.0, y, &file.name, Face::Sans.at(12.5), theme.ink2, row.width() * 0.3);
    let room = row.right() - name.right() - 12.0;
    let galley = kit::line(painter, &caption, Face::Sans.at(12.0), theme.ink3, room);
    painter.galley(pos2(row.right() - galley.size().x, y - galley.size().y / 2.0), galley, theme.ink3);
}
