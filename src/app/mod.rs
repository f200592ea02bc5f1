//! The headless state of the window: everything it does, without egui.
//!
//! The window calls [`App::apply`] with [`Action`]s and reads the fields; it changes nothing by
//! itself. Long work runs on a thread of its own ([`worker`]); [`App::poll`] takes in what it has.

pub mod action;
mod columns;
pub mod command;
mod drafts;
pub mod edit;
mod export;
pub mod filter;
pub mod find;
mod grouping;
pub mod links;
pub mod navigate;
pub mod pile;
mod place;
mod progress;
mod reading;
mod recent;
mod same;
pub mod sample;
pub mod settings;
pub mod tables;
mod unsaved;
pub mod worker;

pub use crate::report::Format as ExportFormat;
pub use action::{Action, ExportRequest, ExportSort, PastedArticle};
pub use columns::{Deviation, InSight, Room};
pub use command::{Command, Shortcut};
pub use place::{PathFor, Write};
pub use recent::Recent;
pub use same::Same;
pub use settings::{Keeper, Settings, ThemeChoice};
pub use unsaved::Left;

use crate::align::Place;
use crate::analysis::{Analysis, Version};
use crate::base::{ContentId, FindingIx, PassageIx, VersionIx};
use crate::project::{Entry, History, Judgement, Project, Verdict};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use worker::{Cache, Job, JobProgress};

/// The state of one window.
pub struct App {
    /// What the person has made.
    pub project: Project,
    /// The comparison file it was opened from or last saved in.
    pub path: Option<PathBuf>,
    /// What was found; always of an earlier or the present `project`.
    pub analysis: Arc<Analysis>,
    /// The view in front.
    pub view: View,
    /// What is selected, in all views.
    pub selection: Selection,
    /// Which findings are shown.
    pub filter: filter::Filter,
    /// The find bar.
    pub find: find::Find,
    /// The dialog in front, if any.
    pub dialog: Option<Dialog>,
    /// The version whose column has the focus.
    pub focused: Option<ContentId>,
    /// The part of the window that F6 went to last, and how often it was pressed.
    pub part: (Part, u64),
    /// Copies that have a column of their own though shared copy is folded.
    pub unfolded: BTreeSet<ContentId>,
    /// The events of the last pile of articles that was about more than one.
    pub pile: Option<pile::Pile>,
    /// What could not be loaded, or only with gaps.
    pub problems: Vec<Problem>,
    /// The last thing done, with undo where it can be undone.
    pub toast: Option<Toast>,
    /// What is remembered between runs.
    pub settings: Settings,
    /// Set when the window should close.
    pub quit: bool,
    /// Counts changes of `analysis`; caches of the window are keyed by it.
    pub generation: u64,
    /// Recent comparisons whose file was not there when last looked for.
    pub missing: BTreeSet<PathBuf>,
    /// The file of which this window has a copy, since another window has it open.
    pub copy_of: Option<PathBuf>,
    /// The project as it was last opened or saved.
    saved: Project,
    /// Keeps other windows from the comparison's file.
    lock: Option<crate::io::Lock>,
    /// The sum of the comparison's file as it was last read or written here.
    on_disk: Option<String>,
    /// Keeps what is not saved; none in tests that do not ask for it.
    keep: Option<unsaved::Keep>,
    left: Vec<Left>,
    /// Findings in the order of stepping that pass the filter.
    shown: Vec<FindingIx>,
    history: History,
    cache: Cache,
    job: Option<Job>,
    /// What waits for a load to end.
    queue: Vec<worker::Request>,
    drafts: drafts::Drafts,
    tables: tables::Tables,
    /// The finding that a filter took out of sight while it was selected: stepping goes on from there.
    left_at: Option<ContentId>,
    /// Words whose passage is selected when the analysis comes back without what was selected.
    reselect: Option<Place>,
    wake: Arc<dyn Fn() + Send + Sync>,
    /// Toasts said so far: each has a number of its own.
    said: u64,
}

/// The views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// A column a version.
    #[default]
    SideBySide,
    /// A row a passage.
    Passages,
    /// A row a detail.
    Details,
    /// A row an utterance.
    Quotes,
    /// Coverage, order, shared copy.
    Overview,
}

/// The parts of the window that F6 walks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Part {
    /// The columns, one by one.
    #[default]
    Columns,
    /// The selected difference.
    Inspector,
    /// The list of all differences.
    Strip,
}

impl View {
    /// All views in the order of their tabs.
    pub const ALL: [View; 5] = [View::SideBySide, View::Passages, View::Details, View::Quotes, View::Overview];

    /// The word on the tab.
    pub fn label(self) -> &'static str {
        match self {
            View::SideBySide => "Side by side",
            View::Passages => "Passages",
            View::Details => "Details",
            View::Quotes => "Quotes",
            View::Overview => "Overview",
        }
    }
}

/// What is selected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// The finding, by id, so that it survives a new analysis.
    pub finding: Option<ContentId>,
    /// The passage, when one is selected without a finding.
    pub passage: Option<ContentId>,
    /// Counts requests to scroll to the selection; the window scrolls when it changes.
    pub scroll: u64,
    /// The version whose words should be in sight, when one was named; else all.
    pub scroll_version: Option<ContentId>,
}

/// A dialog over the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// Paste text: the form's content.
    Paste(PastedArticle),
    /// Fetch articles from their addresses: the form's content.
    Links {
        /// Addresses as typed, by blanks or lines.
        addresses: String,
        /// Whether they may lie in the person's own network.
        allow_private: bool,
    },
    /// Choose format and place of a report.
    Export(ExportRequest),
    /// The command palette.
    Palette,
    /// All keys.
    Keys,
    /// What the app is, its version, licences.
    About,
    /// A note on the selected finding.
    Note {
        /// The finding.
        finding: ContentId,
        /// The text so far.
        text: String,
    },
    /// A new name for an outlet.
    Rename {
        /// The version.
        version: ContentId,
        /// The text so far.
        text: String,
    },
    /// The events of a pile of articles, with what is ticked.
    Groups(pile::Chosen),
    /// Which columns of a table hold what.
    Columns(tables::ColumnsForm),
    /// What could not be loaded.
    Problems,
    /// The window would close and lose what was made.
    Unsaved,
    /// The window would close and lose what was typed in a form.
    DraftLeft,
    /// A path to type, where the system shows no dialog for it.
    Path {
        /// What it is for.
        purpose: PathFor,
        /// As typed so far.
        path: String,
        /// Why it is asked here; empty where that was said before.
        why: String,
    },
    /// A file stands where something shall be written.
    Replace(Write),
    /// What earlier windows left without saving.
    Left,
    /// Work that was left shall be thrown away.
    ForgetLeft(PathBuf),
    /// Judgements that fit no difference.
    Unfit,
    /// When a version was published.
    Date {
        /// The version.
        version: ContentId,
        /// The text so far.
        text: String,
    },
    /// A version's text and data.
    Edit {
        /// The version.
        version: ContentId,
        /// The form's content.
        article: PastedArticle,
    },
    /// Which passage reports the same as another.
    PinTogether {
        /// The passage.
        passage: ContentId,
        /// What the list of others is narrowed by.
        query: String,
    },
    /// Which sentences do not report what the others of their passage do.
    SplitApart {
        /// The passage.
        passage: ContentId,
        /// Those that leave.
        leave: BTreeSet<Place>,
    },
}

/// Something that could not be loaded, or only with gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file or link.
    pub name: String,
    /// What happened, what did not suffer, what to do.
    pub text: String,
    /// Whether nothing of it was added.
    pub not_added: bool,
    /// What can be done about it.
    pub cure: Cure,
    /// The file, where it is one that can be read again or looked at.
    pub path: Option<PathBuf>,
}

/// What can be done about a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cure {
    /// Nothing: it is good to know.
    Know,
    /// Paste its text, or choose another file.
    Replace,
    /// Read the file now.
    Read(PathBuf),
    /// Say which columns of the table hold what.
    Columns(PathBuf),
    /// Fetch the page though it lies in the person's own network.
    AllowPrivate(String),
    /// Say when the version was published.
    Date(ContentId),
}

/// A short word on what was just done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// "Eastline Daily removed."
    pub text: String,
    /// Whether "Undo" takes it back.
    pub undo: bool,
    /// Counts up, so that the window knows a new one.
    pub number: u64,
}

impl App {
    /// A window without a comparison. `wake` is called from other threads when [`App::poll`] has something to take in.
    pub fn new(settings: Settings, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let mut app = Self {
            project: Project::default(),
            path: None,
            copy_of: None,
            saved: Project::default(),
            lock: None,
            on_disk: None,
            keep: None,
            left: Vec::new(),
            analysis: Arc::default(),
            view: settings.view,
            selection: Selection::default(),
            filter: filter::Filter::default(),
            find: find::Find::default(),
            dialog: None,
            focused: None,
            part: (Part::Columns, 0),
            unfolded: BTreeSet::new(),
            pile: None,
            problems: Vec::new(),
            toast: None,
            settings,
            quit: false,
            generation: 0,
            shown: Vec::new(),
            history: History::default(),
            cache: Cache::default(),
            job: None,
            queue: Vec::new(),
            drafts: drafts::Drafts::default(),
            tables: tables::Tables::default(),
            left_at: None,
            missing: BTreeSet::new(),
            reselect: None,
            wake,
            said: 0,
        };
        app.look_for_recent();
        app
    }

    /// Whether no comparison is open and none is being loaded.
    pub fn is_empty(&self) -> bool {
        self.project.entries.is_empty() && self.job.is_none()
    }

    /// The name of the comparison for the title bar.
    pub fn title(&self) -> &str {
        if !self.project.title.is_empty() {
            return &self.project.title;
        }
        self.analysis.title().unwrap_or("Untitled comparison")
    }

    /// Whether there are changes that no comparison file holds yet. The sample alone is none.
    pub fn is_unsaved(&self) -> bool {
        let sample_as_it_came = self.project.sample && self.path.is_none() && self.project.judgements.is_empty();
        self.project != self.saved && !self.project.entries.is_empty() && !sample_as_it_came
    }

    /// Whether closing now would lose what a person made or what stands in no file: judgements, pins and splits, corrections,
    /// pasted articles, fetched pages.
    pub fn loses_work(&self) -> bool {
        let p = &self.project;
        let kept = |e: &Entry| self.saved.entries.iter().any(|saved| saved.key == e.key);
        let nowhere_else = |e: &Entry| (e.source.provenance.path.is_empty() || e.source.page.is_some()) && !kept(e);
        let corrected = p.entries.iter().any(|e| e.outlet.is_some() || e.title.is_some() || e.published.is_some());
        *p != self.saved
            && !p.entries.is_empty()
            && (corrected || !p.judgements.is_empty() || !p.groupings.is_empty() || p.entries.iter().any(nowhere_else))
    }

    /// The findings that pass the filters, in the order of stepping.
    pub fn shown(&self) -> &[FindingIx] {
        &self.shown
    }

    /// The selected finding, if it still exists.
    pub fn selected(&self) -> Option<FindingIx> {
        let id = self.selection.finding?;
        self.analysis.findings.iter().position(|f| f.id == id).map(FindingIx::from)
    }

    /// The passage of the selection, if any.
    pub fn selected_passage(&self) -> Option<PassageIx> {
        match self.selected() {
            Some(f) => self.analysis.findings[f.ix()].passage,
            None => {
                let id = self.selection.passage?;
                self.analysis.passages.iter().position(|p| p.id == id).map(PassageIx::from)
            }
        }
    }

    /// What the person said of a finding.
    pub fn judgement(&self, finding: FindingIx) -> Option<&Judgement> {
        self.project.judgements.get(&self.analysis.findings[finding.ix()].id)
    }

    /// Whether a finding was dismissed.
    pub fn is_dismissed(&self, finding: FindingIx) -> bool {
        self.judgement(finding).is_some_and(|j| j.verdict == Some(Verdict::Dismissed))
    }

    /// Whether a finding was confirmed.
    pub fn is_confirmed(&self, finding: FindingIx) -> bool {
        self.judgement(finding).is_some_and(|j| j.verdict == Some(Verdict::Confirmed))
    }

    /// The number of findings of this analysis with a verdict.
    pub fn judged_count(&self) -> usize {
        self.analysis.findings.iter().filter(|f| self.project.judgements.get(&f.id).is_some_and(|j| j.verdict.is_some())).count()
    }

    /// The version with a key, if the analysis holds it.
    pub fn version_ix(&self, key: ContentId) -> Option<VersionIx> {
        self.analysis.versions.iter().position(|v| v.key == key).map(VersionIx::from)
    }

    /// The key of a version.
    pub fn key(&self, version: VersionIx) -> ContentId {
        self.analysis.versions[version.ix()].key
    }

    /// A version.
    pub fn version(&self, version: VersionIx) -> &Arc<Version> {
        &self.analysis.versions[version.ix()]
    }

    /// Whether a version's column is pinned.
    pub fn is_pinned(&self, version: VersionIx) -> bool {
        self.project.pinned.contains(&self.key(version))
    }

    /// Whether a version's column is hidden.
    pub fn is_hidden(&self, version: VersionIx) -> bool {
        self.project.hidden.contains(&self.key(version))
    }

    /// The reference version.
    pub fn reference(&self) -> Option<VersionIx> {
        self.project.reference.and_then(|k| self.version_ix(k))
    }

    /// The edit that undo would take back, and the one that redo would make again.
    pub fn undo_labels(&self) -> (Option<&str>, Option<&str>) {
        (self.history.undo_label(), self.history.redo_label())
    }

    /// How far the work in the background is; `None` when there is none.
    pub fn progress(&self) -> Option<JobProgress> {
        self.job.as_ref().map(Job::progress)
    }
}

/// The letter on a version's badge: A to Z, then AA, AB…
pub fn letter(version: VersionIx) -> String {
    version.letter()
}
