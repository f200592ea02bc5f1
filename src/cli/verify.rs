//! `parallax verify`.

use super::args::VerifyJob;
use super::words::{Trouble, name_of, printable};
use super::{Status, print};
use crate::io;
use crate::report::verify::{self, Claims, Current, FileState, Outcome};
use crate::source::{Hints, sha256_hex};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Failures listed for one version; their number is always said.
const LISTED: usize = 20;

/// Checks a report and prints what no longer holds.
pub(super) fn run(job: &VerifyJob) -> Result<Status, Trouble> {
    let read = |path: &Path| io::read_bytes(path).map_err(|e| e.to_string());
    let bytes = read(&job.report).map_err(|error| Trouble::Read { path: job.report.clone(), error })?;
    let claims =
        verify::read(&String::from_utf8_lossy(&bytes)).map_err(|reason| Trouble::NotAReport { path: job.report.clone(), reason })?;
    let files = if job.files.is_empty() { named_files(&claims, &job.report) } else { job.files.clone() };
    let current: Vec<Current> = files
        .iter()
        .filter_map(|path| match read(path) {
            Ok(bytes) => {
                let label = path.to_string_lossy().into_owned();
                let hints = Hints { path: label.clone(), ..Hints::default() };
                let articles = crate::source::read(&bytes, &hints).map_err(|e| e.to_string());
                Some(Current { path: label, sha256: sha256_hex(&bytes), articles })
            }
            // Where the report named the file, the version's own line says that it is missing.
            Err(_) if job.files.is_empty() => None,
            Err(error) => {
                super::words::say(&Trouble::Read { path: path.clone(), error });
                None
            }
        })
        .collect();
    let outcome = verify::check(&claims, &current);
    print(words(&outcome).as_bytes())?;
    Ok(match (outcome.has_gaps() || current.len() < job.files.len(), outcome.holds()) {
        (true, _) => Status::Trouble,
        (false, false) => Status::Differs,
        (false, true) => Status::Same,
    })
}

/// The files that a report names, as they lie from here or else from the report.
fn named_files(claims: &Claims, report: &Path) -> Vec<PathBuf> {
    let named: BTreeSet<&str> = claims.versions.iter().map(|v| v.source.path.as_str()).filter(|p| !matches!(*p, "" | "-")).collect();
    named
        .into_iter()
        .map(|p| {
            let here = PathBuf::from(p);
            let beside = report.parent().map(|dir| dir.join(p));
            match beside {
                Some(beside) if !here.exists() && beside.exists() => beside,
                _ => here,
            }
        })
        .collect()
}

fn words(outcome: &Outcome) -> String {
    let mut out = String::new();
    // Writing into a string can't fail.
    let _ = write_words(outcome, &mut out);
    out
}

fn write_words(outcome: &Outcome, out: &mut String) -> std::fmt::Result {
    for v in &outcome.versions {
        let file = if v.path.is_empty() { "pasted text".to_owned() } else { name_of(Path::new(&v.path)) };
        write!(out, "{} {}, {file}: ", v.letter, printable(&v.outlet))?;
        match &v.state {
            FileState::Same => write!(out, "the same file")?,
            FileState::Kept => write!(out, "kept in the report, with the right hash")?,
            FileState::ReadOtherwise => write!(out, "the same file, but this version of Parallax reads its text differently")?,
            FileState::Changed => write!(out, "the file changed since the report was made")?,
            FileState::Unreadable(reason) => write!(out, "not checked. {}", printable(reason))?,
            FileState::Missing => write!(out, "not checked, because the file was not found. Name it after the report")?,
        }
        let checked = !matches!(v.state, FileState::Unreadable(_) | FileState::Missing);
        match v.failures.len() {
            0 if checked && v.state != FileState::Changed => writeln!(out, "; all {} ranges hold.", v.ranges)?,
            0 => writeln!(out, ".")?,
            _ => writeln!(out, ".")?,
        }
        for failure in v.failures.iter().take(LISTED) {
            writeln!(out, "  {}", printable(failure))?;
        }
        if v.failures.len() > LISTED {
            writeln!(out, "  … and {} more.", v.failures.len() - LISTED)?;
        }
    }
    if !outcome.altered.is_empty() {
        writeln!(out, "The report contradicts itself. It was altered or damaged after it was written:")?;
        for line in outcome.altered.iter().take(LISTED) {
            writeln!(out, "  {}", printable(line))?;
        }
        if outcome.altered.len() > LISTED {
            writeln!(out, "  … and {} more.", outcome.altered.len() - LISTED)?;
        }
    }
    let good = outcome.findings - outcome.broken_findings.min(outcome.findings);
    if outcome.holds() {
        writeln!(out, "The report holds: {} of {} findings stand in their sources.", good, outcome.findings)
    } else {
        writeln!(out, "The report does not hold as it stands: {} of {} findings stand in their sources.", good, outcome.findings)
    }
}
