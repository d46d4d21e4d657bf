import { useState } from "react";
import { Banner, Button, Dialog } from "~/components";
import type { LeaveQuestion } from "../use-guard";

type Props = {
  question: LeaveQuestion;
  changes: number;
  creating: boolean;
  /** Keeps the changes for the next time. */
  onKeep: () => Promise<void>;
  /** Throws them away. */
  onDiscard: () => void;
};

/** Asks what becomes of the changes before a form is left. Keeping them is the default. */
export function LeaveDialog({ question, changes, creating, onKeep, onDiscard }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  const what = changes === 1 ? "1 change" : `${changes} changes`;
  const keep = async () => {
    try {
      await onKeep();
      question.answer(true);
    } catch (thrown) {
      setProblem(thrown instanceof Error ? thrown.message : String(thrown));
    }
  };
  return (
    <Dialog
      role="alertdialog"
      size="sm"
      title={creating ? "Keep the new webhook for later?" : `Keep ${what} for later?`}
      onClose={() => question.answer(false)}
      footer={
        <>
          <Button
            variant="dangerText"
            onPress={() => {
              onDiscard();
              question.answer(true);
            }}
          >
            Discard
          </Button>
          <Button onPress={() => question.answer(false)}>Keep editing</Button>
          <Button variant="primary" autoFocus onPress={() => void keep()}>
            Keep for later
          </Button>
        </>
      }
    >
      <p>
        {creating
          ? "Nothing has been created yet. What you entered is back when you make a new webhook in this organisation."
          : `${what} ${changes === 1 ? "is" : "are"} not saved. Kept changes are back when this webhook is opened again.`}{" "}
        Secrets you typed are not kept.
      </p>
      {problem !== null && (
        <Banner tone="error" title="The changes could not be kept">
          {problem}
        </Banner>
      )}
    </Dialog>
  );
}
