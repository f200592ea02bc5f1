//! The one place that words trouble for people: which file, what happened, what to do next.

use crate::base::Note;
use crate::io::{LoadError, fetch::FetchError};
use crate::report::RenderError;
use owo_colors::OwoColorize;
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Why a page was not fetched, with the option that allows it where one does.
pub(super) fn not_fetched(error: &LoadError) -> String {
    let option = if matches!(error, LoadError::Fetch(FetchError::Private(_))) { " The option is --allow-private." } else { "" };
    format!("{error}{option}")
}

/// Why a command can't be done.
#[derive(Debug)]
pub(super) enum Trouble {
    /// No input was named.
    NoFiles,
    /// None of the inputs gave an article.
    NothingLoaded,
    /// The output's name says nothing about its format.
    UnknownFormat(PathBuf),
    /// A first word that is neither a file nor a command.
    NoSuchCommand { word: String, meant: String },
    /// No such kind of difference.
    UnknownKind(String),
    /// A web address, without leave to fetch it.
    NotFetched(String),
    /// Not a date.
    BadDate(String),
    /// `--columns` without a field and a column.
    NoColumn(String),
    /// `--outlet` without a file.
    NoName(String),
    /// Something was said about a file that is none of the inputs.
    NotAnInput(String),
    /// The output can't be written.
    Write { path: PathBuf, error: std::io::Error },
    /// The report to check can't be read.
    Read { path: PathBuf, error: String },
    /// The file to check is none of our reports.
    NotAReport { path: PathBuf, reason: String },
    /// Judgements can't be read out of a file.
    Judgements { path: PathBuf, reason: String },
    /// The file to merge is no comparison.
    NotAComparison(PathBuf),
    /// A comparison that would be replaced has judgements in it.
    Judged(PathBuf),
    /// A line of a list is no comparison.
    BadLine(usize),
    /// Two comparisons hold other texts.
    OtherVersions(Vec<String>),
    /// The format can't hold the report.
    Render(RenderError),
    /// The work was stopped.
    Stopped,
    /// This program was built without the window.
    #[cfg_attr(feature = "gui", expect(dead_code, reason = "only a build without the window says so"))]
    NoWindow,
    /// The window could not be opened.
    #[cfg_attr(not(feature = "gui"), expect(dead_code, reason = "only a build with the window says so"))]
    Window(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFiles => write!(f, "No article was named. Name two or more files, or `-` for standard input."),
            Self::NothingLoaded => write!(f, "There is nothing to compare: no file gave an article. No report was written."),
            Self::UnknownFormat(path) => {
                write!(
                    f,
                    "{}: The name does not tell the format. End it with .html, .pdf, .docx, .md, .xlsx, .csv, .json, .xml or .jsonld, or add --format.",
                    name_of(path)
                )
            }
            Self::NoSuchCommand { word, meant } => {
                write!(f, "There is no file or command “{}”. Did you mean `parallax {meant}`?", printable(word))
            }
            Self::UnknownKind(word) => {
                write!(f, "“{}” is no kind of difference. `parallax report --help` lists the kinds.", printable(word))
            }
            Self::NotFetched(address) => {
                write!(
                    f,
                    "{}: This is a web address. Add --fetch to have the page fetched, or save it and name the file.",
                    printable(address)
                )
            }
            Self::BadDate(text) => {
                write!(f, "“{}” is no date. Write it as 2026-03-01, or with a time as 2026-03-01T09:30Z.", printable(text))
            }
            Self::NoColumn(text) => {
                write!(
                    f,
                    "“{}” names no field and column. Write --columns text=NAME,title=NAME (outlet, date, byline, url), or numbers.",
                    printable(text)
                )
            }
            Self::NoName(text) => write!(f, "“{}” names no file. Write --outlet FILE=NAME.", printable(text)),
            Self::NotAnInput(file) => {
                write!(f, "{}: This file is not among the articles. Write its name as it stands there.", printable(file))
            }
            Self::Write { path, error } if path.as_os_str() != "standard output" => {
                write!(f, "{}: {} Choose another place with -o.", name_of(path), crate::io::explain_write(path, error))
            }
            Self::Write { path, error } => {
                write!(f, "{}: It could not be written: {error}. Choose another place with -o.", name_of(path))
            }
            Self::Read { path, error } => write!(f, "{}: {error}", name_of(path)),
            Self::NotAReport { path, reason } => {
                write!(f, "{}: This is not a report of Parallax: {reason}. Name a report in JSON or HTML.", name_of(path))
            }
            Self::Judgements { path, reason } => {
                write!(f, "{}: It holds no judgements: {reason}. Name a comparison file (.parallax).", name_of(path))
            }
            Self::NotAComparison(path) => write!(f, "{}: This is no comparison file (.parallax). Save one in the window.", name_of(path)),
            Self::Judged(path) => write!(
                f,
                "{}: Somebody has judged in this comparison, so it was left as it is. Name another folder; nothing was written.",
                name_of(path)
            ),
            Self::BadLine(n) => write!(
                f,
                "Line {n} is no comparison. Write [\"a.txt\", \"b.txt\"], or an object with `files` or `versions`, and if you like `id`, \
                 `title` and `judgements`."
            ),
            Self::OtherVersions(list) => {
                write!(f, "The two files do not compare the same texts, so that nothing was merged. ")?;
                write!(f, "{} Open one, add what it lacks, and save it.", list.join(" "))
            }
            Self::Render(error) => write!(f, "{error}"),
            Self::Stopped => write!(f, "The comparison was stopped."),
            Self::NoWindow => write!(
                f,
                "This build has no window. Use `parallax report`, `extract` or `verify`, or build with the feature `gui`. \
                 `parallax --help` shows examples."
            ),
            Self::Window(reason) => {
                let reason = window_reason(reason);
                write!(f, "The window could not be opened: {reason}. `parallax report` works without one.")
            }
        }
    }
}

/// What the window's library says, without the places in its own source.
fn window_reason(reason: &str) -> String {
    if reason.contains("DISPLAY") {
        return "there is no display, since neither DISPLAY nor WAYLAND_DISPLAY is set".into();
    }
    const PACKAGES: &str = "libgl1 libegl1 libgl1-mesa-dri libxkbcommon-x11-0 libx11-xcb1 libxcursor1 libxi6 libxrandr2";
    if reason.contains("connection to X server") || reason.contains("NoCompositor") {
        return "the display that DISPLAY or WAYLAND_DISPLAY names does not answer".into();
    }
    if let Some(library) = reason.split(' ').find(|w| w.starts_with("lib") && w.contains(".so")) {
        return format!("the library {library} is missing. Debian and Ubuntu have what the window needs as {PACKAGES}");
    }
    if reason.contains("shared libraries") {
        return format!("a library of the window system is missing. Debian and Ubuntu have what the window needs as {PACKAGES}");
    }
    if ["glutin", "Glutin", "OpenGL", "GLX", "EGL", "glow"].iter().any(|word| reason.contains(word)) {
        return format!(
            "there is no OpenGL on this display. Install a driver; Mesa draws without a graphics card too. Debian and Ubuntu have what \
             the window needs as {PACKAGES}"
        );
    }
    let parts: Vec<&str> = reason.split(": ").filter(|part| !part.contains(".rs:")).collect();
    let reason = if parts.is_empty() { reason.to_owned() } else { parts.join(": ") };
    reason.trim_end_matches('.').to_owned()
}

/// Says on standard error why a command can't be done.
pub(super) fn say(trouble: &Trouble) {
    line(&trouble.to_string());
}

/// Says on standard error what would otherwise stand on standard output.
pub(super) fn plainly(text: &str) {
    let _ = write!(anstream::stderr(), "{text}");
}

/// Says something about one file on standard error.
pub(super) fn say_note(note: &Note) {
    match note.about.as_str() {
        "" => line(&note.text),
        about => line(&format!("{about}: {}", note.text)),
    }
}

/// A file's name as it may be printed.
pub(super) fn name_of(path: &Path) -> String {
    if path == Path::new("-") { "standard input".into() } else { printable(&path.to_string_lossy()) }
}

/// Text that can't move the cursor, change colours or run backwards in a terminal.
pub(super) fn printable(text: &str) -> String {
    let unsafe_here = |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if unsafe_here(c) { '\u{FFFD}' } else { c }).collect()
}

fn line(text: &str) {
    // When nobody reads standard error there is nobody to tell.
    let _ = writeln!(anstream::stderr(), "{} {}", "parallax:".bold(), printable(text));
}
