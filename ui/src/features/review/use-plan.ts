import { useEffect, useRef, useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import { newOperation } from "~/backend/operation";
import type { AppError } from "~/bindings/AppError";
import type { ApplyEvent } from "~/bindings/ApplyEvent";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { ItemResult } from "~/bindings/ItemResult";
import type { OperationId } from "~/bindings/OperationId";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { PlanView } from "~/bindings/PlanView";

/** Until when an organisation is given a rest, in milliseconds since 1970. */
export type Wait = { connection: ConnectionId; untilMs: number };

type Applying = {
  at: "applying";
  view: PlanView;
  started: number[];
  results: ItemResult[];
  waits: Wait[];
  stopping: boolean;
};

/** How far a plan is. */
export type PlanPhase =
  | { at: "planning" }
  | { at: "failed"; error: AppError }
  | { at: "ready"; view: PlanView }
  | Applying
  | { at: "refused"; view: PlanView; error: AppError }
  | { at: "done"; view: PlanView; results: ItemResult[] };

export type PlanRun = {
  phase: PlanPhase;
  /** The items whose own question the user agreed to. */
  agreed: ReadonlySet<number>;
  agree: (item: number, yes: boolean) => void;
  /** How many questions stand before the plan can be applied. */
  unanswered: number;
  /** Whether the request is known that the plan is made of. */
  canReplan: boolean;
  /** Makes the plan again, on another request or the same. */
  replan: (request?: PlanRequest) => void;
  /** Applies the plan, once every question was agreed to. */
  apply: () => void;
  stop: () => void;
};

/**
 * Makes a plan, applies it on request, and discards it when it is left unapplied. A plan that was made already comes
 * as `view`; without the request it was made of it cannot be made again.
 */
export function usePlan(request: PlanRequest | null, view: PlanView | null = null): PlanRun {
  const backend = useBackend();
  const [wanted, setWanted] = useState({ request, view });
  const [phase, setPhase] = useState<PlanPhase>(view ? { at: "ready", view } : { at: "planning" });
  const [agreed, setAgreed] = useState<ReadonlySet<number>>(new Set());
  const operation = useRef<OperationId | null>(null);
  const applied = useRef<string | null>(null);

  useEffect(() => {
    let alive = true;
    let held = wanted.view?.id ?? null;
    // Nobody waits for it, and the host drops old plans by itself.
    const discard = (plan: string) => void backend.call("plan_discard", { plan }).catch(() => undefined);
    if (wanted.view === null && wanted.request !== null) {
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
    }
    return () => {
      alive = false;
      if (held !== null && held !== applied.current) discard(held);
    };
  }, [backend, wanted]);

  const questions = "view" in phase ? questionsOf(phase.view) : [];
  const unanswered = questions.filter((index) => !agreed.has(index)).length;
  const apply = () => {
    if (phase.at !== "ready" || unanswered > 0) return;
    const { view } = phase;
    const id = newOperation();
    operation.current = id;
    applied.current = view.id;
    setPhase({ at: "applying", view, started: [], results: [], waits: [], stopping: false });
    const acknowledged = questions.filter((index) => agreed.has(index));
    backend
      .call("plan_apply", { plan: view.id, digest: view.digest, operation: id, acknowledged }, (event) => {
        setPhase((before) => (before.at === "applying" ? progressed(before, event) : before));
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
    agreed,
    agree: (item, yes) => {
      setAgreed((before) => new Set(yes ? [...before, item] : [...before].filter((other) => other !== item)));
    },
    unanswered,
    canReplan: wanted.request !== null,
    replan: (other) => {
      const again = other ?? wanted.request;
      if (again === null) return;
      setPhase({ at: "planning" });
      // Another plan asks its own questions.
      setAgreed(new Set());
      setWanted({ request: again, view: null });
    },
    apply,
    stop: () => {
      if (operation.current === null) return;
      setPhase((before) => (before.at === "applying" ? { ...before, stopping: true } : before));
      backend.call("operation_cancel", { operation: operation.current }).catch(() => undefined);
    },
  };
}

/** The items that ask a question of their own before they are written. */
export function questionsOf(view: PlanView): number[] {
  return view.groups.flatMap(({ items }) =>
    items
      .filter(({ askAgain, state }) => askAgain !== null && state.type === "ready")
      .map(({ index }) => index),
  );
}

function progressed(before: Applying, event: ApplyEvent): Applying {
  switch (event.type) {
    case "started":
      return { ...before, started: [...before.started, event.index], waits: [] };
    case "waiting": {
      const others = before.waits.filter(({ connection }) => connection !== event.connection);
      const wait = { connection: event.connection, untilMs: Date.now() + event.waitMs };
      return { ...before, waits: [...others, wait] };
    }
    case "finished":
      return { ...before, results: [...before.results, event.result], waits: [] };
  }
}
