//! Boxes of mail messages (mbox).

use super::limits::MAX_ARTICLES;
use super::package::Budget;
use super::{Hints, Source, SourceError, mail};

/// Reads all messages of a box.
pub(super) fn read(bytes: &[u8], hints: &Hints, budget: &mut Budget) -> Result<Vec<Source>, SourceError> {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    for (i, one) in messages(bytes).iter().enumerate() {
        if sources.len() >= MAX_ARTICLES {
            problems.push(format!("Messages from number {} on were left out: over the limit of {MAX_ARTICLES} articles.", i + 1));
            break;
        }
        let before = sources.len();
        match mail::message(one, hints, budget, &mut sources, &mut problems) {
            Err(error) => problems.push(format!("Message {} was left out. {error}", i + 1)),
            Ok(()) if sources.len() == before => problems.push(format!("Message {} holds no text and was left out.", i + 1)),
            Ok(()) => {}
        }
    }
    super::in_one_file(sources, problems, bytes, hints, "The mailbox holds no message with a text. Copy the article's text and paste it.")
}

/// The messages of a box: each starts at a line "From …" after a blank line. A ">" before such a line in a text was put
/// there by the writer.
fn messages(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut out: Vec<Vec<u8>> = Vec::new();
    let mut blank = true;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if blank && line.starts_with(b"From ") {
            out.push(Vec::new());
        } else if let Some(open) = out.last_mut() {
            let quoted = line.iter().take_while(|b| **b == b'>').count();
            open.extend_from_slice(if quoted > 0 && line[quoted..].starts_with(b"From ") { &line[1..] } else { line });
        }
        blank = line.iter().all(u8::is_ascii_whitespace);
    }
    out
}

/// Whether a text starts as a box of messages.
pub(super) fn looks_box(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else { return false };
    first.starts_with("From ") && first.split_whitespace().count() >= 4 && mail::looks_mail(rest, "eml")
}
