//! Concepts by numbers that all versions have in common.
//!
//! Numbers are in the order of the concepts' hashes, so that lists which are sorted by a version's own numbers are sorted by these. They
//! leave room between them: where a version comes with new concepts, these are numbered in between, and what is kept of the other versions
//! holds. Only where there is no room left are all numbered anew. Nothing but their order may be read from numbers, since it is all that a
//! run with others would have in common.

use super::context::NO_WORD;
use super::found::Found;
use super::lexed::Lexed;
use crate::base::Serial;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::sync::Arc;

/// One version's concepts by the numbers that all have in common.
#[derive(Debug)]
pub(super) struct Numbered {
    /// Concept of each token, [`NO_WORD`] for punctuation.
    pub concept: Vec<u32>,
    /// By its number in this version.
    pub all: Vec<u32>,
    /// As in [`Lexed`].
    pub content: Vec<u32>,
    /// The words of all parts of its quotes, in order.
    pub said: Vec<u32>,
    /// What each mention is about.
    pub about: Vec<About>,
}

/// What a mention is about.
#[derive(Debug)]
pub(super) struct About {
    pub words: SmallVec<[u32; 4]>,
    /// Of what is counted; that of a concept that no version may write.
    pub subject: u32,
    pub left: u32,
    pub right: u32,
    pub role: u32,
}

/// What is kept of numbering from one run to the next.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// Each concept's hash and number; sorted by either.
    all: Vec<(u64, u32)>,
    by_hash: FxHashMap<u64, u32>,
    /// In how many sentences each stands; as long as the highest number may be.
    holders: Vec<u32>,
    of_version: FxHashMap<Serial, (Arc<Lexed>, Arc<Numbered>)>,
}

/// Numbers to a concept when all are numbered anew.
const ROOM: u32 = 4;
/// When more than one in so many concepts is written by no version any more, all are numbered anew.
const UNUSED: usize = 2;

impl Numbered {
    /// The number among all versions' concepts of one that has this number in its own.
    pub fn among_all(&self, number: u32) -> u32 {
        self.all.get(number as usize).copied().unwrap_or(NO_WORD)
    }

    fn of(own: &Lexed, by_hash: &FxHashMap<u64, u32>) -> Self {
        let number = |hash: &u64| by_hash.get(hash).copied().unwrap_or(NO_WORD);
        let all: Vec<u32> = own.concepts.iter().map(number).collect();
        let among_all = |n: u32| all.get(n as usize).copied().unwrap_or(NO_WORD);
        let about = |found: &Found| About {
            words: found.words.iter().map(|&n| among_all(n)).collect(),
            subject: found.subject.as_ref().map_or(NO_WORD, number),
            left: among_all(found.left),
            right: among_all(found.right),
            role: among_all(found.role),
        };
        Self {
            concept: own.numbers.iter().map(|&n| among_all(n)).collect(),
            content: own.content.iter().map(|&n| among_all(n)).collect(),
            said: own.said.iter().flat_map(|said| said.all()).map(|&n| among_all(n)).collect(),
            about: own.mentions.iter().map(about).collect(),
            all,
        }
    }
}

impl Numbers {
    /// The concepts of some versions; what is kept of others is forgotten.
    pub fn of(&mut self, versions: &[Arc<Lexed>]) -> Vec<Arc<Numbered>> {
        let here: FxHashSet<Serial> = versions.iter().map(|own| own.id).collect();
        let holders = &mut self.holders;
        self.of_version.retain(|id, (own, numbered)| {
            let stays = here.contains(id);
            if !stays {
                numbered.all.iter().zip(&own.holders).for_each(|(&n, count)| holders[n as usize] -= count);
            }
            stays
        });
        let used = self.holders.iter().filter(|count| **count > 0).count();
        let anew: Vec<&Arc<Lexed>> = versions.iter().filter(|own| !self.of_version.contains_key(&own.id)).collect();
        let crowded = self.all.len() > UNUSED * used || !self.add(self.unknown(&anew));
        let anew = if crowded {
            *self = Self::default();
            self.renumber(self.unknown(&versions.iter().collect::<Vec<_>>()));
            versions.iter().collect()
        } else {
            anew
        };
        let made: Vec<Arc<Numbered>> = anew.par_iter().map(|own| Arc::new(Numbered::of(own, &self.by_hash))).collect();
        for (own, numbered) in anew.into_iter().zip(made) {
            numbered.all.iter().zip(&own.holders).for_each(|(&n, count)| self.holders[n as usize] += count);
            self.of_version.insert(own.id, (own.clone(), numbered));
        }
        versions.iter().map(|own| self.of_version[&own.id].1.clone()).collect()
    }

    /// By number, in how many sentences each concept stands.
    pub fn holders(&self) -> &[u32] {
        &self.holders
    }

    /// The concepts of some versions that have no number, and those of what they count; sorted.
    fn unknown(&self, versions: &[&Arc<Lexed>]) -> Vec<u64> {
        let written = versions.iter().flat_map(|own| &own.concepts).copied();
        let counted = versions.iter().flat_map(|own| &own.mentions).filter_map(|mention| mention.subject);
        let all: FxHashSet<u64> = written.chain(counted).collect();
        let mut unknown: Vec<u64> = all.into_iter().filter(|hash| !self.by_hash.contains_key(hash)).collect();
        unknown.sort_unstable();
        unknown
    }

    /// Numbers new concepts, sorted, between those that have numbers; `false` where there is no room for them.
    fn add(&mut self, anew: Vec<u64>) -> bool {
        let place = |hash: u64| self.all.partition_point(|known| known.0 < hash);
        let mut added: Vec<(u64, u32)> = Vec::with_capacity(anew.len());
        for run in anew.chunk_by(|x, y| place(*x) == place(*y)) {
            let at = place(run[0]);
            let from = at.checked_sub(1).map_or(0, |before| self.all[before].1 + 1);
            let upto = self.all.get(at).map_or(self.holders.len() as u32, |after| after.1);
            let (room, count) = (upto - from, run.len() as u32);
            if room < count {
                return false;
            }
            added.extend((0..).zip(run).map(|(i, hash)| (*hash, from + (2 * i + 1) * room / (2 * count))));
        }
        self.by_hash.extend(added.iter().copied());
        self.all.extend(added);
        self.all.sort_unstable();
        true
    }

    /// Numbers all concepts, sorted.
    fn renumber(&mut self, all: Vec<u64>) {
        self.holders = vec![0; all.len() * ROOM as usize];
        self.all = all.into_iter().zip((0..).map(|n| n * ROOM + ROOM / 2)).collect();
        self.by_hash = self.all.iter().copied().collect();
    }
}
