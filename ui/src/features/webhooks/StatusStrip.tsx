import { memo } from "react";
import type { Connection } from "~/bindings/Connection";
import { cx, Icon } from "~/components";
import { clockWords } from "./age";
import { type RowStates, stateOf } from "./row-store";
import styles from "./StatusStrip.module.css";
import { WaitWords } from "./WaitWords";

export interface StatusStripProps {
  connections: readonly Connection[];
  states: RowStates;
  shown: number;
  total: number;
  /** `5 on, 2 off, 18 always on`; absent where no vendor has a switch. */
  switched: string | null;
  now: number;
  /** Calls counted at the organisation in view. */
  usage: string | null;
  /** Some organisation, in view or not, is being read. */
  busy: boolean;
}

/** Counts on the left, when it was read on the right. */
export const StatusStrip = memo(function StatusStrip(props: StatusStripProps) {
  const { connections, states, shown, total, switched, now, usage, busy } = props;
  const each = connections.map(({ id }) => stateOf(states, id));
  const failed = each.filter(({ error }) => error !== null).length;
  const reading = each.filter(({ loading }) => loading).length;
  const waiting = connections.flatMap((connection) => {
    const { waitUntilMs } = stateOf(states, connection.id);
    return waitUntilMs === null ? [] : [{ connection, waitUntilMs }];
  });
  const [first] = waiting;
  const times = each.map(({ readAtMs }) => readAtMs).filter((time) => time !== null);
  return (
    <div className={cx(styles.strip)} role="status" aria-busy={busy}>
      <span>
        {shown === total ? webhooks(total) : `${shown.toLocaleString("en-GB")} of ${webhooks(total)}`}
      </span>
      {switched !== null && <span className={cx(styles.switched)}>{switched}</span>}
      {failed > 0 && (
        <span className={cx(styles.failed)}>
          <Icon name="error" size={14} />
          {failed === 1 ? "1 organisation could not be read" : `${failed} organisations could not be read`}
        </span>
      )}
      {usage !== null && (
        <span className={cx("trunc")} title={usage}>
          {usage}
        </span>
      )}
      <span className={cx(styles.space)} />
      {first && (
        <span className={cx(styles.waiting)}>
          <Icon name="clock" size={14} />
          {waiting.length === 1 ? (
            <bdi className={cx("trunc", styles.name)} title={first.connection.label}>
              {first.connection.label}
            </bdi>
          ) : (
            `${waiting.length} organisations`
          )}
          <span className={cx(styles.fixed)}>
            <WaitWords untilMs={Math.max(...waiting.map(({ waitUntilMs }) => waitUntilMs))} />
          </span>
        </span>
      )}
      {reading > 0 ? (
        <span>
          Reading {each.length - reading + 1} of {each.length}
        </span>
      ) : (
        times.length > 0 && <span>Read {clockWords(Math.min(...times), now)}</span>
      )}
    </div>
  );
});

function webhooks(count: number): string {
  return count === 1 ? "1 webhook" : `${count.toLocaleString("en-GB")} webhooks`;
}
