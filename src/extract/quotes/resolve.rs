//! Who a mention stands for: short names, pronouns, "the spokesman".

use super::context::Context;
use super::lexicon::Tags;
use super::phrase::{self, Phrase};
use crate::base::TextRange;
use crate::extract::{Detail, DetailKind, Speaker, Value};
use crate::source::BlockKind;
use rustc_hash::FxHashMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gender {
    He,
    She,
}

/// Somebody or something with a name.
struct Entity {
    name: String,
    person: bool,
    gender: Option<Gender>,
}

/// One place where an entity is named.
struct Mention {
    range: TextRange,
    entity: usize,
    block: usize,
    sentence: usize,
}

/// All names of a document.
pub struct Names {
    entities: Vec<Entity>,
    mentions: Vec<Mention>,
    /// Role word → mentions beside which it stands, in text order.
    roles: FxHashMap<String, Vec<(u32, usize)>>,
}

impl Names {
    /// Takes the names among `details`; where there are none, runs of capitalised words.
    pub fn new(cx: &Context, details: &[Detail]) -> Self {
        let mut names = Names { entities: Vec::new(), mentions: Vec::new(), roles: FxHashMap::default() };
        let mut by_name: FxHashMap<(String, bool), usize> = FxHashMap::default();
        let given = details.iter().any(|d| matches!(d.kind, DetailKind::Person | DetailKind::Organisation));
        if given {
            for d in details {
                if let (DetailKind::Person | DetailKind::Organisation, Value::Name(name)) = (d.kind, &d.value) {
                    names.add(cx, &mut by_name, d.range, name.clone(), d.kind == DetailKind::Person);
                }
            }
        } else {
            names.capital_runs(cx, &mut by_name);
        }
        names.mentions.sort_by_key(|m| m.range.start);
        names.learn_genders(cx);
        names.learn_roles(cx);
        names
    }

    fn add(&mut self, cx: &Context, by_name: &mut FxHashMap<(String, bool), usize>, range: TextRange, name: String, person: bool) {
        let entity = *by_name.entry((name.clone(), person)).or_insert_with(|| {
            self.entities.push(Entity { name, person, gender: None });
            self.entities.len() - 1
        });
        let sentence = cx.doc.sentence_at(range.start).map_or(0, |s| s.ix());
        let block = cx.doc.sentences.get(sentence).map_or(0, |s| s.block as usize);
        self.mentions.push(Mention { range, entity, block, sentence });
    }

    fn capital_runs(&mut self, cx: &Context, by_name: &mut FxHashMap<(String, bool), usize>) {
        // Last word of a full name → that name, first come first kept.
        let mut full: FxHashMap<String, String> = FxHashMap::default();
        for (s, sentence) in cx.doc.sentences.iter().enumerate() {
            if matches!(cx.doc.block_kind(s.into()), BlockKind::Headline | BlockKind::Subheading | BlockKind::Boilerplate) {
                continue;
            }
            let end = sentence.end_token as usize;
            let mut t = sentence.first_token as usize;
            while t < end {
                let name_word = |t: usize| {
                    cx.is(t, Tags::CAPITAL)
                        && !cx.is(t, Tags::CLOSED.with(Tags::PRONOUN).with(Tags::DETERMINER).with(Tags::TITLE).with(Tags::ROLE))
                };
                if !name_word(t) {
                    t += 1;
                    continue;
                }
                let first = t;
                let mut possessive = false;
                while t < end && name_word(t) && !possessive {
                    possessive = cx.is(t, Tags::POSSESSIVE);
                    t += 1;
                    if t + 1 < end && cx.folded(t) == "." && cx.touch(t - 1) && cx.doc.word(t - 1).len() <= 2 && name_word(t + 1) {
                        t += 1;
                    }
                }
                let range = cx.range(first, t - 1);
                let text = range.of(&cx.doc.text).trim_end_matches("'s").trim_end_matches("’s");
                let count = text.split_whitespace().count();
                let titled = first
                    .checked_sub(1)
                    .is_some_and(|p| cx.is(p, Tags::TITLE) || (cx.folded(p) == "." && p > 0 && cx.is(p - 1, Tags::TITLE)));
                let collective = (first..t).any(|t| cx.is(t, Tags::COLLECTIVE.with(Tags::TEXT)));
                let Some(last) = text.split_whitespace().next_back() else { continue };
                if (2..=4).contains(&count) && !collective {
                    let name = full.entry(last.to_owned()).or_insert_with(|| text.to_owned()).clone();
                    let name = if name.split(' ').next() == text.split(' ').next() { name } else { text.to_owned() };
                    self.add(cx, by_name, range, name, true);
                } else if count == 1 && (full.contains_key(last) || titled) {
                    let name = full.get(last).cloned().unwrap_or_else(|| text.to_owned());
                    self.add(cx, by_name, range, name, true);
                }
            }
        }
    }

    /// "Mr.", "Mrs." before a name; a pronoun that can mean only one person.
    fn learn_genders(&mut self, cx: &Context) {
        for m in &self.mentions {
            let first = cx.doc.token_at(m.range.start);
            for t in first.saturating_sub(2)..first + 1 {
                let gender = if cx.is(t, Tags::TITLE_HE) {
                    Gender::He
                } else if cx.is(t, Tags::TITLE_SHE) {
                    Gender::She
                } else {
                    continue;
                };
                self.entities[m.entity].gender.get_or_insert(gender);
            }
        }
    }

    /// The words beside a name that say what its bearer is: "spokesman John Smith", "Jane Roe, the governor".
    fn learn_roles(&mut self, cx: &Context) {
        for (i, m) in self.mentions.iter().enumerate() {
            if !self.entities[m.entity].person {
                continue;
            }
            let tokens = cx.doc.tokens_in(m.range);
            let floor = cx.doc.sentences.get(m.sentence).map_or(0, |s| s.first_token as usize);
            let ceiling = cx.doc.sentences.get(m.sentence).map_or(0, |s| s.end_token as usize);
            let mut note = |t: usize| {
                if cx.is(t, Tags::ROLE) {
                    let word = cx.folded(t).to_owned();
                    self.roles.entry(word).or_default().push((m.range.start, i));
                }
            };
            for t in (floor.max(tokens.start.saturating_sub(4))..tokens.start).rev() {
                if cx.is(t, Tags::COMMA.with(Tags::STOP).with(Tags::PAST).with(Tags::PREPOSITION)) {
                    break;
                }
                note(t);
            }
            if cx.is(tokens.end, Tags::COMMA) {
                for t in tokens.end + 1..ceiling.min(tokens.end + 8) {
                    if cx.is(t, Tags::COMMA.with(Tags::STOP).with(Tags::PAST).with(Tags::RELATIVE)) {
                        break;
                    }
                    note(t);
                }
            }
        }
    }

    /// What "who", "which" or "that" at `t` stands for: the name in the phrase before it, else that phrase's words.
    fn antecedent(&self, cx: &Context, t: usize, speakers: &[(u32, usize)]) -> Option<(String, Option<usize>)> {
        let floor = cx.tokens_of(cx.sentence_of(t)).start;
        let comma = t > floor && cx.is(t - 1, Tags::COMMA);
        let last = t.checked_sub(1 + usize::from(comma)).filter(|l| *l >= floor)?;
        let phrase = phrase::ending_at(cx, last, floor).filter(|p| !cx.is(p.first, Tags::RELATIVE.with(Tags::THAT)))?;
        let words = || cx.range(phrase.first, phrase.last).of(&cx.doc.text).to_owned();
        Some(self.name(cx, phrase, speakers).unwrap_or_else(|| (words(), None)))
    }

    /// The fullest name for a speaker's phrase, and the entity's index for later pronouns.
    pub fn name(&self, cx: &Context, phrase: Phrase, speakers: &[(u32, usize)]) -> Option<(String, Option<usize>)> {
        let range = cx.range(phrase.first, phrase.last);
        // A name inside the phrase: the last person, else the last name.
        let from = self.mentions.partition_point(|m| m.range.end <= range.start);
        let inside = self.mentions[from.min(self.mentions.len())..].iter().take_while(|m| m.range.start < range.end);
        let mut best: Option<&Mention> = None;
        for m in inside {
            // "a spokesman for Roe" is not Roe.
            let head = phrase.first..cx.doc.token_at(m.range.start).min(phrase.last + 1).max(phrase.first);
            if head.clone().any(|t| cx.is(t, Tags::PREPOSITION)) {
                break;
            }
            let stronger = best.is_none_or(|b| self.entities[m.entity].person || !self.entities[b.entity].person);
            if stronger && !followed_by_possessive(cx, m.range, range) {
                best = Some(m);
            }
        }
        if let Some(m) = best {
            return Some((self.entities[m.entity].name.clone(), Some(m.entity)));
        }
        // "the minister, Lena Berg, said"
        if cx.is(phrase.last + 1, Tags::COMMA)
            && let Some(start) = cx.doc.tokens.get(phrase.last + 2).map(|t| t.range.start)
            && let Some(m) = self.mentions.get(self.mentions.partition_point(|m| m.range.end <= start)).filter(|m| m.range.start <= start)
            && self.entities[m.entity].person
            && !cx.is(phrase.first, Tags::PRONOUN)
        {
            return Some((self.entities[m.entity].name.clone(), Some(m.entity)));
        }
        let first = phrase.first;
        if phrase.first == phrase.last && cx.is(first, Tags::RELATIVE.with(Tags::THAT)) {
            return self.antecedent(cx, first, speakers);
        }
        if phrase.first == phrase.last && cx.is(first, Tags::HE.with(Tags::SHE)) {
            let gender = if cx.is(first, Tags::HE) { Gender::He } else { Gender::She };
            return self.nearest(cx, range.start, gender, speakers).map(|(name, entity)| (name, Some(entity)));
        }
        if let Some(role) = (phrase.first..=phrase.last).rev().find(|&t| cx.is(t, Tags::ROLE)) {
            let definite = cx.is(first, Tags::DETERMINER) && !matches!(cx.folded(first), "a" | "an" | "another" | "one");
            if definite {
                let bearers = self.roles.get(cx.folded(role))?;
                let (_, m) = bearers.get(bearers.partition_point(|(at, _)| *at < range.start).checked_sub(1)?)?;
                let entity = self.mentions[*m].entity;
                return Some((self.entities[entity].name.clone(), Some(entity)));
            }
        }
        None
    }

    /// Whether a phrase ends in a name: "Hale", "Mayor Hale", "Skarn Council".
    pub fn ends_in_name(&self, cx: &Context, phrase: Phrase) -> bool {
        let end = cx.range(phrase.first, phrase.last).end;
        let at = self.mentions.partition_point(|m| m.range.end < end);
        self.mentions.get(at).is_some_and(|m| m.range.start < end && m.range.end == end)
    }

    /// Whether a speaker is no more than "it".
    pub fn is_it(&self, cx: &Context, phrase: Phrase) -> bool {
        phrase.first == phrase.last && cx.folded(phrase.first) == "it"
    }

    /// The body that "it" means: the one that spoke last, or the one named last, whichever is nearer and near enough.
    pub fn body(&self, cx: &Context, phrase: Phrase, spoke: &Option<(u32, String)>) -> Option<String> {
        const SENTENCES_BACK: usize = 2;
        let at = cx.range(phrase.first, phrase.last).start;
        let sentence = |offset: u32| cx.doc.sentence_at(offset).map_or(0, |s| s.ix());
        let near = |offset: u32| sentence(at) - sentence(offset).min(sentence(at)) <= SENTENCES_BACK;
        let before = self.mentions.partition_point(|m| m.range.start < at);
        let named = self.mentions[..before].iter().rev().take(20).find(|m| !self.entities[m.entity].person);
        let named = named.map(|m| (m.range.start, &self.entities[m.entity].name)).filter(|(start, _)| near(*start));
        let spoke = spoke.as_ref().map(|(start, name)| (*start, name)).filter(|(start, _)| near(*start));
        // In one sentence, who speaks is meant rather than whom it speaks of.
        let by_place = |found: &(u32, &String)| sentence(found.0);
        [named, spoke].into_iter().flatten().max_by_key(by_place).map(|(_, name)| name.clone())
    }

    /// The body that a speaker is, with its name or the words for it: "the council".
    pub fn spoken_body(&self, cx: &Context, phrase: Phrase, speaker: &Speaker) -> Option<(u32, String)> {
        let named = speaker.name.as_ref().filter(|name| self.entities.iter().any(|e| !e.person && e.name == **name));
        let called = || cx.is(phrase::head(cx, phrase), Tags::COLLECTIVE).then(|| speaker.range.of(&cx.doc.text).to_owned());
        Some((speaker.range.start, named.cloned().or_else(called)?))
    }

    /// The person that a pronoun means: who spoke last where that is near, else the first person named in
    /// the nearest sentence before that names one.
    fn nearest(&self, cx: &Context, at: u32, gender: Gender, speakers: &[(u32, usize)]) -> Option<(String, usize)> {
        let fits = |e: usize| self.entities[e].person && self.entities[e].gender.is_none_or(|g| g == gender);
        let sentence = cx.doc.sentence_at(at).map_or(0, |s| s.ix());
        let block = cx.doc.sentences.get(sentence).map_or(0, |s| s.block as usize);
        let before = self.mentions.partition_point(|m| m.range.start < at);
        let mut subject: Option<&Mention> = None;
        for m in self.mentions[..before].iter().rev().take(40) {
            if block.saturating_sub(m.block) > 4 {
                break;
            }
            if subject.is_some_and(|s| s.sentence != m.sentence) {
                break;
            }
            if fits(m.entity) {
                subject = Some(m);
            }
        }
        let spoke = speakers.iter().rev().take(20).find(|(_, e)| fits(*e)).copied();
        let entity = match (subject, spoke) {
            (Some(s), Some((spoke_at, e)))
                if spoke_at >= s.range.start || cx.doc.sentence_at(spoke_at).map_or(0, |x| x.ix()) >= s.sentence =>
            {
                e
            }
            (Some(s), _) => s.entity,
            (None, Some((_, e))) => e,
            (None, None) => return None,
        };
        Some((self.entities[entity].name.clone(), entity))
    }
}

fn followed_by_possessive(cx: &Context, mention: TextRange, phrase: TextRange) -> bool {
    let tokens = cx.doc.tokens_in(mention);
    mention.end < phrase.end && (cx.is(tokens.end.saturating_sub(1), Tags::POSSESSIVE) || matches!(cx.folded(tokens.end), "'s" | "'"))
}
