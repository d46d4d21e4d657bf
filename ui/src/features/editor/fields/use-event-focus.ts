import { useContext, useEffect, useMemo, useRef } from "react";
import type { EventId } from "~/bindings/EventId";
import { EventFocusContext } from "../sample/contexts";
import { SETTLED_MS } from "../use-settled";

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
        if (event !== null) timer.current = setTimeout(() => focus.enter(event), SETTLED_MS);
      },
      leave: () => {
        clearTimeout(timer.current);
        focus.leave();
      },
    }),
    [focus],
  );
}
