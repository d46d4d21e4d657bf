import { useEffect, useState } from "react";
import type { Connection } from "~/bindings/Connection";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import { Button, cx, EmptyState, EnvTag, Icon, Skeleton } from "~/components";
import { lockWords } from "../connections";
import styles from "./ListEmpty.module.css";
import { type Filters, filterWords } from "./search";

export interface ListEmptyProps {
  /** The organisation in view; absent when all are. */
  connection: Connection | undefined;
  /** Nothing was read yet and a read is running. */
  loading: boolean;
  /** A banner above already says why there is nothing. */
  failed: boolean;
  /** How many rows the filters hide. */
  hidden: number;
  filters: Filters;
  providers: readonly ProviderInfo[];
  onClear: () => void;
  onCreate: () => void;
}

/** Why the table is empty, and what to do about it. */
export function ListEmpty(props: ListEmptyProps) {
  const { connection, loading, failed, hidden, filters, providers, onClear, onCreate } = props;
  if (hidden > 0) {
    const words = filters.query.trim();
    const chosen = filterWords(filters, (id) => providers.find((provider) => provider.id === id)?.name ?? id);
    return (
      <EmptyState
        icon="filter"
        title={words === "" ? "No webhook matches the filters" : <>No webhook matches “{cut(words)}”</>}
        actions={<Button onPress={onClear}>Clear filters</Button>}
      >
        {chosen !== "" && <>{cut(chosen, 160)}. </>}
        {hidden === 1 ? "1 webhook is hidden." : `${hidden.toLocaleString("en-GB")} webhooks are hidden.`}
      </EmptyState>
    );
  }
  const locked = connection ? lockWords(connection) : null;
  if (loading) return <LateSkeleton />;
  if (failed) return null;
  return (
    <EmptyState
      icon="hook"
      title={
        connection ? (
          <>
            No webhooks in <bdi>{connection.label}</bdi> <EnvTag environment={connection.environment} />
          </>
        ) : (
          "No webhooks in any organisation"
        )
      }
      actions={
        locked !== null ? undefined : (
          <Button variant="primary" onPress={onCreate}>
            <Icon name="plus" />
            New webhook
          </Button>
        )
      }
    >
      {locked === null ? "Create the first one." : `${locked}.`}
    </EmptyState>
  );
}

/** Nothing for 300 ms, then three still rows: a quick answer does not flicker. */
function LateSkeleton() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div role="status" aria-label="Reading webhooks">
      {[184, 150, 200].map((width) => (
        <div key={width} className={cx(styles.row)}>
          <span className={cx(styles.lines)}>
            <Skeleton width={width} />
            <Skeleton width={width - 60} />
          </span>
          <Skeleton width={96} />
          <Skeleton width={110} />
          <Skeleton width={56} />
        </div>
      ))}
    </div>
  );
}

function cut(text: string, most = 60): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
