import { useEffect, useState } from "react";
import { checkJsonata, runExpression } from "~/components/editing";

/** How long after the last key the expression is run. */
const WAIT_MS = 150;

/** What an expression makes of a sample, as JSON text, or why it makes nothing. */
export type Made = { text: string } | { problem: string };

export interface Transformed {
  made: Made | null;
  /** Whether this very expression was run on this very sample. */
  isCurrent: boolean;
}

type Answer = { expression: string; payload: unknown; made: Made | null };

/** Runs a transformation while it is edited; nothing while there is neither expression nor sample. */
export function useTransformed(expression: string, payload: unknown): Transformed {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const isIdle = expression.trim() === "" || payload === undefined;
  useEffect(() => {
    if (isIdle) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      void madeOf(expression, payload, stop.signal).then((made) => {
        if (!stop.signal.aborted) setAnswer({ expression, payload, made });
      });
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [isIdle, expression, payload]);
  if (isIdle || answer === null) return { made: null, isCurrent: false };
  const isCurrent = answer.expression === expression && answer.payload === payload;
  return { made: answer.made, isCurrent };
}

async function madeOf(expression: string, payload: unknown, signal: AbortSignal): Promise<Made | null> {
  // The editor says itself what is wrong with an expression that cannot be read.
  if ((await checkJsonata(expression)) !== null) return null;
  const ran = await runExpression(expression, payload, signal);
  if ("problem" in ran) return ran;
  const text = JSON.stringify(ran.result, null, 2) as string | undefined;
  return text === undefined ? { problem: "The expression finds nothing in the sample." } : { text };
}
