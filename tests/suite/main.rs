//! One test binary, a module a stage.

mod app;
mod compare;
mod layers;
mod names;
mod text;
