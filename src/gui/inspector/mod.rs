//! The inspector: one finding with its readings, their words in context, why they stand together, and the
//! person's judgement. At the right, or a drawer below in a narrow window.

mod drawer;
mod excerpt;
mod number_line;
mod reading;
mod words;

pub use drawer::{DrawerState, height as drawer_height, ui as drawer_ui};

use crate::app::{Action, App, Command, letter};
use crate::base::{FindingIx, TextRange, VersionIx};
use crate::compare::{Finding, FindingKind, Reading};
use crate::extract::DetailKind;
use crate::gui::fonts::Face;
use crate::gui::glyphs::{self, Glyph};
use crate::gui::kit::{self, Badge, Button, Look};
use crate::gui::theme::Theme;
use crate::project::Verdict;
use egui::{Align2, Color32, Id, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

/// Width at the right.
pub const WIDTH: f32 = 304.0;
const PAD: f32 = 14.0;

/// What the inspector keeps between frames.
#[derive(Default)]
pub struct InspectorState {
    shown: Option<crate::base::ContentId>,
    /// The reading that the others are shown against; `None` until the person chooses.
    against: Option<Option<usize>>,
    around: Around,
}

/// How much of the text stands around a reading's words.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Around {
    /// A line or two.
    #[default]
    Line,
    /// The whole paragraph.
    Paragraph,
    /// A line of every version that holds the reading.
    Versions,
}

impl Around {
    const ALL: [Around; 3] = [Around::Line, Around::Paragraph, Around::Versions];

    fn label(self) -> &'static str {
        match self {
            Around::Line => "a line",
            Around::Paragraph => "paragraph",
            Around::Versions => "each version",
        }
    }
}

impl InspectorState {
    /// The reading that the others of a finding are shown against. Sentences are shown against the fullest reading, or
    /// that of the reference version, until the person chooses; short values against none.
    fn base(&self, app: &App, f: &Finding) -> Option<usize> {
        if f.readings.len() < 2 {
            return None;
        }
        if let Some(chosen) = self.against {
            return chosen.filter(|i| *i < f.readings.len());
        }
        let of_reference = app.reference().and_then(|v| f.readings.iter().position(|r| r.evidence.iter().any(|e| e.version == v)));
        let fullest = (0..f.readings.len()).max_by_key(|i| (f.readings[*i].text.len(), std::cmp::Reverse(*i)));
        of_reference.or(fullest.filter(|_| of_sentences(f)))
    }
}

/// Draws it at the right.
pub fn ui(ui: &mut Ui, rect: Rect, app: &App, state: &mut InspectorState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let ui = &mut kit::region(ui, rect, theme.chrome, "inspector");
    let painter = ui.painter().clone();
    kit::vrule(&painter, rect.left() + 0.5, rect.top(), rect.bottom(), theme.line);
    let header = rect.with_max_y(rect.top() + 54.0);
    let close = Rect::from_center_size(pos2(header.right() - 20.0, header.center().y), vec2(26.0, 26.0));
    kit::rule(&painter, rect.left(), rect.right(), header.bottom() - 0.5, theme.line);
    if kit::icon_button(ui, close, Id::unique("close inspector"), Glyph::Close, "Close inspector", false, true).clicked() {
        out.push(Action::Run(Command::ToggleInspector));
    }
    let Some(finding) = app.selected() else {
        kit::text(&painter, rect.left() + PAD, header.center().y, "Nothing selected", Face::Sans.at(13.0), theme.ink2, 200.0);
        let words = kit::paragraph(&painter, &[(nothing_selected(app), Face::Sans.at(13.0), theme.ink2)], 19.0, rect.width() - 2.0 * PAD);
        painter.galley(pos2(rect.left() + PAD, header.bottom() + 16.0), words, theme.ink2);
        return;
    };
    let f = &app.analysis.findings[finding.ix()];
    tag(ui, pos2(rect.left() + PAD, header.center().y), f, theme, close.left() - 8.0);
    let buttons = rect.with_min_y(rect.bottom() - 48.0);
    let body = Rect::from_min_max(pos2(rect.left(), header.bottom()), pos2(rect.right(), buttons.top()));
    let mut child = ui.new_child(
        UiBuilder::new()
            .max_rect(Rect::from_min_max(pos2(body.left() + PAD, body.top()), pos2(body.right() - 2.0, body.bottom())))
            .id_salt("inspector body"),
    );
    let new = state.shown != Some(f.id);
    if new {
        state.shown = Some(f.id);
        state.against = None;
    }
    let mut area = ScrollArea::vertical().id_salt("inspector scroll").auto_shrink(false);
    if new {
        area = area.vertical_scroll_offset(0.0);
    }
    let name = format!("selected difference, {}, {}", f.kind.label().to_lowercase(), f.title);
    kit::name_area(ui, header.with_max_x(close.left()), Id::unique("selected difference"), Role::Group, &name);
    area.show(&mut child, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        // The scroll bar stands in the margin, beside the text.
        ui.set_max_width(rect.width() - 2.0 * PAD);
        contents(ui, app, finding, state, out);
    });
    judgement_bar(ui, buttons, app, finding, out);
}

fn nothing_selected(app: &App) -> &'static str {
    match (app.analysis.versions.len(), app.analysis.findings.is_empty(), app.shown().is_empty()) {
        (0 | 1, ..) => "Add a second version to compare.",
        (_, true, _) => "These versions agree in every detail and quote that Parallax can read.",
        (_, false, true) => "All differences are hidden by the filters.",
        _ => "Click a mark in the text or a row of the strip, or press F8 for the next difference.",
    }
}

/// Glyph and kind on the kind's colour, then what it is about.
fn tag(ui: &Ui, left_center: egui::Pos2, f: &Finding, theme: &Theme, right: f32) {
    let painter = ui.painter();
    let color = theme.kind(f.kind);
    let w = kit::width(painter, f.kind.label(), Face::SansSemibold.at(12.0)) + 34.0;
    let rect = Rect::from_min_size(pos2(left_center.x, left_center.y - 11.0), vec2(w, 22.0));
    painter.rect_filled(rect, 4.0, color);
    let ink = if theme.dark { theme.chrome } else { theme.paper };
    glyphs::paint(painter, pos2(rect.left() + 14.0, rect.center().y), 12.0, ink, Glyph::of(f.kind));
    painter.text(pos2(rect.left() + 25.0, rect.center().y), Align2::LEFT_CENTER, f.kind.label(), Face::SansSemibold.at(12.0), ink);
    kit::text(painter, rect.right() + 9.0, left_center.y, &about(f), Face::Sans.at(13.0), theme.ink2, right - rect.right() - 9.0);
}

/// "Detail, number".
fn about(f: &Finding) -> String {
    match (f.detail, f.kind) {
        (Some(kind), _) => format!("Detail, {}", detail_word(kind)),
        (None, FindingKind::QuoteAltered | FindingKind::QuoteTrimmed | FindingKind::QuoteIndirect) => "Quote".into(),
        (None, FindingKind::QuoteSpeaker | FindingKind::Attribution) => "Source".into(),
        (None, FindingKind::OnlyIn | FindingKind::Silent) => "Passage".into(),
        (None, FindingKind::Order) => "Order of passages".into(),
        (None, FindingKind::Wording) => "Words".into(),
        _ => String::new(),
    }
}

/// A detail's type in a word.
pub fn detail_word(kind: DetailKind) -> &'static str {
    match kind {
        DetailKind::Number => "number",
        DetailKind::Money => "money",
        DetailKind::Percent => "per cent",
        DetailKind::Age => "age",
        DetailKind::Date => "date",
        DetailKind::Time => "time",
        DetailKind::Duration => "duration",
        DetailKind::Person => "person",
        DetailKind::Organisation => "organisation",
        DetailKind::Place => "place",
    }
}

fn contents(ui: &mut Ui, app: &App, finding: FindingIx, state: &mut InspectorState, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let f = &app.analysis.findings[finding.ix()];
    let width = ui.available_width();
    ui.add_space(13.0);
    let title = kit::paragraph(ui.painter(), &[(&f.title, Face::SerifSemibold.at(18.0), theme.ink)], 23.0, width);
    let (rect, _) = ui.allocate_exact_size(vec2(width, title.size().y), Sense::hover());
    ui.painter().galley(rect.min, title, theme.ink);
    ui.add_space(10.0);
    if number_line::ui(ui, f, theme) {
        ui.add_space(12.0);
    } else {
        let (r, _) = ui.allocate_exact_size(vec2(width, 1.0), Sense::hover());
        kit::rule(ui.painter(), r.left(), r.right(), r.top(), theme.line);
        ui.add_space(10.0);
    }
    switches(ui, app, f, state);
    let base = state.base(app, f);
    for i in 0..f.readings.len() {
        reading::reading(ui, app, finding, i, base, state.around, out);
    }
    if !f.silent.is_empty() {
        silent_row(ui, app, f, out);
    }
    ui.add_space(2.0);
    let why_label = if f.readings.len() > 1 { "Why these are together" } else { "Why this is listed" };
    let why_label = kit::paragraph(ui.painter(), &[(why_label, Face::SansSemibold.at(11.5), theme.ink2)], 16.0, width);
    let why = why(app, f);
    let text = kit::paragraph(ui.painter(), &[(&why, Face::Sans.at(11.5), theme.ink3)], 17.0, width);
    for galley in [why_label, text] {
        let (rect, _) = ui.allocate_exact_size(vec2(width, galley.size().y), Sense::hover());
        ui.painter().galley(rect.min, galley, theme.ink3);
    }
    if let Some(j) = app.judgement(finding).filter(|j| !j.note.is_empty()) {
        ui.add_space(12.0);
        let note = kit::paragraph(
            ui.painter(),
            &[("Note  ", Face::SansSemibold.at(11.5), theme.ink2), (&j.note, Face::Sans.at(13.0), theme.ink)],
            18.0,
            width,
        );
        let (rect, _) = ui.allocate_exact_size(vec2(width, note.size().y), Sense::hover());
        ui.painter().galley(rect.min, note, theme.ink);
    }
    ui.add_space(16.0);
}

/// Why a difference is listed and why its words stand together.
fn why(app: &App, f: &Finding) -> String {
    let mut why = f.why.clone();
    if let Some(passage) = f.passage.and_then(|p| app.analysis.passages.get(p.ix())) {
        for reason in &passage.why {
            why.push(' ');
            why.push_str(reason.trim_end_matches('.'));
            why.push('.');
        }
        if passage.members.len() > 1 {
            why.push_str(&format!(" That they report the same is {} ({:.0} in 100).", likely(passage.score), passage.score * 100.0));
        }
    }
    why
}

/// How sure a grouping is, in words.
fn likely(score: f32) -> &'static str {
    match score {
        s if s >= 0.8 => "very likely",
        s if s >= 0.5 => "likely",
        _ => "less sure",
    }
}

/// A sentence rather than a value.
fn is_long(r: &Reading) -> bool {
    r.text.chars().count() > 60
}

/// Whether a finding's readings are tellings to be compared word by word, rather than values.
fn of_sentences(f: &Finding) -> bool {
    let told = f.detail.is_none() && !matches!(f.kind, FindingKind::QuoteSpeaker | FindingKind::Attribution | FindingKind::Order);
    told && f.readings.iter().any(is_long)
}

/// What words are shown against, and how much stands around them.
fn switches(ui: &mut Ui, app: &App, f: &Finding, state: &mut InspectorState) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let y = rect.center().y - 2.0;
    let around = kit::choice(ui, rect.left(), y, "Show", state.around.label(), Id::unique("context of readings"));
    kit::menu_below(&around, |ui| {
        for choice in Around::ALL {
            if kit::menu_row(ui, choice.label(), state.around == choice) {
                state.around = choice;
            }
        }
    });
    if f.readings.len() > 1 {
        let base = state.base(app, f);
        let name = |i: Option<usize>| i.map_or("none".to_owned(), |i| format!("reading {}", i + 1));
        let x = rect.right() - kit::choice_width(ui.painter(), "Words against", &name(base));
        let against = kit::choice(ui, x, y, "Words against", &name(base), Id::unique("words against"));
        kit::menu_below(&against, |ui| {
            for choice in std::iter::once(None).chain((0..f.readings.len()).map(Some)) {
                if kit::menu_row(ui, &name(choice), base == choice) {
                    state.against = Some(choice);
                }
            }
        });
    }
    ui.add_space(6.0);
}

/// Brings a version's column into sight, with its words of what is selected.
fn show_version(app: &App, v: VersionIx) -> Vec<Action> {
    let key = app.key(v);
    let mut out = Vec::new();
    if app.is_hidden(v) {
        out.push(Action::SetHidden(key, false));
    }
    if app.folded_into(v).is_some() {
        out.push(Action::SetUnfolded(vec![key], true));
    }
    out.push(Action::Focus(key));
    out.extend(app.selection.finding.map(|finding| Action::Select { finding, version: Some(key) }));
    out
}

fn one_origin(app: &App, versions: &[VersionIx]) -> bool {
    versions.len() > 1 && app.analysis.origins.iter().any(|o| versions.iter().all(|v| o.versions.contains(v)))
}

fn silent_row(ui: &mut Ui, app: &App, f: &Finding, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, 30.0), Sense::hover());
    let painter = ui.painter().clone();
    let y = rect.top() + 9.0;
    glyphs::paint(&painter, pos2(rect.left() + 7.0, y), 12.0, theme.neutral, Glyph::Silent);
    let mut x = rect.left() + 22.0;
    for v in f.silent.iter().take(8) {
        let kind = if app.column_of(*v) != Some(*v) { Badge::Hidden } else { Badge::Plain };
        let w = kit::badge(ui, pos2(x, y), 17.0, &letter(*v), kind);
        let r = Rect::from_min_size(pos2(x, y - 8.5), vec2(w, 17.0));
        let response = kit::clickable(ui, r, Id::unique(("silent", *v)), Role::Button, &format!("show {}", app.version(*v).outlet()), true);
        if response.clicked() {
            out.push(Action::SetHidden(app.key(*v), false));
            out.push(Action::Focus(app.key(*v)));
        }
        response.on_hover_text(app.version(*v).outlet());
        x += w + 6.0;
    }
    let more = f.silent.len().saturating_sub(8);
    let words = if more > 0 { format!("and {more} more: not found there") } else { "not found there".to_owned() };
    kit::text(&painter, x + 1.0, y, &words, Face::Sans.at(12.0), theme.ink2, rect.right() - x);
    kit::rule(&painter, rect.left(), rect.right(), rect.bottom() - 7.0, theme.line);
    ui.add_space(6.0);
}

fn number(ui: &Ui, center: egui::Pos2, n: usize, color: Color32) {
    let painter = ui.painter();
    painter.circle_stroke(center, 7.5, Stroke::new(1.2, color));
    painter.text(center, Align2::CENTER_CENTER, n.to_string(), Face::SansMedium.at(10.5), color);
}

/// A reading that fits all others is drawn as compatible even inside a conflict.
pub fn reading_color(f: &Finding, r: &Reading, theme: &Theme) -> Color32 {
    let others = match r.remark.as_deref().and_then(|s| s.strip_prefix("fits ")) {
        Some("one other") => 1,
        Some(words) => words.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0),
        None => 0,
    };
    let fits_all = others > 0 && others + 1 >= f.readings.len();
    if f.kind == FindingKind::DetailConflict && fits_all { theme.compatible } else { theme.kind(f.kind) }
}

/// What words were read as where the words do not say it: "July 24, read from Sat 1 Aug", "read as 6".
pub fn read_as(app: &App, r: &Reading, v: VersionIx, range: TextRange) -> Option<String> {
    use crate::extract::Value;
    let version = app.version(v);
    let words = version.slice(range);
    let detail = version.extract.details.iter().find(|d| d.range == range && matches!(d.value, Value::Date(_)));
    if let Some(Value::Date(date)) = detail.map(|d| &d.value) {
        let (day, _) = date.span().filter(|(from, to)| from == to)?;
        if words.contains(&day.day().to_string()) {
            return None;
        }
        let from = version.meta.published.map(|p| p.date.strftime("%a %-d %b").to_string())?;
        return Some(format!("{}, read from {from}", day.strftime("%B %-d")));
    }
    // Digits say it already.
    let plain = words.chars().any(|c| c.is_ascii_digit());
    r.read_as.as_deref().filter(|s| *s != r.text && !plain && !s.contains("XX")).map(|s| format!("read as {s}"))
}

fn remark_sign(remark: &str, theme: &Theme) -> (Glyph, Color32) {
    if remark.starts_with("fits") {
        (Glyph::Approx, theme.compatible)
    } else if remark.starts_with("conflicts") {
        (Glyph::Conflict, theme.conflict)
    } else if remark.contains("later") {
        (Glyph::Later, theme.later)
    } else if remark.contains("cut") {
        (Glyph::Cut, theme.quote)
    } else {
        (Glyph::Same, theme.neutral)
    }
}

/// Confirm, dismiss, note, more.
fn judgement_bar(ui: &mut Ui, rect: Rect, app: &App, finding: FindingIx, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let painter = ui.painter().clone();
    kit::rule(&painter, rect.left(), rect.right(), rect.top() + 0.5, theme.line);
    let y = rect.center().y;
    buttons(ui, rect.left() + PAD, y, rect.right() - PAD, app, finding, out);
}

/// The judgement's buttons from `x`; returns their right edge.
pub fn buttons(ui: &mut Ui, x: f32, y: f32, right: f32, app: &App, finding: FindingIx, out: &mut Vec<Action>) -> f32 {
    let painter = ui.painter().clone();
    let verdict = app.judgement(finding).and_then(|j| j.verdict);
    let mut x = x;
    for (command, label, on) in [
        (Command::Confirm, "Confirm", verdict == Some(Verdict::Confirmed)),
        (Command::Dismiss, "Dismiss", verdict == Some(Verdict::Dismissed)),
        (Command::Note, "Note…", false),
    ] {
        let keys = command.shortcut_label();
        let look = if on { Look::Primary } else { Look::Framed };
        let mut button = Button::framed(label).keys(keys.as_deref()).look(look);
        button.size = 12.5;
        let w = button.width(&painter) - 8.0;
        if x + w > right {
            break;
        }
        let r = Rect::from_min_size(pos2(x, y - 13.0), vec2(w, 26.0));
        let response = button.show(ui, r, Id::unique(("judge", command)));
        if response.clicked() {
            out.push(Action::Run(command));
        }
        response.on_hover_text(command.spec().help);
        x += w + 6.0;
    }
    if x + 26.0 <= right + 2.0 {
        let r = Rect::from_min_size(pos2(x, y - 13.0), vec2(26.0, 26.0));
        let response = kit::icon_button(ui, r, Id::unique("more judgements"), Glyph::More, "More judgements", true, true);
        kit::menu_below(&response, |ui| {
            for command in
                [Command::PinTogether, Command::SplitApart, Command::ConfirmAndStay, Command::DismissAndStay, Command::ClearJudgement]
            {
                let enabled = app.is_enabled(command);
                if ui.add_enabled(enabled, egui::Button::new(command.label()).frame_when_inactive(false)).clicked() {
                    out.push(Action::Run(command));
                    ui.close();
                }
            }
        });
        x += 26.0;
    }
    x
}
