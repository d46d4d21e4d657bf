//! The HTTP server: accepts connections, logs each request, applies faults, hands on to the vendor.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, Response, StatusCode};
use axum::response::IntoResponse;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::booqable::Booqable;
use crate::butlr::Butlr;
use crate::control::{Control, Fault, FaultAction, LoggedAnswer, LoggedRequest, Phase, RetryAfter};
use crate::epilot::Epilot;
use crate::tokens::TokenServerConfig;
use crate::{SandboxConfig, SandboxError, SandboxOrganisation};

/// The largest request body read, in bytes.
const MAX_REQUEST: usize = 64 * 1024 * 1024;
/// The largest answer recorded in the log, in bytes.
const MAX_RECORDED: u64 = 256 * 1024;
/// The size of one chunk of an oversized answer, in bytes.
const CHUNK: usize = 64 * 1024;

/// The service's error: hyper closes the connection without an answer when it sees it.
#[derive(Debug, thiserror::Error)]
#[error("the connection is dropped on purpose")]
struct Dropped;

/// Everything the server's requests share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) control: Control,
    pub(crate) butlr: Arc<Butlr>,
    pub(crate) epilot: Arc<Epilot>,
    pub(crate) booqable: Arc<Booqable>,
    tokens: TokenServerConfig,
    base_url: String,
    delay: Duration,
    record_answers: bool,
}

impl Shared {
    pub(crate) fn new(config: &SandboxConfig, base_url: String) -> Result<Arc<Self>, SandboxError> {
        let control = Control::default();
        let butlr = Arc::new(Butlr::new(&config.butlr, control.clock.clone())?);
        let epilot = Arc::new(Epilot::new(&config.epilot, &control.clock));
        let booqable = Arc::new(Booqable::new(&config.booqable, &control.clock));
        let tokens = config.tokens.clone();
        let (delay, record_answers) = (config.delay, config.record_answers);
        Ok(Arc::new(Self { control, butlr, epilot, booqable, tokens, base_url, delay, record_answers }))
    }

    pub(crate) fn organisations(&self) -> Vec<SandboxOrganisation> {
        let mut all = self.butlr.organisations(&format!("{}/butlr", self.base_url));
        all.extend(self.epilot.organisations(&format!("{}/epilot", self.base_url)));
        all.extend(self.booqable.organisations(&format!("{}/booqable", self.base_url)));
        all
    }

    pub(crate) fn reset(&self) {
        self.control.reset();
        self.butlr.reset();
        self.epilot.reset();
        self.booqable.reset();
    }
}

/// Accepts connections until stopped; each runs in a task of its own.
pub(crate) async fn accept(listener: TcpListener, shared: Arc<Shared>, stop: CancellationToken) {
    let router = Router::new()
        .merge(crate::tokens::router(shared.tokens.clone()))
        .nest("/__sandbox", crate::control::router().with_state(shared.clone()))
        // Not `nest`: that leaves `/butlr/` to the outer router.
        .nest_service("/butlr", shared.butlr.clone().router())
        .nest_service("/epilot", shared.epilot.clone().router())
        .nest_service("/booqable", shared.booqable.clone().router());
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                tokio::spawn(serve(stream, shared.clone(), router.clone(), stop.clone()));
            }
            // Out of file descriptors, most likely: give the others time to close.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>, router: Router, stop: CancellationToken) {
    // Small answers go out at once; without it a benchmark measures Nagle's algorithm.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let (shared, router) = (shared.clone(), router.clone());
        Box::pin(async move { answer(&shared, router, request.map(Body::new)).await })
    });
    let connection =
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        () = stop.cancelled() => {}
        // An error here is a client that left or a connection dropped on purpose.
        _ = connection => {}
    }
}

async fn answer(shared: &Shared, router: Router, request: Request<Body>) -> Result<Response<Body>, Dropped> {
    if request.uri().path().starts_with("/__sandbox/") {
        return Ok(call(router, request).await);
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_REQUEST).await else {
        return Ok(StatusCode::PAYLOAD_TOO_LARGE.into_response());
    };
    let logged = describe(shared, &parts, &body);
    let fault = shared.control.faults.take(&logged);
    let number = shared.control.log.begin(logged);
    if !shared.delay.is_zero() {
        tokio::time::sleep(shared.delay).await;
    }
    let request = Request::from_parts(parts, Body::from(body));
    let mut response = match fault {
        None => call(router, request).await,
        Some(fault) => misbehave(fault, router, request).await?,
    };
    let mut answer = LoggedAnswer::default();
    if shared.record_answers {
        (response, answer) = record(response).await;
    }
    shared.control.log.finish(number, response.status().as_u16(), answer);
    Ok(response)
}

/// Reads an answer for the log. One that is streamed or too large is left as it is.
async fn record(response: Response<Body>) -> (Response<Body>, LoggedAnswer) {
    if response.body().size_hint().exact().is_none_or(|size| size > MAX_RECORDED) {
        return (response, LoggedAnswer::default());
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let answer = LoggedAnswer {
        body: Some(String::from_utf8_lossy(&body).into_owned()),
        content_type: content_type.map(ToOwned::to_owned),
    };
    (Response::from_parts(parts, Body::from(body)), answer)
}

async fn call(router: Router, request: Request<Body>) -> Response<Body> {
    router.oneshot(request).await.unwrap_or_else(|never: Infallible| match never {})
}

fn describe(shared: &Shared, parts: &Parts, body: &Bytes) -> LoggedRequest {
    let path = parts.uri.path();
    let (organisation, operation) = match path.strip_prefix("/butlr") {
        Some(path) => shared.butlr.describe(path, &parts.headers, body),
        None if path.starts_with("/epilot/") => (shared.epilot.describe(&parts.headers), None),
        None => (path.strip_prefix("/booqable").and_then(|path| shared.booqable.describe(path)), None),
    };
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    LoggedRequest {
        number: 0,
        at_ms: shared.control.clock.now_ms(),
        method: parts.method.to_string(),
        path: parts.uri.path_and_query().map_or_else(|| path.to_owned(), ToString::to_string),
        headers: parts
            .headers
            .iter()
            .filter(|(name, _)| **name != AUTHORIZATION)
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect(),
        body: String::from_utf8_lossy(body).into_owned(),
        organisation,
        operation,
        status: None,
        answer: None,
        answer_content_type: None,
    }
}

async fn misbehave(fault: Fault, router: Router, request: Request<Body>) -> Result<Response<Body>, Dropped> {
    let real = match fault.phase {
        Phase::AfterEffect => Ok(call(router, request).await),
        Phase::BeforeEffect => Err((router, request)),
    };
    Ok(match fault.action {
        FaultAction::Respond { status, body, content_type, retry_after } => {
            let mut response = respond(status, &content_type, Body::from(body));
            if let Some(value) = retry_after.and_then(retry_after_value) {
                response.headers_mut().insert(RETRY_AFTER, value);
            }
            response
        }
        FaultAction::Delay { millis } => {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            match real {
                Ok(response) => response,
                Err((router, request)) => call(router, request).await,
            }
        }
        FaultAction::Drop => return Err(Dropped),
        FaultAction::Hang => std::future::pending().await,
        FaultAction::Truncate => truncate(real.ok()).await,
        FaultAction::Oversize { bytes } => respond(200, "application/json", oversized(bytes)),
        FaultAction::Html { status } => respond(status, "text/html; charset=utf-8", Body::from(HTML)),
    })
}

const HTML: &str = "<!DOCTYPE html>\n<html><head><title>Service unavailable</title></head>\
    <body><h1>Service unavailable</h1><script>alert('not data')</script></body></html>\n";

fn respond(status: u16, content_type: &str, body: Body) -> Response<Body> {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = Response::new(body);
    *response.status_mut() = status;
    if let Ok(value) = HeaderValue::from_str(content_type) {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
    response
}

fn retry_after_value(retry_after: RetryAfter) -> Option<HeaderValue> {
    let text = match retry_after {
        RetryAfter::Seconds(seconds) => seconds.to_string(),
        RetryAfter::HttpDate(seconds) => {
            httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(seconds))
        }
    };
    HeaderValue::from_str(&text).ok()
}

async fn truncate(real: Option<Response<Body>>) -> Response<Body> {
    let Some(real) = real else {
        return respond(200, "application/json", Body::from(r#"{"data":{"webhooks":[{"id":"webh"#));
    };
    let status = real.status().as_u16();
    let body = to_bytes(real.into_body(), usize::MAX).await.unwrap_or_default();
    respond(status, "application/json", Body::from(body.slice(..body.len() / 2)))
}

fn oversized(bytes: usize) -> Body {
    let filler = Bytes::from(vec![b'x'; CHUNK]);
    let chunks = std::iter::once(Bytes::from_static(br#"{"data":null,"padding":""#))
        .chain(std::iter::repeat_n(filler, bytes.div_ceil(CHUNK)))
        .chain(std::iter::once(Bytes::from_static(br#""}"#)));
    Body::from_stream(futures::stream::iter(chunks.map(Ok::<_, Infallible>)))
}
