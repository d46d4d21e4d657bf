//! The form of a webhook.

use super::conditions;
use super::pairs::GROUPS;
use super::paths::*;
use crate::spec::{choice, choices, code_text, field, section, shown_when, shown_with, switch, text};
use tacklebox_model::{CodeLanguage, FieldKind, FieldPath, FieldSpec, FieldValue, Section};

/// Its parts, top to bottom.
pub fn sections() -> Vec<Section> {
    vec![endpoint(), events(), authentication(), content(), filter(), delivery(), state()]
}

fn endpoint() -> Section {
    let fields = vec![
        FieldSpec { required: true, ..text(FieldPath::NAME, "Name") },
        FieldSpec {
            required: true,
            ..helped(
                FieldSpec {
                    placeholder: Some("https://example.com/hooks".into()),
                    ..field(FieldPath::URL, "URL", FieldKind::Url { https_only: false })
                },
                "May hold environment variables of the organisation, as {{ env.key }}.",
            )
        },
        FieldSpec { default: Some(FieldValue::Text("POST".into())), ..choice(METHOD, "Method", &METHODS) },
    ];
    section("endpoint", "Endpoint", None, fields)
}

fn events() -> Section {
    let fields = vec![
        FieldSpec { required: true, ..field(FieldPath::EVENTS, "Event", FieldKind::Events) },
        helped(
            FieldSpec { placeholder: Some("1.0".into()), ..code_text(EVENT_VERSION, "Event version") },
            "Advanced. Pins the shape of an event of the catalogue, whose name begins with event_. Empty: epilot pins \
             the newest at the first delivery.",
        ),
    ];
    section("events", "Events", Some("One event for each webhook"), fields)
}

fn authentication() -> Section {
    let mut fields = vec![FieldSpec {
        required: true,
        default: Some(FieldValue::Text(NONE.into())),
        ..choice(AUTH_TYPE, "Type", &AUTH_TYPES)
    }];
    fields.extend(with_auth(
        BASIC,
        vec![
            FieldSpec { required: true, ..text(BASIC_USERNAME, "User name") },
            field(BASIC_PASSWORD, "Password", FieldKind::Secret),
            is_env(BASIC_IS_ENV, "Password is an environment variable"),
        ],
    ));
    fields.extend(with_auth(
        API_KEY,
        vec![
            FieldSpec {
                required: true,
                placeholder: Some("X-API-Key".into()),
                ..code_text(API_KEY_NAME, "Header name")
            },
            field(API_KEY_VALUE, "Key", FieldKind::Secret),
            is_env(API_KEY_IS_ENV, "Key is an environment variable"),
        ],
    ));
    fields.extend(with_auth(OAUTH, oauth()));
    section("authentication", "Authentication", None, fields)
}

fn oauth() -> Vec<FieldSpec> {
    let parameters = FieldKind::Pairs { noun: "parameter".into(), groups: choices(&GROUPS), secret: true };
    vec![
        FieldSpec { required: true, ..code_text(OAUTH_CLIENT_ID, "Client ID") },
        field(OAUTH_SECRET, "Client secret", FieldKind::Secret),
        is_env(OAUTH_IS_ENV, "Client secret is an environment variable"),
        FieldSpec {
            required: true,
            placeholder: Some("https://login.example.com/oauth/token".into()),
            ..field(OAUTH_ENDPOINT, "Token URL", FieldKind::Url { https_only: true })
        },
        FieldSpec {
            required: true,
            default: Some(FieldValue::Text("POST".into())),
            ..choice(OAUTH_METHOD, "Token request method", &METHODS)
        },
        helped(
            field(OAUTH_PARAMETERS, "Token request parameters", parameters),
            "Sent along when epilot fetches a token: scope, audience and the like.",
        ),
    ]
}

fn content() -> Section {
    let headers = FieldKind::Pairs { noun: "header".into(), groups: vec![], secret: true };
    let jsonata = FieldKind::Code { language: CodeLanguage::Jsonata, max_length: None };
    let fields = vec![
        switch(HYDRATE, "Whole entity", "Sends the entity with everything in it."),
        switch(RELATIONS, "Relations", "Sends the entities it is related to as well."),
        switch(ACTIVITY, "Activity", "Sends the activity that led to the event."),
        switch(CHANGED, "Changed attributes", "Sends which attributes were added, changed and deleted."),
        switch(CHANGESETS, "Proposed changes", "Sends proposed values in place of the current ones."),
        helped(
            field(HEADERS, "Custom headers", headers),
            "Sent with each event. Values may be environment variables, as {{ env.key }}.",
        ),
        helped(
            field(JSONATA, "Transformation", jsonata),
            "A JSONata expression that makes the body from the event. Empty: the event as it is.",
        ),
    ];
    section("content", "Content", None, fields)
}

fn filter() -> Section {
    let fields = vec![
        helped(
            field(CONDITIONS, "Conditions", FieldKind::Conditions { spec: conditions::spec() }),
            "Each compares a field of the event or is a JSONata expression. None: every event is sent. Of a list taken \
             item by item, epilot does not document whether one item must fit or every one.",
        ),
        helped(
            FieldSpec {
                placeholder: Some("customer_request.productId".into()),
                ..code_text(FILTER_KEY, "Older filter: path")
            },
            "epilot uses metadata.webhook_id here for webhooks that automations call. Leave that as it is.",
        ),
        field(FILTER_VALUES, "Older filter: values", FieldKind::TextList { noun: "value".into() }),
    ];
    section("filter", "Filter", None, fields)
}

fn delivery() -> Section {
    let mut fields =
        vec![helped(choice(DELIVERY_MODE, "Files", &MODES), "Only for events that carry files.")];
    let jsonata = || FieldKind::Code { language: CodeLanguage::Jsonata, max_length: None };
    let expressions = FieldKind::Pairs { noun: "form field".into(), groups: vec![], secret: false };
    let multipart = vec![
        FieldSpec { placeholder: Some("file".into()), ..code_text(FILE_FIELD, "File field") },
        helped(
            choice(FILE_STRATEGY, "Number of files", &STRATEGIES),
            "With one file, an event that has more fails.",
        ),
        helped(
            FieldSpec {
                placeholder: Some("event_attachments".into()),
                ..field(FILE_SOURCE, "Which files", jsonata())
            },
            "A JSONata expression. An event it finds no file in is skipped. Empty: all files.",
        ),
        helped(
            field(EXTRA_FIELDS, "More form fields", expressions),
            "Each value is a JSONata expression; a fixed text stands in single quotation marks, as 'invoice'.",
        ),
    ];
    let mode = || FieldValue::Text(MULTIPART.into());
    fields.extend(multipart.into_iter().map(|spec| shown_when(DELIVERY_MODE, mode(), spec)));
    fields.extend([
        FieldSpec {
            default: Some(FieldValue::Flag(true)),
            ..switch(
                RETRY,
                "Try again",
                "After 5 s, 5 min, 30 min, 2 h and 5 h when the endpoint fails or is overloaded.",
            )
        },
        shown_with(
            RETRY,
            FieldSpec {
                default: Some(FieldValue::Integer(3)),
                ..field(RETRY_ATTEMPTS, "Attempts", FieldKind::Integer { min: 1, max: 5, unit: None })
            },
        ),
        switch(STATIC_IP, "Static IP address", "Part of the enterprise plan, on request."),
        helped(
            FieldSpec {
                placeholder: Some("123e4567-e89b-12d3-a456-426614174000".into()),
                ..code_text(PROXY_INTEGRATION, "Secure proxy: integration")
            },
            "Sends through the proxy of this integration, which goes before the static IP address.",
        ),
        code_text(PROXY_USE_CASE, "Secure proxy: use case"),
    ]);
    section("delivery", "Delivery", None, fields)
}

fn state() -> Section {
    let fields = vec![
        FieldSpec { default: Some(FieldValue::Flag(true)), ..switch(ENABLED, "Enabled", "Sends events.") },
        helped(
            choice(STATUS, "Status", &STATUSES),
            "Kept by epilot beside the switch. Incomplete: something is missing, such as the URL or the authentication \
             after a blueprint was imported.",
        ),
        switch(PROTECTED, "Protected", "Asks once more before it is changed or deleted."),
    ];
    section("state", "State", None, fields)
}

fn with_auth(kind: &str, fields: Vec<FieldSpec>) -> impl Iterator<Item = FieldSpec> {
    let kind = FieldValue::Text(kind.to_owned());
    fields.into_iter().map(move |spec| shown_when(AUTH_TYPE, kind.clone(), spec))
}

fn is_env(path: &str, label: &str) -> FieldSpec {
    switch(
        path,
        label,
        "The value is a reference such as {{ env.key }}. Switched on by itself when one is entered.",
    )
}

fn helped(spec: FieldSpec, help: &str) -> FieldSpec {
    FieldSpec { help: Some(help.to_owned()), ..spec }
}
