//! Pixels and actions; the only user of egui.
//!
//! Every part is a function that reads the [`App`] and its own state of view and pushes [`Action`]s;
//! [`Window::ui`] applies them at the end of the frame. The frame is laid out by rectangles: bars above and
//! below, the view between, the inspector at its right or below it.

mod bidi;
mod chips;
mod column;
mod dialogs;
mod files;
mod find_bar;
mod fonts;
mod frame;
mod glyphs;
mod inspector;
mod kit;
mod loading;
mod marks;
mod menus;
mod palette;
mod passages_index;
mod scripts;
mod side;
mod start;
mod theme;
mod views;

use crate::app::{Action, App, Dialog, Keeper, Part, Settings, ThemeChoice, View};
use egui::{Id, Rect, Ui, pos2};
use marks::Marks;
use passages_index::PassageIndex;
use std::path::PathBuf;
use std::sync::Arc;

/// Under this width the inspector is a drawer below and menus, tabs and chips fold.
const NARROW: f32 = 1200.0;

/// How much larger everything is for a projector: articles are set in 20 points.
const PROJECTOR_ZOOM: f32 = 4.0 / 3.0;

/// One window: the state that is worth saving, and what its views keep between frames.
pub struct Window {
    /// The headless state.
    pub app: App,
    marks: Marks,
    index: PassageIndex,
    index_of: Option<u64>,
    side: side::SideState,
    views: views::ViewsState,
    palette: palette::PaletteState,
    inspector: inspector::InspectorState,
    drawer: inspector::DrawerState,
    files: files::Files,
    keys: menus::KeysState,
    dialogs: dialogs::DialogState,
    toast: frame::ToastState,
    find: find_bar::FindState,
    applied_theme: Option<(ThemeChoice, bool)>,
    part_seen: u64,
    title: String,
    /// Keeps the settings in their file; none in tests.
    keeper: Option<Keeper>,
    scripts: scripts::Scripts,
    /// Whether it was said that settings can't be kept.
    settings_lost: bool,
}

/// Opens the window. Returns when it is closed.
///
/// # Errors
/// When there is no display, or it has no OpenGL.
pub fn run(files: Vec<PathBuf>, sample: bool) -> Result<(), String> {
    files::listen();
    let (settings, aside) = Settings::load();
    let size = settings.window.unwrap_or((1360.0, 820.0));
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Parallax")
            .with_app_id("parallax")
            .with_inner_size([size.0, size.1])
            .with_min_inner_size([640.0, 480.0])
            // The title bar needs its place on the screen too.
            .with_clamp_size_to_monitor_size(true)
            .with_drag_and_drop(true),
        ..Default::default()
    };
    // A library of the system that is missing panics in there. What happens once the window stands is no business of this.
    let started = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let (standing, as_usual) = (started.clone(), std::panic::take_hook());
    std::panic::set_hook(Box::new(move |panic| {
        if standing.load(std::sync::atomic::Ordering::Relaxed) {
            as_usual(panic);
        }
    }));
    let stands = started.clone();
    let open = move || {
        eframe::run_native(
            "Parallax",
            options,
            Box::new(move |cc| {
                stands.store(true, std::sync::atomic::Ordering::Relaxed);
                let ctx = cc.egui_ctx.clone();
                let wake = Arc::new(move || ctx.request_repaint());
                let mut app = App::new(settings, wake);
                if let Some(folder) = crate::io::recovery::folder() {
                    app.keep_unsaved_in(folder);
                }
                if let Some(aside) = aside {
                    app.say(format!("The settings file was damaged, so Parallax starts without it. It is kept as {aside}."), false);
                }
                if sample {
                    app.apply(Action::Run(crate::app::Command::OpenSample));
                }
                if !files.is_empty() {
                    app.apply(Action::Open(files));
                }
                let mut window = Window::new(&cc.egui_ctx, app);
                let ctx = cc.egui_ctx.clone();
                window.keeper = Some(Keeper::new(&window.app.settings, move || ctx.request_repaint()));
                Ok(Box::new(window))
            }),
        )
    };
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(open)) {
        Ok(outcome) => outcome.map_err(|e| e.to_string()),
        Err(panic) if started.load(std::sync::atomic::Ordering::Relaxed) => std::panic::resume_unwind(panic),
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            Err(words.unwrap_or("the window system failed").to_owned())
        }
    }
}

/// Gives a context the faces and colours. For tests that draw without a window.
pub fn set_up(ctx: &egui::Context) {
    ctx.set_fonts(fonts::definitions());
    ctx.options_mut(|o| {
        o.fallback_theme = egui::Theme::Light;
        // Ctrl with plus and minus sets the size of the articles' text; egui's own zoom would answer as well.
        o.zoom_with_keyboard = false;
    });
    theme::apply(ctx, false);
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        Window::ui(self, ui);
        let now = ui.input(|i| i.time);
        if let Some(wait) = self.keeper.as_mut().and_then(|k| k.keep(&self.app.settings, now)) {
            ui.ctx().request_repaint_after_secs(wait as f32);
        }
        if let Some(reason) = self.keeper.as_ref().and_then(Keeper::trouble).filter(|_| !self.settings_lost) {
            // Once: each change of a setting fails alike.
            self.settings_lost = true;
            self.app.say(format!("{reason} Settings last until this window is closed; the comparison is not affected."), false);
        }
        if let Some(wait) = self.app.keep_unsaved(now) {
            ui.ctx().request_repaint_after_secs(wait as f32);
        }
        if self.app.quit {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.app.remember();
        // A window closed by a person was asked about what it would lose.
        self.app.finish_keeping(self.app.quit || !self.app.loses_work());
        if let Some(keeper) = self.keeper.take() {
            keeper.finish(&self.app.settings);
        }
    }
}

impl Window {
    /// A window on a state.
    pub fn new(ctx: &egui::Context, app: App) -> Self {
        set_up(ctx);
        Self::bare(app)
    }

    /// A window on a state, for a context that was [`set_up`] already.
    pub fn bare(app: App) -> Self {
        Self {
            app,
            marks: Marks::default(),
            index: PassageIndex::default(),
            index_of: None,
            side: side::SideState::default(),
            views: views::ViewsState::default(),
            palette: palette::PaletteState::default(),
            inspector: inspector::InspectorState::default(),
            drawer: inspector::DrawerState::default(),
            files: files::Files::default(),
            keys: menus::KeysState::default(),
            dialogs: dialogs::DialogState::default(),
            toast: frame::ToastState::default(),
            find: find_bar::FindState::default(),
            applied_theme: None,
            part_seen: 0,
            title: String::new(),
            keeper: None,
            settings_lost: false,
            scripts: scripts::Scripts::default(),
        }
    }

    /// Draws everything and does what the person asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.app.poll();
        self.follow_theme(ui.ctx());
        let mut out = Vec::new();
        self.files.poll(&mut out);
        self.files.dropped(ui.ctx(), &mut out);
        menus::shortcuts(ui.ctx(), &self.app, &mut self.keys, &mut out);
        if self.index_of != Some(self.app.generation) {
            self.index_of = Some(self.app.generation);
            self.index = PassageIndex::new(&self.app.analysis);
            if let Some(lacking) = self.scripts.look(ui.ctx(), &self.app) {
                self.app.tell_lack("Fonts", lacking);
            }
        }
        self.marks.refresh(&self.app, &self.index, self.app.settings.faint_wording);
        // What was made is not lost by a slip of the hand.
        if ui.input(|i| i.viewport().close_requested()) && !self.app.quit && (self.app.loses_work() || self.app.holds_draft()) {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::CancelClose);
            out.push(Action::Run(crate::app::Command::Quit));
        }
        self.name_window(ui.ctx());
        let screen = ui.max_rect();
        // The size without enlargement: it is the size that the window opens with.
        let zoom = ui.ctx().zoom_factor();
        self.app.settings.window = Some((screen.width() * zoom, screen.height() * zoom));
        self.draw(ui, screen, &mut out);
        for action in out {
            self.files.intercept(ui.ctx(), &self.app, &action);
            self.app.apply(action);
            ui.ctx().request_repaint();
        }
    }

    fn draw(&mut self, ui: &mut Ui, screen: Rect, out: &mut Vec<Action>) {
        let app = &self.app;
        let narrow = screen.width() < NARROW;
        let top = screen.with_max_y(screen.top() + frame::TOP_BAR);
        let status = screen.with_min_y(screen.bottom() - frame::STATUS);
        let middle = Rect::from_min_max(pos2(screen.left(), top.bottom()), pos2(screen.right(), status.top()));
        let loading = app.progress().filter(|p| p.loads && (app.analysis.versions.is_empty() || p.elapsed_s > 0.4));
        frame::top_bar(ui, top, app, narrow, out);
        if let Some(progress) = loading {
            loading::ui(ui, middle, app, &progress, out);
        } else if app.project.entries.is_empty() {
            start::ui(ui, middle, app, out);
        } else {
            let bar = middle.with_max_y(middle.top() + frame::VIEW_BAR);
            frame::view_bar(ui, bar, app, narrow, out);
            let mut body = middle.with_min_y(bar.bottom());
            if app.find.open {
                let find = body.with_max_y(body.top() + frame::FIND_BAR);
                find_bar::ui(ui, find, app, &mut self.find, out);
                body.min.y = find.bottom();
            } else {
                self.find = find_bar::FindState::default();
            }
            let side_by_side = app.view == View::SideBySide;
            let (mut drawer, mut panel) = (None, None);
            if side_by_side && app.settings.inspector && (!narrow || app.selected().is_some()) {
                if narrow || app.settings.projector {
                    let height = inspector::drawer_height(ui.painter(), app, body.width(), body.height());
                    drawer = Some(body.with_min_y(body.bottom() - height));
                    body.max.y -= height;
                } else {
                    panel = Some(body.with_min_x(body.right() - inspector::WIDTH));
                    body.max.x -= inspector::WIDTH;
                }
            }
            let cx = side::SideContext { app, marks: &self.marks, index: &self.index };
            if side_by_side {
                side::ui(ui, body, &cx, &mut self.side, out);
            } else {
                views::ui(ui, body, &cx, &mut self.views, out);
            }
            if let Some(rect) = drawer {
                inspector::drawer_ui(ui, rect, app, &mut self.drawer, out);
            }
            if let Some(rect) = panel {
                inspector::ui(ui, rect, app, &mut self.inspector, out);
            }
        }
        frame::status(ui, status, app, out);
        frame::toast(ui, status, app, &mut self.toast, out);
        match &app.dialog {
            None => {}
            Some(Dialog::Palette) => palette::ui(ui, app, &mut self.palette, out),
            Some(dialog) => dialogs::ui(ui, app, dialog, &mut self.files, &mut self.dialogs, out),
        }
        if app.dialog.is_none() {
            self.palette.close();
        }
        if std::mem::replace(&mut self.part_seen, app.part.1) != app.part.1 {
            give_keyboard(ui, app);
        }
        kit::ring_what_has_none(ui);
    }

    /// The comparison's title in the frame of the system, with a dot while changes are in no file.
    fn name_window(&mut self, ctx: &egui::Context) {
        let title = match (self.app.project.entries.is_empty(), self.app.loses_work()) {
            (true, _) => "Parallax".to_owned(),
            (false, unsaved) => {
                let copy = if self.app.copy_of.is_some() { " (copy)" } else { "" };
                format!("{}{}{copy} – Parallax", if unsaved { "• " } else { "" }, self.app.title())
            }
        };
        if self.title != title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn follow_theme(&mut self, ctx: &egui::Context) {
        let zoom = if self.app.settings.projector { PROJECTOR_ZOOM } else { 1.0 };
        if ctx.zoom_factor() != zoom {
            ctx.set_zoom_factor(zoom);
        }
        let (choice, high) = (self.app.settings.theme, self.app.settings.high_contrast);
        if self.applied_theme != Some((choice, high)) {
            self.applied_theme = Some((choice, high));
            theme::apply(ctx, high);
            ctx.set_theme(match choice {
                ThemeChoice::System => egui::ThemePreference::System,
                ThemeChoice::Light => egui::ThemePreference::Light,
                ThemeChoice::Dark => egui::ThemePreference::Dark,
            });
        }
    }
}

/// Gives the part that F6 went to the keyboard. A column's header takes it by itself.
fn give_keyboard(ui: &Ui, app: &App) {
    let selected = app.selected().or(app.shown().first().copied());
    let Some(finding) = selected.map(|f| app.analysis.findings[f.ix()].id) else { return };
    let ids = match app.part.0 {
        Part::Columns => return,
        // At the right or as a drawer below: one of them is there.
        Part::Inspector => vec![Id::unique(("reading", finding, 0_usize)), Id::unique(("drawer reading", 0_usize))],
        Part::Strip => vec![Id::unique(("strip row", finding))],
    };
    if let Some(id) = ids.into_iter().find(|id| ui.ctx().read_response(*id).is_some()) {
        ui.ctx().memory_mut(|m| m.request_focus(id));
    }
}
