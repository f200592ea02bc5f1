//! Writing reports and taking in pasted text.

use super::{App, ExportRequest, ExportSort, PastedArticle, sample};
use crate::compare::FindingKind;
use crate::io;
use crate::report::{self, Options, handout};
use crate::source::{self, Hints, Moment, Source};

impl App {
    /// Writes a report. The file is complete or not there at all.
    pub(super) fn write_report(&self, request: &ExportRequest) -> Result<(), String> {
        let mut options = Options::for_format(request.format);
        options.title = Some(self.title().to_owned());
        options.notice = self.project.sample.then(|| sample::NOTICE.to_owned());
        options.dismissed |= request.dismissed;
        options.groupings = self.project.groupings.clone();
        options.notes = !request.without_notes;
        if request.shown_kinds {
            options.kinds.retain(|k| self.filter.groups.contains(&k.group()));
        }
        if request.wording {
            options.kinds.insert(FindingKind::Wording);
        }
        let judgements = &self.project.judgements;
        let bytes = match request.sort {
            ExportSort::Report => report::render(request.format, &self.analysis, judgements, &options),
            ExportSort::Worksheet => handout::render(request.format, &handout::worksheet(&self.analysis, &options)),
            ExportSort::Key => handout::render(request.format, &handout::key(&self.analysis, judgements, &options)),
        };
        let bytes = bytes.map_err(|e| e.to_string())?;
        io::write(&request.path, &bytes).map_err(|e| io::explain_write(&request.path, &e))
    }
}

/// Reads a pasted article: what the person typed in the form wins over what the text says.
///
/// # Errors
/// One or two sentences for the person.
pub(super) fn pasted(article: &PastedArticle, path: &str) -> Result<Source, String> {
    if article.text.trim().is_empty() {
        return Err("There is no text yet. Paste the article into the large field.".to_owned());
    }
    let hints = Hints {
        path: path.to_owned(),
        outlet: typed(&article.outlet),
        title: typed(&article.title),
        published: moment(&article.date)?,
        url: None,
        ..Hints::default()
    };
    source::pasted(&article.text, &hints).map_err(|e| e.to_string())
}

/// A date as typed; `None` for an empty field.
///
/// # Errors
/// One sentence on what was typed, one on what to write.
pub(super) fn moment(date: &str) -> Result<Option<Moment>, String> {
    let Some(date) = typed(date) else { return Ok(None) };
    match Moment::parse(&date) {
        Some(moment) => Ok(Some(moment)),
        None => Err(format!("“{date}” is not a date Parallax can read. Write it as 1 August 2020, or 2020-08-01 08:40.")),
    }
}

pub(super) fn typed(field: &str) -> Option<String> {
    Some(field.trim().to_owned()).filter(|s| !s.is_empty())
}
