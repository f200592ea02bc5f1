//! One test binary, a module a stage.

mod app;
mod cli;
mod contract;
mod details;
mod formats;
mod layers;
mod names;
mod quotes;
mod report;
mod sample;
mod story;
mod text;
mod verify;
#[cfg(feature = "gui")]
mod window;
