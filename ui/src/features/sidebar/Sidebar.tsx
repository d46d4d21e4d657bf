import { memo } from "react";
import type { Connection } from "~/bindings/Connection";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { VaultStatus } from "~/bindings/VaultStatus";
import { cx, Icon, IconButton, PathIcon } from "~/components";
import { type RowStates, stateOf } from "../webhooks";
import { KeyringLine } from "./KeyringLine";
import { type OrganisationAction, OrganisationItem } from "./OrganisationItem";
import styles from "./Sidebar.module.css";

export interface SidebarProps {
  connections: readonly Connection[];
  providers: readonly ProviderInfo[];
  states: RowStates;
  vault: VaultStatus;
  /** The organisation in view; `null` for all. */
  chosen: ConnectionId | null;
  onChoose: (connection: ConnectionId | null) => void;
  onAction: (action: OrganisationAction, connection: Connection) => void;
  onAdd: () => void;
  onSettings: () => void;
  onRecheck: () => Promise<void>;
  /** Milliseconds since 1970; good to the day. */
  now: number;
}

/** All organisations by provider, how each one is, and where secrets are kept. */
export const Sidebar = memo(function Sidebar(props: SidebarProps) {
  const { connections, providers, states, vault, chosen, onChoose, onAction, onAdd, onSettings, onRecheck } =
    props;
  const { now } = props;
  const total = connections.reduce((sum, { id }) => sum + stateOf(states, id).entries.length, 0);
  const known = new Set(providers.map(({ id }) => id));
  const groups = [
    ...providers.map((provider) => ({
      provider,
      own: connections.filter((one) => one.provider === provider.id),
    })),
    { provider: null, own: connections.filter((one) => !known.has(one.provider)) },
  ].filter(({ own }) => own.length > 0);
  return (
    <nav aria-label="Organisations" className={cx(styles.side)} data-pane>
      <div className={cx(styles.scroll)}>
        <button
          type="button"
          className={cx(styles.item, chosen === null && styles.on)}
          aria-current={chosen === null ? "page" : undefined}
          onClick={() => onChoose(null)}
        >
          <Icon name="layers" />
          <span>All webhooks</span>
          <span className={cx(styles.count)}>{total.toLocaleString("en-GB")}</span>
        </button>
        <div className={cx(styles.rule)} />
        {groups.map(({ provider, own }) => (
          <section key={provider?.id ?? ""} aria-label={provider?.name ?? "Other"}>
            <h2 className={cx(styles.group)}>
              {provider && <PathIcon path={provider.icon} size={14} />}
              {provider?.name ?? "Other"}
            </h2>
            <ul>
              {own.map((connection) => (
                <OrganisationItem
                  key={connection.id}
                  connection={connection}
                  state={stateOf(states, connection.id)}
                  now={now}
                  isChosen={chosen === connection.id}
                  onChoose={() => onChoose(connection.id)}
                  onAction={(action) => onAction(action, connection)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <div className={cx(styles.foot)}>
        <button type="button" className={cx(styles.item)} onClick={onAdd}>
          <Icon name="plus" />
          Add organisation
        </button>
        <div className={cx(styles.line)}>
          <KeyringLine vault={vault} onRecheck={onRecheck} />
          <IconButton icon="settings" size="sm" label="Settings" onPress={onSettings} />
        </div>
      </div>
    </nav>
  );
});
