//! Which language a source is in.
//!
//! Small words tell English at once, where they are frequent; trigrams (whatlang) tell the rest, at several times the
//! cost of cutting the text into sentences. Letters that one language alone writes tell it even in a headline.

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
/// Share of such words that no other language reaches.
const DOUBTFUL_SHARE: f64 = 0.04;

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
    let said = said.map(|l| if matches!(l.to_ascii_lowercase().as_str(), "eng" | "english") { "en" } else { l });
    // An article of headlines alone.
    if sample.is_empty() {
        sample.push_str(source.text.get(..source.text.floor_char_boundary(MAX_BYTES)).unwrap_or(""));
    }
    let long = sample.len() >= MIN_BYTES;
    let script = by_script(&sample);
    let trigrams = || {
        let guess = whatlang::detect(&sample);
        guess.filter(|g| g.is_reliable() && (long || script.is_some())).and_then(|g| tag(g.lang()))
    };
    let told = match script {
        Some(Script::Only(tag)) => Some(tag),
        Some(Script::Mostly(tag)) => trigrams().or(said.is_none().then_some(tag)),
        None => match if long { english_share(&sample) } else { 0.0 } {
            share if share >= SURE_SHARE => Some("en"),
            // What holds English words is not taken for another language: few of its rules would be left.
            share => trigrams().filter(|tag| *tag == "en" || share < DOUBTFUL_SHARE),
        },
    };
    if let Some(tag) = told {
        // "en-GB" says more than "en".
        return match said {
            Some(said) if said.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case(tag)) => said.replace('_', "-"),
            _ => tag.to_owned(),
        };
    }
    said.map_or_else(|| "en".to_owned(), |s| s.replace('_', "-"))
}

/// What the letters say of a language.
enum Script {
    /// No newspaper in another language is written in them.
    Only(&'static str),
    /// Most that is written in them is in this language.
    Mostly(&'static str),
}

/// The language that letters beyond the Latin ones tell, where most are of one such script.
fn by_script(sample: &str) -> Option<Script> {
    let (mut all, mut kana, mut hangul, mut han, mut hebrew, mut greek, mut thai, mut devanagari, mut arabic, mut cyrillic) =
        (0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    if sample.is_ascii() {
        return None;
    }
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        // An ideograph says as much as two letters, and stands beside names in Latin ones.
        all += 1;
        match c {
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => greek += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            '\u{590}'..='\u{5ff}' => hebrew += 1,
            '\u{600}'..='\u{6ff}' => arabic += 1,
            '\u{900}'..='\u{97f}' => devanagari += 1,
            '\u{e00}'..='\u{e7f}' => thai += 1,
            '\u{3040}'..='\u{30ff}' => kana += 1,
            '\u{ac00}'..='\u{d7af}' => hangul += 1,
            '\u{3400}'..='\u{9fff}' => han += 1,
            _ => {}
        }
    }
    let has = |c: &[char]| sample.contains(c);
    let most = |n: usize| n * 2 > all;
    Some(match () {
        () if most(hangul + han) && hangul > kana => Script::Only("ko"),
        // A tenth of kana is less than any Japanese sentence has, and more than a Chinese one.
        () if most(kana + han) && kana * 10 > han => Script::Only("ja"),
        () if most(han) => Script::Only("zh"),
        () if most(hebrew) => Script::Mostly("he"),
        () if most(greek) => Script::Only("el"),
        () if most(thai) => Script::Only("th"),
        () if most(devanagari) => Script::Mostly("hi"),
        () if most(arabic) && has(&['ٹ', 'ڈ', 'ے', 'ں']) => Script::Mostly("ur"),
        () if most(arabic) && has(&['پ', 'چ', 'گ', 'ژ']) => Script::Mostly("fa"),
        () if most(arabic) => Script::Mostly("ar"),
        () if most(cyrillic) && has(&['і', 'ї', 'є', 'ґ']) => Script::Mostly("uk"),
        () if most(cyrillic) && has(&['ђ', 'ј', 'љ', 'њ', 'ћ', 'џ']) => Script::Mostly("sr"),
        // Bulgarian lacks these letters.
        () if most(cyrillic) && !has(&['ы', 'э', 'ё']) && has(&['ъ']) => Script::Mostly("bg"),
        () if most(cyrillic) => Script::Mostly("ru"),
        () => return None,
    })
}

fn english_share(sample: &str) -> f64 {
    let (mut all, mut english) = (0u32, 0u32);
    for word in sample.split_whitespace() {
        all += 1;
        english += u32::from(ONLY_ENGLISH.contains(word));
    }
    f64::from(english) / f64::from(all.max(1))
}

/// The English name of a language by its BCP 47 tag; the tag itself where it has none here.
pub fn name(language: &str) -> &str {
    let primary = language.split(['-', '_']).next().unwrap_or("");
    let lower = primary.to_ascii_lowercase();
    NAMES.iter().find(|(tag, _)| *tag == lower).map_or(language, |(_, name)| name)
}

const NAMES: [(&str, &str); 44] = [
    ("ar", "Arabic"),
    ("bg", "Bulgarian"),
    ("bn", "Bengali"),
    ("ca", "Catalan"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hr", "Croatian"),
    ("hu", "Hungarian"),
    ("id", "Indonesian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("nb", "Norwegian"),
    ("nl", "Dutch"),
    ("nn", "Norwegian"),
    ("no", "Norwegian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sk", "Slovak"),
    ("sl", "Slovene"),
    ("sr", "Serbian"),
    ("sv", "Swedish"),
    ("ta", "Tamil"),
    ("th", "Thai"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
    ("yi", "Yiddish"),
    ("zh", "Chinese"),
];

/// What is not read in a language, in a sentence or two for people; `None` for English, which has all rules.
pub fn limits(language: &str) -> Option<String> {
    super::writing::writing(language)?;
    let read = match super::has_writing(language) {
        true => "figures, dates and money written in digits, and quotes by their marks",
        false => "figures written in digits, and quotes by their marks",
    };
    let name = name(language);
    Some(format!(
        "In {name} articles Parallax reads {read}. Names, number words, reported speech and who speaks are read in English articles only."
    ))
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
