//! The sentences of a report that are its own: how many differences, who shares copy, what is left out, how it was made.

use super::{COLUMNS_UP_TO, section_rank};
use crate::analysis::Analysis;
use crate::base::VersionIx;
use crate::compare::{FilterGroup, Finding, FindingKind};
use crate::project::{Judgement, Judgements, Verdict};
use crate::report::Options;
use crate::report::words::{clean, dates_in_words, listed, plural};

pub(super) fn imprint(analysis: &Analysis, judgements: &Judgements, findings: &[&Finding]) -> String {
    let n = analysis.versions.len();
    let days: Vec<_> = analysis.versions.iter().filter_map(|v| v.meta.published.map(|p| p.date)).collect();
    let when = match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) => format!(", {}", dates_in_words(*first, *last)),
        _ => String::new(),
    };
    let verdicts = |wanted| analysis.findings.iter().filter(|f| judgements.get(&f.id).is_some_and(|j| j.verdict == Some(wanted))).count();
    let (confirmed, dismissed) = (verdicts(Verdict::Confirmed), verdicts(Verdict::Dismissed));
    let judged = match (confirmed, dismissed) {
        (0, 0) if findings.is_empty() => String::new(),
        (0, 0) => " Judged by nobody yet.".into(),
        (c, 0) => format!(" {c} confirmed."),
        (0, d) => format!(" {d} dismissed."),
        (c, d) => format!(" {c} confirmed, {d} dismissed."),
    };
    let version = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));
    format!("{n} {}{when}. Made with Parallax {version}.{judged}", plural(n, "version", "versions"))
}

pub(super) fn summary(analysis: &Analysis, findings: &[&Finding], judgements: &Judgements) -> String {
    let n = analysis.versions.len();
    if n < 2 {
        return match n {
            0 => "There is no version to compare.".into(),
            _ => "There is one version only. A comparison needs a second.".into(),
        };
    }
    let origins = analysis.independent_origins();
    let first = format!("The {n} versions have {origins} independent {}.", plural(origins, "origin", "origins"));
    // Dismissed findings may be listed, but they are not counted as differences.
    let counts = |f: &&&Finding| judgements.get(&f.id).is_none_or(|j| j.verdict != Some(Verdict::Dismissed));
    let counted: Vec<&&Finding> = findings.iter().filter(counts).collect();
    let wording = analysis.findings.iter().filter(|f| f.kind == FindingKind::Wording).count();
    if counted.is_empty() {
        let all = analysis.findings.iter().filter(|f| f.kind != FindingKind::Wording).count();
        let second = if all > 0 {
            format!("All {all} {} are left out of this report.", plural(all, "difference", "differences"))
        } else {
            "They agree in every detail and quote that Parallax can read.".into()
        };
        let third = match wording {
            0 => String::new(),
            w => format!(" Wording still differs in {w} {}.", plural(w, "place", "places")),
        };
        return format!("{first} {second}{third}");
    }
    let mut parts = Vec::new();
    let mut groups = FilterGroup::ALL;
    groups.sort_by_key(|g| section_rank(*g));
    for group in groups {
        let k = counted.iter().filter(|f| f.kind.group() == group).count();
        if k == 0 {
            continue;
        }
        parts.push(match group {
            FilterGroup::Conflict => format!("{k} {}", plural(k, "conflict", "conflicts")),
            FilterGroup::Later => format!("{k} later {}", plural(k, "figure", "figures")),
            FilterGroup::Compatible => format!("{k} compatible"),
            FilterGroup::Quotes => format!("{k} in quotes and sources"),
            FilterGroup::OnlyIn => format!("{k} told by one version only"),
            FilterGroup::Silent => format!("{k} left out"),
            FilterGroup::Order => format!("{k} in order"),
            FilterGroup::Wording => format!("{k} in wording"),
        });
    }
    let total = counted.len();
    format!("{first} They differ in {total} {}: {}.", plural(total, "place", "places"), parts.join(", "))
}

pub(super) fn left_out(analysis: &Analysis, judgements: &Judgements, options: &Options) -> Vec<String> {
    let mut out = Vec::new();
    for kind in FindingKind::ALL.into_iter().filter(|k| !options.kinds.contains(k)) {
        let n = analysis.findings.iter().filter(|f| f.kind == kind).count();
        if n > 0 {
            out.push(format!("{n} {} of the kind “{}”", plural(n, "difference", "differences"), kind.label()));
        }
    }
    let dismissed = analysis
        .findings
        .iter()
        .filter(|f| options.kinds.contains(&f.kind) && !options.dismissed)
        .filter(|f| judgements.get(&f.id).is_some_and(|j| j.verdict == Some(Verdict::Dismissed)))
        .count();
    if dismissed > 0 {
        out.push(format!("{dismissed} dismissed {}", plural(dismissed, "difference", "differences")));
    }
    for (_, judgement) in crate::project::unfit(judgements, analysis) {
        let note = if options.notes { judgement.note.clone() } else { String::new() };
        let said = Judgement { note, ..judgement.clone() };
        out.push(format!("a judgement that fits no difference any more, {}", clean(said.in_words().trim_end_matches('.'))));
    }
    let versions = analysis.versions.len();
    if versions > COLUMNS_UP_TO && (options.matrix || options.passages) {
        out.push(format!("tables with a column for each of the {versions} versions"));
    }
    out
}

pub(super) fn method() -> Vec<String> {
    [
        "Parallax shows where versions differ. It does not say which is right, and it rates no outlet.",
        "Each article was cut into sentences. Quotes, numbers, money, dates, times and names were read out of them, each with a value \
         that can be compared: “nearly 30” and 28 can both be true, and a weekday is read from the article’s own date. Sentences of all \
         versions that report the same thing were put into passages by their rare words, names, numbers and quotes, whatever their order. \
         Differences were then sought inside each passage.",
        "“Conflict” means that the values cannot all be true of the same thing. “Later” means that the value may have changed between two \
         dates. “Compatible” means that all can be true. “Left out” means that nothing was found in a version of what most others tell. \
         Versions that share copy count as one origin.",
        "A program reads words, not events. It misses differences and sometimes joins what does not belong together. Read the sentence \
         before you use a finding.",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// What a version shares with its origin: the source of the copy names the others, a copy says how much.
pub(super) fn shared_copy(analysis: &Analysis, version: VersionIx) -> String {
    let said: Vec<String> = analysis
        .origins
        .iter()
        .filter(|o| o.versions.contains(&version))
        .map(|o| {
            let others: Vec<String> = match o.source {
                Some(source) if source != version => vec![source.letter()],
                _ => o.versions.iter().filter(|v| **v != version).map(|v| v.letter()).collect(),
            };
            if o.source == Some(version) {
                format!("with {}", listed(&others))
            } else {
                format!("{}% also in {}", (o.share_of(version) * 100.0).round(), listed(&others))
            }
        })
        .collect();
    if said.is_empty() { "none".into() } else { said.join("; ") }
}
