//! One attempt at a request: send, follow redirects on the same host, read the body within its limit.

use bytes::{Bytes, BytesMut};
use reqwest::header::{CONTENT_LENGTH, HeaderMap, LOCATION};
use reqwest::{Method, Response, StatusCode};
use url::Url;

use crate::base_url::host_words;
use crate::classify::classify;
use crate::error::HttpError;
use crate::gate::RateGate;
use crate::sent::{Sending, SentHook};

/// Redirects followed per attempt.
const MAX_REDIRECTS: usize = 3;

/// A request ready to be sent any number of times. No `Debug`: it holds every secret of the request.
pub(crate) struct Exchange<'a> {
    pub(crate) http: &'a reqwest::Client,
    pub(crate) gate: &'a RateGate,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    pub(crate) host: &'a str,
    pub(crate) proxy: Option<&'a str>,
    pub(crate) max_body: u64,
    pub(crate) on_sent: Option<&'a SentHook>,
}

/// A complete answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Exchange<'_> {
    /// Sends the request once and reads the complete answer.
    pub(crate) async fn once(&self) -> Result<Answer, HttpError> {
        let mut url = self.url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let response = self.send_to(url.clone()).await?;
            self.gate.learn(response.status(), response.headers());
            match redirect_target(&url, &response) {
                Some(target) if !same_origin(&url, &target) => {
                    return Err(HttpError::RedirectRefused { to_host: host_words(&target) });
                }
                Some(target) if self.method == Method::GET => url = target,
                Some(_) | None => return self.read(response).await,
            }
        }
        Err(HttpError::Other { detail: format!("{} redirects more than {MAX_REDIRECTS} times", self.host) })
    }

    async fn send_to(&self, url: Url) -> Result<Response, HttpError> {
        let mut request = self.http.request(self.method.clone(), url).headers(self.headers.clone());
        if let Some(body) = &self.body {
            request = request.body(body.clone());
        }
        let sending = Sending::begin(self.on_sent);
        let outcome = request.send().await.map_err(|error| self.failure(error));
        if let Err(HttpError::Unreachable { .. }) = outcome {
            sending.never_left();
        }
        outcome
    }

    /// Counts what comes out of decompression, so that a small answer cannot fill the memory.
    async fn read(&self, mut response: Response) -> Result<Answer, HttpError> {
        let too_large = || HttpError::TooLarge { limit: self.max_body };
        if announced_length(&response).is_some_and(|length| length > self.max_body) {
            return Err(too_large());
        }
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failure(error))? {
            if (body.len() as u64).saturating_add(chunk.len() as u64) > self.max_body {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        Ok(Answer { status, headers, body: body.freeze() })
    }

    fn failure(&self, error: reqwest::Error) -> HttpError {
        classify(error, self.host, self.proxy)
    }
}

/// The length of a body that is not compressed; reqwest removes the header of one that is.
fn announced_length(response: &Response) -> Option<u64> {
    response.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Where a redirect points; without user name and password, which would override the request's credential.
fn redirect_target(from: &Url, response: &Response) -> Option<Url> {
    let redirects = matches!(
        response.status(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    if !redirects {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let mut target = from.join(location).ok()?;
    target.set_username("").ok();
    target.set_password(None).ok();
    Some(target)
}

fn same_origin(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host() == other.host()
        && one.port_or_known_default() == other.port_or_known_default()
}
