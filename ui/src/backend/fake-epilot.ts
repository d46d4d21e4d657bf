import type { Connection } from "~/bindings/Connection";
import type { Mark } from "~/bindings/Mark";
import type { Offer } from "~/bindings/Offer";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import { methods, oauthFields } from "./fake-oauth";
import { sampleConditions, sampleConditionSpec } from "./fake-conditions";
import {
  choice,
  code,
  credential,
  event,
  field,
  flag,
  noFacts,
  secret,
  when,
  whenChosen,
  words,
} from "./fake-specs";
import type { StoredWebhook } from "./fake-webhooks";

// A pretended vendor with a switch, a choice of authentication, a signing secret and a log of deliveries.

export const epilotProvider: ProviderInfo = {
  id: "epilot",
  name: "epilot",
  tagline: "Energy CRM",
  icon: "M8.8 1.8 3.5 9h3.7l-.9 5.2L12.5 7H8.4l.4-5.2z",
  defaultBaseUrl: "https://webhooks.sls.epilot.io",
  credentials: [credential({ key: "token", label: "Access token", secret: true })],
  credentialsHelp: "From epilot: Settings, Access Tokens. The organisation comes from the token.",
};

export const epilotOffer: Offer = {
  capabilities: {
    sections: [
      {
        id: "endpoint",
        title: "Endpoint",
        hint: null,
        tree: null,
        fields: [
          words("name", "Name", { required: true }),
          field({
            path: "url",
            label: "URL",
            placeholder: "https://api.example.com/hook",
            kind: { type: "url", httpsOnly: false },
            required: true,
          }),
          choice("httpMethod", "Method", methods),
          flag("enabled", "Enabled", { default: { type: "flag", value: true } }),
        ],
      },
      {
        id: "events",
        title: "Event",
        hint: "One per webhook",
        tree: null,
        fields: [field({ path: "events", label: "Event", kind: { type: "events" }, required: true })],
      },
      {
        id: "auth",
        title: "Authentication",
        hint: "Sent with every request to the endpoint",
        tree: null,
        fields: [
          choice("auth.type", "Authentication", [
            ["NONE", "None"],
            ["BASIC", "Basic"],
            ["API_KEY", "API key"],
            ["OAUTH_CLIENT_CREDENTIALS", "OAuth client credentials"],
          ]),
          words("auth.basic.username", "User name", {
            required: true,
            shownWhen: whenChosen("auth.type", "BASIC"),
          }),
          secret("auth.basic.password", "Password", { shownWhen: whenChosen("auth.type", "BASIC") }),
          code("auth.apiKey.name", "Header", {
            required: true,
            shownWhen: whenChosen("auth.type", "API_KEY"),
          }),
          secret("auth.apiKey.value", "Value", { shownWhen: whenChosen("auth.type", "API_KEY") }),
          ...oauthFields(),
        ],
      },
      {
        id: "filter",
        title: "Conditions",
        hint: "Sent only when they hold",
        tree: null,
        fields: [
          code("filter.keyToFilter", "Path", { placeholder: "entity.status" }),
          field({
            path: "filter.supportedValues",
            label: "Values",
            kind: { type: "textList", noun: "value" },
          }),
          field({
            path: "filterConditions",
            label: "Conditions",
            kind: { type: "conditions", spec: sampleConditionSpec },
          }),
        ],
      },
      {
        id: "payload",
        title: "Payload",
        hint: null,
        tree: null,
        fields: [
          flag("payload.hydrate_entity", "Whole entity"),
          flag("payload.include_relations", "Relations"),
          field({
            path: "payload.custom_headers",
            label: "Headers",
            kind: { type: "pairs", noun: "header", groups: [], secret: true },
          }),
          field({
            path: "jsonata",
            label: "Transformation",
            help: "A JSONata expression. Empty sends the payload as it is.",
            kind: { type: "code", language: "jsonata", maxLength: 15_000 },
          }),
        ],
      },
      {
        id: "delivery",
        title: "Delivery",
        hint: null,
        tree: null,
        fields: [
          flag("retry.enabled", "Retries", { default: { type: "flag", value: true } }),
          field({
            path: "retry.maxAttempts",
            label: "Attempts",
            help: "After 5 s, 5 min, 30 min, 2 h and 5 h.",
            kind: { type: "integer", min: 1, max: 5, unit: null },
            default: { type: "integer", value: 3 },
            shownWhen: when("retry.enabled"),
          }),
          flag("protected", "Protected", { help: "epilot asks its own users before they change it." }),
        ],
      },
    ],
    onOff: { type: "field", path: "enabled" },
    eventsPerWebhook: "one",
    storedSecrets: "writeOnly",
    signing: { type: "secretShownOnce", path: "signingSecret", label: "Signing secret" },
    deliveries: {
      statuses: ["succeeded", "failed", "skipped"],
      replayAtOnce: 100,
      reapply: true,
      keptDays: 28,
    },
    serverTests: ["oAuth", "example", "trigger"],
    metered: false,
    tokenRequest: {
      when: whenChosen("auth.type", "OAUTH_CLIENT_CREDENTIALS"),
      endpoint: "auth.oauth.endpoint",
      method: "auth.oauth.httpMethod",
      clientId: "auth.oauth.clientId",
      clientSecret: "auth.oauth.clientSecret",
      secretIsEnv: null,
      parameters: "auth.oauth.parameters",
      open: null,
    },
    urlCredentials: {
      when: whenChosen("auth.type", "BASIC"),
      username: "auth.basic.username",
      password: "auth.basic.password",
    },
    repeatedEvent: null,
    localTrial: { conditions: "filterConditions", transformation: "jsonata" },
    notices: [],
  },
  catalogue: {
    events: [
      event("customer_request_created", "Customer request created", "Requests"),
      event(
        "contract_created",
        "Contract created",
        "Contracts",
        "Sent when a contract was created, by a person or an automation.",
      ),
      event("event_MeterReadingAdded", "Meter reading added", "Event catalogue"),
      event("event_FileCreated", "File created", "Event catalogue"),
      event(
        "automation_flow_target",
        "Automation",
        "Automations",
        "Sent by an automation that names this webhook.",
      ),
    ],
  },
};

export const protectedMark: Mark = {
  kind: "protected",
  label: "Protected",
  words: "Marked as protected at epilot: it should not be changed without a reason.",
  asks: "beforeAnyWrite",
};
const managedMark: Mark = {
  kind: "managed",
  label: "Blueprint",
  words: "A blueprint made it and may write over changes.",
  asks: "beforeAnyWrite",
};
const incompleteMark: Mark = {
  kind: "incomplete",
  label: "Incomplete",
  words: "It was copied without URL or authentication and sends nothing until they are entered.",
  asks: "never",
};

const oauth = {
  "auth.type": "OAUTH_CLIENT_CREDENTIALS",
  "auth.oauth.endpoint": "https://login.auental.example/token",
  "auth.oauth.httpMethod": "POST",
  "auth.oauth.clientId": "tacklebox",
  "auth.oauth.clientSecret": "oauth-91c7",
  "auth.oauth.parameters": [{ group: "body", name: "scope", value: "sap.write" }],
};
const basic = {
  "auth.type": "BASIC",
  "auth.basic.username": "epilot",
  "auth.basic.password": "correct horse",
};
const key = { "auth.type": "API_KEY", "auth.apiKey.name": "X-API-Key", "auth.apiKey.value": "key-22" };

export const energyWebhooks = (): StoredWebhook[] => [
  made("n8", "New customer requests", "https://n8n.auental.example/anfragen", "customer_request_created", {
    ...oauth,
    filterConditions: { json: { logical_operator: "NOT", conditions: [] } },
  }),
  made(
    "sap",
    "Contract sync to SAP",
    "https://sap-gw.auental.example/in",
    "contract_created",
    {
      ...oauth,
      signingSecret: "whsec_3f9a",
      jsonata: '{ "contract": entity.contract_number, "state": entity.status }',
      "payload.custom_headers": [{ group: null, name: "X-Gateway-Key", value: "gw-71" }],
      filterConditions: { conditions: { all: true, rows: sampleConditions } },
    },
    [protectedMark],
  ),
  made(
    "edm",
    "Meter reading intake",
    "https://edm.auental.example/readings",
    "event_MeterReadingAdded",
    basic,
    [managedMark],
  ),
  made("portal", "Portal automation", "https://flows.auental.example/portal", "automation_flow_target", {
    ...key,
    enabled: false,
    "filter.keyToFilter": "metadata.webhook_id",
    "filter.supportedValues": ["portal"],
  }),
];

export const energyStagingWebhooks = (): StoredWebhook[] => [
  made("copy", "Contract sync (copy)", "https://sap-stg.auental.example/in", "contract_renewed_v2", oauth),
  made("import", "Imported file intake", "", "event_FileCreated", { enabled: false }, [incompleteMark]),
  made("echo", "Energy echo", "https://echo.auental.example/7f3a", "customer_request_created"),
];

export function epilotConnection(over: Partial<Connection> & Pick<Connection, "id" | "label">): Connection {
  return {
    provider: epilotProvider.id,
    environment: "production",
    baseUrl: null,
    readOnly: false,
    publicCredentials: {},
    builtIn: false,
    facts: { ...noFacts, organisation: "814203", name: "Ops" },
    ...over,
  };
}

function made(
  id: string,
  name: string,
  url: string,
  eventName: string,
  extra: StoredWebhook["values"] = {},
  marks: Mark[] = [],
): StoredWebhook {
  const values: StoredWebhook["values"] = {
    name,
    url,
    events: [eventName],
    httpMethod: "POST",
    enabled: true,
    "auth.type": "NONE",
    "retry.enabled": true,
    "retry.maxAttempts": 3,
    protected: marks.includes(protectedMark),
    ...extra,
  };
  return { id: `${id}T5iDYx373p6v6hWGJ`, values, preserved: [], version: 1, marks };
}
