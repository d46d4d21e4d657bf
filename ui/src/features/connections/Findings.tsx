import type { FindingState } from "~/bindings/FindingState";
import { Banner, cx, ErrorBanner, Icon, type IconName, LinkButton } from "~/components";
import styles from "./Findings.module.css";
import type { TestState } from "./use-connection-test";

const icons: Record<FindingState, { icon: IconName; words: string }> = {
  ok: { icon: "ok", words: "Passed" },
  attention: { icon: "warning", words: "Attention" },
  failed: { icon: "error", words: "Failed" },
};

export interface FindingsProps {
  state: TestState;
  onStop: () => void;
  /** Whether an error of the test is shown here; fields may show it instead. */
  showError?: boolean;
}

/** What a connection test found, one line per step. */
export function Findings({ state, onStop, showError = true }: FindingsProps) {
  const { at, findings, report, error } = state;
  if (at === "idle") return null;
  return (
    <div className={cx(styles.box)} aria-label="Connection test" role="group">
      {findings.length > 0 && (
        <ol className={cx(styles.list)} aria-live="polite">
          {findings.map((finding, index) => (
            <li key={index} className={cx(styles.line)}>
              <span className={cx(styles[finding.state])}>
                <Icon name={icons[finding.state].icon} size={14} />
                <span className="visually-hidden">{icons[finding.state].words}</span>
              </span>
              <span className={cx(styles.step)}>{finding.step}</span>
              <bdi className={cx(styles.words)}>{finding.words}</bdi>
              <span className={cx(styles.time)}>{finding.elapsedMs} ms</span>
            </li>
          ))}
        </ol>
      )}
      {at === "running" && (
        <p className={cx(styles.running)} role="status">
          <Icon name="pending" size={14} />
          Testing the connection
          <LinkButton onPress={onStop}>Stop</LinkButton>
        </p>
      )}
      {at === "stopped" && <Banner tone="info">The test was stopped.</Banner>}
      {at === "failed" && error && showError && <ErrorBanner error={error} />}
      {report && worst(report.findings) === "ok" && (
        <Banner
          tone="ok"
          live
          title={
            report.organisation === null ? (
              "Connected"
            ) : (
              <>
                Connected to <bdi>{report.organisation}</bdi>
              </>
            )
          }
        >
          {report.webhookCount !== null &&
            (report.webhookCount === 1 ? "1 webhook" : `${report.webhookCount} webhooks`)}
        </Banner>
      )}
    </div>
  );
}

function worst(findings: readonly { state: FindingState }[]): FindingState {
  if (findings.some(({ state }) => state === "failed")) return "failed";
  return findings.some(({ state }) => state === "attention") ? "attention" : "ok";
}
