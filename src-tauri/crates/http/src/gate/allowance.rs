//! What is known of a server's allowance. Pure: the clock comes in as an argument.

use std::time::Duration;

use tokio::time::Instant;

use super::RateSnapshot;

/// Two reports of the same window's end may differ by rounding to whole seconds, and by travel time.
const SAME_WINDOW: Duration = Duration::from_secs(2);

/// The allowance of the current window, as far as the server has told.
#[derive(Debug, Default)]
pub(super) struct Allowance {
    limit: Option<u64>,
    remaining: Option<u64>,
    ends: Option<Instant>,
    /// Whether the server has spoken in this window; until then its end is our guess.
    confirmed: bool,
    period: Option<Duration>,
    paused_until: Option<Instant>,
}

/// One report by the server.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) limit: Option<u64>,
    pub(super) remaining: Option<u64>,
    pub(super) ends: Option<Instant>,
    pub(super) period: Option<Duration>,
}

impl Allowance {
    /// How long until a request may be sent. `in_flight` requests have been sent and not been answered.
    pub(super) fn wait(&mut self, now: Instant, in_flight: u64) -> Duration {
        self.roll_over(now, in_flight);
        let used_up = if self.remaining == Some(0) { self.ends } else { None };
        let until = |instant: Option<Instant>| {
            instant.map_or(Duration::ZERO, |instant| instant.saturating_duration_since(now))
        };
        until(self.paused_until).max(until(used_up))
    }

    /// What is known at this instant.
    pub(super) fn snapshot(&mut self, now: Instant, in_flight: u64) -> RateSnapshot {
        let wait = self.wait(now, in_flight);
        RateSnapshot { limit: self.limit, remaining: self.remaining, period: self.period, wait }
    }

    /// Counts a request that is about to be sent.
    pub(super) fn take(&mut self, now: Instant) {
        self.remaining = self.remaining.map(|remaining| remaining.saturating_sub(1));
        if self.ends.is_none() {
            self.ends = self.period.map(|period| now + period);
        }
    }

    /// Takes in a report. `others` are the requests in flight besides the one answered; `tolerance` is how many
    /// requests answers may have overtaken each other by.
    pub(super) fn observe(&mut self, now: Instant, report: &Report, others: u64, tolerance: u64) {
        self.roll_over(now, others);
        self.limit = report.limit.or(self.limit);
        self.period = report.period.or(self.period);
        let Some(server) = report.remaining else { return };
        let jumped = self.remaining.is_none_or(|local| server > local.saturating_add(tolerance));
        let moved = self.confirmed
            && matches!((report.ends, self.ends), (Some(new), Some(old)) if new > old + SAME_WINDOW);
        if jumped || moved {
            // A window we had not counted in: what is in flight will still be deducted from it.
            self.remaining = Some(server.saturating_sub(others));
            self.ends = None;
            self.confirmed = false;
        } else {
            // Ours is lower while requests are in flight, theirs where others use the same allowance.
            self.remaining = self.remaining.map(|local| local.min(server));
        }
        if report.ends.is_some() {
            self.ends = report.ends;
        } else if !self.confirmed {
            // Measured from the first answer, the window cannot end later for the server than for us.
            self.ends = self.period.map(|period| now + period);
        }
        self.confirmed = true;
    }

    /// Holds everything back until an instant.
    pub(super) fn pause(&mut self, until: Instant) {
        self.paused_until = self.paused_until.max(Some(until));
    }

    /// The server turned a request away and did not say for how long: until the window ends, if that is known.
    pub(super) fn used_up(&mut self, now: Instant) {
        let ends = self.ends.filter(|ends| *ends > now);
        if let Some(ends) = ends.or_else(|| self.period.map(|period| now + period)) {
            self.pause(ends);
        }
    }

    fn roll_over(&mut self, now: Instant, in_flight: u64) {
        if self.ends.is_some_and(|ends| ends <= now) {
            self.remaining = self.limit.map(|limit| limit.saturating_sub(in_flight));
            self.ends = None;
            self.confirmed = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn report(remaining: u64) -> Report {
        Report { limit: Some(50), remaining: Some(remaining), ends: None, period: Some(MINUTE) }
    }

    #[test]
    fn knows_no_limit_before_the_server_speaks() {
        let mut allowance = Allowance::default();
        let now = Instant::now();
        for _ in 0..1000 {
            assert_eq!(allowance.wait(now, 0), Duration::ZERO);
            allowance.take(now);
        }
    }

    #[test]
    fn counts_down_and_waits_for_the_end_of_the_window() {
        let mut allowance = Allowance::default();
        let now = Instant::now();
        allowance.observe(now, &report(2), 0, 6);
        allowance.take(now);
        assert_eq!(allowance.wait(now, 1), Duration::ZERO);
        allowance.take(now);
        assert_eq!(allowance.wait(now, 2), MINUTE);
        assert_eq!(allowance.wait(now + MINUTE / 2, 0), MINUTE / 2);
        assert_eq!(allowance.wait(now + MINUTE, 0), Duration::ZERO);
        assert_eq!(allowance.remaining, Some(50));
    }

    #[test]
    fn late_answers_never_raise_the_count_within_a_window() {
        let mut allowance = Allowance::default();
        let now = Instant::now();
        allowance.observe(now, &report(10), 0, 6);
        for _ in 0..4 {
            allowance.take(now);
        }
        for remaining in [6, 9, 7, 8] {
            allowance.observe(now, &report(remaining), 3, 6);
            assert_eq!(allowance.remaining, Some(6));
        }
        allowance.observe(now, &report(3), 0, 6);
        assert_eq!(allowance.remaining, Some(3), "somebody else used the allowance");
    }

    #[test]
    fn a_new_window_is_recognised_and_what_is_in_flight_deducted() {
        let mut allowance = Allowance::default();
        let now = Instant::now();
        allowance.observe(now, &report(1), 0, 6);
        allowance.observe(now + MINUTE / 2, &report(49), 3, 6);
        assert_eq!(allowance.remaining, Some(46));
        assert_eq!(allowance.ends, Some(now + MINUTE / 2 + MINUTE));

        let end = now + MINUTE * 3;
        let told = |remaining, ends| Report { remaining: Some(remaining), ends: Some(ends), ..report(0) };
        allowance.observe(now + MINUTE / 2, &told(45, end), 0, 6);
        allowance.observe(now + MINUTE / 2, &told(49, end + Duration::from_secs(1)), 0, 6);
        assert_eq!(allowance.remaining, Some(45), "rounding does not make a new window");
        allowance.observe(now + MINUTE / 2, &told(49, end + MINUTE), 0, 6);
        assert_eq!(allowance.remaining, Some(49));
    }

    #[test]
    fn a_refusal_without_a_time_holds_until_the_window_ends() {
        let mut allowance = Allowance::default();
        let now = Instant::now();
        allowance.used_up(now);
        assert_eq!(allowance.wait(now, 0), Duration::ZERO, "nothing is known of a window");
        allowance.observe(now, &report(40), 0, 6);
        allowance.used_up(now + MINUTE / 4);
        assert_eq!(allowance.wait(now + MINUTE / 4, 0), MINUTE / 4 * 3);
        assert_eq!(allowance.wait(now + MINUTE, 0), Duration::ZERO);
        allowance.used_up(now + MINUTE * 2);
        assert_eq!(allowance.wait(now + MINUTE * 2, 0), MINUTE, "a new window begins with the refusal");
    }

    #[test]
    fn a_snapshot_says_what_is_known_and_forgets_a_window_that_is_over() {
        let mut allowance = Allowance::default();
        let now = Instant::now();
        assert_eq!(allowance.snapshot(now, 0), RateSnapshot::default());
        allowance.observe(now, &report(1), 0, 6);
        allowance.take(now);
        let used = RateSnapshot { limit: Some(50), remaining: Some(0), period: Some(MINUTE), wait: MINUTE };
        assert_eq!(allowance.snapshot(now, 1), used);
        let fresh = RateSnapshot { remaining: Some(49), wait: Duration::ZERO, ..used };
        assert_eq!(allowance.snapshot(now + MINUTE, 1), fresh);
    }

    #[test]
    fn a_pause_holds_everything_and_is_never_shortened() {
        let mut allowance = Allowance::default();
        let now = Instant::now();
        allowance.pause(now + MINUTE);
        allowance.pause(now + MINUTE / 2);
        assert_eq!(allowance.wait(now, 0), MINUTE);
        assert_eq!(allowance.wait(now + MINUTE, 0), Duration::ZERO);
    }
}
