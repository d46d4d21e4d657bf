//! Booqable: lists in both shapes, pages, totals, filters, sorting, fields, and the seeds.

mod booqable_common;

use std::collections::BTreeSet;

use booqable_common::{Client, ENDPOINTS, NOT_FOUND, RENTALS, TRIAL, client, own, sandbox};
use serde_json::{Value, json};
use tacklebox_sandbox::{BooqableEndpoint, BooqableHandle, ListShape, Sandbox};

/// Three endpoints with times of their own, and their ids.
async fn three() -> (Sandbox, Client, BooqableHandle, Vec<String>) {
    let (sandbox, client, handle) = own().await;
    let add = |url: &str, version: i64, created: &str, updated: &str| {
        handle.add_endpoint(BooqableEndpoint {
            created_at: format!("{created}T10:00:00.000000+00:00"),
            updated_at: format!("{updated}T10:00:00.000000+00:00"),
            ..BooqableEndpoint::new(url, version, &["order.started"])
        })
    };
    let ids = vec![
        add("https://a.example/One", 1, "2025-01-01", "2025-04-01"),
        add("https://b.example/two", 4, "2025-02-01", "2025-03-01"),
        add("http://c.example/one", 4, "2025-03-01", "2025-03-01"),
    ];
    (sandbox, client, handle, ids)
}

#[tokio::test]
async fn a_list_comes_in_pages_of_25_without_a_total() {
    let sandbox = sandbox().await;
    let client = client(&sandbox, RENTALS);
    let first = client.get(ENDPOINTS).await;
    assert_eq!((first.status, first.content_type.as_str()), (200, "application/vnd.api+json; charset=utf-8"));
    assert_eq!(first.body["data"].as_array().map(Vec::len), Some(25));
    assert_eq!((&first.body["meta"], first.body.get("links")), (&json!({}), None));
    let all: Vec<String> =
        sandbox.booqable(RENTALS).expect("seeded").endpoints().into_iter().map(|e| e.url).collect();
    assert_eq!(client.urls("").await, all[..25]);
    assert_eq!(client.urls("page[number]=2").await, all[25..]);
    assert_eq!(client.urls("page%5Bnumber%5D=2&page%5Bsize%5D=10").await, all[10..20]);
    assert_eq!(client.urls("page[size]=100").await, all);
    assert!(client.urls("page[number]=3").await.is_empty());
}

#[tokio::test]
async fn the_rows_of_a_list_have_the_shape_of_the_organisation() {
    let (_sandbox, client, handle, ids) = three().await;
    let attributes = json!({
        "created_at": "2025-01-01T10:00:00.000000+00:00", "updated_at": "2025-04-01T10:00:00.000000+00:00",
        "url": "https://a.example/One", "events": ["order.started"], "version": 1,
    });
    let resource = json!({ "id": ids[0], "type": "webhook_endpoints", "attributes": attributes });
    assert_eq!(client.get(ENDPOINTS).await.body["data"][0], resource);
    let mut flat = json!({ "id": ids[0] });
    for (name, value) in attributes.as_object().into_iter().flatten() {
        flat[name] = value.clone();
    }
    let by_suffix = client.get("/api/4/webhook_endpoints.json").await;
    assert_eq!((&by_suffix.body["data"][0], by_suffix.body.get("meta")), (&flat, None));
    handle.change_settings(|settings| settings.list_shape = ListShape::Flat);
    let flattened = client.get(ENDPOINTS).await;
    assert_eq!((&flattened.body["data"][0], flattened.body.get("meta")), (&flat, None));
    let total = client.get(&format!("{ENDPOINTS}?stats[total]=count")).await;
    assert_eq!(total.body["meta"], json!({ "stats": { "total": { "count": 3 } } }));
}

#[tokio::test]
async fn a_total_counts_what_passes_the_filters_on_all_pages() {
    let (_sandbox, client, _, _) = three().await;
    for (query, count) in [
        ("stats[total]=count&page[size]=1", 3),
        ("stats%5Btotal%5D=count&filter[version][eq]=4", 2),
        ("meta[total][]=count&page[number]=9", 3),
        ("stats[total]=count&page[size]=0", 3),
    ] {
        let answer = client.get(&format!("{ENDPOINTS}?{query}")).await;
        assert_eq!(answer.body["meta"], json!({ "stats": { "total": { "count": count } } }), "{query}");
    }
}

#[tokio::test]
async fn one_endpoint_is_found_by_filtering_for_its_id() {
    let (_sandbox, client, _, ids) = three().await;
    let found = client.get(&format!("{ENDPOINTS}?filter[id][eq]={}", ids[1])).await;
    assert_eq!(found.body["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(found.body["data"][0]["id"], json!(ids[1]));
    let gone = "filter[id]=00000000-0000-4000-8000-000000000000";
    assert!(client.urls(gone).await.is_empty());
}

#[tokio::test]
async fn each_documented_filter_keeps_the_right_rows() {
    let (_sandbox, client, _, ids) = three().await;
    let (a, b, c) = ("https://a.example/One", "https://b.example/two", "http://c.example/one");
    let not_first = format!("filter[id][not_eq]={}", ids[0]);
    for (query, urls) in [
        (not_first.as_str(), &[b, c][..]),
        ("filter[url]=https://a.example/one", &[a]),
        ("filter[url][eq]=HTTPS://A.EXAMPLE/one", &[a]),
        ("filter[url][not_eq]=https://a.example/one", &[b, c]),
        ("filter[url][eql]=https://a.example/one", &[]),
        ("filter[url][eql]=https://a.example/One", &[a]),
        ("filter[url][not_eql]=https://a.example/One", &[b, c]),
        ("filter[url][prefix]=https:", &[a, b]),
        ("filter[url][not_prefix]=https:", &[c]),
        ("filter%5Burl%5D%5Bsuffix%5D=%2Fone", &[a, c]),
        ("filter[url][not_suffix]=/one", &[b]),
        ("filter[url][match]=B.Example", &[b]),
        ("filter[url][not_match]=b.example", &[a, c]),
        ("filter[version]=1", &[a]),
        ("filter[version][eq]=4", &[b, c]),
        ("filter[created_at][eq]=2025-02-01T11:00:00%2B01:00", &[b]),
        ("filter[created_at][not_eq]=2025-02-01T10:00:00Z", &[a, c]),
        ("filter[created_at][gt]=2025-02-01T10:00:00Z", &[c]),
        ("filter[created_at][gte]=2025-02-01", &[b, c]),
        ("filter[created_at][lt]=2025-02-01T10:00:00Z", &[a]),
        ("filter[updated_at][lte]=2025-03-01T10:00:00", &[b, c]),
        ("filter[updated_at][gt]=2025-01-01&filter[url][prefix]=https:&filter[version]=4", &[b]),
    ] {
        assert_eq!(client.urls(query).await, urls, "{query}");
    }
}

#[tokio::test]
async fn sorting_and_fields_are_respected() {
    let (_sandbox, client, _, ids) = three().await;
    let (a, b, c) = ("https://a.example/One", "https://b.example/two", "http://c.example/one");
    assert_eq!(client.urls("sort=url").await, [c, a, b]);
    assert_eq!(client.urls("sort=-created_at").await, [c, b, a]);
    assert_eq!(client.urls("sort=updated_at,-url").await, [b, c, a]);
    let few = client.get(&format!("{ENDPOINTS}?fields[webhook_endpoints]=url,version&page[size]=1")).await;
    let expected =
        json!([{ "id": ids[0], "type": "webhook_endpoints", "attributes": { "url": a, "version": 1 } }]);
    assert_eq!(few.body["data"], expected);
}

#[tokio::test]
async fn a_query_the_vendor_does_not_understand_is_refused() {
    let (_sandbox, client, _, _) = three().await;
    for (query, detail) in [
        ("page[size]=101", "Requested page size 101 is greater than max supported size 100"),
        ("page[number]=two", "WebhookEndpointResource: Failed typecasting :page[number]! Given \"two\""),
        ("page=2", "page should be an object"),
        ("fields=url", "fields should be an object"),
        ("filter[events]=order.started", "Invalid filter: events cannot be filtered with eq"),
        ("filter[url][gt]=a", "Invalid filter: url cannot be filtered with gt"),
        (
            "filter[created_at][not_gt]=2025-01-01",
            "Invalid filter: created_at cannot be filtered with not_gt",
        ),
        ("filter[version][not_eq]=1", "Invalid filter: version cannot be filtered with not_eq"),
        ("filter[id]=1", "WebhookEndpointResource: Failed typecasting :id! Given \"1\""),
        (
            "filter[created_at]=soon",
            "WebhookEndpointResource: Failed typecasting :created_at! Given \"soon\"",
        ),
        ("stats[url]=count", "No stat configured for calculation :count on attribute :url"),
        ("stats[total]=sum", "No stat configured for calculation :sum on attribute :total"),
        ("sort=events", "WebhookEndpointResource: Tried to sort on attribute :events, but could not"),
        (
            "include=owner",
            "WebhookEndpointResource: The requested included relationship \"owner\" is not supported.",
        ),
    ] {
        let refused = client.get(&format!("{ENDPOINTS}?{query}")).await;
        let expected = json!({ "errors": [
            { "code": "bad_request", "status": "400", "title": "Request Error", "detail": detail },
        ] });
        assert_eq!((refused.status, &refused.body), (400, &expected), "{query}");
    }
    assert_eq!(client.urls("unknown=1").await.len(), 3);
}

#[tokio::test]
async fn a_delivered_notification_can_be_looked_up_until_it_is_forgotten() {
    let sandbox = sandbox().await;
    let handle = sandbox.booqable(RENTALS).expect("seeded");
    let client = client(&sandbox, RENTALS);
    let id = handle.config().notifications[0].id.clone();
    let found = client.get(&format!("/api/4/webhooks/{id}")).await;
    assert_eq!((found.status, &found.body["data"]["type"]), (200, &json!("webhooks")));
    let attributes = &found.body["data"]["attributes"];
    assert_eq!((&attributes["event"], &attributes["version"]), (&json!("customer.created"), &json!(4)));
    assert_eq!(attributes["resource_type"], "customers");
    handle.forget_notifications();
    assert_eq!(client.get(&format!("/api/4/webhooks/{id}")).await.body.to_string(), NOT_FOUND);
    assert_eq!(client.get("/api/4/webhooks").await.status, 404, "notifications cannot be listed");
}

#[tokio::test]
async fn the_seeds_show_what_real_organisations_have() {
    let sandbox = sandbox().await;
    let endpoints = sandbox.booqable(RENTALS).expect("seeded").endpoints();
    assert_eq!(endpoints.len(), 30);
    assert_eq!(sandbox.booqable("Kestrel Trial").expect("seeded").endpoints().len(), 4);
    let ids: BTreeSet<_> = endpoints.iter().map(|endpoint| &endpoint.id).collect();
    assert_eq!(ids.len(), 30);
    let events: BTreeSet<&str> = endpoints.iter().flat_map(|e| &e.events).map(String::as_str).collect();
    let prefixes: BTreeSet<&str> = events.iter().filter_map(|event| event.split('.').next()).collect();
    let expected = [
        "app",
        "bundle",
        "bundle_item",
        "cart",
        "company",
        "contract",
        "customer",
        "invoice",
        "order",
        "payment",
        "product",
        "product_group",
        "quote",
    ];
    assert_eq!(prefixes.into_iter().collect::<Vec<_>>(), expected);
    assert!(events.contains("order.teleported") && events.contains("order.saved_as_concept"));
    for start in ["https://hooks.zapier.com/hooks/catch/", "https://hook.eu1.make.com/", "http://"] {
        assert!(endpoints.iter().any(|endpoint| endpoint.url.starts_with(start)), "{start}");
    }
    let versions: BTreeSet<i64> = endpoints.iter().map(|endpoint| endpoint.version).collect();
    assert_eq!(versions, BTreeSet::from([1, 4]));
    let secrets = endpoints.iter().filter_map(|endpoint| endpoint.url.split_once("secret="));
    let secrets: Vec<&str> = secrets.map(|(_, secret)| secret).collect();
    assert!(secrets.len() > 2 && secrets.iter().all(|secret| secret.starts_with("sandbox-")));
}

#[tokio::test]
async fn an_event_newer_than_the_documents_can_be_sent_back() {
    let sandbox = sandbox().await;
    let handle = sandbox.booqable(RENTALS).expect("seeded");
    let newer = handle.endpoints().into_iter().find(|e| e.events.iter().any(|e| e == "order.teleported"));
    let newer = newer.expect("seeded");
    let body = booqable_common::update(&newer.id, &json!({ "events": ["order.teleported"] }));
    assert_eq!(client(&sandbox, RENTALS).put(&newer.id, &body).await.status, 200);
    assert_eq!(
        client(&sandbox, TRIAL)
            .post(&booqable_common::create(&json!({
                "url": "https://a.example/", "events": ["order.teleported"],
            })))
            .await
            .status,
        422,
        "another organisation does not have it"
    );
}

#[tokio::test]
async fn the_seeds_and_tokens_are_the_same_at_every_start() {
    let (first, second) = (sandbox().await, sandbox().await);
    for slug in [RENTALS, TRIAL] {
        let (one, other) = (first.booqable(slug).expect("seeded"), second.booqable(slug).expect("seeded"));
        assert!(one.endpoints() == other.endpoints());
        assert_eq!(one.access_token(), other.access_token());
        let token = one.access_token();
        assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
    let rows: Value = client(&first, TRIAL).get(ENDPOINTS).await.body;
    assert_eq!(rows["data"][0].get("attributes"), None, "the trial's lists are flat");
}
