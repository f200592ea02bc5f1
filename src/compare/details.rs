//! Findings on details: values of one slot that differ.
//!
//! Each slot's mentions are grouped into readings by value. A slot gives a finding when two readings are
//! left whose difference a careful reader would call one. Relations between readings: compatible when
//! intervals meet or one figure is the other rounded, later when a count that grows is larger in every
//! version published later, else conflict.

use super::context::Context;
use super::draft::{Draft, Told, finish};
use super::mention::{Class, Mention};
use super::slots::{Slot, frame};
use super::value::{self, Match, relate};
use super::{Finding, FindingKind, Relation, titles, why};
use crate::base::{PassageIx, SentenceIx, VersionIx};
use crate::extract::{DetailKind, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// A slot with its mentions grouped by value.
pub(super) struct Valued<'m, 'a> {
    pub slot: &'m Slot,
    pub mentions: &'m [Mention<'a>],
    /// Indices into `mentions`, a list a reading.
    pub readings: Vec<Vec<usize>>,
}

/// Groups a slot's mentions by value.
pub(super) fn group<'m, 'a>(slot: &'m Slot, mentions: &'m [Mention<'a>]) -> Valued<'m, 'a> {
    if let [one] = slot.mentions[..] {
        return Valued { slot, mentions, readings: vec![vec![one]] };
    }
    // What is written and read alike relates alike to a reading; of things only their words are known.
    let mut alike: SmallVec<[(u64, u64); 16]> = SmallVec::new();
    let mut forms: SmallVec<[usize; 16]> = SmallVec::new();
    let mut order: Vec<(usize, usize)> = Vec::with_capacity(slot.mentions.len());
    for &i in &slot.mentions {
        let m = &mentions[i];
        // There are few ways to say one thing: a list is quicker than a map.
        let form = alike.iter().position(|known| *known == (m.says, m.form)).unwrap_or_else(|| {
            // The fullest name or phrase first, so that short forms join it.
            alike.push((m.says, m.form));
            forms.push(m.name().map_or(0, |n| n.split_whitespace().count()));
            forms.len() - 1
        });
        order.push((i, form));
    }
    order.sort_by_key(|&(i, form)| (std::cmp::Reverse((forms[form], mentions[i].about.words.len())), i));
    let mut readings: Vec<Vec<usize>> = Vec::new();
    let mut known: Vec<Vec<Option<bool>>> = Vec::new();
    for (i, form) in order {
        let m = &mentions[i];
        let same = |first: usize| relate(&mentions[first], m) == Match::Same;
        let mut fits = |r: &usize| match readings[*r][0] {
            first if m.detail().is_none() => same(first),
            first => *known[*r][form].get_or_insert_with(|| same(first)),
        };
        // A short form that fits several goes where most stand.
        match (0..readings.len()).filter(&mut fits).max_by_key(|&r| (readings[r].len(), std::cmp::Reverse(r))) {
            Some(r) => readings[r].push(i),
            None => {
                readings.push(vec![i]);
                known.push(vec![None; forms.len()]);
            }
        }
    }
    Valued { slot, mentions, readings }
}

impl Valued<'_, '_> {
    /// The strongest relation between two readings.
    pub fn relation(&self) -> Match {
        let mut strongest = Match::Same;
        for (i, x) in self.readings.iter().enumerate() {
            for y in &self.readings[i + 1..] {
                let m = relate(&self.mentions[x[0]], &self.mentions[y[0]]);
                if m != Match::Apart {
                    strongest = strongest.max(m);
                }
            }
        }
        strongest
    }

    /// Whether one version alone has a reading.
    fn is_of_one(&self, reading: &[usize]) -> bool {
        let version = |i: &usize| self.mentions[*i].version;
        reading.iter().all(|i| version(i) == version(&reading[0]))
    }

    fn versions(&self, reading: &[usize]) -> Vec<VersionIx> {
        let mut out: Vec<VersionIx> = reading.iter().map(|&i| self.mentions[i].version).collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Mentions by place, whose value another version shares in some slot.
pub(super) type Agreed = FxHashSet<(u32, u32, u32)>;

/// Notes which mentions of a slot agree with another version.
pub(super) fn note_agreed(valued: &Valued, agreed: &mut Agreed) {
    for reading in &valued.readings {
        if !valued.is_of_one(reading) {
            agreed.extend(reading.iter().map(|&i| valued.mentions[i].key()));
        }
    }
}

/// Likeness of surroundings from which a mention belongs to its slot, whatever it agrees with elsewhere.
const AT_HOME: f32 = 1.6;

/// Takes out of a slot what stands here without company though it agrees with another version elsewhere:
/// a sentence that reports two things brings its details into both passages.
pub(super) fn drop_explained(valued: &mut Valued, agreed: &Agreed) {
    let mut kept = std::mem::take(&mut valued.readings);
    let several = kept.len() > 1;
    let strangers: Vec<bool> = kept
        .iter()
        .enumerate()
        .map(|(n, r)| {
            let explained = several && valued.is_of_one(r) && r.iter().any(|&i| agreed.contains(&valued.mentions[i].key()));
            let others = kept.iter().enumerate().filter(|(k, _)| *k != n).flat_map(|(_, o)| o.iter().take(8));
            // The same words around it say that it answers this question too.
            let at_home = || others.clone().any(|&o| r.iter().any(|&i| frame(&valued.mentions[i], &valued.mentions[o]) >= AT_HOME));
            explained && !at_home()
        })
        .collect();
    let mut strangers = strangers.into_iter();
    kept.retain(|_| !strangers.next().unwrap_or(false));
    valued.readings = kept;
}

/// Takes out of a passage's slots the versions that report something else: names and days differ in two
/// slots or more, and agree in none.
pub(super) fn drop_outsiders(groups: &mut [Valued]) {
    let mut agree: FxHashMap<u32, usize> = FxHashMap::default();
    let mut differ: FxHashMap<u32, usize> = FxHashMap::default();
    for group in groups.iter() {
        if group.slot.class == Class::Thing || group.readings.is_empty() {
            continue;
        }
        let tells = matches!(group.slot.class, Class::Name | Class::Date);
        for (i, reading) in group.readings.iter().enumerate() {
            let versions = group.versions(reading);
            // Another spelling of one name, or a value that fits another's, speaks for the same report.
            let fits = group.readings.iter().enumerate().any(|(j, other)| {
                j != i && matches!(relate(&group.mentions[reading[0]], &group.mentions[other[0]]), Match::Compatible | Match::Spelling)
            });
            for v in &versions {
                if versions.len() > 1 || fits {
                    *agree.entry(v.0).or_default() += 1;
                } else if tells && group.readings.len() > 1 {
                    *differ.entry(v.0).or_default() += 1;
                }
            }
        }
    }
    let outside = |v: VersionIx| !agree.contains_key(&v.0) && differ.get(&v.0).copied().unwrap_or(0) >= 2;
    for group in groups {
        let mentions = group.mentions;
        for reading in &mut group.readings {
            reading.retain(|&i| !outside(mentions[i].version));
        }
        group.readings.retain(|r| !r.is_empty());
    }
}

/// How many passages set one thing for another: a pair that recurs is a choice of words.
pub(super) type Swaps = FxHashMap<(Vec<u32>, Vec<u32>), u32>;

fn swap_key(a: &Mention, b: &Mention) -> (Vec<u32>, Vec<u32>) {
    let key = |m: &Mention| {
        let mut w = m.about.words.to_vec();
        w.sort_unstable();
        w
    };
    let (x, y) = (key(a), key(b));
    if x <= y { (x, y) } else { (y, x) }
}

/// Notes which things stand for each other in a slot.
pub(super) fn note_swaps(valued: &Valued, swaps: &mut Swaps) {
    if valued.slot.class != Class::Thing {
        return;
    }
    for (i, x) in valued.readings.iter().enumerate() {
        for y in &valued.readings[i + 1..] {
            *swaps.entry(swap_key(&valued.mentions[x[0]], &valued.mentions[y[0]])).or_default() += 1;
        }
    }
}

/// Likeness of surroundings from which two speakers are named for one report.
const SPEAKERS_FRAME: f32 = 2.0;

/// Sentences whose speakers are compared elsewhere.
pub(super) type ToldElsewhere = FxHashSet<(VersionIx, SentenceIx)>;

/// The finding of a slot, if it gives one.
pub(super) fn finding(cx: &Context, passage: PassageIx, valued: &Valued, swaps: &Swaps, told: &ToldElsewhere) -> Option<Finding> {
    if valued.readings.len() < 2 {
        return None;
    }
    let first = |r: &Vec<usize>| &valued.mentions[r[0]];
    let class = valued.slot.class;
    let all = || valued.readings.iter().flatten().map(|&i| &valued.mentions[i]);
    // Who speaks is compared with the words spoken, unless these are no quote of which another version has the words.
    if class == Class::Name
        && all().filter(|m| m.found.speaks).count() * 2 >= all().count()
        && (all().any(|m| m.found.speaks && told.contains(&(m.version, m.sentence))) || best_frame(valued) < SPEAKERS_FRAME)
    {
        return None;
    }
    if all().all(|m| m.found.quoted) {
        return None;
    }
    let relation = valued.relation();
    if class == Class::Thing && !thing_counts(cx, valued, swaps) {
        return None;
    }
    if class == Class::Name && relation == Match::Conflict && !name_counts(valued) {
        return None;
    }
    let kind_of_detail = first(&valued.readings[0]).kind;
    let (kind, relation) = match relation {
        // Spellings are told once for all versions, not passage by passage.
        Match::Same | Match::Apart | Match::Spelling => return None,
        Match::Compatible => (FindingKind::DetailCompatible, Relation::Compatible),
        // Two nouns in one place may name two things, or one thing twice: no program can tell.
        Match::Conflict if class == Class::Thing => (FindingKind::DetailCompatible, Relation::Compatible),
        Match::Conflict if is_later(cx, valued) => (FindingKind::DetailLater, Relation::Later),
        Match::Conflict => (FindingKind::DetailConflict, Relation::Conflict),
    };
    let drafts: Vec<Draft> = valued
        .readings
        .iter()
        .enumerate()
        .map(|(r, reading)| {
            let mut draft = Draft::default();
            for &i in reading {
                draft.push(valued.mentions[i].version, valued.mentions[i].range);
            }
            // A version without a date of its own leaves the year open; another may know it.
            let with_year =
                |i: &&usize| matches!(valued.mentions[**i].detail().map(|d| &d.value), Some(Value::Date(d)) if d.year.is_some());
            let known = reading.iter().find(with_year).or(reading.first());
            if let Some(detail) = known.and_then(|&i| valued.mentions[i].detail()) {
                let words = draft.words(cx);
                draft.read_as = value::read_as(detail, &words);
                draft.interval = value::interval(detail).filter(|_| value::has_scale(class));
            }
            draft.remark = fits(valued, r);
            draft
        })
        .collect();
    let head = Told {
        kind,
        relation,
        detail: kind_of_detail,
        passage: Some(passage),
        title: titles::of_slot(cx, valued),
        silent: Vec::new(),
        weight: weigh(cx, kind, valued),
    };
    let subject = titles::subject(cx, valued);
    let clash = clash(cx, valued);
    Some(finish(cx, head, drafts, |readings| {
        let values = why::values(cx, readings);
        let both = if readings.len() == 2 { "both" } else { "all" };
        match kind {
            FindingKind::DetailLater => format!("{values}; the larger figure is in the later version."),
            FindingKind::DetailCompatible if class == Class::Thing => format!("{values}: another word for it, or another thing."),
            FindingKind::DetailCompatible => format!("{values}; both can be true."),
            _ if readings.len() > 2 && clash.is_some() => {
                let (x, y) = clash.unwrap_or_default();
                format!("{values}; “{x}” and “{y}” can't both hold.")
            }
            _ => match (class, subject) {
                (Class::Number | Class::Age, Some(s)) => format!("{values}; {both} count {s}."),
                _ => format!("{values}; they can't {both} hold."),
            },
        }
    }))
}

/// Two readings that can't both hold, where others can be true beside either.
fn clash(cx: &Context, valued: &Valued) -> Option<(String, String)> {
    let words = |r: &[usize]| super::draft::one_line(cx.slice(valued.mentions[r[0]].version, valued.mentions[r[0]].range));
    let pairs = || valued.readings.iter().enumerate().flat_map(|(i, x)| valued.readings[i + 1..].iter().map(move |y| (x, y)));
    let relation = |x: &[usize], y: &[usize]| relate(&valued.mentions[x[0]], &valued.mentions[y[0]]);
    if !pairs().any(|(x, y)| relation(x, y) == Match::Compatible) {
        return None;
    }
    pairs().find(|(x, y)| relation(x, y) == Match::Conflict).map(|(x, y)| (words(x), words(y)))
}

/// How a reading stands to the others, where there are more than two and some can be true beside each other: with
/// which it conflicts, or that it fits all of those it is measured against.
fn fits(valued: &Valued, r: usize) -> Option<String> {
    if valued.readings.len() < 3 || !valued.slot.class.is_measured() {
        return None;
    }
    let me = &valued.mentions[valued.readings[r][0]];
    let relations = || valued.readings.iter().enumerate().filter(|(k, _)| *k != r).map(|(_, o)| relate(me, &valued.mentions[o[0]]));
    let count = |wanted: Match| relations().filter(|m| *m == wanted).count();
    let others = |n: usize| if n == 1 { "one other".to_owned() } else { format!("{n} others") };
    match (count(Match::Compatible), count(Match::Conflict)) {
        (0, _) => None,
        (n, 0) => Some(format!("fits {}", others(n))),
        (_, n) => Some(format!("conflicts with {}", others(n))),
    }
}

/// A larger count of something that grows, in every later version.
fn is_later(cx: &Context, valued: &Valued) -> bool {
    if !matches!(valued.slot.class, Class::Number | Class::Money) {
        return false;
    }
    let grows = valued.readings.iter().flatten().any(|&i| valued.mentions[i].found.grows);
    if !grows {
        return false;
    }
    // By value: first and last time at which it was published.
    let mut by_value: Vec<(f64, i64, i64)> = Vec::new();
    for reading in &valued.readings {
        let Some(at) = valued.mentions[reading[0]].detail().and_then(|d| d.point()) else { return false };
        let times: Option<Vec<i64>> = reading.iter().map(|&i| minutes(cx, valued.mentions[i].version)).collect();
        let Some(times) = times else { return false };
        let (Some(first), Some(last)) = (times.iter().min(), times.iter().max()) else { return false };
        by_value.push((at, *first, *last));
    }
    by_value.sort_by(|a, b| a.0.total_cmp(&b.0));
    by_value.windows(2).all(|w| w[0].2 < w[1].1)
}

/// Minutes since 1970 at which a version was last published or changed.
pub(super) fn minutes(cx: &Context, version: VersionIx) -> Option<i64> {
    let meta = &cx.version(version).meta;
    let moment = meta.updated.or(meta.published)?;
    let days = crate::extract::value::day_number(moment.date) as i64;
    let time = moment.time.map_or(0, |t| i64::from(t.hour()) * 60 + i64::from(t.minute()));
    Some(days * 1440 + time - i64::from(moment.offset_minutes.unwrap_or(0)))
}

/// Names of different kinds differ in earnest when the frame around them is the same: a person in one
/// version's place is mostly another detail.
fn name_counts(valued: &Valued) -> bool {
    let kinds: FxHashSet<Option<DetailKind>> = valued.readings.iter().flatten().map(|&i| valued.mentions[i].kind).collect();
    if kinds.len() == 1 {
        return true;
    }
    best_frame(valued) >= 2.2
}

/// The likeness of the two surroundings of different readings that are most alike.
fn best_frame(valued: &Valued) -> f32 {
    let mut best = f32::NEG_INFINITY;
    for (i, x) in valued.readings.iter().enumerate() {
        for y in &valued.readings[i + 1..] {
            for &a in x {
                for &b in y.iter().take(8) {
                    best = best.max(frame(&valued.mentions[a], &valued.mentions[b]));
                }
            }
        }
    }
    best
}

/// Likeness of surroundings from which two things differ in earnest, where several versions name one.
const THING_FRAME: f32 = 1.3;
/// The same where one version stands against one other.
const LONE_THING_FRAME: f32 = 2.3;
/// Most readings of a thing: more are a choice of words.
const THINGS: usize = 4;

/// Things differ in earnest when several versions name one, the frame is the same, neither side names the
/// other's thing in its sentence, and the two do not stand for each other elsewhere.
fn thing_counts(cx: &Context, valued: &Valued, swaps: &Swaps) -> bool {
    let readings = &valued.readings;
    let Some(main) = (0..readings.len()).max_by_key(|&r| (valued.versions(&readings[r]).len(), std::cmp::Reverse(r))) else { return false };
    let most = valued.versions(&readings[main]).len();
    let total: usize = readings.iter().map(|r| valued.versions(r).len()).sum();
    if most < 2 && total > 2 || readings.len() > THINGS {
        return false;
    }
    let needed = if most < 2 { LONE_THING_FRAME } else { THING_FRAME };
    readings.iter().enumerate().filter(|(r, _)| *r != main).all(|(_, other)| {
        let (a, b) = (&valued.mentions[readings[main][0]], &valued.mentions[other[0]]);
        if relate(a, b) != Match::Conflict || swaps.get(&swap_key(a, b)).copied().unwrap_or(0) > 1 {
            return false;
        }
        let best = readings[main]
            .iter()
            .flat_map(|&p| other.iter().map(move |&q| (p, q)))
            .take(64)
            .map(|(p, q)| frame(&valued.mentions[p], &valued.mentions[q]))
            .fold(f32::NEG_INFINITY, f32::max);
        // One side knows the other's word: then both words are in use for it.
        let knows = |side: &[usize], m: &Mention| {
            side.iter().any(|&p| {
                let s = &valued.mentions[p];
                let words = cx.content_of(s.version, s.sentence);
                m.about.words.iter().all(|w| words.binary_search(w).is_ok())
            })
        };
        best >= needed && !knows(&readings[main], b) && !knows(other, a)
    })
}

/// How much a finding on details matters: its kind, the size of the difference, and how sure the slot is.
fn weigh(cx: &Context, kind: FindingKind, valued: &Valued) -> f32 {
    let base = match kind {
        FindingKind::DetailConflict => 1.0,
        FindingKind::DetailLater => 0.85,
        _ => 0.35,
    };
    let class = match valued.slot.class {
        Class::Number | Class::Money => 1.0,
        Class::Percent | Class::Date | Class::Age => 0.95,
        Class::Name => 0.9,
        Class::Time | Class::Duration => 0.85,
        Class::Thing => 0.6,
    };
    let gap = relative_gap(valued).map_or(0.9, |g| 0.75 + 0.25 * g.min(1.0));
    let sure = (valued.slot.likeness / 3.0).clamp(0.5, 1.0);
    let origins = valued.readings.iter().map(|r| cx.origins_among(valued.versions(r))).sum::<usize>() as f32;
    base * class * gap * (0.7 + 0.3 * sure) * (0.9 + 0.1 * (origins / cx.versions.len().max(1) as f32).min(1.0))
}

fn relative_gap(valued: &Valued) -> Option<f32> {
    let points: Option<Vec<f64>> = valued.readings.iter().map(|r| valued.mentions[r[0]].detail().and_then(|d| d.point())).collect();
    let points = points?;
    if matches!(valued.slot.class, Class::Date | Class::Time) {
        return None;
    }
    let (low, high) = points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), p| (l.min(*p), h.max(*p)));
    Some((((high - low) / high.abs().max(1e-9)) * 2.0) as f32)
}
