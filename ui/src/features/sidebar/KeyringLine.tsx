import { Button as AriaButton } from "react-aria-components";
import type { VaultStatus } from "~/bindings/VaultStatus";
import { cx, Icon, Popover } from "~/components";
import { VaultBanner } from "../connections";
import styles from "./Sidebar.module.css";

/** Where secrets are kept right now. */
export function KeyringLine({ vault, onRecheck }: { vault: VaultStatus; onRecheck: () => Promise<void> }) {
  if (vault.mode === "keyring") {
    return (
      <span className={cx(styles.keyring)} title={vault.name}>
        <Icon name="lock" size={14} />
        Secrets in system keyring
      </span>
    );
  }
  return (
    <Popover
      label="Where secrets are kept"
      placement="top start"
      trigger={
        <AriaButton className={cx(styles.keyring, styles.session)}>
          <Icon name="unlock" size={14} />
          No keyring, session only
        </AriaButton>
      }
    >
      <VaultBanner vault={vault} onRecheck={onRecheck} />
    </Popover>
  );
}
