import { useContext, useEffect, useMemo, useRef } from "react";
import type { EventId } from "~/bindings/EventId";
import { EventFocusContext } from "./sample/contexts";

/** Whoever stays on an event as long wants to see it; whoever runs through the list does not. */
const PAUSE_MS = 120;

interface PickerFocus {
  /** `null` between events. */
  enter: (event: EventId | null) => void;
  leave: () => void;
}

/** Tells which event is looked at, once one stays there. */
export function useEventFocus(): PickerFocus {
  const focus = useContext(EventFocusContext);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useMemo(
    () => ({
      enter: (event) => {
        clearTimeout(timer.current);
        if (event !== null) timer.current = setTimeout(() => focus.enter(event), PAUSE_MS);
      },
      leave: () => {
        clearTimeout(timer.current);
        focus.leave();
      },
    }),
    [focus],
  );
}
