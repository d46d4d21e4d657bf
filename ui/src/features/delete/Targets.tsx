import type { Connection } from "~/bindings/Connection";
import type { Mark } from "~/bindings/Mark";
import type { PlanItem } from "~/bindings/PlanItem";
import type { WebhookPick } from "~/bindings/WebhookPick";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { EnvTag } from "~/components";
import type { PlanPhase } from "../review/use-plan";
import { itemsOf } from "../review/words";
import styles from "./DeleteDialog.module.css";

type Props = { picks: WebhookPick[]; rows: WebhookRow[]; affected: Connection[]; phase: PlanPhase };

/** What is to be deleted, by organisation; what cannot be is marked with the reason. */
export function Targets({ picks, rows, affected, phase }: Props) {
  const items = "view" in phase ? itemsOf(phase.view) : [];
  return (
    <>
      <p className={styles.words}>
        {picks.length === 1
          ? "Once it is deleted, nothing more is sent to this endpoint."
          : "Once they are deleted, nothing more is sent to these endpoints."}
      </p>
      <div
        className={styles.targets}
        role="group"
        aria-label="Webhooks to delete"
        tabIndex={picks.length > 4 ? 0 : undefined}
      >
        {affected.map((connection) => (
          <section key={connection.id} aria-label={connection.label}>
            {affected.length > 1 && (
              <h3>
                <bdi title={connection.label}>{connection.label}</bdi>
                <EnvTag environment={connection.environment} />
              </h3>
            )}
            <ul>
              {picks
                .filter((pick) => pick.connection === connection.id)
                .map((pick) => {
                  const row = rows.find((other) => isSame(other, pick));
                  const item = items.find(({ webhook }) => webhook === pick.id);
                  return (
                    <Target
                      key={pick.id}
                      title={row?.title ?? pick.id}
                      endpoint={row?.endpoint ?? ""}
                      marks={row?.marks ?? []}
                      asked={item?.askAgain ?? null}
                      problem={problemOf(item)}
                    />
                  );
                })}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

type TargetProps = {
  title: string;
  endpoint: string;
  marks: readonly Mark[];
  /** What is asked of it below. */
  asked: string | null;
  problem: string | null;
};

function Target({ title, endpoint, marks, asked, problem }: TargetProps) {
  return (
    <li className={styles.target}>
      <bdi className={styles.title} title={title}>
        {title}
      </bdi>
      {endpoint !== title && (
        <bdi className={styles.endpoint} title={endpoint}>
          {endpoint}
        </bdi>
      )}
      {marks.map(({ kind, label, words }) => (
        <span key={`${kind} ${label}`} className={styles.mark}>
          <b>{label}</b>
          {/* What is asked about further down is not said here too. */}
          {!asked?.includes(words) && (
            <>
              : <bdi>{words}</bdi>
            </>
          )}
        </span>
      ))}
      {problem !== null && <span className={styles.problem}>{problem}</span>}
    </li>
  );
}

function problemOf(item: PlanItem | undefined): string | null {
  switch (item?.state.type) {
    case "gone":
      return "Already deleted";
    case "blocked":
      return item.state.errors[0]?.message ?? "Cannot be deleted";
    case "stale":
      return "Changed since it was read";
    default:
      return null;
  }
}

/** Whether two picks, or a pick and a row, name the same webhook. */
export function isSame(a: WebhookPick, b: WebhookPick): boolean {
  return a.connection === b.connection && a.id === b.id;
}
