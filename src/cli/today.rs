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
    let instant = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) if !seconds.is_empty() => {
            let instant = seconds
                .parse()
                .ok()
                .and_then(|seconds| Timestamp::from_second(seconds).ok());
            instant.ok_or_else(|| {
                let message = format!("SOURCE_DATE_EPOCH is `{seconds}`, not a number of seconds since 1970");
                Failure::with_help(
                    message,
                    "set it to a number such as the output of `git log -1 --format=%ct`",
                )
            })?
        }
        _ => Timestamp::now(),
    };
    Ok(instant.to_zoned(TimeZone::UTC).date())
}
