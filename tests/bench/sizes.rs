//! How long each stage takes and what it needs, by number of versions and by length, as a table for README:
//! `cargo bench --bench sizes`. With sizes after `--`, such as `100x40`, these alone; with `again` one
//! version of a hundred once more.
//!
//! Timed by hand: one run of the largest case is long enough to be exact, and the growth from case to case is what
//! matters. Each case runs in a process of its own, so that its peak of memory is its own. `cargo bench --bench stages`
//! watches the same stages for small changes.

mod events;

use parallax::align::{align, candidates, likely_pairs};
use parallax::analysis::{Analysis, Config, Kept, Version, analyze_again, analyze_versions};
use parallax::base::Silent;
use parallax::compare::compare;
use parallax::project::Judgements;
use parallax::report::{self, Format, Options};
use rayon::prelude::*;
use std::collections::HashSet;
use std::hint::black_box;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// By number of versions, and by sentences of four versions.
const CASES: [&[(usize, usize)]; 2] =
    [&[(2, 40), (6, 40), (8, 40), (32, 40), (100, 40), (320, 40), (1000, 40)], &[(4, 40), (4, 200), (4, 1000), (4, 4000)]];
/// Small enough to compare every sentence with every other one.
const ALL_PAIRS: [(usize, usize); 4] = [(6, 40), (12, 40), (24, 40), (3, 200)];
/// A case is repeated until this much time is spent; its best run counts.
const SPEND: Duration = Duration::from_millis(1500);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    if let Some(case) = std::env::var("PARALLAX_BENCH_CASE").ok().and_then(|case| size(&case)) {
        return measure(case);
    }
    if arguments == ["again"] {
        return one_version_of(100, 40);
    }
    let chosen: Vec<(usize, usize)> = arguments.iter().filter_map(|a| size(a)).collect();
    println!("| versions × sentences | read | align | compare | report | all | growth | memory |");
    println!("|---|---|---|---|---|---|---|---|");
    for cases in CASES {
        let mut before: Option<(f64, f64)> = None;
        for &case in cases.iter().filter(|c| chosen.is_empty() || chosen.contains(c)) {
            let Some((times, memory)) = in_process_of_its_own(case) else { continue };
            let all: f64 = times.iter().sum();
            let size = (case.0 * case.1) as f64;
            let growth = before.map_or("–".to_owned(), |(s, t)| format!("{:.2}", (all / t).ln() / (size / s).ln()));
            let times: Vec<String> = times.iter().map(|t| words(*t)).collect();
            println!("| {} × {} | {} | {} | {growth} | {memory:.0} MB |", case.0, case.1, times.join(" | "), words(all));
            before = Some((size, all));
        }
    }
    if chosen.is_empty() {
        one_version_of(100, 40);
        ALL_PAIRS.into_iter().for_each(candidates_against_all_pairs);
    }
}

/// "100x40" as numbers.
fn size(case: &str) -> Option<(usize, usize)> {
    let (versions, sentences) = case.split_once('x')?;
    Some((versions.parse().ok()?, sentences.parse().ok()?))
}

fn words(milliseconds: f64) -> String {
    if milliseconds < 1000.0 { format!("{milliseconds:.1} ms") } else { format!("{:.2} s", milliseconds / 1000.0) }
}

/// Milliseconds of each stage, and the peak of memory in MB.
fn in_process_of_its_own((versions, sentences): (usize, usize)) -> Option<([f64; 4], f64)> {
    let mut command = Command::new(std::env::current_exe().ok()?);
    let output = command.env("PARALLAX_BENCH_CASE", format!("{versions}x{sentences}")).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    let [a, b, c, d, memory] = numbers[..] else { return None };
    Some(([a, b, c, d], memory))
}

fn measure((count, sentences): (usize, usize)) {
    let sources = events::sources(count, sentences, 1);
    let mut best = [f64::INFINITY; 4];
    let start = Instant::now();
    // The first run fills what is read once a process.
    for run in 0.. {
        let clock = Instant::now();
        let mut versions: Vec<Arc<Version>> = sources.par_iter().map(|s| Arc::new(Version::read(s))).collect();
        let read = clock.elapsed();
        versions.sort_by_key(|v| v.key);
        let clock = Instant::now();
        let passages = align(&versions, &Silent).expect("nobody cancels");
        let aligned = clock.elapsed();
        let clock = Instant::now();
        let compared = compare(&versions, &passages, &Silent).expect("nobody cancels");
        let compare_time = clock.elapsed();
        let analysis = Analysis {
            versions,
            passages,
            findings: compared.findings,
            origins: compared.origins,
            topic: compared.topic,
            notes: Vec::new(),
        };
        let options = Options::for_format(Format::Json);
        let clock = Instant::now();
        black_box(report::render(Format::Json, &analysis, &Judgements::default(), &options)).expect("JSON can always be written");
        let reported = clock.elapsed();
        for (best, time) in best.iter_mut().zip([read, aligned, compare_time, reported]) {
            *best = best.min(time.as_secs_f64() * 1000.0);
        }
        if run > 0 && start.elapsed() > SPEND {
            break;
        }
    }
    println!("{} {} {} {} {}", best[0], best[1], best[2], best[3], peak_of_memory_in_mb().unwrap_or(f64::NAN));
}

/// The most memory that this process has held; known on Linux only.
fn peak_of_memory_in_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

/// How long a comparison takes once more when one of its versions was edited, taken away or added again, beside the whole: the middle of
/// many versions' times.
fn one_version_of(count: usize, sentences: usize) {
    let sources = events::sources(count, sentences, 1);
    let time = |run: &mut dyn FnMut() -> Option<Analysis>| {
        let clock = Instant::now();
        let found = black_box(run());
        let time = clock.elapsed().as_secs_f64() * 1000.0;
        drop(found);
        time
    };
    let middle = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let read = |v: usize| Arc::new(Version::read(&sources[v]));
    let read_all = || -> Vec<Arc<Version>> { (0..count).into_par_iter().map(read).collect() };
    let config = Config::default();
    let all = middle((0..9).map(|_| time(&mut || analyze_versions(read_all(), &config, &Silent))).collect());
    let mut versions = read_all();
    let mut kept = Kept::default();
    analyze_again(versions.clone(), &config, &mut kept, &Silent);
    let mut times: [Vec<f64>; 3] = Default::default();
    let read_anew = |versions: &mut [Arc<Version>], kept: &mut Kept, v: usize| {
        time(&mut || {
            versions[v] = read(v);
            analyze_again(versions.to_vec(), &config, kept, &Silent)
        })
    };
    for v in (0..count).step_by(count.div_ceil(25)) {
        times[0].push(read_anew(&mut versions, &mut kept, v));
        let mut others = versions.clone();
        others.remove(v);
        times[1].push(time(&mut || analyze_again(others.clone(), &config, &mut kept, &Silent)));
        times[2].push(read_anew(&mut versions, &mut kept, v));
    }
    let share = |times: Vec<f64>| {
        let one = middle(times);
        format!("{} ({:.0} %)", words(one), 100.0 * one / all)
    };
    let [edited, removed, added] = times.map(share);
    println!("one version of {count} × {sentences} edited: {edited}, removed: {removed}, added: {added}, of {}", words(all));
}

/// How many of the pairs that comparing all with all would find the candidates lack.
fn candidates_against_all_pairs((count, sentences): (usize, usize)) {
    let mut versions: Vec<Arc<Version>> = events::sources(count, sentences, 1).par_iter().map(|s| Arc::new(Version::read(s))).collect();
    versions.sort_by_key(|v| v.key);
    let found: HashSet<_> = candidates(&versions).into_iter().map(|c| (c.a, c.b)).collect();
    let all = likely_pairs(&versions);
    let missed = all.iter().filter(|pair| !found.contains(pair)).count();
    println!("{count} × {sentences}: candidates miss {missed} of {} likely pairs", all.len());
}
