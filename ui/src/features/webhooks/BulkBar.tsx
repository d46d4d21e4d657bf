import type { WebhookRow } from "~/bindings/WebhookRow";
import { Button, cx, Icon, LinkButton, Popover } from "~/components";
import styles from "./BulkBar.module.css";

export interface BulkBarProps {
  rows: readonly WebhookRow[];
  onClear: () => void;
  onSwitch: (rows: readonly WebhookRow[], on: boolean) => void;
  onDelete: () => void;
  /** Why nothing of the selection can be changed. */
  blocked: string | null;
  /** The name of a row's provider. */
  providerOf: (row: WebhookRow) => string;
}

/** What can be done with the ticked rows, and to how many of them. */
export function BulkBar({ rows, onClear, onSwitch, onDelete, blocked, providerOf }: BulkBarProps) {
  const off = rows.filter(({ on }) => on === false);
  const on = rows.filter((row) => row.on === true);
  const leftOut = rows.filter((row) => row.on === null);
  const hasSwitch = leftOut.length < rows.length;
  return (
    <div className={cx(styles.bar)} role="toolbar" aria-label="Selected webhooks">
      <strong role="status">{rows.length} selected</strong>
      <LinkButton onPress={onClear}>Clear</LinkButton>
      <span className={cx(styles.space)} />
      {blocked !== null && (
        <span className={cx(styles.why)} title={blocked}>
          {blocked}
        </span>
      )}
      {hasSwitch && leftOut.length > 0 && <LeftOut rows={leftOut} providerOf={providerOf} />}
      {hasSwitch && (
        <>
          <Button onPress={() => onSwitch(off, true)} isDisabled={blocked !== null || off.length === 0}>
            <Icon name="power" />
            {numbered("Enable", off.length)}
          </Button>
          <Button onPress={() => onSwitch(on, false)} isDisabled={blocked !== null || on.length === 0}>
            <Icon name="minus-circle" />
            {numbered("Disable", on.length)}
          </Button>
        </>
      )}
      <Button variant="dangerText" onPress={onDelete} isDisabled={blocked !== null}>
        <Icon name="trash" />
        Delete
      </Button>
    </div>
  );
}

/** The rows that have no switch, by name. */
function LeftOut({ rows, providerOf }: Pick<BulkBarProps, "rows" | "providerOf">) {
  const providers = [...new Set(rows.map(providerOf))];
  const reason = providers.length === 1 ? "has no switch" : "have no switch";
  return (
    <Popover
      label="Left out of Enable and Disable"
      placement="bottom end"
      trigger={<LinkButton>{rows.length} left out</LinkButton>}
    >
      <p className={cx(styles.reason)}>
        {new Intl.ListFormat("en-GB").format(providers)} {reason}. Enable and Disable leave out:
      </p>
      <ul className={cx(styles.names)}>
        {rows.map((row) => (
          <li key={`${row.connection} ${row.id}`} title={row.title}>
            <bdi className="trunc">{row.title}</bdi>
          </li>
        ))}
      </ul>
    </Popover>
  );
}

function numbered(verb: string, number: number): string {
  return number === 0 ? verb : `${verb} ${number.toLocaleString("en-GB")}`;
}
