//! From the mentions of an article to its persons, organisations and places.
//!
//! Mentions that say what they are found the entities, longest first. Short mentions then join the entity
//! that holds their words; those that are still weak are settled by what stands around all of them together.
//! What finds no reason to be a name is dropped.

use super::find::{Mention, Words};
use super::lexicon::{self, Flags, Gender, KnownKind};
use super::pieces::Style;
use crate::extract::DetailKind;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// One person, organisation or place of the article.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    pub kind: DetailKind,
    /// Folded words of the fullest form.
    words: SmallVec<[String; 4]>,
    /// As it is written where it is fullest.
    pub name: String,
    /// Mentions with more words, or better written ones, give the name.
    rank: (usize, bool, usize),
    gender: Option<Gender>,
}

/// Settles all mentions: each keeps its kind and gets an entity, or is dropped.
pub(super) fn settle(text: &str, words: &Words<'_>, mentions: Vec<Mention>) -> Vec<(Mention, Entity)> {
    let mut mentions = without_overlaps(mentions);
    let mut people: Vec<Entity> = Vec::new();
    let mut bodies: Vec<Entity> = Vec::new();

    // Founders: what is surely a person or organisation, fullest first.
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(name_words(&mentions[*i].words).len()), mentions[*i].style != Style::Sentence, *i));
    let mut of: Vec<Option<(DetailKind, usize)>> = vec![None; mentions.len()];
    let mut by_word = Index::default();
    // How often each person is named in full: whom a family name alone stands for.
    let mut full: Vec<usize> = Vec::new();
    for i in order.iter().copied() {
        let m = &mentions[i];
        match m.kind {
            Some(DetailKind::Person) => {
                let found =
                    if name_words(&m.words).len() == 1 { by_word.principal(&people, m, &full) } else { by_word.person(&people, &m.words) };
                let found = found.unwrap_or_else(|| {
                    people.push(Entity { gender: m.gender, ..entity(text, m, DetailKind::Person) });
                    full.push(0);
                    by_word.add_person(people.len() - 1, &m.words);
                    people.len() - 1
                });
                full[found] += usize::from(m.words.len() > 1);
                people[found].gender = people[found].gender.or(m.gender);
                improve(text, &mut people[found], m);
                of[i] = Some((DetailKind::Person, found));
            }
            Some(DetailKind::Organisation) => {
                let found = by_word.body_exact(&m.words).unwrap_or_else(|| {
                    bodies.push(entity(text, m, DetailKind::Organisation));
                    by_word.add_body(bodies.len() - 1, &m.words);
                    bodies.len() - 1
                });
                if let Some(a) = &m.acronym {
                    by_word.acronyms.entry(a.clone()).or_insert(found);
                }
                of[i] = Some((DetailKind::Organisation, found));
            }
            _ => {}
        }
    }
    by_word.initials(&bodies);

    // "Austin, Texas" once: "Austin" is the same place everywhere in the article.
    let mut insides: FxHashMap<String, (&'static str, String)> = FxHashMap::default();
    for m in &mentions {
        if let Some(inside) = m.inside {
            let head = text.get(m.start as usize..m.head_end as usize).unwrap_or("");
            insides.entry(phrase(&m.words)).or_insert((inside, written(head, m.style)));
        }
    }

    // Weak mentions of one wording are settled together.
    let mut groups: FxHashMap<String, Group> = FxHashMap::default();
    for m in mentions.iter().filter(|m| m.kind.is_none()) {
        let g = groups.entry(phrase(&m.words)).or_default();
        for (sum, v) in g.votes.iter_mut().zip(m.votes) {
            *sum += i32::from(v);
        }
        g.inside += usize::from(!m.initial);
        g.count += 1;
        g.acronym |= m.acronym.is_some();
    }

    let mut found: Vec<(Mention, Entity)> = Vec::with_capacity(mentions.len());
    for (i, mut m) in std::mem::take(&mut mentions).into_iter().enumerate() {
        if let Some((kind, e)) = of[i] {
            if kind == DetailKind::Person {
                if m.words.len() == 1 && m.rule != "person-title" && m.rule != "person-role" {
                    m.rule = "person-short";
                }
                found.push((m, people[e].clone()));
            } else {
                // A single word of the tables may be somebody's family name here.
                if m.words.len() == 1
                    && m.known.is_some_and(|k| !k.alias)
                    && m.votes[0] >= m.votes[1]
                    && let Some(p) = by_word.principal(&people, &m, &full)
                    && is_family_name(&name_words(&people[p].words), &m.words[0])
                {
                    (m.kind, m.rule) = (Some(DetailKind::Person), "person-short");
                    found.push((m, people[p].clone()));
                    continue;
                }
                let e = bodies[e].clone();
                found.push((m, e));
            }
            continue;
        }
        if m.kind == Some(DetailKind::Place) {
            let single_noun = m.known.is_some_and(|k| !k.adjective && !k.alias) && m.words.len() == 1 && m.inside.is_none();
            if single_noun
                && m.votes[2] <= 0
                && let Some(p) = by_word.principal(&people, &m, &full)
                && is_family_name(&name_words(&people[p].words), &m.words[0])
            {
                (m.kind, m.rule) = (Some(DetailKind::Person), "person-short");
                found.push((m, people[p].clone()));
                continue;
            }
            let e = place(text, &m, &insides);
            found.push((m, e));
            continue;
        }
        let person = by_word.principal(&people, &m, &full);
        let body = by_word.body(&bodies, &m);
        let key = phrase(&m.words);
        let group = groups.get(&key).copied().unwrap_or_default();
        if let Some((inside, _)) = insides.get(&key) {
            m.inside = m.inside.or(Some(inside));
            (m.kind, m.rule) = (Some(DetailKind::Place), "place-short");
            let e = place(text, &m, &insides);
            found.push((m, e));
            continue;
        }
        match (person, body) {
            (Some(p), None) => {
                (m.kind, m.rule) = (Some(DetailKind::Person), "person-short");
                found.push((m, people[p].clone()));
            }
            (Some(p), Some(b)) if group.votes[1] <= group.votes[0] => {
                let _ = b;
                (m.kind, m.rule) = (Some(DetailKind::Person), "person-short");
                found.push((m, people[p].clone()));
            }
            (_, Some(b)) => {
                (m.kind, m.rule) = (Some(DetailKind::Organisation), "organisation-short");
                found.push((m, bodies[b].clone()));
            }
            (None, None) => {
                if let Some((kind, rule)) = alone(&m, group, words) {
                    (m.kind, m.rule) = (Some(kind), rule);
                    let e = entity(text, &m, kind);
                    found.push((m, e));
                }
            }
        }
    }
    found
}

/// Mentions in text order; of two that overlap the one that starts first, then the longer one.
fn without_overlaps(mut mentions: Vec<Mention>) -> Vec<Mention> {
    mentions.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
    let mut end = 0;
    mentions.retain(|m| {
        let keep = m.start >= end && m.end > m.start;
        if keep {
            end = m.end;
        }
        keep
    });
    mentions
}

#[derive(Clone, Copy, Default)]
struct Group {
    votes: [i32; 3],
    inside: usize,
    count: usize,
    acronym: bool,
}

/// What a weak mention is that joins nothing; `None` when nothing shows that it is a name.
fn alone(m: &Mention, group: Group, words: &Words<'_>) -> Option<(DetailKind, &'static str)> {
    let first = m.words.first()?;
    let flags = lexicon::exact_word(first);
    let [mut person, organisation, place] = group.votes;
    if group.acronym {
        return Some((DetailKind::Organisation, "organisation-acronym"));
    }
    if flags.is_given() {
        person += 3;
    }
    let last = m.words.last().map_or(Flags::default(), |w| lexicon::exact_word(w));
    if last.has(Flags::FAMILY) {
        person += 2;
    }
    let seen = words.get(first.as_str()).copied().unwrap_or_default();
    // Models and flights ("Q10"), and lone letters.
    if m.words.len() == 1 && first.chars().nth(1).is_none() || m.words.iter().any(|w| w.contains(|c: char| c.is_numeric())) {
        return None;
    }
    // A heading gives only what the article or the tables know.
    if m.style != Style::Sentence
        && group.inside == 0
        && seen.inside == 0
        && !(m.words.len() == 1 && (flags.is_given() || flags.has(Flags::FAMILY)))
    {
        return None;
    }
    if m.words.len() >= 2 {
        if m.plain || m.office {
            return None;
        }
        let plain_words = m.words.iter().filter(|w| lexicon::word(w).has(Flags::COMMON)).count();
        // Two or three strange words in a row are a person, unless "the" or "in" stands before.
        person += if m.words.len() <= 3 && plain_words == 0 { 2 } else { -1 };
        if m.style != Style::Sentence && plain_words > 0 {
            return None;
        }
    } else {
        if m.plain && !(seen.small == 0 && group.inside > 0 && plain_is_name(m, group, last)) {
            return None;
        }
        if m.plain && m.body_word && first.ends_with('s') && person <= 2 {
            return Some((DetailKind::Organisation, "organisation-context"));
        }
        if group.inside == 0 {
            // Capitals that say nothing: only a word that is known as a name elsewhere or acts like one.
            let acts = person > 0 || place > 1 || organisation > 1 || seen.inside > 0;
            if seen.small > 0 || first.chars().count() < 3 || !acts {
                return None;
            }
        }
    }
    let best = person.max(organisation).max(place);
    if best > 0 && person == best {
        return Some((DetailKind::Person, "person-context"));
    }
    if best > 0 && place == best {
        return Some((DetailKind::Place, "place-context"));
    }
    Some((DetailKind::Organisation, "organisation-context"))
}

/// Whether a common word that is never written small in the article acts like a name: "the Saints placed", "Luck said".
fn plain_is_name(m: &Mention, group: Group, flags: Flags) -> bool {
    let [person, organisation, _] = group.votes;
    if m.office && !flags.has(Flags::FAMILY) {
        return false;
    }
    flags.has(Flags::FAMILY)
        || m.body_word && (organisation > 0 || m.words.first().is_some_and(|w| w.ends_with('s')))
        || person >= 2
        || group.inside >= 2 && (flags.has(Flags::ALSO_FAMILY) || organisation > 1)
        || group.inside >= 4
}

/// The words that tell a person apart: without "Jr" and small words.
fn name_words(words: &[String]) -> SmallVec<[&str; 4]> {
    words.iter().map(String::as_str).filter(|w| words.len() == 1 || !lexicon::exact_word(w).has(Flags::NAME_SUFFIX)).collect()
}

fn phrase(words: &[String]) -> String {
    words.join(" ")
}

fn rank(m: &Mention) -> (usize, bool, usize) {
    let len = m.words.iter().map(String::len).sum();
    (name_words(&m.words).len(), m.style != Style::Capitals, len)
}

fn entity(text: &str, m: &Mention, kind: DetailKind) -> Entity {
    let name = match m.known {
        Some(k) => k.name.to_string(),
        None => written(text.get(m.start as usize..m.end as usize).unwrap_or(""), m.style),
    };
    Entity { kind, words: m.words.clone(), name, rank: rank(m), gender: None }
}

fn improve(text: &str, e: &mut Entity, m: &Mention) {
    if rank(m) > e.rank {
        *e = Entity { gender: e.gender, ..entity(text, m, e.kind) };
    }
}

fn place(text: &str, m: &Mention, insides: &FxHashMap<String, (&'static str, String)>) -> Entity {
    let mut e = entity(text, m, DetailKind::Place);
    if m.inside.is_none() && m.known.is_some_and(|k| k.adjective || k.kind != KnownKind::City) {
        return e;
    }
    if let Some((inside, head)) = insides.get(&phrase(&m.words)) {
        let head = m.known.map_or(head.as_str(), |k| k.name);
        e.name = format!("{head}, {}", inside.strip_suffix(" State").unwrap_or(inside));
    }
    e
}

/// A name as it is shown: single blanks, and small letters where all were capitals.
fn written(text: &str, style: Style) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if style == Style::Capitals && letters > 1 {
            let mut start = true;
            for c in word.chars() {
                if start {
                    out.push(c);
                } else {
                    out.extend(c.to_lowercase());
                }
                start = !c.is_alphanumeric();
            }
        } else {
            out.push_str(word);
        }
    }
    out
}

/// Where words lead to entities.
#[derive(Default)]
struct Index {
    people: FxHashMap<String, SmallVec<[usize; 2]>>,
    bodies: FxHashMap<String, usize>,
    /// First and last words, and longer beginnings and ends, of organisations.
    parts: FxHashMap<String, SmallVec<[usize; 2]>>,
    acronyms: FxHashMap<String, usize>,
}

impl Index {
    fn add_person(&mut self, e: usize, words: &[String]) {
        for w in name_words(words) {
            let list = self.people.entry(w.to_string()).or_default();
            if !list.contains(&e) {
                list.push(e);
            }
        }
    }

    /// The person that holds all words of a full mention in order, initials standing for names.
    fn person(&self, people: &[Entity], words: &[String]) -> Option<usize> {
        let words = name_words(words);
        let (first, last) = (*words.first()?, *words.last()?);
        let list = self.people.get(last).or_else(|| self.people.get(first))?;
        let fits = |e: &usize| holds(&name_words(&people[*e].words), &words);
        let by_last = list.iter().copied().find(|e| name_words(&people[*e].words).last() == Some(&last) && fits(e));
        by_last.or_else(|| list.iter().copied().find(fits))
    }

    /// Whom a part of a name stands for: of several, those whose family name it is, of the gender that its title
    /// tells; then the one named in full most often, whom the article is about; then the first.
    fn principal(&self, people: &[Entity], m: &Mention, full: &[usize]) -> Option<usize> {
        let words = name_words(&m.words);
        let last = *words.last()?;
        let list = self.people.get(last)?;
        let title_gender = m.gender.filter(|_| m.words.len() == 1 && m.kind == Some(DetailKind::Person));
        list.iter().copied().filter(|e| holds(&name_words(&people[*e].words), &words)).max_by_key(|e| {
            let person = &people[*e];
            let family = is_family_name(&name_words(&person.words), last);
            let agrees = title_gender.is_none() || person.gender.is_none() || person.gender == title_gender;
            (agrees, family, full.get(*e).copied().unwrap_or(0), std::cmp::Reverse(*e))
        })
    }

    fn add_body(&mut self, e: usize, words: &[String]) {
        self.bodies.entry(phrase(words)).or_insert(e);
        if words.len() < 2 {
            return;
        }
        for n in 1..words.len() {
            for part in [phrase(&words[..n]), phrase(&words[n..])] {
                self.parts.entry(part).or_default().push(e);
            }
        }
    }

    fn body_exact(&self, words: &[String]) -> Option<usize> {
        self.bodies.get(&phrase(words)).copied()
    }

    /// Acronyms that the article never brackets: first letters of its organisations.
    fn initials(&mut self, bodies: &[Entity]) {
        for (e, body) in bodies.iter().enumerate() {
            let all = body.words.iter().filter(|w| w.as_str() != "the");
            let letters = |small: bool| -> String {
                all.clone().filter(|w| small || !lexicon::exact_word(w).has(Flags::LINK)).filter_map(|w| w.chars().next()).collect()
            };
            for a in [letters(false), letters(true)] {
                if a.chars().count() >= 2 {
                    self.acronyms.entry(a).or_insert(e);
                }
            }
        }
    }

    /// The organisation that a weak mention is a short form of.
    fn body(&self, bodies: &[Entity], m: &Mention) -> Option<usize> {
        let key = phrase(&m.words);
        if let Some(e) = self.bodies.get(&key) {
            return Some(*e);
        }
        if m.words.len() == 1
            && let Some(e) = self.acronyms.get(&key)
        {
            return Some(*e);
        }
        let list = self.parts.get(&key)?;
        // A plain word is no short form where its capital says nothing ("Bank" of "Harlow Bank").
        if m.plain && m.initial {
            return None;
        }
        list.iter().copied().find(|e| bodies[*e].words.len() > m.words.len())
    }
}

/// Whether `short`'s words stand in `full` in the same order; an initial stands for a word it starts.
fn holds(full: &[&str], short: &[&str]) -> bool {
    let mut at = 0;
    for s in short {
        let initial = s.chars().nth(1).is_none();
        let Some(found) = full[at..]
            .iter()
            .position(|f| f == s || initial && f.starts_with(s) || f.chars().nth(1).is_none() && s.starts_with(f) && short.len() > 1)
        else {
            return false;
        };
        at += found + 1;
    }
    true
}

/// Whether a word is the family name in a full name: the last word, or the first where the order is so.
fn is_family_name(full: &[&str], word: &str) -> bool {
    full.last().is_some_and(|l| *l == word) || full.first().is_some_and(|f| *f == word && lexicon::exact_word(f).has(Flags::FAMILY_FIRST))
}
