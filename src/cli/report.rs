//! `parallax report`.

use super::args::ReportJob;
use super::words::Trouble;
use super::{Status, analyze, load, print};
use crate::app::sample;
use crate::io;
use crate::project::Judgements;
use crate::report::render;

/// Compares the inputs and writes a report.
pub(super) fn run(job: &ReportJob) -> Result<Status, Trouble> {
    let mut loaded = load(&job.inputs);
    let mut options = job.options.clone();
    if job.sample {
        loaded.sources.extend(sample::sources());
        options.title.get_or_insert_with(|| sample::TITLE.to_owned());
        options.notice = Some(sample::NOTICE.to_owned());
    }
    if loaded.sources.is_empty() {
        return Err(Trouble::NothingLoaded);
    }
    let mut analysis = analyze(&loaded.sources).ok_or(Trouble::Stopped)?;
    let trouble = !loaded.missing.is_empty();
    // Whoever reads the report has to know what was meant to be in it.
    analysis.notes.extend(loaded.missing);
    let judgements = Judgements::new();
    let bytes = render(job.format, &analysis, &judgements, &options);
    if job.output.as_os_str() == "-" {
        print(&bytes)?;
    } else {
        io::write(&job.output, &bytes).map_err(|error| Trouble::Write { path: job.output.clone(), error })?;
    }
    let differs = analysis.findings.iter().any(|f| options.lists(f, &judgements));
    Ok(match (trouble, differs && !job.exit_zero) {
        (true, _) => Status::Trouble,
        (false, true) => Status::Differs,
        (false, false) => Status::Same,
    })
}
