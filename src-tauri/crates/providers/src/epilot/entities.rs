//! Entities as epilot's payloads have them, shortened. Their fields are the organisation's own to define; these are
//! those of epilot's samples.

use crate::samples::{Ids, with};
use serde_json::{Value, json};

/// The organisation of every sample.
pub const ORGANISATION: &str = "739224";

const CREATED: &str = "2025-03-11T06:15:39.776Z";
const UPDATED: &str = "2025-03-18T09:41:27.069Z";

/// The kind of entity an event is about, by words of its name; the first that fits counts.
pub fn kind(name: &str) -> &'static str {
    const KINDS: [(&str, &str); 23] = [
        ("ondemandsynccustomer", "contact"),
        ("file", "file"),
        ("meterreading", "meter"),
        ("meter_reading", "meter"),
        ("installment", "billing_account"),
        ("paymentmethod", "billing_account"),
        ("payment_method", "billing_account"),
        ("billing", "billing_account"),
        ("portal", "contact"),
        ("terminatecontract", "contract"),
        ("contract", "contract"),
        ("generalrequest", "ticket"),
        ("customerrequest", "ticket"),
        ("customer_request", "ticket"),
        ("locationmove", "ticket"),
        ("ticket", "ticket"),
        ("order", "order"),
        ("tariff", "order"),
        ("product", "product"),
        ("account", "account"),
        ("contact", "contact"),
        ("customer", "contact"),
        ("invoice", "billing_account"),
    ];
    let name = name.to_lowercase();
    KINDS.iter().find(|(word, _)| name.contains(word)).map_or("opportunity", |(_, kind)| kind)
}

/// An entity, with related ones as references.
pub fn of(kind: &str, ids: &Ids) -> Value {
    let reference =
        json!({ "$relation": [{ "entity_id": Ids::of("related").uuid("contact"), "_tags": [] }] });
    let number = |prefix: &str, from| format!("{prefix}{}", ids.number(kind, from, from * 9));
    let own = match kind {
        "file" => json!({
            "_title": "vertrag.pdf", "filename": "vertrag.pdf", "mime_type": "application/pdf", "type": "document",
            "readable_size": "180 KB", "access_control": "private", "shared_with_end_customer": true,
        }),
        "meter" => json!({
            "_title": "1EMH0012345678", "meter_number": "1EMH0012345678", "ma_lo_id": "50263180042",
            "sector": "power", "status": "active", "customer": reference,
        }),
        "billing_account" => json!({
            "_title": "Vertragskonto", "billing_account_number": number("VK-", 10_000),
            "installment_amount": 8_900, "installment_amount_currency": "EUR", "billing_contact": reference,
        }),
        "contract" => json!({
            "_title": "Ökostrom 24", "contract_name": "Ökostrom 24", "contract_number": number("V-", 10_000),
            "status": "active", "branch": "power", "start_date": "2024-04-01", "customer": reference,
        }),
        "ticket" => json!({
            "_title": "Anfrage", "ticket_number": number("T-", 1_000), "status": "open",
            "description": "Bitte um Rückruf", "contact": reference,
        }),
        "order" => json!({
            "_title": number("OR-", 1_000), "order_number": number("OR-", 1_000), "status": "placed",
            "currency": "EUR", "amount_total": 106_800, "customer": reference,
        }),
        "product" => {
            json!({ "_title": "Ökostrom 24", "name": "Ökostrom 24", "type": "product", "active": true })
        }
        "account" => json!({
            "_title": "Example Handels GmbH", "name": "Example Handels GmbH",
            "customer_number": number("C-", 10_000),
        }),
        "contact" => json!({
            "_title": "Ada Example", "first_name": "Ada", "last_name": "Example",
            "email": [{ "email": "ada@example.com" }], "customer_number": number("C-", 10_000),
        }),
        _ => json!({
            "_title": number("OP-", 1_000), "opportunity_number": number("OP-", 1_000), "status": "open",
            "source_type": "manual", "customer": reference,
        }),
    };
    let head = json!({ "_id": ids.uuid(kind), "_org": ORGANISATION, "_schema": kind });
    let Value::Object(mut entity) =
        with(head, [("_created_at", json!(CREATED)), ("_updated_at", json!(UPDATED))])
    else {
        return own;
    };
    if let Value::Object(own) = own {
        entity.extend(own);
    }
    Value::Object(entity)
}

/// An entity with related ones in full.
pub fn hydrated(kind: &str, ids: &Ids) -> Value {
    let contact = of("contact", &Ids::of("related"));
    let Value::Object(mut entity) = of(kind, ids) else { return Value::Null };
    for (_, value) in &mut entity {
        if value.get("$relation").is_some() {
            *value = json!([contact]);
        }
    }
    Value::Object(entity)
}
