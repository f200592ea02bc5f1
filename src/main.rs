//! The binary: see the library's documentation for the map of the house.

fn main() -> std::process::ExitCode {
    parallax::cli::main()
}
