//! Mail messages (EML).
//!
//! The subject is the headline, the sender's name the outlet. Of a message in two forms the plain text is read, unless it
//! is a stub that asks to open the other. Documents that are attached are articles of their own.

use super::limits::MAX_NESTED_MAIL;
use super::package::Budget;
use super::{Format, Hints, Moment, Source, SourceError, html, mhtml};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// Reads a message and the documents in it, or the page that it holds.
pub(super) fn read(bytes: &[u8], hints: &Hints, budget: &mut Budget) -> Result<Vec<Source>, SourceError> {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    message(bytes, hints, budget, &mut sources, &mut problems)?;
    super::in_one_file(sources, problems, bytes, hints, "The message holds no text. Open it, copy the article's text and paste it.")
}

/// Reads one message into `sources`; what is left out is told in `problems`.
pub(super) fn message(
    bytes: &[u8],
    hints: &Hints,
    budget: &mut Budget,
    sources: &mut Vec<Source>,
    problems: &mut Vec<String>,
) -> Result<(), SourceError> {
    // Messages in messages are taken apart by recursion.
    let nested = memchr::memmem::find_iter(bytes, b"essage/rfc822").count() + memchr::memmem::find_iter(bytes, b"ESSAGE/RFC822").count();
    if nested > 500 {
        return Err(SourceError::Unreadable("It holds messages in messages, nested too deeply. Add the message itself.".to_owned()));
    }
    // On a thread of its own, so that a fault of the parser costs one message.
    let Some(parsed) = html::on_large_stack(|| MessageParser::default().parse(bytes)).ok().flatten() else {
        return Err(SourceError::NoArticle(
            "It looks like a mail message that is damaged. Copy the article's text and paste it.".to_owned(),
        ));
    };
    let page = parsed.root_part().content_type().is_some_and(|t| t.ctype() == "multipart" && t.subtype() == Some("related"))
        && parsed.to().is_none()
        && memchr::memmem::find(&bytes[..bytes.len().min(64 * 1024)], b"Content-Location:").is_some();
    if page {
        sources.push(mhtml::read(&parsed, bytes, hints)?);
        return Ok(());
    }
    articles(&parsed, bytes, hints, budget, 0, sources, problems);
    Ok(())
}

/// The article of a page in a message.
pub(super) fn page_source(words: &str, bytes: &[u8], hints: &Hints, format: Format) -> Result<Source, SourceError> {
    // The message says the encoding; what the page says of itself was true before it was packed.
    let mut source = html::read(format!("\u{feff}{words}").as_bytes(), hints)?;
    source.provenance = super::provenance(bytes, hints, format, "UTF-8");
    Ok(source)
}

fn articles(
    parsed: &Message,
    bytes: &[u8],
    hints: &Hints,
    budget: &mut Budget,
    depth: u32,
    sources: &mut Vec<Source>,
    problems: &mut Vec<String>,
) {
    match body(parsed, bytes, hints) {
        Some(Ok(source)) => sources.push(source),
        Some(Err(error)) => problems.push(error.to_string()),
        None => {}
    }
    for part in parsed.attachments() {
        let name = part.attachment_name().unwrap_or("an attachment").to_owned();
        match &part.body {
            PartType::Message(inner) if depth < MAX_NESTED_MAIL => articles(inner, bytes, hints, budget, depth + 1, sources, problems),
            PartType::Message(_) => problems.push(format!("{name} was left out: messages are nested deeper than the limit.")),
            PartType::Binary(b) if !is_media(part) => attached(b, &name, hints, budget, sources, problems),
            PartType::Text(t) if part.attachment_name().is_some() => attached(t.as_bytes(), &name, hints, budget, sources, problems),
            PartType::Html(t) if part.attachment_name().is_some() => attached(t.as_bytes(), &name, hints, budget, sources, problems),
            _ => {}
        }
    }
}

/// Pictures, signatures and calendars say nothing that is missed.
fn is_media(part: &MessagePart) -> bool {
    part.content_type().is_some_and(|t| {
        matches!(t.ctype(), "image" | "audio" | "video" | "font")
            || t.subtype().is_some_and(|s| s.contains("signature") || s.contains("calendar") || s.contains("encrypted"))
    })
}

fn attached(bytes: &[u8], name: &str, hints: &Hints, budget: &mut Budget, sources: &mut Vec<Source>, problems: &mut Vec<String>) {
    if budget.depth >= super::limits::MAX_NESTED_ARCHIVES {
        problems.push(format!("{name} was left out: it stands deeper in archives than the limit."));
        return;
    }
    budget.depth += 1;
    let found = super::read_within(bytes, &hints.inside(name), budget);
    budget.depth -= 1;
    match found {
        Ok(inner) => sources.extend(inner),
        Err(error) => problems.push(format!("The attachment {name} was left out: {error}")),
    }
}

/// The text of the message itself.
fn body(parsed: &Message, bytes: &[u8], hints: &Hints) -> Option<Result<Source, SourceError>> {
    let plain: String = parsed
        .text_bodies()
        .filter_map(|p| match &p.body {
            PartType::Text(words) => Some(words.as_ref()),
            _ => None,
        })
        .collect::<Vec<_>>()
        .join("\n\n");
    let page = parsed.html_bodies().find_map(|p| match &p.body {
        PartType::Html(words) => Some(words.as_ref()),
        _ => None,
    });
    let mut meta = super::hinted(hints);
    meta.title = meta.title.or_else(|| parsed.subject().map(headline).filter(|s| !s.is_empty()));
    let sender = parsed.from().and_then(|from| from.first()).and_then(|first| first.name());
    meta.outlet = meta.outlet.or_else(|| sender.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()));
    meta.published = meta.published.or_else(|| parsed.date().and_then(|d| Moment::parse(&d.to_rfc3339())));
    let letters = |t: &str| t.chars().filter(|c| c.is_alphabetic()).count();
    if let Some(page) = page {
        let shown = html::tags_to_lines(page);
        if letters(&plain) * 2 < letters(&shown) {
            return Some(page_source(page, bytes, hints, Format::Eml).map(|mut source| {
                source.meta.title = meta.title.or(source.meta.title);
                source.meta.outlet = meta.outlet.or(source.meta.outlet);
                source.meta.published = meta.published.or(source.meta.published);
                source
            }));
        }
    }
    if plain.trim().is_empty() {
        return None;
    }
    Some(super::under_title(&plain, meta, bytes, hints, Format::Eml, "UTF-8"))
}

/// A subject without what mail programs put before it.
fn headline(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some(more) = ["re:", "fw:", "fwd:", "aw:", "wg:", "tr:"]
        .iter()
        .find_map(|mark| rest.get(..mark.len()).filter(|start| start.eq_ignore_ascii_case(mark)).map(|_| rest[mark.len()..].trim_start()))
    {
        rest = more;
    }
    super::structure::one_line(rest)
}

/// Whether a text starts as a message does: lines of headers, among them one that programs write and no person.
pub(super) fn looks_mail(text: &str, ending: &str) -> bool {
    let mut names: Vec<String> = Vec::new();
    for line in text.lines().take(60) {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return false;
        }
        names.push(name.to_ascii_lowercase());
    }
    let has = |name: &str| names.iter().any(|n| n == name);
    let written = ["mime-version", "message-id", "received", "return-path", "content-type"].iter().any(|n| has(n));
    let known = ["from", "subject", "date", "to"].iter().filter(|n| has(n)).count();
    known >= 1 && written || known >= 3 && matches!(ending, "eml" | "mht" | "mhtml")
}
