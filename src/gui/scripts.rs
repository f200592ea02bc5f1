//! Letters that no font of this computer has: told once, with what to install.

use super::fonts::Face;
use crate::app::App;
use crate::typefaces::{is_invisible, script_of};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::char::is_combining_mark;

/// What was looked at and told.
#[derive(Default)]
pub struct Scripts {
    seen: BTreeSet<char>,
    told: BTreeSet<&'static str>,
}

/// More different letters than this are not looked up in one frame.
const MOST_AT_ONCE: usize = 4000;

impl Scripts {
    /// Looks at the texts of a comparison. Gives a sentence where letters are missing that were not told of yet.
    pub fn look(&mut self, ctx: &egui::Context, app: &App) -> Option<String> {
        // A mark on a letter is looked for with its letter, and a sign of many scripts is found with letters of one.
        let shown = |c: &char| !c.is_ascii() && !c.is_whitespace() && !c.is_control() && !is_invisible(*c) && !is_combining_mark(*c);
        let texts = app.analysis.versions.iter().map(|v| v.document.text.as_str()).filter(|t| !t.is_ascii());
        let mut fresh: BTreeSet<char> = texts.flat_map(str::chars).filter(shown).filter(|c| !self.seen.contains(c)).collect();
        while fresh.len() > MOST_AT_ONCE {
            fresh.pop_last();
        }
        let font = Face::Serif.at(16.0);
        let mut missing: BTreeMap<&'static str, usize> = BTreeMap::new();
        ctx.fonts_mut(|fonts| {
            let (letters, signs): (Vec<char>, Vec<char>) = fresh.iter().partition(|c| c.is_alphabetic());
            for c in letters.iter().chain(&signs) {
                if !fonts.has_glyph(&font, *c) {
                    *missing.entry(script_of(*c)).or_default() += 1;
                }
            }
        });
        self.seen.extend(fresh);
        missing.retain(|script, _| self.told.insert(script));
        (!missing.is_empty()).then(|| sentence(&missing))
    }
}

fn sentence(missing: &BTreeMap<&'static str, usize>) -> String {
    let scripts: Vec<String> = missing.keys().map(|s| if *s == "other" { "some".to_owned() } else { (*s).to_owned() }).collect();
    let mut packages: Vec<&str> = missing.keys().map(|s| package(s)).collect();
    packages.dedup();
    let letters = if missing.keys().all(|s| *s == "emoji") { "" } else { " letters" };
    format!(
        "This computer has no font for {}{letters}: they show as boxes. Install one, such as {}, and start Parallax again. Comparing and \
         reports are not affected.",
        crate::report::words::listed(&scripts),
        crate::report::words::listed(&packages.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>()),
    )
}

/// A family of fonts for a script, with the package of it where systems have packages.
fn package(script: &str) -> &'static str {
    match script {
        "Chinese or Japanese" | "Japanese" | "Korean" => "Noto Sans CJK (package fonts-noto-cjk)",
        "emoji" => "Noto Emoji (package fonts-noto-color-emoji)",
        _ => "Noto (package fonts-noto-core)",
    }
}
