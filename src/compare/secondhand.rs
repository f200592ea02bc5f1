//! Second-hand reports: one version has from another outlet what others have from the source itself.
//!
//! "Sources in the country told Meridian Wire" names the same source as "sources in the country said", so
//! sources alone show no difference. What differs is who heard them: the outlet after the cue.

use super::attribution::{Named, Source, same_source, sources_of};
use super::context::{Context, entries};
use super::draft::{Draft, Told, finish};
use super::{Finding, FindingKind, Relation, titles, why};
use crate::align::Passage;
use crate::analysis::Version;
use crate::base::{PassageIx, TextRange};
use crate::extract::names::{NameRelation, fold, same_entity};
use crate::extract::{Quote, Value};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

static MEDIA: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| entries(include_str!("../../assets/lang/en/media-words.txt")).collect());

/// The finding of a passage that one version has through an outlet, and another from the same source directly.
pub(super) fn finding(cx: &Context, ix: PassageIx, passage: &Passage) -> Option<Finding> {
    if passage.members.len() < 2 {
        return None;
    }
    // Who spoke to the version's own outlet is neither.
    let mut heard: Vec<(Source, TextRange)> = Vec::new();
    let all = || passage.members.iter().flat_map(|member| sources_of(cx, member).map(|named| (member.version, named)));
    for (version, named) in all() {
        if let Some(hearer) = outlet(cx, named).filter(|h| !h.own) {
            heard.push((Source::of(cx, version, named), hearer.range));
        }
    }
    if heard.is_empty() {
        return None;
    }
    let mut direct: Vec<Source> =
        all().filter(|(_, named)| outlet(cx, named).is_none()).map(|(version, named)| Source::of(cx, version, named)).collect();
    direct.retain(|d| heard.iter().all(|(h, _)| h.version != d.version) && heard.iter().any(|(h, _)| same_source(cx, h, d)));
    if direct.is_empty() {
        return None;
    }
    let mut at_first_hand = Draft::default();
    direct.iter().for_each(|s| at_first_hand.push(s.version, s.range));
    let mut drafts: Vec<(&str, Draft)> = Vec::new();
    for (source, outlet) in &heard {
        let name = cx.slice(source.version, *outlet);
        match drafts.iter_mut().find(|(other, _)| same_entity(other, name) != NameRelation::Different) {
            Some((_, draft)) => draft.push(source.version, *outlet),
            None => drafts.push((name, Draft { remark: Some("second-hand".to_owned()), ..Draft::at(source.version, *outlet) })),
        }
    }
    let through = drafts.iter().map(|(name, d)| format!("{} from {name}", why::who(cx, &d.versions(), "has it", "have it")));
    let through = through.collect::<Vec<_>>().join(", ");
    let first_hand = why::who(cx, &at_first_hand.versions(), "names the source itself", "name the source themselves");
    let told = Told {
        kind: FindingKind::Attribution,
        relation: Relation::Compatible,
        detail: None,
        passage: Some(ix),
        title: titles::title("Source", &titles::topic_of_passage(cx, passage)),
        silent: Vec::new(),
        weight: 0.4,
    };
    let drafts = std::iter::once(at_first_hand).chain(drafts.into_iter().map(|d| d.1)).collect();
    Some(finish(cx, told, drafts, |_| format!("{through}; {first_hand}.")))
}

/// The outlet that a source spoke to.
fn outlet<'a>(cx: &Context, named: &'a Named) -> Option<&'a Hearer> {
    named.heard.as_ref().filter(|h| h.own || h.outlet || cx.outlets.contains(&h.name))
}

/// Whom a source spoke to, where that stands right after the cue: "told Meridian Wire".
#[derive(Debug)]
pub(super) struct Hearer {
    range: TextRange,
    /// As names are compared.
    name: String,
    /// It is the version's own outlet, which makes nothing second-hand.
    own: bool,
    /// It is an outlet by its name alone.
    outlet: bool,
}

/// Whom the source of reported speech spoke to, if they have a name.
pub(super) fn hearer(v: &Version, quote: &Quote) -> Option<Hearer> {
    let doc = &v.document;
    let mut next = doc.token_at(quote.cue?.range.end);
    if next < doc.tokens.len() && matches!(doc.folded(next), "the" | "a") {
        next += 1;
    }
    let start = doc.tokens.get(next)?.range.start;
    let from = v.extract.details.partition_point(|d| d.range.start < start);
    let named = v.extract.details[from..].iter().take_while(|d| d.range.start == start).find(|d| matches!(d.value, Value::Name(_)))?;
    let written = v.slice(named.range);
    let name = fold(written);
    let last = doc.tokens_in(named.range).next_back().map_or("", |t| doc.folded(t));
    let outlet = MEDIA.contains(last) || crate::source::agency_name(written).is_some();
    Some(Hearer { range: named.range, own: name == fold(v.outlet()), outlet, name })
}
