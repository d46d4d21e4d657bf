//! The request bodies of the vendor's document.

use super::validate::{Field, Shape};

const METHODS: Shape = Shape::OneOf(&["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"]);

/// `WebhookConfig` as it may be sent.
pub(super) static WEBHOOK: Shape = Shape::Object(&[
    Field::optional("id", Shape::ReadOnly),
    Field::required("name", Shape::Text),
    Field::required("eventName", Shape::Text),
    Field::optional("eventVersion", Shape::VersionOrNull),
    Field::optional("url", Shape::Text),
    // Assumption: these two and `_manifest`, which the document does not mark read-only, are the server's.
    Field::optional("creationTime", Shape::Unchanged(&Shape::Text)),
    Field::optional("updatedTime", Shape::Unchanged(&Shape::Text)),
    Field::optional("httpMethod", METHODS),
    Field::optional("enabled", Shape::Boolean),
    Field::optional("auth", AUTH),
    Field::optional("filter", FILTER),
    Field::optional("payloadConfiguration", PAYLOAD),
    Field::optional("enableStaticIP", Shape::Boolean),
    Field::optional("protected", Shape::Boolean),
    Field::optional("secureProxy", SECURE_PROXY),
    Field::optional("status", Shape::OneOf(&["active", "inactive", "incomplete"])),
    Field::optional("jsonataExpression", Shape::Text),
    Field::optional("deliveryMode", Shape::OneOf(&["json_base64", "binary_multipart"])),
    Field::optional("multipartConfig", MULTIPART),
    Field::optional("retryPolicy", RETRY),
    Field::optional("filterConditions", CONDITIONS),
    Field::optional("_manifest", Shape::Unchanged(&Shape::List(&Shape::Uuid, 0, usize::MAX))),
    Field::optional("signingSecret", Shape::ReadOnly),
]);

const AUTH: Shape = Shape::Object(&[
    Field::required("authType", Shape::OneOf(&["BASIC", "OAUTH_CLIENT_CREDENTIALS", "API_KEY", "NONE"])),
    Field::optional(
        "basicAuthConfig",
        Shape::Object(&[
            Field::required("username", Shape::Text),
            Field::optional("password", Shape::TextOrNull),
            Field::optional("passwordIsEnvVar", Shape::Boolean),
        ]),
    ),
    Field::optional(
        "oauthConfig",
        Shape::Object(&[
            Field::required("clientId", Shape::Text),
            Field::optional("clientSecret", Shape::TextOrNull),
            Field::optional("clientSecretIsEnvVar", Shape::Boolean),
            Field::required("endpoint", Shape::Text),
            Field::required("httpMethod", METHODS),
            Field::optional("customParameterList", Shape::List(&OAUTH_PARAMETER, 0, usize::MAX)),
        ]),
    ),
    Field::optional(
        "apiKeyConfig",
        Shape::Object(&[
            Field::required("keyName", Shape::Text),
            Field::optional("keyValue", Shape::TextOrNull),
            Field::optional("keyValueIsEnvVar", Shape::Boolean),
        ]),
    ),
]);

const OAUTH_PARAMETER: Shape = Shape::Object(&[
    Field::required("type", Shape::OneOf(&["body", "query", "header"])),
    Field::required("key", Shape::Text),
    Field::required("value", Shape::Text),
]);

const FILTER: Shape = Shape::Object(&[
    Field::required("keyToFilter", Shape::Text),
    Field::required("supportedValues", Shape::List(&Shape::Text, 0, usize::MAX)),
]);

const PAYLOAD: Shape = Shape::Object(&[
    Field::optional("hydrate_entity", Shape::Boolean),
    Field::optional("include_relations", Shape::Boolean),
    Field::optional("include_activity", Shape::Boolean),
    Field::optional("include_changed_attributes", Shape::Boolean),
    Field::optional("apply_changesets", Shape::Boolean),
    Field::optional("custom_headers", Shape::TextMap),
]);

const SECURE_PROXY: Shape = Shape::Object(&[
    Field::required("integration_id", Shape::Uuid),
    Field::required("use_case_slug", Shape::Text),
]);

const MULTIPART: Shape = Shape::Object(&[
    Field::optional("fileFieldName", Shape::Text),
    Field::optional("fileFieldStrategy", Shape::OneOf(&["single", "multi"])),
    Field::optional("fileSource", Shape::Text),
    Field::optional("extraFields", Shape::TextMap),
]);

const RETRY: Shape = Shape::Object(&[
    Field::required("enabled", Shape::Boolean),
    Field::optional("maxAttempts", Shape::Whole(1, 5)),
]);

const CONDITIONS: Shape = Shape::Object(&[
    Field::optional("conditions", Shape::List(&CONDITION, 0, 10)),
    Field::optional("logical_operator", Shape::OneOf(&["AND", "OR"])),
]);

const CONDITION: Shape = Shape::Object(&[
    Field::optional("field", Shape::Text),
    Field::optional(
        "operation",
        Shape::OneOf(&[
            "equals",
            "not_equals",
            "any_of",
            "none_of",
            "contains",
            "not_contains",
            "starts_with",
            "ends_with",
            "greater_than",
            "less_than",
            "greater_than_or_equals",
            "less_than_or_equals",
            "is_empty",
            "is_not_empty",
            "length_equals",
            "length_not_equals",
            "length_greater_than",
            "length_less_than",
            "length_greater_than_or_equals",
            "length_less_than_or_equals",
        ]),
    ),
    Field::optional("values", Shape::List(&Shape::Text, 0, usize::MAX)),
    Field::optional("field_type", Shape::OneOf(&["string", "number", "boolean", "date", "datetime"])),
    Field::optional("is_array_field", Shape::Boolean),
    Field::optional("repeatable_item_op", Shape::Boolean),
    Field::optional("jsonata_expression", Shape::ShortText(15_000)),
]);

/// `ExecutionPayload`: beside `metadata` anything goes.
pub(super) static EXECUTION: Shape = Shape::OpenObject(&[Field::required(
    "metadata",
    Shape::Object(&[
        Field::optional("action", Shape::Text),
        Field::optional("origin", Shape::Text),
        Field::optional("creation_timestamp", Shape::Text),
        Field::optional("webhook_id", Shape::Text),
        Field::optional("webhook_name", Shape::Text),
        Field::optional("automation_name", Shape::Text),
        Field::required("organization_id", Shape::Text),
        Field::optional("user_id", Shape::Text),
        Field::optional("correlation_id", Shape::Text),
        Field::optional("execution_id", Shape::Text),
        Field::optional("action_id", Shape::Text),
    ]),
)]);

/// `SearchOptions`.
pub(super) static SEARCH: Shape = Shape::Object(&[
    Field::optional("limit", Shape::Whole(1, 25)),
    Field::optional(
        "cursor",
        Shape::Object(&[
            Field::optional("created_at", Shape::Timestamp),
            Field::optional("event_id", Shape::Text),
        ]),
    ),
    Field::optional(
        "timestamp",
        Shape::Object(&[Field::optional("from", Shape::Timestamp), Field::optional("to", Shape::Timestamp)]),
    ),
    Field::optional("event_id", Shape::Text),
    Field::optional("status", Shape::OneOf(&["succeeded", "failed", "skipped"])),
]);

/// `ReplayRequest`.
pub(super) static REPLAY: Shape = Shape::Object(&[Field::optional("reapply_transform", Shape::Boolean)]);

/// `BatchReplayRequest`.
pub(super) static REPLAY_BATCH: Shape = Shape::Object(&[
    Field::required("eventIds", Shape::List(&Shape::Text, 1, 100)),
    Field::optional("reapply_transform", Shape::Boolean),
]);

/// `ExampleRequest`.
pub(super) static EXAMPLE: Shape = Shape::Object(&[Field::optional("automation_id", Shape::Text)]);
