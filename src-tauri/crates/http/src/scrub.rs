//! Keeps our secrets out of a server's words: an error text may quote what it was sent.

use secrecy::{ExposeSecret, SecretString};

use crate::redact::REDACTED;

/// Shorter secrets are hidden as whole words only, or one that is `a` would leave nothing to read.
const WHOLE_WORD_BELOW: usize = 4;

/// Secrets that must not be shown, wherever a server repeats them.
pub struct Scrubber(Vec<SecretString>);

impl Scrubber {
    /// Remembers what was sent, for as long as the answer is read.
    #[must_use]
    pub fn new(secrets: impl IntoIterator<Item = SecretString>) -> Self {
        let mut secrets: Vec<_> =
            secrets.into_iter().filter(|secret| !secret.expose_secret().is_empty()).collect();
        // Longest first: a secret that is part of another would leave the rest of it.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.expose_secret().len()));
        Self(secrets)
    }

    /// The text with every known secret hidden. Clean before cutting: half a secret is not recognised.
    #[must_use]
    pub fn clean(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| hide(&text, secret.expose_secret()))
    }
}

fn hide(text: &str, secret: &str) -> String {
    if secret.chars().count() >= WHOLE_WORD_BELOW {
        return text.replace(secret, REDACTED);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(secret) {
        let (before, after) = (&rest[..at], &rest[at + secret.len()..]);
        let joined =
            before.chars().next_back().or(shown.chars().next_back()).is_some_and(char::is_alphanumeric)
                || after.chars().next().is_some_and(char::is_alphanumeric);
        shown.push_str(before);
        shown.push_str(if joined { secret } else { REDACTED });
        rest = after;
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(secrets: &[&str], text: &str) -> String {
        Scrubber::new(secrets.iter().map(|s| SecretString::from(*s))).clean(text)
    }

    #[test]
    fn every_occurrence_of_a_secret_is_hidden() {
        assert_eq!(clean(&["hunter2", ""], "no hunter2, nohunter2no"), "no •••, no•••no");
    }

    #[test]
    fn the_longer_of_two_overlapping_secrets_goes_first() {
        assert_eq!(clean(&["hunter", "hunter2-long"], "is hunter2-long"), "is •••");
    }

    #[test]
    fn a_very_short_secret_is_hidden_as_a_word_only() {
        assert_eq!(clean(&["a"], "a value \"a\" at page aa"), "••• value \"•••\" at page aa");
    }
}
