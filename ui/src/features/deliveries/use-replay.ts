import { useEffect, useRef, useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import { newOperation } from "~/backend/operation";
import type { AppError } from "~/bindings/AppError";
import type { DeliveryId } from "~/bindings/DeliveryId";
import type { OperationId } from "~/bindings/OperationId";
import type { ReplayProgress } from "~/bindings/ReplayProgress";
import type { ReplayReport } from "~/bindings/ReplayReport";
import type { WebhookPick } from "~/bindings/WebhookPick";

export type ReplayPhase =
  | { at: "asking" }
  | { at: "sending"; progress: ReplayProgress; stopping: boolean }
  | { at: "done"; report: ReplayReport }
  | { at: "failed"; error: AppError };

/** Sends deliveries again on request, and can be stopped between two of the requests it takes. */
export function useReplay(webhook: WebhookPick, deliveries: DeliveryId[]) {
  const backend = useBackend();
  const [phase, setPhase] = useState<ReplayPhase>({ at: "asking" });
  const operation = useRef<OperationId | null>(null);
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
    };
  }, []);

  const send = (reapply: boolean) => {
    const id = newOperation();
    operation.current = id;
    setPhase({ at: "sending", progress: { done: 0, total: deliveries.length }, stopping: false });
    backend
      .call("deliveries_replay", { webhook, deliveries, reapply, operation: id }, (progress) => {
        setPhase((before) => (before.at === "sending" ? { ...before, progress } : before));
      })
      .then(
        (report): ReplayPhase => ({ at: "done", report }),
        (thrown: unknown): ReplayPhase => ({ at: "failed", error: toAppError(thrown) }),
      )
      .then(
        (ended) => {
          operation.current = null;
          if (alive.current) setPhase(ended);
        },
        () => undefined,
      );
  };
  const stop = () => {
    if (operation.current === null) return;
    setPhase((before) => (before.at === "sending" ? { ...before, stopping: true } : before));
    backend.call("operation_cancel", { operation: operation.current }).catch(() => undefined);
  };
  return { phase, send, stop };
}
