//! Files, standard input, the network and the clock: the only user of them.

pub mod fetch;
mod load;
mod lock;
pub mod recovery;
mod write;

pub use load::{
    LoadError, Loaded, Problem, articles, load, load_address, load_all, load_bytes, load_each, load_items, read_again, read_bytes,
};
pub use lock::{Holder, Lock, lock};
pub use write::{WriteStep, explain_write, write, write_watched};

use crate::source;
use std::io::Read;
use std::path::Path;

/// The whole file, if it can be read and its first bytes are wanted: a cheap look at what a file is. Pipes are left alone.
pub fn read_if(path: &Path, wanted: impl Fn(&[u8]) -> bool) -> Option<Vec<u8>> {
    let mut file = std::fs::File::open(path).ok().filter(|f| f.metadata().is_ok_and(|m| m.is_file()))?;
    let mut bytes = Vec::new();
    file.by_ref().take(256).read_to_end(&mut bytes).ok()?;
    if !wanted(&bytes) {
        return None;
    }
    file.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Makes a folder, with those above it, where there is none.
///
/// # Errors
/// When it can't be made.
pub fn make_folder(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(path)
}

/// Whether a file is there.
pub fn exists(path: &Path) -> bool {
    path.is_file()
}

/// The bytes of a file; 0 where it can't be told.
pub fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |m| m.len())
}

/// Whether a file or a folder is there.
pub fn is_there(path: &Path) -> bool {
    path.exists()
}

/// The folder that a file stands in, from the root.
pub fn folder_of(path: &Path) -> Option<std::path::PathBuf> {
    std::path::absolute(path).ok()?.parent().map(Path::to_owned)
}

/// The person's folder for documents, or their own, or the one that the app was started in.
pub fn home() -> std::path::PathBuf {
    let user = directories::UserDirs::new();
    let documents = user.as_ref().and_then(|u| u.document_dir()).filter(|d| d.is_dir());
    let home = documents.or(user.as_ref().map(|u| u.home_dir()).filter(|d| d.is_dir())).map(Path::to_owned);
    home.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
}

/// A path as a person types it: `~` for their folder, quotation marks around it, or a name alone for a file in `folder`.
pub fn typed_path(typed: &str, folder: &Path) -> std::path::PathBuf {
    let typed = typed.trim();
    let quoted = |q: char| typed.strip_prefix(q).and_then(|t| t.strip_suffix(q)).filter(|t| !t.is_empty());
    let typed = quoted('"').or_else(|| quoted('\'')).unwrap_or(typed);
    let typed = typed.strip_prefix("file://").unwrap_or(typed);
    match (typed.strip_prefix('~'), directories::UserDirs::new()) {
        (Some(rest), Some(user)) if rest.is_empty() || rest.starts_with(std::path::is_separator) => {
            user.home_dir().join(rest.trim_start_matches(std::path::is_separator))
        }
        _ => folder.join(typed),
    }
}

/// The point in time that it is, to the second.
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::from_second(jiff::Timestamp::now().as_second()).unwrap_or_default()
}

/// A point in time as a clock on the wall shows it here.
pub fn local(at: jiff::Timestamp) -> jiff::civil::DateTime {
    jiff::tz::TimeZone::system().to_datetime(at)
}

/// The name that the person is logged in with, where the system tells.
pub fn user() -> Option<String> {
    let name = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok().filter(|n| !n.trim().is_empty()));
    name.map(|n| n.trim().chars().filter(|c| !c.is_control()).take(60).collect())
}

/// The SHA-256 of a file, in hex; `None` where it can't be read.
pub fn fingerprint(path: &Path) -> Option<String> {
    std::fs::read(path).ok().map(|bytes| source::sha256_hex(&bytes))
}

/// The day it is, in UTC: good enough for "Yesterday" in a list.
pub fn today() -> jiff::civil::Date {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date()
}

/// Reads the settings that an earlier run kept; `None` when there are none or they can't be read.
pub fn read_settings() -> Option<Vec<u8>> {
    std::fs::read(settings_path()?).ok()
}

/// Keeps the settings for the next run. Gives the reason, in a sentence for a person, where the folder for settings can't be made or
/// written.
pub fn write_settings(bytes: &[u8]) -> Option<String> {
    let path = settings_path()?;
    let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| write(&path, bytes)).err().map(|e| explain_write(&path, &e))
}

/// Gives a settings file that can't be read another name, so that what is in it is not lost to the next change. Gives that name.
pub fn set_settings_aside() -> Option<String> {
    let path = settings_path()?;
    let aside = path.with_file_name("settings-damaged.json");
    std::fs::rename(&path, &aside).ok().map(|()| aside.display().to_string())
}

fn settings_path() -> Option<std::path::PathBuf> {
    directories::ProjectDirs::from("", "", "parallax").map(|d| d.config_dir().join("settings.json"))
}
