//! The words that names are told by, from the tables in `assets/`, looked up by folded word.
//!
//! Everything is built once, on first use: one map from a word to its [`Flags`], one from a phrase to
//! the place or organisation it names, one for titles. A phrase is looked up by a key without full
//! stops (see [`push_key`]), so that "U.S.", "US" and "U. S." meet.

use crate::base::table_lines;
use bitflags_lite::flags;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::sync::LazyLock;

mod bitflags_lite {
    macro_rules! flags {
        ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $flag:ident = $bit:expr;)* }) => {
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
            pub struct $name(u32);

            impl $name {
                $($(#[$inner])* pub const $flag: $name = $name(1 << $bit);)*

                /// Whether any of `flags` is set.
                pub fn has(self, flags: $name) -> bool {
                    self.0 & flags.0 != 0
                }

                /// The same without `flags`.
                #[must_use]
                pub fn without(self, flags: $name) -> $name {
                    $name(self.0 & !flags.0)
                }
            }

            impl std::ops::BitOr for $name {
                type Output = $name;
                fn bitor(self, other: $name) -> $name {
                    $name(self.0 | other.0)
                }
            }

            impl std::ops::BitOrAssign for $name {
                fn bitor_assign(&mut self, other: $name) {
                    self.0 |= other.0;
                }
            }
        };
    }
    pub(super) use flags;
}

flags! {
    /// What a word may be. A word can be several things; context decides.
    Flags {
        /// A woman's given name.
        GIVEN_F = 0;
        /// A man's given name.
        GIVEN_M = 1;
        /// A given name of both.
        GIVEN_X = 2;
        /// Alone a title before a name.
        TITLE = 3;
        /// First word of a title.
        TITLE_START = 4;
        /// A noun for what a person is or does.
        ROLE = 5;
        /// Follows a name and belongs to it: "Jr".
        NAME_SUFFIX = 6;
        /// Joins parts of a personal name in small letters.
        PARTICLE = 7;
        /// Joins parts of a personal name when written with a capital.
        CAPITAL_PARTICLE = 8;
        /// of, the, and, for, in…
        LINK = 9;
        /// Ends the name of an organisation.
        ORG_END = 10;
        /// Takes "of" or "for" inside the name of an organisation.
        ORG_HEAD = 11;
        /// Starts the name of an organisation.
        ORG_START = 12;
        /// Ends the name of a thing that is neither person, place nor organisation.
        OTHER_END = 13;
        /// Ends the name of a place.
        PLACE_END = 14;
        /// Takes "of" inside the name of a place.
        PLACE_HEAD = 15;
        /// Starts the name of another place: "New", "North".
        PLACE_PREFIX = 16;
        /// A common word.
        COMMON = 17;
        /// A month, weekday or other capital that is no name.
        NO_NAME = 18;
        /// A place or organisation in the tables starts with it.
        KNOWN_START = 19;
        /// A family name that stands first.
        FAMILY_FIRST = 20;
        /// A family name.
        FAMILY = 21;
        /// A verb of saying in a form that follows or precedes a name.
        SAYS = 22;
        /// A preposition before places.
        AT = 23;
        /// An organisation or place noun that is also a common family name.
        ALSO_FAMILY = 24;
        /// Follows a hyphen after a name without belonging to it: "-based".
        AFTER_HYPHEN = 25;
        /// A word of grammar: never starts a name.
        FUNCTION = 26;
        /// A plain word for the rest of a company's name: "Inc".
        LEGAL_FORM = 27;
        /// A role noun that is also a verb with a person after it: "back", "host".
        ALSO_VERB = 28;
        /// A verb follows rather than a noun.
        VERB_FOLLOWS = 29;
        /// A letter that stands for a party before a hyphen and a place.
        PARTY = 30;
    }
}

impl Flags {
    /// Any kind of given name.
    pub fn is_given(self) -> bool {
        self.has(Flags::GIVEN_F | Flags::GIVEN_M | Flags::GIVEN_X)
    }
}

/// Grammatical gender that a name, title or role tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gender {
    /// she
    Female,
    /// he
    Male,
}

/// What a known phrase names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownKind {
    /// A country or territory.
    Country,
    /// A state, province, county…
    State,
    /// A town or a district of one.
    City,
    /// A continent, sea, region, landmark.
    Region,
    /// An organisation.
    Organisation,
}

/// A place or organisation of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its name as the table spells it; for another name of it, the main one.
    pub name: &'static str,
    /// What it is.
    pub kind: KnownKind,
    /// The country or state in which it lies.
    pub inside: Option<&'static str>,
    /// The phrase is an adjective or a word for the people.
    pub adjective: bool,
    /// Counts only when written in capitals.
    pub capitals: bool,
    /// The phrase is an abbreviation or another name, to be read as `name`.
    pub alias: bool,
}

/// A title or office that stands before a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Title {
    /// The gender it tells.
    pub gender: Option<Gender>,
    /// Worth comparing: "defence minister" is, "Mr" is not.
    pub office: bool,
}

struct Lexicon {
    words: FxHashMap<&'static str, Flags>,
    known: FxHashMap<String, SmallVec<[Known; 1]>>,
    /// First word of a known phrase, to the greatest number of words of such a phrase.
    known_len: FxHashMap<String, u8>,
    titles: FxHashMap<&'static str, Title>,
    roles: FxHashMap<&'static str, Option<Gender>>,
    /// Abbreviations of states, by key.
    states: FxHashMap<String, Known>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(build);

/// Reads the tables before a word is looked up.
pub fn prepare() {
    LazyLock::force(&LEXICON);
}

/// What a folded word may be. Inflected forms of common words are found too.
pub fn word(folded: &str) -> Flags {
    let found = LEXICON.words.get(folded).copied().unwrap_or_default();
    if found.has(Flags::COMMON) || !inflected(folded) {
        return found;
    }
    found | Flags::COMMON
}

/// What a folded word may be, exact form alone; quicker than [`word`].
pub fn exact_word(folded: &str) -> Flags {
    LEXICON.words.get(folded).copied().unwrap_or_default()
}

/// The place that a folded name names, as a noun; the first in the tables where several do.
pub fn place(folded: &str) -> Option<&'static Known> {
    known(&key(folded)).iter().find(|k| k.kind != KnownKind::Organisation && !k.adjective)
}

/// All that a key names; see [`push_key`].
pub fn known(key: &str) -> &'static [Known] {
    LEXICON.known.get(key).map_or(&[], |k| k.as_slice())
}

/// How many words a known phrase that starts with this word has at most; 0 when none does.
pub fn known_len(first_word: &str) -> usize {
    LEXICON.known_len.get(first_word).map_or(0, |n| *n as usize)
}

/// The title that a phrase is.
pub fn title(phrase: &str) -> Option<Title> {
    LEXICON.titles.get(phrase).copied()
}

/// The gender that a role noun tells; outer `None` when it is no role.
pub fn role(word: &str) -> Option<Option<Gender>> {
    LEXICON.roles.get(word).copied()
}

/// Whether a letter stands for a party before a hyphen and a place: "D-Ohio".
pub fn is_party(letter: &str) -> bool {
    exact_word(letter).has(Flags::PARTY)
}

/// The state that an abbreviation stands for after a town and a comma.
pub fn state(key: &str) -> Option<&'static Known> {
    LEXICON.states.get(key)
}

/// The gender that a given name tells; `None` for names of both and words that are none.
pub fn given_gender(folded: &str) -> Option<Gender> {
    let flags = exact_word(folded);
    if flags.has(Flags::GIVEN_X) {
        return None;
    }
    match (flags.has(Flags::GIVEN_F), flags.has(Flags::GIVEN_M)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}

/// Appends a folded word to the key of a phrase: no full stops, blanks between words but not between
/// single letters that follow each other.
pub fn push_key(key: &mut String, folded: &str) {
    let word = folded.trim_end_matches('.');
    if word.is_empty() {
        return;
    }
    // "u" + "s" is "us"; "st" + "j" stays two words.
    let single = |w: &str| w.chars().nth(1).is_none();
    let glue = single(word) && key.rsplit(' ').next().is_some_and(|last| !last.is_empty() && single(last));
    if !key.is_empty() && !glue {
        key.push(' ');
    }
    key.extend(word.chars().filter(|c| *c != '.'));
}

/// The key of a whole phrase.
pub fn key(phrase: &str) -> String {
    let mut out = String::with_capacity(phrase.len());
    let lower = phrase.to_lowercase();
    for word in lower.split([' ', ',']).filter(|w| !w.is_empty()) {
        push_key(&mut out, word);
    }
    out
}

/// No word is longer, in bytes, and what is read as one may be a whole page of hyphens.
const LONGEST_WORD: usize = 64;

/// Whether a word is a common one with an ending.
fn inflected(word: &str) -> bool {
    let common = |w: &str| LEXICON.words.get(w).is_some_and(|f| f.has(Flags::COMMON));
    let with_e = |w: &str| common(&format!("{w}e"));
    let undoubled = |w: &str| {
        let mut chars = w.chars().rev();
        let (last, before) = (chars.next(), chars.next());
        last.is_some() && last == before && w.len() > 3 && common(w.get(..w.len() - last.map_or(0, char::len_utf8)).unwrap_or(""))
    };
    let stem = |w: &str| w.len() >= 3 && (common(w) || with_e(w) || undoubled(w));
    if !(4..=LONGEST_WORD).contains(&word.len()) || !word.is_ascii() {
        return false;
    }
    if let Some((first, second)) = word.split_once('-') {
        return first.len() > 1 && second.len() > 1 && (common(first) || inflected(first)) && (common(second) || inflected(second));
    }
    for ending in ["'s", "s'"] {
        if let Some(w) = word.strip_suffix(ending) {
            return common(w) || inflected(w);
        }
    }
    for (ending, to) in [("ies", "y"), ("ied", "y"), ("ier", "y"), ("iest", "y"), ("ily", "y")] {
        if let Some(w) = word.strip_suffix(ending)
            && common(&format!("{w}{to}"))
        {
            return true;
        }
    }
    for prefix in ["un", "re", "non", "over", "mis", "anti", "super", "pre"] {
        if let Some(w) = word.strip_prefix(prefix)
            && w.len() > 4
            && (common(w) || stem(w.strip_suffix("ed").unwrap_or(w)) || stem(w.strip_suffix("ing").unwrap_or(w)))
        {
            return true;
        }
    }
    [
        "s", "es", "ed", "d", "ing", "ings", "er", "ers", "or", "ors", "est", "ly", "ness", "less", "ment", "ments", "able", "ful",
        "ation", "ations",
    ]
    .iter()
    .any(|e| word.strip_suffix(e).is_some_and(stem))
}

fn build() -> Lexicon {
    let mut words: FxHashMap<&'static str, Flags> = FxHashMap::with_capacity_and_hasher(12_000, Default::default());
    let mut add = |word: &'static str, flag: Flags| *words.entry(word).or_default() |= flag;

    for line in table_lines(include_str!("../../../assets/lang/en/given-names.txt")) {
        let (gender, names) = line.split_once('\t').unwrap_or(("x", line));
        let flag = match gender {
            "f" => Flags::GIVEN_F,
            "m" => Flags::GIVEN_M,
            _ => Flags::GIVEN_X,
        };
        names.split_whitespace().for_each(|n| add(n, flag));
    }
    for line in table_lines(include_str!("../../../assets/lang/en/family-names.txt")) {
        let (place, names) = line.split_once('\t').unwrap_or(("last", line));
        let flag = if place == "first" { Flags::FAMILY_FIRST } else { Flags::FAMILY };
        names.split_whitespace().for_each(|n| add(n, flag));
    }
    for line in table_lines(include_str!("../../../assets/lang/en/organisation-words.txt")) {
        let (kind, entries) = line.split_once('\t').unwrap_or(("end", line));
        let flag = match kind {
            "of" => Flags::ORG_HEAD,
            "start" => Flags::ORG_START,
            "other" => Flags::OTHER_END,
            "place" => Flags::PLACE_END,
            "placeof" => Flags::PLACE_HEAD,
            "family" => Flags::ALSO_FAMILY,
            "legal" => Flags::LEGAL_FORM | Flags::ORG_END,
            _ => Flags::ORG_END,
        };
        entries.split_whitespace().for_each(|w| add(w, flag));
    }
    for line in table_lines(include_str!("../../../assets/lang/en/particles.txt")) {
        let (kind, entries) = line.split_once('\t').unwrap_or(("always", line));
        let flag = if kind == "capital" { Flags::CAPITAL_PARTICLE } else { Flags::PARTICLE };
        entries.split_whitespace().for_each(|w| add(w, flag));
    }
    for line in table_lines(include_str!("../../../assets/lang/en/name-context.txt")) {
        let (kind, entries) = line.split_once('\t').unwrap_or(("", line));
        let flag = match kind {
            "says" => Flags::SAYS,
            "at" => Flags::AT,
            "link" => Flags::LINK,
            "prefix" => Flags::PLACE_PREFIX,
            "hyphen" => Flags::AFTER_HYPHEN,
            "roleverb" => Flags::ALSO_VERB,
            "verbnext" => Flags::VERB_FOLLOWS,
            "party" => Flags::PARTY,
            _ => continue,
        };
        entries.split_whitespace().for_each(|w| add(w, flag));
    }
    for line in table_lines(include_str!("../../../assets/lang/en/common-words.txt")) {
        // A line of grammar words is marked; the others are open-class words.
        let (flag, line) = match line.split_once('\t') {
            Some(("grammar", rest)) => (Flags::COMMON | Flags::FUNCTION, rest),
            _ => (Flags::COMMON, line),
        };
        line.split_whitespace().for_each(|w| add(w, flag));
    }
    for line in table_lines(include_str!("../../../assets/lang/en/time-names.txt")) {
        let (w, name) = line.split_once('\t').unwrap_or((line, ""));
        // "April Vane" is a person: such a word counts as common, and its given name stands elsewhere.
        add(w, if name.is_empty() { Flags::NO_NAME | Flags::COMMON } else { Flags::COMMON });
    }
    for line in table_lines(include_str!("../../../assets/lang/en/name-suffixes.txt")) {
        add(line, Flags::NAME_SUFFIX);
    }
    let mut titles = FxHashMap::default();
    for line in table_lines(include_str!("../../../assets/lang/en/titles.txt")) {
        let mut fields = line.split('\t');
        let phrase = fields.next().unwrap_or("");
        let gender = gender(fields.next());
        let office = fields.next() == Some("office");
        titles.insert(phrase, Title { gender, office });
        match phrase.split_once(' ') {
            Some((first, _)) => add(first, Flags::TITLE_START),
            None => add(phrase, Flags::TITLE | Flags::TITLE_START),
        }
    }
    let mut roles = FxHashMap::default();
    for line in table_lines(include_str!("../../../assets/lang/en/roles.txt")) {
        let (w, g) = line.split_once('\t').unwrap_or((line, "-"));
        roles.insert(w, gender(Some(g)));
        add(w, Flags::ROLE);
    }

    let mut known: FxHashMap<String, SmallVec<[Known; 1]>> = FxHashMap::with_capacity_and_hasher(4_000, Default::default());
    let mut states = FxHashMap::default();
    let mut put = |phrase: &'static str, entry: Known| {
        let capitals = phrase.chars().filter(|c| c.is_alphabetic()).count() <= 6
            && phrase.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let list = known.entry(key(phrase)).or_default();
        // A town named in two states is the first one, unless the text says which.
        list.push(Known { capitals, ..entry });
    };
    let list = |field: Option<&'static str>| field.unwrap_or("").split(';').map(str::trim).filter(|s| !s.is_empty());
    for line in table_lines(include_str!("../../../assets/places/countries.txt")) {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or("");
        let entry = Known { name, kind: KnownKind::Country, inside: None, adjective: false, capitals: false, alias: false };
        put(name, entry);
        list(fields.next()).for_each(|a| put(a, Known { adjective: true, ..entry }));
        list(fields.next()).for_each(|c| put(c, Known { name: c, kind: KnownKind::City, inside: Some(name), ..entry }));
        list(fields.next()).for_each(|a| put(a, Known { alias: true, ..entry }));
    }
    for line in table_lines(include_str!("../../../assets/places/regions.txt")) {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or("");
        let entry = Known { name, kind: KnownKind::Region, inside: None, adjective: false, capitals: false, alias: false };
        put(name, entry);
        list(fields.next()).for_each(|a| put(a, Known { adjective: true, ..entry }));
        list(fields.next()).for_each(|a| put(a, Known { alias: true, name: a, ..entry }));
    }
    for line in table_lines(include_str!("../../../assets/places/states.txt")) {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or("");
        let entry = Known {
            name,
            kind: KnownKind::State,
            inside: fields.next().filter(|f| !f.is_empty()),
            adjective: false,
            capitals: false,
            alias: false,
        };
        put(name, entry);
        states.insert(key(name), entry);
        list(fields.next()).for_each(|a| put(a, Known { adjective: true, ..entry }));
        for a in list(fields.next()) {
            let k = key(a);
            if k.len() > 4 || a.contains('.') {
                put(a, Known { alias: true, ..entry });
            }
            states.insert(k, entry);
        }
    }
    for line in table_lines(include_str!("../../../assets/places/cities.txt")) {
        let (inside, towns) = line.split_once('\t').unwrap_or(("", line));
        for town in list(Some(towns)) {
            put(
                town,
                Known {
                    name: town,
                    kind: KnownKind::City,
                    inside: Some(inside).filter(|i| !i.is_empty()),
                    adjective: false,
                    capitals: false,
                    alias: false,
                },
            );
        }
    }
    for line in table_lines(include_str!("../../../assets/lang/en/organisations.txt")) {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or("");
        let entry = Known { name, kind: KnownKind::Organisation, inside: None, adjective: false, capitals: false, alias: false };
        put(name, entry);
        list(fields.next()).for_each(|a| put(a, Known { alias: true, ..entry }));
    }
    let mut known_len: FxHashMap<String, u8> = FxHashMap::default();
    for k in known.keys() {
        let first = k.split(' ').next().unwrap_or("");
        let len = k.split(' ').count() as u8;
        let longest = known_len.entry(first.to_string()).or_default();
        *longest = (*longest).max(len);
    }
    Lexicon { words, known, known_len, titles, roles, states }
}

fn gender(field: Option<&str>) -> Option<Gender> {
    match field {
        Some("f") => Some(Gender::Female),
        Some("m") => Some(Gender::Male),
        _ => None,
    }
}
