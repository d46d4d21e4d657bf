import { useEffect, useRef, useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import { newOperation } from "~/backend/operation";
import type { AppError } from "~/bindings/AppError";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { ConnectionInput } from "~/bindings/ConnectionInput";
import type { ConnectionReport } from "~/bindings/ConnectionReport";
import type { Finding } from "~/bindings/Finding";
import type { OperationId } from "~/bindings/OperationId";

export interface TestState {
  at: "idle" | "running" | "done" | "failed" | "stopped";
  findings: readonly Finding[];
  report: ConnectionReport | null;
  error: AppError | null;
}

const idle: TestState = { at: "idle", findings: [], report: null, error: null };

export interface ConnectionTest {
  state: TestState;
  run: (connection: ConnectionId | null, input: ConnectionInput) => void;
  stop: () => void;
  reset: () => void;
}

/** Tries a connection; what it finds arrives line by line. */
export function useConnectionTest(onError?: (error: AppError) => void): ConnectionTest {
  const backend = useBackend();
  const [state, setState] = useState<TestState>(idle);
  const running = useRef<OperationId | null>(null);

  const stop = () => {
    // Nobody waits for the answer: the test itself ends with `cancelled`.
    if (running.current !== null)
      void backend.call("operation_cancel", { operation: running.current }).catch(() => undefined);
  };
  useEffect(
    () => () => {
      const operation = running.current;
      running.current = null;
      if (operation !== null) void backend.call("operation_cancel", { operation }).catch(() => undefined);
    },
    [backend],
  );

  const run = (connection: ConnectionId | null, input: ConnectionInput) => {
    const operation = newOperation();
    running.current = operation;
    const mine = () => running.current === operation;
    setState({ ...idle, at: "running" });
    backend
      .call("connection_test", { operation, connection, input }, (finding) => {
        if (mine()) setState((now) => ({ ...now, findings: [...now.findings, finding] }));
      })
      .then(
        (report) => {
          if (mine()) setState({ at: "done", findings: report.findings, report, error: null });
        },
        (thrown: unknown) => {
          if (!mine()) return;
          const error = toAppError(thrown);
          setState((now) => ({ ...now, at: error.kind === "cancelled" ? "stopped" : "failed", error }));
          onError?.(error);
        },
      )
      .finally(() => {
        if (mine()) running.current = null;
      });
  };
  return { state, run, stop, reset: () => setState(idle) };
}
