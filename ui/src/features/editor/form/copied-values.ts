import type { Capabilities } from "~/bindings/Capabilities";
import type { FieldPath } from "~/bindings/FieldPath";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { Webhook } from "~/bindings/Webhook";
import { allFields, type FormValue, type FormValues, initialValues, inputOf, isStored } from "./form-state";

/** Said of one webhook, and not of what it does: a copy does not take it over. */
const ofOneWebhook = new Set<FieldPath>(["protected", "status"]);

/** The values a new webhook starts with that is made from another one of the same organisation. */
export function copiedValues(capabilities: Capabilities, source: Webhook): FormValues {
  const values = initialValues(capabilities, null);
  for (const spec of allFields(capabilities)) {
    if (spec.unavailable !== null || ofOneWebhook.has(spec.path)) continue;
    const read = source.fields[spec.path];
    // What the other one does not have stays away, and what must be there has its default.
    if (read === undefined && spec.required) continue;
    values[spec.path] = copied(spec, inputOf(spec, read), capabilities);
  }
  return values;
}

function copied(spec: FieldSpec, value: FormValue, capabilities: Capabilities): FormValue {
  if (value.type === "secret" && capabilities.storedSecrets !== "returned") {
    return { type: "secret", value: { move: "replace", value: "" } };
  }
  if (value.type === "conditions") {
    const rows = value.value.rows.map((row) => ({ ...row, origin: null }));
    return { type: "conditions", value: { ...value.value, rows } };
  }
  if (value.type === "text" && spec.path === "name" && spec.kind.type === "text" && value.value !== "") {
    return { type: "text", value: copyName(value.value, spec.kind.maxLength) };
  }
  return value;
}

function copyName(name: string, maxLength: number | null): string {
  const tail = " (copy)";
  const characters = Array.from(name);
  const room = maxLength === null ? characters.length : Math.max(0, maxLength - tail.length);
  return characters.slice(0, room).join("") + tail;
}

/** Whether a secret of the other webhook has to be entered anew, because the vendor does not hand it back. */
export function isWithheld(capabilities: Capabilities, source: Webhook | null, path: FieldPath): boolean {
  return capabilities.storedSecrets !== "returned" && isStored(source, path);
}

/** The fields of a copy that name the webhook it was made from by its id. */
export function fieldsNaming(capabilities: Capabilities, values: FormValues, source: Webhook): string[] {
  return allFields(capabilities)
    .filter((spec) => {
      const value = values[spec.path];
      return value !== undefined && value.type !== "secret" && JSON.stringify(value).includes(source.id);
    })
    .map((spec) => spec.label);
}
