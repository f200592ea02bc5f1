//! The whole way and its stages, by number of versions and by length: `cargo bench --bench whole`.

mod events;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use parallax::align::align;
use parallax::analysis::{Config, Version, analyze};
use parallax::base::Silent;
use parallax::compare::compare;
use std::hint::black_box;
use std::sync::Arc;

fn whole(c: &mut Criterion) {
    let mut group = c.benchmark_group("whole");
    group.sample_size(10);
    for (versions, sentences) in [(2, 40), (8, 40), (32, 40), (100, 40), (320, 40), (1000, 40), (4, 200), (4, 1000), (4, 4000)] {
        let sources = events::sources(versions, sentences, 1);
        group.bench_with_input(BenchmarkId::new("analyze", format!("{versions}x{sentences}")), &sources, |b, sources| {
            b.iter(|| analyze(black_box(sources), &Config::default(), &Silent));
        });
    }
    group.finish();
}

fn stages(c: &mut Criterion) {
    let sources = events::sources(20, 40, 1);
    let mut versions: Vec<Arc<Version>> = sources.iter().map(|s| Arc::new(Version::read(s))).collect();
    versions.sort_by_key(|v| v.key);
    let passages = align(&versions, &Silent).expect("nobody cancels");
    let mut group = c.benchmark_group("stages-20x40");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(sources.iter().map(|s| s.text.len() as u64).sum()));
    group.bench_function("read", |b| b.iter(|| sources.iter().for_each(|s| drop(black_box(Version::read(black_box(s)))))));
    group.bench_function("align", |b| b.iter(|| align(black_box(&versions), &Silent)));
    group.bench_function("compare", |b| b.iter(|| compare(black_box(&versions), &passages, &Silent)));
    group.finish();
}

criterion_group!(benches, whole, stages);
criterion_main!(benches);
