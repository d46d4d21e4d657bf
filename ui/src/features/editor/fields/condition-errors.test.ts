import { expect, it } from "vitest";
import { conditionErrors } from "./ConditionsField";

const errors = (found: [string, string][], count = 3) => {
  const { rows, whole } = conditionErrors(
    "filter.conditions",
    found.map(([path, message]) => ({ path, message })),
    count,
  );
  return { rows: [...rows], whole };
};

it("gives a row what is said at a path within it", () => {
  expect(
    errors([
      ["filter.conditions[2].values", "Too many."],
      ["filter.conditions.0", "Unknown."],
      ["filter.conditions[2]", "And odd."],
    ]),
  ).toEqual({
    rows: [
      [2, "Too many. And odd."],
      [0, "Unknown."],
    ],
    whole: null,
  });
});

it("gives a row what names it, without naming it twice", () => {
  expect(errors([["filter.conditions", "Condition 2: “field” is missing."]])).toEqual({
    rows: [[1, "“field” is missing."]],
    whole: null,
  });
  expect(errors([["filter.conditions", "Condition 2: enter a value."]]).rows).toEqual([
    [1, "Enter a value."],
  ]);
});

it("leaves the rest with the whole, and rows that are not there", () => {
  expect(
    errors([
      ["filter.conditions", "At most 10 conditions."],
      ["filter.conditions[9]", "Unknown."],
      ["filter.conditions", "Condition 9: odd."],
    ]),
  ).toEqual({ rows: [], whole: "At most 10 conditions. Unknown. Condition 9: odd." });
});
