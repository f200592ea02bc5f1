//! What is kept of one comparison for the next changes nothing: however versions come and go, the same is found as afresh.

use parallax::analysis::{Config, Kept, Version, analyze_again, analyze_versions};
use parallax::base::{Progress, Silent, Stage};
use proptest::prelude::*;
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

#[path = "../bench/events.rs"]
#[allow(dead_code)]
mod events;

/// Versions of two events; more than are compared at once.
static VERSIONS: LazyLock<Vec<Arc<Version>>> = LazyLock::new(|| {
    let events = [events::sources(56, 7, 1), events::sources(14, 7, 2)];
    events.iter().flatten().map(|source| Arc::new(Version::read(source))).collect()
});

/// Stops the work after so many steps.
struct Impatient(AtomicUsize);

impl Progress for Impatient {
    fn step(&self, _: Stage, _: usize, _: usize) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }
}

fn assert_as_afresh(versions: &[Arc<Version>], kept: &mut Kept) {
    let again = analyze_again(versions.to_vec(), &Config::default(), kept, &Silent).expect("nobody cancels");
    let afresh = analyze_versions(versions.to_vec(), &Config::default(), &Silent).expect("nobody cancels");
    // Findings before passages: they tell more of what went wrong.
    assert_eq!(again.findings, afresh.findings);
    assert!(again == afresh);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::hostile::cases(6), max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn versions_come_and_go_and_nothing_shows_it(
        first in proptest::sample::subsequence((0..70).collect::<Vec<usize>>(), 24..64),
        changes in proptest::collection::vec((0..5u8, any::<proptest::sample::Index>(), any::<proptest::sample::Index>()), 3..6),
    ) {
        let mut versions: Vec<Arc<Version>> = first.iter().map(|&v| VERSIONS[v].clone()).collect();
        let mut kept = Kept::default();
        assert_as_afresh(&versions, &mut kept);
        for (kind, which, other) in changes {
            let at = which.index(versions.len());
            let new = VERSIONS[other.index(VERSIONS.len())].clone();
            match kind {
                0 if versions.len() > 2 => drop(versions.remove(at)),
                // The same article read anew.
                1 => versions[at] = Arc::new(Version::clone(&versions[at])),
                // Another article in its place: an edited one, for all that is known.
                2 if !versions.iter().any(|v| v.key == new.key) => versions[at] = new,
                3 => {
                    let patience = Impatient(AtomicUsize::new(which.index(40)));
                    analyze_again(versions[at..].to_vec(), &Config::default(), &mut kept, &patience);
                }
                _ if !versions.iter().any(|v| v.key == new.key) => versions.insert(at, new),
                _ => {}
            }
            assert_as_afresh(&versions, &mut kept);
        }
    }
}

/// Nor that a version is given twice: what is kept of it stands for it once.
#[test]
fn nor_that_one_stands_there_twice() {
    let mut kept = Kept::default();
    assert_as_afresh(&VERSIONS[..12], &mut kept);
    let mut versions = VERSIONS[..12].to_vec();
    versions.push(versions[3].clone());
    assert_as_afresh(&versions, &mut kept);
    assert_as_afresh(&VERSIONS[..13], &mut kept);
}

/// Around the number from which versions are compared in blocks, one more or less changes all of it.
#[test]
fn nor_where_blocks_begin() {
    let mut kept = Kept::default();
    for count in [33, 32, 31, 32, 33, 34, 17, 1, 0, 33] {
        assert_as_afresh(&VERSIONS[..count], &mut kept);
    }
}
