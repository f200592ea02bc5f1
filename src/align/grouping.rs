//! A person's word on which sentences report the same thing.
//!
//! It is obeyed after the groups were made: a group is joined with another, or divided in two. Feeding it into the
//! evidence was rejected, since one word of a person would then move groups that they never saw.

use super::features::Unit;
use super::rounds::Node;
use crate::analysis::Version;
use crate::base::{ContentId, TextRange};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Words of a version, found again by its key. The sentences that they touch are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The version.
    pub version: ContentId,
    /// The words.
    pub range: TextRange,
}

/// What a person said of some sentences. Versions that are not there are passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    /// They report the same thing: the passages in which they stand become one.
    Together(Vec<Place>),
    /// The first do not report what the others do: they leave the passages that hold both, and make one of their own.
    Apart(Vec<Place>, Vec<Place>),
}

impl Grouping {
    /// All places it names.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        let (a, b) = match self {
            Grouping::Together(all) => (all.as_slice(), [].as_slice()),
            Grouping::Apart(a, b) => (a.as_slice(), b.as_slice()),
        };
        a.iter().chain(b)
    }
}

/// Joins and divides groups as they were told to be, in the order in which it was said.
pub(super) fn obey(versions: &[Arc<Version>], units: &[Unit], mut nodes: Vec<Node>, groupings: &[Grouping]) -> Vec<Node> {
    for grouping in groupings {
        match grouping {
            Grouping::Together(places) => join(&mut nodes, &touched(versions, units, places)),
            Grouping::Apart(a, b) => divide(&mut nodes, &touched(versions, units, a), &touched(versions, units, b)),
        }
    }
    // Two groups of the same sentences would be one passage told twice.
    let mut seen: BTreeSet<Vec<u32>> = BTreeSet::new();
    nodes.retain(|n| groupings.is_empty() || seen.insert(n.units.clone()));
    nodes
}

/// The sentences that places touch.
fn touched(versions: &[Arc<Version>], units: &[Unit], places: &[Place]) -> BTreeSet<u32> {
    let touches = |unit: &Unit, place: &Place| {
        let version = &versions[unit.version.ix()];
        version.key == place.version && version.document.sentences[unit.sentence.ix()].range.overlaps(place.range)
    };
    (0..units.len() as u32).filter(|&u| places.iter().any(|p| touches(&units[u as usize], p))).collect()
}

/// Where a sentence stands in several groups, the largest is meant.
fn join(nodes: &mut Vec<Node>, told: &BTreeSet<u32>) {
    let main = |unit: &u32| {
        let holding = (0..nodes.len()).filter(|&n| nodes[n].units.contains(unit));
        holding.max_by_key(|&n| (nodes[n].units.len(), std::cmp::Reverse(nodes[n].units.clone())))
    };
    let meant: BTreeSet<usize> = told.iter().filter_map(main).collect();
    let Some(largest) = meant.iter().copied().max_by_key(|&n| (nodes[n].units.len(), std::cmp::Reverse(n))).filter(|_| meant.len() > 1)
    else {
        return;
    };
    let all: BTreeSet<u32> = meant.iter().flat_map(|&n| nodes[n].units.iter().copied()).collect();
    let joined = nodes[largest].changed(all.into_iter().collect(), "Pinned together by hand");
    let mut at = 0;
    nodes.retain(|n| {
        at += 1;
        !meant.contains(&(at - 1)) && n.units != joined.units
    });
    nodes.push(joined);
}

fn divide(nodes: &mut Vec<Node>, leave: &BTreeSet<u32>, stay: &BTreeSet<u32>) {
    let mut left: Vec<Node> = Vec::new();
    for node in nodes.iter_mut() {
        let (out, rest): (Vec<u32>, Vec<u32>) = node.units.iter().partition(|u| leave.contains(u));
        if out.is_empty() || !node.units.iter().any(|u| stay.contains(u)) || rest.is_empty() {
            continue;
        }
        left.push(node.changed(out, "Split apart by hand"));
        *node = node.changed(rest, "Split apart by hand");
    }
    for new in left {
        // What left may stand elsewhere already.
        if !nodes.iter().any(|n| new.units.iter().all(|u| n.units.contains(u))) {
            nodes.push(new);
        }
    }
}
