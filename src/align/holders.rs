//! Which of many things have each term: an inverted index.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// By term, all that have it, in the order in which they were given.
#[derive(Debug)]
pub(super) struct Holders<T> {
    /// Where those of a term stand in `all`, and how many they are.
    places: FxHashMap<u64, (u32, u32)>,
    all: Vec<T>,
}

impl<T: Copy + Send> Holders<T> {
    /// From pairs of a term and what has it.
    pub fn of(mut pairs: Vec<(u64, T)>) -> Self {
        pairs.par_sort_by_key(|pair| pair.0);
        let mut places = FxHashMap::default();
        let mut start = 0;
        for group in pairs.chunk_by(|x, y| x.0 == y.0) {
            places.insert(group[0].0, (start, group.len() as u32));
            start += group.len() as u32;
        }
        Self { places, all: pairs.into_iter().map(|pair| pair.1).collect() }
    }

    /// Those that have a term.
    pub fn of_term(&self, key: u64) -> &[T] {
        self.places.get(&key).map_or(&[], |&(start, count)| &self.all[start as usize..(start + count) as usize])
    }
}
