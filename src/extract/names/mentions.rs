//! Who a short mention, a pronoun or a role stands for, given the names of a document.

use super::lexicon::{self, Gender};
use super::{NameRelation, same_entity};
use crate::base::TextRange;
use crate::extract::{Detail, DetailKind, Value};
use indexmap::IndexMap;

/// One person, organisation or place with all its mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The fullest form in the article.
    pub name: String,
    /// Person, organisation or place.
    pub kind: DetailKind,
    /// What given name, title and role tell.
    pub gender: Option<Gender>,
    /// Titles, offices and roles beside its mentions, in text order: "defence minister".
    pub roles: Vec<String>,
    /// Where it is mentioned, in text order.
    pub mentions: Vec<TextRange>,
}

/// The names among `details`, in the order of their first mention.
pub fn named(details: &[Detail]) -> Vec<Named> {
    let mut found: IndexMap<(DetailKind, &str), Named> = IndexMap::new();
    for d in details {
        let Value::Name(name) = &d.value else { continue };
        let entry = found.entry((d.kind, name)).or_insert_with(|| Named {
            name: name.clone(),
            kind: d.kind,
            gender: if d.kind == DetailKind::Person { given_gender(name) } else { None },
            roles: Vec::new(),
            mentions: Vec::new(),
        });
        entry.mentions.push(d.range);
        if let Some(role) = &d.subject {
            if d.kind == DetailKind::Person && entry.gender.is_none() {
                entry.gender = role_gender(role);
            }
            if !entry.roles.contains(role) {
                entry.roles.push(role.clone());
            }
        }
    }
    let mut found: Vec<Named> = found.into_values().collect();
    for n in &mut found {
        n.mentions.sort();
    }
    found.sort_by_key(|n| n.mentions.first().copied());
    found
}

/// The gender that the given name in a full name tells: the first word that tells one.
pub fn given_gender(name: &str) -> Option<Gender> {
    let words: Vec<String> = name.split_whitespace().map(|w| super::without_accents(w.trim_matches('.'))).collect();
    // A family name alone tells nothing, though "Kelly" is a given name too.
    let given = if words.len() > 1 { &words[..words.len() - 1] } else { &words[..0] };
    given.iter().find_map(|w| lexicon::given_gender(w))
}

/// The gender that a title or role tells: "spokeswoman", "mr", "king".
pub fn role_gender(role: &str) -> Option<Gender> {
    let role = role.to_lowercase();
    if let Some(title) = lexicon::title(&role)
        && title.gender.is_some()
    {
        return title.gender;
    }
    role.split_whitespace().rev().find_map(|w| lexicon::role(w).flatten().or_else(|| lexicon::title(w).and_then(|t| t.gender)))
}

/// The only name that a short form may stand for, or the one among several that was mentioned last
/// before the byte `before`.
pub fn full_name<'n>(named: &'n [Named], short: &str, before: u32) -> Option<&'n Named> {
    let fits = |n: &&Named| matches!(same_entity(&n.name, short), NameRelation::Same | NameRelation::Short);
    latest(named.iter().filter(fits), before).or_else(|| named.iter().find(fits))
}

/// The person of a gender mentioned last before the byte `before`; persons whose gender is unknown count for both.
pub fn pronoun(named: &[Named], gender: Gender, before: u32) -> Option<&Named> {
    latest(named.iter().filter(|n| n.kind == DetailKind::Person && n.gender.is_none_or(|g| g == gender)), before)
}

/// The person with a role ("the minister" for a "defence minister") mentioned last before the byte `before`.
pub fn holder<'n>(named: &'n [Named], role: &str, before: u32) -> Option<&'n Named> {
    let role = role.to_lowercase();
    let has = |n: &&Named| n.roles.iter().any(|r| *r == role || r.strip_suffix(role.as_str()).is_some_and(|rest| rest.ends_with(' ')));
    latest(named.iter().filter(has), before)
}

fn latest<'n>(named: impl Iterator<Item = &'n Named>, before: u32) -> Option<&'n Named> {
    named
        .filter_map(|n| {
            let at = n.mentions.partition_point(|m| m.start < before).checked_sub(1)?;
            Some((n.mentions[at].start, n))
        })
        .max_by_key(|(start, _)| *start)
        .map(|(_, n)| n)
}
