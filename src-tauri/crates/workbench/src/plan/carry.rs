//! A webhook made from another one: what its form keeps is taken over from there.

use super::secrets::pair_paths;
use std::collections::BTreeMap;
use tacklebox_model::{
    Condition, ConditionSet, FieldError, FieldInput, FieldPath, FieldValue, PairInput, PairView,
    QueryParamInput, Secret, SecretChange, UrlInput, UrlView, WebhookDraft,
};
use tacklebox_providers::{Remote, Session};

/// Puts the stored values of `source` in the place of everything a draft keeps, so that the draft stands for itself
/// and can be prepared without a base. `vendor` is the vendor's name, for the errors.
///
/// No `Keep` is left: a secret and the value of a pair become `Replace`; an address that keeps anything becomes
/// `FieldInput::Secret` with the whole address in it, byte for byte, which every provider takes in place of a
/// `FieldInput::Url`. What keeps a secret that `source` does not have is left out. Conditions and pairs refer to
/// nothing stored any more.
///
/// The source may have changed since the form was opened, so a kept value is looked up by its name: at its old
/// position, or where else the name stands alone. No value goes out under another's name.
///
/// # Errors
/// Each field with a value that the vendor does not hand back, or that is not there any more.
pub fn carry(
    session: &dyn Session,
    vendor: &str,
    source: &Remote,
    draft: &WebhookDraft,
) -> Result<WebhookDraft, Vec<FieldError>> {
    let source = Source { session, vendor, remote: source };
    let mut fields = BTreeMap::new();
    let mut errors = Vec::new();
    for (path, input) in &draft.fields {
        match source.carried(path, input) {
            Ok(carried) => fields.extend(carried.map(|input| (path.clone(), input))),
            Err(message) => errors.push(FieldError::at(path.clone(), message)),
        }
    }
    if errors.is_empty() { Ok(WebhookDraft { fields }) } else { Err(errors) }
}

/// Whether a draft keeps anything, and so cannot stand for itself.
pub fn keeps_anything(draft: &WebhookDraft) -> bool {
    draft.fields.values().any(|input| match input {
        FieldInput::Secret(change) => is_kept(change),
        FieldInput::Url(url) => keeps(url),
        FieldInput::Pairs(pairs) => pairs.iter().any(|pair| is_kept(&pair.value)),
        FieldInput::Text(_)
        | FieldInput::Integer(_)
        | FieldInput::Flag(_)
        | FieldInput::List(_)
        | FieldInput::Conditions(_)
        | FieldInput::Json(_) => false,
    })
}

/// The webhook whose values are taken over.
struct Source<'a> {
    session: &'a dyn Session,
    vendor: &'a str,
    remote: &'a Remote,
}

impl Source<'_> {
    /// The input without anything kept; nothing when there is nothing to keep. Errors are sentences.
    fn carried(&self, path: &FieldPath, input: &FieldInput) -> Result<Option<FieldInput>, String> {
        Ok(match input {
            FieldInput::Secret(SecretChange::Keep) => self.secret(path)?.map(replaced_whole),
            FieldInput::Url(url) if keeps(url) => Some(replaced_whole(self.address(path, url)?)),
            FieldInput::Pairs(pairs) => Some(FieldInput::Pairs(self.pairs(path, pairs)?)),
            FieldInput::Conditions(set) => Some(FieldInput::Conditions(unbound(set))),
            FieldInput::Secret(SecretChange::Replace { .. } | SecretChange::Clear)
            | FieldInput::Url(_)
            | FieldInput::Text(_)
            | FieldInput::Integer(_)
            | FieldInput::Flag(_)
            | FieldInput::List(_)
            | FieldInput::Json(_) => Some(input.clone()),
        })
    }

    fn secret(&self, path: &FieldPath) -> Result<Option<Secret>, String> {
        match self.value(path) {
            Some(FieldValue::Secret(state)) if state.stored => self.reveal(path).map(Some),
            Some(FieldValue::Url(view)) => self.stored_address(path, view).map(Some),
            _ => Ok(None),
        }
    }

    fn address(&self, path: &FieldPath, input: &UrlInput) -> Result<Secret, String> {
        let view = if let Some(FieldValue::Url(view)) = self.value(path) { Some(view) } else { None };
        let stored = view.map(|view| self.stored_address(path, view)).transpose()?;
        let params: Vec<_> = view.map(|view| view.query.iter().collect()).unwrap_or_default();
        let query = input.query.iter().map(|param| {
            let at = find(&params, |stored| stored.name == param.name, param.origin);
            QueryParamInput { origin: at.and_then(|at| u32::try_from(at).ok()), ..param.clone() }
        });
        let input = UrlInput { query: query.collect(), ..input.clone() };
        self.session.whole_address(&input, stored.as_ref()).map_err(|problem| problem.to_string())
    }

    /// The whole address; what hides nothing is shown as it is stored.
    fn stored_address(&self, path: &FieldPath, view: &UrlView) -> Result<Secret, String> {
        let hides = view.has_userinfo || view.query.iter().any(|param| param.has_value);
        match self.session.reveal(self.remote, path) {
            Some(whole) => Ok(whole),
            None if hides || view.base.is_empty() => Err(self.not_told()),
            None => Ok(Secret::from(view.masked.as_str())),
        }
    }

    fn pairs(&self, path: &FieldPath, inputs: &[PairInput]) -> Result<Vec<PairInput>, String> {
        let stored = if let Some(FieldValue::Pairs(pairs)) = self.value(path) { pairs } else { &vec![] };
        let stored: Vec<_> = stored.iter().zip(pair_paths(path, stored)).collect();
        let carried = inputs.iter().map(|input| {
            let value = match &input.value {
                SecretChange::Keep => {
                    let at = find(&stored, |(pair, _)| pair.name == input.name, input.origin);
                    let (pair, path) = at.and_then(|at| stored.get(at)).ok_or_else(|| {
                        format!("“{}” has no stored value to keep. Enter its value.", input.name)
                    })?;
                    self.pair_value(pair, path)?
                }
                SecretChange::Replace { .. } | SecretChange::Clear => input.value.clone(),
            };
            Ok(PairInput { origin: None, value, ..input.clone() })
        });
        carried.collect()
    }

    fn pair_value(&self, pair: &PairView, path: &FieldPath) -> Result<SecretChange, String> {
        if !pair.has_value {
            return Ok(SecretChange::Clear);
        }
        let value = match &pair.value {
            Some(shown) => Secret::from(shown.as_str()),
            None => self.session.reveal(self.remote, path).ok_or_else(|| {
                format!("{} does not hand the value of “{}” back. Enter it.", self.vendor, pair.name)
            })?,
        };
        Ok(SecretChange::Replace { value })
    }

    fn reveal(&self, path: &FieldPath) -> Result<Secret, String> {
        self.session.reveal(self.remote, path).ok_or_else(|| self.not_told())
    }

    fn not_told(&self) -> String {
        format!("{} does not hand this secret back. Enter it.", self.vendor)
    }

    fn value(&self, path: &FieldPath) -> Option<&FieldValue> {
        self.remote.webhook.fields.get(path)
    }
}

/// Where what is kept stands now: at its old position, or where else there is exactly one of it.
fn find<T>(stored: &[T], is_it: impl Fn(&T) -> bool, origin: Option<u32>) -> Option<usize> {
    let origin = origin.and_then(|at| usize::try_from(at).ok());
    let there = origin.filter(|at| stored.get(*at).is_some_and(&is_it));
    there.or_else(|| {
        let mut found = stored.iter().enumerate().filter(|(_, one)| is_it(one)).map(|(at, _)| at);
        found.next().filter(|_| found.next().is_none())
    })
}

fn keeps(url: &UrlInput) -> bool {
    url.keep_userinfo || url.query.iter().any(|param| is_kept(&param.value))
}

fn is_kept(change: &SecretChange) -> bool {
    matches!(change, SecretChange::Keep)
}

fn replaced_whole(value: Secret) -> FieldInput {
    FieldInput::Secret(SecretChange::Replace { value })
}

fn unbound(set: &ConditionSet) -> ConditionSet {
    let rows: Vec<Condition> = set.rows.iter().map(|row| row.clone().at(None)).collect();
    ConditionSet { rows, ..*set }
}

#[cfg(test)]
mod tests;
