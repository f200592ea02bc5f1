//! CPU time of a frame of the window while scrolling, headless: `cargo bench --bench frames`.
//!
//! One iteration is one frame: a wheel step over the first column, `Context::run_ui`, and tessellation.
//! The glyphs' upload and the GPU's work are not in it.

mod events;

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Context, Event, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, vec2};
use parallax::app::{Action, App, Settings, View};
use parallax::gui::{Window, set_up};
use std::sync::Arc;

struct Bench {
    ctx: Context,
    window: Window,
    time: f64,
    frame: usize,
}

impl Bench {
    fn new(versions: usize, sentences: usize) -> Self {
        let mut app = App::new(Settings { reduced_motion: true, ..Settings::default() }, Arc::new(|| {}));
        let texts = events::texts(versions, sentences, 1);
        let items = texts.into_iter().enumerate().map(|(i, t)| (format!("version-{i}.txt"), t.into_bytes().into())).collect();
        app.apply(Action::OpenBytes(items));
        app.wait();
        let ctx = Context::default();
        set_up(&ctx);
        let mut bench = Self { ctx, window: Window::bare(app), time: 0.0, frame: 0 };
        // Heights become exact in slices; the bench is about scrolling after that.
        for _ in 0..200 {
            bench.frame(Vec::new());
        }
        bench
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

    fn scroll(&mut self) {
        self.frame += 1;
        let down = (self.frame / 240).is_multiple_of(2);
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, if down { -60.0 } else { 60.0 }),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Default::default(),
        };
        self.frame(vec![Event::PointerMoved(Pos2::new(500.0, 600.0)), wheel]);
    }
}

fn frames(c: &mut Criterion) {
    let mut group = c.benchmark_group("frame");
    for (name, versions, sentences) in [("8x40", 8, 40), ("20x180", 20, 180)] {
        let mut bench = Bench::new(versions, sentences);
        group.bench_function(format!("scroll-{name}"), |b| b.iter(|| bench.scroll()));
        for view in [View::Passages, View::Overview] {
            bench.window.app.apply(Action::Show(view));
            for _ in 0..20 {
                bench.frame(Vec::new());
            }
            group.bench_function(format!("scroll-{}-{name}", view.label()), |b| b.iter(|| bench.scroll()));
        }
    }
    group.finish();
}

criterion_group!(benches, frames);
criterion_main!(benches);
