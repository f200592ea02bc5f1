//! Reading files and bytes for the window: what each gave, and what a person should know of it.

use super::progress::Shared;
use super::{Cure, Problem};
use crate::analysis::Version;
use crate::base::{Progress, Stage};
use crate::extract::DetailKind;
use crate::io;
use crate::project::{Project, file};
use crate::source::{self, Hints, Moment, Source, SourceError, Table};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a file gave: a comparison, or articles.
pub(super) enum Read {
    Comparison(Box<Project>),
    Articles(Vec<Source>),
    /// A table whose columns a person shall choose.
    Table(Box<Table>),
    /// A page in the person's own network, which was not asked for; why.
    Refused(String),
    /// Not read, since the person started without it.
    LeftOut,
}

/// A file's name, its place where it has one, and what it gave.
pub(super) type ReadItem = (String, Option<PathBuf>, Result<Read, String>);

/// Reads files in parallel; `None` when it was cancelled.
pub(super) fn read_files(items: Vec<Result<PathBuf, io::Problem>>, hints: &Hints, shared: &Shared) -> Option<Vec<ReadItem>> {
    let of = items.len();
    let done = AtomicUsize::new(0);
    let paths: Vec<(String, Option<PathBuf>)> = items
        .iter()
        .map(|item| match item {
            Ok(path) => (file_name(path), Some(path.clone())),
            Err(problem) => (problem.name.clone(), None),
        })
        .collect();
    let read = |path: &std::path::Path| {
        if shared.enough.load(Ordering::Relaxed) {
            return Ok(Ok(Read::LeftOut));
        }
        match open_comparison(path) {
            Some(file) => Ok(file.map(|f| Read::Comparison(Box::new(f))).map_err(|e| e.to_string())),
            None => match io::load(path, hints) {
                Err(io::LoadError::Source(SourceError::Columns(table))) => Ok(Ok(Read::Table(table))),
                loaded => loaded.map(|sources| Ok(Read::Articles(sources))),
            },
        }
    };
    let sizes: Vec<u64> = paths.iter().map(|(_, path)| path.as_deref().map_or(0, io::size)).collect();
    shared.begin(sizes.iter().sum());
    let each = |i: usize, result: &Result<Result<Read, String>, io::Problem>| {
        let (name, path) = &paths[i];
        let told = told(result);
        shared.add(problems_of(name, path.as_deref(), told.as_ref().map(|r| *r).map_err(String::as_str)), sizes[i]);
        shared.tell(i, name, told);
        shared.step(Stage::Read, done.fetch_add(1, Ordering::Relaxed) + 1, of)
    };
    let results = io::load_items(items, read, each);
    if shared.cancel.load(Ordering::Relaxed) {
        return None;
    }
    let out = results.into_iter().zip(&paths).filter_map(|(result, (name, path))| {
        let result = result?;
        let words = told(&result).err();
        let read = result.ok().and_then(Result::ok);
        Some((name.clone(), path.clone(), read.ok_or_else(|| words.unwrap_or_default())))
    });
    Some(out.collect())
}

/// What reading a file came to, or why it gave nothing.
fn told(result: &Result<Result<Read, String>, io::Problem>) -> Result<&Read, String> {
    match result {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(text)) => Err(text.clone()),
        Err(problem) => Err(format!("{} {}", problem.reason, problem.remedy).trim_end().to_owned()),
    }
}

/// Reads bytes that came without a path.
pub(super) fn read_bytes(items: Vec<(String, Arc<[u8]>)>, hints: &Hints, shared: &Shared) -> Option<Vec<ReadItem>> {
    let mut out = Vec::with_capacity(items.len());
    shared.begin(items.iter().map(|(_, bytes)| bytes.len() as u64).sum());
    for (i, (name, bytes)) in items.iter().enumerate() {
        // A table without a file can't be read again once its columns are chosen.
        let hints = Hints { ask_columns: false, ..hints.clone() };
        let result = io::load_bytes(name, bytes, &hints).map(Read::Articles).map_err(|e| e.to_string());
        shared.add(problems_of(name, None, result.as_ref().map_err(String::as_str)), bytes.len() as u64);
        shared.tell(i, name, result.as_ref().map_err(Clone::clone));
        if !shared.step(Stage::Read, i + 1, items.len()) {
            return None;
        }
        out.push((name.clone(), None, result));
    }
    Some(out)
}

/// What a person should know of a file's result.
pub(super) fn problems_of(name: &str, path: Option<&std::path::Path>, result: Result<&Read, &str>) -> Vec<Problem> {
    let problem = |text: &str, not_added: bool, cure: Cure| {
        let path = path.map(ToOwned::to_owned);
        Problem { name: name.to_owned(), text: text.to_owned(), not_added, cure, path }
    };
    match result {
        Ok(Read::Articles(sources)) => {
            let cure = |s: &Source| match path.filter(|_| source::is_table(&s.provenance.format)) {
                Some(path) => Cure::Columns(path.to_owned()),
                None => Cure::Know,
            };
            sources.iter().flat_map(|s| s.notes.iter().map(|n| problem(&n.text, false, cure(s)))).collect()
        }
        Ok(Read::Refused(why)) => vec![problem(why, true, Cure::AllowPrivate(name.to_owned()))],
        Ok(Read::Table(_)) => {
            let text = "Nothing in the table tells what its columns hold. Choose the columns to add its articles.";
            vec![problem(text, true, path.map_or(Cure::Replace, |p| Cure::Columns(p.to_owned())))]
        }
        // What was told when an article was read is told again when the comparison is opened.
        Ok(Read::Comparison(project)) => {
            let notes = project.entries.iter().flat_map(|e| e.source.notes.iter().map(|n| (&e.source.provenance.path, n)));
            notes.map(|(path, n)| Problem { name: file_name(path.as_ref()), ..problem(&n.text, false, Cure::Know) }).collect()
        }
        Ok(Read::LeftOut) => {
            let cure = path.map_or(Cure::Replace, |p| Cure::Read(p.to_owned()));
            vec![problem("You started without it. Nothing else was affected.", true, cure)]
        }
        Err(text) => vec![problem(text, true, Cure::Replace)],
    }
}

/// What it costs that a version has no date; `None` where it costs nothing. The words are those that mean
/// something only beside a date.
pub(super) fn undated(version: &Version, source: &Source) -> Option<Problem> {
    if version.meta.published.is_some() {
        return None;
    }
    let mut dated = source.clone();
    dated.meta.published = Some(Moment::day(jiff::civil::date(2000, 6, 15)));
    let dated = Version::read(&dated);
    let known = |range| version.extract.details.iter().any(|d| d.range == range && matches!(d.kind, DetailKind::Date));
    let mut words: Vec<&str> = Vec::new();
    for detail in dated.extract.details.iter().filter(|d| d.kind == DetailKind::Date && !known(d.range)) {
        let said = dated.slice(detail.range);
        if !words.contains(&said) && words.len() < 2 {
            words.push(said);
        }
    }
    let said = words.iter().map(|w| format!("“{w}”")).collect::<Vec<_>>();
    let text = match said.as_slice() {
        [] => return None,
        [one] => format!("{one} in it cannot be turned into a date, so it is not compared."),
        more => format!("{} in it cannot be turned into dates, so they are not compared.", more.join(" and ")),
    };
    Some(Problem { name: format!("{} has no date", version.outlet()), text, not_added: false, cure: Cure::Date(version.key), path: None })
}

/// The comparison in a file, `None` when it is none or can't be read at all: then the loader says why.
pub(super) fn open_comparison(path: &std::path::Path) -> Option<Result<Project, file::FileError>> {
    io::read_if(path, |head| file::is_comparison_at(path, head)).map(|bytes| file::read(&bytes))
}

pub(super) fn file_name(path: &std::path::Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}
