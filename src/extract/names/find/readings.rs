//! What the words of a run say it is: an organisation or place by its ends, a person by its start.

use super::Finder;
use crate::extract::DetailKind;
use crate::extract::names::lexicon::{self, Flags};
use crate::extract::names::pieces::{Piece, Shape, Style};

impl Finder<'_, '_> {
    /// What the words of `[k, j)` say the whole is: outer `None` nothing, inner `None` a thing of another kind.
    pub(super) fn whole_kind(&self, k: usize, j: usize) -> Option<Option<DetailKind>> {
        let ps = self.ps;
        if j < k + 2 {
            return None;
        }
        let last = &ps[j - 1];
        let capitals = ps[k..j].iter().filter(|p| p.capital()).count();
        if capitals < 2 {
            return None;
        }
        // "Ministry of Defence", "Gulf of Tallis".
        if let Some(of) = (k + 1..j - 1).find(|o| ps[*o].shape == Shape::Lower && (ps[*o].is("of") || ps[*o].is("for"))) {
            let head = &ps[of - 1];
            let place_alone = head.flags.has(Flags::PLACE_HEAD) && !head.flags.has(Flags::ORG_END);
            if head.flags.has(Flags::ORG_HEAD) && !place_alone {
                return Some(Some(DetailKind::Organisation));
            }
            if head.flags.has(Flags::PLACE_HEAD) {
                return Some(Some(DetailKind::Place));
            }
        }
        let at = k.checked_sub(1).is_some_and(|b| ps[b].flags.has(Flags::AT) && ps[b].shape == Shape::Lower && !ps[b].is("of"));
        let the_at = k >= 2 && ps[k - 1].is("the") && ps[k - 2].flags.has(Flags::AT) && !ps[k - 2].is("of");
        if last.flags.has(Flags::PLACE_END) && (!last.flags.has(Flags::ORG_END) || at || the_at) {
            return Some(Some(DetailKind::Place));
        }
        if last.flags.has(Flags::ORG_END) {
            // "Breaking News": where all words have capitals, plain ones are no name.
            if self.style != Style::Sentence
                && ps[k..j].iter().all(|p| p.plain() || !p.capital())
                && !(k..j).all(|i| !ps[i].capital() || self.evidence(i).inside > 0)
            {
                return Some(None);
            }
            return Some(Some(DetailKind::Organisation));
        }
        if ps[k..j].iter().any(|p| p.is("&")) {
            return Some(Some(DetailKind::Organisation));
        }
        let first = &ps[k];
        if first.flags.has(Flags::ORG_START) && !first.flags.is_given() {
            return Some(Some(DetailKind::Organisation));
        }
        if last.flags.has(Flags::OTHER_END) {
            return Some(None);
        }
        if first.flags.has(Flags::PLACE_PREFIX) && capitals == 2 && !last.plain() && !first.flags.is_given() {
            return Some(Some(DetailKind::Place));
        }
        None
    }

    pub(super) fn ends_whole(&self, k: usize, j: usize) -> bool {
        self.whole_kind(k, j).is_some() && !(self.person_starts(k, j) && self.also_person(k, j))
    }

    /// Whether a run that ends like an organisation or place is a person all the same: "Jo Banks".
    pub(super) fn also_person(&self, k: usize, j: usize) -> bool {
        let ps = self.ps;
        let last = &ps[j - 1];
        let capitals = ps[k..j].iter().filter(|p| p.capital()).count();
        let of = ps[k..j].iter().any(|p| p.is("of") || p.is("for") || p.is("&"));
        let given = ps[k].flags.is_given();
        let known_place = lexicon::place(&ps[k].key).is_some();
        !of && given
            && !known_place
            && !ps[k].plain()
            && (capitals == 2 || capitals == 3 && (ps[k + 1].shape == Shape::Initial || ps[k + 1].flags.is_given()))
            && (last.flags.has(Flags::ALSO_FAMILY) || !last.plain())
    }

    /// Whether a person's name starts at `k`.
    pub(super) fn person_starts(&self, k: usize, j: usize) -> bool {
        let ps = self.ps;
        let p = &ps[k];
        if !p.capital() || p.tail || p.flags.has(Flags::FUNCTION) && p.initial {
            return false;
        }
        let Some(next) = ps.get(k + 1).filter(|_| k + 1 < j) else { return false };
        let next_fits = |n: &Piece<'_>| {
            let grammar = n.flags.has(Flags::FUNCTION) && !n.flags.is_given();
            n.capital() && !n.flags.has(Flags::NO_NAME) && !grammar
                || n.shape == Shape::Lower && n.flags.has(Flags::PARTICLE)
                || n.shape == Shape::Quote
        };
        if !next_fits(next) {
            return false;
        }
        if p.flags.is_given() {
            // "Brooklyn Mother" is none, "Brooklyn Marsh" is one.
            if next.plain() && !next.flags.has(Flags::ALSO_FAMILY | Flags::FAMILY) && lexicon::place(&p.key).is_some() {
                return false;
            }
            // "Will Smith" is one, "Will Britain" is none.
            if p.plain() && (p.initial || self.style != Style::Sentence) {
                return next.flags.has(Flags::FAMILY)
                    || !next.plain()
                        && lexicon::known(&next.key).is_empty()
                        && !next.flags.has(Flags::TITLE)
                        && self.evidence(k).small == 0;
            }
            if p.plain() {
                return !next.plain() || next.flags.has(Flags::ALSO_FAMILY);
            }
            return !(next.plain()
                && !next.flags.has(Flags::ALSO_FAMILY | Flags::FAMILY)
                && self.style != Style::Sentence
                && self.evidence(k + 1).inside == 0);
        }
        // "J. Vane", "J.K. Vane".
        if p.shape == Shape::Initial && !p.is("i") && !p.is("a") {
            let after_next = ps.get(k + 2).filter(|_| k + 2 < j);
            let family = if next.shape == Shape::Initial { after_next } else { Some(next) };
            if family.is_some_and(|f| f.shape == Shape::Cap && !f.plain()) {
                return true;
            }
        }
        // "Kim Geum-hyok", "Nguyen Van Minh".
        if p.flags.has(Flags::FAMILY_FIRST) && !p.plain() && next.shape == Shape::Cap && !next.plain() {
            let third = ps.get(k + 2).filter(|_| k + 2 < j);
            return next.key.contains('-')
                || third.is_none_or(|t| t.shape == Shape::Cap && t.key.len() <= 6)
                    && lexicon::known(&next.key).is_empty()
                    && !next.flags.has(Flags::ORG_END | Flags::PLACE_END);
        }
        if next.key.contains('-')
            && next.key.split('-').all(|s| (1..=6).contains(&s.len()))
            && p.key.len() <= 6
            && !p.plain()
            && lexicon::known(&p.key).is_empty()
            && next.shape == Shape::Cap
        {
            return true;
        }
        p.flags.has(Flags::CAPITAL_PARTICLE) && next.shape == Shape::Cap && p.key.starts_with("al") && !next.plain()
    }

    /// The piece after a person's name that starts at `k`.
    pub(super) fn person_end(&self, k: usize, j: usize) -> usize {
        let ps = self.ps;
        let mut end = k + 1;
        let mut words = 1;
        while end < j && words < 5 {
            let p = &ps[end];
            match p.shape {
                Shape::Lower if p.flags.has(Flags::PARTICLE) => end += 1,
                Shape::Quote => match (end + 1..j).find(|c| ps[*c].shape == Shape::Quote) {
                    Some(close) => end = close + 1,
                    None => break,
                },
                Shape::Cap | Shape::Upper | Shape::Initial => {
                    let suffix = p.flags.has(Flags::NAME_SUFFIX);
                    if p.flags.has(Flags::NO_NAME) && !suffix && !p.flags.is_given() {
                        break;
                    }
                    if self.known_at(end, j).is_some_and(|(n, x)| x.adjective && !p.flags.has(Flags::FAMILY | Flags::FAMILY_FIRST) || n > 1)
                    {
                        break;
                    }
                    if words >= 2
                        && (self.title_at(end, j).is_some() && !suffix || p.flags.has(Flags::ORG_END) && p.flags.has(Flags::COMMON))
                    {
                        break;
                    }
                    if words >= 2 && p.plain() && !suffix && !p.flags.has(Flags::ALSO_FAMILY) && p.shape != Shape::Initial {
                        break;
                    }
                    words += 1;
                    end += 1;
                }
                _ => break,
            }
        }
        // A name does not end in a particle.
        while end > k + 1 && ps[end - 1].shape == Shape::Lower {
            end -= 1;
        }
        end
    }
}
