//! One test binary, a module a stage.

mod align;
mod app;
mod app_files;
mod cli;
mod compare;
mod contract;
mod details;
mod encodings;
mod explain;
mod files;
mod formats;
mod group;
mod hostile;
mod inputs;
mod layers;
#[cfg(feature = "links")]
mod links;
mod margin;
mod names;
mod pages;
mod quotes;
mod report;
mod sample;
mod source;
mod story;
mod text;
mod verify;
#[cfg(feature = "gui")]
mod window;
#[cfg(feature = "gui")]
mod window_forms;
#[cfg(feature = "gui")]
mod window_inspector;
mod window_keys;
#[cfg(feature = "snapshots")]
mod window_pictures;
#[cfg(feature = "gui")]
mod window_start;
