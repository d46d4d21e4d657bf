import type { ConnectionId } from "~/bindings/ConnectionId";
import type { Offer } from "~/bindings/Offer";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { Webhook } from "~/bindings/Webhook";
import type { WebhookDraft } from "~/bindings/WebhookDraft";
import { allFields, type FormValues } from "./form-state";

/** How many webhooks a new one will be: one for each event where a webhook has only one. */
export function numberCreated(offer: Offer, values: FormValues): number {
  if (offer.capabilities.eventsPerWebhook === "many") return 1;
  const events = allFields(offer.capabilities).find(({ kind }) => kind.type === "events");
  const chosen = events && values[events.path];
  return chosen?.type === "list" ? Math.max(chosen.value.length, 1) : 1;
}

/** What is asked of the host: a change of `webhook`, or a new one made from `source` if there is one. */
export function requestOf(
  connection: ConnectionId,
  webhook: Webhook | null,
  source: Webhook | null,
  draft: WebhookDraft,
): PlanRequest {
  if (webhook === null) return { type: "create", connection, draft, source: source?.id ?? null };
  // A webhook read afresh has a revision; without one the host finds the plan stale and shows both versions.
  return { type: "update", webhook: { connection, id: webhook.id }, revision: webhook.revision ?? "", draft };
}
