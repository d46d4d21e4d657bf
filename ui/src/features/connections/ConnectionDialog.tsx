import { type SyntheticEvent, useEffect, useId, useRef, useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { AppError } from "~/bindings/AppError";
import type { Connection } from "~/bindings/Connection";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { VaultStatus } from "~/bindings/VaultStatus";
import { Button, cx, Dialog, DiscardDialog, ErrorBanner, Icon } from "~/components";
import { type FieldErrors, fieldErrors, inputOf, isSame, needsBanner, newInput } from "./connection-form";
import styles from "./ConnectionDialog.module.css";
import { ConnectionFields } from "./ConnectionFields";
import { CredentialFacts } from "./CredentialFacts";
import { Findings } from "./Findings";
import { useConnectionTest } from "./use-connection-test";
import { VaultBanner } from "./VaultBanner";

export interface ConnectionDialogProps {
  /** The connection to change; `null` for a new one. */
  connection: Connection | null;
  /** Opened to enter the secret anew. */
  replaces?: boolean;
  providers: readonly ProviderInfo[];
  vault: VaultStatus;
  onRecheck: () => Promise<void>;
  onClose: () => void;
  onSaved: (connection: Connection) => void;
}

/** Connects an organisation, or changes how it is connected. */
export function ConnectionDialog({
  connection,
  replaces = false,
  providers,
  vault,
  onRecheck,
  onClose,
  onSaved,
}: ConnectionDialogProps) {
  const backend = useBackend();
  const first = providers.find(({ id }) => id === connection?.provider) ?? providers[0];
  const [input, setInput] = useState(
    () => first && (connection ? inputOf(connection, first, replaces) : newInput(first)),
  );
  const [untouched, setUntouched] = useState(input);
  const [leaving, setLeaving] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<AppError | null>(null);
  const [saving, setSaving] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const formId = useId();
  const [now] = useState(() => Date.now());
  const provider = providers.find(({ id }) => id === input?.provider);

  const refuse = (error: AppError) => {
    if (!provider) return;
    setErrors(fieldErrors(error, provider));
    setFailure(needsBanner(error, provider) ? error : null);
    setAttempt((count) => count + 1);
  };
  const test = useConnectionTest((error) => {
    if (provider && error.kind === "validation") refuse(error);
  });

  useEffect(() => {
    if (attempt > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempt]);

  if (!input || !provider) return null;

  const save = async () => {
    setSaving(true);
    setErrors({});
    setFailure(null);
    try {
      onSaved(
        connection
          ? await backend.call("connection_edit", { connection: connection.id, input })
          : await backend.call("connection_add", input),
      );
    } catch (thrown) {
      refuse(toAppError(thrown));
      setSaving(false);
    }
  };
  const leave = () => {
    // What is being saved cannot be called back; its answer comes within seconds.
    if (saving) return;
    if (isSame(input, untouched)) onClose();
    else setLeaving(true);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!saving) void save();
  };
  const runTest = () => {
    setErrors({});
    setFailure(null);
    test.run(connection?.id ?? null, input);
  };

  const name = input.label.trim() === "" ? "organisation" : input.label.trim();
  const add = vault.mode === "keyring" ? `Add ${name}` : "Add for this session";
  return (
    <Dialog
      title={connection ? "Edit connection" : "Add organisation"}
      aside={providers.length === 1 && <span className={cx(styles.aside)}>{provider.name}</span>}
      onClose={leave}
      footer={
        <>
          <VaultLine vault={vault} />
          <Button onPress={runTest} isPending={test.state.at === "running"}>
            <Icon name="plug" />
            Test connection
          </Button>
          <Button type="submit" form={formId} variant="primary" isPending={saving}>
            <span className={cx("trunc", styles.save)}>{connection ? "Save connection" : add}</span>
          </Button>
        </>
      }
    >
      <form id={formId} ref={form} onSubmit={submit} noValidate>
        <ConnectionFields
          key={provider.id}
          providers={providers}
          provider={provider}
          stored={connection}
          input={input}
          errors={errors}
          vault={vault}
          onProvider={(next) => {
            const { label, environment, readOnly } = input;
            setInput({ ...newInput(next), label, environment, readOnly });
            setUntouched(newInput(next));
            setErrors({});
            test.reset();
          }}
          onChange={(change) => setInput({ ...input, ...change })}
        />
      </form>
      {connection && (
        <div className={cx(styles.facts)}>
          <CredentialFacts connection={connection} now={now} />
        </div>
      )}
      {vault.mode === "sessionOnly" && <VaultBanner vault={vault} onRecheck={onRecheck} />}
      <Findings state={test.state} onStop={test.stop} showError={test.state.error?.kind !== "validation"} />
      {failure && (
        <div className={cx(styles.failure)}>
          <ErrorBanner error={failure} />
        </div>
      )}
      {leaving && (
        <DiscardDialog
          title={connection ? "Discard the changes?" : "Discard the new organisation?"}
          discard="Discard"
          onDiscard={onClose}
          onKeep={() => setLeaving(false)}
        >
          {connection ? "They are not saved yet." : "Nothing has been added yet."}
        </DiscardDialog>
      )}
    </Dialog>
  );
}

function VaultLine({ vault }: { vault: VaultStatus }) {
  const keyring = vault.mode === "keyring";
  return (
    <span className={cx(styles.vault, !keyring && styles.session)} title={keyring ? vault.name : undefined}>
      <Icon name={keyring ? "lock" : "unlock"} size={14} />
      <span>{keyring ? "Secrets go to the system keyring" : "Secrets are kept in memory only"}</span>
    </span>
  );
}
