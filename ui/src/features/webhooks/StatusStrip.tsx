import { memo } from "react";
import type { Connection } from "~/bindings/Connection";
import { cx, Icon } from "~/components";
import { clockWords } from "./age";
import { type RowStates, stateOf } from "./row-store";
import styles from "./StatusStrip.module.css";

export interface StatusStripProps {
  connections: readonly Connection[];
  states: RowStates;
  shown: number;
  total: number;
  now: number;
  /** Some organisation, in view or not, is being read. */
  busy: boolean;
}

/** Counts on the left, when it was read on the right. */
export const StatusStrip = memo(function StatusStrip(props: StatusStripProps) {
  const { connections, states, shown, total, now, busy } = props;
  const each = connections.map(({ id }) => stateOf(states, id));
  const failed = each.filter(({ error }) => error !== null).length;
  const reading = each.filter(({ loading }) => loading).length;
  const times = each.map(({ readAtMs }) => readAtMs).filter((time) => time !== null);
  return (
    <div className={cx(styles.strip)} role="status" aria-busy={busy}>
      <span>
        {shown === total ? webhooks(total) : `${shown.toLocaleString("en-GB")} of ${webhooks(total)}`}
      </span>
      {failed > 0 && (
        <span className={cx(styles.failed)}>
          <Icon name="error" size={14} />
          {failed === 1 ? "1 organisation could not be read" : `${failed} organisations could not be read`}
        </span>
      )}
      <span className={cx(styles.space)} />
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
