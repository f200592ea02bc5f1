//! Reading what a person names: files, folders, standard input, dropped bytes.

use super::fetch::{self, FetchError};
use crate::base::{Progress, Stage};
use crate::source::{self, Hints, MAX_BYTES, Page, Source, SourceError};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Folders inside folders are followed this deep.
const MAX_FOLDER_DEPTH: usize = 8;
/// More files than these in one folder are not read.
const MAX_FOLDER_FILES: usize = 5000;

/// Why a file gave no version. The message says what is wrong and what to do, without the file's name.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file could not be opened or read.
    #[error("{}", explain_io(.0))]
    Io(#[from] std::io::Error),
    /// Its bytes hold no article.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The page at an address could not be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// It holds nothing that can be added: an empty folder, a folder too many.
    #[error("{0}")]
    Folder(String),
}

/// A file that gave no version, or none of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file as the person named it.
    pub name: String,
    /// What is wrong, in one sentence.
    pub reason: String,
    /// What to do, in one or two sentences; empty when nothing needs to be done.
    pub remedy: String,
    /// Whether something is missing now. A second copy of a file that was added is a problem without a loss.
    pub loss: bool,
}

impl Problem {
    fn new(name: impl Into<String>, message: &str, loss: bool) -> Self {
        let cut = message.find(". ").map_or(message.len(), |at| at + 1);
        let (reason, remedy) = message.split_at(cut);
        Self { name: name.into(), reason: reason.to_owned(), remedy: remedy.trim().to_owned(), loss }
    }
}

impl std::fmt::Display for Problem {
    /// `name: reason remedy` on one line.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.name, self.reason)?;
        if !self.remedy.is_empty() {
            write!(f, " {}", self.remedy)?;
        }
        Ok(())
    }
}

/// What came of a list of files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// In the order of the files that were named, and inside a folder by name.
    pub sources: Vec<Source>,
    /// In the same order, then copies.
    pub problems: Vec<Problem>,
    /// Whether `progress` stopped the work; what was read until then is in the lists.
    pub cancelled: bool,
}

/// Loads one path, `-` meaning standard input.
///
/// # Errors
/// See [`LoadError`].
pub fn load(path: &Path, hints: &Hints) -> Result<Vec<Source>, LoadError> {
    let hints = Hints { path: path.to_string_lossy().into_owned(), ..hints.clone() };
    Ok(source::read(&read_bytes(path)?, &hints)?)
}

/// Loads bytes that were dropped, pasted or fetched under a name.
///
/// # Errors
/// When they hold no article.
pub fn load_bytes(name: &str, bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, LoadError> {
    Ok(source::read(bytes, &Hints { path: name.to_owned(), ..hints.clone() })?)
}

/// Fetches the page at an address and reads it. It keeps the address as it was given, and the bytes' SHA-256.
///
/// # Errors
/// See [`LoadError`].
pub fn load_address(address: &str, hints: &Hints, allow_private: bool, stopped: &dyn Fn() -> bool) -> Result<Vec<Source>, LoadError> {
    Ok(read_fetched(address, fetch::fetch(address, allow_private, stopped)?, hints)?)
}

/// The articles of a page that was fetched; the page stays with them.
fn read_fetched(address: &str, fetched: fetch::Fetched, hints: &Hints) -> Result<Vec<Source>, SourceError> {
    let hints = Hints { path: address.to_owned(), url: Some(fetched.address.clone()), ..hints.clone() };
    let mut sources = source::read_page(&fetched.bytes, fetched.charset.as_deref(), &hints)?;
    let page = Arc::new(Page::new(fetched.address, super::now().to_string(), fetched.charset, &fetched.bytes));
    sources.iter_mut().for_each(|s| s.page = Some(page.clone()));
    Ok(sources)
}

/// Reads a page again that a source keeps: what it would be if it were fetched now and the server gave the same.
///
/// # Errors
/// When it holds no article for this reader, or is not what was fetched any more.
pub fn read_again(kept: &Source, page: &Page) -> Result<Source, LoadError> {
    let damaged = || SourceError::Unreadable("The page that was kept is damaged. Fetch it again from its address.".to_owned());
    let bytes = page.bytes().filter(|b| source::sha256_hex(b) == kept.provenance.sha256).ok_or_else(damaged)?;
    let hints = Hints { path: kept.provenance.path.clone(), url: Some(page.address.clone()), ..Hints::default() };
    let sources = source::read_page(&bytes, page.charset.as_deref(), &hints)?;
    let mut source = sources.into_iter().nth(kept.provenance.part as usize).ok_or_else(damaged)?;
    source.page.clone_from(&kept.page);
    Ok(source)
}

/// Loads files and the files in folders as [`load_each`] does, for comparing: a file with the same bytes as one
/// before it is left out and named.
pub fn load_all(paths: &[PathBuf], hints: impl Fn(&Path) -> Hints + Sync, progress: &dyn Progress) -> Loaded {
    let mut loaded = load_wanted(articles(paths), hints, progress);
    let mut seen: FxHashMap<(String, u32), String> = FxHashMap::default();
    let mut copies = Vec::new();
    loaded.sources.retain(|source| {
        let key = (source.provenance.sha256.clone(), source.provenance.part);
        if let Some(first) = seen.get(&key) {
            let message = format!("It is the same file as {first}, byte for byte. One copy was added.");
            copies.push(Problem::new(source.provenance.path.clone(), &message, false));
            return false;
        }
        seen.insert(key, source.provenance.path.clone());
        true
    });
    loaded.problems.extend(copies);
    loaded
}

/// Loads files and the files in folders, each on its own: what can't be read becomes a problem and the rest
/// loads. Files are read in parallel; the result is the same in any case. `hints` tells what is known about
/// each file besides its path.
pub fn load_each(paths: &[PathBuf], hints: impl Fn(&Path) -> Hints + Sync, progress: &dyn Progress) -> Loaded {
    load_wanted(expand(paths), hints, progress)
}

fn load_wanted(wanted: Vec<Result<PathBuf, Problem>>, hints: impl Fn(&Path) -> Hints + Sync, progress: &dyn Progress) -> Loaded {
    let done = AtomicUsize::new(0);
    let of = wanted.len();
    let read = |path: &Path| load(path, &hints(path));
    let each = |_: usize, _: &Result<Vec<Source>, Problem>| progress.step(Stage::Read, done.fetch_add(1, Ordering::Relaxed) + 1, of);
    let results = load_items(wanted, read, each);
    let mut loaded = Loaded { cancelled: results.iter().any(Option::is_none), ..Loaded::default() };
    for result in results.into_iter().flatten() {
        match result {
            Ok(sources) => loaded.sources.extend(sources),
            Err(problem) => loaded.problems.push(problem),
        }
    }
    loaded
}

/// Loads files in parallel, each with `read`. `each` hears of every result with its place in the list and says whether to go on;
/// what was not begun when it said no is `None`. Results stand in the order of the list.
pub fn load_items<T: Send>(
    wanted: Vec<Result<PathBuf, Problem>>,
    read: impl Fn(&Path) -> Result<T, LoadError> + Sync,
    each: impl Fn(usize, &Result<T, Problem>) -> bool + Sync,
) -> Vec<Option<Result<T, Problem>>> {
    let stopped = AtomicBool::new(false);
    wanted
        .into_par_iter()
        .enumerate()
        .map(|(i, item)| {
            if stopped.load(Ordering::Relaxed) {
                return None;
            }
            let result = item.and_then(|path| read(&path).map_err(|e| Problem::new(path.to_string_lossy(), &e.to_string(), true)));
            if !each(i, &result) {
                stopped.store(true, Ordering::Relaxed);
            }
            Some(result)
        })
        .collect()
}

/// Whether a file is called README, with any ending.
pub fn is_read_me(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"))
}

/// As `expand`, with a problem in the place of a read-me: a shell's `folder/*` takes the folder's read-me along.
/// Named alone, it is what the person means.
pub fn articles(paths: &[PathBuf]) -> Vec<Result<PathBuf, Problem>> {
    let left_out = |path: PathBuf| {
        let message = "A read-me is no article, so it was left out. Rename it to compare it.";
        Err(Problem::new(path.to_string_lossy(), message, false))
    };
    let check = |item: Result<PathBuf, Problem>| match item {
        Ok(path) if paths.len() > 1 && is_read_me(&path) => left_out(path),
        other => other,
    };
    expand(paths).into_iter().map(check).collect()
}

/// The files that paths stand for: a folder for the files in it.
pub fn expand(paths: &[PathBuf]) -> Vec<Result<PathBuf, Problem>> {
    let mut wanted: Vec<Result<PathBuf, Problem>> = Vec::new();
    for path in paths {
        if path.is_dir() {
            match files_in(path) {
                Ok(files) => wanted.extend(files.into_iter().map(Ok)),
                Err(e) => wanted.push(Err(Problem::new(path.to_string_lossy(), &e.to_string(), true))),
            }
        } else {
            wanted.push(Ok(path.clone()));
        }
    }
    wanted
}

/// All bytes of a file, `-` meaning standard input.
///
/// # Errors
/// When it can't be opened or read, or is over the limit.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, LoadError> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    } else {
        let meta = std::fs::metadata(path)?;
        if meta.is_dir() {
            return Err(LoadError::Folder("It is a folder. Add the files in it.".to_owned()));
        }
        if meta.len() > MAX_BYTES {
            return Err(source::too_large(meta.len()).into());
        }
        bytes.reserve_exact(meta.len() as usize);
        // A pipe or a file that grows has no length to trust.
        File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(source::too_large(bytes.len() as u64).into());
    }
    Ok(bytes)
}

/// The files of a folder and of the folders in it, by name. Hidden ones, read-mes and the pictures and scripts that
/// browsers keep beside a saved page are passed over.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let mut files = Vec::new();
    let mut folders = vec![(folder.to_path_buf(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(&folder)? {
            inside.push(entry?.path());
        }
        inside.sort();
        let page_parts = |path: &Path| {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            ["_files", ".files", "_Files", "-Dateien", "_fichiers"].iter().any(|suffix| {
                name.strip_suffix(suffix).is_some_and(|page| ["html", "htm"].iter().any(|e| folder.join(format!("{page}.{e}")).is_file()))
            })
        };
        let mut below = Vec::new();
        for path in &inside {
            let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
            if hidden {
                continue;
            }
            if !path.is_dir() && is_read_me(path) {
                continue;
            }
            if path.is_dir() {
                if depth < MAX_FOLDER_DEPTH && !page_parts(path) {
                    below.push((path.clone(), depth + 1));
                }
            } else {
                files.push(path.clone());
            }
        }
        folders.extend(below.into_iter().rev());
        if files.len() > MAX_FOLDER_FILES {
            return Err(LoadError::Folder(format!("The folder holds more than {MAX_FOLDER_FILES} files. Choose the articles in it.")));
        }
    }
    if files.is_empty() {
        return Err(LoadError::Folder("The folder is empty. Choose a folder with articles in it.".to_owned()));
    }
    Ok(files)
}

fn explain_io(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "There is no such file. Check its name and folder.".to_owned(),
        ErrorKind::PermissionDenied => "You are not allowed to read it. Change its permissions or copy it to a folder of yours.".to_owned(),
        ErrorKind::IsADirectory => "It is a folder. Add the files in it.".to_owned(),
        _ => format!("It could not be read ({error}). Copy it to another place and try again."),
    }
}
