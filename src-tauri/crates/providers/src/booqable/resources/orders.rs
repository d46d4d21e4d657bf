//! Orders, carts, and what they consist of.

use super::{CREATED, Resource, UPDATED, barcode, customer, items};
use crate::samples::{Ids, with};
use serde_json::{Value, json};

const STARTS: &str = "2025-04-02T09:00:00.000000+00:00";
const STOPS: &str = "2025-04-04T17:00:00.000000+00:00";

pub fn order_resource(what: &str, ids: &Ids) -> Resource {
    let status = match what {
        "started" | "stopped" | "canceled" | "archived" => what,
        "saved_as_draft" | "saved_as_concept" => "draft",
        _ => "reserved",
    };
    Resource {
        kind: "orders",
        object: "Order",
        attributes: order(ids, status),
        nested: vec![
            ("barcode", barcode(ids, "orders")),
            ("coupon", Value::Null),
            ("customer", customer(ids, false)),
            ("lines", json!([line(ids, "orders")])),
            ("notes", json!([note(ids)])),
            ("plannings", json!([planning(ids, status)])),
            ("properties", json!([property(ids)])),
            ("start_location", location(ids)),
            ("stop_location", location(ids)),
            ("tax_values", json!([tax_value(ids, "orders")])),
        ],
    }
}

/// A cart's own attributes are in no document: its ids alone.
pub fn cart_resource(ids: &Ids) -> Resource {
    Resource {
        kind: "carts",
        object: "Cart",
        attributes: json!({
            "id": ids.uuid("cart"), "created_at": CREATED, "updated_at": UPDATED,
            "customer_id": ids.uuid("customer"), "order_id": ids.uuid("order"),
        }),
        nested: vec![
            ("customer", customer(ids, false)),
            ("lines", json!([with(line(ids, "orders"), [("item", items::product(ids))])])),
            ("order", order(ids, "reserved")),
        ],
    }
}

pub fn order(ids: &Ids, status: &str) -> Value {
    let counted = |of: &str| u32::from(of == status) * 2;
    json!({
        "id": ids.uuid("order"), "created_at": CREATED, "updated_at": UPDATED,
        "number": if status == "draft" { Value::Null } else { json!(412) },
        "status": status, "statuses": [status],
        "status_counts": {
            "new": 0, "draft": counted("draft"), "reserved": counted("reserved"), "started": counted("started"),
            "stopped": counted("stopped"),
        },
        "starts_at": STARTS, "stops_at": STOPS, "deposit_type": "percentage", "deposit_value": 10.0,
        "entirely_started": matches!(status, "started" | "stopped" | "archived"),
        "entirely_stopped": matches!(status, "stopped" | "archived"),
        "location_shortage": false, "shortage": false, "payment_status": "payment_due",
        "has_signed_contract": false, "item_count": 2, "tag_list": ["webshop"],
        "price_in_cents": 11_800, "discount_in_cents": 0, "coupon_discount_in_cents": 0,
        "total_discount_in_cents": 0, "grand_total_in_cents": 11_800, "tax_in_cents": 2_478,
        "grand_total_with_tax_in_cents": 14_278, "deposit_in_cents": 1_180, "deposit_paid_in_cents": 0,
        "paid_in_cents": 0, "to_be_paid_in_cents": 15_458, "discount_type": "percentage",
        "discount_percentage": 0.0, "fulfillment_type": "pickup", "delivery_address": null,
        "customer_id": ids.uuid("customer"), "tax_region_id": null, "coupon_id": null,
        "start_location_id": ids.uuid("location"), "stop_location_id": ids.uuid("location"),
    })
}

pub fn line(ids: &Ids, owner: &str) -> Value {
    let owner_id = ids.uuid(if owner == "orders" { "order" } else { "document" });
    json!({
        "id": ids.uuid("line"), "created_at": CREATED, "updated_at": UPDATED, "archived": false,
        "archived_at": null, "title": "Cargo bike", "extra_information": null, "quantity": 2,
        "price_each_in_cents": 5_900, "price_in_cents": 11_800, "position": 1, "charge_label": "2 days",
        "charge_length": 172_800, "discountable": true, "taxable": true, "line_type": "charge", "relevant": true,
        "order_id": ids.uuid("order"), "item_id": ids.uuid("product"), "planning_id": ids.uuid("planning"),
        "parent_line_id": null, "owner_id": owner_id, "owner_type": owner,
    })
}

pub fn tax_value(ids: &Ids, owner: &str) -> Value {
    let owner_id = ids.uuid(if owner == "orders" { "order" } else { "document" });
    json!({
        "id": ids.uuid("tax value"), "created_at": CREATED, "updated_at": UPDATED, "name": "VAT",
        "percentage": 21.0, "value_in_cents": 2_478, "owner_id": owner_id, "owner_type": owner,
    })
}

fn note(ids: &Ids) -> Value {
    json!({
        "id": ids.uuid("note"), "created_at": CREATED, "updated_at": UPDATED,
        "body": "Will be picked up by a colleague.", "owner_id": ids.uuid("order"), "owner_type": "orders",
    })
}

fn planning(ids: &Ids, status: &str) -> Value {
    json!({
        "id": ids.uuid("planning"), "created_at": CREATED, "updated_at": UPDATED, "quantity": 2,
        "starts_at": STARTS, "stops_at": STOPS, "status": status, "order_id": ids.uuid("order"),
        "item_id": ids.uuid("product"), "start_location_id": ids.uuid("location"),
        "stop_location_id": ids.uuid("location"),
    })
}

fn property(ids: &Ids) -> Value {
    json!({
        "id": ids.uuid("property"), "created_at": CREATED, "updated_at": UPDATED, "name": "Occasion",
        "identifier": "occasion", "property_type": "text_field", "value": "Spring fair",
    })
}

fn location(ids: &Ids) -> Value {
    json!({
        "id": ids.uuid("location"), "created_at": CREATED, "updated_at": UPDATED, "name": "Harbour store",
        "code": "LOC-1", "location_type": "rental", "address_line_1": "Kade 4", "zipcode": "1011 AA",
        "city": "Amsterdam", "country": "NL", "archived_at": null,
    })
}
