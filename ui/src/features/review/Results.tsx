import type { ReactNode } from "react";
import type { ItemResult } from "~/bindings/ItemResult";
import type { PlanItem } from "~/bindings/PlanItem";
import type { PlanView } from "~/bindings/PlanView";
import { EnvTag, ErrorBanner, Icon } from "~/components";
import { OneTimeSecretLine } from "../secrets";
import { ChangeTable } from "./ChangeTable";
import styles from "./Results.module.css";
import { UnsavedBlock } from "./UnsavedBlock";
import { keyOf, type UnsavedSecrets } from "./unsaved-secrets";
import type { Wait } from "./use-plan";
import { Waits } from "./Waits";
import { doneWords, incompleteWords, itemsOf, recoveredWords } from "./words";

type Outcomes = { done: ItemResult[]; failed: ItemResult[]; open: ItemResult[] };

/** Sorts results into the three lists; stale items count as failed, since they were not written. */
export function outcomesOf(results: ItemResult[]): Outcomes {
  return {
    done: results.filter(({ outcome }) => outcome.type === "done"),
    failed: results.filter(({ outcome }) => outcome.type === "failed" || outcome.type === "stale"),
    open: results.filter(({ outcome }) => outcome.type === "notAttempted"),
  };
}

/** Whether everything was written just as asked, so that there is nothing to read. */
export function isPlain(results: ItemResult[]): boolean {
  return results.every(
    ({ outcome }) =>
      outcome.type === "done" &&
      !outcome.recovered &&
      !outcome.incomplete &&
      outcome.secrets.length === 0 &&
      outcome.differences.length === 0,
  );
}

/** A bar whose parts are done, failed and waiting, and the same in words. */
export function ProgressBar({
  view,
  results,
  waits = [],
}: {
  view: PlanView;
  results: ItemResult[];
  waits?: Wait[];
}) {
  const { done, failed, open } = outcomesOf(results);
  const total = Math.max(view.writable, 1);
  const share = (part: ItemResult[]) => ({ width: `${(part.length / total) * 100}%` });
  return (
    <div>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label="Progress"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={Math.min(results.length, total)}
        aria-valuetext={`${results.length} of ${total}`}
      >
        <span className={styles.barDone} style={share(done)} />
        <span className={styles.barFailed} style={share(failed)} />
      </div>
      <p className={styles.counts} role="status">
        <span className={styles.done}>
          <Icon name="ok" size={14} /> {done.length} done
        </span>
        <span className={failed.length > 0 ? styles.failed : styles.waiting}>
          <Icon name="error" size={14} /> {failed.length} failed
        </span>
        <span className={styles.waiting}>
          <Icon name="pending" size={14} /> {total - done.length - failed.length}{" "}
          {open.length > 0 || results.length >= total ? "not attempted" : "waiting"}
        </span>
      </p>
      <Waits waits={waits} view={view} />
    </div>
  );
}

/** How every item ended: done, failed with the vendor's words, not attempted. */
export function Results({
  view,
  results,
  provider,
  unsaved,
}: {
  view: PlanView;
  results: ItemResult[];
  provider: string;
  /** The secrets that must not be lost, where there can be any. */
  unsaved?: UnsavedSecrets;
}) {
  const { done, failed, open } = outcomesOf(results);
  const items = new Map(itemsOf(view).map((item) => [item.index, item]));
  const list = (title: string, part: ItemResult[]) =>
    part.length > 0 && (
      <section className={styles.list} aria-label={title}>
        <h3>
          {title} <span>{part.length}</span>
        </h3>
        <ul>
          {part.map((result) => (
            <ResultRow
              key={result.index}
              result={result}
              item={items.get(result.index)}
              view={view}
              provider={provider}
            />
          ))}
        </ul>
      </section>
    );
  return (
    <div className={styles.results}>
      <ProgressBar view={view} results={results} />
      {unsaved && unsaved.secrets.length > 0 && (
        <UnsavedBlock unsaved={unsaved} titleOf={(id) => titleOf(id, results)} />
      )}
      {list("Failed", failed)}
      {list("Not attempted", open)}
      {list("Done", done)}
    </div>
  );
}

function titleOf(webhook: string, results: ItemResult[]): string {
  const rows = results.flatMap(({ outcome }) =>
    outcome.type === "done" && outcome.row ? [outcome.row] : [],
  );
  return rows.find(({ id }) => id === webhook)?.title ?? webhook;
}

type RowProps = { result: ItemResult; item: PlanItem | undefined; view: PlanView; provider: string };

function ResultRow({ result, item, view, provider }: RowProps) {
  const group = view.groups.find(({ items }) => items.some(({ index }) => index === result.index));
  return (
    <li className={styles.row}>
      <div className={styles.rowHead}>
        <OutcomeMark result={result} item={item} />
        <bdi className={styles.title} title={item?.title}>
          {item?.title}
        </bdi>
        {group && view.groups.length > 1 && (
          <span className={styles.where}>
            <bdi>{group.connection.label}</bdi> <EnvTag environment={group.connection.environment} />
          </span>
        )}
      </div>
      <Detail result={result} item={item} provider={provider} />
    </li>
  );
}

function OutcomeMark({ result, item }: Pick<RowProps, "result" | "item">) {
  const type = result.outcome.type;
  if (result.outcome.type === "done" && result.outcome.incomplete) {
    return (
      <span className={styles.partly}>
        <Icon name="warning" size={14} /> {doneWords[item?.action ?? "update"]} in part
      </span>
    );
  }
  if (type === "done") {
    return (
      <span className={styles.done}>
        <Icon name="ok" size={14} /> {doneWords[item?.action ?? "update"]}
      </span>
    );
  }
  if (type === "notAttempted") {
    return (
      <span className={styles.waiting}>
        <Icon name="pending" size={14} /> Not attempted
      </span>
    );
  }
  return (
    <span className={styles.failed}>
      <Icon name="error" size={14} /> {type === "stale" ? "Changed meanwhile" : "Failed"}
    </span>
  );
}

function Detail({ result: { outcome }, item, provider }: Omit<RowProps, "view">): ReactNode {
  switch (outcome.type) {
    case "failed":
      return <ErrorBanner error={outcome.error} />;
    case "stale":
      return (
        <p className={styles.words}>
          It was changed at {provider} since it was read, so nothing was written to it.
        </p>
      );
    case "notAttempted":
      return (
        <p className={styles.words}>
          <bdi>{outcome.reason}</bdi>
        </p>
      );
    case "done":
      return (
        <>
          {outcome.incomplete && (
            <ErrorBanner error={outcome.incomplete} title={incompleteWords[item?.action ?? "update"]} />
          )}
          {outcome.secrets
            .filter(({ kept }) => kept.type !== "memoryOnly")
            .map((secret) => (
              <OneTimeSecretLine key={keyOf(secret)} secret={secret} />
            ))}
          {outcome.recovered && <p className={styles.words}>{recoveredWords(item?.action ?? "update")}</p>}
          {outcome.differences.length > 0 && (
            <>
              <p className={styles.words}>{provider} stored these fields otherwise than asked:</p>
              <ChangeTable changes={outcome.differences} before="Asked for" after={`Stored by ${provider}`} />
            </>
          )}
        </>
      );
  }
}
