//! mdBook's environment variables: `MDBOOK_BOOK__SRC` overrides `book.src`, here as in a build.
//!
//! What they mean is mdBook's to say, by `Config::set`. Its own reader is left alone, because it reads the whole environment
//! and panics where any variable of it is not UTF-8; nothing here reads the environment either.

use std::ffi::OsString;

use mdbook_preprocessor::config::Config;

use super::refused;
use crate::settings::Problem;

/// The names that begin a key of mdBook's configuration, as its own pattern has them.
const ROOTS: [&str; 6] = ["book", ":book", "build", "rust", "output", "preprocessor"];

/// Puts what the variables of the environment say over what book.toml says.
///
/// # Errors
/// Where mdBook refuses a value, or a variable for mdBook is not UTF-8.
pub fn override_by(config: &mut Config, variables: &[(OsString, OsString)]) -> Result<(), Problem> {
    for (name, value) in variables {
        let shown = name.to_string_lossy();
        let Some(key) = key(&shown) else { continue };
        let (Some(_), Some(value)) = (name.to_str(), value.to_str()) else {
            return Err(refused(
                format!("the environment variable `{shown}` is not UTF-8"),
                Some("mdBook reads its configuration from it: unset it, or set it to UTF-8 text"),
            ));
        };
        let value: serde_json::Value = serde_json::from_str(value).unwrap_or_else(|_| value.into());
        config
            .set(key, value)
            .map_err(|error| refused(format!("the environment variable `{shown}`: {error:#}"), None))?;
    }
    Ok(())
}

/// The key of mdBook's configuration that a variable sets; none where it is for something else.
fn key(name: &str) -> Option<String> {
    let key = name
        .strip_prefix("MDBOOK_")?
        .to_lowercase()
        .replace("__", ".")
        .replace('_', "-");
    let mut rests = ROOTS.iter().filter_map(|root| key.strip_prefix(root));
    rests
        .any(|rest| matches!(rest, "" | ":") || rest.starts_with('.'))
        .then_some(key)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// The test that runs itself again, with variables that are checked in that process.
    const SELF: &str = "site::environment::tests::what_mdbook_reads_is_what_is_read";
    const AGAIN: &str = "ARCHDOC_TEST_ENVIRONMENT";

    /// Variables as people and their pipelines set them, and what is nearly one of them.
    const NAMES: [&str; 24] = [
        "MDBOOK_BOOK__TITLE",
        "MDBOOK_book__src",
        "MDBOOK_BOOK",
        "MDBOOK_BOOK__",
        "MDBOOK_BOOK:",
        "MDBOOK_:BOOK",
        "MDBOOK_:BOOK__TITLE",
        "MDBOOK_BOOKS",
        "MDBOOK_BOOK_TITLE",
        "MDBOOK_BOOK.TITLE",
        "MDBOOK_VERSION",
        "MDBOOK_",
        "MDBOOK_BUILD__CREATE_MISSING",
        "MDBOOK_RUST__EDITION",
        "MDBOOK_OUTPUT__HTML__GIT_REPOSITORY_URL",
        "MDBOOK_OUTPUT",
        "MDBOOK_PREPROCESSOR__ARCHDOC__FAIL_ON",
        "MDBOOK_PREPROCESSOR__ARCHDOC__RULES__MISSING_SECTION",
        "MDBOOK_PREPROCESSOR__ARCHDOC",
        "MDBOOK_PREPROCESSOR",
        "MDBOOK_PREPROCESSOR:",
        "MDBOOK_PREPROCESSOR__A___B____C",
        "MDBOOK_preprocessor__É",
        "XMDBOOK_BOOK__TITLE",
    ];
    const VALUES: [&str; 12] = [
        "",
        "a title",
        "true",
        "7",
        "\"quoted\"",
        "[\"a\", 1]",
        "{\"title\": \"x\"}",
        "{\"a\": {\"b\": null}}",
        "null",
        "{broken",
        "é\u{1b}\n",
        "2021",
    ];

    #[test]
    #[allow(clippy::disallowed_methods, reason = "mdBook's own reader is the oracle")]
    fn what_mdbook_reads_is_what_is_read() {
        if std::env::var_os(AGAIN).is_some() {
            let read = |by: fn(&mut Config) -> bool| {
                let mut config: Config = "[book]\ntitle = \"T\"\n[preprocessor.archdoc]\n".parse().unwrap();
                let good = by(&mut config);
                (good, config)
            };
            let own = read(|config| override_by(config, &std::env::vars_os().collect::<Vec<_>>()).is_ok());
            assert_eq!(own, read(|config| config.update_from_env().is_ok()));
            return;
        }
        let run = |variables: &[(&str, &str)]| {
            let again = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", SELF, "--test-threads=1"])
                .env(AGAIN, "1")
                .envs(variables.iter().copied())
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&again.stdout).into_owned();
            assert!(
                again.status.success() && said.contains("1 passed"),
                "{variables:?}: {said}"
            );
        };
        for name in NAMES {
            for value in VALUES {
                run(&[(name, value)]);
            }
        }
        // Several at once: which of them counts is a matter of their order.
        for (at, name) in NAMES.iter().enumerate() {
            let pairs = NAMES.iter().cycle().skip(at + 1).zip(VALUES).step_by(3);
            run(&pairs
                .map(|(name, value)| (*name, value))
                .chain([(*name, "x")])
                .collect::<Vec<_>>());
        }
    }
}
