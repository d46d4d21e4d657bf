import { useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import { newOperation } from "~/backend/operation";
import type { AppError } from "~/bindings/AppError";
import type { ItemOutcome } from "~/bindings/ItemOutcome";
import type { PlanView } from "~/bindings/PlanView";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { useToast } from "~/components";
import { keyOf } from "./row-store";
import { useRefresh, useRowStore } from "./rows-context";

export interface SwitchFailure {
  row: WebhookRow;
  on: boolean;
  error: AppError;
}

export interface Switches {
  /** The rows whose switch waits for an answer. */
  pending: ReadonlySet<string>;
  /** The last switch that did not work. */
  failure: SwitchFailure | null;
  dismiss: () => void;
  flip: (row: WebhookRow, on: boolean) => void;
}

/** Switches single webhooks. What has to be reviewed first is handed on as a plan. */
export function useSwitches(onReview: (plan: PlanView, row: WebhookRow, on: boolean) => void): Switches {
  const backend = useBackend();
  const rows = useRowStore();
  const refresh = useRefresh();
  const toast = useToast();
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<SwitchFailure | null>(null);

  const settle = (row: WebhookRow, on: boolean, outcome: ItemOutcome, isUndo: boolean) => {
    if (outcome.type !== "done") {
      setFailure({ row, on, error: errorOf(outcome) });
      if (outcome.type === "stale") refresh([row.connection], { restart: true });
      return;
    }
    // Only the answer moves the switch.
    if (outcome.row) rows.replace([outcome.row]);
    else refresh([row.connection], { restart: true });
    const message = `${on ? "Turned on" : "Turned off"} ${row.title.slice(0, 60)}`;
    if (isUndo) toast({ message });
    else toast({ message, action: { label: "Undo", onPress: () => send(row, !on, true) } });
  };
  const send = (row: WebhookRow, on: boolean, isUndo: boolean) => {
    const key = keyOf(row);
    setFailure(null);
    setPending((now) => new Set(now).add(key));
    const { connection, id } = row;
    backend
      .call("webhook_switch", { webhook: { connection, id }, on, operation: newOperation() })
      .then(
        (answer) => {
          if (answer.type === "review") onReview(answer.plan, row, on);
          else settle(row, on, answer.outcome, isUndo);
        },
        (thrown: unknown) => setFailure({ row, on, error: toAppError(thrown) }),
      )
      .finally(() => setPending((now) => new Set([...now].filter((other) => other !== key))));
  };
  return {
    pending,
    failure,
    dismiss: () => setFailure(null),
    flip: (row, on) => {
      if (!pending.has(keyOf(row))) send(row, on, false);
    },
  };
}

function errorOf(outcome: Exclude<ItemOutcome, { type: "done" }>): AppError {
  if (outcome.type === "failed") return outcome.error;
  const stale = outcome.type === "stale";
  return {
    kind: stale ? "stale" : "cancelled",
    message: stale ? "It was changed at the vendor meanwhile." : outcome.reason,
    place: null,
    advice: stale ? "The list is read again. Look at the webhook, then switch it once more." : null,
  };
}
