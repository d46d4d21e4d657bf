use crate::{MASK, Secret, SecretChange};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;
use url::Url;

/// An endpoint URL taken apart so that its secrets can be kept, replaced or cleared one by one.
///
/// Works on the text itself, not on a normalised form: what is not changed is written back byte for byte.
#[derive(Clone)]
pub struct EndpointUrl {
    scheme: String,
    userinfo: Option<Secret>,
    rest: String,
    query: Option<Vec<RawParam>>,
    fragment: Option<String>,
}

#[derive(Clone)]
struct RawParam {
    name: String,
    value: Option<Secret>,
}

/// An endpoint URL as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UrlView {
    /// The whole URL with credentials and query values masked.
    pub masked: String,
    /// The part a user edits as text: no credentials, no query.
    pub base: String,
    /// Whether a user name or password stands in the URL.
    pub has_userinfo: bool,
    /// The query parameters in order, values withheld.
    pub query: Vec<QueryParamView>,
}

/// A query parameter as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QueryParamView {
    /// The name, as written in the URL.
    pub name: String,
    /// Whether the parameter has a value; `?flag` has none.
    pub has_value: bool,
    /// Whether this value was typed anew: set by planning alone.
    #[serde(default)]
    pub replaced: bool,
}

/// An endpoint URL as it is entered.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UrlInput {
    /// Scheme, host, port and path. A query typed here is accepted and added to `query`.
    pub base: String,
    /// Keep or drop credentials standing in the stored URL.
    pub keep_userinfo: bool,
    /// The wanted parameters in order.
    pub query: Vec<QueryParamInput>,
}

/// A query parameter as it is entered.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QueryParamInput {
    /// The name.
    pub name: String,
    /// The position in the stored URL whose value `Keep` refers to.
    pub origin: Option<u32>,
    /// What to do with the value; `Clear` leaves a bare name.
    pub value: SecretChange,
}

/// Why a text is not an endpoint URL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlProblem {
    /// Nothing was entered.
    #[error("Enter the address of your endpoint, for example https://example.com/hooks")]
    Empty,
    /// It has no scheme or host.
    #[error("This is not a complete address. It needs https:// and a host name.")]
    Incomplete,
    /// It has white space or a control character.
    #[error("The address has a space or an invisible character in it.")]
    Whitespace,
    /// Credentials were typed into the address.
    #[error("Take the user name and password out of the address and use Authentication instead.")]
    Userinfo,
    /// A kept value has no counterpart in the stored URL.
    #[error("The parameter {0} has no stored value to keep. Enter its value.")]
    NothingToKeep(String),
}

impl EndpointUrl {
    /// Takes a URL apart.
    ///
    /// # Errors
    /// [`UrlProblem`] when the text is no absolute URL with a host.
    pub fn parse(text: &str) -> Result<Self, UrlProblem> {
        if text.is_empty() {
            return Err(UrlProblem::Empty);
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(UrlProblem::Whitespace);
        }
        let parsed = Url::parse(text).map_err(|_| UrlProblem::Incomplete)?;
        let (scheme, after) = text.split_once("://").ok_or(UrlProblem::Incomplete)?;
        if parsed.host_str().is_none_or(str::is_empty) {
            return Err(UrlProblem::Incomplete);
        }
        let (after, fragment) = split_once_owned(after, '#');
        let (after, query) = split_once_owned(&after, '?');
        let authority_end = after.find('/').unwrap_or(after.len());
        let (userinfo, rest) = match after[..authority_end].rfind('@') {
            Some(at) => (Some(Secret::from(after[..at].to_owned())), after[at + 1..].to_owned()),
            None => (None, after),
        };
        let query = query.map(|q| q.split('&').map(RawParam::parse).collect());
        Ok(Self { scheme: scheme.to_owned(), userinfo, rest, query, fragment })
    }

    /// The URL with every secret in it.
    pub fn full(&self) -> Secret {
        let mut text = format!("{}://", self.scheme);
        if let Some(userinfo) = &self.userinfo {
            text.push_str(userinfo.expose_secret());
            text.push('@');
        }
        text.push_str(&self.rest);
        if let Some(query) = &self.query {
            text.push('?');
            text.push_str(&query.iter().map(RawParam::full).collect::<Vec<_>>().join("&"));
        }
        if let Some(fragment) = &self.fragment {
            text.push('#');
            text.push_str(fragment);
        }
        Secret::from(text)
    }

    /// Whether the scheme is `https`.
    pub fn is_https(&self) -> bool {
        self.scheme.eq_ignore_ascii_case("https")
    }

    /// What may be shown of it.
    pub fn view(&self) -> UrlView {
        let query = self.query.iter().flatten().map(RawParam::view).collect();
        UrlView { masked: self.masked(), base: self.base(), has_userinfo: self.userinfo.is_some(), query }
    }

    /// The URL with secrets masked.
    pub fn masked(&self) -> String {
        let mut text = format!("{}://", self.scheme);
        if self.userinfo.is_some() {
            text.push_str("•••@");
        }
        text.push_str(&self.rest);
        if let Some(query) = &self.query {
            text.push('?');
            text.push_str(&query.iter().map(RawParam::masked).collect::<Vec<_>>().join("&"));
        }
        if let Some(fragment) = &self.fragment {
            text.push('#');
            text.push_str(fragment);
        }
        text
    }

    /// Builds the wanted URL from what was entered and, for kept values, what is stored.
    /// Also says which query values were typed anew.
    ///
    /// # Errors
    /// [`UrlProblem`] when the entered base is no URL or a kept value does not exist.
    pub fn from_input(input: &UrlInput, stored: Option<&Self>) -> Result<(Self, Vec<bool>), UrlProblem> {
        let mut url = Self::parse(input.base.trim())?;
        if url.userinfo.is_some() {
            return Err(UrlProblem::Userinfo);
        }
        if input.keep_userinfo {
            url.userinfo = stored.and_then(|s| s.userinfo.clone());
        }
        let typed = url.query.take().unwrap_or_default();
        let mut replaced = Vec::new();
        let mut query = Vec::new();
        for param in &input.query {
            query.push(RawParam::from_input(param, stored)?);
            replaced.push(matches!(param.value, SecretChange::Replace { .. }));
        }
        replaced.extend(typed.iter().map(|_| true));
        query.extend(typed);
        let bare_question_mark = stored.is_some_and(|s| s.query.as_ref().is_some_and(Vec::is_empty));
        url.query = (!query.is_empty() || bare_question_mark).then_some(query);
        Ok((url, replaced))
    }

    fn base(&self) -> String {
        let fragment = self.fragment.as_ref().map(|f| format!("#{f}")).unwrap_or_default();
        format!("{}://{}{fragment}", self.scheme, self.rest)
    }
}

impl fmt::Debug for EndpointUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for UrlInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A query may have been typed into the base.
        let base = EndpointUrl::parse(self.base.trim()).map_or_else(|_| MASK.to_owned(), |url| url.masked());
        f.debug_struct("UrlInput")
            .field("base", &base)
            .field("keep_userinfo", &self.keep_userinfo)
            .field("query", &self.query)
            .finish()
    }
}

impl RawParam {
    fn parse(text: &str) -> Self {
        match text.split_once('=') {
            Some((name, value)) => {
                Self { name: name.to_owned(), value: Some(Secret::from(value.to_owned())) }
            }
            None => Self { name: text.to_owned(), value: None },
        }
    }

    fn from_input(input: &QueryParamInput, stored: Option<&EndpointUrl>) -> Result<Self, UrlProblem> {
        let query = stored.and_then(|s| s.query.as_deref()).unwrap_or_default();
        let origin = input.origin.and_then(|at| query.get(at as usize));
        // An untouched name goes back as it was written, whatever its encoding.
        let name = match origin {
            Some(origin) if origin.name == input.name => origin.name.clone(),
            _ => encode(&input.name),
        };
        let value = match &input.value {
            SecretChange::Clear => None,
            SecretChange::Replace { value } => Some(Secret::from(encode(value.expose_secret()))),
            SecretChange::Keep => {
                origin.ok_or_else(|| UrlProblem::NothingToKeep(input.name.clone()))?.value.clone()
            }
        };
        Ok(Self { name, value })
    }

    fn full(&self) -> String {
        match &self.value {
            Some(value) => format!("{}={}", self.name, value.expose_secret()),
            None => self.name.clone(),
        }
    }

    fn masked(&self) -> String {
        match &self.value {
            Some(_) => format!("{}=•••", self.name),
            None => self.name.clone(),
        }
    }

    fn view(&self) -> QueryParamView {
        QueryParamView { name: self.name.clone(), has_value: self.value.is_some(), replaced: false }
    }
}

impl UrlView {
    /// What may be shown of a vendor's text that is no URL at all: nothing of it, since it may be anything.
    pub fn unreadable() -> Self {
        Self {
            masked: format!("not a URL ({MASK})"),
            base: String::new(),
            has_userinfo: false,
            query: vec![],
        }
    }

    /// Host and path without the scheme, for tables.
    pub fn short(&self) -> &str {
        self.masked.split_once("://").map_or(self.masked.as_str(), |(_, rest)| rest)
    }
}

fn split_once_owned(text: &str, at: char) -> (String, Option<String>) {
    match text.split_once(at) {
        Some((before, after)) => (before.to_owned(), Some(after.to_owned())),
        None => (text.to_owned(), None),
    }
}

fn encode(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keep_all(url: &EndpointUrl) -> UrlInput {
        let view = url.view();
        let query = view
            .query
            .iter()
            .enumerate()
            .map(|(at, p)| QueryParamInput {
                name: p.name.clone(),
                origin: u32::try_from(at).ok(),
                value: SecretChange::Keep,
            })
            .collect();
        UrlInput { base: view.base, keep_userinfo: view.has_userinfo, query }
    }

    #[test]
    fn query_values_and_credentials_are_masked() {
        let url = EndpointUrl::parse("https://bob:letmein@example.com/a?token=abc&flag#x").unwrap();
        assert_eq!(url.masked(), "https://•••@example.com/a?token=•••&flag#x");
        assert!(!format!("{url:?}").contains("letmein"));
    }

    #[test]
    fn a_new_query_value_is_encoded_and_a_cleared_one_leaves_its_name() {
        let input = UrlInput {
            base: "https://example.com/a".into(),
            keep_userinfo: false,
            query: vec![
                QueryParamInput {
                    name: "k".into(),
                    origin: None,
                    value: SecretChange::Replace { value: Secret::from("a b&c") },
                },
                QueryParamInput { name: "flag".into(), origin: None, value: SecretChange::Clear },
            ],
        };
        let (url, replaced) = EndpointUrl::from_input(&input, None).unwrap();
        assert_eq!(url.full().expose_secret(), "https://example.com/a?k=a%20b%26c&flag");
        assert_eq!(replaced, [true, false]);
    }

    #[test]
    fn a_name_that_is_encoded_already_is_not_encoded_again() {
        let stored = EndpointUrl::parse("https://example.com/?a%20b=1").unwrap();
        let value = SecretChange::Replace { value: Secret::from("2") };
        let query = vec![QueryParamInput { name: "a%20b".into(), origin: Some(0), value }];
        let input = UrlInput { base: "https://example.com/".into(), keep_userinfo: false, query };
        let (url, _) = EndpointUrl::from_input(&input, Some(&stored)).unwrap();
        assert_eq!(url.full().expose_secret(), "https://example.com/?a%20b=2");
    }

    #[test]
    fn a_query_typed_into_the_address_is_accepted() {
        let input =
            UrlInput { base: "https://example.com/a?x=1".into(), keep_userinfo: false, query: vec![] };
        let (url, _) = EndpointUrl::from_input(&input, None).unwrap();
        assert_eq!(url.full().expose_secret(), "https://example.com/a?x=1");
    }

    #[test]
    fn credentials_typed_into_the_address_are_refused() {
        let input = UrlInput { base: "https://a:b@example.com".into(), keep_userinfo: false, query: vec![] };
        assert_eq!(EndpointUrl::from_input(&input, None).err(), Some(UrlProblem::Userinfo));
    }

    #[test]
    fn keeping_a_value_that_is_not_stored_is_an_error() {
        let query = vec![QueryParamInput { name: "k".into(), origin: Some(3), value: SecretChange::Keep }];
        let input = UrlInput { base: "https://example.com".into(), keep_userinfo: false, query };
        assert_eq!(EndpointUrl::from_input(&input, None).err(), Some(UrlProblem::NothingToKeep("k".into())));
    }

    proptest! {
        #[test]
        fn an_untouched_url_is_written_back_byte_for_byte(
            host in "[a-z]{1,8}\\.example",
            path in "(/[A-Za-z0-9%._~-]{0,8}){0,3}",
            user in proptest::option::of("[a-z]{1,5}(:[a-z0-9%]{1,5})?"),
            query in proptest::option::of("([a-zA-Z0-9%_.~+-]{0,5}(=[a-zA-Z0-9%_.~+=-]{0,6})?)(&[a-z]{1,3}(=[a-z0-9]{0,4})?){0,3}"),
            fragment in proptest::option::of("[a-z0-9]{0,5}"),
        ) {
            let mut text = String::from("https://");
            if let Some(user) = user { text.push_str(&user); text.push('@'); }
            text.push_str(&host);
            text.push_str(&path);
            if let Some(query) = query { text.push('?'); text.push_str(&query); }
            if let Some(fragment) = fragment { text.push('#'); text.push_str(&fragment); }
            let Ok(url) = EndpointUrl::parse(&text) else { return Ok(()) };
            let full = url.full();
            prop_assert_eq!(full.expose_secret(), text.as_str());
            let (again, _) = EndpointUrl::from_input(&keep_all(&url), Some(&url)).unwrap();
            let again = again.full();
            prop_assert_eq!(again.expose_secret(), text.as_str());
        }
    }
}
