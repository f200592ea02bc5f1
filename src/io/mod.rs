//! Files, standard input, the network and the clock: the only user of them.

pub mod fetch;
mod load;

pub use load::{LoadError, Loaded, Problem, articles, load, load_address, load_all, load_bytes, load_each, load_items, read_bytes};

use std::io::Read;
use std::path::Path;

/// The whole file, if it can be read and starts with `start`: a cheap look at what a file is.
pub fn read_if_starts_with(path: &Path, start: &[u8]) -> Option<Vec<u8>> {
    let mut file = std::fs::File::open(path).ok()?;
    let mut bytes = vec![0; start.len()];
    file.read_exact(&mut bytes).ok()?;
    if bytes != start {
        return None;
    }
    file.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Writes a file so that it is complete or, when something fails, as it was before.
///
/// # Errors
/// When the folder can't be written or the disk is full.
pub fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    // A device or pipe is written to, and a link is followed; only a plain file is replaced as a whole.
    let followed;
    let path = match path.metadata() {
        Ok(meta) if !meta.is_file() => return std::fs::write(path, bytes),
        Ok(_) => {
            followed = path.canonicalize()?;
            followed.as_path()
        }
        Err(_) => path,
    };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        // A temporary file is private by default; a report is for others, as far as the umask lets them.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
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

/// Why a file could not be written, in a sentence for a person.
pub fn explain_write(path: &Path, error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match error.kind() {
        _ if path.is_dir() => format!("{} is a folder. Add a file's name.", path.display()),
        ErrorKind::NotFound | ErrorKind::NotADirectory => format!("The folder {} does not exist.", folder.display()),
        ErrorKind::PermissionDenied => format!("You are not allowed to write in the folder {}.", folder.display()),
        ErrorKind::ReadOnlyFilesystem => format!("The folder {} can only be read.", folder.display()),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "The disk is full.".to_owned(),
        ErrorKind::InvalidFilename => "The name is too long or has a sign that no file may have.".to_owned(),
        kind => format!("The disk did not take it ({kind})."),
    }
}

/// The day it is, in UTC: good enough for "Yesterday" in a list.
pub fn today() -> jiff::civil::Date {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date()
}

/// Reads the settings that an earlier run kept; `None` when there are none or they can't be read.
pub fn read_settings() -> Option<Vec<u8>> {
    std::fs::read(settings_path()?).ok()
}

/// Keeps the settings for the next run.
///
/// # Errors
/// When the folder for settings can't be made or written.
pub fn write_settings(bytes: &[u8]) -> std::io::Result<()> {
    let Some(path) = settings_path() else { return Ok(()) };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    write(&path, bytes)
}

fn settings_path() -> Option<std::path::PathBuf> {
    directories::ProjectDirs::from("", "", "parallax").map(|d| d.config_dir().join("settings.json"))
}
