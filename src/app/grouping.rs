//! A person's word on which sentences report the same thing.

use super::App;
use super::worker::Request;
use crate::align::{self, Grouping, Place};
use crate::base::{ContentId, PassageIx};
use std::collections::BTreeSet;
use std::sync::mpsc;

impl App {
    /// The passage with an id.
    pub fn passage_ix(&self, id: ContentId) -> Option<PassageIx> {
        self.analysis.passages.iter().position(|p| p.id == id).map(PassageIx::from)
    }

    /// Every sentence of a passage, by version, then place.
    pub fn sentences_of(&self, passage: PassageIx) -> Vec<Place> {
        let Some(passage) = self.analysis.passages.get(passage.ix()) else { return Vec::new() };
        let sentences = passage.members.iter().flat_map(|m| {
            let version = self.version(m.version);
            m.sentences.iter().filter_map(|s| Some(Place { version: version.key, range: version.document.sentences.get(s.ix())?.range }))
        });
        sentences.collect()
    }

    /// The other passages, those first that share most with one: rare words, names, numbers, wording. All passages are compared,
    /// on a thread of its own; the window is woken when they come.
    pub fn nearest_passages(&self, own: PassageIx) -> mpsc::Receiver<Vec<PassageIx>> {
        let (analysis, wake) = (self.analysis.clone(), self.wake.clone());
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let near = align::nearness(&analysis.versions, &analysis.passages, own);
            let mut all: Vec<PassageIx> = (0..near.len()).map(PassageIx::from).filter(|p| *p != own).collect();
            all.sort_by(|a, b| near[b.ix()].total_cmp(&near[a.ix()]).then(a.ix().abs_diff(own.ix()).cmp(&b.ix().abs_diff(own.ix()))));
            // Nobody waits for it where the form was closed.
            let _ = sender.send(all);
            wake();
        });
        receiver
    }

    /// Whether a person joined or divided a passage.
    pub fn is_grouped_by_hand(&self, passage: PassageIx) -> bool {
        let here = self.sentences_of(passage);
        self.project.groupings.iter().any(|g| touches(g, &here))
    }

    pub(super) fn pin_together(&mut self, passage: ContentId, with: ContentId) {
        self.dialog = None;
        let (Some(a), Some(b)) = (self.passage_ix(passage), self.passage_ix(with)) else { return };
        if a == b {
            return;
        }
        let mut places = self.sentences_of(a);
        self.reselect = places.first().copied();
        places.extend(self.sentences_of(b));
        let now: BTreeSet<Place> = places.iter().copied().collect();
        self.edit(
            |p| {
                // What was split before would be split again.
                p.groupings.retain(|g| !matches!(g, Grouping::Apart(a, b) if a.iter().chain(b).all(|x| now.contains(x))));
                p.groupings.push(Grouping::Together(places));
            },
            "Pin together",
        );
        self.say("Pinned together.", true);
        self.start(Request::Reanalyse);
    }

    pub(super) fn split_apart(&mut self, passage: ContentId, leave: &BTreeSet<Place>) {
        self.dialog = None;
        let Some(passage) = self.passage_ix(passage) else { return };
        let (out, stay): (Vec<Place>, Vec<Place>) = self.sentences_of(passage).into_iter().partition(|p| leave.contains(p));
        if out.is_empty() || stay.is_empty() {
            return;
        }
        self.reselect = stay.first().copied();
        self.edit(|p| p.groupings.push(Grouping::Apart(out, stay)), "Split apart");
        self.say("Split apart.", true);
        self.start(Request::Reanalyse);
    }

    /// Takes back what was said of the selected finding and of its passage.
    pub(super) fn clear_judgement(&mut self) {
        let finding = self.selection.finding;
        let here = self.selected_passage().map(|p| self.sentences_of(p)).unwrap_or_default();
        self.reselect = here.first().copied();
        let groupings = self.project.groupings.clone();
        self.edit(
            |p| {
                if let Some(id) = finding {
                    p.judgements.remove(&id);
                }
                p.groupings.retain(|g| !touches(g, &here));
            },
            "Clear a judgement",
        );
        if groupings != self.project.groupings {
            self.start(Request::Reanalyse);
        }
    }

    /// After a new analysis: where what was selected is gone, its passage's first difference, or the passage.
    pub(super) fn select_again(&mut self) {
        let Some(place) = self.reselect.take() else { return };
        if self.selected().is_some() {
            return;
        }
        let Some(version) = self.version_ix(place.version) else { return };
        let Some(passage) = self.analysis.passages_at(version, place.range.start).first().copied() else { return };
        match self.shown().iter().find(|f| self.analysis.findings[f.ix()].passage == Some(passage)) {
            Some(f) => {
                let id = self.analysis.findings[f.ix()].id;
                self.select_finding(id, None);
            }
            None => {
                self.selection.finding = None;
                self.selection.passage = Some(self.analysis.passages[passage.ix()].id);
            }
        }
    }
}

fn touches(grouping: &Grouping, here: &[Place]) -> bool {
    grouping.places().any(|p| here.iter().any(|h| h.version == p.version && h.range.overlaps(p.range)))
}
