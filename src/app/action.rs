//! What a person can do, with what it needs. Commands without an argument are in [`super::command`].

use super::ExportFormat;
use super::{Command, View};
use crate::align::Place;
use crate::base::ContentId;
use crate::compare::FilterGroup;
use crate::source::TableChoice;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// One thing done in the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A command of the table.
    Run(Command),
    /// Add files to the comparison.
    Open(Vec<PathBuf>),
    /// Add bytes that were dropped without a path: a name and the bytes.
    OpenBytes(Vec<(String, std::sync::Arc<[u8]>)>),
    /// Add a pasted article.
    AddPasted(PastedArticle),
    /// Fetch articles from addresses and add them.
    FetchLinks {
        /// Addresses, by blanks or lines.
        addresses: String,
        /// Whether they may lie in the person's own network.
        allow_private: bool,
    },
    /// Fetch a page from the person's own network, this once.
    FetchOnce(String),
    /// Show the columns of a table, to say what each holds.
    AskColumns(PathBuf),
    /// Read a table with the columns that were chosen; what was read of it before goes.
    ReadColumns(PathBuf, TableChoice),
    /// Read the page that a version keeps once more.
    ReadPageAgain(ContentId),
    /// Put groups of the pile together, by place.
    MergeGroups(BTreeSet<usize>),
    /// Make articles of a group of the pile one of their own, by place.
    SplitGroup(usize, BTreeSet<usize>),
    /// Take the last change of the pile's groups back.
    UndoGroups,
    /// Compare the articles of groups of the pile, by place.
    CompareGroups(BTreeSet<usize>),
    /// Show a view.
    Show(View),
    /// Select a finding and scroll to it; with a version, only that column must move.
    Select {
        /// The finding.
        finding: ContentId,
        /// The version whose words to show.
        version: Option<ContentId>,
    },
    /// Select a passage.
    SelectPassage(ContentId),
    /// Select nothing.
    ClearSelection,
    /// Switch a chip.
    ToggleGroup(FilterGroup),
    /// Show one group alone.
    OnlyGroup(FilterGroup),
    /// Give a column the focus.
    Focus(ContentId),
    /// Put a column at a place among all columns.
    MoveColumn(ContentId, usize),
    /// Hide or show a column.
    SetHidden(ContentId, bool),
    /// Pin or unpin a column.
    SetPinned(ContentId, bool),
    /// Give folded copies columns of their own, or fold them again.
    SetUnfolded(Vec<ContentId>, bool),
    /// Choose the reference version, or none.
    SetReference(Option<ContentId>),
    /// Take a version out of the comparison.
    Remove(ContentId),
    /// Name an outlet.
    Rename(ContentId, String),
    /// Name the comparison.
    SetTitle(String),
    /// Write a note on a finding; an empty one removes it.
    SetNote(ContentId, String),
    /// Say when a version was published, as typed; empty for what its source says.
    SetDate(ContentId, String),
    /// Put a version's text and data in another way.
    EditVersion(ContentId, PastedArticle),
    /// Say that two passages report the same thing.
    PinTogether(ContentId, ContentId),
    /// Say that some sentences of a passage do not report what its others do.
    SplitApart(ContentId, BTreeSet<Place>),
    /// Take a comparison off the list of recent ones.
    ForgetRecent(PathBuf),
    /// Choose where a recent comparison has moved to.
    FindRecent(PathBuf),
    /// Open what an earlier window left without saving, kept in this file.
    Restore(PathBuf),
    /// Throw away what an earlier window left.
    ForgetLeft(PathBuf),
    /// Drop a judgement that fits no difference.
    DropJudgement(ContentId),
    /// Compare the files that are read already, and leave out the others.
    StartWithReady,
    /// Change what is looked for.
    SetFind {
        /// The words.
        query: String,
        /// Whether case matters.
        case: bool,
        /// Whether only whole words count.
        whole_word: bool,
    },
    /// Save the comparison in a file that was chosen; later saves go there. Asks where the ending that is added meets another file.
    Save(PathBuf),
    /// The system shows no dialog: ask for a path in a form of our own, and say why.
    AskForPath(super::PathFor, String),
    /// A path was typed.
    TakePath(super::PathFor, String),
    /// Write over the file that stands in the way.
    Replace(super::Write),
    /// Save the comparison, then close the window.
    SaveAndQuit,
    /// Close the window; what was made since the last save is lost.
    QuitWithoutSaving,
    /// Close the find bar.
    CloseFind,
    /// Write a report; asks before a file is replaced.
    Export(ExportRequest),
    /// Open a dialog or change what its form holds.
    SetDialog(Option<super::Dialog>),
    /// Close the dialog; what was typed in it is kept for the next time.
    CloseDialog,
    /// Close the dialog and forget what was typed in it.
    DiscardForm,
    /// Open the form again that was closed with words in it.
    ReopenDraft,
    /// Show a file in its folder.
    ShowFile(PathBuf),
    /// Remove a problem from the list, by place.
    LeaveOut(usize),
    /// Stop the work in the background.
    Cancel,
    /// Say something in a toast.
    Say(String),
    /// The toast has been seen.
    HideToast,
}

/// An article typed or pasted by a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PastedArticle {
    /// The outlet's name.
    pub outlet: String,
    /// The headline; may be empty when the text starts with it.
    pub title: String,
    /// The published date, as typed: `2020-08-01`, `1 August 2020`.
    pub date: String,
    /// The article.
    pub text: String,
}

/// What is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ExportSort {
    /// A report.
    #[default]
    Report,
    /// A worksheet: the versions with their passages numbered.
    Worksheet,
    /// The key to it.
    Key,
}

impl ExportSort {
    /// All of them, in the order of the form.
    pub const ALL: [ExportSort; 3] = [ExportSort::Report, ExportSort::Worksheet, ExportSort::Key];

    /// The words in the form.
    pub fn label(self) -> &'static str {
        match self {
            ExportSort::Report => "Report",
            ExportSort::Worksheet => "Worksheet",
            ExportSort::Key => "Answer key",
        }
    }

    /// The formats that it can be written in.
    pub fn formats(self) -> &'static [ExportFormat] {
        if self == ExportSort::Report { &ExportFormat::ALL } else { crate::report::handout::FORMATS }
    }
}

/// A report or handout to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRequest {
    /// What.
    pub sort: ExportSort,
    /// The format.
    pub format: ExportFormat,
    /// The file.
    pub path: PathBuf,
    /// Whether wording differences go in.
    pub wording: bool,
    /// Whether dismissed findings go in.
    pub dismissed: bool,
    /// Whether notes stay out.
    pub without_notes: bool,
    /// Whether the kinds alone go in that the window shows.
    pub shown_kinds: bool,
}
