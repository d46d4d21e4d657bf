import { useEffect, useRef, useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import { newOperation } from "~/backend/operation";
import type { AppError } from "~/bindings/AppError";
import type { OperationId } from "~/bindings/OperationId";
import type { ServerTestResult } from "~/bindings/ServerTestResult";
import type { TokenTrial } from "~/bindings/TokenTrial";
import type { WebhookDraft } from "~/bindings/WebhookDraft";
import type { WebhookPick } from "~/bindings/WebhookPick";

export type Asked = "here" | "vendor";

/** How a token request ended. */
export type Outcome<V> = { asked: Asked; values: V } & (
  { at: "answered"; trial: TokenTrial } | { at: "failed"; error: AppError } | { at: "stopped" }
);

export interface TokenTrialRun<V> {
  running: Asked | null;
  outcome: Outcome<V> | null;
  /** Sends the request from this computer. `values` are what it was tried with. */
  tryHere: (pick: WebhookPick, draft: WebhookDraft, isStored: boolean, values: V) => void;
  /** Has the vendor send it with what it stores. */
  askVendor: (webhook: WebhookPick, values: V) => void;
  stop: () => void;
}

/** One token request at a time, from this computer or by the vendor. */
export function useTokenTrial<V>(): TokenTrialRun<V> {
  const backend = useBackend();
  const [running, setRunning] = useState<Asked | null>(null);
  const [outcome, setOutcome] = useState<Outcome<V> | null>(null);
  const current = useRef<OperationId | null>(null);

  const cancel = (operation: OperationId) =>
    void backend.call("operation_cancel", { operation }).catch(() => undefined);
  // A form that is gone waits for nothing.
  useEffect(
    () => () => {
      const operation = current.current;
      if (operation !== null) void backend.call("operation_cancel", { operation }).catch(() => undefined);
      current.current = null;
    },
    [backend],
  );

  const run = async (asked: Asked, values: V, send: (operation: OperationId) => Promise<TokenTrial>) => {
    if (current.current !== null) return;
    const operation = newOperation();
    current.current = operation;
    setRunning(asked);
    setOutcome(null);
    const ended = await send(operation).then(
      (trial): Outcome<V> => ({ asked, values, at: "answered", trial }),
      (thrown: unknown): Outcome<V> => {
        const error = toAppError(thrown);
        return error.kind === "cancelled"
          ? { asked, values, at: "stopped" }
          : { asked, values, at: "failed", error };
      },
    );
    if (current.current !== operation) return;
    current.current = null;
    setRunning(null);
    setOutcome(ended);
  };

  return {
    running,
    outcome,
    tryHere: ({ connection, id }, draft, isStored, values) =>
      void run("here", values, (operation) =>
        backend.call("token_try", { connection, webhook: isStored ? id : null, draft, operation }),
      ),
    askVendor: (webhook, values) =>
      void run("vendor", values, async (operation) =>
        asTrial(await backend.call("token_ask", { webhook, operation })),
      ),
    stop: () => {
      if (current.current !== null) cancel(current.current);
    },
  };
}

function asTrial({ ok, words, httpStatus, code, body, elapsedMs }: ServerTestResult): TokenTrial {
  const said = code === null ? words : `${words} (${code})`;
  return {
    ok,
    words: said,
    advice: null,
    httpStatus,
    elapsedMs: elapsedMs ?? 0,
    tokenType: null,
    expiresInS: null,
    response: body,
  };
}
