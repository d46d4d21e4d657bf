//! What samples of all vendors are made of: ids that look real, one fixed moment, JSON and forms.
//!
//! Ids follow from names, so that an event has the same sample each time and parts of it can refer to each other.

use serde_json::{Map, Value};
use tacklebox_model::{Sample, ShownWhen};
use url::form_urlencoded;

/// The moment of every sample: 18 March 2025, 09:41:27 UTC. Seconds since 1970.
pub(crate) const SECONDS: u64 = 1_742_290_887;

/// Ids that follow from a scope, such as an event, and the name of what they are for.
pub(crate) struct Ids(String);

impl Ids {
    pub(crate) fn of(scope: &str) -> Self {
        Self(scope.to_owned())
    }

    /// A UUID of version 4.
    pub(crate) fn uuid(&self, what: &str) -> String {
        let random = self.random(what);
        let versioned = (random & !(0xf << 76)) | (0x4 << 76);
        let hex = format!("{:032x}", (versioned & !(0x3 << 62)) | (0x2 << 62));
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }

    /// The 27 letters of a KSUID: seconds since May 2014 and 16 bytes, in base 62.
    pub(crate) fn ksuid(&self, what: &str) -> String {
        const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let random = self.random(what);
        let word = |place: u32| (random >> (32 * place)) & 0xffff_ffff;
        let mut words = [u128::from(SECONDS - 1_400_000_000), word(3), word(2), word(1), word(0)];
        let digits = (0..27).map(|_| {
            let mut rest = 0;
            for word in &mut words {
                let whole = (rest << 32) | *word;
                (*word, rest) = (whole / 62, whole % 62);
            }
            letter(DIGITS, rest)
        });
        digits.collect::<Vec<_>>().into_iter().rev().collect()
    }

    /// The 26 letters of a ULID: milliseconds since 1970 and 10 bytes, in Crockford's base 32.
    pub(crate) fn ulid(&self, what: &str) -> String {
        const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let whole = (u128::from(SECONDS * 1000) << 80) | (self.random(what) >> 48);
        (0..26_u32).rev().map(|place| letter(DIGITS, (whole >> (5 * place)) & 31)).collect()
    }

    /// A number of at least `from` and less than `to`.
    pub(crate) fn number(&self, what: &str, from: u64, to: u64) -> u64 {
        let span = u128::from(to - from);
        from + u64::try_from(self.random(what) % span).unwrap_or_default()
    }

    /// FNV-1a, and a mixing of it, for names that differ at their ends alone.
    fn random(&self, what: &str) -> u128 {
        let bytes = self.0.bytes().chain([b'/']).chain(what.bytes());
        let hash = bytes.fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash: u128, byte| {
            (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
        });
        let mixed = (hash ^ (hash >> 59)).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        mixed ^ (mixed >> 67)
    }
}

fn letter(digits: &[u8], place: u128) -> char {
    usize::try_from(place).ok().and_then(|place| digits.get(place)).map_or('0', |&digit| char::from(digit))
}

/// A sample sent as JSON.
pub(crate) fn json(label: &str, shown_when: Option<ShownWhen>, value: Value) -> Sample {
    Sample {
        label: label.into(),
        shown_when,
        content_type: "application/json".into(),
        text: format!("{value:#}"),
        value,
    }
}

/// A sample sent as a form. Nested keys stand in brackets, `data[id]`, entries of a list in empty ones, `data[tags][]`.
pub(crate) fn form(label: &str, shown_when: Option<ShownWhen>, value: &Value) -> Sample {
    let value = texts(value);
    let mut pairs = vec![];
    flatten(String::new(), &value, &mut pairs);
    Sample {
        label: label.into(),
        shown_when,
        content_type: "application/x-www-form-urlencoded".into(),
        text: form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish(),
        value,
    }
}

/// The value as a form can carry it: texts alone, no empty lists and objects.
fn texts(value: &Value) -> Value {
    let is_empty = |value: &Value| {
        value.as_object().is_some_and(Map::is_empty) || value.as_array().is_some_and(Vec::is_empty)
    };
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| (key.clone(), texts(value)));
            Value::Object(fields.filter(|(_, value)| !is_empty(value)).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(texts).filter(|item| !is_empty(item)).collect()),
        Value::Null => Value::String(String::new()),
        Value::String(_) => value.clone(),
        Value::Bool(_) | Value::Number(_) => Value::String(value.to_string()),
    }
}

fn flatten(key: String, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let key = if key.is_empty() { name.clone() } else { format!("{key}[{name}]") };
                flatten(key, value, pairs);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| flatten(format!("{key}[]"), item, pairs)),
        Value::String(text) => pairs.push((key, text.clone())),
        Value::Null | Value::Bool(_) | Value::Number(_) => pairs.push((key, value.to_string())),
    }
}

/// The object with further fields at its end.
pub(crate) fn with<const N: usize>(object: Value, further: [(&str, Value); N]) -> Value {
    let Value::Object(mut fields) = object else { return object };
    fields.extend(further.map(|(key, value)| (key.to_owned(), value)));
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_have_the_form_of_their_kind_and_follow_from_their_names() {
        let ids = Ids::of("room");
        let uuid = ids.uuid("a");
        let parts: Vec<_> = uuid.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert_eq!(&uuid[14..15], "4");
        assert!("89ab".contains(&uuid[19..20]), "{uuid}");
        assert_eq!(ids.ksuid("a").len(), 27);
        assert!(ids.ksuid("a").starts_with("2u"), "a KSUID of March 2025: {}", ids.ksuid("a"));
        assert_eq!(ids.ulid("a").len(), 26);
        assert!(ids.ulid("a").starts_with("01J"), "a ULID of March 2025: {}", ids.ulid("a"));
        assert!((3..9).contains(&ids.number("a", 3, 9)));
        assert_eq!(ids.uuid("a"), Ids::of("room").uuid("a"));
        assert_ne!(ids.uuid("a"), ids.uuid("b"));
        assert_ne!(ids.uuid("a"), Ids::of("roon").uuid("a"));
        assert_ne!(ids.ksuid("a"), ids.ksuid("b"));
    }

    #[test]
    fn a_form_has_nested_keys_in_brackets_and_nothing_for_what_is_empty() {
        let sample = form(
            "",
            None,
            &json!({ "id": 7, "data": { "tags": ["a b", "c"], "none": [], "gone": null, "lines": [{ "id": "x" }] } }),
        );
        assert_eq!(
            sample.text,
            "id=7&data%5Btags%5D%5B%5D=a+b&data%5Btags%5D%5B%5D=c&data%5Bgone%5D=&data%5Blines%5D%5B%5D%5Bid%5D=x"
        );
        let value =
            json!({ "id": "7", "data": { "tags": ["a b", "c"], "gone": "", "lines": [{ "id": "x" }] } });
        assert_eq!(sample.value, value);
    }
}
