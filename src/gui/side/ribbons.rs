//! Ribbons join the passages of neighbouring columns across the gutter.
//!
//! A bezier filled as a path is wrong for concave shapes, so a ribbon is a band of 17 samples.

use super::{GUTTER, Held, Place, SideContext, SideState};
use crate::base::PassageIx;
use crate::gui::column::Band;
use crate::gui::theme::Theme;
use egui::epaint::{BandPoint, BandShape};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2};

const SAMPLES: usize = 17;

/// Paints the ribbons between all neighbours in sight.
pub fn paint(painter: &Painter, body: Rect, places: &[Place], bands: &[Vec<Band>], cx: &SideContext<'_>, state: &SideState, theme: &Theme) {
    let selected = cx.app.selected_passage();
    let passages = with_shown_findings(cx);
    let hovered = state.hovered.and_then(|f| cx.app.analysis.findings.get(f.ix())).and_then(|f| f.passage);
    for pair in 0..places.len().saturating_sub(1) {
        let (a, b) = (&places[pair], &places[pair + 1]);
        let (Some(left), Some(right)) = (state.held.get(&a.key), state.held.get(&b.key)) else { continue };
        let gutter = Rect::from_min_max(pos2(a.rect.right(), body.top()), pos2(b.rect.left(), body.bottom()));
        let painter = painter.with_clip_rect(gutter.expand2(egui::vec2(0.5, 0.0)).intersect(painter.clip_rect()));
        for &passage in passages.iter().filter(|p| Some(**p) != selected) {
            let from = end(cx, a, left, passage, body);
            let to = end(cx, b, right, passage, body);
            let edge = if hovered == Some(passage) { theme.ink2 } else { theme.ribbon_edge };
            match (from, to) {
                (Some(f), Some(t)) if in_view(f, body) || in_view(t, body) => {
                    ribbon(&painter, gutter, f, t, theme.ribbon, Stroke::new(1.0, edge));
                }
                (Some(f), None) if in_view(f, body) => taper(&painter, gutter, f, true, theme, edge),
                (None, Some(t)) if in_view(t, body) => taper(&painter, gutter, t, false, theme, edge),
                _ => {}
            }
        }
        if let (Some(f), Some(t)) = (bands.get(pair).and_then(|b| b.first()), bands.get(pair + 1).and_then(|b| b.first())) {
            ribbon(&painter, gutter, f.right, t.left, theme.mark, Stroke::new(1.25, theme.frame));
        }
    }
}

/// Passages of findings that are shown, in order.
fn with_shown_findings(cx: &SideContext<'_>) -> Vec<PassageIx> {
    let mut all: Vec<PassageIx> = cx.app.shown().iter().filter_map(|f| cx.app.analysis.findings[f.ix()].passage).collect();
    all.sort();
    all.dedup();
    // What one version alone reports joins nothing.
    all.retain(|p| cx.index.spread(*p) > 1);
    all
}

fn end(cx: &SideContext<'_>, place: &Place, held: &Held, passage: PassageIx, body: Rect) -> Option<(f32, f32)> {
    let run = cx.index.main_run(passage, place.version)?;
    let origin = place.origin(held).y;
    // Far from sight the blocks' own edges are near enough.
    let (first, last) = (held.column.block_of(run.start), held.column.block_of(run.end.saturating_sub(1)));
    let (top, bottom) = (held.column.top(first) + origin, held.column.top(last) + held.column.block_height(last) + origin);
    if bottom < body.top() - 40.0 || top > body.bottom() + 40.0 {
        return Some((top, bottom));
    }
    let (top, bottom) = held.column.extent(run);
    Some((top + origin + 1.0, bottom + origin - 1.0))
}

fn in_view(end: (f32, f32), body: Rect) -> bool {
    end.1 >= body.top() && end.0 <= body.bottom()
}

fn smooth(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

fn ribbon(painter: &Painter, gutter: Rect, from: (f32, f32), to: (f32, f32), fill: Color32, edge: Stroke) {
    let mut points = Vec::with_capacity(SAMPLES);
    let (mut above, mut below): (Vec<Pos2>, Vec<Pos2>) = (Vec::with_capacity(SAMPLES), Vec::with_capacity(SAMPLES));
    for i in 0..SAMPLES {
        let t = i as f32 / (SAMPLES - 1) as f32;
        let s = smooth(t);
        let x = gutter.left() + t * gutter.width();
        let top = from.0 + (to.0 - from.0) * s;
        let bottom = (from.1 + (to.1 - from.1) * s).max(top);
        points.push(BandPoint::new(x, top..=bottom));
        above.push(pos2(x, top));
        below.push(pos2(x, bottom));
    }
    painter.add(Shape::Band(BandShape::filled(points, fill)));
    painter.add(Shape::line(above, edge));
    painter.add(Shape::line(below, edge));
}

/// A ribbon that ends in a point, where the next version is silent.
fn taper(painter: &Painter, gutter: Rect, from: (f32, f32), to_right: bool, theme: &Theme, edge: Color32) {
    let middle = (from.0 + from.1) / 2.0;
    let reach = GUTTER * 0.45;
    let half = if to_right { gutter.with_max_x(gutter.left() + reach) } else { gutter.with_min_x(gutter.right() - reach) };
    let point = (middle, middle);
    let (a, b) = if to_right { (from, point) } else { (point, from) };
    ribbon(painter, half, a, b, theme.ribbon, Stroke::new(1.0, edge));
}
