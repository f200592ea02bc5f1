//! Plain text.

use super::{Block, BlockKind, Hints, Metadata, Provenance, Source, SourceError, sha256_hex};
use crate::base::TextRange;

/// Reads plain text: paragraphs are divided by blank lines.
pub(super) fn read(bytes: &[u8], hints: &Hints) -> Result<Source, SourceError> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let mut blocks = Vec::new();
    let mut meta = Metadata { outlet: hints.outlet.clone(), title: hints.title.clone(), published: hints.published, ..Metadata::default() };
    let mut at = 0;
    for part in text.split("\n\n") {
        let start = at + (part.len() - part.trim_start().len());
        let end = start + part.trim().len();
        at += part.len() + 2;
        if start == end {
            continue;
        }
        if let Some(date) = part.trim().strip_prefix("Published: ") {
            meta.published = date.trim().get(..10).and_then(|d| d.parse().ok()).map(super::Moment::day);
            continue;
        }
        let kind = if blocks.is_empty() && end - start < 120 { BlockKind::Headline } else { BlockKind::Paragraph };
        if kind == BlockKind::Headline {
            meta.title.get_or_insert_with(|| part.trim().to_owned());
        }
        blocks.push(Block { kind, range: TextRange::new(start, end) });
    }
    let provenance = Provenance {
        path: hints.path.clone(),
        sha256: sha256_hex(bytes),
        bytes: bytes.len() as u64,
        format: "text".into(),
        encoding: "UTF-8".into(),
        part: 0,
    };
    Ok(Source { text, blocks, meta, provenance, notes: Vec::new() })
}
