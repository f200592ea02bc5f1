//! `parallax batch`: many comparisons at once, a line each, in and out.

use super::args::{BatchJob, Inputs};
use super::report::{Compared, compare};
use super::words::{Trouble, name_of};
use super::{Status, print};
use crate::io;
use crate::project::Entry;
use crate::report::{Options, json_line};
use crate::source::Hints;
use serde::{Deserialize, Serialize};
use serde_json::value::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A line of the list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    /// Files alone.
    Files(Vec<PathBuf>),
    /// With what is to be said of them.
    Comparison(Comparison),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Comparison {
    /// Whatever the caller knows it by; it comes back.
    #[serde(default)]
    id: Value,
    #[serde(default)]
    files: Vec<PathBuf>,
    /// Articles in the line itself, as objects with `text` and what else is known.
    #[serde(default)]
    versions: Vec<Value>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    judgements: Option<PathBuf>,
}

/// What stands before a report, or in its place.
#[derive(Serialize)]
struct Answer<'a> {
    id: &'a Value,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Makes each comparison in turn; one that fails does not stop the others. Its status is the worst of theirs.
pub(super) fn run(job: &BatchJob) -> Result<Status, Trouble> {
    let trouble = |error: String| Trouble::Read { path: job.list.clone(), error };
    let bytes = io::read_bytes(&job.list).map_err(|e| trouble(e.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| trouble("It is not UTF-8. Write a JSON value a line, in UTF-8.".into()))?;
    let mut out: Vec<u8> = Vec::new();
    let to_file = job.output != Path::new("-");
    let mut worst = Status::Same;
    for (n, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let (id, outcome) = one(line, n + 1, job);
        let (status, report, error) = match outcome {
            Ok(compared) => {
                let line = json_line(&compared.analysis, &compared.judgements, &compared.options);
                (compared.status(false), Some(line), None)
            }
            Err(trouble) => (Status::Trouble, None, Some(trouble.to_string())),
        };
        let words = match status {
            Status::Same => "same",
            Status::Differs => "differs",
            Status::Trouble => "trouble",
        };
        let answer = serde_json::to_string(&Answer { id: &id, status: words, error }).unwrap_or_default();
        let mut written = answer.strip_suffix('}').unwrap_or_default().to_owned();
        if let Some(report) = report {
            written.push_str(",\"report\":");
            written.push_str(&report);
        }
        written.push_str("}\n");
        // A long list is of use before its end.
        if to_file {
            let _ = out.write_all(written.as_bytes());
        } else {
            print(written.as_bytes())?;
        }
        worst = worst.max(if job.exit_zero && status == Status::Differs { Status::Same } else { status });
    }
    if to_file {
        super::write_out(&job.output, &out)?;
    }
    Ok(worst)
}

/// The comparison of one line, and what it is known by.
fn one(line: &str, number: usize, job: &BatchJob) -> (Value, Result<Compared, Trouble>) {
    let known_by = |id: Value| if id.is_null() { Value::from(number) } else { id };
    let comparison = match serde_json::from_str(line) {
        Ok(Line::Files(files)) => Comparison { id: Value::Null, files, versions: Vec::new(), title: None, judgements: None },
        Ok(Line::Comparison(comparison)) => comparison,
        Err(_) => {
            let id = serde_json::from_str::<Value>(line).ok().and_then(|v| v.get("id").cloned()).unwrap_or(Value::Null);
            return (known_by(id), Err(Trouble::BadLine(number)));
        }
    };
    let Comparison { id, files, versions, title, judgements } = comparison;
    let inline = match inline(&versions, number) {
        Ok(inline) => inline,
        Err(trouble) => return (known_by(id), Err(trouble)),
    };
    let options = Options { title: title.or_else(|| job.options.title.clone()), ..job.options.clone() };
    (known_by(id), compare(&Inputs::files(files), inline, false, &options, judgements.as_deref()))
}

/// The articles that stand in a line.
fn inline(versions: &[Value], number: usize) -> Result<Vec<Entry>, Trouble> {
    if versions.is_empty() {
        return Ok(Vec::new());
    }
    let name = format!("line-{number}.json");
    let bytes = serde_json::to_vec(versions).unwrap_or_default();
    let sources = io::load_bytes(&name, &bytes, &Hints::default())
        .map_err(|e| Trouble::Read { path: name_of(Path::new(&name)).into(), error: e.to_string() })?;
    Ok(sources.into_iter().map(|source| Entry::new(Arc::new(source))).collect())
}
