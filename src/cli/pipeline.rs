//! The pipeline that the program runs in, as the environment tells.

use crate::history::Pipeline;

/// The pipeline; none on a person's machine. GitHub Actions sets `GITHUB_ACTIONS`, GitLab CI `GITLAB_CI`, and both,
/// like most others, `CI`.
#[allow(clippy::disallowed_methods, reason = "this is where the environment is read")]
pub fn of_environment() -> Option<Pipeline> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let known = [
        ("GITHUB_ACTIONS", Pipeline::GitHub),
        ("GITLAB_CI", Pipeline::GitLab),
        ("CI", Pipeline::Other),
    ];
    known
        .into_iter()
        .find(|(name, _)| is_set(name))
        .map(|(_, pipeline)| pipeline)
}
