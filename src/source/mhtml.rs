//! Web pages that browsers save as a mail message (MHTML). Its parts are the page and what the page shows.

use super::{Format, Hints, Source, SourceError, mail};
use mail_parser::{Message, MimeHeaders, PartType};

/// The first page in the message; the others are frames in it.
pub(super) fn read(parsed: &Message, bytes: &[u8], hints: &Hints) -> Result<Source, SourceError> {
    let page = parsed.parts.iter().find_map(|part| match &part.body {
        PartType::Html(words) => Some((part, words)),
        _ => None,
    });
    let Some((part, words)) = page else {
        return Err(SourceError::NoArticle(
            "It is a saved page (MHTML) without a page in it. Save the page again, then add it.".to_owned(),
        ));
    };
    let mut source = mail::page_source(words, bytes, hints, Format::Mhtml)?;
    let address = part.content_location().or_else(|| parsed.header_raw("Snapshot-Content-Location").map(str::trim));
    source.meta.url = source.meta.url.or_else(|| address.filter(|a| a.starts_with("http")).map(str::to_owned));
    Ok(source)
}
