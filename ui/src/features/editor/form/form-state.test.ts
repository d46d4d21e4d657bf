import { describe, expect, it } from "vitest";
import type { Webhook } from "~/bindings/Webhook";
import { sampleOffer } from "~/backend/fake-data";
import {
  allFields,
  changedPaths,
  draftOf,
  type FormValue,
  initialValues,
  isShown,
  shownSections,
  withValue,
} from "./form-state";
import { allProblems, fieldProblem } from "./validation";

const { capabilities } = sampleOffer;

const webhook: Webhook = {
  connection: "c",
  id: "w",
  title: "Rooms",
  endpoint: "example.com/rooms",
  events: ["ROOM_OCCUPANCY", "GONE"],
  auth: ["apiKey"],
  on: null,
  fields: {
    name: { type: "text", value: "Rooms" },
    url: {
      type: "url",
      value: {
        masked: "https://example.com/rooms?token=•••",
        base: "https://example.com/rooms",
        hasUserinfo: false,
        query: [{ name: "token", hasValue: true, replaced: false }],
      },
    },
    timeout: { type: "integer", value: 10 },
    events: { type: "list", value: ["ROOM_OCCUPANCY", "GONE"] },
    "auth.api_key": { type: "flag", value: true },
    "auth.api_key.header": { type: "text", value: "X-API-Key" },
    "auth.api_key.value": { type: "secret", value: { stored: true, replaced: false } },
  },
  preserved: [],
  marks: [],
  revision: "r1",
};

const text = (value: string): FormValue => ({ type: "text", value });
const flag = (value: boolean): FormValue => ({ type: "flag", value });

function edited(changes: Record<string, FormValue>) {
  const initial = initialValues(capabilities, webhook);
  let values = initial;
  for (const [path, value] of Object.entries(changes)) values = withValue(values, capabilities, path, value);
  return { initial, values, context: { capabilities, initial, values, creating: false } };
}

function spec(path: string) {
  const found = allFields(capabilities).find((field) => field.path === path);
  if (!found) throw new Error(path);
  return found;
}

describe("the draft of an edit", () => {
  it("is empty when nothing was touched, so that every value and secret is kept", () => {
    const { initial, values } = edited({});
    expect(draftOf(capabilities, initial, values, false)).toEqual({ fields: {} });
  });

  it("holds only what differs", () => {
    const { initial, values } = edited({ name: text("Rooms 2"), timeout: { type: "integer", value: 10 } });
    expect(draftOf(capabilities, initial, values, false).fields).toEqual({ name: text("Rooms 2") });
  });

  it("takes back what was changed and changed back", () => {
    const { initial, values } = edited({
      name: text("x"),
      events: { type: "list", value: ["GONE", "ROOM_OCCUPANCY"] },
    });
    const back = withValue(values, capabilities, "name", text("Rooms"));
    expect(changedPaths(capabilities, initial, back)).toEqual([]);
  });

  it("sends a switched-off group alone and none of its fields", () => {
    const { initial, values } = edited({
      "auth.api_key.value": { type: "secret", value: { move: "replace", value: "new" } },
      "auth.api_key": flag(false),
    });
    expect(isShown(spec("auth.api_key.value"), values, capabilities)).toBe(false);
    expect(draftOf(capabilities, initial, values, false).fields).toEqual({ "auth.api_key": flag(false) });
  });

  it("names a kept query value by its place in the stored address", () => {
    const url = initialValues(capabilities, webhook)["url"];
    expect(url).toEqual({
      type: "url",
      value: {
        base: "https://example.com/rooms",
        keepUserinfo: false,
        query: [{ name: "token", origin: 0, value: { move: "keep" } }],
      },
    });
  });
});

describe("the draft of a new webhook", () => {
  it("holds the defaults and leaves out what is empty or hidden", () => {
    const initial = initialValues(capabilities, null);
    const values = withValue(initial, capabilities, "name", text("New"));
    expect(draftOf(capabilities, initial, values, true).fields).toEqual({
      name: text("New"),
      timeout: { type: "integer", value: 10 },
      "auth.api_key": flag(false),
      "auth.basic": flag(false),
      send_on_value_change: flag(false),
    });
  });
});

describe("the checks", () => {
  it("ask for a secret when its group is newly on", () => {
    const { context } = edited({ "auth.basic": flag(true) });
    expect(allProblems(context).map(({ path }) => path)).toEqual([
      "auth.basic.username",
      "auth.basic.password",
    ]);
  });

  it("accept a stored secret that is kept, and refuse an empty replacement or a required one cleared", () => {
    const path = "auth.api_key.value";
    expect(fieldProblem(spec(path), edited({}).context)).toBeNull();
    const empty = edited({ [path]: { type: "secret", value: { move: "replace", value: "" } } });
    expect(fieldProblem(spec(path), empty.context)).toBe("Enter the new value, or choose Keep.");
    const cleared = edited({ [path]: { type: "secret", value: { move: "clear" } } });
    expect(fieldProblem(spec(path), cleared.context)).toMatch(/A value is needed/);
  });

  it.each([
    ["http://example.com/a", "Only HTTPS addresses are accepted."],
    ["example.com", "This is not a complete address. It needs https:// and a host name."],
    [
      "https://bob:pw@example.com",
      "Take the user name and password out of the address and use Authentication instead.",
    ],
    ["https://exa mple.com", "The address has a space or an invisible character in it."],
    ["", "Enter the address of your endpoint, for example https://example.com/hooks"],
  ])("refuse the address %s", (base, message) => {
    const { context } = edited({ url: { type: "url", value: { base, keepUserinfo: false, query: [] } } });
    expect(fieldProblem(spec("url"), context)).toBe(message);
  });

  it.each([0, 16, 2.5, Number.NaN, null])("refuse the timeout %s", (value) => {
    const { context } = edited({ timeout: { type: "integer", value } });
    expect(fieldProblem(spec("timeout"), context)).toBe("Enter a whole number from 1 to 15 seconds.");
  });

  it("ask for at least one event", () => {
    const { context } = edited({ events: { type: "list", value: [] } });
    expect(fieldProblem(spec("events"), context)).toBe("Choose at least one event.");
  });
});

describe("the parts of the form", () => {
  it("leave out those without a field to show, until there is one", () => {
    const nameOnly = capabilities.sections.map((section) =>
      section.id === "filter"
        ? {
            ...section,
            fields: section.fields.map((field) => ({
              ...field,
              shownWhen: { path: "auth.api_key", equals: { type: "flag", value: true } as const },
            })),
          }
        : section,
    );
    const changed = { ...capabilities, sections: nameOnly };
    const initial = initialValues(changed, null);
    expect(shownSections(changed, initial).map(({ id }) => id)).not.toContain("filter");
    const on = withValue(initial, changed, "auth.api_key", flag(true));
    expect(shownSections(changed, on).map(({ id }) => id)).toContain("filter");
  });
});
