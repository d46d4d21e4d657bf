//! Booqable's event types in words: the 45 of its documents of July 2026, which list them without a meaning of
//! their own. The list grows every few months, so that unknown ones are shown as they are called.

use std::collections::BTreeSet;
use tacklebox_model::{Catalogue, EventId, EventMark, EventType};

const UNKNOWN: &str = "Others";

/// Events of one kind of thing.
struct Kind {
    prefix: &'static str,
    noun: &'static str,
    group: &'static str,
    /// Their names, and when they are sent.
    events: &'static [(&'static str, &'static str)],
}

const KINDS: [Kind; 13] = [
    Kind {
        prefix: "order",
        noun: "Order",
        group: "Orders",
        events: &[
            ("reserved", "An order is reserved."),
            ("started", "Items of an order are picked up or delivered: the order is started."),
            ("stopped", "Items of an order come back: the order is stopped."),
            ("updated", "Something in an order changes."),
            ("canceled", "An order is cancelled."),
            ("archived", "An order is archived."),
            ("reverted", "An order is reverted, by its name; Booqable's documents say no more."),
            ("saved_as_draft", "An order is saved as a draft, which was called concept before."),
            ("saved_as_concept", "An order is saved as a concept, which is called draft today."),
        ],
    },
    Kind {
        prefix: "cart",
        noun: "Cart",
        group: "Carts",
        events: &[("completed_checkout", "A customer completes the checkout of a cart.")],
    },
    Kind {
        prefix: "customer",
        noun: "Customer",
        group: "Customers",
        events: &[
            ("created", "A customer is created."),
            ("updated", "Something about a customer changes."),
            ("archived", "A customer is archived."),
        ],
    },
    Kind {
        prefix: "quote",
        noun: "Quote",
        group: "Quotes",
        events: &[
            ("created", "A quote is created."),
            ("updated", "Something in a quote changes."),
            ("confirmed", "A quote is confirmed."),
            ("signed", "A quote is signed."),
            ("archived", "A quote is archived."),
        ],
    },
    Kind {
        prefix: "contract",
        noun: "Contract",
        group: "Contracts",
        events: &[
            ("created", "A contract is created."),
            ("updated", "Something in a contract changes."),
            ("confirmed", "A contract is confirmed."),
            ("signed", "A contract is signed."),
            ("archived", "A contract is archived."),
        ],
    },
    Kind {
        prefix: "invoice",
        noun: "Invoice",
        group: "Invoices",
        events: &[
            ("created", "An invoice is created, which Booqable does by itself when an order changes."),
            ("updated", "Something in an invoice changes, such as its payment status."),
            ("finalized", "An invoice is finalised."),
            ("revised", "An invoice is revised."),
            ("archived", "An invoice is archived."),
        ],
    },
    Kind {
        prefix: "payment",
        noun: "Payment",
        group: "Payments",
        events: &[("completed", "A payment is completed.")],
    },
    Kind {
        prefix: "product",
        noun: "Product",
        group: "Products",
        events: &[("created", "A product, one variation of a product group, is created.")],
    },
    Kind {
        prefix: "product_group",
        noun: "Product group",
        group: "Product groups",
        events: &[
            ("created", "A product group is created."),
            ("updated", "Something in a product group changes."),
            ("archived", "A product group is archived."),
        ],
    },
    Kind {
        prefix: "bundle",
        noun: "Bundle",
        group: "Bundles",
        events: &[
            ("created", "A bundle is created."),
            ("updated", "Something in a bundle changes."),
            ("archived", "A bundle is archived."),
        ],
    },
    Kind {
        prefix: "bundle_item",
        noun: "Bundle item",
        group: "Bundle items",
        events: &[
            ("created", "An item is added to a bundle."),
            ("updated", "Something about an item of a bundle changes."),
            ("archived", "An item of a bundle is archived."),
        ],
    },
    Kind {
        prefix: "company",
        noun: "Company",
        group: "Company",
        events: &[
            ("updated", "Something about the company changes."),
            ("destroyed", "The company is removed from Booqable."),
        ],
    },
    Kind {
        prefix: "app",
        noun: "App",
        group: "Apps",
        events: &[
            ("installed", "A user installs an app from Booqable's app store."),
            ("configured", "The settings of an app are saved while it is configured, each time anew."),
            ("plan_changed", "A user moves an app to another plan."),
            ("uninstalled", "A user removes an app from the company."),
        ],
    },
];

const DRAFT_REMARK: &str = "The old name of order.saved_as_draft: it can still be chosen, and is gone from Booqable's list of what it \
    sends.";
const UNKNOWN_REMARK: &str = "Not in Booqable's documents that Tacklebox knows. A webhook here has it.";

/// The documented events, and those that webhooks of this company have besides.
pub fn catalogue(seen: &BTreeSet<String>) -> Catalogue {
    let documented =
        KINDS.iter().flat_map(|kind| kind.events.iter().map(|(event, meaning)| known(kind, event, meaning)));
    let others = seen.iter().filter(|id| !is_documented(id)).map(|id| unknown(id));
    Catalogue { events: documented.chain(others).collect() }
}

/// Whether the documents list this event.
pub fn is_documented(id: &str) -> bool {
    id.split_once('.').is_some_and(|(prefix, event)| {
        KINDS.iter().any(|kind| kind.prefix == prefix && kind.events.iter().any(|(name, _)| *name == event))
    })
}

fn known(kind: &Kind, event: &str, meaning: &str) -> EventType {
    let id = format!("{}.{event}", kind.prefix);
    let is_old = id == "order.saved_as_concept";
    EventType {
        label: format!("{} {}", kind.noun, event.replace('_', " ")),
        group: kind.group.into(),
        description: Some(meaning.into()),
        mark: is_old.then_some(EventMark::Deprecated),
        remark: is_old.then(|| DRAFT_REMARK.into()),
        id: EventId::new(id),
    }
}

fn unknown(id: &str) -> EventType {
    EventType {
        id: EventId::from(id),
        label: id.to_owned(),
        group: UNKNOWN.into(),
        description: None,
        mark: Some(EventMark::Undocumented),
        remark: Some(UNKNOWN_REMARK.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_event_is_there_once_with_words() {
        let catalogue = catalogue(&BTreeSet::new());
        let ids: BTreeSet<_> = catalogue.events.iter().map(|e| e.id.as_str().to_owned()).collect();
        assert_eq!((catalogue.events.len(), ids.len()), (45, 45));
        assert!(ids.iter().all(|id| is_documented(id)));
        for missing in ["order.created", "product.updated", "product.archived", "payment.created"] {
            assert!(!is_documented(missing), "{missing}");
        }
        let event = |id: &str| catalogue.events.iter().find(|e| e.id.as_str() == id).unwrap();
        assert_eq!(event("bundle_item.archived").label, "Bundle item archived");
        assert_eq!(event("app.plan_changed").group, "Apps");
        assert!(event("order.saved_as_concept").remark.as_ref().unwrap().starts_with("The old name"));
        assert!(catalogue.events.iter().all(|e| e.description.as_ref().is_some_and(|d| d.ends_with('.'))));
        let marked: Vec<_> =
            catalogue.events.iter().filter(|e| e.remark.is_some() || e.mark.is_some()).collect();
        let [old] = marked.as_slice() else { panic!("{marked:?}") };
        assert_eq!((old.id.as_str(), old.mark), ("order.saved_as_concept", Some(EventMark::Deprecated)));
    }

    #[test]
    fn an_unknown_event_that_was_seen_is_offered_again_as_it_is_called() {
        let seen = ["order.exploded", "order.updated"].map(str::to_owned).into();
        let catalogue = catalogue(&seen);
        assert_eq!(catalogue.events.len(), 46);
        let last = catalogue.events.last().unwrap();
        assert_eq!((last.id.as_str(), last.group.as_str()), ("order.exploded", UNKNOWN));
        assert!(last.remark.is_some() && last.mark == Some(EventMark::Undocumented));
    }
}
