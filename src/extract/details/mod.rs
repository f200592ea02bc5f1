//! Details of amount and time.

use super::Detail;
use crate::source::Metadata;
use crate::text::Document;

/// Reads details of amount and time, in text order.
pub fn details(document: &Document, meta: &Metadata) -> Vec<Detail> {
    let _ = (document, meta);
    Vec::new()
}
