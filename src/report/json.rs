//! The JSON contract `parallax.report/1`: offsets in Unicode scalar values, ids unique in the file.
//!
//! The structs here are the contract: their fields are written in this order and under these names. A field may be
//! added; one that changes its meaning needs a new [`SCHEMA`].

use super::Options;
use super::pieces::{Pieces, Style, written};
use super::settings::Settings;
use crate::align::{Member, Passage};
use crate::analysis::{Analysis, Version};
use crate::base::{Note, TextRange, VersionIx};
use crate::compare::{Evidence, Finding, FindingKind, Origin, Reading, Relation};
use crate::extract::{CueStrength, Detail, DetailKind, Qualifier, QuoteKind, Value};
use crate::project::{Judgement, Judgements, Verdict};
use crate::source::{BlockKind, Provenance};
use rayon::prelude::*;
use serde::{Serialize, Serializer};

/// The name of the contract.
pub const SCHEMA: &str = "parallax.report/1";

/// The program that writes the report. Another version may find other differences.
pub const GENERATOR: &str = concat!("parallax ", env!("CARGO_PKG_VERSION"));

/// How many findings there are, so that numbers in reports can be told apart.
#[derive(Serialize)]
struct Counts {
    /// In `findings`.
    listed: usize,
    /// All that were found.
    found: usize,
    /// Those of them that other formats and the window count: no wording, nothing dismissed.
    differences: usize,
    wording: usize,
    dismissed: usize,
}

impl Counts {
    fn of(analysis: &Analysis, judgements: &Judgements, options: &Options) -> Self {
        let is_wording = |f: &&Finding| f.kind == FindingKind::Wording;
        let is_dismissed = |f: &&Finding| judgements.get(&f.id).is_some_and(|j| j.verdict == Some(Verdict::Dismissed));
        let all = || analysis.findings.iter();
        Self {
            listed: all().filter(|f| options.lists(f, judgements)).count(),
            found: all().count(),
            differences: all().filter(|f| !is_wording(f) && !is_dismissed(f)).count(),
            wording: all().filter(is_wording).count(),
            dismissed: all().filter(is_dismissed).count(),
        }
    }
}

/// One version with everything that was read out of it.
#[derive(Serialize)]
pub struct VersionRecord<'a> {
    id: String,
    outlet: &'a str,
    title: Option<&'a str>,
    byline: Option<&'a str>,
    published: Option<String>,
    updated: Option<String>,
    url: Option<&'a str>,
    language: &'a str,
    source: &'a Provenance,
    text: &'a str,
    blocks: Vec<BlockRecord>,
    sentences: Vec<SentenceRecord>,
    quotes: Vec<QuoteRecord<'a>>,
    details: Vec<DetailRecord<'a>>,
    notes: &'a [Note],
}

#[derive(Serialize)]
struct BlockRecord {
    kind: BlockKind,
    #[serde(flatten)]
    span: Span,
}

#[derive(Serialize)]
struct SentenceRecord {
    id: String,
    #[serde(flatten)]
    span: Span,
    block: u32,
}

#[derive(Serialize)]
struct QuoteRecord<'a> {
    id: String,
    #[serde(flatten)]
    words: Words<'a>,
    kind: QuoteKind,
    speaker: Option<SpeakerRecord<'a>>,
    cue: Option<CueRecord<'a>>,
    rule: &'a str,
}

#[derive(Serialize)]
struct SpeakerRecord<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct CueRecord<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    strength: CueStrength,
}

#[derive(Serialize)]
struct DetailRecord<'a> {
    id: String,
    #[serde(flatten)]
    words: Words<'a>,
    kind: DetailKind,
    value: ValueRecord<'a>,
    qualifier: Qualifier,
    unit: Option<&'a str>,
    subject: Option<&'a str>,
    rule: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ValueRecord<'a> {
    Number {
        number: Exact,
    },
    Range {
        low: Exact,
        high: Exact,
    },
    Date {
        date: String,
    },
    DateRange {
        date: String,
        until: String,
    },
    Time {
        time: String,
        offset_minutes: Option<i32>,
    },
    Duration {
        iso: &'a str,
        seconds: Exact,
        #[serde(skip_serializing_if = "Option::is_none")]
        upto_seconds: Option<Exact>,
    },
    Name {
        name: &'a str,
    },
}

#[derive(Serialize)]
struct PassageRecord<'a> {
    id: String,
    members: Vec<MemberRecord>,
    score: Rounded,
    why: &'a [String],
}

#[derive(Serialize)]
struct MemberRecord {
    version: String,
    sentences: Vec<String>,
}

#[derive(Serialize)]
struct FindingRecord<'a> {
    id: String,
    kind: &'static str,
    relation: Relation,
    detail: Option<DetailKind>,
    passage: Option<String>,
    title: &'a str,
    readings: Vec<ReadingRecord<'a>>,
    silent: Vec<String>,
    why: &'a str,
    weight: Rounded,
    #[serde(skip_serializing_if = "Option::is_none")]
    judgement: Option<Judgement>,
}

#[derive(Serialize)]
struct ReadingRecord<'a> {
    text: &'a str,
    read_as: Option<&'a str>,
    interval: Option<IntervalRecord>,
    remark: Option<&'a str>,
    evidence: Vec<EvidenceRecord<'a>>,
}

#[derive(Serialize)]
struct IntervalRecord {
    low: Option<Exact>,
    high: Option<Exact>,
    at: Exact,
}

#[derive(Serialize)]
struct EvidenceRecord<'a> {
    version: String,
    #[serde(flatten)]
    words: Words<'a>,
}

#[derive(Serialize)]
struct OriginRecord {
    versions: Vec<String>,
    shared: Rounded,
    source: Option<String>,
}

#[derive(Serialize)]
struct Span {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Words<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// A number that is written as an integer where it is one: 35000 rather than 35000.0.
struct Exact(f64);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Up to 2^53 every integer has a float of its own.
        if self.0.fract() == 0.0 && self.0.abs() < 9_007_199_254_740_992.0 {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// A share or weight, written with three places.
struct Rounded(f32);

impl Serialize for Rounded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64((f64::from(self.0) * 1000.0).round() / 1000.0)
    }
}

/// Turns byte offsets of one text into offsets in Unicode scalar values.
pub struct Scalars<'a> {
    text: &'a str,
    /// Scalars before each [`STEP`] bytes; empty for ASCII, where both counts agree.
    steps: Vec<u32>,
}

const STEP: usize = 64;

impl<'a> Scalars<'a> {
    /// Indexes a text.
    pub fn new(text: &'a str) -> Self {
        let mut steps = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            steps.reserve(text.len() / STEP + 1);
            for (i, b) in text.bytes().enumerate() {
                if i % STEP == 0 {
                    steps.push(count);
                }
                // Continuation bytes start no scalar.
                count += u32::from(b & 0xC0 != 0x80);
            }
        }
        Self { text, steps }
    }

    /// The number of scalars before byte `offset`.
    pub fn at(&self, offset: u32) -> usize {
        let offset = (offset as usize).min(self.text.len());
        if self.steps.is_empty() {
            return offset;
        }
        let step = (offset / STEP).min(self.steps.len() - 1);
        let rest = self.text.as_bytes()[step * STEP..offset].iter().filter(|b| **b & 0xC0 != 0x80).count();
        self.steps[step] as usize + rest
    }

    fn span(&self, range: TextRange) -> Span {
        Span { start: self.at(range.start), end: self.at(range.end) }
    }

    fn words(&self, range: TextRange) -> Words<'a> {
        Words { start: self.at(range.start), end: self.at(range.end), text: range.of(self.text) }
    }
}

/// A report as the contract has it, all but its end. Versions, passages and origins are complete; findings are those that
/// `options` lists.
pub(super) fn pieces(analysis: &Analysis, judgements: &Judgements, options: &Options, style: Style) -> Pieces {
    let scalars: Vec<Scalars> = analysis.versions.par_iter().map(|v| Scalars::new(&v.document.text)).collect();
    let versions: Vec<(String, &Version, &Scalars)> =
        analysis.versions.iter().zip(&scalars).enumerate().map(|(i, (v, s))| (version_id(i.into()), &**v, s)).collect();
    let listed: Vec<&Finding> = analysis.findings.iter().filter(|f| options.lists(f, judgements)).collect();
    let mut report = Pieces::new(style);
    report.one("schema", SCHEMA);
    report.one("offsets", "unicode-scalar");
    report.one("generator", GENERATOR);
    report.list("versions", &versions, |(id, version, scalars)| version_record(id.clone(), version, scalars));
    report.list("passages", &analysis.passages, passage_record);
    report.list("findings", &listed, |finding| finding_record(finding, analysis, &scalars, judgements.get(&finding.id), options));
    report.one("counts", &Counts::of(analysis, judgements, options));
    report.list("origins", &analysis.origins, origin_record);
    report.one("notes", &analysis.notes);
    report.one("settings", &Settings::of(analysis, judgements, options));
    report
}

/// A report as indented JSON with a line end, without its sums.
pub fn text(analysis: &Analysis, judgements: &Judgements, options: &Options) -> String {
    pieces(analysis, judgements, options, Style::Pretty).end()
}

/// A report as a value, without its sums.
pub(super) fn value(analysis: &Analysis, judgements: &Judgements, options: &Options) -> serde_json::Value {
    let text = pieces(analysis, judgements, options, Style::Line).end();
    serde_json::from_str(&text).unwrap_or_else(|error| unreachable!("what was written is JSON: {error}"))
}

fn passage_id(passage: &Passage) -> String {
    format!("p{}", passage.id)
}

fn passage_record(passage: &Passage) -> PassageRecord<'_> {
    let member = |m: &Member| {
        let version = version_id(m.version);
        MemberRecord { sentences: m.sentences.iter().map(|s| format!("{version}.s{}", s.0)).collect(), version }
    };
    PassageRecord {
        id: passage_id(passage),
        members: passage.members.iter().map(member).collect(),
        score: Rounded(passage.score),
        why: &passage.why,
    }
}

fn finding_record<'a>(
    f: &'a Finding,
    analysis: &Analysis,
    scalars: &[Scalars<'a>],
    judgement: Option<&Judgement>,
    options: &Options,
) -> FindingRecord<'a> {
    let evidence = |e: &Evidence| EvidenceRecord { version: version_id(e.version), words: scalars[e.version.ix()].words(e.range) };
    let reading = |r: &'a Reading| ReadingRecord {
        text: &r.text,
        read_as: r.read_as.as_deref(),
        interval: r.interval.map(|i| IntervalRecord { low: i.low.map(Exact), high: i.high.map(Exact), at: Exact(i.at) }),
        remark: r.remark.as_deref(),
        evidence: r.evidence.iter().map(evidence).collect(),
    };
    FindingRecord {
        id: format!("f{}", f.id),
        kind: f.kind.slug(),
        relation: f.relation,
        detail: f.detail,
        passage: f.passage.and_then(|p| analysis.passages.get(p.ix())).map(passage_id),
        title: &f.title,
        readings: f.readings.iter().map(reading).collect(),
        silent: f.silent.iter().map(|v| version_id(*v)).collect(),
        why: &f.why,
        weight: Rounded(f.weight),
        judgement: judgement.map(|j| Judgement {
            verdict: j.verdict,
            note: if options.notes { j.note.clone() } else { String::new() },
            ..Judgement::default()
        }),
    }
}

fn origin_record(origin: &Origin) -> OriginRecord {
    OriginRecord {
        versions: origin.versions.iter().map(|v| version_id(*v)).collect(),
        shared: Rounded(origin.shared),
        source: origin.source.map(version_id),
    }
}

/// One version, with everything that was read out of it, under an id of the caller's.
pub fn version<'a>(id: &str, version: &'a Version) -> VersionRecord<'a> {
    version_record(id.to_owned(), version, &Scalars::new(&version.document.text))
}

/// One version as a line of JSON, without the line end.
pub fn version_line(id: &str, v: &Version) -> String {
    written(&version(id, v), Style::Line, 0)
}

/// The id of a version in a report: `v1`, `v2`…
pub fn version_id(version: VersionIx) -> String {
    format!("v{}", u64::from(version.0) + 1)
}

fn version_record<'a>(id: String, v: &'a Version, scalars: &Scalars<'a>) -> VersionRecord<'a> {
    let doc = &v.document;
    let quote = |(i, q): (usize, &'a crate::extract::Quote)| QuoteRecord {
        id: format!("{id}.q{i}"),
        words: scalars.words(q.range),
        kind: q.kind,
        speaker: q.speaker.as_ref().map(|s| SpeakerRecord { words: scalars.words(s.range), name: s.name.as_deref() }),
        cue: q.cue.map(|c| CueRecord { words: scalars.words(c.range), strength: c.strength }),
        rule: q.rule,
    };
    let detail = |(i, d): (usize, &'a Detail)| DetailRecord {
        id: format!("{id}.d{i}"),
        words: scalars.words(d.range),
        kind: d.kind,
        value: value_record(&d.value),
        qualifier: d.qualifier,
        unit: d.unit.as_deref(),
        subject: d.subject.as_deref(),
        rule: d.rule,
    };
    VersionRecord {
        outlet: v.outlet(),
        title: v.meta.title.as_deref(),
        byline: v.meta.byline.as_deref(),
        published: v.meta.published.map(|p| p.to_string()),
        updated: v.meta.updated.map(|p| p.to_string()),
        url: v.meta.url.as_deref(),
        language: &doc.language,
        source: &v.provenance,
        text: &doc.text,
        blocks: doc.blocks.iter().map(|b| BlockRecord { kind: b.kind, span: scalars.span(b.range) }).collect(),
        sentences: doc
            .sentences
            .iter()
            .enumerate()
            .map(|(i, s)| SentenceRecord { id: format!("{id}.s{i}"), span: scalars.span(s.range), block: s.block })
            .collect(),
        quotes: v.extract.quotes.iter().enumerate().map(quote).collect(),
        details: v.extract.details.iter().enumerate().map(detail).collect(),
        notes: &v.notes,
        id,
    }
}

fn value_record(value: &Value) -> ValueRecord<'_> {
    match value {
        Value::Number(x) => ValueRecord::Number { number: Exact(*x) },
        Value::Range(low, high) => ValueRecord::Range { low: Exact(*low), high: Exact(*high) },
        Value::Date(date) => ValueRecord::Date { date: date.to_string() },
        Value::DateRange(from, to) => ValueRecord::DateRange { date: from.to_string(), until: to.to_string() },
        Value::Time(t, offset) => {
            ValueRecord::Time { time: format!("{:02}:{:02}:{:02}", t.hour(), t.minute(), t.second()), offset_minutes: *offset }
        }
        Value::Duration { iso, seconds, upto } => ValueRecord::Duration { iso, seconds: Exact(*seconds), upto_seconds: upto.map(Exact) },
        Value::Name(name) => ValueRecord::Name { name },
    }
}
