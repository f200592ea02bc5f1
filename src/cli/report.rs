//! `parallax report`.

use super::args::ReportJob;
use super::words::Trouble;
use super::{Copies, Status, analyze, load, write_out};
use crate::app::sample;
use crate::base::ContentId;
use crate::io;
use crate::project::{Entry, Judgement, Judgements, file};
use crate::report::render;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Compares the inputs and writes a report.
pub(super) fn run(job: &ReportJob) -> Result<Status, Trouble> {
    let mut loaded = load(&job.inputs, Copies::Drop);
    let mut options = job.options.clone();
    if job.sample {
        loaded.entries.extend(sample::sources().into_iter().map(|source| Entry::new(Arc::new(source))));
        options.title.get_or_insert_with(|| sample::TITLE.to_owned());
        options.notice = Some(sample::NOTICE.to_owned());
    }
    options.title = options.title.or(loaded.title.take());
    if loaded.entries.is_empty() {
        return Err(Trouble::NothingLoaded);
    }
    options.groupings = loaded.groupings.clone();
    let mut analysis = analyze(&loaded.entries, loaded.groupings).ok_or(Trouble::Stopped)?;
    let trouble = !loaded.missing.is_empty();
    // Whoever reads the report has to know what was meant to be in it.
    analysis.notes.extend(loaded.missing);
    let mut judgements = loaded.judgements;
    if let Some(path) = &job.judgements {
        judgements.extend(read_judgements(path)?);
    }
    let bytes = render(job.format, &analysis, &judgements, &options).map_err(Trouble::Render)?;
    write_out(&job.output, &bytes)?;
    let differs = analysis.findings.iter().any(|f| options.lists(f, &judgements));
    Ok(match (trouble, differs && !job.exit_zero) {
        (true, _) => Status::Trouble,
        (false, true) => Status::Differs,
        (false, false) => Status::Same,
    })
}

/// Judgements of a comparison file, or of a JSON object from findings' ids to `{"verdict": …, "note": …}`.
fn read_judgements(path: &Path) -> Result<Judgements, Trouble> {
    let bytes = io::read_bytes(path).map_err(|error| Trouble::Read { path: path.to_owned(), error: error.to_string() })?;
    let trouble = |reason: String| Trouble::Judgements { path: path.to_owned(), reason };
    if file::is_comparison(&bytes) {
        return file::read(&bytes).map(|project| project.judgements).map_err(|e| trouble(e.to_string()));
    }
    // Reports write ids with an `f` before them, comparison files without.
    let by_id: BTreeMap<String, Judgement> = serde_json::from_slice(&bytes).map_err(|e| trouble(e.to_string()))?;
    by_id
        .into_iter()
        .map(|(id, judgement)| match u64::from_str_radix(id.strip_prefix('f').filter(|rest| rest.len() == 16).unwrap_or(&id), 16) {
            Ok(number) => Ok((ContentId(number), judgement)),
            Err(_) => Err(trouble(format!("“{id}” is no id of a finding"))),
        })
        .collect()
}
