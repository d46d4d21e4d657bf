//! The vendor's timestamps.

/// Milliseconds since the Unix epoch as the vendor writes them: `2021-04-27T12:01:13.000Z`.
pub(super) fn format(at_ms: u64) -> String {
    let at = i64::try_from(at_ms).ok().and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    at.unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Milliseconds since the Unix epoch of an RFC 3339 timestamp.
pub(super) fn parse(text: &str) -> Option<u64> {
    u64::try_from(text.parse::<jiff::Timestamp>().ok()?.as_millisecond()).ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn timestamps_have_milliseconds_and_are_read_back() {
        assert_eq!(super::format(1_619_524_873_000), "2021-04-27T12:01:13.000Z");
        assert_eq!(super::parse("2021-04-27T12:01:13.000Z"), Some(1_619_524_873_000));
        assert_eq!(super::parse("2021-04-27T14:01:13+02:00"), Some(1_619_524_873_000));
        assert_eq!(super::parse("yesterday"), None);
    }
}
