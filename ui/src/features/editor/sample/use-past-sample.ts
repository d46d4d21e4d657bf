import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { AppError } from "~/bindings/AppError";
import type { Capabilities } from "~/bindings/Capabilities";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { Delivery } from "~/bindings/Delivery";
import type { DeliveryDetail } from "~/bindings/DeliveryDetail";
import type { Webhook } from "~/bindings/Webhook";
import type { WebhookPick } from "~/bindings/WebhookPick";
import { prettyText } from "../../deliveries/words";

/**
 * What a sample of a past delivery is: the event before the transformation, the body after one, the body of a webhook
 * that has none, or nothing.
 */
export type PastKind = "original" | "transformed" | "sent" | "none";

/** Past deliveries of the webhook that is edited, as samples. */
export interface PastView {
  pick: WebhookPick;
  /** How long the vendor keeps them. */
  keptDays: number | null;
  chosen: Delivery | null;
  choose: (delivery: Delivery | null) => void;
  /** What the vendor kept of the chosen one; null while it is read, or when nothing was kept. */
  text: string | null;
  kind: PastKind | null;
  isReading: boolean;
  error: AppError | null;
  retry: () => void;
}

/**
 * The chosen past delivery, read from the vendor. Its payload can be about people: it is in memory alone, and is let go
 * of with the form. Null where the vendor has no log, or nothing can be tried.
 */
export function usePastSample(
  connection: ConnectionId,
  { deliveries, localTrial }: Capabilities,
  webhook: Webhook | null,
): PastView | null {
  const backend = useBackend();
  const [chosen, setChosen] = useState<Delivery | null>(null);
  // One form, one reading: what was read must not change under what is typed.
  const form = useId();
  const id = webhook?.id ?? "";
  const detail = useQuery({
    queryKey: ["past-sample", form, connection, id, chosen?.id ?? null],
    queryFn: () => backend.call("delivery_open", { webhook: { connection, id }, delivery: chosen?.id ?? "" }),
    enabled: chosen !== null && webhook !== null,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  if (deliveries === null || localTrial === null || webhook === null) return null;
  const kind = detail.data
    ? kindOf(detail.data, hasTransformation(webhook, localTrial.transformation))
    : null;
  const text = detail.data?.original ?? detail.data?.payload ?? null;
  return {
    pick: { connection, id },
    keptDays: deliveries.keptDays,
    chosen,
    choose: setChosen,
    text: chosen === null || text === null ? null : prettyText(text),
    kind,
    isReading: detail.isFetching,
    error: detail.error && !detail.isFetching ? toAppError(detail.error) : null,
    retry: () => void detail.refetch(),
  };
}

function kindOf({ original, payload }: DeliveryDetail, isTransformed: boolean): PastKind {
  if (original !== null) return "original";
  if (payload === null) return "none";
  return isTransformed ? "transformed" : "sent";
}

function hasTransformation(webhook: Webhook, path: string | null): boolean {
  const value = path === null ? undefined : webhook.fields[path];
  return value?.type === "text" && value.value.trim() !== "";
}
