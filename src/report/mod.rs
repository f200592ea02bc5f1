//! An [`crate::analysis::Analysis`] and judgements in, files out; one file per format.

pub mod json;
