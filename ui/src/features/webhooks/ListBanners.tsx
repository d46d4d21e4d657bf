import { memo, useState } from "react";
import type { Connection } from "~/bindings/Connection";
import { Button, cx, EnvTag, ErrorBanner, LinkButton } from "~/components";
import { clockWords } from "./age";
import styles from "./ListBanners.module.css";
import { type RowStates, stateOf } from "./row-store";

const shownAtOnce = 2;

export interface ListBannersProps {
  /** The connections in view. */
  connections: readonly Connection[];
  states: RowStates;
  now: number;
  onRetry: (connection: Connection) => void;
  onEdit: (connection: Connection) => void;
}

/** One banner per organisation that could not be read; the others stay as they are. */
export const ListBanners = memo(function ListBanners(props: ListBannersProps) {
  const { connections, states, now, onRetry, onEdit } = props;
  const [all, setAll] = useState(false);
  const failed = connections.filter(({ id }) => stateOf(states, id).error !== null);
  if (failed.length === 0) return null;
  const shown = all ? failed : failed.slice(0, shownAtOnce);
  const more = failed.length - shown.length;
  return (
    <div className={cx(styles.banners)}>
      {shown.map((connection) => {
        const { error, readAtMs, loading } = stateOf(states, connection.id);
        if (!error) return null;
        return (
          <ErrorBanner
            key={connection.id}
            error={{ ...error, place: null }}
            title={
              <span className={cx(styles.title)}>
                <bdi className="trunc" title={connection.label}>
                  {connection.label}
                </bdi>
                <EnvTag environment={connection.environment} />
                <span className={cx(styles.words)}>could not be read</span>
              </span>
            }
            effect={
              readAtMs === null
                ? "Its webhooks have not been read yet. They keep running."
                : `Showing what was read at ${clockWords(readAtMs, now)}. Webhooks keep running.`
            }
            onRetry={loading ? undefined : () => onRetry(connection)}
            actions={
              connection.builtIn ? undefined : (
                <Button size="sm" onPress={() => onEdit(connection)}>
                  Edit connection
                </Button>
              )
            }
          />
        );
      })}
      {more > 0 && (
        <LinkButton onPress={() => setAll(true)}>
          {more === 1
            ? "1 more organisation could not be read"
            : `${more} more organisations could not be read`}
        </LinkButton>
      )}
    </div>
  );
});
