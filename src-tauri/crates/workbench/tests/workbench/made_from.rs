//! A webhook made from another one: what its form keeps comes from there, and is never shown.

use crate::common::{Bench, OFFICES, ZONES, keep, kinds, only, replace, text};
use serde_json::{Value, json};
use tacklebox_model::{
    Connection, Fault, FieldInput, FieldPath, FieldValue, Fields, ItemOutcome, ItemState, PairInput,
    PlanRequest, PlanView, QueryParamInput, Shown, UrlInput, UrlView, Webhook, WebhookDraft, WebhookId,
    WebhookPick,
};
use tacklebox_sandbox::BooqableEndpoint;

const MERIDIAN: &str = "meridian";
const RENTALS: &str = "kestrel-rentals";
/// Has two custom headers, a password and a query.
const ERP: &str = "mErpSync1hook000000001";
/// Has a token request with three parameters.
const CRM: &str = "mCrmOauth1hook00000002";
const AUTOMATION: &str = "mAutoFlow1hook00000005";
/// Has a query with a token.
const HEATMAP: &str = "Detections to heatmap archive";

impl Bench {
    /// The draft the window makes of a copy of this webhook: everything as it is, secrets kept.
    pub async fn copied(&self, webhook: &Webhook) -> WebhookDraft {
        let offer = self.workbench.offer(&webhook.connection).await.unwrap();
        let editable = offer.capabilities.fields().filter(|spec| spec.unavailable.is_none());
        let fields = editable
            .filter_map(|spec| webhook.fields.get(&spec.path).map(|value| (spec.path.clone(), kept(value))));
        let mut draft = WebhookDraft { fields: fields.collect() };
        if draft.fields.contains_key(&FieldPath::from("name")) {
            set(&mut draft, "name", text("Copy"));
        }
        draft
    }

    pub async fn plan_from(&self, source: &WebhookPick, draft: WebhookDraft) -> PlanView {
        self.workbench.plan(&create(source, draft)).await.unwrap()
    }

    /// Opens a webhook, and plans and applies a copy of it; its id, and the plan.
    async fn copy(&self, source: &WebhookPick) -> (String, PlanView) {
        let draft = self.copied(&self.open(source).await).await;
        let view = self.plan_from(source, draft).await;
        (made(&self.apply(&view).await), view)
    }

    fn epilot_webhook(&self, id: &str) -> Value {
        self.sandbox.epilot(MERIDIAN).unwrap().webhook(id).unwrap()
    }

    fn endpoint(&self, id: &str) -> BooqableEndpoint {
        self.sandbox.booqable(RENTALS).unwrap().endpoint(id).unwrap()
    }
}

fn create(source: &WebhookPick, draft: WebhookDraft) -> PlanRequest {
    PlanRequest::Create { connection: source.connection.clone(), draft, source: Some(source.id.clone()) }
}

fn pick(connection: &Connection, id: &str) -> WebhookPick {
    WebhookPick { connection: connection.id.clone(), id: WebhookId::from(id) }
}

fn set(draft: &mut WebhookDraft, path: &str, input: FieldInput) {
    draft.fields.insert(FieldPath::from(path), input);
}

fn kept(value: &FieldValue) -> FieldInput {
    match value {
        FieldValue::Text(text) => FieldInput::Text(text.clone()),
        FieldValue::Integer(number) => FieldInput::Integer(Some(*number)),
        FieldValue::Flag(on) => FieldInput::Flag(*on),
        FieldValue::List(items) => FieldInput::List(items.clone()),
        FieldValue::Url(view) => FieldInput::Url(kept_url(view)),
        FieldValue::Secret(_) => FieldInput::Secret(keep()),
        FieldValue::Pairs(pairs) => {
            let pairs = pairs.iter().enumerate().map(|(at, pair)| PairInput {
                group: pair.group.clone(),
                name: pair.name.clone(),
                origin: u32::try_from(at).ok(),
                value: keep(),
            });
            FieldInput::Pairs(pairs.collect())
        }
        FieldValue::Conditions(set) => FieldInput::Conditions(set.clone()),
        FieldValue::Json(value) => FieldInput::Json(value.clone()),
    }
}

fn kept_url(view: &UrlView) -> UrlInput {
    let query = view.query.iter().enumerate().map(|(at, param)| QueryParamInput {
        name: param.name.clone(),
        origin: u32::try_from(at).ok(),
        value: keep(),
    });
    UrlInput { base: view.base.clone(), keep_userinfo: view.has_userinfo, query: query.collect() }
}

/// The id of the only webhook that was made.
fn made(outcomes: &[ItemOutcome]) -> String {
    let [ItemOutcome::Done { row: Some(row), differences, incomplete: None, .. }] = outcomes else {
        panic!("{outcomes:?}")
    };
    assert_eq!(differences, &[], "the vendor stored what was asked");
    row.id.to_string()
}

fn after<'a>(view: &'a PlanView, path: &str) -> &'a Shown {
    let change = only(view).changes.iter().find(|change| change.path.as_str() == path);
    &change.unwrap_or_else(|| panic!("{path} is not in {view:?}")).after
}

/// The fields that are not right.
fn blocked(view: &PlanView) -> Vec<(&str, &str)> {
    let ItemState::Blocked { errors } = &only(view).state else { panic!("{view:?}") };
    errors.iter().map(|error| (error.path.as_str(), error.message.as_str())).collect()
}

#[tokio::test]
async fn a_copy_has_the_secrets_that_its_draft_kept_and_the_review_shows_none() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let source = bench.pick(&connection, OFFICES, ZONES);
    let before = bench.butlr(OFFICES).webhook(source.id.as_str()).unwrap();
    let (id, view) = bench.copy(&source).await;

    let endpoint = &before.endpoint_config;
    let (key, basic) = (endpoint.api_key.as_ref().unwrap(), endpoint.basic_auth.as_ref().unwrap());
    let copy = bench.butlr(OFFICES).webhook(&id).unwrap();
    assert!(copy.name == "Copy" && copy.endpoint_config == *endpoint && copy.filters == before.filters);
    assert!(bench.butlr(OFFICES).webhook(source.id.as_str()).unwrap() == before, "the source stays");

    let new = Shown::Secret { words: "new value".to_owned() };
    assert_eq!((after(&view, "auth.api_key.value"), after(&view, "auth.basic.password")), (&new, &new));
    let entry = bench.journal().remove(0);
    assert_eq!((entry.before, entry.webhook.map(|id| id.to_string())), (None::<Fields>, Some(id)));
    let seen = [serde_json::to_string(&view).unwrap(), serde_json::to_string(&bench.journal()).unwrap()];
    assert!(seen.iter().all(|seen| !seen.contains(&key.value) && !seen.contains(&basic.password)));
}

#[tokio::test]
async fn a_source_that_changed_meanwhile_is_taken_as_it_is_now() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let source = bench.pick(&connection, OFFICES, HEATMAP);
    let draft = bench.copied(&bench.open(&source).await).await;
    // The parameters change places, and another comes before them.
    let url = "https://heatmap.halden.example/v1/detections?v=2&token=their%2Ftoken&site=bergen";
    let patch = json!({ "endpoint_config": { "url": url } });
    bench.butlr(OFFICES).edit_webhook(source.id.as_str(), patch).unwrap();
    let view = bench.plan_from(&source, draft).await;
    let Shown::Text { text } = after(&view, "url") else { panic!("{view:?}") };
    assert!(text.contains("token=•••") && text.contains("new value for site, token"), "{text}");
    let copy = bench.butlr(OFFICES).webhook(&made(&bench.apply(&view).await)).unwrap();
    let carried = "https://heatmap.halden.example/v1/detections?site=bergen&token=their%2Ftoken";
    assert_eq!(copy.endpoint_config.url, carried);
}

#[tokio::test]
async fn a_source_that_is_gone_is_said_unless_nothing_is_needed_of_it() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let source = bench.pick(&connection, OFFICES, ZONES);
    let mut draft = bench.copied(&bench.open(&source).await).await;
    bench.butlr(OFFICES).delete_webhook(source.id.as_str()).unwrap();
    let error = bench.workbench.plan(&create(&source, draft.clone())).await.unwrap_err();
    assert_eq!(error.fault, Fault::NotFound);
    assert!(error.message.contains("made from no longer exists"), "{error}");
    assert!(error.place.is_some() && error.advice.is_some());
    set(&mut draft, "auth.api_key.value", FieldInput::Secret(replace("typed-key")));
    set(&mut draft, "auth.basic.password", FieldInput::Secret(replace("typed-password")));
    let id = made(&bench.apply(&bench.plan_from(&source, draft).await).await);
    let endpoint = bench.butlr(OFFICES).webhook(&id).unwrap().endpoint_config;
    assert_eq!(endpoint.api_key.unwrap().value, "typed-key");
}

#[tokio::test]
async fn without_a_source_there_is_nothing_to_keep() {
    let bench = Bench::start().await;
    let connection = bench.connect(OFFICES).await;
    let source = bench.pick(&connection, OFFICES, ZONES);
    let draft = bench.copied(&bench.open(&source).await).await;
    let view = bench.plan_create(&connection, draft).await;
    let paths: Vec<_> = blocked(&view).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["auth.api_key.value", "auth.basic.password"]);
}

#[tokio::test]
async fn what_epilot_does_not_hand_back_is_asked_for_and_what_it_does_is_taken_over() {
    let bench = Bench::start().await;
    let connection = bench.connect(MERIDIAN).await;
    let source = pick(&connection, ERP);
    let mut draft = bench.copied(&bench.open(&source).await).await;
    let view = bench.plan_from(&source, draft.clone()).await;
    let asked = ("auth.basic.password", "epilot does not hand this secret back. Enter it.");
    assert_eq!((blocked(&view), view.writable), (vec![asked], 0));

    set(&mut draft, "auth.basic.password", FieldInput::Secret(replace("typed-password")));
    let events = ["event_OrderPlaced", "event_ContractSigned"].map(str::to_owned);
    set(&mut draft, "events", FieldInput::List(events.into()));
    let outcomes = bench.apply(&bench.plan_from(&source, draft).await).await;
    assert_eq!(kinds(&outcomes), ["done", "done"]);
    let stored = bench.epilot_webhook(ERP);
    for outcome in &outcomes {
        let ItemOutcome::Done { row: Some(row), .. } = outcome else { panic!("{outcome:?}") };
        let copy = bench.epilot_webhook(row.id.as_str());
        let headers = "/payloadConfiguration/custom_headers";
        assert!(copy.pointer(headers).is_some_and(Value::is_object));
        assert_eq!((copy.pointer(headers), &copy["url"]), (stored.pointer(headers), &stored["url"]));
        assert_eq!(copy["auth"]["basicAuthConfig"]["password"], "typed-password");
    }
}

#[tokio::test]
async fn addresses_with_environment_variables_and_parameters_are_taken_over_as_they_stand() {
    let bench = Bench::start().await;
    let connection = bench.connect(MERIDIAN).await;
    let patch = json!({
        "url": "{{ env.host }}/orders?key={{ env.key }}&label=a%20b+c",
        "auth": { "oauthConfig": { "endpoint": "https://{{ env.login }}/token?tenant={{ env.tenant }}" } },
    });
    bench.sandbox.epilot(MERIDIAN).unwrap().edit_webhook(CRM, patch).unwrap();
    let source = pick(&connection, CRM);
    let mut draft = bench.copied(&bench.open(&source).await).await;
    set(&mut draft, "auth.oauth.client_secret", FieldInput::Secret(replace("typed-secret")));
    let view = bench.plan_from(&source, draft).await;
    let copy = bench.epilot_webhook(&made(&bench.apply(&view).await));
    let mut expected = bench.epilot_webhook(CRM);
    assert_eq!(copy["url"], expected["url"]);
    expected["auth"]["oauthConfig"]["clientSecret"] = json!("typed-secret");
    assert_eq!(copy["auth"], expected["auth"]);
}

#[tokio::test]
async fn what_the_form_does_not_show_is_named_as_not_taken_over() {
    let bench = Bench::start().await;
    let connection = bench.connect(MERIDIAN).await;
    let source = pick(&connection, AUTOMATION);
    let notices = |view: PlanView| {
        view.groups.into_iter().flat_map(|group| group.notices).map(|n| n.words).collect::<Vec<_>>()
    };
    let draft = bench.copied(&bench.open(&source).await).await;
    assert_eq!(notices(bench.plan_from(&source, draft.clone()).await), Vec::<String>::new());
    let patch = json!({ "newField": { "a": 1 } });
    bench.sandbox.epilot(MERIDIAN).unwrap().edit_webhook(AUTOMATION, patch).unwrap();
    let said = notices(bench.plan_from(&source, draft).await);
    assert!(matches!(&said[..], [words] if words.contains("Not taken over") && words.contains("newField")));
}

#[tokio::test]
async fn an_address_with_credentials_and_a_query_is_taken_over_at_booqable() {
    let bench = Bench::start().await;
    let connection = bench.connect(RENTALS).await;
    let id = bench.sandbox.booqable(RENTALS).unwrap().endpoints()[1].id.clone();
    let url = "https://me:p%40ss@erp.kestrel-rentals.example/booqable?secret=a%2Fb&flag&empty=";
    bench.sandbox.booqable(RENTALS).unwrap().edit_endpoint(&id, json!({ "url": url })).unwrap();
    let source = pick(&connection, &id);
    let (copy, view) = bench.copy(&source).await;
    assert_eq!(bench.endpoint(&copy).url, url);
    assert_eq!(bench.endpoint(&copy).events, bench.endpoint(&id).events);
    let Shown::Text { text } = after(&view, "url") else { panic!("{view:?}") };
    assert!(text.starts_with("https://•••@erp.") && !text.contains("p%40ss"), "{text}");
}
