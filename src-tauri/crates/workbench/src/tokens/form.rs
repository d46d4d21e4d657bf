//! Reads a token request from the fields of a form.

use secrecy::ExposeSecret;
use tacklebox_model::{
    AppError, FieldError, FieldInput, FieldPath, PairInput, Secret, SecretChange, TokenRequestSpec,
    WebhookDraft,
};
use tacklebox_probe::token::{TokenEndpoint, TokenMethod, TokenParameter, TokenPlace, TokenRequest};
use tacklebox_providers::Session;

/// A form whose fields stand for themselves: what it kept has been put in.
pub struct TokenForm<'a> {
    pub session: &'a dyn Session,
    pub spec: &'a TokenRequestSpec,
    pub draft: &'a WebhookDraft,
    pub vendor: &'a str,
}

/// Refuses a secret that is the name of a variable: only the vendor can read it.
///
/// # Errors
/// In words, at the secret's path.
pub fn refuse_variable(spec: &TokenRequestSpec, draft: &WebhookDraft, vendor: &str) -> Result<(), AppError> {
    let is_env = spec.secret_is_env.as_ref().and_then(|path| draft.fields.get(path));
    if !matches!(is_env, Some(FieldInput::Flag(true))) {
        return Ok(());
    }
    let words = format!(
        "The client secret is an environment variable of {vendor}; only {vendor} can read it. Ask {vendor} instead."
    );
    Err(AppError::validation(vec![FieldError::at(spec.client_secret.clone(), words)]))
}

impl TokenForm<'_> {
    /// The request the form stands for.
    ///
    /// # Errors
    /// Each field that is not right.
    pub fn read(&self) -> Result<TokenRequest, Vec<FieldError>> {
        let mut errors = Vec::new();
        let endpoint = note(&mut errors, &self.spec.endpoint, self.endpoint());
        let method = note(&mut errors, &self.spec.method, self.method());
        let client_id = note(&mut errors, &self.spec.client_id, self.client_id());
        let client_secret = note(&mut errors, &self.spec.client_secret, self.client_secret());
        let parameters = note(&mut errors, &self.spec.parameters, self.parameters());
        match (endpoint, method, client_id, client_secret, parameters) {
            (Some(endpoint), Some(method), Some(client_id), Some(client_secret), Some(parameters)) => {
                Ok(TokenRequest { endpoint, method, client_id, client_secret, parameters })
            }
            _ => Err(errors),
        }
    }

    fn endpoint(&self) -> Result<TokenEndpoint, String> {
        let whole = match self.input(&self.spec.endpoint) {
            Some(FieldInput::Url(input)) => {
                self.session.whole_address(input, None).map_err(|problem| problem.to_string())?
            }
            Some(FieldInput::Secret(SecretChange::Replace { value })) => value.clone(),
            Some(FieldInput::Text(text)) => Secret::from(text.as_str()),
            _ => Secret::default(),
        };
        self.refuse_reference("The address", whole.expose_secret())?;
        TokenEndpoint::parse(whole.expose_secret()).map_err(|problem| problem.to_string())
    }

    fn method(&self) -> Result<TokenMethod, String> {
        let name = self.text(&self.spec.method);
        if name.is_empty() {
            return Err("Choose a method.".to_owned());
        }
        let known = TokenMethod::ALL.map(|method| method.http().to_string()).join(", ");
        TokenMethod::parse(name).ok_or_else(|| {
            format!("From this computer a token cannot be asked for by {name}. These can be tried: {known}.")
        })
    }

    fn client_id(&self) -> Result<String, String> {
        let id = self.text(&self.spec.client_id);
        self.refuse_reference("The client ID", id)?;
        if id.is_empty() { Err("Enter the client ID.".to_owned()) } else { Ok(id.to_owned()) }
    }

    /// Nothing where the form has none: a parameter may stand for it.
    fn client_secret(&self) -> Result<Option<Secret>, String> {
        let Some(FieldInput::Secret(SecretChange::Replace { value })) = self.input(&self.spec.client_secret)
        else {
            return Ok(None);
        };
        self.refuse_reference("The client secret", value.expose_secret())?;
        Ok(Some(value.clone()))
    }

    fn parameters(&self) -> Result<Vec<TokenParameter>, String> {
        let Some(FieldInput::Pairs(pairs)) = self.input(&self.spec.parameters) else { return Ok(vec![]) };
        pairs.iter().map(|pair| self.parameter(pair)).collect()
    }

    fn parameter(&self, pair: &PairInput) -> Result<TokenParameter, String> {
        let name = pair.name.trim();
        if name.is_empty() {
            return Err("Every parameter needs a name.".to_owned());
        }
        let place = match pair.group.as_deref() {
            Some("body") => TokenPlace::Body,
            Some("query") => TokenPlace::Query,
            Some("header") => TokenPlace::Header,
            Some(_) | None => return Err(format!("Choose where “{name}” goes: body, query or header.")),
        };
        let value = match &pair.value {
            SecretChange::Replace { value } => value.clone(),
            SecretChange::Clear => Secret::default(),
            SecretChange::Keep => {
                return Err(format!("“{name}” has no stored value to keep. Enter its value."));
            }
        };
        for text in [name, value.expose_secret()] {
            self.refuse_reference(&format!("“{name}”"), text)?;
        }
        Ok(TokenParameter { place, name: name.to_owned(), value })
    }

    /// Refuses what a vendor fills in when it sends: double braces stand for nothing else at any of them.
    fn refuse_reference(&self, what: &str, text: &str) -> Result<(), String> {
        let holds = text.split_once("{{").is_some_and(|(_, after)| after.contains("}}"));
        if !holds {
            return Ok(());
        }
        let vendor = self.vendor;
        Err(format!(
            "{what} holds a reference in double braces, and only {vendor} knows what that stands for. Ask {vendor} instead."
        ))
    }

    fn text(&self, path: &FieldPath) -> &str {
        match self.input(path) {
            Some(FieldInput::Text(text)) => text.trim(),
            _ => "",
        }
    }

    fn input(&self, path: &FieldPath) -> Option<&FieldInput> {
        self.draft.fields.get(path)
    }
}

fn note<T>(errors: &mut Vec<FieldError>, path: &FieldPath, read: Result<T, String>) -> Option<T> {
    read.map_err(|words| errors.push(FieldError::at(path.clone(), words))).ok()
}
