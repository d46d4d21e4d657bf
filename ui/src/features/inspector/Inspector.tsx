import { useQuery } from "@tanstack/react-query";
import { memo, useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { Connection } from "~/bindings/Connection";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { WebhookPick } from "~/bindings/WebhookPick";
import type { WebhookRow } from "~/bindings/WebhookRow";
import {
  Button,
  cx,
  EmptyState,
  EnvTag,
  ErrorBanner,
  Icon,
  IconButton,
  Menu,
  PathIcon,
  Tabs,
} from "~/components";
import { shortLockWords } from "../connections";
import { DeliveriesPane } from "../deliveries";
import { useCopyId } from "../webhooks";
import { Details } from "./Details";
import styles from "./Inspector.module.css";

export interface InspectorProps {
  row: WebhookRow | null;
  connection: Connection | undefined;
  provider: ProviderInfo | undefined;
  /** When the row was read: what was opened before that is opened again. */
  readAtMs: number | null;
  onEdit: (pick: WebhookPick) => void;
  /** Makes a new webhook from this one. */
  onDuplicate: (row: WebhookRow) => void;
  onDelete: (row: WebhookRow) => void;
  onClose: () => void;
}

/** Everything there is to know of one webhook, without leaving the list. */
export const Inspector = memo(function Inspector(props: InspectorProps) {
  const { row, connection, provider, readAtMs, onEdit, onDuplicate, onDelete, onClose } = props;
  // The tab stays while one goes through the rows.
  const [tab, setTab] = useState<InspectorTab>("details");
  if (!row || !connection) {
    return (
      <aside aria-label="Details" className={cx(styles.panel, styles.vacant)}>
        <EmptyState icon="layers" title="Select a webhook to see its details">
          <kbd>Up</kbd> <kbd>Down</kbd> to move, <kbd>Space</kbd> to select
        </EmptyState>
      </aside>
    );
  }
  const pick = { connection: row.connection, id: row.id };
  return (
    <aside aria-label="Details" className={cx(styles.panel)} key={`${row.connection} ${row.id}`}>
      <header className={cx(styles.head)}>
        <div className={cx(styles.line)}>
          <h2 className={cx(styles.title)} title={row.title}>
            <bdi>{row.title}</bdi>
          </h2>
          <MoreMenu id={row.id} isReadOnly={connection.readOnly} onDuplicate={() => onDuplicate(row)} />
          <IconButton icon="close" label="Close details" size="sm" onPress={onClose} />
        </div>
        <div className={cx(styles.line)}>
          {provider && <PathIcon path={provider.icon} size={14} className={styles.meta} />}
          <bdi className={cx("trunc", styles.organisation)} title={connection.label}>
            {connection.label}
          </bdi>
          <EnvTag environment={connection.environment} />
        </div>
        <div className={cx(styles.actions)}>
          <Button onPress={() => onEdit(pick)}>
            <Icon name="edit" />
            {connection.readOnly ? "View" : "Edit"}
          </Button>
          {connection.readOnly ? (
            <span className={cx(styles.locked)}>
              <Icon name="lock" size={12} />
              {shortLockWords(connection)}
            </span>
          ) : (
            <Button variant="dangerText" onPress={() => onDelete(row)}>
              <Icon name="trash" />
              Delete
            </Button>
          )}
        </div>
      </header>
      <Body
        row={row}
        connection={connection}
        readAtMs={readAtMs}
        providerName={provider?.name ?? ""}
        tab={tab}
        onTab={setTab}
      />
    </aside>
  );
});

type InspectorTab = "details" | "deliveries";

interface BodyProps {
  row: WebhookRow;
  connection: Connection;
  readAtMs: number | null;
  providerName: string;
  tab: InspectorTab;
  onTab: (tab: InspectorTab) => void;
}

function Body({ row, connection, readAtMs, providerName, tab, onTab }: BodyProps) {
  const pick = { connection: row.connection, id: row.id };
  const backend = useBackend();
  const webhook = useQuery({
    queryKey: ["webhook", pick.connection, pick.id, readAtMs],
    queryFn: () => backend.call("webhook_open", { webhook: pick, fresh: false }),
    gcTime: 60_000,
  });
  const offer = useQuery({
    // After a refresh the vendor may offer more, such as new event types.
    queryKey: ["offer", pick.connection, readAtMs],
    queryFn: () => backend.call("connection_offer", { connection: pick.connection }),
    placeholderData: (before, query) => (query?.queryKey[1] === pick.connection ? before : undefined),
    staleTime: 5 * 60_000,
    gcTime: 60_000,
  });
  const failed = webhook.error ?? offer.error;
  if (failed) {
    return (
      <div className={cx(styles.section)}>
        <ErrorBanner
          error={toAppError(failed)}
          onRetry={() =>
            void Promise.all([webhook.error && webhook.refetch(), offer.error && offer.refetch()])
          }
        />
      </div>
    );
  }
  if (!webhook.data || !offer.data) return null;
  const details = <Details webhook={webhook.data} offer={offer.data} providerName={providerName} />;
  const { deliveries } = offer.data.capabilities;
  if (!deliveries) return <div className={cx(styles.plain)}>{details}</div>;
  return (
    <Tabs
      label="About this webhook"
      selected={tab}
      onSelect={onTab}
      tabs={[
        { id: "details", label: "Details", content: details },
        {
          id: "deliveries",
          label: "Deliveries",
          content: <DeliveriesPane row={row} connection={connection} log={deliveries} />,
        },
      ]}
    />
  );
}

type MoreProps = { id: string; isReadOnly: boolean; onDuplicate: () => void };

function MoreMenu({ id, isReadOnly, onDuplicate }: MoreProps) {
  const copyId = useCopyId();
  return (
    <Menu
      label="More"
      placement="bottom end"
      trigger={<IconButton icon="dots" label="More actions" size="sm" />}
      items={[
        { id: "duplicate", label: "Duplicate", icon: "layers", isDisabled: isReadOnly },
        { id: "copy", label: "Copy ID", icon: "copy" },
      ]}
      onAction={(action) => {
        if (action === "duplicate") onDuplicate();
        else copyId(id);
      }}
    />
  );
}
