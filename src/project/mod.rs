//! The comparison that a person works on: versions, judgements and their undo.

use crate::base::ContentId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a person said of one finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Confirmed, dismissed or neither.
    pub verdict: Option<Verdict>,
    /// A note in the person's words; empty for none.
    pub note: String,
}

/// A person's verdict on a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is a difference that matters.
    Confirmed,
    /// It is none; shown faint, not counted.
    Dismissed,
}

/// Judgements by the finding's id, so that they find it again after versions came or went.
pub type Judgements = BTreeMap<ContentId, Judgement>;
