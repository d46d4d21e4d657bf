import type { EventId } from "~/bindings/EventId";
import type { EventsPerWebhook } from "~/bindings/EventsPerWebhook";
import type { EventType } from "~/bindings/EventType";
import { Chip } from "~/components";
import { EventPicker } from "~/components/editing";
import styles from "./EventsField.module.css";
import { namesOfSeveral } from "./several";

type Props = {
  label: string;
  events: EventType[];
  perWebhook: EventsPerWebhook;
  creating: boolean;
  /** What the new webhook is called. */
  title: string | null;
  selected: EventId[];
  onChange: (selected: EventId[]) => void;
  onBlur: () => void;
  isDisabled: boolean;
  isInvalid: boolean;
  describedBy: string | undefined;
};

/** The event picker. Where a webhook has one event, choosing several creates as many webhooks. */
export function EventsField({ perWebhook, creating, title, ...props }: Props) {
  const { events, selected } = props;
  const splits = perWebhook === "one" && creating;
  const number = selected.length;
  return (
    <>
      <EventPicker
        {...props}
        mode={splits ? "many" : perWebhook}
        summary={
          splits && number > 1 ? (
            <>
              <b>{number} events chosen:</b> creates {number} webhooks
            </>
          ) : perWebhook === "one" && !splits ? (
            // One mark says it all.
            ""
          ) : undefined
        }
      />
      {splits && number > 1 && (
        <section className={styles.several} aria-label={`Creates ${number} webhooks`}>
          <p className={styles.head}>
            <span>
              <b>{number} events chosen:</b> creates {number} webhooks
            </span>
            <span className={styles.note}>The same otherwise, one event each</span>
          </p>
          <ul>
            {namesOfSeveral(title ?? "", selected, events).map(({ id, name }) => (
              <li key={id} className={styles.one}>
                <bdi className={styles.name} title={name}>
                  {name}
                </bdi>
                <Chip code title={id}>
                  {id}
                </Chip>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
