//! Within one version: a headline, standfirst or caption that says another value than the body.

use super::context::{Context, NO_WORD};
use super::draft::{Draft, Told, finish};
use super::mention::Mention;
use super::slots::frame;
use super::value::{self, Match, relate};
use super::{Finding, FindingKind, Relation, titles};
use crate::base::PassageIx;
use crate::source::BlockKind;

/// Likeness of surroundings from which two values of one version are about the same thing. Higher than
/// between versions: an article may well give two figures.
const ALIKE: f32 = 1.2;

/// Self-contradictions among the mentions of a passage.
pub(super) fn findings(cx: &Context, passage: PassageIx, mentions: &[Mention]) -> Vec<Finding> {
    let mut out = Vec::new();
    let block = |m: &Mention| cx.version(m.version).document.block_kind(m.sentence);
    let is_head = |m: &Mention| matches!(block(m), BlockKind::Headline | BlockKind::Standfirst | BlockKind::Caption);
    for own in mentions.chunk_by(|a, b| a.version == b.version) {
        for head in own.iter().filter(|m| is_head(m) && m.class.is_measured() && !m.quoted) {
            let body: Vec<&Mention> =
                own.iter().filter(|m| m.class == head.class && m.sentence != head.sentence && !is_head(m) && !m.quoted).collect();
            let best = body
                .iter()
                .filter(|m| relate(head, m) != Match::Apart)
                .max_by(|a, b| frame(cx, head, a).total_cmp(&frame(cx, head, b)).then(b.range.cmp(&a.range)));
            let Some(&best) = best else { continue };
            let counts_same = head.subject != NO_WORD && head.subject == best.subject;
            if relate(head, best) != Match::Conflict
                || frame(cx, head, best) < ALIKE
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
                detail: head.kind(),
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
