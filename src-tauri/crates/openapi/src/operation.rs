//! The document's operations, and an exchange held against one.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use serde_json::Value;
use url::form_urlencoded;

use crate::schema::{Direction, compile, problems};
use crate::{Exchange, LoadError, Problem, Tolerated, Violation};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A method on a path.
#[derive(Debug)]
pub(crate) struct Operation {
    method: String,
    segments: Vec<String>,
    query: Vec<QueryParameter>,
    body: Option<Body>,
    answers: BTreeMap<u16, Option<Content>>,
}

#[derive(Debug)]
struct QueryParameter {
    name: String,
    required: bool,
    schema: Validator,
    is_text: bool,
}

#[derive(Debug)]
struct Body {
    required: bool,
    content: Content,
}

/// Schemas by content type.
type Content = BTreeMap<String, Validator>;

/// All operations of a document, those with fewer parameters in the path first.
pub(crate) fn read(document: &Value) -> Result<Vec<Operation>, LoadError> {
    let paths = document.get("paths").and_then(Value::as_object);
    let paths = paths.ok_or_else(|| unsupported("/", "no paths"))?;
    let mut operations = Vec::new();
    for (path, item) in paths {
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                operations.push(read_operation(document, path, method, item, operation)?);
            }
        }
    }
    operations.sort_by_key(|operation| operation.segments.iter().filter(|s| is_parameter(s)).count());
    Ok(operations)
}

/// The operation an exchange is about.
pub(crate) fn find<'a>(
    operations: &'a [Operation],
    exchange: &Exchange<'_>,
) -> Result<&'a Operation, Violation> {
    let path = exchange.path.split('?').next().unwrap_or_default();
    // The first match names the path; the method must be one of that same path.
    let template = operations.iter().find(|operation| operation.matches(path));
    let template = template.ok_or_else(|| Violation::UnknownPath(path.to_owned()))?;
    operations
        .iter()
        .filter(|operation| operation.segments == template.segments)
        .find(|operation| operation.method.eq_ignore_ascii_case(exchange.method))
        .ok_or_else(|| Violation::UnknownMethod(exchange.method.to_owned()))
}

impl Operation {
    fn matches(&self, path: &str) -> bool {
        let segments: Vec<_> = path.split('/').collect();
        segments.len() == self.segments.len()
            && self.segments.iter().zip(segments).all(|(template, segment)| {
                template == segment || (is_parameter(template) && !segment.is_empty())
            })
    }

    pub(crate) fn check_request(&self, exchange: &Exchange<'_>) -> Vec<Violation> {
        let mut violations = self.check_query(exchange.path);
        match (&self.body, exchange.request_body.is_empty()) {
            (None, true) => {}
            (None, false) => violations.push(Violation::UnexpectedRequestBody),
            (Some(body), true) if body.required => violations.push(Violation::MissingRequestBody),
            (Some(_), true) => {}
            (Some(body), false) => match schema_for(&body.content, exchange.request_content_type) {
                None => violations.push(Violation::RequestContentType(
                    exchange.request_content_type.map(ToOwned::to_owned),
                )),
                Some(schema) => violations.extend(
                    check_json(schema, exchange.request_body).into_iter().map(Violation::RequestBody),
                ),
            },
        }
        violations
    }

    fn check_query(&self, path: &str) -> Vec<Violation> {
        let query = path.split_once('?').map_or("", |(_, query)| query);
        let mut seen = BTreeSet::new();
        let mut violations = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match self.query.iter().find(|parameter| parameter.name == name) {
                Some(parameter) if seen.insert(parameter.name.as_str()) => {
                    violations.extend(parameter.check(&value));
                }
                _ => violations.push(Violation::UnexpectedQuery(name.into_owned())),
            }
        }
        for parameter in self.query.iter().filter(|p| p.required && !seen.contains(p.name.as_str())) {
            violations.push(Violation::MissingQuery(parameter.name.clone()));
        }
        violations
    }

    pub(crate) fn check_answer(&self, exchange: &Exchange<'_>, tolerated: &Tolerated) -> Vec<Violation> {
        let content = match self.answers.get(&exchange.status) {
            None if tolerated.0.contains(&exchange.status) => return Vec::new(),
            None => return vec![Violation::UndeclaredStatus(exchange.status)],
            Some(None) if exchange.answer_body.is_empty() => return Vec::new(),
            Some(None) => return vec![Violation::UnexpectedAnswerBody],
            Some(Some(content)) => content,
        };
        match schema_for(content, exchange.answer_content_type) {
            None => {
                vec![Violation::AnswerContentType(exchange.answer_content_type.map(ToOwned::to_owned))]
            }
            Some(schema) => {
                check_json(schema, exchange.answer_body).into_iter().map(Violation::AnswerBody).collect()
            }
        }
    }
}

impl QueryParameter {
    fn check(&self, value: &str) -> Vec<Violation> {
        // A number or boolean travels as text.
        let value = match serde_json::from_str(value) {
            Ok(parsed) if !self.is_text => parsed,
            _ => Value::String(value.to_owned()),
        };
        problems(&self.schema, &value)
            .into_iter()
            .map(|problem| Violation::QueryValue(Problem { at: self.name.clone(), ..problem }))
            .collect()
    }
}

fn check_json(schema: &Validator, body: &str) -> Vec<Problem> {
    match serde_json::from_str(body) {
        Ok(value) => problems(schema, &value),
        Err(error) => vec![Problem { at: String::new(), rule: format!("not JSON: {error}") }],
    }
}

fn schema_for<'a>(content: &'a Content, content_type: Option<&str>) -> Option<&'a Validator> {
    let media_type = content_type?.split(';').next()?.trim().to_ascii_lowercase();
    content.get(&media_type)
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

fn unsupported(place: &str, problem: &str) -> LoadError {
    LoadError::Unsupported { place: place.to_owned(), problem: problem.to_owned() }
}

fn read_operation(
    document: &Value,
    path: &str,
    method: &str,
    item: &Value,
    operation: &Value,
) -> Result<Operation, LoadError> {
    let place = format!("{method} {path}");
    let list = |owner: &Value| owner.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut query = Vec::new();
    for parameter in list(item).iter().chain(&list(operation)) {
        query.extend(read_parameter(document, parameter, &place)?);
    }
    let body = match operation.get("requestBody") {
        None => None,
        Some(body) => Some(Body {
            required: body.get("required") == Some(&Value::Bool(true)),
            content: read_content(document, body, Direction::Request, &place)?
                .ok_or_else(|| unsupported(&place, "a request body without content"))?,
        }),
    };
    let mut answers = BTreeMap::new();
    for (status, answer) in operation.get("responses").and_then(Value::as_object).into_iter().flatten() {
        let number = status.parse().map_err(|_| unsupported(&place, &format!("status {status}")))?;
        answers.insert(number, read_content(document, answer, Direction::Answer, &place)?);
    }
    let segments = path.split('/').map(ToOwned::to_owned).collect();
    Ok(Operation { method: method.to_owned(), segments, query, body, answers })
}

/// A query parameter; `None` for one in the path, which the template already demands.
fn read_parameter(
    document: &Value,
    parameter: &Value,
    place: &str,
) -> Result<Option<QueryParameter>, LoadError> {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str);
    match (text("in"), text("name"), parameter.get("schema")) {
        (Some("path"), ..) => Ok(None),
        (Some("query"), Some(name), Some(schema)) => Ok(Some(QueryParameter {
            name: name.to_owned(),
            required: parameter.get("required") == Some(&Value::Bool(true)),
            schema: compile(document, schema, Direction::Request, place)?,
            is_text: schema.get("type").and_then(Value::as_str) == Some("string"),
        })),
        _ => Err(unsupported(place, "a parameter neither in the path nor in the query")),
    }
}

fn read_content(
    document: &Value,
    owner: &Value,
    direction: Direction,
    place: &str,
) -> Result<Option<Content>, LoadError> {
    if owner.get("$ref").is_some() {
        return Err(unsupported(place, "a body by reference"));
    }
    let Some(content) = owner.get("content").and_then(Value::as_object) else { return Ok(None) };
    let mut schemas = Content::new();
    for (media_type, entry) in content {
        let schema = entry.get("schema").ok_or_else(|| unsupported(place, "content without schema"))?;
        schemas.insert(media_type.clone(), compile(document, schema, direction, place)?);
    }
    Ok(Some(schemas))
}
