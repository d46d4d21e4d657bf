//! The query of a request: paging, sorting, filters, fields, totals.

use std::cmp::Ordering;

use super::BooqableEndpoint;
use super::filter::{self, Filter};
use super::refusal::Refusal;

/// The documents once named this as the most; the framework's own most is higher.
const MAX_PAGE_SIZE: usize = 100;
const DEFAULT_PAGE_SIZE: usize = 25;

/// A query as far as it concerns webhook endpoints. Unknown parameters are ignored.
pub(super) struct Query {
    /// The attributes wanted; all when absent.
    pub(super) fields: Option<Vec<String>>,
    /// Whether the number of all that pass the filters is wanted.
    pub(super) total: bool,
    filters: Vec<Filter>,
    order: Vec<Order>,
    page_number: usize,
    page_size: usize,
}

struct Order {
    compare: fn(&BooqableEndpoint, &BooqableEndpoint) -> Ordering,
    descending: bool,
}

impl Query {
    /// Keys may come percent-encoded or raw.
    pub(super) fn parse(query: &str) -> Result<Self, Refusal> {
        let mut parsed = Self {
            fields: None,
            total: false,
            filters: Vec::new(),
            order: Vec::new(),
            page_number: 1,
            page_size: DEFAULT_PAGE_SIZE,
        };
        for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let (name, path) = brackets(&key);
            parsed.take(name, &path, &value)?;
        }
        Ok(parsed)
    }

    /// The wanted page, and how many pass the filters on all pages.
    ///
    /// Assumption: without `sort` the order is that of creation.
    pub(super) fn select(&self, mut rows: Vec<BooqableEndpoint>) -> (Vec<BooqableEndpoint>, usize) {
        rows.retain(|row| self.filters.iter().all(|filter| filter(row)));
        rows.sort_by(|a, b| {
            self.order.iter().fold(Ordering::Equal, |so_far, order| {
                let ordering = (order.compare)(a, b);
                so_far.then(if order.descending { ordering.reverse() } else { ordering })
            })
        });
        let total = rows.len();
        let skipped = (self.page_number - 1).saturating_mul(self.page_size);
        (rows.into_iter().skip(skipped).take(self.page_size).collect(), total)
    }

    fn take(&mut self, name: &str, path: &[&str], value: &str) -> Result<(), Refusal> {
        match (name, path) {
            ("page", ["number"]) => self.page_number = number("page[number]", value)?.max(1),
            ("page", ["size"]) => self.page_size = page_size(value)?,
            ("page", []) => return Err(Refusal::bad_request("page should be an object")),
            ("fields", ["webhook_endpoints"]) => {
                self.fields = Some(value.split(',').map(|field| field.trim().to_owned()).collect());
            }
            ("fields", [] | [""]) => return Err(Refusal::bad_request("fields should be an object")),
            ("sort", []) => self.order = order(value)?,
            ("filter", [attribute]) => self.filters.push(filter::read(attribute, "eq", value)?),
            ("filter", [attribute, operator]) => {
                self.filters.push(filter::read(attribute, operator, value)?);
            }
            ("filter", _) => return Err(Refusal::bad_request("Invalid filter")),
            // The official clients write `stats[total]`, the resource's page `meta[total][]`.
            ("stats" | "meta", ["total"] | ["total", ""]) if value == "count" => self.total = true,
            ("stats" | "meta", [attribute, ..]) => {
                let detail = format!("No stat configured for calculation :{value} on attribute :{attribute}");
                return Err(Refusal::bad_request(&detail));
            }
            ("include", []) if !value.is_empty() => {
                let detail = format!("The requested included relationship \"{value}\" is not supported.");
                return Err(Refusal::bad_request(&format!("WebhookEndpointResource: {detail}")));
            }
            _ => {}
        }
        Ok(())
    }
}

/// `filter[url][eq]` as `filter` and `url`, `eq`.
fn brackets(key: &str) -> (&str, Vec<&str>) {
    let Some((name, rest)) = key.strip_suffix(']').and_then(|key| key.split_once('[')) else {
        return (key, Vec::new());
    };
    (name, rest.split("][").collect())
}

fn page_size(value: &str) -> Result<usize, Refusal> {
    let size = number("page[size]", value)?;
    if size > MAX_PAGE_SIZE {
        let detail = format!("Requested page size {size} is greater than max supported size {MAX_PAGE_SIZE}");
        return Err(Refusal::bad_request(&detail));
    }
    Ok(size)
}

fn number(name: &str, value: &str) -> Result<usize, Refusal> {
    value.parse().map_err(|_| filter::failed_typecast(name, value))
}

fn order(value: &str) -> Result<Vec<Order>, Refusal> {
    value.split(',').map(|part| one_order(part.trim())).collect()
}

fn one_order(part: &str) -> Result<Order, Refusal> {
    let (descending, attribute) = match part.strip_prefix('-') {
        Some(attribute) => (true, attribute),
        None => (false, part),
    };
    let compare: fn(&BooqableEndpoint, &BooqableEndpoint) -> Ordering = match attribute {
        "id" => |a, b| a.id.cmp(&b.id),
        "created_at" => |a, b| a.created_at.cmp(&b.created_at),
        "updated_at" => |a, b| a.updated_at.cmp(&b.updated_at),
        "url" => |a, b| a.url.cmp(&b.url),
        "version" => |a, b| a.version.cmp(&b.version),
        // Assumption: a list, such as `events`, cannot be sorted by.
        unknown => {
            let detail =
                format!("WebhookEndpointResource: Tried to sort on attribute :{unknown}, but could not");
            return Err(Refusal::bad_request(&detail));
        }
    };
    Ok(Order { compare, descending })
}
