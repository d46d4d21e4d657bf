//! The webhook endpoints of the seeded organisations. Ids follow from names, times from places in the list.

use serde_json::json;

use super::{BooqableEndpoint, BooqableNotification};

/// An event newer than the documents: the vendor adds some every few weeks.
pub(super) const NEWER_EVENT: &str = "order.teleported";

/// URL, version, events.
type Row = (&'static str, i64, &'static [&'static str]);

const RENTALS: [Row; 30] = [
    (
        "https://stock.kestrel-rentals.example/hooks/orders",
        4,
        &["order.reserved", "order.started", "order.stopped", "order.canceled", NEWER_EVENT],
    ),
    (
        "https://erp.kestrel-rentals.example/booqable?secret=sandbox-erp-5e1f0c93",
        4,
        &["invoice.created", "invoice.finalized", "invoice.revised", "payment.completed"],
    ),
    ("https://hooks.zapier.com/hooks/catch/4410275/3kq9w2x/", 1, &["order.reserved"]),
    ("https://hooks.zapier.com/hooks/catch/4410275/3kqb07m/", 1, &["customer.created"]),
    ("https://hook.eu1.make.com/q7v1c2mexample0kestrel0rentals", 1, &["order.updated", "payment.completed"]),
    // An older name of `order.saved_as_draft`.
    ("https://legacy.kestrel-rentals.example/concepts", 1, &["order.saved_as_concept", "order.reserved"]),
    (
        "https://crm.kestrel-rentals.example/hooks?secret=sandbox-crm-77a2d410&source=booqable",
        4,
        &["customer.created", "customer.updated", "customer.archived"],
    ),
    ("http://scanner.kestrel-rentals.example:8080/hook", 1, &["order.started", "order.stopped"]),
    (
        "https://catalogue.kestrel-rentals.example/groups",
        4,
        &["product_group.created", "product_group.updated", "product_group.archived"],
    ),
    ("https://catalogue.kestrel-rentals.example/products", 4, &["product.created"]),
    (
        "https://catalogue.kestrel-rentals.example/bundles",
        4,
        &["bundle.created", "bundle.updated", "bundle.archived"],
    ),
    (
        "https://catalogue.kestrel-rentals.example/bundle-items",
        4,
        &["bundle_item.created", "bundle_item.updated", "bundle_item.archived"],
    ),
    (
        "https://sign.kestrel-rentals.example/quotes?secret=sandbox-sign-0b9e4f2c",
        4,
        &["quote.created", "quote.signed", "quote.confirmed", "quote.updated", "quote.archived"],
    ),
    (
        "https://sign.kestrel-rentals.example/contracts?secret=sandbox-sign-0b9e4f2c",
        4,
        &["contract.created", "contract.signed", "contract.confirmed", "contract.archived"],
    ),
    ("https://shop.kestrel-rentals.example/checkout", 1, &["cart.completed_checkout"]),
    ("https://ops.kestrel-rentals.example/company", 4, &["company.updated", "company.destroyed"]),
    (
        "https://ops.kestrel-rentals.example/app",
        4,
        &["app.installed", "app.configured", "app.plan_changed", "app.uninstalled"],
    ),
    ("https://mail.kestrel-rentals.example/welcome", 1, &["customer.created"]),
    ("https://mail.kestrel-rentals.example/pick-up", 1, &["order.reserved"]),
    ("https://mail.kestrel-rentals.example/return", 1, &["order.stopped"]),
    (
        "https://books.kestrel-rentals.example/ledger?secret=sandbox-books-c4d81a66",
        1,
        &["invoice.finalized", "invoice.archived", "payment.completed"],
    ),
    ("https://vans.kestrel-rentals.example/planning", 4, &["order.reserved", "order.reverted"]),
    ("https://vans.kestrel-rentals.example/planning-test", 4, &["order.reserved", "order.reverted"]),
    ("https://board.kestrel-rentals.example/today", 4, &["order.started", "order.stopped"]),
    ("https://archive.kestrel-rentals.example/orders", 1, &["order.archived", "order.canceled"]),
    ("https://archive.kestrel-rentals.example/customers", 1, &["customer.archived"]),
    ("https://hook.eu1.make.com/t3n8k5zexample1kestrel1rentals", 4, &["order.saved_as_draft"]),
    ("https://hooks.zapier.com/hooks/catch/4410275/3kz41ph/", 1, &["invoice.finalized"]),
    ("https://insights.kestrel-rentals.example/v2/events", 4, &["order.updated", "invoice.updated"]),
    ("https://poc.kestrel-rentals.example/hook", 1, &["order.updated"]),
];

const TRIAL: [Row; 4] = [
    ("https://try.kestrel-trial.example/orders", 1, &["order.reserved", "order.started"]),
    (
        "https://try.kestrel-trial.example/customers?secret=sandbox-try-19f3b7e8",
        4,
        &["customer.created", "customer.updated"],
    ),
    ("https://hooks.zapier.com/hooks/catch/4410991/2mfe8qa/", 1, &["payment.completed"]),
    ("https://try.kestrel-trial.example/quotes", 4, &["quote.signed"]),
];

pub(super) fn rentals(slug: &str) -> Vec<BooqableEndpoint> {
    endpoints(slug, &RENTALS)
}

pub(super) fn trial(slug: &str) -> Vec<BooqableEndpoint> {
    endpoints(slug, &TRIAL)
}

pub(super) fn notifications(slug: &str) -> Vec<BooqableNotification> {
    vec![BooqableNotification {
        id: id(slug, "notification", 0),
        created_at: time(40, 0),
        updated_at: time(40, 5),
        event: "customer.created".to_owned(),
        version: 4,
        resource_type: "customers".to_owned(),
        data: json!({ "id": id(slug, "customer", 0), "name": "Ada Example", "email": "ada@example.com" }),
    }]
}

/// A fixed UUID of version 4: the place in its list and two names, mixed.
pub(super) fn id(slug: &str, kind: &str, place: usize) -> String {
    let start = u128::try_from(place).unwrap_or_default() + 1;
    let mixed = slug.bytes().chain(kind.bytes()).fold(start, |mixed, byte| {
        (mixed ^ u128::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).rotate_left(47)
    });
    uuid::Builder::from_random_bytes(mixed.to_be_bytes()).into_uuid().to_string()
}

/// A fixed token that looks like the vendor's: 64 hexadecimal digits, which spell that it is the sandbox's.
pub(super) fn token(slug: &str) -> String {
    let text = format!("{:-<32}", format!("sandbox-booqable-{slug}"));
    text.bytes().take(32).map(|byte| format!("{byte:02x}")).collect()
}

fn endpoints(slug: &str, rows: &[Row]) -> Vec<BooqableEndpoint> {
    let endpoint = |(place, (url, version, events)): (usize, &Row)| BooqableEndpoint {
        id: id(slug, "endpoint", place),
        created_at: time(place, 0),
        // Every third one was edited later.
        updated_at: if place.is_multiple_of(3) { time(place + 45, 30) } else { time(place, 0) },
        ..BooqableEndpoint::new(url, *version, events)
    };
    rows.iter().enumerate().map(endpoint).collect()
}

/// So many days of 2025, counted in months of 28 days.
fn time(days: usize, seconds: usize) -> String {
    let (month, day) = (days / 28 % 12 + 1, days % 28 + 1);
    let (hour, minute) = (days * 7 % 24, days * 13 % 60);
    format!("2025-{month:02}-{day:02}T{hour:02}:{minute:02}:{seconds:02}.000000+00:00")
}
