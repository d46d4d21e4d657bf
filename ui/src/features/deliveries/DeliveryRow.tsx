import { Button } from "react-aria-components";
import type { Delivery } from "~/bindings/Delivery";
import { Checkbox, cx } from "~/components";
import { DeliveryMark } from "./DeliveryMark";
import styles from "./DeliveriesPane.module.css";
import { retryWords, statusWords, timeWords } from "./words";

type Props = {
  delivery: Delivery;
  nowMs: number;
  isSelected: boolean;
  /** Absent where nothing can be sent again. */
  onSelect: ((selected: boolean) => void) | undefined;
  onOpen: () => void;
};

/** One delivery: how it ended, the endpoint's answer, the event, when, and how often it was tried. */
export function DeliveryRow({ delivery, nowMs, isSelected, onSelect, onOpen }: Props) {
  const { status, httpStatus, code, event, atMs, retries } = delivery;
  const when = timeWords(atMs, nowMs);
  // A first try is the rule; only what was tried again is worth a word here.
  const tried = retries === 0 ? null : retryWords(retries);
  const answer = httpStatus === null ? (code ?? "no answer") : `HTTP ${httpStatus}`;
  const hasAnswer = httpStatus !== null || code !== null || status === "failed";
  return (
    <li className={styles.row} data-selected={isSelected || undefined}>
      {onSelect && (
        <Checkbox
          aria-label={`Select ${statusWords[status].words}, ${when}`}
          isSelected={isSelected}
          onChange={onSelect}
        />
      )}
      <Button className={cx(styles.open)} onPress={onOpen} aria-label={`Open delivery ${delivery.id}`}>
        <span className={styles.first}>
          <DeliveryMark status={status} />
          {hasAnswer && (
            <bdi className={styles.answer} title={answer}>
              {answer}
            </bdi>
          )}
        </span>
        <span className={styles.second}>
          <span className={styles.when}>{[when, tried].filter(Boolean).join(", ")}</span>
          {event !== null && (
            <bdi className={styles.event} title={event}>
              {event}
            </bdi>
          )}
        </span>
      </Button>
    </li>
  );
}
