//! Per cent and percentage points.

use super::lex::Lexed;

/// The end of "%", "per cent", "percentage points" at `i`, and the unit.
pub(super) fn sign(lx: &Lexed, i: usize) -> Option<(usize, &'static str)> {
    let at = lx.skip_hyphen(i);
    let end = match lx.word(at) {
        "%" | "٪" | "％" => at + 1,
        "percent" | "percents" | "percentage" | "pct" => at + 1,
        "per" if lx.is_any(at + 1, &["cent", "cents"]) => at + 2,
        "basis" if lx.is_any(at + 1, &["point", "points"]) => return Some((at + 2, "bp")),
        "pp" if lx.glued(at) => return Some((at + 1, "pp")),
        "pc" if lx.glued(at) && lx.written(at) == "pc" => at + 1,
        _ => return None,
    };
    let points = lx.skip_hyphen(end);
    if lx.is_any(points, &["point", "points"]) {
        return Some((points + 1, "pp"));
    }
    Some((end, "%"))
}

/// "Percents of twenty": where the number starts.
pub(super) fn before(lx: &Lexed, i: usize) -> Option<usize> {
    let (end, unit) = sign(lx, i)?;
    (unit == "%" && lx.is(end, "of") && (lx.is_digits(end + 1) || lx.cardinal(end + 1).is_some())).then_some(end + 1)
}

/// "Half a percent", "a third of one percent", "half a percentage point": the end, and the unit.
pub(super) fn behind_article(lx: &Lexed, i: usize) -> Option<(usize, &'static str)> {
    let at = if lx.is(i, "of") { i + 1 } else { i };
    let article = lx.is_any(at, &["a", "one"]) || lx.plain(at, 1, 1) == Some(1);
    sign(lx, at + 1).filter(|s| article && s.1 != "bp")
}
