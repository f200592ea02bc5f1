//! What each version covers, in what order they tell it, whose copy it is, and every difference.

use super::{grid::Scroll, origins, passage_title, select_passage};
use crate::app::{Action, App, letter};
use crate::base::{FindingIx, PassageIx, VersionIx};
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::kit::{self, Badge};
use crate::gui::side::{SideContext, cells, lanes, row_name};
use crate::gui::theme::Theme;
use crate::report::words::counted;
use crate::text::TokenKind;
use egui::{Align2, Id, Rect, Role, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

const ROW: f32 = 26.0;
/// More versions than this are drawn as a picture of all, not as something to read one by one.
const MANY: usize = 8;

/// What the view keeps between frames.
#[derive(Default)]
pub struct OverviewState {
    coverage: Scroll,
    findings: Scroll,
    origins: origins::OriginsState,
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
        origins::ui(ui, beside, app, &mut state.origins);
    } else {
        order(ui, beside, &told, &state.coverage, out);
    }
    kit::vrule(ui.painter(), x1, top.top(), top.bottom(), theme.line);
    if !narrow {
        kit::vrule(ui.painter(), x2, top.top(), top.bottom(), theme.line);
        origins::ui(ui, top.with_min_x(x2), app, &mut state.origins);
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
pub(super) struct Panel {
    pub left: f32,
    pub right: f32,
    pub top: f32,
}

impl Panel {
    /// Writes title and caption at the top of a rectangle.
    pub fn titled(ui: &Ui, rect: Rect, words: &str, caption: &str) -> Self {
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
    let caption = match versions.len() > MANY {
        true => "Bar length is words given to the passage. A dash means that nothing was found in the version.",
        false => "Bar length is words given to the passage. An empty frame means that nothing was found in the version.",
    };
    let Panel { left, right, top } = Panel::titled(ui, rect, "What each version covers", caption);
    let painter = ui.painter().clone();
    // Bars are read well up to some width; what is left goes to the titles.
    let share = (right - left) * 0.37;
    let least = if versions.len() > 8 { 34.0 } else { 50.0 };
    let title_w = share.min(196.0).max((right - left - least * versions.len().max(1) as f32).min(share * 1.4)).min(right - left);
    let column = (right - left - title_w) / versions.len().max(1) as f32;
    let head = top + 22.0;
    let x = |i: usize| left + title_w + i as f32 * column;
    let every = lettered(&painter, versions, column);
    for (i, v) in versions.iter().enumerate() {
        if column < 22.0 {
            // No room for a badge.
            if i % every == 0 {
                painter.text(pos2(x(i), head), Align2::LEFT_CENTER, letter(*v), Face::SansSemibold.at(11.0), theme.ink);
            }
            continue;
        }
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
    let longest = (column - 34.0).max((column - 4.0).clamp(2.0, 10.0));
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
            clipped.rect(r, 0.0, theme.passage, Stroke::new(1.25, theme.frame), StrokeKind::Inside);
        } else if response.hovered() {
            clipped.rect_filled(r, 0.0, theme.chrome);
        }
        let y = r.center().y;
        kit::text(&clipped, left, y, &(n + 1).to_string(), Face::Sans.at(11.0), theme.ink3, 22.0);
        kit::text(&clipped, left + 24.0, y, &row.title, Face::Serif.at(14.5), theme.ink, title_w - 32.0);
        for (i, words) in row.words.iter().enumerate() {
            if *words == 0 {
                // A frame of dashes in each of so many cells would be thousands of lines.
                match versions.len() > MANY {
                    true if column < 9.0 => {}
                    true => drop(clipped.hline(x(i)..=x(i) + 5.0, y, Stroke::new(1.2, theme.hair))),
                    false => glyphs::paint(&clipped, pos2(x(i) + 6.0, y), 12.0, theme.hair, Glyph::Silent),
                }
                continue;
            }
            let w = (longest * *words as f32 / most).max(longest.min(3.0));
            clipped.rect_filled(Rect::from_min_size(pos2(x(i), y - 5.5), vec2(w, 11.0)), 0.0, theme.neutral);
            if column > 44.0 {
                kit::text(&clipped, x(i) + w + 5.0, y, &words.to_string(), Face::Sans.at(11.0), theme.ink2, 34.0);
            }
        }
        kit::focus_ring(ui, &response, 0.0);
        if response.clicked() {
            out.extend(select_passage(app, row.passage));
        }
        // Which version it is that a bar stands for is told where its letter has no room.
        let over = response.hover_pos().filter(|p| p.x >= x(0)).map(|p| ((p.x - x(0)) / column) as usize);
        let tip = match over.and_then(|i| Some((versions.get(i)?, row.words.get(i)?))) {
            Some((v, 0)) => format!("{} {}: not found\n{}", letter(*v), app.version(*v).outlet(), row.title),
            Some((v, n)) => format!("{} {}: {}\n{}", letter(*v), app.version(*v).outlet(), counted(*n, "word", "words"), row.title),
            None => row.title.clone(),
        };
        kit::tip_at_right(&response, &tip);
    }
    let y = rect.bottom() - 18.0;
    kit::rule(&painter, left, right, rect.bottom() - 33.0, theme.line);
    kit::text(&painter, left, y, "Passages reported", Face::Sans.at(12.0), theme.ink2, title_w);
    for i in 0..versions.len() {
        let n = rows.iter().filter(|r| r.words[i] > 0).count();
        let words = if column > 60.0 { format!("{n} of {}", rows.len()) } else { n.to_string() };
        let font = Face::Sans.at(if column > 22.0 { 12.0 } else { 10.5 });
        if i % every == 0 && kit::width(&painter, &words, font.clone()) < column * every as f32 {
            painter.text(pos2(x(i), y), Align2::LEFT_CENTER, words, font, theme.ink2);
        }
    }
}

/// Each how many columns a letter has room, where not all have.
fn lettered(painter: &egui::Painter, versions: &[VersionIx], spacing: f32) -> usize {
    let widest = versions.iter().map(|v| kit::width(painter, &letter(*v), Face::SansSemibold.at(11.5))).fold(0.0, f32::max);
    ((widest + 5.0) / spacing.max(1.0)).ceil().max(1.0) as usize
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
    let n = versions.len();
    // Many versions leave no room for numbers between the lines: then a passage is a block that says its title on hover.
    let spacing = if n < 2 { f32::MAX } else { (rect.width() - 86.0) / (n - 1) as f32 };
    let block = (spacing * 0.62).clamp(2.0, 26.0);
    let numbered = block >= 20.0;
    let caption = match numbered {
        true => "Numbers are the passages at left; a line joins a passage in neighbouring versions.",
        false => "Blocks are the passages at left, each version’s from its top; a line joins a passage in neighbouring versions.",
    };
    let Panel { left, right, top } = Panel::titled(ui, rect, "In what order they tell it", caption);
    let painter = ui.painter().clone();
    let x = |i: usize| if n < 2 { (left + right) / 2.0 } else { left + 24.0 + i as f32 * (right - left - 48.0) / (n - 1) as f32 };
    let every = lettered(&painter, versions, spacing);
    for (i, v) in versions.iter().enumerate().step_by(every) {
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
    // Taller than the panel: each version's scrolls along with the list at the left, as far as it goes, so that none runs empty.
    let shift: Vec<f32> = drawn.iter().map(|d| scroll.share * (d.len() as f32 * step + 28.0 - body.height()).max(0.0)).collect();
    let y = |i: usize, at: usize| body.top() + 14.0 + at as f32 * step - shift[i];
    let mut spots = vec![vec![None; rows.len()]; n];
    for (i, column) in drawn.iter().enumerate() {
        column.iter().for_each(|(r, a)| spots[i][*r] = Some(*a));
    }
    let at = |i: usize, row: usize| spots[i][row];
    for (r, row) in rows.iter().enumerate() {
        let strong = selected == Some(row.passage);
        // Lines as short as this say nothing but for the selected passage.
        if spacing < 9.0 && !strong {
            continue;
        }
        for i in 0..n.saturating_sub(1) {
            let (Some(a), Some(b)) = (at(i, r), at(i + 1, r)) else { continue };
            let (from, to) = (pos2(x(i) + block / 2.0, y(i, a)), pos2(x(i + 1) - block / 2.0, y(i + 1, b)));
            if from.y.max(to.y) < body.top() || from.y.min(to.y) > body.bottom() {
                continue;
            }
            // Hundreds of lines are a ground to see the selected one on.
            let faint = if n > MANY { theme.ribbon_edge } else { theme.hair };
            let stroke = if strong { Stroke::new(2.2, theme.frame) } else { Stroke::new(1.0, faint) };
            painter.add(thread(from, to, stroke));
        }
    }
    // Of many versions each column is one thing to hear and to click: a stop a block would be hundreds of them.
    let crowded = n > MANY;
    let chart = crowded.then(|| ui.interact(body.intersect(ui.clip_rect()), Id::unique("order chart"), egui::Sense::CLICK));
    let pointer = chart.as_ref().and_then(|c| c.hover_pos());
    let mut under = None;
    if crowded {
        for (i, v) in versions.iter().enumerate() {
            let area = Rect::from_center_size(pos2(x(i), top + 22.0), vec2(spacing.min(20.0), 18.0));
            let named = ui.interact(area, Id::unique(("order column", *v)), egui::Sense::hover());
            named.widget_info(|| {
                let passages: Vec<String> = drawn[i].iter().map(|(r, _)| (r + 1).to_string()).collect();
                let name = format!("version {} tells passages {} in this order", letter(*v), passages.join(", "));
                egui::WidgetInfo::labeled(Role::ColumnHeader, true, name)
            });
        }
    }
    for (i, column) in drawn.iter().enumerate() {
        for (r, a) in column {
            let row = &rows[*r];
            let strong = selected == Some(row.passage);
            let tall = if numbered { (step - 6.0).clamp(14.0, 20.0) } else { 8.0 };
            let box_ = Rect::from_center_size(pos2(x(i), y(i, *a)), vec2(block, tall));
            if !box_.intersects(body) {
                continue;
            }
            let response = (!crowded).then(|| {
                let name = format!("version {}, passage {}, {}", letter(versions[i]), r + 1, row.title);
                kit::clickable(ui, box_.intersect(body), Id::unique(("order", i, row.passage)), Role::Button, &name, true)
            });
            let hovered = match &response {
                Some(response) => response.hovered(),
                None => pointer.is_some_and(|p| box_.expand2(vec2(2.0, (step - tall) / 2.0)).contains(p)),
            };
            if hovered && crowded {
                under = Some((*r, versions.get(i).copied()));
            }
            let fill = if strong {
                theme.mark
            } else if hovered {
                theme.well
            } else {
                theme.paper
            };
            painter.rect(
                box_,
                if numbered { 4.0 } else { 0.0 },
                fill,
                Stroke::new(if strong { 1.5 } else { 1.0 }, if strong { theme.frame } else { theme.hair }),
                StrokeKind::Inside,
            );
            if numbered {
                painter.text(box_.center(), Align2::CENTER_CENTER, (r + 1).to_string(), Face::SansMedium.at(11.0), theme.ink);
            }
            if let Some(response) = response {
                kit::focus_ring(ui, &response, 4.0);
                if response.clicked() {
                    out.extend(select_passage(app, row.passage));
                }
                response.on_hover_text(&row.title);
            }
        }
    }
    if let (Some(chart), Some((r, version))) = (chart, under) {
        if chart.clicked() {
            out.extend(select_passage(app, rows[r].passage));
        }
        let tip = format!("{} {}{}", r + 1, rows[r].title, version.map(|v| format!("\n{}", app.version(v).outlet())).unwrap_or_default());
        chart.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text_at_pointer(tip);
    }
}

/// A line that leaves and arrives level. A bezier of egui's takes more points than so short a way needs.
fn thread(from: egui::Pos2, to: egui::Pos2, stroke: Stroke) -> Shape {
    const STEPS: usize = 6;
    if (from.y - to.y).abs() < 0.5 {
        return Shape::line_segment([from, to], stroke);
    }
    let at = |i: usize| {
        let t = i as f32 / STEPS as f32;
        pos2(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t * t * (3.0 - 2.0 * t))
    };
    Shape::line((0..=STEPS).map(at).collect(), stroke)
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
            clipped.rect(row, 0.0, theme.mark, Stroke::new(1.25, theme.frame), StrokeKind::Inside);
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
