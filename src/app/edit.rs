//! [`App::apply`]: the one place where the state changes on a person's wish.

use super::navigate::StepTo;
use super::place::with_ending;
use super::worker::Request;
use super::{Action, App, Command, Dialog, PastedArticle, Settings, ThemeChoice, Toast, View, Write, filter, sample};
use crate::base::ContentId;
use crate::compare::FilterGroup;
use crate::io;
use crate::project::{About, Entry, Judgement, Project, Verdict};
use crate::source::BlockKind;
use std::sync::Arc;

impl App {
    /// Does what the person asked for. Never blocks for long: reading and comparing go to a thread.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Run(command) => self.run(command),
            Action::Open(paths) => {
                if paths.is_empty() {
                    return;
                }
                if let Some(folder) = paths.first().and_then(|p| io::folder_of(p)) {
                    self.settings.folder = Some(folder);
                }
                self.start(Request::Files(io::articles(&paths)));
            }
            Action::OpenBytes(items) => self.start(Request::Bytes(items)),
            Action::AddPasted(article) => self.add_pasted(&article),
            Action::FetchLinks { addresses, allow_private } => {
                self.settings.allow_private_links = allow_private;
                self.fetch_links(&addresses, allow_private);
            }
            Action::FetchOnce(address) => self.fetch_links(&address, true),
            Action::AskColumns(path) => self.ask_columns(path),
            Action::ReadColumns(path, choice) => self.read_columns(path, choice),
            Action::ReadPageAgain(key) => self.read_page_again(key),
            Action::MergeGroups(places) => self.merge_groups(&places),
            Action::SplitGroup(place, articles) => self.split_group(place, &articles),
            Action::UndoGroups => self.undo_groups(),
            Action::CompareGroups(places) => self.compare_groups(&places),
            Action::Show(view) => self.show(view),
            Action::Select { finding, version } => self.select_finding(finding, version),
            Action::SelectPassage(passage) => {
                self.selection.finding = None;
                self.selection.passage = Some(passage);
                self.selection.scroll_version = None;
                self.selection.scroll += 1;
            }
            Action::ClearSelection => {
                self.selection.finding = None;
                self.selection.passage = None;
            }
            Action::ToggleGroup(group) => self.toggle_group(group),
            Action::OnlyGroup(group) => {
                self.filter.groups = [group].into();
                self.refilter();
            }
            Action::Focus(key) => {
                self.focused = Some(key);
                self.part.0 = super::Part::Columns;
            }
            Action::MoveColumn(key, place) => self.edit(|p| p.move_column(key, place), "Move a column"),
            Action::SetHidden(key, hidden) => {
                self.edit(|p| set(&mut p.hidden, key, hidden), if hidden { "Hide a column" } else { "Show a column" });
                self.refresh_find();
            }
            Action::SetPinned(key, pinned) => {
                self.edit(|p| set(&mut p.pinned, key, pinned), if pinned { "Pin a column" } else { "Unpin a column" });
            }
            Action::SetUnfolded(keys, on) => {
                keys.into_iter().for_each(|key| set(&mut self.unfolded, key, on));
                self.refresh_find();
            }
            Action::SetReference(key) => self.edit(|p| p.reference = key, "Change the reference"),
            Action::Remove(key) => self.remove(key),
            Action::Rename(key, name) => self.rename(key, name),
            Action::SetTitle(title) => self.edit(|p| p.title = title, "Name the comparison"),
            Action::SetNote(finding, note) => {
                self.dialog = None;
                self.forget_draft(finding);
                let note = note.trim().to_owned();
                if note != self.note_of(finding) {
                    self.say_of(finding, |j| j.note = note, "Write a note");
                }
            }
            Action::SetFind { query, case, whole_word } => {
                let asked = self.find.asked;
                self.find = super::find::Find { open: true, asked, query, case, whole_word, ..Default::default() };
                self.refresh_find();
            }
            Action::Save(chosen) => {
                let path = with_ending(chosen.clone());
                let what = Write::Comparison { path, quit: false };
                // The dialog of the system has asked about the file that was chosen, not about one with another ending.
                if *what.path() == chosen { self.write_over(what) } else { self.write(what) }
            }
            Action::AskForPath(purpose, why) => self.dialog = Some(self.path_form(purpose, &why)),
            Action::TakePath(purpose, typed) => self.take_path(purpose, &typed),
            Action::Replace(what) => self.write_over(what),
            // Without a file the window asks for one, then sends `Action::Save` and quits.
            Action::SaveAndQuit => {
                if let Some(path) = self.path.clone() {
                    self.write(Write::Comparison { path, quit: true });
                }
            }
            Action::QuitWithoutSaving => self.quit = true,
            Action::CloseFind => self.find.open = false,
            Action::Export(request) => self.write(Write::Report(request)),
            Action::SetDialog(dialog) => self.dialog = dialog,
            Action::CloseDialog => self.close_dialog(),
            Action::DiscardForm => self.discard_form(),
            Action::ReopenDraft => self.reopen_draft(),
            Action::LeaveOut(place) => {
                if place < self.problems.len() {
                    self.problems.remove(place);
                }
            }
            Action::SetDate(key, date) => self.set_date(key, &date),
            Action::EditVersion(key, article) => self.edit_version(key, &article),
            Action::PinTogether(passage, with) => self.pin_together(passage, with),
            Action::SplitApart(passage, leave) => self.split_apart(passage, &leave),
            Action::ForgetRecent(path) => self.forget_recent(&path),
            Action::Restore(file) => self.restore(&file),
            Action::ForgetLeft(file) => self.forget_left(&file),
            Action::DropJudgement(id) => self.edit(|p| drop(p.judgements.remove(&id)), "Drop a judgement"),
            // The window opens the dialog of the system, then sends `Action::ForgetRecent` and `Action::Open`.
            Action::FindRecent(_) => {}
            // The window asks the system to.
            Action::ShowFile(_) => {}
            Action::StartWithReady => {
                if let Some(job) = &self.job {
                    job.start_with_ready();
                }
            }
            Action::Cancel => self.cancel_job(),
            Action::Say(text) => self.say(text, false),
            Action::HideToast => self.toast = None,
        }
    }

    fn run(&mut self, command: Command) {
        use Command as C;
        if !self.is_enabled(command) {
            return;
        }
        match command {
            // The window opens the dialog of the system, then sends `Action::Open` or `Action::Save`.
            C::OpenFiles | C::SaveAs => {}
            C::Save => {
                if let Some(path) = self.path.clone() {
                    self.write(Write::Comparison { path, quit: false });
                }
            }
            C::PasteText => self.dialog = Some(self.paste_form()),
            C::AddLinks => {
                self.dialog = Some(Dialog::Links { addresses: String::new(), allow_private: self.settings.allow_private_links });
            }
            C::OpenSample => self.open_sample(),
            C::Export => self.dialog = Some(Dialog::Export(self.default_export())),
            C::CloseComparison => self.close(),
            C::ShowLeft => self.dialog = Some(Dialog::Left),
            C::ShowUnfit => self.dialog = Some(Dialog::Unfit),
            C::Quit if self.loses_work() || self.holds_draft() => {
                self.close_dialog();
                self.toast = None;
                self.dialog = Some(if self.loses_work() { Dialog::Unsaved } else { Dialog::DraftLeft });
            }
            C::Quit => self.quit = true,
            C::Undo => self.undo_or_redo(true),
            C::Redo => self.undo_or_redo(false),
            C::Find => {
                self.find.open = true;
                self.find.asked += 1;
            }
            C::FindNext => self.step_find(true),
            C::FindPrevious => self.step_find(false),
            C::ShowSideBySide => self.show(View::SideBySide),
            C::ShowPassages => self.show(View::Passages),
            C::ShowDetails => self.show(View::Details),
            C::ShowQuotes => self.show(View::Quotes),
            C::ShowOverview => self.show(View::Overview),
            C::ToggleInspector => self.settings.inspector = !self.settings.inspector,
            C::ToggleWideStrip => self.settings.wide_strip = !self.settings.wide_strip,
            C::ToggleScrollTogether => self.settings.scroll_together = !self.settings.scroll_together,
            C::ToggleFoldCopies => {
                self.settings.fold_copies = !self.settings.fold_copies;
                self.unfolded.clear();
                self.refresh_find();
            }
            C::ToggleFitColumns => self.settings.fit_columns = !self.settings.fit_columns,
            C::ToggleHighContrast => self.settings.high_contrast = !self.settings.high_contrast,
            C::LinesWider => self.set_line_percent(self.settings.line_percent.saturating_add(10)),
            C::LinesTighter => self.set_line_percent(self.settings.line_percent.saturating_sub(10)),
            C::MeasureWider => self.set_measure(self.settings.measure.saturating_add(10)),
            C::MeasureNarrower => self.set_measure(self.settings.measure.saturating_sub(10)),
            C::ToggleFaintWording => self.settings.faint_wording = !self.settings.faint_wording,
            C::ToggleWording => self.toggle_group(FilterGroup::Wording),
            C::ToggleDismissed => {
                self.filter.dismissed = !self.filter.dismissed;
                self.refilter();
            }
            C::ResetFilters => {
                self.filter = filter::Filter::default();
                self.refilter();
            }
            C::TextLarger => self.set_text_percent(self.settings.text_percent.saturating_add(10)),
            C::TextSmaller => self.set_text_percent(self.settings.text_percent.saturating_sub(10)),
            C::TextNormal => self.set_text_percent(100),
            C::ThemeSystem => self.settings.theme = ThemeChoice::System,
            C::ThemeLight => self.settings.theme = ThemeChoice::Light,
            C::ThemeDark => self.settings.theme = ThemeChoice::Dark,
            C::ToggleProjector => self.settings.projector = !self.settings.projector,
            C::ToggleReducedMotion => self.settings.reduced_motion = !self.settings.reduced_motion,
            C::NextDifference => self.step_difference(StepTo::Next),
            C::PreviousDifference => self.step_difference(StepTo::Previous),
            C::FirstDifference => self.step_difference(StepTo::First),
            C::LastDifference => self.step_difference(StepTo::Last),
            C::Confirm => self.judge(Verdict::Confirmed, true),
            C::ConfirmAndStay => self.judge(Verdict::Confirmed, false),
            C::Dismiss => self.judge(Verdict::Dismissed, true),
            C::DismissAndStay => self.judge(Verdict::Dismissed, false),
            C::Note => self.open_note(),
            C::PinTogether => {
                if let Some(passage) = self.selected_passage() {
                    let passage = self.analysis.passages[passage.ix()].id;
                    self.dialog = Some(Dialog::PinTogether { passage, query: String::new() });
                }
            }
            C::SplitApart => {
                if let Some(passage) = self.selected_passage() {
                    let passage = self.analysis.passages[passage.ix()].id;
                    self.dialog = Some(Dialog::SplitApart { passage, leave: Default::default() });
                }
            }
            C::ClearJudgement => self.clear_judgement(),
            C::NextColumn => self.step_column(true),
            C::PreviousColumn => self.step_column(false),
            C::MoveColumnLeft | C::MoveColumnRight => {
                if let Some((key, place)) = self.move_focused_column(command == C::MoveColumnRight) {
                    self.apply(Action::MoveColumn(key, place));
                }
            }
            C::PinColumn => self.with_focused(|app, key| app.apply(Action::SetPinned(key, !app.project.pinned.contains(&key)))),
            C::HideColumn => self.with_focused(|app, key| app.apply(Action::SetHidden(key, true))),
            C::ShowAllColumns => self.edit(|p| p.hidden.clear(), "Show all columns"),
            C::SetReference => self.with_focused(|app, key| app.apply(Action::SetReference(Some(key)))),
            C::NoReference => self.apply(Action::SetReference(None)),
            C::RenameVersion => self.with_focused(|app, key| {
                let text = app.version_ix(key).map(|v| app.version(v).outlet().to_owned()).unwrap_or_default();
                app.dialog = Some(Dialog::Rename { version: key, text });
            }),
            C::SetDate => self.with_focused(|app, key| app.dialog = Some(app.date_dialog(key))),
            C::ChooseColumns => self.with_focused(|app, key| {
                if let Some(path) = app.table_of(key) {
                    app.ask_columns(path);
                }
            }),
            C::ReadPageAgain => self.with_focused(|app, key| app.read_page_again(key)),
            C::EditVersion => self.with_focused(|app, key| app.dialog = app.edit_form(key)),
            C::RemoveVersion => self.with_focused(|app, key| app.remove(key)),
            C::ShowGroups => self.dialog = Some(Dialog::Groups(Default::default())),
            C::ShowProblems => self.dialog = Some(Dialog::Problems),
            C::Palette => self.dialog = Some(Dialog::Palette),
            C::Keys => self.dialog = Some(Dialog::Keys),
            C::About => self.dialog = Some(Dialog::About),
        }
    }

    /// Shows a short word on what was done.
    pub fn say(&mut self, text: impl Into<String>, undo: bool) {
        self.said += 1;
        self.toast = Some(Toast { text: text.into(), undo, number: self.said });
    }

    /// Says what this computer lacks, and keeps it among the problems for those who were looking elsewhere.
    pub fn tell_lack(&mut self, name: &str, text: String) {
        let problem = super::Problem { name: name.to_owned(), text: text.clone(), not_added: false, cure: super::Cure::Know, path: None };
        self.problems.push(problem);
        self.say(text, false);
    }

    pub(super) fn edit(&mut self, change: impl FnOnce(&mut Project), label: &str) {
        let before = self.project.clone();
        change(&mut self.project);
        if self.project != before {
            self.history.record(label, before);
            self.refresh_shown();
        }
    }

    fn undo_or_redo(&mut self, undo: bool) {
        let before = self.project.clone();
        let label = if undo { self.history.undo(&mut self.project) } else { self.history.redo(&mut self.project) };
        if let Some(label) = label {
            self.say(format!("{}: {label}.", if undo { "Undone" } else { "Done again" }), false);
        }
        if !before.reads_like(&self.project) {
            self.reselect = self.selected_passage().and_then(|p| self.sentences_of(p).first().copied());
            self.start(Request::Reanalyse);
        }
        self.refresh_shown();
        self.refresh_find();
    }

    fn with_focused(&mut self, act: impl FnOnce(&mut Self, ContentId)) {
        if let Some(key) = self.focused {
            act(self, key);
        }
    }

    fn show(&mut self, view: View) {
        self.view = view;
        self.settings.view = view;
        // The new view brings the selection into sight: switching keeps the place.
        self.selection.scroll += 1;
    }

    fn toggle_group(&mut self, group: FilterGroup) {
        if !self.filter.groups.remove(&group) {
            self.filter.groups.insert(group);
        }
        self.refilter();
    }

    fn set_text_percent(&mut self, percent: u16) {
        self.settings.text_percent = percent.clamp(Settings::MIN_TEXT_PERCENT, Settings::MAX_TEXT_PERCENT);
    }

    fn set_line_percent(&mut self, percent: u16) {
        self.settings.line_percent = percent.clamp(Settings::MIN_LINE_PERCENT, Settings::MAX_LINE_PERCENT);
    }

    fn set_measure(&mut self, characters: u16) {
        self.settings.measure = characters.clamp(Settings::MIN_MEASURE, Settings::MAX_MEASURE);
    }

    fn judge(&mut self, verdict: Verdict, go_on: bool) {
        let Some(finding) = self.selected() else { return };
        let id = self.analysis.findings[finding.ix()].id;
        // Where to go on is fixed before the verdict may take the finding out of those shown.
        let next = self.place().0.and_then(|place| self.stepped().get(place).copied());
        if self.judgement(finding).is_none_or(|j| j.verdict != Some(verdict)) {
            self.say_of(id, |j| j.verdict = Some(verdict), if verdict == Verdict::Confirmed { "Confirm" } else { "Dismiss" });
        }
        self.say(if verdict == Verdict::Confirmed { "Confirmed." } else { "Dismissed." }, true);
        if go_on && let Some(next) = next {
            let id = self.analysis.findings[next.ix()].id;
            self.select_finding(id, None);
        }
    }

    /// Changes what is said of a finding, with who says it, when, and of what.
    fn say_of(&mut self, finding: ContentId, change: impl FnOnce(&mut Judgement), label: &str) {
        let about = self.analysis.findings.iter().find(|f| f.id == finding).map(|f| About::new(f, &self.analysis));
        self.edit(
            |p| {
                let judgement = p.judgements.entry(finding).or_default();
                change(judgement);
                judgement.by = io::user();
                judgement.at = Some(io::now());
                judgement.about = about.or(judgement.about.take());
                if judgement.is_empty() {
                    p.judgements.remove(&finding);
                }
            },
            label,
        );
    }

    fn open_note(&mut self) {
        if let (Some(finding), Some(_)) = (self.selection.finding, self.selected()) {
            self.dialog = Some(self.note_form(finding));
        }
    }

    fn remove(&mut self, key: ContentId) {
        let name = self.version_ix(key).map_or_else(|| "The version".to_owned(), |v| self.version(v).outlet().to_owned());
        self.forget_draft(key);
        self.edit(|p| p.remove(key), &format!("Remove {name}"));
        if self.focused == Some(key) {
            self.focused = None;
        }
        self.say(format!("{name} removed."), true);
        self.start(Request::Reanalyse);
    }

    fn rename(&mut self, key: ContentId, name: String) {
        self.dialog = None;
        let name = name.trim().to_owned();
        self.edit(
            |p| {
                if let Some(entry) = p.entries.iter_mut().find(|e| e.key == key) {
                    entry.outlet = (!name.is_empty()).then_some(name);
                }
            },
            "Rename an outlet",
        );
        self.start(Request::Reanalyse);
    }

    /// The form that asks when a version was published.
    pub fn date_dialog(&self, key: ContentId) -> Dialog {
        let published = self.version_ix(key).and_then(|v| self.version(v).meta.published);
        Dialog::Date { version: key, text: published.map(|p| p.to_string().replacen('T', " ", 1)).unwrap_or_default() }
    }

    /// The form with a version's text and data.
    pub fn edit_dialog(&self, key: ContentId) -> Option<Dialog> {
        let version = self.version(self.version_ix(key)?);
        let source = &self.project.entries.iter().find(|e| e.key == key)?.source;
        // Blocks divided by blank lines, as the form reads them; the headline has a field of its own.
        let text = source.blocks.iter().filter(|b| b.kind != BlockKind::Headline).map(|b| b.range.of(&source.text).replace('\n', " "));
        let Dialog::Date { text: date, .. } = self.date_dialog(key) else { return None };
        let article = PastedArticle {
            outlet: version.outlet().to_owned(),
            title: version.meta.title.clone().unwrap_or_default(),
            date,
            text: text.collect::<Vec<_>>().join("\n\n"),
        };
        Some(Dialog::Edit { version: key, article })
    }

    fn set_date(&mut self, key: ContentId, date: &str) {
        match super::export::moment(date) {
            Ok(published) => {
                self.dialog = None;
                self.problems.retain(|p| p.cure != super::Cure::Date(key) || published.is_none());
                self.edit(|p| p.entries.iter_mut().filter(|e| e.key == key).for_each(|e| e.published = published), "Set a date");
                self.start(Request::Reanalyse);
            }
            Err(text) => self.say(text, false),
        }
    }

    /// Data that changed alone keeps the version's key, and so its judgements; another text makes another version.
    fn edit_version(&mut self, key: ContentId, article: &PastedArticle) {
        let Some(Dialog::Edit { article: before, .. }) = self.edit_dialog(key) else { return };
        if before.text == article.text {
            let published = match super::export::moment(&article.date) {
                Ok(published) => published,
                Err(text) => return self.say(text, false),
            };
            let (outlet, title) = (super::export::typed(&article.outlet), super::export::typed(&article.title));
            self.edit(
                |p| {
                    for e in p.entries.iter_mut().filter(|e| e.key == key) {
                        if before.outlet != article.outlet {
                            e.outlet = outlet.clone();
                        }
                        if before.title != article.title {
                            e.title = title.clone();
                        }
                        if before.date != article.date {
                            e.published = published;
                        }
                    }
                },
                "Edit a version",
            );
        } else {
            let path = self.project.entries.iter().find(|e| e.key == key).map(|e| e.source.provenance.path.clone()).unwrap_or_default();
            let source = match super::export::pasted(article, &path) {
                Ok(source) => source,
                Err(text) => return self.say(text, false),
            };
            let entry = Entry::new(Arc::new(source));
            let new = entry.key;
            let mut same = false;
            self.edit(|p| same = p.replace(key, entry).is_err(), "Edit a version");
            if same {
                return self.say("Another version has this text already. Nothing was changed.", false);
            }
            if self.focused == Some(key) {
                self.focused = Some(new);
            }
        }
        self.dialog = None;
        self.forget_draft(key);
        self.start(Request::Reanalyse);
    }

    pub(super) fn close(&mut self) {
        self.cancel_job();
        self.park_unsaved();
        self.forget_drafts_on_comparison();
        self.remember();
        self.edit(|p| *p = Project::default(), "Close the comparison");
        self.path = None;
        self.copy_of = None;
        self.disown();
        self.saved = Project::default();
        self.analysis = Arc::default();
        self.generation += 1;
        self.selection.finding = None;
        self.selection.passage = None;
        self.problems.clear();
        self.look_for_recent();
        self.refresh_shown();
        self.refresh_find();
        self.say("Comparison closed.", true);
    }

    fn open_sample(&mut self) {
        if !self.project.entries.is_empty() {
            self.close();
        }
        self.project.title = sample::TITLE.to_owned();
        self.project.sample = true;
        self.start(Request::Sources(sample::sources().into_iter().map(Arc::new).collect()));
    }

    fn add_pasted(&mut self, article: &PastedArticle) {
        match super::export::pasted(article, "") {
            Ok(source) => {
                self.dialog = None;
                self.start(Request::Sources(vec![Arc::new(source)]));
            }
            Err(text) => self.say(text, false),
        }
    }
}

fn set(keys: &mut std::collections::BTreeSet<ContentId>, key: ContentId, on: bool) {
    if on {
        keys.insert(key);
    } else {
        keys.remove(&key);
    }
}
