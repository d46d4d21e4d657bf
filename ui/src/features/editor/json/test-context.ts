import { FakeBackend } from "~/backend/fake";
import { toWebhook } from "~/backend/fake-webhooks";
import type { Offer } from "~/bindings/Offer";
import type { Webhook } from "~/bindings/Webhook";
import { initialValues } from "../form/form-state";
import type { DocumentContext } from "./document";
import { layoutOf } from "./layout";

/** What a document of a form is made for, for tests. */
export function contextOf(offer: Offer, webhook: Webhook | null): DocumentContext {
  const { capabilities, catalogue } = offer;
  const initial = initialValues(capabilities, webhook);
  return {
    capabilities,
    catalogue,
    layout: layoutOf(capabilities),
    initial,
    webhook,
    creating: webhook === null,
  };
}

const fake = new FakeBackend({ connections: "six" });

/** Every sample webhook of the pretended vendors. */
export const samples = [...fake.webhooks].flatMap(([connection, stored]) =>
  stored.map((one): [title: string, offer: Offer, webhook: Webhook] => {
    const webhook = toWebhook(connection, one, fake.offerOf(connection));
    return [webhook.title, fake.offerOf(connection), webhook];
  }),
);

export function sample(title: string): DocumentContext {
  const found = samples.find(([name]) => name === title);
  if (!found) throw new Error(`no sample webhook ${title}`);
  return contextOf(found[1], found[2]);
}
