import styles from "./EventsCell.module.css";
import { fitting } from "./fitting";

/** As many events as the column has room for, and a `+3` that opens the full list; the table hears the press. */
export function EventsCell({ events, room }: { events: readonly string[]; room: number }) {
  if (events.length === 0) return <span className={styles.none}>No events</span>;
  const number = fitting(events, room);
  const all = `All ${events.length} events`;
  return (
    <span className={styles.cell}>
      {events.slice(0, number).map((event) => (
        <bdi key={event} className={styles.event} title={event} data-event={event}>
          {event}
        </bdi>
      ))}
      {events.length > number && (
        <button
          type="button"
          tabIndex={-1}
          data-events
          className={styles.more}
          aria-label={all}
          aria-haspopup="dialog"
          title={all}
        >
          <span>+{events.length - number}</span>
        </button>
      )}
    </span>
  );
}
