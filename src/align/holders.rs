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

/// The same by numbers of terms, which need no looking up.
pub(super) struct Numbered<T> {
    /// By term, where those that have it start.
    starts: Vec<u32>,
    all: Vec<T>,
}

impl<T: Copy + Default> Numbered<T> {
    /// From pairs of a term and what has it; terms have so many numbers.
    pub fn of(numbers: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut starts = vec![0u32; numbers + 1];
        pairs.clone().for_each(|(term, _)| starts[term as usize + 1] += 1);
        (0..numbers).for_each(|term| starts[term + 1] += starts[term]);
        let mut next = starts.clone();
        let mut all = vec![T::default(); starts[numbers] as usize];
        for (term, holder) in pairs {
            all[next[term as usize] as usize] = holder;
            next[term as usize] += 1;
        }
        Self { starts, all }
    }

    /// Those that have a term.
    pub fn of_term(&self, term: u32) -> &[T] {
        &self.all[self.starts[term as usize] as usize..self.starts[term as usize + 1] as usize]
    }
}
