import { useEffect, useRef, useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import { newOperation } from "~/backend/operation";
import type { AppError } from "~/bindings/AppError";
import type { ItemResult } from "~/bindings/ItemResult";
import type { OperationId } from "~/bindings/OperationId";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { PlanView } from "~/bindings/PlanView";

/** How far a plan is. */
export type PlanPhase =
  | { at: "planning" }
  | { at: "failed"; error: AppError }
  | { at: "ready"; view: PlanView }
  | { at: "applying"; view: PlanView; started: number[]; results: ItemResult[]; stopping: boolean }
  | { at: "refused"; view: PlanView; error: AppError }
  | { at: "done"; view: PlanView; results: ItemResult[] };

export type PlanRun = {
  phase: PlanPhase;
  /** Makes the plan again, on another request or the same. */
  replan: (request?: PlanRequest) => void;
  apply: () => void;
  stop: () => void;
};

/** Makes a plan, applies it on request, and discards it when it is left unapplied. */
export function usePlan(first: PlanRequest): PlanRun {
  const backend = useBackend();
  const [wanted, setWanted] = useState({ request: first });
  const [phase, setPhase] = useState<PlanPhase>({ at: "planning" });
  const operation = useRef<OperationId | null>(null);
  const applied = useRef<string | null>(null);

  useEffect(() => {
    let alive = true;
    let held: string | null = null;
    // Nobody waits for it, and the host drops old plans by itself.
    const discard = (plan: string) => void backend.call("plan_discard", { plan }).catch(() => undefined);
    backend.call("plan_make", wanted.request).then(
      (view) => {
        if (!alive) {
          discard(view.id);
          return;
        }
        held = view.id;
        setPhase({ at: "ready", view });
      },
      (thrown: unknown) => {
        if (alive) setPhase({ at: "failed", error: toAppError(thrown) });
      },
    );
    return () => {
      alive = false;
      if (held !== null && held !== applied.current) discard(held);
    };
  }, [backend, wanted]);

  const apply = () => {
    if (phase.at !== "ready") return;
    const { view } = phase;
    const id = newOperation();
    operation.current = id;
    applied.current = view.id;
    setPhase({ at: "applying", view, started: [], results: [], stopping: false });
    backend
      .call("plan_apply", { plan: view.id, digest: view.digest, operation: id }, (event) => {
        setPhase((before) => {
          if (before.at !== "applying") return before;
          return event.type === "started"
            ? { ...before, started: [...before.started, event.index] }
            : { ...before, results: [...before.results, event.result] };
        });
      })
      .then(
        (report) => setPhase({ at: "done", view, results: report.results }),
        (thrown: unknown) => setPhase({ at: "refused", view, error: toAppError(thrown) }),
      )
      .finally(() => {
        operation.current = null;
      });
  };

  return {
    phase,
    replan: (request) => {
      setPhase({ at: "planning" });
      setWanted((before) => ({ request: request ?? before.request }));
    },
    apply,
    stop: () => {
      if (operation.current === null) return;
      setPhase((before) => (before.at === "applying" ? { ...before, stopping: true } : before));
      backend.call("operation_cancel", { operation: operation.current }).catch(() => undefined);
    },
  };
}
