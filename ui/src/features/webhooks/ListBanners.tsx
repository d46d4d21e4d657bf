import { memo, useState } from "react";
import type { Connection } from "~/bindings/Connection";
import { Banner, Button, cx, EnvTag, ErrorBanner, IconButton, LinkButton } from "~/components";
import { warningOf } from "../connections";
import { clockWords } from "./age";
import styles from "./ListBanners.module.css";
import { type RowStates, stateOf } from "./row-store";
import type { Switches } from "./use-switches";

const shownAtOnce = 2;

export interface ListBannersProps {
  /** The connections in view. */
  connections: readonly Connection[];
  states: RowStates;
  now: number;
  onRetry: (connection: Connection) => void;
  onEdit: (connection: Connection) => void;
  onReplaceToken: (connection: Connection) => void;
  switches: Pick<Switches, "failure" | "dismiss">;
}

/** One banner per organisation that could not be read or soon cannot be; the others stay as they are. */
export const ListBanners = memo(function ListBanners(props: ListBannersProps) {
  const { connections, states, now, onRetry, onEdit, onReplaceToken, switches } = props;
  const [all, setAll] = useState(false);
  const failed = connections.filter(({ id }) => stateOf(states, id).error !== null);
  const ending = connections.flatMap((connection) => {
    const warning = connection.builtIn ? null : warningOf(connection, now);
    return warning ? [{ connection, warning }] : [];
  });
  const { failure, dismiss } = switches;
  if (failed.length === 0 && ending.length === 0 && failure === null) return null;
  const shown = all ? failed : failed.slice(0, shownAtOnce);
  const more = failed.length - shown.length;
  return (
    <div className={cx(styles.banners)}>
      {failure && (
        <ErrorBanner
          error={failure.error}
          title={
            <>
              <bdi>{failure.row.title.slice(0, 80)}</bdi> was not turned {failure.on ? "on" : "off"}
            </>
          }
          actions={<IconButton icon="close" size="sm" label="Dismiss" onPress={dismiss} />}
        />
      )}
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
      {ending.map(({ connection, warning }) => (
        <Banner
          key={`token ${connection.id}`}
          tone={warning.isOver ? "error" : "warn"}
          live={false}
          title={
            <>
              The token{connection.facts.name !== null && <> “{cut(connection.facts.name)}”</>} of{" "}
              <bdi title={connection.label}>{cut(connection.label)}</bdi> {warning.words}
            </>
          }
          action={
            <Button size="sm" onPress={() => onReplaceToken(connection)}>
              Replace token
            </Button>
          }
        >
          {warning.isOver
            ? "Webhooks keep running, but Tacklebox cannot read them."
            : "Webhooks keep running, but Tacklebox cannot read them after that."}
        </Banner>
      ))}
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

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
