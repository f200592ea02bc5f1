//! `parallax report` and `parallax worksheet`: what is compared, and what is written of it.

use super::args::{Inputs, ReportJob, WorksheetJob};
use super::words::Trouble;
use super::{Copies, Status, analyze, load, write_out};
use crate::align::Grouping;
use crate::analysis::Analysis;
use crate::app::sample;
use crate::base::ContentId;
use crate::io;
use crate::project::{self, Entry, Judgement, Judgements, file};
use crate::report::{Options, handout, render};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A comparison that was made, and what is said of it.
pub(super) struct Compared {
    pub analysis: Analysis,
    pub judgements: Judgements,
    pub options: Options,
    /// Whether a file is missing in it.
    pub trouble: bool,
}

impl Compared {
    /// How a command ends that shows what differs.
    pub(super) fn status(&self, exit_zero: bool) -> Status {
        let differs = self.analysis.findings.iter().any(|f| self.options.lists(f, &self.judgements));
        match (self.trouble, differs && !exit_zero) {
            (true, _) => Status::Trouble,
            (false, true) => Status::Differs,
            (false, false) => Status::Same,
        }
    }
}

/// Compares the inputs and writes a report.
pub(super) fn run(job: &ReportJob) -> Result<Status, Trouble> {
    let compared = compare(&job.inputs, Vec::new(), job.sample, &job.options, job.judgements.as_deref())?;
    let bytes = render(job.format, &compared.analysis, &compared.judgements, &compared.options).map_err(Trouble::Render)?;
    write_out(&job.output, &bytes)?;
    let status = compared.status(job.exit_zero);
    // The process ends here: to hand back its memory piece by piece would take longer than to write the report did.
    std::mem::forget((compared, bytes));
    Ok(status)
}

/// Compares the inputs and writes a worksheet, and its answer key where one is asked for.
pub(super) fn worksheet(job: &WorksheetJob) -> Result<Status, Trouble> {
    let compared = compare(&job.inputs, Vec::new(), job.sample, &job.options, job.judgements.as_deref())?;
    let Compared { analysis, judgements, options, trouble } = &compared;
    // Both are made before one is written.
    let sheet = handout::render(job.format, &handout::worksheet(analysis, options)).map_err(Trouble::Render)?;
    let key = match &job.key {
        Some((path, format)) => {
            Some((path, handout::render(*format, &handout::key(analysis, judgements, options)).map_err(Trouble::Render)?))
        }
        None => None,
    };
    write_out(&job.output, &sheet)?;
    if let Some((path, key)) = key {
        write_out(path, &key)?;
    }
    Ok(if *trouble { Status::Trouble } else { Status::Same })
}

/// Reads and compares files, and `more` that came without one. Judgements and groupings are those of comparison files among
/// them, and of `judged`, whose word counts more.
pub(super) fn compare(
    inputs: &Inputs,
    more: Vec<Entry>,
    with_sample: bool,
    options: &Options,
    judged: Option<&Path>,
) -> Result<Compared, Trouble> {
    crate::analysis::prepare();
    let mut loaded = load(inputs, Copies::Drop);
    loaded.entries.extend(more);
    let mut options = options.clone();
    if with_sample {
        loaded.entries.extend(sample::sources().into_iter().map(|source| Entry::new(Arc::new(source))));
        options.title.get_or_insert_with(|| sample::TITLE.to_owned());
        options.notice = Some(sample::NOTICE.to_owned());
    }
    options.title = options.title.or(loaded.title.take());
    if loaded.entries.is_empty() {
        return Err(Trouble::NothingLoaded);
    }
    let mut judgements = loaded.judgements;
    if let Some(path) = judged {
        let (said, groupings) = read_judgements(path)?;
        judgements.extend(said);
        loaded.groupings.extend(groupings);
    }
    let mut groupings: Vec<Grouping> = Vec::new();
    for grouping in loaded.groupings {
        if !groupings.contains(&grouping) {
            groupings.push(grouping);
        }
    }
    options.groupings = groupings.clone();
    let mut analysis = analyze(&loaded.entries, groupings).ok_or(Trouble::Stopped)?;
    project::attach(&mut judgements, &analysis);
    let trouble = !loaded.missing.is_empty();
    // Whoever reads the report has to know what was meant to be in it.
    analysis.notes.extend(loaded.missing);
    Ok(Compared { analysis, judgements, options, trouble })
}

/// Judgements and groupings of a comparison file, or judgements of a JSON object from findings' ids to
/// `{"verdict": …, "note": …}`.
fn read_judgements(path: &Path) -> Result<(Judgements, Vec<Grouping>), Trouble> {
    let bytes = io::read_bytes(path).map_err(|error| Trouble::Read { path: path.to_owned(), error: error.to_string() })?;
    let trouble = |reason: String| Trouble::Judgements { path: path.to_owned(), reason };
    if file::is_comparison_at(path, &bytes) {
        let project = file::read(&bytes).map_err(|e| trouble(e.to_string()))?;
        return Ok((project.judgements, project.groupings));
    }
    // Reports write ids with an `f` before them, comparison files without.
    let by_id: BTreeMap<String, Judgement> = serde_json::from_slice(&bytes).map_err(|e| trouble(e.to_string()))?;
    let judgements = by_id
        .into_iter()
        .map(|(id, judgement)| match u64::from_str_radix(id.strip_prefix('f').filter(|rest| rest.len() == 16).unwrap_or(&id), 16) {
            Ok(number) => Ok((ContentId(number), judgement)),
            Err(_) => Err(trouble(format!("“{id}” is no id of a finding"))),
        })
        .collect::<Result<Judgements, Trouble>>()?;
    Ok((judgements, Vec::new()))
}
