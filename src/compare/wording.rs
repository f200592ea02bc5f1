//! Wording: other words for the same, the faintest of findings.
//!
//! Each passage is read against its middle telling (the one whose words the others share most). What the
//! word diff leaves as replaced phrases becomes the readings: one a version or group of versions with the
//! same phrases. Details and quotes are left out, since they have findings of their own.

use super::context::{Context, NO_WORD};
use super::diff::{ChangeKind, words};
use super::draft::{Draft, Told, finish, line, shorten};
use super::{Finding, FindingKind, Relation, why};
use crate::align::{Member, Passage};
use crate::base::{PassageIx, SentenceIx, Serial, TextRange};
use crate::kept::{self, Memo};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::sync::Arc;

/// Most readings of one finding.
const READINGS: usize = 6;
/// Share of a telling in other words from which it counts as written anew.
const REWRITTEN: f32 = 0.4;
/// Members read; a passage of hundreds of versions has no more wordings worth reading.
const MEMBERS: usize = 32;

/// A version's part of a passage, whichever passage it is.
type Part = (Serial, SmallVec<[SentenceIx; 2]>);

/// What the word diff of two parts leaves as replaced phrases worth marking, in the one and in the other.
type Replaced = Arc<[(TextRange, TextRange)]>;

/// What is kept of word diffs from one run to the next: by the part that was read against others, these with what was left.
pub(super) type Kept = Memo<Part, Vec<(Part, Replaced)>>;

/// What the word diffs of one part and several others leave.
fn replaced<'m>(cx: &Context, a: &Member, others: impl Iterator<Item = &'m Member>, kept: &Kept) -> Vec<Replaced> {
    let part = |m: &Member| (cx.lex(m.version).id, m.sentences.iter().copied().collect());
    let own = part(a);
    let (known, mut next) = (kept.get(&own), 0);
    let between = |b: &Member| {
        let other = part(b);
        if let Some(known) = known.and_then(|row| kept::in_row(row, &other, &mut next)) {
            return (other, known.clone());
        }
        let documents = (&cx.version(a.version).document, &cx.version(b.version).document);
        let replaced = words(documents.0, &a.sentences, documents.1, &b.sentences).into_iter().filter_map(|change| {
            let both = change.a.zip(change.b).filter(|_| change.kind == ChangeKind::Replace);
            both.filter(|&(x, y)| worth(cx, a.version, x) && worth(cx, b.version, y))
        });
        (other, replaced.collect())
    };
    let (parts, all): (Vec<Part>, Vec<Replaced>) = others.map(between).unzip();
    kept.note([(own, parts.into_iter().zip(all.iter().cloned()).collect())]);
    all
}

/// The wording finding of a passage, if its words differ.
pub(super) fn finding(cx: &Context, ix: PassageIx, passage: &Passage, kept: &Kept) -> Option<Finding> {
    if passage.members.len() < 2 {
        return None;
    }
    let members = &passage.members[..passage.members.len().min(MEMBERS)];
    let bags: Vec<Cow<[u32]>> = members.iter().map(|m| cx.content(m.version, &m.sentences)).collect();
    // Texts break ties, so that the middle telling does not depend on numbering.
    let text =
        |k: usize| members[k].sentences.iter().map(|&s| cx.version(members[k].version).document.sentence_text(s)).collect::<Vec<_>>();
    let closeness = closeness(&bags);
    let middle = (0..members.len()).max_by(|&a, &b| closeness[a].total_cmp(&closeness[b]).then_with(|| text(b).cmp(&text(a))))?;
    let base = &members[middle];
    let mut base_ranges: Vec<TextRange> = Vec::new();
    let mut readings: Vec<(String, Draft)> = Vec::new();
    let others = || members.iter().enumerate().filter(|(k, _)| *k != middle).map(|(_, member)| member);
    for (member, replaced) in others().zip(replaced(cx, base, others(), kept)) {
        let doc = &cx.version(member.version).document;
        // A telling with few words in common was written anew: to mark all of it would tell nothing.
        let told: usize = member.sentences.iter().map(|&i| doc.sentences[i.ix()].range.len()).sum();
        let other: usize = replaced.iter().map(|r| r.1.len()).sum();
        if replaced.is_empty() || other as f32 > REWRITTEN * told as f32 {
            continue;
        }
        base_ranges.extend(replaced.iter().map(|r| r.0));
        let phrases: Vec<Cow<str>> = replaced.iter().map(|r| line(cx.slice(member.version, r.1))).collect();
        // What stands between them is lower than any letter, so that keys are in the order of the phrases.
        let key = phrases.join("\0").to_lowercase();
        let at = readings.iter().position(|r| r.0 == key).unwrap_or_else(|| {
            let text = Some(shorten(&phrases.join(" … "), 120));
            readings.push((key, Draft { text, ..Draft::default() }));
            readings.len() - 1
        });
        replaced.iter().for_each(|r| readings[at].1.push(member.version, r.1));
    }
    if readings.is_empty() {
        return None;
    }
    base_ranges.sort_unstable();
    base_ranges.dedup();
    let mut own = Draft::default();
    let mut phrases: Vec<Cow<str>> = Vec::new();
    for r in base_ranges {
        phrases.push(line(cx.slice(base.version, r)));
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
        title: cx.title(ix).to_owned(),
        silent: Vec::new(),
        weight: 0.02 + 0.02 * passage.score.clamp(0.0, 1.0),
    };
    Some(finish(cx, told, drafts, |_| format!("{} other words for the same.", why::who(cx, &versions, "uses", "use"))))
}

/// How many words each telling shares with the others, each by the length of the longer of the two. Counted by word, so that tellings
/// with nothing in common cost nothing.
fn closeness(bags: &[Cow<[u32]>]) -> Vec<f32> {
    // Word and telling in one number sort as a pair does, and sooner.
    let mut holders: Vec<u64> = Vec::with_capacity(bags.iter().map(|bag| bag.len()).sum());
    (0..).zip(bags).for_each(|(k, bag)| holders.extend(bag.iter().map(|w| u64::from(*w) << 32 | k)));
    holders.sort_unstable();
    let mut shared = vec![0u32; bags.len() * bags.len()];
    for word in holders.chunk_by(|x, y| x >> 32 == y >> 32) {
        for (i, a) in word.iter().enumerate() {
            let row = &mut shared[*a as u32 as usize * bags.len()..][..bags.len()];
            word[i..].iter().for_each(|b| row[*b as u32 as usize] += 1);
        }
    }
    for a in 0..bags.len() {
        (0..a).for_each(|b| shared[a * bags.len() + b] = shared[b * bags.len() + a]);
    }
    let of =
        |(a, row): (&Cow<[u32]>, &[u32])| row.iter().zip(bags).map(|(shared, b)| *shared as f32 / a.len().max(b.len()).max(1) as f32).sum();
    bags.iter().zip(shared.chunks(bags.len().max(1))).map(of).collect()
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
    v.document.tokens_in(range).any(|t| lex.concept()[t] != NO_WORD && !lex.function[t] && !lex.quoted[t] && !held(t))
}
