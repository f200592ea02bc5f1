//! `parallax extract`.

use super::args::Inputs;
use super::words::Trouble;
use super::{Copies, Status, load, print};
use crate::report::json;
use rayon::prelude::*;

/// Prints what was read out of each article, one JSON object a line, in the order given.
pub(super) fn run(inputs: &Inputs) -> Result<Status, Trouble> {
    let loaded = load(inputs, Copies::Keep);
    let lines: Vec<String> = loaded
        .entries
        .par_iter()
        .enumerate()
        .map(|(i, entry)| json::version_line(&json::version_id(i.into()), &entry.read()) + "\n")
        .collect();
    for line in lines {
        print(line.as_bytes())?;
    }
    Ok(if loaded.missing.is_empty() { Status::Same } else { Status::Trouble })
}
