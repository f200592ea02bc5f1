//! CPU time of a frame of the window while scrolling, headless: `cargo bench --bench frames`, or with a name such as
//! `20x180` after `--` for one comparison.
//!
//! One frame is a wheel step over the view, `Context::run_ui`, and tessellation; the glyphs' upload and the GPU's work
//! are not in it. The goal, for 20 versions of 180 sentences in 60 paragraphs: a median of at most 4 ms and a 99th
//! percentile of at most 8 ms. Every frame is timed by itself, for a mean would hide the one that is felt.

mod events;

use egui::{Context, Event, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, vec2};
use parallax::app::{Action, App, Command, Settings, View};
use parallax::gui::{Window, set_up};
use std::sync::Arc;
use std::time::Duration;

const FRAMES: usize = 2000;
const GOAL: &str = "20x180";

struct Bench {
    ctx: Context,
    window: Window,
    time: f64,
}

impl Bench {
    fn new(versions: usize, sentences: usize) -> Self {
        let mut app = App::new(Settings { reduced_motion: true, ..Settings::default() }, Arc::new(|| {}));
        let texts = events::texts(versions, sentences, 1);
        let items = texts.into_iter().enumerate().map(|(i, t)| (format!("version-{i}.txt"), t.into_bytes().into())).collect();
        app.apply(Action::OpenBytes(items));
        app.wait();
        app.apply(Action::Run(Command::NextDifference));
        let ctx = Context::default();
        set_up(&ctx);
        Self { ctx, window: Window::bare(app), time: 0.0 }
    }

    /// The first frame of a view, then as many as it takes until heights are exact: the rest is about scrolling.
    fn show(&mut self, view: View) -> Duration {
        self.window.app.apply(Action::Show(view));
        let before = now();
        self.frame(Vec::new());
        let first = now() - before;
        for _ in 0..200 {
            self.frame(Vec::new());
        }
        first
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1920.0, 1080.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let window = &mut self.window;
        let mut out = self.ctx.run_ui(input, |ui| window.ui(ui));
        out.textures_delta.clear();
        let meshes = self.ctx.tessellate(std::mem::take(&mut out.shapes), out.pixels_per_point);
        assert!(!meshes.is_empty());
    }

    fn scroll(&mut self, n: usize) -> Duration {
        let down = (n / 240).is_multiple_of(2);
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, if down { -60.0 } else { 60.0 }),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Default::default(),
        };
        let events = vec![Event::PointerMoved(Pos2::new(500.0, 600.0)), wheel];
        let before = now();
        self.frame(events);
        now() - before
    }
}

/// Time that this thread has had on a processor, so that a busy machine measures the same as an idle one.
#[cfg(unix)]
fn now() -> Duration {
    let t = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(t.tv_sec.unsigned_abs(), u32::try_from(t.tv_nsec).unwrap_or_default())
}

#[cfg(not(unix))]
fn now() -> Duration {
    use std::sync::OnceLock;
    use std::time::Instant;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    println!("CPU time of {FRAMES} frames while scrolling at 1920x1080, in ms");
    println!("{:<8} {:<14} {:>7} {:>7} {:>7} {:>7}", "event", "view", "first", "median", "99%", "worst");
    for (name, versions, sentences) in [("8x40", 8, 40), (GOAL, 20, 180), ("100x40", 100, 40)] {
        if !wanted.is_empty() && !wanted.iter().any(|w| w == name) {
            continue;
        }
        let mut bench = Bench::new(versions, sentences);
        for view in View::ALL {
            let first = bench.show(view);
            let mut times: Vec<Duration> = (0..FRAMES).map(|n| bench.scroll(n)).collect();
            times.sort_unstable();
            let ms = |d: Duration| d.as_secs_f64() * 1000.0;
            let (median, high) = (ms(times[FRAMES / 2]), ms(times[FRAMES * 99 / 100]));
            let missed = if name == GOAL && (median > 4.0 || high > 8.0) { "  over the goal" } else { "" };
            let worst = ms(times[FRAMES - 1]);
            println!("{name:<8} {:<14} {:>7.2} {median:>7.2} {high:>7.2} {worst:>7.2}{missed}", view.label(), ms(first));
        }
    }
}
