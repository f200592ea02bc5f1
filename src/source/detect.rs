//! Which format bytes are in, by content first and by name last.

use super::SourceError;
use super::{csv, decode, mail, mbox, package, warc};

/// The formats that are told apart. Those that are not read yet have a message that says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text in any encoding.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// JSON or JSONL of a scraper.
    Json,
    /// A ZIP archive of articles.
    Zip,
    /// A Word document.
    Docx,
    /// A document in Rich Text Format.
    Rtf,
    /// An OpenDocument text.
    Odt,
    /// An OpenDocument text in one XML file.
    Fodt,
    /// An EPUB book.
    Epub,
    /// A table in text, with commas, semicolons or tabs.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A news feed, RSS or Atom.
    Feed,
    /// An agency's article, NITF or NewsML-G2.
    Newsml,
    /// A mail message.
    Eml,
    /// A web page saved as a mail message.
    Mhtml,
    /// A box of mail messages.
    Mbox,
    /// A PDF.
    Pdf,
    /// A document of Word 97 to 2003.
    Doc,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// A web archive.
    Warc,
    /// A packed web archive with its index.
    Wacz,
}

impl Format {
    /// The name in [`super::Provenance::format`].
    pub fn slug(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Json => "json",
            Format::Zip => "zip",
            Format::Docx => "docx",
            Format::Rtf => "rtf",
            Format::Odt => "odt",
            Format::Fodt => "fodt",
            Format::Epub => "epub",
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Ods => "ods",
            Format::Feed => "feed",
            Format::Newsml => "newsml",
            Format::Eml => "eml",
            Format::Mhtml => "mhtml",
            Format::Mbox => "mbox",
            Format::Pdf => "pdf",
            Format::Doc => "doc",
            Format::Xls => "xls",
            Format::Warc | Format::Wacz => "warc",
        }
    }
}

/// What starts a file of a known kind, and what to call it.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"OggS", "a sound or film"),
    (b"ID3", "an MP3 sound"),
    (b"fLaC", "a FLAC sound"),
    (b"\x1aE\xdf\xa3", "a Matroska film"),
    (b"SQLite format 3\0", "a database"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\0\x01\0\0", "a font"),
    (b"OTTO", "a font"),
];

/// Tells the format.
///
/// # Errors
/// [`SourceError::Binary`] when the bytes are no text, [`SourceError::Unreadable`] when they are a document
/// of a format that can't be read, each naming what they look like.
pub fn detect(bytes: &[u8], path: &str) -> Result<Format, SourceError> {
    let head = &bytes[..bytes.len().min(8192)];
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return package::kind(bytes);
    }
    if head.trim_ascii_start().starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    // Some writers put a few bytes before the signature; a text about it has more than a few.
    if memchr::memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some_and(|at| at == 0 || is_binary(head)) {
        return Ok(Format::Pdf);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return old_office(bytes);
    }
    if warc::looks_warc(head) {
        return Ok(Format::Warc);
    }
    if let Some(message) = document(head) {
        return Err(SourceError::Unreadable(message));
    }
    if let Some(encoding) = decode::utf16(bytes) {
        let mut sample = head.len().min(bytes.len());
        sample -= sample % 2;
        let (text, _) = encoding.decode_with_bom_removal(&head[..sample]);
        return Ok(textual(&text, path));
    }
    if let Some(name) = picture_or_archive(head) {
        return Err(SourceError::Binary(name.to_owned()));
    }
    if is_binary(head) {
        return Err(SourceError::Binary("binary data".to_owned()));
    }
    let text = String::from_utf8_lossy(head);
    if let Some(format) = of_root(&text) {
        return Ok(format);
    }
    if let Some(message) = textual_document(text.trim_start_matches('\u{feff}').trim_start()) {
        return Err(SourceError::Unreadable(message));
    }
    Ok(textual(&text, path))
}

/// What a file of the old Office formats is: their parts have names, in UTF-16.
fn old_office(bytes: &[u8]) -> Result<Format, SourceError> {
    let has = |name: &str| {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &units).is_some()
    };
    let says = |what: &str, todo: &str| Err(SourceError::Unreadable(format!("It looks like {what}, which can't be read. {todo}")));
    if has("EncryptedPackage") {
        return says("an Office document that is encrypted", "It needs its password: save it without one and add that.");
    }
    if has("WordDocument") {
        return Ok(Format::Doc);
    }
    if has("Workbook") || has("Book") {
        return Ok(Format::Xls);
    }
    if has("PowerPoint Document") {
        return says("a PowerPoint presentation", "Copy the article's text and paste it.");
    }
    if has("__properties_version") {
        return says("a message of Outlook (MSG)", "Save it as EML, or copy its text and paste it.");
    }
    says("a document of an old Office program, perhaps damaged", "Save it as DOCX, XLSX or RTF and add that.")
}

/// Documents with a signature of their own, which are not read.
fn document(head: &[u8]) -> Option<String> {
    let says = |what: &str, todo: &str| Some(format!("It looks like {what}, which can't be read. {todo}"));
    if head.starts_with(b"\x1f\x8b") {
        return says("a gzip archive such as tar.gz", "It is not supported: unpack it and add the files in it.");
    }
    if head.get(257..262) == Some(b"ustar") {
        return says("a tar archive", "It is not supported: unpack it and add the files in it.");
    }
    None
}

/// The format of an XML document that is read, by its outermost element.
fn of_root(text: &str) -> Option<Format> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    if !rest.starts_with('<') {
        return None;
    }
    while rest.starts_with("<?") || rest.starts_with("<!") {
        let end = if rest.starts_with("<!--") { rest.find("-->").map(|n| n + 3) } else { rest.find('>').map(|n| n + 1) };
        rest = rest[end?..].trim_start();
    }
    let tag = rest.strip_prefix('<')?;
    let name = &tag[..tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?];
    match name {
        "office:document" => Some(Format::Fodt),
        "rss" | "rdf:RDF" | "feed" | "atom:feed" => Some(Format::Feed),
        "nitf" | "newsItem" | "newsMessage" | "NewsML" => Some(Format::Newsml),
        _ => None,
    }
}

/// Documents made of text that no article can be read from as it stands.
fn textual_document(text: &str) -> Option<String> {
    if text.starts_with("<?xml") || text.starts_with("<rss") || text.starts_with("<feed") || text.starts_with("<!DOCTYPE") {
        let lower = text.to_lowercase();
        if lower.contains("<!entity") {
            return Some("It is XML that defines entities, which are not allowed. Copy the article's text and paste it.".to_owned());
        }
        if lower.contains("<rss") || lower.contains("<feed") {
            return Some(
                "It looks like a news feed (RSS or Atom), a list of links. Open the links, save the pages and add them.".to_owned(),
            );
        }
        if text.starts_with("<?xml") && !lower.contains("<html") {
            return Some("It looks like an XML document, which can't be read. Copy the article's text and paste it.".to_owned());
        }
    }
    if text.starts_with("TY  - ") {
        return Some("It looks like a list of references (RIS), which holds no article text. Add the articles themselves.".to_owned());
    }
    None
}

fn picture_or_archive(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"RIFF") {
        return Some(if head.get(8..12) == Some(b"WEBP") { "a WebP picture" } else { "a sound or film" });
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Some("a film or a picture of a phone");
    }
    let name = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, name)| *name)?;
    // Two or three letters alone could also start a text.
    let sure = !head.starts_with(b"BM") && !head.starts_with(b"MZ") && !head.starts_with(b"ID3") && !head.starts_with(b"BZh");
    (sure || is_binary(head)).then_some(name)
}

/// Whether bytes are no text: many control characters. One stray NUL in a text is none yet.
fn is_binary(head: &[u8]) -> bool {
    let controls = head.iter().filter(|b| matches!(**b, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)).count();
    controls > 1 && controls * 50 > head.len()
}

fn textual(text: &str, path: &str) -> Format {
    let ending = path.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.')).map(|(_, e)| e.to_ascii_lowercase());
    let ending = ending.as_deref().unwrap_or("");
    if looks_json(text) {
        Format::Json
    } else if mbox::looks_box(text) {
        Format::Mbox
    } else if mail::looks_mail(text, ending) {
        if matches!(ending, "mht" | "mhtml") { Format::Mhtml } else { Format::Eml }
    } else if looks_html(text, ending) {
        Format::Html
    } else if csv::looks_table(text, ending) {
        Format::Csv
    } else if looks_markdown(text, ending) {
        Format::Markdown
    } else {
        Format::Text
    }
}

/// An object with a first name or none, alone or in lists; or nothing but the opening of lists.
fn looks_json(text: &str) -> bool {
    let mut chars = text.trim_start_matches('\u{feff}').chars().filter(|c| !c.is_whitespace());
    let mut lists = 0;
    let first = loop {
        match chars.next() {
            Some('[') => lists += 1,
            other => break other,
        }
    };
    match first {
        Some('{') => matches!(chars.next(), Some('"' | '}')),
        first => first.is_none_or(|c| c == ']') && lists > 1,
    }
}

fn looks_html(text: &str, ending: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let lower: String = start.chars().take(2000).flat_map(char::to_lowercase).collect();
    if ["<!doctype html", "<html", "<head", "<body", "<article"].iter().any(|tag| lower.starts_with(tag)) {
        return true;
    }
    let tags = ["<html", "<head", "<body", "<p>", "<p ", "<div", "<article", "<h1", "<meta", "<title", "<a href", "<br"];
    let found = tags.iter().filter(|tag| lower.contains(*tag)).count();
    // A comment or XML declaration may come first; a text about HTML names a tag or two.
    match ending {
        "html" | "htm" | "xhtml" => found >= 1,
        _ => {
            lower.starts_with('<') && found >= 1 && !lower.starts_with("<?xml")
                || found >= 3 && lower.contains("</")
                || lower.starts_with("<?xml") && lower.contains("<html")
        }
    }
}

fn looks_markdown(text: &str, ending: &str) -> bool {
    if matches!(ending, "md" | "markdown" | "mdown" | "mkd") {
        return true;
    }
    // Front matter or headings tell it in a file of another name.
    let mut lines = text.lines().map(str::trim_end);
    if lines.next() == Some("---") {
        let keys = lines.clone().take(30).take_while(|l| *l != "---" && *l != "...").filter(|l| l.contains(": ")).count();
        let closed = lines.take(31).any(|l| l == "---" || l == "...");
        return closed && keys > 0;
    }
    let headings = text.lines().filter(|l| l.starts_with("# ") || l.starts_with("## ") || l.starts_with("### ")).count();
    let links = text.matches("](http").count();
    headings >= 1 && text.starts_with("# ") || headings >= 2 || links >= 2 && !text.contains("<a ")
}
