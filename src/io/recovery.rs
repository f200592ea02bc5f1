//! The folder in which windows keep what is in no file of the person's yet. A window has a slot of its own there and
//! holds its lock; a slot that nobody holds was left by a window that ended without closing.

use super::lock::{Lock, lock};
use std::io::BufRead;
use std::path::{Path, PathBuf};

const ENDING: &str = "unsaved";

/// A window's place in the folder.
#[derive(Debug)]
pub struct Slot {
    file: PathBuf,
    _lock: Option<Lock>,
}

impl Slot {
    /// A new place.
    ///
    /// # Errors
    /// When the folder can't be made.
    pub fn new(folder: &Path) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        #[cfg(unix)]
        {
            // Unpublished work is nobody else's business.
            use std::os::unix::fs::PermissionsExt;
            let _ = std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700));
        }
        let now = super::now().strftime("%Y%m%d-%H%M%S").to_string();
        let mut n = 0;
        loop {
            let file = folder.join(format!("{now}-{}-{n}.{ENDING}", std::process::id()));
            n += 1;
            if file.exists() {
                continue;
            }
            if let Ok(lock) = lock(&file) {
                return Ok(Self { file, _lock: lock });
            }
        }
    }

    /// The place of a window that ended; `None` where another took it first.
    pub fn take(file: &Path) -> Option<Self> {
        let lock = lock(file).ok()?;
        file.exists().then(|| Self { file: file.to_owned(), _lock: lock })
    }

    /// Its file.
    pub fn file(&self) -> &Path {
        &self.file
    }
}

/// The slots that nobody holds, the latest last, each with its first line.
pub fn left(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let files = entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == ENDING));
    let mut files: Vec<PathBuf> = files.filter(|p| lock(p).is_ok()).collect();
    files.sort();
    let head = |path: PathBuf| {
        let mut line = Vec::new();
        std::io::BufReader::new(std::fs::File::open(&path).ok()?).read_until(b'\n', &mut line).ok()?;
        Some((path, line))
    };
    files.into_iter().filter_map(head).collect()
}

/// Removes what a slot keeps, if it keeps something.
pub fn clear(file: &Path) {
    let _ = std::fs::remove_file(file);
}

/// The folder of this person; `None` where the system knows none.
pub fn folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "parallax").map(|d| d.data_local_dir().join("unsaved"))
}
