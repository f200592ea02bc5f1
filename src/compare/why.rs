//! One plain sentence for each finding: the values and who has them.

use super::context::Context;
use super::draft::shorten;
use super::{Evidence, Reading};
use crate::base::VersionIx;

/// Outlets' names in a row: "A", "A and B", "A, B and 3 others". Sorted by name, so that numbering and
/// order of loading leave no trace.
pub(super) fn outlets(cx: &Context, versions: impl IntoIterator<Item = VersionIx>) -> String {
    let mut ids: Vec<VersionIx> = versions.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut names: Vec<&str> = ids.iter().map(|v| cx.outlet(*v)).collect();
    names.sort_unstable();
    names.dedup();
    match names.as_slice() {
        [] => String::new(),
        [a] => (*a).to_owned(),
        [a, b] => format!("{a} and {b}"),
        [a, b, c] => format!("{a}, {b} and {c}"),
        [a, b, rest @ ..] => format!("{a}, {b} and {} others", rest.len()),
    }
}

fn holders(cx: &Context, evidence: &[Evidence]) -> String {
    outlets(cx, evidence.iter().map(|e| e.version))
}

/// Whether the outlets in a row are several, for the verb.
fn several(cx: &Context, evidence: &[Evidence]) -> bool {
    let mut names: Vec<&str> = evidence.iter().map(|e| cx.outlet(e.version)).collect();
    names.sort_unstable();
    names.dedup();
    names.len() > 1
}

/// "A and B have 35,000, C 40,000".
pub(super) fn values(cx: &Context, readings: &[Reading]) -> String {
    let mut out = String::new();
    let shown = readings.len().min(4);
    for (i, r) in readings.iter().take(shown).enumerate() {
        let who = holders(cx, &r.evidence);
        let value = shorten(&r.text, 60);
        if i == 0 {
            let verb = if several(cx, &r.evidence) { "have" } else { "has" };
            out.push_str(&format!("{who} {verb} {value}"));
        } else {
            out.push_str(&format!(", {who} {value}"));
        }
    }
    if readings.len() > shown {
        let rest = readings.len() - shown;
        out.push_str(&format!(" and {rest} more differ"));
    }
    out
}

/// A list of versions with a verb that fits their number.
pub(super) fn who(cx: &Context, versions: &[VersionIx], one: &str, many: &str) -> String {
    let mut names: Vec<&str> = versions.iter().map(|v| cx.outlet(*v)).collect();
    names.sort_unstable();
    names.dedup();
    let verb = if names.len() > 1 { many } else { one };
    format!("{} {verb}", outlets(cx, versions.iter().copied()))
}
