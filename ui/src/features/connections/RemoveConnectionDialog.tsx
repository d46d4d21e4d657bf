import { useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { AppError } from "~/bindings/AppError";
import type { Connection } from "~/bindings/Connection";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import { Button, cx, Dialog, EnvTag, ErrorBanner } from "~/components";
import styles from "./RemoveConnectionDialog.module.css";

export interface RemoveConnectionDialogProps {
  connection: Connection;
  provider: ProviderInfo | undefined;
  onClose: () => void;
  onRemoved: () => void;
}

/** Asks before an organisation is disconnected from this computer. */
export function RemoveConnectionDialog({
  connection,
  provider,
  onClose,
  onRemoved,
}: RemoveConnectionDialogProps) {
  const backend = useBackend();
  const [removing, setRemoving] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const remove = () => {
    setRemoving(true);
    setError(null);
    backend.call("connection_remove", { connection: connection.id }).then(onRemoved, (thrown: unknown) => {
      setError(toAppError(thrown));
      setRemoving(false);
    });
  };
  return (
    <Dialog
      role="alertdialog"
      size="sm"
      title="Remove organisation"
      onClose={onClose}
      footer={
        <>
          <Button variant="ghost" onPress={onClose} autoFocus>
            Cancel
          </Button>
          <Button variant="danger" onPress={remove} isPending={removing}>
            <span className={cx("trunc", styles.button)}>Remove {connection.label}</span>
          </Button>
        </>
      }
    >
      <div className={cx(styles.body)}>
        <p className={cx(styles.name)}>
          <bdi title={connection.label}>{connection.label}</bdi>{" "}
          <EnvTag environment={connection.environment} />
        </p>
        <ul>
          <li>Its secrets are deleted from the system keyring, or from memory.</li>
          <li>Its webhooks at {provider?.name ?? "the vendor"} stay and keep running.</li>
          <li>The journal of what was changed here stays on this computer.</li>
        </ul>
        {error && <ErrorBanner error={error} />}
      </div>
    </Dialog>
  );
}
