//! Findings on quotes: what each version kept, cut and changed of the same words, who is said to have
//! said them, and with or without marks.
//!
//! An utterance gives one finding on its words. Its readings are the different wordings; the fullest one
//! inside marks is what the others are read against, and each reading's remark says what it cut, changed
//! or told indirectly. Case, marks and end punctuation make no difference.

use super::context::{Context, NO_WORD, details_at};
use super::diff::{ChangeKind, steps};
use super::draft::{Draft, Told, common, finish, shorten};
use super::utterance::{Part, Telling, Utterance};
use super::{Finding, FindingKind, Relation, titles, verbs, why};
use crate::base::{PassageIx, SentenceIx, TextRange, VersionIx};
use crate::extract::names::{NameRelation, same_entity};
use crate::extract::{DetailKind, QuoteKind};
use crate::text::Document;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// A wording of an utterance.
struct Wording<'a> {
    words: Vec<&'a str>,
    /// Whether other words stand between its parts.
    broken: bool,
    tellings: Vec<&'a Telling>,
    /// Whether a version tells it inside marks.
    marked: bool,
}

/// The findings of one utterance.
pub(super) fn findings(cx: &Context, utterance: &Utterance) -> Vec<Finding> {
    let mut out = Vec::new();
    let (marked, reported): (Vec<Telling>, Vec<Telling>) =
        utterance.tellings.iter().cloned().partition(|t| t.parts.iter().any(|p| p.marked));
    // Equal words without marks stand with those that have them: they differ in their marks alone.
    let quoted: FxHashSet<Vec<&str>> = marked.iter().map(|t| folded_words(cx, t)).collect();
    let (equal, reported): (Vec<Telling>, Vec<Telling>) = reported.into_iter().partition(|t| quoted.contains(&folded_words(cx, t)));
    out.extend(indirect_finding(cx, utterance, &marked, &reported));
    let mut tellings: Vec<Telling> = marked.into_iter().chain(equal).collect();
    tellings.sort_by_key(|t| t.version);
    out.extend(words_finding(cx, &Utterance { tellings }));
    let speakers = speaker_findings(cx, utterance);
    if speakers.is_empty() {
        let fullest = || utterance.tellings.iter().map(|t| spoken(cx, t)).max_by_key(|s| (s.chars().count(), std::cmp::Reverse(s.clone())));
        let title = || titles::title("Verb", &title(cx, utterance, &fullest().unwrap_or_default()));
        out.extend(verbs::finding(cx, utterance, title, 0.34));
    }
    out.extend(speakers);
    out
}

/// Words in marks in some versions, reported speech in others: one reading for all that have marks, one for
/// each wording without. `reported` are those whose words no version has in marks.
fn indirect_finding(cx: &Context, utterance: &Utterance, marked: &[Telling], reported: &[Telling]) -> Option<Finding> {
    if marked.is_empty() || reported.is_empty() {
        return None;
    }
    let mut readings: Vec<(Vec<&str>, Draft)> = Vec::new();
    for t in reported {
        let words = folded_words(cx, t);
        let at = readings.iter().position(|r| r.0 == words).unwrap_or_else(|| {
            readings.push((words, Draft { remark: Some("told indirectly".into()), ..Draft::default() }));
            readings.len() - 1
        });
        for r in ranges(t) {
            readings[at].1.push(t.version, r);
        }
    }
    let mut in_marks = Draft { remark: Some("in quotation marks".into()), ..Draft::default() };
    for t in marked {
        for r in ranges(t) {
            in_marks.push(t.version, r);
        }
    }
    in_marks.text = marked.iter().map(|t| spoken(cx, t)).max_by(|a, b| a.chars().count().cmp(&b.chars().count()).then(b.cmp(a)));
    let told = Told {
        kind: FindingKind::QuoteIndirect,
        relation: Relation::Compatible,
        detail: None,
        passage: passage_of(cx, utterance),
        title: title(cx, utterance, in_marks.text.as_deref().unwrap_or("")),
        silent: Vec::new(),
        weight: 0.36,
    };
    let (m, r): (Vec<VersionIx>, Vec<VersionIx>) = (in_marks.versions(), readings.iter().flat_map(|x| x.1.versions()).collect());
    let mut drafts = vec![in_marks];
    drafts.extend(readings.into_iter().map(|r| r.1));
    let why = format!("{} the words in marks; {} it without.", why::who(cx, &m, "has", "have"), why::who(cx, &r, "tells", "tell"));
    Some(finish(cx, told, drafts, |_| why))
}

/// The passage that most of an utterance's quotes stand in.
pub(super) fn passage_of(cx: &Context, utterance: &Utterance) -> Option<PassageIx> {
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    for t in &utterance.tellings {
        for s in t.parts.iter().map(|p| p.sentence) {
            for &p in cx.passages_of[t.version.ix()].get(s.ix()).into_iter().flatten() {
                *counts.entry(p).or_default() += 1;
            }
        }
    }
    counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(p, _)| PassageIx(p))
}

fn ranges(t: &Telling) -> impl Iterator<Item = TextRange> {
    t.parts.iter().map(|p| p.range)
}

fn folded_words<'a>(cx: &Context<'a>, t: &Telling) -> Vec<&'a str> {
    words_of(cx, t, Document::folded)
}

/// The same words as they are written.
fn written_words<'a>(cx: &Context<'a>, t: &Telling) -> Vec<&'a str> {
    words_of(cx, t, Document::word)
}

fn words_of<'a>(cx: &Context<'a>, t: &Telling, form: fn(&Document, usize) -> &str) -> Vec<&'a str> {
    let doc = &cx.version(t.version).document;
    let lex = cx.lex(t.version);
    t.parts.iter().flat_map(Part::tokens).filter(|&k| lex.concept[k] != NO_WORD).map(|k| form(doc, k)).collect()
}

/// Whether words of the outlet's own interrupt the speech.
fn is_broken(cx: &Context, t: &Telling) -> bool {
    let lex = cx.lex(t.version);
    t.parts.windows(2).any(|w| (w[0].tokens().end..w[1].tokens().start).any(|k| lex.concept[k] != NO_WORD))
}

/// Share of the fullest telling's support from which another may be what all are read against.
const NEARLY_AS_FULL: f32 = 0.85;

fn words_finding(cx: &Context, utterance: &Utterance) -> Option<Finding> {
    let mut wordings: Vec<Wording> = Vec::new();
    for t in &utterance.tellings {
        let words = folded_words(cx, t);
        let marked = t.parts.iter().any(|p| p.marked);
        let broken = is_broken(cx, t);
        match wordings.iter_mut().find(|w| w.words == words && w.broken == broken) {
            Some(w) => {
                w.marked |= marked;
                w.tellings.push(t);
            }
            None => wordings.push(Wording { words, broken, tellings: vec![t], marked }),
        }
    }
    if !wordings.iter().any(|w| w.marked) {
        return None;
    }
    if wordings.iter().all(|w| w.words == wordings[0].words) {
        return split_finding(cx, utterance, &wordings);
    }
    let holders = |w: &Wording| cx.origins_among(w.tellings.iter().map(|t| t.version));
    // Read against the fullest telling inside marks, which most versions have; of nearly equal ones against that which has
    // fewest words that others write otherwise: who stands alone with a word is the one who changed it.
    let support = |w: &Wording| w.words.len() as f32 * (1.0 + 0.1 * holders(w).min(5) as f32);
    let odd = |w: &Wording| wordings.iter().filter(|o| o.marked).map(|o| Change::between(&w.words, &o.words).replaced).sum::<usize>();
    let most = wordings.iter().filter(|w| w.marked).map(support).fold(0.0, f32::max);
    let base = wordings
        .iter()
        .filter(|w| w.marked && support(w) >= NEARLY_AS_FULL * most)
        .min_by(|a, b| odd(a).cmp(&odd(b)).then(support(b).total_cmp(&support(a))).then_with(|| a.words.cmp(&b.words)))?;
    let (fullest, base_written) = (base.words.clone(), written_words(cx, base.tellings[0]));
    let is_longest = wordings.iter().all(|w| !w.marked || w.words.len() <= fullest.len());
    let (mut altered, mut trimmed, mut indirect) = (0usize, 0usize, 0usize);
    let mut most = 0.0f32;
    let mut quoted_as: Option<(String, String)> = None;
    let mut drafts = Vec::new();
    for w in &wordings {
        let mut draft = Draft::default();
        for t in &w.tellings {
            for r in ranges(t) {
                draft.push(t.version, r);
            }
        }
        draft.text = w.tellings.iter().map(|t| spoken(cx, t)).min();
        let change = Change::between(&fullest, &w.words);
        draft.remark = if w.words == fullest && w.marked {
            Some(match (w.broken, is_longest) {
                (true, _) => "the same words, in parts".into(),
                (false, true) => "fullest".into(),
                (false, false) => "the others are read against it".into(),
            })
        } else if !w.marked {
            indirect += 1;
            Some("told indirectly".into())
        } else if change.replaced > 0 || change.added > 0 {
            altered += 1;
            most = most.max(change.share(fullest.len()));
            quoted_as = quoted_as.or_else(|| {
                let (x, y) = change.example.clone()?;
                Some((base_written.get(x)?.join(" "), written_words(cx, w.tellings[0]).get(y)?.join(" ")))
            });
            Some(change.remark())
        } else {
            trimmed += 1;
            most = most.max(change.share(fullest.len()));
            Some(change.remark())
        };
        drafts.push(draft);
    }
    // Reported speech alone differs from reported speech in wording only.
    if altered + trimmed + indirect == 0 {
        return None;
    }
    let kind = match (altered, trimmed) {
        (0, 0) => FindingKind::QuoteIndirect,
        (0, _) => FindingKind::QuoteTrimmed,
        _ => FindingKind::QuoteAltered,
    };
    let title = title(cx, utterance, &fullest_text(cx, &wordings, &fullest));
    let weight = match kind {
        FindingKind::QuoteAltered => 0.72 + 0.1 * most.min(1.0),
        FindingKind::QuoteTrimmed => 0.5 + 0.2 * most.min(1.0),
        _ => 0.36,
    };
    let told = Told {
        kind,
        relation: if kind == FindingKind::QuoteAltered { Relation::Conflict } else { Relation::Compatible },
        detail: None,
        passage: passage_of(cx, utterance),
        title,
        silent: Vec::new(),
        weight,
    };
    let full_holders: Vec<VersionIx> =
        wordings.iter().filter(|w| w.marked && w.words == fullest).flat_map(|w| &w.tellings).map(|t| t.version).collect();
    let changed = |wanted: &dyn Fn(&Wording) -> bool| -> Vec<VersionIx> {
        wordings.iter().filter(|w| wanted(w)).flat_map(|w| &w.tellings).map(|t| t.version).collect()
    };
    let is_altered = |w: &Wording| {
        let c = Change::between(&fullest, &w.words);
        w.marked && w.words != fullest && (c.replaced > 0 || c.added > 0)
    };
    let is_trimmed = |w: &Wording| w.marked && w.words != fullest && !is_altered(w);
    let mut parts = vec![match is_longest {
        true => why::who(cx, &full_holders, "quotes the most words", "quote the most words"),
        false => why::who(cx, &full_holders, "shares most words with the others", "share most words with the others"),
    }];
    let (a, t, i) = (changed(&is_altered), changed(&is_trimmed), changed(&|w: &Wording| !w.marked));
    if !a.is_empty() {
        let example = quoted_as.map_or(String::new(), |(x, y)| format!(", “{}” for “{}”", shorten(&y, 30), shorten(&x, 30)));
        parts.push(format!("{}{example}", why::who(cx, &a, "has other words", "have other words")));
    }
    if !t.is_empty() {
        parts.push(why::who(cx, &t, "cuts words", "cut words"));
    }
    if !i.is_empty() {
        parts.push(why::who(cx, &i, "tells it without marks", "tell it without marks"));
    }
    Some(finish(cx, told, drafts, |_| format!("{}.", parts.join("; "))))
}

/// The same words, in one sentence here and there in two with the outlet's own between: a reader of the latter can't
/// tell whether they were said in one breath. Parts of one sentence are no difference.
fn split_finding(cx: &Context, utterance: &Utterance, wordings: &[Wording]) -> Option<Finding> {
    let in_sentences = |t: &Telling| t.parts.windows(2).any(|w| w[0].sentence != w[1].sentence);
    let (split, whole): (Vec<&Telling>, Vec<&Telling>) =
        wordings.iter().flat_map(|w| &w.tellings).copied().partition(|t| is_broken(cx, t) && in_sentences(t));
    let sentences = |t: &Telling| {
        let doc = &cx.version(t.version).document;
        let of = |at: u32| doc.sentence_at(at).map(|s| s.0);
        ranges(t).any(|r| of(r.start) != of(r.end.saturating_sub(1)))
    };
    if split.is_empty() || whole.is_empty() || whole.iter().any(|t| sentences(t)) {
        return None;
    }
    let draft = |tellings: &[&Telling], remark: &str| {
        let mut draft = Draft { remark: Some(remark.into()), text: tellings.iter().map(|t| spoken(cx, t)).min(), ..Draft::default() };
        tellings.iter().for_each(|t| ranges(t).for_each(|r| draft.push(t.version, r)));
        draft
    };
    let drafts = vec![draft(&whole, "in one piece"), draft(&split, "the same words, in two sentences")];
    let (in_one, in_two) = (drafts[0].versions(), drafts[1].versions());
    let told = Told {
        kind: FindingKind::QuoteAltered,
        relation: Relation::Compatible,
        detail: None,
        passage: passage_of(cx, utterance),
        title: title(cx, utterance, drafts[0].text.as_deref().unwrap_or("")),
        silent: Vec::new(),
        weight: 0.3,
    };
    let why = format!(
        "{} the words in one sentence; {} them in two, with other words between.",
        why::who(cx, &in_one, "has", "have"),
        why::who(cx, &in_two, "has", "have")
    );
    Some(finish(cx, told, drafts, |_| why))
}

/// "Jeong Kyeong Doo: “I have no excuse…”".
fn title(cx: &Context, utterance: &Utterance, words: &str) -> String {
    let opening = shorten(words, 40);
    let opening = format!("“{}”", opening.trim_end_matches(['.', ',']));
    match speaker_name(cx, utterance) {
        Some(speaker) => titles::title(&shorten(&speaker, 24), &opening),
        None => titles::title("", &opening),
    }
}

fn fullest_text(cx: &Context, wordings: &[Wording], fullest: &[&str]) -> String {
    wordings.iter().filter(|w| w.words == fullest && w.marked).flat_map(|w| &w.tellings).map(|t| spoken(cx, t)).min().unwrap_or_default()
}

/// The words as written, parts joined by an ellipsis.
fn spoken(cx: &Context, t: &Telling) -> String {
    ranges(t)
        .map(|r| super::draft::one_line(cx.slice(t.version, r)).trim_end_matches([',', ' ']).to_owned())
        .collect::<Vec<_>>()
        .join(" … ")
}

/// What became of the fullest wording, in words.
struct Change {
    cut: usize,
    added: usize,
    replaced: usize,
    /// Places of the first short piece that was replaced, in both.
    example: Option<(Range<usize>, Range<usize>)>,
}

impl Change {
    fn between(full: &[&str], other: &[&str]) -> Self {
        let mut c = Self { cut: 0, added: 0, replaced: 0, example: None };
        for s in steps(full, other) {
            match s.kind {
                ChangeKind::Equal | ChangeKind::Moved => {}
                ChangeKind::Delete => c.cut += s.a.len(),
                ChangeKind::Insert => c.added += s.b.len(),
                ChangeKind::Replace => {
                    // A long piece against a short one is mostly a cut.
                    let pairs = s.a.len().min(s.b.len());
                    c.replaced += s.b.len();
                    c.cut += s.a.len() - pairs;
                    if c.example.is_none() && s.a.len() <= 8 && s.b.len() <= 8 {
                        c.example = Some((s.a.clone(), s.b.clone()));
                    }
                }
            }
        }
        c
    }

    fn share(&self, of: usize) -> f32 {
        (self.cut + self.added + self.replaced) as f32 / of.max(1) as f32
    }

    fn remark(&self) -> String {
        let words = |n: usize| if n == 1 { "1 word".to_owned() } else { format!("{n} words") };
        let mut parts = Vec::new();
        if self.replaced > 0 {
            parts.push(format!("{} changed", words(self.replaced)));
        }
        if self.added > 0 {
            parts.push(format!("{} added", words(self.added)));
        }
        if self.cut > 0 {
            parts.push(format!("{} cut", words(self.cut)));
        }
        parts.join(", ")
    }
}

/// A speaker as one version names them.
struct Named {
    version: VersionIx,
    range: TextRange,
    name: String,
    written: String,
    /// Told by what they are, without a name.
    described: bool,
    /// A name of their own rather than "a resident" or "he".
    proper: bool,
    marked: bool,
}

fn named(cx: &Context, t: &Telling) -> Option<Named> {
    let version = cx.version(t.version);
    t.parts.iter().filter_map(|p| version.extract.quotes.get(p.quote.ix())).find_map(|q| {
        let speaker = q.speaker.as_ref()?;
        let mention = super::draft::one_line(cx.slice(t.version, speaker.range));
        let name = speaker.name.clone().unwrap_or_else(|| mention.clone());
        let described = speaker.name.is_none() && mention.chars().next().is_some_and(char::is_lowercase);
        let proper = !described
            && (speaker.name.is_some()
                || details_at(version, speaker.range).iter().any(|d| {
                    matches!(d.kind, DetailKind::Person | DetailKind::Organisation | DetailKind::Place) && speaker.range.overlaps(d.range)
                }));
        Some(Named {
            described,
            version: t.version,
            range: speaker.range,
            name,
            written: mention,
            proper,
            marked: q.kind != QuoteKind::Indirect,
        })
    })
}

fn speaker_name(cx: &Context, utterance: &Utterance) -> Option<String> {
    let names: Vec<String> = utterance.tellings.iter().filter_map(|t| named(cx, t)).filter(|n| n.proper).map(|n| n.name).collect();
    common(names.iter().map(String::as_str)).map(str::to_owned)
}

/// Speakers that differ. Two names with a part in common are one person named differently; others are two
/// speakers when words in marks are given to both, else two sources.
fn speaker_findings(cx: &Context, utterance: &Utterance) -> Vec<Finding> {
    let all: Vec<Named> = utterance.tellings.iter().filter_map(|t| named(cx, t)).collect();
    let described = described_finding(cx, utterance, &all);
    let mut speakers: Vec<Named> = all.into_iter().filter(|n| n.proper).collect();
    speakers.sort_by_key(|n| (std::cmp::Reverse(n.name.split_whitespace().count()), n.version));
    let same = |a: &Named, b: &Named| {
        // A name that is a place's too may have been filled up to the wrong whole. "He" and "the minister" stand for
        // a name without holding any word of it.
        let is_name = |w: &str| w.starts_with(char::is_uppercase) && !super::context::is_function(&w.to_lowercase());
        let misread = |n: &Named| n.written.split_whitespace().any(is_name) && !n.written.split_whitespace().any(|w| n.name.contains(w));
        let form = |n: &Named| if misread(n) { n.written.clone() } else { n.name.clone() };
        matches!(same_entity(&form(a), &form(b)), NameRelation::Same | NameRelation::Short)
    };
    let persons = sort_out(&speakers, &|a, b| same(a, b) || same_entity(&a.name, &b.name) == NameRelation::Variant);
    let mut out: Vec<Finding> = described.into_iter().collect();
    if persons.len() > 1 {
        let part = |a: &str, b: &str| a.split_whitespace().any(|w| w.chars().count() > 2 && b.split_whitespace().any(|v| v == w));
        let shares = persons.iter().skip(1).all(|r| part(&persons[0][0].name, &r[0].name));
        let marked = persons.iter().all(|r| r.iter().any(|s| s.marked));
        let (kind, weight) = match (shares, marked) {
            (true, _) => (FindingKind::DetailConflict, 0.82),
            (_, true) => (FindingKind::QuoteSpeaker, 0.88),
            _ => (FindingKind::Attribution, 0.6),
        };
        out.extend(speaker_finding(cx, utterance, &persons, kind, Relation::Conflict, weight));
    }
    out
}

/// Speakers who are described, not named: "a resident", "a trader in Hyesan". They differ when no word of
/// one description stands in the other.
fn described_finding(cx: &Context, utterance: &Utterance, all: &[Named]) -> Option<Finding> {
    let words = |n: &Named| -> Vec<u32> {
        let (doc, lex) = (&cx.version(n.version).document, cx.lex(n.version));
        doc.tokens_in(n.range)
            .filter(|&t| !lex.function[t] && !super::context::is_vague_speaker(doc.folded(t)))
            .map(|t| lex.concept[t])
            .collect()
    };
    let lower = |n: &Named| n.written.chars().next().is_some_and(char::is_lowercase);
    let told: Vec<(&Named, Vec<u32>)> =
        all.iter().filter(|n| n.described && lower(n)).map(|n| (n, words(n))).filter(|x| !x.1.is_empty()).collect();
    let mut groups: Vec<(Vec<u32>, Vec<&Named>)> = Vec::new();
    let mut order: Vec<usize> = (0..told.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(told[i].1.len()), told[i].0.version));
    for i in order {
        let (n, w) = &told[i];
        match groups.iter_mut().find(|g| w.iter().any(|x| g.0.contains(x))) {
            Some(g) => g.1.push(n),
            None => groups.push((w.clone(), vec![n])),
        }
    }
    let readings: Vec<Vec<&Named>> = groups.into_iter().map(|g| g.1).collect();
    speaker_finding(cx, utterance, &readings, FindingKind::QuoteSpeaker, Relation::Conflict, 0.7)
}

/// Groups speakers; a short form that fits several goes where most stand.
fn sort_out<'n>(speakers: &'n [Named], same: &dyn Fn(&Named, &Named) -> bool) -> Vec<Vec<&'n Named>> {
    let mut groups: Vec<Vec<&Named>> = Vec::new();
    for s in speakers {
        let fits = (0..groups.len()).filter(|&r| same(groups[r][0], s)).max_by_key(|&r| (groups[r].len(), std::cmp::Reverse(r)));
        match fits {
            Some(r) => groups[r].push(s),
            None => groups.push(vec![s]),
        }
    }
    groups
}

fn speaker_finding(
    cx: &Context,
    utterance: &Utterance,
    readings: &[Vec<&Named>],
    kind: FindingKind,
    relation: Relation,
    weight: f32,
) -> Option<Finding> {
    if readings.len() < 2 {
        return None;
    }
    let drafts: Vec<Draft> = readings
        .iter()
        .map(|r| {
            let mut d = Draft::default();
            for s in r {
                d.push(s.version, s.range);
            }
            let words = d.words(cx);
            d.read_as = Some(r[0].name.clone()).filter(|n| *n != words);
            d
        })
        .collect();
    // Words inside marks name it best.
    let spoken = utterance.tellings.iter().map(|t| (t.parts.iter().any(|p| p.marked), spoken(cx, t)));
    let fullness = |s: &(bool, String)| (s.0, s.1.chars().count());
    let (_, opening) = spoken.max_by(|a, b| fullness(a).cmp(&fullness(b)).then_with(|| b.1.cmp(&a.1)))?;
    let opening = shorten(&opening, 40);
    let told = Told {
        kind,
        relation,
        detail: (kind == FindingKind::DetailConflict).then_some(DetailKind::Person),
        passage: passage_of(cx, utterance),
        title: titles::title("Who said", &format!("“{}”", opening.trim_end_matches(['.', ',']))),
        silent: Vec::new(),
        weight,
    };
    Some(finish(cx, told, drafts, |r| format!("{} as the one who said it.", why::values(cx, r))))
}

/// The sentences in which an utterance's quotes stand, by version: compared here, so not in other ways.
pub(super) fn sentences(utterance: &Utterance) -> Vec<(VersionIx, SentenceIx)> {
    utterance.tellings.iter().flat_map(|t| t.parts.iter().map(|p| (p.version, p.sentence))).collect()
}
