//! `parallax merge`.

use super::args::MergeJob;
use super::words::{Trouble, name_of, printable};
use super::{Status, analyze, print, write_out};
use crate::io;
use crate::project::merge::{Agreement, Conflict, Merged, OtherVersions, merge};
use crate::project::{Project, attach, file};
use crate::report::words::plural;
use std::fmt::Write;
use std::path::Path;

/// Merges two people's files of one comparison and says how far they agree.
pub(super) fn run(job: &MergeJob) -> Result<Status, Trouble> {
    let (mut first, mut second) = (read(&job.first)?, read(&job.second)?);
    let names = [name_of(&job.first), name_of(&job.second)];
    // Judgements of other programs' versions, or made before a version was added, go to the findings of now.
    let mut groupings = first.groupings.clone();
    groupings.extend(second.groupings.iter().filter(|g| !first.groupings.contains(g)).cloned());
    let analysis = analyze(&first.entries, groupings).ok_or(Trouble::Stopped)?;
    attach(&mut first.judgements, &analysis);
    attach(&mut second.judgements, &analysis);
    let merged = merge(&first, &second, [&names[0], &names[1]]).map_err(|OtherVersions(list)| Trouble::OtherVersions(list))?;
    let told = words(&merged, &names);
    match &job.output {
        // The words would stand in the middle of the file.
        Some(output) if output == Path::new("-") => {
            print(&file::write(&merged.project))?;
            super::words::plainly(&told);
        }
        Some(output) => {
            write_out(output, &file::write(&merged.project))?;
            print(told.as_bytes())?;
        }
        None => print(told.as_bytes())?,
    }
    Ok(if merged.conflicts.is_empty() { Status::Same } else { Status::Differs })
}

fn read(path: &Path) -> Result<Project, Trouble> {
    let bytes = io::read_bytes(path).map_err(|error| Trouble::Read { path: path.to_owned(), error: error.to_string() })?;
    if !file::is_comparison_at(path, &bytes) {
        return Err(Trouble::NotAComparison(path.to_owned()));
    }
    file::read(&bytes).map_err(|error| Trouble::Read { path: path.to_owned(), error: error.to_string() })
}

fn words(merged: &Merged, names: &[String; 2]) -> String {
    let mut out = String::new();
    // Writing into a string can't fail.
    let _ = write_words(merged, names, &mut out);
    out
}

fn write_words(merged: &Merged, [first, second]: &[String; 2], out: &mut String) -> std::fmt::Result {
    let a: Agreement = merged.agreement;
    match (a.both(), a.share()) {
        (n, Some(share)) => {
            writeln!(out, "Both judged {n} {}: {:.0}% agreement.", plural(n, "difference", "differences"), share * 100.0)?;
            match a.kappa() {
                Some(kappa) => writeln!(out, "Cohen’s kappa {kappa:.2}.")?,
                None => writeln!(out, "Cohen’s kappa is not defined: both gave all of them the same verdict.")?,
            }
            writeln!(
                out,
                "Confirmed by both {}, dismissed by both {}; confirmed by {first} alone {}, by {second} alone {}.",
                a.both_confirmed, a.both_dismissed, a.first_alone, a.second_alone
            )?;
        }
        (_, None) => writeln!(out, "There is no difference that both judged, so that nothing can be said of their agreement.")?,
    }
    writeln!(out, "Judged in {first} alone {}, in {second} alone {}.", a.judged_by_first, a.judged_by_second)?;
    if !merged.conflicts.is_empty() {
        writeln!(
            out,
            "\nThey contradict each other. A difference keeps neither verdict and both notes; of a correction, that in {first}."
        )?;
    }
    for conflict in &merged.conflicts {
        match conflict {
            Conflict::Verdict(c) => {
                let what = c.first.about.as_ref().or(c.second.about.as_ref());
                let what = what.map_or_else(|| format!("difference f{}", c.finding), |a| format!("“{}” ({})", a.title, a.kind.label()));
                writeln!(out, "  {}", printable(&what))?;
                for (name, judgement) in [(first, &c.first), (second, &c.second)] {
                    let verdict = judgement.verdict.map_or("", |v| v.label());
                    let by = judgement.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
                    let note = if judgement.note.is_empty() { String::new() } else { format!(": {}", judgement.note) };
                    writeln!(out, "    {}", printable(&format!("{name}: {verdict}{by}{note}")))?;
                }
            }
            Conflict::Correction { version, what, first: a, second: b } => {
                writeln!(out, "  {}", printable(&format!("The {what} of {version}: {a} in {first}, {b} in {second}")))?;
            }
        }
    }
    Ok(())
}
