//! The authentication of a draft: which there is, and its secret with Keep, Replace and Clear.

use super::draft::Editor;
use super::pairs::Shape;
use super::paths::*;
use super::{env, wire};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tacklebox_model::{FieldInput, SecretChange};

const NO_REFERENCE: &str =
    "This is switched on, and the value is no reference to an environment variable such as {{ env.key }}.";
const IS_REFERENCE: &str =
    "The value is a reference to an environment variable: switch this on, or enter the value itself.";
const ANEW: &str = "epilot does not tell what is stored. Enter the value anew to change this.";

/// Applies what the draft says of the authentication.
pub fn edit(editor: &mut Editor<'_>) {
    let stored = wire::auth_type(&editor.after).to_owned();
    let wanted = editor.text(AUTH_TYPE).unwrap_or(&stored).to_owned();
    if wanted != stored {
        if AUTH_TYPES.iter().all(|(kind, _)| *kind != wanted) {
            return editor.wrong(AUTH_TYPE, "This is none of the choices.");
        }
        // The others go: one that is not in use would still hold a secret.
        for config in AUTH_CONFIGS.iter().filter(|config| config.kind != wanted) {
            editor.set(&["auth", config.key], None);
        }
        editor.set(&["auth", "authType"], Some(json!(wanted)));
    }
    let Some(config) = AUTH_CONFIGS.iter().find(|config| config.kind == wanted) else { return };
    // One that was there all along may lack anything, and is not held against who changes something else.
    let fresh = wanted != stored && !at(&editor.after, &["auth", config.key]).is_some_and(Value::is_object);
    let mut required = |path: &'static str, key: &str, missing: &str| {
        text(editor, path, &["auth", config.key, key], fresh, missing);
    };
    match config.kind {
        BASIC => required(BASIC_USERNAME, "username", "Enter the user name."),
        API_KEY => {
            required(
                API_KEY_NAME,
                "keyName",
                "Enter the name of the header your endpoint reads, for example X-API-Key.",
            );
        }
        _ => {
            required(OAUTH_CLIENT_ID, "clientId", "Enter the client ID.");
            oauth(editor, fresh);
        }
    }
    secret(editor, config, fresh);
}

fn oauth(editor: &mut Editor<'_>, fresh: bool) {
    if fresh || editor.input(OAUTH_ENDPOINT).is_some() {
        editor.address(OAUTH_ENDPOINT, &["auth", "oauthConfig", "endpoint"], true);
    }
    let keys = ["auth", "oauthConfig", "httpMethod"];
    let stored = editor.stored_text(&keys).unwrap_or_default().to_owned();
    match editor.text(OAUTH_METHOD).filter(|method| !method.is_empty()) {
        Some(method) if method == stored => {}
        Some(method) if METHODS.iter().any(|(known, _)| *known == method) => {
            editor.set(&keys, Some(json!(method)));
        }
        Some(_) => editor.wrong(OAUTH_METHOD, "This is none of the choices."),
        None if fresh => editor.set(&keys, Some(json!("POST"))),
        None => {}
    }
    editor.pairs(OAUTH_PARAMETERS, Shape::Parameters, &["auth", "oauthConfig", "customParameterList"]);
}

fn text(editor: &mut Editor<'_>, path: &'static str, keys: &[&str], fresh: bool, missing: &str) {
    let stored = editor.stored_text(keys).unwrap_or_default().to_owned();
    match editor.text(path) {
        Some(text) if text == stored && !stored.is_empty() => {}
        Some(text) if !text.trim().is_empty() => editor.set(keys, Some(json!(text.trim()))),
        None if !fresh => {}
        Some(_) | None => editor.wrong(path, missing),
    }
}

fn secret(editor: &mut Editor<'_>, config: &AuthConfig, fresh: bool) {
    let (path, key) = config.secret;
    let (switch_path, switch_key) = config.is_env;
    let (keys, switch_keys) = (["auth", config.key, key], ["auth", config.key, switch_key]);
    let stored = at(&editor.after, &switch_keys).and_then(Value::as_bool);
    // In a new form the switch is off before anybody looked at it.
    let switch = editor.flag(switch_path).filter(|on| *on || !fresh);
    match editor.input(path) {
        Some(FieldInput::Secret(SecretChange::Replace { value })) if !value.expose_secret().is_empty() => {
            let reference = env::is_reference(value.expose_secret());
            match switch {
                Some(true) if !reference => return editor.wrong(switch_path, NO_REFERENCE),
                Some(false) if reference => return editor.wrong(switch_path, IS_REFERENCE),
                _ => {}
            }
            editor.set(&keys, Some(json!(value.expose_secret())));
            editor.replaced.push(path);
            if reference || stored == Some(true) {
                editor.set(&switch_keys, Some(json!(reference)));
            }
        }
        Some(FieldInput::Secret(SecretChange::Clear)) => {
            if switch == Some(true) {
                return editor.wrong(switch_path, NO_REFERENCE);
            }
            if stored == Some(true) {
                editor.set(&switch_keys, Some(json!(false)));
            }
            if !fresh {
                editor.set(&keys, Some(Value::Null));
            }
            editor.cleared.push(path);
        }
        Some(FieldInput::Secret(SecretChange::Keep)) | None if !fresh => {
            if switch.is_some_and(|on| on != stored.unwrap_or(false)) {
                editor.wrong(switch_path, ANEW);
            }
        }
        Some(_) | None => {
            editor.wrong(
                path,
                "Enter the value, or a reference to an environment variable such as {{ env.key }}.",
            );
        }
    }
}
