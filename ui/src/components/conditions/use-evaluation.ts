import { useEffect, useState } from "react";
import { evaluate } from "./evaluate";
import type { ConditionSet, ConditionSpec, Evaluation } from "./types";

/** How long after the last change a payload is judged anew. */
const WAIT_MS = 120;

/** How the conditions did on a payload. */
export interface Tried {
  evaluation: Evaluation | null;
  /** Whether these very conditions were judged on this very payload. */
  isCurrent: boolean;
  /** Whether the payload has changed since to what is none. */
  isOld: boolean;
}

/** What conditions are tried on. */
export interface Subject {
  /** Tells one subject from the next, however it is edited. */
  key: string;
  /** `undefined` where there is none. */
  payload: unknown;
  /** What stood there was edited to what is no payload: the last answer stays, as an old one. */
  isBroken: boolean;
}

type Answer = {
  set: ConditionSet;
  payload: unknown;
  spec: ConditionSpec;
  key: string;
  evaluation: Evaluation;
};

const NOTHING: Tried = { evaluation: null, isCurrent: false, isOld: false };

/**
 * Judges a payload while conditions and payload are edited; the last answer stays until the next one is there.
 * Set, payload and spec must keep their identity while nothing changes.
 */
export function useEvaluation(set: ConditionSet, subject: Subject, spec: ConditionSpec): Tried {
  const { key, payload, isBroken } = subject;
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    if (payload === undefined) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      void evaluate(set, payload, spec, stop.signal).then((evaluation) => {
        if (!stop.signal.aborted) setAnswer({ set, payload, spec, key, evaluation });
      });
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [set, payload, spec, key]);

  if (answer === null || answer.set.rows.length !== set.rows.length) return NOTHING;
  const { evaluation } = answer;
  if (payload !== undefined) {
    const isCurrent = answer.set === set && answer.payload === payload && answer.spec === spec;
    return { evaluation, isCurrent, isOld: false };
  }
  // Of other conditions it says nothing.
  return isBroken && answer.key === key && answer.set === set
    ? { evaluation, isCurrent: false, isOld: true }
    : NOTHING;
}
