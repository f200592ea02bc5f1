//! One reading: its words, what stands around them, who has it.

use super::excerpt::{context, excerpt};
use super::{Around, is_long, number, of_sentences, one_origin, read_as, reading_color, remark_sign, show_version, words};
use crate::app::{Action, App, letter};
use crate::base::{FindingIx, VersionIx};
use crate::compare::Reading;
use crate::gui::fonts::Face;
use crate::gui::glyphs;
use crate::gui::kit::{self, Badge};
use crate::gui::side::shorten;
use crate::gui::theme::Theme;
use egui::{Id, Rect, Role, Sense, Ui, pos2, vec2};

pub(super) fn reading(ui: &mut Ui, app: &App, finding: FindingIx, i: usize, base: Option<usize>, around: Around, out: &mut Vec<Action>) {
    let theme = Theme::of(ui);
    let f = &app.analysis.findings[finding.ix()];
    let r = &f.readings[i];
    let width = ui.available_width();
    let top = ui.cursor().top();
    let left = ui.cursor().left();
    let painter = ui.painter().clone();
    // Room is known after layout: words first, painted at once.
    let remark = r.remark.as_deref().unwrap_or("");
    let remark_width = if remark.is_empty() { 0.0 } else { kit::width(&painter, remark, Face::Sans.at(11.5)) + 22.0 };
    // A value stands out; a sentence is read.
    let long = is_long(r) || of_sentences(f);
    let short = remark_width < width * 0.45 && !long;
    let words_width = width - 22.0 - if short { remark_width } else { 0.0 };
    // Sentences are compared as they stand, values by the sentences that hold them.
    let compared = base.filter(|b| *b != i).and_then(|b| words::against(app, &f.readings[b], r, long));
    let (face, line) = if long { (Face::Serif.at(15.0), 21.0) } else { (Face::SerifSemibold.at(17.0), 22.0) };
    let words = match compared.as_ref().filter(|_| long) {
        Some(pieces) => words::galley(&painter, pieces, face, line, words_width, theme),
        None => kit::paragraph(&painter, &[(&shorten(&r.text, 320), face, theme.ink)], line, words_width),
    };
    let mut y = top;
    number(ui, pos2(left + 7.0, y + 11.0), i + 1, reading_color(f, r, theme));
    let words_height = words.size().y;
    painter.galley(pos2(left + 22.0, y), words, theme.ink);
    if !remark.is_empty() {
        let (x, at) = if short { (left + width - remark_width + 4.0, y + 11.0) } else { (left + 22.0, y + words_height + 9.0) };
        let (glyph, color) = remark_sign(remark, theme);
        glyphs::paint(&painter, pos2(x + 5.0, at), 11.0, color, glyph);
        kit::text(&painter, x + 16.0, at, remark, Face::Sans.at(11.5), theme.ink2, width);
    }
    y += words_height + if !remark.is_empty() && !short { 18.0 } else { 0.0 };
    if let Some(read_as) = r.evidence.first().and_then(|e| read_as(app, r, e.version, e.range)) {
        kit::text(&painter, left + 22.0, y + 8.0, &read_as, Face::Sans.at(11.5), theme.ink3, width - 22.0);
        y += 17.0;
    }
    y += 2.0;
    if let Some(pieces) = compared.as_ref().filter(|_| !long) {
        let galley = words::galley(&painter, pieces, Face::Serif.at(14.0), 20.0, width, theme);
        let height = galley.size().y;
        painter.galley(pos2(left, y), galley, theme.ink2);
        y += height + 4.0;
    } else {
        let mut seen: Vec<VersionIx> = Vec::new();
        for e in &r.evidence {
            let repeated = seen.contains(&e.version);
            if repeated || (around != Around::Versions && !seen.is_empty()) || (long && around == Around::Line) {
                continue;
            }
            seen.push(e.version);
            let (before, words, after) = match around {
                Around::Paragraph => excerpt(app, e.version, e.range, usize::MAX, usize::MAX, usize::MAX),
                _ => excerpt(app, e.version, e.range, 46, 64, 240),
            };
            // Where nothing stands around the words, they would only be said twice.
            if around != Around::Versions && before.trim().is_empty() && after.trim().is_empty() {
                continue;
            }
            let indent = if around == Around::Versions { 24.0 } else { 0.0 };
            if indent > 0.0 {
                kit::badge(ui, pos2(left, y + 10.0), 17.0, &letter(e.version), Badge::Plain);
            }
            let (galley, ground) = context(&painter, (&before, &words, &after), theme, width - indent);
            for part in ground {
                painter.rect_filled(part.translate(vec2(left + indent, y)), 2.0, theme.well);
            }
            let height = galley.size().y;
            painter.galley(pos2(left + indent, y), galley, theme.ink2);
            y += height + 4.0;
        }
    }
    y = holders(ui, app, r, left, y, width, out) + 12.0;
    kit::rule(&painter, left, left + width, y, theme.line);
    let whole = Rect::from_min_max(pos2(left, top), pos2(left + width, y - 30.0));
    let mut name = format!("reading {} of {}, {}", i + 1, f.readings.len(), shorten(&r.text, 60));
    if let (Some(pieces), Some(base)) = (&compared, base) {
        name.push_str(&words::spoken(pieces, base));
    }
    let response = kit::clickable(ui, whole, Id::unique(("reading", f.id, i)), Role::Button, &name, true);
    kit::focus_ring(ui, &response, 3.0);
    if response.clicked() {
        out.push(Action::Select { finding: f.id, version: r.evidence.first().map(|e| app.key(e.version)) });
    }
    ui.allocate_exact_size(vec2(width, y + 12.0 - top), Sense::hover());
}

/// Badges of the versions that hold a reading; the outlet where there is only one. Returns the bottom.
fn holders(ui: &Ui, app: &App, r: &Reading, left: f32, top: f32, width: f32, out: &mut Vec<Action>) -> f32 {
    let theme = Theme::of(ui);
    let painter = ui.painter();
    let mut versions: Vec<VersionIx> = r.evidence.iter().map(|e| e.version).collect();
    versions.dedup();
    let (mut x, mut y) = (left, top + 10.0);
    for v in &versions {
        let text = letter(*v);
        if x + 26.0 > left + width {
            x = left;
            y += 22.0;
        }
        let kind = if app.column_of(*v) != Some(*v) {
            Badge::Hidden
        } else if app.reference() == Some(*v) {
            Badge::Reference
        } else {
            Badge::Plain
        };
        let w = kit::badge(ui, pos2(x, y), 17.0, &text, kind);
        let rect = Rect::from_min_size(pos2(x, y - 8.5), vec2(w, 17.0));
        let name = format!("show {}", app.version(*v).outlet());
        let response = kit::clickable(ui, rect, Id::unique(("holder", r.text.as_str(), *v)), Role::Button, &name, true);
        kit::focus_ring(ui, &response, 4.0);
        if response.clicked() {
            out.extend(show_version(app, *v));
        }
        response.on_hover_text(app.version(*v).outlet());
        x += w + 6.0;
    }
    let caption = match versions.as_slice() {
        [one] => app.version(*one).outlet().to_owned(),
        many if one_origin(app, many) => "same copy, one origin".to_owned(),
        _ => String::new(),
    };
    kit::text(painter, x + 1.0, y, &caption, Face::Sans.at(12.0), theme.ink2, left + width - x - 2.0);
    y + 9.0
}
