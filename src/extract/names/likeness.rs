//! How alike two names are, and how they are related.
//!
//! Names are compared word by word. The words of the shorter name are matched to the closest ones
//! of the longer name, whatever their order, since Korean, Chinese and Hungarian names are printed
//! both ways. A pair of words is close when it is equal but for accents, when a table lists both
//! as forms of one name, when both fold to one spelling by sound (see [`sound_key`]), or when one
//! letter is missing, added, swapped or other in a long word. The weakest pair decides: people of
//! one family share a word and are different all the same. Averages over all letters (Jaro-Winkler
//! and the like on whole names) were rejected for that reason: they call two brothers alike.
//!
//! Only [`fold`] makes equal. A hyphen, an accent or a letter is a difference that a reader may want
//! to see, so it never gives more than [`VARIANT_LIKENESS_MAX`].

use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::lexicon::{self, Flags};

/// How two names are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameRelation {
    /// Equal after [`fold`].
    Same,
    /// One is a part, an initialled form or the acronym of the other: "Kim" and "Kim Geum Hyok",
    /// "Austin" and "Austin, Texas", "EU" and "European Union".
    Short,
    /// Two spellings that may well be one name: "Geum-hyok" and "Kum Hyok", "Kyiv" and "Kiev".
    Variant,
    /// Two names.
    Different,
}

/// The most that [`likeness`] gives to names that are not equal.
pub const VARIANT_LIKENESS_MAX: f32 = 0.98;

/// From this likeness on two names are told as variants of one.
pub const VARIANT_LIKENESS_MIN: f32 = 0.7;

/// A name as it is compared for equality: NFC, lower case, one kind of apostrophe, hyphen and blank,
/// without full stops, a leading "the" and a closing "'s".
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.nfc() {
        match c {
            '\u{AD}' | '.' => {}
            '\u{2018}' | '\u{2019}' | '\u{2BC}' | '\u{60}' | '\u{B4}' => out.push('\''),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    let trimmed = out.trim_end();
    let trimmed = trimmed.strip_suffix("'s").unwrap_or(trimmed);
    let trimmed = trimmed.strip_prefix("the ").filter(|rest| !rest.is_empty()).unwrap_or(trimmed);
    trimmed.to_string()
}

/// Letters without their accents and strokes, in lower case.
pub fn without_accents(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd() {
        match c {
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'ħ' | 'Ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'þ' | 'Þ' => out.push_str("th"),
            c if is_combining_mark(c) => {}
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// How alike two names are, from 0 to 1.
///
/// 1 only for names that are equal after [`fold`]. Spelling variants (accents, hyphens, transliterations,
/// short forms, an initial for a given name, one letter in a long word) get 0.7 to 0.98. A name and a
/// part of it get 0.6 to 0.85. Two different people, places or bodies get less than 0.5, also when they
/// share a family name.
pub fn likeness(a: &str, b: &str) -> f32 {
    let (a, b) = (fold(a), fold(b));
    if a == b {
        return 1.0;
    }
    compare(&Parts::new(&a), &Parts::new(&b)).likeness
}

/// Pairs of names that a thread remembers before it starts anew: those of a few hundred articles on one event.
const MOST_REMEMBERED: usize = 1 << 15;

/// What a thread remembers: the names of one event are few and meet again and again, and to compare two takes microseconds.
#[derive(Default)]
struct Remembered {
    /// Names as they are compared: folded, and in parts.
    forms: FxHashMap<String, Rc<(String, Parts)>>,
    relations: FxHashMap<String, FxHashMap<String, NameRelation>>,
    /// Pairs in `relations`.
    pairs: usize,
}

impl Remembered {
    fn form(&mut self, name: &str) -> Rc<(String, Parts)> {
        if let Some(form) = self.forms.get(name) {
            return form.clone();
        }
        let folded = fold(name);
        let parts = Parts::new(&folded);
        let form = Rc::new((folded, parts));
        self.forms.insert(name.to_owned(), form.clone());
        form
    }
}

thread_local! {
    static REMEMBERED: RefCell<Remembered> = RefCell::default();
}

/// How two names are related. See [`NameRelation`].
pub fn same_entity(a: &str, b: &str) -> NameRelation {
    if a == b {
        return NameRelation::Same;
    }
    REMEMBERED.with_borrow_mut(|known| {
        if let Some(found) = known.relations.get(a).and_then(|of| of.get(b)) {
            return *found;
        }
        if known.pairs >= MOST_REMEMBERED {
            *known = Remembered::default();
        }
        known.pairs += 1;
        let found = relation(&known.form(a), &known.form(b));
        known.relations.entry(a.to_owned()).or_default().insert(b.to_owned(), found);
        found
    })
}

fn relation((a, a_parts): &(String, Parts), (b, b_parts): &(String, Parts)) -> NameRelation {
    if a == b {
        return NameRelation::Same;
    }
    if a.is_empty() || b.is_empty() {
        return NameRelation::Different;
    }
    let found = compare(a_parts, b_parts);
    if found.short {
        NameRelation::Short
    } else if found.likeness >= VARIANT_LIKENESS_MIN {
        NameRelation::Variant
    } else {
        NameRelation::Different
    }
}

/// One word of a name.
struct Part {
    /// Without accents.
    plain: String,
    /// As folded.
    folded: String,
    /// By sound.
    key: String,
}

impl Part {
    fn is_initial(&self) -> bool {
        self.plain.chars().nth(1).is_none()
    }
}

/// A name in words.
struct Parts {
    words: SmallVec<[Part; 4]>,
    /// All letters without accents, blanks and hyphens.
    joined: String,
    /// The same by sound.
    joined_key: String,
    /// The words with blanks between them.
    phrase: String,
    /// The word before which a comma stood: the rest says where a place lies.
    comma: Option<usize>,
    /// No blank or hyphen inside.
    single: bool,
}

impl Parts {
    fn new(folded: &str) -> Self {
        let mut words: SmallVec<[Part; 4]> = SmallVec::new();
        let mut comma = None;
        for (i, half) in folded.split(',').enumerate() {
            if i == 1 {
                comma = Some(words.len());
            }
            for word in half.split(|c: char| c.is_whitespace() || c == '-' || c == '/').filter(|w| !w.is_empty()) {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                if word.is_empty() || lexicon::word(word).has(Flags::TITLE | Flags::NAME_SUFFIX) && folded.len() > word.len() {
                    continue;
                }
                let plain: String = without_accents(word).chars().filter(|c| *c != '\'').collect();
                words.push(Part { key: sound_key(&plain), folded: word.to_string(), plain });
            }
        }
        let joined: String = words.iter().map(|w| w.plain.as_str()).collect();
        let phrase = words.iter().map(|w| w.plain.as_str()).collect::<SmallVec<[&str; 4]>>().join(" ");
        Self { single: words.len() == 1, joined_key: sound_key(&joined), words, joined, phrase, comma }
    }

    /// The words that say who or what: without particles and small words, unless nothing else is there.
    fn content(&self) -> SmallVec<[usize; 4]> {
        let content: SmallVec<[usize; 4]> =
            (0..self.words.len()).filter(|i| !lexicon::word(&self.words[*i].plain).has(Flags::PARTICLE | Flags::LINK)).collect();
        if content.is_empty() { (0..self.words.len()).collect() } else { content }
    }

    fn initials(&self, all: bool) -> String {
        self.words.iter().filter(|w| all || !lexicon::word(&w.plain).has(Flags::LINK)).filter_map(|w| w.plain.chars().next()).collect()
    }
}

struct Comparison {
    likeness: f32,
    short: bool,
}

fn compare(a: &Parts, b: &Parts) -> Comparison {
    let none = Comparison { likeness: 0.0, short: false };
    if a.words.is_empty() || b.words.is_empty() {
        return none;
    }
    if a.joined == b.joined {
        // Hyphens, blanks, apostrophes or accents alone.
        return Comparison { likeness: VARIANT_LIKENESS_MAX - 0.03, short: false };
    }
    if is_acronym_of(a, b) || is_acronym_of(b, a) {
        return Comparison { likeness: 0.8, short: true };
    }
    if in_one_group(&a.phrase, &b.phrase) {
        return Comparison { likeness: 0.85, short: false };
    }
    // Two places that the tables know as two: "Niger" and "Nigeria", "Iran" and "Iraq".
    if let (Some(p), Some(q)) = (lexicon::place(&a.phrase), lexicon::place(&b.phrase)) {
        return if p.name == q.name { Comparison { likeness: 0.85, short: false } } else { Comparison { likeness: 0.2, short: false } };
    }
    let joined = closeness_of(&a.joined, &a.joined_key, &b.joined, &b.joined_key);
    let (x, y) = (a.content(), b.content());
    let (few, many, few_ix, many_ix) = if (x.len(), &a.joined) <= (y.len(), &b.joined) { (a, b, x, y) } else { (b, a, y, x) };
    // Words of one name glued in the other ("Geumhyok"): the letters in a row decide.
    if few_ix.len() < many_ix.len() && joined >= 0.85 && few.joined.chars().count() >= 5 && first_letters_agree(few, many) {
        return Comparison { likeness: joined.min(0.9), short: false };
    }
    let mut taken: SmallVec<[bool; 8]> = SmallVec::from_elem(false, many_ix.len());
    let (mut weakest, mut sum, mut exact, mut full_words, mut initials) = (1.0f32, 0.0f32, true, 0usize, 0usize);
    let (mut in_order, mut last) = (true, None);
    // Closest pairs first, so that "Kim Yong" and "Yong Kim" match crosswise.
    let mut pairs: Vec<(usize, usize, f32)> = Vec::new();
    for (i, fi) in few_ix.iter().enumerate() {
        for (j, mj) in many_ix.iter().enumerate() {
            pairs.push((i, j, word_closeness(&few.words[*fi], &many.words[*mj])));
        }
    }
    pairs.sort_by(|p, q| q.2.total_cmp(&p.2).then_with(|| (p.0.abs_diff(p.1), p.0, p.1).cmp(&(q.0.abs_diff(q.1), q.0, q.1))));
    let mut partner: SmallVec<[Option<(usize, f32)>; 8]> = SmallVec::from_elem(None, few_ix.len());
    for (i, j, s) in pairs {
        if partner[i].is_none() && !taken[j] {
            partner[i] = Some((j, s));
            taken[j] = true;
        }
    }
    for (i, p) in partner.iter().enumerate() {
        let (j, s) = p.unwrap_or((0, 0.0));
        weakest = weakest.min(s);
        sum += s;
        let equal = few.words[few_ix[i]].folded == many.words[many_ix[j]].folded && p.is_some();
        let initial = few.words[few_ix[i]].is_initial() || many.words[many_ix[j]].is_initial();
        initials += usize::from(initial);
        exact &= equal || initial && s > 0.7;
        full_words += usize::from(!initial);
        in_order &= last.is_none_or(|l| j > l);
        last = Some(j);
    }
    let mean = sum / few_ix.len() as f32;
    let extra = many_ix.len() - few_ix.len();
    if weakest < VARIANT_LIKENESS_MIN {
        return Comparison { likeness: (mean * 0.6).min(0.49), short: false };
    }
    let order = if in_order { 1.0 } else { 0.95 };
    if extra == 0 {
        let initialled = initials > 0 && full_words > 0;
        let small_words_differ = a.words.len() != b.words.len();
        let short = exact && (initialled || small_words_differ) && in_order;
        return Comparison { likeness: ((weakest + mean) / 2.0 * order).clamp(VARIANT_LIKENESS_MIN, VARIANT_LIKENESS_MAX - 0.01), short };
    }
    let left: SmallVec<[&str; 8]> =
        many_ix.iter().enumerate().filter(|(j, _)| !taken[*j]).map(|(_, m)| many.words[*m].plain.as_str()).collect();
    if full_words == 0 || other_thing(few, many, &left) {
        return Comparison { likeness: 0.4, short: false };
    }
    let share = few_ix.len() as f32 / many_ix.len() as f32;
    if exact && in_order {
        return Comparison { likeness: 0.6 + 0.25 * share, short: true };
    }
    // A part of the name, and spelt otherwise: alike, the more words agree the more so.
    let likeness = weakest * (0.7 + 0.25 * share) * order;
    Comparison { likeness: if few_ix.len() == 1 { likeness.min(0.69) } else { likeness }, short: false }
}

/// Whether the words left over make the longer name another thing: "York" and "New York",
/// "Boston" and "Boston University", but not "Austin" and "Austin, Texas".
fn other_thing(few: &Parts, many: &Parts, left: &[&str]) -> bool {
    if many.comma.is_some_and(|at| few.words.len() <= at || few.comma.is_some()) {
        return false;
    }
    let flags = |w: &str| lexicon::word(w);
    if left.iter().all(|w| flags(w).has(Flags::PLACE_PREFIX)) {
        return true;
    }
    let few_is_place = lexicon::place(&few.phrase).is_some();
    few_is_place && left.iter().any(|w| flags(w).has(Flags::ORG_END | Flags::ORG_HEAD)) && !left.iter().any(|w| flags(w).is_given())
}

/// Whether `short` is made of the first letters of `long`'s words, with or without the small ones.
fn is_acronym_of(short: &Parts, long: &Parts) -> bool {
    if !short.single || long.words.len() < 2 {
        return false;
    }
    let letters = &short.joined;
    letters.chars().count() >= 2 && (*letters == long.initials(true) || *letters == long.initials(false))
}

fn first_letters_agree(a: &Parts, b: &Parts) -> bool {
    a.joined.chars().next() == b.joined.chars().next()
}

fn word_closeness(a: &Part, b: &Part) -> f32 {
    if a.folded == b.folded {
        return 1.0;
    }
    closeness_of(&a.plain, &a.key, &b.plain, &b.key)
}

/// How close two words are that have no accents.
fn closeness_of(a: &str, a_key: &str, b: &str, b_key: &str) -> f32 {
    if a == b {
        return 0.96;
    }
    let (a_len, b_len) = (a.chars().count(), b.chars().count());
    if a_len == 1 || b_len == 1 {
        return if a.chars().next() == b.chars().next() { 0.8 } else { 0.0 };
    }
    if in_one_group(a, b) {
        return 0.85;
    }
    let shorter = a_len.min(b_len);
    let longer = a_len.max(b_len);
    let by_letters = 1.0 - distance(a, b) as f32 / longer as f32;
    if a_key == b_key && shorter >= 2 && !a_key.is_empty() {
        return 0.8 + 0.12 * by_letters;
    }
    // Two names that the table knows as two: "Maria" and "Mario", "John" and "Joan".
    if lexicon::word(a).is_given() && lexicon::word(b).is_given() {
        return (by_letters * 0.5).min(0.45);
    }
    let key_longer = a_key.chars().count().max(b_key.chars().count()).max(1);
    let key_distance = distance(a_key, b_key);
    // One letter in five and more, two in nine and more; the first letter is seldom wrong.
    let same_start = a.chars().next() == b.chars().next() || a_key.chars().next() == b_key.chars().next();
    let allowed = match shorter {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    };
    let plural = a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
    if same_start && !plural && (distance(a, b) <= allowed || key_longer >= 5 && key_distance <= allowed.min(1)) {
        return 0.72 + 0.2 * (by_letters - 0.7).max(0.0);
    }
    (by_letters * 0.6).min(0.49)
}

/// A word folded by how it may have been transliterated: hard and soft consonants of a pair, the ways to
/// write a vowel, silent and doubled letters fall together. Own rules after the romanisations of Korean
/// (Revised, McCune-Reischauer), Arabic, Russian and Ukrainian; Soundex and Metaphone drop vowels, which
/// throws "John" and "Jane" together.
pub fn sound_key(plain: &str) -> String {
    const RULES: &[(&str, &str)] = &[
        ("tsch", "c"),
        ("tch", "c"),
        ("sch", "s"),
        ("shch", "s"),
        ("eui", "i"),
        ("yeo", "o"),
        ("eo", "o"),
        ("eu", "u"),
        ("ae", "e"),
        ("oo", "u"),
        ("ou", "u"),
        ("ee", "i"),
        ("ie", "i"),
        ("iy", "i"),
        ("yi", "i"),
        ("ij", "i"),
        ("ii", "i"),
        ("yy", "i"),
        ("ey", "i"),
        ("ei", "i"),
        ("ai", "e"),
        ("ay", "e"),
        ("dj", "j"),
        ("dzh", "j"),
        ("zh", "j"),
        ("ph", "f"),
        ("kh", "h"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("sh", "s"),
        ("ch", "c"),
        ("ck", "k"),
        ("ff", "v"),
        ("tz", "z"),
        ("ts", "z"),
        ("cz", "c"),
        ("sz", "s"),
        ("ks", "x"),
        ("ya", "a"),
        ("ye", "e"),
        ("yo", "o"),
        ("yu", "u"),
        ("ia", "a"),
        ("io", "o"),
        ("iu", "u"),
    ];
    let mut out = String::with_capacity(plain.len());
    let mut rest = plain;
    while let Some(c) = rest.chars().next() {
        let found = RULES.iter().find(|(from, _)| rest.starts_with(from));
        let (take, to) = match found {
            Some((from, to)) => (from.len(), *to),
            None => (
                c.len_utf8(),
                match c {
                    'q' | 'k' | 'c' | 'g' => "k",
                    'w' | 'v' => "v",
                    'b' | 'p' => "b",
                    'd' | 't' => "t",
                    'y' | 'i' => "i",
                    'u' | 'o' => "u",
                    'h' if !out.is_empty() => "",
                    '\'' => "",
                    _ => &rest[..c.len_utf8()],
                },
            ),
        };
        let to = match to {
            "o" => "u",
            "g" => "k",
            "d" => "t",
            other => other,
        };
        if !(to.len() == 1 && out.ends_with(to)) {
            out.push_str(to);
        }
        rest = &rest[take..];
    }
    if out.chars().count() > 3 && out.ends_with('e') {
        out.pop();
    }
    out
}

/// Optimal string alignment distance: letters added, left out, exchanged, or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let a: SmallVec<[char; 24]> = a.chars().collect();
    let b: SmallVec<[char; 24]> = b.chars().collect();
    let width = b.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut above: Vec<usize> = (0..width).collect();
    let mut row: Vec<usize> = vec![0; width];
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let other = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (above[j] + 1).min(row[j - 1] + 1).min(above[j - 1] + other);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    above[b.len()]
}

/// Whether a line of the table of variants holds both.
fn in_one_group(a: &str, b: &str) -> bool {
    static GROUPS: LazyLock<FxHashMap<&'static str, SmallVec<[u16; 2]>>> = LazyLock::new(|| {
        let mut groups: FxHashMap<&'static str, SmallVec<[u16; 2]>> = FxHashMap::default();
        for (i, line) in crate::base::table_lines(include_str!("../../../assets/lang/en/name-variants.txt")).enumerate() {
            for word in line.split('\t') {
                groups.entry(word.trim()).or_default().push(i as u16);
            }
        }
        groups
    });
    match (GROUPS.get(a), GROUPS.get(b)) {
        (Some(x), Some(y)) => x.iter().any(|g| y.contains(g)),
        _ => false,
    }
}
