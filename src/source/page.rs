//! A page as its server gave it, kept beside the article that was read from it.

use super::MAX_BYTES;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};

/// What a server gave when a person asked for an address: enough to read the article again without asking twice, also with a later
/// version of the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Where it was in the end.
    pub address: String,
    /// When it was asked for, in UTC: `2020-08-03T09:00:00Z`.
    pub fetched: String,
    /// The encoding that the server named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// Its bytes, packed by gzip, in base 64.
    gzip: String,
}

impl Page {
    /// Packs the bytes of a page.
    pub fn new(address: String, fetched: String, charset: Option<String>, bytes: &[u8]) -> Self {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        // Writing into memory can't fail.
        let gzip = packed.write_all(bytes).and_then(|()| packed.finish()).map(|b| STANDARD.encode(b)).unwrap_or_default();
        Self { address, fetched, charset, gzip }
    }

    /// The bytes as the server gave them; `None` where they were damaged since.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let packed = STANDARD.decode(&self.gzip).ok()?;
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(&packed[..]).take(MAX_BYTES + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= MAX_BYTES).then_some(bytes)
    }
}
