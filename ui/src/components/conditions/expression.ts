import type { ExpressionJob } from "./expression-worker";
import { type ExpressionResult, runJsonata } from "./run-jsonata";

export type { ExpressionResult } from "./run-jsonata";

/** How long one expression may take in all, engine and built-in functions alike. */
const LIMIT_MS = 1000;
/** How long the worker may take to start before the window does without it. */
const START_MS = 10_000;

const STOPPED: ExpressionResult = {
  problem: "The expression took longer than 1 s and was stopped.",
};

/** The worker that waits for the next expression. */
let idle: Worker | null = null;
let hasWorkers = typeof Worker !== "undefined";
/** Expressions run one after the other. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a JSONata expression on a payload beside the window, which it cannot hold up. One that is no longer wanted when
 * its turn comes is not run.
 */
export function runExpression(
  expression: string,
  payload: unknown,
  signal?: AbortSignal,
): Promise<ExpressionResult> {
  if (!hasWorkers) return runJsonata(expression, payload);
  const turn = last.then(() => {
    if (signal?.aborted === true) return { problem: "The expression was not run." };
    return runAside({ expression, payload });
  });
  last = turn.catch(() => undefined);
  return turn;
}

async function runAside(job: ExpressionJob): Promise<ExpressionResult> {
  const worker = idle ?? (await started());
  idle = null;
  if (!worker) {
    hasWorkers = false;
    return runJsonata(job.expression, job.payload);
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      worker.terminate();
      resolve(STOPPED);
    }, LIMIT_MS);
    const settle = (answer: ExpressionResult) => {
      clearTimeout(timer);
      idle = worker;
      resolve(answer);
    };
    worker.onmessage = ({ data }: MessageEvent<ExpressionResult>) => settle(data);
    worker.onerror = () => settle({ problem: "The expression could not be run." });
    worker.postMessage(job);
  });
}

/** A worker that runs; null where the system starts none. */
function started(): Promise<Worker | null> {
  return new Promise<Worker>((resolve, reject) => {
    const worker = new Worker(new URL("./expression-worker.ts", import.meta.url), { type: "module" });
    const fail = () => {
      clearTimeout(timer);
      worker.terminate();
      reject(new Error("no worker started"));
    };
    const timer = setTimeout(fail, START_MS);
    worker.onerror = fail;
    worker.onmessage = () => {
      clearTimeout(timer);
      resolve(worker);
    };
  }).catch(() => null);
}
