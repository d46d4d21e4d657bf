import type { Sample } from "~/bindings/Sample";
import type { JsonValue } from "~/bindings/serde_json/JsonValue";
import { whenChosen } from "./fake-specs";

// Samples of pretended vendors, in the shapes of real ones.

/** What would be sent for an event. */
export function samplesOf(provider: string, event: string): Sample[] {
  const kinds: Record<string, (event: string) => Sample[]> = {
    epilot: entitySamples,
    booqable: orderSamples,
  };
  return (kinds[provider] ?? occupancySamples)(event);
}

/** A space's event: what `data` holds depends on the type. */
function occupancySamples(event: string): Sample[] {
  if (event === "DETECTIONS") {
    return [json("With the positions of people", { type: event, data: { detections: [[1.2, 0.8]] } })];
  }
  const data = {
    room_id: "room_2oUDDps5iKHHo6RwlMgGVihmTlq",
    occupancy: 4,
    timestamp: "2026-11-22T09:14:00Z",
  };
  return [json("As the vendor documents it", { type: event, data })];
}

/** An entity's event in its envelope. */
function entitySamples(event: string): Sample[] {
  const entity = {
    _schema: "contract",
    _id: "5f0a1be2-84f1-4c1e-9d0b-7bd2a2c9c71e",
    status: "active",
    division: "power",
    annual_kwh: 3200,
    tags: ["online", "renewed"],
    contract_number: "AU-20418",
    start_date: "2026-12-01",
  };
  const metadata = {
    action: event,
    webhook_id: "kT5iDYx373p6v6hWGJVn9j",
    webhook_name: "Contract sync to SAP",
    organization_id: "814203",
    creation_timestamp: "2026-11-12T08:30:11.402Z",
  };
  return [json("With the whole entity", { metadata, entity, relations: [] })];
}

/** An order's event, as JSON or as a form, by the version of the webhook. */
function orderSamples(event: string): Sample[] {
  const order = { id: "0f4b1f44-1d7e-4c0e-8d55-7b1c9d6e2a10", number: 1187, status: "reserved" };
  const made = json("Version 4", { id: "a8c1", event, version: 4, data: { order } });
  return [
    { ...made, shownWhen: whenChosen("version", "4") },
    {
      label: "Version 1",
      shownWhen: whenChosen("version", "1"),
      contentType: "application/x-www-form-urlencoded",
      text: `event=${event}&payload%5Border%5D%5Bnumber%5D=1187&payload%5Border%5D%5Bnote%5D=Two+boards%2C+one+paddle&payload%5Border%5D%5Btag%5D=`,
      value: { event, payload: { order: { number: "1187", note: "Two boards, one paddle", tag: "" } } },
    },
  ];
}

function json(label: string, value: JsonValue): Sample {
  return {
    label,
    shownWhen: null,
    contentType: "application/json",
    text: JSON.stringify(value, null, 2),
    value,
  };
}
