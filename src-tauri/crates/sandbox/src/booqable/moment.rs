//! Times as the vendor writes them. All have one form and one zone, so their texts sort as the times do.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const FORM: &str = "%Y-%m-%dT%H:%M:%S%.6f+00:00";

/// Milliseconds since the Unix epoch, as the vendor writes them.
pub(super) fn from_ms(ms: u64) -> String {
    write(i64::try_from(ms).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or_default())
}

/// A time in a filter: RFC 3339, or without a zone or a time of day for UTC and midnight.
pub(super) fn read(text: &str) -> Option<String> {
    let utc = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok();
    text.parse().ok().or_else(|| utc().map(|zoned| zoned.timestamp())).map(write)
}

fn write(time: Timestamp) -> String {
    time.strftime(FORM).to_string()
}
