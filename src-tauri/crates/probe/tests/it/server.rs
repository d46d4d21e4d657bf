//! A server that keeps what it receives and answers as it is told, with or without TLS.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, SanType};
use tacklebox_probe::token::{
    TokenEndpoint, TokenMethod, TokenOutcome, TokenParameter, TokenPlace, TokenRequest,
};
use tacklebox_probe::{ProbeOptions, Prober, ProxyUse};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_util::sync::CancellationToken;

pub(crate) const SECRET: &str = "canary s3cret/+&\"é";

/// What the server does with each request, having read it.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Sends these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Sends these bytes, then keeps the connection open in silence.
    Stall(Vec<u8>),
    /// Sends these bytes, then more and more until nobody listens.
    Endless(Vec<u8>),
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

pub(crate) struct Server {
    pub(crate) port: u16,
    tls: bool,
    received: Arc<Mutex<Vec<Received>>>,
    /// Told when a reply has begun.
    pub(crate) replied: Arc<Notify>,
    /// Told when the client has gone from an endless reply.
    pub(crate) hung_up: Arc<Notify>,
}

impl Server {
    pub(crate) async fn plain(reply: Reply) -> Self {
        Self::start(None, reply).await
    }

    pub(crate) async fn tls(certificate: &Certified, reply: Reply) -> Self {
        Self::start(Some(certificate.acceptor()), reply).await
    }

    async fn start(tls: Option<TlsAcceptor>, reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            tls: tls.is_some(),
            received: Arc::default(),
            replied: Arc::default(),
            hung_up: Arc::default(),
        };
        let (received, replied, hung_up) =
            (server.received.clone(), server.replied.clone(), server.hung_up.clone());
        tokio::spawn(async move {
            let mut open: Vec<Box<dyn Send>> = Vec::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                match &tls {
                    None => open.extend(answer(stream, &reply, &received, &replied, &hung_up).await),
                    // A client that does not like the certificate breaks the handshake off.
                    Some(tls) => {
                        if let Ok(stream) = tls.accept(stream).await {
                            open.extend(answer(stream, &reply, &received, &replied, &hung_up).await);
                        }
                    }
                }
            }
        });
        server
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}://localhost:{}{path}", if self.tls { "https" } else { "http" }, self.port)
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// The only request that came.
    pub(crate) fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received.into_iter().next().unwrap()
    }
}

async fn answer(
    mut stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    reply: &Reply,
    received: &Mutex<Vec<Received>>,
    replied: &Notify,
    hung_up: &Notify,
) -> Option<Box<dyn Send>> {
    let request = Received::read(&mut stream).await;
    received.lock().unwrap().push(request);
    let (Reply::Bytes(bytes) | Reply::Stall(bytes) | Reply::Endless(bytes)) = reply;
    // The client may have gone already.
    stream.write_all(bytes).await.ok();
    stream.flush().await.ok();
    replied.notify_one();
    match reply {
        Reply::Bytes(_) => {
            stream.shutdown().await.ok();
            None
        }
        Reply::Stall(_) => Some(Box::new(stream)),
        Reply::Endless(_) => {
            while stream.write_all(&[b' '; 8192]).await.is_ok() {}
            hung_up.notify_one();
            None
        }
    }
}

impl Received {
    async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Self {
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let received = Self::parse(head, body);
                let length = received.header("content-length").first().map_or(0, |n| n.parse().unwrap());
                if body.len() >= length {
                    assert_eq!(body.len(), length, "nothing follows the body");
                    return received;
                }
            }
            let count = stream.read(&mut buffer).await.unwrap();
            assert_ne!(count, 0, "the client closed within its request");
            bytes.extend_from_slice(&buffer[..count]);
        }
    }

    fn parse(head: &str, body: &str) -> Self {
        let mut lines = head.split("\r\n");
        let mut first = lines.next().unwrap().split(' ');
        let (method, target) = (first.next().unwrap(), first.next().unwrap());
        assert_eq!((first.next(), first.next()), (Some("HTTP/1.1"), None));
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let headers = lines.map(|line| line.split_once(": ").unwrap());
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: pairs(query),
            headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
            body: body.to_owned(),
        }
    }

    /// Every value of a header.
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(stands, _)| stands == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The names of the headers, apart from those of the transport, in order.
    pub(crate) fn header_names(&self) -> Vec<&str> {
        let transport = ["host", "content-length", "accept-encoding", "user-agent"];
        let names = self.headers.iter().map(|(name, _)| name.as_str());
        let mut names: Vec<_> = names.filter(|name| !transport.contains(name)).collect();
        names.sort_unstable();
        names
    }

    /// The form in the body.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        assert_eq!(self.header("content-type"), ["application/x-www-form-urlencoded"]);
        pairs(&self.body)
    }
}

fn pairs(text: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

pub(crate) fn owned<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// A complete answer; `headers` are lines that each end with `\r\n`.
pub(crate) fn respond(status: u16, headers: &str, body: &str) -> Reply {
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status} Test\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n");
    Reply::Bytes(format!("{head}{body}").into_bytes())
}

pub(crate) fn json(status: u16, body: &str) -> Reply {
    respond(status, "Content-Type: application/json\r\n", body)
}

pub(crate) fn token() -> Reply {
    json(200, r#"{"access_token":"canary-token","token_type":"Bearer","expires_in":3600,"scope":"a b"}"#)
}

/// An authority that nobody trusts unless told to.
pub(crate) struct Authority(Issuer<'static, KeyPair>, Vec<u8>);

pub(crate) struct Certified {
    chain: Vec<Vec<u8>>,
    key: Vec<u8>,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        // Two of the same name would pass for one another until the signature is looked at.
        params.distinguished_name.push(DnType::CommonName, key.public_key_pem());
        params.subject_alt_names = vec![SanType::DnsName("localhost".try_into().unwrap())];
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = params.self_signed(&key).unwrap().der().to_vec();
        Self(Issuer::new(params, key), root)
    }

    /// Its own certificate, put up as a server's.
    pub(crate) fn itself(&self) -> Certified {
        Certified { chain: vec![self.1.clone()], key: self.0.key().serialize_der() }
    }

    pub(crate) fn certify(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> Certified {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        change(&mut params);
        let leaf = params.signed_by(&key, &self.0).unwrap();
        Certified { chain: vec![leaf.der().to_vec()], key: key.serialize_der() }
    }

    /// A prober that trusts this authority.
    pub(crate) fn trusted(&self) -> Prober {
        Prober::with(ProbeOptions { extra_roots: vec![self.1.clone()], ..options() })
    }
}

impl Certified {
    pub(crate) fn self_signed() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        Self { chain: vec![made.cert.der().to_vec()], key: made.signing_key.serialize_der() }
    }

    fn acceptor(&self) -> TlsAcceptor {
        let chain = self.chain.iter().map(|der| der.clone().into()).collect();
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, PrivateKeyDer::try_from(self.key.clone()).unwrap())
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}

/// As the program has them, without this machine's proxy.
pub(crate) fn options() -> ProbeOptions {
    ProbeOptions { proxy: ProxyUse::Direct, ..ProbeOptions::default() }
}

pub(crate) fn prober() -> Prober {
    Prober::with(options())
}

pub(crate) fn within(limit: Duration) -> Prober {
    Prober::with(ProbeOptions { limit, ..options() })
}

pub(crate) fn request(url: &str) -> TokenRequest {
    TokenRequest {
        endpoint: TokenEndpoint::parse(url).unwrap(),
        method: TokenMethod::Post,
        client_id: "client-7".into(),
        client_secret: Some(SECRET.into()),
        parameters: vec![],
    }
}

pub(crate) fn parameter(place: TokenPlace, name: &str, value: &str) -> TokenParameter {
    TokenParameter { place, name: name.into(), value: value.into() }
}

/// Sends it, and looks whether anything secret shows.
pub(crate) async fn fetch(prober: &Prober, request: &TokenRequest) -> TokenOutcome {
    let outcome = prober.fetch_token(request, &CancellationToken::new()).await;
    nothing_secret_in(request, &outcome);
    outcome
}

pub(crate) fn nothing_secret_in(request: &TokenRequest, outcome: &TokenOutcome) {
    let shown = outcome.answer.as_ref().map(|answer| answer.shown.clone()).unwrap_or_default();
    let failure = outcome.result.as_ref().err();
    let words = failure.map(|failure| format!("{failure} {failure:?} {:?}", failure.advice()));
    for text in
        [format!("{request:?} {outcome:?}"), format!("{outcome:#?}"), shown, words.unwrap_or_default()]
    {
        assert!(!text.contains("canary") && !text.contains("s3cret"), "{text}");
    }
}
