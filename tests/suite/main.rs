//! One test binary, a module a stage.

mod app;
mod layers;
mod names;
mod quotes;
mod text;
