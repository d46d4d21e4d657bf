import { useEffect, useState } from "react";
import type { Connection } from "~/bindings/Connection";
import { Button, cx, EmptyState, EnvTag, Icon, Skeleton } from "~/components";
import styles from "./ListEmpty.module.css";

export interface ListEmptyProps {
  /** The organisation in view; absent when all are. */
  connection: Connection | undefined;
  /** Nothing was read yet and a read is running. */
  loading: boolean;
  /** A banner above already says why there is nothing. */
  failed: boolean;
  /** How many rows the filters hide. */
  hidden: number;
  query: string;
  onClear: () => void;
  onCreate: () => void;
}

/** Why the table is empty, and what to do about it. */
export function ListEmpty(props: ListEmptyProps) {
  const { connection, loading, failed, hidden, query, onClear, onCreate } = props;
  if (hidden > 0) {
    const words = query.trim();
    return (
      <EmptyState
        icon="filter"
        title={words === "" ? "No webhook matches the filters" : <>No webhook matches “{cut(words)}”</>}
        actions={<Button onPress={onClear}>Clear filters</Button>}
      >
        {hidden === 1 ? "1 webhook is hidden." : `${hidden.toLocaleString("en-GB")} webhooks are hidden.`}
      </EmptyState>
    );
  }
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
        connection?.readOnly === true ? undefined : (
          <Button variant="primary" onPress={onCreate}>
            <Icon name="plus" />
            New webhook
          </Button>
        )
      }
    >
      {connection?.readOnly === true ? "This organisation is read-only." : "Create the first one."}
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

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
