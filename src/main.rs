//! The program: hands over to the library's command line.

fn main() -> std::process::ExitCode {
    mdbook_archdoc::cli::main()
}
