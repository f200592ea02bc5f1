//! What each version covers, in what order they tell it, whose copy it is, and every difference.

use super::{grid::Scroll, passage_title, select_passage};
use crate::app::{Action, App, letter};
use crate::base::{FindingIx, PassageIx, VersionIx};
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::kit::{self, Badge};
use crate::gui::side::{SideContext, cells, lanes, list, row_name, when};
use crate::gui::theme::Theme;
use crate::text::TokenKind;
use egui::{Align2, Id, Rect, Role, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

const ROW: f32 = 26.0;

/// What the view keeps between frames.
#[derive(Default)]
pub struct OverviewState {
    coverage: Scroll,
    findings: Scroll,
    sort: Sort,
    /// In a narrow window: whether shared copy stands in the place of the order.
    copy: bool,
    cache: Option<(u64, Vec<VersionIx>, Vec<Row>)>,
}

/// The order of "Every difference".
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Sort {
    #[default]
    Reading,
    Kind,
    Readings,
    Title,
}

impl Sort {
    const ALL: [Sort; 4] = [Sort::Reading, Sort::Kind, Sort::Readings, Sort::Title];

    fn label(self) -> &'static str {
        match self {
            Sort::Reading => "reading order",
            Sort::Kind => "kind",
            Sort::Readings => "most readings",
            Sort::Title => "title",
        }
    }

    /// "in reading order", "by kind".
    fn words(self) -> String {
        format!("{} {}", if self == Sort::Reading { "in" } else { "by" }, self.label())
    }

    fn apply(self, app: &App, shown: &mut [FindingIx]) {
        let of = |f: &FindingIx| &app.analysis.findings[f.ix()];
        match self {
            Sort::Reading => {}
            Sort::Kind => shown.sort_by_key(|f| of(f).kind),
            Sort::Readings => shown.sort_by_key(|f| std::cmp::Reverse(of(f).readings.len())),
            Sort::Title => shown.sort_by_key(|f| of(f).title.to_lowercase()),
        }
    }
}

/// One passage with its words and place in each version.
struct Row {
    passage: PassageIx,
    title: String,
    words: Vec<usize>,
    place: Vec<Option<usize>>,
}

/// Draws the view.
pub fn ui(ui: &mut Ui, rect: Rect, cx: &SideContext<'_>, state: &mut OverviewState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let app = cx.app;
    let versions = app.columns();
    if state.cache.as_ref().is_none_or(|(g, v, _)| *g != app.generation || *v != versions) {
        state.cache = Some((app.generation, versions.clone(), rows(cx, &versions)));
    }
    let Some((_, _, rows)) = state.cache.take() else { return };
    let bottom = rect.with_min_y((rect.bottom() - 255.0).max(rect.top() + rect.height() * 0.55));
    let top = rect.with_max_y(bottom.top());
    let narrow = rect.width() < 1000.0;
    let (a, b) = if narrow { (0.62, 1.0) } else { (0.389, 0.687) };
    let x1 = (top.left() + top.width() * a).round();
    let x2 = (top.left() + top.width() * b).round();
    let selected = app.selected_passage();
    let told = Told { app, versions: &versions, rows: &rows, selected };
    coverage(ui, top.with_max_x(x1), &told, &mut state.coverage, out);
    let mut beside = Rect::from_min_max(pos2(x1, top.top()), pos2(x2, top.bottom()));
    if narrow {
        // Two panels share one place.
        beside.min.y += 24.0;
        let label = |copy: bool| if copy { "shared copy" } else { "order of telling" };
        let choice = kit::choice(ui, x1 + 20.0, top.top() + 20.0, "Show", label(state.copy), Id::unique("overview panel"));
        kit::menu_below(&choice, |ui| {
            for copy in [false, true] {
                if kit::menu_row(ui, label(copy), state.copy == copy) {
                    state.copy = copy;
                }
            }
        });
    }
    if narrow && state.copy {
        origins(ui, beside, app);
    } else {
        order(ui, beside, &told, &state.coverage, out);
    }
    kit::vrule(ui.painter(), x1, top.top(), top.bottom(), theme.line);
    if !narrow {
        kit::vrule(ui.painter(), x2, top.top(), top.bottom(), theme.line);
        origins(ui, top.with_min_x(x2), app);
    }
    let (g, v) = (app.generation, versions);
    state.cache = Some((g, v, rows));
    every_difference(ui, bottom, app, state, out);
}

fn rows(cx: &SideContext<'_>, versions: &[VersionIx]) -> Vec<Row> {
    let app = cx.app;
    (0..app.analysis.passages.len())
        .map(PassageIx::from)
        .filter(|p| cx.index.spread(*p) > 1 || app.analysis.findings.iter().any(|f| f.passage == Some(*p)))
        .map(|passage| {
            let words = versions
                .iter()
                .map(|v| {
                    let doc = &app.version(*v).document;
                    let count = |r| doc.tokens_in(r).filter(|t| matches!(doc.tokens[*t].kind, TokenKind::Word | TokenKind::Number)).count();
                    cx.index.runs_of(passage, *v).into_iter().map(count).sum()
                })
                .collect();
            let place = versions.iter().map(|v| cx.index.place(passage, *v)).collect();
            Row { passage, title: passage_title(app, passage), words, place }
        })
        .collect()
}

/// What the panels on coverage and order both show.
struct Told<'a> {
    app: &'a App,
    versions: &'a [VersionIx],
    rows: &'a [Row],
    selected: Option<PassageIx>,
}

/// The room of a panel under its title.
struct Panel {
    left: f32,
    right: f32,
    top: f32,
}

impl Panel {
    /// Writes title and caption at the top of a rectangle.
    fn titled(ui: &Ui, rect: Rect, words: &str, caption: &str) -> Self {
        let theme = Theme::of(ui);
        let (left, right) = (rect.left() + 20.0, rect.right() - 18.0);
        let width = right - left;
        kit::text(ui.painter(), left, rect.top() + 26.0, words, Face::SerifSemibold.at(17.0), theme.ink, width);
        let galley = kit::paragraph(ui.painter(), &[(caption, Face::Sans.at(12.0), theme.ink2)], 16.0, width);
        let height = galley.size().y;
        ui.painter().galley(pos2(left, rect.top() + 38.0), galley, theme.ink2);
        Self { left, right, top: rect.top() + 38.0 + height.max(32.0) }
    }
}

fn coverage(ui: &mut Ui, rect: Rect, told: &Told<'_>, scroll: &mut Scroll, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let Told { app, versions, rows, selected } = *told;
    let caption = "Bar length is words given to the passage. An empty frame means that nothing was found in the version.";
    let Panel { left, right, top } = Panel::titled(ui, rect, "What each version covers", caption);
    let painter = ui.painter().clone();
    // Bars are read well up to some width; what is left goes to the titles.
    let share = (right - left) * 0.37;
    let title_w = share.min(196.0).max((right - left - 64.0 * versions.len().max(1) as f32).min(share * 1.4)).min(right - left);
    let column = (right - left - title_w) / versions.len().max(1) as f32;
    let head = top + 22.0;
    let x = |i: usize| left + title_w + i as f32 * column;
    for (i, v) in versions.iter().enumerate() {
        let w = kit::badge(ui, pos2(x(i), head), 18.0, &letter(*v), Badge::Plain);
        let outlet = app.version(*v).outlet();
        let first = outlet.strip_prefix("The ").unwrap_or(outlet).split_whitespace().next().unwrap_or("");
        if column > 66.0 {
            kit::text(&painter, x(i) + w + 4.0, head, first, Face::SansSemibold.at(11.5), theme.ink, column - w - 8.0);
        }
    }
    let body = Rect::from_min_max(pos2(rect.left(), head + 16.0), pos2(rect.right(), rect.bottom() - 34.0));
    kit::rule(&painter, left, right, body.top() - 0.5, theme.hair);
    let total = rows.len() as f32 * ROW;
    let place = selected.and_then(|p| rows.iter().position(|r| r.passage == p)).map(|i| (i as f32 * ROW, (i + 1) as f32 * ROW));
    scroll.follow(app, place, body.height());
    scroll.input(ui, body, total + 6.0, app, "coverage");
    let most = rows.iter().flat_map(|r| &r.words).copied().max().unwrap_or(1).max(1) as f32;
    let longest = (column - 34.0).max(10.0);
    let clipped = painter.with_clip_rect(body.intersect(ui.clip_rect()));
    for (n, row) in rows.iter().enumerate() {
        let r = Rect::from_min_size(pos2(left - 6.0, body.top() + 2.0 + n as f32 * ROW - scroll.y), vec2(right - left + 12.0, ROW));
        let visible = r.intersect(body);
        if !visible.is_positive() {
            continue;
        }
        let response =
            kit::clickable(ui, visible, Id::unique(("coverage", row.passage)), Role::Row, &coverage_name(versions, n, row), true);
        if selected == Some(row.passage) {
            clipped.rect(r, 0.0, theme.passage, Stroke::new(1.25, theme.ink), StrokeKind::Inside);
        } else if response.hovered() {
            clipped.rect_filled(r, 0.0, theme.chrome);
        }
        let y = r.center().y;
        kit::text(&clipped, left, y, &(n + 1).to_string(), Face::Sans.at(11.0), theme.ink3, 22.0);
        kit::text(&clipped, left + 24.0, y, &row.title, Face::Serif.at(14.5), theme.ink, title_w - 32.0);
        for (i, words) in row.words.iter().enumerate() {
            if *words == 0 {
                glyphs::paint(&clipped, pos2(x(i) + 6.0, y), 12.0, theme.hair, Glyph::Silent);
                continue;
            }
            let w = (longest * *words as f32 / most).max(3.0);
            clipped.rect_filled(Rect::from_min_size(pos2(x(i), y - 5.5), vec2(w, 11.0)), 0.0, theme.neutral);
            if column > 44.0 {
                kit::text(&clipped, x(i) + w + 5.0, y, &words.to_string(), Face::Sans.at(11.0), theme.ink2, 34.0);
            }
        }
        kit::focus_ring(ui, &response, 0.0);
        if response.clicked() {
            out.extend(select_passage(app, row.passage));
        }
        kit::tip_at_right(&response, &row.title);
    }
    let y = rect.bottom() - 18.0;
    kit::rule(&painter, left, right, rect.bottom() - 33.0, theme.line);
    kit::text(&painter, left, y, "Passages reported", Face::Sans.at(12.0), theme.ink2, title_w);
    for i in 0..versions.len() {
        let n = rows.iter().filter(|r| r.words[i] > 0).count();
        let words = if column > 60.0 { format!("{n} of {}", rows.len()) } else { n.to_string() };
        kit::text(&painter, x(i), y, &words, Face::Sans.at(12.0), theme.ink2, column - 4.0);
    }
}

fn coverage_name(versions: &[VersionIx], n: usize, row: &Row) -> String {
    let parts: Vec<String> = versions
        .iter()
        .zip(&row.words)
        .map(|(v, words)| if *words == 0 { format!("{} silent", letter(*v)) } else { format!("{} {words} words", letter(*v)) })
        .collect();
    format!("passage {}, {}; {}", n + 1, row.title, parts.join(", "))
}

fn order(ui: &mut Ui, rect: Rect, told: &Told<'_>, scroll: &Scroll, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let Told { app, versions, rows, selected } = *told;
    let caption = "Numbers are the passages at left; a line joins a passage in neighbouring versions.";
    let Panel { left, right, top } = Panel::titled(ui, rect, "In what order they tell it", caption);
    let painter = ui.painter().clone();
    let n = versions.len();
    let x = |i: usize| if n < 2 { (left + right) / 2.0 } else { left + 24.0 + i as f32 * (right - left - 48.0) / (n - 1) as f32 };
    for (i, v) in versions.iter().enumerate() {
        painter.text(pos2(x(i), top + 22.0), Align2::CENTER_CENTER, letter(*v), Face::SansSemibold.at(11.5), theme.ink);
    }
    let body = Rect::from_min_max(pos2(rect.left(), top + 36.0), rect.right_bottom());
    let painter = painter.with_clip_rect(body.intersect(ui.clip_rect()));
    let most = (0..n).map(|i| rows.iter().filter(|r| r.place[i].is_some()).count()).max().unwrap_or(1);
    let step = 30.0_f32.min((body.height() - 24.0) / most.max(1) as f32).max(17.0);
    // Places count all of a version's passages; only those listed are drawn, one under the other.
    let drawn: Vec<Vec<(usize, usize)>> = (0..n)
        .map(|i| {
            let mut of: Vec<(usize, usize)> = rows.iter().enumerate().filter_map(|(r, row)| Some((row.place[i]?, r))).collect();
            of.sort();
            of.into_iter().enumerate().map(|(at, (_, r))| (r, at)).collect()
        })
        .collect();
    // Taller than the panel: it scrolls along with the list at its left, as far as each goes.
    let tall = drawn.iter().map(Vec::len).max().unwrap_or(0) as f32 * step + 28.0;
    let shift = scroll.share * (tall - body.height()).max(0.0);
    let y = |at: usize| body.top() + 14.0 + at as f32 * step - shift;
    let mut spots = vec![vec![None; rows.len()]; n];
    for (i, column) in drawn.iter().enumerate() {
        column.iter().for_each(|(r, a)| spots[i][*r] = Some(*a));
    }
    let at = |i: usize, row: usize| spots[i][row];
    for (r, row) in rows.iter().enumerate() {
        let strong = selected == Some(row.passage);
        for i in 0..n.saturating_sub(1) {
            let (Some(a), Some(b)) = (at(i, r), at(i + 1, r)) else { continue };
            if y(a.max(b)) < body.top() || y(a.min(b)) > body.bottom() {
                continue;
            }
            let stroke = if strong { Stroke::new(2.2, theme.ink) } else { Stroke::new(1.0, theme.hair) };
            let (from, to) = (pos2(x(i) + 13.0, y(a)), pos2(x(i + 1) - 13.0, y(b)));
            let dx = (to.x - from.x) * 0.5;
            painter.add(Shape::CubicBezier(egui::epaint::CubicBezierShape::from_points_stroke(
                [from, from + vec2(dx, 0.0), to - vec2(dx, 0.0), to],
                false,
                egui::Color32::TRANSPARENT,
                stroke,
            )));
        }
    }
    for (i, column) in drawn.iter().enumerate() {
        for (r, a) in column {
            let row = &rows[*r];
            let strong = selected == Some(row.passage);
            let box_ = Rect::from_center_size(pos2(x(i), y(*a)), vec2(26.0, (step - 6.0).clamp(14.0, 20.0)));
            if !box_.intersects(body) {
                continue;
            }
            let name = format!("version {}, passage {}, {}", letter(versions[i]), r + 1, row.title);
            let response = kit::clickable(ui, box_.intersect(body), Id::unique(("order", i, row.passage)), Role::Button, &name, true);
            let fill = if strong {
                theme.mark
            } else if response.hovered() {
                theme.well
            } else {
                theme.paper
            };
            painter.rect(
                box_,
                4.0,
                fill,
                Stroke::new(if strong { 1.5 } else { 1.0 }, if strong { theme.ink } else { theme.hair }),
                StrokeKind::Inside,
            );
            painter.text(box_.center(), Align2::CENTER_CENTER, (r + 1).to_string(), Face::SansMedium.at(11.0), theme.ink);
            kit::focus_ring(ui, &response, 4.0);
            if response.clicked() {
                out.extend(select_passage(app, row.passage));
            }
            response.on_hover_text(&row.title);
        }
    }
}

fn origins(ui: &mut Ui, rect: Rect, app: &App) {
    let theme = Theme::of(ui);
    let Panel { left, right, top } =
        Panel::titled(ui, rect, "Whose copy it is", "Long runs of the same words that versions share, quotes apart.");
    let mut y = top + 2.0;
    let painter = ui.painter().clone();
    for origin in &app.analysis.origins {
        let n = origin.versions.len();
        if n > 4 {
            match shared_by_many(ui, Rect::from_min_max(pos2(left, y), pos2(right, rect.bottom() - 60.0)), app, origin) {
                Some(bottom) => y = bottom + 10.0,
                None => break,
            }
            continue;
        }
        let height = (n as f32 * 38.0 + 22.0).max(84.0);
        let card = Rect::from_min_max(pos2(left, y), pos2(right, y + height));
        if card.bottom() > rect.bottom() - 60.0 {
            break;
        }
        painter.rect_stroke(card, 5.0, Stroke::new(1.25, theme.ink), StrokeKind::Inside);
        let mut ordered = origin.versions.clone();
        ordered.sort_by_key(|v| (Some(*v) != origin.source, *v));
        let half = left + (right - left) * 0.5;
        for (i, v) in ordered.iter().enumerate() {
            let at = y + 25.0 + i as f32 * 42.0;
            let w = kit::badge(ui, pos2(left + 14.0, at), 18.0, &letter(*v), Badge::Plain);
            let end = kit::text(
                &painter,
                left + 14.0 + w + 5.0,
                at,
                app.version(*v).outlet(),
                Face::SansSemibold.at(13.0),
                theme.ink,
                half - left - w - 30.0,
            )
            .right();
            if let Some(date) = when(app.version(*v)).filter(|d| half - end > kit::width(&painter, d, Face::Sans.at(11.5)) + 12.0) {
                kit::text(&painter, end + 7.0, at, &date, Face::Sans.at(11.5), theme.ink3, half - end - 10.0);
            }
            if i + 1 < n && origin.source.is_some() {
                let (top, bottom) = (at + 13.0, at + 29.0);
                let x = left + 23.0;
                painter.line_segment([pos2(x, top), pos2(x, bottom)], Stroke::new(1.2, theme.ink));
                painter.add(Shape::line(
                    vec![pos2(x - 4.0, bottom - 5.0), pos2(x, bottom), pos2(x + 4.0, bottom - 5.0)],
                    Stroke::new(1.2, theme.ink),
                ));
            }
        }
        let percent = format!("{:.0}%", origin.shared * 100.0);
        let big = kit::text(&painter, half, y + 27.0, &percent, Face::SerifSemibold.at(24.0), theme.ink, 90.0);
        let letters: Vec<String> = ordered.iter().map(|v| letter(*v)).collect();
        let words = match (origin.source, n) {
            (Some(_), 2) => format!("of {} is also in {}", letters[1], letters[0]),
            _ => format!("of the text is shared by {}", list(&letters)),
        };
        kit::text(&painter, big.right() + 6.0, y + 29.0, &words, Face::Sans.at(12.5), theme.ink2, right - big.right() - 14.0);
        if let Some(source) = origin.source {
            let words = format!("Copy of {}", app.version(source).outlet());
            kit::text(&painter, half, y + 52.0, &words, Face::Sans.at(12.5), theme.ink2, right - half - 10.0);
        }
        let name = format!("{percent} shared by {}", list(&letters));
        kit::name_area(ui, card, Id::unique(("origin", origin.versions.first().copied())), Role::Group, &name);
        y = card.bottom() + 10.0;
    }
    let alone: Vec<VersionIx> =
        app.columns().into_iter().filter(|v| !app.analysis.origins.iter().any(|o| o.versions.contains(v))).collect();
    for (i, v) in alone.iter().copied().enumerate() {
        let card = Rect::from_min_max(pos2(left, y), pos2(right, y + 40.0));
        if card.bottom() > rect.bottom() - 50.0 {
            let words = format!("{} more without shared copy", alone.len() - i);
            kit::text(&painter, left, y + 8.0, &words, Face::Sans.at(12.0), theme.ink2, right - left);
            y += 18.0;
            break;
        }
        painter.rect_stroke(card, 5.0, Stroke::new(1.0, theme.hair), StrokeKind::Inside);
        let at = card.center().y;
        let w = kit::badge(ui, pos2(left + 14.0, at), 18.0, &letter(v), Badge::Plain);
        let end = kit::text(
            &painter,
            left + 14.0 + w + 5.0,
            at,
            app.version(v).outlet(),
            Face::SansSemibold.at(13.0),
            theme.ink,
            right - left - 150.0,
        )
        .right();
        kit::text(&painter, end + 9.0, at, "no shared copy", Face::Sans.at(11.5), theme.ink3, right - end - 16.0);
        y = card.bottom() + 10.0;
    }
    kit::rule(&painter, left, right, y + 4.0, theme.line);
    let n = app.analysis.versions.len();
    let independent = app.analysis.independent_origins();
    let strong = format!("{n} versions, {independent} independent {}. ", if independent == 1 { "origin" } else { "origins" });
    let groups: Vec<String> =
        app.analysis.origins.iter().map(|o| list(&o.versions.iter().map(|v| letter(*v)).collect::<Vec<_>>())).collect();
    let rest = if groups.is_empty() { String::new() } else { format!("Where {} agree, count them once.", groups.join("; or ")) };
    let galley = kit::paragraph(
        &painter,
        &[(&strong, Face::SerifSemibold.at(15.0), theme.ink), (&rest, Face::Serif.at(15.0), theme.ink)],
        22.0,
        right - left,
    );
    if y + 14.0 + galley.size().y < rect.bottom() {
        painter.galley(pos2(left, y + 14.0), galley, theme.ink);
    }
}

/// A card for copy that more versions share than can stand one under the other: its share, then a badge each, in rows.
/// Returns its bottom, or nothing where it has no room.
fn shared_by_many(ui: &Ui, room: Rect, app: &App, origin: &crate::compare::Origin) -> Option<f32> {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let mut ordered = origin.versions.clone();
    ordered.sort_by_key(|v| (Some(*v) != origin.source, *v));
    let per_row = (((room.width() - 28.0) / 28.0).floor() as usize).max(1);
    let height = 62.0 + 28.0 * ordered.len().div_ceil(per_row) as f32;
    let card = Rect::from_min_size(room.min, vec2(room.width(), height));
    if card.bottom() > room.bottom() {
        return None;
    }
    painter.rect_stroke(card, 5.0, Stroke::new(1.25, theme.ink), StrokeKind::Inside);
    let (left, right) = (card.left() + 14.0, card.right() - 14.0);
    let percent = format!("{:.0}%", origin.shared * 100.0);
    let big = kit::text(painter, left, card.top() + 27.0, &percent, Face::SerifSemibold.at(24.0), theme.ink, 90.0);
    let mut words = format!("of the text is shared by {} versions", ordered.len());
    if let Some(source) = origin.source {
        words.push_str(&format!(", copy of {}", app.version(source).outlet()));
    }
    kit::text(painter, big.right() + 6.0, card.top() + 29.0, &words, Face::Sans.at(12.5), theme.ink2, right - big.right() - 6.0);
    for (i, v) in ordered.iter().enumerate() {
        let at = pos2(left + 28.0 * (i % per_row) as f32, card.top() + 62.0 + 28.0 * (i / per_row) as f32);
        let w = kit::badge(ui, at, 18.0, &letter(*v), Badge::Plain);
        let area = Rect::from_center_size(at + vec2(w / 2.0, 0.0), vec2(w, 18.0));
        kit::tip_over(ui, area, Id::unique(("shared badge", *v)), app.version(*v).outlet());
    }
    let letters: Vec<String> = ordered.iter().map(|v| letter(*v)).collect();
    let name = format!("{percent} shared by {}", list(&letters));
    kit::name_area(ui, card, Id::unique(("origin", origin.versions.first().copied())), Role::Group, &name);
    Some(card.bottom())
}

fn every_difference(ui: &mut Ui, rect: Rect, app: &App, state: &mut OverviewState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let ui = &mut kit::region(ui, rect, theme.chrome, "every difference");
    let painter = ui.painter().clone();
    kit::rule(&painter, rect.left(), rect.right(), rect.top() + 0.5, theme.line);
    let left = rect.left() + 20.0;
    let right = rect.right() - 20.0;
    let y = rect.top() + 22.0;
    let title = kit::text(&painter, left, y, "Every difference", Face::SerifSemibold.at(17.0), theme.ink, 240.0);
    let mut shown: Vec<FindingIx> = app.shown().to_vec();
    let value = state.sort.label();
    state.sort.apply(app, &mut shown);
    kit::text(
        &painter,
        title.right() + 12.0,
        y + 1.0,
        &format!("{}, {}", shown.len(), state.sort.words()),
        Face::Sans.at(12.5),
        theme.ink2,
        200.0,
    );
    let w = kit::choice_width(&painter, "Sort", value);
    let choice = kit::choice(ui, right - w, y, "Sort", value, Id::unique("sort differences"));
    kit::menu_below(&choice, |ui| {
        for sort in Sort::ALL {
            if kit::menu_row(ui, sort.label(), state.sort == sort) {
                state.sort = sort;
            }
        }
    });
    let body = rect.with_min_y(rect.top() + 40.0);
    let lanes = lanes(app);
    let columns = ((right - left + 24.0) / 330.0).floor().clamp(1.0, 4.0) as usize;
    let column = (right - left - 24.0 * (columns - 1) as f32) / columns as f32;
    let rows = shown.len().div_ceil(columns);
    let row_h = 34.0;
    let selected = app.selected();
    let place = selected
        .and_then(|f| shown.iter().position(|s| *s == f))
        .map(|i| ((i % rows.max(1)) as f32 * row_h, (i % rows.max(1) + 1) as f32 * row_h));
    state.findings.follow(app, place, body.height());
    state.findings.input(ui, body, rows as f32 * row_h + 8.0, app, "every difference");
    let clipped = painter.with_clip_rect(body.intersect(ui.clip_rect()));
    let lane = if lanes.len() <= 8 { 15.0 } else { 5.0 };
    for (i, finding) in shown.iter().enumerate() {
        let (c, r) = (i / rows.max(1), i % rows.max(1));
        let row = Rect::from_min_size(
            pos2(left + c as f32 * (column + 24.0), body.top() + r as f32 * row_h - state.findings.y),
            vec2(column, row_h),
        );
        let visible = row.intersect(body);
        if !visible.is_positive() {
            continue;
        }
        let f = &app.analysis.findings[finding.ix()];
        let n = app.shown().iter().position(|s| s == finding).unwrap_or(i);
        let response = kit::clickable(ui, visible, Id::unique(("every", f.id)), Role::ListItem, &row_name(app, n, *finding), true);
        kit::rule(&clipped, row.left(), row.right(), row.top(), theme.line);
        if selected == Some(*finding) {
            clipped.rect(row, 0.0, theme.mark, Stroke::new(1.25, theme.ink), StrokeKind::Inside);
        } else if response.hovered() {
            clipped.rect_filled(row, 0.0, theme.well);
        }
        let y = row.center().y;
        glyphs::paint(&clipped, pos2(row.left() + 13.0, y), 13.0, theme.kind(f.kind), Glyph::of(f.kind));
        let bars = if lanes.len() > 20 { 60.0 } else { lane * lanes.len() as f32 };
        let x = row.right() - 8.0 - bars;
        kit::text(&clipped, row.left() + 30.0, y, &f.title, Face::Sans.at(13.0), theme.ink, x - row.left() - 38.0);
        cells(&clipped, app, *finding, pos2(x, y), &lanes, theme.kind(f.kind), lane);
        kit::focus_ring(ui, &response, 0.0);
        if response.clicked() {
            out.push(Action::Select { finding: f.id, version: None });
        }
        if response.double_clicked() {
            out.push(Action::Show(crate::app::View::SideBySide));
        }
    }
}
