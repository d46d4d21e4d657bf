import { useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { AppError } from "~/bindings/AppError";
import type { Connection } from "~/bindings/Connection";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { VaultStatus } from "~/bindings/VaultStatus";
import { Button, cx, ErrorBanner, Icon } from "~/components";
import { VaultBanner } from "../connections";
import { AppIcon } from "./AppIcon";
import styles from "./Welcome.module.css";

export interface WelcomeProps {
  providers: readonly ProviderInfo[];
  vault: VaultStatus;
  onRecheck: () => Promise<void>;
  onConnect: () => void;
  onSandbox: (connections: Connection[]) => void;
}

/** The first picture: nothing is connected yet. */
export function Welcome({ providers, vault, onRecheck, onConnect, onSandbox }: WelcomeProps) {
  const backend = useBackend();
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const names = words(providers.map(({ name }) => name));
  const explore = () => {
    setStarting(true);
    setError(null);
    backend.call("sandbox_start", null).then(onSandbox, (thrown: unknown) => {
      setError(toAppError(thrown));
      setStarting(false);
    });
  };
  return (
    <main className={cx(styles.screen)}>
      <div className={cx(styles.column)}>
        <AppIcon />
        <h1 className={cx(styles.title)}>Welcome to Tacklebox</h1>
        <p className={cx(styles.lead)}>
          See and change the {names} webhooks of all your organisations in one window.
        </p>
        <div className={cx(styles.cards)}>
          <section className={cx(styles.card)}>
            <Icon name="flask" className={styles.mark} />
            <h2>Explore the sandbox</h2>
            <p>Sample organisations that live on this computer.</p>
            <Facts
              items={["No account needed", "Nothing leaves this computer", "Remove it any time in Settings"]}
            />
            <Button size="lg" onPress={explore} isPending={starting}>
              Explore the sandbox
              <Icon name="arrow-right" size={14} />
            </Button>
          </section>
          <section className={cx(styles.card)}>
            <Icon name="plug" className={styles.mark} />
            <h2>Connect an organisation</h2>
            <p>{credentialWords(providers)}</p>
            <Facts
              items={[
                "Writes only after you review",
                "Works with several organisations",
                "You can disconnect any time",
              ]}
            />
            <Button size="lg" variant="primary" onPress={onConnect} autoFocus>
              Connect an organisation
              <Icon name="arrow-right" size={14} />
            </Button>
          </section>
        </div>
        {error && <ErrorBanner error={error} onRetry={explore} />}
        {vault.mode === "keyring" ? (
          <p className={cx(styles.foot)}>
            <Icon name="lock" size={14} />
            <span>
              Credentials are kept in {vault.name}, not in files. Tacklebox has no server and sends no usage
              data.
            </span>
          </p>
        ) : (
          <VaultBanner vault={vault} onRecheck={onRecheck} />
        )}
      </div>
    </main>
  );
}

function Facts({ items }: { items: readonly string[] }) {
  return (
    <ul className={cx(styles.facts)}>
      {items.map((item) => (
        <li key={item}>
          <Icon name="check" size={14} />
          {item}
        </li>
      ))}
    </ul>
  );
}

/** What each provider asks for: `Acme: client ID and client secret.` What has a default need not be known. */
function credentialWords(providers: readonly ProviderInfo[]): string {
  return providers
    .map(({ name, credentials }) => {
      const asked = credentials.filter((field) => field.default === null);
      return `${name}: ${words(asked.map(({ label }) => lowerFirst(label)))}.`;
    })
    .join(" ");
}

function lowerFirst(text: string): string {
  const isAcronym = /^\p{Lu}{2}/u.test(text);
  return isAcronym ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

function words(items: readonly string[]): string {
  return new Intl.ListFormat("en-GB", { type: "conjunction" }).format(items);
}
