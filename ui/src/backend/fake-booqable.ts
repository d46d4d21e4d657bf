import type { Connection } from "~/bindings/Connection";
import type { Mark } from "~/bindings/Mark";
import type { Offer } from "~/bindings/Offer";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import { choice, credential, event, field, noFacts, words } from "./fake-specs";
import type { StoredWebhook } from "./fake-webhooks";

// A pretended vendor without names, switch or authentication, that counts calls.

export const booqableProvider: ProviderInfo = {
  id: "booqable",
  name: "Booqable",
  tagline: "Rental",
  icon: "M3 5.5h10l.6 8H2.4zM5.6 7.5V5a2.4 2.4 0 0 1 4.8 0v2.5",
  defaultBaseUrl: "https://{slug}.booqable.com",
  credentials: [
    credential({ key: "slug", label: "Company slug", placeholder: "kite-paddle" }),
    credential({
      key: "api",
      label: "API path",
      options: [
        { value: "4", label: "api/4" },
        { value: "boomerang", label: "api/boomerang, as in older documents" },
      ],
      default: "4",
    }),
    credential({ key: "access_token", label: "Access token", secret: true }),
  ],
  credentialsHelp: "From Booqable: your employee page, Create new authentication method.",
};

const events = [
  "cart.completed_checkout",
  "customer.created",
  "customer.updated",
  "customer.archived",
  "invoice.created",
  "invoice.finalized",
  "order.reserved",
  "order.started",
  "order.stopped",
  "order.updated",
  "payment.completed",
  "product.created",
];

export const booqableOffer: Offer = {
  capabilities: {
    sections: [
      {
        id: "endpoint",
        title: "Endpoint",
        hint: null,
        tree: null,
        fields: [
          field({
            path: "url",
            label: "URL",
            placeholder: "https://example.com/hook",
            kind: { type: "url", httpsOnly: false },
            required: true,
          }),
          choice("version", "Version", [
            ["4", "4, sent as JSON"],
            ["1", "1, sent as a form"],
          ]),
        ],
      },
      {
        id: "events",
        title: "Events",
        hint: null,
        tree: null,
        fields: [field({ path: "events", label: "Events", kind: { type: "events" }, required: true })],
      },
      {
        id: "dates",
        title: "Dates",
        hint: null,
        tree: null,
        fields: [words("created_at", "Created", { unavailable: "Booqable sets it." })],
      },
    ],
    onOff: { type: "alwaysOn" },
    eventsPerWebhook: "many",
    storedSecrets: "returned",
    signing: { type: "none" },
    deliveries: null,
    serverTests: [],
    metered: true,
    localTrial: null,
    tokenRequest: null,
    urlCredentials: null,
    repeatedEvent: null,
    notices: [],
  },
  catalogue: {
    events: events.map((id) => {
      const [group = "", verb = ""] = id.split(".");
      return event(id, `${capital(group)} ${verb.replaceAll("_", " ")}`, capital(group));
    }),
  },
};

const zapier: Mark = {
  kind: "otherTool",
  label: "Zapier",
  words: "Zapier made it. A Zap stops working without it.",
  asks: "beforeDelete",
};

export const rentalWebhooks = (): StoredWebhook[] => [
  made("1", "https://relay.kp.example/slack", ["order.reserved", "order.started", "order.stopped"]),
  made("2", "https://shop.kp.example/stock?secret=s3", ["product.created", "order.updated"], "1"),
  made("3", "https://hooks.zapier.com/hooks/standard/1187/b4x", ["customer.created"], "1", [zapier]),
];

export const rentalTestWebhooks = (): StoredWebhook[] => [
  made("4", "https://test.kp.example/in", ["order.updated", "order.saved_as_concept"]),
];

export function booqableConnection(over: Partial<Connection> & Pick<Connection, "id" | "label">): Connection {
  return {
    provider: booqableProvider.id,
    environment: "production",
    baseUrl: null,
    readOnly: false,
    publicCredentials: { slug: "kite-paddle", api: "4" },
    builtIn: false,
    facts: noFacts,
    ...over,
  };
}

function made(tail: string, url: string, names: string[], version = "4", marks: Mark[] = []): StoredWebhook {
  const id = `be43f04f-01e8-44d9-86ae-00000000000${tail}`;
  return {
    id,
    values: { url, events: names, version, created_at: "2025-01-21, 20:20 UTC" },
    preserved: [],
    version: 1,
    marks,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replaceAll("_", " ");
}
