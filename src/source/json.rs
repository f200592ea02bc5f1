//! JSON and JSONL as scrapers write them: an article an object, alone, in a list or one a line.
//!
//! Field names differ by program; they are a table in `assets/web/`. Nesting is limited by the parser.

use super::markdown::join_names;
use super::roles::{self, Field};
use super::{Format, Hints, Metadata, Note, Source, SourceError, decode, html};
use crate::base::table_lines;
use serde_json::{Map, Value};

/// Reads all articles in a file; what is none is named in the notes of the first.
pub(super) fn read(bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, SourceError> {
    let decoded = decode::decode(bytes, None)?;
    let mut notes = decoded.notes;
    let mut objects = Vec::new();
    match serde_json::from_str::<Value>(&decoded.text) {
        Ok(value) => collect(value, &mut objects),
        Err(error) if error.to_string().contains("recursion") => {
            return Err(SourceError::Unreadable(
                "It is JSON that is nested too deeply to be an article. Copy the article's text and paste it.".to_owned(),
            ));
        }
        Err(_) => {
            for (i, line) in decoded.text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
                match serde_json::from_str::<Value>(line) {
                    Ok(value) => collect(value, &mut objects),
                    Err(_) => notes.push(format!("Line {} is no complete JSON and was left out.", i + 1)),
                }
            }
        }
    }
    let (mut sources, mut links, mut other) = (Vec::new(), 0, 0);
    for object in &objects {
        match article(object, hints) {
            Some((text, blocks, meta)) => {
                let mut provenance = super::provenance(bytes, hints, Format::Json, decoded.encoding);
                provenance.part = sources.len() as u32;
                sources.push(Source { text, blocks, meta, provenance, notes: Vec::new(), page: None });
            }
            None if field(object, "url").is_some() => links += 1,
            None => other += 1,
        }
    }
    if sources.is_empty() {
        let message = if links > 0 {
            "It holds no article text, links only. Open the links, save the pages and add them."
        } else {
            "It is JSON without an article in it: no field such as \"text\" or \"body\" was found. Copy the article's text and paste it."
        };
        return Err(SourceError::Unreadable(message.to_owned()));
    }
    if links + other > 0 {
        notes.push(format!("{} of {} entries hold no article text and were left out.", links + other, objects.len()));
    }
    sources[0].notes = notes.into_iter().map(|text| Note::new(hints.path.clone(), text)).collect();
    Ok(sources)
}

/// The objects of a value: itself, the items of a list, or the items of the first list inside it.
fn collect(value: Value, out: &mut Vec<Map<String, Value>>) {
    match value {
        Value::Array(items) => out.extend(items.into_iter().filter_map(|item| match item {
            Value::Object(map) => Some(map),
            _ => None,
        })),
        Value::Object(map) => {
            let inner =
                ["articles", "items", "results", "docs", "data", "entries"].iter().find(|key| map.get(**key).is_some_and(Value::is_array));
            match inner {
                Some(key) if field(&map, "text").is_none() => map.get(*key).cloned().into_iter().for_each(|list| collect(list, out)),
                _ => out.push(map),
            }
        }
        _ => {}
    }
}

/// What a field of that name, in lower case, holds.
pub(super) fn meaning(name: &str) -> Option<&'static str> {
    table_lines(include_str!("../../assets/web/json-fields.txt"))
        .filter_map(|l| l.split_once('\t'))
        .find(|(n, _)| *n == name)
        .map(|(_, m)| m)
}

/// The names of fields with a meaning, those first that count first.
pub(super) fn names(meaning: &'static str) -> impl Iterator<Item = &'static str> {
    let rows = table_lines(include_str!("../../assets/web/json-fields.txt")).filter_map(|line| line.split_once('\t'));
    rows.filter(move |(_, m)| *m == meaning).map(|(name, _)| name)
}

/// The words of the first field with that meaning.
fn field(object: &Map<String, Value>, meaning: &'static str) -> Option<String> {
    names(meaning).filter_map(|name| object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))).find_map(|(_, value)| words(value))
}

fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(s) => s.clone(),
        Value::Number(n) => n.to_string(),
        Value::Array(items) => {
            let names: Vec<String> = items.iter().filter_map(words).collect();
            join_names(&names)
        }
        Value::Object(map) => map.get("name").or_else(|| map.get("title")).and_then(words)?,
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// The article of an object, `None` where it has no text.
pub(super) fn article(object: &Map<String, Value>, hints: &Hints) -> Option<(String, Vec<super::Block>, Metadata)> {
    let body = field(object, "text")?;
    let body = if body.contains("</") { html::tags_to_lines(&body) } else { body };
    let mut meta = super::hinted(hints);
    let set = |meta: &mut Metadata, which: Field, meaning: &'static str| {
        if let Some(value) = field(object, meaning) {
            roles::set(meta, which, html::clean(&value).trim());
        }
    };
    set(&mut meta, Field::Title, "title");
    set(&mut meta, Field::Outlet, "outlet");
    set(&mut meta, Field::Published, "published");
    set(&mut meta, Field::Updated, "updated");
    set(&mut meta, Field::Url, "url");
    set(&mut meta, Field::Language, "language");
    // One name may hold several, parted by semicolons.
    let authors = field(object, "byline")
        .map(|a| join_names(&a.split(';').map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect::<Vec<_>>()));
    meta.byline = authors.map(|a| a.trim_start_matches("By ").to_owned());
    let (text, blocks) = super::titled(&body, &mut meta, &hints.path);
    (!blocks.is_empty()).then_some((text, blocks, meta))
}
