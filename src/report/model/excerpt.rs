//! Words in their context: the sentence around a finding's evidence, cut to a readable length, with the evidence marked.
//!
//! Where a quote is reworded or cut, its readings are set against the fullest one: words that stay the same
//! carry no underline, changed ones do, and a cut shows as `[…]`, which is never part of a range.

use super::{Claim, Entry, Excerpt, Mark, PassageRow, ReadingRow, Run, Sayer, entry_title, finding_id, marks, reading_name};
use crate::analysis::{Analysis, Version};
use crate::base::{SentenceIx, TextRange, VersionIx};
use crate::compare::diff::{self, ChangeKind};
use crate::compare::{Evidence, Finding, FindingKind, Reading};
use crate::project::Judgement;
use crate::report::Options;
use crate::report::json::Scalars;
use crate::report::words::{clean, short_date};
use crate::source::BlockKind;

/// Context on each side of the evidence is cut after this many characters.
const CONTEXT_CHARS: usize = 150;

/// Cuts excerpts out of an analysis.
pub(super) struct Writer<'a> {
    analysis: &'a Analysis,
    scalars: Vec<Scalars<'a>>,
    /// For each version, the words for each block's place.
    places: Vec<Vec<String>>,
}

/// What is marked in one version's text.
#[derive(Default)]
struct Spans {
    /// Where two overlap the first wins.
    marks: Vec<(TextRange, Mark)>,
    /// Where words of the fullest wording are missing.
    cuts: Vec<u32>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        Self {
            analysis,
            scalars: analysis.versions.iter().map(|v| Scalars::new(&v.document.text)).collect(),
            places: analysis.versions.iter().map(|v| places(v)).collect(),
        }
    }

    pub(super) fn entry(&self, finding: &Finding, number: usize, judgement: &Judgement, options: &Options) -> Entry {
        Entry {
            number,
            id: finding_id(finding),
            kind: finding.kind,
            detail: finding.detail,
            title: entry_title(finding),
            readings: finding.readings.iter().map(|r| self.reading(finding, number, r)).collect(),
            // Of what one version alone tells, all others are silent.
            silent: if finding.kind == FindingKind::OnlyIn { Vec::new() } else { finding.silent.iter().map(|v| v.letter()).collect() },
            why: clean(&finding.why),
            verdict: judgement.verdict,
            note: if options.notes { clean(&judgement.note) } else { String::new() },
        }
    }

    fn reading(&self, finding: &Finding, number: usize, reading: &Reading) -> ReadingRow {
        let mut excerpts: Vec<Excerpt> = Vec::new();
        for group in self.by_sentence(&reading.evidence) {
            let excerpt = self.excerpt(finding, number, reading, &group);
            let words = |e: &Excerpt| e.runs.iter().map(|r| (r.text.clone(), r.mark.as_ref().map(|m| m.same))).collect::<Vec<_>>();
            let same = excerpts.iter_mut().find(|e| e.dated == excerpt.dated && words(e) == words(&excerpt));
            match same {
                Some(same) => same.sayers.extend(excerpt.sayers),
                None => excerpts.push(excerpt),
            }
        }
        let (name, remarks) = reading_name(self.analysis, finding, reading);
        let cleaned = |text: &Option<String>| text.as_deref().map(clean).unwrap_or_default();
        ReadingRow {
            name,
            remarks,
            value: clean(&reading.text),
            read_as: cleaned(&reading.read_as),
            remark: cleaned(&reading.remark),
            claims: reading.evidence.iter().map(|e| self.claim(*e)).collect(),
            excerpts,
        }
    }

    fn claim(&self, e: Evidence) -> Claim {
        let text = &self.version(e.version).document.text;
        let scalars = &self.scalars[e.version.ix()];
        let context = self.sentences_around(e);
        let part = |start: u32, end: u32| TextRange { start, end: end.max(start) }.of(text);
        let runs = [part(context.start, e.range.start), e.range.of(text), part(e.range.end, context.end)];
        // An empty part stays, so that there are three.
        let mut cleaned = runs.iter().map(|t| clean_within(t)).collect::<Vec<_>>().into_iter();
        let mut next = || cleaned.next().unwrap_or_default();
        let (before, words, after) = (next(), next(), next());
        let head = &text[..(e.range.start as usize).min(text.len())];
        let tail = &text[(e.range.end as usize).min(text.len())..];
        let from = head.char_indices().rev().nth(31).map_or(0, |(i, _)| i);
        let to = tail.char_indices().nth(32).map_or(tail.len(), |(i, _)| i);
        let sayer = self.sayer(e.version, e.range.start);
        Claim {
            version: e.version,
            letter: sayer.letter,
            place: sayer.place,
            start: scalars.at(e.range.start),
            end: scalars.at(e.range.end),
            words,
            before: before.trim_start().to_owned(),
            after: after.trim_end().to_owned(),
            exact: e.range.of(text).to_owned(),
            prefix: head[from..].to_owned(),
            suffix: tail[..to].to_owned(),
        }
    }

    /// Evidence of one version whose sentences touch belongs into one excerpt.
    fn by_sentence(&self, evidence: &[Evidence]) -> Vec<Vec<Evidence>> {
        let mut sorted = evidence.to_vec();
        sorted.sort();
        let mut groups: Vec<Vec<Evidence>> = Vec::new();
        let mut covered = TextRange::default();
        for e in sorted {
            let context = self.sentences_around(e);
            match groups.last_mut() {
                Some(group) if group[0].version == e.version && self.touch(e.version, covered, context) => {
                    covered = covered.cover(context);
                    group.push(e);
                }
                _ => {
                    covered = context;
                    groups.push(vec![e]);
                }
            }
        }
        groups
    }

    /// Whether two ranges overlap, or follow each other within a paragraph.
    fn touch(&self, version: VersionIx, a: TextRange, b: TextRange) -> bool {
        let between = self.version(version).document.text.get(a.end.min(b.start) as usize..b.start.max(a.end) as usize);
        a.overlaps(b) || (a.end <= b.start && between.is_some_and(|t| t.len() < 3 && t.trim().is_empty() && t.matches('\n').count() < 2))
    }

    fn version(&self, version: VersionIx) -> &Version {
        &self.analysis.versions[version.ix()]
    }

    /// From the start of the sentence in which the evidence starts to the end of the one in which it ends.
    fn sentences_around(&self, e: Evidence) -> TextRange {
        let doc = &self.version(e.version).document;
        let at = |offset: u32| doc.sentence_at(offset).map(|s| doc.sentences[s.ix()].range).filter(|r| r.overlaps(e.range));
        let first = at(e.range.start);
        let last = at(e.range.end.saturating_sub(1).max(e.range.start));
        [first, last].into_iter().flatten().fold(e.range, TextRange::cover)
    }

    fn excerpt(&self, finding: &Finding, number: usize, reading: &Reading, evidence: &[Evidence]) -> Excerpt {
        let version = evidence[0].version;
        let v = self.version(version);
        let context = evidence.iter().map(|e| self.sentences_around(*e)).reduce(TextRange::cover).unwrap_or_default();
        let mut spans = Spans::default();
        self.spans(finding, number, reading, evidence, &mut spans);
        let mut runs = Vec::new();
        let context = shortened(&v.document.text, context, evidence, &mut runs);
        self.runs(version, marks::with_mark_beside(&v.document.text, context.0), &spans, &mut runs);
        if context.1 {
            runs.push(Run::plain("…"));
        }
        marks::balance(&mut runs);
        Excerpt {
            sayers: vec![self.sayer(version, evidence[0].range.start)],
            language: v.document.language.clone(),
            runs: tidy(runs),
            dated: (finding.kind == FindingKind::DetailLater)
                .then(|| v.meta.updated.or(v.meta.published))
                .flatten()
                .map(|m| format!("Written {}", short_date(&m))),
        }
    }

    fn sayer(&self, version: VersionIx, offset: u32) -> Sayer {
        let doc = &self.version(version).document;
        let place = doc.sentence_at(offset).and_then(|s| self.places[version.ix()].get(doc.sentences[s.ix()].block as usize));
        Sayer { version, letter: version.letter(), place: place.cloned().unwrap_or_default() }
    }

    /// Marks one version's evidence of a reading.
    fn spans(&self, finding: &Finding, number: usize, reading: &Reading, evidence: &[Evidence], spans: &mut Spans) {
        let quote = matches!(finding.kind, FindingKind::QuoteAltered | FindingKind::QuoteTrimmed);
        let fullest = if quote { fullest(finding) } else { None };
        if let Some(base) = fullest
            && !std::ptr::eq(base, reading)
        {
            let of = |r: &Reading, v: VersionIx| r.evidence.iter().filter(|e| e.version == v).map(|e| e.range).collect::<Vec<_>>();
            let (theirs, ours) = (base.evidence[0].version, evidence[0].version);
            let changes = diff::ranges(
                &self.version(theirs).document,
                &of(base, theirs),
                &self.version(ours).document,
                &evidence.iter().map(|e| e.range).collect::<Vec<_>>(),
            );
            let mut at = evidence[0].range.start;
            for change in changes {
                match (change.kind, change.b) {
                    (ChangeKind::Insert | ChangeKind::Replace, Some(range)) => {
                        spans.marks.push((range, self.mark(finding, number, Evidence { version: ours, range })));
                    }
                    (ChangeKind::Delete, _) => spans.cuts.push(at),
                    _ => {}
                }
                at = change.b.map_or(at, |b| b.end);
            }
        }
        for e in evidence {
            let mark = self.mark(finding, number, *e);
            spans.marks.push((e.range, Mark { same: fullest.is_some(), ..mark }));
        }
    }

    fn mark(&self, finding: &Finding, number: usize, e: Evidence) -> Mark {
        let scalars = &self.scalars[e.version.ix()];
        Mark {
            number,
            id: finding_id(finding),
            kind: finding.kind,
            version: e.version,
            start: scalars.at(e.range.start),
            end: scalars.at(e.range.end),
            same: false,
        }
    }

    /// Cuts `range` at every start and end of a span.
    fn runs(&self, version: VersionIx, range: TextRange, spans: &Spans, runs: &mut Vec<Run>) {
        let text = &self.version(version).document.text;
        let scalars = &self.scalars[version.ix()];
        let mut cuts = vec![range.start, range.end];
        let borders = spans.marks.iter().flat_map(|(r, _)| [r.start, r.end]).chain(spans.cuts.iter().copied());
        cuts.extend(borders.filter(|c| range.contains_offset(*c)));
        cuts.sort_unstable();
        cuts.dedup();
        for pair in cuts.windows(2) {
            let part = TextRange { start: pair[0], end: pair[1] };
            if spans.cuts.contains(&part.start) {
                runs.push(Run { cut: true, ..Run::plain(" […] ") });
            }
            let mark = spans.marks.iter().find(|(r, _)| r.contains(part)).map(|(_, m)| Mark {
                start: scalars.at(part.start),
                end: scalars.at(part.end),
                ..m.clone()
            });
            let words = part.of(text);
            match runs.last_mut() {
                Some(last) if !last.cut && same_mark(&last.mark, &mark) => {
                    last.text.push_str(words);
                    if let (Some(a), Some(b)) = (&mut last.mark, &mark) {
                        a.end = b.end;
                    }
                }
                _ => runs.push(Run { mark, ..Run::plain(words) }),
            }
        }
        if spans.cuts.contains(&range.end) {
            runs.push(Run { cut: true, ..Run::plain(" […]") });
        }
    }

    pub(super) fn passages(&self, listed: &[&Finding]) -> Vec<PassageRow> {
        if self.analysis.versions.len() > super::COLUMNS_UP_TO {
            return Vec::new();
        }
        let mut rows: Vec<PassageRow> = Vec::new();
        for (p, passage) in self.analysis.passages.iter().enumerate().filter(|(_, p)| p.members.len() > 1) {
            let inside: Vec<(usize, &Finding)> = listed
                .iter()
                .enumerate()
                .filter(|(_, f)| f.passage.is_some_and(|x| x.ix() == p) && f.kind != FindingKind::Order)
                .map(|(i, f)| (i + 1, *f))
                .collect();
            if inside.is_empty() {
                continue;
            }
            let cells = (0..self.analysis.versions.len())
                .map(|v| {
                    let version = VersionIx::from(v);
                    let mut spans = Spans::default();
                    for (n, f) in &inside {
                        for r in &f.readings {
                            let evidence: Vec<Evidence> = r.evidence.iter().filter(|e| e.version == version).copied().collect();
                            if !evidence.is_empty() {
                                self.spans(f, *n, r, &evidence, &mut spans);
                            }
                        }
                    }
                    passage.member(version).map(|m| self.whole_sentences(version, &m.sentences, &spans))
                })
                .collect();
            rows.push(PassageRow {
                number: rows.len() + 1,
                id: format!("p{}", passage.id),
                why: clean(&passage.why.join("; ")),
                findings: inside.iter().map(|(n, f)| (*n, finding_id(f), entry_title(f))).collect(),
                cells,
            });
        }
        rows
    }

    fn whole_sentences(&self, version: VersionIx, sentences: &[SentenceIx], spans: &Spans) -> Excerpt {
        let doc = &self.version(version).document;
        let mut runs = Vec::new();
        let mut before: Option<SentenceIx> = None;
        for &s in sentences.iter().filter(|s| s.ix() < doc.sentences.len()) {
            let gap = match before {
                None => "",
                Some(b) if b.0 + 1 == s.0 => " ",
                Some(_) => " … ",
            };
            runs.push(Run::plain(gap));
            self.runs(version, doc.sentences[s.ix()].range, spans, &mut runs);
            before = Some(s);
        }
        marks::balance(&mut runs);
        let start = sentences.first().and_then(|s| doc.sentences.get(s.ix())).map_or(0, |s| s.range.start);
        Excerpt { sayers: vec![self.sayer(version, start)], language: doc.language.clone(), runs: tidy(runs), dated: None }
    }
}

/// The reading that others are set against: the one that is said to be the fullest, else the longest.
fn fullest(finding: &Finding) -> Option<&Reading> {
    let by_length = || finding.readings.iter().rev().max_by_key(|r| r.text.chars().count());
    finding.readings.iter().find(|r| r.remark.as_deref() == Some("fullest")).or_else(by_length).filter(|r| !r.evidence.is_empty())
}

fn same_mark(a: &Option<Mark>, b: &Option<Mark>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => a.id == b.id && a.end == b.start && a.version == b.version && a.same == b.same,
        _ => false,
    }
}

/// Leaves [`CONTEXT_CHARS`] on each side of the evidence, cut between words. Pushes an ellipsis where it cuts the start, and
/// says whether it cut the end.
fn shortened(text: &str, context: TextRange, evidence: &[Evidence], runs: &mut Vec<Run>) -> (TextRange, bool) {
    let first = evidence.iter().map(|e| e.range.start).min().unwrap_or(context.start);
    let last = evidence.iter().map(|e| e.range.end).max().unwrap_or(context.end);
    let mut range = context;
    let before = TextRange { start: context.start, end: first.max(context.start) }.of(text);
    if let Some((at, _)) = before.char_indices().rev().nth(CONTEXT_CHARS) {
        let cut = before[at..].find(char::is_whitespace).map_or(before.len(), |i| at + i);
        range.start = context.start + (before.len() - before[cut..].trim_start().len()) as u32;
        runs.push(Run::plain("…"));
    }
    let after = TextRange { start: last.min(context.end), end: context.end }.of(text);
    let mut cut_end = false;
    if let Some((at, _)) = after.char_indices().nth(CONTEXT_CHARS) {
        let cut = after[..at].rfind(char::is_whitespace).unwrap_or(0);
        range.end = context.end - (after.len() - after[..cut].trim_end().len()) as u32;
        cut_end = true;
    }
    (range, cut_end)
}

/// Cleans runs for reading: white space collapsed over their borders, empty ones dropped.
fn tidy(runs: Vec<Run>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut after_space = true;
    for run in runs {
        let mut text = clean_within(&run.text);
        if after_space && text.starts_with(' ') {
            text.remove(0);
        }
        if text.is_empty() {
            continue;
        }
        // No blank between a cut and the comma or mark that closes the quote.
        if text.starts_with(|c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '(' | '“' | '‘' | '[' | '—' | '–' | '$' | '£' | '€'))
            && let Some(last) = out.last_mut().filter(|last| last.cut)
        {
            last.text.truncate(last.text.trim_end().len());
        }
        after_space = text.ends_with(' ');
        match out.last_mut() {
            Some(last) if last.mark.is_none() && run.mark.is_none() && !last.cut && !run.cut => last.text.push_str(&text),
            _ => out.push(Run { text, ..run }),
        }
    }
    out
}

/// Cleans a stretch of text, but keeps one blank at each end where there was one.
fn clean_within(text: &str) -> String {
    let mut text = clean(&format!("x{text}x"));
    text.pop();
    text.remove(0);
    text
}

/// "headline", "paragraph 3", for each block.
fn places(version: &Version) -> Vec<String> {
    let mut paragraph = 0;
    version
        .document
        .blocks
        .iter()
        .map(|b| match b.kind {
            BlockKind::Paragraph | BlockKind::ListItem => {
                paragraph += 1;
                format!("paragraph {paragraph}")
            }
            BlockKind::Headline => "headline".into(),
            BlockKind::Standfirst => "standfirst".into(),
            BlockKind::Byline => "byline".into(),
            BlockKind::Dateline => "dateline".into(),
            BlockKind::Subheading if paragraph == 0 => "subheading".into(),
            BlockKind::Subheading => format!("subheading after paragraph {paragraph}"),
            BlockKind::Caption => "caption".into(),
            BlockKind::Boilerplate => "outside the article".into(),
        })
        .collect()
}
