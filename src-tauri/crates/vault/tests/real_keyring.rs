//! The vault against a real D-Bus and a real GNOME Keyring, in every state they can be in. Each case has a bus, a
//! home and a runtime folder of its own; nothing of this computer's keyring is touched.
//!
//! A case runs this same test program again, under `dbus-run-session`, with the test `child` alone; what it did is
//! read from a report file.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::unwrap_in_result,
    reason = "a test stops at the first surprise"
)]

use std::collections::HashMap;
use std::fmt::{Debug, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};
use secret_service::EncryptionType;
use secret_service::blocking::SecretService;
use tacklebox_vault::{
    AdaptiveVault, Deadlines, KeyringVault, NativeKeyring, Vault, VaultError, VaultKey, VaultStatus,
};
use tempfile::TempDir;

const SERVICE: &str = "tacklebox-test";
const ACTION: &str = "VAULT_TEST_ACTION";
const REPORT: &str = "VAULT_TEST_REPORT";
/// Starts GNOME Keyring with its `login` keyring created and unlocked. The newline ends the password; without one no
/// keyring is made from an empty password. The second command waits until the service is on the bus.
const UNLOCKED: &str = "printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null; \
                        gnome-keyring-daemon --start --components=secrets >/dev/null;";
/// A keyring without a password: GNOME Keyring keeps it as a text file, one line per value.
const PASSWORDLESS: &str = "mkdir -p $XDG_DATA_HOME/keyrings; cd $XDG_DATA_HOME/keyrings; printf login > default; \
                            printf '[keyring]\\ndisplay-name=login\\nctime=0\\nmtime=0\\n' > login.keyring;";

/// A home of its own, and the buses started in it.
struct Machine {
    folder: TempDir,
}

/// Which services the bus can start by itself.
enum Bus {
    /// Those of this computer, GNOME Keyring among them.
    Usual,
    /// None.
    Bare,
    /// GNOME Keyring, and a prompter that starts but never answers.
    SilentPrompter,
}

impl Machine {
    fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("vault").tempdir().unwrap();
        for name in ["home", "data", "run", "services"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs `child` with an action after the shell commands in `before`, and returns its report.
    fn run(&self, bus: &Bus, before: &str, action: &str) -> String {
        let mut command = Command::new("dbus-run-session");
        if let Some(config) = self.bus_config(bus) {
            command.arg("--config-file").arg(config);
        }
        command.args(["--", "sh", "-c"]).arg(format!("{before} exec \"$0\" --exact child"));
        command.arg(std::env::current_exe().unwrap());
        self.report(command, action)
    }

    fn run_without_bus(&self, action: &str) -> String {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "child"]);
        self.report(command, action)
    }

    fn report(&self, mut command: Command, action: &str) -> String {
        let report = self.path("report");
        std::fs::write(&report, "").unwrap();
        command.env(ACTION, action).env(REPORT, &report).stdin(Stdio::null());
        for name in ["DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"] {
            command.env_remove(name);
        }
        command.env("HOME", self.path("home")).env("XDG_DATA_HOME", self.path("data"));
        command.env("XDG_CONFIG_HOME", self.path("home")).env("XDG_CACHE_HOME", self.path("home"));
        command.env("XDG_RUNTIME_DIR", self.path("run"));
        // A file, not a pipe: services that the bus has started would keep a pipe open.
        let log = std::fs::File::create(self.path("log")).unwrap();
        command.stdout(log.try_clone().unwrap()).stderr(log);
        let status = command.status().expect("dbus-run-session and gnome-keyring must be installed");
        assert!(status.success(), "{action}: {}", std::fs::read_to_string(self.path("log")).unwrap());
        std::fs::read_to_string(report).unwrap()
    }

    fn bus_config(&self, bus: &Bus) -> Option<PathBuf> {
        let services: &[(&str, &str)] = match bus {
            Bus::Usual => return None,
            Bus::Bare => &[],
            Bus::SilentPrompter => &[
                (
                    "org.freedesktop.secrets",
                    "/usr/bin/gnome-keyring-daemon --start --foreground --components=secrets",
                ),
                ("org.gnome.keyring.SystemPrompter", "/bin/sleep 30"),
            ],
        };
        for (name, program) in services {
            let text = format!("[D-BUS Service]\nName={name}\nExec={program}\n");
            std::fs::write(self.path("services").join(format!("{name}.service")), text).unwrap();
        }
        let config = format!(
            "<busconfig><type>session</type><listen>unix:dir={}</listen><servicedir>{}</servicedir>\
             <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
             <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
            self.path("run").display(),
            self.path("services").display()
        );
        let path = self.path("bus.conf");
        std::fs::write(&path, config).unwrap();
        Some(path)
    }
}

#[test]
fn values_of_any_shape_survive_the_real_keyring_and_leave_nothing_behind() {
    let report = Machine::new().run(&Bus::Usual, UNLOCKED, "round_trip");
    assert_eq!(
        report,
        "empty: same\nshort: same\nnewlines: same\nlong: same\nlonger: same\nshort again: same\n\
         entries: 1\nlabel: Tacklebox: connection/7/client_secret\nafter delete: None\nentries: 0\n"
    );
}

#[test]
fn a_second_process_reads_what_the_first_wrote_from_a_passwordless_keyring() {
    let machine = Machine::new();
    assert_eq!(machine.run(&Bus::Usual, PASSWORDLESS, "write"), "put: Ok(())\n");
    let file = std::fs::read_to_string(machine.path("data/keyrings/login.keyring")).unwrap();
    assert!(file.contains("\nsecret=v1* a "), "the value is in the text file");
    assert_eq!(machine.run(&Bus::Usual, "", "read"), "get: same\n");
}

#[test]
fn without_a_bus_the_problem_is_the_bus() {
    let report = Machine::new().run_without_bus("state");
    assert_eq!(report, "check: Err(NoBus)\nget: Err(NoBus)\nput: Err(NoBus)\nunlock: Err(NoBus)\n");
}

#[test]
fn a_bus_without_a_keyring_service_is_told_apart() {
    let report = Machine::new().run(&Bus::Bare, "", "state");
    assert_eq!(
        report,
        "check: Err(NoService)\nget: Err(NoService)\nput: Err(NoService)\nunlock: Err(NoService)\n"
    );
}

#[test]
fn a_service_without_a_default_keyring_is_told_apart() {
    let report = Machine::new().run(&Bus::Usual, "", "state");
    assert_eq!(
        report,
        "check: Err(NoCollection)\nget: Err(NoCollection)\nput: Err(NoCollection)\nunlock: Err(NoCollection)\n"
    );
}

#[test]
fn a_locked_keyring_whose_prompt_cannot_be_shown_is_refused_once_and_then_locked() {
    let machine = Machine::new();
    machine.run(&Bus::Usual, UNLOCKED, "write");
    let report = machine.run(&Bus::Usual, "", "state");
    assert_eq!(report, "check: Err(Locked)\nget: Err(Denied)\nput: Err(Locked)\nunlock: Err(Denied)\n");
}

#[test]
fn a_prompt_that_nobody_answers_times_out_and_the_program_still_ends() {
    let machine = Machine::new();
    machine.run(&Bus::Usual, UNLOCKED, "write");
    let started = Instant::now();
    let report = machine.run(&Bus::SilentPrompter, "", "state");
    let timed_out = format!("{:?}", Err::<(), _>(VaultError::TimedOut { after: CHILD_DEADLINE }));
    assert_eq!(
        report,
        format!("check: Err(Locked)\nget: {timed_out}\nput: Err(Locked)\nunlock: {timed_out}\n")
    );
    // The prompt itself stays open for 30 seconds.
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
}

#[test]
fn session_values_move_into_a_keyring_that_appears_while_the_program_runs() {
    let report = Machine::new().run(&Bus::Bare, "", "appears");
    assert_eq!(
        report,
        "first: SessionOnly { problem: NoService, held: 1, removals: 0 }\nread: same\n\
         then: Keyring { service_words: \"the keyring\" }\nentries: 1\nread: same\n"
    );
}

#[test]
fn a_keyring_service_that_was_restarted_is_used_again_at_once() {
    let machine = Machine::new();
    let report = machine.run(&Bus::Bare, UNLOCKED, "restart");
    assert_eq!(report, "put: Ok(())\nget: same\n");
}

// What the child process does.

const CHILD_DEADLINE: Duration = Duration::from_secs(3);

#[test]
fn child() {
    let (Ok(action), Ok(path)) = (std::env::var(ACTION), std::env::var(REPORT)) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let report = runtime.block_on(async {
        match action.as_str() {
            "round_trip" => round_trip().await,
            "write" => line("put", &patient().put(&key(), &long()).await),
            "read" => same("get", &patient(), &long()).await,
            "state" => state().await,
            "appears" => appears().await,
            "restart" => restart().await,
            other => panic!("unknown action {other}"),
        }
    });
    std::fs::write(Path::new(&path), report).unwrap();
}

fn patient() -> KeyringVault {
    KeyringVault::new(SERVICE, NativeKeyring, Deadlines::default())
}

fn key() -> VaultKey {
    VaultKey::connection(7, "client_secret")
}

fn long() -> SecretString {
    SecretString::from("-----BEGIN KEY-----\nl\u{f6}ng \u{1f511}\n".repeat(400))
}

fn line(what: &str, result: &dyn Debug) -> String {
    format!("{what}: {result:?}\n")
}

async fn same(what: &str, vault: &dyn Vault, expected: &SecretString) -> String {
    match vault.get(&key()).await {
        Ok(Some(value)) if value.expose_secret() == expected.expose_secret() => format!("{what}: same\n"),
        Ok(Some(_)) => format!("{what}: different\n"),
        Ok(None) => format!("{what}: None\n"),
        Err(error) => format!("{what}: {error:?}\n"),
    }
}

async fn round_trip() -> String {
    let vault = patient();
    let mut report = String::new();
    for (name, value) in [
        ("empty", SecretString::from("")),
        ("short", SecretString::from("s3cret")),
        ("newlines", SecretString::from("{\n \"a\": 1\r\n}\n\n[x]\ny=z\0")),
        ("long", long()),
        ("longer", SecretString::from(long().expose_secret().repeat(4))),
        ("short again", SecretString::from("s")),
    ] {
        vault.put(&key(), &value).await.unwrap();
        report += &same(name, &vault, &value).await;
    }
    let labels = labels();
    writeln!(report, "entries: {}\nlabel: {}", labels.len(), labels[0]).unwrap();
    vault.put(&key(), &long()).await.unwrap();
    vault.delete(&key()).await.unwrap();
    vault.delete(&key()).await.unwrap();
    writeln!(report, "after delete: {:?}", vault.get(&key()).await.unwrap()).unwrap();
    report + &line("entries", &self::labels().len())
}

async fn state() -> String {
    let deadlines = Deadlines { read: CHILD_DEADLINE, write: CHILD_DEADLINE, prompt: CHILD_DEADLINE };
    let vault = KeyringVault::new(SERVICE, NativeKeyring, deadlines);
    let mut report = line("check", &vault.check().await);
    report += &line("get", &vault.get(&key()).await.map(|_| ()));
    report += &line("put", &vault.put(&key(), &long()).await);
    report + &line("unlock", &vault.unlock().await)
}

async fn appears() -> String {
    let vault = AdaptiveVault::open(std::sync::Arc::new(patient()), "the keyring").await;
    vault.put(&key(), &long()).await.unwrap();
    let mut report = line("first", &vault.status());
    report += &same("read", &vault, &long()).await;
    shell(UNLOCKED);
    let mut changes = vault.watch();
    vault.recheck().await;
    assert!(changes.has_changed().unwrap());
    report += &line("then", &*changes.borrow_and_update());
    assert!(matches!(vault.status(), VaultStatus::Keyring { .. }));
    let heads = labels().into_iter().filter(|label| !label.contains('#')).count();
    report += &line("entries", &heads);
    report + &same("read", &patient(), &long()).await
}

async fn restart() -> String {
    let vault = patient();
    let report = line("put", &vault.put(&key(), &long()).await);
    shell(&UNLOCKED.replace("--unlock", "--replace --unlock"));
    report + &same("get", &vault, &long()).await
}

fn shell(commands: &str) {
    let status = Command::new("sh").args(["-c", commands]).status().unwrap();
    assert!(status.success());
}

/// Labels of the entries which the keyring has under our service name.
fn labels() -> Vec<String> {
    std::thread::spawn(|| {
        let service = SecretService::connect(EncryptionType::Plain).unwrap();
        let found = service.search_items(HashMap::from([("service", SERVICE)])).unwrap();
        assert!(found.locked.is_empty());
        found.unlocked.iter().map(|item| item.get_label().unwrap()).collect()
    })
    .join()
    .unwrap()
}
