//! A request as it may be read and copied: each secret a placeholder in words, or a variable.
//!
//! A body is written once, with a mark in the place of each secret, and the marks are filled in three ways: words to
//! read, variables of a shell, variables of a GraphQL console. The secrets themselves are never given to this module.

use serde_json::{Value, json};
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use tacklebox_model::{RequestPreview, UrlView};

const KEPT: &str = "<kept as it is>";
const UNREADABLE: &str = "<an address that is not readable>";
/// How an address is masked: [`UrlView::masked`].
const MASKED: &str = "•••";

/// A request whose texts may hold marks.
pub(crate) struct Request<'a> {
    /// What it does, in a few words.
    pub title: &'a str,
    pub method: &'a str,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Body<'a>,
}

/// What a request carries.
pub(crate) enum Body<'a> {
    Nothing,
    Json(Value),
    /// Sent as one JSON object, as [`graphql_body`] has it.
    GraphQl {
        document: &'a str,
        variables: Value,
    },
}

/// The places of one request where something is that may not be shown.
pub(crate) struct Placeholders {
    /// Begins each mark. Drawn anew each time, so that no text of a webhook can look like a mark.
    nonce: String,
    holes: Vec<Hole>,
}

struct Hole {
    words: String,
    variable: String,
    place: Place,
}

/// Where a value stands, which says how it must be written.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Header,
    /// Part of an address.
    Address,
    /// Inside the quotation marks of a JSON string.
    Text,
    /// In the place of a whole JSON value.
    Json,
}

/// What a GraphQL client sends.
pub(crate) fn graphql_body(document: &str, variables: &Value) -> Value {
    json!({ "query": document, "variables": variables })
}

impl Placeholders {
    pub(crate) fn new() -> Self {
        Self { nonce: format!("{:016x}", RandomState::new().build_hasher().finish()), holes: vec![] }
    }

    /// The header with the credential.
    pub(crate) fn bearer(&mut self) -> (String, String) {
        let mark = self.mark("ACCESS_TOKEN", "<access token>", Place::Header);
        ("Authorization".to_owned(), format!("Bearer {mark}"))
    }

    /// In the place of a secret text; of a value of another kind if it is none, and of no null, which hides nothing.
    pub(crate) fn secret(&mut self, name: &str, words: &str, value: &Value) -> Value {
        let place = if value.is_string() { Place::Text } else { Place::Json };
        if value.is_null() { Value::Null } else { json!(self.mark(name, words, place)) }
    }

    /// In the place of what is not understood, which may be of any kind and hold anything.
    pub(crate) fn kept(&mut self, name: &str, value: &Value) -> Value {
        if value.is_null() {
            return Value::Null;
        }
        json!(self.mark(&format!("KEPT_{name}"), KEPT, Place::Json))
    }

    /// An address without its credentials and query values; nothing of one that is not readable. The variables'
    /// names begin with the prefix.
    pub(crate) fn address(&mut self, prefix: &str, view: Option<&UrlView>) -> Value {
        let Some(view) = view else {
            return json!(self.mark(&format!("{prefix}URL"), UNREADABLE, Place::Text));
        };
        let (main, fragment) = cut(&view.masked, '#');
        let (before, query) = cut(main, '?');
        let mut text = before.to_owned();
        if view.has_userinfo {
            let mark = self.mark(&format!("{prefix}URL_CREDENTIALS"), MASKED, Place::Address);
            text = text.replacen(&format!("{MASKED}@"), &format!("{mark}@"), 1);
        }
        if let Some(query) = query {
            let params =
                query.split('&').zip(&view.query).map(|(param, shown)| match param.split_once('=') {
                    Some((name, _)) if shown.has_value => {
                        let variable = format!("{prefix}QUERY_{}", shown.name);
                        format!("{name}={}", self.mark(&variable, MASKED, Place::Address))
                    }
                    _ => param.to_owned(),
                });
            text = format!("{text}?{}", params.collect::<Vec<_>>().join("&"));
        }
        json!(fragment.map_or(text.clone(), |fragment| format!("{text}#{fragment}")))
    }

    /// The request in all its forms.
    pub(crate) fn preview(self, request: Request<'_>) -> RequestPreview {
        let (shown, sent, graphql) = match &request.body {
            Body::Nothing => (String::new(), None, None),
            Body::Json(body) => {
                let text = pretty(body);
                (self.in_words(&text), Some(text), None)
            }
            Body::GraphQl { document, variables } => {
                let parts = format!("{}\n\n# variables\n{}", document.trim(), pretty(variables));
                let sent = pretty(&graphql_body(document, variables));
                (self.in_words(&parts), Some(sent), Some(self.in_variables(&parts)))
            }
        };
        let curl = self.curl(&request, sent.as_deref());
        let shown_header = |(name, value): (String, String)| (name, self.in_words(&value));
        RequestPreview {
            title: request.title.to_owned(),
            method: request.method.to_owned(),
            url: request.url,
            headers: request.headers.into_iter().map(shown_header).collect(),
            body: shown,
            curl,
            graphql,
        }
    }

    fn mark(&mut self, name: &str, words: &str, place: Place) -> String {
        let variable = self.free(&variable(name));
        self.holes.push(Hole { words: words.to_owned(), variable, place });
        format!("{}{};", self.nonce, self.holes.len() - 1)
    }

    fn free(&self, name: &str) -> String {
        let taken = |name: &String| self.holes.iter().any(|hole| &hole.variable == name);
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
    }

    fn in_words(&self, text: &str) -> String {
        self.filled(text, |text| text.to_owned(), |hole| hole.words.clone())
    }

    fn in_variables(&self, text: &str) -> String {
        self.filled(text, |text| text.to_owned(), |hole| format!("${}", hole.variable))
    }

    /// The text as one word of a POSIX shell.
    fn in_shell(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (number, _) in self.holes.iter().enumerate().filter(|(_, hole)| hole.place == Place::Json) {
            let mark = format!("{}{number};", self.nonce);
            text = text.replace(&format!("\"{mark}\""), &mark);
        }
        self.filled(&text, quoted, |hole| format!("\"${}\"", hole.variable))
    }

    fn filled(
        &self,
        text: &str,
        literal: impl Fn(&str) -> String,
        filling: impl Fn(&Hole) -> String,
    ) -> String {
        let literal = |text: &str| if text.is_empty() { String::new() } else { literal(text) };
        let mut parts = text.split(self.nonce.as_str());
        let mut filled = literal(parts.next().unwrap_or_default());
        for part in parts {
            let (number, after) = part.split_once(';').unwrap_or((part, ""));
            let hole = number.parse::<usize>().ok().and_then(|number| self.holes.get(number));
            filled.push_str(&hole.map(&filling).unwrap_or_default());
            filled.push_str(&literal(after));
        }
        filled
    }

    fn curl(&self, request: &Request<'_>, body: Option<&str>) -> String {
        // Brackets and braces would be taken for patterns.
        let globoff = if request.url.contains(['[', ']', '{', '}']) { " --globoff" } else { "" };
        let url = self.in_shell(&request.url);
        let mut lines = vec![format!("curl{globoff} --request {} {url}", request.method)];
        let headers = request.headers.iter().map(|(name, value)| format!("{name}: {value}"));
        lines.extend(headers.map(|header| format!("  --header {}", self.in_shell(&header))));
        lines.extend(body.map(|body| format!("  --data-raw {}", self.in_shell(body))));
        let command = lines.join(" \\\n");
        if self.holes.is_empty() { command } else { format!("{}\n{command}", self.to_set()) }
    }

    /// What must be set before the command is run, and a guard against running it without: an empty value would be
    /// written as one. The first line has no quotes and the like, because zsh does not take a typed `#` for a comment.
    fn to_set(&self) -> String {
        let named = |wanted: Option<Place>| -> Vec<&str> {
            let holes = self.holes.iter().filter(|hole| wanted.is_none_or(|place| hole.place == place));
            holes.map(|hole| hole.variable.as_str()).collect()
        };
        let all = named(None);
        let mut line = format!("# Set {} first.", all.join(", "));
        for (place, words) in [
            (Place::Text, "Inside JSON strings, so with double quotes and backslashes escaped"),
            (Place::Address, "Inside an address, so percent-encoded"),
            (Place::Json, "Whole JSON values, as they are stored now"),
        ] {
            let names = named(Some(place));
            if !names.is_empty() {
                line = format!("{line} {words}: {}.", names.join(", "));
            }
        }
        let guards: Vec<_> = all.iter().map(|name| format!("\"${{{name}?}}\"")).collect();
        format!("{line}\n: {} &&", guards.join(" "))
    }
}

/// A text that a POSIX shell takes for what it is.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A name for a variable: `X-Api-Key` as `X_API_KEY`, `clientSecret` as `CLIENT_SECRET`.
fn variable(name: &str) -> String {
    let mut variable = String::new();
    let mut before = ' ';
    for c in name.chars() {
        let starts_word = !c.is_ascii_alphanumeric() || c.is_ascii_uppercase() && before.is_ascii_lowercase();
        if starts_word && !variable.is_empty() && !variable.ends_with('_') {
            variable.push('_');
        }
        if c.is_ascii_alphanumeric() {
            variable.push(c.to_ascii_uppercase());
        }
        before = c;
    }
    let variable: String = variable.chars().take(LONGEST_NAME).collect();
    variable.trim_end_matches('_').to_owned()
}

const LONGEST_NAME: usize = 60;

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

#[cfg(test)]
mod tests;
