import { useRef, useState } from "react";
import { Dialog, Popover } from "react-aria-components";
import { Chip } from "../chip/Chip";
import { cx } from "../cx";
import styles from "./EventChips.module.css";

export interface EventChipsProps {
  events: readonly string[];
  /** Says whether an event is one the vendor no longer lists; such a chip is dashed. */
  isUnknown?: ((event: string) => boolean) | undefined;
}

/** The first event and a `+3` that opens the full list. Cheap enough for every row of a long table. */
export function EventChips({ events, isUnknown }: EventChipsProps) {
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const first = events[0];
  if (first === undefined) return <span className={cx(styles.none)}>No events</span>;
  return (
    <span className={cx(styles.row)}>
      <Chip code unknown={isUnknown?.(first) ?? false} title={first}>
        {first}
      </Chip>
      {events.length > 1 && (
        <button
          ref={trigger}
          type="button"
          tabIndex={-1}
          className={cx(styles.more)}
          aria-label={`All ${events.length} events`}
          aria-expanded={open}
          title={`All ${events.length} events`}
          onClick={(event) => {
            event.stopPropagation();
            setOpen(true);
          }}
        >
          <span>+{events.length - 1}</span>
        </button>
      )}
      {open && (
        <Popover
          triggerRef={trigger}
          isOpen
          onOpenChange={setOpen}
          placement="bottom start"
          className={cx(styles.popover)}
        >
          <Dialog aria-label="Events" className={cx(styles.list)}>
            <ul>
              {events.map((event) => (
                <li key={event}>
                  <Chip code unknown={isUnknown?.(event) ?? false} title={event}>
                    {event}
                  </Chip>
                </li>
              ))}
            </ul>
          </Dialog>
        </Popover>
      )}
    </span>
  );
}
