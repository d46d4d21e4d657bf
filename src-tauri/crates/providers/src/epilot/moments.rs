//! Moments: epilot's texts, milliseconds since 1970, and words.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::time::{SystemTime, UNIX_EPOCH};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Milliseconds since 1970 of `2021-04-27T12:01:13.000Z`.
pub fn parse(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

/// The moment as epilot writes it, in UTC; nothing when no calendar has it.
pub fn text(ms: i64) -> Option<String> {
    Some(Timestamp::from_millisecond(ms).ok()?.to_string())
}

/// `3 May 2027`, in UTC.
pub fn day(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map_or_else(
        |_| "a day no calendar has".to_owned(),
        |moment| moment.to_zoned(TimeZone::UTC).strftime("%-d %B %Y").to_string(),
    )
}

/// Whole days from one moment to another.
pub fn days_between(from_ms: i64, to_ms: i64) -> i64 {
    to_ms.saturating_sub(from_ms) / DAY_MS
}

/// Milliseconds since 1970 by this computer's clock.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_and_written() {
        assert_eq!(parse("2021-04-27T12:01:13.250Z"), Some(1_619_524_873_250));
        assert_eq!(parse("2021-04-27T14:01:13.25+02:00"), Some(1_619_524_873_250));
        assert_eq!((parse("yesterday"), parse("")), (None, None));
        assert_eq!(text(1_619_524_873_250).as_deref(), Some("2021-04-27T12:01:13.25Z"));
        assert_eq!(text(i64::MAX), None);
        assert_eq!(day(1_619_524_873_250), "27 April 2021");
        assert_eq!(days_between(0, 14 * DAY_MS + 1), 14);
        assert_eq!(days_between(i64::MAX, i64::MIN), i64::MIN / DAY_MS);
    }
}
