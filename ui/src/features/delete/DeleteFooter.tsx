import { Button } from "~/components";
import { outcomesOf } from "../review/Results";
import type { PlanRun } from "../review/use-plan";
import styles from "./DeleteDialog.module.css";

export interface DeleteFooterProps {
  plan: PlanRun;
  label: string;
  /** Whether the name is typed, where one is wanted. */
  named: boolean;
  focusCancel: boolean;
  onLeave: () => void;
  onAgain: () => void;
}

/** The ways on from where a deletion is. */
export function DeleteFooter({ plan, label, named, focusCancel, onLeave, onAgain }: DeleteFooterProps) {
  const { phase } = plan;
  if (phase.at === "applying") {
    return (
      <Button onPress={plan.stop} isDisabled={phase.stopping}>
        {phase.stopping ? "Stopping…" : "Stop"}
      </Button>
    );
  }
  if (phase.at === "done") {
    const { failed, open } = outcomesOf(phase.results);
    const left = failed.length + open.length;
    return (
      <>
        {left > 0 && <Button onPress={onAgain}>Review {left === 1 ? "it" : `the ${left}`} again</Button>}
        <Button variant="primary" autoFocus onPress={onLeave}>
          Done
        </Button>
      </>
    );
  }
  const canDelete = phase.at === "ready" && phase.view.writable > 0 && named && plan.unanswered === 0;
  return (
    <>
      <Button autoFocus={focusCancel} onPress={onLeave}>
        Cancel
      </Button>
      <Button variant="danger" isDisabled={!canDelete} onPress={plan.apply}>
        <span className={styles.confirm} title={label}>
          {label}
        </span>
      </Button>
    </>
  );
}
