//! Slots: the mentions of a passage that answer the same question.
//!
//! Every pair of mentions of one class gets a likeness from what they are about: their values, what they
//! count, their neighbours, the words around them, and their place among their like. Groups are then
//! joined by mean likeness, best pair first, as long as no version would say two things in one slot. So
//! "12 dead, 30 injured" and "30 hurt, 14 killed" pair dead with dead although 30 stands first in one.
//!
//! Equal mentions are pooled before pairs are formed, so the work grows with the number of different ways
//! of saying it, not with the number of versions. Alignment by position, as word diffs do it, was rejected:
//! outlets reorder.

use super::context::NO_WORD;
use super::found::Counts;
use super::mention::{Class, Mention};
use super::value::{Match, relate};
use crate::base::VersionIx;
use crate::extract::Value;
use rustc_hash::FxHashMap;

/// The weights of likeness, fitted on generated events.
mod weight {
    /// Equal values.
    pub const SAME: f32 = 2.0;
    /// Values that can both be true, or one name in two spellings.
    pub const COMPATIBLE: f32 = 0.8;
    /// Two names that share a part: one given or family name.
    pub const SHARED_NAME: f32 = 0.5;
    /// The same thing is counted.
    pub const SUBJECT: f32 = 0.9;
    /// Another thing is counted.
    pub const OTHER_SUBJECT: f32 = -1.5;
    /// The same of people, whom each outlet calls as it likes.
    pub const OTHER_PEOPLE: f32 = -0.7;
    /// People of a kind here, and no people there.
    pub const PEOPLE_AND_THINGS: f32 = -3.0;
    /// The same neighbour, each side.
    pub const NEIGHBOUR: f32 = 0.4;
    /// The same preposition governs.
    pub const ROLE: f32 = 0.35;
    /// Another preposition governs.
    pub const OTHER_ROLE: f32 = -0.2;
    /// The same for things, which have no value or type to tell them by: "by the harbour" and "on the bridge".
    pub const OTHER_THING_ROLE: f32 = -0.6;
    /// All words around are the same.
    pub const AROUND: f32 = 1.8;
    /// Each is the only one of its class in its version.
    pub const ONLY: f32 = 0.6;
    /// The same place among as many of its class.
    pub const RANK: f32 = 0.35;
    /// The same value stands beside it, each side.
    pub const VALUE_BESIDE: f32 = 0.6;
    /// It is what remains when all else of its kind is matched.
    pub const LAST: f32 = 0.5;
    /// Each other slot in which the two versions agree, up to three.
    pub const AGREEMENT: f32 = 0.15;
    /// Things whose article or preposition differs.
    pub const OTHER_ARTICLE: f32 = -0.7;
    /// Names of different kinds: a person and a place.
    pub const OTHER_KIND: f32 = -0.9;
}

/// Mean likeness from which groups are joined.
fn threshold(class: Class) -> f32 {
    match class {
        Class::Name => 1.25,
        Class::Thing => 1.3,
        _ => 0.75,
    }
}

/// The mentions that answer one question; indices into the passage's mentions, sorted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Slot {
    pub class: Class,
    pub mentions: Vec<usize>,
    /// Mean likeness of the last join: how sure it is that they answer one question.
    pub likeness: f32,
}

/// How alike what two mentions are about, values included.
pub(super) fn likeness(a: &Mention, b: &Mention) -> f32 {
    let relation = relate(a, b);
    // The day on which somebody spoke is not the day of what they tell.
    if relation == Match::Apart || a.found.of_speech != b.found.of_speech {
        return f32::NEG_INFINITY;
    }
    // The last time and a time are one only when they are equal.
    if a.found.one_of_several != b.found.one_of_several && relation == Match::Conflict {
        return f32::NEG_INFINITY;
    }
    let value = match relation {
        Match::Same => weight::SAME,
        Match::Compatible | Match::Spelling => weight::COMPATIBLE,
        _ if share_part(a, b) => weight::SHARED_NAME,
        _ => 0.0,
    };
    value + frame(a, b)
}

/// How alike the surroundings of two mentions are.
pub(super) fn frame(a: &Mention, b: &Mention) -> f32 {
    let mut sum = 0.0;
    if a.subject != NO_WORD && b.subject != NO_WORD {
        sum += match (a.subject == b.subject, a.class) {
            (true, _) => weight::SUBJECT,
            // One person is a lineman here and an electrician there.
            (false, Class::Age | Class::Percent) => 0.0,
            _ => other_subject(a, b),
        };
    }
    let beside = |x: u32, y: u32| x != NO_WORD && x == y;
    sum += if beside(a.about.left, b.about.left) { weight::NEIGHBOUR } else { 0.0 };
    sum += if beside(a.about.right, b.about.right) { weight::NEIGHBOUR } else { 0.0 };
    sum += match (a.about.role, b.about.role) {
        (NO_WORD, _) | (_, NO_WORD) => 0.0,
        (x, y) if x == y => weight::ROLE,
        _ if a.class == Class::Thing => weight::OTHER_THING_ROLE,
        _ => weight::OTHER_ROLE,
    };
    let same_value = |x: Option<&Value>, y: Option<&Value>| x.is_some() && x == y;
    sum += if same_value(a.before, b.before) { weight::VALUE_BESIDE } else { 0.0 };
    sum += if same_value(a.after, b.after) { weight::VALUE_BESIDE } else { 0.0 };
    sum += weight::AROUND * overlap(a.around, b.around);
    if a.of == 1 && b.of == 1 {
        sum += weight::ONLY;
    } else if a.of == b.of && a.rank == b.rank {
        sum += weight::RANK;
    }
    if a.class == Class::Thing && a.about.left != b.about.left {
        sum += weight::OTHER_ARTICLE;
    }
    if let (Some(x), Some(y)) = (a.kind, b.kind)
        && x != y
    {
        sum += weight::OTHER_KIND;
    }
    sum
}

fn other_subject(a: &Mention, b: &Mention) -> f32 {
    match (a.found.counts, b.found.counts) {
        (Counts::Anyone, _) | (_, Counts::Anyone) | (Counts::Persons, Counts::Persons) => weight::OTHER_PEOPLE,
        (Counts::Things, Counts::Things) => weight::OTHER_SUBJECT,
        _ => weight::PEOPLE_AND_THINGS,
    }
}

/// Share of the weight of the lighter side that both hold.
pub(super) fn overlap(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let total = |x: &[(u32, f32)]| x.iter().map(|w| w.1).sum::<f32>();
    let lighter = total(a).min(total(b));
    if lighter <= 0.0 {
        return 0.0;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += a[i].1.min(b[j].1);
                i += 1;
                j += 1;
            }
        }
    }
    (shared / lighter).min(1.0)
}

/// Whether two names share a word that is no mere particle.
fn share_part(a: &Mention, b: &Mention) -> bool {
    let (Some(x), Some(y)) = (a.name(), b.name()) else { return false };
    x.split_whitespace()
        .any(|w| w.chars().count() > 2 && w.chars().next().is_some_and(char::is_uppercase) && y.split_whitespace().any(|v| v == w))
}

/// Whether one version would say two things in one slot.
fn blocks(a: &Mention, b: &Mention) -> bool {
    if a.version != b.version {
        return false;
    }
    if relate(a, b) != Match::Same {
        return true;
    }
    // The same figure twice in a sentence counts two things, unless both count the same.
    a.class.is_measured() && a.sentence == b.sentence && !(a.subject != NO_WORD && a.subject == b.subject)
}

/// Whether one version would say two things in a slot of these mentions; both lists are in the order of versions.
fn clash(mentions: &[Mention], x: &[usize], y: &[usize]) -> bool {
    let version = |i: &usize| mentions[*i].version;
    let before = |x: &[usize], y: &[usize]| x.last().zip(y.first()).is_none_or(|(last, first)| version(last) < version(first));
    if before(x, y) || before(y, x) {
        return false;
    }
    let mut rest = y;
    x.chunk_by(|a, b| version(a) == version(b)).any(|own| {
        rest = &rest[rest.partition_point(|j| version(j) < version(&own[0]))..];
        let mut other = rest.iter().take_while(|j| version(j) == version(&own[0]));
        other.any(|&b| own.iter().any(|&a| blocks(&mentions[a], &mentions[b])))
    })
}

/// Sorts the mentions of a passage into slots.
pub(super) fn slots(mentions: &[Mention]) -> Vec<Slot> {
    // There are few classes: a list is quicker than a map, or than sorting.
    let mut by_class: Vec<(Class, Vec<usize>)> = Vec::new();
    for (i, mention) in mentions.iter().enumerate() {
        match by_class.iter_mut().find(|c| c.0 == mention.class) {
            Some((_, list)) => list.push(i),
            None => by_class.push((mention.class, vec![i])),
        }
    }
    by_class.sort_unstable_by_key(|c| c.0);
    let mut out: Vec<Slot> = by_class.into_iter().flat_map(|(class, list)| cluster(mentions, class, &list)).collect();
    complete(mentions, &mut out);
    out.sort_by_key(|s| s.mentions.first().copied());
    out
}

/// Most pools that are clustered by all pairs; a passage beyond it keeps its most common ones.
const POOLS: usize = 400;
/// Likenesses that differ by less are equal: sums in another order differ in their last bits.
const EQUAL: f32 = 1e-6;

fn cluster(mentions: &[Mention], class: Class, list: &[usize]) -> Vec<Slot> {
    // Pools of mentions that say it alike.
    let mut pools: Vec<Vec<usize>> = Vec::new();
    let mut seen: FxHashMap<_, usize> = FxHashMap::default();
    for &i in list {
        let m = &mentions[i];
        let key = (m.says, &m.about.words, m.subject, (m.about.left, m.about.right), (m.rank, m.of));
        match seen.get(&key) {
            Some(&p) if !clash(mentions, &[i], &pools[p]) => pools[p].push(i),
            _ => {
                seen.insert(key, pools.len());
                pools.push(vec![i]);
            }
        }
    }
    if pools.len() > POOLS {
        pools.sort_by_key(|p| (std::cmp::Reverse(p.len()), p[0]));
        pools.truncate(POOLS);
    }
    let n = pools.len();
    // Sum of likeness and number of pairs between groups; `None` where blocked.
    let mut between: Vec<Option<(f32, f32)>> = vec![None; n * n];
    for i in 0..n {
        for j in i + 1..n {
            if clash(mentions, &pools[i], &pools[j]) {
                continue;
            }
            let size = (pools[i].len() * pools[j].len()) as f32;
            let like = likeness(&mentions[pools[i][0]], &mentions[pools[j][0]]);
            if like > f32::NEG_INFINITY {
                between[i * n + j] = Some((like * size, size));
            }
        }
    }
    let mut groups: Vec<Slot> = pools.into_iter().map(|p| Slot { class, mentions: p, likeness: f32::INFINITY }).collect();
    let mut alive: Vec<bool> = vec![true; n];
    let at = |i: usize, j: usize| if i < j { i * n + j } else { j * n + i };
    // The best partner of each among those after it, of equal ones the first.
    let best_after = |i: usize, alive: &[bool], between: &[Option<(f32, f32)>]| {
        let mut best: Option<(f32, usize)> = None;
        for j in (i + 1..n).filter(|&j| alive[j]) {
            if let Some((sum, pairs)) = between[at(i, j)]
                && best.is_none_or(|b| sum / pairs > b.0 + EQUAL)
            {
                best = Some((sum / pairs, j));
            }
        }
        best
    };
    let mut rows: Vec<Option<(f32, usize)>> = (0..n).map(|i| best_after(i, &alive, &between)).collect();
    loop {
        let mut best: Option<(f32, usize, usize)> = None;
        for (i, row) in rows.iter().enumerate() {
            if let Some((like, j)) = *row
                && best.is_none_or(|b| like > b.0 + EQUAL)
            {
                best = Some((like, i, j));
            }
        }
        let Some((like, i, j)) = best.filter(|b| b.0 >= threshold(class)) else { break };
        alive[j] = false;
        let taken = std::mem::take(&mut groups[j].mentions);
        groups[i].likeness = like.min(groups[i].likeness).min(groups[j].likeness);
        groups[i].mentions.extend(taken);
        groups[i].mentions.sort_unstable();
        for k in (0..n).filter(|&k| alive[k] && k != i) {
            between[at(i, k)] = match (between[at(i, k)], between[at(j, k)]) {
                (Some(x), Some(y)) => Some((x.0 + y.0, x.1 + y.1)),
                _ => None,
            };
        }
        rows[j] = None;
        rows[i] = best_after(i, &alive, &between);
        // Another's best can change only where it was one of the two, or where what they became is as good.
        for k in (0..j).filter(|&k| alive[k] && k != i) {
            let as_good = |row: (f32, usize)| k < i && between[at(k, i)].is_some_and(|(sum, pairs)| sum / pairs >= row.0 - EQUAL);
            if rows[k].is_some_and(|row| row.1 == i || row.1 == j || as_good(row)) {
                rows[k] = best_after(k, &alive, &between);
            }
        }
    }
    groups.retain(|g| !g.mentions.is_empty());
    groups
}

/// Most slots of a passage that are completed: beyond it, what remains is no puzzle with one solution.
const COMPLETED: usize = 120;

/// Joins what remains: when two versions match in everything else of a kind, the one mention left on each
/// side answers one question, though nothing around it is alike.
fn complete(mentions: &[Mention], slots: &mut Vec<Slot>) {
    if slots.len() > COMPLETED {
        return;
    }
    loop {
        let versions: Vec<Vec<VersionIx>> = slots
            .iter()
            .map(|s| {
                let mut v: Vec<VersionIx> = s.mentions.iter().map(|&i| mentions[i].version).collect();
                v.dedup();
                v
            })
            .collect();
        let mut best: Option<(f32, usize, usize)> = None;
        for i in 0..slots.len() {
            for j in i + 1..slots.len() {
                if let Some(like) = completion(mentions, slots, &versions, i, j)
                    && best.is_none_or(|b| like > b.0 + 1e-6)
                {
                    best = Some((like, i, j));
                }
            }
        }
        let Some((like, i, j)) = best else { return };
        let taken = slots.remove(j);
        slots[i].mentions.extend(taken.mentions);
        slots[i].mentions.sort_unstable();
        slots[i].likeness = like.min(slots[i].likeness).min(taken.likeness);
    }
}

/// Pairs of versions looked at for one join.
const PAIRS: usize = 36;

/// Mean likeness of two slots as the last of their kind; `None` where they may not be joined.
fn completion(mentions: &[Mention], slots: &[Slot], versions: &[Vec<VersionIx>], i: usize, j: usize) -> Option<f32> {
    let class = slots[i].class;
    let kind = mentions[slots[i].mentions[0]].kind;
    if slots[j].class != class || mentions[slots[j].mentions[0]].kind != kind {
        return None;
    }
    if versions[i].iter().any(|v| versions[j].contains(v)) {
        return None;
    }
    let same_kind = |s: &Slot| s.class == class && mentions[s.mentions[0]].kind == kind;
    // What of this kind each of two versions has that the other has not.
    let left = |a: VersionIx, b: VersionIx| {
        (0..slots.len()).filter(|&s| same_kind(&slots[s]) && versions[s].contains(&a) && !versions[s].contains(&b)).count()
    };
    let agreements = |a: VersionIx, b: VersionIx| {
        slots.iter().zip(versions).filter(|(s, v)| s.class != Class::Thing && v.contains(&a) && v.contains(&b)).count()
    };
    let (mut sum, mut n, mut last) = (0.0, 0, 0);
    for &a in &slots[i].mentions {
        for &b in &slots[j].mentions {
            if n >= PAIRS {
                break;
            }
            let (x, y) = (&mentions[a], &mentions[b]);
            let like = likeness(x, y);
            // A noun phrase needs at least the article or preposition before it to be alike.
            if class == Class::Thing && (x.about.left != y.about.left || x.about.left == NO_WORD) {
                return None;
            }
            if like == f32::NEG_INFINITY {
                return None;
            }
            sum += like + weight::AGREEMENT * agreements(x.version, y.version).min(3) as f32;
            if left(x.version, y.version) == 1 && left(y.version, x.version) == 1 {
                sum += weight::LAST;
                last += 1;
            }
            n += 1;
        }
    }
    // A version that has more to say than the others does not keep them from meeting.
    if last * 3 < n * 2 {
        return None;
    }
    let mean = sum / n.max(1) as f32;
    (n > 0 && mean >= threshold(class)).then_some(mean)
}
