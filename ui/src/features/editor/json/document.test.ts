import { Validator } from "@cfworker/json-schema";
import { describe, expect, it } from "vitest";
import { booqableOffer } from "~/backend/fake-booqable";
import { sampleOffer } from "~/backend/fake-data";
import { epilotOffer } from "~/backend/fake-epilot";
import { field, flag, when, words } from "~/backend/fake-specs";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { Offer } from "~/bindings/Offer";
import type { SecretChange } from "~/bindings/SecretChange";
import type { JsonValue } from "~/bindings/serde_json/JsonValue";
import { allFields, type FormValue, type FormValues, isShown } from "../form/form-state";
import { documentOf, type DocumentContext, valuesOf } from "./document";
import { schemaOf } from "./schema";
import { contextOf, sample, samples } from "./test-context";

const MARK = "typed-secret-";

/** The next number of a fixed row of them (mulberry32). */
function numbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}

const TEXTS = [
  "",
  " ",
  "plain",
  "a.b",
  'with "quotes"',
  "<kept>",
  "a&b=c#d?e",
  "50%",
  "ünïcode 🎉",
  "line\nbreak",
];

/** Any value a form could hold for a field. */
function anyValue(spec: FieldSpec, before: FormValue, next: (most: number) => number): FormValue {
  const text = () => TEXTS[next(TEXTS.length)] ?? "";
  const many = <T>(make: () => T) => Array.from({ length: next(4) }, make);
  const secret = (isStored: boolean): SecretChange => {
    const moves: SecretChange[] = [
      { move: "replace", value: "" },
      { move: "replace", value: `${MARK}${next(1000)}` },
      ...(isStored ? [{ move: "keep" } as const, { move: "clear" } as const] : []),
    ];
    return moves[next(moves.length)] ?? { move: "clear" };
  };
  const { kind } = spec;
  switch (before.type) {
    case "flag":
      return { type: "flag", value: next(2) === 0 };
    case "integer":
      return { type: "integer", value: next(3) === 0 ? null : next(30) };
    case "list":
      return { type: "list", value: many(() => `${text()}${next(100)}`) };
    case "secret":
      return { type: "secret", value: secret(before.value.move === "keep") };
    case "url": {
      const stored = before.value.query.filter(() => next(3) > 0);
      const kept = stored.map((param) => (next(2) ? param : { ...param, value: secret(true) }));
      const added = many(() => ({ name: text() || "n", origin: null, value: secret(false) }));
      const base = ["", "https://a.example/in", "https://a.example/in#part?x", "no address"][next(4)] ?? "";
      return { type: "url", value: { ...before.value, base, query: [...kept, ...added] } };
    }
    case "pairs": {
      const kept = before.value.filter(() => next(3) > 0);
      const group = kind.type === "pairs" ? (kind.groups[next(3)]?.value ?? null) : null;
      const added = many(() => ({ group, name: text(), origin: null, value: secret(false) }));
      return { type: "pairs", value: [...kept, ...added] };
    }
    case "conditions": {
      const expression = { kind: "expression", expression: text(), origin: null } as const;
      const compared = () => ({
        kind: "field" as const,
        field: text(),
        operation: ["equals", "any_of", "is_empty"][next(3)] ?? "",
        values: many(text),
        fieldType: ["string", "number"][next(2)] ?? "",
        isArray: next(2) === 0,
        item: [null, "any", "all"][next(3)] ?? null,
        origin: null,
      });
      const rows = [...before.value.rows.filter(() => next(3) > 0), ...many(compared), expression];
      return { type: "conditions", value: { all: next(2) === 0, rows } };
    }
    case "jsonText":
      return { type: "jsonText", value: JSON.stringify(next(2) ? { a: [text()] } : null) };
    case "text": {
      if (kind.type !== "choice") return { type: "text", value: text() };
      return { type: "text", value: kind.options[next(kind.options.length)]?.value ?? "" };
    }
  }
}

function edited(context: DocumentContext, seed: number): FormValues {
  const next = numbers(seed);
  const changed = allFields(context.capabilities).flatMap((spec): [string, FormValue][] => {
    const before = context.initial[spec.path];
    return before && spec.unavailable === null && next(2) ? [[spec.path, anyValue(spec, before, next)]] : [];
  });
  return { ...context.initial, ...Object.fromEntries(changed) };
}

const reread = (values: FormValues, context: DocumentContext) =>
  valuesOf(JSON.parse(JSON.stringify(documentOf(values, context))) as JsonValue, values, values, context);

const forms: (readonly [string, Offer, DocumentContext["webhook"]])[] = [
  ...samples,
  ["a new one", sampleOffer, null],
  ["a new one", epilotOffer, null],
  ["a new one", booqableOffer, null],
];

describe("round trip", () => {
  it.each(forms)("reads back what it wrote of %s, with every secret kept", (_, offer, webhook) => {
    const context = contextOf(offer, webhook);
    const document = documentOf(context.initial, context);
    expect(valuesOf(document, context.initial, context.initial, context)).toEqual({
      values: context.initial,
      faults: [],
      unused: [],
    });
    expect(new Validator(schemaOf(context), "2020-12", false).validate(document).errors.map(String)).toEqual(
      context.webhook === null ? expect.anything() : [],
    );
  });

  it.each(forms)("reads back any values of %s and shows no typed secret", (_, offer, webhook) => {
    const context = contextOf(offer, webhook);
    let shown = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const values = edited(context, seed);
      const { values: read, faults, unused } = reread(values, context);
      expect({ seed, read, faults, unused }).toEqual({ seed, read: values, faults: [], unused: [] });
      const text = JSON.stringify(documentOf(values, context));
      expect(text).not.toContain(MARK);
      if (text.includes("<typed>")) shown += 1;
    }
    expect(shown).toBeGreaterThan(0);
  });

  it.each(forms)("reads the same values of %s from a text made earlier", (_, offer, webhook) => {
    // Nothing typed: a text says all there is, whatever the form held when it was made.
    const context = contextOf(offer, webhook);
    for (let seed = 1; seed <= 40; seed += 1) {
      const values = edited(context, seed);
      const document = documentOf(values, context);
      if (JSON.stringify(document).includes("<typed>")) continue;
      const read = valuesOf(document, context.initial, context.initial, context);
      const again = documentOf(read.values, context);
      expect({ seed, document: again, faults: read.faults }).toEqual({ seed, document, faults: [] });
    }
  });
});

describe("shape", () => {
  it("nests by path; a switch with fields below is false, or the object they are in", () => {
    const context = sample("Floor counts to DWH");
    expect(documentOf(context.initial, context)).toEqual({
      name: "Floor counts to DWH",
      url: "https://ingest.halden.example/floors",
      timeout: 10,
      events: ["FLOOR_OCCUPANCY", "TRAFFIC"],
      auth: {
        api_key: { header: "X-API-Key", value: "<kept>" },
        basic: { username: "butlr", password: "<kept>" },
      },
      filters: {
        floor_ids: ["space_2oUBnI7YL51GNemTvKIxEgSZ8gx", "space_2oUBnKd0sQ2mWv7pTzL4hR6yJ1c"],
      },
      send_on_value_change: true,
    });
    const echo = sample("Echo");
    expect(documentOf(echo.initial, echo)["auth"]).toEqual({ api_key: false, basic: false });
  });

  it("shows conditions, pairs and the query of an address readably, and leaves out what is hidden", () => {
    const context = sample("Contract sync to SAP");
    expect(documentOf(context.initial, context)).toMatchObject({
      auth: {
        type: "OAUTH_CLIENT_CREDENTIALS",
        oauth: {
          clientSecret: "<kept>",
          parameters: [{ group: "body", name: "scope", value: "<kept>" }],
        },
      },
      filterConditions: {
        all: true,
        rows: [
          { field: "entity.status", operation: "any_of", values: ["active", "pending"] },
          { field: "entity.division", operation: "equals", values: ["power"] },
          {
            field: "entity.annual_kwh",
            operation: "greater_than",
            values: ["10000"],
            fieldType: "number",
          },
        ],
      },
      payload: { custom_headers: [{ name: "X-Gateway-Key", value: "<kept>" }] },
    });
    expect(documentOf(context.initial, context)["auth"]).not.toHaveProperty("basic");
    const lobby = sample("Lobby people counter");
    expect(documentOf(lobby.initial, lobby)["url"]).toBe(
      "https://signage.halden.example/lobby?token=<kept>&screen=<kept>",
    );
  });

  it("writes what lies below another value beside it, and leaves out what cannot be edited", () => {
    const offer: Offer = {
      ...sampleOffer,
      capabilities: {
        ...sampleOffer.capabilities,
        sections: [
          {
            id: "all",
            title: "All",
            hint: null,
            tree: null,
            fields: [
              words("mode", "Mode"),
              words("mode.detail", "Detail"),
              flag("loud", "Loud"),
              words("loud.always", "Always there"),
              flag("on", "On"),
              words("on.deep.er", "Below", { shownWhen: when("on") }),
              words("made", "Made", { unavailable: "Set by the vendor." }),
              field({ path: "extra", label: "Extra", kind: { type: "json" } }),
            ],
          },
        ],
      },
    };
    const context = contextOf(offer, null);
    const text = (value: string): FormValue => ({ type: "text", value });
    const values: FormValues = {
      ...context.initial,
      mode: text("m"),
      "mode.detail": text("d"),
      "loud.always": text("a"),
      on: { type: "flag", value: true },
      "on.deep.er": text("b"),
      made: text("x"),
      extra: { type: "jsonText", value: '{"a":[1]}' },
    };
    expect(documentOf(values, context)).toEqual({
      mode: "m",
      "mode.detail": "d",
      loud: false,
      "loud.always": "a",
      on: { deep: { er: "b" } },
      extra: { a: [1] },
    });
    expect(reread(values, context).values).toEqual(values);
  });

  it("never shows what was typed into the address as it stands in the form", () => {
    const context = sample("Echo");
    const url: FormValue = {
      type: "url",
      value: { base: "https://me:pass-1@a.example/in?token=tok-1#end", keepUserinfo: true, query: [] },
    };
    const values = { ...context.initial, url };
    expect(documentOf(values, context)["url"]).toBe("https://<kept>@<typed>@a.example/in?token=<typed>#end");
    expect(reread(values, context).values).toEqual(values);
  });
});

describe("reading an edited document", () => {
  const read = (context: DocumentContext, change: (document: ReturnType<typeof documentOf>) => void) => {
    const document = JSON.parse(JSON.stringify(documentOf(context.initial, context))) as Record<
      string,
      never
    >;
    change(document);
    return valuesOf(document, context.initial, context.initial, context);
  };

  it("knows a parameter by its name, and by its place when it is renamed", () => {
    const context = sample("Lobby people counter");
    const { values } = read(context, (document) => {
      document["url"] = "https://new.example/?screen=<kept>&extra=a%20b&token";
    });
    expect(values["url"]).toEqual({
      type: "url",
      value: {
        base: "https://new.example/",
        keepUserinfo: false,
        query: [
          { name: "screen", origin: 1, value: { move: "keep" } },
          { name: "extra", origin: null, value: { move: "replace", value: "a b" } },
          { name: "token", origin: 0, value: { move: "clear" } },
        ],
      },
    });
    const renamed = read(context, (document) => {
      document["url"] = "https://signage.halden.example/lobby?key=<kept>&screen=<kept>";
    });
    expect(renamed.values["url"]).toMatchObject({
      value: { query: [{ name: "key", origin: 0 }, { origin: 1 }] },
    });
  });

  it("keeps the origin of pairs and of conditions that are edited", () => {
    const context = sample("Contract sync to SAP");
    const { values, faults } = read(context, (document) => {
      const auth = document["auth"] as { oauth: { parameters: unknown } };
      auth.oauth.parameters = [
        { group: "query", name: "fresh", value: "v" },
        { group: "body", name: "scope", value: null },
      ];
      const conditions = document["filterConditions"] as { all: boolean; rows: { values: string[] }[] };
      conditions.all = false;
      conditions.rows.shift();
      for (const row of conditions.rows.slice(0, 1)) row.values = ["gas"];
    });
    expect(faults).toEqual([]);
    expect(values["auth.oauth.parameters"]).toEqual({
      type: "pairs",
      value: [
        { group: "query", name: "fresh", origin: null, value: { move: "replace", value: "v" } },
        { group: "body", name: "scope", origin: 0, value: { move: "clear" } },
      ],
    });
    expect(values["filterConditions"]).toMatchObject({
      value: { all: false, rows: [{ field: "entity.division", values: ["gas"], origin: 1 }, { origin: 2 }] },
    });
  });

  it("leaves hidden values alone and says which are of no effect", () => {
    const context = sample("Contract sync to SAP");
    const { values, unused } = read(context, (document) => {
      document["auth"] = { type: "NONE", basic: { username: "me" } };
    });
    expect(values["auth.oauth.clientSecret"]).toEqual({ type: "secret", value: { move: "keep" } });
    expect(unused.map(({ spec }) => spec.path)).toEqual(["auth.basic.username"]);
    const basic = allFields(context.capabilities).find(({ path }) => path === "auth.basic.username");
    expect(basic && isShown(basic, values, context.capabilities)).toBe(false);
  });
});
