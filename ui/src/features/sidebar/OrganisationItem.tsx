import { useState } from "react";
import type { Connection } from "~/bindings/Connection";
import { cx, EnvTag, Icon, IconButton, Menu, type MenuEntry } from "~/components";
import type { ConnectionState } from "../webhooks";
import { healthOf, healthWords } from "./health";
import styles from "./Sidebar.module.css";

export type OrganisationAction = "edit" | "test" | "refresh" | "remove" | "removeSandbox";

export interface OrganisationItemProps {
  connection: Connection;
  state: ConnectionState;
  isChosen: boolean;
  onChoose: () => void;
  onAction: (action: OrganisationAction) => void;
}

export function OrganisationItem({ connection, state, isChosen, onChoose, onAction }: OrganisationItemProps) {
  const [open, setOpen] = useState(false);
  const health = healthOf(state);
  const { label, environment, readOnly } = connection;
  const title = [label, readOnly ? "read-only" : null, healthWords[health]].filter(Boolean).join(", ");
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
        <span className={cx(styles.dot, styles[health])} aria-hidden="true" />
        <bdi className="trunc">{label}</bdi>
        <span className="visually-hidden">{healthWords[health]}</span>
        <span className={cx(styles.tags)}>
          {readOnly && <Icon name="lock" size={12} className={styles.lock} />}
          <EnvTag environment={environment} short />
        </span>
        <span className={cx(styles.count)}>{state.entries.length.toLocaleString("en-GB")}</span>
      </button>
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
