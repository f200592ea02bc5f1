//! One test binary, a module a stage.

mod app;
mod cli;
mod contract;
mod layers;
mod names;
mod quotes;
mod report;
mod story;
mod text;
mod verify;
