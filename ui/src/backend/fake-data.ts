import type { Connection } from "~/bindings/Connection";
import type { FieldOption } from "~/bindings/FieldOption";
import type { Offer } from "~/bindings/Offer";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import { credential, event, field, flag, idList, noFacts, when } from "./fake-specs";
import { sampleTree } from "./fake-tree";
import type { StoredWebhook } from "./fake-webhooks";

/** Sample data in the shape of a real provider, for tests and for looking at the window in a browser. */
export const sampleProvider: ProviderInfo = {
  id: "butlr",
  name: "Butlr",
  tagline: "Occupancy sensors",
  icon: "M9.2 8a1.2 1.2 0 1 1-2.4 0 1.2 1.2 0 0 1 2.4 0M5 11a4.2 4.2 0 0 1 0-6M11 5a4.2 4.2 0 0 1 0 6M3 13a7 7 0 0 1 0-10M13 3a7 7 0 0 1 0 10",
  defaultBaseUrl: "https://api.butlr.io",
  credentials: [
    credential({ key: "client_id", label: "Client ID", placeholder: "client_…" }),
    credential({ key: "client_secret", label: "Client secret", secret: true }),
  ],
  credentialsHelp: "From Butlr: Account Settings, API tokens. Needs edit access to Butlr Studio.",
};

export const sampleOffer: Offer = {
  capabilities: {
    sections: [
      {
        id: "endpoint",
        title: "Endpoint",
        hint: null,
        tree: null,
        fields: [
          field({
            path: "name",
            label: "Name",
            kind: { type: "text", maxLength: null, code: false },
            required: true,
          }),
          field({
            path: "url",
            label: "URL",
            placeholder: "https://ingest.example.com/hook",
            kind: { type: "url", httpsOnly: true },
            required: true,
          }),
          field({
            path: "timeout",
            label: "Timeout",
            help: "How long Butlr waits for an answer.",
            kind: { type: "integer", min: 1, max: 15, unit: "seconds" },
            required: true,
            default: { type: "integer", value: 10 },
          }),
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
        id: "auth",
        title: "Authentication",
        hint: "Sent with every request to the endpoint",
        tree: null,
        fields: [
          flag("auth.api_key", "API key header"),
          field({
            path: "auth.api_key.header",
            label: "Header",
            placeholder: "X-API-Key",
            kind: { type: "text", maxLength: null, code: true },
            required: true,
            shownWhen: when("auth.api_key"),
          }),
          field({
            path: "auth.api_key.value",
            label: "Value",
            kind: { type: "secret" },
            required: true,
            shownWhen: when("auth.api_key"),
          }),
          flag("auth.basic", "Basic"),
          field({
            path: "auth.basic.username",
            label: "User name",
            kind: { type: "text", maxLength: null, code: false },
            required: true,
            shownWhen: when("auth.basic"),
          }),
          field({
            path: "auth.basic.password",
            label: "Password",
            kind: { type: "secret" },
            required: true,
            shownWhen: when("auth.basic"),
          }),
        ],
      },
      {
        id: "filter",
        title: "Filter",
        hint: "Everything, unless something is chosen",
        tree: sampleTree,
        fields: [
          idList("filters.org_ids", "Organisations", "organisation", "org_"),
          idList("filters.site_ids", "Sites", "site", "site_"),
          idList("filters.building_ids", "Buildings", "building", "building_"),
          idList("filters.floor_ids", "Floors", "floor", "space_"),
          idList("filters.room_ids", "Rooms", "room", "room_"),
          idList("filters.zone_ids", "Zones", "zone", "zone_"),
          idList("filters.mac_addresses", "Sensors", "MAC address", null),
          flag("send_on_value_change", "Only when the value changes"),
        ],
      },
    ],
    onOff: { type: "alwaysOn" },
    eventsPerWebhook: "many",
    storedSecrets: "returned",
    signing: { type: "none" },
    deliveries: null,
    serverTests: [],
    metered: false,
    localTrial: null,
    tokenRequest: null,
    urlCredentials: {
      when: { path: "auth.basic", equals: { type: "flag", value: true } },
      username: "auth.basic.username",
      password: "auth.basic.password",
    },
    repeatedEvent: "Butlr asks to subscribe only once to each event type.",
    notices: [
      {
        level: "info",
        path: "filters",
        words: "Butlr does not document how floor, room and zone filters combine.",
      },
    ],
  },
  catalogue: {
    events: [
      event("FLOOR_OCCUPANCY", "Floor occupancy", "Occupancy", "People on a floor, counted every minute."),
      event("ROOM_OCCUPANCY", "Room occupancy", "Occupancy", "People in a room, counted every minute."),
      event("ZONE_OCCUPANCY", "Zone occupancy", "Occupancy", "People in a zone, counted every minute."),
      event("TRAFFIC", "Traffic", "Movement", "People passing a door, in and out."),
      event("DETECTIONS", "Detections", "Movement", "Positions of people, 1 to 3 messages a second each."),
      event("PIR_MOTION", "Motion", "Offered by this organisation"),
      event("PIR_NO_MOTION", "No motion", "Offered by this organisation"),
    ],
  },
};

export const sampleOptions: Record<string, FieldOption[]> = {
  "filters.floor_ids": [
    { value: "space_2oUBnI7YL51GNemTvKIxEgSZ8gx", label: "Floor 2", detail: "Oslo / Havnegata 12" },
    { value: "space_2oUBnKd0sQ2mWv7pTzL4hR6yJ1c", label: "Floor 3", detail: "Oslo / Havnegata 12" },
  ],
  "filters.room_ids": [
    { value: "room_2oUDDps5iKHHo6RwlMgGVihmTlq", label: "Fjord", detail: "Oslo / Havnegata 12 / Floor 3" },
    { value: "room_2oUDDqA1bY8nXc4VtE5kPm7sZ3w", label: "Skerry", detail: "Oslo / Havnegata 12 / Floor 3" },
  ],
};

export function sampleConnection(over: Partial<Connection> & Pick<Connection, "id" | "label">): Connection {
  return {
    provider: sampleProvider.id,
    environment: "production",
    baseUrl: null,
    readOnly: false,
    publicCredentials: { client_id: "client_2oUKq7NcV4wRf81" },
    builtIn: false,
    facts: noFacts,
    ...over,
  };
}

type Seed = [
  title: string,
  url: string,
  events: string[],
  extra?: StoredWebhook["values"],
  preserved?: string[],
];

const apiKey = {
  "auth.api_key": true,
  "auth.api_key.header": "X-API-Key",
  "auth.api_key.value": "hld_live_51f0c2",
};
const basic = {
  "auth.basic": true,
  "auth.basic.username": "butlr",
  "auth.basic.password": "correct horse battery",
};

const officeSeeds: Seed[] = [
  ["Room occupancy to BMS", "https://ingest.halden.example/rooms", ["ROOM_OCCUPANCY"], apiKey],
  [
    "Floor counts to DWH",
    "https://ingest.halden.example/floors",
    ["FLOOR_OCCUPANCY", "TRAFFIC"],
    {
      ...apiKey,
      ...basic,
      "filters.floor_ids": ["space_2oUBnI7YL51GNemTvKIxEgSZ8gx", "space_2oUBnKd0sQ2mWv7pTzL4hR6yJ1c"],
      send_on_value_change: true,
    },
    ["owner_team"],
  ],
  ["Evacuation headcount", "https://safety.halden.example/count", ["DETECTIONS"], { ...basic, timeout: 5 }],
  [
    "Lobby people counter",
    "https://signage.halden.example/lobby?token=lob-77f3&screen=2",
    ["ZONE_OCCUPANCY"],
  ],
  [
    "Cleaning on demand",
    "https://clean.halden.example/v2/rooms",
    ["ROOM_OCCUPANCY", "TRAFFIC", "PIR_NO_MOTION"],
    apiKey,
  ],
  [
    "Desk booking no-show",
    "https://desks.halden.example/noshow",
    ["ZONE_OCCUPANCY"],
    { send_on_value_change: true },
  ],
  ["HVAC zone control", "https://hvac.halden.example/zones", ["ZONE_OCCUPANCY", "ROOM_OCCUPANCY"], basic],
  ["Door traffic to Grafana", "https://metrics.halden.example/api/push", ["TRAFFIC"], apiKey],
  ["Legacy counts", "https://old.halden.example/counts", ["FLOOR_OCCUPANCY_1MIN"]],
];

const labSeeds: Seed[] = [
  ["Echo", "https://echo.lab.example/in", ["DETECTIONS", "TRAFFIC", "ROOM_OCCUPANCY", "ZONE_OCCUPANCY"]],
  ["Motion trial", "https://lab.example/motion", ["PIR_MOTION", "PIR_NO_MOTION"], apiKey],
  ["Floor counts trial", "https://lab.example/floors", ["FLOOR_OCCUPANCY"]],
  ["Slow endpoint", "https://lab.example/slow", ["TRAFFIC"], { timeout: 15 }],
  ["Basic sign-in check", "https://lab.example/basic", ["ROOM_OCCUPANCY"], basic],
];

export const officeWebhooks = (): StoredWebhook[] =>
  officeSeeds.map((seed, index) => stored(seed, `of${index}`));
export const labWebhooks = (): StoredWebhook[] => labSeeds.map((seed, index) => stored(seed, `lb${index}`));

function stored([name, url, events, extra = {}, preserved = []]: Seed, tail: string): StoredWebhook {
  const base = { "auth.api_key": false, "auth.basic": false, send_on_value_change: false, timeout: 10 };
  const id = `webhook_2oqujQF2pRZO8BqPgT8dWkf${tail}`;
  return { id, values: { ...base, name, url, events, ...extra }, preserved, version: 1 };
}

/** `count` webhooks for measuring. */
export function manyWebhooks(count: number): StoredWebhook[] {
  const kinds = ["FLOOR_OCCUPANCY", "ROOM_OCCUPANCY", "ZONE_OCCUPANCY", "DETECTIONS", "TRAFFIC"];
  return Array.from({ length: count }, (_, index) =>
    stored(
      [
        `Webhook ${index} of ${["rooms", "floors", "doors", "desks"][index % 4] ?? ""}`,
        `https://host${index % 97}.halden.example/in/${index}`,
        [kinds[index % 5] ?? "TRAFFIC", kinds[(index + 2) % 5] ?? "TRAFFIC"].slice(0, 1 + (index % 2)),
        index % 3 === 0 ? apiKey : {},
      ],
      String(index).padStart(6, "0"),
    ),
  );
}
