import { createContext, use, useRef, useState } from "react";
import type { Capabilities } from "~/bindings/Capabilities";
import type { FieldPath } from "~/bindings/FieldPath";
import type { UrlCredentials } from "~/bindings/UrlCredentials";
import { type Userinfo, userinfoOf, withoutUserinfo } from "~/components/url-field/userinfo";
import {
  allFields,
  type FormValue,
  type FormValues,
  holds,
  isBlank,
  isSame,
  isShown,
} from "../form/form-state";
import type { WebhookForm } from "../form/use-webhook-form";

/** What became of a user name and password that stood in an address. */
export type CredentialState =
  | { at: "moved"; url: FieldPath; found: Userinfo; before: FormValues; after: FormValue }
  | { at: "asking"; url: FieldPath; found: Userinfo };

export interface UrlCredentialsHandle {
  state: CredentialState | null;
  /** Whether they have a place in this form. */
  hasPlace: boolean;
  /** Where they go, in words: the way of signing in, and what it takes the place of. */
  target: { section: string; method: string; replaces: string | null } | null;
  /** An address was pasted or left. */
  settle: (path: FieldPath) => void;
  move: () => void;
  /** Takes them out of the address and puts them nowhere. */
  drop: (path: FieldPath) => void;
  undo: () => void;
}

export const UrlCredentialsContext = createContext<UrlCredentialsHandle | null>(null);

export function useUrlCredentialsHere(): UrlCredentialsHandle | null {
  return use(UrlCredentialsContext);
}

/** Moves the user name and password of a pasted address to the fields the capabilities name. */
export function useUrlCredentials(capabilities: Capabilities, form: WebhookForm): UrlCredentialsHandle {
  const [state, setState] = useState<CredentialState | null>(null);
  // They were moved once and put back: that is not done again unasked.
  const declined = useRef<Userinfo | null>(null);
  const spec = capabilities.urlCredentials;

  const setUrl = (path: FieldPath, base: string) => {
    const url = form.current()[path];
    if (url?.type !== "url") return;
    // What stood in the stored address gives way to what was entered.
    form.set(path, { type: "url", value: { ...url.value, base, keepUserinfo: false } });
  };
  const moveFrom = (path: FieldPath, found: Userinfo, into: UrlCredentials) => {
    const before = form.current();
    const url = before[path];
    if (url?.type !== "url") return;
    setUrl(path, withoutUserinfo(url.value.base));
    const { equals } = into.when;
    if (!holds(into.when, before) && (equals.type === "text" || equals.type === "flag")) {
      form.set(into.when.path, equals);
    }
    if (found.username !== "") form.set(into.username, { type: "text", value: found.username });
    if (found.password !== "") {
      form.set(into.password, { type: "secret", value: { move: "replace", value: found.password } });
    }
    const after = form.current()[path] ?? url;
    setState({ at: "moved", url: path, found, before, after });
  };
  const now = state && form.values[state.url];
  // Once the address is changed again, there is nothing to undo.
  const isPast = state?.at === "moved" && (!now || !isSame(now, state.after));

  return {
    state: isPast ? null : state,
    hasPlace: spec !== null,
    target: spec && targetOf(capabilities, form.values, spec),
    settle: (path) => {
      // What the press that left the field did to the address counts.
      const url = form.current()[path];
      const base = url?.type === "url" ? url.value.base : "";
      const found = userinfoOf(base);
      if (found === null) {
        if (state?.at === "asking") setState(null);
        return;
      }
      if (found.username === "" && found.password === "") setUrl(path, withoutUserinfo(base));
      else if (spec === null) form.blur(path);
      else if (isTaken(capabilities, form.current(), spec, found) || isSameAs(declined.current, found)) {
        setState({ at: "asking", url: path, found });
      } else moveFrom(path, found, spec);
    },
    move: () => {
      if (state?.at === "asking" && spec) moveFrom(state.url, state.found, spec);
    },
    drop: (path) => {
      const url = form.current()[path];
      if (url?.type === "url") setUrl(path, withoutUserinfo(url.value.base));
      setState(null);
    },
    undo: () => {
      if (state?.at !== "moved") return;
      const { url, found, before } = state;
      declined.current = found;
      for (const path of [url, ...(spec ? [spec.when.path, spec.username, spec.password] : [])]) {
        const value = before[path];
        if (value) form.set(path, value);
      }
      setState({ at: "asking", url, found });
    },
  };
}

function isSameAs(a: Userinfo | null, b: Userinfo): boolean {
  return a !== null && a.username === b.username && a.password === b.password;
}

/** Whether moving them would write over something: another way of signing in, or other values. */
function isTaken(
  capabilities: Capabilities,
  values: FormValues,
  spec: UrlCredentials,
  found: Userinfo,
): boolean {
  if (!holds(spec.when, values)) return otherMethod(capabilities, values, spec) !== null;
  const isOther = (value: FormValue | undefined, entered: string) =>
    value !== undefined && !isBlank(value) && !(value.type === "text" && value.value === entered);
  return isOther(values[spec.username], found.username) || isOther(values[spec.password], found.password);
}

/** The way of signing in that is chosen now, if it is one: it has fields of its own. Switches stand side by side. */
function otherMethod(capabilities: Capabilities, values: FormValues, spec: UrlCredentials): string | null {
  const chosen = values[spec.when.path];
  if (chosen?.type !== "text" || holds(spec.when, values)) return null;
  const hasFields = allFields(capabilities).some(
    (field) => field.shownWhen?.path === spec.when.path && isShown(field, values, capabilities),
  );
  return hasFields ? optionLabel(capabilities, spec.when.path, chosen.value) : null;
}

function targetOf(capabilities: Capabilities, values: FormValues, spec: UrlCredentials) {
  const section = capabilities.sections.find(({ fields }) =>
    fields.some(({ path }) => path === spec.username),
  );
  const { path, equals } = spec.when;
  const label = allFields(capabilities).find((field) => field.path === path)?.label ?? "";
  return {
    section: section?.title ?? label,
    method: equals.type === "text" ? optionLabel(capabilities, path, equals.value) : label,
    replaces: otherMethod(capabilities, values, spec),
  };
}

function optionLabel(capabilities: Capabilities, path: FieldPath, value: string): string {
  const kind = allFields(capabilities).find((field) => field.path === path)?.kind;
  return (kind?.type === "choice" && kind.options.find((option) => option.value === value)?.label) || value;
}
