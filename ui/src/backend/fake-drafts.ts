import type { JsonValue } from "~/bindings/serde_json/JsonValue";

/** A form without the secrets that were typed into it, and how many there were. */
export function withoutSecrets(form: JsonValue): { form: JsonValue; withheld: number } {
  let withheld = 0;
  const walk = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    if (value["move"] === "replace") {
      if (value["value"] !== "") withheld += 1;
      return { move: "replace", value: "" };
    }
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, walk(part ?? null)]));
  };
  return { form: walk(form), withheld };
}
