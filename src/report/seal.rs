//! Sums over a report's data and over its page, so that a change after writing is seen even by a Parallax that reads
//! articles otherwise than the one that wrote it. They are no signature: whoever knows how can make new ones, and then only
//! making the report again tells.

use super::html::data_place;
use crate::source::sha256_hex;
use serde::Deserializer;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The field that holds the sum of the data.
const CHECKSUM: &str = "checksum";
/// The field that holds the sum of the page without its data.
const PAGE: &str = "page_sha256";

/// A report's JSON with its sums as the last fields.
pub(super) fn sealed(mut json: String, page: Option<&str>) -> String {
    let pretty = json.ends_with('\n');
    let body = json.trim_end();
    let end = body.strip_suffix('}').unwrap_or(body).trim_end().len();
    let (joint, colon, tail) = if pretty { (",\n  ", ": ", "\n}\n") } else { (",", ":", "}") };
    json.truncate(end);
    if let Some(page) = page {
        json.push_str(&format!("{joint}\"{PAGE}\"{colon}\"{page}\""));
    }
    let sum = of_text(&json);
    json.push_str(&format!("{joint}\"{CHECKSUM}\"{colon}\"{sum}\"{tail}"));
    json
}

/// The sum of a page: its bytes without the data, whatever its line ends are.
pub(super) fn of_page(page: &str) -> String {
    let start = data_place(page).unwrap_or(page.len());
    let end = page[start..].find("</script>").map_or(page.len(), |at| start + at);
    sha256_hex([&page[..start], &page[end..]].concat().replace("\r\n", "\n").trim_end().as_bytes())
}

/// What a report's own sums say of its data; `None` where it has none.
pub(super) fn data_is_intact(data: &Value) -> Option<bool> {
    data.get(CHECKSUM).and_then(Value::as_str).map(|sum| sum == of_data(data))
}

/// What a report's own sums say of its page; `None` where it has none.
pub(super) fn page_is_intact(data: &Value, page: &str) -> Option<bool> {
    data.get(PAGE).and_then(Value::as_str).map(|sum| sum == of_page(page))
}

/// The same as [`of_data`] for the text of an object without its end, in little memory: a report of a hundred versions is many
/// megabytes, and as values it takes several times as much.
fn of_text(open: &str) -> String {
    let mut fields = fields(open);
    fields.sort_by_key(|(name, _)| *name);
    let mut sum = Sha256::new();
    sum.update("{");
    for (name, value) in fields {
        sum.update(Value::from(name).to_string());
        // The text was written a moment ago, and is JSON.
        let _ = Flat(&mut |part| sum.update(part)).deserialize(&mut serde_json::Deserializer::from_str(value));
    }
    sum.update("}");
    sum.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// The names and values of the outermost object of a text that may lack its end. Names of ours need no escapes.
fn fields(open: &str) -> Vec<(&str, &str)> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    let (mut begin, mut name) = (0, "");
    for (i, b) in open.bytes().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                depth += 1;
                if depth == 1 {
                    begin = i + 1;
                }
            }
            b'}' | b']' => depth -= 1,
            b':' if depth == 1 => {
                name = open[begin..i].trim().trim_matches('"');
                begin = i + 1;
            }
            b',' if depth == 1 => {
                found.push((name, &open[begin..i]));
                begin = i + 1;
            }
            _ => {}
        }
    }
    found.push((name, &open[begin..]));
    found
}

/// Reads a value and tells its flat form piece by piece.
struct Flat<'a>(&'a mut dyn FnMut(&str));

impl<'de> DeserializeSeed<'de> for Flat<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Flat<'_> {
    fn plain(self, value: Value) {
        (self.0)(&value.to_string());
        (self.0)(",");
    }
}

impl<'de> Visitor<'de> for Flat<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.plain(value.into());
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.plain(value.into());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.plain(value.into());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.plain(value.into());
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.plain(value.into());
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.plain(Value::Null);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        (self.0)("[");
        while items.next_element_seed(Flat(&mut *self.0))?.is_some() {}
        (self.0)("]");
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let mut sorted: Vec<(String, String)> = Vec::new();
        while let Some(name) = fields.next_key::<String>()? {
            let mut value = String::new();
            fields.next_value_seed(Flat(&mut |part| value.push_str(part)))?;
            sorted.push((name, value));
        }
        sorted.sort();
        (self.0)("{");
        for (name, value) in sorted {
            (self.0)(&Value::from(name).to_string());
            (self.0)(&value);
        }
        (self.0)("}");
        Ok(())
    }
}

/// The sum of all values, with the fields of each object in the order of their names.
fn of_data(data: &Value) -> String {
    let mut flat = String::new();
    flatten(data, true, &mut flat);
    sha256_hex(flat.as_bytes())
}

fn flatten(value: &Value, outermost: bool, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut sorted: Vec<(&String, &Value)> = fields.iter().filter(|(name, _)| !outermost || name.as_str() != CHECKSUM).collect();
            sorted.sort_by_key(|(name, _)| *name);
            out.push('{');
            for (name, value) in sorted {
                out.push_str(&Value::from(name.as_str()).to_string());
                flatten(value, false, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            items.iter().for_each(|item| flatten(item, false, out));
            out.push(']');
        }
        plain => {
            out.push_str(&plain.to_string());
            out.push(',');
        }
    }
}
