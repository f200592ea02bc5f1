//! Mentions: everything in a passage that can be said differently, each with what it is about.
//!
//! What a version says by itself is found once a version ([`super::found`]); here it is set beside what others say.

use super::context::{NO_WORD, Words};
use super::found::Found;
use super::numbered::About;
use crate::align::Passage;
use crate::base::{SentenceIx, TextRange, VersionIx, fnv};
use crate::extract::{Detail, DetailKind, Qualifier, Value};
use smallvec::SmallVec;
use std::ops::Range;
use std::sync::Arc;

/// What kind of value a mention has. Only mentions of one class are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Class {
    Number,
    Money,
    Percent,
    Age,
    Date,
    Time,
    Duration,
    /// Persons, organisations and places: one class, since sources are read with different certainty.
    Name,
    Thing,
}

impl Class {
    pub fn of(kind: DetailKind) -> Self {
        match kind {
            DetailKind::Number => Self::Number,
            DetailKind::Money => Self::Money,
            DetailKind::Percent => Self::Percent,
            DetailKind::Age => Self::Age,
            DetailKind::Date => Self::Date,
            DetailKind::Time => Self::Time,
            DetailKind::Duration => Self::Duration,
            DetailKind::Person | DetailKind::Organisation | DetailKind::Place => Self::Name,
        }
    }

    /// Whether values lie on a scale.
    pub fn is_measured(self) -> bool {
        !matches!(self, Self::Name | Self::Thing)
    }
}

/// Something in a passage that can be said differently.
#[derive(Clone, Debug)]
pub(super) struct Mention<'a> {
    pub version: VersionIx,
    pub sentence: SentenceIx,
    pub range: TextRange,
    /// Its tokens.
    tokens: Range<u32>,
    /// The text in which it stands.
    text: &'a str,
    /// The words as they stand, as a hash.
    pub form: u64,
    pub class: Class,
    /// The kind of the detail; `None` for things.
    pub kind: Option<DetailKind>,
    /// `None` for things.
    held: Option<Held<'a>>,
    /// What it says, as a hash: equal ones are said alike.
    pub says: u64,
    /// As its version alone has it; where one detail is read as two, as the whole is.
    pub found: &'a Found,
    /// What it is about, but for what is counted.
    pub about: &'a About,
    /// What is counted, as a concept that some version writes.
    pub subject: u32,
    /// The values of the nearest details before and after, within a few words.
    pub before: Option<&'a Value>,
    pub after: Option<&'a Value>,
    /// Content words around it with weights, sorted by concept.
    pub around: &'a [(u32, f32)],
    /// Place among the mentions of its class in its member, and how many there are.
    pub rank: u16,
    pub of: u16,
}

/// What a mention gives: its version's own detail, or, where one detail is read as two, half of it.
#[derive(Clone, Debug)]
enum Held<'a> {
    Own(&'a Detail),
    Half(Arc<Detail>),
}

impl<'a> Mention<'a> {
    /// The words as they stand.
    pub fn written(&self) -> &'a str {
        self.range.of(self.text)
    }

    /// Its tokens.
    pub fn tokens(&self) -> Range<usize> {
        self.tokens.start as usize..self.tokens.end as usize
    }

    pub fn key(&self) -> (u32, u32, u32) {
        (self.version.0, self.range.start, self.range.end)
    }

    pub fn detail(&self) -> Option<&Detail> {
        match self.held.as_ref()? {
            Held::Own(detail) => Some(detail),
            Held::Half(detail) => Some(detail),
        }
    }

    pub fn name(&self) -> Option<&str> {
        match self.detail().map(|d| &d.value) {
            Some(Value::Name(name)) => Some(name),
            _ => None,
        }
    }
}

/// How many mentions of a class and kind there are.
type Counted = ((Class, Option<DetailKind>), u16);

/// All mentions of a passage, by version, then place.
pub(super) fn mentions<'a>(cx: &'a Words<'a>, passage: &Passage) -> Vec<Mention<'a>> {
    let found_in = |version, sentence| cx.lex(version).found_in(sentence);
    let count = passage.members.iter().flat_map(|m| m.sentences.iter().map(|&s| found_in(m.version, s).len())).sum();
    let mut out = Vec::with_capacity(count);
    for member in &passage.members {
        for &sentence in &member.sentences {
            out.extend(found_in(member.version, sentence).map(|(found, about)| placed(cx, member.version, sentence, found, about)));
        }
    }
    let mut out = split_scores(cx, out);
    // Ranks by class; persons, organisations and places are counted apart.
    for own in out.chunk_by_mut(|a, b| a.version == b.version) {
        // One version tells few kinds of things in a passage: a list is quicker than a map.
        let mut counts: SmallVec<[Counted; 8]> = SmallVec::new();
        for m in own.iter_mut() {
            let kind = (m.class, m.kind);
            match counts.iter_mut().find(|c| c.0 == kind) {
                Some((_, n)) => {
                    m.rank = *n;
                    *n += 1;
                }
                None => counts.push((kind, 1)),
            }
        }
        for m in own {
            m.of = counts.iter().find(|c| c.0 == (m.class, m.kind)).map_or(0, |c| c.1);
        }
    }
    out
}

/// "47 to 52" is a range in one sentence and a score in another. Where another version gives one of the
/// two as a number of its own, it is read as two numbers.
fn split_scores<'a>(cx: &'a Words<'a>, mentions: Vec<Mention<'a>>) -> Vec<Mention<'a>> {
    let is_range = |m: &Mention| m.class == Class::Number && matches!(m.detail().map(|d| &d.value), Some(Value::Range(..)));
    if !mentions.iter().any(is_range) {
        return mentions;
    }
    let singles: Vec<(VersionIx, f64)> = mentions
        .iter()
        .filter(|m| m.class == Class::Number)
        .filter_map(|m| match m.detail()?.value {
            Value::Number(x) => Some((m.version, x)),
            _ => None,
        })
        .collect();
    // What is a score in one version is one in all.
    let meets = |m: &Mention| match m.detail().map(|d| &d.value) {
        Some(Value::Range(low, high)) => singles.iter().any(|&(v, x)| v != m.version && (x == *low || x == *high)),
        _ => false,
    };
    if !mentions.iter().any(|m| m.class == Class::Number && meets(m)) {
        return mentions;
    }
    let mut out = Vec::with_capacity(mentions.len());
    for m in mentions {
        match halves(cx, &m) {
            Some(two) => out.extend(two),
            None => out.push(m),
        }
    }
    out
}

fn halves<'a>(cx: &'a Words<'a>, m: &Mention<'a>) -> Option<[Mention<'a>; 2]> {
    let detail = m.detail().filter(|_| m.class == Class::Number)?;
    let Value::Range(low, high) = detail.value else { return None };
    let doc = &cx.version(m.version).document;
    let tokens = m.tokens();
    let joint = tokens.clone().find(|&t| matches!(doc.folded(t), "to" | "-" | "–"))?;
    if joint == tokens.start || joint + 1 >= tokens.end {
        return None;
    }
    let cover = |r: Range<usize>| doc.tokens[r.start].range.cover(doc.tokens[r.end - 1].range);
    let (first, second) = (tokens.start..joint, joint + 1..tokens.end);
    let (a, b) = (cover(first.clone()), cover(second.clone()));
    // Ranges are kept low end first; a score in digits says itself which stood first.
    let first_is_high = cx.slice(m.version, a).replace(',', "").parse::<f64>().is_ok_and(|x| x == high)
        || cx.slice(m.version, b).replace(',', "").parse::<f64>().is_ok_and(|x| x == low);
    let (x, y) = if first_is_high { (high, low) } else { (low, high) };
    let half = |tokens: Range<usize>, range: TextRange, value: f64| {
        let mut out = m.clone();
        out.range = range;
        out.tokens = tokens.start as u32..tokens.end as u32;
        out.form = fnv(out.written().as_bytes());
        // As a score it is said alike wherever it stands.
        out.says = fnv(format!("{value:?} {:?}", (&detail.unit, detail.kind)).as_bytes());
        out.held = Some(Held::Half(Arc::new(Detail { range, value: Value::Number(value), qualifier: Qualifier::Exact, ..detail.clone() })));
        out
    };
    Some([half(first, a, x), half(second, b, y)])
}

/// What a version alone has, beside others.
fn placed<'a>(cx: &'a Words<'a>, version: VersionIx, sentence: SentenceIx, found: &'a Found, about: &'a About) -> Mention<'a> {
    let lex = cx.lex(version);
    let v = cx.version(version);
    let details = &v.extract.details;
    let value = |at: Option<u32>| at.map(|at| &details[at as usize].value);
    Mention {
        version,
        sentence,
        range: found.range,
        tokens: found.tokens.clone(),
        text: &v.document.text,
        form: found.form,
        class: found.class,
        kind: found.kind,
        held: found.detail.map(|at| Held::Own(&details[at as usize])),
        says: found.says,
        found,
        about,
        subject: if cx.is_written(about.subject) { about.subject } else { NO_WORD },
        before: value(found.before),
        after: value(found.after),
        around: &lex.around[found.around.start as usize..found.around.end as usize],
        rank: 0,
        of: 0,
    }
}
