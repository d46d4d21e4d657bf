//! From a token request to what goes over the wire.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretString};
use tacklebox_http::{RequestProblem, SingleRequest, header};
use url::form_urlencoded::{Serializer, byte_serialize};

use super::{TokenParameter, TokenPlace, TokenRequest};

/// A name with its value, on its way into a form or a query.
type Pair<'a> = (&'a str, &'a str);

/// The request as it is sent: a form in the body (RFC 6749, section 4.4.2), or everything in the query.
pub fn build(request: &TokenRequest) -> Result<SingleRequest, RequestProblem> {
    let own: Vec<Pair<'_>> = own(request);
    let (mut body, mut query) = (own, of_place(request, TokenPlace::Query));
    body.extend(of_place(request, TokenPlace::Body));
    if !request.method.has_body() {
        query.splice(0..0, body.drain(..));
    }
    let mut url = request.endpoint.url().clone();
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(&query);
    }
    let mut message = SingleRequest::new(request.method.http(), url);
    for parameter in request.parameters.iter().filter(|p| p.place == TokenPlace::Header) {
        message = message.header(&parameter.name, parameter.value.expose_secret())?;
    }
    message = message.default_header(header::ACCEPT, "application/json");
    if request.method.has_body() {
        let form = Serializer::new(String::new()).extend_pairs(&body).finish();
        message =
            message.default_header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
    }
    Ok(message)
}

/// Everything in a request that is secret, in the spellings in which a server may repeat it.
pub fn secrets(request: &TokenRequest) -> Vec<SecretString> {
    let mut secrets: Vec<SecretString> = request.client_secret.iter().cloned().collect();
    secrets.extend(request.endpoint.secrets());
    for parameter in &request.parameters {
        secrets.push(parameter.value.clone());
        if parameter.is_authorization() {
            secrets.extend(credential(parameter.value.expose_secret()));
        }
    }
    secrets.iter().flat_map(spellings).collect()
}

/// What is sent unless a parameter of the same name is sent in its place.
fn own(request: &TokenRequest) -> Vec<Pair<'_>> {
    let mut own = vec![("grant_type", "client_credentials")];
    if !request.has_authorization() {
        own.push(("client_id", &request.client_id));
        own.extend(request.client_secret.as_ref().map(|secret| ("client_secret", secret.expose_secret())));
    }
    own.retain(|(name, _)| !overridden(request, name));
    own
}

fn overridden(request: &TokenRequest, name: &str) -> bool {
    let into_query = !request.method.has_body();
    let by = |parameter: &TokenParameter| {
        let same_place = match parameter.place {
            TokenPlace::Body => true,
            TokenPlace::Query => into_query,
            TokenPlace::Header => false,
        };
        same_place && parameter.name == name
    };
    request.parameters.iter().any(by)
        || (into_query && request.endpoint.url().query_pairs().any(|(stands, _)| stands == name))
}

fn of_place(request: &TokenRequest, place: TokenPlace) -> Vec<Pair<'_>> {
    let there = request.parameters.iter().filter(|parameter| parameter.place == place);
    there.map(|parameter| (parameter.name.as_str(), parameter.value.expose_secret())).collect()
}

/// What is secret within the value of an Authorization header: what follows the scheme and, of Basic, what that
/// stands for.
fn credential(value: &str) -> Vec<SecretString> {
    let Some((scheme, credential)) = value.trim().split_once(' ') else { return vec![] };
    let mut found = vec![SecretString::from(credential.trim())];
    if scheme.eq_ignore_ascii_case("basic")
        && let Ok(bytes) = BASE64_STANDARD.decode(credential.trim())
        && let Ok(pair) = String::from_utf8(bytes)
    {
        found.extend(pair.split_once(':').map(|(_, password)| SecretString::from(password)));
        found.push(SecretString::from(pair));
    }
    found
}

fn spellings(secret: &SecretString) -> Vec<SecretString> {
    let plain = secret.expose_secret();
    let form: String = byte_serialize(plain.as_bytes()).collect();
    let json = serde_json::Value::from(plain).to_string();
    let html = plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let spelt = [form.replace('+', "%20"), form, json[1..json.len() - 1].to_owned(), html];
    let mut all = vec![secret.clone()];
    all.extend(spelt.into_iter().filter(|other| other != plain).map(SecretString::from));
    all
}
