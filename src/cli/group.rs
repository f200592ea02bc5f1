//! `parallax group`.

use super::args::GroupJob;
use super::words::{Trouble, printable};
use super::{Bar, Copies, Status, load, print};
use crate::align::{Story, stories};
use crate::analysis::Version;
use crate::base::{Progress, Stage};
use crate::io;
use crate::project::{Entry, Project, file};
use rayon::prelude::*;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// The longest name made from a headline, in characters.
const NAME_CHARS: usize = 48;

/// Groups the inputs by event, prints the groups and writes a comparison file for each.
pub(super) fn run(job: &GroupJob) -> Result<Status, Trouble> {
    let loaded = load(&job.inputs, Copies::Drop);
    if loaded.entries.is_empty() {
        return Err(Trouble::NothingLoaded);
    }
    let bar = Bar::new();
    let read = |entry: &Entry| {
        bar.step(Stage::Extract, bar.count_one(), loaded.entries.len());
        Arc::new(entry.read())
    };
    let versions: Vec<Arc<Version>> = loaded.entries.par_iter().map(read).collect();
    let found = stories(&versions, &bar).ok_or(Trouble::Stopped)?;
    bar.bar.finish_and_clear();
    let (groups, single): (Vec<&Story>, Vec<&Story>) = found.iter().partition(|s| s.versions.len() >= job.least);
    if let Some(folder) = &job.output {
        io::make_folder(folder).map_err(|error| Trouble::Write { path: folder.clone(), error })?;
        let path = |n: usize, story: &Story| folder.join(format!("{:02}-{}.{}", n + 1, name(&title(&versions, story)), file::ENDING));
        // What somebody judged is worth more than what can be made again.
        let judged = |path: &PathBuf| {
            let project = io::read_bytes(path).ok().and_then(|bytes| file::read(&bytes).ok());
            project.is_some_and(|p| !p.judgements.is_empty() || !p.groupings.is_empty())
        };
        if let Some(path) = groups.iter().enumerate().map(|(n, story)| path(n, story)).find(judged) {
            return Err(Trouble::Judged(path));
        }
        for (n, story) in groups.iter().enumerate() {
            let path = path(n, story);
            let mut project = Project { title: title(&versions, story), ..Project::default() };
            for v in &story.versions {
                let _ = project.add(loaded.entries[v.ix()].source.clone());
            }
            io::write(&path, &file::write(&project)).map_err(|error| Trouble::Write { path: path.clone(), error })?;
        }
    }
    let text = if job.json { json(&versions, &groups, &single) } else { told(&versions, &groups, &single) };
    print(text.as_bytes())?;
    Ok(if loaded.missing.is_empty() { Status::Same } else { Status::Trouble })
}

fn title(versions: &[Arc<Version>], story: &Story) -> String {
    let center = &versions[story.center.ix()];
    center.meta.title.clone().unwrap_or_else(|| center.outlet().to_owned())
}

/// A headline as the name of a file: small letters and digits with hyphens.
fn name(title: &str) -> String {
    let mut out = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.chars().count() >= NAME_CHARS {
            break;
        }
    }
    let out = out.trim_matches('-');
    if out.is_empty() { "untitled".to_owned() } else { out.to_owned() }
}

fn told(versions: &[Arc<Version>], groups: &[&Story], single: &[&Story]) -> String {
    let mut out = String::new();
    let line = |out: &mut String, version: &Version| {
        let day = version.meta.published.map(|p| p.date.to_string()).unwrap_or_else(|| "no date".to_owned());
        let title = version.meta.title.as_deref().unwrap_or("(no headline)");
        let _ = writeln!(out, "    {day:<10}  {}: {}", printable(version.outlet()), printable(title));
    };
    for (n, story) in groups.iter().enumerate() {
        let _ = writeln!(out, "{}. {} ({} articles)", n + 1, printable(&title(versions, story)), story.versions.len());
        story.versions.iter().for_each(|v| line(&mut out, &versions[v.ix()]));
        out.push('\n');
    }
    if !single.is_empty() {
        let articles: usize = single.iter().map(|s| s.versions.len()).sum();
        let s = if articles == 1 { "article is" } else { "articles are" };
        let _ = writeln!(out, "{articles} {s} in no group:");
        single.iter().flat_map(|s| &s.versions).for_each(|v| line(&mut out, &versions[v.ix()]));
    }
    out
}

fn json(versions: &[Arc<Version>], groups: &[&Story], single: &[&Story]) -> String {
    let article = |v: &crate::base::VersionIx| {
        let version = &versions[v.ix()];
        serde_json::json!({
            "outlet": version.outlet(), "title": version.meta.title, "published": version.meta.published.map(|p| p.to_string()),
            "path": version.provenance.path, "part": version.provenance.part, "sha256": version.provenance.sha256,
        })
    };
    let group = |story: &&Story| serde_json::json!({"title": title(versions, story), "versions": story.versions.iter().map(article).collect::<Vec<_>>()});
    let whole = serde_json::json!({
        "schema": "parallax.groups/1",
        "groups": groups.iter().map(group).collect::<Vec<_>>(),
        "single": single.iter().flat_map(|s| &s.versions).map(article).collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}
