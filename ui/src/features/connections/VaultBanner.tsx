import { useState } from "react";
import type { VaultStatus } from "~/bindings/VaultStatus";
import { Banner, Button, cx } from "~/components";
import styles from "./VaultBanner.module.css";

export interface VaultBannerProps {
  vault: Extract<VaultStatus, { mode: "sessionOnly" }>;
  onRecheck: () => Promise<void>;
}

/** Says that there is no keyring, what that means and what to do about it. */
export function VaultBanner({ vault, onRecheck }: VaultBannerProps) {
  const [checking, setChecking] = useState(false);
  const check = () => {
    setChecking(true);
    void onRecheck()
      .catch(() => undefined)
      .finally(() => setChecking(false));
  };
  return (
    <Banner tone="warn" icon="unlock" title={vault.words}>
      <p>Secrets are kept in memory until Tacklebox closes and are not written to a file. {vault.advice}</p>
      {vault.held > 0 && (
        <p>
          {vault.held === 1 ? "1 secret is held in memory." : `${vault.held} secrets are held in memory.`}
        </p>
      )}
      <p className={cx(styles.action)}>
        <Button size="sm" onPress={check} isPending={checking}>
          Check again
        </Button>
      </p>
    </Banner>
  );
}
