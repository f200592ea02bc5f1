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
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

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
}

/// What is known of groups' voices: their numbers, and what speaks for two groups that have them, rivals and events apart.
#[derive(Debug, Default)]
pub(super) struct Known {
    voices: Memo<Voices, VoicesId>,
    evidence: Memo<(VoicesId, VoicesId), Evidence>,
    next: AtomicU32,
}

impl Known {
    /// The number of each.
    pub(super) fn ids(&self, voices: impl Iterator<Item = Voices>) -> Vec<VoicesId> {
        let mut anew: Vec<(Voices, VoicesId)> = Vec::new();
        let id_of = |voices: Voices| {
            self.voices.get(&voices).copied().unwrap_or_else(|| {
                let id = VoicesId(self.next.fetch_add(1, Ordering::Relaxed));
                anew.push((voices, id));
                id
            })
        };
        let ids = voices.map(id_of).collect();
        self.voices.note(anew);
        ids
    }

    /// What was found to speak for two groups with these voices.
    pub(super) fn evidence(&self, groups: (VoicesId, VoicesId)) -> Option<Evidence> {
        self.evidence.get(&groups).copied()
    }

    /// Notes what was found, for the next run.
    pub(super) fn note(&self, found: impl IntoIterator<Item = ((VoicesId, VoicesId), Evidence)>) {
        self.evidence.note(found);
    }

    /// Ends a run.
    pub(super) fn turn(&mut self) {
        self.voices.turn();
        self.evidence.turn();
    }
}
