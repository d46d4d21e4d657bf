import { useState } from "react";
import type { Connection } from "~/bindings/Connection";
import { cx, EnvTag, Icon, IconButton, Menu, type MenuEntry } from "~/components";
import { lockReason, warningOf } from "../connections";
import { type ConnectionState, WaitWords } from "../webhooks";
import { healthOf, healthWords } from "./health";
import styles from "./Sidebar.module.css";

export type OrganisationAction = "edit" | "test" | "refresh" | "remove" | "removeSandbox";

export interface OrganisationItemProps {
  connection: Connection;
  state: ConnectionState;
  /** Milliseconds since 1970. */
  now: number;
  isChosen: boolean;
  onChoose: () => void;
  onAction: (action: OrganisationAction) => void;
}

export function OrganisationItem(props: OrganisationItemProps) {
  const { connection, state, now, isChosen, onChoose, onAction } = props;
  const [open, setOpen] = useState(false);
  const health = healthOf(state);
  const { label, environment } = connection;
  const locked = lockReason(connection);
  const expiry = warningOf(connection, now);
  const token = expiry ? `Token ${expiry.words}` : null;
  const title = [label, locked, healthWords[health], token].filter(Boolean).join(", ");
  return (
    <li
      className={cx(styles.organisation)}
      onContextMenu={(event) => {
        event.preventDefault();
        setOpen(true);
      }}
    >
      <button
        type="button"
        className={cx(styles.item, styles.nested, isChosen && styles.on)}
        aria-current={isChosen ? "page" : undefined}
        title={title}
        onClick={onChoose}
      >
        {expiry && health === "healthy" ? (
          // Nothing is wrong yet but the token: its key stands where the dot does, so that the name keeps its room.
          <Icon name="key" size={12} className={cx(expiry.isOver ? styles.over : styles.soon)} />
        ) : (
          <span className={cx(styles.dot, styles[health])} aria-hidden="true" />
        )}
        <bdi className={cx(styles.name)}>{label}</bdi>
        <span className="visually-hidden">{[healthWords[health], token].filter(Boolean).join(", ")}</span>
        <span className={cx(styles.tags)}>
          {locked !== null && <Icon name="lock" size={12} className={styles.lock} />}
          <EnvTag environment={environment} short />
        </span>
        <span className={cx(styles.count)}>{state.entries.length.toLocaleString("en-GB")}</span>
      </button>
      {state.waitUntilMs !== null && (
        <p className={cx(styles.wait)}>
          <WaitWords untilMs={state.waitUntilMs} />
        </p>
      )}
      <span className={cx(styles.more)}>
        <Menu
          label={`Actions for ${label.slice(0, 80)}`}
          isOpen={open}
          onOpenChange={setOpen}
          trigger={<IconButton icon="dots" size="sm" label={`Actions for ${label.slice(0, 80)}`} />}
          items={actions(connection)}
          onAction={(id) => onAction(id as OrganisationAction)}
        />
      </span>
    </li>
  );
}

function actions({ builtIn }: Connection): (MenuEntry & { id: OrganisationAction })[] {
  const both: (MenuEntry & { id: OrganisationAction })[] = [
    { id: "test", label: "Test connection", icon: "plug" },
    { id: "refresh", label: "Refresh", icon: "refresh" },
  ];
  if (builtIn)
    return [...both, { id: "removeSandbox", label: "Remove the sandbox", icon: "trash", danger: true }];
  return [
    { id: "edit", label: "Edit connection", icon: "edit" },
    ...both,
    { id: "remove", label: "Remove", icon: "trash", danger: true },
  ];
}
