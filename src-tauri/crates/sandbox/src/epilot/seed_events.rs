//! The seeded organisations' events, and payloads in the vendor's shapes.

use serde_json::{Value, json};

/// Name and label of each event that can trigger webhooks.
type Events = Vec<(String, String)>;

const COMMON: [(&str, &str); 22] = [
    ("automation_flow_target", "Automation Trigger Webhook"),
    ("erp_synchronization", "ERP Synchronization"),
    ("customer_request_created", "Customer Request Created"),
    ("portal_user_access", "Portal User Access"),
    ("event_OnDemandSyncCustomerRequested", "On-demand sync of a customer requested"),
    ("event_FileCreated", "File created"),
    ("event_FileDeleted", "File deleted"),
    ("event_MeterReadingAdded", "Meter reading added"),
    ("event_MeterReadingUpdated", "Meter reading updated"),
    ("event_ContactCreated", "Contact created"),
    ("event_ContactUpdated", "Contact updated"),
    ("event_AccountCreated", "Account created"),
    ("event_OpportunityCreated", "Opportunity created"),
    ("event_OpportunityStatusChanged", "Opportunity status changed"),
    ("event_OrderPlaced", "Order placed"),
    ("event_ContractSigned", "Contract signed"),
    ("event_ContractTerminated", "Contract terminated"),
    ("event_InstallmentChanged", "Installment changed"),
    ("event_PaymentMethodChanged", "Payment method changed"),
    ("event_PortalUserRegistered", "Portal user registered"),
    ("event_TicketCreated", "Ticket created"),
    ("event_WorkflowCompleted", "Workflow completed"),
];

pub(super) fn meridian() -> Events {
    // The last one has no friendly label: the document allows the name itself.
    owned(&[
        ("event_GridConnectionApproved", "Grid connection approved (custom)"),
        ("event_TariffSwitchRequested", "Tariff switch requested (custom)"),
        ("event_WallboxOffered", "Wallbox offered (custom)"),
        ("event_HeatPumpSurveyDone", "event_HeatPumpSurveyDone"),
    ])
}

/// Other custom events than the production organisation has.
pub(super) fn meridian_sandbox() -> Events {
    owned(&[
        ("event_GridConnectionApproved", "Grid connection approved (custom)"),
        ("event_SandboxOnlyProbe", "Sandbox only probe (custom)"),
        ("event_WallboxOffered", "Wallbox offered (custom)"),
    ])
}

fn owned(custom: &[(&str, &str)]) -> Events {
    COMMON.iter().chain(custom).map(|&(name, label)| (name.to_owned(), label.to_owned())).collect()
}

/// What an automation sends. `number` makes payloads differ.
pub(super) fn automation_payload(
    organisation_id: &str,
    webhook_id: &str,
    name: &Value,
    number: u32,
) -> Value {
    json!({
        "metadata": {
            "webhook_id": webhook_id,
            "organization_id": organisation_id,
            "webhook_name": name,
            "automation_name": format!("FLOW#{:08}", 41_000 + number),
            "correlation_id": uuid(0xc0, number),
            "creation_timestamp": "2025-07-09T11:50:25.933Z",
            "execution_id": uuid(0xe0, number),
            "action_id": uuid(0xa0, number),
        },
        "entity": {
            "_id": uuid(0x10, number),
            "_org": organisation_id,
            "_schema": "opportunity",
            "status": "open",
            "opportunity_number": format!("OP-{}", 6300 + number),
        },
        "relations": [],
    })
}

/// What an Event Catalog event sends; `event` is its name without the prefix.
pub(super) fn catalogue_payload(organisation_id: &str, event: &str, version: &str, number: u32) -> Value {
    json!({
        "_org_id": organisation_id,
        "_event_time": "2025-07-09T11:50:25.933Z",
        "_event_id": uuid(0xee, number),
        "_event_name": event,
        "_event_version": version,
        "_event_source": "api",
        "_ack_id": uuid(0xac, number),
        "_trigger_source_type": "api",
        "_trigger_source": format!("api_{organisation_id}"),
        "external_id": format!("ext-{number:05}"),
        "contact_id": uuid(0xcc, number),
        "contact": { "_schema": "contact", "customer_number": format!("C-{}", 10_000 + number) },
    })
}

/// A fixed UUID.
pub(super) fn uuid(kind: u32, number: u32) -> String {
    format!("{kind:08x}-5a3d-4b1e-8c00-{number:012x}")
}
