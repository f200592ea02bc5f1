//! The shipped faces for laying out, and what their scripts can't show.

use crate::typefaces;
use parley::fontique::{Blob, Charmap, Collection, CollectionOptions, FontInfoOverride};
use parley::{FontContext, FontStyle, FontWeight};
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;

/// Text of outlets.
pub const SERIF: &str = "Source Serif 4";
/// Words of the program.
pub const SANS: &str = "Inter";

/// The faces that a PDF embeds, with their family, weight and slant.
const FACES: [(&str, f32, bool, &[u8]); 6] = [
    (SERIF, 400.0, false, typefaces::SERIF),
    (SERIF, 400.0, true, typefaces::SERIF_ITALIC),
    (SERIF, 600.0, false, typefaces::SERIF_SEMIBOLD),
    (SANS, 400.0, false, typefaces::SANS),
    (SANS, 500.0, false, typefaces::SANS_MEDIUM),
    (SANS, 600.0, false, typefaces::SANS_SEMIBOLD),
];

/// The faces, those of the system left out: the same report is the same file on every machine.
pub fn context() -> FontContext {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    for (family, weight, italic, bytes) in FACES {
        let told = FontInfoOverride {
            family_name: Some(family),
            weight: Some(FontWeight::new(weight)),
            style: Some(if italic { FontStyle::Italic } else { FontStyle::Normal }),
            ..FontInfoOverride::default()
        };
        collection.register_fonts(Blob::from(bytes.to_vec()), Some(told));
    }
    FontContext { collection, ..FontContext::default() }
}

/// No script piles up more marks on a letter; Unicode's Stream-Safe format has the same limit. Laying out counts the characters of
/// a cluster in a byte.
const MOST_IN_A_CLUSTER: usize = 31;

/// What was not shown for want of a face.
#[derive(Debug, Default)]
pub struct Missing {
    /// Characters by the name of their script.
    pub scripts: BTreeMap<&'static str, usize>,
}

impl Missing {
    /// A text with words in place of what no face shows: a frame or a blank would hide that something stands there.
    pub fn worded(&mut self, text: &str, maps: &[Charmap<'_>]) -> String {
        let shows = |c: char| c.is_whitespace() || maps.iter().any(|m| m.map(c).is_some_and(|glyph| glyph != 0));
        if text.is_ascii() && text.chars().all(shows) {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        let mut run: Option<(&'static str, usize)> = None;
        // Blanks inside a run belong to it, those after it don't.
        let mut blanks = String::new();
        let mut end = |run: &mut Option<(&'static str, usize)>, out: &mut String| {
            if let Some((script, n)) = run.take() {
                *self.scripts.entry(script).or_default() += n;
                let plural = if n == 1 { "" } else { "s" };
                out.push_str(&format!("[{n} {script} character{plural} not shown]"));
            }
        };
        let places = text.graphemes(true).flat_map(|cluster| cluster.chars().enumerate());
        for (place, c) in places {
            if typefaces::is_invisible(c) && !maps.iter().any(|m| m.map(c).is_some_and(|glyph| glyph != 0)) {
                continue;
            }
            if c.is_whitespace() && run.is_some() {
                blanks.push(c);
            } else if place < MOST_IN_A_CLUSTER && shows(c) {
                end(&mut run, &mut out);
                out.push_str(&std::mem::take(&mut blanks));
                out.push(c);
            } else {
                let script = if place < MOST_IN_A_CLUSTER { typefaces::script_of(c) } else { "combining" };
                match &mut run {
                    Some((same, n)) if *same == script => *n += 1,
                    _ => {
                        end(&mut run, &mut out);
                        out.push_str(&blanks);
                        run = Some((script, 1));
                    }
                }
                blanks.clear();
            }
        }
        end(&mut run, &mut out);
        out.push_str(&blanks);
        out
    }

    /// A sentence on what is missing; `None` where all is shown.
    pub fn notice(&self) -> Option<String> {
        let n: usize = self.scripts.values().sum();
        self.listed().map(|listed| {
            format!(
                "Not all of this text can be shown here. The faces of this document lack {} characters ({}); words in brackets \
                 stand in their place. The web page and the Word document of this report have them.",
                crate::report::words::count(n),
                listed
            )
        })
    }

    /// "34 Hebrew, 2 emoji"; `None` where all is shown.
    pub fn listed(&self) -> Option<String> {
        let listed: Vec<String> = self.scripts.iter().map(|(script, n)| format!("{n} {script}")).collect();
        (!listed.is_empty()).then(|| listed.join(", "))
    }
}

/// Runs with the maps from characters to glyphs of the upright faces.
pub fn with_maps<T>(use_them: impl FnOnce(&[Charmap<'_>]) -> T) -> T {
    let mut fonts = context();
    let mut maps: Vec<Charmap<'_>> = Vec::new();
    for (family, bytes) in [(SERIF, typefaces::SERIF), (SANS, typefaces::SANS)] {
        let info = fonts.collection.family_by_name(family).and_then(|f| f.default_font().cloned());
        maps.extend(info.and_then(|i| i.charmap_index().charmap(bytes)));
    }
    use_them(&maps)
}
