//! Pictures of whole views, drawn with wgpu in software: only with the feature `snapshots` (README, "How to help").
//!
//! They hold what no name can: that lines, colours and columns stand where they should. Letters are drawn a little
//! otherwise by other versions of the driver, so a share of the points may differ.

use super::window::{empty, sample};
use egui::{UiBuilder, vec2};
use egui_kittest::{Harness, SnapshotOptions, image_snapshot_options};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, RgbaImage};
use parallax::app::{Action, App, Settings, ThemeChoice, View};
use parallax::compare::FindingKind;
use parallax::extract::DetailKind;
use parallax::gui::{self, Window};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

fn picture(app: App, width: f32, height: f32) -> Harness<'static, Window> {
    let mut h = Harness::builder()
        .with_size(vec2(width, height))
        .with_max_steps(400)
        .allow_missing_glyphs()
        .with_context_setup(gui::set_up)
        .wgpu()
        .build_ui_state(
            |ui, w: &mut Window| {
                // kittest leaves a margin; the window has none.
                let screen = ui.ctx().content_rect();
                let mut whole = ui.new_child(UiBuilder::new().max_rect(screen));
                whole.set_clip_rect(screen);
                w.ui(&mut whole);
            },
            Window::bare(app),
        );
    h.run();
    h
}

/// The sample with its conflict of numbers selected.
fn conflict(theme: ThemeChoice, view: View) -> App {
    let mut app = sample();
    app.settings = Settings { theme, reduced_motion: true, ..Settings::default() };
    let is_it = |f: &&parallax::compare::Finding| f.kind == FindingKind::DetailConflict && f.detail == Some(DetailKind::Number);
    let finding = app.analysis.findings.iter().find(is_it).expect("the sample has one").id;
    app.apply(Action::Select { finding, version: None });
    app.apply(Action::Show(view));
    app
}

/// Writes a picture as small as PNG can without loss: what kittest and `save` write is twice the size.
fn keep(picture: RgbaImage, path: &Path) {
    let file = BufWriter::new(File::create(path).expect("a file"));
    let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
    DynamicImage::ImageRgba8(picture).to_rgb8().write_with_encoder(encoder).expect("it is written");
}

fn check(name: &str, app: App) {
    let mut h = picture(app, 1210.0, 540.0);
    // Three points in a thousand: a row or a bar that is gone or has another colour is more.
    let options = SnapshotOptions::new().threshold(1.0).max_failed_pixels(2000usize).output_path("tests/suite/snapshots");
    let drawn = h.render().expect("a picture");
    image_snapshot_options(&drawn, name, &options);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        keep(drawn, &Path::new("tests/suite/snapshots").join(format!("{name}.png")));
    }
}

#[test]
fn views_look_as_they_did() {
    let mut start = empty();
    start.settings.theme = ThemeChoice::Light;
    check("start-light", start);
    check("side-light", conflict(ThemeChoice::Light, View::SideBySide));
    check("side-dark", conflict(ThemeChoice::Dark, View::SideBySide));
    check("details-light", conflict(ThemeChoice::Light, View::Details));
    check("quotes-light", conflict(ThemeChoice::Light, View::Quotes));
    check("overview-dark", conflict(ThemeChoice::Dark, View::Overview));
}

#[test]
#[ignore = "writes the README's picture; run it by name"]
fn readme_picture() {
    let mut h = picture(conflict(ThemeChoice::Light, View::SideBySide), 1440.0, 900.0);
    keep(h.render().expect("a picture"), Path::new("assets/screenshot.png"));
}
