import { Button } from "react-aria-components";
import { cx, Icon } from "~/components";
import type { EditorProblem } from "~/components/code-editor/types";
import styles from "./JsonView.module.css";

const MOST = 50;

type Props = {
  problems: readonly EditorProblem[];
  /** The form has not taken over what the text says. */
  isHeldBack: boolean;
  onGo: (problem: EditorProblem) => void;
};

/** How many problems the text has, and each with its line; pressing one goes there. */
export function ProblemList({ problems, isHeldBack, onGo }: Props) {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return (
    <div className={styles.problems}>
      <p role="status" className={styles.count} data-state={errors > 0 ? "error" : "fine"}>
        <Icon name={errors > 0 ? "error" : "ok"} size={12} />
        {countWords(errors, problems.length - errors, isHeldBack)}
      </p>
      {problems.length > 0 && (
        <ul aria-label="Problems in the text">
          {problems.slice(0, MOST).map((problem) => (
            <li key={`${problem.from} ${problem.message}`}>
              <Button className={cx(styles.problem)} onPress={() => onGo(problem)}>
                <span className={styles[problem.severity]}>
                  <Icon name={problem.severity} size={12} />
                  {problem.severity !== "error" && <span className="visually-hidden">Warning: </span>}
                </span>
                <span className={styles.line}>Line {problem.line}</span>
                <span className={styles.message} title={problem.message}>
                  {problem.message}
                </span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function countWords(errors: number, warnings: number, isHeldBack: boolean): string {
  const also = warnings === 0 ? "" : warnings === 1 ? ", 1 warning" : `, ${warnings} warnings`;
  if (errors === 0) return `The form has all of this${also}.`;
  const count = errors === 1 ? "1 problem" : `${errors} problems`;
  return isHeldBack
    ? `${count}${also}; the form keeps what it had.`
    : `${count}${also} to solve before a review.`;
}
