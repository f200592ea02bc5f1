//! Web archives: WARC files, packed or not. Each page that was answered is read as a saved
//! page; requests, repeats and what is no page are passed over, and pages that the server did not give are named.

use super::limits::{MAX_ARTICLES, MAX_BYTES, MAX_NESTED_ARCHIVES, MAX_NOTES, MAX_RECORDS};
use super::package::Budget;
use super::{Hints, Source, SourceError, decode};
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use rustc_hash::FxHashSet;
use std::io::{self, BufRead, BufReader, Read};

/// The longest head of a record or a response.
const MAX_HEAD_BYTES: u64 = 64 * 1024;

/// Whether bytes start as a web archive does, packed or not.
pub(super) fn looks_warc(head: &[u8]) -> bool {
    let mut start = [0; 5];
    head.starts_with(b"WARC/") || is_gzip(head) && MultiGzDecoder::new(head).read_exact(&mut start).is_ok() && &start == b"WARC/"
}

/// Reads the pages of a WARC file.
pub(super) fn read(bytes: &[u8], hints: &Hints, budget: &mut Budget) -> Result<Vec<Source>, SourceError> {
    if budget.depth >= MAX_NESTED_ARCHIVES {
        return Err(SourceError::Unreadable("It is an archive in archives, nested too deeply. Add the web archive itself.".to_owned()));
    }
    let mut found = Found::default();
    archive(bytes, hints, budget, None, &mut found);
    found.finish(bytes, hints)
}

/// What came out of the archives so far.
#[derive(Default)]
pub(super) struct Found {
    sources: Vec<Source>,
    pub notes: Vec<String>,
    /// Pages that gave no article, each with the reason.
    left_out: Vec<String>,
    /// Answers that hold no page: pictures, styles, scripts.
    other: usize,
    /// Pages that were the same as an earlier one and not kept again.
    repeats: usize,
    seen: FxHashSet<String>,
}

impl Found {
    /// The articles, with what a person should know.
    pub fn finish(self, bytes: &[u8], hints: &Hints) -> Result<Vec<Source>, SourceError> {
        let mut notes = self.notes;
        let more = self.left_out.len().saturating_sub(MAX_NOTES);
        notes.extend(self.left_out.into_iter().take(MAX_NOTES).map(|why| format!("Left out: {why}")));
        if more > 0 {
            notes.push(format!("{more} more pages of the archive were left out."));
        }
        if self.repeats > 0 {
            let s = if self.repeats == 1 { "page was" } else { "pages were" };
            notes.push(format!("{} {s} a repeat of one before and left out.", self.repeats));
        }
        if self.other > 0 {
            let s = if self.other == 1 { "answer holds" } else { "answers hold" };
            notes.push(format!("{} {s} no page (pictures, styles, scripts and the like).", self.other));
        }
        super::in_one_file(
            self.sources,
            notes,
            bytes,
            hints,
            "The web archive holds no page with an article. Save the article's page and add it.",
        )
    }
}

/// A record's head and where its content is.
#[derive(Default)]
struct Record {
    kind: String,
    address: String,
    content_type: String,
    length: u64,
}

/// Reads the pages of an archive, or those of them that are wanted.
pub(super) fn archive(bytes: &[u8], hints: &Hints, budget: &mut Budget, pages: Option<&FxHashSet<String>>, found: &mut Found) {
    // One byte more than allowed, so that the limit is told from the end.
    let most = budget.bytes;
    let raw: Box<dyn Read + '_> = if is_gzip(bytes) { Box::new(MultiGzDecoder::new(bytes)) } else { Box::new(bytes) };
    let mut reader = BufReader::with_capacity(64 * 1024, raw.take(most));
    let mut read = 0u64;
    let mut records = 0;
    loop {
        let record = match head(&mut reader, &mut read) {
            Ok(None) if read >= most => {
                found.notes.push("The archive is too large: what follows the limit of unpacked bytes was left out.".to_owned());
                break;
            }
            Ok(None) => break,
            Ok(Some(record)) if records < MAX_RECORDS && found.sources.len() < MAX_ARTICLES => record,
            Ok(Some(_)) => {
                found.notes.push("What follows in the archive was left out: it is over the limit of records or articles.".to_owned());
                break;
            }
            Err(_) => {
                found.notes.push(format!("The archive is damaged or cut off after record {records}. What came before was read."));
                break;
            }
        };
        records += 1;
        let answers = matches!(record.kind.as_str(), "response" | "resource") && record.address.starts_with("http");
        let listed = pages.is_none_or(|pages| pages.contains(&record.address));
        let wanted = answers && listed && record.length <= MAX_BYTES;
        let mut content = Vec::new();
        let mut part = (&mut reader).take(record.length);
        let copied = if wanted { part.read_to_end(&mut content).map(|n| n as u64) } else { io::copy(&mut part, &mut io::sink()) };
        read += *copied.as_ref().unwrap_or(&0);
        let whole = copied.is_ok_and(|n| n == record.length);
        if wanted && whole {
            page(&record, &content, hints, budget, found);
        } else if answers && listed && record.length > MAX_BYTES {
            found.left_out.push(format!("{}: it is over the limit of {} MB.", record.address, MAX_BYTES / 1024 / 1024));
        } else if record.kind == "revisit" {
            found.repeats += 1;
        }
        if !whole {
            found.notes.push(format!("The archive is damaged or cut off in record {records}. What came before was read."));
            break;
        }
    }
    budget.bytes = budget.bytes.saturating_sub(read);
}

/// The head of the next record; `None` at the end.
fn head(reader: &mut impl BufRead, read: &mut u64) -> io::Result<Option<Record>> {
    let mut record = Record::default();
    let mut begun = false;
    let mut size = 0;
    loop {
        let mut line = Vec::new();
        let n = reader.take(MAX_HEAD_BYTES).read_until(b'\n', &mut line)? as u64;
        *read += n;
        size += n;
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if n == 0 {
            return if begun { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(None) };
        }
        if size > MAX_HEAD_BYTES {
            return Err(io::ErrorKind::InvalidData.into());
        }
        match text.split_once(':') {
            _ if !begun && text.is_empty() => {}
            _ if !begun && text.starts_with("WARC/") => begun = true,
            _ if !begun => return Err(io::ErrorKind::InvalidData.into()),
            _ if text.is_empty() => return Ok(Some(record)),
            Some((name, value)) => {
                let value = value.trim();
                match name.to_ascii_lowercase().as_str() {
                    "warc-type" => record.kind = value.to_ascii_lowercase(),
                    // Some writers put the address in angle brackets.
                    "warc-target-uri" => record.address = value.trim_matches(['<', '>']).to_owned(),
                    "content-type" => record.content_type = value.to_ascii_lowercase(),
                    "content-length" => record.length = value.parse().map_err(|_| io::ErrorKind::InvalidData)?,
                    _ => {}
                }
            }
            None => {}
        }
    }
}

/// Reads the page in a record, if it holds one.
fn page(record: &Record, content: &[u8], hints: &Hints, budget: &mut Budget, found: &mut Found) {
    let answer =
        if record.kind == "resource" { Ok(Some((record.content_type.clone(), content.to_vec()))) } else { answer(content, budget) };
    let (kind, body) = match answer {
        Ok(Some(answer)) => answer,
        Ok(None) => {
            found.other += 1;
            return;
        }
        Err(why) => {
            found.left_out.push(format!("{}: {why}", record.address));
            return;
        }
    };
    if !is_page(&kind) {
        found.other += 1;
        return;
    }
    if !found.seen.insert(super::sha256_hex(&body)) {
        found.repeats += 1;
        return;
    }
    let inner = Hints { url: Some(record.address.clone()), ..hints.inside(&record.address) };
    let label = kind.split("charset=").nth(1).map(|c| c.trim_matches(['"', '\'', ' ', ';']).to_owned());
    // What the server says of the encoding goes before what the page says.
    let body = match label.map(|label| decode::decode(&body, Some(&label))) {
        Some(Ok(decoded)) if kind.contains("html") => format!("\u{feff}{}", decoded.text).into_bytes(),
        _ => body,
    };
    budget.depth += 1;
    match super::read_within(&body, &inner, budget) {
        Ok(sources) => found.sources.extend(sources.into_iter().map(|mut source| {
            source.provenance.format = "warc".to_owned();
            source
        })),
        Err(error) => found.left_out.push(format!("{}: {error}", record.address)),
    }
    budget.depth -= 1;
}

fn is_page(kind: &str) -> bool {
    ["text/html", "application/xhtml+xml", "text/plain", "application/pdf"].iter().any(|k| kind.trim_start().starts_with(k))
}

/// The kind and the unpacked body of a server's answer; `None` where it can't hold a page. An error says why a page is not there.
fn answer(content: &[u8], budget: &mut Budget) -> Result<Option<(String, Vec<u8>)>, String> {
    let mut headers = [httparse::EMPTY_HEADER; 128];
    let mut response = httparse::Response::new(&mut headers);
    let Ok(httparse::Status::Complete(start)) = response.parse(content) else {
        return Err("its answer from the server is damaged.".to_owned());
    };
    let header = |name: &str| {
        let found = response.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name));
        found.map(|h| String::from_utf8_lossy(h.value).trim().to_ascii_lowercase()).unwrap_or_default()
    };
    let kind = header("content-type");
    let status = response.code.unwrap_or(0);
    if !kind.is_empty() && !is_page(&kind) {
        return Ok(None);
    }
    if status != 200 {
        // An answer that only leads on was followed by the one that it leads to.
        return if (300..400).contains(&status) {
            Ok(None)
        } else {
            Err(format!("the server answered with status {status}, not with the page."))
        };
    }
    let mut body = content[start..].to_vec();
    if header("transfer-encoding").contains("chunked") {
        // Some writers keep the header and put the chunks together.
        body = unchunked(&body).unwrap_or(body);
    }
    let encoding = header("content-encoding");
    let mut unpacked = Vec::new();
    let most = MAX_BYTES.min(budget.bytes);
    let damaged = |_| "it is packed, and damaged.".to_owned();
    match encoding.as_str() {
        "gzip" | "x-gzip" if is_gzip(&body) => MultiGzDecoder::new(&body[..]).take(most + 1).read_to_end(&mut unpacked).map_err(damaged)?,
        "deflate" => ZlibDecoder::new(&body[..]).take(most + 1).read_to_end(&mut unpacked).map_err(damaged)?,
        "" | "identity" | "gzip" | "x-gzip" => {
            unpacked = body;
            0
        }
        other => return Err(format!("it is packed in a way that is not supported ({other}).")),
    };
    if unpacked.len() as u64 > most {
        return Err("it is too large: unpacked it is over the limit.".to_owned());
    }
    budget.bytes = budget.bytes.saturating_sub(unpacked.len() as u64);
    Ok(Some((kind, unpacked)))
}

/// The body of chunks; `None` where it is not made of chunks.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = body;
    loop {
        match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete((_, 0))) => return Some(out),
            Ok(httparse::Status::Complete((start, size))) => {
                let end = start.checked_add(usize::try_from(size).ok()?)?;
                out.extend_from_slice(rest.get(start..end)?);
                rest = rest.get(end..)?.strip_prefix(b"\r\n").unwrap_or(&rest[end..]);
            }
            _ => return None,
        }
    }
}

fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b")
}
