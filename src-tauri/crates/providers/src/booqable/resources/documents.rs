//! Quotes, contracts and invoices, and payments.

use super::{CREATED, Resource, UPDATED, archived_at, customer, orders};
use crate::samples::Ids;
use serde_json::{Value, json};

pub fn resource(kind: &'static str, object: &'static str, what: &str, ids: &Ids) -> Resource {
    Resource {
        kind,
        object,
        attributes: document(kind, what, ids),
        nested: vec![
            ("coupon", Value::Null),
            ("customer", customer(ids, false)),
            ("lines", json!([orders::line(ids, "documents")])),
            ("order", orders::order(ids, "reserved")),
            ("tax_values", json!([orders::tax_value(ids, "documents")])),
        ],
    }
}

fn document(kind: &str, what: &str, ids: &Ids) -> Value {
    let invoice = kind == "invoices";
    let confirmed = matches!(what, "confirmed" | "signed");
    let status = match (invoice, confirmed) {
        (true, _) if what == "revised" => "revised",
        (true, _) => "payment_due",
        (false, true) => "confirmed",
        (false, false) => "unconfirmed",
    };
    // Quotes and contracts always are.
    let finalized = !invoice || matches!(what, "finalized" | "revised" | "archived");
    let when = |fact: bool, value: Value| if fact { value } else { Value::Null };
    json!({
        "id": ids.uuid("document"), "created_at": CREATED, "updated_at": UPDATED,
        "archived": what == "archived", "archived_at": archived_at(what == "archived"),
        "document_type": kind.trim_end_matches('s'), "number": when(finalized, json!(87)),
        "prefix_with_number": when(finalized, json!("2025-87")), "date": when(finalized, json!("2025-03-18")),
        "due_date": when(finalized && invoice, json!("2025-04-01")), "name": "Ada Example", "reference": null,
        "starts_at": "2025-04-02T09:00:00.000000+00:00", "stops_at": "2025-04-04T17:00:00.000000+00:00",
        "revised": what == "revised", "finalized": finalized, "sent": false, "confirmed": confirmed,
        "confirmed_at": when(confirmed, json!(UPDATED)), "signed": what == "signed", "status": status,
        "deposit_type": "percentage", "deposit_value": 10.0, "tag_list": [], "price_in_cents": 11_800,
        "grand_total_in_cents": 11_800, "grand_total_with_tax_in_cents": 14_278, "tax_in_cents": 2_478,
        "discount_in_cents": 0, "total_discount_in_cents": 0, "deposit_in_cents": 1_180, "paid_in_cents": 0,
        "to_be_paid_in_cents": 15_458, "order_id": ids.uuid("order"), "customer_id": ids.uuid("customer"),
        "tax_region_id": null, "coupon_id": null,
    })
}

/// A charge, the usual one of three kinds of payment.
pub fn payment(ids: &Ids) -> Value {
    json!({
        "id": ids.uuid("payment"), "created_at": CREATED, "updated_at": UPDATED, "type": "payment_charges",
        "provider": "none", "provider_method": "bank_transfer", "amount_in_cents": 14_278,
        "deposit_in_cents": 1_180, "total_in_cents": 15_458, "currency": "eur", "succeeded_at": UPDATED,
        "failed_at": null, "canceled_at": null, "expired_at": null, "order_id": ids.uuid("order"),
        "customer_id": ids.uuid("customer"), "status": "succeeded", "refundable": true,
        "total_refundable_in_cents": 15_458, "total_refunded_in_cents": 0,
    })
}
