//! One test binary, a module a stage.

mod align;
mod app;
mod app_files;
mod batch;
mod cli;
#[cfg(feature = "gui")]
mod columns;
mod compare;
mod contract;
mod details;
mod encodings;
mod explain;
mod exports;
mod figures;
mod files;
mod formats;
mod fuzz;
mod group;
mod handout;
mod hostile;
mod inputs;
mod kept;
mod layers;
#[cfg(feature = "links")]
mod links;
mod locales;
mod margin;
mod merge;
mod names;
mod nasty;
mod pages;
mod quotes;
mod report;
mod report_lists;
mod sample;
mod samples;
mod seeds;
mod source;
mod story;
mod tables;
mod text;
mod unsaved;
mod verify;
#[cfg(feature = "gui")]
mod window;
#[cfg(feature = "gui")]
mod window_forms;
#[cfg(feature = "gui")]
mod window_inspector;
#[cfg(feature = "gui")]
mod window_keys;
#[cfg(feature = "gui")]
mod window_names;
#[cfg(feature = "snapshots")]
mod window_pictures;
#[cfg(feature = "gui")]
mod window_scripts;
#[cfg(feature = "gui")]
mod window_start;
