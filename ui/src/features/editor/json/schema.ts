import type { Schema } from "@cfworker/json-schema";
import type { ConditionSpec } from "~/bindings/ConditionSpec";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { FormValue } from "../form/form-state";
import type { DocumentContext } from "./document";
import type { Branch, Leaf } from "./layout";
import { KEPT, TYPED } from "./placeholders";

/**
 * The JSON Schema of a form's document, from its capabilities and its catalogue. `x-must` says in words what a value
 * has to be, for the messages. Whether a field is in use at all depends on others and is no matter of the schema.
 */
export function schemaOf(context: DocumentContext): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Configuration of a webhook",
    ...branchSchema(context.layout.root, context),
  };
}

function branchSchema(branch: Branch, context: DocumentContext): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const [key, entry] of branch.entries) {
    properties[key] = entry.kind === "leaf" ? leafSchema(entry, context) : branchSchema(entry, context);
    if (isNeeded(entry, branch)) required.push(key);
  }
  const { toggle } = branch;
  return {
    ...(toggle ? about(toggle) : {}),
    type: toggle ? ["boolean", "object"] : "object",
    "x-must": toggle ? "be false, or an object with what belongs to it" : "be an object: { … }",
    properties,
    required,
    additionalProperties: false,
  };
}

// What is there at all times, or whenever the object around it is.
function isNeeded(entry: Leaf | Branch, around: Branch): boolean {
  if (entry.kind === "branch") {
    return !entry.toggle && [...entry.entries.values()].some((below) => isNeeded(below, entry));
  }
  const { required, shownWhen } = entry.spec;
  return required && (shownWhen === null || shownWhen.path === around.toggle?.path);
}

function about(spec: FieldSpec): Schema {
  return { title: spec.label, ...(spec.help === null ? {} : { description: spec.help }) };
}

function leafSchema({ spec }: Leaf, context: DocumentContext): Schema {
  const values = [context.initial[spec.path]];
  return { ...about(spec), ...kindSchema(spec, values, context) };
}

const text = { type: "string", "x-must": "be a text in double quotes" } as const;
const filled = {
  ...text,
  minLength: 1,
  "x-must": "be a text in double quotes, with something in it",
} as const;
const flag = { type: "boolean", "x-must": "be true or false" } as const;

function kindSchema(
  spec: FieldSpec,
  values: readonly (FormValue | undefined)[],
  context: DocumentContext,
): Schema {
  const { kind } = spec;
  switch (kind.type) {
    case "text":
    case "code":
      return kind.maxLength === null ? text : { ...text, maxLength: kind.maxLength };
    case "url":
      return { ...text, examples: spec.placeholder === null ? [] : [spec.placeholder] };
    case "integer": {
      const unit = kind.unit === null ? "" : ` ${kind.unit}`;
      const must = `be a whole number from ${kind.min} to ${kind.max}${unit}`;
      return { type: "integer", minimum: kind.min, maximum: kind.max, "x-must": must };
    }
    case "switch":
      return { ...flag, default: spec.default?.type === "flag" && spec.default.value };
    case "choice": {
      const known = kind.options.map(({ value }) => value);
      // A value that is set and no longer offered stays as it is; an empty one is none.
      const others = values.flatMap((value) => (value?.type === "text" ? [value.value] : []));
      const labels = kind.options.map(({ value, label }) => `${value}: ${label}`).join("; ");
      const described = [spec.help, labels].filter(Boolean).join(" ");
      return { ...oneOf([...known, ...others, ...(spec.required ? [] : [""])]), description: described };
    }
    case "events":
      return eventsSchema(context);
    case "idList":
    case "textList":
      return {
        type: "array",
        items: kind.type === "idList" ? filled : text,
        "x-must": `be a list of texts, one for each ${kind.noun}: ["…"]`,
      };
    case "secret":
      return { ...secret, description: `${KEPT}: as stored. ${TYPED}: as typed in the form. null: none.` };
    case "pairs":
      return {
        type: "array",
        "x-must": `be a list with an object for each ${kind.noun}: [{ "name": "…", "value": "…" }]`,
        items: {
          type: "object",
          "x-must": 'be an object with a "name" and a "value"',
          properties: {
            ...(kind.groups.length === 0 ? {} : { group: oneOf(kind.groups.map(({ value }) => value)) }),
            name: text,
            value: secret,
          },
          required: ["name"],
          additionalProperties: false,
        },
      };
    case "conditions":
      // What is stored but not understood is edited as it is.
      return context.initial[spec.path]?.type === "jsonText" ? {} : conditionsSchema(kind.spec, values);
    case "json":
      return {};
  }
}

const secret = {
  type: ["string", "null"],
  "x-must": "be a text in double quotes, or null for none",
} satisfies Schema;

function oneOf(values: readonly string[]): Schema {
  const known = [...new Set(values)];
  const shown = known.filter((value) => value !== "").map((value) => `"${value}"`);
  const words = shown.length > 9 ? `${shown.slice(0, 8).join(", ")} or another one offered` : listed(shown);
  return { type: "string", enum: known, "x-must": `be ${words}` };
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

// What is not in the catalogue is worth a word and no error, so the ids are said and not demanded.
function eventsSchema({ catalogue, capabilities }: DocumentContext): Schema {
  const example = catalogue.events[0]?.id ?? "…";
  const isOne = capabilities.eventsPerWebhook === "one";
  return {
    type: "array",
    items: { ...filled, examples: catalogue.events.map(({ id }) => id) },
    "x-must": `be a list of event ids: ["${example}"]`,
    ...(isOne ? { description: "One event for each webhook." } : {}),
  };
}

function conditionsSchema(spec: ConditionSpec, values: readonly (FormValue | undefined)[]): Schema {
  const rows = values.flatMap((value) => (value?.type === "conditions" ? value.value.rows : []));
  const fields = rows.filter((row) => row.kind === "field");
  const operations = [...spec.operations.map(({ id }) => id), ...fields.map(({ operation }) => operation)];
  const types = [...spec.fieldTypes.map(({ value }) => value), ...fields.map(({ fieldType }) => fieldType)];
  const items = [...spec.itemModes.map(({ value }) => value), ...fields.flatMap(({ item }) => item ?? [])];
  const compared: Schema = {
    properties: {
      field: text,
      operation: oneOf(operations),
      values: { type: "array", items: text, "x-must": 'be a list of texts, numbers too: ["5"]' },
      fieldType: oneOf(types),
      isArray: flag,
      ...(items.length === 0 ? {} : { item: oneOf(items) }),
    },
    required: ["field", "operation"],
    additionalProperties: false,
  };
  const expression: Schema = { properties: { expression: text }, additionalProperties: false };
  const takesExpressions =
    spec.expressionMaxLength !== null || rows.some(({ kind }) => kind === "expression");
  const row = takesExpressions
    ? { if: { required: ["expression"] }, then: expression, else: compared }
    : compared;
  return {
    type: "object",
    "x-must": 'be an object: { "all": true, "rows": [ … ] }',
    properties: {
      all: flag,
      rows: {
        type: "array",
        maxItems: spec.max,
        "x-must": `be a list of at most ${spec.max} conditions`,
        items: { type: "object", "x-must": "be an object", ...row },
      },
    },
    required: ["rows"],
    additionalProperties: false,
  };
}
