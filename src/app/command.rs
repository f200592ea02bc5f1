//! The one table of commands: menus, palette, shortcuts and the sheet of keys are made from it.

use super::{App, View};

/// A thing that can be done without an argument: one value with its label, help and keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the table of commands documents each")]
pub enum Command {
    OpenFiles,
    PasteText,
    AddLinks,
    OpenSample,
    Save,
    SaveAs,
    Export,
    CloseComparison,
    ShowLeft,
    Quit,
    Undo,
    Redo,
    Find,
    FindNext,
    FindPrevious,
    ShowSideBySide,
    ShowPassages,
    ShowDetails,
    ShowQuotes,
    ShowOverview,
    ToggleInspector,
    ToggleWideStrip,
    ToggleScrollTogether,
    ToggleFoldCopies,
    ToggleFitColumns,
    ToggleWording,
    ToggleFaintWording,
    ToggleDismissed,
    ResetFilters,
    TextLarger,
    TextSmaller,
    TextNormal,
    LinesWider,
    LinesTighter,
    MeasureWider,
    MeasureNarrower,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    ToggleHighContrast,
    ToggleProjector,
    ToggleReducedMotion,
    NextDifference,
    PreviousDifference,
    FirstDifference,
    LastDifference,
    Confirm,
    Dismiss,
    ConfirmAndStay,
    DismissAndStay,
    Note,
    PinTogether,
    SplitApart,
    ClearJudgement,
    NextColumn,
    PreviousColumn,
    MoveColumnLeft,
    MoveColumnRight,
    PinColumn,
    HideColumn,
    ShowAllColumns,
    SetReference,
    NoReference,
    RenameVersion,
    SetDate,
    EditVersion,
    /// Read the focused version once more from the page that was kept when it was fetched.
    ReadPageAgain,
    /// Say which columns of the focused version's table hold what.
    ChooseColumns,
    RemoveVersion,
    ShowGroups,
    ShowProblems,
    ShowUnfit,
    Palette,
    Keys,
    About,
}

/// The menus of the top bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the labels say it")]
pub enum Menu {
    File,
    Edit,
    View,
    Compare,
    Help,
}

impl Menu {
    /// All menus, left to right.
    pub const ALL: [Menu; 5] = [Menu::File, Menu::Edit, Menu::View, Menu::Compare, Menu::Help];

    /// The word on the bar.
    pub fn label(self) -> &'static str {
        match self {
            Menu::File => "File",
            Menu::Edit => "Edit",
            Menu::View => "View",
            Menu::Compare => "Compare",
            Menu::Help => "Help",
        }
    }
}

/// Keys that run a command. `command` is Ctrl, and Cmd on a Mac.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// Ctrl, or Cmd on a Mac.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt, or Option on a Mac.
    pub alt: bool,
    /// The key's name: `A`, `F8`, `Down`, `Home`, `Plus`, `Questionmark`.
    pub key: &'static str,
}

impl Shortcut {
    /// The words on a menu: "Ctrl+Shift+P".
    pub fn label(self) -> String {
        let mut out = String::new();
        for (on, word) in [(self.command, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if on {
                out.push_str(word);
            }
        }
        out.push_str(match self.key {
            "Questionmark" => "?",
            "Escape" => "Esc",
            other => other,
        });
        out
    }

    /// Whether it is a bare letter or sign, which must not act while a text field has the focus.
    pub fn is_bare(self) -> bool {
        !self.command && !self.alt && (self.key.len() == 1 || self.key == "Questionmark")
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct CommandSpec {
    /// The command.
    pub command: Command,
    /// Words on menus and in the palette.
    pub label: &'static str,
    /// One sentence for tooltips and the sheet of keys.
    pub help: &'static str,
    /// Its menu.
    pub menu: Menu,
    /// Whether a rule stands above it in the menu.
    pub rule_above: bool,
    /// Its keys; the first is shown.
    pub keys: &'static [Shortcut],
}

const fn key(key: &'static str) -> Shortcut {
    Shortcut { command: false, shift: false, alt: false, key }
}
const fn ctrl(key: &'static str) -> Shortcut {
    Shortcut { command: true, shift: false, alt: false, key }
}
const fn ctrl_shift(key: &'static str) -> Shortcut {
    Shortcut { command: true, shift: true, alt: false, key }
}
const fn alt(key: &'static str) -> Shortcut {
    Shortcut { command: false, shift: false, alt: true, key }
}
const fn shift(key: &'static str) -> Shortcut {
    Shortcut { command: false, shift: true, alt: false, key }
}
const fn row(command: Command, menu: Menu, label: &'static str, help: &'static str, keys: &'static [Shortcut]) -> CommandSpec {
    CommandSpec { command, label, help, menu, rule_above: false, keys }
}
const fn ruled(command: Command, menu: Menu, label: &'static str, help: &'static str, keys: &'static [Shortcut]) -> CommandSpec {
    CommandSpec { command, label, help, menu, rule_above: true, keys }
}

/// Every command, in the order of the menus.
#[rustfmt::skip]
pub const COMMANDS: &[CommandSpec] = {
    use Command as C;
    use Menu as M;
    &[
        row(C::OpenFiles, M::File, "Open files…", "Add articles from files to this comparison.", &[ctrl("O")]),
        row(C::PasteText, M::File, "Paste text…", "Add an article by pasting its text.", &[ctrl("V")]),
        row(C::AddLinks, M::File, "Add links…", "Fetch articles from their web addresses.", &[ctrl("L")]),
        row(C::OpenSample, M::File, "Open sample event", "Open the constructed sample.", &[]),
        ruled(C::Save, M::File, "Save", "Save versions and judgements in a comparison file.", &[ctrl("S")]),
        row(C::SaveAs, M::File, "Save as…", "Save in another comparison file.", &[ctrl_shift("S")]),
        ruled(C::Export, M::File, "Export…", "Write a report that others can check, or a worksheet.", &[ctrl("E")]),
        row(C::ShowLeft, M::File, "Unsaved work…", "Open what an earlier window left without saving.", &[]),
        ruled(C::CloseComparison, M::File, "Close comparison", "Take all versions out; undo brings them back.", &[ctrl("W")]),
        row(C::Quit, M::File, "Quit", "Close the window.", &[ctrl("Q")]),

        row(C::Undo, M::Edit, "Undo", "Take the last change back.", &[ctrl("Z")]),
        row(C::Redo, M::Edit, "Redo", "Make the last undone change again.", &[ctrl_shift("Z"), ctrl("Y")]),
        ruled(C::Find, M::Edit, "Find…", "Find words in all versions.", &[ctrl("F")]),
        row(C::FindNext, M::Edit, "Find next", "Go to the next match.", &[key("F3")]),
        row(C::FindPrevious, M::Edit, "Find previous", "Go to the previous match.", &[shift("F3")]),

        row(C::ShowSideBySide, M::View, "Side by side", "Whole articles, a column a version.", &[ctrl("1")]),
        row(C::ShowPassages, M::View, "Passages", "A row a passage, a column a version.", &[ctrl("2")]),
        row(C::ShowDetails, M::View, "Details", "A row a detail, readings grouped.", &[ctrl("3")]),
        row(C::ShowQuotes, M::View, "Quotes", "A row an utterance: kept, cut, changed.", &[ctrl("4")]),
        row(C::ShowOverview, M::View, "Overview", "What each version covers and leaves out.", &[ctrl("5")]),
        ruled(C::ToggleInspector, M::View, "Inspector", "Show or hide the selected difference.", &[key("F9")]),
        row(C::ToggleWideStrip, M::View, "Titles in the strip", "Widen the strip to show each difference's title.", &[key("L")]),
        row(C::ToggleScrollTogether, M::View, "Scroll together", "Keep columns together by passages.", &[]),
        row(C::ToggleFoldCopies, M::View, "Fold shared copy", "Draw versions with the same copy as one column.", &[]),
        row(C::ToggleFitColumns, M::View, "Fit columns", "Show more versions at once, in narrower columns.", &[]),
        row(C::ToggleWording, M::View, "Wording differences", "Show or hide other words for the same.", &[]),
        row(C::ToggleFaintWording, M::View, "Faint wording marks", "Underline other words for the same while they are not stepped through.", &[]),
        row(C::ToggleDismissed, M::View, "Step through dismissed", "Count dismissed differences too.", &[]),
        row(C::ResetFilters, M::View, "Reset filters", "Show all kinds but wording.", &[]),
        ruled(C::TextLarger, M::View, "Larger text", "Make the articles' text larger.", &[ctrl("Plus"), ctrl("Equals")]),
        row(C::TextSmaller, M::View, "Smaller text", "Make the articles' text smaller.", &[ctrl("Minus")]),
        row(C::TextNormal, M::View, "Normal text size", "Set the articles' text to 100%.", &[ctrl("0")]),
        row(C::LinesWider, M::View, "Wider line spacing", "Set the articles' lines farther apart.", &[]),
        row(C::LinesTighter, M::View, "Tighter line spacing", "Set the articles' lines closer.", &[]),
        row(C::MeasureWider, M::View, "Longer lines", "Let columns grow wider where there is room.", &[]),
        row(C::MeasureNarrower, M::View, "Shorter lines", "Keep columns narrow.", &[]),
        ruled(C::ThemeSystem, M::View, "Theme of the system", "Light or dark, as the system says.", &[]),
        row(C::ThemeLight, M::View, "Light theme", "Ink on paper.", &[]),
        row(C::ThemeDark, M::View, "Dark theme", "Light text on a dark ground.", &[]),
        row(C::ToggleHighContrast, M::View, "High contrast", "Stronger colours and lines.", &[]),
        row(C::ToggleProjector, M::View, "Projector mode", "Large text and heavy marks.", &[ctrl_shift("L")]),
        row(C::ToggleReducedMotion, M::View, "Reduced motion", "Jump instead of glide.", &[]),

        row(C::NextDifference, M::Compare, "Next difference", "Select the next difference.", &[key("F8"), alt("Down")]),
        row(C::PreviousDifference, M::Compare, "Previous difference", "Select the previous difference.", &[key("F7"), alt("Up")]),
        row(C::FirstDifference, M::Compare, "First difference", "Select the first difference.", &[alt("Home")]),
        row(C::LastDifference, M::Compare, "Last difference", "Select the last difference.", &[alt("End")]),
        ruled(C::Confirm, M::Compare, "Confirm", "Mark the difference as one that matters and go on.", &[key("C")]),
        row(C::ConfirmAndStay, M::Compare, "Confirm and stay", "Mark the difference as one that matters.", &[shift("C")]),
        row(C::Dismiss, M::Compare, "Dismiss", "Mark the difference as none and go on.", &[key("X")]),
        row(C::DismissAndStay, M::Compare, "Dismiss and stay", "Mark the difference as none.", &[shift("X")]),
        row(C::Note, M::Compare, "Note…", "Write a note on the difference.", &[key("N")]),
        row(C::PinTogether, M::Compare, "Pin together…", "Say that another passage reports the same thing.", &[]),
        row(C::SplitApart, M::Compare, "Split apart…", "Say that some sentences of the passage report something else.", &[]),
        row(C::ClearJudgement, M::Compare, "Clear judgement", "Take verdict and note off the difference, and pins and splits off its passage.", &[]),
        ruled(C::NextColumn, M::Compare, "Next column", "Go to the next column; after the last to the inspector and the strip.", &[key("F6")]),
        row(C::PreviousColumn, M::Compare, "Previous column", "Go to the previous column, or back to the strip and the inspector.", &[shift("F6")]),
        row(C::MoveColumnLeft, M::Compare, "Move column left", "Move the focused column left.", &[ctrl_shift("Left")]),
        row(C::MoveColumnRight, M::Compare, "Move column right", "Move the focused column right.", &[ctrl_shift("Right")]),
        row(C::PinColumn, M::Compare, "Pin or unpin column", "Keep the focused column at the left.", &[]),
        row(C::HideColumn, M::Compare, "Hide column", "Hide the focused column; its differences stay.", &[]),
        row(C::ShowAllColumns, M::Compare, "Show all columns", "Bring hidden columns back.", &[]),
        ruled(C::SetReference, M::Compare, "Set as reference", "Show the others against the focused version.", &[]),
        row(C::NoReference, M::Compare, "No reference", "Show readings without a base.", &[]),
        row(C::RenameVersion, M::Compare, "Rename outlet…", "Correct the focused version's outlet.", &[]),
        row(C::SetDate, M::Compare, "Set date…", "Say when the focused version was published.", &[]),
        row(C::EditVersion, M::Compare, "Edit text and data…", "Correct the focused version's text, headline, outlet or date.", &[]),
        row(C::ChooseColumns, M::Compare, "Choose columns…", "Say which columns of the focused version's table hold what.", &[]),
        row(C::ReadPageAgain, M::Compare, "Read page again", "Read the focused version once more from the page that was fetched; nothing is asked for again.", &[]),
        row(C::RemoveVersion, M::Compare, "Remove version", "Take the focused version out; undo brings it back.", &[]),
        ruled(C::ShowGroups, M::Compare, "Events of the pile…", "Choose another event of the articles that were opened.", &[]),
        row(C::ShowProblems, M::Compare, "Problems…", "List files that were not added or have gaps.", &[]),
        row(C::ShowUnfit, M::Compare, "Judgements without a difference…", "List judgements whose difference is not found any more.", &[]),

        row(C::Palette, M::Help, "Find or run…", "Find a command, a difference or words.", &[ctrl_shift("P")]),
        row(C::Keys, M::Help, "All keys", "List every key.", &[key("Questionmark")]),
        row(C::About, M::Help, "About Parallax", "Version, method, licences.", &[]),
    ]
};

impl Command {
    /// Its row of the table.
    pub fn spec(self) -> &'static CommandSpec {
        // The table is small and total; a test holds that every command is in it.
        COMMANDS.iter().find(|s| s.command == self).unwrap_or(&COMMANDS[0])
    }

    /// The words on menus.
    pub fn label(self) -> &'static str {
        self.spec().label
    }

    /// The shortcut that is shown beside it.
    pub fn shortcut_label(self) -> Option<String> {
        self.spec().keys.first().map(|k| k.label())
    }

    /// The command that shows a view.
    pub fn show(view: View) -> Command {
        match view {
            View::SideBySide => Command::ShowSideBySide,
            View::Passages => Command::ShowPassages,
            View::Details => Command::ShowDetails,
            View::Quotes => Command::ShowQuotes,
            View::Overview => Command::ShowOverview,
        }
    }
}

impl App {
    /// Whether a command does something now; menus grey out the others.
    pub fn is_enabled(&self, command: Command) -> bool {
        use Command as C;
        let has_versions = !self.project.entries.is_empty();
        match command {
            C::Save | C::SaveAs | C::Export | C::CloseComparison | C::Find | C::ShowAllColumns => has_versions,
            C::ShowSideBySide | C::ShowPassages | C::ShowDetails | C::ShowQuotes | C::ShowOverview => has_versions,
            C::Undo => self.undo_labels().0.is_some(),
            C::Redo => self.undo_labels().1.is_some(),
            C::FindNext | C::FindPrevious => !self.find.matches.is_empty(),
            C::NextDifference | C::PreviousDifference | C::FirstDifference | C::LastDifference => !self.shown().is_empty(),
            C::Confirm | C::ConfirmAndStay | C::Dismiss | C::DismissAndStay | C::Note => self.selected().is_some(),
            C::PinTogether => self.selected_passage().is_some() && self.analysis.passages.len() > 1,
            C::SplitApart => self.selected_passage().is_some_and(|p| self.sentences_of(p).len() > 1),
            C::ClearJudgement => {
                self.selected().is_some_and(|f| self.judgement(f).is_some())
                    || self.selected_passage().is_some_and(|p| self.is_grouped_by_hand(p))
            }
            C::ToggleFoldCopies => !self.analysis.origins.is_empty() || self.settings.fold_copies,
            C::NextColumn | C::PreviousColumn => has_versions,
            C::MoveColumnLeft
            | C::MoveColumnRight
            | C::PinColumn
            | C::HideColumn
            | C::SetReference
            | C::RenameVersion
            | C::SetDate
            | C::EditVersion
            | C::RemoveVersion => self.focused.is_some_and(|k| self.version_ix(k).is_some()),
            C::ChooseColumns => self.focused.is_some_and(|k| self.table_of(k).is_some()),
            C::ReadPageAgain => self.focused.is_some_and(|k| self.page_of(k).is_some()),
            C::NoReference => self.project.reference.is_some(),
            C::ShowGroups => self.pile.is_some(),
            C::ShowProblems => !self.problems.is_empty(),
            C::ShowLeft => !self.left().is_empty(),
            C::ShowUnfit => !self.unfit().is_empty(),
            C::AddLinks => Self::FETCHES,
            _ => true,
        }
    }

    /// For switches: whether it is on; `None` for other commands.
    pub fn is_on(&self, command: Command) -> Option<bool> {
        use super::ThemeChoice as T;
        use crate::compare::FilterGroup;
        use Command as C;
        Some(match command {
            C::ShowSideBySide => self.view == View::SideBySide,
            C::ShowPassages => self.view == View::Passages,
            C::ShowDetails => self.view == View::Details,
            C::ShowQuotes => self.view == View::Quotes,
            C::ShowOverview => self.view == View::Overview,
            C::ToggleInspector => self.settings.inspector,
            C::ToggleWideStrip => self.settings.wide_strip,
            C::ToggleScrollTogether => self.settings.scroll_together,
            C::ToggleWording => self.filter.groups.contains(&FilterGroup::Wording),
            C::ToggleFoldCopies => self.settings.fold_copies,
            C::ToggleFitColumns => self.settings.fit_columns,
            C::ToggleHighContrast => self.settings.high_contrast,
            C::ToggleFaintWording => self.settings.faint_wording,
            C::ToggleDismissed => self.filter.dismissed,
            C::ThemeSystem => self.settings.theme == T::System,
            C::ThemeLight => self.settings.theme == T::Light,
            C::ThemeDark => self.settings.theme == T::Dark,
            C::ToggleProjector => self.settings.projector,
            C::ToggleReducedMotion => self.settings.reduced_motion,
            _ => return None,
        })
    }
}
