//! What a report says, before it is written in any format.
//!
//! HTML and Markdown only lay out what stands here, so that they can't disagree. Words of articles
//! come as [`Run`]s, already cut to their sentence, with the evidence marked; they are cleaned for reading
//! ([`clean`]), while JSON keeps the text as it is.

use super::Options;
use super::json::Scalars;
use super::words::{clean, count, dates_in_words, listed, moment_in_words, plural, short_date};
use crate::analysis::{Analysis, Version};
use crate::base::{Note, SentenceIx, TextRange, VersionIx};
use crate::compare::{Evidence, FilterGroup, Finding, FindingKind, Reading};
use crate::extract::DetailKind;
use crate::project::{Judgement, Judgements, Verdict};
use crate::source::BlockKind;
use std::collections::BTreeMap;

/// Context on each side of the evidence is cut after this many characters.
const CONTEXT_CHARS: usize = 150;
/// The matrix holds words up to this many versions; readings' numbers above.
const MATRIX_WORDS_UP_TO: usize = 6;
/// With more versions than this a table with a column each can't be read.
const COLUMNS_UP_TO: usize = 24;

/// What a report says.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The story.
    pub title: String,
    /// A sentence that stands in a frame above everything.
    pub notice: Option<String>,
    /// "4 versions, 31 July to 2 August 2020. Made with Parallax 0.1. Judged by nobody yet."
    pub imprint: String,
    /// How many origins, how many differences of which kind.
    pub summary: String,
    /// In the order given.
    pub versions: Vec<VersionRow>,
    /// Findings by group; no group is empty.
    pub sections: Vec<Section>,
    /// What each outlet says of each detail that differs.
    pub matrix: Option<Matrix>,
    /// Passages with findings, side by side.
    pub passages: Vec<PassageRow>,
    /// What this report leaves out, in sentences.
    pub left_out: Vec<String>,
    /// How it was made and what it can't say, in paragraphs.
    pub method: Vec<String>,
    /// What a person should know about how the articles were read.
    pub notes: Vec<Note>,
}

/// One version.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionRow {
    /// Its letter.
    pub letter: String,
    /// The outlet.
    pub outlet: String,
    /// The headline; empty if unknown.
    pub headline: String,
    /// The authors; empty if unknown.
    pub byline: String,
    /// "Sat 1 Aug 2020, 08:40", or "unknown".
    pub published: String,
    /// The same for machines.
    pub published_iso: Option<String>,
    /// Number of words.
    pub words: usize,
    /// "none", "with D", "57% also in B".
    pub shared: String,
    /// The file as it was named, or "pasted text".
    pub file: String,
    /// The path as it was given.
    pub path: String,
    /// Whether `path` names a file.
    pub from_file: bool,
    /// Hash of the file.
    pub sha256: String,
    /// Its address, if it has one for browsers.
    pub url: Option<String>,
    /// "HTML, UTF-8, 12,345 bytes".
    pub format: String,
    /// BCP 47 tag.
    pub language: String,
}

/// A group of findings.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Which.
    pub group: FilterGroup,
    /// "Conflicts".
    pub heading: &'static str,
    /// One sentence: what stands here.
    pub about: &'static str,
    /// Strongest first.
    pub entries: Vec<Entry>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place in the report, from 1.
    pub number: usize,
    /// Its id in JSON.
    pub id: String,
    /// What kind.
    pub kind: FindingKind,
    /// For details: their type.
    pub detail: Option<DetailKind>,
    /// "People who have fled to the South".
    pub title: String,
    /// The different values or wordings.
    pub readings: Vec<ReadingRow>,
    /// Letters of the versions that do not report it.
    pub silent: Vec<String>,
    /// Why it is a difference.
    pub why: String,
    /// "Confirmed" or "Dismissed".
    pub verdict: Option<Verdict>,
    /// A person's note; empty for none.
    pub note: String,
}

/// One reading.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadingRow {
    /// The value or wording, short enough for a margin.
    pub name: String,
    /// "read as 2020-07-24", "fits 1 and 3".
    pub remarks: Vec<String>,
    /// Where it stands.
    pub excerpts: Vec<Excerpt>,
}

/// Words in their sentence. Versions with the very same words share one.
#[derive(Clone, Debug, PartialEq)]
pub struct Excerpt {
    /// Who says so.
    pub sayers: Vec<Sayer>,
    /// BCP 47 tag.
    pub language: String,
    /// The sentence with the evidence marked.
    pub runs: Vec<Run>,
    /// "written Fri 31 Jul", where time decides.
    pub dated: Option<String>,
}

/// A version that says something at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sayer {
    /// Its index.
    pub version: VersionIx,
    /// Its letter.
    pub letter: String,
    /// "paragraph 2", "headline".
    pub place: String,
}

/// A stretch of text of one sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The words, cleaned for reading.
    pub text: String,
    /// What they are.
    pub mark: Option<Mark>,
}

/// What marks a stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The finding's number.
    pub number: usize,
    /// The finding's id in JSON.
    pub id: String,
    /// Its kind.
    pub kind: FindingKind,
    /// Where the words stand, in the first sayer's text.
    pub version: VersionIx,
    /// First Unicode scalar value inside.
    pub start: usize,
    /// First after.
    pub end: usize,
}

/// What each outlet says of each detail that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Whether cells hold words, or the numbers of readings only.
    pub with_words: bool,
    /// A row a finding.
    pub rows: Vec<MatrixRow>,
}

/// One row of the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixRow {
    /// The finding's number.
    pub number: usize,
    /// The finding's id in JSON.
    pub id: String,
    /// Its kind.
    pub kind: FindingKind,
    /// Its title.
    pub title: String,
    /// A cell a version: the readings that it holds, as number from 1 and words; empty where it says nothing.
    pub cells: Vec<Vec<(usize, String)>>,
}

/// One passage as each version tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageRow {
    /// From 1.
    pub number: usize,
    /// Its id in JSON.
    pub id: String,
    /// Why its sentences stand together.
    pub why: String,
    /// The numbers, ids and titles of the findings in it.
    pub findings: Vec<(usize, String, String)>,
    /// A cell a version, `None` where it does not report this.
    pub cells: Vec<Option<Excerpt>>,
}

impl Section {
    /// Its anchor in pages.
    pub fn group_id(&self) -> &'static str {
        match self.group {
            FilterGroup::Conflict => "conflicts",
            FilterGroup::Later => "later",
            FilterGroup::Compatible => "compatible",
            FilterGroup::Quotes => "quotes",
            FilterGroup::OnlyIn => "only-in",
            FilterGroup::Silent => "left-out",
            FilterGroup::Order => "order",
            FilterGroup::Wording => "wording",
        }
    }
}

impl Model {
    /// Gathers what a report says.
    pub fn new(analysis: &Analysis, judgements: &Judgements, options: &Options) -> Self {
        let mut listed: Vec<&Finding> = analysis.findings.iter().filter(|f| options.lists(f, judgements)).collect();
        let group_rank = |f: &Finding| FilterGroup::ALL.iter().position(|g| *g == section_of(f.kind));
        // The sort is stable: inside a group the order of the analysis stays.
        listed.sort_by_key(|f| section_rank(group_rank(f).unwrap_or(0)));
        let writer = Writer {
            analysis,
            scalars: analysis.versions.iter().map(|v| Scalars::new(&v.document.text)).collect(),
            places: analysis.versions.iter().map(|v| places(v)).collect(),
        };
        let empty = Judgement::default();
        let mut sections: Vec<Section> = Vec::new();
        for (i, finding) in listed.iter().enumerate() {
            let group = section_of(finding.kind);
            if sections.last().is_none_or(|s| s.group != group) {
                let (heading, about) = section_words(group);
                sections.push(Section { group, heading, about, entries: Vec::new() });
            }
            let judgement = judgements.get(&finding.id).unwrap_or(&empty);
            let entry = writer.entry(finding, i + 1, judgement, options);
            if let Some(section) = sections.last_mut() {
                section.entries.push(entry);
            }
        }
        Self {
            title: options.title.clone().map_or_else(|| story_title(analysis), |t| clean(&t)),
            notice: options.notice.as_deref().map(clean),
            imprint: imprint(analysis, judgements, &listed),
            summary: summary(analysis, &listed, judgements, options),
            versions: (0..analysis.versions.len()).map(|i| version_row(analysis, i.into())).collect(),
            matrix: if options.matrix { matrix(analysis, &listed) } else { None },
            passages: if options.passages { writer.passages(&listed) } else { Vec::new() },
            left_out: left_out(analysis, judgements, options),
            method: method(),
            notes: notes(analysis),
            sections,
        }
    }

    /// What to type to check the report called `report`.
    pub fn verify_command(&self, report: &str) -> String {
        let mut files: Vec<String> = Vec::new();
        for v in self.versions.iter().filter(|v| v.from_file) {
            let quoted = quoted_for_shell(&v.path);
            if !files.contains(&quoted) {
                files.push(quoted);
            }
        }
        format!("parallax verify {report} {}", files.join(" ")).trim_end().to_owned()
    }

    /// Number of findings listed.
    pub fn finding_count(&self) -> usize {
        self.sections.iter().map(|s| s.entries.len()).sum()
    }
}

/// A title made from the names that most versions share; a person's own is better.
pub fn story_title(analysis: &Analysis) -> String {
    let named = |d: &crate::extract::Detail| matches!(d.kind, DetailKind::Person | DetailKind::Organisation | DetailKind::Place);
    let mut names: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for version in &analysis.versions {
        let mut own: BTreeMap<&str, usize> = BTreeMap::new();
        for detail in version.extract.details.iter().filter(|d| named(d)) {
            if let crate::extract::Value::Name(name) = &detail.value {
                *own.entry(name.as_str()).or_default() += 1;
            }
        }
        for (name, times) in own {
            let entry = names.entry(name).or_default();
            *entry = (entry.0 + 1, entry.1 + times);
        }
    }
    let mut ranked: Vec<(&str, (usize, usize))> = names.into_iter().filter(|(_, (versions, _))| *versions > 1).collect();
    ranked.sort_by_key(|(name, (versions, times))| (std::cmp::Reverse(*versions), std::cmp::Reverse(*times), *name));
    match ranked.as_slice() {
        [] => match analysis.versions.first().and_then(|v| v.meta.title.as_deref()) {
            Some(title) => clean(title),
            None => "Versions of one event".into(),
        },
        [(one, _)] => clean(one),
        [(one, _), (two, _), ..] => clean(&format!("{one}, {two}")),
    }
}

struct Writer<'a> {
    analysis: &'a Analysis,
    scalars: Vec<Scalars<'a>>,
    /// For each version, the words for each block's place.
    places: Vec<Vec<String>>,
}

impl Writer<'_> {
    fn entry(&self, finding: &Finding, number: usize, judgement: &Judgement, options: &Options) -> Entry {
        Entry {
            number,
            id: finding_id(finding),
            kind: finding.kind,
            detail: finding.detail,
            title: entry_title(finding),
            readings: finding.readings.iter().map(|r| self.reading(finding, number, r)).collect(),
            silent: finding.silent.iter().map(|v| v.letter()).collect(),
            why: clean(&finding.why),
            verdict: judgement.verdict,
            note: if options.notes { clean(&judgement.note) } else { String::new() },
        }
    }

    fn reading(&self, finding: &Finding, number: usize, reading: &Reading) -> ReadingRow {
        let mut excerpts: Vec<Excerpt> = Vec::new();
        for group in self.by_sentence(&reading.evidence) {
            let excerpt = self.excerpt(finding, number, &group);
            let words = |e: &Excerpt| e.runs.iter().map(|r| (r.text.clone(), r.mark.is_some())).collect::<Vec<_>>();
            let same = excerpts.iter_mut().find(|e| e.dated == excerpt.dated && words(e) == words(&excerpt));
            match same {
                Some(same) => same.sayers.extend(excerpt.sayers),
                None => excerpts.push(excerpt),
            }
        }
        let (name, remarks) = reading_name(finding, reading);
        ReadingRow { name, remarks, excerpts }
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
                Some(group) if group[0].version == e.version && covered.overlaps(context) => {
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

    fn excerpt(&self, finding: &Finding, number: usize, evidence: &[Evidence]) -> Excerpt {
        let version = evidence[0].version;
        let v = self.version(version);
        let context = evidence.iter().map(|e| self.sentences_around(*e)).reduce(TextRange::cover).unwrap_or_default();
        let spans: Vec<(TextRange, Mark)> = evidence.iter().map(|e| (e.range, self.mark(finding, number, *e))).collect();
        let mut runs = Vec::new();
        let context = shortened(&v.document.text, context, &spans, &mut runs);
        self.runs(version, context.0, &spans, &mut runs);
        if context.1 {
            runs.push(Run { text: "…".into(), mark: None });
        }
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

    fn mark(&self, finding: &Finding, number: usize, e: Evidence) -> Mark {
        let scalars = &self.scalars[e.version.ix()];
        Mark {
            number,
            id: finding_id(finding),
            kind: finding.kind,
            version: e.version,
            start: scalars.at(e.range.start),
            end: scalars.at(e.range.end),
        }
    }

    /// Cuts `range` at every start and end of a span; where spans overlap the first that was listed wins.
    fn runs(&self, version: VersionIx, range: TextRange, spans: &[(TextRange, Mark)], runs: &mut Vec<Run>) {
        let text = &self.version(version).document.text;
        let scalars = &self.scalars[version.ix()];
        let mut cuts = vec![range.start, range.end];
        cuts.extend(spans.iter().flat_map(|(r, _)| [r.start, r.end]).filter(|c| range.contains_offset(*c)));
        cuts.sort_unstable();
        cuts.dedup();
        for pair in cuts.windows(2) {
            let part = TextRange { start: pair[0], end: pair[1] };
            let mark = spans.iter().find(|(r, _)| r.contains(part)).map(|(_, m)| Mark {
                start: scalars.at(part.start),
                end: scalars.at(part.end),
                ..m.clone()
            });
            let words = part.of(text).to_owned();
            match runs.last_mut() {
                Some(last) if same_mark(&last.mark, &mark) && !last.text.ends_with('…') => {
                    last.text.push_str(&words);
                    if let (Some(a), Some(b)) = (&mut last.mark, &mark) {
                        a.end = b.end;
                    }
                }
                _ => runs.push(Run { text: words, mark }),
            }
        }
    }

    fn passages(&self, listed: &[&Finding]) -> Vec<PassageRow> {
        if self.analysis.versions.len() > COLUMNS_UP_TO {
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
                    let spans: Vec<(TextRange, Mark)> = inside
                        .iter()
                        .flat_map(|(n, f)| f.readings.iter().flat_map(|r| &r.evidence).map(move |e| (*n, *f, *e)))
                        .filter(|(_, _, e)| e.version == version)
                        .map(|(n, f, e)| (e.range, self.mark(f, n, e)))
                        .collect();
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

    fn whole_sentences(&self, version: VersionIx, sentences: &[SentenceIx], spans: &[(TextRange, Mark)]) -> Excerpt {
        let doc = &self.version(version).document;
        let mut runs = Vec::new();
        let mut before: Option<SentenceIx> = None;
        for &s in sentences.iter().filter(|s| s.ix() < doc.sentences.len()) {
            let gap = match before {
                None => "",
                Some(b) if b.0 + 1 == s.0 => " ",
                Some(_) => " […] ",
            };
            runs.push(Run { text: gap.into(), mark: None });
            self.runs(version, doc.sentences[s.ix()].range, spans, &mut runs);
            before = Some(s);
        }
        let start = sentences.first().and_then(|s| doc.sentences.get(s.ix())).map_or(0, |s| s.range.start);
        Excerpt { sayers: vec![self.sayer(version, start)], language: doc.language.clone(), runs: tidy(runs), dated: None }
    }
}

/// The id of a finding in JSON and in the anchors of pages.
pub fn finding_id(finding: &Finding) -> String {
    format!("f{}", finding.id)
}

fn same_mark(a: &Option<Mark>, b: &Option<Mark>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => a.id == b.id && a.end == b.start && a.version == b.version,
        _ => false,
    }
}

/// Leaves [`CONTEXT_CHARS`] on each side of the evidence, cut between words. Pushes an ellipsis where it cuts the start, and
/// says whether it cut the end.
fn shortened(text: &str, context: TextRange, spans: &[(TextRange, Mark)], runs: &mut Vec<Run>) -> (TextRange, bool) {
    let first = spans.iter().map(|(r, _)| r.start).min().unwrap_or(context.start);
    let last = spans.iter().map(|(r, _)| r.end).max().unwrap_or(context.end);
    let mut range = context;
    let before = TextRange { start: context.start, end: first.max(context.start) }.of(text);
    if let Some((at, _)) = before.char_indices().rev().nth(CONTEXT_CHARS) {
        let cut = before[at..].find(char::is_whitespace).map_or(before.len(), |i| at + i);
        range.start = context.start + (before.len() - before[cut..].trim_start().len()) as u32;
        runs.push(Run { text: "…".into(), mark: None });
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
        let mut text = clean(&format!("x{}x", run.text));
        text.pop();
        text.remove(0);
        if after_space && text.starts_with(' ') {
            text.remove(0);
        }
        if text.is_empty() {
            continue;
        }
        after_space = text.ends_with(' ');
        match out.last_mut() {
            Some(last) if last.mark.is_none() && run.mark.is_none() => last.text.push_str(&text),
            _ => out.push(Run { text, mark: run.mark }),
        }
    }
    out
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

/// Marks between groups: spelling stands with compatible values, everything about speech together.
fn section_of(kind: FindingKind) -> FilterGroup {
    kind.group()
}

/// Quotes come before compatible values: they matter more to readers of a report.
fn section_rank(group: usize) -> usize {
    match FilterGroup::ALL.get(group) {
        Some(FilterGroup::Compatible) => 3,
        Some(FilterGroup::Quotes) => 2,
        _ => group,
    }
}

fn section_words(group: FilterGroup) -> (&'static str, &'static str) {
    match group {
        FilterGroup::Conflict => ("Conflicts", "Values that cannot all be true of the same thing."),
        FilterGroup::Later => ("Later", "Values that may have changed between the times of writing."),
        FilterGroup::Compatible => ("Compatible", "Different words or spellings that can all be true."),
        FilterGroup::Quotes => ("Quotes and sources", "Words cut, changed, told indirectly or given to another speaker."),
        FilterGroup::OnlyIn => ("Told by one version only", "What a single version reports, or a group with the same copy."),
        FilterGroup::Silent => ("Left out", "What most versions report and some do not."),
        FilterGroup::Order => ("Order", "Passages that versions tell in another order."),
        FilterGroup::Wording => ("Wording", "Other words for the same."),
    }
}

fn entry_title(finding: &Finding) -> String {
    let title = clean(&finding.title);
    if title.is_empty() { finding.kind.label().to_owned() } else { title }
}

/// What stands in the margin of a reading, and the remarks below it.
fn reading_name(finding: &Finding, reading: &Reading) -> (String, Vec<String>) {
    let mut remarks = Vec::new();
    let remark = reading.remark.as_deref().map(clean).filter(|r| !r.is_empty());
    let name = match (finding.kind, remark) {
        (FindingKind::QuoteAltered | FindingKind::QuoteTrimmed | FindingKind::QuoteIndirect, Some(remark)) => remark,
        (_, remark) => {
            remarks.extend(remark);
            clipped(&clean(&reading.text), 60)
        }
    };
    if let Some(read_as) = reading.read_as.as_deref().map(clean).filter(|r| !r.is_empty() && *r != name) {
        remarks.insert(0, format!("read as {read_as}"));
    }
    (name, remarks)
}

/// The first words, up to a number of characters, with an ellipsis if something is cut.
fn clipped(text: &str, chars: usize) -> String {
    let Some((at, _)) = text.char_indices().nth(chars) else { return text.to_owned() };
    let cut = text[..at].rfind(' ').unwrap_or(at);
    format!("{}…", text[..cut].trim_end_matches([',', ';', ':', '.', ' ']))
}

fn version_row(analysis: &Analysis, version: VersionIx) -> VersionRow {
    let v = &analysis.versions[version.ix()];
    let p = &v.provenance;
    let format = match p.format.as_str() {
        "html" => "HTML".to_owned(),
        "" => "text".to_owned(),
        other => clean(other),
    };
    VersionRow {
        letter: version.letter(),
        outlet: clean(v.outlet()),
        headline: clean(v.meta.title.as_deref().unwrap_or("")),
        byline: clean(v.meta.byline.as_deref().unwrap_or("")),
        published: v.meta.published.as_ref().map_or_else(|| "unknown".into(), moment_in_words),
        published_iso: v.meta.published.map(|m| m.to_string()),
        words: v.word_count(),
        shared: shared_copy(analysis, version),
        file: match p.path.as_str() {
            "" => "pasted text".into(),
            "-" => "standard input".into(),
            path if p.part > 0 => format!("{}, article {}", clean(path), p.part + 1),
            path => clean(path),
        },
        path: clean(&p.path),
        from_file: !matches!(p.path.as_str(), "" | "-"),
        sha256: p.sha256.clone(),
        url: v.meta.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://")).map(clean),
        format: format!("{format}, {}, {} bytes", clean(&p.encoding), count(p.bytes as usize)),
        language: v.document.language.clone(),
    }
}

/// What a version shares with its origin: the source of the copy names the others, a copy says how much.
fn shared_copy(analysis: &Analysis, version: VersionIx) -> String {
    let said: Vec<String> = analysis
        .origins
        .iter()
        .filter(|o| o.versions.contains(&version))
        .map(|o| {
            let others: Vec<String> = match o.source {
                Some(source) if source != version => vec![source.letter()],
                _ => o.versions.iter().filter(|v| **v != version).map(|v| v.letter()).collect(),
            };
            if o.source == Some(version) {
                format!("with {}", listed(&others))
            } else {
                format!("{}% also in {}", (o.shared * 100.0).round(), listed(&others))
            }
        })
        .collect();
    if said.is_empty() { "none".into() } else { said.join("; ") }
}

/// A word for a shell, in quotes where it needs them.
fn quoted_for_shell(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | ',' | '@');
    if word.chars().all(plain) && !word.starts_with('-') { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

fn imprint(analysis: &Analysis, judgements: &Judgements, findings: &[&Finding]) -> String {
    let n = analysis.versions.len();
    let days: Vec<_> = analysis.versions.iter().filter_map(|v| v.meta.published.map(|p| p.date)).collect();
    let when = match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) => format!(", {}", dates_in_words(*first, *last)),
        _ => String::new(),
    };
    let verdicts = |wanted| analysis.findings.iter().filter(|f| judgements.get(&f.id).is_some_and(|j| j.verdict == Some(wanted))).count();
    let (confirmed, dismissed) = (verdicts(Verdict::Confirmed), verdicts(Verdict::Dismissed));
    let judged = match (confirmed, dismissed) {
        (0, 0) if findings.is_empty() => String::new(),
        (0, 0) => " Judged by nobody yet.".into(),
        (c, 0) => format!(" {c} confirmed."),
        (0, d) => format!(" {d} dismissed."),
        (c, d) => format!(" {c} confirmed, {d} dismissed."),
    };
    let version = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));
    format!("{n} {}{when}. Made with Parallax {version}.{judged}", plural(n, "version", "versions"))
}

fn summary(analysis: &Analysis, findings: &[&Finding], judgements: &Judgements, options: &Options) -> String {
    let n = analysis.versions.len();
    if n < 2 {
        return match n {
            0 => "There is no version to compare.".into(),
            _ => "There is one version only. A comparison needs a second.".into(),
        };
    }
    let origins = analysis.independent_origins();
    let first = format!("The {n} versions have {origins} independent {}.", plural(origins, "origin", "origins"));
    // Dismissed findings may be listed, but they are not counted as differences.
    let counts = |f: &&&Finding| judgements.get(&f.id).is_none_or(|j| j.verdict != Some(Verdict::Dismissed));
    let counted: Vec<&&Finding> = findings.iter().filter(counts).collect();
    let wording = analysis.findings.iter().filter(|f| f.kind == FindingKind::Wording).count();
    if counted.is_empty() {
        let all = analysis.findings.iter().filter(|f| f.kind != FindingKind::Wording).count();
        let second = if all > 0 {
            format!("All {all} {} are left out of this report.", plural(all, "difference", "differences"))
        } else {
            "They agree in every detail and quote that Parallax can read.".into()
        };
        let third = match wording {
            0 => String::new(),
            w => format!(" Wording still differs in {w} {}.", plural(w, "place", "places")),
        };
        return format!("{first} {second}{third}");
    }
    let mut parts = Vec::new();
    let order = {
        let mut order: Vec<usize> = (0..FilterGroup::ALL.len()).collect();
        order.sort_by_key(|g| section_rank(*g));
        order
    };
    for group in order.into_iter().map(|g| FilterGroup::ALL[g]) {
        let k = counted.iter().filter(|f| f.kind.group() == group).count();
        if k == 0 {
            continue;
        }
        parts.push(match group {
            FilterGroup::Conflict => format!("{k} {}", plural(k, "conflict", "conflicts")),
            FilterGroup::Later => format!("{k} later {}", plural(k, "figure", "figures")),
            FilterGroup::Compatible => format!("{k} compatible"),
            FilterGroup::Quotes => format!("{k} in quotes and sources"),
            FilterGroup::OnlyIn => format!("{k} told by one version only"),
            FilterGroup::Silent => format!("{k} left out"),
            FilterGroup::Order => format!("{k} in order"),
            FilterGroup::Wording => format!("{k} in wording"),
        });
    }
    let total = counted.len();
    let _ = options;
    format!("{first} They differ in {total} {}: {}.", plural(total, "place", "places"), parts.join(", "))
}

fn left_out(analysis: &Analysis, judgements: &Judgements, options: &Options) -> Vec<String> {
    let mut out = Vec::new();
    for kind in FindingKind::ALL.into_iter().filter(|k| !options.kinds.contains(k)) {
        let n = analysis.findings.iter().filter(|f| f.kind == kind).count();
        if n > 0 {
            out.push(format!("{n} {} of the kind “{}”", plural(n, "difference", "differences"), kind.label()));
        }
    }
    let dismissed = analysis
        .findings
        .iter()
        .filter(|f| options.kinds.contains(&f.kind) && !options.dismissed)
        .filter(|f| judgements.get(&f.id).is_some_and(|j| j.verdict == Some(Verdict::Dismissed)))
        .count();
    if dismissed > 0 {
        out.push(format!("{dismissed} dismissed {}", plural(dismissed, "difference", "differences")));
    }
    let versions = analysis.versions.len();
    if versions > COLUMNS_UP_TO && (options.matrix || options.passages) {
        out.push(format!("tables with a column for each of the {versions} versions"));
    }
    out
}

fn matrix(analysis: &Analysis, findings: &[&Finding]) -> Option<Matrix> {
    let versions = analysis.versions.len();
    if versions > COLUMNS_UP_TO {
        return None;
    }
    let wanted = |k: FindingKind| {
        use FindingKind::*;
        matches!(k, DetailConflict | DetailLater | DetailCompatible | SelfContradiction | NameSpelling)
    };
    let rows: Vec<MatrixRow> = findings
        .iter()
        .enumerate()
        .filter(|(_, f)| wanted(f.kind))
        .map(|(i, f)| {
            let mut cells = vec![Vec::new(); versions];
            for (r, reading) in f.readings.iter().enumerate() {
                let mut seen = None;
                for e in reading.evidence.iter().filter(|e| e.version.ix() < versions) {
                    if seen != Some(e.version) {
                        let words = clipped(&clean(analysis.versions[e.version.ix()].slice(e.range)), 40);
                        cells[e.version.ix()].push((r + 1, words));
                        seen = Some(e.version);
                    }
                }
            }
            MatrixRow { number: i + 1, id: finding_id(f), kind: f.kind, title: entry_title(f), cells }
        })
        .collect();
    (!rows.is_empty()).then_some(Matrix { with_words: versions <= MATRIX_WORDS_UP_TO, rows })
}

fn notes(analysis: &Analysis) -> Vec<Note> {
    let own = analysis
        .versions
        .iter()
        .flat_map(|v| v.notes.iter().map(|n| if n.about.is_empty() { Note::new(v.outlet(), n.text.clone()) } else { n.clone() }));
    analysis.notes.iter().cloned().chain(own).map(|n| Note::new(clean(&n.about), clean(&n.text))).collect()
}

fn method() -> Vec<String> {
    [
        "Parallax shows where versions differ. It does not say which is right, and it rates no outlet.",
        "Each article was cut into sentences. Quotes, numbers, money, dates, times and names were read out of them, each with a value \
         that can be compared: “nearly 30” and 28 can both be true, and a weekday is read from the article’s own date. Sentences of all \
         versions that report the same thing were put into passages by their rare words, names, numbers and quotes, whatever their order. \
         Differences were then sought inside each passage.",
        "“Conflict” means that the values cannot all be true of the same thing. “Later” means that the value may have changed between two \
         dates. “Compatible” means that all can be true. “Left out” means that a version does not report what most others do. Versions \
         that share copy count as one origin.",
        "A program reads words, not events. It misses differences and sometimes joins what does not belong together. Read the sentence \
         before you use a finding.",
    ]
    .map(str::to_owned)
    .to_vec()
}
