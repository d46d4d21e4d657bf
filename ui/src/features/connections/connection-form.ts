import type { AppError } from "~/bindings/AppError";
import type { Connection } from "~/bindings/Connection";
import type { ConnectionInput } from "~/bindings/ConnectionInput";
import type { CredentialField } from "~/bindings/CredentialField";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { SecretChange } from "~/bindings/SecretChange";

/** Why fields are wrong, by path: `label`, `base_url`, `credentials.<key>`. */
export type FieldErrors = Readonly<Record<string, string>>;

export function credentialPath(key: string): string {
  return `credentials.${key}`;
}

/** What a new connection starts with. Production is assumed until the user says otherwise: it asks more often. */
export function newInput(provider: ProviderInfo): ConnectionInput {
  return {
    provider: provider.id,
    label: "",
    environment: "production",
    baseUrl: "",
    readOnly: false,
    publicCredentials: byKey(provider, false, (field) => field.default ?? ""),
    secretCredentials: byKey(provider, true, () => ({ move: "replace", value: "" }) as const),
  };
}

/** A stored connection as it is entered again: every secret is kept, or asked for anew. */
export function inputOf(connection: Connection, provider: ProviderInfo, replaces = false): ConnectionInput {
  const secret: SecretChange = replaces ? { move: "replace", value: "" } : { move: "keep" };
  return {
    provider: connection.provider,
    label: connection.label,
    environment: connection.environment,
    baseUrl: connection.baseUrl ?? "",
    readOnly: connection.readOnly,
    publicCredentials: byKey(provider, false, ({ key }) => connection.publicCredentials[key] ?? ""),
    secretCredentials: byKey(provider, true, () => secret),
  };
}

/** The address in use unless another is entered, with what is known of it filled in: `https://{slug}.example`. */
export function addressOf(provider: ProviderInfo, { publicCredentials }: ConnectionInput): string {
  return provider.defaultBaseUrl.replace(
    /\{(\w+)\}/g,
    (whole, key: string) => publicCredentials[key]?.trim() || whole,
  );
}

function byKey<T>(
  provider: ProviderInfo,
  secret: boolean,
  value: (field: CredentialField) => T,
): Record<string, T> {
  return Object.fromEntries(
    provider.credentials.filter((field) => field.secret === secret).map((field) => [field.key, value(field)]),
  );
}

/** The part of a validation error that has a field to stand at. */
export function fieldErrors(error: AppError, provider: ProviderInfo): FieldErrors {
  if (error.kind !== "validation") return {};
  const known = new Set(["label", "base_url", ...provider.credentials.map(({ key }) => credentialPath(key))]);
  return Object.fromEntries(
    error.fields.filter(({ path }) => known.has(path)).map(({ path, message }) => [path, message]),
  );
}

/** Whether something of an error has no field to stand at and needs a banner. */
export function needsBanner(error: AppError, provider: ProviderInfo): boolean {
  if (error.kind !== "validation") return true;
  return error.fields.length === 0 || error.fields.length > Object.keys(fieldErrors(error, provider)).length;
}

/** Whether nothing was entered that the other does not say. */
export function isSame(a: ConnectionInput | undefined, b: ConnectionInput | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
