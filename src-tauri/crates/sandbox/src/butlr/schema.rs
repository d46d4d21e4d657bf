//! The GraphQL schema of one organisation, in its dialect.

use std::sync::Arc;

use async_graphql::dynamic::{
    Enum, Field, FieldFuture, FieldValue, InputObject, InputValue, Object, ResolverContext, Scalar, Schema,
    SchemaBuilder, SchemaError, TypeRef,
};
use async_graphql::{Error, ErrorExtensions, Value};

use super::mutations::{self, Problem};
use super::state::State;
use super::{Dialect, assets};

/// The event types every published schema has.
const EVENT_TYPES: [&str; 5] =
    ["FLOOR_OCCUPANCY", "ROOM_OCCUPANCY", "ZONE_OCCUPANCY", "DETECTIONS", "TRAFFIC"];

/// The message of an error that only makes `data` null. The engine does not give a failed non-null field
/// its path; so the true errors are reported with theirs, and this one is taken out of the answer.
pub(super) const NULLED: &str = "nulled by another error";

pub(super) fn build(state: &Arc<State>) -> Result<Schema, SchemaError> {
    let query = assets::root_fields(Object::new("Query").field(list_webhooks(state)), state);
    let mutation = Object::new("Mutation")
        .field(change_webhooks("createWebhooks", "WebhookCreateInput", state, mutations::create))
        .field(change_webhooks("updateWebhooks", "WebhookUpdateInput", state, mutations::update))
        .field(delete_webhooks(state));
    let events = EVENT_TYPES.map(str::to_owned).into_iter().chain(state.dialect.extra_event_types.clone());
    let builder = Schema::build("Query", Some("Mutation"), None)
        .register(query)
        .register(mutation)
        .register(Enum::new("EventType").items(events))
        .register(Scalar::new("JSON"));
    let builder = inputs(outputs(builder, &state.dialect), &state.dialect);
    assets::types(builder).finish()
}

/// A field read from the parent's JSON by its own name.
pub(super) fn property(name: impl Into<String>, ty: TypeRef) -> Field {
    let name = name.into();
    Field::new(name.clone(), ty, move |ctx| {
        let Some(Value::Object(fields)) = ctx.parent_value.as_value() else {
            return FieldFuture::from_value(None);
        };
        FieldFuture::from_value(fields.get(name.as_str()).filter(|value| **value != Value::Null).cloned())
    })
}

/// Adds an error with a code to the answer, at the path of the field being resolved.
pub(super) fn report(ctx: &ResolverContext<'_>, message: &str, code: &str, field: Option<&str>) {
    let error = Error::new(message).extend_with(|_, extensions| {
        extensions.set("code", code);
        if let Some(field) = field {
            extensions.set("field", field);
        }
    });
    ctx.add_error(ctx.set_error_path(error.into_server_error(ctx.item.pos)));
}

fn list_nn(name: &str) -> TypeRef {
    TypeRef::named_nn_list_nn(name)
}

fn outputs(builder: SchemaBuilder, dialect: &Dialect) -> SchemaBuilder {
    let spell = |field| dialect.spelling.spell(field);
    let required = || TypeRef::named_nn(TypeRef::STRING);
    let mut webhook = Object::new("Webhook")
        .field(property("id", TypeRef::named_nn(TypeRef::ID)))
        .field(property("name", required()))
        .field(property(spell("event_types"), list_nn("EventType")))
        .field(property(spell("endpoint_config"), TypeRef::named_nn("EndpointConfig")));
    if dialect.has_filters {
        webhook = webhook
            .field(property("filters", TypeRef::named("JSON")))
            .field(property("send_on_value_change", TypeRef::named(TypeRef::BOOLEAN)));
    }
    let webhook = with_extra(webhook, &dialect.extra_webhook_fields);
    let endpoint = Object::new("EndpointConfig")
        .field(property("url", required()))
        .field(property(spell("http_timeout"), TypeRef::named_nn(TypeRef::INT)))
        .field(property(spell("api_key"), TypeRef::named("ApiKey")))
        .field(property(spell("basic_auth"), TypeRef::named("BasicAuth")));
    let endpoint = with_extra(endpoint, &dialect.extra_endpoint_fields);
    let api_key =
        Object::new("ApiKey").field(property("key", required())).field(property("value", required()));
    let basic_auth = Object::new("BasicAuth")
        .field(property("username", required()))
        .field(property("password", required()));
    builder.register(webhook).register(endpoint).register(api_key).register(basic_auth)
}

fn with_extra(object: Object, names: &[String]) -> Object {
    names.iter().fold(object, |object, name| object.field(property(name.as_str(), TypeRef::named("JSON"))))
}

fn inputs(builder: SchemaBuilder, dialect: &Dialect) -> SchemaBuilder {
    let spell = |field| dialect.spelling.spell(field);
    let required = |name: &str| InputValue::new(name, TypeRef::named_nn(TypeRef::STRING));
    let with_filters = |input: InputObject, wanted: bool| match wanted {
        true => input
            .field(InputValue::new("filters", TypeRef::named("JSON")))
            .field(InputValue::new("send_on_value_change", TypeRef::named(TypeRef::BOOLEAN))),
        false => input,
    };
    let create = InputObject::new("WebhookCreateInput")
        .field(required("name"))
        .field(InputValue::new(spell("event_types"), list_nn("EventType")))
        .field(InputValue::new(spell("endpoint_config"), TypeRef::named_nn("EndpointConfigInput")));
    let update = InputObject::new("WebhookUpdateInput")
        .field(InputValue::new("id", TypeRef::named_nn(TypeRef::ID)))
        .field(InputValue::new("name", TypeRef::named(TypeRef::STRING)))
        .field(InputValue::new(spell("event_types"), TypeRef::named_nn_list("EventType")))
        .field(InputValue::new(spell("endpoint_config"), TypeRef::named("EndpointConfigInput")));
    let endpoint = InputObject::new("EndpointConfigInput")
        .field(required("url"))
        .field(InputValue::new(spell("http_timeout"), TypeRef::named_nn(TypeRef::INT)))
        .field(InputValue::new(spell("api_key"), TypeRef::named("ApiKeyInput")))
        .field(InputValue::new(spell("basic_auth"), TypeRef::named("BasicAuthInput")));
    let endpoint = dialect
        .extra_endpoint_fields
        .iter()
        .fold(endpoint, |input, name| input.field(InputValue::new(name.as_str(), TypeRef::named("JSON"))));
    builder
        .register(with_filters(create, dialect.has_filters && dialect.create_accepts_filters))
        .register(with_filters(update, dialect.has_filters))
        .register(endpoint)
        .register(InputObject::new("ApiKeyInput").field(required("key")).field(required("value")))
        .register(InputObject::new("BasicAuthInput").field(required("username")).field(required("password")))
}

/// `webhooks: [Webhook!]`, a bare list without arguments.
fn list_webhooks(state: &Arc<State>) -> Field {
    let state = state.clone();
    Field::new("webhooks", TypeRef::named_nn_list("Webhook"), move |ctx| {
        if state.fails("webhooks") {
            report(&ctx, "webhooks could not be resolved", "INTERNAL_SERVER_ERROR", None);
            return FieldFuture::from_value(None);
        }
        let list = state.with_webhooks(|webhooks| {
            webhooks.iter().map(|webhook| FieldValue::value(webhook.to_graphql(&state.dialect))).collect()
        });
        FieldFuture::Value(Some(FieldValue::list::<Vec<FieldValue<'_>>, _>(list)))
    })
}

type Change = fn(&State, serde_json::Value) -> Result<Vec<Value>, Vec<Problem>>;

/// A batch mutation from a list of inputs to the webhooks they made.
fn change_webhooks(name: &'static str, input: &'static str, state: &Arc<State>, change: Change) -> Field {
    let state = state.clone();
    Field::new(name, TypeRef::named_nn_list("Webhook"), move |ctx| {
        let list = match argument(&ctx, "input").and_then(|input| change(&state, input)) {
            Ok(webhooks) => Some(Value::List(webhooks)),
            Err(problems) => {
                report_all(&ctx, &problems);
                None
            }
        };
        FieldFuture::from_value(list)
    })
    .argument(InputValue::new("input", list_nn(input)))
}

fn delete_webhooks(state: &Arc<State>) -> Field {
    let state = state.clone();
    Field::new("deleteWebhooks", TypeRef::named_nn(TypeRef::BOOLEAN), move |ctx| {
        match argument(&ctx, "ids").and_then(|ids| mutations::delete(&state, ids)) {
            Ok(()) => FieldFuture::from_value(Some(Value::Boolean(true))),
            Err(problems) => {
                report_all(&ctx, &problems);
                FieldFuture::new(async { Err::<Option<Value>, _>(Error::new(NULLED)) })
            }
        }
    })
    .argument(InputValue::new("ids", list_nn(TypeRef::ID)))
}

fn report_all(ctx: &ResolverContext<'_>, problems: &[Problem]) {
    for problem in problems {
        report(ctx, &problem.message, "BAD_USER_INPUT", Some(&problem.field));
    }
}

fn argument(ctx: &ResolverContext<'_>, name: &str) -> Result<serde_json::Value, Vec<Problem>> {
    ctx.args
        .try_get(name)
        .ok()
        .and_then(|value| value.as_value().clone().into_json().ok())
        .ok_or_else(|| vec![Problem::new("arguments", name, "is required")])
}
