//! The command palette: actions, differences, words in the articles.

use super::dialogs::backdrop;
use super::fonts::Face;
use super::glyphs::{self, Glyph};
use super::kit::{self, Badge};
use super::theme::Theme;
use crate::app::command::COMMANDS;
use crate::app::{Action, App, Command, letter};
use crate::base::{FindingIx, VersionIx};
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Area, Color32, Frame, Id, Key, Margin, Modal, Modifiers, Rect, Role, Sense, Stroke, StrokeKind, TextEdit, Ui, pos2, vec2,
};

const WIDTH: f32 = 640.0;
const TOP: f32 = 104.0;
const ROW: f32 = 34.0;

/// What the palette keeps between frames.
#[derive(Default)]
pub struct PaletteState {
    query: String,
    chosen: usize,
    open: bool,
}

impl PaletteState {
    /// Forgets the query once the palette is closed.
    pub fn close(&mut self) {
        if self.open {
            *self = Self::default();
        }
    }
}

/// One row.
struct Entry {
    title: String,
    /// Characters of the title that matched.
    matched: Vec<usize>,
    detail: String,
    right: String,
    sign: Sign,
    actions: Vec<Action>,
    score: i32,
}

enum Sign {
    None,
    Badge(VersionIx),
    Finding(FindingIx),
}

/// Draws it.
pub fn ui(ui: &mut Ui, app: &App, state: &mut PaletteState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let first = !state.open;
    state.open = true;
    let screen = ui.ctx().content_rect();
    let width = WIDTH.min(screen.width() - 32.0);
    let groups = entries(app, &state.query);
    let total: usize = groups.iter().map(|(_, e)| e.len()).sum();
    // Keys move the choice before the field sees them.
    ui.input_mut(|i| {
        if i.consume_key(Modifiers::NONE, Key::ArrowDown) && total > 0 {
            state.chosen = (state.chosen + 1) % total;
        }
        if i.consume_key(Modifiers::NONE, Key::ArrowUp) && total > 0 {
            state.chosen = (state.chosen + total - 1) % total;
        }
    });
    state.chosen = state.chosen.min(total.saturating_sub(1));
    let run = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
    let area = Area::new(Id::unique("palette area"))
        .kind(egui::UiKind::Modal)
        .sense(Sense::hover())
        .order(egui::Order::Foreground)
        .anchor(Align2::CENTER_TOP, vec2(0.0, TOP.min(screen.height() * 0.1)));
    let frame = Frame::new().fill(theme.paper).stroke(Stroke::new(1.0, theme.ink2)).corner_radius(8).inner_margin(Margin::ZERO);
    let mut picked = None;
    let shown = Modal::new(Id::unique("palette modal")).area(area).frame(frame).backdrop_color(backdrop(theme)).show(ui.ctx(), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let (rect, _) = ui.allocate_exact_size(vec2(width, 50.0), Sense::hover());
        glyphs::paint(ui.painter(), pos2(rect.left() + 23.0, rect.center().y), 14.0, theme.ink2, Glyph::Search);
        kit::text_right(ui.painter(), rect.right() - 16.0, rect.center().y, "Esc closes", Face::Sans.at(12.0), theme.ink3);
        let field = Rect::from_min_max(pos2(rect.left() + 34.0, rect.top() + 8.0), pos2(rect.right() - 90.0, rect.bottom() - 8.0));
        let edit = TextEdit::singleline(&mut state.query)
            .id(Id::unique("palette field"))
            .font(Face::Sans.at(17.0))
            .frame(Frame::NONE)
            .align(egui::Align2::LEFT_CENTER)
            .margin(Margin::symmetric(6, 0));
        let response = ui.put(field, edit);
        response.widget_info(|| egui::WidgetInfo::labeled(Role::TextInput, true, "Command, difference or words"));
        if first || !response.has_focus() {
            response.request_focus();
        }
        if response.changed() {
            state.chosen = 0;
            ui.ctx().request_repaint();
        }
        kit::rule(ui.painter(), rect.left(), rect.right(), rect.bottom(), theme.hair);
        let mut n = 0;
        for (title, entries) in &groups {
            if entries.is_empty() {
                continue;
            }
            let (head, _) = ui.allocate_exact_size(vec2(width, 34.0), Sense::hover());
            kit::text(ui.painter(), head.left() + 16.0, head.center().y + 4.0, title, Face::SansSemibold.at(11.5), theme.ink2, 300.0);
            for entry in entries {
                if row(ui, app, entry, n == state.chosen, n, width) || (run && n == state.chosen) {
                    picked = Some(entry.actions.clone());
                }
                n += 1;
            }
        }
        if total == 0 {
            let (head, _) = ui.allocate_exact_size(vec2(width, 44.0), Sense::hover());
            let words = "Nothing here is called that, and no article says it.";
            kit::text(ui.painter(), head.left() + 16.0, head.center().y, words, Face::Sans.at(13.0), theme.ink2, width - 32.0);
        }
        ui.add_space(8.0);
        let (foot, _) = ui.allocate_exact_size(vec2(width, 34.0), Sense::hover());
        let rounding = egui::CornerRadius { nw: 0, ne: 0, sw: 8, se: 8 };
        ui.painter().rect_filled(foot, rounding, theme.chrome);
        kit::rule(ui.painter(), foot.left(), foot.right(), foot.top(), theme.line);
        let mut x = foot.left() + 16.0;
        for words in ["↑ ↓ choose", "Enter runs", "? lists all keys"] {
            x = kit::text(ui.painter(), x, foot.center().y, words, Face::Sans.at(12.0), theme.ink2, 200.0).right() + 24.0;
        }
    });
    if let Some(actions) = picked {
        out.push(Action::SetDialog(None));
        out.extend(actions);
    } else if shown.backdrop_response.clicked() {
        out.push(Action::CloseDialog);
    }
}

fn row(ui: &mut Ui, app: &App, entry: &Entry, chosen: bool, n: usize, width: f32) -> bool {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    let response = ui.interact(rect, Id::unique(("palette row", n)), Sense::click());
    let name = if entry.detail.is_empty() { entry.title.clone() } else { format!("{}, {}", entry.title, entry.detail) };
    response.widget_info(|| egui::WidgetInfo::selected(Role::ListBoxOption, true, chosen, &name));
    let painter = ui.painter();
    if chosen {
        painter.rect(rect.shrink2(vec2(1.0, 0.0)), 0.0, theme.mark, Stroke::new(1.25, theme.ink), StrokeKind::Inside);
    } else if response.hovered() {
        painter.rect_filled(rect.shrink2(vec2(1.0, 0.0)), 0.0, theme.well);
    }
    let y = rect.center().y;
    match entry.sign {
        Sign::None => {}
        Sign::Badge(v) => {
            kit::badge(ui, pos2(rect.left() + 16.0, y), 18.0, &letter(v), Badge::Plain);
        }
        Sign::Finding(f) => {
            let kind = app.analysis.findings[f.ix()].kind;
            glyphs::paint(painter, pos2(rect.left() + 25.0, y), 13.0, theme.kind(kind), Glyph::of(kind));
        }
    }
    let ink2 = if chosen { theme.ink } else { theme.ink2 };
    let right = if entry.right.is_empty() {
        rect.right() - 16.0
    } else {
        kit::text_right(painter, rect.right() - 16.0, y, &entry.right, Face::Sans.at(12.0), ink2).left() - 12.0
    };
    let galley = matched_line(painter, &entry.title, &entry.matched, theme.ink, right - rect.left() - 44.0);
    let end = rect.left() + 44.0 + galley.size().x;
    painter.galley(pos2(rect.left() + 44.0, y - galley.size().y / 2.0), galley, theme.ink);
    kit::text(painter, end + 10.0, y, &entry.detail, Face::Sans.at(12.0), ink2, right - end - 12.0);
    response.clicked()
}

/// The title with matched letters semibold.
fn matched_line(painter: &egui::Painter, title: &str, matched: &[usize], color: Color32, width: f32) -> std::sync::Arc<egui::Galley> {
    let mut job = LayoutJob::default();
    let mut run = String::new();
    let mut strong = false;
    let push = |run: &mut String, strong: bool, job: &mut LayoutJob| {
        if !run.is_empty() {
            let face = if strong { Face::SansSemibold } else { Face::Sans };
            job.append(run, 0.0, TextFormat { font_id: face.at(13.5), color, ..TextFormat::default() });
            run.clear();
        }
    };
    for (i, c) in title.chars().enumerate() {
        let now = matched.binary_search(&i).is_ok();
        if now != strong {
            push(&mut run, strong, &mut job);
            strong = now;
        }
        run.push(c);
    }
    push(&mut run, strong, &mut job);
    job.wrap = TextWrapping { max_width: width.max(20.0), max_rows: 1, break_anywhere: true, overflow_character: Some('…') };
    painter.layout_job(job)
}

/// What fits the query, in three groups.
fn entries(app: &App, query: &str) -> Vec<(&'static str, Vec<Entry>)> {
    let query = query.trim();
    let mut actions: Vec<Entry> = Vec::new();
    for spec in COMMANDS.iter().filter(|s| s.command != Command::Palette && app.is_enabled(s.command)) {
        if spec.command == Command::SetReference {
            continue;
        }
        if let Some((score, matched)) = fit(query, spec.label) {
            actions.push(Entry {
                title: spec.label.to_owned(),
                matched,
                detail: spec.menu.label().to_owned(),
                right: spec.command.shortcut_label().unwrap_or_default(),
                sign: Sign::None,
                actions: vec![Action::Run(spec.command)],
                score,
            });
        }
    }
    for v in app.columns() {
        let outlet = app.version(v).outlet();
        let key = app.key(v);
        for (label, action) in [
            (format!("Set reference version: {outlet}"), Action::SetReference(Some(key))),
            (format!("Go to column: {outlet}"), Action::Focus(key)),
        ] {
            if let Some((score, matched)) = fit(query, &label) {
                // Commands of the table come before those a version each.
                let entry = Entry {
                    title: label,
                    matched,
                    detail: "Compare".into(),
                    right: String::new(),
                    sign: Sign::Badge(v),
                    actions: vec![action],
                    score: score - 2,
                };
                actions.push(entry);
            }
        }
    }
    actions.sort_by_key(|e| std::cmp::Reverse(e.score));
    actions.truncate(if query.is_empty() { 9 } else { 6 });
    let mut differences: Vec<Entry> = Vec::new();
    let mut words: Vec<Entry> = Vec::new();
    if !query.is_empty() {
        for (i, f) in app.shown().iter().enumerate() {
            let finding = &app.analysis.findings[f.ix()];
            if let Some((score, matched)) = fit(query, &finding.title) {
                differences.push(Entry {
                    title: finding.title.clone(),
                    matched,
                    detail: finding.kind.label().to_owned(),
                    right: format!("{} of {}", i + 1, app.shown().len()),
                    sign: Sign::Finding(*f),
                    actions: vec![Action::Select { finding: finding.id, version: None }],
                    score,
                });
            }
        }
        differences.sort_by_key(|e| std::cmp::Reverse(e.score));
        differences.truncate(4);
        if query.chars().count() >= 2 {
            words = words_in_articles(app, query);
        }
    }
    vec![("Actions", actions), ("Differences", differences), ("Words in the articles", words)]
}

fn words_in_articles(app: &App, query: &str) -> Vec<Entry> {
    let mut out = Vec::new();
    let wanted = query.to_lowercase();
    for v in app.columns() {
        let version = app.version(v);
        let text = &version.document.text;
        let mut first = None;
        let mut n = 0;
        for s in &version.document.sentences {
            let sentence = s.range.of(text);
            let places = sentence.to_lowercase().matches(&wanted).count();
            if places > 0 && first.is_none() {
                first = Some(sentence);
            }
            n += places;
        }
        if let Some(sentence) = first {
            let (title, matched) = snippet(sentence, &wanted);
            let find = Action::SetFind { query: query.to_owned(), case: false, whole_word: false };
            out.push(Entry {
                title,
                matched,
                detail: version.outlet().to_owned(),
                right: if n == 1 { "1 place".into() } else { format!("{n} places") },
                sign: Sign::Badge(v),
                actions: vec![find, Action::Focus(app.key(v)), Action::Run(Command::FindNext)],
                score: 0,
            });
        }
        if out.len() == 4 {
            break;
        }
    }
    out
}

/// The words around the first match, in quotation marks, and which characters matched.
fn snippet(sentence: &str, wanted: &str) -> (String, Vec<usize>) {
    let chars: Vec<char> = sentence.chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
    let lower: Vec<char> = chars.iter().map(|c| c.to_lowercase().next().unwrap_or(*c)).collect();
    let target: Vec<char> = wanted.chars().collect();
    let at = lower.windows(target.len().max(1)).position(|w| w == target.as_slice()).unwrap_or(0);
    let mut from = at.saturating_sub(24);
    while from > 0 && !chars[from - 1].is_whitespace() && at - from < 34 {
        from -= 1;
    }
    let mut to = (at + target.len() + 24).min(chars.len());
    while to < chars.len() && !chars[to].is_whitespace() && to - at < 60 {
        to += 1;
    }
    let mut title = String::from(if from > 0 { "“…" } else { "“" });
    let shift = title.chars().count();
    title.extend(&chars[from..to]);
    title.push_str(if to < chars.len() { "…”" } else { "”" });
    (title, (0..target.len()).map(|i| at - from + shift + i).collect())
}

/// How well a query fits a label, and which characters it matched: letters in order, better at the starts of words
/// and without gaps. `None` where a letter is missing.
fn fit(query: &str, label: &str) -> Option<(i32, Vec<usize>)> {
    if query.is_empty() {
        return Some((0, Vec::new()));
    }
    let label: Vec<char> = label.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect();
    let query: Vec<char> = query.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    // A run of letters as typed beats letters picked here and there.
    let whole = label.windows(query.len().max(1)).position(|w| w == query.as_slice());
    if let Some(at) = whole {
        let start = at == 0 || !label[at - 1].is_alphanumeric();
        return Some((100 + if start { 40 } else { 0 } - at as i32, (at..at + query.len()).collect()));
    }
    let mut score = 0;
    let mut matched = Vec::with_capacity(query.len());
    let mut from = 0;
    for q in &query {
        let starts = (from..label.len()).find(|&i| label[i] == *q && (i == 0 || !label[i - 1].is_alphanumeric()));
        let next = (from..label.len()).find(|&i| label[i] == *q)?;
        let adjacent = matched.last().is_some_and(|l: &usize| l + 1 == next);
        let at = if adjacent { next } else { starts.unwrap_or(next) };
        score += if adjacent {
            8
        } else if starts == Some(at) {
            6
        } else {
            -4
        };
        matched.push(at);
        from = at + 1;
    }
    (score > 0).then_some((score, matched))
}
