//! Products, product groups, bundles and their items.

use super::{CREATED, Resource, UPDATED, archived_at};
use crate::samples::{Ids, with};
use serde_json::{Value, json};

pub fn product_group_resource(archived: bool, ids: &Ids) -> Resource {
    let made = |what: &str| json!({ "id": ids.uuid(what), "created_at": CREATED, "updated_at": UPDATED });
    Resource {
        kind: "product_groups",
        object: "ProductGroup",
        attributes: product_group(Wares::Sold, archived, ids),
        nested: vec![
            (
                "photo",
                with(
                    made("photo"),
                    [
                        ("original_url", json!("https://photos.example.com/repair-kit.jpg")),
                        ("owner_id", json!(ids.uuid("product group"))),
                        ("owner_type", json!("product_groups")),
                    ],
                ),
            ),
            ("price_ruleset", Value::Null),
            ("price_structure", Value::Null),
            (
                "tax_category",
                with(made("tax category"), [("name", json!("Standard")), ("default", json!(true))]),
            ),
        ],
    }
}

pub fn bundle_resource(archived: bool, ids: &Ids) -> Resource {
    let parts = [("product", product(ids)), ("product_group", product_group(Wares::Let, false, ids))];
    Resource {
        kind: "bundles",
        object: "Bundle",
        attributes: bundle(archived, ids),
        nested: vec![("bundle_items", json!([with(bundle_item(false, ids), parts)]))],
    }
}

pub fn bundle_item_resource(archived: bool, ids: &Ids) -> Resource {
    Resource {
        kind: "bundle_items",
        object: "BundleItem",
        attributes: bundle_item(archived, ids),
        nested: vec![
            ("bundle", bundle(false, ids)),
            ("product", product(ids)),
            ("product_group", product_group(Wares::Let, false, ids)),
        ],
    }
}

pub fn product(ids: &Ids) -> Value {
    let own = [
        ("variation_values", json!([])),
        ("product_group_id", json!(ids.uuid("product group"))),
        ("allow_shortage", json!(false)),
        ("shortage_limit", json!(0)),
    ];
    with(item(Wares::Let, ids, ("product", "products"), false), own)
}

/// What is done with an item.
#[derive(Clone, Copy)]
enum Wares {
    Let,
    /// Its product type has another name in version 1.
    Sold,
}

fn product_group(wares: Wares, archived: bool, ids: &Ids) -> Value {
    let own = [
        ("photo_id", json!(ids.uuid("photo"))),
        ("tax_category_id", json!(ids.uuid("tax category"))),
        ("price_ruleset_id", Value::Null),
        ("price_structure_id", Value::Null),
        ("variation_fields", json!([])),
        ("stock_item_properties", json!([])),
    ];
    with(item(wares, ids, ("product group", "product_groups"), archived), own)
}

fn item(wares: Wares, ids: &Ids, (what, kind): (&str, &str), archived: bool) -> Value {
    let (name, slug, sku, product_type, price_type, price) = match wares {
        Wares::Let => ("Cargo bike", "cargo-bike", "CARGO_BIKE", "rental", "simple", 2_950),
        Wares::Sold => ("Repair kit", "repair-kit", "REPAIR_KIT", "sales_item", "fixed", 1_450),
    };
    json!({
        "id": ids.uuid(what), "created_at": CREATED, "updated_at": UPDATED, "type": kind, "archived": archived,
        "archived_at": archived_at(archived), "name": name, "group_name": name, "slug": slug, "sku": sku,
        "buffer_time_before": 0, "buffer_time_after": 3_600, "product_type": product_type,
        "tracking_type": "bulk", "trackable": false, "has_variations": false, "variation": false,
        "extra_information": null, "description": null, "show_in_store": true, "base_price_in_cents": price,
        "price_type": price_type, "price_period": "day", "deposit_in_cents": 0, "discountable": true,
        "taxable": true, "tag_list": ["workshop"],
    })
}

fn bundle(archived: bool, ids: &Ids) -> Value {
    json!({
        "id": ids.uuid("bundle"), "created_at": CREATED, "updated_at": UPDATED, "type": "bundles",
        "archived": archived, "archived_at": archived_at(archived), "name": "Weekend tour", "slug": "weekend-tour",
        "product_type": "bundle", "description": null, "show_in_store": true, "discountable": true,
        "taxable": true, "tag_list": [],
    })
}

fn bundle_item(archived: bool, ids: &Ids) -> Value {
    json!({
        "id": ids.uuid("bundle item"), "created_at": CREATED, "updated_at": UPDATED, "archived": archived,
        "archived_at": archived_at(archived), "quantity": 2, "discount_percentage": 15.0, "position": 1,
        "photo_id": null, "bundle_id": ids.uuid("bundle"), "product_group_id": ids.uuid("product group"),
        "product_id": ids.uuid("product"),
    })
}
