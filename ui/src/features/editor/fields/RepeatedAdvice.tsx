import type { EventId } from "~/bindings/EventId";
import { Banner } from "~/components";
import styles from "./EventsField.module.css";
import type { Elsewhere } from "./repeated-events";

/** Events named before "and 7 more". */
const NAMED = 3;

type Props = {
  /** Why an event should not stand in several webhooks, in the vendor's words. */
  sentence: string;
  selected: readonly EventId[];
  elsewhere: Elsewhere;
};

/** Which of the chosen events another webhook has already, and why that matters. */
export function RepeatedAdvice({ sentence, selected, elsewhere }: Props) {
  const repeated = selected.flatMap((id) => {
    const titles = elsewhere.get(id);
    return titles ? [{ id, titles }] : [];
  });
  return (
    <div role="status" className={styles.advice}>
      {repeated.length > 0 && (
        <Banner tone="warn">
          {sentence}{" "}
          {repeated.slice(0, NAMED).map(({ id, titles }) => (
            <span key={id}>
              <bdi>{id}</bdi> is also in{" "}
              <b>
                <bdi title={titles[0]}>{shortened(titles[0] ?? "")}</bdi>
              </b>
              {titles.length > 1 && ` and ${titles.length - 1} more`}.{" "}
            </span>
          ))}
          {repeated.length > NAMED && `So are ${repeated.length - NAMED} more of the chosen events.`}
        </Banner>
      )}
    </div>
  );
}

function shortened(title: string): string {
  return title.length > 60 ? `${title.slice(0, 59)}…` : title;
}
