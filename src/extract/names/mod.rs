//! Names of persons, organisations and places.

pub mod lexicon;
mod likeness;

pub use likeness::{NameRelation, VARIANT_LIKENESS_MAX, VARIANT_LIKENESS_MIN, fold, likeness, same_entity, sound_key, without_accents};
