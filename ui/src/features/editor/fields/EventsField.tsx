import type { ConnectionId } from "~/bindings/ConnectionId";
import type { EventId } from "~/bindings/EventId";
import type { EventsPerWebhook } from "~/bindings/EventsPerWebhook";
import type { EventType } from "~/bindings/EventType";
import type { WebhookId } from "~/bindings/WebhookId";
import { Chip } from "~/components";
import { EventPicker } from "~/components/editing";
import styles from "./EventsField.module.css";
import { RepeatedAdvice } from "./RepeatedAdvice";
import { useElsewhere } from "./repeated-events";
import { namesOfSeveral } from "./several";
import { useEventFocus } from "./use-event-focus";
import { useSettled } from "../use-settled";

type Props = {
  label: string;
  events: EventType[];
  perWebhook: EventsPerWebhook;
  /** Why one event should not stand in several webhooks. */
  repeatedEvent: string | null;
  connection: ConnectionId;
  /** Absent for a new webhook. */
  webhook: WebhookId | null;
  /** What the new webhook is called. */
  title: string | null;
  selected: EventId[];
  onChange: (selected: EventId[]) => void;
  onBlur: () => void;
  isDisabled: boolean;
  isInvalid: boolean;
  describedBy: string | undefined;
};

/** New webhooks named in the list; their number is said anyway. */
const NAMED = 50;

/** The event picker. Where a webhook has one event, choosing several creates as many webhooks. */
export function EventsField(props: Props) {
  const { perWebhook, repeatedEvent, connection, webhook, title, ...picker } = props;
  const { events, selected } = picker;
  const focus = useEventFocus();
  const elsewhere = useElsewhere(connection, webhook, repeatedEvent !== null);
  const splits = perWebhook === "one" && webhook === null;
  const number = selected.length;
  const several = splits && number > 1;
  return (
    <>
      <EventPicker
        {...picker}
        alsoIn={elsewhere}
        onFocusEvent={focus.enter}
        onBlur={() => {
          focus.leave();
          picker.onBlur();
        }}
        mode={splits ? "many" : perWebhook}
        summary={
          several ? (
            <>
              <b>{number} events chosen:</b> creates {number} webhooks
            </>
          ) : perWebhook === "one" && !splits ? (
            // One mark says it all.
            ""
          ) : undefined
        }
      />
      {repeatedEvent !== null && (
        <RepeatedAdvice sentence={repeatedEvent} selected={selected} elsewhere={elsewhere} />
      )}
      {splits && <Several title={title ?? ""} chosen={selected} events={events} />}
    </>
  );
}

type SeveralProps = { title: string; chosen: EventId[]; events: EventType[] };

/** What several chosen events create. It follows after a pause, so that the form does not move with each of them. */
function Several({ title, chosen, events }: SeveralProps) {
  const shown = useSettled(chosen, chosen.length < 2);
  const number = shown.length;
  if (number < 2) return null;
  return (
    <section className={styles.several} aria-label={`Creates ${number} webhooks`}>
      <p className={styles.head}>
        <span>
          <b>{number} events chosen:</b> creates {number} webhooks
        </span>
        <span className={styles.note}>The same otherwise, one event each</span>
      </p>
      <ul>
        {namesOfSeveral(title, shown.slice(0, NAMED), events).map(({ id, name }) => (
          <li key={id} className={styles.one}>
            <bdi className={styles.name} title={name}>
              {name}
            </bdi>
            <Chip code title={id}>
              {id}
            </Chip>
          </li>
        ))}
        {number > NAMED && (
          <li className={styles.one}>
            <span className={styles.note}>and {number - NAMED} more</span>
          </li>
        )}
      </ul>
    </section>
  );
}
