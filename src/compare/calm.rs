//! Calm: one difference is told once, and the weightiest comes first.

use super::context::Context;
use super::draft::id_of;
use super::{Finding, FindingKind, why};
use crate::extract::DetailKind;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Merges findings that tell one difference (headline and body, a figure given twice), drops wording where
/// something stronger is told of the passage, and puts the rest in order.
pub(super) fn calm(cx: &Context, findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::new();
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    let mut sorted = findings;
    sorted.par_sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.id.cmp(&b.id)));
    let keys: Vec<Option<String>> = sorted.par_iter().map(key).collect();
    for (finding, key) in sorted.into_iter().zip(keys) {
        let Some(key) = key else {
            kept.push(finding);
            continue;
        };
        match seen.get(&key) {
            Some(&k) if evidence(&kept[k]) < MOST_EVIDENCE && consistent(&kept[k], &finding) => {
                // The fuller telling stays.
                let mut other = finding;
                if versions(&kept[k]).len() < versions(&other).len() {
                    std::mem::swap(&mut kept[k], &mut other);
                    kept[k].weight = kept[k].weight.max(other.weight);
                }
                let mine = &mut kept[k];
                let told = why::values(cx, &mine.readings);
                for reading in other.readings {
                    let same = |r: &super::Reading| value_of(r) == value_of(&reading);
                    if let Some(mine) = mine.readings.iter_mut().find(|r| same(r)) {
                        mine.evidence.extend(reading.evidence);
                        mine.evidence.sort_unstable();
                        mine.evidence.dedup();
                    }
                }
                // Whoever has it in the other one is named too, and not silent.
                mine.why = mine.why.replacen(&told, &why::values(cx, &mine.readings), 1);
                let telling = versions(mine);
                mine.silent.retain(|v| !telling.contains(&v.0));
                mine.id = id_of(cx, mine.kind, &mine.readings, &mine.silent);
            }
            _ => {
                seen.insert(key, kept.len());
                kept.push(finding);
            }
        }
    }
    // Words beside a value or quote that differs are told by its finding's diff already.
    let told: FxHashSet<_> = kept
        .iter()
        .filter(|f| !matches!(f.kind, FindingKind::Wording | FindingKind::Order | FindingKind::OnlyIn | FindingKind::Silent))
        .filter_map(|f| f.passage)
        .collect();
    for f in &mut kept {
        if f.kind == FindingKind::Wording && f.passage.is_some_and(|p| told.contains(&p)) {
            f.weight *= 0.5;
        }
    }
    kept.par_sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.kind.cmp(&b.kind)).then_with(|| a.id.cmp(&b.id)));
    // A sentence in two passages may give one difference twice.
    let mut ids = FxHashSet::default();
    kept.retain(|f| ids.insert(f.id));
    kept
}

/// A finding with more places than this takes in no further ones: an article that tells one thing so often is no article.
const MOST_EVIDENCE: usize = 300;

fn evidence(finding: &Finding) -> usize {
    finding.readings.iter().map(|r| r.evidence.len()).sum()
}

/// What a reading says, for telling duplicates.
fn value_of(reading: &super::Reading) -> String {
    reading.interval.map_or_else(|| reading.read_as.clone().unwrap_or_else(|| reading.text.to_lowercase()), |i| format!("{}", i.at))
}

/// Findings on details with the same values may be one difference told twice.
fn key(finding: &Finding) -> Option<String> {
    use FindingKind::*;
    if !matches!(finding.kind, DetailConflict | DetailLater | DetailCompatible | NameSpelling | SelfContradiction | Attribution) {
        return None;
    }
    let mut values: Vec<String> = finding.readings.iter().map(value_of).collect();
    values.sort();
    // Small counts meet by chance, unless they count the same.
    let telling = finding.readings.iter().all(|r| r.interval.is_none_or(|i| i.at.abs() >= 10.0 || i.at.fract() != 0.0));
    let counted = finding.title.split_once(':').map(|t| t.0).filter(|_| finding.detail == Some(DetailKind::Number));
    let about = if telling { "" } else { counted? };
    Some(format!("{:?}|{:?}|{about}|{}", finding.kind, finding.detail, values.join("|")))
}

/// Whether no version changes sides between the two.
fn consistent(a: &Finding, b: &Finding) -> bool {
    // The value that each version has; of several the last.
    fn side<'v>(finding: &Finding, values: &'v [String]) -> FxHashMap<u32, &'v str> {
        let mut side = FxHashMap::default();
        for (reading, value) in finding.readings.iter().zip(values) {
            side.extend(reading.evidence.iter().map(|e| (e.version.0, value.as_str())));
        }
        side
    }
    let values = |f: &Finding| f.readings.iter().map(value_of).collect::<Vec<_>>();
    let (of_a, of_b) = (values(a), values(b));
    let (x, y) = (side(a, &of_a), side(b, &of_b));
    x.iter().any(|(v, _)| y.contains_key(v)) && x.iter().all(|(v, value)| y.get(v).is_none_or(|other| other == value))
}

fn versions(finding: &Finding) -> FxHashSet<u32> {
    finding.readings.iter().flat_map(|r| r.evidence.iter().map(|e| e.version.0)).collect()
}
