//! What stands around a mention: votes for its kind, the land after a comma, letters in brackets, a role.

use super::{Finder, Mention};
use crate::extract::DetailKind;
use crate::extract::names::lexicon::{self, Flags, KnownKind};
use crate::extract::names::pieces::{Shape, Style};
use smallvec::SmallVec;

impl Finder<'_, '_> {
    /// What stands around `[k, end)`: votes, the land after a comma, letters in brackets, a role.
    pub(super) fn around(&self, k: usize, end: usize, m: &mut Mention) {
        let ps = self.ps;
        let [person, organisation, place] = &mut m.votes;
        let before = k.checked_sub(1).map(|b| &ps[b]);
        let after = ps.get(end);
        if let Some(b) = before
            && b.is_word()
        {
            if b.flags.has(Flags::AT) {
                *place += if b.is("in") || b.is("near") || b.is("at") { 3 } else { 1 };
            }
            if b.is("the") {
                *organisation += 2;
                *person -= 3;
                if k >= 2 && (ps[k - 2].is("in") || ps[k - 2].is("near")) {
                    *place += 2;
                }
            }
            if b.flags.has(Flags::SAYS) {
                *person += 2;
            }
            if b.is("a") || b.is("an") {
                *person -= 2;
            }
        }
        // "his wife, Mirela"
        if k >= 2 && ps[k - 1].is(",") && ps[k - 2].shape == Shape::Lower && ps[k - 2].flags.has(Flags::ROLE) {
            *person += 3;
        }
        if let Some(a) = after {
            if a.flags.has(Flags::SAYS) && a.shape == Shape::Lower {
                *person += 2;
                *organisation += 1;
            }
            if a.shape == Shape::Possessive || a.is("who") || a.is("whose") {
                *person += 1;
            }
            if a.is("'s") {
                *organisation += 1;
            }
            if a.is(",") && ps.get(end + 1).is_some_and(|n| n.is("who") || n.shape == Shape::Number && n.key.len() == 2) {
                *person += 3;
            }
            // "Harlow Foods Group (HFG)".
            if a.is("(")
                && let Some(inner) = ps.get(end + 1)
                && ps.get(end + 2).is_some_and(|c| c.is(")") || c.is(",") || c.is(";"))
                && inner.shape == Shape::Upper
                && inner.key.len() >= 2
            {
                m.acronym = Some(inner.key.to_string());
                *organisation += 3;
            }
            if a.is("(") && ps.get(end + 1).is_some_and(|n| n.shape == Shape::Number) && ps.get(end + 2).is_some_and(|c| c.is(")")) {
                *person += 1;
            }
        }
        if m.words.len() == 1 && ps[k].shape == Shape::Upper && m.style == Style::Sentence {
            *organisation += 2;
        }
        // "Austin, Texas": a town, a comma, and a state or country.
        let town = match m.known {
            Some(x) => x.kind == KnownKind::City && !x.adjective,
            None => m.kind.is_none_or(|k| k == DetailKind::Place),
        };
        if town
            && after.is_some_and(|a| a.is(","))
            && let Some(next) = ps.get(end + 1).filter(|n| n.capital())
        {
            let abbreviated = lexicon::state(&next.key).filter(|s| next.shape != Shape::Cap || next.key.len() > 2 || s.name.len() > 2);
            let land =
                self.known_at(end + 1, ps.len()).filter(|(_, x)| !x.adjective && matches!(x.kind, KnownKind::State | KnownKind::Country));
            let found = match (land, abbreviated) {
                (Some((n, x)), _) => Some((n, x.name)),
                (None, Some(x)) => Some((1, x.name)),
                _ => None,
            };
            if let Some((n, name)) = found
                && m.known.is_none_or(|x| x.name != name)
            {
                m.inside = Some(name);
                m.kind = Some(DetailKind::Place);
                if m.known.is_none() {
                    m.rule = "place-comma";
                }
                m.end = ps[end + n].end;
            }
        }
        if m.kind == Some(DetailKind::Person) {
            m.subject = self.role_after(end);
            m.gender = if m.words.len() > 1 { m.words.first().and_then(|w| lexicon::given_gender(w)) } else { None };
        }
    }

    /// "defence minister" of "the defence minister Jo Vane".
    pub(super) fn role_before(&self, i: usize) -> Option<String> {
        let ps = self.ps;
        let b = i.checked_sub(1)?;
        let p = &ps[b];
        if p.shape != Shape::Lower || !p.flags.has(Flags::ROLE | Flags::TITLE) || self.style != Style::Sentence {
            return None;
        }
        // "to back Jo Vane" is a verb, "running back Jo Vane" is none.
        let verb_before = b.checked_sub(1).is_some_and(|v| ps[v].flags.has(Flags::VERB_FOLLOWS));
        if verb_before && p.flags.has(Flags::ALSO_VERB) {
            return None;
        }
        // Titles of several words are in the table; else the word before, where it is no grammar word or verb.
        let from = b.saturating_sub(3);
        for f in from..b {
            if ps[f..=b].iter().all(|q| q.shape == Shape::Lower) && self.title_at(f, i).is_some_and(|(n, _)| f + n == i) {
                return Some(ps[f..=b].iter().map(|q| q.key.as_ref()).collect::<SmallVec<[&str; 4]>>().join(" "));
            }
        }
        Some(p.key.to_string())
    }

    /// "striker" of "Jo Vane, 34, a striker for Harlow".
    pub(super) fn role_after(&self, end: usize) -> Option<String> {
        let ps = self.ps;
        let mut at = end;
        if !ps.get(at)?.is(",") {
            return None;
        }
        at += 1;
        if ps.get(at)?.shape == Shape::Number && ps.get(at + 1).is_some_and(|p| p.is(",")) {
            at += 2;
        }
        let stop = ps.len().min(at + 6);
        let mut found = None;
        while at < stop {
            let p = &ps[at];
            if !p.is_word() || p.is("who") || p.is("of") || p.is("and") || p.flags.has(Flags::SAYS) {
                break;
            }
            if p.flags.has(Flags::ROLE | Flags::TITLE) && p.shape == Shape::Lower {
                found = Some(at);
            } else if found.is_some() {
                break;
            }
            at += 1;
        }
        let at = found?;
        for f in at.saturating_sub(3)..at {
            if f > end && ps[f..=at].iter().all(|q| q.is_word()) && self.title_at(f, at + 1).is_some_and(|(n, _)| f + n == at + 1) {
                return Some(ps[f..=at].iter().map(|q| q.key.as_ref()).collect::<SmallVec<[&str; 4]>>().join(" "));
            }
        }
        Some(ps[at].key.to_string())
    }
}
