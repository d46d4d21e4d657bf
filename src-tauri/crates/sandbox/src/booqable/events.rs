//! The events and versions the documents name.

/// In the order of the documents of July 2026. `order.saved_as_concept` is an older name of
/// `order.saved_as_draft` that can still be subscribed to.
pub(super) const EVENTS: [&str; 45] = [
    "app.configured",
    "app.installed",
    "app.plan_changed",
    "app.uninstalled",
    "bundle.archived",
    "bundle.created",
    "bundle.updated",
    "bundle_item.archived",
    "bundle_item.created",
    "bundle_item.updated",
    "cart.completed_checkout",
    "company.destroyed",
    "company.updated",
    "contract.archived",
    "contract.confirmed",
    "contract.created",
    "contract.signed",
    "contract.updated",
    "customer.archived",
    "customer.created",
    "customer.updated",
    "invoice.archived",
    "invoice.created",
    "invoice.finalized",
    "invoice.revised",
    "invoice.updated",
    "order.archived",
    "order.canceled",
    "order.reserved",
    "order.reverted",
    "order.saved_as_concept",
    "order.saved_as_draft",
    "order.started",
    "order.stopped",
    "order.updated",
    "payment.completed",
    "product.created",
    "product_group.archived",
    "product_group.created",
    "product_group.updated",
    "quote.archived",
    "quote.confirmed",
    "quote.created",
    "quote.signed",
    "quote.updated",
];

/// Notifications are form-encoded in version 1 and JSON in version 4.
pub(super) const VERSIONS: [i64; 2] = [1, 4];

/// The version of an endpoint that names none.
pub(super) fn default_version() -> i64 {
    1
}
