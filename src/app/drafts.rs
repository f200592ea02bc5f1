//! What was typed in a form and not yet added: closing the form keeps it.

use super::{App, Dialog, PastedArticle};
use crate::base::ContentId;
use std::collections::BTreeMap;

/// Unfinished forms.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    /// Articles, the latest last.
    pasted: Vec<PastedArticle>,
    /// Notes by finding.
    notes: BTreeMap<ContentId, String>,
    /// Other texts and data by version.
    edits: BTreeMap<ContentId, PastedArticle>,
}

impl App {
    /// Whether the form in front holds words that are nowhere else.
    pub fn form_holds_work(&self) -> bool {
        match &self.dialog {
            Some(Dialog::Paste(article)) => *article != PastedArticle::default(),
            // What was opened is shown nowhere else before it is chosen.
            Some(Dialog::Groups(_)) => true,
            Some(Dialog::Columns(form)) => form.choice != form.table.choice,
            Some(Dialog::Links { addresses, .. }) => !addresses.trim().is_empty(),
            Some(Dialog::Note { finding, text }) => *text != self.note_of(*finding),
            Some(Dialog::Edit { version, article }) => {
                !matches!(self.edit_dialog(*version), Some(Dialog::Edit { article: was, .. }) if was == *article)
            }
            Some(Dialog::Rename { version, text }) => self.version_ix(*version).is_some_and(|v| self.version(v).outlet() != text),
            Some(Dialog::Date { version, text }) => !matches!(self.date_dialog(*version), Dialog::Date { text: was, .. } if was == *text),
            Some(Dialog::SplitApart { leave, .. }) => !leave.is_empty(),
            _ => false,
        }
    }

    /// Whether an article, a note or a correction was typed and is in no comparison yet.
    pub fn holds_draft(&self) -> bool {
        let form = matches!(self.dialog, Some(Dialog::Paste(_) | Dialog::Note { .. } | Dialog::Edit { .. })) && self.form_holds_work();
        let Drafts { pasted, notes, edits } = &self.drafts;
        form || !pasted.is_empty() || !notes.is_empty() || !edits.is_empty()
    }

    /// Opens the latest draft again.
    pub(super) fn reopen_draft(&mut self) {
        let note = self.drafts.notes.keys().next().copied();
        let edit = self.drafts.edits.keys().next().copied();
        self.dialog = match (self.drafts.pasted.is_empty(), note, edit) {
            (false, ..) => Some(self.paste_form()),
            (_, Some(finding), _) => Some(self.note_form(finding)),
            (.., Some(version)) => self.edit_form(version),
            _ => None,
        };
    }

    /// Closes the form in front. What was typed waits for the form to be opened again.
    pub(super) fn close_dialog(&mut self) {
        let holds_work = self.form_holds_work();
        match self.dialog.take() {
            Some(Dialog::Paste(article)) if holds_work => {
                self.drafts.pasted.push(article);
                self.say("Draft kept. Paste text… opens it again.", false);
            }
            Some(Dialog::Note { finding, text }) if holds_work => {
                self.drafts.notes.insert(finding, text);
                self.say("Draft of the note kept.", false);
            }
            Some(Dialog::Note { finding, .. }) => {
                self.drafts.notes.remove(&finding);
            }
            Some(Dialog::Edit { version, article }) if holds_work => {
                self.drafts.edits.insert(version, article);
                self.say("Draft kept. Edit text and data… opens it again.", false);
            }
            Some(Dialog::Edit { version, .. }) => {
                self.drafts.edits.remove(&version);
            }
            Some(Dialog::Columns(form)) => self.put_off_table(&form.path),
            Some(Dialog::Groups(_)) => self.say("Compare > Events of the pile… opens the list again.", false),
            // A question asked over a form goes back to it.
            Some(Dialog::Replace(super::Write::Report(request))) => self.dialog = Some(Dialog::Export(request)),
            Some(Dialog::Replace(super::Write::Comparison { path, quit })) => {
                let path = path.display().to_string();
                self.dialog = Some(Dialog::Path { purpose: super::PathFor::Save { quit }, path, why: String::new() });
            }
            _ => {}
        }
    }

    /// Closes the form in front and forgets what was typed.
    pub(super) fn discard_form(&mut self) {
        match self.dialog.take() {
            Some(Dialog::Note { finding, .. }) => {
                self.drafts.notes.remove(&finding);
            }
            Some(Dialog::Edit { version, .. }) => {
                self.drafts.edits.remove(&version);
            }
            _ => {}
        }
    }

    /// The form for an article, with the latest draft.
    pub(super) fn paste_form(&mut self) -> Dialog {
        Dialog::Paste(self.drafts.pasted.pop().unwrap_or_default())
    }

    /// The form for a note, with its draft or what was saved.
    pub(super) fn note_form(&self, finding: ContentId) -> Dialog {
        let text = self.drafts.notes.get(&finding).cloned().unwrap_or_else(|| self.note_of(finding));
        Dialog::Note { finding, text }
    }

    /// The form with a version's text and data, or its draft.
    pub fn edit_form(&self, version: ContentId) -> Option<Dialog> {
        let form = self.edit_dialog(version)?;
        Some(match self.drafts.edits.get(&version) {
            Some(article) => Dialog::Edit { version, article: article.clone() },
            None => form,
        })
    }

    /// What was saved needs no draft.
    pub(super) fn forget_draft(&mut self, id: ContentId) {
        self.drafts.notes.remove(&id);
        self.drafts.edits.remove(&id);
    }

    /// Drafts on a comparison end with it; an article waits for the next.
    pub(super) fn forget_drafts_on_comparison(&mut self) {
        self.drafts.notes.clear();
        self.drafts.edits.clear();
    }

    pub(super) fn note_of(&self, finding: ContentId) -> String {
        self.project.judgements.get(&finding).map(|j| j.note.clone()).unwrap_or_default()
    }
}
