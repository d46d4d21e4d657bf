import { expect, it } from "vitest";
import { epilotOffer } from "~/backend/fake-epilot";
import { sampleOffer } from "~/backend/fake-data";
import type { Diagnostic } from "~/components/code-editor/types";
import type { FormValues } from "../form/form-state";
import { analyser } from "./analyse";
import { completionsAt } from "./complete";
import { documentOf, type DocumentContext } from "./document";
import { contextOf, sample } from "./test-context";

type Loose = Record<string, unknown>;

/** What is found in the document of a sample after a change to it. */
function after(title: string, change: (document: Loose) => void, values?: FormValues) {
  const context = sample(title);
  const before = { ...context.initial, ...values };
  const document = JSON.parse(JSON.stringify(documentOf(before, context))) as Loose;
  change(document);
  return { context, ...analyser(context)(JSON.stringify(document), before, before) };
}

const lines = (diagnostics: Diagnostic[]) =>
  diagnostics.map((one) => `${"pointer" in one ? one.pointer : one.from} ${one.severity}: ${one.message}`);
const at = (document: Loose, key: string) => document[key] as Loose;
const row = (document: Loose, index: number) =>
  (at(document, "filterConditions")["rows"] as Loose[])[index] as Loose;

const PLAIN = "Floor counts to DWH";
const RICH = "Contract sync to SAP";

it("finds nothing in what the form holds", () => {
  for (const title of [PLAIN, RICH, "shop.kp.example/stock"]) {
    const { context, values, diagnostics, errors } = after(title, () => undefined);
    expect({ values, diagnostics, errors }).toEqual({ values: context.initial, diagnostics: [], errors: 0 });
  }
});

it.each<[string, string, (document: Loose) => void, string]>([
  [
    "a name nobody knows",
    PLAIN,
    (d) => (d["enabledd"] = 1),
    "/enabledd error: There is no field called enabledd here.",
  ],
  [
    "a name that is nearly right",
    RICH,
    (d) => ((d["enabledd"] = true), delete d["enabled"]),
    "/enabledd error: There is no field called enabledd here; did you mean enabled?",
  ],
  [
    "a wrong name in a row",
    RICH,
    (d) => (row(d, 1)["vaules"] = []),
    "/filterConditions/rows/1/vaules error: There is no field called vaules here; did you mean values?",
  ],
  [
    "a text for a number",
    PLAIN,
    (d) => (d["timeout"] = "5"),
    "/timeout error: timeout must be a whole number from 1 to 15 seconds.",
  ],
  [
    "a fraction",
    PLAIN,
    (d) => (d["timeout"] = 1.5),
    "/timeout error: timeout must be a whole number from 1 to 15 seconds.",
  ],
  [
    "a text for a switch",
    PLAIN,
    (d) => (d["send_on_value_change"] = "yes"),
    "/send_on_value_change error: send_on_value_change must be true or false.",
  ],
  [
    "a text for an object",
    PLAIN,
    (d) => (at(d, "auth")["basic"] = "on"),
    "/auth/basic error: auth.basic must be false, or an object with what belongs to it.",
  ],
  [
    "an event that is no text",
    PLAIN,
    (d) => (d["events"] = [5]),
    "/events/0 error: events[1] must be a text in double quotes, with something in it.",
  ],
  [
    "an event that is still to be typed",
    PLAIN,
    (d) => (d["events"] = [""]),
    "/events/0 error: events[1] must be a text in double quotes, with something in it.",
  ],
  [
    "a choice that is not offered",
    RICH,
    (d) => (at(d, "auth")["type"] = "BASICS"),
    '/auth/type error: auth.type must be "NONE", "BASIC", "API_KEY" or "OAUTH_CLIENT_CREDENTIALS". Did you mean "BASIC"?',
  ],
  [
    "a number among a condition's values",
    RICH,
    (d) => (row(d, 2)["values"] = [10000]),
    "/filterConditions/rows/2/values/0 error: filterConditions.rows[3].values[1] must be a text in double quotes.",
  ],
  [
    "a condition without operation",
    RICH,
    (d) => (at(d, "filterConditions")["rows"] = [{ field: "a" }]),
    "/filterConditions/rows/0/operation error: filterConditions.rows[1].operation is missing.",
  ],
  [
    "a secret kept where none is stored",
    "Echo",
    (d) => (at(d, "auth")["basic"] = { username: "me", password: "<kept>" }),
    "/auth/basic/password error: Nothing is stored here, so there is nothing to keep. Write the value itself.",
  ],
  [
    "a secret said to be typed where none was",
    PLAIN,
    (d) => (at(at(d, "auth"), "basic")["password"] = "<typed>"),
    "/auth/basic/password error: Nothing was typed here before. Write the value itself.",
  ],
  [
    "half a placeholder",
    PLAIN,
    (d) => (at(at(d, "auth"), "basic")["password"] = "<kep"),
    "/auth/basic/password error: Write <kept> in full. Another value in angle brackets can be entered in the form.",
  ],
  [
    "a parameter kept under a name nothing is stored for",
    "Echo",
    (d) => (d["url"] = "https://a.example/?token=<kept>"),
    "/url error: Parameter token: Nothing is stored here, so there is nothing to keep. Write the value itself.",
  ],
])("does not take over %s", (_, title, change, words) => {
  const { values, diagnostics, errors } = after(title, change);
  expect(lines(diagnostics)).toEqual([words]);
  expect({ values, errors }).toEqual({ values: null, errors: 1 });
});

it.each<[string, string, (document: Loose) => void, string, string, unknown]>([
  [
    "a number out of range",
    PLAIN,
    (d) => (d["timeout"] = 30),
    "/timeout error: timeout must be a whole number from 1 to 15 seconds.",
    "timeout",
    30,
  ],
  [
    "something needed that is missing",
    PLAIN,
    (d) => delete d["name"],
    "/name error: name is missing.",
    "name",
    "",
  ],
  [
    "an address that is not allowed",
    PLAIN,
    (d) => (d["url"] = "http://a.example/in"),
    "/url error: url: Only HTTPS addresses are accepted.",
    "url",
    { base: "http://a.example/in", keepUserinfo: false, query: [] },
  ],
  [
    "no events",
    PLAIN,
    (d) => (d["events"] = []),
    "/events error: events: Choose at least one event.",
    "events",
    [],
  ],
  [
    "an event twice",
    PLAIN,
    (d) => (d["events"] = ["TRAFFIC", "TRAFFIC"]),
    "/events/1 error: TRAFFIC is in this list already.",
    "events",
    ["TRAFFIC", "TRAFFIC"],
  ],
  [
    "a second event where one is possible",
    RICH,
    (d) => (d["events"] = ["contract_created", "customer_request_created"]),
    "/events/1 error: A webhook has one event.",
    "events",
    ["contract_created", "customer_request_created"],
  ],
  [
    "a condition without value",
    RICH,
    (d) => delete row(d, 1)["values"],
    "/filterConditions/rows/1 error: Condition 2: Enter a value.",
    "filterConditions",
    expect.anything(),
  ],
])("takes over %s as the form would, and says so", (_, title, change, words, path, value) => {
  const { values, diagnostics, errors } = after(title, change);
  expect(lines(diagnostics)).toEqual([words]);
  expect(values?.[path]).toMatchObject({ value });
  expect(errors).toBe(1);
});

it("takes a new secret, a cleared one and one that was typed before", () => {
  const typed: FormValues = {
    "auth.basic.password": { type: "secret", value: { move: "replace", value: "typed in the form" } },
  };
  const { values } = after(PLAIN, (d) => (at(at(d, "auth"), "api_key")["value"] = "new"), typed);
  expect(values?.["auth.api_key.value"]).toEqual({
    type: "secret",
    value: { move: "replace", value: "new" },
  });
  expect(values?.["auth.basic.password"]).toEqual(typed["auth.basic.password"]);
  const cleared = after(RICH, (d) => delete at(at(d, "auth"), "oauth")["clientSecret"]);
  expect(cleared.values?.["auth.oauth.clientSecret"]).toEqual({ type: "secret", value: { move: "clear" } });
  expect(cleared.errors).toBe(0);
});

it("keeps an unknown event with a word about it, and warns of what has no effect", () => {
  const unknown = after(PLAIN, (d) => (d["events"] = ["TRAFIC"]));
  expect(lines(unknown.diagnostics)).toEqual([
    "/events/0 warning: TRAFIC is not among the events this organisation offers; did you mean TRAFFIC?",
  ]);
  expect(unknown.values?.["events"]).toEqual({ type: "list", value: ["TRAFIC"] });
  const idle = after(RICH, (d) => (at(d, "auth")["basic"] = { username: "me" }));
  expect(lines(idle.diagnostics)).toEqual([
    "/auth/basic/username warning: User name is not in use: it takes effect while Authentication is “Basic”.",
  ]);
  expect(idle.errors).toBe(0);
});

it("does not take over a name that is said twice, half a text or nothing at all", () => {
  const context = sample(PLAIN);
  const analyse = analyser(context);
  const text = JSON.stringify(documentOf(context.initial, context));
  const twice = text.replace('"timeout":10', '"timeout":10,"timeout":11');
  expect(analyse(twice, context.initial, context.initial)).toEqual({
    values: null,
    errors: 1,
    diagnostics: [
      {
        severity: "error",
        message: "timeout is said twice in this object. Keep one of them.",
        from: twice.lastIndexOf('"timeout"'),
        to: twice.lastIndexOf('"timeout"') + 9,
      },
    ],
  });
  expect(analyse(text.slice(0, -1), context.initial, context.initial)).toMatchObject({
    values: null,
    errors: 1,
  });
  expect(analyse(" ", context.initial, context.initial)).toMatchObject({ values: null, errors: 1 });
  for (const odd of ["[]", "5", "null", '{"\\ud800": 1}', '{"__proto__": {"a": 1}}', '{"constructor": 1}']) {
    expect(analyse(odd, context.initial, context.initial).values).toBeNull();
  }
});

it("stays quick and short when thousands of events are wrong", () => {
  const context = sample(PLAIN);
  const ids = Array.from({ length: 5000 }, (_, at) => `event.number_${at}`);
  const events = ids.map((id) => ({ id, label: id, group: "", description: null, mark: null, remark: null }));
  const analyse = analyser({ ...context, catalogue: { events } });
  const document = documentOf(context.initial, context);
  const run = (wrong: unknown[]) =>
    analyse(JSON.stringify({ ...document, events: wrong }), context.initial, context.initial);
  const unknown = run(ids.map((id) => id.replace("number", "numbr")));
  expect(unknown.diagnostics).toHaveLength(100);
  expect(unknown.errors).toBe(0);
  expect(lines(unknown.diagnostics).filter((line) => line.includes("did you mean"))).toHaveLength(5);
  const odd = run([...ids.map(() => "x"), 5]);
  expect(odd.errors).toBe(1);
  expect(lines(odd.diagnostics)[0]).toContain("must be a text");
});

const complete = (context: DocumentContext, pointer: string, isName = false, beside: string[] = []) =>
  completionsAt(
    { pointer, isName, beside, prefix: "" },
    {
      ...context,
      values: context.initial,
      options: () => [{ value: "space_1", label: "Floor 1", detail: "" }],
    },
  );

it("completes the names that are missing, with label and help, and only those in use", () => {
  const context = sample(PLAIN);
  expect(complete(context, "", true, ["name", "url"])).toEqual([
    { label: "timeout", detail: "Timeout", value: "10", info: "How long Butlr waits for an answer." },
    { label: "events", detail: "Events", value: "[]" },
    { label: "auth", detail: "API key header, Header, Value, …", value: "{}" },
    { label: "filters", detail: "Organisations, Sites, Buildings, …", value: "{}" },
    { label: "send_on_value_change", detail: "Only when the value changes", value: "false" },
  ]);
  const labels = (one: DocumentContext, pointer: string) =>
    complete(one, pointer, true).map(({ label }) => label);
  expect(labels(sample("Echo"), "/auth")).toEqual(["api_key", "basic"]);
  expect(labels(sample("Echo"), "/auth/api_key")).toEqual([]);
  expect(labels(sample(RICH), "/auth")).toEqual(["type", "oauth"]);
  expect(labels(sample(RICH), "/auth/oauth/parameters/0")).toEqual(["group", "name", "value"]);
  expect(labels(sample(RICH), "/filterConditions/rows/1")).toContain("operation");
  expect(labels(context, "/nowhere")).toEqual([]);
});

it("completes values: choices, events that are not chosen yet, ids, and what can be kept", () => {
  const plain = contextOf(sampleOffer, null);
  expect(complete(plain, "/events/0", false, ["TRAFFIC"]).map(({ label }) => label)).not.toContain("TRAFFIC");
  expect(complete(plain, "/events/0")[0]).toMatchObject({
    label: "FLOOR_OCCUPANCY",
    detail: "Floor occupancy",
  });
  expect(complete(plain, "/filters/floor_ids/0")).toEqual([{ label: "space_1", detail: "Floor 1" }]);
  expect(complete(plain, "/auth/basic/password")).toEqual([]);
  expect(complete(plain, "/send_on_value_change")).toEqual([
    { label: "true", apply: "true" },
    { label: "false", apply: "false" },
  ]);
  const rich = sample(RICH);
  expect(complete(rich, "/auth/oauth/clientSecret")[0]).toEqual({
    label: "<kept>",
    detail: "as it is stored",
  });
  expect(complete(rich, "/auth/type")[1]).toEqual({ label: "BASIC", detail: "Basic" });
  expect(complete(rich, "/filterConditions/rows/0/operation")[2]).toEqual({
    label: "any_of",
    detail: "is one of",
  });
  expect(complete(contextOf(epilotOffer, null), "/auth/oauth/clientSecret")).toEqual([]);
});
