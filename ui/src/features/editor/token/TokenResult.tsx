import { Disclosure, ErrorBanner, Icon } from "~/components";
import styles from "./TokenRequest.module.css";
import type { Outcome } from "./use-token-trial";

type Props = {
  outcome: Outcome<unknown>;
  providerName: string;
  /** The fields were changed since. */
  isStale: boolean;
};

/** What a token request brought: the verdict, how it came about, and the answer without its secrets. */
export function TokenResult({ outcome, providerName, isStale }: Props) {
  const stale = isStale && (
    <p className={styles.stale}>
      <Icon name="clock" size={12} /> Tried before the last change.
    </p>
  );
  if (outcome.at === "stopped")
    return <p className={styles.running}>Stopped. Nothing is known of the token.</p>;
  if (outcome.at === "failed") {
    return (
      <div className={styles.failed}>
        {stale}
        <ErrorBanner error={outcome.error} />
      </div>
    );
  }
  const { ok, words, advice, httpStatus, elapsedMs, tokenType, expiresInS, response } = outcome.trial;
  const facts = [
    outcome.asked === "here" ? "From this computer" : `By ${providerName}`,
    httpStatus === null ? null : `status ${httpStatus}`,
    elapsedMs > 0 ? `${elapsedMs.toLocaleString("en-GB")} ms` : null,
    tokenType === null ? null : `${tokenType} token`,
    expiresInS === null ? null : `lasts ${lifetime(expiresInS)}`,
  ].filter((fact) => fact !== null);
  return (
    <div className={styles.result} data-ok={ok} data-stale={isStale || undefined}>
      <p className={styles.verdict}>
        <Icon name={ok ? "ok" : "error"} size={14} />
        <span>
          <b>{ok ? "Token received" : "No token"}</b> <bdi>{words}</bdi>
        </span>
      </p>
      <p className={styles.facts}>
        <bdi>{facts.join(" · ")}</bdi>
      </p>
      {advice !== null && <p className={styles.advice}>{advice}</p>}
      {stale}
      {response !== null && response !== "" && (
        <Disclosure title="Answer" aside="Secrets are masked">
          <pre
            className={styles.response}
            data-selectable
            tabIndex={0}
            aria-label="Answer to the token request"
          >
            <bdi>{response}</bdi>
          </pre>
        </Disclosure>
      )}
    </div>
  );
}

function lifetime(seconds: number): string {
  if (seconds >= 7200) return `${Math.round(seconds / 360) / 10} hours`;
  if (seconds >= 120) return `${Math.round(seconds / 60)} minutes`;
  return `${seconds} seconds`;
}
