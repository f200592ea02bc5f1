//! `parallax extract`.

use super::args::ExtractJob;
use super::words::{Trouble, name_of};
use super::{Copies, Status, load, print};
use crate::analysis::Version;
use crate::extract::explain::explain;
use crate::report::json;
use rayon::prelude::*;
use std::path::Path;

/// Prints what was read out of each article, in the order given: one JSON object a line, or for people the sentences
/// with each finding underlined.
pub(super) fn run(job: &ExtractJob) -> Result<Status, Trouble> {
    let loaded = load(&job.inputs, Copies::Keep);
    let pieces: Vec<String> = loaded
        .sources
        .par_iter()
        .enumerate()
        .map(|(i, source)| {
            let version = Version::read(source);
            if job.explain { explained(&version) } else { json::version_line(&json::version_id(i.into()), &version) + "\n" }
        })
        .collect();
    for piece in pieces {
        print(piece.as_bytes())?;
    }
    Ok(if loaded.missing.is_empty() { Status::Same } else { Status::Trouble })
}

/// A line that names the article, then its sentences with what was found in them.
fn explained(version: &Version) -> String {
    let meta = &version.meta;
    let published = meta.published.map(|p| format!("published {p}"));
    let updated = meta.updated.map(|u| format!("updated {u}"));
    let head: Vec<String> = [Some(name_of(Path::new(&version.provenance.path))), meta.outlet.clone(), published, updated]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    format!("# {}\n\n{}", head.join(" · "), explain(&version.document, &version.extract))
}
