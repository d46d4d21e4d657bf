//! Booqable's things with the attributes of version 4 of its API, and the related things that its messages nest in
//! them: always the same for a kind of thing, and one level deep.

mod documents;
mod items;
mod orders;

use crate::samples::Ids;
use serde_json::{Value, json};

/// When everything in the samples was made, and last changed.
const CREATED: &str = "2025-03-11T14:05:12.000000+00:00";
const UPDATED: &str = "2025-03-18T09:41:27.000000+00:00";

/// A thing an event is about.
pub struct Resource {
    /// Its `resource_type`.
    pub kind: &'static str,
    /// The same in version 1.
    pub object: &'static str,
    pub attributes: Value,
    /// Related things by name.
    pub nested: Vec<(&'static str, Value)>,
}

/// What the event `what` of a kind of thing is about, as it is just after it.
pub fn resource(kind: &str, what: &str, ids: &Ids) -> Option<Resource> {
    let archived = what == "archived";
    Some(match kind {
        "order" => orders::order_resource(what, ids),
        "cart" => orders::cart_resource(ids),
        "customer" => Resource {
            kind: "customers",
            object: "Customer",
            attributes: customer(ids, archived),
            nested: vec![("barcode", barcode(ids, "customers")), ("tax_region", tax_region(ids))],
        },
        "quote" => documents::resource("quotes", "Quote", what, ids),
        "contract" => documents::resource("contracts", "Contract", what, ids),
        "invoice" => documents::resource("invoices", "Invoice", what, ids),
        "payment" => plain("payments", "Payment", documents::payment(ids)),
        "product" => Resource {
            kind: "products",
            object: "Product",
            attributes: items::product(ids),
            nested: vec![("barcode", barcode(ids, "products"))],
        },
        "product_group" => items::product_group_resource(archived, ids),
        "bundle" => items::bundle_resource(archived, ids),
        "bundle_item" => items::bundle_item_resource(archived, ids),
        "company" => plain("companies", "Company", company(ids)),
        "app" => plain("app_subscriptions", "AppSubscription", app(what, ids)),
        _ => return None,
    })
}

fn plain(kind: &'static str, object: &'static str, attributes: Value) -> Resource {
    Resource { kind, object, attributes, nested: vec![] }
}

fn archived_at(archived: bool) -> Value {
    if archived { json!(UPDATED) } else { Value::Null }
}

fn customer(ids: &Ids, archived: bool) -> Value {
    json!({
        "id": ids.uuid("customer"), "created_at": CREATED, "updated_at": UPDATED,
        "archived": archived, "archived_at": archived_at(archived),
        "number": 128, "name": "Ada Example", "email": "ada@example.com",
        "deposit_type": "default", "deposit_value": 0.0, "discount_percentage": 0.0, "legal_type": "person",
        "email_marketing_consented": false, "email_marketing_consent_updated_at": null,
        "properties": { "phone": "+44 20 7946 0000" }, "tag_list": ["regular"],
        "merge_suggestion_customer_id": null, "tax_region_id": ids.uuid("tax region"),
    })
}

fn barcode(ids: &Ids, owner: &str) -> Value {
    let of = owner.trim_end_matches('s');
    json!({
        "id": ids.uuid("barcode"), "created_at": CREATED, "updated_at": UPDATED,
        "number": "4006381333931", "barcode_type": "ean13", "owner_id": ids.uuid(of), "owner_type": owner,
    })
}

fn tax_region(ids: &Ids) -> Value {
    json!({
        "id": ids.uuid("tax region"), "created_at": CREATED, "updated_at": UPDATED,
        "name": "Standard", "strategy": "add_to", "default": true,
    })
}

fn company(ids: &Ids) -> Value {
    json!({
        "id": ids.uuid("company"), "created_at": CREATED, "updated_at": UPDATED,
        "name": "Example Rentals", "slug": "example-rentals", "email": "hello@example.com",
        "website": "https://rentals.example.com", "country": "Netherlands",
    })
}

fn app(what: &str, ids: &Ids) -> Value {
    json!({
        "id": ids.uuid("subscription"), "created_at": CREATED, "updated_at": UPDATED,
        "identifier": "example-mailer", "app_id": ids.uuid("app"), "plan_id": ids.uuid("plan"),
        "categories": ["marketing"], "price_in_cents": 1000, "paid": true, "free_during_beta": false,
        "configured": what != "installed", "name": "Example Mailer", "provider_name": "Example",
        "settings_values": {}, "configuration": {}, "features": {}, "theme_blocks": [],
    })
}
