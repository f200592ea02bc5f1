//! A row a version of one utterance: what it kept, cut and changed, who it says spoke, with what verb.

use super::grid::{self, Scroll};
use super::utterances::{Utterance, fullest, title, utterances, words_in};
use crate::app::{Action, App, letter};
use crate::base::{FindingIx, TextRange, VersionIx};
use crate::compare::FindingKind;
use crate::compare::diff::{self, ChangeKind};
use crate::gui::column::rects_in;
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::inspector;
use crate::gui::kit::{self, Badge};
use crate::gui::side::{SideContext, shorten};
use crate::gui::theme::Theme;
use egui::{Id, Rect, Role, Shape, Stroke, Ui, pos2, vec2};

const LIST: f32 = 236.0;
/// A word or two fewer is no cut worth a sign.
const LEAST_CUT: usize = 3;

/// What the view keeps between frames.
#[derive(Default)]
pub struct QuotesState {
    list: Scroll,
    page: Scroll,
    against: Option<crate::base::ContentId>,
}

/// Draws the view.
pub fn ui(ui: &mut Ui, rect: Rect, cx: &SideContext<'_>, state: &mut QuotesState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let app = cx.app;
    let all = utterances(app);
    let list = rect.with_max_x(rect.left() + if rect.width() < 1000.0 { 180.0 } else { LIST });
    let page = rect.with_min_x(list.right());
    // Where something else is selected, the utterance to which the next step goes.
    let of = |f: FindingIx| all.iter().position(|u| u.findings.contains(&f));
    let chosen = app.selected().and_then(of).or_else(|| app.next_listed().and_then(of)).unwrap_or(0);
    list_ui(ui, list, app, &all, chosen, state, out);
    kit::vrule(ui.painter(), list.right() - 0.5, rect.top(), rect.bottom(), theme.line);
    let Some(utterance) = all.get(chosen) else {
        kit::text(
            ui.painter(),
            page.left() + 40.0,
            page.top() + 50.0,
            "No quote differs among those that the filters show.",
            Face::Serif.at(16.0),
            theme.ink2,
            600.0,
        );
        return;
    };
    page_ui(ui, page, app, utterance, state, out);
}

fn list_ui(ui: &mut Ui, rect: Rect, app: &App, all: &[Utterance], chosen: usize, state: &mut QuotesState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let ui = &mut kit::region(ui, rect, theme.chrome, "utterances");
    let painter = ui.painter().clone();
    let words = if all.len() == 1 { "1 utterance".to_owned() } else { format!("{} utterances", all.len()) };
    kit::text(&painter, rect.left() + 14.0, rect.top() + 22.0, &words, Face::SansSemibold.at(11.5), theme.ink2, 200.0);
    let body = rect.with_min_y(rect.top() + 38.0);
    let width = rect.width() - 28.0;
    let rows: Vec<_> =
        all.iter().map(|u| kit::paragraph(&painter, &[(&title(app, u), Face::Serif.at(15.0), theme.ink)], 20.0, width)).collect();
    let heights: Vec<f32> = rows.iter().map(|g| g.size().y + 44.0).collect();
    let total: f32 = heights.iter().sum();
    let top: f32 = heights[..chosen.min(heights.len())].iter().sum();
    state.list.follow(app, heights.get(chosen).map(|h| (top, top + h)), body.height());
    state.list.input(ui, body, total, app, "utterances");
    let mut y = body.top() - state.list.y;
    let mut lines = None;
    for (i, (u, galley)) in all.iter().zip(rows).enumerate() {
        let row = Rect::from_min_size(pos2(rect.left(), y), vec2(rect.width(), heights[i]));
        y = row.bottom();
        let visible = row.intersect(body);
        if !visible.is_positive() {
            continue;
        }
        let name = format!("utterance, {}", title(app, u));
        let response = kit::clickable(ui, visible, Id::unique(("utterance", i)), Role::ListItem, &name, true);
        let painter = painter.with_clip_rect(body);
        if i == chosen && app.selected().is_some_and(|f| u.findings.contains(&f)) {
            painter.rect_filled(row, 0.0, theme.passage);
            lines = Some(row);
        } else if i == chosen {
            // Shown for want of a selection, which yellow is kept for: its page's paper runs on.
            painter.rect_filled(row, 0.0, theme.paper);
        } else if response.hovered() {
            painter.rect_filled(row, 0.0, theme.well);
        }
        kit::rule(&painter, row.left(), row.right(), row.bottom() - 0.5, theme.line);
        let height = galley.size().y;
        painter.galley(pos2(row.left() + 14.0, row.top() + 11.0), galley, theme.ink);
        let at = row.top() + 11.0 + height + 14.0;
        let mut x = row.left() + 14.0;
        let mut kinds: Vec<FindingKind> = u.findings.iter().map(|f| app.analysis.findings[f.ix()].kind).collect();
        kinds.sort();
        kinds.dedup_by_key(|k| Glyph::of(*k));
        for kind in kinds {
            glyphs::paint(&painter, pos2(x + 6.0, at), 12.0, theme.quote, Glyph::of(kind));
            x += 19.0;
        }
        let n = u.tellings.len();
        let words = if n == 1 { "1 version".to_owned() } else { format!("{n} versions") };
        kit::text(&painter, x + 2.0, at, &words, Face::Sans.at(12.0), theme.ink2, rect.right() - x - 10.0);
        kit::focus_ring(ui, &response, 0.0);
        if response.clicked()
            && let Some(f) = u.findings.first()
        {
            out.push(Action::Select { finding: app.analysis.findings[f.ix()].id, version: None });
        }
    }
    if let Some(row) = lines {
        grid::selected_lines(ui, row);
    }
}

fn page_ui(ui: &mut Ui, rect: Rect, app: &App, u: &Utterance, state: &mut QuotesState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let painter = ui.painter().clone();
    let pad = 24.0;
    let (left, right) = (rect.left() + pad, rect.right() - pad);
    let Some(full) = fullest(app, u) else { return };
    let base =
        state.against.and_then(|k| app.version_ix(k)).and_then(|v| u.tellings.iter().copied().find(|(w, _)| *w == v)).unwrap_or(full);
    let head_y = rect.top() + 33.0;
    let value = state
        .against
        .filter(|_| base.0 != full.0 || state.against.is_some())
        .and_then(|k| app.version_ix(k))
        .map_or("fullest wording".to_owned(), |v| app.version(v).outlet().to_owned());
    let w = kit::choice_width(&painter, "Show against", &value);
    let choice = kit::choice(ui, right - w, head_y, "Show against", &value, Id::unique("show against"));
    kit::menu_below(&choice, |ui| {
        if kit::menu_row(ui, "fullest wording", state.against.is_none()) {
            state.against = None;
        }
        for (v, _) in &u.tellings {
            if kit::menu_row(ui, app.version(*v).outlet(), state.against == Some(app.key(*v))) {
                state.against = Some(app.key(*v));
            }
        }
    });
    let what = if base == full { "Shown against the fullest wording, in" } else { "Shown against" };
    let outlet = app.version(base.0).outlet();
    let beside = [what, outlet].iter().map(|s| kit::width(&painter, s, Face::Sans.at(13.0))).sum::<f32>() + 64.0;
    let avail = choice.rect.left() - left - 16.0;
    // The words come first: what they are shown against stands beside them where both have room.
    let room = if avail - beside > 300.0 { avail - beside } else { avail };
    let words = shorten(app.version(full.0).slice(full.1), 200);
    let head = kit::text(&painter, left, head_y, &words, Face::SerifSemibold.at(20.0), theme.ink, room);
    let end = head.right();
    kit::tip_over(ui, head, Id::unique("utterance head"), &words);
    if room < avail {
        let at = kit::text(&painter, end + 16.0, head_y + 2.0, what, Face::Sans.at(13.0), theme.ink2, 300.0).right() + 6.0;
        let bw = kit::badge(ui, pos2(at, head_y + 2.0), 17.0, &letter(base.0), Badge::Plain);
        kit::text(&painter, at + bw + 6.0, head_y + 2.0, outlet, Face::Sans.at(13.0), theme.ink2, choice.rect.left() - at - bw - 16.0);
    }
    let mut y = rect.top() + 58.0;
    kit::rule(&painter, rect.left(), rect.right(), y, theme.line);
    let version_x = left;
    let words_x = left + 166.0_f32.min(rect.width() * 0.18);
    let speaker_w = (rect.width() * 0.19).clamp(110.0, 210.0);
    let speaker_x = right - speaker_w;
    for (x, label) in [(version_x, "Version"), (words_x, "Words"), (speaker_x, "Speaker and verb")] {
        kit::text(&painter, x, y + 14.0, label, Face::SansSemibold.at(11.5), theme.ink2, 200.0);
    }
    y += 28.0;
    kit::rule(&painter, rect.left(), rect.right(), y, theme.line);
    let body = rect.with_min_y(y + 1.0);
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(body).id_salt("telling rows"));
    child.set_clip_rect(body.intersect(ui.clip_rect()));
    let ui = &mut child;
    let painter = ui.painter().clone();
    let mut y = body.top() - state.page.y;
    let top = y;
    let mut shares = Vec::new();
    for (v, range) in &u.tellings {
        let telling = tell(app, base, (*v, *range));
        shares.push((*v, telling.kept, telling.of, telling.changed));
        y = telling_row(
            ui,
            app,
            *v,
            *range,
            &telling,
            Rect::from_min_max(pos2(rect.left(), y), pos2(rect.right(), y)),
            (version_x, words_x, speaker_x, right),
            out,
        );
    }
    y = share_bars(ui, app, &shares, left, y + 22.0, right);
    kit::text(&painter, left, y + 10.0, "Differences in this utterance", Face::SansSemibold.at(11.5), theme.ink2, 400.0);
    y += 26.0;
    for f in &u.findings {
        y = finding_row(ui, app, *f, Rect::from_min_max(pos2(left - 12.0, y), pos2(right + 12.0, y + 43.0)), out);
    }
    state.page.input(ui, body, y - top + 30.0, app, "tellings");
}

/// How a version tells the words of another.
struct Telling {
    /// Words of this version that the base has not.
    new: Vec<TextRange>,
    /// Where words of the base are left out, and how many.
    cuts: Vec<(u32, usize)>,
    kept: usize,
    of: usize,
    changed: usize,
}

fn tell(app: &App, base: (VersionIx, TextRange), own: (VersionIx, TextRange)) -> Telling {
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
fn telling_row(
    ui: &Ui,
    app: &App,
    v: VersionIx,
    range: TextRange,
    telling: &Telling,
    at: Rect,
    x: (f32, f32, f32, f32),
    out: &mut Vec<Action>,
) -> f32 {
    let theme = Theme::of(ui);
    let painter = ui.painter();
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
    let height = (set.galley.size().y + 24.0).max(said_height + 26.0).max(outlet.size().y + 28.0).max(58.0);
    let row = Rect::from_min_max(pos2(at.left(), top), pos2(at.right(), top + height));
    let w = kit::badge(ui, pos2(version_x, top + 23.0), 18.0, &letter(v), Badge::Plain);
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
    let name = format!("version {}, {}", letter(v), shorten(&shown, 120));
    let response = kit::clickable(ui, row.intersect(ui.clip_rect()), Id::unique(("telling", v, range.start)), Role::Row, &name, true);
    kit::focus_ring(ui, &response, 0.0);
    if response.clicked() {
        out.push(Action::Focus(app.key(v)));
    }
    row.bottom()
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

/// The share of the base wording that each version keeps.
fn share_bars(ui: &Ui, app: &App, shares: &[(VersionIx, usize, usize, usize)], left: f32, top: f32, right: f32) -> f32 {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let mut y = top;
    kit::text(painter, left, y, "Share of the wording that each version keeps", Face::SansSemibold.at(11.5), theme.ink2, 400.0);
    y += 22.0;
    let width = ((right - left) * 0.45).min(520.0);
    for (v, kept, of, changed) in shares {
        let w = kit::badge(ui, pos2(left, y), 17.0, &letter(*v), Badge::Plain);
        let x = left + w.max(17.0) + 10.0;
        let bar = Rect::from_min_size(pos2(x, y - 6.0), vec2(width, 12.0));
        let share = (*kept as f32 / (*of).max(1) as f32).min(1.0);
        let other = ((*changed as f32 / (*of).max(1) as f32).min(1.0 - share)).max(0.0);
        painter.rect_filled(bar.with_max_x(x + width * share), 0.0, theme.neutral);
        let reworded = Rect::from_min_max(pos2(x + width * share, bar.top()), pos2(x + width * (share + other), bar.bottom()));
        if other > 0.0 {
            hatch(painter, reworded, theme);
        }
        if share + other < 0.995 {
            glyphs::dashed_rect(painter, bar.with_min_x(reworded.right() + 1.0).shrink(0.5), Stroke::new(1.0, theme.quote), 3.0, 2.0);
        }
        let words = if share < 0.2 && *changed > *kept {
            format!("reworded throughout, {kept} of {of} words kept")
        } else {
            format!("{kept} of {of} words")
        };
        kit::text(painter, x + width + 10.0, y, &words, Face::Sans.at(12.5), theme.ink2, right - x - width);
        let name = format!("{} keeps {kept} of {of} words", app.version(*v).outlet());
        kit::name_area(ui, bar, Id::unique(("share", *v)), Role::Meter, &name);
        y += 24.0;
    }
    let mut x = left + 27.0;
    for (i, label) in ["kept", "cut", "reworded"].iter().enumerate() {
        let r = Rect::from_min_size(pos2(x, y - 4.5), vec2(22.0, 10.0));
        match i {
            0 => {
                painter.rect_filled(r, 0.0, theme.neutral);
            }
            1 => glyphs::dashed_rect(painter, r, Stroke::new(1.0, theme.quote), 3.0, 2.0),
            _ => hatch(painter, r, theme),
        }
        x = kit::text(painter, r.right() + 6.0, y, label, Face::Sans.at(12.0), theme.ink2, 100.0).right() + 16.0;
    }
    y + 26.0
}

fn hatch(painter: &egui::Painter, r: Rect, theme: &Theme) {
    let painter = painter.with_clip_rect(r.intersect(painter.clip_rect()));
    painter.rect_stroke(r, 0.0, Stroke::new(1.0, theme.quote), egui::StrokeKind::Inside);
    let mut x = r.left() - r.height();
    while x < r.right() {
        painter.line_segment([pos2(x, r.bottom()), pos2(x + r.height(), r.top())], Stroke::new(1.0, theme.quote));
        x += 5.0;
    }
}

fn finding_row(ui: &mut Ui, app: &App, finding: FindingIx, row: Rect, out: &mut Vec<Action>) -> f32 {
    let theme = Theme::of(ui);
    let painter = ui.painter().clone();
    let f = &app.analysis.findings[finding.ix()];
    let selected = app.selected() == Some(finding);
    let visible = row.intersect(ui.clip_rect());
    if visible.is_positive() {
        let name = format!("{}, {}", f.kind.label(), f.why);
        let response = kit::clickable(ui, visible, Id::unique(("quote finding", f.id)), Role::ListItem, &name, true);
        if selected {
            painter.rect_filled(row, 0.0, theme.passage);
        } else if response.hovered() {
            painter.rect_filled(row, 0.0, theme.chrome);
        }
        kit::rule(&painter, row.left() + 12.0, row.right() - 12.0, row.bottom() - 0.5, theme.line);
        if selected {
            grid::selected_lines(ui, row);
        }
        let y = row.center().y;
        glyphs::paint(&painter, pos2(row.left() + 19.0, y), 13.0, theme.kind(f.kind), Glyph::of(f.kind));
        let end = kit::text(&painter, row.left() + 34.0, y, f.kind.label(), Face::SansSemibold.at(13.0), theme.ink, 200.0).right();
        let buttons = if selected { 290.0 } else { 20.0 };
        kit::text(&painter, end + 9.0, y, &f.why, Face::Sans.at(13.0), theme.ink2, row.right() - buttons - end - 16.0);
        if selected {
            inspector::buttons(ui, row.right() - 290.0, y, row.right() - 12.0, app, finding, out);
        }
        kit::focus_ring(ui, &response, 0.0);
        if response.clicked() {
            out.push(Action::Select { finding: f.id, version: None });
        }
    }
    row.bottom()
}
