//! A file that one window has open is not saved over by another.
//!
//! A small hidden file beside it is locked through the system, so that the lock ends with its process however that
//! ends: a file that a killed window left is no lock. What stands in it only tells people who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

/// A lock that this window holds; it ends when this is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// Who holds a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// "anna, since 2026-03-01 14:03 UTC"; empty where it does not say.
    pub who: String,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is locked: whoever waits for it sees that its name is gone and makes it anew.
        let _ = std::fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

/// Locks a file, there or not. `None` where nothing can be locked, such as in a folder that may only be read.
///
/// # Errors
/// Who holds it.
pub fn lock(of: &Path) -> Result<Option<Lock>, Holder> {
    let of = of.canonicalize().unwrap_or_else(|_| of.to_owned());
    let (Some(folder), Some(name)) = (of.parent(), of.file_name()) else { return Ok(None) };
    let path = folder.join(format!(".~lock.{}", name.to_string_lossy()));
    // The name may vanish between opening and locking, when its holder ends just then.
    for _ in 0..8 {
        let Ok(mut file) = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path) else { return Ok(None) };
        match file.try_lock() {
            Ok(()) if !is_at(&file, &path) => continue,
            Ok(()) => {
                let user = super::user().map(|u| format!("{u}, ")).unwrap_or_default();
                let words = format!("{user}since {}\n", super::now().strftime("%Y-%m-%d %H:%M UTC"));
                let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(words.as_bytes()));
                return Ok(Some(Lock { file, path }));
            }
            Err(TryLockError::WouldBlock) => {
                let mut who = String::new();
                let _ = file.take(200).read_to_string(&mut who);
                return Err(Holder { who: who.lines().next().unwrap_or("").to_owned() });
            }
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
    Ok(None)
}

/// Whether a path still leads to an open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), path.metadata()) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

/// Elsewhere a file that is open keeps its name.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}
