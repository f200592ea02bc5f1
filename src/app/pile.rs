//! A pile of articles about several events: its groups, which a person merges, splits and chooses from.

use super::worker::{Request, cache_entry};
use super::{App, Dialog};
use crate::align::stories;
use crate::analysis::Version;
use crate::base::Progress;
use crate::project::Entry;
use crate::source::Source;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Fewer articles than these are compared as they are.
const LEAST_ARTICLES: usize = 6;

/// The groups of a pile, the largest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pile {
    /// Each with at least one article.
    pub groups: Vec<Group>,
    /// The groups before each change, the latest last.
    before: Vec<Vec<Group>>,
}

impl Pile {
    /// Whether groups were merged or split.
    pub fn is_changed(&self) -> bool {
        !self.before.is_empty()
    }
}

/// Articles that seem to be about one event.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The headline of the article most like the others.
    pub title: String,
    /// The articles, the earliest first.
    pub sources: Vec<Arc<Source>>,
}

/// What is chosen in the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chosen {
    /// Groups with a tick, by place.
    pub groups: BTreeSet<usize>,
    /// The group whose articles are listed.
    pub open: Option<usize>,
    /// Articles of that group with a tick, by place.
    pub articles: BTreeSet<usize>,
}

/// The groups of articles, where there are many and they are about more than one event. `None` where they are not, and an error
/// where it was cancelled. What was read on the way is kept in `cache`.
pub(super) fn part(sources: &[Arc<Source>], cache: &mut super::worker::Cache, progress: &dyn Progress) -> Result<Option<Pile>, ()> {
    if sources.len() < LEAST_ARTICLES {
        return Ok(None);
    }
    let read: Vec<(Entry, Arc<Version>)> = sources
        .par_iter()
        .map(|source| {
            let entry = Entry::new(source.clone());
            let version = Arc::new(entry.read());
            (entry, version)
        })
        .collect();
    for (entry, version) in &read {
        cache_entry(cache, entry, version);
    }
    let versions: Vec<Arc<Version>> = read.into_iter().map(|(_, version)| version).collect();
    let stories = stories(&versions, progress).ok_or(())?;
    // One event and a few strays are what a person meant to compare.
    if stories.iter().filter(|s| s.versions.len() > 1).count() < 2 {
        return Ok(None);
    }
    let title = |v: usize| versions[v].meta.title.clone().unwrap_or_else(|| versions[v].outlet().to_owned());
    let groups = stories
        .iter()
        .map(|story| Group { title: title(story.center.ix()), sources: story.versions.iter().map(|v| sources[v.ix()].clone()).collect() });
    Ok(Some(Pile { groups: groups.collect(), before: Vec::new() }))
}

impl App {
    /// Puts groups together; the largest gives its title.
    pub(super) fn merge_groups(&mut self, places: &BTreeSet<usize>) {
        let Some(pile) = &mut self.pile else { return };
        pile.before.push(pile.groups.clone());
        let (together, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut pile.groups).into_iter().enumerate().partition(|(i, _)| places.contains(i));
        pile.groups = rest.into_iter().map(|(_, g)| g).collect();
        let mut groups = together.into_iter().map(|(_, g)| g);
        let mut chosen = Chosen::default();
        if let Some(mut first) = groups.next() {
            first.sources.extend(groups.flat_map(|g| g.sources));
            first.sources.sort_by_key(|s| (s.meta.published.is_none(), s.meta.published));
            let at = pile.groups.iter().position(|g| g.sources.len() < first.sources.len()).unwrap_or(pile.groups.len());
            pile.groups.insert(at, first);
            chosen.groups.insert(at);
        }
        self.dialog = Some(Dialog::Groups(chosen));
    }

    /// Makes articles of a group one of their own.
    pub(super) fn split_group(&mut self, place: usize, articles: &BTreeSet<usize>) {
        let Some(pile) = self.pile.as_mut().filter(|p| place < p.groups.len()) else { return };
        pile.before.push(pile.groups.clone());
        let group = &mut pile.groups[place];
        let all = std::mem::take(&mut group.sources);
        let (leave, stay): (Vec<_>, Vec<_>) = all.into_iter().enumerate().partition(|(i, _)| articles.contains(i));
        group.sources = stay.into_iter().map(|(_, s)| s).collect();
        let sources: Vec<Arc<Source>> = leave.into_iter().map(|(_, s)| s).collect();
        let title = sources.first().and_then(|s| s.meta.title.clone()).unwrap_or_default();
        if let Some(pile) = &mut self.pile {
            if !sources.is_empty() {
                pile.groups.insert(place + 1, Group { title, sources });
            }
            pile.groups.retain(|g| !g.sources.is_empty());
        }
        self.dialog = Some(Dialog::Groups(Chosen { open: Some(place), ..Chosen::default() }));
    }

    /// Takes the last change of the groups back.
    pub(super) fn undo_groups(&mut self) {
        if let Some(pile) = &mut self.pile
            && let Some(groups) = pile.before.pop()
        {
            pile.groups = groups;
            self.dialog = Some(Dialog::Groups(Chosen::default()));
        }
    }

    /// Compares the articles of groups; the pile stays for another choice.
    pub(super) fn compare_groups(&mut self, places: &BTreeSet<usize>) {
        let Some(pile) = &self.pile else { return };
        let sources: Vec<Arc<Source>> = places.iter().filter_map(|i| pile.groups.get(*i)).flat_map(|g| g.sources.iter().cloned()).collect();
        if sources.is_empty() {
            return;
        }
        if self.loses_work() {
            self.say("Save this comparison first: another event takes its place.", false);
            return;
        }
        let pile = self.pile.take();
        if !self.project.entries.is_empty() {
            self.close();
        }
        self.pile = pile;
        self.dialog = None;
        self.start(Request::Sources(sources));
    }
}
