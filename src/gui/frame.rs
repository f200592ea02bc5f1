//! The bars: name, menus and buttons above; tabs, chips and stepping below them; the status line.

use super::chips;
use super::fonts::Face;
use super::glyphs::{self, Glyph};
use super::kit::{self, Button};
use super::menus;
use super::theme::Theme;
use crate::app::{Action, App, Command, Dialog, View};
use crate::compare::FilterGroup;
use egui::{Align2, Id, Rect, Role, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

/// Height of the top bar.
pub const TOP_BAR: f32 = 36.0;
/// Height of the bar with tabs and chips.
pub const VIEW_BAR: f32 = 44.0;
/// Height of the find bar.
pub const FIND_BAR: f32 = 40.0;
/// Height of the status line.
pub const STATUS: f32 = 26.0;

/// Name, menus, title, palette, buttons.
pub fn top_bar(ui: &mut Ui, rect: Rect, app: &App, narrow: bool, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let ui = &mut kit::region(ui, rect, theme.chrome, "top bar");
    let painter = ui.painter().clone();
    kit::rule(&painter, rect.left(), rect.right(), rect.bottom() - 0.5, theme.line);
    let y = rect.center().y;
    let name = kit::text(&painter, rect.left() + 12.0, y, "Parallax", Face::SerifBold.at(16.0), theme.ink, 100.0);
    let room = if narrow { 70.0 } else { 330.0 };
    let menus_rect = Rect::from_min_max(pos2(name.right() + 16.0, rect.top() + 5.0), pos2(name.right() + room, rect.bottom() - 5.0));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(menus_rect).layout(egui::Layout::left_to_right(egui::Align::Center)));
    menus::bar(&mut child, app, narrow, out);
    let left = child.min_rect().right();

    let open = !app.project.entries.is_empty() || app.progress().is_some();
    let mut right = rect.right() - 12.0;
    let mut run = |command: Command| out.push(Action::Run(command));
    // Placed from the right, made from the left: Tab goes as the eye does.
    let palette_keys = Command::Palette.shortcut_label().unwrap_or_default();
    let export_keys = (!narrow).then(|| Command::Export.shortcut_label()).flatten();
    let export = Button::framed("Export…").keys(export_keys.as_deref()).enabled(app.is_enabled(Command::Export));
    let add = Button::framed("Add version…");
    let export_rect = open.then(|| place_right(&mut right, y, export.width(&painter), 26.0, 10.0));
    let add_rect = (open && !narrow).then(|| place_right(&mut right, y, add.width(&painter), 26.0, 12.0));
    if narrow {
        let r = place_right(&mut right, y, 32.0, 26.0, 10.0);
        if kit::icon_button(ui, r, Id::unique("palette"), Glyph::Search, "Find or run", true, true).clicked() {
            run(Command::Palette);
        }
    } else {
        let (words, keys) = (Face::Sans.at(13.0), Face::Sans.at(11.5));
        let w = 22.0 + kit::width(&painter, "Find or run…", words.clone()) + 8.0 + kit::width(&painter, &palette_keys, keys.clone());
        let r = place_right(&mut right, y, w + 12.0, 26.0, 12.0);
        let response = kit::clickable(ui, r, Id::unique("palette"), Role::Button, "Find or run", true);
        if response.hovered() {
            painter.rect_filled(r, 5.0, theme.well);
        }
        glyphs::paint(&painter, pos2(r.left() + 13.0, y), 13.0, theme.ink2, Glyph::Search);
        let words = kit::text(&painter, r.left() + 25.0, y, "Find or run…", words, theme.ink2, 120.0);
        kit::text(&painter, words.right() + 8.0, y + 0.5, &palette_keys, keys, theme.ink3, 120.0);
        kit::focus_ring(ui, &response, 5.0);
        if response.clicked() {
            run(Command::Palette);
        }
    }
    if let Some(r) = add_rect {
        let response = add.show(ui, r, Id::unique("add version"));
        kit::menu_below(&response, |ui| {
            for command in [Command::OpenFiles, Command::PasteText] {
                if kit::menu_row(ui, command.label(), false) {
                    run(command);
                }
            }
        });
    }
    if let Some(r) = export_rect
        && export.show(ui, r, Id::unique("export")).clicked()
    {
        run(Command::Export);
    }
    if open {
        // What is a copy has to be seen for as long as it is one.
        let sample = match (app.copy_of.is_some(), app.project.sample && !narrow) {
            (true, _) if narrow => " (copy)",
            (true, _) => " (copy: another window has the file)",
            (false, true) => " (constructed sample)",
            (false, false) => "",
        };
        let title = kit::line(
            &painter,
            app.title(),
            Face::SansSemibold.at(13.0),
            theme.ink,
            (right - left - if narrow { 24.0 } else { 170.0 }).max(40.0),
        );
        let after = kit::width(&painter, sample, Face::Sans.at(13.0));
        let total = title.size().x + after;
        let x = (rect.center().x - total / 2.0).max(left + 16.0).min((right - total - 8.0).max(left + 8.0));
        let end = x + title.size().x;
        painter.galley(pos2(x, y - title.size().y / 2.0), title, theme.ink);
        kit::text(&painter, end, y, sample, Face::Sans.at(13.0), theme.ink2, right - end);
    }
}

fn place_right(right: &mut f32, y: f32, width: f32, height: f32, gap: f32) -> Rect {
    let rect = Rect::from_min_max(pos2((*right - width).round(), y - height / 2.0), pos2(right.round(), y + height / 2.0));
    *right -= width + gap;
    rect
}

/// Tabs, chips, stepping.
pub fn view_bar(ui: &mut Ui, rect: Rect, app: &App, narrow: bool, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let ui = &mut kit::region(ui, rect, theme.chrome, "view bar");
    let painter = ui.painter().clone();
    kit::rule(&painter, rect.left(), rect.right(), rect.bottom() - 0.5, theme.line);
    let mut x = rect.left() + 22.0;
    if narrow {
        x = folded_tabs(ui, rect, x, app, out);
        kit::vrule(&painter, x, rect.top() + 12.0, rect.bottom() - 12.0, theme.line);
        x += 13.0;
    } else {
        for view in View::ALL {
            x = tab(ui, rect, x, view, app, out) + 28.0;
        }
        x -= 16.0;
    }
    let step_left = stepper_frame(ui, rect, app).left();
    if narrow {
        chips::folded_chips(ui, rect, x, app, out);
    } else {
        kit::vrule(&painter, step_left - 11.0, rect.top() + 12.0, rect.bottom() - 12.0, theme.line);
        chips::chips(ui, rect, x, step_left - 22.0, app, out);
    }
    stepper(ui, rect, app, out);
    if app.view == View::SideBySide {
        let at = Rect::from_min_size(pos2(rect.right() - 40.0, rect.center().y - 14.0), vec2(28.0, 28.0));
        let open = app.settings.inspector;
        let glyph = if narrow || app.settings.projector { Glyph::Drawer } else { Glyph::Panel };
        let name = Command::ToggleInspector.label();
        if kit::icon_button(ui, at, Id::unique("inspector toggle"), glyph, name, open, true).clicked() {
            out.push(Action::Run(Command::ToggleInspector));
        }
    }
}

fn tab(ui: &Ui, rect: Rect, x: f32, view: View, app: &App, out: &mut Vec<Action>) -> f32 {
    let theme = Theme::of(ui);
    let on = app.view == view;
    let font = if on { Face::SansSemibold.at(13.0) } else { Face::Sans.at(13.0) };
    let galley = ui.painter().layout_no_wrap(view.label().to_owned(), font, theme.ink);
    let w = galley.size().x;
    let area = Rect::from_min_max(pos2(x - 6.0, rect.top() + 6.0), pos2(x + w + 6.0, rect.bottom() - 4.0));
    let response = ui.interact(area, Id::unique(("tab", view)), egui::Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, view.label()));
    let color = if on || response.hovered() { theme.ink } else { theme.ink2 };
    ui.painter().galley_with_override_text_color(pos2(x, rect.center().y - galley.size().y / 2.0), galley, color);
    if on {
        ui.painter().rect_filled(Rect::from_min_max(pos2(x, rect.bottom() - 2.0), pos2(x + w, rect.bottom())), 0.0, theme.ink);
    }
    kit::focus_ring(ui, &response, 4.0);
    if response.clicked() {
        out.push(Action::Show(view));
    }
    x + w
}

fn folded_tabs(ui: &mut Ui, rect: Rect, x: f32, app: &App, out: &mut Vec<Action>) -> f32 {
    let theme = Theme::of(ui);
    let y = rect.center().y;
    let galley = ui.painter().layout_no_wrap(app.view.label().to_owned(), Face::SansSemibold.at(13.0), theme.ink);
    let w = galley.size().x + 20.0;
    let area = Rect::from_min_max(pos2(x - 6.0, rect.top() + 6.0), pos2(x + w + 6.0, rect.bottom() - 4.0));
    let response = kit::clickable(ui, area, Id::unique("views"), Role::ComboBox, &format!("view: {}", app.view.label()), true);
    ui.painter().galley(pos2(x, y - galley.size().y / 2.0), galley, theme.ink);
    glyphs::paint(ui.painter(), pos2(x + w - 8.0, y + 1.0), 11.0, theme.ink2, Glyph::Down);
    ui.painter().rect_filled(Rect::from_min_max(pos2(x, rect.bottom() - 2.0), pos2(x + w, rect.bottom())), 0.0, theme.ink);
    kit::focus_ring(ui, &response, 4.0);
    kit::menu_below(&response, |ui| {
        for view in View::ALL {
            if kit::menu_row(ui, view.label(), app.view == view) {
                out.push(Action::Show(view));
            }
        }
    });
    x + w + 22.0
}

/// The words between previous and next.
fn step_words(app: &App) -> String {
    match app.place() {
        (Some(at), of) => format!("{at} of {of}"),
        (None, of) => of.to_string(),
    }
}

/// Where previous and next stand, at the right.
fn stepper_frame(ui: &Ui, rect: Rect, app: &App) -> Rect {
    let middle = kit::width(ui.painter(), &step_words(app), Face::SansSemibold.at(13.0)).max(52.0) + 16.0;
    // The button that opens and closes the inspector stands right of them.
    let right = rect.right() - if app.view == View::SideBySide { 48.0 } else { 12.0 };
    Rect::from_min_max(pos2(right - 64.0 - middle, rect.center().y - 14.0), pos2(right, rect.center().y + 14.0))
}

/// "3 of 19" between previous and next.
fn stepper(ui: &Ui, rect: Rect, app: &App, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let (at, of) = app.place();
    let words = step_words(app);
    let frame = stepper_frame(ui, rect, app);
    let middle = frame.width() - 64.0;
    painter.rect(frame, 5.0, theme.paper, Stroke::new(1.0, theme.hair), StrokeKind::Inside);
    let enabled = of > 0;
    for (command, glyph, cell) in [
        (Command::PreviousDifference, Glyph::Up, frame.with_max_x(frame.left() + 32.0)),
        (Command::NextDifference, Glyph::Down, frame.with_min_x(frame.right() - 32.0)),
    ] {
        let response = kit::clickable(ui, cell, Id::unique(("step", command)), Role::Button, command.label(), enabled);
        if enabled && response.hovered() {
            painter.rect_filled(cell.shrink(1.0), 4.0, theme.well);
        }
        glyphs::paint(painter, cell.center(), 12.0, if enabled { theme.ink } else { theme.ink3 }, glyph);
        kit::focus_ring(ui, &response, 4.0);
        if response.clicked() {
            out.push(Action::Run(command));
        }
        let keys = command.shortcut_label().unwrap_or_default();
        response.on_hover_text(format!("{} ({keys})", command.label()));
    }
    for x in [frame.left() + 32.0, frame.right() - 32.0] {
        kit::vrule(painter, x, frame.top() + 1.0, frame.bottom() - 1.0, theme.line);
    }
    painter.text(frame.center(), Align2::CENTER_CENTER, &words, Face::SansSemibold.at(13.0), theme.ink);
    let name = match at {
        Some(at) => format!("difference {at} of {of}"),
        None => format!("{of} differences"),
    };
    kit::name_area(ui, Rect::from_center_size(frame.center(), vec2(middle - 4.0, 24.0)), Id::unique("place"), Role::Label, &name);
}

/// The line below everything.
pub fn status(ui: &mut Ui, rect: Rect, app: &App, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let ui = &mut kit::region(ui, rect, theme.chrome, "status");
    let painter = ui.painter().clone();
    kit::rule(&painter, rect.left(), rect.right(), rect.top() + 0.5, theme.line);
    let y = rect.center().y;
    let narrow = rect.width() < super::NARROW;
    let mut right = rect.right() - 12.0;
    let percent = format!("Text {}%", app.settings.text_percent);
    let open = !app.project.entries.is_empty();
    let mut switches: Vec<(String, Option<Command>)> = Vec::new();
    if !narrow || !open {
        switches.push((percent, Some(Command::TextNormal)));
    }
    if open && app.view == View::SideBySide {
        let mode = if app.settings.scroll_together { "Scrolling together" } else { "Scrolling apart" };
        switches.push((mode.to_owned(), Some(Command::ToggleScrollTogether)));
    }
    if open {
        let reference = app.reference().map_or("none", |v| app.version(v).outlet());
        switches.push((format!("Reference: {}", super::side::shorten(reference, 24)), None));
    } else {
        switches.push(("Keys ?".into(), Some(Command::Keys)));
    }
    for (words, command) in switches {
        let w = kit::width(&painter, &words, Face::Sans.at(12.0));
        let r = Rect::from_min_max(pos2(right - w, rect.top() + 3.0), pos2(right, rect.bottom() - 2.0));
        right -= w + 16.0;
        let (color, response) = match command {
            Some(command) => {
                let response = kit::clickable(ui, r, Id::unique(("status", command)), Role::Button, &words, true);
                if response.clicked() {
                    out.push(Action::Run(command));
                }
                (if response.hovered() { theme.ink } else { theme.ink2 }, Some(response))
            }
            None => {
                let response = kit::clickable(ui, r, Id::unique("reference"), Role::ComboBox, &words, true);
                kit::menu_below(&response, |ui| {
                    if kit::menu_row(ui, "none", app.reference().is_none()) {
                        out.push(Action::SetReference(None));
                    }
                    for v in app.columns() {
                        if kit::menu_row(ui, app.version(v).outlet(), app.reference() == Some(v)) {
                            out.push(Action::SetReference(Some(app.key(v))));
                        }
                    }
                });
                kit::focus_ring(ui, &response, 3.0);
                (if response.hovered() { theme.ink } else { theme.ink2 }, None)
            }
        };
        kit::text(&painter, r.left(), y, &words, Face::Sans.at(12.0), color, w + 4.0);
        if let (Some(response), Some(command)) = (response, command) {
            kit::focus_ring(ui, &response, 3.0);
            response.on_hover_text(command.spec().help);
        }
    }
    let mut x = rect.left() + 12.0;
    let (strong, parts) = status_words(app, narrow);
    let end = kit::text(&painter, x, y, &strong, Face::SansSemibold.at(12.0), theme.ink, right - x - 10.0);
    x = end.right() + 16.0;
    for part in &parts {
        let end = kit::text(&painter, x, y, part, Face::Sans.at(12.0), theme.ink2, right - x - 10.0);
        x = end.right() + 16.0;
    }
    let hidden = (0..app.analysis.versions.len()).filter(|v| app.is_hidden((*v).into())).count();
    if hidden > 0 && x < right - 60.0 {
        let words = if hidden == 1 { "1 column hidden, show".to_owned() } else { format!("{hidden} columns hidden, show") };
        let response = kit::link(ui, x, y, &words, 12.0, Id::unique("show hidden"));
        x = response.rect.right() + 16.0;
        if response.clicked() {
            out.push(Action::Run(Command::ShowAllColumns));
        }
    }
    let unfit = app.unfit().len();
    if unfit > 0 && x < right - 60.0 {
        let words = format!("{unfit} {} without a difference", if unfit == 1 { "judgement" } else { "judgements" });
        let response = kit::link(ui, x, y, &words, 12.0, Id::unique("unfit judgements"));
        x = response.rect.right() + 16.0;
        if response.clicked() {
            out.push(Action::Run(Command::ShowUnfit));
        }
    }
    if !app.problems.is_empty() && x < right - 60.0 {
        let failed = app.problems.iter().filter(|p| p.not_added).count();
        let gaps = app.problems.len() - failed;
        let words = match (failed, gaps) {
            (0, n) => format!("{n} with gaps"),
            (n, 0) => format!("{n} not added"),
            (n, m) => format!("{n} not added, {m} with gaps"),
        };
        let response = kit::link(ui, x, y, &words, 12.0, Id::unique("problems link"));
        if response.clicked() {
            out.push(Action::SetDialog(Some(Dialog::Problems)));
        }
    }
    let all = std::iter::once(strong).chain(parts).collect::<Vec<_>>().join(", ");
    kit::name_area(ui, Rect::from_min_max(rect.min, pos2(x.min(right), rect.bottom())), Id::unique("status line"), Role::Status, &all);
}

fn status_words(app: &App, narrow: bool) -> (String, Vec<String>) {
    if let Some(progress) = app.progress() {
        let ready = progress.files.iter().filter(|f| matches!(f.state, crate::app::worker::FileState::Ready { .. })).count();
        return match progress.files.len() {
            0 => (format!("{}…", progress.stage.label()), Vec::new()),
            n => {
                let failed = progress.problems.iter().filter(|p| p.not_added).count();
                let failed = (failed > 0).then(|| format!("{failed} not added"));
                (format!("{ready} of {n} files ready"), failed.into_iter().collect())
            }
        };
    }
    if app.project.entries.is_empty() {
        return ("No comparison open".into(), Vec::new());
    }
    let (at, of) = app.place();
    // Views that list some alone count these.
    let within = match app.view {
        View::Details => " in details",
        View::Quotes => " in quotes",
        View::SideBySide | View::Passages | View::Overview => "",
    };
    let strong = match (at, of) {
        (Some(at), of) => format!("Difference {at} of {of}{within}"),
        (None, 0) => format!("No differences shown{within}"),
        (None, 1) => format!("1 difference{within}"),
        (None, of) => format!("{of} differences{within}"),
    };
    let versions = app.analysis.versions.len();
    let origins = app.analysis.independent_origins();
    let mut parts = vec![if versions == 1 {
        "Add a second version to compare".to_owned()
    } else {
        let independent = if narrow { "" } else { "independent " };
        format!("{versions} versions, {origins} {independent}{}", if origins == 1 { "origin" } else { "origins" })
    }];
    if !narrow {
        let wording = app.count(FilterGroup::Wording);
        if wording > 0 && !app.filter.groups.contains(&FilterGroup::Wording) {
            let state = if app.settings.faint_wording { "faint" } else { "not shown" };
            parts.push(format!("{wording} wording {} {state}", if wording == 1 { "difference" } else { "differences" }));
        }
        parts.push(format!("{} judged", app.judged_count()));
    }
    (strong, parts)
}

/// What the toast needs between frames.
#[derive(Default)]
pub struct ToastState {
    number: u64,
    since: f64,
}

/// How long a toast stays, in seconds.
const TOAST_S: f64 = 6.0;

/// "Eastline Daily removed. Undo", above the status line.
pub fn toast(ui: &mut Ui, status: Rect, app: &App, state: &mut ToastState, out: &mut Vec<Action>) {
    let Some(toast) = &app.toast else { return };
    let theme = Theme::of(ui);
    let now = ui.input(|i| i.time);
    if state.number != toast.number {
        *state = ToastState { number: toast.number, since: now };
    }
    let left = TOAST_S - (now - state.since);
    if left <= 0.0 {
        out.push(Action::HideToast);
        return;
    }
    ui.ctx().request_repaint_after_secs(left as f32 + 0.05);
    // Above a dialog too: what is wrong with a form is said here.
    let painter = ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Tooltip, Id::unique("toast layer")));
    let undo = if toast.undo { 46.0 } else { 0.0 };
    let room = 560.0_f32.min(status.width() - undo - 60.0);
    let words = kit::paragraph(&painter, &[(&toast.text, Face::Sans.at(13.0), theme.paper)], 18.0, room);
    let size = vec2(words.size().x + undo + 28.0, words.size().y + 14.0);
    let rect = Rect::from_min_size(pos2((status.center().x - size.x / 2.0).round(), status.top() - 12.0 - size.y), size);
    painter.rect_filled(rect, 5.0, theme.ink);
    let at = pos2(rect.left() + 14.0, rect.center().y - words.size().y / 2.0);
    painter.galley(at, words, theme.paper);
    kit::name_area(ui, rect, Id::unique("toast"), Role::Status, &toast.text);
    if toast.undo {
        let r = Rect::from_min_max(pos2(rect.right() - 52.0, rect.center().y - 12.0), pos2(rect.right() - 8.0, rect.center().y + 12.0));
        let response = kit::clickable(ui, r, Id::unique("toast undo"), Role::Button, "Undo", true);
        painter.text(r.center(), Align2::CENTER_CENTER, "Undo", Face::SansSemibold.at(13.0), theme.paper);
        kit::rule(&painter, r.left() + 5.0, r.right() - 5.0, r.bottom() - 3.0, theme.paper);
        if response.clicked() {
            out.push(Action::Run(Command::Undo));
        }
    }
}
