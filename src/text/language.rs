//! Which language a source is in.
//!
//! Small words tell English at once, where they are frequent; trigrams (whatlang) tell the rest, at several times the
//! cost of cutting the text into sentences.

use crate::base::table_lines;
use crate::source::{BlockKind, Source};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Shorter texts are guessed too badly to overrule what the source says.
const MIN_BYTES: usize = 200;
/// More text makes the guess no better.
const MAX_BYTES: usize = 1500;
/// Share of words that tell English from which on no other language is asked for.
const SURE_SHARE: f64 = 0.12;

static ONLY_ENGLISH: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| table_lines(include_str!("../../assets/lang/en/language-words.txt")).collect());

/// The BCP 47 tag: what the text itself shows where it is long enough to be sure, else what the source says,
/// else English.
pub(super) fn of(source: &Source) -> String {
    let mut sample = String::new();
    for block in source.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph) {
        let text = block.range.of(&source.text);
        let mut end = text.len().min(MAX_BYTES - sample.len().min(MAX_BYTES));
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        sample.push_str(&text[..end]);
        sample.push('\n');
        if sample.len() >= MAX_BYTES {
            break;
        }
    }
    let said = source.meta.language.as_deref().filter(|l| !l.is_empty());
    let long = sample.len() >= MIN_BYTES;
    let trigrams = || whatlang::detect(&sample).filter(|g| g.is_reliable()).and_then(|g| tag(g.lang()));
    if let Some(tag) = if long && is_english(&sample) { Some("en") } else { long.then(trigrams).flatten() } {
        // "en-GB" says more than "en".
        return match said {
            Some(said) if said.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case(tag)) => said.replace('_', "-"),
            _ => tag.to_owned(),
        };
    }
    said.map_or_else(|| "en".to_owned(), |s| s.replace('_', "-"))
}

fn is_english(sample: &str) -> bool {
    let (mut all, mut english) = (0, 0);
    for word in sample.split_whitespace() {
        all += 1;
        english += usize::from(ONLY_ENGLISH.contains(word));
    }
    f64::from(english as u32) >= SURE_SHARE * f64::from(all as u32)
}

/// The two-letter tag of the languages that a newspaper in Latin, Greek, Cyrillic, Arabic or East Asian
/// letters is likely to be in. Others stay what the source says.
fn tag(lang: whatlang::Lang) -> Option<&'static str> {
    use whatlang::Lang;
    Some(match lang {
        Lang::Ara => "ar",
        Lang::Bul => "bg",
        Lang::Ben => "bn",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tha => "th",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Vie => "vi",
        _ => return None,
    })
}
