//! The signs of kinds and readings on pages, drawn so that no font has to have them.

use crate::compare::FindingKind;
use maud::{Markup, PreEscaped, html};

/// The sign of a kind, drawn in a box of 14.
pub(super) fn glyph(kind: FindingKind) -> Markup {
    use FindingKind::*;
    let shape = match kind {
        DetailConflict => "<path d='M2.5 5h9M2.5 9h9M9.5 1.8 4.5 12.2'/>",
        SelfContradiction => "<circle cx='7' cy='7' r='6'/><path d='M4 5.6h6M4 8.4h6M8.6 3.6 5.4 10.4'/>",
        DetailLater => "<path d='M1.8 3v8M1.8 7h10M8.8 4l3 3-3 3'/>",
        DetailCompatible | NameSpelling => "<path d='M2 5.6c1.7-2 3.3-2 5 0s3.3 2 5 0M2 9.6c1.7-2 3.3-2 5 0s3.3 2 5 0'/>",
        QuoteAltered | QuoteIndirect => {
            "<path class='fill' d='M2.3 3h3.4v4.2c0 1.9-.9 3-2.7 3.5l-.4-1.1c.9-.4 1.3-.9 1.3-1.9H2.3zM8.3 3h3.4v4.2c0 1.9-.9 3-2.7 3.5l-.4-1.1c.9-.4 1.3-.9 1.3-1.9H8.3z'/>"
        }
        QuoteTrimmed => {
            "<path d='M4 2.5H1.8v9H4M10 2.5h2.2v9H10'/><g class='fill'><circle cx='4.6' cy='7' r='.9'/><circle cx='7' cy='7' r='.9'/><circle cx='9.4' cy='7' r='.9'/></g>"
        }
        QuoteSpeaker | Attribution => "<circle cx='7' cy='4.6' r='2.7'/><path d='M2 12.5c.4-3 2.2-4.3 5-4.3s4.6 1.3 5 4.3'/>",
        OnlyIn => "<rect x='2' y='2' width='10' height='10' rx='1'/><path class='fill' d='M2 2h5v10H2z'/>",
        Silent => "<rect x='2' y='2' width='10' height='10' rx='1' stroke-dasharray='2.4 2.4'/>",
        Order => "<path d='M4.3 12V2M1.8 4.5 4.3 2l2.5 2.5M9.7 2v10M7.2 9.5 9.7 12l2.5-2.5'/>",
        Wording => "<path d='M3.5 9.5 7 1.8l3.5 7.7M4.7 7h4.6M2 12.5h10'/>",
    };
    html! { svg.glyph viewBox="0 0 14 14" aria-hidden="true" { (PreEscaped(shape)) } }
}

/// The sign of a reading: full, lower half, frame, frame with a slash, then its number. It stands for identity, not for rank.
pub(super) fn square(reading: usize) -> Markup {
    let frame = "<rect x='.8' y='.8' width='8.4' height='8.4' fill='none' stroke='currentColor' stroke-width='1.4'/>";
    let shape = match reading {
        1 => "<rect x='.8' y='.8' width='8.4' height='8.4' fill='currentColor'/>".to_owned(),
        2 => format!("{frame}<rect x='.8' y='5' width='8.4' height='4.2' fill='currentColor'/>"),
        3 => frame.to_owned(),
        4 => format!("{frame}<path d='M1 9 9 1' stroke='currentColor' stroke-width='1.4'/>"),
        n => return html! { b aria-hidden="true" { (n) } " " },
    };
    html! { svg viewBox="0 0 10 10" aria-hidden="true" { (PreEscaped(shape)) } }
}
