//! Two people's files of one comparison in one, with how far they agree.

use super::{Entry, Judgement, Project, Verdict};
use crate::base::ContentId;
use std::collections::BTreeSet;

/// What came of merging.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// Both in one. Where they contradict each other it has neither's verdict and both notes.
    pub project: Project,
    /// How far they agree.
    pub agreement: Agreement,
    /// Where they contradict each other.
    pub conflicts: Vec<Conflict>,
}

/// How far two people agree on the findings that both gave a verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Findings that both confirmed.
    pub both_confirmed: usize,
    /// Findings that both dismissed.
    pub both_dismissed: usize,
    /// Confirmed by the first, dismissed by the second.
    pub first_alone: usize,
    /// Dismissed by the first, confirmed by the second.
    pub second_alone: usize,
    /// Findings with a verdict of the first alone.
    pub judged_by_first: usize,
    /// Findings with a verdict of the second alone.
    pub judged_by_second: usize,
}

/// One thing that both say otherwise.
#[derive(Clone, Debug, PartialEq)]
pub enum Conflict {
    /// One confirmed what the other dismissed.
    Verdict(Box<VerdictConflict>),
    /// A version's outlet, headline or date was corrected in two ways; the first's stands.
    Correction {
        /// The version, as the first has it.
        version: String,
        /// "outlet", "headline", "date".
        what: &'static str,
        /// The first's.
        first: String,
        /// The second's.
        second: String,
    },
}

/// A finding that one confirmed and the other dismissed.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictConflict {
    /// The finding.
    pub finding: ContentId,
    /// What the first said.
    pub first: Judgement,
    /// What the second said.
    pub second: Judgement,
}

/// The two comparisons do not hold the same texts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("They do not compare the same texts. {}", .0.join(" "))]
pub struct OtherVersions(pub Vec<String>);

impl Agreement {
    /// Findings that both gave a verdict.
    pub fn both(self) -> usize {
        self.both_confirmed + self.both_dismissed + self.first_alone + self.second_alone
    }

    /// The share of these with the same verdict, 0 to 1; `None` without any.
    pub fn share(self) -> Option<f64> {
        let both = self.both();
        (both > 0).then(|| (self.both_confirmed + self.both_dismissed) as f64 / both as f64)
    }

    /// Cohen's kappa (1960): agreement beyond what their shares of confirmations would give by chance, −1 to 1. `None` without
    /// findings that both judged, and where both gave all of them one and the same verdict, so that chance agrees fully.
    pub fn kappa(self) -> Option<f64> {
        let observed = self.share()?;
        let n = self.both() as f64;
        let first = (self.both_confirmed + self.first_alone) as f64 / n;
        let second = (self.both_confirmed + self.second_alone) as f64 / n;
        let chance = first * second + (1.0 - first) * (1.0 - second);
        (chance < 1.0).then(|| (observed - chance) / (1.0 - chance))
    }
}

/// Merges two comparisons of the same texts. `names` say in notes whose word is whose.
///
/// # Errors
/// Where a version of one is missing in the other, by content; each is named.
pub fn merge(first: &Project, second: &Project, names: [&str; 2]) -> Result<Merged, OtherVersions> {
    same_versions(first, second, names)?;
    let mut project = first.clone();
    let mut agreement = Agreement::default();
    let mut conflicts = corrections(&mut project, second);
    let ids: BTreeSet<ContentId> = first.judgements.keys().chain(second.judgements.keys()).copied().collect();
    let empty = Judgement::default();
    for id in ids {
        let (a, b) = (first.judgements.get(&id).unwrap_or(&empty), second.judgements.get(&id).unwrap_or(&empty));
        use Verdict::{Confirmed, Dismissed};
        let count = match (a.verdict, b.verdict) {
            (Some(Confirmed), Some(Confirmed)) => &mut agreement.both_confirmed,
            (Some(Dismissed), Some(Dismissed)) => &mut agreement.both_dismissed,
            (Some(Confirmed), Some(Dismissed)) => &mut agreement.first_alone,
            (Some(Dismissed), Some(Confirmed)) => &mut agreement.second_alone,
            (Some(_), None) => &mut agreement.judged_by_first,
            (None, Some(_)) => &mut agreement.judged_by_second,
            (None, None) => &mut 0,
        };
        *count += 1;
        let joined = joined(a, b, names);
        if a.verdict.is_some() && b.verdict.is_some() && a.verdict != b.verdict {
            conflicts.push(Conflict::Verdict(Box::new(VerdictConflict { finding: id, first: a.clone(), second: b.clone() })));
        }
        if !joined.is_empty() {
            project.judgements.insert(id, joined);
        }
    }
    for grouping in &second.groupings {
        if !project.groupings.contains(grouping) {
            project.groupings.push(grouping.clone());
        }
    }
    if project.title.is_empty() {
        project.title = second.title.clone();
    }
    Ok(Merged { project, agreement, conflicts })
}

/// One judgement of two: the verdict that nobody contradicts, and all notes.
fn joined(a: &Judgement, b: &Judgement, names: [&str; 2]) -> Judgement {
    let contradict = matches!((a.verdict, b.verdict), (Some(x), Some(y)) if x != y);
    let mut notes: Vec<String> = Vec::new();
    for (judgement, name) in [(a, names[0]), (b, names[1])] {
        let verdict = judgement.verdict.filter(|_| contradict).map(|v| format!("{}.", v.label().to_lowercase()));
        let parts: Vec<String> = verdict.into_iter().chain(Some(judgement.note.clone()).filter(|n| !n.is_empty())).collect();
        if !parts.is_empty() {
            notes.push(format!("{name}: {}", parts.join(" ")));
        }
    }
    let note = match (contradict, a.note.is_empty(), b.note.is_empty()) {
        (false, false, true) => a.note.clone(),
        (false, true, false) => b.note.clone(),
        (false, _, _) if a.note == b.note => a.note.clone(),
        _ => notes.join("\n"),
    };
    // Who said it last, of those whose word it is.
    let later = if a.is_empty() || (!b.is_empty() && b.at > a.at) { b } else { a };
    Judgement {
        verdict: if contradict { None } else { a.verdict.or(b.verdict) },
        note,
        by: later.by.clone(),
        at: later.at,
        about: later.about.clone().or(a.about.clone()).or(b.about.clone()),
    }
}

fn same_versions(first: &Project, second: &Project, names: [&str; 2]) -> Result<(), OtherVersions> {
    let lacking = |from: &Project, other: &Project, name: &str| -> Vec<String> {
        let missing = from.entries.iter().filter(|e| !other.entries.iter().any(|o| o.key == e.key));
        missing.map(|e| format!("{} is not in {name}, or with another text.", name_of(e))).collect()
    };
    let mut all = lacking(first, second, names[1]);
    all.extend(lacking(second, first, names[0]));
    if all.is_empty() { Ok(()) } else { Err(OtherVersions(all)) }
}

/// Takes over what the second alone corrected.
fn corrections(project: &mut Project, second: &Project) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    for entry in &mut project.entries {
        let Some(other) = second.entries.iter().find(|e| e.key == entry.key) else { continue };
        let version = name_of(entry);
        let mut told = |what, first: Option<String>, second: Option<String>| {
            if let (Some(first), Some(second)) = (first, second)
                && first != second
            {
                conflicts.push(Conflict::Correction { version: version.clone(), what, first, second });
            }
        };
        told("outlet", entry.outlet.clone(), other.outlet.clone());
        told("headline", entry.title.clone(), other.title.clone());
        told("date", entry.published.map(|p| p.to_string()), other.published.map(|p| p.to_string()));
        entry.outlet = entry.outlet.take().or(other.outlet.clone());
        entry.title = entry.title.take().or(other.title.clone());
        entry.published = entry.published.or(other.published);
    }
    conflicts
}

/// The outlet and the file, as far as they are known.
fn name_of(entry: &Entry) -> String {
    let outlet = entry.outlet.as_ref().or(entry.source.meta.outlet.as_ref()).cloned();
    let path = &entry.source.provenance.path;
    match (outlet, path.as_str()) {
        (Some(outlet), "" | "-") => outlet,
        (Some(outlet), path) => format!("{outlet} ({path})"),
        (None, "" | "-") => "A pasted text".to_owned(),
        (None, path) => path.to_owned(),
    }
}
