//! The comparison file `.parallax`: versions with their text and provenance, their order, judgements.
//!
//! Pretty JSON in a fixed order, so that version control shows what a person changed. The analysis is not
//! in it: it is made again on opening.

use super::{Entry, Judgements, Project};
use crate::align::Grouping;
use crate::base::ContentId;
use crate::source::{Moment, Source, TableChoice};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The schema this version writes.
pub const SCHEMA: &str = "parallax.comparison/1";

/// What kind of file it is shows in so many bytes.
const HEAD_BYTES: usize = 200;

/// The ending of comparison files, without the dot.
pub const ENDING: &str = "parallax";

/// Why a comparison file could not be opened. Nothing is ever written over such a file unasked.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// A schema this app does not know.
    #[error("It was written by a newer Parallax ({0}). Update Parallax to open it; the file was not changed.")]
    Newer(String),
    /// Not JSON, or not of the schema.
    #[error("It is a comparison file, but damaged: {0}. The file was not changed; restore an earlier copy.")]
    Damaged(String),
}

#[derive(Serialize, Deserialize)]
struct File {
    schema: String,
    title: String,
    #[serde(default)]
    sample: bool,
    versions: Vec<FileVersion>,
    columns: Vec<ContentId>,
    #[serde(default)]
    hidden: BTreeSet<ContentId>,
    #[serde(default)]
    pinned: BTreeSet<ContentId>,
    #[serde(default)]
    reference: Option<ContentId>,
    #[serde(default)]
    judgements: Judgements,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    groupings: Vec<Grouping>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tables: Vec<TableChoice>,
}

#[derive(Serialize, Deserialize)]
struct FileVersion {
    key: ContentId,
    outlet: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<Moment>,
    source: Arc<Source>,
}

/// The bytes of a comparison file.
pub fn write(project: &Project) -> Vec<u8> {
    let file = File {
        schema: SCHEMA.to_owned(),
        title: project.title.clone(),
        sample: project.sample,
        versions: project
            .entries
            .iter()
            .map(|e| FileVersion {
                key: e.key,
                outlet: e.outlet.clone(),
                title: e.title.clone(),
                published: e.published,
                source: e.source.clone(),
            })
            .collect(),
        columns: project.columns.clone(),
        hidden: project.hidden.clone(),
        pinned: project.pinned.clone(),
        reference: project.reference,
        judgements: project.judgements.clone(),
        groupings: project.groupings.clone(),
        tables: project.tables.clone(),
    };
    // Strings, numbers and maps with string keys alone: this can't fail.
    let mut bytes = serde_json::to_vec_pretty(&file).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Whether bytes, or the first of them, are those of a comparison file, be it damaged.
pub fn is_comparison(bytes: &[u8]) -> bool {
    memchr::memmem::find(&bytes[..bytes.len().min(HEAD_BYTES)], b"\"parallax.comparison/").is_some()
}

/// The same for a file with a name: one that has the ending and nothing of a comparison in it is a damaged one.
pub fn is_comparison_at(path: &Path, head: &[u8]) -> bool {
    is_comparison(head) || path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ENDING))
}

/// Reads a comparison file.
///
/// # Errors
/// When it is of a newer schema, or damaged.
pub fn read(bytes: &[u8]) -> Result<Project, FileError> {
    #[derive(Deserialize)]
    struct Head {
        schema: String,
    }
    let damaged = |e: serde_json::Error| FileError::Damaged(e.to_string());
    let head: Head = serde_json::from_slice(bytes).map_err(damaged)?;
    if head.schema != SCHEMA {
        return Err(FileError::Newer(head.schema));
    }
    let file: File = serde_json::from_slice(bytes).map_err(damaged)?;
    let mut project = Project {
        title: file.title,
        sample: file.sample,
        judgements: file.judgements,
        groupings: file.groupings,
        tables: file.tables,
        ..Project::default()
    };
    for version in file.versions {
        if let Some(fault) = fault(&version.source) {
            return Err(FileError::Damaged(fault));
        }
        // The keys follow from the sources: where a text was edited by hand, the new key counts.
        let entry = Entry { outlet: version.outlet, title: version.title, published: version.published, ..Entry::new(version.source) };
        project.entries.push(entry);
    }
    let known: BTreeSet<ContentId> = project.entries.iter().map(|e| e.key).collect();
    project.columns = file.columns.into_iter().filter(|k| known.contains(k)).collect();
    for entry in &project.entries {
        if !project.columns.contains(&entry.key) {
            project.columns.push(entry.key);
        }
    }
    project.hidden = &file.hidden & &known;
    project.pinned = &file.pinned & &known;
    project.reference = file.reference.filter(|k| known.contains(k));
    Ok(project)
}

/// A block of a file written by hand may lie outside its text; no stage could bear that.
fn fault(source: &Source) -> Option<String> {
    let text = &source.text;
    let mut end = 0;
    for block in &source.blocks {
        let r = block.range;
        if r.start > r.end || r.start < end || text.get(r.start as usize..r.end as usize).is_none() {
            return Some(format!("a block of “{}” lies outside its text", source.provenance.path));
        }
        end = r.end;
    }
    None
}
