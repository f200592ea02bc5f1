//! One test binary, a module a stage.

mod app;
mod cli;
mod compare;
mod contract;
mod layers;
mod names;
mod report;
mod story;
mod text;
mod verify;
