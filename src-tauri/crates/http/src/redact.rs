//! URLs as they may be shown: without user names, passwords, query values and fragments.

use url::Url;

/// What stands in place of a hidden value.
pub const REDACTED: &str = "•••";

/// The URL with user name, password, every query value and the fragment replaced by [`REDACTED`].
///
/// Works on the text, so that what is not a valid URL is redacted as well; then rather too much is hidden than
/// too little.
#[must_use]
pub fn redact_url(text: &str) -> String {
    // URL parsers skip these, so "ht\ntp://" must not hide a password from us.
    let text: String = text.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let text = text.trim();
    let text = if Url::parse(text).is_ok() { text.to_owned() } else { hide_before_last_at(text) };

    let (rest, fragment) = cut(&text, '#');
    let (address, query) = cut(rest, '?');
    let mut shown = hide_userinfo(address);
    if let Some(query) = query {
        shown.push('?');
        shown.push_str(&hide_values(query));
    }
    if let Some(fragment) = fragment {
        shown.push('#');
        shown.push_str(if fragment.is_empty() { "" } else { REDACTED });
    }
    shown
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(before, after)| (before, Some(after)))
}

/// A password with an unescaped `/`, `?` or `#` makes the URL invalid and moves the `@` out of the authority.
fn hide_before_last_at(text: &str) -> String {
    match text.rfind('@') {
        None => text.to_owned(),
        Some(at) => format!("{}{REDACTED}{}", &text[..authority_start(text).min(at)], &text[at..]),
    }
}

fn hide_userinfo(address: &str) -> String {
    let start = authority_start(address);
    let end = address[start..].find(['/', '\\']).map_or(address.len(), |length| start + length);
    match address[start..end].rfind('@') {
        None => address.to_owned(),
        Some(at) => format!("{}{REDACTED}{}", &address[..start], &address[start + at..]),
    }
}

/// Where the authority begins: after the scheme and any number of slashes, as browsers read it.
fn authority_start(address: &str) -> usize {
    let after_scheme = match address.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) && starts_an_address(scheme, rest) => scheme.len() + 1,
        _ => 0,
    };
    let rest = &address[after_scheme..];
    after_scheme + (rest.len() - rest.trim_start_matches(['/', '\\']).len())
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// "user:password@host" looks like a scheme too; only the web's schemes may go without slashes.
fn starts_an_address(scheme: &str, rest: &str) -> bool {
    rest.starts_with(['/', '\\'])
        || ["http", "https", "ws", "wss"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

fn hide_values(query: &str) -> String {
    let hide = |pair: &str| match pair.split_once('=') {
        Some((key, "")) => format!("{key}="),
        Some((key, _)) => format!("{key}={REDACTED}"),
        // A lone word may be a token rather than a name.
        None if pair.is_empty() => String::new(),
        None => REDACTED.to_owned(),
    };
    query.split('&').map(hide).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hides_userinfo_query_values_and_fragment() {
        let cases = [
            ("https://example.com/a/b", "https://example.com/a/b"),
            ("https://me:pw@example.com:8443/a", "https://•••@example.com:8443/a"),
            ("https://tok@example.com", "https://•••@example.com"),
            ("https://example.com/a?key=abc&empty=&flag", "https://example.com/a?key=•••&empty=&•••"),
            ("https://example.com/a?x=1;sig=abc#token=1", "https://example.com/a?x=•••#•••"),
            ("https://medium.com/@user/post", "https://medium.com/@user/post"),
            ("https:me:pw@example.com/", "https:•••@example.com/"),
            ("https:\\\\me:pw@example.com/", "https:\\\\•••@example.com/"),
            ("me:pw@example.com/hook", "•••@example.com/hook"),
            ("//me:pw@example.com/hook?a=b", "//•••@example.com/hook?a=•••"),
            ("ht\ntps://me:pw@example.com", "https://•••@example.com"),
            ("https://me:p/w@example.com/", "https://•••@example.com/"),
            ("https://me:p?w#x@example.com/", "https://•••@example.com/"),
            ("/hooks?token=abcd", "/hooks?token=•••"),
            ("", ""),
        ];
        for (text, shown) in cases {
            assert_eq!(redact_url(text), shown, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_query_value_survives(
            host in "[a-z]{1,12}\\.example",
            path in "(/[A-Za-z0-9@:._-]{0,8}){0,4}",
            pairs in prop::collection::vec(("[a-z_]{1,6}", "[!-~&&[^#&]]{4,24}"), 1..5),
            fragment in prop::option::of("[!-~]{4,12}"),
        ) {
            let query = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&");
            let known = format!(
                "https://{host}{path}?{}#{REDACTED}",
                pairs.iter().map(|(key, _)| format!("{key}={REDACTED}")).collect::<Vec<_>>().join("&"),
            );
            let fragment = fragment.map(|text| format!("#{text}")).unwrap_or_default();
            let shown = redact_url(&format!("https://{host}{path}?{query}{fragment}"));
            for (_, value) in pairs.iter().filter(|(_, value)| !known.contains(value.as_str())) {
                prop_assert!(!shown.contains(value.as_str()), "{value} in {shown}");
            }
            let address = format!("https://{host}{path}?");
            prop_assert!(shown.starts_with(&address));
        }

        #[test]
        fn no_password_survives(user in "[a-z0-9]{4,9}", password in "[!-~&&[^@/?#\\\\]]{4,20}", path in "(/[a-z]{0,3}){0,3}") {
            let shown = redact_url(&format!("https://{user}:{password}@host.example{path}"));
            let known = format!("https://{REDACTED}@host.example{path}");
            if !known.contains(&password) {
                prop_assert!(!shown.contains(&password), "{password} in {shown}");
            }
        }

        #[test]
        fn never_panics_and_hides_again_what_it_hid(text in any::<String>()) {
            let once = redact_url(&text);
            prop_assert_eq!(redact_url(&once), once);
        }
    }
}
