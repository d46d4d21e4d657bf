use super::*;
use crate::BuiltInOrganisation;
use crate::testing::Desk;
use crate::view::RevealRequest;
use secrecy::ExposeSecret;
use tacklebox_vault::VaultError;

const VALUE: &str = "whsec-told-once";

fn told(path: &str, value: &str) -> Vec<ToldOnce> {
    vec![ToldOnce { path: path.into(), label: "Signing secret".into(), value: Secret::from(value) }]
}

fn pick(connection: &Connection, webhook: &str) -> WebhookPick {
    WebhookPick { connection: connection.id.clone(), id: webhook.into() }
}

impl Desk {
    async fn keep(&self, connection: &Connection, webhook: &str, value: &str) -> KeptWhere {
        let kept = self.workbench.keep_told_once(connection, &webhook.into(), told("signing", value)).await;
        let [one] = &kept[..] else { panic!("{kept:?}") };
        assert_eq!((&one.webhook, one.path.as_str()), (&pick(connection, webhook), "signing"));
        one.kept.clone()
    }

    /// Where the secrets of a webhook are, as the window is told.
    async fn kept(&self, connection: &Connection, webhook: &str) -> Vec<KeptWhere> {
        let kept = self.workbench.kept_secrets(&pick(connection, webhook)).await.unwrap();
        kept.into_iter().map(|secret| secret.kept).collect()
    }

    async fn reveal(&self, connection: &Connection, webhook: &str) -> Result<String, AppError> {
        let webhook = pick(connection, webhook);
        self.workbench.reveal(&RevealRequest { webhook, path: "signing".into() }).await
    }

    /// What the keyring has beside the credentials of connections.
    fn of_webhooks(&self) -> Vec<(String, String)> {
        self.keyring.values().into_iter().filter(|(key, _)| key.starts_with("webhook/")).collect()
    }
}

fn in_memory(kept: &KeptWhere, word: &str) -> bool {
    matches!(kept, KeptWhere::MemoryOnly { reason } if reason.contains(word))
}

#[tokio::test]
async fn a_secret_told_once_is_in_the_keyring_survives_a_restart_and_needs_no_vendor() {
    let mut desk = Desk::new().await;
    let connection = desk.connect().await;
    assert_eq!(desk.keep(&connection, "w/1", VALUE).await, KeptWhere::Keyring);
    let name = format!("webhook/{}/w%2f1/signing", connection.id);
    assert_eq!(desk.of_webhooks(), [(name, VALUE.to_owned())]);
    desk.reopen().await;
    assert_eq!(desk.kept(&connection, "w/1").await, [KeptWhere::Keyring]);
    assert_eq!(desk.kept(&connection, "w").await, []);
    assert_eq!(desk.reveal(&connection, "w/1").await.unwrap(), VALUE);
    assert_eq!(desk.script.asked(), [""; 0], "the vendor was not asked");
}

#[tokio::test]
async fn what_was_not_kept_is_asked_of_the_vendor() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.keep(&connection, "w", VALUE).await;
    let other = RevealRequest { webhook: pick(&connection, "w"), path: "other".into() };
    assert_eq!(desk.workbench.reveal(&other).await.unwrap_err().message, "The vendor is down.");
    assert_eq!(desk.script.asked(), ["read w"]);
}

#[tokio::test]
async fn without_a_keyring_it_stays_in_memory_and_moves_when_there_is_one() {
    let mut desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.keyring.fail(Some(VaultError::Locked));
    let kept = desk.keep(&connection, "w", VALUE).await;
    assert!(in_memory(&kept, "locked"), "{kept:?}");
    assert_eq!(desk.kept(&connection, "w").await, [kept]);
    assert_eq!(desk.reveal(&connection, "w").await.unwrap(), VALUE);
    assert!(desk.of_webhooks().is_empty());
    desk.keyring.fail(None);
    desk.workbench.watch_vault_once().await;
    assert_eq!(desk.kept(&connection, "w").await, [KeptWhere::Keyring]);
    assert_eq!(desk.of_webhooks().len(), 1);
    desk.reopen().await;
    desk.keyring.fail(Some(VaultError::Locked));
    desk.workbench.watch_vault_once().await;
    assert_eq!(desk.kept(&connection, "w").await, [KeptWhere::Keyring], "it was noted that it had moved");
}

#[tokio::test]
async fn a_session_without_a_keyring_from_the_start_says_why() {
    let mut desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.keyring.fail(Some(VaultError::NoBus));
    desk.reopen().await;
    assert!(in_memory(&desk.keep(&connection, "w", VALUE).await, "bus"));
    assert_eq!(desk.reveal(&connection, "w").await.unwrap(), VALUE);
}

#[tokio::test]
async fn one_that_moved_unseen_before_the_program_ended_is_found_in_the_keyring() {
    let mut desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.keyring.fail(Some(VaultError::Locked));
    desk.keep(&connection, "w", VALUE).await;
    desk.keyring.fail(None);
    desk.workbench.watch_vault_once().await;
    desk.keyring.fail(Some(VaultError::Locked));
    desk.reopen().await;
    assert!(in_memory(&desk.kept(&connection, "w").await[0], "may be in the keyring"));
    desk.keyring.fail(None);
    desk.workbench.watch_vault_once().await;
    assert_eq!(desk.kept(&connection, "w").await, [KeptWhere::Keyring]);
    assert_eq!(desk.reveal(&connection, "w").await.unwrap(), VALUE);
}

#[tokio::test]
async fn one_that_was_lost_with_the_session_is_not_listed_and_its_end_is_said() {
    let mut desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.keyring.fail(Some(VaultError::Locked));
    desk.keep(&connection, "w", VALUE).await;
    desk.keyring.fail(None);
    desk.reopen().await;
    assert_eq!(desk.kept(&connection, "w").await, []);
    let error = desk.reveal(&connection, "w").await.unwrap_err();
    assert_eq!(error.fault, Fault::NotFound);
    assert!(
        error.message.contains("in memory alone") && error.advice.unwrap().starts_with("Vendor told it once")
    );
}

#[tokio::test]
async fn one_that_somebody_deleted_from_the_keyring_is_not_said_to_be_there() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.keep(&connection, "w", VALUE).await;
    desk.keyring.clear();
    assert_eq!(desk.kept(&connection, "w").await, []);
    let error = desk.reveal(&connection, "w").await.unwrap_err();
    assert_eq!(error.message, "Signing secret is not in the keyring any more.");
    assert!(error.place.unwrap().starts_with("Halden"));
}

#[tokio::test]
async fn one_that_no_keyring_takes_stays_in_memory_and_is_whole() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    let long = "x".repeat(tacklebox_vault::VALUE_LIMIT_BYTES + 1);
    assert!(in_memory(&desk.keep(&connection, "w", &long).await, "too long"));
    desk.workbench.watch_vault_once().await;
    assert!(in_memory(&desk.kept(&connection, "w").await[0], "too long"));
    assert_eq!(desk.reveal(&connection, "w").await.unwrap(), long);
    assert!(desk.of_webhooks().is_empty());
}

#[tokio::test]
async fn listing_does_not_make_a_locked_keyring_ask_for_its_password() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.keep(&connection, "w", VALUE).await;
    desk.keyring.fail(Some(VaultError::Locked));
    let reads = desk.keyring.reads();
    assert_eq!(desk.kept(&connection, "w").await, [KeptWhere::Keyring]);
    assert_eq!(desk.keyring.reads(), reads);
    let error = desk.reveal(&connection, "w").await.unwrap_err();
    assert!(matches!(error.fault, Fault::Vault { .. }), "an error, not an absence");
}

#[tokio::test]
async fn one_of_the_sandbox_never_touches_the_keyring_and_ends_with_it() {
    let mut desk = Desk::new().await;
    let organisation = BuiltInOrganisation {
        key: "a".into(),
        provider: "vendor".into(),
        label: "Simulated".into(),
        base_url: "http://127.0.0.1:9".into(),
        credentials: Default::default(),
    };
    let connection = desk.workbench.attach_sandbox(&[organisation]).await.unwrap().remove(0);
    assert_eq!(desk.keep(&connection, "w", VALUE).await, KeptWhere::Sandbox);
    assert_eq!(desk.kept(&connection, "w").await, [KeptWhere::Sandbox]);
    assert_eq!(desk.reveal(&connection, "w").await.unwrap(), VALUE);
    assert!(desk.keyring.values().is_empty());
    desk.reopen().await;
    assert_eq!(desk.store().kept_secrets_of(&connection.id).unwrap(), []);
}

#[tokio::test]
async fn a_database_that_fails_costs_the_keyring_and_not_the_secret() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.break_database("INSERT ON kept_secrets");
    let kept = desk.keep(&connection, "w", VALUE).await;
    assert!(in_memory(&kept, "database failed"), "{kept:?}");
    assert!(desk.of_webhooks().is_empty(), "nobody would find it there");
    assert_eq!(desk.kept(&connection, "w").await, [kept]);
    assert_eq!(desk.reveal(&connection, "w").await.unwrap(), VALUE);
    desk.workbench.drop_kept_secrets(&connection, &"w".into()).await;
    assert_eq!(desk.kept(&connection, "w").await, []);
    assert_eq!(desk.reveal(&connection, "w").await.unwrap_err().message, "The vendor is down.");
}

#[tokio::test]
async fn one_told_again_takes_the_place_of_the_old() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.break_database("INSERT ON kept_secrets");
    desk.keep(&connection, "w", "old").await;
    desk.repair_database();
    desk.keep(&connection, "w", "new").await;
    assert_eq!(desk.kept(&connection, "w").await.len(), 1);
    assert_eq!(desk.reveal(&connection, "w").await.unwrap(), "new");
}

#[tokio::test]
async fn those_of_a_deleted_webhook_go_and_others_stay() {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.keep(&connection, "gone", VALUE).await;
    desk.keep(&connection, "stays", VALUE).await;
    desk.workbench.drop_kept_secrets(&connection, &"gone".into()).await;
    let names: Vec<_> = desk.of_webhooks().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, [format!("webhook/{}/stays/signing", connection.id)]);
    assert_eq!(desk.store().kept_secrets_of(&connection.id).unwrap().len(), 1);
}

#[tokio::test]
async fn what_a_keyring_out_of_reach_still_has_is_removed_at_a_later_start_unless_it_was_told_again() {
    let mut desk = Desk::new().await;
    let connection = desk.connect().await;
    desk.keep(&connection, "gone", VALUE).await;
    desk.keep(&connection, "again", VALUE).await;
    desk.keyring.fail(Some(VaultError::Locked));
    for webhook in ["gone", "again"] {
        desk.workbench.drop_kept_secrets(&connection, &webhook.into()).await;
    }
    desk.reopen().await;
    assert_eq!(desk.of_webhooks().len(), 2, "the keyring is still locked");
    desk.keep(&connection, "again", "new").await;
    desk.keyring.fail(None);
    desk.workbench.watch_vault_once().await;
    desk.reopen().await;
    let name = format!("webhook/{}/again/signing", connection.id);
    assert_eq!(desk.of_webhooks(), [(name, "new".to_owned())]);
}

#[tokio::test]
async fn all_of_a_connection_go_with_it_even_when_its_provider_is_not_known() {
    let mut desk = Desk::new().await;
    let connection = desk.connect().await;
    let other = desk.connect().await;
    for owner in [&connection, &other] {
        desk.keep(owner, "a", VALUE).await;
        desk.keep(owner, "b", VALUE).await;
    }
    desk.reopen_without_vendor().await;
    assert!(desk.workbench.remove_connection(&connection.id).await.is_err());
    let prefix = format!("webhook/{}/", other.id);
    let left = desk.of_webhooks();
    assert!(left.len() == 2 && left.iter().all(|(name, _)| name.starts_with(&prefix)), "{left:?}");
    assert!(
        desk.workbench.kept_value(&other, &pick(&other, "a"), &"signing".into()).await.unwrap().is_some()
    );
}

#[tokio::test]
async fn no_kept_secret_is_in_a_file_the_log_or_what_the_window_gets() {
    const CANARY: &str = "stillits";
    let log = crate::testing::log();
    let mut desk = Desk::new().await;
    let connection = desk.connect().await;
    let marked = |n: usize| format!("{CANARY}-{n}");
    let long = |n: usize| marked(n).repeat(tacklebox_vault::VALUE_LIMIT_BYTES / 4);
    let mut crossed = Vec::new();
    for (n, failure) in [None, Some(VaultError::Locked), Some(VaultError::Corrupt)].into_iter().enumerate() {
        desk.keyring.fail(failure);
        for value in [marked(n), long(n)] {
            let told = told("signing", &value);
            crossed.push(format!("{told:?}"));
            let kept = desk.workbench.keep_told_once(&connection, &n.to_string().as_str().into(), told).await;
            crossed.push(format!("{kept:?} {}", serde_json::to_string(&kept).unwrap()));
        }
    }
    desk.break_database("INSERT ON kept_secrets");
    crossed.push(format!("{:?}", desk.keep(&connection, "unnoted", &marked(3)).await));
    desk.repair_database();
    for webhook in ["0", "1", "2", "unnoted"] {
        let kept = desk.workbench.kept_secrets(&pick(&connection, webhook)).await.unwrap();
        crossed.push(format!("{kept:?} {}", serde_json::to_string(&kept).unwrap()));
        desk.workbench.drop_kept_secrets(&connection, &webhook.into()).await;
        crossed.push(format!("{:?}", desk.reveal(&connection, webhook).await.unwrap_err()));
    }
    desk.keyring.fail(None);
    desk.keep(&connection, "last", &marked(4)).await;
    desk.reopen().await;
    assert_eq!(desk.reveal(&connection, "last").await.unwrap(), marked(4), "the search can find");

    assert!(crossed.iter().all(|text| !text.contains(CANARY)), "{crossed:?}");
    assert!(log.text().contains("a kept secret could not be noted"), "the log was not captured");
    assert!(!log.text().contains(CANARY));
    let files: Vec<_> =
        std::fs::read_dir(desk.folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(!files.is_empty());
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains(CANARY), "{}", file.display());
    }
    let value = desk.workbench.kept_value(&connection, &pick(&connection, "last"), &"signing".into()).await;
    assert!(value.unwrap().unwrap().expose_secret().contains(CANARY));
}
