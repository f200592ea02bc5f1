//! Wording: other words for the same, the faintest of findings.
//!
//! Each passage is read against its middle telling (the one whose words the others share most). What the
//! word diff leaves as replaced phrases becomes the readings: one a version or group of versions with the
//! same phrases. Details and quotes are left out, since they have findings of their own.

use super::context::{Context, NO_WORD};
use super::diff::{ChangeKind, words};
use super::draft::{Draft, Told, finish, one_line, shorten};
use super::{Finding, FindingKind, Relation, titles, why};
use crate::align::Passage;
use crate::base::{PassageIx, TextRange};

/// Most readings of one finding.
const READINGS: usize = 6;
/// Share of a telling in other words from which it counts as written anew.
const REWRITTEN: f32 = 0.4;
/// Members read; a passage of hundreds of versions has no more wordings worth reading.
const MEMBERS: usize = 40;

/// The wording finding of a passage, if its words differ.
pub(super) fn finding(cx: &Context, ix: PassageIx, passage: &Passage) -> Option<Finding> {
    if passage.members.len() < 2 {
        return None;
    }
    let members = &passage.members[..passage.members.len().min(MEMBERS)];
    let bags: Vec<Vec<u32>> = members.iter().map(|m| cx.content(m.version, &m.sentences)).collect();
    // Texts break ties, so that the middle telling does not depend on numbering.
    let text =
        |k: usize| members[k].sentences.iter().map(|&s| cx.version(members[k].version).document.sentence_text(s)).collect::<Vec<_>>();
    let shared = |a: &[u32], b: &[u32]| a.iter().filter(|x| b.binary_search(x).is_ok()).count() as f32 / a.len().max(b.len()).max(1) as f32;
    let closeness: Vec<f32> = bags.iter().map(|a| bags.iter().map(|b| shared(a, b)).sum()).collect();
    let middle = (0..members.len()).max_by(|&a, &b| closeness[a].total_cmp(&closeness[b]).then_with(|| text(b).cmp(&text(a))))?;
    let base = &members[middle];
    let base_doc = &cx.version(base.version).document;
    let mut base_ranges: Vec<TextRange> = Vec::new();
    let mut readings: Vec<(Vec<String>, Draft)> = Vec::new();
    for (k, member) in members.iter().enumerate() {
        if k == middle {
            continue;
        }
        let doc = &cx.version(member.version).document;
        let mut phrases = Vec::new();
        let mut ranges = Vec::new();
        let mut base_here = Vec::new();
        for change in words(base_doc, &base.sentences, doc, &member.sentences) {
            if let (ChangeKind::Replace, Some(a), Some(b)) = (change.kind, change.a, change.b)
                && worth(cx, base.version, a)
                && worth(cx, member.version, b)
            {
                base_here.push(a);
                ranges.push(b);
                phrases.push(one_line(cx.slice(member.version, b)));
            }
        }
        // A telling with few words in common was written anew: to mark all of it would tell nothing.
        let told: usize = member.sentences.iter().map(|&i| doc.sentences[i.ix()].range.len()).sum();
        let other: usize = ranges.iter().map(|r| r.len()).sum();
        if phrases.is_empty() || other as f32 > REWRITTEN * told as f32 {
            continue;
        }
        base_ranges.extend(base_here);
        let key: Vec<String> = phrases.iter().map(|p| p.to_lowercase()).collect();
        let at = readings.iter().position(|r| r.0 == key).unwrap_or_else(|| {
            let text = Some(shorten(&phrases.join(" … "), 120));
            readings.push((key, Draft { text, ..Draft::default() }));
            readings.len() - 1
        });
        for r in ranges {
            readings[at].1.push(member.version, r);
        }
    }
    if readings.is_empty() {
        return None;
    }
    base_ranges.sort_unstable();
    base_ranges.dedup();
    let mut own = Draft::default();
    let mut phrases: Vec<String> = Vec::new();
    for r in base_ranges {
        phrases.push(one_line(cx.slice(base.version, r)));
        own.push(base.version, r);
    }
    own.text = Some(shorten(&phrases.join(" … "), 120));
    readings.sort_by(|a, b| b.1.evidence.len().cmp(&a.1.evidence.len()).then_with(|| a.0.cmp(&b.0)));
    readings.truncate(READINGS - 1);
    let mut drafts: Vec<Draft> = readings.into_iter().map(|r| r.1).collect();
    drafts.push(own);
    let versions: Vec<_> = drafts.iter().flat_map(|d| d.versions()).collect();
    let told = Told {
        kind: FindingKind::Wording,
        relation: Relation::Same,
        detail: None,
        passage: Some(ix),
        title: titles::of_passage(cx, passage),
        silent: Vec::new(),
        weight: 0.02 + 0.02 * passage.score.clamp(0.0, 1.0),
    };
    Some(finish(cx, told, drafts, |_| format!("{} other words for the same.", why::who(cx, &versions, "uses", "use"))))
}

/// Whether a phrase is worth marking: it holds a content word outside quotation marks and details.
fn worth(cx: &Context, version: crate::base::VersionIx, range: TextRange) -> bool {
    let v = cx.version(version);
    let lex = cx.lex(version);
    let from = v.extract.details.partition_point(|d| d.range.end <= range.start);
    let held = |t: usize| {
        let r = v.document.tokens[t].range;
        v.extract.details[from.min(v.extract.details.len())..].iter().take_while(|d| d.range.start < range.end).any(|d| d.range.contains(r))
    };
    v.document.tokens_in(range).any(|t| lex.concept[t] != NO_WORD && !lex.function[t] && !lex.quoted[t] && !held(t))
}
