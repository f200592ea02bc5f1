//! One test binary, a module a stage.

mod app;
mod cli;
mod contract;
mod details;
mod layers;
mod names;
mod quotes;
mod report;
mod sample;
mod pages;
mod report;
mod source;
mod story;
mod text;
mod verify;
#[cfg(feature = "gui")]
mod window;
