import { useCallback, useEffect, useRef, useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import { newOperation } from "~/backend/operation";
import type { AppError } from "~/bindings/AppError";
import type { Delivery } from "~/bindings/Delivery";
import type { DeliveryQuery } from "~/bindings/DeliveryQuery";
import type { OperationId } from "~/bindings/OperationId";
import type { WebhookPick } from "~/bindings/WebhookPick";
import { type DeliveryFilter, queryOf } from "./filter";

type State = {
  rows: Delivery[];
  next: string | null;
  /** What the rows were asked with, so that a further page continues the same list. */
  query: DeliveryQuery | null;
  readAtMs: number | null;
  reading: "list" | "more" | null;
  error: AppError | null;
};

export type Deliveries = Omit<State, "query"> & {
  /** Reads the list anew. */
  refresh: () => void;
  more: () => void;
};

const nothing: State = { rows: [], next: null, query: null, readAtMs: null, reading: "list", error: null };

/** A webhook's deliveries, read on request: when it is opened, when the filter changes, and on Refresh. */
export function useDeliveries({ connection, id }: WebhookPick, filter: DeliveryFilter): Deliveries {
  const backend = useBackend();
  const [state, setState] = useState(nothing);
  const [asked, setAsked] = useState(filter);
  // Another question has other rows; those of the last one would be taken for its answer.
  if (asked !== filter) {
    setAsked(filter);
    setState(nothing);
  }
  const running = useRef<OperationId | null>(null);

  const stop = useCallback(() => {
    if (running.current === null) return;
    backend.call("operation_cancel", { operation: running.current }).catch(() => undefined);
    running.current = null;
  }, [backend]);

  const ask = useCallback(
    (query: DeliveryQuery, kind: "list" | "more") => {
      stop();
      const operation = newOperation();
      running.current = operation;
      // An answer that was overtaken by a later question is not for anybody.
      const isWanted = () => running.current === operation;
      backend.call("deliveries_list", { webhook: { connection, id }, query, operation }).then(
        (page) => {
          if (!isWanted()) return;
          running.current = null;
          setState((before) => ({
            rows: kind === "more" ? withMore(before.rows, page.deliveries) : page.deliveries,
            next: page.next,
            query,
            readAtMs: kind === "more" ? before.readAtMs : Date.now(),
            reading: null,
            error: null,
          }));
        },
        (thrown: unknown) => {
          if (!isWanted()) return;
          running.current = null;
          setState((before) => ({ ...before, reading: null, error: toAppError(thrown) }));
        },
      );
    },
    [backend, connection, id, stop],
  );

  useEffect(() => {
    ask(queryOf(filter, Date.now()), "list");
    return stop;
  }, [filter, ask, stop]);

  const read = (query: DeliveryQuery, kind: "list" | "more") => {
    setState((before) => ({ ...before, reading: kind, error: null }));
    ask(query, kind);
  };
  return {
    ...state,
    refresh: () => read(queryOf(filter, Date.now()), "list"),
    more: () => {
      if (state.query !== null && state.next !== null) read({ ...state.query, cursor: state.next }, "more");
    },
  };
}

/** A delivery that moved on to the next page meanwhile is not listed twice. */
function withMore(rows: Delivery[], more: Delivery[]): Delivery[] {
  const known = new Set(rows.map(({ id }) => id));
  return [...rows, ...more.filter(({ id }) => !known.has(id))];
}
