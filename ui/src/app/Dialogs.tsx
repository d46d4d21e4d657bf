import type { Connection } from "~/bindings/Connection";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { PlanView } from "~/bindings/PlanView";
import type { StartView } from "~/bindings/StartView";
import type { WebhookPick } from "~/bindings/WebhookPick";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { ConnectionDialog, RemoveConnectionDialog, TestConnectionDialog } from "~/features/connections";
import { DeleteDialog } from "~/features/delete";
import { ReviewDialog } from "~/features/review";
import { SettingsDialog } from "~/features/settings";
import type { Session } from "./use-session";

export type OpenDialog =
  | { kind: "add" }
  | { kind: "edit" | "replace" | "test" | "remove"; connection: Connection }
  | { kind: "delete"; rows: WebhookRow[] }
  | { kind: "switch"; request: PlanRequest; view?: PlanView }
  | { kind: "settings" };

export interface DialogsProps {
  open: OpenDialog;
  start: StartView;
  session: Session;
  onClose: () => void;
  onSaved: (connection: Connection) => void;
  onDeleted: (picks: WebhookPick[]) => void;
  /** Webhooks were switched; these are their rows now. */
  onSwitched: (rows: WebhookRow[]) => void;
}

/** The dialog that is open. */
export function Dialogs({ open, start, session, onClose, onSaved, onDeleted, onSwitched }: DialogsProps) {
  const providers = start.providers;
  switch (open.kind) {
    case "add":
    case "edit":
    case "replace":
      return (
        <ConnectionDialog
          connection={open.kind === "add" ? null : open.connection}
          replaces={open.kind === "replace"}
          providers={providers}
          vault={session.vault}
          onRecheck={session.recheckVault}
          onClose={onClose}
          onSaved={onSaved}
        />
      );
    case "test": {
      const provider = providers.find(({ id }) => id === open.connection.provider);
      return (
        provider && (
          <TestConnectionDialog connection={open.connection} provider={provider} onClose={onClose} />
        )
      );
    }
    case "remove":
      return (
        <RemoveConnectionDialog
          connection={open.connection}
          provider={providers.find(({ id }) => id === open.connection.provider)}
          onClose={onClose}
          onRemoved={() => {
            session.removed(open.connection);
            onClose();
          }}
        />
      );
    case "delete":
      return (
        <DeleteDialog
          picks={open.rows.map(({ connection, id }) => ({ connection, id }))}
          rows={open.rows}
          connections={session.connections}
          providers={providers}
          onClose={onClose}
          onDone={onDeleted}
        />
      );
    case "switch":
      return (
        <ReviewDialog
          request={open.request}
          {...(open.view ? { view: open.view } : {})}
          providers={providers}
          onClose={onClose}
          onSaved={onSwitched}
        />
      );
    case "settings":
      return (
        <SettingsDialog
          start={start}
          connections={session.connections}
          theme={session.theme}
          hasSandbox={session.connections.some(({ builtIn }) => builtIn)}
          onTheme={session.setTheme}
          onSandboxStarted={session.sandboxStarted}
          onSandboxRemoved={session.sandboxRemoved}
          onClose={onClose}
        />
      );
  }
}
