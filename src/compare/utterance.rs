//! Utterances: the quotes of all versions that tell the same words, found though one trims, splits or
//! rewords them, or tells them indirectly.
//!
//! Quotes with equal words are pooled first. Two pools are the same utterance when enough of the shorter
//! one's words, rare ones counting more, stand in the longer: less is asked of quotes in one passage, since
//! alignment already says that their sentences report the same. Pairs come from an inverted index of
//! content words. Pools are joined best pair first; a version's two quotes meet in one utterance only when
//! they are parts of one speech or say it twice.

use super::context::{Context, NO_WORD};
use super::joins::{Joined, best_first};
use super::lexed::Lexed;
use crate::analysis::Version;
use crate::base::{ByNumber, QuoteIx, SentenceIx, TextRange, VersionIx};
use crate::extract::QuoteKind;
use crate::extract::names::{NameRelation, same_entity};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::ops::Range;

/// The same words, by version.
#[derive(Clone, Debug)]
pub(super) struct Utterance {
    /// One a version, sorted by version.
    pub tellings: Vec<Telling>,
}

/// How one version tells an utterance.
#[derive(Clone, Debug)]
pub(super) struct Telling {
    pub version: VersionIx,
    /// Its parts, in text order.
    pub parts: SmallVec<[Part; 2]>,
}

/// A run of words inside one pair of marks, or a clause of reported speech. A quote that its speaker's
/// name interrupts has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub version: VersionIx,
    pub range: TextRange,
    pub sentence: SentenceIx,
    pub quote: QuoteIx,
    pub marked: bool,
    /// Its first token, and the one after its last.
    tokens: (u32, u32),
}

impl Part {
    /// Its tokens.
    pub fn tokens(&self) -> Range<usize> {
        self.tokens.0 as usize..self.tokens.1 as usize
    }
}

/// A part of a quote as its version alone has it; concepts by their numbers in the version.
#[derive(Debug)]
pub(super) struct Said {
    range: TextRange,
    tokens: (u32, u32),
    sentence: SentenceIx,
    quote: QuoteIx,
    marked: bool,
    /// With function words, in order.
    all: Vec<u32>,
    /// Each once, and whether it is a function word wherever it stands; sorted.
    bag: Vec<(u32, bool)>,
}

/// All parts of a version's quotes.
pub(super) fn said(v: &Version, lex: &Lexed) -> Vec<Said> {
    let doc = &v.document;
    let mut out = Vec::new();
    for (q, quote) in v.extract.quotes.iter().enumerate() {
        let marked = quote.kind != QuoteKind::Indirect;
        for (n, part) in quote.parts.iter().enumerate() {
            let tokens = doc.tokens_in(*part);
            // "that" opens the clause of reported speech and is no part of what was said.
            let opens = !marked && n == 0 && tokens.clone().next().is_some_and(|t| doc.folded(t) == "that");
            let words: Vec<usize> = (tokens.start + usize::from(opens)..tokens.end).filter(|&t| lex.numbers[t] != NO_WORD).collect();
            if let (Some(&first), Some(&last)) = (words.first(), words.last()) {
                let range = doc.tokens[first].range.cover(doc.tokens[last].range);
                let sentence = doc.sentence_at(range.start).unwrap_or(quote.sentence);
                let mut bag: Vec<(u32, bool)> = words.iter().map(|&t| (lex.numbers[t], lex.function[t])).collect();
                bag.sort_unstable();
                bag.dedup_by_key(|x| x.0);
                let all = words.iter().map(|&t| lex.numbers[t]).collect();
                let tokens = (first as u32, last as u32 + 1);
                out.push(Said { range, tokens, sentence, quote: QuoteIx::from(q), marked, all, bag });
            }
        }
    }
    out
}

/// The words of a quote as they are compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct SaidWords<'a> {
    /// Concepts with function words, in order.
    all: &'a [u32],
    /// Concept and weight, sorted, each once.
    bag: &'a [(u32, f32)],
    weight: f32,
    content: usize,
}

impl Said {
    /// The concepts of its words in order, by their numbers in the version.
    pub fn all(&self) -> &[u32] {
        &self.all
    }

    /// Each concept once with its weight; `among_all` numbers one of its version among those of all, and `rarity` is by that number.
    pub fn weighed(&self, among_all: impl Fn(u32) -> u32, rarity: impl Fn(u32) -> f32) -> impl Iterator<Item = (u32, f32)> {
        self.bag.iter().map(move |&(n, function)| {
            let concept = among_all(n);
            (concept, if function { FUNCTION_WEIGHT } else { rarity(concept) })
        })
    }

    /// Takes its own words off those of its version's quotes from here on: of all in order, and of all that are weighed.
    pub fn take<'a>(&self, all: &mut &'a [u32], bags: &mut &'a [(u32, f32)]) -> SaidWords<'a> {
        let ((own, rest), (bag, bags_after)) = (all.split_at(self.all.len()), bags.split_at(self.bag.len()));
        (*all, *bags) = (rest, bags_after);
        let content = bag.iter().filter(|x| x.1 > FUNCTION_WEIGHT).count();
        SaidWords { all: own, bag, weight: bag.iter().map(|x| x.1).sum(), content }
    }
}

/// Weight of a function word beside rarities of 1 and more.
const FUNCTION_WEIGHT: f32 = 0.25;
/// Share of the shorter quote that must stand in the longer, within one passage.
const IN_PASSAGE: f32 = 0.45;
/// The same where both are said to be one speaker's.
const BY_ONE_SPEAKER: f32 = 0.35;
/// The same for quotes of different passages.
const ANYWHERE: f32 = 0.75;
/// Content words that quotes of different passages must share.
const ANYWHERE_WORDS: usize = 4;
/// Members of a pool that are looked at.
const LOOKED_AT: usize = 8;
/// Members of a pool whose places are known.
const STANDS: usize = 6;
/// A content word in more quotes than this finds no candidates.
const COMMON: usize = 200;

/// Sums in another order differ in their last bits.
const SLACK: f32 = 1.001;

struct Pool<'a> {
    members: Vec<Part>,
    words: SaidWords<'a>,
    marked: bool,
    /// Those who are said to have said it, each once, as [`Speakers`] numbers them.
    speakers: SmallVec<[u32; 2]>,
    /// Where the first members stand.
    stands: SmallVec<[Stand; 2]>,
}

/// Where a quote stands: the passages of its sentences, and of those with the sentences beside them.
struct Stand {
    version: VersionIx,
    passages: SmallVec<[u32; 4]>,
    around: SmallVec<[u32; 4]>,
}

/// The names of all speakers.
#[derive(Default)]
struct Speakers {
    ids: FxHashMap<String, u32>,
    names: Vec<String>,
}

/// What is known of pairs of speakers: many quotes have few speakers, and to compare two names takes longer than anything else
/// that is asked of two quotes.
type Known = FxHashMap<(u32, u32), Likeness>;

/// How two speakers' names relate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    One,
    Unsure,
    Two,
}

impl Speakers {
    fn id(&mut self, name: String) -> u32 {
        let next = self.names.len() as u32;
        *self.ids.entry(name).or_insert_with_key(|name| {
            self.names.push(name.clone());
            next
        })
    }

    fn relate(&self, known: &mut Known, a: u32, b: u32) -> Likeness {
        let pair = (a.min(b), a.max(b));
        *known.entry(pair).or_insert_with(|| {
            let (x, y) = (&self.names[pair.0 as usize], &self.names[pair.1 as usize]);
            match same_entity(x, y) {
                NameRelation::Same | NameRelation::Short => Likeness::One,
                _ if unlike(x, y) => Likeness::Two,
                _ => Likeness::Unsure,
            }
        })
    }

    fn same(&self, known: &mut Known, a: &Pool, b: &Pool) -> bool {
        a.speakers.iter().any(|&m| b.speakers.iter().any(|&n| self.relate(known, m, n) == Likeness::One))
    }

    fn other(&self, known: &mut Known, a: &Pool, b: &Pool) -> bool {
        let (x, y) = (&a.speakers, &b.speakers);
        !x.is_empty() && !y.is_empty() && x.iter().all(|&m| y.iter().all(|&n| self.relate(known, m, n) == Likeness::Two))
    }
}

/// Finds all utterances that at least two versions tell, one of them inside marks.
pub(super) fn utterances(cx: &Context) -> Vec<Utterance> {
    let mut pools = pool(cx);
    pools.retain(|p| p.words.all.len() >= 2 && p.words.content >= 1);
    let mut speakers = Speakers::default();
    for pool in &mut pools {
        pool.speakers = names(cx, pool).into_iter().map(|name| speakers.id(name)).collect();
    }
    pools.par_iter_mut().for_each(|pool| {
        let stand = |m: &Part| Stand { version: m.version, passages: passages_of(cx, m, 0), around: passages_of(cx, m, 1) };
        pool.stands = pool.members.iter().take(STANDS).map(stand).collect();
    });
    let content = |&(id, weight): &(u32, f32)| (weight > FUNCTION_WEIGHT).then_some(id);
    let words = (0..).zip(&pools).flat_map(|(i, pool)| pool.words.bag.iter().filter_map(content).map(move |id| (id, i)));
    let by_word = ByNumber::of(cx.numbers(), words);
    let likely: Vec<(usize, usize, Shared)> = (0..pools.len())
        .into_par_iter()
        .map_init(
            || (vec![0f32; pools.len()], Vec::new()),
            |(sums, touched), i| {
                // What the index does not tell may be shared as well.
                let mut unknown = 0.0;
                for &(id, w) in pools[i].words.bag {
                    match by_word.holders(id) {
                        list if w <= FUNCTION_WEIGHT || list.len() > COMMON => unknown += w,
                        list => {
                            for &j in &list[list.partition_point(|&j| j as usize <= i)..] {
                                if sums[j as usize] == 0.0 {
                                    touched.push(j);
                                }
                                sums[j as usize] += w;
                            }
                        }
                    }
                }
                touched.sort_unstable();
                let mut out = Vec::new();
                for j in touched.drain(..) {
                    let most = std::mem::take(&mut sums[j as usize]) + unknown;
                    let other = &pools[j as usize];
                    if most * SLACK >= BY_ONE_SPEAKER * pools[i].words.weight.min(other.words.weight)
                        && let Some(shared) = shared(&pools[i], other)
                    {
                        out.push((i, j as usize, shared));
                    }
                }
                out
            },
        )
        .flatten_iter()
        .collect();
    let edges: Vec<(f32, usize, usize)> = likely
        .par_iter()
        .map_init(Known::default, |known, &(i, j, shared)| Some((edge(&speakers, known, &pools[i], &pools[j], shared)?, i, j)))
        .flatten_iter()
        .collect();
    let mut out: Vec<Utterance> = Vec::new();
    for Joined { items: list, .. } in best_first(pools.len(), edges, |a, b| may_join(&pools, a, b)) {
        if !list.iter().any(|&p| pools[p].marked) {
            continue;
        }
        let mut parts: Vec<Part> = list.iter().flat_map(|&p| pools[p].members.iter().copied()).collect();
        parts.sort_unstable();
        let mut tellings: Vec<Telling> = Vec::new();
        for part in parts {
            match tellings.last_mut() {
                Some(t) if t.version == part.version => t.parts.push(part),
                _ => tellings.push(Telling { version: part.version, parts: SmallVec::from_slice(&[part]) }),
            }
        }
        for t in &mut tellings {
            drop_repeats(cx, t);
        }
        if tellings.len() > 1 {
            out.push(Utterance { tellings });
        }
    }
    out
}

/// Pools of equal words, in all and by the passages they stand in.
#[derive(Default)]
struct Twins {
    pools: Vec<usize>,
    by_passage: FxHashMap<u32, usize>,
}

/// Quotes with equal words as one.
fn pool<'a>(cx: &'a Context) -> Vec<Pool<'a>> {
    let mut pools: Vec<Pool> = Vec::new();
    let mut seen: FxHashMap<(&[u32], bool), Twins> = FxHashMap::default();
    for v in 0..cx.versions.len() {
        let version = VersionIx::from(v);
        for (said, words) in cx.lex(version).said_words() {
            let Said { range, tokens, sentence, quote, marked, .. } = *said;
            let part = Part { version, range, sentence, quote, marked, tokens };
            let twins = seen.entry((words.all, part.marked)).or_default();
            let passages = passages_of(cx, &part, 0);
            // Equal words in one passage are one utterance. Elsewhere they must be long enough not to be said
            // twice, by one speaker, and not twice in one version: a stock phrase is said by many.
            let speaks = |other: &Part| speaker(cx, other.version, other.quote);
            let own = speaks(&part);
            // Nor are they one where one version gives them to two people.
            let of_two = |p: usize| {
                let others = pools[p].members.iter().take(LOOKED_AT);
                own.is_some_and(|own| others.filter_map(speaks).any(|other| unlike(other, own)))
            };
            let near = passages.iter().filter_map(|p| twins.by_passage.get(p)).copied().filter(|&p| !of_two(p)).min();
            let far = |p: usize| {
                words.content >= ANYWHERE_WORDS
                    && pools[p].members.iter().take(LOOKED_AT).all(|other| {
                        other.version != version && (own.is_none() || speaks(other).is_none_or(|o| !unlike(o, own.unwrap_or(""))))
                    })
            };
            let at = near.or_else(|| twins.pools.iter().copied().take(LOOKED_AT).find(|&p| far(p)));
            let at = at.unwrap_or_else(|| {
                twins.pools.push(pools.len());
                pools.push(Pool { members: Vec::new(), words, marked: part.marked, speakers: SmallVec::new(), stands: SmallVec::new() });
                pools.len() - 1
            });
            pools[at].members.push(part);
            passages.into_iter().for_each(|p| {
                twins.by_passage.entry(p).or_insert(at);
            });
        }
    }
    pools
}

/// The passages in which the sentences of a part stand, or those up to `around` sentences beside them.
fn passages_of(cx: &Context, part: &Part, around: u32) -> SmallVec<[u32; 4]> {
    let last = cx.version(part.version).document.sentence_at(part.range.end.saturating_sub(1)).unwrap_or(part.sentence);
    (part.sentence.0.saturating_sub(around)..=last.0.max(part.sentence.0) + around)
        .filter_map(|s| cx.passages_of[part.version.ix()].get(s as usize))
        .flatten()
        .copied()
        .collect()
}

/// Whether quotes of two versions have a passage in common, or one beside them.
fn meet(a: &Pool, b: &Pool, around: bool) -> bool {
    a.stands.iter().any(|m| {
        let x = if around { &m.around } else { &m.passages };
        b.stands.iter().any(|n| {
            let y = if around { &n.around } else { &n.passages };
            m.version != n.version && x.iter().any(|p| y.contains(p))
        })
    })
}

/// What two pools have in common.
#[derive(Clone, Copy)]
struct Shared {
    /// Share of the weight of the lighter one.
    share: f32,
    /// Content words.
    content: usize,
    /// The shorter one stands in the longer in one run.
    run: bool,
}

/// What two pools share; `None` where it is too little whoever says it.
fn shared(a: &Pool, b: &Pool) -> Option<Shared> {
    if !a.marked && !b.marked {
        return None;
    }
    let (mut i, mut j, mut shared, mut content) = (0, 0, 0.0f32, 0usize);
    let (x, y) = (a.words.bag, b.words.bag);
    while i < x.len() && j < y.len() {
        match x[i].0.cmp(&y[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += x[i].1.min(y[j].1);
                content += usize::from(x[i].1 > FUNCTION_WEIGHT);
                i += 1;
                j += 1;
            }
        }
    }
    let share = shared / a.words.weight.min(b.words.weight).max(1e-6);
    let (short, long) = shorter_first(a, b);
    let run =
        short.marked && short.words.all.len() >= RUN_WORDS && long.words.all.windows(short.words.all.len()).any(|w| w == short.words.all);
    (share >= BY_ONE_SPEAKER || run).then_some(Shared { share, content, run })
}

fn shorter_first<'p, 'a>(a: &'p Pool<'a>, b: &'p Pool<'a>) -> (&'p Pool<'a>, &'p Pool<'a>) {
    if a.words.all.len() <= b.words.all.len() { (a, b) } else { (b, a) }
}

/// How sure two pools tell the same words; `None` when they do not. Names are compared here, last: of all that is asked
/// it takes the longest.
fn edge(speakers: &Speakers, known: &mut Known, a: &Pool, b: &Pool, Shared { share, content, run }: Shared) -> Option<f32> {
    let (short, _) = shorter_first(a, b);
    let anywhere = |share: f32| share >= ANYWHERE && content >= ANYWHERE_WORDS;
    if !(run || anywhere(share) || content >= 1 && meet(a, b, true)) {
        return None;
    }
    let one_speaker = speakers.same(known, a, b);
    // Two people seldom say the same: then nearly all words must be shared.
    let share = if !one_speaker && speakers.other(known, a, b) { share - OTHER_SPEAKER } else { share };
    if share >= if one_speaker { BY_ONE_SPEAKER } else { IN_PASSAGE } && content >= 1
        // One version names the speaker in the sentence before the quote, another in the same sentence.
        && meet(a, b, one_speaker)
    {
        return Some(share + 0.5);
    }
    if anywhere(share) {
        // One speaker's words count for more than another's in the same passage.
        return Some(if one_speaker { share + ONE_SPEAKER } else { share });
    }
    // A few words picked out of a speech: they stand there in one run, and one person says both.
    (run && one_speaker).then(|| 0.5 + 0.02 * short.words.weight.min(20.0))
}

/// Added to the share of words that one speaker says in different passages.
const ONE_SPEAKER: f32 = 0.4;
/// Taken from the share when both quotes name their speakers and the names differ altogether.
const OTHER_SPEAKER: f32 = 0.35;

/// Whether two names have nothing in common.
fn unlike(a: &str, b: &str) -> bool {
    let part = || a.split_whitespace().any(|w| b.split_whitespace().any(|v| v == w));
    a != b && !part() && same_entity(a, b) == NameRelation::Different
}

/// Speakers of a pool, each once.
fn names(cx: &Context, pool: &Pool) -> Vec<String> {
    let mut out: Vec<String> =
        pool.members.iter().take(STANDS).filter_map(|m| speaker(cx, m.version, m.quote)).map(str::to_owned).collect();
    out.sort();
    out.dedup();
    out
}

/// Shortest run of words that finds the speech it was picked out of.
const RUN_WORDS: usize = 3;

fn speaker<'a>(cx: &Context<'a>, version: VersionIx, quote: QuoteIx) -> Option<&'a str> {
    let v = cx.version(version);
    let speaker = v.extract.quotes.get(quote.ix())?.speaker.as_ref()?;
    speaker.name.as_deref().or_else(|| Some(v.slice(speaker.range)).filter(|mention| mention.chars().any(char::is_uppercase)))
}

/// Share of a quote's words that another holds, from which it is a part of it.
const PART: f32 = 0.55;
/// Share from which two quotes of one version say the same.
const REPEAT: f32 = 0.9;
/// Sentences that may lie between the parts of one speech.
const GAP: u32 = 2;

/// Whether no version would tell two unlike speeches in one utterance: its quotes must repeat each other,
/// or be parts, side by side, of a speech that another version has whole.
fn may_join(pools: &[Pool], a: &[usize], b: &[usize]) -> bool {
    let mut held: FxHashMap<u32, SmallVec<[(usize, SentenceIx); 2]>> = FxHashMap::default();
    for &p in a {
        for m in &pools[p].members {
            held.entry(m.version.0).or_default().push((p, m.sentence));
        }
    }
    let inside = |part: usize, whole: usize| shared_weight(pools[part].words, pools[whole].words) / pools[part].words.weight.max(1e-6);
    for &p in b {
        for m in &pools[p].members {
            let Some(others) = held.get(&m.version.0) else { continue };
            for &(other, sentence) in others {
                let overlap = inside(p, other).max(inside(other, p));
                if overlap >= REPEAT {
                    continue;
                }
                let beside = m.sentence.0.abs_diff(sentence.0) <= GAP;
                let whole = || a.iter().chain(b).any(|&w| w != p && w != other && inside(p, w) >= PART && inside(other, w) >= PART);
                if !beside || overlap > PART || !whole() {
                    return false;
                }
            }
        }
    }
    true
}

fn shared_weight(x: SaidWords, y: SaidWords) -> f32 {
    x.bag.iter().filter_map(|(id, w)| y.bag.binary_search_by_key(id, |e| e.0).ok().map(|k| w.min(y.bag[k].1))).sum()
}

/// A headline that repeats the body's quote, or a caption: the fuller telling is kept.
fn drop_repeats(cx: &Context, telling: &mut Telling) {
    if telling.parts.len() < 2 {
        return;
    }
    let words = |part: &Part| cx.lex(part.version).said_words().find(|(s, _)| (s.quote, s.range) == (part.quote, part.range));
    let Some(words) = telling.parts.iter().map(|part| Some(words(part)?.1)).collect::<Option<Vec<SaidWords>>>() else { return };
    let mut keep = vec![true; words.len()];
    for i in 0..words.len() {
        for j in 0..words.len() {
            if i == j || !keep[j] || !keep[i] {
                continue;
            }
            let inside = shared_weight(words[i], words[j]) / words[i].weight.max(1e-6);
            // Of equal ones the later stays: the body rather than the headline.
            if inside >= 0.8 && (words[i].weight < words[j].weight || words[i].weight == words[j].weight && i < j) {
                keep[i] = false;
            }
        }
    }
    let mut k = 0;
    telling.parts.retain(|_| {
        k += 1;
        keep[k - 1]
    });
}
