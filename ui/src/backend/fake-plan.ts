import type { Connection } from "~/bindings/Connection";
import type { FieldChange } from "~/bindings/FieldChange";
import type { ItemState } from "~/bindings/ItemState";
import type { Offer } from "~/bindings/Offer";
import type { PlanItem } from "~/bindings/PlanItem";
import type { Shown } from "~/bindings/Shown";
import type { ThreeWay } from "~/bindings/ThreeWay";
import type { WebhookDraft } from "~/bindings/WebhookDraft";
import { linesOf } from "./fake-conditions";
import {
  applyDraft,
  isConditions,
  isJson,
  list,
  pairs,
  problems,
  specsOf,
  type StoredValue,
  type StoredWebhook,
  text,
  toRow,
  urlView,
} from "./fake-webhooks";

/** One write of a kept plan. */
export interface Step {
  item: PlanItem;
  connection: Connection;
  /** The values to store; absent for a delete. */
  values: StoredWebhook["values"] | null;
  /** The version it was planned on. */
  version: number;
}

type Values = StoredWebhook["values"];

/** `source` is what Keep in the draft refers to. */
export function createStep(
  index: number,
  connection: Connection,
  draft: WebhookDraft,
  offer: Offer,
  source: Values = {},
): Step {
  const wanted = Object.entries(applyDraft(source, draft)).filter(([path]) => path in draft.fields);
  const values: Values = Object.fromEntries(wanted);
  const errors = problems(values, offer);
  const state: ItemState = errors.length > 0 ? { type: "blocked", errors } : { type: "ready" };
  const after: StoredWebhook = { id: "", values, preserved: [], version: 0 };
  const changes = differences({}, values, offer, draft).filter((change) => change.changed);
  return {
    item: item(index, "create", null, connection, after, changes, state, offer),
    connection,
    values,
    version: 0,
  };
}

export function updateStep(
  index: number,
  connection: Connection,
  now: StoredWebhook,
  read: StoredWebhook,
  draft: WebhookDraft,
  offer: Offer,
): Step {
  const values = applyDraft(now.values, draft);
  const changes = differences(now.values, values, offer, draft);
  const after = { ...now, values };
  const state = updateState(now, read, values, applyDraft(read.values, draft), changes, offer);
  return {
    item: item(index, "update", now.id, connection, after, changes, state, offer),
    connection,
    values,
    version: now.version,
  };
}

export function deleteStep(index: number, connection: Connection, now: StoredWebhook, offer: Offer): Step {
  const changes = differences(now.values, {}, offer, { fields: {} });
  const made = item(index, "delete", now.id, connection, now, changes, { type: "ready" }, offer);
  return { item: made, connection, values: null, version: now.version };
}

/** Switches a webhook; nothing when the vendor has no switch. */
export function switchStep(
  index: number,
  connection: Connection,
  now: StoredWebhook,
  on: boolean,
  offer: Offer,
): Step | null {
  const { onOff } = offer.capabilities;
  if (onOff.type === "alwaysOn") return null;
  const draft: WebhookDraft = { fields: { [onOff.path]: { type: "flag", value: on } } };
  return updateStep(index, connection, now, now, draft, offer);
}

export function goneStep(
  index: number,
  action: PlanItem["action"],
  connection: Connection,
  id: string,
  offer: Offer,
): Step {
  const empty: StoredWebhook = { id, values: {}, preserved: [], version: 0 };
  const made = item(index, action, id, connection, empty, [], { type: "gone" }, offer);
  return { item: { ...made, title: id }, connection, values: null, version: 0 };
}

function updateState(
  now: StoredWebhook,
  read: StoredWebhook,
  values: Values,
  yours: Values,
  changes: FieldChange[],
  offer: Offer,
): ItemState {
  if (read.version !== now.version) {
    return {
      type: "stale",
      revision: `r${now.version}`,
      fields: threeWay(read.values, now.values, yours, offer),
    };
  }
  const errors = problems(values, offer);
  if (errors.length > 0) return { type: "blocked", errors };
  return changes.some((change) => change.changed) ? { type: "ready" } : { type: "unchanged" };
}

function item(
  index: number,
  action: PlanItem["action"],
  webhook: string | null,
  connection: Connection,
  shown: StoredWebhook,
  changes: FieldChange[],
  state: ItemState,
  offer: Offer,
): PlanItem {
  const { title, endpoint, marks } = toRow(connection.id, shown, offer);
  const asking = marks.find(
    ({ asks }) => asks === "beforeAnyWrite" || (asks === "beforeDelete" && action === "delete"),
  );
  const askAgain =
    asking === undefined || state.type !== "ready"
      ? null
      : `${asking.words} ${action === "delete" ? "Delete it" : "Change it"} all the same.`;
  return { index, action, webhook, title, endpoint, changes, state, notices: [], askAgain };
}

function differences(before: Values, after: Values, offer: Offer, draft: WebhookDraft): FieldChange[] {
  const found: FieldChange[] = [];
  for (const spec of specsOf(offer)) {
    const { path, label } = spec;
    const [old, fresh] = [before[path], after[path]];
    const changed = JSON.stringify(old) !== JSON.stringify(fresh);
    const secret = spec.kind.type === "secret";
    if (!changed && !(secret && old !== undefined && draft.fields[path] !== undefined)) continue;
    found.push(
      secret
        ? {
            path,
            label,
            before: secretShown(old, "stored"),
            after: secretShown(fresh, secretWords(old, changed)),
            changed,
          }
        : { path, label, before: shown(spec.kind.type, old), after: shown(spec.kind.type, fresh), changed },
    );
  }
  return found;
}

function secretWords(old: StoredValue | undefined, changed: boolean): string {
  return changed || old === undefined ? "new value" : "kept";
}

function secretShown(value: StoredValue | undefined, words: string): Shown {
  return value === undefined ? { type: "nothing" } : { type: "secret", words };
}

function shown(kind: string, value: StoredValue | undefined): Shown {
  if (value === undefined || value === "") return { type: "nothing" };
  if (isJson(value)) return { type: "text", text: JSON.stringify(value.json, null, 2) };
  if (isConditions(value)) return { type: "list", items: linesOf(value.conditions) };
  if (Array.isArray(value)) {
    const items = [...list(value), ...pairs(value).map(({ name }) => `${name}: stored`)];
    return items.length === 0 ? { type: "nothing" } : { type: "list", items };
  }
  if (typeof value === "boolean") return { type: "text", text: value ? "On" : "Off" };
  return { type: "text", text: kind === "url" ? urlView(text(value)).masked : String(value) };
}

function threeWay(read: Values, now: Values, yours: Values, offer: Offer): ThreeWay[] {
  const found: ThreeWay[] = [];
  for (const spec of specsOf(offer)) {
    const { path, label } = spec;
    const [was, is, want] = [read[path], now[path], yours[path]].map((value) => JSON.stringify(value));
    if (was === is && was === want) continue;
    const draw = (value: StoredValue | undefined) =>
      spec.kind.type === "secret" ? secretShown(value, "stored") : shown(spec.kind.type, value);
    const verdict = is === want ? "same" : was === want ? "theirs" : was === is ? "yours" : "conflict";
    found.push({
      path,
      label,
      read: draw(read[path]),
      now: draw(now[path]),
      yours: draw(yours[path]),
      verdict,
    });
  }
  return found;
}
