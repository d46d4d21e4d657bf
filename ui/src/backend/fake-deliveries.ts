import type { DeliveriesRequest } from "~/bindings/DeliveriesRequest";
import type { Delivery } from "~/bindings/Delivery";
import type { DeliveryDetail } from "~/bindings/DeliveryDetail";
import type { DeliveryPage } from "~/bindings/DeliveryPage";
import type { DeliveryStatus } from "~/bindings/DeliveryStatus";
import type { WebhookPick } from "~/bindings/WebhookPick";
import { list, type StoredWebhook, text, urlView } from "./fake-webhooks";

/** Deliveries on a page. */
export const pageSize = 25;

const minute = 60_000;
const outcomes: DeliveryStatus[] = ["succeeded", "succeeded", "succeeded", "failed", "skipped", "inProgress"];

/** The log of a webhook, newest first: 60 deliveries, 12 minutes apart, of all outcomes. */
export function deliveriesOf(pick: WebhookPick, { values }: StoredWebhook, now = Date.now()): Delivery[] {
  const transforms = text(values["jsonata"]) !== "";
  return Array.from({ length: 60 }, (_, index): Delivery => {
    const status = outcomes[index % outcomes.length] ?? "unknown";
    const failed = status === "failed";
    return {
      id: `${pick.id}-d${60 - index}`,
      atMs: now - index * 12 * minute,
      event: list(values["events"])[0] ?? null,
      status,
      method: text(values["httpMethod"]) || "POST",
      endpoint: urlView(text(values["url"])).masked.replace(/^https?:\/\//, ""),
      httpStatus: status === "succeeded" ? 200 : failed && index % 4 === 3 ? 503 : null,
      code: failed && index % 4 !== 3 ? "OAuthTokenExchangeError" : null,
      message: failed ? (index % 4 === 3 ? "Service Unavailable" : "The token endpoint answered 401.") : null,
      retries: failed ? 3 : 0,
      reapply: transforms
        ? { possible: true, reason: null }
        : { possible: false, reason: "This webhook has no transformation." },
    };
  });
}

/** A page of what a query leaves. */
export function deliveryPage(all: readonly Delivery[], { query }: DeliveriesRequest): DeliveryPage {
  const { status, fromMs, toMs, id, cursor } = query;
  const wanted = all.filter(
    (one) =>
      (status === null || one.status === status) &&
      (fromMs === null || (one.atMs ?? 0) >= fromMs) &&
      (toMs === null || (one.atMs ?? 0) <= toMs) &&
      (id === null || one.id === id),
  );
  const from = Number(cursor ?? 0);
  const end = from + pageSize;
  return { deliveries: wanted.slice(from, end), next: end < wanted.length ? String(end) : null };
}

export function deliveryDetail(delivery: Delivery): DeliveryDetail {
  const original = { entity: { _schema: "contract", status: "active", contract_number: "C-10443" } };
  const sent = delivery.reapply.possible ? { contract: "C-10443", state: "active" } : original;
  return {
    delivery,
    payload: JSON.stringify(sent, null, 2),
    original: delivery.reapply.possible ? JSON.stringify(original, null, 2) : null,
    response:
      delivery.httpStatus === null
        ? null
        : delivery.httpStatus === 200
          ? "ok"
          : "<h1>Service Unavailable</h1>",
  };
}
