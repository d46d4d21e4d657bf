import type { Capabilities } from "~/bindings/Capabilities";
import type { FieldPath } from "~/bindings/FieldPath";
import type { Offer } from "~/bindings/Offer";
import type { TokenRequestSpec } from "~/bindings/TokenRequestSpec";
import type { WebhookDraft } from "~/bindings/WebhookDraft";
import { allFields, type FormValue, type FormValues, inputFor, isBlank, isSame } from "../form/form-state";
import { fieldProblem, lowerFirst } from "../form/validation";

/** The fields a token request is made of. */
export function tokenPaths(spec: TokenRequestSpec): FieldPath[] {
  const { endpoint, method, clientId, clientSecret, secretIsEnv, parameters } = spec;
  return [
    endpoint,
    method,
    clientId,
    clientSecret,
    ...(secretIsEnv === null ? [] : [secretIsEnv]),
    parameters,
  ];
}

/** What a form holds of them. */
export type TokenValues = (FormValue | undefined)[];

export function tokenValues(spec: TokenRequestSpec, values: FormValues): TokenValues {
  return tokenPaths(spec).map((path) => values[path]);
}

export function isSameRequest(a: TokenValues, b: TokenValues): boolean {
  return a.every((value, at) => {
    const other = b[at];
    return value === other || (value !== undefined && other !== undefined && isSame(value, other));
  });
}

/** All of them, changed or not: the request is made from what the form holds. */
export function tokenDraft(spec: TokenRequestSpec, values: FormValues): WebhookDraft {
  const fields: WebhookDraft["fields"] = {};
  for (const path of tokenPaths(spec)) {
    const value = values[path];
    if (value) fields[path] = inputFor(value);
  }
  return { fields };
}

/** Why the request cannot be sent from this computer as the form stands, or null. */
export function hereReason(
  offer: Offer,
  spec: TokenRequestSpec,
  initial: FormValues,
  values: FormValues,
  provider: string,
): string | null {
  const { capabilities } = offer;
  const isEnv = spec.secretIsEnv === null ? undefined : values[spec.secretIsEnv];
  if (isEnv?.type === "flag" && isEnv.value) {
    return `The client secret is the name of an environment variable, which ${provider} alone can read.`;
  }
  const context = { capabilities, initial, values, creating: true };
  for (const path of [spec.endpoint, spec.method, spec.clientId, spec.parameters]) {
    const field = allFields(capabilities).find((known) => known.path === path);
    if (field && fieldProblem(field, context) !== null)
      return `${startWords(values[path])} ${labelOf(field.label)} first.`;
  }
  const secret = values[spec.clientSecret];
  const move = secret?.type === "secret" ? secret.value.move : null;
  if (move === "keep" && capabilities.storedSecrets !== "returned") {
    return `${provider} does not hand the client secret back. Choose Replace and enter it to try it from here.`;
  }
  const name = labelOfPath(capabilities, spec.clientSecret);
  return move === "clear" || !secret || isBlank(secret) ? `Enter the ${name} first.` : null;
}

function startWords(value: FormValue | undefined): string {
  return value && !isBlank(value) ? "Correct the" : "Enter the";
}

function labelOfPath(capabilities: Capabilities, path: FieldPath): string {
  return labelOf(allFields(capabilities).find((field) => field.path === path)?.label ?? "secret");
}

function labelOf(label: string): string {
  return lowerFirst(label);
}
