//! Documents of Word 97 to 2003.

use super::rich::Rich;
use super::{BlockKind, Format, Hints, Source, SourceError, html};
use undoc::model::{Block, HeadingLevel, Paragraph, RevisionType};

/// Reads a document as it stands when all tracked changes are accepted.
pub(super) fn read(bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, SourceError> {
    // On a thread of its own, so that a fault of the library costs one file.
    let parsed = html::on_large_stack(|| undoc::parse_bytes(bytes)).map_err(|_| damaged())?;
    let document = parsed.map_err(|error| match error {
        undoc::Error::Encrypted => SourceError::Unreadable(
            "It is a Word document that is encrypted and needs its password. Save it without one, as DOCX, and add that.".to_owned(),
        ),
        _ => damaged(),
    })?;
    let mut rich = Rich::default();
    let (mut changes, mut notes) = (false, 0);
    for block in document.sections.iter().flat_map(|s| &s.content) {
        match block {
            Block::Paragraph(paragraph) => push(&mut rich, paragraph, &mut changes),
            Block::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<String> = row.cells.iter().map(|c| c.plain_text()).collect();
                    rich.push_row(&cells);
                }
            }
            Block::Note { .. } => notes += 1,
            _ => {}
        }
    }
    rich.note_left_out(changes, notes);
    rich.sources(bytes, hints, Format::Doc, "UTF-16LE")
}

fn damaged() -> SourceError {
    SourceError::Unreadable(
        "It looks like a document of Word 97 that is damaged or incomplete. Open it, save it as DOCX and add that.".to_owned(),
    )
}

fn push(rich: &mut Rich, paragraph: &Paragraph, changes: &mut bool) {
    let mut words = String::new();
    let (mut letters, mut slanted) = (0, 0);
    for run in &paragraph.runs {
        *changes |= run.revision != RevisionType::None;
        if run.revision == RevisionType::Deleted || run.note.is_some() {
            continue;
        }
        words.push_str(&run.text);
        if run.line_break {
            words.push('\n');
        }
        letters += run.text.trim().len();
        slanted += if run.style.italic { run.text.trim().len() } else { 0 };
    }
    let style = paragraph.style_name.as_deref().unwrap_or("").to_lowercase();
    let kind = match paragraph.heading {
        _ if style == "title" => Some(BlockKind::Headline),
        _ if style == "subtitle" => Some(BlockKind::Standfirst),
        _ if style == "caption" => Some(BlockKind::Caption),
        HeadingLevel::H1 => Some(BlockKind::Headline),
        HeadingLevel::None if paragraph.list_info.is_some() => Some(BlockKind::ListItem),
        HeadingLevel::None => None,
        _ => Some(BlockKind::Subheading),
    };
    rich.push(kind, &words, letters > 0 && slanted == letters);
}
