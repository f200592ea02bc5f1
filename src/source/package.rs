//! ZIP files as the box of other formats: parts by name, inflated under limits that are counted here, since the
//! sizes that an archive declares are claims.

use super::limits::{MAX_BYTES, MAX_ENTRIES, MAX_INFLATED};
use super::{Format, SourceError};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// What one input may still cost.
#[derive(Debug)]
pub(super) struct Budget {
    /// Bytes that may still be inflated.
    pub bytes: u64,
    /// Archives that the current one stands in.
    pub depth: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Self { bytes: MAX_INFLATED, depth: 0 }
    }
}

/// An opened ZIP file.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, SourceError> {
        let too_many = || {
            let words = "It is a ZIP archive with more entries than the limit";
            SourceError::Unreadable(format!("{words} of {MAX_ENTRIES}. Unpack it and add the articles in it."))
        };
        // Before the list of entries is built in memory. Archives inside have lists of their own.
        if memchr::memmem::find_iter(bytes, b"PK\x01\x02").count() > 4 * MAX_ENTRIES {
            return Err(too_many());
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("a ZIP archive"))?;
        if zip.len() > MAX_ENTRIES { Err(too_many()) } else { Ok(Self { zip }) }
    }

    /// Names in the order of the archive. They are labels; nothing is ever written to them.
    pub fn names(&self) -> Vec<String> {
        (0..self.zip.len()).map(|i| self.zip.name_for_index(i).and_then(Result::ok).unwrap_or_default().into_owned()).collect()
    }

    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The bytes of a part, `None` where there is none of that name.
    pub fn part(&mut self, name: &str, budget: &mut Budget) -> Result<Option<Vec<u8>>, SourceError> {
        self.zip.index_for_name(name).map(|index| self.at(index, budget)).transpose()
    }

    /// The bytes of the part at a place in [`Package::names`].
    pub fn at(&mut self, index: usize, budget: &mut Budget) -> Result<Vec<u8>, SourceError> {
        let file = match self.zip.by_index(index) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(SourceError::Unreadable(
                    "It is encrypted and needs its password. Unpack it with the password and add what is in it.".to_owned(),
                ));
            }
            Err(ZipError::UnsupportedArchive(_)) => {
                return Err(SourceError::Unreadable(
                    "It is packed in a way that is not supported. Unpack it and add what is in it.".to_owned(),
                ));
            }
            Err(_) => return Err(damaged("a part of a ZIP archive")),
        };
        let limit = MAX_BYTES.min(budget.bytes);
        let mut bytes = Vec::new();
        let read = file.take(limit + 1).read_to_end(&mut bytes);
        budget.bytes = budget.bytes.saturating_sub(bytes.len() as u64);
        if bytes.len() as u64 > limit {
            const MB: u64 = 1024 * 1024;
            return Err(SourceError::Unreadable(if limit < MAX_BYTES {
                format!(
                    "The archive is too large: unpacked it has more than the limit of {} MB. Unpack it and add the articles in it.",
                    MAX_INFLATED / MB
                )
            } else {
                format!("It is too large: unpacked it has more than the limit of {} MB. Add the article alone.", MAX_BYTES / MB)
            }));
        }
        read.map_err(|_| damaged("a part of a ZIP archive"))?;
        Ok(bytes)
    }
}

fn damaged(what: &str) -> SourceError {
    SourceError::Unreadable(format!("It looks like {what} that is damaged or incomplete. Get the file again, then add it."))
}

/// What a file that starts as a ZIP archive is. One that is cut off is told by its first bytes.
pub(super) fn kind(bytes: &[u8]) -> Result<Format, SourceError> {
    let mut package = match Package::open(bytes) {
        Ok(package) => package,
        Err(error) if !error.to_string().contains("damaged") => return Err(error),
        Err(_) => {
            let head = &bytes[..bytes.len().min(8192)];
            let has = |needle: &[u8]| memchr::memmem::find(head, needle).is_some();
            return Err(damaged(if has(b"mimetypeapplication/epub") {
                "an EPUB book (a ZIP archive)"
            } else if has(b"mimetypeapplication/vnd.oasis") {
                "an OpenDocument file (a ZIP archive)"
            } else if has(b"xl/") {
                "an Excel workbook (a ZIP archive)"
            } else if has(b"word/") || has(b"[Content_Types].xml") {
                "a Word document (a ZIP archive)"
            } else {
                "a ZIP archive"
            }));
        }
    };
    let unsupported = |what: &str, todo: &str| Err(SourceError::Unreadable(format!("It looks like {what}, which can't be read. {todo}")));
    if package.has("word/document.xml") {
        return Ok(Format::Docx);
    }
    if package.has("xl/workbook.xml") {
        return Ok(Format::Xlsx);
    }
    if package.has("xl/workbook.bin") {
        return unsupported("an Excel workbook in binary form (XLSB)", "Save it as XLSX or CSV and add that.");
    }
    if package.has("ppt/presentation.xml") {
        return unsupported("a PowerPoint presentation", "Copy the article's text and paste it.");
    }
    if package.has("datapackage.json") && package.names().iter().any(|n| n.ends_with(".warc.gz") || n.ends_with(".warc")) {
        return Ok(Format::Wacz);
    }
    let mime = package.part("mimetype", &mut Budget { bytes: 1024, depth: 0 }).ok().flatten().unwrap_or_default();
    let mime = String::from_utf8_lossy(&mime).trim().to_owned();
    match mime.as_str() {
        "application/epub+zip" => Ok(Format::Epub),
        m if m.starts_with("application/vnd.oasis.opendocument.text") => Ok(Format::Odt),
        m if m.starts_with("application/vnd.oasis.opendocument.spreadsheet") => Ok(Format::Ods),
        m if m.starts_with("application/vnd.oasis.opendocument") => {
            unsupported("an OpenDocument file (a ZIP archive)", "Copy the article's text and paste it.")
        }
        _ => Ok(Format::Zip),
    }
}
