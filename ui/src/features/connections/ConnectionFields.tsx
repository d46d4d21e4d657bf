import { useState } from "react";
import type { Connection } from "~/bindings/Connection";
import type { ConnectionInput } from "~/bindings/ConnectionInput";
import type { Environment } from "~/bindings/Environment";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { VaultStatus } from "~/bindings/VaultStatus";
import { cx, Disclosure, EnvTag, PathIcon, RadioCards, Select, Switch, TextField } from "~/components";
import { addressOf, credentialPath, type FieldErrors } from "./connection-form";
import styles from "./ConnectionDialog.module.css";
import { SecretInput } from "./CredentialInput";

const environments: Environment[] = ["production", "staging", "development", "sandbox"];

export interface ConnectionFieldsProps {
  providers: readonly ProviderInfo[];
  provider: ProviderInfo;
  stored: Connection | null;
  input: ConnectionInput;
  errors: FieldErrors;
  vault: VaultStatus;
  onProvider: (provider: ProviderInfo) => void;
  onChange: (change: Partial<ConnectionInput>) => void;
}

/** The fields of a connection; the credential's are the provider's own. */
export function ConnectionFields(props: ConnectionFieldsProps) {
  const { providers, provider, stored, input, errors, vault, onProvider, onChange } = props;
  const [advanced, setAdvanced] = useState(input.baseUrl !== "");
  // Opened to replace a secret, that field takes the focus.
  const asksSecret =
    stored !== null && Object.values(input.secretCredentials).some(({ move }) => move === "replace");
  const address = addressOf(provider, input);
  return (
    <>
      {stored === null && providers.length > 1 && (
        <div className={cx(styles.cards)}>
          <RadioCards
            label="Provider"
            value={provider.id}
            onChange={(id) => {
              const chosen = providers.find((one) => one.id === id);
              if (chosen) onProvider(chosen);
            }}
            options={providers.map(({ id, name, tagline, icon }) => ({
              value: id,
              label: name,
              detail: tagline,
              icon: <PathIcon path={icon} />,
            }))}
          />
        </div>
      )}
      <TextField
        label="Name"
        value={input.label}
        onChange={(label) => onChange({ label })}
        description="Shown in the sidebar and in every confirmation."
        errorMessage={errors.label}
        isRequired
        autoFocus={!asksSecret}
      />
      <div className={cx(styles.row)}>
        <span className={cx(styles.label)}>Environment</span>
        <RadioCards
          label="Environment"
          look="inline"
          value={input.environment}
          onChange={(environment) => onChange({ environment })}
          options={environments.map((value) => ({ value, label: <EnvTag environment={value} /> }))}
        />
      </div>
      <Credentials {...{ provider, stored, input, errors, vault, onChange }} />
      <Disclosure
        title="Advanced: base URL"
        aside={
          <code className="trunc">
            {(input.baseUrl === "" ? address : input.baseUrl).replace(/^https?:\/\//, "")}
          </code>
        }
        isExpanded={advanced || errors.base_url !== undefined}
        onExpandedChange={setAdvanced}
      >
        <TextField
          label="Base URL"
          value={input.baseUrl}
          onChange={(baseUrl) => onChange({ baseUrl })}
          placeholder={address}
          description={`For a gateway or a mock. Empty: ${address}`}
          errorMessage={errors.base_url}
          code
        />
      </Disclosure>
      <div className={cx(styles.row)}>
        <span className={cx(styles.label)}>Writing</span>
        <Switch
          isSelected={input.readOnly}
          onChange={(readOnly) => onChange({ readOnly })}
          description={
            stored?.facts.readOnly === true
              ? "The token may only read, so nothing can be changed whatever is chosen here."
              : "Tacklebox refuses every change to this organisation's webhooks."
          }
        >
          Read-only
        </Switch>
      </div>
    </>
  );
}

type CredentialsProps = Pick<
  ConnectionFieldsProps,
  "provider" | "stored" | "input" | "errors" | "vault" | "onChange"
>;

function Credentials({ provider, stored, input, errors, vault, onChange }: CredentialsProps) {
  const last = provider.credentials.at(-1)?.key;
  return provider.credentials.map((field) => {
    const { key, label, secret, placeholder } = field;
    const help = key === last ? provider.credentialsHelp : undefined;
    const errorMessage = errors[credentialPath(key)];
    if (secret) {
      return (
        <SecretInput
          key={key}
          field={field}
          change={input.secretCredentials[key] ?? { move: "replace", value: "" }}
          onChange={(change) =>
            onChange({ secretCredentials: { ...input.secretCredentials, [key]: change } })
          }
          isStored={stored !== null}
          place={vault.mode === "keyring" ? "the system keyring" : "memory until Tacklebox closes"}
          help={help}
          errorMessage={errorMessage}
        />
      );
    }
    const value = input.publicCredentials[key] ?? "";
    const enter = (entered: string) =>
      onChange({ publicCredentials: { ...input.publicCredentials, [key]: entered } });
    if (field.options.length > 0) {
      return (
        <Select
          key={key}
          label={label}
          value={value === "" ? null : value}
          onChange={enter}
          options={field.options}
          description={help}
          errorMessage={errorMessage}
        />
      );
    }
    return (
      <TextField
        key={key}
        label={label}
        value={value}
        onChange={enter}
        placeholder={placeholder}
        description={help}
        errorMessage={errorMessage}
        isRequired
        code
      />
    );
  });
}
