//! The words of one reading against those of another: what is new stands on `well`, what is gone is struck through.

use crate::app::App;
use crate::base::{TextRange, VersionIx};
use crate::compare::Reading;
use crate::compare::diff::{self, ChangeKind};
use crate::gui::side::shorten;
use crate::gui::theme::Theme;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, FontId, Galley, Painter, Stroke};
use std::sync::Arc;

/// Some words of the reading, or of the one it is shown against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words, with the blanks and marks around them.
    pub text: String,
    /// How they stand.
    pub kind: PieceKind,
}

/// How words stand against another reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// In both.
    Same,
    /// In this one alone.
    New,
    /// In the other one alone.
    Gone,
}

/// The words of a reading against another: of each its first holder's. `exact` takes the readings' own words, else the
/// sentences that hold them are compared.
pub fn against(app: &App, base: &Reading, own: &Reading, exact: bool) -> Option<Vec<Piece>> {
    let (a, a_ranges) = words_of(app, base, exact)?;
    let (b, b_ranges) = words_of(app, own, exact)?;
    let (a, b) = (app.version(a), app.version(b));
    let changes = diff::ranges(&a.document, &a_ranges, &b.document, &b_ranges);
    // What is gone stands where the words before it end in this reading.
    let mut new: Vec<TextRange> = Vec::new();
    let mut gone: Vec<(u32, String)> = Vec::new();
    let mut at = b_ranges.first()?.start;
    for change in changes {
        match (change.kind, change.a, change.b) {
            (ChangeKind::Equal, _, Some(r)) => at = r.end,
            (ChangeKind::Insert, _, Some(r)) => {
                new.push(r);
                at = r.end;
            }
            (ChangeKind::Replace, Some(was), Some(r)) => {
                gone.push((r.start, a.slice(was).to_owned()));
                new.push(r);
                at = r.end;
            }
            (ChangeKind::Delete, Some(was), _) => gone.push((at, a.slice(was).to_owned())),
            _ => {}
        }
    }
    Some(pieces(&b.document.text, &b_ranges, &new, gone))
}

fn words_of(app: &App, reading: &Reading, exact: bool) -> Option<(VersionIx, Vec<TextRange>)> {
    let first = reading.evidence.first()?;
    let document = &app.version(first.version).document;
    let own = reading.evidence.iter().filter(|e| e.version == first.version).map(|e| e.range);
    if exact {
        return Some((first.version, own.collect()));
    }
    let sentence = document.sentence_at(first.range.start).and_then(|s| document.sentences.get(s.ix()));
    Some((first.version, vec![sentence.map_or(first.range, |s| s.range.cover(first.range))]))
}

fn pieces(text: &str, ranges: &[TextRange], new: &[TextRange], mut gone: Vec<(u32, String)>) -> Vec<Piece> {
    gone.sort_by_key(|(at, _)| *at);
    let mut gone = gone.into_iter().peekable();
    let mut out: Vec<Piece> = Vec::new();
    let mut push = |text: &str, kind: PieceKind| {
        if !text.is_empty() {
            out.push(Piece { text: text.replace(['\n', '\t'], " "), kind });
        }
    };
    for (i, range) in ranges.iter().enumerate() {
        if i > 0 {
            push(" … ", PieceKind::Same);
        }
        let mut cuts: Vec<u32> = vec![range.start, range.end];
        cuts.extend(new.iter().filter(|r| range.contains(**r)).flat_map(|r| [r.start, r.end]));
        cuts.extend(gone.clone().map(|(at, _)| at).filter(|at| range.start <= *at && *at <= range.end));
        cuts.sort_unstable();
        cuts.dedup();
        for pair in cuts.windows(2) {
            while let Some((_, words)) = gone.next_if(|(at, _)| *at <= pair[0]) {
                let after_word =
                    pair[0] > range.start && text.get(..pair[0] as usize).is_some_and(|t| t.ends_with(|c: char| !c.is_whitespace()));
                if after_word {
                    push(" ", PieceKind::Same);
                }
                push(&words, PieceKind::Gone);
                if !after_word {
                    push(" ", PieceKind::Same);
                }
            }
            let part = TextRange { start: pair[0], end: pair[1] };
            let kind = if new.iter().any(|r| r.contains(part)) { PieceKind::New } else { PieceKind::Same };
            push(part.of(text), kind);
        }
    }
    for (_, words) in gone {
        push(" ", PieceKind::Same);
        push(&words, PieceKind::Gone);
    }
    out
}

/// Lays pieces out.
pub fn galley(painter: &Painter, pieces: &[Piece], font: FontId, line_height: f32, width: f32, theme: &Theme) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    for piece in pieces {
        let mut format = TextFormat {
            font_id: font.clone(),
            color: theme.ink2,
            line_height: Some(line_height),
            valign: Align::Center,
            ..TextFormat::default()
        };
        match piece.kind {
            PieceKind::Same => {}
            PieceKind::New => {
                format.color = theme.ink;
                format.background = theme.well;
                format.underline = Stroke::new(1.0, theme.ink2);
            }
            PieceKind::Gone => {
                format.color = theme.ink3;
                format.strikethrough = Stroke::new(1.0, theme.ink3);
            }
        }
        job.append(&piece.text, 0.0, format);
    }
    job.wrap = TextWrapping::wrap_at_width(width.max(8.0));
    painter.layout_job(job)
}

/// For those who hear it: "; against reading 1: with “…”, without “…”".
pub fn spoken(pieces: &[Piece], base: usize) -> String {
    let of = |kind: PieceKind, word: &str| {
        let all: Vec<String> =
            pieces.iter().filter(|p| p.kind == kind).take(4).map(|p| format!("“{}”", shorten(p.text.trim(), 40))).collect();
        (!all.is_empty()).then(|| format!("{word} {}", all.join(", ")))
    };
    let parts: Vec<String> = [of(PieceKind::New, "with"), of(PieceKind::Gone, "without")].into_iter().flatten().collect();
    if parts.is_empty() {
        format!("; the same words as reading {}", base + 1)
    } else {
        format!("; against reading {}: {}", base + 1, parts.join(", "))
    }
}
