//! Writing files so that a crash at any moment leaves the old file or the new one, whole.

use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What was just done on the way to a whole file; a crash may come after each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteStep {
    /// A new file stands beside the one that is to be replaced.
    Created,
    /// So many bytes are in it.
    Written(usize),
    /// The disk has them.
    Synced,
    /// The new file stands in the place of the old.
    Renamed,
    /// The disk has the folder's new list of files.
    FolderSynced,
}

/// Bytes between two steps.
const CHUNK: usize = 64 * 1024;
/// New files that were never finished are removed after this time: nobody is still writing them.
const FORGOTTEN: Duration = Duration::from_secs(600);

/// Writes a file so that it is complete or, when something fails, as it was before.
///
/// # Errors
/// When the folder can't be written, the file may only be read, or the disk is full.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    write_watched(path, bytes, &mut |_| Ok(()))
}

/// The same; `step` hears of each step and may end it there, so that a test can stop the writing anywhere.
///
/// # Errors
/// As [`write()`], and what `step` gives.
pub fn write_watched(path: &Path, bytes: &[u8], step: &mut dyn FnMut(WriteStep) -> Result<()>) -> Result<()> {
    // A device or pipe is written to, and a link is followed; only a plain file is replaced as a whole.
    let (path, mode) = match path.metadata() {
        Ok(meta) if !meta.is_file() => return std::fs::write(path, bytes),
        Ok(meta) if meta.permissions().readonly() => return Err(Error::new(ErrorKind::PermissionDenied, ReadOnly)),
        Ok(meta) => (path.canonicalize()?, Some(meta.permissions())),
        Err(_) => (path.to_owned(), None),
    };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
    let prefix = format!(".~{}.", path.file_name().unwrap_or_default().to_string_lossy().chars().take(60).collect::<String>());
    remove_forgotten(&folder, &prefix);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix);
    #[cfg(unix)]
    {
        // A temporary file is private by default; a report is for others, as far as the umask lets them.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(&folder)?;
    if let Some(mode) = mode {
        // What the person keeps to themselves stays so. A disk without permissions is no reason not to write.
        let _ = file.as_file().set_permissions(mode);
    }
    step(WriteStep::Created)?;
    let mut written = 0;
    for chunk in bytes.chunks(CHUNK) {
        file.write_all(chunk)?;
        written += chunk.len();
        step(WriteStep::Written(written))?;
    }
    file.as_file().sync_all()?;
    step(WriteStep::Synced)?;
    file.persist(&path).map_err(|e| e.error)?;
    step(WriteStep::Renamed)?;
    #[cfg(unix)]
    if let Ok(folder) = std::fs::File::open(&folder) {
        // Some disks can't; the file is whole in any case.
        let _ = folder.sync_all();
    }
    step(WriteStep::FolderSynced)
}

/// The file itself may not be written, though its folder may.
#[derive(Debug, thiserror::Error)]
#[error("the file can only be read")]
struct ReadOnly;

/// Why a file could not be written, in a sentence for a person.
pub fn explain_write(path: &Path, error: &Error) -> String {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match error.kind() {
        _ if path.is_dir() => format!("{} is a folder. Add a file's name.", path.display()),
        _ if error.get_ref().is_some_and(|e| e.is::<ReadOnly>()) => "The file can only be read.".to_owned(),
        ErrorKind::NotFound | ErrorKind::NotADirectory => format!("The folder {} does not exist.", folder.display()),
        ErrorKind::PermissionDenied => format!("You are not allowed to write in the folder {}.", folder.display()),
        ErrorKind::ReadOnlyFilesystem => format!("The folder {} can only be read.", folder.display()),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "The disk is full.".to_owned(),
        ErrorKind::InvalidFilename => "The name is too long or has a sign that no file may have.".to_owned(),
        kind => format!("The disk did not take it ({kind})."),
    }
}

/// Removes what earlier writers of a file left when they were killed.
fn remove_forgotten(folder: &Path, prefix: &str) {
    let old = |path: &PathBuf| {
        let changed = path.metadata().and_then(|m| m.modified()).ok();
        changed.and_then(|t| t.elapsed().ok()).is_some_and(|age| age > FORGOTTEN)
    };
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let ours = entries.flatten().filter(|e| e.file_name().to_string_lossy().starts_with(prefix)).map(|e| e.path());
    for path in ours.filter(old) {
        let _ = std::fs::remove_file(path);
    }
}
