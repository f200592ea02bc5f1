//! Numbers and dates on a line: "about" a bar, "more than" an arrow, "nearly" an open bar, an exact value a tick.

use super::reading_color;
use crate::compare::{Finding, Interval};
use crate::extract::DetailKind;
use crate::gui::fonts::Face;
use crate::gui::kit;
use crate::gui::theme::Theme;
use egui::{Align2, Color32, Rect, Sense, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

const ROW: f32 = 17.0;

/// Draws the line. Returns whether there was something to draw: two readings or more with different values.
pub fn ui(ui: &mut Ui, f: &Finding, theme: &Theme) -> bool {
    let with: Vec<(usize, Interval, Color32)> =
        f.readings.iter().enumerate().filter_map(|(i, r)| Some((i, r.interval?, reading_color(f, r, theme)))).collect();
    let mut values: Vec<f64> = with.iter().flat_map(|(_, i, _)| [Some(i.at), i.low, i.high]).flatten().filter(|v| v.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let (Some(&low), Some(&high)) = (values.first(), values.last()) else { return false };
    if with.len() < 2 || high <= low || with.len() > 8 {
        return false;
    }
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, with.len() as f32 * ROW + 30.0), Sense::hover());
    let painter = ui.painter();
    let pad = (high - low) * 0.22;
    let (from, to) = (low - pad, high + pad);
    let left = rect.left() + 16.0;
    let right = rect.right() - 6.0;
    let x = |v: f64| left + ((v - from) / (to - from)) as f32 * (right - left);
    let mut y = rect.top() + 8.0;
    for (i, interval, color) in &with {
        let stroke = Stroke::new(1.6, *color);
        let (a, b) = (interval.low.map(x), interval.high.map(x));
        let label_x = match (a, b) {
            (Some(a), Some(b)) if b - a < 3.0 => {
                painter.rect_filled(Rect::from_center_size(pos2((a + b) / 2.0, y), vec2(4.0, 10.0)), 1.0, *color);
                (a + b) / 2.0 - 2.0
            }
            (Some(a), Some(b)) => {
                let bar = Rect::from_min_max(pos2(a, y - 4.5), pos2(b, y + 4.5));
                // The value at the upper end means "nearly": the bar stays open.
                if x(interval.at) >= b - 1.0 {
                    painter.rect_stroke(bar, 0.0, stroke, StrokeKind::Inside);
                } else {
                    painter.rect_filled(bar, 0.0, *color);
                }
                a
            }
            (Some(a), None) => {
                painter.line_segment([pos2(a, y), pos2(right, y)], stroke);
                painter.vline(a, y - 4.5..=y + 4.5, stroke);
                painter.add(Shape::line(vec![pos2(right - 4.0, y - 3.5), pos2(right, y), pos2(right - 4.0, y + 3.5)], stroke));
                a
            }
            (None, Some(b)) => {
                painter.line_segment([pos2(left, y), pos2(b, y)], stroke);
                painter.vline(b, y - 4.5..=y + 4.5, stroke);
                painter.add(Shape::line(vec![pos2(left + 4.0, y - 3.5), pos2(left, y), pos2(left + 4.0, y + 3.5)], stroke));
                left
            }
            (None, None) => {
                painter.circle_filled(pos2(x(interval.at), y), 3.5, *color);
                x(interval.at) - 4.0
            }
        };
        painter.text(pos2(label_x - 7.0, y), Align2::RIGHT_CENTER, (i + 1).to_string(), Face::SansSemibold.at(11.0), theme.ink);
        y += ROW;
    }
    let axis = rect.bottom() - 20.0;
    kit::rule(painter, rect.left(), rect.right(), axis, theme.hair);
    let dates = f.detail == Some(DetailKind::Date);
    let mut last_right = f32::NEG_INFINITY;
    for tick in ticks(from, to, dates) {
        let at = x(tick);
        let label = if dates { day(tick) } else { grouped(tick) };
        let w = kit::width(painter, &label, Face::Sans.at(11.0));
        let center = at.clamp(rect.left() + w / 2.0, rect.right() - w / 2.0);
        if center - w / 2.0 < last_right + 8.0 {
            continue;
        }
        last_right = center + w / 2.0;
        painter.vline(at, axis - 3.0..=axis + 1.0, Stroke::new(1.0, theme.hair));
        painter.text(pos2(center, axis + 11.0), Align2::CENTER_CENTER, label, Face::Sans.at(11.0), theme.ink2);
    }
    true
}

/// Round values between two ends: three or four of them.
fn ticks(from: f64, to: f64, whole: bool) -> Vec<f64> {
    let raw = (to - from) / 3.0;
    let power = 10f64.powf(raw.log10().floor());
    let mut step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= raw * 0.8).unwrap_or(raw);
    if whole {
        step = step.round().max(1.0);
    }
    let first = (from / step).ceil();
    (0..8).map(|i| (first + f64::from(i)) * step).take_while(|v| *v <= to).collect()
}

/// "35,000", "1.5".
fn grouped(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    let text = format!("{rounded}");
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("-", d));
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 && digits.len() > 4 {
            out.push(',');
        }
        out.push(c);
    }
    match fraction {
        Some(f) => format!("{sign}{out}.{f}"),
        None => format!("{sign}{out}"),
    }
}

/// A day since 1970 as "24 Jul".
fn day(value: f64) -> String {
    let epoch = jiff::civil::date(1970, 1, 1);
    let span = jiff::Span::new().try_days(value as i64);
    span.and_then(|s| epoch.checked_add(s)).map_or_else(|_| grouped(value), |d| d.strftime("%-d %b").to_string())
}
