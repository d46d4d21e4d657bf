import { createContext } from "react";
import type { EventId } from "~/bindings/EventId";
import type { Tried } from "~/components/conditions/use-evaluation";
import type { Transformed } from "./use-transformed";

/** The sample that is tried, how the conditions did on it, and what the transformation makes of it. */
export interface Trial extends Tried {
  payload: unknown;
  transformed: Transformed;
  /** Who decides in the end. */
  provider: string;
}

/** For the controls that are tried on the sample. They stand in fields that are drawn only when their own value changes. */
export const TrialContext = createContext<Trial>({
  payload: undefined,
  evaluation: null,
  isCurrent: false,
  isOld: false,
  transformed: { made: null, isCurrent: false },
  provider: "",
});

/** What a trial on this computer is worth. */
export function triedWords(provider: string): string {
  return `Tried on this computer; ${provider} decides when it sends.`;
}

/** Tells which event of the picker is looked at. */
export interface EventFocus {
  enter: (event: EventId) => void;
  leave: () => void;
}

export const EventFocusContext = createContext<EventFocus>({
  enter: () => undefined,
  leave: () => undefined,
});
