use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use tacklebox_http::{ApiRequest, JsonBody, Method};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::fmt::MakeWriter;

use crate::server::{Reply, Server, drop_unanswered, partial, status};

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

impl MakeWriter<'_> for Log {
    type Writer = Self;
    fn make_writer(&self) -> Self {
        self.clone()
    }
}

fn captured() -> Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        // This also collects what is logged through the `log` crate.
        tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(log.clone())
            .init();
        log
    })
    .clone()
}

/// A secret in every place that may hold one; all contain `zq7canary`.
fn marked(method: Method, path: &str) -> ApiRequest {
    ApiRequest::new(method, "update webhook", path)
        .query("key", "zq7canary-query")
        .header("X-Api-Key", "zq7canary-header")
        .bearer("zq7canary-bearer".into())
        .json(JsonBody::from_bytes(r#"{"secret":"zq7canary-body"}"#))
}

fn answer(code: u16) -> Reply {
    status(code, "X-Secret: zq7canary-answer\r\nSet-Cookie: a=zq7canary-cookie\r\n", "\"zq7canary-answer\"")
}

#[tokio::test]
async fn no_secret_is_shown_or_logged() {
    let log = captured();
    let mut shown = Vec::new();
    for method in [Method::GET, Method::POST, Method::PUT] {
        let elsewhere = "Location: https://zq7canary:zq7canary@other.invalid/zq7canary?a=zq7canary\r\n";
        for (index, replies) in [
            vec![answer(200)],
            vec![answer(503), answer(503), answer(500)],
            vec![answer(429), answer(429), answer(429)],
            vec![drop_unanswered(), Reply::Bytes(partial().into()), drop_unanswered()],
            vec![Reply::Bytes(b"zq7canary\r\n\r\n".to_vec())],
            vec![status(302, elsewhere, "")],
            vec![status(302, "Location: /next?a=zq7canary\r\n", ""), answer(200)],
        ]
        .into_iter()
        .enumerate()
        {
            let server = Server::start(replies).await;
            let client = server.client();
            let path = format!("webhooks/seen-{method}-{index}");
            let request = marked(method.clone(), &path);
            shown.push(format!("{client:?} {request:?} {:?}", request.clone()));
            match client.send(request, &CancellationToken::new()).await {
                Ok(response) => {
                    shown.push(format!("{response:?} {:?}", response.json::<Vec<u32>>()));
                }
                Err(error) => shown.push(format!("{error} {error:?} {error:#?}")),
            }
            assert!(server.requests()[0].contains("zq7canary-bearer"), "the secrets were sent");
            let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
            assert!(logged.contains(&path), "the attempt was logged");
        }
    }
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("operation=\"update webhook\""), "{logged}");
    for text in shown.iter().map(String::as_str).chain(logged.lines()) {
        assert!(!text.contains("zq7canary"), "{text}");
    }
}
