//! What is kept from one run to the next, so that a version that comes or goes costs what it touches.
//!
//! Features are kept under their version, all else under the serial numbers of the features that it was made of, which are given once.

use super::between::{self, Likely};
use super::evidence::Evidence;
use super::features::Features;
use super::rounds::{Ground, Node};
use crate::analysis::Version;
use crate::base::Serial;
use crate::kept::{ByVersion, Memo};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// What is kept of aligning.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    features: ByVersion<Features>,
    likely: FxHashMap<(Serial, Serial), Vec<Likely>>,
    /// Groups of blocks of versions, sentences being counted from each block's first.
    blocks: FxHashMap<Block, Vec<Node>>,
    pub(super) known: Known,
}

/// The versions of a block, and by how much each is apart from each other; nothing where all report one event.
type Block = (Vec<Serial>, Vec<u32>);

/// The sentences that stand for a group: of which version, and which among those that take part.
pub(super) type Voices = SmallVec<[(Serial, u32); 4]>;

impl Kept {
    /// What is compared of each version; what is kept of others is forgotten.
    pub(super) fn features(&mut self, versions: &[Arc<Version>]) -> Vec<Arc<Features>> {
        let made = self.features.of(versions, |_: &mut (), version| Features::of(version));
        let used: FxHashSet<Serial> = made.iter().map(|f| f.id).collect();
        self.likely.retain(|(a, b), _| used.contains(a) && used.contains(b));
        made
    }

    /// The groups of each block of versions.
    pub(super) fn blocks(&mut self, ground: &Ground, blocks: &[Range<usize>]) -> Vec<Vec<Node>> {
        let key = |block: &Range<usize>| -> Block {
            let pairs = || block.clone().flat_map(|i| (i + 1..block.end).map(move |j| ground.events.apart(i, j)));
            let one = ground.events.is_one() || pairs().all(|apart| apart == 0.0);
            let apart = if one { Vec::new() } else { pairs().map(f32::to_bits).collect() };
            (ground.features[block.clone()].iter().map(|f| f.id).collect(), apart)
        };
        let keys: Vec<Block> = blocks.iter().map(key).collect();
        let anew: Vec<usize> = (0..blocks.len()).filter(|&b| !self.blocks.contains_key(&keys[b])).collect();
        let pair = |i: usize, j: usize| (ground.features[i].id, ground.features[j].id);
        let of_block = |block: Range<usize>| block.clone().flat_map(move |i| (i + 1..block.end).map(move |j| (i, j)));
        let missing: Vec<(usize, usize)> =
            anew.iter().flat_map(|&b| of_block(blocks[b].clone())).filter(|&(i, j)| !self.likely.contains_key(&pair(i, j))).collect();
        let found: Vec<Vec<Likely>> = missing.par_iter().map(|&(i, j)| between::likely(&ground.features[i], &ground.features[j])).collect();
        self.likely.extend(missing.iter().map(|&(i, j)| pair(i, j)).zip(found));
        let likely = |i: usize, j: usize| self.likely[&pair(i, j)].as_slice();
        let made: Vec<Vec<Node>> = anew.par_iter().map(|&b| ground.of_block(blocks[b].clone(), likely)).collect();
        for (b, nodes) in anew.into_iter().zip(made) {
            self.blocks.insert(keys[b].clone(), nodes);
        }
        let used: FxHashSet<&Block> = keys.iter().collect();
        self.blocks.retain(|key, _| used.contains(key));
        let first = |b: usize| ground.start_of(blocks[b].start);
        let kept = &self.blocks;
        keys.par_iter().enumerate().map(|(b, key)| kept[key].iter().map(|node| node.moved(first(b))).collect()).collect()
    }
}

/// What is known of groups by their voices: by what terms they are found, and what speaks for two of them, rivals and events apart.
#[derive(Debug, Default)]
pub(super) struct Known {
    heard: Memo<Voices, Arc<Heard>>,
    numbers: Mutex<Numbers>,
    rows: FxHashMap<HeardId, Row>,
    /// Those of the run that goes on.
    anew: Mutex<Vec<(HeardId, Row)>>,
}

/// Which voices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct HeardId(u32);

/// What some voices say.
#[derive(Debug)]
pub(super) struct Heard {
    pub id: HeardId,
    /// Their terms by number, in the order of their keys, each once, with its mean weight.
    pub terms: Vec<(u32, f32)>,
    /// Sum of the weights.
    pub mass: f32,
}

/// What speaks for a group and each of those that it was compared with.
pub(super) type Row = Vec<(HeardId, Evidence)>;

/// How terms and voices are numbered: as they come, and for as long as they are known.
#[derive(Debug, Default)]
struct Numbers {
    of_term: FxHashMap<u64, u32>,
    voices: u32,
}

impl Known {
    /// What each of some groups says, and how many numbers terms have. `terms` gives those of one by key, sorted, each once, with
    /// its weight.
    pub(super) fn heard(
        &self,
        groups: &[&Node],
        voices: impl Fn(&Node) -> Voices + Sync,
        terms: impl Fn(&Node) -> Vec<(u64, f32)> + Sync,
    ) -> (Vec<Arc<Heard>>, usize) {
        let look_up = |group: &&Node| {
            let voices = voices(group);
            self.heard.get(&voices).cloned().ok_or_else(|| (terms(group), voices))
        };
        let looked_up: Vec<_> = groups.par_iter().map(look_up).collect();
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut anew = Vec::new();
        let number = |found| match found {
            Ok(heard) => heard,
            Err((terms, voices)) => {
                let heard = Arc::new(numbers.number(terms));
                anew.push((voices, heard.clone()));
                heard
            }
        };
        let heard = looked_up.into_iter().map(number).collect();
        self.heard.note(anew);
        (heard, numbers.of_term.len())
    }

    /// What was found to speak for a group with these voices and others.
    pub(super) fn row(&self, of: HeardId) -> Option<&Row> {
        self.rows.get(&of)
    }

    /// Notes what was found, for the next run.
    pub(super) fn note(&self, found: impl IntoIterator<Item = (HeardId, Row)>) {
        self.anew.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
    }

    /// Ends a run: what it looked up or noted is known to the next.
    pub(super) fn turn(&mut self) {
        self.heard.turn();
        self.rows.clear();
        for (id, row) in self.anew.get_mut().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // In several rounds there may be groups with the same voices.
            self.rows.entry(id).or_default().extend(row);
        }
        // Numbers of terms that nobody has any more take room.
        let used: usize = self.heard.values().map(|heard| heard.terms.len()).sum();
        if self.numbers.get_mut().unwrap_or_else(PoisonError::into_inner).of_term.len() > used {
            *self = Self::default();
        }
    }
}

impl Numbers {
    fn number(&mut self, terms: Vec<(u64, f32)>) -> Heard {
        let mut number = |key: u64| {
            let next = self.of_term.len() as u32;
            *self.of_term.entry(key).or_insert(next)
        };
        let terms: Vec<(u32, f32)> = terms.into_iter().map(|(key, weight)| (number(key), weight)).collect();
        let id = HeardId(self.voices);
        self.voices += 1;
        Heard { id, mass: terms.iter().map(|t| t.1).sum(), terms }
    }
}
