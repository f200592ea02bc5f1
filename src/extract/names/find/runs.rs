//! Where a run of capitals starts and ends, and what the tables know inside of it.

use super::{Evidence, Finder, LONGEST_NAME};
use crate::extract::names::lexicon::{self, Flags, Known};
use crate::extract::names::pieces::{Piece, Shape, Style};

impl Finder<'_, '_> {
    /// Whether a run may start here.
    pub(super) fn starts(&self, i: usize) -> bool {
        let p = &self.ps[i];
        p.capital() && self.keeps(i, i)
    }

    /// Whether the piece may be a word of a name, in the way this sentence uses capitals.
    pub(super) fn keeps(&self, from: usize, i: usize) -> bool {
        let p = &self.ps[i];
        if !p.capital() {
            return false;
        }
        if self.style == Style::Sentence {
            return true;
        }
        if !p.plain() || self.known_at(i, self.ps.len()).is_some_and(|(n, _)| n > 1) || self.title_at(i, self.ps.len()).is_some() {
            return true;
        }
        let evidence = self.evidence(i);
        if evidence.inside > 0 && evidence.small == 0 {
            return true;
        }
        if p.flags.has(Flags::ORG_HEAD) && self.ps.get(i + 1).is_some_and(|n| n.is("of")) {
            return true;
        }
        let before = i.checked_sub(1).filter(|b| *b >= from && self.ps[*b].capital());
        match before {
            Some(b) if p.flags.has(Flags::ORG_END | Flags::PLACE_END) => !self.ps[b].flags.has(Flags::TITLE),
            Some(b) => {
                let b = &self.ps[b];
                (b.flags.is_given() && !b.plain() || b.flags.has(Flags::TITLE) && b.key.len() <= 4 && !b.flags.has(Flags::COMMON))
                    && p.flags.has(Flags::ALSO_FAMILY | Flags::FAMILY)
            }
            None => p.flags.is_given() && self.ps.get(i + 1).is_some_and(|n| n.capital() && n.flags.has(Flags::FAMILY) && !n.plain()),
        }
    }

    pub(super) fn evidence(&self, i: usize) -> Evidence {
        self.words.get(self.ps[i].key.as_ref()).copied().unwrap_or_default()
    }

    /// The piece after a run that starts at `i`.
    pub(super) fn run_end(&self, i: usize) -> usize {
        let ps = self.ps;
        let mut j = i + 1;
        let mut linked = false;
        while j < ps.len() && j - i < LONGEST_NAME {
            let before = &ps[j - 1];
            if before.tail {
                break;
            }
            let p = &ps[j];
            if p.capital() {
                if p.initial || !self.keeps(i, j) {
                    break;
                }
                j += 1;
                continue;
            }
            let next_is_name = |at: usize| ps.get(at).is_some_and(|n| n.capital() && !n.initial) && self.keeps(at, at);
            match p.shape {
                Shape::Punct if p.is("&") && next_is_name(j + 1) => j += 2,
                Shape::Possessive if before.flags.has(Flags::COMMON) && !before.flags.is_given() && next_is_name(j + 1) => j += 2,
                Shape::Lower if p.flags.has(Flags::PARTICLE) && !p.is("of") => {
                    let second = ps.get(j + 1).is_some_and(|n| n.shape == Shape::Lower && n.flags.has(Flags::PARTICLE));
                    let at = j + 1 + usize::from(second);
                    if next_is_name(at) && !before.plain() && !before.flags.has(Flags::TITLE) { j = at + 1 } else { break }
                }
                Shape::Lower if p.is("of") || p.is("for") => {
                    let heads = if p.is("of") { Flags::ORG_HEAD | Flags::PLACE_HEAD } else { Flags::ORG_HEAD };
                    let the = ps.get(j + 1).is_some_and(|n| n.is("the") && n.shape == Shape::Lower);
                    let at = j + 1 + usize::from(the);
                    // "Party for Jo Vane" is no name; "Centre for Disease Control" is one.
                    let whom = p.is("for") && ps.get(at).is_some_and(|n| !n.plain() || n.flags.is_given());
                    if !whom
                        && (before.flags.has(heads) || linked && p.is("of") || self.title_at(j - 1, at + 1).is_some_and(|(n, _)| n > 2))
                        && next_is_name(at)
                    {
                        linked = true;
                        j = at + 1;
                    } else {
                        break;
                    }
                }
                Shape::Lower if p.is("and") => {
                    if next_is_name(j + 1) && (linked && self.listed(j) || self.joins(i, j)) {
                        j += 2
                    } else {
                        break;
                    }
                }
                Shape::Quote => match (i..j).find(|k| ps[*k].flags.is_given()).and_then(|k| self.nickname_end(k, j)) {
                    Some(at) => j = at,
                    None => break,
                },
                _ => break,
            }
        }
        j.min(ps.len())
    }

    /// "Department of Health *and Human Services*": plain words on both sides.
    pub(super) fn listed(&self, and: usize) -> bool {
        self.ps[and - 1].plain() && self.ps[and + 1].plain() && !self.ps[and + 1].flags.has(Flags::TITLE)
    }

    /// "Food *and* Drug Administration": one plain word before, the end of an organisation after.
    pub(super) fn joins(&self, from: usize, and: usize) -> bool {
        let first = &self.ps[from];
        if and != from + 1 || !first.plain() || first.flags.is_given() || first.flags.has(Flags::FUNCTION | Flags::TITLE) {
            return false;
        }
        let mut at = and + 1;
        while at < self.ps.len() && self.ps[at].capital() && at - and <= 3 {
            at += 1;
        }
        at > and + 2 && self.ps[at - 1].flags.has(Flags::ORG_END) && self.ps[and + 1..at].iter().all(Piece::plain)
    }

    /// `Vincent "The Kid" Marsh`: the piece after the family name's first word.
    pub(super) fn nickname_end(&self, from: usize, open: usize) -> Option<usize> {
        let first = &self.ps[from];
        if !first.flags.is_given() || open > from + 2 || open == from + 2 && self.ps[from + 1].shape != Shape::Initial {
            return None;
        }
        let close = (open + 2..self.ps.len().min(open + 5)).find(|c| self.ps[*c].shape == Shape::Quote)?;
        let inside = self.ps[open + 1..close].iter().all(|p| p.is_word()) && self.ps[open + 1].capital();
        let after = self.ps.get(close + 1)?;
        (inside && after.capital()).then_some(close + 2)
    }

    /// The longest known phrase at `k` that ends before `limit`.
    pub(super) fn known_at(&self, k: usize, limit: usize) -> Option<(usize, &'static Known)> {
        let first = &self.ps[k];
        let most = lexicon::known_len(&first.key);
        if first.shape == Shape::Lower || most == 0 {
            return None;
        }
        // "St. Kitts' " and the like have a mark inside.
        let most = (most + 1).min(limit - k);
        let mut key = String::new();
        let mut best = None;
        for n in 1..=most {
            let p = &self.ps[k + n - 1];
            match p.shape {
                Shape::Possessive => {
                    key.push_str(&p.key);
                    if key.ends_with('\'') && !p.is("'") {
                        continue;
                    }
                }
                Shape::Punct if p.is("&") => lexicon::push_key(&mut key, "&"),
                Shape::Cap | Shape::Upper | Shape::Initial | Shape::Lower => lexicon::push_key(&mut key, &p.key),
                _ => break,
            }
            if p.shape == Shape::Lower {
                continue;
            }
            let list = lexicon::known(&key);
            let written = &self.ps[k..k + n];
            let fits = |x: &&Known| {
                let upper = written.iter().all(|p| p.shape != Shape::Cap && p.shape != Shape::Lower);
                let own_spelling = n == 1 && first.mixed && key.len() <= 4 && !x.name.chars().skip(1).any(char::is_uppercase);
                if own_spelling {
                    return false;
                }
                if x.capitals {
                    upper && (self.style != Style::Capitals || !first.plain())
                } else {
                    // "Us" is no country, and a short word all in capitals is rather an acronym.
                    !(upper && self.style != Style::Capitals && n == 1 && key.len() <= 4 && !x.alias && x.name.len() > key.len())
                }
            };
            if let Some(x) = list.iter().find(fits) {
                best = Some((n, x));
            }
            if p.tail {
                break;
            }
        }
        best
    }

    /// The longest title at `k` that ends before `limit`.
    pub(super) fn title_at(&self, k: usize, limit: usize) -> Option<(usize, lexicon::Title)> {
        if !self.ps[k].flags.has(Flags::TITLE_START) {
            return None;
        }
        let mut phrase = String::new();
        let mut best = None;
        for n in 1..=limit.saturating_sub(k).min(4) {
            let Some(p) = self.ps.get(k + n - 1).filter(|p| p.is_word()) else { break };
            if n > 1 {
                phrase.push(' ');
            }
            phrase.push_str(&p.key);
            if let Some(title) = lexicon::title(&phrase) {
                best = Some((n, title));
            }
        }
        best
    }
}
