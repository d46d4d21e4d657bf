import { memo, type MouseEvent } from "react";
import type { Connection } from "~/bindings/Connection";
import { cx, EnvTag, EventChips } from "~/components";
import type { Entry } from "./row-store";
import { authWords } from "./search";
import { Tick } from "./Tick";
import styles from "./WebhookGrid.module.css";

export interface GridRowProps {
  entry: Entry;
  index: number;
  top: number;
  connection: Connection | undefined;
  /** How old the row is when it is not fresh. */
  age: string | null;
  isSelected: boolean;
  isCurrent: boolean;
  isFocusable: boolean;
  onPress: (key: string, extend: boolean) => void;
  onToggle: (key: string) => void;
  onOpen: (entry: Entry) => void;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const {
    entry,
    index,
    top,
    connection,
    age,
    isSelected,
    isCurrent,
    isFocusable,
    onPress,
    onToggle,
    onOpen,
  } = props;
  const { row, key } = entry;
  const auth = row.auth.map((kind) => authWords[kind]);
  const press = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey) onToggle(key);
    else onPress(key, event.shiftKey);
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-current={isCurrent}
      data-index={index}
      tabIndex={isFocusable ? 0 : -1}
      className={cx(
        styles.columns,
        styles.row,
        isCurrent && styles.current,
        isSelected && styles.selected,
        age !== null && styles.stale,
      )}
      style={{ transform: `translateY(${top}px)` }}
      onClick={press}
      onDoubleClick={() => onOpen(entry)}
    >
      <div role="gridcell" className={cx(styles.tick)}>
        <Tick label={`Select ${short(row.title)}`} checked={isSelected} onToggle={() => onToggle(key)} />
      </div>
      <div role="gridcell" className={cx(styles.two)}>
        <bdi className={cx(styles.title)} title={row.title}>
          {row.title}
        </bdi>
        <bdi className={cx(styles.sub)} title={row.endpoint}>
          {row.endpoint}
        </bdi>
      </div>
      <div role="gridcell" className={cx(styles.two)}>
        <bdi className={cx(styles.organisation)} title={connection?.label}>
          {connection?.label}
        </bdi>
        <span className={cx(styles.tags)}>
          {connection && <EnvTag environment={connection.environment} />}
          {age !== null && (
            <span className={cx(styles.age)} title={`Read ${age}`}>
              {age}
            </span>
          )}
        </span>
      </div>
      <div role="gridcell" className={cx(styles.events)}>
        <EventChips events={row.events} />
      </div>
      <div role="gridcell" className={cx(styles.auth)}>
        {auth.length === 0 ? <span className={cx(styles.meta)}>None</span> : auth.join(" + ")}
      </div>
      <div role="gridcell" className={cx(styles.on)}>
        {row.on === null ? "Always on" : row.on ? "On" : "Off"}
      </div>
    </div>
  );
});

function short(title: string): string {
  return title.length > 80 ? `${title.slice(0, 80)}…` : title;
}
