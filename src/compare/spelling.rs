//! Spellings: one name written differently, told once for all versions.
//!
//! Names are gathered from all versions; only those that sound alike in a word are related, through an
//! inverted index, so the work does not grow with the square of the names.

use super::context::Context;
use super::draft::{Draft, Told, finish};
use super::{Finding, FindingKind, Relation, titles, why};
use crate::analysis::Version;
use crate::base::{TextRange, VersionIx};
use crate::extract::names::{NameRelation, same_entity, sound_key, without_accents};
use crate::extract::{DetailKind, Value};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// A name as a version writes it first.
#[derive(Debug)]
pub(super) struct Spelled {
    name: String,
    kind: DetailKind,
    range: TextRange,
}

/// The names that a version writes out, each once, in the order of the text.
pub(super) fn spelled(version: &Version) -> Vec<Spelled> {
    let mut out: Vec<Spelled> = Vec::new();
    let mut seen: FxHashSet<(&str, DetailKind)> = FxHashSet::default();
    for d in &version.extract.details {
        let Value::Name(name) = &d.value else { continue };
        // The spelling is what stands there; a short form of a full name shows nothing.
        let written = version.slice(d.range).split_whitespace().count();
        if written >= name.split_whitespace().count() && seen.insert((name, d.kind)) {
            out.push(Spelled { name: name.clone(), kind: d.kind, range: d.range });
        }
    }
    out
}

struct Name<'a> {
    written: &'a str,
    kind: DetailKind,
    draft: Draft,
}

/// Findings on names with several spellings.
pub(super) fn findings(cx: &Context) -> Vec<Finding> {
    let mut names: Vec<Name> = Vec::new();
    let mut seen: FxHashMap<(&str, DetailKind), usize> = FxHashMap::default();
    for (v, lex) in cx.lexed.iter().enumerate() {
        for Spelled { name, kind, range } in &lex.spelled {
            let at = *seen.entry((name, *kind)).or_insert_with(|| {
                names.push(Name { written: name, kind: *kind, draft: Draft::default() });
                names.len() - 1
            });
            names[at].draft.push(VersionIx::from(v), *range);
        }
    }
    let mut by_sound: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (i, n) in names.iter().enumerate() {
        for word in n.written.split([' ', '-']).filter(|w| w.chars().count() > 2) {
            let key = sound_key(&without_accents(word));
            let list = by_sound.entry(key).or_default();
            if list.last() != Some(&i) {
                list.push(i);
            }
        }
    }
    let mut group: Vec<usize> = (0..names.len()).collect();
    let mut pairs: Vec<(usize, usize)> = by_sound
        .values()
        .filter(|l| l.len() <= 60)
        .flat_map(|l| l.iter().enumerate().flat_map(|(k, &a)| l[k + 1..].iter().map(move |&b| (a, b))))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let variant = |&(a, b): &(usize, usize)| {
        names[a].kind == names[b].kind && same_entity(names[a].written, names[b].written) == NameRelation::Variant
    };
    let pairs: Vec<(usize, usize)> = pairs.into_par_iter().filter(variant).collect();
    let mut members: Vec<Vec<usize>> = (0..names.len()).map(|i| vec![i]).collect();
    for (a, b) in pairs {
        let (x, y) = (group[a], group[b]);
        if x == y {
            continue;
        }
        // Two names that one version tells apart are two.
        let fits = members[x].iter().all(|&m| {
            members[y]
                .iter()
                .all(|&n| matches!(same_entity(names[m].written, names[n].written), NameRelation::Variant | NameRelation::Same))
        });
        if !fits {
            continue;
        }
        let moved = std::mem::take(&mut members[y]);
        moved.iter().for_each(|&m| group[m] = x);
        members[x].extend(moved);
    }
    let mut out = Vec::new();
    for list in members.iter().filter(|l| l.len() > 1) {
        let drafts: Vec<Draft> = list
            .iter()
            .map(|&i| Draft { text: Some(names[i].written.to_owned()), ..names[i].draft.clone() })
            .filter(|d| !d.evidence.is_empty())
            .collect();
        let mut versions: Vec<VersionIx> = drafts.iter().flat_map(Draft::versions).collect();
        versions.sort_unstable();
        versions.dedup();
        if drafts.len() < 2 || versions.len() < 2 {
            continue;
        }
        let kind = names[list[0]].kind;
        let title = titles::title("Spelling", list.iter().map(|&i| names[i].written).min().unwrap_or(""));
        let told = Told {
            kind: FindingKind::NameSpelling,
            relation: Relation::Compatible,
            detail: Some(kind),
            passage: None,
            title,
            silent: Vec::new(),
            weight: 0.3,
        };
        out.push(finish(cx, told, drafts, |r| format!("{}: one name, written differently.", why::values(cx, r))));
    }
    out
}
