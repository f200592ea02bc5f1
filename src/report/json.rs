//! The JSON contract `parallax.report/1`: offsets in Unicode scalar values, ids unique in the file.

use crate::analysis::{Analysis, Version};
use crate::base::{TextRange, VersionIx};
use crate::extract::{Detail, Value as DetailValue};
use serde_json::{Value, json};

/// Turns byte offsets of one text into offsets in Unicode scalar values.
pub struct Scalars {
    /// Scalars before each 64-byte step; the rest is counted.
    steps: Vec<u32>,
    ascii: bool,
}

const STEP: usize = 64;

impl Scalars {
    /// Indexes a text.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { steps: Vec::new(), ascii: true };
        }
        let mut steps = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for (i, b) in text.bytes().enumerate() {
            if i % STEP == 0 {
                steps.push(count);
            }
            // Continuation bytes start no scalar.
            count += u32::from(b & 0xC0 != 0x80);
        }
        Self { steps, ascii: false }
    }

    /// The number of scalars before byte `offset` of the text that was indexed.
    pub fn at(&self, text: &str, offset: u32) -> usize {
        let offset = (offset as usize).min(text.len());
        if self.ascii {
            return offset;
        }
        let step = (offset / STEP).min(self.steps.len().saturating_sub(1));
        let from = step * STEP;
        let rest = text.as_bytes()[from..offset].iter().filter(|b| **b & 0xC0 != 0x80).count();
        self.steps.get(step).map_or(0, |s| *s as usize) + rest
    }
}

/// The whole report.
pub fn report(analysis: &Analysis) -> Value {
    let scalars: Vec<Scalars> = analysis.versions.iter().map(|v| Scalars::new(&v.document.text)).collect();
    let at = |v: VersionIx, offset: u32| scalars[v.ix()].at(&analysis.versions[v.ix()].document.text, offset);
    let versions: Vec<Value> = analysis.versions.iter().enumerate().map(|(i, v)| version(&version_id(VersionIx::from(i)), v)).collect();
    let passages: Vec<Value> = analysis
        .passages
        .iter()
        .map(|p| {
            let members: Vec<Value> = p
                .members
                .iter()
                .map(|m| {
                    let id = version_id(m.version);
                    let sentences: Vec<String> = m.sentences.iter().map(|s| format!("{id}.s{}", s.0)).collect();
                    json!({"version": id, "sentences": sentences})
                })
                .collect();
            json!({"id": format!("p{}", p.id), "members": members, "score": round(p.score), "why": p.why})
        })
        .collect();
    let findings: Vec<Value> = analysis
        .findings
        .iter()
        .map(|f| {
            let readings: Vec<Value> = f
                .readings
                .iter()
                .map(|r| {
                    let evidence: Vec<Value> = r
                        .evidence
                        .iter()
                        .map(|e| json!({"version": version_id(e.version), "start": at(e.version, e.range.start), "end": at(e.version, e.range.end)}))
                        .collect();
                    json!({"text": r.text, "read_as": r.read_as, "remark": r.remark, "evidence": evidence})
                })
                .collect();
            json!({
                "id": format!("f{}", f.id),
                "kind": f.kind.slug(),
                "relation": f.relation,
                "detail": f.detail,
                "passage": f.passage.map(|p| format!("p{}", analysis.passages[p.ix()].id)),
                "title": f.title,
                "readings": readings,
                "silent": f.silent.iter().map(|v| version_id(*v)).collect::<Vec<_>>(),
                "why": f.why,
                "weight": round(f.weight),
            })
        })
        .collect();
    let origins: Vec<Value> = analysis
        .origins
        .iter()
        .map(|o| {
            json!({
                "versions": o.versions.iter().map(|v| version_id(*v)).collect::<Vec<_>>(),
                "shared": round(o.shared),
                "source": o.source.map(version_id),
            })
        })
        .collect();
    json!({
        "schema": "parallax.report/1",
        "offsets": "unicode-scalar",
        "generator": concat!("parallax ", env!("CARGO_PKG_VERSION")),
        "versions": versions,
        "passages": passages,
        "findings": findings,
        "origins": origins,
        "notes": analysis.notes,
    })
}

/// One version, with everything that was read out of it.
pub fn version(id: &str, v: &Version) -> Value {
    let doc = &v.document;
    let scalars = Scalars::new(&doc.text);
    let at = |offset: u32| scalars.at(&doc.text, offset);
    let span = |r: TextRange| json!({"start": at(r.start), "end": at(r.end), "text": r.of(&doc.text)});
    let blocks: Vec<Value> =
        doc.blocks.iter().map(|b| json!({"kind": b.kind, "start": at(b.range.start), "end": at(b.range.end)})).collect();
    let sentences: Vec<Value> = doc
        .sentences
        .iter()
        .enumerate()
        .map(|(i, s)| json!({"id": format!("{id}.s{i}"), "start": at(s.range.start), "end": at(s.range.end), "block": s.block}))
        .collect();
    let quotes: Vec<Value> = v
        .extract
        .quotes
        .iter()
        .enumerate()
        .map(|(i, q)| {
            let speaker = q
                .speaker
                .as_ref()
                .map(|s| json!({"start": at(s.range.start), "end": at(s.range.end), "text": s.range.of(&doc.text), "name": s.name}));
            let cue = q.cue.map(
                |c| json!({"start": at(c.range.start), "end": at(c.range.end), "text": c.range.of(&doc.text), "strength": c.strength}),
            );
            let mut value = span(q.range);
            value["id"] = json!(format!("{id}.q{i}"));
            value["kind"] = json!(q.kind);
            value["rule"] = json!(q.rule);
            value["speaker"] = json!(speaker);
            value["cue"] = json!(cue);
            value
        })
        .collect();
    let details: Vec<Value> = v
        .extract
        .details
        .iter()
        .enumerate()
        .map(|(i, d)| {
            let mut value = span(d.range);
            value["id"] = json!(format!("{id}.d{i}"));
            value["kind"] = json!(d.kind);
            value["value"] = detail_value(d);
            value["qualifier"] = json!(d.qualifier);
            value["unit"] = json!(d.unit);
            value["subject"] = json!(d.subject);
            value["rule"] = json!(d.rule);
            value
        })
        .collect();
    json!({
        "id": id,
        "outlet": v.outlet(),
        "title": v.meta.title,
        "byline": v.meta.byline,
        "published": v.meta.published.map(|p| p.to_string()),
        "updated": v.meta.updated.map(|p| p.to_string()),
        "url": v.meta.url,
        "language": doc.language,
        "source": v.provenance,
        "text": doc.text,
        "blocks": blocks,
        "sentences": sentences,
        "quotes": quotes,
        "details": details,
        "notes": v.notes,
    })
}

/// The id of a version in a report: `v1`, `v2`…
pub fn version_id(version: VersionIx) -> String {
    format!("v{}", version.0 + 1)
}

fn detail_value(d: &Detail) -> Value {
    match &d.value {
        DetailValue::Number(x) => json!({"number": x}),
        DetailValue::Range(low, high) => json!({"low": low, "high": high}),
        DetailValue::Date(date) => json!({"date": date.to_string()}),
        DetailValue::DateRange(from, to) => json!({"date": from.to_string(), "until": to.to_string()}),
        DetailValue::Time(t, offset) => {
            json!({"time": format!("{:02}:{:02}:{:02}", t.hour(), t.minute(), t.second()), "offset_minutes": offset})
        }
        DetailValue::Duration { iso, seconds } => json!({"iso": iso, "seconds": seconds}),
        DetailValue::Name(name) => json!({"name": name}),
    }
}

fn round(x: f32) -> f64 {
    (f64::from(x) * 1000.0).round() / 1000.0
}
