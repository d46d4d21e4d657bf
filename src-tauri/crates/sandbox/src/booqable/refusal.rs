//! The bodies of refusals. Those of an unknown attribute and of a path that is not there were recorded from the
//! vendor; 409 and 422 follow the vendor's framework (graphiti).
//!
//! Assumption: 401, 402, 415, 429, 503 and the other 400s have the same shape with the words that the
//! vendor's own clients look for.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::PaymentProblem;

pub(super) const JSON: &str = "application/json; charset=utf-8";
pub(super) const JSON_API: &str = "application/vnd.api+json; charset=utf-8";

/// A request that is refused: the status and the members of `errors`.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    errors: Vec<Value>,
}

/// What is wrong with one part of a request.
#[derive(Debug)]
pub(super) struct Problem {
    /// Such as `data.attributes.url`, or just `url` for a broken rule of the record.
    attribute: String,
    message: &'static str,
    code: &'static str,
}

impl Problem {
    pub(super) fn new(attribute: impl Into<String>, message: &'static str, code: &'static str) -> Self {
        Self { attribute: attribute.into(), message, code }
    }

    fn meta(&self) -> Value {
        json!({ "attribute": self.attribute, "message": self.message, "code": self.code })
    }

    /// The pointer has no leading slash here.
    fn in_request(&self, status: StatusCode) -> Value {
        json!({
            "code": "bad_request", "status": status.as_str(), "title": "Request Error",
            "detail": format!("{} {}", self.attribute, self.message),
            "source": { "pointer": self.attribute.replace('.', "/") },
            "meta": self.meta(),
        })
    }

    fn in_record(&self) -> Value {
        json!({
            "code": "unprocessable_entity", "status": "422", "title": "Validation Error",
            "detail": format!("{} {}", capitalised(&self.attribute), self.message),
            "source": { "pointer": format!("/data/attributes/{}", self.attribute) },
            "meta": self.meta(),
        })
    }
}

impl Refusal {
    /// The request's form is wrong: 400, or 409 when it contradicts its path.
    pub(super) fn request(status: StatusCode, problems: &[Problem]) -> Self {
        Self { status, errors: problems.iter().map(|problem| problem.in_request(status)).collect() }
    }

    /// The record would break rules: 422.
    pub(super) fn record(problems: &[Problem]) -> Self {
        let errors = problems.iter().map(Problem::in_record).collect();
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, errors }
    }

    pub(super) fn bad_request(detail: &str) -> Self {
        Self::one(StatusCode::BAD_REQUEST, "bad_request", "Request Error", Some(detail))
    }

    pub(super) fn unauthorised(detail: Option<&str>) -> Self {
        Self::one(StatusCode::UNAUTHORIZED, "unauthorized", "Unauthorized", detail)
    }

    pub(super) fn payment(problem: PaymentProblem) -> Self {
        let (code, detail) = match problem {
            PaymentProblem::FeatureNotEnabled => ("feature_not_enabled", "the feature api is not enabled"),
            PaymentProblem::TrialExpired => ("trial_expired", "the trial has expired"),
        };
        Self::one(StatusCode::PAYMENT_REQUIRED, code, "Payment Required", Some(detail))
    }

    pub(super) fn not_found() -> Self {
        Self::one(StatusCode::NOT_FOUND, "resources_not_found", "Resource(s) not found", None)
    }

    pub(super) fn company_not_found() -> Self {
        Self::one(StatusCode::NOT_FOUND, "company_not_found", "Company not found", None)
    }

    pub(super) fn unsupported_media_type() -> Self {
        Self::one(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "Unsupported Media Type",
            None,
        )
    }

    pub(super) fn too_many_requests() -> Self {
        Self::one(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", "Too Many Requests", None)
    }

    pub(super) fn read_only() -> Self {
        let detail = Some("the API is in read-only mode");
        Self::one(StatusCode::SERVICE_UNAVAILABLE, "service_unavailable", "Service Unavailable", detail)
    }

    fn one(status: StatusCode, code: &str, title: &str, detail: Option<&str>) -> Self {
        let mut error = json!({ "code": code, "status": status.as_str(), "title": title });
        if let Some(detail) = detail {
            error["detail"] = json!(detail);
        }
        Self { status, errors: vec![error] }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        // As recorded: the 404 as JSON:API, the 400 as JSON. Assumption: the others as the 400.
        let media_type = if self.status == StatusCode::NOT_FOUND { JSON_API } else { JSON };
        let body = json!({ "errors": self.errors }).to_string();
        (self.status, [(CONTENT_TYPE, media_type)], body).into_response()
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
