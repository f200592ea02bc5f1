//! What is kept from one run to the next, so that a version that comes or goes costs what it touches.
//!
//! Everything here is a function of what it is kept under, so a run that finds it kept gives what a run that finds nothing gives.
//! Features are kept under their version, all else under the serial numbers of the features that it was made of, which are given once.
//! What a run does not use is dropped at its end.

use super::between::{self, Likely};
use super::evidence::Evidence;
use super::features::Features;
use super::rounds::{Ground, Node};
use crate::analysis::{ByVersion, Version};
use crate::base::Serial;
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
    voices: FxHashMap<Voices, VoicesId>,
    evidence: FxHashMap<(VoicesId, VoicesId), Evidence>,
    next: u32,
}

/// The versions of a block, and by how much each is apart from each other; nothing where all report one event.
type Block = (Vec<Serial>, Vec<u32>);

/// The sentences that stand for a group: of which version, and which among those that take part.
pub(super) type Voices = SmallVec<[(Serial, u32); 4]>;

/// Which voices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct VoicesId(u32);

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

    /// What is known of groups' voices, for a run to look up and to add to.
    pub(super) fn voices(&mut self) -> Known {
        let next = Next { id: self.next, ..Next::default() };
        Known { voices: std::mem::take(&mut self.voices), evidence: std::mem::take(&mut self.evidence), next: Mutex::new(next) }
    }

    /// Keeps what a run looked up or added.
    pub(super) fn take_voices(&mut self, known: Known) {
        let next = known.next.into_inner().unwrap_or_else(PoisonError::into_inner);
        (self.voices, self.evidence, self.next) = (next.voices, next.evidence, next.id);
    }
}

/// What is known of voices while a run goes on.
#[derive(Debug)]
pub(super) struct Known {
    voices: FxHashMap<Voices, VoicesId>,
    evidence: FxHashMap<(VoicesId, VoicesId), Evidence>,
    next: Mutex<Next>,
}

/// What the next run finds.
#[derive(Debug, Default)]
struct Next {
    voices: FxHashMap<Voices, VoicesId>,
    evidence: FxHashMap<(VoicesId, VoicesId), Evidence>,
    id: u32,
}

impl Known {
    /// The number of each.
    pub(super) fn ids(&self, voices: impl Iterator<Item = Voices>) -> Vec<VoicesId> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let Next { voices: known, id, .. } = &mut *next;
        let mut id_of = |voices: Voices| {
            *known.entry(voices).or_insert_with_key(|voices| {
                self.voices.get(voices).copied().unwrap_or_else(|| {
                    *id += 1;
                    VoicesId(*id)
                })
            })
        };
        voices.map(&mut id_of).collect()
    }

    /// What was found to speak for two groups with these voices, rivals and events apart.
    pub(super) fn evidence(&self, a: VoicesId, b: VoicesId) -> Option<Evidence> {
        self.evidence.get(&(a, b)).copied()
    }

    /// Notes what was found, for the next run.
    pub(super) fn note(&self, found: Vec<((VoicesId, VoicesId), Evidence)>) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        next.evidence.reserve(found.len());
        next.evidence.extend(found);
    }
}
