//! One test binary, a module a stage.

mod app;
mod details;
mod layers;
mod names;
mod text;
