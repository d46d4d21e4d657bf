import { expect, it } from "vitest";
import type { FieldValue } from "~/bindings/FieldValue";
import type { Webhook } from "~/bindings/Webhook";
import { sampleConditions } from "~/backend/fake-conditions";
import { epilotOffer } from "~/backend/fake-epilot";
import { changedPaths, draftOf, type FormValue, initialValues } from "./form-state";
import { allProblems } from "./validation";

const { capabilities } = epilotOffer;
const PATH = "filterConditions";

function opened(value: FieldValue, change?: FormValue) {
  const initial = initialValues(capabilities, { fields: { [PATH]: value } } as unknown as Webhook);
  const values = change ? { ...initial, [PATH]: change } : initial;
  const problems = allProblems({ capabilities, initial, values, creating: false });
  return {
    initial,
    changes: changedPaths(capabilities, initial, values),
    draft: draftOf(capabilities, initial, values, false).fields[PATH],
    problem: problems.find(({ path }) => path === PATH)?.message ?? null,
  };
}

const set = (all: boolean, rows = sampleConditions): FormValue & FieldValue => ({
  type: "conditions",
  value: { all, rows },
});
const [first, ...others] = sampleConditions;

it("takes equal conditions as no change and another order or join as one", () => {
  expect(opened(set(true), set(true, [...sampleConditions])).changes).toEqual([]);
  expect(opened(set(true), set(false)).changes).toEqual([PATH]);
  expect(opened(set(true), set(true, sampleConditions.toReversed())).draft).toMatchObject({
    value: { rows: [{ origin: 2 }, { origin: 1 }, { origin: 0 }] },
  });
  expect(opened(set(true, []), set(false, [])).changes).toEqual([]);
});

it("names the row that is not complete, and leaves what was stored alone", () => {
  const empty = { ...first, field: "" } as typeof first & { field: string };
  if (!first) throw new Error("no sample");
  expect(opened(set(true), set(true, [...others, empty as typeof first])).problem).toBe(
    "Condition 3: Enter a field.",
  );
  expect(opened(set(true, [empty as typeof first])).problem).toBeNull();
});

it("lets an operation through that is not known here", () => {
  const odd = { ...first, operation: "sounds_like" } as typeof first;
  if (!odd) throw new Error("no sample");
  expect(opened(set(true), set(true, [odd])).problem).toBeNull();
});

it("edits what is not understood as JSON", () => {
  const stored: FieldValue = { type: "json", value: { a: [1] } };
  expect(opened(stored).initial[PATH]).toEqual({ type: "jsonText", value: '{\n  "a": [\n    1\n  ]\n}' });
  expect(opened(stored, { type: "jsonText", value: "{" }).problem).toMatch(/^This is not JSON/);
  expect(opened(stored, { type: "jsonText", value: "[2]" }).draft).toEqual({ type: "json", value: [2] });
});
