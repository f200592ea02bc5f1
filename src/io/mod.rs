//! Files, standard input and the clock: the only user of them.

use crate::source::{self, Hints, Source, SourceError};
use std::io::Read;
use std::path::Path;

/// Why a file gave no version.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file could not be opened or read.
    #[error("It could not be read: {0}.")]
    Io(#[from] std::io::Error),
    /// Its bytes hold no article.
    #[error(transparent)]
    Source(#[from] SourceError),
}

/// Loads one path, `-` meaning standard input.
///
/// # Errors
/// See [`LoadError`].
pub fn load(path: &Path, hints: &Hints) -> Result<Vec<Source>, LoadError> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(path)?;
    }
    let hints = Hints { path: path.to_string_lossy().into_owned(), ..hints.clone() };
    Ok(source::read(&bytes, &hints)?)
}
