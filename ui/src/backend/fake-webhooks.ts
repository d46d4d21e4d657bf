import type { AuthKind } from "~/bindings/AuthKind";
import type { ConditionSet } from "~/bindings/ConditionSet";
import type { FieldError } from "~/bindings/FieldError";
import type { FieldInput } from "~/bindings/FieldInput";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { FieldValue } from "~/bindings/FieldValue";
import type { Mark } from "~/bindings/Mark";
import type { Offer } from "~/bindings/Offer";
import type { PairInput } from "~/bindings/PairInput";
import type { JsonValue } from "~/bindings/serde_json/JsonValue";
import type { UrlInput } from "~/bindings/UrlInput";
import type { UrlView } from "~/bindings/UrlView";
import type { Webhook } from "~/bindings/Webhook";
import type { WebhookDraft } from "~/bindings/WebhookDraft";
import type { WebhookRow } from "~/bindings/WebhookRow";

export interface StoredPair {
  group: string | null;
  name: string;
  value: string;
}
export type StoredValue =
  string | number | boolean | string[] | StoredPair[] | { json: JsonValue } | { conditions: ConditionSet };

/** A webhook as the pretended vendor keeps it: secrets in clear, the URL whole. */
export interface StoredWebhook {
  id: string;
  values: Record<string, StoredValue>;
  preserved: string[];
  version: number;
  marks?: Mark[];
}

export function specsOf(offer: Offer): FieldSpec[] {
  return offer.capabilities.sections.flatMap((section) => section.fields);
}

export function toWebhook(connection: string, stored: StoredWebhook, offer: Offer): Webhook {
  const fields: Webhook["fields"] = {};
  for (const spec of specsOf(offer)) {
    const value = stored.values[spec.path];
    if (spec.kind.type === "secret") {
      fields[spec.path] = { type: "secret", value: { stored: value !== undefined, replaced: false } };
    } else if (value !== undefined) fields[spec.path] = shownValue(spec, value);
  }
  return {
    ...toRow(connection, stored, offer),
    fields,
    preserved: stored.preserved,
    revision: `r${stored.version}`,
  };
}

export function toRow(
  connection: string,
  { id, values, marks = [] }: StoredWebhook,
  offer: Offer,
): WebhookRow {
  const endpoint = urlView(text(values["url"])).masked.replace(/^https?:\/\//, "");
  const { onOff } = offer.capabilities;
  return {
    connection,
    id,
    title: text(values["name"]) || endpoint.replace(/\?.*$/, "") || id,
    endpoint,
    events: list(values["events"]),
    auth: authOf(values),
    on: onOff.type === "field" ? values[onOff.path] === true : null,
    marks,
  };
}

function authOf(values: StoredWebhook["values"]): AuthKind[] {
  const kinds: Record<string, AuthKind> = {
    BASIC: "basic",
    API_KEY: "apiKey",
    OAUTH_CLIENT_CREDENTIALS: "oAuth",
  };
  const chosen = kinds[text(values["auth.type"])];
  if (chosen) return [chosen];
  const auth: AuthKind[] = [];
  if (values["auth.api_key"] === true) auth.push("apiKey");
  if (values["auth.basic"] === true) auth.push("basic");
  return auth;
}

export function text(value: StoredValue | undefined): string {
  return value === undefined || typeof value === "object" ? "" : String(value);
}

/** Texts of a list; pairs have none. */
export function list(value: StoredValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((part) => typeof part === "string") : [];
}

export function pairs(value: StoredValue | undefined): StoredPair[] {
  return Array.isArray(value) ? value.filter((part) => typeof part !== "string") : [];
}

export function isJson(value: StoredValue | undefined): value is { json: JsonValue } {
  return typeof value === "object" && "json" in value;
}

export function isConditions(value: StoredValue | undefined): value is { conditions: ConditionSet } {
  return typeof value === "object" && "conditions" in value;
}

function shownValue(spec: FieldSpec, value: StoredValue): FieldValue {
  if (spec.kind.type === "url") return { type: "url", value: urlView(text(value)) };
  if (spec.kind.type === "pairs") {
    const hidden = spec.kind.secret;
    return {
      type: "pairs",
      value: pairs(value).map(({ group, name, value: stored }) => ({
        group,
        name,
        value: hidden ? null : stored,
        hasValue: stored !== "",
        replaced: false,
      })),
    };
  }
  if (isJson(value)) return { type: "json", value: value.json };
  if (isConditions(value)) return { type: "conditions", value: value.conditions };
  if (Array.isArray(value)) return { type: "list", value: list(value) };
  if (typeof value === "boolean") return { type: "flag", value };
  if (typeof value === "number") return { type: "integer", value };
  return { type: "text", value };
}

export function urlView(full: string): UrlView {
  const [front, tail] = splitOnce(full, "?");
  const userinfo = /^(https?:\/\/)[^/@]*@/.exec(front);
  const base = userinfo ? front.replace(userinfo[0], userinfo[1] ?? "") : front;
  const query = (tail === undefined ? [] : tail.split("&")).map((part) => {
    const [name, value] = splitOnce(part, "=");
    return { name, hasValue: value !== undefined, replaced: false };
  });
  const masked = query.map((part) => (part.hasValue ? `${part.name}=•••` : part.name)).join("&");
  const host = userinfo ? base.replace("://", "://•••@") : base;
  return { masked: masked === "" ? host : `${host}?${masked}`, base, hasUserinfo: userinfo !== null, query };
}

function splitOnce(whole: string, at: string): [first: string, rest: string | undefined] {
  const index = whole.indexOf(at);
  return index < 0 ? [whole, undefined] : [whole.slice(0, index), whole.slice(index + 1)];
}

/** The values a draft makes of what is stored. */
export function applyDraft(stored: StoredWebhook["values"], draft: WebhookDraft): StoredWebhook["values"] {
  const next: StoredWebhook["values"] = { ...stored };
  for (const [path, input] of Object.entries(draft.fields)) {
    const value = inputValue(input, stored[path]);
    if (value === undefined) Reflect.deleteProperty(next, path);
    else next[path] = value;
  }
  return next;
}

function inputValue(input: FieldInput, before: StoredValue | undefined): StoredValue | undefined {
  switch (input.type) {
    case "secret":
      if (input.value.move === "keep") return before;
      return input.value.move === "replace" ? input.value.value : undefined;
    case "url":
      return urlText(input.value, text(before));
    case "integer":
      return input.value ?? undefined;
    case "json":
      return { json: input.value };
    case "conditions":
      return input.value.rows.length === 0 ? undefined : { conditions: input.value };
    case "pairs":
      return input.value.map((pair) => storedPair(pair, pairs(before)));
    default:
      return input.value;
  }
}

function storedPair({ group, name, origin, value }: PairInput, before: StoredPair[]): StoredPair {
  const kept = origin === null ? "" : (before[origin]?.value ?? "");
  return { group, name, value: value.move === "replace" ? value.value : value.move === "keep" ? kept : "" };
}

function urlText(input: UrlInput, before: string): string {
  const old = (splitOnce(before, "?")[1] ?? "").split("&");
  const query = input.query.map((part) => {
    if (part.value.move === "replace") return `${part.name}=${encodeURIComponent(part.value.value)}`;
    if (part.value.move === "clear" || part.origin === null) return part.name;
    const value = splitOnce(old[part.origin] ?? "", "=")[1];
    return value === undefined ? part.name : `${part.name}=${value}`;
  });
  return query.length === 0 ? input.base : `${input.base}?${query.join("&")}`;
}

/** What the pretended provider finds wrong with the values. */
export function problems(values: StoredWebhook["values"], offer: Offer): FieldError[] {
  const found: FieldError[] = [];
  for (const spec of specsOf(offer)) {
    const value = values[spec.path];
    const { shownWhen } = spec;
    if (shownWhen !== null && values[shownWhen.path] !== shownWhen.equals.value) continue;
    const empty = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
    if (spec.required && empty) found.push({ path: spec.path, message: `${spec.label} is missing.` });
    else if (spec.kind.type === "url" && spec.kind.httpsOnly && !text(value).startsWith("https://")) {
      found.push({ path: spec.path, message: "Butlr accepts https addresses only." });
    }
  }
  return found;
}
