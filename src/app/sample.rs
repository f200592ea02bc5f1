//! The sample event that comes with the app: constructed versions of one real article's event.

use crate::source::{self, Hints, Source};

/// Names and bytes of the sample's files.
pub const FILES: &[(&str, &[u8])] = &[];

/// The title of the sample comparison.
pub const TITLE: &str = "Border pledge, North Korea";

/// Reads the sample.
pub fn sources() -> Vec<Source> {
    FILES
        .iter()
        .filter_map(|(name, bytes)| source::read(bytes, &Hints { path: (*name).to_owned(), ..Hints::default() }).ok())
        .flatten()
        .collect()
}
