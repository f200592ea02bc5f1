//! From sources to an [`Analysis`], by one function: [`analyze`].

use crate::align::{self, Grouping, Passage};
use crate::base::{ContentId, Note, PassageIx, Progress, Stage, TextRange, VersionIx};
use crate::compare::{self, Comparison, Finding, Origin};
use crate::extract::{self, Extract};
use crate::source::{Metadata, Provenance, Source};
use crate::text::{self, Document};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// One outlet's article, read and understood. Depends on its source alone, so it is kept when other
/// versions come and go.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Derived from the text, the outlet and the published date: the same article loaded twice has the same key.
    pub key: ContentId,
    /// What is known about it.
    pub meta: Metadata,
    /// Where it came from.
    pub provenance: Provenance,
    /// What its file or its server is called, for want of an outlet.
    label: String,
    /// Its text in blocks, sentences and tokens.
    pub document: Document,
    /// Its quotes and details.
    pub extract: Extract,
    /// What a person should know about how it was read.
    pub notes: Vec<Note>,
}

impl Version {
    /// Reads one source through the stages `text` and `extract`.
    pub fn read(source: &Source) -> Self {
        let document = text::document(source);
        let extract = extract::extract(&document, &source.meta);
        Self {
            key: version_key(source),
            meta: source.meta.clone(),
            provenance: source.provenance.clone(),
            label: crate::source::label(source).unwrap_or_else(|| "Untitled".to_owned()),
            document,
            extract,
            notes: source.notes.clone(),
        }
    }

    /// The outlet's name, or what the file is called, or "Untitled".
    pub fn outlet(&self) -> &str {
        self.meta.outlet.as_deref().unwrap_or(&self.label)
    }

    /// The words at a range.
    pub fn slice(&self, range: TextRange) -> &str {
        range.of(&self.document.text)
    }

    /// Number of word and number tokens outside boilerplate.
    pub fn word_count(&self) -> usize {
        use crate::source::BlockKind;
        use crate::text::TokenKind;
        self.document
            .sentences
            .iter()
            .filter(|s| self.document.blocks[s.block as usize].kind != BlockKind::Boilerplate)
            .map(|s| {
                self.document.tokens[s.first_token as usize..s.end_token as usize]
                    .iter()
                    .filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
                    .count()
            })
            .sum()
    }
}

/// Everything that was found in a comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// In the order given.
    pub versions: Vec<Arc<Version>>,
    /// Ordered by the mean place at which versions tell them.
    pub passages: Vec<Passage>,
    /// Strongest first.
    pub findings: Vec<Finding>,
    /// Groups of versions with the same copy.
    pub origins: Vec<Origin>,
    /// What the versions' openings share, in a few of their words; empty where they share nothing.
    pub topic: String,
    /// What a person should know about the whole.
    pub notes: Vec<Note>,
}

impl Analysis {
    /// The passages that hold the sentence at `offset` of `version`.
    pub fn passages_at(&self, version: VersionIx, offset: u32) -> Vec<PassageIx> {
        let Some(sentence) = self.versions[version.ix()].document.sentence_at(offset) else { return Vec::new() };
        (0..self.passages.len())
            .filter(|&p| self.passages[p].member(version).is_some_and(|m| m.sentences.contains(&sentence)))
            .map(PassageIx::from)
            .collect()
    }

    /// What the story is called where nobody named it: what the openings share, else the first headline. The window and all
    /// reports call it so.
    pub fn title(&self) -> Option<&str> {
        let headline = || self.versions.iter().find_map(|v| v.meta.title.as_deref());
        Some(self.topic.as_str()).filter(|t| !t.is_empty()).or_else(headline)
    }

    /// The number of the origin that a version belongs to, from 1, in the order of their first versions.
    pub fn origin_number(&self, version: VersionIx) -> usize {
        let first = |v: VersionIx| self.origins.iter().find(|o| o.versions.contains(&v)).map_or(v, |o| o.versions[0]);
        let own = first(version);
        (0..=own.ix()).map(VersionIx::from).filter(|v| first(*v) == *v).count()
    }

    /// Number of independent origins: versions less the copies within each origin.
    pub fn independent_origins(&self) -> usize {
        self.versions.len() - self.origins.iter().map(|o| o.versions.len() - 1).sum::<usize>()
    }
}

/// What can be set about an analysis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// What a person said of which sentences report the same thing.
    pub groupings: Vec<Grouping>,
}

/// Builds the tables that English needs, side by side, and returns at once: whoever calls this before the files are
/// read finds them ready.
pub fn prepare() {
    let tables: [fn(); 5] =
        [extract::names::prepare, extract::quotes::prepare, extract::details::prepare, align::prepare, compare::prepare];
    tables.into_iter().for_each(rayon::spawn);
}

/// Reads all sources and compares them. Returns `None` when `progress` cancelled.
pub fn analyze(sources: &[Source], config: &Config, progress: &dyn Progress) -> Option<Analysis> {
    let done = std::sync::atomic::AtomicUsize::new(0);
    let versions: Vec<Option<Arc<Version>>> = sources
        .par_iter()
        .map(|source| {
            let n = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            progress.step(Stage::Extract, n, sources.len()).then(|| Arc::new(Version::read(source)))
        })
        .collect();
    analyze_versions(versions.into_iter().collect::<Option<Vec<_>>>()?, config, progress)
}

/// Compares versions that were read before.
pub fn analyze_versions(versions: Vec<Arc<Version>>, config: &Config, progress: &dyn Progress) -> Option<Analysis> {
    analyze_again(versions, config, &mut Kept::default(), progress)
}

/// What is kept of a comparison for the next one, in which most versions are the same.
#[derive(Debug, Default)]
pub struct Kept {
    align: align::Kept,
    compare: compare::Kept,
}

/// Compares versions that were read before, most of them in the comparison that `kept` comes from: what a new one touches is done
/// again, and the same is found as without. Work runs on versions in the order of their keys, and the result is then put into the
/// order given: so the order of loading can't change what is found.
pub fn analyze_again(versions: Vec<Arc<Version>>, config: &Config, kept: &mut Kept, progress: &dyn Progress) -> Option<Analysis> {
    // As one of the workers: from outside, each step would wait for them to wake.
    rayon::scope(|_| analyze_as_worker(versions, config, kept, progress))
}

fn analyze_as_worker(versions: Vec<Arc<Version>>, config: &Config, kept: &mut Kept, progress: &dyn Progress) -> Option<Analysis> {
    let mut order: Vec<usize> = (0..versions.len()).collect();
    order.sort_by(|&a, &b| {
        let (x, y) = (&versions[a], &versions[b]);
        x.key.cmp(&y.key).then_with(|| x.provenance.path.cmp(&y.provenance.path)).then_with(|| x.provenance.part.cmp(&y.provenance.part))
    });
    let sorted: Vec<Arc<Version>> = order.iter().map(|&i| versions[i].clone()).collect();
    // What is kept of a version stands for it once.
    let once: FxHashSet<usize> = sorted.iter().map(|v| Arc::as_ptr(v).addr()).collect();
    let mut nothing = Kept::default();
    let kept = if once.len() == sorted.len() { kept } else { &mut nothing };
    let Kept { align: kept_align, compare: kept_compare } = kept;
    let (passages, ahead) =
        rayon::join(|| align::align_again(&sorted, &config.groupings, kept_align, progress), || compare::ahead(&sorted, kept_compare));
    let mut passages = passages?;
    let Comparison { mut findings, mut origins, topic, elsewhere } = compare::compare_again(&passages, ahead, kept_compare, progress)?;
    for (passage, version, sentence) in elsewhere {
        passages[passage.ix()].near.push((version, sentence));
    }

    let given = |v: VersionIx| VersionIx::from(order[v.ix()]);
    passages.par_iter_mut().for_each(|passage| {
        passage.members.iter_mut().for_each(|m| m.version = given(m.version));
        passage.members.sort_by_key(|m| m.version);
        passage.near.iter_mut().for_each(|n| n.0 = given(n.0));
        passage.near.sort();
        passage.near.dedup();
    });
    findings.par_iter_mut().for_each(|finding| {
        finding.silent.iter_mut().for_each(|v| *v = given(*v));
        finding.silent.sort();
        for reading in &mut finding.readings {
            reading.evidence.iter_mut().for_each(|e| e.version = given(e.version));
            reading.evidence.sort();
        }
    });
    for origin in &mut origins {
        origin.versions.iter_mut().for_each(|v| *v = given(*v));
        origin.versions.sort();
        origin.source = origin.source.map(given);
        origin.own.iter_mut().for_each(|o| o.0 = given(o.0));
        origin.own.sort_by_key(|o| o.0);
    }
    let notes = language_notes(&versions);
    Some(Analysis { versions, passages, findings, origins, topic, notes })
}

/// What is not read in the languages of these versions, a note a language.
fn language_notes(versions: &[Arc<Version>]) -> Vec<Note> {
    let languages: std::collections::BTreeSet<&str> =
        versions.iter().map(|v| v.document.language.split('-').next().unwrap_or("")).collect();
    languages.into_iter().filter_map(text::language::limits).map(|limits| Note::new("", limits)).collect()
}

/// The key of the version that a source gives.
pub fn version_key(source: &Source) -> ContentId {
    let outlet = source.meta.outlet.as_deref().unwrap_or("");
    let published = source.meta.published.map(|p| p.to_string()).unwrap_or_default();
    ContentId::from_parts([source.text.as_bytes(), outlet.as_bytes(), published.as_bytes()])
}
