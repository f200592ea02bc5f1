//! Within one version: a headline, standfirst or caption that says another value than the body.

use super::context::{Context, NO_WORD};
use super::draft::{Draft, Told, finish};
use super::mention::Mention;
use super::slots::frame;
use super::value::{self, Match, relate};
use super::{Finding, FindingKind, Relation, titles};
use crate::base::{PassageIx, VersionIx};
use crate::extract::{Detail, DetailKind, Qualifier, Value};
use crate::source::BlockKind;
use crate::text::Document;

/// Likeness of surroundings from which two values of one version are about the same thing. Higher than
/// between versions: an article may well give two figures.
const ALIKE: f32 = 1.2;

/// The name before an age in its sentence, if there is one.
fn whose<'d>(details: &'d [Detail], age: &Detail) -> std::borrow::Cow<'d, str> {
    let own = details.iter().rev().filter(|d| d.sentence == age.sentence && d.range.start < age.range.start);
    own.filter(|d| d.kind == DetailKind::Person)
        .find_map(|d| if let Value::Name(name) = &d.value { Some(name.as_str().into()) } else { None })
        .unwrap_or_default()
}

/// Ages: an article that gives one age in its headline and one other in its text, wherever that stands.
pub(super) fn ages(cx: &Context) -> Vec<Finding> {
    let mut out = Vec::new();
    for v in 0..cx.versions.len() {
        let version = VersionIx::from(v);
        let doc = &cx.version(version).document;
        let details = &cx.version(version).extract.details;
        let heads = |d: &Detail| matches!(doc.block_kind(d.sentence), BlockKind::Headline | BlockKind::Standfirst | BlockKind::Caption);
        let is_age = |d: &&Detail| d.kind == DetailKind::Age && matches!(d.value, Value::Number(_));
        if !details.iter().any(|d| is_age(&d) && heads(d)) {
            continue;
        }
        // A bare number between commas after a name is an age too: "Kim, 24, crossed".
        let body: Vec<&Detail> = details.iter().filter(|d| !heads(d) && (is_age(d) || is_bare_age(doc, d))).collect();
        for head in details.iter().filter(is_age).filter(|d| heads(d)) {
            let point = |d: &Detail| d.point().unwrap_or(f64::NAN);
            let Some(other) = body.first() else { continue };
            let one_value = body.iter().all(|d| point(d) == point(other));
            if !one_value
                || point(other) == point(head)
                || !head.qualifier.eq(&Qualifier::Exact)
                || (point(other) - point(head)).abs() > 10.0
            {
                continue;
            }
            let drafts: Vec<Draft> = [(head, "headline"), (*other, "text")]
                .iter()
                .map(|(d, place)| {
                    let mut draft = Draft::at(version, d.range);
                    draft.remark = Some((*place).into());
                    draft.interval = value::interval(d);
                    draft
                })
                .collect();
            let (h, b) = (drafts[0].words(cx), drafts[1].words(cx));
            let place = block_name(doc.block_kind(head.sentence));
            let why = format!("{} has {h} in the {place} and {b} in the text.", cx.outlet(version));
            let told = Told {
                kind: FindingKind::SelfContradiction,
                relation: Relation::Conflict,
                detail: Some(DetailKind::Age),
                passage: cx.passages_of[v].get(other.sentence.ix()).and_then(|p| p.first()).map(|&p| PassageIx(p)),
                title: titles::title("Age", &whose(details, other)),
                silent: Vec::new(),
                weight: 0.9,
            };
            out.push(finish(cx, told, drafts, |_| why));
        }
    }
    out
}

fn is_bare_age(doc: &Document, d: &Detail) -> bool {
    let tokens = doc.tokens_in(d.range);
    let comma = |t: Option<usize>| t.is_some_and(|t| t < doc.tokens.len() && doc.word(t) == ",");
    let plain = d.kind == DetailKind::Number && d.unit.is_none() && d.subject.is_none() && tokens.len() == 1;
    let named = tokens.start >= 2 && doc.word(tokens.start - 2).starts_with(char::is_uppercase);
    plain && named && comma(tokens.start.checked_sub(1)) && comma(Some(tokens.end)) && d.point().is_some_and(|x| (10.0..110.0).contains(&x))
}

/// Self-contradictions among the mentions of a passage.
pub(super) fn findings(cx: &Context, passage: PassageIx, mentions: &[Mention]) -> Vec<Finding> {
    let mut out = Vec::new();
    let block = |m: &Mention| cx.version(m.version).document.block_kind(m.sentence);
    let is_head = |m: &Mention| matches!(block(m), BlockKind::Headline | BlockKind::Standfirst | BlockKind::Caption);
    for own in mentions.chunk_by(|a, b| a.version == b.version) {
        for head in own.iter().filter(|m| is_head(m) && m.class.is_measured() && !m.found.quoted) {
            let body: Vec<&Mention> =
                own.iter().filter(|m| m.class == head.class && m.sentence != head.sentence && !is_head(m) && !m.found.quoted).collect();
            let best = body
                .iter()
                .filter(|m| relate(head, m) != Match::Apart)
                .max_by(|a, b| frame(head, a).total_cmp(&frame(head, b)).then(b.range.cmp(&a.range)));
            let Some(&best) = best else { continue };
            let counts_same = head.subject != NO_WORD && head.subject == best.subject;
            if relate(head, best) != Match::Conflict
                || frame(head, best) < ALIKE
                || !counts_same && head.class == super::mention::Class::Number
            {
                continue;
            }
            // Said as in the headline anywhere in the body, it is no contradiction.
            let version = cx.version(head.version);
            let held = version.extract.details.iter().any(|d| {
                let elsewhere = d.sentence != head.sentence;
                elsewhere && head.detail().is_some_and(|h| matches!(value::relate_details(h, d), Match::Same | Match::Compatible))
            });
            if held {
                continue;
            }
            let drafts: Vec<Draft> = [head, best]
                .iter()
                .map(|m| {
                    let mut d = Draft::at(m.version, m.range);
                    d.remark = Some(block_name(block(m)).into());
                    if let Some(detail) = m.detail() {
                        d.read_as = value::read_as(detail, &d.words(cx));
                        d.interval = value::interval(detail);
                    }
                    d
                })
                .collect();
            let (h, b) = (drafts[0].words(cx), drafts[1].words(cx));
            let told = Told {
                kind: FindingKind::SelfContradiction,
                relation: Relation::Conflict,
                detail: head.kind,
                passage: Some(passage),
                title: titles::of_mentions(cx, &[head, best]),
                silent: Vec::new(),
                weight: 0.92,
            };
            let why = format!("{} has {h} in the {} and {b} in the text.", cx.outlet(head.version), block_name(block(head)));
            out.push(finish(cx, told, drafts, |_| why));
        }
    }
    out
}

fn block_name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Headline => "headline",
        BlockKind::Standfirst => "standfirst",
        BlockKind::Caption => "caption",
        _ => "text",
    }
}
