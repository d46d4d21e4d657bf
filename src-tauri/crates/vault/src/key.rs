//! Names of vault entries.

use std::fmt;

/// The name of one entry, such as `connection/<id>/client_secret`.
///
/// Only `a-z 0-9 . _ -` are kept as they are, everything else in a segment is written as `%` and two hex digits:
/// Windows compares entry names without regard to case, and spaces trouble some keyrings.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VaultKey(String);

impl VaultKey {
    /// The entry of one of a connection's own credentials, for example `client_secret`.
    #[must_use]
    pub fn connection(id: impl fmt::Display, field: &str) -> Self {
        Self::from_segments(&["connection", &id.to_string(), field])
    }

    /// The entry of a secret which a revert of the journal entry will need, for example `auth.api_key.value`.
    #[must_use]
    pub fn journal(entry: impl fmt::Display, field: &str) -> Self {
        Self::from_segments(&["journal", &entry.to_string(), field])
    }

    /// The entry of a secret which a vendor told once, when a webhook was made.
    #[must_use]
    pub fn webhook(
        connection: impl fmt::Display,
        webhook: impl fmt::Display,
        path: impl fmt::Display,
    ) -> Self {
        Self::from_segments(&["webhook", &connection.to_string(), &webhook.to_string(), &path.to_string()])
    }

    /// An entry of another kind. Segments are joined with `/` and may hold any text.
    #[must_use]
    pub fn from_segments(segments: &[&str]) -> Self {
        Self(segments.iter().map(|segment| escape(segment)).collect::<Vec<_>>().join("/"))
    }

    /// The name as it stands in the keyring's account field.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for VaultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text with everything but `a-z 0-9 . _ -` as `%xx`. Two different texts never become the same.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02x}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_segments_read_as_a_path() {
        assert_eq!(VaultKey::connection("6f1c", "client_secret").as_str(), "connection/6f1c/client_secret");
        assert_eq!(VaultKey::journal(42, "auth.api_key.value").as_str(), "journal/42/auth.api_key.value");
        assert_eq!(
            VaultKey::webhook("6f1c", "w-7", "signing_secret").as_str(),
            "webhook/6f1c/w-7/signing_secret"
        );
    }

    #[test]
    fn different_segments_never_share_a_name() {
        let names = [
            VaultKey::connection("a", "headers.X-Key"),
            VaultKey::connection("a", "headers.x-key"),
            VaultKey::connection("a/headers.x-key", ""),
            VaultKey::connection("a", "headers.x key"),
            VaultKey::connection("a", "headers.x%20key"),
            VaultKey::connection("a", "headers.x#key"),
            VaultKey::webhook("a", "b", "c"),
            VaultKey::webhook("a", "B", "c"),
            VaultKey::webhook("a/b", "c", ""),
            VaultKey::webhook("a", "b/c", ""),
        ];
        for (i, one) in names.iter().enumerate() {
            for other in &names[i + 1..] {
                assert_ne!(one.as_str().to_lowercase(), other.as_str().to_lowercase());
            }
            assert!(!one.as_str().contains(' ') && !one.as_str().contains('#'));
        }
    }
}
