//! What is kept of one comparison for the next, in which most versions are the same.
//!
//! Everything that is kept is a function of what it is kept under, so a run that finds it gives what a run that finds nothing gives. What a
//! run does not use is forgotten after it.

use crate::analysis::Version;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What is kept of each version, by where that lies in memory: it never changes, and what is kept of it holds on to it.
#[derive(Debug)]
pub(crate) struct ByVersion<T>(FxHashMap<usize, (Arc<Version>, Arc<T>)>);

impl<T> Default for ByVersion<T> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<T: Send + Sync> ByVersion<T> {
    /// What belongs to each version, made where it is not known; `make` may use what it learned of others before. What is kept of versions
    /// that are not among these is forgotten.
    pub(crate) fn of<S: Default>(&mut self, versions: &[Arc<Version>], make: impl Fn(&mut S, &Version) -> T + Sync) -> Vec<Arc<T>> {
        let address = |version: &Arc<Version>| Arc::as_ptr(version).addr();
        let all: Vec<Arc<T>> = versions
            .par_iter()
            .map_init(S::default, |learned, version| match self.0.get(&address(version)) {
                Some((_, known)) => known.clone(),
                None => Arc::new(make(learned, version)),
            })
            .collect();
        self.0 = versions.iter().zip(&all).map(|(v, of)| (address(v), (v.clone(), of.clone()))).collect();
        all
    }
}

/// What was worked out before, for many to look up at once, and what they add.
#[derive(Debug)]
pub(crate) struct Memo<K, V> {
    /// With whether it was looked up.
    known: FxHashMap<K, (V, AtomicBool)>,
    anew: Mutex<Vec<(K, V)>>,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self { known: FxHashMap::default(), anew: Mutex::default() }
    }
}

impl<K: Eq + Hash, V> Memo<K, V> {
    /// What was found under a key in runs before.
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        let (value, used) = self.known.get(key)?;
        used.store(true, Ordering::Relaxed);
        Some(value)
    }

    /// All that was known at the end of the last run.
    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.known.values().map(|known| &known.0)
    }

    /// Notes what was found, for the next run.
    pub(crate) fn note(&self, found: impl IntoIterator<Item = (K, V)>) {
        self.anew.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
    }

    /// Ends a run: what it looked up or noted is known to the next.
    pub(crate) fn turn(&mut self) {
        self.known.retain(|_, (_, used)| std::mem::take(used.get_mut()));
        let anew = std::mem::take(self.anew.get_mut().unwrap_or_else(PoisonError::into_inner));
        self.known.reserve(anew.len());
        self.known.extend(anew.into_iter().map(|(key, value)| (key, (value, AtomicBool::new(false)))));
    }
}

/// What was found of one of some things that are asked for in about the order in which they stand. `next` is where it is looked for first,
/// and is put behind it.
pub(crate) fn in_row<'r, K: PartialEq, V>(row: &'r [(K, V)], key: &K, next: &mut usize) -> Option<&'r V> {
    let from = (*next).min(row.len());
    let (before, after) = row.split_at(from);
    let is_it = |known: &(K, V)| known.0 == *key;
    let at = after.iter().position(is_it).map(|at| from + at).or_else(|| before.iter().position(is_it))?;
    *next = at + 1;
    Some(&row[at].1)
}
