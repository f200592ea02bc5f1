//! From the pieces of one sentence to its mentions, before the article is known as a whole.
//!
//! A run of capitals, with the small words that may stand inside names, is cut from left to right: known
//! phrases of the tables first, then titles with the person after them, then given names with what follows,
//! then what the last or first word says of the whole. What is left is *weak*: a mention that only the rest
//! of the article can settle.

use super::lexicon::{self, Flags, Gender, Known, KnownKind};
use super::pieces::{Piece, Shape, Style};
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

impl<'a> Finder<'_, 'a> {
    /// Whether a run may start here.
    fn starts(&self, i: usize) -> bool {
        let p = &self.ps[i];
        p.capital() && self.keeps(i, i)
    }

    /// Whether the piece may be a word of a name, in the way this sentence uses capitals.
    fn keeps(&self, from: usize, i: usize) -> bool {
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

    fn evidence(&self, i: usize) -> Evidence {
        self.words.get(self.ps[i].key.as_ref()).copied().unwrap_or_default()
    }

    /// The piece after a run that starts at `i`.
    fn run_end(&self, i: usize) -> usize {
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
                Shape::Quote => match self.nickname_end(i, j) {
                    Some(at) => j = at,
                    None => break,
                },
                _ => break,
            }
        }
        j.min(ps.len())
    }

    /// "Department of Health *and Human Services*": plain words on both sides.
    fn listed(&self, and: usize) -> bool {
        self.ps[and - 1].plain() && self.ps[and + 1].plain() && !self.ps[and + 1].flags.has(Flags::TITLE)
    }

    /// "Food *and* Drug Administration": one plain word before, the end of an organisation after.
    fn joins(&self, from: usize, and: usize) -> bool {
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
    fn nickname_end(&self, from: usize, open: usize) -> Option<usize> {
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
    fn known_at(&self, k: usize, limit: usize) -> Option<(usize, &'static Known)> {
        let first = &self.ps[k];
        let mut most = lexicon::known_len(&first.key);
        if first.shape == Shape::Lower || most == 0 {
            return None;
        }
        // "St. Kitts' " and the like have a mark inside.
        most = (most + 1).min(limit - k);
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
            if p.tail && n < most {
                most = n;
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
    fn title_at(&self, k: usize, limit: usize) -> Option<(usize, lexicon::Title)> {
        if !self.ps[k].flags.has(Flags::TITLE_START) {
            return None;
        }
        let mut phrase = String::new();
        let mut best = None;
        for n in 1..=limit.saturating_sub(k).min(4) {
            let p = &self.ps[k + n - 1];
            if !p.is_word() {
                break;
            }
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
                if p.flags.has(Flags::FUNCTION) && !(p.flags.is_given() && k + 1 < j && !ps[k + 1].plain() && !p.initial) {
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
            if let Some((n, title)) =
                title.or(role.then_some((1, lexicon::Title { gender: lexicon::role(&p.key).flatten(), office: true })))
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
                    if self.title_at(k, j).is_some() || self.known_at(k, j).is_some_and(|(n, x)| x.adjective && k + n < j) {
                        forced = true;
                        continue;
                    }
                    let end = self.person_end(k, j, true);
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
                let end = self.person_end(k, j, false);
                let rule = if forced { "person-role" } else { "person-given" };
                self.person(k, end, rule, subject.take(), None);
                (k, forced) = (end, false);
                continue;
            }
            if forced && !p.plain() {
                let end = self.person_end(k, j, true);
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

    /// What the words of `[k, j)` say the whole is: outer `None` nothing, inner `None` a thing of another kind.
    fn whole_kind(&self, k: usize, j: usize) -> Option<Option<DetailKind>> {
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
            if head.flags.has(Flags::ORG_HEAD) && !(head.flags.has(Flags::PLACE_HEAD) && !head.flags.has(Flags::ORG_END)) {
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

    fn ends_whole(&self, k: usize, j: usize) -> bool {
        self.whole_kind(k, j).is_some() && !(self.person_starts(k, j) && self.also_person(k, j))
    }

    /// Whether a run that ends like an organisation or place is a person all the same: "Jo Banks".
    fn also_person(&self, k: usize, j: usize) -> bool {
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
    fn person_starts(&self, k: usize, j: usize) -> bool {
        let ps = self.ps;
        let p = &ps[k];
        if !p.capital() || p.tail || p.flags.has(Flags::FUNCTION) && p.initial {
            return false;
        }
        let Some(next) = ps.get(k + 1).filter(|_| k + 1 < j) else { return false };
        let next_fits = |n: &Piece<'_>| {
            n.capital() && !n.flags.has(Flags::NO_NAME) && !(n.flags.has(Flags::FUNCTION) && !n.flags.is_given())
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
    fn person_end(&self, k: usize, j: usize, forced: bool) -> usize {
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
        let _ = forced;
        end
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

    /// What stands around `[k, end)`: votes, the land after a comma, letters in brackets, a role.
    fn around(&self, k: usize, end: usize, m: &mut Mention) {
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
    fn role_before(&self, i: usize) -> Option<String> {
        let ps = self.ps;
        let b = i.checked_sub(1)?;
        let p = &ps[b];
        if p.shape != Shape::Lower || !p.flags.has(Flags::ROLE | Flags::TITLE) || self.style != Style::Sentence {
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
    fn role_after(&self, end: usize) -> Option<String> {
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
