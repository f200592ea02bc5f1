//! How a report was made: all that is needed to make it again from its texts.

use super::Options;
use crate::align::Grouping;
use crate::analysis::{Analysis, Version};
use crate::base::ContentId;
use crate::compare::FindingKind;
use crate::project::{Judgement, Judgements};
use crate::source::Metadata;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What was chosen, and what the versions were taken for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Settings {
    title: Option<String>,
    notice: Option<String>,
    kinds: BTreeSet<FindingKind>,
    dismissed: bool,
    notes: bool,
    matrix: bool,
    passages: bool,
    groupings: Vec<Grouping>,
    pub(super) judgements: Judgements,
    pub(super) versions: Vec<VersionSettings>,
}

/// What a version was taken for: what its file says, or what the person said of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VersionSettings {
    pub(super) key: ContentId,
    pub(super) meta: Metadata,
}

impl Settings {
    pub(super) fn of(analysis: &Analysis, judgements: &Judgements, options: &Options) -> Self {
        let judged = |finding: &crate::compare::Finding| {
            let judgement = judgements.get(&finding.id)?;
            // A note that the report does not show is not in its data either.
            let shown = options.notes && options.lists(finding, judgements);
            let note = if shown { judgement.note.clone() } else { String::new() };
            Some((finding.id, Judgement { verdict: judgement.verdict, note, ..Judgement::default() }))
        };
        // What fits no difference is named in the report, so that whoever makes it again needs it.
        let unfit = crate::project::unfit(judgements, analysis).into_iter().map(|(id, judgement)| {
            let note = if options.notes { judgement.note.clone() } else { String::new() };
            (id, Judgement { verdict: judgement.verdict, note, about: judgement.about.clone(), ..Judgement::default() })
        });
        let version = |v: &Version| VersionSettings { key: v.key, meta: v.meta.clone() };
        Self {
            title: options.title.clone(),
            notice: options.notice.clone(),
            kinds: options.kinds.clone(),
            dismissed: options.dismissed,
            notes: options.notes,
            matrix: options.matrix,
            passages: options.passages,
            groupings: options.groupings.clone(),
            judgements: analysis.findings.iter().filter_map(judged).chain(unfit).collect(),
            versions: analysis.versions.iter().map(|v| version(v)).collect(),
        }
    }

    pub(super) fn options(&self) -> Options {
        Options {
            title: self.title.clone(),
            notice: self.notice.clone(),
            kinds: self.kinds.clone(),
            dismissed: self.dismissed,
            notes: self.notes,
            matrix: self.matrix,
            passages: self.passages,
            groupings: self.groupings.clone(),
        }
    }
}
