//! The letters of a PDF with their places, as the pages are drawn. Nothing is drawn: the device only listens.

use super::super::limits::{MAX_PDF_GLYPHS, MAX_PDF_PAGES, MAX_PDF_STEPS};
use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{self, Dict};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings, SoftMask,
    TransformExt, interpret_page,
};
use std::sync::Arc;
use std::time::Instant;

/// One letter on a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub letter: char,
    /// From its left to its right, in points from the left of the page.
    pub x: (f32, f32),
    /// Its baseline, in points from the top.
    pub y: f32,
    /// The size of its font, in points.
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
}

/// A page as it was drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub height: f32,
    pub glyphs: Vec<Glyph>,
    /// Letters drawn so that nobody sees them, as programs do that recognise the text of a scan.
    pub hidden: Vec<Glyph>,
    /// Letters whose font does not say which they are.
    pub unknown: usize,
    /// How many pictures it shows.
    pub pictures: usize,
}

/// What was read out of a file.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub pages: Vec<Page>,
    /// Pages after the limit.
    pub pages_left_out: usize,
    /// The title that the file claims.
    pub title: Option<String>,
}

/// Why a file gave no pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Locked,
    OtherEncryption,
    Damaged,
    TooMuch,
}

/// Draws all pages. What passes the limits ends the thread, so this runs on one of its own.
pub(super) fn draw(bytes: Arc<Vec<u8>>, deadline: Instant) -> Result<Drawing, Fault> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Fault::Locked,
        LoadPdfError::Decryption(_) => Fault::OtherEncryption,
        LoadPdfError::Invalid => Fault::Damaged,
    })?;
    let cache = InterpreterCache::new();
    let all = pdf.pages();
    let mut drawing = Drawing { pages_left_out: all.len().saturating_sub(MAX_PDF_PAGES), ..Drawing::default() };
    drawing.title = pdf.metadata().title.as_deref().and_then(words);
    let (mut left, mut steps) = (MAX_PDF_GLYPHS, MAX_PDF_STEPS);
    for page in all.iter().take(MAX_PDF_PAGES) {
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(page.initial_transform(true).to_kurbo(), area, &cache, pdf.xref(), InterpreterSettings::default());
        let mut ear = Ear { page: Page { height, ..Page::default() }, open: Vec::new(), left, steps, deadline };
        interpret_page(page, &mut context, &mut ear);
        (left, steps) = (ear.left, ear.steps);
        drawing.pages.push(ear.page);
    }
    Ok(drawing)
}

/// Words of the file about itself: UTF-16 with its mark, else letters of one byte.
fn words(bytes: &[u8]) -> Option<String> {
    let text = match bytes.strip_prefix(b"\xfe\xff") {
        Some(rest) => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => std::str::from_utf8(bytes).map_or_else(|_| encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(), str::to_owned),
    };
    Some(text.trim().to_owned()).filter(|t| !t.is_empty())
}

/// What ends the thread when a limit is passed; the library has no way to be stopped.
pub(super) struct Stop;

/// A piece of a page that says something about itself.
enum Marked {
    Plain,
    /// A running head, a page's number or the like.
    Pagination,
    /// Letters that stand for others: those are meant.
    Meant {
        words: String,
        shown: Option<(Glyph, bool)>,
    },
}

struct Ear {
    page: Page,
    /// The pieces of marked content that are open.
    open: Vec<Marked>,
    left: usize,
    steps: usize,
    deadline: Instant,
}

impl Ear {
    fn check(&mut self) {
        self.steps = self.steps.saturating_sub(1);
        if self.left == 0 || self.steps == 0 || Instant::now() > self.deadline {
            std::panic::resume_unwind(Box::new(Stop));
        }
    }

    /// Takes letters that stand from left to right of a glyph.
    fn take(&mut self, letters: &str, glyph: Glyph, hidden: bool) {
        if let Some(Marked::Meant { shown, .. }) = self.open.iter_mut().find(|m| matches!(m, Marked::Meant { .. })) {
            match shown {
                // What goes on over a line end stands where it starts.
                Some((first, _)) if (first.y - glyph.y).abs() < 0.3 * glyph.size => first.x.1 = first.x.1.max(glyph.x.1),
                Some(_) => {}
                None => *shown = Some((glyph, hidden)),
            }
            return;
        }
        let step = (glyph.x.1 - glyph.x.0) / letters.chars().count().max(1) as f32;
        for (i, letter) in letters.chars().enumerate() {
            if matches!(letter, '\u{fffd}' | '\0') {
                self.page.unknown += 1;
            } else {
                let x = (glyph.x.0 + step * i as f32, glyph.x.0 + step * (i + 1) as f32);
                self.hear(Glyph { letter, x, ..glyph }, hidden);
            }
        }
    }

    fn hear(&mut self, glyph: Glyph, hidden: bool) {
        self.left = self.left.saturating_sub(1);
        if hidden { self.page.hidden.push(glyph) } else { self.page.glyphs.push(glyph) }
    }
}

impl<'a> Device<'a> for Ear {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.check();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.check();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.check();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.check();
        if self.open.iter().any(|m| matches!(m, Marked::Pagination)) {
            return;
        }
        let hidden = matches!(mode, DrawMode::Invisible);
        let font = run.glyphs().iter().find_map(|g| match &**g {
            Drawn::Outline(outline) => outline.font_data(),
            Drawn::Type3(_) => None,
        });
        let named = |part: &str| font.as_ref().and_then(|f| f.postscript_name.as_deref()).is_some_and(|n| n.contains(part));
        let bold = font.as_ref().is_some_and(|f| f.weight.is_some_and(|w| w >= 600)) || named("Bold") || named("Black");
        let italic = font.as_ref().is_some_and(|f| f.is_italic) || named("Italic") || named("Oblique");
        for positioned in run.glyphs() {
            self.left = self.left.saturating_sub(1);
            let to_page: Affine = props.transform * positioned.transform();
            let advance = match &**positioned {
                Drawn::Outline(outline) => outline.advance_width(),
                Drawn::Type3(drawn) => drawn.advance_width(),
            };
            let start = to_page * Point::ZERO;
            let top = to_page * Point::new(0.0, 1000.0);
            let size = start.distance(top) as f32;
            let end = to_page * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
            // Letters that stand on their side are a stamp in the margin or a picture's credit.
            let upright = (end.y - start.y).abs() <= 0.3 * (end.x - start.x).abs() + 0.01 && top.y < start.y;
            if !upright || !size.is_finite() || !(1.0..=500.0).contains(&size) || !start.x.is_finite() || !end.x.is_finite() {
                continue;
            }
            let letters = match positioned.as_unicode() {
                Some(BfString::Char(c)) => ligature(c).map_or_else(|| c.to_string(), str::to_owned),
                Some(BfString::String(s)) => s,
                None => "\u{fffd}".to_owned(),
            };
            let x = (start.x as f32, end.x as f32);
            self.take(&letters, Glyph { letter: ' ', x, y: start.y as f32, size, bold, italic }, hidden);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.check();
        self.page.pictures += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.check();
        let kind = properties.and_then(|p| p.get::<object::Name<'_>>(b"Type".as_slice()));
        let meant = properties.and_then(|p| p.get::<object::String<'_>>(b"ActualText".as_slice())).map(|t| words(t.as_bytes()));
        self.open.push(match meant {
            Some(meant) => Marked::Meant { words: meant.unwrap_or_default(), shown: None },
            None if tag == b"Artifact" && kind.is_some_and(|k| k.as_str() == "Pagination") => Marked::Pagination,
            None => Marked::Plain,
        });
    }

    fn end_marked_content(&mut self) {
        if let Some(Marked::Meant { words, shown: Some((glyph, hidden)) }) = self.open.pop() {
            self.take(&words, glyph, hidden);
        }
    }
}

/// The letters that one sign joins.
fn ligature(sign: char) -> Option<&'static str> {
    Some(match sign {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}
