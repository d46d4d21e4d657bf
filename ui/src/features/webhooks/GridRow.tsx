import { memo } from "react";
import type { Connection } from "~/bindings/Connection";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { cx, EnvTag, PathIcon } from "~/components";
import { lockWords } from "../connections";
import type { Entry } from "./row-store";
import { EventsCell } from "./EventsCell";
import { Marks } from "./Marks";
import { RowSwitch } from "./RowSwitch";
import { authWords } from "./search";
import { Tick } from "./Tick";
import styles from "./WebhookGrid.module.css";

export interface GridRowProps {
  entry: Entry;
  index: number;
  top: number;
  connection: Connection | undefined;
  /** Drawing and name of the organisation's provider. */
  icon: string | undefined;
  provider: string | undefined;
  /** Its switch waits for an answer. */
  isSwitching: boolean;
  /** How old the row is when it is not fresh. */
  age: string | null;
  /** It is old because its organisation could not be read, and not only because reading takes its time. */
  isFailed: boolean;
  isSelected: boolean;
  isCurrent: boolean;
  isFocusable: boolean;
  /** How many pixels of events a row has room for. */
  eventsRoom: number;
}

/** One row. Presses and keys are heard by the table, so that a row is text alone and its elements serve any webhook. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { entry, index, top, connection, age, isFailed, isSelected, isCurrent, isFocusable } = props;
  const { icon, provider, isSwitching } = props;
  const { row } = entry;
  const [first, second] = lines(row);
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
        isFailed && styles.stale,
        row.on === false && styles.off,
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" className={styles.tick}>
        <Tick label={`Select ${short(row.title)}`} checked={isSelected} />
      </div>
      <div role="gridcell" className={styles.two}>
        <bdi className={styles.title} title={row.title}>
          {first}
        </bdi>
        <span className={styles.under}>
          <Marks marks={row.marks} />
          <bdi className={styles.sub} title={row.endpoint}>
            {second}
          </bdi>
        </span>
      </div>
      <div role="gridcell" className={cx(styles.two, styles.where)}>
        <span className={styles.place}>
          {icon !== undefined && (
            <span className={styles.provider} title={provider}>
              <PathIcon path={icon} size={14} />
              <span className="visually-hidden">{provider}</span>
            </span>
          )}
          <bdi className={styles.organisation} title={connection?.label}>
            {connection?.label}
          </bdi>
        </span>
        <span className={styles.tags}>
          {connection && <EnvTag environment={connection.environment} />}
          {age !== null && (
            <span className={styles.age} title={`Read ${age}`}>
              {age}
            </span>
          )}
        </span>
      </div>
      <div role="gridcell" className={styles.events}>
        <EventsCell events={row.events} room={props.eventsRoom} />
      </div>
      <div role="gridcell" className={cx(styles.auth, row.auth.length === 0 && styles.meta)}>
        {row.auth.length === 0 ? "None" : row.auth.map((kind) => authWords[kind]).join(" + ")}
      </div>
      <div role="gridcell" className={styles.on}>
        {row.on === null ? (
          "Always on"
        ) : (
          <RowSwitch
            title={short(row.title)}
            on={row.on}
            isPending={isSwitching}
            locked={connection ? lockWords(connection) : null}
          />
        )}
      </div>
    </div>
  );
});

function short(title: string): string {
  return title.length > 80 ? `${title.slice(0, 80)}…` : title;
}

/** A title made of the endpoint is told by its path: many webhooks share a host, and the start of it is cut last. */
function lines({ title, endpoint }: WebhookRow): [string, string] {
  const slash = title.indexOf("/");
  const hasPath = slash > 0 && slash < title.length - 1;
  if (!endpoint.startsWith(title)) return [title, endpoint];
  return hasPath
    ? [title.slice(slash), title.slice(0, slash) + endpoint.slice(title.length)]
    : [title, endpoint.slice(title.length)];
}
