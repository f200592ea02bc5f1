//! How long the stage `align` takes, by number of versions and by length, and how many links its candidates miss:
//! `cargo bench --no-default-features --bench align`.
//!
//! Timed by hand rather than by criterion: one run of the largest case is long enough to be exact, and the growth
//! from case to case is what matters.

mod events;

use parallax::align::{align, candidates, likely_pairs};
use parallax::analysis::Version;
use parallax::base::Silent;
use rayon::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

fn versions(count: usize, sentences: usize) -> Vec<Arc<Version>> {
    let mut versions: Vec<Arc<Version>> = events::sources(count, sentences, 1).par_iter().map(|s| Arc::new(Version::read(s))).collect();
    versions.sort_by_key(|v| v.key);
    versions
}

fn main() {
    println!("versions sentences passages milliseconds exponent");
    for cases in [&[(2, 40), (6, 40), (20, 40), (32, 40), (100, 40), (320, 40), (1000, 40)][..], &[(4, 200), (4, 1000), (4, 4000)]] {
        let mut before: Option<(f64, f64)> = None;
        for &(count, sentences) in cases {
            let versions = versions(count, sentences);
            let start = Instant::now();
            let passages = align(&versions, &Silent).unwrap_or_default();
            let seconds = start.elapsed().as_secs_f64();
            let size = (count * sentences) as f64;
            let exponent = before.map_or(String::new(), |(s, t)| format!("{:.2}", (seconds / t).ln() / (size / s).ln()));
            println!("{count:8} {sentences:9} {:8} {:12.1} {exponent}", passages.len(), seconds * 1000.0);
            before = Some((size, seconds));
        }
    }
    for (count, sentences) in [(6, 40), (12, 40), (3, 200)] {
        let versions = versions(count, sentences);
        let found: HashSet<_> = candidates(&versions).into_iter().map(|c| (c.a, c.b)).collect();
        let all = likely_pairs(&versions);
        let missed = all.iter().filter(|pair| !found.contains(pair)).count();
        println!("{count} x {sentences}: candidates miss {missed} of {} likely pairs", all.len());
    }
}
