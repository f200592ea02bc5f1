//! The command line: raw arguments (`args`), then the work of each command, with the words for people in one place
//! (`words`).
//!
//! Exit status, as `diff` has it: 0 nothing differs, 1 something does, 2 trouble. A reader that closes the pipe early is
//! no trouble.

mod args;
mod batch;
mod extract;
mod group;
mod help;
mod merge;
mod report;
mod verify;
mod words;

use crate::align::Grouping;
use crate::analysis::{Analysis, Config, Version, analyze_versions};
use crate::base::{Note, Progress, Stage};
use crate::io;
use crate::project::{Entry, Judgements, file};
use crate::source::{READER_THREAD, Source};
use args::Inputs;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use words::Trouble;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// Nothing differs, or all holds.
    Same,
    /// Something differs, or no longer holds.
    Differs,
    /// A file could not be read or written, or the arguments make no sense.
    Trouble,
}

/// Runs the program on the process's arguments.
pub fn main() -> ExitCode {
    quiet_readers();
    let ended = match args::parse() {
        args::Job::Window { files, sample } => window(files, sample).map(|()| Status::Same),
        args::Job::Report(job) => report::run(&job),
        args::Job::Worksheet(job) => report::worksheet(&job),
        args::Job::Batch(job) => batch::run(&job),
        args::Job::Extract(job) => extract::run(&job),
        args::Job::Group(job) => group::run(&job),
        args::Job::Verify(job) => verify::run(&job),
        args::Job::Merge(job) => merge::run(&job),
        args::Job::Print(text) => print(&text).map(|()| Status::Same),
    };
    let status = ended.unwrap_or_else(|trouble| {
        words::say(&trouble);
        Status::Trouble
    });
    ExitCode::from(status as u8)
}

/// Faults of the libraries that read files end as a message about the file; the place in their source helps nobody.
fn quiet_readers() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(READER_THREAD) {
            usual(info);
        }
    }));
}

#[cfg(feature = "gui")]
fn window(files: Vec<std::path::PathBuf>, sample: bool) -> Result<(), Trouble> {
    crate::gui::run(files, sample).map_err(Trouble::Window)
}

#[cfg(not(feature = "gui"))]
fn window(_: Vec<std::path::PathBuf>, _: bool) -> Result<(), Trouble> {
    Err(Trouble::NoWindow)
}

/// What the inputs gave.
#[derive(Default)]
struct Loaded {
    entries: Vec<Entry>,
    /// Files that gave no article, in the words that were said of them.
    missing: Vec<Note>,
    /// The title in the first comparison file that has one.
    title: Option<String>,
    /// The judgements in comparison files.
    judgements: Judgements,
    /// What they say of which sentences belong together.
    groupings: Vec<Grouping>,
}

/// Whether a second copy of a file counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copies {
    Keep,
    Drop,
}

/// Loads all inputs; says on standard error what could not be read, and what should be known about what could.
/// Comparison files give their versions, title and judgements.
fn load(inputs: &Inputs, copies: Copies) -> Loaded {
    let mut loaded = Loaded::default();
    let mut articles = Vec::new();
    let (addresses, files): (Vec<_>, Vec<_>) = inputs.files.iter().partition(|f| args::is_address(f));
    for path in files {
        match io::read_if(path, |head| file::is_comparison_at(path, head)).map(|bytes| file::read(&bytes)) {
            None => articles.push(path.clone()),
            Some(Ok(project)) => {
                loaded.entries.extend(project.entries);
                loaded.groupings.extend(project.groupings);
                loaded.title = loaded.title.take().or(Some(project.title).filter(|t| !t.is_empty()));
                for (id, judgement) in project.judgements {
                    loaded.judgements.entry(id).or_insert(judgement);
                }
            }
            Some(Err(error)) => loaded.missing.push(Note::new(words::name_of(path), error.to_string())),
        }
    }
    let bar = Bar::new();
    let read = match copies {
        Copies::Keep => io::load_each(&articles, |path| inputs.hints_for(path), &bar),
        Copies::Drop => io::load_all(&articles, |path| inputs.hints_for(path), &bar),
    };
    bar.bar.finish_and_clear();
    let fetched = fetched(inputs, &addresses, &mut loaded.missing);
    loaded.entries.extend(fetched.into_iter().map(|source| Entry::new(Arc::new(source))));
    loaded.entries.extend(read.sources.into_iter().map(|source| Entry::new(Arc::new(source))));
    for problem in read.problems {
        let name = words::name_of(std::path::Path::new(&problem.name));
        let note = Note::new(name, format!("{} {}", problem.reason, problem.remedy).trim_end());
        if problem.loss {
            loaded.missing.push(note);
        } else {
            words::say_note(&note);
        }
    }
    loaded.missing.iter().for_each(words::say_note);
    for source in loaded.entries.iter().map(|e| &e.source) {
        let name = words::name_of(std::path::Path::new(&source.provenance.path));
        source.notes.iter().for_each(|note| words::say_note(&Note::new(name.clone(), note.text.clone())));
    }
    loaded
}

/// The pages at addresses, one after the other; those that could not be fetched or hold no article are `missing`.
fn fetched(inputs: &Inputs, addresses: &[&std::path::PathBuf], missing: &mut Vec<Note>) -> Vec<Source> {
    let Some(private) = inputs.fetch else { return Vec::new() };
    let mut sources = Vec::new();
    let mut asked: Vec<String> = Vec::new();
    for path in addresses {
        let address = path.to_string_lossy();
        let server = io::fetch::server(&address).to_owned();
        if asked.contains(&server) {
            std::thread::sleep(io::fetch::PAUSE);
        }
        asked.push(server);
        match io::load_address(&address, &inputs.hints_for(path), private == args::Private::Allowed, &|| false) {
            Ok(found) => sources.extend(found),
            Err(error) => missing.push(Note::new(words::name_of(path), words::not_fetched(&error))),
        }
    }
    sources
}

/// Reads and compares, with progress on a terminal.
fn analyze(entries: &[Entry], groupings: Vec<Grouping>) -> Option<Analysis> {
    use rayon::prelude::*;
    let bar = Bar::new();
    let read: Option<Vec<Arc<Version>>> = entries
        .par_iter()
        .map(|entry| {
            let version = Arc::new(entry.read());
            bar.step(Stage::Extract, bar.count_one(), entries.len()).then_some(version)
        })
        .collect();
    let analysis = analyze_versions(read?, &Config { groupings }, &bar);
    bar.bar.finish_and_clear();
    analysis
}

/// Writes a file, or to standard output where it is `-`.
fn write_out(path: &std::path::Path, bytes: &[u8]) -> Result<(), Trouble> {
    if path.as_os_str() == "-" {
        return print(bytes);
    }
    io::write(path, bytes).map_err(|error| Trouble::Write { path: path.to_owned(), error })
}

/// Writes to standard output. A closed pipe is no trouble: the reader has seen enough.
fn print(bytes: &[u8]) -> Result<(), Trouble> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Trouble::Write { path: "standard output".into(), error }),
        Ok(()) => Ok(()),
    }
}

/// A line on standard error that tells how far the work is; shown only on a terminal and only when the work takes a while.
struct Bar {
    bar: ProgressBar,
    started: Instant,
    done: std::sync::atomic::AtomicUsize,
}

impl Bar {
    fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg:20} {bar:32} {pos}/{len}") {
            bar.set_style(style.progress_chars("━━─"));
        }
        Self { bar, started: Instant::now(), done: 0.into() }
    }

    fn count_one(&self) -> usize {
        self.done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1
    }
}

impl Progress for Bar {
    fn step(&self, stage: Stage, done: usize, of: usize) -> bool {
        if self.bar.is_hidden() && std::io::stderr().is_terminal() && self.started.elapsed() > Duration::from_millis(400) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
        self.bar.set_message(stage.label());
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
        true
    }
}
