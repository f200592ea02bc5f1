//! One version's telling of an utterance, or that of several in the same words.

use super::utterances::{Utterance, words_in};
use crate::app::{Action, App, letter};
use crate::base::{TextRange, VersionIx};
use crate::compare::diff::{self, ChangeKind};
use crate::gui::column::rects_in;
use crate::gui::fonts::Face;
use crate::gui::glyphs;
use crate::gui::kit::{self, Badge};
use crate::gui::side::{list, shorten};
use crate::gui::theme::Theme;
use egui::{Id, Rect, Role, Shape, Stroke, Ui, pos2, vec2};

/// A word or two fewer is no cut worth a sign.
const LEAST_CUT: usize = 3;
/// Of more tellings those in the same words share a row.
const MANY: usize = 8;

/// Versions that tell an utterance in the same words, by the same speaker, with the same verb.
pub struct Group {
    /// The first of them, and its words.
    pub first: (VersionIx, TextRange),
    /// The others.
    pub others: Vec<VersionIx>,
}

/// The tellings of an utterance, those alike together where there are many; that of `base` stands by itself.
pub fn groups(app: &App, u: &Utterance, base: VersionIx) -> Vec<Group> {
    let key = |(v, range): (VersionIx, TextRange)| {
        let version = app.version(v);
        let flat = |r: TextRange| version.slice(r).split_whitespace().collect::<Vec<_>>().join(" ");
        let quote = version.extract.quotes.iter().find(|q| q.range.overlaps(range));
        let speaker = quote.and_then(|q| q.speaker.as_ref()).map(|s| flat(s.range));
        let cue = quote.and_then(|q| q.cue.as_ref()).map(|c| flat(c.range));
        (flat(range), speaker, cue, v == base)
    };
    let mut keys = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    for telling in &u.tellings {
        let own = key(*telling);
        match keys.iter().position(|k| *k == own).filter(|_| u.tellings.len() > MANY) {
            Some(i) => groups[i].others.push(telling.0),
            None => {
                keys.push(own);
                groups.push(Group { first: *telling, others: Vec::new() });
            }
        }
    }
    groups
}

/// How a version tells the words of another.
pub struct Telling {
    /// Words of this version that the base has not.
    new: Vec<TextRange>,
    /// Where words of the base are left out, and how many.
    cuts: Vec<(u32, usize)>,
    /// Words of the base that it has.
    pub kept: usize,
    /// Words of the base.
    pub of: usize,
    /// Words of its own.
    pub changed: usize,
}

/// Compares a version's words with those of the base.
pub fn tell(app: &App, base: (VersionIx, TextRange), own: (VersionIx, TextRange)) -> Telling {
    let of = words_in(app, base.0, base.1);
    if base == own {
        return Telling { new: Vec::new(), cuts: Vec::new(), kept: of, of, changed: 0 };
    }
    let (a, b) = (&app.version(base.0).document, &app.version(own.0).document);
    let mut t = Telling { new: Vec::new(), cuts: Vec::new(), kept: 0, of, changed: 0 };
    let mut at = own.1.start;
    for change in diff::ranges(a, &[base.1], b, &[own.1]) {
        match (change.kind, change.a, change.b) {
            (ChangeKind::Equal | ChangeKind::Moved, _, Some(r)) => {
                t.kept += words_in(app, own.0, r);
                if change.kind == ChangeKind::Equal {
                    at = r.end;
                }
            }
            (ChangeKind::Insert | ChangeKind::Replace, _, Some(r)) => {
                t.changed += words_in(app, own.0, r);
                t.new.push(r);
                at = r.end;
            }
            (ChangeKind::Delete, Some(was), _) => {
                let n = words_in(app, base.0, was);
                if n >= LEAST_CUT {
                    t.cuts.push((at, n));
                }
            }
            _ => {}
        }
    }
    t
}

#[expect(clippy::too_many_arguments, reason = "a row is drawn with all it needs")]
pub fn telling_row(ui: &Ui, app: &App, group: &Group, telling: &Telling, at: Rect, x: (f32, f32, f32, f32), out: &mut Vec<Action>) -> f32 {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let (v, range) = group.first;
    let (version_x, words_x, speaker_x, right) = x;
    let top = at.top();
    let quote = app.version(v).extract.quotes.iter().find(|q| q.range.overlaps(range));
    let marked = quote.is_none_or(|q| q.kind != crate::extract::QuoteKind::Indirect);
    let text = &app.version(v).document.text;
    let (open, close) = if marked { ("“", "”") } else { ("", "") };
    let set = set_telling(painter, text, range, telling, (open, close), speaker_x - words_x - 24.0, theme);
    let said_by = quote.map(|q| speaker_lines(painter, app, v, q, right - speaker_x, theme)).unwrap_or_default();
    let said_height: f32 = said_by.iter().map(|g| g.size().y).sum();
    let outlet_x = version_x + 24.0;
    let outlet = [(app.version(v).outlet(), Face::SansSemibold.at(13.0), theme.ink)];
    let outlet = kit::paragraph(painter, &outlet, 18.0, words_x - outlet_x - 10.0);
    let others = others_height(&group.others, words_x - version_x - 14.0);
    let height = (set.galley.size().y + 24.0).max(said_height + 26.0).max(outlet.size().y + 28.0 + others).max(58.0);
    let row = Rect::from_min_max(pos2(at.left(), top), pos2(at.right(), top + height));
    let w = kit::badge(ui, pos2(version_x, top + 23.0), 18.0, &letter(v), Badge::Plain);
    let outlet_bottom = top + 14.0 + outlet.size().y;
    painter.galley(pos2(outlet_x.max(version_x + w + 6.0), top + 14.0), outlet, theme.ink);
    let origin = pos2(words_x, top + 11.0);
    for (from, to) in &set.new {
        for r in rects_in(&set.galley, *from, *to) {
            wave(painter, r.translate(origin.to_vec2()), theme);
        }
    }
    for (from, to) in &set.cuts {
        for r in rects_in(&set.galley, *from, *to) {
            glyphs::dashed_rect(painter, r.expand2(vec2(4.0, -2.0)).translate(origin.to_vec2()), Stroke::new(1.0, theme.quote), 3.0, 2.0);
        }
    }
    let shown = set.text;
    painter.galley(origin, set.galley, theme.ink);
    let mut y = top + 13.0;
    for galley in said_by {
        let height = galley.size().y;
        painter.galley(pos2(speaker_x, y), galley, theme.ink);
        y += height;
    }
    kit::rule(painter, row.left(), row.right(), row.bottom() - 0.5, theme.line);
    let letters: Vec<String> = std::iter::once(v).chain(group.others.iter().copied()).map(letter).collect();
    let name = match letters.as_slice() {
        [one] => format!("version {one}, {}", shorten(&shown, 120)),
        many => format!("versions {}, {}", list(many), shorten(&shown, 120)),
    };
    let response = kit::clickable(ui, row.intersect(ui.clip_rect()), Id::unique(("telling", v, range.start)), Role::Row, &name, true);
    kit::focus_ring(ui, &response, 0.0);
    if response.clicked() {
        out.push(Action::Focus(app.key(v)));
    }
    others_badges(ui, app, group, pos2(version_x, outlet_bottom + 14.0), words_x - version_x - 14.0, out);
    row.bottom()
}

const BADGE: f32 = 17.0;
/// From letter to letter.
const PITCH: f32 = 24.0;
const BADGE_LINE: f32 = 22.0;
/// Rows of letters before they are counted.
const BADGE_ROWS: usize = 3;

fn others_rows(n: usize, width: f32) -> (usize, usize) {
    let per_row = ((width / PITCH) as usize).max(2);
    (per_row, n.div_ceil(per_row).min(BADGE_ROWS))
}

fn others_height(others: &[VersionIx], width: f32) -> f32 {
    if others.is_empty() { 0.0 } else { others_rows(others.len(), width).1 as f32 * BADGE_LINE + 4.0 }
}

/// Letters of the other versions that tell it in the same words.
fn others_badges(ui: &Ui, app: &App, group: &Group, at: egui::Pos2, width: f32, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let (per_row, rows) = others_rows(group.others.len(), width);
    let room = per_row * rows;
    let listed = if group.others.len() > room { room - 1 } else { group.others.len() };
    for (i, v) in group.others.iter().take(listed).enumerate() {
        let place = at + vec2((i % per_row) as f32 * PITCH, (i / per_row) as f32 * BADGE_LINE);
        let w = kit::badge(ui, place, BADGE, &letter(*v), Badge::Plain);
        let area = Rect::from_min_size(pos2(place.x, place.y - BADGE / 2.0), vec2(w, BADGE)).intersect(ui.clip_rect());
        if !area.is_positive() {
            continue;
        }
        let outlet = app.version(*v).outlet();
        let id = Id::unique(("told alike", group.first.0, *v));
        let response = kit::clickable(ui, area, id, Role::Button, &format!("go to {outlet}"), true);
        kit::focus_ring(ui, &response, 4.0);
        if response.clicked() {
            out.push(Action::Focus(app.key(*v)));
        }
        if kit::tips(ui.ctx()) {
            response.on_hover_text(outlet);
        }
    }
    if listed < group.others.len() {
        let place = at + vec2((listed % per_row) as f32 * PITCH, (listed / per_row) as f32 * BADGE_LINE);
        let words = format!("+{}", group.others.len() - listed);
        kit::text(ui.painter(), place.x, place.y, &words, Face::Sans.at(12.0), theme.ink2, 40.0);
    }
}

/// Who a quote is given to, as written and by name, and with what verb: each as many lines as it needs.
fn speaker_lines(
    painter: &egui::Painter,
    app: &App,
    v: VersionIx,
    quote: &crate::extract::Quote,
    width: f32,
    theme: &Theme,
) -> Vec<std::sync::Arc<egui::Galley>> {
    let flat = |range| app.version(v).slice(range).split_whitespace().collect::<Vec<_>>().join(" ");
    let set = |words: &str, face: Face, size, color, line| kit::paragraph(painter, &[(words, face.at(size), color)], line, width);
    let mut lines = Vec::new();
    match &quote.speaker {
        Some(speaker) => {
            let words = flat(speaker.range);
            lines.push(set(&words, Face::Serif, 15.0, theme.ink, 20.0));
            if let Some(name) = speaker.name.as_deref().filter(|n| **n != *words) {
                lines.push(set(name, Face::Sans, 12.0, theme.ink3, 17.0));
            }
        }
        None => lines.push(set("no speaker named", Face::Sans, 12.0, theme.ink3, 20.0)),
    }
    if let Some(cue) = &quote.cue {
        lines.push(set(&flat(cue.range), Face::Sans, 12.0, theme.ink2, 17.0));
    }
    lines
}

/// A telling laid out, with the characters that are new and those of the signs for what was cut.
struct SetTelling {
    galley: std::sync::Arc<egui::Galley>,
    text: String,
    new: Vec<(usize, usize)>,
    cuts: Vec<(usize, usize)>,
}

/// The words of a version with a sign where words of the base are left out: "[15 words cut]".
fn set_telling(
    painter: &egui::Painter,
    text: &str,
    range: TextRange,
    telling: &Telling,
    (open, close): (&str, &str),
    width: f32,
    theme: &Theme,
) -> SetTelling {
    let (serif, sans) = (Face::Serif.at(17.0), Face::Sans.at(12.5));
    let mut parts: Vec<(String, bool)> = vec![(open.to_owned(), false)];
    let (mut new, mut cuts) = (Vec::new(), Vec::new());
    let mut ends: Vec<u32> = telling.new.iter().flat_map(|r| [r.start, r.end]).chain(telling.cuts.iter().map(|(at, _)| *at)).collect();
    ends.extend([range.start, range.end]);
    ends.sort_unstable();
    ends.dedup();
    let mut chars = open.chars().count();
    let mut cut_at = |at: u32, chars: &mut usize, parts: &mut Vec<(String, bool)>| {
        for (_, n) in telling.cuts.iter().filter(|(place, _)| *place == at) {
            let sign = format!("\u{a0}{n}\u{a0}words\u{a0}cut\u{a0}");
            let length = sign.chars().count();
            parts.push((" ".to_owned(), false));
            cuts.push((*chars + 1, *chars + 1 + length));
            parts.push((sign, true));
            parts.push((" ".to_owned(), false));
            *chars += length + 2;
        }
    };
    for pair in ends.windows(2) {
        cut_at(pair[0], &mut chars, &mut parts);
        let part = TextRange { start: pair[0], end: pair[1] };
        let words = part.of(text).replace('\n', " ");
        let length = words.chars().count();
        if telling.new.iter().any(|r| r.contains(part)) {
            new.push((chars, chars + length));
        }
        chars += length;
        parts.push((words, false));
    }
    cut_at(range.end, &mut chars, &mut parts);
    parts.push((close.to_owned(), false));
    let set: Vec<(&str, egui::FontId, egui::Color32)> = parts
        .iter()
        .map(|(words, sign)| if *sign { (words.as_str(), sans.clone(), theme.ink2) } else { (words.as_str(), serif.clone(), theme.ink) })
        .collect();
    let galley = kit::paragraph(painter, &set, 25.0, width);
    SetTelling { galley, text: parts.iter().map(|(p, _)| p.as_str()).collect(), new, cuts }
}

fn wave(painter: &egui::Painter, r: Rect, theme: &Theme) {
    let y = r.bottom() - 3.0;
    let steps = (r.width() / 1.5).ceil().max(2.0) as usize;
    let points = (0..=steps)
        .map(|i| {
            let x = r.left() + r.width() * i as f32 / steps as f32;
            pos2(x, y - 1.3 * (x * std::f32::consts::TAU / 6.0).sin())
        })
        .collect();
    painter.add(Shape::line(points, Stroke::new(1.2, theme.quote)));
}
