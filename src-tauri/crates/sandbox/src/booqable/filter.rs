//! `filter[attribute][operator]=value`, for the attributes and operators the documents list.

use super::refusal::Refusal;
use super::{BooqableEndpoint, moment};

/// Whether an endpoint is wanted.
pub(super) type Filter = Box<dyn Fn(&BooqableEndpoint) -> bool + Send>;

/// Reads one filter.
///
/// Assumption: the value is one value. The framework would split it at commas.
pub(super) fn read(attribute: &str, operator: &str, value: &str) -> Result<Filter, Refusal> {
    let (negated, positive) = match operator.strip_prefix("not_") {
        Some(positive) => (true, positive),
        None => (false, operator),
    };
    let filter = match attribute {
        "id" => id(positive, value)?,
        "url" => url(positive, value),
        "created_at" => time(attribute, operator, value, |row| &row.created_at)?,
        "updated_at" => time(attribute, operator, value, |row| &row.updated_at)?,
        "version" => version(operator, value)?,
        _ => None,
    };
    let filter = filter.ok_or_else(|| {
        Refusal::bad_request(&format!("Invalid filter: {attribute} cannot be filtered with {operator}"))
    })?;
    Ok(Box::new(move |row| filter(row) != negated))
}

fn id(operator: &str, value: &str) -> Result<Option<Filter>, Refusal> {
    if operator != "eq" {
        return Ok(None);
    }
    let wanted = uuid::Uuid::parse_str(value).map_err(|_| failed_typecast("id", value))?.to_string();
    Ok(Some(Box::new(move |row| row.id == wanted)))
}

/// In the framework `eql` alone respects case.
fn url(operator: &str, value: &str) -> Option<Filter> {
    let (exact, value) = (value.to_owned(), value.to_lowercase());
    Some(match operator {
        "eql" => Box::new(move |row| row.url == exact),
        "eq" => Box::new(move |row| row.url.to_lowercase() == value),
        "prefix" => Box::new(move |row| row.url.to_lowercase().starts_with(&value)),
        "suffix" => Box::new(move |row| row.url.to_lowercase().ends_with(&value)),
        "match" => Box::new(move |row| row.url.to_lowercase().contains(&value)),
        _ => return None,
    })
}

fn time(
    attribute: &str,
    operator: &str,
    value: &str,
    of: fn(&BooqableEndpoint) -> &String,
) -> Result<Option<Filter>, Refusal> {
    let holds: fn(&String, &String) -> bool = match operator {
        "eq" | "not_eq" => |time, wanted| time == wanted,
        "gt" => |time, wanted| time > wanted,
        "gte" => |time, wanted| time >= wanted,
        "lt" => |time, wanted| time < wanted,
        "lte" => |time, wanted| time <= wanted,
        _ => return Ok(None),
    };
    let wanted = moment::read(value).ok_or_else(|| failed_typecast(attribute, value))?;
    Ok(Some(Box::new(move |row| holds(of(row), &wanted))))
}

fn version(operator: &str, value: &str) -> Result<Option<Filter>, Refusal> {
    if operator != "eq" {
        return Ok(None);
    }
    let wanted: i64 = value.parse().map_err(|_| failed_typecast("version", value))?;
    Ok(Some(Box::new(move |row| row.version == wanted)))
}

pub(super) fn failed_typecast(attribute: &str, value: &str) -> Refusal {
    let resource = "WebhookEndpointResource";
    Refusal::bad_request(&format!("{resource}: Failed typecasting :{attribute}! Given {value:?}"))
}
