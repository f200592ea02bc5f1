//! Fits the weights of `align::EVIDENCE` on annotated coverage and prints the table.
//!
//! `cargo bench --no-default-features --bench fit_align -- FOLDER… [--fix KIND=WEIGHT]… [--worst N] [--each]`
//!
//! Each folder, or each folder inside of it, is one comparison: plain texts and a `gold.json` that holds
//! `docs` (`file`, and `sentences` with `start` and `end` in Unicode scalar values), `same` and `maybe`, both lists of
//! `[document, sentence, document, sentence]`. A pair of sentences that is in neither list is different; a pair in
//! `maybe` is left out. In a folder's place may stand a table like those in `tests/suite/coverage`: `=` opens a version, and
//! before each sentence and `| ` stand the facts that it reports; sentences with a fact in common are the same.
//!
//! A folder that is named twice counts twice. `--fix` keeps a weight as it is given, `--worst` shows the pairs that
//! the weights now in the table misjudge most. The table as it stands was fitted on short annotated reports of two
//! events of a kind each, on generated events, and three times on the events of `tests/suite/coverage`, with
//! `--fix Thin=-1.5`: whole articles fitted alone give that, and reports cut to their annotated sentences can't. Headings were
//! rivals still when it was fitted, and words were weighed by their rarity in all versions; fitted again without, and with rarity inside
//! of each version alone, it finds fewer of the differences in generated events.
//!
//! The model is a logistic regression by Newton's method with a small ridge. A weight whose sign makes no
//! sense for its kind (a shared quote that speaks against a pair) is set to zero and the rest fitted again: such signs
//! come from kinds that overlap, and would do harm elsewhere. Folders are split in two halves by turns, and each
//! half is judged by the weights of the other, before the weights of all are printed.

use parallax::align::{self, EVIDENCE, Evidence, KINDS, Kind, START};
use parallax::analysis::Version;
use parallax::base::{SentenceIx, VersionIx};
use parallax::io;
use parallax::source::{self, Hints, Source};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const RIDGE: f64 = 1e-4;
/// What all pairs of a comparison weigh together.
const MEAN_PAIRS: f64 = 1000.0;
const MOST_STEPS: usize = 40;

/// One pair: its evidence and the constant 1, and whether people say it is the same report.
struct Row {
    x: [f64; KINDS + 1],
    same: bool,
    /// Weight: all pairs of one comparison weigh as much as those of another.
    counts: f64,
    /// Both sentences, for showing.
    words: [String; 2],
}

type Weights = [f64; KINDS + 1];

fn main() {
    let mut folders: Vec<PathBuf> = Vec::new();
    let (mut worst, mut each) = (0, false);
    let mut fixed: Vec<(usize, f64)> = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--fix" => fixed.extend(args.next().and_then(|a| fixed_weight(&a))),
            "--each" => each = true,
            "--worst" => worst = args.next().and_then(|n| n.parse().ok()).unwrap_or(10),
            flag if flag.starts_with("--") => {}
            folder => folders.push(folder.into()),
        }
    }
    let mut events: Vec<PathBuf> = Vec::new();
    for folder in &folders {
        if folder.is_file() || folder.join("gold.json").exists() {
            events.push(folder.clone());
        } else if let Ok(entries) = std::fs::read_dir(folder) {
            events.extend(entries.flatten().map(|e| e.path()).filter(|p| p.join("gold.json").exists()));
        }
    }
    events.sort();
    if events.is_empty() {
        println!("No folder with a gold.json was named; nothing to fit.");
        return;
    }
    let rows: Vec<Vec<Row>> = events.iter().map(|e| rows(e)).collect();
    println!("{} comparisons, {} candidate pairs", events.len(), rows.iter().map(Vec::len).sum::<usize>());
    for half in 0..2 {
        let train: Vec<&Row> = rows.iter().enumerate().filter(|(i, _)| i % 2 == half).flat_map(|(_, r)| r).collect();
        let weights = fit(&train, &fixed);
        let test: Vec<&Row> = rows.iter().enumerate().filter(|(i, _)| i % 2 != half).flat_map(|(_, r)| r).collect();
        println!("half {half}: fitted on it {}, on the other {}", judge(&train, &weights), judge(&test, &weights));
    }
    let all: Vec<&Row> = rows.iter().flatten().collect();
    let weights = fit(&all, &fixed);
    println!("all: {}", judge(&all, &weights));
    println!("the table as it stands: {}", judge(&all, &table()));
    if each {
        events.iter().zip(&rows).for_each(|(e, r)| println!("    {}: {}", e.display(), judge(&r.iter().collect::<Vec<_>>(), &table())));
    }
    for (i, (kind, old)) in EVIDENCE.iter().enumerate() {
        println!("    (Kind::{kind:?}, {:.2}), // was {old:.2}", weights[i]);
    }
    println!("START: {:.2}", weights[KINDS]);
    show_worst(&all, worst);
}

/// The weights of the table.
fn table() -> Weights {
    let mut weights = [f64::from(START); KINDS + 1];
    weights.iter_mut().zip(EVIDENCE).for_each(|(w, (_, known))| *w = f64::from(known));
    weights
}

/// The pairs that the weights now in the table misjudge most.
fn show_worst(rows: &[&Row], count: usize) {
    let odds = |row: &Row| f64::from(START) + EVIDENCE.iter().zip(row.x).map(|((_, w), x)| f64::from(*w) * x).sum::<f64>();
    let mut sorted: Vec<(f64, &Row)> = rows.iter().map(|r| (odds(r), *r)).filter(|(odds, row)| (*odds < 0.0) == row.same).collect();
    sorted.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    for (odds, row) in sorted.iter().take(count) {
        let kinds = EVIDENCE.iter().zip(row.x).filter(|(_, x)| *x != 0.0).map(|((kind, _), x)| format!("{kind:?} {x:.2}"));
        println!("{odds:.1} but {}: {}", if row.same { "same" } else { "different" }, kinds.collect::<Vec<_>>().join(", "));
        row.words.iter().for_each(|w| println!("    {w}"));
    }
}

/// Precision, recall and F1 of the pairs at even odds.
fn judge(rows: &[&Row], weights: &Weights) -> String {
    let (mut right, mut given, mut gold) = (0, 0, 0);
    for row in rows {
        let says = dot(&row.x, weights) >= 0.0;
        given += usize::from(says);
        gold += usize::from(row.same);
        right += usize::from(says && row.same);
    }
    let share = |of: usize| right as f64 / of.max(1) as f64;
    format!("P {:.3} R {:.3} F1 {:.3}", share(given), share(gold), 2.0 * right as f64 / (given + gold).max(1) as f64)
}

/// Where sentences start and end, in Unicode scalar values.
type Places = Vec<(u64, u64)>;

/// Versions with the places of their sentences in Unicode scalar values, and the pairs of sentences that are the same or may be.
#[derive(Default)]
struct Gold {
    docs: Vec<(Vec<Source>, Places)>,
    same: HashSet<[u64; 4]>,
    maybe: HashSet<[u64; 4]>,
}

fn gold_of_folder(folder: &Path) -> Gold {
    let gold: serde_json::Value =
        std::fs::read_to_string(folder.join("gold.json")).ok().and_then(|t| serde_json::from_str(&t).ok()).unwrap_or_default();
    let list = |key: &str| -> HashSet<[u64; 4]> {
        let quads = gold[key].as_array().into_iter().flatten();
        quads.filter_map(|q| Some([q[0].as_u64()?, q[1].as_u64()?, q[2].as_u64()?, q[3].as_u64()?])).collect()
    };
    let doc = |doc: &serde_json::Value| {
        let places = doc["sentences"].as_array().into_iter().flatten();
        let places = places.map(|s| (s["start"].as_u64().unwrap_or(0), s["end"].as_u64().unwrap_or(0))).collect();
        (io::load(&folder.join(doc["file"].as_str().unwrap_or("")), &Hints::default()).unwrap_or_default(), places)
    };
    Gold { docs: gold["docs"].as_array().into_iter().flatten().map(doc).collect(), same: list("same"), maybe: list("maybe") }
}

fn gold_of_table(table: &str) -> Gold {
    let mut texts: Vec<(String, Places)> = Vec::new();
    // The facts of each sentence, with its version and number.
    let mut facts: Vec<(u64, u64, Vec<&str>)> = Vec::new();
    let mut new_paragraph = true;
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        if line.starts_with('=') {
            texts.push((String::new(), Vec::new()));
        } else if let (Some((told, sentence)), Some(d)) = (line.split_once("| "), texts.len().checked_sub(1)) {
            let (text, places) = &mut texts[d];
            if !text.is_empty() {
                text.push_str(if new_paragraph { "\n\n" } else { " " });
            }
            let start = text.chars().count() as u64;
            facts.push((d as u64, places.len() as u64, told.split_whitespace().filter(|f| *f != "-").collect()));
            places.push((start, start + sentence.chars().count() as u64));
            text.push_str(sentence);
        }
        new_paragraph = line.is_empty() || line.starts_with('=');
    }
    let mut same = HashSet::new();
    for (d, s, told) in &facts {
        let others = facts.iter().filter(|(e, _, others)| d < e && told.iter().any(|f| others.contains(f)));
        same.extend(others.map(|(e, t, _)| [*d, *s, *e, *t]));
    }
    let read = |(text, places): (String, _)| (source::read(text.as_bytes(), &Hints::default()).unwrap_or_default(), places);
    Gold { docs: texts.into_iter().map(read).collect(), same, maybe: HashSet::new() }
}

fn rows(path: &Path) -> Vec<Row> {
    let Gold { docs, same, maybe } = match path.is_file() {
        true => gold_of_table(&std::fs::read_to_string(path).unwrap_or_default()),
        false => gold_of_folder(path),
    };
    let mut versions: Vec<(u64, Arc<Version>)> = Vec::new();
    for (d, (sources, _)) in docs.iter().enumerate() {
        versions.extend(sources.iter().map(|s| (d as u64, Arc::new(Version::read(s)))));
    }
    versions.sort_by_key(|(_, v)| v.key);
    // Their sentences that each of ours covers by at least half of the shorter.
    let mut named: HashMap<(VersionIx, SentenceIx), Vec<[u64; 2]>> = HashMap::new();
    for (v, (d, version)) in versions.iter().enumerate() {
        let text = &version.document.text;
        let scalars = |byte: u32| text[..byte as usize].chars().count() as u64;
        let theirs = &docs[*d as usize].1;
        for (s, sentence) in version.document.sentences.iter().enumerate() {
            let (start, end) = (scalars(sentence.range.start), scalars(sentence.range.end));
            let covers = |q: &(u64, u64)| 2 * end.min(q.1).saturating_sub(start.max(q.0)) >= (end - start).min(q.1 - q.0);
            let covered = theirs.iter().enumerate().filter(|(_, q)| covers(q)).map(|(i, _)| [*d, i as u64]).collect();
            named.insert((VersionIx::from(v), SentenceIx::from(s)), covered);
        }
    }
    let versions: Vec<Arc<Version>> = versions.into_iter().map(|(_, v)| v).collect();
    let mut rows = Vec::new();
    for pair in align::candidates(&versions) {
        let mut verdict = None;
        for x in named.get(&pair.a).into_iter().flatten() {
            for y in named.get(&pair.b).into_iter().flatten() {
                let (x, y) = if x < y { (x, y) } else { (y, x) };
                let quad = [x[0], x[1], y[0], y[1]];
                if same.contains(&quad) {
                    verdict = Some(true);
                } else if !maybe.contains(&quad) && verdict.is_none() {
                    verdict = Some(false);
                }
            }
        }
        if let Some(same) = verdict {
            let words = |(v, s): (VersionIx, SentenceIx)| versions[v.ix()].document.sentence_text(s).to_owned();
            rows.push(Row { x: inputs(&pair.evidence), same, counts: 0.0, words: [words(pair.a), words(pair.b)] });
        }
    }
    let counts = MEAN_PAIRS / rows.len().max(1) as f64;
    rows.iter_mut().for_each(|r| r.counts = counts);
    rows
}

fn inputs(evidence: &Evidence) -> [f64; KINDS + 1] {
    let mut x = [1.0; KINDS + 1];
    x.iter_mut().zip(evidence).for_each(|(x, e)| *x = f64::from(*e));
    x
}

fn dot(x: &[f64], weights: &[f64]) -> f64 {
    x.iter().zip(weights).map(|(x, w)| x * w).sum()
}

/// Whether more of a kind may speak for a pair.
fn speaks_for(kind: Kind) -> bool {
    !matches!(kind, Kind::Thin | Kind::OtherEvent | Kind::Room)
}

/// `Kind=weight`.
fn fixed_weight(text: &str) -> Option<(usize, f64)> {
    let (name, weight) = text.split_once('=')?;
    let kind = EVIDENCE.iter().position(|(kind, _)| format!("{kind:?}") == name)?;
    Some((kind, weight.parse().ok()?))
}

fn fit(rows: &[&Row], fixed: &[(usize, f64)]) -> Weights {
    let mut used: Vec<usize> = (0..=KINDS).filter(|i| fixed.iter().all(|f| f.0 != *i)).collect();
    loop {
        let weights = newton(rows, &used, fixed);
        let wrong = |&i: &usize| i < KINDS && (weights[i] < 0.0) == speaks_for(EVIDENCE[i].0) && weights[i] != 0.0;
        let spread = |i: usize| rows.iter().map(|r| (r.x[i] * weights[i]).abs()).sum::<f64>();
        match used.iter().copied().filter(wrong).max_by(|&a, &b| spread(a).total_cmp(&spread(b))) {
            Some(worst) => used.retain(|&i| i != worst),
            None => return weights,
        }
    }
}

fn newton(rows: &[&Row], used: &[usize], fixed: &[(usize, f64)]) -> Weights {
    let n = used.len();
    let mut weights = [0.0; KINDS + 1];
    fixed.iter().for_each(|&(i, w)| weights[i] = w);
    for _ in 0..MOST_STEPS {
        let mut slope = vec![0.0; n];
        let mut curve = vec![vec![0.0; n]; n];
        for row in rows {
            let p = 1.0 / (1.0 + (-dot(&row.x, &weights)).exp());
            let (miss, bend) = ((p - f64::from(u8::from(row.same))) * row.counts, p * (1.0 - p) * row.counts);
            for (i, &a) in used.iter().enumerate() {
                slope[i] += miss * row.x[a];
                for (j, &b) in used.iter().enumerate().take(i + 1) {
                    curve[i][j] += bend * row.x[a] * row.x[b];
                }
            }
        }
        let ridge = RIDGE * rows.iter().map(|r| r.counts).sum::<f64>();
        for i in 0..n {
            let (above, below) = curve.split_at_mut(i + 1);
            above[i][i + 1..].iter_mut().zip(below).for_each(|(upper, row)| *upper = row[i]);
            let penalty = if used[i] < KINDS { ridge } else { 0.0 };
            curve[i][i] += penalty + 1e-9;
            slope[i] += penalty * weights[used[i]];
        }
        let step = solve(curve, slope);
        used.iter().zip(&step).for_each(|(&i, s)| weights[i] -= s);
        if step.iter().all(|s| s.abs() < 1e-6) {
            break;
        }
    }
    weights
}

/// Gauss elimination with pivots.
fn solve(mut m: Vec<Vec<f64>>, mut y: Vec<f64>) -> Vec<f64> {
    let n = y.len();
    for i in 0..n {
        let pivot = (i..n).max_by(|&a, &b| m[a][i].abs().total_cmp(&m[b][i].abs())).unwrap_or(i);
        m.swap(i, pivot);
        y.swap(i, pivot);
        for k in i + 1..n {
            let factor = m[k][i] / m[i][i];
            let above = m[i].clone();
            m[k].iter_mut().zip(&above).skip(i).for_each(|(x, a)| *x -= factor * a);
            y[k] -= factor * y[i];
        }
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|j| m[i][j] * y[j]).sum();
        y[i] = (y[i] - known) / m[i][i];
    }
    y
}
