import { useState } from "react";
import type { Connection } from "~/bindings/Connection";
import type { Delivery } from "~/bindings/Delivery";
import type { ReplayReport } from "~/bindings/ReplayReport";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { Banner, Button, Checkbox, Dialog, EnvTag, environmentName, ErrorBanner, Icon } from "~/components";
import styles from "./ReplayDialog.module.css";
import { useReplay } from "./use-replay";
import { deliveriesWords } from "./words";

type Props = {
  row: WebhookRow;
  connection: Connection;
  deliveries: Delivery[];
  /** Whether the log can make deliveries anew from their original events. */
  canReapply: boolean;
  /** `sent` when anything may have been sent. */
  onClose: (sent: boolean) => void;
};

/** Asks before deliveries are sent again, sends them, and says what became of each. */
export function ReplayDialog({ row, connection, deliveries, canReapply, onClose }: Props) {
  const pick = { connection: row.connection, id: row.id };
  const { phase, send, stop } = useReplay(
    pick,
    deliveries.map(({ id }) => id),
  );
  const [reapply, setReapply] = useState(false);
  const number = deliveries.length;
  const isBusy = phase.at === "sending";
  const leave = () => {
    if (!isBusy) onClose(phase.at !== "asking");
  };

  return (
    <Dialog
      role={phase.at === "asking" ? "alertdialog" : "dialog"}
      title={titleOf(phase.at, number)}
      aside={<EnvTag environment={connection.environment} />}
      canClose={!isBusy}
      onClose={leave}
      footer={
        phase.at === "asking" ? (
          <>
            <Button autoFocus onPress={leave}>
              Cancel
            </Button>
            <Button variant="primary" onPress={() => send(reapply)}>
              <SendLabel number={number} endpoint={row.endpoint} connection={connection} />
            </Button>
          </>
        ) : isBusy ? (
          <>
            <span className={styles.hint}>
              {phase.stopping
                ? "Stopping after the request that is under way."
                : "What is already sent cannot be called back."}
            </span>
            <Button onPress={stop} isDisabled={phase.stopping}>
              Stop
            </Button>
          </>
        ) : (
          <Button variant="primary" autoFocus onPress={leave}>
            Done
          </Button>
        )
      }
    >
      <div className={styles.body}>
        {phase.at === "asking" && (
          <>
            <p>
              {deliveriesWords(number)} {number === 1 ? "is" : "are"} sent again to{" "}
              <bdi className={styles.code}>{row.endpoint}</bdi> of <bdi>{row.title}</bdi> in{" "}
              <bdi>{connection.label}</bdi> ({environmentName(connection.environment)}). The endpoint gets{" "}
              {number === 1 ? "it" : "them"} once more, whatever it made of {number === 1 ? "it" : "them"}{" "}
              before.
            </p>
            {canReapply && <ReapplyChoice deliveries={deliveries} value={reapply} onChange={setReapply} />}
          </>
        )}
        {phase.at === "sending" && (
          <div>
            <div
              className={styles.bar}
              role="progressbar"
              aria-label="Progress"
              aria-valuemin={0}
              aria-valuemax={phase.progress.total}
              aria-valuenow={phase.progress.done}
            >
              <span
                style={{ width: `${(phase.progress.done / Math.max(phase.progress.total, 1)) * 100}%` }}
              />
            </div>
            <p className={styles.count} role="status">
              {phase.progress.done} of {phase.progress.total} handed over
            </p>
          </div>
        )}
        {phase.at === "failed" && (
          <ErrorBanner
            error={phase.error}
            effect="Some may have been sent. The list is read again when you close this."
          />
        )}
        {phase.at === "done" && <Report report={phase.report} />}
      </div>
    </Dialog>
  );
}

function titleOf(at: "asking" | "sending" | "done" | "failed", number: number): string {
  if (at === "asking") return `Send ${deliveriesWords(number)} again?`;
  return at === "sending" ? "Sending again" : at === "done" ? "Sent again" : "Not all was sent again";
}

type LabelProps = { number: number; endpoint: string; connection: Connection };

function SendLabel({ number, endpoint, connection }: LabelProps) {
  const environment = ` (${environmentName(connection.environment)})`;
  return (
    <span
      className={styles.label}
      title={`Send ${number} again to ${endpoint} in ${connection.label}${environment}`}
    >
      <span>Send {number} again to </span>
      <bdi>{endpoint}</bdi>
      <span> in </span>
      <bdi>{connection.label}</bdi>
      <span>{environment}</span>
    </span>
  );
}

type ChoiceProps = { deliveries: Delivery[]; value: boolean; onChange: (value: boolean) => void };

/** Making them anew is offered only where it works for all of them; otherwise it says why not. */
function ReapplyChoice({ deliveries, value, onChange }: ChoiceProps) {
  const reasons = new Map<string, number>();
  for (const { reapply } of deliveries) {
    if (reapply.possible) continue;
    const reason = reapply.reason ?? "No reason is given.";
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return (
    <div>
      <Checkbox isSelected={value} isDisabled={reasons.size > 0} onChange={onChange}>
        Make them anew with today's transformation
      </Checkbox>
      {reasons.size === 0 ? (
        <p className={styles.note}>
          {value
            ? "Each is made from its original event with the transformation as it is now."
            : "Unticked, each is sent exactly as it was sent before."}
        </p>
      ) : (
        <ul className={styles.note}>
          {[...reasons].map(([reason, number]) => (
            <li key={reason}>
              {deliveries.length > 1 && `Not possible for ${number} of ${deliveries.length}: `}
              <bdi>{reason}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Report({ report }: { report: ReplayReport }) {
  const failed = report.failed.reduce((sum, { deliveries }) => sum + deliveries.length, 0);
  return (
    <>
      <ul className={styles.report}>
        {report.replayed.length > 0 && (
          <li className={styles.sent}>
            <Icon name="ok" size={14} /> {report.replayed.length} sent again
          </li>
        )}
        {failed > 0 && (
          <li className={styles.failed}>
            <Icon name="error" size={14} /> {failed} failed
          </li>
        )}
        {report.notAttempted.length > 0 && (
          <li className={styles.open}>
            <Icon name="pending" size={14} /> {report.notAttempted.length} not attempted
          </li>
        )}
      </ul>
      {report.failed.map(({ deliveries, error }) => (
        <div key={deliveries.join(" ")} className={styles.failure}>
          <ErrorBanner error={error} title={`${deliveriesWords(deliveries.length)} not sent again`} />
          <Ids ids={deliveries} />
        </div>
      ))}
      {report.notAttempted.length > 0 && <Ids ids={report.notAttempted} />}
      {report.replayed.length > 0 && (
        <Banner tone="info">
          They were taken on; whether the endpoint accepted them shows in the list a little later.
        </Banner>
      )}
    </>
  );
}

function Ids({ ids }: { ids: string[] }) {
  return (
    <p className={styles.ids} data-selectable>
      <bdi>{ids.join(", ")}</bdi>
    </p>
  );
}
