//! The tables of `assets/lang/` that tell speech, looked up by a token's folded form.
//!
//! Every table is read once. Inflected forms of regular verbs are made here, so that the tables
//! list lemmas; a token then costs one look-up in one hash map.

use crate::extract::CueStrength;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a word may be; a set of bits, since most words may be several things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tags(u64);

impl Tags {
    pub const DETERMINER: Tags = Tags(1);
    pub const PRONOUN: Tags = Tags(1 << 1);
    pub const HE: Tags = Tags(1 << 2);
    pub const SHE: Tags = Tags(1 << 3);
    pub const THEY: Tags = Tags(1 << 4);
    pub const OBJECT: Tags = Tags(1 << 5);
    pub const PREPOSITION: Tags = Tags(1 << 6);
    pub const BE: Tags = Tags(1 << 7);
    pub const HAVE: Tags = Tags(1 << 8);
    pub const DO: Tags = Tags(1 << 9);
    pub const MODAL: Tags = Tags(1 << 10);
    pub const NEGATION: Tags = Tags(1 << 11);
    pub const CONJUNCTION: Tags = Tags(1 << 12);
    pub const SUBORDINATOR: Tags = Tags(1 << 13);
    pub const QUESTION: Tags = Tags(1 << 14);
    pub const ADVERB: Tags = Tags(1 << 15);
    pub const WEEKDAY: Tags = Tags(1 << 16);
    pub const ROLE: Tags = Tags(1 << 17);
    pub const COLLECTIVE: Tags = Tags(1 << 18);
    pub const ANONYMOUS: Tags = Tags(1 << 19);
    pub const TEXT: Tags = Tags(1 << 20);
    pub const TITLE: Tags = Tags(1 << 21);
    pub const TITLE_HE: Tags = Tags(1 << 22);
    pub const TITLE_SHE: Tags = Tags(1 << 23);
    /// Forms of cue verbs.
    pub const BASE: Tags = Tags(1 << 24);
    pub const THIRD: Tags = Tags(1 << 25);
    pub const PAST: Tags = Tags(1 << 26);
    pub const GERUND: Tags = Tags(1 << 27);
    /// Read off the token rather than the tables.
    pub const CAPITAL: Tags = Tags(1 << 28);
    pub const POSSESSIVE: Tags = Tags(1 << 29);
    pub const WORD: Tags = Tags(1 << 30);
    pub const NUMBER: Tags = Tags(1 << 31);
    pub const MARK: Tags = Tags(1 << 32);
    pub const COMMA: Tags = Tags(1 << 33);
    pub const STOP: Tags = Tags(1 << 34);
    pub const COLON: Tags = Tags(1 << 35);
    pub const DASH: Tags = Tags(1 << 36);
    pub const OPENING: Tags = Tags(1 << 37);
    pub const CLOSING: Tags = Tags(1 << 38);
    pub const SEMICOLON: Tags = Tags(1 << 39);
    pub const THAT: Tags = Tags(1 << 40);
    pub const TO: Tags = Tags(1 << 41);
    pub const RELATIVE: Tags = Tags(1 << 42);
    /// Forms of verbs that are no cues.
    pub const VERB: Tags = Tags(1 << 43);
    pub const DEICTIC: Tags = Tags(1 << 44);
    pub const FREE: Tags = Tags(1 << 45);
    /// Nouns for persons who hold no office.
    pub const PERSON: Tags = Tags(1 << 46);
    /// What never speaks: a storm, a truck.
    pub const MUTE: Tags = Tags(1 << 47);
    /// Those who fight.
    pub const FORCE: Tags = Tags(1 << 48);
    /// Nouns for a choice of words: "the phrase".
    pub const WORDING: Tags = Tags(1 << 49);
    /// Participles that give a name: "titled".
    pub const TITLED: Tags = Tags(1 << 50);
    /// What can be said, thought or done wrong, and no thing to hold.
    pub const ABSTRACT: Tags = Tags(1 << 51);
    /// What has the ending of an abstract noun but is a thing: "station".
    pub const CONCRETE: Tags = Tags(1 << 52);
    /// Nouns with the ending of an adverb: "rally".
    pub const NOUN: Tags = Tags(1 << 53);
    /// Number words and words for some number.
    pub const COUNT: Tags = Tags(1 << 55);
    /// "close to the talks", "familiar with the plan"
    pub const RELATIONAL: Tags = Tags(1 << 56);
    /// "in her view"
    pub const VIEWPOINT: Tags = Tags(1 << 57);
    /// Verbs for choosing words: "used the phrase".
    pub const WIELD: Tags = Tags(1 << 54);

    /// Forms of "be", "have", "do" and the modal verbs.
    pub const AUXILIARY: Tags = Tags(Self::BE.0 | Self::HAVE.0 | Self::DO.0 | Self::MODAL.0);
    /// Words that are never part of a plain noun phrase.
    pub const CLOSED: Tags = Tags(
        Self::PREPOSITION.0
            | Self::AUXILIARY.0
            | Self::NEGATION.0
            | Self::CONJUNCTION.0
            | Self::SUBORDINATOR.0
            | Self::QUESTION.0
            | Self::ADVERB.0
            | Self::WEEKDAY.0
            | Self::VERB.0
            | Self::TO.0,
    );
    /// Nouns for those who speak.
    pub const SPEAKS: Tags = Tags(Self::ROLE.0 | Self::COLLECTIVE.0 | Self::ANONYMOUS.0 | Self::TEXT.0);

    /// Whether any of `other`'s bits is set.
    pub fn any(self, other: Tags) -> bool {
        self.0 & other.0 != 0
    }
    /// Both sets together.
    pub fn with(self, other: Tags) -> Tags {
        Tags(self.0 | other.0)
    }
    /// Without `other`'s bits.
    pub fn without(self, other: Tags) -> Tags {
        Tags(self.0 & !other.0)
    }
}

/// Which contents a cue takes; a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frames(u32);

impl Frames {
    pub const QUOTE: Frames = Frames(1);
    pub const THAT: Frames = Frames(2);
    pub const TELL: Frames = Frames(4);
    pub const TO: Frames = Frames(8);
    pub const NP: Frames = Frames(16);
    pub const WEAK: Frames = Frames(32);
    pub const TEXT: Frames = Frames(128);
    pub const PASS: Frames = Frames(256);
    pub const LABEL: Frames = Frames(64);
    pub const SAID: Frames = Frames(512);
    pub const THING: Frames = Frames(1024);
    pub const PAIR: Frames = Frames(2048);
    pub const REPLY: Frames = Frames(4096);
    pub const FINITE: Frames = Frames(8192);
    pub const FIGHT: Frames = Frames(16384);
    pub const MANNER: Frames = Frames(32768);
    pub const CITES: Frames = Frames(65536);
    pub const ADJECTIVE: Frames = Frames(131_072);

    /// Both sets together.
    pub fn with(self, other: Frames) -> Frames {
        Frames(self.0 | other.0)
    }
    /// Whether any of `other`'s bits is set.
    pub fn any(self, other: Frames) -> bool {
        self.0 & other.0 != 0
    }
}

/// A cue as the table lists it.
#[derive(Clone, Debug)]
pub struct CueWord {
    pub lemma: &'static str,
    pub strength: CueStrength,
    pub frames: Frames,
    /// Prepositions and particles that may open the content.
    pub prepositions: Vec<&'static str>,
    /// Particle → the cue that verb and particle are together ("point" + "out").
    pub phrasal: Vec<(&'static str, u16)>,
}

/// What the tables say about one word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entry {
    pub tags: Tags,
    /// One more than the index of the cue in [`Lexicon::cues`]; 0 for none.
    pub cue: u16,
    /// The same for nouns ("claim", "warning").
    pub noun: u16,
    /// The same for adjectives ("sure", "critical").
    pub adjective: u16,
}

/// All tables of one language.
pub struct Lexicon {
    words: FxHashMap<String, Entry>,
    cues: Vec<CueWord>,
    /// Endings of abstract nouns.
    abstract_endings: Vec<&'static str>,
    /// Endings of adjectives.
    adjective_endings: Vec<&'static str>,
}

impl Lexicon {
    /// What the tables say about a folded word; nothing for unknown ones.
    pub fn get(&self, folded: &str) -> Entry {
        self.words.get(folded).copied().unwrap_or_default()
    }

    /// Whether a folded noun names what can be said or thought rather than a thing or a person.
    pub fn is_abstract(&self, folded: &str) -> bool {
        const SHORTEST_STEM_BYTES: usize = 3;
        let entry = self.get(folded);
        let ends = |word: &str| self.abstract_endings.iter().any(|e| word.len() >= e.len() + SHORTEST_STEM_BYTES && word.ends_with(e));
        !entry.tags.any(Tags::CONCRETE.with(Tags::COLLECTIVE).with(Tags::PERSON))
            && (entry.noun != 0
                || entry.tags.any(Tags::ABSTRACT.with(Tags::WORDING).with(Tags::TEXT))
                || ends(folded)
                || folded.strip_suffix('s').is_some_and(ends))
    }

    /// Whether a folded word has the ending of an adjective.
    pub fn is_adjective(&self, folded: &str) -> bool {
        self.adjective_endings.iter().any(|e| folded.len() > e.len() + 1 && folded.ends_with(e))
    }

    /// The cue of an entry.
    pub fn cue(&self, id: u16) -> Option<&CueWord> {
        self.cues.get((id as usize).checked_sub(1)?)
    }
}

/// English.
pub static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    read(
        include_str!("../../../assets/lang/en/grammar.txt"),
        include_str!("../../../assets/lang/en/speakers.txt"),
        include_str!("../../../assets/lang/en/cues.txt"),
        include_str!("../../../assets/lang/en/cue-nouns.txt"),
        include_str!("../../../assets/lang/en/cue-adjectives.txt"),
    )
});

fn read(grammar: &'static str, speakers: &'static str, cues: &'static str, nouns: &'static str, adjectives: &'static str) -> Lexicon {
    let mut lexicon =
        Lexicon { words: FxHashMap::default(), cues: Vec::new(), abstract_endings: Vec::new(), adjective_endings: Vec::new() };
    for line in grammar.lines().chain(speakers.lines()).filter(|l| !l.starts_with('#')) {
        let Some((class, words)) = line.split_once('\t') else { continue };
        match class {
            "abstract-ending" => lexicon.abstract_endings.extend(words.split_whitespace()),
            "adjective-ending" => lexicon.adjective_endings.extend(words.split_whitespace()),
            _ => {}
        }
        let Some(tags) = class_tags(class) else { continue };
        for word in words.split_whitespace() {
            let entry = lexicon.words.entry(word.to_owned()).or_default();
            entry.tags = entry.tags.with(tags);
            if word == "that" {
                entry.tags = entry.tags.with(Tags::THAT);
            }
            if word == "to" {
                entry.tags = entry.tags.with(Tags::TO);
            }
            if matches!(word, "who" | "which") {
                entry.tags = entry.tags.with(Tags::RELATIVE);
            }
        }
        let in_plural = match tags {
            Tags::ROLE => Some(Tags::ANONYMOUS),
            Tags::TEXT | Tags::PERSON | Tags::MUTE | Tags::FORCE | Tags::WORDING | Tags::ABSTRACT | Tags::CONCRETE => Some(tags),
            _ => None,
        };
        for (word, tags) in words.split_whitespace().filter_map(|w| in_plural.map(|t| (w, t))) {
            let entry = lexicon.words.entry(plural(word)).or_default();
            entry.tags = entry.tags.with(tags);
        }
    }
    let mut first_of: FxHashMap<&str, u16> = FxHashMap::default();
    let mut phrasal: Vec<(&'static str, &'static str, u16)> = Vec::new();
    for line in cues.lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(lemma), Some(strength), Some(frames), irregular) = (fields.next(), fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let Some(strength) = strength_named(strength) else { continue };
        let mut cue = CueWord { lemma, strength, frames: Frames::default(), prepositions: Vec::new(), phrasal: Vec::new() };
        for frame in frames.split_whitespace() {
            cue.frames.0 |= match frame {
                "quote" => Frames::QUOTE.0,
                "that" => Frames::THAT.0,
                "tell" => Frames::TELL.0,
                "to" => Frames::TO.0,
                "np" => Frames::NP.0,
                "weak" => Frames::WEAK.0,
                "text" => Frames::TEXT.0,
                "pass" => Frames::PASS.0,
                "to-np" => {
                    cue.prepositions.push("to");
                    0
                }
                "label" => Frames::LABEL.0,
                "said" => Frames::SAID.0,
                "thing" => Frames::THING.0,
                "pair" => Frames::PAIR.0,
                "reply" => Frames::REPLY.0,
                "finite" => Frames::FINITE.0,
                "fight" => Frames::FIGHT.0,
                "manner" => Frames::MANNER.0,
                "cites" => Frames::CITES.0,
                "adj" => Frames::ADJECTIVE.0,
                preposition => {
                    cue.prepositions.push(preposition);
                    0
                }
            };
        }
        lexicon.cues.push(cue);
        let id = lexicon.cues.len() as u16;
        let mut words = lemma.split(' ');
        let verb = words.next().unwrap_or(lemma);
        if let Some(particle) = words.next() {
            phrasal.push((verb, particle, id));
        } else {
            first_of.insert(verb, id);
        }
        for (form, tags) in forms(verb, irregular.filter(|i| *i != "-")) {
            let entry = lexicon.words.entry(form).or_default();
            entry.tags = entry.tags.with(tags);
            if entry.cue == 0 || !lemma.contains(' ') {
                entry.cue = id;
            }
        }
    }
    for (table, is_noun) in [(nouns, true), (adjectives, false)] {
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(strength), Some(contents), Some(words)) = (fields.next(), fields.next(), fields.next()) else { continue };
            let Some(strength) = strength_named(strength) else { continue };
            let mut cue = CueWord { lemma: "", strength, frames: Frames::WEAK, prepositions: Vec::new(), phrasal: Vec::new() };
            for content in contents.split_whitespace() {
                match content {
                    "that" => cue.frames = cue.frames.with(Frames::THAT),
                    "to" => cue.frames = cue.frames.with(Frames::TO),
                    "to-np" => cue.prepositions.push("to"),
                    preposition => cue.prepositions.push(preposition),
                }
            }
            for word in words.split_whitespace() {
                lexicon.cues.push(CueWord { lemma: word, ..cue.clone() });
                let id = lexicon.cues.len() as u16;
                if is_noun {
                    for form in [word.to_owned(), plural(word)] {
                        lexicon.words.entry(form).or_default().noun = id;
                    }
                } else {
                    lexicon.words.entry(word.to_owned()).or_default().adjective = id;
                }
            }
        }
    }
    for (verb, particle, id) in phrasal {
        // A verb known only with its particle owns its own entry.
        let owner = first_of.get(verb).copied().unwrap_or(id);
        if let Some(cue) = lexicon.cues.get_mut(owner as usize - 1) {
            cue.phrasal.push((particle, id));
        }
    }
    lexicon
}

fn class_tags(class: &str) -> Option<Tags> {
    Some(match class {
        "determiner" => Tags::DETERMINER,
        "pronoun" => Tags::PRONOUN,
        "he" => Tags::HE,
        "she" => Tags::SHE,
        "they" => Tags::THEY,
        "object" => Tags::OBJECT,
        "preposition" => Tags::PREPOSITION,
        "be" => Tags::BE,
        "have" => Tags::HAVE,
        "do" => Tags::DO,
        "modal" => Tags::MODAL,
        "negation" => Tags::NEGATION,
        "conjunction" => Tags::CONJUNCTION,
        "subordinator" => Tags::SUBORDINATOR,
        "question" => Tags::QUESTION,
        "adverb" => Tags::ADVERB,
        "weekday" => Tags::WEEKDAY,
        "possessive" => Tags::POSSESSIVE,
        "verb" => Tags::VERB,
        "deictic" => Tags::DEICTIC,
        "free" => Tags::FREE,
        "role" => Tags::ROLE,
        "collective" => Tags::COLLECTIVE,
        "anonymous" => Tags::ANONYMOUS,
        "text" => Tags::TEXT,
        "person" => Tags::PERSON,
        "mute" => Tags::MUTE,
        "force" => Tags::FORCE,
        "wording" => Tags::WORDING,
        "titled" => Tags::TITLED,
        "abstract" => Tags::ABSTRACT,
        "concrete" => Tags::CONCRETE,
        "noun" => Tags::NOUN,
        "wield" => Tags::WIELD,
        "relational" => Tags::RELATIONAL,
        "viewpoint" => Tags::VIEWPOINT,
        "count" => Tags::COUNT,
        "title" => Tags::TITLE,
        "title-he" => Tags::TITLE.with(Tags::TITLE_HE),
        "title-she" => Tags::TITLE.with(Tags::TITLE_SHE),
        _ => return None,
    })
}

fn strength_named(name: &str) -> Option<CueStrength> {
    Some(match name {
        "neutral" => CueStrength::Neutral,
        "claiming" => CueStrength::Claiming,
        "admitting" => CueStrength::Admitting,
        "denying" => CueStrength::Denying,
        "demanding" => CueStrength::Demanding,
        "warning" => CueStrength::Warning,
        "promising" => CueStrength::Promising,
        "accusing" => CueStrength::Accusing,
        "asking" => CueStrength::Asking,
        "thinking" => CueStrength::Thinking,
        _ => return None,
    })
}

fn is_vowel(c: Option<char>) -> bool {
    c.is_some_and(|c| "aeiou".contains(c))
}

fn plural(noun: &str) -> String {
    let mut end = noun.chars().rev();
    let (last, before) = (end.next(), end.next());
    match last {
        Some('y') if !is_vowel(before) => format!("{}ies", &noun[..noun.len() - 1]),
        Some('s' | 'x' | 'z') => format!("{noun}es"),
        Some('h') if matches!(before, Some('s' | 'c')) => format!("{noun}es"),
        _ if noun.ends_with("man") => format!("{}men", &noun[..noun.len() - 3]),
        _ => format!("{noun}s"),
    }
}

/// The forms of a verb. `irregular` is "past" or "past,participle"; the rest follows the rules of spelling.
fn forms(verb: &'static str, irregular: Option<&str>) -> Vec<(String, Tags)> {
    let stem = &verb[..verb.len() - 1];
    let mut end = verb.chars().rev();
    let (last, before, third) = (end.next(), end.next(), end.next());
    let silent_e = last == Some('e') && before != Some('e');
    // One short vowel before one consonant doubles it where the syllable is stressed; the table
    // gives the past where that is so, and the gerund follows it.
    let doubled = irregular.and_then(|i| i.split(',').next()).is_some_and(|past| {
        past.strip_suffix("ed").is_some_and(|p| p.len() == verb.len() + 1 && p.ends_with(last.unwrap_or(' ')) && p.starts_with(verb))
    });
    let past = match (irregular, last) {
        (Some(_), _) => None,
        (None, Some('e')) => Some(format!("{verb}d")),
        (None, Some('y')) if !is_vowel(before) => Some(format!("{stem}ied")),
        _ => Some(format!("{verb}ed")),
    };
    let gerund = if silent_e {
        format!("{stem}ing")
    } else if doubled || (verb.len() <= 4 && !is_vowel(last) && is_vowel(before) && !is_vowel(third) && !verb.ends_with(['w', 'y', 'x'])) {
        format!("{verb}{}ing", last.unwrap_or(' '))
    } else {
        format!("{verb}ing")
    };
    let mut all = vec![(verb.to_owned(), Tags::BASE), (plural(verb), Tags::THIRD), (gerund, Tags::GERUND)];
    all.extend(past.map(|p| (p, Tags::PAST)));
    all.extend(irregular.into_iter().flat_map(|i| i.split(',')).map(|p| (p.to_owned(), Tags::PAST)));
    all
}
