//! Packed web archives (WACZ): a ZIP archive of WARC files, a list of the pages, and sums of all.

use super::package::{Budget, Package};
use super::warc::{Found, archive};
use super::{Hints, Source, SourceError};
use rustc_hash::FxHashSet;

/// Reads the pages of the WARC files in a WACZ archive, and checks that these are what the archive declares.
pub(super) fn read(bytes: &[u8], hints: &Hints, budget: &mut Budget) -> Result<Vec<Source>, SourceError> {
    let mut package = Package::open(bytes)?;
    let mut found = Found::default();
    let declared = package.part("datapackage.json", budget)?.unwrap_or_default();
    let declared: serde_json::Value = serde_json::from_slice(&declared).unwrap_or_default();
    let hash_of = |name: &str| {
        let resources = declared["resources"].as_array()?;
        resources.iter().find(|r| r["path"] == name)?["hash"].as_str()?.strip_prefix("sha256:").map(str::to_lowercase)
    };
    let pages = package.part("pages/pages.jsonl", budget)?.map(|list| page_addresses(&list)).filter(|pages| !pages.is_empty());
    let names = package.names();
    for (index, name) in names.iter().enumerate().filter(|(_, n)| n.ends_with(".warc.gz") || n.ends_with(".warc")) {
        let part = match package.at(index, budget) {
            Ok(part) => part,
            Err(error) => {
                found.notes.push(format!("{name} was left out: {error}"));
                continue;
            }
        };
        match hash_of(name) {
            Some(hash) if hash != super::sha256_hex(&part) => found.notes.push(format!(
                "{name} does not match the SHA-256 in datapackage.json: it was changed after the archive was made, or is damaged."
            )),
            Some(_) => {}
            None => found.notes.push(format!("datapackage.json gives no SHA-256 for {name}, so it could not be checked.")),
        }
        archive(&part, hints, budget, pages.as_ref(), &mut found);
    }
    found.finish(bytes, hints)
}

/// The addresses in a list of pages. Its first line describes the list.
fn page_addresses(list: &[u8]) -> FxHashSet<String> {
    let lines = String::from_utf8_lossy(list).lines().filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok()).collect::<Vec<_>>();
    lines.iter().filter_map(|page| page["url"].as_str().map(str::to_owned)).collect()
}
