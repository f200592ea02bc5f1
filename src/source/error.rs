//! Why bytes gave no article, worded for people.

use super::columns::Table;
use super::limits::MAX_BYTES;

/// Why bytes gave no article. Worded for people by `crate::cli::explain`'s callers through `Display`:
/// each message says what is wrong and what to do, without the file's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// Nothing in it.
    #[error("The file is empty. Choose another file or paste the article's text.")]
    Empty,
    /// Bytes that are no text in any encoding.
    #[error("This is not text: it looks like {0}. Save the article as text, HTML or another document and add that.")]
    Binary(String),
    /// Larger than the limit.
    #[error("The file has {actual_mb} MB; the limit is {limit_mb} MB. Add the article alone rather than a whole archive.")]
    TooLarge {
        /// Size found, in MB.
        actual_mb: u64,
        /// The limit, in MB.
        limit_mb: u64,
    },
    /// A page or document without an article.
    #[error("{0}")]
    NoArticle(String),
    /// A table with nothing that tells what its columns hold; a person can.
    #[error("It is a table whose columns don't tell what they hold. Choose the columns to add it.")]
    Columns(Box<Table>),
    /// A format that is known but can't be read, or can't be read in this state.
    #[error("{0}")]
    Unreadable(String),
}

/// The error for a format that this build was made without.
#[allow(dead_code, reason = "which formats are left out depends on the build's features")]
pub(super) fn left_out(what: &str, feature: &str, todo: &str) -> SourceError {
    SourceError::Unreadable(format!(
        "It looks like {what}, which this build of Parallax can't read (it was made without “{feature}”). {todo}"
    ))
}

/// The error for a file of that many bytes, over [`MAX_BYTES`].
pub fn too_large(bytes: u64) -> SourceError {
    const MB: u64 = 1024 * 1024;
    SourceError::TooLarge { actual_mb: bytes.div_ceil(MB), limit_mb: MAX_BYTES / MB }
}
