//! Details on which versions agree: what the table of details lists under the differences.

use super::App;
use crate::base::{ContentId, PassageIx};
use crate::compare::Evidence;
use crate::extract::{Detail, DetailKind};

/// A detail that two or more versions give with the same value, and none with another.
#[derive(Clone, Debug, PartialEq)]
pub struct Same {
    /// Where it is told.
    pub passage: PassageIx,
    /// Its type.
    pub kind: DetailKind,
    /// What it is about, or its words.
    pub title: String,
    /// Its words in each version, sorted by version.
    pub evidence: Vec<Evidence>,
    /// Derived from what it is made of.
    pub id: ContentId,
}

impl App {
    /// All of them, in the order of the passages.
    pub fn same_details(&self) -> Vec<Same> {
        let mut out: Vec<Same> = Vec::new();
        for (p, passage) in self.analysis.passages.iter().enumerate().filter(|(_, p)| p.members.len() > 1) {
            let mut groups: Vec<(&Detail, Vec<Evidence>)> = Vec::new();
            for member in &passage.members {
                for detail in self.version(member.version).extract.details.iter().filter(|d| member.sentences.contains(&d.sentence)) {
                    let evidence = Evidence { version: member.version, range: detail.range };
                    match groups.iter_mut().find(|(d, _)| agree(d, detail)) {
                        Some((_, all)) if all.iter().any(|e| e.version == member.version) => {}
                        Some((_, all)) => all.push(evidence),
                        None => groups.push((detail, vec![evidence])),
                    }
                }
            }
            for (detail, evidence) in groups.into_iter().filter(|(_, e)| e.len() > 1) {
                let told = |e: &Evidence| out.iter().any(|s| s.evidence.contains(e));
                if evidence.iter().any(|e| self.differs(e)) || evidence.iter().any(told) {
                    continue;
                }
                let words = self.version(evidence[0].version).slice(evidence[0].range).replace('\n', " ");
                let title = match &detail.subject {
                    Some(subject) if !matches!(detail.kind, DetailKind::Person | DetailKind::Organisation | DetailKind::Place) => {
                        let mut c = subject.chars();
                        c.next().map(|f| f.to_uppercase().collect::<String>() + c.as_str()).unwrap_or_default()
                    }
                    _ => words,
                };
                let first = (self.key(evidence[0].version).0, evidence[0].range.start);
                let id = ContentId::from_parts([&first.0.to_le_bytes()[..], &first.1.to_le_bytes()[..]]);
                out.push(Same { passage: PassageIx::from(p), kind: detail.kind, title, evidence, id });
            }
        }
        out
    }

    /// Whether words stand in a difference of details.
    fn differs(&self, evidence: &Evidence) -> bool {
        let details = self.analysis.findings.iter().filter(|f| f.detail.is_some());
        details
            .flat_map(|f| &f.readings)
            .flat_map(|r| &r.evidence)
            .any(|e| e.version == evidence.version && e.range.overlaps(evidence.range))
    }
}

fn agree(a: &Detail, b: &Detail) -> bool {
    a.kind == b.kind && a.value == b.value && a.unit == b.unit && a.qualifier == b.qualifier
}
