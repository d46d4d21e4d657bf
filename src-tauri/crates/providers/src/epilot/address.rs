//! Addresses that may hold references to environment variables, such as `{{ env.host }}/orders?key={{ env.key }}`.
//!
//! An address is taken apart by [`EndpointUrl`], which knows nothing of such references and rightly refuses their
//! braces and spaces. So they are shielded before and put back after: each is written in letters and digits that may
//! stand anywhere in an address, and nothing of the text is lost on the way.

use super::env::reference_at_start;
use secrecy::ExposeSecret;
use std::fmt;
use tacklebox_model::{EndpointUrl, QueryParamInput, Secret, SecretChange, UrlInput, UrlProblem, UrlView};

/// Begins a shielded text, which follows in hexadecimal digits and ends with a hyphen.
const SHIELD: &str = "x-tacklebox-";
const HTTPS: &str = "https://";

/// An address as epilot stores it.
pub struct Address {
    url: EndpointUrl,
    /// The scheme is within a reference at the very start; the one that was put before it is ours.
    bare: bool,
}

impl Address {
    /// Takes an address apart.
    ///
    /// # Errors
    /// [`UrlProblem`] when it is none even with its references filled in.
    pub fn parse(text: &str) -> Result<Self, UrlProblem> {
        let (shielded, bare) = (shield(text), is_bare(text));
        let url = EndpointUrl::parse(&if bare { format!("{HTTPS}{shielded}") } else { shielded })?;
        Ok(Self { url, bare })
    }

    /// Builds the wanted address; also says which query values were typed anew.
    ///
    /// # Errors
    /// [`UrlProblem`] when the entered base is no address or a kept value does not exist.
    pub fn from_input(input: &UrlInput, stored: Option<&Self>) -> Result<(Self, Vec<bool>), UrlProblem> {
        let (base, bare) = (shield(input.base.trim()), is_bare(input.base.trim()));
        let input = UrlInput {
            base: if bare { format!("{HTTPS}{base}") } else { base },
            keep_userinfo: input.keep_userinfo,
            query: input.query.iter().map(shield_param).collect(),
        };
        let built = EndpointUrl::from_input(&input, stored.map(|stored| &stored.url));
        let (url, replaced) = built.map_err(|problem| {
            if let UrlProblem::NothingToKeep(name) = &problem {
                return UrlProblem::NothingToKeep(unshield(name));
            }
            problem
        })?;
        Ok((Self { url, bare }, replaced))
    }

    /// The whole text.
    pub fn full(&self) -> Secret {
        Secret::from(self.plain(self.url.full().expose_secret()))
    }

    /// What may be shown of it.
    pub fn view(&self) -> UrlView {
        let mut view = self.url.view();
        view.masked = self.masked();
        view.base = self.plain(&view.base);
        view.query.iter_mut().for_each(|param| param.name = unshield(&param.name));
        view
    }

    /// The whole text with every secret masked.
    pub fn masked(&self) -> String {
        self.plain(&self.url.masked())
    }

    /// The scheme in small letters; nothing when it is within a reference.
    pub fn scheme(&self) -> Option<String> {
        let full = self.url.full();
        let scheme = full.expose_secret().split("://").next().unwrap_or_default().to_lowercase();
        (!self.bare && !scheme.starts_with(SHIELD)).then_some(scheme)
    }

    fn plain(&self, text: &str) -> String {
        unshield(if self.bare { text.strip_prefix(HTTPS).unwrap_or(text) } else { text })
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// What may be shown of a stored text; nothing of one that is no address.
pub fn view(text: &str) -> UrlView {
    Address::parse(text).map_or_else(|_| UrlView::unreadable(), |address| address.view())
}

fn is_bare(text: &str) -> bool {
    reference_at_start(text).is_some_and(|length| !text[length..].starts_with("://"))
}

fn shield_param(param: &QueryParamInput) -> QueryParamInput {
    let value = match &param.value {
        SecretChange::Replace { value } => {
            SecretChange::Replace { value: Secret::from(shield(value.expose_secret())) }
        }
        SecretChange::Keep | SecretChange::Clear => param.value.clone(),
    };
    QueryParamInput { name: shield(&param.name), origin: param.origin, value }
}

fn shield(text: &str) -> String {
    let mut shielded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        // A text that looks like a shield already is shielded as well, or it would be taken for one later.
        let found = reference_at_start(rest).or_else(|| rest.starts_with(SHIELD).then_some(SHIELD.len()));
        let taken = found.unwrap_or(first.len_utf8());
        if found.is_some() {
            shielded.push_str(SHIELD);
            rest[..taken].bytes().for_each(|byte| shielded.push_str(&format!("{byte:02x}")));
            shielded.push('-');
        } else {
            shielded.push(first);
        }
        rest = &rest[taken..];
    }
    shielded
}

fn unshield(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(SHIELD) {
        let (before, after) = (&rest[..at], &rest[at + SHIELD.len()..]);
        plain.push_str(before);
        match after.split_once('-').and_then(|(digits, after)| Some((from_hex(digits)?, after))) {
            Some((original, after)) => {
                plain.push_str(&original);
                rest = after;
            }
            None => {
                plain.push_str(SHIELD);
                rest = after;
            }
        }
    }
    plain + rest
}

fn from_hex(digits: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> =
        (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()).collect();
    String::from_utf8(bytes?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keep_all(view: &UrlView) -> UrlInput {
        let query = view.query.iter().enumerate().map(|(at, param)| QueryParamInput {
            name: param.name.clone(),
            origin: u32::try_from(at).ok(),
            value: SecretChange::Keep,
        });
        UrlInput { base: view.base.clone(), keep_userinfo: view.has_userinfo, query: query.collect() }
    }

    #[test]
    fn references_may_stand_anywhere_and_query_values_are_masked() {
        let address = Address::parse("{{ env.host }}/a/{{env.b}}?{{ env.name }}={{ env.key }}&flag").unwrap();
        assert_eq!(address.masked(), "{{ env.host }}/a/{{env.b}}?{{ env.name }}=•••&flag");
        assert_eq!((address.view().base.as_str(), address.scheme()), ("{{ env.host }}/a/{{env.b}}", None));
        let address = Address::parse("HTTP://me:{{ env.p }}@{{ env.host }}/").unwrap();
        assert_eq!(address.masked(), "HTTP://•••@{{ env.host }}/");
        assert_eq!(address.scheme().as_deref(), Some("http"));
        assert!(!format!("{address:?}").contains("env.p"));
        assert_eq!(Address::parse("{{ env.s }}://h/").unwrap().scheme(), None);
    }

    #[test]
    fn a_typed_reference_is_not_encoded_and_other_values_are() {
        let replace = |text: &str| SecretChange::Replace { value: Secret::from(text) };
        let query = vec![
            QueryParamInput { name: "k".into(), origin: None, value: replace("{{ env.key }}") },
            QueryParamInput { name: "l".into(), origin: None, value: replace("a {{b") },
        ];
        let input = UrlInput { base: "https://h.example/{{ env.p }}".into(), keep_userinfo: false, query };
        let (address, replaced) = Address::from_input(&input, None).unwrap();
        let full = address.full();
        assert_eq!(full.expose_secret(), "https://h.example/{{ env.p }}?k={{ env.key }}&l=a%20%7B%7Bb");
        assert_eq!(replaced, [true, true]);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "{{ env.A }}", "ftp", "https://", "https://a b", "{{ env.a }} /x"] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn shielding_loses_nothing(parts in prop::collection::vec("(\\{\\{ ?env\\.[a-z.]{1,4} ?\\}\\}|x-|x-tacklebox-|7b-|[ -~]{0,6})", 0..8)) {
            let text = parts.concat();
            prop_assert_eq!(unshield(&shield(&text)), text);
        }

        #[test]
        fn an_untouched_address_is_written_back_byte_for_byte(
            start in "(https?://|)", host in "(\\{\\{ env\\.h \\}\\}|[a-z]{1,6}\\.example|x-tacklebox-a)",
            path in "(/[A-Za-z0-9%._~-]{0,4}(\\{\\{env\\.p\\}\\})?){0,3}",
            query in prop::option::of("[a-z]{1,3}=(\\{\\{ env\\.k \\}\\}|[A-Za-z0-9%+=]{0,4})(&(\\{\\{ env\\.n \\}\\}|[a-z]{1,2})(=[a-z]{0,3})?){0,2}"),
        ) {
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            let text = format!("{start}{host}{path}{query}");
            let Ok(address) = Address::parse(&text) else { return Ok(()) };
            let full = address.full();
            prop_assert_eq!(full.expose_secret(), text.as_str());
            let (again, _) = Address::from_input(&keep_all(&address.view()), Some(&address)).unwrap();
            let again = again.full();
            prop_assert_eq!(again.expose_secret(), text.as_str());
        }
    }
}
