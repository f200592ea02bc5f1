//! Findings on quotes: what each version kept, cut and changed of the same words, who is said to have
//! said them, and with or without marks.
//!
//! An utterance gives one finding on its words. Its readings are the different wordings; the fullest one
//! inside marks is what the others are read against, and each reading's remark says what it cut, changed
//! or told indirectly. Case, marks and end punctuation make no difference.

use super::context::{Context, NO_WORD, details_at};
use super::diff::{ChangeKind, steps};
use super::draft::{Draft, Told, common, finish, line, shorten};
use super::utterance::{Part, Telling, Utterance};
use super::{Finding, FindingKind, Relation, titles, verbs, why};
use crate::base::{PassageIx, SentenceIx, TextRange, VersionIx};
use crate::extract::names::{NameRelation, same_entity};
use crate::extract::{DetailKind, QuoteKind};
use crate::text::Document;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::ops::Range;

/// A telling of an utterance with what is asked of it again and again.
struct Quoted<'u, 'a> {
    telling: &'u Telling,
    /// Whether it has marks.
    marked: bool,
    /// Its words, folded.
    words: Vec<&'a str>,
    speaker: Option<Named<'a>>,
}

/// A wording of an utterance.
struct Wording<'q, 'u, 'a> {
    words: &'q [&'a str],
    /// Whether other words stand between its parts.
    broken: bool,
    tellings: Vec<&'q Quoted<'u, 'a>>,
    /// Whether a version tells it inside marks.
    marked: bool,
}

/// The findings of one utterance.
pub(super) fn findings(cx: &Context, utterance: &Utterance) -> Vec<Finding> {
    let quoted = |telling| Quoted {
        telling,
        marked: telling.parts.iter().any(|p| p.marked),
        words: words_of(cx, telling, Document::folded),
        speaker: named(cx, telling),
    };
    let all: Vec<Quoted> = utterance.tellings.iter().map(quoted).collect();
    let mut out = Vec::new();
    // Equal words without marks stand with those that have them: they differ in their marks alone.
    let in_marks: FxHashSet<&[&str]> = all.iter().filter(|q| q.marked).map(|q| q.words.as_slice()).collect();
    let (told, reported): (Vec<&Quoted>, Vec<&Quoted>) = all.iter().partition(|q| in_marks.contains(q.words.as_slice()));
    out.extend(indirect_finding(cx, &all, &reported));
    out.extend(words_finding(cx, &told));
    let speakers = speaker_findings(cx, &all);
    if speakers.is_empty() {
        let fullest = || all.iter().map(|q| spoken(cx, q.telling)).max_by_key(|s| (s.chars().count(), std::cmp::Reverse(s.clone())));
        let title = || titles::title("Verb", &title(all.iter(), &fullest().unwrap_or_default()));
        out.extend(verbs::finding(cx, utterance, title, 0.34));
    }
    out.extend(speakers);
    out
}

/// Words in marks in some versions, reported speech in others: one reading for all that have marks, one for
/// each wording without. `reported` are those whose words no version has in marks.
fn indirect_finding(cx: &Context, all: &[Quoted], reported: &[&Quoted]) -> Option<Finding> {
    let marked = || all.iter().filter(|q| q.marked);
    if marked().next().is_none() || reported.is_empty() {
        return None;
    }
    let mut readings: Vec<(&[&str], Draft)> = Vec::new();
    for q in reported {
        let at = readings.iter().position(|r| r.0 == q.words).unwrap_or_else(|| {
            readings.push((&q.words, Draft { remark: Some("told indirectly".into()), ..Draft::default() }));
            readings.len() - 1
        });
        q.add_to(&mut readings[at].1);
    }
    let mut in_marks = Draft { remark: Some("in quotation marks".into()), ..Draft::default() };
    marked().for_each(|q| q.add_to(&mut in_marks));
    let longer = |a: &Cow<str>, b: &Cow<str>| a.chars().count().cmp(&b.chars().count()).then(b.cmp(a));
    in_marks.text = marked().map(|q| spoken(cx, q.telling)).max_by(longer).map(Cow::into_owned);
    let told = Told {
        kind: FindingKind::QuoteIndirect,
        relation: Relation::Compatible,
        detail: None,
        passage: passage_of(cx, all.iter().map(|q| q.telling)),
        title: title(all.iter(), in_marks.text.as_deref().unwrap_or("")),
        silent: Vec::new(),
        weight: 0.36,
    };
    let (m, r): (Vec<VersionIx>, Vec<VersionIx>) = (in_marks.versions(), readings.iter().flat_map(|x| x.1.versions()).collect());
    let mut drafts = vec![in_marks];
    drafts.extend(readings.into_iter().map(|r| r.1));
    let why = format!("{} the words in marks; {} it without.", why::who(cx, &m, "has", "have"), why::who(cx, &r, "tells", "tell"));
    Some(finish(cx, told, drafts, |_| why))
}

/// The passage that most of some tellings' quotes stand in.
pub(super) fn passage_of<'u>(cx: &Context, tellings: impl Iterator<Item = &'u Telling>) -> Option<PassageIx> {
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    for t in tellings {
        for s in t.parts.iter().map(|p| p.sentence) {
            for &p in cx.passages_of[t.version.ix()].get(s.ix()).into_iter().flatten() {
                *counts.entry(p).or_default() += 1;
            }
        }
    }
    counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(p, _)| PassageIx(p))
}

impl Quoted<'_, '_> {
    fn version(&self) -> VersionIx {
        self.telling.version
    }

    /// Gives a reading its places.
    fn add_to(&self, draft: &mut Draft) {
        ranges(self.telling).for_each(|range| draft.push(self.version(), range));
    }
}

fn ranges(t: &Telling) -> impl Iterator<Item = TextRange> {
    t.parts.iter().map(|p| p.range)
}

/// The words as they are written.
fn written_words<'a>(cx: &Context<'a>, t: &Telling) -> Vec<&'a str> {
    words_of(cx, t, Document::word)
}

fn words_of<'a>(cx: &Context<'a>, t: &Telling, form: fn(&Document, usize) -> &str) -> Vec<&'a str> {
    let doc = &cx.version(t.version).document;
    let lex = cx.lex(t.version);
    let mut words = Vec::with_capacity(t.parts.iter().map(|p| p.tokens().len()).sum());
    words.extend(t.parts.iter().flat_map(Part::tokens).filter(|&k| lex.concept()[k] != NO_WORD).map(|k| form(doc, k)));
    words
}

/// Whether words of the outlet's own interrupt the speech.
fn is_broken(cx: &Context, t: &Telling) -> bool {
    let lex = cx.lex(t.version);
    t.parts.windows(2).any(|w| (w[0].tokens().end..w[1].tokens().start).any(|k| lex.concept()[k] != NO_WORD))
}

/// Share of the fullest telling's support from which another may be what all are read against.
const NEARLY_AS_FULL: f32 = 0.85;

fn words_finding(cx: &Context, told: &[&Quoted]) -> Option<Finding> {
    let mut wordings: Vec<Wording> = Vec::new();
    for &q in told {
        let broken = is_broken(cx, q.telling);
        match wordings.iter_mut().find(|w| w.words == q.words && w.broken == broken) {
            Some(w) => {
                w.marked |= q.marked;
                w.tellings.push(q);
            }
            None => wordings.push(Wording { words: &q.words, broken, tellings: vec![q], marked: q.marked }),
        }
    }
    if !wordings.iter().any(|w| w.marked) {
        return None;
    }
    if wordings.iter().all(|w| w.words == wordings[0].words) {
        return split_finding(cx, told, &wordings);
    }
    let holders = |w: &Wording| cx.origins_among(w.tellings.iter().map(|q| q.version()));
    // Read against the fullest telling inside marks, which most versions have; of nearly equal ones against that which has
    // fewest words that others write otherwise: who stands alone with a word is the one who changed it.
    let support = |w: &Wording| w.words.len() as f32 * (1.0 + 0.1 * holders(w).min(5) as f32);
    let odd = |w: &Wording| wordings.iter().filter(|o| o.marked).map(|o| Change::between(w.words, o.words).replaced).sum::<usize>();
    let most = wordings.iter().filter(|w| w.marked).map(support).fold(0.0, f32::max);
    let base = wordings
        .iter()
        .filter(|w| w.marked && support(w) >= NEARLY_AS_FULL * most)
        .min_by(|a, b| odd(a).cmp(&odd(b)).then(support(b).total_cmp(&support(a))).then_with(|| a.words.cmp(b.words)))?;
    let (fullest, base_written) = (base.words, written_words(cx, base.tellings[0].telling));
    let is_longest = wordings.iter().all(|w| !w.marked || w.words.len() <= fullest.len());
    let (mut altered, mut trimmed, mut indirect) = (0usize, 0usize, 0usize);
    let mut most = 0.0f32;
    let mut quoted_as: Option<(String, String)> = None;
    let mut drafts = Vec::new();
    for w in &wordings {
        let mut draft = Draft::default();
        w.tellings.iter().for_each(|q| q.add_to(&mut draft));
        draft.text = w.tellings.iter().map(|q| spoken(cx, q.telling)).min().map(Cow::into_owned);
        let change = Change::between(fullest, w.words);
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
                Some((base_written.get(x)?.join(" "), written_words(cx, w.tellings[0].telling).get(y)?.join(" ")))
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
    let title = title(told.iter().copied(), &fullest_text(cx, &wordings, fullest));
    let weight = match kind {
        FindingKind::QuoteAltered => 0.72 + 0.1 * most.min(1.0),
        FindingKind::QuoteTrimmed => 0.5 + 0.2 * most.min(1.0),
        _ => 0.36,
    };
    let told = Told {
        kind,
        relation: if kind == FindingKind::QuoteAltered { Relation::Conflict } else { Relation::Compatible },
        detail: None,
        passage: passage_of(cx, told.iter().map(|q| q.telling)),
        title,
        silent: Vec::new(),
        weight,
    };
    let full_holders: Vec<VersionIx> =
        wordings.iter().filter(|w| w.marked && w.words == fullest).flat_map(|w| &w.tellings).map(|q| q.version()).collect();
    let changed = |wanted: &dyn Fn(&Wording) -> bool| -> Vec<VersionIx> {
        wordings.iter().filter(|w| wanted(w)).flat_map(|w| &w.tellings).map(|q| q.version()).collect()
    };
    let is_altered = |w: &Wording| {
        let c = Change::between(fullest, w.words);
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
fn split_finding(cx: &Context, told: &[&Quoted], wordings: &[Wording]) -> Option<Finding> {
    let in_sentences = |t: &Telling| t.parts.windows(2).any(|w| w[0].sentence != w[1].sentence);
    let (split, whole): (Vec<&Quoted>, Vec<&Quoted>) =
        wordings.iter().flat_map(|w| &w.tellings).copied().partition(|q| is_broken(cx, q.telling) && in_sentences(q.telling));
    let sentences = |t: &Telling| {
        let doc = &cx.version(t.version).document;
        let of = |at: u32| doc.sentence_at(at).map(|s| s.0);
        ranges(t).any(|r| of(r.start) != of(r.end.saturating_sub(1)))
    };
    if split.is_empty() || whole.is_empty() || whole.iter().any(|q| sentences(q.telling)) {
        return None;
    }
    let draft = |tellings: &[&Quoted], remark: &str| {
        let text = tellings.iter().map(|q| spoken(cx, q.telling)).min().map(Cow::into_owned);
        let mut draft = Draft { remark: Some(remark.into()), text, ..Draft::default() };
        tellings.iter().for_each(|q| q.add_to(&mut draft));
        draft
    };
    let drafts = vec![draft(&whole, "in one piece"), draft(&split, "the same words, in two sentences")];
    let (in_one, in_two) = (drafts[0].versions(), drafts[1].versions());
    let told = Told {
        kind: FindingKind::QuoteAltered,
        relation: Relation::Compatible,
        detail: None,
        passage: passage_of(cx, told.iter().map(|q| q.telling)),
        title: title(told.iter().copied(), drafts[0].text.as_deref().unwrap_or("")),
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
fn title<'q>(told: impl Iterator<Item = &'q Quoted<'q, 'q>>, words: &str) -> String {
    let opening = shorten(words, 40);
    let opening = format!("“{}”", opening.trim_end_matches(['.', ',']));
    match common(told.filter_map(|q| q.speaker.as_ref()).filter(|n| n.proper).map(|n| n.name.as_ref())) {
        Some(speaker) => titles::title(&shorten(speaker, 24), &opening),
        None => titles::title("", &opening),
    }
}

fn fullest_text<'a>(cx: &Context<'a>, wordings: &[Wording], fullest: &[&str]) -> Cow<'a, str> {
    let fullest = wordings.iter().filter(|w| w.words == fullest && w.marked).flat_map(|w| &w.tellings);
    fullest.map(|q| spoken(cx, q.telling)).min().unwrap_or_default()
}

/// The words as written, parts joined by an ellipsis.
fn spoken<'a>(cx: &Context<'a>, t: &Telling) -> Cow<'a, str> {
    let part = |range| match line(cx.slice(t.version, range)) {
        Cow::Borrowed(words) => Cow::Borrowed(words.trim_end_matches([',', ' '])),
        Cow::Owned(words) => Cow::Owned(words.trim_end_matches([',', ' ']).to_owned()),
    };
    match t.parts.as_slice() {
        [one] => part(one.range),
        _ => Cow::Owned(ranges(t).map(part).collect::<Vec<_>>().join(" … ")),
    }
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
struct Named<'a> {
    version: VersionIx,
    range: TextRange,
    name: Cow<'a, str>,
    written: Cow<'a, str>,
    /// Told by what they are, without a name.
    described: bool,
    /// A name of their own rather than "a resident" or "he".
    proper: bool,
    marked: bool,
}

impl Named<'_> {
    /// The name, or what is written where the name is another's. A name that is a place's too may have been filled up to the wrong whole.
    /// "He" and "the minister" stand for a name without holding any word of it.
    fn form(&self) -> &str {
        let is_name = |w: &str| w.starts_with(char::is_uppercase) && !super::context::is_function(&w.to_lowercase());
        let words = || self.written.split_whitespace();
        let misread = words().any(is_name) && !words().any(|w| self.name.contains(w));
        if misread { &self.written } else { &self.name }
    }
}

fn named<'a>(cx: &Context<'a>, t: &Telling) -> Option<Named<'a>> {
    let version = cx.version(t.version);
    t.parts.iter().filter_map(|p| version.extract.quotes.get(p.quote.ix())).find_map(|q| {
        let speaker = q.speaker.as_ref()?;
        let mention = line(cx.slice(t.version, speaker.range));
        let name = speaker.name.as_deref().map_or_else(|| mention.clone(), Cow::Borrowed);
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

/// Speakers that differ. Two names with a part in common are one person named differently; others are two
/// speakers when words in marks are given to both, else two sources.
fn speaker_findings(cx: &Context, told: &[Quoted]) -> Vec<Finding> {
    let described = described_finding(cx, told);
    let mut speakers: Vec<&Named> = told.iter().filter_map(|q| q.speaker.as_ref()).filter(|n| n.proper).collect();
    speakers.sort_by_key(|n| (std::cmp::Reverse(n.name.split_whitespace().count()), n.version));
    let same = |a: &Named, b: &Named| matches!(same_entity(a.form(), b.form()), NameRelation::Same | NameRelation::Short);
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
        out.extend(speaker_finding(cx, told, &persons, kind, Relation::Conflict, weight));
    }
    out
}

/// Speakers who are described, not named: "a resident", "a trader in Hyesan". They differ when no word of
/// one description stands in the other.
fn described_finding(cx: &Context, all: &[Quoted]) -> Option<Finding> {
    let words = |n: &Named| -> Vec<u32> {
        let (doc, lex) = (&cx.version(n.version).document, cx.lex(n.version));
        lex.content_among(doc.tokens_in(n.range).filter(|&t| !super::context::is_vague_speaker(doc.folded(t)))).collect()
    };
    let lower = |n: &Named| n.written.chars().next().is_some_and(char::is_lowercase);
    let told: Vec<(&Named, Vec<u32>)> = all
        .iter()
        .filter_map(|q| q.speaker.as_ref())
        .filter(|n| n.described && lower(n))
        .map(|n| (n, words(n)))
        .filter(|x| !x.1.is_empty())
        .collect();
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
    speaker_finding(cx, all, &readings, FindingKind::QuoteSpeaker, Relation::Conflict, 0.7)
}

/// Groups speakers; a short form that fits several goes where most stand.
fn sort_out<'n, 'a>(speakers: &[&'n Named<'a>], same: &dyn Fn(&Named, &Named) -> bool) -> Vec<Vec<&'n Named<'a>>> {
    let mut groups: Vec<Vec<&Named>> = Vec::new();
    for &s in speakers {
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
    told: &[Quoted],
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
            d.read_as = Some(r[0].name.as_ref()).filter(|n| *n != words).map(str::to_owned);
            d
        })
        .collect();
    // Words inside marks name it best.
    let spoken = told.iter().map(|q| (q.marked, spoken(cx, q.telling)));
    let fullness = |s: &(bool, Cow<str>)| (s.0, s.1.chars().count());
    let (_, opening) = spoken.max_by(|a, b| fullness(a).cmp(&fullness(b)).then_with(|| b.1.cmp(&a.1)))?;
    let opening = shorten(&opening, 40);
    let told = Told {
        kind,
        relation,
        detail: (kind == FindingKind::DetailConflict).then_some(DetailKind::Person),
        passage: passage_of(cx, told.iter().map(|q| q.telling)),
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
