//! Utterances: groups of quote findings that share words. Findings whose evidence overlaps in any version belong to the
//! same speech.

use crate::app::App;
use crate::base::{FindingIx, TextRange, VersionIx};
use crate::compare::{FilterGroup, FindingKind};
use crate::extract::{Quote, QuoteKind};
use crate::gui::side::shorten;

/// One speech in all versions that tell it.
pub struct Utterance {
    /// What differs in it.
    pub findings: Vec<FindingIx>,
    /// By version: the words, longest first found.
    pub tellings: Vec<(VersionIx, TextRange)>,
}

/// All of them, in the order of stepping.
pub fn utterances(app: &App) -> Vec<Utterance> {
    let mut all: Vec<Utterance> = Vec::new();
    for &f in app.shown() {
        let finding = &app.analysis.findings[f.ix()];
        if finding.kind.group() != FilterGroup::Quotes {
            continue;
        }
        let mut tellings: Vec<(VersionIx, TextRange)> =
            finding.readings.iter().flat_map(|r| &r.evidence).map(|e| (e.version, e.range)).collect();
        // A speaker finding points at names; the speech beside them is what is told.
        for (v, range) in &mut tellings {
            if let Some(quote) = quote_at(app, *v, *range) {
                *range = quote;
            }
        }
        let near = |u: &Utterance| u.tellings.iter().any(|(v, r)| tellings.iter().any(|(w, s)| v == w && r.overlaps(*s)));
        match all.iter_mut().find(|u| near(u)) {
            Some(u) => {
                u.findings.push(f);
                for (v, range) in tellings {
                    match u.tellings.iter_mut().find(|(w, _)| *w == v) {
                        Some((_, r)) if r.overlaps(range) => *r = r.cover(range),
                        Some(_) => {}
                        None => u.tellings.push((v, range)),
                    }
                }
            }
            None => {
                let mut once: Vec<(VersionIx, TextRange)> = Vec::new();
                for (v, range) in tellings {
                    match once.iter_mut().find(|(w, _)| *w == v) {
                        Some((_, r)) => *r = r.cover(range),
                        None => once.push((v, range)),
                    }
                }
                all.push(Utterance { findings: vec![f], tellings: once });
            }
        }
    }
    let order = app.columns();
    for u in &mut all {
        u.tellings.sort_by_key(|(v, _)| order.iter().position(|c| c == v).unwrap_or(usize::MAX));
    }
    all
}

/// The quote that a finding's words belong to: they stand in it, or are its speaker or its verb, or follow the verb and
/// name who was told.
fn quote_at(app: &App, v: VersionIx, range: TextRange) -> Option<TextRange> {
    let version = app.version(v);
    let quotes = &version.extract.quotes;
    let is_said = |q: &&Quote| q.parts.iter().any(|p| p.overlaps(range));
    let is_named =
        |q: &&Quote| q.speaker.as_ref().is_some_and(|s| s.range.overlaps(range)) || q.cue.is_some_and(|c| c.range.overlaps(range));
    let is_told = |q: &&Quote| {
        let sentence = |at: u32| version.document.sentence_at(at);
        q.cue.is_some_and(|c| c.range.end <= range.start && sentence(c.range.start) == sentence(range.start))
    };
    let found = quotes.iter().find(is_said).or_else(|| quotes.iter().find(is_named)).or_else(|| quotes.iter().rev().find(is_told));
    found.map(|q| q.range)
}

/// The version that tells most of it; words in marks come before what is only reported.
pub fn fullest(app: &App, u: &Utterance) -> Option<(VersionIx, TextRange)> {
    let marked = |v: VersionIx, r: TextRange| {
        let quotes = &app.version(v).extract.quotes;
        quotes.iter().any(|q| q.kind != QuoteKind::Indirect && q.parts.iter().any(|p| p.overlaps(r)))
    };
    u.tellings.iter().copied().max_by_key(|(v, r)| (marked(*v, *r), words_in(app, *v, *r), std::cmp::Reverse(*v)))
}

/// How many words a range holds.
pub fn words_in(app: &App, v: VersionIx, range: TextRange) -> usize {
    use crate::text::TokenKind;
    let doc = &app.version(v).document;
    doc.tokens_in(range).filter(|t| matches!(doc.tokens[*t].kind, TokenKind::Word | TokenKind::Number)).count()
}

/// Its first words, in marks where somebody is quoted.
pub fn title(app: &App, u: &Utterance) -> String {
    let words = fullest(app, u).map_or("", |(v, r)| app.version(v).slice(r));
    let quoted = u.findings.iter().any(|f| app.analysis.findings[f.ix()].kind != FindingKind::Attribution);
    let short = shorten(words, 46);
    if quoted { format!("“{short}”") } else { short }
}

/// Who most versions say spoke, for sorting by it; those without a speaker stand last.
pub fn speaker(app: &App, u: &Utterance) -> (bool, String) {
    let named = u.tellings.iter().filter_map(|(v, range)| {
        let quote = app.version(*v).extract.quotes.iter().find(|q| q.range.overlaps(*range))?;
        let speaker = quote.speaker.as_ref()?;
        Some(speaker.name.clone().unwrap_or_else(|| app.version(*v).slice(speaker.range).to_owned()).to_lowercase())
    });
    let mut counts: std::collections::BTreeMap<String, usize> = Default::default();
    named.for_each(|name| *counts.entry(name).or_default() += 1);
    let most = counts.into_iter().max_by_key(|(name, n)| (*n, std::cmp::Reverse(name.clone())));
    most.map_or((true, String::new()), |(name, _)| (false, name))
}
