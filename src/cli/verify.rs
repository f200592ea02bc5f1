//! `parallax verify`.

use super::args::VerifyJob;
use super::words::{Trouble, name_of, printable};
use super::{Status, print};
use crate::app::sample;
use crate::base::Note;
use crate::io;
use crate::project::{Entry, file};
use crate::report::verify::{self, Claims, Current, FileState, Outcome, Verdict, VersionOutcome};
use crate::report::words::{listed, plural};
use crate::report::{Options, json_line};
use crate::source::{Hints, Provenance, sha256_hex};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Failures listed for one version; their number is always said.
const LISTED: usize = 20;

/// Checks a report and prints what no longer holds.
pub(super) fn run(job: &VerifyJob) -> Result<Status, Trouble> {
    let read = |path: &Path| io::read_bytes(path).map_err(|e| e.to_string());
    let bytes = read(&job.report).map_err(|error| Trouble::Read { path: job.report.clone(), error })?;
    let comparison = file::is_comparison(&bytes);
    let text = if comparison { report_of(&bytes, &job.report)? } else { String::from_utf8_lossy(&bytes).into_owned() };
    let claims = verify::read(&text).map_err(|reason| Trouble::NotAReport { path: job.report.clone(), reason })?;
    let files = if job.files.is_empty() { named_files(&claims, &job.report) } else { job.files.clone() };
    let mut current: Vec<Current> = Vec::new();
    let mut unread = false;
    for path in &files {
        match read(path) {
            Ok(bytes) => current.extend(sources(path, &bytes, &claims)),
            // Where the report named the file, the version's own line says that it is missing.
            Err(_) if job.files.is_empty() => {}
            Err(error) => {
                unread = true;
                super::words::say(&Trouble::Read { path: path.clone(), error });
            }
        }
    }
    // The sample needs no files: it comes with the program.
    let known: BTreeSet<&str> = claims.versions.iter().map(|v| v.source.sha256.as_str()).collect();
    for source in sample::sources().into_iter().filter(|s| known.contains(s.provenance.sha256.as_str())) {
        let Provenance { path, sha256, .. } = source.provenance.clone();
        current.push(Current { path, sha256, articles: Ok(vec![source]), kept_in: Some("the sample of Parallax".into()) });
    }
    let outcome = verify::check(&claims, &current);
    let words = words(&outcome);
    // Of a comparison it is the report that would be written now that is checked.
    print(
        if comparison { words.replace("The report", "The comparison").replace("the report", "the comparison") } else { words }.as_bytes(),
    )?;
    Ok(match outcome.verdict() {
        Verdict::Fails => Status::Differs,
        Verdict::Open => Status::Trouble,
        Verdict::Holds if unread => Status::Trouble,
        Verdict::Holds => Status::Same,
    })
}

/// The report that a comparison would give now.
fn report_of(bytes: &[u8], path: &Path) -> Result<String, Trouble> {
    let project = file::read(bytes).map_err(|error| Trouble::Read { path: path.to_owned(), error: error.to_string() })?;
    let analysis = super::analyze(&project.entries, project.groupings.clone()).ok_or(Trouble::Stopped)?;
    let mut judgements = project.judgements;
    crate::project::attach(&mut judgements, &analysis);
    for (_, judgement) in crate::project::unfit(&judgements, &analysis) {
        super::words::say_note(&Note::new(name_of(path), format!("A judgement fits no difference any more. {}", judgement.in_words())));
    }
    let options = Options { groupings: project.groupings, ..Options::everything() };
    Ok(json_line(&analysis, &judgements, &options))
}

/// What a file gives: an article or several, or those that a comparison keeps.
fn sources(path: &Path, bytes: &[u8], claims: &Claims) -> Vec<Current> {
    let label = path.to_string_lossy().into_owned();
    if file::is_comparison(bytes) {
        return match file::read(bytes) {
            Err(error) => {
                super::words::say(&Trouble::Read { path: path.to_owned(), error: error.to_string() });
                Vec::new()
            }
            Ok(project) => project.entries.iter().map(|entry| kept(entry, &label)).collect(),
        };
    }
    let sha256 = sha256_hex(bytes);
    // The same bytes under another name are read as they were.
    let known = claims.versions.iter().find(|v| v.source.sha256 == sha256).map(|v| &v.source);
    let hints = Hints {
        path: known.map_or_else(|| label.clone(), |s| s.path.clone()),
        reading: known.and_then(|s| s.columns.clone()),
        ..Hints::default()
    };
    let articles = crate::source::read(bytes, &hints).map_err(|e| e.to_string());
    vec![Current { path: label, sha256, articles, kept_in: None }]
}

/// A version as a comparison keeps it, with what the person said of it.
fn kept(entry: &Entry, comparison: &str) -> Current {
    let mut source = (*entry.source).clone();
    if let Some(page) = &source.page {
        let name = name_of(Path::new(&source.provenance.path));
        match io::read_again(&source, page) {
            Ok(again) if again.text == source.text => {}
            Ok(_) => {
                let words = "Its page is kept in the comparison, but this version of Parallax reads it in another way. The text as it was read \
                             then was checked; “Read page again” in the window takes the new one.";
                super::words::say_note(&Note::new(name, words));
            }
            Err(error) => super::words::say_note(&Note::new(name, error.to_string())),
        }
    }
    source.meta = entry.read().meta;
    let Provenance { path, sha256, .. } = source.provenance.clone();
    Current { path, sha256, articles: Ok(vec![source]), kept_in: Some(comparison.to_owned()) }
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
            FileState::Kept => write!(out, "kept in the report alone, with the right hash")?,
            FileState::KeptIn(comparison) => write!(out, "the same text in {}", name_of(Path::new(comparison)))?,
            FileState::ReadOtherwise => write!(out, "the same file, but this version of Parallax reads its text differently")?,
            FileState::Changed => write!(out, "the file changed since the report was made")?,
            FileState::Unreadable(reason) => write!(out, "not checked. {}", printable(reason))?,
            FileState::Missing => write!(out, "not checked, because the file was not found")?,
        }
        match v.failures.len() {
            0 if v.is_checked() && v.state != FileState::Changed => writeln!(out, "; all {} ranges hold.", v.ranges)?,
            0 if v.state == FileState::Changed => writeln!(out, "; the words that findings quote stand where they stood.")?,
            0 if v.state != FileState::Missing => writeln!(out)?,
            _ => writeln!(out, ".")?,
        }
        write_list(&v.failures, out)?;
    }
    if !outcome.altered.is_empty() {
        writeln!(out, "The report contradicts itself or its files. It was altered or damaged after it was written:")?;
        write_list(&outcome.altered, out)?;
    }
    if !outcome.differs.is_empty() {
        writeln!(out, "Made again from the texts in it, the report says something else:")?;
        write_list(&outcome.differs, out)?;
    }
    if !outcome.by_hand.is_empty() {
        writeln!(out, "What no file says, so that nothing can check it:")?;
        write_list(&outcome.by_hand, out)?;
    }
    if let Some(reason) = &outcome.not_repeated {
        writeln!(out, "The report was not made again. {} What it quotes was checked all the same.", printable(reason))?;
    }
    writeln!(out, "{} This checks quotations and calculations; it does not say what is true.", verdict(outcome))
}

fn write_list(lines: &[String], out: &mut String) -> std::fmt::Result {
    for line in lines.iter().take(LISTED) {
        writeln!(out, "  {}", printable(line))?;
    }
    match lines.len().saturating_sub(LISTED) {
        0 => Ok(()),
        more => writeln!(out, "  … and {more} more."),
    }
}

/// The last sentence: what it comes to, why, and what to do.
fn verdict(outcome: &Outcome) -> String {
    let n = outcome.findings;
    let findings = |k: usize| format!("{k} of {n} {}", plural(n, "finding", "findings"));
    let files = |wanted: &dyn Fn(&VersionOutcome) -> bool| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for v in outcome.versions.iter().filter(|v| wanted(v)) {
            let name = if v.path.is_empty() { format!("the pasted text of {}", v.letter) } else { name_of(Path::new(&v.path)) };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    let missing = files(&|v| !v.is_checked());
    let changed = files(&|v| v.state == FileState::Changed);
    match outcome.verdict() {
        Verdict::Holds => {
            let but = if outcome.by_hand.is_empty() { "" } else { " What its maker added stands above." };
            format!("The report holds: {} stand in their sources.{but}", findings(n))
        }
        Verdict::Fails => {
            let mut why = Vec::new();
            if !outcome.altered.is_empty() {
                why.push("it was altered after it was written".to_owned());
            }
            if !outcome.differs.is_empty() {
                why.push("made again, it says something else".to_owned());
            }
            if !changed.is_empty() {
                why.push(format!("{} changed since it was made", listed(&changed)));
            }
            if outcome.broken_findings > 0 {
                why.push(format!("{} quote words that no longer stand in their source", findings(outcome.broken_findings)));
            } else if !changed.is_empty() {
                why.push(match outcome.unchecked_findings {
                    0 => "the words that its findings quote still stand there".to_owned(),
                    some => format!("the words that {} quote still stand, those of the others could not be checked", findings(n - some)),
                });
            }
            let mut text = format!("The report does not hold: {}.", why.join("; "));
            if !missing.is_empty() {
                text.push_str(&format!(" Not checked, for want of the file: {}.", listed(&missing)));
            }
            text
        }
        Verdict::Open if missing.is_empty() => format!(
            "The report could not be checked in full: what it quotes stands in its sources, but what it says of them was not checked. \
             {} to check that too.",
            match &outcome.written_by {
                Some(program) => format!("Use {}", printable(program)),
                None => "Make it anew".into(),
            }
        ),
        Verdict::Open => {
            let rest = match outcome.unchecked_findings {
                0 => format!("no finding rests on {}", plural(missing.len(), "it", "them")),
                k => format!("{} {} on {}", findings(k), plural(k, "rests", "rest"), plural(missing.len(), "it", "them")),
            };
            format!(
                "The report could not be checked in full, for want of {}: {rest}. Nothing that was checked is disproved. \
                 Name what is missing after the report, or a comparison (.parallax) that keeps it.",
                listed(&missing)
            )
        }
    }
}
