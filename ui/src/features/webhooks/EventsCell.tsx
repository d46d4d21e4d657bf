import styles from "./EventsCell.module.css";

/** The first event, and a `+3` that opens the full list; the table hears the press. */
export function EventsCell({ events }: { events: readonly string[] }) {
  const [first] = events;
  if (first === undefined) return <span className={styles.none}>No events</span>;
  const all = `All ${events.length} events`;
  return (
    <span className={styles.cell}>
      <bdi className={styles.event} title={first}>
        {first}
      </bdi>
      {events.length > 1 && (
        <button
          type="button"
          tabIndex={-1}
          data-events
          className={styles.more}
          aria-label={all}
          aria-haspopup="dialog"
          title={all}
        >
          <span>+{events.length - 1}</span>
        </button>
      )}
    </span>
  );
}
