//! What a report says, before it is written in any format.
//!
//! HTML and Markdown only lay out what stands here, so that they can't disagree. Words of articles
//! come as [`Run`]s, already cut to their sentence, with the evidence marked; they are cleaned for reading
//! ([`clean`]), while JSON keeps the text as it is.

mod excerpt;
pub(super) mod marks;
mod summary;

use super::Options;
use super::words::{clean, count, listed, moment_in_words};
use crate::analysis::Analysis;
use crate::base::{Note, VersionIx};
use crate::compare::{FilterGroup, Finding, FindingKind, Reading};
use crate::extract::DetailKind;
use crate::project::{Judgement, Judgements, Verdict};

/// The matrix holds words up to this many versions; readings' numbers above.
const MATRIX_WORDS_UP_TO: usize = 6;
/// A list of more versions than these stands at the end, or is folded: what differs comes first.
const LIST_FIRST_UP_TO: usize = 12;
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
    /// The number of its origin: versions with the same copy have the same.
    pub origin: usize,
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
    /// The value or wording in full.
    pub value: String,
    /// What the value was read as; empty where that is plain.
    pub read_as: String,
    /// How it relates to the other readings; may be empty.
    pub remark: String,
    /// Each place that it stands at.
    pub claims: Vec<Claim>,
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

/// One place that a reading stands at, by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The version.
    pub version: VersionIx,
    /// Its letter.
    pub letter: String,
    /// "paragraph 2", "headline".
    pub place: String,
    /// First Unicode scalar value inside.
    pub start: usize,
    /// First after.
    pub end: usize,
    /// The words, cleaned for reading.
    pub words: String,
    /// The sentence up to them, cleaned, with the blank before them.
    pub before: String,
    /// The sentence after them, cleaned.
    pub after: String,
    /// The words as they stand in the text.
    pub exact: String,
    /// Up to 32 characters of the text before them.
    pub prefix: String,
    /// Up to 32 characters of the text after them.
    pub suffix: String,
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
    /// Whether this is `[…]` where a quote was cut, rather than words of the article.
    pub cut: bool,
}

impl Run {
    /// Words without a mark.
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), mark: None, cut: false }
    }
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
    /// Whether these words of a quote are the same as in its fullest wording.
    pub same: bool,
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
        // The sort is stable: inside a group the order of the analysis stays.
        listed.sort_by_key(|f| section_rank(f.kind.group()));
        let writer = excerpt::Writer::new(analysis);
        let empty = Judgement::default();
        let mut sections: Vec<Section> = Vec::new();
        for (i, finding) in listed.iter().enumerate() {
            let group = finding.kind.group();
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
            imprint: summary::imprint(analysis, judgements, &listed),
            summary: summary::summary(analysis, &listed, judgements),
            versions: (0..analysis.versions.len()).map(|i| version_row(analysis, i.into())).collect(),
            matrix: if options.matrix { matrix(analysis, &listed) } else { None },
            passages: if options.passages { writer.passages(&listed) } else { Vec::new() },
            left_out: summary::left_out(analysis, judgements, options),
            method: summary::method(),
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

    /// Whether the versions are too many to be listed before what differs.
    pub fn lists_versions_last(&self) -> bool {
        self.versions.len() > LIST_FIRST_UP_TO
    }

    /// Number of findings listed.
    pub fn finding_count(&self) -> usize {
        self.sections.iter().map(|s| s.entries.len()).sum()
    }
}

/// A title for want of a person's own.
pub fn story_title(analysis: &Analysis) -> String {
    analysis.title().map_or_else(|| "Versions of one event".into(), clean)
}

/// The id of a finding in JSON and in the anchors of pages.
pub fn finding_id(finding: &Finding) -> String {
    format!("f{}", finding.id)
}

/// Groups in the order of reports: quotes come before compatible values, since they matter more to readers.
fn section_rank(group: FilterGroup) -> usize {
    match group {
        FilterGroup::Conflict => 0,
        FilterGroup::Later => 1,
        FilterGroup::Quotes => 2,
        FilterGroup::Compatible => 3,
        FilterGroup::OnlyIn => 4,
        FilterGroup::Silent => 5,
        FilterGroup::Order => 6,
        FilterGroup::Wording => 7,
    }
}

fn section_words(group: FilterGroup) -> (&'static str, &'static str) {
    match group {
        FilterGroup::Conflict => ("Conflicts", "Values that cannot all be true of the same thing."),
        FilterGroup::Later => ("Later", "Values that may have changed between the times of writing."),
        FilterGroup::Compatible => ("Compatible", "Different words or spellings that can all be true."),
        FilterGroup::Quotes => ("Quotes and sources", "Words cut, changed, told indirectly or given to another speaker."),
        FilterGroup::OnlyIn => ("Told by one version only", "What a single version reports, or a group with the same copy."),
        FilterGroup::Silent => ("Left out", "Told by most versions, not found in some."),
        FilterGroup::Order => ("Order", "Passages that versions tell in another order."),
        FilterGroup::Wording => ("Wording", "Other words for the same."),
    }
}

fn entry_title(finding: &Finding) -> String {
    let title = marks::balanced(clean(&finding.title));
    if title.is_empty() { finding.kind.label().to_owned() } else { title }
}

/// What stands in the margin of a reading, and the remarks below it.
fn reading_name(analysis: &Analysis, finding: &Finding, reading: &Reading) -> (String, Vec<String>) {
    let mut remarks = Vec::new();
    let remark = reading.remark.as_deref().map(clean).filter(|r| !r.is_empty());
    let name = match (finding.kind, remark) {
        (FindingKind::QuoteAltered | FindingKind::QuoteTrimmed | FindingKind::QuoteIndirect, Some(remark)) => remark,
        (FindingKind::OnlyIn, remark) => {
            remarks.extend(remark);
            let mut holders: Vec<VersionIx> = reading.evidence.iter().map(|e| e.version).collect();
            holders.dedup();
            listed(&holders.iter().map(|v| clean(analysis.versions[v.ix()].outlet())).collect::<Vec<_>>())
        }
        (FindingKind::Silent, remark) => {
            remarks.extend(remark);
            "told".into()
        }
        (_, remark) => {
            remarks.extend(remark);
            marks::balanced(clipped(&clean(&reading.text), 60))
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
    // The first article of a file is numbered where another is here too.
    let has_several =
        analysis.versions.iter().any(|o| o.provenance.part > 0 && o.provenance.path == p.path && o.provenance.sha256 == p.sha256);
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
        shared: summary::shared_copy(analysis, version),
        origin: analysis.origin_number(version),
        file: match p.path.as_str() {
            "" => "pasted text".into(),
            "-" => "standard input".into(),
            path if p.part > 0 || has_several => format!("{}, article {}", clean(path), p.part + 1),
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

/// A word for a shell, in quotes where it needs them.
fn quoted_for_shell(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | ',' | '@');
    if word.chars().all(plain) && !word.starts_with('-') { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
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
                        let words = marks::balanced(clipped(&clean(analysis.versions[e.version.ix()].slice(e.range)), 40));
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
