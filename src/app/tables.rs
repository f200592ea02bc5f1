//! Tables whose columns a person chooses: for one that does not tell them, or to put right what was guessed.

use super::reading::file_name;
use super::worker::Request;
use super::{App, Cure, Dialog};
use crate::base::ContentId;
use crate::project::Project;
use crate::source::{self, Source, Table, TableChoice};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The form in which columns are chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnsForm {
    /// The table's file.
    pub path: PathBuf,
    /// Its rows.
    pub table: Arc<Table>,
    /// The choice so far.
    pub choice: TableChoice,
}

impl ColumnsForm {
    /// The name of the file.
    pub fn name(&self) -> String {
        file_name(&self.path)
    }
}

/// What was chosen for tables while the window was open, and tables that wait for a choice.
#[derive(Debug, Default)]
pub(super) struct Tables {
    chosen: Vec<TableChoice>,
    waiting: Vec<(PathBuf, Arc<Table>)>,
}

impl App {
    /// The file of the table that a version was read from, where it was.
    pub fn table_of(&self, version: ContentId) -> Option<PathBuf> {
        let entry = self.project.entries.iter().find(|e| e.key == version)?;
        let provenance = &entry.source.provenance;
        let path = Some(provenance.path.as_str()).filter(|p| !p.is_empty() && *p != "-")?;
        source::is_table(&provenance.format).then(|| PathBuf::from(path))
    }

    /// What was chosen for tables so far: in this window, and in the comparison.
    pub(super) fn chosen_tables(&self) -> Vec<TableChoice> {
        self.tables.chosen.iter().chain(&self.project.tables).cloned().collect()
    }

    /// Reads a table and shows the form for its columns.
    pub(super) fn ask_columns(&mut self, path: PathBuf) {
        self.dialog = None;
        self.start(Request::Columns(path));
    }

    /// Takes in tables that wait for a choice; the first shows its form where nothing else is in front.
    pub(super) fn take_tables(&mut self, tables: Vec<(PathBuf, Arc<Table>)>) {
        for (path, table) in tables {
            self.tables.waiting.retain(|(p, _)| *p != path);
            self.tables.waiting.push((path, table));
        }
        self.show_waiting_table();
    }

    /// Shows the form of the table that has waited longest.
    pub(super) fn show_waiting_table(&mut self) {
        if let (None, Some((path, table))) = (&self.dialog, self.tables.waiting.first().cloned()) {
            let choice = table.choice.clone();
            self.dialog = Some(Dialog::Columns(ColumnsForm { path, table, choice }));
        }
    }

    /// The form was closed: its table waits in the list of problems.
    pub(super) fn put_off_table(&mut self, path: &Path) {
        self.tables.waiting.retain(|(p, _)| p != path);
        self.show_waiting_table();
    }

    /// Reads a table with the columns that were chosen, and those with the same first row that wait.
    pub(super) fn read_columns(&mut self, path: PathBuf, choice: TableChoice) {
        self.dialog = None;
        if !choice.has_text() {
            return;
        }
        let same = |t: &TableChoice| t.first_row == choice.first_row;
        let (now, later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.tables.waiting).into_iter().partition(|(p, t)| *p == path || same(&t.choice));
        self.tables.waiting = later;
        let mut paths = vec![path];
        paths.extend(now.into_iter().map(|(p, _)| p).filter(|p| *p != paths[0]).collect::<Vec<_>>());
        self.tables.chosen.retain(|t| !same(t));
        self.tables.chosen.push(choice.clone());
        self.problems.retain(|p| !matches!(&p.cure, Cure::Columns(path) if paths.contains(path)));
        self.start(Request::Tables { paths, choice });
    }
}

/// Takes versions out of a project that were read from the same files and are not among what was read now; and keeps the choice.
pub(super) fn replace(project: &mut Project, read: &[Arc<Source>], choice: &TableChoice) {
    let keys: Vec<ContentId> = read.iter().map(|s| crate::analysis::version_key(s)).collect();
    let old: Vec<ContentId> = project
        .entries
        .iter()
        .filter(|e| read.iter().any(|s| s.provenance.sha256 == e.source.provenance.sha256) && !keys.contains(&e.key))
        .map(|e| e.key)
        .collect();
    old.into_iter().for_each(|key| project.remove(key));
    project.keep_table(choice.clone());
}
