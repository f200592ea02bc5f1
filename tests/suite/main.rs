//! One test binary, a module a stage.

mod text;
mod app;
mod layers;
