//! What epilot's event types mean, as far as its documents say: its list of core events, its pages on payloads, and
//! the page of 2022.

use super::catalogue::CATALOGUE_PREFIX;
use tacklebox_model::EventMark;

/// When an event is sent, and what is special about it.
pub struct Meaning {
    pub description: String,
    pub remark: Option<Remark>,
}

/// What is special about an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Remark {
    pub mark: Option<EventMark>,
    pub words: &'static str,
}

/// epilot does not call them deprecated: its document of today still has one of them in an example.
const OLD: Remark = Remark {
    mark: Some(EventMark::Undocumented),
    words: "In epilot's documents of 2022 and not in those of today.",
};
const EARLY: Remark =
    Remark { mark: None, words: "Early access: epilot offers it to some organisations only." };
const SEEN: Remark = Remark {
    mark: Some(EventMark::Undocumented),
    words: "Seen in use; epilot's documents say nothing of it.",
};
const OWN: Remark = Remark {
    mark: Some(EventMark::Custom),
    words: "Not among the core events that Tacklebox knows: your organisation's own, or newer.",
};
const UNKNOWN: Remark = Remark {
    mark: Some(EventMark::Undocumented),
    words: "In none of epilot's documents that Tacklebox knows.",
};

/// The meaning of an event; `words` is its name in words.
pub fn meaning(name: &str, words: &str) -> Meaning {
    let known = match name.strip_prefix(CATALOGUE_PREFIX) {
        Some(event) => core(event),
        None => outside(name),
    };
    if let Some((description, remark)) = known {
        return Meaning { description: description.into(), remark };
    }
    let remark = match name.strip_prefix(CATALOGUE_PREFIX) {
        Some(_) => OWN,
        None => UNKNOWN,
    };
    let description = format!("By its name: “{words}”.");
    Meaning { description, remark: Some(remark) }
}

/// Events without the catalogue.
fn outside(name: &str) -> Option<(&'static str, Option<Remark>)> {
    let folded: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    Some(match folded.as_str() {
        "automationflowtarget" => {
            ("An automation reaches its webhook action, started by hand or by a change of an entity.", None)
        }
        "portaluseraccess" => ("A user opens an entity in the customer portal.", None),
        "customerrequestcreated" => ("A customer request comes in from a journey.", Some(OLD)),
        "productupdated" => ("The information of a product changes.", Some(OLD)),
        "erpsynchronization" => ("By its name: a synchronisation with an ERP system.", Some(SEEN)),
        _ => return None,
    })
}

/// The core events, which are the same in every organisation.
fn core(event: &str) -> Option<(&'static str, Option<Remark>)> {
    Some(match event {
        "MeterReadingAdded" => ("A meter reading is submitted in the portal or a journey.", None),
        "ServiceMeterReadingAdded" => ("A service agent submits a meter reading.", None),
        "CustomerRequestSubmitted" => ("A customer request is submitted.", None),
        "CustomerDetailsUpdated" => ("The details of a customer change.", None),
        "InstallmentUpdated" => ("An instalment is changed.", None),
        "ServiceInstallmentChange" => ("By its name: an instalment is changed in service.", None),
        "PaymentMethodUpdated" => ("The payment method of a billing account changes.", None),
        "BillingAddressUpdated" => ("The address of a billing account changes.", None),
        "BillingAccountConnectionRemoved" => ("The connection of a billing account is removed.", None),
        "FileCreated" => ("A file is created.", None),
        "FileUpdated" => ("A file is changed.", None),
        "OrderSubmission" => ("A new order is submitted in a journey.", None),
        "TariffChange" => ("A customer switches the tariff, in the portal or a journey.", None),
        "GridConnectionRequested" => ("The request for a grid connection is submitted.", Some(EARLY)),
        "GridConnectionProgressed" => {
            ("The request for a grid connection reaches a later step.", Some(EARLY))
        }
        "GridPlantRegistrationRequested" => ("The registration of a plant is submitted.", Some(EARLY)),
        "GridPlantRegistrationProgressed" => {
            ("The registration of a plant reaches a later step.", Some(EARLY))
        }
        "OnDemandSyncContractRequested" => ("Somebody asks for a contract's data to be synchronised.", None),
        "OnDemandSyncCustomerRequested" => ("Somebody asks for a customer's data to be synchronised.", None),
        "GeneralRequestCreated" => ("An automation raises a general request.", None),
        "LocationMoveRequested" => ("An automation raises a request to move.", None),
        "TerminateContractRequested" => ("An automation raises a request to terminate a contract.", None),
        "InvoiceSimulationRequested" => ("An automation raises a request to simulate an invoice.", None),
        _ => return None,
    })
}

/// Whether it is one of the core events, by its name without prefix.
pub fn is_core(event: &str) -> bool {
    core(event).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_means_something_and_what_no_document_knows_says_so() {
        let remark = |name| meaning(name, "w").remark;
        assert_eq!(remark("event_FileCreated"), None);
        assert_eq!(remark("automation_flow_target"), None);
        assert_eq!(remark("event_GridConnectionRequested"), Some(EARLY));
        assert_eq!(remark("CustomerRequest_Created"), Some(OLD));
        assert_eq!(remark("event_WallboxOffered"), Some(OWN));
        assert_eq!(remark("wallbox_offered"), Some(UNKNOWN));
        assert!(meaning("event_WallboxOffered", "Wallbox offered").description.contains("Wallbox offered"));
    }
}
