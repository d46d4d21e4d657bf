import type { DeliveryStatus } from "~/bindings/DeliveryStatus";
import { cx, Icon } from "~/components";
import styles from "./DeliveryMark.module.css";
import { statusWords } from "./words";

/** How a delivery ended: a shape and a word. */
export function DeliveryMark({ status }: { status: DeliveryStatus }) {
  const { words, icon } = statusWords[status];
  return (
    <span className={cx(styles.mark, styles[status])}>
      <Icon name={icon} size={14} />
      {words}
    </span>
  );
}
