//! The faces: a serif for everything an outlet wrote, a sans for everything the app says.
//!
//! egui makes no bold and only slants italics, so each style is a family of its own. The sans stands
//! second in the serif families because it has the few signs that the serif lacks.

use crate::typefaces;
use egui::{FontData, FontDefinitions, FontFamily, FontId};
use std::sync::{Arc, OnceLock};

/// A face of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Article text.
    Serif,
    /// Standfirsts.
    SerifItalic,
    /// Headlines and titles.
    SerifSemibold,
    /// Emphasis in standfirsts.
    SerifSemiboldItalic,
    /// Strong words in reports.
    SerifBold,
    /// Controls and captions.
    Sans,
    /// Buttons and chips.
    SansMedium,
    /// Outlets and labels.
    SansSemibold,
}

const FACES: [(Face, &str, &[u8]); 8] = [
    (Face::Serif, "serif", typefaces::SERIF),
    (Face::SerifItalic, "serif-italic", typefaces::SERIF_ITALIC),
    (Face::SerifSemibold, "serif-semibold", typefaces::SERIF_SEMIBOLD),
    (Face::SerifSemiboldItalic, "serif-semibold-italic", typefaces::SERIF_SEMIBOLD_ITALIC),
    (Face::SerifBold, "serif-bold", typefaces::SERIF_BOLD),
    (Face::Sans, "sans", typefaces::SANS),
    (Face::SansMedium, "sans-medium", typefaces::SANS_MEDIUM),
    (Face::SansSemibold, "sans-semibold", typefaces::SANS_SEMIBOLD),
];

impl Face {
    /// The face at a size in points.
    pub fn at(self, size: f32) -> FontId {
        static FAMILIES: OnceLock<Vec<FontFamily>> = OnceLock::new();
        let families = FAMILIES.get_or_init(|| FACES.iter().map(|(_, name, _)| FontFamily::Name((*name).into())).collect());
        FontId::new(size, families[self as usize].clone())
    }
}

/// All faces, for `Context::set_fonts` and for laying out on another thread.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (face, name, bytes) in FACES {
        fonts.font_data.insert(name.into(), Arc::new(FontData::from_static(bytes)));
        let mut family = vec![name.to_owned()];
        if (face as usize) < Face::Sans as usize {
            family.push("sans".into());
        }
        fonts.families.insert(FontFamily::Name(name.into()), family);
    }
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["sans".into(), "serif".into()]);
    }
    fonts
}
