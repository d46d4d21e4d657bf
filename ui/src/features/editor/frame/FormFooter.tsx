import { useId } from "react";
import type { FieldPath } from "~/bindings/FieldPath";
import { Button, Icon, LinkButton } from "~/components";
import styles from "../EditorForm.module.css";
import { ProblemList } from "./ProblemList";
import type { Problem, Said } from "../form/use-webhook-form";
import { lowerFirst } from "../form/validation";

type Props = {
  problems: Problem[];
  /** What a screen reader is told at once. */
  said: Said | null;
  advice: number;
  changes: number;
  creating: boolean;
  /** How many webhooks a new one will be. */
  number: number;
  /** The sections where something needed is not filled in yet. */
  open: string[];
  isReadOnly: boolean;
  onJump: (path: FieldPath) => void;
  onDiscard: () => void;
  onReview: () => void;
};

function changesWords(number: number): string {
  return number === 0 ? "No changes" : number === 1 ? "1 change" : `${number} changes`;
}

function reviewWords(creating: boolean, number: number): string {
  if (!creating) return "Review changes";
  return number > 1 ? `Review ${number} webhooks` : "Review";
}

/** What is wrong and how much changed, with the way to each problem, and the way on. */
export function FormFooter({
  problems,
  said,
  advice,
  changes,
  creating,
  number,
  open,
  isReadOnly,
  onJump,
  onDiscard,
  onReview,
}: Props) {
  const [first] = problems;
  const id = useId();
  const isUnchanged = !creating && changes === 0;
  return (
    <footer className={styles.footer}>
      <div className={styles.summary}>
        {isReadOnly ? (
          <span className={styles.changes} id={`${id}-why`}>
            Read-only: there is nothing to review
          </span>
        ) : first ? (
          <span className={styles.problems}>
            <Icon name="error" size={14} />
            <b>{problems.length === 1 ? "1 problem:" : `${problems.length} problems, first:`}</b>
            <LinkButton onPress={() => onJump(first.path)}>
              <span className={styles.jump} title={first.message}>
                {first.section}, {lowerFirst(first.label)}
              </span>
            </LinkButton>
            {problems.length > 1 && <ProblemList problems={problems} onJump={onJump} />}
          </span>
        ) : open.length > 0 ? (
          <span>To fill in: {open.join(", ")}</span>
        ) : (
          <span className={styles.fine}>
            <Icon name="ok" size={14} /> No problems
          </span>
        )}
        {advice > 0 && (
          <span className={styles.advice}>
            <Icon name="warning" size={14} /> {advice === 1 ? "1 warning" : `${advice} warnings`}
          </span>
        )}
        {!creating && !isReadOnly && (
          <span className={styles.changes} id={isUnchanged ? `${id}-why` : undefined}>
            {changesWords(changes)}
          </span>
        )}
      </div>
      {/* Said once, when it is found; the words in sight change with every correction. */}
      {said && first && (
        <p key={said.number} className="visually-hidden" role="alert">
          {said.words}
        </p>
      )}
      <Button variant="ghost" onPress={onDiscard}>
        {changes > 0 ? "Discard" : "Close"}
      </Button>
      <Button
        variant="primary"
        isDisabled={isReadOnly || isUnchanged}
        {...(isReadOnly || isUnchanged ? { "aria-describedby": `${id}-why` } : {})}
        onPress={onReview}
      >
        {reviewWords(creating, number)} <Icon name="arrow-right" size={12} />
      </Button>
    </footer>
  );
}
