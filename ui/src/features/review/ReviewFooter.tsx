import type { PlanItem } from "~/bindings/PlanItem";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { PlanView } from "~/bindings/PlanView";
import { Button } from "~/components";
import { agreementWords } from "./Agreement";
import { outcomesOf } from "./Results";
import styles from "./ReviewDialog.module.css";
import type { PlanRun } from "./use-plan";
import { confirmWords } from "./words";

type Props = {
  plan: PlanRun;
  request: PlanRequest | null;
  only: PlanItem | null;
  /** Where "back" leads: "Back to editing". */
  backWords: string;
  onBack: () => void;
  onReload: (() => void) | undefined;
  onRebase: (() => void) | undefined;
  anyDone: boolean;
  /** Why the results cannot be left yet. */
  heldBy: string | null;
};

/** The ways on from where a plan is. */
export function ReviewFooter(props: Props) {
  const { plan, request, only, backWords, onBack, onReload, onRebase, anyDone } = props;
  const { phase } = plan;
  if (phase.at === "applying") {
    return (
      <>
        <span className={styles.hint}>
          {phase.stopping
            ? "Stopping after the request that is under way."
            : "What is already sent cannot be called back."}
        </span>
        <Button onPress={plan.stop} isDisabled={phase.stopping}>
          Stop
        </Button>
      </>
    );
  }
  if (phase.at === "done") {
    const again = outcomesOf(phase.results);
    const canRetry = plan.canReplan && !anyDone && again.failed.length + again.open.length > 0;
    return (
      <>
        {props.heldBy !== null && (
          <span className={styles.hint} role="status">
            {props.heldBy}
          </span>
        )}
        {canRetry && <Button onPress={onBack}>{backWords}</Button>}
        <Button
          variant="primary"
          autoFocus
          isDisabled={props.heldBy !== null}
          onPress={canRetry ? () => plan.replan() : onBack}
        >
          {canRetry ? "Review again" : "Done"}
        </Button>
      </>
    );
  }
  if (only?.state.type === "stale" && onReload) {
    return (
      <>
        <Button variant="ghost" onPress={onBack}>
          {backWords}
        </Button>
        <Button onPress={onReload}>Take theirs and reload</Button>
        {onRebase && (
          <Button variant="primary" onPress={onRebase}>
            Apply my changes to the current version
          </Button>
        )}
      </>
    );
  }
  const isReady = phase.at === "ready" && phase.view.writable > 0;
  const missing = isReady ? agreementWords(plan) : null;
  return (
    <>
      {missing !== null && (
        <span className={styles.hint} role="status">
          {missing}
        </span>
      )}
      <Button onPress={onBack}>{backWords}</Button>
      {(phase.at === "refused" || (only?.state.type === "stale" && !onReload)) && plan.canReplan && (
        <Button variant="primary" autoFocus onPress={() => plan.replan()}>
          Review again
        </Button>
      )}
      {isReady && (
        <Button variant="primary" autoFocus isDisabled={missing !== null} onPress={plan.apply}>
          <ConfirmLabel view={phase.view} request={request} />
        </Button>
      )}
    </>
  );
}

function ConfirmLabel({ view, request }: { view: PlanView; request: PlanRequest | null }) {
  const { verb, name, environment } = confirmWords(view, request);
  return (
    <span className={styles.confirm} title={`${verb} ${name}${environment}`}>
      <span>{verb} </span>
      <bdi>{name}</bdi>
      <span>{environment}</span>
    </span>
  );
}
