//! The sample event that comes with the app: one real article and constructed versions of its event.

use crate::source::{self, Hints, Source};

/// Names and bytes of the sample's files.
pub const FILES: &[(&str, &[u8])] = &[
    ("the-harbour-post.txt", include_bytes!("../../seeds/the-harbour-post.txt")),
    ("meridian-wire.txt", include_bytes!("../../seeds/meridian-wire.txt")),
    ("northgate-herald.html", include_bytes!("../../seeds/northgate-herald.html")),
    ("eastline-daily.md", include_bytes!("../../seeds/eastline-daily.md")),
    ("coastal-weekly.txt", include_bytes!("../../seeds/coastal-weekly.txt")),
    ("international-business-times-singapore.txt", include_bytes!("../../seeds/international-business-times-singapore.txt")),
];

/// The title of the sample comparison.
pub const TITLE: &str = "Border pledge, North Korea";

/// What every report of the sample says first.
pub const NOTICE: &str = "Constructed sample. One article is real; the other outlets are invented and their wording was written for practice. Do not cite it as reporting.";

/// Reads the sample.
pub fn sources() -> Vec<Source> {
    FILES
        .iter()
        .filter_map(|(name, bytes)| {
            // The article as received does not name its outlet; `seeds/README.md` does.
            let outlet = name.starts_with("international-").then(|| "International Business Times".to_owned());
            source::read(bytes, &Hints { path: (*name).to_owned(), outlet, ..Hints::default() }).ok()
        })
        .flatten()
        .collect()
}
