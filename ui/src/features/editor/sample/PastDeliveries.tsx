import { useState } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";
import type { Delivery } from "~/bindings/Delivery";
import { Banner, Button, cx, ErrorBanner, LinkButton, Skeleton } from "~/components";
import { DeliveryMark } from "../../deliveries/DeliveryMark";
import { everything } from "../../deliveries/filter";
import { useDeliveries } from "../../deliveries/use-deliveries";
import { statusWords, timeWords } from "../../deliveries/words";
import styles from "./PastDeliveries.module.css";
import type { PastView } from "./use-past-sample";

type Props = { past: PastView; provider: string };

/** Past deliveries to choose a sample from, or the chosen one and what its payload is. */
export function PastDeliveries({ past, provider }: Props) {
  const { chosen } = past;
  return chosen === null ? (
    <PastList past={past} />
  ) : (
    <Chosen key={chosen.id} past={past} delivery={chosen} provider={provider} />
  );
}

function PastList({ past }: { past: PastView }) {
  const list = useDeliveries(past.pick, everything);
  const { rows, reading, error, next } = list;
  const nowMs = list.readAtMs ?? 0;
  return (
    <div className={styles.past}>
      {error && (
        <ErrorBanner
          error={error}
          title="The deliveries could not be read"
          onRetry={rows.length > 0 && next !== null ? list.more : list.refresh}
        />
      )}
      {rows.length > 0 ? (
        <>
          <ListBox
            aria-label="Past deliveries, newest first"
            className={cx(styles.list)}
            onAction={(id) => past.choose(rows.find((row) => row.id === id) ?? null)}
          >
            {rows.map((row) => (
              <Row key={row.id} delivery={row} when={timeWords(row.atMs, nowMs)} />
            ))}
          </ListBox>
          {next !== null && (
            <Button size="sm" isPending={reading === "more"} onPress={list.more}>
              {reading === "more" ? "Loading" : "Load more"}
            </Button>
          )}
        </>
      ) : reading !== null ? (
        <Reading label="Reading the deliveries" />
      ) : error ? null : (
        <p className={styles.note}>
          Nothing was delivered yet.
          {past.keptDays !== null && ` Deliveries are kept for ${past.keptDays} days.`}
        </p>
      )}
    </div>
  );
}

function Row({ delivery, when }: { delivery: Delivery; when: string }) {
  const { id, status, event } = delivery;
  const words = [when, statusWords[status].words, event].filter(Boolean).join(", ");
  return (
    <ListBoxItem id={id} textValue={words} aria-label={words} className={cx(styles.row)}>
      <span className={styles.line}>
        <span className={styles.when}>{when}</span>
        <DeliveryMark status={status} />
      </span>
      {event !== null && (
        <bdi className={styles.event} title={event}>
          {event}
        </bdi>
      )}
    </ListBoxItem>
  );
}

function Chosen({ past, delivery, provider }: Props & { delivery: Delivery }) {
  const [nowMs] = useState(() => Date.now());
  const when = timeWords(delivery.atMs, nowMs);
  return (
    <div className={styles.past}>
      <div className={styles.chosen}>
        <span className={styles.line}>
          <span className={styles.when}>{when}</span>
          <DeliveryMark status={delivery.status} />
        </span>
        <LinkButton onPress={() => past.choose(null)}>Choose another</LinkButton>
      </div>
      {past.isReading ? (
        <Reading label="Reading the delivery" />
      ) : past.error ? (
        <ErrorBanner error={past.error} title="The delivery could not be read" onRetry={past.retry} />
      ) : (
        <What past={past} sent={sentWords(delivery.atMs, when)} provider={provider} />
      )}
    </div>
  );
}

/** "Sent on 21 Nov 14:02:07", "Sent today 14:02:07". */
function sentWords(atMs: number | null, when: string): string {
  if (atMs === null) return "Sent at an unknown time";
  return when.startsWith("Today ") ? `Sent today ${when.slice("Today ".length)}` : `Sent on ${when}`;
}

/** What the payload is, and what that means for a trial. */
function What({ past, sent, provider }: Props & { sent: string }) {
  switch (past.kind) {
    case "original":
      return (
        <p className={styles.note}>
          {sent}. This is the original event, before the transformation, as the conditions see it.
        </p>
      );
    case "transformed":
      return (
        <Banner tone="warn" title={`${sent}, after the transformation`}>
          {provider} kept no original event. The conditions saw another shape than this one, and may match it
          otherwise.
        </Banner>
      );
    case "sent":
      return <p className={styles.note}>{sent}, as it stands here.</p>;
    case "none":
      return (
        <Banner tone="info">
          {provider} kept no payload of this delivery. Choose another, or the example.
        </Banner>
      );
    case null:
      return null;
  }
}

function Reading({ label }: { label: string }) {
  return (
    <div className={styles.reading} role="status" aria-label={label}>
      <Skeleton width="70%" />
      <Skeleton width="85%" />
      <Skeleton width="60%" />
    </div>
  );
}
