//! Bytes to text.
//!
//! In this order: byte order mark, zero bytes of UTF-16 without one, valid UTF-8, the label that the file
//! carries, a guess by the chardetng detector. Valid UTF-8 with letters beyond ASCII beats every label,
//! since no other encoding looks like it by chance.
//!
//! Mac Roman, which the detector takes for windows-1252, is told by its curly quotes; text that was once
//! decoded as windows-1252 by mistake ("â€œ") is decoded once more. Each step that is not certain leaves a note.

use super::SourceError;
use crate::base::table_lines;
use encoding_rs::{Encoding, ISO_2022_JP, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Text and what is known about how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// With `\n` line ends, without control characters.
    pub text: String,
    /// WHATWG name.
    pub encoding: &'static str,
    /// For people; empty when nothing was in doubt.
    pub notes: Vec<String>,
}

/// Decodes bytes. `label` is the encoding that the file itself or its transport names.
///
/// # Errors
/// When the text is empty but for white space.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> Result<Decoded, SourceError> {
    let mut notes = Vec::new();
    let (mut text, encoding) = to_text(bytes, label, &mut notes);
    // Before control characters go: some are halves of such letters.
    if let Some(repaired) = repair_mojibake(&text) {
        notes.push(
            "The text had been decoded with the wrong encoding before it was saved (UTF-8 read as windows-1252). It was repaired; \
             the file itself is unchanged."
                .to_owned(),
        );
        text = repaired;
    }
    let text = unify(&text, &mut notes);
    if text.trim().is_empty() {
        return Err(SourceError::Empty);
    }
    Ok(Decoded { text, encoding: encoding.name(), notes })
}

/// Whether the bytes are UTF-16, by byte order mark or by zero bytes on one side of each pair.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 8 {
        return None;
    }
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    // Latin letters give nearly all zeros on one side, other scripts still their blanks and line ends.
    if even * 10 >= pairs * 6 && odd * 20 <= pairs {
        Some(UTF_16BE)
    } else if odd * 10 >= pairs * 6 && even * 20 <= pairs {
        Some(UTF_16LE)
    } else {
        None
    }
}

fn to_text(bytes: &[u8], label: Option<&str>, notes: &mut Vec<String>) -> (String, &'static Encoding) {
    if let Some(rest) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return (String::from_utf8_lossy(rest).into_owned(), UTF_8);
    }
    if let Some(encoding) = utf16(bytes) {
        let (text, _) = encoding.decode_with_bom_removal(bytes);
        return (text.into_owned(), encoding);
    }
    let labelled = label.and_then(|l| Encoding::for_label(l.trim().as_bytes()));
    if let Ok(text) = std::str::from_utf8(bytes) {
        // Escape sequences of ISO-2022-JP are valid ASCII.
        if let Some(encoding) = labelled.filter(|e| !e.is_ascii_compatible() && *e != UTF_16LE && *e != UTF_16BE && text.contains('\u{1b}'))
        {
            return (encoding.decode(bytes).0.into_owned(), encoding);
        }
        if labelled.is_none() && text.is_ascii() && ["\u{1b}$B", "\u{1b}$@"].iter().any(|escape| text.contains(escape)) {
            let (japanese, _, failed) = ISO_2022_JP.decode(bytes);
            if !failed {
                return (japanese.into_owned(), ISO_2022_JP);
            }
        }
        if let Some(encoding) = labelled.filter(|e| *e != UTF_8 && !text.is_ascii()) {
            notes.push(format!("The file says its encoding is {}, but it is UTF-8 and was read as that.", encoding.name()));
        }
        return (text.to_owned(), UTF_8);
    }
    if let Some(encoding) = labelled.filter(|e| *e != UTF_8) {
        let (text, _, failed) = encoding.decode(bytes);
        if !failed {
            return (text.into_owned(), encoding);
        }
    }
    if let Some(text) = nearly_utf8(bytes) {
        let lost = text.matches('\u{fffd}').count();
        let places = if lost == 1 { "one place".to_owned() } else { format!("{lost} places") };
        notes.push(format!("The file is UTF-8 but damaged in {places}, shown as \u{fffd}."));
        return (text, UTF_8);
    }
    let encoding = guess(bytes);
    let (text, _, failed) = encoding.decode(bytes);
    let why = match (label, labelled) {
        (Some(label), Some(_)) => format!("The file says its encoding is {label}, which does not fit its bytes. "),
        (Some(label), None) => format!("The file names an encoding that is not known ({label}). "),
        _ => "The file does not say its encoding. ".to_owned(),
    };
    let check = if failed { " Some characters could not be read." } else { "" };
    notes.push(format!("{why}It was read as {}; check accents and quotation marks.{check}", encoding.name()));
    (text.into_owned(), encoding)
}

/// UTF-8 with a few broken places, such as a cut last character.
fn nearly_utf8(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let broken = text.matches('\u{fffd}').count();
    let sound = text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    let cut = broken == 1 && text.ends_with('\u{fffd}');
    (cut || sound > 0 && broken * 10 <= sound).then(|| text.into_owned())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let encoding = if encoding != WINDOWS_1252 && speaks_western(bytes, encoding) { WINDOWS_1252 } else { encoding };
    if encoding == WINDOWS_1252 && looks_macintosh(bytes) { MACINTOSH } else { encoding }
}

/// Whether bytes are English that reads better, or no worse, in windows-1252 than in the encoding that was guessed. A handful of
/// signs and accents tells the detector little: "£85,000" is as good to it as "Ł85,000".
fn speaks_western(bytes: &[u8], guessed: &'static Encoding) -> bool {
    if !is_english(bytes) {
        return false;
    }
    let odd = |encoding: &'static Encoding| {
        let (text, _, failed) = encoding.decode(bytes);
        oddities(&text) + usize::from(failed) * bytes.len()
    };
    let (western, other) = (odd(WINDOWS_1252), odd(guessed));
    western < other || western == other && guessed.is_single_byte()
}

/// Whether so many words are small words of English that the text is in English.
fn is_english(bytes: &[u8]) -> bool {
    static SMALL: LazyLock<FxHashSet<&'static [u8]>> =
        LazyLock::new(|| table_lines(include_str!("../../assets/lang/en/function.txt")).map(str::as_bytes).collect());
    let words = bytes.split(|b| !b.is_ascii_alphabetic() && b.is_ascii()).filter(|w| !w.is_empty()).take(5000);
    let (mut all, mut small) = (0, 0);
    for word in words {
        all += 1;
        small += usize::from(SMALL.contains(word.to_ascii_lowercase().as_slice()));
    }
    small >= 3 && small * 4 >= all
}

/// Places beyond ASCII that no text in Latin letters would have: a letter before a digit, a sign inside a word, a capital behind a
/// small letter, a word of two scripts.
fn oddities(text: &str) -> usize {
    let mut odd = 0;
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        if !c.is_ascii() {
            let latin = matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Ḁ'..='ỿ');
            let mark = matches!(c, '\u{2010}'..='\u{2027}' | '\u{a0}' | '·' | '\u{ad}');
            odd += usize::from(if latin {
                after.is_ascii_digit() || before.is_ascii_digit() || c.is_uppercase() && before.is_lowercase()
            } else if c.is_alphabetic() {
                before.is_ascii_alphanumeric() || after.is_ascii_alphanumeric()
            } else {
                c == '\u{fffd}' || c.is_control() || !mark && before.is_alphabetic() && after.is_alphabetic()
            });
        }
        before = c;
    }
    odd
}

/// Mac Roman has its curly quotes where windows-1252 has capital letters with accents: an Õ between two
/// small letters, an Ò that opens and an Ó that closes a word are quotes.
fn looks_macintosh(bytes: &[u8]) -> bool {
    let (mut mac, mut windows) = (0, 0);
    for w in bytes.windows(3) {
        let (before, after) = (w[0], w[2]);
        match w[1] {
            0xd5 if before.is_ascii_lowercase() && after.is_ascii_lowercase() => mac += 1,
            0xd2 if matches!(before, b' ' | b'\r' | b'\n' | b'(') && after.is_ascii_alphabetic() => mac += 1,
            0xd3 if matches!(before, b'.' | b',' | b'!' | b'?') && matches!(after, b' ' | b'\r' | b'\n') => mac += 1,
            0x92 if before.is_ascii_lowercase() && after.is_ascii_lowercase() => windows += 1,
            0x93 if before.is_ascii_whitespace() && after.is_ascii_alphabetic() => windows += 1,
            0x94 if before.is_ascii_punctuation() && after.is_ascii_whitespace() => windows += 1,
            _ => {}
        }
    }
    mac > 0 && windows == 0
}

/// Line ends as `\n`; control characters and marks that turn the direction of text dropped, with a note.
pub(super) fn unify(text: &str, notes: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut nuls, mut controls, mut turns) = (0usize, 0usize, 0usize);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push('\n');
            }
            '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            '\u{c}' | '\u{b}' => out.push('\n'),
            '\0' => nuls += 1,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => turns += 1,
            '\u{feff}' if out.is_empty() => {}
            c if c.is_control() => controls += 1,
            c => out.push(c),
        }
    }
    if nuls > 0 {
        notes.push(format!(
            "{} dropped: the text held zero bytes (NUL).",
            counted(nuls, "control character was", "control characters were")
        ));
    }
    if controls > 0 {
        notes.push(format!("{} dropped.", counted(controls, "control character was", "control characters were")));
    }
    if turns > 0 {
        notes.push(format!(
            "{} dropped: they change the direction of the text without being seen.",
            counted(turns, "invisible direction mark (bidi) was", "invisible direction marks (bidi) were")
        ));
    }
    out
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// UTF-8 that was decoded as windows-1252 and encoded again: each run of such characters is turned back.
/// Natural text has no such runs, so two of them are proof enough.
fn repair_mojibake(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'Â', 'â', 'Å', 'Ð', 'Ñ']) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let (mut repaired, mut others) = (0, 0);
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        out.push_str(&rest[..start]);
        let run_end = rest[start..].find(|c: char| c.is_ascii()).map_or(rest.len(), |n| start + n);
        let run = &rest[start..run_end];
        let (bytes, _, unmapped) = WINDOWS_1252.encode(run);
        match std::str::from_utf8(&bytes) {
            Ok(fixed) if !unmapped && fixed.chars().count() < run.chars().count() => {
                repaired += 1;
                out.push_str(fixed);
            }
            _ => {
                others += 1;
                out.push_str(run);
            }
        }
        rest = &rest[run_end..];
    }
    out.push_str(rest);
    (repaired >= 2 && repaired > others).then_some(out)
}
