//! A row a version of one utterance: what it kept, cut and changed, who it says spoke, with what verb.

use super::grid::{self, Scroll};
use super::telling::{groups, tell, telling_row};
use super::utterances::{Utterance, fullest, title, utterances};
use crate::app::{Action, App, letter};
use crate::base::{FindingIx, VersionIx};
use crate::compare::FindingKind;
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::inspector;
use crate::gui::kit::{self, Badge};
use crate::gui::side::{SideContext, shorten};
use crate::gui::theme::Theme;
use egui::{Id, Rect, Role, Stroke, Ui, pos2, vec2};

const LIST: f32 = 236.0;

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
    for group in groups(app, u, base.0) {
        let telling = tell(app, base, group.first);
        shares.push(Share {
            version: group.first.0,
            others: group.others.len(),
            kept: telling.kept,
            of: telling.of,
            changed: telling.changed,
        });
        y = telling_row(
            ui,
            app,
            &group,
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
        y = finding_row(ui, app, *f, Rect::from_min_max(pos2(left - 12.0, y), pos2(right + 12.0, y)), out);
    }
    state.page.input(ui, body, y - top + 30.0, app, "tellings");
}

/// How much of the base wording a version keeps, and others with it.
struct Share {
    version: VersionIx,
    others: usize,
    kept: usize,
    of: usize,
    changed: usize,
}

/// The share of the base wording that each version keeps.
fn share_bars(ui: &Ui, app: &App, shares: &[Share], left: f32, top: f32, right: f32) -> f32 {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let mut y = top;
    kit::text(painter, left, y, "Share of the wording that each version keeps", Face::SansSemibold.at(11.5), theme.ink2, 400.0);
    y += 22.0;
    let width = ((right - left) * 0.45).min(520.0);
    let counted = if shares.iter().any(|s| s.others > 0) { 34.0 } else { 0.0 };
    for Share { version: v, others, kept, of, changed } in shares {
        let w = kit::badge(ui, pos2(left, y), 17.0, &letter(*v), Badge::Plain);
        if *others > 0 {
            kit::text(painter, left + w + 4.0, y, &format!("+{others}"), Face::Sans.at(12.0), theme.ink2, 30.0);
        }
        let x = left + w.max(if counted > 0.0 { 24.0 } else { 17.0 }) + counted + 10.0;
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
        let who = match others {
            0 => format!("{} keeps", app.version(*v).outlet()),
            n => format!("{} and {n} more keep", app.version(*v).outlet()),
        };
        let name = format!("{who} {kept} of {of} words");
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

/// Draws a difference at `at`, as high as its reason needs. Returns its bottom.
fn finding_row(ui: &mut Ui, app: &App, finding: FindingIx, at: Rect, out: &mut Vec<Action>) -> f32 {
    let theme = Theme::of(ui);
    let painter = ui.painter().clone();
    let f = &app.analysis.findings[finding.ix()];
    let selected = app.selected() == Some(finding);
    let buttons = if selected { 290.0 } else { 20.0 };
    let label = kit::width(&painter, f.kind.label(), Face::SansSemibold.at(13.0));
    let why_left = at.left() + 34.0 + label + 9.0;
    let why = kit::paragraph(&painter, &[(&f.why, Face::Sans.at(13.0), theme.ink2)], 19.0, at.right() - buttons - why_left - 7.0);
    let row = at.with_max_y(at.top() + (why.size().y + 24.0).max(43.0));
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
        let y = row.top() + 21.5;
        glyphs::paint(&painter, pos2(row.left() + 19.0, y), 13.0, theme.kind(f.kind), Glyph::of(f.kind));
        kit::text(&painter, row.left() + 34.0, y, f.kind.label(), Face::SansSemibold.at(13.0), theme.ink, 200.0);
        painter.galley(pos2(why_left, y - 9.5), why, theme.ink2);
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
