//! The endpoint's address: what a draft makes of it.

use crate::address::{new_values, whole};
use secrecy::ExposeSecret;
use tacklebox_model::{EndpointUrl, FieldInput, SecretChange, UrlProblem};

/// A changed address.
pub struct Changed {
    pub url: EndpointUrl,
    /// Which query values are new, by position.
    pub replaced: Vec<bool>,
}

/// The address that a draft asks for; nothing when it stays as it is. `stored` is absent for a new endpoint.
///
/// # Errors
/// Why there is no such address, in words.
pub fn change(input: Option<&FieldInput>, stored: Option<&str>) -> Result<Option<Changed>, String> {
    let stored_url = stored.and_then(|text| EndpointUrl::parse(text).ok());
    let entered = match input {
        Some(FieldInput::Url(input)) => EndpointUrl::from_input(input, stored_url.as_ref()),
        // A revert has the whole address, as it was revealed.
        Some(FieldInput::Secret(SecretChange::Replace { value })) => whole(value.expose_secret()),
        Some(FieldInput::Secret(SecretChange::Keep)) | None if stored.is_some() => return Ok(None),
        None => Err(UrlProblem::Empty),
        Some(_) => return Err("This is not an address.".to_owned()),
    };
    let (url, typed) = entered.map_err(|problem| problem.to_string())?;
    let full = url.full();
    if stored == Some(full.expose_secret()) {
        return Ok(None);
    }
    let scheme = full.expose_secret().split("://").next().unwrap_or_default();
    if !["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Err("Begin the address with https://".to_owned());
    }
    let replaced = new_values(typed, full.expose_secret(), stored.unwrap_or_default());
    Ok(Some(Changed { url, replaced }))
}
