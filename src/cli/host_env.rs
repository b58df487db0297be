//! mdBook's environment variables: `MDBOOK_BOOK__SRC` overrides `book.src`, here as in a build.
//!
//! What they mean is mdBook's to say, by `Config::set`. It does not read them itself, because it reads the whole
//! environment and panics where any variable of it is not UTF-8.

use std::ffi::OsString;

use mdbook_preprocessor::config::Config;

use super::Failure;

/// The names that begin a key of mdBook's configuration, as its own pattern has them.
const ROOTS: [&str; 6] = ["book", ":book", "build", "rust", "output", "preprocessor"];

/// Puts what the environment says over what book.toml says.
///
/// # Errors
/// Where mdBook refuses a value, or a variable for mdBook is not UTF-8.
#[allow(clippy::disallowed_methods, reason = "this is where the environment is read")]
pub fn override_by_environment(config: &mut Config) -> Result<(), Failure> {
    override_by(config, std::env::vars_os())
}

fn override_by(config: &mut Config, variables: impl Iterator<Item = (OsString, OsString)>) -> Result<(), Failure> {
    for (name, value) in variables {
        let shown = name.to_string_lossy();
        let Some(key) = key(&shown) else { continue };
        let (Some(_), Some(value)) = (name.to_str(), value.to_str()) else {
            return Err(Failure::with_help(
                format!("the environment variable `{shown}` is not UTF-8"),
                "mdBook reads its configuration from it: unset it, or set it to UTF-8 text",
            ));
        };
        let value: serde_json::Value = serde_json::from_str(value).unwrap_or_else(|_| value.into());
        config
            .set(key, value)
            .map_err(|error| Failure::new(format!("the environment variable `{shown}`: {error:#}")))?;
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
