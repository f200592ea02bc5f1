//! Words broken at line ends. Whether a hyphen there belongs to the word is told from the rest of the text, where one of
//! both spellings often stands.

use rustc_hash::FxHashMap;

/// The words of a document that stand unbroken, with how often they do.
pub(super) struct Words {
    counts: FxHashMap<String, usize>,
    /// Whether hyphens inside of lines are the plain sign and those at line ends another.
    own_sign: bool,
    /// Whether so many lines end with a hyphen that a program put them there.
    breaks_words: bool,
}

/// Fewer lines than these that end with a hyphen end with one that belongs to a word.
const MIN_BROKEN: usize = 3;
/// A program that breaks words does so once in so many lines at least; compounds end a line more rarely.
const LINES_A_BREAK: usize = 40;
const SOFT: char = '\u{ad}';
const HYPHEN: char = '\u{2010}';

impl Words {
    pub fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut counts: FxHashMap<String, usize> = FxHashMap::default();
        let (mut plain_inside, mut own_at_end) = (false, false);
        let (mut all, mut broken) = (0, 0);
        for line in lines {
            all += 1;
            broken += usize::from(line.ends_with(is_hyphen));
            own_at_end |= line.ends_with([HYPHEN, SOFT]);
            plain_inside |= line.trim_end_matches('-').contains('-');
            for word in line.split(|c: char| !c.is_alphanumeric() && !is_hyphen(c)) {
                if !word.is_empty() && !word.ends_with(is_hyphen) {
                    *counts.entry(plain(word)).or_default() += 1;
                }
            }
        }
        Self { counts, own_sign: plain_inside && own_at_end, breaks_words: broken >= MIN_BROKEN && broken * LINES_A_BREAK >= all }
    }

    /// The words of lines as one text.
    pub fn join<'a>(&self, lines: impl Iterator<Item = &'a str>) -> String {
        let mut text = String::new();
        for line in lines {
            self.add(&mut text, line.trim());
        }
        text.retain(|c| c != SOFT);
        text.replace(HYPHEN, "-")
    }

    fn add(&self, text: &mut String, line: &str) {
        // Some programs write the soft hyphen as well as the sign that shows it.
        let bare = text.trim_end_matches(is_hyphen).len();
        if text[bare..].chars().count() > 1 && text[bare..].contains(SOFT) {
            text.truncate(bare);
            text.push(SOFT);
        }
        let Some(last) = text.chars().next_back() else {
            text.push_str(line);
            return;
        };
        let before = text[..text.len() - last.len_utf8()].chars().next_back();
        let next = line.chars().next().unwrap_or(' ');
        if is_hyphen(last) && before.is_some_and(char::is_alphanumeric) && next.is_alphanumeric() {
            let head = text[..text.len() - last.len_utf8()].rsplit(|c: char| !c.is_alphanumeric() && !is_hyphen(c)).next().unwrap_or("");
            let tail = line.split(|c: char| !c.is_alphanumeric() && !is_hyphen(c)).next().unwrap_or("");
            if self.is_one_word(head, tail, last) {
                text.pop();
            }
        } else if !(matches!(last, '—' | '/') && before.is_some_and(|c| !c.is_whitespace()) || is_wide(last) && is_wide(next)) {
            text.push(' ');
        }
        text.push_str(line);
    }

    /// Whether the hyphen between two parts was put there to break the word.
    fn is_one_word(&self, head: &str, tail: &str, sign: char) -> bool {
        if sign == SOFT {
            return true;
        }
        if !tail.starts_with(char::is_lowercase) || head.ends_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let count = |word: String| self.counts.get(&plain(&word)).copied().unwrap_or(0);
        let (joined, kept) = (count(format!("{head}{tail}")), count(format!("{head}-{tail}")));
        if joined != kept {
            return joined > kept;
        }
        if self.own_sign {
            return sign == HYPHEN;
        }
        self.breaks_words && !head.contains(is_hyphen) && !tail.contains(is_hyphen)
    }
}

fn plain(word: &str) -> String {
    word.chars().filter(|c| *c != SOFT).map(|c| if c == HYPHEN { '-' } else { c }).flat_map(char::to_lowercase).collect()
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | HYPHEN | SOFT)
}

/// Signs of scripts that put no blanks between words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}
