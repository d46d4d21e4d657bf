//! The allowance: learned, kept to, told, and every call counted.

use super::common::{OWN, RENTALS, TRIAL, World, go, minimal, text, world, world_with};
use tacklebox_model::{Allowance, Fault};
use tacklebox_sandbox::{BooqableConfig, BooqableOrganisation, Fault as Sandboxed, FaultAction, RateLimit};

/// An id that no webhook has.
const NOBODY: &str = "be43f04f-01e8-44d9-86ae-1fc1376bdea0";

async fn limited(requests: u32, period_seconds: u64) -> World {
    let mut organisation = BooqableOrganisation::empty(OWN, "Own");
    organisation.settings.rate_limit = RateLimit::new(requests, period_seconds);
    world_with(OWN, BooqableConfig { organisations: vec![organisation] }).await
}

fn statuses(world: &World) -> Vec<u16> {
    world.requests().iter().filter_map(|request| request.status).collect()
}

#[tokio::test]
async fn the_allowance_is_what_the_vendor_told_last() {
    let world = world_with(RENTALS, BooqableConfig::default()).await;
    assert_eq!(world.session.allowance(), None);
    world.list().await;
    let told = Allowance { limit: Some(50), remaining: Some(49), period_s: Some(60), wait_ms: 0 };
    assert_eq!(world.session.allowance(), Some(told.clone()));
    let prepared = world.prepare(minimal(), None).await;
    world.session.write(&prepared.write, &go()).await.unwrap();
    assert_eq!(world.session.allowance(), Some(Allowance { remaining: Some(48), ..told }));
}

#[tokio::test]
async fn what_the_allowance_has_no_room_for_is_not_sent_and_says_how_long_to_wait() {
    let world = world_with(TRIAL, BooqableConfig::default()).await;
    for _ in 0..20 {
        world.list().await;
    }
    let error = world.session.list(&go()).await.unwrap_err();
    let Fault::RateLimited { retry_after_ms: Some(wait) } = error.fault else { panic!("{error:?}") };
    assert!((50_000..=60_000).contains(&wait), "{wait}");
    assert_eq!(error.message, "Booqable asks for fewer requests.");
    assert_eq!(error.advice, Some(format!("Try again in {} seconds.", wait / 1000)));
    let prepared = world.prepare(minimal(), None).await;
    let failed = world.session.write(&prepared.write, &go()).await.unwrap_err();
    assert!(!failed.uncertain && matches!(failed.error.fault, Fault::RateLimited { .. }));
    assert_eq!((statuses(&world).len(), world.calls.count()), (20, 20));
    let allowance = world.session.allowance().unwrap();
    assert_eq!(allowance.remaining, Some(0));
    assert!(allowance.wait_ms > 50_000);
}

#[tokio::test]
async fn a_429_without_a_time_waits_for_the_window_to_end() {
    // Somebody else uses the same allowance up, so that the vendor refuses where we thought there was some left.
    let world = world_with(TRIAL, BooqableConfig::default()).await;
    world.list().await;
    world.org.set_rate_limit(RateLimit::new(1, 60));
    let prepared = world.prepare(minimal(), None).await;
    let failed = world.session.write(&prepared.write, &go()).await.unwrap_err();
    let Fault::RateLimited { retry_after_ms: Some(wait) } = failed.error.fault else { panic!("{failed:?}") };
    assert!(wait > 50_000 && !failed.uncertain);
    assert!(failed.error.advice.unwrap().starts_with("Try again in 5"));
    assert!(world.session.list(&go()).await.is_err());
    assert_eq!(statuses(&world), [200, 429]);
    assert_eq!(world.calls.count(), 2);
}

#[tokio::test]
async fn a_429_without_any_header_waits_for_the_window_too() {
    let world = world(TRIAL).await;
    world.list().await;
    world.sandbox.faults().push(Sandboxed::new("*", FaultAction::respond(429, "")).times(5));
    let error = world.session.list(&go()).await.unwrap_err();
    assert!(matches!(error.fault, Fault::RateLimited { retry_after_ms: Some(50_000..) }), "{error:?}");
    assert_eq!(world.requests().len(), 2);
}

#[tokio::test]
async fn callers_of_one_session_share_a_short_window_and_none_is_refused() {
    let world = limited(5, 1).await;
    let cancel = go();
    let mut reads = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let (session, cancel) = (world.session.clone(), cancel.clone());
        reads.spawn(async move { session.read(&NOBODY.into(), &cancel).await.map(|found| found.is_none()) });
    }
    while let Some(read) = reads.join_next().await {
        assert_eq!(read.unwrap(), Ok(true));
    }
    let seen = statuses(&world);
    assert_eq!(seen.iter().filter(|status| **status == 200).count(), 12);
    // Before the first answer nobody knows of a limit: what was under way then may be turned away, and waits.
    assert!(seen.iter().filter(|status| **status == 429).count() <= 1, "{seen:?}");
    assert_eq!(world.calls.count(), seen.len());
}

#[tokio::test]
async fn every_call_is_counted_as_the_vendor_counts_it() {
    let world = world(TRIAL).await;
    world.sandbox.faults().push(Sandboxed::new("*", FaultAction::respond(503, "")).times(2));
    world.list().await;
    let base = world.list().await.remove(0);
    world.session.read(&base.webhook.id, &go()).await.unwrap();
    let prepared = world.prepare(vec![("version", text("4"))], Some(&base)).await;
    world.session.preview(&[&prepared.write], &go()).await.unwrap();
    world.session.write(&prepared.write, &go()).await.unwrap();
    world.session.delete(&[base.webhook.id], &go()).await.unwrap();
    world.session.inspect(&|_| {}, &go()).await;
    assert_eq!((world.calls.count(), world.requests().len()), (8, 8));
    // The two played failures did not reach the vendor's own counter.
    assert_eq!(world.org.metered_calls(), 6);
}
