//! Nothing secret in any text, whatever the server repeats and whoever logs.

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use tacklebox_probe::token::{TokenMethod, TokenPlace, TokenRequest};
use tracing_subscriber::filter::LevelFilter;

use crate::server::{
    Authority, Reply, SECRET, Server, fetch, json, parameter, prober, request, respond, token,
};

/// Everything any library logs in this test program, at any level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn captured() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let writer = log.clone();
        let layer = tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_ansi(false);
        layer.with_writer(move || writer.clone()).init();
        log
    })
}

/// A request with something secret in every place.
fn marked(url: &str, method: TokenMethod) -> TokenRequest {
    let parameters = vec![
        parameter(TokenPlace::Body, "scope", "canary body/ä"),
        parameter(TokenPlace::Query, "tenant", "canary query&ö"),
        parameter(TokenPlace::Header, "X-Key", "canary-header"),
        parameter(TokenPlace::Header, "Authorization", "Basic Y2FuYXJ5OnMzY3JldA=="),
    ];
    TokenRequest { method, parameters, ..request(&format!("{url}/?stands=canary%20here")) }
}

/// A server that repeats all it was sent, in every spelling.
fn echo() -> String {
    [
        SECRET,
        "canary body/ä",
        "canary+body%2F%C3%A4",
        "canary%20query%26%C3%B6",
        "canary query&amp;ö",
        "canary-header",
        "Basic Y2FuYXJ5OnMzY3JldA==",
        "Y2FuYXJ5OnMzY3JldA==",
        "canary:s3cret",
        "canary%20here",
        "canary here",
    ]
    .join(" | ")
}

#[tokio::test]
async fn what_the_server_repeats_is_masked_in_json_and_text() {
    let said = serde_json::json!({ "error": echo(), "error_description": echo(), "deep": [{ "a": echo() }] });
    for reply in [json(400, &said.to_string()), respond(400, "", &echo()), respond(200, "", &echo())] {
        let server = Server::plain(reply).await;
        let request =
            TokenRequest { client_secret: Some(SECRET.into()), ..marked(&server.url(""), TokenMethod::Post) };
        let outcome = fetch(&prober(), &request).await;
        assert!(outcome.answer.unwrap().shown.contains("•••"));
        assert!(server.only().body.contains("canary"), "it was sent");
    }
}

#[tokio::test]
async fn nothing_secret_is_logged() {
    let log = captured();
    let authority = Authority::new();
    let moved = respond(302, "Location: https://canary:canary@other.invalid/?a=canary\r\n", "");
    for (at, reply) in
        [token(), json(401, &format!("{:?}", echo())), moved, Reply::Bytes(b"canary\r\n\r\n".to_vec())]
            .into_iter()
            .enumerate()
    {
        for method in TokenMethod::ALL {
            let plain = Server::plain(reply.clone()).await;
            fetch(&prober(), &marked(&plain.url(""), method)).await;
            let tls = Server::tls(&authority.certify("localhost", |_| {}), reply.clone()).await;
            fetch(&authority.trusted(), &marked(&tls.url(""), method)).await;
            let hosts = [plain.port, tls.port].map(|port| format!("localhost:{port}"));
            let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
            assert!(hosts.iter().all(|host| logged.contains(host)), "both attempts of {at} were logged");
        }
    }
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for line in logged.lines() {
        assert!(!line.contains("canary") && !line.contains("s3cret"), "{line}");
    }
}
