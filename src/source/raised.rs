//! Raised signs: the number of a note is no part of the text, and would make another number of the one that it follows.

/// What stands in the text for signs that are raised after `before`: nothing for the call of a note, a power as it is written
/// without raising. `None` where they are words, such as the end of "3rd".
pub(super) fn signs(before: &str, raised: &str, linked: bool) -> Option<String> {
    let signs = raised.trim();
    let calls = |c: char| c.is_ascii_digit() || matches!(c, ',' | '*' | '†' | '‡' | '[' | ']' | '(' | ')');
    if signs.is_empty() || signs.chars().count() > 6 || !signs.chars().all(calls) {
        return None;
    }
    // Alone or at the start of a line they number what follows.
    if before.is_empty() || before.ends_with(char::is_whitespace) {
        return None;
    }
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let unit = matches!(word.trim_start_matches(|c: char| c.is_ascii_digit()), "m" | "km" | "cm" | "mm" | "ft" | "mi" | "in" | "yd");
    let digits = signs.bytes().all(|b| b.is_ascii_digit());
    if !linked && digits && (unit && matches!(signs, "2" | "3") || word == "10") {
        const POWERS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
        return Some(signs.bytes().map(|b| POWERS[usize::from(b - b'0')]).collect());
    }
    Some(String::new())
}
