import { Button, cx, Icon, LinkButton } from "~/components";
import styles from "./BulkBar.module.css";

export interface BulkBarProps {
  count: number;
  onClear: () => void;
  onDelete: () => void;
  /** Why nothing of the selection can be deleted. */
  blocked: string | null;
}

/** What can be done with the ticked rows. */
export function BulkBar({ count, onClear, onDelete, blocked }: BulkBarProps) {
  return (
    <div className={cx(styles.bar)} role="toolbar" aria-label="Selected webhooks">
      <strong role="status">{count} selected</strong>
      <LinkButton onPress={onClear}>Clear</LinkButton>
      <span className={cx(styles.space)} />
      {blocked !== null && <span className={cx(styles.why)}>{blocked}</span>}
      <Button variant="dangerText" onPress={onDelete} isDisabled={blocked !== null}>
        <Icon name="trash" />
        Delete
      </Button>
    </div>
  );
}
