//! The seeded organisations' webhooks, as stored: with their secrets.

use serde_json::{Value, json};

/// Between them they use every field of the model.
pub(super) fn meridian() -> Vec<Value> {
    let mut webhooks = authenticated();
    webhooks.extend(filtered());
    webhooks.extend(delivered_specially());
    webhooks.extend(unusual());
    webhooks
}

/// Four, of which two have counterparts in the production organisation.
pub(super) fn meridian_sandbox() -> Vec<Value> {
    let mut no_retry =
        webhook("mSbx0Legacy01hook00003", "Legacy without retries", "customer_request_created");
    no_retry["auth"] = json!({ "authType": "NONE" });
    no_retry["enabled"] = json!(false);
    if let Some(fields) = no_retry.as_object_mut() {
        fields.shift_remove("retryPolicy");
        fields.shift_remove("updatedTime");
    }
    let mut erp = webhook("mSbx0ErpSync1hook00001", "ERP synchronisation", "erp_synchronization");
    erp["url"] = json!("https://erp-test.meridian-energie.example/epilot/orders");
    erp["auth"] = json!({ "authType": "BASIC", "basicAuthConfig":
        { "username": "epilot-test", "password": "sandbox-epilot-basic-test-2210" } });
    let mut files = webhook("mSbx0Files01hook000002", "Contract documents", "event_FileCreated");
    files["auth"] = json!({ "authType": "API_KEY", "apiKeyConfig":
        { "keyName": "X-API-Key", "keyValue": "{{ env.archive_key }}", "keyValueIsEnvVar": true } });
    let mut probe = webhook("mSbx0Probe01hook000004", "Probe", "event_SandboxOnlyProbe");
    probe["auth"] = json!({ "authType": "NONE" });
    vec![erp, files, no_retry, probe]
}

/// What most webhooks have. The signing secret is told at creation only.
fn webhook(id: &str, name: &str, event: &str) -> Value {
    json!({
        "id": id,
        "name": name,
        "eventName": event,
        "url": format!("https://hooks.meridian-energie.example/{event}"),
        "creationTime": "2025-03-11T08:14:02.000Z",
        "updatedTime": "2025-09-23T15:40:51.000Z",
        "httpMethod": "POST",
        "enabled": true,
        "status": "active",
        "retryPolicy": { "enabled": true, "maxAttempts": 3 },
        "signingSecret": format!("whsec_sandbox-signing-{id}"),
    })
}

/// All four types of authentication, in clear and as references.
fn authenticated() -> Vec<Value> {
    let mut erp = webhook("mErpSync1hook000000001", "ERP synchronisation", "erp_synchronization");
    erp["url"] = json!("https://erp.meridian-energie.example/epilot/orders?tenant=sandbox-tenant-key-77");
    erp["auth"] = json!({ "authType": "BASIC", "basicAuthConfig":
        { "username": "epilot", "password": "sandbox-epilot-basic-5f19c0a4" } });
    erp["payloadConfiguration"] = json!({
        "hydrate_entity": true, "include_relations": true, "include_activity": false,
        "include_changed_attributes": true, "apply_changesets": true,
        "custom_headers": {
            "Ocp-Apim-Subscription-Key": "sandbox-gateway-key-93b1d7",
            "X-Meridian-Tenant": "energie",
        },
    });
    let mut crm = webhook("mCrmOauth1hook00000002", "CRM contacts", "event_ContactUpdated");
    crm["eventVersion"] = json!("2.1");
    crm["auth"] = json!({ "authType": "OAUTH_CLIENT_CREDENTIALS", "oauthConfig": {
        "clientId": "meridian-epilot",
        "clientSecret": "sandbox-epilot-oauth-8d2e61",
        "endpoint": "https://login.meridian-energie.example/oauth2/token",
        "httpMethod": "POST",
        "customParameterList": [
            { "type": "body", "key": "scope", "value": "crm.write" },
            { "type": "query", "key": "resource", "value": "https://crm.meridian-energie.example" },
            { "type": "header", "key": "X-Client-Assertion", "value": "sandbox-assertion-4471" },
        ],
    } });
    let mut files = webhook("mFilesKey1hook00000003", "Contract documents", "event_FileCreated");
    files["auth"] = json!({ "authType": "API_KEY", "apiKeyConfig":
        { "keyName": "X-API-Key", "keyValue": "{{ env.archive_key }}", "keyValueIsEnvVar": true } });
    files["deliveryMode"] = json!("binary_multipart");
    files["multipartConfig"] = json!({
        "fileFieldName": "document", "fileFieldStrategy": "multi",
        "fileSource": "event_attachments[type = 'contract']",
        "extraFields": { "kind": "'contract'", "partner": "contact.customer_number" },
    });
    let mut key = webhook("mMeterKey1hook00000004", "Meter readings to MDM", "event_MeterReadingAdded");
    key["auth"] = json!({ "authType": "API_KEY", "apiKeyConfig":
        { "keyName": "X-Mdm-Key", "keyValue": "sandbox-epilot-apikey-c7710e" } });
    key["httpMethod"] = json!("PUT");
    key["jsonataExpression"] = json!("{ \"reading\": value, \"meter\": meter.ma_lo_id }");
    key["retryPolicy"] = json!({ "enabled": true, "maxAttempts": 5 });
    vec![erp, crm, files, key]
}

/// The legacy filter with the webhook's own id, and conditions of both forms.
fn filtered() -> Vec<Value> {
    let id = "mAutoFlow1hook00000005";
    let mut automation = webhook(id, "Automation: installer handover", "automation_flow_target");
    automation["auth"] = json!({ "authType": "NONE" });
    automation["filter"] = json!({ "keyToFilter": "metadata.webhook_id", "supportedValues": [id] });
    automation["jsonataExpression"] = json!("$merge([entity, { \"source\": \"epilot\" }])");
    let mut conditions = webhook("mCondAll1hook000000006", "Large orders", "event_OrderPlaced");
    conditions["auth"] = json!({ "authType": "BASIC", "basicAuthConfig":
        { "username": "orders", "password": "{{ env.orders_password }}", "passwordIsEnvVar": true } });
    conditions["filterConditions"] = json!({
        "logical_operator": "AND",
        "conditions": [
            { "field": "order.status", "operation": "any_of", "values": ["placed", "confirmed"] },
            { "field": "order.amount_total", "operation": "greater_than", "values": ["50000"], "field_type": "number" },
            { "field": "order.line_items", "operation": "length_greater_than", "values": ["1"],
              "is_array_field": true, "repeatable_item_op": true },
            { "field": "order.cancelled_at", "operation": "is_empty" },
            { "jsonata_expression": "$count(order.line_items[product.type = 'wallbox']) > 0" },
        ],
    });
    vec![automation, conditions]
}

/// Static IP, secure proxy, protection.
fn delivered_specially() -> Vec<Value> {
    let mut fixed_ip = webhook("mStaticIp1hook00000007", "Billing (static IP)", "event_ContractSigned");
    fixed_ip["auth"] = json!({ "authType": "BASIC", "basicAuthConfig":
        { "username": "billing", "password": "sandbox-epilot-basic-0b8841" } });
    fixed_ip["enableStaticIP"] = json!(true);
    fixed_ip["protected"] = json!(true);
    let mut proxy =
        webhook("mSecProxy1hook00000008", "SAP through the secure proxy", "event_InstallmentChanged");
    proxy["url"] = json!("https://{{ env.sap_host }}/epilot/instalments");
    proxy["auth"] = json!({ "authType": "OAUTH_CLIENT_CREDENTIALS", "oauthConfig": {
        "clientId": "epilot-sap", "clientSecret": "{{ env.sap_client_secret }}", "clientSecretIsEnvVar": true,
        "endpoint": "https://sap.meridian-energie.example/token", "httpMethod": "POST",
    } });
    proxy["secureProxy"] = json!({
        "integration_id": "6b0c1f9e-5d7a-4f1b-9a52-3c8c54f0a911", "use_case_slug": "instalments",
    });
    vec![fixed_ip, proxy]
}

/// Made by a blueprint and incomplete, switched off, of next month's API, waiting for an unknown event.
fn unusual() -> Vec<Value> {
    let blueprint = json!(["0d1f6c1e-8a55-4f0e-bb7d-55f2a9d5e210"]);
    let mut incomplete = json!({
        "id": "mBlueprnt1hook00000009",
        "name": "From blueprint: solar journey",
        "eventName": "event_OpportunityCreated",
        "creationTime": "2025-06-02T06:00:00.000Z",
        "updatedTime": "2025-06-02T06:00:00.000Z",
        "httpMethod": "POST",
        "enabled": true,
        "status": "incomplete",
        "_manifest": blueprint,
    });
    incomplete["retryPolicy"] = json!({ "enabled": false });
    let mut disabled = webhook("mDisabled1hook00000010", "Old portal access log", "portal_user_access");
    disabled["auth"] = json!({ "authType": "NONE" });
    disabled["enabled"] = json!(false);
    disabled["status"] = json!("inactive");
    disabled["_manifest"] = json!(["0d1f6c1e-8a55-4f0e-bb7d-55f2a9d5e210"]);
    let mut next_month = webhook("mNextMonth1hook0000011", "Tickets", "event_TicketCreated");
    next_month["auth"] = json!({ "authType": "NONE" });
    next_month["deliveryWindow"] = json!({ "from": "06:00", "to": "22:00", "days": [1, 2, 3, 4, 5] });
    let mut unknown_event = webhook("mUnknownE1hook00000012", "Ivy rules", "AutomationRule_Triggered");
    unknown_event["auth"] = json!({ "authType": "NONE" });
    unknown_event["httpMethod"] = json!("GET");
    vec![incomplete, disabled, next_month, unknown_event]
}
