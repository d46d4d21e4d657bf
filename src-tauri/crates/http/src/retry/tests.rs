use std::collections::VecDeque;

use bytes::Bytes;
use reqwest::header::RETRY_AFTER;

use super::*;

type Outcome = Result<ApiResponse, HttpError>;

struct Script {
    outcomes: VecDeque<Outcome>,
    at: Vec<Duration>,
    started: Instant,
    allowance: Duration,
}

impl Attempt for Script {
    async fn attempt(&mut self, number: u32) -> Outcome {
        self.at.push(self.started.elapsed());
        assert_eq!(number as usize, self.at.len());
        self.outcomes.pop_front().unwrap()
    }
    fn allowance_wait(&self) -> Duration {
        self.allowance
    }
}

fn status(code: u16, wait: Option<&str>) -> Outcome {
    Ok(response(code, wait))
}

fn response(code: u16, wait: Option<&str>) -> ApiResponse {
    ApiResponse {
        status: StatusCode::from_u16(code).unwrap(),
        headers: wait.into_iter().map(|wait| (RETRY_AFTER, wait.parse().unwrap())).collect(),
        body: Bytes::new(),
        elapsed: Duration::ZERO,
        request_id: None,
        attempts: 1,
    }
}

fn unreachable(cause: UnreachableCause) -> Outcome {
    Err(HttpError::Unreachable { host: "test".to_owned(), cause, effect: Effect::NotSent })
}

async fn run_with(
    idempotent: bool,
    deadline: Option<Duration>,
    allowance: Duration,
    outcomes: impl IntoIterator<Item = Outcome>,
) -> (Outcome, Vec<Duration>) {
    let started = Instant::now();
    let mut script = Script { outcomes: outcomes.into_iter().collect(), at: Vec::new(), started, allowance };
    let rules = Rules {
        policy: RetryPolicy::default(),
        idempotent,
        scope: "requests to test",
        deadline: deadline.map(|deadline| started + deadline),
    };
    let outcome = rules.run(&mut script, &CancellationToken::new()).await;
    (outcome, script.at)
}

async fn run(idempotent: bool, outcomes: impl IntoIterator<Item = Outcome>) -> (Outcome, Vec<Duration>) {
    run_with(idempotent, None, Duration::ZERO, outcomes).await
}

fn ok_status(outcome: &Outcome) -> u16 {
    outcome.as_ref().unwrap().status.as_u16()
}

fn limited(retry_after: Option<u64>, effect: Effect) -> HttpError {
    let scope = "requests to test".to_owned();
    HttpError::RateLimited { retry_after: retry_after.map(Duration::from_secs), scope, effect }
}

#[tokio::test(start_paused = true)]
async fn idempotent_requests_are_tried_three_times_with_growing_pauses() {
    for code in [502, 503, 504] {
        let (outcome, at) = run(true, [status(code, None), status(code, None), status(code, None)]).await;
        assert_eq!(ok_status(&outcome), code);
        assert_eq!(at.len(), 3);
        let (first, second) = (at[1] - at[0], at[2] - at[1]);
        assert!((300..=601).contains(&first.as_millis()), "{first:?}");
        assert!((600..=1201).contains(&second.as_millis()), "{second:?}");
    }
    let (outcome, at) = run(true, [Err(HttpError::Dropped), status(200, None)]).await;
    assert_eq!((ok_status(&outcome), at.len()), (200, 2));
}

#[tokio::test(start_paused = true)]
async fn other_answers_are_returned_as_they_are() {
    for code in [200, 301, 400, 401, 404, 409, 422, 500] {
        let (outcome, at) = run(true, [status(code, Some("1"))]).await;
        assert_eq!((ok_status(&outcome), at.len()), (code, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn requests_that_are_not_idempotent_are_never_sent_twice() {
    for outcome in [status(502, None), status(503, Some("1")), status(504, None), Err(HttpError::Dropped)] {
        let (returned, at) = run(false, [outcome.clone()]).await;
        assert_eq!(at.len(), 1);
        assert_eq!(returned.is_ok(), outcome.is_ok());
    }
    let (outcome, _) = run(false, [status(429, Some("1"))]).await;
    assert_eq!(outcome.unwrap_err(), limited(Some(1), Effect::NotSent));
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_may_be_sent_again() {
    let (outcome, at) = run(
        false,
        [unreachable(UnreachableCause::Refused), unreachable(UnreachableCause::Dns), status(201, None)],
    )
    .await;
    assert_eq!((ok_status(&outcome), at.len()), (201, 3));
    for cause in [UnreachableCause::Timeout, UnreachableCause::Tls { detail: String::new() }] {
        let (outcome, at) = run(true, [unreachable(cause)]).await;
        assert_eq!((outcome.unwrap_err().effect(), at.len()), (Effect::NotSent, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn waits_as_long_as_the_server_asks() {
    for code in [429, 503] {
        let (outcome, at) = run(true, [status(code, Some("7")), status(200, None)]).await;
        assert_eq!(ok_status(&outcome), 200);
        assert_eq!((at[1] - at[0]).as_secs(), 7);
    }
    let soon = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(8));
    let (_, at) = run(true, [status(429, Some(&soon)), status(200, None)]).await;
    assert!((5..=8).contains(&(at[1] - at[0]).as_secs()), "{at:?}");
}

#[tokio::test(start_paused = true)]
async fn long_waits_are_returned_instead() {
    let (outcome, at) = run(true, [status(429, Some("11"))]).await;
    assert_eq!(outcome.unwrap_err(), limited(Some(11), Effect::NotSent));
    assert_eq!(at.len(), 1);
    let (outcome, _) = run(true, [status(503, Some("3600"))]).await;
    assert_eq!(outcome.unwrap_err(), limited(Some(3600), Effect::Unknown));
    let (outcome, _) = run_with(true, None, Duration::from_secs(40), [status(429, None)]).await;
    assert_eq!(outcome.unwrap_err(), limited(Some(40), Effect::NotSent), "the gate knows the wait");
}

#[tokio::test(start_paused = true)]
async fn a_429_that_stays_is_an_error_in_the_end() {
    let (outcome, at) = run(true, [status(429, None), status(429, None), status(429, None)]).await;
    assert_eq!(outcome.unwrap_err(), limited(None, Effect::NotSent));
    assert_eq!(at.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_uncertain_attempt_is_not_forgotten() {
    let refused = || unreachable(UnreachableCause::Refused);
    let (outcome, _) = run(true, [Err(HttpError::Dropped), refused(), refused()]).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, HttpError::Unreachable { .. }));
    assert_eq!(error.effect(), Effect::Unknown);
    let (outcome, _) = run(true, [status(504, None), status(429, Some("60"))]).await;
    assert_eq!(outcome.unwrap_err(), limited(Some(60), Effect::Unknown));
    let (outcome, _) = run(true, [refused(), refused(), refused()]).await;
    assert_eq!(outcome.unwrap_err().effect(), Effect::NotSent);
}

#[tokio::test(start_paused = true)]
async fn no_pause_begins_that_would_outlast_the_deadline() {
    let deadline = Some(Duration::from_secs(5));
    let (outcome, at) = run_with(true, deadline, Duration::ZERO, [status(503, Some("6"))]).await;
    assert_eq!((ok_status(&outcome), at.len()), (503, 1));
}

#[tokio::test(start_paused = true)]
async fn a_pause_can_be_cancelled() {
    let cancel = CancellationToken::new();
    let mut script = Script {
        outcomes: [status(429, Some("9"))].into(),
        at: Vec::new(),
        started: Instant::now(),
        allowance: Duration::ZERO,
    };
    let rules = Rules { policy: RetryPolicy::default(), idempotent: true, scope: "test", deadline: None };
    let (outcome, ()) = tokio::join!(rules.run(&mut script, &cancel), async { cancel.cancel() });
    assert_eq!(outcome.unwrap_err(), HttpError::Cancelled { effect: Effect::NotSent });
}
