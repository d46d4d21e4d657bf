import { expect, it } from "vitest";
import { sampleOffer } from "~/backend/fake-data";
import { withoutSecrets } from "~/backend/fake-drafts";
import { field } from "~/backend/fake-specs";
import type { Capabilities } from "~/bindings/Capabilities";
import type { FieldKind } from "~/bindings/FieldKind";
import type { JsonValue } from "~/bindings/serde_json/JsonValue";
import type { FormValues } from "../form/form-state";
import { keptForm, restored } from "./kept-values";

const kind: FieldKind = { type: "pairs", noun: "form field", groups: [], secret: false };
const capabilities: Capabilities = {
  ...sampleOffer.capabilities,
  sections: [
    {
      id: "all",
      title: "All",
      hint: null,
      tree: null,
      fields: [
        field({ path: "extra", label: "Extra", kind }),
        field({ path: "url", label: "URL", kind: { type: "url", httpsOnly: true } }),
      ],
    },
  ],
};
const pair = (name: string, origin: number | null, value: string) => ({
  group: null,
  name,
  origin,
  value: { move: "replace" as const, value },
});
const url = (base: string) => ({
  type: "url" as const,
  value: { base, keepUserinfo: false, query: [] },
});
const initial: FormValues = {
  extra: { type: "pairs", value: [pair("a", 0, "stored")] },
  url: url("https://example.com"),
};

it("gives a stored value back that was taken out with the secrets, rather than an empty one", () => {
  const values: FormValues = {
    ...initial,
    extra: { type: "pairs", value: [pair("a", 0, "stored"), pair("b", null, "typed")] },
  };
  const { form, withheld } = withoutSecrets(keptForm(capabilities, initial, values, null) as JsonValue);
  const back = restored(capabilities, initial, { keptMs: 0, form, withheld });
  expect(back.values["extra"]).toEqual({
    type: "pairs",
    value: [pair("a", 0, "stored"), pair("b", null, "")],
  });
});

it("keeps no password or query value that stands in the text of an address", () => {
  const values = { ...initial, url: url("https://bob:pa-canary@example.com/x?key=qu-canary") };
  const form = keptForm(capabilities, initial, values, null);
  expect(form?.["url"]).toMatchObject({ value: { base: "https://example.com/x", query: [{ name: "key" }] } });
  expect(JSON.stringify(withoutSecrets(form as JsonValue).form)).not.toContain("canary");
});
