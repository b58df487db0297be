//! The day that counts as today: an option, the environment of a reproducible build, or the clock.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Failure;

/// The as-of date: `--as-of`, else `SOURCE_DATE_EPOCH`, else today in UTC.
#[allow(clippy::disallowed_methods, reason = "this is where environment and clock are read")]
pub fn as_of(option: Option<Date>) -> Result<Date, Failure> {
    if let Some(date) = option {
        return Ok(date);
    }
    let instant = match std::env::var_os("SOURCE_DATE_EPOCH") {
        Some(seconds) if !seconds.is_empty() => {
            let number = seconds.to_str().and_then(|seconds| seconds.parse().ok());
            let instant = number.and_then(|seconds| Timestamp::from_second(seconds).ok());
            instant.ok_or_else(|| {
                let seconds = seconds.to_string_lossy();
                let message = format!("SOURCE_DATE_EPOCH is `{seconds}`, not a number of seconds since 1970");
                Failure::with_help(
                    message,
                    "set it to a number such as the output of `git log -1 --format=%ct`",
                )
            })?
        }
        _ => Timestamp::now(),
    };
    Ok(instant.to_zoned_datetime(TimeZone::UTC).date())
}
