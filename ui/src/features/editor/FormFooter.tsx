import type { FieldPath } from "~/bindings/FieldPath";
import { Button, Icon, LinkButton } from "~/components";
import styles from "./EditorForm.module.css";
import type { Problem } from "./use-webhook-form";
import { lowerFirst } from "./validation";

type Props = {
  problems: Problem[];
  advice: number;
  changes: number;
  creating: boolean;
  /** How many webhooks a new one will be. */
  number: number;
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
  advice,
  changes,
  creating,
  number,
  isReadOnly,
  onJump,
  onDiscard,
  onReview,
}: Props) {
  const [first] = problems;
  return (
    <footer className={styles.footer}>
      <div className={styles.summary} role="status">
        {first ? (
          <span className={styles.problems}>
            <Icon name="error" size={14} />
            <b>{problems.length === 1 ? "1 problem:" : `${problems.length} problems, first:`}</b>
            <LinkButton onPress={() => onJump(first.path)}>
              <span className={styles.jump} title={first.message}>
                {first.section}, {lowerFirst(first.label)}
              </span>
            </LinkButton>
          </span>
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
        {!creating && <span className={styles.changes}>{changesWords(changes)}</span>}
      </div>
      <Button variant="ghost" onPress={onDiscard}>
        {changes > 0 ? "Discard" : "Close"}
      </Button>
      <Button variant="primary" isDisabled={isReadOnly || (!creating && changes === 0)} onPress={onReview}>
        {reviewWords(creating, number)} <Icon name="arrow-right" size={12} />
      </Button>
    </footer>
  );
}
