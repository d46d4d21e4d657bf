import type { CredentialFacts } from "~/bindings/CredentialFacts";
import type { CredentialField } from "~/bindings/CredentialField";
import type { EventMark } from "~/bindings/EventMark";
import type { EventType } from "~/bindings/EventType";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { ShownWhen } from "~/bindings/ShownWhen";

// Short ways to write what pretended vendors offer.

export const noFacts: CredentialFacts = {
  organisation: null,
  name: null,
  expiresAtMs: null,
  readOnly: false,
};

export const field = (spec: Partial<FieldSpec> & Pick<FieldSpec, "path" | "label" | "kind">): FieldSpec => ({
  help: null,
  placeholder: null,
  required: false,
  default: null,
  shownWhen: null,
  unavailable: null,
  ...spec,
});

export const flag = (path: string, label: string, over: Partial<FieldSpec> = {}): FieldSpec =>
  field({ path, label, kind: { type: "switch" }, default: { type: "flag", value: false }, ...over });

export const words = (path: string, label: string, over: Partial<FieldSpec> = {}): FieldSpec =>
  field({ path, label, kind: { type: "text", maxLength: null, code: false }, ...over });

export const code = (path: string, label: string, over: Partial<FieldSpec> = {}): FieldSpec =>
  field({ path, label, kind: { type: "text", maxLength: null, code: true }, ...over });

export const secret = (path: string, label: string, over: Partial<FieldSpec> = {}): FieldSpec =>
  field({ path, label, kind: { type: "secret" }, ...over });

/** A choice; the first option is the default. */
export const choice = (
  path: string,
  label: string,
  options: readonly (readonly [value: string, label: string])[],
  over: Partial<FieldSpec> = {},
): FieldSpec =>
  field({
    path,
    label,
    kind: { type: "choice", options: options.map(([value, name]) => ({ value, label: name })) },
    default: { type: "text", value: options[0]?.[0] ?? "" },
    required: true,
    ...over,
  });

export const idList = (path: string, label: string, noun: string, prefix: string | null): FieldSpec =>
  field({ path, label, kind: { type: "idList", noun, prefix } });

/** While a switch is on. */
export const when = (path: string): ShownWhen => ({ path, equals: { type: "flag", value: true } });

/** While a choice stands at a value. */
export const whenChosen = (path: string, value: string): ShownWhen => ({
  path,
  equals: { type: "text", value },
});

export const event = (
  id: string,
  label: string,
  group: string,
  description: string | null = null,
  remark: string | null = null,
  mark: EventMark | null = null,
): EventType => ({ id, label, group, description, remark, mark });

export const credential = (
  part: Partial<CredentialField> & Pick<CredentialField, "key" | "label">,
): CredentialField => ({ secret: false, placeholder: null, options: [], default: null, ...part });
