//! PDF files with text. A PDF holds letters and their places; lines, columns, paragraphs and words broken at line ends
//! are told from these ([`lines`], [`columns`], [`paragraphs`]). A page that is a picture has no text, and is told as
//! a scan.
//!
//! The pages are read on a thread of its own with a large stack and a time limit: PDF files come damaged and
//! hostile, and a fault of the library must cost one file.

mod bombs;
mod columns;
mod glyphs;
mod heads;
mod hyphens;
mod lines;
mod paragraphs;

use super::limits::{MAX_PDF_PAGES, PDF_SECONDS};
use super::{Format, Hints, Source, SourceError};
use glyphs::{Drawing, Fault, Page};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// The stack of the thread that reads a file.
const STACK_BYTES: usize = 256 * 1024 * 1024;
/// The most letters of unknown meaning among all, in percent.
const MAX_UNKNOWN_PERCENT: usize = 30;

/// Reads a file.
pub(super) fn read(bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, SourceError> {
    if bombs::inflates_too_much(bytes) {
        return Err(refused(Fault::TooMuch));
    }
    let mut drawing = drawing(bytes).map_err(|fault| refused(unfinished(bytes, fault)))?;
    let mut notes = Vec::new();
    if drawing.pages_left_out > 0 {
        notes.push(format!("{} pages after the limit of {MAX_PDF_PAGES} were left out.", drawing.pages_left_out));
    }
    let recognised = drawing.pages.iter().filter(|p| p.glyphs.is_empty() && !p.hidden.is_empty()).count();
    for page in &mut drawing.pages {
        if page.glyphs.is_empty() {
            page.glyphs = std::mem::take(&mut page.hidden);
        }
    }
    let scans = drawing.pages.iter().filter(|p| is_scan(p)).count();
    let letters: usize = drawing.pages.iter().map(|p| p.glyphs.iter().filter(|g| g.letter.is_alphanumeric()).count()).sum();
    let own = |g: &&glyphs::Glyph| matches!(g.letter, '\u{e000}'..='\u{f8ff}');
    let unknown: usize = drawing.pages.iter().map(|p| p.unknown + p.glyphs.iter().filter(own).count()).sum();
    if unknown * 100 > (letters + unknown) * MAX_UNKNOWN_PERCENT {
        // Fonts stand where a file was cut off.
        if !has_end(bytes) {
            return Err(refused(Fault::Damaged));
        }
        return Err(SourceError::Unreadable(
            "The fonts of this PDF do not say which letters they show. Open it, print it to a new PDF or recognise its text (OCR), and add that."
                .to_owned(),
        ));
    }
    if letters == 0 {
        return Err(if !has_end(bytes) { refused(Fault::Damaged) } else { no_text(scans > 0) });
    }
    if scans > 0 {
        notes.push(format!("{scans} of {} pages are scans without a text and were left out.", drawing.pages.len()));
    }
    if recognised > 0 {
        notes.push("The text was recognised from a scan by a program and may hold errors.".to_owned());
    }
    if !has_end(bytes) {
        notes.push("The file seems cut off: its end is missing. What is missing may count as left out.".to_owned());
    }
    let (mut rich, dated) = paragraphs::rich(&drawing.pages, drawing.title.as_deref());
    let unknown: usize = rich.paras.iter().map(|p| p.text.matches('\u{fffd}').count()).sum();
    if unknown > 0 {
        notes.push(format!("{unknown} letters could not be told, since their font does not say which they are."));
    }
    rich.notes = notes;
    if rich.paras.is_empty() {
        return Err(no_text(scans > 0));
    }
    let mut sources = rich.sources(bytes, hints, Format::Pdf, "PDF")?;
    // A newspaper's page has its date in the running head alone.
    for source in &mut sources {
        source.meta.published = source.meta.published.or(dated);
    }
    Ok(sources)
}

/// The pages, drawn on a thread of its own. One that does not come back in time is left to itself.
fn drawing(bytes: &[u8]) -> Result<Drawing, Fault> {
    let (send, receive) = mpsc::channel();
    let limit = Duration::from_secs(PDF_SECONDS);
    let deadline = Instant::now() + limit;
    let bytes = Arc::new(bytes.to_vec());
    let work = move || {
        let drawn = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| glyphs::draw(bytes, deadline)));
        let result = drawn.unwrap_or_else(|end| Err(if end.is::<glyphs::Stop>() { Fault::TooMuch } else { Fault::Damaged }));
        // Whoever asked may have given up.
        let _ = send.send(result);
    };
    let thread = std::thread::Builder::new().name(super::READER_THREAD.to_owned()).stack_size(STACK_BYTES).spawn(work);
    if thread.is_err() {
        return Err(Fault::TooMuch);
    }
    receive.recv_timeout(limit + Duration::from_secs(1)).unwrap_or(Err(Fault::TooMuch))
}

/// A file without its end is damaged, whatever the library says of what is left.
fn unfinished(bytes: &[u8], fault: Fault) -> Fault {
    if fault == Fault::TooMuch || has_end(bytes) { fault } else { Fault::Damaged }
}

fn has_end(bytes: &[u8]) -> bool {
    memchr::memmem::find(&bytes[bytes.len().saturating_sub(2048)..], b"%%EOF").is_some()
}

fn is_scan(page: &Page) -> bool {
    page.glyphs.is_empty() && page.pictures > 0
}

fn no_text(scan: bool) -> SourceError {
    SourceError::Unreadable(
        if scan {
            "It is a scan: its pages are pictures and hold no text. Have a program recognise the text (OCR), or type or paste it."
        } else {
            "The PDF holds no text. If its pages show some, it was drawn as a picture: have a program recognise it (OCR), or type or paste it."
        }
        .to_owned(),
    )
}

fn refused(fault: Fault) -> SourceError {
    SourceError::Unreadable(
        match fault {
            Fault::Locked => "The PDF is encrypted and needs its password. Open it with the password, copy the article's text and paste it.",
            Fault::OtherEncryption => {
                "The PDF is encrypted in a way that is not supported. Open it, copy the article's text and paste it, or print it to a new PDF."
            }
            Fault::Damaged => "It looks like a PDF that is damaged or incomplete. Get the file again, then add it.",
            Fault::TooMuch => {
                "The PDF takes more time or memory than the limit. Print the pages of the article to a new PDF, or copy its text and paste it."
            }
        }
        .to_owned(),
    )
}
