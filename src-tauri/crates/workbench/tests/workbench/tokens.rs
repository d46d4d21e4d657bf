//! Token requests that are tried alone, over the simulators: the authorisation server is the sandbox's own.

use crate::common::{Bench, OFFICES, ROOMS, draft, keep, replace, text, until, url};
use tacklebox_model::{
    AppError, Connection, Fault, FieldInput, OperationId, PairInput, SecretChange, WebhookDraft, WebhookId,
    WebhookPick,
};
use tacklebox_sandbox::{Fault as Trouble, FaultAction, LoggedRequest};
use tacklebox_workbench::view::{TokenAskRequest, TokenTrial, TokenTryRequest};

const MERIDIAN: &str = "meridian";
/// Fetches a token; its vendor stores a secret and three parameters.
const CRM: &str = "mCrmOauth1hook00000002";
/// Does not use OAuth.
const ERP: &str = "mErpSync1hook000000001";
const SECRET: &str = "sandbox-epilot-oauth-8d2e61";
const TOKEN_PATH: &str = "/oauth2/token";

struct World {
    bench: Bench,
    connection: Connection,
}

impl World {
    async fn new() -> Self {
        let bench = Bench::start().await;
        let connection = bench.connect(MERIDIAN).await;
        Self { bench, connection }
    }

    /// The form of the stored webhook, with another address and this secret.
    fn form(&self, secret: SecretChange) -> WebhookDraft {
        let stored = [("body", "scope"), ("query", "resource"), ("header", "X-Client-Assertion")];
        let parameters = (0..).zip(stored).map(|(at, (group, name))| pair(group, name, Some(at), keep()));
        draft([
            ("auth.oauth.endpoint", url(&self.bench.sandbox.token_url())),
            ("auth.oauth.method", text("POST")),
            ("auth.oauth.client_id", text(" meridian-epilot ")),
            ("auth.oauth.client_secret", FieldInput::Secret(secret)),
            ("auth.oauth.client_secret_is_env", FieldInput::Flag(false)),
            ("auth.oauth.parameters", FieldInput::Pairs(parameters.collect())),
        ])
    }

    /// The same of a new webhook, which has nothing stored.
    fn new_form(&self, parameters: Vec<PairInput>) -> WebhookDraft {
        with(self.form(replace(SECRET)), "auth.oauth.parameters", FieldInput::Pairs(parameters))
    }

    fn request(&self, webhook: Option<&str>, draft: WebhookDraft) -> TokenTryRequest {
        TokenTryRequest {
            connection: self.connection.id.clone(),
            webhook: webhook.map(WebhookId::from),
            draft,
            operation: OperationId::random(),
        }
    }

    async fn attempt(&self, webhook: Option<&str>, draft: WebhookDraft) -> Result<TokenTrial, AppError> {
        let tried = self.bench.workbench.try_token(&self.request(webhook, draft)).await;
        let crossed = match &tried {
            Ok(trial) => format!("{trial:?} {}", serde_json::to_string(trial).unwrap()),
            Err(error) => format!("{error:?} {error}"),
        };
        // The stored assertion is not to be seen either, nor the beginning of any token of the sandbox.
        for secret in [SECRET, "sandbox-assertion-4471", "sandbox-"] {
            assert!(!crossed.contains(secret), "{crossed}");
        }
        tried
    }

    /// The path and the words of the only field that is refused; nobody was asked for a token.
    async fn refused(&self, webhook: Option<&str>, draft: WebhookDraft) -> (String, String) {
        let error = self.attempt(webhook, draft).await.unwrap_err();
        assert!(error.place.as_deref().unwrap().contains("trying a token request"), "{error:?}");
        let Fault::Validation { fields } = &error.fault else { panic!("{error:?}") };
        let [field] = &fields[..] else { panic!("{fields:?}") };
        assert!(self.asked().is_empty());
        (field.path.to_string(), field.message.clone())
    }

    /// What the authorisation server was asked.
    fn asked(&self) -> Vec<LoggedRequest> {
        let requests = self.bench.sandbox.log().requests();
        requests.into_iter().filter(|request| request.path.starts_with(TOKEN_PATH)).collect()
    }

    fn ask(&self, id: &str) -> TokenAskRequest {
        let webhook = WebhookPick { connection: self.connection.id.clone(), id: WebhookId::from(id) };
        TokenAskRequest { webhook, operation: OperationId::random() }
    }
}

fn pair(group: &str, name: &str, origin: Option<u32>, value: SecretChange) -> PairInput {
    PairInput { group: Some(group.into()), name: name.into(), origin, value }
}

fn with(mut draft: WebhookDraft, path: &str, input: FieldInput) -> WebhookDraft {
    draft.fields.insert(path.into(), input);
    draft
}

#[tokio::test]
async fn a_typed_secret_and_kept_parameters_bring_a_token() {
    let world = World::new().await;
    let trial = world.attempt(Some(CRM), world.form(replace(SECRET))).await.unwrap();
    assert!(trial.ok, "{trial:?}");
    assert_eq!(trial.words, "The server handed out a Bearer token. It lasts 3600 seconds.");
    assert_eq!((trial.http_status, trial.token_type.as_deref()), (Some(200), Some("Bearer")));
    assert_eq!((trial.expires_in_s, trial.advice.as_deref()), (Some(3600), None));
    let response = trial.response.unwrap();
    assert!(response.contains(r#""access_token": "•••""#), "{response}");
    let [asked] = &world.asked()[..] else { panic!("asked once") };
    assert_eq!(
        (asked.method.as_str(), asked.path.as_str()),
        ("POST", "/oauth2/token?resource=https%3A%2F%2Fcrm.meridian-energie.example")
    );
    assert_eq!(asked.headers["x-client-assertion"], "sandbox-assertion-4471");
    let form = format!(
        "grant_type=client_credentials&client_id=meridian-epilot&client_secret={SECRET}&scope=crm.write"
    );
    assert_eq!(asked.body, form);
}

#[tokio::test]
async fn a_refusal_is_a_result_in_words_with_advice() {
    let world = World::new().await;
    let trial =
        world.attempt(None, with(world.new_form(vec![]), "auth.oauth.client_id", text("other"))).await;
    let trial = trial.unwrap();
    assert_eq!((trial.ok, trial.http_status), (false, Some(401)));
    let words = "The server does not accept the client ID and secret (invalid_client). It says: “the client is not known”.";
    assert_eq!(trial.words, words);
    assert!(trial.advice.unwrap().contains("typing errors"));
    let nobody = with(world.new_form(vec![]), "auth.oauth.endpoint", url("http://localhost:1/token"));
    let trial = world.attempt(None, nobody).await.unwrap();
    assert_eq!((trial.words.as_str(), trial.http_status), ("localhost:1 refuses connections.", None));
    assert_eq!((trial.response, trial.ok), (None, false));
}

#[tokio::test]
async fn a_kept_secret_that_the_vendor_does_not_hand_back_is_refused() {
    let world = World::new().await;
    let (path, words) = world.refused(Some(CRM), world.form(keep())).await;
    assert_eq!(path, "auth.oauth.client_secret");
    assert_eq!(words, "epilot does not hand this secret back. Enter it.");
}

#[tokio::test]
async fn what_only_the_vendor_can_fill_in_is_refused() {
    let world = World::new().await;
    let is_env = with(world.form(keep()), "auth.oauth.client_secret_is_env", FieldInput::Flag(true));
    let (path, words) = world.refused(Some(CRM), is_env).await;
    assert_eq!(path, "auth.oauth.client_secret");
    assert_eq!(
        words,
        "The client secret is an environment variable of epilot; only epilot can read it. Ask epilot instead."
    );
    let reference = "{{ env.login_key }}";
    let parameter = pair("query", "key", None, replace(reference));
    for (form, wanted) in [
        (
            with(world.new_form(vec![]), "auth.oauth.endpoint", url("https://{{ env.host }}/token")),
            "endpoint",
        ),
        (with(world.new_form(vec![]), "auth.oauth.client_id", text(reference)), "client_id"),
        (world.new_form(vec![parameter]), "parameters"),
    ] {
        let (path, words) = world.refused(None, form).await;
        assert_eq!(path, format!("auth.oauth.{wanted}"));
        assert!(words.contains("only epilot knows") && words.ends_with("Ask epilot instead."), "{words}");
        assert!(!words.contains("login_key"), "{words}");
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_at_its_field() {
    let world = World::new().await;
    let new = || world.new_form(vec![]);
    let parameter = |group: &str, name: &str, value| world.new_form(vec![pair(group, name, None, value)]);
    for (form, path, words) in [
        (with(new(), "auth.oauth.method", text("HEAD")), "method", "cannot be asked for by HEAD"),
        (with(new(), "auth.oauth.endpoint", url("http://login.example/")), "endpoint", "in clear"),
        (with(new(), "auth.oauth.endpoint", url("")), "endpoint", "address"),
        (with(new(), "auth.oauth.client_id", text(" ")), "client_id", "Enter the client ID."),
        (parameter("body", "scope", keep()), "parameters", "no stored value to keep"),
        (parameter("cookie", "a", replace("b")), "parameters", "Choose where"),
        (parameter("header", "Host", replace("b")), "parameters", "Host"),
    ] {
        let (found, said) = world.refused(None, form).await;
        assert_eq!(found, format!("auth.oauth.{path}"));
        assert!(said.contains(words), "{said}");
    }
}

#[tokio::test]
async fn a_form_whose_webhook_is_gone_is_refused_only_if_it_keeps_something() {
    let world = World::new().await;
    let error = world.attempt(Some("gone"), world.form(replace(SECRET))).await.unwrap_err();
    assert_eq!(error.fault, Fault::NotFound);
    assert!(world.attempt(Some("gone"), world.new_form(vec![])).await.unwrap().ok);
}

#[tokio::test]
async fn the_vendor_tells_what_came_of_its_own_request() {
    let world = World::new().await;
    let workbench = &world.bench.workbench;
    let good = workbench.ask_for_token(&world.ask(CRM)).await.unwrap();
    assert_eq!((good.ok, good.words.contains("fetched a Bearer token")), (true, true));
    world.bench.sandbox.epilot(MERIDIAN).unwrap().set_oauth_error(Some("invalid_client"));
    let bad = workbench.ask_for_token(&world.ask(CRM)).await.unwrap();
    assert!(!bad.ok && bad.words.contains("invalid_client"), "{bad:?}");
    let none = workbench.ask_for_token(&world.ask(ERP)).await.unwrap();
    assert!(!none.ok && none.words.contains("does not use OAuth"), "{none:?}");
    let error = workbench.ask_for_token(&world.ask("gone")).await.unwrap_err();
    assert_eq!(error.fault, Fault::NotFound);
    assert!(error.place.unwrap().ends_with("having a token fetched"));
}

#[tokio::test]
async fn a_vendor_without_token_requests_is_not_asked() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let request = TokenTryRequest {
        connection: connection.id.clone(),
        webhook: None,
        draft: WebhookDraft::default(),
        operation: OperationId::random(),
    };
    let tried = bench.workbench.try_token(&request).await.unwrap_err();
    let webhook = bench.pick(&connection, OFFICES, ROOMS);
    let asked = TokenAskRequest { webhook, operation: OperationId::random() };
    let asked = bench.workbench.ask_for_token(&asked).await.unwrap_err();
    for error in [tried, asked] {
        assert_eq!(error.fault, Fault::NotFound);
        assert!(error.message.starts_with("Butlr has no token request"), "{error:?}");
    }
}

#[tokio::test]
async fn both_can_be_stopped_while_they_wait() {
    let world = World::new().await;
    let workbench = &world.bench.workbench;
    let hang = |target: &str| world.bench.sandbox.faults().push(Trouble::new(target, FaultAction::Hang));
    let arrived = |path: &'static str| {
        let log = world.bench.sandbox.log();
        until(move || log.requests().iter().any(|request| request.path.contains(path)))
    };
    hang(TOKEN_PATH);
    let request = world.request(None, world.new_form(vec![]));
    let stopping = async {
        arrived(TOKEN_PATH).await;
        workbench.cancel(&request.operation);
    };
    let (tried, ()) = tokio::join!(workbench.try_token(&request), stopping);
    hang("/test-oauth");
    let request = world.ask(CRM);
    let stopping = async {
        arrived("/test-oauth").await;
        workbench.cancel(&request.operation);
    };
    let (asked, ()) = tokio::join!(workbench.ask_for_token(&request), stopping);
    assert_eq!((tried.unwrap_err().fault, asked.unwrap_err().fault), (Fault::Cancelled, Fault::Cancelled));
}
