//! The command line: raw arguments, then the work, then words for people.

use crate::analysis::{self, Config, Version};
use crate::base::Silent;
use crate::io;
use crate::report::json;
use crate::source::{Hints, Source};
use clap::{Parser, Subcommand, ValueEnum};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Compare how outlets cover one event.
#[derive(Parser, Debug)]
#[command(name = "parallax", version)]
struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// Articles to open in the window.
    files: Vec<PathBuf>,
    /// Open the sample event.
    #[arg(long)]
    sample: bool,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Compare files and write a report.
    Report {
        files: Vec<PathBuf>,
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
        #[arg(short, long, default_value = "-")]
        output: PathBuf,
        #[arg(long)]
        exit_zero: bool,
    },
    /// Print what was read out of each file, one JSON object a line.
    Extract { files: Vec<PathBuf> },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Json,
}

/// Runs the program on the process's arguments.
pub fn main() -> ExitCode {
    let args = Args::parse();
    match args.command {
        Some(Command::Report { files, format: Format::Json, output, exit_zero }) => {
            let (sources, trouble) = load(&files);
            let Some(analysis) = analysis::analyze(&sources, &Config::default(), &Silent) else { return ExitCode::from(2) };
            let text = serde_json::to_string_pretty(&json::report(&analysis)).unwrap_or_default();
            let written =
                if output.as_os_str() == "-" { std::io::stdout().lock().write_all(text.as_bytes()) } else { std::fs::write(&output, text) };
            match written {
                Ok(()) if trouble && sources.is_empty() => ExitCode::from(2),
                Ok(()) if exit_zero || analysis.findings.is_empty() => ExitCode::SUCCESS,
                Ok(()) => ExitCode::from(1),
                Err(_) => ExitCode::from(2),
            }
        }
        Some(Command::Extract { files }) => {
            let (sources, trouble) = load(&files);
            let mut out = std::io::stdout().lock();
            for (i, source) in sources.iter().enumerate() {
                let line = json::version(&format!("v{}", i + 1), &Version::read(source));
                if writeln!(out, "{line}").is_err() {
                    return ExitCode::from(2);
                }
            }
            if trouble { ExitCode::from(2) } else { ExitCode::SUCCESS }
        }
        None => window(args.files, args.sample),
    }
}

#[cfg(feature = "gui")]
fn window(files: Vec<PathBuf>, sample: bool) -> ExitCode {
    match crate::gui::run(files, sample) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("parallax: {error}");
            ExitCode::from(2)
        }
    }
}

#[cfg(not(feature = "gui"))]
fn window(_: Vec<PathBuf>, _: bool) -> ExitCode {
    eprintln!("parallax: this build has no window. Use `parallax report FILE...`.");
    ExitCode::from(2)
}

fn load(files: &[PathBuf]) -> (Vec<Source>, bool) {
    let mut sources = Vec::new();
    let mut trouble = false;
    for file in files {
        match io::load(file, &Hints::default()) {
            Ok(more) => sources.extend(more),
            Err(error) => {
                trouble = true;
                eprintln!("parallax: {}: {error}", file.display());
            }
        }
    }
    (sources, trouble)
}
