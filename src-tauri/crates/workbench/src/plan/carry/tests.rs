use super::*;
use crate::testing::{Desk, webhook};
use secrecy::ExposeSecret;
use tacklebox_model::{Fields, QueryParamView, SecretState};
use tacklebox_providers::RawObject;

/// The stored webhook and a draft made from it; what comes out.
async fn carried(
    stored: &[(&str, FieldValue)],
    told: &[(&str, &str)],
    draft: Vec<(&str, FieldInput)>,
) -> Result<WebhookDraft, Vec<FieldError>> {
    let desk = Desk::new().await;
    let connection = desk.connect().await;
    let secrets = told.iter().map(|(path, value)| (FieldPath::from(*path), (*value).to_owned()));
    *desk.script.secrets.lock().unwrap() = secrets.collect();
    let fields: Fields = stored.iter().map(|(path, value)| (FieldPath::from(*path), value.clone())).collect();
    let webhook = tacklebox_model::Webhook { fields, ..webhook(&connection, "w", "Rooms") };
    let source = Remote { webhook, raw: RawObject::new(serde_json::json!({})) };
    let fields = draft.into_iter().map(|(path, input)| (FieldPath::from(path), input)).collect();
    let session = desk.workbench.session(&connection).unwrap();
    let carried = carry(session.as_ref(), "Vendor", &source, &WebhookDraft { fields })?;
    assert!(!keeps_anything(&carried), "{carried:?}");
    Ok(carried)
}

fn replace(value: &str) -> SecretChange {
    SecretChange::Replace { value: Secret::from(value) }
}

fn said(change: &SecretChange) -> String {
    match change {
        SecretChange::Keep => "keep".to_owned(),
        SecretChange::Clear => "clear".to_owned(),
        SecretChange::Replace { value } => format!("={}", value.expose_secret()),
    }
}

fn one(draft: &WebhookDraft) -> String {
    let inputs: Vec<_> = draft.fields.values().collect();
    let [FieldInput::Secret(change)] = inputs[..] else { panic!("{draft:?}") };
    said(change)
}

fn message(outcome: Result<WebhookDraft, Vec<FieldError>>) -> (String, String) {
    let errors = outcome.unwrap_err();
    let [error] = &errors[..] else { panic!("{errors:?}") };
    (error.path.to_string(), error.message.clone())
}

fn url(masked: &str, base: &str, userinfo: bool, query: &[&str]) -> FieldValue {
    let param = |name: &&str| QueryParamView {
        name: (*name).to_owned(),
        has_value: !name.is_empty(),
        replaced: false,
    };
    FieldValue::Url(UrlView {
        masked: masked.to_owned(),
        base: base.to_owned(),
        has_userinfo: userinfo,
        query: query.iter().map(param).collect(),
    })
}

fn address(base: &str, keep_userinfo: bool, query: &[(&str, u32)]) -> FieldInput {
    let param = |(name, origin): &(&str, u32)| QueryParamInput {
        name: (*name).to_owned(),
        origin: Some(*origin),
        value: SecretChange::Keep,
    };
    let query = query.iter().map(param).collect();
    FieldInput::Url(UrlInput { base: base.to_owned(), keep_userinfo, query })
}

fn pair(name: &str, value: Option<&str>, has_value: bool) -> PairView {
    PairView {
        group: None,
        name: name.to_owned(),
        value: value.map(str::to_owned),
        has_value,
        replaced: false,
    }
}

fn kept(name: &str, origin: u32) -> PairInput {
    PairInput { group: None, name: name.to_owned(), origin: Some(origin), value: SecretChange::Keep }
}

#[tokio::test]
async fn a_stored_secret_is_taken_over_where_the_vendor_hands_it_back_and_asked_for_where_not() {
    let stored = [("key", FieldValue::Secret(SecretState::STORED))];
    let keep = || vec![("key", FieldInput::Secret(SecretChange::Keep))];
    assert_eq!(one(&carried(&stored, &[("key", "hunter2")], keep()).await.unwrap()), "=hunter2");
    let error = message(carried(&stored, &[], keep()).await);
    let words = "Vendor does not hand this secret back. Enter it.";
    assert_eq!(error, ("key".to_owned(), words.to_owned()));
}

#[tokio::test]
async fn what_was_typed_stays_and_a_secret_that_is_not_stored_is_left_out() {
    let gone = SecretState { stored: false, replaced: false };
    let stored = [("gone", FieldValue::Secret(gone)), ("typed", FieldValue::Secret(SecretState::STORED))];
    let draft = vec![
        ("gone", FieldInput::Secret(SecretChange::Keep)),
        ("never", FieldInput::Secret(SecretChange::Keep)),
        ("typed", FieldInput::Secret(replace("mine"))),
    ];
    let told = [("gone", "old"), ("never", "old"), ("typed", "old")];
    assert_eq!(one(&carried(&stored, &told, draft).await.unwrap()), "=mine");
}

#[tokio::test]
async fn an_address_is_taken_over_byte_for_byte_and_by_the_names_of_its_parameters() {
    let whole = "https://me:p%20w@h.example/x?a%20b=1+2&flag&token=t%2F1#y";
    let stored = [("url", url("", "https://h.example/x#y", true, &["a%20b", "flag", "token"]))];
    let told = [("url", whole)];
    let all = address("https://h.example/x#y", true, &[("a%20b", 0), ("flag", 1), ("token", 2)]);
    assert_eq!(one(&carried(&stored, &told, vec![("url", all)]).await.unwrap()), format!("={whole}"));
    // The form knew the parameters at other places, and one of them has gone to another host.
    let moved = address("https://new.example/", false, &[("token", 0), ("flag", 1)]);
    let carried_over = carried(&stored, &told, vec![("url", moved)]).await.unwrap();
    assert_eq!(one(&carried_over), "=https://new.example/?token=t%2F1&flag");
    let other = address("https://h.example/", false, &[("secret", 2)]);
    let (path, words) = message(carried(&stored, &told, vec![("url", other)]).await);
    assert_eq!(path, "url");
    assert!(words.contains("secret") && !words.contains("t%2F1"), "{words}");
}

#[tokio::test]
async fn an_address_that_hides_nothing_is_taken_as_it_is_shown_and_a_hidden_one_never() {
    let keep = || vec![("url", FieldInput::Secret(SecretChange::Keep))];
    let plain = "https://h.example/x?flag";
    let shown = [("url", url(plain, "https://h.example/x", false, &[""]))];
    assert_eq!(one(&carried(&shown, &[], keep()).await.unwrap()), format!("={plain}"));
    for hidden in [url("m", "https://h.example", true, &[]), url("m", "https://h.example", false, &["a"])] {
        assert!(carried(&[("url", hidden)], &[], keep()).await.is_err());
    }
    let unreadable = [("url", FieldValue::Url(UrlView::unreadable()))];
    assert!(carried(&unreadable, &[], keep()).await.is_err());
}

#[tokio::test]
async fn an_address_that_keeps_nothing_is_left_to_the_provider() {
    let typed = FieldInput::Url(UrlInput {
        base: "no address".to_owned(),
        keep_userinfo: false,
        query: vec![QueryParamInput { name: "a".to_owned(), origin: None, value: replace("1") }],
    });
    let carried = carried(&[], &[], vec![("url", typed)]).await.unwrap();
    assert!(
        matches!(&carried.fields[&FieldPath::from("url")], FieldInput::Url(url) if url.base == "no address")
    );
}

#[tokio::test]
async fn values_of_pairs_are_taken_over_shown_ones_and_empty_ones_too() {
    let pairs = vec![
        pair("shown", Some("s"), true),
        pair("twice", None, true),
        pair("twice", None, true),
        pair("empty", None, false),
        pair("moved", None, true),
    ];
    let stored = [("headers", FieldValue::Pairs(pairs))];
    let told = [("headers.twice", "1"), ("headers.twice#2", "2"), ("headers.moved", "3")];
    let typed = PairInput { value: replace("mine"), ..kept("typed", 1) };
    let draft = vec![
        kept("shown", 0),
        kept("twice", 2),
        kept("empty", 3),
        kept("moved", 1),
        typed,
        PairInput { value: SecretChange::Clear, ..kept("cleared", 0) },
    ];
    let carried = carried(&stored, &told, vec![("headers", FieldInput::Pairs(draft))]).await.unwrap();
    let FieldInput::Pairs(pairs) = &carried.fields[&FieldPath::from("headers")] else { panic!() };
    let values: Vec<_> = pairs.iter().map(|pair| (pair.name.as_str(), said(&pair.value))).collect();
    let expected = ["=s", "=2", "clear", "=3", "=mine", "clear"].map(str::to_owned);
    assert_eq!(values.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>(), expected, "{values:?}");
    assert!(pairs.iter().all(|pair| pair.origin.is_none()));
}

#[tokio::test]
async fn a_value_never_goes_out_under_another_name_and_one_that_is_not_told_is_asked_for() {
    let pairs = vec![pair("a", None, true), pair("b", None, true), pair("b", None, true)];
    let stored = [("headers", FieldValue::Pairs(pairs))];
    let told = [("headers.b", "1"), ("headers.b#2", "2")];
    let keep = |name: &str, origin| vec![("headers", FieldInput::Pairs(vec![kept(name, origin)]))];
    let cases = [
        (keep("renamed", 1), "“renamed” has no stored value to keep. Enter its value."),
        // Which of the two was meant, nobody can say.
        (keep("b", 0), "“b” has no stored value to keep. Enter its value."),
        (keep("a", 0), "Vendor does not hand the value of “a” back. Enter it."),
    ];
    for (draft, words) in cases {
        let error = message(carried(&stored, &told, draft).await);
        assert_eq!(error, ("headers".to_owned(), words.to_owned()));
    }
}

#[tokio::test]
async fn conditions_refer_to_nothing_stored_any_more() {
    let expression = Condition::Expression { expression: "a = 1".to_owned(), origin: Some(1) };
    let set = ConditionSet { all: true, rows: vec![expression.clone()] };
    let carried = carried(&[], &[], vec![("c", FieldInput::Conditions(set))]).await.unwrap();
    let FieldInput::Conditions(set) = &carried.fields[&FieldPath::from("c")] else { panic!() };
    assert_eq!(*set, ConditionSet { all: true, rows: vec![expression.at(None)] });
}

#[tokio::test]
async fn every_field_that_cannot_be_taken_over_is_named() {
    let secret = FieldValue::Secret(SecretState::STORED);
    let stored = [("a", secret.clone()), ("b", secret)];
    let keep = || FieldInput::Secret(SecretChange::Keep);
    let errors = carried(&stored, &[], vec![("a", keep()), ("b", keep())]).await.unwrap_err();
    assert_eq!(errors.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}
