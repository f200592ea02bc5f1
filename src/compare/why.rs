//! One plain sentence for each finding: the values and who has them.

use super::Reading;
use super::context::Context;
use super::draft::shorten;
use crate::base::VersionIx;

/// Outlets' names in a row: "A", "A and B", "A, B and 3 others". Sorted by name, so that numbering and
/// order of loading leave no trace.
pub(super) fn outlets(cx: &Context, versions: impl IntoIterator<Item = VersionIx>) -> String {
    in_a_row(&cx.outlets_of(versions))
}

fn in_a_row(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [a] => (*a).to_owned(),
        [a, b] => format!("{a} and {b}"),
        [a, b, c] => format!("{a}, {b} and {c}"),
        [a, b, rest @ ..] => format!("{a}, {b} and {} others", rest.len()),
    }
}

/// "A and B have 35,000, C 40,000".
pub(super) fn values(cx: &Context, readings: &[Reading]) -> String {
    let mut out = String::new();
    let shown = readings.len().min(4);
    for (i, r) in readings.iter().take(shown).enumerate() {
        let names = cx.outlets_of(r.evidence.iter().map(|e| e.version));
        let who = in_a_row(&names);
        let value = shorten(&r.text, 60);
        if i == 0 {
            let verb = if names.len() > 1 { "have" } else { "has" };
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
    let names = cx.outlets_of(versions.iter().copied());
    format!("{} {}", in_a_row(&names), if names.len() > 1 { many } else { one })
}
