//! ZIP archives of articles: each file in one is read as if it were added by itself.
//!
//! Names serve as labels and nothing is unpacked to disk, so a name that leads outside of the folder is harmless.

use super::limits::{MAX_ARTICLES, MAX_NESTED_ARCHIVES, MAX_NOTES};
use super::package::{Budget, Package};
use super::{Hints, Note, Source, SourceError};
use rustc_hash::FxHashMap;

/// Said once, however many archives stand in each other.
const NOTHING: &str = "The ZIP archive holds no article that can be read. ";

/// Reads the files of an archive in its order. What gives no article is named in the notes of the first that does.
pub(super) fn read(bytes: &[u8], hints: &Hints, budget: &mut Budget) -> Result<Vec<Source>, SourceError> {
    if budget.depth >= MAX_NESTED_ARCHIVES {
        return Err(SourceError::Unreadable(format!(
            "It is an archive in archives, nested deeper than the limit of {MAX_NESTED_ARCHIVES}. Unpack it and add the articles in it."
        )));
    }
    let mut package = Package::open(bytes)?;
    let names = package.names();
    let (sha256, size) = (super::sha256_hex(bytes), bytes.len() as u64);
    let mut sources: Vec<Source> = Vec::new();
    let mut problems: Vec<String> = Vec::new();
    let mut copies: Vec<String> = Vec::new();
    let mut seen: FxHashMap<String, &str> = FxHashMap::default();
    let outside = names.iter().filter(|n| leads_outside(n)).count();
    for (index, name) in names.iter().enumerate() {
        if name.ends_with('/') || passed_over(name, &names) {
            continue;
        }
        if sources.len() >= MAX_ARTICLES {
            problems.push(format!("{name} and what follows it: over the limit of {MAX_ARTICLES} articles."));
            break;
        }
        let found = package.at(index, budget).and_then(|part| {
            if let Some(first) = seen.insert(super::sha256_hex(&part), name) {
                copies.push(format!("{name} is the same as {first}, byte for byte. One copy was read."));
                return Ok(Vec::new());
            }
            budget.depth += 1;
            let inner = super::read_within(&part, &hints.inside(name), budget);
            budget.depth -= 1;
            inner
        });
        match found {
            Ok(inner) => sources.extend(inner.into_iter().map(|mut source| {
                // Nothing else names the articles of an archive.
                source.meta.outlet = source.meta.outlet.take().or_else(|| super::label(&source));
                // Whoever checks a report has the archive, not the file in it.
                source.provenance.path.clone_from(&hints.path);
                source.provenance.sha256.clone_from(&sha256);
                source.provenance.bytes = size;
                for note in &mut source.notes {
                    note.text = format!("{name}: {}", note.text);
                    note.about.clone_from(&hints.path);
                }
                source
            })),
            Err(error) => problems.push(format!("{name}: {}", error.to_string().trim_start_matches(NOTHING))),
        }
        if budget.bytes == 0 {
            break;
        }
    }
    let Some(first) = sources.first_mut() else {
        return Err(SourceError::Unreadable(match problems.as_slice() {
            [] => "The ZIP archive holds no articles. Add the articles themselves.".to_owned(),
            [only] => format!("{NOTHING}{only}"),
            [first, rest @ ..] => {
                format!("{NOTHING}{first} ({} more were left out, too.)", rest.len())
            }
        }));
    };
    let mut notes: Vec<String> = problems.iter().take(MAX_NOTES).map(|p| format!("Left out: {p}")).collect();
    if problems.len() > MAX_NOTES {
        notes.push(format!("{} more files in the archive were left out.", problems.len() - MAX_NOTES));
    }
    notes.extend(copies.into_iter().take(MAX_NOTES));
    if outside > 0 {
        notes.push(format!(
            "{outside} of the names in the archive lead outside of its folder (“..” or an absolute path). They are used as labels only; nothing \
             was written."
        ));
    }
    first.notes.extend(notes.into_iter().map(|text| Note::new(hints.path.clone(), text)));
    for (part, source) in sources.iter_mut().enumerate() {
        source.provenance.part = part as u32;
    }
    Ok(sources)
}

fn leads_outside(name: &str) -> bool {
    name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..") || name.get(1..3) == Some(":\\")
}

/// Hidden files, what systems add, read-mes, and what browsers keep beside a saved page; as in folders.
fn passed_over(name: &str, names: &[String]) -> bool {
    let parts: Vec<&str> = name.split(['/', '\\']).filter(|p| !matches!(*p, "" | "." | "..")).collect();
    let Some((file, folders)) = parts.split_last() else { return true };
    let system = parts.iter().any(|p| p.starts_with('.') || p.eq_ignore_ascii_case("__MACOSX")) || file.eq_ignore_ascii_case("Thumbs.db");
    let stem = file.rsplit_once('.').map_or(*file, |(stem, _)| stem);
    if system || stem.eq_ignore_ascii_case("readme") {
        return true;
    }
    folders.iter().enumerate().any(|(i, folder)| {
        ["_files", ".files", "_Files", "-Dateien", "_fichiers"].iter().any(|suffix| {
            folder.strip_suffix(suffix).is_some_and(|page| {
                let before = folders[..i].iter().map(|f| format!("{f}/")).collect::<String>();
                ["html", "htm"].iter().any(|e| names.iter().any(|n| *n == format!("{before}{page}.{e}")))
            })
        })
    })
}
