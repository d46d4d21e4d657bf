use super::*;

fn gate(max_concurrency: usize, window: WindowHeader) -> RateGate {
    let headers = RateHeaders {
        limit: HeaderName::from_static("x-ratelimit-limit"),
        remaining: HeaderName::from_static("x-ratelimit-remaining"),
        window,
    };
    let options = GateOptions { max_concurrency, headers: Some(headers), ..GateOptions::default() };
    RateGate::new("requests to test", options)
}

fn reset_in(max_concurrency: usize) -> RateGate {
    gate(max_concurrency, WindowHeader::ResetIn(HeaderName::from_static("x-ratelimit-reset")))
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
}

fn told(limit: &str, remaining: &str, reset: &str) -> HeaderMap {
    headers(&[
        ("x-ratelimit-limit", limit),
        ("x-ratelimit-remaining", remaining),
        ("x-ratelimit-reset", reset),
    ])
}

fn seconds_of(duration: Duration) -> f64 {
    duration.as_secs_f64().round()
}

#[tokio::test(start_paused = true)]
async fn lets_callers_through_in_order_and_as_many_as_allowed() {
    let gate = reset_in(6);
    gate.learn(StatusCode::OK, &told("2", "0", "4"));
    let started = Instant::now();
    let (sender, mut arrivals) = tokio::sync::mpsc::unbounded_channel();
    for caller in 0..5 {
        let (gate, sender) = (gate.clone(), sender.clone());
        tokio::spawn(async move {
            let permit = gate.acquire(&CancellationToken::new()).await;
            sender.send((caller, permit.map(drop), started.elapsed())).unwrap();
            gate.learn(StatusCode::OK, &told("2", "0", "4"));
        });
        tokio::task::yield_now().await;
    }
    drop(sender);
    let mut seen = Vec::new();
    while let Some((caller, outcome, after)) = arrivals.recv().await {
        seen.push((caller, outcome.is_ok(), seconds_of(after)));
    }
    // Each answer says that nothing is left for 4 s: one passes at 4 s, one at 8 s; the rest would exceed 10 s.
    let order: Vec<_> = seen.iter().map(|(caller, ..)| *caller).collect();
    assert_eq!(order, [0, 1, 2, 3, 4]);
    assert_eq!(&seen[..2], [(0, true, 4.0), (1, true, 8.0)]);
    assert!(seen[2..].iter().all(|(_, passed, after)| !passed && *after == 8.0), "{seen:?}");
}

#[tokio::test(start_paused = true)]
async fn no_more_than_the_allowed_number_are_on_their_way() {
    let gate = reset_in(2);
    let cancel = CancellationToken::new();
    let first = gate.acquire(&cancel).await.unwrap();
    let _second = gate.acquire(&cancel).await.unwrap();
    let third = tokio::spawn({
        let gate = gate.clone();
        async move { gate.acquire(&CancellationToken::new()).await.map(drop) }
    });
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    assert!(!third.is_finished());
    drop(first);
    third.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn long_waits_are_returned_at_once() {
    let gate = reset_in(6);
    gate.learn(StatusCode::OK, &told("50", "0", "42"));
    assert_eq!(seconds_of(gate.current_wait()), 42.0);
    let started = Instant::now();
    let error = gate.acquire(&CancellationToken::new()).await.unwrap_err();
    assert_eq!(
        error,
        HttpError::RateLimited {
            retry_after: Some(Duration::from_secs(42)),
            scope: "requests to test".to_owned(),
            effect: Effect::NotSent
        }
    );
    assert_eq!(started.elapsed(), Duration::ZERO);
    tokio::time::advance(Duration::from_secs(42)).await;
    assert_eq!(gate.current_wait(), Duration::ZERO);
    gate.acquire(&CancellationToken::new()).await.map(drop).unwrap();
}

#[tokio::test(start_paused = true)]
async fn sends_fifty_a_minute_when_only_the_period_is_told() {
    let gate = gate(6, WindowHeader::Period(HeaderName::from_static("x-ratelimit-period")));
    let cancel = CancellationToken::new();
    let mut answered = 0_u64;
    let started = Instant::now();
    while answered < 200 {
        match gate.acquire(&cancel).await {
            Ok(_permit) => {
                let window_left = 50 - (answered % 50) - 1;
                answered += 1;
                gate.learn(
                    StatusCode::OK,
                    &headers(&[
                        ("x-ratelimit-limit", "50"),
                        ("x-ratelimit-remaining", &window_left.to_string()),
                        ("x-ratelimit-period", "60"),
                    ]),
                );
            }
            Err(HttpError::RateLimited { retry_after: Some(wait), .. }) => {
                assert_eq!(answered % 50, 0, "stopped before the allowance was used up");
                sleep(wait).await;
            }
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(seconds_of(started.elapsed()), 180.0);
}

#[tokio::test(start_paused = true)]
async fn reads_the_end_of_the_window_by_the_servers_clock() {
    let gate = gate(6, WindowHeader::ResetAt(HeaderName::from_static("x-ratelimit-reset")));
    let server = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let mut answer = told("50", "0", "1700000005");
    answer.insert(reqwest::header::DATE, httpdate::fmt_http_date(server).parse().unwrap());
    gate.learn(StatusCode::OK, &answer);
    assert_eq!(seconds_of(gate.current_wait()), 5.0);
}

#[tokio::test(start_paused = true)]
async fn retry_after_of_a_429_holds_everyone_back_and_that_of_a_503_nobody() {
    let gate = reset_in(6);
    let answer = headers(&[("retry-after", "7")]);
    gate.learn(StatusCode::SERVICE_UNAVAILABLE, &answer);
    assert_eq!(gate.current_wait(), Duration::ZERO);
    gate.learn(StatusCode::TOO_MANY_REQUESTS, &answer);
    assert_eq!(seconds_of(gate.current_wait()), 7.0);
    let started = Instant::now();
    gate.acquire(&CancellationToken::new()).await.map(drop).unwrap();
    assert_eq!(seconds_of(started.elapsed()), 7.0);
}

#[tokio::test(start_paused = true)]
async fn cancelling_leaves_the_queue_to_the_next() {
    let gate = reset_in(6);
    gate.learn(StatusCode::OK, &told("50", "0", "5"));
    let cancel = CancellationToken::new();
    let waiting = tokio::spawn({
        let (gate, cancel) = (gate.clone(), cancel.clone());
        async move { gate.acquire(&cancel).await.map(drop) }
    });
    tokio::task::yield_now().await;
    cancel.cancel();
    assert_eq!(waiting.await.unwrap(), Err(HttpError::Cancelled { effect: Effect::NotSent }));
    gate.acquire(&CancellationToken::new()).await.map(drop).unwrap();
}

#[tokio::test(start_paused = true)]
async fn nonsense_in_the_headers_is_no_limit() {
    let gate = reset_in(6);
    for (limit, remaining, reset) in [("x", "y", "z"), ("", "-1", "5"), ("50", "0", "soon")] {
        gate.learn(StatusCode::OK, &told(limit, remaining, reset));
        assert_eq!(gate.current_wait(), Duration::ZERO);
    }
    gate.learn(StatusCode::OK, &told("1", "0", "18446744073709551615"));
    assert!(gate.current_wait() <= Duration::from_secs(31 * 24 * 3600));
}
