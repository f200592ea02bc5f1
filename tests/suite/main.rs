//! One test binary, a module a stage.

mod app;
mod cli;
mod contract;
mod formats;
mod layers;
mod names;
mod report;
mod story;
mod text;
mod verify;
