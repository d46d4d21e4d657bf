import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { Delivery } from "~/bindings/Delivery";
import type { DeliveryDetail } from "~/bindings/DeliveryDetail";
import type { WebhookPick } from "~/bindings/WebhookPick";
import { Button, Dialog, ErrorBanner, Icon, KeyValue, Skeleton, Tabs } from "~/components";
import { CodeBlock } from "./CodeBlock";
import styles from "./DeliveryDialog.module.css";
import { DeliveryMark } from "./DeliveryMark";
import { prettyText, retryWords, timeWords } from "./words";

type Props = {
  pick: WebhookPick;
  delivery: Delivery;
  onClose: () => void;
  onReplay: (() => void) | undefined;
};

/** One delivery with everything the vendor kept of it. */
export function DeliveryDialog({ pick, delivery, onClose, onReplay }: Props) {
  const backend = useBackend();
  const detail = useQuery({
    queryKey: ["delivery", pick.connection, pick.id, delivery.id],
    queryFn: () => backend.call("delivery_open", { webhook: pick, delivery: delivery.id }),
    retry: false,
    gcTime: 0,
  });
  const facts = detail.data?.delivery ?? delivery;
  return (
    <Dialog
      title="Delivery"
      aside={<DeliveryMark status={facts.status} />}
      size="lg"
      onClose={onClose}
      footer={
        <>
          {onReplay && (
            <Button onPress={onReplay}>
              <Icon name="refresh" size={14} /> Send again
            </Button>
          )}
          <Button variant="primary" onPress={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <Facts delivery={facts} />
        {detail.error ? (
          <ErrorBanner error={toAppError(detail.error)} onRetry={() => void detail.refetch()} />
        ) : detail.data ? (
          <Contents detail={detail.data} />
        ) : (
          <div className={styles.reading} role="status" aria-label="Reading the delivery">
            <Skeleton width="50%" />
            <Skeleton width="75%" />
            <Skeleton width="65%" />
          </div>
        )}
      </div>
    </Dialog>
  );
}

function Facts({ delivery }: { delivery: Delivery }) {
  const { httpStatus, code, message, event, endpoint, method, atMs, retries, id } = delivery;
  const [nowMs] = useState(() => Date.now());
  const rows = [
    { label: "Time", value: [timeWords(atMs, nowMs), retryWords(retries)].filter(Boolean).join(", ") },
    { label: "Event", value: event && <code>{event}</code> },
    { label: "Sent to", value: endpoint && <bdi>{[method, endpoint].filter(Boolean).join(" ")}</bdi> },
    { label: "Answer", value: httpStatus === null ? null : `HTTP ${httpStatus}` },
    { label: "Code", value: code && <code>{code}</code> },
    {
      label: "Message",
      value: message && (
        <q className={styles.quote}>
          <bdi>{message}</bdi>
        </q>
      ),
    },
    { label: "ID", value: <code>{id}</code> },
  ].filter(({ value }) => value !== null && value !== "");
  return (
    <div data-selectable>
      <KeyValue rows={rows} />
    </div>
  );
}

type Part = "payload" | "original" | "response";

function Contents({ detail }: { detail: DeliveryDetail }) {
  const [part, setPart] = useState<Part>("payload");
  const parts: { id: Part; label: string; text: string | null; none: string }[] = [
    { id: "payload", label: "Payload", text: detail.payload, none: "The payload was not kept." },
    {
      id: "original",
      label: "Original event",
      text: detail.original,
      none: "The event it was made from was not kept.",
    },
    { id: "response", label: "Response", text: detail.response, none: "The endpoint's answer was not kept." },
  ];
  return (
    <div className={styles.contents}>
      <Tabs
        label="What was kept"
        selected={part}
        onSelect={setPart}
        tabs={parts.map(({ id, label, text, none }) => ({
          id,
          label,
          content:
            text === null ? (
              <p className={styles.none}>{none}</p>
            ) : (
              <CodeBlock label={label} text={prettyText(text)} />
            ),
        }))}
      />
    </div>
  );
}
