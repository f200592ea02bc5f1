//! W3C Web Annotations (JSON-LD): one annotation for each place that a reading stands at, found again by its words with
//! what stands before and after, and by its position in Unicode scalar values.

use super::model::{Claim, Entry, Model, ReadingRow, VersionRow};
use serde_json::{Value, json};

/// The annotation page of a model, as indented JSON.
pub fn text(model: &Model) -> String {
    let items: Vec<Value> = model
        .sections
        .iter()
        .flat_map(|s| &s.entries)
        .flat_map(|entry| {
            entry.readings.iter().enumerate().flat_map(move |(r, reading)| {
                reading.claims.iter().enumerate().map(move |(c, claim)| annotation(model, entry, (r, reading), (c, claim)))
            })
        })
        .collect();
    let page = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "label": model.title,
        "items": items,
    });
    let mut text = format!("{page:#}");
    text.push('\n');
    text
}

fn annotation(model: &Model, entry: &Entry, (r, reading): (usize, &ReadingRow), (c, claim): (usize, &Claim)) -> Value {
    let version = model.versions.get(claim.version.ix());
    let said =
        format!("{}: {}. Reading {} of {}: {}. {}", entry.kind.label(), entry.title, r + 1, entry.readings.len(), reading.value, entry.why);
    let mut body = vec![
        json!({"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "language": "en", "value": said.trim_end()}),
        json!({"type": "TextualBody", "purpose": "tagging", "value": entry.kind.slug()}),
    ];
    if !entry.note.is_empty() {
        body.push(json!({"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": entry.note}));
    }
    json!({
        "id": format!("urn:parallax:{}:{}:{}", entry.id, r + 1, c + 1),
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"type": "Software", "name": concat!("Parallax ", env!("CARGO_PKG_VERSION"))},
        "body": body,
        "target": {
            "source": version.map_or_else(String::new, source),
            "selector": [
                {"type": "TextQuoteSelector", "exact": claim.exact, "prefix": claim.prefix, "suffix": claim.suffix},
                {"type": "TextPositionSelector", "start": claim.start, "end": claim.end},
            ],
        },
    })
}

/// The article's address, else its file as a relative reference, else its hash.
fn source(v: &VersionRow) -> String {
    match &v.url {
        Some(url) => url.clone(),
        None if v.from_file => {
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~' | b'/');
            let path = v.path.replace('\\', "/");
            path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
        }
        None => format!("urn:sha256:{}", v.sha256),
    }
}
