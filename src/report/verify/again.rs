//! Making a report again: from the texts in it and the settings that it names, by the same stages.

use super::super::settings::Settings;
use super::super::{Options, html, json, model};
use super::{Claims, Letters, brief};
use crate::analysis::{Analysis, Config, Version, analyze_versions};
use crate::base::{Note, Silent, TextRange};
use crate::project::Judgements;
use crate::source::{Block, BlockKind, Metadata, Provenance, Source};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// Differences named; more would drown the first.
const NAMED: usize = 200;

/// A report made again.
pub(super) struct Again {
    analysis: Analysis,
    judgements: Judgements,
    options: Options,
}

#[derive(Deserialize)]
struct Data {
    versions: Vec<VersionData>,
    notes: Vec<Note>,
    settings: Settings,
}

#[derive(Deserialize)]
struct VersionData {
    text: String,
    blocks: Vec<BlockData>,
    source: Provenance,
    notes: Vec<Note>,
}

#[derive(Deserialize)]
struct BlockData {
    kind: BlockKind,
    start: usize,
    end: usize,
}

/// Makes a report again.
///
/// # Errors
/// In a sentence, where the report does not tell enough.
pub(super) fn again(claims: &Claims) -> Result<Again, String> {
    let untold = |what: &str| format!("It does not tell {what}.");
    if claims.data.get("settings").is_none() {
        return Err(untold("how it was made"));
    }
    let data = Data::deserialize(&claims.data).map_err(|e| untold(&format!("how it was made ({e})")))?;
    if data.settings.versions.len() != data.versions.len() {
        return Err(untold("how each of its versions was read"));
    }
    let versions: Option<Vec<Arc<Version>>> = data
        .versions
        .into_iter()
        .zip(&data.settings.versions)
        .map(|(version, set)| {
            let mut version = Version::read(&source(version, set.meta.clone())?);
            version.key = set.key;
            Some(Arc::new(version))
        })
        .collect();
    let versions = versions.ok_or_else(|| "Its data has blocks that lie outside of its texts.".to_owned())?;
    let options = data.settings.options();
    let config = Config { groupings: options.groupings.clone() };
    let mut analysis = analyze_versions(versions, &config, &Silent).ok_or_else(|| untold("enough"))?;
    analysis.notes = data.notes;
    Ok(Again { analysis, judgements: data.settings.judgements, options })
}

/// The article as it stands in the data; `None` when its blocks are none of its text.
fn source(version: VersionData, meta: Metadata) -> Option<Source> {
    let letters = Letters::new(&version.text);
    let mut end = 0;
    let mut blocks = Vec::with_capacity(version.blocks.len());
    for b in &version.blocks {
        let range = TextRange::new(letters.byte(b.start)?, letters.byte(b.end)?);
        if range.start > range.end || range.start < end {
            return None;
        }
        end = range.end;
        blocks.push(Block { kind: b.kind, range });
    }
    Some(Source { blocks, meta, provenance: version.source, notes: version.notes, text: version.text, page: None })
}

impl Again {
    /// The page without its data, as the program of that name would sign it.
    pub(super) fn frame(&self, generator: &str) -> String {
        let page = html::frame(&model::Model::new(&self.analysis, &self.judgements, &self.options));
        let Some(theirs) = generator.strip_prefix("parallax ").filter(|v| v.chars().all(|c| c.is_ascii_digit() || c == '.')) else {
            return page;
        };
        let ours = env!("CARGO_PKG_VERSION");
        let short = |version: &str| version.split('.').take(2).collect::<Vec<_>>().join(".");
        page.replacen(&format!("content=\"Parallax {ours}\""), &format!("content=\"Parallax {theirs}\""), 1).replacen(
            &format!("Made with Parallax {}.", short(ours)),
            &format!("Made with Parallax {}.", short(theirs)),
            1,
        )
    }

    /// That judgements are somebody's word, where there are any.
    pub(super) fn judged(&self) -> Option<String> {
        match self.judgements.len() {
            0 => None,
            1 => Some("One judgement or note in it is the word of whoever made the report.".into()),
            n => Some(format!("{n} judgements and notes in it are the word of whoever made the report.")),
        }
    }

    /// Where the data says something else than what was found again.
    pub(super) fn differences(&self, claims: &Claims) -> Vec<String> {
        let again = json::value(&self.analysis, &self.judgements, &self.options);
        let mut out = Vec::new();
        differ(&claims.data, &again, "", &mut out);
        out
    }
}

fn differ(given: &Value, again: &Value, place: &str, out: &mut Vec<String>) {
    if out.len() >= NAMED {
        return;
    }
    match (given, again) {
        (Value::Object(given), Value::Object(again)) => {
            for (name, value) in again {
                // What stands there twice is named once.
                if name != "id" && !(place.is_empty() && name == "generator") {
                    differ(given.get(name).unwrap_or(&Value::Null), value, &inside(place, &name.replace('_', " ")), out);
                }
            }
        }
        (Value::Array(given), Value::Array(again)) if given.iter().chain(again).all(|v| id(v).is_some()) => by_id(given, again, place, out),
        (Value::Array(given), Value::Array(again)) if given.len() == again.len() => {
            for (i, (g, a)) in given.iter().zip(again).enumerate() {
                differ(g, a, &inside(place, &(i + 1).to_string()), out);
            }
        }
        (Value::Array(given), Value::Array(again)) => {
            out.push(format!("{place}: The report has {}, and made again {}.", given.len(), again.len()));
        }
        (Value::Number(g), Value::Number(a)) => {
            let (g, a) = (g.as_f64().unwrap_or(f64::NAN), a.as_f64().unwrap_or(f64::NAN));
            if (g - a).abs() > 1e-9 * a.abs().max(1.0) || g.is_nan() != a.is_nan() {
                out.push(format!("{place}: The report has {g}, and made again it is {a}."));
            }
        }
        _ if given == again => {}
        _ => out.push(format!("{place}: The report has {}, and made again it is {}.", shown(given), shown(again))),
    }
}

/// Lists whose items have ids are set against each other by them: one that is missing moves no other.
fn by_id(given: &[Value], again: &[Value], place: &str, out: &mut Vec<String>) {
    let (given_by, again_by) = (known(given), known(again));
    for item in again {
        match id(item).and_then(|id| given_by.get(id)) {
            Some(same) => differ(same, item, &inside(place, &name(item)), out),
            None => out.push(format!("{}: It is left out, but was found when the report was made again.", inside(place, &name(item)))),
        }
    }
    for item in given.iter().filter(|v| id(v).is_some_and(|id| !again_by.contains_key(id))) {
        out.push(format!("{}: It was not found when the report was made again.", inside(place, &name(item))));
    }
    if given_by.len() < given.len() {
        out.push(format!("{place}: Two have the same id."));
    }
}

fn known(items: &[Value]) -> FxHashMap<&str, &Value> {
    items.iter().filter_map(|v| Some((id(v)?, v))).collect()
}

fn id(value: &Value) -> Option<&str> {
    value.get("id").and_then(Value::as_str)
}

/// What a person knows an item by.
fn name(item: &Value) -> String {
    let id = id(item).unwrap_or_default();
    match item.get("title").or(item.get("outlet")).and_then(Value::as_str) {
        Some(title) => format!("{id} “{}”", brief(title)),
        None => id.to_owned(),
    }
}

fn inside(place: &str, part: &str) -> String {
    if place.is_empty() { part.to_owned() } else { format!("{place}, {part}") }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::String(text) => format!("“{}”", brief(text)),
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(_) => "something else".into(),
        plain => plain.to_string(),
    }
}
