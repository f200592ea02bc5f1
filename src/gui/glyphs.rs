//! The app's signs, drawn as paths in a box of 14 units with strokes of 1.7.
//!
//! Kinds of finding must be told apart without colour, so each has a shape of its own; a font's
//! symbols would differ in weight and place from one system to the next.

use crate::compare::{FilterGroup, FindingKind};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, epaint::PathStroke, pos2, vec2};

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Glyph {
    /// ≠
    Conflict,
    /// ≠ in a ring
    Within,
    /// ≈
    Approx,
    /// bar and arrow
    Later,
    /// two commas
    Quote,
    /// dots in brackets
    Cut,
    /// a head
    Person,
    /// half-filled square
    Half,
    /// dashed square
    Silent,
    /// two arrows, up and down
    Order,
    /// =
    Same,
    /// A over a line
    Wording,
    /// a lens
    Search,
    /// chevrons
    Up,
    /// chevron down
    Down,
    /// chevron left
    Left,
    /// chevron right
    Right,
    /// ×
    Close,
    /// three dots
    More,
    /// a pin
    Pin,
    /// two sheets
    Copy,
    /// a tick
    Tick,
    /// a triangle with a stroke
    Warn,
    /// an open ring
    Busy,
    /// a window with a panel at its right
    Panel,
    /// a window with a panel below
    Drawer,
}

impl Glyph {
    /// The sign of a kind of finding.
    pub fn of(kind: FindingKind) -> Self {
        match kind {
            FindingKind::DetailConflict => Glyph::Conflict,
            FindingKind::SelfContradiction => Glyph::Within,
            FindingKind::DetailLater => Glyph::Later,
            FindingKind::DetailCompatible | FindingKind::NameSpelling => Glyph::Approx,
            FindingKind::QuoteAltered | FindingKind::QuoteIndirect => Glyph::Quote,
            FindingKind::QuoteTrimmed => Glyph::Cut,
            FindingKind::QuoteSpeaker | FindingKind::Attribution => Glyph::Person,
            FindingKind::OnlyIn => Glyph::Half,
            FindingKind::Silent => Glyph::Silent,
            FindingKind::Order => Glyph::Order,
            FindingKind::Wording => Glyph::Wording,
        }
    }

    /// The sign of a group of kinds.
    pub fn of_group(group: FilterGroup) -> Self {
        match group {
            FilterGroup::Conflict => Glyph::Conflict,
            FilterGroup::Later => Glyph::Later,
            FilterGroup::Compatible => Glyph::Approx,
            FilterGroup::Quotes => Glyph::Quote,
            FilterGroup::OnlyIn => Glyph::Half,
            FilterGroup::Silent => Glyph::Silent,
            FilterGroup::Order => Glyph::Order,
            FilterGroup::Wording => Glyph::Wording,
        }
    }
}

/// Paints a sign centred at `center` in a box of `size` points.
pub fn paint(painter: &Painter, center: Pos2, size: f32, color: Color32, glyph: Glyph) {
    let k = size / 14.0;
    let at = |x: f32, y: f32| center + vec2((x - 7.0) * k, (y - 7.0) * k);
    let stroke = Stroke::new(1.7 * k, color);
    let thin = Stroke::new(1.4 * k, color);
    let line = |points: &[(f32, f32)], stroke: Stroke| {
        painter.add(Shape::line(points.iter().map(|&(x, y)| at(x, y)).collect(), stroke));
    };
    let convex = |points: &[(f32, f32)]| {
        painter.add(Shape::convex_polygon(points.iter().map(|&(x, y)| at(x, y)).collect(), color, PathStroke::NONE));
    };
    match glyph {
        Glyph::Panel | Glyph::Drawer => {
            let frame = Rect::from_min_max(at(1.0, 2.2), at(13.0, 11.8));
            painter.rect_stroke(frame, 1.5 * k, thin, StrokeKind::Inside);
            let part = if glyph == Glyph::Panel { frame.with_min_x(at(8.6, 0.0).x) } else { frame.with_min_y(at(0.0, 8.0).y) };
            painter.rect_filled(part, 1.0 * k, color);
        }
        Glyph::Conflict => {
            line(&[(2.5, 5.0), (11.5, 5.0)], stroke);
            line(&[(2.5, 9.2), (11.5, 9.2)], stroke);
            line(&[(9.3, 2.2), (4.7, 12.0)], stroke);
        }
        Glyph::Within => {
            painter.circle_stroke(at(7.0, 7.0), 6.1 * k, thin);
            line(&[(4.2, 5.8), (9.8, 5.8)], thin);
            line(&[(4.2, 8.4), (9.8, 8.4)], thin);
            line(&[(8.6, 3.8), (5.4, 10.4)], thin);
        }
        Glyph::Approx => {
            for y in [4.7, 9.3] {
                let wave: Vec<_> =
                    (0..=12).map(|i| i as f32 / 12.0).map(|t| (2.0 + 10.0 * t, y - 1.5 * (t * std::f32::consts::TAU).sin())).collect();
                line(&wave, stroke);
            }
        }
        Glyph::Later => {
            line(&[(1.6, 3.2), (1.6, 10.8)], stroke);
            line(&[(2.0, 7.0), (12.2, 7.0)], stroke);
            line(&[(9.2, 4.0), (12.4, 7.0), (9.2, 10.0)], stroke);
        }
        Glyph::Quote => {
            for dx in [0.0, 5.8] {
                painter.circle_filled(at(3.9 + dx, 5.2), 2.2 * k, color);
                convex(&[(4.2 + dx, 4.0), (6.1 + dx, 5.2), (5.6 + dx, 7.6), (3.2 + dx, 10.2), (2.4 + dx, 9.3), (3.9 + dx, 7.0)]);
            }
        }
        Glyph::Cut => {
            line(&[(4.4, 2.4), (1.8, 2.4), (1.8, 11.6), (4.4, 11.6)], thin);
            line(&[(9.6, 2.4), (12.2, 2.4), (12.2, 11.6), (9.6, 11.6)], thin);
            painter.circle_filled(at(5.3, 7.0), 1.0 * k, color);
            painter.circle_filled(at(8.7, 7.0), 1.0 * k, color);
        }
        Glyph::Person => {
            painter.circle_filled(at(7.0, 4.4), 2.7 * k, color);
            let mut body = vec![(2.2, 12.2)];
            body.extend(
                (0..=10).map(|i| std::f32::consts::PI * (1.0 - i as f32 / 10.0)).map(|a| (7.0 + 4.8 * a.cos(), 11.2 - 3.3 * a.sin())),
            );
            body.push((11.8, 12.2));
            convex(&body);
        }
        Glyph::Half => {
            painter.rect_stroke(Rect::from_two_pos(at(1.8, 1.8), at(12.2, 12.2)), 1.0, thin, egui::StrokeKind::Middle);
            painter.rect_filled(Rect::from_two_pos(at(1.8, 1.8), at(7.0, 12.2)), 0.0, color);
        }
        Glyph::Silent => dashed_square(painter, Rect::from_two_pos(at(2.0, 2.0), at(12.0, 12.0)), thin),
        Glyph::Order => {
            line(&[(4.0, 12.2), (4.0, 2.2)], thin);
            line(&[(1.6, 4.8), (4.0, 2.2), (6.4, 4.8)], thin);
            line(&[(10.0, 1.8), (10.0, 11.8)], thin);
            line(&[(7.6, 9.2), (10.0, 11.8), (12.4, 9.2)], thin);
        }
        Glyph::Same => {
            line(&[(2.5, 5.0), (11.5, 5.0)], stroke);
            line(&[(2.5, 9.2), (11.5, 9.2)], stroke);
        }
        Glyph::Wording => {
            line(&[(3.8, 9.6), (7.0, 1.8), (10.2, 9.6)], thin);
            line(&[(5.0, 6.9), (9.0, 6.9)], thin);
            line(&[(2.0, 12.4), (12.0, 12.4)], thin);
        }
        Glyph::Search => {
            painter.circle_stroke(at(6.0, 6.0), 3.9 * k, stroke);
            line(&[(8.9, 8.9), (12.4, 12.4)], stroke);
        }
        Glyph::Up => line(&[(3.0, 9.0), (7.0, 5.0), (11.0, 9.0)], stroke),
        Glyph::Down => line(&[(3.0, 5.0), (7.0, 9.0), (11.0, 5.0)], stroke),
        Glyph::Left => line(&[(9.0, 3.0), (5.0, 7.0), (9.0, 11.0)], stroke),
        Glyph::Right => line(&[(5.0, 3.0), (9.0, 7.0), (5.0, 11.0)], stroke),
        Glyph::Close => {
            line(&[(3.2, 3.2), (10.8, 10.8)], stroke);
            line(&[(10.8, 3.2), (3.2, 10.8)], stroke);
        }
        Glyph::More => [2.6, 7.0, 11.4].iter().for_each(|&x| {
            painter.circle_filled(at(x, 7.0), 1.3 * k, color);
        }),
        Glyph::Pin => {
            line(&[(4.0, 2.0), (10.0, 2.0)], stroke);
            convex(&[(5.0, 2.0), (9.0, 2.0), (9.0, 6.5), (11.0, 8.8), (3.0, 8.8), (5.0, 6.5)]);
            line(&[(7.0, 8.5), (7.0, 13.0)], thin);
        }
        Glyph::Copy => {
            painter.rect_stroke(Rect::from_two_pos(at(1.6, 1.6), at(9.0, 9.0)), 0.5, thin, egui::StrokeKind::Middle);
            painter.rect_stroke(Rect::from_two_pos(at(5.0, 5.0), at(12.4, 12.4)), 0.5, thin, egui::StrokeKind::Middle);
        }
        Glyph::Tick => line(&[(2.4, 7.4), (5.6, 10.6), (11.8, 3.6)], stroke),
        Glyph::Warn => {
            painter.add(Shape::closed_line(vec![at(7.0, 1.8), at(13.0, 12.4), at(1.0, 12.4)], thin));
            line(&[(7.0, 5.6), (7.0, 8.8)], thin);
            painter.circle_filled(at(7.0, 10.6), 0.9 * k, color);
        }
        Glyph::Busy => {
            let ring: Vec<_> =
                (0..=16).map(|i| 0.8 + 4.7 * i as f32 / 16.0).map(|a: f32| (7.0 + 4.6 * a.cos(), 7.0 - 4.6 * a.sin())).collect();
            line(&ring, stroke);
        }
    }
}

/// A frame of dashes: what a version does not say.
pub fn dashed_square(painter: &Painter, rect: Rect, stroke: Stroke) {
    dashed_rect(painter, rect, stroke, 2.6, 2.0);
}

/// A rectangle of dashes.
pub fn dashed_rect(painter: &Painter, rect: Rect, stroke: Stroke, dash: f32, gap: f32) {
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    let path: Vec<Pos2> = corners.iter().map(|p| pos2(p.x, p.y)).collect();
    painter.extend(Shape::dashed_line(&path, stroke, dash, gap));
}
