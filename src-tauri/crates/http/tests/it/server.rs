//! A server that says exactly what a test tells it to, one connection per request.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tacklebox_http::{ApiClient, ClientOptions, ProxyUse, RetryPolicy};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What the server does with one request, having read it.
pub(crate) enum Reply {
    /// Sends these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Sends these bytes, then keeps the connection open in silence.
    Stall(Vec<u8>),
}

pub(crate) struct Server {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<String>>>,
    /// Told when a reply has been written.
    pub(crate) replied: Arc<Notify>,
}

impl Server {
    pub(crate) async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (requests, replied) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Notify::new()));
        let server = Self { port, requests: Arc::clone(&requests), replied: Arc::clone(&replied) };
        let mut replies: VecDeque<Reply> = replies.into_iter().collect();
        tokio::spawn(async move {
            let mut stalled = Vec::new();
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read_request(&mut stream).await;
                requests.lock().unwrap().push(request);
                let reply = replies.pop_front().unwrap_or_else(|| status(599, "", "unexpected request"));
                let (Reply::Bytes(bytes) | Reply::Stall(bytes)) = &reply;
                // The client may have gone already.
                stream.write_all(bytes).await.ok();
                if matches!(reply, Reply::Stall(_)) {
                    stalled.push(stream);
                }
                replied.notify_one();
            }
        });
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/base", self.port)
    }

    pub(crate) fn client(&self) -> ApiClient {
        self.client_with(quick())
    }

    pub(crate) fn client_with(&self, options: ClientOptions) -> ApiClient {
        ApiClient::new(&self.url(), options).unwrap()
    }

    /// The requests received, each with head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Options for tests: hardly any pause between attempts, no proxy.
pub(crate) fn quick() -> ClientOptions {
    ClientOptions {
        retry: RetryPolicy { first_pause: Duration::from_millis(1), ..RetryPolicy::default() },
        proxy: ProxyUse::Direct,
        ..ClientOptions::default()
    }
}

/// A complete answer; `headers` are lines that each end with `\r\n`.
pub(crate) fn status(code: u16, headers: &str, body: &str) -> Reply {
    let length = body.len();
    Reply::Bytes(
        format!(
            "HTTP/1.1 {code} Test\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        )
        .into_bytes(),
    )
}

/// The connection closes without an answer.
pub(crate) fn drop_unanswered() -> Reply {
    Reply::Bytes(Vec::new())
}

/// An answer of which only the beginning arrives.
pub(crate) fn partial() -> &'static [u8] {
    b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, value)| value.trim().parse().unwrap());
            if body.len() >= length {
                return text;
            }
        }
        let count = stream.read(&mut buffer).await.unwrap();
        assert_ne!(count, 0, "the client closed within its request");
        bytes.extend_from_slice(&buffer[..count]);
    }
}
