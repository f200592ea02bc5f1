//! From the pieces of one sentence to its mentions, before the article is known as a whole.
//!
//! A run of capitals, with the small words that may stand inside names, is cut from left to right: known
//! phrases of the tables first, then titles with the person after them, then given names with what follows,
//! then what the last or first word says of the whole. What is left is *weak*: a mention that only the rest
//! of the article can settle.

use super::lexicon::{self, Flags, Gender, Known, KnownKind};
use super::pieces::{Piece, Shape, Style};

mod context;
mod readings;
mod runs;

use crate::base::SentenceIx;
use crate::extract::DetailKind;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// The most words that one name may have.
const LONGEST_NAME: usize = 9;

/// What the article as a whole says of a word that is written with a capital somewhere.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    /// With a capital where only names have one.
    pub inside: u32,
    /// With a capital that says nothing.
    pub initial: u32,
    /// In small letters.
    pub small: u32,
}

/// Evidence by folded word.
pub(super) type Words<'a> = FxHashMap<std::borrow::Cow<'a, str>, Evidence>;

/// One mention of a name.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub start: u32,
    pub end: u32,
    /// Folded words without full stops, small ones included.
    pub words: SmallVec<[String; 4]>,
    /// `None` while unsettled.
    pub kind: Option<DetailKind>,
    pub rule: &'static str,
    /// Title, office or role beside it.
    pub subject: Option<String>,
    pub gender: Option<Gender>,
    pub sentence: SentenceIx,
    /// What a table calls it.
    pub known: Option<&'static Known>,
    /// "Texas" of "Austin, Texas", as the tables call it.
    pub inside: Option<&'static str>,
    /// Where the part before that comma ends.
    pub head_end: u32,
    /// The letters in brackets after it.
    pub acronym: Option<String>,
    /// Points for person, organisation, place by what stands around it.
    pub votes: [i16; 3],
    /// Its capital says nothing.
    pub initial: bool,
    /// All words are common ones.
    pub plain: bool,
    /// Its last word can name a team or body: "Saints", "Post".
    pub body_word: bool,
    /// Its last word is a title or role, which a capital does not make a name.
    pub office: bool,
    pub style: Style,
}

struct Finder<'p, 'a> {
    ps: &'p [Piece<'a>],
    words: &'p Words<'a>,
    style: Style,
    sentence: SentenceIx,
    out: &'p mut Vec<Mention>,
}

/// Adds the mentions of one sentence to `out`.
pub(super) fn mentions<'a>(ps: &[Piece<'a>], words: &Words<'a>, style: Style, sentence: SentenceIx, out: &mut Vec<Mention>) {
    let mut finder = Finder { ps, words, style, sentence, out };
    let mut i = 0;
    while i < ps.len() {
        if !finder.starts(i) {
            i += 1;
            continue;
        }
        let j = finder.run_end(i);
        i = finder.cut(i, j).max(i + 1);
    }
}

impl Finder<'_, '_> {
    /// Cuts the run `[i, j)` into mentions; the piece to go on from.
    fn cut(&mut self, i: usize, j: usize) -> usize {
        let ps = self.ps;
        let mut k = i;
        let mut subject = self.role_before(i);
        let mut forced = subject.is_some();
        while k < j {
            let p = &ps[k];
            if !p.capital() {
                k += 1;
                continue;
            }
            let known = self.known_at(k, ps.len().min(k + LONGEST_NAME));
            if known.is_none_or(|(n, _)| n == 1) {
                if p.flags.has(Flags::NO_NAME) && !p.flags.is_given() {
                    (k, subject, forced) = (k + 1, None, false);
                    continue;
                }
                let given = p.flags.is_given() && !p.initial && k + 1 < j && !ps[k + 1].plain();
                if p.flags.has(Flags::FUNCTION) && !given {
                    k += 1;
                    continue;
                }
            }
            // A role with a capital before a person: "Striker Jo Vane" at the start of a sentence.
            let title = self.title_at(k, j);
            let role = title.is_none()
                && p.flags.has(Flags::ROLE)
                && !p.flags.is_given()
                && k + 1 < j
                && ps[k + 1].capital()
                && (p.initial || self.style != Style::Sentence);
            let whole_org = self.whole_kind(k, j);
            // "In St. Tarmel" is a town, "St. Tarmel preached" is none.
            let town = p.flags.has(Flags::PLACE_PREFIX)
                && whole_org == Some(Some(DetailKind::Place))
                && k.checked_sub(1).is_some_and(|b| ps[b].flags.has(Flags::AT) && ps[b].shape == Shape::Lower);
            if let Some((n, title)) =
                title.filter(|_| !town).or(role.then_some((1, lexicon::Title { gender: lexicon::role(&p.key).flatten(), office: true })))
                && known.is_none_or(|(m, x)| m <= n && (m < n || x.kind != KnownKind::Organisation || k + n < j))
            {
                let rest = k + n;
                let abbreviated = p.key.len() <= 4 && !p.flags.has(Flags::COMMON);
                let taken_by_org =
                    !abbreviated && rest < j && whole_org.is_some() && self.known_at(rest, j).is_none_or(|(m, _)| rest + m < j);
                let institution =
                    !abbreviated && rest < j && j - rest == 1 && whole_org.is_some() && !ps[rest].flags.has(Flags::ALSO_FAMILY);
                if rest >= j || ps[rest..j].iter().all(|q| !q.capital()) {
                    k = rest;
                    continue;
                }
                if !(institution || taken_by_org && !self.person_starts(rest, j)) {
                    let phrase: SmallVec<[&str; 4]> = ps[k..rest].iter().map(|q| q.key.as_ref()).collect();
                    if title.office {
                        let phrase = phrase.join(" ");
                        subject = Some(match subject.take() {
                            Some(before) if !before.contains(&phrase) => format!("{before} {phrase}"),
                            _ => phrase,
                        });
                    }
                    let gender = title.gender;
                    k = rest;
                    while k < j && !ps[k].capital() {
                        k += 1;
                    }
                    // Titles follow each other ("Prof Sir"), a land may stand between.
                    if self.title_at(k, j).is_some_and(|(n, _)| k + n < j && ps[k + n].capital())
                        || self.known_at(k, j).is_some_and(|(n, x)| x.adjective && k + n < j)
                    {
                        forced = true;
                        continue;
                    }
                    let end = self.person_end(k, j);
                    self.person(k, end, "person-title", subject.take(), gender);
                    (k, forced) = (end, false);
                    continue;
                }
            }
            if let Some((n, x)) = known {
                let end = k + n;
                if let Some(to) = self.known_in_run(k, end, j, x, &mut subject, forced) {
                    k = to;
                    forced = forced && x.adjective;
                    continue;
                }
            }
            if let Some(kind) = whole_org
                && !(self.person_starts(k, j) && self.also_person(k, j))
            {
                if let Some(kind) = kind {
                    let rule = if kind == DetailKind::Place { "place-ending" } else { "organisation-ending" };
                    self.push(k, j, Some(kind), rule);
                }
                (k, subject, forced) = (j, None, false);
                continue;
            }
            if self.person_starts(k, j) {
                let end = self.person_end(k, j);
                let rule = if forced { "person-role" } else { "person-given" };
                self.person(k, end, rule, subject.take(), None);
                (k, forced) = (end, false);
                continue;
            }
            if forced && !p.plain() {
                let end = self.person_end(k, j);
                self.person(k, end, "person-role", subject.take(), None);
                (k, forced) = (end, false);
                continue;
            }
            // What is left of the run, up to something known.
            let mut end = k + 1;
            while end < j
                && ps[end].capital()
                && !(ps[end].flags.has(Flags::NO_NAME))
                && !self.person_starts(end, j)
                && self.known_at(end, j).is_none_or(|(n, x)| n == 1 && !x.adjective && x.kind == KnownKind::City)
            {
                end += 1;
            }
            while end < j && !ps[end].capital() && end + 1 < j && !ps[end].flags.has(Flags::PARTICLE) {
                end += 2;
            }
            self.unknown(k, end.min(j));
            (k, subject, forced) = (end, None, false);
        }
        j
    }

    /// A known phrase `[k, end)` in a run that ends at `j`: emits it, or the name it is a part of.
    /// The piece to go on from; `None` to let the other rules look at it.
    fn known_in_run(
        &mut self,
        k: usize,
        end: usize,
        j: usize,
        x: &'static Known,
        subject: &mut Option<String>,
        forced: bool,
    ) -> Option<usize> {
        let ps = self.ps;
        let p = &ps[k];
        let single = end == k + 1;
        let initial_plain = single && p.plain() && (p.initial || self.style != Style::Sentence) && !x.adjective;
        if initial_plain && self.evidence(k).inside == 0 && !(end < j && self.style == Style::Sentence) {
            return Some(if self.style == Style::Sentence && j > end { k + 1 } else { end });
        }
        // "Jordan Vane", "Austin Marsh": a given name that is also a place.
        if single && p.flags.is_given() && !x.adjective && (end < j || forced) && self.person_starts(k, j) && !self.ends_whole(k, j) {
            return None;
        }
        if single && p.flags.has(Flags::FAMILY) && forced {
            return None;
        }
        if end >= j {
            let kind = if x.kind == KnownKind::Organisation { DetailKind::Organisation } else { DetailKind::Place };
            let rule = match (kind, x.adjective) {
                (DetailKind::Organisation, _) => "organisation-known",
                (_, true) => "place-adjective",
                _ => "place-known",
            };
            self.push_known(k, end, kind, rule, x);
            return Some(end.max(j));
        }
        // More follows: a name that starts with a land or town, or two things side by side.
        if self.style != Style::Sentence
            && kind_is_place(x)
            && (end + 1..j).any(|i| self.known_at(i, j).is_some_and(|(_, y)| kind_is_place(y)))
        {
            self.push_known(k, end, DetailKind::Place, if x.adjective { "place-adjective" } else { "place-known" }, x);
            return Some(end);
        }
        let rest_known = self.known_at(end, j);
        let rest_is_person =
            self.title_at(end, j).is_some() && !self.ends_whole(end, j) || self.person_starts(end, j) && !self.ends_whole(k, j);
        let kind = if x.kind == KnownKind::Organisation { DetailKind::Organisation } else { DetailKind::Place };
        let rule = match (kind, x.adjective) {
            (DetailKind::Organisation, _) => "organisation-known",
            (_, true) => "place-adjective",
            _ => "place-known",
        };
        if rest_is_person
            || rest_known.is_some_and(|(n, y)| {
                end + n >= j && (y.kind != KnownKind::Organisation || x.adjective || kind == DetailKind::Organisation)
            })
            || ps[end].flags.has(Flags::NO_NAME)
        {
            self.push_known(k, end, kind, rule, x);
            return Some(end);
        }
        if kind == DetailKind::Organisation {
            // "Apple Inc", "Kraft Foods Group"; else the organisation and something of it.
            match self.whole_kind(k, j) {
                Some(Some(whole)) => {
                    self.push(k, j, Some(whole), "organisation-ending");
                    return Some(j);
                }
                _ => {
                    self.push_known(k, end, kind, rule, x);
                    return Some(if single || self.style == Style::Sentence { self.skip_things(end, j) } else { end });
                }
            }
        }
        match self.whole_kind(k, j) {
            Some(Some(whole)) => {
                let rule = if whole == DetailKind::Place { "place-ending" } else { "organisation-ending" };
                self.push(k, j, Some(whole), rule);
                Some(j)
            }
            Some(None) if x.adjective => Some(j),
            Some(None) => {
                self.push_known(k, end, kind, rule, x);
                Some(j)
            }
            None if x.adjective || self.style != Style::Sentence => {
                self.push_known(k, end, kind, rule, x);
                *subject = None;
                Some(end)
            }
            None => {
                // "Boston Gazetta": one name, of a body rather than a place.
                if ps[end..j].iter().all(|q| q.plain() || q.flags.has(Flags::ROLE | Flags::TITLE)) {
                    self.push_known(k, end, kind, rule, x);
                    return Some(self.skip_things(end, j));
                }
                self.push(k, j, Some(DetailKind::Organisation), "organisation-place");
                Some(j)
            }
        }
    }

    /// Plain capitals after an organisation name no second one: "Apple Store", "Facebook Live".
    fn skip_things(&self, mut k: usize, j: usize) -> usize {
        while k < j && (self.ps[k].plain() || !self.ps[k].capital()) && self.title_at(k, j).is_none() {
            k += 1;
        }
        k
    }

    /// The rest of a run that no rule knows.
    fn unknown(&mut self, k: usize, j: usize) {
        let ps = self.ps;
        let (mut k, mut j) = (k, j);
        while j > k && !ps[j - 1].capital() {
            j -= 1;
        }
        if k >= j {
            return;
        }
        if let Some(kind) = self.whole_kind(k, j) {
            if let Some(kind) = kind {
                let rule = if kind == DetailKind::Place { "place-ending" } else { "organisation-ending" };
                self.push(k, j, Some(kind), rule);
            }
            return;
        }
        // At the start of a sentence a plain word before others is none of the name.
        if j - k >= 2 && ps[k].initial && ps[k].plain() && self.evidence(k).inside == 0 && !ps[k + 1].plain() {
            k += 1;
            while k < j && !ps[k].capital() {
                k += 1;
            }
        }
        if k < j {
            self.push(k, j, None, "unsettled");
        }
    }

    fn person(&mut self, k: usize, end: usize, rule: &'static str, subject: Option<String>, gender: Option<Gender>) {
        if k >= end {
            return;
        }
        let at = self.out.len();
        self.push(k, end, Some(DetailKind::Person), rule);
        if let Some(m) = self.out.get_mut(at) {
            m.subject = subject.or(m.subject.take());
            m.gender = gender.or(m.gender);
        }
    }

    fn push_known(&mut self, k: usize, end: usize, kind: DetailKind, rule: &'static str, known: &'static Known) {
        self.push_mention(k, end, Some(kind), rule, Some(known));
    }

    fn push(&mut self, k: usize, end: usize, kind: Option<DetailKind>, rule: &'static str) {
        self.push_mention(k, end, kind, rule, None);
    }

    fn push_mention(&mut self, k: usize, end: usize, kind: Option<DetailKind>, rule: &'static str, known: Option<&'static Known>) {
        let ps = self.ps;
        let mut to = end;
        // A legal form or "Jr" after a comma belongs to the name.
        if ps.get(end).is_some_and(|p| p.is(","))
            && let Some(after) = ps.get(end + 1)
            && after.capital()
        {
            let legal = after.flags.has(Flags::LEGAL_FORM) && kind != Some(DetailKind::Place);
            let suffix = after.flags.has(Flags::NAME_SUFFIX) && kind == Some(DetailKind::Person);
            if legal || suffix {
                to = end + 2;
            }
        }
        let words: SmallVec<[String; 4]> = ps[k..end].iter().filter(|p| p.is_word() || p.is("&")).map(|p| p.key.to_string()).collect();
        let mut mention = Mention {
            start: ps[k].start,
            end: ps[to - 1].end,
            kind,
            rule,
            subject: None,
            gender: None,
            sentence: self.sentence,
            known,
            inside: None,
            head_end: ps[end - 1].end,
            acronym: None,
            votes: [0; 3],
            initial: ps[k].initial || self.style != Style::Sentence,
            plain: ps[k..end].iter().all(|p| p.plain() || !p.capital()),
            body_word: ps[end - 1].flags.has(Flags::ORG_END),
            office: ps[end - 1].flags.has(Flags::TITLE | Flags::ROLE) && !ps[end - 1].flags.is_given(),
            style: self.style,
            words,
        };
        self.around(k, to, &mut mention);
        self.out.push(mention);
    }
}

fn kind_is_place(known: &Known) -> bool {
    known.kind != KnownKind::Organisation
}
