//! The comparison that a person works on: versions, their order and names, judgements, and undo.
//!
//! A [`Project`] is cheap to clone, since sources are shared. So undo keeps whole earlier states
//! ([`History`]): no inverse of an edit has to be written, and none can be wrong.

pub mod file;
mod history;
mod judgement;
pub mod merge;

pub use history::{History, Step};
pub use judgement::{About, Judgement, Judgements, Verdict, attach, unfit};

use crate::align::Grouping;
use crate::analysis::Version;
use crate::base::ContentId;
use crate::source::{Moment, Source, TableChoice};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a person has made: everything that saving keeps and undo restores.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// The name of the event; empty for one made from the versions' headlines.
    pub title: String,
    /// Whether it is the sample that comes with the app.
    pub sample: bool,
    /// The versions in the order they were added: their letters follow it.
    pub entries: Vec<Entry>,
    /// Keys of versions in the order of their columns.
    pub columns: Vec<ContentId>,
    /// Versions whose column is hidden.
    pub hidden: BTreeSet<ContentId>,
    /// Versions whose column stays at the left.
    pub pinned: BTreeSet<ContentId>,
    /// The version that others are shown against.
    pub reference: Option<ContentId>,
    /// What was said of findings.
    pub judgements: Judgements,
    /// What was said of which sentences report the same thing, in the order in which it was said.
    pub groupings: Vec<Grouping>,
    /// What was said of the columns of tables, for reading them again.
    pub tables: Vec<TableChoice>,
}

/// One version of a project.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The version's key, see [`crate::analysis::Version::key`].
    pub key: ContentId,
    /// The article as it was read.
    pub source: Arc<Source>,
    /// The outlet's name as the person corrected it.
    pub outlet: Option<String>,
    /// The headline as the person corrected it.
    pub title: Option<String>,
    /// When it was published, as the person said.
    pub published: Option<Moment>,
}

impl PartialEq for Entry {
    /// Texts that are shared are equal: a project is compared with what was saved of it in each frame.
    fn eq(&self, other: &Self) -> bool {
        (self.key, &self.outlet, &self.title, self.published) == (other.key, &other.outlet, &other.title, other.published)
            && (Arc::ptr_eq(&self.source, &other.source) || self.source == other.source)
    }
}

impl Entry {
    /// An article as it was read.
    pub fn new(source: Arc<Source>) -> Self {
        Self { key: crate::analysis::version_key(&source), source, outlet: None, title: None, published: None }
    }

    /// The version with what the person corrected. It keeps its key, so that judgements find their findings.
    pub fn read(&self) -> Version {
        let mut source = (*self.source).clone();
        source.meta.outlet = self.outlet.clone().or(source.meta.outlet);
        source.meta.title = self.title.clone().or(source.meta.title);
        source.meta.published = self.published.or(source.meta.published);
        let mut version = Version::read(&source);
        version.key = self.key;
        version
    }
}

impl Project {
    /// Adds a source at the right. Returns the key, or the key of the entry that holds the same article already.
    ///
    /// # Errors
    /// The key of the version that is the same article.
    pub fn add(&mut self, source: Arc<Source>) -> Result<ContentId, ContentId> {
        let entry = Entry::new(source);
        let key = entry.key;
        if self.entries.iter().any(|e| e.key == key) {
            return Err(key);
        }
        self.entries.push(entry);
        self.columns.push(key);
        Ok(key)
    }

    /// Puts another article in a version's place: its column, its pin and its letter stay.
    ///
    /// # Errors
    /// The key of the version that is the same article.
    pub fn replace(&mut self, key: ContentId, entry: Entry) -> Result<(), ContentId> {
        let new = entry.key;
        if new != key && self.entries.iter().any(|e| e.key == new) {
            return Err(new);
        }
        let Some(old) = self.entries.iter_mut().find(|e| e.key == key) else { return Ok(()) };
        *old = entry;
        self.columns.iter_mut().filter(|k| **k == key).for_each(|k| *k = new);
        for set in [&mut self.hidden, &mut self.pinned] {
            if set.remove(&key) {
                set.insert(new);
            }
        }
        if self.reference == Some(key) {
            self.reference = Some(new);
        }
        Ok(())
    }

    /// Takes in another project's versions and judgements; what this one has already stays as it is.
    pub fn merge(&mut self, other: Project) {
        for entry in other.entries {
            if !self.entries.iter().any(|e| e.key == entry.key) {
                self.columns.push(entry.key);
                self.entries.push(entry);
            }
        }
        for (finding, judgement) in other.judgements {
            self.judgements.entry(finding).or_insert(judgement);
        }
        for grouping in other.groupings {
            if !self.groupings.contains(&grouping) {
                self.groupings.push(grouping);
            }
        }
        for table in other.tables {
            if !self.tables.iter().any(|t| t.first_row == table.first_row) {
                self.tables.push(table);
            }
        }
        if self.title.is_empty() {
            self.title = other.title;
        }
    }

    /// Keeps what was said of a table's columns; an earlier word on the same first row goes.
    pub fn keep_table(&mut self, choice: TableChoice) {
        self.tables.retain(|t| t.first_row != choice.first_row);
        self.tables.push(choice);
    }

    /// Whether both give the same analysis: the same versions, read in the same way and grouped by the same words.
    pub fn reads_like(&self, other: &Project) -> bool {
        let same = |a: &Entry, b: &Entry| (a.key, &a.outlet, &a.title, a.published) == (b.key, &b.outlet, &b.title, b.published);
        self.entries.len() == other.entries.len()
            && self.entries.iter().zip(&other.entries).all(|(a, b)| same(a, b))
            && self.groupings == other.groupings
    }

    /// Takes a version out. Judgements stay: they find their findings again when it comes back.
    pub fn remove(&mut self, key: ContentId) {
        self.entries.retain(|e| e.key != key);
        self.columns.retain(|k| *k != key);
        self.hidden.remove(&key);
        self.pinned.remove(&key);
        if self.reference == Some(key) {
            self.reference = None;
        }
    }

    /// Moves a version's column so that it stands at `place` among all columns.
    pub fn move_column(&mut self, key: ContentId, place: usize) {
        if let Some(from) = self.columns.iter().position(|k| *k == key) {
            self.columns.remove(from);
            self.columns.insert(place.min(self.columns.len()), key);
        }
    }
}
