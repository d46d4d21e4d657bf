use serde_json::Value;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::OnceLock;
use tacklebox_model::Revision;

/// A vendor's object exactly as it was returned or will be sent, secrets and unknown fields included.
/// It cannot be printed or serialised by accident.
#[derive(Clone, PartialEq)]
pub struct RawObject(Value);

impl RawObject {
    /// Wraps an object.
    pub fn new(value: Value) -> Self {
        Self(value)
    }

    /// The object, for its provider alone.
    pub(crate) fn value(&self) -> &Value {
        &self.0
    }

    /// Its fingerprint: the order of keys does not matter, everything else does.
    ///
    /// Two keyed 64-bit hashes with keys that live as long as the program: enough to tell versions
    /// apart, and worthless to whoever would guess a secret from it.
    pub fn revision(&self) -> Revision {
        static KEYS: OnceLock<[RandomState; 2]> = OnceLock::new();
        let keys = KEYS.get_or_init(|| [RandomState::new(), RandomState::new()]);
        let [a, b] = keys.each_ref().map(|key| {
            let mut hasher = key.build_hasher();
            hash_value(&self.0, &mut hasher);
            hasher.finish()
        });
        Revision::new(format!("{a:016x}{b:016x}"))
    }
}

/// The texts of a JSON list; anything else is none.
pub(crate) fn texts(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

impl fmt::Debug for RawObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawObject(<redacted>)")
    }
}

fn hash_value(value: &Value, hasher: &mut impl Hasher) {
    match value {
        Value::Null => 0_u8.hash(hasher),
        Value::Bool(flag) => (1_u8, flag).hash(hasher),
        Value::Number(number) => (2_u8, number.to_string()).hash(hasher),
        Value::String(text) => (3_u8, text).hash(hasher),
        Value::Array(items) => {
            (4_u8, items.len()).hash(hasher);
            items.iter().for_each(|item| hash_value(item, hasher));
        }
        Value::Object(object) => {
            (5_u8, object.len()).hash(hasher);
            let mut keys: Vec<_> = object.keys().collect();
            keys.sort_unstable();
            for key in keys {
                key.hash(hasher);
                hash_value(&object[key], hasher);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_order_of_keys_does_not_matter_and_a_secret_does() {
        let one = RawObject::new(json!({"a": 1, "key": {"value": "s1"}}));
        let same = RawObject::new(json!({"key": {"value": "s1"}, "a": 1}));
        let other = RawObject::new(json!({"a": 1, "key": {"value": "s2"}}));
        assert_eq!(one.revision(), same.revision());
        assert_ne!(one.revision(), other.revision());
        assert!(!format!("{one:?}").contains("s1"));
    }
}
