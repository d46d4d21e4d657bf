import { useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { AppError } from "~/bindings/AppError";
import type { Connection } from "~/bindings/Connection";
import type { StartView } from "~/bindings/StartView";
import type { Theme } from "~/bindings/Theme";
import { Button, cx, Dialog, EnvTag, ErrorBanner, KeyValue, Segmented } from "~/components";
import { CredentialFacts } from "../connections";
import styles from "./SettingsDialog.module.css";

export interface SettingsDialogProps {
  start: StartView;
  connections: readonly Connection[];
  theme: Theme;
  /** Whether the sandbox's organisations are connected. */
  hasSandbox: boolean;
  onTheme: (theme: Theme) => void;
  onSandboxStarted: (connections: Connection[]) => void;
  onSandboxRemoved: () => void;
  onClose: () => void;
}

export function SettingsDialog(props: SettingsDialogProps) {
  const { start, connections, theme, hasSandbox, onTheme, onSandboxStarted, onSandboxRemoved, onClose } =
    props;
  const backend = useBackend();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);

  const attempt = (work: Promise<unknown>) => {
    setBusy(true);
    setError(null);
    work.catch((thrown: unknown) => setError(toAppError(thrown))).finally(() => setBusy(false));
  };
  const chooseTheme = (next: Theme) =>
    attempt(backend.call("theme_set", { theme: next }).then(() => onTheme(next)));
  const startSandbox = () => attempt(backend.call("sandbox_start", null).then(onSandboxStarted));
  const removeSandbox = () => attempt(backend.call("sandbox_remove", null).then(onSandboxRemoved));

  return (
    <Dialog
      title="Settings"
      onClose={onClose}
      footer={
        <Button variant="primary" onPress={onClose}>
          Close
        </Button>
      }
    >
      <div className={cx(styles.body)}>
        <div className={cx(styles.row)}>
          <span>Theme</span>
          <Segmented
            label="Theme"
            value={theme}
            onChange={chooseTheme}
            options={[
              { value: "system", label: "System" },
              { value: "light", label: "Light" },
              { value: "dark", label: "Dark" },
            ]}
          />
        </div>
        <div className={cx(styles.row)}>
          <span>
            Sandbox
            <small>Sample organisations on this computer.</small>
          </span>
          {hasSandbox ? (
            <Button variant="dangerText" onPress={removeSandbox} isPending={busy}>
              Remove the sandbox
            </Button>
          ) : (
            <Button onPress={startSandbox} isPending={busy}>
              Explore the sandbox
            </Button>
          )}
        </div>
        <Organisations connections={connections} />
        {error && <ErrorBanner error={error} />}
        <KeyValue
          rows={[
            { label: "Version", value: start.version },
            ...(start.profile === null ? [] : [{ label: "Profile", value: start.profile }]),
            { label: "Data", value: <code>{start.dataFolder}</code> },
            { label: "Log", value: <code>{start.logFolder}</code> },
          ]}
        />
      </div>
    </Dialog>
  );
}

/** What each credential says of itself, and what was counted with it. */
function Organisations({ connections }: { connections: readonly Connection[] }) {
  const [now] = useState(() => Date.now());
  const own = connections.filter(({ builtIn }) => !builtIn);
  if (own.length === 0) return null;
  return (
    <section className={cx(styles.organisations)} aria-label="Organisations">
      {own.map((connection) => (
        <CredentialFacts
          key={connection.id}
          connection={connection}
          now={now}
          lead={
            <span className={cx(styles.name)}>
              <bdi className="trunc" title={connection.label}>
                {connection.label}
              </bdi>
              <EnvTag environment={connection.environment} />
            </span>
          }
        />
      ))}
    </section>
  );
}
