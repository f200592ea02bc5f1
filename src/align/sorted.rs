//! Walking two sorted lists side by side.

use std::cmp::Ordering;

/// The pairs of items with equal keys, in order. Both lists are sorted by the key, and each key stands once in either.
pub(super) fn in_both<'s, T, K: Ord>(a: &'s [T], b: &'s [T], key: impl Fn(&T) -> K) -> impl Iterator<Item = (&'s T, &'s T)> {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            match key(x).cmp(&key(y)) {
                Ordering::Less => i += 1,
                Ordering::Greater => j += 1,
                Ordering::Equal => {
                    i += 1;
                    j += 1;
                    return Some((x, y));
                }
            }
        }
        None
    })
}
