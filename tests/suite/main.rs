//! One test binary, a module a stage.

mod align;
mod app;
mod cli;
mod contract;
mod layers;
mod names;
mod report;
mod story;
mod text;
mod verify;
