//! # Parallax: one event, every outlet's angle
//!
//! Parallax loads several versions of a story, works out which passages report the same thing,
//! and shows the details and quotes where they differ. It never says who is right.
//!
//! ## The map of the house
//!
//! Text flows one way; each module may use only those above it in this table.
//!
//! | module | turns | into |
//! |---|---|---|
//! | [`base`] | | ranges, typed ids, notes |
//! | [`source`] | bytes and hints | [`source::Source`]: decoded text, blocks, metadata, provenance |
//! | [`text`] | a source | [`text::Document`]: blocks, sentences, tokens |
//! | [`extract`] | a document | [`extract::Extract`]: quotes and details, each a range plus a comparable value |
//! | `kept` | | what one comparison leaves for the next |
//! | [`align`] | all documents | [`align::Passage`]s, each with its score and evidence |
//! | [`compare`] | passages | [`compare::Finding`]s and [`compare::Origin`]s; the word diff |
//! | [`analysis`] | sources and a config | [`analysis::Analysis`], by [`analysis::analyze`]; by [`analysis::analyze_again`] what a change touches |
//! | [`project`] | | the comparison that a person works on: versions, judgements, undo |
//! | [`report`] | an analysis and judgements | JSON, HTML, PDF and other files, worksheets |
//! | [`typefaces`] | | the shipped faces |
//! | [`app`] | actions | the headless state of the window |
//! | `gui` | that state | pixels and actions; the only user of egui |
//! | [`cli`] | arguments | the same, headless |
//! | [`io`] | | files and the clock: the only user of them; uses `base` and `source` |
//!
//! ## Invariants
//!
//! * Stages are total: any text yields a value and notes, never a panic.
//! * A [`base::TextRange`] lies inside its version's text, on character boundaries.
//! * Results depend on neither the order in which versions were loaded, nor the number of
//!   threads, nor the machine's speed.
//! * What a language knows is data in `assets/lang/`; code holds mechanisms only.

pub mod align;
pub mod analysis;
pub mod app;
pub mod base;
pub mod cli;
pub mod compare;
pub mod extract;
#[cfg(feature = "gui")]
pub mod gui;
pub mod io;
mod kept;
pub mod project;
pub mod report;
pub mod source;
pub mod text;
pub mod typefaces;
