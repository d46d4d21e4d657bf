import type { Capabilities } from "~/bindings/Capabilities";
import type { FieldPath } from "~/bindings/FieldPath";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { KeptDraft } from "~/bindings/KeptDraft";
import type { PairInput } from "~/bindings/PairInput";
import type { QueryParamInput } from "~/bindings/QueryParamInput";
import type { UrlInput } from "~/bindings/UrlInput";
import type { WebhookId } from "~/bindings/WebhookId";
import { splitTypedQuery } from "~/components/url-field/url-text";
import { withoutUserinfo } from "~/components/url-field/userinfo";
import { allFields, type FormValue, type FormValues, isSame } from "../form/form-state";
import { isFormValue } from "./value-shape";

/** Stands beside the values, in their shape: no field has such a path. */
const sourceKey = "$source";

/**
 * What is kept of a form: the values that differ, or all of them where it was made from another webhook, which may be
 * gone by then. Null when nothing differs. The host takes typed secrets out before it writes anything.
 */
export function keptForm(
  capabilities: Capabilities,
  initial: FormValues,
  values: FormValues,
  source: WebhookId | null,
): FormValues | null {
  const own = allFields(capabilities).filter(({ unavailable }) => unavailable === null);
  const differs = ({ path }: FieldSpec) => {
    const [before, after] = [initial[path], values[path]];
    return before !== undefined && after !== undefined && !isSame(before, after);
  };
  if (!own.some(differs)) return null;
  const form: FormValues = {};
  for (const spec of source === null ? own.filter(differs) : own) {
    const value = values[spec.path];
    if (value) form[spec.path] = value.type === "url" ? { type: "url", value: apart(value.value) } : value;
  }
  if (source !== null) form[sourceKey] = { type: "text", value: source };
  return form;
}

/** A password or query value still standing in the text would not be found as a secret. */
function apart(url: UrlInput): UrlInput {
  const { input } = splitTypedQuery(url);
  return { ...input, base: withoutUserinfo(input.base) };
}

/** The webhook a kept form was made from. */
export function sourceOf(kept: KeptDraft | null): WebhookId | null {
  const value = entries(kept).get(sourceKey);
  return isFormValue(value) && value.type === "text" ? value.value : null;
}

export interface Restored {
  values: FormValues;
  isChanged: boolean;
  /** How many secrets have to be entered again. */
  missing: number;
}

/** Puts kept values on those a form opens with: each where its field still is, holds the same kind and differs. */
export function restored(capabilities: Capabilities, initial: FormValues, kept: KeptDraft): Restored {
  const values = { ...initial };
  const form = entries(kept);
  let missing = kept.withheld;
  let isChanged = false;
  for (const spec of allFields(capabilities)) {
    const [before, value] = [initial[spec.path], form.get(spec.path)];
    if (!before || spec.unavailable !== null || !isFormValue(value) || value.type !== before.type) continue;
    const back = backIn(value, before);
    missing += back.lost;
    if (isSame(before, back.value)) continue;
    values[spec.path] = back.value;
    isChanged = true;
  }
  return { values, isChanged, missing };
}

function entries(kept: KeptDraft | null): Map<FieldPath, unknown> {
  const form = kept?.form;
  return new Map(
    typeof form === "object" && form !== null && !Array.isArray(form) ? Object.entries(form) : [],
  );
}

/** A kept value as it can stand in the form now; what it keeps must still be there. */
function backIn(value: FormValue, before: FormValue): { value: FormValue; lost: number } {
  if (value.type === "secret" && before.type === "secret") {
    // The new value was typed and is gone. Keep is only for what is stored.
    const isClear = value.value.move === "clear" && before.value.move === "keep";
    return { value: isClear ? value : before, lost: 0 };
  }
  if (value.type === "url" && before.type === "url") {
    const query = bound(value.value.query, before.value.query);
    const keepUserinfo = value.value.keepUserinfo && before.value.keepUserinfo;
    return {
      value: { type: "url", value: { ...value.value, keepUserinfo, query: query.rows } },
      lost: query.lost,
    };
  }
  if (value.type === "pairs" && before.type === "pairs") {
    const pairs = bound(value.value, before.value);
    return { value: { type: "pairs", value: pairs.rows }, lost: pairs.lost };
  }
  if (value.type === "conditions" && before.type === "conditions") {
    const rows = value.value.rows.map((row) => {
      const old = before.value.rows.find(({ origin }) => origin !== null && origin === row.origin);
      const isSameRow =
        old?.kind === "field" ? row.kind === "field" && row.field === old.field : old?.kind === row.kind;
      return isSameRow ? row : { ...row, origin: null };
    });
    return { value: { type: "conditions", value: { ...value.value, rows } }, lost: 0 };
  }
  return { value, lost: 0 };
}

/**
 * Rows whose stored values are found again by name, never by place alone: the list may have changed meanwhile, and no
 * value may go out under another's name.
 */
function bound<R extends PairInput | QueryParamInput>(rows: R[], before: R[]): { rows: R[]; lost: number } {
  const used = new Set<number>();
  let lost = 0;
  const group = (row: R) => ("group" in row ? row.group : null);
  const back = rows.map((row): R => {
    if (row.origin === null) return row;
    const known = before.filter(
      (old) =>
        old.origin !== null && !used.has(old.origin) && old.name === row.name && group(old) === group(row),
    );
    const old =
      known.find(({ origin }) => origin === row.origin) ?? (known.length === 1 ? known[0] : undefined);
    if (old && old.origin !== null) {
      used.add(old.origin);
      // Emptied by hand or taken out before it was kept: what is stored is the safe one of the two.
      const isGone = row.value.move === "replace" && row.value.value === "";
      return { ...row, origin: old.origin, value: isGone ? old.value : row.value };
    }
    if (row.value.move === "keep") lost += 1;
    return {
      ...row,
      origin: null,
      value: row.value.move === "keep" ? { move: "replace", value: "" } : row.value,
    };
  });
  return { rows: back, lost };
}
