//! References to environment variables of an epilot organisation: `{{ env.key }}`.

/// The length of the reference a text begins with; nothing when it begins with none.
/// Keys by epilot's documents: `[a-z0-9][a-z0-9_.-]{0,127}`.
pub fn reference_at_start(text: &str) -> Option<usize> {
    let inner_and_rest = text.strip_prefix("{{")?;
    let end = inner_and_rest.find("}}")?;
    let inner = inner_and_rest[..end].trim_matches([' ', '\t']);
    is_key(inner.strip_prefix("env.")?).then_some(end + 4)
}

/// Whether the whole of a value is one reference.
pub fn is_reference(value: &str) -> bool {
    let value = value.trim();
    reference_at_start(value) == Some(value.len())
}

/// Whether a value seems to be meant as a reference and is none.
pub fn is_misspelt(value: &str) -> bool {
    value.trim().starts_with("{{") && value.contains("env") && !is_reference(value)
}

fn is_key(key: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    (1..=128).contains(&key.len())
        && key.starts_with(plain)
        && key.chars().all(|c| plain(c) || matches!(c, '_' | '.' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told_from_other_texts() {
        for yes in ["{{ env.erp_key }}", "{{env.a}}", " {{  env.0-a.b_c }} "] {
            assert!(is_reference(yes), "{yes}");
        }
        for no in
            ["", "env.a", "{{ env. }}", "{{ env.A }}", "{{ env.a }} {{ env.b }}", "{{ env.-a }}", "{{ a }}"]
        {
            assert!(!is_reference(no), "{no}");
        }
        let longest = format!("{{{{ env.{} }}}}", "a".repeat(128));
        assert!(is_reference(&longest) && !is_reference(&longest.replace("env.", "env.a")));
        assert!(is_misspelt("{{ env.ERP }}") && !is_misspelt("{{ env.erp }}") && !is_misspelt("plain"));
    }
}
