//! What an access token says of itself. It is read, not verified: that is epilot's business.

use super::moments;
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use secrecy::ExposeSecret;
use serde_json::Value;
use tacklebox_model::{CredentialFacts, FindingState, Secret};

/// A token that expires within so many days is worth a word.
const SOON_DAYS: i64 = 14;
/// Both spellings of padding: the claims of a JWT have none by the standard.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The facts a token tells; none when it is no JWT.
pub fn facts(token: &Secret) -> CredentialFacts {
    claims(token).map(|claims| read(&claims)).unwrap_or_default()
}

/// Whether a token is a JWT at all.
pub fn is_jwt(token: &Secret) -> bool {
    claims(token).is_some()
}

/// Whether a token with these facts has expired.
pub fn has_expired(facts: &CredentialFacts, now_ms: i64) -> bool {
    facts.expires_at_ms.is_some_and(|expires| expires <= now_ms)
}

/// A token in words, and how good that is.
pub fn in_words(facts: &CredentialFacts, now_ms: i64) -> (FindingState, String) {
    let name = facts.name.as_ref().map(|name| format!(" “{name}”")).unwrap_or_default();
    let organisation =
        facts.organisation.as_ref().map(|id| format!(" for organisation {id}")).unwrap_or_default();
    let (state, expiry) = match facts.expires_at_ms {
        None => (FindingState::Ok, "does not expire".to_owned()),
        Some(at) if at <= now_ms => (FindingState::Failed, format!("expired on {}", moments::day(at))),
        Some(at) => match moments::days_between(now_ms, at) {
            0 => (FindingState::Attention, format!("expires on {}, within a day", moments::day(at))),
            1 => (FindingState::Attention, format!("expires on {}, in 1 day", moments::day(at))),
            days if days <= SOON_DAYS => {
                (FindingState::Attention, format!("expires on {}, in {days} days", moments::day(at)))
            }
            days => (FindingState::Ok, format!("expires on {}, in {days} days", moments::day(at))),
        },
    };
    let may = if facts.read_only { " It may only read, so nothing can be changed with it." } else { "" };
    let next = match state {
        FindingState::Failed => " Create a new one in epilot under Settings, Access Tokens.",
        FindingState::Ok | FindingState::Attention => "",
    };
    (state, format!("The token{name}{organisation} {expiry}.{may}{next}"))
}

fn claims(token: &Secret) -> Option<Value> {
    let mut parts = token.expose_secret().trim().split('.');
    let (_header, claims, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = BASE64.decode(claims).ok().filter(|_| parts.next().is_none())?;
    serde_json::from_slice::<Value>(&bytes).ok().filter(Value::is_object)
}

fn read(claims: &Value) -> CredentialFacts {
    let text = |key: &str| match claims.get(key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    CredentialFacts {
        organisation: text("org_id").or_else(|| text("custom:org_id")),
        name: text("token_name"),
        expires_at_ms: claims.get("exp").and_then(seconds).and_then(|seconds| seconds.checked_mul(1000)),
        read_only: claims.get("read_only").is_some_and(|flag| *flag == true || *flag == "true"),
    }
}

/// `exp` is a number of seconds by RFC 7519, which may have a fraction.
fn seconds(value: &Value) -> Option<i64> {
    let whole = value.as_i64().or_else(|| value.as_str()?.parse().ok());
    // No moment that matters is beyond what a double tells exactly.
    whole.or_else(|| value.as_f64().filter(|s| s.abs() < 1e15).map(|s| s as i64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    const DAY: i64 = 24 * 60 * 60 * 1000;
    const NOW: i64 = 1_800_000_000_000;

    fn jwt(claims: &Value) -> Secret {
        Secret::from(format!("e30.{}.sig", BASE64.encode(claims.to_string())))
    }

    #[test]
    fn both_kinds_of_token_name_their_organisation() {
        let access =
            json!({ "org_id": "739224", "token_name": "Admin", "exp": 1_800_000_000, "read_only": true });
        let found = facts(&jwt(&access));
        let wanted = CredentialFacts {
            organisation: Some("739224".into()),
            name: Some("Admin".into()),
            expires_at_ms: Some(NOW),
            read_only: true,
        };
        assert_eq!(found, wanted);
        assert_eq!(facts(&jwt(&json!({ "custom:org_id": "5" }))).organisation.as_deref(), Some("5"));
        assert_eq!(
            facts(&jwt(&json!({ "org_id": 7, "exp": 1.5e9, "read_only": "x" }))).expires_at_ms,
            Some(1_500_000_000_000)
        );
    }

    #[test]
    fn what_is_no_jwt_tells_nothing() {
        for text in ["", "plain", "a.b", "a.b.c", "a.!.c", "e30.e30.x.y", "e30.WzFd.x"] {
            let token = Secret::from(text);
            assert!(!is_jwt(&token), "{text}");
            assert_eq!(facts(&token), CredentialFacts::default(), "{text}");
        }
    }

    #[test]
    fn the_expiry_is_said_and_weighed() {
        let with = |days: i64| CredentialFacts {
            expires_at_ms: Some(NOW + days * DAY),
            ..CredentialFacts::default()
        };
        let state = |facts: &CredentialFacts| in_words(facts, NOW).0;
        assert_eq!(state(&with(0)), FindingState::Failed);
        assert_eq!(state(&with(14)), FindingState::Attention);
        assert_eq!(state(&with(15)), FindingState::Ok);
        assert!(has_expired(&with(0), NOW) && !has_expired(&with(1), NOW));
        let (_, words) =
            in_words(&CredentialFacts { name: Some("A".into()), read_only: true, ..with(2) }, NOW);
        assert_eq!(
            words,
            "The token “A” expires on 17 January 2027, in 2 days. It may only read, so nothing can be changed with it."
        );
    }

    proptest! {
        #[test]
        fn no_token_brings_it_down(text in any::<String>(), exp in any::<f64>(), whole in any::<i64>()) {
            let _ = facts(&Secret::from(text.as_str()));
            for claims in [json!({ "exp": exp, "org_id": text }), json!({ "exp": whole })] {
                let _ = in_words(&facts(&jwt(&claims)), NOW);
            }
        }
    }
}
