import styles from "./EventPicker.module.css";

/** A drawn box or radio mark. */
export function Mark({ state, round }: { state: boolean | "mixed"; round: boolean }) {
  return (
    <span className={round ? styles.radio : styles.box} data-state={String(state)} aria-hidden="true">
      {!round && state !== false && (
        <svg viewBox="0 0 16 16">
          <path d={state === "mixed" ? "M3.5 8h9" : "M3 8.6 6.4 12 13 4.6"} />
        </svg>
      )}
    </span>
  );
}
