use super::*;
use proptest::prelude::*;
use std::process::Command;
use tacklebox_model::EndpointUrl;

/// What a shell makes of a word, with these variables.
fn said(word: &str, variables: &[(&str, &str)]) -> String {
    let output = Command::new("sh")
        .args(["-c", &format!("printf %s {word}")])
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    assert!(output.status.success(), "{word}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn post(headers: Vec<(String, String)>, body: Body<'_>) -> Request<'_> {
    Request { title: "Do it", method: "POST", url: "https://api.example/hooks".into(), headers, body }
}

#[test]
fn a_request_is_shown_in_words_and_as_a_command() {
    let mut secrets = Placeholders::new();
    let headers = vec![secrets.bearer()];
    let body = json!({ "key": secrets.secret("API_KEY", "<API key>", &json!("k-canary")), "name": "it's" });
    let preview = secrets.preview(post(headers, Body::Json(body)));
    assert_eq!(preview.headers, [("Authorization".to_owned(), "Bearer <access token>".to_owned())]);
    assert_eq!(preview.body, "{\n  \"key\": \"<API key>\",\n  \"name\": \"it's\"\n}");
    let lines = [
        "# Set ACCESS_TOKEN, API_KEY first. Inside JSON strings, so with double quotes and backslashes escaped: API_KEY.",
        r#": "${ACCESS_TOKEN?}" "${API_KEY?}" &&"#,
        r"curl --request POST 'https://api.example/hooks' \",
        r#"  --header 'Authorization: Bearer '"$ACCESS_TOKEN" \"#,
        "  --data-raw '{",
        r#"  "key": "'"$API_KEY"'","#,
        r#"  "name": "it'\''s""#,
        "}'",
    ];
    assert_eq!(preview.curl, lines.join("\n"));
    assert_eq!(preview.graphql, None);
}

#[test]
fn a_command_without_secrets_has_nothing_to_set() {
    let mut request = post(vec![], Body::Nothing);
    request.url = "https://[::1]/".into();
    assert_eq!(Placeholders::new().preview(request).curl, "curl --globoff --request POST 'https://[::1]/'");
}

#[test]
fn a_graphql_document_comes_with_variables_to_fill_in() {
    let mut secrets = Placeholders::new();
    let variables = json!({ "id": secrets.secret("WEBHOOK_ID", "<id>", &json!("i")), "x": secrets.kept("x", &json!([1])) });
    let body = Body::GraphQl { document: "query Q { a }\n", variables };
    let preview = secrets.preview(post(vec![], body));
    let parts = "query Q { a }\n\n# variables\n{\n  \"id\": \"<id>\",\n  \"x\": \"<kept as it is>\"\n}";
    assert_eq!(preview.body, parts);
    let named = parts.replace("<id>", "$WEBHOOK_ID").replace("<kept as it is>", "$KEPT_X");
    assert_eq!(preview.graphql.unwrap(), named);
    let (_, data) = preview.curl.split_once("--data-raw ").unwrap();
    let sent: Value = serde_json::from_str(&said(data, &[("WEBHOOK_ID", "i"), ("KEPT_X", "[1]")])).unwrap();
    assert_eq!(sent, json!({ "query": "query Q { a }\n", "variables": { "id": "i", "x": [1] } }));
}

#[test]
fn a_command_stops_where_a_variable_is_not_set() {
    let mut secrets = Placeholders::new();
    let headers = vec![secrets.bearer()];
    let curl = secrets.preview(post(headers, Body::Nothing)).curl;
    let run = |variables: &[(&str, &str)]| {
        let command = curl.replace("curl --request", "echo reached");
        let output =
            Command::new("sh").args(["-c", &command]).env_clear().envs(variables.iter().copied()).output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    assert_eq!(run(&[]), "");
    assert!(run(&[("ACCESS_TOKEN", "")]).starts_with("reached"));
}

#[test]
fn variables_have_names_a_shell_takes_and_each_its_own() {
    let mut secrets = Placeholders::new();
    for name in
        ["HEADER_X-Api-Key", "HEADER_x api key", "clientSecret", "QUERY_ä$(id)`", "QUERY_", "KEPT_a.b"]
    {
        secrets.mark(name, "<secret>", Place::Text);
    }
    let names: Vec<_> = secrets.holes.iter().map(|hole| hole.variable.as_str()).collect();
    let wanted = ["HEADER_X_API_KEY", "HEADER_X_API_KEY_2", "CLIENT_SECRET", "QUERY_ID", "QUERY", "KEPT_A_B"];
    assert_eq!(names, wanted);
    assert!(variable(&"a".repeat(500)).len() <= LONGEST_NAME);
}

#[test]
fn what_is_to_be_set_is_said_without_anything_a_shell_could_stumble_over() {
    let mut secrets = Placeholders::new();
    let _ = secrets.bearer();
    let url = EndpointUrl::parse("https://me:pw@h.example/?a'b=1").unwrap();
    let body = json!([
        secrets.address("", Some(&url.view())),
        secrets.kept("x\n;id", &json!(1)),
        secrets.secret("k`", "<secret>", &json!("s"))
    ]);
    let curl = secrets.preview(post(vec![], Body::Json(body))).curl;
    let comment = curl.lines().next().unwrap();
    assert!(comment.chars().all(|c| c.is_ascii_alphanumeric() || "# ,.:_-".contains(c)), "{comment}");
    assert!(comment.contains("percent-encoded: URL_CREDENTIALS, QUERY_A_B."), "{comment}");
    assert!(comment.contains("as they are stored now: KEPT_X_ID."), "{comment}");
}

#[test]
fn a_null_hides_nothing_and_stays_one() {
    let mut secrets = Placeholders::new();
    assert_eq!(secrets.kept("x", &Value::Null), Value::Null);
    assert_eq!(secrets.secret("x", "<secret>", &Value::Null), Value::Null);
    assert!(secrets.holes.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_shell_reads_any_text_as_it_is(text in "(\\PC|[\n\t'\"`$!\\\\*])*") {
        prop_assert_eq!(said(&quoted(&text), &[]), text);
    }

    #[test]
    fn values_are_put_between_any_texts(parts in prop::collection::vec("(\\PC|[\n'\"`$\\\\;])*", 2..4), value in "[^\0]*") {
        let mut secrets = Placeholders::new();
        let mark = secrets.mark("NAME", "<secret>", Place::Text);
        let text = parts.join(&mark);
        prop_assert_eq!(said(&secrets.in_shell(&text), &[("NAME", &value)]), parts.join(&value));
        prop_assert_eq!(secrets.in_words(&text), parts.join("<secret>"));
    }

    #[test]
    fn an_address_is_shown_masked_and_filled_in_whole(
        user in prop::option::of("[a-z]{1,4}(:[a-z•]{0,4})?"), path in "[a-z/•%]{0,6}",
        query in prop::option::of("[a-z•]{0,3}(=[a-z=•]{0,3})?(&[a-z']{0,3}(=[a-z]{0,3})?){0,2}"),
        fragment in prop::option::of("[a-z•?]{0,4}"),
    ) {
        let user = user.map(|user| format!("{user}@")).unwrap_or_default();
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        let text = format!("https://{user}h.example/{path}{query}{fragment}");
        let view = EndpointUrl::parse(&text).unwrap().view();
        let mut secrets = Placeholders::new();
        let marked = secrets.address("", Some(&view));
        let marked = marked.as_str().unwrap();
        prop_assert_eq!(secrets.in_words(marked), view.masked);
        let params = query.strip_prefix('?').unwrap_or_default().split('&').filter_map(|param| param.split_once('='));
        let user = user.strip_suffix('@').into_iter();
        let values: Vec<&str> = user.chain(params.map(|(_, value)| value)).collect();
        let names: Vec<&str> = secrets.holes.iter().map(|hole| hole.variable.as_str()).collect();
        let variables: Vec<(&str, &str)> = names.into_iter().zip(values).collect();
        prop_assert_eq!(said(&secrets.in_shell(marked), &variables), text);
    }
}
