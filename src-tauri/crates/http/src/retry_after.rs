//! The Retry-After header in both its forms.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// Nobody waits longer; also keeps clock arithmetic from overflowing.
const LONGEST: Duration = Duration::from_secs(30 * 24 * 3600);

/// How long the server asks to wait: `Retry-After` as whole seconds or as an HTTP date (RFC 9110 §10.2.3). A date
/// is measured against the answer's own `Date`, so that a wrong clock here does no harm; `now` stands in for it.
/// `None` when the header is missing or not understood; at most 30 days.
#[must_use]
pub fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds).min(LONGEST));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    Some(time_until(until, server_time(headers, now)))
}

/// The server's clock when it answered.
pub(crate) fn server_time(headers: &HeaderMap, now: SystemTime) -> SystemTime {
    headers
        .get(DATE)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| httpdate::parse_http_date(text).ok())
        .unwrap_or(now)
}

/// The time from `now` to `until`, within 0 and 30 days.
pub(crate) fn time_until(until: SystemTime, now: SystemTime) -> Duration {
    until.duration_since(now).unwrap_or_default().min(LONGEST)
}

/// A header that counts something.
pub(crate) fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// A header that counts seconds, at most 30 days.
pub(crate) fn seconds(headers: &HeaderMap, name: &HeaderName) -> Option<Duration> {
    number(headers, name).map(|seconds| Duration::from_secs(seconds).min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str, date: Option<SystemTime>, now: SystemTime) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, text.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, httpdate::fmt_http_date(date).parse().unwrap());
        }
        retry_after(&headers, now)
    }

    #[test]
    fn reads_seconds() {
        let now = SystemTime::now();
        assert_eq!(asked("7", None, now), Some(Duration::from_secs(7)));
        assert_eq!(asked(" 0 ", None, now), Some(Duration::ZERO));
        assert_eq!(asked("99999999999999999", None, now), Some(LONGEST));
    }

    #[test]
    fn reads_a_date_by_the_servers_clock() {
        let server = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let until = httpdate::fmt_http_date(server + Duration::from_secs(90));
        let wrong_clock = server + Duration::from_secs(86_400);
        assert_eq!(asked(&until, Some(server), wrong_clock), Some(Duration::from_secs(90)));
        assert_eq!(asked(&until, None, server), Some(Duration::from_secs(90)));
        assert_eq!(asked(&until, None, wrong_clock), Some(Duration::ZERO));
    }

    #[test]
    fn ignores_what_is_neither() {
        let now = SystemTime::now();
        assert_eq!(asked("soon", None, now), None);
        assert_eq!(asked("-3", None, now), None);
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }
}
