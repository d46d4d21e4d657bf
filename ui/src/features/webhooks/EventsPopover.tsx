import { useMemo } from "react";
import { Chip, PopoverAt } from "~/components";
import styles from "./EventsCell.module.css";

/** All events of a row, beside the button that asked for them. */
export function EventsPopover(props: {
  events: readonly string[];
  trigger: HTMLElement;
  onClose: () => void;
}) {
  const { events, trigger, onClose } = props;
  const anchor = useMemo(() => ({ current: trigger }), [trigger]);
  return (
    <PopoverAt label="Events" anchor={anchor} onClose={onClose}>
      <ul className={styles.list}>
        {events.map((event) => (
          <li key={event}>
            <Chip code title={event}>
              {event}
            </Chip>
          </li>
        ))}
      </ul>
    </PopoverAt>
  );
}
