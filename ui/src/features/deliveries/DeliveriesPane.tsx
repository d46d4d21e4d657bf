import { useState } from "react";
import type { Connection } from "~/bindings/Connection";
import type { Delivery } from "~/bindings/Delivery";
import type { DeliveryLog } from "~/bindings/DeliveryLog";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { Button, Checkbox, EmptyState, ErrorBanner, Icon, LinkButton, Skeleton } from "~/components";
import { shortLockWords } from "../connections";
import styles from "./DeliveriesPane.module.css";
import { DeliveryDialog } from "./DeliveryDialog";
import { DeliveryFilters } from "./DeliveryFilters";
import { DeliveryRow } from "./DeliveryRow";
import { type DeliveryFilter, everything, isNarrowed } from "./filter";
import { ReplayDialog } from "./ReplayDialog";
import { type Deliveries, useDeliveries } from "./use-deliveries";
import { deliveriesWords, timeWords } from "./words";

type Props = { row: WebhookRow; connection: Connection; log: DeliveryLog };

/** The vendor's log of what it delivered to a webhook's endpoint, read on request. */
export function DeliveriesPane({ row, connection, log }: Props) {
  const pick = { connection: row.connection, id: row.id };
  const [filter, setFilter] = useState<DeliveryFilter>(everything);
  const list = useDeliveries(pick, filter);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<Delivery | null>(null);
  const [again, setAgain] = useState<Delivery[] | null>(null);
  const selected = list.rows.filter(({ id }) => chosen.has(id));
  const canReplay = log.replayAtOnce !== null && !connection.readOnly;
  const narrow = (next: DeliveryFilter) => {
    setFilter(next);
    setChosen(new Set());
  };

  return (
    <div className={styles.pane}>
      <DeliveryFilters
        filter={filter}
        onChange={narrow}
        statuses={log.statuses}
        isReading={list.reading === "list"}
        onRefresh={list.refresh}
      />
      <div className={styles.scroll}>
        {list.error && (
          <div className={styles.banner}>
            <ErrorBanner
              error={list.error}
              onRetry={list.refresh}
              {...(list.readAtMs === null
                ? {}
                : {
                    effect: `Showing what was read at ${new Date(list.readAtMs).toLocaleTimeString("en-GB")}.`,
                  })}
            />
          </div>
        )}
        <Rows
          list={list}
          chosen={chosen}
          onChoose={canReplay ? setChosen : undefined}
          onOpen={setOpened}
          empty={
            <Empty
              title={row.title}
              filter={filter}
              keptDays={log.keptDays}
              onClear={() => narrow(everything)}
            />
          }
        />
      </div>
      <footer className={styles.foot}>
        {selected.length > 0 ? (
          <>
            <span role="status">{selected.length} selected</span>
            <LinkButton onPress={() => setChosen(new Set())}>Clear</LinkButton>
            <span className={styles.gap} />
            <Button size="sm" onPress={() => setAgain(selected)}>
              <Icon name="refresh" size={14} /> Send {selected.length} again
            </Button>
          </>
        ) : (
          <span role="status">
            {footWords(list)}
            {connection.readOnly &&
              log.replayAtOnce !== null &&
              `. ${shortLockWords(connection)}: nothing can be sent again`}
          </span>
        )}
      </footer>
      {opened && (
        <DeliveryDialog
          pick={pick}
          delivery={opened}
          onClose={() => setOpened(null)}
          onReplay={
            canReplay
              ? () => {
                  setAgain([opened]);
                  setOpened(null);
                }
              : undefined
          }
        />
      )}
      {again && (
        <ReplayDialog
          row={row}
          connection={connection}
          deliveries={again}
          canReapply={log.reapply}
          onClose={(sent) => {
            setAgain(null);
            if (!sent) return;
            setChosen(new Set());
            list.refresh();
          }}
        />
      )}
    </div>
  );
}

function footWords({ rows, readAtMs, reading, next }: Deliveries): string {
  if (readAtMs === null) return reading === null ? "Not read" : "Reading";
  const number = deliveriesWords(rows.length);
  return `${number}${next === null ? "" : " so far"}, read ${new Date(readAtMs).toLocaleTimeString("en-GB")}`;
}

type RowsProps = {
  list: Deliveries;
  chosen: ReadonlySet<string>;
  onChoose: ((chosen: ReadonlySet<string>) => void) | undefined;
  onOpen: (delivery: Delivery) => void;
  empty: React.ReactNode;
};

function Rows({ list, chosen, onChoose, onOpen, empty }: RowsProps) {
  const { rows, reading, next } = list;
  if (rows.length === 0) {
    if (reading !== null) return <Reading />;
    return list.error ? null : empty;
  }
  const isAll = rows.every(({ id }) => chosen.has(id));
  const nowMs = list.readAtMs ?? 0;
  return (
    <>
      {onChoose && (
        <div className={styles.all}>
          <Checkbox
            isSelected={isAll}
            isIndeterminate={!isAll && rows.some(({ id }) => chosen.has(id))}
            onChange={(all) => onChoose(new Set(all ? rows.map(({ id }) => id) : []))}
          >
            Select all {rows.length} shown
          </Checkbox>
        </div>
      )}
      <ul className={styles.rows} aria-label="Deliveries, newest first" aria-busy={reading !== null}>
        {rows.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            nowMs={nowMs}
            isSelected={chosen.has(delivery.id)}
            onSelect={
              onChoose &&
              ((yes) =>
                onChoose(
                  new Set(yes ? [...chosen, delivery.id] : [...chosen].filter((id) => id !== delivery.id)),
                ))
            }
            onOpen={() => onOpen(delivery)}
          />
        ))}
      </ul>
      {next !== null && (
        <div className={styles.more}>
          <Button size="sm" isPending={reading === "more"} onPress={list.more}>
            {reading === "more" ? "Loading" : "Load more"}
          </Button>
          <span>Oldest shown: {timeWords(rows.at(-1)?.atMs ?? null, nowMs)}</span>
        </div>
      )}
    </>
  );
}

function Reading() {
  return (
    <div className={styles.reading} role="status" aria-label="Reading the deliveries">
      <Skeleton width="70%" />
      <Skeleton width="85%" />
      <Skeleton width="60%" />
    </div>
  );
}

type EmptyProps = { title: string; filter: DeliveryFilter; keptDays: number | null; onClear: () => void };

function Empty({ title, filter, keptDays, onClear }: EmptyProps) {
  if (isNarrowed(filter)) {
    return (
      <EmptyState
        icon="filter"
        title={filter.id === "" ? "No delivery matches this filter." : "No delivery has this ID."}
        actions={<Button onPress={onClear}>Clear filters</Button>}
      />
    );
  }
  return (
    <EmptyState icon="clock" title={<bdi>Nothing was delivered to {title}.</bdi>}>
      {keptDays === null ? undefined : `Deliveries are kept for ${keptDays} days.`}
    </EmptyState>
  );
}
