//! Each stage and the whole way, by number of versions and by length, against the last run: `cargo bench --bench stages`.
//! `cargo bench --bench sizes` gives the same as a table.

mod events;

use criterion::{BenchmarkId, Criterion, SamplingMode, criterion_group, criterion_main};
use parallax::align::align;
use parallax::analysis::{Config, Version, analyze, analyze_versions};
use parallax::base::Silent;
use parallax::compare::compare;
use parallax::project::Judgements;
use parallax::report::{self, Format, Options};
use std::hint::black_box;
use std::sync::Arc;

const CASES: [(usize, usize); 10] = [(2, 40), (8, 40), (32, 40), (100, 40), (320, 40), (1000, 40), (4, 40), (4, 200), (4, 1000), (4, 4000)];

fn stages(c: &mut Criterion) {
    for (count, sentences) in CASES {
        let sources = events::sources(count, sentences, 1);
        let mut versions: Vec<Arc<Version>> = sources.iter().map(|s| Arc::new(Version::read(s))).collect();
        versions.sort_by_key(|v| v.key);
        let passages = align(&versions, &Silent).expect("nobody cancels");
        let analysis = analyze_versions(versions.clone(), &Config::default(), &Silent).expect("nobody cancels");
        let options = Options::for_format(Format::Json);
        let mut group = c.benchmark_group(format!("{count}x{sentences}"));
        group.sample_size(10).sampling_mode(SamplingMode::Flat);
        let name = |stage| BenchmarkId::from_parameter(stage);
        group.bench_function(name("read"), |b| b.iter(|| sources.iter().for_each(|s| drop(black_box(Version::read(black_box(s)))))));
        group.bench_function(name("align"), |b| b.iter(|| align(black_box(&versions), &Silent)));
        group.bench_function(name("compare"), |b| b.iter(|| compare(black_box(&versions), &passages, &Silent)));
        group.bench_function(name("report"), |b| {
            b.iter(|| report::render(Format::Json, black_box(&analysis), &Judgements::default(), &options));
        });
        group.bench_function(name("whole"), |b| b.iter(|| analyze(black_box(&sources), &Config::default(), &Silent)));
        group.finish();
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
