import type { EventMark } from "~/bindings/EventMark";
import styles from "./EventMarkChip.module.css";
import { markWords } from "./search";

/** What is special about an event, as a word; `title` is the sentence. */
export function EventMarkChip({ mark, title }: { mark: EventMark; title?: string | undefined }) {
  return (
    <span className={styles.mark} data-mark={mark} title={title}>
      {markWords[mark]}
    </span>
  );
}
