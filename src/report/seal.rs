//! Sums over a report's data and over its page, so that a change after writing is seen even by a Parallax that reads
//! articles otherwise than the one that wrote it. They are no signature: whoever knows how can make new ones, and then only
//! making the report again tells.

use super::html::data_place;
use crate::source::sha256_hex;
use serde_json::Value;

/// The field that holds the sum of the data.
const CHECKSUM: &str = "checksum";
/// The field that holds the sum of the page without its data.
const PAGE: &str = "page_sha256";

/// A report's JSON with its sums as the last fields.
pub(super) fn sealed(json: &str, page: Option<&str>) -> String {
    let pretty = json.ends_with("\n");
    let Some(open) = json.trim_end().strip_suffix('}').map(str::trim_end) else { return json.to_owned() };
    let (joint, colon, end) = if pretty { (",\n  ", ": ", "\n}\n") } else { (",", ":", "}") };
    let mut out = open.to_owned();
    if let Some(page) = page {
        out.push_str(&format!("{joint}\"{PAGE}\"{colon}\"{page}\""));
    }
    let Ok(value) = serde_json::from_str::<Value>(&format!("{out}}}")) else { return json.to_owned() };
    out.push_str(&format!("{joint}\"{CHECKSUM}\"{colon}\"{}\"{end}", of_data(&value)));
    out
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
