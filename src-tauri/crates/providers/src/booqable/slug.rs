//! The company slug: the name below which a company's API lives.

const ADVICE: &str = "Enter the company slug: the first part of your Booqable address, for example kestrel in kestrel.booqable.com.";
const DOMAIN: &str = ".booqable.com";
/// Longer names are no part of a host name.
const LONGEST: usize = 63;

/// The slug in what was entered: itself, or a pasted address of the company.
///
/// # Errors
/// Why it is none, in words. What is refused is not repeated: it may hold a token.
pub fn parse(entered: &str) -> Result<String, String> {
    let text = entered.trim().to_lowercase();
    if text.is_empty() {
        return Err(ADVICE.to_owned());
    }
    // An address copied from a browser may carry a token; the slug is stored in plain sight.
    if text.contains(['?', '#', '@']) {
        return Err("Enter the company slug alone: the rest of an address may hold a secret.".to_owned());
    }
    let bare = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = bare.unwrap_or(&text).split('/').next().unwrap_or_default();
    let slug = match host.strip_suffix(DOMAIN) {
        Some("www") => return Err(format!("This is Booqable's own site. {ADVICE}")),
        Some(slug) => slug,
        None if bare.is_some() || text.contains(['.', '/']) => {
            return Err(format!(
                "This is no address of a Booqable company. {ADVICE} Another address goes under Advanced, as the \
                 base URL."
            ));
        }
        None => host,
    };
    let fits = slug.len() <= LONGEST
        && !slug.is_empty()
        && slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !slug.starts_with('-')
        && !slug.ends_with('-');
    if fits { Ok(slug.to_owned()) } else { Err(format!("A slug has letters, digits and hyphens. {ADVICE}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_or_a_pasted_address_is_taken() {
        for entered in [
            "kestrel-rentals",
            "  Kestrel-Rentals ",
            "kestrel-rentals.booqable.com",
            "https://kestrel-rentals.booqable.com",
            "https://Kestrel-Rentals.booqable.com/employees/current",
        ] {
            assert_eq!(parse(entered).as_deref(), Ok("kestrel-rentals"), "{entered}");
        }
    }

    #[test]
    fn what_could_lead_elsewhere_is_refused_with_advice() {
        for (entered, words) in [
            ("", "first part of your Booqable address"),
            ("a b", "letters, digits and hyphens"),
            ("-a", "letters, digits and hyphens"),
            ("a.b", "no address of a Booqable company"),
            ("evil.example/", "no address of a Booqable company"),
            ("https://evil.example", "no address of a Booqable company"),
            ("https://booqable.com", "no address of a Booqable company"),
            ("https://www.booqable.com", "Booqable's own site"),
            ("a.b.booqable.com", "letters, digits and hyphens"),
            ("kestrel.booqable.com:8443", "no address of a Booqable company"),
            ("https://me:pw@kestrel.booqable.com", "alone"),
            ("https://kestrel.booqable.com/?api_key=canary", "alone"),
        ] {
            let refused = parse(entered).unwrap_err();
            assert!(refused.contains(words) && !refused.contains("canary"), "{entered}: {refused}");
        }
    }
}
